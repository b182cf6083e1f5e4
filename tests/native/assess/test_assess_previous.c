/* SPDX-License-Identifier: MIT */
/* test_assess_previous.c - what one assessment takes over from the one before it. */
#include "judging.h"

#define F(path, version) "{'path':'" path "','version':'" version "'}"
#define X PATCH("X") FILES("x.dll", "2.0")
#define L PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}"
#define REC "'updates':[{'id':'X','sources':[{'source':'hotfix-key'}]}]"

#define ON(sp) "'features':[{'name':'IIS'}],'os':{'version':'4.0','servicePack':" sp "}"
#define X_ALL                                                                                      \
    IIS_PATCH("X")                                                                                 \
    FILES("x.dll", "2.0") NEEDS("{'rule':{'os':{'servicePack':{'atLeast':2}}}}", "") "}," L

/* One letter per day: the state that X is in. */
static const struct {
    char letter;
    const char *facts;
    int state;
} days[] = {
    {'C', "'files':[" F("x.dll", "2.0") "]," ON("2"), PREREQ_STATE_COMPLIANT},
    {'R', "'files':[" F("x.dll", "1.0") "]," ON("2") "," ALL_LISTS, PREREQ_STATE_READY},
    {'B', "'files':[" F("x.dll", "1.0") "]," ON("1") "," ALL_LISTS, PREREQ_STATE_BLOCKED},
    {'O', "'files':[" F("x.dll", "2.0") "]," ON("1") "," REC, PREREQ_STATE_OUT_OF_ORDER},
    {'G', "'files':[" F("x.dll", "1.0") "]," ON("2") "," REC, PREREQ_STATE_REGRESSED},
    {'P', "'files':[{'path':'x.dll','version':'1.0','pending':{'version':'2.0'}}]," ON("2") "," REC,
     PREREQ_STATE_PENDING_RESTART},
    {'U', ON("2"), PREREQ_STATE_UNKNOWN},
    {'S', "'files':[" F("x.dll", "1.0") "," F("l.dll", "2.0") "]," ON("2") "," ALL_LISTS,
     PREREQ_STATE_SUPERSEDED},
    {'N', "'coverage':[{'list':'features','state':'complete'}]", PREREQ_STATE_NOT_APPLICABLE},
};

static struct run {
    const char *name, *days;
    int open, changed; /* the day, from 1; 0: not known */
} runs[] = {
    {"open from the first time it is seen", "R", 1, 1},
    {"Compliant is not open", "C", 0, 1},
    {"open as long as it lasts", "RRR", 1, 1},
    {"a change of state does not end an open run", "RB", 1, 2},
    {"every fault and missing state belongs to one run", "BROGPB", 1, 6},
    {"Compliant ends it", "RC", 0, 2},
    {"after Compliant it begins anew", "RCR", 3, 3},
    {"Superseded ends it", "RSR", 3, 3},
    {"NotApplicable ends it", "RNR", 3, 3},
    {"Unknown does not begin one", "UR", 2, 2},
    {"Unknown does not end one", "RUR", 1, 3},
    {"open while Unknown, though it did not begin one", "RU", 1, 2},
    {"Unknown alone is not open", "UU", 0, 1},
    {"Unknown after Compliant is not open", "RCU", 0, 3},
    {"Unknown between: begun before Compliant is over", "RCUR", 4, 4},
    {"the same number is no change", "CCC", 0, 1},
    {"a change and back is one", "CRC", 0, 3},
};

static const char *facts_of(char letter)
{
    for (size_t i = 0; i < PREREQ_COUNT(days); i++) {
        if (days[i].letter == letter)
            return days[i].facts;
    }
    fail_msg("no such day: %c", letter);
    return NULL;
}

static void expect_day(struct prereq_time time, int day)
{
    char text[32], expected[32];

    assert_int_equal(time.known, day != 0);
    if (!day)
        return;
    prereq_time_format(time, text);
    (void)snprintf(expected, sizeof(expected), "2026-11-%02dT00:00:00Z", day);
    assert_string_equal(text, expected);
}

static int state_of(char letter)
{
    for (size_t i = 0; i < PREREQ_COUNT(days); i++) {
        if (days[i].letter == letter)
            return days[i].state;
    }
    return -1;
}

/* The assessment before as another program may have written it: statuses the other way round. */
static const struct prereq_assessment *turned_round(struct judging *judging)
{
    struct prereq_assessment *turned = PREREQ_NEW(judging->arena, struct prereq_assessment);
    size_t count = judging->made->status_count;
    struct prereq_status_row *rows =
        PREREQ_NEW_ARRAY(judging->arena, count, struct prereq_status_row);

    assert_non_null(turned);
    assert_non_null(rows);
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++)
        rows[i] = judging->made->statuses[count - 1 - i];
    *turned = *judging->made;
    turned->statuses = rows;
    return turned;
}

static void check_run(void **state)
{
    const struct run *row = *state;
    struct judging judging;
    bool ever_good = false;

    judging_open(&judging, X_ALL, NULL);
    for (int day = 1; row->days[day - 1]; day++) {
        const struct prereq_status_row *status;
        char time[32];

        (void)snprintf(time, sizeof(time), "2026-11-%02dT00:00:00Z", day);
        judging_run_on(&judging,
                       judging_facts_of(&judging, "WEB01", time, facts_of(row->days[day - 1])));
        judging.previous = day % 2 ? turned_round(&judging) : judging.made;
        status = judging_status(&judging, "X");
        assert_int_equal(status->state, state_of(row->days[day - 1]));
        ever_good |= row->days[day - 1] == 'C';
        assert_int_equal(status->ever_good == PREREQ_FLAG_TRUE, ever_good);
        if (row->days[day])
            continue;
        expect_day(status->open_since, row->open);
        expect_day(status->last_changed, row->changed);
    }
    judging_close(&judging);
}

/* ---- age, and what was never good ---- */

static void test_age(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(&judging, X "}", NULL);
    judging_run_on(&judging,
                   judging_facts_of(&judging, "WEB01", "2026-11-01T12:00:00Z", facts_of('R')));
    judging.previous = judging.made;
    judging.now = "2026-11-20T11:59:59Z";
    judging_run_on(&judging,
                   judging_facts_of(&judging, "WEB01", "2026-11-19T00:00:00Z", facts_of('R')));
    assert_int_equal(judging_status(&judging, "X")->age_days.value, 18);
    judging.now = "2026-11-20T12:00:00Z";
    judging_run_on(&judging,
                   judging_facts_of(&judging, "WEB01", "2026-11-19T00:00:00Z", facts_of('R')));
    assert_int_equal(judging_status(&judging, "X")->age_days.value, 19);
    judging_run_on(&judging,
                   judging_facts_of(&judging, "WEB01", "2026-11-19T00:00:00Z", facts_of('C')));
    assert_int_equal(judging_status(&judging, "X")->age_days.value, 0);
    judging_close(&judging);
}

static struct judged never[] = {
    {"Regressed, seen good before", "CG", "", "X=Regressed:files_older", NULL},
    {"Regressed, never seen good", "RG", "", "X=Regressed:never_effective", NULL},
    {"Regressed, nothing seen before", "G", "", "X=Regressed:files_older", NULL},
    {"Regressed, seen good long ago", "CRUG", "", "X=Regressed:files_older", NULL},
};

static void check_never(void **state)
{
    const struct judged *row = *state;
    struct judging judging;

    judging_open(&judging, X_ALL, NULL);
    for (int day = 1; row->patches[day - 1]; day++) {
        char time[32];

        (void)snprintf(time, sizeof(time), "2026-11-%02dT00:00:00Z", day);
        judging_run_on(&judging,
                       judging_facts_of(&judging, "WEB01", time, facts_of(row->patches[day - 1])));
        judging.previous = judging.made;
    }
    judging_expect(&judging, row->expected);
    judging_close(&judging);
}

/* ---- a previous document that does not fit ---- */

static struct refused {
    const char *name, *host, *time;
    const char *message; /* NULL: it fits */
} refusals[] = {
    {"of the same host, older", "WEB01", "2026-11-19T00:00:00Z", NULL},
    {"a second older", "web01", "2026-11-20T11:59:59Z", NULL},
    {"of another host", "WEB02", "2026-11-19T00:00:00Z",
     "the previous assessment is of another host: web02, not web01"},
    {"of the same time", "WEB01", FACTS_TIME,
     "the previous assessment rests on facts of 2026-11-20T12:00:00Z, which are not older than "
     "these "
     "of 2026-11-20T12:00:00Z"},
    {"later", "WEB01", "2026-11-21T00:00:00Z",
     "the previous assessment rests on facts of 2026-11-21T00:00:00Z, which are not older than "
     "these "
     "of 2026-11-20T12:00:00Z"},
};

static void check_refused(void **state)
{
    const struct refused *row = *state;
    struct prereq_error err = {0};
    struct judging judging;
    enum prereq_status status;

    judging_open(&judging, X "}", NULL);
    judging_run_on(&judging, judging_facts_of(&judging, row->host, row->time, ""));
    judging.previous = judging.made;
    judging.made = NULL;
    status = judging_try(&judging, judging_facts(&judging, ""), &err);
    if (row->message) {
        assert_int_equal(status, PREREQ_BAD_INPUT);
        assert_string_equal(err.text, row->message);
        assert_null(judging.made);
    } else {
        assert_int_equal(status, PREREQ_OK);
        assert_non_null(judging.made->previous);
    }
    judging_close(&judging);
}

/* ---- restore: what a plan took off stays remembered until it is back ---- */

static struct restored {
    const char *name, *facts;
    bool listed, waived, by_plan; /* only a plan of the assessment before names it */
} restores[] = {
    {"off", "'files':[" F("x.dll", "1.0") "]," ON("2") "," ALL_LISTS, true, false, false},
    {"older", "'files':[" F("x.dll", "1.0") "]," ON("2") "," REC, true, false, false},
    {"not known", ON("2"), true, false, false},
    {"back", "'files':[" F("x.dll", "2.0") "]," ON("2") "," REC, false, false, false},
    {"in effect and not recorded again", "'files':[" F("x.dll", "2.0") "]," ON("2") "," ALL_LISTS,
     true, false, false},
    {"superseded", "'files':[" F("x.dll", "1.0") "," F("l.dll", "2.0") "]," ON("2") "," ALL_LISTS,
     true, false, false},
    {"not applicable", "'coverage':[{'list':'features','state':'complete'}]", false, false, false},
    {"off, and waived", "'files':[" F("x.dll", "1.0") "]," ON("2") "," ALL_LISTS, false, true,
     false},
    {"only a plan names it: off", "'files':[" F("x.dll", "1.0") "]," ON("2") "," ALL_LISTS, true,
     false, true},
    {"only a plan names it: older", "'files':[" F("x.dll", "1.0") "]," ON("2") "," REC, true, false,
     true},
    {"only a plan names it: still on", "'files':[" F("x.dll", "2.0") "]," ON("1") "," REC, false,
     false, true},
    {"on, and at fault", "'files':[" F("x.dll", "2.0") "]," ON("1") "," REC, true, false, false},
};

static void check_restored(void **state)
{
    static const char waiver[] =
        "{\"format\":\"patchprereq-waivers/1.0\",\"waivers\":[{\"id\":\"W\",\"patches\":[\"X\"],"
        "\"reason\":\"r\",\"approver\":\"a\",\"approvedOn\":\"2026-01-01\","
        "\"expires\":\"2027-01-01\"}]}";
    static const char *const ids[] = {"X"};
    static const struct prereq_plan plan = {.goal = "host", .restore = ids, .restore_count = 1};
    const struct restored *row = *state;
    struct prereq_assessment before;
    struct prereq_error err = {0};
    struct judging judging;

    judging_open(&judging, X_ALL, NULL);
    judging_run_on(&judging, judging_facts_of(&judging, "WEB01", "2026-11-19T00:00:00Z", ""));
    before = *judging.made;
    before.restore = row->by_plan ? NULL : ids;
    before.restore_count = row->by_plan ? 0 : 1;
    before.plans = row->by_plan ? &plan : NULL;
    before.plan_count = row->by_plan ? 1 : 0;
    judging.previous = &before;
    if (row->waived &&
        prereq_waivers_read(judging.arena, waiver, strlen(waiver), &judging.waivers, &err))
        fail_msg("%s", err.text);
    judging_run(&judging, row->facts);
    assert_int_equal(judging.made->restore_count, row->listed ? 1 : 0);
    judging_close(&judging);
}

int main(void)
{
    const struct CMUnitTest alone[] = {cmocka_unit_test(test_age)};
    int failed = RUN_TABLE(runs, check_run);

    failed |= RUN_TABLE(never, check_never);
    failed |= RUN_TABLE(refusals, check_refused);
    failed |= RUN_TABLE(restores, check_restored);
    failed |= RUN_TESTS(alone);
    return failed;
}
