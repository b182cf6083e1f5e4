/* SPDX-License-Identifier: MIT */
/* test_event_log.c - which events two assessments ask for, and the message file. */
#include "machine/event_log.h"

#include "files.h"

#define NONE (-1)
#define BAD PREREQ_EVENT_OUT_OF_ORDER
#define OLD PREREQ_EVENT_REGRESSED
#define GOOD PREREQ_EVENT_COMPLIANT_AGAIN

/* By the new state, 0 to 8: NotApplicable, Unknown, PendingRestart, OutOfOrder, Regressed,
 * Superseded, Compliant, Blocked, Ready. */
static struct row {
    const char *name;
    int old_state;
    int events[PREREQ_STATES];
} rows[] = {
    {"from NotApplicable", 0, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
    {"from Unknown", 1, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
    {"from PendingRestart", 2, {NONE, NONE, NONE, BAD, OLD, GOOD, GOOD, NONE, NONE}},
    {"from OutOfOrder", 3, {NONE, NONE, NONE, NONE, OLD, GOOD, GOOD, NONE, NONE}},
    {"from Regressed", 4, {NONE, NONE, NONE, BAD, NONE, GOOD, GOOD, NONE, NONE}},
    {"from Superseded", 5, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
    {"from Compliant", 6, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
    {"from Blocked", 7, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
    {"from Ready", 8, {NONE, NONE, NONE, BAD, OLD, NONE, NONE, NONE, NONE}},
};

static void check_row(void **state)
{
    const struct row *row = *state;

    for (int new_state = 0; new_state < PREREQ_STATES; new_state++) {
        enum prereq_event event = PREREQ_EVENTS;
        bool raised = prereq_event_of_change(row->old_state, new_state, &event);

        assert_int_equal(raised ? (int)event : NONE, row->events[new_state]);
    }
}

/* ---- two assessments ---- */

static struct prereq_status_row status_of(const char *id, int state)
{
    return (struct prereq_status_row){.id = id, .state = state, .reason = "Because."};
}

#define ASSESSMENT(host_, statuses_)                                                               \
    (struct prereq_assessment)                                                                     \
    {                                                                                              \
        .host = &(host_), .statuses = (statuses_), .status_count = PREREQ_COUNT(statuses_)         \
    }

static const struct prereq_host_row here = {.host_id = "host-1"};
static const struct prereq_host_row here_too = {.host_id = "HOST-1"};
static const struct prereq_host_row elsewhere = {.host_id = "host-2"};

static size_t events_of(const struct prereq_assessment *before,
                        const struct prereq_assessment *after, struct prereq_event_change *found)
{
    struct prereq_event_changes changes;
    size_t count = 0;

    prereq_event_changes_begin(before, after, &changes);
    while (prereq_event_changes_next(&changes, &found[count]))
        count++;
    return count;
}

static void every_status_is_compared(void **state)
{
    const struct prereq_status_row old[] = {status_of("B", 6), status_of("C", 3), status_of("D", 6),
                                            status_of("F", 6)};
    const struct prereq_status_row new[] = {status_of("A", 3), status_of("B", 3), status_of("C", 6),
                                            status_of("E", 4), status_of("F", 4)};
    const struct prereq_assessment before = ASSESSMENT(here, old),
                                   after = ASSESSMENT(here_too, new);
    struct prereq_event_change found[8];

    (void)state;
    assert_int_equal(events_of(&before, &after, found), 3); /* A and E are new, D is gone */
    assert_int_equal(found[0].event, PREREQ_EVENT_OUT_OF_ORDER);
    assert_string_equal(found[0].words[0], "B");
    assert_string_equal(found[0].words[1], "Because.");
    assert_string_equal(found[0].words[2], "Compliant");
    assert_int_equal(found[1].event, PREREQ_EVENT_COMPLIANT_AGAIN);
    assert_string_equal(found[1].words[2], "OutOfOrder");
    assert_int_equal(found[2].event, PREREQ_EVENT_REGRESSED);
    assert_string_equal(found[2].status->id, "F");
}

static void first_assessment_raises_none(void **state)
{
    const struct prereq_status_row new[] = {status_of("A", 3)};
    const struct prereq_assessment after = ASSESSMENT(here, new);
    struct prereq_event_change found[8];

    (void)state;
    assert_int_equal(events_of(NULL, &after, found), 0);
}

static void other_host_raises_none(void **state)
{
    const struct prereq_status_row old[] = {status_of("A", 6)};
    const struct prereq_status_row new[] = {status_of("A", 3)};
    const struct prereq_assessment before = ASSESSMENT(elsewhere, old),
                                   after = ASSESSMENT(here, new);
    struct prereq_event_change found[8];

    (void)state;
    assert_int_equal(events_of(&before, &after, found), 0);
}

/* ---- texts ---- */

static void assert_sentence(enum prereq_event event, const char *const words[PREREQ_EVENT_WORDS],
                            const char *expected)
{
    struct prereq_buffer out = {0};

    prereq_event_write(event, words, &out);
    assert_string_equal(out.text, expected);
    prereq_buffer_free(&out);
}

static void words_are_put_in(void **state)
{
    const char *const change[PREREQ_EVENT_WORDS] = {"Q1", "It is 100%1 on.", "Ready"};
    const char *const one[PREREQ_EVENT_WORDS] = {"the disk is full", NULL, NULL};

    (void)state;
    assert_sentence(PREREQ_EVENT_OUT_OF_ORDER, change,
                    "Q1 is out of order; before it was Ready. It is 100%1 on.");
    assert_sentence(PREREQ_EVENT_REFRESH_FAILED, one,
                    "The refresh failed, and the documents of before stay: the disk is full.");
}

/* Ids are promises; and no sentence asks for a word that the event does not have. */
static void ids_stay(void **state)
{
    static const unsigned ids[PREREQ_EVENTS] = {1001, 1002, 1003, 1101, 1102, 1201, 1202};

    (void)state;
    for (int i = 0; i < PREREQ_EVENTS; i++) {
        const struct prereq_event_info *info = prereq_event_info((enum prereq_event)i);

        assert_int_equal(info->id, ids[i]);
        assert_true(info->severity >= PREREQ_EVENT_INFORMATION);
        for (const char *at = info->sentence; (at = strchr(at, '%')); at++)
            assert_true(at[1] > '0' && at[1] <= '0' + (int)info->words);
    }
}

/* print_formats messages >native/win32/patchprereq.mc */
static void message_file_is_of_the_table(void **state)
{
    struct prereq_buffer out = {0};

    (void)state;
    prereq_event_message_file(&out);
    assert_file(TEST_CATALOG "/../native/win32/patchprereq.mc", out.text);
    prereq_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_compared),
        cmocka_unit_test(first_assessment_raises_none),
        cmocka_unit_test(other_host_raises_none),
        cmocka_unit_test(words_are_put_in),
        cmocka_unit_test(ids_stay),
        cmocka_unit_test(message_file_is_of_the_table),
    };

    return RUN_TABLE(rows, check_row) + RUN_TESTS(tests) != 0;
}
