/* SPDX-License-Identifier: MIT */
/* explain_text.c - the prerequisite tree as indented lines with marks. */
#include "screen/explain_text.h"

#include <string.h>

#include "program/messages.h"

static const char *mark(const char *holds)
{
    static const struct {
        const char *holds, *mark;
    } marks[] = {{"Yes", "[x] "}, {"No", "[ ] "}, {"Unknown", "[?] "}, {"NotApplicable", "[-] "}};

    for (size_t i = 0; holds && i < PREREQ_COUNT(marks); i++) {
        if (strcmp(holds, marks[i].holds) == 0)
            return marks[i].mark;
    }
    return "";
}

static void indent(uint64_t depth, struct prereq_buffer *out)
{
    for (uint64_t i = 0; i < depth; i++)
        prereq_buffer_add(out, "    ");
}

static void add_detail(struct prereq_buffer *out, uint64_t depth, const char *label,
                       const char *text)
{
    if (!text || !*text)
        return;
    indent(depth, out);
    prereq_buffer_addf(out, "      %s ", label);
    printable_add(out, text);
    prereq_buffer_add(out, "\n");
}

static void add_head(const struct prereq_explain_row *row, struct prereq_buffer *out)
{
    indent(row->depth.value, out);
    prereq_buffer_add(out, mark(row->holds));
    if (row->kind == PREREQ_EXPLAIN_NEEDS)
        prereq_buffer_add(out, "needs ");
    else if (row->kind == PREREQ_EXPLAIN_VOIDED_BY)
        prereq_buffer_add(out, "voided when added later: ");
    else if (row->kind == PREREQ_EXPLAIN_CAUTION)
        prereq_buffer_add(out, "caution: ");
    if (row->id) {
        printable_add(out, row->id);
        prereq_buffer_add(out, "  ");
    }
    printable_add(out, row->text ? row->text : "");
    if (row->state)
        prereq_buffer_addf(out, " (%s)", row->state);
    prereq_buffer_add(out, row->seen_above == PREREQ_FLAG_TRUE ? ", explained above\n" : "\n");
}

static void add_row(const struct prereq_explain_row *row, struct prereq_buffer *out)
{
    add_head(row, out);
    add_detail(out, row->depth.value, "because:", row->why);
    for (size_t i = 0; i < row->error_count; i++)
        add_detail(out, row->depth.value, "else:   ", row->errors[i]);
    add_detail(out, row->depth.value, "found:  ", row->found);
    add_detail(out, row->depth.value, "source: ", row->source);
}

static void add_ids(struct prereq_buffer *out, const char *label, const char *const *ids,
                    size_t count)
{
    prereq_buffer_add(out, count ? label : "");
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(out, "%s%s", i ? ", " : "", ids[i]);
    prereq_buffer_add(out, count ? "\n" : "");
}

void explain_text_write(const struct prereq_explanation *explanation, struct prereq_buffer *out)
{
    if (explanation->host_name) {
        prereq_buffer_add(out, "On ");
        printable_add(out, explanation->host_name);
        prereq_buffer_addf(out, ", %s:\n", explanation->target);
    }
    for (size_t i = 0; i < explanation->row_count; i++)
        add_row(&explanation->rows[i], out);
    add_ids(out, "replaces: ", explanation->supersedes, explanation->supersedes_count);
    add_ids(out, "replaced by: ", explanation->superseded_by, explanation->superseded_by_count);
}
