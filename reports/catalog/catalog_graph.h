/* SPDX-License-Identifier: MIT */
/* catalog_graph.h - the catalog as a digraph for Graphviz. */
#ifndef REPORTS_CATALOG_GRAPH_H
#define REPORTS_CATALOG_GRAPH_H

#include "patchprereq.h"

/* The whole catalog, or, with `index` not SIZE_MAX, what that entry reaches in both directions.
 * False: no memory. */
bool catalog_graph(struct prereq_arena *arena, const struct prereq_catalog *catalog, size_t index,
                   struct prereq_buffer *out);

#endif
