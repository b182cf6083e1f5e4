/* SPDX-License-Identifier: MIT */
/* test_shape_copy.c - a copy says the same when what it was made from is gone. */
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

int main(void)
{
    const struct CMUnitTest shape_copy[] = {
        cmocka_unit_test(copy_outlives_the_original),
        cmocka_unit_test(want_of_memory_is_told),
    };

    return RUN_TESTS(shape_copy);
}
