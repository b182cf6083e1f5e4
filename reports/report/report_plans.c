/* SPDX-License-Identifier: MIT */
/* report_plans.c - hand-outs: names that every file system takes, files, the index. */
#include <stdlib.h>
#include <string.h>

#include "inputs/keyed.h"
#include "plans/plan_output.h"
#include "plans/plan_script.h"
#include "report/report_plans.h"
#include "tables/table_text.h"
#include "workbook/report_xlsx.h"

#define MAX_NAME 100 /* bytes of a host's name in a file name */

struct index_row {
    const char *host_name, *host_id, *workbook, *markdown, *powershell, *cmd;
    const char *result, *reason, *hash;
    struct prereq_number steps, restarts;
};

#define R index_row
static const struct prereq_member index_members[] = {
    PREREQ_COL("hostName", PREREQ_TEXT, R, host_name, NULL, "Host", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("hostId", PREREQ_TEXT, R, host_id, NULL, "Host id", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("workbook", PREREQ_TEXT, R, workbook, NULL, "Workbook", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("markdown", PREREQ_TEXT, R, markdown, NULL, "Markdown", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("powerShell", PREREQ_TEXT, R, powershell, NULL, "PowerShell", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("cmd", PREREQ_TEXT, R, cmd, NULL, "Batch file", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("planResult", PREREQ_TEXT, R, result, NULL, "Plan", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("planSteps", PREREQ_UINT, R, steps, NULL, "Steps", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("planRestarts", PREREQ_UINT, R, restarts, NULL, "Restarts", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("planHash", PREREQ_TEXT, R, hash, NULL, "Plan hash", 20, PREREQ_IN_CSV, ""),
    PREREQ_COL("reason", PREREQ_TEXT, R, reason, NULL, "Reason", 20, PREREQ_IN_CSV, ""),
    PREREQ_M_END};
#undef R
static const struct prereq_shape index_shape = {"planIndex", "the hand-outs of one host",
                                                sizeof(struct index_row), index_members, false};
static const struct prereq_shape *const index_parts[] = {&index_shape, NULL};

struct report_plans {
    const char *folder;
    struct prereq_time now;
    struct prereq_output *index;
    struct column columns[COLUMNS_MAX];
    size_t count;
    bool begun;         /* there is an index */
    struct marks names; /* in use, in lower case */
    struct prereq_buffer text, name, path;
};

static enum prereq_status no_memory(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the plan hand-outs");
}

/* ---- names ---- */

static bool safe(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

void report_plan_name(const char *host_name, const char *host_id, bool marked,
                      struct prereq_buffer *name)
{
    char hex[65];

    for (size_t i = 0; i < MAX_NAME && host_name[i]; i++)
        prereq_buffer_add_bytes(name, safe(host_name[i]) ? host_name + i : "_", 1);
    if (!marked)
        return;
    prereq_sha256_hex(host_id, strlen(host_id), hex);
    prereq_buffer_addf(name, "~%.8s", hex);
}

bool report_plan_name_reserved(const char *name)
{
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL"};
    size_t len = strcspn(name, ".");
    char stem[5] = "";

    if (!name[0] || name[0] == '.' || name[strlen(name) - 1] == '.')
        return true;
    if (len < 3 || len > 4)
        return false;
    memcpy(stem, name, len);
    for (size_t i = 0; i < PREREQ_COUNT(devices); i++) {
        if (prereq_equal_nocase(stem, devices[i]))
            return true;
    }
    return len == 4 && stem[3] >= '1' && stem[3] <= '9' &&
           (prereq_starts_nocase(stem, "COM") || prereq_starts_nocase(stem, "LPT"));
}

/* File names are the same without regard to case on Windows. */
static enum marks_answer take_name(struct report_plans *plans)
{
    plans->path.len = 0;
    prereq_buffer_add(&plans->path, plans->name.text ? plans->name.text : "");
    text_lower(&plans->path);
    if (plans->path.failed || plans->name.failed)
        return MARKS_NO_MEMORY;
    return marks_add(&plans->names, plans->path.text);
}

static enum prereq_status choose_name(struct report_plans *plans,
                                      const struct prereq_host_row *host, struct prereq_error *err)
{
    const char *id = host->host_id ? host->host_id : "";
    const char *name = host->host_name ? host->host_name : id;
    enum marks_answer answer = MARKS_KNOWN;

    plans->name.len = 0;
    prereq_buffer_add(&plans->name, "");
    report_plan_name(name, id, false, &plans->name);
    if (plans->name.failed)
        return no_memory(err);
    /* index.csv is ours; a host called "index" would only take index.xlsx, which is fine. */
    if (!report_plan_name_reserved(plans->name.text))
        answer = take_name(plans);
    if (answer == MARKS_KNOWN) {
        plans->name.len = 0;
        report_plan_name(name, id, true, &plans->name);
        answer = take_name(plans);
    }
    if (answer == MARKS_NO_MEMORY)
        return no_memory(err);
    if (answer == MARKS_KNOWN)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "two hosts would have the same hand-out %s: same name and same host id",
                           plans->name.text);
    return PREREQ_OK;
}

/* ---- files ---- */

static const struct prereq_plan no_plan = {.goal = "host",
                                           .result = PREREQ_PLAN_REFUSED,
                                           .reason = "the assessment holds no plan for the host"};

static enum prereq_status markdown(const struct prereq_assessment *assessment,
                                   const struct prereq_plan *plan, struct prereq_buffer *out,
                                   struct prereq_error *err)
{
    (void)err;
    plan_markdown_write(assessment, plan, out);
    return PREREQ_OK;
}

/* The texts of a hand-out.  One that a host cannot use (a script for what it never had) is left
 * out, and what an earlier run wrote under its name goes. */
static const struct hand_out {
    const char *ending;
    size_t column; /* its member of struct index_row */
    enum prereq_status (*write)(const struct prereq_assessment *assessment,
                                const struct prereq_plan *plan, struct prereq_buffer *out,
                                struct prereq_error *err);
} hand_outs[] = {
    {".md", offsetof(struct index_row, markdown), markdown},
    {".ps1", offsetof(struct index_row, powershell), plan_powershell_write},
    {".cmd", offsetof(struct index_row, cmd), plan_cmd_write},
};

static const char *path_of(struct report_plans *plans, const char *ending)
{
    plans->path.len = 0;
    prereq_buffer_addf(&plans->path, "%s/%s%s", plans->folder, plans->name.text, ending);
    return plans->path.failed ? NULL : plans->path.text;
}

static enum prereq_status write_text(struct report_plans *plans, const char *path,
                                     struct prereq_error *err)
{
    struct prereq_output *output;
    enum prereq_status status = prereq_output_open(path, &output, err);

    if (status != PREREQ_OK)
        return status;
    if (plans->text.failed)
        status = no_memory(err);
    else
        status = prereq_output_write(output, plans->text.text, plans->text.len, err);
    if (status == PREREQ_OK)
        return prereq_output_commit(output, err);
    prereq_output_discard(output);
    return status;
}

void report_plans_header(struct prereq_buffer *out)
{
    struct column columns[COLUMNS_MAX];

    columns_csv_header(columns, columns_of(index_parts, PREREQ_IN_CSV, columns), out);
}

/* An index without hosts, where there is none yet. */
static enum prereq_status begin(struct report_plans *plans, struct prereq_error *err)
{
    enum prereq_status status = PREREQ_OK;

    plans->path.len = 0;
    prereq_buffer_addf(&plans->path, "%s/" REPORT_PLANS_INDEX, plans->folder);
    if (plans->path.failed)
        return no_memory(err);
    if (!prereq_is_file(plans->path.text)) {
        plans->text.len = 0;
        report_plans_header(&plans->text);
        status = write_text(plans, plans->path.text, err);
    }
    plans->begun = status == PREREQ_OK;
    return status;
}

static enum prereq_status write_hand_outs(struct report_plans *plans,
                                          const struct prereq_assessment *assessment,
                                          const struct prereq_plan *plan,
                                          struct prereq_arena *arena, struct index_row *row,
                                          struct prereq_error *err)
{
    for (size_t i = 0; i < PREREQ_COUNT(hand_outs); i++) {
        const char *path = path_of(plans, hand_outs[i].ending), *name;
        enum prereq_status status;

        plans->text.len = 0;
        if (!path)
            return no_memory(err);
        status = hand_outs[i].write(assessment, plan ? plan : &no_plan, &plans->text, err);
        if (status == PREREQ_BAD_INPUT) {
            prereq_file_remove(path);
            continue;
        }
        if (status == PREREQ_OK)
            status = write_text(plans, path, err);
        if (status != PREREQ_OK)
            return status;
        name = prereq_printf(arena, "%s%s", plans->name.text, hand_outs[i].ending);
        if (!name)
            return no_memory(err);
        memcpy((char *)row + hand_outs[i].column, &name, sizeof(name));
    }
    return PREREQ_OK;
}

static enum prereq_status write_line(struct report_plans *plans, struct prereq_error *err)
{
    enum prereq_status status;

    if (plans->text.failed)
        return no_memory(err);
    status = prereq_output_write(plans->index, plans->text.text, plans->text.len, err);
    plans->text.len = 0;
    return status;
}

static enum prereq_status write_index(struct report_plans *plans,
                                      const struct prereq_assessment *assessment,
                                      const struct prereq_plan *plan, struct index_row *row,
                                      struct prereq_error *err)
{
    const void *parts[] = {row};

    row->host_name = assessment->host->host_name;
    row->host_id = assessment->host->host_id;
    row->result = plan ? prereq_enum_name(prereq_plan_result_names, plan->result) : "none";
    if (plan) {
        row->reason = plan->reason;
        row->hash = plan->hash;
        row->steps = (struct prereq_number){plan->step_count, true};
        row->restarts = plan->restarts;
    }
    plans->text.len = 0;
    columns_csv_row(plans->columns, plans->count, parts, &plans->text);
    return write_line(plans, err);
}

enum prereq_status report_plans_add(struct report_plans *plans,
                                    const struct prereq_assessment *assessment,
                                    struct prereq_error *err)
{
    const struct prereq_plan *plan = prereq_assessment_plan(assessment, "host");
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 10);
    enum prereq_status status = choose_name(plans, assessment->host, err);
    struct index_row row = {0};
    const char *path;

    if (status == PREREQ_OK && !arena)
        status = no_memory(err);
    if (status == PREREQ_OK && !plans->begun)
        status = begin(plans, err);
    if (status == PREREQ_OK) {
        row.workbook = prereq_printf(arena, "%s.xlsx", plans->name.text);
        path = path_of(plans, ".xlsx");
        status = path && row.workbook ? report_xlsx_plans(assessment, path, plans->now, err)
                                      : no_memory(err);
    }
    if (status == PREREQ_OK)
        status = write_hand_outs(plans, assessment, plan, arena, &row, err);
    if (status == PREREQ_OK)
        status = write_index(plans, assessment, plan, &row, err);
    prereq_arena_free(arena);
    return status;
}

enum prereq_status report_plans_open(const char *folder, struct prereq_time now,
                                     struct report_plans **plans, struct prereq_error *err)
{
    struct report_plans *made = calloc(1, sizeof(*made));
    enum prereq_status status;

    if (!made)
        return no_memory(err);
    made->folder = folder;
    made->now = now;
    status = prereq_folder_make(folder, err);
    prereq_buffer_addf(&made->path, "%s/" REPORT_PLANS_INDEX, folder);
    if (status == PREREQ_OK)
        status = made->path.failed ? no_memory(err)
                                   : prereq_output_open(made->path.text, &made->index, err);
    if (status == PREREQ_OK) {
        made->count = columns_of(index_parts, PREREQ_IN_CSV, made->columns);
        report_plans_header(&made->text);
        status = write_line(made, err);
    }
    if (status != PREREQ_OK)
        report_plans_discard(made);
    else
        *plans = made;
    return status;
}

enum prereq_status report_plans_commit(struct report_plans *plans, struct prereq_error *err)
{
    struct prereq_output *index = plans->index;

    plans->index = NULL;
    return prereq_output_commit(index, err);
}

void report_plans_discard(struct report_plans *plans)
{
    if (!plans)
        return;
    prereq_output_discard(plans->index);
    marks_free(&plans->names);
    prereq_buffer_free(&plans->text);
    prereq_buffer_free(&plans->name);
    prereq_buffer_free(&plans->path);
    free(plans);
}
