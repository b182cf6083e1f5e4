/* SPDX-License-Identifier: MIT */
/* json_read.c - the strict reader: JSON text into structs, by their shapes. */
#include "formats/json.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where we are in the document, for messages; lives on the C stack. */
struct place {
    const struct place *up;
    const char *name; /* NULL: `index` */
    size_t index;
};

struct reader {
    struct prereq_arena *arena;
    bool newer;     /* a higher minor version: unknown things are passed over */
    size_t ignored; /* how many were */
    struct prereq_error *err;
};

/* One piece of a JSON pointer, with ~ and / escaped as RFC 6901 asks. */
static void add_piece(struct prereq_buffer *out, const struct place *place)
{
    prereq_buffer_add(out, "/");
    if (!place->name) {
        prereq_buffer_addf(out, "%zu", place->index);
        return;
    }
    for (const char *c = place->name; *c; c++) {
        if (*c == '~' || *c == '/')
            prereq_buffer_add(out, *c == '~' ? "~0" : "~1");
        else
            prereq_buffer_add_bytes(out, c, 1);
    }
}

static void add_place(struct prereq_buffer *out, const struct place *place)
{
    const struct place *chain[PREREQ_MAX_DEPTH + 4];
    size_t count = 0;

    for (; place->up && count < PREREQ_COUNT(chain); place = place->up)
        chain[count++] = place;
    while (count > 0)
        add_piece(out, chain[--count]);
}

static enum prereq_status refuse(struct reader *reader, const struct place *place,
                                 const char *reason, const char *detail)
{
    struct prereq_buffer pointer = {0};
    enum prereq_status status;

    add_place(&pointer, place);
    status = prereq_fail(reader->err, PREREQ_BAD_INPUT, "%s: %s%s%s%s",
                         PREREQ_CLIP(pointer.text ? pointer.text : "/", 300), reason,
                         detail ? " \"" : "", PREREQ_CLIP(detail ? detail : "", 200),
                         detail ? "\"" : "");
    prereq_buffer_free(&pointer);
    return status;
}

static enum prereq_status no_memory(struct reader *reader)
{
    return prereq_fail(reader->err, PREREQ_NO_MEMORY,
                       "the document is larger than the memory for it");
}

static void put(void *object, size_t offset, const void *value, size_t size)
{
    memcpy((char *)object + offset, value, size);
}

bool prereq_is_id(const char *text)
{
    if (!*text)
        return false;
    for (; *text; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        bool digit = *text >= '0' && *text <= '9';

        if (!letter && !digit && !strchr("._-@/:", *text))
            return false;
    }
    return true;
}

static enum prereq_status read_text(struct reader *reader, const struct prereq_member *member,
                                    const cJSON *node, const struct place *place, const char **text)
{
    char *copy;

    if (!cJSON_IsString(node))
        return refuse(reader, place, "must be a text", NULL);
    if (member->rule == PREREQ_ID && !prereq_is_id(node->valuestring))
        return refuse(reader, place, "an id uses A-Z a-z 0-9 . _ - @ / : only:", node->valuestring);
    if (member->rule == PREREQ_NOT_EMPTY && !*node->valuestring)
        return refuse(reader, place, "must not be empty", NULL);
    copy = prereq_strdup(reader->arena, node->valuestring);
    if (!copy)
        return no_memory(reader);
    *text = copy;
    return PREREQ_OK;
}

static enum prereq_status read_uint(struct reader *reader, const cJSON *node,
                                    const struct place *place, uint64_t *value)
{
    /* The scanner let pass digits only; 2^53-1 is the largest that a double holds apart. */
    if (!cJSON_IsNumber(node) || node->valuedouble < 0 || node->valuedouble > 9007199254740991.0)
        return refuse(reader, place, "must be a whole number from 0 to 9007199254740991", NULL);
    *value = (uint64_t)node->valuedouble;
    return PREREQ_OK;
}

static enum prereq_status read_version(struct reader *reader, const struct prereq_member *member,
                                       const cJSON *node, const struct place *place,
                                       struct prereq_version *version)
{
    if (!cJSON_IsString(node))
        return refuse(reader, place, "a version must be a text", NULL);
    if (!prereq_version_parse(node->valuestring, version))
        return refuse(reader, place, "not a version of 1 to 4 numbers:", node->valuestring);
    for (size_t i = 0; member->rule == PREREQ_FILE_VERSION && i < 4; i++) {
        if (version->part[i] > 65535)
            return refuse(reader, place,
                          "a file version has parts up to 65535:", node->valuestring);
    }
    return PREREQ_OK;
}

/* "not one of: a, b, c:" for the message; cut where it gets long. */
static void list_words(const char *const *names, char *words, size_t size)
{
    size_t used = (size_t)snprintf(words, size, "not one of");

    for (int i = 0; names[i] && used + strlen(names[i]) + 4 < size; i++)
        used += (size_t)snprintf(words + used, size - used, "%s %s", i ? "," : ":", names[i]);
    if (used + 2 < size)
        snprintf(words + used, size - used, ":");
}

static enum prereq_status read_enum(struct reader *reader, const struct prereq_member *member,
                                    const cJSON *node, const struct place *place, int *value)
{
    int first = member->type == PREREQ_STATE ? 0 : 1;
    char words[400];

    if (!cJSON_IsString(node))
        return refuse(reader, place, "must be a text", NULL);
    for (int i = 0; member->names[i]; i++) {
        if (strcmp(member->names[i], node->valuestring) == 0) {
            *value = i + first;
            return PREREQ_OK;
        }
    }
    /* A value that can be left out is; a state cannot, and its 0 would read as "does not apply". */
    if (reader->newer && member->type != PREREQ_STATE) {
        reader->ignored++;
        *value = 0;
        return PREREQ_OK;
    }
    list_words(member->names, words, sizeof(words));
    return refuse(reader, place, words, node->valuestring);
}

static enum prereq_status read_time(struct reader *reader, const struct prereq_member *member,
                                    const cJSON *node, const struct place *place,
                                    struct prereq_time *time)
{
    struct prereq_time read;

    if (!cJSON_IsString(node) || !prereq_time_parse(node->valuestring, &read))
        return refuse(reader, place, "must be a time as 2026-11-22T08:15:00Z or a date",
                      cJSON_IsString(node) ? node->valuestring : NULL);
    if (member->type == PREREQ_DATE && !read.day_only)
        return refuse(reader, place, "must be a date as 2026-11-22:", node->valuestring);
    *time = read;
    return PREREQ_OK;
}

static enum prereq_status read_object(struct reader *reader, const struct prereq_shape *shape,
                                      const cJSON *node, const struct place *place, void *object);

static enum prereq_status read_new_object(struct reader *reader, const struct prereq_member *member,
                                          const cJSON *node, const struct place *place,
                                          void *object)
{
    void *inner = prereq_alloc(reader->arena, 1, member->shape->size);
    enum prereq_status status;

    if (!inner)
        return no_memory(reader);
    status = read_object(reader, member->shape, node, place, inner);
    if (status)
        return status;
    put(object, member->offset, &inner, sizeof(inner));
    return PREREQ_OK;
}

static enum prereq_status read_element(struct reader *reader, const struct prereq_member *member,
                                       const cJSON *node, const struct place *place, void *element)
{
    if (member->type == PREREQ_TEXTS)
        return read_text(reader, member, node, place, element);
    if (member->type == PREREQ_ENUMS)
        return read_enum(reader, member, node, place, element);
    if (member->type == PREREQ_UINTS)
        return read_uint(reader, node, place, element);
    if (member->type == PREREQ_VERSIONS)
        return read_version(reader, member, node, place, element);
    return read_object(reader, member->shape, node, place, element);
}

static enum prereq_status read_list(struct reader *reader, const struct prereq_member *member,
                                    const cJSON *node, const struct place *place, void *object)
{
    size_t count = 0, size = prereq_element_size(member);
    const cJSON *child;
    char *items;

    if (!cJSON_IsArray(node))
        return refuse(reader, place, "must be a list", NULL);
    cJSON_ArrayForEach(child, node) count++;
    items = prereq_alloc(reader->arena, count, size);
    if (!items)
        return no_memory(reader);
    count = 0;
    cJSON_ArrayForEach(child, node)
    {
        struct place at = {place, NULL, count};
        enum prereq_status status = read_element(reader, member, child, &at, items + count * size);

        if (status)
            return status;
        count++;
    }
    put(object, member->offset, &items, sizeof(items));
    put(object, member->count_offset, &count, sizeof(count));
    return PREREQ_OK;
}

static enum prereq_status read_member(struct reader *reader, const struct prereq_member *member,
                                      const cJSON *node, const struct place *place, void *object);

/* The columns stand before the rows: a row cannot be told without them. */
struct columns {
    const struct prereq_member *members[PREREQ_MAX_MEMBERS]; /* NULL: of a newer version */
    size_t count;
};

static enum prereq_status find_columns(struct reader *reader, const struct prereq_member *member,
                                       const struct place *place, const void *object,
                                       struct columns *columns)
{
    const char *const *names = prereq_member_pointer(object, member - 1);

    columns->count = prereq_member_count(object, member - 1);
    if (columns->count == 0)
        return refuse(reader, place, "the columns have to stand before it", NULL);
    if (columns->count > PREREQ_MAX_MEMBERS)
        return refuse(reader, place, "too many columns", NULL);
    for (size_t i = 0; i < columns->count; i++) {
        columns->members[i] = prereq_member_named(member->shape, names[i]);
        for (size_t k = 0; k < i; k++) {
            if (strcmp(names[k], names[i]) == 0)
                return refuse(reader, place, "a column stands twice:", names[i]);
        }
        if (!columns->members[i] && !reader->newer)
            return refuse(reader, place, "unknown column", names[i]);
        reader->ignored += !columns->members[i];
    }
    return PREREQ_OK;
}

static enum prereq_status read_row(struct reader *reader, const struct prereq_member *member,
                                   const struct columns *columns, const cJSON *node,
                                   const struct place *place, void *row)
{
    const cJSON *cell;
    size_t column = 0;

    if (!cJSON_IsArray(node))
        return refuse(reader, place, "must be a list", NULL);
    cJSON_ArrayForEach(cell, node)
    {
        struct place at = {place, NULL, column};
        const struct prereq_member *found;
        enum prereq_status status;

        if (column >= columns->count)
            return refuse(reader, &at, "there are fewer columns", NULL);
        found = columns->members[column++];
        if (!found || cJSON_IsNull(cell))
            continue;
        status = read_member(reader, found, cell, &at, row);
        if (status)
            return status;
    }
    for (const struct prereq_member *m = member->shape->members; m->name; m++) {
        if (m->required && prereq_member_left_out(row, m))
            return refuse(reader, place, "lacks the column", m->name);
    }
    return PREREQ_OK;
}

static enum prereq_status read_table(struct reader *reader, const struct prereq_member *member,
                                     const cJSON *node, const struct place *place, void *object)
{
    size_t count = 0, size = member->shape->size;
    struct columns columns = {{NULL}, 0};
    enum prereq_status status;
    const cJSON *child;
    char *rows;

    if (!cJSON_IsArray(node))
        return refuse(reader, place, "must be a list", NULL);
    status = find_columns(reader, member, place, object, &columns);
    if (status)
        return status;
    cJSON_ArrayForEach(child, node) count++;
    rows = prereq_alloc(reader->arena, count, size);
    if (!rows)
        return no_memory(reader);
    count = 0;
    cJSON_ArrayForEach(child, node)
    {
        struct place at = {place, NULL, count};

        status = read_row(reader, member, &columns, child, &at, rows + count * size);
        if (status)
            return status;
        count++;
    }
    put(object, member->offset, &rows, sizeof(rows));
    put(object, member->count_offset, &count, sizeof(count));
    return PREREQ_OK;
}

static enum prereq_status read_flag(struct reader *reader, const cJSON *node,
                                    const struct place *place, void *object, size_t offset)
{
    enum prereq_flag flag = cJSON_IsTrue(node) ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;

    if (!cJSON_IsBool(node))
        return refuse(reader, place, "must be true or false", NULL);
    put(object, offset, &flag, sizeof(flag));
    return PREREQ_OK;
}

static enum prereq_status read_number(struct reader *reader, const cJSON *node,
                                      const struct place *place, struct prereq_number *number)
{
    enum prereq_status status = read_uint(reader, node, place, &number->value);

    number->known = status == PREREQ_OK;
    return status;
}

static enum prereq_status read_member(struct reader *reader, const struct prereq_member *member,
                                      const cJSON *node, const struct place *place, void *object)
{
    void *field = (char *)object + member->offset;

    switch (member->type) {
    case PREREQ_TEXT:
        return read_text(reader, member, node, place, field);
    case PREREQ_FLAG:
        return read_flag(reader, node, place, object, member->offset);
    case PREREQ_UINT:
        return read_number(reader, node, place, field);
    case PREREQ_TIME:
    case PREREQ_DATE:
        return read_time(reader, member, node, place, field);
    case PREREQ_VERSION:
        return read_version(reader, member, node, place, field);
    case PREREQ_ENUM:
    case PREREQ_STATE:
        return read_enum(reader, member, node, place, field);
    case PREREQ_OBJECT:
        return read_new_object(reader, member, node, place, object);
    case PREREQ_TEXTS:
    case PREREQ_ENUMS:
    case PREREQ_UINTS:
    case PREREQ_VERSIONS:
    case PREREQ_OBJECTS:
        return read_list(reader, member, node, place, object);
    case PREREQ_TABLE:
        return read_table(reader, member, node, place, object);
    }
    return PREREQ_INTERNAL;
}

/* Members mostly come in table order: look behind the last one found first. */
static size_t find_member(const struct prereq_shape *shape, const char *name, size_t *hint)
{
    const struct prereq_member *members = shape->members;

    for (size_t i = *hint; members[i].name; i++) {
        if (strcmp(members[i].name, name) == 0) {
            *hint = i + 1;
            return i;
        }
    }
    for (size_t i = 0; i < *hint; i++) {
        if (strcmp(members[i].name, name) == 0) {
            *hint = i + 1;
            return i;
        }
    }
    return SIZE_MAX;
}

static enum prereq_status check_members(struct reader *reader, const struct prereq_shape *shape,
                                        uint64_t seen, size_t unknown, const struct place *place)
{
    for (size_t i = 0; shape->members[i].name; i++) {
        if (shape->members[i].required && !(seen >> i & 1))
            return refuse(reader, place, "lacks the member", shape->members[i].name);
    }
    if (shape->one_of && (seen & (seen - 1)) != 0)
        return refuse(reader, place, "must have exactly one member", NULL);
    if (shape->one_of && seen == 0 && unknown == 0)
        return refuse(reader, place, "must have exactly one member", NULL);
    return PREREQ_OK;
}

static enum prereq_status read_child(struct reader *reader, const struct prereq_shape *shape,
                                     const cJSON *child, const struct place *place, void *object,
                                     uint64_t *seen, size_t *hint)
{
    struct place at = {place, child->string, 0};
    size_t index = find_member(shape, child->string, hint);

    if (index == SIZE_MAX) {
        if (!reader->newer)
            return refuse(reader, &at, "unknown member", NULL);
        reader->ignored++;
        return PREREQ_OK;
    }
    if (*seen >> index & 1)
        return refuse(reader, &at, "stands twice", NULL);
    assert(index < PREREQ_MAX_MEMBERS);
    *seen |= (uint64_t)1 << index;
    return read_member(reader, &shape->members[index], child, &at, object);
}

static enum prereq_status read_object(struct reader *reader, const struct prereq_shape *shape,
                                      const cJSON *node, const struct place *place, void *object)
{
    uint64_t seen = 0;
    size_t hint = 0, before = reader->ignored;
    const cJSON *child;

    if (!cJSON_IsObject(node))
        return refuse(reader, place, "must be an object", NULL);
    cJSON_ArrayForEach(child, node)
    {
        enum prereq_status status = read_child(reader, shape, child, place, object, &seen, &hint);

        if (status)
            return status;
    }
    return check_members(reader, shape, seen, reader->ignored - before, place);
}

/* "patchprereq-facts/1.0" against what this program reads. */
static enum prereq_status check_format(struct reader *reader,
                                       const struct prereq_document *document, const cJSON *root)
{
    const cJSON *format = cJSON_GetObjectItemCaseSensitive(root, "format");
    size_t len = strlen(document->format);
    unsigned long major, minor;
    char *end;

    if (!cJSON_IsString(format))
        return prereq_fail(reader->err, PREREQ_BAD_INPUT, "no \"format\": not a %s document",
                           document->format);
    if (strncmp(format->valuestring, document->format, len) != 0 || format->valuestring[len] != '/')
        return prereq_fail(reader->err, PREREQ_BAD_INPUT, "its format is \"%s\", not %s",
                           PREREQ_CLIP(format->valuestring, 100), document->format);
    major = strtoul(format->valuestring + len + 1, &end, 10);
    minor = *end == '.' ? strtoul(end + 1, &end, 10) : 0;
    if (*end || end[-1] == '.' || end[-1] == '/')
        return prereq_fail(reader->err, PREREQ_BAD_INPUT, "\"%s\" names no version",
                           PREREQ_CLIP(format->valuestring, 100));
    if (major != document->major)
        return prereq_fail(reader->err, PREREQ_BAD_INPUT,
                           "\"%s\" is of another major version; this program reads %s/%u.x",
                           PREREQ_CLIP(format->valuestring, 100), document->format,
                           document->major);
    reader->newer = minor > document->minor;
    return PREREQ_OK;
}

enum prereq_status prereq_shape_read(struct prereq_arena *arena,
                                     const struct prereq_document *document, const char *json,
                                     size_t len, const void **object, size_t *ignored,
                                     struct prereq_error *err)
{
    struct reader reader = {arena, false, 0, err};
    const struct place top = {NULL, NULL, 0};
    enum prereq_status status;
    struct prereq_arena *tree;
    const cJSON *root;
    void *made;

    if (len > document->max_bytes)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "larger than the %zu MiB that a %s document may have",
                           document->max_bytes >> 20, document->format);
    status = prereq_json_scan(json, len, err);
    if (status)
        return status;
    tree = prereq_arena_new(SIZE_MAX);
    if (!tree)
        return no_memory(&reader);
    root = prereq_json_tree(tree, json, len, err);
    status = root ? check_format(&reader, document, root) : PREREQ_BAD_INPUT;
    if (status)
        goto done;
    made = prereq_alloc(arena, 1, document->shape->size);
    status = made ? read_object(&reader, document->shape, root, &top, made) : no_memory(&reader);
    if (status)
        goto done;
    *object = made;
    if (ignored)
        *ignored = reader.ignored;
done:
    prereq_arena_free(tree);
    return status;
}
