/* SPDX-License-Identifier: MIT */
/* report_figures_hosts.c - which hosts there are: in scope, seen, missing; the row and rank of
 * each. */
#include <stdlib.h>
#include <string.h>

#include "figures/report_figures.h"
#include "tables/table_text.h"

#define HOUR 3600
#define DAY ((int64_t)24 * HOUR)

/* ---- which hosts ---- */

static bool scope_row_holds(const struct figures *figures, const struct prereq_scope_row *row)
{
    int64_t today = prereq_time_day(figures->now);

    return (!row->from.known || prereq_time_day(row->from) <= today) &&
           (!row->to.known || prereq_time_day(row->to) >= today);
}

static void see_in_scope(struct figures *figures, const struct prereq_host_row *host,
                         const char *fqdn)
{
    const struct prereq_scope *scope = figures->scope;

    for (size_t i = 0; scope && i < scope->row_count; i++) {
        const char *name = scope->rows[i].host;

        if ((host->host_id && prereq_equal_folded(name, host->host_id)) ||
            (host->host_name && prereq_equal_folded(name, host->host_name)) ||
            (fqdn && prereq_equal_folded(name, fqdn)))
            figures->scope_seen[i] = true;
    }
}

enum prereq_status figures_note_host(struct figures *figures, const struct prereq_host_row *host,
                                     bool *seen, struct prereq_error *err)
{
    const char *name = host->host_name ? host->host_name : "";
    const char *id = host->host_id ? host->host_id : name;
    struct prereq_buffer both = {0};
    enum marks_answer document, host_id;
    bool complete;

    /* A line feed cannot stand in an id, so no two pairs make the same text. */
    prereq_fold_add(&both, id);
    prereq_buffer_add(&both, "\n");
    prereq_fold_add(&both, name);
    complete = !both.failed;
    document = complete ? marks_add(&figures->documents, both.text) : MARKS_NO_MEMORY;
    both.len = 0;
    prereq_fold_add(&both, id);
    host_id = both.failed ? MARKS_NO_MEMORY : marks_add(&figures->host_ids, both.text);
    both.len = 0;
    if (host->domain)
        prereq_buffer_addf(&both, "%s.%s", name, host->domain);
    complete = complete && !both.failed;
    if (complete)
        see_in_scope(figures, host, host->domain ? both.text : NULL);
    prereq_buffer_free(&both);
    if (!complete || document == MARKS_NO_MEMORY || host_id == MARKS_NO_MEMORY)
        return figures_no_memory(err);
    *seen = document == MARKS_KNOWN;
    figures->repeated += *seen;
    if (!*seen && host_id == MARKS_KNOWN)
        figures->shared_ids++;
    return PREREQ_OK;
}

uint64_t figures_in_scope(const struct figures *figures)
{
    const struct prereq_scope *scope = figures->scope;
    uint64_t missing = 0;
    size_t at = 0;

    if (!scope)
        return figures->evaluated + figures->left_out;
    while (figures_next_missing(figures, &at))
        missing++;
    return figures->evaluated + missing;
}

const char *figures_next_missing(const struct figures *figures, size_t *at)
{
    const struct prereq_scope *scope = figures->scope;

    for (; scope && *at < scope->row_count; ++*at) {
        const struct prereq_scope_row *row = &scope->rows[*at];

        if (figures->scope_seen[*at] || !scope_row_holds(figures, row))
            continue;
        /* Of several rows of one host the last one holds. */
        if (prereq_scope_find(scope, row->host, row->host, row->host, figures->now) != row)
            continue;
        ++*at;
        return row->host;
    }
    return NULL;
}

/* ---- the row of a host ---- */

static uint64_t days_since(const struct figures *figures, struct prereq_time since)
{
    if (!since.known || since.seconds > figures->now.seconds)
        return 0;
    return (uint64_t)((figures->now.seconds - since.seconds) / DAY);
}

/* AWS and this project count a host that waits for its restart as not compliant, after a grace. */
static bool beyond_grace(const struct figures *figures, const struct prereq_assessment *assessment,
                         const struct prereq_summary *summary,
                         const struct prereq_status_row *status)
{
    uint64_t grace = assessment->policy && assessment->policy->restart_grace_days.known
                         ? assessment->policy->restart_grace_days.value
                         : 0;
    uint64_t days = days_since(figures, summary->restart_pending_since);

    if (status->age_days.known && status->age_days.value > days)
        days = status->age_days.value;
    return days > grace;
}

static bool host_compliant(const struct figures *figures,
                           const struct prereq_assessment *assessment,
                           const struct prereq_summary *summary)
{
    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *status = &assessment->statuses[i];

        if (!prereq_status_finding(status) || status->state == PREREQ_STATE_UNKNOWN)
            continue;
        if (status->state != PREREQ_STATE_PENDING_RESTART ||
            beyond_grace(figures, assessment, summary, status))
            return false;
    }
    return true;
}

/* An exception takes a finding out of its time limit. */
static bool within_sla(const struct prereq_assessment *assessment)
{
    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *status = &assessment->statuses[i];

        if (prereq_status_open(status) && status->overdue_days.known &&
            status->overdue_days.value > 0)
            return false;
    }
    return true;
}

static bool set_restart_reasons(const struct prereq_assessment *assessment,
                                struct prereq_arena *arena, struct row_host *row)
{
    const char **reasons =
        PREREQ_NEW_ARRAY(arena, assessment->pending_restart_count + 1, const char *);

    if (!reasons)
        return false;
    for (size_t i = 0; i < assessment->pending_restart_count; i++) {
        if (assessment->pending_restarts[i].pending == FIGURES_PENDING_YES)
            reasons[row->restart_reason_count++] = assessment->pending_restarts[i].source;
    }
    row->restart_reasons = reasons;
    return true;
}

static void set_times(const struct figures *figures, const struct prereq_summary *summary,
                      struct row_host *row)
{
    row->facts_time = summary->facts_time;
    row->last_evaluated = summary->last_evaluated;
    row->stale = summary->stale;
    if (summary->facts_time.known && summary->facts_time.seconds <= figures->now.seconds)
        row->age_hours = (struct prereq_number){
            (uint64_t)(figures->now.seconds - summary->facts_time.seconds) / HOUR, true};
}

static void set_counts(const struct prereq_summary *summary, struct row_host *row)
{
    row->required = summary->required_count;
    row->compliant = summary->compliant_and_superseded;
    row->known = summary->required_known;
    row->compliance = summary->compliance_percent;
    row->compliance_of_known = summary->compliance_of_known;
    row->ready = summary->count_of[PREREQ_STATE_READY];
    row->blocked = summary->count_of[PREREQ_STATE_BLOCKED];
    row->out_of_order = summary->count_of[PREREQ_STATE_OUT_OF_ORDER];
    row->regressed = summary->count_of[PREREQ_STATE_REGRESSED];
    row->pending_restart = summary->count_of[PREREQ_STATE_PENDING_RESTART];
    row->unknown = summary->count_of[PREREQ_STATE_UNKNOWN];
    row->recorded_only = summary->recorded_only_count;
    row->waived = summary->waived_count;
    row->overdue = summary->overdue_count;
    row->oldest_open_days = summary->oldest_open_age_days;
    row->collector_errors = summary->collector_errors;
}

enum prereq_status figures_host_row(const struct figures *figures,
                                    const struct prereq_assessment *assessment,
                                    const struct prereq_summary *summary,
                                    struct prereq_arena *row_arena, struct row_host *row,
                                    struct prereq_error *err)
{
    const struct prereq_plan *plan = prereq_assessment_plan(assessment, "host");

    *row = (struct row_host){.worst_state = summary->worst_state_name};
    set_times(figures, summary, row);
    set_counts(summary, row);
    row->host_compliant =
        host_compliant(figures, assessment, summary) ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    row->within_sla = within_sla(assessment) ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    if (summary->restart_pending == PREREQ_FLAG_UNSET)
        row->restart_pending = "Unknown";
    else
        row->restart_pending = summary->restart_pending == PREREQ_FLAG_TRUE ? "Yes" : "No";
    row->restart_since = summary->restart_pending_since;
    if (plan) {
        row->plan_result = prereq_enum_name(prereq_plan_result_names, plan->result);
        row->plan_steps = (struct prereq_number){plan->step_count, true};
        row->plan_restarts = plan->restarts;
        row->plan_hash = plan->hash;
    }
    return set_restart_reasons(assessment, row_arena, row) ? PREREQ_OK : figures_no_memory(err);
}

/* ---- the ten hosts with most to do ---- */

static bool ranks_before(const struct top_host *a, const struct top_host *b)
{
    if (a->open != b->open)
        return a->open > b->open;
    if (a->faults != b->faults)
        return a->faults > b->faults;
    if (a->overdue != b->overdue)
        return a->overdue > b->overdue;
    if (a->oldest_days != b->oldest_days)
        return a->oldest_days > b->oldest_days;
    return strcmp(a->name, b->name) < 0;
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);

    if (copy)
        memcpy(copy, text, size);
    return copy;
}

static void forget(struct top_host *host)
{
    free(host->name);
    free(host->group);
}

void figures_forget_top(struct figures *figures)
{
    for (size_t i = 0; i < figures->top_count; i++)
        forget(&figures->top[i]);
    figures->top_count = 0;
}

static struct top_host rank_of(const struct prereq_assessment *assessment,
                               const struct prereq_summary *summary, const struct row_host *row)
{
    struct top_host host = {
        .faults = row->out_of_order.value + row->regressed.value,
        .blocked = row->blocked.value,
        .ready = row->ready.value,
        .overdue = row->overdue.value,
        .oldest_days = row->oldest_open_days.value,
        .compliant = row->compliant.value,
        .required = row->required.value,
        .worst_state = summary->worst_state.known ? (int)summary->worst_state.value : -1,
    };

    for (size_t i = 0; i < assessment->status_count; i++)
        host.open += prereq_status_open(&assessment->statuses[i]);
    return host;
}

bool figures_keep_top(struct figures *figures, const struct prereq_assessment *assessment,
                      const struct prereq_summary *summary, const struct row_host *row)
{
    struct top_host host = rank_of(assessment, summary, row);
    size_t at = figures->top_count;

    if (!host.open)
        return true;
    host.name = copy_text(assessment->host->host_name ? assessment->host->host_name : "");
    host.group = copy_text(assessment->host->group ? assessment->host->group : "");
    if (!host.name || !host.group) {
        forget(&host);
        return false;
    }
    while (at > 0 && ranks_before(&host, &figures->top[at - 1]))
        at--;
    if (at == FIGURES_TOP) {
        forget(&host);
        return true;
    }
    if (figures->top_count == FIGURES_TOP)
        forget(&figures->top[--figures->top_count]);
    memmove(&figures->top[at + 1], &figures->top[at],
            (figures->top_count - at) * sizeof(figures->top[0]));
    figures->top[at] = host;
    figures->top_count++;
    return true;
}
