/* SPDX-License-Identifier: MIT */
/* plan_search.c - every order of few acts, for one with fewer restarts than the list found.
 *
 * Layer by layer: from each set of acts that can stand done at a restart, all sets that can be reached
 * without another restart.  What a set leads to depends on the set at the restart and on the set now. */
#include "plan.h"

#include <string.h>

#define MOST_ACTS 8

struct reached { /* one way to have `done` done */
    unsigned done;
    int from; /* index of the node before; -1: the start */
    uint32_t act; /* what was done last; PREREQ_RESTART_MARK: a restart */
};

struct search {
    struct prereq_planner *planner;
    struct reached *nodes;
    size_t count, capacity;
    unsigned full;
    int goal;
};

/* The simulation at a node, by walking its acts from the start. */
static void replay(struct search *search, int node, bool *done)
{
    struct prereq_planner *planner = search->planner;
    uint32_t path[MOST_ACTS * 2 + 4];
    size_t length = 0;

    for (; node >= 0; node = search->nodes[node].from) {
        if (search->nodes[node].from >= 0 || search->nodes[node].act != PREREQ_RESTART_MARK)
            path[length++] = search->nodes[node].act;
    }
    memset(done, 0, planner->act_count * sizeof(bool));
    prereq_sim_reset(&planner->sim);
    if (planner->restart_first)
        prereq_sim_restart(&planner->sim);
    else if (planner->host->differs)
        planner->sim.restart_due = true;
    while (length > 0) {
        uint32_t act = path[--length];

        if (act == PREREQ_RESTART_MARK) {
            prereq_sim_restart(&planner->sim);
            continue;
        }
        done[act] = true;
        prereq_sim_act(&planner->sim, &planner->acts[act]);
    }
}

static bool add_node(struct search *search, struct reached node)
{
    void *nodes = search->nodes;

    if (!prereq_grow(search->planner->trial->arena, &nodes, search->count, &search->capacity,
                     sizeof(node)))
        return false;
    search->nodes = nodes;
    search->nodes[search->count++] = node;
    return true;
}

static bool is_known(const struct search *search, size_t from, unsigned done)
{
    for (size_t i = from; i < search->count; i++) {
        if (search->nodes[i].done == done)
            return true;
    }
    return false;
}

/* All sets reachable from the restart at `root` without another restart; they lie behind it. */
static bool fill_layer(struct search *search, size_t root)
{
    struct prereq_planner *planner = search->planner;
    bool done[MOST_ACTS];

    for (size_t at = root; at < search->count; at++) {
        replay(search, (int)at, done);
        for (uint32_t act = 0; act < planner->act_count; act++) {
            unsigned next = search->nodes[at].done | 1U << act;

            if (next != search->nodes[at].done && !is_known(search, root, next) &&
                prereq_plan_ready(planner, &planner->sim, act, done) &&
                !add_node(search, (struct reached){next, (int)at, act}))
                return false;
        }
    }
    return true;
}

static int find_full(const struct search *search, size_t from)
{
    for (size_t i = from; i < search->count; i++) {
        if (search->nodes[i].done == search->full)
            return (int)i;
    }
    return -1;
}

/* One more restart from every set that can stand done; sets that were a root before bring nothing. */
static bool next_layer(struct search *search, size_t from, size_t *first_root)
{
    size_t end = search->count;

    *first_root = end;
    for (size_t i = from; i < end; i++) {
        bool seen = false;

        for (size_t k = *first_root; k < search->count; k++)
            seen |= search->nodes[k].act == PREREQ_RESTART_MARK &&
                    search->nodes[k].done == search->nodes[i].done;
        if (seen || search->nodes[i].done == 0)
            continue;
        if (!add_node(search, (struct reached){search->nodes[i].done, (int)i, PREREQ_RESTART_MARK}) ||
            !fill_layer(search, search->count - 1))
            return false;
        if (find_full(search, *first_root) >= 0)
            return true;
    }
    return true;
}

static void take_order(struct search *search, int node)
{
    struct prereq_planner *planner = search->planner;
    uint32_t path[MOST_ACTS * 2 + 4];
    size_t length = 0;

    for (; node >= 0; node = search->nodes[node].from) {
        if (search->nodes[node].from >= 0)
            path[length++] = search->nodes[node].act;
    }
    planner->order_count = planner->restarts = 0;
    if (planner->restart_first) {
        planner->order[planner->order_count++] = PREREQ_RESTART_MARK;
        planner->restarts++;
    }
    while (length > 0) {
        planner->order[planner->order_count++] = path[--length];
        planner->restarts += path[length] == PREREQ_RESTART_MARK;
    }
}

/* Restarts that stand between acts may be fewer; a last one is added by the caller if it is due. */
void prereq_plan_search(struct prereq_planner *planner)
{
    struct search search = {.planner = planner, .goal = -1};
    size_t base = planner->restart_first ? 1 : 0, from = 0, root = 0;
    bool done[MOST_ACTS];

    if (planner->act_count == 0 || planner->act_count > MOST_ACTS || planner->restarts <= base)
        return;
    search.full = (1U << planner->act_count) - 1;
    if (!add_node(&search, (struct reached){0, -1, PREREQ_RESTART_MARK}) || !fill_layer(&search, 0))
        return;
    for (size_t layer = base; layer < planner->restarts; layer++) {
        search.goal = find_full(&search, from);
        if (search.goal >= 0)
            break;
        if (!next_layer(&search, from, &root))
            return;
        from = root;
    }
    if (search.goal >= 0)
        take_order(&search, search.goal);
    /* Leave the simulation at the end of the order that stands. */
    memset(done, 0, sizeof(done));
    prereq_sim_reset(&planner->sim);
    if (!planner->restart_first && planner->host->differs)
        planner->sim.restart_due = true;
    for (size_t i = 0; i < planner->order_count; i++) {
        if (planner->order[i] == PREREQ_RESTART_MARK)
            prereq_sim_restart(&planner->sim);
        else
            prereq_sim_act(&planner->sim, &planner->acts[planner->order[i]]);
    }
}
