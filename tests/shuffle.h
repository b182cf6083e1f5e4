/* SPDX-License-Identifier: MIT */
/* shuffle.h - a document with every list in another order, but for those whose order says
 * something. */
#ifndef PREREQ_TESTS_SHUFFLE_H
#define PREREQ_TESTS_SHUFFLE_H

#include <string.h>

#include "patchprereq.h"
#include "table.h"

/* Written down here once more, so that a list which the product takes for one in order by mistake
 * is shuffled all the same. */
static const struct in_order {
    const char *shape, *member;
    bool numbers; /* the order only numbers ids: it changes those, and no verdict and no step */
} lists_in_order[] = {
    {"registryFact", "values", false}, /* strings of one value */
    {"command", "arguments", false},   /* of one command */
    {"patch", "sources", false},       /* the first is the one that is shown */
    {"product", "sources", false},     /* likewise */
    {"product", "branches", false},    /* from earlier to later */
    {"patch", "restartWhen", false},   /* the first that holds decides */
    {"patch", "cautions", false},      /* their steps go one after the other */
    {"caution", "before", false},      /* likewise */
    {"caution", "after", false},       /* likewise */
    {"patch", "prerequisites", true},  /* <status>/<group>.<alternative> */
    {"prerequisite", "anyOf", true},   /* likewise */
    {"patch", "files", true},          /* <status>/c<n> */
    {"policy", "require", false},      /* the first that matches decides */
    {"assessment", "restore", false},  /* the order in which they went on */
    {"plan", "restore", false},        /* likewise */
    {"plan", "steps", false},          /* one after the other */
    {"planStep", "arguments", false},  /* of one command */
    {"assessment", "catalogs", false}, /* a later one replaces entries of an earlier one */
};

struct shuffler {
    uint64_t seed;
    bool numbers; /* shuffle lists that number ids as well */
    size_t moved; /* lists of two elements or more that were shuffled */
};

static inline bool stays(const struct shuffler *shuffler, const struct prereq_shape *shape,
                         const struct prereq_member *member)
{
    for (size_t i = 0; i < PREREQ_COUNT(lists_in_order); i++) {
        if (strcmp(lists_in_order[i].shape, shape->title) == 0 &&
            strcmp(lists_in_order[i].member, member->name) == 0)
            return !(shuffler->numbers && lists_in_order[i].numbers);
    }
    return false;
}

/* Splitmix: the same numbers for the same seed on every machine. */
static inline uint64_t next_random(struct shuffler *shuffler)
{
    uint64_t z = shuffler->seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline void swap_bytes(char *a, char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char kept = a[i];

        a[i] = b[i];
        b[i] = kept;
    }
}

/* `object` is the test's own copy with all that it points to. */
static inline void shuffle(struct shuffler *shuffler, const struct prereq_shape *shape,
                           void *object)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        size_t count = 1, size;
        char *items;

        if (m->type != PREREQ_OBJECT && !m->count_offset)
            continue;
        memcpy(&items, (char *)object + m->offset, sizeof(items));
        if (m->count_offset)
            memcpy(&count, (char *)object + m->count_offset, sizeof(count));
        if (!items || count == 0)
            continue;
        size = m->type == PREREQ_OBJECT ? m->shape->size : prereq_element_size(m);
        for (size_t i = 0; m->shape && i < count; i++)
            shuffle(shuffler, m->shape, items + i * size);
        if (count < 2 || stays(shuffler, shape, m))
            continue;
        shuffler->moved++;
        for (size_t i = count - 1; i > 0; i--)
            swap_bytes(items + i * size, items + next_random(shuffler) % (i + 1) * size, size);
    }
}

static inline const void *shuffled(struct shuffler *shuffler, struct prereq_arena *arena,
                                   const struct prereq_shape *shape, const void *object)
{
    void *copy = prereq_alloc(arena, 1, shape->size);

    assert_non_null(copy);
    assert_true(prereq_shape_copy(arena, shape, object, copy));
    shuffle(shuffler, shape, copy);
    return copy;
}

/* ---- do two documents say the same? ---- */

static inline bool same_value(const struct prereq_member *member, const char *a, const char *b);

/* Where two objects part: the name of a member; NULL: they say the same, so that they are written
 * with the same bytes. */
static inline const char *part_at(const struct prereq_shape *shape, const void *a, const void *b)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        const char *x = (const char *)a + m->offset, *y = (const char *)b + m->offset;
        size_t x_count = 1, y_count = 1, size = 0;

        if (m->count_offset) {
            memcpy(&x_count, (const char *)a + m->count_offset, sizeof(x_count));
            memcpy(&y_count, (const char *)b + m->count_offset, sizeof(y_count));
            x = prereq_member_pointer(a, m);
            y = prereq_member_pointer(b, m);
            size = prereq_element_size(m);
        }
        if (x_count != y_count)
            return m->name;
        for (size_t i = 0; i < x_count; i++) {
            if (!same_value(m, x + i * size, y + i * size))
                return m->name;
        }
    }
    return NULL;
}

static inline bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static inline bool same_value(const struct prereq_member *member, const char *a, const char *b)
{
    const struct prereq_number *number = (const void *)a, *other_number = (const void *)b;
    const struct prereq_time *time = (const void *)a, *other_time = (const void *)b;
    const struct prereq_version *version = (const void *)a, *other_version = (const void *)b;
    const void *x, *y;

    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_TEXTS:
        return same_text(*(const char *const *)(const void *)a,
                         *(const char *const *)(const void *)b);
    case PREREQ_FLAG:
    case PREREQ_ENUM:
    case PREREQ_ENUMS:
    case PREREQ_STATE:
        return memcmp(a, b, sizeof(int)) == 0;
    case PREREQ_UINT:
        return number->known == other_number->known &&
               (!number->known || number->value == other_number->value);
    case PREREQ_UINTS:
        return memcmp(a, b, sizeof(uint64_t)) == 0;
    case PREREQ_TIME:
    case PREREQ_DATE:
        return time->known == other_time->known &&
               (!time->known ||
                (time->seconds == other_time->seconds && time->day_only == other_time->day_only));
    case PREREQ_VERSION:
    case PREREQ_VERSIONS:
        return version->parts == other_version->parts &&
               memcmp(version->part, other_version->part, sizeof(version->part)) == 0;
    case PREREQ_OBJECT:
        memcpy(&x, a, sizeof(x));
        memcpy(&y, b, sizeof(y));
        return x && y ? !part_at(member->shape, x, y) : x == y;
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        return !part_at(member->shape, a, b);
    }
    return false;
}

#endif
