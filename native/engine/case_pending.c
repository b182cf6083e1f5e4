/* SPDX-License-Identifier: MIT */
/* case_pending.c - the host as it will be after the restart: everything done that waits for it. */
#include "engine/world.h"

#include <string.h>

static void apply_file(struct prereq_case *host, struct prereq_fact *value)
{
    const struct prereq_file_fact *fact = value->fact;
    const struct prereq_file_pending *pending = fact->pending;

    host->differs = true;
    value->no_version = value->bad_version = false;
    value->version = pending->version;
    value->time = prereq_usable_time(host, pending->modified);
    value->number = pending->size;
    value->status = PREREQ_FACT_KNOWN;
    if (pending->removed == PREREQ_FLAG_TRUE)
        value->status = PREREQ_FACT_ABSENT;
    else if (!pending->version.parts && !pending->modified.known && !pending->size.known)
        value->status = PREREQ_FACT_NOT_COLLECTED; /* a file will come, which one is not known */
}

/* A rename that names a file of which nothing else is said: after the restart it is not known. */
static void apply_target(struct prereq_case *host, const char *path)
{
    uint32_t slot = prereq_slot_find(host->catalog, PREREQ_SLOT_FILE, path, NULL, 0);
    const struct prereq_file_fact *fact;

    if (slot == PREREQ_NONE)
        return;
    fact = host->now.values[slot].fact;
    if (fact && fact->pending)
        return;
    host->later.values[slot] =
        (struct prereq_fact){.status = PREREQ_FACT_NOT_COLLECTED, .fact = fact};
    host->differs = true;
}

static void apply_renames(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->pending_restart_count; i++) {
        const struct prereq_pending_fact *fact = &host->facts->pending_restarts[i];

        for (size_t k = 0; fact->pending == PREREQ_ANSWER_YES && k < fact->target_count; k++)
            apply_target(host, fact->targets[k]);
    }
}

static bool apply_packages(struct prereq_case *host, struct prereq_fact *value)
{
    struct prereq_package_value *after;
    bool changed = false;

    for (size_t i = 0; i < value->package_count; i++)
        changed |= prereq_package_state(value, i) == PREREQ_FEATURE_PENDING &&
                   value->packages[i].state != 0x50;
    if (!changed)
        return true;
    after = PREREQ_NEW_ARRAY(host->arena, value->package_count, struct prereq_package_value);
    if (!after)
        return false;
    for (size_t i = 0; i < value->package_count; i++) {
        after[i] = value->packages[i];
        if (after[i].state == 0x60 || after[i].state == 0x65)
            after[i].state = 0x70;
    }
    value->packages = after;
    host->differs = true;
    return true;
}

static void apply_feature(struct prereq_case *host, struct prereq_fact *value)
{
    if (value->code != PREREQ_FEATURE_PENDING)
        return;
    value->code = PREREQ_FEATURE_INSTALLED;
    host->differs = true;
}

static bool apply_value(struct prereq_case *host, size_t index, const struct prereq_slot *slot)
{
    struct prereq_fact *value = &host->later.values[index];

    if (slot->kind == PREREQ_SLOT_FILE && value->fact &&
        ((const struct prereq_file_fact *)value->fact)->pending)
        apply_file(host, value);
    else if (slot->kind == PREREQ_SLOT_PACKAGE)
        return apply_packages(host, value);
    else if (slot->kind == PREREQ_SLOT_FEATURE && value->status == PREREQ_FACT_KNOWN)
        apply_feature(host, value);
    return true;
}

static void apply_os(struct prereq_case *host)
{
    const struct prereq_os_pending *pending = host->facts->os ? host->facts->os->pending : NULL;
    const struct {
        enum prereq_slot_kind slot;
        struct prereq_number number;
    } sets[] = {{PREREQ_SLOT_OS_BUILD, pending ? pending->build : (struct prereq_number){0, false}},
                {PREREQ_SLOT_OS_UBR, pending ? pending->ubr : (struct prereq_number){0, false}},
                {PREREQ_SLOT_OS_SERVICE_PACK,
                 pending ? pending->service_pack : (struct prereq_number){0, false}}};

    for (size_t i = 0; i < PREREQ_COUNT(sets); i++) {
        if (!sets[i].number.known)
            continue;
        host->later.values[sets[i].slot].status = PREREQ_FACT_KNOWN;
        host->later.values[sets[i].slot].number = sets[i].number;
        host->differs = true;
    }
}

static bool will_be_installed(struct prereq_case *host, const char *package)
{
    uint32_t slot = prereq_slot_find(host->catalog, PREREQ_SLOT_PACKAGE, package, NULL, 0);

    for (size_t m = 0; slot != PREREQ_NONE && m < host->later.values[slot].package_count; m++) {
        if (prereq_package_state(&host->later.values[slot], m) == PREREQ_FEATURE_INSTALLED)
            return true;
    }
    return false;
}

/* Records of packages that wait: after the restart they say installed. */
static void apply_records(struct prereq_case *host)
{
    for (uint32_t i = 0; i < host->pair_count; i++) {
        const struct prereq_patch *patch = host->catalog->patches[host->pairs[i].patch].patch;

        for (size_t k = 0; host->pairs[i].target == 0 && k < patch->package_count; k++) {
            if (!will_be_installed(host, patch->packages[k]))
                continue;
            host->later.records[i].value = PREREQ_TRUE;
            host->later.records[i].sources |= 1U << PREREQ_SOURCE_CBS;
            host->later.records[i].unlisted = false;
        }
    }
}

enum prereq_status prereq_case_load_pending(struct prereq_case *host, struct prereq_error *err)
{
    apply_os(host);
    apply_renames(host);
    for (uint32_t slot = PREREQ_SLOT_FIXED; slot < host->catalog->slot_count; slot++) {
        size_t first = prereq_value_at(host, slot, 0);
        size_t targets = host->catalog->slots[slot].per_target ? host->target_count : 1;

        for (size_t t = 0; t < targets; t++) {
            if (!apply_value(host, first + t * host->per_target_count, &host->catalog->slots[slot]))
                return prereq_fail(err, PREREQ_NO_MEMORY,
                                   "the host's facts are larger than the memory for them");
        }
    }
    apply_records(host);
    for (int source = 1; source <= PREREQ_RESTART_SOURCES; source++) {
        struct prereq_fact *pending = &host->later.values[PREREQ_SLOT_PENDING + source];

        host->differs |= pending->code == PREREQ_ANSWER_YES;
        pending->status = PREREQ_FACT_KNOWN;
        pending->code = PREREQ_ANSWER_NO;
    }
    return PREREQ_OK;
}
