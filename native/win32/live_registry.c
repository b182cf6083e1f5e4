/* SPDX-License-Identifier: MIT */
/* live_registry.c - the registry of the running Windows, always by an explicit view. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "win32/live_parts.h"
#include "win32/wide.h"

#define MAX_KEY_NAME 256 /* units: 255 and a NUL */
#define MAX_VALUE_NAME 16384
#define TRIES 16 /* readings of something that changes while it is read */

static HKEY handle_of(struct prereq_key *key)
{
    return (HKEY)(void *)key;
}

/* The part of "HKLM\..." behind the root; NULL: another root. */
static const char *behind_root(const char *path)
{
    if (!prereq_starts_nocase(path, "HKLM") || (path[4] && path[4] != '\\'))
        return NULL;
    return path[4] ? path + 5 : path + 4;
}

enum prereq_look prereq_live_key_open(struct prereq_source *source, const char *path,
                                      enum prereq_view view, struct prereq_key **key,
                                      struct prereq_refusal *why)
{
    REGSAM access = KEY_READ | (view == PREREQ_VIEW_32 ? KEY_WOW64_32KEY : KEY_WOW64_64KEY);
    const char *rest = behind_root(path);
    char what[1100];
    wchar_t *wide;
    HKEY open;
    LSTATUS error;

    (void)source;
    if (!rest) {
        prereq_refuse(why, "error", NULL, "The key %s is not below HKLM.", PREREQ_CLIP(path, 150));
        return PREREQ_LOOK_UNAVAILABLE;
    }
    wide = prereq_wide_from_utf8(rest);
    if (!wide) {
        prereq_refuse(why, "error", NULL, "The name of a key is not UTF-8, or memory is out.");
        return PREREQ_LOOK_UNAVAILABLE;
    }
    error = RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide, 0, access, &open);
    free(wide);
    if (error == ERROR_SUCCESS) {
        *key = (struct prereq_key *)(void *)open;
        return PREREQ_LOOK_FOUND;
    }
    (void)snprintf(what, sizeof(what), "The key %s", PREREQ_CLIP(path, 150));
    return prereq_look_of_error((uint32_t)error, what, why);
}

void prereq_live_key_close(struct prereq_source *source, struct prereq_key *key)
{
    (void)source;
    (void)RegCloseKey(handle_of(key));
}

/* One name at `index` into live->name, its length into *units. */
typedef LSTATUS name_at(struct prereq_live *live, HKEY key, DWORD index, DWORD *units);

static LSTATUS sub_key_at(struct prereq_live *live, HKEY key, DWORD index, DWORD *units)
{
    *units = MAX_KEY_NAME;
    return RegEnumKeyExW(key, index, live->name, units, NULL, NULL, NULL, NULL);
}

static LSTATUS value_at(struct prereq_live *live, HKEY key, DWORD index, DWORD *units)
{
    *units = MAX_VALUE_NAME;
    return RegEnumValueW(key, index, live->name, units, NULL, NULL, NULL, NULL);
}

static enum prereq_look read_names(struct prereq_live *live, HKEY key, name_at *at,
                                   struct prereq_name_list *list, struct prereq_refusal *why)
{
    for (DWORD index = 0;; index++) {
        DWORD units;
        LSTATUS error = at(live, key, index, &units);
        enum prereq_look look;

        if (error == ERROR_NO_MORE_ITEMS)
            return PREREQ_LOOK_FOUND;
        if (error != ERROR_SUCCESS)
            return prereq_refuse_error((uint32_t)error, "A list of names in the registry", why);
        look = prereq_live_add_name(list, live->name, units, why);
        if (look != PREREQ_LOOK_FOUND)
            return look;
    }
}

static LSTATUS last_write(HKEY key, uint64_t *filetime)
{
    FILETIME written = {0, 0};
    LSTATUS error =
        RegQueryInfoKeyW(key, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, &written);

    *filetime = (uint64_t)written.dwHighDateTime << 32 | written.dwLowDateTime;
    return error;
}

/* By index: a name that comes or goes meanwhile moves the others, and one would be missed.  So it
 * is read again until the key was not written in between. */
static enum prereq_look all_names(struct prereq_live *live, HKEY key, name_at *at,
                                  struct prereq_arena *arena, struct prereq_names *names,
                                  struct prereq_refusal *why)
{
    for (int i = 0; i < TRIES; i++) {
        struct prereq_name_list list = {.arena = arena};
        uint64_t before, after;
        enum prereq_look look;
        LSTATUS error = last_write(key, &before);

        if (error != ERROR_SUCCESS)
            return prereq_refuse_error((uint32_t)error, "A key of the registry", why);
        look = read_names(live, key, at, &list, why);
        if (look != PREREQ_LOOK_FOUND)
            return look;
        if (last_write(key, &after) == ERROR_SUCCESS && before == after) {
            *names = list.names;
            return PREREQ_LOOK_FOUND;
        }
    }
    return prereq_refuse_error(ERROR_MORE_DATA, "A list of names in the registry", why);
}

enum prereq_look prereq_live_key_names(struct prereq_source *source, struct prereq_key *key,
                                       struct prereq_arena *arena, struct prereq_names *names,
                                       struct prereq_refusal *why)
{
    return all_names(prereq_live_of(source), handle_of(key), sub_key_at, arena, names, why);
}

enum prereq_look prereq_live_value_names(struct prereq_source *source, struct prereq_key *key,
                                         struct prereq_arena *arena, struct prereq_names *names,
                                         struct prereq_refusal *why)
{
    return all_names(prereq_live_of(source), handle_of(key), value_at, arena, names, why);
}

enum prereq_look prereq_live_key_time(struct prereq_source *source, struct prereq_key *key,
                                      struct prereq_time *time, struct prereq_refusal *why)
{
    uint64_t filetime;
    LSTATUS error = last_write(handle_of(key), &filetime);

    (void)source;
    if (error != ERROR_SUCCESS)
        return prereq_refuse_error((uint32_t)error, "The time of a key", why);
    *time = (struct prereq_time){0};
    if (filetime > 0)
        *time = prereq_time_from_seconds((int64_t)(filetime / 10000000) - INT64_C(11644473600));
    return PREREQ_LOOK_FOUND;
}

/* The value into live->value, which grows with it; the error is that of the last call. */
static LSTATUS query(struct prereq_live *live, HKEY key, const wchar_t *name, DWORD *type,
                     DWORD *len)
{
    LSTATUS error = ERROR_MORE_DATA;

    for (int i = 0; i < TRIES && error == ERROR_MORE_DATA; i++) {
        unsigned char *grown;

        *len = live->value_room;
        error = RegQueryValueExW(key, name, NULL, type, live->value, len);
        if (error != ERROR_MORE_DATA || *len > PREREQ_MAX_VALUE)
            break;
        /* Twice the room, for a value that grows while we ask: it meets the limit first. */
        grown = realloc(live->value, (size_t)*len * 2);
        if (!grown)
            return ERROR_NOT_ENOUGH_MEMORY;
        live->value = grown;
        live->value_room = *len * 2;
    }
    return error;
}

enum prereq_look prereq_live_value(struct prereq_source *source, struct prereq_key *key,
                                   const char *name, struct prereq_arena *arena,
                                   struct prereq_reg_value *value, struct prereq_refusal *why)
{
    struct prereq_live *live = prereq_live_of(source);
    wchar_t *wide = prereq_wide_from_utf8(name);
    char what[1100];
    DWORD type = 0, len = 0;
    unsigned char *bytes;
    LSTATUS error;

    (void)snprintf(what, sizeof(what), "The value %s",
                   PREREQ_CLIP(name[0] ? name : "(default)", 150));
    if (!wide)
        return prereq_refuse_error(ERROR_INVALID_PARAMETER, what, why);
    error = query(live, handle_of(key), wide, &type, &len);
    free(wide);
    if (len > PREREQ_MAX_VALUE && (error == ERROR_SUCCESS || error == ERROR_MORE_DATA)) {
        prereq_refuse(why, "error", NULL, "%s is longer than %d bytes.", what, PREREQ_MAX_VALUE);
        return PREREQ_LOOK_UNAVAILABLE;
    }
    if (error != ERROR_SUCCESS)
        return prereq_look_of_error((uint32_t)error, what, why);
    bytes = prereq_alloc_unset(arena, len);
    if (!bytes)
        return prereq_refuse_memory(why);
    if (len > 0)
        memcpy(bytes, live->value, len);
    *value = (struct prereq_reg_value){.type = type, .bytes = bytes, .len = len};
    return PREREQ_LOOK_FOUND;
}
