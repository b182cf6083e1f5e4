/* SPDX-License-Identifier: MIT */
/* hosts.c - the loop that every command over hosts has: read, judge, count what was left out. */
#include <stdlib.h>
#include <string.h>

#include "inputs/host_ids.h"
#include "inputs/hosts.h"
#include "inputs/load.h"
#include "inputs/previous.h"
#include "program/messages.h"
#include "program/progress.h"

/* One host's facts, its assessment and the one before, with room for what judging needs. */
#define HOST_BYTES ((size_t)2 << 30)

struct hosts {
    const struct options *options;
    bool plans;
    bool loaded;
    bool stopped;
    struct prereq_judge judge; /* of the run */
    struct prereq_judge own;   /* the same for the current host: its document is among the inputs */
    struct prereq_time now;
    struct prereq_arena *arena;
    struct inputs *inputs;
    struct previous *previous;
    struct host_ids *ids;
    char **names; /* of the documents, in the order of ids */
    size_t name_count, name_room;
    size_t good, bad;
    enum outcome worst;
};

static enum prereq_status load(struct hosts *hosts, struct prereq_error *err)
{
    enum prereq_status status = load_judge(hosts->options, &hosts->judge, err);

    hosts->judge.plans = hosts->plans;
    hosts->judge.now = hosts->now;
    hosts->loaded = status == PREREQ_OK;
    return status;
}

static enum prereq_status load_named(struct hosts *hosts, struct prereq_error *err)
{
    const char *path = option_text(hosts->options, OPTION_PREVIOUS);
    enum prereq_status status = load_now(hosts->options, &hosts->now, err);

    if (status == PREREQ_OK && load_judge_option(hosts->options))
        status = load(hosts, err);
    if (status == PREREQ_OK && path)
        status = previous_load(path, &hosts->previous, &hosts->bad, err);
    return status;
}

enum prereq_status hosts_open(const struct options *options, bool plans, struct hosts **hosts,
                              struct prereq_error *err)
{
    struct hosts *opened = calloc(1, sizeof(*opened));
    enum prereq_status status;

    if (!opened)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for hosts");
    opened->options = options;
    opened->plans = plans;
    opened->arena = prereq_arena_new(HOST_BYTES);
    opened->inputs = inputs_new(options->operands, options->operand_count);
    opened->ids = host_ids_new();
    if (!opened->arena || !opened->inputs || !opened->ids)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for hosts");
    else
        status = load_named(opened, err);
    if (status == PREREQ_OK)
        *hosts = opened;
    else
        hosts_close(opened);
    return status;
}

void hosts_close(struct hosts *hosts)
{
    if (!hosts)
        return;
    for (size_t i = 0; i < hosts->name_count; i++)
        free(hosts->names[i]);
    free(hosts->names);
    host_ids_free(hosts->ids);
    previous_free(hosts->previous);
    inputs_free(hosts->inputs);
    prereq_arena_free(hosts->arena);
    free(hosts);
}

const struct prereq_judge *hosts_judge(const struct hosts *hosts)
{
    return &hosts->own;
}

const struct prereq_judge *hosts_run_judge(const struct hosts *hosts)
{
    return &hosts->judge;
}

struct prereq_arena *hosts_arena(struct hosts *hosts)
{
    return hosts->arena;
}

struct prereq_time hosts_now(const struct hosts *hosts)
{
    return hosts->now;
}

enum outcome hosts_outcome(const struct hosts *hosts)
{
    enum outcome outcome = OUTCOME_DONE;

    if (hosts->bad)
        outcome = hosts->good ? OUTCOME_PARTLY : OUTCOME_UNUSABLE;
    return outcome_worse(outcome, hosts->worst);
}

static void count_bad(struct hosts *hosts, const struct prereq_error *err)
{
    message_error("%s", err->text);
    hosts->bad++;
    if (err->status != PREREQ_BAD_INPUT)
        hosts->worst = OUTCOME_IO;
}

void hosts_leave_out(struct hosts *hosts, const struct host *host, struct prereq_error *err)
{
    (void)prereq_fail_prefix(err, host->name);
    hosts->good--;
    count_bad(hosts, err);
}

/* The judge of the run with this document as the first input. */
static enum prereq_status judge_of(struct hosts *hosts, const struct input *input,
                                   struct prereq_error *err)
{
    size_t count = hosts->judge.input_count;
    struct prereq_input_ref *inputs =
        PREREQ_NEW_ARRAY(hosts->arena, count + 1, struct prereq_input_ref);
    const char *sha256 = prereq_strdup(hosts->arena, input->sha256);

    if (!inputs || !sha256)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for its inputs");
    inputs[0] = (struct prereq_input_ref){input->name, sha256};
    if (count)
        memcpy(inputs + 1, hosts->judge.inputs, count * sizeof(*inputs));
    hosts->own = hosts->judge;
    hosts->own.inputs = inputs;
    hosts->own.input_count = count + 1;
    return PREREQ_OK;
}

static enum prereq_status assess(struct hosts *hosts, const struct input *input, struct host *host,
                                 struct prereq_error *err)
{
    const char *host_id = prereq_facts_host_id(hosts->arena, input->facts);
    enum prereq_status status = judge_of(hosts, input, err);

    if (!host_id)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for its id");
    if (status == PREREQ_OK && hosts->previous)
        status = previous_find(hosts->previous, hosts->arena, host_id,
                               input->facts->collection->finished, &host->previous, err);
    if (status != PREREQ_OK)
        return status;
    host->facts = input->facts;
    return prereq_assess(hosts->arena, &hosts->own, input->facts, host->previous, &host->assessment,
                         err);
}

static enum prereq_status take(struct hosts *hosts, const struct input *input, struct host *host,
                               struct prereq_error *err)
{
    const char *option = load_judge_option(hosts->options);

    host->name = input->name;
    if (input->ignored)
        message_note("%s: %zu members of a later version of the format are passed over",
                     input->name, input->ignored);
    if (input->facts)
        return assess(hosts, input, host, err);
    if (option)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is an assessment, judged already: --%s is for facts", option);
    host->assessment = input->assessment;
    return PREREQ_OK;
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);

    if (copy)
        memcpy(copy, text, size);
    return copy;
}

/* Remember where this host came from, or say where it came from first. */
static enum prereq_status remember(struct hosts *hosts, struct host *host, struct prereq_error *err)
{
    size_t room = hosts->name_room ? hosts->name_room * 2 : 64;
    bool fresh;
    size_t at;

    if (!host_ids_add(hosts->ids, host->assessment->host->host_id, hosts->name_count, &at, &fresh))
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for its id");
    if (!fresh) {
        host->same_as = hosts->names[at];
        return PREREQ_OK;
    }
    if (hosts->name_count == hosts->name_room) {
        char **names = realloc(hosts->names, room * sizeof(*names));

        if (!names)
            return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for its name");
        hosts->names = names;
        hosts->name_room = room;
    }
    hosts->names[hosts->name_count] = copy_text(host->name);
    if (!hosts->names[hosts->name_count])
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for its name");
    hosts->name_count++;
    return PREREQ_OK;
}

/* A plan that failed its own proof is a fault of the program: the host goes on, and the run says
 * it.
 */
static void tell_failed_proofs(struct hosts *hosts, const struct host *host)
{
    for (size_t i = 0; i < host->assessment->plan_count; i++) {
        const struct prereq_plan *plan = &host->assessment->plans[i];

        if (!prereq_plan_failed_proof(plan))
            continue;
        message_error("%s: the plan for goal %s is not shown: %s; this is a fault of the program",
                      host->name, plan->goal, plan->reason);
        hosts->worst = outcome_worse(hosts->worst, OUTCOME_PARTLY);
    }
}

static void show_progress(const struct hosts *hosts)
{
    size_t done, total;

    inputs_progress(hosts->inputs, &done, &total);
    if (total > 1)
        progress_show("files", done, total);
    else
        progress_show("hosts", hosts->good + hosts->bad, 0);
}

/* Without what to judge with, no host with facts can be had: that ends the run. */
static enum host_result stop(struct hosts *hosts, const struct prereq_error *err)
{
    message_error("%s", err->text);
    hosts->stopped = true;
    hosts->worst = outcome_worse(hosts->worst, outcome_of(err->status));
    return HOST_END;
}

enum host_result hosts_next(struct hosts *hosts, struct host *host, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;
    enum input_result result;
    struct input input;

    *host = (struct host){0};
    if (hosts->stopped)
        return HOST_END;
    prereq_arena_reset(hosts->arena);
    show_progress(hosts);
    result = inputs_next(hosts->inputs, hosts->arena, &input, err);
    if (result == INPUT_END)
        return HOST_END;
    if (result == INPUT_DOCUMENT && input.facts && !hosts->loaded && load(hosts, err) != PREREQ_OK)
        return stop(hosts, err);
    host->name = input.name;
    if (result == INPUT_DOCUMENT) {
        status = take(hosts, &input, host, err);
        if (status == PREREQ_OK)
            status = remember(hosts, host, err);
        if (status != PREREQ_OK)
            (void)prereq_fail_prefix(err, input.name);
    }
    if (result == INPUT_BAD || status != PREREQ_OK) {
        count_bad(hosts, err);
        return HOST_BAD;
    }
    hosts->good++;
    tell_failed_proofs(hosts, host);
    return HOST_NEXT;
}
