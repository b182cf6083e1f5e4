/* SPDX-License-Identifier: MIT */
/* test_settable.c - what a step sets makes its rule true, what it takes back makes it false: a row
 * for every kind of fact that a set can name. */
#include "engine/settable.h"

#include "verdicts.h"

struct settable_row {
    const char *name;
    const char *set, *rule;
    const char *absent; /* a rule that holds while the thing is not there; NULL: there is none */
    const char *facts, *target;
};

#define INSTANCE                                                                                   \
    "'instances':[{'product':'MSSQL','name':'I','version':'14.0','level':'RTM','branch':'GDR'}]"

static struct settable_row rows[] = {
    {"os: build", "{'os':{'build':9}}", "{'os':{'build':{'equals':[9]}}}", NULL, "'os':{'build':1}",
     NULL},
    {"os: ubr", "{'os':{'ubr':9}}", "{'os':{'ubr':{'atLeast':9}}}", NULL, "'os':{'ubr':1}", NULL},
    {"os: servicePack", "{'os':{'servicePack':2}}", "{'os':{'servicePack':{'equals':[2]}}}", NULL,
     "'os':{'servicePack':1}", NULL},
    {"os: edition", "{'os':{'edition':'Pro'}}", "{'os':{'edition':{'equals':['Pro']}}}", NULL,
     "'os':{'edition':'Home'}", NULL},
    {"product: version", "{'product':{'product':'MSSQL','version':'15.0'}}",
     "{'product':{'product':'MSSQL','version':{'atLeast':'15.0'}}}", NULL, INSTANCE, NULL},
    {"product: version, whatever it was", "{'product':{'product':'MSSQL','version':'15.0'}}",
     "{'product':{'product':'MSSQL','version':{'atLeast':'1.0'}}}", NULL, INSTANCE, NULL},
    {"product: level", "{'product':{'product':'MSSQL','level':'SP1'}}",
     "{'product':{'product':'MSSQL','level':{'equals':['SP1']}}}", NULL, INSTANCE, NULL},
    {"product: branch", "{'product':{'product':'MSSQL','branch':'CU'}}",
     "{'product':{'product':'MSSQL','branch':{'equals':['CU']}}}", NULL, INSTANCE, NULL},
    {"registry: value", "{'registry':{'key':'HKLM\\\\K','name':'N','type':'REG_SZ','value':'v'}}",
     "{'registry':{'key':'hklm\\\\k','name':'n','type':'REG_SZ','text':{'equals':['v']}}}",
     "{'registry':{'key':'HKLM\\\\K','name':'N','exists':false}}", "", NULL},
    {"registry: a value that is written makes its key exist",
     "{'registry':{'key':'HKLM\\\\K','name':'N','type':'REG_SZ','value':'v'}}",
     "{'registry':{'key':'HKLM\\\\K'}}", NULL, "", NULL},
    {"registry: removed", "{'registry':{'key':'HKLM\\\\K','name':'N','removed':true}}",
     "{'registry':{'key':'HKLM\\\\K','name':'N','exists':false}}", NULL,
     "'registry':[{'key':'HKLM\\\\K','name':'N','type':'REG_SZ','value':'v'}]", NULL},
    {"registry: 32-bit view",
     "{'registry':{'key':'HKLM\\\\K','view':'32','name':'N','type':'REG_DWORD','number':4}}",
     "{'registry':{'key':'HKLM\\\\K','view':'32','name':'N','number':{'equals':[4]}}}", NULL, "",
     NULL},
    {"package: one that a rule names with *",
     "{'package':{'name':'Package_for_KB1','version':'10.0.1.2'}}",
     "{'package':{'name':'Package_for_KB1*','version':{'atLeast':'10.0.1.2'}}}", NULL, "", NULL},
    {"package: its state", "{'package':{'name':'Package_for_KB1','state':96}}",
     "{'package':{'name':'Package_for_KB1*','states':[96]}}", NULL, "", NULL},
    {"setting", "{'setting':{'kind':'variant','name':'v','number':2}}",
     "{'setting':{'kind':'variant','name':'v','number':{'equals':[2]}}}",
     "{'setting':{'kind':'variant','name':'v','exists':false}}",
     "'settings':[{'kind':'variant','name':'v','number':1}]", NULL},
    {"service", "{'service':{'name':'S','start':'disabled'}}",
     "{'service':{'name':'s','start':['disabled']}}", "{'service':{'name':'S','exists':false}}",
     "'services':[{'name':'S','start':'automatic'}]", NULL},
    {"feature", "{'feature':{'name':'F','version':'2.0'}}",
     "{'feature':{'name':'f','version':{'atLeast':'2.0'}}}", NULL,
     "'features':[{'name':'F','state':'notInstalled'}]", NULL},
    {"file", "{'file':{'path':'a.dll','version':'2.0'}}",
     "{'file':{'path':'A.dll','version':{'atLeast':'2.0'}}}",
     "{'file':{'path':'a.dll','exists':false}}", "'files':[{'path':'a.dll','version':'1.0'}]",
     NULL},
    {"file: removed", "{'file':{'path':'a.dll','removed':true}}",
     "{'file':{'path':'a.dll','exists':false}}", NULL, "'files':[{'path':'a.dll','version':'1.0'}]",
     NULL},
    {"file: of the instance that the step is about",
     "{'file':{'path':'%Instance%\\\\a.dll','version':'2.0'}}",
     "{'file':{'path':'%Instance%\\\\a.dll','version':{'atLeast':'2.0'}}}", NULL, INSTANCE,
     "MSSQL/I"},
    {"servicingStack", "{'servicingStack':'10.0.2'}", "{'servicingStack':{'atLeast':'10.0.2'}}",
     NULL, "'servicingStack':{'version':'10.0.1'}", NULL},
    {"servicingStack: whatever it was", "{'servicingStack':'10.0.2'}",
     "{'servicingStack':{'atLeast':'1.0'}}", NULL, "'servicingStack':{'version':'10.0.1'}", NULL},
};

static enum prereq_verdict judge(struct bench *bench, const char *id, const char *target)
{
    size_t patch = prereq_catalog_find(bench->judging.catalog, id);

    prereq_sitting_reset(&bench->now);
    return prereq_rule_judge(&bench->now, bench->judging.catalog->patches[patch].applies,
                             bench_target(bench, target))
        .verdict;
}

static void check_settable(void **state)
{
    const struct settable_row *row = *state;
    bool by_instance = strstr(row->facts, "MSSQL") != NULL;
    struct bench bench;
    const struct prereq_set *set;
    uint32_t target;
    char catalog[1024];

    (void)snprintf(catalog, sizeof(catalog), "%s,'applies':%s,'sets':[%s]},%s,'applies':%s}",
                   by_instance ? SQL_PATCH("R") : PATCH("R"), row->rule, row->set, PATCH("GONE"),
                   row->absent ? row->absent : "{'always':false}");
    bench_open(&bench, catalog, row->facts);
    set =
        bench.judging.catalog->patches[prereq_catalog_find(bench.judging.catalog, "R")].patch->sets;
    target = bench_target(&bench, row->target);
    assert_true(prereq_set_world(bench.host, &bench.host->now, set, target));
    assert_int_equal(judge(&bench, "R", row->target), PREREQ_TRUE);
    assert_int_equal(judge(&bench, "GONE", NULL), PREREQ_FALSE);
    prereq_unset_world(bench.host, &bench.host->now, set, target);
    assert_int_equal(judge(&bench, "R", row->target), PREREQ_FALSE);
    assert_int_equal(judge(&bench, "GONE", NULL), PREREQ_FALSE);
    assert_true(prereq_set_world(bench.host, &bench.host->now, set, target));
    assert_int_equal(judge(&bench, "R", row->target), PREREQ_TRUE);
    bench_close(&bench);
}

static const struct prereq_member *member(const struct prereq_shape *shape, const char *name)
{
    for (const struct prereq_member *one = shape->members; one->name; one++) {
        if (strcmp(one->name, name) == 0)
            return one;
    }
    fail_msg("no member %s", name);
    return NULL;
}

/* A new kind of set needs a row here, and with it one in the table. */
static void every_member_of_a_set_has_a_row(void **state)
{
    const struct prereq_shape *shape = member(&prereq_patch_shape, "sets")->shape;

    (void)state;
    for (const struct prereq_member *one = shape->members; one->name; one++) {
        bool there = false;

        for (size_t i = 0; i < PREREQ_COUNT(rows); i++)
            there |= strncmp(rows[i].name, one->name, strlen(one->name)) == 0;
        if (!there)
            fail_msg("no row for %s", one->name);
    }
}

/* What does not name the thing leaves it alone; a lower version leaves a higher one. */
static void nothing_else_is_touched(void **state)
{
    struct bench bench;
    const struct prereq_patch *patch;

    (void)state;
    bench_open(
        &bench,
        PATCH("R") ",'applies':{'file':{'path':'a.dll','version':{'atLeast':'3.0'}}},"
                   "'sets':[{'file':{'path':'b.dll','version':'1.0'}},"
                   "{'file':{'path':'a.dll','version':'2.0'}},{'servicingStack':'1.0'}]}," PATCH(
                       "S") ",'applies':{'servicingStack':{'atLeast':'10.0'}}}",
        "'files':[{'path':'a.dll','version':'3.0'}],'servicingStack':{'version':'10.0'}");
    patch = bench.judging.catalog->patches[prereq_catalog_find(bench.judging.catalog, "R")].patch;
    for (size_t i = 0; i < patch->set_count; i++)
        assert_true(prereq_set_world(bench.host, &bench.host->now, &patch->sets[i], 0));
    assert_int_equal(judge(&bench, "R", NULL), PREREQ_TRUE);
    assert_int_equal(judge(&bench, "S", NULL), PREREQ_TRUE);
    bench_close(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_member_of_a_set_has_a_row),
                                       cmocka_unit_test(nothing_else_is_touched)};
    int failed = RUN_TABLE(rows, check_settable);

    return failed | RUN_TESTS(tests);
}
