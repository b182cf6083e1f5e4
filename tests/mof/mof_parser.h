/* SPDX-License-Identifier: MIT */
/* mof_parser.h - what the files of the parser share. */
#ifndef PREREQ_TESTS_MOF_PARSER_H
#define PREREQ_TESTS_MOF_PARSER_H

#include "mof_lex.h"

struct mof_parser {
    struct mof_lexer lexer;
    const struct mof_item *first;
    const struct mof_item **end; /* where the next item goes */
    const char *name_space;
};

/* Zeroed memory; NULL, with the failure noted, when there is none. */
void *mof_make(struct mof_parser *p, size_t size);
#define MAKE(p, type) ((type *)mof_make((p), sizeof(type)))

/* What is missing before the next token; returns false, for `return`. */
bool mof_expected(struct mof_parser *p, const char *what);
bool mof_at_mark(const struct mof_parser *p, char mark);
bool mof_at_word(const struct mof_parser *p, const char *word);

/* Read one thing and move on.  False: the failure is noted. */
bool mof_take_mark(struct mof_parser *p, char mark);
bool mof_take_name(struct mof_parser *p, const char **name, const char *what);
/* The name of something that is declared here: no word of MOF or WQL. */
bool mof_take_new_name(struct mof_parser *p, const char **name, const char *what);
bool mof_parse_value(struct mof_parser *p, const struct mof_value **out);
/* "[a, b(1), c{"x"}: ToSubclass]", or nothing. */
bool mof_parse_qualifiers(struct mof_parser *p, const struct mof_qualifier **list);
/* The place is at "class". */
bool mof_parse_class(struct mof_parser *p, struct mof_class *class);

/* The instance above that has this alias; NULL: none. */
const struct mof_instance *mof_find_alias(const struct mof_parser *p, const char *alias);

#endif
