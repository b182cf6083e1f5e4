/* SPDX-License-Identifier: MIT */
/* test_wmi_rows.c - instances: all of a class, or the one that a path names, and never another. */
#include <time.h>

#include "wmi_documents.h"

static const char now_text[] = "2026-11-22T12:00:10Z";

static const struct prereq_wmi_class *class_named(const char *name)
{
    const struct prereq_wmi_class *wmi_class = prereq_wmi_class_find(name);

    assert_non_null(wmi_class);
    return wmi_class;
}

/* ---- walks ---- */

static struct walk {
    const char *name;
    const char *property;
    const char *values;
} walks[] = {
    {"PatchPrereq_Summary", "HostName", "\"WEB01\""},
    {"PatchPrereq_PatchStatus", "Id", "\"KB2@MSSQL/PROD:241\" \"KB9\" \"Q269862\" \"Q300\""},
    {"PatchPrereq_PrerequisiteStatus", "Id", "\"Q269862/1.1\" \"Q269862/1.2\""},
    {"PatchPrereq_ComponentStatus", "ResultName", "\"Older\" \"Older\""},
    {"PatchPrereq_PendingRestart", "Source", "\"cbs\" \"file-rename\" \"msi\""},
    {"PatchPrereq_PendingRestart", "AgeSeconds", "NULL 216010 NULL"},
    {"PatchPrereq_PlanStep", "Id", "\"host/01\" \"host/02\" \"Q269862/01\""},
    {"PatchPrereq_PatchPrerequisite", "Patch",
     "\"PatchPrereq_PatchStatus.Id=\"Q269862\"\" \"PatchPrereq_PatchStatus.Id=\"Q269862\"\""},
};

static void check_walk(void **state)
{
    const struct walk *walk = *state;
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_buffer values = {0};
    struct prereq_error err = {0};
    struct prereq_wmi_walk at;
    struct prereq_wmi_row row;
    char text[512];

    assert_int_equal(
        prereq_wmi_walk_begin(snapshot, class_named(walk->name), wmi_at(now_text), &at, &err),
        PREREQ_WMI_OK);
    while (prereq_wmi_walk_next(&at, &row)) {
        assert_string_equal(row.wmi_class->name, walk->name);
        wmi_show(&row, walk->property, text, sizeof(text));
        prereq_buffer_addf(&values, "%s%s", values.len ? " " : "", text);
    }
    assert_false(prereq_wmi_walk_next(&at, &row));
    assert_string_equal(values.text, walk->values);
    prereq_buffer_free(&values);
    prereq_wmi_snapshot_drop(snapshot);
}

/* ---- gets ---- */

static struct get {
    const char *name; /* the path */
    enum prereq_wmi_result result;
} get_rows[] = {
    {"PatchPrereq_Summary=@", PREREQ_WMI_OK},
    {"patchprereq_summary=@", PREREQ_WMI_OK},
    {"\\\\WEB01\\root\\PatchPrereq:PatchPrereq_Summary=@", PREREQ_WMI_OK},
    {"PatchPrereq_PatchStatus=\"Q269862\"", PREREQ_WMI_OK},
    {"PatchPrereq_PatchStatus.Id=\"q269862\"", PREREQ_WMI_OK},
    {"PATCHPREREQ_patchstatus.iD='kb2@mssql/prod:241'", PREREQ_WMI_OK},
    {"root\\PatchPrereq:PatchPrereq_PatchStatus.Id=\"KB9\"", PREREQ_WMI_OK},
    {"PatchPrereq_PendingRestart.Source=\"msi\"", PREREQ_WMI_OK},
    {"PatchPrereq_PlanStep.Id=\"host/02\"", PREREQ_WMI_OK},
    {"PatchPrereq_ComponentStatus.Id=\"Q269862/C2\"", PREREQ_WMI_OK},
    {"PatchPrereq_PrerequisiteStatus.Id=\"Q269862/1.2\"", PREREQ_WMI_OK},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PatchStatus=\"Q269862\"',"
     "Prerequisite='PatchPrereq_PrerequisiteStatus=\"Q269862/1.1\"'",
     PREREQ_WMI_OK},

    {"PatchPrereq_PatchStatus.Id=\"Q26986\"", PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PatchStatus.Id=\"Q2698622\"", PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PatchStatus.Id=\"\"", PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PatchStatus.Id=\"Q269862/1.1\"", PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PendingRestart.Source=\"update-exe\"", PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PatchStatus=\"KB9\"',"
     "Prerequisite='PatchPrereq_PrerequisiteStatus=\"Q269862/1.1\"'",
     PREREQ_WMI_NOT_FOUND},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PatchStatus=\"Q269862\"',"
     "Prerequisite='PatchPrereq_PrerequisiteStatus=\"Q269862/9.9\"'",
     PREREQ_WMI_NOT_FOUND},

    {"PatchPrereq_PatchStatu.Id=\"Q269862\"", PREREQ_WMI_INVALID_CLASS},
    {"PatchPrereq_PatchStatusX.Id=\"Q269862\"", PREREQ_WMI_INVALID_CLASS},
    {"Win32_Product", PREREQ_WMI_INVALID_CLASS},
    {"PatchPrereq_StateChangeEvent", PREREQ_WMI_INVALID_CLASS},

    {"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus=@", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus.Name=\"Q269862\"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus.Id=269862", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus.Id=TRUE", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus.Id=\"Q269862\",PatchId=\"Q269862\"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchStatus.Id=\"Q269862", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_Summary", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_Summary.HostId=\"id-1\"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_Summary=\"\"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchPrerequisite=\"Q269862\"", PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PatchStatus=\"Q269862\"'",
     PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchPrerequisite.Patch='Q269862',Prerequisite='Q269862/1.1'",
     PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PrerequisiteStatus=\"Q269862/1.1\"',"
     "Prerequisite='PatchPrereq_PatchStatus=\"Q269862\"'",
     PREREQ_WMI_INVALID_PATH},
    {"PatchPrereq_PatchPrerequisite.Patch='PatchPrereq_PatchStatus',"
     "Prerequisite='PatchPrereq_PrerequisiteStatus=\"Q269862/1.1\"'",
     PREREQ_WMI_INVALID_PATH},
};

static void check_get(void **state)
{
    const struct get *get = *state;
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_wmi_row row = {NULL, NULL, {{0}}};
    struct prereq_error err = {0};

    assert_int_equal(prereq_wmi_get(snapshot, get->name, wmi_at(now_text), &row, &err),
                     get->result);
    if (get->result == PREREQ_WMI_OK) {
        assert_non_null(row.data);
    } else {
        assert_null(row.wmi_class);
        assert_true(strlen(err.text) > 10);
    }
    prereq_wmi_snapshot_drop(snapshot);
}

/* The path that WMI makes of an instance: its keys, as it shows them. */
static void path_of(const struct prereq_wmi_row *row, struct prereq_buffer *out)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(row->wmi_class, list);
    struct prereq_wmi_path path = {.class_name = row->wmi_class->name};
    struct prereq_buffer scratch[2] = {{0}, {0}};
    struct prereq_wmi_value value;

    path.singleton = row->wmi_class->key_count == 0;
    for (size_t i = 0; i < count; i++) {
        if (!list[i].key)
            continue;
        assert_true(prereq_wmi_value(&list[i], row, &scratch[path.key_count], &value));
        path.keys[path.key_count++] =
            (struct prereq_wmi_key){list[i].name, PREREQ_WMI_KEY_TEXT, value.text, 0};
    }
    out->len = 0;
    prereq_wmi_path_write(&path, out);
    prereq_buffer_free(&scratch[0]);
    prereq_buffer_free(&scratch[1]);
}

static void what_is_walked_is_found_by_its_path(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_buffer path = {0}, again = {0};
    struct prereq_error err = {0};
    size_t rows = 0;

    (void)state;
    for (int id = 0; id < PREREQ_WMI_STATE_CHANGE_EVENT; id++) {
        struct prereq_wmi_walk walk;
        struct prereq_wmi_row row, got;

        assert_int_equal(prereq_wmi_walk_begin(snapshot,
                                               prereq_wmi_class((enum prereq_wmi_class_id)id),
                                               wmi_at(now_text), &walk, &err),
                         PREREQ_WMI_OK);
        while (prereq_wmi_walk_next(&walk, &row)) {
            path_of(&row, &path);
            if (prereq_wmi_get(snapshot, path.text, wmi_at(now_text), &got, &err))
                fail_msg("%s: %s", path.text, err.text);
            path_of(&got, &again);
            assert_string_equal(again.text, path.text);
            rows++;
        }
    }
    assert_int_equal(rows, 1 + 4 + 2 + 2 + 3 + 3 + 2);
    prereq_buffer_free(&again);
    prereq_buffer_free(&path);
    prereq_wmi_snapshot_drop(snapshot);
}

/* A monitor must never read emptiness as health. */
static void without_a_document_only_summary_answers(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_none("assessment.json is not there");
    struct prereq_error err = {0};
    struct prereq_wmi_walk walk;
    struct prereq_wmi_row row;

    (void)state;
    for (int id = PREREQ_WMI_PATCH_STATUS; id < PREREQ_WMI_STATE_CHANGE_EVENT; id++) {
        err.text[0] = '\0';
        assert_int_equal(prereq_wmi_walk_begin(snapshot,
                                               prereq_wmi_class((enum prereq_wmi_class_id)id),
                                               wmi_at(now_text), &walk, &err),
                         PREREQ_WMI_NOT_EVALUATED);
        assert_non_null(strstr(err.text, "assessment.json is not there"));
        assert_non_null(strstr(err.text, "patchprereq refresh"));
    }
    assert_int_equal(
        prereq_wmi_get(snapshot, "PatchPrereq_PatchStatus=\"Q1\"", wmi_at(now_text), &row, &err),
        PREREQ_WMI_NOT_EVALUATED);
    assert_int_equal(
        prereq_wmi_get(snapshot, "PatchPrereq_PatchStatus", wmi_at(now_text), &row, &err),
        PREREQ_WMI_INVALID_PATH);
    assert_int_equal(
        prereq_wmi_get(snapshot, "PatchPrereq_Summary=@", wmi_at(now_text), &row, &err),
        PREREQ_WMI_OK);
    wmi_expect(&row, "Evaluated", "FALSE");
    wmi_expect(&row, "ReasonCode", "\"not_evaluated\"");
    wmi_expect(&row, "RequiredCount", "NULL");
    wmi_expect(&row, "RestartPending", "NULL");
    prereq_wmi_snapshot_drop(snapshot);
}

static void events_have_no_instances(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_error err = {0};
    struct prereq_wmi_walk walk;

    (void)state;
    assert_int_equal(prereq_wmi_walk_begin(snapshot,
                                           prereq_wmi_class(PREREQ_WMI_STATE_CHANGE_EVENT),
                                           wmi_at(now_text), &walk, &err),
                     PREREQ_WMI_INVALID_CLASS);
    prereq_wmi_snapshot_drop(snapshot);
}

/* ---- large documents ---- */

#define IDS 32

static struct prereq_wmi_snapshot *large_snapshot(size_t count)
{
    struct prereq_status_row *statuses = calloc(count, sizeof(*statuses));
    char *ids = calloc(count, IDS);
    struct prereq_wmi_snapshot *snapshot;
    struct wmi_host host;

    assert_non_null(statuses);
    assert_non_null(ids);
    wmi_host_init(&host);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(ids + i * IDS, IDS, "KB%07zu", i);
        statuses[i] = wmi_status(ids + i * IDS, ids + i * IDS, "host", PREREQ_STATE_READY);
    }
    host.assessment.statuses = statuses;
    host.assessment.status_count = count;
    snapshot = wmi_snapshot_of(&host.assessment);
    free(ids);
    free(statuses);
    return snapshot;
}

/* The best of several: seconds for a walk over all statuses with all values, and a get of each. */
static double seconds_for(size_t count)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    const struct prereq_wmi_class *wmi_class = prereq_wmi_class(PREREQ_WMI_PATCH_STATUS);
    size_t properties = prereq_wmi_properties(wmi_class, list);
    struct prereq_wmi_snapshot *snapshot = large_snapshot(count);
    struct prereq_buffer scratch = {0}, path = {0};
    struct prereq_error err = {0};
    double best = 1e9;

    for (unsigned round = 0; round < 3; round++) {
        clock_t start = clock();
        size_t rows = 0;
        struct prereq_wmi_walk walk;
        struct prereq_wmi_row row, got;
        struct prereq_wmi_value value;
        double took;

        (void)prereq_wmi_walk_begin(snapshot, wmi_class, wmi_at(now_text), &walk, &err);
        for (; prereq_wmi_walk_next(&walk, &row); rows++) {
            for (size_t i = 0; i < properties; i++)
                assert_true(prereq_wmi_value(&list[i], &row, &scratch, &value));
            path_of(&row, &path);
            assert_int_equal(prereq_wmi_get(snapshot, path.text, wmi_at(now_text), &got, &err),
                             PREREQ_WMI_OK);
            assert_ptr_equal(got.data, row.data);
        }
        assert_int_equal(rows, count);
        took = (double)(clock() - start) / CLOCKS_PER_SEC;
        best = took < best ? took : best;
    }
    prereq_buffer_free(&path);
    prereq_buffer_free(&scratch);
    prereq_wmi_snapshot_drop(snapshot);
    return best;
}

/* 32 times the rows take 32 times the work, and would take 1,024 times if each were sought.  It is
 * the processor's time, and between the two is room for a machine that does other work. */
static void time_grows_with_the_rows_alone(void **state)
{
    double small, large;

    (void)state;
#ifdef _WIN32
    print_message("skipped: clock() on Windows counts the time of other programs, in whole ms\n");
    skip();
#endif
    small = seconds_for(500);
    large = seconds_for(16000);
    print_message("500 statuses in %.1f ms, 16,000 in %.1f ms\n", small * 1000, large * 1000);
    assert_true(large < small * 32 * 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_walked_is_found_by_its_path),
        cmocka_unit_test(without_a_document_only_summary_answers),
        cmocka_unit_test(events_have_no_instances),
        cmocka_unit_test(time_grows_with_the_rows_alone),
    };
    int failed = RUN_TABLE(walks, check_walk);

    failed |= RUN_TABLE(get_rows, check_get);
    failed |= RUN_TESTS(tests);
    return failed;
}
