/* SPDX-License-Identifier: MIT */
/* assess_shape.c - the members of a status and of what hangs on it: prerequisites and files. */
#include "documents/assess_shape.h"

const char *const prereq_state_names[] = {
    "NotApplicable", "Unknown",   "PendingRestart", "OutOfOrder", "Regressed",
    "Superseded",    "Compliant", "Blocked",        "Ready",      NULL};
const char *const prereq_evidence_names[] = {"none",   "files", "build", "package",
                                             "record", "date",  NULL};
const char *const prereq_satisfied_names[] = {"No", "Yes", "Unknown", "NotApplicable", NULL};
const char *const prereq_component_result_names[] = {"Unknown", "AtLevel",   "Newer",       "Older",
                                                     "Missing", "Different", "NotRequired", NULL};
const char *const prereq_role_names[] = {"baseline", "patch", NULL};
const char *const prereq_pending_names[] = {"No", "Yes", "Unknown", NULL};
const char *const prereq_need_names[] = {"No", "Possible", "Required", NULL};

/* ---- prerequisites ---- */

#define R prereq_prerequisite_row
static const struct prereq_member prerequisite_members[] = {
    PREREQ_COL_ID("id", R, id, true, "Id", 30, PREREQ_IN_DATA, "<status>/<group>.<alternative>"),
    PREREQ_COL_ID("patchStatusId", R, patch_status_id, true, "Status", 24, PREREQ_IN_DATA,
                  "the status that it belongs to"),
    PREREQ_COL_ID("patchId", R, patch_id, true, "Patch", 16, PREREQ_NOT_TEXT,
                  "the patch that needs it"),
    PREREQ_COL_ID("target", R, target, true, "Target", 16, PREREQ_NOT_TEXT, "host, or an instance"),
    PREREQ_COL_REQ("groupNo", PREREQ_UINT, R, group_no, NULL, "Group", 7, PREREQ_IN_ALL,
                   "all groups must hold; from 1"),
    PREREQ_COL_REQ("alternativeNo", PREREQ_UINT, R, alternative_no, NULL, "Alternative", 11,
                   PREREQ_IN_ALL, "one alternative of a group is enough; from 1"),
    PREREQ_COL("requires", PREREQ_TEXT, R, requires, NULL, "Requires", 40, PREREQ_IN_ALL,
               "what is asked for: a patch, a baseline, or a rule in words"),
    PREREQ_COL("kind", PREREQ_TEXT, R, kind, NULL, "Kind", 14, PREREQ_IN_ALL,
               "patch, or the kind of the rule: os, file, registry, freeSpace ..."),
    PREREQ_COL("holds", PREREQ_ENUM, R, holds, prereq_holds_names, "Holds", 9, PREREQ_IN_ALL,
               "always, or before: it matters only until the patch is on"),
    PREREQ_COL_REQ("satisfied", PREREQ_STATE, R, satisfied, prereq_satisfied_names, "Satisfied", 12,
                   PREREQ_IN_ALL, "whether this alternative holds"),
    PREREQ_COL_REQ("groupSatisfied", PREREQ_STATE, R, group_satisfied, prereq_satisfied_names,
                   "Group satisfied", 14, PREREQ_IN_TABLES, "whether its whole group holds"),
    PREREQ_COL("expected", PREREQ_TEXT, R, expected, NULL, "Expected", 30, PREREQ_IN_ALL,
               "what would satisfy it"),
    PREREQ_COL("found", PREREQ_TEXT, R, found, NULL, "Found", 30, PREREQ_IN_ALL, "what is there"),
    PREREQ_COL("reason", PREREQ_TEXT, R, reason, NULL, "Reason", 50, PREREQ_IN_ALL,
               "why the patch needs it, or why it cannot be told"),
    PREREQ_COL("source", PREREQ_TEXT, R, source, NULL, "Source", 40, PREREQ_NOT_TEXT,
               "where the requirement is written"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_prerequisite_shape = {
    "prerequisiteStatus", "One alternative of one prerequisite group of a patch on a target.",
    sizeof(struct prereq_prerequisite_row), prerequisite_members, false};

/* ---- components ---- */

#define R prereq_component_row
static const struct prereq_member component_members[] = {
    PREREQ_COL_ID("id", R, id, true, "Id", 24, PREREQ_IN_DATA, "<status>/c<n>"),
    PREREQ_COL_ID("patchStatusId", R, patch_status_id, true, "Status", 24, PREREQ_IN_DATA,
                  "the status that it belongs to"),
    PREREQ_COL_ID("patchId", R, patch_id, true, "Patch", 16, PREREQ_NOT_TEXT,
                  "the patch that is judged by it"),
    PREREQ_COL_ID("target", R, target, true, "Target", 16, PREREQ_NOT_TEXT, "host, or an instance"),
    PREREQ_COL_REQ("role", PREREQ_ENUM, R, role, prereq_role_names, "Role", 10, PREREQ_IN_ALL,
                   "baseline: a file of a level that the patch needs; patch: one of its own"),
    PREREQ_COL_ID("baselineId", R, baseline_id, false, "Baseline", 16, PREREQ_IN_ALL,
                  "of the role baseline: whose file list the row is from"),
    PREREQ_COL_REQ("path", PREREQ_TEXT, R, path, NULL, "File", 50, PREREQ_IN_ALL,
                   "path of the file"),
    PREREQ_COL("expected", PREREQ_TEXT, R, expected, NULL, "Expected", 24, PREREQ_IN_ALL,
               "version, date or size that it must have"),
    PREREQ_COL("expectedVersion", PREREQ_TEXT, R, expected_version, NULL, "Expected version", 18,
               PREREQ_NOT_TEXT, "version that it must have, where it is judged by version"),
    PREREQ_COL("found", PREREQ_TEXT, R, found, NULL, "Found", 24, PREREQ_IN_ALL,
               "what was found in its place"),
    PREREQ_COL("foundVersion", PREREQ_TEXT, R, found_version, NULL, "Found version", 18,
               PREREQ_NOT_TEXT, "version of what was found, where it has one"),
    PREREQ_COL_REQ("result", PREREQ_STATE, R, result, prereq_component_result_names, "Result", 12,
                   PREREQ_IN_ALL, "how the found file stands to the expected one"),
    PREREQ_COL("company", PREREQ_TEXT, R, company, NULL, "Company", 22, PREREQ_NOT_TEXT,
               "CompanyName of the found file"),
    PREREQ_COL("originalFilename", PREREQ_TEXT, R, original_filename, NULL, "Original filename", 18,
               PREREQ_NOT_TEXT, "OriginalFilename of the found file"),
    PREREQ_COL("lastWrite", PREREQ_TIME, R, last_write, NULL, "Last write", 18, PREREQ_NOT_TEXT,
               "when the found file was last written"),
    PREREQ_COL("pendingReplace", PREREQ_FLAG, R, pending_replace, NULL, "Pending replace", 10,
               PREREQ_IN_ALL, "it is replaced or deleted at the next start"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_component_shape = {
    "componentStatus", "One file of a patch, or of a baseline that it needs, on a target.",
    sizeof(struct prereq_component_row), component_members, false};

/* ---- statuses ---- */

#define R prereq_status_row
static const struct prereq_member status_members[] = {
    PREREQ_COL_ID("id", R, id, true, "Id", 24, PREREQ_IN_DATA, "PatchId, or PatchId@Target"),
    PREREQ_COL_ID("patchId", R, patch_id, true, "Patch", 16, PREREQ_IN_ALL, "id of the patch"),
    PREREQ_COL_ID("target", R, target, true, "Target", 16, PREREQ_IN_ALL, "host, or an instance"),
    PREREQ_COL("title", PREREQ_TEXT, R, title, NULL, "Title", 50, PREREQ_IN_ALL,
               "title of the patch"),
    PREREQ_COL_ID("productId", R, product_id, false, "Product id", 14, PREREQ_IN_DATA,
                  "id of the product that it is for"),
    PREREQ_COL("product", PREREQ_TEXT, R, product, NULL, "Product", 28, PREREQ_IN_DATA,
               "name of the product"),
    PREREQ_COL("kind", PREREQ_ENUM, R, kind, prereq_patch_kind_names, "Kind", 13, PREREQ_IN_CSV,
               "patch, baseline or configuration"),
    PREREQ_COL("severity", PREREQ_ENUM, R, severity, prereq_severity_names, "Severity", 11,
               PREREQ_IN_ALL, "the publisher's; Unrated where it gave none"),
    PREREQ_COL("classification", PREREQ_ENUM, R, classification, prereq_classification_names,
               "Classification", 13, PREREQ_IN_TABLES, "security, update, preview ..."),
    PREREQ_COL("released", PREREQ_DATE, R, released, NULL, "Released", 12, PREREQ_NOT_TEXT,
               "day of release"),
    PREREQ_COL_REQ("required", PREREQ_FLAG, R, required, NULL, "Required", 9, PREREQ_IN_DATA,
                   "the policy asks for it on this target"),
    PREREQ_COL_REQ("counts", PREREQ_FLAG, R, counts, NULL, "Counts", 8, PREREQ_IN_CSV,
                   "it enters figures: required, or PendingRestart, OutOfOrder or Regressed"),
    PREREQ_COL("actionable", PREREQ_FLAG, R, actionable, NULL, "Actionable", 10, PREREQ_IN_DATA,
               "false for a missing patch that is not required and was withdrawn, or whose place a "
               "required later one takes"),
    PREREQ_COL_REQ("state", PREREQ_STATE, R, state, prereq_state_names, "State", 15, PREREQ_IN_ALL,
                   "the verdict on this patch"),
    PREREQ_COL("reasonCode", PREREQ_TEXT, R, reason_code, NULL, "Reason code", 22, PREREQ_IN_ALL,
               "why it is in this state: one of the codes in docs/reasons.md"),
    PREREQ_COL("reason", PREREQ_TEXT, R, reason, NULL, "Reason", 60, PREREQ_IN_ALL,
               "why it is in this state, in one sentence"),
    PREREQ_COL("expected", PREREQ_TEXT, R, expected, NULL, "Expected", 24, PREREQ_IN_ALL,
               "what would make it sound"),
    PREREQ_COL("found", PREREQ_TEXT, R, found, NULL, "Found", 24, PREREQ_IN_ALL, "what is there"),
    PREREQ_COL("evidence", PREREQ_ENUM, R, evidence, prereq_evidence_names, "Evidence", 10,
               PREREQ_IN_ALL, "what the verdict rests on"),
    PREREQ_COL_LIST("recordedBy", R, recorded_by, recorded_by_count, "Recorded by", 20,
                    PREREQ_IN_DATA, "sources that say that it is installed"),
    PREREQ_COL("installedOn", PREREQ_TIME, R, installed_on, NULL, "Installed on", 18,
               PREREQ_IN_DATA, "when it was installed, as the records say"),
    PREREQ_COL_ID("supersededBy", R, superseded_by, false, "Superseded by", 16,
                  PREREQ_IN_DATA | PREREQ_IN_TEXT, "the later patch that covers it"),
    PREREQ_COL_LIST("blockedBy", R, blocked_by, blocked_by_count, "Blocked by", 30, PREREQ_IN_ALL,
                    "what has to be met first"),
    PREREQ_COL_LIST("warnings", R, warnings, warning_count, "Warnings", 40, PREREQ_IN_ALL,
                    "what does not change the state and should be known"),
    PREREQ_COL("restartRequired", PREREQ_ENUM, R, restart_required, prereq_need_names,
               "Restart required", 10, PREREQ_NOT_TEXT, "whether installing it needs a restart"),
    PREREQ_COL("openSince", PREREQ_TIME, R, open_since, NULL, "Open since", 18, PREREQ_NOT_TEXT,
               "facts time of the first assessment that found it open, without a break"),
    PREREQ_COL("lastChanged", PREREQ_TIME, R, last_changed, NULL, "Last changed", 18,
               PREREQ_IN_DATA, "when the state last became another one"),
    PREREQ_COL_REQ("ageDays", PREREQ_UINT, R, age_days, NULL, "Age (days)", 9, PREREQ_NOT_TEXT,
                   "whole days that it was open at the evaluation; 0 when it is not open"),
    PREREQ_COL("slaDays", PREREQ_UINT, R, sla_days, NULL, "SLA (days)", 9, PREREQ_NOT_TEXT,
               "days that the policy allows for its severity"),
    PREREQ_COL("dueDate", PREREQ_TIME, R, due_date, NULL, "Due", 12, PREREQ_NOT_TEXT,
               "when the days of the SLA are over"),
    PREREQ_COL("overdueDays", PREREQ_UINT, R, overdue_days, NULL, "Overdue (days)", 9,
               PREREQ_IN_ALL, "whole days beyond the due date; 0 while it is in time"),
    PREREQ_COL_REQ("waived", PREREQ_FLAG, R, waived, NULL, "Waived", 8, PREREQ_IN_ALL,
                   "an exception holds; it does not change the state"),
    PREREQ_COL_ID("waiverId", R, waiver_id, false, "Waiver", 14, PREREQ_NOT_TEXT,
                  "id of the exception that holds"),
    PREREQ_COL("waiverExpires", PREREQ_DATE, R, waiver_expires, NULL, "Waiver expires", 12,
               PREREQ_IN_DATA, "last day of the exception"),
    PREREQ_COL("source", PREREQ_TEXT, R, source, NULL, "Source", 40, PREREQ_IN_DATA,
               "where the patch is described"),
    PREREQ_COL("advice", PREREQ_TEXT, R, advice, NULL, "Advice", 50, PREREQ_IN_CSV,
               "of a patch that does not apply: what to do instead"),
    PREREQ_COL("faultAtRestart", PREREQ_FLAG, R, fault_at_restart, NULL, "Fault at restart", 10,
               PREREQ_IN_CSV, "sound now, not any more after the restart that is due"),
    PREREQ_M_FLAG("everGood", R, ever_good, "some assessment of this host saw it Compliant"),
    PREREQ_M_OBJECTS("prerequisites", R, prerequisites, prerequisite_count,
                     &prereq_prerequisite_shape, "alternatives of its prerequisite groups"),
    PREREQ_M_OBJECTS("components", R, components, component_count, &prereq_component_shape,
                     "files that were judged"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_status_shape = {
    "patchStatus", "One patch on one target: its state, why, and since when.",
    sizeof(struct prereq_status_row), status_members, false};
