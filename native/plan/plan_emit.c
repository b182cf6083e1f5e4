/* SPDX-License-Identifier: MIT */
/* plan_emit.c - which rows a plan has: acts, restarts, steps that cautions bring, the last check.
 */
#include "plan/plan_rows.h"

#include <string.h>

static void emit(struct prereq_rows *rows, struct prereq_emit one)
{
    void *list = rows->list;

    if (!prereq_grow(rows->planner->trial->arena, &list, rows->count, &rows->capacity,
                     sizeof(one))) {
        rows->no_memory = true;
        return;
    }
    rows->list = list;
    rows->list[rows->count++] = one;
}

static bool same_remedy(const struct prereq_remedy *a, const struct prereq_remedy *b)
{
    if (!a || !b || a->action != b->action || !a->text != !b->text)
        return false;
    return a == b || (a->text && strcmp(a->text, b->text) == 0);
}

/* Equal steps run once: before at the first place, after at the last. */
static void drop_equal(struct prereq_rows *rows, const struct prereq_remedy *remedy, bool after,
                       bool *skip)
{
    *skip = false;
    for (size_t i = 0; i < rows->count; i++) {
        struct prereq_emit *old = &rows->list[i];

        if (old->dropped || old->after != after || !same_remedy(old->remedy, remedy) ||
            old->act != PREREQ_NONE)
            continue;
        if (after)
            old->dropped = true;
        else
            *skip = true;
    }
}

static void emit_remedy(struct prereq_rows *rows, const struct prereq_remedy *remedy, uint32_t pair,
                        bool after)
{
    bool skip;

    drop_equal(rows, remedy, after, &skip);
    if (!skip)
        emit(rows, (struct prereq_emit){remedy->action, PREREQ_NONE, pair, remedy, after, false});
}

static bool caution_counts(const struct prereq_rows *rows, uint32_t pair, size_t index)
{
    const struct prereq_case *host = rows->planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    uint32_t when = host->catalog->numbers[entry->caution_first + index];
    enum prereq_verdict verdict =
        prereq_rule_judge(rows->planner->start, when, host->pairs[pair].target).verdict;

    return verdict != PREREQ_FALSE && verdict != PREREQ_NOT_APPLICABLE;
}

/* Steps that wait for the next restart. */
struct waiting {
    struct prereq_emit *list;
    size_t count, capacity;
};

static void wait(struct prereq_rows *rows, struct waiting *waiting, struct prereq_emit one)
{
    void *list = waiting->list;

    if (!prereq_grow(rows->planner->trial->arena, &list, waiting->count, &waiting->capacity,
                     sizeof(one))) {
        rows->no_memory = true;
        return;
    }
    waiting->list = list;
    waiting->list[waiting->count++] = one;
}

static void emit_waiting(struct prereq_rows *rows, struct waiting *waiting)
{
    for (size_t i = 0; i < waiting->count; i++)
        emit_remedy(rows, waiting->list[i].remedy, waiting->list[i].pair, true);
    waiting->count = 0;
}

static void emit_install(struct prereq_rows *rows, uint32_t act, struct waiting *waiting)
{
    uint32_t pair = rows->planner->acts[act].pair;
    const struct prereq_patch *patch = prereq_plan_patch(rows->planner, pair);
    int action =
        patch->kind == PREREQ_KIND_BASELINE ? PREREQ_STEP_APPLY_BASELINE : PREREQ_STEP_INSTALL;

    if (patch->kind == PREREQ_KIND_CONFIGURATION)
        action = PREREQ_STEP_CONFIGURE;
    for (size_t i = 0; i < patch->caution_count; i++) {
        for (size_t k = 0; caution_counts(rows, pair, i) && k < patch->cautions[i].before_count;
             k++)
            emit_remedy(rows, &patch->cautions[i].before[k], pair, false);
    }
    emit(rows, (struct prereq_emit){action, act, pair, NULL, false, false});
    for (size_t i = 0; i < patch->caution_count; i++) {
        for (size_t k = 0; caution_counts(rows, pair, i) && k < patch->cautions[i].after_count;
             k++) {
            const struct prereq_remedy *remedy = &patch->cautions[i].after[k];

            if (remedy->after_restart == PREREQ_FLAG_TRUE)
                wait(rows, waiting,
                     (struct prereq_emit){remedy->action, PREREQ_NONE, pair, remedy, true, false});
            else
                emit_remedy(rows, remedy, pair, true);
        }
    }
}

static void emit_act(struct prereq_rows *rows, uint32_t number, struct waiting *waiting)
{
    const struct prereq_act *act = &rows->planner->acts[number];
    int action = PREREQ_STEP_MANUAL;

    switch (act->kind) {
    case PREREQ_ACT_INSTALL:
        emit_install(rows, number, waiting);
        return;
    case PREREQ_ACT_EXTRACT:
        action = PREREQ_STEP_EXTRACT;
        break;
    case PREREQ_ACT_UNINSTALL:
        action = PREREQ_STEP_UNINSTALL;
        break;
    case PREREQ_ACT_REMOVE_RECORD:
        action = PREREQ_STEP_CONFIGURE;
        break;
    case PREREQ_ACT_WAIT:
        break;
    case PREREQ_ACT_REMEDY:
        if (act->alt->remedy)
            action = act->alt->remedy->action;
        break;
    }
    emit(rows, (struct prereq_emit){action, number, act->pair,
                                    act->kind == PREREQ_ACT_REMEDY ? act->alt->remedy : NULL, false,
                                    false});
}

void prereq_plan_emit(struct prereq_rows *rows)
{
    const struct prereq_planner *planner = rows->planner;
    struct waiting waiting = {NULL, 0, 0};

    for (size_t i = 0; i < planner->order_count; i++) {
        if (planner->order[i] != PREREQ_RESTART_MARK) {
            emit_act(rows, planner->order[i], &waiting);
            continue;
        }
        emit(rows, (struct prereq_emit){PREREQ_STEP_RESTART, PREREQ_NONE, PREREQ_NONE, NULL, false,
                                        false});
        emit_waiting(rows, &waiting);
    }
    emit_waiting(rows, &waiting);
    if (planner->order_count > 0)
        emit(rows, (struct prereq_emit){PREREQ_STEP_VERIFY, PREREQ_NONE,
                                        planner->goal_count == 1 ? planner->goals[0] : PREREQ_NONE,
                                        NULL, false, false});
}
