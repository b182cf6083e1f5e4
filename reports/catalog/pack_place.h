/* SPDX-License-Identifier: MIT */
/* pack_place.h - the folder of an installed catalog, and the ones beside it that exchanging needs.
 *
 * DIR            the catalog
 * DIR.previous   the one before
 * DIR.unpack     one that is being written, or taken away: may be in pieces
 * DIR.new        the next one, whole, for a moment
 * DIR.aside      one that makes room, whole, for a moment
 * DIR.lock       held while any of these is changed
 *
 * Whole folders are renamed and nothing else, so that a program that is ended leaves each catalog
 * whole, and which names are there says how far it came. */
#ifndef REPORTS_PACK_PLACE_H
#define REPORTS_PACK_PLACE_H

#include "patchprereq.h"
#include "program/options.h"

struct pack_place {
    struct prereq_arena *arena;
    const char *now, *before, *unpack, *fresh, *aside;
    struct prereq_lock *lock;
};

/* The folder that -o names, or the machine's; waits for others, and finishes or undoes what a
 * program that was ended has left.  PREREQ_BAD_INPUT: one of the folders holds what is no catalog
 * of this program's, and nothing is touched.  Close it in any case. */
enum prereq_status pack_place_open(const struct options *options, struct pack_place *place,
                                   struct prereq_error *err);
/* Whether DIR is missing because a program that exchanges it is at work, or was ended: the folder
 * that says so, or NULL. */
const char *pack_place_unfinished(struct prereq_arena *arena, const char *folder);
void pack_place_close(struct pack_place *place);
/* DIR.unpack, whole, becomes DIR; what DIR was becomes DIR.previous. */
enum prereq_status pack_place_put(const struct pack_place *place, struct prereq_error *err);
/* DIR and DIR.previous, which is there, change places. */
enum prereq_status pack_place_go_back(const struct pack_place *place, struct prereq_error *err);

#endif
