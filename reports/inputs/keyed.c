/* SPDX-License-Identifier: MIT */
/* keyed.c - hash tables for figures; no output depends on their inner order. */
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "inputs/keyed.h"

/* FNV-1a, then mixed (the finisher of MurmurHash3), so that low bits depend on all of the text. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = 0xcbf29ce484222325U;

    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 0x100000001b3U;
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdU;
    hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53U;
    return hash ^ (hash >> 33);
}

static const char *key_of(const void *entry)
{
    return *(const char *const *)entry;
}

/* Where `key` is or belongs; a free slot is always left. */
static size_t slot_of(void *const *slots, size_t slot_count, const char *key)
{
    size_t at = (size_t)hash_of(key) & (slot_count - 1);

    while (slots[at] && strcmp(key_of(slots[at]), key) != 0)
        at = (at + 1) & (slot_count - 1);
    return at;
}

static bool grow(struct keyed *keyed)
{
    size_t slot_count = keyed->slot_count ? keyed->slot_count * 2 : 64;
    void **slots = calloc(slot_count, sizeof(*slots));

    if (!slots)
        return false;
    for (size_t i = 0; i < keyed->slot_count; i++) {
        if (keyed->slots[i])
            slots[slot_of(slots, slot_count, key_of(keyed->slots[i]))] = keyed->slots[i];
    }
    free(keyed->slots);
    keyed->slots = slots;
    keyed->slot_count = slot_count;
    return true;
}

void *keyed_get(struct keyed *keyed, const char *key)
{
    const char **entry;
    size_t at;

    if (keyed->count * 2 >= keyed->slot_count && !grow(keyed))
        return NULL;
    at = slot_of(keyed->slots, keyed->slot_count, key);
    if (keyed->slots[at])
        return keyed->slots[at];
    entry = prereq_alloc(keyed->arena, 1, keyed->entry_size);
    if (!entry)
        return NULL;
    *entry = prereq_strdup(keyed->arena, key);
    if (!*entry)
        return NULL;
    keyed->slots[at] = (void *)entry;
    keyed->count++;
    return keyed->slots[at];
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(key_of(*(void *const *)a), key_of(*(void *const *)b));
}

void **keyed_sorted(const struct keyed *keyed, struct prereq_arena *arena)
{
    void **entries = PREREQ_NEW_ARRAY(arena, keyed->count + 1, void *);
    size_t count = 0;

    if (!entries)
        return NULL;
    for (size_t i = 0; i < keyed->slot_count; i++) {
        if (keyed->slots[i])
            entries[count++] = keyed->slots[i];
    }
    qsort(entries, count, sizeof(*entries), compare_keys);
    return entries;
}

void keyed_free(struct keyed *keyed)
{
    free(keyed->slots);
    keyed->slots = NULL;
    keyed->slot_count = keyed->count = 0;
}

/* ---- sets ---- */

static size_t mark_slot(const uint64_t *slots, size_t slot_count, uint64_t mark)
{
    size_t at = (size_t)mark & (slot_count - 1);

    while (slots[at] && slots[at] != mark)
        at = (at + 1) & (slot_count - 1);
    return at;
}

/* From SHA-256, so that no host can choose a name that falls together with another's. */
static uint64_t mark_of(const char *text)
{
    char hex[65];
    uint64_t mark;

    prereq_sha256_hex(text, strlen(text), hex);
    hex[16] = '\0';
    mark = strtoull(hex, NULL, 16);
    return mark ? mark : 1;
}

static bool grow_marks(struct marks *marks)
{
    size_t slot_count = marks->slot_count ? marks->slot_count * 2 : 64;
    uint64_t *slots = calloc(slot_count, sizeof(*slots));

    if (!slots)
        return false;
    for (size_t i = 0; i < marks->slot_count; i++) {
        if (marks->slots[i])
            slots[mark_slot(slots, slot_count, marks->slots[i])] = marks->slots[i];
    }
    free(marks->slots);
    marks->slots = slots;
    marks->slot_count = slot_count;
    return true;
}

enum marks_answer marks_add(struct marks *marks, const char *text)
{
    uint64_t mark = mark_of(text);
    size_t at;

    if (marks->count * 2 >= marks->slot_count && !grow_marks(marks))
        return MARKS_NO_MEMORY;
    at = mark_slot(marks->slots, marks->slot_count, mark);
    if (marks->slots[at])
        return MARKS_KNOWN;
    marks->slots[at] = mark;
    marks->count++;
    return MARKS_NEW;
}

bool marks_has(const struct marks *marks, const char *text)
{
    uint64_t mark = mark_of(text);

    return marks->slot_count && marks->slots[mark_slot(marks->slots, marks->slot_count, mark)];
}

void marks_free(struct marks *marks)
{
    free(marks->slots);
    *marks = (struct marks){0};
}
