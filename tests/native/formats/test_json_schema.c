/* SPDX-License-Identifier: MIT */
/* test_json_schema.c - what every shape must be for reader, schema and docs to work.
 *
 * That the schemas are valid and fit our documents is checked by another implementation
 * (schema.py). */
#include "documents/assessment.h"

#include "documents.h"

#define MAX_SHAPES 128

static struct published {
    const char *name;
    const struct prereq_document *document;
} documents[] = {
    {"facts", &prereq_facts_document},
    {"catalog", &prereq_catalog_document},
    {"catalog-info", &prereq_catalog_info_document},
    {"policy", &prereq_policy_document},
    {"waivers", &prereq_waivers_document},
    {"assessment", &prereq_assessment_document},
    {"plan", &prereq_plan_document},
};

struct shapes {
    const struct prereq_shape *list[MAX_SHAPES];
    size_t count;
};

static void collect(struct shapes *shapes, const struct prereq_shape *shape)
{
    for (size_t i = 0; i < shapes->count; i++) {
        if (shapes->list[i] == shape)
            return;
        /* Two of one title would be one in the schema. */
        assert_string_not_equal(shapes->list[i]->title, shape->title);
    }
    assert_true(shapes->count < MAX_SHAPES);
    shapes->list[shapes->count++] = shape;
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (m->shape)
            collect(shapes, m->shape);
    }
}

static size_t field_size(const struct prereq_member *member)
{
    static const size_t sizes[] = {[PREREQ_FLAG] = sizeof(enum prereq_flag),
                                   [PREREQ_UINT] = sizeof(struct prereq_number),
                                   [PREREQ_TIME] = sizeof(struct prereq_time),
                                   [PREREQ_DATE] = sizeof(struct prereq_time),
                                   [PREREQ_ENUM] = sizeof(int),
                                   [PREREQ_STATE] = sizeof(int),
                                   [PREREQ_VERSION] = sizeof(struct prereq_version)};

    if (member->type < PREREQ_COUNT(sizes) && sizes[member->type])
        return sizes[member->type];
    return sizeof(void *);
}

static void check_member(const struct prereq_shape *shape, size_t index)
{
    const struct prereq_member *member = &shape->members[index];
    bool list = member->type == PREREQ_TEXTS || member->type == PREREQ_ENUMS ||
                member->type == PREREQ_UINTS || member->type == PREREQ_VERSIONS ||
                member->type == PREREQ_OBJECTS;
    bool words =
        member->type == PREREQ_ENUM || member->type == PREREQ_ENUMS || member->type == PREREQ_STATE;
    bool object = member->type == PREREQ_OBJECT || member->type == PREREQ_OBJECTS;

    if (index >= 64)
        fail_msg("%s has more members than the reader can keep apart", shape->title);
    if (!member->about || !*member->about)
        fail_msg("%s.%s says nothing of itself", shape->title, member->name);
    if (list != (member->count_offset != 0))
        fail_msg("%s.%s: a list has a count, and nothing else has", shape->title, member->name);
    if (words != (member->names != NULL) || object != (member->shape != NULL))
        fail_msg("%s.%s: words or a shape too many or missing", shape->title, member->name);
    assert_true(member->offset + field_size(member) <= shape->size);
    assert_true(member->count_offset + sizeof(size_t) <= shape->size);
    for (size_t i = 0; i < index; i++) {
        assert_string_not_equal(shape->members[i].name, member->name);
        if (shape->members[i].offset == member->offset)
            fail_msg("%s: %s and %s are one field", shape->title, shape->members[i].name,
                     member->name);
    }
}

static void check_document(void **state)
{
    const struct prereq_document *document = ((const struct published *)*state)->document;
    struct shapes shapes = {{NULL}, 0};
    struct prereq_buffer schema = {0};

    collect(&shapes, document->shape);
    for (size_t i = 0; i < shapes.count; i++) {
        assert_non_null(shapes.list[i]->about);
        for (size_t j = 0; shapes.list[i]->members[j].name; j++)
            check_member(shapes.list[i], j);
    }
    assert_string_equal(document->shape->members[0].name, "format");
    assert_true(document->shape->members[0].required);
    prereq_shape_schema(document, &schema);
    assert_false(schema.failed);
    for (size_t i = 0; i < shapes.count; i++) {
        char definition[128];

        snprintf(definition, sizeof(definition), "    \"%s\": {\n", shapes.list[i]->title);
        assert_non_null(strstr(schema.text, definition));
    }
    prereq_buffer_free(&schema);
}

int main(void)
{
    return RUN_TABLE(documents, check_document);
}
