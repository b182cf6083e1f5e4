/* SPDX-License-Identifier: MIT */
/* report_csv.c - the report's tables as CSV files. */
#include <stdlib.h>

#include "tables/report_csv.h"

struct csv_file {
    struct prereq_output *output;
    struct column columns[COLUMNS_MAX];
    size_t count;
};

struct report_csv {
    struct csv_file files[REPORT_TABLES];
    struct prereq_buffer line;
};

static enum prereq_status flush_line(struct report_csv *csv, struct csv_file *file,
                                     struct prereq_error *err)
{
    enum prereq_status status;

    if (csv->line.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a line of CSV");
    status = prereq_output_write(file->output, csv->line.text, csv->line.len, err);
    csv->line.len = 0;
    return status;
}

static enum prereq_status open_file(struct report_csv *csv, const char *folder,
                                    enum report_table_id table, struct prereq_error *err)
{
    struct csv_file *file = &csv->files[table];
    struct prereq_buffer path = {0};
    enum prereq_status status;

    prereq_buffer_addf(&path, "%s/%s", folder, report_tables[table].file);
    if (path.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a file name");
    status = prereq_output_open(path.text, &file->output, err);
    prereq_buffer_free(&path);
    if (status != PREREQ_OK)
        return status;
    file->count = columns_of(report_tables[table].parts, PREREQ_IN_CSV, file->columns);
    columns_csv_header(file->columns, file->count, &csv->line);
    return flush_line(csv, file, err);
}

enum prereq_status report_csv_open(const char *folder, struct report_csv **csv,
                                   struct prereq_error *err)
{
    struct report_csv *made = calloc(1, sizeof(*made));
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for CSV files");
    status = prereq_folder_make(folder, err);
    for (int table = 0; status == PREREQ_OK && table < REPORT_TABLES; table++)
        status = open_file(made, folder, (enum report_table_id)table, err);
    if (status != PREREQ_OK)
        report_csv_discard(made);
    else
        *csv = made;
    return status;
}

enum prereq_status report_csv_row(struct report_csv *csv, enum report_table_id table,
                                  const void *const *parts, struct prereq_error *err)
{
    struct csv_file *file = &csv->files[table];

    columns_csv_row(file->columns, file->count, parts, &csv->line);
    return flush_line(csv, file, err);
}

enum prereq_status report_csv_commit(struct report_csv *csv, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (int table = 0; status == PREREQ_OK && table < REPORT_TABLES; table++) {
        struct prereq_output *output = csv->files[table].output;

        csv->files[table].output = NULL;
        status = prereq_output_commit(output, err);
    }
    return status;
}

void report_csv_discard(struct report_csv *csv)
{
    if (!csv)
        return;
    for (int table = 0; table < REPORT_TABLES; table++)
        prereq_output_discard(csv->files[table].output);
    prereq_buffer_free(&csv->line);
    free(csv);
}
