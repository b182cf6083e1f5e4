/* SPDX-License-Identifier: MIT */
/* wql_lex.h - WQL as tokens; for wql.c alone. */
#ifndef PREREQ_TESTS_WQL_LEX_H
#define PREREQ_TESTS_WQL_LEX_H

#include "wql.h"

enum wql_token { WQL_END, WQL_NAME, WQL_TEXT, WQL_NUMBER, WQL_MARK };

struct wql_parser {
    struct prereq_arena *arena;
    struct prereq_error *err;
    enum prereq_status status;
    const char *at;
    enum wql_token kind;
    const char *text;       /* name, string or number */
    char mark[3];           /* ( ) , = <> != < <= > >= { */
    const char *token_from; /* where the token begins */
    int depth;
};

/* What is missing before the token; both return false, for `return`. */
bool wql_fail(struct wql_parser *p, const char *what);
bool wql_no_memory(struct wql_parser *p);
/* Read the next token.  False: the failure is noted. */
bool wql_next(struct wql_parser *p);
bool wql_is_word(const struct wql_parser *p, const char *word);
bool wql_is_mark(const struct wql_parser *p, const char *mark);
bool wql_take_word(struct wql_parser *p, const char *word);
bool wql_take_name(struct wql_parser *p, const char **name);

#endif
