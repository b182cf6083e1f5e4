/* SPDX-License-Identifier: MIT */
/* facts.c - reading facts documents, and what their shape alone cannot check. */
#include "documents/facts.h"

#include <stdlib.h>
#include <string.h>

/* Two items that speak of the same thing would let the order of a list decide a verdict.  The keys
 * of one list are sorted, so that large lists cost n log n. */
struct key {
    const char *a, *b, *c;
    size_t index;
};

static uint64_t hash_of(const struct key *key)
{
    const char *texts[] = {key->a, key->b, key->c};
    uint64_t hash = 1;

    for (size_t i = 0; i < PREREQ_COUNT(texts); i++)
        hash = hash * 31 + (texts[i] ? prereq_hash_nocase(texts[i]) : 0);
    return hash | 1; /* 0 is a free place */
}

/* What checking one list after the other needs, as large as the longest. */
struct desk {
    struct key *keys;
    uint64_t *seen; /* numbers of keys, in places found by the number; 0: free */
};

/* Two keys with one number, or more clashes of places than chance explains.  For lists without
 * twins, which are nearly all, this is all there is to do. */
static bool may_have_twins(const struct desk *desk, size_t count)
{
    size_t clashes = 0, room = 16;

    while (room < count * 2)
        room *= 2;
    memset(desk->seen, 0, room * sizeof(*desk->seen));
    for (size_t i = 0; i < count && clashes <= 64 + 8 * count; i++) {
        uint64_t hash = hash_of(&desk->keys[i]);
        size_t at = (size_t)(hash >> 7) & (room - 1);

        for (; desk->seen[at] && desk->seen[at] != hash; at = (at + 1) & (room - 1))
            clashes++;
        if (desk->seen[at])
            return true;
        desk->seen[at] = hash;
    }
    return clashes > 64 + 8 * count;
}

static int compare_text(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return prereq_compare_nocase(a, b);
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = compare_text(a->a, b->a);

    if (order == 0)
        order = compare_text(a->b, b->b);
    if (order == 0)
        order = compare_text(a->c, b->c);
    if (order == 0)
        order = a->index < b->index ? -1 : a->index > b->index;
    return order;
}

static enum prereq_status check_unique(const char *list, const struct desk *desk, size_t count,
                                       struct prereq_error *err)
{
    struct key *keys = desk->keys;

    if (!may_have_twins(desk, count))
        return PREREQ_OK;
    qsort(keys, count, sizeof(*keys), compare_keys);
    for (size_t i = 1; i < count; i++) {
        const struct key *a = &keys[i - 1], *b = &keys[i];

        if (!compare_text(a->a, b->a) && !compare_text(a->b, b->b) && !compare_text(a->c, b->c))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/%s/%zu: speaks of the same thing as /%s/%zu: \"%s\"", list,
                               b->index, list, a->index, PREREQ_CLIP(b->a ? b->a : "", 200));
    }
    return PREREQ_OK;
}

/* Fill keys from a list and check them; A, B, C are expressions over `item`. */
#define UNIQUE(list, items, n, A, B, C)                                                            \
    do {                                                                                           \
        for (size_t i_ = 0; i_ < (n); i_++) {                                                      \
            desk.keys[i_] = (struct key){(items)[i_].A, B, C, i_};                                 \
        }                                                                                          \
        status = check_unique(list, &desk, n, err);                                                \
        if (status)                                                                                \
            goto done;                                                                             \
    } while (0)

static size_t longest_list(const struct prereq_facts *f)
{
    size_t counts[] = {f->file_count,        f->registry_count, f->service_count,  f->feature_count,
                       f->update_count,      f->package_count,  f->instance_count, f->setting_count,
                       f->msi_product_count, f->msi_patch_count};
    size_t longest = 0;

    for (size_t i = 0; i < PREREQ_COUNT(counts); i++)
        longest = counts[i] > longest ? counts[i] : longest;
    return longest;
}

static enum prereq_status check_lists(const struct prereq_facts *f, struct prereq_error *err)
{
    size_t longest = longest_list(f);
    struct desk desk = {NULL, NULL};
    enum prereq_status status = PREREQ_OK;

    desk.keys = malloc((longest + 1) * sizeof(*desk.keys));
    desk.seen = malloc((longest * 4 + 16) * sizeof(*desk.seen)); /* as many as are used, or more */
    if (!desk.keys || !desk.seen) {
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory to check the lists of the facts");
        goto done;
    }
    UNIQUE("files", f->files, f->file_count, path, NULL, NULL);
    UNIQUE("registry", f->registry, f->registry_count, key, f->registry[i_].name,
           f->registry[i_].view == PREREQ_VIEW_32 ? "32" : "64");
    UNIQUE("services", f->services, f->service_count, name, NULL, NULL);
    UNIQUE("features", f->features, f->feature_count, name, NULL, NULL);
    UNIQUE("updates", f->updates, f->update_count, id, f->updates[i_].target, NULL);
    UNIQUE("packages", f->packages, f->package_count, identity, NULL, NULL);
    UNIQUE("instances", f->instances, f->instance_count, product,
           f->instances[i_].name && *f->instances[i_].name ? f->instances[i_].name : NULL, NULL);
    UNIQUE("settings", f->settings, f->setting_count, name,
           prereq_enum_name(prereq_setting_kind_names, f->settings[i_].kind), NULL);
    UNIQUE("msiProducts", f->msi_products, f->msi_product_count, product_code, NULL, NULL);
    UNIQUE("msiPatches", f->msi_patches, f->msi_patch_count, patch_code,
           f->msi_patches[i_].product_code, NULL);
done:
    free(desk.keys);
    free(desk.seen);
    return status;
}

/* Of each role but data there is one volume. */
static enum prereq_status check_volumes(const struct prereq_facts *facts, struct prereq_error *err)
{
    unsigned seen = 0;

    for (size_t i = 0; i < facts->volume_count; i++) {
        unsigned bit = 1U << facts->volumes[i].role;

        if (seen & bit && facts->volumes[i].role != PREREQ_VOLUME_DATA)
            return prereq_fail(err, PREREQ_BAD_INPUT, "/volumes/%zu: this role stands twice", i);
        seen |= bit;
    }
    return PREREQ_OK;
}

static bool same_product(const struct prereq_coverage *a, const struct prereq_coverage *b)
{
    if (!a->product || !b->product)
        return a->product == b->product;
    return prereq_equal_nocase(a->product, b->product);
}

/* A list cannot be complete and unavailable at once. */
static enum prereq_status check_coverage(const struct prereq_facts *facts, struct prereq_error *err)
{
    for (size_t i = 0; i < facts->coverage_count; i++) {
        for (size_t k = 0; k < i && k < 1000; k++) {
            if (facts->coverage[k].list == facts->coverage[i].list &&
                same_product(&facts->coverage[k], &facts->coverage[i]))
                return prereq_fail(err, PREREQ_BAD_INPUT,
                                   "/coverage/%zu: speaks of the same list as /coverage/%zu", i, k);
        }
    }
    return PREREQ_OK;
}

static enum prereq_status check_sources(const struct prereq_facts *facts, struct prereq_error *err)
{
    unsigned seen = 0;

    for (size_t i = 0; i < facts->update_count; i++) {
        if (facts->updates[i].source_count == 0)
            return prereq_fail(err, PREREQ_BAD_INPUT, "/updates/%zu: names no source", i);
    }
    for (size_t i = 0; i < facts->pending_restart_count; i++) {
        unsigned bit = 1U << facts->pending_restarts[i].source;

        if (!facts->pending_restarts[i].source)
            continue; /* a word of a newer version */
        if (seen & bit)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/pendingRestarts/%zu: this source stands twice", i);
        seen |= bit;
    }
    return PREREQ_OK;
}

enum prereq_status prereq_facts_read(struct prereq_arena *arena, const char *json, size_t len,
                                     const struct prereq_facts **facts, size_t *ignored,
                                     struct prereq_error *err)
{
    const void *object;
    size_t passed_over = 0;
    enum prereq_status status;

    status =
        prereq_shape_read(arena, &prereq_facts_document, json, len, &object, &passed_over, err);
    if (!status)
        status = check_lists(object, err);
    if (!status)
        status = check_sources(object, err);
    if (!status)
        status = check_volumes(object, err);
    if (!status)
        status = check_coverage(object, err);
    if (status)
        return status;
    *facts = object;
    if (ignored)
        *ignored = passed_over;
    return PREREQ_OK;
}

void prereq_facts_write(const struct prereq_facts *facts, enum prereq_json_style style,
                        struct prereq_buffer *out)
{
    prereq_shape_write(prereq_facts_document.shape, facts, style, out);
}
