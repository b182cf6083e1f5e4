/* SPDX-License-Identifier: MIT */
/* trail.h - inside the judgement: the one walk along supersedence, and what is remembered of it.
 *
 * Catalogs come with tens of thousands of entries in one line, and with many ways between two of
 * them.  So a walk keeps its own stack instead of the machine's, comes by each entry once, and
 * costs what its edges cost.  A question that has one answer per pair is remembered for every pair
 * on the way (prereq_later_find), so that asking it of all pairs costs no more than asking it of
 * the lowest.
 *
 * Walks may be under way one inside the other: each has a room of its own, kept for the next one.
 */
#ifndef PREREQ_TRAIL_H
#define PREREQ_TRAIL_H

#include "engine/world.h"

struct prereq_trail_room { /* arrays with one member per entry of the catalog */
    struct prereq_trail_room *next;
    uint32_t *seen;          /* by the walk of that stamp; one more: with a pair */
    uint32_t *stack, *edges; /* entries on the way; which edge of each comes next */
    uint32_t *pairs;         /* of the entries on the way; PREREQ_NONE: none on the target */
    uint32_t *targets;
    uint32_t stamp;
};

struct prereq_trails { /* of one host */
    struct prereq_arena *arena;
    size_t patch_count;
    struct prereq_trail_room *rooms; /* those that no walk is in */
    uint64_t edges;                  /* looked at so far, by all walks and searches of the host */
    bool no_memory; /* some walk found no room: no answer made since then may be shown */
};

enum prereq_direction {
    PREREQ_TO_LATER,
    PREREQ_TO_EARLIER,
};

/* Where a walk stands.  It comes by the entry it starts from, with depth 0, then by every entry
 * that can be reached, depth first, in the order of the catalog's edges. */
struct prereq_trail {
    const struct prereq_case *host;
    struct prereq_trail_room *room;
    enum prereq_direction direction;
    uint32_t patch, pair; /* pair PREREQ_NONE: the entry has none on the target */
    size_t depth;
    bool leaves;    /* set to be told too when all behind an entry has been seen */
    bool leaving;   /* this is such a second time */
    bool stop_here; /* set, not to go beyond this entry; it is not told again */
    size_t stacked;
    uint32_t first_target;
    bool begun;
};

/* Room for walks over a host's catalog.  False: no memory. */
bool prereq_trails_make(struct prereq_case *host);

void prereq_trail_begin(struct prereq_trail *walk, const struct prereq_case *host,
                        enum prereq_direction direction, uint32_t patch, uint32_t target);
/* False: it is over, and its room given back. */
bool prereq_trail_next(struct prereq_trail *walk);
/* Over before its end. */
void prereq_trail_end(struct prereq_trail *walk);

/* A question with one answer per pair: which later pair is the one?  `known` is where the answer is
 * kept: 0 not asked yet, PREREQ_NONE there is none, else the pair + 1. */
struct prereq_later_question {
    bool (*fits)(void *context, uint32_t pair);
    uint32_t *(*known)(void *context, uint32_t pair);
    void *context;
    bool topmost; /* one above which no other fits; else the first that the walk comes by */
};

/* The later pair that fits; PREREQ_NONE: there is none. */
uint32_t prereq_later_find(const struct prereq_case *host, uint32_t pair,
                           const struct prereq_later_question *question);

#endif
