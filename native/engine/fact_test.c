/* SPDX-License-Identifier: MIT */
/* fact_test.c - one observed value against one test of the rule language. */
#include "engine/judge.h"

#include <string.h>

static struct prereq_finding finding(bool holds)
{
    return (struct prereq_finding){holds ? PREREQ_TRUE : PREREQ_FALSE, PREREQ_REASON_NONE};
}

static bool number_holds(uint64_t number, const struct prereq_number_test *test)
{
    bool equal = test->equals_count == 0;

    for (size_t i = 0; i < test->equals_count; i++)
        equal |= test->equals[i] == number;
    return equal && (!test->at_least.known || number >= test->at_least.value) &&
           (!test->below.known || number < test->below.value) &&
           (!test->bits_set.known || (number & test->bits_set.value) == test->bits_set.value) &&
           (!test->bits_clear.known || (number & test->bits_clear.value) == 0);
}

struct prereq_finding prereq_test_number(const struct prereq_fact *value,
                                         const struct prereq_number_test *test)
{
    if (!value->number.known)
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED};
    return finding(number_holds(value->number.value, test));
}

static bool version_holds(struct prereq_version version, const struct prereq_version_test *test)
{
    bool equal = test->equals_count == 0, within = test->within_count == 0;

    for (size_t i = 0; i < test->equals_count; i++)
        equal |= prereq_version_compare(version, test->equals[i]) == 0;
    for (size_t i = 0; i < test->within_count; i++) {
        const struct prereq_version_range *range = &test->within[i];

        within |= (!range->from.parts || prereq_version_compare(version, range->from) >= 0) &&
                  (!range->below.parts || prereq_version_compare(version, range->below) < 0);
    }
    return equal && within &&
           (!test->at_least.parts || prereq_version_compare(version, test->at_least) >= 0) &&
           (!test->below.parts || prereq_version_compare(version, test->below) < 0);
}

struct prereq_finding prereq_test_version(struct prereq_version version,
                                          const struct prereq_version_test *test)
{
    if (!version.parts)
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED};
    return finding(version_holds(version, test));
}

static bool contains_nocase(const char *text, const char *part)
{
    for (; *text; text++) {
        if (prereq_starts_nocase(text, part))
            return true;
    }
    return !*part;
}

static bool ends_nocase(const char *text, const char *end)
{
    size_t len = strlen(text), tail = strlen(end);

    return len >= tail && prereq_equal_nocase(text + len - tail, end);
}

bool prereq_text_matches(const char *text, const struct prereq_text_test *test)
{
    bool equal = test->equals_count == 0;

    for (size_t i = 0; i < test->equals_count; i++)
        equal |= prereq_equal_nocase(text, test->equals[i]);
    return equal && (!test->begins || prereq_starts_nocase(text, test->begins)) &&
           (!test->contains || contains_nocase(text, test->contains)) &&
           (!test->ends || ends_nocase(text, test->ends)) &&
           (!test->glob || prereq_glob(test->glob, text));
}
