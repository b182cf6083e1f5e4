/* SPDX-License-Identifier: MIT */
/* test_state_table.c - every cell of the table of states, then superseders and the projection. */
#include "judging.h"

/* One letter each: T F U as in the table; E could not be read; N not applicable; - there is none.
 */
struct cell {
    const char *name;
    char record, effect;
    char always, before; /* a group that holds always, one that matters only until it is on */
    char fault; /* O installed before its prerequisite, V voided later, D voided, and not known to
                   be cleared; o v: the same in the right order */
    char later; /* a later patch: T in effect, F not */
    const char *expected;
};

static struct cell cells[] = {
    /* recorded, in effect */
    {"record T, effect T", 'T', 'T', '-', '-', '-', '-', "Compliant:sound"},
    {"record T, effect T, group T", 'T', 'T', 'T', '-', '-', '-', "Compliant:sound"},
    {"record T, effect T, group NA", 'T', 'T', 'N', '-', '-', '-', "Compliant:sound"},
    {"record T, effect T, group F", 'T', 'T', 'F', '-', '-', '-', "OutOfOrder:prerequisite_unmet"},
    {"record T, effect T, group U", 'T', 'T', 'U', '-', '-', '-', "Unknown:not_collected"},
    {"record T, effect T, group E", 'T', 'T', 'E', '-', '-', '-', "Unknown:access_denied"},
    {"record T, effect T, before F", 'T', 'T', 'T', 'F', '-', '-', "Compliant:sound"},
    {"record T, effect T, before U", 'T', 'T', 'T', 'U', '-', '-', "Compliant:sound"},
    {"record T, effect T, order", 'T', 'T', 'T', '-', 'O', '-',
     "OutOfOrder:installed_before_prerequisite"},
    {"record T, effect T, in order", 'T', 'T', 'T', '-', 'o', '-', "Compliant:sound"},
    {"record T, effect T, void", 'T', 'T', 'T', '-', 'V', '-', "OutOfOrder:voided_later"},
    {"record T, effect T, event before", 'T', 'T', 'T', '-', 'v', '-', "Compliant:sound"},
    {"record T, effect T, void, not known to be cleared", 'T', 'T', 'T', '-', 'D', '-',
     "OutOfOrder:voided_later"},
    {"record T, effect T, group F and order", 'T', 'T', 'F', '-', 'O', '-', "OutOfOrder"},
    {"record T, effect T, group U and order: the fault is proven", 'T', 'T', 'U', '-', 'O', '-',
     "OutOfOrder:installed_before_prerequisite"},
    {"record T, effect T, group E and void: the fault is proven", 'T', 'T', 'E', '-', 'V', '-',
     "OutOfOrder:voided_later"},
    /* recorded, not in effect */
    {"record T, effect F", 'T', 'F', '-', '-', '-', '-', "Regressed:files_older"},
    {"record T, effect F, group T", 'T', 'F', 'T', '-', '-', '-', "Regressed:files_older"},
    {"record T, effect F, group NA", 'T', 'F', 'N', '-', '-', '-', "Regressed:files_older"},
    {"record T, effect F, group F", 'T', 'F', 'F', '-', '-', '-', "OutOfOrder:prerequisite_unmet"},
    {"record T, effect F, group U", 'T', 'F', 'U', '-', '-', '-', "Regressed:files_older"},
    {"record T, effect F, group E", 'T', 'F', 'E', '-', '-', '-', "Regressed:files_older"},
    {"record T, effect F, before F", 'T', 'F', 'T', 'F', '-', '-', "Regressed:files_older"},
    {"record T, effect F, order", 'T', 'F', 'T', '-', 'O', '-',
     "OutOfOrder:installed_before_prerequisite"},
    {"record T, effect F, void", 'T', 'F', 'U', '-', 'V', '-', "OutOfOrder:voided_later"},
    {"record T, effect F, void, not known to be cleared", 'T', 'F', 'T', '-', 'D', '-',
     "OutOfOrder:voided_later"},
    /* recorded, effect not known */
    {"record T, effect U", 'T', 'U', '-', '-', '-', '-', "Unknown:record_only"},
    {"record T, effect E", 'T', 'E', 'T', '-', '-', '-', "Unknown:record_only"},
    {"record T, effect U, group F", 'T', 'U', 'F', '-', '-', '-', "OutOfOrder:prerequisite_unmet"},
    {"record T, effect E, group F", 'T', 'E', 'F', '-', '-', '-', "OutOfOrder:prerequisite_unmet"},
    {"record T, effect U, group U", 'T', 'U', 'U', '-', '-', '-', "Unknown:record_only"},
    {"record T, effect U, before F", 'T', 'U', 'T', 'F', '-', '-', "Unknown:record_only"},
    {"record T, effect U, order", 'T', 'U', 'T', '-', 'O', '-',
     "OutOfOrder:installed_before_prerequisite"},
    {"record T, effect U, void", 'T', 'U', 'T', '-', 'V', '-', "OutOfOrder:voided_later"},
    /* known not to be recorded */
    {"record F, effect T", 'F', 'T', '-', '-', '-', '-', "Compliant:effect_without_record"},
    {"record F, effect T, group F: a warning", 'F', 'T', 'F', '-', '-', '-',
     "Compliant:effect_without_record"},
    {"record F, effect T, group U", 'F', 'T', 'U', '-', '-', '-',
     "Compliant:effect_without_record"},
    {"record F, effect T, before F", 'F', 'T', '-', 'F', '-', '-',
     "Compliant:effect_without_record"},
    {"record F, effect F", 'F', 'F', '-', '-', '-', '-', "Ready:ready"},
    {"record F, effect F, groups T", 'F', 'F', 'T', 'T', '-', '-', "Ready:ready"},
    {"record F, effect F, group NA", 'F', 'F', 'N', '-', '-', '-', "Ready:ready"},
    {"record F, effect F, group F", 'F', 'F', 'F', '-', '-', '-', "Blocked:prerequisite_unmet"},
    {"record F, effect F, before F", 'F', 'F', 'T', 'F', '-', '-', "Blocked:prerequisite_unmet"},
    {"record F, effect F, group U", 'F', 'F', 'U', '-', '-', '-', "Unknown:not_collected"},
    {"record F, effect F, group E", 'F', 'F', 'E', '-', '-', '-', "Unknown:access_denied"},
    {"record F, effect F, before U", 'F', 'F', 'T', 'U', '-', '-', "Unknown:not_collected"},
    {"record F, effect F, group F, before U", 'F', 'F', 'F', 'U', '-', '-', "Blocked"},
    {"record F, effect F, group U, before F", 'F', 'F', 'U', 'F', '-', '-', "Blocked"},
    {"record F, effect U", 'F', 'U', '-', '-', '-', '-', "Unknown:not_collected"},
    {"record F, effect E", 'F', 'E', '-', '-', '-', '-', "Unknown:access_denied"},
    {"record F, effect U, group F", 'F', 'U', 'F', '-', '-', '-', "Blocked:prerequisite_unmet"},
    {"record F, effect E, group F", 'F', 'E', 'F', '-', '-', '-', "Blocked:prerequisite_unmet"},
    {"record F, effect U, before F: always groups only", 'F', 'U', 'T', 'F', '-', '-',
     "Unknown:not_collected"},
    {"record F, effect U, group U", 'F', 'U', 'U', '-', '-', '-', "Unknown:not_collected"},
    /* record not known */
    {"record U, effect T", 'U', 'T', '-', '-', '-', '-', "Compliant:sound"},
    {"record U, effect T, group T", 'U', 'T', 'T', '-', '-', '-', "Compliant:sound"},
    {"record U, effect T, group NA", 'U', 'T', 'N', '-', '-', '-', "Compliant:sound"},
    {"record U, effect T, group F", 'U', 'T', 'F', '-', '-', '-', "Unknown:not_collected"},
    {"record U, effect T, group U", 'U', 'T', 'U', '-', '-', '-', "Unknown:not_collected"},
    {"record U, effect T, before F", 'U', 'T', 'T', 'F', '-', '-', "Compliant:sound"},
    {"record U, effect F", 'U', 'F', '-', '-', '-', '-', "Ready:ready"},
    {"record U, effect F, group F", 'U', 'F', 'F', '-', '-', '-', "Blocked:prerequisite_unmet"},
    {"record U, effect F, before F", 'U', 'F', 'T', 'F', '-', '-', "Blocked:prerequisite_unmet"},
    {"record U, effect F, group U", 'U', 'F', 'U', '-', '-', '-', "Unknown:not_collected"},
    {"record U, effect U", 'U', 'U', '-', '-', '-', '-', "Unknown:not_collected"},
    {"record U, effect U, group F", 'U', 'U', 'F', '-', '-', '-', "Blocked:prerequisite_unmet"},
    {"record U, effect U, before F", 'U', 'U', 'T', 'F', '-', '-', "Unknown:not_collected"},
    /* with a later one in effect: Compliant where all is well, else Superseded */
    {"later T, record T, effect T", 'T', 'T', 'T', '-', '-', 'T', "Compliant:sound"},
    {"later T, record T, effect T, group F", 'T', 'T', 'F', '-', '-', 'T', "Superseded"},
    {"later T, record T, effect T, group U", 'T', 'T', 'U', '-', '-', 'T', "Superseded"},
    {"later T, record T, effect T, order", 'T', 'T', 'T', '-', 'O', 'T', "Superseded"},
    {"later T, record T, effect U", 'T', 'U', 'T', '-', '-', 'T', "Superseded"},
    {"later T, record F, effect T", 'F', 'T', 'T', '-', '-', 'T',
     "Compliant:effect_without_record"},
    {"later T, record F, effect T, group F", 'F', 'T', 'F', '-', '-', 'T', "Superseded"},
    {"later T, record F, effect F", 'F', 'F', 'T', '-', '-', 'T', "Superseded:superseded"},
    {"later T, record F, effect F, group F", 'F', 'F', 'F', '-', '-', 'T', "Superseded"},
    {"later T, record F, effect U", 'F', 'U', 'T', '-', '-', 'T', "Superseded"},
    {"later T, record U, effect T", 'U', 'T', 'T', '-', '-', 'T', "Compliant:sound"},
    {"later T, record U, effect F", 'U', 'F', 'T', '-', '-', 'T', "Superseded"},
    {"later T, record U, effect U, group F", 'U', 'U', 'F', '-', '-', 'T', "Superseded"},
    {"later F does not count", 'F', 'F', 'T', '-', '-', 'F', "Ready:ready"},
    {"later F does not count, group F", 'T', 'T', 'F', '-', '-', 'F', "OutOfOrder"},
};

struct text {
    char bytes[4096];
};

static void add(struct text *text, const char *more)
{
    size_t len = strlen(text->bytes);

    assert_true(len + strlen(more) < sizeof(text->bytes));
    memcpy(text->bytes + len, more, strlen(more) + 1);
}

static void add_catalog(struct text *text, const struct cell *cell)
{
    add(text, PATCH("X") FILES("x.dll", "2.0") ",'prerequisites':[");
    if (cell->always != '-')
        add(text, "{'anyOf':[{'rule':{'file':{'path':'g.dll','ifPresent':true,"
                  "'version':{'atLeast':'2.0'}}}}],'why':'g'}");
    if (cell->before != '-')
        add(text, cell->always != '-' ? "," : "");
    if (cell->before != '-')
        add(text, "{'anyOf':[{'rule':{'freeSpace':{'volume':'system','atLeast':100}}}],"
                  "'why':'s'}");
    if (cell->fault == 'O' || cell->fault == 'o') {
        add(text, cell->always != '-' || cell->before != '-' ? "," : "");
        add(text, "{'anyOf':[{'patch':'R'}],'ordered':true,'why':'r'}");
    }
    add(text, "]");
    if (cell->fault == 'V' || cell->fault == 'v' || cell->fault == 'D')
        add(text, ",'voidedBy':[{'feature':'IIS','why':'v','unless':"
                  "{'file':{'path':'u.dll','version':{'atLeast':'2.0'}}}}]");
    add(text, "}," PATCH("R") FILES("r.dll", "2.0") "}");
    if (cell->later != '-')
        add(text, "," PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}");
}

/* A file at 2.0, at 1.0, not there, not readable, or not looked at. */
static void add_file(struct text *text, const char *path, char value)
{
    const char *tail = value == 'T'   ? "','version':'2.0'},"
                       : value == 'F' ? "','version':'1.0'},"
                       : value == 'N' ? "','status':'absent'},"
                       : value == 'E' ? "','status':'unavailable','code':'access_denied'},"
                                      : NULL;

    if (!tail)
        return;
    add(text, "{'path':'");
    add(text, path);
    add(text, tail);
}

static void add_facts(struct text *text, const struct cell *cell)
{
    add(text, "'files':[");
    add_file(text, "x.dll", cell->effect);
    add_file(text, "g.dll", cell->always);
    add_file(text, "l.dll", cell->later);
    add_file(text, "u.dll", cell->fault == 'D' ? 'E' : 'F');
    add(text, "{'path':'r.dll','version':'2.0'}],'updates':[");
    if (cell->record == 'T')
        add(text, RECORD("X", "2020-02-02T00:00:00Z") ",");
    add(text, cell->fault == 'O' ? RECORD("R", "2020-03-03T00:00:00Z")
                                 : RECORD("R", "2020-01-01T00:00:00Z"));
    add(text, "],'volumes':[");
    if (cell->before == 'T')
        add(text, "{'role':'system','freeBytes':100}");
    if (cell->before == 'F')
        add(text, "{'role':'system','freeBytes':99}");
    add(text, "],'features':[{'name':'IIS','installedOn':'");
    add(text, cell->fault == 'v' ? "2020-01-01T00:00:00Z'}]" : "2020-03-03T00:00:00Z'}]");
    if (cell->record != 'U')
        add(text, "," ALL_LISTS);
}

static void check_cell(void **state)
{
    const struct cell *cell = *state;
    struct text catalog = {""}, facts = {""};
    struct judging judging;
    char expected[128];

    add_catalog(&catalog, cell);
    add_facts(&facts, cell);
    judging_open(&judging, catalog.bytes, NULL);
    judging_run(&judging, facts.bytes);
    (void)snprintf(expected, sizeof(expected), "X=%s", cell->expected);
    judging_expect(&judging, expected);
    judging_close(&judging);
}

/* ---- the projection ---- */

#define FILE_FACT(path, version) "{'path':'" path "','version':'" version "'}"
#define PENDING_FILE(path, from, to)                                                               \
    "{'path':'" path "','version':'" from "','pending':{'version':'" to "'}}"
#define X_RECORD "'updates':[" RECORD("X", "2020-02-02T00:00:00Z") "]"
#define X PATCH("X") FILES("x.dll", "2.0")
#define X_ON_G X NEEDS("{'rule':{'file':{'path':'g.dll','version':{'atLeast':'2.0'}}}}", "")

#define MARK(sp) ",'marker':{'os':{'servicePack':{'atLeast':" sp "}}}"
#define OPTIONAL ENTRY("X", "P", "update") FILES("x.dll", "2.0") "}"

static struct judged projections[] = {
    {"from Unknown", X "}",
     "'files':[{'path':'x.dll','status':'unavailable','pending':{'version':'2.0'}}]," X_RECORD,
     "X=PendingRestart:files_pending", NULL},
    {"from OutOfOrder", X_ON_G "}",
     "'files':[" FILE_FACT("x.dll", "2.0") "," PENDING_FILE("g.dll", "1.0", "2.0") "]," X_RECORD,
     "X=PendingRestart:files_pending", NULL},
    {"from Regressed", X "}", "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "]," X_RECORD,
     "X=PendingRestart:files_pending", NULL},
    {"from Blocked", X_ON_G "}",
     "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "," PENDING_FILE("g.dll", "1.0",
                                                                      "2.0") "]," ALL_LISTS,
     "X=PendingRestart", NULL},
    {"from Ready", X "}", "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "]," ALL_LISTS,
     "X=PendingRestart", NULL},
    {"to Superseded", X "}," PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}",
     "'files':[" FILE_FACT("x.dll", "1.0") "," PENDING_FILE("l.dll", "1.0", "2.0") "]," ALL_LISTS,
     "X=Superseded:superseded L=PendingRestart", NULL},
    {"a recorded one that is at fault waits itself",
     X "}," PATCH("L") FILES("x.dll", "3.0") ",'supersedes':['X']}",
     "'files':[" PENDING_FILE("x.dll", "1.0", "3.0") "]," X_RECORD,
     "X=PendingRestart L=PendingRestart", NULL},
    {"of three levels the newest waits",
     LEVEL("S1") MARK("1") "}," LEVEL("S2") MARK("2") ",'supersedes':['S1']}," LEVEL("S3")
         MARK("3") ",'supersedes':['S2']}",
     "'os':{'servicePack':0,'pending':{'servicePack':3}}",
     "S1=Superseded:superseded S2=Superseded:superseded S3=PendingRestart", NULL},
    {"one that nobody asks for keeps its state, though a newer file of another will do", OPTIONAL,
     "'files':[" PENDING_FILE("x.dll", "1.0", "3.0") "]," ALL_LISTS, "X=Ready:ready", NULL},
    {"and while it is not known to be off", OPTIONAL,
     "'files':[{'path':'x.dll','status':'unavailable','pending':{'version':'3.0'}}]",
     "X=Unknown:error", NULL},
    {"it waits where its very file comes", OPTIONAL,
     "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "]," ALL_LISTS, "X=PendingRestart", NULL},
    {"it waits where it is recorded", OPTIONAL,
     "'files':[" PENDING_FILE("x.dll", "1.0", "3.0") "]," X_RECORD, "X=PendingRestart", NULL},
    {"it waits where its package is staged",
     ENTRY("X", "P", "update") FILES("x.dll", "2.0") ",'packages':['Pkg_X']}",
     "'files':[" PENDING_FILE("x.dll", "1.0", "3.0") "],'packages':[{'identity':"
                                                     "'Pkg_X~1~amd64~~1.0','state':96}]",
     "X=PendingRestart", NULL},
    {"it waits where the policy asks for it", OPTIONAL,
     "'files':[" PENDING_FILE("x.dll", "1.0", "3.0") "]," ALL_LISTS, "X=PendingRestart",
     "'require':[{'updates':'all'}]"},
    {"to NotApplicable",
     IIS_PATCH("X") FILES("x.dll", "2.0") ",'applies':{'file':{'path':'a.dll'}}}",
     "'features':[{'name':'IIS'}],'files':[" FILE_FACT(
         "x.dll", "1.0") ",{'path':'a.dll','version':'1.0','pending':{'removed':true}}]," ALL_LISTS,
     "X=PendingRestart", NULL},
    {"every pending effect, not only one of two", X_ON_G "}",
     "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "," FILE_FACT("g.dll", "1.0") "]," X_RECORD,
     "X=OutOfOrder", NULL},
    {"still older after the restart", X "}",
     "'files':[" PENDING_FILE("x.dll", "1.0", "1.5") "]," X_RECORD, "X=Regressed", NULL},
    {"only what will come is known to come", X "}",
     "'files':[{'path':'x.dll','version':'1.0','pending':{}}]," X_RECORD, "X=Regressed", NULL},
    {"a target of a rename of which nothing else is known", X "}",
     "'files':[" FILE_FACT(
         "x.dll",
         "1.0") "]," X_RECORD
                ",'pendingRestarts':[{'source':'file-rename','pending':'yes','targets':['x.dll']}]",
     "X=Regressed", NULL},
    {"the revision after the restart", PATCH("X") ",'marker':{'os':{'ubr':{'atLeast':20}}}}",
     "'os':{'ubr':10,'pending':{'ubr':20}}," ALL_LISTS, "X=PendingRestart", NULL},
    {"a package that waits", PATCH("X") ",'packages':['Package_for_X']}",
     "'packages':[{'identity':'Package_for_X~1~amd64~~1.0','state':96}]," ALL_LISTS,
     "X=PendingRestart", NULL},
    {"a restart that is due for something else", X "}",
     "'files':[" FILE_FACT("x.dll", "1.0") "]," X_RECORD
                                           ",'pendingRestarts':[{'source':'cbs','pending':'yes'}]",
     "X=Regressed", NULL},
    {"sound now and at fault after the restart", X "}",
     "'files':[" PENDING_FILE("x.dll", "2.0", "1.0") "]," X_RECORD, "X=Compliant:sound", NULL},
};

#define SINCE(installed)                                                                           \
    "'lastStartUp':'2020-02-10T06:00:00Z','files':[" FILE_FACT(                                    \
        "x.dll", "2.0") "],'updates':[" RECORD("X", installed) "]"

static struct judged since_start_up[] = {
    {"went on after the last start-up", X "}", SINCE("2020-02-10T07:00:00Z"),
     "X=PendingRestart:restart_due", NULL},
    {"went on before it", X "}", SINCE("2020-02-10T05:00:00Z"), "X=Compliant:sound", NULL},
    {"known to the day, the day of the start-up", X "}", SINCE("2020-02-10"), "X=Compliant", NULL},
    {"known to the day, a later day", X "}", SINCE("2020-02-11"), "X=PendingRestart", NULL},
    {"the start-up known to the day", X "}",
     "'lastStartUp':'2020-02-10','files':[" FILE_FACT("x.dll", "2.0") "],'updates':[" RECORD(
         "X", "2020-02-10T07:00:00Z") "]",
     "X=Compliant", NULL},
    {"start-up not known", X "}",
     "'files':[" FILE_FACT("x.dll", "2.0") "],'updates':[" RECORD("X", "2020-02-10T07:00:00Z") "]",
     "X=Compliant", NULL},
    {"a time later than the facts", X "}", SINCE("2026-11-21T00:00:00Z"), "X=Compliant", NULL},
    {"needs no restart", X ",'restart':'no'}", SINCE("2020-02-10T07:00:00Z"), "X=Compliant", NULL},
    {"a restart is possible", X ",'restart':'possible'}", SINCE("2020-02-10T07:00:00Z"),
     "X=Compliant", NULL},
    {"the rule of this host says no",
     X ",'restartWhen':[{'when':{'file':{'path':'x.dll'}},'restart':'no'}]}",
     SINCE("2020-02-10T07:00:00Z"), "X=Compliant", NULL},
    {"the rule of this host says required",
     X ",'restart':'no','restartWhen':[{'when':{'file':{'path':'x.dll'}},'restart':'required'}]}",
     SINCE("2020-02-10T07:00:00Z"), "X=PendingRestart", NULL},
    {"an effect without a record has no time", X "}",
     "'lastStartUp':'2020-02-10T06:00:00Z','files':[" FILE_FACT("x.dll", "2.0") "]," ALL_LISTS,
     "X=Compliant:effect_without_record", NULL},
};

/* ---- fault_at_restart, and what counts always ---- */

static struct at_restart {
    const char *name, *facts;
    int state;
    bool fault;
} at_restarts[] = {
    {"its own file goes down",
     "'files':[" PENDING_FILE("x.dll", "2.0", "1.0") "," FILE_FACT("g.dll", "2.0") "]," X_RECORD,
     PREREQ_STATE_COMPLIANT, true},
    {"its prerequisite goes down",
     "'files':[" FILE_FACT("x.dll", "2.0") "," PENDING_FILE("g.dll", "2.0", "1.0") "]," X_RECORD,
     PREREQ_STATE_COMPLIANT, true},
    {"nothing of it changes",
     "'files':[" FILE_FACT("x.dll", "2.0") "," FILE_FACT("g.dll", "2.0") "," PENDING_FILE(
         "other.dll", "2.0", "1.0") "]," X_RECORD,
     PREREQ_STATE_COMPLIANT, false},
    {"what will come is not known",
     "'files':[{'path':'x.dll','version':'2.0','pending':{}}," FILE_FACT("g.dll",
                                                                         "2.0") "]," X_RECORD,
     PREREQ_STATE_COMPLIANT, false},
    {"at fault already",
     "'files':[" PENDING_FILE("x.dll", "1.0", "0.9") "," FILE_FACT("g.dll", "2.0") "]," X_RECORD,
     PREREQ_STATE_REGRESSED, false},
};

static void check_at_restart(void **state)
{
    const struct at_restart *row = *state;
    const struct prereq_status_row *status;
    struct judging judging;

    judging_open(&judging, X_ON_G "}", NULL);
    judging_run(&judging, row->facts);
    status = judging_status(&judging, "X");
    assert_int_equal(status->state, row->state);
    assert_int_equal(status->fault_at_restart == PREREQ_FLAG_TRUE, row->fault);
    assert_int_equal(judging_warns(status, "fault_at_restart"), row->fault);
    judging_close(&judging);
}

/* Faults and due restarts count though the policy requires nothing. */
static struct judged counted[] = {
    {"OutOfOrder counts", X_ON_G "}",
     "'files':[" FILE_FACT("x.dll", "2.0") "," FILE_FACT("g.dll", "1.0") "]," X_RECORD,
     "X=OutOfOrder", "yes"},
    {"Regressed counts", X "}", "'files':[" FILE_FACT("x.dll", "1.0") "]," X_RECORD, "X=Regressed",
     "yes"},
    {"PendingRestart counts", X "}", "'files':[" PENDING_FILE("x.dll", "1.0", "2.0") "]," X_RECORD,
     "X=PendingRestart", "yes"},
    {"Ready does not", X "}", "'files':[" FILE_FACT("x.dll", "1.0") "]," ALL_LISTS, "X=Ready",
     "no"},
    {"Unknown does not", X "}", "", "X=Unknown", "no"},
    {"Compliant does not", X "}", "'files':[" FILE_FACT("x.dll", "2.0") "]", "X=Compliant", "no"},
};

static void check_counted(void **state)
{
    const struct judged *row = *state;
    struct judging judging;

    judging_open(&judging, row->patches, "'require':[{'level':'none','updates':'none'}]");
    judging_run(&judging, row->facts);
    judging_expect(&judging, row->expected);
    assert_int_equal(judging_status(&judging, "X")->required, PREREQ_FLAG_FALSE);
    assert_int_equal(judging_status(&judging, "X")->counts == PREREQ_FLAG_TRUE,
                     strcmp(row->policy, "yes") == 0);
    judging_close(&judging);
}

int main(void)
{
    int failed = RUN_TABLE(cells, check_cell);

    failed |= RUN_TABLE(projections, check_judged);
    failed |= RUN_TABLE(since_start_up, check_judged);
    failed |= RUN_TABLE(at_restarts, check_at_restart);
    failed |= RUN_TABLE(counted, check_counted);
    return failed;
}
