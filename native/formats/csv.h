/* SPDX-License-Identifier: MIT */
/* csv.h - comma-separated text as RFC 4180 has it: lines of fields, with line numbers. */
#ifndef PREREQ_CSV_H
#define PREREQ_CSV_H

#include "base/base.h"

#define PREREQ_CSV_FIELDS 64 /* most fields of a line */

struct prereq_csv_line {
    size_t number; /* of its first line in the text, from 1 */
    const char *const *fields;
    size_t count; /* at least 1 */
};

struct prereq_csv {
    const struct prereq_csv_line *lines; /* empty ones left out */
    size_t count;
};

/* UTF-8 with or without BOM; lines end with CRLF or LF; fields in quotes may hold commas, line ends
 * and doubled quotes; blanks around a field without quotes do not belong to it.  On failure *csv is
 * left alone and *err names the line. */
enum prereq_status prereq_csv_read(struct prereq_arena *arena, const char *text, size_t len,
                                   struct prereq_csv *csv, struct prereq_error *err);

#endif
