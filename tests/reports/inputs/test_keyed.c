/* SPDX-License-Identifier: MIT */
/* test_keyed.c - structs by key, and sets of texts. */
#include "documents.h"
#include "inputs/keyed.h"

struct entry {
    const char *key;
    unsigned seen;
};

#define MANY 5000

static void finds_what_it_made(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct keyed keyed = {.arena = arena, .entry_size = sizeof(struct entry)};
    char key[32];

    (void)state;
    for (int round = 0; round < 3; round++) {
        for (unsigned i = 0; i < MANY; i++) {
            struct entry *entry;

            (void)snprintf(key, sizeof(key), "KB%u", i);
            entry = keyed_get(&keyed, key);
            assert_non_null(entry);
            assert_string_equal(entry->key, key);
            assert_true(entry->key != key);
            assert_int_equal(entry->seen++, round);
        }
    }
    assert_int_equal(keyed.count, MANY);
    keyed_free(&keyed);
    prereq_arena_free(arena);
}

static void sorts_by_bytes(void **state)
{
    static const char *const keys[] = {"b", "a", "", "B", "ab"};
    static const char *const sorted[] = {"", "B", "a", "ab", "b"};
    struct prereq_arena *arena = new_arena();
    struct keyed keyed = {.arena = arena, .entry_size = sizeof(struct entry)};
    void **entries;

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(keys); i++)
        assert_non_null(keyed_get(&keyed, keys[i]));
    entries = keyed_sorted(&keyed, arena);
    assert_non_null(entries);
    for (size_t i = 0; i < PREREQ_COUNT(sorted); i++)
        assert_string_equal(((const struct entry *)entries[i])->key, sorted[i]);
    keyed_free(&keyed);
    prereq_arena_free(arena);
}

static void little_memory_is_said(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(sizeof(struct entry));
    struct keyed keyed = {.arena = arena, .entry_size = sizeof(struct entry)};

    (void)state;
    assert_null(keyed_get(&keyed, "a key that does not fit any more"));
    assert_int_equal(keyed.count, 0);
    keyed_free(&keyed);
    prereq_arena_free(arena);
}

static void marks_know_what_they_saw(void **state)
{
    struct marks marks = {0};
    char text[32];

    (void)state;
    assert_false(marks_has(&marks, "x"));
    for (unsigned i = 0; i < MANY; i++) {
        (void)snprintf(text, sizeof(text), "host%u", i);
        assert_false(marks_has(&marks, text));
        assert_int_equal(marks_add(&marks, text), MARKS_NEW);
        assert_int_equal(marks_add(&marks, text), MARKS_KNOWN);
        assert_true(marks_has(&marks, text));
    }
    assert_int_equal(marks.count, MANY);
    marks_free(&marks);
    assert_int_equal(marks.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_what_it_made),
        cmocka_unit_test(sorts_by_bytes),
        cmocka_unit_test(little_memory_is_said),
        cmocka_unit_test(marks_know_what_they_saw),
    };

    return RUN_TESTS(tests);
}
