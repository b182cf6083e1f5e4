/* SPDX-License-Identifier: MIT */
/* table_text.h - texts made fit for a cell of a workbook or a field of a CSV file. */
#ifndef REPORTS_TABLE_TEXT_H
#define REPORTS_TABLE_TEXT_H

#include "base/base.h"

/* What a cell can hold, in UTF-16 units, and how a text that is longer ends. */
#define TABLE_TEXT_MAX 32767
#define TABLE_TEXT_CUT " [... cut]"

/* The text for a cell: the same pointer when nothing has to change, else `copy->text`, which holds
 * it until the next call.  Control characters and bytes that are not UTF-8 become U+FFFD, line ends
 * become LF, "_x0041_" (which programs read as the character A) is protected, and what is too long
 * is cut. */
const char *text_for_cell(const char *text, struct prereq_buffer *copy);

/* Add a CSV field (RFC 4180): quoted where needed.  A text that a spreadsheet could take for a
 * formula (after any apostrophes it begins with = + - @ TAB CR or LF) gets an apostrophe in front.
 */
void text_add_csv(struct prereq_buffer *out, const char *text);

/* A-Z become a-z; never by locale. */
void text_lower(struct prereq_buffer *text);

#endif
