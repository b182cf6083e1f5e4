/* SPDX-License-Identifier: MIT */
/* lint_rule.c - rules that say nothing, that nothing can satisfy, or that stand where they must
 * not. */
#include "lint/lint.h"

#include <string.h>

static void add(struct prereq_lint *lint, enum prereq_lint_code code,
                const struct prereq_lint_place *place, const char *detail)
{
    prereq_lint_add(lint, code, place, detail);
}

static void version_test(struct prereq_lint *lint, const struct prereq_version_test *test,
                         const struct prereq_lint_place *in, const char *member)
{
    if (test)
        prereq_lint_version_test(lint, test, PREREQ_LINT_AT(in, member));
}

static void number_test(struct prereq_lint *lint, const struct prereq_number_test *test,
                        const struct prereq_lint_place *in, const char *member)
{
    if (test)
        prereq_lint_number_test(lint, test, PREREQ_LINT_AT(in, member));
}

static void text_test(struct prereq_lint *lint, const struct prereq_text_test *test,
                      const struct prereq_lint_place *in, const char *member)
{
    if (test)
        prereq_lint_text_test(lint, test, PREREQ_LINT_AT(in, member));
}

/* ---- what must not be there needs no further test ---- */

static void absent(struct prereq_lint *lint, enum prereq_flag exists, bool tested,
                   const struct prereq_lint_place *place)
{
    if (exists == PREREQ_FLAG_FALSE && tested)
        add(lint, PREREQ_LINT_TEST_OF_ABSENT, place, "");
}

static void check_os(struct prereq_lint *lint, const struct prereq_os_rule *rule,
                     const struct prereq_lint_place *place)
{
    bool texts = rule->edition || rule->language || rule->install_type;
    bool numbers = rule->build || rule->ubr || rule->service_pack;

    if (!rule->version && !numbers && !texts && rule->product_type_count == 0 &&
        rule->architecture_count == 0)
        add(lint, PREREQ_LINT_EMPTY_RULE, place, "");
    version_test(lint, rule->version, place, "version");
    number_test(lint, rule->build, place, "build");
    number_test(lint, rule->ubr, place, "ubr");
    number_test(lint, rule->service_pack, place, "servicePack");
    text_test(lint, rule->edition, place, "edition");
    text_test(lint, rule->language, place, "language");
    text_test(lint, rule->install_type, place, "installType");
}

static void check_product(struct prereq_lint *lint, const struct prereq_product_rule *rule,
                          const struct prereq_lint_place *place)
{
    version_test(lint, rule->version, place, "version");
    text_test(lint, rule->level, place, "level");
    text_test(lint, rule->branch, place, "branch");
    text_test(lint, rule->edition, place, "edition");
}

static bool has_large_part(const struct prereq_version_test *test)
{
    bool small =
        prereq_lint_is_file_version(test->at_least) && prereq_lint_is_file_version(test->below);

    for (size_t i = 0; i < test->equals_count; i++)
        small &= prereq_lint_is_file_version(test->equals[i]);
    for (size_t i = 0; i < test->within_count; i++)
        small &= prereq_lint_is_file_version(test->within[i].from) &&
                 prereq_lint_is_file_version(test->within[i].below);
    return !small;
}

static void check_file(struct prereq_lint *lint, const struct prereq_file_rule *rule,
                       const struct prereq_lint_place *place)
{
    bool tested = rule->version || rule->size || rule->modified_from.known || rule->company ||
                  rule->original_name;

    absent(lint, rule->exists, tested, place);
    if (rule->exists == PREREQ_FLAG_FALSE && rule->if_present == PREREQ_FLAG_TRUE)
        add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, place,
            "it must not be there, and where it is not there the rule does not apply");
    if (rule->version && has_large_part(rule->version))
        add(lint, PREREQ_LINT_BAD_FILE_VERSION, PREREQ_LINT_AT(place, "version"), rule->path);
    version_test(lint, rule->version, place, "version");
    number_test(lint, rule->size, place, "size");
    text_test(lint, rule->company, place, "company");
    text_test(lint, rule->original_name, place, "originalName");
}

static void check_registry(struct prereq_lint *lint, const struct prereq_registry_rule *rule,
                           const struct prereq_lint_place *place)
{
    bool tested = rule->type || rule->text || rule->number || rule->version || rule->bytes;

    absent(lint, rule->exists, tested, place);
    if (rule->bytes && (strlen(rule->bytes) % 2 != 0 ||
                        strspn(rule->bytes, "0123456789abcdefABCDEF") != strlen(rule->bytes)))
        add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, PREREQ_LINT_AT(place, "bytes"),
            "these are no bytes");
    text_test(lint, rule->text, place, "text");
    number_test(lint, rule->number, place, "number");
    version_test(lint, rule->version, place, "version");
}

static void check_setting(struct prereq_lint *lint, const struct prereq_setting_rule *rule,
                          const struct prereq_lint_place *place)
{
    absent(lint, rule->exists, rule->text || rule->number, place);
    text_test(lint, rule->text, place, "text");
    number_test(lint, rule->number, place, "number");
}

static void check_calendar(struct prereq_lint *lint, const struct prereq_calendar_rule *rule,
                           const struct prereq_lint_place *place)
{
    bool bad = rule->from.known && rule->until.known && rule->from.seconds > rule->until.seconds;

    for (size_t i = 0; i < rule->month_count; i++) {
        if (rule->months[i] < 1 || rule->months[i] > 12)
            add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, PREREQ_LINT_ITEM(place, "months", i),
                "a month is 1 to 12");
    }
    if (bad)
        add(lint, PREREQ_LINT_IMPOSSIBLE_RULE, place, "from is later than until");
    if (!rule->from.known && !rule->until.known && rule->month_count == 0)
        add(lint, PREREQ_LINT_EMPTY_RULE, place, "");
}

static void check_msi(struct prereq_lint *lint, const struct prereq_msi_rule *rule,
                      const struct prereq_lint_place *place)
{
    if (!rule->product_code == !rule->patch_code)
        add(lint, PREREQ_LINT_MSI_NOT_ONE, place, "");
    version_test(lint, rule->version, place, "version");
}

static void check_service(struct prereq_lint *lint, const struct prereq_service_rule *rule,
                          const struct prereq_lint_place *place)
{
    absent(lint, rule->exists, rule->start_count > 0 || rule->running, place);
}

static void check_feature(struct prereq_lint *lint, const struct prereq_feature_rule *rule,
                          const struct prereq_lint_place *place)
{
    absent(lint, rule->installed, rule->version != NULL, place);
    version_test(lint, rule->version, place, "version");
}

/* ---- rules that name entries ---- */

static void check_references(struct prereq_lint *lint, const struct prereq_rule *rule,
                             const struct prereq_lint_place *place, bool facts_only)
{
    if (rule->patch && facts_only)
        add(lint, PREREQ_LINT_PATCH_RULE_NOT_ALLOWED, PREREQ_LINT_AT(place, "patch"),
            rule->patch->id);
    if (rule->patch)
        prereq_lint_resolve(lint, rule->patch->id, PREREQ_LINT_AT(place, "patch"));
    if (rule->record)
        prereq_lint_resolve(lint, rule->record->id, PREREQ_LINT_AT(place, "record"));
    if (rule->file_set)
        prereq_lint_resolve(lint, rule->file_set->patch, PREREQ_LINT_AT(place, "fileSet"));
    if (rule->all_hosts)
        prereq_lint_resolve(lint, rule->all_hosts->patch, PREREQ_LINT_AT(place, "allHosts"));
}

static void check_leaf(struct prereq_lint *lint, const struct prereq_rule *rule,
                       const struct prereq_lint_place *place)
{
    if (rule->os)
        check_os(lint, rule->os, PREREQ_LINT_AT(place, "os"));
    if (rule->product)
        check_product(lint, rule->product, PREREQ_LINT_AT(place, "product"));
    if (rule->file)
        check_file(lint, rule->file, PREREQ_LINT_AT(place, "file"));
    if (rule->registry)
        check_registry(lint, rule->registry, PREREQ_LINT_AT(place, "registry"));
    if (rule->service)
        check_service(lint, rule->service, PREREQ_LINT_AT(place, "service"));
    if (rule->feature)
        check_feature(lint, rule->feature, PREREQ_LINT_AT(place, "feature"));
    if (rule->package)
        version_test(lint, rule->package->version, PREREQ_LINT_AT(place, "package"), "version");
    if (rule->msi)
        check_msi(lint, rule->msi, PREREQ_LINT_AT(place, "msi"));
    if (rule->setting)
        check_setting(lint, rule->setting, PREREQ_LINT_AT(place, "setting"));
    if (rule->calendar)
        check_calendar(lint, rule->calendar, PREREQ_LINT_AT(place, "calendar"));
}

/* ---- combinations ---- */

static void check_list(struct prereq_lint *lint, const struct prereq_rule *rules, size_t count,
                       const struct prereq_lint_place *in, const char *member, bool facts_only)
{
    if (rules && count == 0)
        add(lint, PREREQ_LINT_EMPTY_RULE, PREREQ_LINT_AT(in, member), "");
    for (size_t i = 0; i < count; i++)
        prereq_lint_rule(lint, &rules[i], PREREQ_LINT_ITEM(in, member, i), facts_only);
}

/* A rule of a newer minor version of the format has none of the members known here. */
static bool is_unknown_kind(const struct prereq_rule *rule)
{
    bool combines = rule->all || rule->any || rule->none || rule->one || rule->xor_ || rule->not_;
    bool names = rule->patch || rule->record || rule->file_set || rule->all_hosts;
    bool reads = rule->os || rule->product || rule->file || rule->registry || rule->service ||
                 rule->feature || rule->package || rule->msi || rule->setting;
    bool moment =
        rule->servicing_stack || rule->free_space || rule->nothing_pending || rule->calendar;

    return !combines && !names && !reads && !moment && !rule->always;
}

void prereq_lint_rule(struct prereq_lint *lint, const struct prereq_rule *rule,
                      const struct prereq_lint_place *place, bool facts_only)
{
    if (!rule)
        return;
    if (is_unknown_kind(rule))
        add(lint, PREREQ_LINT_UNSUPPORTED_KIND, place, "");
    check_list(lint, rule->all, rule->all_count, place, "all", facts_only);
    check_list(lint, rule->any, rule->any_count, place, "any", facts_only);
    check_list(lint, rule->none, rule->none_count, place, "none", facts_only);
    check_list(lint, rule->one, rule->one_count, place, "one", facts_only);
    check_list(lint, rule->xor_, rule->xor_count, place, "xor", facts_only);
    if (rule->not_ && rule->not_->always)
        add(lint, PREREQ_LINT_CONSTANT_RULE, PREREQ_LINT_AT(place, "not"), "");
    prereq_lint_rule(lint, rule->not_, PREREQ_LINT_AT(place, "not"), facts_only);
    check_references(lint, rule, place, facts_only);
    check_leaf(lint, rule, place);
}
