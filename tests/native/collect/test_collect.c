/* SPDX-License-Identifier: MIT */
/* test_collect.c - a whole host from its registry to a document, and from there to states. */
#include "judging.h"

#include "collector_rows.h"
#include "files/file.h"

#define CV "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define CONTROL "HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define SERVICES "HKLM\\SYSTEM\\CurrentControlSet\\Services"

/* The founding case: a hotfix that needs SP6a, on a host whose files were put back. */
static const char founding[] = "[" CV "]\n"
                               "\"CurrentVersion\"=\"4.0\"\n"
                               "\"CurrentBuildNumber\"=\"1381\"\n"
                               "\"CSDVersion\"=\"Service Pack 6\"\n"
                               "\"InstallDate\"=dword:36e4d500\n"
                               "[" CV "\\HotFix\\Q147222]\n"
                               "\"Installed\"=dword:1\n"
                               "[" CV "\\HotFix\\Q246009]\n"
                               "time 2000-01-15T09:30:00Z\n"
                               "\"Installed\"=dword:1\n"
                               "[" CV "\\HotFix\\Q269862]\n"
                               "time 2000-10-21T11:00:00Z\n"
                               "\"Installed\"=dword:1\n"
                               "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion]\n"
                               "\"ProgramFilesDir\"=\"C:\\Program Files\"\n"
                               "\"CommonFilesDir\"=\"C:\\Program Files\\Common Files\"\n"
                               "[" CONTROL "\\Windows]\n"
                               "\"CSDVersion\"=dword:600\n"
                               "[" CONTROL "\\ProductOptions]\n"
                               "\"ProductType\"=\"ServerNT\"\n"
                               "[" CONTROL "\\Session Manager\\Environment]\n"
                               "\"PROCESSOR_ARCHITECTURE\"=\"x86\"\n"
                               "[" CONTROL "\\Nls\\Language]\n"
                               "\"InstallLanguage\"=\"0409\"\n"
                               "[" SERVICES "\\Tcpip\\Parameters]\n"
                               "\"Hostname\"=\"WEB01\"\n"
                               "\"Domain\"=\"corp.example\"\n"
                               "[" SERVICES "\\W3SVC]\n"
                               "\"Type\"=dword:20\n"
                               "\"Start\"=dword:2\n"
                               "[" SERVICES "\\IISADMIN]\n"
                               "\"Type\"=dword:20\n"
                               "\"Start\"=dword:2\n";

struct run {
    size_t clock_calls, stop_after; /* 0: never */
    size_t steps;
    const struct prereq_facts *more; /* what `extra` adds */
};

static struct prereq_time clock_of(void *context)
{
    struct run *run = context;

    run->clock_calls++;
    return prereq_time_from_seconds(1795140480 + (int64_t)run->clock_calls * 60);
}

static bool stop_of(void *context)
{
    struct run *run = context;

    return run->stop_after != 0 && --run->stop_after == 0;
}

static void progress_of(void *context, const char *what, size_t done, size_t total)
{
    struct run *run = context;

    assert_true(*what);
    assert_true(done <= total);
    run->steps++;
}

/* What other collectors say of the host: files above all. */
static void extra_of(struct prereq_gather *gather)
{
    const struct prereq_facts *more = ((struct run *)gather->context)->more;

    for (size_t i = 0; more && i < more->file_count; i++)
        *PREREQ_GATHER_ADD(gather, files) = more->files[i];
    for (size_t i = 0; more && i < more->registry_count; i++)
        *PREREQ_GATHER_ADD(gather, registry) = more->registry[i];
    for (size_t i = 0; more && i < more->feature_count; i++)
        *PREREQ_GATHER_ADD(gather, features) = more->features[i];
    for (size_t i = 0; more && i < more->instance_count; i++)
        *PREREQ_GATHER_ADD(gather, instances) = more->instances[i];
    for (size_t i = 0; more && i < more->volume_count; i++)
        *PREREQ_GATHER_ADD(gather, volumes) = more->volumes[i];
    for (size_t i = 0; more && i < more->setting_count; i++)
        *PREREQ_GATHER_ADD(gather, settings) = more->settings[i];
    prereq_gather_cover(gather, PREREQ_LIST_FEATURES, PREREQ_LIST_COMPLETE, NULL, NULL);
    gather->last_start_up = more ? more->last_start_up : gather->last_start_up;
}

static const struct prereq_facts *read_facts(struct prereq_arena *arena, const char *path)
{
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    if (prereq_file_read(path, PREREQ_MAX_FACTS_BYTES, &bytes, &len, &err) ||
        prereq_facts_read(arena, bytes, len, &facts, NULL, &err))
        fail_msg("%s: %s", path, err.text);
    free(bytes);
    return facts;
}

static enum prereq_status collect(struct fake_source *fake, struct run *run,
                                  struct prereq_arena *arena, const struct prereq_facts **facts,
                                  struct prereq_error *err)
{
    struct prereq_collect_options options = {
        .clock = clock_of,
        .stop = stop_of,
        .progress = progress_of,
        .extra = run->more ? extra_of : NULL,
        .context = run,
    };

    return prereq_collect(&fake->base, &options, arena, facts, err);
}

static char *document_of(const struct prereq_facts *facts)
{
    struct prereq_buffer out = {0};
    struct prereq_arena *arena = prereq_arena_new(COLLECTING_ARENA);
    const struct prereq_facts *read;
    struct prereq_error err;

    prereq_facts_write(facts, PREREQ_JSON_COMPACT, &out);
    assert_false(out.failed);
    if (prereq_facts_read(arena, out.text, out.len, &read, NULL, &err))
        fail_msg("%s\n%s", err.text, out.text);
    prereq_arena_free(arena);
    return out.text;
}

static void must_say(const char *json, const char *piece)
{
    if (!collecting_contains(json, piece))
        fail_msg("not said: %s\n%s", piece, json);
}

/* ---- the whole built-in catalog judges what was collected ---- */

static void add_family(struct prereq_arena *arena, const char *folder,
                       struct prereq_catalog_part *parts, size_t *count)
{
    const char **names;
    size_t name_count;
    struct prereq_error err = {0};

    if (prereq_folder_list(arena, folder, &names, &name_count, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < name_count; i++) {
        const char *path = prereq_printf(arena, "%s/%s", folder, names[i]);
        char *bytes;
        size_t len;

        if (!prereq_is_file(path) || !prereq_glob("*.json", path))
            continue;
        assert_true(*count < 100);
        parts[*count].name = path;
        if (prereq_file_read(path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, &err) ||
            prereq_catalog_file_read(arena, bytes, len, &parts[*count].file, &err))
            fail_msg("%s", err.text);
        *count += 1;
        free(bytes);
    }
}

static const struct prereq_catalog *built_in(struct prereq_arena *arena)
{
    struct prereq_catalog_part parts[100] = {{0}};
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};
    size_t count = 0, family_count;
    const char **families;

    if (prereq_folder_list(arena, TEST_CATALOG, &families, &family_count, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < family_count; i++) {
        const char *folder = prereq_printf(arena, "%s/%s", TEST_CATALOG, families[i]);

        if (prereq_is_folder(folder))
            add_family(arena, folder, parts, &count);
    }
    if (prereq_catalog_compile(arena, parts, count, NULL, 0, &catalog, &err))
        fail_msg("%s", err.text);
    return catalog;
}

static void finds_the_founding_case(void **state)
{
    struct judging judging = {.arena = prereq_arena_new((size_t)256 << 20),
                              .policy = prereq_policy_default(),
                              .now = "2026-11-20T03:00:00Z"};
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct run run = {.more = read_facts(judging.arena,
                                         TEST_CATALOG "/nt4-iis/cases/founding-before/facts.json")};
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    const struct prereq_status_row *row;
    char *json;

    (void)state;
    fake_fill(fake, founding);
    if (collect(fake, &run, judging.arena, &facts, &err))
        fail_msg("%s", err.text);
    json = document_of(facts);
    must_say(json, "'host':{'hostName':'WEB01','domain':'corp.example'}");
    must_say(json, "'collection':{'collector':'patchprereq','collectorVersion':'0.1.0','method':"
                   "'offline','started':'2026-11-20T02:09:00Z','finished':'2026-11-20T02:10:00Z',"
                   "'source':'a tree'}");
    must_say(json, "{'id':'Q269862','sources':[{'source':'hotfix-key',"
                   "'installedOn':'2000-10-21T11:00:00Z','backup':false}]}");
    must_say(json, "{'list':'hotfixKeys','state':'complete'}");
    free(json);
    judging.catalog = built_in(judging.arena);
    judging_run_on(&judging, facts);
    row = judging_status(&judging, "Q269862");
    assert_string_equal(prereq_state_names[row->state], "OutOfOrder");
    assert_string_equal(row->reason_code, "level_unmet");
    row = judging_status(&judging, "NT4-SP6a");
    assert_string_equal(prereq_state_names[row->state], "Regressed");
    row = judging_status(&judging, "Q319733");
    assert_string_equal(prereq_state_names[row->state], "Blocked");
    fake_free(fake);
    prereq_arena_free(judging.arena);
}

/* ---- how it ends ---- */

/* With any time limit there is a document; what was not reached is not in it. */
static void stops_anywhere(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_arena *arena = prereq_arena_new(COLLECTING_ARENA);
    bool cut = true;

    (void)state;
    fake_fill(fake, founding);
    for (size_t after = 1; cut; after++) {
        struct run run = {.stop_after = after};
        const struct prereq_facts *facts = NULL;
        struct prereq_error err;
        char *json;

        assert_int_equal(collect(fake, &run, arena, &facts, &err), PREREQ_OK);
        json = document_of(facts);
        must_say(json, "'hostName':'WEB01'");
        cut = facts->collection->cut_short == PREREQ_FLAG_TRUE;
        if (after == 1) {
            assert_true(cut);
            assert_int_equal(facts->coverage_count, 0);
            assert_int_equal(facts->update_count, 0);
        }
        if (!cut)
            assert_int_equal(facts->pending_restart_count, PREREQ_RESTART_SOURCES);
        assert_int_equal(fake->open_keys, 0);
        free(json);
        prereq_arena_reset(arena);
    }
    prereq_arena_free(arena);
    fake_free(fake);
}

static void survives_limits(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    enum prereq_status status = PREREQ_NO_MEMORY;
    size_t tries = 0;

    (void)state;
    fake_fill(fake, founding);
    for (size_t limit = 0; status; limit += limit < 4096 ? 16 : limit / 64, tries++) {
        static const struct prereq_facts untouched;
        struct prereq_arena *arena = prereq_arena_new(limit);
        struct run run = {0};
        const struct prereq_facts *facts = &untouched;
        struct prereq_error err = {0};

        status = collect(fake, &run, arena, &facts, &err);
        if (status) {
            assert_int_equal(status, PREREQ_NO_MEMORY);
            assert_ptr_equal(facts, &untouched);
            assert_true(err.text[0]);
        } else {
            free(document_of(facts));
        }
        assert_int_equal(fake->open_keys, 0);
        prereq_arena_free(arena);
    }
    assert_true(tries > 10);
    fake_free(fake);
}

static void says_how_far_it_is(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_arena *arena = prereq_arena_new(COLLECTING_ARENA);
    struct prereq_collect_options options = {.clock = clock_of, .host_id = "asset-7"};
    struct run run = {0};
    const struct prereq_facts *facts = NULL;
    struct prereq_error err;

    (void)state;
    fake_fill(fake, founding);
    assert_int_equal(collect(fake, &run, arena, &facts, &err), PREREQ_OK);
    assert_true(run.steps >= 10);
    assert_int_equal(run.clock_calls, 2);
    assert_int_equal(facts->collection->cut_short, PREREQ_FLAG_UNSET);
    options.context = &run; /* without progress, stop and more */
    assert_int_equal(prereq_collect(&fake->base, &options, arena, &facts, &err), PREREQ_OK);
    assert_string_equal(facts->host->host_id, "asset-7");
    prereq_arena_free(arena);
    fake_free(fake);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_founding_case),
        cmocka_unit_test(stops_anywhere),
        cmocka_unit_test(survives_limits),
        cmocka_unit_test(says_how_far_it_is),
    };

    return RUN_TESTS(tests);
}
