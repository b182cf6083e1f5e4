/* SPDX-License-Identifier: MIT */
/* shape_copy.c - an object with all that its shape names, into another arena. */
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
