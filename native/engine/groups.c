/* SPDX-License-Identifier: MIT */
/* groups.c - prerequisites: AND of groups, each group any of its alternatives. */
#include "engine/rule_parts.h"

enum {
    HAS_OWN = 4,
    HAS_SATISFIED = 8,
};

static struct prereq_finding finding(enum prereq_verdict verdict, enum prereq_reason reason)
{
    return (struct prereq_finding){verdict, reason};
}

static struct prereq_finding judge_own(struct prereq_sitting *sitting, uint32_t pair)
{
    enum prereq_verdict applies = prereq_applies(sitting, pair);
    struct prereq_effect effect;
    struct prereq_finding broken;

    if (applies == PREREQ_FALSE || applies == PREREQ_NOT_APPLICABLE)
        return finding(PREREQ_FALSE, PREREQ_REASON_NOT_APPLICABLE);
    effect = prereq_effect(sitting, pair);
    if (effect.verdict != PREREQ_TRUE)
        return finding(effect.verdict, effect.reason);
    broken = prereq_broken(sitting, pair);
    if (broken.verdict == PREREQ_TRUE)
        return finding(PREREQ_FALSE, broken.reason);
    return broken.verdict == PREREQ_FALSE ? finding(PREREQ_TRUE, PREREQ_REASON_NONE) : broken;
}

struct prereq_finding prereq_own(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);

    if (!(memo->has & HAS_OWN)) {
        memo->has |= HAS_OWN;
        memo->own = finding(PREREQ_UNKNOWN, PREREQ_REASON_ERROR);
        memo->own = judge_own(sitting, pair);
    }
    return memo->own;
}

/* OR of two findings that keeps the reason of the one that decides. */
static struct prereq_finding either(struct prereq_finding a, struct prereq_finding b)
{
    struct prereq_verdict_counts counts = {{0}};
    enum prereq_verdict verdict;

    counts.of[a.verdict]++;
    counts.of[b.verdict]++;
    verdict = prereq_verdict_any(&counts);
    return a.verdict == verdict ? a : b;
}

static struct prereq_finding pair_or_later(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];
    struct prereq_memo *memo = prereq_memo_of(sitting, pair);

    if (memo->has & HAS_SATISFIED)
        return memo->satisfied;
    memo->has |= HAS_SATISFIED;
    memo->satisfied = prereq_own(sitting, pair);
    for (uint32_t i = 0; i < entry->later_count && memo->satisfied.verdict != PREREQ_TRUE; i++) {
        uint32_t later = prereq_pair_find(
            sitting->host, sitting->catalog->numbers[entry->later_first + i], about->target);

        if (later != PREREQ_NONE)
            memo->satisfied = either(memo->satisfied, pair_or_later(sitting, later));
    }
    return memo->satisfied;
}

/* No later one has its effect: what `exact` asks for beside the patch itself. */
static void count_later(struct prereq_sitting *sitting, uint32_t walk, uint32_t patch,
                        uint32_t target, struct prereq_verdict_counts *counts)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];

    for (uint32_t i = 0; i < entry->later_count; i++) {
        uint32_t later = sitting->catalog->numbers[entry->later_first + i];
        uint32_t pair = prereq_pair_find(sitting->host, later, target);

        if (pair != PREREQ_NONE && !prereq_walk_enters(sitting, walk, pair))
            continue;
        if (pair != PREREQ_NONE)
            counts->of[prereq_effect(sitting, pair).verdict]++;
        count_later(sitting, walk, later, target, counts);
    }
}

static enum prereq_verdict none_later(struct prereq_sitting *sitting, uint32_t patch,
                                      uint32_t target)
{
    struct prereq_verdict_counts counts = {{0}};

    counts.of[PREREQ_FALSE]++;
    count_later(sitting, ++sitting->walks, patch, target, &counts);
    return prereq_verdict_none(&counts);
}

static struct prereq_finding judge_exact(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_finding own = prereq_own(sitting, pair);
    struct prereq_verdict_counts counts = {{0}};
    enum prereq_verdict none = none_later(sitting, about->patch, about->target);

    counts.of[own.verdict]++;
    counts.of[none]++;
    if (own.verdict != PREREQ_TRUE)
        return finding(prereq_verdict_all(&counts), own.reason);
    return finding(none,
                   none == PREREQ_FALSE ? PREREQ_REASON_LEVEL_UNMET : PREREQ_REASON_NOT_COLLECTED);
}

struct prereq_finding prereq_satisfied(struct prereq_sitting *sitting, uint32_t patch,
                                       uint32_t target, bool exact)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);
    struct prereq_finding any = finding(PREREQ_FALSE, PREREQ_REASON_NOT_APPLICABLE);

    if (pair != PREREQ_NONE)
        return exact ? judge_exact(sitting, pair) : pair_or_later(sitting, pair);
    /* Asked about the host, the patch is on instances: any of them is enough. */
    for (uint32_t i = sitting->host->first_pair[patch]; i < sitting->host->first_pair[patch + 1];
         i++)
        any = either(any, exact ? judge_exact(sitting, i) : pair_or_later(sitting, i));
    return any;
}

/* The highest recorded baseline above `patch`. */
static uint32_t top_above(struct prereq_sitting *sitting, uint32_t walk, uint32_t patch,
                          uint32_t target)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];

    for (uint32_t i = 0; i < entry->later_count; i++) {
        uint32_t later = sitting->catalog->numbers[entry->later_first + i];
        uint32_t pair = prereq_pair_find(sitting->host, later, target);
        uint32_t top;

        if (pair == PREREQ_NONE ||
            sitting->catalog->patches[later].patch->kind != PREREQ_KIND_BASELINE ||
            !prereq_walk_enters(sitting, walk, pair))
            continue;
        top = top_above(sitting, walk, later, target);
        if (top != PREREQ_NONE)
            return top;
        if (prereq_recorded(sitting, pair) == PREREQ_TRUE)
            return later;
    }
    return PREREQ_NONE;
}

static uint32_t top_recorded(struct prereq_sitting *sitting, uint32_t patch, uint32_t target)
{
    return top_above(sitting, ++sitting->walks, patch, target);
}

bool prereq_is_below_recorded(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];

    return sitting->catalog->patches[about->patch].patch->kind == PREREQ_KIND_BASELINE &&
           top_recorded(sitting, about->patch, about->target) != PREREQ_NONE;
}

uint32_t prereq_recorded_above(struct prereq_sitting *sitting, uint32_t alternative, uint32_t pair)
{
    const struct prereq_calt *alt = &sitting->catalog->alternatives[alternative];

    if (alt->patch == PREREQ_NONE || alt->alt->exact == PREREQ_FLAG_TRUE ||
        sitting->catalog->patches[alt->patch].patch->kind != PREREQ_KIND_BASELINE)
        return PREREQ_NONE;
    return top_recorded(sitting, alt->patch, sitting->host->pairs[pair].target);
}

static struct prereq_finding judge_now(struct prereq_sitting *sitting,
                                       const struct prereq_calt *alt, uint32_t target)
{
    if (alt->patch != PREREQ_NONE)
        return prereq_satisfied(sitting, alt->patch, target, alt->alt->exact == PREREQ_FLAG_TRUE);
    return prereq_rule_judge(sitting, alt->rule, target);
}

struct prereq_finding prereq_alternative_judge(struct prereq_sitting *sitting, uint32_t alternative,
                                               uint32_t pair)
{
    const struct prereq_calt *alt = &sitting->catalog->alternatives[alternative];
    uint32_t target = sitting->host->pairs[pair].target;

    for (size_t i = 0; i < sitting->assumed_count; i++) {
        if (sitting->assumed[i] == alt->alt)
            return finding(PREREQ_TRUE, PREREQ_REASON_NONE);
    }
    if (alt->alt->pending_is_enough == PREREQ_FLAG_TRUE && sitting->later)
        return either(judge_now(sitting, alt, target), judge_now(sitting->later, alt, target));
    return judge_now(sitting, alt, target);
}

/* Only levels below recorded ones are named: any of the recorded ones decides. */
static struct prereq_finding judge_recorded(struct prereq_sitting *sitting,
                                            const struct prereq_cgroup *group, uint32_t pair)
{
    struct prereq_tally tally = {0};

    for (uint32_t i = group->first; i < group->first + group->count; i++)
        prereq_tally_add(&tally, prereq_satisfied(sitting, prereq_recorded_above(sitting, i, pair),
                                                  sitting->host->pairs[pair].target, false));
    return prereq_tally_result(&tally, prereq_verdict_any(&tally.counts));
}

/* Alternatives below the recorded baseline are dropped; if only such are named, that baseline
 * decides. */
static struct prereq_finding judge_body(struct prereq_sitting *sitting,
                                        const struct prereq_cgroup *group, uint32_t pair)
{
    struct prereq_tally tally = {0};
    uint32_t judged = 0;

    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        if (prereq_recorded_above(sitting, i, pair) != PREREQ_NONE)
            continue;
        prereq_tally_add(&tally, prereq_alternative_judge(sitting, i, pair));
        judged++;
    }
    if (judged == 0 && group->count > 0)
        return judge_recorded(sitting, group, pair);
    return prereq_tally_result(&tally, prereq_verdict_any(&tally.counts));
}

struct prereq_finding prereq_group_judge(struct prereq_sitting *sitting, uint32_t number,
                                         uint32_t pair)
{
    const struct prereq_cgroup *group = &sitting->catalog->groups[number];
    struct prereq_finding when, body;

    when = prereq_rule_judge(sitting, group->when, sitting->host->pairs[pair].target);
    if (when.verdict == PREREQ_FALSE || when.verdict == PREREQ_NOT_APPLICABLE)
        return finding(PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE);
    body = judge_body(sitting, group, pair);
    if (when.verdict == PREREQ_TRUE || body.verdict == PREREQ_TRUE ||
        body.verdict == PREREQ_NOT_APPLICABLE)
        return body;
    return when; /* whether the group matters is unknown, and it does not hold */
}

/* An unmet level is told apart: it is the founding fault. */
static enum prereq_reason unmet_reason(const struct prereq_sitting *sitting,
                                       const struct prereq_cgroup *group)
{
    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        const struct prereq_calt *alt = &sitting->catalog->alternatives[i];

        if (alt->patch != PREREQ_NONE &&
            sitting->catalog->patches[alt->patch].patch->kind == PREREQ_KIND_BASELINE)
            return PREREQ_REASON_LEVEL_UNMET;
        if (alt->alt->rule && (alt->alt->rule->os || alt->alt->rule->product))
            return PREREQ_REASON_LEVEL_UNMET;
    }
    return PREREQ_REASON_PREREQUISITE_UNMET;
}

struct prereq_finding prereq_groups(struct prereq_sitting *sitting, uint32_t pair, bool always_only)
{
    const struct prereq_cpatch *entry =
        &sitting->catalog->patches[sitting->host->pairs[pair].patch];
    struct prereq_tally tally = {0};

    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        const struct prereq_cgroup *group = &sitting->catalog->groups[i];
        struct prereq_finding one;

        if (always_only && group->before)
            continue;
        one = prereq_group_judge(sitting, i, pair);
        if (one.verdict == PREREQ_FALSE)
            one.reason = unmet_reason(sitting, group);
        prereq_tally_add(&tally, one);
    }
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}
