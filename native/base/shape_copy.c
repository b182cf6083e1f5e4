/* SPDX-License-Identifier: MIT */
/* shape_copy.c - an object with all that its shape names, into another arena or another order. */
#include "base/shape.h"

#include <string.h>

static void set_pointer(void *object, size_t offset, const void *pointer)
{
    memcpy((char *)object + offset, &pointer, sizeof(pointer));
}

static bool copy_text(struct prereq_arena *arena, void *object, size_t offset)
{
    const char *text = *(const char *const *)((const char *)object + offset);
    const char *copy = text ? prereq_strdup(arena, text) : NULL;

    set_pointer(object, offset, copy);
    return copy || !text;
}

static bool copy_members(struct prereq_arena *arena, const struct prereq_shape *shape,
                         void *object);

static bool copy_object(struct prereq_arena *arena, const struct prereq_member *member,
                        void *object)
{
    const void *inner = prereq_member_pointer(object, member);
    void *copy = inner ? prereq_alloc(arena, 1, member->shape->size) : NULL;

    set_pointer(object, member->offset, copy);
    if (!copy)
        return !inner;
    memcpy(copy, inner, member->shape->size);
    return copy_members(arena, member->shape, copy);
}

static bool copy_list(struct prereq_arena *arena, const struct prereq_member *member, void *object)
{
    const char *items = prereq_member_pointer(object, member);
    size_t size = prereq_element_size(member), count = prereq_member_count(object, member);
    bool ok = true;
    char *copy;

    if (!items)
        return true; /* left out, which is not the same as empty */
    copy = prereq_alloc(arena, count, size);
    set_pointer(object, member->offset, copy);
    if (!copy)
        return false;
    if (count > 0)
        memcpy(copy, items, count * size);
    for (size_t i = 0; ok && i < count; i++) {
        if (member->type == PREREQ_TEXTS)
            ok = copy_text(arena, copy, i * size);
        else if (member->shape)
            ok = copy_members(arena, member->shape, copy + i * size);
    }
    return ok;
}

/* The object itself is in its new place already; what it points to still is not. */
static bool copy_members(struct prereq_arena *arena, const struct prereq_shape *shape, void *object)
{
    bool ok = true;

    for (const struct prereq_member *m = shape->members; ok && m->name; m++) {
        if (m->count_offset)
            ok = copy_list(arena, m, object);
        else if (m->type == PREREQ_TEXT)
            ok = copy_text(arena, object, m->offset);
        else if (m->type == PREREQ_OBJECT)
            ok = copy_object(arena, m, object);
    }
    return ok;
}

bool prereq_shape_copy(struct prereq_arena *arena, const struct prereq_shape *shape,
                       const void *object, void *copy)
{
    memcpy(copy, object, shape->size);
    return copy_members(arena, shape, copy);
}

/* ---- order: the same for every way to write the same down ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Without regard to case first, so that names stand as they are looked up; what is not there comes
 * first. */
static int compare_text(const char *a, const char *b)
{
    int order;

    if (!a || !b)
        return (a != NULL) - (b != NULL);
    order = prereq_compare_nocase(a, b);
    return order ? order : strcmp(a, b);
}

static int compare_versions(struct prereq_version a, struct prereq_version b)
{
    int order = prereq_version_compare(a, b);

    return order ? order : compare_numbers(a.parts, b.parts);
}

static int compare_times(struct prereq_time a, struct prereq_time b)
{
    if (a.known != b.known)
        return a.known ? 1 : -1;
    if (!a.known)
        return 0;
    if (a.seconds != b.seconds)
        return a.seconds < b.seconds ? -1 : 1;
    return a.day_only - b.day_only;
}

static int compare_objects(const struct prereq_shape *shape, const void *a, const void *b)
{
    /* One that is there comes first: rules stand in the order of their table. */
    if (!a || !b)
        return (b != NULL) - (a != NULL);
    return prereq_shape_compare(shape, a, b);
}

static int compare_known(struct prereq_number a, struct prereq_number b)
{
    if (a.known != b.known)
        return a.known ? 1 : -1;
    return a.known ? compare_numbers(a.value, b.value) : 0;
}

/* One value: a member of its own, or an element of a list. */
static int compare_values(const struct prereq_member *member, const void *a, const void *b)
{
    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_TEXTS:
        return compare_text(*(const char *const *)a, *(const char *const *)b);
    case PREREQ_FLAG:
        return (int)*(const enum prereq_flag *)a - (int)*(const enum prereq_flag *)b;
    case PREREQ_ENUM:
    case PREREQ_ENUMS:
    case PREREQ_STATE:
        return (*(const int *)a > *(const int *)b) - (*(const int *)a < *(const int *)b);
    case PREREQ_UINT:
        return compare_known(*(const struct prereq_number *)a, *(const struct prereq_number *)b);
    case PREREQ_UINTS:
        return compare_numbers(*(const uint64_t *)a, *(const uint64_t *)b);
    case PREREQ_TIME:
    case PREREQ_DATE:
        return compare_times(*(const struct prereq_time *)a, *(const struct prereq_time *)b);
    case PREREQ_VERSION:
    case PREREQ_VERSIONS:
        return compare_versions(*(const struct prereq_version *)a,
                                *(const struct prereq_version *)b);
    case PREREQ_OBJECT:
        return compare_objects(member->shape, *(const void *const *)a, *(const void *const *)b);
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        return prereq_shape_compare(member->shape, a, b);
    }
    return 0;
}

/* Element by element; of two that begin alike the shorter comes first. */
static int compare_lists(const struct prereq_member *member, const void *a, const void *b)
{
    const char *x = prereq_member_pointer(a, member), *y = prereq_member_pointer(b, member);
    size_t x_count = prereq_member_count(a, member), y_count = prereq_member_count(b, member);
    size_t size = prereq_element_size(member);
    int order = 0;

    for (size_t i = 0; !order && i < x_count && i < y_count; i++)
        order = compare_values(member, x + i * size, y + i * size);
    return order ? order : compare_numbers(x_count, y_count);
}

int prereq_shape_compare(const struct prereq_shape *shape, const void *a, const void *b)
{
    int order = 0;

    for (const struct prereq_member *m = shape->members; !order && m->name; m++) {
        if (m->count_offset)
            order = compare_lists(m, a, b);
        else
            order = compare_values(m, (const char *)a + m->offset, (const char *)b + m->offset);
    }
    return order;
}

static bool is_sorted(const struct prereq_member *member, const char *items, size_t count)
{
    size_t size = prereq_element_size(member);

    for (size_t i = 1; i < count; i++) {
        if (compare_values(member, items + (i - 1) * size, items + i * size) > 0)
            return false;
    }
    return true;
}

/* Two sorted halves of `items`, the second from `middle` on, into one, by way of `room`. */
static void merge(const struct prereq_member *member, char *items, size_t middle, size_t count,
                  char *room)
{
    size_t size = prereq_element_size(member), a = 0, b = middle;

    for (size_t i = 0; i < count; i++) {
        bool first = b == count || (a < middle && compare_values(member, items + a * size,
                                                                 items + b * size) <= 0);

        memcpy(room + i * size, items + (first ? a++ : b++) * size, size);
    }
    memcpy(items, room, count * size);
}

static void sort(const struct prereq_member *member, char *items, size_t count, char *room)
{
    size_t middle = count / 2;

    if (is_sorted(member, items, count))
        return;
    sort(member, items, middle, room);
    sort(member, items + middle * prereq_element_size(member), count - middle, room);
    merge(member, items, middle, count, room);
}

static bool holds_lists(const struct prereq_shape *shape)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (m->count_offset)
            return true;
    }
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (m->type == PREREQ_OBJECT && holds_lists(m->shape))
            return true;
    }
    return false;
}

static bool order_members(struct prereq_arena *arena, const struct prereq_shape *shape,
                          void *object);

/* What lies inside the elements comes first, as they are compared by it. */
static bool order_list(struct prereq_arena *arena, const struct prereq_member *member, void *object)
{
    const char *items = prereq_member_pointer(object, member);
    size_t size = prereq_element_size(member), count = prereq_member_count(object, member);
    bool deep = member->type == PREREQ_OBJECTS && holds_lists(member->shape);
    bool free_order = member->rule != PREREQ_IN_ORDER && member->type != PREREQ_TABLE;
    char *copy, *room;

    if (count == 0 || (!deep && (!free_order || is_sorted(member, items, count))))
        return true;
    copy = prereq_alloc(arena, count, size);
    if (!copy)
        return false;
    memcpy(copy, items, count * size);
    set_pointer(object, member->offset, copy);
    for (size_t i = 0; deep && i < count; i++) {
        if (!order_members(arena, member->shape, copy + i * size))
            return false;
    }
    if (!free_order || is_sorted(member, copy, count))
        return true;
    room = prereq_alloc(arena, count, size);
    if (room)
        sort(member, copy, count, room);
    return room != NULL;
}

static bool order_object(struct prereq_arena *arena, const struct prereq_member *member,
                         void *object)
{
    const void *inner = prereq_member_pointer(object, member);
    void *copy;

    if (!inner || !holds_lists(member->shape))
        return true;
    copy = prereq_alloc(arena, 1, member->shape->size);
    if (!copy)
        return false;
    memcpy(copy, inner, member->shape->size);
    set_pointer(object, member->offset, copy);
    return order_members(arena, member->shape, copy);
}

static bool order_members(struct prereq_arena *arena, const struct prereq_shape *shape,
                          void *object)
{
    bool ok = true;

    for (const struct prereq_member *m = shape->members; ok && m->name; m++) {
        if (m->count_offset)
            ok = order_list(arena, m, object);
        else if (m->type == PREREQ_OBJECT)
            ok = order_object(arena, m, object);
    }
    return ok;
}

const void *prereq_shape_in_order(struct prereq_arena *arena, const struct prereq_shape *shape,
                                  const void *object)
{
    void *copy = prereq_alloc(arena, 1, shape->size);

    if (!copy)
        return NULL;
    memcpy(copy, object, shape->size);
    return order_members(arena, shape, copy) ? copy : NULL;
}
