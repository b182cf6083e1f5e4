/* SPDX-License-Identifier: MIT */
/* test_messages.c - no text of a host steers a terminal. */
#include "program/messages.h"
#include "table.h"

struct row {
    const char *name;
    const char *text, *shown;
};

/* Direction marks are what is tested.  NOLINTBEGIN(misc-misleading-bidirectional) */
static struct row rows[] = {
    {"plain", "a b", "a b"},
    {"empty", "", ""},
    {"other scripts", "\xd0\x96 \xe6\xbc\xa2 \xf0\x9f\x98\x80",
     "\xd0\x96 \xe6\xbc\xa2 \xf0\x9f\x98\x80"},
    {"lines and tabs", "a\nb\tc\rd", "a\\nb\\tc\\rd"},
    {"escape", "\x1b[31mred", "\\x1b[31mred"},
    {"delete", "a\x7f", "a\\x7f"},
    {"C1 as UTF-8",
     "a\xc2\x9b"
     "31m",
     "a\\xc2\\x9b31m"},
    {"C1 as a byte", "a\x9b", "a\\x9b"},
    {"direction override", "\xe2\x80\xae", "\\xe2\\x80\\xae"},
    {"direction isolate", "\xe2\x81\xa6", "\\xe2\\x81\\xa6"},
    {"direction mark", "\xe2\x80\x8f", "\\xe2\\x80\\x8f"},
    {"zero-width space", "WEB\xe2\x80\x8b\x30\x31", "WEB\\xe2\\x80\\x8b01"},
    {"zero-width joiner", "\xe2\x80\x8d", "\\xe2\\x80\\x8d"},
    {"word joiner", "\xe2\x81\xa0", "\\xe2\\x81\\xa0"},
    {"byte order mark inside", "a\xef\xbb\xbf", "a\\xef\\xbb\\xbf"},
    {"soft hyphen", "a\xc2\xad", "a\\xc2\\xad"},
    {"no-break space stays", "a\xc2\xa0", "a\xc2\xa0"},
    {"tag", "WEB01\xf3\xa0\x81\x81", "WEB01\\xf3\\xa0\\x81\\x81"},
    {"first of the block of tags", "\xf3\xa0\x80\x80", "\\xf3\\xa0\\x80\\x80"},
    {"last of it", "\xf3\xa0\xbf\xbf", "\\xf3\\xa0\\xbf\\xbf"},
    {"behind it", "\xf3\xa1\x80\x80", "\xf3\xa1\x80\x80"},
    {"variation selector", "a\xef\xb8\x8f", "a\\xef\\xb8\\x8f"},
    {"Hangul filler", "\xe3\x85\xa4", "\\xe3\\x85\\xa4"},
    {"Arabic letter mark", "\xd8\x9c", "\\xd8\\x9c"},
    {"line separator", "\xe2\x80\xa8", "\\xe2\\x80\\xa8"},
    {"a dash of the same block stays", "\xe2\x80\x93", "\xe2\x80\x93"},
    {"cut in the middle of a character", "a\xe6\xbc", "a\\xe6\\xbc"},
    {"wrong bytes between right ones",
     "a\xff\xfe"
     "b",
     "a\\xff\\xfeb"},
};
/* NOLINTEND(misc-misleading-bidirectional) */

static void check_row(void **state)
{
    const struct row *row = *state;
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    const char *shown = printable(arena, row->text);

    assert_non_null(shown);
    assert_string_equal(shown, row->shown);
    prereq_arena_free(arena);
}

int main(void)
{
    return RUN_TABLE(rows, check_row);
}
