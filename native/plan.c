/* SPDX-License-Identifier: MIT */
/* plan.c - goals into a proven plan: close, schedule, check, and again with what that showed to be
 * needed.  Sets only grow, so it ends. */
#include "plan.h"

#include <string.h>

static bool make_room(struct prereq_planner *planner)
{
    struct prereq_arena *arena = planner->trial->arena;
    size_t pairs = planner->host->pair_count;

    planner->forced = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->closed = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->planning = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->off = PREREQ_NEW_ARRAY(arena, pairs, bool);
    planner->restore = PREREQ_NEW_ARRAY(arena, pairs, uint32_t);
    planner->forced_group = PREREQ_NEW_ARRAY(arena, planner->host->catalog->group_count, bool);
    return planner->forced && planner->closed && planner->planning && planner->off &&
           planner->restore && planner->forced_group && prereq_sim_make(planner->trial, &planner->sim);
}

/* ---- does the plan begin with a restart? ---- */

static bool blocking_source(const struct prereq_trial *trial)
{
    for (size_t i = 0; i < trial->facts->pending_restart_count; i++) {
        if (prereq_restart_blocks(trial, &trial->facts->pending_restarts[i]))
            return true;
    }
    return false;
}

static bool any_goal_open(const struct prereq_planner *planner, struct prereq_sitting *sitting)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        if (!prereq_plan_is_good(prereq_base_state(sitting, planner->goals[i])))
            return true;
    }
    return false;
}

static bool fault_at_restart(const struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        enum prereq_reason reason;
        bool fault;

        prereq_state(&planner->trial->now, planner->goals[i], &reason, &fault);
        if (fault)
            return true;
    }
    return false;
}

/* A goal that only waits for the restart. */
static bool goal_waits(const struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        enum prereq_reason reason;
        bool fault;

        if (prereq_state(&planner->trial->now, planner->goals[i], &reason, &fault) ==
            PREREQ_STATE_PENDING_RESTART)
            return true;
    }
    return false;
}

static void choose_start(struct prereq_planner *planner)
{
    struct prereq_trial *trial = planner->trial;

    planner->start = &trial->now;
    planner->restart_first =
        (blocking_source(trial) && any_goal_open(planner, &trial->now)) || fault_at_restart(planner);
    if (planner->restart_first)
        planner->start = &trial->later;
}

/* ---- rounds ---- */

static size_t force_unmet(struct prereq_planner *planner, const bool *done)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    size_t fresh = 0;

    for (size_t i = 0; i < planner->act_count; i++) {
        uint32_t pair = planner->acts[i].pair;
        const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

        if (done[i] || planner->acts[i].kind != PREREQ_ACT_INSTALL)
            continue;
        for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
            enum prereq_verdict verdict =
                prereq_group_judge(&planner->sim.now_sitting, g, pair).verdict;

            if (verdict == PREREQ_TRUE || verdict == PREREQ_NOT_APPLICABLE ||
                planner->forced_group[g])
                continue;
            planner->forced_group[g] = true;
            fresh++;
        }
    }
    return fresh;
}

static void refuse_stuck(struct prereq_planner *planner, const bool *done)
{
    struct prereq_buffer text = {0};
    bool first = true;

    prereq_buffer_add(&text, "no order of the steps works:");
    for (size_t i = 0; i < planner->act_count; i++) {
        if (done[i] || planner->acts[i].kind != PREREQ_ACT_INSTALL)
            continue;
        prereq_buffer_addf(&text, "%s %s", first ? "" : ",",
                           prereq_plan_pair_id(planner, planner->acts[i].pair));
        first = false;
    }
    prereq_buffer_add(&text, " would still wait for what another step puts back");
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                       text.failed ? NULL : prereq_strdup(planner->trial->arena, text.text));
    prereq_buffer_free(&text);
}

static void refuse_damage(struct prereq_planner *planner)
{
    const char *wrong;

    if (planner->sim.restart_due)
        return;
    wrong = prereq_plan_check(planner);
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                       prereq_printf(planner->trial->arena, "no plan holds to its end: %s",
                                     wrong ? wrong : "?"));
}

/* One round.  True: done, with an order or with a refusal. */
static bool round_is_final(struct prereq_planner *planner)
{
    bool *done;

    prereq_plan_close(planner);
    if (!planner->result)
        prereq_plan_edges(planner);
    if (planner->result)
        return true;
    done = PREREQ_NEW_ARRAY(planner->trial->arena, planner->act_count, bool);
    if (!done) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return true;
    }
    if (!prereq_plan_schedule(planner, done)) {
        if (!planner->result && force_unmet(planner, done) == 0)
            refuse_stuck(planner, done);
        return planner->result != 0;
    }
    prereq_plan_search(planner);
    if (planner->sim.restart_due && (planner->act_count > 0 || goal_waits(planner))) {
        planner->order[planner->order_count++] = PREREQ_RESTART_MARK;
        planner->restarts++;
        prereq_sim_restart(&planner->sim);
    }
    if (prereq_plan_damage(planner, &planner->sim, true) > 0)
        return false;
    if (prereq_plan_damage(planner, &planner->sim, false) > 0)
        refuse_damage(planner);
    return true;
}

/* After a first restart what waits is not known: restart, then plan anew. */
static bool only_restart(struct prereq_planner *planner)
{
    bool unknown_later = false;

    if (!planner->restart_first)
        return false;
    for (size_t i = 0; i < planner->goal_count; i++) {
        int now = prereq_base_state(&planner->trial->now, planner->goals[i]);

        unknown_later |=
            now != PREREQ_STATE_UNKNOWN &&
            prereq_base_state(&planner->trial->later, planner->goals[i]) == PREREQ_STATE_UNKNOWN;
    }
    if (!unknown_later)
        return false;
    planner->order = PREREQ_NEW_ARRAY(planner->trial->arena, 1, uint32_t);
    if (!planner->order) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return true;
    }
    planner->order[planner->order_count++] = PREREQ_RESTART_MARK;
    planner->restarts = 1;
    prereq_buffer_add(&planner->warnings,
                      "what the pending restart changes is not known: restart, collect, and plan anew\n");
    return true;
}

static enum prereq_status prove(struct prereq_planner *planner)
{
    const char *wrong = prereq_plan_check(planner);

    if (!wrong)
        return PREREQ_OK;
    return prereq_fail(planner->trial->err, PREREQ_INTERNAL,
                       "a plan failed its own check and is not shown: %s", wrong);
}

static void run_rounds(struct prereq_planner *planner)
{
    size_t most = planner->host->pair_count + planner->host->catalog->group_count + 1;

    for (size_t i = 0; i < most && !planner->result; i++) {
        if (round_is_final(planner))
            return;
    }
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, "no plan was found that holds to its end");
}

static enum prereq_status build(struct prereq_planner *planner, const char *name,
                                struct prereq_plan *plan)
{
    bool waits_only;
    enum prereq_status status = PREREQ_OK;

    choose_start(planner);
    waits_only = only_restart(planner);
    if (!waits_only)
        run_rounds(planner);
    if (!planner->result && planner->order_count > 0 && !waits_only)
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
        return prereq_fail(trial->err, PREREQ_NO_MEMORY, "the plan is larger than the memory for it");
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
