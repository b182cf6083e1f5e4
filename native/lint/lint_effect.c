/* SPDX-License-Identifier: MIT */
/* lint_effect.c - what an entry sets makes its marker true, and what a remedy sets makes its rule
 * true.
 *
 * A plan is believed only when its simulation ends well, so an entry whose own marker stays false
 * after its own step can never be planned.  The rules are compiled into a catalog of their own and
 * judged on a host of which nothing is known but what the step sets; named things that it does not
 * set are not there. */
#include "lint/lint.h"

#include <string.h>

#include "engine/judge.h"
#include "engine/settable.h"
#include "lint/lint_sets.h"

struct item { /* one rule, and the step that has to make it true */
    const struct prereq_rule *rule;
    struct prereq_lint_step step;
    uint32_t entry;
    size_t group, alternative; /* of a remedy; PREREQ_LINT_WHOLE: it is the marker */
};

struct trial {
    struct prereq_lint *lint;
    struct item *items;
    size_t count, capacity;
    const struct prereq_catalog *catalog;
    struct prereq_case *host;
    struct prereq_sitting sitting;
    const struct item *item; /* the one that is tried */
    bool fixed;              /* its rule reads something that no step can set */
    size_t unset;            /* facts that a step could set, and this one does not */
    bool tell;               /* each of them is a finding */
};

static const struct prereq_lint_place marker_place = {NULL, "marker", PREREQ_LINT_WHOLE};

/* ---- which rules are tried ---- */

static bool names_entries(const struct prereq_rule *rule);

static bool some_name_entries(const struct prereq_rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (names_entries(&rules[i]))
            return true;
    }
    return false;
}

static bool names_entries(const struct prereq_rule *rule)
{
    if (rule->patch || rule->record || rule->file_set || rule->all_hosts)
        return true;
    return some_name_entries(rule->all, rule->all_count) ||
           some_name_entries(rule->any, rule->any_count) ||
           some_name_entries(rule->none, rule->none_count) ||
           some_name_entries(rule->one, rule->one_count) ||
           some_name_entries(rule->xor_, rule->xor_count) ||
           (rule->not_ && names_entries(rule->not_));
}

static void add_item(struct trial *trial, const struct item *item)
{
    void *items = trial->items;

    if (names_entries(item->rule))
        return;
    if (!prereq_grow(trial->lint->arena, &items, trial->count, &trial->capacity, sizeof(*item))) {
        trial->lint->no_memory = true;
        return;
    }
    trial->items = items;
    trial->items[trial->count++] = *item;
}

static void add_remedies(struct trial *trial, uint32_t number, const struct prereq_group *group,
                         size_t group_number)
{
    for (size_t i = 0; i < group->any_of_count; i++) {
        const struct prereq_alternative *alt = &group->any_of[i];
        struct item item = {
            .rule = alt->rule, .entry = number, .group = group_number, .alternative = i};

        if (!alt->rule || !alt->remedy || alt->remedy->set_count == 0)
            continue;
        item.step.sets = alt->remedy->sets;
        item.step.set_count = alt->remedy->set_count;
        add_item(trial, &item);
    }
}

static void collect_items(struct trial *trial)
{
    for (uint32_t i = 0; i < trial->lint->entry_count; i++) {
        const struct prereq_patch *patch = trial->lint->entries[i].patch;
        struct item item = {
            .rule = patch->marker,
            .entry = i,
            .group = PREREQ_LINT_WHOLE,
            .step = {patch->sets, patch->set_count, patch->files, patch->file_count}};

        if (item.rule)
            add_item(trial, &item);
        for (size_t k = 0; k < patch->prerequisite_count; k++)
            add_remedies(trial, i, &patch->prerequisites[k], k);
    }
}

/* ---- a catalog and a host for them ---- */

static enum prereq_status no_memory(struct prereq_error *err)
{
    prereq_fail(err, PREREQ_NO_MEMORY, "no memory for what is wrong with the catalog");
    return PREREQ_NO_MEMORY;
}

/* Each rule is the marker of a patch; ids with leading zeros keep them in order. */
static enum prereq_status compile(struct trial *trial, struct prereq_error *err)
{
    static const struct prereq_rule everywhere = {.always = PREREQ_FLAG_TRUE};
    static const struct prereq_product product = {.id = "P", .applies = &everywhere};
    struct prereq_arena *arena = trial->lint->arena;
    struct prereq_patch *patches = PREREQ_NEW_ARRAY(arena, trial->count, struct prereq_patch);
    struct prereq_catalog_file *file = PREREQ_NEW(arena, struct prereq_catalog_file);
    struct prereq_catalog_part part = {"", file, false};

    if (!patches || !file)
        return no_memory(err);
    for (size_t i = 0; i < trial->count; i++) {
        patches[i] = (struct prereq_patch){.product = product.id, .marker = trial->items[i].rule};
        patches[i].id = prereq_printf(arena, "%010zu", i);
        if (!patches[i].id)
            return no_memory(err);
    }
    *file = (struct prereq_catalog_file){
        .products = &product, .product_count = 1, .patches = patches, .patch_count = trial->count};
    return prereq_catalog_compile(arena, &part, 1, NULL, 0, &trial->catalog, err);
}

/* One instance of each product that a rule asks for. */
static bool add_instances(struct trial *trial, struct prereq_facts *facts)
{
    const struct prereq_catalog *catalog = trial->catalog;
    struct prereq_arena *arena = trial->lint->arena;
    struct prereq_instance *instances =
        PREREQ_NEW_ARRAY(arena, catalog->node_count, struct prereq_instance);
    struct prereq_index names;

    if (!instances || !prereq_index_init(arena, &names, 16))
        return false;
    for (size_t i = 0; i < catalog->node_count; i++) {
        const char *product;

        if (catalog->nodes[i].kind != PREREQ_NODE_PRODUCT)
            continue;
        product = catalog->nodes[i].rule->product->product;
        if (prereq_index_find(&names, product, NULL) != PREREQ_NONE)
            continue;
        if (!prereq_index_add(arena, &names, product, 0))
            return false;
        instances[facts->instance_count++].product = product;
    }
    facts->instances = instances;
    return true;
}

static enum prereq_status make_host(struct trial *trial, struct prereq_error *err)
{
    static const struct prereq_collection collection;
    struct prereq_arena *arena = trial->lint->arena;
    struct prereq_facts *facts = PREREQ_NEW(arena, struct prereq_facts);
    enum prereq_status status;

    if (!facts || !add_instances(trial, facts))
        return no_memory(err);
    facts->collection = &collection;
    status =
        prereq_case_make(arena, trial->catalog, prereq_policy_default(), facts, &trial->host, err);
    if (!status && !prereq_sitting_make(trial->host, &trial->host->now, &trial->sitting))
        status = no_memory(err);
    return status;
}

/* ---- the host after the step ---- */

static void count_unset(struct trial *trial, const char *kind, const char *name, const char *value)
{
    trial->unset++;
    if (trial->tell)
        prereq_lint_add(trial->lint, PREREQ_LINT_MARKER_FACT_NOT_SET, &marker_place,
                        prereq_printf(trial->lint->arena, "%s%s%s%s%s", kind, name ? " " : "",
                                      name ? name : "", value ? ", " : "", value ? value : ""));
}

static void put_slot(struct trial *trial, uint32_t slot)
{
    const struct prereq_slot *about = &trial->catalog->slots[slot];
    struct prereq_fact *value = &trial->host->now.values[prereq_value_at(trial->host, slot, 0)];
    const struct prereq_settable *row = prereq_settable_of(about->kind);
    bool second = about->kind == PREREQ_SLOT_REGISTRY && about->variant != PREREQ_VIEW_64;

    if (row && !prereq_lint_step_sets(trial->lint, &trial->item->step, about, value))
        count_unset(trial, second ? "registry, 32-bit view:" : row->name, about->name,
                    about->value);
}

static void put_os(struct trial *trial, const struct prereq_os_rule *rule)
{
    if (rule->build)
        put_slot(trial, PREREQ_SLOT_OS_BUILD);
    if (rule->ubr)
        put_slot(trial, PREREQ_SLOT_OS_UBR);
    if (rule->service_pack)
        put_slot(trial, PREREQ_SLOT_OS_SERVICE_PACK);
    if (rule->edition)
        put_slot(trial, PREREQ_SLOT_OS_EDITION);
    trial->fixed |= rule->version || rule->language || rule->install_type ||
                    rule->product_type_count > 0 || rule->architecture_count > 0;
}

static bool is_own_product(const struct trial *trial, const char *product)
{
    const struct prereq_product *own = trial->lint->entries[trial->item->entry].product;

    return own && own->instance_product && prereq_equal_nocase(own->instance_product, product);
}

static void put_product(struct trial *trial, const struct prereq_product_rule *rule)
{
    trial->fixed |= rule->edition != NULL;
    for (size_t i = 0; i < trial->host->instance_count; i++) {
        struct prereq_instance_value *instance = &trial->host->now.instances[i];

        if (!prereq_equal_nocase(instance->product, rule->product))
            continue;
        if (prereq_lint_step_sets_product(&trial->item->step, instance))
            continue;
        if (is_own_product(trial, rule->product))
            instance->status = PREREQ_FACT_KNOWN;
        count_unset(trial, "product", rule->product, NULL);
    }
}

/* Parts of tests that no `sets` can speak of. */
static bool reads_fixed(const struct prereq_rule *rule)
{
    if (rule->msi || rule->free_space || rule->nothing_pending || rule->calendar)
        return true;
    if (rule->file)
        return rule->file->company || rule->file->original_name;
    return (rule->registry && rule->registry->bytes) || (rule->service && rule->service->running);
}

static void put_node(struct trial *trial, uint32_t number)
{
    const struct prereq_node *node = &trial->catalog->nodes[number];

    for (uint32_t i = 0; i < node->count; i++)
        put_node(trial, trial->catalog->numbers[node->first + i]);
    trial->fixed |= reads_fixed(node->rule);
    if (node->kind == PREREQ_NODE_OS)
        put_os(trial, node->rule->os);
    else if (node->kind == PREREQ_NODE_PRODUCT)
        put_product(trial, node->rule->product);
    else if (node->kind == PREREQ_NODE_STACK)
        put_slot(trial, PREREQ_SLOT_STACK);
    if (node->slot == PREREQ_NONE || node->kind == PREREQ_NODE_MSI)
        return;
    put_slot(trial, node->slot);
    if (node->slot2 != PREREQ_NONE)
        put_slot(trial, node->slot2);
}

/* ---- what comes of it ---- */

static void tell_remedy(struct trial *trial)
{
    const struct prereq_lint_place *group =
        PREREQ_LINT_ITEM(NULL, "prerequisites", trial->item->group);
    const struct prereq_lint_place *alternative =
        PREREQ_LINT_ITEM(group, "anyOf", trial->item->alternative);

    prereq_lint_add(trial->lint, PREREQ_LINT_REMEDY_DOES_NOT_PROVE_RULE,
                    PREREQ_LINT_AT(alternative, "remedy"), "");
}

/* The facts that are missing are a better answer than that something is wrong. */
static void tell(struct trial *trial, uint32_t marker)
{
    prereq_lint_look_at(trial->lint, &trial->lint->entries[trial->item->entry]);
    if (trial->item->group != PREREQ_LINT_WHOLE) {
        tell_remedy(trial);
    } else if (trial->unset > 0) {
        trial->tell = true;
        put_node(trial, marker);
        trial->tell = false;
    } else {
        prereq_lint_add(trial->lint, PREREQ_LINT_SETS_DO_NOT_PROVE_EFFECT, &marker_place, "");
    }
}

static bool is_proven(const struct trial *trial, enum prereq_verdict verdict)
{
    if (verdict == PREREQ_TRUE || verdict == PREREQ_NOT_APPLICABLE ||
        verdict == PREREQ_NOT_EVALUATED)
        return true;
    return verdict != PREREQ_FALSE && trial->fixed && trial->unset == 0;
}

static void try_item(struct trial *trial, uint32_t number)
{
    uint32_t marker = trial->catalog->patches[number].marker;

    trial->item = &trial->items[number];
    trial->fixed = false;
    trial->unset = 0;
    put_node(trial, marker);
    if (!is_proven(trial, prereq_rule_judge(&trial->sitting, marker, 0).verdict))
        tell(trial, marker);
}

enum prereq_status prereq_lint_effects(struct prereq_lint *lint, struct prereq_error *err)
{
    struct trial trial = {.lint = lint};
    enum prereq_status status;

    collect_items(&trial);
    if (lint->no_memory)
        return no_memory(err);
    status = compile(&trial, err);
    if (!status)
        status = make_host(&trial, err);
    for (uint32_t i = 0; !status && i < trial.count && !lint->no_memory; i++)
        try_item(&trial, i);
    return status;
}
