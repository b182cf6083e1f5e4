/* SPDX-License-Identifier: MIT */
/* report_figures_rows.c - the summary's figures, the row of a patch, the patches with most to do.
 */
#include <stdlib.h>
#include <string.h>

#include "figures/report_figures.h"

bool figures_median_restart(const struct figures *figures, uint64_t *twice_days)
{
    uint64_t dated = figures->restart_hosts - figures->restart_undated;
    uint64_t seen = 0;
    uint64_t low = UINT64_MAX;

    for (uint64_t days = 0; dated && days <= FIGURES_MAX_RESTART_DAYS; days++) {
        seen += figures->restart_days[days];
        if (low == UINT64_MAX && seen * 2 >= dated)
            low = days;
        if (seen * 2 > dated) {
            *twice_days = low + days;
            return true;
        }
    }
    return false;
}

/* ---- patches ---- */

static struct prereq_number number(uint64_t value)
{
    return (struct prereq_number){value, true};
}

static struct prereq_number percent(uint64_t numerator, uint64_t denominator)
{
    uint64_t tenths;

    if (!prereq_permille(numerator, denominator, &tenths))
        return (struct prereq_number){0, false};
    return number(tenths);
}

static uint64_t tally_required(const struct tally *tally)
{
    uint64_t sum = 0;

    for (int state = PREREQ_STATE_UNKNOWN; state < PREREQ_STATES; state++)
        sum += tally->state[state];
    return sum;
}

static uint64_t tally_compliant(const struct tally *tally)
{
    return tally->state[PREREQ_STATE_SUPERSEDED] + tally->state[PREREQ_STATE_COMPLIANT];
}

void figures_tally_row(const struct tally *tally, struct row_patch *row)
{
    uint64_t required = tally_required(tally);

    row->required = number(required);
    row->compliant = number(tally_compliant(tally));
    row->known = number(required - tally->state[PREREQ_STATE_UNKNOWN]);
    row->remediated = percent(row->compliant.value, required);
    row->ready = number(tally->state[PREREQ_STATE_READY]);
    row->blocked = number(tally->state[PREREQ_STATE_BLOCKED]);
    row->out_of_order = number(tally->state[PREREQ_STATE_OUT_OF_ORDER]);
    row->regressed = number(tally->state[PREREQ_STATE_REGRESSED]);
    row->pending_restart = number(tally->state[PREREQ_STATE_PENDING_RESTART]);
    row->unknown = number(tally->state[PREREQ_STATE_UNKNOWN]);
    row->waived = number(tally->waived);
    row->overdue = number(tally->overdue);
}

void figures_patch_row(const struct figures *figures, const struct patch_figures *patch,
                       struct row_patch *row)
{
    int64_t days = prereq_time_day(figures->now) - prereq_time_day(patch->released);

    *row = (struct row_patch){
        .patch_id = patch->key,
        .title = patch->title,
        .product = patch->product,
        .severity = patch->severity,
        .released = patch->released,
        .superseded_by = patch->superseded_by,
        .applicable = number(patch->applicable),
    };
    if (patch->released.known && days >= 0)
        row->days_since_release = number((uint64_t)days);
    figures_tally_row(&patch->tally, row);
}

static uint64_t faults_of(const struct tally *tally)
{
    return tally->state[PREREQ_STATE_OUT_OF_ORDER] + tally->state[PREREQ_STATE_REGRESSED];
}

static int compare_patches(const void *a, const void *b)
{
    const struct patch_figures *left = *(const struct patch_figures *const *)a;
    const struct patch_figures *right = *(const struct patch_figures *const *)b;

    if (left->tally.open != right->tally.open)
        return left->tally.open > right->tally.open ? -1 : 1;
    if (faults_of(&left->tally) != faults_of(&right->tally))
        return faults_of(&left->tally) > faults_of(&right->tally) ? -1 : 1;
    if (left->tally.overdue != right->tally.overdue)
        return left->tally.overdue > right->tally.overdue ? -1 : 1;
    return strcmp(left->key, right->key);
}

bool figures_top_patches(const struct figures *figures, struct prereq_arena *arena,
                         const struct patch_figures *top[FIGURES_TOP], size_t *count)
{
    void **patches = keyed_sorted(&figures->patches, arena);

    if (!patches)
        return false;
    qsort(patches, figures->patches.count, sizeof(*patches), compare_patches);
    *count = 0;
    for (size_t i = 0; i < figures->patches.count && *count < FIGURES_TOP; i++) {
        const struct patch_figures *patch = patches[i];

        if (patch->tally.open)
            top[(*count)++] = patch;
    }
    return true;
}

/* ---- the figures ---- */

struct figure_list {
    struct row_figure *rows;
    size_t count;
};

static struct row_figure *add(struct figure_list *list, const char *figure, const char *title,
                              const char *unit, const char *about)
{
    struct row_figure *row = &list->rows[list->count++];

    *row = (struct row_figure){.figure = figure, .title = title, .unit = unit, .about = about};
    return row;
}

static void add_percent(struct figure_list *list, const char *figure, const char *title,
                        uint64_t numerator, uint64_t denominator, const char *unit,
                        const char *about)
{
    struct row_figure *row = add(list, figure, title, unit, about);

    row->numerator = number(numerator);
    row->denominator = number(denominator);
    row->percent = percent(numerator, denominator);
}

static void add_count(struct figure_list *list, const char *figure, const char *title,
                      uint64_t value, const char *unit, const char *about)
{
    add(list, figure, title, unit, about)->value = number(value);
}

static void add_compliance(const struct figures *figures, struct figure_list *list)
{
    const struct tally *all = &figures->all;

    add_percent(list, "PatchCompliance", "Patch compliance", figures->compliant, figures->required,
                "patches",
                "Compliant and Superseded, of all required patches; Unknown is not compliant");
    add_percent(list, "PatchComplianceWithWaivers", "Patch compliance with exceptions",
                figures->compliant + all->waived_missing, figures->required, "patches",
                "the same, with waived findings of known state counted as compliant");
    add_percent(
        list, "HostCompliance", "Host compliance", figures->hosts_compliant, figures->evaluated,
        "hosts",
        "hosts without a patch that is missing or at fault, or waits for a restart too long");
    add_count(list, "CompliantHostsWithUnknown", "... of them with unknown patches",
              figures->compliant_unknown, "hosts",
              "counted as compliant, but the state of some required patch is not known");
    add_percent(list, "Coverage", "Coverage", figures->fresh, figures_in_scope(figures), "hosts",
                "hosts in scope whose facts are recent enough");
    add_percent(list, "ComplianceOfKnown", "Compliance of what is known", figures->compliant,
                figures->known, "patches",
                "Compliant and Superseded, of required patches whose state is known");
    add_percent(list, "Unknown", "Unknown", all->state[PREREQ_STATE_UNKNOWN], figures->required,
                "patches", "required patches whose state the facts do not tell");
    add_percent(list, "RecordedNotVerified", "Recorded, not verified", figures->recorded_only,
                figures->required, "patches",
                "required patches known from a record alone, not from files or builds");
    add_percent(list, "OpenWithinSla", "Open findings within SLA", figures->in_time,
                figures->with_due, "findings", "open findings that are not past their due date");
}

static void add_work(const struct figures *figures, struct figure_list *list)
{
    const struct tally *all = &figures->all;

    add_count(list, "OpenFindings", "Open findings", all->open, "findings",
              "required patches not compliant, or at fault, and not waived");
    add_count(list, "OverdueFindings", "Overdue findings", all->overdue, "findings",
              "findings past their due date, waived ones too");
    add_count(list, "OutOfOrder", "Installed out of order", all->state[PREREQ_STATE_OUT_OF_ORDER],
              "findings", "on, but a prerequisite does not hold: reinstall in the right order");
    add_count(list, "Regressed", "Regressed", all->state[PREREQ_STATE_REGRESSED], "findings",
              "recorded as installed, but their files are older");
    add_count(list, "BlockedBacklog", "Blocked backlog", all->state[PREREQ_STATE_BLOCKED],
              "findings", "missing, and a prerequisite stands in the way");
}

/* What clears most: the blocker that is alone in the way of most findings. */
static const struct blocker_figures *top_blocker(const struct figures *figures,
                                                 struct prereq_arena *arena)
{
    void **blockers = keyed_sorted(&figures->blockers, arena);
    const struct blocker_figures *best = NULL;

    for (size_t i = 0; blockers && i < figures->blockers.count; i++) {
        const struct blocker_figures *blocker = blockers[i];

        if (!best || blocker->alone > best->alone ||
            (blocker->alone == best->alone && blocker->findings > best->findings))
            best = blocker;
    }
    return best;
}

static bool add_blocker(const struct figures *figures, struct prereq_arena *arena,
                        struct figure_list *list)
{
    const struct blocker_figures *blocker = top_blocker(figures, arena);
    struct row_figure *row =
        add(list, "TopBlocker", "Top blocker: clears", "findings", "nothing is blocked");

    row->value = number(blocker ? blocker->alone : 0);
    if (!blocker)
        return true;
    row->text = blocker->key;
    row->about =
        prereq_printf(arena, "%s: in the way of %llu findings, of %llu of them alone", blocker->key,
                      (unsigned long long)blocker->findings, (unsigned long long)blocker->alone);
    return row->about != NULL;
}

static bool add_restarts(const struct figures *figures, struct prereq_arena *arena,
                         struct figure_list *list)
{
    uint64_t twice;
    struct row_figure *row;

    add_percent(list, "RestartDebt", "Restart debt", figures->restart_hosts, figures->evaluated,
                "hosts", "hosts on which a restart is due");
    row = add(list, "RestartMedianAge", "Median age of due restarts", "days",
              "half of the dated ones wait longer");
    if (figures_median_restart(figures, &twice))
        row->text =
            prereq_printf(arena, "%llu%s", (unsigned long long)(twice / 2), twice % 2 ? ".5" : "");
    else
        row->text = "n/a";
    add_count(list, "RestartOver7Days", "Restarts due for more than 7 days", figures->restart_old,
              "hosts", "hosts whose restart has been due for more than 7 days");
    return row->text != NULL;
}

static void add_hosts(const struct figures *figures, struct figure_list *list)
{
    uint64_t in_scope = figures_in_scope(figures);
    uint64_t missing = in_scope - figures->evaluated;

    add_count(list, "HostsInScope", "Hosts in scope", in_scope, "hosts",
              figures->scope ? "rows of the scope file that hold today"
                             : "documents given; there is no scope file");
    add_count(list, "HostsEvaluated", "Hosts evaluated", figures->evaluated, "hosts",
              "hosts in scope with an assessment");
    add_count(list, "HostsStale", "Hosts with stale facts", figures->evaluated - figures->fresh,
              "hosts", "evaluated, but the facts are older than the policy allows");
    add_count(list, "HostsWithoutDocument", "Hosts without assessment", missing, "hosts",
              "in scope, but no usable document was given");
    add_count(list, "DocumentsLeftOut", "Documents left out", figures->left_out, "documents",
              "could not be used: in the sheet Collector errors");
    add_count(list, "HostsOutOfScope", "Hosts out of scope", figures->out_of_scope, "hosts",
              "assessed, but not in the scope file: in the sheet Hosts alone");
}

static void add_exceptions(const struct figures *figures, struct figure_list *list)
{
    add_count(list, "ExceptionsActive", "Exceptions active", figures->waiver_active, "findings",
              "waived for more than 30 more days");
    add_count(list, "ExceptionsExpiring", "Exceptions expiring", figures->waiver_expiring,
              "findings", "waived, for 30 more days or less");
    add_count(list, "ExceptionsExpired", "Exceptions expired, still open", figures->waiver_expired,
              "findings", "the waiver has ended and the finding is open");
}

size_t figures_rows(const struct figures *figures, struct prereq_arena *arena,
                    struct row_figure rows[FIGURES_MAX_ROWS])
{
    struct figure_list list = {rows, 0};

    add_compliance(figures, &list);
    add_work(figures, &list);
    if (!add_blocker(figures, arena, &list) || !add_restarts(figures, arena, &list))
        return 0;
    add_exceptions(figures, &list);
    add_hosts(figures, &list);
    return list.count;
}
