/* SPDX-License-Identifier: MIT */
/* seen_file.c - opening a file of a source and reading its version. */
#include "collect/seen_file.h"

#include <string.h>

struct reading {
    struct prereq_source *source;
    struct prereq_handle *handle;
    struct prereq_refusal *why;
};

static bool read_at(void *context, uint64_t offset, void *bytes, size_t len, size_t *got)
{
    struct reading *reading = context;
    struct prereq_source *source = reading->source;
    enum prereq_look look =
        source->ops->file_read(source, reading->handle, offset, bytes, len, got, reading->why);

    if (look == PREREQ_LOOK_ABSENT) /* it was deleted meanwhile, or the image ends */
        prereq_refuse(reading->why, "error", NULL, "The file ended while it was read.");
    return look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE;
}

enum prereq_look prereq_see_file(struct prereq_gather *gather, const char *path,
                                 struct prereq_seen_file *seen, struct prereq_refusal *why)
{
    struct prereq_source *source = gather->source;
    enum prereq_look look;

    memset(seen, 0, sizeof(*seen));
    seen->answer = PREREQ_PE_NO_VERSION;
    look = source->ops->file_open(source, path, &seen->file, why);
    if ((look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE) && !seen->file.is_folder) {
        struct reading reading = {source, seen->file.handle, why};
        struct prereq_pe_input input = {read_at, &reading, seen->file.size};

        seen->answer = prereq_pe_read(&input, &seen->pe, &seen->why);
        source->ops->file_close(source, seen->file.handle);
        seen->file.handle = NULL;
        if (seen->answer == PREREQ_PE_UNREADABLE)
            look = PREREQ_LOOK_UNAVAILABLE;
    }
    return look;
}
