/* SPDX-License-Identifier: MIT */
/* text_assess.c - one host's assessment on a screen: the worst first, the rest as figures. */
#include <inttypes.h>
#include <string.h>

#include "program/messages.h"
#include "screen/text.h"

static void add_labelled(struct prereq_buffer *out, const char *label, const char *text)
{
    if (!text || !text[0])
        return;
    prereq_buffer_add(out, label);
    printable_add(out, text);
}

static void add_system(const struct prereq_host_row *host, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "  ");
    printable_add(out, host->os ? host->os : "operating system not known");
    add_labelled(out, " ", host->os_version);
    add_labelled(out, " ", host->service_pack);
    add_labelled(out, ", ", host->architecture);
    add_labelled(out, ", group ", host->group);
    add_labelled(out, ", site ", host->site);
    if (host->in_scope == PREREQ_FLAG_FALSE)
        prereq_buffer_add(out, ", not in scope");
    prereq_buffer_add(out, "\n");
}

static void add_judged(const struct prereq_assessment *assessment,
                       const struct prereq_summary *summary, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "  ");
    prereq_text_judged(assessment, out);
    if (summary->stale == PREREQ_FLAG_TRUE)
        prereq_buffer_add(out, "; STALE");
    prereq_buffer_add(out, "\n");
}

static void add_pending(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    bool any = false;

    for (size_t i = 0; i < assessment->pending_restart_count; i++) {
        const struct prereq_restart_row *row = &assessment->pending_restarts[i];

        if (row->pending != 1)
            continue;
        prereq_buffer_add(out, any ? ", " : "  A restart is due: ");
        any = true;
        printable_add(out, row->source);
        if (row->since.known) {
            prereq_buffer_add(out, " since ");
            prereq_text_time(row->since, out);
        }
    }
    if (any)
        prereq_buffer_add(out, "\n");
}

static void add_errors(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    const struct prereq_error_row *first = assessment->collector_errors;

    if (!assessment->collector_error_count)
        return;
    prereq_buffer_add(out, "  ");
    prereq_text_count(assessment->collector_error_count, "thing", "things", out);
    prereq_buffer_add(out, " could not be looked at: ");
    printable_add(out, first->fact ? first->fact : "?");
    add_labelled(out, ": ", first->text ? first->text : first->code);
    prereq_buffer_add(out, assessment->collector_error_count > 1 ? "; ...\n" : "\n");
}

static void add_status(const struct prereq_status_row *row, struct prereq_buffer *out)
{
    char date[32];

    prereq_buffer_add(out, "    ");
    printable_add(out, row->id);
    add_labelled(out, "  ", row->reason ? row->reason : row->reason_code);
    add_labelled(out, " Expected: ", row->expected);
    add_labelled(out, row->expected && row->expected[0] ? "; found: " : " Found: ", row->found);
    if (row->waived == PREREQ_FLAG_TRUE) {
        prereq_time_format(row->waiver_expires, date);
        add_labelled(out, " [waived by ", row->waiver_id);
        prereq_buffer_addf(out, " until %s]", date);
    }
    if (row->overdue_days.known && row->overdue_days.value)
        prereq_buffer_addf(out, " [%" PRIu64 " days overdue]", row->overdue_days.value);
    prereq_buffer_add(out, "\n");
    for (size_t i = 0; i < row->warning_count; i++) {
        add_labelled(out, "        warning: ", row->warnings[i]);
        prereq_buffer_add(out, "\n");
    }
}

static size_t count_listed(const struct prereq_assessment *assessment, int state)
{
    size_t count = 0;

    for (size_t i = 0; i < assessment->status_count; i++)
        if (assessment->statuses[i].state == state &&
            prereq_status_finding(&assessment->statuses[i]))
            count++;
    return count;
}

static void add_state(const struct prereq_assessment *assessment, int state,
                      struct prereq_buffer *out)
{
    size_t count = count_listed(assessment, state);

    if (!count)
        return;
    prereq_buffer_addf(out, "  %s (%zu)\n", prereq_state_names[state], count);
    for (size_t i = 0; i < assessment->status_count; i++)
        if (assessment->statuses[i].state == state &&
            prereq_status_finding(&assessment->statuses[i]))
            add_status(&assessment->statuses[i], out);
}

static void for_states_by_badness(const struct prereq_assessment *assessment,
                                  void (*show)(const struct prereq_assessment *, int,
                                               struct prereq_buffer *),
                                  struct prereq_buffer *out)
{
    for (int rank = 0; rank < PREREQ_STATES; rank++)
        for (int state = 0; state < PREREQ_STATES; state++)
            if (prereq_badness(state) == rank)
                show(assessment, state, out);
}

/* What is not listed above: required and sound, or not required. */
static void add_rest(const struct prereq_assessment *assessment, int state,
                     struct prereq_buffer *out)
{
    size_t counting = 0, others = 0;

    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *row = &assessment->statuses[i];

        if (row->state != state || prereq_status_finding(row))
            continue;
        counting += row->counts == PREREQ_FLAG_TRUE;
        others += row->counts != PREREQ_FLAG_TRUE;
    }
    if (counting)
        prereq_buffer_addf(out, " %zu %s,", counting, prereq_state_names[state]);
    if (others)
        prereq_buffer_addf(out, " %zu %s%s,", others, prereq_state_names[state],
                           state == PREREQ_STATE_NOT_APPLICABLE ? "" : " (not required)");
}

static void add_figures(const struct prereq_assessment *assessment,
                        const struct prereq_summary *summary, struct prereq_buffer *out)
{
    struct prereq_buffer rest = {0};
    uint64_t tenths;

    prereq_buffer_add(out, "  Compliance ");
    if (prereq_permille(summary->compliant_and_superseded.value, summary->required_count.value,
                        &tenths))
        prereq_buffer_addf(out, "%" PRIu64 ".%" PRIu64 " %% (%" PRIu64 " of %" PRIu64 ")",
                           tenths / 10, tenths % 10, summary->compliant_and_superseded.value,
                           summary->required_count.value);
    else
        prereq_buffer_add(out, "n/a (nothing is required)");
    for_states_by_badness(assessment, add_rest, &rest);
    if (rest.len) {
        rest.text[rest.len - 1] = '\0';
        prereq_buffer_addf(out, "; not listed:%s", rest.text);
    }
    prereq_buffer_add(out, "\n");
    out->failed = out->failed || rest.failed;
    prereq_buffer_free(&rest);
}

static void add_plan(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    const struct prereq_plan *plan = prereq_assessment_plan(assessment, "host");

    if (!plan)
        return;
    prereq_buffer_add(out, "  Plan: ");
    if (plan->result == PREREQ_PLAN_PLANNED) {
        prereq_text_count(plan->step_count, "step", "steps", out);
        prereq_buffer_add(out, ", ");
        prereq_text_count(plan->restarts.value, "restart", "restarts", out);
        prereq_buffer_add(out, "; patchprereq plan shows them");
    } else {
        prereq_buffer_add(out, prereq_enum_name(prereq_plan_result_names, plan->result));
        add_labelled(out, ": ", plan->reason);
    }
    prereq_buffer_add(out, "\n");
}

void text_assess_write(const struct prereq_assessment *assessment, struct prereq_time now,
                       struct prereq_buffer *out)
{
    struct prereq_summary summary;

    prereq_summarize(assessment, now, &summary);
    prereq_text_host_name(assessment->host, out);
    prereq_buffer_add(out, "\n");
    add_system(assessment->host, out);
    add_judged(assessment, &summary, out);
    add_pending(assessment, out);
    add_errors(assessment, out);
    for_states_by_badness(assessment, add_state, out);
    add_figures(assessment, &summary, out);
    add_plan(assessment, out);
}
