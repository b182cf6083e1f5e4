/* SPDX-License-Identifier: MIT */
/* catalog_graph.c - patches as boxes, baselines as folders, OR-groups as diamonds; requires solid,
 * satisfied-by dashed, supersedes grey, voids red. */
#include "catalog/catalog_graph.h"

struct graph {
    const struct prereq_catalog *catalog;
    size_t count;
    bool *shown; /* per entry */
    struct prereq_buffer *out;
};

static void add_quoted(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            prereq_buffer_add(out, "\\");
        prereq_buffer_add_bytes(out, text, 1);
    }
    prereq_buffer_add(out, "\"");
}

/* ---- which entries ---- */

static bool mark(struct graph *graph, const char *id, bool *changed)
{
    size_t index = id ? prereq_catalog_find(graph->catalog, id) : SIZE_MAX;

    if (index == SIZE_MAX || graph->shown[index])
        return false;
    graph->shown[index] = *changed = true;
    return true;
}

/* One step down from an entry: what it names. */
static void mark_named(struct graph *graph, const struct prereq_patch *patch, bool *changed)
{
    for (size_t i = 0; i < patch->supersedes_count; i++)
        mark(graph, patch->supersedes[i], changed);
    for (size_t i = 0; i < patch->voided_by_count; i++)
        mark(graph, patch->voided_by[i].patch, changed);
    for (size_t i = 0; i < patch->prerequisite_count; i++) {
        for (size_t k = 0; k < patch->prerequisites[i].any_of_count; k++)
            mark(graph, patch->prerequisites[i].any_of[k].patch, changed);
    }
}

static bool names(const struct graph *graph, const struct prereq_patch *patch, const bool *wanted)
{
    bool hit = false;

    for (size_t i = 0; i < patch->supersedes_count && !hit; i++)
        hit = wanted[prereq_catalog_find(graph->catalog, patch->supersedes[i])];
    for (size_t i = 0; i < patch->prerequisite_count; i++) {
        for (size_t k = 0; k < patch->prerequisites[i].any_of_count && !hit; k++) {
            const char *id = patch->prerequisites[i].any_of[k].patch;

            hit = id && wanted[prereq_catalog_find(graph->catalog, id)];
        }
    }
    return hit;
}

static bool reach(struct graph *graph, struct prereq_arena *arena, size_t index)
{
    bool *down = PREREQ_NEW_ARRAY(arena, graph->count, bool);
    bool *up = PREREQ_NEW_ARRAY(arena, graph->count, bool);
    bool changed = true;

    if (!down || !up)
        return false;
    down[index] = up[index] = true;
    graph->shown = down;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < graph->count; i++) {
            if (down[i])
                mark_named(graph, prereq_catalog_patch(graph->catalog, i), &changed);
        }
    }
    for (changed = true; changed;) {
        changed = false;
        for (size_t i = 0; i < graph->count; i++) {
            if (!up[i] && names(graph, prereq_catalog_patch(graph->catalog, i), up))
                up[i] = changed = true;
        }
    }
    for (size_t i = 0; i < graph->count; i++)
        down[i] |= up[i];
    return true;
}

/* ---- lines ---- */

static void add_node(struct graph *graph, const struct prereq_patch *patch)
{
    prereq_buffer_add(graph->out, "  ");
    add_quoted(graph->out, patch->id);
    prereq_buffer_addf(
        graph->out, " [shape=%s, tooltip=", patch->kind == PREREQ_KIND_BASELINE ? "folder" : "box");
    add_quoted(graph->out, patch->title);
    prereq_buffer_add(graph->out, "];\n");
}

static void add_edge(struct graph *graph, const char *from, const char *to, const char *style)
{
    prereq_buffer_add(graph->out, "  ");
    add_quoted(graph->out, from);
    prereq_buffer_add(graph->out, " -> ");
    add_quoted(graph->out, to);
    prereq_buffer_addf(graph->out, " [%s];\n", style);
}

static void add_alternative(struct graph *graph, const char *from,
                            const struct prereq_alternative *alt, const char *style)
{
    const char *to = alt->patch ? alt->patch : alt->title ? alt->title : "a rule";
    size_t index = alt->patch ? prereq_catalog_find(graph->catalog, alt->patch) : SIZE_MAX;

    if (index != SIZE_MAX)
        to = prereq_catalog_patch(graph->catalog, index)->id;
    add_edge(graph, from, to, style);
}

/* One alternative: an edge.  Several: a diamond between. */
static void add_group(struct graph *graph, struct prereq_arena *arena,
                      const struct prereq_patch *patch, size_t number)
{
    const struct prereq_group *group = &patch->prerequisites[number];
    const char *label = group->holds == PREREQ_HOLDS_BEFORE ? "before" : "always";
    char *style = prereq_printf(arena, "label=\"%s\"", label);
    char *diamond = prereq_printf(arena, "%s/%zu", patch->id, number + 1);

    if (!style || !diamond) {
        graph->out->failed = true;
        return;
    }
    if (group->any_of_count == 1) {
        add_alternative(graph, patch->id, &group->any_of[0], style);
        return;
    }
    prereq_buffer_add(graph->out, "  ");
    add_quoted(graph->out, diamond);
    prereq_buffer_add(graph->out, " [shape=diamond, label=\"or\"];\n");
    add_edge(graph, patch->id, diamond, style);
    for (size_t i = 0; i < group->any_of_count; i++)
        add_alternative(graph, diamond, &group->any_of[i], "style=dashed");
}

static void add_entry(struct graph *graph, struct prereq_arena *arena,
                      const struct prereq_patch *patch)
{
    add_node(graph, patch);
    for (size_t i = 0; i < patch->prerequisite_count; i++)
        add_group(graph, arena, patch, i);
    for (size_t i = 0; i < patch->supersedes_count; i++)
        add_edge(graph, patch->id, patch->supersedes[i], "color=grey, label=\"supersedes\"");
    for (size_t i = 0; i < patch->voided_by_count; i++) {
        const struct prereq_invalidation *voided = &patch->voided_by[i];
        const char *by = voided->patch     ? voided->patch
                         : voided->feature ? voided->feature
                                           : voided->product;

        add_edge(graph, by, patch->id, "color=red, label=\"voids\"");
    }
}

bool catalog_graph(struct prereq_arena *arena, const struct prereq_catalog *catalog, size_t index,
                   struct prereq_buffer *out)
{
    struct graph graph = {catalog, prereq_catalog_patch_count(catalog), NULL, out};

    if (index != SIZE_MAX && !reach(&graph, arena, index))
        return false;
    prereq_buffer_add(out, "digraph catalog {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n");
    for (size_t i = 0; i < graph.count; i++) {
        if (!graph.shown || graph.shown[i])
            add_entry(&graph, arena, prereq_catalog_patch(catalog, i));
    }
    prereq_buffer_add(out, "}\n");
    return !out->failed;
}
