/* SPDX-License-Identifier: MIT */
/* settable.c - the table of facts that a step can set, and what setting and taking back do. */
#include "engine/settable.h"

#include <string.h>

/* What the step says is known from now on, whatever stood there. */
static struct prereq_fact known(const struct prereq_fact *before)
{
    return (struct prereq_fact){.status = PREREQ_FACT_KNOWN, .fact = before->fact};
}

/* ---- the operating system ---- */

static bool speaks_of_build(const struct prereq_set *set, const struct prereq_slot *about)
{
    (void)about;
    return set->os && set->os->build.known;
}

static bool speaks_of_ubr(const struct prereq_set *set, const struct prereq_slot *about)
{
    (void)about;
    return set->os && set->os->ubr.known;
}

static bool speaks_of_service_pack(const struct prereq_set *set, const struct prereq_slot *about)
{
    (void)about;
    return set->os && set->os->service_pack.known;
}

static bool speaks_of_edition(const struct prereq_set *set, const struct prereq_slot *about)
{
    (void)about;
    return set->os && set->os->edition;
}

static bool speaks_of_stack(const struct prereq_set *set, const struct prereq_slot *about)
{
    (void)about;
    return set->servicing_stack.parts > 0;
}

static bool write_os(struct prereq_arena *arena, const struct prereq_set *set,
                     const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    *value = known(value);
    if (about->kind == PREREQ_SLOT_OS_BUILD)
        value->number = set->os->build;
    else if (about->kind == PREREQ_SLOT_OS_UBR)
        value->number = set->os->ubr;
    else if (about->kind == PREREQ_SLOT_OS_SERVICE_PACK)
        value->number = set->os->service_pack;
    else
        value->text = set->os->edition;
    return true;
}

/* A stack is raised, never lowered. */
static bool write_stack(struct prereq_arena *arena, const struct prereq_set *set,
                        const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    (void)about;
    if (value->status == PREREQ_FACT_KNOWN &&
        prereq_version_compare(set->servicing_stack, value->version) <= 0)
        return true;
    *value = known(value);
    value->version = set->servicing_stack;
    return true;
}

/* ---- files ---- */

static bool speaks_of_file(const struct prereq_set *set, const struct prereq_slot *about)
{
    return set->file && prereq_equal_nocase(set->file->path, about->name);
}

/* A version is raised, never lowered. */
static bool write_file(struct prereq_arena *arena, const struct prereq_set *set,
                       const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    (void)about;
    if (value->status == PREREQ_FACT_KNOWN && set->file->removed != PREREQ_FLAG_TRUE &&
        set->file->version.parts > 0 && value->version.parts > 0 &&
        prereq_version_compare(set->file->version, value->version) < 0)
        return true;
    *value = known(value);
    if (set->file->removed == PREREQ_FLAG_TRUE)
        value->status = PREREQ_FACT_ABSENT;
    value->version = set->file->version;
    value->time = set->file->date;
    value->number = set->file->size;
    return true;
}

/* ---- registry ---- */

static bool same_name(const struct prereq_set_registry *set, const struct prereq_slot *about)
{
    if (!set->name || !about->value)
        return !set->name && !about->value;
    return prereq_equal_nocase(set->name, about->value);
}

/* A value that is written makes its key exist. */
static bool speaks_of_registry(const struct prereq_set *set, const struct prereq_slot *about)
{
    const struct prereq_set_registry *one = set->registry;

    if (!one || (one->view ? one->view : PREREQ_VIEW_64) != about->variant ||
        !prereq_equal_nocase(one->key, about->name))
        return false;
    return same_name(one, about) || (!about->value && one->removed != PREREQ_FLAG_TRUE);
}

static bool write_registry(struct prereq_arena *arena, const struct prereq_set *set,
                           const struct prereq_slot *about, struct prereq_fact *value)
{
    const struct prereq_set_registry *one = set->registry;
    struct prereq_registry_fact *fact;

    if (!same_name(one, about) || one->removed == PREREQ_FLAG_TRUE) {
        *value = (struct prereq_fact){.status = same_name(one, about) ? PREREQ_FACT_ABSENT
                                                                      : PREREQ_FACT_KNOWN};
        return true;
    }
    fact = PREREQ_NEW(arena, struct prereq_registry_fact);
    if (!fact)
        return false;
    *fact = (struct prereq_registry_fact){
        .key = one->key, .name = one->name, .type = one->type, .value = one->value};
    *value = (struct prereq_fact){
        .status = PREREQ_FACT_KNOWN, .fact = fact, .text = one->value, .number = one->number};
    return true;
}

/* ---- services, features, settings ---- */

static bool speaks_of_service(const struct prereq_set *set, const struct prereq_slot *about)
{
    return set->service && prereq_equal_nocase(set->service->name, about->name);
}

static bool write_service(struct prereq_arena *arena, const struct prereq_set *set,
                          const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    (void)about;
    *value = known(value);
    value->code = set->service->start;
    return true;
}

static bool speaks_of_feature(const struct prereq_set *set, const struct prereq_slot *about)
{
    return set->feature && prereq_equal_nocase(set->feature->name, about->name);
}

static bool write_feature(struct prereq_arena *arena, const struct prereq_set *set,
                          const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    (void)about;
    *value = known(value);
    value->code = set->feature->state ? set->feature->state : PREREQ_FEATURE_INSTALLED;
    value->version = set->feature->version;
    if (value->code == PREREQ_FEATURE_NOT_INSTALLED)
        value->status = PREREQ_FACT_ABSENT;
    return true;
}

static bool speaks_of_setting(const struct prereq_set *set, const struct prereq_slot *about)
{
    return set->setting && set->setting->kind == about->variant &&
           prereq_equal_nocase(set->setting->name, about->name);
}

static bool write_setting(struct prereq_arena *arena, const struct prereq_set *set,
                          const struct prereq_slot *about, struct prereq_fact *value)
{
    (void)arena;
    (void)about;
    *value = known(value);
    value->text = set->setting->value;
    value->number = set->setting->number;
    return true;
}

/* ---- packages ---- */

/* Rules name packages with `*`; a step names one. */
static bool speaks_of_package(const struct prereq_set *set, const struct prereq_slot *about)
{
    return set->package && prereq_glob(about->name, set->package->name);
}

/* The same package: by its whole identity, or by the name before the first `~`. */
static bool is_package(const struct prereq_package_value *package, const char *name)
{
    size_t length = strlen(name);

    if (!package->identity)
        return false;
    return prereq_equal_nocase(package->identity, name) ||
           (prereq_starts_nocase(package->identity, name) && package->identity[length] == '~');
}

/* Several packages may match one rule: the step changes its own, or adds it. */
static bool write_package(struct prereq_arena *arena, const struct prereq_set *set,
                          const struct prereq_slot *about, struct prereq_fact *value)
{
    size_t before = value->status == PREREQ_FACT_KNOWN ? value->package_count : 0;
    struct prereq_package_value *packages =
        PREREQ_NEW_ARRAY(arena, before + 1, struct prereq_package_value);
    size_t count = 0;

    (void)about;
    if (!packages)
        return false;
    for (size_t i = 0; i < before; i++) {
        if (!is_package(&value->packages[i], set->package->name))
            packages[count++] = value->packages[i];
    }
    packages[count++] =
        (struct prereq_package_value){set->package->state.known ? set->package->state.value : 0x70,
                                      set->package->version, set->package->name};
    *value = known(value);
    value->packages = packages;
    value->package_count = count;
    return true;
}

/* ---- the table ---- */

static const struct prereq_settable table[] = {
    {PREREQ_SLOT_OS_BUILD, "os.build", speaks_of_build, write_os},
    {PREREQ_SLOT_OS_UBR, "os.ubr", speaks_of_ubr, write_os},
    {PREREQ_SLOT_OS_SERVICE_PACK, "os.servicePack", speaks_of_service_pack, write_os},
    {PREREQ_SLOT_OS_EDITION, "os.edition", speaks_of_edition, write_os},
    {PREREQ_SLOT_STACK, "servicingStack", speaks_of_stack, write_stack},
    {PREREQ_SLOT_FILE, "file", speaks_of_file, write_file},
    {PREREQ_SLOT_REGISTRY, "registry", speaks_of_registry, write_registry},
    {PREREQ_SLOT_SERVICE, "service", speaks_of_service, write_service},
    {PREREQ_SLOT_FEATURE, "feature", speaks_of_feature, write_feature},
    {PREREQ_SLOT_PACKAGE, "package", speaks_of_package, write_package},
    {PREREQ_SLOT_SETTING, "setting", speaks_of_setting, write_setting},
};

const struct prereq_settable *prereq_settable_of(enum prereq_slot_kind kind)
{
    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        if (table[i].slot == kind)
            return &table[i];
    }
    return NULL;
}

bool prereq_set_value(struct prereq_arena *arena, const struct prereq_set *set,
                      const struct prereq_slot *about, struct prereq_fact *value, bool *spoke)
{
    const struct prereq_settable *row = prereq_settable_of(about->kind);

    if (!row || !row->speaks(set, about))
        return true;
    *spoke = true;
    return row->write(arena, set, about, value);
}

static bool is_about(const struct prereq_set *set, const struct prereq_instance_value *instance)
{
    return set->product && prereq_equal_nocase(set->product->product, instance->product);
}

void prereq_set_instance(const struct prereq_set *set, struct prereq_instance_value *instance,
                         bool *spoke)
{
    if (!is_about(set, instance))
        return;
    *spoke = true;
    instance->status = PREREQ_FACT_KNOWN;
    if (set->product->version.parts) {
        instance->version = set->product->version;
        instance->lost &= ~(unsigned)PREREQ_LOST_VERSION;
    }
    if (set->product->level) {
        instance->level = set->product->level;
        instance->lost &= ~(unsigned)PREREQ_LOST_LEVEL;
    }
    if (set->product->branch) {
        instance->branch = set->product->branch;
        instance->lost &= ~(unsigned)PREREQ_LOST_BRANCH;
    }
}

static void unset_instance(const struct prereq_set *set, struct prereq_instance_value *instance)
{
    if (set->product->version.parts) {
        instance->version = (struct prereq_version){{0}, 0};
        instance->lost |= PREREQ_LOST_VERSION;
    }
    if (set->product->level) {
        instance->level = NULL;
        instance->lost |= PREREQ_LOST_LEVEL;
    }
    if (set->product->branch) {
        instance->branch = NULL;
        instance->lost |= PREREQ_LOST_BRANCH;
    }
}

/* ---- whole worlds ---- */

static bool fits(const struct prereq_case *host, const struct prereq_set *set,
                 const struct prereq_instance_value *instance, uint32_t target)
{
    return is_about(set, instance) &&
           prereq_instance_fits(host, instance, set->product->product, target);
}

static struct prereq_fact *value_of(const struct prereq_case *host, struct prereq_world *world,
                                    uint32_t slot, uint32_t target)
{
    return &world->values[prereq_value_at(host, slot, target)];
}

/* The next slot from `from` on that a set speaks of through a row; PREREQ_NONE: no more.  A fixed
 * slot has its kind for its number. */
static uint32_t next_slot(const struct prereq_catalog *catalog, const struct prereq_settable *row,
                          const struct prereq_set *set, uint32_t from)
{
    bool fixed = row->slot < PREREQ_SLOT_FIXED;
    uint32_t end = fixed ? (uint32_t)row->slot + 1 : (uint32_t)catalog->slot_count;

    if (fixed && from < (uint32_t)row->slot)
        from = (uint32_t)row->slot;
    for (uint32_t slot = from; slot < end; slot++) {
        if (catalog->slots[slot].kind == row->slot && row->speaks(set, &catalog->slots[slot]))
            return slot;
    }
    return PREREQ_NONE;
}

/* The members of a set that stand in slots of their own: a set is exactly one of them. */
static bool may_speak(const struct prereq_set *set, const struct prereq_settable *row)
{
    bool fixed = set->os || set->servicing_stack.parts > 0;

    return !set->product && fixed == (row->slot < PREREQ_SLOT_FIXED);
}

bool prereq_set_world(const struct prereq_case *host, struct prereq_world *world,
                      const struct prereq_set *set, uint32_t target)
{
    bool ok = true, spoke;

    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        const struct prereq_settable *row = &table[i];

        if (!may_speak(set, row))
            continue;
        for (uint32_t slot = next_slot(host->catalog, row, set, 0); slot != PREREQ_NONE;
             slot = next_slot(host->catalog, row, set, slot + 1))
            ok &= row->write(host->arena, set, &host->catalog->slots[slot],
                             value_of(host, world, slot, target));
    }
    for (size_t i = 0; set->product && i < host->instance_count; i++) {
        if (fits(host, set, &world->instances[i], target))
            prereq_set_instance(set, &world->instances[i], &spoke);
    }
    return ok;
}

void prereq_unset_world(const struct prereq_case *host, struct prereq_world *world,
                        const struct prereq_set *set, uint32_t target)
{
    for (size_t i = 0; i < PREREQ_COUNT(table); i++) {
        const struct prereq_settable *row = &table[i];

        if (!may_speak(set, row))
            continue;
        for (uint32_t slot = next_slot(host->catalog, row, set, 0); slot != PREREQ_NONE;
             slot = next_slot(host->catalog, row, set, slot + 1)) {
            struct prereq_fact *value = value_of(host, world, slot, target);

            *value = (struct prereq_fact){
                .status = PREREQ_FACT_ABSENT, .fact = value->fact, .lost = true};
        }
    }
    for (size_t i = 0; set->product && i < host->instance_count; i++) {
        if (fits(host, set, &world->instances[i], target))
            unset_instance(set, &world->instances[i]);
    }
}
