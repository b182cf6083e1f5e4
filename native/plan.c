/* SPDX-License-Identifier: MIT */
/* plan.c - goals into a proven plan: a run for each way to choose among candidates, the best one
 * kept. */
#include "plan.h"

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
           planner->damaged && planner->prices && planner->alone && planner->skipped &&
           planner->tried && planner->spared && planner->left_out && planner->restore &&
           planner->installs && planner->closing && planner->coming_off && planner->forced_group &&
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

struct best { /* the picks of the best run so far */
    size_t *picks;
    size_t count, restarts, steps;
    bool planned, any;
};

static bool is_better(const struct prereq_planner *planner, const struct best *best)
{
    bool planned = planner->result == 0;

    if (!best->any || planned != best->planned)
        return !best->any || planned;
    if (!planned)
        return false;
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
    best->restarts = planner->restarts;
    best->steps = planner->order_count;
    best->planned = planner->result == 0;
    best->any = true;
    return true;
}

/* The next way: the last decision that has another candidate takes it.  False: all were tried. */
static bool next_picks(const struct prereq_planner *planner, size_t *picks, size_t *count)
{
    for (size_t i = planner->decision_count; i > 0; i--) {
        const struct prereq_decision *last = &planner->decisions[i - 1];

        if (last->picked + 1 >= last->count)
            continue;
        for (size_t k = 0; k < i; k++)
            picks[k] = planner->decisions[k].picked;
        picks[i - 1]++;
        *count = i;
        return true;
    }
    return false;
}

/* Whole plans are compared: by restarts, then steps, then what looked best alone. */
static void compare_runs(struct prereq_planner *planner)
{
    size_t *picks =
        PREREQ_NEW_ARRAY(planner->trial->arena,
                         planner->host->catalog->group_count + planner->host->pair_count, size_t);
    struct best best = {0};
    size_t count = 0, acts = 0, runs = 0;
    bool more = picks != NULL, last_is_best = false;

    planner->no_memory |= !picks;
    while (more && !planner->no_memory) {
        start_run(planner, picks, count);
        acts += planner->act_count + 1;
        last_is_best = is_better(planner, &best);
        if (last_is_best && !keep_best(planner, &best))
            planner->no_memory = true;
        more = ++runs < MOST_RUNS && acts < MOST_ACTS_TRIED &&
               runs * planner->host->pair_count < MOST_PAIRS_TRIED &&
               next_picks(planner, picks, &count);
    }
    if (!planner->no_memory && !last_is_best)
        start_run(planner, best.picks, best.count);
}

static enum prereq_status prove(struct prereq_planner *planner)
{
    const char *wrong = prereq_plan_check(planner);

    if (!wrong)
        return PREREQ_OK;
    return prereq_fail(planner->trial->err, PREREQ_INTERNAL,
                       "a plan failed its own check and is not shown: %s", wrong);
}

static enum prereq_status build(struct prereq_planner *planner, const char *name,
                                struct prereq_plan *plan)
{
    enum prereq_status status = PREREQ_OK;

    compare_runs(planner);
    planner->no_memory |= planner->host->walks->no_memory;
    if (!planner->result && planner->order_count > 0 && !planner->only_restart)
        status = prove(planner);
    if (!planner->result)
        planner->result = planner->order_count ? PREREQ_PLAN_PLANNED : PREREQ_PLAN_NOTHING_TO_DO;
    if (!status && (planner->no_memory || !prereq_plan_rows(planner, name, plan)))
        status = prereq_fail(planner->trial->err, PREREQ_NO_MEMORY,
                             "the plan is larger than the memory for it");
    return status;
}

enum prereq_status prereq_plan_build(struct prereq_trial *trial, const uint32_t *goals,
                                     size_t goal_count, const char *name, struct prereq_plan *plan)
{
    struct prereq_planner planner;
    uint32_t *all = PREREQ_NEW_ARRAY(trial->arena, goal_count + trial->restore_count, uint32_t);
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
    status = build(&planner, name, plan);
    prereq_buffer_free(&planner.needs);
    prereq_buffer_free(&planner.warnings);
    return status;
}
