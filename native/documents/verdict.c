/* SPDX-License-Identifier: MIT */
/* verdict.c - how values of rules combine: six-valued, by order and never by counting.
 *
 * OVAL 5.11.2, oval-common-schema, operator and check enumerations.  For each way of combining, the
 * printed table is a list of lines of which the first that fits decides. */
#include "documents/verdict.h"

/* The result for the first value of `order` that occurs; operands that are not applicable have no
 * say, so a combination of nothing else is not applicable itself. */
static enum prereq_verdict first_that_occurs(const struct prereq_verdict_counts *counts,
                                             const enum prereq_verdict order[5])
{
    for (int i = 0; i < 5; i++) {
        if (counts->of[order[i]])
            return order[i];
    }
    return PREREQ_NOT_APPLICABLE;
}

enum prereq_verdict prereq_verdict_all(const struct prereq_verdict_counts *counts)
{
    static const enum prereq_verdict order[5] = {PREREQ_FALSE, PREREQ_ERROR, PREREQ_UNKNOWN,
                                                 PREREQ_NOT_EVALUATED, PREREQ_TRUE};

    return first_that_occurs(counts, order);
}

enum prereq_verdict prereq_verdict_any(const struct prereq_verdict_counts *counts)
{
    static const enum prereq_verdict order[5] = {PREREQ_TRUE, PREREQ_ERROR, PREREQ_UNKNOWN,
                                                 PREREQ_NOT_EVALUATED, PREREQ_FALSE};

    return first_that_occurs(counts, order);
}

/* "None holds" is "not any holds". */
enum prereq_verdict prereq_verdict_none(const struct prereq_verdict_counts *counts)
{
    return prereq_verdict_not(prereq_verdict_any(counts));
}

enum prereq_verdict prereq_verdict_one(const struct prereq_verdict_counts *counts)
{
    static const enum prereq_verdict order[5] = {PREREQ_ERROR, PREREQ_UNKNOWN, PREREQ_NOT_EVALUATED,
                                                 PREREQ_TRUE, PREREQ_FALSE};

    if (counts->of[PREREQ_TRUE] > 1)
        return PREREQ_FALSE; /* whatever the others turn out to be */
    return first_that_occurs(counts, order);
}

enum prereq_verdict prereq_verdict_xor(const struct prereq_verdict_counts *counts)
{
    static const enum prereq_verdict order[5] = {PREREQ_ERROR, PREREQ_UNKNOWN, PREREQ_NOT_EVALUATED,
                                                 PREREQ_TRUE, PREREQ_FALSE};
    enum prereq_verdict first = first_that_occurs(counts, order);

    /* Here no doubt is left; any even number of true operands, none included, is false. */
    if (first == PREREQ_TRUE && counts->of[PREREQ_TRUE] % 2 == 0)
        return PREREQ_FALSE;
    return first;
}

enum prereq_verdict prereq_verdict_not(enum prereq_verdict verdict)
{
    switch (verdict) {
    case PREREQ_TRUE:
        return PREREQ_FALSE;
    case PREREQ_FALSE:
        return PREREQ_TRUE;
    case PREREQ_NOT_APPLICABLE:
    case PREREQ_ERROR:
    case PREREQ_UNKNOWN:
    case PREREQ_NOT_EVALUATED:
        break;
    }
    return verdict;
}
