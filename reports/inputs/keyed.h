/* SPDX-License-Identifier: MIT */
/* keyed.h - structs found by a text: figures per patch, per group, per blocker; and sets of texts.
 */
#ifndef REPORTS_KEYED_H
#define REPORTS_KEYED_H

#include "base/base.h"

/* Entries are structs whose first member is `const char *key`; they and their keys live in `arena`
 * and never move. */
struct keyed {
    struct prereq_arena *arena;
    size_t entry_size;
    void **slots; /* open addressing; on the heap */
    size_t slot_count, count;
};

/* The entry of `key`, a zeroed one with its own copy of the key when it is new.  NULL: no memory.
 */
void *keyed_get(struct keyed *keyed, const char *key);
/* All entries in byte order of their keys, in `arena`; NULL: no memory. */
void **keyed_sorted(const struct keyed *keyed, struct prereq_arena *arena);
void keyed_free(struct keyed *keyed); /* the slots */

/* A set of texts that keeps eight bytes of each: members of a fleet without their names.  Two texts
 * that fall together (1 in 2^64) would count as one. */
struct marks {
    uint64_t *slots; /* on the heap; 0 is free */
    size_t slot_count, count;
};

enum marks_answer {
    MARKS_NEW,
    MARKS_KNOWN,
    MARKS_NO_MEMORY,
};
enum marks_answer marks_add(struct marks *marks, const char *text);
bool marks_has(const struct marks *marks, const char *text);
void marks_free(struct marks *marks);

#endif
