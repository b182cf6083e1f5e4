/* SPDX-License-Identifier: MIT */
/* test_wmi_diff.c - events: one for each status whose state number differs, and none else. */
#include "wmi_documents.h"

static void change_nothing(struct wmi_host *host)
{
    host->assessment.evaluated = wmi_at("2026-11-23T12:00:00Z");
    host->statuses[2].reason = "another sentence";
    host->statuses[2].age_days.value = 9;
}

static void repair(struct wmi_host *host)
{
    host->statuses[2].state = PREREQ_STATE_COMPLIANT;
    host->statuses[0].state = PREREQ_STATE_BLOCKED;
}

static void change_case(struct wmi_host *host)
{
    host->statuses[0].id = "KB2@MSSQL/Prod:241";
    host->statuses[0].state = PREREQ_STATE_READY;
}

static void add_and_drop(struct wmi_host *host)
{
    host->statuses[3] = wmi_status("Q400", "Q400", "host", PREREQ_STATE_OUT_OF_ORDER);
}

static void go_elsewhere(struct wmi_host *host)
{
    repair(host);
    host->host.host_id = "id-2";
}

static void rename_host(struct wmi_host *host)
{
    repair(host);
    host->host.host_name = "WEB02";
}

static struct change {
    const char *name;
    void (*change)(struct wmi_host *host);
    const char *events;
} changes[] = {
    {"the same states make none", change_nothing, ""},
    {"each state that differs makes one", repair,
     "WEB01 KB2@MSSQL/PROD:241 1-7 WEB01 Q269862 3-6 "},
    {"ids are compared without case", change_case, "WEB01 KB2@MSSQL/Prod:241 1-8 "},
    {"what is new or gone makes none", add_and_drop, ""},
    {"another host makes none", go_elsewhere, ""},
    {"a renamed host is the same", rename_host, "WEB02 KB2@MSSQL/PROD:241 1-7 WEB02 Q269862 3-6 "},
};

static void check_change(void **state)
{
    const struct change *change = *state;
    struct prereq_wmi_snapshot *before = wmi_snapshot(), *after;
    struct prereq_wmi_changes walk;
    struct prereq_buffer events = {0};
    struct prereq_wmi_row row;
    struct wmi_host host;

    wmi_host_init(&host);
    change->change(&host);
    after = wmi_snapshot_of(&host.assessment);
    prereq_buffer_add(&events, "");
    prereq_wmi_changes_begin(before, after, &walk);
    while (prereq_wmi_changes_next(&walk, &row)) {
        const struct prereq_wmi_event *event = row.data;

        prereq_buffer_addf(&events, "%s %s %d-%d ", event->host_name, event->patch_status_id,
                           event->old_state, event->new_state);
    }
    assert_false(prereq_wmi_changes_next(&walk, &row));
    assert_string_equal(events.text, change->events);
    prereq_buffer_free(&events);
    prereq_wmi_snapshot_drop(after);
    prereq_wmi_snapshot_drop(before);
}

static void an_event_says_all(void **state)
{
    struct prereq_wmi_snapshot *before = wmi_snapshot(), *after;
    struct prereq_wmi_changes walk;
    struct prereq_wmi_row row;
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    host.statuses[2].state = PREREQ_STATE_COMPLIANT;
    host.statuses[2].reason_code = "sound";
    host.statuses[2].reason = "It is on";
    host.assessment.evaluated = wmi_at("2026-11-23T03:00:00Z");
    after = wmi_snapshot_of(&host.assessment);
    prereq_wmi_changes_begin(before, after, &walk);
    assert_true(prereq_wmi_changes_next(&walk, &row));
    assert_int_equal(row.wmi_class->id, PREREQ_WMI_STATE_CHANGE_EVENT);
    wmi_expect(&row, "HostName", "\"WEB01\"");
    wmi_expect(&row, "PatchStatusId", "\"Q269862\"");
    wmi_expect(&row, "PatchId", "\"Q269862\"");
    wmi_expect(&row, "OldState", "3");
    wmi_expect(&row, "OldStateName", "\"OutOfOrder\"");
    wmi_expect(&row, "NewState", "6");
    wmi_expect(&row, "NewStateName", "\"Compliant\"");
    wmi_expect(&row, "ReasonCode", "\"sound\"");
    wmi_expect(&row, "Reason", "\"It is on\"");
    wmi_expect(&row, "Time", "\"20261123030000.000000+000\"");
    prereq_wmi_snapshot_drop(after);
    prereq_wmi_snapshot_drop(before);
}

static void no_document_makes_no_event(void **state)
{
    struct prereq_wmi_snapshot *some = wmi_snapshot(), *none = wmi_none("it is not there");
    struct prereq_wmi_changes walk;
    struct prereq_wmi_row row;

    (void)state;
    prereq_wmi_changes_begin(none, some, &walk);
    assert_false(prereq_wmi_changes_next(&walk, &row));
    prereq_wmi_changes_begin(some, none, &walk);
    assert_false(prereq_wmi_changes_next(&walk, &row));
    prereq_wmi_changes_begin(none, none, &walk);
    assert_false(prereq_wmi_changes_next(&walk, &row));
    prereq_wmi_snapshot_drop(none);
    prereq_wmi_snapshot_drop(some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_says_all),
        cmocka_unit_test(no_document_makes_no_event),
    };
    int failed = RUN_TABLE(changes, check_change);

    failed |= RUN_TESTS(tests);
    return failed;
}
