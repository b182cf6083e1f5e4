/* SPDX-License-Identifier: MIT */
/* plan_command.c - what a step runs: program, arguments, package, exit codes. */
#include <string.h>

#include "plan/plan_rows.h"

const struct prereq_command *prereq_plan_command_of(const struct prereq_rows *rows,
                                                    const struct prereq_emit *one)
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

/* %InstanceName% in an argument: the target instance's name, MSSQLSERVER where it has none. */
static const char *fill_argument(const struct prereq_rows *rows, const struct prereq_emit *one,
                                 const char *text)
{
    static const char variable[] = "%InstanceName%";
    const struct prereq_case *host = rows->planner->host;
    const char *at = strstr(text, variable), *name = "MSSQLSERVER";
    const struct prereq_instance *instance;

    if (!at || one->pair == PREREQ_NONE)
        return text;
    instance = prereq_target_instance(host, host->pairs[one->pair].target);
    if (instance && instance->name)
        name = instance->name;
    return prereq_printf(rows->planner->trial->arena, "%.*s%s%s", (int)(at - text), text, name,
                         at + strlen(variable));
}

static const char *package_path(const struct prereq_rows *rows, const char *package)
{
    const char *root = rows->planner->trial->judge->policy->package_root;

    if (!package || !root || !*root)
        return package;
    return prereq_printf(rows->planner->trial->arena, "%s%s%s", root,
                         strchr("\\/", root[strlen(root) - 1]) ? "" : "\\", package);
}

/* `name` stands in the argument as a word of its own: nothing of a longer name or a path beside it.
 */
static const char *find_name(const char *argument, const char *name)
{
    size_t len = strlen(name);

    for (const char *at = argument; *at; at++) {
        if (!prereq_starts_nocase(at, name) || (at[len] && !strchr(" \",;", at[len])))
            continue;
        if (at == argument || strchr(" \",;:=", at[-1]))
            return at;
    }
    return NULL;
}

/* The package in an argument, by its name or its base name, as the path that is checked before the
 * step: a bare name would be looked for in whatever folder the step runs in. */
static const char *name_package(const struct prereq_rows *rows, const char *package,
                                const char *path, const char *argument)
{
    const char *base = strrchr(package, '\\');
    const char *name = package, *at = find_name(argument, name);

    if (!at && base && base[1])
        at = find_name(argument, name = base + 1);
    if (!at)
        return argument;
    return prereq_printf(rows->planner->trial->arena, "%.*s%s%s", (int)(at - argument), argument,
                         path, at + strlen(name));
}

static const char *shown_command(struct prereq_arena *arena, const struct prereq_step_row *row)
{
    struct prereq_buffer line = {0};
    const char *kept;

    prereq_step_command(row, &line);
    kept = line.failed ? NULL : prereq_strdup(arena, line.text);
    prereq_buffer_free(&line);
    return kept;
}

/* What msiexec and update.exe say when an entry does not say otherwise.  Unpacking changes nothing
 * that a restart could be due for. */
static void fill_exit_codes(const struct prereq_command *command, struct prereq_step_row *row)
{
    static const uint64_t done[] = {0}, done_restart[] = {3010, 1641};

    row->done = command->done_count ? command->done : done;
    row->done_count = command->done_count ? command->done_count : PREREQ_COUNT(done);
    row->done_restart = command->done_restart;
    row->done_restart_count = command->done_restart_count;
    if (!command->done_restart_count && row->action != PREREQ_STEP_EXTRACT) {
        row->done_restart = done_restart;
        row->done_restart_count = PREREQ_COUNT(done_restart);
    }
    row->nothing_to_do = command->nothing_to_do;
    row->nothing_to_do_count = command->nothing_to_do_count;
}

/* The package itself is run, or a program that lies where the package's path says. */
static bool runs_package(const struct prereq_command *command)
{
    const char *name = command->package ? strrchr(command->package, '\\') : NULL;

    return command->package && (prereq_equal_nocase(command->program, command->package) ||
                                (name && prereq_equal_nocase(command->program, name + 1)));
}

bool prereq_plan_fill_command(const struct prereq_rows *rows, const struct prereq_emit *one,
                              const struct prereq_command *command, struct prereq_step_row *row)
{
    struct prereq_arena *arena = rows->planner->trial->arena;
    const char **arguments = PREREQ_NEW_ARRAY(arena, command->argument_count, const char *);

    if (!arguments)
        return false;
    row->package = package_path(rows, command->package);
    row->program = runs_package(command) ? row->package : command->program;
    row->sha256 = command->sha256;
    row->working_directory = command->working_directory;
    if (command->needs_extract == PREREQ_FLAG_TRUE)
        row->unpacked = PREREQ_FLAG_TRUE;
    for (size_t i = 0; i < command->argument_count; i++) {
        arguments[i] = fill_argument(rows, one, command->arguments[i]);
        if (arguments[i] && row->package)
            arguments[i] = name_package(rows, command->package, row->package, arguments[i]);
        if (!arguments[i])
            return false;
    }
    row->arguments = arguments;
    row->argument_count = command->argument_count;
    row->command = shown_command(arena, row);
    fill_exit_codes(command, row);
    return row->command != NULL;
}
