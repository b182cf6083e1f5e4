/* SPDX-License-Identifier: MIT */
/* field.c - columns and their values, for every output that shows rows. */
#include "documents/field.h"

#include <inttypes.h>
#include <string.h>

static bool shows_number(unsigned output)
{
    return output == PREREQ_IN_WMI || output == PREREQ_IN_CSV;
}

size_t prereq_fields(const struct prereq_shape *shape, unsigned output, struct prereq_field *fields,
                     size_t max)
{
    size_t count = 0;

    for (const struct prereq_member *m = shape->members; m->name; m++) {
        bool state = m->type == PREREQ_STATE;

        if (!m->title || !(m->outputs & output))
            continue;
        if (!state || shows_number(output)) {
            if (count < max)
                fields[count] = (struct prereq_field){m, false};
            count++;
        }
        if (state) {
            if (count < max)
                fields[count] = (struct prereq_field){m, true};
            count++;
        }
    }
    return count;
}

void prereq_field_name(struct prereq_field field, char name[PREREQ_FIELD_NAME])
{
    const char *suffix = field.word ? "Name" : "";
    size_t room = PREREQ_FIELD_NAME - 1 - strlen(suffix), len = strlen(field.member->name);

    if (len > room)
        len = room;
    memcpy(name, field.member->name, len);
    memcpy(name + len, suffix, strlen(suffix) + 1);
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
}

/* ---- lists, in one text ---- */

static void add_version(struct prereq_buffer *out, const struct prereq_version *version)
{
    char text[48];

    prereq_version_format(*version, text);
    prereq_buffer_add(out, text);
}

static void add_element(struct prereq_buffer *out, const struct prereq_member *member,
                        const void *items, size_t i)
{
    if (member->type == PREREQ_TEXTS)
        prereq_buffer_add(out, ((const char *const *)items)[i]);
    else if (member->type == PREREQ_ENUMS)
        prereq_buffer_add(out, prereq_enum_name(member->names, ((const int *)items)[i]));
    else if (member->type == PREREQ_UINTS)
        prereq_buffer_addf(out, "%" PRIu64, ((const uint64_t *)items)[i]);
    else if (member->type == PREREQ_VERSIONS)
        add_version(out, (const struct prereq_version *)items + i);
}

static struct prereq_value list_value(const struct prereq_member *member, const void *row,
                                      struct prereq_buffer *scratch)
{
    const void *items = prereq_member_pointer(row, member);
    size_t count = prereq_member_count(row, member);
    struct prereq_value value = {PREREQ_VALUE_NONE, NULL, 0, {0}};

    if (count == 0)
        return value;
    if (count == 1 && member->type == PREREQ_TEXTS) {
        value.text = *(const char *const *)items;
    } else {
        for (size_t i = 0; i < count; i++) {
            prereq_buffer_add(scratch, i ? "; " : "");
            add_element(scratch, member, items, i);
        }
        value.text = scratch->text ? scratch->text : "";
    }
    value.kind = PREREQ_VALUE_TEXT;
    return value;
}

/* ---- single values ---- */

static struct prereq_value text_value(const char *text)
{
    struct prereq_value value = {text ? PREREQ_VALUE_TEXT : PREREQ_VALUE_NONE, text, 0, {0}};

    return value;
}

static struct prereq_value number_value(const struct prereq_member *member,
                                        const struct prereq_number *number)
{
    struct prereq_value value = {PREREQ_VALUE_NONE, NULL, number->value, {0}};

    if (number->known)
        value.kind = member->rule == PREREQ_TENTHS ? PREREQ_VALUE_TENTHS : PREREQ_VALUE_NUMBER;
    return value;
}

static struct prereq_value enum_value(struct prereq_field field, int number)
{
    struct prereq_value value = {PREREQ_VALUE_NUMBER, NULL, (uint64_t)number, {0}};

    if (field.member->type == PREREQ_ENUM)
        return text_value(number ? prereq_enum_name(field.member->names, number) : NULL);
    if (field.word)
        return text_value(prereq_enum_name(field.member->names, number + 1));
    return value;
}

static struct prereq_value flag_value(enum prereq_flag flag)
{
    struct prereq_value value = {PREREQ_VALUE_FLAG, NULL, flag == PREREQ_FLAG_TRUE, {0}};

    if (flag == PREREQ_FLAG_UNSET)
        value.kind = PREREQ_VALUE_NONE;
    return value;
}

static struct prereq_value time_value(const struct prereq_time *time)
{
    struct prereq_value value = {time->known ? PREREQ_VALUE_TIME : PREREQ_VALUE_NONE, NULL, 0,
                                 *time};

    return value;
}

static struct prereq_value version_value(const struct prereq_version *version,
                                         struct prereq_buffer *scratch)
{
    if (version->parts == 0)
        return text_value(NULL);
    add_version(scratch, version);
    return text_value(scratch->text ? scratch->text : "");
}

static struct prereq_value value_of(struct prereq_field field, const void *row,
                                    struct prereq_buffer *scratch)
{
    const struct prereq_member *member = field.member;
    const void *at = (const char *)row + member->offset;

    switch (member->type) {
    case PREREQ_TEXT:
        return text_value(prereq_member_pointer(row, member));
    case PREREQ_FLAG:
        return flag_value(*(const enum prereq_flag *)at);
    case PREREQ_UINT:
        return number_value(member, at);
    case PREREQ_TIME:
    case PREREQ_DATE:
        return time_value(at);
    case PREREQ_VERSION:
        return version_value(at, scratch);
    case PREREQ_ENUM:
    case PREREQ_STATE:
        return enum_value(field, *(const int *)at);
    case PREREQ_TEXTS:
    case PREREQ_ENUMS:
    case PREREQ_UINTS:
    case PREREQ_VERSIONS:
        return list_value(member, row, scratch);
    case PREREQ_OBJECT:
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        break; /* rows of their own, never a column */
    }
    return text_value(NULL);
}

struct prereq_value prereq_field_value(struct prereq_field field, const void *row,
                                       struct prereq_buffer *scratch)
{
    scratch->len = 0;
    if (scratch->text)
        scratch->text[0] = '\0';
    return value_of(field, row, scratch);
}

void prereq_field_text(struct prereq_field field, const void *row, struct prereq_buffer *out)
{
    struct prereq_buffer scratch = {0};
    struct prereq_value value = value_of(field, row, &scratch);
    char time[32];

    switch (value.kind) {
    case PREREQ_VALUE_NONE:
        break;
    case PREREQ_VALUE_TEXT:
        prereq_buffer_add(out, value.text);
        break;
    case PREREQ_VALUE_NUMBER:
        prereq_buffer_addf(out, "%" PRIu64, value.number);
        break;
    case PREREQ_VALUE_TENTHS:
        prereq_buffer_addf(out, "%" PRIu64 ".%" PRIu64, value.number / 10, value.number % 10);
        break;
    case PREREQ_VALUE_FLAG:
        prereq_buffer_add(out, value.number ? "Yes" : "No");
        break;
    case PREREQ_VALUE_TIME:
        prereq_time_format(value.time, time);
        prereq_buffer_add(out, time);
        break;
    }
    out->failed = out->failed || scratch.failed;
    prereq_buffer_free(&scratch);
}
