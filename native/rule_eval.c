/* SPDX-License-Identifier: MIT */
/* rule_eval.c - rules over a world: six values, by the tables of OVAL.
 *
 * known: compare; absent: does not exist; unavailable: ERROR; not collected: UNKNOWN; a kind of rule that
 * this program does not have: NOT EVALUATED. */
#include "judge.h"

#include <string.h>

/* Verdicts being combined, with the first reason for each value. */
struct tally {
    struct prereq_verdict_counts counts;
    enum prereq_reason reason[6];
};

static void add(struct tally *tally, struct prereq_finding one)
{
    if (tally->counts.of[one.verdict]++ == 0)
        tally->reason[one.verdict] = one.reason;
}

static struct prereq_finding result(const struct tally *tally, enum prereq_verdict verdict)
{
    return (struct prereq_finding){verdict, tally->reason[verdict]};
}

static struct prereq_finding yes_or_no(bool holds)
{
    return (struct prereq_finding){holds ? PREREQ_TRUE : PREREQ_FALSE, PREREQ_REASON_NONE};
}

static struct prereq_finding not_collected(void)
{
    return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED};
}

/* The answer for a thing that is not known and not absent. */
static struct prereq_finding doubt(const struct prereq_fact *value)
{
    if (value->status == PREREQ_FACT_UNAVAILABLE)
        return (struct prereq_finding){PREREQ_ERROR, value->reason};
    return not_collected();
}

/* ---- single facts ---- */

static struct prereq_finding test_text(const struct prereq_fact *value,
                                       const struct prereq_text_test *test)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    if (!value->text)
        return not_collected();
    return yes_or_no(prereq_text_matches(value->text, test));
}

static struct prereq_finding test_number(const struct prereq_fact *value,
                                         const struct prereq_number_test *test)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    return prereq_test_number(value, test);
}

static struct prereq_finding test_codes(const struct prereq_fact *value, const int *codes,
                                        size_t count)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    if (!value->code)
        return not_collected();
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == value->code)
            return yes_or_no(true);
    }
    return yes_or_no(false);
}

static struct prereq_finding judge_os(const struct prereq_world *world,
                                      const struct prereq_os_rule *rule)
{
    const struct prereq_fact *values = world->values;
    const struct prereq_fact *version = &values[PREREQ_SLOT_OS_VERSION];
    struct tally tally = {0};

    if (rule->version)
        add(&tally, version->status == PREREQ_FACT_KNOWN
                        ? prereq_test_version(version->version, rule->version)
                        : doubt(version));
    if (rule->build)
        add(&tally, test_number(&values[PREREQ_SLOT_OS_BUILD], rule->build));
    if (rule->ubr)
        add(&tally, test_number(&values[PREREQ_SLOT_OS_UBR], rule->ubr));
    if (rule->service_pack)
        add(&tally, test_number(&values[PREREQ_SLOT_OS_SERVICE_PACK], rule->service_pack));
    if (rule->edition)
        add(&tally, test_text(&values[PREREQ_SLOT_OS_EDITION], rule->edition));
    if (rule->language)
        add(&tally, test_text(&values[PREREQ_SLOT_OS_LANGUAGE], rule->language));
    if (rule->install_type)
        add(&tally, test_text(&values[PREREQ_SLOT_OS_INSTALL_TYPE], rule->install_type));
    if (rule->product_type_count)
        add(&tally, test_codes(&values[PREREQ_SLOT_OS_PRODUCT_TYPE], rule->product_type,
                               rule->product_type_count));
    if (rule->architecture_count)
        add(&tally, test_codes(&values[PREREQ_SLOT_OS_ARCHITECTURE], rule->architecture,
                               rule->architecture_count));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

/* ---- products ---- */

static struct prereq_finding text_part(const char *text, const struct prereq_text_test *test)
{
    return text ? yes_or_no(prereq_text_matches(text, test)) : not_collected();
}

static struct prereq_finding judge_instance(const struct prereq_instance_value *instance,
                                            const struct prereq_product_rule *rule)
{
    struct tally tally = {0};

    if (instance->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (instance->status == PREREQ_FACT_UNAVAILABLE)
        return (struct prereq_finding){PREREQ_ERROR, instance->reason};
    add(&tally, yes_or_no(true));
    if (rule->version)
        add(&tally, prereq_test_version(instance->version, rule->version));
    if (rule->level)
        add(&tally, text_part(instance->level, rule->level));
    if (rule->branch)
        add(&tally, text_part(instance->branch, rule->branch));
    if (rule->edition)
        add(&tally, text_part(instance->edition, rule->edition));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

/* Whether the list of a product's instances is whole, so that none found means none there. */
static struct prereq_finding judge_no_instance(const struct prereq_case *host, const char *product)
{
    for (size_t i = 0; i < host->facts->coverage_count; i++) {
        const struct prereq_coverage *coverage = &host->facts->coverage[i];

        if (coverage->list != PREREQ_LIST_INSTANCES ||
            (coverage->product && !prereq_equal_nocase(coverage->product, product)))
            continue;
        if (coverage->state == PREREQ_LIST_COMPLETE)
            return yes_or_no(false);
        if (coverage->state == PREREQ_LIST_UNAVAILABLE)
            return (struct prereq_finding){PREREQ_ERROR, prereq_reason_from_code(coverage->code)};
    }
    return not_collected();
}

static struct prereq_finding judge_product(struct prereq_sitting *sitting,
                                           const struct prereq_product_rule *rule, uint32_t target)
{
    struct tally tally = {0};
    struct prereq_finding found;
    size_t count = 0;

    for (size_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];

        if (!prereq_instance_fits(sitting->host, instance, rule->product, target))
            continue;
        add(&tally, judge_instance(instance, rule));
        count++;
    }
    if (count == 0)
        found = judge_no_instance(sitting->host, rule->product);
    else if (rule->quantifier == PREREQ_ALL_OF)
        found = result(&tally, prereq_verdict_all(&tally.counts));
    else
        found = result(&tally, prereq_verdict_any(&tally.counts));
    if (rule->installed == PREREQ_FLAG_FALSE)
        found.verdict = prereq_verdict_not(found.verdict);
    return found;
}

/* ---- files, registry, services, features, settings ---- */

static struct prereq_finding file_version(const struct prereq_fact *value,
                                          const struct prereq_version_test *test)
{
    if (value->no_version)
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_NO_VERSION_RESOURCE};
    if (value->bad_version)
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_BAD_VERSION};
    return prereq_test_version(value->version, test);
}

static struct prereq_finding file_date(const struct prereq_fact *value, struct prereq_time from)
{
    if (!value->time.known)
        return not_collected();
    return yes_or_no(prereq_time_day(value->time) >= prereq_time_day(from));
}

static struct prereq_finding judge_known_file(const struct prereq_fact *value,
                                              const struct prereq_file_rule *rule)
{
    const struct prereq_file_fact *fact = value->fact;
    struct tally tally = {0};

    add(&tally, yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->version)
        add(&tally, file_version(value, rule->version));
    if (rule->size)
        add(&tally, prereq_test_number(value, rule->size));
    if (rule->modified_from.known)
        add(&tally, file_date(value, rule->modified_from));
    if (rule->company)
        add(&tally, text_part(fact ? fact->company : NULL, rule->company));
    if (rule->original_name)
        add(&tally, text_part(fact ? fact->original_name : NULL, rule->original_name));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

/* What every existing-or-not test shares: false when a step took the thing away. */
static struct prereq_finding absent_answer(const struct prereq_fact *value, enum prereq_flag exists,
                                           enum prereq_flag if_present)
{
    if (value->lost)
        return yes_or_no(false);
    if (if_present == PREREQ_FLAG_TRUE)
        return (struct prereq_finding){PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE};
    return yes_or_no(exists == PREREQ_FLAG_FALSE);
}

static struct prereq_finding judge_file(const struct prereq_fact *value,
                                        const struct prereq_file_rule *rule)
{
    if (value->status == PREREQ_FACT_ABSENT || value->lost)
        return absent_answer(value, rule->exists, rule->if_present);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    return judge_known_file(value, rule);
}

static struct prereq_finding registry_version(const struct prereq_fact *value,
                                              const struct prereq_version_test *test)
{
    struct prereq_version version;

    if (!value->text)
        return not_collected();
    if (!prereq_version_parse(value->text, &version))
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_BAD_VERSION};
    return prereq_test_version(version, test);
}

static struct prereq_finding judge_registry(const struct prereq_fact *value,
                                            const struct prereq_registry_rule *rule)
{
    const struct prereq_registry_fact *fact = value->fact;
    struct tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    add(&tally, yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->type)
        add(&tally, fact && fact->type ? yes_or_no(prereq_equal_nocase(fact->type, rule->type))
                                       : not_collected());
    if (rule->text)
        add(&tally, text_part(value->text, rule->text));
    if (rule->number)
        add(&tally, prereq_test_number(value, rule->number));
    if (rule->version)
        add(&tally, registry_version(value, rule->version));
    if (rule->bytes)
        add(&tally, fact && fact->bytes ? yes_or_no(prereq_equal_nocase(fact->bytes, rule->bytes))
                                        : not_collected());
    return result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_registry_views(const struct prereq_world *world,
                                                  const struct prereq_node *node)
{
    struct tally tally = {0};

    add(&tally, judge_registry(&world->values[node->slot], node->rule->registry));
    if (node->slot2 != PREREQ_NONE)
        add(&tally, judge_registry(&world->values[node->slot2], node->rule->registry));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_service(const struct prereq_fact *value,
                                           const struct prereq_service_rule *rule)
{
    const struct prereq_service_fact *fact = value->fact;
    struct tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    add(&tally, yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->start_count)
        add(&tally, test_codes(value, rule->start, rule->start_count));
    if (rule->running)
        add(&tally, fact && fact->running ? yes_or_no(fact->running == rule->running)
                                          : not_collected());
    return result(&tally, prereq_verdict_all(&tally.counts));
}

/* A feature that is on only after the restart is neither there nor missing now. */
static struct prereq_finding judge_feature(const struct prereq_fact *value,
                                           const struct prereq_feature_rule *rule)
{
    bool wanted = rule->installed != PREREQ_FLAG_FALSE;
    struct tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(!wanted);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    add(&tally, yes_or_no((value->code == PREREQ_FEATURE_INSTALLED) == wanted));
    if (rule->version)
        add(&tally, prereq_test_version(value->version, rule->version));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_setting(const struct prereq_fact *value,
                                           const struct prereq_setting_rule *rule)
{
    struct tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    add(&tally, yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->text)
        add(&tally, text_part(value->text, rule->text));
    if (rule->number)
        add(&tally, prereq_test_number(value, rule->number));
    return result(&tally, prereq_verdict_all(&tally.counts));
}

/* ---- packages and MSI ---- */

static bool state_wanted(const struct prereq_fact *value, size_t index,
                         const struct prereq_package_rule *rule)
{
    if (rule->state_count == 0)
        return prereq_package_state(value, index) == PREREQ_FEATURE_INSTALLED;
    for (size_t i = 0; i < rule->state_count; i++) {
        if (rule->states[i] == value->packages[index].state)
            return true;
    }
    return false;
}

static struct prereq_finding judge_package(const struct prereq_fact *value,
                                           const struct prereq_package_rule *rule)
{
    struct tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    for (size_t i = 0; i < value->package_count; i++) {
        if (!state_wanted(value, i, rule))
            add(&tally, yes_or_no(false));
        else if (rule->version)
            add(&tally, prereq_test_version(value->packages[i].version, rule->version));
        else
            add(&tally, yes_or_no(true));
    }
    return result(&tally, prereq_verdict_any(&tally.counts));
}

static struct prereq_finding judge_msi(const struct prereq_fact *value,
                                       const struct prereq_msi_rule *rule)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    return rule->version ? prereq_test_version(value->version, rule->version) : yes_or_no(true);
}

/* ---- restarts and time ---- */

static struct prereq_finding judge_source(const struct prereq_world *world, int source)
{
    const struct prereq_fact *value = &world->values[PREREQ_SLOT_PENDING + source];

    if (value->status != PREREQ_FACT_KNOWN)
        return doubt(value);
    return yes_or_no(value->code == PREREQ_ANSWER_NO);
}

static struct prereq_finding judge_pending(const struct prereq_world *world,
                                           const struct prereq_pending_rule *rule)
{
    struct tally tally = {0};

    if (world->plan_pending)
        add(&tally, yes_or_no(false));
    for (size_t i = 0; i < rule->source_count; i++)
        add(&tally, judge_source(world, rule->sources[i]));
    for (int source = 1; rule->source_count == 0 && source <= PREREQ_RESTART_SOURCES; source++)
        add(&tally, judge_source(world, source));
    return result(&tally, prereq_verdict_all(&tally.counts));
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
        return not_collected();
    for (size_t i = 0; i < rule->month_count; i++)
        in_month |= rule->months[i] == month_of(now);
    return yes_or_no(
        in_month &&
        (!rule->from.known || prereq_time_day(now) >= prereq_time_day(rule->from)) &&
        (!rule->until.known || prereq_time_day(now) <= prereq_time_day(rule->until)));
}

/* ---- nodes ---- */

static struct prereq_finding judge_stack(const struct prereq_fact *value,
                                         const struct prereq_stack_rule *rule)
{
    struct prereq_version_test test = {.at_least = rule->at_least};

    if (value->status == PREREQ_FACT_ABSENT)
        return yes_or_no(false);
    return value->status == PREREQ_FACT_KNOWN ? prereq_test_version(value->version, &test)
                                              : doubt(value);
}

static struct prereq_finding judge_space(const struct prereq_world *world,
                                         const struct prereq_space_rule *rule)
{
    struct prereq_number_test test = {.at_least = rule->at_least};

    return test_number(&world->values[PREREQ_SLOT_VOLUME + rule->volume], &test);
}

static struct prereq_finding judge_record(struct prereq_sitting *sitting, uint32_t patch,
                                          uint32_t target)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);
    enum prereq_verdict verdict =
        pair == PREREQ_NONE ? PREREQ_FALSE : prereq_recorded(sitting, pair);

    return (struct prereq_finding){
        verdict, verdict == PREREQ_UNKNOWN ? PREREQ_REASON_NOT_COLLECTED : PREREQ_REASON_NONE};
}

static struct prereq_finding judge_logic(struct prereq_sitting *sitting, const struct prereq_node *node,
                                         uint32_t target)
{
    struct tally tally = {0};
    enum prereq_verdict verdict;

    for (uint32_t i = 0; i < node->count; i++)
        add(&tally,
            prereq_rule_judge(sitting, sitting->catalog->numbers[node->first + i], target));
    if (node->kind == PREREQ_NODE_NOT) {
        struct prereq_finding only = result(&tally, prereq_verdict_all(&tally.counts));

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
    return result(&tally, verdict);
}

struct prereq_finding prereq_rule_judge(struct prereq_sitting *sitting, uint32_t number,
                                        uint32_t target)
{
    const struct prereq_world *world = sitting->world;
    const struct prereq_node *node;
    const struct prereq_fact *value;

    if (number == PREREQ_NONE)
        return yes_or_no(true);
    node = &sitting->catalog->nodes[number];
    value = node->slot == PREREQ_NONE
                ? NULL
                : &world->values[prereq_value_at(sitting->host, node->slot, target)];
    switch (node->kind) {
    case PREREQ_NODE_ALL:
    case PREREQ_NODE_ANY:
    case PREREQ_NODE_NONE_OF:
    case PREREQ_NODE_ONE:
    case PREREQ_NODE_XOR:
    case PREREQ_NODE_NOT:
        return judge_logic(sitting, node, target);
    case PREREQ_NODE_OS:
        return judge_os(world, node->rule->os);
    case PREREQ_NODE_PRODUCT:
        return judge_product(sitting, node->rule->product, target);
    case PREREQ_NODE_FILE:
        return judge_file(value, node->rule->file);
    case PREREQ_NODE_FILE_SET:
        return prereq_rows_judge(sitting, node->patch, target, &(bool){false});
    case PREREQ_NODE_REGISTRY:
        return judge_registry_views(world, node);
    case PREREQ_NODE_SERVICE:
        return judge_service(value, node->rule->service);
    case PREREQ_NODE_FEATURE:
        return judge_feature(value, node->rule->feature);
    case PREREQ_NODE_PATCH:
        return prereq_satisfied(sitting, node->patch, target,
                                node->rule->patch->exact == PREREQ_FLAG_TRUE);
    case PREREQ_NODE_RECORD:
        return judge_record(sitting, node->patch, target);
    case PREREQ_NODE_PACKAGE:
        return judge_package(value, node->rule->package);
    case PREREQ_NODE_MSI:
        return judge_msi(value, node->rule->msi);
    case PREREQ_NODE_STACK:
        return judge_stack(&world->values[PREREQ_SLOT_STACK], node->rule->servicing_stack);
    case PREREQ_NODE_SPACE:
        return judge_space(world, node->rule->free_space);
    case PREREQ_NODE_SETTING:
        return judge_setting(value, node->rule->setting);
    case PREREQ_NODE_PENDING:
        return judge_pending(world, node->rule->nothing_pending);
    case PREREQ_NODE_CALENDAR:
        return judge_calendar(sitting->host, node->rule->calendar);
    case PREREQ_NODE_ALWAYS:
        return yes_or_no(node->rule->always == PREREQ_FLAG_TRUE);
    case PREREQ_NODE_UNSUPPORTED:
        break;
    }
    return (struct prereq_finding){PREREQ_NOT_EVALUATED, PREREQ_REASON_UNSUPPORTED_RULE};
}
