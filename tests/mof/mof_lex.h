/* SPDX-License-Identifier: MIT */
/* mof_lex.h - a MOF text as tokens; for mof_parse.c alone. */
#ifndef PREREQ_TESTS_MOF_LEX_H
#define PREREQ_TESTS_MOF_LEX_H

#include "mof_parse.h"

enum mof_token_kind {
    MOF_END,
    MOF_NAME,
    MOF_TEXT, /* one or more adjacent strings */
    MOF_INTEGER,
    MOF_REAL,
    MOF_CHARACTER,
    MOF_ALIAS,
    MOF_HASH, /* "#pragma" */
    MOF_MARK, /* one of { } [ ] ( ) , ; : = */
};

struct mof_token {
    enum mof_token_kind kind;
    size_t line;
    char mark;
    const char *text; /* name, string, alias with its $ */
    bool negative;
    uint64_t magnitude;
    double real;
    uint16_t character;
};

struct mof_lexer {
    struct prereq_arena *arena;
    struct prereq_error *err;
    enum prereq_status status;
    const char *text; /* UTF-8, NUL-terminated */
    size_t len;
    size_t at;
    size_t line;
    struct mof_token token; /* the one that comes next */
};

/* Convert and check the bytes, read the first token.  False: lexer->status and *err say why. */
bool mof_lex_start(struct mof_lexer *lexer, const void *bytes, size_t len);
/* Read the next token into lexer->token. */
bool mof_lex_next(struct mof_lexer *lexer);
/* Both return false, for `return`. */
bool mof_lex_fail(struct mof_lexer *lexer, size_t line, const char *fmt, ...) PREREQ_PRINTF(3, 4);
bool mof_lex_no_memory(struct mof_lexer *lexer);

#endif
