/* SPDX-License-Identifier: MIT */
/* mof_words.c - marks, names, values and qualifiers. */
#include "mof_parser.h"

void *mof_make(struct mof_parser *p, size_t size)
{
    void *memory = prereq_alloc(p->lexer.arena, 1, size);

    if (!memory)
        mof_lex_no_memory(&p->lexer);
    return memory;
}

/* ---- small words ---- */

bool mof_expected(struct mof_parser *p, const char *what)
{
    const struct mof_token *token = &p->lexer.token;

    if (token->kind == MOF_END)
        return mof_lex_fail(&p->lexer, token->line, "%s is missing at the end", what);
    if (token->kind == MOF_MARK)
        return mof_lex_fail(&p->lexer, token->line, "%s is missing before '%c'", what, token->mark);
    if (token->kind == MOF_NAME || token->kind == MOF_ALIAS)
        return mof_lex_fail(&p->lexer, token->line, "%s is missing before \"%.60s\"", what,
                            token->text);
    return mof_lex_fail(&p->lexer, token->line, "%s is missing before a value", what);
}

bool mof_at_mark(const struct mof_parser *p, char mark)
{
    return p->lexer.token.kind == MOF_MARK && p->lexer.token.mark == mark;
}

bool mof_at_word(const struct mof_parser *p, const char *word)
{
    return p->lexer.token.kind == MOF_NAME && prereq_equal_nocase(p->lexer.token.text, word);
}

bool mof_take_mark(struct mof_parser *p, char mark)
{
    const char what[] = {'\'', mark, '\'', '\0'};

    return mof_at_mark(p, mark) ? mof_lex_next(&p->lexer) : mof_expected(p, what);
}

bool mof_take_name(struct mof_parser *p, const char **name, const char *what)
{
    if (p->lexer.token.kind != MOF_NAME)
        return mof_expected(p, what);
    *name = p->lexer.token.text;
    return mof_lex_next(&p->lexer);
}

/* Words that MOF or WQL needs for itself. */
bool mof_take_new_name(struct mof_parser *p, const char **name, const char *what)
{
    static const char *const reserved[] = {"null", "true", "false", "class", "instance", "of",
                                           "as",   "ref",  "void",  "from",  "select",   "where",
                                           "like", "and",  "or",    "not",   "group"};
    size_t line = p->lexer.token.line;

    if (!mof_take_name(p, name, what))
        return false;
    for (size_t i = 0; i < PREREQ_COUNT(reserved); i++) {
        if (prereq_equal_nocase(*name, reserved[i]))
            return mof_lex_fail(&p->lexer, line, "\"%s\" is a word of the language", *name);
    }
    return true;
}

/* ---- values ---- */

const struct mof_instance *mof_find_alias(const struct mof_parser *p, const char *alias)
{
    for (const struct mof_item *item = p->first; item; item = item->next) {
        if (item->kind == MOF_INSTANCE && item->instance.alias &&
            prereq_equal_nocase(item->instance.alias, alias))
            return &item->instance;
    }
    return NULL;
}

static bool word_value(struct mof_parser *p, struct mof_value *value)
{
    value->truth = mof_at_word(p, "true");
    value->kind = mof_at_word(p, "null") ? MOF_NULL_VALUE : MOF_BOOLEAN_VALUE;
    if (!value->truth && !mof_at_word(p, "false") && !mof_at_word(p, "null"))
        return mof_expected(p, "a value");
    return true;
}

static bool parse_scalar(struct mof_parser *p, struct mof_value *value)
{
    const struct mof_token *token = &p->lexer.token;

    *value = (struct mof_value){.line = token->line,
                                .text = token->text,
                                .negative = token->negative,
                                .magnitude = token->magnitude,
                                .real = token->real,
                                .character = token->character};
    switch (token->kind) {
    case MOF_TEXT:
        value->kind = MOF_STRING_VALUE;
        break;
    case MOF_INTEGER:
        value->kind = MOF_INTEGER_VALUE;
        break;
    case MOF_REAL:
        value->kind = MOF_REAL_VALUE;
        break;
    case MOF_CHARACTER:
        value->kind = MOF_CHAR_VALUE;
        break;
    case MOF_NAME:
        value->text = NULL;
        if (!word_value(p, value))
            return false;
        break;
    case MOF_ALIAS:
        value->kind = MOF_ALIAS_VALUE;
        value->alias = mof_find_alias(p, token->text);
        if (!value->alias)
            return mof_lex_fail(&p->lexer, token->line, "%.60s names nothing above", token->text);
        break;
    case MOF_END:
    case MOF_HASH:
    case MOF_MARK:
        return mof_expected(p, "a value");
    }
    return mof_lex_next(&p->lexer);
}

/* "{a, b}" or "{}"; the place is at the brace. */
static bool parse_array(struct mof_parser *p, struct mof_value *array)
{
    const struct mof_value **end = &array->items;

    *array = (struct mof_value){.kind = MOF_ARRAY_VALUE, .line = p->lexer.token.line};
    if (!mof_take_mark(p, '{'))
        return false;
    while (!mof_at_mark(p, '}')) {
        struct mof_value *item = MAKE(p, struct mof_value);

        if (!item || !parse_scalar(p, item))
            return false;
        if (++array->item_count > MOF_MAX_ITEMS)
            return mof_lex_fail(&p->lexer, item->line, "an array has more than %d values",
                                MOF_MAX_ITEMS);
        *end = item;
        end = &item->next;
        if (mof_at_mark(p, '}'))
            break;
        if (!mof_take_mark(p, ','))
            return false;
        if (mof_at_mark(p, '}'))
            return mof_expected(p, "a value");
    }
    return mof_take_mark(p, '}');
}

bool mof_parse_value(struct mof_parser *p, const struct mof_value **out)
{
    struct mof_value *value = MAKE(p, struct mof_value);

    if (!value)
        return false;
    *out = value;
    return mof_at_mark(p, '{') ? parse_array(p, value) : parse_scalar(p, value);
}

/* ---- qualifiers ---- */

static bool parse_flavors(struct mof_parser *p, struct mof_qualifier *qualifier)
{
    static const struct {
        const char *name;
        enum mof_flavor flavor;
    } known[] = {{"ToInstance", MOF_TO_INSTANCE},         {"ToSubclass", MOF_TO_SUBCLASS},
                 {"EnableOverride", MOF_ENABLE_OVERRIDE}, {"DisableOverride", MOF_DISABLE_OVERRIDE},
                 {"Restricted", MOF_RESTRICTED},          {"Amended", MOF_AMENDED}};

    do {
        size_t i = 0;

        while (i < PREREQ_COUNT(known) && !mof_at_word(p, known[i].name))
            i++;
        if (i == PREREQ_COUNT(known))
            return mof_expected(p, "a flavor");
        qualifier->flavors |= known[i].flavor;
        if (!mof_lex_next(&p->lexer))
            return false;
    } while (p->lexer.token.kind == MOF_NAME);
    return true;
}

static bool parse_qualifier(struct mof_parser *p, struct mof_qualifier *qualifier)
{
    qualifier->line = p->lexer.token.line;
    if (!mof_take_name(p, &qualifier->name, "a qualifier"))
        return false;
    if (mof_at_mark(p, '{')) {
        if (!mof_parse_value(p, &qualifier->value))
            return false;
    } else if (mof_at_mark(p, '(')) {
        if (!mof_take_mark(p, '(') || !mof_parse_value(p, &qualifier->value) ||
            !mof_take_mark(p, ')'))
            return false;
    }
    return !mof_at_mark(p, ':') || (mof_take_mark(p, ':') && parse_flavors(p, qualifier));
}

/* "[a, b(1), c{"x"}: ToSubclass]", or nothing. */
bool mof_parse_qualifiers(struct mof_parser *p, const struct mof_qualifier **list)
{
    const struct mof_qualifier **end = list;

    if (!mof_at_mark(p, '['))
        return true;
    if (!mof_take_mark(p, '['))
        return false;
    for (;;) {
        struct mof_qualifier *qualifier = MAKE(p, struct mof_qualifier);

        if (!qualifier || !parse_qualifier(p, qualifier))
            return false;
        if (mof_find_qualifier(*list, qualifier->name))
            return mof_lex_fail(&p->lexer, qualifier->line, "qualifier \"%s\" is there twice",
                                qualifier->name);
        *end = qualifier;
        end = &qualifier->next;
        if (mof_at_mark(p, ']'))
            return mof_take_mark(p, ']');
        if (!mof_take_mark(p, ','))
            return false;
    }
}
