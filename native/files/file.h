/* SPDX-License-Identifier: MIT */
/* file.h - the only door to files: bounded reads, whole writes, folders in a fixed order.
 *
 * Paths are UTF-8 on every system.  Nothing is printed. */
#ifndef PREREQ_FILE_H
#define PREREQ_FILE_H

#include "formats/hash.h"

/* Read a whole file, or standard input for "-", of at most `limit` bytes.  *bytes is malloc()ed,
 * has a NUL behind its end, and is the caller's to free().  PREREQ_BAD_INPUT when it is larger than
 * `limit`. */
enum prereq_status prereq_file_read(const char *path, size_t limit, char **bytes, size_t *len,
                                    struct prereq_error *err);
/* The same of a file that has to be a secret: PREREQ_BAD_INPUT when others than its owner, SYSTEM
 * and Administrators may read or change it.  A pipe has nobody else. */
enum prereq_status prereq_file_read_secret(const char *path, size_t limit, char **bytes,
                                           size_t *len, struct prereq_error *err);

/* Lines of a stream, for NDJSON: memory holds one line of at most `limit` bytes at a time. */
struct prereq_lines;
enum prereq_status prereq_lines_open(const char *path, struct prereq_lines **lines,
                                     struct prereq_error *err);
/* *line is NULL at the end; it belongs to `lines` and lives until the next call.  An over-long line
 * is PREREQ_BAD_INPUT, skipped, and the next call goes on behind it; one that has not ended after
 * sixteen times its limit (a device or pipe without end) is where reading ends. */
enum prereq_status prereq_lines_next(struct prereq_lines *lines, size_t limit, const char **line,
                                     size_t *len, struct prereq_error *err);
/* What is left is not read: the next call finds the end. */
void prereq_lines_stop(struct prereq_lines *lines);
size_t prereq_lines_number(const struct prereq_lines *lines); /* of the last line given, from 1 */
void prereq_lines_close(struct prereq_lines *lines);          /* NULL is allowed */

/* Who may use what is made.  On Windows SYSTEM and Administrators may do everything in any case. */
enum prereq_rights {
    PREREQ_RIGHTS_INHERITED,      /* what the file had that is replaced; else what the folder gives,
                                     or the mask of the process */
    PREREQ_RIGHTS_ADMINISTRATORS, /* nobody else; on other systems the owner */
    PREREQ_RIGHTS_OWNER,          /* whoever makes it, and nobody else */
    PREREQ_RIGHTS_SERVICES,       /* those who serve and watch read: LocalService, NetworkService,
                                     Performance Monitor Users; on other systems everybody */
};

/* Output that appears whole or not at all: written to a temporary file in the same folder, flushed
 * to the disk and renamed over `path` by commit.  With "-" it is standard output, written as it
 * comes.  What programs that were ended left in that folder is taken away, once for a folder. */
struct prereq_output;
enum prereq_status prereq_output_open(const char *path, struct prereq_output **output,
                                      struct prereq_error *err);
/* The same with rights of its own, which the file has from its first moment. */
enum prereq_status prereq_output_open_for(const char *path, enum prereq_rights rights,
                                          struct prereq_output **output, struct prereq_error *err);
enum prereq_status prereq_output_write(struct prereq_output *output, const char *bytes, size_t len,
                                       struct prereq_error *err);
/* After this call `output` is gone, whatever it returns; on failure the old file is still whole. */
enum prereq_status prereq_output_commit(struct prereq_output *output, struct prereq_error *err);
/* The same, but never over a file: PREREQ_BAD_INPUT when there is one. */
enum prereq_status prereq_output_commit_new(struct prereq_output *output, struct prereq_error *err);
void prereq_output_discard(
    struct prereq_output *output); /* NULL is allowed; removes what was written */
/* For a program that is being ended: what outputs have written so far goes.  A signal's handler may
 * call it; no output may be used afterwards. */
void prereq_outputs_abandon(void);
/* Is this the name of a temporary file of an output? */
bool prereq_output_is_temporary(const char *name);
/* The path being written to, for libraries that open files by name; NULL for standard output. */
const char *prereq_output_path(const struct prereq_output *output);

/* A file that is no longer right is better gone; whether there was one does not matter. */
void prereq_file_remove(const char *path);

/* Names in a folder, sorted by bytes, without "." and "..", allocated in `arena`. */
enum prereq_status prereq_folder_list(struct prereq_arena *arena, const char *path,
                                      const char ***names, size_t *count, struct prereq_error *err);
bool prereq_is_folder(const char *path);
bool prereq_is_file(const char *path);
/* The others look behind links; this one says that the path is one. */
bool prereq_is_link(const char *path);
/* Something is there, whatever it is. */
bool prereq_is_there(const char *path);
/* Make one folder; one that is there already is fine. */
enum prereq_status prereq_folder_make(const char *path, struct prereq_error *err);
/* The same with rights of its own, which what is made in it inherits. */
enum prereq_status prereq_folder_make_for(const char *path, enum prereq_rights rights,
                                          struct prereq_error *err);
/* Take a folder away with all in it; links are taken away, never followed.  One that is not there
 * is fine. */
enum prereq_status prereq_folder_remove(struct prereq_arena *arena, const char *path,
                                        struct prereq_error *err);
/* Give a folder another name on the same disk; nothing may have that name. */
enum prereq_status prereq_folder_rename(const char *from, const char *to, struct prereq_error *err);
/* One program at a time: a lock that ends with the program, however that ends.  Waits for at most
 * `seconds`; then PREREQ_IO, and `path` says who is meant.  The file stays. */
struct prereq_lock;
enum prereq_status prereq_lock_take(const char *path, unsigned seconds, struct prereq_lock **lock,
                                    struct prereq_error *err);
void prereq_lock_release(struct prereq_lock *lock); /* NULL is allowed */
/* The same, and the file goes where a file that is locked can be removed: not on Windows. */
void prereq_lock_remove(struct prereq_lock *lock);

/* Modification time in UTC; not known when the file cannot be looked at. */
struct prereq_time prereq_file_time(const char *path);

#endif
