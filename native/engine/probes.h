/* SPDX-License-Identifier: MIT */
/* probes.h - what a catalog asks of a host: all that a collector has to look at, and nothing else.
 */
#ifndef PREREQ_PROBES_H
#define PREREQ_PROBES_H

#include "documents/catalog.h"

enum prereq_probe_kind {
    PREREQ_PROBE_FILE = 1,    /* name: a path with its variable */
    PREREQ_PROBE_REGISTRY,    /* name: a key; value: of a value, "" the default one, NULL the key;
                                 variant: enum prereq_view */
    PREREQ_PROBE_SERVICE,     /* name */
    PREREQ_PROBE_FEATURE,     /* name */
    PREREQ_PROBE_PACKAGE,     /* name: of CBS, `*` allowed */
    PREREQ_PROBE_MSI_PRODUCT, /* name: a product code */
    PREREQ_PROBE_MSI_PATCH,   /* name: a patch code */
    PREREQ_PROBE_PRODUCT,     /* name: a product whose instances are asked for */
    PREREQ_PROBE_SETTING,     /* name; variant: enum prereq_setting_kind */
    PREREQ_PROBE_VOLUME,      /* name: the word of the role; variant: enum prereq_volume_role */
};

struct prereq_probe {
    enum prereq_probe_kind kind;
    const char *name, *value;
    int variant; /* 0 where the kind has none */
};

extern const char *const prereq_probe_kind_names[];

/* Sorted by kind, name, variant and value, without regard to case; no two are the same. */
enum prereq_status prereq_catalog_probes(struct prereq_arena *arena,
                                         const struct prereq_catalog *catalog,
                                         const struct prereq_probe **probes, size_t *count,
                                         struct prereq_error *err);

#endif
