/* SPDX-License-Identifier: MIT */
/* assess_parts.h - inside the judgement: what making an assessment shares between its files. */
#ifndef PREREQ_ASSESS_PARTS_H
#define PREREQ_ASSESS_PARTS_H

#include "assess/assess.h"
#include "assess/describe.h"

struct prereq_named_pair {
    const char *id;
    uint32_t pair;
};

struct prereq_trial { /* one host being judged */
    struct prereq_arena *arena;
    const struct prereq_judge *judge;
    const struct prereq_facts *facts;
    const struct prereq_assessment *previous;
    struct prereq_case *host;
    struct prereq_sitting now, later;
    const struct prereq_host_row *identity;
    const struct prereq_scope_row *scope_row;
    const char *fqdn;
    struct prereq_named_pair *names; /* of all pairs, sorted by id */
    uint32_t *nearest[2]; /* per pair, of prereq_later_find(): the later one that is told; [1]: a
                           * sound one */
    uint32_t *restore;    /* pairs, in old order */
    size_t restore_count;
    bool *required; /* per pair, by the policy */
    struct prereq_error *err;
};

/* Everything up to the verdicts: case, sittings, scope, restore.  Checks that `previous` fits. */
enum prereq_status prereq_trial_open(struct prereq_trial *trial);

/* assess_host.c */
bool prereq_fill_identity(struct prereq_trial *trial);
bool prereq_fill_host(struct prereq_trial *trial, struct prereq_assessment *out);
/* A pending source that holds up every plan. */
bool prereq_restart_blocks(const struct prereq_trial *trial,
                           const struct prereq_pending_fact *fact);

/* assess_policy.c: what should be on, what is excused. */
/* What the policy says of the pair's product, branch and host group; never NULL. */
const struct prereq_requirement *prereq_requirement_of(const struct prereq_trial *trial,
                                                       uint32_t pair);
bool prereq_is_required(struct prereq_trial *trial, uint32_t pair);
/* It is missing, and something else that is required takes its place; never what the policy names
 * by id. */
bool prereq_is_replaced(struct prereq_trial *trial, uint32_t pair);
/* What waivers are matched against for a pair. */
struct prereq_waiver_subject prereq_waiver_subject_of(const struct prereq_trial *trial,
                                                      uint32_t pair);
/* Which pairs the policy lets plans leave a branch for, into the case; before anything is judged.
 * False: no memory. */
bool prereq_fill_branches(struct prereq_trial *trial);
/* The waiver that overlays a pair; NULL: none.  Expired ones only when `expired`. */
const struct prereq_waiver *prereq_find_waiver(struct prereq_trial *trial, uint32_t pair,
                                               bool expired);
void prereq_fill_sla(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row);

/* assess_previous.c: what is carried over. */
bool prereq_fill_names(struct prereq_trial *trial);
/* The pair of a status id; PREREQ_NONE: it has none. */
uint32_t prereq_pair_named(const struct prereq_trial *trial, const char *id);
const struct prereq_status_row *prereq_previous_status(const struct prereq_trial *trial,
                                                       const char *id);
void prereq_carry_over(struct prereq_trial *trial, struct prereq_status_row *row);
/* The statuses and plans of the previous assessment in the order in which this program writes them,
 * whatever order they were read in.  False: no memory. */
bool prereq_order_previous(struct prereq_trial *trial);
enum prereq_status prereq_check_previous(struct prereq_trial *trial);
bool prereq_fill_restore(struct prereq_trial *trial);

/* assess_status.c, assess_detail.c: one status.  False: no memory. */
bool prereq_fill_status(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row);
bool prereq_fill_prerequisites(struct prereq_trial *trial, uint32_t pair,
                               struct prereq_status_row *row);
bool prereq_fill_components(struct prereq_trial *trial, uint32_t pair,
                            struct prereq_status_row *row);

/* assess_words.c: expected, found and the end of the sentence where the state alone does not say
 * what the reason is about: the fact that is not known, the file that waits.  False: no memory. */
bool prereq_fill_cause_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                             struct prereq_status_row *row, const char **detail);

/* assess_break.c: broken by time, in words.  False: no memory. */
/* Expected, found and the sentence's detail; nothing is changed for other reasons. */
bool prereq_fill_break_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                             struct prereq_status_row *row, const char **detail);
/* not_collected: the facts that are missing, as the sentence's detail. */
bool prereq_fill_missing_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                               const char **detail);
/* What to collect where it is not known whether the event counts; NULL: nothing to say. */
bool prereq_break_warning(struct prereq_trial *trial, uint32_t pair, const char **text);

/* plan.c: one plan over pairs. */
enum prereq_status prereq_plan_build(struct prereq_trial *trial, const uint32_t *goals,
                                     size_t goal_count, const char *name, struct prereq_plan *plan);

#endif
