/* SPDX-License-Identifier: MIT */
/* test_shape_copy.c - a copy says the same when what it was made from is gone; in order, whatever
 * the order of what it was made from. */
#include "documents/facts.h"
#include "table.h"

#include <string.h>

/* Texts, objects, lists of objects with objects and texts in them, numbers, versions, left-out
 * things. */
static const char facts[] =
    "{\"format\":\"patchprereq-facts/1.0\",\"host\":{\"hostName\":\"A\",\"domain\":\"b.example\"},"
    "\"collection\":{\"method\":\"manual\",\"finished\":\"2026-11-20T02:10:00Z\"},"
    "\"os\":{\"version\":\"10.0\",\"build\":26100,\"pending\":{\"ubr\":7}},"
    "\"files\":[{\"path\":\"%SystemRoot%\\\\a.dll\",\"version\":\"1.2.3.4\","
    "\"pending\":{\"version\":\"1.2.3.5\"}},{\"path\":\"%SystemRoot%\\\\b.dll\",\"status\":"
    "\"absent\"}],"
    "\"updates\":[{\"id\":\"KB1\",\"sources\":[{\"source\":\"cbs\"}]}],"
    "\"pendingRestarts\":[{\"source\":\"file-rename\",\"pending\":\"yes\",\"targets\":[\"x\",\"y\"]"
    "}]}";

static const struct prereq_facts *read_facts(struct prereq_arena *arena)
{
    const struct prereq_facts *read = NULL;
    struct prereq_error err = {0};

    if (prereq_facts_read(arena, facts, strlen(facts), &read, NULL, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return read;
}

static void assert_same(const struct prereq_facts *copy)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_buffer a = {0}, b = {0};

    prereq_facts_write(copy, PREREQ_JSON_CANONICAL, &a);
    prereq_facts_write(read_facts(arena), PREREQ_JSON_CANONICAL, &b);
    assert_string_equal(a.text, b.text);
    prereq_buffer_free(&a);
    prereq_buffer_free(&b);
    prereq_arena_free(arena);
}

static void copy_outlives_the_original(void **state)
{
    struct prereq_arena *from = prereq_arena_new((size_t)1 << 20);
    struct prereq_arena *to = prereq_arena_new((size_t)1 << 20);
    struct prereq_facts copy;

    (void)state;
    assert_true(prereq_shape_copy(to, prereq_facts_document.shape, read_facts(from), &copy));
    prereq_arena_free(from);
    assert_same(&copy);
    prereq_arena_free(to);
}

/* With too little memory it says so, and with enough the copy is whole. */
static void want_of_memory_is_told(void **state)
{
    struct prereq_arena *from = prereq_arena_new((size_t)1 << 20);
    const struct prereq_facts *original = read_facts(from);
    bool done = false;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; !done; limit += 16) {
        struct prereq_arena *to = prereq_arena_new(limit);
        struct prereq_facts copy;

        done = prereq_shape_copy(to, prereq_facts_document.shape, original, &copy);
        refused += !done;
        if (done)
            assert_same(&copy);
        prereq_arena_free(to);
    }
    assert_true(refused > 10);
    prereq_arena_free(from);
}

/* "any": [] is a test of its own; a rule that has no such member is not one. */
static void what_is_left_out_stays_left_out(void **state)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_update_fact copy = {.sources = NULL}, update = {.id = "KB1"};

    (void)state;
    for (const struct prereq_member *m = prereq_facts_document.shape->members; m->name; m++) {
        if (strcmp(m->name, "updates") == 0)
            assert_true(prereq_shape_copy(arena, m->shape, &update, &copy));
    }
    assert_null(copy.sources);
    prereq_arena_free(arena);
}

/* ---- in order ---- */

#define HEAD                                                                                       \
    "{\"format\":\"patchprereq-facts/1.0\",\"host\":{\"hostName\":\"A\"},"                         \
    "\"collection\":{\"method\":\"manual\",\"finished\":\"2026-11-20T02:10:00Z\"},"

static struct ordered {
    const char *name, *given, *made;
} ordered[] = {
    {"nothing to move", "\"files\":[{\"path\":\"a\"},{\"path\":\"b\"}]",
     "\"files\":[{\"path\":\"a\"},{\"path\":\"b\"}]"},
    {"by the first member, without regard to case",
     "\"files\":[{\"path\":\"c\"},{\"path\":\"B\"},{\"path\":\"a\"}]",
     "\"files\":[{\"path\":\"a\"},{\"path\":\"B\"},{\"path\":\"c\"}]"},
    {"then by the next, what is left out first",
     "\"instances\":[{\"product\":\"S\",\"name\":\"b\"},{\"product\":\"S\",\"name\":\"a\"},"
     "{\"product\":\"S\"},{\"product\":\"E\"}]",
     "\"instances\":[{\"product\":\"E\"},{\"product\":\"S\"},{\"product\":\"S\",\"name\":\"a\"},"
     "{\"product\":\"S\",\"name\":\"b\"}]"},
    {"numbers as numbers",
     "\"volumes\":[{\"role\":\"data\",\"freeBytes\":10},{\"role\":\"data\",\"freeBytes\":9}]",
     "\"volumes\":[{\"role\":\"data\",\"freeBytes\":9},{\"role\":\"data\",\"freeBytes\":10}]"},
    {"lists inside before the list around them",
     "\"updates\":[{\"id\":\"K2\",\"sources\":[{\"source\":\"qfe\"},{\"source\":\"cbs\"}]},"
     "{\"id\":\"K1\",\"sources\":[{\"source\":\"cbs\",\"installedOn\":\"2020-01-02\"},"
     "{\"source\":\"cbs\",\"installedOn\":\"2020-01-01\"}]}]",
     "\"updates\":[{\"id\":\"K1\",\"sources\":[{\"source\":\"cbs\",\"installedOn\":\"2020-01-01\"},"
     "{\"source\":\"cbs\",\"installedOn\":\"2020-01-02\"}]},"
     "{\"id\":\"K2\",\"sources\":[{\"source\":\"cbs\"},{\"source\":\"qfe\"}]}]"},
    {"texts",
     "\"pendingRestarts\":[{\"source\":\"cbs\",\"pending\":\"yes\",\"targets\":[\"y\",\"x\"]}]",
     "\"pendingRestarts\":[{\"source\":\"cbs\",\"pending\":\"yes\",\"targets\":[\"x\",\"y\"]}]"},
    {"but strings of one value stay as they were",
     "\"registry\":[{\"key\":\"K\",\"values\":[\"y\",\"x\"]}]",
     "\"registry\":[{\"key\":\"K\",\"values\":[\"y\",\"x\"]}]"},
};

static void check_ordered(void **state)
{
    const struct ordered *row = *state;
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    const char *text = prereq_printf(arena, HEAD "%s}", row->given);
    const char *wanted = prereq_printf(arena, HEAD "%s}", row->made);
    struct prereq_buffer before = {0}, after = {0}, given = {0};
    const struct prereq_facts *read = NULL, *made;
    struct prereq_error err = {0};

    if (prereq_facts_read(arena, text, strlen(text), &read, NULL, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    prereq_facts_write(read, PREREQ_JSON_COMPACT, &before);
    made = prereq_shape_in_order(arena, prereq_facts_document.shape, read);
    assert_non_null(made);
    prereq_facts_write(made, PREREQ_JSON_COMPACT, &after);
    assert_string_equal(after.text, wanted);
    prereq_facts_write(read, PREREQ_JSON_COMPACT, &given);
    assert_string_equal(given.text, before.text); /* what was given is not changed */
    assert_true(prereq_shape_compare(prereq_facts_document.shape, made, made) == 0);
    prereq_buffer_free(&before);
    prereq_buffer_free(&after);
    prereq_buffer_free(&given);
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest shape_copy[] = {
        cmocka_unit_test(what_is_left_out_stays_left_out),
        cmocka_unit_test(copy_outlives_the_original),
        cmocka_unit_test(want_of_memory_is_told),
    };

    return RUN_TESTS(shape_copy) | RUN_TABLE(ordered, check_ordered);
}
