/* SPDX-License-Identifier: MIT */
/* collect.h - facts from a source: what the catalog asks about, and the standard set. */
#ifndef PREREQ_COLLECT_H
#define PREREQ_COLLECT_H

#include "collect/gather.h"
#include "documents/catalog.h"

struct prereq_collect_options {
    const struct prereq_catalog *catalog; /* whose files, keys and settings are read; NULL: none */
    const char *host_id;                  /* given by the site; NULL: not */
    bool no_user_names;
    struct prereq_time (*clock)(void *context); /* UTC: start and end of the collection */
    bool (*stop)(void *context);                /* NULL: never; true ends the collection early */
    void (*progress)(void *context, const char *what, size_t done, size_t total); /* or NULL */
    /* What only this kind of source can say; NULL: nothing. */
    void (*extra)(struct prereq_gather *gather);
    void *context; /* of clock, stop and progress */
};

/* Facts in `arena`.  What could not be seen is in them, with its reason; PREREQ_NO_MEMORY is the
 * only failure.  A collection that `stop` ended is marked as cut short. */
enum prereq_status prereq_collect(struct prereq_source *source,
                                  const struct prereq_collect_options *options,
                                  struct prereq_arena *arena, const struct prereq_facts **facts,
                                  struct prereq_error *err);

/* The collectors, in the order they run; each fills the sections that its file names. */
void prereq_collect_system(struct prereq_gather *gather); /* os, host: collect_system.c */
void prereq_collect_probes(struct prereq_gather *gather,  /* files, registry, what the catalog */
                           const struct prereq_catalog *catalog); /* names: collect_probes.c */
void prereq_collect_hotfixes(struct prereq_gather *gather);       /* updates: collect_hotfixes.c */
void prereq_collect_cbs(struct prereq_gather *gather);      /* packages, stack: collect_cbs.c */
void prereq_collect_msi(struct prereq_gather *gather);      /* MSI: collect_msi.c */
void prereq_collect_services(struct prereq_gather *gather); /* services: collect_services.c */
void prereq_collect_features(struct prereq_gather *gather); /* features: collect_features.c */
void prereq_collect_restarts(struct prereq_gather *gather); /* pending: collect_restarts.c */
void prereq_collect_settings(struct prereq_gather *gather); /* settings: collect_settings.c */
void prereq_collect_products(struct prereq_gather *gather); /* instances: collect_products.c */

#endif
