/* SPDX-License-Identifier: MIT */
/* report_xlsx_method.c - the sheet that says what every word and figure means, and what was used.
 */
#include "workbook/report_xlsx_parts.h"

#define LAST_COLUMN 5
#define COLUMN_WIDTH 22
#define MEANING_WIDTH (COLUMN_WIDTH * LAST_COLUMN)

struct writer {
    const struct sheet_context *context;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

/* ---- rows ---- */

static void section(struct writer *writer, const char *title)
{
    writer->row++;
    book_text(writer->context->book, writer->sheet, writer->row++, 0, title, BOOK_SECTION);
}

/* A word, and what it means over the columns behind it. */
static void explain(struct writer *writer, const char *word, const char *meaning)
{
    struct book *book = writer->context->book;

    book_text(book, writer->sheet, writer->row, 0, word, BOOK_LABEL);
    if (worksheet_merge_range(writer->sheet, writer->row, 1, writer->row, LAST_COLUMN, "",
                              book->formats[BOOK_TEXT]) != LXW_NO_ERROR)
        book->failed = true;
    book_text(book, writer->sheet, writer->row, 1, meaning, BOOK_TEXT);
    book_row_lines(book, writer->sheet, writer->row, book_lines(meaning, MEANING_WIDTH));
    writer->row++;
}

static void heads(struct writer *writer, const char *const *titles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        book_text(writer->context->book, writer->sheet, writer->row, (lxw_col_t)i, titles[i],
                  BOOK_HEADER);
    writer->row++;
}

/* ---- fixed texts ---- */

static void write_states(struct writer *writer)
{
    static const struct {
        int state;
        const char *meaning;
    } states[] = {
        {PREREQ_STATE_OUT_OF_ORDER,
         "it is on, and a prerequisite does not hold, went on later than it, or was voided later"},
        {PREREQ_STATE_REGRESSED, "recorded as installed, no prerequisite known unmet, but its own "
                                 "files are older"},
        {PREREQ_STATE_BLOCKED, "missing, and a prerequisite is unmet"},
        {PREREQ_STATE_READY, "missing, and may be installed now"},
        {PREREQ_STATE_UNKNOWN, "the facts do not suffice; the reason code says why"},
        {PREREQ_STATE_PENDING_RESTART,
         "not sound now, sound after the restart that is already due"},
        {PREREQ_STATE_COMPLIANT,
         "on, its files, build or package state prove it, and its prerequisites hold"},
        {PREREQ_STATE_SUPERSEDED, "a compliant later patch covers it"},
        {PREREQ_STATE_NOT_APPLICABLE, "the product, platform or role is not there; in no figure"},
    };

    section(writer, "States, worst first");
    for (size_t i = 0; i < PREREQ_COUNT(states); i++) {
        explain(writer, "", states[i].meaning);
        book_state(writer->context->book, writer->sheet, writer->row - 1, 0, states[i].state);
    }
}

static void write_formulas(struct writer *writer)
{
    section(writer, "Figures");
    explain(
        writer, "Which patches count",
        "A = patches that the policy requires, or that are OutOfOrder, Regressed or waiting for a "
        "restart; not NotApplicable. Counted per host and instance. Hosts out of scope enter no "
        "figure.");
    explain(writer, "Patch compliance", "(Compliant + Superseded) / A: Unknown is not compliant");
    explain(writer, "... with exceptions",
            "the same, with waived findings of known state moved to the numerator; it never stands "
            "alone");
    explain(writer, "Compliance of what is known", "(Compliant + Superseded) / (A - Unknown)");
    explain(
        writer, "Host compliance",
        "hosts with nothing in A that is Blocked, Ready, Regressed or OutOfOrder, waived or not, "
        "and no restart pending beyond the policy's grace / hosts evaluated. Unknown patches do "
        "not speak against a host; how many compliant hosts have some stands behind the figure");
    explain(writer, "Coverage",
            "hosts in scope whose facts are not older than the policy's limit / hosts in scope; "
            "documents that could not be used and hosts without one count as in scope");
    explain(writer, "Unknown", "Unknown / A");
    explain(writer, "Recorded, not verified",
            "patches of A known from a record alone (evidence record, or reason record_only) / A");
    explain(writer, "Open findings",
            "in A, not Compliant or Superseded, not waived; Unknown is open. Age: whole days since "
            "an assessment first found it open, without a break");
    explain(writer, "Within SLA",
            "open findings with a due date that is not past / open findings with a due date");
    explain(
        writer, "Restart debt",
        "hosts on which some source says a restart is due / hosts evaluated; the median is over "
        "those whose date is known");
    explain(writer, "Top blocker",
            "the prerequisite that is alone in the way of most Blocked findings");
    explain(writer, "Exceptions",
            "findings that a waiver covers: active, expiring (30 days or less), or expired while "
            "the finding is still open. A waiver never changes a state");
    explain(
        writer, "Percentages",
        "one decimal, half away from zero, with numerator and denominator beside them; n/a where "
        "there is nothing to divide by. No cell holds a formula");
    explain(
        writer, "Not in this report",
        "figures that need earlier months (changes, trend, time to patch, days to 50 % and 90 %, "
        "recurrence) are left out, not shown as empty or zero");
}

static void write_sheets(struct writer *writer)
{
    section(writer, "Sheets");
    for (int id = 0; id < REPORT_TABLES; id++) {
        const char *text =
            prereq_printf(writer->context->arena, "one row is %s", report_tables[id].about);

        if (report_tables[id].sheet)
            explain(writer, report_tables[id].sheet, text ? text : "");
    }
    explain(writer, "Long tables",
            "a sheet that is full goes on in one with _2 behind its name, at the end of the book");
}

/* ---- what was used ---- */

static bool write_catalogs(struct writer *writer)
{
    static const char *const titles[] = {"Catalog", "Version", "Released", "SHA-256", "", ""};
    const struct keyed *catalogs = &writer->context->figures->catalogs;
    void **sorted = keyed_sorted(catalogs, writer->context->arena);
    struct book *book = writer->context->book;

    section(writer, "Catalogs");
    heads(writer, titles, PREREQ_COUNT(titles));
    for (size_t i = 0; sorted && i < catalogs->count; i++) {
        const struct policy_figures *catalog = sorted[i];

        book_text(book, writer->sheet, writer->row, 0, catalog->id, BOOK_CELL);
        book_text(book, writer->sheet, writer->row, 1, catalog->version, BOOK_CELL);
        book_time(book, writer->sheet, writer->row, 2, catalog->released, true);
        if (worksheet_merge_range(writer->sheet, writer->row, 3, writer->row, LAST_COLUMN, "",
                                  book->formats[BOOK_CELL]) != LXW_NO_ERROR)
            book->failed = true;
        book_text(book, writer->sheet, writer->row, 3, catalog->sha256, BOOK_CELL);
        writer->row++;
    }
    return sorted != NULL;
}

static const char *policy_limits(struct prereq_arena *arena, const struct policy_figures *policy)
{
    const uint64_t *days = policy->sla_days;
    struct prereq_buffer text = {0};
    const char *copy = NULL;

    if (policy->sla_known)
        prereq_buffer_addf(&text,
                           "SLA in days: Critical %llu, Important %llu, Moderate %llu, Low %llu, "
                           "Unrated %llu. ",
                           (unsigned long long)days[0], (unsigned long long)days[1],
                           (unsigned long long)days[2], (unsigned long long)days[3],
                           (unsigned long long)days[4]);
    if (policy->stale_after_hours.known)
        prereq_buffer_addf(&text, "Facts are stale after %llu hours. ",
                           (unsigned long long)policy->stale_after_hours.value);
    if (policy->restart_grace_days.known)
        prereq_buffer_addf(&text, "Grace for restarts: %llu days. ",
                           (unsigned long long)policy->restart_grace_days.value);
    prereq_buffer_addf(&text, "Records alone %s trusted.",
                       policy->trust_records == PREREQ_FLAG_TRUE ? "are" : "are not");
    if (!text.failed)
        copy = prereq_strdup(arena, text.text);
    prereq_buffer_free(&text);
    return copy;
}

static bool write_policies(struct writer *writer)
{
    struct prereq_arena *arena = writer->context->arena;
    const struct keyed *policies = &writer->context->figures->policies;
    void **sorted = keyed_sorted(policies, arena);

    section(writer, "Policies");
    for (size_t i = 0; sorted && i < policies->count; i++) {
        const struct policy_figures *policy = sorted[i];
        const char *limits = policy_limits(arena, policy);
        const char *text = prereq_printf(
            arena, "Version %s, for %llu hosts. %s%s%s", policy->version ? policy->version : "-",
            (unsigned long long)policy->hosts, limits ? limits : "",
            policy->sha256 ? " SHA-256 " : "", policy->sha256 ? policy->sha256 : "");

        if (!limits || !text)
            return false;
        explain(writer, policy->id ? policy->id : "policy", text);
    }
    return sorted != NULL;
}

bool sheet_method(const struct sheet_context *context, lxw_worksheet *sheet)
{
    struct writer writer = {context, sheet, 0};
    const char *evaluated = context->figures->product_version;
    const char *programs =
        prereq_printf(context->arena,
                      "assessed by PatchPrereq %s, reported by " PREREQ_PRODUCT_VERSION
                      " at %s (UTC, as all times)",
                      evaluated ? evaluated : "of unknown version", context->book->generated);

    worksheet_set_column(sheet, 0, 0, 24, NULL);
    worksheet_set_column(sheet, 1, LAST_COLUMN, COLUMN_WIDTH, NULL);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_print_setup(context->book, sheet, context->book->generated);
    book_text(context->book, sheet, writer.row++, 0, "How to read this report", BOOK_TITLE);
    section(&writer, "Made from");
    explain(&writer, "Programs", programs ? programs : "");
    explain(&writer, "Scope", sheet_scope_note(context));
    explain(&writer, "Inputs", "the sheet Inputs lists every file with its SHA-256");
    if (context->figures->shared_ids) {
        const char *text = prereq_printf(
            context->arena,
            "%llu documents bear the host id of a host with another name (a cloned machine?); they "
            "are counted as hosts of their own",
            (unsigned long long)context->figures->shared_ids);

        explain(&writer, "Shared ids", text ? text : "");
    }
    if (!write_policies(&writer) || !write_catalogs(&writer))
        return false;
    write_states(&writer);
    write_formulas(&writer);
    write_sheets(&writer);
    return programs != NULL;
}
