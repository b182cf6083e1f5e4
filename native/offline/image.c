/* SPDX-License-Identifier: MIT */
/* image.c - a tree in a WIM image: names come from its directory, files are taken out when needed.
 *
 * wimlib writes files by name into a folder.  They go on into one file without a name, so that a
 * run that is killed leaves nothing, but for what was being taken out in that moment. */
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wimlib.h>

#include "offline/tree.h"

#define NODE_BYTES ((size_t)1 << 30)
#define PATH_BYTES ((size_t)512) /* of a file that is prepared; longer ones come when opened */
#define MAX_FILE ((uint64_t)512 << 20) /* of one file taken out */
#define MAX_ALL ((uint64_t)4 << 30)    /* of all of them */
#define FLAGS                                                                                      \
    (WIMLIB_EXTRACT_FLAG_NORPFIX | WIMLIB_EXTRACT_FLAG_NO_ACLS | WIMLIB_EXTRACT_FLAG_NO_ATTRIBUTES)

struct image_tree {
    struct prereq_tree base;
    WIMStruct *wim;
    int index;
    uint64_t taken;     /* bytes of all files that were taken out */
    int fd;             /* the file without a name */
    uint64_t end;       /* of what it holds */
    const char *parent; /* where private folders are made */
};

static enum prereq_look refuse_wim(struct prereq_refusal *why, const char *what, int code)
{
    char number[16];

    if (code == WIMLIB_ERR_NOMEM)
        return prereq_tree_no_memory(why);
    (void)snprintf(number, sizeof(number), "%d", code);
    prereq_refuse(why, "error", number, "%s cannot be read from the image: %s.",
                  PREREQ_CLIP(what, 100),
                  PREREQ_CLIP(wimlib_get_error_string((enum wimlib_error_code)code), 100));
    return PREREQ_LOOK_UNAVAILABLE;
}

/* ---- the directory ---- */

struct scan {
    struct prereq_tree *tree;
    struct prereq_node *folder;
    struct prereq_refusal *why;
    enum prereq_look look;
};

static enum prereq_node_kind kind_of(const struct wimlib_dir_entry *entry)
{
    if (entry->attributes & WIMLIB_FILE_ATTRIBUTE_REPARSE_POINT)
        return entry->reparse_tag == WIMLIB_REPARSE_TAG_SYMLINK ||
                       entry->reparse_tag == WIMLIB_REPARSE_TAG_MOUNT_POINT
                   ? PREREQ_NODE_LINK
                   : PREREQ_NODE_OTHER;
    if (entry->attributes & WIMLIB_FILE_ATTRIBUTE_DIRECTORY)
        return PREREQ_NODE_FOLDER;
    return entry->attributes & WIMLIB_FILE_ATTRIBUTE_ENCRYPTED ? PREREQ_NODE_OTHER
                                                               : PREREQ_NODE_FILE;
}

static int add_entry(const struct wimlib_dir_entry *entry, void *context)
{
    struct scan *scan = context;
    struct prereq_node *node = NULL;
    size_t bad;

    if (!entry->filename || strpbrk(entry->filename, "/\\") ||
        !prereq_utf8_valid(entry->filename, strlen(entry->filename), &bad))
        return 0;
    scan->look = prereq_tree_add(scan->tree, scan->folder, entry->filename, kind_of(entry), &node,
                                 scan->why);
    if (scan->look != PREREQ_LOOK_FOUND)
        return 1;
    node->size = entry->streams[0].resource.uncompressed_size;
    node->modified = prereq_time_from_seconds((int64_t)entry->last_write_time.tv_sec);
    return 0;
}

/* With "/" in front, as wimlib wants it. */
static const char *path_of(const struct prereq_node *node, char *out)
{
    char below[PREREQ_TREE_PATH];
    const char *path = prereq_node_path(node, below, sizeof(below) - 1);

    if (!path)
        return NULL;
    out[0] = '/';
    memcpy(out + 1, path, strlen(path) + 1);
    return out;
}

static enum prereq_look scan_folder(struct prereq_tree *base, struct prereq_node *folder,
                                    struct prereq_refusal *why)
{
    struct image_tree *tree = (struct image_tree *)base;
    struct scan scan = {.tree = base, .folder = folder, .why = why, .look = PREREQ_LOOK_FOUND};
    char buffer[PREREQ_TREE_PATH];
    const char *path = path_of(folder, buffer);
    int code;

    if (!path)
        return prereq_tree_refuse(why, folder->name, "lies too deep");
    code = wimlib_iterate_dir_tree(tree->wim, tree->index, path,
                                   WIMLIB_ITERATE_DIR_TREE_FLAG_CHILDREN, add_entry, &scan);
    if (scan.look != PREREQ_LOOK_FOUND)
        return scan.look;
    return code == 0 ? PREREQ_LOOK_FOUND : refuse_wim(why, folder->name, code);
}

/* ---- the private folder ---- */

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    (void)remove(path);
    return 0;
}

/* PREREQ_TREE_PATH bytes; false: there is no such place. */
static bool private_name(const struct image_tree *tree, char *out)
{
    int len = snprintf(out, PREREQ_TREE_PATH, "%s/patchprereq-XXXXXX", tree->parent);

    return len > 0 && len < PREREQ_TREE_PATH;
}

/* Copies what is left of `from` behind the file without a name. */
static bool append(struct image_tree *tree, int from, uint64_t *size)
{
    char buffer[65536];
    uint64_t end = tree->end;
    ssize_t got;

    while ((got = read(from, buffer, sizeof(buffer))) > 0) {
        if (pwrite(tree->fd, buffer, (size_t)got, (off_t)end) != got)
            return false;
        end += (uint64_t)got;
    }
    if (got < 0)
        return false;
    *size = end - tree->end;
    tree->end = end;
    return true;
}

static bool keep_link(struct image_tree *tree, int fd, struct prereq_node *node)
{
    char target[PREREQ_TREE_PATH];
    ssize_t len = readlinkat(fd, "", target, sizeof(target));

    if (len < 0 || (size_t)len >= sizeof(target))
        return false;
    target[len] = '\0';
    node->target = prereq_strdup(tree->base.arena, target);
    return node->target != NULL;
}

/* Takes one file over from the private folder, where nothing that the image holds can be a link on
 * the way.  One that is not there is found missing when it is opened. */
static void keep(struct image_tree *tree, int folder, struct prereq_node *node)
{
    char buffer[PREREQ_TREE_PATH];
    const char *path = prereq_node_path(node, buffer, sizeof(buffer));
    int fd = -1;

    if (!path || node->taken_out)
        return;
    fd = openat(folder, path,
                (node->kind == PREREQ_NODE_LINK ? O_PATH : O_RDONLY | O_NONBLOCK) | O_NOFOLLOW |
                    O_CLOEXEC);
    if (fd < 0)
        return;
    node->at = tree->end;
    node->taken_out =
        node->kind == PREREQ_NODE_LINK ? keep_link(tree, fd, node) : append(tree, fd, &node->size);
    tree->taken += node->taken_out ? node->size : 0;
    (void)close(fd);
}

/* ---- taking files out ---- */

/* A code of wimlib. */
static int take_out_all(struct image_tree *tree, const char *const *paths,
                        struct prereq_node *const *nodes, size_t count)
{
    char folder[PREREQ_TREE_PATH];
    int code = WIMLIB_ERR_MKDIR, fd;

    if (!private_name(tree, folder) || !mkdtemp(folder))
        return code;
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0)
        code = wimlib_extract_paths(tree->wim, tree->index, folder, paths, count, FLAGS);
    for (size_t i = 0; code == 0 && i < count; i++)
        keep(tree, fd, nodes[i]);
    if (fd >= 0)
        (void)close(fd);
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    return code;
}

/* False: it would be too much. */
static bool fits(const struct image_tree *tree, const struct prereq_node *node)
{
    return node->size <= MAX_FILE && tree->taken <= MAX_ALL - node->size;
}

static enum prereq_look take_out(struct image_tree *tree, struct prereq_node *node,
                                 struct prereq_refusal *why)
{
    char buffer[PREREQ_TREE_PATH];
    const char *path;
    int code;

    if (node->taken_out)
        return PREREQ_LOOK_FOUND;
    if (!fits(tree, node))
        return prereq_tree_refuse(why, node->name, "is too large to be taken out of the image");
    path = path_of(node, buffer);
    if (!path)
        return prereq_tree_refuse(why, node->name, "lies too deep");
    code = take_out_all(tree, &path, &node, 1);
    if (code != 0)
        return refuse_wim(why, node->name, code);
    if (!node->taken_out)
        return prereq_tree_refuse(why, node->name, "could not be taken out of the image");
    return PREREQ_LOOK_FOUND;
}

/* All in one pass over the image.  What goes wrong here is found again, with its reason, when the
 * file is opened. */
static void prepare(struct prereq_tree *base, struct prereq_node *const *nodes, size_t count)
{
    struct image_tree *tree = (struct image_tree *)base;
    const char **paths = calloc(count + 1, sizeof(*paths));
    char *copies = calloc(count + 1, PATH_BYTES);
    struct prereq_node **wanted = calloc(count + 1, sizeof(struct prereq_node *));
    uint64_t before = tree->taken;
    size_t used = 0;

    for (size_t i = 0; paths && copies && wanted && i < count; i++) {
        char buffer[PREREQ_TREE_PATH];
        const char *path = path_of(nodes[i], buffer);
        char *copy = copies + used * PATH_BYTES;

        if (nodes[i]->taken_out || !path || strlen(path) >= PATH_BYTES || !fits(tree, nodes[i]))
            continue;
        memcpy(copy, path, strlen(path) + 1);
        tree->taken += nodes[i]->size;
        wanted[used] = nodes[i];
        paths[used++] = copy;
    }
    tree->taken = before; /* what is taken out is counted then */
    if (used > 0)
        (void)take_out_all(tree, paths, wanted, used);
    free(wanted);
    free(copies);
    free(paths);
}

static enum prereq_look read_link(struct prereq_tree *base, struct prereq_node *node, char *target,
                                  size_t size, struct prereq_refusal *why)
{
    enum prereq_look look = take_out((struct image_tree *)base, node, why);

    if (look != PREREQ_LOOK_FOUND)
        return look;
    if (strlen(node->target) >= size)
        return prereq_tree_refuse(why, node->name, "is a link that cannot be read");
    memcpy(target, node->target, strlen(node->target) + 1);
    return PREREQ_LOOK_FOUND;
}

/* The signature is that of all trees. */
/* NOLINTBEGIN(readability-non-const-parameter) */
static enum prereq_look hold(struct prereq_tree *base, struct prereq_node *node, int *fd,
                             bool *owned, struct prereq_refusal *why)
{
    (void)fd;
    (void)owned;
    return take_out((struct image_tree *)base, node, why);
}
/* NOLINTEND(readability-non-const-parameter) */

static enum prereq_look open_file(struct prereq_tree *base, struct prereq_node *node, int folder,
                                  struct prereq_file *file, struct prereq_refusal *why)
{
    struct prereq_handle *handle = malloc(sizeof(*handle));

    (void)folder;
    if (!handle)
        return prereq_tree_no_memory(why);
    *handle = (struct prereq_handle){.fd = ((struct image_tree *)base)->fd,
                                     .shared = true,
                                     .from = node->at,
                                     .size = node->size};
    *file = (struct prereq_file){.handle = handle, .size = node->size, .modified = node->modified};
    return PREREQ_LOOK_FOUND;
}

/* ---- opening ---- */

static void close_tree(struct prereq_tree *base)
{
    struct image_tree *tree = (struct image_tree *)base;
    struct prereq_arena *arena = base->arena;

    wimlib_free(tree->wim);
    if (tree->fd >= 0)
        (void)close(tree->fd);
    free(tree);
    prereq_arena_free(arena);
}

/* False: the place for private files cannot be written to. */
static bool make_file(struct image_tree *tree)
{
    const char *where = getenv("TMPDIR");
    char name[PREREQ_TREE_PATH];

    tree->parent = prereq_strdup(tree->base.arena, where && where[0] == '/' ? where : "/var/tmp");
    if (!tree->parent || !private_name(tree, name))
        return false;
    tree->fd = mkostemp(name, O_CLOEXEC);
    return tree->fd >= 0 && unlink(name) == 0;
}

static void say_nothing(void *context, void *error)
{
    (void)context;
    (void)error;
}

/* libxml2, through which libwim reads what an image says of itself, prints the bytes that it does
 * not like: whatever they do to a terminal. */
static void silence_xml(void)
{
    void (*set)(void *context, void (*handler)(void *context, void *error)) = NULL;
    void *found = dlsym(RTLD_DEFAULT, "xmlSetStructuredErrorFunc");

    memcpy(&set, &found, sizeof(set));
    if (set)
        set(NULL, say_nothing);
}

static enum prereq_status open_image(struct image_tree *tree, const char *file, unsigned index,
                                     struct prereq_error *err)
{
    struct wimlib_wim_info info;
    int code;

    silence_xml();
    code = wimlib_open_wim(file, 0, &tree->wim);
    if (code != 0)
        return prereq_fail(err, code == WIMLIB_ERR_NOMEM ? PREREQ_NO_MEMORY : PREREQ_BAD_INPUT,
                           "%s: %s", file, wimlib_get_error_string((enum wimlib_error_code)code));
    code = wimlib_get_wim_info(tree->wim, &info);
    if (code != 0 || index < 1 || index > info.image_count)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: has %u images, --index %u is none of them",
                           file, (unsigned)(code == 0 ? info.image_count : 0), index);
    tree->index = (int)index;
    if (!make_file(tree))
        return prereq_fail(err, PREREQ_IO, "no private file for what is in the image can be made");
    return PREREQ_OK;
}

struct prereq_tree *prereq_tree_of_image(const char *file, unsigned index, struct prereq_error *err)
{
    static const struct prereq_tree_ops ops = {.close = close_tree,
                                               .scan = scan_folder,
                                               .link = read_link,
                                               .hold = hold,
                                               .open = open_file,
                                               .prepare = prepare};
    struct image_tree *tree = calloc(1, sizeof(*tree));
    struct prereq_arena *arena = prereq_arena_new(NODE_BYTES);

    if (!tree || !arena || !prereq_tree_init(&tree->base, &ops, arena)) {
        free(tree);
        prereq_arena_free(arena);
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "no memory to read an image");
        return NULL;
    }
    tree->fd = -1;
    tree->base.place = "";
    if (open_image(tree, file, index, err) == PREREQ_OK)
        return &tree->base;
    prereq_tree_close(&tree->base);
    return NULL;
}
