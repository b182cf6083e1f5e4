/* SPDX-License-Identifier: MIT */
/* json.h - inside the JSON door: what the scanner, the reader and the writer share. */
#ifndef PREREQ_JSON_H
#define PREREQ_JSON_H

#include "shape.h"

/* Check what cJSON lets pass: UTF-8, NUL (also as \u0000), control characters in texts, the form of
 * numbers, depth, length of texts, number of items.  Line and reason in *err. */
enum prereq_status prereq_json_scan(const char *json, size_t len, struct prereq_error *err);
/* The text as a cJSON tree in `arena`, whose limit it counts against; NULL and *err otherwise. */
const struct cJSON *prereq_json_tree(struct prereq_arena *arena, const char *json, size_t len,
                                     struct prereq_error *err);

#endif
