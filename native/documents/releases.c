/* SPDX-License-Identifier: MIT */
/* releases.c - release lines read strictly: what their shape alone cannot check. */
#include "documents/releases.h"

#include <string.h>

int prereq_release_compare(const struct prereq_release *a, const struct prereq_release *b)
{
    if (a->level.known && b->level.known)
        return a->level.value < b->level.value ? -1 : a->level.value > b->level.value;
    return prereq_version_compare(a->version, b->version);
}

struct place { /* for messages */
    size_t line, row;
    struct prereq_error *err;
};

static enum prereq_status refuse(const struct place *place, const char *why, const char *what)
{
    return prereq_fail(place->err, PREREQ_BAD_INPUT, "/lines/%zu/rows/%zu: %s%s%s%s", place->line,
                       place->row, why, what ? " \"" : "", what ? what : "", what ? "\"" : "");
}

static enum prereq_status check_levels(const struct prereq_release *row, const struct place *place)
{
    if (row->level.known == (row->version.parts > 0))
        return refuse(place, "a row has a level or a version, not both:", row->kb);
    for (size_t i = 0; i < row->level_count; i++) {
        if (!row->level.known || row->levels[i] < row->level.value ||
            (i && row->levels[i] <= row->levels[i - 1]))
            return refuse(place, "levels rise, and level is the lowest of them:", row->kb);
    }
    if (row->level_count && row->levels[0] != row->level.value)
        return refuse(place, "level is the first of its levels:", row->kb);
    return PREREQ_OK;
}

static enum prereq_status check_row(const struct prereq_releases_file *file,
                                    const struct prereq_line *line, const struct place *place)
{
    const struct prereq_release *row = &line->rows[place->row];
    enum prereq_status status = check_levels(row, place);

    if (status)
        return status;
    if (place->row > 0 && line->rows[place->row - 1].level.known != row->level.known)
        return refuse(place, "levels of one line are all numbers or all versions:", row->kb);
    if (place->row > 0 && prereq_release_compare(&line->rows[place->row - 1], row) > 0)
        return refuse(place, "rows stand by level, the lowest first:", row->kb);
    for (size_t i = 0; i < row->cve_count; i++) {
        if (row->cves[i] >= file->cve_count)
            return refuse(place, "a CVE's position is beyond the file's list:", row->kb);
    }
    if (row->source.known && row->source.value >= line->source_count)
        return refuse(place, "a source's position is beyond the line's list:", row->kb);
    return PREREQ_OK;
}

static enum prereq_status check_proofs(const struct prereq_line *line, size_t number,
                                       struct prereq_error *err)
{
    for (size_t i = 0; i < line->proof_count; i++) {
        const struct prereq_line_proof *proof = &line->proofs[i];

        if (proof->level_count != proof->revision_count)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/lines/%zu/proof/%zu: %zu levels and %zu revisions", number, i,
                               proof->level_count, proof->revision_count);
        for (size_t k = 1; k < proof->level_count; k++) {
            if (proof->levels[k] <= proof->levels[k - 1])
                return prereq_fail(err, PREREQ_BAD_INPUT,
                                   "/lines/%zu/proof/%zu/levels/%zu: levels have to rise", number,
                                   i, k);
        }
    }
    return PREREQ_OK;
}

static enum prereq_status check_line(const struct prereq_releases_file *file, size_t number,
                                     struct prereq_error *err)
{
    const struct prereq_line *line = &file->lines[number];
    enum prereq_status status = check_proofs(line, number, err);

    for (size_t i = 0; i < line->end_count && !status; i++) {
        if (!line->ends[i].day.known)
            status =
                prereq_fail(err, PREREQ_BAD_INPUT, "/lines/%zu/ends/%zu: lacks its day", number, i);
    }
    for (size_t i = 0; i < line->row_count && !status; i++) {
        const struct place place = {number, i, err};

        status = check_row(file, line, &place);
    }
    return status;
}

/* By year and number, as people read them: CVE-2021-9999 before CVE-2021-10000. */
static int compare_cves(const char *a, const char *b)
{
    size_t lengths[2] = {strlen(a), strlen(b)};

    if (strncmp(a, b, 9) != 0)
        return strncmp(a, b, 9);
    if (lengths[0] != lengths[1])
        return lengths[0] < lengths[1] ? -1 : 1;
    return strcmp(a, b);
}

static enum prereq_status check_cves(const struct prereq_releases_file *file,
                                     struct prereq_error *err)
{
    for (size_t i = 0; i < file->cve_count; i++) {
        if (strncmp(file->cves[i], "CVE-", 4) != 0)
            return prereq_fail(err, PREREQ_BAD_INPUT, "/cves/%zu: no CVE: \"%s\"", i,
                               PREREQ_CLIP(file->cves[i], 60));
        if (i && compare_cves(file->cves[i - 1], file->cves[i]) >= 0)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/cves/%zu: \"%s\" does not come after \"%s\"", i,
                               PREREQ_CLIP(file->cves[i], 60), PREREQ_CLIP(file->cves[i - 1], 60));
    }
    for (size_t i = 1; i < file->exploited_count; i++) {
        if (compare_cves(file->exploited[i - 1].cve, file->exploited[i].cve) >= 0)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/exploited/%zu: \"%s\" does not come after the one before", i,
                               PREREQ_CLIP(file->exploited[i].cve, 60));
    }
    return PREREQ_OK;
}

enum prereq_status prereq_releases_read(struct prereq_arena *arena, const char *json, size_t len,
                                        const struct prereq_releases_file **file,
                                        struct prereq_error *err)
{
    const struct prereq_releases_file *read;
    const void *object;
    enum prereq_status status =
        prereq_shape_read(arena, &prereq_releases_document, json, len, &object, NULL, err);

    if (status)
        return status;
    read = object;
    status = check_cves(read, err);
    for (size_t i = 0; i < read->line_count && !status; i++)
        status = check_line(read, i, err);
    if (!status)
        *file = read;
    return status;
}
