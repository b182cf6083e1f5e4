/* SPDX-License-Identifier: MIT */
/* host_ids.c - a hash table over host ids that keeps 16 bytes of each.
 *
 * The key is the beginning of a SHA-256: ids come from hosts, and nobody can make two that fall
 * together. */
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "inputs/host_ids.h"

struct slot {
    uint64_t key; /* 0: free */
    size_t value;
};

struct host_ids {
    struct slot *slots;
    size_t room; /* a power of two */
    size_t count;
};

struct host_ids *host_ids_new(void)
{
    struct host_ids *ids = calloc(1, sizeof(*ids));

    if (!ids)
        return NULL;
    ids->room = 1024;
    ids->slots = calloc(ids->room, sizeof(*ids->slots));
    if (ids->slots)
        return ids;
    free(ids);
    return NULL;
}

void host_ids_free(struct host_ids *ids)
{
    if (!ids)
        return;
    free(ids->slots);
    free(ids);
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* 0 for want of memory. */
static uint64_t key_of(const char *id)
{
    size_t len = strlen(id);
    char *lower = malloc(len + 1);
    uint64_t key = 0;
    char hex[65];

    if (!lower)
        return 0;
    for (size_t i = 0; i <= len; i++)
        lower[i] = (char)(id[i] >= 'A' && id[i] <= 'Z' ? id[i] + ('a' - 'A') : id[i]);
    prereq_sha256_hex(lower, len, hex);
    free(lower);
    for (int i = 0; i < 16; i++)
        key = key << 4 | hex_digit(hex[i]);
    return key ? key : 1;
}

/* The slot of a key, or the free one where it belongs. */
static struct slot *slot_of(struct slot *slots, size_t room, uint64_t key)
{
    size_t at = (size_t)key & (room - 1);

    while (slots[at].key && slots[at].key != key)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static bool double_room(struct host_ids *ids)
{
    size_t room = ids->room * 2;
    struct slot *slots = calloc(room, sizeof(*slots));

    if (!slots)
        return false;
    for (size_t i = 0; i < ids->room; i++)
        if (ids->slots[i].key)
            *slot_of(slots, room, ids->slots[i].key) = ids->slots[i];
    free(ids->slots);
    ids->slots = slots;
    ids->room = room;
    return true;
}

bool host_ids_add(struct host_ids *ids, const char *id, size_t value, size_t *kept, bool *fresh)
{
    uint64_t key = key_of(id);
    struct slot *slot;

    if (!key || (ids->count * 2 >= ids->room && !double_room(ids)))
        return false;
    slot = slot_of(ids->slots, ids->room, key);
    *fresh = slot->key == 0;
    if (*fresh) {
        *slot = (struct slot){key, value};
        ids->count++;
    }
    *kept = slot->value;
    return true;
}

bool host_ids_find(const struct host_ids *ids, const char *id, size_t *value)
{
    uint64_t key = key_of(id);
    const struct slot *slot;

    if (!key)
        return false;
    slot = slot_of(ids->slots, ids->room, key);
    if (!slot->key)
        return false;
    *value = slot->value;
    return true;
}
