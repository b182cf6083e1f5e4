/* SPDX-License-Identifier: MIT */
/* report_rows.h - rows that only reports have, with their columns; and the list of tables. */
#ifndef REPORTS_REPORT_ROWS_H
#define REPORTS_REPORT_ROWS_H

#include "patchprereq.h"
#include "tables/columns.h"

/* Which host a row is about: the first columns of every table of findings. */
struct row_ref {
    const char *host_name, *host_id, *group;
};

struct row_host { /* behind the columns of struct prereq_host_row */
    struct prereq_time facts_time, last_evaluated;
    struct prereq_number age_hours; /* of the facts */
    enum prereq_flag stale;
    const char *worst_state;
    struct prereq_number required;         /* |A| */
    struct prereq_number compliant, known; /* without Unknown */
    struct prereq_number compliance; /* of required; tenths of a percent, as every percentage */
    struct prereq_number compliance_of_known;
    struct prereq_number ready, blocked, out_of_order, regressed, pending_restart, unknown;
    struct prereq_number recorded_only, waived, overdue, oldest_open_days;
    enum prereq_flag host_compliant, within_sla;
    const char *restart_pending; /* Yes, No, Unknown */
    const char *const *restart_reasons;
    size_t restart_reason_count;
    struct prereq_time restart_since;
    const char *plan_result;
    struct prereq_number plan_steps, plan_restarts;
    const char *plan_hash;
    struct prereq_number collector_errors;
};

struct row_patch { /* over all hosts; counts are of host and target */
    const char *patch_id, *title, *product;
    int severity;
    struct prereq_time released;
    const char *superseded_by;
    struct prereq_number applicable; /* not NotApplicable, required or not */
    struct prereq_number required;   /* of them in figures: |A| */
    struct prereq_number compliant, known;
    struct prereq_number remediated;
    struct prereq_number ready, blocked, out_of_order, regressed, pending_restart, unknown;
    struct prereq_number waived, overdue, days_since_release;
};

struct row_regression { /* before the columns of struct prereq_component_row */
    int state;
    struct prereq_time open_since;
};

struct row_patch_state { /* before the columns of struct prereq_prerequisite_row */
    int state;
};

struct row_plan { /* behind the columns of struct prereq_step_row */
    enum prereq_flag restart_after;
    const char *done, *initials; /* to be written by hand */
};

struct row_restart { /* behind the columns of struct prereq_restart_row */
    struct prereq_number age_hours;
};

struct row_exception {
    const char *waiver_id, *scope, *patch_id, *target;
    const char *state_name;
    const char *reason, *compensating_control, *residual_risk, *approver;
    struct prereq_time approved_on, expires;
    struct prereq_number days_left; /* 0: the last day; not known: expired */
    const char *status;             /* active, expiring, expired, not needed */
};

struct row_input {
    const char *name, *sha256;
};

/* A figure with the numbers it is made of. */
struct row_figure {
    const char *figure; /* stable name: PatchCompliance */
    const char *title;
    struct prereq_number percent;
    struct prereq_number value; /* of figures that are no percentage */
    const char *text;           /* of figures that are neither */
    const char *unit;
    struct prereq_number numerator, denominator;
    const char *about; /* the formula, in words */
};

enum report_table_id {
    REPORT_FIGURES, /* CSV only: the sheet Summary shows them its own way */
    REPORT_HOSTS,
    REPORT_PATCHES,
    REPORT_FINDINGS,
    REPORT_REGRESSIONS,
    REPORT_PREREQUISITES,
    REPORT_PLAN,
    REPORT_RESTARTS,
    REPORT_EXCEPTIONS,
    REPORT_ERRORS,
    REPORT_INPUTS,
    REPORT_TABLES,
};

struct report_width { /* of a column in a sheet, where it is not what the field table says */
    const char *member;
    int width; /* 0: not in the sheet */
};

struct report_table {
    const char *sheet; /* NULL: no sheet of its own */
    const char *file;  /* CSV */
    const struct prereq_shape *parts[COLUMNS_MAX_PARTS + 1];
    const char *about;                 /* one row is … */
    const char *none;                  /* what stands there when there is no row */
    const struct report_width *widths; /* ends with a NULL member */
};

extern const struct report_table report_tables[REPORT_TABLES];
/* 0: the column stays out of the sheet. */
int report_column_width(const struct report_table *table, const struct prereq_member *member);

extern const struct prereq_shape row_ref_shape, row_host_figures_shape, row_patch_figures_shape,
    row_regression_shape, row_patch_state_shape, row_plan_shape, row_restart_age_shape,
    row_exception_shape, row_input_shape, row_figure_shape;

#endif
