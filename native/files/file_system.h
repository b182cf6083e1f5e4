/* SPDX-License-Identifier: MIT */
/* file_system.h - what file*.c asks of the operating system.  file_posix.c and win32/file_system.c
 * implement it; nobody else includes it.
 *
 * Paths are UTF-8.  Functions that return int give 0, or -1 with errno set. */
#ifndef PREREQ_FILE_SYSTEM_H
#define PREREQ_FILE_SYSTEM_H

#include <stdio.h>

#include "files/file.h"

enum prereq_system_kind {
    PREREQ_KIND_NONE, /* nothing there, or it cannot be looked at */
    PREREQ_KIND_FILE,
    PREREQ_KIND_FOLDER,
    PREREQ_KIND_OTHER, /* a device, a pipe, ... */
};

/* Links are followed. */
enum prereq_system_kind prereq_system_kind(const char *path);
struct prereq_time prereq_system_time(const char *path);

FILE *prereq_system_open(const char *path, const char *mode);
/* A new file for writing; -1 with EEXIST, and no file opened, when there is one already. */
FILE *prereq_system_create(const char *path, enum prereq_rights rights);
/* A file for reading and writing that is gone once it is closed. */
FILE *prereq_system_temporary(void);
/* Line ends and Ctrl+Z of standard input and output are left as they are. */
void prereq_system_binary(FILE *file);
/* Nobody else may read it, as far as the system knows such a thing. */
int prereq_system_make_private(FILE *file);
/* Everything written so far is on the disk. */
int prereq_system_flush(FILE *file);

/* The file that a chain of links ends at, malloc()ed; a copy of `path` when nothing is there yet.
 */
char *prereq_system_target(const char *path);
/* Put `from` in the place of `to`, in one step. */
int prereq_system_replace(const char *from, const char *to);
int prereq_system_remove(const char *path);
int prereq_system_make_folder(const char *path, enum prereq_rights rights);
int prereq_system_remove_folder(const char *path); /* an empty one */
/* Hold the file `path` alone, which is made for it; EAGAIN: another program holds it.  What is held
 * is let go by unlock or by the end of the program. */
int prereq_system_lock(const char *path, void **held);
void prereq_system_unlock(void *held);
void prereq_system_sleep(unsigned milliseconds);
/* Differs between programs that run at the same time. */
unsigned long prereq_system_process(void);

/* Call `each` with every name but "." and "..", until it returns false. */
typedef bool prereq_system_name(void *context, const char *name);
int prereq_system_list(const char *path, prereq_system_name *each, void *context);

/* What errno means, in the same English words on every system. */
const char *prereq_system_reason(int code);

#endif
