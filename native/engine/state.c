/* SPDX-License-Identifier: MIT */
/* state.c - the state of a patch on a target: table and superseders. */
#include "engine/judge.h"

enum {
    HAS_TABLE = 16,
    HAS_STATE = 32,
    HAS_LATER = 64,
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

static uint32_t later_pair(const struct prereq_sitting *sitting, uint32_t pair, uint32_t i)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];

    return prereq_pair_find(sitting->host, sitting->catalog->numbers[entry->later_first + i],
                            about->target);
}

static uint32_t later_count(const struct prereq_sitting *sitting, uint32_t pair)
{
    return sitting->catalog->patches[sitting->host->pairs[pair].patch].later_count;
}

static bool rests_on_record(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_effect(sitting, pair).evidence == PREREQ_EVIDENCE_RECORD;
}

/* The nearest later one that is Compliant by the table; with `strict` not by its record alone.  The
 * answer for the lenient question is remembered; strict matters only where records are trusted. */
static uint32_t compliant_later(struct prereq_sitting *sitting, uint32_t pair, bool strict)
{
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);
    bool trusting = sitting->host->policy->trust_records == PREREQ_FLAG_TRUE;
    uint32_t found = PREREQ_NONE;

    if (memo->has & HAS_LATER && !(strict && trusting))
        return memo->counting;
    for (uint32_t i = 0; i < later_count(sitting, pair) && found == PREREQ_NONE; i++) {
        uint32_t later = later_pair(sitting, pair, i);

        if (later == PREREQ_NONE)
            continue;
        if (prereq_table_state(sitting, later) == PREREQ_STATE_COMPLIANT &&
            !(strict && rests_on_record(sitting, later)))
            found = later;
        else
            found = compliant_later(sitting, later, strict);
    }
    if (!(strict && trusting)) {
        memo->has |= HAS_LATER;
        memo->counting = found;
    }
    return found;
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

static bool covered(struct prereq_sitting *sitting, uint32_t walk, uint32_t pair, uint32_t slot,
                    bool strict)
{
    for (uint32_t i = 0; i < later_count(sitting, pair); i++) {
        uint32_t later = later_pair(sitting, pair, i);

        if (later == PREREQ_NONE || !prereq_walk_enters(sitting, walk, later))
            continue;
        if (lists_slot(sitting, later, slot) &&
            prereq_table_state(sitting, later) == PREREQ_STATE_COMPLIANT &&
            !(strict && rests_on_record(sitting, later)))
            return true;
        if (covered(sitting, walk, later, slot, strict))
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
            !covered(sitting, ++sitting->walks, pair, sitting->catalog->rows[i].slot, strict))
            return true;
    }
    return false;
}

static uint32_t counting_superseder(struct prereq_sitting *sitting, uint32_t pair)
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
    if (counting_superseder(sitting, pair) != PREREQ_NONE) {
        memo->state = PREREQ_STATE_SUPERSEDED;
        memo->state_reason = PREREQ_REASON_SUPERSEDED;
    }
    return memo->state;
}

/* ---- what stands beside the state ---- */

static bool branch_fits(const struct prereq_sitting *sitting, uint32_t pair)
{
    const char *branch = patch_of(sitting, pair)->branch;
    uint32_t instance = sitting->host->targets[sitting->host->pairs[pair].target].instance;

    if (!branch || instance == PREREQ_NONE || !sitting->world->instances[instance].branch)
        return true;
    return prereq_equal_nocase(branch, sitting->world->instances[instance].branch);
}

bool prereq_has_applicable_later(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);

    if (memo->later_counts_known)
        return memo->later_counts;
    memo->later_counts_known = true;
    for (uint32_t i = 0; i < later_count(sitting, pair) && !memo->later_counts; i++) {
        uint32_t later = later_pair(sitting, pair, i);
        const struct prereq_patch *patch;

        if (later == PREREQ_NONE)
            continue;
        patch = patch_of(sitting, later);
        memo->later_counts =
            (!patch->withdrawn.known && patch->classification != PREREQ_PREVIEW &&
             branch_fits(sitting, later) && prereq_applies(sitting, later) == PREREQ_TRUE &&
             !prereq_leaves_branch(sitting, later)) ||
            prereq_has_applicable_later(sitting, later);
    }
    return memo->later_counts;
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
