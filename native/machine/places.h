/* SPDX-License-Identifier: MIT */
/* places.h - where the documents of a machine lie.
 *
 * Only `refresh`, the WMI provider and later `check` look there; every other command takes what it
 * is told. */
#ifndef PREREQ_PLACES_H
#define PREREQ_PLACES_H

#include "machine/setting_table.h"

struct prereq_places {
    const char *data;    /* the folder */
    const char *catalog; /* one that `catalog install` put there, or that a setting names */
    const char *keys;
    const char *policy, *waivers, *scope;
    const char *assessment, *previous, *facts, *log, *lock;
    /* A setting names it: it must be there. */
    bool catalog_named, policy_named, waivers_named, scope_named;
};

/* `data` without a final separator; `settings` may be NULL.  False: no memory. */
bool prereq_places_fill(struct prereq_arena *arena, const char *data, char separator,
                        const struct prereq_settings *settings, struct prereq_places *places);

#endif
