/* SPDX-License-Identifier: MIT */
/* catalog_link.c - supersedence both ways, without cycles; and the questions asked of a catalog. */
#include "engine/engine.h"

#include <stdio.h>
#include <string.h>

#define MOST_WHY 400 /* bytes of a list of ids in a message */

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
}

static enum prereq_status resolve_earlier(const struct prereq_catalog *catalog,
                                          const struct prereq_cpatch *patch, uint32_t *out,
                                          struct prereq_error *err)
{
    for (size_t i = 0; i < patch->patch->supersedes_count; i++) {
        const char *id = patch->patch->supersedes[i];
        size_t found = prereq_catalog_find(catalog, id);

        if (found == SIZE_MAX) {
            char why[MOST_WHY];

            prereq_catalog_why_none(catalog, id, why, sizeof(why));
            return prereq_fail(err, PREREQ_BAD_INPUT, "%s: %s: supersedes names \"%s\", which %s",
                               patch->part, patch->patch->id, id, why);
        }
        out[i] = (uint32_t)found;
    }
    return PREREQ_OK;
}

/* Both directions as runs in one block of numbers behind what is there. */
static enum prereq_status make_edges(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                     struct prereq_error *err)
{
    size_t edges = 0, base = catalog->number_count, at;
    uint32_t *numbers;

    for (size_t i = 0; i < catalog->patch_count; i++)
        edges += catalog->patches[i].patch->supersedes_count;
    numbers = PREREQ_NEW_ARRAY(arena, base + edges * 2, uint32_t);
    if (!numbers)
        return no_memory(err);
    if (base > 0)
        memcpy(numbers, catalog->numbers, base * sizeof(*numbers));
    catalog->numbers = numbers;
    catalog->number_count = catalog->number_capacity = base + edges * 2;
    at = base;
    for (size_t i = 0; i < catalog->patch_count; i++) {
        struct prereq_cpatch *patch = &catalog->patches[i];
        enum prereq_status status = resolve_earlier(catalog, patch, numbers + at, err);

        if (status)
            return status;
        patch->earlier_first = (uint32_t)at;
        patch->earlier_count = (uint32_t)patch->patch->supersedes_count;
        for (size_t k = 0; k < patch->earlier_count; k++)
            catalog->patches[numbers[at + k]].later_count++;
        at += patch->earlier_count;
    }
    for (size_t i = 0; i < catalog->patch_count; i++) {
        catalog->patches[i].later_first = (uint32_t)at;
        at += catalog->patches[i].later_count;
        catalog->patches[i].later_count = 0;
    }
    for (uint32_t i = 0; i < catalog->patch_count; i++) {
        const struct prereq_cpatch *patch = &catalog->patches[i];

        for (size_t k = 0; k < patch->earlier_count; k++) {
            struct prereq_cpatch *earlier = &catalog->patches[numbers[patch->earlier_first + k]];

            numbers[earlier->later_first + earlier->later_count++] = i;
        }
    }
    return PREREQ_OK;
}

/* Depth-first walk without recursion, since chains may be tens of thousands long. */
struct walk {
    uint32_t *stack, *next; /* patch; which of its edges comes next */
    unsigned char *colour;  /* 0 new, 1 on the stack, 2 done */
    size_t depth;
    uint32_t done;
};

static enum prereq_status name_cycle(const struct prereq_catalog *catalog, const struct walk *walk,
                                     uint32_t again, struct prereq_error *err)
{
    struct prereq_buffer text = {0};
    enum prereq_status status;
    size_t from = walk->depth;

    while (from > 0 && walk->stack[from - 1] != again)
        from--;
    for (size_t i = from ? from - 1 : 0; i < walk->depth; i++) {
        if (text.len > 600)
            break;
        prereq_buffer_add(&text, catalog->patches[walk->stack[i]].patch->id);
        prereq_buffer_add(&text, " > ");
    }
    status = prereq_fail(err, PREREQ_BAD_INPUT, "supersedes runs in a circle: %s%s",
                         text.text ? text.text : "", catalog->patches[again].patch->id);
    prereq_buffer_free(&text);
    return status;
}

static enum prereq_status walk_from(struct prereq_catalog *catalog, struct walk *walk,
                                    uint32_t start, struct prereq_error *err)
{
    walk->stack[0] = start;
    walk->next[0] = 0;
    walk->depth = 1;
    walk->colour[start] = 1;
    while (walk->depth > 0) {
        uint32_t at = walk->stack[walk->depth - 1];
        struct prereq_cpatch *patch = &catalog->patches[at];
        uint32_t edge = walk->next[walk->depth - 1]++;
        uint32_t down;

        if (edge == patch->earlier_count) {
            patch->voids_below |= patch->void_count > 0;
            walk->colour[at] = 2;
            patch->position = walk->done;
            catalog->order[walk->done++] = at;
            walk->depth--;
            if (walk->depth > 0)
                catalog->patches[walk->stack[walk->depth - 1]].voids_below |= patch->voids_below;
            continue;
        }
        down = catalog->numbers[patch->earlier_first + edge];
        if (walk->colour[down] == 1)
            return name_cycle(catalog, walk, down, err);
        patch->voids_below |= catalog->patches[down].voids_below;
        if (walk->colour[down] == 2)
            continue;
        walk->colour[down] = 1;
        walk->stack[walk->depth] = down;
        walk->next[walk->depth++] = 0;
    }
    return PREREQ_OK;
}

/* Edges, cycles, and which entries inherit invalidations. */
enum prereq_status prereq_catalog_link(struct prereq_arena *arena, struct prereq_catalog *catalog,
                                       struct prereq_error *err)
{
    enum prereq_status status = make_edges(arena, catalog, err);
    struct walk walk = {NULL, NULL, NULL, 0, 0};

    if (status)
        return status;
    walk.stack = PREREQ_NEW_ARRAY(arena, catalog->patch_count + 1, uint32_t);
    walk.next = PREREQ_NEW_ARRAY(arena, catalog->patch_count + 1, uint32_t);
    walk.colour = PREREQ_NEW_ARRAY(arena, catalog->patch_count + 1, unsigned char);
    catalog->order = PREREQ_NEW_ARRAY(arena, catalog->patch_count + 1, uint32_t);
    if (!walk.stack || !walk.next || !walk.colour || !catalog->order)
        return no_memory(err);
    for (uint32_t i = 0; !status && i < catalog->patch_count; i++) {
        if (walk.colour[i] == 0)
            status = walk_from(catalog, &walk, i, err);
    }
    return status;
}

/* ---- does one supersede another? ---- */

#define MAX_SPAN 262144U /* entries; 32 KiB of marks */

struct marks { /* of the entries between two positions of the order */
    uint64_t bits[MAX_SPAN / 64];
    uint32_t first;
    uint32_t waiting; /* marked, and not looked at yet */
};

/* Take the mark off a position; false: it has none. */
static bool take_mark(struct marks *marks, uint32_t position)
{
    uint32_t at = position - marks->first;
    uint64_t bit = (uint64_t)1 << (at % 64);

    if (!(marks->bits[at / 64] & bit))
        return false;
    marks->bits[at / 64] ^= bit;
    marks->waiting--;
    return true;
}

static void mark_earlier(const struct prereq_catalog *catalog, struct marks *marks,
                         const struct prereq_cpatch *patch)
{
    for (uint32_t i = 0; i < patch->earlier_count; i++) {
        uint32_t earlier = catalog->numbers[patch->earlier_first + i];
        uint32_t position = catalog->patches[earlier].position;
        uint32_t at = position - marks->first;

        if (position < marks->first)
            continue;
        marks->waiting += !(marks->bits[at / 64] >> (at % 64) & 1);
        marks->bits[at / 64] |= (uint64_t)1 << (at % 64);
    }
}

/* Down the order once, so that many ways between two entries cost no more than one. */
static bool supersedes_within(const struct prereq_catalog *catalog, uint32_t later,
                              uint32_t earlier)
{
    uint32_t position = catalog->patches[later].position;
    struct marks marks;

    marks.first = catalog->patches[earlier].position;
    marks.waiting = 0;
    memset(marks.bits, 0, ((size_t)(position - marks.first) / 64 + 1) * sizeof(*marks.bits));
    mark_earlier(catalog, &marks, &catalog->patches[later]);
    while (marks.waiting > 0 && --position > marks.first) {
        if (take_mark(&marks, position))
            mark_earlier(catalog, &marks, &catalog->patches[catalog->order[position]]);
    }
    return marks.waiting > 0;
}

bool prereq_catalog_supersedes(const struct prereq_catalog *catalog, uint32_t later,
                               uint32_t earlier)
{
    const struct prereq_cpatch *patch = &catalog->patches[later];
    uint32_t floor = catalog->patches[earlier].position;

    if (patch->position <= floor || patch->position - floor < MAX_SPAN)
        return later == earlier ||
               (patch->position > floor && supersedes_within(catalog, later, earlier));
    for (uint32_t i = 0; i < patch->earlier_count; i++) {
        if (prereq_catalog_supersedes(catalog, catalog->numbers[patch->earlier_first + i], earlier))
            return true;
    }
    return false;
}

size_t prereq_catalog_patch_count(const struct prereq_catalog *catalog)
{
    return catalog->patch_count;
}

const struct prereq_patch *prereq_catalog_patch(const struct prereq_catalog *catalog, size_t index)
{
    return catalog->patches[index].patch;
}

const struct prereq_product *prereq_catalog_product_of(const struct prereq_catalog *catalog,
                                                       size_t index)
{
    return catalog->products[catalog->patches[index].product].product;
}

/* Ids stand before aliases in the index, and those of one entry behind each other. */
size_t prereq_catalog_next(const struct prereq_catalog *catalog, const char *id, uint32_t *from)
{
    uint32_t last = *from ? catalog->id_index.entries[*from - 1].value : PREREQ_NONE, found;

    if (last != PREREQ_NONE && prereq_equal_nocase(catalog->patches[last].patch->id, id))
        return SIZE_MAX;
    do
        found = prereq_index_find(&catalog->id_index, id, from);
    while (found != PREREQ_NONE && found == last);
    return found == PREREQ_NONE ? SIZE_MAX : found;
}

size_t prereq_catalog_find(const struct prereq_catalog *catalog, const char *id)
{
    uint32_t from = 0;
    size_t found = prereq_catalog_next(catalog, id, &from);

    if (found != SIZE_MAX && prereq_catalog_next(catalog, id, &from) != SIZE_MAX)
        return SIZE_MAX;
    return found;
}

void prereq_catalog_why_none(const struct prereq_catalog *catalog, const char *id, char *text,
                             size_t size)
{
    size_t found, left = 0, len;
    uint32_t from = 0;

    if (prereq_catalog_next(catalog, id, &from) == SIZE_MAX) {
        snprintf(text, size, "is no id or alias in the catalog");
        return;
    }
    from = 0;
    snprintf(text, size, "stands in several entries; give the id of one:");
    len = strlen(text);
    while ((found = prereq_catalog_next(catalog, id, &from)) != SIZE_MAX) {
        const char *one = catalog->patches[found].patch->id;

        if (left > 0 || len + strlen(one) + 24 > size) /* room for the sentence below */
            left++;
        else
            len += (size_t)snprintf(text + len, size - len, " %s", one);
    }
    if (left > 0)
        snprintf(text + len, size - len, " and %zu more", left);
}

const struct prereq_catalog_info *prereq_catalog_infos(const struct prereq_catalog *catalog,
                                                       size_t *count)
{
    *count = catalog->info_count;
    return catalog->infos;
}

const char *const *prereq_catalog_overrides(const struct prereq_catalog *catalog, size_t *count)
{
    *count = catalog->override_count;
    return catalog->overrides;
}
