/* SPDX-License-Identifier: MIT */
/* csv.c - a strict reader of RFC 4180: what is not clear is refused with its line. */
#include "formats/csv.h"
#include "base/shape.h"

#include <string.h>

struct reader {
    struct prereq_arena *arena;
    const char *at, *end;
    size_t line;
    struct prereq_error *err;
};

static enum prereq_status refuse(const struct reader *reader, const char *reason)
{
    return prereq_fail(reader->err, PREREQ_BAD_INPUT, "line %zu: %s", reader->line, reason);
}

static bool ends_field(const struct reader *reader)
{
    return reader->at == reader->end || strchr(",\r\n", *reader->at);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static enum prereq_status keep(struct reader *reader, const char *text, size_t len, char **field)
{
    char *copy;

    if (len > PREREQ_MAX_TEXT)
        return refuse(reader, "a field is longer than 64 KiB");
    copy = prereq_strndup(reader->arena, text, len);
    if (!copy) {
        prereq_fail(reader->err, PREREQ_NO_MEMORY, "the table is larger than the memory for it");
        return PREREQ_NO_MEMORY;
    }
    *field = copy;
    return PREREQ_OK;
}

static enum prereq_status read_plain(struct reader *reader, char **field)
{
    const char *start = reader->at, *last;

    while (!ends_field(reader)) {
        if (*reader->at == '"')
            return refuse(reader, "a quote stands inside a field; put the field in quotes and "
                                  "double it");
        reader->at++;
    }
    last = reader->at;
    while (last > start && is_blank(last[-1]))
        last--;
    return keep(reader, start, (size_t)(last - start), field);
}

/* Two quotes are one.  The text only shrinks, so it is its own output. */
static void undouble(char *text)
{
    char *out = text;

    for (const char *in = text; *in; in++) {
        *out++ = *in;
        if (*in == '"')
            in++;
    }
    *out = '\0';
}

static enum prereq_status read_quoted(struct reader *reader, char **field)
{
    const char *start = ++reader->at;
    size_t line = reader->line;
    enum prereq_status status;

    for (;; reader->at++) {
        if (reader->at == reader->end) {
            reader->line = line;
            return refuse(reader, "a quote is not closed");
        }
        reader->line += *reader->at == '\n';
        if (*reader->at != '"')
            continue;
        if (reader->at + 1 == reader->end || reader->at[1] != '"')
            break;
        reader->at++;
    }
    status = keep(reader, start, (size_t)(reader->at - start), field);
    if (status)
        return status;
    undouble(*field);
    for (reader->at++; reader->at < reader->end && is_blank(*reader->at);)
        reader->at++;
    return ends_field(reader) ? PREREQ_OK : refuse(reader, "text follows a closing quote");
}

static enum prereq_status read_field(struct reader *reader, char **field)
{
    while (reader->at < reader->end && is_blank(*reader->at))
        reader->at++;
    if (reader->at < reader->end && *reader->at == '"')
        return read_quoted(reader, field);
    return read_plain(reader, field);
}

static enum prereq_status end_line(struct reader *reader)
{
    if (reader->at == reader->end)
        return PREREQ_OK;
    if (*reader->at == '\r')
        reader->at++;
    if (reader->at == reader->end || *reader->at != '\n')
        return refuse(reader, "a carriage return stands without a line feed");
    reader->at++;
    reader->line++;
    return PREREQ_OK;
}

static enum prereq_status read_line(struct reader *reader, struct prereq_csv_line *line)
{
    char *fields[PREREQ_CSV_FIELDS];
    char **copy;
    size_t count = 0;

    line->number = reader->line;
    for (;;) {
        enum prereq_status status;

        if (count == PREREQ_CSV_FIELDS)
            return refuse(reader, "has more than 64 fields");
        status = read_field(reader, &fields[count++]);
        if (status)
            return status;
        if (reader->at == reader->end || *reader->at != ',')
            break;
        reader->at++;
    }
    copy = PREREQ_NEW_ARRAY(reader->arena, count, char *);
    if (!copy)
        return prereq_fail(reader->err, PREREQ_NO_MEMORY,
                           "the table is larger than the memory for it");
    memcpy(copy, fields, count * sizeof(*copy));
    line->fields = (const char *const *)copy;
    line->count = count;
    return end_line(reader);
}

static size_t count_lines(const char *text, size_t len)
{
    size_t count = 1;

    for (size_t i = 0; i < len; i++)
        count += text[i] == '\n';
    return count;
}

static enum prereq_status check_text(const char *text, size_t len, struct prereq_error *err)
{
    size_t bad;

    if (prereq_utf8_valid(text, len, &bad))
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: %s", count_lines(text, bad),
                       text[bad] ? "not UTF-8; save the table as CSV UTF-8"
                                 : "there is a NUL byte");
}

enum prereq_status prereq_csv_read(struct prereq_arena *arena, const char *text, size_t len,
                                   struct prereq_csv *csv, struct prereq_error *err)
{
    struct reader reader = {arena, text, text + len, 1, err};
    struct prereq_csv_line *lines;
    enum prereq_status status = check_text(text, len, err);
    size_t count = 0;

    if (status)
        return status;
    if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        reader.at += 3;
    lines = PREREQ_NEW_ARRAY(arena, count_lines(text, len), struct prereq_csv_line);
    if (!lines)
        return prereq_fail(err, PREREQ_NO_MEMORY, "the table is larger than the memory for it");
    while (reader.at < reader.end) {
        status = read_line(&reader, &lines[count]);
        if (status)
            return status;
        if (lines[count].count > 1 || *lines[count].fields[0])
            count++;
    }
    csv->lines = lines;
    csv->count = count;
    return PREREQ_OK;
}
