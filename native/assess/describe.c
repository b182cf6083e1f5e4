/* SPDX-License-Identifier: MIT */
/* describe.c - rules in words: what they ask for. */
#include "assess/describe.h"

#include <inttypes.h>
#include <string.h>

static const char *const kinds[] = {
    [PREREQ_NODE_ALL] = "all",
    [PREREQ_NODE_ANY] = "any",
    [PREREQ_NODE_NONE_OF] = "none",
    [PREREQ_NODE_ONE] = "one",
    [PREREQ_NODE_XOR] = "xor",
    [PREREQ_NODE_NOT] = "not",
    [PREREQ_NODE_OS] = "os",
    [PREREQ_NODE_PRODUCT] = "product",
    [PREREQ_NODE_FILE] = "file",
    [PREREQ_NODE_FILE_SET] = "fileSet",
    [PREREQ_NODE_REGISTRY] = "registry",
    [PREREQ_NODE_SERVICE] = "service",
    [PREREQ_NODE_FEATURE] = "feature",
    [PREREQ_NODE_PATCH] = "patch",
    [PREREQ_NODE_RECORD] = "record",
    [PREREQ_NODE_PACKAGE] = "package",
    [PREREQ_NODE_MSI] = "msi",
    [PREREQ_NODE_STACK] = "servicingStack",
    [PREREQ_NODE_SPACE] = "freeSpace",
    [PREREQ_NODE_SETTING] = "setting",
    [PREREQ_NODE_PENDING] = "nothingPending",
    [PREREQ_NODE_CALENDAR] = "calendar",
    [PREREQ_NODE_ALWAYS] = "always",
    [PREREQ_NODE_ALL_HOSTS] = "allHosts",
    [PREREQ_NODE_UNSUPPORTED] = "unsupported",
};

const char *prereq_rule_kind(const struct prereq_catalog *catalog, uint32_t node)
{
    return node == PREREQ_NONE ? "always" : kinds[catalog->nodes[node].kind];
}

/* The finished text into the arena. */
static const char *keep(struct prereq_sitting *sitting, struct prereq_buffer *text)
{
    const char *kept =
        text->failed ? NULL : prereq_strdup(sitting->host->arena, text->text ? text->text : "");

    prereq_buffer_free(text);
    return kept;
}

static void add_version(struct prereq_buffer *out, const char *before,
                        struct prereq_version version, const char *after)
{
    char text[48];

    if (!version.parts)
        return;
    prereq_version_format(version, text);
    prereq_buffer_addf(out, "%s%s%s", before, text, after);
}

static void add_version_test(struct prereq_buffer *out, const struct prereq_version_test *test)
{
    if (!test)
        return;
    for (size_t i = 0; i < test->equals_count; i++)
        add_version(out, i ? " or " : " ", test->equals[i], "");
    add_version(out, " ", test->at_least, " or later");
    add_version(out, " earlier than ", test->below, "");
    for (size_t i = 0; i < test->within_count; i++) {
        add_version(out, i ? " or from " : " from ", test->within[i].from, "");
        add_version(out, " to before ", test->within[i].below, "");
    }
}

static void add_number_test(struct prereq_buffer *out, const struct prereq_number_test *test)
{
    if (!test)
        return;
    for (size_t i = 0; i < test->equals_count; i++)
        prereq_buffer_addf(out, "%s%" PRIu64, i ? " or " : " ", test->equals[i]);
    if (test->at_least.known)
        prereq_buffer_addf(out, " %" PRIu64 " or more", test->at_least.value);
    if (test->below.known)
        prereq_buffer_addf(out, " less than %" PRIu64, test->below.value);
    if (test->bits_set.known)
        prereq_buffer_addf(out, " with the bits 0x%" PRIx64, test->bits_set.value);
    if (test->bits_clear.known)
        prereq_buffer_addf(out, " without the bits 0x%" PRIx64, test->bits_clear.value);
}

static void add_text_test(struct prereq_buffer *out, const struct prereq_text_test *test)
{
    if (!test)
        return;
    for (size_t i = 0; i < test->equals_count; i++)
        prereq_buffer_addf(out, "%s%s", i ? " or " : " ", test->equals[i]);
    if (test->begins)
        prereq_buffer_addf(out, " beginning with %s", test->begins);
    if (test->contains)
        prereq_buffer_addf(out, " containing %s", test->contains);
    if (test->ends)
        prereq_buffer_addf(out, " ending with %s", test->ends);
    if (test->glob)
        prereq_buffer_addf(out, " like %s", test->glob);
}

static void add_words(struct prereq_buffer *out, const char *what, const char *const *names,
                      const int *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(out, "%s%s", i ? " or " : what, prereq_enum_name(names, values[i]));
}

static void add_os(struct prereq_buffer *out, const struct prereq_os_rule *rule)
{
    prereq_buffer_add(out, "Windows");
    add_version_test(out, rule->version);
    if (rule->build)
        prereq_buffer_add(out, ", build");
    add_number_test(out, rule->build);
    if (rule->ubr)
        prereq_buffer_add(out, ", revision");
    add_number_test(out, rule->ubr);
    if (rule->service_pack)
        prereq_buffer_add(out, ", service pack");
    add_number_test(out, rule->service_pack);
    if (rule->edition)
        prereq_buffer_add(out, ", edition");
    add_text_test(out, rule->edition);
    if (rule->language)
        prereq_buffer_add(out, ", language");
    add_text_test(out, rule->language);
    add_text_test(out, rule->install_type);
    add_words(out, ", ", prereq_product_type_names, rule->product_type, rule->product_type_count);
    add_words(out, ", ", prereq_architecture_names, rule->architecture, rule->architecture_count);
}

static void add_product(struct prereq_buffer *out, const struct prereq_product_rule *rule)
{
    prereq_buffer_addf(out, "%s%s", rule->installed == PREREQ_FLAG_FALSE ? "no " : "",
                       rule->product);
    add_version_test(out, rule->version);
    if (rule->level)
        prereq_buffer_add(out, ", level");
    add_text_test(out, rule->level);
    if (rule->branch)
        prereq_buffer_add(out, ", branch");
    add_text_test(out, rule->branch);
    add_text_test(out, rule->edition);
}

static void add_file(struct prereq_buffer *out, const struct prereq_file_rule *rule)
{
    char date[32];

    prereq_buffer_addf(out, "%sfile %s", rule->exists == PREREQ_FLAG_FALSE ? "no " : "",
                       rule->path);
    add_version_test(out, rule->version);
    add_number_test(out, rule->size);
    if (rule->modified_from.known) {
        prereq_time_format(rule->modified_from, date);
        prereq_buffer_addf(out, " of %s or later", date);
    }
    add_text_test(out, rule->company);
    add_text_test(out, rule->original_name);
}

static void add_registry(struct prereq_buffer *out, const struct prereq_registry_rule *rule)
{
    prereq_buffer_addf(out, "%s%s%s%s", rule->exists == PREREQ_FLAG_FALSE ? "no " : "", rule->key,
                       rule->name ? "\\" : "", rule->name ? rule->name : "");
    add_text_test(out, rule->text);
    add_number_test(out, rule->number);
    add_version_test(out, rule->version);
    if (rule->bytes)
        prereq_buffer_addf(out, " %s", rule->bytes);
}

static void add_calendar(struct prereq_buffer *out, const struct prereq_calendar_rule *rule)
{
    char date[32];

    prereq_buffer_add(out, "a time");
    if (rule->from.known) {
        prereq_time_format(rule->from, date);
        prereq_buffer_addf(out, " from %s", date);
    }
    if (rule->until.known) {
        prereq_time_format(rule->until, date);
        prereq_buffer_addf(out, " through %s", date);
    }
    for (size_t i = 0; i < rule->month_count; i++)
        prereq_buffer_addf(out, "%s%" PRIu64, i ? ", " : " in month ", rule->months[i]);
}

static void add_rule(const struct prereq_catalog *catalog, uint32_t number,
                     struct prereq_buffer *out);

static void add_children(const struct prereq_catalog *catalog, const struct prereq_node *node,
                         const char *before, const char *between, struct prereq_buffer *out)
{
    prereq_buffer_add(out, before);
    for (uint32_t i = 0; i < node->count; i++) {
        prereq_buffer_add(out, i ? between : "");
        add_rule(catalog, catalog->numbers[node->first + i], out);
    }
    prereq_buffer_add(out, *before ? ")" : "");
}

static void add_other(const struct prereq_catalog *catalog, const struct prereq_node *node,
                      struct prereq_buffer *out)
{
    const struct prereq_rule *rule = node->rule;
    char version[48];

    if (rule->patch)
        prereq_buffer_addf(out, "%s%s", catalog->patches[node->patch].patch->id,
                           rule->patch->exact == PREREQ_FLAG_TRUE ? "" : " or later");
    else if (rule->record)
        prereq_buffer_addf(out, "a record of %s", catalog->patches[node->patch].patch->id);
    else if (rule->file_set)
        prereq_buffer_addf(out, "every file of %s", catalog->patches[node->patch].patch->id);
    else if (rule->service)
        prereq_buffer_addf(out, "%sservice %s",
                           rule->service->exists == PREREQ_FLAG_FALSE ? "no " : "",
                           rule->service->name);
    else if (rule->feature)
        prereq_buffer_addf(out, "%sfeature %s",
                           rule->feature->installed == PREREQ_FLAG_FALSE ? "no " : "",
                           rule->feature->name);
    else if (rule->package)
        prereq_buffer_addf(out, "package %s", rule->package->name);
    else if (rule->msi)
        prereq_buffer_addf(out, "MSI %s",
                           rule->msi->patch_code ? rule->msi->patch_code : rule->msi->product_code);
    else if (rule->servicing_stack) {
        prereq_version_format(rule->servicing_stack->at_least, version);
        prereq_buffer_addf(out, "servicing stack %s or later", version);
    } else if (rule->free_space)
        prereq_buffer_addf(out, "%" PRIu64 " bytes free on the %s volume",
                           rule->free_space->at_least.value,
                           prereq_enum_name(prereq_volume_role_names, rule->free_space->volume));
    else if (rule->nothing_pending)
        prereq_buffer_add(out, "no pending restart");
    else if (rule->all_hosts)
        prereq_buffer_addf(out, "%s or later on every %s", rule->all_hosts->patch,
                           rule->all_hosts->role);
    else
        prereq_buffer_add(out, rule->always == PREREQ_FLAG_TRUE    ? "nothing"
                               : rule->always == PREREQ_FLAG_FALSE ? "what never holds"
                                                                   : "a rule of a newer format");
}

static void add_setting(struct prereq_buffer *out, const struct prereq_setting_rule *rule)
{
    prereq_buffer_addf(out, "%s%s %s", rule->exists == PREREQ_FLAG_FALSE ? "no " : "",
                       prereq_enum_name(prereq_setting_kind_names, rule->kind), rule->name);
    add_text_test(out, rule->text);
    add_number_test(out, rule->number);
}

static void add_rule(const struct prereq_catalog *catalog, uint32_t number,
                     struct prereq_buffer *out)
{
    const struct prereq_node *node = &catalog->nodes[number];
    const struct prereq_rule *rule = node->rule;

    if (rule->all)
        add_children(catalog, node, "", " and ", out);
    else if (rule->any)
        add_children(catalog, node, "(", " or ", out);
    else if (rule->none)
        add_children(catalog, node, "none of (", ", ", out);
    else if (rule->one)
        add_children(catalog, node, "exactly one of (", ", ", out);
    else if (rule->xor_)
        add_children(catalog, node, "an odd number of (", ", ", out);
    else if (rule->not_)
        add_children(catalog, node, "not (", "", out);
    else if (rule->os)
        add_os(out, rule->os);
    else if (rule->product)
        add_product(out, rule->product);
    else if (rule->file)
        add_file(out, rule->file);
    else if (rule->registry)
        add_registry(out, rule->registry);
    else if (rule->setting)
        add_setting(out, rule->setting);
    else if (rule->calendar)
        add_calendar(out, rule->calendar);
    else
        add_other(catalog, node, out);
}

const char *prereq_describe_rule(struct prereq_sitting *sitting, uint32_t node)
{
    struct prereq_buffer out = {0};

    if (node != PREREQ_NONE)
        add_rule(sitting->catalog, node, &out);
    return keep(sitting, &out);
}

static void add_alternative(struct prereq_sitting *sitting, uint32_t number,
                            struct prereq_buffer *out)
{
    const struct prereq_calt *alt = &sitting->catalog->alternatives[number];

    if (alt->patch != PREREQ_NONE)
        prereq_buffer_addf(out, "%s%s", sitting->catalog->patches[alt->patch].patch->id,
                           alt->alt->exact == PREREQ_FLAG_TRUE ? "" : " or later");
    else if (alt->alt->title)
        prereq_buffer_add(out, alt->alt->title);
    else
        add_rule(sitting->catalog, alt->rule, out);
}

const char *prereq_describe_alternative(struct prereq_sitting *sitting, uint32_t alternative)
{
    struct prereq_buffer out = {0};

    add_alternative(sitting, alternative, &out);
    return keep(sitting, &out);
}

const char *prereq_describe_group(struct prereq_sitting *sitting, uint32_t number)
{
    const struct prereq_cgroup *group = &sitting->catalog->groups[number];
    struct prereq_buffer out = {0};

    for (uint32_t i = 0; i < group->count; i++) {
        prereq_buffer_add(&out, i ? " or " : "");
        add_alternative(sitting, group->first + i, &out);
    }
    return keep(sitting, &out);
}

const char *prereq_describe_row(struct prereq_sitting *sitting, uint32_t number)
{
    const struct prereq_file_row *row = sitting->catalog->rows[number].row;
    struct prereq_buffer out = {0};
    char date[32];

    if (row->version.parts) {
        add_version(&out, "version ", row->version, " or later");
        if (row->tie_date.known) {
            prereq_time_format(row->tie_date, date);
            prereq_buffer_addf(&out, " (of %s or later where equal)", date);
        }
        if (row->date.known) {
            prereq_time_format(row->date, date);
            prereq_buffer_addf(&out, ", dated %s or later where it has not been read", date);
        }
    } else if (row->date.known) {
        prereq_time_format(row->date, date);
        prereq_buffer_addf(&out, "dated %s or later", date);
    } else if (row->size.known) {
        prereq_buffer_addf(&out, "%" PRIu64 " bytes", row->size.value);
    } else {
        prereq_buffer_add(&out, "present");
    }
    return keep(sitting, &out);
}
