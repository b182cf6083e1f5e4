/* SPDX-License-Identifier: MIT */
/* catalog_files.h - which files of a catalog folder are read, and which look as if they should be.
 */
#ifndef REPORTS_CATALOG_FILES_H
#define REPORTS_CATALOG_FILES_H

#include "patchprereq.h"

/* The name of a file that is read: it ends in .json and does not begin with a dot. */
bool catalog_file_is_read(const char *name);

/* Files under a catalog's folder that look like entries and are not read: their names end in .JSON,
 * or they lie a folder too deep.  The folders `cases` and `tools` of a family are not looked at.
 * Paths begin with `folder`. */
enum prereq_status catalog_files_passed_over(struct prereq_arena *arena, const char *folder,
                                             const char *const **paths, size_t *count,
                                             struct prereq_error *err);

/* Why such a file is not read. */
extern const char catalog_files_why[];

#endif
