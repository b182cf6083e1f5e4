/* SPDX-License-Identifier: MIT */
/* collect_probes.c - the files and the registry that the rules of a catalog read. */
#include "collect/collect.h"
#include "collect/probe_parts.h"

void prereq_collect_probes(struct prereq_gather *gather, const struct prereq_catalog *catalog)
{
    const struct prereq_probe *probes = NULL;
    size_t count = 0;

    if (!catalog)
        return;
    if (prereq_catalog_probes(gather->arena, catalog, &probes, &count, NULL) != PREREQ_OK) {
        gather->no_memory = true;
        return;
    }
    prereq_probe_files(gather, probes, count);
    prereq_probe_registry(gather, probes, count);
}
