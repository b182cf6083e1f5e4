/* SPDX-License-Identifier: MIT */
/* mof_value.c - types, whether a value has one, and finding by name. */
#include "mof_parse.h"

static const struct type {
    const char *name;
    enum mof_type type;
    uint64_t lowest; /* the magnitude of the lowest value; 0 and 0: no integer */
    uint64_t highest;
} types[] = {
    {"void", MOF_VOID, 0, 0},
    {"sint8", MOF_SINT8, 0x80, INT8_MAX},
    {"uint8", MOF_UINT8, 0, UINT8_MAX},
    {"sint16", MOF_SINT16, 0x8000, INT16_MAX},
    {"uint16", MOF_UINT16, 0, UINT16_MAX},
    {"sint32", MOF_SINT32, 0x80000000, INT32_MAX},
    {"uint32", MOF_UINT32, 0, UINT32_MAX},
    {"sint64", MOF_SINT64, 0x8000000000000000, INT64_MAX},
    {"uint64", MOF_UINT64, 0, UINT64_MAX},
    {"real32", MOF_REAL32, 0, 0},
    {"real64", MOF_REAL64, 0, 0},
    {"boolean", MOF_BOOLEAN, 0, 0},
    {"char16", MOF_CHAR16, 0, 0},
    {"string", MOF_STRING, 0, 0},
    {"datetime", MOF_DATETIME, 0, 0},
    {"object", MOF_OBJECT, 0, 0},
    {"ref", MOF_REFERENCE, 0, 0}, /* written after the name of a class, so never found by name */
};

static const struct type *find_type(enum mof_type type)
{
    const struct type *found = types;

    while (found->type != type)
        found++;
    return found;
}

const char *mof_type_name(enum mof_type type)
{
    return find_type(type)->name;
}

bool mof_type_by_name(const char *name, enum mof_type *type)
{
    for (size_t i = 0; i + 1 < PREREQ_COUNT(types); i++) {
        if (prereq_equal_nocase(types[i].name, name)) {
            *type = types[i].type;
            return true;
        }
    }
    return false;
}

static bool is_datetime(const char *text)
{
    static const char moment[] = "dddddddddddddd.ddddddsddd";
    static const char interval[] = "dddddddddddddd.dddddd:ddd";
    bool moments = true;
    bool intervals = true;

    for (size_t i = 0; i < sizeof(moment); i++) { /* the end, too */
        bool digit = text[i] >= '0' && text[i] <= '9';
        bool star = text[i] == '*';

        moments = moments && (moment[i] == 'd'   ? digit || star
                              : moment[i] == 's' ? text[i] == '+' || text[i] == '-'
                                                 : text[i] == moment[i]);
        intervals = intervals && (interval[i] == 'd' ? digit : text[i] == interval[i]);
        if (!moments && !intervals)
            return false;
    }
    return true;
}

static bool integer_fits(const struct mof_value *value, const struct type *type)
{
    return value->magnitude <= (value->negative ? type->lowest : type->highest);
}

static bool scalar_fits(const struct mof_value *value, enum mof_type type)
{
    const struct type *found = find_type(type);
    bool real = type == MOF_REAL32 || type == MOF_REAL64;

    switch (value->kind) {
    case MOF_NULL_VALUE:
        return true;
    case MOF_BOOLEAN_VALUE:
        return type == MOF_BOOLEAN;
    case MOF_INTEGER_VALUE:
        return real || (found->highest > 0 && integer_fits(value, found));
    case MOF_REAL_VALUE: /* mofcomp rounds it for an integer, silently */
        return real;
    case MOF_CHAR_VALUE:
        return type == MOF_CHAR16;
    case MOF_STRING_VALUE:
        return type == MOF_STRING || type == MOF_REFERENCE ||
               (type == MOF_DATETIME && is_datetime(value->text));
    case MOF_ALIAS_VALUE:
        return type == MOF_REFERENCE;
    case MOF_ARRAY_VALUE:
        break;
    }
    return false;
}

bool mof_value_fits(const struct mof_value *value, enum mof_type type, bool is_array)
{
    if (value->kind == MOF_NULL_VALUE)
        return true;
    if (!is_array)
        return scalar_fits(value, type);
    if (value->kind != MOF_ARRAY_VALUE)
        return false;
    for (const struct mof_value *item = value->items; item; item = item->next) {
        if (item->kind == MOF_NULL_VALUE || !scalar_fits(item, type))
            return false;
    }
    return true;
}

/* ---- finding ---- */

const struct mof_qualifier *mof_find_qualifier(const struct mof_qualifier *list, const char *name)
{
    while (list && !prereq_equal_nocase(list->name, name))
        list = list->next;
    return list;
}

const struct mof_property *mof_find_property(const struct mof_property *list, const char *name)
{
    while (list && !prereq_equal_nocase(list->name, name))
        list = list->next;
    return list;
}

const struct mof_method *mof_find_method(const struct mof_method *list, const char *name)
{
    while (list && !prereq_equal_nocase(list->name, name))
        list = list->next;
    return list;
}

const struct mof_value *mof_find_assignment(const struct mof_instance *instance, const char *name)
{
    for (const struct mof_assignment *a = instance->assignments; a; a = a->next) {
        if (prereq_equal_nocase(a->name, name))
            return a->value;
    }
    return NULL;
}

const struct mof_class *mof_find_class(const struct mof_item *items, const char *name)
{
    for (; items; items = items->next) {
        if (items->kind == MOF_CLASS && prereq_equal_nocase(items->class.name, name))
            return &items->class;
    }
    return NULL;
}

bool mof_is_set(const struct mof_qualifier *list, const char *name)
{
    const struct mof_qualifier *found = mof_find_qualifier(list, name);

    return found &&
           (!found->value || found->value->kind != MOF_BOOLEAN_VALUE || found->value->truth);
}
