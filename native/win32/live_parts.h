/* SPDX-License-Identifier: MIT */
/* live_parts.h - what the files of the live source share. */
#ifndef PREREQ_LIVE_PARTS_H
#define PREREQ_LIVE_PARTS_H

/* clang-format off: windows.h comes first. */
#include <windows.h>
/* clang-format on */

#include "collect/windows_error.h"
#include "win32/live.h"

#define PREREQ_LIVE_FOLDERS 64 /* folders without links that are remembered; a power of two */

struct prereq_live {
    struct prereq_source source; /* first */
    SC_HANDLE services;          /* opened when the first one is asked for */
    unsigned char *value;        /* room for one value of the registry, malloc()ed */
    DWORD value_room;
    wchar_t *name;                     /* room for one name of the registry, malloc()ed */
    SRWLOCK lock;                      /* of what follows: files are read by several threads */
    char *folder[PREREQ_LIVE_FOLDERS]; /* exact paths that hold no link, malloc()ed */
};

static inline struct prereq_live *prereq_live_of(struct prereq_source *source)
{
    return (struct prereq_live *)(void *)source;
}

/* Names while they are counted; in the arena. */
struct prereq_name_list {
    struct prereq_arena *arena;
    struct prereq_names names;
    size_t room;
};
/* FOUND, or why the list cannot hold one more. */
enum prereq_look prereq_live_add_name(struct prereq_name_list *list, const wchar_t *name,
                                      size_t units, struct prereq_refusal *why);

/* ---- live_registry.c ---- */
enum prereq_look prereq_live_key_open(struct prereq_source *source, const char *path,
                                      enum prereq_view view, struct prereq_key **key,
                                      struct prereq_refusal *why);
void prereq_live_key_close(struct prereq_source *source, struct prereq_key *key);
enum prereq_look prereq_live_key_names(struct prereq_source *source, struct prereq_key *key,
                                       struct prereq_arena *arena, struct prereq_names *names,
                                       struct prereq_refusal *why);
enum prereq_look prereq_live_value_names(struct prereq_source *source, struct prereq_key *key,
                                         struct prereq_arena *arena, struct prereq_names *names,
                                         struct prereq_refusal *why);
enum prereq_look prereq_live_value(struct prereq_source *source, struct prereq_key *key,
                                   const char *name, struct prereq_arena *arena,
                                   struct prereq_reg_value *value, struct prereq_refusal *why);
enum prereq_look prereq_live_key_time(struct prereq_source *source, struct prereq_key *key,
                                      struct prereq_time *time, struct prereq_refusal *why);

/* ---- live_files.c ---- */
enum prereq_look prereq_live_file_open(struct prereq_source *source, const char *path,
                                       struct prereq_file *file, struct prereq_refusal *why);
enum prereq_look prereq_live_file_read(struct prereq_source *source, struct prereq_handle *handle,
                                       uint64_t offset, void *bytes, size_t len, size_t *got,
                                       struct prereq_refusal *why);
void prereq_live_file_close(struct prereq_source *source, struct prereq_handle *handle);
enum prereq_look prereq_live_folder_names(struct prereq_source *source, const char *path,
                                          struct prereq_arena *arena, struct prereq_names *names,
                                          struct prereq_refusal *why);

/* ---- live_readers.c ---- */
void prereq_live_each(struct prereq_source *source, prereq_source_work *work, void *context,
                      size_t count);

/* ---- live_links.c ---- */
/* The exact path that `path` means once every link in it is followed, on a local fixed drive. */
enum prereq_look prereq_live_resolve(struct prereq_live *live, struct prereq_arena *scratch,
                                     const char *path, bool last_may_be_link, const char **exact,
                                     struct prereq_refusal *why);

/* ---- live_services.c ---- */
enum prereq_look prereq_live_service_running(struct prereq_source *source, const char *name,
                                             bool *running, struct prereq_refusal *why);

/* ---- live_system.c ---- */
typedef void prereq_function(void); /* cast to what it is before it is called */
/* A library of System32, never one of another folder; NULL when it is not there. */
HMODULE prereq_live_library(const wchar_t *name);
/* A function of a library that is loaded already; NULL when this Windows does not have it. */
prereq_function *prereq_live_function(const wchar_t *library, const char *name);
/* The same for a library that prereq_live_library() gave, or NULL. */
prereq_function *prereq_live_function_of(HMODULE library, const char *name);
uint32_t prereq_live_build(void); /* of the kernel; 0: it does not say */
void prereq_live_system(struct prereq_gather *gather);

/* Add or complete a setting: what is known already stays, else this answer counts.  The
 * texts of `setting` are static. */
void prereq_live_setting(struct prereq_gather *gather, const struct prereq_setting *setting,
                         enum prereq_look look, const struct prereq_refusal *why); /* live_boot.c */

/* ---- the other parts of prereq_live_extra() ---- */
void prereq_live_volumes(struct prereq_gather *gather);   /* live_volumes.c */
void prereq_live_boot(struct prereq_gather *gather);      /* live_boot.c */
void prereq_live_installer(struct prereq_gather *gather); /* live_installer.c */

/* live_firmware.c: a variable of the firmware in `arena`. */
enum prereq_look prereq_live_firmware(struct prereq_arena *arena, const wchar_t *name,
                                      const wchar_t *vendor, const unsigned char **bytes,
                                      size_t *len, struct prereq_refusal *why);

#endif
