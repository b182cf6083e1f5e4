/* SPDX-License-Identifier: MIT */
/* choose_entry.c - which entry on which target a person means by a number.
 *
 * One number often has packages for several levels, products or systems, each an entry of its own,
 * and an entry may be for several instances.  To take the first of them would answer about another
 * server than the one at hand, so the host decides, or the person does. */
#include "engine/judge.h"

#include <string.h>

/* How well a pair fits the host; the best fit decides if it is the only one of its kind. */
enum fit {
    FIT_NONE,    /* it does not apply */
    FIT_MAYBE,   /* whether it applies is not known */
    FIT_APPLIES, /* but what it is built for is not there */
    FIT_PROPER,  /* what it is built for is there, or it is recorded */
    FITS,
};

struct candidates {
    struct prereq_sitting *now;
    const char *name, *target; /* "PATCH", and of "PATCH@TARGET" the target or NULL */
    uint32_t *pairs;
    size_t count;
    size_t entries; /* that have the name */
};

/* What has to hold always is what the package is built for; free space and the like come and go. */
static bool stands_on_its_level(struct prereq_sitting *now, uint32_t pair)
{
    const struct prereq_catalog *catalog = now->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[now->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        if (!catalog->groups[g].before && prereq_group_judge(now, g, pair).verdict == PREREQ_FALSE)
            return false;
    }
    return true;
}

static enum fit fit_of(struct prereq_sitting *now, uint32_t pair)
{
    if (!prereq_may_apply(now, pair))
        return FIT_NONE;
    if (prereq_applies(now, pair) != PREREQ_TRUE)
        return FIT_MAYBE;
    if (prereq_recorded(now, pair) == PREREQ_TRUE || stands_on_its_level(now, pair))
        return FIT_PROPER;
    return FIT_APPLIES;
}

static bool split_name(const char *id, struct candidates *all)
{
    const char *at = strchr(id, '@');

    all->name = at ? prereq_strndup(all->now->host->arena, id, (size_t)(at - id)) : id;
    all->target = at ? at + 1 : NULL;
    all->pairs = PREREQ_NEW_ARRAY(all->now->host->arena, all->now->host->pair_count, uint32_t);
    return all->name && all->pairs;
}

static void gather(struct candidates *all)
{
    const struct prereq_case *host = all->now->host;
    uint32_t from = 0;
    size_t patch;

    while ((patch = prereq_catalog_next(host->catalog, all->name, &from)) != SIZE_MAX) {
        all->entries++;
        for (uint32_t i = host->first_pair[patch]; i < host->first_pair[patch + 1]; i++) {
            if (!all->target ||
                prereq_equal_nocase(host->targets[host->pairs[i].target].id, all->target))
                all->pairs[all->count++] = i;
        }
    }
}

/* Keep those that fit best; those that do not apply are told apart no further. */
static void keep_best(struct candidates *all)
{
    enum fit best = FIT_NONE;
    size_t kept = 0;

    for (size_t i = 0; i < all->count; i++) {
        enum fit fit = fit_of(all->now, all->pairs[i]);

        if (fit < best)
            continue;
        if (fit > best)
            kept = 0;
        best = fit;
        all->pairs[kept++] = all->pairs[i];
    }
    all->count = kept;
}

static enum prereq_status ask(const struct candidates *all, struct prereq_error *err)
{
    const struct prereq_case *host = all->now->host;
    struct prereq_buffer list = {0};
    size_t left = 0;

    for (size_t i = 0; i < all->count; i++) {
        const char *id = host->pairs[all->pairs[i]].id;

        if (left > 0 || list.len + strlen(id) > 600) /* a message has an end */
            left++;
        else
            prereq_buffer_addf(&list, " %s", id);
    }
    if (left > 0)
        prereq_buffer_addf(&list, " and %zu more", left);
    prereq_fail(err, PREREQ_BAD_INPUT, "%s %s; give one:%s", all->name,
                all->entries > 1
                    ? "stands in several entries, and this host does not say which is meant"
                    : "is for several targets",
                list.text ? list.text : "");
    prereq_buffer_free(&list);
    return PREREQ_BAD_INPUT;
}

enum prereq_status prereq_choose_entry(struct prereq_sitting *now, const char *id, uint32_t *pair,
                                       struct prereq_error *err)
{
    struct candidates all = {.now = now};

    if (!split_name(id, &all))
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the choice of an entry");
    gather(&all);
    if (all.entries == 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s is no patch of the catalog", all.name);
    if (all.count == 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s is not for a target called %s", all.name,
                           all.target);
    if (all.count > 1)
        keep_best(&all);
    if (all.count > 1)
        return ask(&all, err);
    *pair = all.pairs[0];
    return PREREQ_OK;
}
