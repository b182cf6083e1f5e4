/* SPDX-License-Identifier: MIT */
/* utf8.c - UTF-8 checked once where text enters, and comparisons that no locale can change. */
#include <string.h>

#include "base.h"

/* Bytes of the well-formed character at text[0], or 0.  Table 3-7 of the Unicode standard: only the
 * second byte has a range that depends on the first. */
static size_t character_length(const unsigned char *text, size_t len)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t need;

    if (text[0] < 0x80)
        return text[0] ? 1 : 0;
    if (text[0] < 0xC2 || text[0] > 0xF4)
        return 0;
    need = text[0] < 0xE0 ? 2 : text[0] < 0xF0 ? 3 : 4;
    if (len < need)
        return 0;
    if (text[0] == 0xE0)
        low = 0xA0; /* over-long */
    else if (text[0] == 0xED)
        high = 0x9F; /* surrogates */
    else if (text[0] == 0xF0)
        low = 0x90; /* over-long */
    else if (text[0] == 0xF4)
        high = 0x8F; /* above U+10FFFF */
    if (text[1] < low || text[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++) {
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    }
    return need;
}

bool prereq_utf8_valid(const char *text, size_t len, size_t *bad)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;

    while (at < len) {
        size_t step = character_length(bytes + at, len - at);

        if (!step) {
            *bad = at;
            return false;
        }
        at += step;
    }
    return true;
}

static int fold(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

int prereq_compare_nocase(const char *a, const char *b)
{
    while (*a && fold(*a) == fold(*b)) {
        a++;
        b++;
    }
    return fold(*a) - fold(*b);
}

bool prereq_equal_nocase(const char *a, const char *b)
{
    return prereq_compare_nocase(a, b) == 0;
}

bool prereq_starts_nocase(const char *text, const char *prefix)
{
    while (*prefix && fold(*text) == fold(*prefix)) {
        text++;
        prefix++;
    }
    return !*prefix;
}

/* `?` stands for a character, not for a byte of one. */
static const char *next_character(const char *text)
{
    text++;
    while (((unsigned char)*text & 0xC0) == 0x80)
        text++;
    return text;
}

/* Only the last `*` is ever tried again: what an earlier one could still take, the last can as
 * well. */
bool prereq_glob(const char *pattern, const char *text)
{
    const char *star = NULL, *retry = NULL;

    while (*text) {
        if (*pattern == '*') {
            star = ++pattern;
            retry = text;
        } else if (*pattern == '?') {
            pattern++;
            text = next_character(text);
        } else if (*pattern && fold(*pattern) == fold(*text)) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star;
            retry = next_character(retry);
            text = retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}
