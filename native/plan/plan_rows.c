/* SPDX-License-Identifier: MIT */
/* plan_rows.c - the order as steps for people and scripts: reasons, what each needs, what each
 * clears. */
#include "plan/plan_rows.h"

#include <string.h>

/* ---- what a row says ---- */

static const char *because_of(const struct prereq_rows *rows, uint32_t pair)
{
    const struct prereq_planner *planner = rows->planner;

    for (size_t i = 0; i < planner->choice_count; i++) {
        if (planner->choices[i].candidate == pair)
            return prereq_printf(
                planner->trial->arena, "%s needs it: %s",
                prereq_plan_pair_id(planner, planner->choices[i].pair),
                planner->host->catalog->groups[planner->choices[i].group].group->why);
    }
    return NULL;
}

static const char *install_reason(const struct prereq_rows *rows, uint32_t pair)
{
    const struct prereq_planner *planner = rows->planner;
    int state = prereq_base_state(&planner->trial->now, pair);
    const char *needed = because_of(rows, pair);

    if (planner->off[pair])
        return "it came off, and goes on again";
    if (prereq_state_is_fault(state))
        return prereq_printf(planner->trial->arena, "it is %s", prereq_state_names[state]);
    if (needed)
        return needed;
    if (state == PREREQ_STATE_COMPLIANT)
        return "a step of this plan puts its files back";
    return "it is missing";
}

/* Sources that wait, as " (cbs, file-rename)"; "" where only facts tell of it. */
static const char *waiting_sources(const struct prereq_rows *rows)
{
    const struct prereq_trial *trial = rows->planner->trial;
    struct prereq_buffer text = {0};
    const char *kept;

    for (size_t i = 0; i < trial->facts->pending_restart_count; i++) {
        const struct prereq_pending_fact *fact = &trial->facts->pending_restarts[i];

        if (fact->pending == PREREQ_ANSWER_YES)
            prereq_buffer_addf(&text, "%s%s", text.len ? ", " : " (",
                               prereq_enum_name(prereq_restart_source_names, fact->source));
    }
    prereq_buffer_add(&text, text.len ? ")" : "");
    kept = text.failed ? NULL : prereq_strdup(trial->arena, text.text ? text.text : "");
    prereq_buffer_free(&text);
    return kept;
}

static bool is_bare_restart(const struct prereq_emit *one)
{
    return one->action == PREREQ_STEP_RESTART && one->pair == PREREQ_NONE;
}

/* A restart is for what stands between it and the one before; where that is nothing that changes
 * the host, it is for what waits there already. */
static const char *restart_reason(const struct prereq_rows *rows, const struct prereq_emit *one)
{
    bool on = false, off = false, set = false;
    const char *sources;

    for (size_t n = (size_t)(one - rows->list); n > 0 && !is_bare_restart(&rows->list[n - 1]);
         n--) {
        const struct prereq_emit *i = &rows->list[n - 1];

        if (i->dropped)
            continue;
        on |= i->action == PREREQ_STEP_INSTALL || i->action == PREREQ_STEP_APPLY_BASELINE;
        off |= i->action == PREREQ_STEP_UNINSTALL;
        set |= i->action == PREREQ_STEP_CONFIGURE || i->action == PREREQ_STEP_MANUAL;
    }
    if (on)
        return "what was put on takes effect at the restart";
    if (off || set)
        return off ? "what came off is gone after the restart"
                   : "what was changed takes effect at the restart";
    sources = waiting_sources(rows);
    if (!sources)
        return NULL;
    if (rows->planner->act_count == 0)
        return prereq_printf(rows->planner->trial->arena,
                             "what waits for a restart takes effect at it%s", sources);
    return prereq_printf(rows->planner->trial->arena,
                         "a restart is pending%s and stands in the way of the next steps", sources);
}

static const char *reason_of(const struct prereq_rows *rows, const struct prereq_emit *one)
{
    if (one->action == PREREQ_STEP_RESTART && one->pair == PREREQ_NONE)
        return restart_reason(rows, one);
    if (one->action == PREREQ_STEP_VERIFY && !one->remedy)
        return "collect the facts again and assess them: the goals have to be Compliant or "
               "Superseded";
    if (one->remedy)
        return one->remedy->text ? one->remedy->text : "";
    if (rows->planner->acts[one->act].kind == PREREQ_ACT_INSTALL)
        return install_reason(rows, one->pair);
    return rows->planner->acts[one->act].reason;
}

/* Steps that have to be done before, by number. */
static const char *needs_of(const struct prereq_rows *rows, const struct prereq_emit *one,
                            const size_t *number_of_act)
{
    struct prereq_buffer text = {0};
    const char *kept = NULL;

    for (size_t a = 0; one->act != PREREQ_NONE && a < rows->planner->act_count; a++) {
        if (prereq_plan_before(rows->planner, a, one->act) && number_of_act[a])
            prereq_buffer_addf(&text, "%s%zu", text.len ? ", " : "step ", number_of_act[a]);
    }
    if (text.len && !text.failed)
        kept = prereq_strdup(rows->planner->trial->arena, text.text);
    prereq_buffer_free(&text);
    return kept;
}

static enum prereq_flag is_reversible(const struct prereq_rows *rows, const struct prereq_emit *one)
{
    const struct prereq_patch *patch;

    if (one->action == PREREQ_STEP_EXTRACT || one->action == PREREQ_STEP_UNINSTALL)
        return PREREQ_FLAG_TRUE;
    if (one->pair == PREREQ_NONE || one->action == PREREQ_STEP_VERIFY || one->remedy)
        return PREREQ_FLAG_UNSET;
    patch = prereq_plan_patch(rows->planner, one->pair);
    if (patch->permanent == PREREQ_FLAG_TRUE || patch->removable == PREREQ_FLAG_FALSE ||
        !patch->commands || !patch->commands->uninstall)
        return PREREQ_FLAG_FALSE;
    return PREREQ_FLAG_TRUE;
}

static bool fill_row(const struct prereq_rows *rows, const struct prereq_emit *one,
                     const char *goal, size_t number, const size_t *number_of_act,
                     struct prereq_step_row *row)
{
    const struct prereq_planner *planner = rows->planner;
    const struct prereq_command *command = prereq_plan_command_of(rows, one);

    row->id = prereq_printf(planner->trial->arena, "%s/%02zu", goal, number);
    row->goal = goal;
    row->step_no = (struct prereq_number){number, true};
    row->action = one->action;
    row->target = "host";
    if (one->pair != PREREQ_NONE) {
        row->patch_id = prereq_plan_patch(planner, one->pair)->id;
        row->target = planner->host->targets[planner->host->pairs[one->pair].target].id;
    }
    row->reason = reason_of(rows, one);
    row->needs = needs_of(rows, one, number_of_act);
    row->reversible = is_reversible(rows, one);
    if (one->remedy)
        row->verify = one->remedy->verify;
    return row->id && row->reason &&
           (!command || prereq_plan_fill_command(rows, one, command, row)) &&
           prereq_plan_tell(rows, one, number_of_act, row);
}

static bool fill_rows(struct prereq_rows *rows, const char *name, struct prereq_plan *plan)
{
    struct prereq_arena *arena = rows->planner->trial->arena;
    struct prereq_step_row *list = PREREQ_NEW_ARRAY(arena, rows->count, struct prereq_step_row);
    size_t *number_of_act = PREREQ_NEW_ARRAY(arena, rows->planner->act_count, size_t);
    size_t number = 0;

    if (!list || !number_of_act)
        return false;
    for (size_t i = 0; i < rows->count; i++) {
        number += !rows->list[i].dropped;
        if (rows->list[i].act != PREREQ_NONE)
            number_of_act[rows->list[i].act] = number;
    }
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->list[i].dropped)
            continue;
        if (!fill_row(rows, &rows->list[i], name, plan->step_count + 1, number_of_act,
                      &list[plan->step_count]))
            return false;
        plan->step_count++;
    }
    plan->steps = rows->planner->steps = list;
    return true;
}

/* ---- the plan around the rows ---- */

/* Lines of a buffer as a list. */
static bool split_lines(struct prereq_arena *arena, const struct prereq_buffer *text,
                        const char *const **list, size_t *count)
{
    const char **lines = PREREQ_NEW_ARRAY(arena, text->len + 1, const char *);
    const char *at = text->text;

    while (lines && at && *at) {
        const char *end = strchr(at, '\n');
        char *line = prereq_strndup(arena, at, (size_t)(end - at));
        bool there = false;

        for (size_t i = 0; line && i < *count; i++)
            there |= strcmp(lines[i], line) == 0;
        if (!line)
            return false;
        if (!there)
            lines[(*count)++] = line;
        at = end + 1;
    }
    *list = lines;
    return lines && !text->failed;
}

static bool fill_ids(const struct prereq_planner *planner, const uint32_t *pairs, size_t pair_count,
                     const char *const **list, size_t *count)
{
    const char **ids = PREREQ_NEW_ARRAY(planner->trial->arena, pair_count, const char *);

    for (size_t i = 0; ids && i < pair_count; i++)
        ids[(*count)++] = prereq_plan_pair_id(planner, pairs[i]);
    *list = ids;
    return ids != NULL;
}

/* What came off, in the order it went on before. */
static void sort_restore(struct prereq_planner *planner)
{
    const struct prereq_record_value *records = planner->host->now.records;

    for (size_t i = 1; i < planner->restore_count; i++) {
        for (size_t k = i; k > 0; k--) {
            uint32_t a = planner->restore[k - 1], b = planner->restore[k];

            if (!prereq_time_is_later(records[a].last, records[b].last))
                break;
            planner->restore[k - 1] = b;
            planner->restore[k] = a;
        }
    }
}

/* What is at fault at the end: "stays" is said only of what was so before. */
static void warn_left_over(struct prereq_planner *planner)
{
    for (uint32_t i = 0; i < planner->host->pair_count; i++) {
        int before = prereq_base_state(&planner->trial->now, i);
        int state = prereq_base_state(&planner->sim.now_sitting, i);
        const char *id = prereq_plan_pair_id(planner, i), *why = "it is no goal of this plan";

        if (!prereq_state_is_fault(state))
            continue;
        if (prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, i) != PREREQ_NONE)
            why = "this plan puts it on, and cannot make it sound";
        else if (prereq_plan_is_goal(planner, i))
            why = "its own repair is refused";
        if (before == state)
            prereq_buffer_addf(&planner->warnings, "%s stays %s: %s\n", id,
                               prereq_state_names[state], why);
        else
            prereq_buffer_addf(&planner->warnings, "%s is %s now and %s at the end: %s\n", id,
                               prereq_state_names[before], prereq_state_names[state], why);
    }
}

bool prereq_plan_rows(struct prereq_planner *planner, const char *name, struct prereq_plan *plan)
{
    struct prereq_rows rows = {.planner = planner};
    bool planned = planner->result == PREREQ_PLAN_PLANNED;

    plan->goal = name;
    plan->result = planner->result;
    plan->reason = planner->reason;
    plan->left_out = planner->rest;
    plan->left_out_count = planner->rest_count;
    plan->restarts = (struct prereq_number){planned ? planner->restarts : 0, true};
    sort_restore(planner);
    if (planned) {
        prereq_plan_emit(&rows);
        warn_left_over(planner);
    }
    if (rows.no_memory || (planned && !fill_rows(&rows, name, plan)))
        return false;
    if (planned && !fill_ids(planner, planner->restore, planner->restore_count, &plan->restore,
                             &plan->restore_count))
        return false;
    return fill_ids(planner, planner->goals, planner->goal_count, &plan->goals,
                    &plan->goal_count) &&
           split_lines(planner->trial->arena, &planner->needs, &plan->facts_needed,
                       &plan->facts_needed_count) &&
           split_lines(planner->trial->arena, &planner->warnings, &plan->warnings,
                       &plan->warning_count) &&
           prereq_plan_hash(planner, plan);
}
