/* SPDX-License-Identifier: MIT */
/* columns.h - rows made of several structs ("parts": the host, then the status on it), as CSV
 * lines.
 *
 * The columns are those of each part's shape, one part after the other; native/field.h walks them.
 */
#ifndef REPORTS_COLUMNS_H
#define REPORTS_COLUMNS_H

#include "documents/field.h"

#define COLUMNS_MAX_PARTS 3
#define COLUMNS_MAX 64

struct column {
    struct prereq_field field;
    unsigned part;
};

/* The columns of `parts` (NULL-terminated) that go to `output`, one of enum prereq_outputs; more
 * than COLUMNS_MAX are not shown (a test holds every table to it). */
size_t columns_of(const struct prereq_shape *const *parts, unsigned output,
                  struct column columns[COLUMNS_MAX]);

/* Lines of CSV: RFC 4180, UTF-8 with BOM, ISO dates, true and false, numbers never by locale.
 * `parts` are the structs of the row, one per shape. */
void columns_csv_header(const struct column *columns, size_t count, struct prereq_buffer *out);
void columns_csv_row(const struct column *columns, size_t count, const void *const *parts,
                     struct prereq_buffer *out);

#endif
