/* SPDX-License-Identifier: MIT */
/* plan_start.c - what already waits for a restart: does the plan begin with it, or end there? */
#include "plan/plan.h"

static bool blocks(const struct prereq_pending_fact *fact)
{
    if (fact->pending != PREREQ_ANSWER_YES)
        return false;
    return fact->source == PREREQ_RESTART_CBS || fact->source == PREREQ_RESTART_PENDING_XML ||
           fact->source == PREREQ_RESTART_WINDOWS_UPDATE ||
           (fact->source == PREREQ_RESTART_FILE_RENAME && fact->target_count == 0);
}

static bool blocking_source(const struct prereq_trial *trial)
{
    for (size_t i = 0; i < trial->facts->pending_restart_count; i++) {
        if (blocks(&trial->facts->pending_restarts[i]))
            return true;
    }
    return false;
}

static bool any_goal_open(const struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        if (!prereq_plan_is_good(prereq_base_state(&planner->trial->now, planner->goals[i])))
            return true;
    }
    return false;
}

static bool fault_at_restart(const struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        enum prereq_reason reason;
        bool fault;

        prereq_state(&planner->trial->now, planner->goals[i], &reason, &fault);
        if (fault)
            return true;
    }
    return false;
}

bool prereq_plan_goal_waits(const struct prereq_planner *planner)
{
    for (size_t i = 0; i < planner->goal_count; i++) {
        enum prereq_reason reason;
        bool fault;

        /* What somebody asks for by id waits too. */
        if (prereq_waits(&planner->trial->now, planner->goals[i]) ||
            prereq_state(&planner->trial->now, planner->goals[i], &reason, &fault) ==
                PREREQ_STATE_PENDING_RESTART)
            return true;
    }
    return false;
}

void prereq_plan_choose_start(struct prereq_planner *planner)
{
    struct prereq_trial *trial = planner->trial;

    planner->restart_first =
        (blocking_source(trial) && any_goal_open(planner)) || fault_at_restart(planner);
    planner->start = planner->restart_first ? &trial->later : &trial->now;
}

/* ---- renames of files that the plan changes ---- */

static bool changes_path(struct prereq_planner *planner, const struct prereq_act *act,
                         const char *path)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[act->pair].patch];

    if (act->kind != PREREQ_ACT_INSTALL && act->kind != PREREQ_ACT_UNINSTALL)
        return false;
    /* Which files a package without a list brings is not known. */
    if (entry->row_count == 0 && entry->patch->kind == PREREQ_KIND_PATCH &&
        entry->patch->file_list != PREREQ_FILE_LIST_COMPLETE)
        return true;
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (prereq_equal_nocase(host->catalog->rows[i].row->path, path) &&
            prereq_row_counts(planner->start, i, host->pairs[act->pair].target) != PREREQ_FALSE)
            return true;
    }
    return false;
}

static bool some_act_changes(struct prereq_planner *planner, const char *path)
{
    for (size_t a = 0; a < planner->act_count; a++) {
        if (changes_path(planner, &planner->acts[a], path))
            return true;
    }
    return false;
}

bool prereq_plan_meets_rename(struct prereq_planner *planner)
{
    const struct prereq_facts *facts = planner->trial->facts;

    for (size_t i = 0; i < facts->pending_restart_count; i++) {
        const struct prereq_pending_fact *fact = &facts->pending_restarts[i];

        if (fact->source != PREREQ_RESTART_FILE_RENAME || fact->pending != PREREQ_ANSWER_YES)
            continue;
        for (size_t k = 0; k < fact->target_count; k++) {
            if (some_act_changes(planner, fact->targets[k]))
                return true;
        }
    }
    return false;
}

/* ---- nothing but a restart ---- */

static bool is_sure(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE;
}

/* A test of the pair, or of what it asks for, has an answer now and none behind the restart. */
static bool gets_unknown(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_pair *about = &host->pairs[pair];
    const struct prereq_cpatch *entry = &host->catalog->patches[about->patch];
    struct prereq_sitting *now = &planner->trial->now, *later = &planner->trial->later;

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (is_sure(prereq_row_judge(now, i, about->target).verdict) &&
            !is_sure(prereq_row_judge(later, i, about->target).verdict))
            return true;
    }
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        if (is_sure(prereq_group_judge(now, g, pair).verdict) &&
            !is_sure(prereq_group_judge(later, g, pair).verdict))
            return true;
    }
    return false;
}

/* The plan reads or sets a file that waits, and which one will come is not known: restart, then
 * plan anew.  Asked when the closure is made, or was refused. */
bool prereq_plan_only_restart(struct prereq_planner *planner)
{
    bool open = false;

    if (!planner->host->differs || planner->result == PREREQ_PLAN_CYCLE)
        return false;
    for (uint32_t i = 0; i < planner->host->pair_count; i++)
        open |= planner->closed[i] &&
                (planner->act_count > 0 || planner->result ||
                 !prereq_plan_is_good(prereq_base_state(planner->start, i))) &&
                gets_unknown(planner, i);
    if (!open)
        return false;
    planner->only_restart = true;
    planner->result = 0;
    planner->reason = NULL;
    planner->act_count = planner->choice_count = planner->restore_count = 0;
    prereq_buffer_free(&planner->needs);
    planner->order_count = planner->restarts = 0;
    prereq_plan_put_order(planner, PREREQ_RESTART_MARK);
    prereq_buffer_add(&planner->warnings, "what the pending restart changes is not known: restart, "
                                          "collect, and plan anew\n");
    return true;
}
