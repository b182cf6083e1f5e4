/* SPDX-License-Identifier: MIT */
/* report_emit.c - which rows a host has in which table. */
#include <string.h>

#include "report/report_emit.h"

#define HOUR 3600

enum prereq_status emit_row(struct emit *emit, enum report_table_id table, const void *const *parts,
                            struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    if (emit->xlsx && report_tables[table].sheet)
        status = report_xlsx_row(emit->xlsx, table, parts, err);
    if (status == PREREQ_OK && emit->csv)
        status = report_csv_row(emit->csv, table, parts, err);
    return status;
}

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the rows of a host");
}

static struct row_ref ref_of(const struct prereq_assessment *assessment)
{
    const struct prereq_host_row *host = assessment->host;

    return (struct row_ref){host->host_name ? host->host_name : host->host_id, host->host_id,
                            host->group};
}

enum prereq_status emit_host(struct emit *emit, const struct prereq_assessment *assessment,
                             const struct row_host *row, struct prereq_error *err)
{
    const void *parts[] = {assessment->host, row};

    return emit_row(emit, REPORT_HOSTS, parts, err);
}

/* ---- findings, and what explains them ---- */

static bool shows_fault(const struct prereq_component_row *component)
{
    return component->result == PREREQ_RESULT_OLDER || component->result == PREREQ_RESULT_MISSING ||
           component->result == PREREQ_RESULT_DIFFERENT;
}

static enum prereq_status emit_regressions(struct emit *emit, const struct row_ref *ref,
                                           const struct prereq_status_row *row,
                                           struct prereq_error *err)
{
    struct row_regression regression = {row->state, row->open_since};
    enum prereq_status status = PREREQ_OK;

    if (!prereq_state_is_fault(row->state))
        return PREREQ_OK;
    for (size_t i = 0; status == PREREQ_OK && i < row->component_count; i++) {
        const void *parts[] = {ref, &regression, &row->components[i]};

        if (shows_fault(&row->components[i]))
            status = emit_row(emit, REPORT_REGRESSIONS, parts, err);
    }
    return status;
}

static enum prereq_status emit_prerequisites(struct emit *emit, const struct row_ref *ref,
                                             const struct prereq_status_row *row,
                                             struct prereq_error *err)
{
    struct row_patch_state state = {row->state};
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < row->prerequisite_count; i++) {
        const void *parts[] = {ref, &state, &row->prerequisites[i]};

        status = emit_row(emit, REPORT_PREREQUISITES, parts, err);
    }
    return status;
}

static enum prereq_status emit_findings(struct emit *emit,
                                        const struct prereq_assessment *assessment,
                                        const struct row_ref *ref, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < assessment->status_count; i++) {
        const struct prereq_status_row *row = &assessment->statuses[i];
        const void *parts[] = {ref, row};

        if (!prereq_status_finding(row))
            continue;
        status = emit_row(emit, REPORT_FINDINGS, parts, err);
        if (status == PREREQ_OK)
            status = emit_regressions(emit, ref, row, err);
        if (status == PREREQ_OK)
            status = emit_prerequisites(emit, ref, row, err);
    }
    return status;
}

/* ---- the plan for the host ---- */

static const char *refusal_text(struct prereq_arena *arena, const struct prereq_plan *plan)
{
    struct prereq_buffer text = {0};
    const char *copy;

    prereq_buffer_addf(&text, "No plan: %s", plan->reason ? plan->reason : "no reason given");
    for (size_t i = 0; i < plan->facts_needed_count; i++) {
        prereq_buffer_add(&text, i ? "; " : " Facts to collect: ");
        prereq_buffer_add(&text, plan->facts_needed[i]);
    }
    copy = text.failed ? NULL : prereq_strdup(arena, text.text);
    prereq_buffer_free(&text);
    return copy;
}

static enum prereq_status emit_refusal(struct emit *emit, const struct row_ref *ref,
                                       const struct prereq_plan *plan, struct prereq_error *err)
{
    struct prereq_step_row step = {.goal = plan->goal, .reason = refusal_text(emit->arena, plan)};
    struct row_plan marks = {PREREQ_FLAG_UNSET, NULL, NULL};
    const void *parts[] = {ref, &step, &marks};

    if (!step.reason)
        return no_memory(err);
    return emit_row(emit, REPORT_PLAN, parts, err);
}

/* What the plan leaves out stands behind its steps. */
static enum prereq_status emit_unplanned(struct emit *emit, const struct row_ref *ref,
                                         const struct prereq_plan *plan, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < plan->left_out_count; i++) {
        struct prereq_step_row step = {.goal = plan->goal};
        struct row_plan marks = {PREREQ_FLAG_UNSET, NULL, NULL};
        const void *parts[] = {ref, &step, &marks};
        struct prereq_buffer text = {0};

        prereq_buffer_add(&text, "Left out: ");
        prereq_plan_left_out(&plan->left_out[i], &text);
        step.reason = text.failed ? NULL : prereq_strdup(emit->arena, text.text);
        prereq_buffer_free(&text);
        status = step.reason ? emit_row(emit, REPORT_PLAN, parts, err) : no_memory(err);
    }
    return status;
}

static enum prereq_status emit_plan(struct emit *emit, const struct prereq_assessment *assessment,
                                    const struct row_ref *ref, struct prereq_error *err)
{
    const struct prereq_plan *plan = prereq_assessment_plan(assessment, "host");
    enum prereq_status status = PREREQ_OK;

    if (!plan || plan->result == PREREQ_PLAN_NOTHING_TO_DO)
        return PREREQ_OK;
    if (emit->xlsx)
        report_xlsx_new_page(emit->xlsx, REPORT_PLAN);
    if (plan->result != PREREQ_PLAN_PLANNED)
        status = emit_refusal(emit, ref, plan, err);
    for (size_t i = 0; status == PREREQ_OK && i < plan->step_count; i++) {
        bool last = i + 1 == plan->step_count;
        bool restart = !last && plan->steps[i + 1].action == PREREQ_STEP_RESTART;
        struct row_plan marks = {restart ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE, NULL, NULL};
        const void *parts[] = {ref, &plan->steps[i], &marks};

        status = emit_row(emit, REPORT_PLAN, parts, err);
    }
    return status == PREREQ_OK ? emit_unplanned(emit, ref, plan, err) : status;
}

/* ---- the host's surroundings ---- */

static enum prereq_status emit_restarts(struct emit *emit,
                                        const struct prereq_assessment *assessment,
                                        const struct row_ref *ref, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < assessment->pending_restart_count; i++) {
        const struct prereq_restart_row *row = &assessment->pending_restarts[i];
        int64_t age = emit->figures->now.seconds - row->since.seconds;
        struct row_restart hours = {{0, false}};
        const void *parts[] = {ref, row, &hours};

        if (row->pending != FIGURES_PENDING_YES)
            continue;
        if (row->since.known && age >= 0)
            hours.age_hours = (struct prereq_number){(uint64_t)age / HOUR, true};
        status = emit_row(emit, REPORT_RESTARTS, parts, err);
    }
    return status;
}

static enum prereq_status emit_errors(struct emit *emit, const struct prereq_assessment *assessment,
                                      const struct row_ref *ref, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < assessment->collector_error_count; i++) {
        const void *parts[] = {ref, &assessment->collector_errors[i]};

        status = emit_row(emit, REPORT_ERRORS, parts, err);
    }
    return status;
}

/* Each input once, whatever number of hosts it was read for. */
static enum prereq_status emit_inputs(struct emit *emit, const struct prereq_assessment *assessment,
                                      const struct row_ref *ref, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < assessment->input_count; i++) {
        struct row_input row = {assessment->inputs[i].name, assessment->inputs[i].sha256};
        const void *parts[] = {ref, &row};
        const char *key =
            prereq_printf(emit->arena, "%s\n%s", row.name, row.sha256 ? row.sha256 : "");
        enum marks_answer answer = key ? marks_add(&emit->inputs, key) : MARKS_NO_MEMORY;

        if (answer == MARKS_NO_MEMORY)
            return no_memory(err);
        if (answer == MARKS_NEW)
            status = emit_row(emit, REPORT_INPUTS, parts, err);
    }
    return status;
}

enum prereq_status emit_details(struct emit *emit, const struct prereq_assessment *assessment,
                                struct prereq_error *err)
{
    typedef enum prereq_status emit_part(struct emit *, const struct prereq_assessment *,
                                         const struct row_ref *, struct prereq_error *);
    emit_part *const emitters[] = {emit_findings,   emit_plan,   emit_restarts,
                                   emit_exceptions, emit_errors, emit_inputs};
    struct row_ref ref = ref_of(assessment);
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; status == PREREQ_OK && i < PREREQ_COUNT(emitters); i++)
        status = emitters[i](emit, assessment, &ref, err);
    return status;
}

/* ---- what no assessment tells ---- */

enum prereq_status emit_left_out(struct emit *emit, const char *name, const char *reason,
                                 struct prereq_error *err)
{
    struct row_ref ref = {name, NULL, NULL};
    struct prereq_error_row row = {.fact = "document", .status = "left out", .text = reason};
    const void *parts[] = {&ref, &row};

    return emit_row(emit, REPORT_ERRORS, parts, err);
}

static enum prereq_status emit_figures(struct emit *emit, struct prereq_error *err)
{
    struct row_figure rows[FIGURES_MAX_ROWS];
    size_t count = figures_rows(emit->figures, emit->arena, rows);
    enum prereq_status status = count ? PREREQ_OK : no_memory(err);

    for (size_t i = 0; status == PREREQ_OK && i < count; i++) {
        const void *parts[] = {&rows[i]};

        status = emit_row(emit, REPORT_FIGURES, parts, err);
    }
    return status;
}

static enum prereq_status emit_patches(struct emit *emit, struct prereq_error *err)
{
    void **patches = keyed_sorted(&emit->figures->patches, emit->arena);
    enum prereq_status status = PREREQ_OK;

    if (!patches)
        return no_memory(err);
    for (size_t i = 0; status == PREREQ_OK && i < emit->figures->patches.count; i++) {
        struct row_patch row;
        const void *parts[] = {&row};

        figures_patch_row(emit->figures, patches[i], &row);
        status = emit_row(emit, REPORT_PATCHES, parts, err);
    }
    return status;
}

static enum prereq_status emit_missing(struct emit *emit, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;
    size_t at = 0;

    for (const char *name = figures_next_missing(emit->figures, &at); status == PREREQ_OK && name;
         name = figures_next_missing(emit->figures, &at))
        status =
            emit_left_out(emit, name, "in scope, but no usable document was given for it", err);
    return status;
}

enum prereq_status emit_totals(struct emit *emit, struct prereq_error *err)
{
    enum prereq_status status = emit_missing(emit, err);

    if (status == PREREQ_OK)
        status = emit_patches(emit, err);
    if (status == PREREQ_OK)
        status = emit_idle_waivers(emit, err);
    if (status == PREREQ_OK)
        status = emit_figures(emit, err);
    return status;
}
