/* SPDX-License-Identifier: MIT */
/* trusted_file.h - a file opened, judged (trust.h) and read through one and the same handle.
 *
 * Sentences of failures go on where the file's name stands: "is owned by ...". */
#ifndef PREREQ_TRUSTED_FILE_H
#define PREREQ_TRUSTED_FILE_H

#include <windows.h>

#include "machine/trust.h"

/* For reading; what is at the path itself, never what a reparse point there names.  Others may go
 * on reading, writing, renaming and deleting it.  INVALID_HANDLE_VALUE: GetLastError() says why. */
HANDLE prereq_trusted_open(const wchar_t *path);
/* `path` is what the handle was opened by.  PREREQ_BAD_INPUT: refused. */
enum prereq_status prereq_trusted_judge(HANDLE file, const wchar_t *path,
                                        const struct prereq_trust_owners *owners,
                                        struct prereq_error *err);
/* The same about a folder: others may put nothing into it. */
enum prereq_status prereq_trusted_judge_folder(HANDLE folder, const wchar_t *path,
                                               const struct prereq_trust_owners *owners,
                                               struct prereq_error *err);
/* Whether it is a secret, wherever it lies (prereq_trust_judge_secret). */
enum prereq_status prereq_trusted_judge_secret(HANDLE file, struct prereq_error *err);
/* The whole file, of at most `limit` bytes, malloc()ed. */
enum prereq_status prereq_trusted_read(HANDLE file, size_t limit, char **bytes, size_t *len,
                                       struct prereq_error *err);
/* SYSTEM, Administrators, TrustedInstaller, and the setting TrustedOwners, in `arena`. */
enum prereq_status prereq_trusted_owners(struct prereq_arena *arena,
                                         struct prereq_trust_owners *owners,
                                         struct prereq_error *err);

#endif
