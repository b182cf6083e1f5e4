/* SPDX-License-Identifier: MIT */
/* test_host_ids.c - which hosts were seen, many of them. */
#include <string.h>

#include "inputs/host_ids.h"
#include "table.h"

static void remembers_the_first_value(void **state)
{
    struct host_ids *ids = host_ids_new();
    size_t kept = 0;
    bool fresh = false;

    (void)state;
    assert_true(host_ids_add(ids, "web01.example.org", 7, &kept, &fresh));
    assert_true(fresh);
    assert_int_equal(kept, 7);
    assert_true(host_ids_add(ids, "WEB01.example.org", 8, &kept, &fresh));
    assert_false(fresh);
    assert_int_equal(kept, 7);
    assert_true(host_ids_add(ids, "web02.example.org", 9, &kept, &fresh));
    assert_true(fresh);
    host_ids_free(ids);
}

static void finds_what_was_added_and_nothing_else(void **state)
{
    struct host_ids *ids = host_ids_new();
    size_t value = 5;
    size_t kept;
    bool fresh;

    (void)state;
    assert_false(host_ids_find(ids, "a", &value));
    assert_int_equal(value, 5);
    assert_true(host_ids_add(ids, "a", 1, &kept, &fresh));
    assert_true(host_ids_find(ids, "A", &value));
    assert_int_equal(value, 1);
    assert_false(host_ids_find(ids, "", &value));
    host_ids_free(ids);
}

static void holds_many(void **state)
{
    struct host_ids *ids = host_ids_new();
    char id[32];
    size_t kept;
    bool fresh;

    (void)state;
    for (size_t i = 0; i < 20000; i++) {
        (void)snprintf(id, sizeof(id), "host%zu", i);
        assert_true(host_ids_add(ids, id, i, &kept, &fresh));
        assert_true(fresh);
    }
    for (size_t i = 0; i < 20000; i++) {
        (void)snprintf(id, sizeof(id), "HOST%zu", i);
        assert_true(host_ids_find(ids, id, &kept));
        assert_int_equal(kept, i);
    }
    host_ids_free(ids);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembers_the_first_value),
        cmocka_unit_test(finds_what_was_added_and_nothing_else),
        cmocka_unit_test(holds_many),
    };

    return RUN_TESTS(tests);
}
