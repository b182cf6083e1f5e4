/* SPDX-License-Identifier: MIT */
/* state.c - the state of a patch on a target: table and superseders. */
#include "engine/judge.h"

enum {
    HAS_TABLE = 16,
    HAS_STATE = 32,
};

static const struct prereq_patch *patch_of(const struct prereq_sitting *sitting, uint32_t pair)
{
    return sitting->catalog->patches[sitting->host->pairs[pair].patch].patch;
}

static bool holds(struct prereq_finding finding)
{
    return finding.verdict == PREREQ_TRUE || finding.verdict == PREREQ_NOT_APPLICABLE;
}

struct told { /* a state and why */
    int state;
    enum prereq_reason reason;
};

static struct told tell(int state, enum prereq_reason reason)
{
    return (struct told){state, reason};
}

/* Recorded, or proven, and nothing speaks for it: the row "record true" and its fault column. */
static struct told table_recorded(struct prereq_sitting *sitting, uint32_t pair,
                                  struct prereq_effect effect)
{
    bool by_nature = patch_of(sitting, pair)->no_record == PREREQ_FLAG_TRUE;
    struct prereq_finding groups = prereq_groups(sitting, pair, true);
    struct prereq_finding broken = prereq_broken(sitting, pair);

    if (by_nature && groups.verdict == PREREQ_FALSE && effect.verdict == PREREQ_TRUE)
        return tell(PREREQ_STATE_COMPLIANT, PREREQ_REASON_SOUND); /* with a warning */
    if (groups.verdict == PREREQ_FALSE)
        return tell(PREREQ_STATE_OUT_OF_ORDER, groups.reason);
    if (broken.verdict == PREREQ_TRUE)
        return tell(PREREQ_STATE_OUT_OF_ORDER, broken.reason);
    if (effect.verdict == PREREQ_FALSE)
        return tell(PREREQ_STATE_REGRESSED, effect.reason);
    if (effect.verdict != PREREQ_TRUE)
        return tell(PREREQ_STATE_UNKNOWN, effect.reason == PREREQ_REASON_CONFLICT
                                              ? PREREQ_REASON_CONFLICT
                                              : PREREQ_REASON_RECORD_ONLY);
    if (!holds(groups))
        return tell(PREREQ_STATE_UNKNOWN, groups.reason);
    if (broken.verdict != PREREQ_FALSE)
        return tell(PREREQ_STATE_UNKNOWN, broken.reason);
    return tell(PREREQ_STATE_COMPLIANT, effect.evidence == PREREQ_EVIDENCE_RECORD
                                            ? PREREQ_REASON_RECORD_TRUSTED
                                            : PREREQ_REASON_SOUND);
}

/* Not on: may it go on? */
static struct told table_off(struct prereq_sitting *sitting, uint32_t pair,
                             struct prereq_effect effect)
{
    bool sure = effect.verdict == PREREQ_FALSE;
    struct prereq_finding groups = prereq_groups(sitting, pair, !sure);

    if (groups.verdict == PREREQ_FALSE)
        return tell(PREREQ_STATE_BLOCKED, groups.reason);
    if (!sure)
        return tell(PREREQ_STATE_UNKNOWN, effect.reason);
    if (!holds(groups))
        return tell(PREREQ_STATE_UNKNOWN, groups.reason);
    return tell(PREREQ_STATE_READY, patch_of(sitting, pair)->withdrawn.known
                                        ? PREREQ_REASON_WITHDRAWN
                                        : PREREQ_REASON_MAY_BE_INSTALLED);
}

static struct told table_unknown_record(struct prereq_sitting *sitting, uint32_t pair,
                                        struct prereq_effect effect)
{
    struct prereq_finding groups;

    if (effect.verdict != PREREQ_TRUE)
        return table_off(sitting, pair, effect);
    groups = prereq_groups(sitting, pair, true);
    if (holds(groups))
        return tell(PREREQ_STATE_COMPLIANT, PREREQ_REASON_SOUND);
    /* Without a record an unmet prerequisite proves no fault: whether it is recorded is what is
     * missing. */
    return tell(PREREQ_STATE_UNKNOWN,
                groups.verdict == PREREQ_FALSE ? PREREQ_REASON_NOT_COLLECTED : groups.reason);
}

/* Whether it applies is not known, and nothing says that it is on: no more can be said. */
static bool nothing_to_judge(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_applies(sitting, pair) != PREREQ_TRUE &&
           prereq_recorded(sitting, pair) != PREREQ_TRUE &&
           prereq_effect(sitting, pair).verdict != PREREQ_TRUE;
}

static struct told table(struct prereq_sitting *sitting, uint32_t pair)
{
    enum prereq_verdict applies = prereq_applies(sitting, pair);
    enum prereq_verdict record;
    struct prereq_effect effect;

    if (applies == PREREQ_FALSE || applies == PREREQ_NOT_APPLICABLE)
        return tell(PREREQ_STATE_NOT_APPLICABLE,
                    prereq_memo_of(sitting, pair)->applies_reason == PREREQ_REASON_OTHER_BRANCH
                        ? PREREQ_REASON_OTHER_BRANCH
                        : PREREQ_REASON_NOT_APPLICABLE);
    if (nothing_to_judge(sitting, pair))
        return tell(PREREQ_STATE_UNKNOWN, prereq_memo_of(sitting, pair)->applies_reason);
    effect = prereq_effect(sitting, pair);
    record = prereq_recorded(sitting, pair);
    if (record == PREREQ_TRUE)
        return table_recorded(sitting, pair, effect);
    if (record == PREREQ_FALSE && effect.verdict == PREREQ_TRUE)
        return tell(PREREQ_STATE_COMPLIANT, PREREQ_REASON_EFFECT_WITHOUT_RECORD);
    if (record == PREREQ_FALSE)
        return table_off(sitting, pair, effect);
    return table_unknown_record(sitting, pair, effect);
}

int prereq_table_state(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);

    if (!(memo->has & HAS_TABLE)) {
        struct told told;

        memo->has |= HAS_TABLE;
        memo->table = PREREQ_STATE_UNKNOWN;
        told = table(sitting, pair);
        memo->table = told.state;
        memo->state_reason = told.reason;
    }
    return memo->table;
}

/* ---- superseders ---- */

static bool rests_on_record(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_effect(sitting, pair).evidence == PREREQ_EVIDENCE_RECORD;
}

/* Compliant by the table; with `strict` not by its record alone. */
static bool is_sound(struct prereq_sitting *sitting, uint32_t pair, bool strict)
{
    return prereq_table_state(sitting, pair) == PREREQ_STATE_COMPLIANT &&
           !(strict && rests_on_record(sitting, pair));
}

static bool fits_lenient(void *context, uint32_t pair)
{
    return is_sound(context, pair, false);
}

static bool fits_strict(void *context, uint32_t pair)
{
    return is_sound(context, pair, true);
}

static uint32_t *counting_memo(void *context, uint32_t pair)
{
    return &prereq_memo_of(context, pair)->counting[0];
}

static uint32_t *strict_memo(void *context, uint32_t pair)
{
    return &prereq_memo_of(context, pair)->counting[1];
}

static uint32_t compliant_later(struct prereq_sitting *sitting, uint32_t pair, bool strict)
{
    const struct prereq_later_question question = {
        strict ? fits_strict : fits_lenient, strict ? strict_memo : counting_memo, sitting, false};

    return prereq_later_find(sitting->host, pair, &question);
}

static bool lists_slot(const struct prereq_sitting *sitting, uint32_t pair, uint32_t slot)
{
    const struct prereq_cpatch *entry =
        &sitting->catalog->patches[sitting->host->pairs[pair].patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (sitting->catalog->rows[i].slot == slot)
            return true;
    }
    return false;
}

/* A sound later one lists the file. */
static bool covered(struct prereq_sitting *sitting, uint32_t pair, uint32_t slot, bool strict)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_trail walk;

    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_LATER, about->patch, about->target);
    while (prereq_trail_next(&walk)) {
        walk.stop_here = walk.pair == PREREQ_NONE;
        if (walk.stop_here || walk.depth == 0 || !lists_slot(sitting, walk.pair, slot) ||
            !is_sound(sitting, walk.pair, strict))
            continue;
        prereq_trail_end(&walk);
        return true;
    }
    return false;
}

bool prereq_in_restore(const struct prereq_sitting *sitting, uint32_t pair)
{
    for (size_t i = 0; i < sitting->restore_count; i++) {
        if (sitting->restore[i] == pair)
            return true;
    }
    return false;
}

/* One of its own files is older than it brought, and no compliant later one lists that file:
 * "cumulative" is not a superset by file. */
static bool has_orphan(struct prereq_sitting *sitting, uint32_t pair, bool strict)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];

    if (prereq_recorded(sitting, pair) != PREREQ_TRUE && !prereq_in_restore(sitting, pair))
        return false;
    if (entry->row_count == 0 || prereq_is_below_recorded(sitting, pair))
        return false;
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        struct prereq_row_finding row = prereq_row_judge(sitting, i, about->target);

        if (row.verdict == PREREQ_FALSE &&
            !covered(sitting, pair, sitting->catalog->rows[i].slot, strict))
            return true;
    }
    return false;
}

uint32_t prereq_counting_superseder(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_effect effect = prereq_effect(sitting, pair);
    /* Not in effect by trust in an absent record is no proof against a trusted later record. */
    bool proven_off = effect.verdict == PREREQ_FALSE && effect.evidence != PREREQ_EVIDENCE_RECORD;
    bool strict = sitting->host->policy->trust_records == PREREQ_FLAG_TRUE &&
                  (proven_off || prereq_table_state(sitting, pair) == PREREQ_STATE_OUT_OF_ORDER);
    uint32_t found = compliant_later(sitting, pair, strict);

    if (found == PREREQ_NONE || has_orphan(sitting, pair, strict))
        return PREREQ_NONE;
    return found;
}

int prereq_base_state(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);
    int state;

    if (memo->has & HAS_STATE)
        return memo->state;
    state = prereq_table_state(sitting, pair);
    memo->has |= HAS_STATE;
    memo->state = state;
    if (state == PREREQ_STATE_NOT_APPLICABLE || nothing_to_judge(sitting, pair) ||
        (state == PREREQ_STATE_COMPLIANT && holds(prereq_groups(sitting, pair, true))))
        return state;
    if (prereq_counting_superseder(sitting, pair) != PREREQ_NONE) {
        memo->state = PREREQ_STATE_SUPERSEDED;
        memo->state_reason = PREREQ_REASON_SUPERSEDED;
    } else if (prereq_state_is_missing(state) && prereq_is_below_recorded(sitting, pair)) {
        memo->state = PREREQ_STATE_SUPERSEDED; /* it must not go on, whatever became of the other */
        memo->state_reason = PREREQ_REASON_BELOW_RECORDED_LEVEL;
    }
    return memo->state;
}

int prereq_restart_need(struct prereq_sitting *sitting, uint32_t patch, uint32_t target)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];

    for (uint32_t i = 0; i < entry->patch->restart_when_count; i++) {
        uint32_t node = sitting->catalog->numbers[entry->restart_when_first + i];

        if (prereq_rule_judge(sitting, node, target).verdict == PREREQ_TRUE)
            return entry->patch->restart_when[i].restart;
    }
    return entry->patch->restart ? entry->patch->restart : PREREQ_RESTART_REQUIRED;
}
