/* SPDX-License-Identifier: MIT */
/* state_meaning.c - the one table of what a state means, and of what a status enters. */
#include "documents/assessment.h"

enum meaning {
    SETTLED = 1,
    SOUND = 2,
    FAULT = 4,
    ALWAYS_COUNTS = 8,
    MISSING = 16,
    PROVEN_OPEN = 32,
};

static const struct state_row {
    int badness;
    unsigned means;
} states[PREREQ_STATES] = {
    [PREREQ_STATE_OUT_OF_ORDER] = {0, FAULT | ALWAYS_COUNTS | PROVEN_OPEN},
    [PREREQ_STATE_REGRESSED] = {1, FAULT | ALWAYS_COUNTS | PROVEN_OPEN},
    [PREREQ_STATE_BLOCKED] = {2, MISSING | PROVEN_OPEN},
    [PREREQ_STATE_READY] = {3, MISSING | PROVEN_OPEN},
    [PREREQ_STATE_UNKNOWN] = {4, 0},
    [PREREQ_STATE_PENDING_RESTART] = {5, ALWAYS_COUNTS | PROVEN_OPEN},
    [PREREQ_STATE_COMPLIANT] = {6, SETTLED | SOUND},
    [PREREQ_STATE_SUPERSEDED] = {7, SETTLED | SOUND},
    [PREREQ_STATE_NOT_APPLICABLE] = {8, SETTLED},
};

static bool means(int state, enum meaning meaning)
{
    return state >= 0 && state < PREREQ_STATES && states[state].means & meaning;
}

bool prereq_state_is_settled(int state)
{
    return means(state, SETTLED);
}

bool prereq_state_is_sound(int state)
{
    return means(state, SOUND);
}

bool prereq_state_is_fault(int state)
{
    return means(state, FAULT);
}

bool prereq_state_always_counts(int state)
{
    return means(state, ALWAYS_COUNTS);
}

bool prereq_state_is_missing(int state)
{
    return means(state, MISSING);
}

bool prereq_state_is_proven_open(int state)
{
    return means(state, PROVEN_OPEN);
}

int prereq_badness(int state)
{
    return state >= 0 && state < PREREQ_STATES ? states[state].badness : PREREQ_STATES;
}

/* ---- statuses: what the document says of them, never judged anew ---- */

bool prereq_status_in_figures(const struct prereq_status_row *status)
{
    return status->counts == PREREQ_FLAG_TRUE && status->state != PREREQ_STATE_NOT_APPLICABLE;
}

bool prereq_status_finding(const struct prereq_status_row *status)
{
    return prereq_status_in_figures(status) && !prereq_state_is_settled(status->state);
}

bool prereq_status_open(const struct prereq_status_row *status)
{
    return prereq_status_finding(status) && status->waived != PREREQ_FLAG_TRUE;
}
