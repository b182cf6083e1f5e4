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

/* What a name in a path begins behind. */
extern const char prereq_system_separators[];

/* Links are followed. */
enum prereq_system_kind prereq_system_kind(const char *path);
struct prereq_time prereq_system_time(const char *path);
bool prereq_system_is_link(const char *path);

FILE *prereq_system_open(const char *path, const char *mode);
/* A new file for writing; NULL with EEXIST, and no file opened, when there is one already.  With
 * `like` it gets the rights of that file, and its owner where that is allowed.  While it is open,
 * or held, prereq_system_remove_stale() leaves it alone. */
FILE *prereq_system_create(const char *path, enum prereq_rights rights, const char *like);
/* No signal's handler runs in this thread between the two, so that a file is noted as soon as it is
 * there.  On Windows handlers have a thread of their own, and nothing holds them up. */
void prereq_system_hold_signals(void);
void prereq_system_release_signals(void);
/* Goes on holding the file after it is closed, where the system can; -1: it is not held. */
int prereq_system_hold(FILE *file);
void prereq_system_let_go(int held);
/* Remove a file that prereq_system_create() made and no program holds any more. */
void prereq_system_remove_stale(const char *path);
/* A file for reading and writing that is gone once it is closed. */
FILE *prereq_system_temporary(void);
/* Line ends and Ctrl+Z of standard input and output are left as they are. */
void prereq_system_binary(FILE *file);
/* Only its owner, SYSTEM and Administrators may read or change it.  PREREQ_BAD_INPUT: others may;
 * the sentence goes on where the file's name stands. */
enum prereq_status prereq_system_check_secret(FILE *file, struct prereq_error *err);
/* Everything written so far is on the disk. */
int prereq_system_flush(FILE *file);

/* The file that a chain of links ends at, malloc()ed; a copy of `path` when nothing is there yet.
 */
char *prereq_system_target(const char *path);
/* Put `from` in the place of `to`, in one step. */
int prereq_system_replace(const char *from, const char *to);
/* The same where nothing is there; -1 with EEXIST when something is. */
int prereq_system_place(const char *from, const char *to);
int prereq_system_remove(const char *path);
int prereq_system_make_folder(const char *path, enum prereq_rights rights);
int prereq_system_remove_folder(const char *path); /* an empty one */
/* Hold the file `path` alone, which is made for it; EAGAIN: another program holds it.  What is held
 * is let go by unlock or by the end of the program. */
int prereq_system_lock(const char *path, void **held);
void prereq_system_unlock(void *held);
void prereq_system_unlock_remove(const char *path, void *held);
void prereq_system_sleep(unsigned milliseconds);
/* Differs between programs that run at the same time. */
unsigned long prereq_system_process(void);

/* Call `each` with every name but "." and "..", until it returns false. */
typedef bool prereq_system_name(void *context, const char *name);
int prereq_system_list(const char *path, prereq_system_name *each, void *context);

/* What errno means, in the same English words on every system. */
const char *prereq_system_reason(int code);

#endif
