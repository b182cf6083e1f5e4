/* SPDX-License-Identifier: MIT */
/* print_mof.h - a parsed MOF text as one line per thing, for comparison in tests. */
#ifndef PREREQ_TESTS_PRINT_MOF_H
#define PREREQ_TESTS_PRINT_MOF_H

#include <inttypes.h>

#include "mof_parse.h"

static inline void print_value(struct prereq_buffer *out, const struct mof_value *value)
{
    switch (value->kind) {
    case MOF_NULL_VALUE:
        prereq_buffer_add(out, "NULL");
        break;
    case MOF_BOOLEAN_VALUE:
        prereq_buffer_add(out, value->truth ? "TRUE" : "FALSE");
        break;
    case MOF_INTEGER_VALUE:
        prereq_buffer_addf(out, "%s%" PRIu64, value->negative ? "-" : "", value->magnitude);
        break;
    case MOF_REAL_VALUE:
        prereq_buffer_addf(out, "r%.17g", value->real);
        break;
    case MOF_CHAR_VALUE:
        prereq_buffer_addf(out, "c%u", (unsigned)value->character);
        break;
    case MOF_STRING_VALUE:
        prereq_buffer_addf(out, "<%s>", value->text);
        break;
    case MOF_ALIAS_VALUE:
        prereq_buffer_addf(out, "%s->%s", value->text, value->alias->class_name);
        break;
    case MOF_ARRAY_VALUE:
        prereq_buffer_addf(out, "%zu{", value->item_count);
        for (const struct mof_value *item = value->items; item; item = item->next) {
            print_value(out, item);
            prereq_buffer_add(out, item->next ? " " : "");
        }
        prereq_buffer_add(out, "}");
        break;
    }
}

static inline void print_qualifiers(struct prereq_buffer *out, const struct mof_qualifier *list)
{
    for (; list; list = list->next) {
        prereq_buffer_addf(out, " %s", list->name);
        if (list->value) {
            prereq_buffer_add(out, "=");
            print_value(out, list->value);
        }
        if (list->flavors)
            prereq_buffer_addf(out, ":%u", list->flavors);
    }
    prereq_buffer_add(out, "\n");
}

static inline void print_property(struct prereq_buffer *out, const struct mof_property *property,
                                  const char *indent)
{
    prereq_buffer_addf(out, "%s%s %s%s%s", indent, property->name, mof_type_name(property->type),
                       property->reference ? " " : "",
                       property->reference ? property->reference : "");
    if (property->is_array)
        prereq_buffer_addf(out, "[%zu]", property->array_size);
    if (property->initial) {
        prereq_buffer_add(out, " := ");
        print_value(out, property->initial);
    }
    print_qualifiers(out, property->qualifiers);
}

static inline void print_class(struct prereq_buffer *out, const struct mof_class *class)
{
    prereq_buffer_addf(out, "class %s : %s", class->name,
                       class->superclass ? class->superclass : "-");
    print_qualifiers(out, class->qualifiers);
    for (const struct mof_property *p = class->properties; p; p = p->next)
        print_property(out, p, "  ");
    for (const struct mof_method *m = class->methods; m; m = m->next) {
        prereq_buffer_addf(out, "  %s() %s", m->name, mof_type_name(m->type));
        print_qualifiers(out, m->qualifiers);
        for (const struct mof_property *p = m->parameters; p; p = p->next)
            print_property(out, p, "    ");
    }
}

static inline void print_instance(struct prereq_buffer *out, const struct mof_instance *instance)
{
    prereq_buffer_addf(out, "instance %s %s", instance->class_name,
                       instance->alias ? instance->alias : "-");
    print_qualifiers(out, instance->qualifiers);
    for (const struct mof_assignment *a = instance->assignments; a; a = a->next) {
        prereq_buffer_addf(out, "  %s = ", a->name);
        print_value(out, a->value);
        prereq_buffer_add(out, "\n");
    }
}

static inline void print_mof(struct prereq_buffer *out, const struct mof_item *items)
{
    for (; items; items = items->next) {
        prereq_buffer_addf(out, "%zu %s ", items->line,
                           items->name_space ? items->name_space : "-");
        if (items->kind == MOF_PRAGMA)
            prereq_buffer_addf(out, "#%s %s%s\n", items->pragma.name,
                               items->pragma.argument ? items->pragma.argument : "-",
                               items->pragma.nofail ? " nofail" : "");
        else if (items->kind == MOF_CLASS)
            print_class(out, &items->class);
        else
            print_instance(out, &items->instance);
    }
}

#endif
