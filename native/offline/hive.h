/* SPDX-License-Identifier: MIT */
/* hive.h - one registry file: whether it can be trusted, its keys by name without regard to case.
 *
 * Not for several threads at once. */
#ifndef PREREQ_OFFLINE_HIVE_H
#define PREREQ_OFFLINE_HIVE_H

#include <hivex.h>

#include "collect/source.h"

#define PREREQ_HIVE_BASE 4096    /* bytes in front of the first page */
#define PREREQ_HIVE_LOG_BASE 512 /* of a log that begins with the same fields */
#define PREREQ_MAX_HIVE ((size_t)512 << 20)

/* ---- hive_base.c: the first block, over bytes ---- */

struct prereq_hive_base {
    uint32_t sequence[2]; /* equal when everything was written */
    size_t data_size;     /* bytes of pages behind the first block */
    bool sound;           /* the checksum is right */
};

/* False: this is no hive or log. */
bool prereq_hive_base_read(const unsigned char *bytes, size_t len, struct prereq_hive_base *base);
/* What a log says of its hive: it holds changes that were made later.  The log's bytes may be
 * whatever a damaged disk left. */
bool prereq_hive_log_is_newer(const struct prereq_hive_base *base, const unsigned char *log,
                              size_t len);

/* ---- hive.c ---- */

struct prereq_hive;

struct prereq_hive_input {
    const char *name; /* for people: SOFTWARE */
    const unsigned char *bytes;
    size_t len;
    bool newer_log; /* a log holds later changes */
};

/* UNAVAILABLE: not a hive, damaged, or no memory. */
enum prereq_look prereq_hive_open(const struct prereq_hive_input *input, struct prereq_hive **hive,
                                  struct prereq_refusal *why);
void prereq_hive_close(struct prereq_hive *hive); /* NULL is allowed */
bool prereq_hive_is_dirty(const struct prereq_hive *hive);

enum prereq_look prereq_hive_child(struct prereq_hive *hive, hive_node_h parent, const char *name,
                                   hive_node_h *child, struct prereq_refusal *why);
/* `path` is below the root: "Microsoft\\Windows NT"; "" is the root. */
enum prereq_look prereq_hive_find(struct prereq_hive *hive, const char *path, hive_node_h *node,
                                  struct prereq_refusal *why);
enum prereq_look prereq_hive_key_names(struct prereq_hive *hive, hive_node_h node,
                                       struct prereq_arena *arena, struct prereq_names *names,
                                       struct prereq_refusal *why);
enum prereq_look prereq_hive_value_names(struct prereq_hive *hive, hive_node_h node,
                                         struct prereq_arena *arena, struct prereq_names *names,
                                         struct prereq_refusal *why);
enum prereq_look prereq_hive_value(struct prereq_hive *hive, hive_node_h node, const char *name,
                                   struct prereq_arena *arena, struct prereq_reg_value *value,
                                   struct prereq_refusal *why);
enum prereq_look prereq_hive_time(struct prereq_hive *hive, hive_node_h node,
                                  struct prereq_time *time, struct prereq_refusal *why);

/* ---- wow64.c: what a 32-bit program sees ---- */

/* `path` is below HKLM\SOFTWARE; its place in the hive goes to `out`.  `since_7`: Windows 7 and
 * later, where Classes and more are shared.  False: longer than `size`. */
bool prereq_wow64_path(const char *path, bool since_7, char *out, size_t size);

#endif
