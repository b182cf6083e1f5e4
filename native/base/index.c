/* SPDX-License-Identifier: MIT */
/* index.c - from names to numbers, without regard to the case of A-Z; a name may have several
 * numbers. */
#include "base/index.h"

#include <assert.h>
#include <string.h>

bool prereq_index_init(struct prereq_arena *arena, struct prereq_index *index, size_t capacity)
{
    size_t buckets = 16;

    while (buckets < capacity * 2)
        buckets *= 2;
    memset(index, 0, sizeof(*index));
    index->buckets = PREREQ_NEW_ARRAY(arena, buckets, struct prereq_index_bucket);
    index->bucket_count = index->buckets ? buckets : 0;
    return index->buckets != NULL;
}

/* At the end of its bucket: values of one key come out in the order they went in. */
static void hang_in(struct prereq_index *index, size_t number)
{
    struct prereq_index_entry *entry = &index->entries[number];
    struct prereq_index_bucket *bucket = &index->buckets[entry->hash & (index->bucket_count - 1)];

    entry->next = 0;
    if (bucket->last)
        index->entries[bucket->last - 1].next = (uint32_t)(number + 1);
    else
        bucket->first = (uint32_t)(number + 1);
    bucket->last = (uint32_t)(number + 1);
}

/* Twice the buckets, all entries hung in anew in their old order. */
static bool spread(struct prereq_arena *arena, struct prereq_index *index)
{
    size_t buckets = index->bucket_count * 2;
    struct prereq_index_bucket *fresh =
        PREREQ_NEW_ARRAY(arena, buckets, struct prereq_index_bucket);

    if (!fresh)
        return false;
    index->buckets = fresh;
    index->bucket_count = buckets;
    for (size_t i = 0; i < index->count; i++)
        hang_in(index, i);
    return true;
}

bool prereq_index_add_hash(struct prereq_arena *arena, struct prereq_index *index, uint64_t hash,
                           const char *key, uint32_t value)
{
    void *entries = index->entries;

    if (!prereq_grow(arena, &entries, index->count, &index->capacity, sizeof(*index->entries)))
        return false;
    index->entries = entries;
    if (index->count >= index->bucket_count && !spread(arena, index))
        return false;
    index->entries[index->count] = (struct prereq_index_entry){key, hash, value, 0};
    hang_in(index, index->count++);
    return true;
}

bool prereq_index_add(struct prereq_arena *arena, struct prereq_index *index, const char *key,
                      uint32_t value)
{
    return prereq_index_add_hash(arena, index, prereq_hash_nocase(key), key, value);
}

const struct prereq_index_entry *prereq_index_next(const struct prereq_index *index, uint64_t hash,
                                                   uint32_t *from)
{
    uint32_t at;

    if (*from)
        at = index->entries[*from - 1].next;
    else
        at = index->bucket_count ? index->buckets[hash & (index->bucket_count - 1)].first : 0;
    while (at && index->entries[at - 1].hash != hash)
        at = index->entries[at - 1].next;
    if (!at)
        return NULL;
    *from = at;
    return &index->entries[at - 1];
}

uint32_t prereq_index_find(const struct prereq_index *index, const char *key, uint32_t *from)
{
    uint64_t hash = prereq_hash_nocase(key);
    uint32_t at = from ? *from : 0;
    const struct prereq_index_entry *entry;

    do
        entry = prereq_index_next(index, hash, &at);
    while (entry && !prereq_equal_nocase(entry->key, key));
    if (!entry)
        return PREREQ_NONE;
    if (from)
        *from = at;
    return entry->value;
}
