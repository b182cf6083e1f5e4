/* SPDX-License-Identifier: MIT */
/* cmd_import.c - patchprereq import: texts that people have become facts. */
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "inputs/host_ids.h"
#include "inputs/load.h"
#include "inputs/sequence.h"
#include "patchprereq.h"
#include "program/messages.h"
#include "program/progress.h"
#include "program/sink.h"

#define IMPORT_BYTES ((size_t)1 << 30)

struct import_run {
    const struct options *options;
    bool merge;
    struct prereq_time now;
    struct prereq_time facts_time; /* not known: each file's own */
    struct prereq_arena *arena;    /* of one file; with --merge of all */
    struct host_ids *ids;
    struct sink sink;
    struct sequence sequence;
    struct prereq_buffer out;
    const struct prereq_facts **parts; /* with --merge */
    size_t part_count;
    size_t good, bad;
    enum outcome worst;
};

static void count_bad(struct import_run *run, const struct prereq_error *err)
{
    message_error("%s", err->text);
    run->bad++;
    if (err->status != PREREQ_BAD_INPUT)
        run->worst = OUTCOME_IO;
}

/* No text says when it was made; the file's own time is the best guess, for a pipe it is now. */
static struct prereq_time time_of(const struct import_run *run, const char *path)
{
    struct prereq_time time = {0};

    if (run->facts_time.known)
        return run->facts_time;
    if (strcmp(path, "-") != 0)
        time = prereq_file_time(path);
    return time.known ? time : run->now;
}

static enum prereq_status read_text(struct import_run *run, const char *path, const char *name,
                                    struct prereq_facts **facts, struct prereq_error *err)
{
    const struct prereq_import_options wanted = {.name = name,
                                                 .host_id =
                                                     option_text(run->options, OPTION_HOST_ID),
                                                 .collector_version = PREREQ_PRODUCT_VERSION,
                                                 .facts_time = time_of(run, path),
                                                 .one_of_several = run->merge};
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    if (strcmp(path, "-") != 0 && prereq_is_folder(path))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: is a folder; import reads files", name);
    status = prereq_file_read(path, PREREQ_MAX_IMPORT_BYTES, &bytes, &len, err);
    if (status == PREREQ_IO && !prereq_is_file(path))
        return err->status = PREREQ_BAD_INPUT;
    if (status != PREREQ_OK)
        return status;
    status = prereq_import_text(run->arena, bytes, len, &wanted, facts, err);
    free(bytes);
    return status == PREREQ_OK ? status : prereq_fail_prefix(err, name);
}

static void note_same_host(struct import_run *run, const char *name,
                           const struct prereq_facts *facts)
{
    const char *id = prereq_facts_host_id(run->arena, facts);
    bool fresh = true;
    size_t kept;

    if (id && host_ids_add(run->ids, id, run->good, &kept, &fresh) && !fresh)
        message_note("%s: host %s came out before; --merge makes one document of its files", name,
                     id);
}

static enum outcome import_file(struct import_run *run, const char *path, struct prereq_error *err)
{
    struct prereq_facts *facts = NULL;
    const char *name;

    if (!run->merge)
        prereq_arena_reset(run->arena);
    name = printable(run->arena, strcmp(path, "-") != 0 ? path : "standard input");
    if (!name)
        return outcome_of(prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a name"));
    if (read_text(run, path, name, &facts, err) != PREREQ_OK) {
        count_bad(run, err);
        return OUTCOME_DONE;
    }
    run->good++;
    if (run->merge) {
        run->parts[run->part_count++] = facts;
        return OUTCOME_DONE;
    }
    note_same_host(run, name, facts);
    sequence_add(&run->sequence, prereq_facts_document.shape, facts, &run->out);
    return sink_write(&run->sink, &run->out, err);
}

static enum outcome merge_parts(struct import_run *run, struct prereq_error *err)
{
    struct prereq_facts *merged = NULL;

    if (!run->part_count)
        return OUTCOME_DONE;
    if (prereq_import_merge(run->arena, run->parts, run->part_count, &merged, err) != PREREQ_OK) {
        count_bad(run, err);
        run->good = 0;
        return OUTCOME_DONE;
    }
    sequence_add(&run->sequence, prereq_facts_document.shape, merged, &run->out);
    return OUTCOME_DONE;
}

static enum outcome import_files(struct import_run *run, struct prereq_error *err)
{
    const struct options *options = run->options;
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < options->operand_count && outcome == OUTCOME_DONE; i++) {
        progress_show("files", i, options->operand_count);
        outcome = import_file(run, options->operands[i], err);
    }
    if (outcome == OUTCOME_DONE && run->merge)
        outcome = merge_parts(run, err);
    if (outcome != OUTCOME_DONE)
        return outcome;
    sequence_end(&run->sequence, &run->out);
    return sink_write(&run->sink, &run->out, err);
}

static enum prereq_status prepare(struct import_run *run, struct prereq_error *err)
{
    const struct options *options = run->options;
    const char *time = option_text(options, OPTION_FACTS_TIME);
    enum prereq_status status = load_now(options, &run->now, err);

    run->merge = option_given(options, OPTION_MERGE);
    if (status == PREREQ_OK)
        status = load_host_id(options, err);
    if (status != PREREQ_OK)
        return status;
    if (time && (!prereq_time_parse(time, &run->facts_time) || run->facts_time.day_only))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "--facts-time %s is not a time like 2026-11-22T08:00:00Z", time);
    if (option_given(options, OPTION_HOST_ID) && options->operand_count > 1 && !run->merge)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "--host-id is of one host: give one file, or --merge");
    run->arena = prereq_arena_new(IMPORT_BYTES);
    run->ids = host_ids_new();
    run->parts = calloc(options->operand_count, sizeof(const struct prereq_facts *));
    if (!run->arena || !run->ids || !run->parts)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to import");
    return PREREQ_OK;
}

static enum outcome inputs_outcome(const struct import_run *run)
{
    if (!run->bad)
        return run->worst;
    return outcome_worse(run->worst, run->good ? OUTCOME_PARTLY : OUTCOME_UNUSABLE);
}

enum outcome cmd_import(const struct options *options)
{
    struct import_run run = {.options = options};
    struct prereq_error err = {0};
    enum outcome outcome = outcome_of(prepare(&run, &err));

    if (outcome == OUTCOME_DONE)
        outcome = sink_open(&run.sink, options, &err);
    if (outcome == OUTCOME_DONE)
        outcome = import_files(&run, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    outcome =
        outcome_worse(outcome, sink_close(&run.sink, outcome == OUTCOME_DONE && run.good > 0));
    outcome = outcome_worse(outcome, inputs_outcome(&run));
    sequence_free(&run.sequence);
    prereq_buffer_free(&run.out);
    host_ids_free(run.ids);
    prereq_arena_free(run.arena);
    free(run.parts);
    return outcome;
}
