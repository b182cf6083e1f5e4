/* SPDX-License-Identifier: MIT */
/* test_plan_instances.c - plans for hosts with several instances: each step is about its own. */
#include "plans.h"

#define FACT_IS(name, version, branch)                                                             \
    "{'product':'MSSQL','name':'" name "','version':'" version "','branch':'" branch "'}"
#define UPDATE(id, of, version)                                                                    \
    "{'id':'" id "','title':'t','product':'SQL','classification':'security','branch':'" of         \
    "','applies':{'product':{'product':'MSSQL','branch':{'equals':['" of                           \
    "']}}},'marker':{'product':{'product':'MSSQL','version':{'atLeast':'" version                  \
    "'}}},'sets':[{'product':{'product':'MSSQL','version':'" version                               \
    "'}}],'commands':{'install':{'program':'" id                                                   \
    ".exe','arguments':['/action=patch','/instancename=%InstanceName%']}}}"
#define TWO_BRANCHES UPDATE("CU9", "CU", "15.0.4430.9") "," UPDATE("GDR9", "GDR", "15.0.2130.9")

static struct named {
    const char *name;
    const char *instances;
    const char *commands; /* of the steps with one, in order */
} named[] = {
    {"as collected",
     FACT_IS("PROD1", "15.0.4430.1", "CU") "," FACT_IS("SHOP", "15.0.2130.3", "GDR"),
     "CU9.exe /action=patch /instancename=PROD1; GDR9.exe /action=patch /instancename=SHOP; "},
    {"listed the other way round",
     FACT_IS("SHOP", "15.0.2130.3", "GDR") "," FACT_IS("PROD1", "15.0.4430.1", "CU"),
     "CU9.exe /action=patch /instancename=PROD1; GDR9.exe /action=patch /instancename=SHOP; "},
    {"the default instance last, and one of another product that is not there between",
     FACT_IS("SHOP", "15.0.2130.3", "GDR") ",{'product':'IIS','status':'absent'},"
                                           "{'product':'MSSQL','version':'15.0.4430.1',"
                                           "'branch':'CU'}",
     "CU9.exe /action=patch /instancename=MSSQLSERVER; "
     "GDR9.exe /action=patch /instancename=SHOP; "},
    {"one that could not be read before those that could",
     "{'product':'MSSQL','name':'OLD','status':'unavailable'}," FACT_IS(
         "SHOP", "15.0.2130.3", "GDR") "," FACT_IS("PROD1", "15.0.4430.1", "CU"),
     "CU9.exe /action=patch /instancename=PROD1; GDR9.exe /action=patch /instancename=SHOP; "},
};

static void check_named(void **state)
{
    const struct named *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, TWO_BRANCHES));
    struct prereq_buffer commands = {0};
    const struct prereq_plan *plan = make_plan(
        arena, &judge,
        read_facts(arena, prereq_printf(arena, SP("6") ",'instances':[%s]", row->instances)), NULL,
        "host");

    for (size_t i = 0; i < plan->step_count; i++) {
        if (plan->steps[i].command)
            prereq_buffer_addf(&commands, "%s; ", plan->steps[i].command);
    }
    assert_string_equal(commands.text ? commands.text : "", row->commands);
    prereq_buffer_free(&commands);
    prereq_arena_free(arena);
}

/* ---- a group that several alternatives would satisfy is decided on each instance anew ---- */

#define BY_HAND(name)                                                                              \
    "{'rule':{'setting':{'kind':'external','name':'" name                                          \
    "','text':{'equals':['yes']}}},'remedy':{'action':'manual','verify':'look','text':'"           \
    "switch " name " on','sets':[{'setting':{'kind':'external','name':'" name                      \
    "','value':'yes'}}]}}"
#define EITHER(a, b) "{'why':'one of two.','anyOf':[" BY_HAND(a) "," BY_HAND(b) "]}"
#define ASKING                                                                                     \
    "{'id':'U','title':'t','product':'SQL','classification':'security','marker':{'product':{"      \
    "'product':'MSSQL','version':{'atLeast':'13.0.9'}}},'sets':[{'product':{'product':'MSSQL',"    \
    "'version':'13.0.9'}}],'commands':{'install':{'program':'u.exe'}},'prerequisites':[" EITHER(   \
        "a", "b") "," EITHER("c", "d") "]}"
#define NOT_YET(name) "{'kind':'external','name':'" name "','value':'no'}"

static const struct prereq_facts *host_of(struct prereq_arena *arena, size_t instances)
{
    struct prereq_buffer text = {0};
    const struct prereq_facts *facts;

    prereq_buffer_add(&text, SP("6") ",'settings':[" NOT_YET("a") "," NOT_YET("b") "," NOT_YET(
                                 "c") "," NOT_YET("d") "],'instances':[");
    for (size_t i = 0; i < instances; i++)
        prereq_buffer_addf(&text, "%s{'product':'MSSQL','name':'I%02zu','version':'13.0.4'}",
                           i ? "," : "", i);
    prereq_buffer_add(&text, "]");
    facts = read_facts(arena, text.text);
    prereq_buffer_free(&text);
    return facts;
}

static void more_decisions_than_groups_and_statuses(void **state)
{
    static const size_t counts[] = {1, 2, 3, 5, 20};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(counts); i++) {
        struct prereq_arena *arena = new_arena();
        struct prereq_judge judge = judge_of(read_catalog(arena, ASKING));
        const struct prereq_plan *plan =
            make_plan(arena, &judge, host_of(arena, counts[i]), NULL, "host");
        size_t manual = 0, installed = 0;

        assert_int_equal(plan->result, PREREQ_PLAN_PLANNED);
        for (size_t k = 0; k < plan->step_count; k++) {
            manual += plan->steps[k].action == PREREQ_STEP_MANUAL;
            installed += plan->steps[k].action == PREREQ_STEP_INSTALL;
        }
        assert_int_equal(manual, 2);
        assert_int_equal(installed, counts[i]);
        prereq_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest decisions[] = {
        cmocka_unit_test(more_decisions_than_groups_and_statuses)};
    int failed = RUN_TABLE(named, check_named);

    return RUN_TESTS(decisions) || failed;
}
