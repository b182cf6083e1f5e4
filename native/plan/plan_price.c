/* SPDX-License-Identifier: MIT */
/* plan_price.c - what it costs to put a patch on, with all that it needs: restarts, then steps.
 *
 * A patch costs what itself costs and, for each unmet group, the cheapest alternative.  Prices are
 * settled from the lowest up, each once: no patch is dearer than what it needs, so the first
 * alternative of a group to be settled is its cheapest.  What needs itself is never settled: it has
 * no price. */
#include "plan/plan.h"

#include <limits.h>

struct prereq_offer_link { /* a pair would make a group hold */
    uint32_t unmet, next;
};

struct prereq_unmet {
    uint32_t owner;
    bool settled;
};

struct prereq_price_event {
    unsigned restarts, steps;
    uint32_t number; /* pair, or unmet group */
    bool group;
};

static bool grow(struct prereq_planner *planner, void **items, size_t count, size_t *capacity,
                 size_t size)
{
    if (prereq_grow(planner->trial->arena, items, count, capacity, size))
        return true;
    planner->no_memory = true;
    return false;
}

static unsigned sum(unsigned a, unsigned b)
{
    return a > UINT_MAX - b ? UINT_MAX : a + b;
}

/* ---- the cheapest first ---- */

static bool is_cheaper(const struct prereq_price_event *a, const struct prereq_price_event *b)
{
    return a->restarts != b->restarts ? a->restarts < b->restarts : a->steps < b->steps;
}

static void push(struct prereq_planner *planner, struct prereq_price_event event)
{
    struct prereq_pricing *pricing = &planner->pricing;
    void *heap = pricing->heap;
    size_t at = pricing->heap_count;

    if (!grow(planner, &heap, at, &pricing->heap_capacity, sizeof(event)))
        return;
    pricing->heap = heap;
    pricing->heap_count++;
    for (; at > 0 && is_cheaper(&event, &pricing->heap[(at - 1) / 2]); at = (at - 1) / 2)
        pricing->heap[at] = pricing->heap[(at - 1) / 2];
    pricing->heap[at] = event;
}

static struct prereq_price_event pop(struct prereq_pricing *pricing)
{
    struct prereq_price_event first = pricing->heap[0];
    struct prereq_price_event last = pricing->heap[--pricing->heap_count];
    size_t at = 0, child = 1;

    while (child < pricing->heap_count) {
        if (child + 1 < pricing->heap_count &&
            is_cheaper(&pricing->heap[child + 1], &pricing->heap[child]))
            child++;
        if (!is_cheaper(&pricing->heap[child], &last))
            break;
        pricing->heap[at] = pricing->heap[child];
        at = child;
        child = at * 2 + 1;
    }
    pricing->heap[at] = last;
    return first;
}

/* ---- what a pair needs ---- */

/* It goes on anyhow: as an act already, or because it is an open goal. */
static bool is_chosen(const struct prereq_planner *planner, uint32_t pair)
{
    if (prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE)
        return true;
    return prereq_plan_is_goal(planner, pair) && !planner->closed[pair] &&
           prereq_base_state(planner->start, pair) == PREREQ_STATE_READY;
}

/* None of its own: it does not apply, cannot go on, or lies below the recorded level. */
static bool is_no_candidate(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_applies(planner->start, pair) != PREREQ_TRUE ||
           prereq_plan_patch(planner, pair)->conflict || prereq_plan_cannot_go_on(planner, pair) ||
           prereq_is_below_recorded(planner->start, pair);
}

static bool is_unmet(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    return prereq_group_judge(planner->start, group, pair).verdict == PREREQ_FALSE;
}

/* The pair that an alternative asks for; PREREQ_NONE: none, it is a rule or not on this target. */
static uint32_t candidate_of(struct prereq_planner *planner, uint32_t alternative, uint32_t pair)
{
    uint32_t above = prereq_recorded_above(planner->start, alternative, pair);
    uint32_t patch = planner->host->catalog->alternatives[alternative].patch;

    if (above != PREREQ_NONE)
        patch = above;
    return patch == PREREQ_NONE
               ? PREREQ_NONE
               : prereq_pair_find(planner->host, patch, planner->host->pairs[pair].target);
}

/* A rule holds by its remedy, or behind what goes on anyhow.  False: nothing makes it hold. */
static bool rule_price(struct prereq_planner *planner, uint32_t alternative, uint32_t pair,
                       unsigned *steps)
{
    *steps = prereq_plan_remedy(planner->host->catalog->alternatives[alternative].alt) ? 1 : 0;
    return *steps > 0 || prereq_plan_brings(planner, alternative, pair) != PREREQ_NONE;
}

/* ---- pairs that are met on the way ---- */

/* Met for the first time in this search: it has its price at once, or is looked into. */
static void meet(struct prereq_planner *planner, uint32_t pair)
{
    struct prereq_price *price = &planner->prices[pair];
    struct prereq_pricing *pricing = &planner->pricing;
    void *pairs = pricing->pairs;

    if (price->search == planner->searches)
        return;
    *price = (struct prereq_price){.search = planner->searches,
                                   .looked = price->looked,
                                   .offered = price->offered,
                                   .links = PREREQ_NONE};
    if (planner->planning[pair])
        return;
    if (is_chosen(planner, pair)) {
        push(planner, (struct prereq_price_event){0, 0, pair, false});
        return;
    }
    if (is_no_candidate(planner, pair) ||
        !grow(planner, &pairs, pricing->pair_count, &pricing->pair_capacity, sizeof(pair)))
        return;
    price->restarts = prereq_leaves_pending(planner->start, pair);
    price->steps = 1;
    pricing->pairs = pairs;
    pricing->pairs[pricing->pair_count++] = pair;
}

static void link_to(struct prereq_planner *planner, uint32_t candidate, uint32_t unmet)
{
    struct prereq_pricing *pricing = &planner->pricing;
    struct prereq_price *price = &planner->prices[candidate];
    void *links = pricing->links;

    if (price->ok) {
        push(planner, (struct prereq_price_event){price->restarts, price->steps, unmet, true});
        return;
    }
    if (!grow(planner, &links, pricing->link_count, &pricing->link_capacity,
              sizeof(*pricing->links)))
        return;
    pricing->links = links;
    pricing->links[pricing->link_count] = (struct prereq_offer_link){unmet, price->links};
    price->links = (uint32_t)pricing->link_count++;
}

static void look_into_group(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    const struct prereq_cgroup *about = &planner->host->catalog->groups[group];
    struct prereq_pricing *pricing = &planner->pricing;
    void *unmet = pricing->unmet;

    if (!grow(planner, &unmet, pricing->unmet_count, &pricing->unmet_capacity,
              sizeof(*pricing->unmet)))
        return;
    pricing->unmet = unmet;
    pricing->unmet[pricing->unmet_count] = (struct prereq_unmet){pair, false};
    for (uint32_t i = about->first; i < about->first + about->count; i++) {
        uint32_t candidate = candidate_of(planner, i, pair);
        unsigned steps;

        planner->host->trails->edges++;
        if (planner->host->catalog->alternatives[i].patch == PREREQ_NONE) {
            if (rule_price(planner, i, pair, &steps))
                push(planner,
                     (struct prereq_price_event){0, steps, (uint32_t)pricing->unmet_count, true});
        } else if (candidate != PREREQ_NONE) {
            meet(planner, candidate);
            link_to(planner, candidate, (uint32_t)pricing->unmet_count);
        }
    }
    pricing->unmet_count++;
    planner->prices[pair].waiting++;
}

static void look_into(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    const struct prereq_price *price = &planner->prices[pair];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        if (is_unmet(planner, g, pair))
            look_into_group(planner, g, pair);
    }
    if (price->waiting == 0)
        push(planner, (struct prereq_price_event){price->restarts, price->steps, pair, false});
}

/* ---- settling ---- */

static void settle_group(struct prereq_planner *planner, uint32_t number, unsigned restarts,
                         unsigned steps)
{
    struct prereq_unmet *unmet = &planner->pricing.unmet[number];
    struct prereq_price *owner = &planner->prices[unmet->owner];

    if (unmet->settled)
        return;
    unmet->settled = true;
    owner->restarts = sum(owner->restarts, restarts);
    owner->steps = sum(owner->steps, steps);
    if (--owner->waiting == 0)
        push(planner,
             (struct prereq_price_event){owner->restarts, owner->steps, unmet->owner, false});
}

static void settle(struct prereq_planner *planner)
{
    struct prereq_pricing *pricing = &planner->pricing;

    while (pricing->heap_count > 0 && !planner->no_memory) {
        struct prereq_price_event event = pop(pricing);
        struct prereq_price *price;

        if (event.group) {
            settle_group(planner, event.number, event.restarts, event.steps);
            continue;
        }
        price = &planner->prices[event.number];
        price->ok = true;
        for (uint32_t i = price->links; i != PREREQ_NONE; i = pricing->links[i].next)
            settle_group(planner, pricing->links[i].unmet, price->restarts, price->steps);
    }
}

bool prereq_plan_price(struct prereq_planner *planner, uint32_t pair, unsigned *restarts,
                       unsigned *steps)
{
    const struct prereq_price *price = &planner->prices[pair];
    struct prereq_pricing *pricing = &planner->pricing;

    if (price->search != planner->searches) {
        pricing->link_count = pricing->unmet_count = pricing->heap_count = 0;
        pricing->pair_count = 0;
        meet(planner, pair);
        for (size_t i = 0; i < pricing->pair_count && !planner->no_memory; i++)
            look_into(planner, pricing->pairs[i]);
        settle(planner);
    }
    *restarts = price->restarts;
    *steps = price->steps;
    return price->ok;
}

/* ---- where a pair without a price leads back to ---- */

struct way {
    uint32_t pair, group, alternative;
    bool feasible; /* some alternative of the group has a price */
};

/* The next pair that a group asks for.  Behind a group that nothing makes hold the others do not
 * matter. */
static uint32_t next_asked(struct prereq_planner *planner, struct way *at)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[at->pair].patch];

    while (at->group < entry->group_count) {
        uint32_t number = entry->group_first + at->group;
        const struct prereq_cgroup *group = &host->catalog->groups[number];

        if (at->alternative == 0)
            at->feasible = !is_unmet(planner, number, at->pair);
        if (at->alternative == 0 && at->feasible)
            at->alternative = group->count;
        while (at->alternative < group->count) {
            uint32_t alternative = group->first + at->alternative++;
            uint32_t candidate = candidate_of(planner, alternative, at->pair);
            unsigned steps;

            host->trails->edges++;
            if (host->catalog->alternatives[alternative].patch == PREREQ_NONE)
                at->feasible |= rule_price(planner, alternative, at->pair, &steps);
            else
                at->feasible |= candidate != PREREQ_NONE && planner->prices[candidate].ok;
            if (candidate != PREREQ_NONE)
                return candidate;
        }
        if (!at->feasible)
            return PREREQ_NONE;
        at->group++;
        at->alternative = 0;
    }
    return PREREQ_NONE;
}

uint32_t prereq_plan_leads_back(struct prereq_planner *planner, uint32_t pair)
{
    size_t count = planner->host->pair_count, depth = 0;
    struct way *ways = PREREQ_NEW_ARRAY(planner->trial->arena, count, struct way);
    bool *on_way = PREREQ_NEW_ARRAY(planner->trial->arena, count, bool);
    uint32_t back = PREREQ_NONE, next = pair;

    if (!ways || !on_way) {
        planner->no_memory = true;
        return PREREQ_NONE;
    }
    do {
        if (next == PREREQ_NONE) {
            on_way[ways[--depth].pair] = false;
        } else if (planner->planning[next] || on_way[next]) {
            back = next;
        } else if (planner->prices[next].looked != planner->searches) {
            planner->prices[next].looked = planner->searches;
            if (!is_chosen(planner, next) && !is_no_candidate(planner, next)) {
                on_way[next] = true;
                ways[depth++] = (struct way){next, 0, 0, false};
            }
        }
        next = depth > 0 ? next_asked(planner, &ways[depth - 1]) : PREREQ_NONE;
    } while (depth > 0);
    return back;
}
