/* SPDX-License-Identifier: MIT */
/* report_xlsx_plans.c - one host's plans as a workbook to print, tick off and sign. */
#include <string.h>

#include "plans/plan_output.h"
#include "workbook/report_xlsx.h"
#include "workbook/report_xlsx_book.h"

#define MAX_GOALS 60  /* sheets for single goals */
#define SHEET_NAME 32 /* with its NUL: a spreadsheet takes 31 characters */

enum step_column {
    STEP,
    ACTION,
    PATCH,
    TARGET,
    WHY,
    COMMAND,
    FOLDER,
    NEEDS,
    VERIFY,
    DONE,
    INITIALS,
    COLUMNS,
};

static const struct {
    const char *title;
    int width;
} columns[COLUMNS] = {
    {"Step", 6},       {"Action", 15},   {"Patch", 14},
    {"Target", 12},    {"Why here", 36}, {"Command", 48},
    {"In folder", 18}, {"Needs", 24},    {"How to see that it is done", 30},
    {"Done", 9},       {"Initials", 10},
};

struct hand_out {
    struct book book;
    const struct prereq_assessment *assessment;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

static void line(struct hand_out *out, const char *text, enum book_format format)
{
    book_text(&out->book, out->sheet, out->row++, 0, text, format);
}

static void line_of_buffer(struct hand_out *out, struct prereq_buffer *text,
                           enum book_format format)
{
    out->book.failed = out->book.failed || text->failed;
    if (text->text)
        line(out, text->text, format);
    text->len = 0;
}

/* ---- the head of a sheet ---- */

static void write_host(struct hand_out *out)
{
    const struct prereq_assessment *assessment = out->assessment;
    const struct prereq_host_row *host = assessment->host;
    struct prereq_buffer text = {0};
    char evaluated[32], facts[32] = "not known";

    if (assessment->collection && assessment->collection->finished.known)
        prereq_time_format(assessment->collection->finished, facts);
    prereq_time_format(assessment->evaluated, evaluated);
    prereq_buffer_addf(&text, "Host id %s", host->host_id ? host->host_id : "-");
    if (host->os)
        prereq_buffer_addf(&text, "    %s %s %s", host->os,
                           host->os_version ? host->os_version : "",
                           host->service_pack ? host->service_pack : "");
    line_of_buffer(out, &text, BOOK_SUBTITLE);
    prereq_buffer_addf(&text, "Facts of %s    judged at %s", facts, evaluated);
    for (size_t i = 0; i < assessment->catalog_count; i++)
        prereq_buffer_addf(&text, "    catalog %s %s", assessment->catalogs[i].id,
                           assessment->catalogs[i].version ? assessment->catalogs[i].version : "");
    line_of_buffer(out, &text, BOOK_SUBTITLE);
    prereq_buffer_free(&text);
}

static void write_list(struct hand_out *out, const char *lead, const char *const *items,
                       size_t count)
{
    struct prereq_buffer text = {0};

    for (size_t i = 0; i < count; i++) {
        prereq_buffer_addf(&text, "%s%s", lead, items[i]);
        line_of_buffer(out, &text, BOOK_LINE);
    }
    prereq_buffer_free(&text);
}

static void write_repair(void *context, const char *text)
{
    struct hand_out *out = context;

    out->book.failed = out->book.failed || !text;
    if (text)
        line(out, text, BOOK_LINE);
}

static void write_plan_head(struct hand_out *out, const struct prereq_plan *plan)
{
    struct prereq_buffer text = {0};

    worksheet_set_row(out->sheet, 0, 28, NULL);
    line(out, out->book.title, BOOK_TITLE);
    write_host(out);
    prereq_buffer_addf(&text, "Goal %s: ", plan->goal);
    prereq_plan_size(plan, &text);
    line_of_buffer(out, &text, BOOK_LABEL);
    if (plan->reason)
        line(out, plan->reason, BOOK_LINE);
    if (plan->hash) {
        prereq_buffer_addf(&text, "Plan hash %s", plan->hash);
        line_of_buffer(out, &text, BOOK_SUBTITLE);
    }
    prereq_buffer_free(&text);
    prereq_plan_repairs(out->assessment, plan, write_repair, out);
    write_list(out, "Collect first: ", plan->facts_needed, plan->facts_needed_count);
    for (size_t i = 0; i < plan->left_out_count; i++) {
        prereq_buffer_add(&text, "Left out: ");
        prereq_plan_left_out(&plan->left_out[i], &text);
        line_of_buffer(out, &text, BOOK_LINE);
    }
    prereq_buffer_free(&text);
    write_list(out, "Mind: ", plan->warnings, plan->warning_count);
    write_list(out, "Comes off and goes on again: ", plan->restore, plan->restore_count);
}

/* ---- the steps ---- */

/* A cell of a step; the row shall show all of it. */
static void step_text(struct hand_out *out, enum step_column column, const char *text,
                      enum book_format format, unsigned *lines)
{
    lxw_col_t col = (lxw_col_t)column;
    unsigned needed = text ? book_lines(text, columns[column].width) : 1;

    *lines = needed > *lines ? needed : *lines;
    if (text && *text)
        book_text(&out->book, out->sheet, out->row, col, text, format);
    else
        worksheet_write_blank(out->sheet, out->row, col, out->book.formats[format]);
}

static void write_command(struct hand_out *out, const struct prereq_step_row *step, unsigned *lines)
{
    struct prereq_buffer text = {0};

    if (step->command)
        prereq_buffer_add(&text, step->command);
    if (step->package)
        prereq_buffer_addf(&text, "%sPackage: %s", text.len ? "\n" : "", step->package);
    if (step->download)
        prereq_buffer_addf(&text, "%sWhere to get it: %s", text.len ? "\n" : "", step->download);
    if (step->sha256)
        prereq_buffer_addf(&text, "%sSHA-256: %s", text.len ? "\n" : "", step->sha256);
    if (step->done_count || step->done_restart_count || step->nothing_to_do_count) {
        prereq_buffer_addf(&text, "%sExit codes: ", text.len ? "\n" : "");
        prereq_plan_exit_codes(step, &text);
    }
    if (step->undo)
        prereq_buffer_addf(&text, "%sUndo: %s", text.len ? "\n" : "", step->undo);
    out->book.failed = out->book.failed || text.failed;
    step_text(out, COMMAND, text.text, BOOK_COMMAND, lines);
    prereq_buffer_free(&text);
}

static void write_checks(struct hand_out *out, const struct prereq_step_row *step, unsigned *lines)
{
    struct prereq_buffer text = {0};

    if (step->verify)
        prereq_buffer_add(&text, step->verify);
    if (step->verify_command)
        prereq_buffer_addf(&text, "%sCommand: %s", text.len ? "\n" : "", step->verify_command);
    if (step->clears_count) {
        prereq_buffer_addf(&text, "%sClears: ", text.len ? "\n" : "");
        prereq_plan_clears(step, &text);
    }
    if (step->note)
        prereq_buffer_addf(&text, "%sNote: %s", text.len ? "\n" : "", step->note);
    out->book.failed = out->book.failed || text.failed;
    step_text(out, VERIFY, text.text, BOOK_TEXT, lines);
    prereq_buffer_free(&text);
}

static void write_step(struct hand_out *out, const struct prereq_step_row *step)
{
    struct book *book = &out->book;
    unsigned lines = 2; /* room to write by hand */

    book_number(book, out->sheet, out->row, STEP, step->step_no.value, BOOK_NUMBER);
    step_text(out, ACTION, prereq_enum_name(prereq_action_names, step->action), BOOK_TEXT, &lines);
    step_text(out, PATCH, step->patch_id, BOOK_TEXT, &lines);
    step_text(out, TARGET, step->target, BOOK_TEXT, &lines);
    step_text(out, WHY, step->reason, BOOK_TEXT, &lines);
    write_command(out, step, &lines);
    step_text(out, FOLDER, prereq_plan_step_folder(step), BOOK_TEXT, &lines);
    step_text(out, NEEDS, step->needs, BOOK_TEXT, &lines);
    write_checks(out, step, &lines);
    step_text(out, DONE, NULL, BOOK_BOX, &lines);
    step_text(out, INITIALS, NULL, BOOK_BOX, &lines);
    book_row_lines(book, out->sheet, out->row, lines);
    out->row++;
}

static void write_steps(struct hand_out *out, const struct prereq_plan *plan)
{
    char yes[] = "Yes", no[] = "No", unneeded[] = "Not needed";
    char *values[] = {yes, no, unneeded, NULL};
    lxw_data_validation validation = {
        .validate = LXW_VALIDATION_TYPE_LIST,
        .dropdown = LXW_VALIDATION_ON,
        .value_list = values,
    };
    lxw_row_t head = ++out->row;

    for (int column = 0; column < COLUMNS; column++) {
        lxw_col_t col = (lxw_col_t)column;

        worksheet_set_column(out->sheet, col, col, columns[column].width, NULL);
        if (plan->step_count)
            book_text(&out->book, out->sheet, head, col, columns[column].title, BOOK_HEADER);
    }
    if (!plan->step_count)
        return;
    worksheet_set_row(out->sheet, head, 32, NULL);
    out->row++;
    for (size_t i = 0; i < plan->step_count; i++)
        write_step(out, &plan->steps[i]);
    worksheet_data_validation_range(out->sheet, head + 1, DONE, out->row - 1, DONE, &validation);
    worksheet_repeat_rows(out->sheet, head, head);
    worksheet_freeze_panes(out->sheet, head + 1, 0);
    out->row++;
    line(out,
         "Carried out by ______________________   on ________________   signature "
         "______________________",
         BOOK_LINE);
}

static void begin_sheet(struct hand_out *out, const char *name)
{
    out->sheet = book_sheet(&out->book, name, false);
    out->row = 0;
    if (!out->sheet)
        return;
    book_print_setup(&out->book, out->sheet, out->book.generated);
    worksheet_gridlines(out->sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_ignore_errors(out->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
}

static void write_plan(struct hand_out *out, const char *name, const struct prereq_plan *plan)
{
    begin_sheet(out, name);
    if (!out->sheet)
        return;
    write_plan_head(out, plan);
    write_steps(out, plan);
}

/* ---- why ---- */

/* The columns of a table but for those that say which host it is. */
static size_t own_columns(enum report_table_id id, struct book_column own[COLUMNS_MAX])
{
    struct book_column all[COLUMNS_MAX];
    size_t all_count = book_columns(&report_tables[id], all);
    size_t count = 0;

    for (size_t i = 0; i < all_count; i++) {
        if (all[i].column.part > 0)
            own[count++] = all[i];
    }
    return count;
}

struct why { /* a sheet of reasons while it is written */
    struct book_column columns[COLUMNS_MAX];
    size_t count;
};

static void begin_why(struct hand_out *out, enum report_table_id id, struct why *why)
{
    why->count = own_columns(id, why->columns);
    begin_sheet(out, report_tables[id].sheet);
    if (!out->sheet)
        return;
    worksheet_repeat_rows(out->sheet, 0, 0);
    worksheet_freeze_panes(out->sheet, 1, 0);
    book_column_heads(&out->book, out->sheet, out->row++, why->columns, why->count);
}

static void why_row(struct hand_out *out, const struct why *why, const void *const *parts)
{
    unsigned lines = 1;

    if (!out->sheet)
        return;
    for (size_t i = 0; i < why->count; i++) {
        unsigned needed = book_value(&out->book, out->sheet, out->row, (lxw_col_t)i,
                                     &why->columns[i], parts[why->columns[i].column.part]);

        lines = needed > lines ? needed : lines;
    }
    book_row_lines(&out->book, out->sheet, out->row, lines);
    out->row++;
}

static void write_reasons(struct hand_out *out)
{
    const struct prereq_assessment *assessment = out->assessment;
    struct why why;

    begin_why(out, REPORT_FINDINGS, &why);
    for (size_t i = 0; i < assessment->status_count; i++) {
        const void *parts[] = {NULL, &assessment->statuses[i]};

        if (prereq_status_finding(&assessment->statuses[i]))
            why_row(out, &why, parts);
    }
    begin_why(out, REPORT_PREREQUISITES, &why);
    for (size_t i = 0; i < assessment->status_count; i++) {
        const struct prereq_status_row *status = &assessment->statuses[i];
        struct row_patch_state state = {status->state};

        for (size_t n = 0; prereq_status_finding(status) && n < status->prerequisite_count; n++) {
            const void *parts[] = {NULL, &state, &status->prerequisites[n]};

            why_row(out, &why, parts);
        }
    }
}

/* ---- the workbook ---- */

/* A goal as the name of a sheet: without []:*?/\ and with its number in front, so that no two are
 * the same however they are cut. */
static void goal_name(const char *goal, size_t number, char name[SHEET_NAME])
{
    (void)snprintf(name, SHEET_NAME, "%zu %s", number, goal);
    for (char *c = name; *c; c++) {
        if (strchr("[]:*?/\\'", *c) || (unsigned char)*c < 0x20 || (unsigned char)*c > 0x7e)
            *c = '_';
    }
}

static void write_all(struct hand_out *out)
{
    const struct prereq_assessment *assessment = out->assessment;
    const struct prereq_plan *host = prereq_assessment_plan(assessment, "host");
    static const struct prereq_plan none = {.goal = "host",
                                            .result = PREREQ_PLAN_REFUSED,
                                            .reason = "the assessment holds no plan for the host"};
    char name[SHEET_NAME];
    size_t goals = 0;

    write_plan(out, "Host plan", host ? host : &none);
    write_reasons(out);
    for (size_t i = 0; i < assessment->plan_count && goals < MAX_GOALS; i++) {
        if (&assessment->plans[i] == host)
            continue;
        goal_name(assessment->plans[i].goal, ++goals, name);
        write_plan(out, name, &assessment->plans[i]);
    }
}

enum prereq_status report_xlsx_plans(const struct prereq_assessment *assessment, const char *path,
                                     struct prereq_time now, struct prereq_error *err)
{
    struct hand_out out = {.assessment = assessment};
    const char *host =
        assessment->host->host_name ? assessment->host->host_name : assessment->host->host_id;
    struct prereq_buffer title = {0};
    enum prereq_status status;

    prereq_buffer_addf(&title, "Plan for %s", host ? host : "a host without a name");
    if (title.failed)
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for the workbook", path);
    status = book_open(&out.book, path, title.text, now, false, err);
    if (status == PREREQ_OK) {
        write_all(&out);
        status = book_finish(&out.book, err);
        if (status == PREREQ_OK)
            status = book_commit(&out.book, err);
        book_discard(&out.book);
    }
    prereq_buffer_free(&title);
    return status;
}
