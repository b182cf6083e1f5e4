/* SPDX-License-Identifier: MIT */
/* pack_files.h - packs on the disk: made from a folder, read and trusted, unpacked. */
#ifndef REPORTS_PACK_FILES_H
#define REPORTS_PACK_FILES_H

#include "patchprereq.h"
#include "program/options.h"

/* The files of a catalog folder that a pack holds, catalog.json first, the others by name.  Their
 * bytes live in `arena`.  A catalog that cannot be compiled is refused. */
enum prereq_status pack_collect(struct prereq_arena *arena, const char *folder,
                                struct prereq_pack **pack, struct prereq_error *err);
/* Read PACK and PACK.sig, and check bytes, signature and content.  *key is the file of the key that
 * signed it; without --key the machine's keys are tried. */
enum prereq_status pack_open(const struct options *options, const char *path,
                             const struct prereq_pack **pack, const char **key,
                             struct prereq_error *err);
/* Its files below `folder`, which is made. */
enum prereq_status pack_unpack(struct prereq_arena *arena, const struct prereq_pack *pack,
                               const char *folder, struct prereq_error *err);

#endif
