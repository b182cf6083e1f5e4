/* SPDX-License-Identifier: MIT */
/* state_meaning.h - the states of a patch, and what each of them means.
 *
 * One table answers for all that ask: judging, planning, figures, outputs.  The questions are not
 * the same, above all about Unknown, so each has a name of its own. */
#ifndef PREREQ_STATE_MEANING_H
#define PREREQ_STATE_MEANING_H

#include <stdbool.h>

/* Numbers never change (design.md: they are what monitors and scripts compare). */
enum prereq_state {
    PREREQ_STATE_NOT_APPLICABLE = 0,
    PREREQ_STATE_UNKNOWN = 1,
    PREREQ_STATE_PENDING_RESTART = 2,
    PREREQ_STATE_OUT_OF_ORDER = 3,
    PREREQ_STATE_REGRESSED = 4,
    PREREQ_STATE_SUPERSEDED = 5,
    PREREQ_STATE_COMPLIANT = 6,
    PREREQ_STATE_BLOCKED = 7,
    PREREQ_STATE_READY = 8,
    PREREQ_STATES = 9,
};

/* A number that is no state is in doubt: not settled, not sound, and worse than nothing. */

/* Nothing is left to do: NotApplicable, Superseded, Compliant. */
bool prereq_state_is_settled(int state);
/* On, proven and in order, itself or by a later one: Superseded, Compliant. */
bool prereq_state_is_sound(int state);
/* On, and proven not to be sound, whatever a restart brings: OutOfOrder, Regressed. */
bool prereq_state_is_fault(int state);
/* Enters figures and goals whether it is required or not: PendingRestart, OutOfOrder, Regressed. */
bool prereq_state_always_counts(int state);
/* Not on: Blocked, Ready. */
bool prereq_state_is_missing(int state);
/* Proven to be open, so that its age runs and a plan can be made for it: PendingRestart,
 * OutOfOrder, Regressed, Blocked, Ready.  Unknown is not settled either, but proves nothing. */
bool prereq_state_is_proven_open(int state);
/* Position in the order of badness: 0 is the worst. */
int prereq_badness(int state);

#endif
