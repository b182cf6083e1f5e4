/* SPDX-License-Identifier: MIT */
/* unique.c - one item for one thing, whoever found it. */
#include "collect/unique.h"

#include <string.h>

#include "engine/engine.h"

/* What tells items of a list apart: two texts, either of which may be NULL, and a number. */
struct key {
    const char *a, *b;
    int number;
};

typedef struct key key_of(const void *item);

/* Twins found in one list. */
struct twins {
    struct prereq_gather *gather;
    struct prereq_index index;
    key_of *key;
    const unsigned char *items; /* those that stay, in front */
    size_t size;
};

static uint64_t hash_of(struct key key)
{
    uint64_t hash = key.a ? prereq_hash_nocase(key.a) : 0;

    return hash * 31 + (key.b ? prereq_hash_nocase(key.b) * 31 : 7) + (uint64_t)key.number;
}

static bool same_text(const char *a, const char *b)
{
    return a && b ? prereq_equal_nocase(a, b) : a == b;
}

/* The number of the item that speaks of the same thing; else PREREQ_NONE, and `number` is known as
 * the place of this one. */
static uint32_t find_or_add(struct twins *twins, const void *item, uint32_t number)
{
    struct key key = twins->key(item);
    uint64_t hash = hash_of(key);
    const struct prereq_index_entry *entry;
    uint32_t from = 0;

    while ((entry = prereq_index_next(&twins->index, hash, &from)) != NULL) {
        struct key other = twins->key(twins->items + entry->value * twins->size);

        if (same_text(key.a, other.a) && same_text(key.b, other.b) && key.number == other.number)
            return entry->value;
    }
    if (!prereq_index_add_hash(twins->gather->arena, &twins->index, hash, NULL, number))
        twins->gather->no_memory = true;
    return PREREQ_NONE;
}

static bool begin(struct twins *twins, const void *items, size_t count)
{
    twins->items = items;
    if (prereq_index_init(twins->gather->arena, &twins->index, count))
        return true;
    twins->gather->no_memory = true;
    return false;
}

static void keep_first(struct prereq_gather *gather, void *items, size_t *count, size_t size,
                       key_of *key)
{
    struct twins twins = {.gather = gather, .key = key, .size = size};
    unsigned char *bytes = items;
    size_t kept = 0;

    if (*count < 2 || gather->no_memory || !begin(&twins, items, *count))
        return;
    for (size_t i = 0; i < *count; i++) {
        if (find_or_add(&twins, bytes + i * size, (uint32_t)kept) != PREREQ_NONE)
            continue;
        if (kept != i)
            memcpy(bytes + kept * size, bytes + i * size, size);
        kept++;
    }
    *count = kept;
}

#define KEY(name, type, a_, b_, number_)                                                           \
    static struct key name(const void *item_)                                                      \
    {                                                                                              \
        const struct type *item = item_;                                                           \
                                                                                                   \
        return (struct key){item->a_, b_, number_};                                                \
    }
KEY(file_key, prereq_file_fact, path, NULL, 0)
KEY(registry_key, prereq_registry_fact, key, item->name, item->view == PREREQ_VIEW_32)
KEY(service_key, prereq_service_fact, name, NULL, 0)
KEY(feature_key, prereq_feature_fact, name, NULL, 0)
KEY(update_key, prereq_update_fact, id, item->target, 0)
KEY(package_key, prereq_package_fact, identity, NULL, 0)
KEY(msi_product_key, prereq_msi_product, product_code, NULL, 0)
KEY(msi_patch_key, prereq_msi_patch, patch_code, item->product_code, 0)
KEY(instance_key, prereq_instance, product, item->name, 0)
KEY(setting_key, prereq_setting, name, NULL, item->kind)
KEY(coverage_key, prereq_coverage, product, NULL, item->list)

static struct key pending_key(const void *item)
{
    return (struct key){NULL, NULL, ((const struct prereq_pending_fact *)item)->source};
}

/* ---- updates: their records are put together ---- */

static void add_record(struct prereq_update_fact *update, struct prereq_update_record *records,
                       const struct prereq_update_record *more)
{
    for (size_t i = 0; i < update->source_count; i++) {
        struct prereq_update_record *record = &records[i];

        if (record->source != more->source)
            continue;
        if (!record->installed_on.known)
            record->installed_on = more->installed_on;
        if (!record->installed_by)
            record->installed_by = more->installed_by;
        if (record->backup != PREREQ_FLAG_TRUE && more->backup)
            record->backup = more->backup;
        return;
    }
    records[update->source_count++] = *more;
}

/* The records of `more` into `update`, in a list of their own. */
static bool merge(struct prereq_arena *arena, struct prereq_update_fact *update,
                  const struct prereq_update_fact *more)
{
    struct prereq_update_record *records = PREREQ_NEW_ARRAY(
        arena, update->source_count + more->source_count, struct prereq_update_record);

    if (!records)
        return false;
    if (update->source_count > 0)
        memcpy(records, update->sources, update->source_count * sizeof(*records));
    for (size_t i = 0; i < more->source_count; i++)
        add_record(update, records, &more->sources[i]);
    update->sources = records;
    if (!update->title)
        update->title = more->title;
    return true;
}

static void merge_updates(struct prereq_gather *gather)
{
    struct twins twins = {
        .gather = gather, .key = update_key, .size = sizeof(struct prereq_update_fact)};
    struct prereq_update_fact *updates = gather->updates.items;
    size_t kept = 0;

    if (gather->updates.count < 2 || !begin(&twins, updates, gather->updates.count))
        return;
    for (size_t i = 0; i < gather->updates.count && !gather->no_memory; i++) {
        struct prereq_update_fact update = updates[i];
        uint32_t first = find_or_add(&twins, &update, (uint32_t)kept);

        if (first == PREREQ_NONE)
            updates[kept++] = update;
        else
            gather->no_memory |= !merge(gather->arena, &updates[first], &update);
    }
    gather->updates.count = kept;
}

#define KEEP_FIRST(list, key)                                                                      \
    keep_first(gather, gather->list.items, &gather->list.count, sizeof(*gather->list.items), key)

void prereq_gather_unique(struct prereq_gather *gather)
{
    KEEP_FIRST(files, file_key);
    KEEP_FIRST(registry, registry_key);
    KEEP_FIRST(services, service_key);
    KEEP_FIRST(features, feature_key);
    KEEP_FIRST(packages, package_key);
    KEEP_FIRST(msi_products, msi_product_key);
    KEEP_FIRST(msi_patches, msi_patch_key);
    KEEP_FIRST(instances, instance_key);
    KEEP_FIRST(settings, setting_key);
    KEEP_FIRST(coverage, coverage_key);
    KEEP_FIRST(pending_restarts, pending_key);
    merge_updates(gather);
}
