/* SPDX-License-Identifier: MIT */
/* catalog_case.h - one case of a catalog: a host, and what has to come out for it.
 *
 * cases/<case>/facts.json and expected.json, docs/catalog.md; what expected.json does not list is
 * not looked at. */
#ifndef REPORTS_CATALOG_CASE_H
#define REPORTS_CATALOG_CASE_H

#include "patchprereq.h"

struct catalog_case_status {
    const char *id;
    int state; /* enum prereq_state + 1; 0: any */
    const char *reason_code;
    int evidence;
    const char *const *blocked_by; /* texts that are among those shown */
    size_t blocked_by_count;
};

struct catalog_case_plan {
    const char *goal;
    int result;
    struct prereq_number restarts;
    const char *const *steps; /* "install Q269862", all of them in order */
    size_t step_count;
};

struct catalog_case {
    const char *format, *about;
    const struct catalog_case_status *statuses;
    size_t status_count;
    const struct catalog_case_plan *plans;
    size_t plan_count;
    const struct prereq_policy *policy; /* members that differ from the default one */
    const char *previous; /* file in the case's folder: the assessment that came before */
};

/* Called for each thing that is not as expected, in one sentence. */
struct catalog_case_teller {
    void (*tell)(void *context, const char *where, const char *text);
    void *context;
};

/* What a case is judged by: its host, the assessment before (NULL: none) and its policy. */
struct catalog_case_inputs {
    const struct prereq_facts *facts;
    const struct prereq_assessment *previous;
    const struct prereq_policy *policy;
};

/* The documents of the case in `folder`. */
enum prereq_status catalog_case_read(struct prereq_arena *arena, const char *folder,
                                     struct catalog_case_inputs *inputs, struct prereq_error *err);

/* Judge the host in `folder` at its own time with `catalog`, and tell what is different.  A failure
 * is of files or memory: nothing can be said of the case. */
enum prereq_status catalog_case_run(struct prereq_arena *arena,
                                    const struct prereq_catalog *catalog, const char *folder,
                                    const struct catalog_case_teller *teller,
                                    struct prereq_error *err);

#endif
