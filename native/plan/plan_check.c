/* SPDX-License-Identifier: MIT */
/* plan_check.c - the end of a plan: what is not as good as rule 8 asks, to be forced in the next
 * round; and the finished order before the proof, which has a simulation of its own (proof.h). */
#include "plan/plan.h"

#include "proof/proof.h"

static const char *fault(struct prereq_planner *planner, uint32_t pair, const char *what)
{
    const char *text =
        prereq_printf(planner->trial->arena, "%s %s", prereq_plan_pair_id(planner, pair), what);

    return text ? text : "no memory for the check";
}

static bool came_off(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->now.records[pair].value == PREREQ_TRUE && planner->off[pair];
}

static bool satisfies(const struct prereq_planner *planner, uint32_t pair, uint32_t needed_by)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[needed_by].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &host->catalog->groups[g];

        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            if (host->catalog->alternatives[i].patch != PREREQ_NONE &&
                prereq_catalog_supersedes(host->catalog, host->pairs[pair].patch,
                                          host->catalog->alternatives[i].patch))
                return true;
        }
    }
    return false;
}

/* The plan sets one of its files or prerequisites. */
static bool is_touched(struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->act_count; i++) {
        const struct prereq_act *act = &planner->acts[i];

        if (act->kind != PREREQ_ACT_INSTALL && act->kind != PREREQ_ACT_UNINSTALL)
            continue;
        if (act->pair == pair || prereq_share_file(planner->start, act->pair, pair) ||
            satisfies(planner, act->pair, pair))
            return true;
    }
    return false;
}

/* At fault when the plan was made, or behind the restart that was due already. */
static bool was_at_fault(struct prereq_planner *planner, uint32_t pair)
{
    return prereq_state_is_fault(prereq_base_state(&planner->trial->now, pair)) ||
           (planner->host->differs &&
            prereq_state_is_fault(prereq_base_state(&planner->trial->later, pair)));
}

/* A step of the finished order puts it on. */
static bool is_put_on(const struct prereq_planner *planner, uint32_t pair)
{
    uint32_t act = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair);

    for (size_t i = 0; act != PREREQ_NONE && i < planner->order_count; i++) {
        if (planner->order[i] == act)
            return true;
    }
    return false;
}

/* It applies no longer, and a later one that holds it is on. */
static bool is_covered(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];

    return prereq_satisfied(sitting, about->patch, about->target, false).verdict == PREREQ_TRUE;
}

/* Rule 8: goals hold, and one that applied is not reached by no longer applying; what the plan puts
 * on is sound; what was in effect, or came off, is good, or as it was where the plan touched
 * nothing of it; what was at fault may stay so where its own repair is refused. */
static bool is_damaged(struct prereq_planner *planner, struct prereq_sim *sim, uint32_t pair)
{
    int before = prereq_base_state(&planner->trial->now, pair);
    int after = prereq_base_state(&sim->now_sitting, pair);
    bool was_on = prereq_effect(&planner->trial->now, pair).verdict == PREREQ_TRUE;

    bool applied = before != PREREQ_STATE_NOT_APPLICABLE;
    bool goal =
        prereq_plan_is_goal(planner, pair) && (applied || after != PREREQ_STATE_NOT_APPLICABLE);
    bool must_be_on = goal || is_put_on(planner, pair);

    if (after == PREREQ_STATE_NOT_APPLICABLE && must_be_on)
        return !is_covered(&sim->now_sitting, pair);
    if (prereq_plan_is_good(after))
        return false;
    if (must_be_on || came_off(planner, pair))
        return true;
    if (planner->spared[pair] || (!was_on && before != PREREQ_STATE_SUPERSEDED))
        return false;
    if (before == PREREQ_STATE_UNKNOWN)
        return after != PREREQ_STATE_UNKNOWN;
    if (was_at_fault(planner, pair))
        return after != before || is_touched(planner, pair);
    return true;
}

size_t prereq_plan_force_damage(struct prereq_planner *planner, struct prereq_sim *sim)
{
    size_t fresh = 0;

    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        if (planner->damaged[pair] || planner->skipped[pair] || !is_damaged(planner, sim, pair))
            continue;
        fresh++;
        planner->forced[pair] = planner->damaged[pair] = true;
        planner->tried[pair] = was_at_fault(planner, pair) && !prereq_plan_is_goal(planner, pair) &&
                               !came_off(planner, pair);
    }
    return fresh;
}

const char *prereq_plan_first_damage(struct prereq_planner *planner, struct prereq_sim *sim)
{
    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        if (is_damaged(planner, sim, pair))
            return fault(planner, pair, "would not be sound at the end");
    }
    return NULL;
}

/* ---- the finished order before the proof ---- */

static struct prereq_proof_step step_of(const struct prereq_act *act)
{
    static const enum prereq_proof_action actions[] = {
        [PREREQ_ACT_EXTRACT] = PREREQ_PROOF_EXTRACT,
        [PREREQ_ACT_UNINSTALL] = PREREQ_PROOF_UNINSTALL,
        [PREREQ_ACT_REMOVE_RECORD] = PREREQ_PROOF_REMOVE_RECORD,
        [PREREQ_ACT_INSTALL] = PREREQ_PROOF_INSTALL,
        [PREREQ_ACT_REMEDY] = PREREQ_PROOF_REMEDY,
        [PREREQ_ACT_WAIT] = PREREQ_PROOF_WAIT,
    };

    return (struct prereq_proof_step){actions[act->kind], act->pair, act->alt, act->days};
}

static const char *say(struct prereq_planner *planner, const struct prereq_proof *proof)
{
    const char *words = prereq_proof_words(proof->fault);
    const char *id = proof->pair == PREREQ_NONE ? "" : prereq_plan_pair_id(planner, proof->pair);

    if (proof->step < planner->order_count)
        return prereq_printf(planner->trial->arena, "step %zu: %s %s", proof->step + 1, id, words);
    return prereq_printf(planner->trial->arena, "at the end: %s%s%s", id, *id ? " " : "", words);
}

const char *prereq_plan_check(struct prereq_planner *planner)
{
    struct prereq_proof_step *steps =
        PREREQ_NEW_ARRAY(planner->trial->arena, planner->order_count, struct prereq_proof_step);
    struct prereq_claim claim = {steps,
                                 planner->order_count,
                                 planner->goals,
                                 planner->goal_count,
                                 planner->restore,
                                 planner->restore_count,
                                 planner->spared};
    struct prereq_proof proof;
    const char *wrong = NULL;

    for (size_t i = 0; steps && i < planner->order_count; i++) {
        steps[i] = (struct prereq_proof_step){.action = PREREQ_PROOF_RESTART, .pair = PREREQ_NONE};
        if (planner->order[i] != PREREQ_RESTART_MARK)
            steps[i] = step_of(&planner->acts[planner->order[i]]);
    }
    if (!steps || prereq_prove(planner->trial, &claim, &proof) != PREREQ_OK) {
        planner->no_memory = true;
        return NULL;
    }
    if (proof.fault == PREREQ_PROOF_HOLDS)
        return NULL;
    wrong = say(planner, &proof);
    planner->no_memory |= !wrong;
    return wrong;
}
