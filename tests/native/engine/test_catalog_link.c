/* SPDX-License-Identifier: MIT */
/* test_catalog_link.c - supersedence both ways, against a search that follows every way. */
#include "engine/engine.h"
#include "table.h"

#include <string.h>

#define MOST 400

struct fixture {
    struct prereq_arena *arena;
    struct prereq_patch patches[MOST];
    const char *supersedes[MOST][3];
    struct prereq_product product;
    struct prereq_catalog_file file;
    const struct prereq_catalog *catalog;
};

static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static struct fixture *make(size_t count)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    struct fixture *made = PREREQ_NEW(arena, struct fixture);

    assert_non_null(made);
    made->arena = arena;
    made->product.id = "P";
    made->file.products = &made->product;
    made->file.product_count = 1;
    made->file.patches = made->patches;
    made->file.patch_count = count;
    for (size_t i = 0; i < count; i++) {
        made->patches[i].id = prereq_printf(arena, "KB%04zu", i);
        made->patches[i].product = "P";
        made->patches[i].supersedes = made->supersedes[i];
    }
    return made;
}

static void add_edge(struct fixture *made, size_t later, size_t earlier)
{
    made->supersedes[later][made->patches[later].supersedes_count++] = made->patches[earlier].id;
}

static enum prereq_status compile(struct fixture *made, struct prereq_error *err)
{
    struct prereq_catalog_part part = {"part", &made->file, false};

    return prereq_catalog_compile(made->arena, &part, 1, NULL, 0, &made->catalog, err);
}

/* Entries are sorted by id, so that their numbers are those of the fixture. */
static bool search(const struct fixture *made, size_t later, size_t earlier)
{
    if (later == earlier)
        return true;
    for (size_t i = 0; i < made->patches[later].supersedes_count; i++) {
        size_t next = prereq_catalog_find(made->catalog, made->supersedes[later][i]);

        if (search(made, next, earlier))
            return true;
    }
    return false;
}

/* Edges lead to any entry that a drawn order puts below, not only to lower numbers. */
static void random_catalogs(void **state)
{
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 40; round++) {
        struct fixture *made = make(25);
        size_t order[25] = {0};

        for (size_t i = 0; i < 25; i++) {
            size_t k = next_number(&seed) % (i + 1);

            order[i] = order[k];
            order[k] = i;
        }
        for (size_t i = 1; i < 25; i++) {
            for (uint32_t edges = next_number(&seed) % 3; edges > 0; edges--)
                add_edge(made, order[i], order[next_number(&seed) % i]);
        }
        assert_int_equal(compile(made, NULL), PREREQ_OK);
        for (uint32_t a = 0; a < 25; a++) {
            for (uint32_t b = 0; b < 25; b++)
                assert_int_equal(prereq_catalog_supersedes(made->catalog, a, b),
                                 search(made, a, b));
        }
        prereq_arena_free(made->arena);
    }
}

/* Between the ends of such a ladder there are more ways than anybody could follow. */
static void many_ways_cost_no_more_than_one(void **state)
{
    struct fixture *made = make(MOST);

    (void)state;
    for (size_t i = 1; i < MOST; i++) {
        add_edge(made, i, i - 1);
        if (i > 1)
            add_edge(made, i, i - 2);
    }
    assert_int_equal(compile(made, NULL), PREREQ_OK);
    assert_true(prereq_catalog_supersedes(made->catalog, MOST - 1, 0));
    assert_false(prereq_catalog_supersedes(made->catalog, 0, MOST - 1));
    prereq_arena_free(made->arena);
}

static void every_entry_stands_behind_what_it_supersedes(void **state)
{
    struct fixture *made = make(50);
    const struct prereq_catalog *catalog;

    (void)state;
    for (size_t i = 0; i < 49; i++)
        add_edge(made, i, i + 1); /* the lowest id is the latest */
    assert_int_equal(compile(made, NULL), PREREQ_OK);
    catalog = made->catalog;
    for (uint32_t i = 0; i < 50; i++) {
        assert_int_equal(catalog->order[catalog->patches[i].position], i);
        if (i < 49)
            assert_true(catalog->patches[i].position > catalog->patches[i + 1].position);
    }
    prereq_arena_free(made->arena);
}

static void a_circle_is_named(void **state)
{
    struct fixture *made = make(4);
    struct prereq_error err;

    (void)state;
    add_edge(made, 1, 2);
    add_edge(made, 2, 3);
    add_edge(made, 3, 1);
    assert_int_equal(compile(made, &err), PREREQ_BAD_INPUT);
    assert_non_null(strstr(err.text, "KB0001 > KB0002 > KB0003 > KB0001"));
    prereq_arena_free(made->arena);
}

int main(void)
{
    const struct CMUnitTest catalog_link[] = {
        cmocka_unit_test(random_catalogs),
        cmocka_unit_test(many_ways_cost_no_more_than_one),
        cmocka_unit_test(every_entry_stands_behind_what_it_supersedes),
        cmocka_unit_test(a_circle_is_named),
    };

    return RUN_TESTS(catalog_link);
}
