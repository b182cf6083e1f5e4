/* SPDX-License-Identifier: MIT */
/* test_wmi_value.c - values in the types of WMI: exact, capped, and NULL where nothing is known. */
#include "wmi_documents.h"

static struct moment {
    const char *name;     /* RFC 3339, or seconds after "s" */
    const char *expected; /* NULL: none */
} moments[] = {
    {"2024-01-31T12:00:00Z", "20240131120000.000000+000"},
    {"2024-02-29T23:59:59Z", "20240229235959.000000+000"},
    {"2026-11-22T01:30:00+02:00", "20261121233000.000000+000"},
    {"2026-11-22", "20261122000000.000000+000"},
    {"1970-01-01T00:00:00Z", "19700101000000.000000+000"},
    {"1601-01-01T00:00:00Z", "16010101000000.000000+000"},
    {"0001-01-01T00:00:00Z", "00010101000000.000000+000"},
    {"9999-12-31T23:59:59Z", "99991231235959.000000+000"},
    {"s253402300800", NULL},
    {"s-62135596801", NULL},
};

static void check_moment(void **state)
{
    const struct moment *moment = *state;
    struct prereq_time time;
    char out[26] = "untouched";

    if (moment->name[0] == 's')
        time = prereq_time_from_seconds(strtoll(moment->name + 1, NULL, 10));
    else
        assert_true(prereq_time_parse(moment->name, &time));
    assert_int_equal(prereq_wmi_datetime(time, out), moment->expected != NULL);
    assert_string_equal(out, moment->expected ? moment->expected : "untouched");
}

static void no_time_is_none(void **state)
{
    char out[26] = "untouched";

    (void)state;
    assert_false(prereq_wmi_datetime((struct prereq_time){0, false, false}, out));
    assert_string_equal(out, "untouched");
}

static void get(const struct prereq_wmi_snapshot *snapshot, const char *path,
                struct prereq_wmi_row *row)
{
    struct prereq_error err = {0};

    if (prereq_wmi_get(snapshot, path, wmi_at("2026-11-22T12:00:10Z"), row, &err))
        fail_msg("%s", err.text);
}

static void every_type_has_its_value(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_wmi_row row;

    (void)state;
    get(snapshot, "PatchPrereq_PatchStatus=\"Q269862\"", &row);
    wmi_expect(&row, "Id", "\"Q269862\"");
    wmi_expect(&row, "State", "3");
    wmi_expect(&row, "StateName", "\"OutOfOrder\"");
    wmi_expect(&row, "Required", "TRUE");
    wmi_expect(&row, "Waived", "FALSE");
    wmi_expect(&row, "AgeDays", "0");
    wmi_expect(&row, "Actionable", "NULL");
    wmi_expect(&row, "Title", "NULL");
    wmi_expect(&row, "DueDate", "NULL");
    wmi_expect(&row, "BlockedBy", "NULL");
    wmi_expect(&row, "Evidence", "NULL");
    get(snapshot, "PatchPrereq_Summary=@", &row);
    wmi_expect(&row, "LastEvaluated", "\"20261122120000.000000+000\"");
    wmi_expect(&row, "CompliancePercent", "25");
    wmi_expect(&row, "ComplianceOfKnown", "33.299999999999997");
    wmi_expect(&row, "EvaluationAgeSeconds", "10");
    prereq_wmi_snapshot_drop(snapshot);
}

/* Clients that take a uint32 for signed must not see it negative. */
static void numbers_stay_below_2_to_31(void **state)
{
    struct prereq_wmi_snapshot *snapshot;
    struct prereq_wmi_row row;
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    host.statuses[2].sla_days = (struct prereq_number){2147483647, true};
    host.statuses[2].overdue_days = (struct prereq_number){2147483648, true};
    host.statuses[2].age_days = (struct prereq_number){9007199254740991, true};
    snapshot = wmi_snapshot_of(&host.assessment);
    get(snapshot, "PatchPrereq_PatchStatus=\"Q269862\"", &row);
    wmi_expect(&row, "SlaDays", "2147483647");
    wmi_expect(&row, "OverdueDays", "2147483647");
    wmi_expect(&row, "AgeDays", "2147483647");
    prereq_wmi_snapshot_drop(snapshot);
}

static void lists_are_one_text(void **state)
{
    static const char *const warnings[] = {"one", "two"};
    struct prereq_wmi_snapshot *snapshot;
    struct prereq_wmi_row row;
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    host.statuses[2].warnings = warnings;
    host.statuses[2].warning_count = 2;
    host.statuses[2].severity = PREREQ_CRITICAL;
    host.statuses[2].released = wmi_at("2000-08-02");
    snapshot = wmi_snapshot_of(&host.assessment);
    get(snapshot, "PatchPrereq_PatchStatus=\"Q269862\"", &row);
    wmi_expect(&row, "Warnings", "\"one; two\"");
    wmi_expect(&row, "Severity", "\"Critical\"");
    wmi_expect(&row, "Released", "\"20000802000000.000000+000\"");
    prereq_wmi_snapshot_drop(snapshot);
}

static void references_have_one_spelling(void **state)
{
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_wmi_row row;

    (void)state;
    get(snapshot,
        "PatchPrereq_PatchPrerequisite.Prerequisite=\"PatchPrereq_PrerequisiteStatus='q269862/"
        "1.1'\""
        ",Patch='\\\\\\\\web\\\\root\\\\PatchPrereq:patchprereq_patchstatus.ID=\"q269862\"'",
        &row);
    wmi_expect(&row, "Patch", "\"PatchPrereq_PatchStatus.Id=\"Q269862\"\"");
    wmi_expect(&row, "Prerequisite", "\"PatchPrereq_PrerequisiteStatus.Id=\"Q269862/1.1\"\"");
    prereq_wmi_snapshot_drop(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_time_is_none),
        cmocka_unit_test(every_type_has_its_value),
        cmocka_unit_test(numbers_stay_below_2_to_31),
        cmocka_unit_test(lists_are_one_text),
        cmocka_unit_test(references_have_one_spelling),
    };
    int failed = RUN_TABLE(moments, check_moment);

    failed |= RUN_TESTS(tests);
    return failed;
}
