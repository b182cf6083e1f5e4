/* SPDX-License-Identifier: MIT */
/* live.c - the running Windows as a source of facts: opening, closing, lists of names. */
#include "win32/live.h"

#include <stdlib.h>
#include <string.h>

#include "win32/live_parts.h"
#include "win32/wide.h"

#define FIRST_VALUE 4096 /* bytes; most values are shorter, and cost one call then */
#define NAME_ROOM 16384  /* units: the longest name of a value, and a NUL */

enum prereq_look prereq_live_add_name(struct prereq_name_list *list, const wchar_t *name,
                                      size_t units, struct prereq_refusal *why)
{
    struct prereq_names *names = &list->names;
    const char *text;

    if (names->count >= PREREQ_MAX_NAMES) {
        prereq_refuse(why, "error", NULL, "There are more than %d names.", PREREQ_MAX_NAMES);
        return PREREQ_LOOK_UNAVAILABLE;
    }
    if (names->count == list->room) {
        size_t room = list->room ? list->room * 2 : 16;
        const char **grown = PREREQ_NEW_ARRAY(list->arena, room, const char *);

        if (!grown)
            return prereq_refuse_memory(why);
        if (names->count > 0)
            memcpy(grown, names->name, names->count * sizeof(*grown));
        names->name = grown;
        list->room = room;
    }
    text = prereq_name_from_wide(list->arena, name, units);
    if (!text)
        return prereq_refuse_memory(why);
    names->name[names->count++] = text;
    return PREREQ_LOOK_FOUND;
}

static void close_live(struct prereq_source *source)
{
    struct prereq_live *live = prereq_live_of(source);

    if (live->services)
        (void)CloseServiceHandle(live->services);
    for (size_t i = 0; i < PREREQ_LIVE_FOLDERS; i++)
        free(live->folder[i]);
    free(live->value);
    free(live->name);
    free(live);
}

static const struct prereq_source_ops live_ops = {
    .method = PREREQ_METHOD_LIVE,
    .close = close_live,
    .key_open = prereq_live_key_open,
    .key_close = prereq_live_key_close,
    .key_names = prereq_live_key_names,
    .value_names = prereq_live_value_names,
    .value = prereq_live_value,
    .key_time = prereq_live_key_time,
    .file_open = prereq_live_file_open,
    .file_read = prereq_live_file_read,
    .file_close = prereq_live_file_close,
    .folder_names = prereq_live_folder_names,
    .each = prereq_live_each,
    .service_running = prereq_live_service_running,
};

/* C:\Windows, also for a user of a terminal server; NULL: no memory. */
static const char *system_root(struct prereq_arena *arena)
{
    wchar_t folder[MAX_PATH + 1];
    UINT len = GetSystemWindowsDirectoryW(folder, MAX_PATH + 1);

    if (len == 0 || len > MAX_PATH)
        return NULL;
    return prereq_name_from_wide(arena, folder, len);
}

enum prereq_status prereq_live_open(struct prereq_arena *arena, struct prereq_source **source,
                                    struct prereq_error *err)
{
    struct prereq_live *live;
    SYSTEM_INFO info;
    BOOL redirected = FALSE;

    if (sizeof(void *) == 4 && IsWow64Process(GetCurrentProcess(), &redirected) && redirected)
        return prereq_fail(
            err, PREREQ_IO,
            "this is the 32-bit program on 64-bit Windows, which shows it other files "
            "than those that are asked for; use the 64-bit one");
    live = calloc(1, sizeof(*live));
    if (!live)
        return prereq_fail(err, PREREQ_NO_MEMORY, "memory is out");
    InitializeSRWLock(&live->lock);
    live->value_room = FIRST_VALUE;
    live->value = malloc(FIRST_VALUE);
    live->name = malloc(NAME_ROOM * sizeof(*live->name));
    live->source.ops = &live_ops;
    live->source.system_root = system_root(arena);
    GetNativeSystemInfo(&info);
    live->source.has_32_bit_view = info.wProcessorArchitecture != PROCESSOR_ARCHITECTURE_INTEL;
    if (!live->value || !live->name || !live->source.system_root) {
        close_live(&live->source);
        return prereq_fail(err, PREREQ_NO_MEMORY, "memory is out");
    }
    *source = &live->source;
    return PREREQ_OK;
}
