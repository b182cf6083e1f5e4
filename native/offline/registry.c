/* SPDX-License-Identifier: MIT */
/* registry.c - keys of HKEY_LOCAL_MACHINE in the registry files of an installation. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "offline/offline_parts.h"

#define MAX_KEY_PATH 8192

static const char *const names[HIVES] = {
    [HIVE_SYSTEM] = "SYSTEM", [HIVE_SOFTWARE] = "SOFTWARE", [HIVE_COMPONENTS] = "COMPONENTS"};

/* ---- files ---- */

static enum prereq_look read_file(struct offline *offline, const char *name, unsigned char **bytes,
                                  size_t *len, struct prereq_refusal *why)
{
    struct prereq_node *node = NULL;
    struct prereq_file file = {0};
    char path[256];
    enum prereq_look look;

    (void)snprintf(path, sizeof(path), "%s/System32/config/%s", offline->windows, name);
    look = prereq_tree_find_below(offline->tree, path, &node, why);
    if (look == PREREQ_LOOK_FOUND)
        look = prereq_tree_open(offline->tree, node, &file, why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (file.is_folder || file.size > PREREQ_MAX_HIVE) {
        prereq_handle_close(file.handle);
        return prereq_tree_refuse(why, name, "is too large for a registry file");
    }
    *bytes = malloc((size_t)file.size + 1);
    look = *bytes ? prereq_handle_read(file.handle, 0, *bytes, (size_t)file.size, len, why)
                  : prereq_tree_no_memory(why);
    prereq_handle_close(file.handle);
    if (look != PREREQ_LOOK_FOUND) {
        free(*bytes);
        *bytes = NULL;
    }
    return look;
}

static bool log_is_newer(struct offline *offline, const char *name,
                         const struct prereq_hive_base *base)
{
    static const char *const ends[] = {".LOG", ".LOG1", ".LOG2"};
    bool newer = false;

    for (size_t i = 0; i < PREREQ_COUNT(ends) && !newer; i++) {
        unsigned char *bytes = NULL;
        size_t len = 0;
        char log[64];

        (void)snprintf(log, sizeof(log), "%s%s", name, ends[i]);
        if (read_file(offline, log, &bytes, &len, NULL) == PREREQ_LOOK_FOUND)
            newer = prereq_hive_log_is_newer(base, bytes, len);
        free(bytes);
    }
    return newer;
}

static enum prereq_look open_hive(struct offline *offline, enum hive_id id,
                                  struct prereq_refusal *why)
{
    struct prereq_hive_input input = {.name = names[id]};
    struct prereq_hive_base base;
    unsigned char *bytes = NULL;
    enum prereq_look look = read_file(offline, names[id], &bytes, &input.len, why);

    if (look == PREREQ_LOOK_ABSENT)
        return prereq_tree_refuse(why, names[id], "the tree holds no such registry file");
    if (look != PREREQ_LOOK_FOUND)
        return look;
    input.bytes = bytes;
    if (prereq_hive_base_read(bytes, input.len, &base))
        input.newer_log = log_is_newer(offline, names[id], &base);
    look = prereq_hive_open(&input, &offline->hives[id].hive, why);
    free(bytes);
    return look;
}

static enum prereq_look hive_of(struct offline *offline, enum hive_id id, struct prereq_hive **hive,
                                struct prereq_refusal *why)
{
    struct hive_slot *slot = &offline->hives[id];

    if (!slot->tried) {
        slot->tried = true;
        slot->look = open_hive(offline, id, &slot->why);
    }
    if (slot->look == PREREQ_LOOK_FOUND)
        *hive = slot->hive;
    else if (why)
        *why = slot->why;
    return slot->look;
}

void prereq_offline_close_hives(struct offline *offline)
{
    for (int i = 0; i < HIVES; i++)
        prereq_hive_close(offline->hives[i].hive);
}

/* What is missing in a dirty hive may be in its log. */
static enum prereq_look judge(const struct offline *offline, const struct prereq_hive *hive,
                              enum prereq_look look, struct prereq_refusal *why)
{
    if (offline->accept_dirty || !prereq_hive_is_dirty(hive) || look == PREREQ_LOOK_UNAVAILABLE)
        return look;
    prereq_refuse(why, "hive_dirty", NULL,
                  "The registry file has changes in its log that were not written to it.");
    return look == PREREQ_LOOK_FOUND ? PREREQ_LOOK_STALE : PREREQ_LOOK_UNAVAILABLE;
}

/* ---- paths ---- */

/* The rest of `path` behind the key `top`, without "\"; NULL: it does not lie below. */
static const char *rest_below(const char *path, const char *top)
{
    size_t len = strlen(top);

    if (!prereq_starts_nocase(path, top) || (path[len] && path[len] != '\\'))
        return NULL;
    return path + len + (path[len] == '\\');
}

static enum prereq_look too_long(struct prereq_refusal *why)
{
    return prereq_tree_refuse(why, "a key", "its path is too long");
}

static enum prereq_look system_path(const struct offline *offline, const char *path, char *out,
                                    struct prereq_refusal *why)
{
    const char *rest = rest_below(path, "CurrentControlSet");
    int len;

    if (!rest)
        len = snprintf(out, MAX_KEY_PATH, "%s", path);
    else if (offline->control_set[0])
        len = snprintf(out, MAX_KEY_PATH, "%s\\%s", offline->control_set, rest);
    else
        return prereq_tree_refuse(why, "CurrentControlSet",
                                  "the registry does not say which control set is the current one");
    return len >= 0 && len < MAX_KEY_PATH ? PREREQ_LOOK_FOUND : too_long(why);
}

static enum prereq_look software_path(const struct offline *offline, const char *path,
                                      enum prereq_view view, char *out, struct prereq_refusal *why)
{
    int len;

    if (view == PREREQ_VIEW_32 && offline->base.has_32_bit_view)
        return prereq_wow64_path(path, offline->since_7, out, MAX_KEY_PATH) ? PREREQ_LOOK_FOUND
                                                                            : too_long(why);
    len = snprintf(out, MAX_KEY_PATH, "%s", path);
    return len >= 0 && len < MAX_KEY_PATH ? PREREQ_LOOK_FOUND : too_long(why);
}

/* The hive that holds a key, and the key's path in it. */
static enum prereq_look place_of(struct offline *offline, const char *path, enum prereq_view view,
                                 enum hive_id *id, char *out, struct prereq_refusal *why)
{
    const char *machine = rest_below(path, "HKLM");

    for (int i = 0; machine && i < HIVES; i++) {
        const char *rest = rest_below(machine, names[i]);

        if (!rest)
            continue;
        *id = (enum hive_id)i;
        return i == HIVE_SYSTEM
                   ? system_path(offline, rest, out, why)
                   : software_path(offline, rest, i == HIVE_SOFTWARE ? view : PREREQ_VIEW_64, out,
                                   why);
    }
    return prereq_tree_refuse(why, path, "only a running Windows has this key, or it is private");
}

static enum prereq_look find_key(struct offline *offline, const char *path, enum prereq_view view,
                                 struct prereq_key *key, struct prereq_refusal *why)
{
    enum hive_id id = HIVE_SYSTEM;
    char below[MAX_KEY_PATH];
    enum prereq_look look = place_of(offline, path, view, &id, below, why);

    if (look == PREREQ_LOOK_FOUND)
        look = hive_of(offline, id, &key->hive, why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    look = prereq_hive_find(key->hive, below, &key->node, why);
    return judge(offline, key->hive, look, why);
}

/* ---- the ops ---- */

static struct offline *offline_of(struct prereq_source *source)
{
    return (struct offline *)source;
}

static enum prereq_look key_open(struct prereq_source *source, const char *path,
                                 enum prereq_view view, struct prereq_key **key,
                                 struct prereq_refusal *why)
{
    struct offline *offline = offline_of(source);
    struct prereq_key found = {0}, *made;
    enum prereq_look look = find_key(offline, path, view, &found, why);

    if (look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE)
        return look;
    made = offline->free_keys;
    if (made)
        offline->free_keys = made->next;
    else
        made = PREREQ_NEW(offline->arena, struct prereq_key);
    if (!made)
        return prereq_tree_no_memory(why);
    *made = found;
    *key = made;
    return look;
}

static void key_close(struct prereq_source *source, struct prereq_key *key)
{
    struct offline *offline = offline_of(source);

    if (!key)
        return;
    key->next = offline->free_keys;
    offline->free_keys = key;
}

static enum prereq_look key_names(struct prereq_source *source, struct prereq_key *key,
                                  struct prereq_arena *arena, struct prereq_names *out,
                                  struct prereq_refusal *why)
{
    return judge(offline_of(source), key->hive,
                 prereq_hive_key_names(key->hive, key->node, arena, out, why), why);
}

static enum prereq_look value_names(struct prereq_source *source, struct prereq_key *key,
                                    struct prereq_arena *arena, struct prereq_names *out,
                                    struct prereq_refusal *why)
{
    return judge(offline_of(source), key->hive,
                 prereq_hive_value_names(key->hive, key->node, arena, out, why), why);
}

static enum prereq_look value(struct prereq_source *source, struct prereq_key *key,
                              const char *name, struct prereq_arena *arena,
                              struct prereq_reg_value *out, struct prereq_refusal *why)
{
    return judge(offline_of(source), key->hive,
                 prereq_hive_value(key->hive, key->node, name, arena, out, why), why);
}

static enum prereq_look key_time(struct prereq_source *source, struct prereq_key *key,
                                 struct prereq_time *time, struct prereq_refusal *why)
{
    return judge(offline_of(source), key->hive, prereq_hive_time(key->hive, key->node, time, why),
                 why);
}

void prereq_offline_registry(struct prereq_source_ops *ops)
{
    ops->key_open = key_open;
    ops->key_close = key_close;
    ops->key_names = key_names;
    ops->value_names = value_names;
    ops->value = value;
    ops->key_time = key_time;
}

void prereq_offline_choose_set(struct offline *offline)
{
    struct prereq_key key = {0};
    struct prereq_reg_value read = {0};
    enum prereq_look look = find_key(offline, "HKLM\\SYSTEM\\Select", PREREQ_VIEW_64, &key, NULL);

    if (look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE)
        look = value(&offline->base, &key, "Current", offline->arena, &read, NULL);
    if ((look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE) || read.type != PREREQ_REG_DWORD ||
        read.len != 4 || read.bytes[1] || read.bytes[2] || read.bytes[3])
        return;
    (void)snprintf(offline->control_set, sizeof(offline->control_set), "ControlSet%03u",
                   (unsigned)read.bytes[0]);
}
