/* SPDX-License-Identifier: MIT */
/* case.c - one host before a catalog: its targets, its statuses, and room for its worlds. */
#include "engine/trail.h"

#include <assert.h>
#include <string.h>

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY,
                       "the host's facts are larger than the memory for them");
}

const struct prereq_instance *prereq_target_instance(const struct prereq_case *host,
                                                     uint32_t target)
{
    uint32_t instance = host->targets[target].instance;

    return instance == PREREQ_NONE ? NULL : &host->facts->instances[instance];
}

static bool make_target(struct prereq_case *host, size_t number, uint32_t instance)
{
    const struct prereq_instance *fact = &host->facts->instances[instance];
    struct prereq_target *target = &host->targets[number];
    const char *name = prereq_id_part(host->arena, fact->name ? fact->name : "");

    *target = (struct prereq_target){NULL, fact->product, instance};
    if (name && *name)
        target->id = prereq_printf(host->arena, "%s/%s", fact->product, name);
    else
        target->id = fact->product;
    return name && target->id;
}

static bool make_targets(struct prereq_case *host)
{
    size_t count = host->instance_count;

    host->targets = PREREQ_NEW_ARRAY(host->arena, count + 1, struct prereq_target);
    if (!host->targets)
        return false;
    host->targets[host->target_count++] = (struct prereq_target){"host", NULL, PREREQ_NONE};
    for (uint32_t i = 0; i < count; i++) {
        if (host->facts->instances[i].status == PREREQ_FACT_ABSENT)
            continue;
        if (!make_target(host, host->target_count++, i))
            return false;
    }
    return true;
}

static bool is_instance_of(const struct prereq_case *host, uint32_t target, const char *product)
{
    return host->targets[target].product &&
           prereq_equal_nocase(host->targets[target].product, product);
}

static bool add_pair(struct prereq_case *host, uint32_t patch, uint32_t target)
{
    const char *id = host->catalog->patches[patch].patch->id;

    if (target != 0)
        id = prereq_printf(host->arena, "%s@%s", id, host->targets[target].id);
    host->pairs[host->pair_count++] = (struct prereq_pair){patch, target, id};
    return id != NULL;
}

/* A product of instances that is on no instance still gets one status, about the host: what is not
 * there is said to be not there. */
static bool add_pairs(struct prereq_case *host, const struct prereq_index *targets, uint32_t patch)
{
    const struct prereq_catalog *catalog = host->catalog;
    const char *product =
        catalog->products[catalog->patches[patch].product].product->instance_product;
    size_t before = host->pair_count;
    uint32_t from = 0, target;

    host->first_pair[patch] = (uint32_t)before;
    while (product && (target = prereq_index_find(targets, product, &from)) != PREREQ_NONE) {
        if (!add_pair(host, patch, target))
            return false;
    }
    return host->pair_count > before || add_pair(host, patch, 0);
}

/* At most this many: what a patch has on instances, and one where it has none. */
static size_t count_pairs(const struct prereq_case *host, const struct prereq_index *targets)
{
    const struct prereq_catalog *catalog = host->catalog;
    size_t count = catalog->patch_count;

    for (size_t i = 0; i < catalog->patch_count; i++) {
        const char *product =
            catalog->products[catalog->patches[i].product].product->instance_product;
        uint32_t from = 0;

        while (product && prereq_index_find(targets, product, &from) != PREREQ_NONE)
            count++;
    }
    return count;
}

static bool index_targets(const struct prereq_case *host, struct prereq_index *targets)
{
    if (!prereq_index_init(host->arena, targets, host->target_count))
        return false;
    for (uint32_t t = 1; t < host->target_count; t++) {
        if (!prereq_index_add(host->arena, targets, host->targets[t].product, t))
            return false;
    }
    return true;
}

static bool make_pairs(struct prereq_case *host)
{
    size_t count = host->catalog->patch_count, most;
    struct prereq_index targets;

    if (!index_targets(host, &targets))
        return false;
    most = count_pairs(host, &targets);
    host->pairs = PREREQ_NEW_ARRAY(host->arena, most, struct prereq_pair);
    host->first_pair = PREREQ_NEW_ARRAY(host->arena, count + 1, uint32_t);
    if (!host->pairs || !host->first_pair)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!add_pairs(host, &targets, i))
            return false;
    }
    host->first_pair[count] = (uint32_t)host->pair_count;
    assert(host->pair_count <= most);
    return true;
}

/* Slots come first, then, for each instance, the slots under %Instance%. */
static bool number_values(struct prereq_case *host)
{
    const struct prereq_catalog *catalog = host->catalog;

    host->ordinal = PREREQ_NEW_ARRAY(host->arena, catalog->slot_count, uint32_t);
    if (!host->ordinal)
        return false;
    for (size_t i = 0; i < catalog->slot_count; i++) {
        if (catalog->slots[i].per_target)
            host->ordinal[i] = (uint32_t)host->per_target_count++;
    }
    host->value_count = catalog->slot_count + host->per_target_count * host->target_count;
    return true;
}

size_t prereq_value_at(const struct prereq_case *host, uint32_t slot, uint32_t target)
{
    if (!host->catalog->slots[slot].per_target)
        return slot;
    return host->catalog->slot_count + host->per_target_count * target + host->ordinal[slot];
}

static bool make_room(const struct prereq_case *host, struct prereq_world *world)
{
    world->values = PREREQ_NEW_ARRAY(host->arena, host->value_count, struct prereq_fact);
    world->instances =
        PREREQ_NEW_ARRAY(host->arena, host->instance_count, struct prereq_instance_value);
    world->records = PREREQ_NEW_ARRAY(host->arena, host->pair_count, struct prereq_record_value);
    return world->values && world->instances && world->records;
}

void prereq_world_assign(const struct prereq_case *host, const struct prereq_world *source,
                         struct prereq_world *copy)
{
    memcpy(copy->values, source->values, host->value_count * sizeof(*copy->values));
    memcpy(copy->instances, source->instances, host->instance_count * sizeof(*copy->instances));
    memcpy(copy->records, source->records, host->pair_count * sizeof(*copy->records));
    copy->plan_pending = source->plan_pending;
}

bool prereq_world_copy(const struct prereq_case *host, const struct prereq_world *source,
                       struct prereq_world *copy)
{
    if (!make_room(host, copy))
        return false;
    prereq_world_assign(host, source, copy);
    return true;
}

uint32_t prereq_pair_find(const struct prereq_case *host, uint32_t patch, uint32_t target)
{
    uint32_t first = host->first_pair[patch], end = host->first_pair[patch + 1];
    uint32_t low = first, high = end;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (host->pairs[middle].target == target)
            return middle;
        if (host->pairs[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    return end - first == 1 && host->pairs[first].target == 0 ? first : PREREQ_NONE;
}

bool prereq_instance_fits(const struct prereq_case *host,
                          const struct prereq_instance_value *instance, const char *product,
                          uint32_t target)
{
    if (!prereq_equal_nocase(instance->product, product))
        return false;
    return !is_instance_of(host, target, product) || instance->target == target;
}

struct prereq_time prereq_usable_time(const struct prereq_case *host, struct prereq_time time)
{
    struct prereq_time facts_time = host->facts->collection->finished;

    if (time.known && facts_time.known && time.seconds > facts_time.seconds)
        return (struct prereq_time){0, false, false};
    return time;
}

enum prereq_status prereq_case_make(struct prereq_arena *arena,
                                    const struct prereq_catalog *catalog,
                                    const struct prereq_policy *policy,
                                    const struct prereq_facts *facts, struct prereq_case **made,
                                    struct prereq_error *err)
{
    struct prereq_case *host = PREREQ_NEW(arena, struct prereq_case);
    enum prereq_status status;

    if (!host)
        return no_memory(err);
    host->arena = arena;
    host->catalog = catalog;
    host->policy = policy;
    /* The order of the facts leaves no trace: instances stand by product and name, files by path.
     */
    host->facts = prereq_shape_in_order(arena, prereq_facts_document.shape, facts);
    if (!host->facts)
        return no_memory(err);
    host->instance_count = facts->instance_count;
    if (!prereq_trails_make(host) || !make_targets(host) || !make_pairs(host) ||
        !number_values(host) || !make_room(host, &host->now))
        return no_memory(err);
    status = prereq_case_load(host, err);
    if (!status)
        status = prereq_case_load_records(host, err);
    if (!status && !prereq_world_copy(host, &host->now, &host->later))
        status = no_memory(err);
    if (!status)
        status = prereq_case_load_pending(host, err);
    if (!status)
        *made = host;
    return status;
}
