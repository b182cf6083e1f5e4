/* SPDX-License-Identifier: MIT */
/* test_reason.c - reason codes are an interface: none is lost, renamed or without a sentence. */
#include <string.h>

#include "base/base.h"
#include "documents/verdict.h"
#include "table.h"

/* What monitors and scripts may rely on: each code, and one state that it explains. */
static struct promise {
    const char *name; /* the code */
    enum prereq_reason reason;
    const char *states; /* all it stands with */
} promises[] = {
    {"not_applicable", PREREQ_REASON_NOT_APPLICABLE, "NotApplicable"},
    {"other_branch", PREREQ_REASON_OTHER_BRANCH, "NotApplicable"},
    {"error", PREREQ_REASON_ERROR, "Unknown"},
    {"not_collected", PREREQ_REASON_NOT_COLLECTED, "Unknown"},
    {"access_denied", PREREQ_REASON_ACCESS_DENIED, "Unknown"},
    {"unsupported_rule", PREREQ_REASON_UNSUPPORTED_RULE, "Unknown"},
    {"record_only", PREREQ_REASON_RECORD_ONLY, "Unknown"},
    {"bad_version", PREREQ_REASON_BAD_VERSION, "Unknown"},
    {"no_version_resource", PREREQ_REASON_NO_VERSION_RESOURCE, "Unknown"},
    {"branch_unknown", PREREQ_REASON_BRANCH_UNKNOWN, "Unknown"},
    {"hive_dirty", PREREQ_REASON_HIVE_DIRTY, "Unknown"},
    {"conflict", PREREQ_REASON_CONFLICT, "Unknown"},
    {"date_uncertain", PREREQ_REASON_DATE_UNCERTAIN, "Unknown"},
    {"restart_due", PREREQ_REASON_RESTART_DUE, "PendingRestart"},
    {"files_pending", PREREQ_REASON_FILES_PENDING, "PendingRestart"},
    {"level_unmet", PREREQ_REASON_LEVEL_UNMET, "OutOfOrder Blocked"},
    {"prerequisite_unmet", PREREQ_REASON_PREREQUISITE_UNMET, "OutOfOrder Blocked"},
    {"installed_before_prerequisite", PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE, "OutOfOrder"},
    {"voided_later", PREREQ_REASON_VOIDED_LATER, "OutOfOrder"},
    {"files_older", PREREQ_REASON_FILES_OLDER, "OutOfOrder Regressed"},
    {"files_missing", PREREQ_REASON_FILES_MISSING, "OutOfOrder Regressed"},
    {"marker_unmet", PREREQ_REASON_MARKER_UNMET, "OutOfOrder Regressed"},
    {"never_effective", PREREQ_REASON_NEVER_EFFECTIVE, "Regressed"},
    {"superseded", PREREQ_REASON_SUPERSEDED, "Superseded"},
    {"below_recorded_level", PREREQ_REASON_BELOW_RECORDED_LEVEL, "Superseded"},
    {"sound", PREREQ_REASON_SOUND, "Compliant"},
    {"effect_without_record", PREREQ_REASON_EFFECT_WITHOUT_RECORD, "Compliant"},
    {"record_trusted", PREREQ_REASON_RECORD_TRUSTED, "Superseded Compliant"},
    {"ready", PREREQ_REASON_MAY_BE_INSTALLED, "Ready"},
    {"withdrawn", PREREQ_REASON_WITHDRAWN, "OutOfOrder Regressed Blocked Ready"},
    {"permanent_package", PREREQ_REASON_PERMANENT_PACKAGE, "OutOfOrder Regressed"},
    {"not_evaluated", PREREQ_REASON_NOT_EVALUATED, ""},
    {"document_refused", PREREQ_REASON_DOCUMENT_REFUSED, ""},
};

static void check_promise(void **state)
{
    const struct promise *promise = *state;
    const struct prereq_reason_info *info = prereq_reason_info(promise->reason);
    struct prereq_buffer states = {0};

    assert_string_equal(info->code, promise->name);
    prereq_buffer_add(&states, "");
    for (int i = 0; i < PREREQ_STATES; i++) {
        if (info->states >> i & 1)
            prereq_buffer_addf(&states, "%s%s", states.len ? " " : "", prereq_state_names[i]);
    }
    assert_string_equal(states.text, promise->states);
    prereq_buffer_free(&states);
    assert_non_null(info->arguments);
    /* Something is put behind it: ". ", ": " or a full stop. */
    assert_true(strlen(info->sentence) > 10);
    assert_true(info->sentence[0] >= 'A' && info->sentence[0] <= 'Z');
    assert_false(strchr(".:,; ", info->sentence[strlen(info->sentence) - 1]));
}

static void every_reason_is_promised(void **state)
{
    (void)state;
    assert_int_equal(PREREQ_COUNT(promises), PREREQ_REASONS - 1);
    assert_string_equal(prereq_reason_info(PREREQ_REASON_NONE)->code, "");
}

static void every_state_has_a_reason(void **state)
{
    unsigned states = 0;

    (void)state;
    for (int i = 0; i < PREREQ_REASONS; i++)
        states |= prereq_reason_info((enum prereq_reason)i)->states;
    assert_int_equal(states, (1U << PREREQ_STATES) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_reason_is_promised),
                                       cmocka_unit_test(every_state_has_a_reason)};
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(promises, check_promise);
    return failed;
}
