/* SPDX-License-Identifier: MIT */
/* cmd_collect.c - patchprereq collect: facts from a Windows installation, running or not. */
#include "commands/commands.h"
#include "inputs/collecting.h"
#include "inputs/load.h"
#include "inputs/sequence.h"
#include "patchprereq.h"
#include "program/messages.h"
#include "program/progress.h"
#include "program/sink.h"

#ifdef _WIN32
#include "win32/live.h"
#elif defined(PREREQ_HAS_OFFLINE)
#include "offline/offline.h"
#endif

#define FACTS_BYTES ((size_t)1 << 30)

struct collect_run {
    const struct options *options;
    struct prereq_arena *arena; /* of the facts */
    struct collecting collecting;
};

static enum prereq_status check_words(const struct options *options, struct prereq_error *err)
{
    bool root = option_given(options, OPTION_ROOT), wim = option_given(options, OPTION_WIM);

    if (root && wim)
        return prereq_fail(err, PREREQ_BAD_INPUT, "give --root or --wim, not both");
    if (wim != option_given(options, OPTION_INDEX))
        return prereq_fail(err, PREREQ_BAD_INPUT, "--wim and --index belong together");
    return PREREQ_OK;
}

#ifdef _WIN32

static enum prereq_status open_source(struct collect_run *run,
                                      struct prereq_collect_options *wanted,
                                      struct prereq_source **source, struct prereq_error *err)
{
    const struct options *options = run->options;

    if (option_given(options, OPTION_ROOT) || option_given(options, OPTION_WIM) ||
        option_given(options, OPTION_ACCEPT_DIRTY))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "trees and images are read by the Linux program; here collect reads "
                           "the running Windows");
    wanted->extra = prereq_live_extra;
    return prereq_live_open(run->arena, source, err);
}

#elif defined(PREREQ_HAS_OFFLINE)

static enum prereq_status open_source(struct collect_run *run,
                                      struct prereq_collect_options *wanted,
                                      struct prereq_source **source, struct prereq_error *err)
{
    const struct options *options = run->options;
    const struct prereq_offline_options how = {.accept_dirty =
                                                   option_given(options, OPTION_ACCEPT_DIRTY)};
    const char *root = option_text(options, OPTION_ROOT), *wim = option_text(options, OPTION_WIM);
    unsigned index = 0;
    enum prereq_status status;

    (void)wanted;
    if (root)
        return prereq_offline_open_root(root, &how, source, err);
    if (!wim)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "say what to read: --root DIR, or --wim FILE --index N");
    status = collecting_number("index", option_text(options, OPTION_INDEX), 1, 65535, &index, err);
    return status == PREREQ_OK ? prereq_offline_open_wim(wim, index, &how, source, err) : status;
}

#else

static enum prereq_status open_source(struct collect_run *run,
                                      struct prereq_collect_options *wanted,
                                      struct prereq_source **source, struct prereq_error *err)
{
    (void)run;
    (void)wanted;
    (void)source;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "this program was built without hivex and libwim, which read trees and "
                       "images");
}

#endif

static enum prereq_status prepare(struct collect_run *run, struct prereq_collect_options *wanted,
                                  struct prereq_error *err)
{
    const struct options *options = run->options;
    const struct prereq_catalog *catalog = NULL;
    enum prereq_status status = check_words(options, err);

    if (status == PREREQ_OK)
        status = load_catalog(options, &catalog, err);
    if (status == PREREQ_OK)
        status = collecting_begin(options, &run->collecting, wanted, err);
    if (status != PREREQ_OK)
        return status;
    wanted->catalog = catalog;
    run->arena = prereq_arena_new(FACTS_BYTES);
    if (!run->arena)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to collect");
    return PREREQ_OK;
}

static enum prereq_status collect(struct collect_run *run, const struct prereq_facts **facts,
                                  struct prereq_error *err)
{
    struct prereq_collect_options wanted = {0};
    struct prereq_source *source = NULL;
    enum prereq_status status = prepare(run, &wanted, err);

    if (status == PREREQ_OK)
        status = open_source(run, &wanted, &source, err);
    if (status != PREREQ_OK)
        return status;
    status = prereq_collect(source, &wanted, run->arena, facts, err);
    source->ops->close(source);
    progress_clear();
    return status;
}

static enum outcome write_facts(const struct options *options, const struct prereq_facts *facts)
{
    struct sequence sequence = {0};
    struct prereq_buffer out = {0};
    enum outcome outcome;

    sequence_add(&sequence, prereq_facts_document.shape, facts, &out);
    sequence_end(&sequence, &out);
    outcome = sink_write_all(options, &out);
    sequence_free(&sequence);
    prereq_buffer_free(&out);
    return outcome;
}

enum outcome cmd_collect(const struct options *options)
{
    struct collect_run run = {.options = options};
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    enum outcome outcome = outcome_of(collect(&run, &facts, &err));

    if (outcome != OUTCOME_DONE) {
        message_error("%s", err.text);
    } else {
        outcome = write_facts(options, facts);
        if (facts->collection->cut_short == PREREQ_FLAG_TRUE) {
            message_note("the time was up before all was read; the document says so");
            outcome = outcome_worse(outcome, OUTCOME_PARTLY);
        }
    }
    prereq_arena_free(run.arena);
    return outcome;
}
