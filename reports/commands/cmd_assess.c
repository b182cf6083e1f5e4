/* SPDX-License-Identifier: MIT */
/* cmd_assess.c - patchprereq assess: every patch's state on every host. */
#include "commands/commands.h"
#include "inputs/hosts.h"
#include "inputs/sequence.h"
#include "program/messages.h"
#include "program/sink.h"
#include "screen/text.h"
#include "tables/columns.h"

/* Behind the columns of the host and its status. */
struct judged_part {
    struct prereq_time evaluated;
};

static const struct prereq_member judged_members[] = {
    PREREQ_COL("lastEvaluated", PREREQ_TIME, judged_part, evaluated, NULL, "Last evaluated", 20,
               PREREQ_IN_CSV, "The time that the host was judged at."),
    PREREQ_M_END};
static const struct prereq_shape judged_shape = {"judged", "When.", sizeof(struct judged_part),
                                                 judged_members, false};

struct assess_run {
    const struct options *options;
    struct hosts *hosts;
    struct sink sink;
    struct sequence sequence;
    struct prereq_buffer out;
    struct column columns[COLUMNS_MAX];
    size_t column_count;
    size_t shown;
    bool open; /* some finding is */
};

static void add_csv(struct assess_run *run, const struct prereq_assessment *assessment)
{
    static const struct prereq_shape *const parts[] = {&prereq_host_shape, &prereq_status_shape,
                                                       &judged_shape, NULL};
    const struct judged_part judged = {assessment->evaluated};

    if (!run->shown) {
        run->column_count = columns_of(parts, PREREQ_IN_CSV, run->columns);
        columns_csv_header(run->columns, run->column_count, &run->out);
    }
    for (size_t i = 0; i < assessment->status_count; i++) {
        const void *rows[] = {assessment->host, &assessment->statuses[i], &judged};

        columns_csv_row(run->columns, run->column_count, rows, &run->out);
    }
}

static void add_host(struct assess_run *run, const struct host *host)
{
    const struct prereq_assessment *assessment = host->assessment;

    if (option_format_is(run->options, "csv")) {
        add_csv(run, assessment);
    } else if (option_format_is(run->options, "text")) {
        if (run->shown)
            prereq_buffer_add(&run->out, "\n");
        text_assess_write(assessment, hosts_now(run->hosts), &run->out);
    } else {
        sequence_add(&run->sequence, prereq_assessment_document.shape, assessment, &run->out);
    }
    run->shown++;
    for (size_t i = 0; i < assessment->status_count && !run->open; i++)
        run->open = prereq_status_open(&assessment->statuses[i]);
}

static enum outcome show_hosts(struct assess_run *run, struct prereq_error *err)
{
    enum outcome outcome = OUTCOME_DONE;
    enum host_result result;
    struct host host;

    do {
        result = hosts_next(run->hosts, &host, err);
        if (result != HOST_NEXT)
            continue;
        if (host.same_as)
            message_note("%s: host %s is in %s too; both come out", host.name,
                         host.assessment->host->host_id, host.same_as);
        add_host(run, &host);
        outcome = sink_write(&run->sink, &run->out, err);
    } while (result != HOST_END && outcome == OUTCOME_DONE);
    if (outcome != OUTCOME_DONE)
        return outcome;
    sequence_end(&run->sequence, &run->out);
    return sink_write(&run->sink, &run->out, err);
}

enum outcome cmd_assess(const struct options *options)
{
    struct assess_run run = {.options = options};
    struct prereq_error err = {0};
    enum outcome outcome;

    run.sequence.lines = option_format_is(options, "ndjson");
    outcome = outcome_of(hosts_open(options, true, &run.hosts, &err));
    if (outcome == OUTCOME_DONE)
        outcome = sink_open(&run.sink, options, &err);
    if (outcome == OUTCOME_DONE)
        outcome = show_hosts(&run, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    outcome =
        outcome_worse(outcome, sink_close(&run.sink, outcome == OUTCOME_DONE && run.shown > 0));
    outcome = outcome_worse(outcome, run.open ? OUTCOME_OPEN : OUTCOME_DONE);
    if (run.hosts)
        outcome = outcome_worse(outcome, hosts_outcome(run.hosts));
    sequence_free(&run.sequence);
    prereq_buffer_free(&run.out);
    hosts_close(run.hosts);
    return outcome;
}
