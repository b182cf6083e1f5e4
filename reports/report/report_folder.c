/* SPDX-License-Identifier: MIT */
/* report_folder.c - folders that a report wrote, known by the first columns of their tables. */
#include "report/report_folder.h"

#include <string.h>

#include "report/report_plans.h"
#include "tables/report_rows.h"

#define MOST_NAMES ((size_t)64 << 20) /* bytes of the names in a folder */
#define MOST_OF_LINE ((size_t)64 << 10)

/* Whether the file begins with the same column as a table with this header does.  Later versions
 * have more columns behind it. */
static bool begins_like(const char *path, const char *header)
{
    size_t wanted = strcspn(header, ",") + 1, len = 0;
    struct prereq_lines *lines = NULL;
    const char *line = NULL;
    bool alike;

    if (!prereq_is_file(path) || prereq_lines_open(path, &lines, NULL) != PREREQ_OK)
        return false;
    alike = prereq_lines_next(lines, MOST_OF_LINE, &line, &len, NULL) == PREREQ_OK && line &&
            len >= wanted && memcmp(line, header, wanted) == 0;
    prereq_lines_close(lines);
    return alike;
}

static bool has_table(const char *folder, const char *file, const struct prereq_buffer *header)
{
    struct prereq_buffer path = {0};
    bool has;

    prereq_buffer_addf(&path, "%s/%s", folder, file);
    has = !path.failed && !header->failed && begins_like(path.text, header->text);
    prereq_buffer_free(&path);
    return has;
}

static bool has_any(const char *folder)
{
    struct prereq_buffer header = {0};
    struct column columns[COLUMNS_MAX];
    bool has;

    report_plans_header(&header);
    has = has_table(folder, REPORT_PLANS_INDEX, &header);
    for (int table = 0; !has && table < REPORT_TABLES; table++) {
        size_t count = columns_of(report_tables[table].parts, PREREQ_IN_CSV, columns);

        header.len = 0;
        columns_csv_header(columns, count, &header);
        has = has_table(folder, report_tables[table].file, &header);
    }
    prereq_buffer_free(&header);
    return has;
}

/* The first name that is no temporary file of ours; NULL in *found: the folder is empty. */
static enum prereq_status find_name(struct prereq_arena *arena, const char *folder,
                                    const char **found, struct prereq_error *err)
{
    const char **names = NULL;
    size_t count = 0;
    enum prereq_status status = prereq_folder_list(arena, folder, &names, &count, err);

    *found = NULL;
    for (size_t i = 0; !status && !*found && i < count; i++) {
        if (!prereq_output_is_temporary(names[i]))
            *found = names[i];
    }
    return status;
}

enum prereq_status report_folder_check(const char *folder, struct prereq_error *err)
{
    struct prereq_arena *arena;
    const char *found = NULL;
    enum prereq_status status;

    if (!prereq_is_folder(folder))
        return PREREQ_OK; /* made when it is written to, or that says why not */
    arena = prereq_arena_new(MOST_NAMES);
    if (!arena)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for its names", folder);
    status = find_name(arena, folder, &found, err);
    if (!status && found && !has_any(folder))
        status = prereq_fail(err, PREREQ_BAD_INPUT,
                             "%s is not empty (%s) and holds no table of an earlier report; name a "
                             "folder that is new, empty, or a report's",
                             folder, found);
    prereq_arena_free(arena);
    return status;
}
