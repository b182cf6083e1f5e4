/* SPDX-License-Identifier: MIT */
/* catalog_compile.c - catalog files into one compiled catalog: ids, supersedence, rules, slots. */
#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

struct compile {
    struct prereq_arena *arena;
    struct prereq_catalog *catalog;
    struct prereq_error *err;
};

static enum prereq_status no_memory(struct compile *c)
{
    return prereq_fail(c->err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
}

static bool add_number(struct compile *c, uint32_t number)
{
    struct prereq_catalog *catalog = c->catalog;
    void *numbers = catalog->numbers;

    if (!prereq_grow(c->arena, &numbers, catalog->number_count, &catalog->number_capacity,
                     sizeof(*catalog->numbers)))
        return false;
    catalog->numbers = numbers;
    catalog->numbers[catalog->number_count++] = number;
    return true;
}

/* Slots with a fixed number come first. */
static bool add_fixed_slots(struct compile *c)
{
    struct prereq_catalog *catalog = c->catalog;

    catalog->slot_capacity = (size_t)PREREQ_SLOT_FIXED * 2;
    catalog->slots = PREREQ_NEW_ARRAY(c->arena, catalog->slot_capacity, struct prereq_slot);
    if (!catalog->slots)
        return false;
    for (int i = 0; i < PREREQ_SLOT_FIXED; i++)
        catalog->slots[i].kind = (enum prereq_slot_kind)i;
    catalog->slot_count = PREREQ_SLOT_FIXED;
    return true;
}

/* ---- gathering: which entry stands for an id ---- */

static int compare_patches(const void *left, const void *right)
{
    const struct prereq_cpatch *a = left, *b = right;

    return strcmp(a->patch->id, b->patch->id);
}

static enum prereq_status add_override(struct compile *c, const char *id)
{
    void *overrides = (void *)c->catalog->overrides;
    size_t capacity = c->catalog->override_count;

    /* Few: a list that grows by one is enough. */
    if (!prereq_grow(c->arena, &overrides, c->catalog->override_count, &capacity, sizeof(char *)))
        return no_memory(c);
    c->catalog->overrides = overrides;
    c->catalog->overrides[c->catalog->override_count++] = id;
    return PREREQ_OK;
}

static enum prereq_status gather_patch(struct compile *c, const struct prereq_catalog_part *part,
                                       const struct prereq_patch *patch)
{
    struct prereq_catalog *catalog = c->catalog;
    uint32_t found = prereq_index_find(&catalog->id_index, patch->id, NULL);
    struct prereq_cpatch made = {.patch = patch, .part = part->name};

    if (found != PREREQ_NONE && part->overlay) {
        catalog->patches[found] = made;
        return add_override(c, patch->id);
    }
    if (found != PREREQ_NONE)
        return prereq_fail(c->err, PREREQ_BAD_INPUT, "%s: the id %s stands already in %s",
                           part->name, patch->id, catalog->patches[found].part);
    if (!prereq_index_add(c->arena, &catalog->id_index, patch->id, (uint32_t)catalog->patch_count))
        return no_memory(c);
    catalog->patches[catalog->patch_count++] = made;
    return PREREQ_OK;
}

static enum prereq_status gather_product(struct compile *c, const struct prereq_catalog_part *part,
                                         const struct prereq_product *product)
{
    struct prereq_catalog *catalog = c->catalog;
    uint32_t found = prereq_index_find(&catalog->product_index, product->id, NULL);

    if (found != PREREQ_NONE && part->overlay) {
        catalog->products[found].product = product;
        return add_override(c, product->id);
    }
    if (found != PREREQ_NONE)
        return prereq_fail(c->err, PREREQ_BAD_INPUT, "%s: the product %s stands twice", part->name,
                           product->id);
    if (!prereq_index_add(c->arena, &catalog->product_index, product->id,
                          (uint32_t)catalog->product_count))
        return no_memory(c);
    catalog->products[catalog->product_count++] = (struct prereq_cproduct){product, PREREQ_NONE};
    return PREREQ_OK;
}

static enum prereq_status gather_part(struct compile *c, const struct prereq_catalog_part *part)
{
    const struct prereq_catalog_file *file =
        prereq_shape_in_order(c->arena, prereq_catalog_document.shape, part->file);
    enum prereq_status status = file ? PREREQ_OK : no_memory(c);

    for (size_t i = 0; !status && i < file->product_count; i++)
        status = gather_product(c, part, &file->products[i]);
    for (size_t i = 0; !status && i < file->patch_count; i++)
        status = gather_patch(c, part, &file->patches[i]);
    return status ? status : prereq_catalog_gather_lines(c->arena, c->catalog, part, c->err);
}

static enum prereq_status gather(struct compile *c, const struct prereq_catalog_part *parts,
                                 size_t part_count)
{
    struct prereq_catalog *catalog = c->catalog;
    size_t patches = 0, products = 0;
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; i < part_count; i++) {
        patches += parts[i].file->patch_count;
        products += parts[i].file->product_count;
    }
    catalog->patches = PREREQ_NEW_ARRAY(c->arena, patches, struct prereq_cpatch);
    catalog->products = PREREQ_NEW_ARRAY(c->arena, products, struct prereq_cproduct);
    if (!catalog->patches || !catalog->products ||
        !prereq_index_init(c->arena, &catalog->id_index, patches) ||
        !prereq_index_init(c->arena, &catalog->product_index, products))
        return no_memory(c);
    for (size_t i = 0; !status && i < part_count; i++)
        status = gather_part(c, &parts[i]);
    return status;
}

/* Sort by id and index ids, then aliases; an alias never hides an id, the first of two aliases
 * wins. */
static enum prereq_status index_ids(struct compile *c)
{
    struct prereq_catalog *catalog = c->catalog;

    if (catalog->patch_count > 1)
        qsort(catalog->patches, catalog->patch_count, sizeof(*catalog->patches), compare_patches);
    if (!prereq_index_init(c->arena, &catalog->id_index, catalog->patch_count * 2) ||
        !prereq_index_init(c->arena, &catalog->record_index, catalog->patch_count * 2) ||
        !prereq_index_init(c->arena, &catalog->slot_index, catalog->patch_count * 4))
        return no_memory(c);
    for (size_t i = 0; i < catalog->patch_count; i++) {
        if (!prereq_index_add(c->arena, &catalog->id_index, catalog->patches[i].patch->id,
                              (uint32_t)i))
            return no_memory(c);
    }
    for (size_t i = 0; i < catalog->patch_count; i++) {
        const struct prereq_patch *patch = catalog->patches[i].patch;

        for (size_t k = 0; k < patch->alias_count; k++) {
            if (!prereq_index_add(c->arena, &catalog->id_index, patch->aliases[k], (uint32_t)i))
                return no_memory(c);
        }
    }
    return PREREQ_OK;
}

static bool add_record_ids(struct compile *c, uint32_t number, const char *const *ids, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!prereq_index_add(c->arena, &c->catalog->record_index, ids[i], number))
            return false;
    }
    return true;
}

static enum prereq_status index_records(struct compile *c)
{
    for (uint32_t i = 0; i < c->catalog->patch_count; i++) {
        const struct prereq_patch *patch = c->catalog->patches[i].patch;
        bool ok;

        if (patch->record_id_count > 0)
            ok = add_record_ids(c, i, patch->record_ids, patch->record_id_count);
        else
            ok = add_record_ids(c, i, &patch->id, 1) &&
                 add_record_ids(c, i, patch->aliases, patch->alias_count);
        if (!ok)
            return no_memory(c);
    }
    return PREREQ_OK;
}

/* ---- one patch ---- */

static enum prereq_status compile_rows(struct compile *c, struct prereq_cpatch *patch)
{
    struct prereq_catalog *catalog = c->catalog;

    patch->row_first = (uint32_t)catalog->row_count;
    patch->row_count = (uint32_t)patch->patch->file_count;
    for (size_t i = 0; i < patch->patch->file_count; i++) {
        const struct prereq_file_row *row = &patch->patch->files[i];
        struct prereq_crow made = {row, 0, PREREQ_NONE};
        void *rows = catalog->rows;
        enum prereq_status status;

        made.slot = prereq_slot_add(c->arena, catalog, PREREQ_SLOT_FILE, row->path, NULL, 0);
        if (made.slot == PREREQ_NONE ||
            !prereq_grow(c->arena, &rows, catalog->row_count, &catalog->row_capacity, sizeof(made)))
            return no_memory(c);
        catalog->rows = rows;
        status = prereq_rule_compile(c->arena, catalog, row->when, &made.when, c->err);
        if (status)
            return status;
        if (prereq_version_compare(row->version, catalog->slots[made.slot].highest) > 0)
            catalog->slots[made.slot].highest = row->version;
        catalog->rows[catalog->row_count++] = made;
    }
    return PREREQ_OK;
}

/* Kinds of rules that concern only the moment of installing. */
static bool rule_is_momentary(const struct prereq_rule *rule)
{
    if (rule->free_space || rule->nothing_pending || rule->calendar || rule->servicing_stack)
        return true;
    return rule->setting && (rule->setting->kind == PREREQ_SETTING_LICENSE ||
                             rule->setting->kind == PREREQ_SETTING_EXTERNAL);
}

static bool group_is_before(const struct prereq_group *group)
{
    if (group->holds)
        return group->holds == PREREQ_HOLDS_BEFORE;
    for (size_t i = 0; i < group->any_of_count; i++) {
        if (!group->any_of[i].rule || !rule_is_momentary(group->any_of[i].rule))
            return false;
    }
    return group->any_of_count > 0;
}

static enum prereq_status dangling(struct compile *c, const struct prereq_cpatch *patch,
                                   const char *member, const char *id)
{
    char why[400];

    prereq_catalog_why_none(c->catalog, id, why, sizeof(why));
    return prereq_fail(c->err, PREREQ_BAD_INPUT, "%s: %s: %s names \"%s\", which %s", patch->part,
                       patch->patch->id, member, id, why);
}

static enum prereq_status compile_alternative(struct compile *c, const struct prereq_cpatch *patch,
                                              const struct prereq_alternative *alt)
{
    struct prereq_catalog *catalog = c->catalog;
    struct prereq_calt made = {alt, PREREQ_NONE, PREREQ_NONE};
    void *items = catalog->alternatives;
    enum prereq_status status;

    if (!alt->patch == !alt->rule)
        return prereq_fail(c->err, PREREQ_BAD_INPUT,
                           "%s: %s: an alternative names exactly one of patch and rule",
                           patch->part, patch->patch->id);
    if (alt->patch) {
        size_t found = prereq_catalog_find(catalog, alt->patch);

        if (found == SIZE_MAX)
            return dangling(c, patch, "a prerequisite", alt->patch);
        made.patch = (uint32_t)found;
    }
    status = prereq_rule_compile(c->arena, catalog, alt->rule, &made.rule, c->err);
    if (status)
        return status;
    if (!prereq_grow(c->arena, &items, catalog->alternative_count, &catalog->alternative_capacity,
                     sizeof(made)))
        return no_memory(c);
    catalog->alternatives = items;
    catalog->alternatives[catalog->alternative_count++] = made;
    return PREREQ_OK;
}

static enum prereq_status compile_groups(struct compile *c, struct prereq_cpatch *patch)
{
    struct prereq_catalog *catalog = c->catalog;
    enum prereq_status status = PREREQ_OK;

    patch->group_first = (uint32_t)catalog->group_count;
    patch->group_count = (uint32_t)patch->patch->prerequisite_count;
    for (size_t i = 0; !status && i < patch->patch->prerequisite_count; i++) {
        const struct prereq_group *group = &patch->patch->prerequisites[i];
        struct prereq_cgroup made = {group, (uint32_t)catalog->alternative_count,
                                     (uint32_t)group->any_of_count, PREREQ_NONE,
                                     group_is_before(group)};
        void *items = catalog->groups;

        status = prereq_rule_compile(c->arena, catalog, group->when, &made.when, c->err);
        for (size_t k = 0; !status && k < group->any_of_count; k++)
            status = compile_alternative(c, patch, &group->any_of[k]);
        if (!status && !prereq_grow(c->arena, &items, catalog->group_count,
                                    &catalog->group_capacity, sizeof(made)))
            status = no_memory(c);
        if (status)
            return status;
        catalog->groups = items;
        catalog->groups[catalog->group_count++] = made;
    }
    return status;
}

static enum prereq_status compile_void(struct compile *c, const struct prereq_cpatch *patch,
                                       const struct prereq_invalidation *source)
{
    struct prereq_catalog *catalog = c->catalog;
    struct prereq_cvoid made = {source, PREREQ_NONE, PREREQ_NONE, PREREQ_NONE};
    void *items = catalog->voids;
    enum prereq_status status;

    if (!!source->feature + !!source->patch + !!source->product != 1)
        return prereq_fail(c->err, PREREQ_BAD_INPUT,
                           "%s: %s: voidedBy names exactly one of feature, patch and product",
                           patch->part, patch->patch->id);
    if (source->feature)
        made.feature =
            prereq_slot_add(c->arena, catalog, PREREQ_SLOT_FEATURE, source->feature, NULL, 0);
    if (source->patch) {
        size_t found = prereq_catalog_find(catalog, source->patch);

        if (found == SIZE_MAX)
            return dangling(c, patch, "voidedBy", source->patch);
        made.patch = (uint32_t)found;
    }
    status = prereq_rule_compile(c->arena, catalog, source->unless, &made.unless, c->err);
    if (status)
        return status;
    if (!prereq_grow(c->arena, &items, catalog->void_count, &catalog->void_capacity, sizeof(made)))
        return no_memory(c);
    catalog->voids = items;
    catalog->voids[catalog->void_count++] = made;
    return PREREQ_OK;
}

static enum prereq_status compile_voids(struct compile *c, struct prereq_cpatch *patch)
{
    enum prereq_status status = PREREQ_OK;

    patch->void_first = (uint32_t)c->catalog->void_count;
    patch->void_count = (uint32_t)patch->patch->voided_by_count;
    for (size_t i = 0; !status && i < patch->patch->voided_by_count; i++)
        status = compile_void(c, patch, &patch->patch->voided_by[i]);
    return status;
}

/* `when` nodes of cautions and restart cases, as runs of numbers. */
static enum prereq_status compile_whens(struct compile *c, struct prereq_cpatch *patch)
{
    const struct prereq_patch *p = patch->patch;
    uint32_t *nodes =
        PREREQ_NEW_ARRAY(c->arena, p->caution_count + p->restart_when_count, uint32_t);
    enum prereq_status status = PREREQ_OK;
    size_t count = 0;

    if (!nodes)
        return no_memory(c);
    for (size_t i = 0; !status && i < p->caution_count; i++)
        status =
            prereq_rule_compile(c->arena, c->catalog, p->cautions[i].when, &nodes[count++], c->err);
    for (size_t i = 0; !status && i < p->restart_when_count; i++)
        status = prereq_rule_compile(c->arena, c->catalog, p->restart_when[i].when, &nodes[count++],
                                     c->err);
    if (status)
        return status;
    patch->caution_first = (uint32_t)c->catalog->number_count;
    patch->restart_when_first = (uint32_t)(c->catalog->number_count + p->caution_count);
    for (size_t i = 0; i < count; i++) {
        if (!add_number(c, nodes[i]))
            return no_memory(c);
    }
    return PREREQ_OK;
}

/* Slots of what CBS packages and MSI patches record, and of what remedies set. */
static enum prereq_status add_record_slots(struct compile *c, const struct prereq_patch *patch)
{
    for (size_t i = 0; i < patch->package_count; i++) {
        if (prereq_slot_add(c->arena, c->catalog, PREREQ_SLOT_PACKAGE, patch->packages[i], NULL,
                            0) == PREREQ_NONE)
            return no_memory(c);
    }
    for (size_t i = 0; i < patch->msi_patch_count; i++) {
        if (prereq_slot_add(c->arena, c->catalog, PREREQ_SLOT_MSI_PATCH, patch->msi_patches[i],
                            NULL, 0) == PREREQ_NONE)
            return no_memory(c);
    }
    return PREREQ_OK;
}

static enum prereq_status compile_patch(struct compile *c, struct prereq_cpatch *patch)
{
    const struct prereq_patch *p = patch->patch;
    enum prereq_status status;

    patch->product = prereq_index_find(&c->catalog->product_index, p->product, NULL);
    if (patch->product == PREREQ_NONE)
        return prereq_fail(c->err, PREREQ_BAD_INPUT, "%s: %s: product names \"%s\", which is none",
                           patch->part, p->id, p->product);
    status = prereq_rule_compile(c->arena, c->catalog, p->applies, &patch->applies, c->err);
    if (!status)
        status = prereq_rule_compile(c->arena, c->catalog, p->marker, &patch->marker, c->err);
    if (!status)
        status = compile_rows(c, patch);
    if (!status)
        status = compile_groups(c, patch);
    if (!status)
        status = compile_voids(c, patch);
    if (!status)
        status = compile_whens(c, patch);
    if (!status)
        status = add_record_slots(c, p);
    return status == PREREQ_BAD_INPUT && c->err && !strstr(c->err->text, p->id)
               ? prereq_fail_prefix(c->err, p->id)
               : status;
}

static enum prereq_status compile_entries(struct compile *c)
{
    struct prereq_catalog *catalog = c->catalog;
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < catalog->product_count; i++)
        status = prereq_rule_compile(c->arena, catalog, catalog->products[i].product->applies,
                                     &catalog->products[i].applies, c->err);
    for (size_t i = 0; !status && i < catalog->patch_count; i++)
        status = compile_patch(c, &catalog->patches[i]);
    return status;
}

enum prereq_status prereq_catalog_compile(struct prereq_arena *arena,
                                          const struct prereq_catalog_part *parts,
                                          size_t part_count,
                                          const struct prereq_catalog_info *infos,
                                          size_t info_count, const struct prereq_catalog **catalog,
                                          struct prereq_error *err)
{
    struct prereq_catalog *made = PREREQ_NEW(arena, struct prereq_catalog);
    struct compile c = {arena, made, err};
    enum prereq_status status;

    if (!made || !add_fixed_slots(&c))
        return prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
    made->infos = infos;
    made->info_count = info_count;
    status = gather(&c, parts, part_count);
    if (!status)
        status = index_ids(&c);
    if (!status)
        status = index_records(&c);
    if (!status)
        status = compile_entries(&c);
    if (!status)
        status = prereq_catalog_link(arena, made, err);
    if (!status && !prereq_catalog_carries(arena, made))
        status = prereq_fail(err, PREREQ_NO_MEMORY, "the catalog is larger than the memory for it");
    if (!status)
        status = prereq_catalog_compile_lines(arena, made, err);
    if (!status)
        status = prereq_catalog_collect(arena, made, err);
    if (!status)
        *catalog = made;
    return status;
}
