/* SPDX-License-Identifier: MIT */
/* report_xlsx_cells.c - values as cells: texts stay texts, dates are dates, states have a colour.
 */
#include <string.h>

#include "tables/table_text.h"
#include "workbook/report_xlsx_book.h"

/* What a spreadsheet takes for a date: it believes that 1900 was a leap year. */
#define FIRST_DATE (-2203891200) /* 1900-03-01 in seconds since 1970 */
#define LAST_DATE 253402300799   /* 9999-12-31T23:59:59 */

#define LINE_HEIGHT 15.0 /* points */
#define MAX_HEIGHT 409.0
#define MAX_LINES 28 /* more do not fit into a row */
#define HEADER_HEIGHT 32.0

void book_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
               const char *text, enum book_format format)
{
    if (text && worksheet_write_string(sheet, row, col, text_for_cell(text, &book->clean),
                                       book->formats[format]) != LXW_NO_ERROR)
        book->failed = true;
}

void book_number(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                 uint64_t number, enum book_format format)
{
    if (worksheet_write_number(sheet, row, col, (double)number, book->formats[format]) !=
        LXW_NO_ERROR)
        book->failed = true;
}

void book_percent(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                  struct prereq_number tenths, enum book_format format)
{
    if (!tenths.known)
        book_text(book, sheet, row, col, "n/a", BOOK_NUMBER);
    else if (worksheet_write_number(sheet, row, col, (double)tenths.value / 10,
                                    book->formats[format]) != LXW_NO_ERROR)
        book->failed = true;
}

void book_time(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
               struct prereq_time time, bool date)
{
    char text[32];

    if (!time.known)
        return;
    if (time.seconds < FIRST_DATE || time.seconds > LAST_DATE) {
        prereq_time_format(time, text);
        book_text(book, sheet, row, col, text, BOOK_TEXT);
        return;
    }
    if (worksheet_write_unixtime(sheet, row, col, time.seconds,
                                 book->formats[date || time.day_only ? BOOK_DATE : BOOK_TIME]) !=
        LXW_NO_ERROR)
        book->failed = true;
}

void book_state(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col, int state)
{
    if (state >= 0 && state < PREREQ_STATES)
        book_text(book, sheet, row, col, prereq_state_names[state],
                  (enum book_format)(BOOK_STATE + state));
}

/* The colour of a column of states goes by the word, whether the row holds number or word. */
static enum book_format text_format(const struct prereq_member *member, const char *text)
{
    for (int state = 0; member->names == prereq_state_names && state < PREREQ_STATES; state++) {
        if (strcmp(prereq_state_names[state], text) == 0)
            return (enum book_format)(BOOK_STATE + state);
    }
    return BOOK_TEXT;
}

static void tenths_value(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                         const struct prereq_value *value)
{
    book_percent(book, sheet, row, col, (struct prereq_number){value->number, true}, BOOK_TENTHS);
}

/* ---- heights ---- */

/* Words go to the next line as a whole where they fit there.  On average a character is narrower
 * than a digit in the usual font, which leaves room for fonts that stand in for it. */
unsigned book_lines(const char *text, int width)
{
    size_t capacity = (size_t)width + 1;
    size_t line = 0; /* characters on the current line */
    size_t word = 0; /* of them in the last word */
    unsigned lines = 1;

    for (; *text && lines < MAX_LINES; text++) {
        if (((unsigned char)*text & 0xc0) == 0x80)
            continue; /* inside a character */
        if (*text == '\n') {
            lines++;
            line = word = 0;
            continue;
        }
        line++;
        word = *text == ' ' ? 0 : word + 1;
        if (line <= capacity || *text == ' ')
            continue;
        lines++;
        line = word < capacity ? word : 1;
        word = line;
    }
    return lines;
}

void book_row_lines(struct book *book, lxw_worksheet *sheet, lxw_row_t row, unsigned lines)
{
    double height = lines < MAX_LINES ? LINE_HEIGHT * lines : MAX_HEIGHT;

    if (lines > 1 && worksheet_set_row(sheet, row, height, NULL) != LXW_NO_ERROR)
        book->failed = true;
}

/* ---- columns ---- */

static void blank(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col)
{
    if (worksheet_write_blank(sheet, row, col, book->formats[BOOK_TEXT]) != LXW_NO_ERROR)
        book->failed = true;
}

unsigned book_value(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t col,
                    const struct book_column *column, const void *object)
{
    const struct prereq_member *member = column->column.field.member;
    struct prereq_value value = prereq_field_value(column->column.field, object, &book->scratch);

    switch (value.kind) {
    case PREREQ_VALUE_NONE:
        if (member->rule == PREREQ_TENTHS)
            book_text(book, sheet, row, col, "n/a", BOOK_NUMBER);
        else
            blank(book, sheet, row, col);
        break;
    case PREREQ_VALUE_TEXT:
        book_text(book, sheet, row, col, value.text, text_format(member, value.text));
        return book_lines(value.text, column->width);
    case PREREQ_VALUE_NUMBER:
        book_number(book, sheet, row, col, value.number, BOOK_NUMBER);
        break;
    case PREREQ_VALUE_TENTHS:
        tenths_value(book, sheet, row, col, &value);
        break;
    case PREREQ_VALUE_FLAG:
        book_text(book, sheet, row, col, value.number ? "Yes" : "No", BOOK_TEXT);
        break;
    case PREREQ_VALUE_TIME:
        book_time(book, sheet, row, col, value.time,
                  member->type == PREREQ_DATE || column->width < BOOK_TIME_WIDTH);
        break;
    }
    return 1;
}

size_t book_columns(const struct report_table *table, struct book_column columns[COLUMNS_MAX])
{
    struct column all[COLUMNS_MAX];
    size_t all_count = columns_of(table->parts, PREREQ_IN_SHEET, all);
    size_t count = 0;

    for (size_t i = 0; i < all_count; i++) {
        int width = report_column_width(table, all[i].field.member);

        if (width > 0)
            columns[count++] = (struct book_column){all[i], width};
    }
    return count;
}

/* Points that a turned title needs. */
static double turned_height(const char *title)
{
    return 10 + 5.5 * (double)strlen(title);
}

void book_column_heads(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                       const struct book_column *columns, size_t count)
{
    double height = HEADER_HEIGHT;

    for (size_t i = 0; i < count; i++) {
        const char *title = columns[i].column.field.member->title;
        bool turned = columns[i].width <= BOOK_NARROW && strlen(title) >= (size_t)columns[i].width;
        lxw_col_t col = (lxw_col_t)i;

        if (worksheet_set_column(sheet, col, col, columns[i].width, NULL) != LXW_NO_ERROR)
            book->failed = true;
        if (turned && turned_height(title) > height)
            height = turned_height(title);
        book_text(book, sheet, row, col, title, turned ? BOOK_HEADER_UP : BOOK_HEADER);
    }
    if (worksheet_set_row(sheet, row, height, NULL) != LXW_NO_ERROR)
        book->failed = true;
}
