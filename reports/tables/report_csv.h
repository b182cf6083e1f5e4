/* SPDX-License-Identifier: MIT */
/* report_csv.h - a folder of CSV files, one per table. */
#ifndef REPORTS_REPORT_CSV_H
#define REPORTS_REPORT_CSV_H

#include "tables/report_rows.h"

struct report_csv;

enum prereq_status report_csv_open(const char *folder, struct report_csv **csv,
                                   struct prereq_error *err);
enum prereq_status report_csv_row(struct report_csv *csv, enum report_table_id table,
                                  const void *const *parts, struct prereq_error *err);
/* Put the files in their places; `csv` stays to be discarded. */
enum prereq_status report_csv_commit(struct report_csv *csv, struct prereq_error *err);
void report_csv_discard(struct report_csv *csv); /* NULL is allowed */

#endif
