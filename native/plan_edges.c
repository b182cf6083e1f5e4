/* SPDX-License-Identifier: MIT */
/* plan_edges.c - which act comes before which: unpacking, last in first out, replacing before raising,
 * what is needed before what needs it. */
#include "plan.h"

#include <string.h>

enum {
    MUST = 1,
    REPLACES = 2, /* may go where it closes a circle */
};

static void add(struct prereq_planner *planner, size_t a, size_t b, unsigned char kind)
{
    unsigned char *edge;

    if (a == PREREQ_NONE || b == PREREQ_NONE || a == b)
        return;
    edge = &planner->edges[a * planner->act_count + b];
    if (*edge != MUST)
        *edge = kind;
}

bool prereq_plan_before(const struct prereq_planner *planner, size_t a, size_t b)
{
    return planner->edges[a * planner->act_count + b] != 0;
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
               act->kind == PREREQ_ACT_REMEDY) {
        add(planner, index, install, MUST);
    }
}

static bool replaces(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_patch(planner, pair)->file_mode == PREREQ_FILES_REPLACED;
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
    if (replaces(planner, one->pair) && !replaces(planner, other->pair))
        add(planner, a, b, REPLACES);
    else if (prereq_time_is_later(other->old_time, one->old_time) && !replaces(planner, one->pair) &&
             !replaces(planner, other->pair))
        add(planner, a, b, MUST);
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

            if (b != PREREQ_NONE &&
                prereq_share_file(planner->start, trial->restore[i], trial->restore[k]))
                add(planner, a, b, MUST);
        }
    }
}

static void needed(struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->choice_count; i++) {
        const struct prereq_choice *choice = &planner->choices[i];

        if (choice->candidate != PREREQ_NONE)
            add(planner, prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->candidate),
                prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, choice->pair), MUST);
    }
}

/* Within an ordered group a satisfier that goes on again goes first. */
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

            if (other != PREREQ_NONE && group->group->ordered == PREREQ_FLAG_TRUE)
                add(planner, prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, other), index, MUST);
        }
    }
}

/* ---- circles ---- */

/* Take away acts that nothing holds up, again and again; what stays stands in a circle. */
static size_t peel(const struct prereq_planner *planner, bool *left)
{
    size_t n = planner->act_count, remaining = n;
    bool again = true;

    for (size_t i = 0; i < n; i++)
        left[i] = true;
    while (again) {
        again = false;
        for (size_t b = 0; b < n; b++) {
            bool held = false;

            for (size_t a = 0; left[b] && a < n; a++)
                held |= left[a] && prereq_plan_before(planner, a, b);
            if (!left[b] || held)
                continue;
            left[b] = false;
            remaining--;
            again = true;
        }
    }
    return remaining;
}

static void name_circle(struct prereq_planner *planner, const bool *left)
{
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, "the steps hold each other up in a circle:");
    for (size_t i = 0; i < planner->act_count; i++) {
        if (left[i])
            prereq_buffer_addf(&text, " %s", prereq_plan_pair_id(planner, planner->acts[i].pair));
    }
    prereq_plan_refuse(planner, PREREQ_PLAN_CYCLE,
                       text.failed ? NULL : prereq_strdup(planner->trial->arena, text.text));
    prereq_buffer_free(&text);
}

static void break_circles(struct prereq_planner *planner)
{
    size_t n = planner->act_count;
    bool *left = PREREQ_NEW_ARRAY(planner->trial->arena, n, bool);

    if (!left) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    if (peel(planner, left) == 0)
        return;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = 0; left[a] && b < n; b++) {
            if (left[b] && planner->edges[a * n + b] == REPLACES)
                planner->edges[a * n + b] = 0;
        }
    }
    if (peel(planner, left) > 0)
        name_circle(planner, left);
}

void prereq_plan_edges(struct prereq_planner *planner)
{
    size_t n = planner->act_count;

    planner->edges = PREREQ_NEW_ARRAY(planner->trial->arena, n * n + 1, unsigned char);
    if (!planner->edges) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return;
    }
    for (size_t a = 0; a < n; a++) {
        same_patch(planner, &planner->acts[a], a);
        if (planner->acts[a].kind == PREREQ_ACT_INSTALL)
            ordered(planner, a);
        for (size_t b = 0; b < n; b++) {
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
