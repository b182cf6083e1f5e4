/* SPDX-License-Identifier: MIT */
/* report_xlsx.c - the report's workbook: tables that grow row by row, and sheets made at the end.
 */
#include <stdlib.h>
#include <string.h>

#include "workbook/report_xlsx.h"
#include "workbook/report_xlsx_parts.h"

#define MAX_BREAKS 1000 /* page breaks of a sheet; a spreadsheet can hold 1023 */
#define SUMMARY_MEMORY ((size_t)64 << 20)
#define SHEET_NAME_SIZE 48

struct table_sheet {
    lxw_worksheet *sheet; /* the last one, when the table needs several */
    struct book_column columns[COLUMNS_MAX];
    size_t count;
    lxw_row_t next_row;
    unsigned sheets;
    lxw_row_t breaks[MAX_BREAKS + 1]; /* ends with 0 */
    size_t break_count;
    bool break_due;
};

struct report_xlsx {
    struct book book;
    struct report_xlsx_options options;
    lxw_worksheet *summary, *method;
    struct table_sheet tables[REPORT_TABLES];
};

/* ---- one sheet of a table ---- */

static void need(struct report_xlsx *xlsx, lxw_error code)
{
    xlsx->book.failed = xlsx->book.failed || code != LXW_NO_ERROR;
}

static void begin_sheet(struct report_xlsx *xlsx, enum report_table_id id)
{
    struct table_sheet *table = &xlsx->tables[id];
    char name[SHEET_NAME_SIZE];

    table->sheets++;
    if (table->sheets == 1)
        (void)snprintf(name, sizeof(name), "%s", report_tables[id].sheet);
    else
        (void)snprintf(name, sizeof(name), "%s_%u", report_tables[id].sheet, table->sheets);
    table->sheet = book_sheet(&xlsx->book, name, false);
    table->next_row = 1;
    table->break_count = 0;
    table->break_due = false;
    if (!table->sheet)
        return;
    book_print_setup(&xlsx->book, table->sheet, xlsx->book.generated);
    need(xlsx, worksheet_repeat_rows(table->sheet, 0, 0));
    worksheet_freeze_panes(table->sheet, 1, 1);
    book_column_heads(&xlsx->book, table->sheet, 0, table->columns, table->count);
}

static int column_of(const struct table_sheet *table, const char *member)
{
    for (size_t i = 0; i < table->count; i++) {
        if (strcmp(table->columns[i].column.field.member->name, member) == 0)
            return (int)i;
    }
    return -1;
}

/* Values that want attention: the text or number stays, the colour comes on top. */
static void add_conditions(struct report_xlsx *xlsx, struct table_sheet *table)
{
    struct {
        const char *member;
        char text[8]; /* empty: numbers above 0 */
    } conditions[] = {
        {"stale", "Yes"},          {"overdue", ""},     {"overdueDays", ""},
        {"restartPending", "Yes"}, {"withinSla", "No"}, {"hostCompliant", "No"},
        {"status", "expired"},
    };

    for (size_t i = 0; i < PREREQ_COUNT(conditions); i++) {
        int found = column_of(table, conditions[i].member);
        lxw_conditional_format condition = {
            .type = LXW_CONDITIONAL_TYPE_CELL,
            .criteria = LXW_CONDITIONAL_CRITERIA_GREATER_THAN,
            .format = xlsx->book.formats[BOOK_ALERT],
        };

        if (found < 0)
            continue;
        if (conditions[i].text[0]) {
            condition.type = LXW_CONDITIONAL_TYPE_TEXT;
            condition.criteria = LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH;
            condition.value_string = conditions[i].text;
        }
        need(xlsx,
             worksheet_conditional_format_range(table->sheet, 1, (lxw_col_t)found,
                                                table->next_row - 1, (lxw_col_t)found, &condition));
    }
}

static void add_done_list(struct report_xlsx *xlsx, struct table_sheet *table)
{
    int col = column_of(table, "done");
    char yes[] = "Yes", no[] = "No", unneeded[] = "Not needed";
    char *values[] = {yes, no, unneeded, NULL};
    lxw_data_validation validation = {
        .validate = LXW_VALIDATION_TYPE_LIST,
        .dropdown = LXW_VALIDATION_ON,
    };

    if (col < 0)
        return;
    validation.value_list = values;
    need(xlsx, worksheet_data_validation_range(table->sheet, 1, (lxw_col_t)col, table->next_row - 1,
                                               (lxw_col_t)col, &validation));
}

static void end_sheet(struct report_xlsx *xlsx, enum report_table_id id)
{
    struct table_sheet *table = &xlsx->tables[id];
    lxw_col_t last = (lxw_col_t)(table->count - 1);

    if (!table->sheet)
        return;
    if (table->next_row == 1) {
        book_text(&xlsx->book, table->sheet, 1, 0, report_tables[id].none, BOOK_LINE);
        need(xlsx, worksheet_autofilter(table->sheet, 0, 0, 1, last));
        return;
    }
    need(xlsx, worksheet_autofilter(table->sheet, 0, 0, table->next_row - 1, last));
    need(xlsx,
         worksheet_ignore_errors(table->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
    add_conditions(xlsx, table);
    add_done_list(xlsx, table);
    table->breaks[table->break_count] = 0;
    if (table->break_count)
        need(xlsx, worksheet_set_h_pagebreaks(table->sheet, table->breaks));
}

/* ---- rows ---- */

void report_xlsx_new_page(struct report_xlsx *xlsx, enum report_table_id id)
{
    xlsx->tables[id].break_due = true;
}

static bool sheet_is_full(const struct report_xlsx *xlsx, const struct table_sheet *table)
{
    return table->next_row >= xlsx->options.max_rows ||
           (table->break_due && table->break_count == MAX_BREAKS);
}

enum prereq_status report_xlsx_row(struct report_xlsx *xlsx, enum report_table_id id,
                                   const void *const *parts, struct prereq_error *err)
{
    struct table_sheet *table = &xlsx->tables[id];
    unsigned lines = 1;

    if (sheet_is_full(xlsx, table)) {
        end_sheet(xlsx, id);
        begin_sheet(xlsx, id);
    }
    if (!table->sheet)
        return prereq_fail(err, PREREQ_IO, "%s: no temporary file for a sheet", xlsx->book.name);
    if (table->break_due && table->next_row > 1)
        table->breaks[table->break_count++] = table->next_row;
    table->break_due = false;
    for (size_t i = 0; i < table->count; i++) {
        const struct book_column *column = &table->columns[i];
        unsigned needed = book_value(&xlsx->book, table->sheet, table->next_row, (lxw_col_t)i,
                                     column, parts[column->column.part]);

        lines = needed > lines ? needed : lines;
    }
    book_row_lines(&xlsx->book, table->sheet, table->next_row, lines);
    table->next_row++;
    if (xlsx->book.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for a row", xlsx->book.name);
    return PREREQ_OK;
}

/* ---- the workbook ---- */

enum prereq_status report_xlsx_open(const struct report_xlsx_options *options,
                                    struct report_xlsx **xlsx, struct prereq_error *err)
{
    struct report_xlsx *made = calloc(1, sizeof(*made));
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the workbook");
    made->options = *options;
    if (!made->options.max_rows || made->options.max_rows > LXW_ROW_MAX)
        made->options.max_rows = LXW_ROW_MAX;
    status = book_open(&made->book, options->path, options->title, options->now, true, err);
    if (status != PREREQ_OK) {
        free(made);
        return status;
    }
    made->summary = book_sheet(&made->book, "Summary", true);
    for (int id = 0; id < REPORT_TABLES; id++) {
        struct table_sheet *table = &made->tables[id];

        if (!report_tables[id].sheet)
            continue;
        if (id == REPORT_INPUTS)
            made->method = book_sheet(&made->book, "Method", true);
        table->count = book_columns(&report_tables[id], table->columns);
        begin_sheet(made, (enum report_table_id)id);
    }
    if (made->book.failed) {
        report_xlsx_discard(made);
        return prereq_fail(err, PREREQ_IO, "%s: no memory or no temporary file for a sheet",
                           options->path);
    }
    *xlsx = made;
    return PREREQ_OK;
}

enum prereq_status report_xlsx_finish(struct report_xlsx *xlsx, const struct figures *figures,
                                      struct prereq_error *err)
{
    struct sheet_context context = {&xlsx->book, figures, prereq_arena_new(SUMMARY_MEMORY),
                                    xlsx->options.scope_note};
    bool made = context.arena && sheet_summary(&context, xlsx->summary) &&
                sheet_method(&context, xlsx->method);

    for (int id = 0; id < REPORT_TABLES; id++) {
        if (report_tables[id].sheet)
            end_sheet(xlsx, (enum report_table_id)id);
    }
    prereq_arena_free(context.arena);
    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for the summary", xlsx->book.name);
    return book_finish(&xlsx->book, err);
}

enum prereq_status report_xlsx_commit(struct report_xlsx *xlsx, struct prereq_error *err)
{
    return book_commit(&xlsx->book, err);
}

void report_xlsx_discard(struct report_xlsx *xlsx)
{
    if (!xlsx)
        return;
    book_discard(&xlsx->book);
    free(xlsx);
}
