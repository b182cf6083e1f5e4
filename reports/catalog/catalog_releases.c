/* SPDX-License-Identifier: MIT */
/* catalog_releases.c - what has been released, as text: search, list, show. */
#include "catalog/catalog_releases.h"

#include <inttypes.h>
#include <string.h>

#include "program/messages.h"

#define SHOWN_ROWS 12 /* of a line */

/* Called for each hit: a row of a line, or (row NULL) the line itself. */
typedef void add_hit(const struct prereq_line *line, const struct prereq_releases_file *file,
                     const struct prereq_release *row, size_t number, struct prereq_buffer *out);

static bool contains(const char *text, const char *part)
{
    for (; text && *text; text++) {
        if (prereq_starts_nocase(text, part))
            return true;
    }
    return false;
}

/* The position of a CVE in a file's list; cve_count: it is not there. */
static size_t cve_position(const struct prereq_releases_file *file, const char *cve)
{
    size_t i = 0;

    while (i < file->cve_count && !prereq_equal_nocase(file->cves[i], cve))
        i++;
    return i;
}

static bool fixes(const struct prereq_release *row, size_t position)
{
    for (size_t i = 0; i < row->cve_count; i++) {
        if (row->cves[i] == position)
            return true;
    }
    return false;
}

static size_t search_line(const struct prereq_catalog *catalog, size_t index, const char *part,
                          add_hit *add, size_t found, struct prereq_buffer *out)
{
    const struct prereq_line *line = prereq_catalog_line(catalog, index);
    const struct prereq_releases_file *file = prereq_catalog_line_file(catalog, index);
    size_t position = cve_position(file, part), before = found;

    if (contains(line->id, part) || contains(line->title, part))
        add(line, file, NULL, found++, out);
    for (size_t i = 0; i < line->row_count; i++) {
        const struct prereq_release *row = &line->rows[i];

        if (contains(row->kb, part) || (position < file->cve_count && fixes(row, position)))
            add(line, file, row, found++, out);
    }
    return found - before;
}

static size_t search(const struct prereq_catalog *catalog, const char *part, add_hit *add,
                     size_t already, struct prereq_buffer *out)
{
    size_t found = 0;

    for (size_t i = 0; i < prereq_catalog_line_count(catalog); i++)
        found += search_line(catalog, i, part, add, already + found, out);
    return found;
}

static void add_day(struct prereq_time day, struct prereq_buffer *out)
{
    char text[32] = "day unknown";

    if (day.known)
        prereq_time_format(day, text);
    prereq_buffer_add(out, text);
}

static void add_level(const struct prereq_release *row, struct prereq_buffer *out)
{
    char text[48];

    if (row->level.known) {
        prereq_buffer_addf(out, "%" PRIu64, row->level.value);
        return;
    }
    prereq_version_format(row->version, text);
    prereq_buffer_add(out, text);
}

static void add_row(const struct prereq_line *line, const struct prereq_release *row,
                    struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "%-10s ", row->kb);
    add_day(row->day, out);
    prereq_buffer_addf(out, "  %-12s%-9s ", prereq_enum_name(prereq_cadence_names, row->cadence),
                       row->security == PREREQ_FLAG_TRUE ? "security" : "");
    printable_add(out, line->id);
    prereq_buffer_add(out, ", level ");
    add_level(row, out);
    if (row->severity)
        prereq_buffer_addf(out, ", %s", prereq_enum_name(prereq_severity_names, row->severity));
    if (row->cve_count)
        prereq_buffer_addf(out, ", %zu CVEs", row->cve_count);
    if (row->withdrawn.known)
        prereq_buffer_add(out, ", withdrawn");
    prereq_buffer_add(out, "\n");
}

static void add_line(const struct prereq_line *line, struct prereq_buffer *out)
{
    const struct prereq_release *newest = NULL;

    for (size_t i = 0; i < line->row_count; i++) {
        const struct prereq_release *row = &line->rows[i];

        if (row->security == PREREQ_FLAG_TRUE && row->cadence != PREREQ_CADENCE_HOTPATCH)
            newest = row;
    }
    prereq_buffer_addf(out, "%-18s %4zu releases, newest for security ", line->id, line->row_count);
    if (newest) {
        prereq_buffer_addf(out, "%s of ", newest->kb);
        add_day(newest->day, out);
    } else {
        prereq_buffer_add(out, "none");
    }
    prereq_buffer_add(out, ", known through ");
    add_day(line->data_through, out);
    prereq_buffer_add(out, ": ");
    printable_add(out, line->title);
    prereq_buffer_add(out, "\n");
}

static void add_text(const struct prereq_line *line, const struct prereq_releases_file *file,
                     const struct prereq_release *row, size_t number, struct prereq_buffer *out)
{
    (void)file, (void)number;
    if (row)
        add_row(line, row, out);
    else
        add_line(line, out);
}

static void add_id(const struct prereq_line *line, const struct prereq_releases_file *file,
                   const struct prereq_release *row, size_t number, struct prereq_buffer *out)
{
    (void)file, (void)number;
    prereq_buffer_addf(out, "%s\n", row ? row->kb : line->id);
}

static void add_json(const struct prereq_line *line, const struct prereq_releases_file *file,
                     const struct prereq_release *row, size_t number, struct prereq_buffer *out)
{
    (void)file;
    prereq_buffer_add(out, number ? ",\n  {\"id\": " : "  {\"id\": ");
    prereq_json_quote(out, row ? row->kb : line->id);
    prereq_buffer_add(out, ", \"title\": ");
    prereq_json_quote(out, line->title);
    prereq_buffer_add(out, ", \"where\": ");
    prereq_json_quote(out, row ? "release" : "line");
    prereq_buffer_add(out, ", \"line\": ");
    prereq_json_quote(out, line->id);
    if (row) {
        prereq_buffer_add(out, ", \"level\": \"");
        add_level(row, out);
        prereq_buffer_add(out, "\", \"day\": \"");
        add_day(row->day, out);
        prereq_buffer_addf(out, "\", \"cadence\": \"%s\", \"security\": %s",
                           prereq_enum_name(prereq_cadence_names, row->cadence),
                           row->security == PREREQ_FLAG_TRUE ? "true" : "false");
    }
    prereq_buffer_add(out, "}");
}

size_t catalog_releases_search_text(const struct prereq_catalog *catalog, const char *part,
                                    struct prereq_buffer *out)
{
    return search(catalog, part, add_text, 0, out);
}

size_t catalog_releases_search_ids(const struct prereq_catalog *catalog, const char *part,
                                   struct prereq_buffer *out)
{
    return search(catalog, part, add_id, 0, out);
}

size_t catalog_releases_search_json(const struct prereq_catalog *catalog, const char *part,
                                    size_t already, struct prereq_buffer *out)
{
    return search(catalog, part, add_json, already, out);
}

void catalog_releases_list(const struct prereq_catalog *catalog, struct prereq_buffer *out)
{
    for (size_t i = 0; i < prereq_catalog_line_count(catalog); i++)
        add_line(prereq_catalog_line(catalog, i), out);
}

/* ---- show ---- */

static void add_end(const struct prereq_line_end *end, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "  last day ");
    add_day(end->day, out);
    prereq_buffer_addf(out, " of %s", end->kind == PREREQ_END_ESU ? "ESU year " : "service");
    if (end->year.known)
        prereq_buffer_addf(out, "%" PRIu64, end->year.value);
    for (size_t i = 0; i < end->build_count; i++)
        prereq_buffer_addf(out, "%s%" PRIu64, i ? ", " : ", build ", end->builds[i]);
    for (size_t i = 0; i < end->product_type_count; i++)
        prereq_buffer_addf(out, "%s%s", i ? ", " : ": ",
                           prereq_enum_name(prereq_product_type_names, end->product_types[i]));
    for (size_t i = 0; i < end->edition_count; i++) {
        prereq_buffer_add(out, i ? ", " : ": ");
        printable_add(out, end->editions[i]);
    }
    prereq_buffer_add(out, "\n");
}

static void add_sources(const struct prereq_line *line, const struct prereq_releases_file *file,
                        struct prereq_buffer *out)
{
    const struct prereq_reference *sources = line->source_count ? line->sources : file->sources;
    size_t count = line->source_count ? line->source_count : file->source_count;

    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(out, "  source ");
        printable_add(out, sources[i].url);
        prereq_buffer_add(out, "\n");
    }
}

static void show_line(const struct prereq_line *line, const struct prereq_releases_file *file,
                      struct prereq_buffer *out)
{
    size_t first = line->row_count > SHOWN_ROWS ? line->row_count - SHOWN_ROWS : 0;

    add_line(line, out);
    for (size_t i = 0; i < line->end_count; i++)
        add_end(&line->ends[i], out);
    if (first)
        prereq_buffer_addf(out, "  the last %d of %zu releases:\n", SHOWN_ROWS, line->row_count);
    for (size_t i = first; i < line->row_count; i++) {
        prereq_buffer_add(out, "  ");
        add_row(line, &line->rows[i], out);
    }
    add_sources(line, file, out);
}

static bool is_exploited(const struct prereq_releases_file *file, const char *cve)
{
    for (size_t i = 0; i < file->exploited_count; i++) {
        if (strcmp(file->exploited[i].cve, cve) == 0)
            return true;
    }
    return false;
}

static void show_row(const struct prereq_line *line, const struct prereq_releases_file *file,
                     size_t number, struct prereq_buffer *out)
{
    const struct prereq_release *row = &line->rows[number];

    add_row(line, row, out);
    if (number > 0) {
        prereq_buffer_add(out, "  before it: ");
        add_row(line, &line->rows[number - 1], out);
    }
    if (number + 1 < line->row_count) {
        prereq_buffer_add(out, "  after it:  ");
        add_row(line, &line->rows[number + 1], out);
    }
    for (size_t i = 0; i < row->cve_count; i++) {
        const char *cve = file->cves[row->cves[i]];

        prereq_buffer_add(out, i ? ", " : "  fixes ");
        printable_add(out, cve);
        prereq_buffer_add(out, is_exploited(file, cve) ? " (known to be exploited)" : "");
    }
    prereq_buffer_add(out, row->cve_count ? "\n" : "");
    add_sources(line, file, out);
}

bool catalog_releases_show(const struct prereq_catalog *catalog, const char *id,
                           struct prereq_buffer *out)
{
    bool found = false;

    for (size_t i = 0; i < prereq_catalog_line_count(catalog); i++) {
        const struct prereq_line *line = prereq_catalog_line(catalog, i);
        const struct prereq_releases_file *file = prereq_catalog_line_file(catalog, i);

        if (prereq_equal_nocase(line->id, id)) {
            show_line(line, file, out);
            return true;
        }
        for (size_t k = 0; k < line->row_count; k++) {
            if (!prereq_equal_nocase(line->rows[k].kb, id))
                continue;
            show_row(line, file, k, out);
            found = true;
        }
    }
    return found;
}
