/* SPDX-License-Identifier: MIT */
/* mof_lint_class.c - classes of a MOF file against the tables, and against what WMI asks of them.
 */
#include <stdio.h>
#include <string.h>

#include "mof_lint.h"
#include "wmi/wmi.h"

/* Words of WQL: a property of such a name cannot be asked for. */
static const char *const reserved[] = {"AND",        "ASSOCIATORS", "BY",     "CLASS", "FALSE",
                                       "FROM",       "GROUP",       "HAVING", "IS",    "ISA",
                                       "LIKE",       "NOT",         "NULL",   "OF",    "OR",
                                       "REFERENCES", "SELECT",      "TRUE",   "WHERE", "WITHIN"};

static const char *text_of(const struct mof_value *value)
{
    return value && value->kind == MOF_STRING_VALUE ? value->text : "";
}

static void check_name(const char *name, struct prereq_buffer *out)
{
    size_t len = strlen(name);

    if (len == 0 || len > MOF_MAX_NAME || name[0] == '_' || name[len - 1] == '_')
        prereq_buffer_addf(out, "%s: begins or ends with _, or is too long\n", name);
    for (size_t i = 0; i < PREREQ_COUNT(reserved); i++) {
        if (prereq_equal_nocase(name, reserved[i]))
            prereq_buffer_addf(out, "%s: is a word of WQL\n", name);
    }
}

static void check_qualifiers(const struct mof_qualifier *list, const char *where, const char *name,
                             struct prereq_buffer *out)
{
    const struct mof_qualifier *about = mof_find_qualifier(list, "Description");

    if (!about || strlen(text_of(about->value)) < 2)
        prereq_buffer_addf(out, "%s.%s: has no description\n", where, name);
    for (const struct mof_qualifier *q = list; q; q = q->next) {
        if (q->flavors & MOF_AMENDED)
            prereq_buffer_addf(out, "%s.%s: %s is amended\n", where, name, q->name);
        for (const struct mof_qualifier *other = q->next; other; other = other->next) {
            if (prereq_equal_nocase(q->name, other->name))
                prereq_buffer_addf(out, "%s.%s: %s stands twice\n", where, name, q->name);
        }
    }
}

static size_t count_items(const struct mof_qualifier *qualifier)
{
    return qualifier && qualifier->value ? qualifier->value->item_count : 0;
}

/* Every number has its word, in the order of the table. */
static void check_words(const struct mof_qualifier *list, const char *qualifier,
                        const char *const *words, const char *where, const char *name,
                        struct prereq_buffer *out)
{
    const struct mof_qualifier *found = mof_find_qualifier(list, qualifier);
    const struct mof_value *item = found && found->value ? found->value->items : NULL;

    for (size_t i = 0; words[i]; i++, item = item->next) {
        if (!item || strcmp(text_of(item), words[i]) != 0) {
            prereq_buffer_addf(out, "%s.%s: %s has not %s\n", where, name, qualifier, words[i]);
            return;
        }
    }
    if (item)
        prereq_buffer_addf(out, "%s.%s: %s has more\n", where, name, qualifier);
}

static void check_values(const struct mof_qualifier *list, const char *where, const char *name,
                         struct prereq_buffer *out)
{
    const struct mof_qualifier *map = mof_find_qualifier(list, "ValueMap");
    const struct mof_qualifier *values = mof_find_qualifier(list, "Values");
    char number[16];
    size_t i = 0;

    if (values && count_items(map) != count_items(values))
        prereq_buffer_addf(out, "%s.%s: ValueMap and Values differ in length\n", where, name);
    if (!values || !map || !map->value)
        return;
    for (const struct mof_value *item = map->value->items; item; item = item->next, i++) {
        (void)snprintf(number, sizeof(number), "%zu", i);
        if (strcmp(text_of(item), number) != 0)
            prereq_buffer_addf(out, "%s.%s: ValueMap does not count from 0\n", where, name);
    }
}

/* ---- properties ---- */

static void check_property(const struct mof_property *found,
                           const struct prereq_wmi_property *expected, const char *where,
                           struct prereq_buffer *out)
{
    const char *const *words = expected->field.member->names;

    if (strcmp(found->name, expected->name) != 0) {
        prereq_buffer_addf(out, "%s.%s: %s is expected here\n", where, found->name, expected->name);
        return;
    }
    check_name(found->name, out);
    check_qualifiers(found->qualifiers, where, found->name, out);
    if (found->is_array || strcmp(mof_type_name(found->type), prereq_wmi_type_name(expected->type)))
        prereq_buffer_addf(out, "%s.%s: is not %s\n", where, found->name,
                           prereq_wmi_type_name(expected->type));
    if (expected->refers && (!found->reference || strcmp(found->reference, expected->refers->name)))
        prereq_buffer_addf(out, "%s.%s: refers elsewhere\n", where, found->name);
    if (mof_is_set(found->qualifiers, "key") != expected->key ||
        (!expected->key && mof_find_qualifier(found->qualifiers, "key")))
        prereq_buffer_addf(out, "%s.%s: key is wrong\n", where, found->name);
    if (!mof_is_set(found->qualifiers, "read") || mof_find_qualifier(found->qualifiers, "write"))
        prereq_buffer_addf(out, "%s.%s: is not read only\n", where, found->name);
    check_values(found->qualifiers, where, found->name, out);
    if (!words)
        return;
    check_words(found->qualifiers, expected->type == PREREQ_WMI_UINT32 ? "Values" : "ValueMap",
                words, where, found->name, out);
}

static void check_properties(const struct mof_class *found, const struct prereq_wmi_class *expected,
                             struct prereq_buffer *out)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(expected, list), i = 0;

    for (const struct mof_property *p = found->properties; p; p = p->next, i++) {
        if (i < count)
            check_property(p, &list[i], found->name, out);
        else
            prereq_buffer_addf(out, "%s.%s: is not in the table\n", found->name, p->name);
    }
    if (i < count)
        prereq_buffer_addf(out, "%s.%s: is missing\n", found->name, list[i].name);
}

/* ---- methods ---- */

static void check_parameter(const struct mof_property *found,
                            const struct prereq_wmi_parameter *expected, size_t number,
                            const char *where, struct prereq_buffer *out)
{
    const struct mof_qualifier *id = mof_find_qualifier(found->qualifiers, "ID");

    check_name(found->name, out);
    check_qualifiers(found->qualifiers, where, found->name, out);
    if (strcmp(found->name, expected->name) != 0 || found->is_array ||
        strcmp(mof_type_name(found->type), prereq_wmi_type_name(expected->type)) != 0)
        prereq_buffer_addf(out, "%s: parameter %s is not %s\n", where, found->name, expected->name);
    if (mof_is_set(found->qualifiers, "out") != expected->out ||
        mof_is_set(found->qualifiers, "in") == expected->out)
        prereq_buffer_addf(out, "%s: parameter %s has the wrong direction\n", where, found->name);
    if (!id || !id->value || id->value->kind != MOF_INTEGER_VALUE || id->value->magnitude != number)
        prereq_buffer_addf(out, "%s: parameter %s has not ID(%zu)\n", where, found->name, number);
}

static void check_method(const struct mof_method *found, const struct prereq_wmi_method *expected,
                         const char *where, struct prereq_buffer *out)
{
    const struct mof_qualifier *values = mof_find_qualifier(found->qualifiers, "Values");
    size_t i = 0;

    check_name(found->name, out);
    check_qualifiers(found->qualifiers, where, found->name, out);
    check_values(found->qualifiers, where, found->name, out);
    if (strcmp(found->name, expected->name) != 0 || found->type != MOF_UINT32)
        prereq_buffer_addf(out, "%s.%s: is not uint32 %s\n", where, found->name, expected->name);
    if (!mof_is_set(found->qualifiers, "implemented"))
        prereq_buffer_addf(out, "%s.%s: is not implemented\n", where, found->name);
    if ((mof_find_qualifier(found->qualifiers, "static") != NULL) != expected->is_static)
        prereq_buffer_addf(out, "%s.%s: static is wrong\n", where, found->name);
    if (count_items(values) != expected->return_count)
        prereq_buffer_addf(out, "%s.%s: return values are not those of the table\n", where,
                           found->name);
    for (const struct mof_property *p = found->parameters; p; p = p->next, i++) {
        if (i < expected->parameter_count)
            check_parameter(p, &expected->parameters[i], i, found->name, out);
        else
            prereq_buffer_addf(out, "%s.%s: has a parameter more\n", where, found->name);
    }
    if (i < expected->parameter_count)
        prereq_buffer_addf(out, "%s.%s: lacks a parameter\n", where, found->name);
}

static void check_methods(const struct mof_class *found, const struct prereq_wmi_class *expected,
                          struct prereq_buffer *out)
{
    size_t i = 0;

    for (const struct mof_method *m = found->methods; m; m = m->next, i++) {
        if (i < expected->method_count)
            check_method(m, &expected->methods[i], found->name, out);
        else
            prereq_buffer_addf(out, "%s.%s: is not in the table\n", found->name, m->name);
    }
    if (i < expected->method_count)
        prereq_buffer_addf(out, "%s: lacks a method\n", found->name);
}

/* ---- classes ---- */

static void check_kind(const struct mof_class *found, const struct prereq_wmi_class *expected,
                       struct prereq_buffer *out)
{
    const struct mof_qualifier *provider = mof_find_qualifier(found->qualifiers, "provider");
    bool event = expected->kind == PREREQ_WMI_EVENT;
    const char *base = event ? "__ExtrinsicEvent" : "";

    if (strcmp(found->superclass ? found->superclass : "", base) != 0)
        prereq_buffer_addf(out, "%s: has the wrong base\n", found->name);
    if (mof_is_set(found->qualifiers, "dynamic") == event)
        prereq_buffer_addf(out, "%s: dynamic is wrong\n", found->name);
    if (strcmp(provider ? text_of(provider->value) : "", event ? "" : PREREQ_WMI_PROVIDER) != 0)
        prereq_buffer_addf(out, "%s: provider is wrong\n", found->name);
    if (mof_is_set(found->qualifiers, "singleton") != (expected->kind == PREREQ_WMI_SINGLETON))
        prereq_buffer_addf(out, "%s: singleton is wrong\n", found->name);
    if (mof_is_set(found->qualifiers, "association") != (expected->kind == PREREQ_WMI_ASSOCIATION))
        prereq_buffer_addf(out, "%s: association is wrong\n", found->name);
    provider = mof_find_qualifier(found->qualifiers, "ClassVersion");
    if (!provider || strcmp(text_of(provider->value), PREREQ_WMI_CLASS_VERSION) != 0)
        prereq_buffer_addf(out, "%s: has not the ClassVersion\n", found->name);
    if (!mof_find_qualifier(found->qualifiers, "Locale"))
        prereq_buffer_addf(out, "%s: has no Locale\n", found->name);
}

static void check_class(const struct mof_item *item, struct prereq_buffer *out)
{
    const struct mof_class *found = &item->class;
    const struct prereq_wmi_class *expected = prereq_wmi_class_find(found->name);

    if (!expected || strcmp(found->name, expected->name) != 0) {
        prereq_buffer_addf(out, "%s: is not in the table\n", found->name);
        return;
    }
    check_name(found->name, out);
    check_qualifiers(found->qualifiers, found->name, "", out);
    check_kind(found, expected, out);
    check_properties(found, expected, out);
    check_methods(found, expected, out);
}

static size_t count_classes(const struct mof_item *items, const char *name)
{
    size_t count = 0;

    for (; items; items = items->next)
        count += items->kind == MOF_CLASS && prereq_equal_nocase(items->class.name, name);
    return count;
}

void mof_lint_classes(const struct mof_item *items, struct prereq_buffer *out)
{
    for (const struct mof_item *item = items; item; item = item->next) {
        if (item->kind == MOF_CLASS)
            check_class(item, out);
    }
    for (int id = 0; id < PREREQ_WMI_CLASSES; id++) {
        const char *name = prereq_wmi_class((enum prereq_wmi_class_id)id)->name;

        if (count_classes(items, name) != 1)
            prereq_buffer_addf(out, "%s: does not stand there once\n", name);
    }
}
