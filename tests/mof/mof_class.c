/* SPDX-License-Identifier: MIT */
/* mof_class.c - classes: properties, references, methods. */
#include "mof_parser.h"

/* "uint32", or "Some_Class ref". */
static bool parse_type(struct mof_parser *p, struct mof_property *property)
{
    const char *name;
    size_t line = p->lexer.token.line;

    if (!mof_take_name(p, &name, "a type"))
        return false;
    if (mof_at_word(p, "ref")) {
        property->type = MOF_REFERENCE;
        property->reference = name;
        return mof_lex_next(&p->lexer);
    }
    if (!mof_type_by_name(name, &property->type))
        return mof_lex_fail(&p->lexer, line, "\"%.60s\" is no type", name);
    return true;
}

/* "[]" or "[4]", or nothing. */
static bool parse_bounds(struct mof_parser *p, struct mof_property *property)
{
    if (!mof_at_mark(p, '['))
        return true;
    property->is_array = true;
    if (!mof_take_mark(p, '['))
        return false;
    if (p->lexer.token.kind == MOF_INTEGER) {
        if (p->lexer.token.negative || p->lexer.token.magnitude - 1 >= MOF_MAX_ITEMS)
            return mof_lex_fail(&p->lexer, p->lexer.token.line, "an array has 1 to %d values",
                                MOF_MAX_ITEMS);
        property->array_size = (size_t)p->lexer.token.magnitude;
        if (!mof_lex_next(&p->lexer))
            return false;
    }
    return mof_take_mark(p, ']');
}

static bool parse_initial(struct mof_parser *p, struct mof_property *property)
{
    if (!mof_at_mark(p, '='))
        return true;
    if (!mof_take_mark(p, '=') || !mof_parse_value(p, &property->initial))
        return false;
    if (!mof_value_fits(property->initial, property->type, property->is_array))
        return mof_lex_fail(&p->lexer, property->initial->line, "the value of \"%s\" is no %s%s",
                            property->name, mof_type_name(property->type),
                            property->is_array ? "[]" : "");
    return true;
}

/* The part behind the qualifiers, type and name first. */
static bool parse_rest_of_property(struct mof_parser *p, struct mof_property *property)
{
    if (property->type == MOF_VOID)
        return mof_lex_fail(&p->lexer, property->line, "\"%s\" cannot be void", property->name);
    return parse_bounds(p, property) && parse_initial(p, property);
}

static bool parse_parameter(struct mof_parser *p, struct mof_property *parameter)
{
    if (!mof_parse_qualifiers(p, &parameter->qualifiers) || !parse_type(p, parameter))
        return false;
    parameter->line = p->lexer.token.line;
    if (!mof_take_new_name(p, &parameter->name, "the name of a parameter") ||
        !parse_rest_of_property(p, parameter))
        return false;
    if (mof_is_set(parameter->qualifiers, "in") || mof_is_set(parameter->qualifiers, "out"))
        return true;
    return mof_lex_fail(&p->lexer, parameter->line, "parameter \"%s\" is neither in nor out",
                        parameter->name);
}

/* The place is at the opening parenthesis. */
static bool parse_parameters(struct mof_parser *p, const struct mof_property **list)
{
    const struct mof_property **end = list;
    size_t count = 0;

    if (!mof_take_mark(p, '('))
        return false;
    while (!mof_at_mark(p, ')')) {
        struct mof_property *parameter = MAKE(p, struct mof_property);

        if (!parameter || (*list && !mof_take_mark(p, ',')) || !parse_parameter(p, parameter))
            return false;
        if (mof_find_property(*list, parameter->name) ||
            prereq_equal_nocase(parameter->name, "ReturnValue"))
            return mof_lex_fail(&p->lexer, parameter->line, "parameter \"%s\" is there twice",
                                parameter->name);
        if (++count > MOF_MAX_ITEMS)
            return mof_lex_fail(&p->lexer, parameter->line, "more than %d parameters",
                                MOF_MAX_ITEMS);
        *end = parameter;
        end = &parameter->next;
    }
    return mof_take_mark(p, ')');
}

struct member_ends {
    const struct mof_property **property;
    const struct mof_method **method;
};

static bool add_method(struct mof_parser *p, const struct mof_property *head,
                       struct member_ends *ends)
{
    struct mof_method *method = MAKE(p, struct mof_method);

    if (!method)
        return false;
    *method = (struct mof_method){
        .qualifiers = head->qualifiers, .name = head->name, .line = head->line, .type = head->type};
    if (head->type == MOF_REFERENCE)
        return mof_lex_fail(&p->lexer, head->line, "\"%s\" cannot return a reference", head->name);
    *ends->method = method;
    ends->method = &method->next;
    return parse_parameters(p, &method->parameters);
}

static bool parse_member(struct mof_parser *p, const struct mof_class *class,
                         struct member_ends *ends)
{
    struct mof_property *member = MAKE(p, struct mof_property);

    if (!member || !mof_parse_qualifiers(p, &member->qualifiers) || !parse_type(p, member))
        return false;
    member->line = p->lexer.token.line;
    if (!mof_take_new_name(p, &member->name, "the name of a property or method"))
        return false;
    if (mof_find_property(class->properties, member->name) ||
        mof_find_method(class->methods, member->name))
        return mof_lex_fail(&p->lexer, member->line, "\"%s\" is there twice", member->name);
    if (mof_at_mark(p, '('))
        return add_method(p, member, ends) && mof_take_mark(p, ';');
    if (!parse_rest_of_property(p, member))
        return false;
    *ends->property = member;
    ends->property = &member->next;
    return mof_take_mark(p, ';');
}

bool mof_parse_class(struct mof_parser *p, struct mof_class *class)
{
    struct member_ends ends = {&class->properties, &class->methods};
    size_t line;

    if (!mof_lex_next(&p->lexer))
        return false;
    line = p->lexer.token.line;
    if (!mof_take_new_name(p, &class->name, "the name of a class"))
        return false;
    if (mof_at_mark(p, ':') &&
        (!mof_take_mark(p, ':') || !mof_take_name(p, &class->superclass, "the name of a class")))
        return false;
    /* The MFL repeats what the MOF declares, but in another namespace. */
    for (const struct mof_item *item = p->first; item; item = item->next) {
        bool same_place = item->name_space == p->name_space ||
                          (item->name_space && p->name_space &&
                           prereq_equal_nocase(item->name_space, p->name_space));

        if (item->kind == MOF_CLASS && same_place &&
            prereq_equal_nocase(item->class.name, class->name))
            return mof_lex_fail(&p->lexer, line, "class \"%s\" is there twice", class->name);
    }
    if (!mof_take_mark(p, '{'))
        return false;
    while (!mof_at_mark(p, '}')) {
        if (!parse_member(p, class, &ends))
            return false;
    }
    return mof_take_mark(p, '}') && mof_take_mark(p, ';');
}
