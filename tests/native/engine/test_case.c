/* SPDX-License-Identifier: MIT */
/* test_case.c - a host before a catalog: its targets and statuses, which record belongs to which,
 * and what it becomes at the restart. */
#include "verdicts.h"

#define CATALOG                                                                                    \
    PATCH("H")                                                                                     \
    FILES("h.dll", "2.0")                                                                          \
    "}," SQL_PATCH("S") ",'aliases':['KB9'],'marker':{'product':"                                  \
                        "{'product':'MSSQL','version':{'atLeast':'15.0'}}}}," SQL_PATCH(           \
                            "M") ",'msiPatches':['{M}']}"

/* Two entries with one number: for instances of 15, and for hosts of 5.0. */
#define NUMBERED                                                                                   \
    CATALOG "," SQL_PATCH("N") ",'aliases':['KB8'],'applies':{'product':{'product':'MSSQL',"       \
                               "'version':{'atLeast':'15.0'}}}}," PATCH(                           \
                                   "W") ",'aliases':['KB8'],'applies':{'os':{'version':"           \
                                        "{'equals':['5.0']}}}}"

/* ---- targets and statuses ---- */

static struct listed {
    const char *name, *facts;
    const char *ids; /* of all statuses, in their order */
} lists[] = {
    {"no instance: one status each, about the host", "", "H M S"},
    {"one instance", "'instances':[{'product':'MSSQL','name':'PROD1'}]",
     "H M@MSSQL/PROD1 S@MSSQL/PROD1"},
    {"two instances", "'instances':[{'product':'MSSQL','name':'B'},{'product':'MSSQL','name':'A'}]",
     "H M@MSSQL/A M@MSSQL/B S@MSSQL/A S@MSSQL/B"},
    {"an instance without a name", "'instances':[{'product':'MSSQL'}]", "H M@MSSQL S@MSSQL"},
    {"an instance that is not there", "'instances':[{'product':'MSSQL','status':'absent'}]",
     "H M S"},
    {"an instance that could not be looked at",
     "'instances':[{'product':'MSSQL','name':'X','status':'unavailable'}]",
     "H M@MSSQL/X S@MSSQL/X"},
    {"an instance of another product", "'instances':[{'product':'EXCHANGE'}]", "H M S"},
    {"bytes that an id may not hold", "'instances':[{'product':'MSSQL','name':'A$B#1'}]",
     "H M@MSSQL/A:24B:231 S@MSSQL/A:24B:231"},
    {"a colon and a slash are such bytes too", "'instances':[{'product':'MSSQL','name':'A:B/C'}]",
     "H M@MSSQL/A:3AB:2FC S@MSSQL/A:3AB:2FC"},
    {"dots, dashes and low lines stay", "'instances':[{'product':'MSSQL','name':'a.b-c_1'}]",
     "H M@MSSQL/a.b-c_1 S@MSSQL/a.b-c_1"},
    {"UTF-8 byte by byte", "'instances':[{'product':'MSSQL','name':'\xc3\xa9'}]",
     "H M@MSSQL/:C3:A9 S@MSSQL/:C3:A9"},
};

static void check_listed(void **state)
{
    const struct listed *row = *state;
    struct prereq_buffer ids = {0};
    struct judging judging;

    judging_open(&judging, CATALOG, NULL);
    judging_run(&judging, row->facts);
    for (size_t i = 0; i < judging.made->status_count; i++)
        prereq_buffer_addf(&ids, "%s%s", i ? " " : "", judging.made->statuses[i].id);
    assert_string_equal(ids.text, row->ids);
    prereq_buffer_free(&ids);
    judging_close(&judging);
}

/* ---- finding a status by what a person types ---- */

static struct typed {
    const char *name, *facts, *id;
    const char *found; /* NULL: nothing */
} typed[] = {
    {"the id", "", "H", "H"},
    {"without regard to case", "", "h", "H"},
    {"an alias", "'instances':[{'product':'MSSQL','name':'A'}]", "KB9@MSSQL/a", "S@MSSQL/A"},
    {"a patch on one target needs none", "'instances':[{'product':'MSSQL','name':'A'}]", "S",
     "S@MSSQL/A"},
    {"a patch on two targets needs one",
     "'instances':[{'product':'MSSQL','name':'A'},{'product':'MSSQL','name':'B'}]", "S", NULL},
    {"a target that is not there", "'instances':[{'product':'MSSQL','name':'A'}]", "S@MSSQL/B",
     NULL},
    {"no such patch", "", "Z", NULL},
    {"of two instances the one that it applies to",
     "'instances':[{'product':'MSSQL','name':'A','version':'14.0.1'},"
     "{'product':'MSSQL','name':'B','version':'15.0.1'}]",
     "N", "N@MSSQL/B"},
    {"a number of two entries: the one that applies",
     "'os':{'version':'5.0'},'instances':[{'product':'MSSQL','name':'A','version':'14.0.1'}]",
     "KB8", "W"},
    {"a number of two entries: neither applies",
     "'os':{'version':'4.0'},'instances':[{'product':'MSSQL','name':'A','version':'14.0.1'}]",
     "KB8", NULL},
    {"a number of two entries: both apply",
     "'os':{'version':'5.0'},'instances':[{'product':'MSSQL','name':'A','version':'15.0.1'}]",
     "KB8", NULL},
    {"a number of two entries: one applies, of the other it is not known",
     "'os':{'version':'5.0'},'instances':[{'product':'MSSQL','name':'A'}]", "KB8", "W"},
    {"a number and a target", "'instances':[{'product':'MSSQL','name':'A','version':'14.0.1'}]",
     "kb8@mssql/a", "N@MSSQL/A"},
};

static uint32_t choose(struct bench *bench, const char *id)
{
    struct prereq_error err = {0};
    uint32_t pair = PREREQ_NONE;
    enum prereq_status status = prereq_choose_entry(&bench->now, id, &pair, &err);

    assert_int_equal(status == PREREQ_OK, pair != PREREQ_NONE);
    assert_true(status == PREREQ_OK || (status == PREREQ_BAD_INPUT && err.text[0]));
    return pair;
}

static void check_typed(void **state)
{
    const struct typed *row = *state;
    struct bench bench;
    uint32_t pair;

    bench_open(&bench, NUMBERED, row->facts);
    pair = choose(&bench, row->id);
    if (row->found) {
        assert_int_not_equal(pair, PREREQ_NONE);
        assert_string_equal(bench.host->pairs[pair].id, row->found);
    } else {
        assert_int_equal(pair, PREREQ_NONE);
    }
    bench_close(&bench);
}

/* ---- records ---- */

#define ONE "'instances':[{'product':'MSSQL','name':'A'}],"
#define TWO "'instances':[{'product':'MSSQL','name':'A'},{'product':'MSSQL','name':'B'}],"
#define UPDATE(more) "'updates':[{" more ",'sources':[{'source':'product'}]}]"

static struct recorded {
    const char *name, *facts, *id;
    enum prereq_verdict record;
} recorded[] = {
    {"by id", UPDATE("'id':'h'"), "H", PREREQ_TRUE},
    {"another id", UPDATE("'id':'h2'"), "H", PREREQ_UNKNOWN},
    {"for the host by name", UPDATE("'id':'H','target':'HOST'"), "H", PREREQ_TRUE},
    {"for an instance", TWO UPDATE("'id':'S','target':'mssql/B'"), "S@MSSQL/B", PREREQ_TRUE},
    {"for another instance", TWO UPDATE("'id':'S','target':'MSSQL/B'"), "S@MSSQL/A",
     PREREQ_UNKNOWN},
    {"for the host, with one instance", ONE UPDATE("'id':'KB9'"), "S@MSSQL/A", PREREQ_TRUE},
    {"for the host, with two: which is not said", TWO UPDATE("'id':'KB9'"), "S@MSSQL/A",
     PREREQ_UNKNOWN},
    {"for an instance that is not there", ONE UPDATE("'id':'S','target':'MSSQL/Z'"), "S@MSSQL/A",
     PREREQ_UNKNOWN},
    {"an instance's patch is not in the hotfix keys", ONE ALL_LISTS, "S@MSSQL/A", PREREQ_UNKNOWN},
    {"an MSI patch, with one instance", ONE "'msiPatches':[{'patchCode':'{M}'}]", "M@MSSQL/A",
     PREREQ_TRUE},
    {"an MSI patch, with two: which is not said", TWO "'msiPatches':[{'patchCode':'{M}'}]",
     "M@MSSQL/A", PREREQ_UNKNOWN},
    {"an MSI patch in no whole list, with two", TWO ALL_LISTS, "M@MSSQL/B", PREREQ_FALSE},
    {"on one of two, the list whole", TWO "'msiPatches':[{'patchCode':'{M}'}]," ALL_LISTS,
     "M@MSSQL/B", PREREQ_UNKNOWN},
    {"in no whole list", ALL_LISTS, "H", PREREQ_FALSE},
    {"in a whole list", UPDATE("'id':'H'") "," ALL_LISTS, "H", PREREQ_TRUE},
};

static void check_recorded(void **state)
{
    const struct recorded *row = *state;
    struct bench bench;
    uint32_t pair;

    bench_open(&bench, CATALOG, row->facts);
    pair = choose(&bench, row->id);
    assert_int_not_equal(pair, PREREQ_NONE);
    assert_string_equal(verdict_words[bench.host->now.records[pair].value],
                        verdict_words[row->record]);
    bench_close(&bench);
}

static struct timed {
    const char *name, *sources;
    const char *first, *last; /* NULL: not known */
    unsigned from;            /* sources, bit n */
} times[] = {
    {"one", "{'source':'qfe','installedOn':'2020-01-02'}", "2020-01-02", "2020-01-02",
     1U << PREREQ_SOURCE_QFE},
    {"the earliest and the latest of several",
     "{'source':'qfe','installedOn':'2020-01-02'},"
     "{'source':'hotfix-key','installedOn':'2020-01-01T23:00:00Z'},"
     "{'source':'update-history','installedOn':'2020-03-01T01:00:00Z'}",
     "2020-01-01T23:00:00Z", "2020-03-01T01:00:00Z",
     1U << PREREQ_SOURCE_QFE | 1U << PREREQ_SOURCE_HOTFIX_KEY | 1U << PREREQ_SOURCE_HISTORY},
    {"none known", "{'source':'systeminfo'}", NULL, NULL, 1U << PREREQ_SOURCE_SYSTEMINFO},
    {"later than the facts", "{'source':'qfe','installedOn':'2026-11-20T12:00:01Z'}", NULL, NULL,
     1U << PREREQ_SOURCE_QFE},
    {"the moment of the facts", "{'source':'qfe','installedOn':'" FACTS_TIME "'}", FACTS_TIME,
     FACTS_TIME, 1U << PREREQ_SOURCE_QFE},
    {"one of two later than the facts",
     "{'source':'qfe','installedOn':'2030-01-01'},{'source':'hotfix-key','installedOn':'2020-01-01'"
     "}",
     "2020-01-01", "2020-01-01", 1U << PREREQ_SOURCE_QFE | 1U << PREREQ_SOURCE_HOTFIX_KEY},
};

static void expect_time(struct prereq_time found, const char *expected)
{
    char text[32];

    assert_int_equal(found.known, expected != NULL);
    if (!expected)
        return;
    prereq_time_format(found, text);
    assert_string_equal(text, expected);
}

static void check_timed(void **state)
{
    const struct timed *row = *state;
    const struct prereq_record_value *record;
    char facts[1024];
    struct bench bench;

    (void)snprintf(facts, sizeof(facts), "'updates':[{'id':'H','sources':[%s]}]", row->sources);
    bench_open(&bench, CATALOG, facts);
    record = &bench.host->now.records[choose(&bench, "H")];
    expect_time(record->first, row->first);
    expect_time(record->last, row->last);
    assert_int_equal(record->sources, row->from);
    bench_close(&bench);
}

/* ---- %Instance%, and what differs after the restart ---- */

static struct judged worlds[] = {
    {"a file below the instance's folder",
     SQL_PATCH("I") ",'files':[{'path':'%Instance%/bin','version':'2.0'}]}",
     "'instances':[{'product':'MSSQL','name':'A','path':'D:'}]", "I@MSSQL/A=Unknown", NULL},
    {"each instance its own file",
     SQL_PATCH("I") ",'files':[{'path':'%Instance%\\\\b.exe','version':'2.0'}]}",
     "'instances':[{'product':'MSSQL','name':'A','path':'D:\\\\A'},"
     "{'product':'MSSQL','name':'B','path':'D:\\\\B'},{'product':'MSSQL','name':'C'}],"
     "'files':[{'path':'d:\\\\a\\\\B.EXE','version':'2.0'},{'path':'D:\\\\B\\\\b.exe',"
     "'version':'1.0'},{'path':'D:\\\\AB\\\\b.exe','version':'2.0'}]",
     "I@MSSQL/A=Compliant I@MSSQL/B=Ready I@MSSQL/C=Unknown", NULL},
    {"its pending file is its own too",
     SQL_PATCH("I") ",'files':[{'path':'%Instance%\\\\b.exe','version':'2.0'}]}",
     "'instances':[{'product':'MSSQL','name':'A','path':'D:\\\\A'},"
     "{'product':'MSSQL','name':'B','path':'D:\\\\B'}],"
     "'files':[{'path':'D:\\\\A\\\\b.exe','version':'1.0','pending':{'version':'2.0'}},"
     "{'path':'D:\\\\B\\\\b.exe','version':'1.0'}]",
     "I@MSSQL/A=PendingRestart I@MSSQL/B=Ready", NULL},
};

static struct differing {
    const char *name, *facts;
    bool differs;
} differing[] = {
    {"nothing waits", "'files':[{'path':'h.dll','version':'1.0'}]", false},
    {"a file that the catalog lists", "'files':[{'path':'h.dll','pending':{'version':'2.0'}}]",
     true},
    {"a file that it does not list", "'files':[{'path':'z.dll','pending':{'version':'2.0'}}]",
     false},
    {"a rename of a listed file",
     "'pendingRestarts':[{'source':'file-rename','pending':'yes','targets':['H.dll']}]", true},
    {"a rename that is not pending",
     "'pendingRestarts':[{'source':'file-rename','pending':'no','targets':['h.dll']}]", false},
    {"a restart that is pending: nothing is, after it",
     "'pendingRestarts':[{'source':'cbs','pending':'yes'}]", true},
    {"the system", "'os':{'pending':{'build':1}}", true},
};

static void check_differing(void **state)
{
    const struct differing *row = *state;
    struct bench bench;

    bench_open(&bench, CATALOG, row->facts);
    assert_int_equal(bench.host->differs, row->differs);
    bench_close(&bench);
}

int main(void)
{
    int failed = RUN_TABLE(lists, check_listed);

    failed |= RUN_TABLE(typed, check_typed);
    failed |= RUN_TABLE(recorded, check_recorded);
    failed |= RUN_TABLE(times, check_timed);
    failed |= RUN_TABLE(worlds, check_judged);
    failed |= RUN_TABLE(differing, check_differing);
    return failed;
}
