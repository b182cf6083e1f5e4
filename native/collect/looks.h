/* SPDX-License-Identifier: MIT */
/* looks.h - several looks that make one fact, and the products that come from them.
 *
 * What was refused must not be taken for absent: `looks` remembers the first refusal (a dirty hive
 * is one, too), so that a collector asks once, when it knows what it found. */
#ifndef PREREQ_LOOKS_H
#define PREREQ_LOOKS_H

#include "collect/gather.h"

struct prereq_looks {
    struct prereq_gather *gather;
    bool refused;
    struct prereq_refusal why; /* of the first that was refused */
};

/* NULL, false or no names: not there, of another type, or refused. */
const char *prereq_looks_text(struct prereq_looks *looks, const char *key, enum prereq_view view,
                              const char *name);
bool prereq_looks_number(struct prereq_looks *looks, const char *key, enum prereq_view view,
                         const char *name, uint64_t *number);
bool prereq_looks_version(struct prereq_looks *looks, const char *key, enum prereq_view view,
                          const char *name, struct prereq_version *version);
bool prereq_looks_key(struct prereq_looks *looks, const char *key, enum prereq_view view);
struct prereq_names prereq_looks_keys(struct prereq_looks *looks, const char *key,
                                      enum prereq_view view);
struct prereq_names prereq_looks_values(struct prereq_looks *looks, const char *key,
                                        enum prereq_view view);
/* The texts of a REG_MULTI_SZ. */
struct prereq_names prereq_looks_texts(struct prereq_looks *looks, const char *key,
                                       enum prereq_view view, const char *name);
/* The fixed file version.  False: the file is not there or has none, or it was refused. */
bool prereq_looks_file(struct prereq_looks *looks, const char *path,
                       struct prereq_version *version);
/* The whole of a file of at most `limit` bytes; a longer one is refused. NULL: not there. */
const unsigned char *prereq_looks_bytes(struct prereq_looks *looks, const char *path, size_t limit,
                                        size_t *len);
/* Remember what was refused; true when it was. */
bool prereq_looks_refused(struct prereq_looks *looks, enum prereq_look look,
                          const struct prereq_refusal *why);

/* A path of the registry as facts write it: without quotes and final backslashes. */
const char *prereq_looks_path(struct prereq_gather *gather, const char *path);

/* ---- products ---- */

/* An instance as it was found; refused looks make it unavailable, and its values are left out. */
void prereq_product_add(const struct prereq_looks *looks, const struct prereq_instance *found);
/* The product as a whole, after its instances: absent when `found` is false; `looks` are those that
 * say which instances there are. */
void prereq_product_end(const struct prereq_looks *looks, const char *product, bool found);

/* A record of an update from Windows Installer; one that is there already is not written again. */
void prereq_product_record(struct prereq_gather *gather, const char *id, const char *target,
                           struct prereq_time installed_on);

void prereq_collect_netfx(struct prereq_gather *gather);      /* NETFX */
void prereq_collect_sql(struct prereq_gather *gather);        /* MSSQL */
void prereq_collect_exchange(struct prereq_gather *gather);   /* EXCHANGE */
void prereq_collect_sharepoint(struct prereq_gather *gather); /* SHAREPOINT, SHAREPOINT-PART */

/* The 32-bit view, too, where there is one: `for (view = 64; prereq_view_is_there(…); view++)`. */
bool prereq_view_is_there(const struct prereq_gather *gather, int view);
/* Whether the list of MSI products can prove that one is not there. */
bool prereq_msi_products_known(const struct prereq_gather *gather, struct prereq_refusal *why);

#endif
