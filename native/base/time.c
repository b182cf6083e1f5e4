/* SPDX-License-Identifier: MIT */
/* time.c - points in time as seconds, and RFC 3339 text.  Nothing here knows what time it is. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

#define DAY 86400

struct date {
    int64_t year;
    int month, day;
};

/* Days since 1970-01-01.  Years start in March here, so that the leap day is the last one. */
static int64_t days_from_date(struct date date)
{
    int64_t year = date.month > 2 ? date.year : date.year - 1;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static struct date date_from_days(int64_t days)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct date date;

    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date.year = year_of_era + era * 400 + (date.month <= 2);
    return date;
}

static bool is_date(struct date date)
{
    struct date back;

    if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31)
        return false;
    back = date_from_days(days_from_date(date));
    return back.month == date.month && back.day == date.day;
}

/* Exactly `count` digits, at most 4.  Moves *text behind them. */
static bool read_digits(const char **text, int count, int *value)
{
    int number = 0;

    for (int i = 0; i < count; i++) {
        char c = (*text)[i];

        if (c < '0' || c > '9')
            return false;
        number = number * 10 + (c - '0');
    }
    *text += count;
    *value = number;
    return true;
}

static bool read_char(const char **text, char expected)
{
    if (**text != expected)
        return false;
    (*text)++;
    return true;
}

static bool read_date(const char **text, struct date *date)
{
    int year;

    if (!read_digits(text, 4, &year) || !read_char(text, '-') ||
        !read_digits(text, 2, &date->month) || !read_char(text, '-') ||
        !read_digits(text, 2, &date->day))
        return false;
    date->year = year;
    return is_date(*date);
}

/* "08:15:00" and a fraction, which is dropped.  Second 60 is a leap second. */
static bool read_clock(const char **text, int *seconds, bool *leap)
{
    int hour, minute, second;

    if (!read_digits(text, 2, &hour) || !read_char(text, ':') || !read_digits(text, 2, &minute) ||
        !read_char(text, ':') || !read_digits(text, 2, &second))
        return false;
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    if (read_char(text, '.')) {
        size_t digits = strspn(*text, "0123456789");

        if (!digits)
            return false;
        *text += digits;
    }
    *seconds = hour * 3600 + minute * 60 + second;
    *leap = second == 60;
    return true;
}

/* "Z" or "+02:00", in seconds. */
static bool read_offset(const char **text, int *offset)
{
    int hour, minute, sign;

    *offset = 0;
    if (read_char(text, 'Z') || read_char(text, 'z'))
        return true;
    sign = **text == '-' ? -1 : 1;
    if (!read_char(text, '+') && !read_char(text, '-'))
        return false;
    if (!read_digits(text, 2, &hour) || !read_char(text, ':') || !read_digits(text, 2, &minute) ||
        hour > 23 || minute > 59)
        return false;
    *offset = sign * (hour * 3600 + minute * 60);
    return true;
}

bool prereq_time_parse(const char *text, struct prereq_time *time)
{
    struct prereq_time result = {.known = true};
    struct date date;
    int clock, offset;
    bool leap;

    if (!read_date(&text, &date))
        return false;
    result.seconds = days_from_date(date) * DAY;
    if (!*text) {
        result.day_only = true;
        *time = result;
        return true;
    }
    if (!read_char(&text, 'T') && !read_char(&text, 't'))
        return false;
    if (!read_clock(&text, &clock, &leap) || !read_offset(&text, &offset) || *text)
        return false;
    result.seconds += clock - offset;
    /* Leap seconds are put in at the end of a day in UTC and nowhere else. */
    if (leap && result.seconds % DAY != 0)
        return false;
    *time = result;
    return true;
}

int64_t prereq_time_day(struct prereq_time time)
{
    return time.seconds / DAY - (time.seconds % DAY < 0);
}

void prereq_time_format(struct prereq_time time, char out[32])
{
    int64_t days = prereq_time_day(time);
    struct date date = date_from_days(days);
    int clock = (int)((time.seconds % DAY + DAY) % DAY);
    int len;

    out[0] = '\0';
    if (!time.known)
        return;
    len = snprintf(out, 32, "%04" PRId64 "-%02d-%02d", date.year, date.month, date.day);
    if (!time.day_only && len > 0 && len < 32)
        (void)snprintf(out + len, 32 - (size_t)len, "T%02d:%02d:%02dZ", clock / 3600,
                       clock / 60 % 60, clock % 60);
}

struct prereq_time prereq_time_from_seconds(int64_t seconds)
{
    return (struct prereq_time){.seconds = seconds, .known = true};
}

struct prereq_time prereq_time_from_date(int year, int month, int day)
{
    struct date date = {year, month, day};

    if (!is_date(date))
        return (struct prereq_time){0};
    return (struct prereq_time){
        .seconds = days_from_date(date) * DAY, .known = true, .day_only = true};
}
