/* SPDX-License-Identifier: MIT */
/* groups.c - prerequisites: AND of groups, each group any of its alternatives. */
#include "engine/rule_parts.h"

enum {
    HAS_OWN = 4,
    HAS_SATISFIED = 8,
    HAS_EXACT = 64,
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

    if (memo->has & HAS_OWN)
        return memo->own;
    if (!prereq_is_settled(sitting, pair, PREREQ_PART_OWN))
        return finding(PREREQ_UNKNOWN, PREREQ_REASON_ERROR);
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

/* All on the way to one that is satisfied are satisfied by it. */
static void satisfy_all(struct prereq_sitting *sitting, const struct prereq_trail *walk,
                        struct prereq_finding found)
{
    for (size_t i = 0; i < walk->stacked; i++) {
        struct prereq_memo *memo = prereq_memo_of(sitting, walk->room->pairs[i]);

        memo->satisfied = found;
        memo->has |= HAS_SATISFIED;
    }
}

/* By itself, or by any of its direct later ones, which have their answers already. */
static struct prereq_finding sum_up(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    const struct prereq_cpatch *entry = &sitting->catalog->patches[about->patch];
    struct prereq_finding sum = prereq_own(sitting, pair);

    for (uint32_t i = 0; i < entry->later_count; i++) {
        uint32_t later = prereq_pair_find(
            sitting->host, sitting->catalog->numbers[entry->later_first + i], about->target);

        if (later != PREREQ_NONE)
            sum = either(sum, prereq_memo_of(sitting, later)->satisfied);
    }
    return sum;
}

static struct prereq_finding pair_or_later(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_trail walk;

    if (prereq_memo_of(sitting, pair)->has & HAS_SATISFIED)
        return prereq_memo_of(sitting, pair)->satisfied;
    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_LATER, about->patch, about->target);
    walk.leaves = true;
    while (prereq_trail_next(&walk)) {
        struct prereq_finding one;

        if (walk.pair == PREREQ_NONE) {
            walk.stop_here = true;
            continue;
        }
        if (walk.leaving) {
            one = sum_up(sitting, walk.pair);
            prereq_memo_of(sitting, walk.pair)->satisfied = one;
            prereq_memo_of(sitting, walk.pair)->has |= HAS_SATISFIED;
            continue;
        }
        walk.stop_here = prereq_memo_of(sitting, walk.pair)->has & HAS_SATISFIED;
        one = walk.stop_here ? prereq_memo_of(sitting, walk.pair)->satisfied
                             : prereq_own(sitting, walk.pair);
        if (one.verdict != PREREQ_TRUE)
            continue;
        satisfy_all(sitting, &walk, one);
        prereq_trail_end(&walk);
        break;
    }
    return prereq_memo_of(sitting, pair)->satisfied;
}

/* No later one that applies has its effect: what `exact` asks for beside the patch itself. */
static enum prereq_verdict none_later(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];
    struct prereq_verdict_counts counts = {{0}};
    struct prereq_trail walk;

    counts.of[PREREQ_FALSE]++;
    prereq_trail_begin(&walk, sitting->host, PREREQ_TO_LATER, about->patch, about->target);
    while (prereq_trail_next(&walk)) {
        enum prereq_verdict effect;

        if (walk.depth == 0 || walk.pair == PREREQ_NONE || !prereq_may_apply(sitting, walk.pair))
            continue;
        effect = prereq_effect(sitting, walk.pair).verdict;
        if (effect == PREREQ_TRUE && prereq_applies(sitting, walk.pair) != PREREQ_TRUE)
            effect = PREREQ_UNKNOWN;
        counts.of[effect]++;
    }
    return prereq_verdict_none(&counts);
}

static struct prereq_finding judge_exact(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_finding own = prereq_own(sitting, pair);
    struct prereq_verdict_counts counts = {{0}};
    enum prereq_verdict none = none_later(sitting, pair);

    counts.of[own.verdict]++;
    counts.of[none]++;
    if (own.verdict != PREREQ_TRUE)
        return finding(prereq_verdict_all(&counts), own.reason);
    return finding(none,
                   none == PREREQ_FALSE ? PREREQ_REASON_LEVEL_UNMET : PREREQ_REASON_NOT_COLLECTED);
}

static struct prereq_finding exactly(struct prereq_sitting *sitting, uint32_t pair)
{
    struct prereq_finding found;

    if (!(prereq_memo_of(sitting, pair)->has & HAS_EXACT)) {
        found = judge_exact(sitting, pair);
        prereq_memo_of(sitting, pair)->exact = found;
        prereq_memo_of(sitting, pair)->has |= HAS_EXACT;
    }
    return prereq_memo_of(sitting, pair)->exact;
}

struct prereq_finding prereq_satisfied(struct prereq_sitting *sitting, uint32_t patch,
                                       uint32_t target, bool exact)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);
    struct prereq_finding any = finding(PREREQ_FALSE, PREREQ_REASON_NOT_APPLICABLE);

    if (pair != PREREQ_NONE)
        return exact ? exactly(sitting, pair) : pair_or_later(sitting, pair);
    /* Asked about the host, the patch is on instances: any of them is enough. */
    for (uint32_t i = sitting->host->first_pair[patch]; i < sitting->host->first_pair[patch + 1];
         i++)
        any = either(any, exact ? exactly(sitting, i) : pair_or_later(sitting, i));
    return any;
}

/* ---- levels ---- */

static bool is_level(const struct prereq_sitting *sitting, uint32_t pair)
{
    return sitting->catalog->patches[sitting->host->pairs[pair].patch].patch->kind ==
           PREREQ_KIND_BASELINE;
}

static bool is_recorded_level(void *context, uint32_t pair)
{
    return is_level(context, pair) && prereq_recorded(context, pair) == PREREQ_TRUE;
}

static uint32_t *level_memo(void *context, uint32_t pair)
{
    return &prereq_memo_of(context, pair)->recorded_above;
}

/* Of the levels alone, whatever stands between two of them. */
uint32_t prereq_level_above(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_later_question question = {is_recorded_level, level_memo, sitting, true};

    return is_level(sitting, pair) ? prereq_later_find(sitting->host, pair, &question)
                                   : PREREQ_NONE;
}

bool prereq_is_below_recorded(struct prereq_sitting *sitting, uint32_t pair)
{
    return prereq_level_above(sitting, pair) != PREREQ_NONE;
}

/* What a level itself needs is not asked of that level or of a later one. */
static bool is_at_or_above(const struct prereq_sitting *sitting, uint32_t above, uint32_t pair)
{
    const struct prereq_pair *pairs = sitting->host->pairs;

    return is_level(sitting, pair) &&
           prereq_catalog_supersedes(sitting->catalog, pairs[above].patch, pairs[pair].patch);
}

uint32_t prereq_recorded_above(struct prereq_sitting *sitting, uint32_t alternative, uint32_t pair)
{
    const struct prereq_calt *alt = &sitting->catalog->alternatives[alternative];
    uint32_t named, above;

    if (alt->patch == PREREQ_NONE || alt->alt->exact == PREREQ_FLAG_TRUE)
        return PREREQ_NONE;
    named = prereq_pair_find(sitting->host, alt->patch, sitting->host->pairs[pair].target);
    above = named == PREREQ_NONE ? PREREQ_NONE : prereq_level_above(sitting, named);
    return above == PREREQ_NONE || is_at_or_above(sitting, above, pair)
               ? PREREQ_NONE
               : sitting->host->pairs[above].patch;
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

/* The recorded baseline takes the place of alternatives below it, whatever else the group names. */
static struct prereq_finding judge_body(struct prereq_sitting *sitting,
                                        const struct prereq_cgroup *group, uint32_t pair)
{
    struct prereq_tally tally = {0};

    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        uint32_t above = prereq_recorded_above(sitting, i, pair);

        prereq_tally_add(&tally, above == PREREQ_NONE
                                     ? prereq_alternative_judge(sitting, i, pair)
                                     : prereq_satisfied(sitting, above,
                                                        sitting->host->pairs[pair].target, false));
    }
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
