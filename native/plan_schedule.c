/* SPDX-License-Identifier: MIT */
/* plan_schedule.c - acts in an order that works, found on the simulation.
 *
 * As much as can be done is done before each restart: first what leaves nothing for it, then what needs
 * nothing pending, then the rest. */
#include "plan.h"

#include <string.h>

static bool holds(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_NOT_APPLICABLE;
}

static bool groups_hold(struct prereq_sim *sim, uint32_t pair)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        if (!holds(prereq_group_judge(&sim->now_sitting, g, pair).verdict))
            return false;
    }
    return true;
}

/* A satisfier that went on since the last restart, where a restart has to stand between. */
static bool waits_for_restart(struct prereq_sim *sim, uint32_t pair)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &catalog->groups[g];

        if (group->group->restart_before != PREREQ_FLAG_TRUE)
            continue;
        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            for (size_t k = 0; k < sim->since_count; k++) {
                uint32_t patch = sim->host->pairs[sim->since[k]].patch;

                if (catalog->alternatives[i].patch != PREREQ_NONE &&
                    prereq_catalog_supersedes(catalog, patch, catalog->alternatives[i].patch))
                    return true;
            }
        }
    }
    return false;
}

static bool may_chain(struct prereq_sim *sim, uint32_t a, uint32_t b)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    int one = catalog->patches[sim->host->pairs[a].patch].patch->chain;
    int other = catalog->patches[sim->host->pairs[b].patch].patch->chain;

    if (one == PREREQ_CHAIN_NEVER || other == PREREQ_CHAIN_NEVER)
        return false;
    if (one == PREREQ_CHAIN_ALWAYS && other == PREREQ_CHAIN_ALWAYS)
        return true;
    return !prereq_share_file(&sim->now_sitting, a, b);
}

bool prereq_plan_ready(struct prereq_planner *planner, struct prereq_sim *sim, size_t act,
                       const bool *done)
{
    const struct prereq_act *about = &planner->acts[act];

    for (size_t a = 0; a < planner->act_count; a++) {
        if (!done[a] && prereq_plan_before(planner, a, act))
            return false;
    }
    if (about->kind != PREREQ_ACT_INSTALL)
        return true;
    for (size_t i = 0; i < sim->since_count; i++) {
        if (!may_chain(sim, sim->since[i], about->pair))
            return false;
    }
    return groups_hold(sim, about->pair) && !waits_for_restart(sim, about->pair);
}

/* ---- which of the ready ones comes next ---- */

static bool leaves_pending(struct prereq_planner *planner, const struct prereq_act *act)
{
    if (act->kind == PREREQ_ACT_INSTALL)
        return prereq_leaves_pending(planner->start, act->pair);
    return act->kind == PREREQ_ACT_REMEDY && act->alt->remedy &&
           act->alt->remedy->at_restart == PREREQ_FLAG_TRUE;
}

static bool needs_nothing_pending(const struct prereq_planner *planner, const struct prereq_act *act)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, act->pair);

    for (size_t i = 0; act->kind == PREREQ_ACT_INSTALL && i < patch->prerequisite_count; i++) {
        for (size_t k = 0; k < patch->prerequisites[i].any_of_count; k++) {
            const struct prereq_rule *rule = patch->prerequisites[i].any_of[k].rule;

            if (rule && rule->nothing_pending)
                return true;
        }
    }
    return false;
}

static int class_of(struct prereq_planner *planner, const struct prereq_act *act)
{
    if (!leaves_pending(planner, act))
        return act->kind == PREREQ_ACT_EXTRACT ? 0 : 1;
    return needs_nothing_pending(planner, act) ? 2 : 3;
}

/* Restarts on the longest way of edges behind an act. */
static unsigned chain_behind(struct prereq_planner *planner, size_t act, unsigned *known)
{
    unsigned longest = 0;

    if (known[act])
        return known[act] - 1;
    for (size_t b = 0; b < planner->act_count; b++) {
        unsigned behind;

        if (!prereq_plan_before(planner, act, b))
            continue;
        behind = chain_behind(planner, b, known) + leaves_pending(planner, &planner->acts[b]);
        longest = behind > longest ? behind : longest;
    }
    known[act] = longest + 1;
    return longest;
}

static bool goes_first(struct prereq_planner *planner, size_t a, size_t b, unsigned *known)
{
    const struct prereq_act *one = &planner->acts[a], *other = &planner->acts[b];
    int order = class_of(planner, one) - class_of(planner, other);
    unsigned behind_a, behind_b;

    if (order)
        return order < 0;
    behind_a = chain_behind(planner, a, known);
    behind_b = chain_behind(planner, b, known);
    if (behind_a != behind_b)
        return behind_a > behind_b;
    if (one->kind != other->kind)
        return one->kind < other->kind;
    if (one->old_time.known && other->old_time.known &&
        one->old_time.seconds != other->old_time.seconds) {
        bool older = one->old_time.seconds < other->old_time.seconds;

        return one->kind == PREREQ_ACT_UNINSTALL ? !older : older; /* last in, first out */
    }
    return strcmp(prereq_plan_pair_id(planner, one->pair), prereq_plan_pair_id(planner, other->pair)) < 0;
}

/* Put on again only what the projection does not already prove. */
static bool is_left_out(struct prereq_planner *planner, struct prereq_sim *sim, size_t act)
{
    const struct prereq_act *about = &planner->acts[act];
    bool own_goal = planner->forced[about->pair];

    for (size_t i = 0; i < planner->goal_count; i++)
        own_goal |= planner->goals[i] == about->pair;
    return about->kind == PREREQ_ACT_INSTALL && !own_goal && planner->off[about->pair] &&
           prereq_plan_is_good(prereq_base_state(&sim->now_sitting, about->pair)) &&
           prereq_plan_find_act(planner, PREREQ_ACT_UNINSTALL, about->pair) == PREREQ_NONE;
}

static void put_order(struct prereq_planner *planner, uint32_t what)
{
    planner->order[planner->order_count++] = what;
    if (what == PREREQ_RESTART_MARK)
        planner->restarts++;
}

static bool step(struct prereq_planner *planner, bool *done, unsigned *known)
{
    struct prereq_sim *sim = &planner->sim;
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < planner->act_count; i++) {
        if (!done[i] && prereq_plan_ready(planner, sim, i, done) &&
            (best == SIZE_MAX || goes_first(planner, i, best, known)))
            best = i;
    }
    if (best == SIZE_MAX)
        return false;
    done[best] = true;
    if (is_left_out(planner, sim, best))
        return true;
    prereq_sim_act(sim, &planner->acts[best]);
    put_order(planner, (uint32_t)best);
    return true;
}

bool prereq_plan_schedule(struct prereq_planner *planner, bool *done)
{
    unsigned *known = PREREQ_NEW_ARRAY(planner->trial->arena, planner->act_count, unsigned);
    struct prereq_sim *sim = &planner->sim;
    size_t left = planner->act_count;

    planner->order =
        PREREQ_NEW_ARRAY(planner->trial->arena, planner->act_count * 2 + 3, uint32_t);
    planner->order_count = planner->restarts = 0;
    if (!known || !planner->order) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return false;
    }
    prereq_sim_reset(sim);
    if (planner->restart_first) {
        put_order(planner, PREREQ_RESTART_MARK);
        prereq_sim_restart(sim);
    } else if (planner->host->differs) {
        sim->restart_due = true;
    }
    while (left > 0) {
        if (step(planner, done, known)) {
            left--;
            continue;
        }
        if (!sim->restart_due)
            return false;
        put_order(planner, PREREQ_RESTART_MARK);
        prereq_sim_restart(sim);
    }
    return true;
}
