/* SPDX-License-Identifier: MIT */
/* plan_text.h - a plan as text for people, and the parts that other texts share with it.
 *
 * It stands in the core because the program and the WMI provider say the same. */
#ifndef PREREQ_PLAN_TEXT_H
#define PREREQ_PLAN_TEXT_H

#include "documents/assessment.h"

void prereq_plan_text(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                      struct prereq_buffer *out);

/* Parts that several texts have in common. */

/* "web01.example.org" and, where it says more, " (id)". */
void prereq_text_host_name(const struct prereq_host_row *host, struct prereq_buffer *out);
/* "facts of 2026-11-20T10:00:00Z, judged at ... with catalog builtin 2026.11 (0123456789ab)". */
void prereq_text_judged(const struct prereq_assessment *assessment, struct prereq_buffer *out);
/* "3 steps", "1 step". */
void prereq_text_count(uint64_t count, const char *one, const char *many,
                       struct prereq_buffer *out);
void prereq_text_time(struct prereq_time time,
                      struct prereq_buffer *out); /* "not known" when it is not */

/* "0 done; 3010, 1641 done, a restart is due; 2359302 nothing to do"; nothing when a step has none.
 */
void prereq_plan_exit_codes(const struct prereq_step_row *step, struct prereq_buffer *out);
/* "7 steps, 2 restarts", or what else the plan is. */
void prereq_plan_size(const struct prereq_plan *plan, struct prereq_buffer *out);
/* "Q1: its state is unknown ...; file C:\\x.dll (patchprereq collect ...)", one line. */
void prereq_plan_left_out(const struct prereq_left_out *left, struct prereq_buffer *out);
/* "apply-baseline NT4-SP6a", "restart". */
void prereq_plan_step_title(const struct prereq_step_row *step, struct prereq_buffer *out);
/* The folder that it runs in, where one is named or the package was unpacked; else NULL. */
const char *prereq_plan_step_folder(const struct prereq_step_row *step);
/* Ids of what it clears, one behind the other; to be escaped as any text of a document. */
void prereq_plan_clears(const struct prereq_step_row *step, struct prereq_buffer *out);
/* One line of text, without its end; NULL: no memory. */
typedef void prereq_plan_line(void *context, const char *text);
/* Of a plan for the host or for its repair: a line for each status at fault that it repairs, with
 * the numbers of the steps, "Repair of Q269862 (OutOfOrder): steps 1, 2, 4", and one for the steps
 * that are left.  Nothing where nothing at fault is repaired. */
void prereq_plan_repairs(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                         prereq_plan_line *line, void *context);

#endif
