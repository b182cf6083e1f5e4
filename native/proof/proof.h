/* SPDX-License-Identifier: MIT */
/* proof.h - a finished plan is walked step by step on fresh facts before anybody sees it.
 *
 * It knows nothing of how a plan is made: no edges, no choices, and a simulation of its own
 * (proof_world.c), so that a fault of the planner does not prove itself.  Shared with it are the
 * judgement (what a state is) and the table of settable facts. */
#ifndef PREREQ_PROOF_H
#define PREREQ_PROOF_H

#include "assess/assess_parts.h"

enum prereq_proof_action {
    PREREQ_PROOF_RESTART,
    PREREQ_PROOF_EXTRACT,
    PREREQ_PROOF_UNINSTALL,
    PREREQ_PROOF_REMOVE_RECORD,
    PREREQ_PROOF_INSTALL,
    PREREQ_PROOF_REMEDY, /* of an alternative of the pair */
    PREREQ_PROOF_WAIT,   /* whole days */
};

struct prereq_proof_step {
    enum prereq_proof_action action;
    uint32_t pair; /* what it is about; of a remedy and a wait: the patch that needs it */
    const struct prereq_alternative *alternative;
    int64_t days;
};

struct prereq_claim { /* what a plan says of itself */
    const struct prereq_proof_step *steps;
    size_t step_count;
    const uint32_t *goals; /* pairs that are sound behind it */
    size_t goal_count;
    const uint32_t *restore; /* pairs that it takes off or lowers */
    size_t restore_count;
    const bool *excused; /* per pair: at fault before, and its own repair is refused; NULL: none */
};

enum prereq_proof_fault {
    PREREQ_PROOF_HOLDS,
    /* a step */
    PREREQ_PROOF_TWICE,
    PREREQ_PROOF_WITHDRAWN,
    PREREQ_PROOF_PERMANENT,
    PREREQ_PROOF_RECORD_STANDS,
    PREREQ_PROOF_NOT_HERE,
    PREREQ_PROOF_OTHER_BRANCH,
    PREREQ_PROOF_LOWER_LEVEL,
    PREREQ_PROOF_NEEDS_UNMET,
    PREREQ_PROOF_NO_RESTART_BETWEEN,
    PREREQ_PROOF_CHAINED,
    PREREQ_PROOF_TOO_SOON,
    PREREQ_PROOF_NOT_UNPACKED,
    PREREQ_PROOF_NOT_RECORDED,
    PREREQ_PROOF_CANNOT_COME_OFF,
    PREREQ_PROOF_OUT_OF_TURN,
    PREREQ_PROOF_TAKES_BACK,
    PREREQ_PROOF_NO_REMEDY,
    /* the end */
    PREREQ_PROOF_RESTART_MISSING,
    PREREQ_PROOF_GOAL_OPEN,
    PREREQ_PROOF_GOAL_GONE,
    PREREQ_PROOF_FORGOTTEN,
    PREREQ_PROOF_NOT_LISTED,
    PREREQ_PROOF_PUT_ON_UNSOUND,
    PREREQ_PROOF_LOST,
    PREREQ_PROOF_FAULTS
};

struct prereq_proof { /* the first thing that is wrong */
    enum prereq_proof_fault fault;
    size_t step;   /* from 0; the number of steps: at the end */
    uint32_t pair; /* PREREQ_NONE: none */
};

/* PREREQ_NO_MEMORY, or PREREQ_OK with what was found. */
enum prereq_status prereq_prove(struct prereq_trial *trial, const struct prereq_claim *claim,
                                struct prereq_proof *proof);
/* A short name for tests and logs, and the predicate of a sentence about the pair. */
const char *prereq_proof_code(enum prereq_proof_fault fault);
const char *prereq_proof_words(enum prereq_proof_fault fault);

#endif
