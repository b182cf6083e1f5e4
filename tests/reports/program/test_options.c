/* SPDX-License-Identifier: MIT */
/* test_options.c - the command line: where options may stand, and what is said of wrong ones. */
#include <string.h>

#include "commands/commands.h"
#include "table.h"

#define MAX_WORDS 12

struct line {
    const char *name;
    const char *words[MAX_WORDS];
    const char *command;  /* expected */
    const char *operands; /* joined by | */
    enum option option;
    const char *value; /* of that option */
};

static struct line good[] = {
    {"operands only", {"assess", "a", "b"}, "assess", "a|b", OPTION_NOW, NULL},
    {"option before the command", {"--now", "T", "assess", "a"}, "assess", "a", OPTION_NOW, "T"},
    {"option between operands",
     {"assess", "a", "--now", "T", "b"},
     "assess",
     "a|b",
     OPTION_NOW,
     "T"},
    {"option after the operands", {"assess", "a", "--now", "T"}, "assess", "a", OPTION_NOW, "T"},
    {"value with =", {"assess", "a", "--now=T=1"}, "assess", "a", OPTION_NOW, "T=1"},
    {"value with = may begin with dashes",
     {"assess", "a", "--output=--x"},
     "assess",
     "a",
     OPTION_OUTPUT,
     "--x"},
    {"a single dash is an operand", {"assess", "-"}, "assess", "-", OPTION_NOW, NULL},
    {"a single dash is a value", {"assess", "a", "-o", "-"}, "assess", "a", OPTION_OUTPUT, "-"},
    {"-- ends the options",
     {"assess", "--", "--now", "-q"},
     "assess",
     "--now|-q",
     OPTION_NOW,
     NULL},
    {"-- before the command", {"--", "assess", "a"}, "assess", "a", OPTION_NOW, NULL},
    {"letter with a value", {"assess", "a", "-o", "F"}, "assess", "a", OPTION_OUTPUT, "F"},
    {"letter with its value behind it", {"assess", "a", "-oF"}, "assess", "a", OPTION_OUTPUT, "F"},
    {"letters together", {"assess", "a", "-qo", "F"}, "assess", "a", OPTION_OUTPUT, "F"},
    {"flag twice is one flag", {"assess", "a", "-q", "--quiet"}, "assess", "a", OPTION_QUIET, ""},
    {"flag more often than there are words",
     {"plan", "-qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "a"},
     "plan",
     "a",
     OPTION_QUIET,
     ""},
    {"command of two words", {"catalog", "list"}, "catalog list", "", OPTION_NOW, NULL},
    {"option between its words",
     {"catalog", "--catalog", "D", "list"},
     "catalog list",
     "",
     OPTION_CATALOG,
     "D"},
    {"operand of a command of two words",
     {"catalog", "show", "KB1"},
     "catalog show",
     "KB1",
     OPTION_NOW,
     NULL},
    {"help with the rest unfinished", {"plan", "--help"}, "plan", "", OPTION_HELP, ""},
    {"format", {"assess", "a", "--format", "csv"}, "assess", "a", OPTION_FORMAT, "csv"},
};

static size_t count_words(const char *const *words)
{
    size_t count = 0;

    while (count < MAX_WORDS && words[count])
        count++;
    return count;
}

static enum prereq_status parse(struct prereq_arena *arena, const char *const *words,
                                struct options *options, struct prereq_error *err)
{
    const char *argv[MAX_WORDS + 1] = {"patchprereq"};
    size_t count = count_words(words);

    memcpy(argv + 1, words, count * sizeof(*argv));
    return options_parse(arena, (int)count + 1, argv, options, err);
}

static void check_good(void **state)
{
    const struct line *line = *state;
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    struct options options;
    struct prereq_buffer operands = {0};

    if (parse(arena, line->words, &options, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    assert_non_null(options.command);
    assert_string_equal(options.command->name, line->command);
    for (size_t i = 0; i < options.operand_count; i++) {
        prereq_buffer_add(&operands, i ? "|" : "");
        prereq_buffer_add(&operands, options.operands[i]);
    }
    assert_string_equal(operands.text ? operands.text : "", line->operands);
    prereq_buffer_free(&operands);
    if (line->value)
        assert_string_equal(option_text(&options, line->option), line->value);
    else
        assert_false(option_given(&options, line->option));
    prereq_arena_free(arena);
}

struct bad_line {
    const char *name;
    const char *words[MAX_WORDS];
    const char *says;
};

static struct bad_line bad[] = {
    {"nothing", {NULL}, "no command is given"},
    {"unknown command", {"asses", "a"}, "unknown command asses"},
    {"unknown command of a group", {"catalog", "lists"}, "unknown command catalog lists"},
    {"group without its second word", {"catalog"}, "catalog needs a second word"},
    {"commands of later versions", {"record", "x"}, "unknown command record"},
    {"unknown option", {"assess", "a", "--nom", "T"}, "unknown option --nom"},
    {"no abbreviations", {"assess", "a", "--pol", "F"}, "unknown option --pol"},
    {"unknown option with a value", {"assess", "a", "--nom=T"}, "unknown option --nom"},
    {"unknown letter", {"assess", "a", "-x"}, "unknown option -x in -x"},
    {"unknown letter among others", {"assess", "a", "-qx"}, "unknown option -x in -qx"},
    {"unknown letter that is no ASCII",
     {"assess", "a", "-q\xc3\xa9"},
     "unknown option -\xc3\xa9 in -q\xc3\xa9"},
    {"value missing at the end", {"assess", "a", "--now"}, "--now needs a value: --now TIME"},
    {"value missing before an option", {"assess", "a", "-o", "--quiet"}, "--output needs a value"},
    {"value empty", {"assess", "a", "--output="}, "--output has an empty value (FILE)"},
    {"value not wanted", {"assess", "a", "--quiet=yes"}, "--quiet takes no value"},
    {"given twice", {"assess", "a", "--now", "T", "--now", "T"}, "--now is given twice"},
    {"option of another command",
     {"assess", "a", "--goal", "X"},
     "--goal is not an option of assess"},
    {"operand missing", {"assess"}, "assess needs DOC..."},
    {"operand too many", {"catalog", "show", "a", "b"}, "b is one operand too many"},
    {"operand where none is", {"catalog", "list", "a"}, "a is one operand too many"},
    {"format not offered",
     {"plan", "a", "--format", "vbscript"},
     "--format vbscript is not offered"},
    {"format not offered says what is",
     {"plan", "a", "--format", "x"},
     "it has: text json markdown"},
    {"format of a command without",
     {"report", "a", "--format", "x"},
     "--format is not an option of report"},
    {"bytes that are not UTF-8", {"assess", "a\xff"}, "argument 2 is not valid UTF-8"},
    {"value that is not UTF-8", {"assess", "a", "--now", "\xff"}, "argument 4 is not valid UTF-8"},
    {"value in a bundle that is not UTF-8",
     {"assess", "a", "-qo\xff"},
     "argument 3 is not valid UTF-8"},
};

static void check_bad(void **state)
{
    const struct bad_line *line = *state;
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    struct options options;

    assert_int_equal(parse(arena, line->words, &options, &err), PREREQ_BAD_INPUT);
    if (!strstr(err.text, line->says))
        fail_msg("\"%s\" does not say \"%s\"", err.text, line->says);
    prereq_arena_free(arena);
}

static void keeps_repeated_values_in_order(void **state)
{
    static const char *const words[MAX_WORDS] = {"plan", "a", "--goal", "X", "--goal=Y"};
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    struct options options;

    (void)state;
    assert_int_equal(parse(arena, words, &options, &err), PREREQ_OK);
    assert_int_equal(options.values[OPTION_GOAL].count, 2);
    assert_string_equal(options.values[OPTION_GOAL].text[0], "X");
    assert_string_equal(options.values[OPTION_GOAL].text[1], "Y");
    prereq_arena_free(arena);
}

/* Whatever the letters, only the words have room. */
static void keeps_a_flag_once(void **state)
{
    static const char *const words[MAX_WORDS] = {"plan", "-qqqqqqqq", "a", "-qVVVV"};
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    struct options options;

    (void)state;
    assert_int_equal(parse(arena, words, &options, &err), PREREQ_OK);
    assert_int_equal(options.values[OPTION_QUIET].count, 1);
    assert_int_equal(options.values[OPTION_VERSION].count, 1);
    prereq_arena_free(arena);
}

static void takes_the_first_format_by_default(void **state)
{
    static const char *const words[MAX_WORDS] = {"assess", "a"};
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_error err = {0};
    struct options options;

    (void)state;
    assert_int_equal(parse(arena, words, &options, &err), PREREQ_OK);
    assert_true(option_format_is(&options, "text"));
    prereq_arena_free(arena);
}

static void fails_without_memory(void **state)
{
    static const char *const words[MAX_WORDS] = {"plan", "a", "--goal", "X", "-q"};
    struct prereq_error err = {0};
    struct options options;
    enum prereq_status status = PREREQ_NO_MEMORY;
    size_t limit = 0;

    (void)state;
    while (status == PREREQ_NO_MEMORY && limit < 4096) {
        struct prereq_arena *arena = prereq_arena_new(limit += 16);

        assert_non_null(arena);
        status = parse(arena, words, &options, &err);
        prereq_arena_free(arena);
    }
    assert_int_equal(status, PREREQ_OK);
    assert_true(limit > 16);
}

/* The part of a help text from one heading to the next. */
static void cut(const char *text, const char *from, const char *to, char part[8192])
{
    const char *start = strstr(text, from);
    const char *end = start ? strstr(start, to) : NULL;

    assert_true(start && end && (size_t)(end - start) < 8192);
    (void)snprintf(part, 8192, "%.*s", end ? (int)(end - start) : 0, start ? start : "");
}

static void check_options_in_help(const struct command *command, const char *help)
{
    char part[8192], word[64];

    cut(help, "\nOptions:\n", "\nExit codes", part);
    for (int i = 0; i < OPTIONS; i++) {
        bool offered = ((command->own | OPTIONS_EVERYWHERE) & OPTION_BIT(i)) != 0;

        /* Two options have one name: one takes a value, the other does not. */
        (void)snprintf(word, sizeof(word), "--%s %s", option_table[i].name,
                       option_table[i].value ? option_table[i].value : " ");
        if ((strstr(part, word) != NULL) != offered)
            fail_msg("help of %s: %s is %soffered", command->name, word, offered ? "" : "not ");
    }
}

static void check_exits_in_help(const struct command *command, const char *help)
{
    char word[64];

    for (int i = 0; i < OUTCOMES; i++) {
        (void)snprintf(word, sizeof(word), "\n  %d  ", i);
        assert_int_equal(strstr(help, word) != NULL, command->exits[i] != NULL);
    }
}

static void check_widths(const char *help)
{
    while (*help) {
        size_t len = strcspn(help, "\n");

        if (len > 100)
            fail_msg("%.*s", (int)len, help);
        help += len + (help[len] == '\n');
    }
}

/* Every command's help names every option that it takes and no other, and every exit code. */
static void help_is_whole(void **state)
{
    (void)state;
    for (const struct command *command = command_table; command->name; command++) {
        struct options options = {.command = command};
        struct prereq_buffer text = {0};

        help_write(&options, &text);
        assert_false(text.failed);
        assert_non_null(strstr(text.text, command->name));
        check_options_in_help(command, text.text);
        check_exits_in_help(command, text.text);
        check_widths(text.text);
        prereq_buffer_free(&text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_repeated_values_in_order),
        cmocka_unit_test(keeps_a_flag_once),
        cmocka_unit_test(takes_the_first_format_by_default),
        cmocka_unit_test(fails_without_memory),
        cmocka_unit_test(help_is_whole),
    };

    return RUN_TABLE(good, check_good) | RUN_TABLE(bad, check_bad) | RUN_TESTS(tests);
}
