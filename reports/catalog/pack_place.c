/* SPDX-License-Identifier: MIT */
/* pack_place.c - catalogs exchanged so that none is lost, whenever the program is ended. */
#include "catalog/pack_place.h"

#include <string.h>

#include "inputs/machine_places.h"
#include "program/messages.h"

#define LOCK_SECONDS 60

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the paths");
}

/* DIR/ is DIR: the others stand beside it, not in it. */
static const char *without_end(struct prereq_arena *arena, const char *path)
{
    size_t len = strlen(path);

    while (len > 1 && (path[len - 1] == '/' || path[len - 1] == '\\'))
        len--;
    return prereq_strndup(arena, path, len);
}

static enum prereq_status find(const struct options *options, struct pack_place *place,
                               const char **lock, struct prereq_error *err)
{
    const char *folder = option_text(options, OPTION_OUTPUT);
    struct prereq_arena *arena = options->arena;
    struct prereq_places machine = {0};
    enum prereq_status status = machine_places(arena, &machine, err);

    if (status)
        return status;
    *place = (struct pack_place){.arena = arena};
    place->now = without_end(arena, folder ? folder : machine.catalog);
    if (!place->now)
        return no_memory(err);
    place->before = prereq_printf(arena, "%s.previous", place->now);
    place->unpack = prereq_printf(arena, "%s.unpack", place->now);
    place->fresh = prereq_printf(arena, "%s.new", place->now);
    place->aside = prereq_printf(arena, "%s.aside", place->now);
    *lock = prereq_printf(arena, "%s.lock", place->now);
    if (!place->before || !place->unpack || !place->fresh || !place->aside || !*lock)
        return no_memory(err);
    return PREREQ_OK;
}

/* ---- what may be replaced ---- */

static enum prereq_status refuse(const char *path, const char *name, struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "%s holds %s, which this program did not install there; nothing is changed. "
                       "Move it away, or name another folder",
                       path, name);
}

/* `within` is the name of a folder of the catalog, or NULL for the catalog itself. */
static enum prereq_status check_level(struct prereq_arena *arena, const char *folder,
                                      const char *within, struct prereq_error *err);

static enum prereq_status check_name(struct prereq_arena *arena, const char *folder,
                                     const char *within, const char *name, struct prereq_error *err)
{
    const char *path = prereq_printf(arena, "%s/%s", folder, name);
    const char *packed = within ? prereq_printf(arena, "%s/%s", within, name) : name;

    if (!path || !packed)
        return no_memory(err);
    if (!prereq_is_link(path)) {
        if (prereq_is_folder(path) && !within)
            return check_level(arena, path, name, err);
        if (prereq_is_file(path) &&
            (prereq_pack_path_is_fine(packed) || prereq_output_is_temporary(name)))
            return PREREQ_OK;
    }
    return refuse(folder, name, err);
}

static enum prereq_status check_level(struct prereq_arena *arena, const char *folder,
                                      const char *within, struct prereq_error *err)
{
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status = prereq_folder_list(arena, folder, &names, &count, err);

    for (size_t i = 0; !status && i < count; i++)
        status = check_name(arena, folder, within, names[i], err);
    return status;
}

/* A folder that is replaced is taken away later: it holds the files of a catalog and no other, or
 * nothing.  A link goes as a link. */
static enum prereq_status check_folder(struct prereq_arena *arena, const char *folder, bool whole,
                                       struct prereq_error *err)
{
    const char *info = prereq_printf(arena, "%s/catalog.json", folder);
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status;

    if (!info)
        return no_memory(err);
    if (prereq_is_link(folder) || !prereq_is_there(folder))
        return PREREQ_OK;
    if (!prereq_is_folder(folder))
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s is there and is no folder", folder);
    status = prereq_folder_list(arena, folder, &names, &count, err);
    if (status || !count)
        return status;
    if (whole && !prereq_is_file(info))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "%s is not empty and holds no catalog (%s); nothing is changed", folder,
                           names[0]);
    return check_level(arena, folder, NULL, err);
}

static enum prereq_status check(const struct pack_place *place, struct prereq_error *err)
{
    const char *const folders[] = {place->now, place->before, place->fresh, place->aside,
                                   place->unpack};
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < PREREQ_COUNT(folders); i++)
        status = check_folder(place->arena, folders[i], folders[i] != place->unpack, err);
    return status;
}

/* ---- exchanging ---- */

/* Only DIR.unpack is ever in pieces. */
static enum prereq_status drop(const struct pack_place *place, const char *folder,
                               struct prereq_error *err)
{
    enum prereq_status status = prereq_folder_remove(place->arena, place->unpack, err);

    if (!status)
        status = prereq_folder_rename(folder, place->unpack, err);
    if (!status)
        status = prereq_folder_remove(place->arena, place->unpack, err);
    return status;
}

/* The catalog is there: a next one was not put in its place, and what stands aside either lost its
 * name to nobody yet, or is older than DIR.previous. */
static enum prereq_status recover_beside(const struct pack_place *place, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    if (prereq_is_there(place->fresh))
        status = drop(place, place->fresh, err);
    if (!status && prereq_is_there(place->aside))
        status = prereq_is_there(place->before)
                     ? drop(place, place->aside, err)
                     : prereq_folder_rename(place->aside, place->before, err);
    return status;
}

/* The catalog is not there, and it may be that it never was.  A next one is whole and was to be it.
 * Without one, what stands aside was the catalog when going back was begun. */
static enum prereq_status recover_missing(const struct pack_place *place, struct prereq_error *err)
{
    const char *found = NULL;
    enum prereq_status status;

    if (prereq_is_there(place->fresh))
        found = place->fresh;
    else if (prereq_is_there(place->aside))
        found = place->aside;
    if (!found)
        return PREREQ_OK;
    status = prereq_folder_rename(found, place->now, err);
    if (!status)
        message_note("%s was left without a catalog by a program that was ended; it has one again",
                     place->now);
    return status;
}

static enum prereq_status recover(const struct pack_place *place, struct prereq_error *err)
{
    enum prereq_status status = prereq_folder_remove(place->arena, place->unpack, err);

    if (!status && !prereq_is_there(place->now))
        status = recover_missing(place, err);
    if (!status && prereq_is_there(place->now))
        status = recover_beside(place, err);
    return status;
}

enum prereq_status pack_place_open(const struct options *options, struct pack_place *place,
                                   struct prereq_error *err)
{
    const char *lock = NULL;
    enum prereq_status status = find(options, place, &lock, err);

    if (!status)
        status = prereq_lock_take(lock, LOCK_SECONDS, &place->lock, err);
    if (!status)
        status = check(place, err);
    if (!status)
        status = recover(place, err);
    return status;
}

const char *pack_place_unfinished(struct prereq_arena *arena, const char *folder)
{
    static const char *const endings[] = {".new", ".aside"};
    const char *found = NULL;

    for (size_t i = 0; !found && i < PREREQ_COUNT(endings) && !prereq_is_there(folder); i++) {
        const char *path = prereq_printf(arena, "%s%s", folder, endings[i]);

        if (!path || prereq_is_there(path))
            found = path ? path : folder; /* what cannot be told is not taken as done */
    }
    return found;
}

void pack_place_close(struct pack_place *place)
{
    prereq_lock_remove(place->lock);
    place->lock = NULL;
}

/* An empty folder, or a link to one, has no catalog to keep. */
static bool has_catalog(const struct pack_place *place, const char *folder)
{
    const char *info = prereq_printf(place->arena, "%s/catalog.json", folder);

    return !info || prereq_is_file(info);
}

static enum prereq_status make_room(const struct pack_place *place, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    if (!prereq_is_there(place->now))
        return PREREQ_OK;
    if (!has_catalog(place, place->now))
        return drop(place, place->now, err);
    if (prereq_is_there(place->before))
        status = prereq_folder_rename(place->before, place->aside, err);
    return status ? status : prereq_folder_rename(place->now, place->before, err);
}

enum prereq_status pack_place_put(const struct pack_place *place, struct prereq_error *err)
{
    struct prereq_error ignored;
    enum prereq_status status = prereq_folder_rename(place->unpack, place->fresh, err);

    if (!status)
        status = make_room(place, err);
    if (!status)
        status = prereq_folder_rename(place->fresh, place->now, err);
    if (status) {
        if (!prereq_is_there(place->now) && prereq_is_there(place->before))
            (void)prereq_folder_rename(place->before, place->now, &ignored);
        (void)recover(place, &ignored); /* else the next one does it */
        return status;
    }
    /* The new one is in its place, whatever becomes of what stands aside. */
    if (prereq_is_there(place->aside))
        (void)drop(place, place->aside, &ignored);
    return PREREQ_OK;
}

enum prereq_status pack_place_go_back(const struct pack_place *place, struct prereq_error *err)
{
    bool has_one = prereq_is_there(place->now);
    struct prereq_error ignored;
    enum prereq_status status = PREREQ_OK;

    if (has_one)
        status = prereq_folder_rename(place->now, place->aside, err);
    if (!status)
        status = prereq_folder_rename(place->before, place->now, err);
    if (!status && has_one)
        status = prereq_folder_rename(place->aside, place->before, err);
    if (status)
        (void)recover(place, &ignored); /* else the next one does it */
    return status;
}
