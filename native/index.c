/* SPDX-License-Identifier: MIT */
/* index.c - from names to numbers, without regard to the case of A-Z; a name may have several numbers. */
#include "engine.h"

#include <string.h>

static uint64_t hash_of(const char *key)
{
    uint64_t hash = 14695981039346656037ULL; /* FNV-1a */

    for (; *key; key++) {
        unsigned char c = (unsigned char)*key;

        if (c >= 'A' && c <= 'Z')
            c = (unsigned char)(c - 'A' + 'a');
        hash = (hash ^ c) * 1099511628211ULL;
    }
    return hash;
}

bool prereq_grow(struct prereq_arena *arena, void **items, size_t count, size_t *capacity, size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 16;
    void *grown;

    if (count < *capacity)
        return true;
    grown = prereq_alloc(arena, more, size);
    if (!grown)
        return false;
    if (count > 0)
        memcpy(grown, *items, count * size);
    *items = grown;
    *capacity = more;
    return true;
}

bool prereq_index_init(struct prereq_arena *arena, struct prereq_index *index, size_t capacity)
{
    size_t buckets = 16;

    while (buckets < capacity * 2)
        buckets *= 2;
    memset(index, 0, sizeof(*index));
    index->buckets = PREREQ_NEW_ARRAY(arena, buckets, uint32_t);
    index->bucket_count = index->buckets ? buckets : 0;
    return index->buckets != NULL;
}

/* Twice the buckets, all entries hung in anew in their old order. */
static bool spread(struct prereq_arena *arena, struct prereq_index *index)
{
    size_t buckets = index->bucket_count * 2;
    uint32_t *fresh = PREREQ_NEW_ARRAY(arena, buckets, uint32_t);

    if (!fresh)
        return false;
    for (size_t i = index->count; i-- > 0;) {
        uint32_t *bucket = &fresh[index->entries[i].hash & (buckets - 1)];

        index->entries[i].next = *bucket;
        *bucket = (uint32_t)(i + 1);
    }
    index->buckets = fresh;
    index->bucket_count = buckets;
    return true;
}

bool prereq_index_add(struct prereq_arena *arena, struct prereq_index *index, const char *key,
                      uint32_t value)
{
    void *entries = index->entries;
    uint64_t hash = hash_of(key);
    uint32_t *link;

    if (!prereq_grow(arena, &entries, index->count, &index->capacity, sizeof(*index->entries)))
        return false;
    index->entries = entries;
    if (index->count >= index->bucket_count && !spread(arena, index))
        return false;
    /* At the end of its bucket: values of one key come out in the order they went in. */
    link = &index->buckets[hash & (index->bucket_count - 1)];
    while (*link)
        link = &index->entries[*link - 1].next;
    index->entries[index->count] = (struct prereq_index_entry){key, hash, value, 0};
    *link = (uint32_t)++index->count;
    return true;
}

uint32_t prereq_index_find(const struct prereq_index *index, const char *key, uint32_t *from)
{
    uint64_t hash = hash_of(key);
    uint32_t start = from ? *from : 0;
    uint32_t at;

    if (start)
        at = index->entries[start - 1].next;
    else
        at = index->bucket_count ? index->buckets[hash & (index->bucket_count - 1)] : 0;
    for (; at; at = index->entries[at - 1].next) {
        const struct prereq_index_entry *entry = &index->entries[at - 1];

        if (entry->hash == hash && prereq_equal_nocase(entry->key, key)) {
            if (from)
                *from = at;
            return entry->value;
        }
    }
    return PREREQ_NONE;
}
