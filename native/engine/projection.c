/* SPDX-License-Identifier: MIT */
/* projection.c - the state that is told: what a restart that is due makes of it. */
#include "engine/judge.h"

/* It went on after the last start-up, for certain. */
static bool since_start_up(const struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_time_is_later(sitting->world->records[pair].last,
                                sitting->host->facts->last_start_up);
}

bool prereq_waits(struct prereq_sitting *sitting, uint32_t pair)
{
    return sitting->later && !prereq_state_is_settled(prereq_base_state(sitting, pair)) &&
           prereq_state_is_settled(prereq_base_state(sitting->later, pair));
}

/* The very file that the row lists comes at the restart, not merely one that is newer. */
static bool brings_row(const struct prereq_sitting *sitting, uint32_t row, uint32_t target)
{
    const struct prereq_file_row *listed = sitting->catalog->rows[row].row;
    size_t at = prereq_value_at(sitting->host, sitting->catalog->rows[row].slot, target);
    const struct prereq_fact *now = &sitting->world->values[at];
    const struct prereq_fact *later = &sitting->later->world->values[at];

    if (later->status != PREREQ_FACT_KNOWN)
        return false;
    if (listed->version.parts && later->version.parts)
        return prereq_version_compare(later->version, listed->version) == 0 &&
               !(now->status == PREREQ_FACT_KNOWN && now->version.parts &&
                 prereq_version_compare(now->version, listed->version) == 0);
    return listed->date.known && later->time.known &&
           prereq_time_day(later->time) == prereq_time_day(listed->date) &&
           !(now->status == PREREQ_FACT_KNOWN && now->time.known &&
             prereq_time_day(now->time) == prereq_time_day(listed->date));
}

/* It is the one that waits: its package, its level or a file of just its version. */
static bool is_staged(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];

    if (sitting->later->world->records[pair].value == PREREQ_TRUE &&
        sitting->world->records[pair].value != PREREQ_TRUE)
        return true;
    if (entry->marker != PREREQ_NONE &&
        prereq_rule_judge(sitting, entry->marker, about->target).verdict != PREREQ_TRUE &&
        prereq_rule_judge(sitting->later, entry->marker, about->target).verdict == PREREQ_TRUE)
        return true;
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (prereq_row_counts(sitting, i, about->target) != PREREQ_FALSE &&
            brings_row(sitting, i, about->target))
            return true;
    }
    return false;
}

/* The restart is for it: somebody asks for it, or it went on already. */
static bool is_awaited(struct prereq_sitting *sitting, uint32_t pair)
{
    return (sitting->required && sitting->required[pair]) ||
           prereq_recorded(sitting, pair) == PREREQ_TRUE || prereq_in_restore(sitting, pair) ||
           is_staged(sitting, pair);
}

static bool waits_for_itself(void *context, uint32_t pair)
{
    return prereq_waits(context, pair) && is_awaited(context, pair);
}

static uint32_t *waiting_memo(void *context, uint32_t pair)
{
    return &prereq_memo_of(context, pair)->waiting;
}

uint32_t prereq_waiting_later(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_later_question question = {waits_for_itself, waiting_memo, sitting, false};

    return prereq_later_find(sitting->host, pair, &question);
}

/* What the restart makes of one that is not sound now.  Of several levels of one line the newest
 * waits, and the others are covered by it; one that nobody asks for and that did not go on keeps
 * its state, though files of another may suffice for it. */
static int state_before_restart(struct prereq_sitting *sitting, uint32_t pair, int state,
                                enum prereq_reason *reason)
{
    if (prereq_recorded(sitting, pair) != PREREQ_TRUE && !prereq_in_restore(sitting, pair) &&
        prereq_waiting_later(sitting, pair) != PREREQ_NONE) {
        *reason = PREREQ_REASON_SUPERSEDED;
        return PREREQ_STATE_SUPERSEDED;
    }
    if (!is_awaited(sitting, pair))
        return state;
    *reason = PREREQ_REASON_FILES_PENDING;
    return PREREQ_STATE_PENDING_RESTART;
}

int prereq_state(struct prereq_sitting *sitting, uint32_t pair, enum prereq_reason *reason,
                 bool *fault)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    int state = prereq_base_state(sitting, pair);
    int later = sitting->later ? prereq_base_state(sitting->later, pair) : state;

    *reason = prereq_memo_of(sitting, pair)->state_reason;
    *fault = false;
    if (state == PREREQ_STATE_COMPLIANT) {
        *fault = prereq_state_is_fault(later);
        if (since_start_up(sitting, pair) &&
            prereq_restart_need(sitting, about->patch, about->target) == PREREQ_RESTART_REQUIRED) {
            *reason = PREREQ_REASON_RESTART_DUE;
            return PREREQ_STATE_PENDING_RESTART;
        }
        return state;
    }
    return prereq_waits(sitting, pair) ? state_before_restart(sitting, pair, state, reason) : state;
}
