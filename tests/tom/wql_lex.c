/* SPDX-License-Identifier: MIT */
/* wql_lex.c - WQL text to tokens. */
#include <stdio.h>
#include <string.h>

#include "wql_lex.h"

bool wql_fail(struct wql_parser *p, const char *what)
{
    if (p->kind == WQL_END)
        p->status = prereq_fail(p->err, PREREQ_BAD_INPUT, "%s is missing at the end", what);
    else
        p->status = prereq_fail(p->err, PREREQ_BAD_INPUT, "%s is missing before \"%.40s\"", what,
                                p->token_from);
    return false;
}

bool wql_no_memory(struct wql_parser *p)
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

static bool read_run(struct wql_parser *p, enum wql_token kind, bool (*is)(char c, bool first))
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
    return p->text || wql_no_memory(p);
}

static bool read_string(struct wql_parser *p)
{
    char quote = *p->at++;
    char *text = prereq_alloc(p->arena, strlen(p->at) + 1, 1);
    size_t len = 0;

    if (!text)
        return wql_no_memory(p);
    while (*p->at && *p->at != quote) {
        if (*p->at == '\\' && p->at[1] && strchr("\\\"'", p->at[1]))
            p->at++;
        text[len++] = *p->at++;
    }
    p->kind = WQL_TEXT;
    p->text = text;
    if (!*p->at)
        return wql_fail(p, "the end of a string");
    p->at++;
    return true;
}

bool wql_next(struct wql_parser *p)
{
    while (*p->at && strchr(" \t\r\n", *p->at))
        p->at++;
    p->token_from = p->at;
    p->text = NULL;
    p->mark[0] = '\0';
    p->kind = WQL_END;
    if (!*p->at)
        return true;
    if (is_name(*p->at, true))
        return read_run(p, WQL_NAME, is_name);
    if (is_number(*p->at, true))
        return read_run(p, WQL_NUMBER, is_number);
    if (*p->at == '"' || *p->at == '\'')
        return read_string(p);
    p->kind = WQL_MARK;
    snprintf(p->mark, sizeof(p->mark), "%c", *p->at);
    if (!strchr("(),=<>!{*", *p->at))
        return wql_fail(p, "something with a meaning");
    p->at++;
    if (strchr("<>!", p->mark[0]) && (*p->at == '=' || (p->mark[0] == '<' && *p->at == '>')))
        p->mark[1] = *p->at++;
    return true;
}

bool wql_is_word(const struct wql_parser *p, const char *word)
{
    return p->kind == WQL_NAME && prereq_equal_nocase(p->text, word);
}

bool wql_is_mark(const struct wql_parser *p, const char *mark)
{
    return p->kind == WQL_MARK && strcmp(p->mark, mark) == 0;
}

bool wql_take_word(struct wql_parser *p, const char *word)
{
    return wql_is_word(p, word) ? wql_next(p) : wql_fail(p, word);
}

bool wql_take_name(struct wql_parser *p, const char **name)
{
    if (p->kind != WQL_NAME)
        return wql_fail(p, "a name");
    *name = p->text;
    return wql_next(p);
}
