/* SPDX-License-Identifier: MIT */
/* test_report_figures.c - figures over hosts: exact numbers, and the same as the hosts' own
 * summaries. */
#include "figures/report_figures.h"
#include "sample_fleet.h"

static void must(enum prereq_status status, const struct prereq_error *err)
{
    if (status != PREREQ_OK)
        fail_msg("%s", err->text);
}

static struct figures *open_figures(const struct prereq_scope *scope)
{
    struct figures *figures = NULL;
    struct prereq_error err = {0};

    must(figures_open(prereq_time_from_seconds(SAMPLE_NOW), scope, &figures, &err), &err);
    return figures;
}

static struct row_host add(struct figures *figures, struct prereq_arena *arena,
                           const struct prereq_assessment *assessment)
{
    struct prereq_summary summary;
    struct prereq_error err = {0};
    struct row_host row;
    bool seen = true;

    prereq_summarize(assessment, figures->now, &summary);
    must(figures_note_host(figures, assessment->host, &seen, &err), &err);
    assert_false(seen);
    must(figures_add(figures, assessment, &summary, arena, &row, &err), &err);
    return row;
}

/* ---- one host, status by status ---- */

struct wanted {
    const char *patch;
    int state, severity;
    bool counts, actionable, waived;
    int64_t age; /* -1: not dated */
    uint64_t overdue;
};

static struct prereq_assessment *host_of(struct prereq_arena *arena, size_t host,
                                         const struct wanted *wanted, size_t count)
{
    struct prereq_assessment *made = sample_assessment(arena, host);
    struct prereq_status_row *rows = PREREQ_NEW_ARRAY(arena, count, struct prereq_status_row);

    for (size_t i = 0; i < count; i++) {
        rows[i] = (struct prereq_status_row){
            .id = wanted[i].patch,
            .patch_id = wanted[i].patch,
            .target = "host",
            .severity = wanted[i].severity,
            .state = wanted[i].state,
            .counts = wanted[i].counts ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE,
            .actionable = wanted[i].actionable ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE,
            .waived = wanted[i].waived ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE,
            .evidence = PREREQ_EVIDENCE_FILES,
        };
        if (wanted[i].age >= 0)
            sample_open(&rows[i], wanted[i].age, (uint64_t)wanted[i].age - wanted[i].overdue);
    }
    made->statuses = rows;
    made->status_count = count;
    return made;
}

#define YES true
#define NO false
static const struct wanted mixed[] = {
    {"A", PREREQ_STATE_COMPLIANT, 1, YES, YES, NO, -1, 0},
    {"B", PREREQ_STATE_SUPERSEDED, 1, YES, YES, NO, -1, 0},
    {"C", PREREQ_STATE_READY, 1, YES, YES, NO, 7, 0},
    {"D", PREREQ_STATE_READY, 2, NO, NO, NO, 7, 0},   /* needless */
    {"E", PREREQ_STATE_READY, 2, NO, YES, NO, -1, 0}, /* not required */
    {"F", PREREQ_STATE_BLOCKED, 2, YES, YES, YES, 40, 10},
    {"G", PREREQ_STATE_OUT_OF_ORDER, 3, YES, YES, NO, 91, 31},
    {"H", PREREQ_STATE_UNKNOWN, 5, YES, YES, NO, -1, 0},
    {"I", PREREQ_STATE_NOT_APPLICABLE, 5, YES, YES, NO, -1, 0},
    {"J", PREREQ_STATE_PENDING_RESTART, 0, YES, YES, NO, 30, 0},
};

static void counts_one_host(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);
    struct row_host row = add(figures, arena, host_of(arena, 0, mixed, PREREQ_COUNT(mixed)));

    (void)state;
    assert_int_equal(figures->required, 7); /* A B C F G H J */
    assert_int_equal(figures->known, 6);
    assert_int_equal(figures->compliant, 2);
    assert_int_equal(row.compliance.value, 286);          /* two of seven */
    assert_int_equal(row.compliance_of_known.value, 333); /* two of six */
    assert_int_equal(figures->all.open, 4);               /* C G H J */
    assert_int_equal(figures->all.overdue, 2);
    assert_int_equal(figures->all.waived, 1);
    assert_int_equal(figures->all.waived_missing, 1);
    assert_int_equal(figures->ages[0], 1);
    assert_int_equal(figures->ages[1], 1);
    assert_int_equal(figures->ages[2], 0); /* F is waived */
    assert_int_equal(figures->ages[4], 1);
    assert_int_equal(figures->undated, 1);
    assert_int_equal(figures->with_due, 3);
    assert_int_equal(figures->in_time, 2);
    assert_int_equal(figures->by_severity[0].open, 1);
    assert_int_equal(figures->by_severity[4].open, 2); /* H, and J without a severity */
    assert_int_equal(figures->patches.count, 9);       /* all but I */
    assert_int_equal(row.host_compliant, PREREQ_FLAG_FALSE);
    assert_int_equal(row.within_sla, PREREQ_FLAG_FALSE);
    figures_free(figures);
    prereq_arena_free(arena);
}

static struct age {
    const char *name;
    int64_t days;
    size_t bucket;
} ages[] = {
    {"the first day", 0, 0}, {"seven days", 7, 0},     {"eight", 8, 1},      {"thirty", 30, 1},
    {"thirty-one", 31, 2},   {"sixty", 60, 2},         {"sixty-one", 61, 3}, {"ninety", 90, 3},
    {"ninety-one", 91, 4},   {"three years", 1000, 4},
};

static void check_age(void **state)
{
    const struct age *row = *state;
    const struct wanted one[] = {{"A", PREREQ_STATE_READY, 1, YES, YES, NO, row->days, 0}};
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);

    (void)add(figures, arena, host_of(arena, 0, one, 1));
    for (size_t i = 0; i < FIGURES_AGES; i++)
        assert_int_equal(figures->ages[i], i == row->bucket);
    figures_free(figures);
    prereq_arena_free(arena);
}

/* ---- host compliance ---- */

static struct host_state {
    const char *name;
    struct wanted status;
    bool compliant, within_sla;
} host_states[] = {
    {"compliant", {"A", PREREQ_STATE_COMPLIANT, 1, YES, YES, NO, -1, 0}, true, true},
    {"superseded", {"A", PREREQ_STATE_SUPERSEDED, 1, YES, YES, NO, -1, 0}, true, true},
    {"unknown is neither good nor bad",
     {"A", PREREQ_STATE_UNKNOWN, 1, YES, YES, NO, -1, 0},
     true,
     true},
    {"ready", {"A", PREREQ_STATE_READY, 1, YES, YES, NO, 1, 0}, false, true},
    {"ready, not required", {"A", PREREQ_STATE_READY, 1, NO, YES, NO, 1, 0}, true, true},
    {"ready, not required, needless", {"A", PREREQ_STATE_READY, 1, NO, NO, NO, 1, 0}, true, true},
    {"ready and counted, whatever else is said",
     {"A", PREREQ_STATE_READY, 1, YES, NO, NO, 1, 0},
     false,
     true},
    {"blocked", {"A", PREREQ_STATE_BLOCKED, 1, YES, YES, NO, 1, 0}, false, true},
    {"blocked and waived: raw", {"A", PREREQ_STATE_BLOCKED, 1, YES, YES, YES, 40, 10}, false, true},
    {"overdue", {"A", PREREQ_STATE_BLOCKED, 1, YES, YES, NO, 40, 10}, false, false},
    {"regressed", {"A", PREREQ_STATE_REGRESSED, 1, YES, YES, NO, 1, 0}, false, true},
    {"out of order", {"A", PREREQ_STATE_OUT_OF_ORDER, 1, YES, YES, NO, 1, 0}, false, true},
    {"a restart within its grace of 3 days",
     {"A", PREREQ_STATE_PENDING_RESTART, 1, YES, YES, NO, 3, 0},
     true,
     true},
    {"a restart beyond it",
     {"A", PREREQ_STATE_PENDING_RESTART, 1, YES, YES, NO, 4, 0},
     false,
     true},
};

static void check_host_state(void **state)
{
    const struct host_state *row = *state;
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);
    struct row_host host = add(figures, arena, host_of(arena, 0, &row->status, 1));

    assert_int_equal(host.host_compliant, row->compliant ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE);
    assert_int_equal(host.within_sla, row->within_sla ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE);
    assert_int_equal(figures->hosts_compliant, row->compliant);
    assert_int_equal(figures->compliant_unknown,
                     row->compliant && row->status.state == PREREQ_STATE_UNKNOWN);
    figures_free(figures);
    prereq_arena_free(arena);
}

/* ---- the fleet ---- */

#define FLEET 30

static uint64_t tally_sum(const struct tally *tally)
{
    uint64_t sum = 0;

    for (int i = 1; i < PREREQ_STATES; i++)
        sum += tally->state[i];
    return sum;
}

/* What is counted here per severity, group and patch adds up to what prereq_summarize() counts. */
static void parts_add_up(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);
    uint64_t required = 0, open = 0, overdue = 0, groups = 0, patches = 0, severities = 0;

    (void)state;
    for (size_t host = 0; host < FLEET; host++) {
        struct prereq_assessment *assessment = sample_assessment(arena, host);
        struct prereq_summary summary;

        prereq_summarize(assessment, figures->now, &summary);
        required += summary.required_count.value;
        overdue += summary.overdue_count.value;
        for (size_t i = 0; i < assessment->status_count; i++)
            open += prereq_status_open(&assessment->statuses[i]);
        (void)add(figures, arena, assessment);
    }
    for (int i = 0; i < FIGURES_SEVERITIES; i++)
        severities += tally_sum(&figures->by_severity[i]);
    for (void **group = keyed_sorted(&figures->groups, arena); *group; group++)
        groups += tally_sum(&((const struct group_figures *)*group)->tally);
    for (void **patch = keyed_sorted(&figures->patches, arena); *patch; patch++)
        patches += tally_sum(&((const struct patch_figures *)*patch)->tally);
    assert_true(required > 50);
    assert_int_equal(figures->required, required);
    assert_int_equal(tally_sum(&figures->all), required);
    assert_int_equal(severities, required);
    assert_int_equal(groups, required);
    assert_int_equal(patches, required);
    assert_int_equal(figures->all.open, open);
    assert_int_equal(figures->all.overdue, overdue);
    assert_int_equal(figures->evaluated, FLEET);
    figures_free(figures);
    prereq_arena_free(arena);
}

static void order_of_hosts_does_not_matter(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct figures *up = open_figures(NULL), *down = open_figures(NULL);
    struct row_figure a[FIGURES_MAX_ROWS], b[FIGURES_MAX_ROWS];
    size_t count;

    (void)state;
    for (size_t host = 0; host < FLEET; host++) {
        (void)add(up, arena, sample_assessment(arena, host));
        (void)add(down, arena, sample_assessment(arena, FLEET - 1 - host));
    }
    count = figures_rows(up, arena, a);
    assert_true(count > 20);
    assert_int_equal(figures_rows(down, arena, b), count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(a[i].figure, b[i].figure);
        assert_int_equal(a[i].percent.value, b[i].percent.value);
        assert_int_equal(a[i].value.value, b[i].value.value);
        assert_string_equal(a[i].text ? a[i].text : "", b[i].text ? b[i].text : "");
    }
    assert_int_equal(up->top_count, FIGURES_TOP);
    for (size_t i = 0; i < FIGURES_TOP; i++)
        assert_string_equal(up->top[i].name, down->top[i].name);
    for (size_t i = 1; i < FIGURES_TOP; i++)
        assert_true(up->top[i - 1].open >= up->top[i].open);
    figures_free(up);
    figures_free(down);
    prereq_arena_free(arena);
}

static const struct row_figure *figure(const struct row_figure *rows, size_t count,
                                       const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].figure, name) == 0)
            return &rows[i];
    }
    fail_msg("no figure %s", name);
    return NULL;
}

static void figures_of_nothing(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);
    struct row_figure rows[FIGURES_MAX_ROWS];
    size_t count = figures_rows(figures, arena, rows);

    (void)state;
    assert_false(figure(rows, count, "PatchCompliance")->percent.known);
    assert_true(figure(rows, count, "PatchCompliance")->denominator.known);
    assert_string_equal(figure(rows, count, "RestartMedianAge")->text, "n/a");
    assert_null(figure(rows, count, "TopBlocker")->text);
    figures_free(figures);
    prereq_arena_free(arena);
}

/* ---- restarts ---- */

static struct median {
    const char *name;
    int64_t days[4];
    size_t count;
    const char *median;
    uint64_t old;
} medians[] = {
    {"one", {5}, 1, "5", 0},
    {"two: between them", {4, 7}, 2, "5.5", 0},
    {"three", {1, 2, 90}, 3, "2", 1},
    {"four", {0, 0, 3, 8}, 4, "1.5", 1},
    {"seven days are not more than seven", {7, 7}, 2, "7", 0},
    {"very old", {8, 99999}, 2, "1830.5", 2},
};

static void check_median(void **state)
{
    const struct median *row = *state;
    struct prereq_arena *arena = new_arena();
    struct figures *figures = open_figures(NULL);
    struct row_figure rows[FIGURES_MAX_ROWS];
    size_t count;

    for (size_t i = 0; i < row->count; i++) {
        struct prereq_assessment *host = sample_assessment(arena, i);
        struct prereq_restart_row *restart = PREREQ_NEW(arena, struct prereq_restart_row);

        *restart = (struct prereq_restart_row){
            .source = "cbs", .pending = 1, .since = sample_days_ago(row->days[i])};
        host->pending_restarts = restart;
        host->pending_restart_count = 1;
        (void)add(figures, arena, host);
    }
    count = figures_rows(figures, arena, rows);
    assert_string_equal(figure(rows, count, "RestartMedianAge")->text, row->median);
    assert_int_equal(figure(rows, count, "RestartOver7Days")->value.value, row->old);
    assert_int_equal(figure(rows, count, "RestartDebt")->numerator.value, row->count);
    figures_free(figures);
    prereq_arena_free(arena);
}

/* ---- scope ---- */

static void hosts_without_a_document(void **state)
{
    static const char csv[] = "host,group,from,to\n"
                              "srv01,Web,,\n"                                   /* by name */
                              "SRV02.corp.example,Web,,\n"                      /* by FQDN */
                              "SRV90,Web,,\n"                                   /* no document */
                              "SRV91,Web,2026-12-01,\n"                         /* not yet */
                              "SRV92,Web,,2026-01-31\n"                         /* not any more */
                              "SRV93,Old,,2026-06-30\nSRV93,New,2026-07-01,\n"; /* once */
    struct prereq_arena *arena = new_arena();
    const struct prereq_scope *scope = NULL;
    struct prereq_error err = {0};
    struct figures *figures;
    size_t at = 0;

    (void)state;
    must(prereq_scope_read(arena, csv, strlen(csv), &scope, &err), &err);
    figures = open_figures(scope);
    (void)add(figures, arena, sample_assessment(arena, 1));
    (void)add(figures, arena, sample_assessment(arena, 2));
    assert_int_equal(figures_in_scope(figures), 4);
    assert_string_equal(figures_next_missing(figures, &at), "SRV90");
    assert_string_equal(figures_next_missing(figures, &at), "SRV93");
    assert_null(figures_next_missing(figures, &at));
    figures_free(figures);
    prereq_arena_free(arena);
}

/* ---- waivers ---- */

static struct expiry {
    const char *name;
    int64_t days; /* from today */
    const char *status;
    bool left;
} expiries[] = {
    {"ends today", 0, "expiring", true},
    {"ended yesterday", -1, "expired", false},
    {"ends in thirty days", 30, "expiring", true},
    {"ends in thirty-one", 31, "active", true},
};

static void check_expiry(void **state)
{
    const struct expiry *row = *state;
    struct prereq_waiver waiver = {.id = "W1", .expires = sample_days_ago(-row->days)};
    struct row_exception exception = {0};
    struct figures *figures = open_figures(NULL);

    waiver.expires.day_only = true;
    figures_exception(figures, &waiver, &exception);
    assert_string_equal(exception.status, row->status);
    assert_int_equal(exception.days_left.known, row->left);
    if (row->left)
        assert_int_equal(exception.days_left.value, row->days);
    figures_count_exception(figures, &exception);
    assert_int_equal(figures->waiver_active + figures->waiver_expiring + figures->waiver_expired,
                     1);
    assert_int_equal(figures->waiver_expired, !row->left);
    figures_free(figures);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_one_host),
        cmocka_unit_test(parts_add_up),
        cmocka_unit_test(figures_of_nothing),
        cmocka_unit_test(order_of_hosts_does_not_matter),
        cmocka_unit_test(hosts_without_a_document),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(ages, check_age);
    failed |= RUN_TABLE(host_states, check_host_state);
    failed |= RUN_TABLE(medians, check_median);
    failed |= RUN_TABLE(expiries, check_expiry);
    return failed;
}
