/* SPDX-License-Identifier: MIT */
/* plan_edges.c - which act comes before which: unpacking, last in first out, replacing before
 * raising, what is needed before what needs it. */
#include "plan/plan.h"

#include <string.h>

enum {
    MUST = 1,
    REPLACES = 2,   /* may go where it closes a circle */
    NEEDED = 4,     /* what was chosen goes before what needs it; a search need not hold to it */
    REMEMBERED = 3, /* goes first: whether it came off, or only its record went, is not known */
    OLD_ORDER = 5,  /* of what this plan takes off; yields where nothing else works */
};

static void add(struct prereq_planner *planner, size_t a, size_t b, unsigned char kind)
{
    static const unsigned char rank[] = {
        0, [MUST] = 5, [OLD_ORDER] = 4, [NEEDED] = 3, [REPLACES] = 2, [REMEMBERED] = 1};
    unsigned char *edge;

    if (a == PREREQ_NONE || b == PREREQ_NONE || a == b)
        return;
    edge = &planner->edges[a * planner->act_count + b];
    if (!*edge || rank[kind] > rank[*edge])
        *edge = kind;
}

bool prereq_plan_before(const struct prereq_planner *planner, size_t a, size_t b)
{
    unsigned char edge = planner->edges[a * planner->act_count + b];

    return edge != 0 && !(planner->searching && edge == NEEDED);
}

static void same_patch(struct prereq_planner *planner, const struct prereq_act *act, size_t index)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, act->pair);
    uint32_t install = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, act->pair);

    if (act->kind == PREREQ_ACT_EXTRACT) {
        add(planner, index, prereq_plan_find_act(planner, PREREQ_ACT_UNINSTALL, act->pair), MUST);
        if (patch->commands && patch->commands->install &&
            patch->commands->install->needs_extract == PREREQ_FLAG_TRUE)
            add(planner, index, install, MUST);
    } else if (act->kind == PREREQ_ACT_UNINSTALL || act->kind == PREREQ_ACT_REMOVE_RECORD ||
               act->kind == PREREQ_ACT_REMEDY || act->kind == PREREQ_ACT_WAIT) {
        add(planner, index, install, MUST);
    }
}

static bool replaces(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_patch(planner, pair)->file_mode == PREREQ_FILES_REPLACED;
}

/* Both replace, or one does: does `b` set a common file to a higher version than `a`? */
static bool sets_higher(const struct prereq_planner *planner, uint32_t b, uint32_t a)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *one = &host->catalog->patches[host->pairs[a].patch];
    const struct prereq_cpatch *other = &host->catalog->patches[host->pairs[b].patch];

    for (uint32_t i = one->row_first; i < one->row_first + one->row_count; i++) {
        const struct prereq_crow *row = &host->catalog->rows[i];

        for (uint32_t k = other->row_first; k < other->row_first + other->row_count; k++) {
            const struct prereq_crow *set = &host->catalog->rows[k];

            if (set->slot == row->slot &&
                (!set->row->version.parts || !row->row->version.parts ||
                 prereq_version_compare(set->row->version, row->row->version) > 0))
                return true;
        }
    }
    return false;
}

static bool lists(const struct prereq_catalog *catalog, const struct prereq_cpatch *entry,
                  uint32_t slot)
{
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (catalog->rows[i].slot == slot)
            return true;
    }
    return false;
}

/* A baseline that replaces, and whose list is not whole, takes files of `b` away that it does not
 * list. */
static bool takes_away(const struct prereq_planner *planner, uint32_t a, uint32_t b)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *one = &catalog->patches[planner->host->pairs[a].patch];
    const struct prereq_cpatch *other = &catalog->patches[planner->host->pairs[b].patch];

    if (!one->carries || other->patch->kind == PREREQ_KIND_BASELINE ||
        !one->carries[other->product] ||
        planner->host->pairs[a].target != planner->host->pairs[b].target)
        return false;
    for (uint32_t i = other->row_first; i < other->row_first + other->row_count; i++) {
        if (!lists(catalog, one, catalog->rows[i].slot))
            return true;
    }
    return false;
}

/* It comes off in this plan, or came off in one that was not finished. */
static bool came_off(const struct prereq_planner *planner, uint32_t pair)
{
    bool off = planner->off[pair];

    for (size_t i = 0; i < planner->trial->restore_count; i++)
        off |= planner->trial->restore[i] == pair &&
               planner->host->now.records[pair].value != PREREQ_TRUE;
    return off;
}

/* Two acts that touch a common file. */
static void shared_files(struct prereq_planner *planner, size_t a, size_t b)
{
    const struct prereq_act *one = &planner->acts[a], *other = &planner->acts[b];

    if (one->kind == PREREQ_ACT_UNINSTALL && other->kind == PREREQ_ACT_UNINSTALL) {
        if (prereq_time_is_later(one->old_time, other->old_time))
            add(planner, a, b, MUST);
        return;
    }
    if (one->kind == PREREQ_ACT_UNINSTALL && other->kind == PREREQ_ACT_INSTALL) {
        add(planner, a, b, MUST);
        return;
    }
    if (one->kind != PREREQ_ACT_INSTALL || other->kind != PREREQ_ACT_INSTALL)
        return;
    /* Of two that replace, the lower goes first; what raises goes behind what replaces it lower. */
    if (replaces(planner, one->pair)) {
        if (sets_higher(planner, other->pair, one->pair))
            add(planner, a, b, REPLACES);
    } else if (prereq_time_is_later(other->old_time, one->old_time) &&
               !replaces(planner, one->pair) && !replaces(planner, other->pair) &&
               (came_off(planner, one->pair) || came_off(planner, other->pair))) {
        add(planner, a, b,
            planner->off[one->pair] || planner->off[other->pair] ? OLD_ORDER : REMEMBERED);
    }
}

static bool is_on_and_off(const struct prereq_act *act)
{
    return act->kind == PREREQ_ACT_UNINSTALL || act->kind == PREREQ_ACT_INSTALL;
}

/* What an unfinished plan took off goes on in its old order. */
static void restored(struct prereq_planner *planner)
{
    const struct prereq_trial *trial = planner->trial;

    for (size_t i = 0; i < trial->restore_count; i++) {
        uint32_t a = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, trial->restore[i]);

        for (size_t k = i + 1; a != PREREQ_NONE && k < trial->restore_count; k++) {
            uint32_t b = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, trial->restore[k]);

            if (b != PREREQ_NONE && came_off(planner, trial->restore[i]) &&
                came_off(planner, trial->restore[k]) &&
                prereq_share_file(planner->start, trial->restore[i], trial->restore[k]))
                add(planner, a, b, REMEMBERED);
        }
    }
}

/* What asks for exactly this one goes on before a later one takes its place. */
static void exactly(struct prereq_planner *planner, const struct prereq_choice *choice)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_pair *exact = &host->pairs[choice->candidate];
    uint32_t by = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->pair);

    if (host->catalog->alternatives[choice->alternative].alt->exact != PREREQ_FLAG_TRUE)
        return;
    for (size_t i = 0; i < planner->act_count; i++) {
        const struct prereq_pair *later = &host->pairs[planner->acts[i].pair];

        if (planner->acts[i].kind == PREREQ_ACT_INSTALL && later->patch != exact->patch &&
            later->target == exact->target &&
            prereq_catalog_supersedes(host->catalog, later->patch, exact->patch))
            add(planner, by, i, NEEDED);
    }
}

static void needed(struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->choice_count; i++) {
        const struct prereq_choice *choice = &planner->choices[i];
        uint32_t act;

        if (choice->candidate == PREREQ_NONE)
            continue;
        act = prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->candidate);
        add(planner, act, prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->pair), NEEDED);
        add(planner, act, prereq_plan_find_act(planner, PREREQ_ACT_WAIT, choice->pair), MUST);
        exactly(planner, choice);
    }
}

/* Some other alternative, or a later one of it, holds from the beginning. */
static bool another_holds(const struct prereq_planner *planner, const struct prereq_cgroup *group,
                          uint32_t except, uint32_t target)
{
    const struct prereq_catalog *catalog = planner->host->catalog;

    for (uint32_t pair = 0; pair < planner->host->pair_count; pair++) {
        uint32_t patch = planner->host->pairs[pair].patch;

        if (pair == except || planner->host->pairs[pair].target != target ||
            prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE ||
            prereq_own(planner->start, pair).verdict != PREREQ_TRUE)
            continue;
        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            if (catalog->alternatives[i].patch != PREREQ_NONE &&
                prereq_catalog_supersedes(catalog, patch, catalog->alternatives[i].patch))
                return true;
        }
    }
    return false;
}

/* Within an ordered group a satisfier that goes on again goes first, where it alone is the ground.
 */
static void ordered(struct prereq_planner *planner, size_t index)
{
    const struct prereq_case *host = planner->host;
    uint32_t pair = planner->acts[index].pair;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &host->catalog->groups[g];

        for (uint32_t i = group->first; i < group->first + group->count; i++) {
            uint32_t patch = host->catalog->alternatives[i].patch;
            uint32_t other = patch == PREREQ_NONE
                                 ? PREREQ_NONE
                                 : prereq_pair_find(host, patch, host->pairs[pair].target);

            if (other != PREREQ_NONE && group->group->ordered == PREREQ_FLAG_TRUE &&
                !another_holds(planner, group, other, host->pairs[pair].target))
                add(planner, prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, other), index, MUST);
        }
    }
}

/* The lower of two levels goes first: over the higher one it never goes on. */
static void levels(struct prereq_planner *planner, size_t a, size_t b)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_pair *low = &host->pairs[planner->acts[a].pair];
    const struct prereq_pair *high = &host->pairs[planner->acts[b].pair];

    if (planner->acts[a].kind == PREREQ_ACT_INSTALL &&
        planner->acts[b].kind == PREREQ_ACT_INSTALL && low->target == high->target &&
        low->patch != high->patch &&
        host->catalog->patches[low->patch].patch->kind == PREREQ_KIND_BASELINE &&
        host->catalog->patches[high->patch].patch->kind == PREREQ_KIND_BASELINE &&
        prereq_catalog_supersedes(host->catalog, high->patch, low->patch))
        add(planner, a, b, MUST);
}

/* ---- circles ---- */

/* Take away acts that nothing holds up, again and again; what stays stands in a circle.  `held` has
 * room for twice the acts. */
static size_t peel(const struct prereq_planner *planner, bool *left, size_t *held)
{
    size_t n = planner->act_count, free_count = 0, *is_free = held + n;

    for (size_t b = 0; b < n; b++) {
        left[b] = true;
        held[b] = 0;
        for (size_t a = 0; a < n; a++)
            held[b] += prereq_plan_before(planner, a, b);
        if (held[b] == 0)
            is_free[free_count++] = b;
    }
    for (size_t i = 0; i < free_count; i++) {
        left[is_free[i]] = false;
        for (size_t b = 0; b < n; b++) {
            if (prereq_plan_before(planner, is_free[i], b) && --held[b] == 0)
                is_free[free_count++] = b;
        }
    }
    return n - free_count;
}

/* One of the circle that is at fault itself may be healed by the others. */
static uint32_t to_be_healed(struct prereq_planner *planner, const bool *left)
{
    for (size_t i = 0; i < planner->act_count; i++) {
        uint32_t pair = planner->acts[i].pair;
        int state = prereq_base_state(planner->start, pair);

        if (left[i] && planner->acts[i].kind == PREREQ_ACT_INSTALL && !planner->skipped[pair] &&
            prereq_state_is_fault(state))
            return pair;
    }
    return PREREQ_NONE;
}

static void name_circle(struct prereq_planner *planner, const bool *left)
{
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, "the steps hold each other up in a circle:");
    for (size_t i = 0; i < planner->act_count; i++) {
        if (left[i] && planner->acts[i].kind == PREREQ_ACT_INSTALL)
            prereq_buffer_addf(&text, " %s", prereq_plan_pair_id(planner, planner->acts[i].pair));
    }
    planner->blamed = to_be_healed(planner, left);
    prereq_plan_refuse(planner, PREREQ_PLAN_CYCLE,
                       text.failed ? NULL : prereq_strdup(planner->trial->arena, text.text));
    prereq_buffer_free(&text);
}

static bool drop(struct prereq_planner *planner, unsigned char kind)
{
    bool any = false;

    for (size_t i = 0; i < planner->act_count * planner->act_count; i++) {
        if (planner->edges[i] != kind)
            continue;
        planner->edges[i] = 0;
        any = true;
    }
    return any;
}

bool prereq_plan_drop_old_order(struct prereq_planner *planner)
{
    return drop(planner, REMEMBERED) || drop(planner, OLD_ORDER);
}

static void break_circles(struct prereq_planner *planner)
{
    static const unsigned char weakest_first[] = {REMEMBERED, REPLACES, NEEDED, OLD_ORDER};
    size_t n = planner->act_count;
    bool *left = PREREQ_NEW_ARRAY(planner->trial->arena, n, bool);
    size_t *held = PREREQ_NEW_ARRAY(planner->trial->arena, n * 2, size_t);

    if (!left || !held) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    if (peel(planner, left, held) == 0)
        return;
    for (size_t k = 0; k < PREREQ_COUNT(weakest_first); k++) {
        for (size_t i = 0; i < n * n; i++) {
            if (left[i / n] && left[i % n] && planner->edges[i] == weakest_first[k])
                planner->edges[i] = 0;
        }
        if (peel(planner, left, held) == 0)
            return;
    }
    name_circle(planner, left);
}

void prereq_plan_edges(struct prereq_planner *planner)
{
    size_t n = planner->act_count;

    planner->edges = PREREQ_NEW_ARRAY(planner->trial->arena, n * n + 1, unsigned char);
    planner->held_by = PREREQ_NEW_ARRAY(planner->trial->arena, n, uint32_t);
    if (!planner->edges || !planner->held_by) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    for (size_t a = 0; a < n; a++) {
        same_patch(planner, &planner->acts[a], a);
        if (planner->acts[a].kind == PREREQ_ACT_INSTALL)
            ordered(planner, a);
        for (size_t b = 0; b < n; b++) {
            levels(planner, a, b);
            if (planner->acts[a].kind == PREREQ_ACT_INSTALL &&
                planner->acts[b].kind == PREREQ_ACT_INSTALL &&
                takes_away(planner, planner->acts[a].pair, planner->acts[b].pair))
                add(planner, a, b, REPLACES);
            if (a != b && is_on_and_off(&planner->acts[a]) && is_on_and_off(&planner->acts[b]) &&
                planner->acts[a].pair != planner->acts[b].pair &&
                prereq_share_file(planner->start, planner->acts[a].pair, planner->acts[b].pair))
                shared_files(planner, a, b);
        }
    }
    needed(planner);
    restored(planner);
    break_circles(planner);
}
