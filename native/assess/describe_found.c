/* SPDX-License-Identifier: MIT */
/* describe_found.c - what was found of the facts that a rule or a row reads, and what was not. */
#include "assess/describe.h"

#include <inttypes.h>
#include <string.h>

static const char *keep(struct prereq_sitting *sitting, struct prereq_buffer *text)
{
    const char *kept =
        text->failed ? NULL : prereq_strdup(sitting->host->arena, text->text ? text->text : "");

    prereq_buffer_free(text);
    return kept;
}

/* True when there is something known to describe. */
static bool add_status(const struct prereq_fact *value, struct prereq_buffer *out)
{
    if (value->lost)
        prereq_buffer_add(out, "taken away by a step of the plan");
    else if (value->status == PREREQ_FACT_ABSENT)
        prereq_buffer_add(out, "missing");
    else if (value->status == PREREQ_FACT_UNAVAILABLE)
        prereq_buffer_addf(out, "unavailable (%s)", prereq_reason_info(value->reason)->code);
    else if (value->status == PREREQ_FACT_NOT_COLLECTED)
        prereq_buffer_add(out, "not collected");
    else
        return true;
    return false;
}

static void add_date(const struct prereq_fact *value, struct prereq_buffer *out)
{
    char text[32];

    if (!value->time.known)
        return;
    prereq_time_format(value->time, text);
    prereq_buffer_addf(out, ", %.10s", text);
}

static void add_file_found(const struct prereq_fact *value, struct prereq_buffer *out)
{
    char version[48];

    if (!add_status(value, out))
        return;
    prereq_version_format(value->version, version);
    if (value->no_version)
        prereq_buffer_add(out, "no version resource");
    else if (value->bad_version)
        prereq_buffer_add(out, "a version that cannot be read");
    else if (value->version.parts)
        prereq_buffer_addf(out, "version %s", version);
    else
        prereq_buffer_add(out, "version not collected");
    add_date(value, out);
    if (!value->version.parts && value->number.known)
        prereq_buffer_addf(out, ", %" PRIu64 " bytes", value->number.value);
}

const char *prereq_describe_row_found(struct prereq_sitting *sitting, uint32_t row, uint32_t target)
{
    uint32_t slot = sitting->catalog->rows[row].slot;
    struct prereq_buffer out = {0};

    add_file_found(&sitting->world->values[prereq_value_at(sitting->host, slot, target)], &out);
    return keep(sitting, &out);
}

static void add_number(const struct prereq_world *world, enum prereq_slot_kind slot,
                       const char *what, struct prereq_buffer *out)
{
    const struct prereq_fact *value = &world->values[slot];

    prereq_buffer_addf(out, "%s%s ", out->len ? ", " : "", what);
    if (!add_status(value, out))
        return;
    if (value->number.known)
        prereq_buffer_addf(out, "%" PRIu64, value->number.value);
    else
        prereq_buffer_add(out, "not collected");
}

static void add_text(const struct prereq_world *world, enum prereq_slot_kind slot, const char *what,
                     struct prereq_buffer *out)
{
    const struct prereq_fact *value = &world->values[slot];

    prereq_buffer_addf(out, "%s%s ", out->len ? ", " : "", what);
    if (add_status(value, out))
        prereq_buffer_add(out, value->text ? value->text : "not collected");
}

static void add_code(const struct prereq_world *world, enum prereq_slot_kind slot,
                     const char *const *names, struct prereq_buffer *out)
{
    const struct prereq_fact *value = &world->values[slot];

    prereq_buffer_add(out, out->len ? ", " : "");
    if (add_status(value, out))
        prereq_buffer_add(out, prereq_enum_name(names, value->code));
}

static void add_os(const struct prereq_world *world, const struct prereq_os_rule *rule,
                   struct prereq_buffer *all)
{
    const struct prereq_fact *version = &world->values[PREREQ_SLOT_OS_VERSION];
    struct prereq_buffer out = {0};
    char text[48];

    if (rule->version) {
        prereq_version_format(version->version, text);
        prereq_buffer_add(&out, "Windows ");
        if (add_status(version, &out))
            prereq_buffer_add(&out, text);
    }
    if (rule->build)
        add_number(world, PREREQ_SLOT_OS_BUILD, "build", &out);
    if (rule->ubr)
        add_number(world, PREREQ_SLOT_OS_UBR, "revision", &out);
    if (rule->service_pack)
        add_number(world, PREREQ_SLOT_OS_SERVICE_PACK, "service pack", &out);
    if (rule->edition)
        add_text(world, PREREQ_SLOT_OS_EDITION, "edition", &out);
    if (rule->language)
        add_text(world, PREREQ_SLOT_OS_LANGUAGE, "language", &out);
    if (rule->install_type)
        add_text(world, PREREQ_SLOT_OS_INSTALL_TYPE, "installation", &out);
    if (rule->product_type_count)
        add_code(world, PREREQ_SLOT_OS_PRODUCT_TYPE, prereq_product_type_names, &out);
    if (rule->architecture_count)
        add_code(world, PREREQ_SLOT_OS_ARCHITECTURE, prereq_architecture_names, &out);
    prereq_buffer_add(all, out.text ? out.text : "");
    prereq_buffer_free(&out);
}

static void add_product(struct prereq_sitting *sitting, const struct prereq_product_rule *rule,
                        uint32_t target, struct prereq_buffer *out)
{
    bool any = false;

    for (size_t i = 0; i < sitting->host->instance_count; i++) {
        const struct prereq_instance_value *instance = &sitting->world->instances[i];
        char version[48];

        if (!prereq_instance_fits(sitting->host, instance, rule->product, target))
            continue;
        prereq_version_format(instance->version, version);
        prereq_buffer_addf(out, "%s%s", any ? "; " : "", instance->product);
        any = true;
        if (instance->status != PREREQ_FACT_KNOWN) {
            if (instance->status == PREREQ_FACT_ABSENT)
                prereq_buffer_add(out, " not there");
            else
                prereq_buffer_addf(out, " unavailable (%s)",
                                   prereq_reason_info(instance->reason)->code);
            continue;
        }
        prereq_buffer_addf(
            out, " %s%s%s%s%s", instance->version.parts ? version : "version not collected",
            instance->level ? ", level " : "", instance->level ? instance->level : "",
            instance->branch ? ", branch " : "", instance->branch ? instance->branch : "");
    }
    if (!any && prereq_no_instance_judge(sitting->host, rule->product).verdict == PREREQ_FALSE)
        prereq_buffer_addf(out, "no %s", rule->product);
    else if (!any)
        prereq_buffer_addf(out, "it is not known whether %s is there", rule->product);
}

static void add_registry(const struct prereq_fact *value, struct prereq_buffer *out)
{
    if (!add_status(value, out))
        return;
    if (value->text)
        prereq_buffer_addf(out, "%s", PREREQ_CLIP(value->text, 300));
    else if (value->number.known)
        prereq_buffer_addf(out, "%" PRIu64, value->number.value);
    else
        prereq_buffer_add(out, "present");
}

static void add_packages(const struct prereq_fact *value, struct prereq_buffer *out)
{
    if (!add_status(value, out))
        return;
    for (size_t i = 0; i < value->package_count; i++)
        prereq_buffer_addf(out, "%s%s state 0x%" PRIx64, i ? "; " : "", value->packages[i].identity,
                           value->packages[i].state);
}

static bool asks_for(const struct prereq_pending_rule *rule, int source)
{
    bool asked = rule->source_count == 0;

    for (size_t i = 0; i < rule->source_count; i++)
        asked |= rule->sources[i] == source;
    return asked;
}

/* Names of the sources that the rule asks for and that answered so; 0: that did not answer. */
static bool add_sources(const struct prereq_world *world, const struct prereq_pending_rule *rule,
                        int answer, bool any, struct prereq_buffer *out)
{
    for (int i = 1; i <= PREREQ_RESTART_SOURCES; i++) {
        const struct prereq_fact *value = &world->values[PREREQ_SLOT_PENDING + i];
        int found = value->status == PREREQ_FACT_KNOWN ? value->code : 0;

        if (found != answer || !asks_for(rule, i))
            continue;
        prereq_buffer_addf(out, "%s%s", any ? ", " : "",
                           prereq_enum_name(prereq_restart_source_names, i));
        any = true;
    }
    return any;
}

/* One that waits decides; only without one does it matter which were not read. */
static void add_pending(const struct prereq_world *world, const struct prereq_pending_rule *rule,
                        struct prereq_buffer *out)
{
    struct prereq_buffer unread = {0};

    if (world->plan_pending)
        prereq_buffer_add(out, "a step of the plan");
    if (add_sources(world, rule, PREREQ_ANSWER_YES, world->plan_pending, out))
        prereq_buffer_add(out, " pending");
    else if (add_sources(world, rule, 0, false, &unread))
        prereq_buffer_addf(out, "not all sources were read: %s", unread.text ? unread.text : "");
    else
        prereq_buffer_add(out, "none pending");
    prereq_buffer_free(&unread);
}

/* A record is told apart from the state: a patch may be recorded and not be on. */
static void add_record(struct prereq_sitting *sitting, uint32_t number, uint32_t target,
                       struct prereq_buffer *out)
{
    const struct prereq_node *node = &sitting->catalog->nodes[number];
    enum prereq_verdict verdict = prereq_rule_judge(sitting, number, target).verdict;
    const char *id = sitting->catalog->patches[node->patch].patch->id;

    if (verdict == PREREQ_TRUE || verdict == PREREQ_FALSE)
        prereq_buffer_addf(out, "%s is %srecorded", id, verdict == PREREQ_TRUE ? "" : "not ");
    else
        prereq_buffer_addf(out, "it is not known whether %s is recorded", id);
}

static void add_service(const struct prereq_fact *value, const struct prereq_service_rule *rule,
                        struct prereq_buffer *out)
{
    const struct prereq_service_fact *fact = value->fact;

    if (!add_status(value, out))
        return;
    prereq_buffer_add(out, "present");
    if (rule->start_count)
        prereq_buffer_addf(out, ", start %s",
                           value->code ? prereq_enum_name(prereq_start_names, value->code)
                                       : "not collected");
    if (rule->running && fact && fact->running)
        prereq_buffer_add(out, fact->running == PREREQ_FLAG_TRUE ? ", running" : ", not running");
    else if (rule->running)
        prereq_buffer_add(out, ", whether it runs was not collected");
}

static void add_feature(const struct prereq_fact *value, const struct prereq_feature_rule *rule,
                        struct prereq_buffer *out)
{
    char version[48];

    if (!add_status(value, out))
        return;
    prereq_buffer_add(out, prereq_enum_name(prereq_feature_state_names, value->code));
    if (!rule->version)
        return;
    prereq_version_format(value->version, version);
    prereq_buffer_addf(out, ", version %s", value->version.parts ? version : "not collected");
}

static void add_patch(struct prereq_sitting *sitting, uint32_t patch, uint32_t target,
                      struct prereq_buffer *out)
{
    uint32_t pair = prereq_pair_find(sitting->host, patch, target);

    prereq_buffer_addf(out, "%s ", sitting->catalog->patches[patch].patch->id);
    if (pair == PREREQ_NONE)
        prereq_buffer_add(out, "not there");
    else
        prereq_buffer_add(out, prereq_state_names[prereq_base_state(sitting, pair)]);
}

/* What a rule without a slot of its own reads. */
static const struct prereq_fact no_fact = {0};

static void add_found(struct prereq_sitting *sitting, uint32_t number, uint32_t target,
                      struct prereq_buffer *out)
{
    const struct prereq_node *node = &sitting->catalog->nodes[number];
    const struct prereq_world *world = sitting->world;
    const struct prereq_rule *rule = node->rule;
    const struct prereq_fact *value =
        node->slot == PREREQ_NONE
            ? &no_fact
            : &world->values[prereq_value_at(sitting->host, node->slot, target)];

    for (uint32_t i = 0; i < node->count; i++) {
        prereq_buffer_add(out, i ? "; " : "");
        add_found(sitting, sitting->catalog->numbers[node->first + i], target, out);
    }
    if (rule->os)
        add_os(world, rule->os, out);
    else if (rule->product)
        add_product(sitting, rule->product, target, out);
    else if (rule->file)
        add_file_found(value, out);
    else if (rule->package)
        add_packages(value, out);
    else if (rule->servicing_stack)
        add_file_found(&world->values[PREREQ_SLOT_STACK], out);
    else if (rule->free_space)
        add_number(world, (enum prereq_slot_kind)(PREREQ_SLOT_VOLUME + rule->free_space->volume),
                   "free bytes", out);
    else if (rule->nothing_pending)
        add_pending(world, rule->nothing_pending, out);
    else if (rule->service)
        add_service(value, rule->service, out);
    else if (rule->feature)
        add_feature(value, rule->feature, out);
    else if (node->kind == PREREQ_NODE_RECORD)
        add_record(sitting, number, target, out);
    else if (node->patch != PREREQ_NONE)
        add_patch(sitting, node->patch, target, out);
    else if (node->slot != PREREQ_NONE)
        add_registry(value, out);
}

const char *prereq_describe_found(struct prereq_sitting *sitting, uint32_t node, uint32_t target)
{
    struct prereq_buffer out = {0};

    if (node != PREREQ_NONE)
        add_found(sitting, node, target, &out);
    return keep(sitting, &out);
}

/* ---- what to collect ---- */

static const char *const os_members[] = {"os.version",     "os.build",       "os.ubr",
                                         "os.servicePack", "os.edition",     "os.language",
                                         "os.installType", "os.productType", "os.architecture"};

static void add_need(struct prereq_buffer *out, const char *kind, const char *name,
                     const char *value)
{
    struct prereq_buffer one = {0};

    prereq_buffer_addf(&one, "%s%s%s%s%s", kind, *name ? " " : "", name, value ? "\\" : "",
                       value ? value : "");
    /* One line a need; a need that is there already is not added again. */
    if (one.text && (!out->text || !strstr(out->text, one.text))) {
        prereq_buffer_add(out, one.text);
        prereq_buffer_add(out, "\n");
    }
    prereq_buffer_free(&one);
}

static void need_slot(const struct prereq_sitting *sitting, uint32_t slot, uint32_t target,
                      struct prereq_buffer *out)
{
    const struct prereq_slot *about = &sitting->catalog->slots[slot];
    const struct prereq_fact *value =
        &sitting->world->values[prereq_value_at(sitting->host, slot, target)];

    if (about->kind < (enum prereq_slot_kind)PREREQ_COUNT(os_members)) {
        if (value->status != PREREQ_FACT_KNOWN)
            add_need(out, os_members[about->kind], "", NULL);
        return;
    }
    if (value->status == PREREQ_FACT_ABSENT)
        return;
    if (about->kind == PREREQ_SLOT_FILE)
        add_need(out, "file", about->name, NULL);
    else if (value->status == PREREQ_FACT_KNOWN)
        return;
    else if (about->kind == PREREQ_SLOT_REGISTRY)
        add_need(out, "registry", about->name, about->value);
    else if (about->kind == PREREQ_SLOT_STACK)
        add_need(out, "servicingStack", "", NULL);
    else if (about->kind < PREREQ_SLOT_PENDING)
        add_need(out, "volumes", "", NULL);
    else if (about->kind < PREREQ_SLOT_FIXED)
        add_need(out, "pendingRestarts", "", NULL);
    else if (about->kind == PREREQ_SLOT_SERVICE)
        add_need(out, "service", about->name, NULL);
    else if (about->kind == PREREQ_SLOT_FEATURE)
        add_need(out, "feature", about->name, NULL);
    else if (about->kind == PREREQ_SLOT_PACKAGE)
        add_need(out, "package", about->name, NULL);
    else if (about->kind == PREREQ_SLOT_SETTING)
        add_need(out, about->variant == PREREQ_SETTING_EXTERNAL ? "external" : "setting",
                 about->name, NULL);
    else
        add_need(out, "msi", about->name, NULL);
}

static void need_os(struct prereq_sitting *sitting, const struct prereq_os_rule *rule,
                    struct prereq_buffer *out)
{
    const bool read[] = {
        rule->version != NULL,      rule->build != NULL,          rule->ubr != NULL,
        rule->service_pack != NULL, rule->edition != NULL,        rule->language != NULL,
        rule->install_type != NULL, rule->product_type_count > 0, rule->architecture_count > 0};

    for (uint32_t i = 0; i < PREREQ_COUNT(read); i++) {
        if (read[i])
            need_slot(sitting, i, 0, out);
    }
}

void prereq_describe_needs(struct prereq_sitting *sitting, uint32_t number, uint32_t target,
                           struct prereq_buffer *out)
{
    const struct prereq_node *node;
    enum prereq_verdict verdict;

    if (number == PREREQ_NONE)
        return;
    node = &sitting->catalog->nodes[number];
    verdict = prereq_rule_judge(sitting, number, target).verdict;
    if (verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE)
        return;
    for (uint32_t i = 0; i < node->count; i++)
        prereq_describe_needs(sitting, sitting->catalog->numbers[node->first + i], target, out);
    if (node->rule->os)
        need_os(sitting, node->rule->os, out);
    else if (node->rule->product)
        add_need(out, "instances of", node->rule->product->product, NULL);
    else if (node->slot != PREREQ_NONE)
        need_slot(sitting, node->slot, target, out);
    else if (node->rule->servicing_stack)
        need_slot(sitting, PREREQ_SLOT_STACK, target, out);
    else if (node->rule->free_space)
        add_need(out, "volumes", "", NULL);
    else if (node->rule->nothing_pending)
        add_need(out, "pendingRestarts", "", NULL);
    else if (node->kind == PREREQ_NODE_UNSUPPORTED)
        add_need(out, "a rule that this version does not evaluate", "", NULL);
}
