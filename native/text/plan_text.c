/* SPDX-License-Identifier: MIT */
/* plan_text.c - a plan on a screen. */
#include <inttypes.h>

#include "text/plan_text.h"

static void add_detail(struct prereq_buffer *out, const char *label, const char *text)
{
    if (!text || !text[0])
        return;
    prereq_buffer_addf(out, "      %-9s", label);
    prereq_printable_add(out, text);
    prereq_buffer_add(out, "\n");
}

static void add_list(struct prereq_buffer *out, const char *title, const char *const *texts,
                     size_t count)
{
    if (!count)
        return;
    prereq_buffer_addf(out, "  %s\n", title);
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(out, "    - ");
        prereq_printable_add(out, texts[i]);
        prereq_buffer_add(out, "\n");
    }
}

static void add_step(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    struct prereq_buffer codes = {0}, clears = {0};
    bool restart = step->action == PREREQ_STEP_RESTART;

    prereq_buffer_addf(out, "  %2" PRIu64 ". %s", step->step_no.value, restart ? "==== " : "");
    prereq_plan_step_title(step, out);
    prereq_buffer_add(out, restart ? " ====\n" : "\n");
    add_detail(out, "why", step->reason);
    add_detail(out, "needs", step->needs);
    add_detail(out, "package", step->package);
    add_detail(out, "get it", step->download);
    add_detail(out, "sha256", step->sha256);
    add_detail(out, "in", prereq_plan_step_folder(step));
    add_detail(out, "run", step->command);
    prereq_plan_exit_codes(step, &codes);
    add_detail(out, "exit", codes.text);
    add_detail(out, "check", step->verify);
    add_detail(out, "check by", step->verify_command);
    prereq_plan_clears(step, &clears);
    add_detail(out, "clears", clears.text);
    add_detail(out, "undo", step->undo);
    add_detail(out, "note", step->note);
    if (step->reversible == PREREQ_FLAG_FALSE && !restart && step->action != PREREQ_STEP_VERIFY)
        add_detail(out, "note", "this step cannot be undone");
    prereq_buffer_free(&codes);
    prereq_buffer_free(&clears);
}

static void add_head(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                     struct prereq_buffer *out)
{
    prereq_buffer_add(out, "Plan for ");
    prereq_text_host_name(assessment->host, out);
    prereq_buffer_add(out, ", goal ");
    prereq_printable_add(out, plan->goal);
    prereq_buffer_add(out, ": ");
    prereq_plan_size(plan, out);
    prereq_buffer_add(out, "\n  ");
    prereq_text_judged(assessment, out);
    if (plan->hash)
        prereq_buffer_addf(out, "\n  hash %s", plan->hash);
    prereq_buffer_add(out, "\n");
    if (plan->reason) {
        prereq_buffer_add(out, "  ");
        prereq_printable_add(out, plan->reason);
        prereq_buffer_add(out, "\n");
    }
}

static void add_repair(void *context, const char *text)
{
    struct prereq_buffer *out = context;

    prereq_buffer_add(out, "  ");
    prereq_printable_add(out, text ? text : "");
    prereq_buffer_add(out, "\n");
    out->failed = out->failed || !text;
}

static void add_left_out(const struct prereq_plan *plan, struct prereq_buffer *out)
{
    if (plan->left_out_count)
        prereq_buffer_add(out, "  Left out of this plan:\n");
    for (size_t i = 0; i < plan->left_out_count; i++) {
        struct prereq_buffer line = {0};

        prereq_plan_left_out(&plan->left_out[i], &line);
        prereq_buffer_add(out, "    - ");
        prereq_printable_add(out, line.text ? line.text : "");
        prereq_buffer_add(out, "\n");
        out->failed |= line.failed;
        prereq_buffer_free(&line);
    }
}

void prereq_plan_text(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                      struct prereq_buffer *out)
{
    add_head(assessment, plan, out);
    prereq_plan_repairs(assessment, plan, add_repair, out);
    add_list(out, "Facts to collect first:", plan->facts_needed, plan->facts_needed_count);
    add_left_out(plan, out);
    add_list(out, "Warnings:", plan->warnings, plan->warning_count);
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(&plan->steps[i], out);
    add_list(out, "Comes off or is lowered on the way, and is put back:", plan->restore,
             plan->restore_count);
}
