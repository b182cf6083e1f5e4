/* SPDX-License-Identifier: MIT */
/* plan_rows.h - inside the planner: the rows of a plan before they are filled. */
#ifndef PREREQ_PLAN_ROWS_H
#define PREREQ_PLAN_ROWS_H

#include "plan/plan.h"

struct prereq_emit { /* one row to be */
    int action;
    uint32_t act;  /* of the planner; PREREQ_NONE */
    uint32_t pair; /* PREREQ_NONE: about no patch */
    const struct prereq_remedy *remedy;
    bool after; /* a caution's step after */
    bool dropped;
};

struct prereq_rows {
    struct prereq_planner *planner;
    struct prereq_emit *list;
    size_t count, capacity;
    bool no_memory;
};

/* plan_emit.c: every row in order, cautions and restarts among them. */
void prereq_plan_emit(struct prereq_rows *rows);

/* plan_command.c: the command that the catalog has for a row; NULL: none. */
const struct prereq_command *prereq_plan_command_of(const struct prereq_rows *rows,
                                                    const struct prereq_emit *one);
/* Everything of the row that the command says; the row's action is there already.  False: no
 * memory. */
bool prereq_plan_fill_command(const struct prereq_rows *rows, const struct prereq_emit *one,
                              const struct prereq_command *command, struct prereq_step_row *row);

/* plan_tell.c: what a step tells besides: where to get it, how to see that it is done, how to go
 * back, what it clears.  False: no memory. */
bool prereq_plan_tell(const struct prereq_rows *rows, const struct prereq_emit *one,
                      const size_t *number_of_act, struct prereq_step_row *row);

#endif
