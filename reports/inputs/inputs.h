/* SPDX-License-Identifier: MIT */
/* inputs.h - DOC...: facts and assessments from files, NDJSON, folders and standard input.
 *
 * One document at a time is in memory.  What cannot be used is told with file, line or JSON pointer
 * and reason, and the next call goes on behind it. */
#ifndef REPORTS_INPUTS_H
#define REPORTS_INPUTS_H

#include "patchprereq.h"

struct input {
    const char *name; /* "fleet.ndjson:17", printable; lives as long as the arena of the call */
    char sha256[65];  /* of the file, or of the line */
    const char *text; /* the document itself, until the next call */
    size_t len;
    bool own_file; /* the file `path` holds this document and nothing else */
    const char *path;
    size_t ignored;                   /* members of a later version that were passed over */
    const struct prereq_facts *facts; /* one of these two */
    const struct prereq_assessment *assessment;
};

enum input_result {
    INPUT_END,
    INPUT_DOCUMENT,
    INPUT_BAD, /* one document, file or folder cannot be used: *err; go on */
};

/* Read facts or an assessment, whichever the text says it is, into `input` (text, len, sha256,
 * facts or assessment).  The sentence of a failure does not name the file. */
enum prereq_status input_read(struct prereq_arena *arena, const char *text, size_t len,
                              struct input *input, struct prereq_error *err);

struct inputs;

/* Paths as typed, "-" for standard input; they must live until inputs_free().  NULL: no memory. */
struct inputs *inputs_new(const char *const *paths, size_t count);
/* The next document; everything in it is in `arena`, which the caller resets when it is done with
 * it. On INPUT_BAD only input->name is set, and *err says all: PREREQ_BAD_INPUT, or PREREQ_IO where
 * something that is there could not be read. */
enum input_result inputs_next(struct inputs *inputs, struct prereq_arena *arena,
                              struct input *input, struct prereq_error *err);
/* For a progress line: files read so far, and of how many as far as is known. */
void inputs_progress(const struct inputs *inputs, size_t *done, size_t *total);
void inputs_free(struct inputs *inputs); /* NULL is allowed */

#endif
