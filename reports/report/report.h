/* SPDX-License-Identifier: MIT */
/* report.h - assessments in, one by one; a workbook, CSV files and plan hand-outs out.
 *
 * Nothing of an assessment is kept but figures.  Everything shown stands in the assessments; only
 * ages and expiry move with `now`. */
#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include "patchprereq.h"

struct report_options {
    const char *xlsx;      /* path of the workbook; NULL: none */
    const char *csv_dir;   /* folder for CSV files, made when it is not there; NULL: none */
    const char *plans_dir; /* folder for plan hand-outs, likewise */
    struct prereq_time now;
    const char *title;      /* NULL: "Patch compliance" */
    const char *scope_note; /* one sentence on where the scope comes from; NULL: a fitting one */
    const struct prereq_scope *scope; /* to find hosts without a document; may be NULL */
    uint32_t max_rows; /* of one sheet, its header included; 0: what a sheet can hold */
};

struct report;

/* Texts of the options are not copied and must live until the report is closed.  Old files stay as
 * they are until report_close(), but for plan hand-outs, which are replaced one by one, each as a
 * whole. */
enum prereq_status report_open(const struct report_options *options, struct report **report,
                               struct prereq_error *err);
/* One more host.  PREREQ_BAD_INPUT: a second document of one host; it was left out and the report
 * is as it was before: give the sentence to report_left_out() and go on.  After any other failure
 * only report_discard() may follow. */
enum prereq_status report_add(struct report *report, const struct prereq_assessment *assessment,
                              struct prereq_error *err);
/* A document that could not be used: it shows among the collector errors and in the coverage. */
enum prereq_status report_left_out(struct report *report, const char *name, const char *reason,
                                   struct prereq_error *err);
/* Write what is left and put all files in place.  `report` is gone afterwards, whatever is
 * returned; on failure every file is whole, old or new, and none is half written. */
enum prereq_status report_close(struct report *report, struct prereq_error *err);
void report_discard(struct report *report); /* NULL is allowed */

#endif
