/* SPDX-License-Identifier: MIT */
/* test_reason_words.c - every reason shows what it is about: over all golden hosts, and over one
 * made for each reason that none of them has. */
#include <string.h>

#include "golden_cases.h"

#include "judging.h"

enum {
    BOTH = 1,     /* expected and found, and they differ */
    DETAIL = 2,   /* the sentence goes on */
    RECORDED = 4, /* the sources that record it */
    EVIDENCE = 8, /* what proves it */
    LATER = 16,   /* the patch that covers it */
};

/* What docs/reasons.md names as arguments, and words of which one has to be in what was found. */
static struct shown {
    const char *name; /* the code */
    unsigned what;
    const char *found[4];
    size_t met;
} shown[] = {
    {"not_applicable", 0, {NULL}, 0},
    {"other_branch", BOTH | DETAIL, {NULL}, 0},
    {"error", BOTH | DETAIL, {"unavailable (error)", "version not collected"}, 0},
    {"not_collected", BOTH, {"not collected", "not known", "Unknown", "not all"}, 0},
    {"access_denied", BOTH | DETAIL, {"access_denied", "not known", "not collected"}, 0},
    {"unsupported_rule", BOTH | DETAIL, {NULL}, 0},
    {"record_only", BOTH | RECORDED, {NULL}, 0},
    {"bad_version", BOTH | DETAIL, {"cannot be read", "bad_version"}, 0},
    {"no_version_resource", BOTH | DETAIL, {"no version resource", "no_version_resource"}, 0},
    {"branch_unknown", BOTH | DETAIL, {"version"}, 0},
    {"hive_dirty", BOTH | DETAIL, {"hive_dirty"}, 0},
    {"conflict", DETAIL, {NULL}, 0},
    {"date_uncertain", BOTH | DETAIL, {NULL}, 0},
    {"restart_due", BOTH | DETAIL, {"last start-up"}, 0},
    {"files_pending", 0, {NULL}, 0},
    {"level_unmet", BOTH | DETAIL, {NULL}, 0},
    {"prerequisite_unmet", BOTH | DETAIL, {NULL}, 0},
    {"installed_before_prerequisite", BOTH | DETAIL, {"installed "}, 0},
    {"voided_later", BOTH | DETAIL, {"installed "}, 0},
    {"files_older", BOTH, {NULL}, 0},
    {"files_missing", BOTH, {"missing"}, 0},
    {"marker_unmet", BOTH, {NULL}, 0},
    {"never_effective", BOTH, {NULL}, 0},
    {"superseded", DETAIL | LATER, {NULL}, 0},
    {"below_recorded_level", DETAIL | LATER, {NULL}, 0},
    {"sound", EVIDENCE, {NULL}, 0},
    {"effect_without_record", EVIDENCE, {NULL}, 0},
    {"record_trusted", RECORDED, {NULL}, 0},
    {"ready", 0, {NULL}, 0},
    {"withdrawn", DETAIL, {NULL}, 0},
};

static size_t wrong;

static bool is_empty(const char *text)
{
    return !text || !*text;
}

static void complain(const char *where, const struct prereq_status_row *row, const char *what)
{
    if (wrong++ < 12)
        print_error("%s: %s is %s, %s: %s\n  %s\n  expected: %s\n  found: %s\n", where, row->id,
                    prereq_state_names[row->state], row->reason_code, what, row->reason,
                    row->expected ? row->expected : "-", row->found ? row->found : "-");
}

static bool has_word(const struct shown *one, const char *found)
{
    bool any = false;

    for (size_t i = 0; i < PREREQ_COUNT(one->found) && one->found[i]; i++) {
        any = true;
        if (found && strstr(found, one->found[i]))
            return true;
    }
    return !any;
}

static void check_row(const char *where, const struct prereq_status_row *row)
{
    for (size_t i = 0; i < PREREQ_COUNT(shown); i++) {
        struct shown *one = &shown[i];

        if (strcmp(one->name, row->reason_code) != 0)
            continue;
        one->met++;
        if (one->what & BOTH && (is_empty(row->expected) || is_empty(row->found)))
            complain(where, row, "expected or found is not there");
        else if (one->what & BOTH && strcmp(row->expected, row->found) == 0)
            complain(where, row, "what is expected was found");
        if (!has_word(one, row->found))
            complain(where, row, "what was found is not its cause");
        if (one->what & DETAIL && !strstr(row->reason, ": "))
            complain(where, row, "the sentence does not say what");
        /* A level may be recorded by its own marker. */
        if (one->what & RECORDED && row->recorded_by_count == 0 &&
            row->kind != PREREQ_KIND_BASELINE)
            complain(where, row, "no source");
        if (one->what & EVIDENCE && row->evidence == PREREQ_EVIDENCE_NONE)
            complain(where, row, "no evidence");
        if (one->what & LATER && is_empty(row->superseded_by))
            complain(where, row, "no later patch");
        return;
    }
    complain(where, row, "a reason that no status should have");
}

static void check_case(const struct golden *one)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)256 << 20);
    const char *path = prereq_printf(arena, "%s/facts.json", one->folder);
    struct prereq_judge judge = {.catalog = sets[one->set].catalog,
                                 .policy = prereq_policy_default(),
                                 .product_version = "0"};
    const struct prereq_assessment *made = NULL;
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    assert_true(prereq_time_parse("2026-11-30T00:00:00Z", &judge.now));
    if (prereq_file_read(path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, &err) ||
        prereq_facts_read(arena, bytes, len, &facts, NULL, &err) ||
        prereq_assess(arena, &judge, facts, NULL, &made, &err))
        fail_msg("%s: %s", one->name, err.text);
    for (size_t i = 0; i < made->status_count; i++)
        check_row(one->name, &made->statuses[i]);
    free(bytes);
    prereq_arena_free(arena);
}

static void golden_hosts_show_their_causes(void **state)
{
    struct prereq_arena *arena = find_golden_cases();

    (void)state;
    for (size_t i = 0; i < set_count; i++)
        sets[i].catalog = compile_parts(arena, sets[i].parts, sets[i].part_count);
    for (size_t i = 0; i < case_count; i++)
        check_case(&cases[i]);
    prereq_arena_free(arena);
    assert_int_equal(wrong, 0);
}

/* One host for each reason that no golden one has. */
#define X_IS(more) "'files':[{'path':'x.dll'" more "}]," ALL_LISTS
#define X_HIDDEN(code) X_IS(",'status':'unavailable','code':'" code "'")
#define GDR_ROW                                                                                    \
    "{'path':'x.dll','version':'6.1.1000.10','branch':'GDR','branchRange':"                        \
    "[{'from':'6.1.1000','below':'6.1.2000'}]}"
#define ON_X ",'updates':[" RECORD("X", "2026-11-01T10:00:00Z") "]"

static struct made {
    const char *name; /* the code */
    const char *patch, *facts, *policy, *before;
} made[] = {
    {"error", FILES("x.dll", "2.0"), X_HIDDEN("error"), NULL, NULL},
    {"access_denied", FILES("x.dll", "2.0"), X_HIDDEN("access_denied"), NULL, NULL},
    {"hive_dirty", FILES("x.dll", "2.0"), X_HIDDEN("hive_dirty"), NULL, NULL},
    {"access_denied", /* the other file was read, and says nothing */
     ",'files':[" FILE_ROW("y.dll", "1.0") "," FILE_ROW("x.dll", "2.0") "]",
     "'files':[{'path':'y.dll','version':'1.0'},{'path':'x.dll','status':'unavailable',"
     "'code':'access_denied'}]," ALL_LISTS,
     NULL, NULL},
    {"unsupported_rule", FILES("x.dll", "2.0") ",'applies':{'newer':{'role':'r','patch':'X'}}",
     X_IS(",'version':'1.0'"), NULL, NULL},
    {"bad_version", FILES("x.dll", "2.0"), X_IS(",'versionText':'none'"), NULL, NULL},
    {"no_version_resource", FILES("x.dll", "2.0"), X_IS(",'noVersion':true"), NULL, NULL},
    {"branch_unknown", ",'files':[" GDR_ROW "]", X_IS(",'version':'6.0.1.1'"), NULL, NULL},
    {"files_missing", FILES("x.dll", "2.0"), X_IS(",'status':'absent'") ON_X, NULL, NULL},
    {"never_effective", FILES("x.dll", "2.0"), X_IS(",'version':'1.0'") ON_X, NULL,
     X_IS(",'version':'1.0'")},
    {"record_trusted", FILES("x.dll", "2.0"), ALL_LISTS ON_X, "'trustRecords':true", NULL},
};

static void check_made(void **state)
{
    const struct made *row = *state;
    struct judging judging;
    const struct prereq_status_row *status;

    wrong = 0;
    judging_open(&judging, "", row->policy);
    judging.catalog =
        judging_compile(&judging, prereq_printf(judging.arena, PATCH("X") "%s}", row->patch));
    if (row->before) {
        judging_run_on(&judging,
                       judging_facts_of(&judging, "WEB01", "2026-11-19T12:00:00Z", row->before));
        judging.previous = judging.made;
    }
    judging_run(&judging, row->facts);
    status = judging_status(&judging, "X");
    assert_string_equal(status->reason_code, row->name);
    check_row("made", status);
    assert_int_equal(wrong, 0);
    judging_close(&judging);
}

static void every_reason_was_met(void **state)
{
    size_t missing = 0;

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(shown); i++) {
        if (shown[i].met == 0) {
            print_error("no host has the reason %s\n", shown[i].name);
            missing++;
        }
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden_hosts_show_their_causes),
    };
    static const struct CMUnitTest last[] = {
        cmocka_unit_test(every_reason_was_met),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(made, check_made);
    failed |= RUN_TESTS(last);
    return failed;
}
