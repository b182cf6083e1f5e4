/* SPDX-License-Identifier: MIT */
/* catalog_case.c - reading a case, judging its host, and comparing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "catalog/catalog_case.h"

#define MAX_POLICY_MEMBERS 32

static const struct prereq_member status_members[] = {
    PREREQ_M_ID("id", catalog_case_status, id, true, "of the status"),
    PREREQ_M_ENUM("state", catalog_case_status, state, false, prereq_state_names, "its state"),
    PREREQ_M_TEXT("reasonCode", catalog_case_status, reason_code, "why"),
    PREREQ_M_ENUM("evidence", catalog_case_status, evidence, false, prereq_evidence_names,
                  "by what"),
    PREREQ_M_TEXTS("blockedBy", catalog_case_status, blocked_by, blocked_by_count,
                   "texts that are among those shown"),
    PREREQ_M_END};
static const struct prereq_shape status_shape = {
    "expectedStatus", "One status.", sizeof(struct catalog_case_status), status_members, false};

static const struct prereq_member plan_members[] = {
    PREREQ_M_ID("goal", catalog_case_plan, goal, true, "what to plan for"),
    PREREQ_M_ENUM("result", catalog_case_plan, result, true, prereq_plan_result_names,
                  "what comes"),
    PREREQ_M_UINT("restarts", catalog_case_plan, restarts, "how many"),
    PREREQ_M_TEXTS("steps", catalog_case_plan, steps, step_count, "action and patch of each"),
    PREREQ_M_END};
static const struct prereq_shape plan_shape = {
    "expectedPlan", "One plan.", sizeof(struct catalog_case_plan), plan_members, false};

struct case_run {
    struct prereq_arena *arena;
    const char *folder;
    const struct catalog_case *expected;
    const struct prereq_facts *facts;
    const struct prereq_assessment *previous, *assessment;
    struct prereq_judge judge;
    const struct catalog_case_teller *teller;
    struct prereq_error *err;
};

static enum prereq_status no_memory(const struct case_run *run)
{
    return prereq_fail(run->err, PREREQ_NO_MEMORY, "%s: no memory", run->folder);
}

/* ---- reading ---- */

static enum prereq_status read_bytes(const struct case_run *run, const char *name,
                                     const char **path, char **bytes, size_t *len)
{
    *path = prereq_printf(run->arena, "%s/%s", run->folder, name);
    if (!*path)
        return no_memory(run);
    return prereq_file_read(*path, PREREQ_MAX_FACTS_BYTES, bytes, len, run->err);
}

/* The shape of a policy where nothing has to be said. */
static void loosen(struct prereq_member members[MAX_POLICY_MEMBERS], struct prereq_shape *shape)
{
    const struct prereq_member *from = prereq_policy_document.shape->members;
    size_t count = 0;

    *shape = *prereq_policy_document.shape;
    shape->members = members;
    do {
        members[count] = from[count];
        members[count].required = false;
    } while (from[count++].name && count < MAX_POLICY_MEMBERS);
}

static enum prereq_status read_expected(struct case_run *run)
{
    struct prereq_member policy_members[MAX_POLICY_MEMBERS];
    struct prereq_shape policy_shape;
    const struct prereq_member members[] = {
        PREREQ_M_TEXT_REQ("format", catalog_case, format, "patchprereq-expected/1.0"),
        PREREQ_M_TEXT("about", catalog_case, about, "what it shows"),
        PREREQ_M_OBJECTS("statuses", catalog_case, statuses, status_count, &status_shape, "some"),
        PREREQ_M_OBJECTS("plans", catalog_case, plans, plan_count, &plan_shape, "some"),
        PREREQ_M_OBJECT("policy", catalog_case, policy, false, &policy_shape, "beyond the default"),
        PREREQ_M_TEXT("previous", catalog_case, previous, "file of the assessment before"),
        PREREQ_M_END};
    const struct prereq_shape shape = {"expected", "What has to come out.",
                                       sizeof(struct catalog_case), members, false};
    const struct prereq_document document = {"patchprereq-expected", 1, 0, &shape,
                                             PREREQ_MAX_FACTS_BYTES};
    const void *object = NULL;
    const char *path;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    loosen(policy_members, &policy_shape);
    status = read_bytes(run, "expected.json", &path, &bytes, &len);
    if (status != PREREQ_OK)
        return status;
    status = prereq_shape_read(run->arena, &document, bytes, len, &object, NULL, run->err);
    free(bytes);
    if (status != PREREQ_OK)
        return prereq_fail_prefix(run->err, path);
    run->expected = object;
    return PREREQ_OK;
}

static enum prereq_status read_facts(struct case_run *run)
{
    const char *path;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status = read_bytes(run, "facts.json", &path, &bytes, &len);

    if (status != PREREQ_OK)
        return status;
    status = prereq_facts_read(run->arena, bytes, len, &run->facts, NULL, run->err);
    free(bytes);
    return status == PREREQ_OK ? status : prereq_fail_prefix(run->err, path);
}

static enum prereq_status read_previous(struct case_run *run)
{
    const char *name = run->expected->previous;
    const char *path;
    char *bytes = NULL;
    size_t len = 0;
    enum prereq_status status;

    if (!name)
        return PREREQ_OK;
    if (strchr(name, '/') || strchr(name, '\\'))
        return prereq_fail(run->err, PREREQ_BAD_INPUT,
                           "%s/expected.json: /previous: %s is no name "
                           "of a file in this folder",
                           run->folder, name);
    status = read_bytes(run, name, &path, &bytes, &len);
    if (status != PREREQ_OK)
        return status;
    status = prereq_assessment_read(run->arena, bytes, len, &run->previous, NULL, run->err);
    free(bytes);
    return status == PREREQ_OK ? status : prereq_fail_prefix(run->err, path);
}

static enum prereq_status choose_policy(struct case_run *run)
{
    const struct prereq_policy *own = run->expected->policy;
    struct prereq_policy *policy = PREREQ_NEW(run->arena, struct prereq_policy);

    if (!policy)
        return no_memory(run);
    *policy = *prereq_policy_default();
    run->judge.policy = policy;
    if (!own)
        return PREREQ_OK;
    if (own->require_count) {
        policy->require = own->require;
        policy->require_count = own->require_count;
    }
    if (own->sla_days)
        policy->sla_days = own->sla_days;
    if (own->stale_after_hours.known)
        policy->stale_after_hours = own->stale_after_hours;
    if (own->trust_records != PREREQ_FLAG_UNSET)
        policy->trust_records = own->trust_records;
    if (own->package_root)
        policy->package_root = own->package_root;
    return PREREQ_OK;
}

/* ---- comparing ---- */

static void tell(const struct case_run *run, const char *where, const char *what,
                 const char *expected, const char *found)
{
    const char *text = prereq_printf(run->arena, "%s is %s, expected is %s", what,
                                     found && found[0] ? found : "nothing", expected);

    run->teller->tell(run->teller->context, where, text ? text : what);
}

static const struct prereq_status_row *find_status(const struct case_run *run, const char *id)
{
    for (size_t i = 0; i < run->assessment->status_count; i++)
        if (prereq_equal_nocase(run->assessment->statuses[i].id, id))
            return &run->assessment->statuses[i];
    return NULL;
}

static bool shows(const struct prereq_status_row *row, const char *text)
{
    for (size_t i = 0; i < row->blocked_by_count; i++)
        if (strstr(row->blocked_by[i], text))
            return true;
    return false;
}

static void compare_status(const struct case_run *run, const struct catalog_case_status *expected)
{
    const struct prereq_status_row *row = find_status(run, expected->id);
    const char *found;

    if (!row) {
        run->teller->tell(run->teller->context, expected->id, "there is no such status");
        return;
    }
    if (expected->state && row->state != expected->state - 1)
        tell(run, expected->id, "state", prereq_state_names[expected->state - 1],
             prereq_state_names[row->state]);
    if (expected->reason_code &&
        (!row->reason_code || strcmp(row->reason_code, expected->reason_code) != 0))
        tell(run, expected->id, "reason", expected->reason_code, row->reason_code);
    found = prereq_enum_name(prereq_evidence_names, row->evidence);
    if (expected->evidence && row->evidence != expected->evidence)
        tell(run, expected->id, "evidence",
             prereq_enum_name(prereq_evidence_names, expected->evidence), found);
    for (size_t i = 0; i < expected->blocked_by_count; i++)
        if (!shows(row, expected->blocked_by[i]))
            tell(run, expected->id, "what blocks it", expected->blocked_by[i],
                 row->blocked_by_count ? row->blocked_by[0] : NULL);
}

/* "install Q269862, restart". */
static const char *steps_text(const struct case_run *run, const struct prereq_plan *plan)
{
    struct prereq_buffer text = {0};
    const char *copy;

    for (size_t i = 0; i < plan->step_count; i++) {
        const struct prereq_step_row *step = &plan->steps[i];

        prereq_buffer_addf(&text, "%s%s%s%s", i ? ", " : "",
                           prereq_enum_name(prereq_action_names, step->action),
                           step->patch_id ? " " : "", step->patch_id ? step->patch_id : "");
    }
    copy = text.len ? prereq_strdup(run->arena, text.text) : "";
    prereq_buffer_free(&text);
    return copy ? copy : "";
}

static void compare_steps(const struct case_run *run, const struct catalog_case_plan *expected,
                          const struct prereq_plan *plan)
{
    const char *found = steps_text(run, plan);
    struct prereq_buffer wanted = {0};

    for (size_t i = 0; i < expected->step_count; i++)
        prereq_buffer_addf(&wanted, "%s%s", i ? ", " : "", expected->steps[i]);
    if (wanted.len && strcmp(wanted.text, found) != 0)
        tell(run, expected->goal, "the plan", wanted.text, found);
    prereq_buffer_free(&wanted);
}

static enum prereq_status compare_plan(const struct case_run *run,
                                       const struct catalog_case_plan *expected)
{
    const struct prereq_plan *plan = NULL;
    char wanted[32], found[32];
    enum prereq_status status = prereq_plan_make(run->arena, &run->judge, run->facts, run->previous,
                                                 &expected->goal, 1, &plan, run->err);

    if (status != PREREQ_OK || !plan)
        return status;
    if (plan->result != expected->result)
        tell(run, expected->goal, "the plan's result",
             prereq_enum_name(prereq_plan_result_names, expected->result),
             prereq_enum_name(prereq_plan_result_names, plan->result));
    if (expected->restarts.known && plan->restarts.value != expected->restarts.value) {
        (void)snprintf(wanted, sizeof(wanted), "%" PRIu64, expected->restarts.value);
        (void)snprintf(found, sizeof(found), "%" PRIu64, plan->restarts.value);
        tell(run, expected->goal, "the number of restarts", wanted, found);
    }
    compare_steps(run, expected, plan);
    return PREREQ_OK;
}

static enum prereq_status compare(struct case_run *run)
{
    enum prereq_status status;

    run->judge.now = run->facts->collection->finished;
    status = prereq_assess(run->arena, &run->judge, run->facts, run->previous, &run->assessment,
                           run->err);
    if (status != PREREQ_OK)
        return prereq_fail_prefix(run->err, run->folder);
    for (size_t i = 0; i < run->expected->status_count; i++)
        compare_status(run, &run->expected->statuses[i]);
    for (size_t i = 0; i < run->expected->plan_count && status == PREREQ_OK; i++)
        status = compare_plan(run, &run->expected->plans[i]);
    return status == PREREQ_OK ? status : prereq_fail_prefix(run->err, run->folder);
}

static enum prereq_status read_inputs(struct case_run *run)
{
    enum prereq_status status = read_expected(run);

    if (status == PREREQ_OK)
        status = read_facts(run);
    if (status == PREREQ_OK)
        status = read_previous(run);
    return status == PREREQ_OK ? choose_policy(run) : status;
}

enum prereq_status catalog_case_read(struct prereq_arena *arena, const char *folder,
                                     struct catalog_case_inputs *inputs, struct prereq_error *err)
{
    struct case_run run = {.arena = arena, .folder = folder, .err = err};
    enum prereq_status status = read_inputs(&run);

    if (status == PREREQ_OK)
        *inputs = (struct catalog_case_inputs){run.facts, run.previous, run.judge.policy};
    return status;
}

enum prereq_status catalog_case_run(struct prereq_arena *arena,
                                    const struct prereq_catalog *catalog, const char *folder,
                                    const struct catalog_case_teller *teller,
                                    struct prereq_error *err)
{
    struct case_run run = {.arena = arena, .folder = folder, .teller = teller, .err = err};
    enum prereq_status status;

    run.judge.catalog = catalog;
    run.judge.product_version = PREREQ_PRODUCT_VERSION;
    status = read_inputs(&run);
    return status == PREREQ_OK ? compare(&run) : status;
}
