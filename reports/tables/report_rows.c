/* SPDX-License-Identifier: MIT */
/* report_rows.c - the columns of rows that only reports have. */
#include "tables/report_rows.h"

#define SHEET PREREQ_IN_SHEET
#define CSV PREREQ_IN_CSV
#define BOTH (PREREQ_IN_SHEET | PREREQ_IN_CSV)

#define TEXT(n, S, F, title, width, outputs, about)                                                \
    PREREQ_COL(n, PREREQ_TEXT, S, F, NULL, title, width, outputs, about)
#define COUNT(n, S, F, title, width, outputs, about)                                               \
    PREREQ_COL(n, PREREQ_UINT, S, F, NULL, title, width, outputs, about)
#define FLAG(n, S, F, title, width, outputs, about)                                                \
    PREREQ_COL(n, PREREQ_FLAG, S, F, NULL, title, width, outputs, about)
#define TIME(n, S, F, title, width, outputs, about)                                                \
    PREREQ_COL(n, PREREQ_TIME, S, F, NULL, title, width, outputs, about)
#define DATE(n, S, F, title, width, outputs, about)                                                \
    PREREQ_COL(n, PREREQ_DATE, S, F, NULL, title, width, outputs, about)
#define STATE(n, S, F, title, width, outputs, about)                                               \
    PREREQ_COL(n, PREREQ_STATE, S, F, prereq_state_names, title, width, outputs, about)
#define PERCENT(n, S, F, title, width, outputs, about)                                             \
    {                                                                                              \
        n, PREREQ_UINT, offsetof(struct S, F), 0, false, PREREQ_TENTHS, NULL, NULL, about, title,  \
            width, outputs                                                                         \
    }

static const struct prereq_member ref_members[] = {
    TEXT("hostName", row_ref, host_name, "Host", 18, BOTH, "the host's name"),
    TEXT("hostId", row_ref, host_id, "Host id", 24, CSV, "what the host is known by"),
    TEXT("group", row_ref, group, "Group", 12, BOTH, "from the scope file"), PREREQ_M_END};
const struct prereq_shape row_ref_shape = {"hostRef", "the host of a row", sizeof(struct row_ref),
                                           ref_members, false};

static const struct prereq_member host_members[] = {
    TIME("factsTime", row_host, facts_time, "Facts of", 16, BOTH, "when the facts were collected"),
    TIME("lastEvaluated", row_host, last_evaluated, "Evaluated", 16, CSV, "when they were judged"),
    COUNT("ageHours", row_host, age_hours, "Age (hours)", 6, BOTH,
          "whole hours from the facts to now"),
    FLAG("stale", row_host, stale, "Stale", 6, BOTH, "facts older than the policy allows"),
    {"worstState", PREREQ_TEXT, offsetof(struct row_host, worst_state), 0, false, PREREQ_ANY_TEXT,
     NULL, prereq_state_names, "the worst state that counts and is not waived", "Worst state", 15,
     BOTH},
    PERCENT("compliance", row_host, compliance, "Compliance %", 7, BOTH,
            "compliant of required, Unknown included, in per cent"),
    PERCENT("complianceOfKnown", row_host, compliance_of_known, "Compliance of known %", 7, CSV,
            "compliant of required and known, in per cent"),
    COUNT("compliant", row_host, compliant, "Compliant", 6, BOTH, "Compliant and Superseded"),
    COUNT("known", row_host, known, "Known", 6, BOTH, "required less Unknown"),
    COUNT("required", row_host, required, "Required", 6, BOTH, "patches that enter the figures"),
    COUNT("ready", row_host, ready, "Ready", 6, BOTH, "missing, may be installed now"),
    COUNT("blocked", row_host, blocked, "Blocked", 6, BOTH, "missing, a prerequisite is unmet"),
    COUNT("outOfOrder", row_host, out_of_order, "Out of order", 6, BOTH,
          "on, but a prerequisite does not hold"),
    COUNT("regressed", row_host, regressed, "Regressed", 6, BOTH, "on, but its files are older"),
    COUNT("pendingRestart", row_host, pending_restart, "Pending restart", 6, BOTH,
          "sound after the restart that is due"),
    COUNT("unknown", row_host, unknown, "Unknown", 6, BOTH, "facts do not suffice"),
    COUNT("recordedOnly", row_host, recorded_only, "Recorded, not verified", 7, BOTH,
          "known from a record alone"),
    COUNT("waived", row_host, waived, "Waived", 6, BOTH, "with an exception"),
    COUNT("overdue", row_host, overdue, "Overdue", 6, BOTH, "open beyond their SLA"),
    COUNT("oldestOpenDays", row_host, oldest_open_days, "Oldest open (days)", 6, BOTH,
          "age of the oldest open finding"),
    FLAG(
        "hostCompliant", row_host, host_compliant, "Host compliant", 6, BOTH,
        "nothing Blocked, Ready, Regressed, OutOfOrder, or waiting for a restart beyond its grace"),
    FLAG("withinSla", row_host, within_sla, "Within SLA", 6, BOTH, "nothing is overdue"),
    TEXT("restartPending", row_host, restart_pending, "Restart due", 9, BOTH,
         "whether some source says that a restart is due"),
    PREREQ_COL_LIST("restartReasons", row_host, restart_reasons, restart_reason_count,
                    "Restart reasons", 15, BOTH, "the sources that say so"),
    TIME("restartSince", row_host, restart_since, "Restart since", 16, CSV, "the oldest of them"),
    TEXT("planResult", row_host, plan_result, "Plan", 11, BOTH, "of the plan for the whole host"),
    COUNT("planSteps", row_host, plan_steps, "Plan steps", 6, BOTH, "steps of that plan"),
    COUNT("planRestarts", row_host, plan_restarts, "Restarts", 6, BOTH, "restarts in that plan"),
    TEXT("planHash", row_host, plan_hash, "Plan hash", 20, CSV, "equal hosts share it"),
    COUNT("collectorErrors", row_host, collector_errors, "Collector errors", 6, BOTH,
          "things that could not be looked at"),
    PREREQ_M_END};
const struct prereq_shape row_host_figures_shape = {"hostFigures", "the figures of one host",
                                                    sizeof(struct row_host), host_members, false};

static const struct prereq_member patch_members[] = {
    TEXT("patchId", row_patch, patch_id, "Patch", 16, BOTH, "its id in the catalog"),
    TEXT("title", row_patch, title, "Title", 40, BOTH, "what it is"),
    TEXT("product", row_patch, product, "Product", 22, BOTH, "what it is for"),
    PREREQ_COL("severity", PREREQ_ENUM, row_patch, severity, prereq_severity_names, "Severity", 11,
               BOTH, "as its publisher rates it"),
    DATE("released", row_patch, released, "Released", 11, BOTH, "when it was published"),
    COUNT("daysSinceRelease", row_patch, days_since_release, "Days since release", 7, BOTH,
          "whole days from its release to now"),
    TEXT("supersededBy", row_patch, superseded_by, "Superseded by", 16, BOTH,
         "a later one that covers it on some host"),
    COUNT("applicable", row_patch, applicable, "Applicable", 7, BOTH,
          "hosts and instances it is for, required or not"),
    COUNT("required", row_patch, required, "Required", 6, BOTH,
          "of them those that enter the figures"),
    PERCENT("remediated", row_patch, remediated, "Remediated %", 7, BOTH,
            "compliant of required, Unknown included, in per cent"),
    COUNT("compliant", row_patch, compliant, "Compliant", 6, BOTH, "Compliant and Superseded"),
    COUNT("known", row_patch, known, "Known", 6, BOTH, "required less Unknown"),
    COUNT("ready", row_patch, ready, "Ready", 6, BOTH, "missing, may be installed now"),
    COUNT("blocked", row_patch, blocked, "Blocked", 6, BOTH, "missing, a prerequisite is unmet"),
    COUNT("outOfOrder", row_patch, out_of_order, "Out of order", 6, BOTH,
          "on, but a prerequisite does not hold"),
    COUNT("regressed", row_patch, regressed, "Regressed", 6, BOTH, "on, but its files are older"),
    COUNT("pendingRestart", row_patch, pending_restart, "Pending restart", 6, BOTH,
          "sound after the restart that is due"),
    COUNT("unknown", row_patch, unknown, "Unknown", 6, BOTH, "facts do not suffice"),
    COUNT("waived", row_patch, waived, "Waived", 6, BOTH, "with an exception"),
    COUNT("overdue", row_patch, overdue, "Overdue", 6, BOTH, "open beyond their SLA"),
    PREREQ_M_END};
const struct prereq_shape row_patch_figures_shape = {
    "patchFigures", "one patch over all hosts", sizeof(struct row_patch), patch_members, false};

static const struct prereq_member regression_members[] = {
    STATE("state", row_regression, state, "State", 14, BOTH, "of the patch on this host"),
    TIME("openSince", row_regression, open_since, "First seen", 16, BOTH,
         "when an assessment saw it first"),
    PREREQ_M_END};
const struct prereq_shape row_regression_shape = {"regression", "the state behind a wrong file",
                                                  sizeof(struct row_regression), regression_members,
                                                  false};

static const struct prereq_member patch_state_members[] = {
    STATE("state", row_patch_state, state, "State", 14, BOTH, "of the patch on this host"),
    PREREQ_M_END};
const struct prereq_shape row_patch_state_shape = {
    "patchState", "the state that a prerequisite belongs to", sizeof(struct row_patch_state),
    patch_state_members, false};

static const struct prereq_member plan_members[] = {
    FLAG("restartAfter", row_plan, restart_after, "Restart after", 7, BOTH,
         "the next step is a restart"),
    TEXT("done", row_plan, done, "Done", 8, SHEET, "to be filled in: Yes, No, Not needed"),
    TEXT("initials", row_plan, initials, "Initials", 9, SHEET, "to be filled in"), PREREQ_M_END};
const struct prereq_shape row_plan_shape = {"planMarks", "what an operator fills in",
                                            sizeof(struct row_plan), plan_members, false};

static const struct prereq_member restart_members[] = {
    COUNT("ageHours", row_restart, age_hours, "Age (hours)", 8, BOTH, "whole hours since then"),
    PREREQ_M_END};
const struct prereq_shape row_restart_age_shape = {
    "restartAge", "how long a restart is due", sizeof(struct row_restart), restart_members, false};

static const struct prereq_member exception_members[] = {
    TEXT("waiverId", row_exception, waiver_id, "Waiver", 14, BOTH, "its id in the waivers file"),
    TEXT("patchId", row_exception, patch_id, "Patch", 14, BOTH, "the finding it stands for"),
    TEXT("target", row_exception, target, "Target", 12, BOTH, "the host or an instance on it"),
    {"stateName", PREREQ_TEXT, offsetof(struct row_exception, state_name), 0, false,
     PREREQ_ANY_TEXT, NULL, prereq_state_names, "the state without the exception", "Raw state", 14,
     BOTH},
    TEXT("status", row_exception, status, "Status", 12, BOTH,
         "active, expiring (30 days or less), expired, or not needed (covers nothing open)"),
    DATE("expires", row_exception, expires, "Expires", 11, BOTH, "valid through this day"),
    COUNT("daysLeft", row_exception, days_left, "Days left", 7, BOTH, "0 on its last day"),
    TEXT("reason", row_exception, reason, "Justification", 34, BOTH, "why it was granted"),
    TEXT("compensatingControl", row_exception, compensating_control, "Compensating control", 30,
         BOTH, "what protects meanwhile"),
    TEXT("residualRisk", row_exception, residual_risk, "Residual risk", 24, BOTH, "what remains"),
    TEXT("approver", row_exception, approver, "Approver", 16, BOTH, "who granted it"),
    DATE("approvedOn", row_exception, approved_on, "Approved on", 11, BOTH, "when"),
    TEXT("scope", row_exception, scope, "Scope of the waiver", 30, BOTH,
         "hosts, groups, patches and targets it names"),
    PREREQ_M_END};
const struct prereq_shape row_exception_shape = {
    "exception", "a finding with a waiver", sizeof(struct row_exception), exception_members, false};

static const struct prereq_member input_members[] = {
    TEXT("input", row_input, name, "Input", 60, BOTH, "as it was given"),
    TEXT("sha256", row_input, sha256, "SHA-256", 74, BOTH, "of its bytes"), PREREQ_M_END};
const struct prereq_shape row_input_shape = {"input", "a file that was read",
                                             sizeof(struct row_input), input_members, false};

static const struct prereq_member figure_members[] = {
    TEXT("figure", row_figure, figure, "Figure", 24, CSV, "its name, the same every month"),
    TEXT("title", row_figure, title, "Title", 34, CSV, "for people"),
    PERCENT("percent", row_figure, percent, "Per cent", 9, CSV, "one decimal, half away from zero"),
    COUNT("value", row_figure, value, "Value", 9, CSV, "of figures that are no percentage"),
    TEXT("text", row_figure, text, "Text", 20, CSV, "of figures that are no number"),
    TEXT("unit", row_figure, unit, "Unit", 10, CSV, "what is counted"),
    COUNT("numerator", row_figure, numerator, "Numerator", 9, CSV, "of a percentage"),
    COUNT("denominator", row_figure, denominator, "Denominator", 9, CSV, "of a percentage"),
    TEXT("about", row_figure, about, "Meaning", 60, CSV, "how it is counted"),
    PREREQ_M_END};
const struct prereq_shape row_figure_shape = {"figure", "a figure of the summary",
                                              sizeof(struct row_figure), figure_members, false};
