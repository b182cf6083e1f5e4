/* SPDX-License-Identifier: MIT */
/* report_xlsx_book.h - one workbook being written: its file, its formats, cells that take any text.
 */
#ifndef REPORTS_REPORT_XLSX_BOOK_H
#define REPORTS_REPORT_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "tables/report_rows.h"

enum book_format {
    BOOK_TEXT, /* wrapped, at the top */
    BOOK_NUMBER,
    BOOK_TENTHS,
    BOOK_DATE,
    BOOK_TIME,
    BOOK_HEADER,
    BOOK_HEADER_RIGHT, /* over numbers */
    BOOK_HEADER_UP,    /* turned, for narrow columns */
    BOOK_TITLE,
    BOOK_SUBTITLE,
    BOOK_SECTION,
    BOOK_LABEL, /* bold, one line */
    BOOK_LINE,  /* plain, one line */
    BOOK_CELL,  /* the same with a frame, as BOOK_KEY, BOOK_UNIT (behind a number) and BOOK_ABOUT */
    BOOK_KEY,
    BOOK_UNIT,
    BOOK_ABOUT,
    BOOK_PERCENT,
    BOOK_KEY_PERCENT, /* large */
    BOOK_BOX,         /* to be filled in by hand */
    BOOK_COMMAND,     /* wrapped, fixed width */
    BOOK_ALERT,       /* of conditions that want attention */
    BOOK_STATE,       /* + enum prereq_state */
    BOOK_FORMATS = BOOK_STATE + PREREQ_STATES,
};

#define BOOK_TIME_WIDTH 16 /* characters of a date with its hour */
#define BOOK_NARROW 7      /* columns up to this width have their title turned */

struct book_column {
    struct column column;
    int width;
};

struct book {
    lxw_workbook *workbook;
    struct prereq_output *output;
    lxw_format *formats[BOOK_FORMATS];
    struct prereq_buffer scratch; /* values made of several */
    struct prereq_buffer clean;   /* texts made fit for a cell */
    const char *name;             /* of the file, for messages */
    char generated[32];           /* `now`, for footers */
    const char *title;
    bool failed; /* some call failed: the workbook may not be used */
};

/* With `streamed`, rows go to a temporary file per sheet as they come, and must come in order. */
enum prereq_status book_open(struct book *book, const char *path, const char *title,
                             struct prereq_time now, bool streamed, struct prereq_error *err);
/* Write the workbook beside its place.  Nothing but book_commit() or book_discard() may follow. */
enum prereq_status book_finish(struct book *book, struct prereq_error *err);
enum prereq_status book_commit(struct book *book, struct prereq_error *err);
void book_discard(struct book *book);

/* NULL: no memory, or no temporary file; the book has failed then.  `in_memory` makes one sheet of
 * a streamed workbook take cells in any order, and lets charts carry their values. */
lxw_worksheet *book_sheet(struct book *book, const char *name, bool in_memory);
/* Landscape, one page wide, header and footer with page n of m; `note` stands in the header. */
void book_print_setup(struct book *book, lxw_worksheet *sheet, const char *note);

/* Cells.  Texts are always text cells, whatever they look like. */
void book_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
               const char *text, enum book_format format);
void book_number(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                 uint64_t number, enum book_format format);
/* "n/a" when it is not known. */
void book_percent(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                  struct prereq_number tenths, enum book_format format);
void book_time(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
               struct prereq_time time, bool date);
void book_state(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, int state);
/* The value of a column, in the format that it wants; a time shows its day alone where the column
 * is too narrow for more.  Returns how many lines it needs. */
unsigned book_value(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                    const struct book_column *column, const void *object);

/* The columns of a table that its sheet shows, with their widths. */
size_t book_columns(const struct report_table *table, struct book_column columns[COLUMNS_MAX]);
/* How many lines a wrapped text takes in a column, and a row that shows so many.  Spreadsheets grow
 * rows by themselves at best when a file is opened, and not on paper. */
unsigned book_lines(const char *text, int width);
void book_row_lines(struct book *book, lxw_worksheet *sheet, lxw_row_t row, unsigned lines);

/* Titles in `row`, widths of the columns. */
void book_column_heads(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                       const struct book_column *columns, size_t count);

/* The colour of a state, the same in cells and charts. */
extern const lxw_color_t book_state_colors[PREREQ_STATES];

#endif
