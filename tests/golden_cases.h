/* SPDX-License-Identifier: MIT */
/* golden_cases.h - where the golden cases are: beside the catalog's entries, judged by the whole
 * built-in catalog, and in tests/data/cases, each with a catalog of its own.
 *
 * What goes wrong here ends the program, as no test is running yet. */
#ifndef PREREQ_TESTS_GOLDEN_CASES_H
#define PREREQ_TESTS_GOLDEN_CASES_H

#include <stdlib.h>
#include <string.h>

#include "files.h"
#include "patchprereq.h"

#define MOST_PARTS 256
#define MOST_CASES 1024
#define MOST_SETS 64

struct golden {
    const char *name;   /* nt4-iis/founding-before */
    const char *folder; /* of facts.json and expected.json */
    size_t set;         /* of catalog files */
};

/* Catalog files that judge together. */
struct golden_set {
    struct prereq_catalog_part *parts;
    size_t part_count;
    const struct prereq_catalog *catalog; /* for the test to compile */
};

static struct golden cases[MOST_CASES];
static size_t case_count;
static struct golden_set sets[MOST_SETS];
static size_t set_count;

static inline void stop(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    exit(1);
}

static inline const char *joined(struct prereq_arena *arena, const char *folder, const char *name)
{
    const char *path = prereq_printf(arena, "%s/%s", folder, name);

    if (!path)
        stop("no memory for the cases");
    return path;
}

static inline const char **names_in(struct prereq_arena *arena, const char *folder, size_t *count)
{
    const char **names = NULL;
    struct prereq_error err = {0};

    if (prereq_folder_list(arena, folder, &names, count, &err))
        stop(err.text);
    return names;
}

static inline bool is_json(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && strcmp(name + len - 5, ".json") == 0;
}

static inline const struct prereq_catalog_file *read_part(struct prereq_arena *arena,
                                                          const char *path)
{
    const struct prereq_catalog_file *file = NULL;
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    if (prereq_file_read(path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, &err) ||
        prereq_catalog_file_read(arena, bytes, len, &file, &err))
        stop(err.text);
    free(bytes);
    return file;
}

static inline const struct prereq_catalog *
compile_parts(struct prereq_arena *arena, const struct prereq_catalog_part *parts, size_t count)
{
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};

    if (prereq_catalog_compile(arena, parts, count, NULL, 0, &catalog, &err))
        stop(err.text);
    return catalog;
}

static inline struct golden_set *add_set(struct prereq_arena *arena)
{
    if (set_count == MOST_SETS)
        stop("more catalogs than this program has room for");
    sets[set_count].parts = PREREQ_NEW_ARRAY(arena, MOST_PARTS, struct prereq_catalog_part);
    if (!sets[set_count].parts)
        stop("no memory for the catalogs");
    return &sets[set_count++];
}

static inline void add_part(struct prereq_arena *arena, struct golden_set *set, const char *path)
{
    if (set->part_count == MOST_PARTS)
        stop("more catalog files than this program has room for");
    set->parts[set->part_count++] =
        (struct prereq_catalog_part){.name = path, .file = read_part(arena, path)};
}

static inline void add_case(struct prereq_arena *arena, const char *family, const char *name,
                            const char *folder)
{
    if (case_count == MOST_CASES)
        stop("more cases than this program has room for");
    cases[case_count++] = (struct golden){joined(arena, family, name), folder, set_count - 1};
}

/* The whole built-in catalog judges each of its cases, as it does on a host. */
static inline void find_built_in(struct prereq_arena *arena)
{
    struct golden_set *set = add_set(arena);
    size_t families;
    const char **family = names_in(arena, TEST_CATALOG, &families);

    for (size_t i = 0; i < families; i++) {
        const char *folder = joined(arena, TEST_CATALOG, family[i]);
        const char *below = joined(arena, folder, "cases");
        size_t count = 0;
        const char **names = prereq_is_folder(folder) ? names_in(arena, folder, &count) : NULL;

        for (size_t k = 0; k < count; k++) {
            const char *path = joined(arena, folder, names[k]);

            if (is_json(names[k]) && prereq_is_file(path))
                add_part(arena, set, path);
        }
        count = 0;
        names = prereq_is_folder(below) ? names_in(arena, below, &count) : NULL;
        for (size_t k = 0; k < count; k++)
            add_case(arena, family[i], names[k], joined(arena, below, names[k]));
    }
}

static inline void find_own(struct prereq_arena *arena)
{
    size_t count;
    const char **names = names_in(arena, TEST_DATA "/cases", &count);

    for (size_t i = 0; i < count; i++) {
        const char *folder = joined(arena, TEST_DATA "/cases", names[i]);

        add_part(arena, add_set(arena), joined(arena, folder, "catalog.json"));
        add_case(arena, "own", names[i], folder);
    }
}

/* The arena that all of it lies in; the built-in catalog is the first set. */
static inline struct prereq_arena *find_golden_cases(void)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 30);

    if (!arena)
        stop("no memory for the catalogs");
    find_built_in(arena);
    find_own(arena);
    return arena;
}

#endif
