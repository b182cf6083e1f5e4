/* SPDX-License-Identifier: MIT */
/* json.h - inside the JSON door: what the scanner, the reader and the writer share. */
#ifndef PREREQ_JSON_H
#define PREREQ_JSON_H

#include "base/shape.h"

/* Check what cJSON lets pass: UTF-8, NUL (also as \u0000), control characters in texts, the form of
 * numbers, depth, length of texts, number of items.  Line and reason in *err. */
enum prereq_status prereq_json_scan(const char *json, size_t len, struct prereq_error *err);
/* The same for what others wrote: numbers of every form pass. */
enum prereq_status prereq_json_scan_foreign(const char *json, size_t len, struct prereq_error *err);
/* The text as a cJSON tree in `arena`, whose limit it counts against; NULL and *err otherwise. */
const struct cJSON *prereq_json_tree(struct prereq_arena *arena, const char *json, size_t len,
                                     struct prereq_error *err);

/* ---- json_foreign.c: what other programs wrote, asked for by name without case ---- */

/* The whole text, which may have members that nobody knows; NULL and *err otherwise. */
const struct cJSON *prereq_json_foreign(struct prereq_arena *arena, const char *json, size_t len,
                                        struct prereq_error *err);
/* The first member of that name; NULL: none, or no object. */
const struct cJSON *prereq_json_find(const struct cJSON *object, const char *name);
/* The items of a list; NULL: no more, or no list. */
const struct cJSON *prereq_json_first(const struct cJSON *list);
const struct cJSON *prereq_json_next(const struct cJSON *node);
bool prereq_json_is_object(const struct cJSON *node);
bool prereq_json_is_list(const struct cJSON *node);
/* A member that is a text and not empty, else NULL; one that is a whole number of 32 bits. */
const char *prereq_json_text(const struct cJSON *object, const char *name);
bool prereq_json_number(const struct cJSON *object, const char *name, uint32_t *number);

#endif
