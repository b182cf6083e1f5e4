/* SPDX-License-Identifier: MIT */
/* plan.c - goals into a proven plan: a run for each way to choose among candidates, the best one
 * kept. */
#include "plan/plan.h"

#include <string.h>

/* Ways that are tried, acts in all of them together, and statuses looked at in all of them: bounds
 * on time, not on what is right. */
#define MOST_RUNS 48
#define MOST_ACTS_TRIED 600
#define MOST_PAIRS_TRIED 500000

static bool make_room(struct prereq_planner *planner)
{
    struct prereq_arena *arena = planner->trial->arena;
    size_t pairs = planner->host->pair_count;

    planner->forced = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->closed = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->planning = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->off = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->damaged = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->prices = PREREQ_NEW_ARRAY(arena, pairs, struct prereq_price);
    planner->alone = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->follows = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->replaced = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->skipped = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->tried = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->spared = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->left_out = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->installs = PREREQ_NEW_ARRAY(arena, pairs, uint32_t);
    planner->closing = PREREQ_NEW_ARRAY(arena, pairs, struct prereq_closing);
    planner->coming_off = PREREQ_NEW_ARRAY(arena, pairs, uint32_t);
    planner->restore = PREREQ_NEW_ARRAY(arena, pairs, uint32_t);
    planner->forced_group = PREREQ_NEW_ARRAY(arena, planner->host->catalog->group_count, bool);
    return planner->forced && planner->closed && planner->planning && planner->off &&
           planner->damaged && planner->prices && planner->alone && planner->follows &&
           planner->replaced && planner->skipped && planner->tried && planner->spared &&
           planner->left_out && planner->restore && planner->installs && planner->closing &&
           planner->coming_off && planner->forced_group &&
           prereq_sim_make(planner->trial, &planner->sim);
}

static void start_run(struct prereq_planner *planner, const size_t *picks, size_t pick_count)
{
    memset(planner->spared, 0, planner->host->pair_count * sizeof(bool));
    memset(planner->alone, 0, planner->host->pair_count * sizeof(bool));
    memset(planner->skipped, 0, planner->host->pair_count * sizeof(bool));
    prereq_buffer_free(&planner->needs);
    prereq_buffer_free(&planner->warnings);
    planner->decision_count = 0;
    planner->picks = picks;
    planner->pick_count = pick_count;
    planner->result = 0;
    planner->reason = NULL;
    prereq_plan_run(planner);
}

struct picks { /* which candidate each decision takes, in the order in which they come up */
    size_t *list;
    size_t count, capacity;
};

/* There are as many decisions as groups that patches of this run need on a target: the list grows.
 */
static bool add_pick(struct prereq_planner *planner, struct picks *picks, size_t picked)
{
    void *list = picks->list;

    if (!prereq_grow(planner->trial->arena, &list, picks->count, &picks->capacity,
                     sizeof(*picks->list))) {
        planner->no_memory = true;
        return false;
    }
    picks->list = list;
    picks->list[picks->count++] = picked;
    return true;
}

struct best { /* the picks of the best run so far */
    size_t *picks;
    size_t count, manual, restarts, steps;
    bool planned, any;
};

/* Steps that a person has to do. */
static size_t manual_steps(const struct prereq_planner *planner)
{
    size_t count = 0;

    for (size_t i = 0; i < planner->order_count; i++) {
        const struct prereq_act *act;

        if (planner->order[i] == PREREQ_RESTART_MARK)
            continue;
        act = &planner->acts[planner->order[i]];
        count += act->kind == PREREQ_ACT_REMEDY && act->alt->remedy &&
                 act->alt->remedy->action == PREREQ_STEP_MANUAL;
    }
    return count;
}

static bool is_better(const struct prereq_planner *planner, const struct best *best)
{
    bool planned = planner->result == 0;

    if (!best->any || planned != best->planned)
        return !best->any || planned;
    if (!planned)
        return false;
    if (manual_steps(planner) != best->manual)
        return manual_steps(planner) < best->manual;
    if (planner->restarts != best->restarts)
        return planner->restarts < best->restarts;
    return planner->order_count < best->steps;
}

static bool keep_best(const struct prereq_planner *planner, struct best *best)
{
    best->picks = PREREQ_NEW_ARRAY(planner->trial->arena, planner->decision_count, size_t);
    if (!best->picks)
        return false;
    for (size_t i = 0; i < planner->decision_count; i++)
        best->picks[i] = planner->decisions[i].picked;
    best->count = planner->decision_count;
    best->manual = manual_steps(planner);
    best->restarts = planner->restarts;
    best->steps = planner->order_count;
    best->planned = planner->result == 0;
    best->any = true;
    return true;
}

/* The next way: the last decision that has another candidate takes it.  False: all were tried, or
 * no memory. */
static bool next_picks(struct prereq_planner *planner, struct picks *picks)
{
    for (size_t i = planner->decision_count; i > 0; i--) {
        const struct prereq_decision *last = &planner->decisions[i - 1];

        if (last->picked + 1 >= last->count)
            continue;
        picks->count = 0;
        for (size_t k = 0; k < i; k++) {
            if (!add_pick(planner, picks, planner->decisions[k].picked))
                return false;
        }
        picks->list[i - 1]++;
        return true;
    }
    return false;
}

/* Whole plans are compared: by what a person has to do, restarts, steps, then what looked best
 * alone. */
void prereq_plan_compare(struct prereq_planner *planner)
{
    struct picks picks = {NULL, 0, 0};
    struct best best = {0};
    size_t acts = 0, runs = 0;
    bool more = true, last_is_best = false;

    while (more && !planner->no_memory) {
        start_run(planner, picks.list, picks.count);
        acts += planner->act_count + 1;
        last_is_best = is_better(planner, &best);
        if (last_is_best && !keep_best(planner, &best))
            planner->no_memory = true;
        more = ++runs < MOST_RUNS && acts < MOST_ACTS_TRIED &&
               runs * planner->host->pair_count < MOST_PAIRS_TRIED && next_picks(planner, &picks);
    }
    if (!planner->no_memory && !last_is_best)
        start_run(planner, best.picks, best.count);
}

/* A plan that does not hold before the proof is nobody's plan: it is refused, and the host goes on.
 */
static void prove(struct prereq_planner *planner)
{
    const char *wrong = prereq_plan_check(planner);

    if (!wrong)
        return;
    planner->restore_count = 0;
    prereq_plan_refuse(
        planner, PREREQ_PLAN_REFUSED,
        prereq_printf(planner->trial->arena, "%s: %s", PREREQ_PLAN_FAILED_PROOF, wrong));
}

static enum prereq_status build(struct prereq_planner *planner, const char *name,
                                struct prereq_plan *plan)
{
    enum prereq_status status = PREREQ_OK;

    if (strcmp(name, "host") == 0 || strcmp(name, "repair") == 0)
        prereq_plan_rest(planner, strcmp(name, "host") == 0);
    else
        prereq_plan_compare(planner);
    planner->no_memory |= planner->host->trails->no_memory;
    if (!planner->result && planner->order_count > 0 && !planner->only_restart)
        prove(planner);
    if (!planner->result && planner->order_count == 0 && planner->rest_count > 0)
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                           "nothing of it can be planned; what is left out says why");
    if (!planner->result)
        planner->result = planner->order_count ? PREREQ_PLAN_PLANNED : PREREQ_PLAN_NOTHING_TO_DO;
    if (!status &&
        (planner->no_memory || planner->sim.no_memory || !prereq_plan_rows(planner, name, plan)))
        status = prereq_fail(planner->trial->err, PREREQ_NO_MEMORY,
                             "the plan is larger than the memory for it");
    return status;
}

enum prereq_status prereq_plan_build(struct prereq_trial *trial, const uint32_t *goals,
                                     size_t goal_count, const char *name, struct prereq_plan *plan)
{
    struct prereq_planner planner;
    uint32_t *all = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, uint32_t);
    enum prereq_status status;
    size_t count = 0;

    memset(&planner, 0, sizeof(planner));
    planner.trial = trial;
    planner.host = trial->host;
    if (!all || !make_room(&planner))
        return prereq_fail(trial->err, PREREQ_NO_MEMORY,
                           "the plan is larger than the memory for it");
    for (size_t i = 0; i < goal_count; i++)
        all[count++] = goals[i];
    for (size_t i = 0; i < trial->restore_count; i++) {
        bool there = false;

        for (size_t k = 0; k < count; k++)
            there |= all[k] == trial->restore[i];
        if (!there)
            all[count++] = trial->restore[i];
    }
    planner.goals = all;
    planner.goal_count = count;
    planner.rest = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, struct prereq_left_out);
    if (!planner.rest)
        return prereq_fail(trial->err, PREREQ_NO_MEMORY,
                           "the plan is larger than the memory for it");
    status = build(&planner, name, plan);
    prereq_buffer_free(&planner.needs);
    prereq_buffer_free(&planner.warnings);
    return status;
}
