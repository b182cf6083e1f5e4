/* SPDX-License-Identifier: MIT */
/* report_plans.h - a folder of plan hand-outs: per host a workbook and a Markdown file, and an
 * index. */
#ifndef REPORTS_REPORT_PLANS_H
#define REPORTS_REPORT_PLANS_H

#include "tables/report_rows.h"

struct report_plans;

#define REPORT_PLANS_INDEX "index.csv"
/* The first line of the index. */
void report_plans_header(struct prereq_buffer *out);

enum prereq_status report_plans_open(const char *folder, struct prereq_time now,
                                     struct report_plans **plans, struct prereq_error *err);
/* Writes the host's files at once; old ones are replaced, each as a whole.  Before the first there
 * is an index, so that the folder can be told from other people's whenever the program is ended. */
enum prereq_status report_plans_add(struct report_plans *plans,
                                    const struct prereq_assessment *assessment,
                                    struct prereq_error *err);
/* Put the index in its place; `plans` stays to be discarded. */
enum prereq_status report_plans_commit(struct report_plans *plans, struct prereq_error *err);
void report_plans_discard(struct report_plans *plans); /* NULL is allowed */

/* The name of a host's files without their ending: characters other than A-Z a-z 0-9 . _ - become
 * `_`; with `marked` "~" and eight hex digits of SHA-256(host id) follow. */
void report_plan_name(const char *host_name, const char *host_id, bool marked,
                      struct prereq_buffer *name);
/* CON, PRN, AUX, NUL, COM1..9, LPT1..9, with or without an ending; names that end with a dot or
 * begin with one; empty ones. */
bool report_plan_name_reserved(const char *name);

#endif
