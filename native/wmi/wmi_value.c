/* SPDX-License-Identifier: MIT */
/* wmi_value.c - the value of a property of a row, in the types that WMI has. */
#include "wmi/wmi.h"

#include <string.h>

#define LARGEST_UINT32 0x7fffffffU /* clients that take it for signed agree up to here */

#define YEAR_1 (-62135596800)
#define YEAR_10000 253402300800

bool prereq_wmi_datetime(struct prereq_time time, char out[26])
{
    struct prereq_time whole = time;
    size_t len = 0;
    char text[32];

    if (!time.known || time.seconds < YEAR_1 || time.seconds >= YEAR_10000)
        return false;
    /* A day stands for its first second: fields of asterisks make no DateTime in clients. */
    whole.day_only = false;
    prereq_time_format(whole, text); /* yyyy-mm-ddThh:mm:ssZ */
    for (size_t i = 0; text[i]; i++) {
        if (text[i] >= '0' && text[i] <= '9')
            out[len++] = text[i];
    }
    memcpy(out + len, ".000000+000", sizeof(".000000+000"));
    return true;
}

static bool make_reference(const struct prereq_wmi_property *property, const char *id,
                           struct prereq_buffer *scratch, struct prereq_wmi_value *value)
{
    struct prereq_wmi_path path = {
        .class_name = property->refers->name,
        .keys = {{property->refers->keys[0], PREREQ_WMI_KEY_TEXT, id, 0}},
        .key_count = 1};

    scratch->len = 0;
    prereq_wmi_path_write(&path, scratch);
    value->text = scratch->text;
    return !scratch->failed;
}

static bool make_datetime(struct prereq_time time, struct prereq_buffer *scratch,
                          struct prereq_wmi_value *value)
{
    char text[26];

    if (!prereq_wmi_datetime(time, text)) {
        value->type = PREREQ_WMI_NULL;
        return true;
    }
    scratch->len = 0;
    prereq_buffer_add(scratch, text);
    value->text = scratch->text;
    return !scratch->failed;
}

bool prereq_wmi_value(const struct prereq_wmi_property *property, const struct prereq_wmi_row *row,
                      struct prereq_buffer *scratch, struct prereq_wmi_value *value)
{
    struct prereq_value found = prereq_field_value(property->field, row->data, scratch);

    *value = (struct prereq_wmi_value){property->type, NULL, 0, 0};
    switch (found.kind) {
    case PREREQ_VALUE_NONE:
        value->type = PREREQ_WMI_NULL;
        break;
    case PREREQ_VALUE_TEXT:
        if (property->type == PREREQ_WMI_REF)
            return make_reference(property, found.text, scratch, value);
        value->text = found.text;
        break;
    case PREREQ_VALUE_NUMBER:
    case PREREQ_VALUE_FLAG:
        value->number = found.number < LARGEST_UINT32 ? (uint32_t)found.number : LARGEST_UINT32;
        break;
    case PREREQ_VALUE_TENTHS:
        value->real = (double)found.number / 10;
        break;
    case PREREQ_VALUE_TIME:
        return make_datetime(found.time, scratch, value);
    }
    return !scratch->failed;
}
