/* SPDX-License-Identifier: MIT */
/* table_text.c - no text of a host becomes a formula, a broken file or another text. */
#include <string.h>

#include "tables/table_text.h"

#define REPLACEMENT "\xef\xbf\xbd"

static bool hex_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "_xHHHH_": the escape of Office Open XML (ECMA-376 part 1, 22.9.2.19, ST_Xstring). */
static bool looks_escaped(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && hex_digit(text[2]) && hex_digit(text[3]) &&
           hex_digit(text[4]) && hex_digit(text[5]) && text[6] == '_';
}

/* Bytes of the well-formed UTF-8 character at `text`; 0: it is none. */
static size_t character_len(const char *text, size_t left)
{
    unsigned char first = (unsigned char)text[0];
    size_t len = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    size_t bad;

    if (len > left || !prereq_utf8_valid(text, len, &bad))
        return 0;
    return len;
}

/* Characters that XML 1.0 does not allow, and those that act in a reader or that nobody sees: names
 * of two hosts that differ in one would look the same. */
static bool forbidden(const char *text)
{
    uint32_t c = prereq_utf8_next(&text);

    return c == 0xFFFE || c == 0xFFFF || (prereq_is_hidden(c) && c != '\n' && c != '\t');
}

/* Most texts need no change: printable ASCII, not too long, no escape. */
static bool plain(const char *text, size_t *len)
{
    size_t at = 0;

    for (; text[at]; at++) {
        unsigned char c = (unsigned char)text[at];

        if (c < 0x20 || c > 0x7e || c == '_')
            return false;
    }
    *len = at;
    return true;
}

/* What stands for the character at `text`, and how many bytes it takes there. */
struct piece {
    const char *bytes;
    size_t len;   /* of `bytes` */
    size_t taken; /* of the text */
    size_t units; /* UTF-16 */
};

static struct piece next_piece(const char *text, size_t left, bool escape)
{
    size_t len = character_len(text, left);
    struct piece piece = {text, len, len, len == 4 ? 2 : 1};

    if (text[0] == '\r') {
        piece.bytes = "\n";
        piece.taken = left > 1 && text[1] == '\n' ? 2 : 1;
    } else if (!len || forbidden(text)) {
        piece = (struct piece){REPLACEMENT, 3, len ? len : 1, 1};
    } else if (escape && looks_escaped(text)) {
        piece = (struct piece){"_x005F_", 7, 1, 7};
    }
    return piece;
}

static void copy_clean(const char *text, bool escape, size_t max_units, struct prereq_buffer *copy)
{
    const size_t mark = strlen(TABLE_TEXT_CUT);
    size_t left = strlen(text);
    size_t units = 0;
    size_t safe = copy->len; /* where a cut leaves room for its mark */

    while (left) {
        struct piece piece = next_piece(text, left, escape);

        if (units + piece.units > max_units)
            break;
        prereq_buffer_add_bytes(copy, piece.bytes, piece.len);
        units += piece.units;
        if (units + mark <= max_units)
            safe = copy->len;
        text += piece.taken;
        left -= piece.taken;
    }
    if (left && !copy->failed) {
        copy->len = safe;
        prereq_buffer_add(copy, TABLE_TEXT_CUT);
    }
}

const char *text_for_cell(const char *text, struct prereq_buffer *copy)
{
    size_t len;

    if (plain(text, &len) && len <= TABLE_TEXT_MAX)
        return text;
    copy->len = 0;
    copy_clean(text, true, TABLE_TEXT_MAX, copy);
    return copy->text ? copy->text : "";
}

/* OWASP, "CSV Injection": the characters that make a spreadsheet read a field as a formula, and
 * their full-width forms, which spreadsheets in East Asian languages take for them.  Blanks before
 * them are passed over by some.  A text that begins with an apostrophe before one of them gets one
 * more, so that taking one away always gives the text back. */
static bool could_be_formula(const char *text)
{
    static const uint32_t signs[] = {'=',    '+',    '-',  '@',  0xFF1D, 0xFF0B,
                                     0xFF0D, 0xFF20, '\t', '\r', '\n'};
    uint32_t c;

    do
        c = prereq_utf8_next(&text);
    while (c == '\'' || c == ' ' || c == 0x3000);
    for (size_t i = 0; i < PREREQ_COUNT(signs); i++) {
        if (c == signs[i])
            return true;
    }
    return false;
}

void text_add_csv(struct prereq_buffer *out, const char *text)
{
    bool formula = could_be_formula(text);
    struct prereq_buffer clean = {0};
    const char *shown = text;
    size_t len;

    if (!plain(text, &len)) {
        copy_clean(text, false, SIZE_MAX, &clean);
        out->failed = out->failed || clean.failed;
        shown = clean.text ? clean.text : "";
    }
    if (!formula && !strpbrk(shown, ",\"\n\r\t;'") && shown[0] != ' ') {
        prereq_buffer_add(out, shown);
        prereq_buffer_free(&clean);
        return;
    }
    prereq_buffer_add(out, formula ? "\"'" : "\"");
    for (const char *quote = strchr(shown, '"'); quote; quote = strchr(shown, '"')) {
        prereq_buffer_add_bytes(out, shown, (size_t)(quote - shown) + 1);
        prereq_buffer_add(out, "\"");
        shown = quote + 1;
    }
    prereq_buffer_add(out, shown);
    prereq_buffer_add(out, "\"");
    prereq_buffer_free(&clean);
}

void text_lower(struct prereq_buffer *text)
{
    for (size_t i = 0; i < text->len; i++) {
        if (text->text[i] >= 'A' && text->text[i] <= 'Z')
            text->text[i] = (char)(text->text[i] - 'A' + 'a');
    }
}
