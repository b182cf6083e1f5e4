/* SPDX-License-Identifier: MIT */
/* plan_close.c - from goals to acts: what has to go on, what has to come off first, what both need. */
#include "plan.h"

#include <string.h>

void prereq_plan_refuse(struct prereq_planner *planner, int result, const char *reason)
{
    if (planner->result)
        return;
    planner->result = result;
    planner->reason = reason;
    if (!reason)
        planner->no_memory = true;
}

bool prereq_plan_is_good(int state)
{
    return state == PREREQ_STATE_NOT_APPLICABLE || state == PREREQ_STATE_SUPERSEDED ||
           state == PREREQ_STATE_COMPLIANT;
}

const struct prereq_patch *prereq_plan_patch(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->catalog->patches[planner->host->pairs[pair].patch].patch;
}

const char *prereq_plan_pair_id(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->pairs[pair].id;
}

uint32_t prereq_plan_find_act(const struct prereq_planner *planner, enum prereq_act_kind kind,
                              uint32_t pair)
{
    for (uint32_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == kind && planner->acts[i].pair == pair)
            return i;
    }
    return PREREQ_NONE;
}

uint32_t prereq_plan_add_act(struct prereq_planner *planner, enum prereq_act_kind kind, uint32_t pair,
                             const struct prereq_alternative *alt, const char *reason)
{
    void *acts = planner->acts;

    for (uint32_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == kind && planner->acts[i].alt == alt &&
            (alt || planner->acts[i].pair == pair))
            return i;
    }
    if (!prereq_grow(planner->trial->arena, &acts, planner->act_count, &planner->act_capacity,
                     sizeof(*planner->acts))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return PREREQ_NONE;
    }
    planner->acts = acts;
    planner->acts[planner->act_count] = (struct prereq_act){
        kind, pair, alt, planner->host->now.records[pair].last, reason};
    return (uint32_t)planner->act_count++;
}

void prereq_plan_needs(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_pair *about = &planner->host->pairs[pair];
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];
    struct prereq_sitting *start = planner->start;

    prereq_describe_needs(start, catalog->products[entry->product].applies, about->target,
                          &planner->needs);
    prereq_describe_needs(start, entry->applies, about->target, &planner->needs);
    prereq_describe_needs(start, entry->marker, about->target, &planner->needs);
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        enum prereq_verdict verdict = prereq_row_judge(start, i, about->target).verdict;

        if (verdict != PREREQ_TRUE && verdict != PREREQ_FALSE && verdict != PREREQ_NOT_APPLICABLE)
            prereq_buffer_addf(&planner->needs, "file %s\n", catalog->rows[i].row->path);
    }
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        enum prereq_verdict verdict = prereq_group_judge(start, g, pair).verdict;

        if (verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE)
            continue;
        prereq_describe_needs(start, catalog->groups[g].when, about->target, &planner->needs);
        for (uint32_t a = catalog->groups[g].first;
             a < catalog->groups[g].first + catalog->groups[g].count; a++) {
            const struct prereq_calt *alt = &catalog->alternatives[a];
            uint32_t named = alt->patch == PREREQ_NONE
                                 ? PREREQ_NONE
                                 : prereq_pair_find(planner->host, alt->patch, about->target);

            prereq_describe_needs(start, alt->rule, about->target, &planner->needs);
            if (named != PREREQ_NONE && named != pair && !planner->planning[named]) {
                planner->planning[named] = true;
                prereq_plan_needs(planner, named);
                planner->planning[named] = false;
            }
        }
    }
}

static void refuse_about(struct prereq_planner *planner, uint32_t pair, const char *why)
{
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                       prereq_printf(planner->trial->arena, "%s: %s",
                                     prereq_plan_pair_id(planner, pair), why));
}

/* ---- coming off ---- */

static void add_restore(struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->restore_count; i++) {
        if (planner->restore[i] == pair)
            return;
    }
    planner->restore[planner->restore_count++] = pair;
}

static void take_off(struct prereq_planner *planner, uint32_t pair);

/* Patches that share a file and went on later come off first: last in, first out. */
static void take_off_later(struct prereq_planner *planner, uint32_t pair)
{
    struct prereq_record_value *records = planner->host->now.records;

    for (uint32_t other = 0; other < planner->host->pair_count && !planner->result; other++) {
        const struct prereq_patch *patch = prereq_plan_patch(planner, other);

        if (other == pair || patch->kind == PREREQ_KIND_BASELINE || planner->off[other] ||
            records[other].value != PREREQ_TRUE || !prereq_may_apply(planner->start, other) ||
            !prereq_share_file(planner->start, pair, other))
            continue;
        if (prereq_time_is_later(records[other].last, records[pair].last))
            take_off(planner, other);
        else if (!prereq_time_is_later(records[pair].last, records[other].last)) {
            prereq_buffer_addf(&planner->needs, "installed on: %s\ninstalled on: %s\n",
                               prereq_plan_pair_id(planner, pair),
                               prereq_plan_pair_id(planner, other));
            prereq_plan_refuse(
                planner, PREREQ_PLAN_REFUSED,
                prereq_printf(planner->trial->arena,
                              "%s and %s share a file, and which of them went on later is not known: "
                              "the order in which they come off cannot be told",
                              prereq_plan_pair_id(planner, pair),
                              prereq_plan_pair_id(planner, other)));
        }
    }
}

static bool can_be_removed(const struct prereq_patch *patch)
{
    return patch->permanent != PREREQ_FLAG_TRUE && patch->removable != PREREQ_FLAG_FALSE &&
           ((patch->commands && patch->commands->uninstall) || patch->removable == PREREQ_FLAG_TRUE);
}

static void take_off(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);

    planner->off[pair] = true;
    if (!can_be_removed(patch)) {
        refuse_about(planner, pair, "it has to come off first, and cannot be removed "
                                    "(permanent_package)");
        return;
    }
    add_restore(planner, pair);
    if (patch->commands && patch->commands->uninstall &&
        patch->commands->uninstall->needs_extract == PREREQ_FLAG_TRUE)
        prereq_plan_add_act(planner, PREREQ_ACT_EXTRACT, pair, NULL,
                            "unpack the package, for its uninstaller");
    prereq_plan_add_act(planner, PREREQ_ACT_UNINSTALL, pair, NULL,
                        "it does not go on again while it is recorded, or shares a file with one "
                        "that comes off");
    take_off_later(planner, pair);
    prereq_plan_close_pair(planner, pair);
}

/* ---- going on ---- */

static void close_groups(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first;
         g < entry->group_first + entry->group_count && !planner->result; g++) {
        enum prereq_verdict now = prereq_group_judge(planner->start, g, pair).verdict;

        if (planner->forced_group[g] && now != PREREQ_NOT_APPLICABLE) {
            prereq_plan_choose(planner, g, pair);
            continue;
        }
        if (now == PREREQ_TRUE || now == PREREQ_NOT_APPLICABLE)
            continue;
        if (planner->start->later) {
            enum prereq_verdict later =
                prereq_group_judge(planner->start->later, g, pair).verdict;

            if (later == PREREQ_TRUE || later == PREREQ_NOT_APPLICABLE)
                continue; /* it waits for the restart */
        }
        prereq_plan_choose(planner, g, pair);
    }
}

/* A recorded one has to lose its record, by deletion or by coming off, before its package goes on. */
static void clear_record(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);

    if (patch->refuses_while_recorded != PREREQ_FLAG_TRUE || planner->off[pair])
        return;
    if (patch->commands && patch->commands->remove_record)
        prereq_plan_add_act(planner, PREREQ_ACT_REMOVE_RECORD, pair, NULL,
                            "its package does not go on while the record stands");
    else
        take_off(planner, pair);
}

static void put_on(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    bool recorded = planner->host->now.records[pair].value == PREREQ_TRUE;

    if (recorded && patch->permanent == PREREQ_FLAG_TRUE) {
        refuse_about(planner, pair, "it can neither come off nor go on again (permanent_package)");
        return;
    }
    if (patch->withdrawn.known) {
        refuse_about(planner, pair, "it was withdrawn");
        return;
    }
    if (recorded)
        clear_record(planner, pair);
    if (planner->result)
        return;
    prereq_plan_add_act(planner, PREREQ_ACT_INSTALL, pair, NULL, NULL);
    if (patch->commands && patch->commands->install &&
        patch->commands->install->needs_extract == PREREQ_FLAG_TRUE)
        prereq_plan_add_act(planner, PREREQ_ACT_EXTRACT, pair, NULL,
                            "unpack the package, for its installer");
    close_groups(planner, pair);
}

static void refuse_unknown(struct prereq_planner *planner, uint32_t pair)
{
    prereq_plan_needs(planner, pair);
    refuse_about(planner, pair, "its state is unknown; facts have to be collected first");
}

void prereq_plan_close_pair(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    int state;

    if (planner->closed[pair] || planner->result)
        return;
    planner->closed[pair] = true;
    state = prereq_base_state(planner->start, pair);
    if (!planner->forced[pair] && !planner->off[pair]) {
        if (prereq_plan_is_good(state))
            return;
        if (planner->start->later &&
            prereq_plan_is_good(prereq_base_state(planner->start->later, pair)))
            return; /* PendingRestart: the restart does it */
        if (state == PREREQ_STATE_UNKNOWN) {
            refuse_unknown(planner, pair);
            return;
        }
    }
    planner->planning[pair] = true;
    if (patch->repair == PREREQ_REPAIR_PREREQUISITE && !planner->forced[pair] &&
        !planner->off[pair] && prereq_recorded(planner->start, pair) == PREREQ_TRUE &&
        state == PREREQ_STATE_OUT_OF_ORDER)
        close_groups(planner, pair);
    else
        put_on(planner, pair);
    planner->planning[pair] = false;
}

/* ---- goals ---- */

static bool is_goal(const struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        if (planner->goals[i] == pair)
            return true;
    }
    return false;
}

static bool cannot_go_on(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    bool recorded = planner->host->now.records[pair].value == PREREQ_TRUE;

    return patch->withdrawn.known || (recorded && patch->permanent == PREREQ_FLAG_TRUE);
}

/* A superseder that stands in: it is on, is itself a goal, or the patch cannot go on again. */
static uint32_t stand_in(struct prereq_planner *planner, uint32_t pair, bool any)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];

    for (uint32_t i = 0; i < entry->later_count; i++) {
        uint32_t later = prereq_pair_find(host, host->catalog->numbers[entry->later_first + i],
                                          host->pairs[pair].target);
        uint32_t found;

        if (later == PREREQ_NONE)
            continue;
        if (prereq_applies(planner->start, later) == PREREQ_TRUE && !cannot_go_on(planner, later) &&
            (any || is_goal(planner, later) || planner->forced[later] ||
             prereq_recorded(planner->start, later) == PREREQ_TRUE ||
             prereq_effect(planner->start, later).verdict == PREREQ_TRUE))
            return later;
        found = stand_in(planner, later, any);
        if (found != PREREQ_NONE)
            return found;
    }
    return PREREQ_NONE;
}

static void close_goal(struct prereq_planner *planner, uint32_t pair)
{
    uint32_t instead;

    if (planner->forced[pair]) {
        prereq_plan_close_pair(planner, pair);
        return;
    }
    instead = stand_in(planner, pair, cannot_go_on(planner, pair));
    prereq_plan_close_pair(planner, instead == PREREQ_NONE ? pair : instead);
}

void prereq_plan_close(struct prereq_planner *planner)
{
    size_t pairs = planner->host->pair_count;

    planner->act_count = planner->choice_count = planner->restore_count = 0;
    memset(planner->closed, 0, pairs * sizeof(bool));
    memset(planner->planning, 0, pairs * sizeof(bool));
    memset(planner->off, 0, pairs * sizeof(bool));
    for (size_t i = 0; i < planner->goal_count && !planner->result; i++)
        close_goal(planner, planner->goals[i]);
    for (uint32_t i = 0; i < pairs && !planner->result; i++) {
        if (planner->forced[i])
            prereq_plan_close_pair(planner, i);
    }
}
