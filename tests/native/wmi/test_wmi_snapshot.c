/* SPDX-License-Identifier: MIT */
/* test_wmi_snapshot.c - documents in memory: whole or refused, shared, and what stands in. */
#include "wmi_documents.h"

static void json_of(const struct wmi_host *host, struct prereq_buffer *json)
{
    prereq_assessment_write(&host->assessment, PREREQ_JSON_COMPACT, json);
    assert_false(json->failed);
}

static void every_want_of_memory_is_said(void **state)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_buffer json = {0};
    unsigned refused = 0;
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    json_of(&host, &json);
    for (size_t limit = 0; !snapshot; limit += 64) {
        struct prereq_error err = {0};
        enum prereq_status status =
            prereq_wmi_snapshot_read(json.text, json.len, limit, &snapshot, &err);

        assert_true(limit < (size_t)1 << 20);
        if (status == PREREQ_OK)
            break;
        assert_int_equal(status, PREREQ_NO_MEMORY);
        assert_true(err.text[0]);
        assert_null(snapshot);
        refused++;
    }
    assert_true(refused > 20);
    prereq_wmi_snapshot_drop(snapshot);
    prereq_buffer_free(&json);
}

static void check_refused(const struct wmi_host *host, const char *why)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_buffer json = {0};
    struct prereq_error err = {0};

    json_of(host, &json);
    assert_int_equal(
        prereq_wmi_snapshot_read(json.text, json.len, PREREQ_WMI_MEMORY, &snapshot, &err),
        PREREQ_BAD_INPUT);
    assert_string_equal(err.text, why);
    assert_null(snapshot);
    prereq_buffer_free(&json);
}

/* A path must not name two instances. */
static void keys_that_differ_by_case_are_refused(void **state)
{
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    host.statuses[3].id = "q269862";
    check_refused(&host, "PatchPrereq_PatchStatus: \"q269862\" stands twice");
    wmi_host_init(&host);
    host.prerequisites[1].id = "q269862/1.1";
    check_refused(&host, "PatchPrereq_PrerequisiteStatus: \"q269862/1.1\" stands twice");
    wmi_host_init(&host);
    host.components[1].id = "Q269862/c1";
    check_refused(&host, "PatchPrereq_ComponentStatus: \"Q269862/c1\" stands twice");
    wmi_host_init(&host);
    host.restarts[2].source = "CBS";
    check_refused(&host, "PatchPrereq_PendingRestart: \"CBS\" stands twice");
    wmi_host_init(&host);
    host.steps[2].id = "Host/01";
    check_refused(&host, "PatchPrereq_PlanStep: \"Host/01\" stands twice");
}

static void what_is_no_document_is_refused(void **state)
{
    static const char *const texts[] = {"", "{", "[]", "{\"format\":\"patchprereq-facts/1.0\"}",
                                        "{\"format\":\"patchprereq-assessment/2.0\"}"};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(texts); i++) {
        struct prereq_wmi_snapshot *snapshot = NULL;
        struct prereq_error err = {0};

        assert_int_equal(prereq_wmi_snapshot_read(texts[i], strlen(texts[i]), PREREQ_WMI_MEMORY,
                                                  &snapshot, &err),
                         PREREQ_BAD_INPUT);
        assert_null(snapshot);
    }
}

static void nothing_is_kept_of_the_bytes(void **state)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_buffer json = {0};
    struct prereq_error err = {0};
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    json_of(&host, &json);
    assert_int_equal(
        prereq_wmi_snapshot_read(json.text, json.len, PREREQ_WMI_MEMORY, &snapshot, &err),
        PREREQ_OK);
    memset(json.text, 'x', json.len);
    prereq_buffer_free(&json);
    assert_string_equal(prereq_wmi_snapshot_assessment(snapshot)->host->host_name, "WEB01");
    assert_null(prereq_wmi_snapshot_why(snapshot));
    prereq_wmi_snapshot_drop(snapshot);
}

static void no_document_is_said(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_none("assessment.json is writable by Everyone");
    struct prereq_summary summary;

    (void)state;
    assert_null(prereq_wmi_snapshot_assessment(snapshot));
    prereq_wmi_snapshot_summary(snapshot, wmi_at("2026-11-22T12:00:10Z"), &summary);
    assert_int_equal(summary.evaluated, PREREQ_FLAG_FALSE);
    assert_int_equal(summary.stale, PREREQ_FLAG_UNSET);
    assert_string_equal(summary.reason_code, "not_evaluated");
    assert_string_equal(
        summary.reason,
        "There is no usable assessment of this host: assessment.json is writable by Everyone. Run "
        "\"patchprereq refresh\" as an administrator, or the task \\PatchPrereq\\Refresh, and ask "
        "again; \"patchprereq provider status\" says what is wrong.");
    prereq_wmi_snapshot_drop(snapshot);
}

static void the_last_good_one_stands_in(void **state)
{
    struct prereq_wmi_snapshot *good = wmi_snapshot(), *first = NULL, *second = NULL;
    const struct prereq_assessment *document = prereq_wmi_snapshot_assessment(good);
    struct prereq_error err = {0};
    struct prereq_summary summary;

    (void)state;
    prereq_wmi_snapshot_summary(good, wmi_at("2026-11-22T12:00:10Z"), &summary);
    assert_int_equal(summary.stale, PREREQ_FLAG_FALSE);
    assert_string_equal(summary.reason_code, "level_unmet");
    assert_int_equal(prereq_wmi_snapshot_last_good(good, "line 3 is broken", &first, &err),
                     PREREQ_OK);
    prereq_wmi_snapshot_drop(good); /* its document lives on */
    assert_int_equal(prereq_wmi_snapshot_last_good(first, "it is gone", &second, &err), PREREQ_OK);
    prereq_wmi_snapshot_drop(first);
    assert_ptr_equal(prereq_wmi_snapshot_assessment(second), document);
    prereq_wmi_snapshot_summary(second, wmi_at("2026-11-22T12:00:10Z"), &summary);
    assert_int_equal(summary.evaluated, PREREQ_FLAG_TRUE);
    assert_int_equal(summary.stale, PREREQ_FLAG_TRUE);
    assert_int_equal(summary.required_count.value, 4);
    assert_string_equal(summary.reason_code, "document_refused");
    assert_string_equal(summary.reason,
                        "The newest assessment of this host cannot be used: it is gone. Shown is "
                        "the last usable one, of 2026-11-22T12:00:00Z.");
    prereq_wmi_snapshot_drop(second);
}

static void nothing_stands_in_for_nothing(void **state)
{
    struct prereq_wmi_snapshot *none = wmi_none("it is not there"), *next = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_wmi_snapshot_last_good(none, "line 3 is broken", &next, &err),
                     PREREQ_OK);
    assert_null(prereq_wmi_snapshot_assessment(next));
    assert_non_null(strstr(prereq_wmi_snapshot_why(next), "line 3 is broken"));
    prereq_wmi_snapshot_drop(next);
    prereq_wmi_snapshot_drop(none);
}

static void it_lives_as_long_as_it_is_held(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();

    (void)state;
    assert_ptr_equal(prereq_wmi_snapshot_hold(snapshot), snapshot);
    prereq_wmi_snapshot_drop(snapshot);
    assert_string_equal(prereq_wmi_snapshot_assessment(snapshot)->host->host_name, "WEB01");
    prereq_wmi_snapshot_drop(snapshot);
    prereq_wmi_snapshot_drop(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_want_of_memory_is_said),
        cmocka_unit_test(keys_that_differ_by_case_are_refused),
        cmocka_unit_test(what_is_no_document_is_refused),
        cmocka_unit_test(nothing_is_kept_of_the_bytes),
        cmocka_unit_test(no_document_is_said),
        cmocka_unit_test(the_last_good_one_stands_in),
        cmocka_unit_test(nothing_stands_in_for_nothing),
        cmocka_unit_test(it_lives_as_long_as_it_is_held),
    };

    return RUN_TESTS(tests);
}
