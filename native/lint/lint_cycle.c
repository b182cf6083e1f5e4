/* SPDX-License-Identifier: MIT */
/* lint_cycle.c - circles through supersedence and through prerequisites, each named once. */
#include "lint/lint.h"

#include <string.h>

struct edges { /* of one entry */
    const uint32_t *to;
    size_t count;
};

struct graph {
    struct prereq_lint *lint;
    const struct edges *edges; /* per entry */
    enum prereq_lint_code code;
    const char *member;
    uint32_t *stack;
    size_t *next;          /* which edge of a stacked entry comes next */
    unsigned char *colour; /* 0 new, 1 on the stack, 2 done */
    size_t depth;
};

/* ---- a circle by name ---- */

/* The circle begins with its smallest id, so that it is named alike from wherever it was entered.
 */
static size_t first_of(const struct graph *graph, size_t from)
{
    size_t first = from;

    for (size_t i = from + 1; i < graph->depth; i++) {
        const struct prereq_lint_entry *entries = graph->lint->entries;

        if (strcmp(entries[graph->stack[i]].patch->id, entries[graph->stack[first]].patch->id) < 0)
            first = i;
    }
    return first;
}

static void tell(struct graph *graph, uint32_t again)
{
    struct prereq_lint *lint = graph->lint;
    struct prereq_buffer text = {0};
    size_t from = graph->depth - 1, length, first;

    while (graph->stack[from] != again)
        from--;
    length = graph->depth - from;
    first = first_of(graph, from);
    for (size_t i = 0; i <= length; i++) {
        uint32_t at = graph->stack[from + (first - from + i) % length];

        prereq_buffer_add(&text, i ? " > " : "");
        prereq_buffer_add(&text, lint->entries[at].patch->id);
    }
    prereq_lint_look_at(lint, &lint->entries[graph->stack[first]]);
    prereq_lint_add(lint, graph->code, PREREQ_LINT_AT(NULL, graph->member),
                    text.failed ? NULL : prereq_strdup(lint->arena, text.text));
    prereq_buffer_free(&text);
}

static void push(struct graph *graph, uint32_t entry)
{
    graph->colour[entry] = 1;
    graph->next[graph->depth] = 0;
    graph->stack[graph->depth++] = entry;
}

/* Depth first without recursion: chains may be as long as the catalog. */
static void walk_from(struct graph *graph, uint32_t start)
{
    push(graph, start);
    while (graph->depth > 0) {
        uint32_t at = graph->stack[graph->depth - 1];
        size_t edge = graph->next[graph->depth - 1]++;
        uint32_t to;

        if (edge == graph->edges[at].count) {
            graph->colour[at] = 2;
            graph->depth--;
            continue;
        }
        to = graph->edges[at].to[edge];
        if (graph->colour[to] == 1)
            tell(graph, to);
        else if (graph->colour[to] == 0)
            push(graph, to);
    }
}

static void walk(struct graph *graph)
{
    struct prereq_lint *lint = graph->lint;

    graph->stack = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, uint32_t);
    graph->next = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, size_t);
    graph->colour = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, unsigned char);
    if (!graph->stack || !graph->next || !graph->colour) {
        lint->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < lint->entry_count && !lint->no_memory; i++) {
        if (graph->colour[i] == 0)
            walk_from(graph, i);
    }
}

/* ---- which entries can go on at all ---- */

/* An entry leads out when each of its groups does: by a rule, by an id that is told elsewhere, or
 * by an entry that leads out itself.  What is left over waits for itself. */
struct ways {
    struct prereq_lint *lint;
    bool *out;     /* the entry can go on */
    bool *covered; /* it, or one that supersedes it, can */
};

static void mark_out(struct ways *ways, uint32_t number)
{
    struct prereq_lint *lint = ways->lint;
    size_t depth = 0;

    ways->out[number] = true;
    if (ways->covered[number])
        return;
    ways->covered[number] = true;
    lint->stack[depth++] = number;
    while (depth > 0) {
        const struct prereq_lint_entry *entry = &lint->entries[lint->stack[--depth]];

        for (size_t i = 0; i < entry->earlier_count; i++) {
            if (ways->covered[entry->earlier[i]])
                continue;
            ways->covered[entry->earlier[i]] = true;
            lint->stack[depth++] = entry->earlier[i];
        }
    }
}

static bool group_leads_out(const struct ways *ways, const struct prereq_group *group)
{
    for (size_t i = 0; i < group->any_of_count; i++) {
        const struct prereq_alternative *alt = &group->any_of[i];
        uint32_t found = alt->patch ? prereq_lint_find(ways->lint, alt->patch) : PREREQ_NONE;

        if (alt->rule || found == PREREQ_NONE)
            return true;
        if (alt->exact == PREREQ_FLAG_TRUE ? ways->out[found] : ways->covered[found])
            return true;
    }
    return group->any_of_count == 0;
}

static bool leads_out(const struct ways *ways, uint32_t number)
{
    const struct prereq_patch *patch = ways->lint->entries[number].patch;

    for (size_t i = 0; i < patch->prerequisite_count; i++) {
        if (!group_leads_out(ways, &patch->prerequisites[i]))
            return false;
    }
    return true;
}

/* There and back, since chains mostly run one way. */
static void find_ways(struct ways *ways)
{
    uint32_t count = (uint32_t)ways->lint->entry_count;
    bool changed = true, back = false;

    while (changed) {
        changed = false;
        for (uint32_t i = 0; i < count; i++) {
            uint32_t number = back ? count - 1 - i : i;

            if (ways->out[number] || !leads_out(ways, number))
                continue;
            mark_out(ways, number);
            changed = true;
        }
        back = !back;
    }
}

/* From an entry that waits for itself to those that its groups wait for. */
static bool add_waits(const struct ways *ways, uint32_t number, struct edges *edges)
{
    const struct prereq_patch *patch = ways->lint->entries[number].patch;
    size_t room = 0;
    uint32_t *to;

    for (size_t i = 0; i < patch->prerequisite_count; i++)
        room += patch->prerequisites[i].any_of_count;
    to = PREREQ_NEW_ARRAY(ways->lint->arena, room, uint32_t);
    for (size_t i = 0; to && i < patch->prerequisite_count; i++) {
        const struct prereq_group *group = &patch->prerequisites[i];

        if (group_leads_out(ways, group))
            continue;
        for (size_t k = 0; k < group->any_of_count; k++)
            to[edges->count++] = prereq_lint_find(ways->lint, group->any_of[k].patch);
    }
    edges->to = to;
    return to != NULL;
}

static void check_prerequisites(struct prereq_lint *lint, struct edges *edges)
{
    struct ways ways = {lint, NULL, NULL};
    struct graph graph = {.lint = lint,
                          .edges = edges,
                          .code = PREREQ_LINT_PREREQUISITE_CYCLE,
                          .member = "prerequisites"};

    ways.out = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, bool);
    ways.covered = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, bool);
    if (!ways.out || !ways.covered) {
        lint->no_memory = true;
        return;
    }
    find_ways(&ways);
    for (uint32_t i = 0; i < lint->entry_count; i++) {
        edges[i] = (struct edges){NULL, 0};
        if (!ways.out[i] && !add_waits(&ways, i, &edges[i])) {
            lint->no_memory = true;
            return;
        }
    }
    walk(&graph);
}

void prereq_lint_cycles(struct prereq_lint *lint)
{
    struct edges *edges = PREREQ_NEW_ARRAY(lint->arena, lint->entry_count, struct edges);
    struct graph graph = {
        .lint = lint, .edges = edges, .code = PREREQ_LINT_SUPERSEDES_CYCLE, .member = "supersedes"};

    if (!edges) {
        lint->no_memory = true;
        return;
    }
    for (size_t i = 0; i < lint->entry_count; i++)
        edges[i] = (struct edges){lint->entries[i].earlier, lint->entries[i].earlier_count};
    walk(&graph);
    if (!lint->no_memory)
        check_prerequisites(lint, edges);
}
