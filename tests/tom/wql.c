/* SPDX-License-Identifier: MIT */
/* wql.c - WQL tokens to a tree. */
#include <stdlib.h>
#include <string.h>

#include "wql_lex.h"

/* ---- conditions ---- */

static bool number(struct wql_parser *p, struct wql_value *value)
{
    char *end;

    value->kind = WQL_INTEGER;
    value->integer = strtoll(p->text, &end, 0);
    if (*end) {
        value->kind = WQL_REAL;
        value->real = strtod(p->text, &end);
    }
    return !*end || wql_fail(p, "a number");
}

static bool operand(struct wql_parser *p, struct wql_value *value)
{
    value->text = p->text;
    if (p->kind == WQL_TEXT) {
        value->kind = WQL_STRING;
    } else if (p->kind == WQL_NUMBER) {
        if (!number(p, value))
            return false;
    } else if (wql_is_word(p, "null")) {
        value->kind = WQL_NULL;
    } else if (wql_is_word(p, "true") || wql_is_word(p, "false")) {
        value->kind = WQL_BOOLEAN;
        value->truth = wql_is_word(p, "true");
    } else if (p->kind == WQL_NAME) {
        value->kind = WQL_PROPERTY;
    } else {
        return wql_fail(p, "a property or a value");
    }
    return wql_next(p);
}

static const struct {
    const char *mark;
    enum wql_operation operation;
    enum wql_operation swapped;
} comparisons[] = {
    {"=", WQL_EQUAL, WQL_EQUAL},
    {"<>", WQL_UNEQUAL, WQL_UNEQUAL},
    {"!=", WQL_UNEQUAL, WQL_UNEQUAL},
    {"<", WQL_LESS, WQL_GREATER},
    {"<=", WQL_LESS_EQUAL, WQL_GREATER_EQUAL},
    {">", WQL_GREATER, WQL_LESS},
    {">=", WQL_GREATER_EQUAL, WQL_LESS_EQUAL},
};

static struct wql_term *negate(struct wql_parser *p, const struct wql_term *term)
{
    struct wql_term *not = PREREQ_NEW(p->arena, struct wql_term);

    if (!not ) {
        wql_no_memory(p);
        return NULL;
    }
    not ->operation = WQL_NOT;
    not ->left = term;
    return not ;
}

static bool is_null(struct wql_parser *p, struct wql_term *term, const struct wql_term **out)
{
    bool negated;

    if (!wql_next(p))
        return false;
    negated = wql_is_word(p, "not");
    term->operation = WQL_IS_NULL;
    if ((negated && !wql_next(p)) || !wql_take_word(p, "null"))
        return false;
    *out = negated ? negate(p, term) : term;
    return *out != NULL;
}

/* "P LIKE 'x%'", "P ISA 'Class'". */
static bool word_comparison(struct wql_parser *p, struct wql_term *term)
{
    term->operation = wql_is_word(p, "like") ? WQL_LIKE : WQL_ISA;
    if (!wql_next(p))
        return false;
    if (p->kind != WQL_TEXT)
        return wql_fail(p, "a string");
    return operand(p, &term->b);
}

static bool mark_comparison(struct wql_parser *p, struct wql_term *term,
                            const struct wql_term **out)
{
    size_t i = 0;
    enum wql_kind kind = term->a.kind;

    while (i < PREREQ_COUNT(comparisons) && !wql_is_mark(p, comparisons[i].mark))
        i++;
    if (i == PREREQ_COUNT(comparisons))
        return wql_fail(p, "an operator");
    if (!wql_next(p) || !operand(p, &term->b))
        return false;
    term->operation = comparisons[i].operation;
    if (kind != WQL_PROPERTY) {
        struct wql_value constant = term->a;

        if (term->b.kind != WQL_PROPERTY)
            return wql_fail(p, "a property on one side");
        term->a = term->b;
        term->b = constant;
        term->operation = comparisons[i].swapped;
    }
    if (term->b.kind == WQL_BOOLEAN && i > 2)
        return wql_fail(p, "= or <> for a boolean, which");
    if (term->b.kind != WQL_NULL)
        return true;
    if (i > 2)
        return wql_fail(p, "IS NULL, which");
    *out = term->operation == WQL_EQUAL ? term : negate(p, term);
    term->operation = WQL_IS_NULL;
    return *out != NULL;
}

static bool comparison(struct wql_parser *p, const struct wql_term **out)
{
    struct wql_term *term = PREREQ_NEW(p->arena, struct wql_term);

    if (!term)
        return wql_no_memory(p);
    *out = term;
    if (!operand(p, &term->a))
        return false;
    if (p->kind != WQL_NAME)
        return mark_comparison(p, term, out);
    if (term->a.kind != WQL_PROPERTY)
        return wql_fail(p, "a property on the left side");
    if (wql_is_word(p, "is"))
        return is_null(p, term, out);
    return wql_is_word(p, "like") || wql_is_word(p, "isa") ? word_comparison(p, term)
                                                           : wql_fail(p, "an operator");
}

static bool any_of(struct wql_parser *p, const struct wql_term **out);

static bool one(struct wql_parser *p, const struct wql_term **out)
{
    bool done;

    if (++p->depth > WQL_MAX_DEPTH)
        return wql_fail(p, "an end of the nesting");
    if (wql_is_word(p, "not")) {
        const struct wql_term *term = NULL;

        done = wql_next(p) && one(p, &term) && (*out = negate(p, term)) != NULL;
    } else if (wql_is_mark(p, "(")) {
        done = wql_next(p) && any_of(p, out) &&
               (wql_is_mark(p, ")") ? wql_next(p) : wql_fail(p, "')'"));
    } else {
        done = comparison(p, out);
    }
    p->depth--;
    return done;
}

static bool chain(struct wql_parser *p, const struct wql_term **out, enum wql_operation operation,
                  bool (*part)(struct wql_parser *p, const struct wql_term **out))
{
    const char *word = operation == WQL_AND ? "and" : "or";

    if (!part(p, out))
        return false;
    while (wql_is_word(p, word)) {
        struct wql_term *both = PREREQ_NEW(p->arena, struct wql_term);

        if (!both)
            return wql_no_memory(p);
        both->operation = operation;
        both->left = *out;
        if (!wql_next(p) || !part(p, &both->right))
            return false;
        *out = both;
    }
    return true;
}

static bool all_of(struct wql_parser *p, const struct wql_term **out)
{
    return chain(p, out, WQL_AND, one);
}

static bool any_of(struct wql_parser *p, const struct wql_term **out)
{
    return chain(p, out, WQL_OR, all_of);
}

/* ---- statements ---- */

static bool names(struct wql_parser *p, struct wql_query *query)
{
    const struct wql_name **end = &query->names;

    if (wql_is_mark(p, "*"))
        return wql_next(p);
    for (;;) {
        struct wql_name *name = PREREQ_NEW(p->arena, struct wql_name);

        if (!name)
            return wql_no_memory(p);
        if (!wql_take_name(p, &name->name))
            return false;
        *end = name;
        end = &name->next;
        if (!wql_is_mark(p, ","))
            return true;
        if (!wql_next(p))
            return false;
    }
}

static bool select_statement(struct wql_parser *p, struct wql_query *query)
{
    struct wql_value within = {0};

    if (!names(p, query) || !wql_take_word(p, "from") || !wql_take_name(p, &query->class_name))
        return false;
    if (wql_is_word(p, "within")) {
        if (!wql_next(p) || !operand(p, &within))
            return false;
        query->within = within.kind == WQL_INTEGER ? (double)within.integer : within.real;
        if (query->within <= 0)
            return wql_fail(p, "a number of seconds");
    }
    return !wql_is_word(p, "where") || (wql_next(p) && any_of(p, &query->where));
}

/* "{path}", in which a closing brace may stand between quotes; the place is behind the "{". */
static bool braces(struct wql_parser *p, const char **path)
{
    const char *from = p->at;
    char quote = '\0';

    if (!wql_is_mark(p, "{"))
        return wql_fail(p, "a path in braces");
    while (*p->at && (quote || *p->at != '}')) {
        if (quote && *p->at == '\\' && p->at[1])
            p->at++;
        else if (quote && *p->at == quote)
            quote = '\0';
        else if (!quote && (*p->at == '"' || *p->at == '\''))
            quote = *p->at;
        p->at++;
    }
    if (!*p->at) {
        p->kind = WQL_END;
        return wql_fail(p, "'}'");
    }
    *path = prereq_strndup(p->arena, from, (size_t)(p->at - from));
    p->at++;
    return *path ? wql_next(p) : wql_no_memory(p);
}

static bool limits(struct wql_parser *p, struct wql_query *query)
{
    const struct {
        const char *word;
        const char **value;
    } known[] = {{"AssocClass", &query->assoc_class},
                 {"ResultClass", &query->result_class},
                 {"ResultRole", &query->result_role},
                 {"Role", &query->role}};

    while (p->kind != WQL_END) {
        size_t i = 0;

        if (wql_is_word(p, "KeysOnly")) {
            query->keys_only = true;
            if (!wql_next(p))
                return false;
            continue;
        }
        while (i < PREREQ_COUNT(known) && !wql_is_word(p, known[i].word))
            i++;
        if (i == PREREQ_COUNT(known))
            return wql_fail(p, "a limit");
        if (!wql_next(p) || !(wql_is_mark(p, "=") ? wql_next(p) : wql_fail(p, "'='")) ||
            !wql_take_name(p, known[i].value))
            return false;
    }
    return true;
}

static bool statement(struct wql_parser *p, struct wql_query *query)
{
    if (wql_is_word(p, "select"))
        return wql_next(p) && select_statement(p, query);
    query->statement = wql_is_word(p, "associators") ? WQL_ASSOCIATORS : WQL_REFERENCES;
    if (query->statement == WQL_REFERENCES && !wql_is_word(p, "references"))
        return wql_fail(p, "SELECT, ASSOCIATORS or REFERENCES");
    return wql_next(p) && wql_take_word(p, "of") && braces(p, &query->path) &&
           (!wql_is_word(p, "where") ||
            (wql_next(p) && (p->kind != WQL_END || wql_fail(p, "a limit")) && limits(p, query)));
}

enum prereq_status wql_parse(struct prereq_arena *arena, const char *text,
                             const struct wql_query **query, struct prereq_error *err)
{
    struct wql_parser p = {.arena = arena, .err = err, .at = text};
    struct wql_query *made = PREREQ_NEW(arena, struct wql_query);

    if (strlen(text) > WQL_MAX_BYTES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %zu bytes", WQL_MAX_BYTES);
    if (!made) {
        wql_no_memory(&p);
        return p.status;
    }
    if (!wql_next(&p) || !statement(&p, made) || (p.kind != WQL_END && !wql_fail(&p, "the end")))
        return p.status;
    *query = made;
    return PREREQ_OK;
}
