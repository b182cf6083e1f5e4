/* SPDX-License-Identifier: MIT */
/* pack_files.c - packs on the disk. */
#include "catalog/pack_files.h"

#include "inputs/catalog_files.h"

#include <stdlib.h>
#include <string.h>

#include "inputs/machine_places.h"
#include "inputs/trusted.h"

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the pack");
}

/* A whole file in the arena. */
static enum prereq_status read_into(struct prereq_arena *arena, const char *path, size_t limit,
                                    const char **bytes, size_t *len, struct prereq_error *err)
{
    char *read = NULL, *kept;
    enum prereq_status status;

    if (!prereq_is_file(path))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: there is no such file", path);
    status = prereq_file_read(path, limit, &read, len, err);
    if (status)
        return status;
    kept = prereq_alloc(arena, *len + 1, 1);
    if (kept)
        memcpy(kept, read, *len);
    free(read);
    *bytes = kept;
    return kept ? PREREQ_OK : no_memory(err);
}

/* ---- content ---- */

/* The files have to be a catalog that can be judged with. */
static enum prereq_status check_content(struct prereq_arena *arena, const struct prereq_pack *pack,
                                        struct prereq_error *err)
{
    struct prereq_catalog_part *parts =
        PREREQ_NEW_ARRAY(arena, pack->file_count, struct prereq_catalog_part);
    const struct prereq_catalog *catalog = NULL;
    enum prereq_status status = PREREQ_OK;
    size_t count = 0;

    if (!parts)
        return no_memory(err);
    for (size_t i = 1; !status && i < pack->file_count; i++) {
        parts[count].name = pack->files[i].path;
        status =
            prereq_catalog_file_read(arena, pack->files[i].bytes, (size_t)pack->files[i].size.value,
                                     &parts[count].file, err);
        if (status)
            (void)prereq_fail_prefix(err, pack->files[i].path);
        count++;
    }
    return status ? status : prereq_catalog_compile(arena, parts, count, NULL, 0, &catalog, err);
}

static enum prereq_status read_info(struct prereq_arena *arena, const struct prereq_pack_file *file,
                                    const struct prereq_catalog_info **info,
                                    struct prereq_error *err)
{
    const void *object = NULL;
    enum prereq_status status = prereq_shape_read(arena, &prereq_catalog_info_document, file->bytes,
                                                  (size_t)file->size.value, &object, NULL, err);

    if (status)
        return prereq_fail_prefix(err, file->path);
    *info = object;
    return PREREQ_OK;
}

/* ---- from a folder ---- */

struct collect {
    struct prereq_arena *arena;
    struct prereq_pack *pack;
    size_t room;
    struct prereq_error *err;
};

static enum prereq_status add_file(struct collect *c, const char *folder, const char *path)
{
    const char *full = prereq_printf(c->arena, "%s/%s", folder, path);
    struct prereq_pack_file *file;
    size_t len = 0;

    if (c->pack->file_count == c->room) {
        struct prereq_pack_file *more =
            PREREQ_NEW_ARRAY(c->arena, c->room * 2 + 16, struct prereq_pack_file);

        if (!more)
            return no_memory(c->err);
        if (c->pack->file_count > 0)
            memcpy(more, c->pack->files, c->pack->file_count * sizeof(*more));
        c->pack->files = more;
        c->room = c->room * 2 + 16;
    }
    file = &c->pack->files[c->pack->file_count++];
    file->path = path;
    if (!full || !path)
        return no_memory(c->err);
    if (read_into(c->arena, full, PREREQ_MAX_CATALOG_BYTES, &file->bytes, &len, c->err))
        return c->err->status;
    file->size = (struct prereq_number){len, true};
    return PREREQ_OK;
}

static enum prereq_status add_family(struct collect *c, const char *folder, const char *family)
{
    const char *inner = prereq_printf(c->arena, "%s/%s", folder, family);
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status;

    if (!inner)
        return no_memory(c->err);
    if (family[0] == '.' || !prereq_is_folder(inner))
        return PREREQ_OK;
    status = prereq_folder_list(c->arena, inner, &names, &count, c->err);
    for (size_t i = 0; !status && i < count; i++) {
        if (catalog_file_is_read(names[i]))
            status = add_file(c, folder, prereq_printf(c->arena, "%s/%s", family, names[i]));
    }
    return status;
}

/* What is not in the pack will be missed by nobody who reads it, so whoever makes it has to know.
 */
static enum prereq_status refuse_passed_over(struct collect *c, const char *folder)
{
    const char *const *paths = NULL;
    size_t count = 0;
    enum prereq_status status = catalog_files_passed_over(c->arena, folder, &paths, &count, c->err);

    if (!status && count > 0)
        return prereq_fail(c->err, PREREQ_BAD_INPUT, "%s: %s", paths[0], catalog_files_why);
    return status;
}

enum prereq_status pack_collect(struct prereq_arena *arena, const char *folder,
                                struct prereq_pack **pack, struct prereq_error *err)
{
    struct collect c = {arena, PREREQ_NEW(arena, struct prereq_pack), 0, err};
    const struct prereq_catalog_info *info = NULL;
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status;

    if (!c.pack)
        return no_memory(err);
    status = add_file(&c, folder, "catalog.json");
    if (!status)
        status = read_info(arena, &c.pack->files[0], &info, err);
    if (!status)
        status = prereq_folder_list(arena, folder, &names, &count, err);
    for (size_t i = 0; !status && i < count; i++)
        status = add_family(&c, folder, names[i]);
    if (!status)
        status = refuse_passed_over(&c, folder);
    if (!status)
        status = check_content(arena, c.pack, err);
    if (status || !info)
        return status;
    c.pack->id = info->id;
    c.pack->version = info->version;
    c.pack->released = info->released;
    *pack = c.pack;
    return PREREQ_OK;
}

/* ---- from a pack ---- */

struct signed_bytes {
    const char *bytes;
    size_t len;
    const char *signature;
};

static enum prereq_status try_key(struct prereq_arena *arena, const char *path,
                                  const struct signed_bytes *what, bool *holds,
                                  struct prereq_error *err)
{
    const char *key = NULL;
    size_t len = 0;
    enum prereq_status status = read_into(arena, path, 4096, &key, &len, err);

    if (!status)
        *holds = prereq_signature_holds(key, what->signature, what->bytes, what->len);
    return status;
}

/* A key of the machine's folder, which is believed because others cannot write there. */
static enum prereq_status try_machine_key(const struct options *options, const char *path,
                                          const struct signed_bytes *what, bool *holds,
                                          struct prereq_error *err)
{
    char *key = NULL;
    size_t len = 0;
    enum prereq_status status = trusted_read(options, path, 4096, &key, &len, err);

    if (!status)
        *holds = prereq_signature_holds(key, what->signature, what->bytes, what->len);
    free(key);
    return status;
}

static enum prereq_status find_key(const struct options *options, const struct signed_bytes *what,
                                   const char **key, struct prereq_error *err)
{
    const char *given = option_text(options, OPTION_KEY);
    struct prereq_places machine = {0};
    const char **names = NULL;
    size_t count = 0;
    bool holds = false;
    enum prereq_status status = machine_places(options->arena, &machine, err);

    if (status)
        return status;
    if (given) {
        status = try_key(options->arena, given, what, &holds, err);
        *key = given;
    } else if (prereq_is_folder(machine.keys)) {
        status = trusted_list(options, machine.keys, options->arena, &names, &count, err);
    }
    for (size_t i = 0; !status && !holds && i < count; i++) {
        size_t len = strlen(names[i]);

        if (len < 5 || strcmp(names[i] + len - 4, ".pub") != 0)
            continue;
        *key = prereq_printf(options->arena, "%s/%s", machine.keys, names[i]);
        status = *key ? try_machine_key(options, *key, what, &holds, err) : no_memory(err);
    }
    if (status || holds)
        return status;
    return prereq_fail(err, PREREQ_BAD_INPUT, "its signature is of no trusted key (%s%s)",
                       given ? given : machine.keys, given ? "" : "/*.pub");
}

static enum prereq_status check_info(struct prereq_arena *arena, const struct prereq_pack *pack,
                                     struct prereq_error *err)
{
    const struct prereq_catalog_info *info = NULL;
    enum prereq_status status = read_info(arena, &pack->files[0], &info, err);

    if (status)
        return status;
    if (strcmp(info->id, pack->id) != 0 || strcmp(info->version, pack->version) != 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "the manifest says %s %s and catalog.json %s %s",
                           pack->id, pack->version, info->id, info->version);
    return check_content(arena, pack, err);
}

enum prereq_status pack_open(const struct options *options, const char *path,
                             const struct prereq_pack **pack, const char **key,
                             struct prereq_error *err)
{
    const char *sig = prereq_printf(options->arena, "%s.sig", path);
    struct signed_bytes what = {NULL, 0, NULL};
    size_t len = 0;
    enum prereq_status status;

    if (!sig)
        return no_memory(err);
    status = read_into(options->arena, path, PREREQ_MAX_PACK_BYTES, &what.bytes, &what.len, err);
    if (!status)
        status = read_into(options->arena, sig, 4096, &what.signature, &len, err);
    if (status)
        return status;
    /* Nothing of a pack is looked at before its signature is known to be good. */
    status = find_key(options, &what, key, err);
    if (!status)
        status = prereq_pack_read(options->arena, what.bytes, what.len, pack, err);
    if (!status)
        status = check_info(options->arena, *pack, err);
    return status == PREREQ_BAD_INPUT ? prereq_fail_prefix(err, path) : status;
}

/* ---- to a folder ---- */

static enum prereq_status write_file(struct prereq_arena *arena,
                                     const struct prereq_pack_file *file, const char *folder,
                                     struct prereq_error *err)
{
    const char *slash = strchr(file->path, '/');
    const char *path = prereq_printf(arena, "%s/%s", folder, file->path);
    const char *family =
        slash ? prereq_printf(arena, "%s/%.*s", folder, (int)(slash - file->path), file->path)
              : folder;
    struct prereq_output *output = NULL;
    enum prereq_status status;

    if (!path || !family)
        return no_memory(err);
    status = prereq_folder_make(family, err);
    if (!status)
        status = prereq_output_open(path, &output, err);
    if (!status)
        status = prereq_output_write(output, file->bytes, (size_t)file->size.value, err);
    if (status) {
        prereq_output_discard(output);
        return status;
    }
    return prereq_output_commit(output, err);
}

enum prereq_status pack_unpack(struct prereq_arena *arena, const struct prereq_pack *pack,
                               const char *folder, struct prereq_error *err)
{
    enum prereq_status status = prereq_folder_make(folder, err);

    for (size_t i = 0; !status && i < pack->file_count; i++)
        status = write_file(arena, &pack->files[i], folder, err);
    return status;
}
