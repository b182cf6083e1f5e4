/* SPDX-License-Identifier: MIT */
/* renames.h - files that are moved, replaced or deleted at the next start.
 *
 * Windows keeps them as pairs of texts in two values of the Session Manager's key,
 * PendingFileRenameOperations and PendingFileRenameOperations2, and does them one after the other
 * (MoveFileEx with MOVEFILE_DELAY_UNTIL_REBOOT). */
#ifndef PREREQ_RENAMES_H
#define PREREQ_RENAMES_H

#include "collect/gather.h"

struct prereq_rename {
    const char *from; /* absolute, without "\??\" */
    const char *to;   /* NULL: `from` is deleted */
    bool replaces;    /* `to` may be there already (a `!` in front of it) */
    uint64_t from_hash, to_hash;
};

struct prereq_renames { /* in the order that they will be done */
    struct prereq_rename *pairs;
    size_t count;
};

/* ABSENT: nothing waits.  STALE: these were seen, and others may wait instead or besides: the hive
 * is dirty, or one of the two values cannot be read. */
enum prereq_look prereq_pending_renames(struct prereq_gather *gather,
                                        struct prereq_renames *renames, struct prereq_refusal *why);

enum prereq_rename_effect {
    PREREQ_RENAME_NONE,     /* the file stays as it is */
    PREREQ_RENAME_REPLACED, /* by what is now at *from */
    PREREQ_RENAME_REMOVED,
    PREREQ_RENAME_UNCERTAIN, /* it may be replaced: a move onto it that may not overwrite */
};

/* What all the pairs together do to the file at `path` (absolute).  `is_there`: it is there now. */
enum prereq_rename_effect prereq_rename_effect(const struct prereq_renames *renames,
                                               const char *path, bool is_there, const char **from);

#endif
