/* SPDX-License-Identifier: MIT */
/* test_table_text.c - texts of hosts in cells and CSV fields: nothing acts, nothing breaks the
 * file. */
#include <string.h>

#include "table.h"
#include "tables/table_text.h"

static struct text {
    const char *name, *text, *cell, *csv;
} texts[] = {
    {"plain text stays", "Windows 2000", "Windows 2000", "Windows 2000"},
    {"empty text stays", "", "", ""},
    {"a formula gets an apostrophe in CSV alone", "=1+1", "=1+1", "\"'=1+1\""},
    {"a call", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""},
    {"plus", "+1", "+1", "\"'+1\""},
    {"minus", "-2", "-2", "\"'-2\""},
    {"at", "@SUM(A1)", "@SUM(A1)", "\"'@SUM(A1)\""},
    {"tab in front", "\t=1", "\t=1", "\"'\t=1\""},
    {"carriage return in front", "\r=1", "\n=1", "\"'\n=1\""},
    {"line feed in front", "\n=1", "\n=1", "\"'\n=1\""},
    {"an apostrophe before a formula gets another, so that one can be taken away", "'=1", "'=1",
     "\"''=1\""},
    {"an apostrophe alone stays", "'tis", "'tis", "\"'tis\""},
    {"full-width equals sign", "\xef\xbc\x9d\x31", "\xef\xbc\x9d\x31", "\"'\xef\xbc\x9d\x31\""},
    {"full-width plus", "\xef\xbc\x8b\x31", "\xef\xbc\x8b\x31", "\"'\xef\xbc\x8b\x31\""},
    {"full-width minus", "\xef\xbc\x8d\x31", "\xef\xbc\x8d\x31", "\"'\xef\xbc\x8d\x31\""},
    {"full-width at", "\xef\xbc\xa0\x41", "\xef\xbc\xa0\x41", "\"'\xef\xbc\xa0\x41\""},
    {"an apostrophe before a full-width one", "'\xef\xbc\x9d\x31", "'\xef\xbc\x9d\x31",
     "\"''\xef\xbc\x9d\x31\""},
    {"tab before a full-width one", "\t\xef\xbc\x9d", "\t\xef\xbc\x9d", "\"'\t\xef\xbc\x9d\""},
    {"blanks before a formula", "  =1", "  =1", "\"'  =1\""},
    {"a full-width blank before one", "\xe3\x80\x80=1", "\xe3\x80\x80=1", "\"'\xe3\x80\x80=1\""},
    {"another full-width sign", "\xef\xbc\x81\x31", "\xef\xbc\x81\x31", "\xef\xbc\x81\x31"},
    {"what nobody sees is shown", "WEB\xe2\x80\x8b\x30\x31\xf3\xa0\x80\xa1",
     "WEB\xef\xbf\xbd\x30\x31\xef\xbf\xbd", "WEB\xef\xbf\xbd\x30\x31\xef\xbf\xbd"},
    {"equals inside is no formula", "a=b", "a=b", "a=b"},
    {"comma", "a,b", "a,b", "\"a,b\""},
    {"semicolon, which some locales separate by", "a;b", "a;b", "\"a;b\""},
    {"quotes are doubled", "say \"hi\"", "say \"hi\"", "\"say \"\"hi\"\"\""},
    {"a quote before a formula", "\"=1\"", "\"=1\"", "\"\"\"=1\"\"\""},
    {"line ends become LF", "a\r\nb\rc\nd", "a\nb\nc\nd", "\"a\nb\nc\nd\""},
    {"blank in front is kept", " a", " a", "\" a\""},
    {"control characters become U+FFFD", "a\x01\x1b[31mb\x7f",
     "a\xef\xbf\xbd\xef\xbf\xbd[31mb\xef\xbf\xbd", "a\xef\xbf\xbd\xef\xbf\xbd[31mb\xef\xbf\xbd"},
    {"C1 controls too",
     "a\xc2\x9b"
     "b",
     "a\xef\xbf\xbd"
     "b",
     "a\xef\xbf\xbd"
     "b"},
    {"no-break space stays",
     "a\xc2\xa0"
     "b",
     "a\xc2\xa0"
     "b",
     "a\xc2\xa0"
     "b"},
    {"bytes that are not UTF-8", "a\xff\xc3", "a\xef\xbf\xbd\xef\xbf\xbd",
     "a\xef\xbf\xbd\xef\xbf\xbd"},
    {"U+FFFE and U+FFFF, which XML forbids", "\xef\xbf\xbe\xef\xbf\xbf", "\xef\xbf\xbd\xef\xbf\xbd",
     "\xef\xbf\xbd\xef\xbf\xbd"},
    {"a surrogate in UTF-8", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd",
     "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    {"Cyrillic and an emoji stay", "\xd0\x9f \xf0\x9f\x98\x80", "\xd0\x9f \xf0\x9f\x98\x80",
     "\xd0\x9f \xf0\x9f\x98\x80"},
    {"an escape of the workbook format is protected", "_x0041_", "_x005F_x0041_", "_x0041_"},
    {"two of them", "_x000D__x000a_", "_x005F_x000D__x005F_x000a_", "_x000D__x000a_"},
    {"what only looks like one stays", "_x00_ _xGGGG_ _x0041", "_x00_ _xGGGG_ _x0041",
     "_x00_ _xGGGG_ _x0041"},
};

static void check_text(void **state)
{
    const struct text *row = *state;
    struct prereq_buffer copy = {0}, csv = {0};

    assert_string_equal(text_for_cell(row->text, &copy), row->cell);
    text_add_csv(&csv, row->text);
    assert_string_equal(csv.text ? csv.text : "", row->csv);
    prereq_buffer_free(&copy);
    prereq_buffer_free(&csv);
}

/* UTF-16 units are what a cell counts. */
static size_t units(const char *text)
{
    size_t count = 0;

    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80 ? ((unsigned char)*text >= 0xf0 ? 2 : 1) : 0;
    return count;
}

static struct longer {
    const char *name;
    const char *piece;
    size_t pieces;
    bool cut;
} longer[] = {
    {"as long as a cell can hold", "a", TABLE_TEXT_MAX, false},
    {"one more", "a", TABLE_TEXT_MAX + 1, true},
    {"pairs of surrogates count twice", "\xf0\x9f\x98\x80", TABLE_TEXT_MAX / 2, false},
    {"and are not torn", "\xf0\x9f\x98\x80", TABLE_TEXT_MAX / 2 + 1, true},
    {"escapes count as they are written", "_x0041_", TABLE_TEXT_MAX / 13 + 1, true},
};

static void check_longer(void **state)
{
    const struct longer *row = *state;
    struct prereq_buffer text = {0}, copy = {0};
    const char *cell;
    size_t bad, len;

    for (size_t i = 0; i < row->pieces; i++)
        prereq_buffer_add(&text, row->piece);
    cell = text_for_cell(text.text, &copy);
    len = strlen(cell);
    assert_true(units(cell) <= TABLE_TEXT_MAX);
    assert_true(units(cell) > TABLE_TEXT_MAX - 32);
    assert_true(prereq_utf8_valid(cell, len, &bad));
    if (row->cut)
        assert_string_equal(cell + len - strlen(TABLE_TEXT_CUT), TABLE_TEXT_CUT);
    else
        assert_string_equal(cell, text.text);
    prereq_buffer_free(&text);
    prereq_buffer_free(&copy);
}

int main(void)
{
    int failed = RUN_TABLE(texts, check_text);

    return RUN_TABLE(longer, check_longer) || failed;
}
