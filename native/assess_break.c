/* SPDX-License-Identifier: MIT */
/* assess_break.c - what broke an installed patch, in words: the event, and both times. */
#include "assess_parts.h"

#include <string.h>

/* "feature IIS", "MSSQL/PROD1", "NT4-SP6a". */
static const char *event_name(struct prereq_trial *trial, const struct prereq_break *found)
{
    const struct prereq_case *host = trial->host;

    if (found->event != PREREQ_NONE)
        return host->pairs[found->event].id;
    if (found->instance != PREREQ_NONE)
        return host->targets[host->now.instances[found->instance].target].id;
    return prereq_printf(trial->arena, "feature %s", found->voided->invalidation->feature);
}

static bool broken_words(struct prereq_trial *trial, const struct prereq_break *found,
                         struct prereq_status_row *row, const char **detail)
{
    const char *event = event_name(trial, found);
    const char *why = found->voided ? found->voided->invalidation->why
                                    : trial->host->catalog->groups[found->group].group->why;
    char installed[32], time[32];

    prereq_time_format(found->installed, installed);
    prereq_time_format(found->time, time);
    if (!event)
        return false;
    row->expected = prereq_printf(trial->arena, "installed after %s (%s)", event, time);
    row->found = prereq_printf(trial->arena, "installed %s", installed);
    *detail = prereq_printf(trial->arena, "%s came %s, it was installed %s: %s", event, time,
                            installed, why ? why : "");
    return row->expected && row->found && *detail;
}

bool prereq_fill_break_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                             struct prereq_status_row *row, const char **detail)
{
    struct prereq_break found;

    if (reason != PREREQ_REASON_VOIDED_LATER &&
        reason != PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE)
        return true;
    prereq_break_of(&trial->now, pair, &found);
    return broken_words(trial, &found, row, detail);
}

bool prereq_break_warning(struct prereq_trial *trial, uint32_t pair, const char **text)
{
    struct prereq_buffer needs = {0};
    struct prereq_break found;

    *text = NULL;
    prereq_break_of(&trial->now, pair, &found);
    if (found.unknown == PREREQ_NONE)
        return true;
    prereq_describe_needs(&trial->now, found.unknown, trial->host->pairs[pair].target, &needs);
    for (char *at = needs.text; at && (at = strchr(at, '\n'));)
        *at = at[1] ? ';' : '\0';
    *text = prereq_printf(trial->arena, "whether %s %s is not known; to collect: %s",
                          event_name(trial, &found),
                          found.voided ? "really undid it" : "had to go on first",
                          needs.text ? needs.text : "what its rule reads");
    prereq_buffer_free(&needs);
    return *text && !needs.failed;
}
