/* SPDX-License-Identifier: MIT */
/* members.c - members of os and host: they have no status, so errors name what was refused. */
#include <inttypes.h>
#include <string.h>

#include "collect/system.h"

bool prereq_member_usable(struct prereq_gather *gather, const char *fact, enum prereq_look look,
                          const struct prereq_refusal *why, const char *value)
{
    struct prereq_refusal said = *why;

    if (look == PREREQ_LOOK_FOUND)
        return true;
    if (look == PREREQ_LOOK_ABSENT)
        return false;
    if (look == PREREQ_LOOK_STALE)
        prereq_refuse(&said, why->code, why->number, "%s Last known: %s", why->text, value);
    prereq_gather_error(gather, fact, &said);
    return false;
}

const char *prereq_member_text(struct prereq_gather *gather, const char *fact, const char *key,
                               const char *name)
{
    struct prereq_refusal why = {0};
    const char *text = NULL;
    enum prereq_look look = prereq_read_text(gather, key, PREREQ_VIEW_64, name, &text, &why);

    return prereq_member_usable(gather, fact, look, &why, text) && *text ? text : NULL;
}

bool prereq_member_number(struct prereq_gather *gather, const char *fact, const char *key,
                          const char *name, uint64_t *number)
{
    struct prereq_refusal why = {0};
    const char *shown = NULL;
    enum prereq_look look = prereq_read_number(gather, key, PREREQ_VIEW_64, name, number, &why);

    if (look == PREREQ_LOOK_STALE)
        shown = prereq_gather_printf(gather, "%" PRIu64, *number);
    return prereq_member_usable(gather, fact, look, &why, shown);
}

bool prereq_member_refused(const struct prereq_gather *gather, const char *fact)
{
    for (size_t i = 0; !gather->no_memory && i < gather->errors.count; i++) {
        if (!strcmp(gather->errors.items[i].fact, fact))
            return true;
    }
    return false;
}

void prereq_member_want(struct prereq_gather *gather, bool found, const char *fact,
                        const char *where)
{
    struct prereq_refusal why = {0};

    if (found || prereq_member_refused(gather, fact))
        return;
    prereq_refuse(&why, "error", NULL, "The registry does not say it in %s.", where);
    prereq_gather_error(gather, fact, &why);
}
