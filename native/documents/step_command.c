/* SPDX-License-Identifier: MIT */
/* step_command.c - the command of a step as text: always its program and arguments, never a text
 * that somebody else wrote beside them. */
#include <string.h>

#include "documents/assessment.h"

static bool is_plain(const char *text)
{
    return *text && !strpbrk(text, " \t\n\v\"");
}

void prereq_command_quote(struct prereq_buffer *out, const char *text)
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

void prereq_step_command(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    if (!step->program)
        return;
    prereq_command_quote(out, step->program);
    for (size_t i = 0; i < step->argument_count; i++) {
        prereq_buffer_add(out, " ");
        prereq_command_quote(out, step->arguments[i]);
    }
}

static enum prereq_status check_step(const struct prereq_step_row *step, size_t plan, bool listed,
                                     size_t number, struct prereq_error *err)
{
    struct prereq_buffer line = {0};
    bool same;

    prereq_step_command(step, &line);
    if (line.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "the command of a step is larger than memory");
    same = strcmp(line.text ? line.text : "", step->command ? step->command : "") == 0;
    prereq_buffer_free(&line);
    if (same)
        return PREREQ_OK;
    if (!listed)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "/plan/steps/%zu/command: it is not the program with its arguments",
                           number);
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "/plans/%zu/steps/%zu/command: it is not the program with its arguments",
                       plan, number);
}

enum prereq_status prereq_step_commands_check(const struct prereq_plan *plans, size_t count,
                                              bool listed, struct prereq_error *err)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < plans[i].step_count; k++) {
            enum prereq_status status = check_step(&plans[i].steps[k], i, listed, k, err);

            if (status)
                return status;
        }
    }
    return PREREQ_OK;
}
