/* SPDX-License-Identifier: MIT */
/* catalog_search.c - entries by what people have in hand: a number, a file, an error code, a
 * product.
 *
 * What fails with an error code leads to its cause: the prerequisite that says so is shown. */
#include "catalog/catalog_search.h"
#include "catalog/catalog_releases.h"

#include <stdio.h>
#include <string.h>

#include "program/messages.h"

struct hit {
    char where[96];   /* which member matched */
    const char *text; /* what it says */
    const char *why;  /* of a prerequisite */
};

/* What is looked for, in each way that it is written: KB281402 and Q281402 are one article. */
struct wanted {
    char spelt[2][16];
    size_t count;
    const char *part; /* as it was typed */
};

static struct wanted wanted_of(const char *part)
{
    struct wanted wanted = {.part = part};
    const char *number = prereq_starts_nocase(part, "KB")  ? part + 2
                         : prereq_starts_nocase(part, "Q") ? part + 1
                                                           : NULL;

    if (!number || strlen(number) < 5 || strlen(number) > 8 ||
        strspn(number, "0123456789") != strlen(number))
        return wanted;
    wanted.count = 2;
    (void)snprintf(wanted.spelt[0], sizeof(wanted.spelt[0]), "KB%s", number);
    (void)snprintf(wanted.spelt[1], sizeof(wanted.spelt[1]), "Q%s", number);
    return wanted;
}

static bool contains(const char *text, const char *part)
{
    for (; text && *text; text++) {
        if (prereq_starts_nocase(text, part))
            return true;
    }
    return false;
}

static bool fits(const char *text, const void *data)
{
    const struct wanted *wanted = data;
    bool found = contains(text, wanted->part);

    for (size_t i = 0; i < wanted->count && !found; i++)
        found = contains(text, wanted->spelt[i]);
    return found;
}

static bool in_texts(const char *const *texts, size_t count, const struct wanted *wanted,
                     const char *where, struct hit *hit)
{
    for (size_t i = 0; i < count; i++) {
        if (!fits(texts[i], wanted))
            continue;
        (void)snprintf(hit->where, sizeof(hit->where), "%s", where);
        hit->text = texts[i];
        return true;
    }
    return false;
}

static bool in_text(const char *text, const struct wanted *wanted, const char *where,
                    struct hit *hit)
{
    return in_texts(&text, 1, wanted, where, hit);
}

static bool in_groups(const struct prereq_patch *patch, const struct wanted *wanted,
                      struct hit *hit)
{
    for (size_t i = 0; i < patch->prerequisite_count; i++) {
        const struct prereq_group *group = &patch->prerequisites[i];

        if (in_texts(group->errors, group->error_count, wanted, "fails with", hit) ||
            in_text(group->why, wanted, "needs", hit)) {
            hit->why = group->why;
            return true;
        }
    }
    return false;
}

static bool in_files(const struct prereq_patch *patch, const struct wanted *wanted, struct hit *hit)
{
    for (size_t i = 0; i < patch->file_count; i++) {
        if (in_text(patch->files[i].path, wanted, "file", hit))
            return true;
    }
    return false;
}

static bool in_sides(const struct prereq_patch *patch, const struct wanted *wanted, struct hit *hit)
{
    for (size_t i = 0; i < patch->caution_count; i++) {
        if (in_text(patch->cautions[i].text, wanted, "caution", hit))
            return true;
    }
    for (size_t i = 0; i < patch->voided_by_count; i++) {
        if (in_text(patch->voided_by[i].why, wanted, "voided", hit))
            return true;
    }
    for (size_t i = 0; i < patch->source_count; i++) {
        if (in_text(patch->sources[i].title, wanted, "source", hit))
            return true;
    }
    return false;
}

/* Whatever else the entry says: commands, packages, remedies, registry values, notes. */
static bool anywhere(const struct prereq_patch *patch, const struct wanted *wanted, struct hit *hit)
{
    hit->text = prereq_shape_find_text(&prereq_patch_shape, patch, fits, wanted, hit->where,
                                       sizeof(hit->where));
    return hit->text != NULL;
}

static bool matches(const struct prereq_catalog *catalog, size_t index, const struct wanted *wanted,
                    struct hit *hit)
{
    const struct prereq_patch *patch = prereq_catalog_patch(catalog, index);
    const struct prereq_product *product = prereq_catalog_product_of(catalog, index);

    hit->why = NULL;
    return in_text(patch->id, wanted, "id", hit) ||
           in_texts(patch->aliases, patch->alias_count, wanted, "alias", hit) ||
           in_texts(patch->record_ids, patch->record_id_count, wanted, "recorded as", hit) ||
           in_texts(patch->cves, patch->cve_count, wanted, "CVE", hit) ||
           in_text(patch->title, wanted, "title", hit) ||
           in_text(product->id, wanted, "product", hit) ||
           in_text(product->title, wanted, "product", hit) || in_groups(patch, wanted, hit) ||
           in_files(patch, wanted, hit) || in_sides(patch, wanted, hit) ||
           anywhere(patch, wanted, hit);
}

static void add_text(const struct prereq_patch *patch, const struct hit *hit,
                     struct prereq_buffer *out)
{
    catalog_line_text(patch, out);
    if (strcmp(hit->where, "id") == 0 || strcmp(hit->where, "title") == 0)
        return;
    prereq_buffer_addf(out, "    %s: ", hit->where);
    printable_add(out, hit->text);
    prereq_buffer_add(out, "\n");
    if (!hit->why || hit->why == hit->text)
        return;
    prereq_buffer_add(out, "    because: ");
    printable_add(out, hit->why);
    prereq_buffer_add(out, "\n");
}

static void add_json(const struct prereq_patch *patch, const struct hit *hit, bool first,
                     struct prereq_buffer *out)
{
    prereq_buffer_add(out, first ? "  {\"id\": " : ",\n  {\"id\": ");
    prereq_json_quote(out, patch->id);
    prereq_buffer_add(out, ", \"title\": ");
    prereq_json_quote(out, patch->title);
    prereq_buffer_add(out, ", \"where\": ");
    prereq_json_quote(out, hit->where);
    prereq_buffer_add(out, ", \"text\": ");
    prereq_json_quote(out, hit->text);
    if (hit->why) {
        prereq_buffer_add(out, ", \"why\": ");
        prereq_json_quote(out, hit->why);
    }
    prereq_buffer_add(out, "}");
}

size_t catalog_search(const struct prereq_catalog *catalog, const char *part,
                      enum catalog_search_form form, struct prereq_buffer *out)
{
    const struct wanted wanted = wanted_of(part);
    size_t found = 0;

    prereq_buffer_add(out, form == CATALOG_SEARCH_JSON ? "{\"matches\": [\n" : "");
    for (size_t i = 0; i < prereq_catalog_patch_count(catalog); i++) {
        const struct prereq_patch *patch = prereq_catalog_patch(catalog, i);
        struct hit hit;

        if (!matches(catalog, i, &wanted, &hit))
            continue;
        if (form == CATALOG_SEARCH_JSON)
            add_json(patch, &hit, found == 0, out);
        else if (form == CATALOG_SEARCH_IDS)
            prereq_buffer_addf(out, "%s\n", patch->id);
        else
            add_text(patch, &hit, out);
        found++;
    }
    if (form == CATALOG_SEARCH_JSON)
        found += catalog_releases_search_json(catalog, part, found, out);
    else if (form == CATALOG_SEARCH_IDS)
        found += catalog_releases_search_ids(catalog, part, out);
    else
        found += catalog_releases_search_text(catalog, part, out);
    prereq_buffer_add(out, form == CATALOG_SEARCH_JSON ? "\n]}\n" : "");
    return found;
}
