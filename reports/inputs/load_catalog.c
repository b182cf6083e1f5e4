/* SPDX-License-Identifier: MIT */
/* load_catalog.c - catalog folders: which files, in which order, with which hash. */
#include <stdlib.h>
#include <string.h>

#include "inputs/catalog_files.h"
#include "inputs/load.h"
#include "inputs/trusted.h"
#include "program/messages.h"
#include "program/system.h"

/* Parts and findings while their number is not known. */
struct loader {
    const struct options *options;
    struct prereq_arena *arena;
    struct prereq_catalog_part *parts;
    size_t part_count, part_room;
    struct prereq_catalog_info *infos;
    const char **folders;
    size_t info_count; /* of both */
    struct prereq_lint_finding *unreadable;
    size_t unreadable_count, unreadable_room;
    bool pass_over;             /* a file with wrong content becomes a finding */
    struct prereq_sha256 *hash; /* of the folder being read */
    struct prereq_error *err;
};

static enum prereq_status no_memory(struct loader *loader)
{
    return prereq_fail(loader->err, PREREQ_NO_MEMORY, "no memory for the catalog");
}

/* The build tree's program takes the catalog of its source tree; an installed one the folder that
 * was installed with it, wherever that was moved to. */
const char *load_builtin_folder(struct prereq_arena *arena)
{
    const char *own = system_program_folder(arena);
    const char *beside;

#ifdef _WIN32
    /* Everything lies in one folder, which may be moved. */
    beside = own ? prereq_printf(arena, "%s\\catalog", own) : NULL;
    return beside ? beside : "catalog";
#else
    if (own && !strcmp(own, PREREQ_BUILD_FOLDER))
        return PREREQ_SOURCE_CATALOG;
    beside = own ? prereq_printf(arena, "%s/../share/patchprereq/catalog", own) : NULL;
    if (beside && prereq_is_folder(beside))
        return beside;
    return PREREQ_INSTALLED_CATALOG;
#endif
}

/* Room for one more in a list that doubles; the old list stays in the arena. */
static void *grow(struct prereq_arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    void *larger;

    if (count < *room)
        return list;
    *room = *room ? *room * 2 : 64;
    larger = prereq_alloc(arena, *room, size);
    if (larger && count)
        memcpy(larger, list, count * size);
    return larger;
}

static enum prereq_status add_finding(struct loader *loader, const char *code, const char *path,
                                      const char *text)
{
    struct prereq_lint_finding *finding;

    loader->unreadable = grow(loader->arena, loader->unreadable, loader->unreadable_count,
                              &loader->unreadable_room, sizeof(*loader->unreadable));
    if (!loader->unreadable)
        return no_memory(loader);
    finding = &loader->unreadable[loader->unreadable_count++];
    *finding = (struct prereq_lint_finding){code, path, "", text};
    return PREREQ_OK;
}

static enum prereq_status add_part(struct loader *loader, const char *path, bool overlay,
                                   const struct prereq_catalog_file *file)
{
    loader->parts = grow(loader->arena, loader->parts, loader->part_count, &loader->part_room,
                         sizeof(*loader->parts));
    if (!loader->parts)
        return no_memory(loader);
    loader->parts[loader->part_count++] = (struct prereq_catalog_part){path, file, overlay};
    return PREREQ_OK;
}

/* Read one file and count it into the folder's hash; *bytes is the caller's to free. */
static enum prereq_status read_file(struct loader *loader, const char *path, char **bytes,
                                    size_t *len)
{
    enum prereq_status status =
        trusted_read(loader->options, path, PREREQ_MAX_CATALOG_BYTES, bytes, len, loader->err);

    if (status == PREREQ_OK)
        prereq_sha256_add(loader->hash, *bytes, *len);
    return status;
}

static enum prereq_status load_file(struct loader *loader, const char *path, bool overlay)
{
    const struct prereq_catalog_file *file = NULL;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status = read_file(loader, path, &bytes, &len);

    if (status != PREREQ_OK)
        return status;
    status = prereq_catalog_file_read(loader->arena, bytes, len, &file, loader->err);
    free(bytes);
    if (status == PREREQ_BAD_INPUT && loader->pass_over) {
        const char *text = prereq_strdup(loader->arena, loader->err->text);

        return text ? add_finding(loader, "unreadable", path, text) : no_memory(loader);
    }
    if (status != PREREQ_OK)
        return prereq_fail_prefix(loader->err, path);
    return add_part(loader, path, overlay, file);
}

/* Files of one family; its folder `cases` holds tests and is no file. */
static enum prereq_status load_family(struct loader *loader, const char *folder, bool overlay)
{
    const char **names;
    size_t count;
    enum prereq_status status =
        trusted_list(loader->options, folder, loader->arena, &names, &count, loader->err);

    for (size_t i = 0; i < count && status == PREREQ_OK; i++) {
        const char *path = prereq_printf(loader->arena, "%s/%s", folder, names[i]);

        if (!path)
            status = no_memory(loader);
        else if (catalog_file_is_read(names[i]) && prereq_is_file(path))
            status = load_file(loader, path, overlay);
    }
    return status;
}

static enum prereq_status load_info(struct loader *loader, const char *folder,
                                    const struct prereq_catalog_info **info)
{
    const char *path = prereq_printf(loader->arena, "%s/catalog.json", folder);
    const void *object = NULL;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    if (!path)
        return no_memory(loader);
    if (!prereq_is_file(path))
        return prereq_fail(loader->err, PREREQ_BAD_INPUT, "%s: is no catalog: %s", folder,
                           prereq_is_folder(folder) ? "it has no catalog.json" : "no such folder");
    status = read_file(loader, path, &bytes, &len);
    if (status != PREREQ_OK)
        return status;
    status = prereq_shape_read(loader->arena, &prereq_catalog_info_document, bytes, len, &object,
                               NULL, loader->err);
    free(bytes);
    if (status != PREREQ_OK)
        return prereq_fail_prefix(loader->err, path);
    *info = object;
    return PREREQ_OK;
}

/* A file beside catalog.json would never be read; whoever put it there should know. */
static enum prereq_status load_families(struct loader *loader, const char *folder, bool overlay)
{
    const char **names;
    size_t count;
    enum prereq_status status =
        trusted_list(loader->options, folder, loader->arena, &names, &count, loader->err);

    for (size_t i = 0; i < count && status == PREREQ_OK; i++) {
        const char *path = prereq_printf(loader->arena, "%s/%s", folder, names[i]);

        if (!path)
            status = no_memory(loader);
        else if (names[i][0] != '.' && prereq_is_folder(path))
            status = load_family(loader, path, overlay);
        else if (catalog_file_is_read(names[i]) && strcmp(names[i], "catalog.json") != 0 &&
                 !strstr(names[i], ".schema.json"))
            status = prereq_fail(loader->err, PREREQ_BAD_INPUT,
                                 "%s: lies beside catalog.json; entries lie in a folder per family",
                                 path);
    }
    return status;
}

/* For lint a finding, else a note: what is not read is said, and stops nobody. */
static enum prereq_status tell_passed_over(struct loader *loader, const char *folder)
{
    const char *const *paths = NULL;
    size_t count = 0;
    enum prereq_status status =
        catalog_files_passed_over(loader->arena, folder, &paths, &count, loader->err);

    for (size_t i = 0; i < count && status == PREREQ_OK; i++) {
        if (loader->pass_over)
            status = add_finding(loader, "not_read", paths[i], catalog_files_why);
        else
            message_note("%s: %s", paths[i], catalog_files_why);
    }
    return status;
}

static enum prereq_status load_folder(struct loader *loader, const char *folder)
{
    const struct prereq_catalog_info *info = NULL;
    bool overlay = loader->info_count > 0;
    char *hex = PREREQ_NEW_ARRAY(loader->arena, 65, char);
    enum prereq_status status;

    loader->hash = prereq_sha256_new(loader->arena);
    if (!hex || !loader->hash)
        return no_memory(loader);
    status = load_info(loader, folder, &info);
    if (status == PREREQ_OK)
        status = load_families(loader, folder, overlay);
    if (status == PREREQ_OK)
        status = tell_passed_over(loader, folder);
    if (status != PREREQ_OK || !info)
        return status;
    prereq_sha256_end(loader->hash, hex);
    loader->folders[loader->info_count] = folder;
    loader->infos[loader->info_count] = *info;
    loader->infos[loader->info_count++].sha256 = hex;
    return PREREQ_OK;
}

static enum prereq_status load_folders(struct loader *loader, const char *const *folders,
                                       size_t count)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; i < count && status == PREREQ_OK; i++)
        status = load_folder(loader, folders[i]);
    return status;
}

enum prereq_status load_all_parts(const struct options *options, const char *const *more,
                                  size_t more_count, struct load_parts *parts,
                                  size_t *first_of_more, struct prereq_error *err)
{
    const struct option_values *added = &options->values[OPTION_CATALOG];
    struct loader loader = {
        .options = options, .arena = options->arena, .err = err, .pass_over = first_of_more};
    const char *builtin = load_builtin_folder(options->arena);
    enum prereq_status status = PREREQ_OK;

    loader.infos =
        PREREQ_NEW_ARRAY(options->arena, 1 + added->count + more_count, struct prereq_catalog_info);
    loader.folders = PREREQ_NEW_ARRAY(options->arena, 1 + added->count + more_count, const char *);
    if (!loader.infos || !loader.folders || !builtin)
        return no_memory(&loader);
    if (option_given(options, OPTION_NO_BUILTIN) && !added->count && !more_count)
        return prereq_fail(err, PREREQ_BAD_INPUT, "--no-builtin leaves no catalog: give --catalog");
    if (!option_given(options, OPTION_NO_BUILTIN))
        status = load_folder(&loader, builtin);
    if (status == PREREQ_OK)
        status = load_folders(&loader, added->text, added->count);
    if (first_of_more)
        *first_of_more = loader.part_count;
    if (status == PREREQ_OK)
        status = load_folders(&loader, more, more_count);
    if (status != PREREQ_OK)
        return status;
    *parts = (struct load_parts){.parts = loader.parts,
                                 .part_count = loader.part_count,
                                 .infos = loader.infos,
                                 .folders = loader.folders,
                                 .info_count = loader.info_count,
                                 .unreadable = loader.unreadable,
                                 .unreadable_count = loader.unreadable_count};
    return PREREQ_OK;
}

enum prereq_status load_parts(const struct options *options, struct load_parts *parts,
                              struct prereq_error *err)
{
    return load_all_parts(options, NULL, 0, parts, NULL, err);
}

enum prereq_status load_catalog(const struct options *options,
                                const struct prereq_catalog **catalog, struct prereq_error *err)
{
    struct load_parts parts = {0};
    enum prereq_status status = load_parts(options, &parts, err);
    const char *const *replaced;
    size_t count;

    if (status != PREREQ_OK)
        return status;
    status = prereq_catalog_compile(options->arena, parts.parts, parts.part_count, parts.infos,
                                    parts.info_count, catalog, err);
    if (status != PREREQ_OK)
        return status;
    replaced = prereq_catalog_overrides(*catalog, &count);
    for (size_t i = 0; i < count; i++)
        message_note("%s of the catalog is replaced by --catalog", replaced[i]);
    return PREREQ_OK;
}
