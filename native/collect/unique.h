/* SPDX-License-Identifier: MIT */
/* unique.h - one item for one thing, whoever found it. */
#ifndef PREREQ_UNIQUE_H
#define PREREQ_UNIQUE_H

#include "collect/gather.h"

/* Of several items about one thing the first stays, since the order of collectors is fixed; records
 * of one update are put together, one per source. */
void prereq_gather_unique(struct prereq_gather *gather);

#endif
