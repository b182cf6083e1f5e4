/* SPDX-License-Identifier: MIT */
/* system.h - what the collectors of the operating system share. */
#ifndef PREREQ_COLLECT_SYSTEM_H
#define PREREQ_COLLECT_SYSTEM_H

#include "collect/gather.h"

#define PREREQ_CURRENT_VERSION "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define PREREQ_CBS "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing"

/* ---- members.c: members have no status, so errors name what was refused ---- */

/* True for a look that found a value.  A refused one is named, with the value of a stale hive for
 * people. */
bool prereq_member_usable(struct prereq_gather *gather, const char *fact, enum prereq_look look,
                          const struct prereq_refusal *why, const char *value);
/* NULL: empty, not there, or refused. */
const char *prereq_member_text(struct prereq_gather *gather, const char *fact, const char *key,
                               const char *name);
bool prereq_member_number(struct prereq_gather *gather, const char *fact, const char *key,
                          const char *name, uint64_t *number);
bool prereq_member_refused(const struct prereq_gather *gather, const char *fact);
/* For what every Windows has: a registry without it is no proof of anything. */
void prereq_member_want(struct prereq_gather *gather, bool found, const char *fact,
                        const char *where);

/* ---- edition.c ---- */

/* os.product, os.edition and os.installType; after version, build and product type. */
void prereq_collect_product(struct prereq_gather *gather);

/* ---- language.c ---- */

/* The ISO name of a language by its Windows number: 0x409 is en-US.  NULL: not one of the languages
 * that Windows was made in. */
const char *prereq_language_name(uint32_t lcid);

#endif
