/* SPDX-License-Identifier: MIT */
/* source.h - one Windows installation as the collectors see it, running or not.
 *
 * The collectors of this folder say what is read and what it means; a source says how: from the
 * running system (native/win32), from a folder that holds a Windows tree (native/offline) or from
 * an image.  So the same rules read the same facts everywhere.
 *
 * Paths are absolute Windows paths in UTF-8, "C:\WINNT\System32\x.dll"; keys are
 * "HKLM\SOFTWARE\Microsoft\..." without a final backslash, with CurrentControlSet as such. Letter
 * case never counts.  Nothing here writes. */
#ifndef PREREQ_SOURCE_H
#define PREREQ_SOURCE_H

#include "documents/facts.h"

enum prereq_look {
    PREREQ_LOOK_FOUND,
    PREREQ_LOOK_ABSENT,      /* looked, and it is not there */
    PREREQ_LOOK_STALE,       /* found, in something that is known to miss changes (a dirty hive):
                                the value is for people, and what is missing there is UNAVAILABLE */
    PREREQ_LOOK_UNAVAILABLE, /* could not look */
};

/* Why a look was UNAVAILABLE or STALE. */
struct prereq_refusal {
    const char *code; /* a word of docs/facts.md: access_denied, hive_dirty, error; static */
    char number[16];  /* of the system as written: 5, 0x80070005; empty when there is none */
    char text[256];   /* one sentence for people */
};

/* Fill `why`, which may be NULL; `number` may be NULL. */
void prereq_refuse(struct prereq_refusal *why, const char *code, const char *number,
                   const char *fmt, ...) PREREQ_PRINTF(4, 5);

/* Types of registry values, as the registry numbers them (winnt.h, REG_...). */
enum prereq_value_type {
    PREREQ_REG_NONE = 0,
    PREREQ_REG_SZ = 1,
    PREREQ_REG_EXPAND_SZ = 2,
    PREREQ_REG_BINARY = 3,
    PREREQ_REG_DWORD = 4,
    PREREQ_REG_DWORD_BIG_ENDIAN = 5,
    PREREQ_REG_LINK = 6,
    PREREQ_REG_MULTI_SZ = 7,
    PREREQ_REG_QWORD = 11,
};

struct prereq_reg_value { /* as the registry holds it: texts are UTF-16LE, NUL or not */
    uint32_t type;
    const unsigned char *bytes;
    size_t len;
};

#define PREREQ_MAX_VALUE 1048576 /* bytes of one value; a longer one is UNAVAILABLE */
#define PREREQ_MAX_NAMES 200000  /* of one key or folder; more are UNAVAILABLE */

struct prereq_key;    /* an open key */
struct prereq_handle; /* an open file */

struct prereq_names {
    const char **name;
    size_t count;
};

struct prereq_file {
    struct prereq_handle *handle;
    uint64_t size;
    struct prereq_time modified, created; /* whole seconds, rounded down; created may be unknown */
    bool is_folder;                       /* then there is no handle and no size */
};

struct prereq_source;

/* Called from any thread; it may open and read files of the source. */
typedef void prereq_source_work(void *context, size_t index);
/* So many readers at once; each waits for the disk most of the time. */
#define PREREQ_READERS 8

/* Functions that return enum prereq_look fill *why when they could not look; outputs are set on
 * FOUND and STALE only.  What they allocate comes from `arena`; want of memory is UNAVAILABLE with
 * the code "no_memory", which ends the collection. */
struct prereq_source_ops {
    enum prereq_method method;
    /* The source stops being there. */
    void (*close)(struct prereq_source *source);

    enum prereq_look (*key_open)(struct prereq_source *source, const char *path,
                                 enum prereq_view view, struct prereq_key **key,
                                 struct prereq_refusal *why);
    void (*key_close)(struct prereq_source *source, struct prereq_key *key);
    /* In the order that the registry holds them. */
    enum prereq_look (*key_names)(struct prereq_source *source, struct prereq_key *key,
                                  struct prereq_arena *arena, struct prereq_names *names,
                                  struct prereq_refusal *why);
    enum prereq_look (*value_names)(struct prereq_source *source, struct prereq_key *key,
                                    struct prereq_arena *arena, struct prereq_names *names,
                                    struct prereq_refusal *why);
    /* `name` "" is the default value. */
    enum prereq_look (*value)(struct prereq_source *source, struct prereq_key *key,
                              const char *name, struct prereq_arena *arena,
                              struct prereq_reg_value *value, struct prereq_refusal *why);
    /* When the key was last written. */
    enum prereq_look (*key_time)(struct prereq_source *source, struct prereq_key *key,
                                 struct prereq_time *time, struct prereq_refusal *why);

    /* Files; may be called by several threads at once.  Links are followed inside the source only.
     */
    enum prereq_look (*file_open)(struct prereq_source *source, const char *path,
                                  struct prereq_file *file, struct prereq_refusal *why);
    /* Up to `len` bytes at `offset`; *got is fewer only at the end of the file. */
    enum prereq_look (*file_read)(struct prereq_source *source, struct prereq_handle *handle,
                                  uint64_t offset, void *bytes, size_t len, size_t *got,
                                  struct prereq_refusal *why);
    void (*file_close)(struct prereq_source *source, struct prereq_handle *handle);
    /* Names of what is in a folder, without "." and "..". */
    enum prereq_look (*folder_names)(struct prereq_source *source, const char *path,
                                     struct prereq_arena *arena, struct prereq_names *names,
                                     struct prereq_refusal *why);
    /* All files that will be opened, before the first of them is: an image takes them out in one
     * pass.  NULL: nothing to prepare. */
    enum prereq_look (*prepare)(struct prereq_source *source, const char *const *paths,
                                size_t count, struct prereq_refusal *why);

    /* Do `work` for every index below `count`, several at once, and return when all are done: a
     * cold disk answers several readers sooner than one.  NULL: one after the other will do. */
    void (*each)(struct prereq_source *source, prereq_source_work *work, void *context,
                 size_t count);

    /* A running system alone; NULL elsewhere, and what they would say is not collected. */
    enum prereq_look (*service_running)(struct prereq_source *source, const char *name,
                                        bool *running, struct prereq_refusal *why);
};

/* Implementations put this first in a struct of their own. */
struct prereq_source {
    const struct prereq_source_ops *ops;
    const char *system_root; /* "C:\WINNT" as the installation itself knows it */
    const char *name;        /* what was read: a folder, an image; NULL: the running system */
    bool has_32_bit_view;    /* a 64-bit system: view 32 differs from view 64 */
};

#endif
