/* SPDX-License-Identifier: MIT */
/* plan_parts.c - what plans on a screen and in Markdown have in common. */
#include <inttypes.h>
#include <string.h>

#include "text/plan_text.h"

static void add_codes(const uint64_t *codes, size_t count, const char *meaning,
                      struct prereq_buffer *out)
{
    if (!count)
        return;
    if (out->len)
        prereq_buffer_add(out, "; ");
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(out, "%s%" PRIu64, i ? ", " : "", codes[i]);
    prereq_buffer_add(out, meaning);
}

void prereq_plan_exit_codes(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    struct prereq_buffer codes = {0};

    add_codes(step->done, step->done_count, " done", &codes);
    add_codes(step->done_restart, step->done_restart_count, " done, a restart is due", &codes);
    add_codes(step->nothing_to_do, step->nothing_to_do_count, " nothing to do", &codes);
    if (codes.len)
        prereq_buffer_add(out, codes.text);
    prereq_buffer_free(&codes);
}

const char *prereq_plan_step_folder(const struct prereq_step_row *step)
{
    if (step->working_directory || step->unpacked != PREREQ_FLAG_TRUE)
        return step->working_directory;
    return "where the step extract of this patch unpacked its package";
}

void prereq_plan_clears(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    for (size_t i = 0; i < step->clears_count; i++)
        prereq_buffer_addf(out, "%s%s", i ? ", " : "", step->clears[i]);
}

void prereq_plan_size(const struct prereq_plan *plan, struct prereq_buffer *out)
{
    switch ((enum prereq_plan_result)plan->result) {
    case PREREQ_PLAN_PLANNED:
        prereq_text_count(plan->step_count, "step", "steps", out);
        prereq_buffer_add(out, ", ");
        prereq_text_count(plan->restarts.value, "restart", "restarts", out);
        if (plan->left_out_count > 0)
            prereq_buffer_addf(out, ", %zu left out", plan->left_out_count);
        break;
    case PREREQ_PLAN_NOTHING_TO_DO:
        prereq_buffer_add(out, "nothing to do");
        break;
    case PREREQ_PLAN_REFUSED:
        prereq_buffer_add(out, "no plan can be given");
        break;
    case PREREQ_PLAN_CYCLE:
        prereq_buffer_add(out, "no plan: the prerequisites form a cycle");
        break;
    }
}

void prereq_plan_left_out(const struct prereq_left_out *left, struct prereq_buffer *out)
{
    size_t id = strlen(left->id);

    if (strncmp(left->reason, left->id, id) != 0)
        prereq_buffer_addf(out, "%s: ", left->id);
    prereq_buffer_add(out, left->reason);
    for (size_t i = 0; i < left->fact_count; i++) {
        bool last = i + 1 == left->fact_count;
        bool same = !last && strcmp(left->facts[i].collect, left->facts[i + 1].collect) == 0;

        prereq_buffer_addf(out, "%s%s", i ? ", " : "; ", left->facts[i].fact);
        if (!same)
            prereq_buffer_addf(out, " (%s)", left->facts[i].collect);
    }
}

void prereq_plan_step_title(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    prereq_buffer_add(out, prereq_enum_name(prereq_action_names, step->action));
    if (!step->patch_id)
        return;
    prereq_buffer_add(out, " ");
    prereq_printable_add(out, step->patch_id);
    if (step->target && strcmp(step->target, "host") != 0) {
        prereq_buffer_add(out, " on ");
        prereq_printable_add(out, step->target);
    }
}
