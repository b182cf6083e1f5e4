/* SPDX-License-Identifier: MIT */
/* test_file_lines.c - streams read line by line. */
#include "files.h"

static struct stream {
    const char *name;
    const char *text;
    size_t count;
    const char *lines[4];
} streams[] = {
    {"empty", "", 0, {NULL}},
    {"one line", "{}\n", 1, {"{}"}},
    {"no newline at the end", "{}\n[]", 2, {"{}", "[]"}},
    {"Windows line ends", "a\r\nb\r\n", 2, {"a", "b"}},
    {"empty lines count", "\n\nx\n\n", 4, {"", "", "x", ""}},
    {"only a newline", "\n", 1, {""}},
    {"carriage return inside", "a\rb\n", 1, {"a\rb"}},
    {"carriage return at the end", "a\r", 1, {"a"}},
};

static void check_stream(void **state)
{
    const struct stream *stream = *state;
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};
    const char *line = NULL;
    size_t len = 0;

    put_text("stream", stream->text);
    assert_int_equal(prereq_lines_open("stream", &lines, &err), PREREQ_OK);
    for (size_t i = 0; i < stream->count; i++) {
        assert_int_equal(prereq_lines_next(lines, 100, &line, &len, &err), PREREQ_OK);
        assert_string_equal(line, stream->lines[i]);
        assert_int_equal(len, strlen(stream->lines[i]));
        assert_int_equal(prereq_lines_number(lines), i + 1);
    }
    for (int again = 0; again < 2; again++) {
        assert_int_equal(prereq_lines_next(lines, 100, &line, &len, &err), PREREQ_OK);
        assert_null(line);
    }
    prereq_lines_close(lines);
}

static struct over {
    const char *name;
    size_t len, limit;
    const char *end;
    bool fits;
} overs[] = {
    {"at the limit", 100, 100, "\n", true},
    {"at the limit, Windows line end", 100, 100, "\r\n", true},
    {"one over", 101, 100, "\n", false},
    {"one over, Windows line end", 101, 100, "\r\n", false},
    {"far over", 500000, 100, "\n", false},
    {"long and within the limit", 500000, 500000, "\n", true},
    {"long and one over", 500001, 500000, "\n", false},
    {"as long as the read-ahead", 65536, 65536, "\n", true},
    {"read-ahead ends before the newline", 65536, 65535, "\n", false},
};

/* The line before and the line behind are given whole, and the number goes on. */
static void check_over(void **state)
{
    const struct over *over = *state;
    char *text = malloc(over->len + 16);
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};
    const char *line = NULL;
    size_t len = 0;

    assert_non_null(text);
    text[0] = 'a';
    text[1] = '\n';
    memset(text + 2, 'x', over->len);
    (void)snprintf(text + 2 + over->len, 14, "%sz", over->end);
    put_text("over", text);
    assert_int_equal(prereq_lines_open("over", &lines, &err), PREREQ_OK);
    assert_int_equal(prereq_lines_next(lines, over->limit, &line, &len, &err), PREREQ_OK);
    assert_string_equal(line, "a");
    assert_int_equal(prereq_lines_next(lines, over->limit, &line, &len, &err),
                     over->fits ? PREREQ_OK : PREREQ_BAD_INPUT);
    if (over->fits)
        assert_int_equal(len, over->len);
    else
        assert_non_null(strstr(err.text, "over: line 2 is longer than"));
    assert_int_equal(prereq_lines_next(lines, over->limit, &line, &len, &err), PREREQ_OK);
    assert_string_equal(line, "z");
    assert_int_equal(prereq_lines_number(lines), 3);
    prereq_lines_close(lines);
    free(text);
}

/* A line that never ends is where reading ends; the file is not read to its end. */
static void a_line_without_end(void **state)
{
    size_t size = (size_t)3 << 20, len = 0;
    char *text = malloc(size);
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};
    const char *line = NULL;

    (void)state;
    assert_non_null(text);
    memset(text, 'x', size - 1);
    memcpy(text + size - 8, "\nbehind", 8);
    put_text("endless", text);
    assert_int_equal(prereq_lines_open("endless", &lines, &err), PREREQ_OK);
    assert_int_equal(prereq_lines_next(lines, 10, &line, &len, &err), PREREQ_BAD_INPUT);
    assert_int_equal(prereq_lines_next(lines, 10, &line, &len, &err), PREREQ_OK);
    assert_null(line);
    prereq_lines_close(lines);
    free(text);
}

static void reading_can_be_stopped(void **state)
{
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};
    const char *line = NULL;
    size_t len = 0;

    (void)state;
    put_text("stopped", "a\nb\n");
    assert_int_equal(prereq_lines_open("stopped", &lines, &err), PREREQ_OK);
    assert_int_equal(prereq_lines_next(lines, 10, &line, &len, &err), PREREQ_OK);
    prereq_lines_stop(lines);
    assert_int_equal(prereq_lines_next(lines, 10, &line, &len, &err), PREREQ_OK);
    assert_null(line);
    prereq_lines_close(lines);
}

/* Newlines at every place around the read-ahead's end. */
static void newline_at_the_border(void **state)
{
    (void)state;
    for (size_t first = 65530; first < 65542; first++) {
        char *text = malloc(first + 8);
        struct prereq_lines *lines = NULL;
        struct prereq_error err = {0};
        const char *line = NULL;
        size_t len = 0;

        assert_non_null(text);
        memset(text, 'x', first);
        memcpy(text + first, "\r\nend\n", 7);
        put_text("border", text);
        assert_int_equal(prereq_lines_open("border", &lines, &err), PREREQ_OK);
        assert_int_equal(prereq_lines_next(lines, first, &line, &len, &err), PREREQ_OK);
        assert_int_equal(len, first);
        assert_int_equal(prereq_lines_next(lines, first, &line, &len, &err), PREREQ_OK);
        assert_string_equal(line, "end");
        prereq_lines_close(lines);
        free(text);
    }
}

static void nul_bytes_are_kept(void **state)
{
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};
    const char *line = NULL;
    size_t len = 0;

    (void)state;
    put_file("with-nul", "a\0b\nc", 5);
    assert_int_equal(prereq_lines_open("with-nul", &lines, &err), PREREQ_OK);
    assert_int_equal(prereq_lines_next(lines, 9, &line, &len, &err), PREREQ_OK);
    assert_int_equal(len, 3);
    assert_memory_equal(line, "a\0b", 4);
    prereq_lines_close(lines);
}

static void missing_stream_is_named(void **state)
{
    struct prereq_lines *lines = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_lines_open("none.ndjson", &lines, &err), PREREQ_IO);
    assert_string_equal(err.text, "none.ndjson: cannot be opened: no such file or folder");
    assert_null(lines);
    prereq_lines_close(NULL);
}

int main(void)
{
    const struct CMUnitTest lines[] = {
        cmocka_unit_test(newline_at_the_border),   cmocka_unit_test(a_line_without_end),
        cmocka_unit_test(reading_can_be_stopped),  cmocka_unit_test(nul_bytes_are_kept),
        cmocka_unit_test(missing_stream_is_named),
    };
    int failed = RUN_TESTS(lines);

    failed |= RUN_TABLE(streams, check_stream);
    failed |= RUN_TABLE(overs, check_over);
    return failed;
}
