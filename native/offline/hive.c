/* SPDX-License-Identifier: MIT */
/* hive.c - reads a registry file through hivex, which finds a key in a wide one by reading every
 * name each time: names are kept here, once for each parent that is asked for.
 *
 * hivex gets a copy in memory, so the file cannot change under it. */
#include "offline/hive.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "collect/gather.h"

#define INDEX_BYTES ((size_t)1 << 30)
#define INDEXES 16384
#define MAX_DEPTH 512 /* keys below keys, as Windows has it */

struct child {
    const char *name;
    hive_node_h node;
};

struct index {
    hive_node_h parent;
    struct index *next;
    bool damaged; /* not all children could be read */
    struct child *children;
    size_t count;
    uint32_t *slots; /* place in children + 1 */
    size_t slot_count;
};

struct prereq_hive {
    const char *name;
    hive_h *file;
    bool dirty;
    struct prereq_arena *arena;
    struct index *indexes[INDEXES];
};

static enum prereq_look no_memory(struct prereq_refusal *why)
{
    prereq_refuse(why, "no_memory", NULL, "No memory is left for the registry.");
    return PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look damaged(const struct prereq_hive *hive, int code,
                                struct prereq_refusal *why)
{
    if (code == ENOMEM)
        return no_memory(why);
    prereq_refuse(why, "error", NULL, "The registry file %s is damaged there.",
                  PREREQ_CLIP(hive->name, 60));
    return PREREQ_LOOK_UNAVAILABLE;
}

/* ---- opening ---- */

static bool write_all(int fd, const unsigned char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t done = write(fd, bytes, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        bytes += done;
        len -= (size_t)done;
    }
    return true;
}

/* hivex opens by name only. */
static hive_h *open_copy(const unsigned char *bytes, size_t len, int *code)
{
    int fd = memfd_create("hive", MFD_CLOEXEC);
    hive_h *file = NULL;
    char name[64];

    *code = errno;
    if (fd < 0)
        return NULL;
    if (write_all(fd, bytes, len)) {
        (void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
        file = hivex_open(name, 0);
    }
    *code = errno;
    (void)close(fd);
    return file;
}

static enum prereq_look refuse_file(const struct prereq_hive_input *input, const char *reason,
                                    struct prereq_refusal *why)
{
    prereq_refuse(why, "error", NULL, "The registry file %s %s.", PREREQ_CLIP(input->name, 60),
                  reason);
    return PREREQ_LOOK_UNAVAILABLE;
}

static enum prereq_look fill_hive(struct prereq_hive *hive, const struct prereq_hive_input *input,
                                  struct prereq_refusal *why)
{
    struct prereq_hive_base base;
    size_t len = input->len;
    int code = 0;

    if (len < PREREQ_HIVE_BASE || !prereq_hive_base_read(input->bytes, len, &base))
        return refuse_file(input, "is no registry file", why);
    if (base.data_size > len - PREREQ_HIVE_BASE)
        return refuse_file(input, "is cut off", why);
    /* hivex takes bytes behind the last page, which some disks leave there, for damage. */
    len = PREREQ_HIVE_BASE + base.data_size;
    hive->dirty = base.sequence[0] != base.sequence[1] || input->newer_log;
    hive->arena = prereq_arena_new(INDEX_BYTES);
    if (hive->arena)
        hive->name = prereq_strdup(hive->arena, input->name);
    if (!hive->name)
        return no_memory(why);
    hive->file = open_copy(input->bytes, len, &code);
    if (!hive->file)
        return code == ENOMEM ? no_memory(why) : refuse_file(input, "is damaged", why);
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_hive_open(const struct prereq_hive_input *input, struct prereq_hive **hive,
                                  struct prereq_refusal *why)
{
    struct prereq_hive *opened = calloc(1, sizeof(*opened));
    enum prereq_look look;

    if (!opened)
        return no_memory(why);
    look = fill_hive(opened, input, why);
    if (look == PREREQ_LOOK_FOUND)
        *hive = opened;
    else
        prereq_hive_close(opened);
    return look;
}

void prereq_hive_close(struct prereq_hive *hive)
{
    if (!hive)
        return;
    if (hive->file)
        (void)hivex_close(hive->file);
    prereq_arena_free(hive->arena);
    free(hive);
}

bool prereq_hive_is_dirty(const struct prereq_hive *hive)
{
    return hive->dirty;
}

/* ---- children by name ---- */

static size_t first_slot(const struct index *index, const char *name)
{
    return (size_t)prereq_hash_nocase(name) & (index->slot_count - 1);
}

static bool add_slots(struct prereq_hive *hive, struct index *index)
{
    index->slot_count = 4;
    while (index->slot_count < index->count * 2)
        index->slot_count *= 2;
    index->slots = PREREQ_NEW_ARRAY(hive->arena, index->slot_count, uint32_t);
    if (!index->slots)
        return false;
    for (size_t i = 0; i < index->count; i++) {
        size_t at = first_slot(index, index->children[i].name);

        while (index->slots[at])
            at = (at + 1) & (index->slot_count - 1);
        index->slots[at] = (uint32_t)i + 1;
    }
    return true;
}

/* A name that cannot be read could be the one that is asked for. */
static bool add_children(struct prereq_hive *hive, struct index *index, const hive_node_h *nodes)
{
    size_t count = 0;

    while (nodes[count])
        count++;
    index->children = PREREQ_NEW_ARRAY(hive->arena, count, struct child);
    if (!index->children)
        return false;
    for (size_t i = 0; i < count; i++) {
        struct child *child = &index->children[index->count];
        char *name = hivex_node_name(hive->file, nodes[i]);

        if (!name) {
            index->damaged = true;
            continue;
        }
        child->node = nodes[i];
        child->name = prereq_strdup(hive->arena, name);
        free(name);
        if (!child->name)
            return false;
        index->count++;
    }
    return add_slots(hive, index);
}

static struct index **place_of(struct prereq_hive *hive, hive_node_h parent)
{
    struct index **place = &hive->indexes[(parent >> 3) % INDEXES];

    while (*place && (*place)->parent != parent)
        place = &(*place)->next;
    return place;
}

/* NULL: no memory. */
static struct index *index_of(struct prereq_hive *hive, hive_node_h parent)
{
    struct index **place = place_of(hive, parent);
    struct index *index = *place;
    hive_node_h *nodes;
    bool made;

    if (index)
        return index;
    index = PREREQ_NEW(hive->arena, struct index);
    if (!index)
        return NULL;
    index->parent = parent;
    nodes = hivex_node_children(hive->file, parent);
    if (!nodes) {
        index->damaged = true;
        made = add_slots(hive, index);
    } else {
        made = add_children(hive, index, nodes);
    }
    free(nodes);
    if (!made)
        return NULL;
    *place = index;
    return index;
}

enum prereq_look prereq_hive_child(struct prereq_hive *hive, hive_node_h parent, const char *name,
                                   hive_node_h *child, struct prereq_refusal *why)
{
    const struct index *index = index_of(hive, parent);

    if (!index)
        return no_memory(why);
    for (size_t at = first_slot(index, name); index->slots[at];
         at = (at + 1) & (index->slot_count - 1)) {
        const struct child *found = &index->children[index->slots[at] - 1];

        if (prereq_equal_nocase(found->name, name)) {
            *child = found->node;
            return PREREQ_LOOK_FOUND;
        }
    }
    return index->damaged ? damaged(hive, EFAULT, why) : PREREQ_LOOK_ABSENT;
}

enum prereq_look prereq_hive_find(struct prereq_hive *hive, const char *path, hive_node_h *node,
                                  struct prereq_refusal *why)
{
    hive_node_h at = hivex_root(hive->file);
    enum prereq_look look = PREREQ_LOOK_FOUND;
    unsigned depth = 0;

    if (!at)
        return damaged(hive, EFAULT, why);
    while (*path && look == PREREQ_LOOK_FOUND) {
        char name[1024];
        size_t len = strcspn(path, "\\");

        if (len >= sizeof(name) || ++depth > MAX_DEPTH)
            return PREREQ_LOOK_ABSENT; /* no registry holds such a key */
        memcpy(name, path, len);
        name[len] = '\0';
        path += len + (path[len] == '\\');
        if (len > 0)
            look = prereq_hive_child(hive, at, name, &at, why);
    }
    if (look == PREREQ_LOOK_FOUND)
        *node = at;
    return look;
}

/* ---- what a key holds ---- */

enum prereq_look prereq_hive_key_names(struct prereq_hive *hive, hive_node_h node,
                                       struct prereq_arena *arena, struct prereq_names *names,
                                       struct prereq_refusal *why)
{
    const struct index *index = index_of(hive, node);
    struct prereq_names read = {0};

    if (!index)
        return no_memory(why);
    if (index->damaged)
        return damaged(hive, EFAULT, why);
    if (index->count > PREREQ_MAX_NAMES) {
        prereq_refuse(why, "error", NULL, "The key holds too many keys.");
        return PREREQ_LOOK_UNAVAILABLE;
    }
    read.name = PREREQ_NEW_ARRAY(arena, index->count, const char *);
    if (!read.name)
        return no_memory(why);
    for (; read.count < index->count; read.count++) {
        read.name[read.count] = prereq_strdup(arena, index->children[read.count].name);
        if (!read.name[read.count])
            return no_memory(why);
    }
    *names = read;
    return PREREQ_LOOK_FOUND;
}

static enum prereq_look copy_value_names(struct prereq_hive *hive, const hive_value_h *values,
                                         struct prereq_arena *arena, struct prereq_names *names,
                                         struct prereq_refusal *why)
{
    size_t count = 0;

    while (values[count])
        count++;
    if (count > PREREQ_MAX_NAMES) {
        prereq_refuse(why, "error", NULL, "The key holds too many values.");
        return PREREQ_LOOK_UNAVAILABLE;
    }
    names->name = PREREQ_NEW_ARRAY(arena, count, const char *);
    if (!names->name)
        return no_memory(why);
    for (; names->count < count; names->count++) {
        char *name = hivex_value_key(hive->file, values[names->count]);

        if (!name)
            return damaged(hive, errno, why);
        names->name[names->count] = prereq_strdup(arena, name);
        free(name);
        if (!names->name[names->count])
            return no_memory(why);
    }
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_hive_value_names(struct prereq_hive *hive, hive_node_h node,
                                         struct prereq_arena *arena, struct prereq_names *names,
                                         struct prereq_refusal *why)
{
    hive_value_h *values = hivex_node_values(hive->file, node);
    struct prereq_names read = {0};
    enum prereq_look look;

    if (!values)
        return damaged(hive, errno, why);
    look = copy_value_names(hive, values, arena, &read, why);
    free(values);
    if (look == PREREQ_LOOK_FOUND)
        *names = read;
    return look;
}

static enum prereq_look copy_value(struct prereq_hive *hive, hive_value_h handle, size_t len,
                                   struct prereq_arena *arena, struct prereq_reg_value *value,
                                   struct prereq_refusal *why)
{
    unsigned char *copy = prereq_alloc_unset(arena, len);
    hive_type type;
    size_t got = 0;
    char *bytes;

    if (!copy)
        return no_memory(why);
    value->bytes = copy;
    if (len == 0)
        return PREREQ_LOOK_FOUND;
    bytes = hivex_value_value(hive->file, handle, &type, &got);
    if (!bytes || got > len) {
        int code = bytes ? EFAULT : errno;

        free(bytes);
        return damaged(hive, code, why);
    }
    memcpy(copy, bytes, got);
    free(bytes);
    value->len = got;
    return PREREQ_LOOK_FOUND;
}

enum prereq_look prereq_hive_value(struct prereq_hive *hive, hive_node_h node, const char *name,
                                   struct prereq_arena *arena, struct prereq_reg_value *value,
                                   struct prereq_refusal *why)
{
    struct prereq_reg_value read = {0};
    hive_value_h handle;
    enum prereq_look look;
    hive_type type;
    size_t len = 0;

    errno = 0;
    handle = hivex_node_get_value(hive->file, node, name);
    if (!handle)
        return errno ? damaged(hive, errno, why) : PREREQ_LOOK_ABSENT;
    if (hivex_value_type(hive->file, handle, &type, &len) != 0)
        return damaged(hive, errno, why);
    if (len > (size_t)PREREQ_MAX_VALUE) {
        prereq_refuse(why, "error", NULL, "The value is longer than %d bytes.", PREREQ_MAX_VALUE);
        return PREREQ_LOOK_UNAVAILABLE;
    }
    read.type = (uint32_t)type;
    look = copy_value(hive, handle, len, arena, &read, why);
    if (look == PREREQ_LOOK_FOUND)
        *value = read;
    return look;
}

enum prereq_look prereq_hive_time(struct prereq_hive *hive, hive_node_h node,
                                  struct prereq_time *time, struct prereq_refusal *why)
{
    int64_t written = hivex_node_timestamp(hive->file, node);

    if (written < 0)
        return damaged(hive, errno, why);
    *time = prereq_time_from_filetime((uint64_t)written);
    return PREREQ_LOOK_FOUND;
}
