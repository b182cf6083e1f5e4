/* SPDX-License-Identifier: MIT */
/* assess_break.c - what broke an installed patch, and what is not known of it, in words: the event
 * with both times, the facts that are missing. */
#include "assess/assess_parts.h"

#include <string.h>

#define MOST_NEEDS 5 /* a sentence with more of them is not read */

/* The first lines on one, "a; b; c and 7 more"; frees the buffer.  NULL: no memory. */
static const char *needs_list(struct prereq_trial *trial, struct prereq_buffer *needs)
{
    struct prereq_buffer out = {0};
    const char *text = NULL;
    size_t count = 0;

    for (char *line = needs->text, *end; line && (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        if (count++ < MOST_NEEDS)
            prereq_buffer_addf(&out, "%s%s", count > 1 ? "; " : "", line);
    }
    if (count > MOST_NEEDS)
        prereq_buffer_addf(&out, " and %zu more", count - MOST_NEEDS);
    if (!needs->failed && !out.failed)
        text = prereq_strdup(trial->arena, out.text ? out.text : "");
    prereq_buffer_free(&out);
    prereq_buffer_free(needs);
    return text;
}

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
    const char *list;

    *text = NULL;
    prereq_break_of(&trial->now, pair, &found);
    if (found.unknown == PREREQ_NONE)
        return true;
    prereq_describe_needs(&trial->now, found.unknown, trial->host->pairs[pair].target, &needs);
    list = needs_list(trial, &needs);
    *text = prereq_printf(trial->arena, "whether %s %s is not known; to collect: %s",
                          event_name(trial, &found),
                          found.voided ? "really undid it" : "had to go on first",
                          list && *list ? list : "what its rule reads");
    return list && *text;
}

bool prereq_fill_missing_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                               const char **detail)
{
    struct prereq_buffer needs = {0};

    if (reason != PREREQ_REASON_NOT_COLLECTED)
        return true;
    prereq_describe_pair_needs(&trial->now, pair, &needs);
    *detail = needs_list(trial, &needs);
    return *detail != NULL;
}
