/* SPDX-License-Identifier: MIT */
/* cmd_provider.c - patchprereq provider register, unregister, repair, status: the pieces of an
 * installation, one after the other. */
#include "commands/commands.h"
#include "patchprereq.h"
#include "program/messages.h"
#include "program/sink.h"
#include "program/system.h"

#ifdef _WIN32

#include "inputs/load.h"
#include "win32/pieces.h"

struct provider_run {
    const struct options *options;
    struct prereq_installation *machine;
    struct prereq_buffer out;
    enum outcome outcome;
};

static bool run_begin(const struct options *options, struct provider_run *run)
{
    struct prereq_time now = system_now();
    const char *own = system_program_folder(options->arena);
    struct prereq_error err = {0};
    enum prereq_status status = PREREQ_OK;

    *run = (struct provider_run){.options = options};
    if (!own)
        status = prereq_fail(&err, PREREQ_IO, "the program cannot tell where it lies");
    if (status == PREREQ_OK && option_given(options, OPTION_NOW))
        status = load_now(options, &now, &err);
    if (status == PREREQ_OK)
        status = prereq_installation_open(options->arena, own, PREREQ_PRODUCT_VERSION, now,
                                          &run->machine, &err);
    if (status != PREREQ_OK) {
        message_error("%s", err.text);
        run->outcome = outcome_of(status);
    }
    return status == PREREQ_OK;
}

static enum outcome run_end(struct provider_run *run)
{
    prereq_installation_close(run->machine);
    if (run->machine && prereq_installation_note(run->machine))
        message_note("%s", prereq_installation_note(run->machine));
    if (run->machine)
        run->outcome = outcome_worse(run->outcome, sink_write_all(run->options, &run->out));
    prereq_buffer_free(&run->out);
    return run->outcome;
}

/* Returns whether it is right. */
static bool tell(struct provider_run *run, enum prereq_piece piece)
{
    struct prereq_piece_result result = {0};

    prereq_piece_look(run->machine, piece, &result);
    prereq_piece_write(piece, &result, &run->out);
    return result.verdict == PREREQ_PIECE_GOOD;
}

static void put(struct provider_run *run, enum prereq_piece piece)
{
    struct prereq_error err = {0};
    enum prereq_status status = prereq_piece_put(run->machine, piece, &err);

    if (status == PREREQ_OK) {
        (void)tell(run, piece);
        return;
    }
    message_error("%s: %s", prereq_piece_table[piece].name, err.text);
    run->outcome = outcome_worse(run->outcome, outcome_of(status));
}

enum outcome cmd_provider_status(const struct options *options)
{
    struct provider_run run;

    if (!run_begin(options, &run))
        return run_end(&run);
    for (int i = 0; i < PREREQ_PIECES; i++) {
        if (!tell(&run, (enum prereq_piece)i))
            run.outcome = OUTCOME_OPEN;
    }
    return run_end(&run);
}

/* What cannot be put in place stops it: the pieces stand on each other. */
enum outcome cmd_provider_register(const struct options *options)
{
    struct provider_run run;

    if (!run_begin(options, &run))
        return run_end(&run);
    for (int i = 0; i < PREREQ_PIECES && run.outcome == OUTCOME_DONE; i++) {
        if (prereq_piece_can_put((enum prereq_piece)i))
            put(&run, (enum prereq_piece)i);
    }
    return run_end(&run);
}

enum outcome cmd_provider_repair(const struct options *options)
{
    struct provider_run run;

    if (!run_begin(options, &run))
        return run_end(&run);
    for (int i = 0; i < PREREQ_PIECES; i++) {
        enum prereq_piece piece = (enum prereq_piece)i;
        struct prereq_piece_result found = {0};

        prereq_piece_look(run.machine, piece, &found);
        if (found.verdict == PREREQ_PIECE_WRONG && prereq_piece_can_put(piece))
            put(&run, piece);
        else
            prereq_piece_write(piece, &found, &run.out);
    }
    return run_end(&run);
}

/* In the other direction, and as far as it goes. */
enum outcome cmd_provider_unregister(const struct options *options)
{
    struct provider_run run;

    if (!run_begin(options, &run))
        return run_end(&run);
    for (int i = PREREQ_PIECES; i-- > 0;) {
        struct prereq_error err = {0};
        enum prereq_status status = prereq_piece_take(run.machine, (enum prereq_piece)i, &err);

        if (status != PREREQ_OK) {
            message_error("%s: %s", prereq_piece_table[i].name, err.text);
            run.outcome = outcome_worse(run.outcome, outcome_of(status));
        }
    }
    message_note("the documents in %s stay", prereq_installation_data(run.machine));
    return run_end(&run);
}

#else

static enum outcome refuse(const struct options *options)
{
    message_error("%s works on Windows only: it is about the WMI provider of this machine",
                  options->command->name);
    return OUTCOME_UNUSABLE;
}

enum outcome cmd_provider_status(const struct options *options)
{
    return refuse(options);
}

enum outcome cmd_provider_register(const struct options *options)
{
    return refuse(options);
}

enum outcome cmd_provider_repair(const struct options *options)
{
    return refuse(options);
}

enum outcome cmd_provider_unregister(const struct options *options)
{
    return refuse(options);
}

#endif
