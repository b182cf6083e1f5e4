/* SPDX-License-Identifier: MIT */
/* windows_path.h - which paths of a running Windows may be opened, and where links in them lead.
 *
 * Nothing here asks the system: the live source does, and takes its decisions from here. */
#ifndef PREREQ_WINDOWS_PATH_H
#define PREREQ_WINDOWS_PATH_H

#include "collect/source.h"

/* "C:\a\b" as `\\?\C:\a\b` in `arena`, "/" as "\", several "\" as one, none at the end but for the
 * root's.  Windows takes such a path to the letter, so whatever it would have read otherwise (dots,
 * final blanks, streams, devices, wildcards, other machines) is refused: UNAVAILABLE with a reason,
 * never ABSENT. */
enum prereq_look prereq_windows_path(struct prereq_arena *arena, const char *path,
                                     const char **exact, struct prereq_refusal *why);
/* Length of the root of an exact path, its "\" included: `\\?\C:\`, `\\?\Volume{...}\`.  0: it has
 * no such root, and is not to be opened. */
size_t prereq_windows_root(const char *exact);

struct prereq_link { /* a reparse point */
    uint32_t tag;
    const char *target; /* the substitute name; NULL when the tag is not one of a link */
    bool relative;      /* to the folder that holds the link */
};

/* Read what FSCTL_GET_REPARSE_POINT gives.  FOUND with no target: a tag that is not one of a link.
 */
enum prereq_look prereq_link_read(struct prereq_arena *arena, const unsigned char *bytes,
                                  size_t len, struct prereq_link *link, struct prereq_refusal *why);

/* The exact path where `exact` goes on, when its first `len` bytes name a link.  UNAVAILABLE: it
 * leads to another machine or a device, or it is no link that this program knows to be local. */
enum prereq_look prereq_link_follow(struct prereq_arena *arena, const char *exact, size_t len,
                                    const struct prereq_link *link, const char **next,
                                    struct prereq_refusal *why);
/* True for the tag of something that is read in place like any file (deduplication, WOF). */
bool prereq_reparse_in_place(uint32_t tag);

#endif
