/* SPDX-License-Identifier: MIT */
/* test_formats.c - released documents stay readable: one file per format and minor version.
 *
 * Each file in tests/data/formats holds every member that its version has, as the program writes
 * it. What is read from it and written again must be the same bytes. */
#include "documents/assessment.h"
#include "files/file.h"

#include "documents.h"

static struct released {
    const char *name; /* of the file */
    const struct prereq_document *document;
} released[] = {
    {"facts-1.0.json", &prereq_facts_document},
    {"catalog-1.0.json", &prereq_catalog_document},
    {"catalog-info-1.0.json", &prereq_catalog_info_document},
    {"policy-1.0.json", &prereq_policy_document},
    {"waivers-1.0.json", &prereq_waivers_document},
    {"assessment-1.0.json", &prereq_assessment_document},
    {"plan-1.0.json", &prereq_plan_document},
};

static char *read_file(const struct released *row, size_t *len)
{
    struct prereq_error err = {0};
    char path[1024], *text = NULL;

    snprintf(path, sizeof(path), TEST_DATA "/formats/%s", row->name);
    if (prereq_file_read(path, (size_t)1 << 20, &text, len, &err))
        fail_msg("%s", err.text);
    return text;
}

static void check_released(void **state)
{
    const struct released *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_buffer out = {0};
    struct prereq_error err = {0};
    const void *object = NULL;
    size_t len = 0, ignored = 99;
    char *text = read_file(row, &len);

    if (prereq_shape_read(arena, row->document, text, len, &object, &ignored, &err))
        fail_msg("%s: %s", row->name, err.text);
    assert_int_equal(ignored, 0);
    prereq_shape_write(row->document->shape, object, PREREQ_JSON_READABLE, &out);
    assert_string_equal(out.text, text);
    prereq_buffer_free(&out);
    free(text);
    prereq_arena_free(arena);
}

/* Shapes that were looked at: rules contain rules. */
struct seen {
    const struct prereq_shape *list[128];
    size_t count;
};

static bool was_seen(struct seen *seen, const struct prereq_shape *shape)
{
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->list[i] == shape)
            return true;
    }
    assert_true(seen->count < PREREQ_COUNT(seen->list));
    seen->list[seen->count++] = shape;
    return false;
}

/* A member that the newest file does not hold could change without anybody noticing. */
static void check_members(const char *text, const struct prereq_shape *shape, struct seen *seen)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        char name[80];

        snprintf(name, sizeof(name), "\"%s\": ", m->name);
        if (!strstr(text, name))
            fail_msg("%s.%s stands in no released file", shape->title, m->name);
        if (m->shape && !was_seen(seen, m->shape))
            check_members(text, m->shape, seen);
    }
}

static void check_complete(void **state)
{
    const struct released *row = *state;
    struct seen seen = {{NULL}, 0};
    size_t len = 0;
    char *text = read_file(row, &len);

    check_members(text, row->document->shape, &seen);
    free(text);
}

static enum prereq_status read_facts(struct prereq_arena *arena, const char *text, size_t len,
                                     const void **object, struct prereq_error *err)
{
    const struct prereq_facts *facts;
    enum prereq_status status = prereq_facts_read(arena, text, len, &facts, NULL, err);

    if (!status)
        *object = facts;
    return status;
}

static void every_member_of_facts_under_any_memory_limit(void **state)
{
    size_t len = 0;
    char *text = read_file(&released[0], &len);

    (void)state;
    must_survive_limits(read_facts, text);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_of_facts_under_any_memory_limit)};
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(released, check_released);
    failed |= RUN_TABLE(released, check_complete);
    return failed;
}
