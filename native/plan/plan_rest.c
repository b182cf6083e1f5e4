/* SPDX-License-Identifier: MIT */
/* plan_rest.c - one member that is unknown or refused does not void a host's plan: it is left out
 * with its reason and what to collect, and the rest is planned. */
#include <string.h>

#include "plan/plan.h"

/* ---- what to collect, and by which command ---- */

/* The program runs on Windows 7 and Server 2008 R2 and later. */
static bool runs_there(const struct prereq_facts *facts)
{
    static const struct prereq_version first = {{6, 1}, 2};

    return !facts->os || !facts->os->version.parts ||
           prereq_version_compare(facts->os->version, first) >= 0;
}

static const char *command_for(struct prereq_planner *planner, const char *fact)
{
    const char *external = strncmp(fact, "external ", 9) == 0 ? fact + 9 : NULL;

    if (external)
        return prereq_printf(planner->trial->arena, "state it with --fact %s=VALUE", external);
    if (strncmp(fact, "a rule ", 7) == 0)
        return "a newer patchprereq";
    return runs_there(planner->trial->facts)
               ? "patchprereq collect -o FACTS, on the host"
               : "patchprereq collect --root FOLDER -o FACTS, over a copy of its system drive";
}

static bool is_listed(const struct prereq_left_out *left, const char *line, size_t length)
{
    for (size_t i = 0; i < left->fact_count; i++) {
        if (strlen(left->facts[i].fact) == length &&
            strncmp(left->facts[i].fact, line, length) == 0)
            return true;
    }
    return false;
}

static bool list_facts(struct prereq_planner *planner, struct prereq_left_out *left)
{
    struct prereq_arena *arena = planner->trial->arena;
    struct prereq_fact_needed *facts =
        PREREQ_NEW_ARRAY(arena, planner->needs.len, struct prereq_fact_needed);
    const char *at = planner->needs.text;

    left->facts = facts;
    while (facts && at && *at) {
        size_t length = strcspn(at, "\n");

        if (!is_listed(left, at, length)) {
            struct prereq_fact_needed *one = &facts[left->fact_count++];

            one->fact = prereq_strndup(arena, at, length);
            one->collect = one->fact ? command_for(planner, one->fact) : NULL;
            if (!one->collect)
                return false;
        }
        at += length + (at[length] == '\n');
    }
    return facts && !planner->needs.failed;
}

/* ---- who is left out ---- */

static void leave_out(struct prereq_planner *planner, size_t index, const char *reason)
{
    uint32_t pair = planner->goals[index];
    struct prereq_left_out left = {.id = prereq_plan_pair_id(planner, pair), .reason = reason};

    if (!reason || !list_facts(planner, &left)) {
        planner->no_memory = true;
        return;
    }
    planner->rest[planner->rest_count++] = left;
    for (size_t i = index; i + 1 < planner->goal_count; i++)
        planner->goals[i] = planner->goals[i + 1];
    planner->goal_count--;
    prereq_buffer_free(&planner->needs);
    planner->result = 0;
    planner->reason = NULL;
}

/* Another goal that is known would cover it: that one may stand in. */
static bool may_be_covered(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;

    for (size_t i = 0; i < planner->goal_count; i++) {
        uint32_t other = planner->goals[i];

        if (other != pair && host->pairs[other].target == host->pairs[pair].target &&
            prereq_catalog_supersedes(host->catalog, host->pairs[other].patch,
                                      host->pairs[pair].patch) &&
            prereq_base_state(planner->start, other) != PREREQ_STATE_UNKNOWN)
            return true;
    }
    return false;
}

static void leave_out_unknown(struct prereq_planner *planner)
{
    size_t i = 0;

    prereq_plan_choose_start(planner);
    while (i < planner->goal_count && !planner->no_memory) {
        uint32_t pair = planner->goals[i];

        if (prereq_base_state(planner->start, pair) != PREREQ_STATE_UNKNOWN ||
            prereq_plan_is_sound(planner, pair) || may_be_covered(planner, pair)) {
            i++;
            continue;
        }
        prereq_plan_needs(planner, pair);
        leave_out(planner, i, "its state is unknown; facts have to be collected first");
    }
}

/* The first goals alone; all of them are there again afterwards.  False: refused. */
static bool some_work(struct prereq_planner *planner, size_t count)
{
    size_t all = planner->goal_count;

    planner->goal_count = count;
    prereq_plan_compare(planner);
    planner->goal_count = all;
    return planner->result == 0;
}

/* The goal that the refusal is about; where it names none, the one with which the goals before it
 * get none: found by halving, so that many goals cost few plans. */
static size_t find_culprit(struct prereq_planner *planner)
{
    size_t good = 0, bad = planner->goal_count;

    for (size_t i = 0; i < planner->goal_count; i++) {
        if (planner->goals[i] == planner->blamed)
            return i;
    }
    while (bad - good > 1) {
        size_t middle = good + (bad - good) / 2;

        if (some_work(planner, middle))
            good = middle;
        else
            bad = middle;
    }
    (void)some_work(planner, bad); /* its reason */
    return bad - 1;
}

/* ---- to the end ---- */

static bool was_left_out(const struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->rest_count; i++) {
        if (strcmp(planner->rest[i].id, prereq_plan_pair_id(planner, pair)) == 0)
            return true;
    }
    return false;
}

/* What policy requires of the host as the steps leave it, and did not before.  False: nothing. */
static bool add_what_follows(struct prereq_planner *planner)
{
    struct prereq_trial *trial = planner->trial;
    bool any = false;

    for (uint32_t pair = 0; planner->act_count > 0 && pair < planner->host->pair_count; pair++) {
        struct prereq_sitting found;
        bool required;
        int state;

        if (prereq_plan_is_goal(planner, pair) || prereq_is_required(trial, pair) ||
            was_left_out(planner, pair) || prereq_find_waiver(trial, pair, false))
            continue;
        found = trial->now; /* the question is asked of the trial: its world is lent for it */
        trial->now = planner->sim.now_sitting;
        required = prereq_is_required(trial, pair);
        state = prereq_base_state(&trial->now, pair);
        planner->sim.now_sitting = trial->now;
        trial->now = found;
        if (!required || !prereq_state_is_missing(state))
            continue;
        planner->follows[pair] = any = true;
        planner->goals[planner->goal_count++] = pair;
    }
    return any;
}

void prereq_plan_rest(struct prereq_planner *planner, bool to_the_end)
{
    leave_out_unknown(planner);
    while (!planner->no_memory) {
        size_t culprit;

        prereq_plan_compare(planner);
        if (planner->no_memory || planner->goal_count == 0)
            return;
        if (!planner->result && to_the_end && !planner->only_restart && add_what_follows(planner))
            continue;
        if (!planner->result)
            return;
        culprit = find_culprit(planner);
        if (!planner->no_memory)
            leave_out(planner, culprit, planner->reason ? planner->reason : "no plan was found");
    }
}
