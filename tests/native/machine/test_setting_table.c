/* SPDX-License-Identifier: MIT */
/* test_setting_table.c - the settings of a machine, and the places that follow from them. */
#include <string.h>

#include "machine/places.h"
#include "table.h"

/* One setting with its texts; all others are not set. */
static struct row {
    const char *name;
    const char *setting;
    const char *texts[3];
    const char *refused; /* part of the sentence; NULL: taken */
} rows[] = {
    {"none is set", "", {NULL}, NULL},
    {"a path", "PolicyFile", {"D:\\site\\policy.json"}, NULL},
    {"a path with slashes", "ScopeFile", {"d:/site/scope.csv"}, NULL},
    {"a path of another machine", "PolicyFile", {"\\\\server\\share\\policy.json"}, "PolicyFile"},
    {"a path without a drive", "WaiversFile", {"waivers.json"}, "WaiversFile"},
    {"a path beside the current folder", "WaiversFile", {"C:waivers.json"}, "WaiversFile"},
    {"a path with a variable", "CatalogPath", {"%ProgramData%\\catalog"}, "CatalogPath"},
    {"two paths", "CatalogPath", {"C:\\a", "C:\\b"}, "is not one path"},
    {"hours", "StaleAfterHours", {"72"}, NULL},
    {"no hours", "StaleAfterHours", {"0"}, "is not a number from 1 to 876000"},
    {"too many hours", "StaleAfterHours", {"876001"}, "StaleAfterHours"},
    {"hours beyond all numbers", "StaleAfterHours", {"99999999999999999999999"}, "is not a number"},
    {"hours with a unit", "StaleAfterHours", {"72h"}, "is not a number"},
    {"two numbers", "StaleAfterHours", {"72", "73"}, "is not a number"},
    {"owners", "TrustedOwners", {"S-1-5-21-1-2-3-500", "s-1-5-80-1"}, NULL},
    {"an owner by name", "TrustedOwners", {"S-1-5-18", "CONTOSO\\deploy"}, "is not a SID"},
    {"an owner cut short", "TrustedOwners", {"S-1-5-"}, "is not a SID"},
    {"an authority alone", "TrustedOwners", {"S-1-5"}, "is not a SID"},
    {"an owner and more", "TrustedOwners", {"S-1-5-18 "}, "is not a SID"},
};

static enum prereq_status ask(void *context, struct prereq_arena *arena, const char *name,
                              const char *const **texts, size_t *count, struct prereq_error *err)
{
    const struct row *row = context;

    (void)arena;
    (void)err;
    *count = 0;
    if (strcmp(row->setting, name) != 0)
        return PREREQ_OK;
    *texts = row->texts;
    while (*count < 3 && row->texts[*count])
        ++*count;
    return PREREQ_OK;
}

static void check_row(void **state)
{
    struct row *row = *state;
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_settings settings = {.policy_file = "untouched"};
    struct prereq_error err = {0};
    enum prereq_status status = prereq_settings_read(arena, ask, row, &settings, &err);

    if (row->refused) {
        assert_int_equal(status, PREREQ_BAD_INPUT);
        assert_non_null(strstr(err.text, row->refused));
        assert_non_null(strstr(err.text, row->setting));
        assert_string_equal(settings.policy_file, "untouched");
    } else {
        assert_int_equal(status, PREREQ_OK);
        if (!strcmp(row->setting, "PolicyFile"))
            assert_string_equal(settings.policy_file, row->texts[0]);
        else
            assert_null(settings.policy_file);
        assert_int_equal(settings.stale_after_hours.known,
                         !strcmp(row->setting, "StaleAfterHours"));
        assert_int_equal(settings.trusted_owner_count, !strcmp(row->setting, "TrustedOwners") * 2);
    }
    prereq_arena_free(arena);
}

static void places_are_in_the_folder(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_places places = {0};

    (void)state;
    assert_true(prereq_places_fill(arena, "C:\\ProgramData\\PatchPrereq", '\\', NULL, &places));
    assert_string_equal(places.data, "C:\\ProgramData\\PatchPrereq");
    assert_string_equal(places.catalog, "C:\\ProgramData\\PatchPrereq\\catalog");
    assert_string_equal(places.keys, "C:\\ProgramData\\PatchPrereq\\keys");
    assert_string_equal(places.policy, "C:\\ProgramData\\PatchPrereq\\policy.json");
    assert_string_equal(places.waivers, "C:\\ProgramData\\PatchPrereq\\waivers.json");
    assert_string_equal(places.scope, "C:\\ProgramData\\PatchPrereq\\scope.csv");
    assert_string_equal(places.assessment, "C:\\ProgramData\\PatchPrereq\\assessment.json");
    assert_string_equal(places.previous, "C:\\ProgramData\\PatchPrereq\\assessment.previous.json");
    assert_string_equal(places.facts, "C:\\ProgramData\\PatchPrereq\\facts.json");
    assert_string_equal(places.log, "C:\\ProgramData\\PatchPrereq\\refresh.log");
    assert_false(places.policy_named || places.catalog_named);
    prereq_arena_free(arena);
}

static void settings_move_places(void **state)
{
    struct prereq_settings settings = {.catalog_path = "D:\\c", .scope_file = "D:\\s.csv"};
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_places places = {0};

    (void)state;
    assert_true(prereq_places_fill(arena, "C:\\data", '\\', &settings, &places));
    assert_string_equal(places.catalog, "D:\\c");
    assert_string_equal(places.scope, "D:\\s.csv");
    assert_string_equal(places.policy, "C:\\data\\policy.json");
    assert_true(places.catalog_named && places.scope_named);
    assert_false(places.policy_named || places.waivers_named);
    prereq_arena_free(arena);
}

static void memory_runs_out(void **state)
{
    struct prereq_places places = {.data = "untouched"};
    bool filled = false;

    (void)state;
    for (size_t limit = 16; !filled; limit += 16) {
        struct prereq_arena *arena = prereq_arena_new(limit);

        filled = prereq_places_fill(arena, "C:\\data", '\\', NULL, &places);
        if (!filled)
            assert_string_equal(places.data, "untouched");
        prereq_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_in_the_folder),
        cmocka_unit_test(settings_move_places),
        cmocka_unit_test(memory_runs_out),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests) != 0;
}
