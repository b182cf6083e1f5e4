/* SPDX-License-Identifier: MIT */
/* file_temporary.h - the temporary files of outputs: their names, which are like no other file's,
 * and what becomes of those that a program leaves. */
#ifndef PREREQ_FILE_TEMPORARY_H
#define PREREQ_FILE_TEMPORARY_H

#include "files/file.h"

/* A name beside `target`, malloc()ed: its first bytes, then ".patchprereq-PROCESS-NUMBER.tmp".
 * NULL: no memory. */
char *prereq_temporary_name(const char *target, unsigned number);
/* Take away what programs that were ended left in the folder of `target`.  The same folder twice in
 * a row is looked at once. */
void prereq_temporary_clean(const char *target);

/* Have prereq_outputs_abandon() remove the file.  The path lives until it is forgotten.  False: no
 * room for one more; then there is nothing to forget. */
bool prereq_temporary_note(char *path);
/* False: the program is being ended and the path is in use; do not free it. */
bool prereq_temporary_forget(char *path);

#endif
