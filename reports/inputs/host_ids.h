/* SPDX-License-Identifier: MIT */
/* host_ids.h - which hosts were seen: a few bytes per host, however long its id. */
#ifndef REPORTS_HOST_IDS_H
#define REPORTS_HOST_IDS_H

#include "base/base.h"

struct host_ids;

struct host_ids *host_ids_new(void); /* NULL: no memory */
/* Remember `value` for an id (case of A-Z does not matter) unless it is there already; *kept is
 * what is remembered now, and *fresh whether that is `value`.  False for want of memory. */
bool host_ids_add(struct host_ids *ids, const char *id, size_t value, size_t *kept, bool *fresh);
/* False: never added. */
bool host_ids_find(const struct host_ids *ids, const char *id, size_t *value);
void host_ids_free(struct host_ids *ids); /* NULL is allowed */

#endif
