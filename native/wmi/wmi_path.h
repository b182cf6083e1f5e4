/* SPDX-License-Identifier: MIT */
/* wmi_path.h - WMI object paths: Class.Key="value", Class="value", Class=@, with or without
 * \\server\namespace: before them. */
#ifndef PREREQ_WMI_PATH_H
#define PREREQ_WMI_PATH_H

#include "base/base.h"

#define PREREQ_WMI_MAX_PATH ((size_t)64 << 10) /* bytes of UTF-8 */
#define PREREQ_WMI_MAX_KEYS 8

enum prereq_wmi_key_type {
    PREREQ_WMI_KEY_TEXT,
    PREREQ_WMI_KEY_NUMBER,
    PREREQ_WMI_KEY_FLAG,
};

struct prereq_wmi_key {
    const char *name; /* NULL: the short form, Class="value" */
    enum prereq_wmi_key_type type;
    const char *text; /* TEXT, without quotes and escapes */
    int64_t number;   /* NUMBER; FLAG: 0 or 1 */
};

struct prereq_wmi_path {
    const char *server;     /* NULL: not given */
    const char *name_space; /* with backslashes between its parts; NULL: not given */
    const char *class_name;
    bool singleton; /* Class=@ */
    struct prereq_wmi_key keys[PREREQ_WMI_MAX_KEYS];
    size_t key_count; /* 0 and not singleton: a class path */
};

/* Read a path (UTF-8).  No server is checked, no class known.  Its texts are made in `arena`.
 * PREREQ_BAD_INPUT with the reason. */
enum prereq_status prereq_wmi_path_read(struct prereq_arena *arena, const char *text,
                                        struct prereq_wmi_path *path, struct prereq_error *err);
/* The one spelling: what is given of server and namespace, then the class, keys in their order,
 * texts in double quotes with \ and " escaped, decimal numbers, TRUE and FALSE. */
void prereq_wmi_path_write(const struct prereq_wmi_path *path, struct prereq_buffer *out);

#endif
