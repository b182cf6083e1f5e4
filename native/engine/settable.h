/* SPDX-License-Identifier: MIT */
/* settable.h - inside the judgement: the facts that a step can set, and take back.
 *
 * One table says of each kind of fact which slot it is, whether a `set` of an entry or a remedy
 * speaks of that slot, and what it makes of the value.  The simulation, the proof of a plan and
 * lint all go by it, so that nothing is set that is not taken back, and nothing is believed that
 * lint has not looked at. */
#ifndef PREREQ_SETTABLE_H
#define PREREQ_SETTABLE_H

#include "engine/world.h"

struct prereq_settable {
    enum prereq_slot_kind slot;
    const char *name; /* as catalogs and messages call it */
    /* The set speaks of the fact in this slot (of kind `slot`). */
    bool (*speaks)(const struct prereq_set *set, const struct prereq_slot *about);
    /* Put it into the value.  False: no memory. */
    bool (*write)(struct prereq_arena *arena, const struct prereq_set *set,
                  const struct prereq_slot *about, struct prereq_fact *value);
};

/* The row of a kind of slot; NULL: no step can set what is in it. */
const struct prereq_settable *prereq_settable_of(enum prereq_slot_kind kind);

/* One set about one value, or about one instance.  *spoke becomes true where it spoke of it.
 * False: no memory. */
bool prereq_set_value(struct prereq_arena *arena, const struct prereq_set *set,
                      const struct prereq_slot *about, struct prereq_fact *value, bool *spoke);
void prereq_set_instance(const struct prereq_set *set, struct prereq_instance_value *instance,
                         bool *spoke);

/* A set about a whole world, on a target: everything that it speaks of.  False: no memory. */
bool prereq_set_world(const struct prereq_case *host, struct prereq_world *world,
                      const struct prereq_set *set, uint32_t target);
/* Take it back.  What the value was before is not known: every test on it is false until a step
 * sets it again. */
void prereq_unset_world(const struct prereq_case *host, struct prereq_world *world,
                        const struct prereq_set *set, uint32_t target);

#endif
