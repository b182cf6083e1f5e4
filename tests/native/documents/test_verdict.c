/* SPDX-License-Identifier: MIT */
/* test_verdict.c - the printed tables of OVAL, cell by cell and line by line. */
#include <string.h>

#include "base/base.h"
#include "documents/verdict.h"
#include "table.h"

static const struct {
    const char *word;
    enum prereq_verdict verdict;
} words[] = {
    {"T", PREREQ_TRUE},    {"F", PREREQ_FALSE},          {"E", PREREQ_ERROR},
    {"U", PREREQ_UNKNOWN}, {"NE", PREREQ_NOT_EVALUATED}, {"NA", PREREQ_NOT_APPLICABLE},
};

static enum prereq_verdict verdict_of(const char *word)
{
    for (size_t i = 0; i < PREREQ_COUNT(words); i++) {
        if (strcmp(words[i].word, word) == 0)
            return words[i].verdict;
    }
    fail_msg("no verdict is called \"%s\"", word);
    return PREREQ_NOT_APPLICABLE;
}

static const char *word_of(enum prereq_verdict verdict)
{
    for (size_t i = 0; i < PREREQ_COUNT(words); i++) {
        if (words[i].verdict == verdict)
            return words[i].word;
    }
    return "?";
}

/* ---- the two binary tables: columns T F E U NE NA ---- */

static struct binary_row {
    const char *name; /* the table and the row */
    enum prereq_verdict (*combine)(const struct prereq_verdict_counts *counts);
    const char *left;
    const char *cells[6];
} binary_rows[] = {
    {"T and", prereq_verdict_all, "T", {"T", "F", "E", "U", "NE", "T"}},
    {"F and", prereq_verdict_all, "F", {"F", "F", "F", "F", "F", "F"}},
    {"E and", prereq_verdict_all, "E", {"E", "F", "E", "E", "E", "E"}},
    {"U and", prereq_verdict_all, "U", {"U", "F", "E", "U", "U", "U"}},
    {"NE and", prereq_verdict_all, "NE", {"NE", "F", "E", "U", "NE", "NE"}},
    {"NA and", prereq_verdict_all, "NA", {"T", "F", "E", "U", "NE", "NA"}},
    {"T or", prereq_verdict_any, "T", {"T", "T", "T", "T", "T", "T"}},
    {"F or", prereq_verdict_any, "F", {"T", "F", "E", "U", "NE", "F"}},
    {"E or", prereq_verdict_any, "E", {"T", "E", "E", "E", "E", "E"}},
    {"U or", prereq_verdict_any, "U", {"T", "U", "E", "U", "U", "U"}},
    {"NE or", prereq_verdict_any, "NE", {"T", "NE", "E", "U", "NE", "NE"}},
    {"NA or", prereq_verdict_any, "NA", {"T", "F", "E", "U", "NE", "NA"}},
};

static void check_binary_row(void **state)
{
    const struct binary_row *row = *state;

    for (size_t i = 0; i < 6; i++) {
        struct prereq_verdict_counts counts = {{0}};
        enum prereq_verdict found;

        counts.of[verdict_of(row->left)]++;
        counts.of[words[i].verdict]++;
        found = row->combine(&counts);
        if (found != verdict_of(row->cells[i]))
            fail_msg("%s %s: %s, the table says %s", row->name, words[i].word, word_of(found),
                     row->cells[i]);
    }
}

/* ---- the five ways of combining: the first line that fits decides ---- */

struct line {
    const char *value;          /* whose count is looked at: "T"; "TF": both together; NULL: else */
    unsigned at_least, at_most; /* of it */
    unsigned remainder, of_modulo; /* count of T modulo of_modulo is remainder; 0: not asked */
    const char *result;
};

#define MANY 99
#define ANY(value, result)                                                                         \
    {                                                                                              \
        value, 1, MANY, 0, 0, result                                                               \
    }
#define EXACTLY(n, value, result)                                                                  \
    {                                                                                              \
        value, n, n, 0, 0, result                                                                  \
    }
#define TWO_OR_MORE(value, result)                                                                 \
    {                                                                                              \
        value, 2, MANY, 0, 0, result                                                               \
    }
#define ODD_T(result)                                                                              \
    {                                                                                              \
        "T", 1, MANY, 1, 2, result                                                                 \
    }
#define EVEN_T_WITH_TF(result)                                                                     \
    {                                                                                              \
        "TF", 1, MANY, 0, 2, result                                                                \
    }
#define ELSE(result)                                                                               \
    {                                                                                              \
        NULL, 0, MANY, 0, 0, result                                                                \
    }

static struct way {
    const char *name;
    enum prereq_verdict (*combine)(const struct prereq_verdict_counts *counts);
    struct line lines[8];
} ways[] = {
    {"all",
     prereq_verdict_all,
     {ANY("F", "F"), ANY("E", "E"), ANY("U", "U"), ANY("NE", "NE"), ANY("T", "T"), ELSE("NA")}},
    {"any",
     prereq_verdict_any,
     {ANY("T", "T"), ANY("E", "E"), ANY("U", "U"), ANY("NE", "NE"), ANY("F", "F"), ELSE("NA")}},
    {"none",
     prereq_verdict_none,
     {ANY("T", "F"), ANY("E", "E"), ANY("U", "U"), ANY("NE", "NE"), ANY("F", "T"), ELSE("NA")}},
    {"one",
     prereq_verdict_one,
     {TWO_OR_MORE("T", "F"), ANY("E", "E"), ANY("U", "U"), ANY("NE", "NE"), EXACTLY(1, "T", "T"),
      ANY("F", "F"), ELSE("NA")}},
    {"xor",
     prereq_verdict_xor,
     {ANY("E", "E"), ANY("U", "U"), ANY("NE", "NE"), ODD_T("T"), EVEN_T_WITH_TF("F"), ELSE("NA")}},
};

static unsigned count_of(const char *value, const struct prereq_verdict_counts *counts)
{
    if (strcmp(value, "TF") == 0)
        return counts->of[PREREQ_TRUE] + counts->of[PREREQ_FALSE];
    return counts->of[verdict_of(value)];
}

static bool fits(const struct line *line, const struct prereq_verdict_counts *counts)
{
    unsigned count;

    if (!line->value)
        return true;
    count = count_of(line->value, counts);
    if (count < line->at_least || count > line->at_most)
        return false;
    return !line->of_modulo || counts->of[PREREQ_TRUE] % line->of_modulo == line->remainder;
}

static enum prereq_verdict look_up(const struct line *lines,
                                   const struct prereq_verdict_counts *counts)
{
    while (!fits(lines, counts))
        lines++;
    return verdict_of(lines->result);
}

/* No, one or two operands of each value: 3 to the power of 6 combinations. */
static void check_way(void **state)
{
    const struct way *way = *state;

    for (unsigned code = 0; code < 729; code++) {
        struct prereq_verdict_counts counts = {{0}};
        unsigned rest = code;
        enum prereq_verdict found, printed;

        for (size_t i = 0; i < 6; i++, rest /= 3)
            counts.of[words[i].verdict] = rest % 3;
        found = way->combine(&counts);
        printed = look_up(way->lines, &counts);
        if (found != printed)
            fail_msg("%s of T %u F %u E %u U %u NE %u NA %u: %s, the table says %s", way->name,
                     counts.of[PREREQ_TRUE], counts.of[PREREQ_FALSE], counts.of[PREREQ_ERROR],
                     counts.of[PREREQ_UNKNOWN], counts.of[PREREQ_NOT_EVALUATED],
                     counts.of[PREREQ_NOT_APPLICABLE], word_of(found), word_of(printed));
    }
}

/* ---- negation: swaps T and F only ---- */

static struct negation {
    const char *name; /* the operand */
    const char *result;
} negations[] = {{"T", "F"}, {"F", "T"}, {"E", "E"}, {"U", "U"}, {"NE", "NE"}, {"NA", "NA"}};

static void check_negation(void **state)
{
    const struct negation *negation = *state;

    assert_string_equal(word_of(prereq_verdict_not(verdict_of(negation->name))), negation->result);
}

int main(void)
{
    int failed = RUN_TABLE(binary_rows, check_binary_row);

    failed |= RUN_TABLE(ways, check_way);
    failed |= RUN_TABLE(negations, check_negation);
    return failed;
}
