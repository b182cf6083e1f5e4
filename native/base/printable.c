/* SPDX-License-Identifier: MIT */
/* printable.c - text with nothing in it that steers a terminal or deceives a reader. */
#include <string.h>

#include "base/base.h"

/* Characters that nobody sees, or that make a terminal or a reader see another text than the one
 * that is there: controls, line and paragraph separators, and what the Unicode standard calls
 * default ignorable (direction marks and overrides, zero-width characters, fillers, variation
 * selectors, tags): DerivedCoreProperties.txt, which reserves whole blocks for it. */
static const struct hidden {
    uint32_t first, last;
} hiddens[] = {
    {0x0001, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

bool prereq_is_hidden(uint32_t c)
{
    size_t low = 0, high = PREREQ_COUNT(hiddens);

    if (c >= ' ' && c <= '~')
        return false;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (c < hiddens[middle].first)
            high = middle;
        else if (c > hiddens[middle].last)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

static void add_escaped(struct prereq_buffer *out, const char *text, size_t len)
{
    if (len == 1 && (*text == '\n' || *text == '\t' || *text == '\r')) {
        prereq_buffer_add(out, *text == '\n' ? "\\n" : *text == '\t' ? "\\t" : "\\r");
        return;
    }
    for (size_t i = 0; i < len; i++)
        prereq_buffer_addf(out, "\\x%02x", (unsigned)(unsigned char)text[i]);
}

void prereq_printable_add(struct prereq_buffer *out, const char *text)
{
    const char *plain = text;

    prereq_buffer_add(out, "");
    while (*text) {
        const char *start = text;
        uint32_t c = prereq_utf8_next(&text);

        /* A byte that is not UTF-8 comes out as a surrogate. */
        if (!prereq_is_hidden(c) && (c < 0xD800 || c > 0xDFFF))
            continue;
        prereq_buffer_add_bytes(out, plain, (size_t)(start - plain));
        add_escaped(out, start, (size_t)(text - start));
        plain = text;
    }
    prereq_buffer_add_bytes(out, plain, (size_t)(text - plain));
}
