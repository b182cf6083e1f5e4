/* SPDX-License-Identifier: MIT */
/* shape_find.c - a text anywhere in an object, and the way to it. */
#include "base/shape.h"

#include <stdio.h>
#include <string.h>

struct look {
    prereq_text_fits *fits;
    const void *data;
    char *path;
    size_t size;
};

static const char *find_in(const struct look *look, const struct prereq_shape *shape,
                           const void *object, size_t len);

/* The path with one more name; its length, cut where it is full. */
static size_t add_name(const struct look *look, size_t len, const char *name)
{
    int more = snprintf(look->path + len, look->size - len, "%s%s", len > 0 ? " " : "", name);

    return more > 0 && (size_t)more < look->size - len ? len + (size_t)more : strlen(look->path);
}

static const char *find_in_list(const struct look *look, const struct prereq_member *member,
                                const void *object, size_t len)
{
    const char *items = prereq_member_pointer(object, member), *found = NULL;
    size_t count = prereq_member_count(object, member);

    for (size_t i = 0; i < count && !found; i++) {
        if (member->type == PREREQ_OBJECTS) {
            found = find_in(look, member->shape, items + i * member->shape->size, len);
            continue;
        }
        found = ((const char *const *)(const void *)items)[i];
        if (found && !look->fits(found, look->data))
            found = NULL;
    }
    return found;
}

static const char *find_in_member(const struct look *look, const struct prereq_member *member,
                                  const void *object, size_t len)
{
    const char *text;

    if (member->rule == PREREQ_ID)
        return NULL;
    if (member->type == PREREQ_TEXTS || member->type == PREREQ_OBJECTS)
        return find_in_list(look, member, object, len);
    if (member->type != PREREQ_TEXT && member->type != PREREQ_OBJECT)
        return NULL;
    text = prereq_member_pointer(object, member);
    if (!text)
        return NULL;
    if (member->type == PREREQ_OBJECT)
        return find_in(look, member->shape, text, len);
    return look->fits(text, look->data) ? text : NULL;
}

static const char *find_in(const struct look *look, const struct prereq_shape *shape,
                           const void *object, size_t len)
{
    const char *found = NULL;

    for (const struct prereq_member *member = shape->members; member->name && !found; member++) {
        found = find_in_member(look, member, object, add_name(look, len, member->name));
        if (!found)
            look->path[len] = '\0';
    }
    return found;
}

const char *prereq_shape_find_text(const struct prereq_shape *shape, const void *object,
                                   prereq_text_fits *fits, const void *data, char *path,
                                   size_t size)
{
    const struct look look = {fits, data, path, size};

    path[0] = '\0';
    return find_in(&look, shape, object, 0);
}
