/* SPDX-License-Identifier: MIT */
/* file_lines.c - a stream line by line, one line in memory at a time. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "files/file_system.h"

#define CHUNK ((size_t)64 << 10)
#define SKIPPED_LIMITS 16 /* of an over-long line, before nobody waits for its end any more */
#define SKIPPED_ALWAYS ((size_t)1 << 20)

struct prereq_lines {
    FILE *file;
    char *path;
    bool standard;
    bool ended;
    size_t number;
    char chunk[CHUNK]; /* read ahead: chunk[at] .. chunk[filled - 1] */
    size_t at;
    size_t filled;
    char *line;
    size_t len;
    size_t capacity;
};

enum prereq_status prereq_lines_open(const char *path, struct prereq_lines **lines,
                                     struct prereq_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    struct prereq_lines *opened = calloc(1, sizeof(*opened));
    size_t size = strlen(name) + 1;
    enum prereq_status status;

    if (opened)
        opened->path = malloc(size);
    if (!opened || !opened->path) {
        status = prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to read it", name);
        goto failed;
    }
    memcpy(opened->path, name, size);
    opened->standard = standard;
    opened->file = standard ? stdin : prereq_system_open(path, "rb");
    if (!opened->file) {
        status = prereq_fail(err, PREREQ_IO, "%s: cannot be opened: %s", name,
                             prereq_system_reason(errno));
        goto failed;
    }
    if (standard)
        prereq_system_binary(opened->file);
    *lines = opened;
    return PREREQ_OK;
failed:
    prereq_lines_close(opened);
    return status;
}

void prereq_lines_close(struct prereq_lines *lines)
{
    if (!lines)
        return;
    if (lines->file && !lines->standard)
        (void)fclose(lines->file);
    free(lines->line);
    free(lines->path);
    free(lines);
}

size_t prereq_lines_number(const struct prereq_lines *lines)
{
    return lines->number;
}

/* Add bytes to the line; false for want of memory. */
static bool keep(struct prereq_lines *lines, const char *bytes, size_t len)
{
    size_t need = lines->len + len + 1;
    size_t capacity = lines->capacity ? lines->capacity : CHUNK;
    char *line;

    while (capacity < need)
        capacity *= 2;
    if (capacity != lines->capacity) {
        line = realloc(lines->line, capacity);
        if (!line)
            return false;
        lines->line = line;
        lines->capacity = capacity;
    }
    memcpy(lines->line + lines->len, bytes, len);
    lines->len += len;
    lines->line[lines->len] = '\0';
    return true;
}

void prereq_lines_stop(struct prereq_lines *lines)
{
    lines->ended = true;
}

/* Read to the end of the line.  Of an over-long one (*over) only the beginning is kept.  *found is
 * false when the stream ended before any byte. */
static enum prereq_status read_line(struct prereq_lines *lines, size_t limit, bool *found,
                                    bool *over)
{
    size_t skipped = 0, most = limit * SKIPPED_LIMITS + SKIPPED_ALWAYS;
    bool whole = false;

    while (!whole) {
        const char *start = lines->chunk + lines->at;
        size_t len = lines->filled - lines->at;
        const char *end = len ? memchr(start, '\n', len) : NULL;

        if (end) {
            len = (size_t)(end - start);
            whole = true;
        }
        *found = *found || whole || len > 0;
        *over = *over || len > limit + 1 - lines->len;
        if (!*over && !keep(lines, start, len))
            return PREREQ_NO_MEMORY;
        skipped += *over ? len : 0;
        lines->at += len + whole;
        if (!whole && skipped > most) {
            prereq_lines_stop(lines);
            break;
        }
        if (!whole) {
            lines->at = 0;
            lines->filled = fread(lines->chunk, 1, CHUNK, lines->file);
            whole = lines->filled == 0;
            lines->ended = whole;
        }
    }
    return ferror(lines->file) ? PREREQ_IO : PREREQ_OK;
}

enum prereq_status prereq_lines_next(struct prereq_lines *lines, size_t limit, const char **line,
                                     size_t *len, struct prereq_error *err)
{
    bool found = false, over = false;
    enum prereq_status status = PREREQ_OK;

    if (limit > SIZE_MAX / 4 / SKIPPED_LIMITS)
        limit = SIZE_MAX / 4 / SKIPPED_LIMITS;
    lines->len = 0;
    if (!lines->ended)
        status = read_line(lines, limit, &found, &over);
    if (status == PREREQ_NO_MEMORY)
        return prereq_fail(err, status, "%s: no memory for line %zu", lines->path,
                           lines->number + 1);
    if (status == PREREQ_IO)
        return prereq_fail(err, status, "%s: cannot be read: %s", lines->path,
                           prereq_system_reason(errno));
    if (!found) {
        *line = NULL;
        *len = 0;
        return PREREQ_OK;
    }
    lines->number++;
    if (!over && lines->len && lines->line[lines->len - 1] == '\r')
        lines->line[--lines->len] = '\0';
    if (over || lines->len > limit)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: line %zu is longer than %zu bytes",
                           lines->path, lines->number, limit);
    *line = lines->line;
    *len = lines->len;
    return PREREQ_OK;
}
