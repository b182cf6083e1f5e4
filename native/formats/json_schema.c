/* SPDX-License-Identifier: MIT */
/* json_schema.c - the JSON Schema (draft 2020-12) of a document, walked from its shapes. */
#include "formats/json.h"

#include <inttypes.h>
#include <string.h>

#define MAX_SHAPES 128

struct shapes {
    const struct prereq_shape *list[MAX_SHAPES];
    size_t count;
};

/* Collect every shape that can be reached, each once; rules contain rules. */
static void collect(struct shapes *shapes, const struct prereq_shape *shape)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->list[i] == shape)
            return;
    }
    if (shapes->count == MAX_SHAPES)
        return;
    shapes->list[shapes->count++] = shape;
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (m->shape)
            collect(shapes, m->shape);
    }
}

static void add_words(struct prereq_buffer *out, const struct prereq_member *member)
{
    prereq_buffer_add(out, "\"enum\": [");
    for (int i = 0; member->names[i]; i++) {
        prereq_buffer_add(out, i ? ", " : "");
        prereq_json_quote(out, member->names[i]);
    }
    prereq_buffer_add(out, "]");
}

static void add_text_rule(struct prereq_buffer *out, const struct prereq_member *member)
{
    prereq_buffer_addf(out, "\"type\": \"string\", \"maxLength\": %zu", PREREQ_MAX_TEXT);
    if (member->rule == PREREQ_ID)
        prereq_buffer_add(out, ", \"pattern\": \"^[A-Za-z0-9._@/:-]+$\"");
    else if (member->rule == PREREQ_NOT_EMPTY)
        prereq_buffer_add(out, ", \"minLength\": 1");
}

#define DATE_PATTERN "[0-9]{4}-[0-9]{2}-[0-9]{2}"

/* What one element of the member's type looks like. */
static void add_type(struct prereq_buffer *out, const struct prereq_member *member)
{
    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_TEXTS:
        add_text_rule(out, member);
        break;
    case PREREQ_FLAG:
        prereq_buffer_add(out, "\"type\": \"boolean\"");
        break;
    case PREREQ_UINT:
    case PREREQ_UINTS:
        prereq_buffer_add(out,
                          "\"type\": \"integer\", \"minimum\": 0, \"maximum\": 9007199254740991");
        break;
    case PREREQ_TIME:
        prereq_buffer_add(out, "\"type\": \"string\", \"pattern\": \"^" DATE_PATTERN
                               "(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\\\.[0-9]+)?"
                               "(Z|[+-][0-9]{2}:[0-9]{2}))?$\"");
        break;
    case PREREQ_DATE:
        prereq_buffer_add(out, "\"type\": \"string\", \"pattern\": \"^" DATE_PATTERN "$\"");
        break;
    case PREREQ_VERSION:
    case PREREQ_VERSIONS:
        prereq_buffer_add(
            out, "\"type\": \"string\", \"pattern\": \"^[0-9]+([^0-9 ][0-9]+){0,3}( .*)?$\"");
        break;
    case PREREQ_ENUM:
    case PREREQ_ENUMS:
    case PREREQ_STATE:
        add_words(out, member);
        break;
    case PREREQ_TABLE:
        prereq_buffer_add(
            out, "\"type\": \"array\", \"description\": \"cells in the order of the columns, "
                 "which are members of ");
        prereq_buffer_addf(out, "%s\"", member->shape->title);
        break;
    case PREREQ_OBJECT:
    case PREREQ_OBJECTS:
        prereq_buffer_addf(out, "\"$ref\": \"#/$defs/%s\"", member->shape->title);
        break;
    }
}

static void add_member(struct prereq_buffer *out, const struct prereq_member *member,
                       const char *format)
{
    prereq_buffer_add(out, "        ");
    prereq_json_quote(out, member->name);
    prereq_buffer_add(out, ": {");
    if (member->about) {
        prereq_buffer_add(out, "\"description\": ");
        prereq_json_quote(out, member->about);
        prereq_buffer_add(out, ", ");
    }
    if (format && strcmp(member->name, "format") == 0) {
        prereq_buffer_addf(out, "\"type\": \"string\", \"pattern\": \"^%s/1\\\\.[0-9]+$\"}",
                           format);
        return;
    }
    if (member->count_offset) {
        prereq_buffer_addf(out, "\"type\": \"array\", \"maxItems\": %d, \"items\": {",
                           PREREQ_MAX_ITEMS);
        add_type(out, member);
        prereq_buffer_add(out, "}");
    } else {
        add_type(out, member);
    }
    prereq_buffer_add(out, "}");
}

static void add_required(struct prereq_buffer *out, const struct prereq_shape *shape)
{
    bool any = false;

    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (!m->required)
            continue;
        prereq_buffer_add(out, any ? ", " : "      \"required\": [");
        prereq_json_quote(out, m->name);
        any = true;
    }
    if (any)
        prereq_buffer_add(out, "],\n");
}

static void add_shape(struct prereq_buffer *out, const struct prereq_shape *shape,
                      const char *format)
{
    prereq_buffer_addf(out, "    \"%s\": {\n", shape->title);
    if (shape->about) {
        prereq_buffer_add(out, "      \"description\": ");
        prereq_json_quote(out, shape->about);
        prereq_buffer_add(out, ",\n");
    }
    prereq_buffer_add(out, "      \"type\": \"object\",\n");
    if (shape->one_of)
        prereq_buffer_add(out, "      \"minProperties\": 1,\n      \"maxProperties\": 1,\n");
    add_required(out, shape);
    prereq_buffer_add(out, "      \"additionalProperties\": false,\n      \"properties\": {\n");
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        add_member(out, m, format);
        prereq_buffer_add(out, m[1].name ? ",\n" : "\n");
    }
    prereq_buffer_add(out, "      }\n    }");
}

void prereq_shape_schema(const struct prereq_document *document, struct prereq_buffer *out)
{
    struct shapes shapes = {{NULL}, 0};

    collect(&shapes, document->shape);
    prereq_buffer_addf(out,
                       "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
                       "  \"title\": \"%s/%u.%u\",\n  \"$ref\": \"#/$defs/%s\",\n  \"$defs\": {\n",
                       document->format, document->major, document->minor, document->shape->title);
    for (size_t i = 0; i < shapes.count; i++) {
        add_shape(out, shapes.list[i], i == 0 ? document->format : NULL);
        prereq_buffer_add(out, i + 1 < shapes.count ? ",\n" : "\n");
    }
    prereq_buffer_add(out, "  }\n}\n");
}
