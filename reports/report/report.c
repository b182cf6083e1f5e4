/* SPDX-License-Identifier: MIT */
/* report.c - takes hosts one by one to the workbook, the CSV files and the hand-outs. */
#include <stdlib.h>

#include "report/report.h"
#include "report/report_emit.h"
#include "report/report_plans.h"

#define HOST_MEMORY ((size_t)64 << 20)

struct report {
    struct report_options options;
    struct emit emit;
    struct report_plans *plans;
};

static enum prereq_status open_parts(struct report *report, struct prereq_error *err)
{
    const struct report_options *options = &report->options;
    const struct report_xlsx_options xlsx = {
        .path = options->xlsx,
        .title = options->title ? options->title : "Patch compliance",
        .scope_note = options->scope_note,
        .now = options->now,
        .max_rows = options->max_rows,
    };
    enum prereq_status status =
        figures_open(options->now, options->scope, &report->emit.figures, err);

    report_xlsx_begin();
    report->emit.arena = prereq_arena_new(HOST_MEMORY);
    if (status == PREREQ_OK && !report->emit.arena)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the report");
    if (status == PREREQ_OK && options->xlsx)
        status = report_xlsx_open(&xlsx, &report->emit.xlsx, err);
    if (status == PREREQ_OK && options->csv_dir)
        status = report_csv_open(options->csv_dir, &report->emit.csv, err);
    if (status == PREREQ_OK && options->plans_dir)
        status = report_plans_open(options->plans_dir, options->now, &report->plans, err);
    return status;
}

enum prereq_status report_open(const struct report_options *options, struct report **report,
                               struct prereq_error *err)
{
    struct report *made = calloc(1, sizeof(*made));
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the report");
    made->options = *options;
    status = open_parts(made, err);
    if (status != PREREQ_OK)
        report_discard(made);
    else
        *report = made;
    return status;
}

static enum prereq_status add_host(struct report *report,
                                   const struct prereq_assessment *assessment,
                                   struct prereq_error *err)
{
    struct emit *emit = &report->emit;
    bool in_scope = assessment->host->in_scope != PREREQ_FLAG_FALSE;
    struct prereq_summary summary;
    struct row_host row;
    enum prereq_status status;

    prereq_summarize(assessment, report->options.now, &summary);
    if (in_scope) {
        status = figures_add(emit->figures, assessment, &summary, emit->arena, &row, err);
    } else {
        emit->figures->out_of_scope++;
        status = figures_host_row(emit->figures, assessment, &summary, emit->arena, &row, err);
    }
    if (status == PREREQ_OK)
        status = emit_host(emit, assessment, &row, err);
    if (status == PREREQ_OK && in_scope)
        status = emit_details(emit, assessment, err);
    if (status == PREREQ_OK && report->plans)
        status = report_plans_add(report->plans, assessment, err);
    return status;
}

enum prereq_status report_add(struct report *report, const struct prereq_assessment *assessment,
                              struct prereq_error *err)
{
    const char *name =
        assessment->host->host_name ? assessment->host->host_name : assessment->host->host_id;
    enum prereq_status status;
    bool seen = false;

    status = figures_note_host(report->emit.figures, assessment->host, &seen, err);
    if (status != PREREQ_OK)
        return status;
    if (seen)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "a second document of the host %s: the first one given is reported",
                           name);
    prereq_arena_reset(report->emit.arena);
    status = add_host(report, assessment, err);
    /* Only a host that was seen before may be passed over by the caller. */
    return status == PREREQ_BAD_INPUT ? prereq_fail(err, PREREQ_INTERNAL, "%s: not reported", name)
                                      : status;
}

enum prereq_status report_left_out(struct report *report, const char *name, const char *reason,
                                   struct prereq_error *err)
{
    struct figures *figures = report->emit.figures;

    /* A second document of a host is not a second host. */
    if (figures->repeated)
        figures->repeated--;
    else
        figures->left_out++;
    return emit_left_out(&report->emit, name, reason, err);
}

enum prereq_status report_close(struct report *report, struct prereq_error *err)
{
    struct emit *emit = &report->emit;
    enum prereq_status status;

    prereq_arena_reset(emit->arena);
    status = emit_totals(emit, err);
    if (status == PREREQ_OK && emit->xlsx)
        status = report_xlsx_finish(emit->xlsx, emit->figures, err);
    /* All are written; now each takes its place. */
    if (status == PREREQ_OK && emit->xlsx)
        status = report_xlsx_commit(emit->xlsx, err);
    if (status == PREREQ_OK && emit->csv)
        status = report_csv_commit(emit->csv, err);
    if (status == PREREQ_OK && report->plans)
        status = report_plans_commit(report->plans, err);
    report_discard(report);
    return status;
}

void report_discard(struct report *report)
{
    if (!report)
        return;
    report_xlsx_discard(report->emit.xlsx);
    report_csv_discard(report->emit.csv);
    report_plans_discard(report->plans);
    figures_free(report->emit.figures);
    marks_free(&report->emit.inputs);
    prereq_arena_free(report->emit.arena);
    free(report);
}
