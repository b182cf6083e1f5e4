/* SPDX-License-Identifier: MIT */
/* test_refresh.c - what refresh leaves: documents, history, events, exit codes. */
#include "refreshing.h"

static void first_run_writes_all(void **state)
{
    struct machine m;
    const struct prereq_assessment *made;
    char hex[65];
    const char *facts;

    (void)state;
    machine_open(&m);
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    made = machine_assessment(&m, m.places.assessment);
    assert_non_null(made);
    assert_int_equal(status_named(made, "Q1")->state, PREREQ_STATE_COMPLIANT);
    assert_non_null(prereq_assessment_plan(made, "host"));
    assert_null(made->previous);
    assert_null(machine_text(&m, m.places.previous));
    /* The first input is the facts, by the hash of the file. */
    facts = machine_text(&m, m.places.facts);
    prereq_sha256_hex(facts, strlen(facts), hex);
    assert_string_equal(made->inputs[0].name, m.places.facts);
    assert_string_equal(made->inputs[0].sha256, hex);
    assert_int_equal(m.event_count, 0);
    assert_non_null(strstr(machine_text(&m, m.places.log), "done, exit code 0\n"));
    machine_close(&m);
}

static void history_is_carried_on(void **state)
{
    struct machine m;
    const struct prereq_assessment *made;
    const char *before;
    int64_t open_since;

    (void)state;
    machine_open(&m);
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    before = machine_text(&m, m.places.assessment);
    m.clock += 86400;
    m.level = 5;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(m.event_count, 1);
    assert_int_equal(m.events[0], 1001);
    assert_non_null(strstr(machine_text(&m, m.places.log), "event 1001: Q1 is out of order"));
    assert_string_equal(machine_text(&m, m.places.previous), before);
    made = machine_assessment(&m, m.places.assessment);
    assert_int_equal(status_named(made, "Q1")->state, PREREQ_STATE_OUT_OF_ORDER);
    open_since = status_named(made, "Q1")->open_since.seconds;
    m.clock += 86400;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(m.event_count, 0);
    made = machine_assessment(&m, m.places.assessment);
    assert_int_equal(status_named(made, "Q1")->open_since.seconds, open_since);
    assert_int_equal(status_named(made, "Q1")->age_days.value, 1);
    m.clock += 86400;
    m.level = 6;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(m.event_count, 1);
    assert_int_equal(m.events[0], 1003);
    machine_close(&m);
}

/* ---- what goes wrong ---- */

static struct row {
    const char *name;
    const char *policy; /* JSON, NULL: none */
    const char *named;  /* what the settings say */
    const char *scope;
    const char *catalog_is; /* what a catalog install that was ended has made of its name */
    bool broken_catalog, collect_fails, cut_short;
    enum outcome outcome;
    unsigned event;
    bool replaced;
} rows[] = {
    {.name = "a policy that is none",
     .policy = "{'format':'patchprereq-policy/1.0','require':3}",
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "a policy that the settings name and that is not there",
     .named = MACHINE "/nowhere.json",
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "a scope that is none",
     .scope = "no such header\n",
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "a catalog that is none",
     .broken_catalog = true,
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "a catalog whose install was ended before its last step",
     .catalog_is = MACHINE "/catalog.new",
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "a catalog that stands aside while going back",
     .catalog_is = MACHINE "/catalog.aside",
     .outcome = OUTCOME_UNUSABLE,
     .event = 1202},
    {.name = "nothing can be collected",
     .collect_fails = true,
     .outcome = OUTCOME_IO,
     .event = 1101},
    {.name = "the time is up",
     .cut_short = true,
     .outcome = OUTCOME_PARTLY,
     .event = 1102,
     .replaced = true},
};

static void set_up_fault(struct machine *m, const struct row *row)
{
    if (row->policy)
        put_json(m->places.policy, row->policy);
    if (row->scope)
        put_text(m->places.scope, row->scope);
    if (row->broken_catalog)
        put_text(MACHINE "/catalog/test/entries.json", "{");
    if (row->catalog_is)
        assert_int_equal(prereq_folder_rename(MACHINE "/catalog", row->catalog_is, NULL),
                         PREREQ_OK);
    if (row->named) {
        m->places.policy = row->named;
        m->places.policy_named = true;
    }
    m->collect_fails = row->collect_fails;
    m->cut_short = row->cut_short;
}

static void check_row(void **state)
{
    const struct row *row = *state;
    struct machine m;
    const char *assessment, *facts, *number;

    machine_open(&m);
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assessment = machine_text(&m, m.places.assessment);
    facts = machine_text(&m, m.places.facts);
    m.clock += 3600;
    set_up_fault(&m, row);
    assert_int_equal(machine_refresh(&m), row->outcome);
    assert_int_equal(m.event_count, 1);
    assert_int_equal(m.events[0], row->event);
    assert_int_equal(strcmp(machine_text(&m, m.places.assessment), assessment) != 0, row->replaced);
    assert_int_equal(strcmp(machine_text(&m, m.places.facts), facts) != 0, row->replaced);
    number = prereq_printf(m.arena, "event %u: ", row->event);
    assert_non_null(strstr(machine_text(&m, m.places.log), number));
    if (row->catalog_is)
        assert_non_null(strstr(machine_text(&m, m.places.log), row->catalog_is));
    if (row->cut_short)
        assert_int_equal(machine_assessment(&m, m.places.assessment)->collection->cut_short,
                         PREREQ_FLAG_TRUE);
    machine_close(&m);
}

/* ---- documents of before that are of no use ---- */

static void last_good_one_stays(void **state)
{
    struct machine m;
    const char *good;

    (void)state;
    machine_open(&m);
    m.level = 5;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    m.clock += 60;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    good = machine_text(&m, m.places.previous);
    put_text(m.places.assessment, "{\"format\":\"patchprereq-ass");
    m.clock += 60;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    /* History came from the last good one, which what is broken did not push out. */
    assert_string_equal(machine_text(&m, m.places.previous), good);
    assert_int_equal(
        status_named(machine_assessment(&m, m.places.assessment), "Q1")->open_since.seconds,
        1795000001);
    assert_non_null(strstr(machine_text(&m, m.places.log), "left out: machine/assessment.json: "));
    machine_close(&m);
}

static void clock_was_put_back(void **state)
{
    struct machine m;

    (void)state;
    machine_open(&m);
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    m.clock -= 86400;
    m.level = 5;
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(m.event_count, 0);
    assert_null(machine_assessment(&m, m.places.assessment)->previous);
    assert_non_null(strstr(machine_text(&m, m.places.log), "was the clock put back?"));
    machine_close(&m);
}

static void setting_goes_before_policy(void **state)
{
    struct machine m;

    (void)state;
    machine_open(&m);
    put_json(m.places.policy, "{'format':'patchprereq-policy/1.0','id':'p','version':'1',"
                              "'staleAfterHours':24}");
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(machine_assessment(&m, m.places.assessment)->policy->stale_after_hours.value,
                     24);
    m.settings.stale_after_hours = (struct prereq_number){72, true};
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_int_equal(machine_assessment(&m, m.places.assessment)->policy->stale_after_hours.value,
                     72);
    assert_string_equal(machine_assessment(&m, m.places.assessment)->policy->id, "p");
    machine_close(&m);
}

/* Only what refresh itself writes beside its documents is taken away. */
static void left_overs_go(void **state)
{
    struct machine m;

    (void)state;
    machine_open(&m);
    put_text(MACHINE "/assessment.json.123-0.tmp", "half");
    put_text(MACHINE "/refresh.log.9-1.tmp", "half");
    put_text(MACHINE "/notes.tmp", "of a person");
    assert_int_equal(machine_refresh(&m), OUTCOME_DONE);
    assert_false(prereq_is_file(MACHINE "/assessment.json.123-0.tmp"));
    assert_false(prereq_is_file(MACHINE "/refresh.log.9-1.tmp"));
    assert_true(prereq_is_file(MACHINE "/notes.tmp"));
    machine_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_run_writes_all), cmocka_unit_test(history_is_carried_on),
        cmocka_unit_test(last_good_one_stays),  cmocka_unit_test(clock_was_put_back),
        cmocka_unit_test(left_overs_go),        cmocka_unit_test(setting_goes_before_policy),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests) != 0;
}
