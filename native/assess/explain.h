/* SPDX-License-Identifier: MIT */
/* explain.h - the prerequisites of a patch as a tree in words: the document
 * patchprereq-explain/1.0. */
#ifndef PREREQ_EXPLAIN_H
#define PREREQ_EXPLAIN_H

#include "assess/assess.h"

enum prereq_explain_kind {
    PREREQ_EXPLAIN_PATCH = 1,
    PREREQ_EXPLAIN_NEEDS, /* one prerequisite: any of the alternatives below it */
    PREREQ_EXPLAIN_RULE,  /* an alternative that is a rule */
    PREREQ_EXPLAIN_VOIDED_BY,
    PREREQ_EXPLAIN_CAUTION,
};

/* A line of the tree; lines stand in the order of reading, `depth` says below what. */
struct prereq_explain_row {
    struct prereq_number depth;
    int kind;
    const char *id; /* of a patch */
    const char *text;
    const char *holds; /* Yes, No, Unknown, NotApplicable; NULL: no host was given */
    const char *state; /* of a patch on the host */
    const char *found; /* what the host has of what the line asks for */
    const char *why;
    const char *const *errors; /* what fails without it */
    size_t error_count;
    const char *source;
    enum prereq_flag seen_above; /* the patch is explained further up already */
};

struct prereq_explanation {
    const char *format;
    const char *id, *target;
    const char *host_name; /* NULL: no host was given */
    const char *title;
    const struct prereq_explain_row *rows;
    size_t row_count;
    const char *const *supersedes, *const *superseded_by; /* ids, direct ones */
    size_t supersedes_count, superseded_by_count;
};

extern const struct prereq_document prereq_explain_document;
extern const char *const prereq_explain_kind_names[];

/* `facts` may be NULL: then nothing is said of a host.  An unknown id is PREREQ_BAD_INPUT. */
enum prereq_status prereq_explain(struct prereq_arena *arena, const struct prereq_judge *judge,
                                  const struct prereq_facts *facts, const char *id,
                                  const struct prereq_explanation **explanation,
                                  struct prereq_error *err);

#endif
