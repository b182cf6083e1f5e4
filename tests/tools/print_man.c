/* SPDX-License-Identifier: MIT */
/* print_man.c - the manual page patchprereq(1) in mdoc, from the tables that also parse and help.
 *
 * print_man >docs/patchprereq.1 after a change to commands.c; a test compares them. */
#include <stdio.h>
#include <string.h>

#include "program/options.h"

/* Text of a macro line or paragraph: mdoc reads a backslash, and a dot or quote at a line's start.
 */
static void text(const char *words)
{
    if (*words == '.' || *words == '\'')
        (void)fputs("\\&", stdout);
    for (; *words; words++) {
        if (*words == '\\')
            (void)fputs("\\e", stdout);
        else if (*words == '-')
            (void)fputs("\\-", stdout);
        else
            (void)putchar(*words);
        /* A sentence ends a line, as mdoc wants it. */
        if (*words == '.' && words[1] == ' ' && words[2] >= 'A' && words[2] <= 'Z') {
            (void)putchar('\n');
            words++;
        }
    }
    (void)putchar('\n');
}

static void options(const struct command *command, unsigned set)
{
    (void)puts(".Bl -tag -width Ds");
    for (int i = 0; i < OPTIONS; i++) {
        const struct option_info *info = &option_table[i];

        if (!(set & OPTION_BIT(i)))
            continue;
        if (info->letter)
            (void)printf(".It Fl %c , Fl \\-%s", info->letter, info->name);
        else
            (void)printf(".It Fl \\-%s", info->name);
        if (info->value)
            (void)printf(" Ar %s", info->value);
        (void)putchar('\n');
        text(info->about);
        if (info->repeated)
            (void)puts("May be given several times.");
        if (i != OPTION_FORMAT || !command)
            continue;
        (void)fputs("One of", stdout);
        for (const char *const *format = command->formats; *format; format++)
            (void)printf("%s %s", format == command->formats ? "" : ",", *format);
        (void)printf("; the default is %s.\n", command->formats[0]);
    }
    (void)puts(".El");
}

static void command_section(const struct command *command)
{
    (void)printf(".Ss patchprereq %s", command->name);
    if (*command->operands)
        (void)printf(" %s", command->operands);
    (void)putchar('\n');
    (void)printf("%c", command->about[0] >= 'a' && command->about[0] <= 'z'
                           ? command->about[0] - 'a' + 'A'
                           : command->about[0]);
    text(command->about + 1);
    if (command->more) {
        (void)puts(".Pp");
        text(command->more);
    }
    if (command->own)
        options(command, command->own);
    (void)puts(".Pp\nExit codes:");
    (void)puts(".Bl -tag -width Ds -compact");
    for (int i = 0; i < OUTCOMES; i++) {
        if (!command->exits[i])
            continue;
        (void)printf(".It %d\n", i);
        text(command->exits[i]);
    }
    (void)puts(".El");
}

static void examples(void)
{
    (void)puts(".Sh EXAMPLES");
    (void)puts(".Bd -literal");
    for (const struct command *command = command_table; command->name; command++) {
        for (const char *const *example = command->examples; example && *example; example++)
            text(*example);
    }
    (void)puts(".Ed");
}

int main(void)
{
    (void)puts(".\\\" SPDX-License-Identifier: MIT");
    (void)puts(".\\\" Made by tests/tools/print_man.c from reports/commands/commands.c.");
    (void)puts(".Dd $Mdocdate$");
    (void)puts(".Dt PATCHPREREQ 1");
    (void)puts(".Os");
    (void)puts(".Sh NAME");
    (void)puts(".Nm patchprereq");
    (void)puts(
        ".Nd which Windows patches may go on, which stand on unsound ground, and what to do");
    (void)puts(".Sh SYNOPSIS");
    (void)puts(".Nm");
    (void)puts(".Ar command");
    (void)puts(".Op Ar operand ...");
    (void)puts(".Op Ar option ...");
    (void)puts(".Sh DESCRIPTION");
    (void)puts(
        "Options may stand anywhere,\n.Ql \\-\\-option=value\nworks,\n.Ql \\-\\-\nends them, "
        "and nothing can be abbreviated.");
    (void)puts("Messages go to standard error.");
    (void)puts(".Pp\nEvery command has these options:");
    options(NULL, OPTIONS_EVERYWHERE);
    (void)puts(".Sh COMMANDS");
    for (const struct command *command = command_table; command->name; command++)
        command_section(command);
    (void)puts(".Sh EXIT STATUS");
    (void)puts(
        "0 done and nothing open, 1 findings are open, 2 usage or input unusable and nothing "
        "written, 3 done in part, 4 input or output failed.\nWhere several apply it is the "
        "highest.");
    examples();
    return ferror(stdout) ? 1 : 0;
}
