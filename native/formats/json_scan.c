/* SPDX-License-Identifier: MIT */
/* json_scan.c - the lexical rules of our documents that cJSON does not enforce.
 *
 * cJSON 1.7.15 ends a text at \u0000, takes raw control characters, reads numbers with strtod() and
 * recurses up to 1,000 levels.  A reader of untrusted facts must refuse these with a line number.
 */
#include "formats/json.h"

#include <string.h>

struct scan {
    const char *at, *end;
    size_t line;
    size_t depth, items;
    bool any_number;
};

static enum prereq_status refuse(const struct scan *scan, const char *reason,
                                 struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: %s", scan->line, reason);
}

static bool hex4_is_zero(const char *digits, const char *end)
{
    return end - digits >= 4 && memcmp(digits, "0000", 4) == 0;
}

/* By how many bytes the escape whose backslash is behind us is longer than its character.  What is
 * read must not be refused when it is written with other escapes. */
static size_t escape_surplus(const char *at, const char *end)
{
    static const char low[] = "0123456789abcdef", high[] = "0123456789ABCDEF";
    unsigned code = 0;

    if (at >= end || *at != 'u')
        return 1;
    for (int i = 1; i <= 4; i++) {
        const char *digit = end - at > i && at[i] ? strchr(low, at[i]) : NULL;

        if (!digit && end - at > i && at[i] && strchr(high, at[i]))
            digit = low + (strchr(high, at[i]) - high);
        if (!digit)
            return 1; /* cJSON refuses it */
        code = code << 4 | (unsigned)(digit - low);
    }
    if (code < 0x80)
        return 5;
    /* Two surrogates are one character of four bytes. */
    return code < 0x800 || (code >= 0xD800 && code <= 0xDFFF) ? 4 : 3;
}

/* Nothing but a closing quote, an escape or a control character ends a run of plain bytes. */
static const char *skip_plain(const char *at, const char *end)
{
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return at;
}

static enum prereq_status scan_text(struct scan *scan, struct prereq_error *err)
{
    const char *start = ++scan->at;
    size_t escapes = 0; /* bytes by which they are longer than what they stand for */

    scan->at = skip_plain(start, scan->end);
    while (scan->at < scan->end && *scan->at != '"') {
        if ((unsigned char)*scan->at < 0x20)
            return refuse(scan, "a control character stands in a text; write it as \\u00XX", err);
        scan->at++; /* the backslash; whatever comes next belongs to it */
        if (scan->at < scan->end && *scan->at == 'u' && hex4_is_zero(scan->at + 1, scan->end))
            return refuse(scan, "a text holds the character NUL", err);
        escapes += escape_surplus(scan->at, scan->end);
        scan->at = skip_plain(scan->at + (scan->at < scan->end), scan->end);
    }
    if (scan->at >= scan->end)
        return refuse(scan, "a text has no closing quote", err);
    if ((size_t)(scan->at - start) - escapes > PREREQ_MAX_TEXT)
        return refuse(scan, "a text is longer than 64 KiB", err);
    scan->at++;
    return PREREQ_OK;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static enum prereq_status scan_number(struct scan *scan, struct prereq_error *err)
{
    const char *start = scan->at;
    size_t len;

    while (scan->at < scan->end && (is_digit(*scan->at) || strchr("+-.eE", *scan->at)))
        scan->at++;
    len = (size_t)(scan->at - start);
    if (scan->any_number)
        return PREREQ_OK;
    for (size_t i = 0; i < len; i++) {
        if (!is_digit(start[i]))
            return refuse(scan, "a number is not a whole number from 0 to 9007199254740991", err);
    }
    if (len > 1 && *start == '0')
        return refuse(scan, "a number begins with 0", err);
    if (len > 16)
        return refuse(scan, "a number is not a whole number from 0 to 9007199254740991", err);
    return PREREQ_OK;
}

static enum prereq_status scan_mark(struct scan *scan, struct prereq_error *err)
{
    char c = *scan->at++;

    if (c == '\n')
        scan->line++;
    else if (c == '{' || c == '[')
        scan->depth++;
    else if ((c == '}' || c == ']') && scan->depth > 0)
        scan->depth--;
    else if (c == ',')
        scan->items++;
    if (scan->depth > PREREQ_MAX_DEPTH)
        return refuse(scan, "objects and lists are nested deeper than 64", err);
    if (scan->items > PREREQ_MAX_ITEMS)
        return refuse(scan, "there are more than 1,000,000 items", err);
    return PREREQ_OK;
}

static enum prereq_status scan_all(const char *json, size_t len, bool any_number,
                                   struct prereq_error *err)
{
    struct scan scan = {json, json + len, 1, 0, 0, any_number};
    size_t bad;

    if (!prereq_utf8_valid(json, len, &bad)) {
        for (size_t i = 0; i < bad; i++)
            scan.line += json[i] == '\n';
        return refuse(&scan, bad < len && json[bad] == 0 ? "there is a NUL byte" : "not UTF-8",
                      err);
    }
    while (scan.at < scan.end) {
        enum prereq_status status;

        if (*scan.at == '"')
            status = scan_text(&scan, err);
        else if (is_digit(*scan.at) || *scan.at == '-')
            status = scan_number(&scan, err);
        else
            status = scan_mark(&scan, err);
        if (status)
            return status;
    }
    return PREREQ_OK;
}

enum prereq_status prereq_json_scan(const char *json, size_t len, struct prereq_error *err)
{
    return scan_all(json, len, false, err);
}

enum prereq_status prereq_json_scan_foreign(const char *json, size_t len, struct prereq_error *err)
{
    return scan_all(json, len, true, err);
}
