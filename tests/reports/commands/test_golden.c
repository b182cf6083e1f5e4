/* SPDX-License-Identifier: MIT */
/* test_golden.c - every case beside the catalog's entries, and those of tests/data/cases with a
 * catalog of their own; each is a test under its name. */
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog_case.h"
#include "files.h"
#include "golden_cases.h"

struct told { /* what a case had to say */
    size_t count;
    char first[512];
};

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
    struct told told = run(row->folder, sets[row->set].catalog);

    if (told.count)
        fail_msg("%zu told, the first: %s", told.count, told.first);
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
    told = run(".", compile_parts(catalogs, &part, 1));
    assert_int_equal(told.count, row->told ? 1 : 0);
    if (row->told && strncmp(told.first, row->told, strlen(row->told)) != 0)
        fail_msg("told: %s", told.first);
}

int main(void)
{
    int failed;

    catalogs = find_golden_cases();
    for (size_t i = 0; i < set_count; i++)
        sets[i].catalog = compile_parts(catalogs, sets[i].parts, sets[i].part_count);
    failed = run_table("cases", cases, case_count, sizeof(cases[0]), check_golden);
    failed |= RUN_TABLE(wrongs, check_wrong);
    prereq_arena_free(catalogs);
    return failed;
}
