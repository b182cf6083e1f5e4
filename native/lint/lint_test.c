/* SPDX-License-Identifier: MIT */
/* lint_test.c - tests of numbers, versions and texts that nothing can pass, or that say nothing. */
#include "lint/lint.h"

#include "engine/judge.h"

static void impossible(struct prereq_lint *lint, const struct prereq_lint_place *place,
                       const char *detail)
{
    prereq_lint_add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, place, detail);
}

static void empty(struct prereq_lint *lint, const struct prereq_lint_place *place)
{
    prereq_lint_add(lint, PREREQ_LINT_EMPTY_RULE, place, "");
}

/* ---- numbers ---- */

static bool some_number_fits(const struct prereq_number_test *test)
{
    for (size_t i = 0; i < test->equals_count; i++) {
        struct prereq_fact value = {.number = {test->equals[i], true}};

        if (prereq_test_number(&value, test).verdict == PREREQ_TRUE)
            return true;
    }
    return false;
}

void prereq_lint_number_test(struct prereq_lint *lint, const struct prereq_number_test *test,
                             const struct prereq_lint_place *place)
{
    bool bounded = test->at_least.known || test->below.known;
    bool bits = test->bits_set.known || test->bits_clear.known;

    if (test->equals_count == 0 && !bounded && !bits)
        empty(lint, place);
    else if (test->equals_count > 0 && !some_number_fits(test))
        impossible(lint, place, "none of the equal values passes the rest");
    else if (test->below.known && test->at_least.value >= test->below.value)
        impossible(lint, place, "atLeast is not less than below");
    else if ((test->bits_set.value & test->bits_clear.value) != 0)
        impossible(lint, place, "a bit is to be both 1 and 0");
}

/* ---- versions ---- */

bool prereq_lint_is_file_version(struct prereq_version version)
{
    for (size_t i = 0; i < version.parts; i++) {
        if (version.part[i] > UINT16_MAX)
            return false;
    }
    return true;
}

static bool is_range(struct prereq_version from, struct prereq_version below)
{
    return !below.parts || prereq_version_compare(from, below) < 0;
}

void prereq_lint_version_ranges(struct prereq_lint *lint, const struct prereq_version_range *ranges,
                                size_t count, const struct prereq_lint_place *in,
                                const char *member)
{
    for (size_t i = 0; i < count; i++) {
        if (!ranges[i].from.parts && !ranges[i].below.parts)
            empty(lint, PREREQ_LINT_ITEM(in, member, i));
        else if (!is_range(ranges[i].from, ranges[i].below))
            impossible(lint, PREREQ_LINT_ITEM(in, member, i), "from is not earlier than below");
    }
}

static bool some_version_fits(const struct prereq_version_test *test)
{
    for (size_t i = 0; i < test->equals_count; i++) {
        if (prereq_test_version(test->equals[i], test).verdict == PREREQ_TRUE)
            return true;
    }
    return false;
}

/* One of the ranges that are ranges at all has something in common with atLeast and below. */
static bool some_range_fits(const struct prereq_version_test *test)
{
    bool any = false;

    for (size_t i = 0; i < test->within_count; i++) {
        const struct prereq_version_range *range = &test->within[i];

        if (!is_range(range->from, range->below))
            continue;
        any = true;
        if (is_range(range->from, test->below) && is_range(test->at_least, range->below))
            return true;
    }
    return !any; /* those that are none were told already */
}

void prereq_lint_version_test(struct prereq_lint *lint, const struct prereq_version_test *test,
                              const struct prereq_lint_place *place)
{
    prereq_lint_version_ranges(lint, test->within, test->within_count, place, "within");
    if (test->equals_count == 0 && !test->at_least.parts && !test->below.parts &&
        test->within_count == 0)
        empty(lint, place);
    else if (!is_range(test->at_least, test->below))
        impossible(lint, place, "atLeast is not earlier than below");
    else if (!some_range_fits(test))
        impossible(lint, place, "no range of within meets atLeast and below");
    else if (test->equals_count > 0 && !some_version_fits(test))
        impossible(lint, place, "none of the equal versions passes the rest");
}

/* ---- texts ---- */

void prereq_lint_text_test(struct prereq_lint *lint, const struct prereq_text_test *test,
                           const struct prereq_lint_place *place)
{
    bool fits = test->equals_count == 0;

    for (size_t i = 0; i < test->equals_count; i++)
        fits |= prereq_text_matches(test->equals[i], test);
    if (!fits)
        impossible(lint, place, "none of the equal texts passes the rest");
    else if (test->equals_count == 0 && !test->begins && !test->contains && !test->ends &&
             !test->glob)
        empty(lint, place);
}
