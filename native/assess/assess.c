/* SPDX-License-Identifier: MIT */
/* assess.c - facts and a catalog into an assessment. */
#include "assess/assess_parts.h"
#include "documents/assess_shape.h"

#include <stdlib.h>
#include <string.h>

static enum prereq_status no_memory(struct prereq_trial *trial)
{
    return prereq_fail(trial->err, PREREQ_NO_MEMORY,
                       "the assessment is larger than the memory for it");
}

static bool make_answers(struct prereq_trial *trial)
{
    size_t count = trial->host->pair_count;

    for (size_t i = 0; i < PREREQ_COUNT(trial->nearest); i++)
        trial->nearest[i] = PREREQ_NEW_ARRAY(trial->arena, count, uint32_t);
    return trial->nearest[0] && trial->nearest[1];
}

/* Asked once: states, flags and goals read it. */
static bool fill_required(struct prereq_trial *trial)
{
    trial->required = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, bool);
    if (!trial->required)
        return false;
    for (uint32_t i = 0; i < trial->host->pair_count; i++)
        trial->required[i] = prereq_is_required(trial, i);
    trial->now.required = trial->required;
    return true;
}

enum prereq_status prereq_trial_open(struct prereq_trial *trial)
{
    enum prereq_status status =
        prereq_case_make(trial->arena, trial->judge->catalog, trial->judge->policy, trial->facts,
                         &trial->host, trial->err);

    if (status)
        return status;
    trial->facts = trial->host->facts; /* in order */
    if (!prereq_sitting_make(trial->host, &trial->host->now, &trial->now) ||
        !prereq_sitting_make(trial->host, &trial->host->later, &trial->later) ||
        !prereq_fill_identity(trial) || !prereq_fill_branches(trial) || !prereq_fill_names(trial) ||
        !make_answers(trial))
        return no_memory(trial);
    if (trial->host->differs)
        trial->now.later = &trial->later;
    if (!prereq_order_previous(trial))
        return no_memory(trial);
    status = prereq_check_previous(trial);
    if (!status && (!prereq_fill_restore(trial) || !fill_required(trial)))
        status = no_memory(trial);
    return status;
}

static int compare_statuses(const void *left, const void *right)
{
    const struct prereq_status_row *a = left, *b = right;

    return strcmp(a->id, b->id);
}

static bool fill_statuses(struct prereq_trial *trial, struct prereq_assessment *out)
{
    size_t count = trial->host->pair_count;
    struct prereq_status_row *rows =
        PREREQ_NEW_ARRAY(trial->arena, count, struct prereq_status_row);

    if (!rows)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!prereq_fill_status(trial, i, &rows[i]))
            return false;
    }
    if (count > 1)
        qsort(rows, count, sizeof(*rows), compare_statuses);
    out->statuses = rows;
    out->status_count = count;
    return true;
}

static bool fill_restore_ids(struct prereq_trial *trial, struct prereq_assessment *out)
{
    const char **ids = PREREQ_NEW_ARRAY(trial->arena, trial->restore_count, const char *);

    for (size_t i = 0; ids && i < trial->restore_count; i++)
        ids[i] = trial->host->pairs[trial->restore[i]].id;
    out->restore = ids;
    out->restore_count = trial->restore_count;
    return ids != NULL;
}

/* Waivers that match any status of the host, expired ones too, each once and whole. */
static bool fill_waivers(struct prereq_trial *trial, struct prereq_assessment *out)
{
    const struct prereq_waivers *all = trial->judge->waivers;
    struct prereq_waiver *matched =
        PREREQ_NEW_ARRAY(trial->arena, all ? all->waiver_count : 0, struct prereq_waiver);

    if (!matched)
        return false;
    out->waivers = matched;
    for (size_t i = 0; all && i < all->waiver_count; i++) {
        for (uint32_t pair = 0; pair < trial->host->pair_count; pair++) {
            struct prereq_waiver_subject subject = prereq_waiver_subject_of(trial, pair);

            if (!prereq_waiver_matches(&all->waivers[i], &subject))
                continue;
            matched[out->waiver_count++] = all->waivers[i];
            break;
        }
    }
    return true;
}

/* ---- plans ---- */

struct goals {
    uint32_t *pairs;
    size_t count;
    bool *listed; /* per pair */
};

static bool make_goals(const struct prereq_trial *trial, struct goals *goals)
{
    size_t count = trial->host->pair_count;

    goals->count = 0;
    goals->pairs = PREREQ_NEW_ARRAY(trial->arena, count, uint32_t);
    goals->listed = PREREQ_NEW_ARRAY(trial->arena, count, bool);
    return goals->pairs && goals->listed;
}

/* Each once. */
static void list_goal(struct goals *goals, uint32_t pair)
{
    if (!goals->listed[pair])
        goals->pairs[goals->count++] = pair;
    goals->listed[pair] = true;
}

/* Goals of `host` (required, and whatever is in 2, 3 or 4) or of `repair` (only 2, 3, 4): both with
 * faults at the restart and what an unfinished plan took off. */
static void collect_goals(const struct prereq_trial *trial, const struct prereq_assessment *made,
                          bool repair, struct goals *goals)
{
    for (size_t i = 0; i < trial->restore_count; i++)
        list_goal(goals, trial->restore[i]);
    for (size_t i = 0; i < made->status_count; i++) {
        const struct prereq_status_row *row = &made->statuses[i];
        bool fault =
            prereq_state_always_counts(row->state) || row->fault_at_restart == PREREQ_FLAG_TRUE;
        bool wanted = !repair && row->required == PREREQ_FLAG_TRUE && prereq_status_open(row);

        if (fault || wanted)
            list_goal(goals, prereq_pair_named(trial, row->id));
    }
}

/* What making a plan leaves behind is many times the plan, and grows with the catalog: each is made
 * in memory of its own that the next one takes over, and only the plan itself is kept. */
#define PLAN_BYTES ((size_t)1 << 30)

static enum prereq_status build_apart(struct prereq_trial *trial, struct prereq_arena *apart,
                                      const struct goals *goals, const char *name,
                                      struct prereq_plan *plan)
{
    struct prereq_arena *own = trial->arena;
    struct prereq_plan made = {0};
    enum prereq_status status;

    prereq_arena_reset(apart);
    trial->arena = trial->host->arena = apart;
    status = prereq_plan_build(trial, goals->pairs, goals->count, name, &made);
    trial->arena = trial->host->arena = own;
    if (!status && !prereq_shape_copy(own, &prereq_plan_shape, &made, plan))
        return no_memory(trial);
    return status;
}

static enum prereq_status fill_plans_with(struct prereq_trial *trial, struct prereq_arena *apart,
                                          struct prereq_plan *plans, struct prereq_assessment *out)
{
    enum prereq_status status;
    struct goals goals;

    if (!make_goals(trial, &goals))
        return no_memory(trial);
    collect_goals(trial, out, false, &goals);
    status = build_apart(trial, apart, &goals, "host", &plans[0]);
    out->plans = plans;
    out->plan_count = 1;
    for (size_t i = 0; !status && i < out->status_count; i++) {
        const struct prereq_status_row *row = &out->statuses[i];
        uint32_t pair;

        if (row->counts != PREREQ_FLAG_TRUE || !prereq_state_is_proven_open(row->state))
            continue;
        pair = prereq_pair_named(trial, row->id);
        goals = (struct goals){&pair, 1, NULL};
        status = build_apart(trial, apart, &goals, row->id, &plans[out->plan_count++]);
    }
    return status;
}

static enum prereq_status fill_plans(struct prereq_trial *trial, struct prereq_assessment *out)
{
    struct prereq_plan *plans =
        PREREQ_NEW_ARRAY(trial->arena, out->status_count + 1, struct prereq_plan);
    struct prereq_arena *apart = prereq_arena_new(PLAN_BYTES);
    enum prereq_status status;

    status = plans && apart ? fill_plans_with(trial, apart, plans, out) : no_memory(trial);
    prereq_arena_free(apart);
    return status;
}

static enum prereq_status open_trial(struct prereq_trial *trial, struct prereq_arena *arena,
                                     const struct prereq_judge *judge,
                                     const struct prereq_facts *facts,
                                     const struct prereq_assessment *previous,
                                     struct prereq_error *err)
{
    memset(trial, 0, sizeof(*trial));
    trial->arena = arena;
    trial->judge = judge;
    trial->facts = facts;
    trial->previous = previous;
    trial->err = err;
    return prereq_trial_open(trial);
}

static enum prereq_status fill_verdicts(struct prereq_trial *trial, struct prereq_assessment *out)
{
    if (!prereq_fill_host(trial, out) || !fill_statuses(trial, out) ||
        !fill_restore_ids(trial, out) || !fill_waivers(trial, out) ||
        trial->host->trails->no_memory)
        return no_memory(trial);
    return PREREQ_OK;
}

enum prereq_status prereq_assess(struct prereq_arena *arena, const struct prereq_judge *judge,
                                 const struct prereq_facts *facts,
                                 const struct prereq_assessment *previous,
                                 const struct prereq_assessment **assessment,
                                 struct prereq_error *err)
{
    struct prereq_assessment *made = PREREQ_NEW(arena, struct prereq_assessment);
    struct prereq_trial trial;
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY,
                           "the assessment is larger than the memory for it");
    status = open_trial(&trial, arena, judge, facts, previous, err);
    if (!status)
        status = fill_verdicts(&trial, made);
    if (!status && judge->plans)
        status = fill_plans(&trial, made);
    if (!status)
        *assessment = made;
    return status;
}

/* ---- one plan on its own ---- */

static enum prereq_status add_goal(struct prereq_trial *trial, const char *id, struct goals *goals)
{
    uint32_t pair = PREREQ_NONE;
    enum prereq_status status = prereq_choose_entry(&trial->now, id, &pair, trial->err);

    if (status == PREREQ_OK)
        list_goal(goals, pair);
    return status;
}

static int compare_pairs(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

static enum prereq_status resolve_goals(struct prereq_trial *trial, const char *const *names,
                                        size_t name_count, struct goals *goals, const char **name)
{
    struct prereq_assessment made = {0};
    bool host, repair;

    *name = name_count == 1 ? names[0] : name_count == 0 ? "host" : "selection";
    host = strcmp(*name, "host") == 0;
    repair = strcmp(*name, "repair") == 0;
    if (host || repair) {
        if (!fill_statuses(trial, &made))
            return no_memory(trial);
        collect_goals(trial, &made, repair, goals);
        return PREREQ_OK;
    }
    for (size_t i = 0; i < name_count; i++) {
        enum prereq_status status = add_goal(trial, names[i], goals);

        if (status)
            return status;
    }
    /* In which order they were named says nothing. */
    if (goals->count > 1)
        qsort(goals->pairs, goals->count, sizeof(*goals->pairs), compare_pairs);
    if (goals->count == 1)
        *name = trial->host->pairs[goals->pairs[0]].id;
    return PREREQ_OK;
}

/* A goal that is not for this target is no work, and looks like work that is done: say which. */
static bool tell_goal_apart(struct prereq_trial *trial, const struct goals *goals,
                            struct prereq_plan *plan)
{
    enum prereq_reason reason = PREREQ_REASON_NONE;
    const char *advice;
    bool fault;

    if (plan->result != PREREQ_PLAN_NOTHING_TO_DO || goals->count != 1 ||
        prereq_state(&trial->now, goals->pairs[0], &reason, &fault) != PREREQ_STATE_NOT_APPLICABLE)
        return true;
    advice = trial->host->catalog->patches[trial->host->pairs[goals->pairs[0]].patch].patch->advice;
    plan->reason = prereq_printf(trial->arena, "%s%s%s", prereq_reason_info(reason)->sentence,
                                 advice ? ". " : "", advice ? advice : "");
    return plan->reason != NULL;
}

enum prereq_status prereq_plan_make(struct prereq_arena *arena, const struct prereq_judge *judge,
                                    const struct prereq_facts *facts,
                                    const struct prereq_assessment *previous,
                                    const char *const *goals, size_t goal_count,
                                    const struct prereq_plan **plan, struct prereq_error *err)
{
    struct prereq_plan *made = PREREQ_NEW(arena, struct prereq_plan);
    struct prereq_trial trial;
    enum prereq_status status;
    const char *name = NULL;
    struct goals pairs;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "the plan is larger than the memory for it");
    status = open_trial(&trial, arena, judge, facts, previous, err);
    if (status)
        return status;
    if (!make_goals(&trial, &pairs))
        return no_memory(&trial);
    status = resolve_goals(&trial, goals, goal_count, &pairs, &name);
    if (!status)
        status = prereq_plan_build(&trial, pairs.pairs, pairs.count, name, made);
    if (!status && goal_count > 0 && !tell_goal_apart(&trial, &pairs, made))
        status = no_memory(&trial);
    if (!status)
        *plan = made;
    return status;
}

enum prereq_status prereq_plan_verify(struct prereq_arena *arena, const struct prereq_judge *judge,
                                      const struct prereq_facts *facts,
                                      const struct prereq_plan *plan, bool *fits, const char **why,
                                      struct prereq_error *err)
{
    bool reserved = strcmp(plan->goal, "host") == 0 || strcmp(plan->goal, "repair") == 0;
    const struct prereq_plan *fresh = NULL;
    enum prereq_status status;

    status = prereq_plan_make(arena, judge, facts, NULL, reserved ? &plan->goal : plan->goals,
                              reserved ? 1 : plan->goal_count, &fresh, err);
    if (status)
        return status;
    *fits = fresh->hash && plan->hash && strcmp(fresh->hash, plan->hash) == 0;
    *why = "";
    if (!*fits)
        *why = prereq_printf(arena, "planned anew from these facts, %s gives %zu steps (hash %s)",
                             plan->goal, fresh->step_count, fresh->hash ? fresh->hash : "none");
    return PREREQ_OK;
}
