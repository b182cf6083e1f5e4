/* SPDX-License-Identifier: MIT */
/* index.h - from a name to numbers: slots, ids, keys.  Case of A-Z does not count. */
#ifndef PREREQ_INDEX_H
#define PREREQ_INDEX_H

#include "base/base.h"

#define PREREQ_NONE UINT32_MAX

struct prereq_index {
    struct prereq_index_bucket *buckets;
    size_t bucket_count;
    struct prereq_index_entry *entries;
    size_t count, capacity;
};

struct prereq_index_bucket { /* numbers of entries + 1; 0: none */
    uint32_t first, last;
};

struct prereq_index_entry {
    const char *key; /* NULL: what it stands for is told by `value` */
    uint64_t hash;
    uint32_t value;
    uint32_t next; /* in the bucket, + 1 */
};

bool prereq_index_init(struct prereq_arena *arena, struct prereq_index *index, size_t capacity);
/* The first value of a key at or behind `from` (0 to begin); PREREQ_NONE at the end.  *from moves
 * on. */
uint32_t prereq_index_find(const struct prereq_index *index, const char *key, uint32_t *from);
bool prereq_index_add(struct prereq_arena *arena, struct prereq_index *index, const char *key,
                      uint32_t value);
/* For keys that are more than one text: the caller makes the hash, and looks whether what has it is
 * what it means.  *from begins as 0; NULL: no more. */
bool prereq_index_add_hash(struct prereq_arena *arena, struct prereq_index *index, uint64_t hash,
                           const char *key, uint32_t value);
const struct prereq_index_entry *prereq_index_next(const struct prereq_index *index, uint64_t hash,
                                                   uint32_t *from);

#endif
