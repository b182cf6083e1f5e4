/* SPDX-License-Identifier: MIT */
/* file_output.c - output that appears whole or not at all. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "files/file.h"
#include "files/file_system.h"
#include "files/file_temporary.h"

struct prereq_output {
    FILE *file;
    char *target;    /* what the caller asked for, links followed; NULL for standard output */
    char *temporary; /* beside it; NULL when it is written in place */
    bool noted;      /* goes when the program is ended */
    bool failed;
};

static void release(struct prereq_output *output)
{
    if (!output->noted || prereq_temporary_forget(output->temporary))
        free(output->temporary);
    free(output->target);
    free(output);
}

/* The file, and the note that it goes when the program is ended, come together. */
static void create_noted(struct prereq_output *output, enum prereq_rights rights, const char *like)
{
    prereq_system_hold_signals();
    output->file = prereq_system_create(output->temporary, rights, like);
    output->noted = output->file && prereq_temporary_note(output->temporary);
    prereq_system_release_signals();
}

/* A new file beside the target.  Names taken by others, or left by a program that was killed, are
 * passed over. */
static bool create_beside(struct prereq_output *output, enum prereq_rights rights, const char *like)
{
    prereq_temporary_clean(output->target);
    for (unsigned attempt = 0; attempt < 1000 && !output->file; attempt++) {
        free(output->temporary);
        output->temporary = prereq_temporary_name(output->target, attempt);
        if (!output->temporary)
            return false;
        create_noted(output, rights, like);
        if (!output->file && errno != EEXIST)
            return false;
    }
    return output->file != NULL;
}

/* A device or a pipe cannot be replaced (as root, a rename would succeed and destroy it). */
static bool open_target(struct prereq_output *output, const char *path, enum prereq_rights rights)
{
    enum prereq_system_kind kind = prereq_system_kind(path);

    if (kind == PREREQ_KIND_FOLDER) {
        errno = EISDIR;
        return false;
    }
    if (kind == PREREQ_KIND_OTHER) {
        output->file = prereq_system_open(path, "wb");
        return output->file != NULL;
    }
    return create_beside(
        output, rights,
        kind == PREREQ_KIND_FILE && rights == PREREQ_RIGHTS_INHERITED ? output->target : NULL);
}

enum prereq_status prereq_output_open(const char *path, struct prereq_output **output,
                                      struct prereq_error *err)
{
    return prereq_output_open_for(path, PREREQ_RIGHTS_INHERITED, output, err);
}

enum prereq_status prereq_output_open_for(const char *path, enum prereq_rights rights,
                                          struct prereq_output **output, struct prereq_error *err)
{
    struct prereq_output *opened = calloc(1, sizeof(*opened));
    int code;

    if (!opened)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory to write it", path);
    if (strcmp(path, "-") == 0) {
        opened->file = stdout;
        prereq_system_binary(stdout);
        *output = opened;
        return PREREQ_OK;
    }
    opened->target = prereq_system_target(path);
    if (opened->target && open_target(opened, path, rights)) {
        *output = opened;
        return PREREQ_OK;
    }
    code = errno;
    release(opened);
    return prereq_fail(err, PREREQ_IO, "%s: cannot be written: %s", path,
                       prereq_system_reason(code));
}

static const char *name_of(const struct prereq_output *output)
{
    return output->target ? output->target : "standard output";
}

enum prereq_status prereq_output_write(struct prereq_output *output, const char *bytes, size_t len,
                                       struct prereq_error *err)
{
    if (fwrite(bytes, 1, len, output->file) == len)
        return PREREQ_OK;
    output->failed = true;
    return prereq_fail(err, PREREQ_IO, "%s: cannot be written: %s", name_of(output),
                       prereq_system_reason(errno));
}

/* All bytes are where they should be and the file is closed; else errno. */
static int finish(struct prereq_output *output, bool over)
{
    int code = 0, held = output->temporary ? prereq_system_hold(output->file) : -1;

    /* Pipes and terminals cannot be flushed to a disk. */
    if (output->failed)
        code = EIO;
    else if ((output->temporary ? prereq_system_flush(output->file) : fflush(output->file)) != 0)
        code = errno;
    if (output->target && fclose(output->file) != 0 && !code)
        code = errno;
    if (!code && output->temporary &&
        (over ? prereq_system_replace(output->temporary, output->target)
              : prereq_system_place(output->temporary, output->target)) != 0)
        code = errno;
    prereq_system_let_go(held);
    return code;
}

static enum prereq_status commit(struct prereq_output *output, bool over, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;
    int code = finish(output, over);

    if (code) {
        status =
            prereq_fail(err, !over && code == EEXIST ? PREREQ_BAD_INPUT : PREREQ_IO,
                        "%s: cannot be written: %s", name_of(output), prereq_system_reason(code));
        if (output->temporary)
            (void)prereq_system_remove(output->temporary);
    }
    release(output);
    return status;
}

enum prereq_status prereq_output_commit(struct prereq_output *output, struct prereq_error *err)
{
    return commit(output, true, err);
}

enum prereq_status prereq_output_commit_new(struct prereq_output *output, struct prereq_error *err)
{
    return commit(output, false, err);
}

void prereq_output_discard(struct prereq_output *output)
{
    if (!output)
        return;
    if (output->target)
        (void)fclose(output->file);
    if (output->temporary)
        (void)prereq_system_remove(output->temporary);
    release(output);
}

const char *prereq_output_path(const struct prereq_output *output)
{
    return output->temporary ? output->temporary : output->target;
}

void prereq_file_remove(const char *path)
{
    (void)prereq_system_remove(path);
}
