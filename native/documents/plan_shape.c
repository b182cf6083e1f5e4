/* SPDX-License-Identifier: MIT */
/* plan_shape.c - the members of plans and their steps. */
#include "documents/assess_shape.h"

#include <string.h>

const char *const prereq_plan_result_names[] = {"planned", "nothing-to-do", "refused", "cycle",
                                                NULL};

#define R prereq_step_row
static const struct prereq_member step_members[] = {
    PREREQ_COL_ID("id", R, id, true, "Id", 20, PREREQ_IN_DATA, "<goal>/<nn>, two digits at least"),
    PREREQ_COL_ID("goal", R, goal, true, "Goal", 16, PREREQ_NOT_TEXT,
                  "goal of the plan that it belongs to"),
    PREREQ_COL_REQ("stepNo", PREREQ_UINT, R, step_no, NULL, "Step", 6, PREREQ_IN_ALL,
                   "its place in the plan, from 1"),
    PREREQ_COL_REQ("action", PREREQ_ENUM, R, action, prereq_action_names, "Action", 15,
                   PREREQ_IN_ALL, "what is done"),
    PREREQ_COL_ID("patchId", R, patch_id, false, "Patch", 16, PREREQ_IN_ALL,
                  "what the step is about; left out for a restart"),
    PREREQ_COL_ID("target", R, target, true, "Target", 16, PREREQ_IN_ALL, "host, or an instance"),
    PREREQ_COL("reason", PREREQ_TEXT, R, reason, NULL, "Reason", 50, PREREQ_IN_ALL,
               "why it stands here, one sentence"),
    PREREQ_COL("command", PREREQ_TEXT, R, command, NULL, "Command", 60, PREREQ_IN_ALL,
               "program and arguments, quoted for reading; what is run is the program with its "
               "list of arguments"),
    PREREQ_M_TEXT("program", R, program, "what to run, never a shell string"),
    PREREQ_M_TEXTS("arguments", R, arguments, argument_count, "one by one, unquoted"),
    PREREQ_COL("workingDirectory", PREREQ_TEXT, R, working_directory, NULL, "Working directory", 30,
               PREREQ_NOT_TEXT, "folder that the command runs in"),
    PREREQ_M_FLAG(
        "unpacked", R, unpacked,
        "it runs in the folder where the step `extract` of the same patch put the package"),
    PREREQ_COL("package", PREREQ_TEXT, R, package, NULL, "Package", 30, PREREQ_IN_CSV,
               "file under the policy's packageRoot that must be there"),
    PREREQ_COL("sha256", PREREQ_TEXT, R, sha256, NULL, "SHA-256", 20, PREREQ_IN_CSV,
               "of the package, 64 hex digits"),
    PREREQ_COL("download", PREREQ_TEXT, R, download, NULL, "Where to get it", 40, PREREQ_IN_CSV,
               "address of a search for the package, made from its KB number; nothing is fetched"),
    PREREQ_COL("needs", PREREQ_TEXT, R, needs, NULL, "Needs", 40, PREREQ_IN_ALL,
               "what must be there or done before"),
    PREREQ_COL("reversible", PREREQ_FLAG, R, reversible, NULL, "Reversible", 10, PREREQ_NOT_TEXT,
               "whether it can be undone"),
    PREREQ_COL("verify", PREREQ_TEXT, R, verify, NULL, "Verify", 40,
               PREREQ_IN_TABLES | PREREQ_IN_TEXT, "how a person sees that it is done"),
    PREREQ_COL("verifyCommand", PREREQ_TEXT, R, verify_command, NULL, "Verify with", 40,
               PREREQ_IN_CSV, "a command that shows whether it is done, for cmd.exe"),
    PREREQ_COL("note", PREREQ_TEXT, R, note, NULL, "Note", 40, PREREQ_IN_CSV,
               "what else a person should know: how it is installed by hand, what covers it later"),
    PREREQ_COL("undo", PREREQ_TEXT, R, undo, NULL, "Undo", 40, PREREQ_IN_CSV,
               "the command that takes it off again, for reading"),
    PREREQ_COL_LIST("clears", R, clears, clears_count, "Clears", 20, PREREQ_IN_CSV,
                    "ids of the statuses that are not sound before the plan and are through this "
                    "step"),
    PREREQ_M_UINTS("done", R, done, done_count, "exit codes: done"),
    PREREQ_M_UINTS("doneRestart", R, done_restart, done_restart_count,
                   "exit codes: done, a restart is needed"),
    PREREQ_M_UINTS("nothingToDo", R, nothing_to_do, nothing_to_do_count,
                   "exit codes: it was there already"),
    PREREQ_COL("planHash", PREREQ_TEXT, R, plan_hash, NULL, "Plan hash", 20, PREREQ_NOT_TEXT,
               "hash of the plan that it belongs to"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_step_shape = {"planStep", "One step of a plan.",
                                               sizeof(struct prereq_step_row), step_members, false};

#define R prereq_fact_needed
static const struct prereq_member fact_needed_members[] = {
    PREREQ_M_TEXT_REQ("fact", R, fact, "the fact that is not known"),
    PREREQ_M_TEXT_REQ("collect", R, collect, "the command that collects it, or how it is stated"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape fact_needed_shape = {"factNeeded", "A fact to collect.",
                                                      sizeof(struct prereq_fact_needed),
                                                      fact_needed_members, false};

#define R prereq_left_out
static const struct prereq_member left_out_members[] = {
    PREREQ_M_ID("id", R, id, true, "status id"),
    PREREQ_M_TEXT_REQ("reason", R, reason, "why it has no plan, one sentence"),
    PREREQ_M_OBJECTS("facts", R, facts, fact_count, &fact_needed_shape,
                     "what has to be collected for it"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape left_out_shape = {
    "leftOut", "A member of the goal that the plan leaves out.", sizeof(struct prereq_left_out),
    left_out_members, false};

#define R prereq_plan
static const struct prereq_member plan_members[] = {
    PREREQ_M_ID("goal", R, goal, true, "host, repair, selection, or the id of a status"),
    PREREQ_M_IDS("goals", R, goals, goal_count, "ids of the statuses that it makes sound"),
    PREREQ_M_ENUM("result", R, result, true, prereq_plan_result_names,
                  "refused and cycle have no steps; `reason` says why"),
    PREREQ_M_TEXT("reason", R, reason, "one sentence"),
    PREREQ_M_TEXTS("factsNeeded", R, facts_needed, facts_needed_count,
                   "of a refused plan: the facts to collect"),
    PREREQ_M_OBJECTS("steps", R, steps, step_count, &prereq_step_shape, "in order"),
    PREREQ_M_UINT("restarts", R, restarts, "how many steps are restarts"),
    PREREQ_M_TEXT("hash", R, hash,
                  "SHA-256 over goals, steps, the catalog entries concerned and what the rules in "
                  "them found; equal hosts share it"),
    PREREQ_M_IDS("restore", R, restore, restore_count,
                 "ids of statuses that it takes off or lowers, in old order"),
    PREREQ_M_TEXTS("warnings", R, warnings, warning_count, "what should be known before it is run"),
    PREREQ_M_OBJECTS(
        "leftOut", R, left_out, left_out_count, &left_out_shape,
        "of the goals host and repair: what is unknown or refused; the rest is planned, "
        "and exit code 3 says so"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_plan_shape = {
    "plan", "Steps that make the goals sound, proven by a simulation of their own.",
    sizeof(struct prereq_plan), plan_members, false};

bool prereq_plan_failed_proof(const struct prereq_plan *plan)
{
    return plan->result == PREREQ_PLAN_REFUSED && plan->reason &&
           strncmp(plan->reason, PREREQ_PLAN_FAILED_PROOF, strlen(PREREQ_PLAN_FAILED_PROOF)) == 0;
}

struct prereq_plan_file prereq_plan_file_of(const struct prereq_assessment *assessment,
                                            const struct prereq_plan *plan)
{
    return (struct prereq_plan_file){.format = "patchprereq-plan/1.0",
                                     .host = assessment->host,
                                     .evaluated = assessment->evaluated,
                                     .catalogs = assessment->catalogs,
                                     .catalog_count = assessment->catalog_count,
                                     .plan = plan};
}
