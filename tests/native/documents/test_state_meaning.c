/* SPDX-License-Identifier: MIT */
/* test_state_meaning.c - what each state means: the table, written out a second time. */
#include "assess/assess.h"

#include "table.h"

#define YES PREREQ_FLAG_TRUE
#define NO PREREQ_FLAG_FALSE

static struct meaning {
    const char *name;
    int state;
    bool settled, sound, fault, always, missing, proven_open;
} meanings[] = {
    {"NotApplicable", 0, 1, 0, 0, 0, 0, 0},
    {"Unknown proves nothing, and is not settled", 1, 0, 0, 0, 0, 0, 0},
    {"PendingRestart", 2, 0, 0, 0, 1, 0, 1},
    {"OutOfOrder", 3, 0, 0, 1, 1, 0, 1},
    {"Regressed", 4, 0, 0, 1, 1, 0, 1},
    {"Superseded", 5, 1, 1, 0, 0, 0, 0},
    {"Compliant", 6, 1, 1, 0, 0, 0, 0},
    {"Blocked", 7, 0, 0, 0, 0, 1, 1},
    {"Ready", 8, 0, 0, 0, 0, 1, 1},
    {"no state below", -1, 0, 0, 0, 0, 0, 0},
    {"no state above", 9, 0, 0, 0, 0, 0, 0},
};

static void check_meaning(void **state)
{
    const struct meaning *row = *state;

    assert_int_equal(prereq_state_is_settled(row->state), row->settled);
    assert_int_equal(prereq_state_is_sound(row->state), row->sound);
    assert_int_equal(prereq_state_is_fault(row->state), row->fault);
    assert_int_equal(prereq_state_always_counts(row->state), row->always);
    assert_int_equal(prereq_state_is_missing(row->state), row->missing);
    assert_int_equal(prereq_state_is_proven_open(row->state), row->proven_open);
}

static struct entering { /* what a status enters, by what the document says of it */
    const char *name;
    struct prereq_status_row status;
    bool figures, finding, open;
} entering[] = {
    {"required and sound", {.state = 6, .counts = YES}, 1, 0, 0},
    {"required and missing", {.state = 8, .counts = YES}, 1, 1, 1},
    {"what counts enters though it is not actionable",
     {.state = 8, .counts = YES, .actionable = NO},
     1,
     1,
     1},
    {"Unknown is open", {.state = 1, .counts = YES}, 1, 1, 1},
    {"waived", {.state = 7, .counts = YES, .waived = YES}, 1, 1, 0},
    {"not counted", {.state = 7, .counts = NO}, 0, 0, 0},
    {"not said", {.state = 3}, 0, 0, 0},
    {"NotApplicable", {.state = 0, .counts = YES}, 0, 0, 0},
};

static void check_entering(void **state)
{
    const struct entering *row = *state;

    assert_int_equal(prereq_status_in_figures(&row->status), row->figures);
    assert_int_equal(prereq_status_finding(&row->status), row->finding);
    assert_int_equal(prereq_status_open(&row->status), row->open);
}

int main(void)
{
    int failed = RUN_TABLE(meanings, check_meaning);

    failed |= RUN_TABLE(entering, check_entering);
    return failed;
}
