/* SPDX-License-Identifier: MIT */
/* field.h - the columns of a kind of row, walked from its shape: which there are, and their values.
 *
 * WMI, CSV, sheets and text all show the same members; what they share is here, quoting and layout
 * are theirs. */
#ifndef PREREQ_FIELD_H
#define PREREQ_FIELD_H

#include "base/shape.h"

/* One column.  Where numbers are wanted (WMI, CSV) a PREREQ_STATE member makes two, "State" and
 * "StateName"; sheets and text show the word alone. */
struct prereq_field {
    const struct prereq_member *member;
    bool word; /* the word of a PREREQ_STATE member, not its number */
};

/* Longest name of a column with its NUL; a test holds every shape to it. */
#define PREREQ_FIELD_NAME 64

/* The columns of `shape` that go to `output` (one of enum prereq_outputs), in table order.  Fills
 * at most `max` of them and returns how many there are. */
size_t prereq_fields(const struct prereq_shape *shape, unsigned output, struct prereq_field *fields,
                     size_t max);
/* The WMI property and CSV header: the JSON name with its first letter capital, and "Name" behind
 * the word of a state. */
void prereq_field_name(struct prereq_field field, char name[PREREQ_FIELD_NAME]);

enum prereq_value_kind {
    PREREQ_VALUE_NONE, /* not known, or left out */
    PREREQ_VALUE_TEXT,
    PREREQ_VALUE_NUMBER,
    PREREQ_VALUE_TENTHS, /* `number` in tenths, shown with one decimal */
    PREREQ_VALUE_FLAG,   /* `number` is 0 or 1 */
    PREREQ_VALUE_TIME,   /* a date alone when time.day_only */
};

struct prereq_value {
    enum prereq_value_kind kind;
    const char *text;
    uint64_t number;
    struct prereq_time time;
};

/* The value of a column in a row.  A text that the row does not hold as such (a list, a version) is
 * made in `scratch`, which then holds it until the next call; when scratch->failed is set it is not
 * whole. */
struct prereq_value prereq_field_value(struct prereq_field field, const void *row,
                                       struct prereq_buffer *scratch);
/* Add the value as text: Yes and No, "a; b", 2026-11-22T08:15:00Z, 5.0.2195.1, 99.5.  Nothing for
 * what is not known. */
void prereq_field_text(struct prereq_field field, const void *row, struct prereq_buffer *out);

#endif
