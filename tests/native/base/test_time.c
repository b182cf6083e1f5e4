/* SPDX-License-Identifier: MIT */
/* test_time.c - RFC 3339 text and seconds since 1970. */
#include <string.h>

#include "base/base.h"
#include "table.h"

static struct good {
    const char *name;
    const char *text;
    int64_t seconds;
    bool day_only;
    const char *formatted;
} good[] = {
    {"the epoch", "1970-01-01T00:00:00Z", 0, false, "1970-01-01T00:00:00Z"},
    {"before the epoch", "1969-12-31T23:59:59Z", -1, false, "1969-12-31T23:59:59Z"},
    {"date alone", "2026-11-22", 1795305600, true, "2026-11-22"},
    {"date and time", "2026-11-22T08:15:00Z", 1795335300, false, "2026-11-22T08:15:00Z"},
    {"lower case", "2026-11-22t08:15:00z", 1795335300, false, "2026-11-22T08:15:00Z"},
    {"ahead of UTC", "2026-11-22T10:15:00+02:00", 1795335300, false, "2026-11-22T08:15:00Z"},
    {"behind UTC, over midnight", "2026-11-21T22:45:00-09:30", 1795335300, false,
     "2026-11-22T08:15:00Z"},
    {"unknown local offset", "2026-11-22T08:15:00-00:00", 1795335300, false,
     "2026-11-22T08:15:00Z"},
    {"fraction is dropped", "2026-11-22T08:15:00.999999Z", 1795335300, false,
     "2026-11-22T08:15:00Z"},
    {"leap day", "2000-02-29", 951782400, true, "2000-02-29"},
    {"leap second", "2016-12-31T23:59:60Z", 1483228800, false, "2017-01-01T00:00:00Z"},
    {"leap second elsewhere", "2017-01-01T00:59:60+01:00", 1483228800, false,
     "2017-01-01T00:00:00Z"},
    {"first FILETIME", "1601-01-01T00:00:00Z", -11644473600, false, "1601-01-01T00:00:00Z"},
    {"year 0", "0000-01-01", -62167219200, true, "0000-01-01"},
    {"last year", "9999-12-31T23:59:59Z", 253402300799, false, "9999-12-31T23:59:59Z"},
};

static void check_good(void **state)
{
    const struct good *row = *state;
    struct prereq_time time = {0};
    char text[32];

    assert_true(prereq_time_parse(row->text, &time));
    assert_true(time.known);
    assert_int_equal(time.seconds, row->seconds);
    assert_int_equal(time.day_only, row->day_only);
    prereq_time_format(time, text);
    assert_string_equal(text, row->formatted);
}

static struct bad {
    const char *name;
    const char *text;
} bad[] = {
    {"empty", ""},
    {"no day", "2026-11"},
    {"short year", "26-11-22"},
    {"month 0", "2026-00-10"},
    {"month 13", "2026-13-01"},
    {"day 0", "2026-11-00"},
    {"31 November", "2026-11-31"},
    {"29 February in a common year", "2026-02-29"},
    {"29 February 1900", "1900-02-29"},
    {"hour 24", "2026-11-22T24:00:00Z"},
    {"minute 60", "2026-11-22T08:60:00Z"},
    {"second 61", "2026-11-22T08:15:61Z"},
    {"leap second at noon", "2026-11-22T12:00:60Z"},
    {"leap second at midnight elsewhere", "2016-12-31T23:59:60+01:00"},
    {"no offset", "2026-11-22T08:15:00"},
    {"no seconds", "2026-11-22T08:15Z"},
    {"space for T", "2026-11-22 08:15:00Z"},
    {"empty fraction", "2026-11-22T08:15:00.Z"},
    {"comma fraction", "2026-11-22T08:15:00,5Z"},
    {"offset without colon", "2026-11-22T08:15:00+0200"},
    {"offset of 24 hours", "2026-11-22T08:15:00+24:00"},
    {"text behind a date", "2026-11-22x"},
    {"text behind a time", "2026-11-22T08:15:00Zx"},
    {"space before", " 2026-11-22"},
    {"sign", "-026-11-22"},
    {"American", "11/22/2026"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;
    struct prereq_time time = {.seconds = 42};

    assert_false(prereq_time_parse(row->text, &time));
    assert_int_equal(time.seconds, 42);
    assert_false(time.known);
}

/* Text and seconds agree in both directions, for every day of 800 years. */
static void every_day(void **state)
{
    (void)state;
    for (int64_t day = -150000; day < 150000; day++) {
        struct prereq_time time = prereq_time_from_seconds(day * 86400 + 86399);
        struct prereq_time again = {0};
        char text[32];

        prereq_time_format(time, text);
        assert_int_equal(prereq_time_day(time), day);
        assert_true(prereq_time_parse(text, &again));
        assert_int_equal(again.seconds, time.seconds);
        text[10] = '\0';
        assert_true(prereq_time_parse(text, &again));
        assert_int_equal(again.seconds, day * 86400);
    }
}

/* Each day's text is the day after the text before, counted by the calendar's rules alone. */
static void calendar_counts_on(void **state)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = 1600, month = 1, day = 1;

    (void)state;
    for (int64_t days = -135140; year < 2401; days++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        struct prereq_time time = prereq_time_from_date(year, month, day);

        assert_true(time.known);
        assert_true(time.day_only);
        assert_int_equal(prereq_time_day(time), days);
        if (++day > lengths[month - 1] + (month == 2 && leap)) {
            day = 1;
            month++;
        }
        if (month > 12) {
            month = 1;
            year++;
        }
    }
}

static void wrong_date_is_not_known(void **state)
{
    (void)state;
    assert_false(prereq_time_from_date(2026, 2, 29).known);
    assert_false(prereq_time_from_date(2026, 0, 1).known);
    assert_false(prereq_time_from_date(2026, 1, 0).known);
    assert_false(prereq_time_from_date(2026, INT32_MAX, 1).known);
}

static void unknown_time_is_empty(void **state)
{
    char text[32] = "x";

    (void)state;
    prereq_time_format((struct prereq_time){0}, text);
    assert_string_equal(text, "");
}

/* Times that no text can hold, but an int64_t can, must not overflow anything. */
static void extreme_seconds(void **state)
{
    char text[32];

    (void)state;
    prereq_time_format(prereq_time_from_seconds(INT64_MAX), text);
    assert_string_equal(text, "292277026596-12-04T15:30:07Z");
    prereq_time_format(prereq_time_from_seconds(INT64_MIN), text);
    assert_string_equal(text, "-292277022657-01-27T08:29:52Z");
}

int main(void)
{
    const struct CMUnitTest time[] = {
        cmocka_unit_test(every_day),
        cmocka_unit_test(calendar_counts_on),
        cmocka_unit_test(wrong_date_is_not_known),
        cmocka_unit_test(unknown_time_is_empty),
        cmocka_unit_test(extreme_seconds),
    };
    int failed = RUN_TESTS(time);

    failed |= RUN_TABLE(good, check_good);
    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
