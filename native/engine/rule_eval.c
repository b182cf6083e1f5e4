/* SPDX-License-Identifier: MIT */
/* rule_eval.c - rules over a world: combinations, products and other patches, by the tables of
 * OVAL. */
#include "engine/rule_parts.h"

void prereq_tally_add(struct prereq_tally *tally, struct prereq_finding one)
{
    enum prereq_reason *reason = &tally->reason[one.verdict];

    tally->counts.of[one.verdict]++;
    if (*reason == PREREQ_REASON_NONE || (one.reason && one.reason < *reason))
        *reason = one.reason;
}

struct prereq_finding prereq_tally_result(const struct prereq_tally *tally,
                                          enum prereq_verdict verdict)
{
    return (struct prereq_finding){verdict, tally->reason[verdict]};
}

struct prereq_finding prereq_yes_or_no(bool holds)
{
    return (struct prereq_finding){holds ? PREREQ_TRUE : PREREQ_FALSE, PREREQ_REASON_NONE};
}

struct prereq_finding prereq_not_collected(void)
{
    return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED};
}

struct prereq_finding prereq_test_text(const char *text, const struct prereq_text_test *test)
{
    return text ? prereq_yes_or_no(prereq_text_matches(text, test)) : prereq_not_collected();
}

/* ---- products ---- */

static struct prereq_finding judge_instance(const struct prereq_instance_value *instance,
                                            const struct prereq_product_rule *rule)
{
    struct prereq_tally tally = {0};

    if (instance->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (instance->status == PREREQ_FACT_UNAVAILABLE)
        return (struct prereq_finding){PREREQ_ERROR, instance->reason};
    prereq_tally_add(&tally, prereq_yes_or_no(true));
    if (rule->version)
        prereq_tally_add(&tally, instance->lost & PREREQ_LOST_VERSION
                                     ? prereq_yes_or_no(false)
                                     : prereq_test_version(instance->version, rule->version));
    if (rule->level)
        prereq_tally_add(&tally, instance->lost & PREREQ_LOST_LEVEL
                                     ? prereq_yes_or_no(false)
                                     : prereq_test_text(instance->level, rule->level));
    if (rule->branch)
        prereq_tally_add(&tally, instance->lost & PREREQ_LOST_BRANCH
                                     ? prereq_yes_or_no(false)
                                     : prereq_test_text(instance->branch, rule->branch));
    if (rule->edition)
        prereq_tally_add(&tally, prereq_test_text(instance->edition, rule->edition));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

struct prereq_finding prereq_no_instance_judge(const struct prereq_case *host, const char *product)
{
    for (size_t i = 0; i < host->facts->coverage_count; i++) {
        const struct prereq_coverage *coverage = &host->facts->coverage[i];

        if (coverage->list != PREREQ_LIST_INSTANCES ||
            (coverage->product && !prereq_equal_nocase(coverage->product, product)))
            continue;
        if (coverage->state == PREREQ_LIST_COMPLETE)
            return prereq_yes_or_no(false);
        if (coverage->state == PREREQ_LIST_UNAVAILABLE)
            return (struct prereq_finding){PREREQ_ERROR, prereq_reason_from_code(coverage->code)};
    }
    return prereq_not_collected();
}

static struct prereq_finding judge_product(struct prereq_sitting *sitting,
                                           const struct prereq_product_rule *rule, uint32_t target)
{
    struct prereq_tally tally = {0};
    struct prereq_finding found;
    size_t count = 0;

    for (size_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];

        if (!prereq_instance_fits(sitting->host, instance, rule->product, target))
            continue;
        prereq_tally_add(&tally, judge_instance(instance, rule));
        count++;
    }
    if (count == 0)
        found = prereq_no_instance_judge(sitting->host, rule->product);
    else if (rule->quantifier == PREREQ_ALL_OF)
        found = prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
    else
        found = prereq_tally_result(&tally, prereq_verdict_any(&tally.counts));
    if (rule->installed == PREREQ_FLAG_FALSE)
        found.verdict = prereq_verdict_not(found.verdict);
    return found;
}

/* ---- restarts and time ---- */

static struct prereq_finding judge_source(const struct prereq_world *world, int source)
{
    const struct prereq_fact *value = &world->values[PREREQ_SLOT_PENDING + source];

    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    return prereq_yes_or_no(value->code == PREREQ_ANSWER_NO);
}

static struct prereq_finding judge_pending(const struct prereq_world *world,
                                           const struct prereq_pending_rule *rule)
{
    struct prereq_tally tally = {0};

    if (world->plan_pending)
        prereq_tally_add(&tally, prereq_yes_or_no(false));
    for (size_t i = 0; i < rule->source_count; i++)
        prereq_tally_add(&tally, judge_source(world, rule->sources[i]));
    for (int source = 1; rule->source_count == 0 && source <= PREREQ_RESTART_SOURCES; source++)
        prereq_tally_add(&tally, judge_source(world, source));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

static unsigned month_of(struct prereq_time time)
{
    char text[32];

    prereq_time_format(time, text);
    return (unsigned)((text[5] - '0') * 10 + (text[6] - '0'));
}

static struct prereq_finding judge_calendar(const struct prereq_case *host,
                                            const struct prereq_calendar_rule *rule)
{
    struct prereq_time now = host->facts->collection->finished;
    bool in_month = rule->month_count == 0;

    if (!now.known)
        return prereq_not_collected();
    for (size_t i = 0; i < rule->month_count; i++)
        in_month |= rule->months[i] == month_of(now);
    return prereq_yes_or_no(
        in_month && (!rule->from.known || prereq_time_day(now) >= prereq_time_day(rule->from)) &&
        (!rule->until.known || prereq_time_day(now) <= prereq_time_day(rule->until)));
}

/* ---- nodes ---- */

/* Asked about the host, a patch on instances is recorded where it is on any of them. */
static struct prereq_finding judge_record(struct prereq_sitting *sitting, uint32_t patch,
                                          uint32_t target)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);
    uint32_t first = pair == PREREQ_NONE ? sitting->host->first_pair[patch] : pair;
    uint32_t end = pair == PREREQ_NONE ? sitting->host->first_pair[patch + 1] : pair + 1;
    struct prereq_verdict_counts counts = {{0}};
    enum prereq_verdict verdict;

    for (uint32_t i = first; i < end; i++)
        counts.of[prereq_recorded(sitting, i)]++;
    verdict = prereq_verdict_any(&counts);
    return (struct prereq_finding){verdict, verdict == PREREQ_UNKNOWN ? PREREQ_REASON_NOT_COLLECTED
                                                                      : PREREQ_REASON_NONE};
}

static struct prereq_finding judge_logic(struct prereq_sitting *sitting,
                                         const struct prereq_node *node, uint32_t target)
{
    struct prereq_tally tally = {0};
    enum prereq_verdict verdict;

    for (uint32_t i = 0; i < node->count; i++)
        prereq_tally_add(
            &tally, prereq_rule_judge(sitting, sitting->catalog->numbers[node->first + i], target));
    if (node->kind == PREREQ_NODE_NOT) {
        struct prereq_finding only = prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));

        only.verdict = prereq_verdict_not(only.verdict);
        return only;
    }
    if (node->kind == PREREQ_NODE_ALL)
        verdict = prereq_verdict_all(&tally.counts);
    else if (node->kind == PREREQ_NODE_ANY)
        verdict = prereq_verdict_any(&tally.counts);
    else if (node->kind == PREREQ_NODE_NONE_OF)
        verdict = prereq_verdict_none(&tally.counts);
    else if (node->kind == PREREQ_NODE_ONE)
        verdict = prereq_verdict_one(&tally.counts);
    else
        verdict = prereq_verdict_xor(&tally.counts);
    return prereq_tally_result(&tally, verdict);
}

/* What a rule without a slot of its own reads: nothing was collected. */
static const struct prereq_fact no_fact = {0};

struct prereq_finding prereq_rule_judge(struct prereq_sitting *sitting, uint32_t number,
                                        uint32_t target)
{
    const struct prereq_world *world = sitting->world;
    const struct prereq_node *node;
    const struct prereq_fact *value;

    if (number == PREREQ_NONE)
        return prereq_yes_or_no(true);
    node = &sitting->catalog->nodes[number];
    value = node->slot == PREREQ_NONE
                ? &no_fact
                : &world->values[prereq_value_at(sitting->host, node->slot, target)];
    if (node->kind <= PREREQ_NODE_NOT)
        return judge_logic(sitting, node, target);
    if (node->kind == PREREQ_NODE_PRODUCT)
        return judge_product(sitting, node->rule->product, target);
    if (node->kind == PREREQ_NODE_FILE_SET)
        return prereq_rows_judge(sitting, node->patch, target,
                                 &(struct prereq_rows_seen){false, false});
    if (node->kind == PREREQ_NODE_PATCH)
        return prereq_satisfied(sitting, node->patch, target,
                                node->rule->patch->exact == PREREQ_FLAG_TRUE);
    if (node->kind == PREREQ_NODE_RECORD)
        return judge_record(sitting, node->patch, target);
    if (node->kind == PREREQ_NODE_ALWAYS)
        return prereq_yes_or_no(node->rule->always == PREREQ_FLAG_TRUE);
    if (node->kind == PREREQ_NODE_PENDING)
        return judge_pending(world, node->rule->nothing_pending);
    if (node->kind == PREREQ_NODE_CALENDAR)
        return judge_calendar(sitting->host, node->rule->calendar);
    return prereq_fact_rule_judge(world, node, value);
}
