/* SPDX-License-Identifier: MIT */
/* test_report_xlsx_cells.c - what becomes a date of a spreadsheet, and what stays a text. */
#include "base/base.h"
#include "table.h"
#include "workbook/report_xlsx_book.h"

static struct row {
    const char *name;
    const char *time;
    bool date;
    double number; /* days since 1899-12-30, with a format of its own; 0: the text stays */
    enum book_format format;
} rows[] = {
    {"a time", "2026-11-22T12:00:00Z", false, 46348.5, BOOK_TIME},
    {"its day alone", "2026-11-22T12:00:00Z", true, 46348.5, BOOK_DATE},
    {"a day", "2000-08-10", false, 36748, BOOK_DATE},
    {"before 1970", "1969-12-31T18:00:00Z", false, 25568.75, BOOK_TIME},
    /* Spreadsheets believe that there was a 1900-02-29: before it they show each day as another. */
    {"the first that is right", "1900-03-01T00:00:00Z", false, 61, BOOK_TIME},
    {"one second too early", "1900-02-28T23:59:59Z", false, 0, BOOK_TEXT},
    {"a day that is too early", "1900-02-28", true, 0, BOOK_TEXT},
    {"Windows' first second", "1601-01-01T00:00:00Z", false, 0, BOOK_TEXT},
    {"the last", "9999-12-31T12:00:00Z", false, 2958465.5, BOOK_TIME},
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct book book = {0};
    struct prereq_time time;
    struct prereq_error err = {0};
    lxw_worksheet *sheet;
    lxw_cell *cell;

    assert_true(prereq_time_parse(row->time, &time));
    assert_int_equal(book_open(&book, "cells.xlsx", "Cells", time, false, &err), PREREQ_OK);
    sheet = book_sheet(&book, "Cells", false);
    assert_non_null(sheet);
    book_time(&book, sheet, 2, 1, time, row->date);
    assert_false(book.failed);
    cell = lxw_worksheet_find_cell_in_row(lxw_worksheet_find_row(sheet, 2), 1);
    assert_non_null(cell);
    assert_int_equal(cell->type, row->number > 0 ? NUMBER_CELL : STRING_CELL);
    if (row->number > 0)
        assert_true(cell->u.number == row->number);
    else
        assert_string_equal(cell->sst_string, row->time);
    assert_ptr_equal(cell->format, book.formats[row->format]);
    book_discard(&book);
}

static void an_unknown_time_is_no_cell(void **state)
{
    struct book book = {0};
    struct prereq_error err = {0};
    lxw_worksheet *sheet;

    (void)state;
    assert_int_equal(
        book_open(&book, "cells.xlsx", "Cells", prereq_time_from_seconds(0), false, &err),
        PREREQ_OK);
    sheet = book_sheet(&book, "Cells", false);
    book_time(&book, sheet, 2, 1, (struct prereq_time){0}, true);
    assert_false(book.failed);
    assert_null(lxw_worksheet_find_row(sheet, 2));
    book_discard(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_unknown_time_is_no_cell)};
    int failed = RUN_TABLE(rows, check_row);

    return RUN_TESTS(tests) || failed;
}
