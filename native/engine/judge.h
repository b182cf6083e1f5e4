/* SPDX-License-Identifier: MIT */
/* judge.h - inside the judgement: rules, effects, prerequisites and states over a world.
 *
 * A sitting judges one world of a case.  What it has found of a pair is remembered until the world
 * changes (prereq_sitting_reset). */
#ifndef PREREQ_JUDGE_H
#define PREREQ_JUDGE_H

#include "engine/trail.h"

struct prereq_finding { /* a verdict with the reason where it is neither true nor not applicable */
    enum prereq_verdict verdict;
    enum prereq_reason reason;
};

struct prereq_effect {
    enum prereq_verdict verdict; /* TRUE, FALSE, ERROR, UNKNOWN, NOT_EVALUATED */
    enum prereq_reason reason;
    enum prereq_evidence evidence;
    bool newer; /* a file is newer than any that the catalog knows */
};

/* What is remembered of a pair. */
struct prereq_memo {
    uint32_t stamp; /* of the sitting when it was written; another one: nothing is remembered */
    unsigned has;   /* bit per member below */
    enum prereq_verdict applies;
    enum prereq_reason applies_reason; /* where it is not known, or another branch is the reason */
    bool leaves_branch;                /* it applies since the target may leave its branch for it */
    struct prereq_effect effect;
    struct prereq_finding own;       /* satisfied by itself */
    struct prereq_finding satisfied; /* by itself or a later one */
    struct prereq_finding exact;     /* by itself and no later one */
    int table;                       /* state by the table, before superseders */
    int state;                       /* with superseders, before the projection */
    enum prereq_reason state_reason;
    /* Answers of prereq_later_find(): */
    uint32_t counting[2];    /* the nearest later one that is sound; [1]: not by its record alone */
    uint32_t recorded_above; /* the highest recorded level above it */
    uint32_t required_later; /* a later one that the policy asks for */
    uint32_t waiting;        /* the nearest later one that waits for the restart */
};

struct prereq_settling;

struct prereq_sitting {
    const struct prereq_case *host;
    const struct prereq_catalog *catalog;
    const struct prereq_world *world;
    struct prereq_sitting
        *later;                /* the sitting over the world after the restart; NULL in that one */
    struct prereq_memo *memos; /* per pair; read through prereq_memo_of() */
    struct prereq_settling *settling; /* settle.c; NULL where no rule names an entry */
    uint32_t stamp;                   /* changes when all is forgotten */
    const uint32_t *restore;          /* pairs taken off by a plan that was not finished */
    size_t restore_count;
    const bool *required;                      /* per pair, by the policy; NULL: none is */
    const struct prereq_alternative **assumed; /* rules that a manual step was taken for */
    size_t assumed_count;
};

/* A sitting over `world`.  False: no memory. */
bool prereq_sitting_make(struct prereq_case *host, const struct prereq_world *world,
                         struct prereq_sitting *sitting);
/* Forget all that was remembered; costs the same for any number of pairs, since a plan does it
 * after each step. */
void prereq_sitting_reset(struct prereq_sitting *sitting);
/* What is remembered of a pair; empty after a reset. */
struct prereq_memo *prereq_memo_of(struct prereq_sitting *sitting, uint32_t pair);

/* rule_eval.c: a node about a target.  PREREQ_NONE is TRUE. */
struct prereq_finding prereq_rule_judge(struct prereq_sitting *sitting, uint32_t number,
                                        uint32_t target);
/* A product of which no instance was found: FALSE where the list of its instances is whole, else
 * doubt. */
struct prereq_finding prereq_no_instance_judge(const struct prereq_case *host, const char *product);
/* fact_test.c: one value against one test. */
struct prereq_finding prereq_test_number(const struct prereq_fact *value,
                                         const struct prereq_number_test *test);
struct prereq_finding prereq_test_version(struct prereq_version version,
                                          const struct prereq_version_test *test);
bool prereq_text_matches(const char *text, const struct prereq_text_test *test);

/* row_eval.c: one file row about a target. */
struct prereq_row_finding {
    enum prereq_verdict verdict;
    enum prereq_reason reason;
    enum prereq_component_result result;
    bool by_date; /* the row lists a version, the file's was not read: its date decided */
};
struct prereq_row_finding prereq_row_judge(struct prereq_sitting *sitting, uint32_t row,
                                           uint32_t target);
struct prereq_rows_seen {
    bool newer;   /* a file is newer than any that the catalog knows */
    bool by_date; /* the verdict rests on dates that stand in for versions */
};
/* All rows of a patch; branches picked by what is found. */
struct prereq_finding prereq_rows_judge(struct prereq_sitting *sitting, uint32_t patch,
                                        uint32_t target, struct prereq_rows_seen *seen);
/* The row counts for this host: platform, language, `when` and branch. */
enum prereq_verdict prereq_row_counts(struct prereq_sitting *sitting, uint32_t row,
                                      uint32_t target);

/* settle.c: all that the verdict on a pair asks of other entries is judged first, so that judging
 * never goes deep.  False: it is being judged just now, by way of others that it asks for: the
 * answer is not known, and must not be remembered. */
enum prereq_part {
    PREREQ_PART_APPLIES,
    PREREQ_PART_EFFECT,
    PREREQ_PART_OWN,
};
bool prereq_is_settled(struct prereq_sitting *sitting, uint32_t pair, enum prereq_part part);
/* Room for it.  False: no memory. */
bool prereq_settling_make(struct prereq_sitting *sitting);

/* effect.c */
enum prereq_verdict prereq_applies(struct prereq_sitting *sitting, uint32_t pair);
/* It applies only since the policy lets the target leave its branch. */
bool prereq_leaves_branch(struct prereq_sitting *sitting, uint32_t pair);
/* It applies, or whether it does is not known. */
bool prereq_may_apply(struct prereq_sitting *sitting, uint32_t pair);
struct prereq_effect prereq_effect(struct prereq_sitting *sitting, uint32_t pair);
/* TRUE, FALSE or UNKNOWN; a baseline's marker is its record too. */
enum prereq_verdict prereq_recorded(struct prereq_sitting *sitting, uint32_t pair);

/* order.c: order and invalidation. */
struct prereq_break { /* what broke an installed patch, or leaves that in doubt */
    struct prereq_finding finding;
    uint32_t group;                     /* the ordered one; PREREQ_NONE: no question of order */
    const struct prereq_cvoid *voided;  /* the invalidation; NULL: none */
    uint32_t event;                     /* pair that went on too late; PREREQ_NONE: no patch */
    uint32_t instance;                  /* the one that was added; PREREQ_NONE: none */
    struct prereq_time installed, time; /* of the patch, of the event */
    uint32_t unknown; /* node that is not known: guard of the group, or what clears the event */
};
void prereq_break_of(struct prereq_sitting *sitting, uint32_t pair, struct prereq_break *found);
/* Its finding alone. */
struct prereq_finding prereq_broken(struct prereq_sitting *sitting, uint32_t pair);
/* `a` is later than `b` for certain: by day where one is known to the day only. */
bool prereq_time_is_later(struct prereq_time a, struct prereq_time b);

/* groups.c */
struct prereq_finding prereq_own(struct prereq_sitting *sitting, uint32_t pair);
/* The patch, or a later one, on the target: satisfied as a prerequisite is. */
struct prereq_finding prereq_satisfied(struct prereq_sitting *sitting, uint32_t patch,
                                       uint32_t target, bool exact);
struct prereq_finding prereq_alternative_judge(struct prereq_sitting *sitting, uint32_t alternative,
                                               uint32_t pair);
/* The highest recorded level above a level, over every way of supersedence; PREREQ_NONE: there is
 * none, or the pair is no level.  Else its pair. */
uint32_t prereq_level_above(struct prereq_sitting *sitting, uint32_t pair);
/* The same for the level that an alternative of a pair's group names, as its patch; none where it
 * is the pair itself, or later than that. */
uint32_t prereq_recorded_above(struct prereq_sitting *sitting, uint32_t alternative, uint32_t pair);
/* A baseline above this one is recorded: it must not go on. */
bool prereq_is_below_recorded(struct prereq_sitting *sitting, uint32_t pair);
struct prereq_finding prereq_group_judge(struct prereq_sitting *sitting, uint32_t number,
                                         uint32_t pair);
/* All groups, or only those that must hold for ever. */
struct prereq_finding prereq_groups(struct prereq_sitting *sitting, uint32_t pair,
                                    bool always_only);

/* state.c */
int prereq_table_state(struct prereq_sitting *sitting, uint32_t pair);
/* The superseder that counts; PREREQ_NONE: none does. */
uint32_t prereq_counting_superseder(struct prereq_sitting *sitting, uint32_t pair);
/* With superseders, before the projection. */
int prereq_base_state(struct prereq_sitting *sitting, uint32_t pair);
/* On the list of what a plan took off and nothing put back yet. */
bool prereq_in_restore(const struct prereq_sitting *sitting, uint32_t pair);
/* No, possible or required for this host. */
int prereq_restart_need(struct prereq_sitting *sitting, uint32_t patch, uint32_t target);

/* choose_entry.c: the pair that a person means by PATCH or PATCH@TARGET.  A number that several
 * entries have, or a patch for several targets, means the one that fits this host; where none or
 * more than one does, that is PREREQ_BAD_INPUT and the message lists them. */
enum prereq_status prereq_choose_entry(struct prereq_sitting *now, const char *id, uint32_t *pair,
                                       struct prereq_error *err);
/* projection.c */
/* It is not settled now and is after the restart that is due, whoever it is for. */
bool prereq_waits(struct prereq_sitting *sitting, uint32_t pair);
/* The nearest later one that the restart is for; PREREQ_NONE: none. */
uint32_t prereq_waiting_later(struct prereq_sitting *sitting, uint32_t pair);
/* With the projection: the state that is told.  *fault: sound now, 3 or 4 after the restart. */
int prereq_state(struct prereq_sitting *sitting, uint32_t pair, enum prereq_reason *reason,
                 bool *fault);

#endif
