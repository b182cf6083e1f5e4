/* SPDX-License-Identifier: MIT */
/* cmd_explain.c - patchprereq explain: what a patch needs, and what of it a host has. */
#include "commands/commands.h"
#include "inputs/hosts.h"
#include "inputs/load.h"
#include "inputs/sequence.h"
#include "program/messages.h"
#include "program/sink.h"
#include "screen/explain_text.h"

struct explain_run {
    const struct options *options;
    struct sequence sequence;
    struct prereq_buffer out;
    struct sink sink;
    size_t shown;
};

static enum prereq_status add_one(struct explain_run *run, struct prereq_arena *arena,
                                  const struct prereq_judge *judge,
                                  const struct prereq_facts *facts, struct prereq_error *err)
{
    const struct prereq_explanation *explanation = NULL;
    enum prereq_status status =
        prereq_explain(arena, judge, facts, run->options->operands[0], &explanation, err);

    if (status != PREREQ_OK)
        return status;
    prereq_buffer_add(&run->out,
                      run->shown++ && !option_format_is(run->options, "json") ? "\n" : "");
    if (option_format_is(run->options, "json"))
        sequence_add(&run->sequence, prereq_explain_document.shape, explanation, &run->out);
    else
        explain_text_write(explanation, &run->out);
    return PREREQ_OK;
}

static enum prereq_status without_host(struct explain_run *run, struct prereq_error *err)
{
    struct prereq_judge judge = {0};
    enum prereq_status status = load_judge(run->options, &judge, err);

    return status == PREREQ_OK ? add_one(run, run->options->arena, &judge, NULL, err) : status;
}

static enum prereq_status one_host(struct explain_run *run, struct hosts *hosts,
                                   const struct host *host, struct prereq_error *err)
{
    if (!host->facts)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s is an assessment; explain needs facts",
                           host->name);
    return add_one(run, hosts_arena(hosts), hosts_judge(hosts), host->facts, err);
}

static enum outcome with_hosts(struct explain_run *run, struct prereq_error *err)
{
    struct options documents = *run->options;
    enum outcome outcome;
    enum host_result result;
    struct hosts *hosts = NULL;
    struct host host;

    documents.operands++;
    documents.operand_count--;
    outcome = outcome_of(hosts_open(&documents, false, &hosts, err));
    while (outcome == OUTCOME_DONE && (result = hosts_next(hosts, &host, err)) != HOST_END) {
        if (result == HOST_NEXT)
            outcome = outcome_of(one_host(run, hosts, &host, err));
        if (outcome == OUTCOME_DONE)
            outcome = sink_write(&run->sink, &run->out, err);
    }
    if (outcome != OUTCOME_DONE)
        message_error("%s", err->text);
    if (hosts && outcome == OUTCOME_DONE)
        outcome = hosts_outcome(hosts);
    hosts_close(hosts);
    return outcome;
}

enum outcome cmd_explain(const struct options *options)
{
    struct explain_run run = {.options = options};
    struct prereq_error err = {0};
    enum outcome outcome = sink_open(&run.sink, options, &err);

    if (outcome == OUTCOME_DONE && options->operand_count > 1) {
        outcome = with_hosts(&run, &err);
    } else if (outcome == OUTCOME_DONE) {
        outcome = outcome_of(without_host(&run, &err));
        if (outcome != OUTCOME_DONE)
            message_error("%s", err.text);
    }
    if (run.shown) {
        sequence_end(&run.sequence, &run.out);
        outcome = outcome_worse(outcome, sink_write(&run.sink, &run.out, &err));
    }
    outcome =
        outcome_worse(outcome, sink_close(&run.sink, run.shown && outcome != OUTCOME_UNUSABLE));
    prereq_buffer_free(&run.out);
    sequence_free(&run.sequence);
    return outcome;
}
