/* SPDX-License-Identifier: MIT */
/* test_inputs.c - DOC...: what is read as what, what is said of the rest, and what still comes. */
#include <string.h>

#include "files.h"
#include "inputs/inputs.h"

#define HOST(name)                                                                                 \
    "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": \"" name                     \
    "\"}, \"collection\": {\"collector\": \"test\", \"method\": \"manual\", "                      \
    "\"finished\": \"2026-11-20T10:00:00Z\"}}"
#define PRETTY(name)                                                                               \
    "{\n  \"format\": \"patchprereq-facts/1.0\",\n  \"host\": {\n    \"hostName\": \"" name        \
    "\"\n  },\n  \"collection\": {\"collector\": \"test\", \"method\": \"manual\",\n"              \
    "    \"finished\": \"2026-11-20T10:00:00Z\"}\n}\n"

#define MAX_RESULTS 6

struct row {
    const char *name;
    const char *file; /* its name */
    const char *text;
    const char *results[MAX_RESULTS]; /* "NAME" of a host, or "!" and what the sentence says */
};

static struct row rows[] = {
    {"one document", "a.json", PRETTY("A"), {"A"}},
    {"one document on one line", "a.json", HOST("A"), {"A"}},
    {"one document behind blank lines", "a.json", "\n\n" PRETTY("A"), {"A"}},
    {"one document with a byte order mark", "a.json", "\xef\xbb\xbf" PRETTY("A"), {"A"}},
    {"one line with a byte order mark", "a.json", "\xef\xbb\xbf" HOST("A"), {"A"}},
    {"CRLF", "a.json", "{\r\n\"format\": \"patchprereq-facts/1.0\"\r\n}\r\n", {"!a.json: "}},
    {"lines", "a.ndjson", HOST("A") "\n" HOST("B") "\n", {"A", "B"}},
    {"lines by content, whatever the name", "a.json", HOST("A") "\n" HOST("B") "\n", {"A", "B"}},
    {"lines with CRLF", "a.ndjson", HOST("A") "\r\n" HOST("B") "\r\n", {"A", "B"}},
    {"no end of the last line", "a.ndjson", HOST("A") "\n" HOST("B"), {"A", "B"}},
    {"blank lines between", "a.ndjson", HOST("A") "\n\n \n" HOST("B") "\n", {"A", "B"}},
    {"a bad line in the middle",
     "a.ndjson",
     HOST("A") "\n{\"format\": \n" HOST("B") "\n",
     {"A", "!a.ndjson:2: not JSON", "B"}},
    {"a bad first line",
     "a.ndjson",
     "{\"format\": \n" HOST("B") "\n" HOST("C") "\n",
     {"!a.ndjson:1: ", "B", "C"}},
    {"a bad first line by content",
     "a.json",
     "{\"format\": \"pat\n" HOST("B") "\n" HOST("C") "\n",
     {"!a.json:1: ", "B", "C"}},
    {"a truncated last line",
     "a.ndjson",
     HOST("A") "\n{\"format\": \"patchprereq-facts/1.0\", \"ho",
     {"A", "!a.ndjson:2: "}},
    {"lines behind a whole line that are not JSON",
     "a.json",
     HOST("A") "\nx\n",
     {"A", "!a.json:2: "}},
    {"a truncated document", "a.json", "{\n  \"format\": \"patchprereq-fac", {"!a.json: "}},
    {"text behind a document", "a.json", PRETTY("A") "x", {"!a.json: "}},
    {"text behind a line", "a.ndjson", HOST("A") " x\n" HOST("B"), {"!a.ndjson:1: ", "B"}},
    {"empty", "a.json", "", {"!a.json: is empty"}},
    {"blank", "a.json", " \n\n", {"!a.json: is empty"}},
    {"a line alone is named as the file", "a.json", "{\"format\": 1}", {"!a.json: "}},
    {"a text that is no JSON", "a.txt", "Host Name: A\n", {"!patchprereq import"}},
    {"another document",
     "a.json",
     "{\"format\": \"patchprereq-policy/1.0\"}",
     {"!patchprereq-policy/1.0 is neither facts nor an assessment"}},
    {"no format", "a.json", "{\"host\": 1}", {"!/format: is missing"}},
    {"wrong type names the pointer",
     "a.json",
     "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": 5}}",
     {"!/host/hostName"}},
    {"another major version", "a.json", "{\"format\": \"patchprereq-facts/2.0\"}", {"!a.json: "}},
    {"bytes that are not UTF-8",
     "a.json",
     "{\"format\": \"patchprereq-facts/1.0\xff\"}",
     {"!a.json: "}},
};

/* One result in words, as the table has it. */
static bool fits(const char *expected, enum input_result result, const struct input *input,
                 const struct prereq_error *err)
{
    if (expected[0] == '!')
        return result == INPUT_BAD && err->status == PREREQ_BAD_INPUT &&
               strstr(err->text, expected + 1);
    return result == INPUT_DOCUMENT && input->facts &&
           !strcmp(input->facts->host->host_name, expected);
}

static void check_inputs(struct inputs *inputs, const char *const *expected)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    enum input_result result;
    struct input input;

    assert_non_null(inputs);
    for (size_t i = 0; i < MAX_RESULTS && expected[i]; i++) {
        prereq_arena_reset(arena);
        result = inputs_next(inputs, arena, &input, &err);
        if (!fits(expected[i], result, &input, &err))
            fail_msg("%s expected, but: %d %s", expected[i], (int)result, err.text);
    }
    result = inputs_next(inputs, arena, &input, &err);
    if (result != INPUT_END)
        fail_msg("the end expected, but: %d %s", (int)result, err.text);
    inputs_free(inputs);
    prereq_arena_free(arena);
}

static void check_row(void **state)
{
    const struct row *row = *state;

    put_text(row->file, row->text);
    check_inputs(inputs_new(&row->file, 1), row->results);
    assert_int_equal(remove(row->file), 0);
}

static void reads_folders_in_byte_order(void **state)
{
    static const char *const expected[MAX_RESULTS] = {"B", "C", "A", "!folder/d.json: "};
    static const char *const path = "folder";

    (void)state;
    assert_int_equal(prereq_folder_make(path, NULL), PREREQ_OK);
    put_text("folder/B.json", HOST("B") "\n" HOST("C"));
    put_text("folder/a.ndjson", HOST("A"));
    put_text("folder/d.json", "{");
    put_text("folder/e.txt", "not looked at");
    put_text("folder/.f.json", "not looked at");
    check_inputs(inputs_new(&path, 1), expected);
}

static void tells_an_empty_folder(void **state)
{
    static const char *const expected[MAX_RESULTS] = {"!empty: holds no .json"};
    static const char *const path = "empty";

    (void)state;
    assert_int_equal(prereq_folder_make(path, NULL), PREREQ_OK);
    check_inputs(inputs_new(&path, 1), expected);
}

static void goes_on_behind_a_file_that_is_not_there(void **state)
{
    static const char *const expected[MAX_RESULTS] = {"!nowhere.json", "A"};
    static const char *const paths[] = {"nowhere.json", "there.json"};

    (void)state;
    put_text("there.json", HOST("A"));
    check_inputs(inputs_new(paths, 2), expected);
}

static void hashes_file_and_line(void **state)
{
    static const char *const paths[] = {"one.json", "two.ndjson"};
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct inputs *inputs = inputs_new(paths, 2);
    struct prereq_error err;
    struct input input;
    char file[65], line[65];

    (void)state;
    put_text("one.json", PRETTY("A"));
    put_text("two.ndjson", HOST("A") "\n" HOST("B"));
    prereq_sha256_hex(PRETTY("A"), strlen(PRETTY("A")), file);
    prereq_sha256_hex(HOST("A"), strlen(HOST("A")), line);
    assert_int_equal(inputs_next(inputs, arena, &input, &err), INPUT_DOCUMENT);
    assert_string_equal(input.sha256, file);
    assert_string_equal(input.name, "one.json");
    assert_true(input.own_file);
    assert_int_equal(inputs_next(inputs, arena, &input, &err), INPUT_DOCUMENT);
    assert_string_equal(input.sha256, line);
    assert_string_equal(input.name, "two.ndjson:1");
    assert_false(input.own_file);
    inputs_free(inputs);
    prereq_arena_free(arena);
}

static void names_never_steer_the_terminal(void **state)
{
    static const char *const paths[] = {"a\x1b[31m\n.json"};
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct inputs *inputs = inputs_new(paths, 1);
    struct prereq_error err;
    struct input input;

    (void)state;
#ifdef _WIN32
    print_message("skipped: names on Windows have no control characters\n");
    skip();
#endif
    put_text(paths[0], HOST("A"));
    assert_int_equal(inputs_next(inputs, arena, &input, &err), INPUT_DOCUMENT);
    assert_string_equal(input.name, "a\\x1b[31m\\n.json");
    inputs_free(inputs);
    prereq_arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_folders_in_byte_order),
        cmocka_unit_test(tells_an_empty_folder),
        cmocka_unit_test(goes_on_behind_a_file_that_is_not_there),
        cmocka_unit_test(hashes_file_and_line),
        cmocka_unit_test(names_never_steer_the_terminal),
    };

    return RUN_TABLE(rows, check_row) | RUN_TESTS(tests);
}
