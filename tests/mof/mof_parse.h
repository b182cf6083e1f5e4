/* SPDX-License-Identifier: MIT */
/* mof_parse.h - the MOF texts that we ship, read as a tree.
 *
 * The grammar is what our texts use: pragmas, classes with qualifiers, properties, references and
 * methods, instances with aliases.  Wine's mofcomp accepts everything, so this parser is what
 * stands between a slip of the pen and a Windows host; what it does not know it refuses.  Lists are
 * linked in the order of the text.  All memory is the arena's. */
#ifndef PREREQ_TESTS_MOF_PARSE_H
#define PREREQ_TESTS_MOF_PARSE_H

#include "base/base.h"

#define MOF_MAX_BYTES ((size_t)4 << 20)
#define MOF_MAX_NAME 255
#define MOF_MAX_STRING ((size_t)64 << 10) /* after escapes and concatenation */
#define MOF_MAX_ITEMS 1000                /* in one array or parameter list */

/* The numbers are those of CIMTYPE_ENUMERATION. */
enum mof_type {
    MOF_VOID = 0, /* methods only */
    MOF_SINT16 = 2,
    MOF_SINT32 = 3,
    MOF_REAL32 = 4,
    MOF_REAL64 = 5,
    MOF_STRING = 8,
    MOF_BOOLEAN = 11,
    MOF_OBJECT = 13,
    MOF_SINT8 = 16,
    MOF_UINT8 = 17,
    MOF_UINT16 = 18,
    MOF_UINT32 = 19,
    MOF_SINT64 = 20,
    MOF_UINT64 = 21,
    MOF_DATETIME = 101,
    MOF_REFERENCE = 102,
    MOF_CHAR16 = 103,
};

enum mof_kind {
    MOF_NULL_VALUE,
    MOF_BOOLEAN_VALUE,
    MOF_INTEGER_VALUE,
    MOF_REAL_VALUE,
    MOF_CHAR_VALUE,
    MOF_STRING_VALUE,
    MOF_ALIAS_VALUE,
    MOF_ARRAY_VALUE,
};

struct mof_value {
    const struct mof_value *next; /* in an array */
    enum mof_kind kind;
    size_t line;
    bool truth;
    bool negative; /* of an integer */
    uint64_t magnitude;
    double real;
    uint16_t character;
    const char *text;                 /* string, or an alias with its $ */
    const struct mof_instance *alias; /* the instance that an alias names */
    const struct mof_value *items;    /* of an array */
    size_t item_count;
};

enum mof_flavor {
    MOF_TO_INSTANCE = 1,
    MOF_TO_SUBCLASS = 2,
    MOF_ENABLE_OVERRIDE = 4,
    MOF_DISABLE_OVERRIDE = 8,
    MOF_RESTRICTED = 16,
    MOF_AMENDED = 32,
};

struct mof_qualifier {
    const struct mof_qualifier *next;
    const char *name;
    size_t line;
    unsigned flavors;              /* enum mof_flavor, or-ed */
    const struct mof_value *value; /* NULL: none written, which means TRUE; braces give an array */
};

/* A property, a parameter, or (without name) what a method returns. */
struct mof_property {
    const struct mof_property *next;
    const struct mof_qualifier *qualifiers;
    const char *name;
    size_t line;
    enum mof_type type;
    const char *reference; /* the class that a reference points to */
    bool is_array;
    size_t array_size;               /* 0: any */
    const struct mof_value *initial; /* NULL: none written */
};

struct mof_method {
    const struct mof_method *next;
    const struct mof_qualifier *qualifiers;
    const char *name;
    size_t line;
    enum mof_type type; /* what it returns */
    const struct mof_property *parameters;
};

struct mof_class {
    const struct mof_qualifier *qualifiers;
    const char *name;
    const char *superclass; /* NULL: none */
    const struct mof_property *properties;
    const struct mof_method *methods;
};

struct mof_assignment {
    const struct mof_assignment *next;
    const char *name;
    size_t line;
    const struct mof_value *value;
};

struct mof_instance {
    const struct mof_qualifier *qualifiers;
    const char *class_name;
    const char *alias; /* with its $; NULL: none */
    const struct mof_assignment *assignments;
};

/* autorecover, classflags("..."), namespace("..."), deleteclass("...", nofail), ... */
struct mof_pragma {
    const char *name;
    const char *argument; /* NULL: none */
    bool nofail;
};

enum mof_item_kind { MOF_PRAGMA, MOF_CLASS, MOF_INSTANCE };

struct mof_item {
    const struct mof_item *next;
    enum mof_item_kind kind;
    size_t line;
    const char *name_space; /* as the last namespace pragma said; NULL: none so far */
    struct mof_pragma pragma;
    struct mof_class class;
    struct mof_instance instance;
};

/* ASCII, or UTF-16 with a mark; texts come out as UTF-8.  The error begins with "line N: ". */
enum prereq_status mof_parse(struct prereq_arena *arena, const void *bytes, size_t len,
                             const struct mof_item **items, struct prereq_error *err);

/* The name of a type as MOF spells it ("uint32"; "ref"). */
const char *mof_type_name(enum mof_type type);
/* False: no such type. */
bool mof_type_by_name(const char *name, enum mof_type *type);
/* Whether a value (NULL included) may be given to a property of that type. */
bool mof_value_fits(const struct mof_value *value, enum mof_type type, bool is_array);
/* NULL when there is none of that name, without regard to case. */
const struct mof_qualifier *mof_find_qualifier(const struct mof_qualifier *list, const char *name);
const struct mof_property *mof_find_property(const struct mof_property *list, const char *name);
const struct mof_method *mof_find_method(const struct mof_method *list, const char *name);
const struct mof_value *mof_find_assignment(const struct mof_instance *instance, const char *name);
const struct mof_class *mof_find_class(const struct mof_item *items, const char *name);
/* Whether a qualifier is there and not FALSE. */
bool mof_is_set(const struct mof_qualifier *list, const char *name);

#endif
