/* SPDX-License-Identifier: MIT */
/* report_xlsx_charts.h - the charts of the summary, over tables that stand on the same sheet. */
#ifndef REPORTS_REPORT_XLSX_CHARTS_H
#define REPORTS_REPORT_XLSX_CHARTS_H

#include "workbook/report_xlsx_book.h"

#define CHART_ROWS 15 /* rows of the sheet that the charts cover */

struct chart_ranges { /* states by severity: a row per state, All in the column behind the label */
    lxw_row_t states_head;
    int states[PREREQ_STATES];
    size_t state_count;
    lxw_row_t ages_first, ages_last;
};

/* False: no memory. */
bool charts_insert(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                   const struct chart_ranges *ranges);

#endif
