/* SPDX-License-Identifier: MIT */
/* probe_parts.h - inside the collector of what a catalog names: its halves. */
#ifndef PREREQ_PROBE_PARTS_H
#define PREREQ_PROBE_PARTS_H

#include "collect/gather.h"
#include "engine/probes.h"

/* All probes of a kind stand together; each half takes its own from the whole list. */
void prereq_probe_files(struct prereq_gather *gather, const struct prereq_probe *probes,
                        size_t count);
void prereq_probe_registry(struct prereq_gather *gather, const struct prereq_probe *probes,
                           size_t count);

#endif
