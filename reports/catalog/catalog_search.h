/* SPDX-License-Identifier: MIT */
/* catalog_search.h - entries by KB, bulletin, CVE, file name, error code, product. */
#ifndef REPORTS_CATALOG_SEARCH_H
#define REPORTS_CATALOG_SEARCH_H

#include "catalog/catalog_text.h"

enum catalog_search_form {
    CATALOG_SEARCH_TEXT,
    CATALOG_SEARCH_JSON,
    CATALOG_SEARCH_IDS,
};

/* Entries that hold `part` anywhere in what people look for, without regard to case; how many. */
size_t catalog_search(const struct prereq_catalog *catalog, const char *part,
                      enum catalog_search_form form, struct prereq_buffer *out);

#endif
