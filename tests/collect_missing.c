/* SPDX-License-Identifier: MIT */
/* collect_missing.c - for tests: collectors that are not there yet, as ones that find nothing. */
#include "collect/collect.h"

#ifdef MISSING_PROBES
void prereq_collect_probes(struct prereq_gather *gather, const struct prereq_catalog *catalog)
{
    (void)gather;
    (void)catalog;
}
#endif
#ifdef MISSING_MSI
void prereq_collect_msi(struct prereq_gather *gather)
{
    (void)gather;
}
void prereq_collect_features(struct prereq_gather *gather)
{
    (void)gather;
}
void prereq_collect_settings(struct prereq_gather *gather)
{
    (void)gather;
}
void prereq_collect_products(struct prereq_gather *gather)
{
    (void)gather;
}
#endif
