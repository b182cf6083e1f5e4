/* SPDX-License-Identifier: MIT */
/* plan.h - inside the planner: what a plan is made of before it is rows.
 *
 * 1. close:    goals, what they need, what has to come off: a set of acts (plan_close.c,
 *              plan_choose.c, plan_price.c)
 * 2. schedule: the acts in an order that works on the simulation, with few restarts (plan_edges.c,
 *              plan_ready.c, plan_schedule.c, plan_search.c)
 * 3. check:    the end (plan_check.c), and the proof of the finished order (proof.h)
 * 4. rows:     sentences, commands, hash (plan_rows.c, plan_hash.c)
 * Where 2 or 3 show that something else has to be done, it is forced and 1 starts again: a run
 * (plan_round.c).  Where groups have several candidates, runs are compared (plan.c). */
#ifndef PREREQ_PLAN_H
#define PREREQ_PLAN_H

#include "plan/sim.h"

#define PREREQ_RESTART_MARK PREREQ_NONE /* in an order: a restart stands here */

struct prereq_choice {    /* what makes an unmet group hold */
    uint32_t group, pair; /* the patch that needs it */
    uint32_t candidate;   /* pair to be put on; PREREQ_NONE: the alternative's remedy */
    uint32_t alternative; /* number in the catalog */
    bool heals;           /* it is on and cannot go on again: left to what else the plan puts on */
};

/* Several candidates for one group: all of them, the best first as seen alone, and which one this
 * run takes.  Whole plans are compared by what they cost. */
struct prereq_decision {
    uint32_t group, pair;
    const struct prereq_choice *options;
    size_t count, picked;
};

struct prereq_price { /* of a pair, in restarts and steps; good for one search */
    unsigned search, restarts, steps;
    bool ok;
    unsigned looked;  /* the last search that looked for a circle through it */
    unsigned offered; /* the last search that took it for a candidate */
    uint32_t waiting; /* its groups that have no price yet */
    uint32_t links;   /* the first group that it would make hold; PREREQ_NONE */
};

/* plan_price.c: room for one search for prices. */
struct prereq_pricing {
    struct prereq_offer_link *links;
    struct prereq_unmet *unmet;
    struct prereq_price_event *heap;
    uint32_t *pairs; /* met so far */
    size_t link_count, link_capacity, unmet_count, unmet_capacity;
    size_t heap_count, heap_capacity, pair_count, pair_capacity;
};

struct prereq_closing { /* a pair whose groups are being closed */
    uint32_t pair, group;
    bool contested; /* those with several candidates come second */
    bool puts_on;
};

struct prereq_planner {
    struct prereq_trial *trial;
    struct prereq_case *host;
    struct prereq_sitting *start; /* what the plan starts from: now, or after the first restart */
    bool restart_first;
    bool only_restart; /* what it changes is not known: plan anew behind it */
    struct prereq_sim sim;

    uint32_t *goals;
    size_t goal_count;
    struct prereq_left_out *rest; /* goals that have no plan, and why; room for all of them */
    size_t rest_count;

    bool *forced;       /* pair: has to be put on (again) */
    bool *forced_group; /* group: has to be made to hold */
    bool *damaged;      /* pair: forced because it would not be sound at the end */
    bool *tried;     /* pair: at fault before and touched; forced only if its repair is possible */
    bool *spared;    /* pair: such a repair is refused, the fault stays */
    bool *skipped;   /* pair: its own repair is refused; perhaps the other steps heal it */
    bool *alone;     /* pair: a goal whose superseder was tried in its place and refused */
    bool stood_in;   /* the refusal is about a superseder in the place of a goal */
    bool *follows;   /* pair: a goal that is required only behind the steps for the others */
    bool *replaced;  /* pair: a goal in whose place another goes on in this round */
    uint32_t blamed; /* pair that could not be closed; PREREQ_NONE */
    bool *left_out;  /* pair: came off, and is proven without going on again */

    struct prereq_decision *decisions;
    size_t decision_count, decision_capacity;
    struct prereq_price *prices; /* per pair */
    struct prereq_pricing pricing;
    unsigned searches;
    const size_t *picks; /* of the first decisions, in the order in which they come up */
    size_t pick_count;
    bool *closed, *planning, *off;  /* pair: closed; on the stack of `closing`; to come off */
    struct prereq_closing *closing; /* from what needs to what is needed */
    size_t closing_count;
    uint32_t *coming_off; /* pairs that wait for those that come off before them */

    struct prereq_act *acts;
    size_t act_count, act_capacity;
    uint32_t *installs; /* per pair: the number of the act that puts it on */
    struct prereq_choice *choices;
    size_t choice_count, choice_capacity;
    bool searching;       /* every order is tried: what was only chosen is no bar */
    unsigned char *edges; /* act_count²: 1: [a * n + b] a before b; 2: a replaces, may be dropped */
    uint32_t *held_by;    /* per act: what was found to hold it up the last time */

    uint32_t *order; /* act numbers and PREREQ_RESTART_MARK */
    size_t order_count, order_capacity, restarts;

    uint32_t *restore; /* pairs that come off or are lowered */
    size_t restore_count;

    struct prereq_step_row
        *steps; /* of the plan, while its hash is still to be written into them */

    int result; /* enum prereq_plan_result; 0: still going on */
    const char *reason;
    struct prereq_buffer needs; /* facts to collect, one a line */
    struct prereq_buffer warnings;
    bool no_memory;
};

/* Refuse, or name a cycle.  The first one said stays. */
void prereq_plan_refuse(struct prereq_planner *planner, int result, const char *reason);
/* Facts that a pair's state hangs on and that are not known. */
void prereq_plan_needs(struct prereq_planner *planner, uint32_t pair);

bool prereq_plan_is_good(int state);
const struct prereq_patch *prereq_plan_patch(const struct prereq_planner *planner, uint32_t pair);
const char *prereq_plan_pair_id(const struct prereq_planner *planner, uint32_t pair);
/* The act of a kind about a pair; PREREQ_NONE: none. */
uint32_t prereq_plan_find_act(const struct prereq_planner *planner, enum prereq_act_kind kind,
                              uint32_t pair);

/* A record need not be deleted where its patch comes off after all: the record goes with it. */
void prereq_plan_drop_needless(struct prereq_planner *planner);
/* What can be done to make a rule hold; NULL: a sentence is no step, and a manual step says what to
 * do and how to see that it is done. */
const struct prereq_remedy *prereq_plan_remedy(const struct prereq_alternative *alternative);

/* plan.c: the best of the ways to choose among candidates. */
void prereq_plan_compare(struct prereq_planner *planner);
/* plan_rest.c: the same, without the goals that are unknown or refused; `to_the_end`: with what is
 * required only behind the steps. */
void prereq_plan_rest(struct prereq_planner *planner, bool to_the_end);
/* plan_goals.c: the acts for all goals and whatever was forced. */
void prereq_plan_close(struct prereq_planner *planner);
/* plan_close.c: for one pair. */
void prereq_plan_close_pair(struct prereq_planner *planner, uint32_t pair);
/* It comes off, or is lowered: not to be forgotten. */
void prereq_plan_add_restore(struct prereq_planner *planner, uint32_t pair);
/* Sound, or only waiting for the restart. */
bool prereq_plan_is_sound(const struct prereq_planner *planner, uint32_t pair);
uint32_t prereq_plan_add_act(struct prereq_planner *planner, enum prereq_act_kind kind,
                             uint32_t pair, const struct prereq_alternative *alt,
                             const char *reason);
/* Withdrawn, permanent, or its package refuses. */
bool prereq_plan_cannot_go_on(const struct prereq_planner *planner, uint32_t pair);
bool prereq_plan_is_goal(const struct prereq_planner *planner, uint32_t pair);
/* It belongs to the branch that the target is on, or the policy allows to change it. */
bool prereq_plan_branch_allowed(const struct prereq_planner *planner, uint32_t pair);
/* plan_choose.c: what makes a group hold.  A pair to be closed; PREREQ_NONE: none, or a refusal. */
uint32_t prereq_plan_choose(struct prereq_planner *planner, uint32_t group, uint32_t pair);
/* plan_brings.c: what goes on anyhow and makes a rule hold that has no remedy; PREREQ_NONE. */
uint32_t prereq_plan_brings(struct prereq_planner *planner, uint32_t alternative,
                            uint32_t needed_by);
/* More than one candidate would do. */
bool prereq_plan_is_contested(struct prereq_planner *planner, uint32_t group, uint32_t pair);
/* plan_price.c: cost of a pair with its own unmet groups, each by its cheapest alternative.  False:
 * no way on. */
bool prereq_plan_price(struct prereq_planner *planner, uint32_t pair, unsigned *restarts,
                       unsigned *steps);
/* Where a pair without a price leads back to, by what it needs: what is being planned, or a circle;
 * PREREQ_NONE: nowhere. */
uint32_t prereq_plan_leads_back(struct prereq_planner *planner, uint32_t pair);
/* plan_edges.c */
void prereq_plan_edges(struct prereq_planner *planner);
/* Forget the old order in which things went on, first of what an unfinished plan took off, then of
 * what this one does: nothing else works, since one needs what a later one brings.  False: there is
 * none. */
bool prereq_plan_drop_old_order(struct prereq_planner *planner);
bool prereq_plan_before(const struct prereq_planner *planner, size_t a, size_t b);
/* plan_start.c: whether the plan begins with a restart, or is nothing but one. */
void prereq_plan_choose_start(struct prereq_planner *planner);
bool prereq_plan_only_restart(struct prereq_planner *planner);
/* A file that waits for a rename is one that these acts change. */
bool prereq_plan_meets_rename(struct prereq_planner *planner);
/* Some goal only waits for the restart. */
bool prereq_plan_goal_waits(const struct prereq_planner *planner);
/* plan_round.c: one run, from goals to an order or a refusal. */
void prereq_plan_run(struct prereq_planner *planner);
/* plan_ready.c: may an act come next; may a restart? */
bool prereq_plan_ready(struct prereq_planner *planner, struct prereq_sim *sim, size_t act,
                       const bool *done);
bool prereq_plan_may_restart(struct prereq_planner *planner, const bool *done);
/* A restart would make an act ready that waits for nothing else than a restart. */
bool prereq_plan_restart_helps(struct prereq_planner *planner, struct prereq_sim *sim,
                               const bool *done);
/* plan_schedule.c.  False: acts that are not done never became ready. */
bool prereq_plan_schedule(struct prereq_planner *planner, bool *done);
/* The simulation before the first act, behind a first restart if there is one. */
void prereq_plan_begin(struct prereq_planner *planner);
/* Walk the order and leave out what is proven where it stands now.  True: there was some; schedule
 * again. */
bool prereq_plan_prune(struct prereq_planner *planner);
void prereq_plan_put_order(struct prereq_planner *planner, uint32_t what);
/* Put on again only what is not proven without. */
bool prereq_plan_is_left_out(struct prereq_planner *planner, struct prereq_sim *sim, size_t act);
/* plan_search.c: fewer restarts by trying every order; few acts only. */
void prereq_plan_search(struct prereq_planner *planner);
/* plan_check.c: the finished order before the proof.  NULL: it holds, or no memory; else what is
 * wrong. */
const char *prereq_plan_check(struct prereq_planner *planner);
/* Pairs that are worse at the end of `sim` than rule 8 allows; forces them.  How many were forced.
 */
size_t prereq_plan_force_damage(struct prereq_planner *planner, struct prereq_sim *sim);
/* What is damaged at the end, as a sentence; NULL: nothing is. */
const char *prereq_plan_first_damage(struct prereq_planner *planner, struct prereq_sim *sim);
/* plan_rows.c, plan_hash.c */
bool prereq_plan_rows(struct prereq_planner *planner, const char *name, struct prereq_plan *plan);
bool prereq_plan_hash(struct prereq_planner *planner, struct prereq_plan *plan);

#endif
