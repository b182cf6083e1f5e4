/* SPDX-License-Identifier: MIT */
/* plan_output.h - plans for people: on a screen and as Markdown.
 *
 * Both show every step with its command, reason, needs and check, restarts as barriers, and, for a
 * plan that is refused, the facts to collect.  Data of hosts never becomes markup. */
#ifndef REPORTS_PLAN_OUTPUT_H
#define REPORTS_PLAN_OUTPUT_H

#include "patchprereq.h"

void plan_text_write(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                     struct prereq_buffer *out);
void plan_markdown_write(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                         struct prereq_buffer *out);

/* Add text so that Markdown (CommonMark and GitHub's) shows exactly it: no markup, link or HTML. */
void markdown_add(struct prereq_buffer *out, const char *text);

/* "0 done; 3010, 1641 done, a restart is due; 2359302 nothing to do"; nothing when a step has none.
 */
void plan_exit_codes(const struct prereq_step_row *step, struct prereq_buffer *out);
/* "7 steps, 2 restarts", or what else the plan is. */
void plan_size(const struct prereq_plan *plan, struct prereq_buffer *out);
/* "apply-baseline NT4-SP6a", "restart". */
void plan_step_title(const struct prereq_step_row *step, struct prereq_buffer *out);

#endif
