/* SPDX-License-Identifier: MIT */
/* plan_rows.c - the order as steps for people and scripts: commands, reasons, what each needs. */
#include "plan.h"

#include <string.h>

struct emit { /* one row to be */
    int action;
    uint32_t act;  /* of the planner; PREREQ_NONE */
    uint32_t pair; /* PREREQ_NONE: about no patch */
    const struct prereq_remedy *remedy;
    bool after; /* a caution's step after */
    bool dropped;
};

struct rows {
    struct prereq_planner *planner;
    struct emit *list;
    size_t count, capacity;
    bool no_memory;
};

static void emit(struct rows *rows, struct emit one)
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
static void drop_equal(struct rows *rows, const struct prereq_remedy *remedy, bool after,
                       bool *skip)
{
    *skip = false;
    for (size_t i = 0; i < rows->count; i++) {
        struct emit *old = &rows->list[i];

        if (old->dropped || old->after != after || !same_remedy(old->remedy, remedy) ||
            old->act != PREREQ_NONE)
            continue;
        if (after)
            old->dropped = true;
        else
            *skip = true;
    }
}

static void emit_remedy(struct rows *rows, const struct prereq_remedy *remedy, uint32_t pair,
                        bool after)
{
    bool skip;

    drop_equal(rows, remedy, after, &skip);
    if (!skip)
        emit(rows, (struct emit){remedy->action, PREREQ_NONE, pair, remedy, after, false});
}

static bool caution_counts(const struct rows *rows, uint32_t pair, size_t index)
{
    const struct prereq_case *host = rows->planner->host;
    const struct prereq_cpatch *entry = &host->catalog->patches[host->pairs[pair].patch];
    uint32_t when = host->catalog->numbers[entry->caution_first + index];
    enum prereq_verdict verdict =
        prereq_rule_judge(rows->planner->start, when, host->pairs[pair].target).verdict;

    return verdict != PREREQ_FALSE && verdict != PREREQ_NOT_APPLICABLE;
}

static void emit_install(struct rows *rows, uint32_t act, struct emit *waiting,
                         size_t *waiting_count)
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
    emit(rows, (struct emit){action, act, pair, NULL, false, false});
    for (size_t i = 0; i < patch->caution_count; i++) {
        for (size_t k = 0; caution_counts(rows, pair, i) && k < patch->cautions[i].after_count;
             k++) {
            const struct prereq_remedy *remedy = &patch->cautions[i].after[k];

            if (remedy->after_restart == PREREQ_FLAG_TRUE)
                waiting[(*waiting_count)++] =
                    (struct emit){remedy->action, PREREQ_NONE, pair, remedy, true, false};
            else
                emit_remedy(rows, remedy, pair, true);
        }
    }
}

static void emit_act(struct rows *rows, uint32_t number, struct emit *waiting,
                     size_t *waiting_count)
{
    const struct prereq_act *act = &rows->planner->acts[number];
    int action = PREREQ_STEP_MANUAL;

    switch (act->kind) {
    case PREREQ_ACT_INSTALL:
        emit_install(rows, number, waiting, waiting_count);
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
    emit(rows,
         (struct emit){action, number, act->pair,
                       act->kind == PREREQ_ACT_REMEDY ? act->alt->remedy : NULL, false, false});
}

static size_t most_cautions(const struct prereq_planner *planner)
{
    size_t most = 1;

    for (size_t i = 0; i < planner->act_count; i++) {
        const struct prereq_patch *patch = prereq_plan_patch(planner, planner->acts[i].pair);

        for (size_t k = 0; k < patch->caution_count; k++)
            most += patch->cautions[k].after_count;
    }
    return most;
}

static void emit_all(struct rows *rows)
{
    const struct prereq_planner *planner = rows->planner;
    struct emit *waiting =
        PREREQ_NEW_ARRAY(planner->trial->arena, most_cautions(planner), struct emit);
    size_t waiting_count = 0;

    if (!waiting) {
        rows->no_memory = true;
        return;
    }
    for (size_t i = 0; i < planner->order_count; i++) {
        if (planner->order[i] != PREREQ_RESTART_MARK) {
            emit_act(rows, planner->order[i], waiting, &waiting_count);
            continue;
        }
        emit(rows,
             (struct emit){PREREQ_STEP_RESTART, PREREQ_NONE, PREREQ_NONE, NULL, false, false});
        for (size_t k = 0; k < waiting_count; k++)
            emit_remedy(rows, waiting[k].remedy, waiting[k].pair, true);
        waiting_count = 0;
    }
    for (size_t k = 0; k < waiting_count; k++)
        emit_remedy(rows, waiting[k].remedy, waiting[k].pair, true);
    if (planner->act_count > 0)
        emit(rows, (struct emit){PREREQ_STEP_VERIFY, PREREQ_NONE,
                                 planner->goal_count == 1 ? planner->goals[0] : PREREQ_NONE, NULL,
                                 false, false});
}

/* ---- what a row says ---- */

static const struct prereq_command *command_of(const struct rows *rows, const struct emit *one)
{
    const struct prereq_act *act;
    const struct prereq_commands *commands;

    if (one->remedy)
        return one->remedy->command;
    if (one->act == PREREQ_NONE)
        return NULL;
    act = &rows->planner->acts[one->act];
    commands = prereq_plan_patch(rows->planner, act->pair)->commands;
    if (!commands)
        return NULL;
    if (act->kind == PREREQ_ACT_EXTRACT)
        return commands->extract;
    if (act->kind == PREREQ_ACT_UNINSTALL)
        return commands->uninstall;
    if (act->kind == PREREQ_ACT_REMOVE_RECORD)
        return commands->remove_record;
    if (act->kind == PREREQ_ACT_INSTALL && commands->repair &&
        rows->planner->host->now.records[act->pair].value == PREREQ_TRUE &&
        !rows->planner->off[act->pair])
        return commands->repair;
    return act->kind == PREREQ_ACT_INSTALL ? commands->install : NULL;
}

static const char *because_of(const struct rows *rows, uint32_t pair)
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

static const char *install_reason(const struct rows *rows, uint32_t pair)
{
    const struct prereq_planner *planner = rows->planner;
    int state = prereq_base_state(&planner->trial->now, pair);
    const char *needed = because_of(rows, pair);

    if (planner->off[pair])
        return "it came off, and goes on again";
    if (state == PREREQ_STATE_OUT_OF_ORDER || state == PREREQ_STATE_REGRESSED)
        return prereq_printf(planner->trial->arena, "it is %s", prereq_state_names[state]);
    if (needed)
        return needed;
    if (state == PREREQ_STATE_COMPLIANT)
        return "a step of this plan puts its files back";
    return "it is missing";
}

static const char *reason_of(const struct rows *rows, const struct emit *one)
{
    if (one->action == PREREQ_STEP_RESTART && one->pair == PREREQ_NONE)
        return "what was put on takes effect at the restart";
    if (one->action == PREREQ_STEP_VERIFY && !one->remedy)
        return "collect the facts again and assess them: the goals have to be Compliant or "
               "Superseded";
    if (one->remedy)
        return one->remedy->text ? one->remedy->text : "";
    if (rows->planner->acts[one->act].kind == PREREQ_ACT_INSTALL)
        return install_reason(rows, one->pair);
    return rows->planner->acts[one->act].reason;
}

static bool is_plain(const char *text)
{
    return *text && !strpbrk(text, " \t\n\v\"");
}

/* The rule of CommandLineToArgvW: backslashes double only before a quote. */
static void quote_argument(struct prereq_buffer *out, const char *text)
{
    size_t slashes = 0;

    if (is_plain(text)) {
        prereq_buffer_add(out, text);
        return;
    }
    prereq_buffer_add(out, "\"");
    for (; *text; text++) {
        if (*text == '"') {
            for (size_t i = 0; i <= slashes; i++)
                prereq_buffer_add(out, "\\");
        }
        slashes = *text == '\\' ? slashes + 1 : 0;
        prereq_buffer_add_bytes(out, text, 1);
    }
    for (size_t i = 0; i < slashes; i++)
        prereq_buffer_add(out, "\\");
    prereq_buffer_add(out, "\"");
}

/* %InstanceName% in an argument: the target instance's name, MSSQLSERVER where it has none. */
static const char *fill_argument(const struct rows *rows, const struct emit *one, const char *text)
{
    static const char variable[] = "%InstanceName%";
    const struct prereq_case *host = rows->planner->host;
    const char *at = strstr(text, variable), *name = "MSSQLSERVER";
    uint32_t instance;

    if (!at || one->pair == PREREQ_NONE)
        return text;
    instance = host->targets[host->pairs[one->pair].target].instance;
    if (instance != PREREQ_NONE && host->facts->instances[instance].name)
        name = host->facts->instances[instance].name;
    return prereq_printf(rows->planner->trial->arena, "%.*s%s%s", (int)(at - text), text, name,
                         at + strlen(variable));
}

static const char *package_path(const struct rows *rows, const char *package)
{
    const char *root = rows->planner->trial->judge->policy->package_root;

    if (!package || !root || !*root)
        return package;
    return prereq_printf(rows->planner->trial->arena, "%s\\%s", root, package);
}

/* What msiexec and update.exe say when an entry does not say otherwise. */
static void fill_exit_codes(const struct prereq_command *command, struct prereq_step_row *row)
{
    static const uint64_t done[] = {0}, done_restart[] = {3010, 1641};

    row->done = command->done_count ? command->done : done;
    row->done_count = command->done_count ? command->done_count : PREREQ_COUNT(done);
    row->done_restart = command->done_restart_count ? command->done_restart : done_restart;
    row->done_restart_count =
        command->done_restart_count ? command->done_restart_count : PREREQ_COUNT(done_restart);
    row->nothing_to_do = command->nothing_to_do;
    row->nothing_to_do_count = command->nothing_to_do_count;
}

static bool fill_command(const struct rows *rows, const struct emit *one,
                         const struct prereq_command *command, struct prereq_step_row *row)
{
    struct prereq_arena *arena = rows->planner->trial->arena;
    const char **arguments = PREREQ_NEW_ARRAY(arena, command->argument_count, const char *);
    struct prereq_buffer line = {0};
    bool is_package = command->package && prereq_equal_nocase(command->program, command->package);

    if (!arguments)
        return false;
    row->package = package_path(rows, command->package);
    row->program = is_package ? row->package : command->program;
    row->sha256 = command->sha256;
    row->working_directory = command->working_directory;
    if (!row->working_directory && command->needs_extract == PREREQ_FLAG_TRUE)
        row->working_directory = "the folder of the unpacked package";
    quote_argument(&line, row->program ? row->program : "");
    for (size_t i = 0; i < command->argument_count; i++) {
        arguments[i] = fill_argument(rows, one, command->arguments[i]);
        prereq_buffer_add(&line, " ");
        quote_argument(&line, arguments[i] ? arguments[i] : "");
    }
    row->arguments = arguments;
    row->argument_count = command->argument_count;
    row->command = line.failed ? NULL : prereq_strdup(arena, line.text);
    prereq_buffer_free(&line);
    fill_exit_codes(command, row);
    return row->command != NULL;
}

/* Steps that have to be done before, by number. */
static const char *needs_of(const struct rows *rows, const struct emit *one,
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

static enum prereq_flag is_reversible(const struct rows *rows, const struct emit *one)
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

static bool fill_row(const struct rows *rows, const struct emit *one, const char *goal,
                     size_t number, const size_t *number_of_act, struct prereq_step_row *row)
{
    const struct prereq_planner *planner = rows->planner;
    const struct prereq_command *command = command_of(rows, one);

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
    if (!command && one->act != PREREQ_NONE && planner->acts[one->act].kind == PREREQ_ACT_INSTALL)
        row->verify = prereq_plan_patch(planner, one->pair)->install_note;
    return row->id && row->reason && (!command || fill_command(rows, one, command, row));
}

static bool fill_rows(struct rows *rows, const char *name, struct prereq_plan *plan)
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

static void warn_left_over(struct prereq_planner *planner)
{
    for (uint32_t i = 0; i < planner->host->pair_count; i++) {
        int state = prereq_base_state(&planner->sim.now_sitting, i);

        if (state == PREREQ_STATE_OUT_OF_ORDER || state == PREREQ_STATE_REGRESSED)
            prereq_buffer_addf(&planner->warnings, "%s stays %s: it is no goal of this plan\n",
                               prereq_plan_pair_id(planner, i), prereq_state_names[state]);
    }
}

bool prereq_plan_rows(struct prereq_planner *planner, const char *name, struct prereq_plan *plan)
{
    struct rows rows = {.planner = planner};
    bool planned = planner->result == PREREQ_PLAN_PLANNED;

    plan->goal = name;
    plan->result = planner->result;
    plan->reason = planner->reason;
    plan->restarts = (struct prereq_number){planned ? planner->restarts : 0, true};
    sort_restore(planner);
    if (planned) {
        emit_all(&rows);
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
