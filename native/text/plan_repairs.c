/* SPDX-License-Identifier: MIT */
/* plan_repairs.c - which steps of a plan repair what is at fault: told before the steps, so that
 * the fault that a plan was asked for is not lost among what the host misses besides. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "text/plan_text.h"

static bool is_about(const struct prereq_step_row *step, const struct prereq_status_row *status)
{
    return step->patch_id && step->action != PREREQ_STEP_VERIFY &&
           strcmp(step->patch_id, status->patch_id) == 0 &&
           strcmp(step->target, status->target) == 0;
}

static bool clears(const struct prereq_step_row *step, const struct prereq_status_row *status)
{
    for (size_t i = 0; i < step->clears_count; i++) {
        if (strcmp(step->clears[i], status->id) == 0)
            return true;
    }
    return false;
}

/* Mark the steps whose numbers stand in `needs`: "step 1, 2".  True: there was a fresh one. */
static bool mark_needs(const struct prereq_step_row *step, bool *in, size_t count)
{
    const char *at = step->needs && !strncmp(step->needs, "step ", 5) ? step->needs + 5 : "";
    bool fresh = false;

    while (*at >= '0' && *at <= '9') {
        char *end;
        unsigned long long number = strtoull(at, &end, 10);

        if (number > 0 && number <= count && !in[number - 1])
            fresh = in[number - 1] = true;
        at = end + strspn(end, ", ");
    }
    return fresh;
}

/* Between the first and the last of them every restart counts, and the one behind the last. */
static void mark_restarts(const struct prereq_plan *plan, bool *in)
{
    size_t first = plan->step_count, last = 0;

    for (size_t i = 0; i < plan->step_count; i++) {
        if (!in[i])
            continue;
        first = i < first ? i : first;
        last = i;
    }
    for (size_t i = first; i < plan->step_count; i++) {
        if (plan->steps[i].action != PREREQ_STEP_RESTART)
            continue;
        in[i] = true;
        if (i >= last)
            return;
    }
}

/* Its own steps, the one that clears it, and what they need.  False: the plan has none. */
static bool mark_steps(const struct prereq_plan *plan, const struct prereq_status_row *status,
                       bool *in)
{
    bool fresh = false;

    for (size_t i = 0; i < plan->step_count; i++) {
        in[i] = is_about(&plan->steps[i], status) || clears(&plan->steps[i], status);
        fresh |= in[i];
    }
    if (!fresh)
        return false;
    while (fresh) {
        fresh = false;
        for (size_t i = 0; i < plan->step_count; i++)
            fresh |= in[i] && mark_needs(&plan->steps[i], in, plan->step_count);
    }
    mark_restarts(plan, in);
    return true;
}

static void add_steps(const struct prereq_plan *plan, const bool *in, bool which,
                      struct prereq_buffer *out)
{
    const char *before = "";

    for (size_t i = 0; i < plan->step_count; i++) {
        if (in[i] != which)
            continue;
        prereq_buffer_addf(out, "%s%" PRIu64, before, plan->steps[i].step_no.value);
        before = ", ";
    }
}

/* The package that is put on, and whether another patch stands in, now or later. */
static void add_how(const struct prereq_plan *plan, const struct prereq_status_row *status,
                    struct prereq_buffer *out)
{
    const char *package = NULL, *note = NULL;

    for (size_t i = 0; i < plan->step_count; i++) {
        const struct prereq_step_row *step = &plan->steps[i];

        if (is_about(step, status)) {
            package = step->package ? step->package : package;
            note = clears(step, status) ? step->note : note;
        } else if (step->patch_id && clears(step, status)) {
            prereq_buffer_addf(out,
                               "; step %" PRIu64 " puts on %s, which takes its place (its own "
                               "repair is the plan of --goal %s)",
                               step->step_no.value, step->patch_id, status->id);
        }
    }
    if (package)
        prereq_buffer_addf(out, "; package %s", package);
    if (note)
        prereq_buffer_addf(out, "; later %s", note);
}

/* Of a plan for one patch the title says what it repairs. */
static bool has_repairs(const struct prereq_plan *plan)
{
    return plan->step_count > 0 &&
           (strcmp(plan->goal, "host") == 0 || strcmp(plan->goal, "repair") == 0);
}

static void add_repair(const struct prereq_plan *plan, const struct prereq_status_row *status,
                       bool *in, bool *any, prereq_plan_line *line, void *context)
{
    struct prereq_buffer text = {0};

    if (!mark_steps(plan, status, in))
        return;
    prereq_buffer_addf(&text, "Repair of %s (%s): steps ", status->id,
                       prereq_state_names[status->state]);
    add_steps(plan, in, true, &text);
    add_how(plan, status, &text);
    line(context, text.failed ? NULL : text.text);
    prereq_buffer_free(&text);
    for (size_t i = 0; i < plan->step_count; i++)
        any[i] |= in[i];
}

void prereq_plan_repairs(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                         prereq_plan_line *line, void *context)
{
    static const int order[] = {PREREQ_STATE_OUT_OF_ORDER, PREREQ_STATE_REGRESSED};
    struct prereq_buffer rest = {0};
    bool *in, *any;
    size_t marked = 0;

    if (!has_repairs(plan))
        return;
    in = calloc(plan->step_count * 2, sizeof(*in));
    if (!in) {
        line(context, NULL);
        return;
    }
    any = in + plan->step_count;
    for (size_t k = 0; k < PREREQ_COUNT(order); k++) {
        for (size_t i = 0; i < assessment->status_count; i++) {
            const struct prereq_status_row *status = &assessment->statuses[i];

            if (status->state == order[k])
                add_repair(plan, status, in, any, line, context);
        }
    }
    for (size_t i = 0; i < plan->step_count; i++)
        marked += any[i];
    if (marked && marked < plan->step_count) {
        prereq_buffer_add(&rest, "The rest of the host: steps ");
        add_steps(plan, any, false, &rest);
        line(context, rest.failed ? NULL : rest.text);
    }
    prereq_buffer_free(&rest);
    free(in);
}
