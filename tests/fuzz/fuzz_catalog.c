/* SPDX-License-Identifier: MIT */
/* fuzz_catalog.c - the catalog reader, the compiler and lint: whatever the bytes, an answer. */
#include "fuzz.h"

static void check_compiled(const struct prereq_catalog *catalog)
{
    size_t count = prereq_catalog_patch_count(catalog);

    for (size_t i = 0; i < count; i++) {
        const struct prereq_patch *patch = prereq_catalog_patch(catalog, i);

        assert(patch && patch->id);
        assert(prereq_catalog_find(catalog, patch->id) == i);
    }
}

/* The file is used twice, as a base and as an overlay over itself. */
static void put_together(struct prereq_arena *arena, const struct prereq_catalog_file *file)
{
    const struct prereq_catalog_part parts[] = {{"base.json", file, false},
                                                {"overlay.json", file, true}};
    const struct prereq_lint_finding *findings = NULL;
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};
    enum prereq_status status;
    size_t count = 0;

    status = prereq_catalog_lint(arena, parts, 1, &findings, &count, &err);
    if (status == PREREQ_OK)
        assert(findings || !count);
    else
        fuzz_check_refusal(status, &err);
    status = prereq_catalog_compile(arena, parts, PREREQ_COUNT(parts), NULL, 0, &catalog, &err);
    if (status == PREREQ_OK)
        check_compiled(catalog);
    else
        fuzz_check_refusal(status, &err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct prereq_catalog_file *file = NULL;
    struct prereq_error err = {0};
    struct prereq_arena *arena;
    enum prereq_status status;
    char *text;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    arena = fuzz_arena(data);
    text = fuzz_text(data + FUZZ_LIMIT_BYTES, size - FUZZ_LIMIT_BYTES);
    status = prereq_catalog_file_read(arena, text, size - FUZZ_LIMIT_BYTES, &file, &err);
    free(text);
    if (status == PREREQ_OK) {
        assert(file);
        put_together(arena, file);
    } else {
        assert(!file);
        fuzz_check_refusal(status, &err);
    }
    prereq_arena_free(arena);
    return 0;
}
