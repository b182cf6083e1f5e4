/* SPDX-License-Identifier: MIT */
/* wql.c - WQL text to a tree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wql.h"

enum token_kind { END, NAME, STRING, NUMBER, MARK };

struct parser {
    struct prereq_arena *arena;
    struct prereq_error *err;
    enum prereq_status status;
    const char *at;
    enum token_kind kind;
    const char *text;       /* name, string or number */
    char mark[3];           /* ( ) , = <> != < <= > >= { */
    const char *token_from; /* where the token begins */
    int depth;
};

static bool fail(struct parser *p, const char *what)
{
    if (p->kind == END)
        p->status = prereq_fail(p->err, PREREQ_BAD_INPUT, "%s is missing at the end", what);
    else
        p->status = prereq_fail(p->err, PREREQ_BAD_INPUT, "%s is missing before \"%.40s\"", what,
                                p->token_from);
    return false;
}

static bool no_memory(struct parser *p)
{
    p->status = prereq_fail(p->err, PREREQ_NO_MEMORY, "the query needs too much memory");
    return false;
}

/* ---- tokens ---- */

static bool is_name(char c, bool first)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (!first && ((c >= '0' && c <= '9') || c == '.'));
}

static bool is_number(char c, bool first)
{
    return (c >= '0' && c <= '9') ||
           (first ? c == '-' || c == '+' : strchr("+-.eExXabcdf", c) && c);
}

static bool read_run(struct parser *p, enum token_kind kind, bool (*is)(char c, bool first))
{
    const char *from = p->at;

    while (is(*p->at, false))
        p->at++;
    if (p->at == from) /* a sign */
        p->at++;
    while (is(*p->at, false))
        p->at++;
    p->kind = kind;
    p->text = prereq_strndup(p->arena, from, (size_t)(p->at - from));
    return p->text || no_memory(p);
}

static bool read_string(struct parser *p)
{
    char quote = *p->at++;
    char *text = prereq_alloc(p->arena, strlen(p->at) + 1, 1);
    size_t len = 0;

    if (!text)
        return no_memory(p);
    while (*p->at && *p->at != quote) {
        if (*p->at == '\\' && p->at[1] && strchr("\\\"'", p->at[1]))
            p->at++;
        text[len++] = *p->at++;
    }
    p->kind = STRING;
    p->text = text;
    if (!*p->at)
        return fail(p, "the end of a string");
    p->at++;
    return true;
}

static bool next(struct parser *p)
{
    while (*p->at && strchr(" \t\r\n", *p->at))
        p->at++;
    p->token_from = p->at;
    p->text = NULL;
    p->mark[0] = '\0';
    p->kind = END;
    if (!*p->at)
        return true;
    if (is_name(*p->at, true))
        return read_run(p, NAME, is_name);
    if (is_number(*p->at, true))
        return read_run(p, NUMBER, is_number);
    if (*p->at == '"' || *p->at == '\'')
        return read_string(p);
    p->kind = MARK;
    snprintf(p->mark, sizeof(p->mark), "%c", *p->at);
    if (!strchr("(),=<>!{*", *p->at))
        return fail(p, "something with a meaning");
    p->at++;
    if (strchr("<>!", p->mark[0]) && (*p->at == '=' || (p->mark[0] == '<' && *p->at == '>')))
        p->mark[1] = *p->at++;
    return true;
}

static bool is_word(const struct parser *p, const char *word)
{
    return p->kind == NAME && prereq_equal_nocase(p->text, word);
}

static bool is_mark(const struct parser *p, const char *mark)
{
    return p->kind == MARK && strcmp(p->mark, mark) == 0;
}

static bool take_word(struct parser *p, const char *word)
{
    return is_word(p, word) ? next(p) : fail(p, word);
}

static bool take_name(struct parser *p, const char **name)
{
    if (p->kind != NAME)
        return fail(p, "a name");
    *name = p->text;
    return next(p);
}

/* ---- conditions ---- */

static bool number(struct parser *p, struct wql_value *value)
{
    char *end;

    value->kind = WQL_INTEGER;
    value->integer = strtoll(p->text, &end, 0);
    if (*end) {
        value->kind = WQL_REAL;
        value->real = strtod(p->text, &end);
    }
    return !*end || fail(p, "a number");
}

static bool operand(struct parser *p, struct wql_value *value)
{
    value->text = p->text;
    if (p->kind == STRING) {
        value->kind = WQL_STRING;
    } else if (p->kind == NUMBER) {
        if (!number(p, value))
            return false;
    } else if (is_word(p, "null")) {
        value->kind = WQL_NULL;
    } else if (is_word(p, "true") || is_word(p, "false")) {
        value->kind = WQL_BOOLEAN;
        value->truth = is_word(p, "true");
    } else if (p->kind == NAME) {
        value->kind = WQL_PROPERTY;
    } else {
        return fail(p, "a property or a value");
    }
    return next(p);
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

static struct wql_term *negate(struct parser *p, const struct wql_term *term)
{
    struct wql_term *not = PREREQ_NEW(p->arena, struct wql_term);

    if (!not ) {
        no_memory(p);
        return NULL;
    }
    not ->operation = WQL_NOT;
    not ->left = term;
    return not ;
}

static bool is_null(struct parser *p, struct wql_term *term, const struct wql_term **out)
{
    bool negated;

    if (!next(p))
        return false;
    negated = is_word(p, "not");
    term->operation = WQL_IS_NULL;
    if ((negated && !next(p)) || !take_word(p, "null"))
        return false;
    *out = negated ? negate(p, term) : term;
    return *out != NULL;
}

/* "P LIKE 'x%'", "P ISA 'Class'". */
static bool word_comparison(struct parser *p, struct wql_term *term)
{
    term->operation = is_word(p, "like") ? WQL_LIKE : WQL_ISA;
    if (!next(p))
        return false;
    if (p->kind != STRING)
        return fail(p, "a string");
    return operand(p, &term->b);
}

static bool mark_comparison(struct parser *p, struct wql_term *term, const struct wql_term **out)
{
    size_t i = 0;
    enum wql_kind kind = term->a.kind;

    while (i < PREREQ_COUNT(comparisons) && !is_mark(p, comparisons[i].mark))
        i++;
    if (i == PREREQ_COUNT(comparisons))
        return fail(p, "an operator");
    if (!next(p) || !operand(p, &term->b))
        return false;
    term->operation = comparisons[i].operation;
    if (kind != WQL_PROPERTY) {
        struct wql_value constant = term->a;

        if (term->b.kind != WQL_PROPERTY)
            return fail(p, "a property on one side");
        term->a = term->b;
        term->b = constant;
        term->operation = comparisons[i].swapped;
    }
    if (term->b.kind == WQL_BOOLEAN && i > 2)
        return fail(p, "= or <> for a boolean, which");
    if (term->b.kind != WQL_NULL)
        return true;
    if (i > 2)
        return fail(p, "IS NULL, which");
    *out = term->operation == WQL_EQUAL ? term : negate(p, term);
    term->operation = WQL_IS_NULL;
    return *out != NULL;
}

static bool comparison(struct parser *p, const struct wql_term **out)
{
    struct wql_term *term = PREREQ_NEW(p->arena, struct wql_term);

    if (!term)
        return no_memory(p);
    *out = term;
    if (!operand(p, &term->a))
        return false;
    if (p->kind == MARK || p->kind != NAME)
        return mark_comparison(p, term, out);
    if (term->a.kind != WQL_PROPERTY)
        return fail(p, "a property on the left side");
    if (is_word(p, "is"))
        return is_null(p, term, out);
    return is_word(p, "like") || is_word(p, "isa") ? word_comparison(p, term)
                                                   : fail(p, "an operator");
}

static bool any_of(struct parser *p, const struct wql_term **out);

static bool one(struct parser *p, const struct wql_term **out)
{
    bool done;

    if (++p->depth > WQL_MAX_DEPTH)
        return fail(p, "an end of the nesting");
    if (is_word(p, "not")) {
        const struct wql_term *term;

        done = next(p) && one(p, &term) && (*out = negate(p, term)) != NULL;
    } else if (is_mark(p, "(")) {
        done = next(p) && any_of(p, out) && (is_mark(p, ")") ? next(p) : fail(p, "')'"));
    } else {
        done = comparison(p, out);
    }
    p->depth--;
    return done;
}

static bool chain(struct parser *p, const struct wql_term **out, enum wql_operation operation,
                  bool (*part)(struct parser *p, const struct wql_term **out))
{
    const char *word = operation == WQL_AND ? "and" : "or";

    if (!part(p, out))
        return false;
    while (is_word(p, word)) {
        struct wql_term *both = PREREQ_NEW(p->arena, struct wql_term);

        if (!both)
            return no_memory(p);
        both->operation = operation;
        both->left = *out;
        if (!next(p) || !part(p, &both->right))
            return false;
        *out = both;
    }
    return true;
}

static bool all_of(struct parser *p, const struct wql_term **out)
{
    return chain(p, out, WQL_AND, one);
}

static bool any_of(struct parser *p, const struct wql_term **out)
{
    return chain(p, out, WQL_OR, all_of);
}

/* ---- statements ---- */

static bool names(struct parser *p, struct wql_query *query)
{
    const struct wql_name **end = &query->names;

    if (is_mark(p, "*"))
        return next(p);
    for (;;) {
        struct wql_name *name = PREREQ_NEW(p->arena, struct wql_name);

        if (!name)
            return no_memory(p);
        if (!take_name(p, &name->name))
            return false;
        *end = name;
        end = &name->next;
        if (!is_mark(p, ","))
            return true;
        if (!next(p))
            return false;
    }
}

static bool select_statement(struct parser *p, struct wql_query *query)
{
    struct wql_value within = {0};

    if (!names(p, query) || !take_word(p, "from") || !take_name(p, &query->class_name))
        return false;
    if (is_word(p, "within")) {
        if (!next(p) || !operand(p, &within))
            return false;
        query->within = within.kind == WQL_INTEGER ? (double)within.integer : within.real;
        if (query->within <= 0)
            return fail(p, "a number of seconds");
    }
    return !is_word(p, "where") || (next(p) && any_of(p, &query->where));
}

/* "{path}", in which a closing brace may stand between quotes; the place is behind the "{". */
static bool braces(struct parser *p, const char **path)
{
    const char *from = p->at;
    char quote = '\0';

    if (!is_mark(p, "{"))
        return fail(p, "a path in braces");
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
        p->kind = END;
        return fail(p, "'}'");
    }
    *path = prereq_strndup(p->arena, from, (size_t)(p->at - from));
    p->at++;
    return *path ? next(p) : no_memory(p);
}

static bool limits(struct parser *p, struct wql_query *query)
{
    const struct {
        const char *word;
        const char **value;
    } known[] = {{"AssocClass", &query->assoc_class},
                 {"ResultClass", &query->result_class},
                 {"ResultRole", &query->result_role},
                 {"Role", &query->role}};

    while (p->kind != END) {
        size_t i = 0;

        if (is_word(p, "KeysOnly")) {
            query->keys_only = true;
            if (!next(p))
                return false;
            continue;
        }
        while (i < PREREQ_COUNT(known) && !is_word(p, known[i].word))
            i++;
        if (i == PREREQ_COUNT(known))
            return fail(p, "a limit");
        if (!next(p) || !(is_mark(p, "=") ? next(p) : fail(p, "'='")) ||
            !take_name(p, known[i].value))
            return false;
    }
    return true;
}

static bool statement(struct parser *p, struct wql_query *query)
{
    if (is_word(p, "select"))
        return next(p) && select_statement(p, query);
    query->statement = is_word(p, "associators") ? WQL_ASSOCIATORS : WQL_REFERENCES;
    if (query->statement == WQL_REFERENCES && !is_word(p, "references"))
        return fail(p, "SELECT, ASSOCIATORS or REFERENCES");
    return next(p) && take_word(p, "of") && braces(p, &query->path) &&
           (!is_word(p, "where") ||
            (next(p) && (p->kind != END || fail(p, "a limit")) && limits(p, query)));
}

enum prereq_status wql_parse(struct prereq_arena *arena, const char *text,
                             const struct wql_query **query, struct prereq_error *err)
{
    struct parser p = {.arena = arena, .err = err, .at = text};
    struct wql_query *made = PREREQ_NEW(arena, struct wql_query);

    if (strlen(text) > WQL_MAX_BYTES)
        return prereq_fail(err, PREREQ_BAD_INPUT, "more than %zu bytes", WQL_MAX_BYTES);
    if (!made) {
        no_memory(&p);
        return p.status;
    }
    if (!next(&p) || !statement(&p, made) || (p.kind != END && !fail(&p, "the end")))
        return p.status;
    *query = made;
    return PREREQ_OK;
}
