/* SPDX-License-Identifier: MIT */
/* test_json_read.c - the strict reader: every type of member, every way to be refused. */
#include "everything.h"

static void every_type_arrives(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct everything *read = must_read(arena, read_everything, WHOLE);
    char text[48];

    (void)state;
    assert_string_equal(read->format, "test/1.2");
    assert_string_equal(read->text, "t\xc3\xa9\n");
    assert_string_equal(read->id, "MSSQL/PROD:241_x@a-1.0");
    assert_int_equal(read->flag, PREREQ_FLAG_TRUE);
    assert_true(read->number.known && read->number.value == 9007199254740991);
    prereq_time_format(read->time, text);
    assert_string_equal(text, "2026-11-22T07:15:00Z");
    prereq_time_format(read->date, text);
    assert_string_equal(text, "2026-11-22");
    prereq_version_format(read->version, text);
    assert_string_equal(text, "5.0.70000");
    prereq_version_format(read->file_version, text);
    assert_string_equal(text, "6.1.65535");
    assert_int_equal(read->choice, 2);
    assert_int_equal(read->state, 1);
    assert_true(read->object->number.known && read->object->number.value == 0);
    assert_string_equal(read->one->text, "");
    assert_int_equal(read->text_count, 2);
    assert_string_equal(read->texts[0], "a");
    assert_string_equal(read->texts[1], "");
    assert_int_equal(read->choice_count, 2);
    assert_int_equal(read->choices[0], 2);
    assert_int_equal(read->choices[1], 1);
    assert_int_equal(read->number_count, 2);
    assert_int_equal(read->numbers[1], 2);
    assert_int_equal(read->version_count, 2);
    assert_int_equal(read->versions[1].part[0], 3);
    assert_int_equal(read->object_count, 2);
    assert_false(read->objects[0].number.known);
    assert_int_equal(read->objects[1].number.value, 7);
    assert_string_equal(read->objects[1].text, "q");
    prereq_arena_free(arena);
}

static void what_is_left_out_is_nothing(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct everything *read = must_read(arena, read_everything, HEAD "}");

    (void)state;
    assert_null(read->text);
    assert_null(read->id);
    assert_int_equal(read->flag, PREREQ_FLAG_UNSET);
    assert_false(read->number.known);
    assert_false(read->time.known);
    assert_int_equal(read->version.parts, 0);
    assert_int_equal(read->choice, 0);
    assert_null(read->object);
    assert_null(read->texts);
    assert_int_equal(read->object_count, 0);
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_everything, WHOLE);
}

/* ---- refused ---- */

#define TEXT(text) text, sizeof(text) - 1
#define WORDS "not one of: red, green: "

static struct bad {
    const char *name;
    const char *text;
    size_t len;
    const char *message;
} bad[] = {
    {"nothing", TEXT(""), "line 1: not JSON"},
    {"a list", TEXT("[]"), "no \"format\": not a test document"},
    {"cut short", TEXT(HEAD ",\n\"flag\": tr"), "line 2: not JSON"},
    {"a bracket of the wrong kind", TEXT("{\"format\": [}\n"), "line 1: not JSON"},
    {"single quotes", TEXT("{\n'format': 1}"), "line 2: not JSON"},
    {"a comment", TEXT(HEAD ",\n// note\n\"flag\": true}"), "line 2: not JSON"},
    {"a comma too many", TEXT(HEAD ",}"), "line 1: not JSON"},
    {"a word that is no value", TEXT(HEAD ", \"flag\": yes}"), "line 1: not JSON"},
    {"trailing text", TEXT(HEAD "}\n\n{}"), "line 3: text follows the end of the document"},
    {"a trailing NUL", TEXT(HEAD "}\n\0"), "line 2: there is a NUL byte"},
    {"NUL inside", TEXT(HEAD ",\n\"te\0xt\": \"\"}"), "line 2: there is a NUL byte"},
    {"NUL as an escape", TEXT(HEAD ", \"text\": \"a\\u0000b\"}"),
     "line 1: a text holds the character NUL"},
    {"a backslash before u0000 is text", TEXT(HEAD ", \"id\": \"\\\\u0000\"}"),
     "/id: an id uses A-Z a-z 0-9 . _ - @ / : only: \"\\u0000\""},
    {"Latin-1", TEXT(HEAD ",\n\n\"text\": \"\xe9\"}"), "line 3: not UTF-8"},
    {"UTF-16", TEXT("\xff\xfe{\0"), "line 1: not UTF-8"},
    {"half a surrogate pair in UTF-8", TEXT(HEAD ", \"text\": \"\xed\xa0\x80\"}"),
     "line 1: not UTF-8"},
    {"half a surrogate pair as an escape", TEXT(HEAD ", \"text\": \"\\ud800\"}"),
     "line 1: not JSON"},
    {"an escape that is none", TEXT(HEAD ", \"text\": \"\\x41\"}"), "line 1: not JSON"},
    {"a raw control character", TEXT(HEAD ", \"text\": \"a\tb\"}"),
     "line 1: a control character stands in a text; write it as \\u00XX"},
    {"a line end in a text", TEXT(HEAD ", \"text\": \"a\nb\"}"),
     "line 1: a control character stands in a text; write it as \\u00XX"},
    {"an open text", TEXT(HEAD ", \"text\": \"a}"), "line 1: a text has no closing quote"},
    {"an escape at the end", TEXT(HEAD ", \"text\": \"a\\"), "line 1: a text has no closing quote"},
    {"a fraction", TEXT(HEAD ",\n\"number\": 1.0}"),
     "line 2: a number is not a whole number from 0 to 9007199254740991"},
    {"an exponent", TEXT(HEAD ", \"number\": 1e3}"),
     "line 1: a number is not a whole number from 0 to 9007199254740991"},
    {"a negative number", TEXT(HEAD ", \"number\": -1}"),
     "line 1: a number is not a whole number from 0 to 9007199254740991"},
    {"2^53", TEXT(HEAD ", \"number\": 9007199254740992}"),
     "/number: must be a whole number from 0 to 9007199254740991"},
    {"17 digits", TEXT(HEAD ", \"numbers\": [12345678901234567]}"),
     "line 1: a number is not a whole number from 0 to 9007199254740991"},
    {"two digits that begin with 0", TEXT(HEAD ", \"number\": 01}"),
     "line 1: a number begins with 0"},
    {"an octal number", TEXT(HEAD ", \"number\": 010}"), "line 1: a number begins with 0"},
    {"no format", TEXT("{\"full\": \"x\"}"), "no \"format\": not a test document"},
    {"a format in another case", TEXT("{\"Format\": \"test/1.2\"}"),
     "no \"format\": not a test document"},
    {"another format", TEXT("{\"format\": \"tests/1.2\"}"),
     "its format is \"tests/1.2\", not test"},
    {"a format without version", TEXT("{\"format\": \"test/\"}"), "\"test/\" names no version"},
    {"a version with a tail", TEXT("{\"format\": \"test/1.2x\"}"),
     "\"test/1.2x\" names no version"},
    {"a version that ends with a dot", TEXT("{\"format\": \"test/1.\"}"),
     "\"test/1.\" names no version"},
    {"another major version", TEXT("{\"format\": \"test/2.0\"}"),
     "\"test/2.0\" is of another major version; this program reads test/1.x"},
    {"an unknown member", TEXT(HEAD ", \"size\": 1}"), "/size: unknown member"},
    {"a member in another case", TEXT(HEAD ", \"Text\": \"\"}"), "/Text: unknown member"},
    {"an unknown member deep inside", TEXT(HEAD ", \"objects\": [{}, {\"size\": 1}]}"),
     "/objects/1/size: unknown member"},
    {"a member twice", TEXT(HEAD ", \"flag\": true, \"flag\": false}"), "/flag: stands twice"},
    {"the format twice", TEXT(HEAD ", \"format\": \"test/1.2\"}"), "/format: stands twice"},
    {"a member with signs of pointers twice",
     TEXT(HEAD ", \"object\": {\"a/b~c\": \"\", \"a/b~c\": \"\"}}"),
     "/object/a~1b~0c: stands twice"},
    {"a missing member", TEXT("{\"format\": \"test/1.2\"}"), "/: lacks the member \"full\""},
    {"null", TEXT(HEAD ", \"text\": null}"), "/text: must be a text"},
    {"a number for a text", TEXT(HEAD ", \"text\": 1}"), "/text: must be a text"},
    {"a text for a number", TEXT(HEAD ", \"number\": \"1\"}"),
     "/number: must be a whole number from 0 to 9007199254740991"},
    {"a text for a flag", TEXT(HEAD ", \"flag\": \"true\"}"), "/flag: must be true or false"},
    {"a number for a flag", TEXT(HEAD ", \"flag\": 1}"), "/flag: must be true or false"},
    {"a number for a time", TEXT(HEAD ", \"time\": 20261122}"),
     "/time: must be a time as 2026-11-22T08:15:00Z or a date"},
    {"a time without zone", TEXT(HEAD ", \"time\": \"2026-11-22T08:15:00\"}"),
     "/time: must be a time as 2026-11-22T08:15:00Z or a date \"2026-11-22T08:15:00\""},
    {"a time for a date", TEXT(HEAD ", \"date\": \"2026-11-22T08:15:00Z\"}"),
     "/date: must be a date as 2026-11-22: \"2026-11-22T08:15:00Z\""},
    {"a number for a version", TEXT(HEAD ", \"version\": 6}"),
     "/version: a version must be a text"},
    {"a version of words", TEXT(HEAD ", \"version\": \"newest\"}"),
     "/version: not a version of 1 to 4 numbers: \"newest\""},
    {"a version of five", TEXT(HEAD ", \"versions\": [\"1\", \"1.2.3.4.5\"]}"),
     "/versions/1: not a version of 1 to 4 numbers: \"1.2.3.4.5\""},
    {"a file version beyond 16 bits", TEXT(HEAD ", \"fileVersion\": \"6.1.65536\"}"),
     "/fileVersion: a file version has parts up to 65535: \"6.1.65536\""},
    {"a word that is none of them", TEXT(HEAD ", \"choice\": \"blue\"}"),
     "/choice: " WORDS "\"blue\""},
    {"a word in another case", TEXT(HEAD ", \"choices\": [\"red\", \"Red\"]}"),
     "/choices/1: " WORDS "\"Red\""},
    {"a state that is none", TEXT(HEAD ", \"state\": \"\"}"), "/state: " WORDS "\"\""},
    {"an id with a backslash", TEXT(HEAD ", \"id\": \"MSSQL\\\\PROD\"}"),
     "/id: an id uses A-Z a-z 0-9 . _ - @ / : only: \"MSSQL\\PROD\""},
    {"an empty id", TEXT(HEAD ", \"id\": \"\"}"),
     "/id: an id uses A-Z a-z 0-9 . _ - @ / : only: \"\""},
    {"an empty text where one must be", TEXT("{\"format\": \"test/1.2\", \"full\": \"\"}"),
     "/full: must not be empty"},
    {"an object for a list", TEXT(HEAD ", \"texts\": {}}"), "/texts: must be a list"},
    {"a list for an object", TEXT(HEAD ", \"object\": []}"), "/object: must be an object"},
    {"a text in a list of objects", TEXT(HEAD ", \"objects\": [\"a\"]}"),
     "/objects/0: must be an object"},
    {"none of one", TEXT(HEAD ", \"one\": {}}"), "/one: must have exactly one member"},
    {"two of one", TEXT(HEAD ", \"one\": {\"number\": 1, \"a/b~c\": \"\"}}"),
     "/one: must have exactly one member"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_everything, row->text, row->len, row->message);
}

/* ---- limits: one below is read, one above is refused ---- */

static void repeat(struct prereq_buffer *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        prereq_buffer_add(out, text);
}

static struct limit {
    const char *name;
    const char *before, *repeated, *after;
    size_t fits, plus; /* so many times, and so many more */
    bool reads;        /* whether what fits is also a good document */
    const char *fits_message, *message;
} limits[] = {
    {"longest text", HEAD ", \"text\": \"", "x", "\"}", PREREQ_MAX_TEXT, 1, true, NULL,
     "line 1: a text is longer than 64 KiB"},
    {"longest text of escapes", HEAD ", \"text\": \"", "\\t", "\"}", PREREQ_MAX_TEXT, 1, true, NULL,
     "line 1: a text is longer than 64 KiB"},
    {"longest text of numbered escapes", HEAD ", \"text\": \"", "\\u0041", "\"}", PREREQ_MAX_TEXT,
     1, true, NULL, "line 1: a text is longer than 64 KiB"},
    {"longest text of escaped letters", HEAD ", \"text\": \"", "\\u00Dc", "\"}",
     PREREQ_MAX_TEXT / 2, 1, true, NULL, "line 1: a text is longer than 64 KiB"},
    {"longest text of pairs of surrogates", HEAD ", \"text\": \"", "\\ud83d\\uDE00", "\"}",
     PREREQ_MAX_TEXT / 4, 1, true, NULL, "line 1: a text is longer than 64 KiB"},
    {"depth", HEAD ", \"text\": ", "[", "", PREREQ_MAX_DEPTH - 1, 1, false, "line 1: not JSON",
     "line 1: objects and lists are nested deeper than 64"},
    {"items", "", ",", "", PREREQ_MAX_ITEMS, 1, false, "line 1: not JSON",
     "line 1: there are more than 1,000,000 items"},
    {"size", HEAD, " ", "}", ((size_t)4 << 20) - sizeof(HEAD), 1, true, NULL,
     "larger than the 4 MiB that a test document may have"},
};

static void check_limit(void **state)
{
    const struct limit *row = *state;
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, row->before);
    repeat(&text, row->repeated, row->fits);
    prereq_buffer_add(&text, row->after);
    if (row->reads) {
        struct prereq_arena *arena = new_arena();

        must_read(arena, read_everything, text.text);
        prereq_arena_free(arena);
    } else {
        must_refuse(read_everything, text.text, text.len, row->fits_message);
    }
    text.len = 0;
    prereq_buffer_add(&text, row->before);
    repeat(&text, row->repeated, row->fits + row->plus);
    prereq_buffer_add(&text, row->after);
    must_refuse(read_everything, text.text, text.len, row->message);
    prereq_buffer_free(&text);
}

/* ---- newer minor versions ---- */

static struct newer {
    const char *name;
    const char *text;
    size_t ignored;
} newer[] = {
    {"the same version", "{\"format\": \"test/1.2\", \"full\": \"x\"}", 0},
    {"an older one", "{\"format\": \"test/1.0\", \"full\": \"x\"}", 0},
    {"behind a byte order mark", "\xef\xbb\xbf{\"format\": \"test/1.2\", \"full\": \"x\"}", 0},
    {"no minor version is the first", "{\"format\": \"test/1\", \"full\": \"x\"}", 0},
    {"a newer one with nothing new", "{\"format\": \"test/1.3\", \"full\": \"x\"}", 0},
    {"a newer one with a member",
     "{\"format\": \"test/1.10\", \"full\": \"x\", \"new\": {\"a\": [1, 2]}}", 1},
    {"members inside and words",
     "{\"format\": \"test/1.3\", \"full\": \"x\", \"choice\": \"blue\", \"choices\": [\"red\", "
     "\"blue\"], \"objects\": [{\"new\": 1}, {}, {\"new\": 2}]}",
     4},
    {"one of: a new member is the one",
     "{\"format\": \"test/1.3\", \"full\": \"x\", \"one\": {\"new\": 1}}", 1},
};

static void check_newer(void **state)
{
    const struct newer *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct everything *read = NULL;
    const void *object = NULL;
    struct prereq_error err = {0};
    size_t ignored = 99;

    if (prereq_shape_read(arena, &document, row->text, strlen(row->text), &object, &ignored, &err))
        fail_msg("%s", err.text);
    read = object;
    assert_string_equal(read->full, "x");
    assert_int_equal(ignored, row->ignored);
    assert_int_equal(read->choice, 0);
    prereq_arena_free(arena);
}

static void a_newer_version_still_has_its_rules(void **state)
{
    static const char twice[] = "{\"format\": \"test/1.3\", \"full\": \"x\", \"flag\": true, "
                                "\"flag\": true}";
    static const char missing[] = "{\"format\": \"test/1.3\"}";
    /* The first state means "does not apply": a word that is not known must not become it. */
    static const char state_word[] =
        "{\"format\": \"test/1.3\", \"full\": \"x\", \"state\": \"blue\"}";

    (void)state;
    must_refuse(read_everything, twice, strlen(twice), "/flag: stands twice");
    must_refuse(read_everything, missing, strlen(missing), "/: lacks the member \"full\"");
    must_refuse(read_everything, state_word, strlen(state_word),
                "/state: not one of: red, green: \"blue\"");
}

/* ---- looking at the format only ---- */

static struct peek {
    const char *name;
    const char *text;
    const char *format;
} peeks[] = {
    {"ours", "{\"a\": 1, \"format\": \"patchprereq-facts/1.0\"}", "patchprereq-facts/1.0"},
    {"none", "{\"a\": 1}", ""},
    {"a list", "[1]", ""},
    {"not a text", "{\"format\": 1}", ""},
    {"inside only", "{\"a\": {\"format\": \"x\"}}", ""},
};

static void check_peek(void **state)
{
    const struct peek *row = *state;
    struct prereq_error err = {0};
    char format[64] = "untouched";

    assert_int_equal(prereq_format_peek(row->text, strlen(row->text), format, &err), PREREQ_OK);
    assert_string_equal(format, row->format);
}

static void peeking_refuses_what_is_not_json(void **state)
{
    struct prereq_error err = {0};
    char format[64];

    (void)state;
    assert_int_equal(prereq_format_peek("{\n]", 3, format, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "line 2: not JSON");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_arrives),
        cmocka_unit_test(what_is_left_out_is_nothing),
        cmocka_unit_test(survives_any_memory_limit),
        cmocka_unit_test(a_newer_version_still_has_its_rules),
        cmocka_unit_test(peeking_refuses_what_is_not_json),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(bad, check_bad);
    failed |= RUN_TABLE(limits, check_limit);
    failed |= RUN_TABLE(newer, check_newer);
    failed |= RUN_TABLE(peeks, check_peek);
    return failed;
}
