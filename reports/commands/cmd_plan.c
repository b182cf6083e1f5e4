/* SPDX-License-Identifier: MIT */
/* cmd_plan.c - patchprereq plan: the steps for a goal, or whether a plan made earlier still fits.
 */
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "inputs/hosts.h"
#include "inputs/sequence.h"
#include "plans/plan_output.h"
#include "plans/plan_script.h"
#include "program/messages.h"
#include "program/sink.h"
#include "screen/text.h"

struct plan_run {
    const struct options *options;
    struct hosts *hosts;
    struct sink sink;
    struct sequence sequence;
    struct prereq_buffer out;
    const char *const *goals;
    size_t goal_count;
    const struct prereq_plan_file *verify; /* NULL: plan */
    size_t shown;
    enum outcome outcome; /* of what was shown */
};

/* An assessment holds plans for single goals; ids are compared as everywhere, without case. */
static enum prereq_status held_plan(const struct plan_run *run, const struct host *host,
                                    const struct prereq_plan **plan, struct prereq_error *err)
{
    const struct prereq_assessment *assessment = host->assessment;

    for (size_t i = 0; i < assessment->plan_count && run->goal_count == 1; i++) {
        if (prereq_equal_nocase(assessment->plans[i].goal, run->goals[0])) {
            *plan = &assessment->plans[i];
            return PREREQ_OK;
        }
    }
    if (run->goal_count > 1)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "is an assessment; a plan for several goals needs facts");
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "is an assessment and holds no plan for %s; that needs facts",
                       run->goals[0]);
}

static void add_document(struct plan_run *run, const struct host *host,
                         const struct prereq_plan *plan)
{
    const struct prereq_plan_file file = prereq_plan_file_of(host->assessment, plan);

    sequence_add(&run->sequence, prereq_plan_document.shape, &file, &run->out);
}

static void add_text(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                     struct prereq_buffer *out)
{
    prereq_plan_text(assessment, plan, out);
    if (plan->step_count && plan_origin(assessment))
        prereq_buffer_addf(out, "  %s\n", plan_origin(assessment));
}

static enum prereq_status add_shown(struct plan_run *run, const struct host *host,
                                    const struct prereq_plan *plan, struct prereq_error *err)
{
    bool powershell = option_format_is(run->options, "powershell");

    if (powershell || option_format_is(run->options, "cmd")) {
        if (run->shown)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "is one host more, and a script is for one; report --plans makes a "
                               "script for each");
        return powershell ? plan_powershell_write(host->assessment, plan, &run->out, err)
                          : plan_cmd_write(host->assessment, plan, &run->out, err);
    }
    prereq_buffer_add(&run->out, run->shown ? "\n" : "");
    if (option_format_is(run->options, "markdown"))
        plan_markdown_write(host->assessment, plan, &run->out);
    else
        add_text(host->assessment, plan, &run->out);
    return PREREQ_OK;
}

/* Whoever sends the plan into a file has to hear of it, too. */
static void tell_failure(struct plan_run *run, const struct host *host,
                         const struct prereq_plan *plan)
{
    bool none = plan->result == PREREQ_PLAN_REFUSED || plan->result == PREREQ_PLAN_CYCLE;

    if (!none && plan->left_out_count == 0)
        return;
    run->outcome = outcome_worse(run->outcome, OUTCOME_PARTLY);
    if (host->facts && prereq_plan_failed_proof(plan))
        message_error("%s: the plan for goal %s is not shown: %s; this is a fault of the program",
                      host->name, plan->goal, plan->reason);
    else if (none)
        message_error("%s: there is no plan for goal %s: %s", host->name, plan->goal,
                      plan->reason ? plan->reason : "see the output");
    else
        message_error("%s: the plan for goal %s leaves %zu out: the output says what to collect",
                      host->name, plan->goal, plan->left_out_count);
}

static enum prereq_status add_plan(struct plan_run *run, const struct host *host,
                                   struct prereq_error *err)
{
    const struct prereq_plan *plan = NULL;
    enum prereq_status status;

    if (host->facts)
        status = prereq_plan_make(hosts_arena(run->hosts), hosts_judge(run->hosts), host->facts,
                                  host->previous, run->goals, run->goal_count, &plan, err);
    else
        status = held_plan(run, host, &plan, err);
    if (status != PREREQ_OK || !plan)
        return status;
    if (option_format_is(run->options, "json")) {
        add_document(run, host, plan);
    } else {
        status = add_shown(run, host, plan, err);
    }
    if (status != PREREQ_OK)
        return status;
    tell_failure(run, host, plan);
    return PREREQ_OK;
}

static enum prereq_status add_verdict(struct plan_run *run, const struct host *host,
                                      struct prereq_error *err)
{
    const char *why = NULL;
    bool fits = false;
    enum prereq_status status;

    if (!host->facts)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is an assessment; --verify needs facts");
    status = prereq_plan_verify(hosts_arena(run->hosts), hosts_judge(run->hosts), host->facts,
                                run->verify->plan, &fits, &why, err);
    if (status != PREREQ_OK)
        return status;
    prereq_text_host_name(host->assessment->host, &run->out);
    prereq_buffer_add(&run->out, ": the plan for goal ");
    printable_add(&run->out, run->verify->plan->goal);
    prereq_buffer_add(&run->out, fits ? " still fits" : " no longer fits");
    if (!fits && why) {
        prereq_buffer_add(&run->out, ": ");
        printable_add(&run->out, why);
    }
    prereq_buffer_add(&run->out, " (");
    prereq_text_judged(host->assessment, &run->out);
    prereq_buffer_add(&run->out, ")\n");
    if (!fits)
        run->outcome = outcome_worse(run->outcome, OUTCOME_OPEN);
    return PREREQ_OK;
}

static enum outcome show_host(struct plan_run *run, const struct host *host,
                              struct prereq_error *err)
{
    enum prereq_status status;

    if (host->same_as)
        message_note("%s: host %s is in %s too; both come out", host->name,
                     host->assessment->host->host_id, host->same_as);
    status = run->verify ? add_verdict(run, host, err) : add_plan(run, host, err);
    if (status == PREREQ_OK) {
        run->shown++;
        return sink_write(&run->sink, &run->out, err);
    }
    run->out.len = 0;
    hosts_leave_out(run->hosts, host, err);
    return OUTCOME_DONE;
}

static enum outcome show_hosts(struct plan_run *run, struct prereq_error *err)
{
    enum outcome outcome = OUTCOME_DONE;
    enum host_result result;
    struct host host;

    do {
        result = hosts_next(run->hosts, &host, err);
        if (result == HOST_NEXT)
            outcome = show_host(run, &host, err);
    } while (result != HOST_END && outcome == OUTCOME_DONE);
    if (outcome != OUTCOME_DONE)
        return outcome;
    sequence_end(&run->sequence, &run->out);
    return sink_write(&run->sink, &run->out, err);
}

static enum prereq_status read_plan(const struct options *options, const char *path,
                                    const struct prereq_plan_file **file, struct prereq_error *err)
{
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status =
        prereq_file_read(path, prereq_plan_document.max_bytes, &bytes, &len, err);

    if (status == PREREQ_IO && !prereq_is_file(path))
        return err->status = PREREQ_BAD_INPUT;
    if (status != PREREQ_OK)
        return status;
    status = prereq_plan_read(options->arena, bytes, len, file, NULL, err);
    free(bytes);
    return status == PREREQ_OK ? status : prereq_fail_prefix(err, path);
}

static enum prereq_status check_options(struct plan_run *run, struct prereq_error *err)
{
    const char *verify = option_text(run->options, OPTION_VERIFY);

    if (!verify)
        return PREREQ_OK;
    if (option_given(run->options, OPTION_GOAL))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "--verify and --goal exclude each other: the plan has its goal");
    if (!option_format_is(run->options, "text"))
        return prereq_fail(err, PREREQ_BAD_INPUT, "--verify answers as text only");
    return read_plan(run->options, verify, &run->verify, err);
}

enum outcome cmd_plan(const struct options *options)
{
    static const char *const default_goal[] = {"host"};
    const struct option_values *goals = &options->values[OPTION_GOAL];
    struct plan_run run = {.options = options, .goals = default_goal, .goal_count = 1};
    struct prereq_error err = {0};
    enum outcome outcome;

    if (goals->count) {
        run.goals = goals->text;
        run.goal_count = goals->count;
    }
    outcome = outcome_of(check_options(&run, &err));
    if (outcome == OUTCOME_DONE)
        outcome = outcome_of(hosts_open(options, false, &run.hosts, &err));
    if (outcome == OUTCOME_DONE)
        outcome = sink_open(&run.sink, options, &err);
    if (outcome == OUTCOME_DONE)
        outcome = show_hosts(&run, &err);
    if (outcome != OUTCOME_DONE)
        message_error("%s", err.text);
    outcome =
        outcome_worse(outcome, sink_close(&run.sink, outcome == OUTCOME_DONE && run.shown > 0));
    outcome = outcome_worse(outcome, run.outcome);
    if (run.hosts)
        outcome = outcome_worse(outcome, hosts_outcome(run.hosts));
    sequence_free(&run.sequence);
    prereq_buffer_free(&run.out);
    hosts_close(run.hosts);
    return outcome;
}
