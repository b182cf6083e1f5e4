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

#endif
