/* SPDX-License-Identifier: MIT */
/* options.c - reading the command line by the tables of commands.c. */
#include <string.h>

#include "program/options.h"

_Static_assert(OPTIONS <= 32, "the options of a command are bits of an unsigned");

struct parser {
    struct prereq_arena *arena;
    int argc;
    const char *const *argv;
    int at;
    struct options *options;
    const char **operands;
    size_t operand_count;
    struct prereq_error *err;
};

bool option_given(const struct options *options, enum option option)
{
    return options->values[option].count > 0;
}

const char *option_text(const struct options *options, enum option option)
{
    const struct option_values *values = &options->values[option];

    return values->count ? values->text[values->count - 1] : NULL;
}

const char *option_format(const struct options *options)
{
    const char *format = option_text(options, OPTION_FORMAT);

    if (format || !options->command || !options->command->formats)
        return format;
    return options->command->formats[0];
}

bool option_format_is(const struct options *options, const char *format)
{
    const char *given = option_format(options);

    return given && !strcmp(given, format);
}

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the command line");
}

/* A value ends its word, so that no option has more of them than there are words.  Letters repeat a
 * flag as often as a word has room for (-qqqq); of a flag is kept that it was given. */
static enum prereq_status keep_value(struct parser *parser, enum option option, const char *text)
{
    const struct option_info *info = &option_table[option];
    struct option_values *values = &parser->options->values[option];

    if (values->count && !info->value)
        return PREREQ_OK;
    if (values->count && !info->repeated)
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "--%s is given twice", info->name);
    if (info->value && !text[0])
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "--%s has an empty value (%s)",
                           info->name, info->value);
    if (!values->text)
        values->text = PREREQ_NEW_ARRAY(parser->arena, (size_t)parser->argc, const char *);
    if (!values->text)
        return no_memory(parser->err);
    values->text[values->count++] = text;
    return PREREQ_OK;
}

/* The value that is the next argument.  One that looks like a long option is almost always a value
 * that was forgotten; `--opt=--value` can still say it. */
static enum prereq_status next_value(struct parser *parser, enum option option)
{
    const struct option_info *info = &option_table[option];
    const char *next = parser->at < parser->argc ? parser->argv[parser->at] : NULL;

    if (!next || (next[0] == '-' && next[1] == '-'))
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "--%s needs a value: --%s %s", info->name,
                           info->name, info->value);
    parser->at++;
    return keep_value(parser, option, next);
}

static enum option find_long(const char *name, size_t len)
{
    int i = 0;

    while (i < OPTIONS &&
           (strlen(option_table[i].name) != len || memcmp(option_table[i].name, name, len) != 0))
        i++;
    return (enum option)i;
}

static enum option find_letter(char letter)
{
    int i = 0;

    while (i < OPTIONS && option_table[i].letter != letter)
        i++;
    return (enum option)i;
}

/* --previous names a document for some commands and is a word of its own behind `catalog install`.
 */
static enum option in_context(const struct parser *parser, enum option option)
{
    bool install = parser->operand_count >= 2 && !strcmp(parser->operands[0], "catalog") &&
                   !strcmp(parser->operands[1], "install");

    return option == OPTION_PREVIOUS && install ? OPTION_GO_BACK : option;
}

static enum prereq_status take_long(struct parser *parser, const char *argument)
{
    const char *name = argument + 2;
    const char *equals = strchr(name, '=');
    size_t len = equals ? (size_t)(equals - name) : strlen(name);
    enum option option = in_context(parser, find_long(name, len));

    if (option == OPTIONS)
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "unknown option --%.*s", (int)len, name);
    if (equals && !option_table[option].value)
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "--%s takes no value",
                           option_table[option].name);
    if (equals)
        return keep_value(parser, option, equals + 1);
    if (option_table[option].value)
        return next_value(parser, option);
    return keep_value(parser, option, "");
}

/* Of the UTF-8 character at `text`, which is valid and not at its end. */
static int character_bytes(const char *text)
{
    int bytes = 1;

    while (((unsigned char)text[bytes] & 0xC0) == 0x80)
        bytes++;
    return bytes;
}

/* "-q", "-qo FILE", "-oFILE". */
static enum prereq_status take_letters(struct parser *parser, const char *argument)
{
    for (const char *letter = argument + 1; *letter; letter++) {
        enum option option = find_letter(*letter);
        enum prereq_status status;

        if (option == OPTIONS)
            return prereq_fail(parser->err, PREREQ_BAD_INPUT, "unknown option -%.*s in %s",
                               character_bytes(letter), letter, argument);
        if (option_table[option].value)
            return letter[1] ? keep_value(parser, option, letter + 1) : next_value(parser, option);
        status = keep_value(parser, option, "");
        if (status != PREREQ_OK)
            return status;
    }
    return PREREQ_OK;
}

/* Values as well as words that stand alone. */
static enum prereq_status check_text(const struct parser *parser)
{
    size_t bad;

    for (int i = 1; i < parser->argc; i++) {
        if (!prereq_utf8_valid(parser->argv[i], strlen(parser->argv[i]), &bad))
            return prereq_fail(parser->err, PREREQ_BAD_INPUT, "argument %d is not valid UTF-8", i);
    }
    return PREREQ_OK;
}

static enum prereq_status take_arguments(struct parser *parser)
{
    bool options_end = false;

    while (parser->at < parser->argc) {
        const char *argument = parser->argv[parser->at++];
        enum prereq_status status = PREREQ_OK;

        if (options_end || argument[0] != '-' || !argument[1])
            parser->operands[parser->operand_count++] = argument;
        else if (!strcmp(argument, "--"))
            options_end = true;
        else if (argument[1] == '-')
            status = take_long(parser, argument);
        else
            status = take_letters(parser, argument);
        if (status != PREREQ_OK)
            return status;
    }
    return PREREQ_OK;
}

/* How many operands the name of this command takes: 0 when they do not name it. */
static size_t named_by(const struct command *command, const char *const *operands, size_t count)
{
    const char *name = command->name;
    size_t words = 0;

    while (*name) {
        size_t len = strcspn(name, " ");

        if (words >= count || strlen(operands[words]) != len ||
            memcmp(operands[words], name, len) != 0)
            return 0;
        words++;
        name += len + (name[len] == ' ');
    }
    return words;
}

static const char *group_named(const char *word)
{
    size_t len = strlen(word);

    for (const struct command *command = command_table; command->name; command++)
        if (!strncmp(command->name, word, len) && command->name[len] == ' ')
            return word;
    return NULL;
}

static enum prereq_status find_command(struct parser *parser)
{
    struct options *options = parser->options;
    bool asks = option_given(options, OPTION_HELP) || option_given(options, OPTION_VERSION);

    if (!parser->operand_count)
        return asks ? PREREQ_OK : prereq_fail(parser->err, PREREQ_BAD_INPUT, "no command is given");
    for (const struct command *command = command_table; command->name; command++) {
        size_t words = named_by(command, parser->operands, parser->operand_count);

        if (words) {
            options->command = command;
            options->operands = parser->operands + words;
            options->operand_count = parser->operand_count - words;
            return PREREQ_OK;
        }
    }
    options->group = group_named(parser->operands[0]);
    if (options->group && parser->operand_count == 1 && asks)
        return PREREQ_OK;
    if (options->group && parser->operand_count == 1)
        return prereq_fail(parser->err, PREREQ_BAD_INPUT, "%s needs a second word", options->group);
    return prereq_fail(parser->err, PREREQ_BAD_INPUT, "unknown command %s%s%s", parser->operands[0],
                       options->group ? " " : "", options->group ? parser->operands[1] : "");
}

static enum prereq_status check_options(const struct options *options, struct prereq_error *err)
{
    const struct command *command = options->command;

    for (int i = 0; i < OPTIONS; i++)
        if (options->values[i].count && !((command->own | OPTIONS_EVERYWHERE) & 1U << i))
            return prereq_fail(err, PREREQ_BAD_INPUT, "--%s is not an option of %s",
                               option_table[i].name, command->name);
    if (options->operand_count < command->min_operands)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s needs %s", command->name, command->operands);
    if (options->operand_count > command->max_operands)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: %s is one operand too many", command->name,
                           options->operands[command->max_operands]);
    return PREREQ_OK;
}

static enum prereq_status check_format(const struct options *options, struct prereq_error *err)
{
    const char *given = option_text(options, OPTION_FORMAT);
    struct prereq_buffer offered = {0};

    if (!given)
        return PREREQ_OK;
    for (const char *const *format = options->command->formats; *format; format++) {
        if (!strcmp(*format, given)) {
            prereq_buffer_free(&offered);
            return PREREQ_OK;
        }
        prereq_buffer_addf(&offered, " %s", *format);
    }
    (void)prereq_fail(err, PREREQ_BAD_INPUT, "--format %s is not offered by %s; it has:%s", given,
                      options->command->name, offered.failed ? "" : offered.text);
    prereq_buffer_free(&offered);
    return PREREQ_BAD_INPUT;
}

enum prereq_status options_parse(struct prereq_arena *arena, int argc, const char *const *argv,
                                 struct options *options, struct prereq_error *err)
{
    struct parser parser = {.arena = arena, .argc = argc, .argv = argv, .at = 1, .err = err};
    enum prereq_status status;

    *options = (struct options){.arena = arena};
    parser.options = options;
    parser.operands = PREREQ_NEW_ARRAY(arena, (size_t)(argc > 0 ? argc : 1), const char *);
    if (!parser.operands)
        return no_memory(err);
    status = check_text(&parser);
    if (status == PREREQ_OK)
        status = take_arguments(&parser);
    if (status == PREREQ_OK)
        status = find_command(&parser);
    if (status != PREREQ_OK || !options->command)
        return status;
    /* Who asks for help may have the rest still unfinished. */
    if (option_given(options, OPTION_HELP) || option_given(options, OPTION_VERSION))
        return PREREQ_OK;
    status = check_options(options, err);
    return status == PREREQ_OK ? check_format(options, err) : status;
}
