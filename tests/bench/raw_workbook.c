/* SPDX-License-Identifier: MIT */
/* raw_workbook.c - the cells of a workbook written again with libxlsxwriter alone, in constant
 * memory.
 *
 * usage: raw_workbook OUT.xlsx < CELLS
 *
 * CELLS is what workbook_cells.py prints: "sheet TAB name" before each sheet, then one line per
 * cell in the order of rows: row TAB column TAB n, d or s TAB value. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

static void write_cell(lxw_worksheet *sheet, lxw_format *date, char *line)
{
    lxw_row_t row = (lxw_row_t)strtoul(line, &line, 10);
    lxw_col_t column = (lxw_col_t)strtoul(line + 1, &line, 10);
    char type = line[1];
    const char *value = line + 3;

    if (type == 's')
        worksheet_write_string(sheet, row, column, value, NULL);
    else
        worksheet_write_number(sheet, row, column, strtod(value, NULL), type == 'd' ? date : NULL);
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    lxw_workbook *book;
    lxw_worksheet *sheet = NULL;
    lxw_format *date;

    if (argc != 2) {
        fputs("usage: raw_workbook OUT.xlsx < CELLS\n", stderr);
        return 2;
    }
    book = workbook_new_opt(argv[1], &options);
    date = workbook_add_format(book);
    format_set_num_format(date, "yyyy-mm-dd hh:mm");
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "sheet\t", 6) == 0)
            sheet = workbook_add_worksheet(book, line + 6);
        else if (sheet)
            write_cell(sheet, date, line);
    }
    return workbook_close(book) != LXW_NO_ERROR;
}
