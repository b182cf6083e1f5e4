/* SPDX-License-Identifier: MIT */
/* import_text.c - bytes of an encoding that nobody names become lines of UTF-8.
 *
 * The same command writes UTF-16 from PowerShell or wmic, the OEM code page from cmd, and UTF-8
 * after chcp 65001.  Which code page it was cannot be known, and nothing that is read depends on
 * it: labels are matched by shape and place, never by word. */
#include <string.h>

#include "import/import_parts.h"

#define REPLACEMENT 0xFFFDU
#define LOOK_AHEAD 256 /* bytes that tell UTF-16 without byte order mark */

enum encoding {
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UNKNOWN,
};

struct sink {
    char *text;
    size_t len;
};

bool prereq_import_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *prereq_import_skip_blanks(const char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

const char *prereq_import_clip(const char *text, char out[PREREQ_IMPORT_CLIP])
{
    size_t len = strlen(text);

    if (len >= PREREQ_IMPORT_CLIP) {
        len = PREREQ_IMPORT_CLIP - 1;
        while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
            len--;
    }
    memcpy(out, text, len);
    out[len] = '\0';
    return out;
}

/* wmic writes CR CR LF through a pipe, so CR is dropped and LF alone ends a line.  NUL is dropped
 * too: ASCII in UTF-16 that was appended to other bytes stays readable that way. */
static void put(struct sink *sink, uint32_t c)
{
    if (c == '\r' || c == 0 || c == 0xFEFF)
        return;
    if ((c < ' ' && c != '\n') || c == 0x7F || c == 0xA0 || c == 0x202F)
        c = ' ';
    sink->len += prereq_utf8_put(c, sink->text + sink->len);
}

static void decode_utf16(struct sink *sink, const unsigned char *bytes, size_t len,
                         enum encoding encoding)
{
    for (size_t at = 0; at + 1 < len;)
        put(sink, prereq_utf16_next(bytes, len, &at, encoding != ENCODING_UTF16LE));
}

/* The bytes are known to be well-formed, but for NUL. */
static void decode_utf8(struct sink *sink, const unsigned char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        unsigned char first = bytes[at];
        size_t more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        uint32_t c = first < 0x80 ? first : first & (0x3FU >> more);

        for (size_t i = 1; i <= more && at + i < len; i++)
            c = c << 6 | (bytes[at + i] & 0x3FU);
        put(sink, c);
        at += more + 1;
    }
}

/* Sequences of an OEM code page that happen to be UTF-8 would show wrong letters: better none. */
static void decode_unknown(struct sink *sink, const unsigned char *bytes, size_t len)
{
    for (size_t at = 0; at < len; at++)
        put(sink, bytes[at] < 0x80 ? bytes[at] : REPLACEMENT);
}

static bool is_utf8(const char *bytes, size_t len)
{
    size_t start = 0, bad;

    while (!prereq_utf8_valid(bytes + start, len - start, &bad)) {
        if (bytes[start + bad] != '\0')
            return false;
        start += bad + 1;
    }
    return true;
}

static enum encoding detect(const char *bytes, size_t len)
{
    size_t odd = 0, even = 0, seen = len < LOOK_AHEAD ? len : LOOK_AHEAD;

    if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        return ENCODING_UTF16LE;
    if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        return ENCODING_UTF16BE;
    for (size_t i = 0; i < seen; i++) {
        if (bytes[i] == '\0' && i % 2)
            odd++;
        else if (bytes[i] == '\0')
            even++;
    }
    if (odd > seen / 8 && odd > even)
        return ENCODING_UTF16LE;
    if (even > seen / 8)
        return ENCODING_UTF16BE;
    return is_utf8(bytes, len) ? ENCODING_UTF8 : ENCODING_UNKNOWN;
}

/* Cut the text at its line ends, in place. */
static enum prereq_status split_lines(struct prereq_arena *arena, struct sink *sink,
                                      struct prereq_import_lines *lines, struct prereq_error *err)
{
    size_t count = 1;
    char *start = sink->text;

    for (size_t i = 0; i < sink->len; i++)
        count += sink->text[i] == '\n';
    if (count > PREREQ_MAX_ITEMS)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %d lines", PREREQ_MAX_ITEMS);
    lines->line = PREREQ_NEW_ARRAY(arena, count, const char *);
    if (!lines->line)
        return prereq_import_no_memory(err);
    lines->count = count;
    for (size_t i = 0; i < count; i++) {
        char *end = memchr(start, '\n', (size_t)(sink->text + sink->len - start));
        char *next = end ? end + 1 : NULL;

        if (!end)
            end = sink->text + sink->len;
        if ((size_t)(end - start) > PREREQ_MAX_TEXT)
            return prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: longer than %zu bytes", i + 1,
                               PREREQ_MAX_TEXT);
        while (end > start && end[-1] == ' ')
            end--;
        *end = '\0';
        lines->line[i] = start;
        start = next;
    }
    return PREREQ_OK;
}

enum prereq_status prereq_import_decode(struct prereq_arena *arena, const char *bytes, size_t len,
                                        struct prereq_import_lines *lines, struct prereq_error *err)
{
    const unsigned char *raw = (const unsigned char *)bytes;
    struct sink sink = {NULL, 0};
    enum encoding encoding;
    size_t size;

    if (len > PREREQ_MAX_IMPORT_BYTES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "larger than %zu bytes", PREREQ_MAX_IMPORT_BYTES);
    encoding = detect(bytes, len);
    /* Two bytes of UTF-16, or one of a code page, become three of UTF-8 at most. */
    size = encoding == ENCODING_UTF8 ? len : encoding == ENCODING_UNKNOWN ? len * 3 : len + len / 2;
    sink.text = prereq_alloc(arena, size + 1, 1);
    if (!sink.text)
        return prereq_import_no_memory(err);
    if (encoding == ENCODING_UTF8)
        decode_utf8(&sink, raw, len);
    else if (encoding == ENCODING_UNKNOWN)
        decode_unknown(&sink, raw, len);
    else
        decode_utf16(&sink, raw, len, encoding);
    return split_lines(arena, &sink, lines, err);
}

/* One cell, moved to `out` without its quotes.  Returns what follows its end. */
static const char *read_cell(const char *text, char **out)
{
    bool quoted = *text == '"';

    if (quoted)
        text++;
    while (*text && (quoted || *text != ',')) {
        if (quoted && *text == '"' && text[1] != '"')
            break;
        if (quoted && *text == '"')
            text++;
        *(*out)++ = *text++;
    }
    if (quoted && *text == '"')
        text++;
    *(*out)++ = '\0';
    return text;
}

bool prereq_import_csv(struct prereq_arena *arena, const char *line,
                       struct prereq_import_cells *cells)
{
    size_t most = 1;
    char *out;

    for (const char *c = line; *c; c++)
        most += *c == ',';
    cells->count = 0;
    cells->cell = PREREQ_NEW_ARRAY(arena, most, const char *);
    out = prereq_alloc(arena, strlen(line) + most + 1, 1);
    if (!cells->cell || !out)
        return false;
    for (;;) {
        cells->cell[cells->count++] = out;
        line = read_cell(line, &out);
        if (*line != ',')
            return true;
        line++;
    }
}
