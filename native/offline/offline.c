/* SPDX-License-Identifier: MIT */
/* offline.c - a folder or an image as a source: finds Windows in it, and what it calls itself. */
#include "offline/offline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "offline/offline_parts.h"
#include "offline/readers.h"

#define TEXT_BYTES ((size_t)1 << 28)

#define CURRENT "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define ENVIRONMENT "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"

/* ---- files ---- */

static struct prereq_tree *tree_of(struct prereq_source *source)
{
    return ((struct offline *)source)->tree;
}

static enum prereq_look file_open(struct prereq_source *source, const char *path,
                                  struct prereq_file *file, struct prereq_refusal *why)
{
    struct prereq_node *node = NULL;
    enum prereq_look look = prereq_tree_find(tree_of(source), path, &node, why);

    return look == PREREQ_LOOK_FOUND ? prereq_tree_open(tree_of(source), node, file, why) : look;
}

static enum prereq_look file_read(struct prereq_source *source, struct prereq_handle *handle,
                                  uint64_t offset, void *bytes, size_t len, size_t *got,
                                  struct prereq_refusal *why)
{
    (void)source;
    return prereq_handle_read(handle, offset, bytes, len, got, why);
}

static void file_close(struct prereq_source *source, struct prereq_handle *handle)
{
    (void)source;
    prereq_handle_close(handle);
}

static enum prereq_look folder_names(struct prereq_source *source, const char *path,
                                     struct prereq_arena *arena, struct prereq_names *names,
                                     struct prereq_refusal *why)
{
    return prereq_tree_names(tree_of(source), path, arena, names, why);
}

/* What is not found here is said when it is opened. */
static enum prereq_look prepare(struct prereq_source *source, const char *const *paths,
                                size_t count, struct prereq_refusal *why)
{
    struct prereq_tree *tree = tree_of(source);
    struct prereq_node **nodes = calloc(count + 1, sizeof(struct prereq_node *));
    size_t used = 0;

    if (!nodes)
        return prereq_tree_no_memory(why);
    for (size_t i = 0; i < count; i++) {
        struct prereq_node *node = NULL;

        if (prereq_tree_find(tree, paths[i], &node, NULL) == PREREQ_LOOK_FOUND &&
            node->kind == PREREQ_NODE_FILE)
            nodes[used++] = node;
    }
    (void)pthread_mutex_lock(&tree->lock);
    tree->ops->prepare(tree, nodes, used);
    (void)pthread_mutex_unlock(&tree->lock);
    free(nodes);
    return PREREQ_LOOK_FOUND;
}

/* ---- what the installation says of itself ---- */

/* A text value of ASCII alone, which all that is asked here are; false: none. */
static bool read_ascii(struct offline *offline, const char *path, const char *name, char *out,
                       size_t size)
{
    struct prereq_source *source = &offline->base;
    struct prereq_reg_value value = {0};
    struct prereq_key *key = NULL;
    enum prereq_look look = offline->ops.key_open(source, path, PREREQ_VIEW_64, &key, NULL);
    size_t len = 0;

    if (look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE)
        return false;
    look = offline->ops.value(source, key, name, offline->arena, &value, NULL);
    offline->ops.key_close(source, key);
    if ((look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE) ||
        (value.type != PREREQ_REG_SZ && value.type != PREREQ_REG_EXPAND_SZ))
        return false;
    for (size_t at = 0; at + 1 < value.len; at += 2) {
        if (!value.bytes[at] && !value.bytes[at + 1])
            break;
        if (value.bytes[at + 1] || value.bytes[at] > '~' || value.bytes[at] < ' ' ||
            len + 1 >= size)
            return false;
        out[len++] = (char)value.bytes[at];
    }
    out[len] = '\0';
    return len > 0;
}

static bool is_root_of(const char *text, const char *folder)
{
    bool letter = (text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z');

    return letter && text[1] == ':' && text[2] == '\\' && text[3] && !strchr(text + 3, '\\') &&
           (!folder || prereq_equal_nocase(text + 3, folder));
}

/* Paths of facts begin with what the installation calls its own folder; where it does not say, or
 * says what cannot be, with the folder's name on drive C. */
static const char *system_root_of(struct offline *offline)
{
    const char *folder = offline->windows[0] ? offline->windows : NULL;
    char text[128];

    if ((read_ascii(offline, CURRENT, "SystemRoot", text, sizeof(text)) &&
         is_root_of(text, folder)) ||
        (read_ascii(offline, CURRENT, "PathName", text, sizeof(text)) && is_root_of(text, folder)))
        return prereq_strdup(offline->arena, text);
    return prereq_printf(offline->arena, "C:\\%s", folder ? folder : "Windows");
}

static bool is_64_bit(struct offline *offline)
{
    struct prereq_key *key = NULL;
    enum prereq_look look;
    char text[32];

    if (read_ascii(offline, ENVIRONMENT, "PROCESSOR_ARCHITECTURE", text, sizeof(text)))
        return prereq_equal_nocase(text, "AMD64") || prereq_equal_nocase(text, "ARM64") ||
               prereq_equal_nocase(text, "IA64");
    look = offline->ops.key_open(&offline->base, "HKLM\\SOFTWARE\\WOW6432Node", PREREQ_VIEW_64,
                                 &key, NULL);
    if (look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE)
        return false;
    offline->ops.key_close(&offline->base, key);
    return true;
}

static bool is_since_7(struct offline *offline)
{
    char text[16];

    /* A build that cannot be read is most likely a later one. */
    return !read_ascii(offline, CURRENT, "CurrentBuildNumber", text, sizeof(text)) ||
           strtol(text, NULL, 10) >= 7600;
}

/* ---- finding Windows ---- */

static bool has_registry(struct prereq_tree *tree, const char *folder)
{
    struct prereq_node *node = NULL;
    struct prereq_refusal why = {0};
    char path[64];
    enum prereq_look look;

    (void)snprintf(path, sizeof(path), "%s/System32/config", folder);
    look = prereq_tree_find_below(tree, path, &node, &why);
    return (look == PREREQ_LOOK_FOUND && node->kind == PREREQ_NODE_FOLDER) ||
           look == PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_status find_windows(struct offline *offline, struct prereq_error *err)
{
    static const char *const usual[] = {"Windows", "WINNT"};
    const char *found = NULL;

    for (size_t i = 0; i < PREREQ_COUNT(usual); i++) {
        if (!has_registry(offline->tree, usual[i]))
            continue;
        if (found)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: holds %s and %s; name the one that is meant",
                               offline->base.name, found, usual[i]);
        found = usual[i];
    }
    if (!found && has_registry(offline->tree, ""))
        found = "";
    if (!found)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "%s: holds no Windows (a folder Windows or WINNT with System32\\config)",
                           offline->base.name);
    offline->windows = found;
    return PREREQ_OK;
}

static enum prereq_status settle(struct offline *offline, struct prereq_error *err)
{
    enum prereq_status status = find_windows(offline, err);

    if (status != PREREQ_OK)
        return status;
    prereq_offline_choose_set(offline);
    offline->base.system_root = system_root_of(offline);
    if (!offline->base.system_root)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to read a Windows tree");
    offline->base.has_32_bit_view = is_64_bit(offline);
    offline->since_7 = is_since_7(offline);
    offline->tree->drive = offline->base.system_root[0];
    if (!offline->windows[0])
        offline->tree->folder = offline->base.system_root + 3;
    return PREREQ_OK;
}

static void close_source(struct prereq_source *source)
{
    struct offline *offline = (struct offline *)source;
    struct prereq_arena *arena = offline->arena;

    prereq_offline_close_hives(offline);
    prereq_tree_close(offline->tree);
    free(offline);
    prereq_arena_free(arena);
}

/* Takes `tree`, which may be NULL after a failure. */
static enum prereq_status open_tree(struct prereq_tree *tree, const char *name,
                                    const struct prereq_offline_options *options,
                                    struct prereq_source **source, struct prereq_error *err)
{
    static const struct prereq_source_ops files = {.method = PREREQ_METHOD_OFFLINE,
                                                   .close = close_source,
                                                   .file_open = file_open,
                                                   .file_read = file_read,
                                                   .file_close = file_close,
                                                   .folder_names = folder_names,
                                                   .each = prereq_offline_each};
    struct offline *offline = calloc(1, sizeof(*offline));
    enum prereq_status status;

    if (!offline || !(offline->arena = prereq_arena_new(TEXT_BYTES)) ||
        !(offline->base.name = prereq_strdup(offline->arena, name))) {
        if (offline)
            prereq_arena_free(offline->arena);
        free(offline);
        prereq_tree_close(tree);
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory to read a Windows tree");
    }
    offline->tree = tree;
    offline->accept_dirty = options && options->accept_dirty;
    offline->ops = files;
    prereq_offline_registry(&offline->ops);
    if (tree->ops->prepare)
        offline->ops.prepare = prepare;
    offline->base.ops = &offline->ops;
    status = settle(offline, err);
    if (status == PREREQ_OK)
        *source = &offline->base;
    else
        close_source(&offline->base);
    return status;
}

enum prereq_status prereq_offline_open_root(const char *folder,
                                            const struct prereq_offline_options *options,
                                            struct prereq_source **source, struct prereq_error *err)
{
    struct prereq_error own = {0};
    struct prereq_tree *tree = prereq_tree_of_folder(folder, &own);

    if (!tree)
        return prereq_fail(err, own.status, "%s", own.text);
    return open_tree(tree, folder, options, source, err);
}

enum prereq_status prereq_offline_open_wim(const char *file, unsigned index,
                                           const struct prereq_offline_options *options,
                                           struct prereq_source **source, struct prereq_error *err)
{
    struct prereq_error own = {0};
    struct prereq_tree *tree = prereq_tree_of_image(file, index, &own);
    char name[1100];

    if (!tree)
        return prereq_fail(err, own.status, "%s", own.text);
    (void)snprintf(name, sizeof(name), "%s, image %u", PREREQ_CLIP(file, 900), index);
    return open_tree(tree, name, options, source, err);
}
