/* SPDX-License-Identifier: MIT */
/* lint_gather.c - which entry stands for an id, as the compiler puts parts together; without
 * stopping. */
#include "lint/lint.h"

/* An overlay replaces what an earlier part says; within one file, and without being one, an id that
 * stands twice is a mistake. */
static bool replaces(const struct prereq_catalog_part *part, const char *earlier_part)
{
    return part->overlay && earlier_part != part->name;
}

static void add_patch(struct prereq_lint *lint, const struct prereq_catalog_part *part,
                      const struct prereq_patch *patch)
{
    struct prereq_lint_entry made = {.patch = patch, .part = part->name};
    uint32_t found = prereq_lint_find(lint, patch->id);

    if (found != PREREQ_NONE && replaces(part, lint->entries[found].part)) {
        lint->entries[found] = made;
        return;
    }
    if (found != PREREQ_NONE) {
        made.doubled = true;
        prereq_lint_look_at(lint, &made);
        prereq_lint_add(lint, PREREQ_LINT_DUPLICATE_ID, PREREQ_LINT_AT(NULL, "id"),
                        prereq_printf(lint->arena, "%s stands in %s",
                                      lint->entries[found].patch->id, lint->entries[found].part));
    } else if (!prereq_index_add(lint->arena, &lint->id_index, patch->id,
                                 (uint32_t)lint->entry_count)) {
        lint->no_memory = true;
        return;
    }
    lint->entries[lint->entry_count++] = made;
}

static void add_product(struct prereq_lint *lint, const struct prereq_catalog_part *part,
                        const struct prereq_product *product)
{
    struct prereq_lint_product made = {product, part->name};
    uint32_t found = prereq_index_find(&lint->product_index, product->id, NULL);

    if (found != PREREQ_NONE && replaces(part, lint->products[found].part)) {
        lint->products[found] = made;
        return;
    }
    if (found != PREREQ_NONE) {
        lint->part = part->name;
        lint->subject = prereq_printf(lint->arena, "product %s", product->id);
        if (lint->subject)
            prereq_lint_add(lint, PREREQ_LINT_DUPLICATE_ID, PREREQ_LINT_AT(NULL, "id"),
                            prereq_printf(lint->arena, "%s stands in %s",
                                          lint->products[found].product->id,
                                          lint->products[found].part));
        lint->no_memory |= !lint->subject;
    } else if (!prereq_index_add(lint->arena, &lint->product_index, product->id,
                                 (uint32_t)lint->product_count)) {
        lint->no_memory = true;
        return;
    }
    lint->products[lint->product_count++] = made;
}

static bool make_room(struct prereq_lint *lint, const struct prereq_catalog_part *parts,
                      size_t part_count)
{
    size_t patches = 0, products = 0;

    for (size_t i = 0; i < part_count; i++) {
        patches += parts[i].file->patch_count;
        products += parts[i].file->product_count;
    }
    lint->entries = PREREQ_NEW_ARRAY(lint->arena, patches, struct prereq_lint_entry);
    lint->products = PREREQ_NEW_ARRAY(lint->arena, products, struct prereq_lint_product);
    lint->stack = PREREQ_NEW_ARRAY(lint->arena, patches, uint32_t);
    lint->marks = PREREQ_NEW_ARRAY(lint->arena, patches, uint32_t);
    return lint->entries && lint->products && lint->stack && lint->marks &&
           prereq_index_init(lint->arena, &lint->id_index, patches * 2) &&
           prereq_index_init(lint->arena, &lint->product_index, products);
}

static bool is_reserved(const char *id)
{
    static const char *const goals[] = {"host", "repair", "selection"};

    for (size_t i = 0; i < PREREQ_COUNT(goals); i++) {
        if (prereq_equal_nocase(goals[i], id))
            return true;
    }
    return false;
}

/* Before aliases are in the index.  One alias may stand in several entries: a bulletin has several
 * packages. */
static void check_names(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    const struct prereq_patch *patch = entry->patch;

    prereq_lint_look_at(lint, entry);
    if (is_reserved(patch->id))
        prereq_lint_add(lint, PREREQ_LINT_RESERVED_ID, PREREQ_LINT_AT(NULL, "id"), patch->id);
    for (size_t i = 0; i < patch->alias_count; i++) {
        const struct prereq_lint_place *place = PREREQ_LINT_ITEM(NULL, "aliases", i);
        uint32_t other = prereq_lint_find(lint, patch->aliases[i]);

        if (is_reserved(patch->aliases[i]))
            prereq_lint_add(lint, PREREQ_LINT_RESERVED_ID, place, patch->aliases[i]);
        if (other != PREREQ_NONE)
            prereq_lint_add(lint, PREREQ_LINT_ALIAS_IS_ID, place,
                            prereq_printf(lint->arena, "%s in %s", patch->aliases[i],
                                          lint->entries[other].part));
    }
}

static void index_aliases(struct prereq_lint *lint, uint32_t number)
{
    const struct prereq_patch *patch = lint->entries[number].patch;

    for (size_t i = 0; i < patch->alias_count; i++)
        lint->no_memory |=
            !prereq_index_add(lint->arena, &lint->id_index, patch->aliases[i], number);
}

static void resolve_entry(struct prereq_lint *lint, struct prereq_lint_entry *entry)
{
    const struct prereq_patch *patch = entry->patch;
    uint32_t *earlier = PREREQ_NEW_ARRAY(lint->arena, patch->supersedes_count, uint32_t);
    uint32_t product = prereq_index_find(&lint->product_index, patch->product, NULL);

    entry->product = product == PREREQ_NONE ? NULL : lint->products[product].product;
    lint->no_memory |= !earlier;
    for (size_t i = 0; earlier && i < patch->supersedes_count; i++) {
        uint32_t found = prereq_lint_find(lint, patch->supersedes[i]);

        if (found != PREREQ_NONE)
            earlier[entry->earlier_count++] = found;
    }
    entry->earlier = earlier;
}

void prereq_lint_gather(struct prereq_lint *lint, const struct prereq_catalog_part *parts,
                        size_t part_count)
{
    if (!make_room(lint, parts, part_count)) {
        lint->no_memory = true;
        return;
    }
    for (size_t i = 0; i < part_count && !lint->no_memory; i++) {
        for (size_t k = 0; k < parts[i].file->product_count; k++)
            add_product(lint, &parts[i], &parts[i].file->products[k]);
        for (size_t k = 0; k < parts[i].file->patch_count; k++)
            add_patch(lint, &parts[i], &parts[i].file->patches[k]);
    }
    for (size_t i = 0; i < lint->entry_count && !lint->no_memory; i++)
        check_names(lint, &lint->entries[i]);
    for (uint32_t i = 0; i < lint->entry_count && !lint->no_memory; i++)
        index_aliases(lint, i);
    for (size_t i = 0; i < lint->entry_count && !lint->no_memory; i++)
        resolve_entry(lint, &lint->entries[i]);
}
