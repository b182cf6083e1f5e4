/* SPDX-License-Identifier: MIT */
/* shape.c - what the members of an object hold, by its shape. */
#include "base/shape.h"

#include <assert.h>
#include <string.h>

const void *prereq_member_pointer(const void *object, const struct prereq_member *member)
{
    const void *pointer;

    memcpy(&pointer, (const char *)object + member->offset, sizeof(pointer));
    return pointer;
}

size_t prereq_member_count(const void *object, const struct prereq_member *member)
{
    size_t count;

    assert(member->count_offset);
    memcpy(&count, (const char *)object + member->count_offset, sizeof(count));
    return count;
}

size_t prereq_element_size(const struct prereq_member *member)
{
    if (member->type == PREREQ_TEXTS)
        return sizeof(const char *);
    if (member->type == PREREQ_ENUMS)
        return sizeof(int);
    if (member->type == PREREQ_UINTS)
        return sizeof(uint64_t);
    if (member->type == PREREQ_VERSIONS)
        return sizeof(struct prereq_version);
    return member->shape->size;
}

const struct prereq_member *prereq_member_named(const struct prereq_shape *shape, const char *name)
{
    for (const struct prereq_member *m = shape->members; m->name; m++) {
        if (strcmp(m->name, name) == 0)
            return m;
    }
    return NULL;
}

bool prereq_member_left_out(const void *object, const struct prereq_member *member)
{
    const void *field = (const char *)object + member->offset;

    switch (member->type) {
    case PREREQ_TEXT:
    case PREREQ_OBJECT:
        return !prereq_member_pointer(object, member);
    case PREREQ_FLAG:
        return *(const enum prereq_flag *)field == PREREQ_FLAG_UNSET;
    case PREREQ_UINT:
        return !((const struct prereq_number *)field)->known;
    case PREREQ_TIME:
    case PREREQ_DATE:
        return !((const struct prereq_time *)field)->known;
    case PREREQ_VERSION:
        return ((const struct prereq_version *)field)->parts == 0;
    case PREREQ_ENUM:
        return *(const int *)field == 0;
    case PREREQ_STATE:
        return false;
    case PREREQ_TEXTS:
    case PREREQ_ENUMS:
    case PREREQ_UINTS:
    case PREREQ_VERSIONS:
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        return prereq_member_count(object, member) == 0;
    }
    return true;
}
