/* SPDX-License-Identifier: MIT */
/* inputs.c - one document after the other out of files, NDJSON, folders and standard input. */
#include <stdlib.h>
#include <string.h>

#include "inputs/inputs.h"
#include "program/messages.h"

#define NAMES_BYTES ((size_t)1 << 30)

struct inputs {
    const char *const *paths;
    size_t path_count, path_at;
    struct prereq_arena *names; /* of the folder being walked */
    const char *folder;
    const char **entries;
    size_t entry_count, entry_at;
    struct prereq_lines *lines; /* of the NDJSON file being read */
    const char *path;
    const char *held; /* a line of it that was read ahead */
    size_t held_len;
    char *bytes;                /* of the file read last */
    struct prereq_buffer whole; /* of the stream read last */
    size_t files_done, files_known;
};

struct inputs *inputs_new(const char *const *paths, size_t count)
{
    struct inputs *inputs = calloc(1, sizeof(*inputs));

    if (!inputs)
        return NULL;
    inputs->names = prereq_arena_new(NAMES_BYTES);
    inputs->paths = paths;
    inputs->path_count = count;
    inputs->files_known = count;
    if (inputs->names)
        return inputs;
    free(inputs);
    return NULL;
}

void inputs_free(struct inputs *inputs)
{
    if (!inputs)
        return;
    prereq_lines_close(inputs->lines);
    free(inputs->bytes);
    prereq_buffer_free(&inputs->whole);
    prereq_arena_free(inputs->names);
    free(inputs);
}

void inputs_progress(const struct inputs *inputs, size_t *done, size_t *total)
{
    *done = inputs->files_done;
    *total = inputs->files_known;
}

static size_t limit_of_documents(void)
{
    size_t facts = prereq_facts_document.max_bytes;
    size_t assessment = prereq_assessment_document.max_bytes;

    return facts > assessment ? facts : assessment;
}

static bool ends_nocase(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);

    return len >= end_len && prereq_equal_nocase(text + len - end_len, end);
}

static bool named_ndjson(const char *path)
{
    return ends_nocase(path, ".ndjson") || ends_nocase(path, ".jsonl");
}

/* Whether a line is an object from its brace to the matching one, so that it can be a document of
 * its own.  What is inside does not matter here: the strict reader sees it later. */
static bool is_whole_object(const char *line, size_t len)
{
    size_t depth = 0;
    bool quoted = false;

    for (size_t i = 0; i < len; i++) {
        char c = line[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '['))
            depth++;
        else if (!quoted && (c == '}' || c == ']') && (depth == 0 || --depth == 0))
            return true;
    }
    return false;
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
            return false;
    return true;
}

static enum input_result read_document(struct prereq_arena *arena, const char *text, size_t len,
                                       struct input *input, struct prereq_error *err)
{
    if (input_read(arena, text, len, input, err) == PREREQ_OK)
        return INPUT_DOCUMENT;
    (void)prereq_fail_prefix(err, input->name);
    return INPUT_BAD;
}

/* A document that is one line of a file; its name has the line of the file already. */
static enum input_result read_one_line(struct prereq_arena *arena, const char *text, size_t len,
                                       struct input *input, struct prereq_error *err)
{
    static const char own_line[] = "line 1: ";
    enum prereq_status status = input_read(arena, text, len, input, err);

    if (status == PREREQ_OK)
        return INPUT_DOCUMENT;
    if (prereq_starts_nocase(err->text, own_line))
        memmove(err->text, err->text + strlen(own_line), strlen(err->text + strlen(own_line)) + 1);
    (void)prereq_fail_prefix(err, input->name);
    return INPUT_BAD;
}

static const char *name_of(struct prereq_arena *arena, const char *path, size_t line)
{
    const char *name = printable(arena, strcmp(path, "-") != 0 ? path : "standard input");

    if (name && line)
        name = prereq_printf(arena, "%s:%zu", name, line);
    return name ? name : "(no memory for the name)";
}

/* ---- one file ---- */

static void close_file(struct inputs *inputs)
{
    prereq_lines_close(inputs->lines);
    inputs->lines = NULL;
    inputs->held = NULL;
    inputs->files_done++;
}

static enum input_result read_line(struct inputs *inputs, const char *line, size_t len,
                                   struct prereq_arena *arena, struct input *input,
                                   struct prereq_error *err)
{
    input->name = name_of(arena, inputs->path, prereq_lines_number(inputs->lines));
    input->path = inputs->path;
    return read_one_line(arena, line, len, input, err);
}

/* A file that is one document; what was read of it as lines is forgotten. */
static enum input_result read_file(struct inputs *inputs, struct prereq_arena *arena,
                                   struct input *input, struct prereq_error *err)
{
    size_t len;

    close_file(inputs);
    input->own_file = true;
    if (prereq_file_read(inputs->path, limit_of_documents(), &inputs->bytes, &len, err) !=
        PREREQ_OK)
        return INPUT_BAD;
    return read_document(arena, inputs->bytes, len, input, err);
}

/* A stream (standard input, a pipe) that is one document: it cannot be read a second time. */
static enum input_result read_stream(struct inputs *inputs, const char *line, size_t len,
                                     struct prereq_arena *arena, struct input *input,
                                     struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    while (status == PREREQ_OK && line) {
        prereq_buffer_add_bytes(&inputs->whole, line, len);
        prereq_buffer_add(&inputs->whole, "\n");
        if (inputs->whole.failed)
            status = prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to read it", input->name);
        else if (inputs->whole.len > limit_of_documents())
            status = prereq_fail(err, PREREQ_BAD_INPUT, "%s: is larger than %zu bytes", input->name,
                                 limit_of_documents());
        else
            status = prereq_lines_next(inputs->lines, limit_of_documents(), &line, &len, err);
    }
    close_file(inputs);
    if (status != PREREQ_OK)
        return INPUT_BAD;
    return read_document(arena, inputs->whole.text, inputs->whole.len, input, err);
}

/* A name that is nowhere is a mistake of who typed it; a file that cannot be opened is not. */
static enum input_result open_failed(const char *path, struct prereq_error *err)
{
    if (err->status == PREREQ_IO && !prereq_is_file(path) && !prereq_is_folder(path))
        err->status = PREREQ_BAD_INPUT;
    return INPUT_BAD;
}

static enum prereq_status next_line_with_text(struct inputs *inputs, const char **line, size_t *len,
                                              struct prereq_error *err)
{
    size_t limit = limit_of_documents(), blank = 0;
    enum prereq_status status;

    while ((status = prereq_lines_next(inputs->lines, limit, line, len, err)) == PREREQ_OK &&
           *line && is_blank(*line, *len)) {
        blank += *len + 1;
        if (blank <= limit)
            continue;
        prereq_lines_stop(inputs->lines);
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: holds %zu bytes of blank lines",
                           strcmp(inputs->path, "-") != 0 ? inputs->path : "standard input", blank);
    }
    return status;
}

/* After the first line with text: is the file one document, or does it hold one per line?  It does
 * when the first or the second line is a whole object by itself, so that a broken first line costs
 * one host and not all. */
static enum input_result begin_file(struct inputs *inputs, const char *line, size_t len,
                                    struct prereq_arena *arena, struct input *input,
                                    struct prereq_error *err)
{
    bool by_line = named_ndjson(inputs->path) || is_whole_object(line, len);
    size_t number = prereq_lines_number(inputs->lines);

    prereq_buffer_add_bytes(&inputs->whole, line, len);
    prereq_buffer_add(&inputs->whole, "\n");
    if (inputs->whole.failed || next_line_with_text(inputs, &line, &len, err) != PREREQ_OK) {
        if (inputs->whole.failed)
            (void)prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to read it", input->name);
        close_file(inputs);
        return INPUT_BAD;
    }
    if (line && (by_line || (line[0] == '{' && is_whole_object(line, len)))) {
        inputs->held = line;
        inputs->held_len = len;
        input->name = name_of(arena, inputs->path, number);
        return read_one_line(arena, inputs->whole.text, inputs->whole.len - 1, input, err);
    }
    if (strcmp(inputs->path, "-") != 0 && prereq_is_file(inputs->path))
        return read_file(inputs, arena, input, err);
    return read_stream(inputs, line, len, arena, input, err);
}

static enum input_result open_file(struct inputs *inputs, const char *path,
                                   struct prereq_arena *arena, struct input *input,
                                   struct prereq_error *err)
{
    const char *line;
    size_t len;

    inputs->path = path;
    input->path = path;
    input->name = name_of(arena, path, 0);
    if (prereq_lines_open(path, &inputs->lines, err) != PREREQ_OK) {
        inputs->files_done++;
        return open_failed(path, err);
    }
    if (next_line_with_text(inputs, &line, &len, err) != PREREQ_OK) {
        /* Behind an over-long line it goes on. */
        if (err->status != PREREQ_BAD_INPUT)
            close_file(inputs);
        return INPUT_BAD;
    }
    if (line)
        return begin_file(inputs, line, len, arena, input, err);
    close_file(inputs);
    (void)prereq_fail(err, PREREQ_BAD_INPUT, "%s: is empty", input->name);
    return INPUT_BAD;
}

/* The next line of the NDJSON file that is open; INPUT_END at its end. */
static enum input_result next_line(struct inputs *inputs, struct prereq_arena *arena,
                                   struct input *input, struct prereq_error *err)
{
    const char *line = inputs->held;
    size_t len = inputs->held_len;

    inputs->held = NULL;
    if (!line && next_line_with_text(inputs, &line, &len, err) != PREREQ_OK) {
        input->name = name_of(arena, inputs->path, prereq_lines_number(inputs->lines));
        /* Behind an over-long line it goes on. */
        if (err->status != PREREQ_BAD_INPUT)
            close_file(inputs);
        return INPUT_BAD;
    }
    if (line)
        return read_line(inputs, line, len, arena, input, err);
    close_file(inputs);
    return INPUT_END;
}

/* ---- folders ---- */

/* Keep the names of documents only.  Names with a leading dot are other programs' business. */
static void keep_documents(struct inputs *inputs)
{
    size_t kept = 0;

    for (size_t i = 0; i < inputs->entry_count; i++) {
        const char *name = inputs->entries[i];

        if (name[0] != '.' && (ends_nocase(name, ".json") || named_ndjson(name)))
            inputs->entries[kept++] = name;
    }
    inputs->entry_count = kept;
}

static enum input_result open_folder(struct inputs *inputs, const char *path,
                                     struct prereq_arena *arena, struct input *input,
                                     struct prereq_error *err)
{
    prereq_arena_reset(inputs->names);
    input->name = name_of(arena, path, 0);
    inputs->entry_at = 0;
    inputs->entry_count = 0;
    if (prereq_folder_list(inputs->names, path, &inputs->entries, &inputs->entry_count, err) !=
        PREREQ_OK)
        return INPUT_BAD;
    inputs->folder = path;
    keep_documents(inputs);
    inputs->files_done++;
    inputs->files_known += inputs->entry_count;
    if (inputs->entry_count)
        return INPUT_END;
    (void)prereq_fail(err, PREREQ_BAD_INPUT, "%s: holds no .json or .ndjson file", input->name);
    return INPUT_BAD;
}

static enum input_result next_entry(struct inputs *inputs, struct prereq_arena *arena,
                                    struct input *input, struct prereq_error *err)
{
    const char *name = inputs->entries[inputs->entry_at++];
    size_t len = strlen(inputs->folder);
    bool separated = len && inputs->folder[len - 1] == '/';
    const char *path =
        prereq_printf(inputs->names, "%s%s%s", inputs->folder, separated ? "" : "/", name);

    if (!path) {
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for its name", name);
        return INPUT_BAD;
    }
    return open_file(inputs, path, arena, input, err);
}

enum input_result inputs_next(struct inputs *inputs, struct prereq_arena *arena,
                              struct input *input, struct prereq_error *err)
{
    enum input_result result = INPUT_END;
    const char *path;

    free(inputs->bytes);
    inputs->bytes = NULL;
    inputs->whole.len = 0;
    while (result == INPUT_END) {
        *input = (struct input){0};
        if (inputs->lines) {
            result = next_line(inputs, arena, input, err);
        } else if (inputs->entry_at < inputs->entry_count) {
            result = next_entry(inputs, arena, input, err);
        } else if (inputs->path_at < inputs->path_count) {
            path = inputs->paths[inputs->path_at++];
            result = strcmp(path, "-") != 0 && prereq_is_folder(path)
                         ? open_folder(inputs, path, arena, input, err)
                         : open_file(inputs, path, arena, input, err);
        } else {
            break;
        }
    }
    return result;
}
