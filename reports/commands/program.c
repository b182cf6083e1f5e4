/* SPDX-License-Identifier: MIT */
/* program.c - from the command line to the command, and its result to an exit code. */
#include <stdio.h>
#include <string.h>

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

/* No failure in silence: where the command said nothing itself, what its exit code means.  Findings
 * stand in the output; where that is a file, a note says so. */
static void explain_code(const struct options *options, enum outcome outcome)
{
    const char *output = option_text(options, OPTION_OUTPUT);
    const char *meaning = options->command->exits[outcome];

    if (outcome == OUTCOME_DONE || messages_have_error())
        return;
    if (!meaning)
        meaning = "not done";
    if (outcome != OUTCOME_OPEN)
        message_error("exit code %d: %s", (int)outcome, meaning);
    else if (output && strcmp(output, "-") != 0)
        message_note("exit code %d: %s", (int)outcome, meaning);
}

static enum outcome run_command(const struct options *options)
{
    bool quiet = option_given(options, OPTION_QUIET);
    enum outcome outcome;

    messages_start(quiet);
    progress_start(quiet);
    if (option_given(options, OPTION_HELP) || option_given(options, OPTION_VERSION))
        return print_text(options);
    outcome = options->command->run(options);
    explain_code(options, outcome);
    return outcome;
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
