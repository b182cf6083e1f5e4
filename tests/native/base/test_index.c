/* SPDX-License-Identifier: MIT */
/* test_index.c - names to numbers: case, order, growth; and the hash that they are found by. */
#include "base/index.h"
#include "engine/engine.h"
#include "table.h"

#define NAMES 5000

static struct prereq_arena *make_arena(void)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);

    assert_non_null(arena);
    return arena;
}

/* Each name twice, far more than the index was made for. */
static void names_come_back_in_order(void **state)
{
    struct prereq_arena *arena = make_arena();
    struct prereq_index index;

    (void)state;
    assert_true(prereq_index_init(arena, &index, 1));
    for (uint32_t i = 0; i < 2 * NAMES; i++) {
        const char *name = prereq_printf(arena, "Name %u", i % NAMES);

        assert_true(prereq_index_add(arena, &index, name, i));
    }
    for (uint32_t i = 0; i < NAMES; i++) {
        const char *name = prereq_printf(arena, "nAME %u", i);
        uint32_t from = 0;

        assert_int_equal(prereq_index_find(&index, name, NULL), i);
        assert_int_equal(prereq_index_find(&index, name, &from), i);
        assert_int_equal(prereq_index_find(&index, name, &from), i + NAMES);
        assert_int_equal(prereq_index_find(&index, name, &from), PREREQ_NONE);
    }
    assert_int_equal(prereq_index_find(&index, "Name", NULL), PREREQ_NONE);
    prereq_arena_free(arena);
}

static void an_index_of_nothing_finds_nothing(void **state)
{
    struct prereq_index index = {0};
    uint32_t from = 0;

    (void)state;
    assert_int_equal(prereq_index_find(&index, "a", NULL), PREREQ_NONE);
    assert_null(prereq_index_next(&index, 0, &from));
}

/* One hash for two names: the caller tells them apart, in the order they went in. */
static void one_hash_for_several(void **state)
{
    struct prereq_arena *arena = make_arena();
    const struct prereq_index_entry *entry;
    struct prereq_index index;
    uint32_t from = 0;

    (void)state;
    assert_true(prereq_index_init(arena, &index, 4));
    for (uint32_t i = 0; i < 3; i++)
        assert_true(prereq_index_add_hash(arena, &index, 7, NULL, i));
    assert_true(prereq_index_add_hash(arena, &index, 8, NULL, 9));
    for (uint32_t i = 0; i < 3; i++) {
        entry = prereq_index_next(&index, 7, &from);
        assert_non_null(entry);
        assert_int_equal(entry->value, i);
    }
    assert_null(prereq_index_next(&index, 7, &from));
    prereq_arena_free(arena);
}

/* Every byte at every place of a word and behind it: only A-Z is as a-z, and nothing else alike. */
static void hash_knows_no_case_of_letters(void **state)
{
    (void)state;
    for (size_t place = 0; place < 12; place++) {
        for (unsigned a = 1; a < 256; a++) {
            char text[] = "abcdefghijkl", other[] = "abcdefghijkl";
            unsigned folded = a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a;

            text[place] = (char)a;
            other[place] = (char)folded;
            assert_true(prereq_hash_nocase(text) == prereq_hash_nocase(other));
            other[place] = (char)(folded == 'z' ? 'y' : 'z');
            assert_true(prereq_hash_nocase(text) != prereq_hash_nocase(other));
        }
    }
}

static void hash_knows_the_length(void **state)
{
    char a[] = "", b[] = "a", c[] = "aaaaaaaa", d[] = "aaaaaaaaa";
    const char *texts[] = {a, b, c, d};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(texts); i++) {
        for (size_t k = 0; k < i; k++)
            assert_true(prereq_hash_nocase(texts[i]) != prereq_hash_nocase(texts[k]));
    }
}

/* Kind, variant, and whether there is a value at all tell slots apart; case does not. */
static void slots_are_told_apart(void **state)
{
    struct prereq_arena *arena = make_arena();
    struct prereq_catalog catalog = {0};
    uint32_t key, value, view, file;

    (void)state;
    assert_true(prereq_index_init(arena, &catalog.slot_index, 4));
    key = prereq_slot_add(arena, &catalog, PREREQ_SLOT_REGISTRY, "HKLM\\A", NULL, 0);
    value = prereq_slot_add(arena, &catalog, PREREQ_SLOT_REGISTRY, "HKLM\\A", "", 0);
    view = prereq_slot_add(arena, &catalog, PREREQ_SLOT_REGISTRY, "HKLM\\A", "", 1);
    file = prereq_slot_add(arena, &catalog, PREREQ_SLOT_FILE, "HKLM\\A", NULL, 0);
    assert_true(key == 0 && value == 1 && view == 2 && file == 3);
    assert_int_equal(prereq_slot_add(arena, &catalog, PREREQ_SLOT_REGISTRY, "hklm\\a", NULL, 0),
                     key);
    assert_int_equal(prereq_slot_find(&catalog, PREREQ_SLOT_REGISTRY, "hklm\\a", "", 1), view);
    assert_int_equal(prereq_slot_find(&catalog, PREREQ_SLOT_REGISTRY, "hklm\\a", "b", 1),
                     PREREQ_NONE);
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest index[] = {
        cmocka_unit_test(names_come_back_in_order),
        cmocka_unit_test(an_index_of_nothing_finds_nothing),
        cmocka_unit_test(one_hash_for_several),
        cmocka_unit_test(hash_knows_no_case_of_letters),
        cmocka_unit_test(hash_knows_the_length),
        cmocka_unit_test(slots_are_told_apart),
    };

    return RUN_TESTS(index);
}
