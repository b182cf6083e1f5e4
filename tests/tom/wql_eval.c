/* SPDX-License-Identifier: MIT */
/* wql_eval.c - a condition asked of one object. */
#include <stdlib.h>
#include <string.h>

#include "wql.h"

/* ---- LIKE ---- */

/* One character, letters A-Z made small; *at moves behind it. */
static uint32_t character(const char **at)
{
    const unsigned char *c = (const unsigned char *)*at;
    uint32_t value = *c;
    size_t more = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : value >= 0xC0 ? 1 : 0;

    if (more)
        value &= 0x3FU >> more;
    (*at)++;
    for (; more > 0 && (**at & 0xC0) == 0x80; more--)
        value = value << 6 | (unsigned char)(*(*at)++ & 0x3F);
    return value >= 'A' && value <= 'Z' ? value + ('a' - 'A') : value;
}

/* "[a-z]" or "[^a-z]"; *set moves behind it.  Without end it stands for "[" itself. */
static bool in_set(const char **set, uint32_t c)
{
    const char *at = *set + 1;
    bool negated = *at == '^';
    bool found = false;

    at += negated;
    if (!*at || !strchr(at + 1, ']')) {
        (*set)++;
        return c == '[';
    }
    do { /* the first character may be "]" */
        uint32_t from = character(&at);
        uint32_t to = from;

        if (*at == '-' && at[1] && at[1] != ']') {
            at++;
            to = character(&at);
        }
        found = found || (c >= from && c <= to);
    } while (*at && *at != ']');
    *set = at + (*at == ']');
    return found != negated;
}

static bool matches_one(const char **pattern, uint32_t c)
{
    if (**pattern == '_') {
        (*pattern)++;
        return true;
    }
    return **pattern == '[' ? in_set(pattern, c) : character(pattern) == c;
}

bool wql_like(const char *text, const char *pattern)
{
    const char *again_text = NULL; /* where the last % goes on */
    const char *again_pattern = NULL;

    while (*text) {
        const char *behind = text;
        uint32_t c = character(&behind);

        if (*pattern == '%') {
            again_pattern = ++pattern;
            again_text = text;
        } else if (*pattern && matches_one(&pattern, c)) {
            text = behind;
        } else if (again_pattern) {
            character(&again_text);
            text = again_text;
            pattern = again_pattern;
        } else {
            return false;
        }
    }
    while (*pattern == '%')
        pattern++;
    return !*pattern;
}

/* ---- comparisons ---- */

enum truth { FALSEHOOD, TRUTH, NEITHER };

static enum truth truth(bool value)
{
    return value ? TRUTH : FALSEHOOD;
}

/* A number, if it is one or can be read as one. */
static bool as_real(const struct wql_value *value, double *real)
{
    char *end;

    if (value->kind == WQL_INTEGER || value->kind == WQL_BOOLEAN)
        *real = value->kind == WQL_BOOLEAN ? (double)value->truth : (double)value->integer;
    else if (value->kind == WQL_REAL)
        *real = value->real;
    else if (value->kind == WQL_STRING && *value->text)
        *real = strtod(value->text, &end);
    else
        return false;
    return value->kind != WQL_STRING || !*end;
}

/* False: the two cannot be compared. */
static bool compare(const struct wql_value *a, const struct wql_value *b, int *order)
{
    double x, y;

    if (a->kind == WQL_STRING && b->kind == WQL_STRING) {
        *order = prereq_compare_nocase(a->text, b->text);
        return true;
    }
    if (a->kind == WQL_BOOLEAN && b->kind == WQL_STRING) {
        bool word = prereq_equal_nocase(b->text, "true");

        *order = (int)a->truth - (int)word;
        return word || prereq_equal_nocase(b->text, "false");
    }
    if (a->kind == WQL_INTEGER && b->kind == WQL_INTEGER) {
        *order = (a->integer > b->integer) - (a->integer < b->integer);
        return true;
    }
    if (!as_real(a, &x) || !as_real(b, &y))
        return false;
    *order = (x > y) - (x < y);
    return true;
}

static enum truth ordered(enum wql_operation operation, const struct wql_value *a,
                          const struct wql_value *b)
{
    int order;

    if (a->kind == WQL_NULL || b->kind == WQL_NULL || !compare(a, b, &order))
        return NEITHER;
    switch ((int)operation) {
    case WQL_EQUAL:
        return truth(order == 0);
    case WQL_UNEQUAL:
        return truth(order != 0);
    case WQL_LESS:
        return truth(order < 0);
    case WQL_LESS_EQUAL:
        return truth(order <= 0);
    case WQL_GREATER:
        return truth(order > 0);
    default:
        return truth(order >= 0);
    }
}

static struct wql_value value_of(const struct wql_value *value, const struct wql_object *object)
{
    return value->kind == WQL_PROPERTY ? object->get(object->object, value->text) : *value;
}

static enum truth evaluate(const struct wql_term *term, const struct wql_object *object);

static enum truth connected(const struct wql_term *term, const struct wql_object *object)
{
    enum truth decisive = term->operation == WQL_AND ? FALSEHOOD : TRUTH;
    enum truth left = evaluate(term->left, object);
    enum truth right = left == decisive ? decisive : evaluate(term->right, object);

    if (left == decisive || right == decisive)
        return decisive;
    return left == NEITHER || right == NEITHER ? NEITHER : left;
}

static enum truth evaluate(const struct wql_term *term, const struct wql_object *object)
{
    struct wql_value a, b;
    enum truth inner;

    if (term->operation == WQL_AND || term->operation == WQL_OR)
        return connected(term, object);
    if (term->operation == WQL_NOT) {
        inner = evaluate(term->left, object);
        return inner == NEITHER ? NEITHER : truth(inner == FALSEHOOD);
    }
    if (term->operation == WQL_ISA)
        return truth(object->isa(object->object, term->a.text, term->b.text));
    a = value_of(&term->a, object);
    if (term->operation == WQL_IS_NULL)
        return truth(a.kind == WQL_NULL);
    b = value_of(&term->b, object);
    if (term->operation != WQL_LIKE)
        return ordered(term->operation, &a, &b);
    return a.kind == WQL_STRING ? truth(wql_like(a.text, b.text)) : NEITHER;
}

bool wql_matches(const struct wql_term *where, const struct wql_object *object)
{
    return !where || evaluate(where, object) == TRUTH;
}

void wql_each_property(const struct wql_term *where, void (*see)(void *context, const char *name),
                       void *context)
{
    if (!where)
        return;
    wql_each_property(where->left, see, context);
    wql_each_property(where->right, see, context);
    if (where->operation == WQL_AND || where->operation == WQL_OR || where->operation == WQL_NOT)
        return;
    if (where->a.kind == WQL_PROPERTY)
        see(context, where->a.text);
    if (where->b.kind == WQL_PROPERTY)
        see(context, where->b.text);
}
