/* SPDX-License-Identifier: MIT */
/* trusted.h - files that are believed: catalog, policy, waivers, scope, and assessments of before.
 *
 * On Windows an elevated program, and `refresh` always, takes them only from places that others
 * cannot write to, unless --untrusted says otherwise.  Elsewhere it is a read like any other. */
#ifndef REPORTS_TRUSTED_H
#define REPORTS_TRUSTED_H

#include "files/file.h"
#include "program/options.h"

/* As prereq_file_read().  PREREQ_BAD_INPUT: not trusted, and the sentence names file and reason. */
enum prereq_status trusted_read(const struct options *options, const char *path, size_t limit,
                                char **bytes, size_t *len, struct prereq_error *err);
/* As prereq_folder_list(), of a folder into which others can put nothing and from which they can
 * take nothing away: an entry that is missing would not show. */
enum prereq_status trusted_list(const struct options *options, const char *path,
                                struct prereq_arena *arena, const char ***names, size_t *count,
                                struct prereq_error *err);

#endif
