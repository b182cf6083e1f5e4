/* SPDX-License-Identifier: MIT */
/* case_records.c - which patches are recorded as installed, by whom and since when. */
#include "world.h"

/* A time later than the facts' own time is a clock fault or a planned date: unknown. */
static bool is_usable(const struct prereq_case *host, struct prereq_time time)
{
    struct prereq_time facts_time = host->facts->collection->finished;

    return time.known && (!facts_time.known || time.seconds <= facts_time.seconds);
}

static void add_time(const struct prereq_case *host, struct prereq_record_value *record,
                     struct prereq_time time)
{
    if (!is_usable(host, time))
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

/* The pair that an update's record speaks of.  A host-level record of a patch for instances tells which
 * instance only when there is but one. */
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

static void load_update(struct prereq_case *host, const struct prereq_update_fact *update)
{
    uint32_t from = 0, patch;

    while ((patch = prereq_index_find(&host->catalog->record_index, update->id, &from)) !=
           PREREQ_NONE) {
        uint32_t pair = record_pair(host, patch, update->target);

        for (size_t i = 0; pair != PREREQ_NONE && i < update->source_count; i++)
            add_source(host, &host->now.records[pair], update->sources[i].source,
                       update->sources[i].installed_on, update->sources[i].backup);
    }
}

static const struct prereq_fact *named_value(const struct prereq_case *host,
                                              enum prereq_slot_kind kind, const char *name)
{
    const char *key = prereq_slot_key(host->arena, kind, name, NULL, 0);
    uint32_t slot = key ? prereq_index_find(&host->catalog->slot_index, key, NULL) : PREREQ_NONE;

    return slot == PREREQ_NONE ? NULL : &host->now.values[slot];
}

static struct prereq_time package_time(const struct prereq_case *host, const char *identity)
{
    for (size_t i = 0; i < host->facts->package_count; i++) {
        if (prereq_equal_nocase(host->facts->packages[i].identity, identity))
            return host->facts->packages[i].installed_on;
    }
    return (struct prereq_time){0, false, false};
}

static void load_package_record(struct prereq_case *host, uint32_t pair, const char *name)
{
    const struct prereq_fact *value = named_value(host, PREREQ_SLOT_PACKAGE, name);

    for (size_t i = 0; value && i < value->package_count; i++) {
        if (prereq_package_state(value, i) == PREREQ_FEATURE_INSTALLED)
            add_source(host, &host->now.records[pair], PREREQ_SOURCE_CBS,
                       package_time(host, value->packages[i].identity), PREREQ_FLAG_UNSET);
    }
}

static void load_msi_record(struct prereq_case *host, uint32_t pair, const char *code)
{
    const struct prereq_fact *value = named_value(host, PREREQ_SLOT_MSI_PATCH, code);

    if (value && value->status == PREREQ_FACT_KNOWN)
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

enum prereq_status prereq_case_load_records(struct prereq_case *host, struct prereq_error *err)
{
    (void)err;
    for (size_t i = 0; i < host->facts->update_count; i++)
        load_update(host, &host->facts->updates[i]);
    for (uint32_t i = 0; i < host->pair_count; i++) {
        const struct prereq_patch *patch = host->catalog->patches[host->pairs[i].patch].patch;
        bool of_host = host->pairs[i].target == 0;

        for (size_t k = 0; of_host && k < patch->package_count; k++)
            load_package_record(host, i, patch->packages[k]);
        for (size_t k = 0; k < patch->msi_patch_count; k++)
            load_msi_record(host, i, patch->msi_patches[k]);
        if (host->now.records[i].value == PREREQ_UNKNOWN && of_host &&
            host->complete >> proving_list(patch) & 1)
            host->now.records[i].value = PREREQ_FALSE;
    }
    return PREREQ_OK;
}
