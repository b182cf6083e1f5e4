/* SPDX-License-Identifier: MIT */
/* rule_compile.c - rules into flat nodes that name slots and patches by number. */
#include "engine/engine.h"

#include <string.h>

/* Compile children; their numbers go into `numbers` as one run. */
static enum prereq_status compile_children(struct prereq_arena *arena,
                                           struct prereq_catalog *catalog,
                                           const struct prereq_rule *rules, size_t count,
                                           struct prereq_node *node, struct prereq_error *err)
{
    uint32_t *own = PREREQ_NEW_ARRAY(arena, count, uint32_t);
    void *numbers;

    if (!own)
        return prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
    for (size_t i = 0; i < count; i++) {
        enum prereq_status status = prereq_rule_compile(arena, catalog, &rules[i], &own[i], err);

        if (status)
            return status;
    }
    node->first = (uint32_t)catalog->number_count;
    node->count = (uint32_t)count;
    for (size_t i = 0; i < count; i++) {
        numbers = catalog->numbers;
        if (!prereq_grow(arena, &numbers, catalog->number_count, &catalog->number_capacity,
                         sizeof(*catalog->numbers)))
            return prereq_fail(err, PREREQ_NO_MEMORY,
                               "the catalog is larger than the memory for it");
        catalog->numbers = numbers;
        catalog->numbers[catalog->number_count++] = own[i];
    }
    return PREREQ_OK;
}

static enum prereq_status compile_logic(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                        const struct prereq_rule *rule, struct prereq_node *node,
                                        struct prereq_error *err)
{
    if (rule->all) {
        node->kind = PREREQ_NODE_ALL;
        return compile_children(arena, catalog, rule->all, rule->all_count, node, err);
    }
    if (rule->any) {
        node->kind = PREREQ_NODE_ANY;
        return compile_children(arena, catalog, rule->any, rule->any_count, node, err);
    }
    if (rule->none) {
        node->kind = PREREQ_NODE_NONE_OF;
        return compile_children(arena, catalog, rule->none, rule->none_count, node, err);
    }
    if (rule->one) {
        node->kind = PREREQ_NODE_ONE;
        return compile_children(arena, catalog, rule->one, rule->one_count, node, err);
    }
    if (rule->xor_) {
        node->kind = PREREQ_NODE_XOR;
        return compile_children(arena, catalog, rule->xor_, rule->xor_count, node, err);
    }
    node->kind = PREREQ_NODE_NOT;
    return compile_children(arena, catalog, rule->not_, 1, node, err);
}

static enum prereq_status find_patch(const struct prereq_catalog *catalog, const char *id,
                                     struct prereq_node *node, struct prereq_error *err)
{
    size_t found = prereq_catalog_find(catalog, id);

    if (found == SIZE_MAX) {
        char why[400];

        prereq_catalog_why_none(catalog, id, why, sizeof(why));
        return prereq_fail(err, PREREQ_BAD_INPUT, "a rule names \"%s\", which %s", id, why);
    }
    node->patch = (uint32_t)found;
    return PREREQ_OK;
}

/* Rules that name another entry. */
static enum prereq_status compile_reference(const struct prereq_catalog *catalog,
                                            const struct prereq_rule *rule,
                                            struct prereq_node *node, struct prereq_error *err)
{
    if (rule->patch) {
        node->kind = PREREQ_NODE_PATCH;
        return find_patch(catalog, rule->patch->id, node, err);
    }
    if (rule->record) {
        node->kind = PREREQ_NODE_RECORD;
        return find_patch(catalog, rule->record->id, node, err);
    }
    node->kind = PREREQ_NODE_FILE_SET;
    return find_patch(catalog, rule->file_set->patch, node, err);
}

/* A host speaks for itself alone, so what holds on every host of a role is external state, under a
 * name that is made of role and patch. */
static enum prereq_status compile_all_hosts(struct prereq_arena *arena,
                                            struct prereq_catalog *catalog,
                                            const struct prereq_hosts_rule *rule,
                                            struct prereq_node *node, struct prereq_error *err)
{
    enum prereq_status status = find_patch(catalog, rule->patch, node, err);
    const char *name;

    if (status)
        return status;
    name =
        prereq_printf(arena, "allHosts:%s:%s", rule->role, catalog->patches[node->patch].patch->id);
    node->kind = PREREQ_NODE_ALL_HOSTS;
    node->patch = PREREQ_NONE; /* nothing of it on this host matters */
    if (name)
        node->slot = prereq_slot_add(arena, catalog, PREREQ_SLOT_SETTING, name, NULL,
                                     PREREQ_SETTING_EXTERNAL);
    return node->slot == PREREQ_NONE
               ? prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it")
               : PREREQ_OK;
}

static bool compile_registry(struct prereq_arena *arena, struct prereq_catalog *catalog,
                             const struct prereq_registry_rule *rule, struct prereq_node *node)
{
    int view = rule->view == PREREQ_RULE_VIEW_32 ? PREREQ_VIEW_32 : PREREQ_VIEW_64;

    node->kind = PREREQ_NODE_REGISTRY;
    node->slot = prereq_slot_add(arena, catalog, PREREQ_SLOT_REGISTRY, rule->key, rule->name, view);
    if (rule->view == PREREQ_RULE_VIEW_BOTH) {
        node->slot2 = prereq_slot_add(arena, catalog, PREREQ_SLOT_REGISTRY, rule->key, rule->name,
                                      PREREQ_VIEW_32);
        return node->slot2 != PREREQ_NONE && node->slot != PREREQ_NONE;
    }
    return node->slot != PREREQ_NONE;
}

/* A test with one slot of its own. */
static bool compile_named(struct prereq_arena *arena, struct prereq_catalog *catalog,
                          struct prereq_node *node, enum prereq_node_kind kind,
                          enum prereq_slot_kind slot, const char *name, int variant)
{
    node->kind = kind;
    node->slot = prereq_slot_add(arena, catalog, slot, name, NULL, variant);
    return node->slot != PREREQ_NONE;
}

static bool compile_msi(struct prereq_arena *arena, struct prereq_catalog *catalog,
                        const struct prereq_msi_rule *rule, struct prereq_node *node)
{
    if (rule->patch_code)
        return compile_named(arena, catalog, node, PREREQ_NODE_MSI, PREREQ_SLOT_MSI_PATCH,
                             rule->patch_code, 0);
    return compile_named(arena, catalog, node, PREREQ_NODE_MSI, PREREQ_SLOT_MSI_PRODUCT,
                         rule->product_code ? rule->product_code : "", 0);
}

/* Tests that need no slot number of their own, or a fixed one. */
static enum prereq_node_kind fixed_kind(const struct prereq_rule *rule)
{
    if (rule->os)
        return PREREQ_NODE_OS;
    if (rule->product)
        return PREREQ_NODE_PRODUCT;
    if (rule->servicing_stack)
        return PREREQ_NODE_STACK;
    if (rule->free_space)
        return PREREQ_NODE_SPACE;
    if (rule->nothing_pending)
        return PREREQ_NODE_PENDING;
    if (rule->calendar)
        return PREREQ_NODE_CALENDAR;
    if (rule->always)
        return PREREQ_NODE_ALWAYS;
    return PREREQ_NODE_UNSUPPORTED;
}

static bool compile_test(struct prereq_arena *arena, struct prereq_catalog *catalog,
                         const struct prereq_rule *rule, struct prereq_node *node)
{
    if (rule->file)
        return compile_named(arena, catalog, node, PREREQ_NODE_FILE, PREREQ_SLOT_FILE,
                             rule->file->path, 0);
    if (rule->registry)
        return compile_registry(arena, catalog, rule->registry, node);
    if (rule->service)
        return compile_named(arena, catalog, node, PREREQ_NODE_SERVICE, PREREQ_SLOT_SERVICE,
                             rule->service->name, 0);
    if (rule->feature)
        return compile_named(arena, catalog, node, PREREQ_NODE_FEATURE, PREREQ_SLOT_FEATURE,
                             rule->feature->name, 0);
    if (rule->package)
        return compile_named(arena, catalog, node, PREREQ_NODE_PACKAGE, PREREQ_SLOT_PACKAGE,
                             rule->package->name, 0);
    if (rule->msi)
        return compile_msi(arena, catalog, rule->msi, node);
    if (rule->setting)
        return compile_named(arena, catalog, node, PREREQ_NODE_SETTING, PREREQ_SLOT_SETTING,
                             rule->setting->name, rule->setting->kind);
    node->kind = fixed_kind(rule);
    return true;
}

enum prereq_status prereq_rule_compile(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                       const struct prereq_rule *rule, uint32_t *node,
                                       struct prereq_error *err)
{
    struct prereq_node made = {
        .first = 0, .slot = PREREQ_NONE, .slot2 = PREREQ_NONE, .patch = PREREQ_NONE, .rule = rule};
    enum prereq_status status = PREREQ_OK;
    void *nodes;

    *node = PREREQ_NONE;
    if (!rule)
        return PREREQ_OK;
    if (rule->all || rule->any || rule->none || rule->one || rule->xor_ || rule->not_)
        status = compile_logic(arena, catalog, rule, &made, err);
    else if (rule->patch || rule->record || rule->file_set)
        status = compile_reference(catalog, rule, &made, err);
    else if (rule->all_hosts)
        status = compile_all_hosts(arena, catalog, rule->all_hosts, &made, err);
    else if (!compile_test(arena, catalog, rule, &made))
        status = prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
    if (status)
        return status;
    nodes = catalog->nodes;
    if (!prereq_grow(arena, &nodes, catalog->node_count, &catalog->node_capacity,
                     sizeof(*catalog->nodes)))
        return prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
    catalog->nodes = nodes;
    *node = (uint32_t)catalog->node_count;
    catalog->nodes[catalog->node_count++] = made;
    return PREREQ_OK;
}
