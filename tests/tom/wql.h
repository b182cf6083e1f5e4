/* SPDX-License-Identifier: MIT */
/* wql.h - the WQL that clients send, read as a tree and asked of one object.
 *
 * SELECT with AND, OR, NOT, comparisons with the constant on either side, LIKE with % _ and sets,
 * IS [NOT] NULL, ISA, WITHIN; ASSOCIATORS OF and REFERENCES OF.  Portable: tested on Linux. */
#ifndef PREREQ_TESTS_WQL_H
#define PREREQ_TESTS_WQL_H

#include "base/base.h"

#define WQL_MAX_BYTES ((size_t)64 << 10)
#define WQL_MAX_DEPTH 64

enum wql_kind { WQL_NULL, WQL_BOOLEAN, WQL_INTEGER, WQL_REAL, WQL_STRING, WQL_PROPERTY };

struct wql_value {
    enum wql_kind kind;
    bool truth;
    int64_t integer;
    double real;
    const char
        *text; /* a string, or the name of a property, dotted for one of an embedded object */
};

enum wql_operation {
    WQL_AND,
    WQL_OR,
    WQL_NOT,
    WQL_EQUAL,
    WQL_UNEQUAL,
    WQL_LESS,
    WQL_LESS_EQUAL,
    WQL_GREATER,
    WQL_GREATER_EQUAL,
    WQL_LIKE,
    WQL_ISA,
    WQL_IS_NULL,
};

struct wql_term {
    enum wql_operation operation;
    const struct wql_term *left; /* of AND, OR; what NOT negates */
    const struct wql_term *right;
    struct wql_value a; /* of all others */
    struct wql_value b;
};

struct wql_name {
    const struct wql_name *next;
    const char *name;
};

enum wql_statement { WQL_SELECT, WQL_ASSOCIATORS, WQL_REFERENCES };

struct wql_query {
    enum wql_statement statement;
    const struct wql_name *names; /* of SELECT; NULL: all */
    const char *class_name;       /* of SELECT */
    double within;                /* seconds; 0: not written */
    const struct wql_term *where; /* NULL: every object */
    const char *path;             /* of the others: the text between the braces */
    const char *assoc_class;
    const char *result_class;
    const char *result_role;
    const char *role;
    bool keys_only;
};

enum prereq_status wql_parse(struct prereq_arena *arena, const char *text,
                             const struct wql_query **query, struct prereq_error *err);

/* What the object is asked for.  `get` gives WQL_NULL for a property without value. */
struct wql_object {
    void *object;
    struct wql_value (*get)(void *object, const char *property);
    bool (*isa)(void *object, const char *property, const char *class_name);
};

/* NULL compared with anything is neither true nor false, and neither is its negation. */
bool wql_matches(const struct wql_term *where, const struct wql_object *object);
/* Calls `see` with each property that the condition names. */
void wql_each_property(const struct wql_term *where, void (*see)(void *context, const char *name),
                       void *context);
/* % any text, _ one character, [a-z] [^0-9] one of (not of) a set; without regard to case. */
bool wql_like(const char *text, const char *pattern);

#endif
