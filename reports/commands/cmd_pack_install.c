/* SPDX-License-Identifier: MIT */
/* cmd_pack_install.c - patchprereq catalog install: a verified pack in the place of the machine's
 * catalog, and back. */
#include <stdlib.h>
#include <string.h>

#include "catalog/pack_files.h"
#include "catalog/pack_place.h"
#include "commands/commands.h"
#include "program/messages.h"

/* The catalog.json of a folder; NULL in *info when there is no catalog. */
static enum prereq_status read_current(struct prereq_arena *arena, const char *folder,
                                       const struct prereq_catalog_info **info,
                                       struct prereq_error *err)
{
    const char *path = prereq_printf(arena, "%s/catalog.json", folder);
    const void *object = NULL;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    *info = NULL;
    if (!path)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the paths");
    if (!prereq_is_file(path))
        return PREREQ_OK;
    status = prereq_file_read(path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, err);
    if (status)
        return status;
    status =
        prereq_shape_read(arena, &prereq_catalog_info_document, bytes, len, &object, NULL, err);
    free(bytes);
    if (status)
        return prereq_fail_prefix(err, path);
    *info = object;
    return PREREQ_OK;
}

static enum prereq_status check_age(const struct options *options, const struct pack_place *place,
                                    const struct prereq_pack *pack, struct prereq_error *err)
{
    const struct prereq_catalog_info *current = NULL;
    enum prereq_status status = read_current(place->arena, place->now, &current, err);
    bool older = false;

    if (status || !current)
        return status;
    if (strcmp(current->id, pack->id) != 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s holds the catalog %s, and the pack is %s",
                           place->now, current->id, pack->id);
    if (option_given(options, OPTION_ALLOW_OLDER))
        return PREREQ_OK;
    status = prereq_pack_older(&(struct prereq_pack_age){pack->version, pack->released},
                               &(struct prereq_pack_age){current->version, current->released},
                               &older, err);
    if (status)
        return prereq_fail(err, status, "%s; --allow-older installs it all the same",
                           PREREQ_CLIP(err->text, 900));
    if (older)
        return prereq_fail(
            err, PREREQ_BAD_INPUT,
            "the pack (%s) is older than what is there (%s); --allow-older installs it "
            "all the same",
            pack->version, current->version);
    return PREREQ_OK;
}

static enum prereq_status install(const struct options *options, struct pack_place *place,
                                  struct prereq_error *err)
{
    const struct prereq_pack *pack = NULL;
    const char *key = NULL;
    enum prereq_status status = pack_open(options, options->operands[0], &pack, &key, err);

    if (!status)
        status = pack_place_open(options, place, err);
    if (!status)
        status = check_age(options, place, pack, err);
    if (status)
        return status;
    status = pack_unpack(place->arena, pack, place->unpack, err);
    if (status) {
        struct prereq_error ignored;

        (void)prereq_folder_remove(place->arena, place->unpack, &ignored);
        return status;
    }
    status = pack_place_put(place, err);
    if (!status)
        message_note("%s holds catalog %s %s now, signed by %s", place->now, pack->id,
                     pack->version, key);
    return status;
}

static enum prereq_status go_back(const struct options *options, struct pack_place *place,
                                  struct prereq_error *err)
{
    const struct prereq_catalog_info *info = NULL;
    enum prereq_status status = pack_place_open(options, place, err);

    if (!status)
        status = read_current(place->arena, place->before, &info, err);
    if (status)
        return status;
    if (!info)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: there is no catalog to go back to",
                           place->before);
    status = pack_place_go_back(place, err);
    if (!status)
        message_note("%s holds catalog %s %s again", place->now, info->id, info->version);
    return status;
}

enum outcome cmd_catalog_install(const struct options *options)
{
    bool back = option_given(options, OPTION_GO_BACK);
    struct pack_place place = {0};
    struct prereq_error err = {0};
    enum prereq_status status;

    if (back == (options->operand_count > 0))
        status = prereq_fail(&err, PREREQ_BAD_INPUT, "catalog install takes PACK or --previous");
    else
        status = back ? go_back(options, &place, &err) : install(options, &place, &err);
    pack_place_close(&place);
    if (status)
        message_error("%s", err.text);
    return outcome_of(status);
}
