/* SPDX-License-Identifier: MIT */
/* tree.h - files of a Windows tree by Windows paths: case never counts, and nothing leads out.
 *
 * A node stands for one name that was seen in a scan of its folder; nodes live as long as the tree.
 * All of this may be called by several threads at once. */
#ifndef PREREQ_OFFLINE_TREE_H
#define PREREQ_OFFLINE_TREE_H

#include <pthread.h>

#include "collect/source.h"

#define PREREQ_TREE_DEPTH 128  /* folders above a file */
#define PREREQ_TREE_LINKS 40   /* on the way to one file, as Linux has it */
#define PREREQ_TREE_PATH 32768 /* bytes of a path, links put in */

enum prereq_node_kind {
    PREREQ_NODE_FILE,
    PREREQ_NODE_FOLDER,
    PREREQ_NODE_LINK,
    PREREQ_NODE_OTHER, /* a pipe, a device, an unknown reparse point: never opened */
};

struct prereq_node {
    const char *name;
    struct prereq_node *parent; /* NULL: the root */
    enum prereq_node_kind kind;
    unsigned depth;
    struct prereq_node *next; /* in its folder, in the order of the scan */
    /* of a folder that was scanned */
    bool scanned;
    enum prereq_look look; /* what the scan gave */
    struct prereq_refusal *why;
    struct prereq_node *first, *last;
    struct prereq_node **slots; /* by name; slot_count is a power of two */
    size_t count, slot_count;
    int fd; /* kept open, or -1 */
    /* of an image */
    uint64_t size;
    struct prereq_time modified;
    bool taken_out;
    uint64_t at;        /* of a file that was taken out, where all of them are */
    const char *target; /* of a link that was taken out */
};

struct prereq_handle {
    int fd;
    bool shared; /* the file is a part of `fd`, which stays open */
    uint64_t from, size;
};

struct prereq_tree;

struct prereq_tree_ops {
    void (*close)(struct prereq_tree *tree);
    /* Call prereq_tree_add() for all that is in a folder. */
    enum prereq_look (*scan)(struct prereq_tree *tree, struct prereq_node *folder,
                             struct prereq_refusal *why);
    /* Where a link leads, as a path with "/" or "\"; at most `size` bytes with its NUL. */
    enum prereq_look (*link)(struct prereq_tree *tree, struct prereq_node *node, char *target,
                             size_t size, struct prereq_refusal *why);
    /* Under the tree's lock: get ready for `open`, which is called without it. */
    enum prereq_look (*hold)(struct prereq_tree *tree, struct prereq_node *node, int *folder_fd,
                             bool *owned, struct prereq_refusal *why);
    enum prereq_look (*open)(struct prereq_tree *tree, struct prereq_node *node, int folder_fd,
                             struct prereq_file *file, struct prereq_refusal *why);
    /* NULL: nothing to prepare. */
    void (*prepare)(struct prereq_tree *tree, struct prereq_node *const *nodes, size_t count);
};

struct prereq_tree {
    const struct prereq_tree_ops *ops;
    struct prereq_arena *arena; /* of nodes */
    pthread_mutex_t lock;
    struct prereq_node *root;
    char drive;         /* letter of the system's drive */
    const char *folder; /* set when the root is the Windows folder itself: its name */
    const char *place;  /* absolute targets of links that begin with it are inside; or NULL */
};

/* `arena` holds all nodes. */
bool prereq_tree_init(struct prereq_tree *tree, const struct prereq_tree_ops *ops,
                      struct prereq_arena *arena);
void prereq_tree_close(struct prereq_tree *tree); /* NULL is allowed */
enum prereq_look prereq_tree_add(struct prereq_tree *tree, struct prereq_node *folder,
                                 const char *name, enum prereq_node_kind kind,
                                 struct prereq_node **made, struct prereq_refusal *why);

/* `path` is absolute: C:\Windows\x. */
enum prereq_look prereq_tree_find(struct prereq_tree *tree, const char *path,
                                  struct prereq_node **node, struct prereq_refusal *why);
/* `path` begins at the root of the tree: Windows\x. */
enum prereq_look prereq_tree_find_below(struct prereq_tree *tree, const char *path,
                                        struct prereq_node **node, struct prereq_refusal *why);
enum prereq_look prereq_tree_open(struct prereq_tree *tree, struct prereq_node *node,
                                  struct prereq_file *file, struct prereq_refusal *why);
enum prereq_look prereq_tree_names(struct prereq_tree *tree, const char *path,
                                   struct prereq_arena *arena, struct prereq_names *names,
                                   struct prereq_refusal *why);
/* Names from the root down with "/" between them, "" for the root; NULL: no memory, or too long. */
const char *prereq_node_path(const struct prereq_node *node, char *out, size_t size);

enum prereq_look prereq_handle_read(struct prereq_handle *handle, uint64_t offset, void *bytes,
                                    size_t len, size_t *got, struct prereq_refusal *why);
void prereq_handle_close(struct prereq_handle *handle);

/* Fill `why` and return UNAVAILABLE. */
enum prereq_look prereq_tree_refuse(struct prereq_refusal *why, const char *what,
                                    const char *reason);
enum prereq_look prereq_tree_refuse_errno(struct prereq_refusal *why, const char *what, int code);
enum prereq_look prereq_tree_no_memory(struct prereq_refusal *why);

/* ---- the two kinds ---- */
struct prereq_tree *prereq_tree_of_folder(const char *folder, struct prereq_error *err);
struct prereq_tree *prereq_tree_of_image(const char *file, unsigned index,
                                         struct prereq_error *err);

#endif
