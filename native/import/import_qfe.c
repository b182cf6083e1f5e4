/* SPDX-License-Identifier: MIT */
/* import_qfe.c - lists of Win32_QuickFixEngineering, as wmic qfe and Get-HotFix print them.
 *
 * Tables with columns of fixed width, comma-separated tables, and lists of "Name=Value" or "Name :
 * Value". The names are those of the properties of the class, which are not localised. */
#include <string.h>

#include "import/import_parts.h"

#define MOST_COLUMNS 64

#define LIST_TEXT                                                                                  \
    "Win32_QuickFixEngineering names no superseded updates, none of Windows Installer, and not "   \
    "every one since Windows 10"

enum role {
    ROLE_NONE, /* no property of ours */
    ROLE_OTHER,
    ROLE_HOST,
    ROLE_ID,
    ROLE_BY,
    ROLE_ON,
    ROLE_COUNT,
};

static const struct property {
    const char *name;
    enum role role;
} properties[] = {
    {"Caption", ROLE_OTHER},     {"CSName", ROLE_HOST},
    {"Description", ROLE_OTHER}, {"FixComments", ROLE_OTHER},
    {"HotFixID", ROLE_ID},       {"InstallDate", ROLE_OTHER},
    {"InstalledBy", ROLE_BY},    {"InstalledOn", ROLE_ON},
    {"Name", ROLE_OTHER},        {"ServicePackInEffect", ROLE_OTHER},
    {"Status", ROLE_OTHER},      {"Node", ROLE_HOST},
    {"Source", ROLE_HOST},       {"PSComputerName", ROLE_HOST},
    {"__SERVER", ROLE_HOST},
};

struct column {
    enum role role;
    size_t start; /* in characters */
};

enum form {
    FORM_NONE,
    FORM_TABLE,
    FORM_CSV,
};

struct reader {
    struct prereq_import_work *work;
    enum form form;
    struct column columns[MOST_COLUMNS];
    size_t column_count;
    const char *values[ROLE_COUNT]; /* of the record being read */
    uint32_t seen;                  /* bits of properties[], for lists */
    bool found;
    size_t line;        /* from 1 */
    size_t record_line; /* where the record being read begins */
    size_t unreadable, first_unreadable;
    size_t dates, unknown_dates;
};

/* Where in properties[] the name stands; PREREQ_COUNT(properties): nowhere. */
static size_t find_property(const char *name, size_t len)
{
    for (size_t i = 0; i < PREREQ_COUNT(properties); i++) {
        if (strlen(properties[i].name) == len && prereq_starts_nocase(name, properties[i].name))
            return i;
    }
    return PREREQ_COUNT(properties);
}

static enum role role_of(const char *name, size_t len)
{
    size_t at = find_property(name, len);

    return at < PREREQ_COUNT(properties) ? properties[at].role : ROLE_NONE;
}

static size_t characters(const char *text, size_t len)
{
    size_t count = 0;

    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* A header holds names of properties and nothing else. */
static bool read_header(struct reader *reader, const char *line)
{
    struct column columns[MOST_COLUMNS];
    size_t count = 0;
    bool has_id = false;
    const char *c = prereq_import_skip_blanks(line);

    while (*c) {
        size_t len = strcspn(c, " ");
        enum role role = role_of(c, len);

        if (role == ROLE_NONE || count == MOST_COLUMNS)
            return false;
        has_id = has_id || role == ROLE_ID;
        columns[count++] = (struct column){role, characters(line, (size_t)(c - line))};
        c = prereq_import_skip_blanks(c + len);
    }
    if (!has_id)
        return false;
    columns[0].start = 0;
    memcpy(reader->columns, columns, count * sizeof(*columns));
    reader->column_count = count;
    reader->form = FORM_TABLE;
    return true;
}

/* Export-Csv writes properties of its own too: only the id is asked for. */
static bool read_csv_header(struct reader *reader, const struct prereq_import_cells *cells)
{
    bool has_id = false;

    for (size_t i = 0; i < cells->count; i++)
        has_id = has_id || role_of(cells->cell[i], strlen(cells->cell[i])) == ROLE_ID;
    if (!has_id || cells->count > MOST_COLUMNS)
        return false;
    for (size_t i = 0; i < cells->count; i++)
        reader->columns[i].role = role_of(cells->cell[i], strlen(cells->cell[i]));
    reader->column_count = cells->count;
    reader->form = FORM_CSV;
    return true;
}

static void count_unreadable(struct reader *reader)
{
    if (reader->unreadable++ == 0)
        reader->first_unreadable = reader->record_line;
}

static bool has_value(const struct reader *reader, enum role role)
{
    return reader->values[role] && reader->values[role][0];
}

/* The record whose values were read becomes a fact. */
static enum prereq_status end_record(struct reader *reader, struct prereq_error *err)
{
    struct prereq_update_record record = {.source = PREREQ_SOURCE_QFE};
    struct prereq_import_work *work = reader->work;
    const char *id = has_value(reader, ROLE_ID) ? reader->values[ROLE_ID] : NULL;
    enum prereq_status status = PREREQ_OK;
    char clip[PREREQ_IMPORT_CLIP];

    if (id && has_value(reader, ROLE_HOST))
        status = prereq_import_host(work, reader->values[ROLE_HOST], reader->record_line, err);
    if (!status && !id)
        count_unreadable(reader);
    if (status || !id || prereq_import_is_sub_key(id, strlen(id)))
        goto done;
    if (!prereq_import_is_id(id, strlen(id))) {
        status =
            prereq_import_note(work, "updates", "not_an_id",
                               prereq_printf(work->arena, "line %zu: \"%s\" is no update id",
                                             reader->record_line, prereq_import_clip(id, clip)),
                               err);
        goto done;
    }
    if (has_value(reader, ROLE_BY))
        record.installed_by = reader->values[ROLE_BY];
    if (has_value(reader, ROLE_ON)) {
        record.installed_on = prereq_import_date(reader->values[ROLE_ON]);
        reader->dates++;
        reader->unknown_dates += !record.installed_on.known;
    }
    status = prereq_import_add(work, id, strlen(id), &record, err);
done:
    memset(reader->values, 0, sizeof(reader->values));
    reader->seen = 0;
    return status;
}

/* ---- tables of fixed width ---- */

static const char *at_character(const char *line, size_t at)
{
    while (*line && at > 0) {
        line++;
        at -= ((unsigned char)*line & 0xC0) != 0x80;
    }
    return line;
}

/* Text between two places, without blanks around it. */
static bool set_value(struct reader *reader, enum role role, const char *from, const char *to)
{
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    if (role <= ROLE_OTHER || has_value(reader, role))
        return true;
    reader->values[role] = prereq_strndup(reader->work->arena, from, (size_t)(to - from));
    return reader->values[role] != NULL;
}

/* In code pages with double-byte characters, and in tables that align to the right, values leave
 * their columns.  The number of columns, from the left, that keep to theirs. */
static size_t count_aligned(const struct reader *reader, const char *line)
{
    for (size_t i = 1; i < reader->column_count; i++) {
        const char *start = at_character(line, reader->columns[i].start);

        if (*start && start[-1] != ' ')
            return i - 1;
    }
    return reader->column_count;
}

static bool read_columns(struct reader *reader, const char *line, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *from = at_character(line, reader->columns[i].start);
        const char *to = i + 1 < reader->column_count
                             ? at_character(line, reader->columns[i + 1].start)
                             : from + strlen(from);

        if (!set_value(reader, reader->columns[i].role, from, to))
            return false;
    }
    return true;
}

/* The only KB number of the line, and the only date behind it. */
static bool read_by_shape(struct reader *reader, const char *line)
{
    const char *c = prereq_import_skip_blanks(line);
    size_t ids = 0, dates = 0;

    reader->values[ROLE_ID] = reader->values[ROLE_ON] = NULL;
    while (*c) {
        size_t len = strcspn(c, " ");
        enum role role = ROLE_NONE;

        if (prereq_import_kb_length(c) && prereq_import_is_id(c, len)) {
            role = ROLE_ID;
            ids++;
        } else if (ids && prereq_import_is_date(c)) {
            role = ROLE_ON;
            dates++;
        }
        if (!set_value(reader, role, c, c + len))
            return false;
        c = prereq_import_skip_blanks(c + len);
    }
    if (ids != 1)
        reader->values[ROLE_ID] = NULL;
    if (dates != 1)
        reader->values[ROLE_ON] = NULL;
    return true;
}

static enum prereq_status read_row(struct reader *reader, const char *line,
                                   struct prereq_error *err)
{
    size_t aligned = count_aligned(reader, line);

    if (strspn(line, "- ") == strlen(line)) /* the rule under a header of PowerShell */
        return PREREQ_OK;
    if (!read_columns(reader, line, aligned))
        return prereq_import_no_memory(err);
    if ((aligned < reader->column_count || !has_value(reader, ROLE_ID)) &&
        !read_by_shape(reader, line))
        return prereq_import_no_memory(err);
    return end_record(reader, err);
}

/* ---- comma-separated tables and lists ---- */

static enum prereq_status read_cells(struct reader *reader, const struct prereq_import_cells *cells,
                                     struct prereq_error *err)
{
    if (cells->count != reader->column_count) {
        count_unreadable(reader);
        return PREREQ_OK;
    }
    for (size_t i = 0; i < cells->count; i++) {
        const char *cell = cells->cell[i];

        if (!set_value(reader, reader->columns[i].role, cell, cell + strlen(cell)))
            return prereq_import_no_memory(err);
    }
    return end_record(reader, err);
}

/* "HotFixID=KB123456" or "HotFixID   : KB123456".  Returns the value, or NULL for another line. */
static const char *read_name(const char *line, size_t *property)
{
    size_t len = strcspn(line, " =:");
    const char *sign = prereq_import_skip_blanks(line + len);

    *property = find_property(line, len);
    if (*property == PREREQ_COUNT(properties) || (*sign != '=' && *sign != ':'))
        return NULL;
    return sign + 1;
}

static enum prereq_status read_pair(struct reader *reader, size_t property, const char *value,
                                    struct prereq_error *err)
{
    uint32_t bit = UINT32_C(1) << property;
    enum prereq_status status = PREREQ_OK;

    if (reader->seen & bit)
        status = end_record(reader, err);
    if (status)
        return status;
    if (!reader->seen)
        reader->record_line = reader->line;
    reader->seen |= bit;
    reader->found = reader->found || properties[property].role == ROLE_ID;
    if (!set_value(reader, properties[property].role, value, value + strlen(value)))
        return prereq_import_no_memory(err);
    return PREREQ_OK;
}

static enum prereq_status read_line(struct reader *reader, const char *line,
                                    struct prereq_error *err)
{
    struct prereq_import_cells cells = {NULL, 0};
    enum prereq_status status = PREREQ_OK;
    size_t property;
    const char *value = read_name(line, &property);

    if (value)
        return read_pair(reader, property, value, err);
    if (!*line || (*line == ' ' && reader->seen)) /* Format-List wraps long values */
        return PREREQ_OK;
    if (reader->seen)
        status = end_record(reader, err);
    if (status)
        return status;
    if (strchr(line, ',') && !prereq_import_csv(reader->work->arena, line, &cells))
        return prereq_import_no_memory(err);
    if (read_header(reader, line) || read_csv_header(reader, &cells)) {
        reader->found = true;
        return PREREQ_OK;
    }
    if (reader->form == FORM_NONE)
        return PREREQ_OK;
    reader->record_line = reader->line;
    return reader->form == FORM_CSV ? read_cells(reader, &cells, err) : read_row(reader, line, err);
}

static enum prereq_status add_notes(const struct reader *reader, struct prereq_error *err)
{
    struct prereq_import_work *work = reader->work;
    enum prereq_status status = PREREQ_OK;

    if (reader->unreadable)
        status = prereq_import_note(work, "updates", "unreadable",
                                    prereq_printf(work->arena,
                                                  "lines that name no update: %zu, the first is "
                                                  "line %zu",
                                                  reader->unreadable, reader->first_unreadable),
                                    err);
    if (!status && reader->unknown_dates)
        status = prereq_import_note(work, "updates", "ambiguous",
                                    prereq_printf(work->arena,
                                                  "install dates that can be read in two ways, or "
                                                  "in none: %zu of %zu; they are not known",
                                                  reader->unknown_dates, reader->dates),
                                    err);
    return status;
}

enum prereq_status prereq_import_qfe(struct prereq_import_work *work, bool *found,
                                     struct prereq_error *err)
{
    struct reader reader = {.work = work};
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < work->lines.count; i++) {
        reader.line = i + 1;
        status = read_line(&reader, work->lines.line[i], err);
    }
    if (!status && reader.seen && has_value(&reader, ROLE_ID))
        status = end_record(&reader, err);
    *found = !status && reader.found;
    if (!*found)
        return status;
    prereq_import_cover(work, PREREQ_LIST_QFE, PREREQ_LIST_PARTIAL, LIST_TEXT);
    return add_notes(&reader, err);
}
