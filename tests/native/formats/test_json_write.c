/* SPDX-License-Identifier: MIT */
/* test_json_write.c - documents as text: canonical, compact and readable, and back again. */
#include "everything.h"

#define TEST_HEAD "{\"format\": \"test/1.2\", \"full\": \"x\""

/* What `text` is when it was read and is written again. */
static void written(const char *text, enum prereq_json_style style, struct prereq_buffer *out)
{
    struct prereq_arena *arena = new_arena();

    prereq_shape_write(&everything_shape, must_read(arena, read_everything, text), style, out);
    assert_false(out->failed);
    prereq_arena_free(arena);
}

/* ---- canonical form ---- */

static struct canonical {
    const char *name;
    const char *text, *canonical;
} canonical[] = {
    {"nothing but what must be", TEST_HEAD "}", "{\"format\":\"test/1.2\",\"full\":\"x\"}"},
    {"members in byte order, whatever their order was",
     "{\"text\": \"t\", \"numbers\": [2, 1],\n \"number\": 0, \"full\": \"x\", \"format\": "
     "\"test/1.2\", \"fileVersion\": \"1.2\", \"flag\": false}",
     "{\"fileVersion\":\"1.2\",\"flag\":false,\"format\":\"test/1.2\",\"full\":\"x\",\"number\":0,"
     "\"numbers\":[2,1],\"text\":\"t\"}"},
    {"inside too", TEST_HEAD ", \"object\": {\"number\": 1, \"a/b~c\": \"q\"}}",
     "{\"format\":\"test/1.2\",\"full\":\"x\",\"object\":{\"a/b~c\":\"q\",\"number\":1}}"},
    {"an empty object is written, an empty list is not",
     TEST_HEAD ", \"object\": {}, \"objects\": [{}, {}], \"texts\": []}",
     "{\"format\":\"test/1.2\",\"full\":\"x\",\"object\":{},\"objects\":[{},{}]}"},
    {"escapes that must be, and no others",
     TEST_HEAD ", \"text\": \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u001f\\u007f\\u00e9\\ud83d\\ude00\"}",
     "{\"format\":\"test/1.2\",\"full\":\"x\",\"text\":\"\\\"\\\\/\\u0008\\u000c\\n\\u000d\\u0009"
     "\\u001f\x7f\xc3\xa9\xf0\x9f\x98\x80\"}"},
    {"times in UTC, whole seconds",
     TEST_HEAD ", \"time\": \"2026-01-01T00:30:00.75+01:00\", \"date\": \"2026-01-01\"}",
     "{\"date\":\"2026-01-01\",\"format\":\"test/1.2\",\"full\":\"x\",\"time\":\"2025-12-31T23:30:"
     "00Z\"}"},
    {"a time that is a date stays one", TEST_HEAD ", \"time\": \"2026-01-01\"}",
     "{\"format\":\"test/1.2\",\"full\":\"x\",\"time\":\"2026-01-01\"}"},
    {"versions without leading zeros, at least two numbers",
     TEST_HEAD ", \"versions\": [\"05.00.0039\", \"7\", \"1.0\", \"1.0.0\"]}",
     "{\"format\":\"test/"
     "1.2\",\"full\":\"x\",\"versions\":[\"5.0.39\",\"7.0\",\"1.0\",\"1.0.0\"]}"},
    {"the largest number", TEST_HEAD ", \"number\": 9007199254740991}",
     "{\"format\":\"test/1.2\",\"full\":\"x\",\"number\":9007199254740991}"},
    {"words", TEST_HEAD ", \"choice\": \"red\", \"choices\": [\"green\", \"red\"]}",
     "{\"choice\":\"red\",\"choices\":[\"green\",\"red\"],\"format\":\"test/1.2\",\"full\":\"x\"}"},
};

/* The state is always written, its first word when it was left out. */
static void without_state(struct prereq_buffer *out)
{
    char *at = strstr(out->text, "\"state\":\"red\"");
    char *from;

    if (!at) {
        fail_msg("no state in %s", out->text);
        return;
    }
    from = at[-1] == ',' ? at - 1 : at;
    at += strlen("\"state\":\"red\"");
    memmove(from, at, strlen(at) + 1);
    out->len = strlen(out->text);
}

static void check_canonical(void **state)
{
    const struct canonical *row = *state;
    struct prereq_buffer out = {0}, again = {0};

    written(row->text, PREREQ_JSON_CANONICAL, &out);
    written(out.text, PREREQ_JSON_CANONICAL, &again);
    assert_string_equal(again.text, out.text);
    without_state(&out);
    assert_string_equal(out.text, row->canonical);
    prereq_buffer_free(&out);
    prereq_buffer_free(&again);
}

/* ---- round trips ---- */

static struct style {
    const char *name;
    enum prereq_json_style style;
} styles[] = {
    {"canonical", PREREQ_JSON_CANONICAL},
    {"compact", PREREQ_JSON_COMPACT},
    {"readable", PREREQ_JSON_READABLE},
};

static const char whole[] = TEST_HEAD
    ", \"text\": \"t\\u00e9\\n\", \"id\": \"MSSQL/PROD:241_x@a-1.0\", \"flag\": false, "
    "\"number\": 9007199254740991, \"time\": \"2026-11-22T08:15:00Z\", "
    "\"date\": \"2026-11-22\", \"version\": \"5.0.70000\", \"fileVersion\": \"6.1.65535\", "
    "\"choice\": \"green\", \"state\": \"green\", \"object\": {\"number\": 0}, "
    "\"one\": {\"a/b~c\": \"\"}, \"texts\": [\"a\", \"\"], \"choices\": [\"green\"], "
    "\"numbers\": [1, 2], \"versions\": [\"1.2\", \"3\"], "
    "\"objects\": [{}, {\"number\": 7, \"a/b~c\": \"q\"}]}";

/* Any style, read again, has the same canonical form. */
static void check_round_trip(void **state)
{
    const struct style *row = *state;
    struct prereq_buffer first = {0}, styled = {0}, second = {0};

    written(whole, PREREQ_JSON_CANONICAL, &first);
    written(whole, row->style, &styled);
    written(styled.text, PREREQ_JSON_CANONICAL, &second);
    assert_string_equal(second.text, first.text);
    prereq_buffer_free(&first);
    prereq_buffer_free(&styled);
    prereq_buffer_free(&second);
}

static void compact_is_one_line_in_table_order(void **state)
{
    struct prereq_buffer out = {0};

    (void)state;
    written(whole, PREREQ_JSON_COMPACT, &out);
    assert_null(strchr(out.text, '\n'));
    assert_string_equal(
        out.text, "{\"format\":\"test/1.2\",\"text\":\"t\xc3\xa9\\n\",\"id\":\"MSSQL/"
                  "PROD:241_x@a-1.0\",\"full\":\"x\",\"flag\":false,"
                  "\"number\":9007199254740991,\"time\":\"2026-11-22T08:15:00Z\",\"date\":"
                  "\"2026-11-22\",\"version\":\"5.0.70000\",\"fileVersion\":\"6.1.65535\","
                  "\"choice\":\"green\",\"state\":\"green\",\"object\":{\"number\":0},\"one\":"
                  "{\"a/b~c\":\"\"},\"texts\":[\"a\",\"\"],\"choices\":[\"green\"],\"numbers\":"
                  "[1,2],\"versions\":[\"1.2\",\"3.0\"],\"objects\":[{},{\"number\":7,"
                  "\"a/b~c\":\"q\"}]}");
    prereq_buffer_free(&out);
}

static void readable_is_indented_and_ends_with_a_line_end(void **state)
{
    struct prereq_buffer out = {0};

    (void)state;
    written(TEST_HEAD ", \"object\": {}, \"numbers\": [1, 2], \"objects\": [{\"number\": 1}]}",
            PREREQ_JSON_READABLE, &out);
    assert_string_equal(out.text, "{\n"
                                  "  \"format\": \"test/1.2\",\n"
                                  "  \"full\": \"x\",\n"
                                  "  \"state\": \"red\",\n"
                                  "  \"object\": {},\n"
                                  "  \"numbers\": [\n"
                                  "    1,\n"
                                  "    2\n"
                                  "  ],\n"
                                  "  \"objects\": [\n"
                                  "    {\n"
                                  "      \"number\": 1\n"
                                  "    }\n"
                                  "  ]\n"
                                  "}\n");
    prereq_buffer_free(&out);
}

static void words_of_values_without_one_are_empty(void **state)
{
    (void)state;
    assert_string_equal(prereq_enum_name(colours, 0), "");
    assert_string_equal(prereq_enum_name(colours, 2), "green");
    assert_string_equal(prereq_enum_name(colours, 3), "");
    assert_string_equal(prereq_enum_name(colours, -1), "");
}

/* ---- whatever is written is read again ---- */

static struct rewritten {
    const char *name;
    const char *piece; /* of the text, again and again */
    size_t count;
} rewrittens[] = {
    {"as many escapes as fit", "\t", PREREQ_MAX_TEXT},
    {"as many characters of three bytes", "\xE2\x82\xAC", PREREQ_MAX_TEXT / 3},
    {"more than fit", "x", PREREQ_MAX_TEXT + 1},
    {"more, to be cut inside a character", "\xF0\x9F\x98\x80", PREREQ_MAX_TEXT / 4 + 1},
    {"bytes that are not UTF-8", "a\xFF\xC3", 10},
};

static void check_rewritten(void **state)
{
    const struct rewritten *row = *state;
    struct prereq_buffer text = {0}, first = {0}, second = {0};
    struct everything object = {.format = "test/1.2", .full = "x"};

    for (size_t i = 0; i < row->count; i++)
        prereq_buffer_add(&text, row->piece);
    object.text = text.text;
    prereq_shape_write(&everything_shape, &object, PREREQ_JSON_COMPACT, &first);
    written(first.text, PREREQ_JSON_COMPACT, &second);
    assert_string_equal(first.text, second.text);
    prereq_buffer_free(&second);
    prereq_buffer_free(&first);
    prereq_buffer_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compact_is_one_line_in_table_order),
        cmocka_unit_test(readable_is_indented_and_ends_with_a_line_end),
        cmocka_unit_test(words_of_values_without_one_are_empty),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(canonical, check_canonical);
    failed |= RUN_TABLE(styles, check_round_trip);
    failed |= RUN_TABLE(rewrittens, check_rewritten);
    return failed;
}
