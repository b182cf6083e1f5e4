/* SPDX-License-Identifier: MIT */
/* looks.c - several looks that make one fact, and the products that come from them. */
#include "collect/looks.h"

#include <string.h>

#include "collect/pe.h"

bool prereq_looks_refused(struct prereq_looks *looks, enum prereq_look look,
                          const struct prereq_refusal *why)
{
    if (look != PREREQ_LOOK_STALE && look != PREREQ_LOOK_UNAVAILABLE)
        return false;
    if (!looks->refused)
        looks->why = *why;
    looks->refused = true;
    return true;
}

static bool seen(struct prereq_looks *looks, enum prereq_look look,
                 const struct prereq_refusal *why)
{
    (void)prereq_looks_refused(looks, look, why);
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

const char *prereq_looks_text(struct prereq_looks *looks, const char *key, enum prereq_view view,
                              const char *name)
{
    struct prereq_refusal why = {0};
    const char *text = NULL;
    enum prereq_look look = prereq_read_text(looks->gather, key, view, name, &text, &why);

    return seen(looks, look, &why) && text && *text ? text : NULL;
}

bool prereq_looks_number(struct prereq_looks *looks, const char *key, enum prereq_view view,
                         const char *name, uint64_t *number)
{
    struct prereq_refusal why = {0};

    return seen(looks, prereq_read_number(looks->gather, key, view, name, number, &why), &why);
}

bool prereq_looks_version(struct prereq_looks *looks, const char *key, enum prereq_view view,
                          const char *name, struct prereq_version *version)
{
    const char *text = prereq_looks_text(looks, key, view, name);

    if (text && (*text == 'v' || *text == 'V'))
        text++;
    return text && prereq_version_parse(text, version);
}

bool prereq_looks_key(struct prereq_looks *looks, const char *key, enum prereq_view view)
{
    struct prereq_refusal why = {0};

    return seen(looks, prereq_read_key(looks->gather, key, view, &why), &why);
}

struct prereq_names prereq_looks_keys(struct prereq_looks *looks, const char *key,
                                      enum prereq_view view)
{
    struct prereq_refusal why = {0};
    struct prereq_names names = {NULL, 0};

    (void)seen(looks, prereq_read_key_names(looks->gather, key, view, &names, &why), &why);
    return names;
}

struct prereq_names prereq_looks_values(struct prereq_looks *looks, const char *key,
                                        enum prereq_view view)
{
    struct prereq_refusal why = {0};
    struct prereq_names names = {NULL, 0};

    (void)seen(looks, prereq_read_value_names(looks->gather, key, view, &names, &why), &why);
    return names;
}

struct prereq_names prereq_looks_texts(struct prereq_looks *looks, const char *key,
                                       enum prereq_view view, const char *name)
{
    struct prereq_refusal why = {0};
    struct prereq_names none = {NULL, 0};
    struct prereq_reg_value value;

    if (!seen(looks, prereq_read_value(looks->gather, key, view, name, &value, &why), &why))
        return none;
    return prereq_value_texts(looks->gather, &value);
}

const unsigned char *prereq_looks_bytes(struct prereq_looks *looks, const char *path, size_t limit,
                                        size_t *len)
{
    struct prereq_source *source = looks->gather->source;
    struct prereq_refusal why = {0};
    struct prereq_file file = {0};
    unsigned char *bytes = NULL;
    enum prereq_look look;

    if (!seen(looks,
              prereq_gather_look(looks->gather, source->ops->file_open(source, path, &file, &why),
                                 &why),
              &why) ||
        file.is_folder)
        return NULL;
    if (file.size > limit) {
        prereq_refuse(&why, "error", NULL, "%s is too long.", path);
        look = PREREQ_LOOK_UNAVAILABLE;
    } else {
        bytes = prereq_alloc_unset(looks->gather->arena, (size_t)file.size + 1);
        looks->gather->no_memory = looks->gather->no_memory || !bytes;
        look = bytes ? source->ops->file_read(source, file.handle, 0, bytes, (size_t)file.size, len,
                                              &why)
                     : PREREQ_LOOK_ABSENT;
    }
    source->ops->file_close(source, file.handle);
    return seen(looks, prereq_gather_look(looks->gather, look, &why), &why) && bytes ? bytes : NULL;
}

struct file_of { /* prereq_pe_read()'s way to a file of the source */
    struct prereq_source *source;
    struct prereq_handle *handle;
    struct prereq_refusal why;
};

static bool read_part(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    struct file_of *file = context;
    enum prereq_look look = file->source->ops->file_read(file->source, file->handle, offset, bytes,
                                                         len, got, &file->why);

    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

bool prereq_looks_file(struct prereq_looks *looks, const char *path, struct prereq_version *version)
{
    struct file_of at = {.source = looks->gather->source};
    struct prereq_file file = {0};
    struct prereq_pe_input input = {.read = read_part, .context = &at};
    struct prereq_pe pe;
    const char *damage = NULL;
    enum prereq_pe_answer answer;
    enum prereq_look look = prereq_gather_look(
        looks->gather, at.source->ops->file_open(at.source, path, &file, &at.why), &at.why);

    if (!seen(looks, look, &at.why) || file.is_folder)
        return false;
    at.handle = file.handle;
    input.size = file.size;
    answer = prereq_pe_read(&input, &pe, &damage);
    at.source->ops->file_close(at.source, file.handle);
    if (answer == PREREQ_PE_DAMAGED)
        prereq_refuse(&at.why, "bad_version", NULL, "%s: %s", path, damage);
    if (answer == PREREQ_PE_DAMAGED || answer == PREREQ_PE_UNREADABLE)
        (void)prereq_looks_refused(looks, PREREQ_LOOK_UNAVAILABLE, &at.why);
    if (answer == PREREQ_PE_VERSION)
        *version = pe.version;
    return answer == PREREQ_PE_VERSION;
}

const char *prereq_looks_path(struct prereq_gather *gather, const char *path)
{
    char *copy;
    size_t len;

    path += *path == '"';
    len = strcspn(path, "\"");
    while (len > 0 && path[len - 1] == '\\')
        len--;
    copy = prereq_strndup(gather->arena, path, len);
    if (!copy) {
        gather->no_memory = true;
        return "";
    }
    return prereq_path_with_variable(gather, copy);
}

/* ---- products ---- */

void prereq_product_add(const struct prereq_looks *looks, const struct prereq_instance *found)
{
    struct prereq_instance *instance = PREREQ_GATHER_ADD(looks->gather, instances);

    *instance = *found;
    if (!looks->refused)
        return;
    *instance = (struct prereq_instance){.product = found->product, .name = found->name};
    PREREQ_GATHER_STATUS(looks->gather, instance, PREREQ_LOOK_UNAVAILABLE, &looks->why);
}

void prereq_product_end(const struct prereq_looks *looks, const char *product, bool found)
{
    struct prereq_instance none = {.product = product, .status = PREREQ_FACT_ABSENT};

    if (!found)
        prereq_product_add(looks, &none);
    prereq_gather_cover(looks->gather, PREREQ_LIST_INSTANCES,
                        looks->refused ? PREREQ_LIST_UNAVAILABLE : PREREQ_LIST_COMPLETE, product,
                        looks->refused ? &looks->why : NULL);
}

static bool same_target(const char *a, const char *b)
{
    return a && b ? prereq_equal_nocase(a, b) : a == b;
}

void prereq_product_record(struct prereq_gather *gather, const char *id, const char *target,
                           struct prereq_time installed_on)
{
    struct prereq_update_record *record;
    struct prereq_update_fact *update;

    for (size_t i = 0; !gather->no_memory && i < gather->updates.count; i++) {
        const struct prereq_update_fact *other = &gather->updates.items[i];

        if (other->source_count == 1 && other->sources[0].source == PREREQ_SOURCE_MSI &&
            prereq_equal_nocase(other->id, id) && same_target(other->target, target))
            return;
    }
    record = PREREQ_NEW(gather->arena, struct prereq_update_record);
    if (!record) {
        gather->no_memory = true;
        return;
    }
    record->source = PREREQ_SOURCE_MSI;
    record->installed_on = installed_on;
    update = PREREQ_GATHER_ADD(gather, updates);
    update->id = id;
    update->target = target;
    update->sources = record;
    update->source_count = 1;
}

bool prereq_view_is_there(const struct prereq_gather *gather, int view)
{
    return view == PREREQ_VIEW_64 || (view == PREREQ_VIEW_32 && gather->source->has_32_bit_view);
}

bool prereq_msi_products_known(const struct prereq_gather *gather, struct prereq_refusal *why)
{
    for (size_t i = 0; !gather->no_memory && i < gather->coverage.count; i++) {
        const struct prereq_coverage *coverage = &gather->coverage.items[i];

        if (coverage->list != PREREQ_LIST_MSI_PRODUCTS)
            continue;
        if (coverage->state != PREREQ_LIST_UNAVAILABLE)
            return true;
        prereq_refuse(why, coverage->code, NULL, "%s", coverage->text ? coverage->text : "");
        return false;
    }
    prereq_refuse(why, "error", NULL, "The Windows Installer products were not read.");
    return false;
}
