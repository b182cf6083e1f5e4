/* SPDX-License-Identifier: MIT */
/* catalog_releases.h - release lines and their rows for people. */
#ifndef REPORTS_CATALOG_RELEASES_H
#define REPORTS_CATALOG_RELEASES_H

#include "patchprereq.h"

/* Rows whose KB holds `part`, that fix the CVE `part`, and lines whose id or title holds it: a line
 * each.  How many were added. */
size_t catalog_releases_search_text(const struct prereq_catalog *catalog, const char *part,
                                    struct prereq_buffer *out);
/* The same as ids of lines and KBs, or as objects that follow `already` others in a JSON list. */
size_t catalog_releases_search_ids(const struct prereq_catalog *catalog, const char *part,
                                   struct prereq_buffer *out);
size_t catalog_releases_search_json(const struct prereq_catalog *catalog, const char *part,
                                    size_t already, struct prereq_buffer *out);
/* Every line: id, number of releases, newest security release, how far its data reach, title. */
void catalog_releases_list(const struct prereq_catalog *catalog, struct prereq_buffer *out);
/* A line with its last days and newest releases, or each row of a KB with its neighbours, what it
 * fixes and where that is written.  False: `id` is neither. */
bool catalog_releases_show(const struct prereq_catalog *catalog, const char *id,
                           struct prereq_buffer *out);

#endif
