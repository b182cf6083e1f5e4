/* SPDX-License-Identifier: MIT */
/* previous.c - an index over the assessments of an earlier run. */
#include <stdlib.h>
#include <string.h>

#include "inputs/host_ids.h"
#include "inputs/previous.h"
#include "program/messages.h"

#define DOCUMENT_BYTES ((size_t)1 << 30)

struct entry {
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

void previous_free(struct previous *previous)
{
    if (!previous)
        return;
    for (size_t i = 0; i < previous->count; i++) {
        free(previous->entries[i].path);
        free(previous->entries[i].text);
    }
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
    free(entry.path);
    free(entry.text);
    return kept;
}

static enum prereq_status add_documents(struct previous *previous, struct inputs *inputs,
                                        struct prereq_arena *arena, size_t *bad,
                                        struct prereq_error *err)
{
    enum input_result result;
    struct input input;

    do {
        result = inputs_next(inputs, arena, &input, err);
        if (result == INPUT_DOCUMENT && !input.assessment) {
            (void)prereq_fail(err, PREREQ_BAD_INPUT,
                              "%s: --previous takes assessments, and these are facts", input.name);
            result = INPUT_BAD;
        }
        if (result == INPUT_DOCUMENT && !add_entry(previous, &input))
            return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to keep it", input.name);
        if (result == INPUT_BAD) {
            message_error("%s", err->text);
            ++*bad;
        }
        prereq_arena_reset(arena);
    } while (result != INPUT_END);
    if (previous->count)
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT, "--previous holds no assessment that can be used");
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
        status = add_documents(loaded, inputs, arena, bad, err);
    inputs_free(inputs);
    prereq_arena_free(arena);
    if (status == PREREQ_OK)
        *previous = loaded;
    else
        previous_free(loaded);
    return status;
}

enum prereq_status previous_find(const struct previous *previous, struct prereq_arena *arena,
                                 const char *host_id, const struct prereq_assessment **assessment,
                                 struct prereq_error *err)
{
    const struct entry *entry;
    struct input input = {0};
    char *bytes = NULL;
    size_t len, at;
    enum prereq_status status;

    *assessment = NULL;
    if (!host_ids_find(previous->ids, host_id, &at))
        return PREREQ_OK;
    entry = &previous->entries[at];
    if (entry->text) {
        status = input_read(arena, entry->text, entry->len, &input, err);
    } else {
        status =
            prereq_file_read(entry->path, prereq_assessment_document.max_bytes, &bytes, &len, err);
        if (status == PREREQ_OK)
            status = input_read(arena, bytes, len, &input, err);
    }
    free(bytes);
    if (status != PREREQ_OK)
        return status;
    /* The file may have been replaced since. */
    if (!input.assessment || !prereq_equal_nocase(input.assessment->host->host_id, host_id))
        return prereq_fail(err, PREREQ_BAD_INPUT, "--previous changed while it was read");
    *assessment = input.assessment;
    return PREREQ_OK;
}
