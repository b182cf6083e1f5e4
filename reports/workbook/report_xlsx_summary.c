/* SPDX-License-Identifier: MIT */
/* report_xlsx_summary.c - the first sheet: figures for a manager on one page, tables behind them.
 */
#include <string.h>

#include "workbook/report_xlsx_charts.h"
#include "workbook/report_xlsx_parts.h"

enum { /* columns */
       LABEL,
       FIRST,
       LAST = 11,
};
#define MAX_GROUPS 40
#define KEY_FIGURES 5 /* of the first ones, the percentages are shown large */

struct page {
    const struct sheet_context *context;
    struct book *book;
    const struct figures *figures;
    lxw_worksheet *sheet;
    lxw_row_t row;
};

static void text_at(struct page *page, lxw_col_t col, const char *text, enum book_format format)
{
    book_text(page->book, page->sheet, page->row, col, text, format);
}

static void count_at(struct page *page, lxw_col_t col, uint64_t count)
{
    book_number(page->book, page->sheet, page->row, col, count, BOOK_NUMBER);
}

static void percent_at(struct page *page, lxw_col_t col, uint64_t numerator, uint64_t denominator)
{
    struct prereq_number tenths = {0, false};

    tenths.known = prereq_permille(numerator, denominator, &tenths.value);
    book_percent(page->book, page->sheet, page->row, col, tenths, BOOK_PERCENT);
}

static void section(struct page *page, const char *title)
{
    page->row++;
    text_at(page, LABEL, title, BOOK_SECTION);
    page->row++;
}

/* A text over the columns from `first` to the last. */
static void span_at(struct page *page, lxw_col_t first, const char *text, enum book_format format)
{
    if (worksheet_merge_range(page->sheet, page->row, first, page->row, LAST, "",
                              page->book->formats[format]) != LXW_NO_ERROR)
        page->book->failed = true;
    text_at(page, first, text, format);
}

/* Titles over words, then from column `numbers` to before `words` titles over numbers. */
static void heads(struct page *page, const char *const *titles, size_t count, size_t numbers,
                  size_t words)
{
    for (size_t i = 0; i < count; i++)
        text_at(page, (lxw_col_t)i, titles[i],
                i >= numbers && i < words ? BOOK_HEADER_RIGHT : BOOK_HEADER);
    page->row++;
}

/* ---- top of the page ---- */

const char *sheet_scope_note(const struct sheet_context *context)
{
    if (context->scope_note)
        return context->scope_note;
    return context->figures->scope ? "hosts of the scope file on the day of the report"
                                   : "the documents given; there is no scope file";
}

static bool write_top(struct page *page)
{
    const struct figures *figures = page->figures;
    struct prereq_arena *arena = page->context->arena;
    char oldest[32] = "-", newest[32] = "-";
    const char *made, *facts;

    if (figures->oldest_facts.known) {
        prereq_time_format(figures->oldest_facts, oldest);
        prereq_time_format(figures->newest_facts, newest);
    }
    made =
        prereq_printf(arena, "Month %.7s    generated %s (UTC)    scope: %s", page->book->generated,
                      page->book->generated, sheet_scope_note(page->context));
    facts = prereq_printf(
        arena,
        "Facts from %s to %s    hosts in scope %llu, evaluated %llu, with stale facts %llu, "
        "without assessment %llu; documents left out %llu",
        oldest, newest, (unsigned long long)figures_in_scope(figures),
        (unsigned long long)figures->evaluated,
        (unsigned long long)(figures->evaluated - figures->fresh),
        (unsigned long long)(figures_in_scope(figures) - figures->evaluated),
        (unsigned long long)figures->left_out);
    worksheet_set_row(page->sheet, 0, 30, NULL);
    text_at(page, LABEL, page->book->title, BOOK_TITLE);
    page->row++;
    text_at(page, LABEL, made, BOOK_SUBTITLE);
    page->row++;
    text_at(page, LABEL, facts, BOOK_SUBTITLE);
    page->row++;
    return made && facts;
}

static bool write_catalog_line(struct page *page)
{
    const struct keyed *catalogs = &page->figures->catalogs;
    void **sorted = keyed_sorted(catalogs, page->context->arena);
    struct prereq_buffer text = {0};

    prereq_buffer_add(&text, "Catalog ");
    for (size_t i = 0; sorted && i < catalogs->count && i < 3; i++) {
        const struct policy_figures *catalog = sorted[i];

        prereq_buffer_addf(&text, "%s%s %s", i ? ", " : "", catalog->id ? catalog->id : "?",
                           catalog->version ? catalog->version : "?");
    }
    if (!text.failed)
        text_at(page, LABEL, text.text, BOOK_SUBTITLE);
    page->row++;
    prereq_buffer_free(&text);
    return sorted != NULL;
}

/* ---- the figures ---- */

static void write_figure(struct page *page, const struct row_figure *figure, bool key)
{
    text_at(page, LABEL, figure->title, key ? BOOK_KEY : BOOK_CELL);
    if (figure->denominator.known)
        book_percent(page->book, page->sheet, page->row, FIRST, figure->percent,
                     key ? BOOK_KEY_PERCENT : BOOK_PERCENT);
    else if (figure->value.known)
        count_at(page, FIRST, figure->value.value);
    else
        text_at(page, FIRST, figure->text ? figure->text : "-", BOOK_NUMBER);
    if (figure->denominator.known) {
        count_at(page, FIRST + 1, figure->numerator.value);
        count_at(page, FIRST + 2, figure->denominator.value);
    } else {
        text_at(page, FIRST + 1, "", BOOK_CELL);
        text_at(page, FIRST + 2, "", BOOK_CELL);
    }
    text_at(page, FIRST + 3, figure->unit, BOOK_UNIT);
    span_at(page, FIRST + 4, figure->about, BOOK_ABOUT);
    if (key)
        worksheet_set_row(page->sheet, page->row, 19, NULL);
    page->row++;
}

static bool write_figures(struct page *page)
{
    static const char *const titles[] = {
        "Figure", "Value", "Numerator", "Denominator", "Of", "Meaning", "", "", "", "", "", ""};
    struct row_figure rows[FIGURES_MAX_ROWS];
    size_t count = figures_rows(page->figures, page->context->arena, rows);

    section(page, "Figures");
    span_at(page, FIRST + 4, "Meaning", BOOK_HEADER);
    heads(page, titles, PREREQ_COUNT(titles), FIRST, FIRST + 3);
    /* Counts of hosts and documents stand in the head of the page. */
    for (size_t i = 0; i < count; i++) {
        if (strncmp(rows[i].figure, "Hosts", 5) != 0 &&
            strncmp(rows[i].figure, "Documents", 9) != 0)
            write_figure(page, &rows[i], i < KEY_FIGURES && rows[i].denominator.known);
    }
    return count > 0;
}

/* ---- tables that feed the charts ---- */

static const int shown_states[] = {
    PREREQ_STATE_COMPLIANT, PREREQ_STATE_SUPERSEDED,   PREREQ_STATE_PENDING_RESTART,
    PREREQ_STATE_UNKNOWN,   PREREQ_STATE_READY,        PREREQ_STATE_BLOCKED,
    PREREQ_STATE_REGRESSED, PREREQ_STATE_OUT_OF_ORDER,
};

static void write_states(struct page *page, struct chart_ranges *ranges)
{
    static const char *const titles[] = {"State",    "All", "Critical", "Important",
                                         "Moderate", "Low", "Unrated",  "Of all"};
    const struct figures *figures = page->figures;

    section(page, "Required patches by state and severity");
    ranges->states_head = page->row;
    heads(page, titles, PREREQ_COUNT(titles), FIRST, PREREQ_COUNT(titles));
    for (size_t i = 0; i < PREREQ_COUNT(shown_states); i++) {
        int state = shown_states[i];

        book_state(page->book, page->sheet, page->row, LABEL, state);
        ranges->states[i] = state;
        count_at(page, FIRST, figures->all.state[state]);
        for (int severity = 0; severity < FIGURES_SEVERITIES; severity++)
            count_at(page, (lxw_col_t)(FIRST + 1 + severity),
                     figures->by_severity[severity].state[state]);
        percent_at(page, FIRST + 6, figures->all.state[state], figures->required);
        page->row++;
    }
    ranges->state_count = PREREQ_COUNT(shown_states);
    text_at(page, LABEL, "Overdue", BOOK_KEY);
    count_at(page, FIRST, figures->all.overdue);
    for (int severity = 0; severity < FIGURES_SEVERITIES; severity++)
        count_at(page, (lxw_col_t)(FIRST + 1 + severity), figures->by_severity[severity].overdue);
    percent_at(page, FIRST + 6, figures->all.overdue, figures->required);
    page->row++;
}

static void write_ages(struct page *page, struct chart_ranges *ranges)
{
    static const char *const titles[] = {"Age", "Findings"};

    section(page, "Age of open findings");
    heads(page, titles, PREREQ_COUNT(titles), FIRST, PREREQ_COUNT(titles));
    ranges->ages_first = page->row;
    for (int age = 0; age < FIGURES_AGES; age++) {
        text_at(page, LABEL, figures_age_names[age], BOOK_CELL);
        count_at(page, FIRST, page->figures->ages[age]);
        page->row++;
    }
    ranges->ages_last = page->row - 1;
    text_at(page, LABEL, "age not known", BOOK_CELL);
    count_at(page, FIRST, page->figures->undated);
    page->row++;
}

/* ---- what to do first ---- */

static void write_top_hosts(struct page *page)
{
    static const char *const titles[] = {"Host",        "Group",      "Worst state", "Open",
                                         "At fault",    "Blocked",    "Ready",       "Overdue",
                                         "Oldest days", "Compliance", "Compliant",   "Required"};
    const struct figures *figures = page->figures;

    section(page, "Hosts with most open findings");
    heads(page, titles, PREREQ_COUNT(titles), FIRST + 2, PREREQ_COUNT(titles));
    for (size_t i = 0; i < figures->top_count; i++) {
        const struct top_host *host = &figures->top[i];
        const uint64_t counts[] = {host->open,  host->faults,  host->blocked,
                                   host->ready, host->overdue, host->oldest_days};

        text_at(page, LABEL, host->name, BOOK_CELL);
        text_at(page, FIRST, host->group, BOOK_CELL);
        book_state(page->book, page->sheet, page->row, FIRST + 1, host->worst_state);
        for (size_t n = 0; n < PREREQ_COUNT(counts); n++)
            count_at(page, (lxw_col_t)(FIRST + 2 + n), counts[n]);
        percent_at(page, FIRST + 8, host->compliant, host->required);
        count_at(page, FIRST + 9, host->compliant);
        count_at(page, FIRST + 10, host->required);
        page->row++;
    }
    if (!figures->top_count) {
        text_at(page, LABEL, "No open finding.", BOOK_LINE);
        page->row++;
    }
}

static bool write_top_patches(struct page *page)
{
    static const char *const titles[] = {"Patch",    "Severity", "Released", "Open on",
                                         "At fault", "Blocked",  "Ready",    "Overdue"};
    const struct patch_figures *top[FIGURES_TOP];
    size_t count;

    if (!figures_top_patches(page->figures, page->context->arena, top, &count))
        return false;
    section(page, "Patches with most open findings");
    span_at(page, FIRST + 7, "Title", BOOK_HEADER);
    heads(page, titles, PREREQ_COUNT(titles), FIRST + 2, PREREQ_COUNT(titles));
    for (size_t i = 0; i < count; i++) {
        const struct tally *tally = &top[i]->tally;
        const uint64_t counts[] = {
            tally->open,
            tally->state[PREREQ_STATE_OUT_OF_ORDER] + tally->state[PREREQ_STATE_REGRESSED],
            tally->state[PREREQ_STATE_BLOCKED], tally->state[PREREQ_STATE_READY], tally->overdue};

        text_at(page, LABEL, top[i]->key, BOOK_CELL);
        text_at(page, FIRST, prereq_enum_name(prereq_severity_names, top[i]->severity), BOOK_CELL);
        book_time(page->book, page->sheet, page->row, FIRST + 1, top[i]->released, true);
        for (size_t n = 0; n < PREREQ_COUNT(counts); n++)
            count_at(page, (lxw_col_t)(FIRST + 2 + n), counts[n]);
        span_at(page, FIRST + 7, top[i]->title, BOOK_UNIT);
        page->row++;
    }
    return true;
}

static bool write_groups(struct page *page)
{
    static const char *const titles[] = {
        "Group",    "Hosts", "Compliant hosts", "Compliance", "Compliant",
        "Required", "Open",  "Overdue",         "At fault",   "Waived"};
    const struct keyed *groups = &page->figures->groups;
    void **sorted = keyed_sorted(groups, page->context->arena);

    if (!sorted || groups->count < 2)
        return sorted != NULL;
    section(page, "Groups");
    heads(page, titles, PREREQ_COUNT(titles), FIRST, PREREQ_COUNT(titles));
    for (size_t i = 0; i < groups->count && i < MAX_GROUPS; i++) {
        const struct group_figures *group = sorted[i];
        struct row_patch row = {0};

        figures_tally_row(&group->tally, &row);
        text_at(page, LABEL, group->key[0] ? group->key : "(no group)", BOOK_CELL);
        count_at(page, FIRST, group->hosts);
        count_at(page, FIRST + 1, group->hosts_compliant);
        book_percent(page->book, page->sheet, page->row, FIRST + 2, row.remediated, BOOK_PERCENT);
        count_at(page, FIRST + 3, row.compliant.value);
        count_at(page, FIRST + 4, row.required.value);
        count_at(page, FIRST + 5, group->tally.open);
        count_at(page, FIRST + 6, group->tally.overdue);
        count_at(page, FIRST + 7, row.out_of_order.value + row.regressed.value);
        count_at(page, FIRST + 8, group->tally.waived);
        page->row++;
    }
    if (groups->count > MAX_GROUPS) {
        text_at(page, LABEL, "... more groups: see the sheet Hosts", BOOK_LINE);
        page->row++;
    }
    return true;
}

bool sheet_summary(const struct sheet_context *context, lxw_worksheet *sheet)
{
    struct page page = {context, context->book, context->figures, sheet, 0};
    struct chart_ranges ranges = {0};
    lxw_row_t breaks[] = {0, 0};
    lxw_row_t charts;

    worksheet_set_column(sheet, LABEL, LABEL, 33, NULL);
    worksheet_set_column(sheet, FIRST, LAST, 12, NULL);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_print_setup(context->book, sheet, context->book->generated);
    if (!write_top(&page) || !write_catalog_line(&page) || !write_figures(&page))
        return false;
    charts = page.row + 1;
    page.row += CHART_ROWS + 1;
    breaks[0] = page.row;
    write_states(&page, &ranges);
    write_ages(&page, &ranges);
    write_top_hosts(&page);
    if (!write_top_patches(&page) || !write_groups(&page))
        return false;
    worksheet_set_h_pagebreaks(sheet, breaks);
    return charts_insert(context->book, sheet, charts, &ranges);
}
