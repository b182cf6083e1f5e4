/* SPDX-License-Identifier: MIT */
/* plan_schedule.c - acts in an order that works, found on the simulation.
 *
 * As much as can be done is done before each restart: first what leaves nothing for it, then what
 * needs nothing pending, then the rest. */
#include "plan/plan.h"

#include <string.h>

/* ---- which of the ready ones comes next ---- */

static bool leaves_pending(struct prereq_planner *planner, const struct prereq_act *act)
{
    if (act->kind == PREREQ_ACT_INSTALL)
        return prereq_leaves_pending(planner->start, act->pair);
    return act->kind == PREREQ_ACT_REMEDY && act->alt->remedy &&
           act->alt->remedy->at_restart == PREREQ_FLAG_TRUE;
}

static bool needs_nothing_pending(const struct prereq_planner *planner,
                                  const struct prereq_act *act)
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
    if (act->kind == PREREQ_ACT_WAIT)
        return 4;
    if (!leaves_pending(planner, act))
        return act->kind == PREREQ_ACT_EXTRACT ? 0 : 1;
    return needs_nothing_pending(planner, act) ? 2 : 3;
}

struct chains {        /* of edges behind acts */
    unsigned *known;   /* restarts on the longest one, + 1; 0: not looked for yet */
    uint32_t *way;     /* acts being looked at, on a stack */
    uint32_t *next;    /* the act behind each that comes next */
    unsigned *longest; /* so far */
};

static bool make_chains(const struct prereq_planner *planner, struct chains *chains)
{
    struct prereq_arena *arena = planner->trial->arena;

    chains->known = PREREQ_NEW_ARRAY(arena, planner->act_count, unsigned);
    chains->way = PREREQ_NEW_ARRAY(arena, planner->act_count, uint32_t);
    chains->next = PREREQ_NEW_ARRAY(arena, planner->act_count, uint32_t);
    chains->longest = PREREQ_NEW_ARRAY(arena, planner->act_count, unsigned);
    return chains->known && chains->way && chains->next && chains->longest;
}

/* Restarts on the longest way of edges behind an act: depth first without recursion. */
static unsigned chain_behind(struct prereq_planner *planner, size_t act, struct chains *chains)
{
    size_t depth = 0;

    if (chains->known[act])
        return chains->known[act] - 1;
    chains->way[depth++] = (uint32_t)act;
    chains->next[act] = 0;
    chains->longest[act] = 0;
    while (depth > 0) {
        uint32_t at = chains->way[depth - 1], b = chains->next[at];
        unsigned behind;

        while (b < planner->act_count && !prereq_plan_before(planner, at, b))
            b++;
        chains->next[at] = b;
        if (b == planner->act_count) {
            chains->known[at] = chains->longest[at] + 1;
            depth--;
        } else if (chains->known[b]) {
            behind = chains->known[b] - 1 + leaves_pending(planner, &planner->acts[b]);
            if (behind > chains->longest[at])
                chains->longest[at] = behind;
            chains->next[at]++;
        } else {
            chains->way[depth++] = b;
            chains->next[b] = 0;
            chains->longest[b] = 0;
        }
    }
    return chains->known[act] - 1;
}

static bool goes_first(struct prereq_planner *planner, size_t a, size_t b, struct chains *chains)
{
    const struct prereq_act *one = &planner->acts[a], *other = &planner->acts[b];
    int order = class_of(planner, one) - class_of(planner, other);
    unsigned behind_a, behind_b;

    if (order)
        return order < 0;
    behind_a = chain_behind(planner, a, chains);
    behind_b = chain_behind(planner, b, chains);
    if (behind_a != behind_b)
        return behind_a > behind_b;
    if (one->kind != other->kind)
        return one->kind < other->kind;
    if (one->old_time.known && other->old_time.known &&
        one->old_time.seconds != other->old_time.seconds) {
        bool older = one->old_time.seconds < other->old_time.seconds;

        return one->kind == PREREQ_ACT_UNINSTALL ? !older : older; /* last in, first out */
    }
    return strcmp(prereq_plan_pair_id(planner, one->pair),
                  prereq_plan_pair_id(planner, other->pair)) < 0;
}

/* It was at fault when the plan that took it off was made. */
static bool came_off_for_its_fault(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_trial *trial = planner->trial;

    for (size_t i = 0; i < trial->restore_count; i++) {
        const struct prereq_status_row *before;

        if (trial->restore[i] != pair)
            continue;
        before = prereq_previous_status(trial, prereq_plan_pair_id(planner, pair));
        return before && prereq_state_is_fault(before->state);
    }
    return false;
}

/* A goal that is at fault, and what comes off at fault, is to be recorded again whatever is proven.
 */
static bool has_to_go_on(const struct prereq_planner *planner, uint32_t pair)
{
    int state = prereq_base_state(planner->start, pair);

    if (planner->damaged[pair] || came_off_for_its_fault(planner, pair))
        return true;
    if (planner->off[pair] && prereq_state_is_fault(state))
        return true;
    return prereq_plan_is_goal(planner, pair) && !prereq_state_is_missing(state);
}

/* What went on before proves it already: what came off only because it went on later than another,
 * what was chosen for a prerequisite, what was only missing. */
bool prereq_plan_is_left_out(struct prereq_planner *planner, struct prereq_sim *sim, size_t act)
{
    uint32_t pair = planner->acts[act].pair;

    return planner->acts[act].kind == PREREQ_ACT_INSTALL && !has_to_go_on(planner, pair) &&
           prereq_plan_is_good(prereq_base_state(&sim->later_sitting, pair)) &&
           (planner->off[pair] || prereq_plan_is_good(prereq_base_state(&sim->now_sitting, pair)));
}

void prereq_plan_put_order(struct prereq_planner *planner, uint32_t what)
{
    const struct prereq_act *act = what == PREREQ_RESTART_MARK ? NULL : &planner->acts[what];
    void *order = planner->order;

    if (!prereq_grow(planner->trial->arena, &order, planner->order_count, &planner->order_capacity,
                     sizeof(*planner->order))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    planner->order = order;
    planner->order[planner->order_count++] = what;
    if (!act || (act->kind == PREREQ_ACT_REMEDY && act->alt->remedy &&
                 act->alt->remedy->action == PREREQ_STEP_RESTART))
        planner->restarts++;
}

static size_t next_act(struct prereq_planner *planner, const bool *done, struct chains *chains)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < planner->act_count; i++) {
        if (!done[i] && prereq_plan_ready(planner, &planner->sim, i, done) &&
            (best == SIZE_MAX || goes_first(planner, i, best, chains)))
            best = i;
    }
    return best;
}

void prereq_plan_begin(struct prereq_planner *planner)
{
    planner->order_count = planner->restarts = 0;
    prereq_sim_reset(&planner->sim);
    if (!planner->restart_first)
        return;
    prereq_plan_put_order(planner, PREREQ_RESTART_MARK);
    prereq_sim_restart(&planner->sim);
}

bool prereq_plan_schedule(struct prereq_planner *planner, bool *done)
{
    struct chains chains;
    size_t left = planner->act_count;

    if (!make_chains(planner, &chains)) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return false;
    }
    prereq_plan_begin(planner);
    for (size_t i = 0; i < planner->act_count; i++) {
        done[i] =
            planner->acts[i].kind == PREREQ_ACT_INSTALL && planner->left_out[planner->acts[i].pair];
        left -= done[i];
    }
    while (left > 0) {
        size_t act = next_act(planner, done, &chains);

        if (act == SIZE_MAX && prereq_plan_restart_helps(planner, &planner->sim, done) &&
            prereq_plan_may_restart(planner, done)) {
            prereq_plan_put_order(planner, PREREQ_RESTART_MARK);
            prereq_sim_restart(&planner->sim);
            continue;
        }
        if (act == SIZE_MAX && prereq_plan_drop_old_order(planner))
            continue;
        if (act == SIZE_MAX)
            return false;
        left--;
        done[act] = true;
        if (prereq_plan_is_left_out(planner, &planner->sim, act)) {
            planner->left_out[planner->acts[act].pair] = true;
            continue;
        }
        prereq_sim_act(&planner->sim, &planner->acts[act]);
        prereq_plan_put_order(planner, (uint32_t)act);
    }
    return true;
}

bool prereq_plan_prune(struct prereq_planner *planner)
{
    bool any = false;

    prereq_sim_reset(&planner->sim);
    for (size_t i = 0; i < planner->order_count; i++) {
        uint32_t act = planner->order[i];

        if (act == PREREQ_RESTART_MARK) {
            prereq_sim_restart(&planner->sim);
        } else if (prereq_plan_is_left_out(planner, &planner->sim, act)) {
            planner->left_out[planner->acts[act].pair] = true;
            any = true;
        } else {
            prereq_sim_act(&planner->sim, &planner->acts[act]);
        }
    }
    return any;
}
