/* SPDX-License-Identifier: MIT */
/* sim_set.c - facts that a step names: set, or taken back. */
#include "plan/sim.h"

#include <assert.h>

static struct prereq_fact *named(struct prereq_sim *sim, struct prereq_world *world,
                                 enum prereq_slot_kind kind, const char *name, const char *value,
                                 int variant)
{
    uint32_t slot = prereq_slot_find(sim->host->catalog, kind, name, value, variant);

    return slot == PREREQ_NONE ? NULL : &world->values[slot];
}

static void set_number(struct prereq_world *world, enum prereq_slot_kind slot,
                       struct prereq_number number)
{
    if (!number.known)
        return;
    world->values[slot].status = PREREQ_FACT_KNOWN;
    world->values[slot].lost = false;
    world->values[slot].number = number;
}

static void set_os(struct prereq_world *world, const struct prereq_set_os *set)
{
    set_number(world, PREREQ_SLOT_OS_BUILD, set->build);
    set_number(world, PREREQ_SLOT_OS_UBR, set->ubr);
    set_number(world, PREREQ_SLOT_OS_SERVICE_PACK, set->service_pack);
    if (set->edition) {
        world->values[PREREQ_SLOT_OS_EDITION].status = PREREQ_FACT_KNOWN;
        world->values[PREREQ_SLOT_OS_EDITION].text = set->edition;
    }
}

static void set_product(struct prereq_sim *sim, struct prereq_world *world,
                        const struct prereq_set_product *set, uint32_t target)
{
    for (size_t i = 0; i < sim->host->instance_count; i++) {
        struct prereq_instance_value *instance = &world->instances[i];

        if (!prereq_instance_fits(sim->host, instance, set->product, target))
            continue;
        instance->status = PREREQ_FACT_KNOWN;
        if (set->version.parts)
            instance->version = set->version;
        if (set->level)
            instance->level = set->level;
        if (set->branch)
            instance->branch = set->branch;
    }
}

static void set_registry(struct prereq_fact *value, const struct prereq_set_registry *set)
{
    if (!value)
        return;
    *value = (struct prereq_fact){.status = set->removed == PREREQ_FLAG_TRUE ? PREREQ_FACT_ABSENT
                                                                             : PREREQ_FACT_KNOWN,
                                  .text = set->value,
                                  .number = set->number};
}

static void set_package(struct prereq_sim *sim, struct prereq_fact *value,
                        const struct prereq_set_package *set)
{
    struct prereq_package_value *package;

    if (!value)
        return;
    package = PREREQ_NEW(sim->host->arena, struct prereq_package_value);
    if (!package)
        return; /* the plan fails its check: nothing is printed */
    *package = (struct prereq_package_value){set->state.known ? set->state.value : 0x70,
                                             set->version, set->name};
    *value =
        (struct prereq_fact){.status = PREREQ_FACT_KNOWN, .packages = package, .package_count = 1};
}

static void set_file(struct prereq_fact *value, const struct prereq_set_file *set)
{
    if (!value)
        return;
    *value = (struct prereq_fact){.status = set->removed == PREREQ_FLAG_TRUE ? PREREQ_FACT_ABSENT
                                                                             : PREREQ_FACT_KNOWN,
                                  .fact = value->fact,
                                  .version = set->version,
                                  .time = set->date,
                                  .number = set->size};
}

static void set_coded(struct prereq_fact *value, int code, struct prereq_version version)
{
    if (!value)
        return;
    value->status = PREREQ_FACT_KNOWN;
    value->lost = false;
    value->code = code;
    value->version = version;
}

void prereq_sim_set(struct prereq_sim *sim, struct prereq_world *world,
                    const struct prereq_set *set, uint32_t target)
{
    assert(world->values);
    if (set->os)
        set_os(world, set->os);
    if (set->product)
        set_product(sim, world, set->product, target);
    if (set->registry)
        set_registry(named(sim, world, PREREQ_SLOT_REGISTRY, set->registry->key,
                           set->registry->name,
                           set->registry->view ? set->registry->view : PREREQ_VIEW_64),
                     set->registry);
    if (set->package)
        set_package(sim, named(sim, world, PREREQ_SLOT_PACKAGE, set->package->name, NULL, 0),
                    set->package);
    if (set->setting) {
        struct prereq_fact *value =
            named(sim, world, PREREQ_SLOT_SETTING, set->setting->name, NULL, set->setting->kind);

        if (value)
            *value = (struct prereq_fact){.status = PREREQ_FACT_KNOWN,
                                          .text = set->setting->value,
                                          .number = set->setting->number};
    }
    if (set->service)
        set_coded(named(sim, world, PREREQ_SLOT_SERVICE, set->service->name, NULL, 0),
                  set->service->start, (struct prereq_version){{0}, 0});
    if (set->feature)
        set_coded(named(sim, world, PREREQ_SLOT_FEATURE, set->feature->name, NULL, 0),
                  set->feature->state ? set->feature->state : PREREQ_FEATURE_INSTALLED,
                  set->feature->version);
    if (set->file)
        set_file(named(sim, world, PREREQ_SLOT_FILE, set->file->path, NULL, 0), set->file);
    if (set->servicing_stack.parts) {
        struct prereq_fact *stack = &world->values[PREREQ_SLOT_STACK];

        stack->status = PREREQ_FACT_KNOWN;
        if (prereq_version_compare(set->servicing_stack, stack->version) > 0)
            stack->version = set->servicing_stack;
    }
}

static void forget(struct prereq_fact *value)
{
    if (value)
        *value = (struct prereq_fact){.status = PREREQ_FACT_ABSENT, .lost = true};
}

/* What the earlier value was is not known: nothing that reads it holds until a step sets it. */
void prereq_sim_unset(struct prereq_sim *sim, struct prereq_world *world,
                      const struct prereq_set *set, uint32_t target)
{
    if (set->os && set->os->ubr.known)
        forget(&world->values[PREREQ_SLOT_OS_UBR]);
    if (set->os && set->os->build.known)
        forget(&world->values[PREREQ_SLOT_OS_BUILD]);
    if (set->os && set->os->service_pack.known)
        forget(&world->values[PREREQ_SLOT_OS_SERVICE_PACK]);
    if (set->registry)
        forget(named(sim, world, PREREQ_SLOT_REGISTRY, set->registry->key, set->registry->name,
                     set->registry->view ? set->registry->view : PREREQ_VIEW_64));
    if (set->package)
        forget(named(sim, world, PREREQ_SLOT_PACKAGE, set->package->name, NULL, 0));
    if (set->setting)
        forget(
            named(sim, world, PREREQ_SLOT_SETTING, set->setting->name, NULL, set->setting->kind));
    if (set->feature)
        forget(named(sim, world, PREREQ_SLOT_FEATURE, set->feature->name, NULL, 0));
    for (size_t i = 0; set->product && i < sim->host->instance_count; i++) {
        if (prereq_instance_fits(sim->host, &world->instances[i], set->product->product, target))
            world->instances[i].version = (struct prereq_version){{0}, 1};
    }
}
