/* SPDX-License-Identifier: MIT */
/* trail.c - along supersedence: no entry twice, no recursion, what was found remembered. */
#include "engine/trail.h"

#include <string.h>

bool prereq_trails_make(struct prereq_case *host)
{
    host->trails = PREREQ_NEW(host->arena, struct prereq_trails);
    if (!host->trails)
        return false;
    host->trails->arena = host->arena;
    host->trails->patch_count = host->catalog->patch_count;
    return true;
}

static struct prereq_trail_room *make_room(struct prereq_trails *walks)
{
    struct prereq_trail_room *room = PREREQ_NEW(walks->arena, struct prereq_trail_room);
    size_t count = walks->patch_count;

    if (!room)
        return NULL;
    room->seen = PREREQ_NEW_ARRAY(walks->arena, count, uint32_t);
    room->stack = PREREQ_NEW_ARRAY(walks->arena, count, uint32_t);
    room->edges = PREREQ_NEW_ARRAY(walks->arena, count, uint32_t);
    room->pairs = PREREQ_NEW_ARRAY(walks->arena, count, uint32_t);
    room->targets = PREREQ_NEW_ARRAY(walks->arena, count, uint32_t);
    return room->seen && room->stack && room->edges && room->pairs && room->targets ? room : NULL;
}

static struct prereq_trail_room *take_room(struct prereq_trails *walks)
{
    struct prereq_trail_room *room = walks->rooms;

    if (room)
        walks->rooms = room->next;
    else
        room = make_room(walks);
    if (!room) {
        walks->no_memory = true;
        return NULL;
    }
    room->stamp += 2;
    if (room->stamp == 0) { /* old stamps would fit again */
        memset(room->seen, 0, walks->patch_count * sizeof(*room->seen));
        room->stamp = 2;
    }
    return room;
}

void prereq_trail_begin(struct prereq_trail *walk, const struct prereq_case *host,
                        enum prereq_direction direction, uint32_t patch, uint32_t target)
{
    *walk = (struct prereq_trail){.host = host,
                                  .room = take_room(host->trails),
                                  .direction = direction,
                                  .patch = patch,
                                  .first_target = target};
}

void prereq_trail_end(struct prereq_trail *walk)
{
    if (!walk->room)
        return;
    walk->room->next = walk->host->trails->rooms;
    walk->host->trails->rooms = walk->room;
    walk->room = NULL;
}

/* An entry that has a pair on the target is gone by once more where the walk came by it only as one
 * that has none: from another target. */
static bool enter(struct prereq_trail *walk, uint32_t patch, uint32_t target)
{
    struct prereq_trail_room *room = walk->room;
    uint32_t pair = prereq_pair_find(walk->host, patch, target);
    uint32_t mark = room->stamp + (pair != PREREQ_NONE);

    if (room->seen[patch] >= mark)
        return false;
    room->seen[patch] = mark;
    room->stack[walk->stacked] = patch;
    room->edges[walk->stacked] = 0;
    room->pairs[walk->stacked] = pair;
    room->targets[walk->stacked] = pair == PREREQ_NONE ? target : walk->host->pairs[pair].target;
    walk->patch = patch;
    walk->pair = pair;
    walk->depth = walk->stacked++;
    return true;
}

static void leave(struct prereq_trail *walk)
{
    walk->depth = --walk->stacked;
    walk->patch = walk->room->stack[walk->stacked];
    walk->pair = walk->room->pairs[walk->stacked];
    walk->leaving = true;
}

bool prereq_trail_next(struct prereq_trail *walk)
{
    const struct prereq_catalog *catalog = walk->host->catalog;
    struct prereq_trail_room *room = walk->room;

    if (!room)
        return false;
    if (!walk->begun) {
        walk->begun = true;
        return enter(walk, walk->patch, walk->first_target);
    }
    if (walk->stop_here && !walk->leaving)
        walk->stacked--;
    walk->stop_here = walk->leaving = false;
    while (walk->stacked > 0) {
        size_t top = walk->stacked - 1;
        const struct prereq_cpatch *entry = &catalog->patches[room->stack[top]];
        bool up = walk->direction == PREREQ_TO_LATER;
        uint32_t edge = room->edges[top]++;

        if (edge == (up ? entry->later_count : entry->earlier_count)) {
            leave(walk);
            if (walk->leaves)
                return true;
            walk->leaving = false;
            continue;
        }
        walk->host->trails->edges++;
        edge += up ? entry->later_first : entry->earlier_first;
        if (enter(walk, catalog->numbers[edge], room->targets[top]))
            return true;
    }
    prereq_trail_end(walk);
    return false;
}

/* All on the way here have the answer that was found here. */
static void remember(const struct prereq_trail *walk, const struct prereq_later_question *question,
                     uint32_t found)
{
    for (size_t i = 0; i < walk->stacked; i++) {
        uint32_t pair = walk->room->pairs[i];

        if (pair != PREREQ_NONE && (walk->leaving || i + 1 < walk->stacked))
            *question->known(question->context, pair) = found;
    }
}

static bool fits_here(const struct prereq_trail *walk, const struct prereq_later_question *question)
{
    return walk->depth > 0 && question->fits(question->context, walk->pair);
}

/* The answer that ends the walk where it stands; 0: go on.  The topmost one is asked for on the way
 * back: had any above it fitted, the walk would be over. */
static uint32_t answer_here(struct prereq_trail *walk, const struct prereq_later_question *question)
{
    uint32_t *known;

    if (walk->pair == PREREQ_NONE) {
        walk->stop_here = true;
        return 0;
    }
    if (!walk->leaving && !question->topmost && fits_here(walk, question))
        return walk->pair + 1;
    known = question->known(question->context, walk->pair);
    if (walk->leaving)
        *known = PREREQ_NONE;
    else if (*known == 0)
        return 0;
    else if (*known != PREREQ_NONE)
        return *known;
    walk->stop_here = true;
    return question->topmost && fits_here(walk, question) ? walk->pair + 1 : 0;
}

uint32_t prereq_later_find(const struct prereq_case *host, uint32_t pair,
                           const struct prereq_later_question *question)
{
    uint32_t known = *question->known(question->context, pair);
    struct prereq_trail walk;

    if (known != 0)
        return known == PREREQ_NONE ? PREREQ_NONE : known - 1;
    prereq_trail_begin(&walk, host, PREREQ_TO_LATER, host->pairs[pair].patch,
                       host->pairs[pair].target);
    walk.leaves = true;
    while (prereq_trail_next(&walk)) {
        uint32_t found = answer_here(&walk, question);

        if (found == 0)
            continue;
        remember(&walk, question, found);
        prereq_trail_end(&walk);
        return found - 1;
    }
    return PREREQ_NONE;
}
