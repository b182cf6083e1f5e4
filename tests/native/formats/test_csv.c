/* SPDX-License-Identifier: MIT */
/* test_csv.c - RFC 4180: what a table says, and what is refused with its line. */
#include "formats/csv.h"

#include "documents.h"

static enum prereq_status read_csv(struct prereq_arena *arena, const char *text, size_t len,
                                   const void **object, struct prereq_error *err)
{
    struct prereq_csv *csv = PREREQ_NEW(arena, struct prereq_csv);
    enum prereq_status status;

    if (!csv)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the test's own struct");
    status = prereq_csv_read(arena, text, len, csv, err);
    if (!status)
        *object = csv;
    return status;
}

/* Fields in [], lines as "number:". */
static struct good {
    const char *name;
    const char *text;
    const char *fields;
} good[] = {
    {"nothing", "", ""},
    {"a mark and nothing", "\xef\xbb\xbf", ""},
    {"LF", "a,b\nc,d\n", "1:[a][b] 2:[c][d] "},
    {"CRLF", "a,b\r\nc,d\r\n", "1:[a][b] 2:[c][d] "},
    {"no line end at the end", "a,b\r\nc,d", "1:[a][b] 2:[c][d] "},
    {"byte order mark",
     "\xef\xbb\xbf"
     "a,b\n",
     "1:[a][b] "},
    {"byte order mark before a quote", "\xef\xbb\xbf\"a\",b\n", "1:[a][b] "},
    {"empty fields", ",a,,\n", "1:[][a][][] "},
    {"quotes", "\"a\",\"b\"\n", "1:[a][b] "},
    {"comma in quotes", "\"a,b\",c\n", "1:[a,b][c] "},
    {"doubled quotes", "\"say \"\"yes\"\"\",\"\"\"\"\n", "1:[say \"yes\"][\"] "},
    {"line end in quotes", "\"a\r\nb\",c\nd,e\n", "1:[a\r\nb][c] 3:[d][e] "},
    {"empty quotes", "\"\",b\n", "1:[][b] "},
    {"blanks around fields", " a b ,\t\"c \" , d\n", "1:[a b][c ][d] "},
    {"tabs behind a field", "a\t,b \t\n", "1:[a][b] "},
    {"empty lines are left out", "\n\na,b\n\r\n  \nc,d\n\n", "3:[a][b] 6:[c][d] "},
    {"other scripts", "h\xc3\xb6st,\xe6\x97\xa5\xe6\x9c\xac\n",
     "1:[h\xc3\xb6st][\xe6\x97\xa5\xe6\x9c\xac] "},
    {"an apostrophe is a letter", "'a',b's\n", "1:['a'][b's] "},
};

static void check_good(void **state)
{
    const struct good *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_csv *csv = must_read(arena, read_csv, row->text);
    struct prereq_buffer out = {0};

    prereq_buffer_add(&out, "");
    for (size_t i = 0; i < csv->count; i++) {
        prereq_buffer_addf(&out, "%zu:", csv->lines[i].number);
        for (size_t j = 0; j < csv->lines[i].count; j++)
            prereq_buffer_addf(&out, "[%s]", csv->lines[i].fields[j]);
        prereq_buffer_add(&out, " ");
    }
    assert_string_equal(out.text, row->fields);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

#define TEXT(text) text, sizeof(text) - 1

static struct bad {
    const char *name;
    const char *text;
    size_t len;
    const char *message;
} bad[] = {
    {"a quote inside", TEXT("a,b\nc,d\"e\n"),
     "line 2: a quote stands inside a field; put the field in quotes and double it"},
    {"text behind a quote", TEXT("a,\"b\"c\n"), "line 1: text follows a closing quote"},
    {"an open quote, with its first line", TEXT("a,b\nc,\"d\ne\nf\n"),
     "line 2: a quote is not closed"},
    {"a quote at the very end", TEXT("a,\""), "line 1: a quote is not closed"},
    {"a lone carriage return", TEXT("a,b\rc,d\n"),
     "line 1: a carriage return stands without a line feed"},
    {"a carriage return at the end", TEXT("a,b\nc\r"),
     "line 2: a carriage return stands without a line feed"},
    {"Latin-1", TEXT("a\nh\xf6st\n"), "line 2: not UTF-8; save the table as CSV UTF-8"},
    {"UTF-16",
     TEXT("\xff\xfe"
          "a\0,\0"),
     "line 1: not UTF-8; save the table as CSV UTF-8"},
    {"NUL", TEXT("a\n\nb\0c\n"), "line 3: there is a NUL byte"},
    {"65 fields", TEXT(",,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,"),
     "line 1: has more than 64 fields"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_csv, row->text, row->len, row->message);
}

static void a_field_has_a_limit(void **state)
{
    char *text = malloc(PREREQ_MAX_TEXT + 3);
    struct prereq_arena *arena = new_arena();

    (void)state;
    assert_non_null(text);
    memset(text, 'x', PREREQ_MAX_TEXT + 1);
    text[PREREQ_MAX_TEXT] = '\0';
    must_read(arena, read_csv, text);
    text[PREREQ_MAX_TEXT] = 'x';
    must_refuse(read_csv, text, PREREQ_MAX_TEXT + 1, "line 1: a field is longer than 64 KiB");
    prereq_arena_free(arena);
    free(text);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_csv,
                        "a,b,c\n\"d\",\"e\"\"\",f\n\"a field that is not quite short\",,\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_field_has_a_limit),
                                       cmocka_unit_test(survives_any_memory_limit)};
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(good, check_good);
    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
