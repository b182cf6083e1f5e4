/* SPDX-License-Identifier: MIT */
/* json_write.c - structs into JSON text by their shapes: canonical, compact or readable. */
#include "formats/json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct writer {
    struct prereq_buffer *out;
    enum prereq_json_style style;
    unsigned depth;
};

static void add_quoted(struct prereq_buffer *out, const char *text, size_t len)
{
    const char *plain = text, *end = text + len;

    for (const char *c = text; c < end; c++) {
        bool special = *c == '"' || *c == '\\' || (unsigned char)*c < 0x20;

        if (!special)
            continue;
        prereq_buffer_add_bytes(out, plain, (size_t)(c - plain));
        if (*c == '"' || *c == '\\')
            prereq_buffer_addf(out, "\\%c", *c);
        else if (*c == '\n')
            prereq_buffer_add(out, "\\n");
        else
            prereq_buffer_addf(out, "\\u%04x", (unsigned)*c);
        plain = c + 1;
    }
    prereq_buffer_add_bytes(out, plain, (size_t)(end - plain));
}

/* A byte that is not UTF-8 (names of files may hold any) would make the whole document unreadable.
 */
static void quote(struct prereq_buffer *out, const char *text, size_t len)
{
    size_t bad;

    prereq_buffer_add(out, "\"");
    while (!prereq_utf8_valid(text, len, &bad)) {
        add_quoted(out, text, bad);
        prereq_buffer_add(out, "\xEF\xBF\xBD");
        text += bad + 1;
        len -= bad + 1;
    }
    add_quoted(out, text, len);
    prereq_buffer_add(out, "\"");
}

void prereq_json_quote(struct prereq_buffer *out, const char *text)
{
    quote(out, text, strlen(text));
}

/* A text that was put together may be longer than one that is read: what no reader takes is cut,
 * and says so. */
static void write_text(struct prereq_buffer *out, const char *text)
{
    static const char mark[] = "...";
    size_t len = strlen(text), bad;
    char *cut;

    if (len <= PREREQ_MAX_TEXT) {
        quote(out, text, len);
        return;
    }
    cut = malloc(PREREQ_MAX_TEXT + 1);
    if (!cut) {
        out->failed = true;
        return;
    }
    len = PREREQ_MAX_TEXT - sizeof(mark);
    while (!prereq_utf8_valid(text, len, &bad) && len - bad < 4)
        len = bad;
    memcpy(cut, text, len);
    memcpy(cut + len, mark, sizeof(mark));
    quote(out, cut, strlen(cut));
    free(cut);
}

const char *prereq_enum_name(const char *const *names, int value)
{
    for (int i = 0; names[i]; i++) {
        if (i + 1 == value)
            return names[i];
    }
    return "";
}

static void write_object(struct writer *writer, const struct prereq_shape *shape,
                         const void *object);

static void new_line(struct writer *writer)
{
    if (writer->style != PREREQ_JSON_READABLE)
        return;
    prereq_buffer_add(writer->out, "\n");
    for (unsigned i = 0; i < writer->depth; i++)
        prereq_buffer_add(writer->out, "  ");
}

static void write_version(struct writer *writer, struct prereq_version version)
{
    char text[48];

    prereq_version_format(version, text);
    prereq_json_quote(writer->out, text);
}

/* Element `i` of a list, or the one of a plain member (i = 0). */
static void write_scalar(struct writer *writer, const struct prereq_member *member,
                         const void *field, size_t i)
{
    char text[32];
    int value;

    switch (member->type) {
    case PREREQ_TEXTS:
    case PREREQ_TEXT:
        write_text(writer->out, ((const char *const *)field)[i]);
        break;
    case PREREQ_FLAG:
        prereq_buffer_add(writer->out,
                          *(const enum prereq_flag *)field == PREREQ_FLAG_TRUE ? "true" : "false");
        break;
    case PREREQ_UINT:
        prereq_buffer_addf(writer->out, "%" PRIu64, ((const struct prereq_number *)field)->value);
        break;
    case PREREQ_UINTS:
        prereq_buffer_addf(writer->out, "%" PRIu64, ((const uint64_t *)field)[i]);
        break;
    case PREREQ_TIME:
    case PREREQ_DATE:
        prereq_time_format(*(const struct prereq_time *)field, text);
        prereq_json_quote(writer->out, text);
        break;
    case PREREQ_VERSION:
    case PREREQ_VERSIONS:
        write_version(writer, ((const struct prereq_version *)field)[i]);
        break;
    case PREREQ_ENUM:
    case PREREQ_ENUMS:
    case PREREQ_STATE:
        value = ((const int *)field)[i] + (member->type == PREREQ_STATE);
        prereq_json_quote(writer->out, prereq_enum_name(member->names, value));
        break;
    case PREREQ_OBJECT:
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        write_object(writer, member->shape, (const char *)field + i * member->shape->size);
        break;
    }
}

static void write_list(struct writer *writer, const struct prereq_member *member,
                       const void *object)
{
    const void *items = prereq_member_pointer(object, member);
    size_t count = prereq_member_count(object, member);

    prereq_buffer_add(writer->out, "[");
    writer->depth++;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            prereq_buffer_add(writer->out, ",");
        new_line(writer);
        write_scalar(writer, member, items, i);
    }
    writer->depth--;
    new_line(writer);
    prereq_buffer_add(writer->out, "]");
}

static void write_cell(struct writer *writer, const struct prereq_member *member, const void *row)
{
    if (!member || prereq_member_left_out(row, member))
        prereq_buffer_add(writer->out, "null");
    else if (member->count_offset)
        write_list(writer, member, row);
    else
        write_scalar(writer, member, (const char *)row + member->offset, 0);
}

/* A row as a list; what is not known at its end is left out. */
static void write_row(struct writer *writer, const struct prereq_shape *shape,
                      const char *const *columns, size_t column_count, const void *row)
{
    enum prereq_json_style style = writer->style;
    size_t used = 0;

    for (size_t i = 0; i < column_count; i++) {
        const struct prereq_member *member = prereq_member_named(shape, columns[i]);

        if (member && !prereq_member_left_out(row, member))
            used = i + 1;
    }
    /* A line each, also where the rest is indented. */
    writer->style = style == PREREQ_JSON_READABLE ? PREREQ_JSON_COMPACT : style;
    prereq_buffer_add(writer->out, "[");
    for (size_t i = 0; i < used; i++) {
        prereq_buffer_add(writer->out, i ? "," : "");
        write_cell(writer, prereq_member_named(shape, columns[i]), row);
    }
    prereq_buffer_add(writer->out, "]");
    writer->style = style;
}

static void write_table(struct writer *writer, const struct prereq_member *member,
                        const void *object)
{
    const char *rows = prereq_member_pointer(object, member);
    const char *const *columns = prereq_member_pointer(object, member - 1);
    size_t column_count = prereq_member_count(object, member - 1);
    size_t count = prereq_member_count(object, member);

    prereq_buffer_add(writer->out, "[");
    writer->depth++;
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(writer->out, i ? "," : "");
        new_line(writer);
        write_row(writer, member->shape, columns, column_count, rows + i * member->shape->size);
    }
    writer->depth--;
    new_line(writer);
    prereq_buffer_add(writer->out, "]");
}

static void write_member(struct writer *writer, const struct prereq_member *member,
                         const void *object)
{
    prereq_json_quote(writer->out, member->name);
    prereq_buffer_add(writer->out, writer->style == PREREQ_JSON_READABLE ? ": " : ":");
    if (member->type == PREREQ_TABLE)
        write_table(writer, member, object);
    else if (member->count_offset)
        write_list(writer, member, object);
    else if (member->type == PREREQ_OBJECT)
        write_object(writer, member->shape, prereq_member_pointer(object, member));
    else
        write_scalar(writer, member, (const char *)object + member->offset, 0);
}

/* The next member that is written, in byte order of names behind `last`; NULL: none. */
static const struct prereq_member *next_by_name(const struct prereq_shape *shape,
                                                const void *object, const char *last)
{
    const struct prereq_member *next = NULL;

    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (!prereq_member_left_out(object, m) && (!last || strcmp(m->name, last) > 0) &&
            (!next || strcmp(m->name, next->name) < 0))
            next = m;
    }
    return next;
}

static const struct prereq_member *next_member(const struct writer *writer,
                                               const struct prereq_shape *shape, const void *object,
                                               const struct prereq_member *last)
{
    if (writer->style == PREREQ_JSON_CANONICAL)
        return next_by_name(shape, object, last ? last->name : NULL);
    last = last ? last + 1 : shape->members;
    return last->name ? last : NULL;
}

static void write_object(struct writer *writer, const struct prereq_shape *shape,
                         const void *object)
{
    const struct prereq_member *member = NULL;
    bool first = true;

    prereq_buffer_add(writer->out, "{");
    writer->depth++;
    while ((member = next_member(writer, shape, object, member)) != NULL) {
        if (prereq_member_left_out(object, member))
            continue;
        if (!first)
            prereq_buffer_add(writer->out, ",");
        new_line(writer);
        first = false;
        write_member(writer, member, object);
    }
    writer->depth--;
    if (!first)
        new_line(writer);
    prereq_buffer_add(writer->out, "}");
}

void prereq_shape_write(const struct prereq_shape *shape, const void *object,
                        enum prereq_json_style style, struct prereq_buffer *out)
{
    struct writer writer = {out, style, 0};

    write_object(&writer, shape, object);
    if (style == PREREQ_JSON_READABLE)
        prereq_buffer_add(out, "\n");
}
