/* SPDX-License-Identifier: MIT */
/* plan_output.h - plans as Markdown; what they are on a screen is prereq_plan_text().
 *
 * Each shows every step with its command, reason, needs and check, restarts as barriers, and, for a
 * plan that is refused, the facts to collect.  Data of hosts never becomes markup. */
#ifndef REPORTS_PLAN_OUTPUT_H
#define REPORTS_PLAN_OUTPUT_H

#include "patchprereq.h"

void plan_markdown_write(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                         struct prereq_buffer *out);

/* Whose the commands of a plan are: NULL, the catalog's that it was planned with; else a sentence
 * that says that they came with the assessment. */
const char *plan_origin(const struct prereq_assessment *assessment);

/* Add text so that Markdown (CommonMark and GitHub's) shows exactly it: no markup, link or HTML. */
void markdown_add(struct prereq_buffer *out, const char *text);

#endif
