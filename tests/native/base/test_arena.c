/* SPDX-License-Identifier: MIT */
/* test_arena.c - memory that is handed out in order and dropped whole. */
#include <stdalign.h>
#include <string.h>

#include "base/base.h"
#include "table.h"

static void is_zeroed_and_aligned(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 20);

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (size_t size = 1; size < 300; size += 7) {
            unsigned char *bytes = prereq_alloc(arena, size, 1);

            assert_non_null(bytes);
            assert_int_equal((uintptr_t)bytes % alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(bytes[i], 0);
            memset(bytes, 0xAA, size);
        }
        prereq_arena_reset(arena);
    }
    prereq_arena_free(arena);
}

/* Pieces of every size, across block borders, keep what was written into them. */
static void pieces_do_not_overlap(void **state)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    unsigned char *pieces[400];

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(pieces); i++) {
        pieces[i] = prereq_alloc(arena, i * 37 + 1, 1);
        assert_non_null(pieces[i]);
        memset(pieces[i], (int)(i % 251), i * 37 + 1);
    }
    for (size_t i = 0; i < PREREQ_COUNT(pieces); i++) {
        for (size_t at = 0; at < i * 37 + 1; at++)
            assert_int_equal(pieces[i][at], i % 251);
    }
    prereq_arena_free(arena);
}

static void stops_at_the_limit(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(64);

    (void)state;
    assert_null(prereq_alloc(arena, 65, 1));
    assert_int_equal(prereq_arena_used(arena), 0);
    assert_non_null(prereq_alloc(arena, 48, 1));
    assert_null(prereq_alloc(arena, 17, 1));
    assert_non_null(prereq_alloc(arena, 16, 1));
    assert_int_equal(prereq_arena_used(arena), 64);
    assert_null(prereq_alloc(arena, 0, 1));
    prereq_arena_reset(arena);
    assert_int_equal(prereq_arena_used(arena), 0);
    assert_non_null(prereq_alloc(arena, 64, 1));
    prereq_arena_free(arena);
}

static void limit_zero_gives_nothing(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(0);

    (void)state;
    assert_null(prereq_alloc(arena, 1, 1));
    assert_null(prereq_strdup(arena, ""));
    assert_null(prereq_printf(arena, "%d", 1));
    prereq_arena_free(arena);
}

static void size_zero_is_a_valid_pointer(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1024);
    void *first = prereq_alloc(arena, 0, 8);
    void *second = prereq_alloc(arena, 8, 0);

    (void)state;
    assert_non_null(first);
    assert_non_null(second);
    assert_ptr_not_equal(first, second);
    prereq_arena_free(arena);
}

static struct product {
    const char *name;
    size_t count, size;
} products[] = {
    {"the product overflows to zero", (SIZE_MAX / 2) + 1, 2},
    {"the product overflows to a small number", (SIZE_MAX / 16) + 2, 16},
    {"rounding up overflows", SIZE_MAX - 3, 1},
    {"the block header overflows", SIZE_MAX - 64, 1},
    {"nobody has that much", SIZE_MAX / 2, 1},
};

static void refuses_product(void **state)
{
    const struct product *product = *state;
    struct prereq_arena *arena = prereq_arena_new(SIZE_MAX);

    assert_null(prereq_alloc(arena, product->count, product->size));
    assert_int_equal(prereq_arena_used(arena), 0);
    assert_non_null(prereq_alloc(arena, 1, 1));
    prereq_arena_free(arena);
}

static void copies_text(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1024);

    (void)state;
    assert_string_equal(prereq_strdup(arena, "KB4012212"), "KB4012212");
    assert_string_equal(prereq_strndup(arena, "KB4012212", 2), "KB");
    assert_string_equal(prereq_strndup(arena, "", 0), "");
    assert_string_equal(prereq_printf(arena, "%s-%d", "SP", 6), "SP-6");
    assert_null(prereq_strndup(arena, "x", SIZE_MAX));
    prereq_arena_free(arena);
}

static void large_pieces_survive_small_ones(void **state)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);

    (void)state;
    for (int round = 0; round < 3; round++) {
        char *large = prereq_alloc(arena, 3 << 20, 1);
        char *small = prereq_strdup(arena, "small");

        assert_non_null(large);
        memset(large, 'x', 3 << 20);
        assert_string_equal(small, "small");
        prereq_arena_reset(arena);
    }
    prereq_arena_free(arena);
}

/* Under the address sanitizer the byte behind each piece, and the byte before it, are nobody's: a
 * list that is one element too short is seen wherever it is written. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>

static void what_lies_around_a_piece_is_out_of_bounds(void **state)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);

    (void)state;
    for (size_t size = 0; size < 100; size++) {
        unsigned char *bytes = prereq_alloc(arena, size, 1);

        assert_non_null(bytes);
        for (size_t i = 0; i < size; i++)
            assert_false(__asan_address_is_poisoned(bytes + i));
        assert_true(__asan_address_is_poisoned(bytes + size));
        assert_true(__asan_address_is_poisoned(bytes - 1));
    }
    for (size_t size = 5000; size < 200000; size += 9001) {
        unsigned char *bytes = prereq_alloc_unset(arena, size);

        assert_non_null(bytes);
        assert_true(__asan_address_is_poisoned(bytes + size));
    }
    prereq_arena_free(arena);
}
#else
static void what_lies_around_a_piece_is_out_of_bounds(void **state)
{
    (void)state;
    skip(); /* only the address sanitizer sees it */
}
#endif

static void free_takes_null(void **state)
{
    (void)state;
    prereq_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest arena[] = {
        cmocka_unit_test(is_zeroed_and_aligned),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(stops_at_the_limit),
        cmocka_unit_test(limit_zero_gives_nothing),
        cmocka_unit_test(size_zero_is_a_valid_pointer),
        cmocka_unit_test(copies_text),
        cmocka_unit_test(large_pieces_survive_small_ones),
        cmocka_unit_test(what_lies_around_a_piece_is_out_of_bounds),
        cmocka_unit_test(free_takes_null),
    };
    int failed = RUN_TESTS(arena);

    return RUN_TABLE(products, refuses_product) || failed;
}
