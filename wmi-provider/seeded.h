/* SPDX-License-Identifier: MIT */
/* seeded.h - faults that tests put in on purpose, to see that they are caught.
 *
 * Only a build for tests has them (PREREQ_SEEDED_BUGS); there the variable PREREQ_BUG has the
 * number of the one that is on.  In the product SEEDED() is false, and nothing of this is left. */
#ifndef PREREQ_SEEDED_H
#define PREREQ_SEEDED_H

enum seeded_bug {
    BUG_NONE,
    BUG_WRONG_VARTYPE,
    BUG_TYPE_ARGUMENT,
    BUG_NO_REVERT,
    BUG_DOUBLE_STATUS,
    BUG_NO_STATUS,
    BUG_LEAKED_ROW,
    BUG_LEAKED_CLASS,
    BUG_INDICATE_AFTER_COMPLETE,
    BUG_PREFIX_CLASS,
    BUG_WRONG_NOT_FOUND,
    BUG_UNBALANCED_SINK,
    BUG_LOST_CONTEXT,
    BUG_LOST_REFUSAL,
    BUG_LEAKED_STRING,
    BUG_NO_ACCESS_CHECK,
    BUG_EMPTY_WITHOUT_DOCUMENT,
    BUG_STATUS_ON_EVENTS,
    BUG_NO_TRUST,
    BUGS,
};

#ifdef PREREQ_SEEDED_BUGS
int seeded_bug(void);
#define SEEDED(bug) (seeded_bug() == (bug))
#else
#define SEEDED(bug) 0
#endif

#endif
