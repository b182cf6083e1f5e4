/* SPDX-License-Identifier: MIT */
/* plan_round.c - one run: close, schedule, look at the end, and again with what that showed to be
 * needed.  Sets only grow, so it ends. */
#include "plan/plan.h"

#include <string.h>

static bool unmet(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    enum prereq_verdict verdict =
        prereq_group_judge(&planner->sim.now_sitting, group, pair).verdict;

    return verdict != PREREQ_TRUE && verdict != PREREQ_NOT_APPLICABLE;
}

/* What was chosen for a group and was to be healed by what it needs itself goes on after all. */
static size_t force_chosen(struct prereq_planner *planner)
{
    size_t fresh = 0;

    for (size_t i = 0; i < planner->choice_count; i++) {
        const struct prereq_choice *choice = &planner->choices[i];

        if (choice->candidate == PREREQ_NONE || choice->heals ||
            planner->damaged[choice->candidate] || !unmet(planner, choice->group, choice->pair) ||
            prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->candidate) != PREREQ_NONE)
            continue;
        planner->damaged[choice->candidate] = planner->forced[choice->candidate] = true;
        fresh++;
    }
    return fresh;
}

static size_t force_unmet(struct prereq_planner *planner, const bool *done)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    size_t fresh = force_chosen(planner);

    for (size_t i = 0; fresh == 0 && i < planner->act_count; i++) {
        uint32_t pair = planner->acts[i].pair;
        const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

        if (done[i] || planner->acts[i].kind != PREREQ_ACT_INSTALL)
            continue;
        for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
            if (planner->forced_group[g] || !unmet(planner, g, pair))
                continue;
            planner->forced_group[g] = true;
            fresh++;
        }
    }
    return fresh;
}

/* It went on again and is unsound at the end for want of something that held in the beginning. */
static size_t force_lost_groups(struct prereq_planner *planner)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    size_t fresh = 0;

    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

        if (!planner->closed[pair] ||
            prereq_plan_is_good(prereq_base_state(&planner->sim.now_sitting, pair)))
            continue;
        for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
            if (planner->forced_group[g] || !unmet(planner, g, pair))
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

/* A restart at the end where a step asks for it, or a goal has waited for it from the beginning. */
static void last_restart(struct prereq_planner *planner)
{
    if (!planner->sim.restart_due && (planner->restarts > 0 || !prereq_plan_goal_waits(planner)))
        return;
    prereq_plan_put_order(planner, PREREQ_RESTART_MARK);
    prereq_sim_restart(&planner->sim);
}

/* False: another round with what the end has shown to be needed. */
static bool end_is_final(struct prereq_planner *planner)
{
    const char *wrong;

    if (prereq_plan_force_damage(planner, &planner->sim) > 0)
        return false;
    wrong = prereq_plan_first_damage(planner, &planner->sim);
    if (wrong && force_lost_groups(planner) > 0)
        return false;
    if (wrong)
        prereq_plan_refuse(
            planner, PREREQ_PLAN_REFUSED,
            prereq_printf(planner->trial->arena, "no plan holds to its end: %s", wrong));
    return true;
}

/* One round.  True: final, with an order or with a refusal. */
static bool round_is_final(struct prereq_planner *planner)
{
    bool *done;

    prereq_plan_close(planner);
    if (prereq_plan_only_restart(planner))
        return true;
    if (!planner->result && !planner->restart_first && prereq_plan_meets_rename(planner)) {
        planner->restart_first = true;
        planner->start = &planner->trial->later;
        return false;
    }
    if (!planner->result)
        prereq_plan_edges(planner);
    if (planner->result)
        return true;
    done = PREREQ_NEW_ARRAY(planner->trial->arena, planner->act_count, bool);
    if (!done) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return true;
    }
    do {
        if (!prereq_plan_schedule(planner, done)) {
            if (!planner->result && force_unmet(planner, done) == 0)
                refuse_stuck(planner, done);
            return planner->result != 0;
        }
        prereq_plan_search(planner);
    } while (prereq_plan_prune(planner));
    last_restart(planner);
    return end_is_final(planner);
}

static void rounds(struct prereq_planner *planner)
{
    size_t most = planner->host->pair_count + planner->host->catalog->group_count + 2;

    memset(planner->forced, 0, planner->host->pair_count * sizeof(bool));
    memset(planner->damaged, 0, planner->host->pair_count * sizeof(bool));
    memset(planner->tried, 0, planner->host->pair_count * sizeof(bool));
    memset(planner->forced_group, 0, planner->host->catalog->group_count * sizeof(bool));
    planner->order_count = planner->restarts = 0;
    planner->blamed = PREREQ_NONE;
    planner->only_restart = false;
    prereq_plan_choose_start(planner);
    for (size_t i = 0; i < most && !planner->result; i++) {
        if (round_is_final(planner))
            return;
    }
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, "no plan was found that holds to its end");
}

/* Faults from before whose repair was tried and cannot be had are spared.  False: there are none.
 */
static bool spare(struct prereq_planner *planner)
{
    bool any = false;

    for (uint32_t i = 0; i < planner->host->pair_count; i++) {
        any |= planner->tried[i] && !planner->spared[i];
        planner->spared[i] |= planner->tried[i];
    }
    return any;
}

/* What comes off and shares a file with one that is to be healed by others stays on as well. */
static bool skip_what_comes_off(struct prereq_planner *planner)
{
    bool any = false;

    for (size_t i = 0; i < planner->act_count; i++) {
        uint32_t off = planner->acts[i].pair;

        for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
            if (planner->acts[i].kind != PREREQ_ACT_UNINSTALL || planner->skipped[off] ||
                !planner->skipped[pair] || !prereq_share_file(planner->start, off, pair))
                continue;
            planner->skipped[off] = any = true;
        }
    }
    return any;
}

/* A superseder in the place of a goal was put on and the plan did not hold: the goal by itself. */
static bool try_alone(struct prereq_planner *planner)
{
    bool any = false;

    for (size_t i = 0; i < planner->goal_count; i++) {
        uint32_t pair = planner->goals[i];

        any |= planner->replaced[pair] && !planner->alone[pair];
        planner->alone[pair] |= planner->replaced[pair];
    }
    return any;
}

/* A patch whose own repair is refused may be healed by what else the plan puts on. */
static bool skip(struct prereq_planner *planner)
{
    if (planner->stood_in)
        return true; /* now without the superseder */
    if (planner->blamed == PREREQ_NONE)
        return try_alone(planner) || skip_what_comes_off(planner);
    if (planner->skipped[planner->blamed])
        return false;
    planner->skipped[planner->blamed] = true;
    return planner->goal_count > 1 || !prereq_plan_is_goal(planner, planner->blamed);
}

/* What a run came to, kept while others are tried. */
struct outcome {
    int result;
    const char *reason;
    uint32_t blamed;
    struct prereq_buffer needs;
    struct prereq_decision *decisions;
    size_t decision_count, decision_capacity;
};

static struct outcome put_aside(struct prereq_planner *planner)
{
    struct outcome kept = {
        planner->result,    planner->reason,         planner->blamed,           planner->needs,
        planner->decisions, planner->decision_count, planner->decision_capacity};

    planner->result = 0;
    planner->reason = NULL;
    planner->needs = (struct prereq_buffer){0};
    planner->decisions = NULL;
    planner->decision_count = planner->decision_capacity = 0;
    return kept;
}

static void take_back(struct prereq_planner *planner, const struct outcome *kept)
{
    prereq_buffer_free(&planner->needs);
    planner->result = kept->result;
    planner->reason = kept->reason;
    planner->blamed = kept->blamed;
    planner->needs = kept->needs;
    planner->decisions = kept->decisions;
    planner->decision_count = kept->decision_count;
    planner->decision_capacity = kept->decision_capacity;
}

/* Where nothing helps, what was said first is the plain reason. */
void prereq_plan_run(struct prereq_planner *planner)
{
    struct outcome first;

    rounds(planner);
    if (!planner->result || planner->no_memory)
        return;
    first = put_aside(planner);
    planner->result = first.result;
    while (planner->result && !planner->no_memory && (spare(planner) || skip(planner))) {
        prereq_buffer_free(&planner->needs);
        planner->result = 0;
        planner->reason = NULL;
        planner->decision_count = 0;
        rounds(planner);
    }
    if (planner->result)
        take_back(planner, &first);
    else
        prereq_buffer_free(&first.needs);
}
