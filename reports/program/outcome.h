/* SPDX-License-Identifier: MIT */
/* outcome.h - the exit codes: where several apply, the highest. */
#ifndef REPORTS_OUTCOME_H
#define REPORTS_OUTCOME_H

#include "base/base.h"

enum outcome {
    OUTCOME_DONE,     /* done, nothing open */
    OUTCOME_OPEN,     /* done, findings open */
    OUTCOME_UNUSABLE, /* wrong usage or unusable input: nothing was written */
    OUTCOME_PARTLY,   /* done in part: hosts were left out, or a goal has no plan */
    OUTCOME_IO,       /* input or output failed, or memory ran out */
    OUTCOMES,
};

static inline enum outcome outcome_worse(enum outcome a, enum outcome b)
{
    return a > b ? a : b;
}

/* Of a call that failed. */
static inline enum outcome outcome_of(enum prereq_status status)
{
    if (status == PREREQ_OK)
        return OUTCOME_DONE;
    return status == PREREQ_BAD_INPUT ? OUTCOME_UNUSABLE : OUTCOME_IO;
}

#endif
