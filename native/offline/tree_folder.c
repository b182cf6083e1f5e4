/* SPDX-License-Identifier: MIT */
/* tree_folder.c - a tree on the disk: every name opened from its folder, links never by the system.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "offline/tree.h"

#define NODE_BYTES ((size_t)1 << 30)
#define KEPT_FOLDERS 256 /* that stay open; a deep tree must not use up all descriptors */

struct folder_tree {
    struct prereq_tree base;
    uint64_t mount; /* of the root */
    dev_t device;
    bool has_mount;
    unsigned kept;
};

enum prereq_look prereq_tree_refuse_errno(struct prereq_refusal *why, const char *what, int code)
{
    static const struct {
        int code;
        const char *text;
    } reasons[] = {
        {EACCES, "access is denied"},
        {EPERM, "access is denied"},
        {EIO, "the disk gave an error"},
        {EMFILE, "too many files are open"},
        {ENFILE, "too many files are open"},
        {ELOOP, "a link came in the way"},
        {ENOENT, "it went away while it was read"},
        {ENOTDIR, "it is no folder any more"},
    };
    bool denied = code == EACCES || code == EPERM;
    const char *text = "the system refused to read it";
    char number[16];

    for (size_t i = 0; i < PREREQ_COUNT(reasons); i++) {
        if (reasons[i].code == code)
            text = reasons[i].text;
    }
    (void)snprintf(number, sizeof(number), "%d", code);
    prereq_refuse(why, denied ? "access_denied" : "error", number, "%s: %s.",
                  PREREQ_CLIP(what, 150), text);
    return PREREQ_LOOK_UNAVAILABLE;
}

/* What is mounted on a folder or a file of the tree is no part of it. */
static bool is_inside(const struct folder_tree *tree, const struct statx *info)
{
    if (tree->has_mount && (info->stx_mask & STATX_MNT_ID))
        return info->stx_mnt_id == tree->mount;
    return !S_ISDIR(info->stx_mode) ||
           makedev(info->stx_dev_major, info->stx_dev_minor) == tree->device;
}

static bool look_at(int fd, struct statx *info)
{
    return statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS | STATX_MNT_ID, info) == 0;
}

/* ---- folders ---- */

static int open_child_folder(int parent, const char *name)
{
    return openat(parent, name,
                  O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
}

/* The folder's descriptor: kept in its node while there is room, else the caller's to close. */
static enum prereq_look folder_fd(struct folder_tree *tree, struct prereq_node *folder, int *fd,
                                  bool *owned, struct prereq_refusal *why)
{
    struct prereq_node *chain[PREREQ_TREE_DEPTH + 2];
    struct prereq_node *node = folder;
    size_t count = 0;
    int at;
    bool mine = false;

    for (; node->fd < 0 && node->parent && count < PREREQ_COUNT(chain); node = node->parent)
        chain[count++] = node;
    at = node->fd;
    while (count > 0) {
        struct statx info;
        int next = open_child_folder(at, chain[--count]->name);
        int code = errno;

        if (mine)
            (void)close(at);
        if (next < 0)
            return prereq_tree_refuse_errno(why, chain[count]->name, code);
        if (!look_at(next, &info) || !is_inside(tree, &info)) {
            (void)close(next);
            return prereq_tree_refuse(why, chain[count]->name,
                                      "another disk is mounted on the folder");
        }
        at = next;
        mine = tree->kept >= KEPT_FOLDERS;
        if (!mine) {
            chain[count]->fd = next;
            tree->kept++;
        }
    }
    *fd = at;
    *owned = mine;
    return PREREQ_LOOK_FOUND;
}

static enum prereq_node_kind kind_of(int folder, const struct dirent *entry)
{
    struct stat info;
    unsigned char type = entry->d_type;

    if (type == DT_UNKNOWN) {
        if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            return PREREQ_NODE_OTHER;
        type = (unsigned char)IFTODT(info.st_mode);
    }
    switch (type) {
    case DT_REG:
        return PREREQ_NODE_FILE;
    case DT_DIR:
        return PREREQ_NODE_FOLDER;
    case DT_LNK:
        return PREREQ_NODE_LINK;
    default:
        return PREREQ_NODE_OTHER;
    }
}

/* Names that Windows cannot hold are nobody's business. */
static bool is_name(const char *name)
{
    size_t bad;

    return strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && !strchr(name, '\\') &&
           prereq_utf8_valid(name, strlen(name), &bad);
}

static enum prereq_look read_names(struct prereq_tree *base, struct prereq_node *folder, DIR *dir,
                                   struct prereq_refusal *why)
{
    for (;;) {
        const struct dirent *entry;
        enum prereq_look look = PREREQ_LOOK_FOUND;

        errno = 0;
        entry = readdir(dir);
        if (!entry && errno)
            return prereq_tree_refuse_errno(why, folder->name, errno);
        if (!entry)
            return PREREQ_LOOK_FOUND;
        if (is_name(entry->d_name))
            look =
                prereq_tree_add(base, folder, entry->d_name, kind_of(dirfd(dir), entry), NULL, why);
        if (look != PREREQ_LOOK_FOUND)
            return look;
    }
}

static enum prereq_look scan(struct prereq_tree *base, struct prereq_node *folder,
                             struct prereq_refusal *why)
{
    struct folder_tree *tree = (struct folder_tree *)base;
    enum prereq_look look;
    bool owned = false;
    int fd = -1, again;
    DIR *dir = NULL;

    look = folder_fd(tree, folder, &fd, &owned, why);
    if (look != PREREQ_LOOK_FOUND)
        return look;
    /* The reading place of a folder belongs to its descriptor: read through one of its own. */
    again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (again >= 0)
        dir = fdopendir(again);
    if (!dir)
        look = prereq_tree_refuse_errno(why, folder->name, errno);
    else
        look = read_names(base, folder, dir, why);
    if (dir)
        (void)closedir(dir);
    else if (again >= 0)
        (void)close(again);
    if (owned)
        (void)close(fd);
    return look;
}

static enum prereq_look read_link(struct prereq_tree *base, struct prereq_node *node, char *target,
                                  size_t size, struct prereq_refusal *why)
{
    bool owned = false;
    int fd = -1;
    ssize_t len;
    enum prereq_look look = folder_fd((struct folder_tree *)base, node->parent, &fd, &owned, why);

    if (look != PREREQ_LOOK_FOUND)
        return look;
    len = readlinkat(fd, node->name, target, size);
    if (len < 0)
        look = prereq_tree_refuse_errno(why, node->name, errno);
    else if ((size_t)len >= size)
        look = prereq_tree_refuse(why, node->name, "the target of a link is too long");
    else
        target[len] = '\0';
    if (owned)
        (void)close(fd);
    return look;
}

/* ---- files ---- */

static enum prereq_look hold(struct prereq_tree *base, struct prereq_node *node, int *fd,
                             bool *owned, struct prereq_refusal *why)
{
    return folder_fd((struct folder_tree *)base, node->parent, fd, owned, why);
}

static enum prereq_look open_file(struct prereq_tree *base, struct prereq_node *node, int folder,
                                  struct prereq_file *file, struct prereq_refusal *why)
{
    int fd = openat(folder, node->name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct prereq_handle *handle;
    struct statx info;

    if (fd < 0)
        return prereq_tree_refuse_errno(why, node->name, errno);
    if (!look_at(fd, &info) || !S_ISREG(info.stx_mode) ||
        !is_inside((struct folder_tree *)base, &info)) {
        (void)close(fd);
        return prereq_tree_refuse(why, node->name, "is no plain file of the tree");
    }
    handle = malloc(sizeof(*handle));
    if (!handle) {
        (void)close(fd);
        return prereq_tree_no_memory(why);
    }
    *handle = (struct prereq_handle){.fd = fd};
    *file = (struct prereq_file){.handle = handle,
                                 .size = info.stx_size,
                                 .modified = prereq_time_from_seconds(info.stx_mtime.tv_sec)};
    return PREREQ_LOOK_FOUND;
}

static void close_tree(struct prereq_tree *base)
{
    struct prereq_arena *arena = base->arena;

    free(base);
    prereq_arena_free(arena);
}

struct prereq_tree *prereq_tree_of_folder(const char *folder, struct prereq_error *err)
{
    static const struct prereq_tree_ops ops = {
        .close = close_tree, .scan = scan, .link = read_link, .hold = hold, .open = open_file};
    struct folder_tree *tree = calloc(1, sizeof(*tree));
    struct prereq_arena *arena = prereq_arena_new(NODE_BYTES);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct statx info;
    char *place = realpath(folder, NULL);

    if (!tree || !arena || !prereq_tree_init(&tree->base, &ops, arena)) {
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "no memory to read a Windows tree");
        goto failed;
    }
    if (fd < 0 || !place || !look_at(fd, &info)) {
        (void)prereq_fail(err, PREREQ_BAD_INPUT, "%s: is no folder that can be read", folder);
        goto failed;
    }
    tree->has_mount = (info.stx_mask & STATX_MNT_ID) != 0;
    tree->mount = info.stx_mnt_id;
    tree->device = makedev(info.stx_dev_major, info.stx_dev_minor);
    tree->base.root->fd = fd;
    /* "/" alone is a prefix of every path, as in an image. */
    tree->base.place = prereq_strdup(arena, strcmp(place, "/") != 0 ? place : "");
    free(place);
    return &tree->base;
failed:
    free(place);
    free(tree);
    prereq_arena_free(arena);
    if (fd >= 0)
        (void)close(fd);
    return NULL;
}
