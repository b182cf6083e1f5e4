/* SPDX-License-Identifier: MIT */
/* report_xlsx_charts.c - states by severity as stacked bars, ages as columns. */
#include "workbook/report_xlsx_charts.h"

#define SHEET "Summary"
#define LABEL 0
#define ALL 1
#define LAST_SEVERITY 6

static lxw_chart *new_chart(struct book *book, uint8_t type, const char *title)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, type);
    lxw_chart_font font = {.bold = LXW_TRUE, .size = 11};
    lxw_chart_line lines = {.color = 0xD9D9D9, .width = 0.75F};

    if (!chart)
        return NULL;
    chart_title_set_name(chart, title);
    chart_title_set_name_font(chart, &font);
    chart_axis_major_gridlines_set_line(chart->x_axis, &lines);
    chart_axis_major_gridlines_set_line(chart->y_axis, &lines);
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
    chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
    return chart;
}

static bool add_state(lxw_chart *chart, const struct chart_ranges *ranges, size_t at)
{
    lxw_row_t row = ranges->states_head + 1 + (lxw_row_t)at;
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_chart_fill fill = {.color = book_state_colors[ranges->states[at]]};

    if (!series)
        return false;
    chart_series_set_categories(series, SHEET, ranges->states_head, ALL, ranges->states_head,
                                LAST_SEVERITY);
    chart_series_set_values(series, SHEET, row, ALL, row, LAST_SEVERITY);
    chart_series_set_name_range(series, SHEET, row, LABEL);
    chart_series_set_fill(series, &fill);
    return true;
}

static lxw_chart *state_chart(struct book *book, const struct chart_ranges *ranges)
{
    lxw_chart *chart =
        new_chart(book, LXW_CHART_BAR_STACKED_PERCENT, "Required patches by state, in per cent");

    for (size_t i = 0; chart && i < ranges->state_count; i++) {
        if (!add_state(chart, ranges, i))
            return NULL;
    }
    if (!chart)
        return NULL;
    chart_axis_set_reverse(chart->y_axis); /* All on top */
    chart_axis_set_num_format(chart->x_axis, "0%");
    chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_TRUE);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_RIGHT);
    return chart;
}

static lxw_chart *age_chart(struct book *book, const struct chart_ranges *ranges)
{
    lxw_chart *chart = new_chart(book, LXW_CHART_COLUMN, "Open findings by age");
    lxw_chart_series *series = chart ? chart_add_series(chart, NULL, NULL) : NULL;
    lxw_chart_fill fill = {.color = 0x2F5597};

    if (!series)
        return NULL;
    chart_series_set_categories(series, SHEET, ranges->ages_first, LABEL, ranges->ages_last, LABEL);
    chart_series_set_values(series, SHEET, ranges->ages_first, ALL, ranges->ages_last, ALL);
    chart_series_set_fill(series, &fill);
    chart_series_set_labels(series);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_axis_set_num_format(chart->y_axis, "0");
    chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_TRUE);
    return chart;
}

bool charts_insert(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                   const struct chart_ranges *ranges)
{
    lxw_chart_options states_place = {.x_scale = 1.3, .y_scale = 0.95};
    lxw_chart_options ages_place = {.x_scale = 1.12, .y_scale = 0.95};
    lxw_chart *states = state_chart(book, ranges);
    lxw_chart *ages = age_chart(book, ranges);

    return states && ages &&
           worksheet_insert_chart_opt(sheet, row, LABEL, states, &states_place) == LXW_NO_ERROR &&
           worksheet_insert_chart_opt(sheet, row, 6, ages, &ages_place) == LXW_NO_ERROR;
}
