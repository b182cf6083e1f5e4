/* SPDX-License-Identifier: MIT */
/* plan_script.c - what the batch file and the PowerShell script of a plan have in common. */
#include "plans/plan_script.h"

#include <string.h>

#include "plans/plan_output.h"
#include "program/messages.h"
#include "screen/text.h"

bool script_runs(const struct prereq_step_row *step)
{
    return step->program && step->action != PREREQ_STEP_RESTART &&
           step->action != PREREQ_STEP_VERIFY && step->action != PREREQ_STEP_MANUAL;
}

bool script_is_system(const struct prereq_step_row *step)
{
    return step->program && step->unpacked != PREREQ_FLAG_TRUE &&
           !strpbrk(step->program, "\\/:%") &&
           !(step->package && prereq_equal_nocase(step->program, step->package));
}

void script_folder(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    const char *id = step->patch_id ? step->patch_id : "package";

    for (; *id; id++)
        prereq_buffer_add_bytes(out, strchr("@/:", *id) ? "_" : id, 1);
}

/* One line of what `fill` wrote. */
static void flush(struct prereq_buffer *text, script_line *line, struct prereq_buffer *out)
{
    line(out, text->text ? text->text : "");
    out->failed = out->failed || text->failed;
    text->len = 0;
    if (text->text)
        text->text[0] = '\0';
}

struct repairs {
    script_line *line;
    struct prereq_buffer *out;
};

static void add_repair(void *context, const char *text)
{
    const struct repairs *repairs = context;

    repairs->line(repairs->out, text ? text : "");
    repairs->out->failed = repairs->out->failed || !text;
}

void script_head(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                 script_line *line, struct prereq_buffer *out)
{
    struct repairs repairs = {line, out};
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, "Plan for ");
    prereq_text_host_name(assessment->host, &text);
    prereq_buffer_add(&text, ", goal ");
    printable_add(&text, plan->goal);
    prereq_buffer_add(&text, ": ");
    prereq_plan_size(plan, &text);
    flush(&text, line, out);
    prereq_buffer_add(&text, "Made from ");
    prereq_text_judged(assessment, &text);
    flush(&text, line, out);
    if (plan->hash) {
        prereq_buffer_addf(&text, "Plan hash %s", plan->hash);
        flush(&text, line, out);
    }
    if (plan->step_count && plan_origin(assessment))
        line(out, plan_origin(assessment));
    if (plan->reason)
        line(out, plan->reason);
    prereq_plan_repairs(assessment, plan, add_repair, &repairs);
    for (size_t i = 0; i < plan->facts_needed_count; i++) {
        prereq_buffer_addf(&text, "Collect first: %s", plan->facts_needed[i]);
        flush(&text, line, out);
    }
    for (size_t i = 0; i < plan->left_out_count; i++) {
        prereq_buffer_add(&text, "Left out: ");
        prereq_plan_left_out(&plan->left_out[i], &text);
        flush(&text, line, out);
    }
    for (size_t i = 0; i < plan->warning_count; i++) {
        prereq_buffer_addf(&text, "Warning: %s", plan->warnings[i]);
        flush(&text, line, out);
    }
    prereq_buffer_free(&text);
}

static void detail(const char *label, const char *value, script_line *line,
                   struct prereq_buffer *out)
{
    struct prereq_buffer text = {0};

    if (!value || !*value)
        return;
    prereq_buffer_addf(&text, "  %s: %s", label, value);
    flush(&text, line, out);
    prereq_buffer_free(&text);
}

void script_person(const struct prereq_step_row *step, script_line *line, struct prereq_buffer *out)
{
    struct prereq_buffer clears = {0};

    detail("why", step->reason, line, out);
    if (!script_runs(step))
        detail("command", step->command, line, out);
    detail("where to get the package", step->download, line, out);
    detail("to do or to check", step->verify, line, out);
    detail("to check with", step->verify_command, line, out);
    prereq_plan_clears(step, &clears);
    detail("clears", clears.text, line, out);
    detail("to undo it", step->undo, line, out);
    detail("note", step->note, line, out);
    out->failed = out->failed || clears.failed;
    prereq_buffer_free(&clears);
    if (step->action == PREREQ_STEP_EXTRACT)
        line(out, "  If the package asks for a folder, give it the one named here.");
    if (step->reversible == PREREQ_FLAG_FALSE && script_runs(step))
        line(out, "  This step cannot be undone.");
}

void script_host(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    const char *name = assessment->host->host_name;
    size_t characters = 0;

    for (; name && *name && *name != '.'; name++) {
        characters += ((unsigned char)*name & 0xC0) != 0x80; /* where a character begins */
        if (characters > 15)
            return;
        prereq_buffer_add_bytes(out, name, 1);
    }
}
