/* SPDX-License-Identifier: MIT */
/* json_write.c - structs into JSON text by their shapes: canonical, compact or readable. */
#include "json.h"

#include <inttypes.h>
#include <string.h>

struct writer {
    struct prereq_buffer *out;
    enum prereq_json_style style;
    unsigned depth;
};

void prereq_json_quote(struct prereq_buffer *out, const char *text)
{
    const char *plain = text;

    prereq_buffer_add(out, "\"");
    for (const char *c = text;; c++) {
        bool special = *c == '"' || *c == '\\' || (unsigned char)*c < 0x20;

        if (!special)
            continue;
        prereq_buffer_add_bytes(out, plain, (size_t)(c - plain));
        if (!*c)
            break;
        if (*c == '"' || *c == '\\')
            prereq_buffer_addf(out, "\\%c", *c);
        else if (*c == '\n')
            prereq_buffer_add(out, "\\n");
        else
            prereq_buffer_addf(out, "\\u%04x", (unsigned)*c);
        plain = c + 1;
    }
    prereq_buffer_add(out, "\"");
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

static const void *get_pointer(const void *object, size_t offset)
{
    const void *pointer;

    memcpy(&pointer, (const char *)object + offset, sizeof(pointer));
    return pointer;
}

static size_t get_count(const struct prereq_member *member, const void *object)
{
    size_t count;

    memcpy(&count, (const char *)object + member->count_offset, sizeof(count));
    return count;
}

static bool is_left_out(const struct prereq_member *member, const void *object)
{
    const void *field = (const char *)object + member->offset;

    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_OBJECT:
        return !get_pointer(object, member->offset);
    case PREREQ_FLAG:
        return *(const enum prereq_flag *)field == PREREQ_FLAG_UNSET;
    case PREREQ_UINT:
        return !((const struct prereq_number *)field)->known;
    case PREREQ_TIME:
    case PREREQ_DATE:
        return !((const struct prereq_time *)field)->known;
    case PREREQ_VERSION:
        return ((const struct prereq_version *)field)->parts == 0;
    case PREREQ_ENUM:
        return *(const int *)field == 0;
    case PREREQ_STATE:
        return false;
    case PREREQ_TEXTS:
    case PREREQ_ENUMS:
    case PREREQ_UINTS:
    case PREREQ_VERSIONS:
    case PREREQ_OBJECTS:
        return get_count(member, object) == 0;
    }
    return true;
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
        prereq_json_quote(writer->out, get_pointer(field, i * sizeof(char *)));
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
        write_object(writer, member->shape, (const char *)field + i * member->shape->size);
        break;
    }
}

static void write_list(struct writer *writer, const struct prereq_member *member,
                       const void *object)
{
    const void *items = get_pointer(object, member->offset);
    size_t count = get_count(member, object);

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

static void write_member(struct writer *writer, const struct prereq_member *member,
                         const void *object)
{
    prereq_json_quote(writer->out, member->name);
    prereq_buffer_add(writer->out, writer->style == PREREQ_JSON_READABLE ? ": " : ":");
    if (member->count_offset)
        write_list(writer, member, object);
    else if (member->type == PREREQ_OBJECT)
        write_object(writer, member->shape, get_pointer(object, member->offset));
    else
        write_scalar(writer, member, (const char *)object + member->offset, 0);
}

/* The next member that is written, in byte order of names behind `last`; NULL: none. */
static const struct prereq_member *next_by_name(const struct prereq_shape *shape,
                                                const void *object, const char *last)
{
    const struct prereq_member *next = NULL;

    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (!is_left_out(m, object) && (!last || strcmp(m->name, last) > 0) &&
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
        if (is_left_out(member, object))
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
