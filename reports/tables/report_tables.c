/* SPDX-License-Identifier: MIT */
/* report_tables.c - the tables of a report: their sheets, files and column widths on paper. */
#include <string.h>

#include "tables/report_rows.h"

/* A sheet is printed one page wide, so that it cannot be as generous as the field tables: widths in
 * characters by member name, 0: in the CSV file alone.  Other columns keep what the field tables
 * say. */
static const struct report_width host_widths[] = {
    {"hostName", 15},   {"group", 10},     {"site", 0},       {"owner", 0},
    {"inScope", 6},     {"os", 24},        {"osVersion", 15}, {"servicePack", 10},
    {"lastStartUp", 0}, {"factsTime", 11}, {"required", 0},   {NULL, 0},
};
static const struct report_width finding_widths[] = {
    {"hostName", 14},
    {"group", 9},
    {"patchId", 12},
    {"target", 11},
    {"title", 22},
    {"severity", 10},
    {"classification", 0},
    {"released", 0},
    {"state", 14},
    {"reasonCode", 14},
    {"reason", 36},
    {"expected", 16},
    {"found", 16},
    {"evidence", 0},
    {"blockedBy", 14},
    {"warnings", 20},
    {"restartRequired", 0},
    {"openSince", 11},
    {"ageDays", 6},
    {"slaDays", 6},
    {"dueDate", 0},
    {"overdueDays", 6},
    {"waived", 7},
    {"waiverId", 0},
    {NULL, 0},
};
static const struct report_width regression_widths[] = {
    {"hostName", 14},
    {"group", 0},
    {"state", 14},
    {"openSince", 11},
    {"patchId", 12},
    {"target", 11},
    {"role", 9},
    {"baselineId", 11},
    {"path", 34},
    {"expected", 16},
    {"expectedVersion", 14},
    {"found", 16},
    {"foundVersion", 14},
    {"result", 11},
    {"company", 16},
    {"originalFilename", 14},
    {"lastWrite", 16},
    {"pendingReplace", 7},
    {NULL, 0},
};
static const struct report_width prerequisite_widths[] = {
    {"hostName", 14}, {"group", 0},   {"state", 14},        {"patchId", 12},
    {"target", 11},   {"groupNo", 6}, {"alternativeNo", 6}, {"requires", 32},
    {"kind", 10},     {"holds", 8},   {"satisfied", 13},    {"groupSatisfied", 13},
    {"expected", 22}, {"found", 22},  {"reason", 34},       {"source", 0},
    {NULL, 0},
};
static const struct report_width plan_widths[] = {
    {"hostName", 14}, {"group", 0},      {"goal", 0},    {"stepNo", 6},    {"action", 14},
    {"patchId", 13},  {"target", 11},    {"reason", 32}, {"command", 40},  {"workingDirectory", 16},
    {"needs", 20},    {"reversible", 0}, {"verify", 26}, {"planHash", 34}, {"restartAfter", 7},
    {"done", 9},      {"initials", 9},   {NULL, 0},
};
static const struct report_width no_widths[] = {{NULL, 0}};

int report_column_width(const struct report_table *table, const struct prereq_member *member)
{
    for (const struct report_width *width = table->widths; width->member; width++) {
        if (strcmp(width->member, member->name) == 0)
            return width->width;
    }
    return member->width;
}

const struct report_table report_tables[REPORT_TABLES] = {
    [REPORT_FIGURES] =
        {NULL, "summary.csv", {&row_figure_shape}, "a figure of the summary", "", no_widths},
    [REPORT_HOSTS] = {"Hosts",
                      "hosts.csv",
                      {&prereq_host_shape, &row_host_figures_shape},
                      "a host",
                      "No host could be assessed.",
                      host_widths},
    [REPORT_PATCHES] = {"Patches",
                        "patches.csv",
                        {&row_patch_figures_shape},
                        "a patch that applies to some host",
                        "No patch applies to any host.",
                        no_widths},
    [REPORT_FINDINGS] = {"Findings",
                         "findings.csv",
                         {&row_ref_shape, &prereq_status_shape},
                         "a patch that is required and not compliant, or at fault, on a host",
                         "No open finding.",
                         finding_widths},
    [REPORT_REGRESSIONS] = {"Regressions",
                            "regressions.csv",
                            {&row_ref_shape, &row_regression_shape, &prereq_component_shape},
                            "a file that is not at the level of an installed patch",
                            "No installed patch has a file below its level.",
                            regression_widths},
    [REPORT_PREREQUISITES] = {"Prerequisites",
                              "prerequisites.csv",
                              {&row_ref_shape, &row_patch_state_shape, &prereq_prerequisite_shape},
                              "an alternative of a prerequisite of a finding",
                              "No finding has a prerequisite.",
                              prerequisite_widths},
    [REPORT_PLAN] = {"Plan",
                     "plan.csv",
                     {&row_ref_shape, &prereq_step_shape, &row_plan_shape},
                     "a step of the plan for a whole host",
                     "No host needs a step.",
                     plan_widths},
    [REPORT_RESTARTS] = {"Pending restart",
                         "pending-restart.csv",
                         {&row_ref_shape, &prereq_restart_shape, &row_restart_age_shape},
                         "a source that says a restart is due",
                         "No host waits for a restart.",
                         no_widths},
    [REPORT_EXCEPTIONS] = {"Exceptions",
                           "exceptions.csv",
                           {&row_ref_shape, &row_exception_shape},
                           "a finding with a waiver",
                           "No waiver stands for a finding.",
                           no_widths},
    [REPORT_ERRORS] = {"Collector errors",
                       "collector-errors.csv",
                       {&row_ref_shape, &prereq_error_shape},
                       "something that could not be looked at",
                       "Nothing was unavailable, and no document was left out.",
                       no_widths},
    [REPORT_INPUTS] = {"Inputs",
                       "inputs.csv",
                       {&row_ref_shape, &row_input_shape},
                       "a file that was read, with the first host it was read for",
                       "The assessments name no inputs.",
                       no_widths},
};
