/* SPDX-License-Identifier: MIT */
/* report_figures.h - figures over many hosts: counted as the hosts go by, no I/O.
 *
 * The set A of the figures: prereq_status_in_figures() (prereq_summarize() counts the same per
 * host).  Hosts that are not in scope enter
 * nothing. */
#ifndef REPORTS_REPORT_FIGURES_H
#define REPORTS_REPORT_FIGURES_H

#include "inputs/keyed.h"
#include "tables/report_rows.h"

enum { /* plain constants */
       FIGURES_TOP = 10,
       FIGURES_AGES = 5,                /* 0-7, 8-30, 31-60, 61-90, more days */
       FIGURES_SEVERITIES = 5,          /* as enum prereq_severity, less 1 */
       FIGURES_MAX_RESTART_DAYS = 3653, /* older restarts count as this old in the median */
       FIGURES_RESTART_OLD_DAYS = 7,
       FIGURES_EXPIRING_DAYS = 30,
       FIGURES_PENDING_YES = 1, /* of struct prereq_restart_row */
};

/* Counts of one set of statuses of A. */
struct tally {
    uint64_t state[PREREQ_STATES];
    uint64_t waived, waived_missing; /* of them in state 2, 3, 4, 7 or 8 */
    uint64_t open;                   /* not waived, not Superseded or Compliant */
    uint64_t overdue;                /* waived ones too, as in prereq_summarize() */
};

struct patch_figures {
    const char *key; /* patch id */
    const char *title, *product, *superseded_by;
    int severity;
    struct prereq_time released;
    uint64_t applicable;
    struct tally tally;
};

struct group_figures {
    const char *key; /* "" for hosts without a group */
    uint64_t hosts, hosts_compliant;
    struct tally tally;
};

struct blocker_figures {
    const char *key;   /* what stands in the way, as statuses name it */
    uint64_t findings; /* Blocked findings that name it */
    uint64_t alone;    /* of them those that name nothing else */
};

struct policy_figures { /* policies and catalogs that the assessments were made with */
    const char *key;
    const char *id, *version, *sha256;
    struct prereq_time released;
    uint64_t sla_days[FIGURES_SEVERITIES];
    bool sla_known;
    struct prereq_number stale_after_hours, restart_grace_days;
    enum prereq_flag trust_records;
    uint64_t hosts;
};

struct waiver_figures { /* waivers that matched something on some host */
    const char *key;    /* id */
    const char *scope;
    struct prereq_waiver waiver; /* its texts and dates */
    bool used;                   /* stands for an open finding */
};

struct top_host {
    char *name, *group;                                          /* on the heap */
    uint64_t open, faults, blocked, ready, overdue, oldest_days; /* faults: states 3 and 4 */
    uint64_t compliant, required;
    int worst_state; /* -1: none */
};

struct figures {
    struct prereq_time now;
    const struct prereq_scope *scope;
    bool *scope_seen; /* per row */
    struct prereq_arena *arena;
    struct marks documents, host_ids;
    uint64_t out_of_scope, left_out, evaluated, fresh, hosts_compliant;
    uint64_t compliant_unknown; /* of the compliant hosts those with an Unknown patch */
    uint64_t repeated;   /* documents refused as repeated that were not reported as left out yet */
    uint64_t shared_ids; /* documents whose host id another host name has as well */
    uint64_t compliant, known, required, recorded_only; /* sums of the hosts' summaries */
    struct tally all, by_severity[FIGURES_SEVERITIES];
    uint64_t ages[FIGURES_AGES], undated; /* of open findings */
    uint64_t with_due, in_time;           /* of open findings */
    uint64_t restart_hosts, restart_unknown, restart_undated, restart_old;
    uint32_t *restart_days; /* histogram, FIGURES_MAX_RESTART_DAYS + 1 */
    uint64_t waiver_active, waiver_expiring, waiver_expired; /* findings */
    struct keyed patches, groups, blockers, policies, catalogs, waivers;
    struct top_host top[FIGURES_TOP];
    size_t top_count;
    struct prereq_time oldest_facts, newest_facts;
    const char *product_version;
};

enum prereq_status figures_open(struct prereq_time now, const struct prereq_scope *scope,
                                struct figures **figures, struct prereq_error *err);
void figures_free(struct figures *figures); /* NULL is allowed */

/* Whether this very host (id and name) has been seen; notes it as seen. */
enum prereq_status figures_note_host(struct figures *figures, const struct prereq_host_row *host,
                                     bool *seen, struct prereq_error *err);
/* Count one host that is in scope.  Fills `row` (its texts live in the assessment, in `row_arena`
 * or for ever). */
enum prereq_status figures_add(struct figures *figures, const struct prereq_assessment *assessment,
                               const struct prereq_summary *summary, struct prereq_arena *row_arena,
                               struct row_host *row, struct prereq_error *err);

/* The row for a host that was not counted because it is out of scope has the same columns. */
enum prereq_status figures_host_row(const struct figures *figures,
                                    const struct prereq_assessment *assessment,
                                    const struct prereq_summary *summary,
                                    struct prereq_arena *row_arena, struct row_host *row,
                                    struct prereq_error *err);

/* The dates and the status of a waiver on the day of `now`; the other members are the caller's. */
void figures_exception(const struct figures *figures, const struct prereq_waiver *waiver,
                       struct row_exception *row);
/* Count a finding that a waiver stands for, or once stood for. */
void figures_count_exception(struct figures *figures, const struct row_exception *row);
/* Keep a waiver that matched something, so that those without a finding can be shown at the end. */
enum prereq_status figures_keep_waiver(struct figures *figures, const struct prereq_waiver *waiver,
                                       const char *scope, bool used, struct prereq_error *err);
/* Keep the host if it is among the ten with most open findings.  False: no memory. */
bool figures_keep_top(struct figures *figures, const struct prereq_assessment *assessment,
                      const struct prereq_summary *summary, const struct row_host *row);
void figures_forget_top(struct figures *figures);

/* Hosts in scope: rows of the scope that hold today, else documents given (left out ones too). */
uint64_t figures_in_scope(const struct figures *figures);
/* Names of hosts in scope without a document, one after the other from *at = 0; NULL at the end. */
const char *figures_next_missing(const struct figures *figures, size_t *at);
/* Twice the median age of due restarts in whole days; false: none is dated. */
bool figures_median_restart(const struct figures *figures, uint64_t *twice_days);

/* The counts of a tally, in the columns that patches have; the other members are left alone. */
void figures_tally_row(const struct tally *tally, struct row_patch *row);
void figures_patch_row(const struct figures *figures, const struct patch_figures *patch,
                       struct row_patch *row);
/* The patches with most open findings, worst first.  False: no memory. */
bool figures_top_patches(const struct figures *figures, struct prereq_arena *arena,
                         const struct patch_figures *top[FIGURES_TOP], size_t *count);

#define FIGURES_MAX_ROWS 32
/* The summary's figures in their order; texts live in `arena` or in `figures`.  0: no memory. */
size_t figures_rows(const struct figures *figures, struct prereq_arena *arena,
                    struct row_figure rows[FIGURES_MAX_ROWS]);

extern const char *const figures_age_names[FIGURES_AGES];

/* Between the files of this module. */
enum prereq_status figures_no_memory(struct prereq_error *err);
/* Copies `text` unless something is kept already.  False: no memory. */
bool figures_keep_text(struct prereq_arena *arena, const char **kept, const char *text);
enum prereq_status figures_count_sources(struct figures *figures,
                                         const struct prereq_assessment *assessment,
                                         struct prereq_error *err);

#endif
