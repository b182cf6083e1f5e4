/* SPDX-License-Identifier: MIT */
/* proof_parts.h - inside the proof: the host as the steps leave it. */
#ifndef PREREQ_PROOF_PARTS_H
#define PREREQ_PROOF_PARTS_H

#include "proof/proof.h"

struct prereq_walked { /* of a pair, so far */
    bool put_on, came_off, unpacked;
    bool fresh;   /* went on since the last restart */
    bool pending; /* and left something for it, or the facts say so */
    int64_t put_on_at;
};

struct prereq_walk {
    struct prereq_trial *trial;
    const struct prereq_claim *claim;
    struct prereq_case *host;
    struct prereq_world now, later; /* before and behind the next restart */
    struct prereq_sitting now_sitting, later_sitting;
    struct prereq_walked *walked; /* per pair */
    uint32_t *remembered;         /* what came off, here or in a plan before */
    size_t remembered_count;
    const struct prereq_alternative **seen_to; /* rules that a person saw to */
    size_t seen_to_count;
    int64_t clock; /* seconds behind the facts' time */
    bool due;      /* a step asks for a restart */
    bool no_memory;
};

/* proof_world.c.  False: no memory. */
bool prereq_walk_open(struct prereq_walk *walk, struct prereq_trial *trial,
                      const struct prereq_claim *claim);
/* What the step does; that it may be done was asked before. */
void prereq_walk_do(struct prereq_walk *walk, const struct prereq_proof_step *step);
bool prereq_walk_leaves_pending(struct prereq_walk *walk, uint32_t pair);
/* The two have a file in common that counts on this host. */
bool prereq_walk_share(struct prereq_walk *walk, uint32_t a, uint32_t b);

/* proof_step.c: may it be done now? */
enum prereq_proof_fault prereq_proof_step(struct prereq_walk *walk,
                                          const struct prereq_proof_step *step);
/* proof_end.c */
struct prereq_proof prereq_proof_end(struct prereq_walk *walk);

static inline const struct prereq_cpatch *prereq_walk_entry(const struct prereq_walk *walk,
                                                            uint32_t pair)
{
    return &walk->host->catalog->patches[walk->host->pairs[pair].patch];
}

#endif
