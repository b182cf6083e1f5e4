/* SPDX-License-Identifier: MIT */
/* test_assess.c - what stands beside the states: required, actionable, waived, due, blocked by,
 * warnings, and what every order of the facts leaves alike. */
#include "judging.h"

#define F(path, version) "{'path':'" path "','version':'" version "'}"
#define X PATCH("X") FILES("x.dll", "2.0")
#define OLDER "'files':[" F("x.dll", "1.0") "]"

/* ---- required ---- */

static struct required {
    const char *name, *patches, *facts, *policy;
    const char *required; /* ids of those that are, in order of id */
    const char *scope;
} required[] = {
    {"a security patch", X "}", OLDER, NULL, "X", NULL},
    {"an update is not, by default", ENTRY("X", "P", "update") "}", "", NULL, "", NULL},
    {"an update, where all are", ENTRY("X", "P", "update") "}", "", "'require':[{'updates':'all'}]",
     "X", NULL},
    {"nothing, where none is", X "}", "", "'require':[{'updates':'none'}]", "", NULL},
    {"a preview never", ENTRY("X", "P", "preview") "}", "", "'require':[{'updates':'all'}]", "",
     NULL},
    {"a configuration never", ENTRY("X", "P", "configuration") ",'kind':'configuration'}", "",
     "'require':[{'updates':'all'}]", "", NULL},
    {"one that does not apply", IIS_PATCH("X") "}",
     "'coverage':[{'list':'features','state':'complete'}]", NULL, "", NULL},
    {"one that is not known to apply", IIS_PATCH("X") "}", "", NULL, "", NULL},
    {"one that was withdrawn", X ",'withdrawn':'2020-01-01'}", "", NULL, "", NULL},
    {"superseded by one that applies", X "}," PATCH("Y") ",'supersedes':['X']}", "", NULL, "Y",
     NULL},
    {"superseded through one that is withdrawn",
     X "}," PATCH("Y") ",'supersedes':['X'],'withdrawn':'2020-01-01'}," PATCH(
         "Z") ",'supersedes':['Y']}",
     "", NULL, "Z", NULL},
    {"superseded only by one that was withdrawn",
     X "}," PATCH("Y") ",'supersedes':['X'],'withdrawn':'2020-01-01'}", "", NULL, "X", NULL},
    {"superseded only by a preview", X "}," ENTRY("Y", "P", "preview") ",'supersedes':['X']}", "",
     NULL, "X", NULL},
    {"superseded only by one that does not apply", X "}," IIS_PATCH("Y") ",'supersedes':['X']}",
     "'coverage':[{'list':'features','state':'complete'}]", NULL, "X", NULL},
    {"superseded only by an update, where updates are not required",
     X "}," ENTRY("Y", "P", "update") ",'supersedes':['X']}", "", NULL, "X", NULL},
    {"superseded by an update, where all are required",
     X "}," ENTRY("Y", "P", "update") ",'supersedes':['X']}", "", "'require':[{'updates':'all'}]",
     "Y", NULL},
    {"through an update that is not required, by a security patch above it",
     X "}," ENTRY("Y", "P", "update") ",'supersedes':['X']}," PATCH("Z") ",'supersedes':['Y']}", "",
     NULL, "Z", NULL},
    {"superseded only by a level that the policy does not ask for",
     X "}," LEVEL("S1") ",'supersedes':['X']}", "", "'require':[{'level':'none'}]", "X", NULL},
    {"superseded by a level", X "}," LEVEL("S1") ",'supersedes':['X']}", "", NULL, "S1", NULL},
    {"superseded only by a level above the named one",
     X "}," LEVEL("S1") "}," LEVEL("S2") ",'supersedes':['S1','X']}", "",
     "'require':[{'level':'S1'}]", "S1 X", NULL},
    {"a level below an update that is not required",
     LEVEL("S1") "}," ENTRY("Y", "P", "update") ",'supersedes':['S1']}", "", NULL, "S1", NULL},
    {"the newest level", LEVEL("S1") "}," LEVEL("S2") ",'supersedes':['S1']}", "", NULL, "S2",
     NULL},
    {"the newest level that was not withdrawn",
     LEVEL("S1") "}," LEVEL("S2") ",'supersedes':['S1'],'withdrawn':'2020-01-01'}", "", NULL, "S1",
     NULL},
    {"no level", LEVEL("S1") "}," X "}", "", "'require':[{'level':'none'}]", "X", NULL},
    {"a named level", LEVEL("S1") "}," LEVEL("S2") ",'supersedes':['S1']}", "",
     "'require':[{'level':'s1'}]", "S1", NULL},
    {"a named level by its alias",
     LEVEL("S1") ",'aliases':['Q1']}," LEVEL("S2") ",'supersedes':['S1']}", "",
     "'require':[{'level':'Q1'}]", "S1", NULL},
    {"the first requirement that matches the product decides", X "}," IIS_PATCH("Y") "}",
     "'features':[{'name':'IIS'}]",
     "'require':[{'product':'I*','updates':'none'},{'product':'IIS','updates':'all'}]", "X", NULL},
    {"behind them all stands the default", X "}", "", "'require':[{'product':'IIS'}]", "X", NULL},
    {"the group is of the scope", X "}", "", "'require':[{'groups':['web*'],'updates':'none'}]", "",
     "host,group\nWEB01,webfarm\n"},
    {"the group of another host", X "}", "", "'require':[{'groups':['web*'],'updates':'none'}]",
     "X", "host,group\nWEB02,webfarm\n"},
};

static void read_scope(struct judging *judging, const char *csv)
{
    struct prereq_error err = {0};

    if (csv && prereq_scope_read(judging->arena, csv, strlen(csv), &judging->scope, &err))
        fail_msg("%s", err.text);
}

static void check_required(void **state)
{
    const struct required *row = *state;
    struct prereq_buffer ids = {0};
    struct judging judging;

    judging_open(&judging, row->patches, row->policy);
    read_scope(&judging, row->scope);
    judging_run(&judging, row->facts);
    for (size_t i = 0; i < judging.made->status_count; i++) {
        const struct prereq_status_row *status = &judging.made->statuses[i];

        assert_int_equal(status->counts, status->required);
        if (status->required == PREREQ_FLAG_TRUE)
            prereq_buffer_addf(&ids, "%s%s", ids.len ? " " : "", status->id);
    }
    assert_string_equal(ids.text ? ids.text : "", row->required);
    prereq_buffer_free(&ids);
    judging_close(&judging);
}

/* A patch that nothing required supersedes stays to be done, and so does what the policy names by
 * id. */
static void what_is_not_required_takes_no_place(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(
        &judging,
        X "}," ENTRY("Y", "P", "update") FILES("y.dll", "2.0") ",'supersedes':['X']}," LEVEL("S1")
            FILES("s.dll", "1.0") "}," LEVEL("S2") FILES("s.dll", "2.0") ",'supersedes':['S1']}",
        "'require':[{'level':'S1'}]");
    judging_run(&judging, "'files':[" F("x.dll", "1.0") "," F("y.dll", "1.0") "," F(
                              "s.dll", "0.9") "]," ALL_LISTS);
    judging_expect(&judging, "X=Ready Y=Ready S1=Ready S2=Ready");
    assert_int_equal(judging_status(&judging, "X")->actionable, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "X")->counts, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "S1")->actionable, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "S1")->counts, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "S2")->counts, PREREQ_FLAG_FALSE);
    judging_close(&judging);
}

/* A later one that is not required makes an earlier one good all the same. */
static void what_is_not_required_may_satisfy(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(&judging,
                 X "}," ENTRY("Y", "P", "update") FILES("y.dll", "2.0") ",'supersedes':['X']}",
                 NULL);
    judging_run(&judging, "'files':[" F("x.dll", "1.0") "," F("y.dll", "2.0") "]," ALL_LISTS);
    judging_expect(&judging, "X=Superseded:superseded Y=Compliant");
    assert_int_equal(judging_status(&judging, "X")->required, PREREQ_FLAG_TRUE);
    judging_close(&judging);
}

/* Each branch has its own line of levels and patches. */
#define BRANCHES                                                                                   \
    SQL_LEVEL("C1")                                                                                \
    ",'branch':'CU'}," SQL_LEVEL("C2") ",'branch':'CU','supersedes':['C1','G2']}," SQL_LEVEL(      \
        "G1") ",'branch':'GDR'}," SQL_LEVEL("G2") ",'branch':'GDR','supersedes':['G1']}"
#define ON(branch) "'instances':[{'product':'MSSQL'" branch "}]"

/* A later level that nobody requires hides nothing of the one that the policy names. */
static void what_the_policy_names_is_a_finding(void **state)
{
    struct judging judging;
    struct prereq_summary summary;

    (void)state;
    judging_open(&judging,
                 LEVEL("S1") FILES("s.dll", "1.0") "}," LEVEL("S2")
                     FILES("s.dll", "2.0") ",'supersedes':['S1']}",
                 "'require':[{'level':'S1'}]");
    judging_run(&judging, "'files':[" F("s.dll", "0.9") "]," ALL_LISTS);
    judging_expect(&judging, "S1=Ready S2=Ready");
    assert_int_equal(judging_status(&judging, "S1")->counts, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "S1")->actionable, PREREQ_FLAG_TRUE);
    assert_true(prereq_status_open(judging_status(&judging, "S1")));
    assert_false(prereq_status_open(judging_status(&judging, "S2")));
    prereq_summarize(judging.made, judging.made->evaluated, &summary);
    assert_int_equal(summary.required_count.value, 1);
    assert_int_equal(summary.count_of[PREREQ_STATE_READY].value, 1);
    assert_int_equal(summary.compliance_percent.value, 0);
    assert_int_equal(summary.worst_state.value, PREREQ_STATE_READY);
    judging_close(&judging);
}

static struct required branches[] = {
    {"on the branch that the target is on: GDR", BRANCHES, ON(",'branch':'GDR'"), NULL, "G2@MSSQL",
     NULL},
    {"on the branch that the target is on: CU", BRANCHES, ON(",'branch':'CU'"), NULL, "C2@MSSQL",
     NULL},
    {"a requirement for one branch only", BRANCHES, ON(",'branch':'CU'"),
     "'require':[{'branch':'GDR'},{'level':'none'}]", "", NULL},
};

/* ---- actionable ---- */

static void test_actionable(void **state)
{
    struct judging judging;

    (void)state;
    judging_open(&judging,
                 X "}," PATCH("Y") FILES("y.dll", "2.0") ",'supersedes':['X']}," PATCH("W")
                     FILES("w.dll", "2.0") ",'withdrawn':'2020-01-01'}," PATCH("V")
                         FILES("v.dll", "2.0") "}",
                 NULL);
    judging_run(&judging, "'files':[" F("x.dll", "1.0") "," F("y.dll", "1.0") "," F(
                              "w.dll", "1.0") "," F("v.dll", "2.0") "]," ALL_LISTS);
    judging_expect(&judging, "X=Ready Y=Ready W=Ready:withdrawn V=Compliant");
    assert_int_equal(judging_status(&judging, "X")->actionable, PREREQ_FLAG_FALSE);
    assert_string_equal(judging_status(&judging, "X")->superseded_by, "Y");
    assert_int_equal(judging_status(&judging, "Y")->actionable, PREREQ_FLAG_TRUE);
    assert_int_equal(judging_status(&judging, "W")->actionable, PREREQ_FLAG_FALSE);
    assert_int_equal(judging_status(&judging, "V")->actionable, PREREQ_FLAG_TRUE);
    judging_close(&judging);
}

/* ---- when it is due ---- */

#define RELEASED X ",'severity':'Critical','released':'2026-11-01'}"
#define REC "'updates':[{'id':'X','sources':[{'source':'hotfix-key'}]}]"

static struct due {
    const char *name, *patches, *facts, *scope;
    const char *due; /* NULL: none */
    uint64_t overdue;
    uint64_t sla;
} dues[] = {
    {"Ready: from the release", RELEASED, OLDER "," ALL_LISTS, NULL, "2026-11-15", 5, 14},
    {"Ready: from the day that the host came into scope", RELEASED, OLDER "," ALL_LISTS,
     "host,from\nweb01,2026-11-10\n", "2026-11-24", 0, 14},
    {"Ready: a host in scope from before the release", RELEASED, OLDER "," ALL_LISTS,
     "host,from\nweb01,2020-11-10\n", "2026-11-15", 5, 14},
    {"Blocked: from the release",
     X ",'severity':'Critical','released':'2026-11-01'" NEEDS(
         "{'rule':{'os':{'servicePack':{'atLeast':2}}}}", "") "}",
     OLDER ",'os':{'servicePack':1}," ALL_LISTS, NULL, "2026-11-15", 5, 14},
    {"Regressed: from the day it was seen", RELEASED, OLDER "," REC, NULL, "2026-12-04", 0, 14},
    {"OutOfOrder: from the day it was seen",
     X ",'severity':'Low','released':'2026-11-01'" NEEDS(
         "{'rule':{'os':{'servicePack':{'atLeast':2}}}}", "") "}",
     OLDER ",'os':{'servicePack':1}," REC, NULL, "2027-02-18", 0, 90},
    {"Unknown: none", RELEASED, "", NULL, NULL, 0, 14},
    {"Compliant: none", RELEASED, "'files':[" F("x.dll", "2.0") "]", NULL, NULL, 0, 14},
    {"a release that is not known: none", X "}", OLDER "," ALL_LISTS, NULL, NULL, 0, 30},
    {"one that does not count: none",
     ENTRY("X", "P", "update") FILES("x.dll", "2.0") ",'released':'2026-11-01'}",
     OLDER "," ALL_LISTS, NULL, NULL, 0, 30},
};

static void check_due(void **state)
{
    const struct due *row = *state;
    const struct prereq_status_row *status;
    struct judging judging;
    char text[32];

    judging_open(&judging, row->patches, NULL);
    read_scope(&judging, row->scope);
    judging_run(&judging, row->facts);
    status = judging_status(&judging, "X");
    assert_int_equal(status->sla_days.value, row->sla);
    assert_int_equal(status->due_date.known, row->due != NULL);
    assert_int_equal(status->overdue_days.value, row->overdue);
    if (row->due) {
        prereq_time_format(status->due_date, text);
        assert_string_equal(text, row->due);
    }
    judging_close(&judging);
}

/* ---- waivers ---- */

#define WAIVERS(more)                                                                              \
    "{\"format\":\"patchprereq-waivers/1.0\",\"waivers\":[{\"id\":\"W1\",\"reason\":\"r\","        \
    "\"approver\":\"a\",\"approvedOn\":\"2026-01-01\"," more "}]}"

static struct waived {
    const char *name, *waivers;
    bool waived;
    size_t matched;
} waivers[] = {
    {"of the patch", WAIVERS("\"patches\":[\"X\"],\"expires\":\"2026-12-31\""), true, 1},
    {"through the end of its last day", WAIVERS("\"patches\":[\"X\"],\"expires\":\"2026-11-20\""),
     true, 1},
    {"expired the day before: it is told and excuses nothing",
     WAIVERS("\"patches\":[\"X\"],\"expires\":\"2026-11-19\""), false, 1},
    {"of another patch", WAIVERS("\"patches\":[\"Y\"],\"expires\":\"2026-12-31\""), false, 0},
    {"of another host", WAIVERS("\"hosts\":[\"db*\"],\"expires\":\"2026-12-31\""), false, 0},
    {"of this host", WAIVERS("\"hosts\":[\"web*\"],\"expires\":\"2026-12-31\""), true, 1},
    {"of the host as target", WAIVERS("\"targets\":[\"host\"],\"expires\":\"2026-12-31\""), true,
     1},
    {"of another target", WAIVERS("\"targets\":[\"MSSQL/A\"],\"expires\":\"2026-12-31\""), false,
     0},
};

static const char *const waived_facts[] = {
    OLDER "," ALL_LISTS,
    OLDER "," REC,
    "'files':[" F("x.dll", "2.0") "]",
    "",
};

static void check_waived(void **state)
{
    const struct waived *row = *state;

    for (size_t i = 0; i < PREREQ_COUNT(waived_facts); i++) {
        const struct prereq_status_row *status;
        struct prereq_error err = {0};
        struct judging judging;
        int without;

        judging_open(&judging, X "}", NULL);
        judging_run(&judging, waived_facts[i]);
        without = judging_state(&judging, "X");
        if (prereq_waivers_read(judging.arena, row->waivers, strlen(row->waivers), &judging.waivers,
                                &err))
            fail_msg("%s", err.text);
        judging_run(&judging, waived_facts[i]);
        status = judging_status(&judging, "X");
        assert_int_equal(status->state, without);
        assert_int_equal(status->waived == PREREQ_FLAG_TRUE, row->waived);
        assert_int_equal(status->waiver_id != NULL, row->waived);
        assert_int_equal(judging.made->waiver_count, row->matched);
        judging_close(&judging);
    }
}

/* ---- what blocks it, and warnings ---- */

static void test_blocked_by(void **state)
{
    const struct prereq_status_row *status;
    struct judging judging;

    (void)state;
    judging_open(&judging,
                 X ",'prerequisites':[{'anyOf':[{'patch':'A'}],'why':'needs A'},"
                   "{'anyOf':[{'rule':{'file':{'path':'g.dll'}},'title':'the file g'}],'why':'g'},"
                   "{'anyOf':[{'rule':{'freeSpace':{'volume':'system','atLeast':9}},"
                   "'title':'room'}],'why':'s'}]}," PATCH("A") FILES("a.dll", "1.0") "}",
                 NULL);
    judging_run(&judging, "'files':[" F("x.dll", "1.0") "," F(
                              "a.dll", "1.0") ",{'path':'g.dll','status':'absent'}],"
                                              "'volumes':[{'role':'system','freeBytes':1}]");
    status = judging_status(&judging, "X");
    assert_int_equal(status->state, PREREQ_STATE_BLOCKED);
    assert_int_equal(status->blocked_by_count, 2);
    assert_string_equal(status->blocked_by[0], "the file g");
    assert_string_equal(status->blocked_by[1], "room");
    assert_int_equal(status->prerequisite_count, 3);
    assert_string_equal(status->prerequisites[1].id, "X/2.1");
    assert_int_equal(status->prerequisites[0].satisfied, PREREQ_SATISFIED_YES);
    assert_int_equal(status->prerequisites[1].satisfied, PREREQ_SATISFIED_NO);
    assert_int_equal(status->prerequisites[2].holds, PREREQ_HOLDS_BEFORE);
    /* Once it is on, what matters only before it blocks nothing. */
    judging_run(&judging, "'files':[" F("x.dll", "2.0") "," F(
                              "a.dll", "1.0") ",{'path':'g.dll','status':'absent'}],"
                                              "'volumes':[{'role':'system','freeBytes':1}]," REC);
    status = judging_status(&judging, "X");
    assert_int_equal(status->state, PREREQ_STATE_OUT_OF_ORDER);
    assert_int_equal(status->blocked_by_count, 1);
    assert_string_equal(status->blocked_by[0], "the file g");
    judging_close(&judging);
}

#define CAUTION(when) ",'cautions':[{'text':'mind the gap'" when "}]"
#define G_GONE "{'path':'g.dll','status':'absent'}"

static struct warned {
    const char *name, *patches, *facts;
    const char *warning;
    size_t count;
} warnings[] = {
    {"a caution", X CAUTION("") "}", OLDER "," ALL_LISTS, "mind the gap", 1},
    {"a caution whose rule holds", X CAUTION(",'when':{'file':{'path':'x.dll'}}") "}",
     OLDER "," ALL_LISTS, "mind the gap", 1},
    {"a caution whose rule does not hold", X CAUTION(",'when':{'file':{'path':'g.dll'}}") "}",
     "'files':[" F("x.dll", "1.0") "," G_GONE "]," ALL_LISTS, NULL, 0},
    {"a caution whose rule is not known", X CAUTION(",'when':{'file':{'path':'g.dll'}}") "}",
     OLDER "," ALL_LISTS, "mind the gap", 1},
    {"a caution of one that is on", X CAUTION("") "}", "'files':[" F("x.dll", "2.0") "]", NULL, 0},
    {"newer than the highest known", X "}", "'files':[" F("x.dll", "3.0") "]", "newer", 1},
    {"an unmet prerequisite of one without a record",
     X NEEDS("{'rule':{'file':{'path':'g.dll'}},'title':'the file g'}", "") "}",
     "'files':[" F("x.dll", "2.0") "," G_GONE "]," ALL_LISTS, "the file g", 1},
    {"an unmet prerequisite of one that has no record by nature",
     X ",'noRecord':true" NEEDS("{'rule':{'file':{'path':'g.dll'}},'title':'the file g'}", "") "}",
     "'files':[" F("x.dll", "2.0") "," G_GONE "]", "the file g", 1},
};

static void check_warned(void **state)
{
    const struct warned *row = *state;
    const struct prereq_status_row *status;
    struct judging judging;

    judging_open(&judging, row->patches, NULL);
    judging_run(&judging, row->facts);
    status = judging_status(&judging, "X");
    assert_int_equal(status->warning_count, row->count);
    if (row->warning)
        assert_true(judging_warns(status, row->warning));
    judging_close(&judging);
}

int main(void)
{
    const struct CMUnitTest alone[] = {
        cmocka_unit_test(what_is_not_required_takes_no_place),
        cmocka_unit_test(what_is_not_required_may_satisfy),
        cmocka_unit_test(test_actionable),
        cmocka_unit_test(what_the_policy_names_is_a_finding),
        cmocka_unit_test(test_blocked_by),
    };
    int failed = RUN_TABLE(required, check_required);

    failed |= RUN_TABLE(branches, check_required);
    failed |= RUN_TABLE(dues, check_due);
    failed |= RUN_TABLE(waivers, check_waived);
    failed |= RUN_TABLE(warnings, check_warned);
    failed |= RUN_TESTS(alone);
    return failed;
}
