/* SPDX-License-Identifier: MIT */
/* plan_brings.c - a rule that nobody has a remedy for holds behind what the plan puts on anyhow.
 *
 * "Service pack 3 or later" is such a rule: beside a goal that is service pack 6 there is nothing
 * more to do than to wait for it. */
#include "plan/plan.h"

#include "engine/settable.h"

static bool sets_slot(const struct prereq_catalog *catalog, const struct prereq_cpatch *entry,
                      uint32_t slot)
{
    const struct prereq_settable *row = prereq_settable_of(catalog->slots[slot].kind);

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (catalog->rows[i].slot == slot)
            return true;
    }
    for (size_t i = 0; row && i < entry->patch->set_count; i++) {
        if (row->speaks(&entry->patch->sets[i], &catalog->slots[slot]))
            return true;
    }
    return false;
}

static bool sets_some(const struct prereq_cpatch *entry, enum prereq_node_kind kind)
{
    for (size_t i = 0; i < entry->patch->set_count; i++) {
        const struct prereq_set *set = &entry->patch->sets[i];

        if ((kind == PREREQ_NODE_OS && set->os) || (kind == PREREQ_NODE_PRODUCT && set->product) ||
            (kind == PREREQ_NODE_STACK && set->servicing_stack.parts > 0))
            return true;
    }
    return false;
}

/* The entry changes something that the rule reads: else there is no need to try it. */
static bool reads_what_it_sets(const struct prereq_catalog *catalog, uint32_t number,
                               const struct prereq_cpatch *entry)
{
    const struct prereq_node *node;

    if (number == PREREQ_NONE)
        return false;
    node = &catalog->nodes[number];
    if (node->kind == PREREQ_NODE_PATCH || node->kind == PREREQ_NODE_RECORD ||
        node->kind == PREREQ_NODE_FILE_SET || sets_some(entry, node->kind))
        return true;
    if (node->slot != PREREQ_NONE && sets_slot(catalog, entry, node->slot))
        return true;
    for (uint32_t i = 0; i < node->count; i++) {
        if (reads_what_it_sets(catalog, catalog->numbers[node->first + i], entry))
            return true;
    }
    return false;
}

/* It goes on anyhow: as an act already, or as a goal that is still to be closed. */
static bool goes_on(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE ||
           (prereq_plan_is_goal(planner, pair) && !planner->closed[pair] &&
            !prereq_plan_is_sound(planner, pair) && !prereq_plan_cannot_go_on(planner, pair));
}

uint32_t prereq_plan_brings(struct prereq_planner *planner, uint32_t alternative,
                            uint32_t needed_by)
{
    const struct prereq_case *host = planner->host;
    uint32_t rule = host->catalog->alternatives[alternative].rule;

    for (uint32_t pair = 0; pair < host->pair_count; pair++) {
        const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
        struct prereq_act act = {.kind = PREREQ_ACT_INSTALL, .pair = pair};

        if (pair == needed_by || planner->planning[pair] || !goes_on(planner, pair) ||
            !reads_what_it_sets(host->catalog, rule, entry))
            continue;
        prereq_sim_reset(&planner->sim);
        prereq_sim_act(&planner->sim, &act);
        if (prereq_alternative_judge(&planner->sim.later_sitting, alternative, needed_by).verdict ==
            PREREQ_TRUE)
            return pair;
    }
    return PREREQ_NONE;
}
