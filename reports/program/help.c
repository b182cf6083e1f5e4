/* SPDX-License-Identifier: MIT */
/* help.c - the texts of --help, made from the tables of commands.c. */
#include <string.h>

#include "program/options.h"

#define WIDTH 79
#define OPTION_COLUMN 24

/* Words of `text`, broken before column WIDTH; lines after the first are indented.  `column` is
 * where the cursor stands. */
static void add_wrapped(struct prereq_buffer *out, const char *text, size_t column, size_t indent)
{
    bool first = true;

    while (*text) {
        size_t len = strcspn(text, " ");

        if (!first && column + 1 + len > WIDTH) {
            prereq_buffer_addf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (!first) {
            prereq_buffer_add(out, " ");
            column++;
        }
        prereq_buffer_add_bytes(out, text, len);
        column += len;
        first = false;
        text += len;
        while (*text == ' ')
            text++;
    }
    prereq_buffer_add(out, "\n");
}

static void add_columns(struct prereq_buffer *out, const char *left, const char *right)
{
    size_t len = strlen(left) + 2;

    prereq_buffer_addf(out, "  %s", left);
    if (len + 2 > OPTION_COLUMN) {
        prereq_buffer_add(out, "\n");
        len = 0;
    }
    prereq_buffer_addf(out, "%*s", (int)(OPTION_COLUMN - len), "");
    add_wrapped(out, right, OPTION_COLUMN, OPTION_COLUMN);
}

static void add_option(struct prereq_buffer *out, const struct option_info *info,
                       const struct command *command, bool is_format)
{
    struct prereq_buffer left = {0};
    struct prereq_buffer right = {0};

    if (info->letter)
        prereq_buffer_addf(&left, "-%c, ", info->letter);
    prereq_buffer_addf(&left, "--%s", info->name);
    if (info->value)
        prereq_buffer_addf(&left, " %s", info->value);
    prereq_buffer_add(&right, info->about);
    if (info->repeated)
        prereq_buffer_add(&right, " (may be given several times)");
    if (is_format && command) {
        for (const char *const *format = command->formats; *format; format++)
            prereq_buffer_addf(&right, "%s%s", format == command->formats ? ": " : ", ", *format);
        prereq_buffer_addf(&right, "; default %s", command->formats[0]);
    }
    if (!left.failed && !right.failed)
        add_columns(out, left.text, right.text);
    prereq_buffer_free(&left);
    prereq_buffer_free(&right);
}

static void add_options(struct prereq_buffer *out, const struct command *command, unsigned set)
{
    for (int i = 0; i < OPTIONS; i++)
        if (set & OPTION_BIT(i))
            add_option(out, &option_table[i], command, i == OPTION_FORMAT);
}

static void add_exits(struct prereq_buffer *out, const struct command *command)
{
    prereq_buffer_add(out, "\nExit codes (where several apply, the highest):\n");
    for (int i = 0; i < OUTCOMES; i++) {
        if (!command->exits[i])
            continue;
        prereq_buffer_addf(out, "  %d  ", i);
        add_wrapped(out, command->exits[i], 5, 5);
    }
}

static void add_command(struct prereq_buffer *out, const struct command *command)
{
    prereq_buffer_addf(out, "Usage: patchprereq %s%s%s [OPTION...]\n\n", command->name,
                       command->operands[0] ? " " : "", command->operands);
    prereq_buffer_addf(out, "patchprereq %s - ", command->name);
    add_wrapped(out, command->about, strlen(command->name) + 15, 2);
    if (command->more) {
        prereq_buffer_add(out, "\n");
        add_wrapped(out, command->more, 0, 0);
    }
    prereq_buffer_add(out, "\nOptions:\n");
    add_options(out, command, command->own);
    prereq_buffer_add(out, "\nOptions of every command:\n");
    add_options(out, command, OPTIONS_EVERYWHERE);
    add_exits(out, command);
    if (command->examples) {
        prereq_buffer_add(out, "\nExamples:\n");
        for (const char *const *example = command->examples; *example; example++)
            prereq_buffer_addf(out, "  %s\n", *example);
    }
}

static void add_program(struct prereq_buffer *out, const char *group)
{
    size_t len = group ? strlen(group) : 0;

    prereq_buffer_addf(out, "Usage: patchprereq %s [OPERAND...] [OPTION...]\n\n",
                       group ? group : "COMMAND");
    prereq_buffer_add(out, "Which patches may go on, which stand on unsound ground, and what to do "
                           "in which\norder.\n\nCommands:\n");
    for (const struct command *command = command_table; command->name; command++)
        if (!group || (!strncmp(command->name, group, len) && command->name[len] == ' '))
            add_columns(out, command->name, command->about);
    prereq_buffer_add(out, "\nOptions of every command:\n");
    add_options(out, NULL, OPTIONS_EVERYWHERE);
    prereq_buffer_add(out, "\npatchprereq COMMAND --help says more of one command.\n");
}

void help_write(const struct options *options, struct prereq_buffer *out)
{
    if (options->command)
        add_command(out, options->command);
    else
        add_program(out, options->group);
}
