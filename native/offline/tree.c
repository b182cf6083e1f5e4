/* SPDX-License-Identifier: MIT */
/* tree.c - finds files by Windows paths, name by name in scans of folders that are kept. */
#include "offline/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum prereq_look prereq_tree_refuse(struct prereq_refusal *why, const char *what,
                                    const char *reason)
{
    prereq_refuse(why, "error", NULL, "%s: %s.", PREREQ_CLIP(what, 150), reason);
    return PREREQ_LOOK_UNAVAILABLE;
}

enum prereq_look prereq_tree_no_memory(struct prereq_refusal *why)
{
    prereq_refuse(why, "no_memory", NULL, "No memory is left.");
    return PREREQ_LOOK_UNAVAILABLE;
}

bool prereq_tree_init(struct prereq_tree *tree, const struct prereq_tree_ops *ops,
                      struct prereq_arena *arena)
{
    tree->ops = ops;
    tree->arena = arena;
    tree->drive = 'C';
    tree->root = PREREQ_NEW(arena, struct prereq_node);
    if (!tree->root)
        return false;
    tree->root->name = "";
    tree->root->kind = PREREQ_NODE_FOLDER;
    tree->root->fd = -1;
    return pthread_mutex_init(&tree->lock, NULL) == 0;
}

static void close_folders(struct prereq_node *folder)
{
    struct prereq_node *node = folder;

    while (node) {
        if (node->fd >= 0)
            (void)close(node->fd);
        node->fd = -1;
        if (node->first) {
            node = node->first;
            continue;
        }
        while (node && !node->next)
            node = node->parent;
        if (node)
            node = node->next;
    }
}

void prereq_tree_close(struct prereq_tree *tree)
{
    if (!tree)
        return;
    close_folders(tree->root);
    (void)pthread_mutex_destroy(&tree->lock);
    tree->ops->close(tree);
}

const char *prereq_node_path(const struct prereq_node *node, char *out, size_t size)
{
    size_t at = size;

    if (size == 0)
        return NULL;
    out[--at] = '\0';
    for (; node->parent; node = node->parent) {
        size_t len = strlen(node->name);

        if (at < len + 1)
            return NULL;
        at -= len;
        memcpy(out + at, node->name, len);
        out[--at] = '/';
    }
    return out + at + (out[at] == '/');
}

/* ---- folders ---- */

enum prereq_look prereq_tree_add(struct prereq_tree *tree, struct prereq_node *folder,
                                 const char *name, enum prereq_node_kind kind,
                                 struct prereq_node **made, struct prereq_refusal *why)
{
    struct prereq_node *node;

    if (folder->count >= PREREQ_MAX_NAMES)
        return prereq_tree_refuse(why, folder->name, "the folder holds too many names");
    node = PREREQ_NEW(tree->arena, struct prereq_node);
    if (!node)
        return prereq_tree_no_memory(why);
    node->name = prereq_strdup(tree->arena, name);
    if (!node->name)
        return prereq_tree_no_memory(why);
    node->kind = kind;
    node->parent = folder;
    node->depth = folder->depth + 1;
    node->fd = -1;
    if (folder->last)
        folder->last->next = node;
    else
        folder->first = node;
    folder->last = node;
    folder->count++;
    if (made)
        *made = node;
    return PREREQ_LOOK_FOUND;
}

/* The slot of a name, or the free one where it would be. */
static struct prereq_node **slot_of(struct prereq_node *folder, const char *name)
{
    size_t at = (size_t)prereq_hash_nocase(name) & (folder->slot_count - 1);

    while (folder->slots[at] && !prereq_equal_nocase(folder->slots[at]->name, name))
        at = (at + 1) & (folder->slot_count - 1);
    return &folder->slots[at];
}

/* Two names that are the same to Windows stand one behind the other. */
static bool make_slots(struct prereq_tree *tree, struct prereq_node *folder)
{
    size_t at;

    folder->slot_count = 8;
    while (folder->slot_count < folder->count * 2)
        folder->slot_count *= 2;
    folder->slots = PREREQ_NEW_ARRAY(tree->arena, folder->slot_count, struct prereq_node *);
    if (!folder->slots)
        return false;
    for (struct prereq_node *node = folder->first; node; node = node->next) {
        at = (size_t)prereq_hash_nocase(node->name) & (folder->slot_count - 1);
        while (folder->slots[at])
            at = (at + 1) & (folder->slot_count - 1);
        folder->slots[at] = node;
    }
    return true;
}

static void scan(struct prereq_tree *tree, struct prereq_node *folder)
{
    struct prereq_refusal why = {0};

    folder->scanned = true;
    folder->look = tree->ops->scan(tree, folder, &why);
    if (folder->look == PREREQ_LOOK_FOUND && !make_slots(tree, folder))
        folder->look = prereq_tree_no_memory(&why);
    if (folder->look != PREREQ_LOOK_UNAVAILABLE)
        return;
    folder->why = PREREQ_NEW(tree->arena, struct prereq_refusal);
    if (folder->why)
        *folder->why = why;
}

static enum prereq_look scanned(struct prereq_tree *tree, struct prereq_node *folder,
                                struct prereq_refusal *why)
{
    if (!folder->scanned)
        scan(tree, folder);
    if (folder->look != PREREQ_LOOK_UNAVAILABLE)
        return folder->look;
    if (!folder->why)
        return prereq_tree_no_memory(why);
    if (why)
        *why = *folder->why;
    return PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look child_of(struct prereq_tree *tree, struct prereq_node *folder,
                                 const char *name, struct prereq_node **child,
                                 struct prereq_refusal *why)
{
    enum prereq_look look = scanned(tree, folder, why);
    struct prereq_node **slot;
    size_t at;

    if (look != PREREQ_LOOK_FOUND)
        return look;
    slot = slot_of(folder, name);
    if (!*slot)
        return PREREQ_LOOK_ABSENT;
    for (at = (size_t)(slot - folder->slots + 1) & (folder->slot_count - 1); folder->slots[at];
         at = (at + 1) & (folder->slot_count - 1)) {
        if (!prereq_equal_nocase(folder->slots[at]->name, name))
            continue;
        prereq_refuse(why, "ambiguous_path", NULL,
                      "The folder holds %s and %s, which are one name to Windows.",
                      PREREQ_CLIP((*slot)->name, 80), PREREQ_CLIP(folder->slots[at]->name, 80));
        return PREREQ_LOOK_UNAVAILABLE;
    }
    *child = *slot;
    return PREREQ_LOOK_FOUND;
}

/* ---- paths ---- */

struct walk {
    struct prereq_tree *tree;
    struct prereq_node *at;
    char *rest; /* what is still to go */
    char *text[2];
    unsigned links;
    struct prereq_refusal *why;
};

static bool is_separator(char c)
{
    return c == '\\' || c == '/';
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* An absolute path as one below the root of the tree; NULL: it is elsewhere. */
static const char *below(const struct prereq_tree *tree, const char *path,
                         struct prereq_refusal *why)
{
    size_t len;

    if (!is_letter(path[0]) || path[1] != ':' || !is_separator(path[2])) {
        (void)prereq_tree_refuse(why, path, "does not begin with a drive");
        return NULL;
    }
    if ((path[0] | 0x20) != (tree->drive | 0x20)) {
        (void)prereq_tree_refuse(why, path, "lies on another drive than the system");
        return NULL;
    }
    path += 3;
    if (!tree->folder)
        return path;
    while (is_separator(*path))
        path++;
    len = strlen(tree->folder);
    if (!prereq_starts_nocase(path, tree->folder) || (path[len] && !is_separator(path[len]))) {
        (void)prereq_tree_refuse(why, path, "lies outside of the Windows folder, all there is");
        return NULL;
    }
    return path + len;
}

static bool go_up(struct walk *walk)
{
    if (!walk->at->parent)
        return false;
    walk->at = walk->at->parent;
    return true;
}

/* Where a link goes on: the rest of its target that lies below walk->at, or NULL. */
static const char *enter_target(struct walk *walk, const char *target)
{
    const char *place = walk->tree->place;
    size_t len = place ? strlen(place) : 0;

    if (!strncmp(target, "\\?\?\\", 4) || !strncmp(target, "/?\?/", 4))
        target += 4;
    if (is_letter(target[0]) && target[1] == ':') {
        walk->at = walk->tree->root;
        return below(walk->tree, target, walk->why);
    }
    if (!is_separator(target[0]))
        return target;
    walk->at = walk->tree->root;
    /* In an image the root of paths is the root of the volume; on a disk it is ours. */
    if (place && !strncmp(target, place, len) && (!target[len] || target[len] == '/' || len == 0))
        return target + len;
    (void)prereq_tree_refuse(walk->why, target, "a link leads out of the tree");
    return NULL;
}

static enum prereq_look follow(struct walk *walk, struct prereq_node *link)
{
    char *target = walk->text[0];
    const char *rest;
    enum prereq_look look;
    size_t len, more = strlen(walk->rest);

    if (++walk->links > PREREQ_TREE_LINKS)
        return prereq_tree_refuse(walk->why, link->name, "too many links one after the other");
    look = walk->tree->ops->link(walk->tree, link, target, PREREQ_TREE_PATH, walk->why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    rest = enter_target(walk, target);
    if (!rest)
        return PREREQ_LOOK_UNAVAILABLE;
    len = strlen(rest);
    if (len + more + 2 > PREREQ_TREE_PATH)
        return prereq_tree_refuse(walk->why, link->name, "the path through a link is too long");
    /* The rest lies in text[1]: make room in front of it there, then put the target in. */
    memmove(walk->text[1] + len + 1, walk->rest, more + 1);
    memcpy(walk->text[1], rest, len);
    walk->text[1][len] = '/';
    walk->rest = walk->text[1];
    return PREREQ_LOOK_FOUND;
}

/* What no Windows name holds means something else to Windows: a stream, a device, a wildcard. */
static bool is_odd(const char *name, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)name[i] < ' ' || strchr("<>\"|?*:", name[i]))
            return true;
    }
    return len > 0 && (name[len - 1] == ' ' || name[len - 1] == '.');
}

static enum prereq_look step(struct walk *walk, const char *name)
{
    struct prereq_node *child = NULL;
    enum prereq_look look;

    if (!strcmp(name, "."))
        return PREREQ_LOOK_FOUND;
    if (!strcmp(name, "..")) {
        if (walk->links > 0 && go_up(walk))
            return PREREQ_LOOK_FOUND;
        return prereq_tree_refuse(walk->why, name, "the path leads out of the tree");
    }
    if (is_odd(name, strlen(name)))
        return prereq_tree_refuse(walk->why, name, "is no name of a file in Windows");
    if (walk->at->kind != PREREQ_NODE_FOLDER)
        return PREREQ_LOOK_ABSENT;
    if (walk->at->depth >= PREREQ_TREE_DEPTH)
        return prereq_tree_refuse(walk->why, name, "lies too deep");
    look = child_of(walk->tree, walk->at, name, &child, walk->why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (child->kind == PREREQ_NODE_LINK)
        return follow(walk, child);
    walk->at = child;
    return PREREQ_LOOK_FOUND;
}

static enum prereq_look walk_all(struct walk *walk)
{
    enum prereq_look look = PREREQ_LOOK_FOUND;

    while (look == PREREQ_LOOK_FOUND) {
        char name[1024];
        size_t len = 0;

        while (is_separator(*walk->rest))
            walk->rest++;
        if (!*walk->rest)
            break;
        while (walk->rest[len] && !is_separator(walk->rest[len]))
            len++;
        if (len >= sizeof(name))
            return prereq_tree_refuse(walk->why, walk->rest, "a name is too long");
        memcpy(name, walk->rest, len);
        name[len] = '\0';
        walk->rest += len;
        look = step(walk, name);
    }
    return look;
}

static enum prereq_look find_locked(struct prereq_tree *tree, const char *path,
                                    struct prereq_node **node, struct prereq_refusal *why)
{
    struct walk walk = {.tree = tree, .at = tree->root, .why = why};
    enum prereq_look look;

    if (strlen(path) >= PREREQ_TREE_PATH)
        return prereq_tree_refuse(why, path, "the path is too long");
    walk.text[0] = malloc((size_t)2 * PREREQ_TREE_PATH);
    if (!walk.text[0])
        return prereq_tree_no_memory(why);
    walk.text[1] = walk.text[0] + PREREQ_TREE_PATH;
    memcpy(walk.text[1], path, strlen(path) + 1);
    walk.rest = walk.text[1];
    look = walk_all(&walk);
    free(walk.text[0]);
    if (look == PREREQ_LOOK_FOUND)
        *node = walk.at;
    return look;
}

enum prereq_look prereq_tree_find_below(struct prereq_tree *tree, const char *path,
                                        struct prereq_node **node, struct prereq_refusal *why)
{
    enum prereq_look look;

    (void)pthread_mutex_lock(&tree->lock);
    look = find_locked(tree, path, node, why);
    (void)pthread_mutex_unlock(&tree->lock);
    return look;
}

enum prereq_look prereq_tree_find(struct prereq_tree *tree, const char *path,
                                  struct prereq_node **node, struct prereq_refusal *why)
{
    const char *rest = below(tree, path, why);

    return rest ? prereq_tree_find_below(tree, rest, node, why) : PREREQ_LOOK_UNAVAILABLE;
}

/* ---- what a node holds ---- */

enum prereq_look prereq_tree_open(struct prereq_tree *tree, struct prereq_node *node,
                                  struct prereq_file *file, struct prereq_refusal *why)
{
    enum prereq_look look;
    bool owned = false;
    int fd = -1;

    if (node->kind == PREREQ_NODE_FOLDER) {
        *file = (struct prereq_file){.is_folder = true};
        return PREREQ_LOOK_FOUND;
    }
    if (node->kind != PREREQ_NODE_FILE)
        return prereq_tree_refuse(why, node->name, "is no plain file");
    (void)pthread_mutex_lock(&tree->lock);
    look = tree->ops->hold(tree, node, &fd, &owned, why);
    (void)pthread_mutex_unlock(&tree->lock);
    if (look == PREREQ_LOOK_FOUND)
        look = tree->ops->open(tree, node, fd, file, why);
    if (owned)
        (void)close(fd);
    return look;
}

enum prereq_look prereq_tree_names(struct prereq_tree *tree, const char *path,
                                   struct prereq_arena *arena, struct prereq_names *names,
                                   struct prereq_refusal *why)
{
    struct prereq_names read = {0};
    struct prereq_node *folder = NULL;
    enum prereq_look look = prereq_tree_find(tree, path, &folder, why);

    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (folder->kind != PREREQ_NODE_FOLDER)
        return PREREQ_LOOK_ABSENT;
    (void)pthread_mutex_lock(&tree->lock);
    look = scanned(tree, folder, why);
    (void)pthread_mutex_unlock(&tree->lock);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    read.name = PREREQ_NEW_ARRAY(arena, folder->count, const char *);
    if (!read.name)
        return prereq_tree_no_memory(why);
    for (struct prereq_node *node = folder->first; node; node = node->next) {
        read.name[read.count] = prereq_strdup(arena, node->name);
        if (!read.name[read.count++])
            return prereq_tree_no_memory(why);
    }
    *names = read;
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_handle_read(struct prereq_handle *handle, uint64_t offset, void *bytes,
                                    size_t len, size_t *got, struct prereq_refusal *why)
{
    size_t done = 0;

    if (offset > INT64_MAX - len)
        return prereq_tree_refuse(why, "a file", "the place to read is beyond all files");
    if (handle->shared) {
        uint64_t rest = offset < handle->size ? handle->size - offset : 0;

        len = rest < len ? (size_t)rest : len;
        offset += handle->from; /* both are small: the tree takes out no more than a few GiB */
    }
    while (done < len) {
        ssize_t more = pread(handle->fd, (char *)bytes + done, len - done, (off_t)(offset + done));

        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return prereq_tree_refuse_errno(why, "a file", errno);
        if (more == 0)
            break;
        done += (size_t)more;
    }
    *got = done;
    return PREREQ_LOOK_FOUND;
}

void prereq_handle_close(struct prereq_handle *handle)
{
    if (!handle)
        return;
    if (!handle->shared)
        (void)close(handle->fd);
    free(handle);
}
