/* SPDX-License-Identifier: MIT */
/* case_records.c - which patches are recorded as installed, by whom and since when. */
#include "engine/world.h"

static void add_time(const struct prereq_case *host, struct prereq_record_value *record,
                     struct prereq_time time)
{
    time = prereq_usable_time(host, time);
    if (!time.known)
        return;
    if (!record->first.known || time.seconds < record->first.seconds)
        record->first = time;
    if (!record->last.known || time.seconds > record->last.seconds)
        record->last = time;
}

static void add_source(const struct prereq_case *host, struct prereq_record_value *record,
                       int source, struct prereq_time time, enum prereq_flag backup)
{
    record->value = PREREQ_TRUE;
    record->sources |= 1U << source;
    record->backup |= backup == PREREQ_FLAG_TRUE;
    add_time(host, record, time);
}

/* The pair that an update's record speaks of.  A host-level record of a patch for instances tells
 * which instance only when there is but one. */
static uint32_t record_pair(const struct prereq_case *host, uint32_t patch, const char *target)
{
    uint32_t first = host->first_pair[patch], end = host->first_pair[patch + 1];

    if (!target || prereq_equal_nocase(target, "host"))
        return end - first == 1 ? first : PREREQ_NONE;
    for (uint32_t i = first; i < end; i++) {
        if (prereq_equal_nocase(host->targets[host->pairs[i].target].id, target))
            return i;
    }
    return PREREQ_NONE;
}

/* NT 4.0 to Server 2003 write these keys; nothing does later, so that there they are no source. */
static bool has_hotfix_keys(const struct prereq_case *host)
{
    const struct prereq_fact *version = &host->now.values[PREREQ_SLOT_OS_VERSION];

    return version->status == PREREQ_FACT_KNOWN && version->version.parts > 0 &&
           version->version.part[0] < 6;
}

static bool lacks_hotfix_keys(const struct prereq_case *host)
{
    const struct prereq_fact *version = &host->now.values[PREREQ_SLOT_OS_VERSION];

    return version->status == PREREQ_FACT_KNOWN && version->version.parts > 0 &&
           !has_hotfix_keys(host);
}

static void load_update(struct prereq_case *host, const struct prereq_update_fact *update)
{
    uint32_t from = 0, patch;

    while ((patch = prereq_index_find(&host->catalog->record_index, update->id, &from)) !=
           PREREQ_NONE) {
        uint32_t pair = record_pair(host, patch, update->target);

        for (size_t i = 0; pair != PREREQ_NONE && i < update->source_count; i++) {
            if (update->sources[i].source == PREREQ_SOURCE_HOTFIX_KEY && lacks_hotfix_keys(host))
                continue;
            add_source(host, &host->now.records[pair], update->sources[i].source,
                       update->sources[i].installed_on, update->sources[i].backup);
        }
    }
}

static const struct prereq_fact *named_value(const struct prereq_case *host,
                                             enum prereq_slot_kind kind, const char *name)
{
    uint32_t slot = prereq_slot_find(host->catalog, kind, name, NULL, 0);

    return slot == PREREQ_NONE ? NULL : &host->now.values[slot];
}

static bool index_identities(const struct prereq_case *host, struct prereq_index *identities)
{
    size_t count = host->facts->package_count;

    if (!prereq_index_init(host->arena, identities, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        if (!prereq_index_add(host->arena, identities, host->facts->packages[i].identity, i))
            return false;
    }
    return true;
}

static struct prereq_time package_time(const struct prereq_case *host,
                                       const struct prereq_index *identities, const char *identity)
{
    uint32_t number = prereq_index_find(identities, identity, NULL);

    if (number == PREREQ_NONE)
        return (struct prereq_time){0, false, false};
    return host->facts->packages[number].installed_on;
}

static void load_package_record(struct prereq_case *host, const struct prereq_index *identities,
                                uint32_t pair, const char *name)
{
    const struct prereq_fact *value = named_value(host, PREREQ_SLOT_PACKAGE, name);

    for (size_t i = 0; value && i < value->package_count; i++) {
        if (prereq_package_state(value, i) == PREREQ_FEATURE_INSTALLED)
            add_source(host, &host->now.records[pair], PREREQ_SOURCE_CBS,
                       package_time(host, identities, value->packages[i].identity),
                       PREREQ_FLAG_UNSET);
    }
}

/* On which of several instances an MSI patch is, its record does not say. */
static void load_msi_record(struct prereq_case *host, uint32_t pair, const char *code)
{
    const struct prereq_fact *value = named_value(host, PREREQ_SLOT_MSI_PATCH, code);
    uint32_t patch = host->pairs[pair].patch;

    if (value && value->status == PREREQ_FACT_KNOWN &&
        host->first_pair[patch + 1] - host->first_pair[patch] == 1)
        add_source(host, &host->now.records[pair], PREREQ_SOURCE_MSI, value->time,
                   PREREQ_FLAG_UNSET);
}

/* Which list, read whole, would have to name the patch. */
static enum prereq_list_kind proving_list(const struct prereq_patch *patch)
{
    if (patch->package_count > 0)
        return PREREQ_LIST_CBS_PACKAGES;
    if (patch->msi_patch_count > 0)
        return PREREQ_LIST_MSI_PATCHES;
    return PREREQ_LIST_HOTFIX_KEYS;
}

/* Sources that are the lists themselves; history and texts are not. */
#define IN_LIST (1U << PREREQ_SOURCE_CBS | 1U << PREREQ_SOURCE_MSI)

/* The list that would name the patch was read whole, and nothing in it can be the patch. */
static bool is_known_absent(const struct prereq_case *host, uint32_t pair)
{
    const struct prereq_patch *patch = host->catalog->patches[host->pairs[pair].patch].patch;
    enum prereq_list_kind list = proving_list(patch);

    if (!(host->complete >> list & 1) ||
        (list == PREREQ_LIST_HOTFIX_KEYS && !has_hotfix_keys(host)) ||
        (host->pairs[pair].target != 0 && list != PREREQ_LIST_MSI_PATCHES))
        return false;
    for (size_t k = 0; k < patch->package_count; k++) {
        const struct prereq_fact *value =
            named_value(host, PREREQ_SLOT_PACKAGE, patch->packages[k]);

        if (value && value->unreadable)
            return false;
    }
    for (size_t k = 0; k < patch->msi_patch_count; k++) {
        const struct prereq_fact *value =
            named_value(host, PREREQ_SLOT_MSI_PATCH, patch->msi_patches[k]);

        if (value && value->status == PREREQ_FACT_KNOWN)
            return false;
    }
    return true;
}

enum prereq_status prereq_case_load_records(struct prereq_case *host, struct prereq_error *err)
{
    struct prereq_index identities;

    if (!index_identities(host, &identities))
        return prereq_fail(err, PREREQ_NO_MEMORY,
                           "the host's facts are larger than the memory for them");
    for (size_t i = 0; i < host->facts->update_count; i++)
        load_update(host, &host->facts->updates[i]);
    for (uint32_t i = 0; i < host->pair_count; i++) {
        const struct prereq_patch *patch = host->catalog->patches[host->pairs[i].patch].patch;
        bool of_host = host->pairs[i].target == 0;

        for (size_t k = 0; of_host && k < patch->package_count; k++)
            load_package_record(host, &identities, i, patch->packages[k]);
        for (size_t k = 0; k < patch->msi_patch_count; k++)
            load_msi_record(host, i, patch->msi_patches[k]);
        host->now.records[i].unlisted =
            !(host->now.records[i].sources & IN_LIST) && is_known_absent(host, i);
        if (host->now.records[i].value == PREREQ_UNKNOWN && host->now.records[i].unlisted)
            host->now.records[i].value = PREREQ_FALSE;
    }
    return PREREQ_OK;
}
