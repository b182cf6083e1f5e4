/* SPDX-License-Identifier: MIT */
/* report_xlsx_book.c - opening, writing and closing a workbook with libxlsxwriter. */
#include <string.h>

#include "files/file_hooks.h"
#include "tables/table_text.h"
#include "workbook/report_xlsx.h"
#include "workbook/report_xlsx_book.h"

const lxw_color_t book_state_colors[PREREQ_STATES] = {
    [PREREQ_STATE_NOT_APPLICABLE] = 0xE7E6E6,  [PREREQ_STATE_UNKNOWN] = 0xBFBFBF,
    [PREREQ_STATE_PENDING_RESTART] = 0x9DC3E6, [PREREQ_STATE_OUT_OF_ORDER] = 0xC00000,
    [PREREQ_STATE_REGRESSED] = 0xE06666,       [PREREQ_STATE_SUPERSEDED] = 0xC5E0B3,
    [PREREQ_STATE_COMPLIANT] = 0x70AD47,       [PREREQ_STATE_BLOCKED] = 0xF4B183,
    [PREREQ_STATE_READY] = 0xFFE699,
};

static const struct {
    enum book_format format;
    const char *number; /* number format; NULL: general */
    bool bold, wrap;
    uint8_t align;
    double size; /* 0: as it is */
} looks[] = {
    {BOOK_TEXT, NULL, false, true, LXW_ALIGN_LEFT, 0},
    {BOOK_NUMBER, "0", false, false, LXW_ALIGN_RIGHT, 0},
    {BOOK_TENTHS, "0.0", false, false, LXW_ALIGN_RIGHT, 0},
    {BOOK_DATE, "yyyy-mm-dd", false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_TIME, "yyyy-mm-dd hh:mm", false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_HEADER, NULL, true, true, LXW_ALIGN_LEFT, 0},
    {BOOK_HEADER_RIGHT, NULL, true, true, LXW_ALIGN_RIGHT, 0},
    {BOOK_HEADER_UP, NULL, true, false, LXW_ALIGN_LEFT, 0},
    {BOOK_TITLE, NULL, true, false, LXW_ALIGN_LEFT, 20},
    {BOOK_SUBTITLE, NULL, false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_SECTION, NULL, true, false, LXW_ALIGN_LEFT, 13},
    {BOOK_LABEL, NULL, true, false, LXW_ALIGN_LEFT, 0},
    {BOOK_LINE, NULL, false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_CELL, NULL, false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_KEY, NULL, true, false, LXW_ALIGN_LEFT, 0},
    {BOOK_UNIT, NULL, false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_ABOUT, NULL, false, false, LXW_ALIGN_LEFT, 0},
    {BOOK_PERCENT, "0.0\" %\"", false, false, LXW_ALIGN_RIGHT, 0},
    {BOOK_KEY_PERCENT, "0.0\" %\"", true, false, LXW_ALIGN_RIGHT, 14},
    {BOOK_BOX, NULL, false, false, LXW_ALIGN_CENTER, 0},
    {BOOK_COMMAND, NULL, false, true, LXW_ALIGN_LEFT, 9},
    {BOOK_ALERT, NULL, false, false, LXW_ALIGN_NONE, 0},
};

static void set_headers(struct book *book)
{
    static const enum book_format headers[] = {BOOK_HEADER, BOOK_HEADER_RIGHT, BOOK_HEADER_UP};

    for (size_t i = 0; i < PREREQ_COUNT(headers); i++) {
        lxw_format *header = book->formats[headers[i]];

        format_set_bg_color(header, 0x1F3864);
        format_set_font_color(header, LXW_COLOR_WHITE);
        format_set_align(header, LXW_ALIGN_VERTICAL_BOTTOM);
        format_set_border(header, LXW_BORDER_THIN);
        format_set_border_color(header, 0x8EA9DB);
    }
    format_set_rotation(book->formats[BOOK_HEADER_UP], 90);
}

static void set_borders(struct book *book)
{
    static const enum book_format cells[] = {
        BOOK_TEXT,    BOOK_NUMBER,      BOOK_TENTHS, BOOK_DATE, BOOK_TIME, BOOK_BOX,   BOOK_COMMAND,
        BOOK_PERCENT, BOOK_KEY_PERCENT, BOOK_CELL,   BOOK_KEY,  BOOK_UNIT, BOOK_ABOUT,
    };

    for (size_t i = 0; i < PREREQ_COUNT(cells); i++) {
        format_set_border(book->formats[cells[i]], LXW_BORDER_THIN);
        format_set_border_color(book->formats[cells[i]], 0xBFBFBF);
    }
    for (int state = 0; state < PREREQ_STATES; state++) {
        lxw_format *format = book->formats[BOOK_STATE + state];

        format_set_bg_color(format, book_state_colors[state]);
        format_set_border(format, LXW_BORDER_THIN);
        format_set_border_color(format, 0xBFBFBF);
    }
    format_set_font_color(book->formats[BOOK_STATE + PREREQ_STATE_OUT_OF_ORDER], LXW_COLOR_WHITE);
}

static void set_colors(struct book *book)
{
    lxw_format *alert = book->formats[BOOK_ALERT];

    set_headers(book);
    set_borders(book);
    format_set_font_color(book->formats[BOOK_TITLE], 0x1F3864);
    format_set_font_color(book->formats[BOOK_SECTION], 0x1F3864);
    format_set_font_color(book->formats[BOOK_SUBTITLE], 0x595959);
    /* Numbers stand off from the words behind them. */
    format_set_indent(book->formats[BOOK_NUMBER], 1);
    format_set_indent(book->formats[BOOK_TENTHS], 1);
    format_set_indent(book->formats[BOOK_PERCENT], 1);
    format_set_indent(book->formats[BOOK_KEY_PERCENT], 1);
    format_set_indent(book->formats[BOOK_HEADER_RIGHT], 1);
    format_set_indent(book->formats[BOOK_UNIT], 1);
    format_set_indent(book->formats[BOOK_ABOUT], 1);
    format_set_shrink(book->formats[BOOK_UNIT]);
    format_set_shrink(book->formats[BOOK_ABOUT]);
    format_set_font_color(book->formats[BOOK_ABOUT], 0x595959);
    format_set_font_name(book->formats[BOOK_COMMAND], "Courier New");
    format_set_bg_color(alert, 0xF8CBAD);
    format_set_font_color(alert, 0x833C0B);
}

void report_xlsx_begin(void)
{
    prereq_lxw_begin();
}

/* Without their alignments the formats of conditions would change more than the colour. */
static bool make_formats(struct book *book)
{
    for (int i = 0; i < BOOK_FORMATS; i++) {
        book->formats[i] = workbook_add_format(book->workbook);
        if (!book->formats[i])
            return false;
        if (i != BOOK_ALERT)
            format_set_align(book->formats[i], LXW_ALIGN_VERTICAL_TOP);
    }
    for (size_t i = 0; i < PREREQ_COUNT(looks); i++) {
        lxw_format *format = book->formats[looks[i].format];

        if (looks[i].number)
            format_set_num_format(format, looks[i].number);
        if (looks[i].bold)
            format_set_bold(format);
        if (looks[i].wrap)
            format_set_text_wrap(format);
        if (looks[i].align != LXW_ALIGN_NONE)
            format_set_align(format, looks[i].align);
        if (looks[i].size > 0)
            format_set_font_size(format, looks[i].size);
    }
    set_colors(book);
    return true;
}

static void set_properties(struct book *book, struct prereq_time now)
{
    lxw_doc_properties properties = {.created = (time_t)now.seconds};
    char title[] = "Patch compliance";
    char author[] = "PatchPrereq " PREREQ_PRODUCT_VERSION;

    properties.title = title;
    properties.author = author;
    book->failed = book->failed || workbook_set_properties(book->workbook, &properties);
}

enum prereq_status book_open(struct book *book, const char *path, const char *title,
                             struct prereq_time now, bool streamed, struct prereq_error *err)
{
    lxw_workbook_options options = {.constant_memory = streamed};
    enum prereq_status status;

    *book = (struct book){.name = path, .title = title};
    if (strcmp(path, "-") == 0)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "a workbook needs a file name: it cannot go to standard output");
    prereq_time_format(now, book->generated);
    status = prereq_output_open(path, &book->output, err);
    if (status != PREREQ_OK)
        return status;
    book->workbook = workbook_new_opt(prereq_output_path(book->output), &options);
    if (!book->workbook || !make_formats(book)) {
        book_discard(book);
        return prereq_fail(err, PREREQ_NO_MEMORY, "%s: no memory for the workbook", path);
    }
    set_properties(book, now);
    return PREREQ_OK;
}

enum prereq_status book_finish(struct book *book, struct prereq_error *err)
{
    bool failed = book->failed || book->scratch.failed || book->clean.failed;
    lxw_error code = workbook_close(book->workbook);

    /* libxlsxwriter does not notice a full temporary disk; the shim does. */
    book->workbook = NULL;
    if (code == LXW_NO_ERROR && prereq_lxw_failed())
        code = LXW_ERROR_CREATING_TMPFILE;
    if (code == LXW_NO_ERROR && !failed)
        return PREREQ_OK;
    if (code == LXW_ERROR_CREATING_TMPFILE)
        return prereq_fail(err, PREREQ_IO,
                           "%s: the workbook could not be written: no room in the folder for "
                           "temporary files, or on its own disk",
                           book->name);
    if (failed || code == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return prereq_fail(err, PREREQ_NO_MEMORY,
                           "%s: no memory or no temporary file for the workbook", book->name);
    return prereq_fail(err, PREREQ_IO, "%s: the workbook could not be written: is its disk full?",
                       book->name);
}

enum prereq_status book_commit(struct book *book, struct prereq_error *err)
{
    struct prereq_output *output = book->output;

    book->output = NULL;
    return prereq_output_commit(output, err);
}

/* lxw_workbook_free() forgets the temporary files of sheets that were not written. */
static void close_temporaries(lxw_workbook *workbook)
{
    lxw_worksheet *sheet;

    STAILQ_FOREACH(sheet, workbook->worksheets, list_pointers)
    {
        if (sheet->optimize_tmpfile)
            (void)prereq_lxw_fclose(sheet->optimize_tmpfile);
    }
}

void book_discard(struct book *book)
{
    if (book->workbook) {
        close_temporaries(book->workbook);
        lxw_workbook_free(book->workbook);
    }
    prereq_output_discard(book->output);
    prereq_buffer_free(&book->scratch);
    prereq_buffer_free(&book->clean);
    book->workbook = NULL;
    book->output = NULL;
}

lxw_worksheet *book_sheet(struct book *book, const char *name, bool in_memory)
{
    uint8_t streamed = book->workbook->options.constant_memory;
    lxw_worksheet *sheet;

    if (in_memory)
        book->workbook->options.constant_memory = LXW_FALSE;
    sheet = workbook_add_worksheet(book->workbook, name);
    book->workbook->options.constant_memory = streamed;
    if (!sheet)
        book->failed = true;
    return sheet;
}

/* In headers & begins a code; && is the character.  A header holds 255 characters: the text is cut
 * where a character begins. */
static void add_header_text(struct book *book, struct prereq_buffer *out, const char *text)
{
    const char *clean = text_for_cell(text, &book->clean);

    for (size_t i = 0; clean[i] && (i < 80 || ((unsigned char)clean[i] & 0xc0) == 0x80); i++)
        prereq_buffer_add_bytes(out, clean[i] == '&' ? "&&" : clean + i, clean[i] == '&' ? 2 : 1);
}

void book_print_setup(struct book *book, lxw_worksheet *sheet, const char *note)
{
    struct prereq_buffer header = {0};

    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.3, 0.3, 0.7, 0.6);
    /* The title of a hand-out holds a host's name. */
    prereq_buffer_add(&header, "&L");
    add_header_text(book, &header, book->title);
    prereq_buffer_add(&header, "&C&A&R");
    add_header_text(book, &header, note);
    if (header.failed || worksheet_set_header(sheet, header.text) ||
        worksheet_set_footer(sheet, "&LPatchPrereq " PREREQ_PRODUCT_VERSION "&RPage &P of &N"))
        book->failed = true;
    prereq_buffer_free(&header);
}
