/* SPDX-License-Identifier: MIT */
/* test_utf8_fold.c - names without regard to case, in scripts that have cases and in those that
 * have none. */
#include <string.h>

#include "base/base.h"
#include "table.h"

/* Facts of the Unicode standard's CaseFolding.txt, picked by hand: status C and S. */
static struct folded {
    const char *name;
    uint32_t from, to;
} folds[] = {
    {"before A", 0x40, 0x40},
    {"A", 'A', 'a'},
    {"Z", 'Z', 'z'},
    {"behind Z", 0x5B, 0x5B},
    {"micro sign", 0xB5, 0x3BC},
    {"A with grave, first of Latin-1", 0xC0, 0xE0},
    {"multiplication sign among letters", 0xD7, 0xD7},
    {"U with diaeresis", 0xDC, 0xFC},
    {"sharp s stays", 0xDF, 0xDF},
    {"capital sharp s", 0x1E9E, 0xDF},
    {"every second letter: upper", 0x12E, 0x12F},
    {"every second letter: lower stays", 0x12D, 0x12D},
    {"dotted capital I has no simple folding", 0x130, 0x130},
    {"final sigma", 0x3C2, 0x3C3},
    {"Cyrillic YA", 0x42F, 0x44F},
    {"Armenian", 0x531, 0x561},
    {"Georgian Mtavruli", 0x1C90, 0x10D0},
    {"Cherokee folds to capitals", 0xAB70, 0x13A0},
    {"Kelvin sign", 0x212A, 'k'},
    {"full-width A", 0xFF21, 0xFF41},
    {"Deseret, above U+FFFF", 0x10400, 0x10428},
    {"the last range", 0x1E921, 0x1E943},
    {"Greek with prosgegrammeni: simple", 0x1F88, 0x1F80},
    {"Hebrew has no case", 0x5D0, 0x5D0},
    {"Chinese has no case", 0x4E2D, 0x4E2D},
    {"the last character", 0x10FFFF, 0x10FFFF},
};

static void check_fold(void **state)
{
    const struct folded *row = *state;

    assert_int_equal(prereq_fold(row->from), row->to);
}

/* What was folded stays as it is, and a character never becomes another kind of nothing. */
static void folding_twice_is_folding_once(void **state)
{
    size_t changed = 0;

    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        uint32_t once = prereq_fold(c);

        if (once == 0 || once > 0x10FFFF || prereq_fold(once) != once)
            fail_msg("U+%04X folds to U+%04X", (unsigned)c, (unsigned)once);
        changed += once != c;
    }
    assert_int_equal(changed, 26 + 1428); /* Unicode 14.0 */
}

/* Every character is read as what it was written from, and folded text reads as folded characters.
 */
static void every_character(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        struct prereq_buffer out = {0};
        char text[5] = "";
        const char *at = text;

        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        text[prereq_utf8_put(c, text)] = '\0';
        assert_int_equal(prereq_utf8_next(&at), c);
        assert_int_equal(*at, '\0');
        assert_int_equal(prereq_utf8_next(&at), 0);
        if (c % 16 == 0) {
            prereq_fold_add(&out, text);
            at = out.text;
            assert_int_equal(prereq_utf8_next(&at), prereq_fold(c));
            prereq_buffer_free(&out);
        }
    }
}

static struct pair {
    const char *name;
    const char *a, *b;
    int order;
} pairs[] = {
    {"umlaut", "B\xC3\x9CRO-PC", "b\xC3\xBCro-pc", 0},
    {"Cyrillic", "\xD0\xA1\xD0\x95\xD0\xA0\xD0\x92\xD0\x95\xD0\xA0",
     "\xD1\x81\xD0\xB5\xD1\x80\xD0\xB2\xD0\xB5\xD1\x80", 0},
    {"another letter", "B\xC3\x9CRO", "B\xC3\x96RO", 1},
    {"a prefix", "b\xC3\xBC", "B\xC3\x9CRO", -1},
    {"ASCII before others", "buro", "b\xC3\xBCro", -1},
    {"Kelvin sign", "\xE2\x84\xAA", "K", 0},
    {"a byte that is not UTF-8 equals itself", "a\xFC", "A\xFC", 0},
    {"and no other", "a\xFC", "a\xFD", -1},
    {"and not the character of its number", "a\xFC", "a\xC3\xBC", 1},
    {"a character that is cut off", "a\xC3", "a\xC3", 0},
    {"both empty", "", "", 0},
};

static void check_pair(void **state)
{
    const struct pair *pair = *state;

    assert_int_equal(prereq_compare_folded(pair->a, pair->b), pair->order);
    assert_int_equal(prereq_compare_folded(pair->b, pair->a), -pair->order);
    assert_int_equal(prereq_equal_folded(pair->a, pair->b), pair->order == 0);
}

int main(void)
{
    const struct CMUnitTest fold[] = {
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(every_character),
    };
    int failed = RUN_TESTS(fold);

    failed |= RUN_TABLE(folds, check_fold);
    failed |= RUN_TABLE(pairs, check_pair);
    return failed;
}
