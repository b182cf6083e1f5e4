/* SPDX-License-Identifier: MIT */
/* sim.h - inside the planner: a host whose facts steps change.
 *
 * Two worlds are kept: what holds now, and what will hold after the next restart. */
#ifndef PREREQ_SIM_H
#define PREREQ_SIM_H

#include "assess/assess_parts.h"

enum prereq_act_kind {
    PREREQ_ACT_EXTRACT,
    PREREQ_ACT_UNINSTALL,
    PREREQ_ACT_REMOVE_RECORD,
    PREREQ_ACT_INSTALL, /* a patch, or a baseline being applied */
    PREREQ_ACT_REMEDY,  /* of a rule: configure, manual or restart */
    PREREQ_ACT_WAIT,    /* days between what a patch needs and the patch: a person waits */
};

struct prereq_act {
    enum prereq_act_kind kind;
    uint32_t pair; /* what it is about; of a remedy and a wait: the patch that needs it */
    const struct prereq_alternative *alt; /* of a remedy */
    struct prereq_time old_time;          /* when the patch went on before */
    int64_t days;                         /* of a wait */
    const char *reason;
};

struct prereq_since { /* a pair that went on since the last restart */
    uint32_t pair;
    bool pending; /* it left something for the restart */
};

struct prereq_sim {
    struct prereq_trial *trial;
    struct prereq_case *host;
    struct prereq_world now, later;
    struct prereq_sitting now_sitting, later_sitting;
    int64_t clock;      /* seconds behind the facts' time of the last event */
    bool restart_due;   /* a step left something for the restart, or its package asks for it */
    bool restart_helps; /* the facts say that something waits for it */
    struct prereq_since *since;
    size_t since_count, found_count; /* the first ones are those that the facts tell */
    struct prereq_since *found;
    bool found_pending;
    const struct prereq_alternative **assumed;
    size_t assumed_count, assumed_capacity;
    uint32_t *restore; /* what an unfinished plan took off, then what this one has so far */
    size_t restore_count;
    bool no_memory; /* a step could not be done: nothing that was found since holds */
};

/* The host as it is.  False: no memory. */
bool prereq_sim_make(struct prereq_trial *trial, struct prereq_sim *sim);
/* Back to the host as it is. */
void prereq_sim_reset(struct prereq_sim *sim);

/* Do it. */
void prereq_sim_act(struct prereq_sim *sim, const struct prereq_act *act);
void prereq_sim_restart(struct prereq_sim *sim);

/* What an install leaves: a restart is needed for it (required or possible, or it works at
 * restart). */
bool prereq_leaves_pending(struct prereq_sitting *sitting, uint32_t pair);
/* Two patches have a file in common that counts on this host. */
bool prereq_share_file(struct prereq_sitting *sitting, uint32_t a, uint32_t b);
/* sim_file.c: files of a patch put there, or taken away. */
void prereq_sim_put_files(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair);
void prereq_sim_take_files(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair,
                           bool backup);
void prereq_sim_lose_others(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair);

#endif
