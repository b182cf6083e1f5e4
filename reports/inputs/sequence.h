/* SPDX-License-Identifier: MIT */
/* sequence.h - JSON documents for people and programs: one alone is indented, several come one per
 * line. */
#ifndef REPORTS_SEQUENCE_H
#define REPORTS_SEQUENCE_H

#include "base/shape.h"

struct sequence {
    bool lines; /* one per line in any case */
    size_t count;
    struct prereq_buffer alone; /* the first one, indented, until a second one is there */
    struct prereq_buffer line;  /* the same as a line */
};

/* Add what may be written by now to `out`. */
void sequence_add(struct sequence *sequence, const struct prereq_shape *shape, const void *object,
                  struct prereq_buffer *out);
void sequence_end(struct sequence *sequence, struct prereq_buffer *out);
void sequence_free(struct sequence *sequence);

#endif
