/* SPDX-License-Identifier: MIT */
/* catalog_lines.c - release lines of a catalog: which one stands for an id, and whom each is for.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"

static struct prereq_cline *find(struct prereq_catalog *catalog, const char *id)
{
    for (size_t i = 0; i < catalog->line_count; i++) {
        if (prereq_equal_nocase(catalog->lines[i].line->id, id))
            return &catalog->lines[i];
    }
    return NULL;
}

enum prereq_status prereq_catalog_gather_lines(struct prereq_arena *arena,
                                               struct prereq_catalog *catalog,
                                               const struct prereq_catalog_part *part,
                                               struct prereq_error *err)
{
    const struct prereq_releases_file *file = part->file->releases;

    for (size_t i = 0; file && i < file->line_count; i++) {
        struct prereq_cline made = {&file->lines[i], file, part->name, PREREQ_NONE};
        struct prereq_cline *known = find(catalog, made.line->id);
        void *lines = catalog->lines;

        if (known && !part->overlay)
            return prereq_fail(err, PREREQ_BAD_INPUT, "%s: the line %s stands already in %s",
                               part->name, made.line->id, known->part);
        if (known) {
            *known = made;
            continue;
        }
        if (!prereq_grow(arena, &lines, catalog->line_count, &catalog->line_capacity,
                         sizeof(*catalog->lines)))
            return prereq_fail(err, PREREQ_NO_MEMORY,
                               "the catalog is larger than the memory for it");
        catalog->lines = lines;
        catalog->lines[catalog->line_count++] = made;
    }
    return PREREQ_OK;
}

static int compare(const void *left, const void *right)
{
    const struct prereq_cline *a = left, *b = right;

    return strcmp(a->line->id, b->line->id);
}

enum prereq_status prereq_catalog_compile_lines(struct prereq_arena *arena,
                                                struct prereq_catalog *catalog,
                                                struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    if (catalog->line_count > 1)
        qsort(catalog->lines, catalog->line_count, sizeof(*catalog->lines), compare);
    for (size_t i = 0; i < catalog->line_count && !status; i++)
        status = prereq_rule_compile(arena, catalog, catalog->lines[i].line->applies,
                                     &catalog->lines[i].applies, err);
    return status;
}

size_t prereq_catalog_line_count(const struct prereq_catalog *catalog)
{
    return catalog->line_count;
}

const struct prereq_line *prereq_catalog_line(const struct prereq_catalog *catalog, size_t index)
{
    return catalog->lines[index].line;
}

const struct prereq_releases_file *prereq_catalog_line_file(const struct prereq_catalog *catalog,
                                                            size_t index)
{
    return catalog->lines[index].file;
}
