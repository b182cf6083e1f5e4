/* SPDX-License-Identifier: MIT */
/* test_columns.c - every table of the report: its columns, their names, their lines of CSV. */
#include <string.h>

#include "documents.h"
#include "tables/columns.h"
#include "tables/report_rows.h"

static void no_table_is_too_wide(void **state)
{
    struct column columns[COLUMNS_MAX];

    (void)state;
    for (int id = 0; id < REPORT_TABLES; id++) {
        const struct report_table *table = &report_tables[id];

        assert_true(columns_of(table->parts, PREREQ_IN_CSV, columns) < COLUMNS_MAX);
        if (table->sheet)
            assert_true(columns_of(table->parts, PREREQ_IN_SHEET, columns) > 0);
        if (table->sheet)
            assert_true(strlen(table->sheet) < 28); /* "_999" must fit behind it */
    }
}

static bool has_name(const struct column *columns, size_t count, const char *name)
{
    char other[PREREQ_FIELD_NAME];

    for (size_t i = 0; i < count; i++) {
        prereq_field_name(columns[i].field, other);
        if (strcmp(name, other) == 0)
            return true;
    }
    return false;
}

static void names_are_unique(void **state)
{
    struct column columns[COLUMNS_MAX];
    char name[PREREQ_FIELD_NAME];

    (void)state;
    for (int id = 0; id < REPORT_TABLES; id++) {
        size_t count = columns_of(report_tables[id].parts, PREREQ_IN_CSV, columns);

        for (size_t i = 0; i < count; i++) {
            prereq_field_name(columns[i].field, name);
            assert_true(name[0] >= 'A' && name[0] <= 'Z');
            if (has_name(columns, i, name))
                fail_msg("%s has two columns %s", report_tables[id].file, name);
        }
    }
}

static bool has_member(const struct column *columns, size_t count, const char *member)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(columns[i].field.member->name, member) == 0)
            return true;
    }
    return false;
}

/* A width for a member that is not there would be a column forgotten at a rename. */
static void widths_belong_to_members(void **state)
{
    struct column columns[COLUMNS_MAX];

    (void)state;
    for (int id = 0; id < REPORT_TABLES; id++) {
        size_t count = columns_of(report_tables[id].parts, PREREQ_IN_SHEET, columns);

        for (const struct report_width *width = report_tables[id].widths; width->member; width++) {
            if (!has_member(columns, count, width->member))
                fail_msg("%s: no column %s", report_tables[id].sheet, width->member);
        }
    }
}

static void lines_of_csv(void **state)
{
    static const char *const reasons[] = {"cbs", "=evil()"};
    const struct row_host row = {
        .stale = PREREQ_FLAG_TRUE,
        .worst_state = "OutOfOrder",
        .compliance = {995, true},
        .compliant = {199, true},
        .known = {200, true},
        .age_hours = {0, true},
        .facts_time = prereq_time_from_seconds(0),
        .restart_reasons = reasons,
        .restart_reason_count = 2,
        .restart_pending = "=1+1",
    };
    static const struct prereq_shape *const parts[] = {&row_host_figures_shape, NULL};
    const void *rows[] = {&row};
    struct column columns[COLUMNS_MAX];
    size_t count = columns_of(parts, PREREQ_IN_CSV, columns);
    struct prereq_buffer out = {0};

    (void)state;
    columns_csv_header(columns, count, &out);
    columns_csv_row(columns, count, rows, &out);
    assert_string_equal(
        out.text,
        "\xef\xbb\xbf"
        "FactsTime,LastEvaluated,AgeHours,Stale,WorstState,Compliance,ComplianceOfKnown,Compliant,"
        "Known,Required,"
        "Ready,Blocked,OutOfOrder,Regressed,PendingRestart,Unknown,RecordedOnly,Waived,Overdue,"
        "OldestOpenDays,HostCompliant,WithinSla,RestartPending,RestartReasons,RestartSince,"
        "PlanResult,PlanSteps,PlanRestarts,PlanHash,CollectorErrors\r\n"
        "1970-01-01T00:00:00Z,,0,true,OutOfOrder,99.5,,199,200,,,,,,,,,,,,,,\"'=1+1\",\"cbs; "
        "=evil()\",,,,,,\r\n");
    prereq_buffer_free(&out);
}

static void states_are_number_and_name(void **state)
{
    const struct row_patch_state row = {PREREQ_STATE_OUT_OF_ORDER};
    static const struct prereq_shape *const parts[] = {&row_patch_state_shape, NULL};
    const void *rows[] = {&row};
    struct column columns[COLUMNS_MAX];
    size_t count = columns_of(parts, PREREQ_IN_CSV, columns);
    struct prereq_buffer out = {0};

    (void)state;
    columns_csv_header(columns, count, &out);
    columns_csv_row(columns, count, rows, &out);
    assert_string_equal(out.text, "\xef\xbb\xbfState,StateName\r\n3,OutOfOrder\r\n");
    assert_int_equal(columns_of(parts, PREREQ_IN_SHEET, columns), 1);
    prereq_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_table_is_too_wide),       cmocka_unit_test(names_are_unique),
        cmocka_unit_test(widths_belong_to_members),   cmocka_unit_test(lines_of_csv),
        cmocka_unit_test(states_are_number_and_name),
    };

    return RUN_TESTS(tests);
}
