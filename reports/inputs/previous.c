/* SPDX-License-Identifier: MIT */
/* previous.c - an index over the assessments of an earlier run. */
#include <stdlib.h>
#include <string.h>

#include "inputs/host_ids.h"
#include "inputs/previous.h"
#include "program/messages.h"

#define DOCUMENT_BYTES ((size_t)1 << 30)

struct entry {
    char *name; /* "before.ndjson:17", for messages */
    char *path; /* of a file that holds this document only; else NULL */
    char *text;
    size_t len;
    int64_t evaluated;
};

struct previous {
    struct host_ids *ids;
    struct entry *entries;
    size_t count, room;
};

static void drop(struct entry *entry)
{
    free(entry->name);
    free(entry->path);
    free(entry->text);
}

void previous_free(struct previous *previous)
{
    if (!previous)
        return;
    for (size_t i = 0; i < previous->count; i++)
        drop(&previous->entries[i]);
    free(previous->entries);
    host_ids_free(previous->ids);
    free(previous);
}

static char *copy_bytes(const char *bytes, size_t len)
{
    char *copy = malloc(len + 1);

    if (!copy)
        return NULL;
    memcpy(copy, bytes, len);
    copy[len] = '\0';
    return copy;
}

static bool reserve(struct previous *previous)
{
    size_t room = previous->room ? previous->room * 2 : 64;
    struct entry *entries;

    if (previous->count < previous->room)
        return true;
    entries = realloc(previous->entries, room * sizeof(*entries));
    if (!entries)
        return false;
    memset(entries + previous->room, 0, (room - previous->room) * sizeof(*entries));
    previous->entries = entries;
    previous->room = room;
    return true;
}

static bool fill(struct entry *entry, const struct input *input)
{
    *entry = (struct entry){.evaluated = input->assessment->evaluated.seconds};
    entry->name = copy_bytes(input->name, strlen(input->name));
    if (!entry->name)
        return false;
    if (input->own_file) {
        entry->path = copy_bytes(input->path, strlen(input->path));
        return entry->path != NULL;
    }
    entry->text = copy_bytes(input->text, input->len);
    entry->len = input->len;
    return entry->text != NULL;
}

static bool add_entry(struct previous *previous, const struct input *input)
{
    struct entry entry = {0};
    bool fresh = false;
    bool kept;
    size_t at = 0;

    kept =
        reserve(previous) && fill(&entry, input) &&
        host_ids_add(previous->ids, input->assessment->host->host_id, previous->count, &at, &fresh);
    if (kept && fresh) {
        previous->entries[previous->count++] = entry;
        return true;
    }
    if (kept && entry.evaluated > previous->entries[at].evaluated) {
        struct entry older = previous->entries[at];

        previous->entries[at] = entry;
        entry = older;
    }
    drop(&entry);
    return kept;
}

static enum prereq_status add_documents(struct previous *previous, const char *path,
                                        struct inputs *inputs, struct prereq_arena *arena,
                                        size_t *bad, struct prereq_error *err)
{
    enum input_result result;
    struct input input;

    do {
        result = inputs_next(inputs, arena, &input, err);
        if (result == INPUT_DOCUMENT && !input.assessment) {
            (void)prereq_fail(err, PREREQ_BAD_INPUT, "%s: takes assessments, and these are facts",
                              input.name);
            result = INPUT_BAD;
        }
        if (result == INPUT_DOCUMENT && !add_entry(previous, &input))
            return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to keep it", input.name);
        if (result == INPUT_BAD) {
            message_error("--previous %s", err->text);
            ++*bad;
        }
        prereq_arena_reset(arena);
    } while (result != INPUT_END);
    if (previous->count)
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT, "--previous %s: holds no assessment that can be used",
                       path);
}

enum prereq_status previous_load(const char *path, struct previous **previous, size_t *bad,
                                 struct prereq_error *err)
{
    struct previous *loaded = calloc(1, sizeof(*loaded));
    struct prereq_arena *arena = prereq_arena_new(DOCUMENT_BYTES);
    struct inputs *inputs = inputs_new(&path, 1);
    enum prereq_status status;

    if (loaded)
        loaded->ids = host_ids_new();
    if (!loaded || !loaded->ids || !arena || !inputs)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for --previous");
    else
        status = add_documents(loaded, path, inputs, arena, bad, err);
    inputs_free(inputs);
    prereq_arena_free(arena);
    if (status == PREREQ_OK)
        *previous = loaded;
    else
        previous_free(loaded);
    return status;
}

static enum prereq_status read_entry(const struct entry *entry, struct prereq_arena *arena,
                                     struct input *input, struct prereq_error *err)
{
    char *bytes = NULL;
    size_t len;
    enum prereq_status status;

    if (entry->text)
        return input_read(arena, entry->text, entry->len, input, err);
    status = prereq_file_read(entry->path, prereq_assessment_document.max_bytes, &bytes, &len, err);
    if (status == PREREQ_OK)
        status = input_read(arena, bytes, len, input, err);
    free(bytes);
    return status;
}

enum prereq_status previous_find(const struct previous *previous, struct prereq_arena *arena,
                                 const char *host_id, struct prereq_time facts_time,
                                 const struct prereq_assessment **assessment,
                                 struct prereq_error *err)
{
    const struct entry *entry;
    struct input input = {0};
    enum prereq_status status;
    size_t at;

    *assessment = NULL;
    if (!host_ids_find(previous->ids, host_id, &at))
        return PREREQ_OK;
    entry = &previous->entries[at];
    status = read_entry(entry, arena, &input, err);
    /* The file may have been replaced since. */
    if (status == PREREQ_OK &&
        (!input.assessment || !prereq_equal_nocase(input.assessment->host->host_id, host_id)))
        status = prereq_fail(err, PREREQ_BAD_INPUT, "it changed while it was read");
    if (status == PREREQ_OK)
        status = prereq_previous_check(input.assessment, host_id, facts_time, err);
    if (status != PREREQ_OK) {
        (void)prereq_fail_prefix(err, entry->name);
        return prereq_fail_prefix(err, "--previous");
    }
    *assessment = input.assessment;
    return PREREQ_OK;
}
