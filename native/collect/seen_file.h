/* SPDX-License-Identifier: MIT */
/* seen_file.h - one file of a source: what the folder says of it, and what it says of itself. */
#ifndef PREREQ_SEEN_FILE_H
#define PREREQ_SEEN_FILE_H

#include "collect/gather.h"
#include "collect/pe.h"

struct prereq_seen_file {
    struct prereq_file file; /* its handle is closed */
    enum prereq_pe_answer answer;
    struct prereq_pe pe;
    const char *why; /* of DAMAGED: "its resources are cut off" */
};

/* `path` is absolute.  FOUND says that the file is there: its version is told by `answer`, and a
 * folder has none.  UNAVAILABLE with the answer UNREADABLE: it could be opened and not be read, so
 * that its size and times are known.  Safe to call from several threads where nothing of `gather`
 * is written meanwhile; want of memory is for the caller to see (prereq_gather_look()). */
enum prereq_look prereq_see_file(struct prereq_gather *gather, const char *path,
                                 struct prereq_seen_file *seen, struct prereq_refusal *why);

#endif
