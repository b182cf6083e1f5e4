/* SPDX-License-Identifier: MIT */
/* pieces_parts.h - what the files of win32/pieces*.c share. */
#ifndef PREREQ_PIECES_PARTS_H
#define PREREQ_PIECES_PARTS_H

#include <windows.h>

#include "win32/pieces.h"

struct prereq_installation {
    struct prereq_arena *arena;
    const char *own;  /* where the running program lies */
    const char *home; /* where an installed one lies */
    const char *program_files, *data;
    const char *version;
    struct prereq_piece_list trusted; /* owners, by the settings */
    struct prereq_time now;
    const char *note; /* what the person should know of what was done, or NULL */
    bool com;         /* CoInitializeEx() is to be undone */
};

/* "what: Access is denied. (5)" in the words of Windows. */
enum prereq_status prereq_piece_failed(struct prereq_error *err, const char *what, DWORD code);

/* ---- pieces_registry.c ---- */
/* `context` is the machine; of the type prereq_piece_ask. */
enum prereq_status prereq_installation_value(void *context, const struct prereq_piece_value *value,
                                             const char **text, struct prereq_error *err);
enum prereq_status prereq_installation_set_values(struct prereq_installation *machine,
                                                  enum prereq_piece piece,
                                                  struct prereq_error *err);
/* A key of HKEY_LOCAL_MACHINE with all below. */
enum prereq_status prereq_installation_delete_key(const char *key, struct prereq_error *err);
/* A REG_MULTI_SZ; an empty list where there is none. */
enum prereq_status prereq_installation_list(struct prereq_installation *machine, const char *key,
                                            const char *name, struct prereq_piece_list *list,
                                            struct prereq_error *err);
/* An empty list takes the value away. */
enum prereq_status prereq_installation_set_list(const char *key, const char *name,
                                                const struct prereq_piece_list *list,
                                                struct prereq_error *err);

/* ---- pieces_files.c ---- */
/* Put a copy of `from` in the place of `to`.  A file that is in use is renamed aside, and goes at
 * the next restart. */
enum prereq_status prereq_installation_replace(struct prereq_installation *machine,
                                               const char *from, const char *to,
                                               struct prereq_error *err);
enum prereq_status prereq_installation_put_program(struct prereq_installation *machine,
                                                   struct prereq_error *err);
void prereq_installation_look_program(struct prereq_installation *machine,
                                      struct prereq_piece_result *result);
void prereq_installation_look_dll(struct prereq_installation *machine,
                                  struct prereq_piece_result *result);
void prereq_installation_look_old_dll(struct prereq_installation *machine,
                                      struct prereq_piece_result *result);

/* ---- pieces_folder.c ---- */
enum prereq_status prereq_installation_put_data(struct prereq_installation *machine,
                                                struct prereq_error *err);
void prereq_installation_look_data(struct prereq_installation *machine,
                                   struct prereq_piece_result *result);
void prereq_installation_look_assessment(struct prereq_installation *machine,
                                         struct prereq_piece_result *result);

/* ---- pieces_com.c ---- */
/* A folder of the task scheduler that is empty; one that is not there is fine. */
void prereq_installation_take_task_folder(struct prereq_installation *machine);
void prereq_installation_look_classes(struct prereq_installation *machine,
                                      struct prereq_piece_result *result);
void prereq_installation_look_task(struct prereq_installation *machine,
                                   struct prereq_piece_result *result);

/* ---- pieces_run.c ---- */
/* A program of the system folder ("wbem\\mofcomp.exe") with its arguments as one text. */
enum prereq_status prereq_installation_run(struct prereq_installation *machine, const char *program,
                                           const char *arguments, struct prereq_error *err);

#endif
