/* SPDX-License-Identifier: MIT */
/* catalog_text.h - catalog entries for people. */
#ifndef REPORTS_CATALOG_TEXT_H
#define REPORTS_CATALOG_TEXT_H

#include "patchprereq.h"

/* Which catalogs these are, with their versions and hashes. */
void catalog_infos_text(const struct prereq_catalog *catalog, struct prereq_buffer *out);
/* As outputs show them: what an entry leaves out has its default. */
const char *catalog_kind(const struct prereq_patch *patch);
const char *catalog_severity(const struct prereq_patch *patch);
/* One line of a list. */
void catalog_line_text(const struct prereq_patch *patch, struct prereq_buffer *out);
void catalog_line_json(const struct prereq_patch *patch, bool last, struct prereq_buffer *out);
/* All that an entry says, and what other entries say of it. */
void catalog_entry_text(const struct prereq_catalog *catalog, size_t index,
                        struct prereq_buffer *out);
/* The entry as it stands in the catalog. */
void catalog_entry_json(const struct prereq_patch *patch, struct prereq_buffer *out);

#endif
