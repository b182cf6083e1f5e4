/* SPDX-License-Identifier: MIT */
/* program.c - from the command line to the command, and its result to an exit code. */
#include <stdio.h>

#include "commands/commands.h"
#include "patchprereq.h"
#include "program/messages.h"
#include "program/progress.h"
#include "program/sink.h"

#define RUN_ARENA_BYTES ((size_t)2 << 30)

/* --help and --version ask for text on standard output, or in the file of -o. */
static enum outcome print_text(const struct options *options)
{
    struct prereq_buffer text = {0};
    struct prereq_error err;
    struct sink sink = {0};
    enum outcome outcome;

    if (option_given(options, OPTION_HELP))
        help_write(options, &text);
    else
        prereq_buffer_addf(&text, "patchprereq %s\n", PREREQ_PRODUCT_VERSION);
    outcome = sink_open(&sink, options, &err);
    if (outcome == OUTCOME_DONE)
        outcome = sink_write(&sink, &text, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    outcome = outcome_worse(outcome, sink_close(&sink, outcome == OUTCOME_DONE));
    prereq_buffer_free(&text);
    return outcome;
}

static enum outcome run_command(const struct options *options)
{
    bool quiet = option_given(options, OPTION_QUIET);

    messages_start(quiet);
    progress_start(quiet);
    if (option_given(options, OPTION_HELP) || option_given(options, OPTION_VERSION))
        return print_text(options);
    return options->command->run(options);
}

static const char *help_hint(const struct options *options)
{
    if (options->command)
        return options->command->name;
    return options->group ? options->group : "";
}

int program_run(int argc, const char *const *argv)
{
    struct prereq_arena *arena = prereq_arena_new(RUN_ARENA_BYTES);
    struct options options;
    struct prereq_error err;
    enum outcome outcome;

    if (!arena) {
        message_error("no memory");
        return OUTCOME_IO;
    }
    outcome = outcome_of(options_parse(arena, argc, argv, &options, &err));
    if (outcome == OUTCOME_DONE) {
        outcome = run_command(&options);
    } else {
        const char *hint = help_hint(&options);

        message_error("%s", err.text);
        message_error("patchprereq %s%s--help says what can be typed", hint, hint[0] ? " " : "");
    }
    progress_clear();
    prereq_arena_free(arena);
    return (int)outcome;
}
