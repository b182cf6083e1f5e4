/* SPDX-License-Identifier: MIT */
/* reason.c - the one table of reason codes.  Codes and arguments are what scripts compare;
 * sentences may get better. */
#include "documents/verdict.h"

#define S(state) (1U << PREREQ_STATE_##state)
#define MISSING (S(BLOCKED) | S(READY))
#define AT_FAULT (S(OUT_OF_ORDER) | S(REGRESSED))

static const struct prereq_reason_info reasons[PREREQ_REASONS] = {
    [PREREQ_REASON_NONE] = {"", 0, "", ""},
    [PREREQ_REASON_NOT_APPLICABLE] =
        {"not_applicable", S(NOT_APPLICABLE), "",
         "It does not apply here: the product, platform or role is not "
         "there"},
    [PREREQ_REASON_OTHER_BRANCH] =
        {"other_branch", S(NOT_APPLICABLE), "rule, found",
         "It is for another branch of the product than the target is on"},
    [PREREQ_REASON_ERROR] = {"error", S(UNKNOWN), "fact, code",
                             "A fact that it depends on could not be read"},
    [PREREQ_REASON_NOT_COLLECTED] = {"not_collected", S(UNKNOWN), "fact",
                                     "A fact that it depends on was not collected"},
    [PREREQ_REASON_ACCESS_DENIED] = {"access_denied", S(UNKNOWN), "fact",
                                     "The collector was not allowed to read a fact that it depends "
                                     "on"},
    [PREREQ_REASON_UNSUPPORTED_RULE] = {"unsupported_rule", S(UNKNOWN), "kind",
                                        "A rule that it depends on cannot be evaluated by this "
                                        "version"},
    [PREREQ_REASON_RECORD_ONLY] = {"record_only", S(UNKNOWN), "source",
                                   "It is recorded as installed, and nothing that was collected "
                                   "proves it"},
    [PREREQ_REASON_BAD_VERSION] = {"bad_version", S(UNKNOWN), "file, found",
                                   "A version that it depends on cannot be read as numbers"},
    [PREREQ_REASON_NO_VERSION_RESOURCE] = {"no_version_resource", S(UNKNOWN), "file",
                                           "A file that it depends on has no version resource"},
    [PREREQ_REASON_BRANCH_UNKNOWN] = {"branch_unknown", S(UNKNOWN), "file, found",
                                      "A version that was found belongs to no branch that the "
                                      "catalog knows"},
    [PREREQ_REASON_HIVE_DIRTY] =
        {"hive_dirty", S(UNKNOWN), "fact",
         "A registry hive that it depends on was not written out completely"},
    [PREREQ_REASON_CONFLICT] = {"conflict", S(UNKNOWN), "source",
                                "The published sources contradict each other"},
    [PREREQ_REASON_DATE_UNCERTAIN] = {"date_uncertain", S(UNKNOWN), "file, expected, found",
                                      "The date of a file is too close, or not known, to tell two "
                                      "builds apart"},
    [PREREQ_REASON_RESTART_DUE] = {"restart_due", S(PENDING_RESTART), "source",
                                   "It is sound after the restart that is already due"},
    [PREREQ_REASON_FILES_PENDING] = {"files_pending", S(PENDING_RESTART), "file",
                                     "Files wait for the restart that is already due"},
    [PREREQ_REASON_LEVEL_UNMET] = {"level_unmet", S(OUT_OF_ORDER) | S(BLOCKED), "baseline, found",
                                   "The level that it needs is not reached"},
    [PREREQ_REASON_PREREQUISITE_UNMET] = {"prerequisite_unmet", S(OUT_OF_ORDER) | S(BLOCKED),
                                          "prerequisite, found", "A prerequisite does not hold"},
    [PREREQ_REASON_INSTALLED_BEFORE_PREREQUISITE] = {"installed_before_prerequisite",
                                                     S(OUT_OF_ORDER), "prerequisite, times",
                                                     "It went on before what it needs first"},
    [PREREQ_REASON_VOIDED_LATER] = {"voided_later", S(OUT_OF_ORDER), "event, times",
                                    "Something that was added after it undid it"},
    [PREREQ_REASON_FILES_OLDER] = {"files_older", AT_FAULT, "file, expected, found",
                                   "It is recorded as installed, and its own files are older"},
    [PREREQ_REASON_FILES_MISSING] = {"files_missing", AT_FAULT, "file",
                                     "It is recorded as installed, and files of it are not there"},
    [PREREQ_REASON_MARKER_UNMET] = {"marker_unmet", AT_FAULT, "expected, found",
                                    "It is recorded as installed, and build, branch or level speak "
                                    "against it"},
    [PREREQ_REASON_NEVER_EFFECTIVE] =
        {"never_effective", S(REGRESSED), "file, expected, found",
         "It is recorded as installed, and no assessment ever found it "
         "in effect"},
    [PREREQ_REASON_SUPERSEDED] = {"superseded", S(SUPERSEDED), "patch",
                                  "A later patch that is sound covers it"},
    [PREREQ_REASON_BELOW_RECORDED_LEVEL] = {"below_recorded_level", S(SUPERSEDED), "level",
                                            "A later level is recorded, and a lower one never goes "
                                            "on over it"},
    [PREREQ_REASON_SOUND] = {"sound", S(COMPLIANT), "evidence",
                             "It is on, proven, and everything that it needs holds"},
    [PREREQ_REASON_EFFECT_WITHOUT_RECORD] = {"effect_without_record", S(COMPLIANT), "evidence",
                                             "It is in effect, though nothing records it as "
                                             "installed"},
    [PREREQ_REASON_RECORD_TRUSTED] = {"record_trusted", S(COMPLIANT) | S(SUPERSEDED), "source",
                                      "It is recorded as installed, which the policy trusts; it is "
                                      "not verified"},
    [PREREQ_REASON_MAY_BE_INSTALLED] = {"ready", S(READY), "",
                                        "It is missing, and may be installed now"},
    [PREREQ_REASON_WITHDRAWN] = {"withdrawn", AT_FAULT | MISSING, "date, why",
                                 "It was withdrawn by its publisher"},
    [PREREQ_REASON_PERMANENT_PACKAGE] = {"permanent_package", AT_FAULT, "patch",
                                         "Its package can neither come off nor go on again"},
    [PREREQ_REASON_NOT_EVALUATED] = {"not_evaluated", 0, "why",
                                     "There is no usable assessment of this host"},
    [PREREQ_REASON_DOCUMENT_REFUSED] = {"document_refused", 0, "why, time",
                                        "The newest assessment of this host cannot be used"},
};

const struct prereq_reason_info *prereq_reason_info(enum prereq_reason reason)
{
    return &reasons[reason];
}
