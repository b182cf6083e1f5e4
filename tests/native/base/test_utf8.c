/* SPDX-License-Identifier: MIT */
/* test_utf8.c - well-formed text, comparisons without case, patterns. */
#include <string.h>

#include "base/base.h"
#include "table.h"

#define GOOD SIZE_MAX

static struct text {
    const char *name;
    const char *bytes;
    size_t bad;
} texts[] = {
    {"empty", "", GOOD},
    {"ASCII", "KB 1", GOOD},
    {"two bytes: first and last", "\xC2\x80\xDF\xBF", GOOD},
    {"three bytes: first and last", "\xE0\xA0\x80\xEF\xBF\xBF", GOOD},
    {"four bytes: first and last", "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF", GOOD},
    {"before and after the surrogates", "\xED\x9F\xBF\xEE\x80\x80", GOOD},
    {"byte order mark", "\xEF\xBB\xBF{}", GOOD},
    {"continuation byte alone", "ab\x80", 2},
    {"over-long slash, two bytes", "\xC0\xAF", 0},
    {"over-long, C1", "a\xC1\xBF", 1},
    {"over-long, three bytes", "\xE0\x9F\xBF", 0},
    {"over-long, four bytes", "\xF0\x8F\xBF\xBF", 0},
    {"surrogate", "x\xED\xA0\x80", 1},
    {"last surrogate", "\xED\xBF\xBF", 0},
    {"above U+10FFFF", "\xF4\x90\x80\x80", 0},
    {"F5", "\xF5\x80\x80\x80", 0},
    {"FF", "\xFF", 0},
    {"cut after the first of two", "a\xC3", 1},
    {"cut after the second of three", "a\xE2\x82", 1},
    {"cut after the third of four", "ab\xF0\x9F\x98", 2},
    {"third byte is ASCII", "\xE2\x82z", 0},
    {"fourth byte is ASCII", "\xF0\x9F\x98z", 0},
    {"Latin-1 umlaut", "f\xFCr", 1},
};

static void check_text(void **state)
{
    const struct text *text = *state;
    size_t bad = GOOD;

    assert_int_equal(prereq_utf8_valid(text->bytes, strlen(text->bytes), &bad), text->bad == GOOD);
    assert_int_equal(bad, text->bad);
}

/* Every code point, encoded here by the definition, is accepted; surrogates are not. */
static void every_code_point(void **state)
{
    (void)state;
    for (uint32_t code = 0x80; code <= 0x10FFFF; code++) {
        char bytes[5];
        size_t len = 0, bad = 0;

        if (code >= 0x10000) {
            bytes[len++] = (char)(0xF0 | code >> 18);
            bytes[len++] = (char)(0x80 | (code >> 12 & 0x3F));
        } else if (code >= 0x800) {
            bytes[len++] = (char)(0xE0 | code >> 12);
        }
        if (code >= 0x800)
            bytes[len++] = (char)(0x80 | (code >> 6 & 0x3F));
        else
            bytes[len++] = (char)(0xC0 | code >> 6);
        bytes[len++] = (char)(0x80 | (code & 0x3F));
        if (prereq_utf8_valid(bytes, len, &bad) != (code < 0xD800 || code > 0xDFFF))
            fail_msg("U+%04X", code);
    }
}

static void nul_is_refused(void **state)
{
    size_t bad = 0;

    (void)state;
    assert_false(prereq_utf8_valid("a\0b", 3, &bad));
    assert_int_equal(bad, 1);
}

static struct pair {
    const char *name;
    const char *a, *b;
    int order;
    bool starts; /* a starts with b */
} pairs[] = {
    {"equal", "kb1", "KB1", 0, true},
    {"empty", "", "", 0, true},
    {"prefix", "KB123", "kb", 1, true},
    {"shorter", "kb", "KB123", -1, false},
    {"letters", "Abc", "aBD", -1, false},
    {"not a letter: [ and {", "[", "{", -1, false},
    {"not a letter: @ and `", "@", "`", -1, false},
    {"umlauts are not folded", "\xC3\x84", "\xC3\xA4", -1, false},
    {"bytes above 0x7F come last", "\xC3\xA4", "z", 1, false},
};

static void check_pair(void **state)
{
    const struct pair *pair = *state;
    int order = prereq_compare_nocase(pair->a, pair->b);
    int back = prereq_compare_nocase(pair->b, pair->a);

    assert_int_equal((order > 0) - (order < 0), pair->order);
    assert_int_equal((back > 0) - (back < 0), -pair->order);
    assert_int_equal(prereq_equal_nocase(pair->a, pair->b), pair->order == 0);
    assert_int_equal(prereq_starts_nocase(pair->a, pair->b), pair->starts);
}

static struct glob {
    const char *name;
    const char *pattern, *text;
    bool match;
} globs[] = {
    {"literal, other case", "KB4012212", "kb4012212", true},
    {"literal is not a prefix", "kb40", "kb4012212", false},
    {"empty pattern, empty text", "", "", true},
    {"empty pattern", "", "a", false},
    {"star takes nothing", "a*", "a", true},
    {"star takes all", "*", "anything", true},
    {"star takes nothing of nothing", "*", "", true},
    {"stars", "**a**", "bab", true},
    {"star in the middle", "a*c", "abbbc", true},
    {"star must leave the end", "a*c", "abbb", false},
    {"try again after a near match", "*ab", "aab", true},
    {"two stars", "*a*b", "xaxbxb", true},
    {"question mark takes one", "a?c", "abc", true},
    {"question mark takes one character, not one byte", "a?c",
     "a\xE2\x82\xAC"
     "c",
     true},
    {"question mark needs one", "a?", "a", false},
    {"star and question marks", "*??", "a", false},
    {"brackets stand for themselves", "[a]", "a", false},
    {"backslash stands for itself", "a\\*", "a\\b", true},
    {"letters of another script, other case", "b\xC3\xBC*\xD1\x8F", "B\xC3\x9CRO \xD0\xAF", true},
    {"characters that share their first byte", "\xC3\xA4", "\xC3\xBC", false},
    {"half a character is none", "a\xC3*", "A\xC3\xBC", false},
    {"package name", "Package_for_RollupFix~*~amd64~~*", "package_for_rollupfix~31bf~AMD64~~10.0.1",
     true},
};

static void check_glob(void **state)
{
    const struct glob *glob = *state;

    assert_int_equal(prereq_glob(glob->pattern, glob->text), glob->match);
}

/* Cut after any byte, a text is mended to the whole characters before the cut and no further. */
static void a_cut_text_is_mended(void **state)
{
    static const char whole[] = "a\xC3\x9C\xE2\x82\xAC\xF0\x9F\x98\x80z";
    static const size_t ends[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};

    (void)state;
    for (size_t len = 0; len < PREREQ_COUNT(ends); len++) {
        char text[16] = "";

        memcpy(text, whole, len);
        prereq_utf8_mend(text);
        assert_int_equal(strlen(text), ends[len]);
    }
}

static struct clip {
    const char *name;
    const char *text;
    size_t bytes;
    const char *clipped;
} clips[] = {
    {"short enough", "abc", 3, "abc"},
    {"too long", "abcdefg", 6, "abc..."},
    {"cut inside a character",
     "ab\xC3\x9C"
     "cdef",
     6, "ab..."},
    {"cut behind it",
     "ab\xC3\x9C"
     "cdefg",
     7, "ab\xC3\x9C..."},
    {"four bytes", "\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 6, "..."},
    {"empty", "", 10, ""},
};

static void check_clip(void **state)
{
    const struct clip *row = *state;

    assert_string_equal(PREREQ_CLIP(row->text, row->bytes), row->clipped);
}

/* Whatever is asked for, it fits. */
static void a_clip_has_an_end(void **state)
{
    char text[5000];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    assert_int_equal(strlen(PREREQ_CLIP(text, 4000)), 1023);
}

static struct utf16 {
    const char *name;
    const char *bytes;
    size_t len;
    bool big_endian;
    const char *text;
} utf16s[] = {
    {"ASCII", "a\0b", 4, false, "ab"},
    {"big endian", "\0a\x04\x1F", 4, true, "a\xD0\x9F"},
    {"two and three bytes", "\xDF\0\xAC\x20", 4, false, "\xC3\x9F\xE2\x82\xAC"},
    {"a pair", "\x3D\xD8\x00\xDE", 4, false, "\xF0\x9F\x98\x80"},
    {"the last character", "\xFF\xDB\xFF\xDF", 4, false, "\xF4\x8F\xBF\xBF"},
    {"high half at the end", "\x3D\xD8", 2, false, "\xEF\xBF\xBD"},
    {"high half before a letter", "\x3D\xD8z\0", 4, false, "\xEF\xBF\xBDz"},
    {"low half alone", "\x00\xDEz\0", 4, false, "\xEF\xBF\xBDz"},
    {"odd byte behind a high half", "\x3D\xD8\x00", 3, false, "\xEF\xBF\xBD"},
};

static void check_utf16(void **state)
{
    const struct utf16 *row = *state;
    char out[32];
    size_t len = 0;

    for (size_t at = 0; at + 1 < row->len;) {
        uint32_t c =
            prereq_utf16_next((const unsigned char *)row->bytes, row->len, &at, row->big_endian);

        len += prereq_utf8_put(c, out + len);
    }
    out[len] = '\0';
    assert_string_equal(out, row->text);
}

/* With a recursive matcher this would take years. */
static void hostile_pattern_ends(void **state)
{
    char pattern[201], text[4001];

    (void)state;
    for (size_t i = 0; i < 200; i += 2)
        memcpy(pattern + i, "*a", 3);
    pattern[199] = 'b';
    memset(text, 'a', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    assert_false(prereq_glob(pattern, text));
}

int main(void)
{
    const struct CMUnitTest utf8[] = {
        cmocka_unit_test(every_code_point),     cmocka_unit_test(nul_is_refused),
        cmocka_unit_test(hostile_pattern_ends), cmocka_unit_test(a_cut_text_is_mended),
        cmocka_unit_test(a_clip_has_an_end),
    };
    int failed = RUN_TESTS(utf8);

    failed |= RUN_TABLE(texts, check_text);
    failed |= RUN_TABLE(pairs, check_pair);
    failed |= RUN_TABLE(clips, check_clip);
    failed |= RUN_TABLE(globs, check_glob);
    failed |= RUN_TABLE(utf16s, check_utf16);
    return failed;
}
