/* SPDX-License-Identifier: MIT */
/* effect.c - does a patch apply, is it recorded, and do files and markers prove it? */
#include "engine/judge.h"

#include <string.h>

enum {
    HAS_APPLIES = 1,
    HAS_EFFECT = 2,
};

bool prereq_sitting_make(struct prereq_case *host, const struct prereq_world *world,
                         struct prereq_sitting *sitting)
{
    memset(sitting, 0, sizeof(*sitting));
    sitting->host = host;
    sitting->catalog = host->catalog;
    sitting->world = world;
    sitting->memos = PREREQ_NEW_ARRAY(host->arena, host->pair_count, struct prereq_memo);
    return sitting->memos != NULL && prereq_settling_make(sitting);
}

void prereq_sitting_reset(struct prereq_sitting *sitting)
{
    if (++sitting->stamp ==
        0) { /* after four thousand million of them old stamps would fit again */
        memset(sitting->memos, 0, sitting->host->pair_count * sizeof(*sitting->memos));
        sitting->stamp = 1;
    }
}

struct prereq_memo *prereq_memo_of(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_memo *memo = &sitting->memos[pair];

    if (memo->stamp != sitting->stamp)
        *memo = (struct prereq_memo){.stamp = sitting->stamp};
    return memo;
}

static const struct prereq_cpatch *entry_of(const struct prereq_sitting *sitting, uint32_t pair)
{
    return &sitting->catalog->patches[sitting->host->pairs[pair].patch];
}

/* An entry that has a branch says with its own rule which instances of the product are on it. */
enum prereq_verdict prereq_applies(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_cpatch *entry = entry_of(sitting, pair);
    uint32_t target = sitting->host->pairs[pair].target;
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);
    struct prereq_finding product, own = {PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE};
    struct prereq_verdict_counts counts = {{0}};
    bool other_branch = false;

    if (memo->has & HAS_APPLIES)
        return memo->applies;
    if (!prereq_is_settled(sitting, pair, PREREQ_PART_APPLIES))
        return PREREQ_UNKNOWN;
    if (memo->has & HAS_APPLIES)
        return memo->applies;
    memo->has |= HAS_APPLIES;
    memo->applies = PREREQ_UNKNOWN; /* for a rule that leads back here */
    memo->applies_reason = PREREQ_REASON_NOT_COLLECTED;
    product =
        prereq_rule_judge(sitting, sitting->catalog->products[entry->product].applies, target);
    counts.of[product.verdict]++;
    if (entry->applies != PREREQ_NONE) {
        own = prereq_rule_judge(sitting, entry->applies, target);
        other_branch =
            own.verdict == PREREQ_FALSE && product.verdict == PREREQ_TRUE && entry->patch->branch;
        memo->leaves_branch =
            other_branch && sitting->host->may_leave && sitting->host->may_leave[pair];
        if (memo->leaves_branch)
            own.verdict = PREREQ_TRUE;
        counts.of[own.verdict]++;
    }
    memo->applies = prereq_verdict_all(&counts);
    memo->applies_reason = product.verdict == memo->applies ? product.reason : own.reason;
    if (other_branch && memo->applies == PREREQ_FALSE)
        memo->applies_reason = PREREQ_REASON_OTHER_BRANCH;
    return memo->applies;
}

bool prereq_leaves_branch(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_applies(sitting, pair) == PREREQ_TRUE &&
           prereq_memo_of(sitting, pair)->leaves_branch;
}

bool prereq_may_apply(struct prereq_sitting *sitting, uint32_t pair)
{
    enum prereq_verdict applies = prereq_applies(sitting, pair);

    return applies != PREREQ_FALSE && applies != PREREQ_NOT_APPLICABLE;
}

/* CBS or MSI state proves an entry that has neither files nor build. */
static struct prereq_effect package_effect(const struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_patch *patch = entry_of(sitting, pair)->patch;
    struct prereq_effect effect = {PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED,
                                   PREREQ_EVIDENCE_NONE, false};
    enum prereq_verdict record = sitting->world->records[pair].value;
    unsigned sources = sitting->world->records[pair].sources;

    if (patch->package_count == 0 && patch->msi_patch_count == 0)
        return effect;
    /* The update history may say installed; the packages themselves say what is there. */
    if (record == PREREQ_FALSE || sitting->world->records[pair].unlisted)
        return (struct prereq_effect){PREREQ_FALSE, PREREQ_REASON_MARKER_UNMET,
                                      PREREQ_EVIDENCE_PACKAGE, false};
    if (record == PREREQ_TRUE && sources & (1U << PREREQ_SOURCE_CBS | 1U << PREREQ_SOURCE_MSI))
        return (struct prereq_effect){PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_EVIDENCE_PACKAGE,
                                      false};
    return effect;
}

/* Files and marker, whichever the entry has; every one must hold. */
static struct prereq_effect proven_effect(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_cpatch *entry = entry_of(sitting, pair);
    uint32_t target = sitting->host->pairs[pair].target;
    struct prereq_effect effect = {PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED,
                                   PREREQ_EVIDENCE_BUILD, false};
    struct prereq_finding files = {PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE};
    struct prereq_finding marker = {PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE};
    struct prereq_verdict_counts counts = {{0}};
    struct prereq_rows_seen seen = {false, false};

    if (entry->row_count > 0)
        files = prereq_rows_judge(sitting, sitting->host->pairs[pair].patch, target, &seen);
    if (entry->marker != PREREQ_NONE)
        marker = prereq_rule_judge(sitting, entry->marker, target);
    counts.of[files.verdict]++;
    counts.of[marker.verdict]++;
    effect.newer = seen.newer;
    if (files.verdict != PREREQ_NOT_APPLICABLE)
        effect.evidence = seen.by_date ? PREREQ_EVIDENCE_DATE : PREREQ_EVIDENCE_FILES;
    if (counts.of[PREREQ_NOT_APPLICABLE] == 2)
        return effect;
    effect.verdict = prereq_verdict_all(&counts);
    effect.reason = files.verdict == effect.verdict ? files.reason : marker.reason;
    if (effect.verdict == PREREQ_FALSE && files.verdict != PREREQ_FALSE)
        effect.reason = PREREQ_REASON_MARKER_UNMET;
    return effect;
}

static bool is_doubt(enum prereq_verdict verdict)
{
    return verdict != PREREQ_TRUE && verdict != PREREQ_FALSE;
}

/* Under the policy trustRecords a record stands where an effect is unknown. */
static void trust_record(struct prereq_sitting *sitting, uint32_t pair,
                         struct prereq_effect *effect)
{
    enum prereq_verdict record;

    if (!is_doubt(effect->verdict) || sitting->host->policy->trust_records != PREREQ_FLAG_TRUE)
        return;
    record = prereq_recorded(sitting, pair);
    if (is_doubt(record))
        return;
    effect->verdict = record;
    effect->reason =
        record == PREREQ_TRUE ? PREREQ_REASON_RECORD_TRUSTED : PREREQ_REASON_MARKER_UNMET;
    effect->evidence = PREREQ_EVIDENCE_RECORD;
}

struct prereq_effect prereq_effect(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_cpatch *entry = entry_of(sitting, pair);
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);

    if (memo->has & HAS_EFFECT)
        return memo->effect;
    if (!prereq_is_settled(sitting, pair, PREREQ_PART_EFFECT))
        return (struct prereq_effect){PREREQ_UNKNOWN, PREREQ_REASON_ERROR, PREREQ_EVIDENCE_NONE,
                                      false};
    if (memo->has & HAS_EFFECT)
        return memo->effect;
    memo->has |= HAS_EFFECT;
    memo->effect = (struct prereq_effect){PREREQ_UNKNOWN, PREREQ_REASON_ERROR, PREREQ_EVIDENCE_NONE,
                                          false}; /* for a rule that leads back here */
    if (entry->patch->conflict)
        memo->effect = (struct prereq_effect){PREREQ_UNKNOWN, PREREQ_REASON_CONFLICT,
                                              PREREQ_EVIDENCE_NONE, false};
    else if (entry->row_count > 0 || entry->marker != PREREQ_NONE)
        memo->effect = proven_effect(sitting, pair);
    else
        memo->effect = package_effect(sitting, pair);
    trust_record(sitting, pair, &memo->effect);
    if (is_doubt(memo->effect.verdict))
        memo->effect.evidence = PREREQ_EVIDENCE_NONE;
    return memo->effect;
}

enum prereq_verdict prereq_recorded(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_cpatch *entry = entry_of(sitting, pair);
    enum prereq_verdict record = sitting->world->records[pair].value;
    enum prereq_verdict marker;

    if (entry->patch->no_record == PREREQ_FLAG_TRUE) {
        enum prereq_verdict effect = prereq_effect(sitting, pair).verdict;

        return is_doubt(effect) ? PREREQ_UNKNOWN : effect;
    }
    if (record == PREREQ_TRUE)
        return PREREQ_TRUE;
    if (entry->patch->kind != PREREQ_KIND_BASELINE || entry->marker == PREREQ_NONE)
        return record;
    if (!prereq_is_settled(sitting, pair, PREREQ_PART_EFFECT))
        return PREREQ_UNKNOWN;
    marker = prereq_rule_judge(sitting, entry->marker, sitting->host->pairs[pair].target).verdict;
    return is_doubt(marker) ? PREREQ_UNKNOWN : marker;
}
