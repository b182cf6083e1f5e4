/* SPDX-License-Identifier: MIT */
/* columns.c - columns over several structs, and their lines of CSV. */
#include <inttypes.h>

#include "tables/columns.h"
#include "tables/table_text.h"

size_t columns_of(const struct prereq_shape *const *parts, unsigned output,
                  struct column columns[COLUMNS_MAX])
{
    struct prereq_field fields[COLUMNS_MAX];
    size_t count = 0;

    for (unsigned part = 0; parts[part]; part++) {
        size_t more = prereq_fields(parts[part], output, fields, COLUMNS_MAX);

        for (size_t i = 0; i < more && i < COLUMNS_MAX && count < COLUMNS_MAX; i++)
            columns[count++] = (struct column){fields[i], part};
    }
    return count;
}

void columns_csv_header(const struct column *columns, size_t count, struct prereq_buffer *out)
{
    char name[PREREQ_FIELD_NAME];

    prereq_buffer_add(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < count; i++) {
        prereq_field_name(columns[i].field, name);
        prereq_buffer_add(out, i ? "," : "");
        prereq_buffer_add(out, name);
    }
    prereq_buffer_add(out, "\r\n");
}

static void add_field(const struct prereq_value *value, struct prereq_buffer *out)
{
    char text[32];

    switch (value->kind) {
    case PREREQ_VALUE_NONE:
        break;
    case PREREQ_VALUE_TEXT:
        text_add_csv(out, value->text);
        break;
    case PREREQ_VALUE_NUMBER:
        prereq_buffer_addf(out, "%" PRIu64, value->number);
        break;
    case PREREQ_VALUE_TENTHS:
        prereq_buffer_addf(out, "%" PRIu64 ".%" PRIu64, value->number / 10, value->number % 10);
        break;
    case PREREQ_VALUE_FLAG:
        prereq_buffer_add(out, value->number ? "true" : "false");
        break;
    case PREREQ_VALUE_TIME:
        prereq_time_format(value->time, text);
        prereq_buffer_add(out, text);
        break;
    }
}

void columns_csv_row(const struct column *columns, size_t count, const void *const *parts,
                     struct prereq_buffer *out)
{
    struct prereq_buffer scratch = {0};

    for (size_t i = 0; i < count; i++) {
        struct prereq_value value =
            prereq_field_value(columns[i].field, parts[columns[i].part], &scratch);

        prereq_buffer_add(out, i ? "," : "");
        add_field(&value, out);
        out->failed = out->failed || scratch.failed;
    }
    prereq_buffer_add(out, "\r\n");
    prereq_buffer_free(&scratch);
}
