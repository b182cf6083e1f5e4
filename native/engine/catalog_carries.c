/* SPDX-License-Identifier: MIT */
/* catalog_carries.c - whose files a level brings: its own product's, and those of every product of
 * which it lists a file.  The service pack of an operating system carries its web server's files.
 *
 * It matters for levels that replace and whose list is not whole: what they do to files that they
 * do not list cannot be known, for all these products. */
#include "engine/engine.h"

static bool may_replace_more(const struct prereq_patch *patch)
{
    return patch->kind == PREREQ_KIND_BASELINE && patch->file_mode == PREREQ_FILES_REPLACED &&
           patch->file_list != PREREQ_FILE_LIST_COMPLETE;
}

static void mark_slots(const struct prereq_catalog *catalog, const struct prereq_cpatch *level,
                       bool *listed, bool value)
{
    for (uint32_t i = level->row_first; i < level->row_first + level->row_count; i++)
        listed[catalog->rows[i].slot] = value;
}

static void mark_products(const struct prereq_catalog *catalog, const bool *listed, bool *carries)
{
    for (size_t p = 0; p < catalog->patch_count; p++) {
        const struct prereq_cpatch *entry = &catalog->patches[p];

        for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++)
            carries[entry->product] |= listed[catalog->rows[i].slot];
    }
}

bool prereq_catalog_carries(struct prereq_arena *arena, struct prereq_catalog *catalog)
{
    bool *listed = PREREQ_NEW_ARRAY(arena, catalog->slot_count, bool);

    if (!listed)
        return false;
    for (size_t p = 0; p < catalog->patch_count; p++) {
        struct prereq_cpatch *level = &catalog->patches[p];
        bool *carries;

        if (!may_replace_more(level->patch))
            continue;
        carries = PREREQ_NEW_ARRAY(arena, catalog->product_count, bool);
        if (!carries)
            return false;
        mark_slots(catalog, level, listed, true);
        mark_products(catalog, listed, carries);
        mark_slots(catalog, level, listed, false);
        carries[level->product] = true;
        level->carries = carries;
    }
    return true;
}
