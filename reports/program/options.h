/* SPDX-License-Identifier: MIT */
/* options.h - commands and options: one table feeds parsing, --help and the manual page. */
#ifndef REPORTS_OPTIONS_H
#define REPORTS_OPTIONS_H

#include "program/outcome.h"

enum option {
    OPTION_CATALOG,
    OPTION_NO_BUILTIN,
    OPTION_POLICY,
    OPTION_WAIVERS,
    OPTION_SCOPE,
    OPTION_PREVIOUS,
    OPTION_GOAL,
    OPTION_VERIFY,
    OPTION_FACTS_TIME,
    OPTION_ROOT,
    OPTION_WIM,
    OPTION_INDEX,
    OPTION_NO_USER_NAMES,
    OPTION_TIMEOUT,
    OPTION_ACCEPT_DIRTY,
    OPTION_HOST_ID,
    OPTION_MERGE,
    OPTION_FORMAT,
    OPTION_CSV,
    OPTION_PLANS,
    OPTION_KEY,
    OPTION_ALLOW_OLDER,
    OPTION_GO_BACK,
    OPTION_OUTPUT,
    OPTION_NOW,
    OPTION_UNTRUSTED,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    OPTIONS,
};

#define OPTION_BIT(option) (1U << (option))
/* Understood by every command. */
#define OPTIONS_EVERYWHERE                                                                         \
    (OPTION_BIT(OPTION_OUTPUT) | OPTION_BIT(OPTION_NOW) | OPTION_BIT(OPTION_UNTRUSTED) |           \
     OPTION_BIT(OPTION_QUIET) | OPTION_BIT(OPTION_HELP) | OPTION_BIT(OPTION_VERSION))

struct option_info {
    const char *name;  /* without the dashes */
    char letter;       /* 0: none */
    const char *value; /* what it takes, for help; NULL: nothing */
    bool repeated;     /* may be given several times */
    const char *about;
};

struct options;

struct command {
    const char *name;     /* "assess", "catalog list" */
    const char *operands; /* for help: "DOC..." */
    size_t min_operands, max_operands;
    const char *about;           /* one line */
    const char *more;            /* paragraphs for its help */
    unsigned own;                /* options beyond those of every command: bits 1 << enum option */
    const char *const *formats;  /* of --format, the default first; NULL: it has none */
    const char *exits[OUTCOMES]; /* what each exit code means here; NULL: cannot happen */
    const char *const *examples; /* NULL-terminated; may be NULL */
    bool always_trusted;         /* takes files from trusted places alone, elevated or not */
    enum outcome (*run)(const struct options *options);
};

struct option_values {
    const char **text; /* "" for options without value */
    size_t count;
};

struct options {
    const struct command *command; /* NULL: the program itself (help, version) */
    const char *group;             /* "catalog": help for the commands of a group */
    const char *const *operands;
    size_t operand_count;
    struct option_values values[OPTIONS];
    struct prereq_arena *arena; /* of the run */
};

extern const struct option_info option_table[OPTIONS];
extern const struct command command_table[]; /* ends with a NULL name */

/* Options may stand anywhere, `--opt=value` works, `--` ends them, nothing is abbreviated.  On
 * failure *options is unspecified and *err says what to type. */
enum prereq_status options_parse(struct prereq_arena *arena, int argc, const char *const *argv,
                                 struct options *options, struct prereq_error *err);
bool option_given(const struct options *options, enum option option);
/* Its (last) value, or NULL. */
const char *option_text(const struct options *options, enum option option);
/* The value of --format, or the command's first format. */
const char *option_format(const struct options *options);
bool option_format_is(const struct options *options, const char *format);

/* The text of --help: of a command, of a group, or of the program. */
void help_write(const struct options *options, struct prereq_buffer *out);

#endif
