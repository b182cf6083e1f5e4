/* SPDX-License-Identifier: MIT */
/* plan_choose.c - what makes an unmet prerequisite hold: the cheapest patch or remedy.
 *
 * Cheap is few restarts, then few steps, then what is named before what only stands in, then the
 * id. What leads back to a patch that is being planned is none. */
#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

struct offer {
    uint32_t alternative, candidate; /* candidate PREREQ_NONE: the remedy */
    unsigned restarts, steps;
    bool later; /* not the named one */
    const char *id;
    bool heals, manual;
};

struct search {
    struct prereq_planner *planner;
    struct offer *offers; /* the best first */
    size_t count, capacity;
    bool unknown;
    uint32_t back_to; /* what a candidate leads back to; PREREQ_NONE */
};

static int compare(const void *left, const void *right)
{
    const struct offer *a = left, *b = right;

    if (a->manual != b->manual)
        return a->manual ? 1 : -1; /* what can be carried out goes before what a person has to do */
    if (a->restarts != b->restarts)
        return a->restarts < b->restarts ? -1 : 1;
    if (a->steps != b->steps)
        return a->steps < b->steps ? -1 : 1;
    if (a->later != b->later)
        return a->later ? 1 : -1;
    if (strcmp(a->id, b->id) != 0)
        return strcmp(a->id, b->id);
    return a->alternative < b->alternative ? -1 : a->alternative > b->alternative;
}

static void offer(struct search *search, struct offer one)
{
    struct prereq_planner *planner = search->planner;
    void *offers = search->offers;

    if (one.candidate != PREREQ_NONE && planner->prices[one.candidate].offered == planner->searches)
        return; /* named before */
    if (!prereq_grow(planner->trial->arena, &offers, search->count, &search->capacity,
                     sizeof(one))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    search->offers = offers;
    search->offers[search->count++] = one;
    if (one.candidate != PREREQ_NONE)
        planner->prices[one.candidate].offered = planner->searches;
}

/* One pair, as it is named or in the place of an earlier one. */
static void offer_pair(struct search *search, uint32_t alternative, uint32_t pair, bool later)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    struct offer one = {alternative, pair, 0, 0, later, patch->id, false, false};
    bool suits = (!later || patch->classification != PREREQ_PREVIEW) &&
                 prereq_plan_branch_allowed(planner, pair);
    uint32_t back;

    if (suits && prereq_plan_price(planner, pair, &one.restarts, &one.steps)) {
        offer(search, one);
        return;
    }
    back = suits ? prereq_plan_leads_back(planner, pair) : PREREQ_NONE;
    if (back != PREREQ_NONE)
        search->back_to = back;
    if (prereq_recorded(planner->start, pair) == PREREQ_TRUE &&
        prereq_plan_cannot_go_on(planner, pair))
        offer(search, (struct offer){alternative, pair, 1, 50, later, patch->id, true, false});
}

/* A patch, and the later ones in its place. */
static void offer_patch(struct search *search, uint32_t alternative, uint32_t pair, bool exact)
{
    const struct prereq_case *host = search->planner->host;
    struct prereq_trail walk;

    prereq_trail_begin(&walk, host, PREREQ_TO_LATER, host->pairs[pair].patch,
                       host->pairs[pair].target);
    while (prereq_trail_next(&walk)) {
        walk.stop_here = exact || walk.pair == PREREQ_NONE;
        if (walk.pair != PREREQ_NONE)
            offer_pair(search, alternative, walk.pair, walk.depth > 0);
    }
}

static void offer_remedy(struct search *search, uint32_t number, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_calt *alt = &planner->host->catalog->alternatives[number];
    enum prereq_verdict verdict = prereq_alternative_judge(planner->start, number, pair).verdict;
    const struct prereq_remedy *remedy = prereq_plan_remedy(alt->alt);
    struct offer one = {number, PREREQ_NONE, 0, 1, false, "", false, false};

    if (verdict != PREREQ_FALSE && verdict != PREREQ_TRUE) {
        search->unknown = true;
        return;
    }
    /* A sentence is no step: without a remedy it holds behind what goes on anyhow, or not at all.
     */
    if (!remedy) {
        one.candidate = prereq_plan_brings(planner, number, pair);
        if (one.candidate == PREREQ_NONE)
            return;
        one.id = prereq_plan_pair_id(planner, one.candidate);
        one.steps = 0;
    } else {
        one.restarts =
            remedy->at_restart == PREREQ_FLAG_TRUE || remedy->action == PREREQ_STEP_RESTART;
        one.manual = remedy->action == PREREQ_STEP_MANUAL;
    }
    offer(search, one);
}

/* The recorded level takes the place of a lower one that is named, and no later one its place. */
static void offer_alternatives(struct search *search, uint32_t group, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_cgroup *about = &planner->host->catalog->groups[group];

    for (uint32_t i = about->first; i < about->first + about->count; i++) {
        const struct prereq_calt *alt = &planner->host->catalog->alternatives[i];
        uint32_t above = prereq_recorded_above(planner->start, i, pair);
        uint32_t patch = above == PREREQ_NONE ? alt->patch : above;
        uint32_t named;

        if (patch == PREREQ_NONE) {
            offer_remedy(search, i, pair);
            continue;
        }
        named = prereq_pair_find(planner->host, patch, planner->host->pairs[pair].target);
        if (named != PREREQ_NONE)
            offer_patch(search, i, named,
                        above != PREREQ_NONE || alt->alt->exact == PREREQ_FLAG_TRUE);
    }
}

static void refuse(struct search *search, uint32_t group, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const char *asked = prereq_describe_group(planner->start, group);
    enum prereq_verdict verdict = prereq_group_judge(planner->start, group, pair).verdict;

    if (search->back_to != PREREQ_NONE) {
        prereq_plan_refuse(
            planner, PREREQ_PLAN_CYCLE,
            prereq_printf(planner->trial->arena,
                          "a circle of prerequisites: %s needs %s, which leads back to "
                          "%s",
                          prereq_plan_pair_id(planner, pair), asked ? asked : "",
                          prereq_plan_pair_id(planner, search->back_to)));
        return;
    }
    if (search->unknown || (verdict != PREREQ_FALSE && verdict != PREREQ_TRUE)) {
        prereq_plan_needs(planner, pair);
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                           prereq_printf(planner->trial->arena,
                                         "whether %s has %s is unknown; facts have to be collected "
                                         "first",
                                         prereq_plan_pair_id(planner, pair), asked ? asked : ""));
        return;
    }
    prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED,
                       prereq_printf(planner->trial->arena,
                                     "%s needs %s, and nothing that may go on here makes that hold",
                                     prereq_plan_pair_id(planner, pair), asked ? asked : ""));
}

static void keep_choice(struct prereq_planner *planner, struct prereq_choice choice)
{
    void *choices = planner->choices;

    if (!prereq_grow(planner->trial->arena, &choices, planner->choice_count,
                     &planner->choice_capacity, sizeof(choice))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    planner->choices = choices;
    planner->choices[planner->choice_count++] = choice;
}

/* ---- decisions: groups with several candidates ---- */

static const struct prereq_decision *decided(const struct prereq_planner *planner, uint32_t group,
                                             uint32_t pair)
{
    for (size_t i = 0; i < planner->decision_count; i++) {
        if (planner->decisions[i].group == group && planner->decisions[i].pair == pair)
            return &planner->decisions[i];
    }
    return NULL;
}

static void gather(struct search *search, uint32_t group, uint32_t pair)
{
    enum prereq_verdict verdict = prereq_group_judge(search->planner->start, group, pair).verdict;
    size_t kept = 1;

    search->planner->searches++;
    if (verdict == PREREQ_FALSE || verdict == PREREQ_TRUE)
        offer_alternatives(search, group, pair);
    if (search->count > 1)
        qsort(search->offers, search->count, sizeof(*search->offers), compare);
    /* Beside one that costs nothing more only those are tried that cost nothing either. */
    for (size_t i = 1; search->count > 0 && search->offers[0].steps == 0 && i < search->count;
         i++) {
        if (search->offers[i].heals || search->offers[i].steps == 0)
            search->offers[kept++] = search->offers[i];
    }
    if (search->count > 0 && search->offers[0].steps == 0)
        search->count = kept;
}

/* Keep all candidates, and take the one that this run is to try. */
static struct prereq_choice decide(struct search *search, uint32_t group, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    struct prereq_choice none = {group, pair, PREREQ_NONE, PREREQ_NONE, false};
    struct prereq_choice *options =
        PREREQ_NEW_ARRAY(planner->trial->arena, search->count, struct prereq_choice);
    void *decisions = planner->decisions;
    size_t picked = 0;

    if (!options || !prereq_grow(planner->trial->arena, &decisions, planner->decision_count,
                                 &planner->decision_capacity, sizeof(*planner->decisions))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return none;
    }
    for (size_t i = 0; i < search->count; i++)
        options[i] = (struct prereq_choice){group, pair, search->offers[i].candidate,
                                            search->offers[i].alternative, search->offers[i].heals};
    if (planner->decision_count < planner->pick_count)
        picked = planner->picks[planner->decision_count];
    picked = picked < search->count ? picked : 0;
    planner->decisions = decisions;
    if (search->count > 1)
        planner->decisions[planner->decision_count++] =
            (struct prereq_decision){group, pair, options, search->count, picked};
    return options[picked];
}

bool prereq_plan_is_contested(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    struct search search = {.planner = planner, .back_to = PREREQ_NONE};

    if (decided(planner, group, pair))
        return true;
    gather(&search, group, pair);
    return search.count > 1;
}

static uint32_t take(struct prereq_planner *planner, struct prereq_choice choice)
{
    keep_choice(planner, choice);
    if (choice.heals)
        return PREREQ_NONE;
    if (choice.candidate == PREREQ_NONE) {
        prereq_plan_add_act(planner, PREREQ_ACT_REMEDY, choice.pair,
                            planner->host->catalog->alternatives[choice.alternative].alt,
                            planner->host->catalog->groups[choice.group].group->why);
        return PREREQ_NONE;
    }
    planner->forced[choice.candidate] = true;
    planner->closed[choice.candidate] =
        planner->closed[choice.candidate] &&
        prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice.candidate) != PREREQ_NONE;
    return choice.candidate;
}

uint32_t prereq_plan_choose(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    const struct prereq_decision *decision = decided(planner, group, pair);
    struct search search = {.planner = planner, .back_to = PREREQ_NONE};
    struct prereq_choice choice;

    if (decision && (decision->options[decision->picked].candidate == PREREQ_NONE ||
                     !planner->planning[decision->options[decision->picked].candidate]))
        return take(planner, decision->options[decision->picked]);
    gather(&search, group, pair);
    if (search.count == 0 && !planner->result)
        refuse(&search, group, pair);
    if (planner->result)
        return PREREQ_NONE;
    choice = decide(&search, group, pair);
    return planner->result ? PREREQ_NONE : take(planner, choice);
}
