/* SPDX-License-Identifier: MIT */
/* slot.c - slots by what they hold: kind, name, value and variant, without regard to case. */
#include "engine/engine.h"

static uint64_t slot_hash(enum prereq_slot_kind kind, const char *name, const char *value,
                          int variant)
{
    uint64_t hash = prereq_hash_nocase(name) + (uint64_t)kind * 64 + (uint64_t)variant;

    return value ? hash * 31 + prereq_hash_nocase(value) : hash;
}

static bool is_slot(const struct prereq_slot *slot, enum prereq_slot_kind kind, const char *name,
                    const char *value, int variant)
{
    if (slot->kind != kind || slot->variant != variant || !slot->value != !value)
        return false;
    return prereq_equal_nocase(slot->name, name) &&
           (!value || prereq_equal_nocase(slot->value, value));
}

static uint32_t find(const struct prereq_catalog *catalog, uint64_t hash,
                     enum prereq_slot_kind kind, const char *name, const char *value, int variant)
{
    const struct prereq_index_entry *entry;
    uint32_t from = 0;

    while ((entry = prereq_index_next(&catalog->slot_index, hash, &from)) != NULL) {
        if (is_slot(&catalog->slots[entry->value], kind, name, value, variant))
            return entry->value;
    }
    return PREREQ_NONE;
}

uint32_t prereq_slot_find(const struct prereq_catalog *catalog, enum prereq_slot_kind kind,
                          const char *name, const char *value, int variant)
{
    return find(catalog, slot_hash(kind, name, value, variant), kind, name, value, variant);
}

uint32_t prereq_slot_add(struct prereq_arena *arena, struct prereq_catalog *catalog,
                         enum prereq_slot_kind kind, const char *name, const char *value,
                         int variant)
{
    uint64_t hash = slot_hash(kind, name, value, variant);
    uint32_t number = find(catalog, hash, kind, name, value, variant);
    void *slots = catalog->slots;

    if (number != PREREQ_NONE)
        return number;
    if (!prereq_grow(arena, &slots, catalog->slot_count, &catalog->slot_capacity,
                     sizeof(*catalog->slots)))
        return PREREQ_NONE;
    catalog->slots = slots;
    number = (uint32_t)catalog->slot_count;
    if (!prereq_index_add_hash(arena, &catalog->slot_index, hash, NULL, number))
        return PREREQ_NONE;
    catalog->slots[number] =
        (struct prereq_slot){.kind = kind, .name = name, .value = value, .variant = variant};
    catalog->slots[number].per_target =
        kind == PREREQ_SLOT_FILE && prereq_starts_nocase(name, "%Instance%");
    catalog->slot_count++;
    return number;
}
