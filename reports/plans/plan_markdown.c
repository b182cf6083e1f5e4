/* SPDX-License-Identifier: MIT */
/* plan_markdown.c - a plan as Markdown, to be printed or put into a ticket. */
#include <inttypes.h>
#include <string.h>

#include "plans/plan_output.h"
#include "program/messages.h"
#include "screen/text.h"

/* Characters that begin markup inside a line.  Beyond CommonMark: | for tables, ~ for
 * strike-through, $ for formulas, @ for mentions and mail addresses. */
static bool is_markup(char c)
{
    return strchr("\\`*_[]<>&~|!#$@", c) != NULL;
}

/* Addresses turn into links by themselves in many viewers; a backslash inside prevents it. */
static bool starts_link(const char *text)
{
    return !strncmp(text, "://", 3) || prereq_starts_nocase(text, "www.");
}

/* At its beginning a text could also start a list, a heading or a rule. */
static const char *add_beginning(struct prereq_buffer *out, const char *text)
{
    size_t digits = strspn(text, "0123456789");

    prereq_buffer_add_bytes(out, text, digits);
    text += digits;
    if ((digits && (*text == '.' || *text == ')')) ||
        (!digits && (*text == '-' || *text == '+' || *text == '='))) {
        prereq_buffer_add(out, "\\");
        prereq_buffer_add_bytes(out, text, 1);
        text++;
    }
    return text;
}

void markdown_add(struct prereq_buffer *out, const char *text)
{
    struct prereq_buffer plain = {0};

    printable_add(&plain, text);
    for (const char *at = plain.text ? add_beginning(out, plain.text) : ""; *at; at++) {
        if (starts_link(at) && *at == ':')
            prereq_buffer_add(out, "\\:");
        else if (starts_link(at)) {
            prereq_buffer_add_bytes(out, at, 3);
            prereq_buffer_add(out, "\\.");
            at += 3;
        } else {
            if (is_markup(*at))
                prereq_buffer_add(out, "\\");
            prereq_buffer_add_bytes(out, at, 1);
        }
    }
    out->failed = out->failed || plain.failed;
    prereq_buffer_free(&plain);
}

/* A fence must be longer than any run of backticks inside. */
static size_t fence_of(const char *text)
{
    size_t longest = 0;

    while (*text) {
        size_t run = strspn(text, "`");

        longest = run > longest ? run : longest;
        text += run ? run : 1;
    }
    return longest < 3 ? 3 : longest + 1;
}

static void add_code(struct prereq_buffer *out, const char *text)
{
    struct prereq_buffer plain = {0};

    if (!text || !text[0])
        return;
    printable_add(&plain, text);
    if (!plain.failed) {
        size_t fence = fence_of(plain.text);

        prereq_buffer_add(out, "\n    ");
        for (size_t i = 0; i < fence; i++)
            prereq_buffer_add(out, "`");
        prereq_buffer_addf(out, "text\n    %s\n    ", plain.text);
        for (size_t i = 0; i < fence; i++)
            prereq_buffer_add(out, "`");
        prereq_buffer_add(out, "\n\n");
    }
    prereq_buffer_free(&plain);
}

static void add_detail(struct prereq_buffer *out, const char *label, const char *text)
{
    if (!text || !text[0])
        return;
    prereq_buffer_addf(out, "    - %s: ", label);
    markdown_add(out, text);
    prereq_buffer_add(out, "\n");
}

static void add_escaped(struct prereq_buffer *out, const struct prereq_buffer *text)
{
    if (text->text)
        markdown_add(out, text->text);
}

static void add_step(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    struct prereq_buffer title = {0};
    struct prereq_buffer codes = {0}, clears = {0};
    bool restart = step->action == PREREQ_STEP_RESTART;

    prereq_plan_step_title(step, &title);
    prereq_plan_exit_codes(step, &codes);
    prereq_buffer_addf(out, "%" PRIu64 ". **", step->step_no.value);
    add_escaped(out, &title);
    prereq_buffer_add(out,
                      restart ? "** (nothing after this before the restart is done)\n" : "**\n");
    add_code(out, step->command);
    add_detail(out, "Why", step->reason);
    add_detail(out, "Needs", step->needs);
    add_detail(out, "Package", step->package);
    add_detail(out, "Where to get it", step->download);
    add_detail(out, "SHA-256", step->sha256);
    add_detail(out, "Folder", prereq_plan_step_folder(step));
    add_detail(out, "Exit codes", codes.text);
    add_detail(out, "Check", step->verify);
    add_detail(out, "Check by", step->verify_command);
    prereq_plan_clears(step, &clears);
    add_detail(out, "Clears", clears.text);
    add_detail(out, "Undo", step->undo);
    add_detail(out, "Note", step->note);
    if (step->reversible == PREREQ_FLAG_FALSE && !restart && step->action != PREREQ_STEP_VERIFY)
        add_detail(out, "Note", "this step cannot be undone");
    prereq_buffer_add(out, restart ? "\n---\n\n" : "\n");
    prereq_buffer_free(&title);
    prereq_buffer_free(&codes);
    prereq_buffer_free(&clears);
}

static void add_list(struct prereq_buffer *out, const char *title, const char *const *texts,
                     size_t count)
{
    if (!count)
        return;
    prereq_buffer_addf(out, "## %s\n\n", title);
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(out, "- ");
        markdown_add(out, texts[i]);
        prereq_buffer_add(out, "\n");
    }
    prereq_buffer_add(out, "\n");
}

const char *plan_origin(const struct prereq_assessment *assessment)
{
    return assessment->received
               ? "Its commands are those of the assessment that was given; they were "
                 "not looked up in a catalog here."
               : NULL;
}

static void add_head(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                     struct prereq_buffer *out)
{
    struct prereq_buffer text = {0};

    prereq_buffer_add(out, "# Plan for ");
    prereq_text_host_name(assessment->host, &text);
    add_escaped(out, &text);
    text.len = 0;
    prereq_buffer_add(out, "\n\n- Goal: ");
    markdown_add(out, plan->goal);
    prereq_buffer_add(out, "\n- Result: ");
    prereq_plan_size(plan, out);
    if (plan->reason) {
        prereq_buffer_add(out, "\n- Reason: ");
        markdown_add(out, plan->reason);
    }
    prereq_buffer_add(out, "\n- Made from ");
    prereq_text_judged(assessment, &text);
    add_escaped(out, &text);
    if (plan->hash)
        prereq_buffer_addf(out, "\n- Hash: `%s`", plan->hash);
    if (plan->step_count && plan_origin(assessment)) {
        prereq_buffer_add(out, "\n- Commands: ");
        markdown_add(out, plan_origin(assessment));
    }
    prereq_buffer_add(out, "\n\n");
    prereq_buffer_free(&text);
}

struct repairs {
    struct prereq_buffer *out;
    bool any;
};

static void add_repair(void *context, const char *text)
{
    struct repairs *repairs = context;

    prereq_buffer_add(repairs->out, repairs->any ? "- " : "## What it repairs\n\n- ");
    markdown_add(repairs->out, text ? text : "");
    prereq_buffer_add(repairs->out, "\n");
    repairs->out->failed = repairs->out->failed || !text;
    repairs->any = true;
}

static void add_left_out(const struct prereq_plan *plan, struct prereq_buffer *out)
{
    if (plan->left_out_count)
        prereq_buffer_add(out, "## Left out of this plan\n\n");
    for (size_t i = 0; i < plan->left_out_count; i++) {
        struct prereq_buffer line = {0};

        prereq_plan_left_out(&plan->left_out[i], &line);
        prereq_buffer_add(out, "- ");
        add_escaped(out, &line);
        prereq_buffer_add(out, i + 1 == plan->left_out_count ? "\n\n" : "\n");
        prereq_buffer_free(&line);
    }
}

void plan_markdown_write(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                         struct prereq_buffer *out)
{
    struct repairs repairs = {out, false};

    add_head(assessment, plan, out);
    prereq_plan_repairs(assessment, plan, add_repair, &repairs);
    if (repairs.any)
        prereq_buffer_add(out, "\n");
    add_list(out, "Facts to collect first", plan->facts_needed, plan->facts_needed_count);
    add_left_out(plan, out);
    add_list(out, "Warnings", plan->warnings, plan->warning_count);
    if (plan->step_count)
        prereq_buffer_add(out, "## Steps\n\n");
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(&plan->steps[i], out);
    add_list(out, "Comes off or is lowered on the way, and is put back", plan->restore,
             plan->restore_count);
}
