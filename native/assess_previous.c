/* SPDX-License-Identifier: MIT */
/* assess_previous.c - what an assessment before this one knew: open since, last changed, unfinished
 * plans. */
#include "assess_parts.h"

#include <stdlib.h>
#include <string.h>

static int compare_named(const void *left, const void *right)
{
    const struct prereq_named_pair *a = left, *b = right;

    return strcmp(a->id, b->id);
}

bool prereq_fill_names(struct prereq_trial *trial)
{
    size_t count = trial->host->pair_count;

    trial->names = PREREQ_NEW_ARRAY(trial->arena, count, struct prereq_named_pair);
    if (!trial->names)
        return false;
    for (uint32_t i = 0; i < count; i++)
        trial->names[i] = (struct prereq_named_pair){trial->host->pairs[i].id, i};
    if (count > 1)
        qsort(trial->names, count, sizeof(*trial->names), compare_named);
    return true;
}

uint32_t prereq_pair_named(const struct prereq_trial *trial, const char *id)
{
    struct prereq_named_pair key = {id, 0};
    const struct prereq_named_pair *found =
        bsearch(&key, trial->names, trial->host->pair_count, sizeof(*trial->names), compare_named);

    return found ? found->pair : PREREQ_NONE;
}

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
    return prereq_fail(
        trial->err, PREREQ_BAD_INPUT,
        "the previous assessment rests on facts of %s, which are not older than these "
        "of %s",
        a, b);
}

/* Statuses are sorted by id. */
const struct prereq_status_row *prereq_previous_status(const struct prereq_trial *trial,
                                                       const char *id)
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

void prereq_carry_over(struct prereq_trial *trial, struct prereq_status_row *row)
{
    const struct prereq_status_row *before = prereq_previous_status(trial, row->id);
    struct prereq_time facts_time = trial->facts->collection->finished;

    row->last_changed = facts_time;
    if (before && before->state == row->state)
        row->last_changed = before->last_changed;
    /* Unknown neither starts nor ends a run of open states. */
    if (before && before->open_since.known &&
        (prereq_state_is_proven_open(row->state) || row->state == PREREQ_STATE_UNKNOWN))
        row->open_since = before->open_since;
    else if (prereq_state_is_proven_open(row->state))
        row->open_since = facts_time;
    if (row->state == PREREQ_STATE_COMPLIANT || (before && before->ever_good == PREREQ_FLAG_TRUE))
        row->ever_good = PREREQ_FLAG_TRUE;
    row->age_days = (struct prereq_number){0, true};
    if (prereq_state_is_proven_open(row->state) && row->open_since.known &&
        trial->judge->now.known && trial->judge->now.seconds > row->open_since.seconds)
        row->age_days.value =
            (uint64_t)(trial->judge->now.seconds - row->open_since.seconds) / 86400U;
}

/* ---- what a plan took off and nothing put back yet ---- */

/* It is back: sound, and, for one that stood recorded before, recorded again. */
static bool is_back(struct prereq_trial *trial, uint32_t pair)
{
    int state = prereq_base_state(&trial->now, pair);

    if (state == PREREQ_STATE_COMPLIANT)
        return prereq_recorded(&trial->now, pair) != PREREQ_FALSE;
    return prereq_state_is_settled(state);
}

/* It is not back yet; one that only a plan names must be off, or older than it was, as well. */
static bool is_missing(struct prereq_trial *trial, uint32_t pair, bool only_if_gone)
{
    if (is_back(trial, pair) || prereq_find_waiver(trial, pair, false))
        return false;
    return !only_if_gone || prereq_recorded(&trial->now, pair) != PREREQ_TRUE ||
           prereq_base_state(&trial->now, pair) == PREREQ_STATE_REGRESSED;
}

/* `listed`: per pair, whether it is on the list already. */
static void add_candidates(struct prereq_trial *trial, bool *listed, const char *const *ids,
                           size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t pair = prereq_pair_named(trial, ids[i]);

        if (pair == PREREQ_NONE || listed[pair])
            continue;
        listed[pair] = true;
        trial->restore[trial->restore_count++] = pair;
    }
}

static void set_restore(struct prereq_trial *trial)
{
    trial->now.restore = trial->later.restore = trial->restore;
    trial->now.restore_count = trial->later.restore_count = trial->restore_count;
    prereq_sitting_reset(&trial->now);
    prereq_sitting_reset(&trial->later);
}

/* Whether one is back depends on the list: a patch on it is not covered by a later one that does
 * not list its file.  So all are on it while each is judged. */
bool prereq_fill_restore(struct prereq_trial *trial)
{
    const struct prereq_assessment *previous = trial->previous;
    uint32_t *kept = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, uint32_t);
    bool *listed = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, bool);
    size_t carried, count = 0;

    trial->restore = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, uint32_t);
    if (!trial->restore || !listed || !kept)
        return false;
    if (!previous)
        return true;
    add_candidates(trial, listed, previous->restore, previous->restore_count);
    carried = trial->restore_count;
    for (size_t p = 0; p < previous->plan_count; p++)
        add_candidates(trial, listed, previous->plans[p].restore, previous->plans[p].restore_count);
    set_restore(trial);
    for (size_t i = 0; i < trial->restore_count; i++) {
        if (is_missing(trial, trial->restore[i], i >= carried))
            kept[count++] = trial->restore[i];
    }
    trial->restore = kept;
    trial->restore_count = count;
    set_restore(trial);
    return true;
}
