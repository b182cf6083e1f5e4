/* SPDX-License-Identifier: MIT */
/* fuzz_command_line.c - command lines: whatever the words, each command takes them or says why not,
 * and what it took can be typed in one other way and means the same.
 *
 * Behind the limit stand the words with a NUL between them, as many as there are.  One that begins
 * with a byte 1 is the option that the next byte counts to, with the rest behind it; with a byte 2
 * a bundle of letters; with a byte 3 the words of a command, in one.  All others are taken as they
 * are.  Every command is given the same words. */
#include "fuzz.h"
#include "program/options.h"

#define MOST_WORDS 4096

/* Each word and the list itself have their exact size, so that a sanitizer sees the first byte
 * behind them being touched. */
struct line {
    char **words;
    size_t count;
};

static void add_word(struct line *line, const char *text, size_t len)
{
    char **words = realloc(line->words, (line->count + 1) * sizeof(*words));
    char *word = malloc(len + 1);

    if (!words || !word)
        abort();
    if (len)
        memcpy(word, text, len);
    word[len] = '\0';
    line->words = words;
    line->words[line->count++] = word;
}

static void free_line(struct line *line)
{
    for (size_t i = 0; i < line->count; i++)
        free(line->words[i]);
    free(line->words);
}

static void add_letters(struct prereq_buffer *out, const uint8_t *at, const uint8_t *end)
{
    char letters[OPTIONS];
    size_t count = 0;

    for (int i = 0; i < OPTIONS; i++) {
        if (option_table[i].letter)
            letters[count++] = option_table[i].letter;
    }
    prereq_buffer_add(out, "-");
    for (; at < end; at++)
        prereq_buffer_add_bytes(out, &letters[*at % count], 1);
}

static void add_name(struct prereq_buffer *out, uint8_t pick)
{
    size_t count = 0;

    while (command_table[count].name)
        count++;
    prereq_buffer_add(out, command_table[pick % count].name);
}

static void add_asked_word(struct line *line, const uint8_t *at, const uint8_t *end)
{
    struct prereq_buffer out = {0};

    if (end - at < 2 || *at < 1 || *at > 3) {
        add_word(line, (const char *)at, (size_t)(end - at));
        return;
    }
    if (*at == 2) {
        add_letters(&out, at + 1, end);
    } else {
        if (*at == 1)
            prereq_buffer_addf(&out, "--%s", option_table[at[1] % OPTIONS].name);
        else
            add_name(&out, at[1]);
        prereq_buffer_add_bytes(&out, (const char *)at + 2, (size_t)(end - at - 2));
    }
    assert(!out.failed);
    add_word(line, out.text, out.len);
    prereq_buffer_free(&out);
}

static void add_asked(struct line *line, const uint8_t *at, const uint8_t *end)
{
    while (at < end && line->count < MOST_WORDS) {
        const uint8_t *zero = memchr(at, 0, (size_t)(end - at));

        add_asked_word(line, at, zero ? zero : end);
        at = zero ? zero + 1 : end;
    }
}

static void add_command(struct line *line, const char *name)
{
    while (*name) {
        size_t len = strcspn(name, " ");

        add_word(line, name, len);
        name += len + (name[len] == ' ');
    }
}

/* ---- what was taken ---- */

static bool asks(const struct options *options)
{
    return option_given(options, OPTION_HELP) || option_given(options, OPTION_VERSION);
}

static void check_option(const struct options *options, enum option option, size_t words)
{
    const struct option_values *values = &options->values[option];
    const struct command *command = options->command;
    size_t bad;

    assert(values->count < words);
    assert(values->count <= 1 || option_table[option].repeated);
    assert(!values->count || asks(options) ||
           ((command->own | OPTIONS_EVERYWHERE) & OPTION_BIT(option)));
    for (size_t i = 0; i < values->count; i++) {
        assert(prereq_utf8_valid(values->text[i], strlen(values->text[i]), &bad));
        assert(!values->text[i][0] == !option_table[option].value);
    }
}

/* What a command may count on. */
static void check_taken(const struct options *options, size_t words)
{
    const struct command *command = options->command;
    struct prereq_buffer help = {0};
    size_t bad;

    assert(command || asks(options));
    for (int i = 0; i < OPTIONS; i++)
        check_option(options, (enum option)i, words);
    assert(options->operand_count < words);
    for (size_t i = 0; i < options->operand_count; i++)
        assert(prereq_utf8_valid(options->operands[i], strlen(options->operands[i]), &bad));
    if (asks(options)) {
        help_write(options, &help);
        assert(!help.failed && help.len);
        prereq_buffer_free(&help);
        return;
    }
    assert(options->operand_count >= command->min_operands);
    assert(options->operand_count <= command->max_operands);
    assert(!command->formats == !option_format(options));
}

/* `command --option=value -- operands`. */
static void spell(const struct options *options, struct line *line)
{
    add_word(line, "patchprereq", strlen("patchprereq"));
    add_command(line, options->command->name);
    for (int i = 0; i < OPTIONS; i++) {
        for (size_t j = 0; j < options->values[i].count; j++) {
            struct prereq_buffer out = {0};

            prereq_buffer_addf(&out, "--%s", option_table[i].name);
            if (option_table[i].value)
                prereq_buffer_add(&out, "=");
            prereq_buffer_add(&out, options->values[i].text[j]);
            assert(!out.failed);
            add_word(line, out.text, out.len);
            prereq_buffer_free(&out);
        }
    }
    add_word(line, "--", 2);
    for (size_t i = 0; i < options->operand_count; i++)
        add_word(line, options->operands[i], strlen(options->operands[i]));
}

static enum prereq_status parse(struct prereq_arena *arena, const struct line *line,
                                struct options *options, struct prereq_error *err)
{
    return options_parse(arena, (int)line->count, (const char *const *)line->words, options, err);
}

static void check_spelled(const struct options *options)
{
    struct prereq_arena *arena = prereq_arena_new(FUZZ_NO_LIMIT);
    struct prereq_error err = {0};
    struct line line = {0};
    struct options again;

    assert(arena);
    spell(options, &line);
    if (parse(arena, &line, &again, &err) != PREREQ_OK)
        abort();
    assert(again.command == options->command);
    assert(again.operand_count == options->operand_count);
    for (size_t i = 0; i < again.operand_count; i++)
        assert(!strcmp(again.operands[i], options->operands[i]));
    for (int i = 0; i < OPTIONS; i++) {
        assert(again.values[i].count == options->values[i].count);
        for (size_t j = 0; j < again.values[i].count; j++)
            assert(!strcmp(again.values[i].text[j], options->values[i].text[j]));
    }
    free_line(&line);
    prereq_arena_free(arena);
}

/* `asked` behind the words of the command; its words are lent. */
static void try_command(const char *name, const uint8_t *data, const struct line *asked)
{
    struct prereq_arena *arena = fuzz_arena(data);
    struct prereq_error err = {0};
    enum prereq_status status;
    struct line line = {0};
    struct options options;
    size_t own;

    add_word(&line, "patchprereq", strlen("patchprereq"));
    add_command(&line, name);
    own = line.count;
    line.words = realloc(line.words, (own + asked->count) * sizeof(*line.words));
    if (!line.words)
        abort();
    if (asked->count)
        memcpy(line.words + own, asked->words, asked->count * sizeof(*asked->words));
    line.count += asked->count;
    status = parse(arena, &line, &options, &err);
    if (status == PREREQ_OK) {
        check_taken(&options, line.count);
        if (!asks(&options))
            check_spelled(&options);
    } else {
        fuzz_check_refusal(status, &err);
    }
    line.count = own;
    free_line(&line);
    prereq_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line asked = {0};

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    add_asked(&asked, data + FUZZ_LIMIT_BYTES, data + size);
    try_command("", data, &asked);
    for (const struct command *command = command_table; command->name; command++)
        try_command(command->name, data, &asked);
    free_line(&asked);
    return 0;
}
