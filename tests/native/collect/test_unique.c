/* SPDX-License-Identifier: MIT */
/* test_unique.c - one item for one thing. */
#include "collector_rows.h"

static void keeps_the_first(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_gather gather = {.arena = prereq_arena_new(COLLECTING_ARENA),
                                   .source = &fake->base};
    const struct prereq_registry_fact keys[] = {
        {.key = "HKLM\\A"},
        {.key = "HKLM\\A", .name = ""},
        {.key = "hklm\\a", .name = "", .value = "later"},
        {.key = "HKLM\\A", .view = PREREQ_VIEW_64},
        {.key = "HKLM\\A", .view = PREREQ_VIEW_32},
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(keys); i++)
        *PREREQ_GATHER_ADD(&gather, registry) = keys[i];
    PREREQ_GATHER_ADD(&gather, services)->name = "A";
    PREREQ_GATHER_ADD(&gather, services)->name = "B";
    PREREQ_GATHER_ADD(&gather, services)->name = "a";
    *PREREQ_GATHER_ADD(&gather, settings) =
        (struct prereq_setting){.kind = PREREQ_SETTING_BOOT, .name = "x"};
    *PREREQ_GATHER_ADD(&gather, settings) =
        (struct prereq_setting){.kind = PREREQ_SETTING_CPU, .name = "x"};
    *PREREQ_GATHER_ADD(&gather, settings) =
        (struct prereq_setting){.kind = PREREQ_SETTING_CPU, .name = "x", .value = "later"};
    prereq_gather_cover(&gather, PREREQ_LIST_INSTANCES, PREREQ_LIST_COMPLETE, "A", NULL);
    prereq_gather_cover(&gather, PREREQ_LIST_INSTANCES, PREREQ_LIST_PARTIAL, "B", NULL);
    prereq_gather_cover(&gather, PREREQ_LIST_INSTANCES, PREREQ_LIST_PARTIAL, "a", NULL);
    prereq_gather_unique(&gather);
    assert_false(gather.no_memory);
    assert_int_equal(gather.registry.count, 3);
    assert_null(gather.registry.items[1].value);
    assert_int_equal(gather.registry.items[2].view, PREREQ_VIEW_32);
    assert_int_equal(gather.services.count, 2);
    assert_string_equal(gather.services.items[0].name, "A");
    assert_int_equal(gather.settings.count, 2);
    assert_int_equal(gather.coverage.count, 2);
    assert_int_equal(gather.coverage.items[0].state, PREREQ_LIST_COMPLETE);
    prereq_arena_free(gather.arena);
    fake_free(fake);
}

static void puts_records_together(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_gather gather = {.arena = prereq_arena_new(COLLECTING_ARENA),
                                   .source = &fake->base};
    const struct prereq_time day = prereq_time_from_date(2020, 1, 1);
    const struct prereq_update_record key = {.source = PREREQ_SOURCE_HOTFIX_KEY,
                                             .backup = PREREQ_FLAG_FALSE};
    const struct prereq_update_record again = {.source = PREREQ_SOURCE_HOTFIX_KEY,
                                               .installed_on = day,
                                               .installed_by = "bob",
                                               .backup = PREREQ_FLAG_TRUE};
    const struct prereq_update_record cbs = {.source = PREREQ_SOURCE_CBS};
    const struct prereq_update_fact updates[] = {
        {.id = "KB1", .sources = &key, .source_count = 1},
        {.id = "KB2", .sources = &cbs, .source_count = 1},
        {.id = "kb1", .sources = &again, .source_count = 1, .title = "one"},
        {.id = "KB1", .sources = &cbs, .source_count = 1},
        {.id = "KB1", .target = "MSSQL/A", .sources = &cbs, .source_count = 1},
    };
    const struct prereq_update_record *records;

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(updates); i++)
        *PREREQ_GATHER_ADD(&gather, updates) = updates[i];
    prereq_gather_unique(&gather);
    assert_int_equal(gather.updates.count, 3);
    assert_string_equal(gather.updates.items[0].title, "one");
    assert_int_equal(gather.updates.items[0].source_count, 2);
    records = gather.updates.items[0].sources;
    assert_true(records[0].installed_on.known);
    assert_string_equal(records[0].installed_by, "bob");
    assert_int_equal(records[0].backup, PREREQ_FLAG_TRUE);
    assert_int_equal(records[1].source, PREREQ_SOURCE_CBS);
    assert_string_equal(gather.updates.items[2].target, "MSSQL/A");
    assert_int_equal(key.source, PREREQ_SOURCE_HOTFIX_KEY); /* what was given stays as it was */
    assert_false(key.installed_on.known);
    prereq_arena_free(gather.arena);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_the_first),
        cmocka_unit_test(puts_records_together),
    };

    return RUN_TESTS(tests);
}
