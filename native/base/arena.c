/* SPDX-License-Identifier: MIT */
/* arena.c - memory of one run: handed out in order, never given back singly, dropped whole. */
#include <assert.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
#define OWN_BLOCKS true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_BLOCKS true
#endif
#endif
#ifdef OWN_BLOCKS
#include <sanitizer/asan_interface.h>
#define POISON(at, bytes) ASAN_POISON_MEMORY_REGION(at, bytes)
#else
#define OWN_BLOCKS                                                                                 \
    false /* true: each allocation is a malloc() of its own, so that overruns are seen */
#define POISON(at, bytes) ((void)(at), (void)(bytes))
#endif

#define FIRST_BLOCK ((size_t)16 << 10)
/* Small enough for malloc() to take it from what it has: a block that is mapped for itself goes
 * back to the system when it is freed, and every page of the next one costs a page fault. */
#define LARGEST_BLOCK ((size_t)64 << 10)

struct block {
    struct block *next; /* older blocks */
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct prereq_arena {
    struct block *blocks; /* the newest is filled; older ones are full enough */
    size_t limit;
    size_t used;
    size_t next_block;
};

struct prereq_arena *prereq_arena_new(size_t limit)
{
    struct prereq_arena *arena = calloc(1, sizeof(*arena));

    if (!arena)
        return NULL;
    arena->limit = limit;
    arena->next_block = FIRST_BLOCK;
    return arena;
}

static void free_blocks(struct block *block)
{
    while (block) {
        struct block *next = block->next;

        free(block);
        block = next;
    }
}

void prereq_arena_free(struct prereq_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->blocks);
    free(arena);
}

/* The newest shared block is also the largest: with it the next host rarely needs malloc(). */
void prereq_arena_reset(struct prereq_arena *arena)
{
    struct block *kept = OWN_BLOCKS ? NULL : arena->blocks;

    if (kept) {
        free_blocks(kept->next);
        kept->next = NULL;
        kept->used = 0;
    } else {
        free_blocks(arena->blocks);
    }
    arena->blocks = kept;
    arena->used = 0;
}

size_t prereq_arena_used(const struct prereq_arena *arena)
{
    return arena->used;
}

static struct block *new_block(size_t size)
{
    struct block *block;

    if (size > SIZE_MAX - sizeof(*block))
        return NULL;
    block = malloc(sizeof(*block) + size);
    if (!block)
        return NULL;
    block->next = NULL;
    block->size = size;
    block->used = 0;
    /* What lies between the header and the first byte catches who writes in front of it. */
    POISON(&block->used + 1,
           offsetof(struct block, data) - sizeof(block->used) - offsetof(struct block, used));
    return block;
}

/* A block that holds this one allocation, put behind the newest one so that its rest stays in use.
 */
static void *alloc_alone(struct prereq_arena *arena, size_t bytes)
{
    struct block *block = new_block(bytes);

    if (!block)
        return NULL;
    block->used = bytes;
    if (arena->blocks && !OWN_BLOCKS) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        block->next = arena->blocks;
        arena->blocks = block;
    }
    return block->data;
}

static void *alloc_shared(struct prereq_arena *arena, size_t rounded)
{
    struct block *block = arena->blocks;
    void *memory;

    if (!block || block->size - block->used < rounded) {
        block = new_block(arena->next_block);
        if (!block)
            return NULL;
        if (arena->next_block < LARGEST_BLOCK)
            arena->next_block *= 2;
        block->next = arena->blocks;
        arena->blocks = block;
    }
    memory = block->data + block->used;
    block->used += rounded;
    return memory;
}

void *prereq_alloc_unset(struct prereq_arena *arena, size_t bytes)
{
    const size_t align = alignof(max_align_t);
    size_t rounded;
    void *memory;

    if (bytes > SIZE_MAX - align)
        return NULL;
    rounded = (bytes + (bytes == 0) + align - 1) / align * align;
    if (rounded > arena->limit - arena->used)
        return NULL;
    /* Large ones alone: a shared block would be left mostly empty. */
    if (OWN_BLOCKS || rounded > FIRST_BLOCK / 2)
        memory = alloc_alone(arena, bytes);
    else
        memory = alloc_shared(arena, rounded);
    if (!memory)
        return NULL;
    arena->used += rounded;
    return memory;
}

void *prereq_alloc(struct prereq_arena *arena, size_t count, size_t size)
{
    void *memory;

    if (size && count > SIZE_MAX / size)
        return NULL;
    memory = prereq_alloc_unset(arena, count * size);
    return memory ? memset(memory, 0, count * size) : NULL;
}

char *prereq_strndup(struct prereq_arena *arena, const char *text, size_t len)
{
    char *copy;

    if (len == SIZE_MAX)
        return NULL;
    copy = prereq_alloc_unset(arena, len + 1);
    if (!copy)
        return NULL;
    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

char *prereq_strdup(struct prereq_arena *arena, const char *text)
{
    assert(text);
    return prereq_strndup(arena, text, strlen(text));
}

char *prereq_printf(struct prereq_arena *arena, const char *fmt, ...)
{
    va_list args, again;
    char *text = NULL;
    int len;

    va_start(args, fmt);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, args);
    if (len >= 0)
        text = prereq_alloc_unset(arena, (size_t)len + 1);
    if (text)
        (void)vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    va_end(args);
    return text;
}

bool prereq_grow(struct prereq_arena *arena, void **items, size_t count, size_t *capacity,
                 size_t size)
{
    size_t more = *capacity ? *capacity * 2 : 16;
    void *grown;

    assert(count <= *capacity);
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
