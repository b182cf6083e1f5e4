/* SPDX-License-Identifier: MIT */
/* plan_choose.c - what makes an unmet prerequisite hold: the cheapest patch or remedy.
 *
 * Cheap is few restarts, then few steps, then what is named before what only stands in, then the
 * id. What leads back to a patch that is being planned is none. */
#include "plan.h"

#include <string.h>

/* Bounds on time: how deep, and how often, prices are asked for one group. */
#define MOST_DEPTH 64
#define MOST_ASKED 5000

struct offer {
    uint32_t alternative, candidate; /* candidate PREREQ_NONE: the remedy */
    unsigned restarts, steps;
    bool later; /* not the named one */
    const char *id;
    bool heals;
};

struct search {
    struct prereq_planner *planner;
    struct offer *offers; /* the best first */
    size_t count, capacity;
    bool led_back, unknown;
    uint32_t back_to;
    unsigned asked;
};

static bool is_better(const struct offer *a, const struct offer *b)
{
    if (a->restarts != b->restarts)
        return a->restarts < b->restarts;
    if (a->steps != b->steps)
        return a->steps < b->steps;
    if (a->later != b->later)
        return b->later;
    return strcmp(a->id, b->id) < 0;
}

static void offer(struct search *search, struct offer one)
{
    void *offers = search->offers;
    size_t at;

    for (size_t i = 0; i < search->count; i++) {
        if (one.candidate != PREREQ_NONE && search->offers[i].candidate == one.candidate)
            return; /* named before */
    }
    if (!prereq_grow(search->planner->trial->arena, &offers, search->count, &search->capacity,
                     sizeof(one))) {
        prereq_plan_refuse(search->planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    search->offers = offers;
    for (at = search->count++; at > 0 && is_better(&one, &search->offers[at - 1]); at--)
        search->offers[at] = search->offers[at - 1];
    search->offers[at] = one;
}

/* It goes on anyhow: as an act already, or because it is an open goal. */
static bool is_chosen(const struct prereq_planner *planner, uint32_t pair)
{
    if (prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE)
        return true;
    return prereq_plan_is_goal(planner, pair) && !planner->closed[pair] &&
           prereq_base_state(planner->start, pair) == PREREQ_STATE_READY;
}

/* Cost of a pair with its own unmet groups, each by its cheapest alternative.  False: no way on. */
static bool price(struct search *search, uint32_t pair, unsigned depth, unsigned *restarts,
                  unsigned *steps);

static bool price_group(struct search *search, uint32_t group, uint32_t pair, unsigned depth,
                        unsigned *restarts, unsigned *steps)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_cgroup *about = &planner->host->catalog->groups[group];
    unsigned best_restarts = 0, best_steps = 0;
    bool found = false;

    for (uint32_t i = about->first; i < about->first + about->count; i++) {
        const struct prereq_calt *alt = &planner->host->catalog->alternatives[i];
        uint32_t above = prereq_recorded_above(planner->start, i, pair);
        uint32_t patch = above == PREREQ_NONE ? alt->patch : above;
        uint32_t candidate =
            patch == PREREQ_NONE
                ? PREREQ_NONE
                : prereq_pair_find(planner->host, patch, planner->host->pairs[pair].target);
        unsigned r = 0, s = 1;

        if (patch != PREREQ_NONE &&
            (candidate == PREREQ_NONE || !price(search, candidate, depth + 1, &r, &s)))
            continue;
        if (!found || r < best_restarts || (r == best_restarts && s < best_steps)) {
            best_restarts = r;
            best_steps = s;
        }
        found = true;
    }
    *restarts += best_restarts;
    *steps += best_steps;
    return found;
}

/* None of its own: it does not apply, cannot go on, or lies below the recorded level. */
static bool is_no_candidate(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_applies(planner->start, pair) != PREREQ_TRUE ||
           prereq_plan_patch(planner, pair)->conflict || prereq_plan_cannot_go_on(planner, pair) ||
           prereq_is_below_recorded(planner->start, pair);
}

static bool price_groups(struct search *search, uint32_t pair, unsigned depth, unsigned *restarts,
                         unsigned *steps)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    bool ok = true;

    planner->planning[pair] = true;
    for (uint32_t g = entry->group_first; ok && g < entry->group_first + entry->group_count; g++) {
        if (prereq_group_judge(planner->start, g, pair).verdict == PREREQ_FALSE)
            ok = price_group(search, g, pair, depth, restarts, steps);
    }
    planner->planning[pair] = false;
    return ok;
}

/* A price is remembered for this search, but not one that hangs on what is being planned just now.
 */
static bool price(struct search *search, uint32_t pair, unsigned depth, unsigned *restarts,
                  unsigned *steps)
{
    struct prereq_planner *planner = search->planner;
    struct prereq_price *known = &planner->prices[pair];
    bool led_back = search->led_back;

    *restarts = *steps = 0;
    if (planner->planning[pair] || depth > MOST_DEPTH || search->asked++ > MOST_ASKED) {
        search->led_back = true;
        search->back_to = pair;
        return false;
    }
    if (is_chosen(planner, pair))
        return true;
    if (known->search != planner->searches) {
        if (is_no_candidate(planner, pair))
            return false;
        *restarts = prereq_leaves_pending(planner->start, pair);
        *steps = 1;
        search->led_back = false;
        known->ok = price_groups(search, pair, depth, restarts, steps);
        known->search = search->led_back ? 0 : planner->searches;
        known->restarts = *restarts;
        known->steps = *steps;
        search->led_back |= led_back;
        return known->ok;
    }
    *restarts = known->restarts;
    *steps = known->steps;
    return known->ok;
}

/* A patch, and the later ones in its place. */
static void offer_patch(struct search *search, uint32_t alternative, uint32_t pair, bool exact,
                        bool later)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    struct offer one = {alternative, pair, 0, 0, later, entry->patch->id, false};
    bool suits = !later || entry->patch->classification != PREREQ_PREVIEW;

    if (suits && prereq_plan_branch_allowed(planner, pair) &&
        price(search, pair, 0, &one.restarts, &one.steps))
        offer(search, one);
    else if (prereq_recorded(planner->start, pair) == PREREQ_TRUE &&
             prereq_plan_cannot_go_on(planner, pair))
        offer(search, (struct offer){alternative, pair, 1, 50, later, entry->patch->id, true});
    for (uint32_t i = 0; !exact && i < entry->later_count; i++) {
        uint32_t next = prereq_pair_find(host, host->catalog->numbers[entry->later_first + i],
                                         host->pairs[pair].target);

        if (next != PREREQ_NONE)
            offer_patch(search, alternative, next, exact, true);
    }
}

static void offer_remedy(struct search *search, uint32_t number, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_calt *alt = &planner->host->catalog->alternatives[number];
    enum prereq_verdict verdict = prereq_alternative_judge(planner->start, number, pair).verdict;
    const struct prereq_remedy *remedy = alt->alt->remedy;
    struct offer one = {number, PREREQ_NONE, 0, 1, false, "", false};

    if (verdict != PREREQ_FALSE && verdict != PREREQ_TRUE) {
        search->unknown = true;
        return;
    }
    /* A sentence is no step. */
    if (!remedy)
        return;
    one.restarts = remedy->at_restart == PREREQ_FLAG_TRUE || remedy->action == PREREQ_STEP_RESTART;
    offer(search, one);
}

static void offer_alternatives(struct search *search, uint32_t group, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_cgroup *about = &planner->host->catalog->groups[group];
    uint32_t dropped = PREREQ_NONE, from = PREREQ_NONE, judged = 0;

    for (uint32_t i = about->first; i < about->first + about->count; i++) {
        const struct prereq_calt *alt = &planner->host->catalog->alternatives[i];
        uint32_t above = prereq_recorded_above(planner->start, i, pair);
        uint32_t named;

        if (above != PREREQ_NONE) {
            dropped = above;
            from = i;
            continue;
        }
        judged++;
        if (alt->patch == PREREQ_NONE) {
            offer_remedy(search, i, pair);
            continue;
        }
        named = prereq_pair_find(planner->host, alt->patch, planner->host->pairs[pair].target);
        if (named != PREREQ_NONE)
            offer_patch(search, i, named, alt->alt->exact == PREREQ_FLAG_TRUE, false);
    }
    if (judged == 0 && dropped != PREREQ_NONE) {
        uint32_t recorded =
            prereq_pair_find(planner->host, dropped, planner->host->pairs[pair].target);

        if (recorded != PREREQ_NONE)
            offer_patch(search, from, recorded, true, false);
    }
}

static void refuse(struct search *search, uint32_t group, uint32_t pair)
{
    struct prereq_planner *planner = search->planner;
    const char *asked = prereq_describe_group(planner->start, group);
    enum prereq_verdict verdict = prereq_group_judge(planner->start, group, pair).verdict;

    if (search->led_back) {
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
    struct search search = {.planner = planner};

    if (decided(planner, group, pair))
        return true;
    gather(&search, group, pair);
    return search.count > 1;
}

static void take(struct prereq_planner *planner, struct prereq_choice choice)
{
    keep_choice(planner, choice);
    if (choice.heals)
        return;
    if (choice.candidate == PREREQ_NONE) {
        prereq_plan_add_act(planner, PREREQ_ACT_REMEDY, choice.pair,
                            planner->host->catalog->alternatives[choice.alternative].alt,
                            planner->host->catalog->groups[choice.group].group->why);
        return;
    }
    planner->forced[choice.candidate] = true;
    planner->closed[choice.candidate] =
        planner->closed[choice.candidate] &&
        prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice.candidate) != PREREQ_NONE;
    prereq_plan_close_pair(planner, choice.candidate);
}

void prereq_plan_choose(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    const struct prereq_decision *decision = decided(planner, group, pair);
    struct search search = {.planner = planner};
    struct prereq_choice choice;

    if (decision && (decision->options[decision->picked].candidate == PREREQ_NONE ||
                     !planner->planning[decision->options[decision->picked].candidate])) {
        take(planner, decision->options[decision->picked]);
        return;
    }
    gather(&search, group, pair);
    if (search.count == 0 && !planner->result)
        refuse(&search, group, pair);
    if (planner->result)
        return;
    choice = decide(&search, group, pair);
    if (!planner->result)
        take(planner, choice);
}
