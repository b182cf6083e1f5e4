/* SPDX-License-Identifier: MIT */
/* printable.c - text with nothing in it that steers a terminal or deceives a reader. */
#include <string.h>

#include "base/base.h"

/* Characters of C1, direction marks and overrides, line and paragraph separators: they are valid
 * UTF-8, and make a terminal or a reader see another text than the one that is there. */
static size_t steering_len(const char *text)
{
    unsigned char a = (unsigned char)text[0];
    unsigned char b = a ? (unsigned char)text[1] : 0;
    unsigned char c = b ? (unsigned char)text[2] : 0;

    if (a < 0x20 || a == 0x7f)
        return 1;
    if (a == 0xc2 && b >= 0x80 && b <= 0x9f)
        return 2;
    if (a == 0xe2 && b == 0x80 && ((c >= 0xa8 && c <= 0xae) || c == 0x8e || c == 0x8f))
        return 3;
    if (a == 0xe2 && b == 0x81 && c >= 0xa6 && c <= 0xa9)
        return 3;
    return 0;
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

static void add_valid(struct prereq_buffer *out, const char *text, size_t len)
{
    size_t start = 0;
    size_t at = 0;

    while (at < len) {
        size_t steering = steering_len(text + at);

        if (steering) {
            prereq_buffer_add_bytes(out, text + start, at - start);
            add_escaped(out, text + at, steering);
            start = at + steering;
        }
        at += steering ? steering : 1;
    }
    prereq_buffer_add_bytes(out, text + start, at - start);
}

void prereq_printable_add(struct prereq_buffer *out, const char *text)
{
    size_t len = strlen(text);
    size_t bad;

    while (!prereq_utf8_valid(text, len, &bad)) {
        add_valid(out, text, bad);
        add_escaped(out, text + bad, 1);
        text += bad + 1;
        len -= bad + 1;
    }
    add_valid(out, text, len);
}
