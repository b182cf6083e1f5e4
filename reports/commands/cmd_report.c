/* SPDX-License-Identifier: MIT */
/* cmd_report.c - patchprereq report: workbook, CSV files and plan hand-outs of many hosts. */
#include <string.h>

#include "commands/commands.h"
#include "inputs/hosts.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "report/report.h"
#include "report/report_folder.h"

struct report_run {
    struct hosts *hosts;
    struct report *report;
    size_t added;
};

static enum prereq_status leave_out(struct report_run *run, const struct host *host,
                                    const char *reason, struct prereq_error *err)
{
    const char *name = host->name ? host->name : "-";
    size_t len = strlen(name);

    /* The report has a column for the name. */
    if (!strncmp(reason, name, len) && !strncmp(reason + len, ": ", 2))
        reason += len + 2;
    return report_left_out(run->report, name, reason, err);
}

static enum prereq_status add_host(struct report_run *run, const struct host *host,
                                   struct prereq_error *err)
{
    struct prereq_error bad;
    enum prereq_status status = report_add(run->report, host->assessment, &bad);

    if (status == PREREQ_OK) {
        run->added++;
        return PREREQ_OK;
    }
    if (status != PREREQ_BAD_INPUT) {
        *err = bad;
        return status;
    }
    if (host->same_as)
        (void)prereq_fail(&bad, PREREQ_BAD_INPUT, "host %s is in %s already",
                          host->assessment->host->host_id, host->same_as);
    hosts_leave_out(run->hosts, host, &bad);
    return leave_out(run, host, bad.text, err);
}

static enum prereq_status add_hosts(struct report_run *run, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;
    struct prereq_error bad;
    enum host_result result;
    struct host host;

    do {
        result = hosts_next(run->hosts, &host, &bad);
        if (result == HOST_NEXT)
            status = add_host(run, &host, err);
        else if (result == HOST_BAD)
            status = leave_out(run, &host, bad.text, err);
    } while (result != HOST_END && status == PREREQ_OK);
    return status;
}

static enum prereq_status check_options(const struct options *options, struct prereq_error *err)
{
    static const enum option folders[] = {OPTION_CSV, OPTION_PLANS};
    const char *output = option_text(options, OPTION_OUTPUT);
    enum prereq_status status = PREREQ_OK;

    if (!output && !option_given(options, OPTION_CSV) && !option_given(options, OPTION_PLANS))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "report needs -o FILE.xlsx, --csv DIR or --plans DIR");
    if (output && !strcmp(output, "-"))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "a workbook cannot go to standard output; give -o FILE.xlsx");
    for (size_t i = 0; status == PREREQ_OK && i < PREREQ_COUNT(folders); i++) {
        if (option_given(options, folders[i]))
            status = report_folder_check(option_text(options, folders[i]), err);
    }
    return status;
}

/* What the report needs to know beside the hosts.  The scope is read here as well, because hosts
 * without a document show in the report. */
static enum prereq_status open_report(const struct options *options, struct report_run *run,
                                      struct prereq_error *err)
{
    struct report_options wanted = {.xlsx = option_text(options, OPTION_OUTPUT),
                                    .csv_dir = option_text(options, OPTION_CSV),
                                    .plans_dir = option_text(options, OPTION_PLANS),
                                    .now = hosts_now(run->hosts)};

    if (option_given(options, OPTION_SCOPE))
        wanted.scope = hosts_run_judge(run->hosts)->scope;
    return report_open(&wanted, &run->report, err);
}

/* Nothing is written when no host can be shown. */
static enum prereq_status close_report(struct report_run *run, struct prereq_error *err)
{
    struct report *report = run->report;

    run->report = NULL;
    if (run->added)
        return report_close(report, err);
    report_discard(report);
    return PREREQ_OK;
}

enum outcome cmd_report(const struct options *options)
{
    struct report_run run = {0};
    struct prereq_error err = {0};
    enum prereq_status status = check_options(options, &err);
    enum outcome outcome;

    if (status == PREREQ_OK)
        status = hosts_open(options, true, &run.hosts, &err);
    if (status == PREREQ_OK)
        status = open_report(options, &run, &err);
    if (status == PREREQ_OK)
        status = add_hosts(&run, &err);
    if (status == PREREQ_OK)
        status = close_report(&run, &err);
    if (status != PREREQ_OK)
        message_error("%s", err.text);
    outcome = outcome_of(status);
    if (run.hosts)
        outcome = outcome_worse(outcome, hosts_outcome(run.hosts));
    report_discard(run.report);
    hosts_close(run.hosts);
    return outcome;
}
