/* SPDX-License-Identifier: MIT */
/* assess.h - judging one host: facts, catalog and policy in, an assessment or a plan out. */
#ifndef PREREQ_ASSESS_H
#define PREREQ_ASSESS_H

#include "documents/assessment.h"

/* What a run judges with: the same for every host, shared between threads. */
struct prereq_judge {
    const struct prereq_catalog *catalog;
    const struct prereq_policy *policy;   /* never NULL: prereq_policy_default() */
    const struct prereq_waivers *waivers; /* may be NULL */
    const struct prereq_scope *scope;     /* may be NULL */
    struct prereq_time now;
    const char *product_version;
    const struct prereq_input_ref *inputs; /* copied into each assessment */
    size_t input_count;
    bool plans; /* make the plans too */
};

/* Whether an assessment may be the one before that of a host with facts of this time: it is of the
 * same host, and its facts are older.  PREREQ_BAD_INPUT with the reason. */
enum prereq_status prereq_previous_check(const struct prereq_assessment *previous,
                                         const char *host_id, struct prereq_time facts_time,
                                         struct prereq_error *err);
/* Judge one host.  `previous` may be NULL; one of another host, or with facts not older than these,
 * is PREREQ_BAD_INPUT with the reason.  Everything points into `arena` or into the arguments. */
enum prereq_status prereq_assess(struct prereq_arena *arena, const struct prereq_judge *judge,
                                 const struct prereq_facts *facts,
                                 const struct prereq_assessment *previous,
                                 const struct prereq_assessment **assessment,
                                 struct prereq_error *err);

/* One plan for goals given by id ("Q269862", "KB5046862@MSSQL/PROD1", "host", "repair").  The
 * result says planned, nothing-to-do, refused or cycle; an unknown goal is PREREQ_BAD_INPUT. */
enum prereq_status prereq_plan_make(struct prereq_arena *arena, const struct prereq_judge *judge,
                                    const struct prereq_facts *facts,
                                    const struct prereq_assessment *previous,
                                    const char *const *goals, size_t goal_count,
                                    const struct prereq_plan **plan, struct prereq_error *err);

/* Does a plan made earlier still fit these facts?  True when planning the same goals anew gives the
 * same hash; else *why says what is different. */
enum prereq_status prereq_plan_verify(struct prereq_arena *arena, const struct prereq_judge *judge,
                                      const struct prereq_facts *facts,
                                      const struct prereq_plan *plan, bool *fits, const char **why,
                                      struct prereq_error *err);

#endif
