/* SPDX-License-Identifier: MIT */
/* utf8_fold.c - names without regard to case in every script, as no locale can change it. */
#include <string.h>

#include "base/base.h"
#include "base/utf8_fold_table.h"

/* Surrogates never come out of UTF-8: what is none keeps its byte there, so that it equals itself.
 */
#define NOT_UTF8 0xDC00U

uint32_t prereq_utf8_next(const char **text)
{
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    const unsigned char *bytes = (const unsigned char *)*text;
    size_t len = bytes[0] < 0x80 ? 1 : bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4;
    size_t bad;
    uint32_t c;

    if (!bytes[0])
        return 0;
    /* strnlen() is not C11; a NUL among the bytes makes them no character. */
    for (size_t i = 1; i < len; i++)
        len = bytes[i] ? len : i;
    if (!prereq_utf8_valid(*text, len, &bad)) {
        (*text)++;
        return NOT_UTF8 | bytes[0];
    }
    c = bytes[0] & first_bits[len];
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (bytes[i] & 0x3FU);
    *text += len;
    return c;
}

uint32_t prereq_fold(uint32_t c)
{
    size_t low = 0, high = PREREQ_COUNT(fold_ranges);

    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct fold_range *range = &fold_ranges[middle];

        if (c < range->first)
            high = middle;
        else if (c > range->last)
            low = middle + 1;
        else
            return (c - range->first) % range->step ? c : (uint32_t)((int32_t)c + range->delta);
    }
    return c;
}

/* ASCII, which is nearly all, needs no table. */
static uint32_t next_folded(const char **text)
{
    unsigned char c = (unsigned char)**text;

    if (c >= 0x80)
        return prereq_fold(prereq_utf8_next(text));
    *text += c != 0;
    return c >= 'A' && c <= 'Z' ? (uint32_t)(c - 'A' + 'a') : c;
}

int prereq_compare_folded(const char *a, const char *b)
{
    uint32_t one, other;

    do {
        one = next_folded(&a);
        other = next_folded(&b);
    } while (one == other && one);
    return (one > other) - (one < other);
}

bool prereq_equal_folded(const char *a, const char *b)
{
    return strcmp(a, b) == 0 || prereq_compare_folded(a, b) == 0;
}

void prereq_fold_add(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "");
    while (*text) {
        const char *start = text;
        uint32_t c = prereq_utf8_next(&text);
        char folded[4];

        if (c >= NOT_UTF8 && c <= (NOT_UTF8 | 0xFF))
            prereq_buffer_add_bytes(out, start, 1);
        else
            prereq_buffer_add_bytes(out, folded, prereq_utf8_put(prereq_fold(c), folded));
    }
}
