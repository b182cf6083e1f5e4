/* SPDX-License-Identifier: MIT */
/* report_xlsx_parts.h - sheets of the report that are made when all hosts have gone by. */
#ifndef REPORTS_REPORT_XLSX_PARTS_H
#define REPORTS_REPORT_XLSX_PARTS_H

#include "figures/report_figures.h"
#include "workbook/report_xlsx_book.h"

struct sheet_context {
    struct book *book;
    const struct figures *figures;
    struct prereq_arena *arena;
    const char *scope_note; /* NULL: a fitting one */
};

/* False: no memory. */
bool sheet_summary(const struct sheet_context *context, lxw_worksheet *sheet);
bool sheet_method(const struct sheet_context *context, lxw_worksheet *sheet);

/* Where the scope comes from, in a sentence. */
const char *sheet_scope_note(const struct sheet_context *context);

#endif
