/* SPDX-License-Identifier: MIT */
/* shape.h - one table per kind of JSON object: it reads, writes and publishes the object.
 *
 * A shape lists the members of a C struct with their JSON names.  The strict reader, the canonical
 * and the readable writer, the JSON Schema and the tables in docs/ are all walked from it, so none
 * of them can drift from the struct. */
#ifndef PREREQ_SHAPE_H
#define PREREQ_SHAPE_H

#include "base/base.h"

/* Limits of every document, in docs/formats.md. */
#define PREREQ_MAX_FACTS_BYTES ((size_t)64 << 20)
#define PREREQ_MAX_CATALOG_BYTES ((size_t)32 << 20)
#define PREREQ_MAX_DEPTH 64
#define PREREQ_MAX_TEXT ((size_t)64 << 10)
#define PREREQ_MAX_ITEMS 1000000
#define PREREQ_MAX_NUMBER UINT64_C(9007199254740991) /* 2^53-1 */

/* A boolean that can be left out. */
enum prereq_flag {
    PREREQ_FLAG_UNSET,
    PREREQ_FLAG_FALSE,
    PREREQ_FLAG_TRUE,
};

/* A whole number, 0 to 2^53-1, that can be left out. */
struct prereq_number {
    uint64_t value;
    bool known;
};

enum prereq_member_type {
    PREREQ_TEXT,     /* const char *; NULL: left out */
    PREREQ_FLAG,     /* enum prereq_flag */
    PREREQ_UINT,     /* struct prereq_number */
    PREREQ_TIME,     /* struct prereq_time; a date alone is allowed */
    PREREQ_DATE,     /* struct prereq_time; only a date */
    PREREQ_VERSION,  /* struct prereq_version; parts 0: left out */
    PREREQ_ENUM,     /* int; 0: left out; `names[i]` belongs to the value i + 1 */
    PREREQ_STATE,    /* int; always there; `names[i]` belongs to the value i; tables show number and
                        name */
    PREREQ_OBJECT,   /* pointer to a struct; NULL: left out */
    PREREQ_TEXTS,    /* const char *const * and size_t */
    PREREQ_ENUMS,    /* const int * and size_t; values as in PREREQ_ENUM */
    PREREQ_UINTS,    /* const uint64_t * and size_t */
    PREREQ_VERSIONS, /* const struct prereq_version * and size_t */
    PREREQ_OBJECTS,  /* pointer to an array of structs, and size_t */
    PREREQ_TABLE,    /* the same, each written as a list in the order of the member before this one,
                        which is a PREREQ_TEXTS of column names; null and ends left out: not there */
};

/* What a member may hold beyond its type. */
enum prereq_member_rule {
    PREREQ_ANY_TEXT,
    PREREQ_ID,           /* A-Z a-z 0-9 . _ - @ / : */
    PREREQ_NOT_EMPTY,    /* text or list with at least one element */
    PREREQ_FILE_VERSION, /* each part at most 65535 */
    PREREQ_TENTHS,       /* a number in tenths, shown with one decimal; no effect on reading */
    PREREQ_IN_ORDER,     /* a list whose order says something: first to last */
};

struct prereq_shape;

struct prereq_member {
    const char *name;
    enum prereq_member_type type;
    size_t offset;
    size_t count_offset; /* of the size_t, for lists */
    bool required;
    enum prereq_member_rule rule;
    const struct prereq_shape *shape; /* OBJECT, OBJECTS */
    const char *const *names;         /* ENUM, ENUMS; NULL-terminated */
    const char *about;                /* for docs and schema: what it is, its unit, its source */
    const char *title;                /* of a column: "Patch"; NULL: not a column */
    int width;                        /* of the column, in characters */
    unsigned outputs;                 /* enum prereq_outputs: where the column goes */
};

/* Where a column goes.  JSON has every member. */
enum prereq_outputs {
    PREREQ_IN_SHEET = 1,
    PREREQ_IN_CSV = 2,
    PREREQ_IN_WMI = 4,
    PREREQ_IN_TEXT = 8,
    PREREQ_IN_ALL = 15,
};

struct prereq_shape {
    const char *title; /* of the $defs entry: "fileFact" */
    const char *about;
    size_t size;
    const struct prereq_member *members; /* ends with a NULL name */
    bool one_of;                         /* exactly one member must be there */
};

/* Table rows.  S: struct tag, F: field, C: its count field. */
#define PREREQ_M_(n, t, S, F, req, rule_, shape_, names_, about_)                                  \
    {                                                                                              \
        n, t, offsetof(struct S, F), 0, req, rule_, shape_, names_, about_, NULL, 0, 0             \
    }
#define PREREQ_M_TEXT(n, S, F, about_)                                                             \
    PREREQ_M_(n, PREREQ_TEXT, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_TEXT_REQ(n, S, F, about_)                                                         \
    PREREQ_M_(n, PREREQ_TEXT, S, F, true, PREREQ_NOT_EMPTY, NULL, NULL, about_)
#define PREREQ_M_ID(n, S, F, req, about_)                                                          \
    PREREQ_M_(n, PREREQ_TEXT, S, F, req, PREREQ_ID, NULL, NULL, about_)
#define PREREQ_M_FLAG(n, S, F, about_)                                                             \
    PREREQ_M_(n, PREREQ_FLAG, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_UINT(n, S, F, about_)                                                             \
    PREREQ_M_(n, PREREQ_UINT, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_TIME(n, S, F, about_)                                                             \
    PREREQ_M_(n, PREREQ_TIME, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_DATE(n, S, F, about_)                                                             \
    PREREQ_M_(n, PREREQ_DATE, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_VERSION(n, S, F, about_)                                                          \
    PREREQ_M_(n, PREREQ_VERSION, S, F, false, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_FILE_VERSION(n, S, F, about_)                                                     \
    PREREQ_M_(n, PREREQ_VERSION, S, F, false, PREREQ_FILE_VERSION, NULL, NULL, about_)
#define PREREQ_M_ENUM(n, S, F, req, names_, about_)                                                \
    PREREQ_M_(n, PREREQ_ENUM, S, F, req, PREREQ_ANY_TEXT, NULL, names_, about_)
#define PREREQ_M_STATE(n, S, F, names_, about_)                                                    \
    PREREQ_M_(n, PREREQ_STATE, S, F, true, PREREQ_ANY_TEXT, NULL, names_, about_)
#define PREREQ_M_OBJECT(n, S, F, req, shape_, about_)                                              \
    PREREQ_M_(n, PREREQ_OBJECT, S, F, req, PREREQ_ANY_TEXT, shape_, NULL, about_)
#define PREREQ_M_LIST_(n, t, S, F, C, rule_, shape_, names_, about_)                               \
    {                                                                                              \
        n, t, offsetof(struct S, F), offsetof(struct S, C), false, rule_, shape_, names_, about_,  \
            NULL, 0, 0                                                                             \
    }
#define PREREQ_M_TEXTS(n, S, F, C, about_)                                                         \
    PREREQ_M_LIST_(n, PREREQ_TEXTS, S, F, C, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_IDS(n, S, F, C, about_)                                                           \
    PREREQ_M_LIST_(n, PREREQ_TEXTS, S, F, C, PREREQ_ID, NULL, NULL, about_)
#define PREREQ_M_ENUMS(n, S, F, C, names_, about_)                                                 \
    PREREQ_M_LIST_(n, PREREQ_ENUMS, S, F, C, PREREQ_ANY_TEXT, NULL, names_, about_)
#define PREREQ_M_UINTS(n, S, F, C, about_)                                                         \
    PREREQ_M_LIST_(n, PREREQ_UINTS, S, F, C, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_VERSIONS(n, S, F, C, about_)                                                      \
    PREREQ_M_LIST_(n, PREREQ_VERSIONS, S, F, C, PREREQ_ANY_TEXT, NULL, NULL, about_)
#define PREREQ_M_OBJECTS(n, S, F, C, shape_, about_)                                               \
    PREREQ_M_LIST_(n, PREREQ_OBJECTS, S, F, C, PREREQ_ANY_TEXT, shape_, NULL, about_)
#define PREREQ_M_TABLE(n, S, F, C, shape_, about_)                                                 \
    PREREQ_M_LIST_(n, PREREQ_TABLE, S, F, C, PREREQ_ANY_TEXT, shape_, NULL, about_)
/* Lists whose order says something. */
#define PREREQ_M_TEXTS_IN_ORDER(n, S, F, C, about_)                                                \
    PREREQ_M_LIST_(n, PREREQ_TEXTS, S, F, C, PREREQ_IN_ORDER, NULL, NULL, about_)
#define PREREQ_M_OBJECTS_IN_ORDER(n, S, F, C, shape_, about_)                                      \
    PREREQ_M_LIST_(n, PREREQ_OBJECTS, S, F, C, PREREQ_IN_ORDER, shape_, NULL, about_)
/* A member that is a column too: with its title, width and outputs. */
#define PREREQ_COL(n, t, S, F, names_, title_, width_, outputs_, about_)                           \
    {                                                                                              \
        n, t, offsetof(struct S, F), 0, false, PREREQ_ANY_TEXT, NULL, names_, about_, title_,      \
            width_, outputs_                                                                       \
    }
#define PREREQ_COL_LIST(n, S, F, C, title_, width_, outputs_, about_)                              \
    {                                                                                              \
        n, PREREQ_TEXTS, offsetof(struct S, F), offsetof(struct S, C), false, PREREQ_ANY_TEXT,     \
            NULL, NULL, about_, title_, width_, outputs_                                           \
    }
#define PREREQ_M_END                                                                               \
    {                                                                                              \
        NULL, PREREQ_TEXT, 0, 0, false, PREREQ_ANY_TEXT, NULL, NULL, NULL, NULL, 0, 0              \
    }

/* Most members that a shape has: readers note which they have seen in a word of that many bits. */
#define PREREQ_MAX_MEMBERS 64

/* What a member of an object holds: a pointer member's pointer, a list's count, the size of one of
 * its elements; the member of a name, NULL where the shape has none. */
const void *prereq_member_pointer(const void *object, const struct prereq_member *member);
size_t prereq_member_count(const void *object, const struct prereq_member *member);
size_t prereq_element_size(const struct prereq_member *member);
const struct prereq_member *prereq_member_named(const struct prereq_shape *shape, const char *name);
/* It is not in the object. */
bool prereq_member_left_out(const void *object, const struct prereq_member *member);

/* A document: its `format` name and version, and the shape of its top object. */
struct prereq_document {
    const char *format; /* "patchprereq-facts" */
    unsigned major, minor;
    const struct prereq_shape *shape;
    size_t max_bytes;
};

/* Read `len` bytes of JSON into a new struct of the document's shape.  On failure *object is left
 * alone and the sentence names the JSON pointer (or line) and the reason.  At a higher minor
 * version unknown members are passed over and counted in *ignored (may be NULL). */
enum prereq_status prereq_shape_read(struct prereq_arena *arena,
                                     const struct prereq_document *document, const char *json,
                                     size_t len, const void **object, size_t *ignored,
                                     struct prereq_error *err);
/* `object` into `copy`, and all that its members point to into `arena`.  What is no member stays as
 * it is.  False: no memory. */
bool prereq_shape_copy(struct prereq_arena *arena, const struct prereq_shape *shape,
                       const void *object, void *copy);
/* Below, at or above 0, as `a` comes before `b`, says the same, or comes behind it: member by
 * member in the order of the table. */
int prereq_shape_compare(const struct prereq_shape *shape, const void *a, const void *b);
/* `object` with every list in the order of what its elements say, member by member, but for those
 * that are PREREQ_IN_ORDER: two documents that hold the same in another order become the same.
 * What need not move is shared with `object`, which is not changed.  NULL: no memory. */
const void *prereq_shape_in_order(struct prereq_arena *arena, const struct prereq_shape *shape,
                                  const void *object);
/* The value of the top-level "format" without reading the rest: "patchprereq-facts/1.0".  Empty
 * when there is none.  For programs that sort inputs by what they say they are. */
enum prereq_status prereq_format_peek(const char *json, size_t len, char format[64],
                                      struct prereq_error *err);

enum prereq_json_style {
    PREREQ_JSON_CANONICAL, /* members in byte order, no white space: for hashes */
    PREREQ_JSON_COMPACT,   /* members in table order, one line: for NDJSON */
    PREREQ_JSON_READABLE,  /* members in table order, indented by two */
};

/* Write `object`.  Members that are left out, and empty lists, are not written. */
void prereq_shape_write(const struct prereq_shape *shape, const void *object,
                        enum prereq_json_style style, struct prereq_buffer *out);
/* A JSON string with its quotes. */
void prereq_json_quote(struct prereq_buffer *out, const char *text);
/* The JSON Schema (draft 2020-12) of a document. */
void prereq_shape_schema(const struct prereq_document *document, struct prereq_buffer *out);

/* What PREREQ_ID allows. */
bool prereq_is_id(const char *text);
/* The word for an enum value, "" for 0. */
const char *prereq_enum_name(const char *const *names, int value);

typedef bool prereq_text_fits(const char *text, const void *data);
/* The first text in an object that fits, in the order of its members; NULL: there is none.  Members
 * that name something else by its id are passed over.  `path` (size > 0) gets the names on the way,
 * "commands install program", cut where it is full. */
const char *prereq_shape_find_text(const struct prereq_shape *shape, const void *object,
                                   prereq_text_fits *fits, const void *data, char *path,
                                   size_t size);

#endif
