/* SPDX-License-Identifier: MIT */
/* settle.c - entries whose rules name other entries: those are judged first.
 *
 * A rule may ask for another patch, whose rules ask for others again, as deep as the catalog.
 * Before such an entry is judged, all that it asks for is, deepest first, on a stack of its own:
 * each then finds its answers remembered.  In a circle the one that is come back to is not known.
 */
#include "engine/judge.h"

/* What stands on the stack: an entry with all that its own verdict asks for; an entry or a later
 * one; what can void an entry, which all that supersede it inherit. */
enum asked {
    ASKED_OWN,
    ASKED_OR_LATER,
    ASKED_VOIDS,
};

struct prereq_settling {
    uint64_t *marks; /* per entry and kind: stamp * 2 when entered, one more when left */
    uint32_t *stack, *edges;
    size_t depth;
};

/* ---- what rules name, found when a catalog is compiled ---- */

struct collecting {
    struct prereq_arena *arena;
    struct prereq_catalog *catalog;
    struct prereq_cpatch *patch;
    bool no_memory;
};

static void add_reference(struct collecting *to, uint32_t patch, bool or_later)
{
    struct prereq_catalog *catalog = to->catalog;
    void *references = catalog->references;

    if (patch == PREREQ_NONE || to->no_memory)
        return;
    if (!prereq_grow(to->arena, &references, catalog->reference_count, &catalog->reference_capacity,
                     sizeof(*catalog->references))) {
        to->no_memory = true;
        return;
    }
    catalog->references = references;
    catalog->references[catalog->reference_count++] = (struct prereq_named){patch, or_later};
}

static void collect_rule(struct collecting *to, uint32_t number)
{
    const struct prereq_node *node;

    if (number == PREREQ_NONE)
        return;
    node = &to->catalog->nodes[number];
    for (uint32_t i = 0; node->kind <= PREREQ_NODE_NOT && i < node->count; i++)
        collect_rule(to, to->catalog->numbers[node->first + i]);
    if (node->kind == PREREQ_NODE_PATCH)
        add_reference(to, node->patch, true);
    else if (node->kind == PREREQ_NODE_RECORD || node->kind == PREREQ_NODE_FILE_SET)
        add_reference(to, node->patch, false);
}

static void collect_order(struct collecting *to)
{
    const struct prereq_catalog *catalog = to->catalog;
    const struct prereq_cpatch *patch = to->patch;

    for (uint32_t g = patch->group_first; g < patch->group_first + patch->group_count; g++) {
        const struct prereq_cgroup *group = &catalog->groups[g];

        if (group->group->ordered != PREREQ_FLAG_TRUE)
            continue;
        collect_rule(to, group->when);
        for (uint32_t i = group->first; i < group->first + group->count; i++)
            add_reference(to, catalog->alternatives[i].patch, true);
    }
}

static void collect_patch(struct collecting *to)
{
    struct prereq_catalog *catalog = to->catalog;
    struct prereq_cpatch *patch = to->patch;
    struct prereq_named_runs *of = &patch->references;

    of->first = (uint32_t)catalog->reference_count;
    collect_rule(to, catalog->products[patch->product].applies);
    collect_rule(to, patch->applies);
    of->applies_end = (uint32_t)catalog->reference_count;
    collect_rule(to, patch->marker);
    for (uint32_t i = patch->row_first; i < patch->row_first + patch->row_count; i++)
        collect_rule(to, catalog->rows[i].when);
    of->effect_end = (uint32_t)catalog->reference_count;
    collect_order(to);
    of->order_end = (uint32_t)catalog->reference_count;
    for (uint32_t i = patch->void_first; i < patch->void_first + patch->void_count; i++) {
        add_reference(to, catalog->voids[i].patch, false);
        collect_rule(to, catalog->voids[i].unless);
    }
    of->end = (uint32_t)catalog->reference_count;
}

enum prereq_status prereq_catalog_collect(struct prereq_arena *arena,
                                          struct prereq_catalog *catalog, struct prereq_error *err)
{
    struct collecting to = {.arena = arena, .catalog = catalog};

    for (size_t i = 0; i < catalog->patch_count; i++) {
        to.patch = &catalog->patches[i];
        collect_patch(&to);
    }
    return to.no_memory
               ? prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it")
               : PREREQ_OK;
}

/* ---- judging in that order ---- */

bool prereq_settling_make(struct prereq_sitting *sitting)
{
    struct prereq_arena *arena = sitting->host->arena;
    size_t count = sitting->catalog->patch_count * 3;
    struct prereq_settling *made;

    if (sitting->catalog->reference_count == 0)
        return true;
    made = PREREQ_NEW(arena, struct prereq_settling);
    if (!made)
        return false;
    made->marks = PREREQ_NEW_ARRAY(arena, count, uint64_t);
    made->stack = PREREQ_NEW_ARRAY(arena, count, uint32_t);
    made->edges = PREREQ_NEW_ARRAY(arena, count, uint32_t);
    sitting->settling = made;
    return made->marks && made->stack && made->edges;
}

static uint64_t entered_mark(const struct prereq_sitting *sitting)
{
    return ((uint64_t)sitting->stamp + 1) * 2;
}

static void enter(struct prereq_sitting *sitting, enum asked asked, uint32_t patch)
{
    struct prereq_settling *settling = sitting->settling;
    uint32_t item = patch * 3 + (uint32_t)asked;

    if (settling->marks[item] >= entered_mark(sitting))
        return;
    settling->marks[item] = entered_mark(sitting);
    settling->edges[settling->depth] = 0;
    settling->stack[settling->depth++] = item;
}

/* One of a run of references; false: there are not so many. */
static bool enter_reference(struct prereq_sitting *sitting, uint32_t first, uint32_t end,
                            uint32_t edge)
{
    const struct prereq_named *reference = &sitting->catalog->references[first + edge];

    if (edge >= end - first)
        return false;
    enter(sitting, reference->or_later ? ASKED_OR_LATER : ASKED_OWN, reference->patch);
    return true;
}

/* What an entry inherits from those that it supersedes directly. */
static bool enter_earlier(struct prereq_sitting *sitting, const struct prereq_cpatch *entry,
                          uint32_t edge)
{
    if (!entry->voids_below || edge >= entry->earlier_count)
        return false;
    enter(sitting, ASKED_VOIDS, sitting->catalog->numbers[entry->earlier_first + edge]);
    return true;
}

/* What the top of the stack asks for next; false: nothing more. */
static bool enter_next(struct prereq_sitting *sitting)
{
    struct prereq_settling *settling = sitting->settling;
    uint32_t item = settling->stack[settling->depth - 1];
    uint32_t edge = settling->edges[settling->depth - 1]++;
    const struct prereq_cpatch *entry = &sitting->catalog->patches[item / 3];
    const struct prereq_named_runs *of = &entry->references;
    uint32_t count = of->end - of->first;

    sitting->host->trails->edges++;
    switch ((enum asked)(item % 3)) {
    case ASKED_OWN:
        return edge < count ? enter_reference(sitting, of->first, of->end, edge)
                            : enter_earlier(sitting, entry, edge - count);
    case ASKED_VOIDS:
        count = of->end - of->order_end;
        return edge < count ? enter_reference(sitting, of->order_end, of->end, edge)
                            : enter_earlier(sitting, entry, edge - count);
    case ASKED_OR_LATER:
        break;
    }
    if (edge > entry->later_count)
        return false;
    if (edge == entry->later_count)
        enter(sitting, ASKED_OWN, item / 3);
    else
        enter(sitting, ASKED_OR_LATER, sitting->catalog->numbers[entry->later_first + edge]);
    return true;
}

static void settle(struct prereq_sitting *sitting, uint32_t patch)
{
    struct prereq_settling *settling = sitting->settling;
    const struct prereq_case *host = sitting->host;
    size_t base = settling->depth;

    enter(sitting, ASKED_OWN, patch);
    while (settling->depth > base) {
        uint32_t item = settling->stack[settling->depth - 1];

        if (enter_next(sitting))
            continue;
        settling->depth--;
        settling->marks[item]++;
        for (uint32_t pair = host->first_pair[item / 3];
             item % 3 == ASKED_OWN && pair < host->first_pair[item / 3 + 1]; pair++)
            prereq_own(sitting, pair);
    }
}

bool prereq_is_settled(struct prereq_sitting *sitting, uint32_t pair, enum prereq_part part)
{
    uint32_t patch = sitting->host->pairs[pair].patch;
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];
    const struct prereq_named_runs *of = &entry->references;
    bool asks = of->applies_end > of->first;
    uint64_t mark;

    if (!sitting->settling)
        return true;
    if (part == PREREQ_PART_EFFECT)
        asks = of->effect_end > of->applies_end;
    else if (part == PREREQ_PART_OWN)
        asks = of->end > of->first || entry->voids_below;
    if (!asks)
        return true;
    mark = sitting->settling->marks[patch * 3];
    if (mark < entered_mark(sitting)) {
        settle(sitting, patch);
        return true;
    }
    return mark > entered_mark(sitting);
}
