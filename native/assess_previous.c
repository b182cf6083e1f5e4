/* SPDX-License-Identifier: MIT */
/* assess_previous.c - what an assessment before this one knew: open since, last changed, unfinished
 * plans. */
#include "assess_parts.h"

#include <string.h>

enum prereq_status prereq_check_previous(struct prereq_trial *trial)
{
    const struct prereq_assessment *previous = trial->previous;
    struct prereq_time then, now = trial->facts->collection->finished;
    char a[32], b[32];

    if (!previous)
        return PREREQ_OK;
    if (!prereq_equal_nocase(previous->host->host_id, trial->identity->host_id))
        return prereq_fail(trial->err, PREREQ_BAD_INPUT,
                           "the previous assessment is of another host: %s, not %s",
                           previous->host->host_id, trial->identity->host_id);
    then = previous->collection->finished;
    if (!then.known || !now.known || then.seconds < now.seconds)
        return PREREQ_OK;
    prereq_time_format(then, a);
    prereq_time_format(now, b);
    return prereq_fail(trial->err, PREREQ_BAD_INPUT,
                       "the previous assessment rests on facts of %s, which are not older than these "
                       "of %s",
                       a, b);
}

/* Statuses are sorted by id. */
const struct prereq_status_row *prereq_previous_status(const struct prereq_trial *trial, const char *id)
{
    size_t low = 0, high = trial->previous ? trial->previous->status_count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, trial->previous->statuses[middle].id);

        if (order == 0)
            return &trial->previous->statuses[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_open(int state)
{
    return state == PREREQ_STATE_PENDING_RESTART || state == PREREQ_STATE_OUT_OF_ORDER ||
           state == PREREQ_STATE_REGRESSED || state == PREREQ_STATE_BLOCKED ||
           state == PREREQ_STATE_READY;
}

void prereq_carry_over(struct prereq_trial *trial, struct prereq_status_row *row)
{
    const struct prereq_status_row *before = prereq_previous_status(trial, row->id);
    struct prereq_time facts_time = trial->facts->collection->finished;

    row->last_changed = facts_time;
    if (before && before->state == row->state)
        row->last_changed = before->last_changed;
    /* Unknown neither starts nor ends a run of open states. */
    if (before && before->open_since.known && (is_open(row->state) || row->state == PREREQ_STATE_UNKNOWN))
        row->open_since = before->open_since;
    else if (is_open(row->state))
        row->open_since = facts_time;
    if (row->state == PREREQ_STATE_COMPLIANT || (before && before->ever_good == PREREQ_FLAG_TRUE))
        row->ever_good = PREREQ_FLAG_TRUE;
    row->age_days = (struct prereq_number){0, true};
    if (is_open(row->state) && row->open_since.known && trial->judge->now.known &&
        trial->judge->now.seconds > row->open_since.seconds)
        row->age_days.value =
            (uint64_t)(trial->judge->now.seconds - row->open_since.seconds) / 86400U;
}

/* ---- what a plan took off and nothing put back yet ---- */

static bool is_on_list(const struct prereq_trial *trial, uint32_t pair)
{
    for (size_t i = 0; i < trial->restore_count; i++) {
        if (trial->restore[i] == pair)
            return true;
    }
    return false;
}

static uint32_t pair_of(const struct prereq_trial *trial, const char *id)
{
    for (uint32_t i = 0; i < trial->host->pair_count; i++) {
        if (strcmp(trial->host->pairs[i].id, id) == 0)
            return i;
    }
    return PREREQ_NONE;
}

/* It is back: sound, and, for one that stood recorded before, recorded again. */
static bool is_back(struct prereq_trial *trial, uint32_t pair)
{
    int state = prereq_base_state(&trial->now, pair);

    if (state == PREREQ_STATE_NOT_APPLICABLE || state == PREREQ_STATE_SUPERSEDED)
        return true;
    return state == PREREQ_STATE_COMPLIANT &&
           prereq_recorded(&trial->now, pair) != PREREQ_FALSE;
}

static void add_restore(struct prereq_trial *trial, const char *id, bool only_if_gone)
{
    uint32_t pair = pair_of(trial, id);
    bool gone;

    if (pair == PREREQ_NONE || is_on_list(trial, pair) || is_back(trial, pair) ||
        prereq_find_waiver(trial, pair, false))
        return;
    gone = prereq_recorded(&trial->now, pair) != PREREQ_TRUE ||
           prereq_base_state(&trial->now, pair) == PREREQ_STATE_REGRESSED;
    if (!only_if_gone || gone)
        trial->restore[trial->restore_count++] = pair;
}

bool prereq_fill_restore(struct prereq_trial *trial)
{
    const struct prereq_assessment *previous = trial->previous;

    trial->restore = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, uint32_t);
    if (!trial->restore)
        return false;
    for (size_t i = 0; previous && i < previous->restore_count; i++)
        add_restore(trial, previous->restore[i], false);
    for (size_t p = 0; previous && p < previous->plan_count; p++) {
        for (size_t i = 0; i < previous->plans[p].restore_count; i++)
            add_restore(trial, previous->plans[p].restore[i], true);
    }
    return true;
}
