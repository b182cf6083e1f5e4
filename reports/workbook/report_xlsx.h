/* SPDX-License-Identifier: MIT */
/* report_xlsx.h - the workbook of the report, and the workbook of one host's plans. */
#ifndef REPORTS_REPORT_XLSX_H
#define REPORTS_REPORT_XLSX_H

#include "figures/report_figures.h"

struct report_xlsx;

/* Forget write errors of earlier workbooks: once, before the first workbook of a report. */
void report_xlsx_begin(void);

struct report_xlsx_options {
    const char *path;
    const char *title;
    const char *scope_note; /* NULL: a fitting one */
    struct prereq_time now;
    uint32_t max_rows;
};

enum prereq_status report_xlsx_open(const struct report_xlsx_options *options,
                                    struct report_xlsx **xlsx, struct prereq_error *err);
/* Rows go to disk as they come; tables may take turns. */
enum prereq_status report_xlsx_row(struct report_xlsx *xlsx, enum report_table_id id,
                                   const void *const *parts, struct prereq_error *err);
/* The next row of this table begins a page. */
void report_xlsx_new_page(struct report_xlsx *xlsx, enum report_table_id id);
/* Summary and method, and the whole file beside its place. */
enum prereq_status report_xlsx_finish(struct report_xlsx *xlsx, const struct figures *figures,
                                      struct prereq_error *err);
/* Put the file in its place; `xlsx` stays to be discarded. */
enum prereq_status report_xlsx_commit(struct report_xlsx *xlsx, struct prereq_error *err);
void report_xlsx_discard(struct report_xlsx *xlsx); /* NULL is allowed */

/* A workbook with the plans of one host to print and fill in, in its place when this returns. */
enum prereq_status report_xlsx_plans(const struct prereq_assessment *assessment, const char *path,
                                     struct prereq_time now, struct prereq_error *err);

#endif
