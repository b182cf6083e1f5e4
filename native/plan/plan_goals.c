/* SPDX-License-Identifier: MIT */
/* plan_goals.c - from goals to acts: each by itself or by a superseder that stands in. */
#include "plan/plan.h"

#include <string.h>

bool prereq_plan_is_goal(const struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        if (planner->goals[i] == pair)
            return true;
    }
    return false;
}

/* It is on, or goes on anyhow. */
static bool is_on_or_wanted(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_is_goal(planner, pair) || planner->forced[pair] ||
           prereq_recorded(planner->start, pair) == PREREQ_TRUE ||
           prereq_effect(planner->start, pair).verdict == PREREQ_TRUE;
}

/* A superseder that stands in: it is on, is itself a goal, or the patch cannot go on again. */
static uint32_t stand_in(const struct prereq_planner *planner, uint32_t pair, bool any)
{
    const struct prereq_pair *about = &planner->host->pairs[pair];
    struct prereq_trail walk;

    prereq_trail_begin(&walk, planner->host, PREREQ_TO_LATER, about->patch, about->target);
    while (prereq_trail_next(&walk)) {
        walk.stop_here = walk.pair == PREREQ_NONE;
        if (walk.stop_here || walk.depth == 0 ||
            prereq_applies(planner->start, walk.pair) != PREREQ_TRUE ||
            prereq_plan_cannot_go_on(planner, walk.pair) ||
            !(any || is_on_or_wanted(planner, walk.pair)))
            continue;
        prereq_trail_end(&walk);
        return walk.pair;
    }
    return PREREQ_NONE;
}

static bool is_to_be_restored(const struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->trial->restore_count; i++) {
        if (planner->trial->restore[i] == pair)
            return true;
    }
    return false;
}

/* What came off goes on again itself, and so does one whose superseder cannot be made sound. */
static void close_goal(struct prereq_planner *planner, uint32_t pair)
{
    bool cannot = prereq_plan_cannot_go_on(planner, pair);
    uint32_t instead = PREREQ_NONE;

    planner->forced[pair] |= planner->follows[pair];
    if (!planner->forced[pair] && !prereq_plan_is_sound(planner, pair) &&
        (cannot || (!planner->alone[pair] && !is_to_be_restored(planner, pair))))
        instead = stand_in(planner, pair, cannot);
    prereq_plan_close_pair(planner, instead == PREREQ_NONE ? pair : instead);
    planner->alone[pair] |= planner->result && instead != PREREQ_NONE && !cannot;
    planner->replaced[pair] = instead != PREREQ_NONE && !cannot;
    planner->stood_in = planner->result && instead != PREREQ_NONE && !cannot;
}

/* What comes off goes on again; only now, so that it does not seem to lead back to what takes it
 * off. */
static void close_off(struct prereq_planner *planner)
{
    bool again = true;

    while (again) {
        again = false;
        for (uint32_t i = 0; i < planner->host->pair_count && !planner->result; i++) {
            if (!planner->off[i] ||
                prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, i) != PREREQ_NONE)
                continue;
            planner->closed[i] = false;
            prereq_plan_close_pair(planner, i);
            again = true;
        }
    }
}

void prereq_plan_close(struct prereq_planner *planner)
{
    size_t pairs = planner->host->pair_count;

    planner->act_count = planner->choice_count = planner->restore_count = 0;
    memset(planner->left_out, 0, pairs * sizeof(bool));
    memset(planner->closed, 0, pairs * sizeof(bool));
    memset(planner->planning, 0, pairs * sizeof(bool));
    memset(planner->off, 0, pairs * sizeof(bool));
    memset(planner->replaced, 0, pairs * sizeof(bool));
    planner->blamed = PREREQ_NONE;
    planner->stood_in = false;
    for (size_t i = 0; i < planner->goal_count && !planner->result; i++) {
        if (planner->skipped[planner->goals[i]])
            continue;
        close_goal(planner, planner->goals[i]);
        if (planner->result)
            planner->blamed = planner->goals[i];
    }
    for (uint32_t i = 0; i < pairs && !planner->result; i++) {
        if (!planner->forced[i])
            continue;
        if (planner->damaged[i] && !planner->tried[i] &&
            planner->host->now.records[i].value == PREREQ_TRUE)
            prereq_plan_add_restore(planner, i); /* the plan lowers it before it goes on again */
        prereq_plan_close_pair(planner, i);
        if (planner->result)
            planner->blamed = i;
    }
    close_off(planner);
    prereq_plan_drop_needless(planner);
}
