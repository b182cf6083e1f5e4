/* SPDX-License-Identifier: MIT */
/* wmi_parts.h - inside the WMI core: a document with the rows of each class and their keys. */
#ifndef PREREQ_WMI_PARTS_H
#define PREREQ_WMI_PARTS_H

#include "base/index.h"
#include "base/refcount.h"
#include "wmi/wmi.h"

/* Rows of one class, wherever in the document they hang, and where each key stands. */
struct prereq_wmi_rows {
    const void **list;
    size_t count;
    struct prereq_index keys;
};

struct prereq_wmi_document {
    struct prereq_refcount holders;
    struct prereq_arena *arena;
    const struct prereq_assessment *assessment;
    struct prereq_wmi_rows rows[PREREQ_WMI_CLASSES]; /* of the keyed classes */
};

struct prereq_wmi_snapshot {
    struct prereq_refcount holders;
    struct prereq_wmi_document *document; /* NULL: none is usable */
    char *why;                            /* NULL: the newest is usable */
};

/* The row of a keyed class with this key, or NULL. */
const void *prereq_wmi_row_find(const struct prereq_wmi_document *document,
                                enum prereq_wmi_class_id id, const char *key);

/* A request that ends with `result`, and the sentence for its __ExtendedStatus. */
#define prereq_wmi_fail(err, result, ...)                                                          \
    ((void)prereq_fail(err, PREREQ_BAD_INPUT, __VA_ARGS__), (result))

/* A path, whatever its class: INVALID_PATH, NO_MEMORY. */
enum prereq_wmi_result prereq_wmi_read_path(struct prereq_arena *arena, const char *text,
                                            struct prereq_wmi_path *path, struct prereq_error *err);
/* It has the keys of the class, each a text, and no others: it names an instance. */
bool prereq_wmi_has_keys(const struct prereq_wmi_class *wmi_class,
                         const struct prereq_wmi_path *path);

#endif
