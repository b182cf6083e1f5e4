/* SPDX-License-Identifier: MIT */
/* wmi.h - the WMI provider without Windows: classes, rows, values, methods, events, MOF.
 *
 * wmi_path.h      object paths, read and written
 * wmi_snapshot.h  one assessment document in memory
 * The DLL takes a snapshot, asks it for rows, and puts each value of a row into a VARIANT with one
 * switch.  Classes and properties are walked from the field tables (field.h); the MOF is written
 * from them too.  Nothing here changes while it is used, so any number of threads may call. */
#ifndef PREREQ_WMI_H
#define PREREQ_WMI_H

#include "documents/field.h"
#include "wmi/wmi_path.h"
#include "wmi/wmi_snapshot.h"

#define PREREQ_WMI_NAMESPACE "root\\PatchPrereq"
#define PREREQ_WMI_PROVIDER "PatchPrereq"
#define PREREQ_WMI_HOSTING "LocalServiceHost:PatchPrereq"
/* One for ever (decisions.md, "DLL upgrade"); DEFINE_GUID takes the fields. */
#define PREREQ_WMI_CLSID "{34ED5D6C-9912-421B-B383-D2C2CEB6962F}"
#define PREREQ_WMI_CLSID_FIELDS                                                                    \
    0x34ED5D6C, 0x9912, 0x421B, 0xB3, 0x83, 0xD2, 0xC2, 0xCE, 0xB6, 0x96, 0x2F
/* Raised when a class changes in what clients see of it. */
#define PREREQ_WMI_CLASS_VERSION "1.0.0"

/* ---- how a request ends ---- */

enum prereq_wmi_result {
    PREREQ_WMI_OK,
    PREREQ_WMI_NOT_FOUND,
    PREREQ_WMI_INVALID_CLASS,
    PREREQ_WMI_INVALID_PATH,
    PREREQ_WMI_INVALID_METHOD,
    PREREQ_WMI_INVALID_PARAMETERS,
    PREREQ_WMI_ACCESS_DENIED,
    PREREQ_WMI_NOT_EVALUATED, /* no usable assessment: the sentence names the remedy */
    PREREQ_WMI_NO_MEMORY,
    PREREQ_WMI_FAILED,
    PREREQ_WMI_RESULTS,
};

struct prereq_wmi_result_info {
    uint32_t code;    /* the HRESULT: 0x80041002 */
    const char *name; /* "WBEM_E_NOT_FOUND" */
    const char *about;
};
const struct prereq_wmi_result_info *prereq_wmi_result_info(enum prereq_wmi_result result);

/* ---- classes ---- */

enum prereq_wmi_type {
    PREREQ_WMI_NULL, /* of a value alone */
    PREREQ_WMI_STRING,
    PREREQ_WMI_BOOLEAN,
    PREREQ_WMI_UINT32, /* below 2^31 */
    PREREQ_WMI_REAL64,
    PREREQ_WMI_DATETIME,
    PREREQ_WMI_REF,
};

/* "string", "boolean" …, as MOF writes it ("ref" for a reference). */
const char *prereq_wmi_type_name(enum prereq_wmi_type type);

enum prereq_wmi_class_id {
    PREREQ_WMI_SUMMARY,
    PREREQ_WMI_PATCH_STATUS,
    PREREQ_WMI_PREREQUISITE_STATUS,
    PREREQ_WMI_COMPONENT_STATUS,
    PREREQ_WMI_PENDING_RESTART,
    PREREQ_WMI_PLAN_STEP,
    PREREQ_WMI_PATCH_PREREQUISITE,
    PREREQ_WMI_STATE_CHANGE_EVENT,
    PREREQ_WMI_CLASSES,
};

enum prereq_wmi_class_kind {
    PREREQ_WMI_KEYED,
    PREREQ_WMI_SINGLETON,
    PREREQ_WMI_ASSOCIATION,
    PREREQ_WMI_EVENT, /* has no instances */
};

struct prereq_wmi_parameter {
    const char *name;
    enum prereq_wmi_type type;
    bool out;
    const char *about;
};

struct prereq_wmi_return { /* what a ReturnValue means */
    uint32_t value;
    const char *about;
};

struct prereq_wmi_method { /* all return uint32 */
    const char *name, *about;
    bool is_static;
    bool administrators; /* the DLL refuses others with PREREQ_WMI_ACCESS_DENIED */
    const struct prereq_wmi_parameter *parameters;
    size_t parameter_count;
    const struct prereq_wmi_return *returns;
    size_t return_count;
};

struct prereq_wmi_class {
    enum prereq_wmi_class_id id;
    enum prereq_wmi_class_kind kind;
    const char *name, *about;
    const struct prereq_shape *shape;
    const char *keys[2]; /* names of the key properties in order of declaration; NULL: none */
    size_t key_count;
    const struct prereq_wmi_method *methods;
    size_t method_count;
};

const struct prereq_wmi_class *prereq_wmi_class(enum prereq_wmi_class_id id);
/* By its whole name, without regard to case.  NULL: not ours. */
const struct prereq_wmi_class *prereq_wmi_class_find(const char *name);
const struct prereq_wmi_method *prereq_wmi_method_find(const struct prereq_wmi_class *wmi_class,
                                                       const char *name);

struct prereq_wmi_property {
    char name[PREREQ_FIELD_NAME];
    enum prereq_wmi_type type;
    bool key;
    bool never_null;
    const struct prereq_wmi_class *refers; /* REF: to which class */
    struct prereq_field field;
};

#define PREREQ_WMI_MAX_PROPERTIES 48 /* a test holds every class to it */

/* The properties of a class in order of declaration; returns how many.  Take them once a request,
 * not once a row. */
size_t prereq_wmi_properties(const struct prereq_wmi_class *wmi_class,
                             struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES]);

/* ---- rows ---- */

struct prereq_wmi_link { /* PatchPrereq_PatchPrerequisite: ids, shown as references */
    const char *patch, *prerequisite;
};

struct prereq_wmi_event { /* PatchPrereq_StateChangeEvent */
    const char *host_name, *patch_status_id, *patch_id;
    int old_state, new_state;
    const char *reason_code, *reason;
    struct prereq_time time;
};

/* One instance.  It points into its snapshot, and into itself: pass it by pointer, never copy it,
 * and hold the snapshot while it is used. */
struct prereq_wmi_row {
    const struct prereq_wmi_class *wmi_class;
    const void *data; /* a struct of wmi_class->shape */
    union {           /* rows that are made when they are asked for */
        struct prereq_summary summary;
        struct prereq_restart_row restart;
        struct prereq_wmi_link link;
        struct prereq_wmi_event event;
    } made;
};

/* A walk over the instances of a class.  Its members are its own affair. */
struct prereq_wmi_walk {
    const struct prereq_wmi_snapshot *snapshot;
    const struct prereq_wmi_class *wmi_class;
    struct prereq_time now;
    size_t next;
};

/* Begin a walk: every instance comes once, in the order of the document, in linear time.  `now` is
 * what ages and Stale are counted to.  Without a usable assessment only Summary has an instance:
 * NOT_EVALUATED for the others.  INVALID_CLASS for events. */
enum prereq_wmi_result prereq_wmi_walk_begin(const struct prereq_wmi_snapshot *snapshot,
                                             const struct prereq_wmi_class *wmi_class,
                                             struct prereq_time now, struct prereq_wmi_walk *walk,
                                             struct prereq_error *err);
/* False: that was the last one; *row is left alone. */
bool prereq_wmi_walk_next(struct prereq_wmi_walk *walk, struct prereq_wmi_row *row);

/* The instance that an object path names, found by its key without a walk.  INVALID_PATH: not a
 * path to an instance of the class (unknown, missing or too many keys, a key of the wrong type, a
 * class path); INVALID_CLASS: the class is not ours; NOT_FOUND; NOT_EVALUATED. */
enum prereq_wmi_result prereq_wmi_get(const struct prereq_wmi_snapshot *snapshot, const char *path,
                                      struct prereq_time now, struct prereq_wmi_row *row,
                                      struct prereq_error *err);

/* ---- values ---- */

struct prereq_wmi_value {
    enum prereq_wmi_type type;
    const char *text; /* STRING, DATETIME (25 characters), REF (an object path) */
    uint32_t number;  /* UINT32; BOOLEAN: 0 or 1 */
    double real;      /* REAL64 */
};

/* A property of a row: NULL, or of the property's type.  A text that the row does not hold as such
 * stands in `scratch` until the next call.  False: no memory. */
bool prereq_wmi_value(const struct prereq_wmi_property *property, const struct prereq_wmi_row *row,
                      struct prereq_buffer *scratch, struct prereq_wmi_value *value);
/* "20240131120000.000000+000".  False: not known, or beyond the years 1 to 9999. */
bool prereq_wmi_datetime(struct prereq_time time, char out[26]);

/* ---- events ---- */

/* A walk over the statuses whose state number differs between two snapshots; one of them without
 * an assessment, or of another host, makes no event, and neither does a status that is new. */
struct prereq_wmi_changes {
    const struct prereq_wmi_snapshot *before, *after;
    bool comparable;
    size_t next;
};

void prereq_wmi_changes_begin(const struct prereq_wmi_snapshot *before,
                              const struct prereq_wmi_snapshot *after,
                              struct prereq_wmi_changes *changes);
/* False: that was the last one. */
bool prereq_wmi_changes_next(struct prereq_wmi_changes *changes, struct prereq_wmi_row *row);

/* ---- methods ---- */

/* What ExecMethod has to look at first: class and method exist, an instance method has the path of
 * an instance (a static one may have either).  The method comes back in *method. */
enum prereq_wmi_result prereq_wmi_call(const char *path, const char *method_name,
                                       const struct prereq_wmi_class **wmi_class,
                                       const struct prereq_wmi_method **method,
                                       struct prereq_error *err);

enum prereq_wmi_plan_return {
    PREREQ_WMI_PLAN_MADE = 0, /* or nothing to do */
    PREREQ_WMI_PLAN_REFUSED = 1,
    PREREQ_WMI_PLAN_CYCLE = 2,
    PREREQ_WMI_PLAN_NOT_HELD = 3,
};

struct prereq_wmi_plan { /* the out parameters of GetPlan; the caller frees both buffers */
    uint32_t return_value;
    const char *hash;                     /* in the snapshot; NULL: NULL */
    struct prereq_number steps, restarts; /* not known: NULL */
    struct prereq_buffer text;            /* as `patchprereq plan` says it */
    struct prereq_buffer json;            /* patchprereq-plan/1.0; empty: NULL */
};

/* GetPlan of the status that `row` is.  On failure there is nothing to free. */
enum prereq_wmi_result prereq_wmi_get_plan(const struct prereq_wmi_snapshot *snapshot,
                                           const struct prereq_wmi_row *row,
                                           struct prereq_wmi_plan *plan, struct prereq_error *err);

enum prereq_wmi_facts_return {
    PREREQ_WMI_FACTS_DONE = 0,
    PREREQ_WMI_FACTS_MISSING = 1,
    PREREQ_WMI_FACTS_UNREADABLE = 2,
};

#define PREREQ_WMI_FACTS_UNITS 100000 /* UTF-16 units that GetFacts gives at most */

struct prereq_wmi_piece {
    const char *text; /* in the file's bytes, whole characters, not NUL-terminated */
    size_t len;
    uint32_t next_offset; /* where the next call goes on; total_chars: that was the last */
    uint32_t total_chars; /* of the whole text, in UTF-16 units */
    char sha256[65];      /* of the whole file */
};

/* A piece of facts.json from `offset` (in UTF-16 units; not known: 0) on.  An offset beyond the end
 * or inside a surrogate pair is INVALID_PARAMETERS; a file that is no UTF-8, or longer than facts
 * may be, FAILED (the method then returns UNREADABLE). */
enum prereq_wmi_result prereq_wmi_get_facts(const char *file, size_t len,
                                            struct prereq_number offset,
                                            struct prereq_wmi_piece *piece,
                                            struct prereq_error *err);

enum prereq_wmi_refresh_return {
    PREREQ_WMI_REFRESH_DONE = 0, /* or started */
    PREREQ_WMI_REFRESH_NOT_SUPPORTED = 1,
    PREREQ_WMI_REFRESH_TASK_MISSING = 2,
    PREREQ_WMI_REFRESH_FAILED = 3,
};

/* How long Refresh waits: not known (NULL) 0, above 60 is 60. */
uint32_t prereq_wmi_refresh_wait(struct prereq_number wait_seconds);

/* ---- MOF ---- */

/* wmi-provider/patchprereq.mof and patchprereq-uninstall.mof, whole, in ASCII. */
void prereq_wmi_mof(struct prereq_buffer *out);
void prereq_wmi_mof_uninstall(struct prereq_buffer *out);

#endif
