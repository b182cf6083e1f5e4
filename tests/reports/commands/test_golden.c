/* SPDX-License-Identifier: MIT */
/* test_golden.c - every case beside the catalog's entries, and those of tests/data/cases with a
 * catalog of their own; each is a test under its name. */
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog_case.h"
#include "files.h"

#define MOST_PARTS 256
#define MOST_CASES 1024

struct golden {
    const char *name;   /* nt4-iis/founding-before */
    const char *folder; /* of facts.json and expected.json */
    const struct prereq_catalog *catalog;
};

struct told { /* what a case had to say */
    size_t count;
    char first[512];
};

static struct golden cases[MOST_CASES];
static size_t case_count;
static struct prereq_arena *catalogs;

static void remember(void *context, const char *where, const char *text)
{
    struct told *told = context;

    if (told->count++ == 0)
        (void)snprintf(told->first, sizeof(told->first), "%s: %s", where, text);
}

static struct told run(const char *folder, const struct prereq_catalog *catalog)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)256 << 20);
    struct told told = {0};
    struct catalog_case_teller teller = {remember, &told};
    struct prereq_error err = {0};

    assert_non_null(arena);
    if (catalog_case_run(arena, catalog, folder, &teller, &err))
        fail_msg("%s", err.text);
    prereq_arena_free(arena);
    return told;
}

static void check_golden(void **state)
{
    const struct golden *row = *state;
    struct told told = run(row->folder, row->catalog);

    if (told.count)
        fail_msg("%zu told, the first: %s", told.count, told.first);
}

/* ---- finding the cases; what goes wrong here ends the program, as no test is running yet ---- */

static void stop(const char *what)
{
    (void)fprintf(stderr, "%s\n", what);
    exit(1);
}

static const char *joined(const char *folder, const char *name)
{
    const char *path = prereq_printf(catalogs, "%s/%s", folder, name);

    if (!path)
        stop("no memory for the cases");
    return path;
}

static const char **names_in(const char *folder, size_t *count)
{
    const char **names = NULL;
    struct prereq_error err = {0};

    if (prereq_folder_list(catalogs, folder, &names, count, &err))
        stop(err.text);
    return names;
}

static bool is_json(const char *name)
{
    size_t len = strlen(name);

    return len > 5 && strcmp(name + len - 5, ".json") == 0;
}

static const struct prereq_catalog_file *read_part(const char *path)
{
    const struct prereq_catalog_file *file = NULL;
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    if (prereq_file_read(path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, &err) ||
        prereq_catalog_file_read(catalogs, bytes, len, &file, &err))
        stop(err.text);
    free(bytes);
    return file;
}

static const struct prereq_catalog *compile(const struct prereq_catalog_part *parts, size_t count)
{
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};

    if (prereq_catalog_compile(catalogs, parts, count, NULL, 0, &catalog, &err))
        stop(err.text);
    return catalog;
}

static void add_case(const char *family, const char *name, const char *folder,
                     const struct prereq_catalog *catalog)
{
    if (case_count == MOST_CASES)
        stop("more cases than this program has room for");
    cases[case_count++] = (struct golden){joined(family, name), folder, catalog};
}

/* The whole built-in catalog judges each of its cases, as it does on a host. */
static const struct prereq_catalog *built_in(void)
{
    static struct prereq_catalog_part parts[MOST_PARTS];
    size_t families, part_count = 0;
    const char **family = names_in(TEST_CATALOG, &families);

    for (size_t i = 0; i < families; i++) {
        const char *folder = joined(TEST_CATALOG, family[i]);
        size_t count = 0;
        const char **names = prereq_is_folder(folder) ? names_in(folder, &count) : NULL;

        for (size_t k = 0; k < count; k++) {
            const char *path = joined(folder, names[k]);

            if (!is_json(names[k]) || !prereq_is_file(path))
                continue;
            if (part_count == MOST_PARTS)
                stop("more catalog files than this program has room for");
            parts[part_count++] =
                (struct prereq_catalog_part){.name = path, .file = read_part(path)};
        }
    }
    return compile(parts, part_count);
}

static void add_built_in(void)
{
    const struct prereq_catalog *catalog = built_in();
    size_t families;
    const char **family = names_in(TEST_CATALOG, &families);

    for (size_t i = 0; i < families; i++) {
        const char *folder = joined(joined(TEST_CATALOG, family[i]), "cases");
        size_t count = 0;
        const char **names = prereq_is_folder(folder) ? names_in(folder, &count) : NULL;

        for (size_t k = 0; k < count; k++)
            add_case(family[i], names[k], joined(folder, names[k]), catalog);
    }
}

static void add_own(void)
{
    size_t count;
    const char **names = names_in(TEST_DATA "/cases", &count);

    for (size_t i = 0; i < count; i++) {
        const char *folder = joined(TEST_DATA "/cases", names[i]);
        struct prereq_catalog_part part = {.name = names[i],
                                           .file = read_part(joined(folder, "catalog.json"))};

        add_case("own", names[i], folder, compile(&part, 1));
    }
}

/* ---- a case that is wrong is told ---- */

#define EXPECTED(more) "{\"format\": \"patchprereq-expected/1.0\", " more "}"
#define STATUS(more) EXPECTED("\"statuses\": [{" more "}]")
#define PLAN(more) EXPECTED("\"plans\": [{\"goal\": \"X\", " more "}]")

static struct wrong {
    const char *name, *expected;
    const char *told; /* how it begins; NULL: nothing is wrong */
} wrongs[] = {
    {"right", STATUS("\"id\": \"X\", \"state\": \"Ready\", \"reasonCode\": \"ready\""), NULL},
    {"another state", STATUS("\"id\": \"X\", \"state\": \"Blocked\""), "X: state is Ready"},
    {"another reason", STATUS("\"id\": \"X\", \"reasonCode\": \"withdrawn\""),
     "X: reason is ready"},
    {"another evidence", STATUS("\"id\": \"X\", \"evidence\": \"record\""), "X: evidence is files"},
    {"nothing blocks it", STATUS("\"id\": \"X\", \"blockedBy\": [\"SP5\"]"), "X: what blocks it"},
    {"no such status", STATUS("\"id\": \"Z\", \"state\": \"Ready\""), "Z: there is no such status"},
    {"another result", PLAN("\"result\": \"refused\""), "X: the plan's result is planned"},
    {"another number of restarts", PLAN("\"result\": \"planned\", \"restarts\": 7"),
     "X: the number of restarts"},
    {"other steps", PLAN("\"result\": \"planned\", \"steps\": [\"install X\"]"), "X: the plan is"},
};

static void check_wrong(void **state)
{
    static const char facts[] =
        "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": \"A\"}, "
        "\"collection\": {\"method\": \"manual\", \"finished\": \"2026-11-20T10:00:00Z\"}, "
        "\"files\": [{\"path\": \"x.dll\", \"version\": \"1.0\"}]}";
    static const char text[] =
        "{\"format\": \"patchprereq-catalog/1.0\", \"products\": [{\"id\": \"P\", \"title\": "
        "\"P\", "
        "\"applies\": {\"always\": true}}], \"patches\": [{\"id\": \"X\", \"title\": \"X\", "
        "\"product\": \"P\", \"classification\": \"security\", \"files\": [{\"path\": \"x.dll\", "
        "\"version\": \"2.0\"}]}]}";
    const struct wrong *row = *state;
    struct prereq_catalog_part part = {.name = "test"};
    struct prereq_error err = {0};
    struct told told;

    put_text("facts.json", facts);
    put_text("expected.json", row->expected);
    if (prereq_catalog_file_read(catalogs, text, strlen(text), &part.file, &err))
        fail_msg("%s", err.text);
    told = run(".", compile(&part, 1));
    assert_int_equal(told.count, row->told ? 1 : 0);
    if (row->told && strncmp(told.first, row->told, strlen(row->told)) != 0)
        fail_msg("told: %s", told.first);
}

int main(void)
{
    int failed;

    catalogs = prereq_arena_new((size_t)1 << 30);
    if (!catalogs)
        stop("no memory for the catalogs");
    add_built_in();
    add_own();
    failed = run_table("cases", cases, case_count, sizeof(cases[0]), check_golden);
    failed |= RUN_TABLE(wrongs, check_wrong);
    prereq_arena_free(catalogs);
    return failed;
}
