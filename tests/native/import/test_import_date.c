/* SPDX-License-Identifier: MIT */
/* test_import_date.c - dates of every locale: known for certain, or not at all. */
#include "import/import_parts.h"
#include "table.h"

static struct date {
    const char *name; /* the text itself */
    const char *expected;
} dates[] = {
    {"11/13/2018", "2018-11-13"},
    {"13/11/2018", "2018-11-13"},
    {"13.11.2018", "2018-11-13"},
    {"13-11-2018", "2018-11-13"},
    {"13. 11. 2018.", "2018-11-13"},
    {"2018-11-13", "2018-11-13"},
    {"2018-04-03", "2018-04-03"},
    {"2018/4/3", "2018-04-03"},
    {"2018. 04. 03.", "2018-04-03"},
    {"2018. 04. 03., 9:10:11", "2018-04-03"},
    {"2018-04-03T10:00:00", "2018-04-03"},
    {"2018\xE5\xB9\xB4"
     "4\xE6\x9C\x88"
     "3\xE6\x97\xA5",
     "2018-04-03"},
    {"\xE2\x80\x8E"
     "11/13/2018",
     "2018-11-13"},
    {"5/5/2018", "2018-05-05"},
    {"5/4/2018", ""},
    {"04.05.2018", ""},
    {"04/05/2018 12:00:00 AM", ""},
    {"11/13/2018 12:00:00 AM", "2018-11-13"},
    {"11/13/18", "2018-11-13"},
    {"21/11/10", ""}, /* 2010-11-21 or 2021-11-10 */
    {"5/3/19", ""},
    {"25/3/19", ""}, /* 2019-03-25 or 2025-03-19 */
    {"29/2/2019", ""},
    {"2/29/2020", "2020-02-29"},
    {"31/4/2018", ""},
    {"13/13/2018", ""},
    {"0/0/2018", ""},
    {"20090423", "2009-04-23"},
    {"20092304", ""},
    {"23042009", ""},
    {"01cb5f0a3d2e8c00", "2010-09-28T12:39:49Z"},
    {"1cb5f0a3d2e8c00", "2010-09-28T12:39:49Z"},
    {"01CB5F0A3D2E8C00", "2010-09-28T12:39:49Z"},
    {"ffffffffffffffff", ""},
    {"0000000000000000", ""},
    {"01cb5f0a3d2e8c0", ""}, /* one digit short: a time in 1614 */
    {"13/11/2561", ""},      /* Buddhist */
    {"1440/03/05", ""},      /* Hijri */
    {"107/11/13", ""},       /* years of the Republic of China */
    {"1992-05-06", ""},      /* before Windows NT */
    {"13 Nov 2018", ""},
    {"10.0.17763", ""},
    {"1.2.2019.5", ""},
    {"11/13", ""},
    {"11/13/", ""},
    {"12345/1/1", ""},
    {"11//////////13/2018", ""},
    {"N/A", ""},
    {"", ""},
};

static void check_date(void **state)
{
    const struct date *date = *state;
    char text[32];

    prereq_time_format(prereq_import_date(date->name), text);
    assert_string_equal(text, date->expected);
}

static struct local_day {
    const char *name;
    const char *text;
    int order, hours; /* east of Greenwich */
    const char *expected;
} local_days[] = {
    {"noon is the same day in UTC", "13/11/2026, 12:00:00", 0, 1, "2026-11-13"},
    {"an order proven elsewhere: day first", "03/04/2026, 12:00:00", PREREQ_ORDER_DAY_FIRST, 0,
     "2026-04-03"},
    {"an order proven elsewhere: month first", "03/04/2026, 12:00:00", PREREQ_ORDER_MONTH_FIRST, 0,
     "2026-03-04"},
    {"no order", "03/04/2026, 12:00:00", 0, 0, ""},
    {"a proven order that does not fit", "03/14/2026, 12:00:00", PREREQ_ORDER_DAY_FIRST, 0, ""},
    {"summer time moves it over midnight", "13/11/2026, 01:30:00", 0, 1, ""},
    {"two hours after midnight is enough", "13/11/2026, 02:00:00", 0, 1, "2026-11-13"},
    {"evening in America is the next day", "13/11/2026, 18:00:00", 0, -8, ""},
    {"morning in Asia is the day before", "13/11/2026, 08:00:00", 0, 9, ""},
    {"afternoon in Asia", "13/11/2026, 15:00:00", 0, 9, "2026-11-13"},
    {"a.m.", "11/13/2026, 9:02:31 AM", 0, -8, "2026-11-13"},
    {"p.m.", "11/13/2026, 9:02:31 PM", 0, -8, ""},
    {"p. m. with dots and blanks", "11/13/2026, 9:02:31 p. m.", 0, -8, ""},
    {"12 a.m. is midnight", "11/13/2026, 12:30:00 AM", 0, -3, "2026-11-13"},
    {"12 p.m. is noon", "11/13/2026, 12:30:00 PM", 0, -3, "2026-11-13"},
    {"another word: morning or afternoon, one day", "2026-11-13, \xE4\xB8\x8B\xE5\x8D\x88 3:00:00",
     0, 0, "2026-11-13"},
    {"another word: morning or afternoon, two days", "2026-11-13, \xE4\xB8\x8B\xE5\x8D\x88 9:00:00",
     0, -8, ""},
    {"dots between the numbers", "13.11.2026, 12.00.00", 0, 1, "2026-11-13"},
    {"no time", "13/11/2026", 0, 0, ""},
    {"half a time", "13/11/2026, 12:00", 0, 0, ""},
    {"an hour that is none", "13/11/2026, 24:00:00", 0, 0, ""},
    {"up time", "12 Days, 3 Hours, 4 Minutes, 5 Seconds", 0, 0, ""},
    {"up time in East Asia", "40 \xE5\xA4\xA9, 5 \xE5\xB0\x8F\xE6\x97\xB6, 20 \xE5\x88\x86", 0, 0,
     ""},
};

static void check_local_day(void **state)
{
    const struct local_day *row = *state;
    char text[32];

    prereq_time_format(
        prereq_import_local_day(row->text, (enum prereq_import_order)row->order, row->hours * 3600),
        text);
    assert_string_equal(text, row->expected);
}

static struct order {
    const char *name; /* the text itself */
    int order;
} orders[] = {
    {"13/11/2026, 1:00:00", PREREQ_ORDER_DAY_FIRST},
    {"11/13/2026, 1:00:00", PREREQ_ORDER_MONTH_FIRST},
    {"11/11/2026", PREREQ_ORDER_UNKNOWN},
    {"10/11/2026", PREREQ_ORDER_UNKNOWN},
    {"2026-11-13", PREREQ_ORDER_UNKNOWN},
    {"31/2/2026", PREREQ_ORDER_UNKNOWN},
    {"13/11/26", PREREQ_ORDER_UNKNOWN},
};

static void check_order(void **state)
{
    const struct order *row = *state;

    assert_int_equal(prereq_import_date_order(row->name), row->order);
}

int main(void)
{
    int failed = RUN_TABLE(dates, check_date);

    failed |= RUN_TABLE(local_days, check_local_day);
    failed |= RUN_TABLE(orders, check_order);
    return failed;
}
