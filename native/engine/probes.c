/* SPDX-License-Identifier: MIT */
/* probes.c - the slots and nodes of a compiled catalog as a list of what to look at. */
#include "engine/probes.h"

#include <stdlib.h>

#include "engine/engine.h"

const char *const prereq_probe_kind_names[] = {"file",    "registry",   "service",  "feature",
                                               "package", "msiProduct", "msiPatch", "product",
                                               "setting", "volume",     NULL};

static const struct {
    enum prereq_slot_kind slot;
    enum prereq_probe_kind probe;
} kinds[] = {
    {PREREQ_SLOT_FILE, PREREQ_PROBE_FILE},
    {PREREQ_SLOT_REGISTRY, PREREQ_PROBE_REGISTRY},
    {PREREQ_SLOT_SERVICE, PREREQ_PROBE_SERVICE},
    {PREREQ_SLOT_FEATURE, PREREQ_PROBE_FEATURE},
    {PREREQ_SLOT_PACKAGE, PREREQ_PROBE_PACKAGE},
    {PREREQ_SLOT_MSI_PRODUCT, PREREQ_PROBE_MSI_PRODUCT},
    {PREREQ_SLOT_MSI_PATCH, PREREQ_PROBE_MSI_PATCH},
    {PREREQ_SLOT_SETTING, PREREQ_PROBE_SETTING},
};

static bool from_slot(const struct prereq_slot *slot, struct prereq_probe *probe)
{
    for (size_t i = 0; i < PREREQ_COUNT(kinds); i++) {
        if (kinds[i].slot != slot->kind)
            continue;
        *probe = (struct prereq_probe){kinds[i].probe, slot->name, slot->value, slot->variant};
        return true;
    }
    return false;
}

static bool from_product(const char *product, struct prereq_probe *probe)
{
    *probe = (struct prereq_probe){PREREQ_PROBE_PRODUCT, product, NULL, 0};
    return product != NULL;
}

/* Of rules that have no slot of their own. */
static bool from_node(const struct prereq_node *node, struct prereq_probe *probe)
{
    if (node->kind == PREREQ_NODE_PRODUCT)
        return from_product(node->rule->product->product, probe);
    if (node->kind == PREREQ_NODE_SPACE) {
        int volume = node->rule->free_space->volume;

        *probe = (struct prereq_probe){
            PREREQ_PROBE_VOLUME, prereq_enum_name(prereq_volume_role_names, volume), NULL, volume};
        return true;
    }
    return false;
}

static int compare_values(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return prereq_compare_nocase(a, b);
}

static int compare(const void *left, const void *right)
{
    const struct prereq_probe *a = left, *b = right;
    int order = (a->kind > b->kind) - (a->kind < b->kind);

    if (order == 0)
        order = prereq_compare_nocase(a->name, b->name);
    if (order == 0)
        order = (a->variant > b->variant) - (a->variant < b->variant);
    return order ? order : compare_values(a->value, b->value);
}

static size_t without_twins(struct prereq_probe *probes, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (kept == 0 || compare(&probes[kept - 1], &probes[i]) != 0)
            probes[kept++] = probes[i];
    return kept;
}

static size_t fill(const struct prereq_catalog *catalog, struct prereq_probe *probes)
{
    size_t count = 0;

    for (size_t i = PREREQ_SLOT_FIXED; i < catalog->slot_count; i++)
        count += from_slot(&catalog->slots[i], &probes[count]);
    for (size_t i = 0; i < catalog->node_count; i++)
        count += from_node(&catalog->nodes[i], &probes[count]);
    for (size_t i = 0; i < catalog->product_count; i++)
        count += from_product(catalog->products[i].product->instance_product, &probes[count]);
    for (size_t i = 0; i < catalog->void_count; i++)
        count += from_product(catalog->voids[i].invalidation->product, &probes[count]);
    return count;
}

enum prereq_status prereq_catalog_probes(struct prereq_arena *arena,
                                         const struct prereq_catalog *catalog,
                                         const struct prereq_probe **probes, size_t *count,
                                         struct prereq_error *err)
{
    /* One more than can be, so that there is always a place to try in. */
    struct prereq_probe *made =
        PREREQ_NEW_ARRAY(arena,
                         catalog->slot_count + catalog->node_count + catalog->product_count +
                             catalog->void_count + 1,
                         struct prereq_probe);
    size_t made_count;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for what the catalog asks about");
    made_count = fill(catalog, made);
    if (made_count > 1)
        qsort(made, made_count, sizeof(*made), compare);
    *count = without_twins(made, made_count);
    *probes = made;
    return PREREQ_OK;
}
