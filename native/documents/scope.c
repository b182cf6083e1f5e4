/* SPDX-License-Identifier: MIT */
/* scope.c - scope.csv: which hosts belong where, and when; a row per host and period. */
#include "documents/policy.h"
#include "formats/csv.h"

#include <stdlib.h>
#include <string.h>

enum column {
    COLUMN_HOST,
    COLUMN_GROUP,
    COLUMN_SITE,
    COLUMN_OWNER,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMNS,
};

static const char *const column_names[COLUMNS] = {"host", "group", "site", "owner", "from", "to"};

/* Which column each field of a line is; fields of one file, in its order. */
struct header {
    enum column of[COLUMNS];
    size_t count;
};

static enum prereq_status bad_line(size_t line, const char *what, const char *detail,
                                   struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: %s%s%s%s", line, what, detail ? " \"" : "",
                       PREREQ_CLIP(detail ? detail : "", 200), detail ? "\"" : "");
}

static enum prereq_status read_name(const struct prereq_csv_line *line, size_t field,
                                    struct header *header, struct prereq_error *err)
{
    const char *name = line->fields[field];
    size_t column = 0;

    while (column < COLUMNS && !prereq_equal_nocase(name, column_names[column]))
        column++;
    if (column == COLUMNS && strchr(name, ';'))
        return bad_line(line->number, "fields are separated by commas, not by semicolons:", name,
                        err);
    if (column == COLUMNS)
        return bad_line(line->number, "not one of host, group, site, owner, from, to:", name, err);
    for (size_t i = 0; i < header->count; i++) {
        if (header->of[i] == (enum column)column)
            return bad_line(line->number, "this column stands twice:", name, err);
    }
    header->of[header->count++] = (enum column)column;
    return PREREQ_OK;
}

static enum prereq_status read_header(const struct prereq_csv_line *line, struct header *header,
                                      struct prereq_error *err)
{
    bool host = false;

    for (size_t i = 0; i < line->count; i++) {
        enum prereq_status status = read_name(line, i, header, err);

        if (status)
            return status;
        host = host || header->of[i] == COLUMN_HOST;
    }
    return host ? PREREQ_OK : bad_line(line->number, "there is no column \"host\"", NULL, err);
}

static enum prereq_status read_day(size_t line, enum column column, const char *text,
                                   struct prereq_time *day, struct prereq_error *err)
{
    if (!*text || (prereq_time_parse(text, day) && day->day_only))
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "line %zu: \"%s\" must be a date as 2026-11-22: \"%s\"", line,
                       column_names[column], PREREQ_CLIP(text, 200));
}

static enum prereq_status read_field(size_t line, enum column column, const char *text,
                                     struct prereq_scope_row *row, struct prereq_error *err)
{
    switch (column) {
    case COLUMN_HOST:
        row->host = text;
        break;
    case COLUMN_GROUP:
        row->group = *text ? text : NULL;
        break;
    case COLUMN_SITE:
        row->site = *text ? text : NULL;
        break;
    case COLUMN_OWNER:
        row->owner = *text ? text : NULL;
        break;
    case COLUMN_FROM:
        return read_day(line, column, text, &row->from, err);
    case COLUMN_TO:
        return read_day(line, column, text, &row->to, err);
    case COLUMNS:
        break;
    }
    return PREREQ_OK;
}

static enum prereq_status read_row(const struct prereq_csv_line *line, const struct header *header,
                                   struct prereq_scope_row *row, struct prereq_error *err)
{
    if (line->count != header->count)
        return prereq_fail(err, PREREQ_BAD_INPUT, "line %zu: has %zu fields, the header has %zu",
                           line->number, line->count, header->count);
    row->line = line->number;
    for (size_t i = 0; i < line->count; i++) {
        enum prereq_status status =
            read_field(line->number, header->of[i], line->fields[i], row, err);

        if (status)
            return status;
    }
    if (!*row->host)
        return bad_line(line->number, "names no host", NULL, err);
    if (strpbrk(row->host, "*?"))
        return bad_line(line->number, "a host is named in full, without * and ?:", row->host, err);
    if (row->from.known && row->to.known && row->from.seconds > row->to.seconds)
        return bad_line(line->number, "\"from\" is later than \"to\"", NULL, err);
    return PREREQ_OK;
}

static int compare_texts(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "");
}

/* Which of two rows that hold on one day counts is said by what they say, not by where they stand:
 * the later one to begin, else the earlier one to end (the narrower period is the exception), else
 * the greater text.  Above 0: `a` counts. */
static int compare_claims(const struct prereq_scope_row *a, const struct prereq_scope_row *b)
{
    int64_t a_from = a->from.known ? a->from.seconds : INT64_MIN;
    int64_t b_from = b->from.known ? b->from.seconds : INT64_MIN;
    int64_t a_to = a->to.known ? a->to.seconds : INT64_MAX;
    int64_t b_to = b->to.known ? b->to.seconds : INT64_MAX;
    int order = (a_from > b_from) - (a_from < b_from);

    if (order == 0)
        order = (a_to < b_to) - (a_to > b_to);
    if (order == 0)
        order = compare_texts(a->group, b->group);
    if (order == 0)
        order = compare_texts(a->site, b->site);
    return order ? order : compare_texts(a->owner, b->owner);
}

/* The rows of a host stand together, those that count before others behind them. */
static int compare_rows(const void *left, const void *right)
{
    const struct prereq_scope_row *a = *(const struct prereq_scope_row *const *)left;
    const struct prereq_scope_row *b = *(const struct prereq_scope_row *const *)right;
    int order = prereq_compare_folded(a->host, b->host);

    return order ? order : compare_claims(a, b);
}

static enum prereq_status sort_rows(struct prereq_arena *arena, struct prereq_scope *scope,
                                    struct prereq_error *err)
{
    const struct prereq_scope_row **by_host =
        PREREQ_NEW_ARRAY(arena, scope->row_count, const struct prereq_scope_row *);

    if (!by_host)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the scope");
    for (size_t i = 0; i < scope->row_count; i++)
        by_host[i] = &scope->rows[i];
    if (scope->row_count > 1)
        qsort(by_host, scope->row_count, sizeof(*by_host), compare_rows);
    scope->by_host = by_host;
    return PREREQ_OK;
}

static enum prereq_status read_rows(struct prereq_arena *arena, const struct prereq_csv *csv,
                                    struct prereq_scope *scope, struct prereq_error *err)
{
    struct header header = {{COLUMN_HOST}, 0};
    struct prereq_scope_row *rows;
    enum prereq_status status;

    if (csv->count == 0)
        return prereq_fail(
            err, PREREQ_BAD_INPUT,
            "is empty; the first line names the columns: host,group,site,owner,from,to");
    status = read_header(&csv->lines[0], &header, err);
    if (status)
        return status;
    rows = PREREQ_NEW_ARRAY(arena, csv->count - 1, struct prereq_scope_row);
    if (!rows)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the scope");
    for (size_t i = 1; i < csv->count; i++) {
        status = read_row(&csv->lines[i], &header, &rows[i - 1], err);
        if (status)
            return status;
    }
    scope->rows = rows;
    scope->row_count = csv->count - 1;
    return PREREQ_OK;
}

enum prereq_status prereq_scope_read(struct prereq_arena *arena, const char *csv, size_t len,
                                     const struct prereq_scope **scope, struct prereq_error *err)
{
    struct prereq_scope *made = PREREQ_NEW(arena, struct prereq_scope);
    struct prereq_csv table;
    enum prereq_status status;

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the scope");
    status = prereq_csv_read(arena, csv, len, &table, err);
    if (!status)
        status = read_rows(arena, &table, made, err);
    if (!status)
        status = sort_rows(arena, made, err);
    if (status)
        return status;
    *scope = made;
    return PREREQ_OK;
}

static bool holds_on(const struct prereq_scope_row *row, int64_t day)
{
    return (!row->from.known || prereq_time_day(row->from) <= day) &&
           (!row->to.known || day <= prereq_time_day(row->to));
}

/* The row of `host` that counts on `day`. */
static const struct prereq_scope_row *find_name(const struct prereq_scope *scope, const char *host,
                                                int64_t day)
{
    size_t low = 0, high = scope->row_count;

    while (low < high) { /* to behind the last row of the host */
        size_t middle = low + (high - low) / 2;

        if (prereq_compare_folded(scope->by_host[middle]->host, host) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    while (low-- > 0 && prereq_equal_folded(scope->by_host[low]->host, host)) {
        if (holds_on(scope->by_host[low], day))
            return scope->by_host[low];
    }
    return NULL;
}

const struct prereq_scope_row *prereq_scope_find(const struct prereq_scope *scope,
                                                 const char *host_id, const char *fqdn,
                                                 const char *host_name, struct prereq_time now)
{
    const char *names[] = {host_id, fqdn, host_name};
    const struct prereq_scope_row *found = NULL;

    for (size_t i = 0; i < PREREQ_COUNT(names); i++) {
        const struct prereq_scope_row *row =
            names[i] ? find_name(scope, names[i], prereq_time_day(now)) : NULL;

        if (row && (!found || compare_claims(row, found) > 0))
            found = row;
    }
    return found;
}
