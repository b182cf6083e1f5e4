/* SPDX-License-Identifier: MIT */
/* rule_facts.c - the tests of the rule language that read one host's facts.
 *
 * known: compare; absent: does not exist; unavailable: ERROR; not collected: UNKNOWN; a kind of
 * rule that this program does not have: NOT EVALUATED. */
#include "engine/rule_parts.h"

/* The answer for a thing that is not known and not absent. */
struct prereq_finding prereq_doubt(const struct prereq_fact *value)
{
    if (value->status == PREREQ_FACT_UNAVAILABLE)
        return (struct prereq_finding){PREREQ_ERROR, value->reason};
    return prereq_not_collected();
}

/* ---- single facts ---- */

static struct prereq_finding test_text(const struct prereq_fact *value,
                                       const struct prereq_text_test *test)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    if (!value->text)
        return prereq_not_collected();
    return prereq_yes_or_no(prereq_text_matches(value->text, test));
}

static struct prereq_finding test_number(const struct prereq_fact *value,
                                         const struct prereq_number_test *test)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    return prereq_test_number(value, test);
}

static struct prereq_finding test_codes(const struct prereq_fact *value, const int *codes,
                                        size_t count)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    if (!value->code)
        return prereq_not_collected();
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == value->code)
            return prereq_yes_or_no(true);
    }
    return prereq_yes_or_no(false);
}

static struct prereq_finding judge_os(const struct prereq_world *world,
                                      const struct prereq_os_rule *rule)
{
    const struct prereq_fact *values = world->values;
    const struct prereq_fact *version = &values[PREREQ_SLOT_OS_VERSION];
    struct prereq_tally tally = {0};

    if (rule->version)
        prereq_tally_add(&tally, version->status == PREREQ_FACT_KNOWN
                                     ? prereq_test_version(version->version, rule->version)
                                     : prereq_doubt(version));
    if (rule->build)
        prereq_tally_add(&tally, test_number(&values[PREREQ_SLOT_OS_BUILD], rule->build));
    if (rule->ubr)
        prereq_tally_add(&tally, test_number(&values[PREREQ_SLOT_OS_UBR], rule->ubr));
    if (rule->service_pack)
        prereq_tally_add(&tally,
                         test_number(&values[PREREQ_SLOT_OS_SERVICE_PACK], rule->service_pack));
    if (rule->edition)
        prereq_tally_add(&tally, test_text(&values[PREREQ_SLOT_OS_EDITION], rule->edition));
    if (rule->language)
        prereq_tally_add(&tally, test_text(&values[PREREQ_SLOT_OS_LANGUAGE], rule->language));
    if (rule->install_type)
        prereq_tally_add(&tally,
                         test_text(&values[PREREQ_SLOT_OS_INSTALL_TYPE], rule->install_type));
    if (rule->product_type_count)
        prereq_tally_add(&tally, test_codes(&values[PREREQ_SLOT_OS_PRODUCT_TYPE],
                                            rule->product_type, rule->product_type_count));
    if (rule->architecture_count)
        prereq_tally_add(&tally, test_codes(&values[PREREQ_SLOT_OS_ARCHITECTURE],
                                            rule->architecture, rule->architecture_count));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
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
        return prereq_not_collected();
    return prereq_yes_or_no(prereq_time_day(value->time) >= prereq_time_day(from));
}

static struct prereq_finding judge_known_file(const struct prereq_fact *value,
                                              const struct prereq_file_rule *rule)
{
    const struct prereq_file_fact *fact = value->fact;
    struct prereq_tally tally = {0};

    prereq_tally_add(&tally, prereq_yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->version)
        prereq_tally_add(&tally, file_version(value, rule->version));
    if (rule->size)
        prereq_tally_add(&tally, prereq_test_number(value, rule->size));
    if (rule->modified_from.known)
        prereq_tally_add(&tally, file_date(value, rule->modified_from));
    if (rule->company)
        prereq_tally_add(&tally, prereq_test_text(fact ? fact->company : NULL, rule->company));
    if (rule->original_name)
        prereq_tally_add(&tally,
                         prereq_test_text(fact ? fact->original_name : NULL, rule->original_name));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

/* What every existing-or-not test shares: false when a step took the thing away. */
static struct prereq_finding absent_answer(const struct prereq_fact *value, enum prereq_flag exists,
                                           enum prereq_flag if_present)
{
    if (value->lost)
        return prereq_yes_or_no(false);
    if (if_present == PREREQ_FLAG_TRUE)
        return (struct prereq_finding){PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE};
    return prereq_yes_or_no(exists == PREREQ_FLAG_FALSE);
}

static struct prereq_finding judge_file(const struct prereq_fact *value,
                                        const struct prereq_file_rule *rule)
{
    if (value->status == PREREQ_FACT_ABSENT || value->lost)
        return absent_answer(value, rule->exists, rule->if_present);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    return judge_known_file(value, rule);
}

static struct prereq_finding registry_version(const struct prereq_fact *value,
                                              const struct prereq_version_test *test)
{
    struct prereq_version version;

    if (!value->text)
        return prereq_not_collected();
    if (!prereq_version_parse(value->text, &version))
        return (struct prereq_finding){PREREQ_UNKNOWN, PREREQ_REASON_BAD_VERSION};
    return prereq_test_version(version, test);
}

static struct prereq_finding judge_registry(const struct prereq_fact *value,
                                            const struct prereq_registry_rule *rule)
{
    const struct prereq_registry_fact *fact = value->fact;
    struct prereq_tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    prereq_tally_add(&tally, prereq_yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->type)
        prereq_tally_add(&tally, fact && fact->type
                                     ? prereq_yes_or_no(prereq_equal_nocase(fact->type, rule->type))
                                     : prereq_not_collected());
    if (rule->text)
        prereq_tally_add(&tally, prereq_test_text(value->text, rule->text));
    if (rule->number)
        prereq_tally_add(&tally, prereq_test_number(value, rule->number));
    if (rule->version)
        prereq_tally_add(&tally, registry_version(value, rule->version));
    if (rule->bytes)
        prereq_tally_add(&tally,
                         fact && fact->bytes
                             ? prereq_yes_or_no(prereq_equal_nocase(fact->bytes, rule->bytes))
                             : prereq_not_collected());
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_registry_views(const struct prereq_world *world,
                                                  const struct prereq_node *node)
{
    struct prereq_tally tally = {0};

    prereq_tally_add(&tally, judge_registry(&world->values[node->slot], node->rule->registry));
    if (node->slot2 != PREREQ_NONE)
        prereq_tally_add(&tally, judge_registry(&world->values[node->slot2], node->rule->registry));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_service(const struct prereq_fact *value,
                                           const struct prereq_service_rule *rule)
{
    const struct prereq_service_fact *fact = value->fact;
    struct prereq_tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    prereq_tally_add(&tally, prereq_yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->start_count)
        prereq_tally_add(&tally, test_codes(value, rule->start, rule->start_count));
    if (rule->running)
        prereq_tally_add(&tally, fact && fact->running
                                     ? prereq_yes_or_no(fact->running == rule->running)
                                     : prereq_not_collected());
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

/* A feature that is on only after the restart is neither there nor missing now. */
static struct prereq_finding judge_feature(const struct prereq_fact *value,
                                           const struct prereq_feature_rule *rule)
{
    bool wanted = rule->installed != PREREQ_FLAG_FALSE;
    struct prereq_tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(!wanted);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    prereq_tally_add(&tally, prereq_yes_or_no((value->code == PREREQ_FEATURE_INSTALLED) == wanted));
    if (rule->version)
        prereq_tally_add(&tally, prereq_test_version(value->version, rule->version));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

static struct prereq_finding judge_setting(const struct prereq_fact *value,
                                           const struct prereq_setting_rule *rule)
{
    struct prereq_tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return absent_answer(value, rule->exists, PREREQ_FLAG_UNSET);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    prereq_tally_add(&tally, prereq_yes_or_no(rule->exists != PREREQ_FLAG_FALSE));
    if (rule->text)
        prereq_tally_add(&tally, prereq_test_text(value->text, rule->text));
    if (rule->number)
        prereq_tally_add(&tally, prereq_test_number(value, rule->number));
    return prereq_tally_result(&tally, prereq_verdict_all(&tally.counts));
}

/* "yes" or "no", 1 or 0; any other word is no answer. */
static struct prereq_finding judge_all_hosts(const struct prereq_fact *value)
{
    bool yes = false, no = false;

    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    if (value->text) {
        yes = prereq_equal_nocase(value->text, "yes");
        no = prereq_equal_nocase(value->text, "no");
    } else if (value->number.known) {
        yes = value->number.value == 1;
        no = value->number.value == 0;
    }
    if (!yes && !no)
        return (struct prereq_finding){PREREQ_ERROR, PREREQ_REASON_ERROR};
    return prereq_yes_or_no(yes);
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
    struct prereq_tally tally = {0};

    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    for (size_t i = 0; i < value->package_count; i++) {
        if (!state_wanted(value, i, rule))
            prereq_tally_add(&tally, prereq_yes_or_no(false));
        else if (rule->version)
            prereq_tally_add(&tally,
                             prereq_test_version(value->packages[i].version, rule->version));
        else
            prereq_tally_add(&tally, prereq_yes_or_no(true));
    }
    if (value->unreadable)
        prereq_tally_add(&tally, (struct prereq_finding){PREREQ_ERROR, value->reason});
    return prereq_tally_result(&tally, prereq_verdict_any(&tally.counts));
}

static struct prereq_finding judge_msi(const struct prereq_fact *value,
                                       const struct prereq_msi_rule *rule)
{
    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    if (value->status != PREREQ_FACT_KNOWN)
        return prereq_doubt(value);
    return rule->version ? prereq_test_version(value->version, rule->version)
                         : prereq_yes_or_no(true);
}

static struct prereq_finding judge_stack(const struct prereq_fact *value,
                                         const struct prereq_stack_rule *rule)
{
    struct prereq_version_test test = {.at_least = rule->at_least};

    if (value->status == PREREQ_FACT_ABSENT)
        return prereq_yes_or_no(false);
    return value->status == PREREQ_FACT_KNOWN ? prereq_test_version(value->version, &test)
                                              : prereq_doubt(value);
}

static struct prereq_finding judge_space(const struct prereq_world *world,
                                         const struct prereq_space_rule *rule)
{
    struct prereq_number_test test = {.at_least = rule->at_least};

    return test_number(&world->values[PREREQ_SLOT_VOLUME + rule->volume], &test);
}

struct prereq_finding prereq_fact_rule_judge(const struct prereq_world *world,
                                             const struct prereq_node *node,
                                             const struct prereq_fact *value)
{
    const struct prereq_rule *rule = node->rule;

    switch (node->kind) {
    case PREREQ_NODE_OS:
        return judge_os(world, rule->os);
    case PREREQ_NODE_FILE:
        return judge_file(value, rule->file);
    case PREREQ_NODE_REGISTRY:
        return judge_registry_views(world, node);
    case PREREQ_NODE_SERVICE:
        return judge_service(value, rule->service);
    case PREREQ_NODE_FEATURE:
        return judge_feature(value, rule->feature);
    case PREREQ_NODE_PACKAGE:
        return judge_package(value, rule->package);
    case PREREQ_NODE_MSI:
        return judge_msi(value, rule->msi);
    case PREREQ_NODE_STACK:
        return judge_stack(&world->values[PREREQ_SLOT_STACK], rule->servicing_stack);
    case PREREQ_NODE_SPACE:
        return judge_space(world, rule->free_space);
    case PREREQ_NODE_SETTING:
        return judge_setting(value, rule->setting);
    case PREREQ_NODE_ALL_HOSTS:
        return judge_all_hosts(value);
    case PREREQ_NODE_ALL:
    case PREREQ_NODE_ANY:
    case PREREQ_NODE_NONE_OF:
    case PREREQ_NODE_ONE:
    case PREREQ_NODE_XOR:
    case PREREQ_NODE_NOT:
    case PREREQ_NODE_PRODUCT:
    case PREREQ_NODE_FILE_SET:
    case PREREQ_NODE_PATCH:
    case PREREQ_NODE_RECORD:
    case PREREQ_NODE_PENDING:
    case PREREQ_NODE_CALENDAR:
    case PREREQ_NODE_ALWAYS:
    case PREREQ_NODE_UNSUPPORTED:
        break;
    }
    return (struct prereq_finding){PREREQ_NOT_EVALUATED, PREREQ_REASON_UNSUPPORTED_RULE};
}
