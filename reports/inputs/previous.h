/* SPDX-License-Identifier: MIT */
/* previous.h - the assessments of --previous, found by host. */
#ifndef REPORTS_PREVIOUS_H
#define REPORTS_PREVIOUS_H

#include "inputs/inputs.h"

struct previous;

/* Look through all documents of `path`.  Of files with one document only the place is kept, of
 * NDJSON and pipes the texts.  Documents that cannot be used are told on standard error and counted
 * in *bad; it fails when none can be used. */
enum prereq_status previous_load(const char *path, struct previous **previous, size_t *bad,
                                 struct prereq_error *err);
/* What was known of the host of these facts; NULL in *assessment when nothing was.  Of several the
 * latest.  PREREQ_BAD_INPUT, naming the document: it cannot be the one before. */
enum prereq_status previous_find(const struct previous *previous, struct prereq_arena *arena,
                                 const char *host_id, struct prereq_time facts_time,
                                 const struct prereq_assessment **assessment,
                                 struct prereq_error *err);
void previous_free(struct previous *previous); /* NULL is allowed */

#endif
