/* SPDX-License-Identifier: MIT */
/* live.h - the running Windows as a source of facts.
 *
 * Reads and never writes.  The rights are those of the account it runs under; none is added, but
 * for SeSystemEnvironmentPrivilege while a firmware variable is read, where the account holds it.
 */
#ifndef PREREQ_LIVE_H
#define PREREQ_LIVE_H

#include "collect/gather.h"

/* The source is good until its `close`; its texts are in `arena`.  PREREQ_IO: a 32-bit program on
 * 64-bit Windows, which would see other files than those that are asked for. */
enum prereq_status prereq_live_open(struct prereq_arena *arena, struct prereq_source **source,
                                    struct prereq_error *err);

/* What only a running Windows can say: last start-up, volumes, boot settings, Windows Installer.
 * For `extra` of prereq_collect_options; the source must be a live one.  Items that are in the
 * lists already are completed, never doubled. */
void prereq_live_extra(struct prereq_gather *gather);

#endif
