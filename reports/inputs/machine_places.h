/* SPDX-License-Identifier: MIT */
/* machine_places.h - where this machine keeps its catalog and the keys that it trusts. */
#ifndef REPORTS_MACHINE_PLACES_H
#define REPORTS_MACHINE_PLACES_H

#include "patchprereq.h"

/* Settings are left out: a pack is put where nothing else was asked for. */
enum prereq_status machine_places(struct prereq_arena *arena, struct prereq_places *places,
                                  struct prereq_error *err);

#endif
