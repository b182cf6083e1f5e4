/* SPDX-License-Identifier: MIT */
/* report_emit.h - from an assessment to the rows of all tables. */
#ifndef REPORTS_REPORT_EMIT_H
#define REPORTS_REPORT_EMIT_H

#include "figures/report_figures.h"
#include "tables/report_csv.h"
#include "workbook/report_xlsx.h"

/* Where rows go; what is NULL is left out. */
struct emit {
    struct report_xlsx *xlsx;
    struct report_csv *csv;
    struct figures *figures;
    struct prereq_arena *arena; /* of the current host */
    struct marks inputs;        /* written already */
};

enum prereq_status emit_row(struct emit *emit, enum report_table_id table, const void *const *parts,
                            struct prereq_error *err);
/* The row in Hosts, for hosts out of scope as well. */
enum prereq_status emit_host(struct emit *emit, const struct prereq_assessment *assessment,
                             const struct row_host *row, struct prereq_error *err);
/* Everything else of a host in scope. */
enum prereq_status emit_details(struct emit *emit, const struct prereq_assessment *assessment,
                                struct prereq_error *err);
/* A document that was left out, or a host in scope without one, among the collector errors. */
enum prereq_status emit_left_out(struct emit *emit, const char *name, const char *reason,
                                 struct prereq_error *err);
/* What only the whole fleet tells: figures, patches, waivers without a finding, missing hosts. */
enum prereq_status emit_totals(struct emit *emit, struct prereq_error *err);

/* Between the files of this module. */
enum prereq_status emit_exceptions(struct emit *emit, const struct prereq_assessment *assessment,
                                   const struct row_ref *ref, struct prereq_error *err);
enum prereq_status emit_idle_waivers(struct emit *emit, struct prereq_error *err);

#endif
