/* SPDX-License-Identifier: MIT */
/* cmd_refresh.c - patchprereq refresh: the documents of the Windows host that it runs on. */
#include "commands/commands.h"
#include "program/messages.h"

#ifdef _WIN32

#include "inputs/collecting.h"
#include "program/progress.h"
#include "program/system.h"
#include "refresh/refresh.h"
#include "win32/live.h"
#include "win32/machine.h"

struct run {
    const struct options *options;
    struct collecting collecting;
    struct prereq_collect_options wanted;
};

/* Made where it is missing.  One that others may write to is refused: they could put what they like
 * in the place of the documents. */
static enum prereq_status prepare_folder(void *context, const char *path, struct prereq_error *err)
{
    const struct run *run = context;
    enum prereq_status status = prereq_folder_make_for(path, PREREQ_RIGHTS_ADMINISTRATORS, err);

    if (status != PREREQ_OK || option_given(run->options, OPTION_UNTRUSTED))
        return status;
    return prereq_machine_folder_trusted(path, err);
}

static enum prereq_status collect(void *context, const struct prereq_catalog *catalog,
                                  struct prereq_arena *arena, const struct prereq_facts **facts,
                                  struct prereq_error *err)
{
    struct run *run = context;
    struct prereq_source *source = NULL;
    enum prereq_status status = prereq_live_open(arena, &source, err);

    if (status != PREREQ_OK)
        return status;
    run->wanted.catalog = catalog;
    run->wanted.extra = prereq_live_extra;
    status = prereq_collect(source, &run->wanted, arena, facts, err);
    source->ops->close(source);
    progress_clear();
    return status;
}

static void raise_event(void *context, enum prereq_event event,
                        const char *const words[PREREQ_EVENT_WORDS])
{
    (void)context;
    prereq_machine_event(event, words);
}

static struct prereq_time clock_of(void *context)
{
    const struct run *run = context;

    return run->collecting.now.known ? run->collecting.now : system_now();
}

/* Settings that cannot be used are refused like a policy. */
static enum outcome refuse(const struct prereq_error *err)
{
    const char *const words[PREREQ_EVENT_WORDS] = {err->text, NULL, NULL};
    bool refused = err->status == PREREQ_BAD_INPUT;

    message_error("%s", err->text);
    prereq_machine_event(refused ? PREREQ_EVENT_INPUT_REFUSED : PREREQ_EVENT_REFRESH_FAILED, words);
    return outcome_of(err->status);
}

enum outcome cmd_refresh(const struct options *options)
{
    struct run run = {.options = options};
    const struct refresh_machine machine = {
        .folder = prepare_folder,
        .collect = collect,
        .event = raise_event,
        .clock = clock_of,
        .context = &run,
        .door = &refresh_real_door,
        .lock_seconds = REFRESH_LOCK_SECONDS,
    };
    struct prereq_settings settings = {0};
    struct prereq_places places;
    struct prereq_error err = {0};
    const char *folder = NULL;
    enum prereq_status status = collecting_begin(options, &run.collecting, &run.wanted, &err);

    if (status != PREREQ_OK) {
        message_error("%s", err.text); /* of the command line; no event */
        return outcome_of(status);
    }
    status = prereq_machine_settings(options->arena, &settings, &err);
    if (status == PREREQ_OK)
        status = prereq_machine_folder(options->arena, &folder, &err);
    if (status == PREREQ_OK &&
        !prereq_places_fill(options->arena, folder, '\\', &settings, &places))
        status = prereq_fail(&err, PREREQ_NO_MEMORY, "no memory for the places");
    return status == PREREQ_OK ? refresh_run(options, &places, &settings, &machine) : refuse(&err);
}

#else

enum outcome cmd_refresh(const struct options *options)
{
    (void)options;
    message_error("refresh keeps the documents of the Windows host that it runs on; here there is "
                  "collect --root or --wim, and assess");
    return OUTCOME_UNUSABLE;
}

#endif
