/* SPDX-License-Identifier: MIT */
/* case_packages.c - CBS packages into the slots of a catalog: several may match one slot. */
#include "engine/world.h"

#include <stdlib.h>
#include <string.h>

static struct prereq_version identity_version(const char *identity)
{
    const char *last = strrchr(identity, '~');
    struct prereq_version version = {{0}, 0};

    if (!last || !prereq_version_parse(last + 1, &version))
        version.parts = 0;
    return version;
}

/* ---- the packages that a slot's pattern may fit, without trying all ---- */

struct name { /* the first part of an identity */
    const char *text;
    uint32_t number; /* of the fact */
};

struct names {
    struct name *sorted;
    size_t count;
    uint32_t *fitting; /* room for the numbers of those that fit */
};

static int compare_names(const void *left, const void *right)
{
    const struct name *a = left, *b = right;

    return prereq_compare_nocase(a->text, b->text);
}

static bool make_names(struct prereq_case *host, struct names *names)
{
    names->count = host->facts->package_count;
    names->sorted = PREREQ_NEW_ARRAY(host->arena, names->count, struct name);
    names->fitting = PREREQ_NEW_ARRAY(host->arena, names->count, uint32_t);
    if (!names->sorted || !names->fitting)
        return false;
    for (uint32_t i = 0; i < names->count; i++) {
        const char *identity = host->facts->packages[i].identity;
        const char *name = prereq_strndup(host->arena, identity, strcspn(identity, "~"));

        if (!name)
            return false;
        names->sorted[i] = (struct name){name, i};
    }
    if (names->count > 1)
        qsort(names->sorted, names->count, sizeof(*names->sorted), compare_names);
    return true;
}

/* The first name that begins with the prefix, or where it would stand. */
static size_t first_from(const struct names *names, const char *prefix)
{
    size_t low = 0, high = names->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (prereq_compare_nocase(names->sorted[middle].text, prefix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Numbers of the packages that fit a pattern, in no order of its own; SIZE_MAX: no memory.  Only
 * names are tried that begin as the pattern does before its first wildcard. */
static size_t find_fitting(struct prereq_arena *arena, struct names *names, const char *pattern)
{
    const char *prefix = prereq_strndup(arena, pattern, strcspn(pattern, "*?"));
    size_t count = 0;

    if (!prefix)
        return SIZE_MAX;
    for (size_t i = first_from(names, prefix);
         i < names->count && prereq_starts_nocase(names->sorted[i].text, prefix); i++) {
        if (prereq_glob(pattern, names->sorted[i].text))
            names->fitting[count++] = names->sorted[i].number;
    }
    return count;
}

/* ---- into the slots ---- */

static int compare_packages(const void *left, const void *right)
{
    const struct prereq_package_value *a = left, *b = right;

    return prereq_compare_nocase(a->identity, b->identity);
}

static void load_package(struct prereq_fact *value, const struct prereq_package_fact *fact,
                         struct prereq_package_value *packages)
{
    if (fact->status == PREREQ_FACT_UNAVAILABLE) {
        enum prereq_reason reason = prereq_reason_from_code(fact->code);

        if (!value->unreadable || reason < value->reason)
            value->reason = reason;
        value->unreadable = true;
        if (value->package_count == 0)
            value->status = PREREQ_FACT_UNAVAILABLE;
    }
    if (fact->status == PREREQ_FACT_UNAVAILABLE || fact->status == PREREQ_FACT_ABSENT)
        return;
    packages[value->package_count++] =
        (struct prereq_package_value){fact->state.known ? fact->state.value : 0,
                                      identity_version(fact->identity), fact->identity};
    value->status = PREREQ_FACT_KNOWN;
}

static bool load_slot(struct prereq_case *host, struct names *names, uint32_t slot)
{
    struct prereq_fact *value = &host->now.values[slot];
    size_t count = find_fitting(host->arena, names, host->catalog->slots[slot].name);
    struct prereq_package_value *packages;

    if (count == 0 || count == SIZE_MAX)
        return count == 0;
    packages = PREREQ_NEW_ARRAY(host->arena, count, struct prereq_package_value);
    if (!packages)
        return false;
    value->packages = packages;
    for (size_t i = 0; i < count; i++)
        load_package(value, &host->facts->packages[names->fitting[i]], packages);
    /* The order of the facts leaves no trace. */
    if (value->package_count > 1)
        qsort(packages, value->package_count, sizeof(*packages), compare_packages);
    return true;
}

bool prereq_case_load_packages(struct prereq_case *host)
{
    struct names names;

    if (host->facts->package_count == 0)
        return true;
    if (!make_names(host, &names))
        return false;
    for (uint32_t slot = PREREQ_SLOT_FIXED; slot < host->catalog->slot_count; slot++) {
        if (host->catalog->slots[slot].kind == PREREQ_SLOT_PACKAGE &&
            !load_slot(host, &names, slot))
            return false;
    }
    return true;
}

enum prereq_feature_state prereq_package_state(const struct prereq_fact *value, size_t index)
{
    const struct prereq_package_value *package = &value->packages[index];

    if (package->state == 0x70 || package->state == 0x80)
        return PREREQ_FEATURE_INSTALLED;
    if (package->state == 0x60 || package->state == 0x65)
        return PREREQ_FEATURE_PENDING;
    if (package->state != 0x50)
        return PREREQ_FEATURE_NOT_INSTALLED;
    for (size_t i = 0; i < value->package_count; i++) {
        const struct prereq_package_value *other = &value->packages[i];

        if (prereq_version_compare(other->version, package->version) > 0 &&
            (other->state == 0x70 || other->state == 0x80))
            return PREREQ_FEATURE_INSTALLED;
    }
    return PREREQ_FEATURE_PENDING;
}
