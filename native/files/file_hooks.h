/* SPDX-License-Identifier: MIT */
/* file_hooks.h - the stdio calls of libxlsxwriter, sent through our own door.
 *
 * libxlsxwriter 1.1.4 opens UTF-8 paths in the ANSI code page on Windows and does not notice a full
 * temporary disk.  scripts/setup builds it with this header included first and PREREQ_HOOK_STDIO
 * defined; after workbook_close() ask prereq_lxw_failed(). */
#ifndef PREREQ_FILE_HOOKS_H
#define PREREQ_FILE_HOOKS_H

#include <stdbool.h>
#include <stdio.h>

FILE *prereq_lxw_fopen(const char *path, const char *mode);
FILE *prereq_lxw_tmpfile(void);
void prereq_lxw_rewind(FILE *file);
int prereq_lxw_fclose(FILE *file);

/* Whether a read or write failed since the last call of prereq_lxw_begin(). */
void prereq_lxw_begin(void);
bool prereq_lxw_failed(void);

#ifdef PREREQ_HOOK_STDIO
#define fopen prereq_lxw_fopen
#define tmpfile prereq_lxw_tmpfile
#define rewind prereq_lxw_rewind
#define fclose prereq_lxw_fclose
#endif

#endif
