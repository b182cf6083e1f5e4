/* SPDX-License-Identifier: MIT */
/* plan_choose.c - what makes an unmet prerequisite hold: the cheapest patch or remedy.
 *
 * Cheap is few restarts, then few steps, then what is named before what only stands in, then the id.
 * What leads back to a patch that is being planned is none. */
#include "plan.h"

#include <string.h>

struct offer {
    uint32_t alternative, candidate; /* candidate PREREQ_NONE: the remedy */
    unsigned restarts, steps;
    bool later; /* not the named one */
    const char *id;
};

struct search {
    struct prereq_planner *planner;
    struct offer best;
    bool found;
    bool led_back, unknown;
    uint32_t back_to;
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
    if (search->found && !is_better(&one, &search->best))
        return;
    search->found = true;
    search->best = one;
}

static bool is_chosen(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE;
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

static bool price(struct search *search, uint32_t pair, unsigned depth, unsigned *restarts,
                  unsigned *steps)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    bool ok = true;

    *restarts = *steps = 0;
    if (planner->planning[pair] || depth > 64) {
        search->led_back = true;
        search->back_to = pair;
        return false;
    }
    if (is_chosen(planner, pair))
        return true;
    if (prereq_applies(planner->start, pair) != PREREQ_TRUE || entry->patch->withdrawn.known ||
        entry->patch->conflict || prereq_is_below_recorded(planner->start, pair))
        return false;
    if (prereq_recorded(planner->start, pair) == PREREQ_TRUE &&
        (entry->patch->permanent == PREREQ_FLAG_TRUE ||
         (entry->patch->refuses_while_recorded == PREREQ_FLAG_TRUE && !entry->patch->commands)))
        return false;
    *restarts = prereq_leaves_pending(planner->start, pair);
    *steps = 1;
    planner->planning[pair] = true;
    for (uint32_t g = entry->group_first; ok && g < entry->group_first + entry->group_count; g++) {
        if (prereq_group_judge(planner->start, g, pair).verdict == PREREQ_FALSE)
            ok = price_group(search, g, pair, depth, restarts, steps);
    }
    planner->planning[pair] = false;
    return ok;
}

static bool branch_allowed(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    uint32_t instance = host->targets[host->pairs[pair].target].instance;
    const char *branch = prereq_plan_patch(planner, pair)->branch;

    if (!branch || instance == PREREQ_NONE || !host->now.instances[instance].branch)
        return true;
    return prereq_equal_nocase(branch, host->now.instances[instance].branch);
}

/* A patch, and the later ones in its place. */
static void offer_patch(struct search *search, uint32_t alternative, uint32_t pair, bool exact,
                        bool later)
{
    struct prereq_planner *planner = search->planner;
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    struct offer one = {alternative, pair, 0, 0, later, entry->patch->id};
    bool suits = !later || entry->patch->classification != PREREQ_PREVIEW;

    if (suits && branch_allowed(planner, pair) &&
        price(search, pair, 0, &one.restarts, &one.steps))
        offer(search, one);
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
    struct offer one = {number, PREREQ_NONE, 0, 1, false, ""};

    if (verdict != PREREQ_FALSE && verdict != PREREQ_TRUE) {
        search->unknown = true;
        return;
    }
    /* Without a remedy a person has to see to it: after everything that a program can do. */
    if (!remedy) {
        one.restarts = 1;
        one.steps = 100;
        one.later = true;
    } else {
        one.restarts = remedy->at_restart == PREREQ_FLAG_TRUE ||
                       remedy->action == PREREQ_STEP_RESTART;
    }
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
        prereq_plan_refuse(planner, PREREQ_PLAN_CYCLE,
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

void prereq_plan_choose(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    struct search search = {.planner = planner};
    enum prereq_verdict verdict = prereq_group_judge(planner->start, group, pair).verdict;
    const struct prereq_alternative *alt;

    if (verdict == PREREQ_FALSE || verdict == PREREQ_TRUE)
        offer_alternatives(&search, group, pair);
    if (!search.found) {
        refuse(&search, group, pair);
        return;
    }
    keep_choice(planner, (struct prereq_choice){group, pair, search.best.candidate,
                                                search.best.alternative});
    if (search.best.candidate == PREREQ_NONE) {
        alt = planner->host->catalog->alternatives[search.best.alternative].alt;
        prereq_plan_add_act(planner, PREREQ_ACT_REMEDY, pair, alt,
                            planner->host->catalog->groups[group].group->why);
        return;
    }
    planner->forced[search.best.candidate] = true;
    planner->closed[search.best.candidate] = planner->closed[search.best.candidate] &&
                                             is_chosen(planner, search.best.candidate);
    prereq_plan_close_pair(planner, search.best.candidate);
}
