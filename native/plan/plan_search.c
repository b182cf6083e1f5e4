/* SPDX-License-Identifier: MIT */
/* plan_search.c - every order of few acts, for one with fewer restarts than the list found.
 *
 * Layer by layer: from each set of acts that can stand done at a restart, all sets that can be
 * reached without another restart.  What a set leads to depends on the set at the restart and on
 * the set now. Of the sets of a layer only those that lie in no other are gone on from: to have
 * done more before a restart holds nothing up. */
#include "plan/plan.h"

#include <string.h>

#define MOST_ACTS 8

struct reached { /* one way to have `done` done */
    unsigned done;
    int from;     /* index of the node before; -1: the start */
    uint32_t act; /* what was done last; PREREQ_RESTART_MARK: a restart */
};

struct search {
    struct prereq_planner *planner;
    struct reached *nodes;
    size_t count, capacity;
    unsigned start, full; /* acts that are left out count as done */
    int goal;
    size_t total;   /* restarts of the best order, the one due at the end included */
    uint32_t *path; /* room for the way to a node: every act, and a restart a layer */
};

/* Acts and restarts of a node, the last one first. */
static size_t path_to(const struct search *search, int node)
{
    size_t length = 0;

    for (; search->nodes[node].from >= 0; node = search->nodes[node].from)
        search->path[length++] = search->nodes[node].act;
    return length;
}

static void unpack(const struct search *search, unsigned set, bool *done)
{
    for (size_t i = 0; i < search->planner->act_count; i++)
        done[i] = set >> i & 1;
}

/* The simulation, and the order, at a node, by walking its acts from the start. */
static void replay(struct search *search, int node)
{
    struct prereq_planner *planner = search->planner;
    size_t length = path_to(search, node);

    prereq_plan_begin(planner);
    while (length > 0) {
        uint32_t act = search->path[--length];

        prereq_plan_put_order(planner, act);
        if (act == PREREQ_RESTART_MARK)
            prereq_sim_restart(&planner->sim);
        else
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
        replay(search, (int)at);
        unpack(search, search->nodes[at].done, done);
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

/* The best finished order from `from` on, by its restarts. */
static void look_for_full(struct search *search, size_t from)
{
    for (size_t i = from; i < search->count; i++) {
        size_t total;

        if (search->nodes[i].done != search->full)
            continue;
        replay(search, (int)i);
        total = search->planner->restarts + search->planner->sim.restart_due;
        if (total >= search->total)
            continue;
        search->total = total;
        search->goal = (int)i;
    }
}

static bool is_largest(const struct search *search, size_t from, size_t end, size_t node)
{
    unsigned set = search->nodes[node].done;

    for (size_t i = from; i < end; i++) {
        unsigned other = search->nodes[i].done;

        if (i != node && (set & other) == set && (set != other || i < node))
            return false;
    }
    return true;
}

/* One more restart from every set that can stand done. */
static bool next_layer(struct search *search, size_t from)
{
    size_t end = search->count;

    for (size_t i = from; i < end; i++) {
        bool done[MOST_ACTS];

        unpack(search, search->nodes[i].done, done);
        if (search->nodes[i].done == search->full ||
            !prereq_plan_may_restart(search->planner, done) || !is_largest(search, from, end, i))
            continue;
        if (!add_node(search,
                      (struct reached){search->nodes[i].done, (int)i, PREREQ_RESTART_MARK}) ||
            !fill_layer(search, search->count - 1))
            return false;
    }
    return true;
}

static bool try_orders(struct search *search, size_t layers)
{
    size_t from = 0;

    if (!add_node(search, (struct reached){search->start, -1, PREREQ_RESTART_MARK}) ||
        !fill_layer(search, 0))
        return false;
    look_for_full(search, 0);
    for (size_t layer = 0; layer < layers && search->goal < 0; layer++) {
        size_t end = search->count;

        if (!next_layer(search, from))
            return false;
        from = end;
        look_for_full(search, from);
    }
    return true;
}

/* Restarts that stand between acts may be fewer; a last one is added by the caller if it is due. */
void prereq_plan_search(struct prereq_planner *planner)
{
    struct search search = {.planner = planner, .goal = -1};
    size_t base = planner->restart_first ? 1 : 0, listed = planner->order_count;
    uint32_t *kept;

    search.total = planner->restarts + planner->sim.restart_due;
    if (planner->act_count == 0 || planner->act_count > MOST_ACTS || search.total <= base + 1)
        return;
    kept = PREREQ_NEW_ARRAY(planner->trial->arena, listed, uint32_t);
    search.path = PREREQ_NEW_ARRAY(planner->trial->arena,
                                   planner->act_count + planner->restarts + 1, uint32_t);
    if (!kept || !search.path) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    memcpy(kept, planner->order, listed * sizeof(*kept));
    search.full = (1U << planner->act_count) - 1;
    for (size_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == PREREQ_ACT_INSTALL && planner->left_out[planner->acts[i].pair])
            search.start |= 1U << i;
    }
    planner->searching = true;
    if (!try_orders(&search, planner->restarts - base))
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
    planner->searching = false;
    if (search.goal >= 0) {
        replay(&search, search.goal);
        return;
    }
    prereq_plan_begin(planner);
    for (size_t i = base; i < listed; i++) {
        prereq_plan_put_order(planner, kept[i]);
        if (kept[i] == PREREQ_RESTART_MARK)
            prereq_sim_restart(&planner->sim);
        else
            prereq_sim_act(&planner->sim, &planner->acts[kept[i]]);
    }
}
