/* SPDX-License-Identifier: MIT */
/* mof_parse.c - instances, pragmas, the text as a whole. */
#include "mof_parser.h"

/* ---- instances ---- */

static bool parse_assignment(struct mof_parser *p, const struct mof_instance *instance,
                             struct mof_assignment *assignment)
{
    assignment->line = p->lexer.token.line;
    if (!mof_take_name(p, &assignment->name, "the name of a property"))
        return false;
    if (mof_find_assignment(instance, assignment->name))
        return mof_lex_fail(&p->lexer, assignment->line, "\"%s\" is set twice", assignment->name);
    return mof_take_mark(p, '=') && mof_parse_value(p, &assignment->value) && mof_take_mark(p, ';');
}

static bool parse_alias(struct mof_parser *p, struct mof_instance *instance)
{
    if (!mof_at_word(p, "as"))
        return true;
    if (!mof_lex_next(&p->lexer))
        return false;
    if (p->lexer.token.kind != MOF_ALIAS)
        return mof_expected(p, "an alias");
    instance->alias = p->lexer.token.text;
    if (mof_find_alias(p, instance->alias))
        return mof_lex_fail(&p->lexer, p->lexer.token.line, "alias %.60s is there twice",
                            instance->alias);
    return mof_lex_next(&p->lexer);
}

static bool parse_instance(struct mof_parser *p, struct mof_instance *instance)
{
    const struct mof_assignment **end = &instance->assignments;

    if (!mof_lex_next(&p->lexer))
        return false;
    if (!mof_at_word(p, "of"))
        return mof_expected(p, "\"of\"");
    if (!mof_lex_next(&p->lexer) ||
        !mof_take_name(p, &instance->class_name, "the name of a class") ||
        !parse_alias(p, instance) || !mof_take_mark(p, '{'))
        return false;
    while (!mof_at_mark(p, '}')) {
        struct mof_assignment *assignment = MAKE(p, struct mof_assignment);

        if (!assignment || !parse_assignment(p, instance, assignment))
            return false;
        *end = assignment;
        end = &assignment->next;
    }
    return mof_take_mark(p, '}') && mof_take_mark(p, ';');
}

/* ---- pragmas ---- */

struct pragma {
    const char *name;
    bool argument;
    bool nofail; /* may follow the argument */
};

/* What takes no word in our texts (include, locale, ...) is not known here either. */
static const struct pragma pragmas[] = {
    {"autorecover", false, false}, {"classflags", true, false}, {"instanceflags", true, false},
    {"namespace", true, false},    {"deleteclass", true, true}, {"deleteinstance", true, true},
};

static const struct pragma *find_pragma(const char *name)
{
    for (size_t i = 0; i < PREREQ_COUNT(pragmas); i++) {
        if (prereq_equal_nocase(pragmas[i].name, name))
            return &pragmas[i];
    }
    return NULL;
}

/* ", nofail", or nothing. */
static bool parse_nofail(struct mof_parser *p, struct mof_pragma *pragma)
{
    if (!mof_at_mark(p, ','))
        return true;
    if (!mof_lex_next(&p->lexer))
        return false;
    pragma->nofail = mof_at_word(p, "nofail");
    return pragma->nofail ? mof_lex_next(&p->lexer) : mof_expected(p, "\"nofail\"");
}

static bool parse_argument(struct mof_parser *p, const struct pragma *known,
                           struct mof_pragma *pragma)
{
    if (!mof_take_mark(p, '('))
        return false;
    if (p->lexer.token.kind != MOF_TEXT)
        return mof_expected(p, "a string");
    pragma->argument = p->lexer.token.text;
    if (pragma->argument[0] == '\0')
        return mof_expected(p, "a string that is not empty");
    return mof_lex_next(&p->lexer) && (!known->nofail || parse_nofail(p, pragma)) &&
           mof_take_mark(p, ')');
}

static bool parse_pragma(struct mof_parser *p, struct mof_pragma *pragma)
{
    const struct pragma *known;
    size_t line = p->lexer.token.line;

    if (!mof_lex_next(&p->lexer) || !mof_take_name(p, &pragma->name, "the name of a pragma"))
        return false;
    known = find_pragma(pragma->name);
    if (!known)
        return mof_lex_fail(&p->lexer, line, "\"%.60s\" is no pragma we know", pragma->name);
    if (known->argument && !parse_argument(p, known, pragma))
        return false;
    if (prereq_equal_nocase(pragma->name, "namespace"))
        p->name_space = pragma->argument;
    return true;
}

/* ---- the whole ---- */

static bool parse_item(struct mof_parser *p, struct mof_item *item)
{
    const struct mof_qualifier *qualifiers = NULL;

    item->line = p->lexer.token.line;
    if (p->lexer.token.kind == MOF_HASH) {
        bool done = parse_pragma(p, &item->pragma);

        item->name_space = p->name_space;
        return done;
    }
    item->name_space = p->name_space;
    if (!mof_parse_qualifiers(p, &qualifiers))
        return false;
    item->class.qualifiers = qualifiers;
    item->instance.qualifiers = qualifiers;
    item->kind = mof_at_word(p, "class") ? MOF_CLASS : MOF_INSTANCE;
    if (item->kind == MOF_CLASS)
        return mof_parse_class(p, &item->class);
    return mof_at_word(p, "instance") ? parse_instance(p, &item->instance)
                                      : mof_expected(p, "a class, an instance or a pragma");
}

enum prereq_status mof_parse(struct prereq_arena *arena, const void *bytes, size_t len,
                             const struct mof_item **items, struct prereq_error *err)
{
    struct mof_parser p = {.lexer = {.arena = arena, .err = err}};

    p.end = &p.first;
    if (!mof_lex_start(&p.lexer, bytes, len))
        return p.lexer.status;
    while (p.lexer.token.kind != MOF_END) {
        struct mof_item *item = MAKE(&p, struct mof_item);

        if (!item || !parse_item(&p, item))
            return p.lexer.status;
        *p.end = item;
        p.end = &item->next;
    }
    *items = p.first;
    return PREREQ_OK;
}
