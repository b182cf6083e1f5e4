/* SPDX-License-Identifier: MIT */
/* utf8.c - UTF-8 checked once where text enters, and comparisons that no locale can change. */
#include <string.h>

#include "base/base.h"

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

/* Eight bytes of ASCII without NUL, tested at once: most of what comes in is nothing else. */
static bool is_plain_eight(const unsigned char *bytes)
{
    const uint64_t ones = 0x0101010101010101U, highs = ones << 7;
    uint64_t eight;

    memcpy(&eight, bytes, sizeof(eight));
    return ((eight | (eight - ones)) & highs) == 0;
}

bool prereq_utf8_valid(const char *text, size_t len, size_t *bad)
{
    const unsigned char *bytes = (const unsigned char *)text;
    size_t at = 0;

    while (at < len) {
        size_t step;

        if (len - at >= 8 && is_plain_eight(bytes + at)) {
            at += 8;
            continue;
        }
        step = character_length(bytes + at, len - at);
        if (!step) {
            *bad = at;
            return false;
        }
        at += step;
    }
    return true;
}

size_t prereq_utf8_put(uint32_t c, char out[4])
{
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};

    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)(first[len] | c);
    return len;
}

void prereq_utf8_mend(char *text)
{
    size_t len = strlen(text), at = len, bad;

    while (at > 0 && len - at < 3 && ((unsigned char)text[at - 1] & 0xC0) == 0x80)
        at--;
    if (at > 0 && (unsigned char)text[at - 1] >= 0xC0 &&
        !prereq_utf8_valid(text + at - 1, len - at + 1, &bad))
        text[at - 1] = '\0';
}

struct prereq_clipped prereq_clip(const char *text, size_t bytes)
{
    static const char mark[] = "...";
    struct prereq_clipped clipped;
    size_t len = strlen(text);

    if (bytes >= sizeof(clipped.text))
        bytes = sizeof(clipped.text) - 1;
    if (len <= bytes) {
        memcpy(clipped.text, text, len + 1);
        return clipped;
    }
    len = bytes > sizeof(mark) ? bytes - (sizeof(mark) - 1) : 0;
    memcpy(clipped.text, text, len);
    clipped.text[len] = '\0';
    prereq_utf8_mend(clipped.text);
    memcpy(clipped.text + strlen(clipped.text), mark, sizeof(mark));
    return clipped;
}

static uint32_t unit_at(const unsigned char *bytes, size_t at, bool big_endian)
{
    return (uint32_t)bytes[at + big_endian] | (uint32_t)bytes[at + !big_endian] << 8;
}

uint32_t prereq_utf16_next(const unsigned char *bytes, size_t len, size_t *at, bool big_endian)
{
    uint32_t c = unit_at(bytes, *at, big_endian), low;

    *at += 2;
    if (c < 0xD800 || c > 0xDFFF)
        return c;
    if (c > 0xDBFF || len - *at < 2)
        return 0xFFFD;
    low = unit_at(bytes, *at, big_endian);
    if (low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *at += 2;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

static int fold(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

int prereq_compare_nocase(const char *a, const char *b)
{
    while (*a && (*a == *b || fold(*a) == fold(*b))) {
        a++;
        b++;
    }
    return fold(*a) - fold(*b);
}

bool prereq_equal_nocase(const char *a, const char *b)
{
    /* Mostly they are the same to the byte, which the C library sees fastest. */
    return strcmp(a, b) == 0 || prereq_compare_nocase(a, b) == 0;
}

bool prereq_starts_nocase(const char *text, const char *prefix)
{
    while (*prefix && fold(*text) == fold(*prefix)) {
        text++;
        prefix++;
    }
    return !*prefix;
}

/* A-Z among eight bytes made a-z, whatever the other bytes are: a carry never leaves its byte,
 * since the sums are made of seven bits each. */
static uint64_t fold_eight(uint64_t eight)
{
    const uint64_t ones = 0x0101010101010101U, highs = ones << 7;
    uint64_t low = eight & ~highs;
    uint64_t from_a = low + (0x80 - 'A') * ones;
    uint64_t behind_z = low + (0x7F - 'Z') * ones;
    uint64_t upper = (from_a ^ behind_z) & ~eight & highs;

    return eight | upper >> 2;
}

uint64_t prereq_hash_nocase(const char *text)
{
    size_t len = strlen(text);
    uint64_t hash = len;

    for (size_t at = 0; at < len; at += sizeof(uint64_t)) {
        uint64_t eight = 0;

        memcpy(&eight, text + at, len - at < sizeof(eight) ? len - at : sizeof(eight));
        hash = (hash ^ fold_eight(eight)) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 32;
    }
    return hash;
}

/* `?` stands for a character, not for a byte of one. */
static const char *next_character(const char *text)
{
    text++;
    while (((unsigned char)*text & 0xC0) == 0x80)
        text++;
    return text;
}

/* Both move behind their first characters when those are the same without regard to case. */
static bool step_over_same(const char **pattern, const char **text)
{
    const char *one = *pattern, *other = *text;

    if ((unsigned char)*one < 0x80 && (unsigned char)*other < 0x80) {
        if (!*one || fold(*one++) != fold(*other++))
            return false;
    } else if (prereq_fold(prereq_utf8_next(&one)) != prereq_fold(prereq_utf8_next(&other))) {
        return false;
    }
    *pattern = one;
    *text = other;
    return true;
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
        } else if (step_over_same(&pattern, &text)) {
            continue;
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
