/* SPDX-License-Identifier: MIT */
/* path.h - WMI object paths, read anew: an oracle must not share the product's parser. */
#ifndef PREREQ_TESTS_TOM_PATH_H
#define PREREQ_TESTS_TOM_PATH_H

#include "base/base.h"

#define TOM_MAX_KEYS 8

struct tom_key {
    const char *name; /* NULL: the short form */
    const char *text; /* of a string; otherwise NULL */
    int64_t number;   /* of a number, or of TRUE and FALSE */
};

struct tom_path {
    const char *server;     /* NULL: none */
    const char *name_space; /* NULL: none */
    const char *class_name;
    bool singleton; /* "=@" */
    size_t key_count;
    struct tom_key keys[TOM_MAX_KEYS];
};

/* False: not a path (or no memory). */
bool tom_path_parse(struct prereq_arena *arena, const char *text, struct tom_path *path);
/* Add "text", quoted and escaped. */
void tom_path_add_quoted(struct prereq_buffer *out, const char *text);

#endif
