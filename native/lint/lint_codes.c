/* SPDX-License-Identifier: MIT */
/* lint_codes.c - the one table of lint codes.  Codes are what scripts compare; sentences may get
 * better. */
#include "lint/lint.h"

#define WRONG(code, sentence)                                                                      \
    {                                                                                              \
        code, false, sentence                                                                      \
    }
#define ODD(code, sentence)                                                                        \
    {                                                                                              \
        code, true, sentence                                                                       \
    }

static const struct prereq_lint_code_info codes[PREREQ_LINT_CODES] = {
    [PREREQ_LINT_NO_SOURCE] = WRONG("no_source", "The entry cites no source"),
    [PREREQ_LINT_BAD_URL] =
        WRONG("bad_url", "A source is neither a public address nor the number of an article"),
    [PREREQ_LINT_DANGLING_ID] = WRONG("dangling_id", "An id is named that no entry has"),
    [PREREQ_LINT_AMBIGUOUS_ID] =
        WRONG("ambiguous_id", "A number is named that several entries have"),
    [PREREQ_LINT_DUPLICATE_ID] = WRONG("duplicate_id", "The id stands for another entry already"),
    [PREREQ_LINT_ALIAS_IS_ID] = WRONG("alias_is_id", "An alias is the id of an entry"),
    [PREREQ_LINT_RESERVED_ID] = WRONG(
        "reserved_id", "Plans use this word for goals of their own; no patch may be called so"),
    [PREREQ_LINT_UNKNOWN_BRANCH] =
        WRONG("unknown_branch", "The product does not list the branch of the entry"),
    [PREREQ_LINT_WITHDRAWN_BEFORE_RELEASE] =
        WRONG("withdrawn_before_release", "It was withdrawn before it was released"),
    [PREREQ_LINT_WITHDRAWN_WITHOUT_WHY] =
        WRONG("withdrawn_without_why", "A withdrawn entry says when and why"),
    [PREREQ_LINT_SUPERSEDES_CYCLE] = WRONG("supersedes_cycle", "Supersedence runs in a circle"),
    [PREREQ_LINT_NEVER_MEETS] =
        WRONG("never_meets", "Two entries are tied together that never meet on one target"),
    [PREREQ_LINT_BRANCH_BACKWARDS] =
        WRONG("branch_backwards", "An entry of an earlier branch supersedes one of a later branch"),
    [PREREQ_LINT_EDITION_IN_ANOTHER_PRODUCT] = WRONG(
        "edition_in_another_product",
        "Hosts of this edition are hosts of another product, too, which does not leave it out"),
    [PREREQ_LINT_RELEASED_BEFORE_SUPERSEDED] =
        ODD("released_before_superseded", "It was released before what it supersedes"),
    [PREREQ_LINT_ROWS_NOT_REPEATED] = WRONG(
        "rows_not_repeated", "A later baseline does not repeat a file row of the earlier one"),
    [PREREQ_LINT_PREREQUISITE_CYCLE] =
        WRONG("prerequisite_cycle", "Prerequisites run in a circle that no alternative leaves"),
    [PREREQ_LINT_EMPTY_GROUP] = WRONG("empty_group", "A prerequisite has no alternatives"),
    [PREREQ_LINT_ALTERNATIVE_NOT_ONE] =
        WRONG("alternative_not_one", "An alternative is exactly one of patch and rule"),
    [PREREQ_LINT_ORDERED_RULE] =
        WRONG("ordered_rule", "Order is judged by install times, which a rule does not have"),
    [PREREQ_LINT_NO_WHY] = WRONG("no_why", "A prerequisite or invalidation says in a sentence why"),
    [PREREQ_LINT_REDUNDANT_ALTERNATIVE] = ODD(
        "redundant_alternative", "An alternative is covered by another one of its prerequisite"),
    [PREREQ_LINT_BAD_REMEDY] = WRONG("bad_remedy", "A remedy cannot be a step of a plan"),
    [PREREQ_LINT_REMEDY_DOES_NOT_PROVE_RULE] =
        WRONG("remedy_does_not_prove_rule", "What the remedy sets does not make its rule true"),
    [PREREQ_LINT_VOIDED_BY_NOT_ONE] = WRONG(
        "voided_by_not_one", "An invalidation names exactly one of feature, patch and product"),
    [PREREQ_LINT_IMPOSSIBLE_RULE] = WRONG("impossible_rule", "No value can satisfy the test"),
    [PREREQ_LINT_CONSTANT_RULE] =
        ODD("constant_rule", "The negation of a constant is written as the constant"),
    [PREREQ_LINT_EMPTY_RULE] = WRONG("empty_rule", "The rule or test says nothing"),
    [PREREQ_LINT_TEST_OF_ABSENT] =
        WRONG("test_of_absent", "Something must not be there, and is tested all the same"),
    [PREREQ_LINT_BAD_FILE_VERSION] =
        WRONG("bad_file_version", "Numbers of file versions end at 65535"),
    [PREREQ_LINT_MSI_NOT_ONE] =
        WRONG("msi_not_one", "A rule of MSI names exactly one of productCode and patchCode"),
    [PREREQ_LINT_UNSUPPORTED_KIND] = ODD(
        "unsupported_kind", "This version does not evaluate the rule; it makes the state Unknown"),
    [PREREQ_LINT_PATCH_RULE_NOT_ALLOWED] = WRONG(
        "patch_rule_not_allowed",
        "What a patch is for, and whether it is on, is said by facts and not by other patches"),
    [PREREQ_LINT_ROW_WITHOUT_TEST] =
        WRONG("row_without_test", "A file row has neither version nor date nor size"),
    [PREREQ_LINT_TIE_DATE_WITHOUT_VERSION] =
        WRONG("tie_date_without_version", "A tieDate tells builds of one version apart"),
    [PREREQ_LINT_TIE_DATE_LATER] =
        WRONG("tie_date_later", "The listed file is older than the row's own tieDate"),
    [PREREQ_LINT_DUPLICATE_ROW] = WRONG("duplicate_row", "A file row stands twice"),
    [PREREQ_LINT_CONFLICTING_ROWS] =
        WRONG("conflicting_rows", "Two rows for the same hosts list one file differently"),
    [PREREQ_LINT_RANGE_WITHOUT_BRANCH] =
        WRONG("range_without_branch", "A branchRange belongs to a branch, which is not named"),
    [PREREQ_LINT_ROW_OUTSIDE_BRANCH] =
        WRONG("row_outside_branch", "The listed version is outside the row's own branchRange"),
    [PREREQ_LINT_BASELINE_WITHOUT_MARKER] =
        WRONG("baseline_without_marker", "A baseline has a marker that says its level"),
    [PREREQ_LINT_MARKER_FACT_NOT_SET] =
        WRONG("marker_fact_not_set", "The marker reads a fact that nothing sets"),
    [PREREQ_LINT_SETS_DO_NOT_PROVE_EFFECT] =
        WRONG("sets_do_not_prove_effect", "What the entry sets does not make its marker true"),
    [PREREQ_LINT_NO_INSTALL] =
        ODD("no_install", "Neither an install command nor an installNote says how it goes on"),
    [PREREQ_LINT_EXTRACT_MISSING] =
        WRONG("extract_missing", "A command runs from the unpacked package, and none unpacks it"),
    [PREREQ_LINT_BAD_SHA256] = WRONG("bad_sha256", "A SHA-256 has 64 hex digits"),
    [PREREQ_LINT_REFUSES_WITHOUT_REMOVAL] = WRONG(
        "refuses_without_removal",
        "The package refuses while it is recorded, and no command takes it or its record off"),
    [PREREQ_LINT_REMOVABLE_CONTRADICTION] =
        WRONG("removable_contradiction", "What is said of its removal contradicts itself"),
    [PREREQ_LINT_RESTART_CONTRADICTION] =
        WRONG("restart_contradiction", "What is said of its restarts contradicts itself"),
    [PREREQ_LINT_PACKAGE_BEFORE_RESTART] =
        WRONG("package_before_restart",
              "Windows only stages a package until the restart that it requires; say atRestart"),
};

const struct prereq_lint_code_info *prereq_lint_code_info(enum prereq_lint_code code)
{
    return &codes[code];
}
