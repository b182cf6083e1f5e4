/* SPDX-License-Identifier: MIT */
/* import_fields.c - the lines of systeminfo as fields, from its list form and from its CSV form. */
#include <string.h>

#include "import/import_parts.h"

static const char *after_label(const char *line)
{
    if (*line == ' ' || *line == '\0')
        return NULL;
    for (const char *c = strchr(line, ':'); c; c = strchr(c + 1, ':')) {
        if (c[1] == ' ' || c[1] == '\0')
            return prereq_import_skip_blanks(c + 1);
    }
    return NULL;
}

static bool is_version(const char *value)
{
    uint32_t version[3];
    const char *rest;

    return prereq_import_version(value, version, &rest);
}

static bool is_list_version(const char *line)
{
    const char *value = after_label(line);

    return value && is_version(value);
}

/* The version stands in the third cell of a row.  Looks only: quotes within cells are split_row's.
 */
static bool is_row(const char *line)
{
    for (size_t i = 0; i < 2; i++) {
        if (*line != '"')
            return false;
        line = strstr(line + 1, "\",\"");
        if (!line)
            return false;
        line += 2;
    }
    return *line == '"' && is_version(line + 1);
}

/* Blank lines count as entries; nobody takes them for one. */
static enum prereq_status split_list(struct prereq_arena *arena,
                                     const struct prereq_import_lines *lines,
                                     struct prereq_import_fields *fields, struct prereq_error *err)
{
    fields->items = PREREQ_NEW_ARRAY(arena, lines->count, struct prereq_import_field);
    if (!fields->items)
        return prereq_import_no_memory(err);
    for (size_t i = 0; i < lines->count; i++) {
        const char *value = after_label(lines->line[i]);

        if (value)
            fields->items[fields->count++] =
                (struct prereq_import_field){value, &lines->line[i + 1], 0, i + 1, false};
        else if (fields->count)
            fields->items[fields->count - 1].entry_count++;
    }
    fields->version = 0;
    while (!is_version(fields->items[fields->version].value))
        fields->version++;
    return PREREQ_OK;
}

/* Lists stand in one cell: "2 Hotfix(s) Installed.,[01]: KB1,[02]: KB2". */
static enum prereq_status split_cell(struct prereq_arena *arena, const char *text,
                                     struct prereq_import_field *field, struct prereq_error *err)
{
    char *cell = prereq_strdup(arena, text);
    const char **entries;
    size_t most = 0;

    if (!cell)
        return prereq_import_no_memory(err);
    for (const char *c = strstr(cell, ",["); c; c = strstr(c + 2, ",["))
        most++;
    entries = PREREQ_NEW_ARRAY(arena, most, const char *);
    if (!entries)
        return prereq_import_no_memory(err);
    field->value = cell;
    field->entries = entries;
    for (char *c = strstr(cell, ",["); c; c = strstr(c, ",[")) {
        *c++ = '\0';
        entries[field->entry_count++] = c;
    }
    return PREREQ_OK;
}

static enum prereq_status split_row(struct prereq_arena *arena,
                                    const struct prereq_import_lines *lines, size_t line,
                                    struct prereq_import_fields *fields, struct prereq_error *err)
{
    struct prereq_import_cells cells;
    enum prereq_status status = PREREQ_OK;

    if (!prereq_import_csv(arena, lines->line[line], &cells))
        return prereq_import_no_memory(err);
    if (cells.count < 3 || !is_version(cells.cell[2]))
        return PREREQ_OK;
    fields->items = PREREQ_NEW_ARRAY(arena, cells.count, struct prereq_import_field);
    if (!fields->items)
        return prereq_import_no_memory(err);
    fields->count = cells.count;
    fields->version = 2;
    for (size_t i = 0; !status && i < cells.count; i++) {
        fields->items[i].line = line + 1;
        fields->items[i].one_line = true;
        status = split_cell(arena, cells.cell[i], &fields->items[i], err);
    }
    if (!status && !is_version(fields->items[fields->version].value))
        fields->count = 0; /* a list stood in its cell */
    return status;
}

enum prereq_status prereq_import_split(struct prereq_arena *arena,
                                       const struct prereq_import_lines *lines,
                                       struct prereq_import_fields *fields,
                                       struct prereq_error *err)
{
    size_t first = 0;

    memset(fields, 0, sizeof(*fields));
    for (size_t i = 0; i < lines->count; i++) {
        if (!is_list_version(lines->line[i]) && !is_row(lines->line[i]))
            continue;
        if (first)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "line %zu: a second version of Windows (the first is in line %zu); "
                               "give each host's text as a file of its own",
                               i + 1, first);
        first = i + 1;
    }
    if (!first)
        return PREREQ_OK;
    if (is_row(lines->line[first - 1]))
        return split_row(arena, lines, first - 1, fields, err);
    return split_list(arena, lines, fields, err);
}
