/* SPDX-License-Identifier: MIT */
/* assess_previous.c - what an assessment before this one knew: open since, last changed, unfinished
 * plans. */
#include "assess/assess_parts.h"

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

/* ---- the previous document, in the order in which this program writes it ---- */

static int compare_rows(const void *left, const void *right)
{
    const struct prereq_status_row *a = left, *b = right;

    return strcmp(a->id, b->id);
}

/* The plan of the whole host comes first: its list of what came off is the longest. */
static int compare_plans(const void *left, const void *right)
{
    const struct prereq_plan *a = left, *b = right;
    bool a_host = strcmp(a->goal, "host") == 0, b_host = strcmp(b->goal, "host") == 0;

    return a_host != b_host ? b_host - a_host : strcmp(a->goal, b->goal);
}

static const void *sorted(struct prereq_arena *arena, const void *items, size_t count, size_t size,
                          int (*compare)(const void *, const void *))
{
    void *copy = prereq_alloc(arena, count, size);

    if (!copy || count == 0)
        return copy;
    memcpy(copy, items, count * size);
    qsort(copy, count, size, compare);
    return copy;
}

bool prereq_order_previous(struct prereq_trial *trial)
{
    const struct prereq_assessment *given = trial->previous;
    struct prereq_assessment *previous;

    if (!given)
        return true;
    previous = PREREQ_NEW(trial->arena, struct prereq_assessment);
    if (!previous)
        return false;
    *previous = *given;
    previous->statuses = sorted(trial->arena, given->statuses, given->status_count,
                                sizeof(*given->statuses), compare_rows);
    previous->plans =
        sorted(trial->arena, given->plans, given->plan_count, sizeof(*given->plans), compare_plans);
    trial->previous = previous;
    return previous->statuses && previous->plans;
}

enum prereq_status prereq_previous_check(const struct prereq_assessment *previous,
                                         const char *host_id, struct prereq_time now,
                                         struct prereq_error *err)
{
    struct prereq_time then;
    char a[32], b[32];

    if (!prereq_equal_nocase(previous->host->host_id, host_id))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "the previous assessment is of another host: %s, not %s",
                           PREREQ_CLIP(previous->host->host_id, 300), PREREQ_CLIP(host_id, 300));
    then = previous->collection->finished;
    if (!then.known || !now.known || then.seconds < now.seconds)
        return PREREQ_OK;
    prereq_time_format(then, a);
    prereq_time_format(now, b);
    return prereq_fail(
        err, PREREQ_BAD_INPUT,
        "the previous assessment rests on facts of %s, which are not older than these "
        "of %s",
        a, b);
}

enum prereq_status prereq_check_previous(struct prereq_trial *trial)
{
    if (!trial->previous)
        return PREREQ_OK;
    return prereq_previous_check(trial->previous, trial->identity->host_id,
                                 trial->facts->collection->finished, trial->err);
}

/* prereq_order_previous() has sorted the statuses by id. */
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
