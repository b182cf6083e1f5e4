/* SPDX-License-Identifier: MIT */
/* restarts.h - the signs that a source of restarts leaves. */
#ifndef PREREQ_RESTARTS_H
#define PREREQ_RESTARTS_H

#include "collect/gather.h"

struct prereq_signs { /* of one source */
    struct prereq_gather *gather;
    bool yes, refused;
    struct prereq_refusal why; /* of the first look that was refused */
    struct prereq_time since;  /* the earliest sign */
    const char *detail;        /* all of them */
    const char *const *targets;
    size_t target_count;
};

/* A sign was seen; `detail` is kept. */
void prereq_sign_yes(struct prereq_signs *signs, const char *detail, struct prereq_time since);
/* True for FOUND; what was refused, or is stale, makes the answer unknown unless another sign says
 * yes. */
bool prereq_sign_look(struct prereq_signs *signs, enum prereq_look look,
                      const struct prereq_refusal *why);
/* When a key was last written. */
struct prereq_time prereq_sign_time(struct prereq_signs *signs, const char *key);
/* One item for the source; `seen_all`: nothing that could say yes was out of sight. */
void prereq_sign_end(struct prereq_signs *signs, enum prereq_restart_source source, bool seen_all);

/* file-rename: restart_renames.c */
void prereq_collect_renames(struct prereq_gather *gather);

#endif
