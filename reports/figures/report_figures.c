/* SPDX-License-Identifier: MIT */
/* report_figures.c - counting hosts, statuses, blockers and waivers as they go by. */
#include <stdlib.h>
#include <string.h>

#include "figures/report_figures.h"

#define FIGURES_MEMORY ((size_t)256 << 20)
#define DAY ((int64_t)24 * 60 * 60)

const char *const figures_age_names[FIGURES_AGES] = {"0-7 days", "8-30 days", "31-60 days",
                                                     "61-90 days", "over 90 days"};

enum prereq_status figures_no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the figures of the report");
}

enum prereq_status figures_open(struct prereq_time now, const struct prereq_scope *scope,
                                struct figures **figures, struct prereq_error *err)
{
    struct figures *made = calloc(1, sizeof(*made));

    if (!made)
        return figures_no_memory(err);
    made->now = now;
    made->scope = scope;
    made->arena = prereq_arena_new(FIGURES_MEMORY);
    made->restart_days = calloc(FIGURES_MAX_RESTART_DAYS + 1, sizeof(*made->restart_days));
    made->scope_seen = calloc((scope ? scope->row_count : 0) + 1, sizeof(*made->scope_seen));
    made->patches =
        (struct keyed){.arena = made->arena, .entry_size = sizeof(struct patch_figures)};
    made->groups = (struct keyed){.arena = made->arena, .entry_size = sizeof(struct group_figures)};
    made->blockers =
        (struct keyed){.arena = made->arena, .entry_size = sizeof(struct blocker_figures)};
    made->policies =
        (struct keyed){.arena = made->arena, .entry_size = sizeof(struct policy_figures)};
    made->catalogs = made->policies;
    made->waivers =
        (struct keyed){.arena = made->arena, .entry_size = sizeof(struct waiver_figures)};
    if (!made->arena || !made->restart_days || !made->scope_seen) {
        figures_free(made);
        return figures_no_memory(err);
    }
    *figures = made;
    return PREREQ_OK;
}

void figures_free(struct figures *figures)
{
    if (!figures)
        return;
    figures_forget_top(figures);
    keyed_free(&figures->patches);
    keyed_free(&figures->groups);
    keyed_free(&figures->blockers);
    keyed_free(&figures->policies);
    keyed_free(&figures->catalogs);
    keyed_free(&figures->waivers);
    marks_free(&figures->documents);
    marks_free(&figures->host_ids);
    free(figures->restart_days);
    free(figures->scope_seen);
    prereq_arena_free(figures->arena);
    free(figures);
}

/* ---- statuses ---- */

static void count_in(struct tally *tally, const struct prereq_status_row *status)
{
    bool waived = status->waived == PREREQ_FLAG_TRUE;
    bool finding = prereq_status_finding(status);

    tally->state[status->state]++;
    tally->waived += waived;
    tally->waived_missing += waived && prereq_state_is_proven_open(status->state);
    tally->open += finding && !waived;
    tally->overdue += status->overdue_days.known && status->overdue_days.value > 0;
}

static size_t age_bucket(uint64_t days)
{
    static const uint64_t last[FIGURES_AGES - 1] = {7, 30, 60, 90};
    size_t bucket = 0;

    while (bucket < FIGURES_AGES - 1 && days > last[bucket])
        bucket++;
    return bucket;
}

static void count_open(struct figures *figures, const struct prereq_status_row *status)
{
    bool overdue = status->overdue_days.known && status->overdue_days.value > 0;

    if (status->open_since.known && status->age_days.known)
        figures->ages[age_bucket(status->age_days.value)]++;
    else
        figures->undated++;
    if (status->due_date.known) {
        figures->with_due++;
        figures->in_time += !overdue;
    }
}

static enum prereq_status count_blockers(struct figures *figures,
                                         const struct prereq_status_row *status,
                                         struct prereq_error *err)
{
    for (size_t i = 0; i < status->blocked_by_count; i++) {
        struct blocker_figures *blocker = keyed_get(&figures->blockers, status->blocked_by[i]);

        if (!blocker)
            return figures_no_memory(err);
        blocker->findings++;
        blocker->alone += status->blocked_by_count == 1;
    }
    return PREREQ_OK;
}

static enum prereq_status count_patch(struct figures *figures,
                                      const struct prereq_status_row *status, bool in,
                                      struct prereq_error *err)
{
    struct patch_figures *patch = keyed_get(&figures->patches, status->patch_id);

    if (!patch || !figures_keep_text(figures->arena, &patch->title, status->title) ||
        !figures_keep_text(figures->arena, &patch->product, status->product) ||
        !figures_keep_text(figures->arena, &patch->superseded_by, status->superseded_by))
        return figures_no_memory(err);
    if (!patch->severity)
        patch->severity = status->severity;
    if (!patch->released.known)
        patch->released = status->released;
    patch->applicable++;
    if (in)
        count_in(&patch->tally, status);
    return PREREQ_OK;
}

static size_t severity_index(int severity)
{
    return severity >= 1 && severity <= FIGURES_SEVERITIES ? (size_t)severity - 1
                                                           : FIGURES_SEVERITIES - 1;
}

static enum prereq_status count_status(struct figures *figures, struct group_figures *group,
                                       const struct prereq_status_row *status,
                                       struct prereq_error *err)
{
    enum prereq_status result;
    bool in = prereq_status_in_figures(status);

    if (status->state == PREREQ_STATE_NOT_APPLICABLE)
        return PREREQ_OK;
    result = count_patch(figures, status, in, err);
    if (result != PREREQ_OK || !in)
        return result;
    count_in(&figures->all, status);
    count_in(&figures->by_severity[severity_index(status->severity)], status);
    count_in(&group->tally, status);
    if (prereq_status_open(status))
        count_open(figures, status);
    return status->state == PREREQ_STATE_BLOCKED ? count_blockers(figures, status, err) : PREREQ_OK;
}

/* ---- one host ---- */

static void count_restart(struct figures *figures, const struct prereq_summary *summary)
{
    int64_t days;

    figures->restart_unknown += summary->restart_pending == PREREQ_FLAG_UNSET;
    if (summary->restart_pending != PREREQ_FLAG_TRUE)
        return;
    figures->restart_hosts++;
    if (!summary->restart_pending_since.known) {
        figures->restart_undated++;
        return;
    }
    days = (figures->now.seconds - summary->restart_pending_since.seconds) / DAY;
    if (days < 0)
        days = 0;
    figures->restart_old += days > FIGURES_RESTART_OLD_DAYS;
    if (days > FIGURES_MAX_RESTART_DAYS)
        days = FIGURES_MAX_RESTART_DAYS;
    figures->restart_days[days]++;
}

static void count_times(struct figures *figures, struct prereq_time facts)
{
    if (!facts.known)
        return;
    if (!figures->oldest_facts.known || facts.seconds < figures->oldest_facts.seconds)
        figures->oldest_facts = facts;
    if (!figures->newest_facts.known || facts.seconds > figures->newest_facts.seconds)
        figures->newest_facts = facts;
}

enum prereq_status figures_add(struct figures *figures, const struct prereq_assessment *assessment,
                               const struct prereq_summary *summary, struct prereq_arena *row_arena,
                               struct row_host *row, struct prereq_error *err)
{
    const char *group_name = assessment->host->group ? assessment->host->group : "";
    struct group_figures *group = keyed_get(&figures->groups, group_name);
    enum prereq_status status = figures_host_row(figures, assessment, summary, row_arena, row, err);

    if (!group)
        return figures_no_memory(err);
    if (status == PREREQ_OK)
        status = figures_count_sources(figures, assessment, err);
    for (size_t i = 0; status == PREREQ_OK && i < assessment->status_count; i++)
        status = count_status(figures, group, &assessment->statuses[i], err);
    if (status != PREREQ_OK)
        return status;
    figures->evaluated++;
    figures->fresh += row->stale != PREREQ_FLAG_TRUE;
    figures->hosts_compliant += row->host_compliant == PREREQ_FLAG_TRUE;
    figures->compliant_unknown += row->host_compliant == PREREQ_FLAG_TRUE && row->unknown.value > 0;
    group->hosts++;
    group->hosts_compliant += row->host_compliant == PREREQ_FLAG_TRUE;
    figures->compliant += summary->compliant_and_superseded.value;
    figures->known += summary->required_known.value;
    figures->required += summary->required_count.value;
    figures->recorded_only += summary->recorded_only_count.value;
    count_restart(figures, summary);
    count_times(figures, summary->facts_time);
    return figures_keep_top(figures, assessment, summary, row) ? PREREQ_OK : figures_no_memory(err);
}
