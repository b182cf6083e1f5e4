/* SPDX-License-Identifier: MIT */
/* import_date.c - dates as locales write them.  What can be read in two ways is not known.
 *
 * Only digits are read.  A year of four digits may come first or last; two digits may be any of
 * year, month and day.  Every order that locales use is tried, and the date is known when they
 * agree. Calendars other than the Gregorian show themselves by years that cannot be. */
#include <string.h>

#include "import/import_parts.h"

#define HOUR 3600
#define DAY (24 * HOUR)
#define FIRST_YEAR 1993 /* Windows NT 3.1 */
#define LAST_YEAR 2099

/* Three numbers as written, and what stands behind them. */
struct numbers {
    int value[3];
    int digits[3];
    bool punctuated; /* nothing but . / - and blanks stood between them */
    const char *rest;
};

/* Seconds of the day, at the earliest and at the latest. */
struct clock {
    int64_t from, to;
};

static const char *read_number(const char *text, int *value, int *digits)
{
    *value = 0;
    for (*digits = 0; prereq_import_is_digit(*text) && *digits < 5; text++, (*digits)++)
        *value = *value * 10 + (*text - '0');
    return text;
}

/* Signs between the numbers: "4/23", "23. 4.", or letters beyond ASCII, as in East Asian dates. */
static const char *skip_between(const char *text, bool *punctuated)
{
    size_t len = 0;

    while (text[len] && !prereq_import_is_digit(text[len])) {
        if ((unsigned char)text[len] >= 0x80)
            *punctuated = false;
        else if (!strchr("./- ", text[len]))
            return NULL;
        if (++len > 8)
            return NULL;
    }
    return len ? text + len : NULL;
}

static bool ends_here(const char *rest)
{
    rest += *rest == '.';
    rest += *rest == ',';
    return *rest == '\0' || *rest == ' ' || *rest == 'T' || (unsigned char)*rest >= 0x80;
}

static bool read_numbers(const char *text, struct numbers *numbers)
{
    numbers->punctuated = true;
    while (*text == ' ' || (unsigned char)*text >= 0x80) /* marks of writing direction */
        text++;
    for (size_t i = 0; i < 3; i++) {
        text = read_number(text, &numbers->value[i], &numbers->digits[i]);
        if (numbers->digits[i] == 0 || numbers->digits[i] > 4)
            return false;
        if (i < 2)
            text = skip_between(text, &numbers->punctuated);
        if (!text)
            return false;
    }
    numbers->rest = text;
    return ends_here(text);
}

static struct prereq_time from_date(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return (struct prereq_time){0};
    return prereq_time_from_date(year, month, day);
}

static int whole_year(int value, int digits)
{
    if (digits == 4)
        return value;
    return value >= FIRST_YEAR % 100 ? 1900 + value : 2000 + value;
}

/* Another reading of one text: the same date, or none at all. */
static void agree(struct prereq_time *date, bool *contradicted, struct prereq_time other)
{
    if (!other.known)
        return;
    if (date->known && date->seconds != other.seconds)
        *contradicted = true;
    *date = other;
}

static struct prereq_time read_orders(const struct numbers *numbers, enum prereq_import_order order)
{
    const int *n = numbers->value;
    bool short_year = numbers->digits[0] <= 2 && numbers->digits[1] <= 2 && numbers->digits[2] <= 2;
    bool year_first = numbers->digits[0] == 4 || (short_year && numbers->digits[0] == 2);
    bool year_last = numbers->digits[2] == 4 || (short_year && numbers->digits[2] == 2);
    struct prereq_time date = {0};
    bool contradicted = false;

    if (short_year && !numbers->punctuated)
        return date;
    if (year_first)
        agree(&date, &contradicted, from_date(whole_year(n[0], numbers->digits[0]), n[1], n[2]));
    if (year_last && order != PREREQ_ORDER_MONTH_FIRST)
        agree(&date, &contradicted, from_date(whole_year(n[2], numbers->digits[2]), n[1], n[0]));
    if (year_last && order != PREREQ_ORDER_DAY_FIRST)
        agree(&date, &contradicted, from_date(whole_year(n[2], numbers->digits[2]), n[0], n[1]));
    if (contradicted)
        date = (struct prereq_time){0};
    return date;
}

static unsigned hex_digit(char c)
{
    if (prereq_import_is_digit(c))
        return (unsigned)(c - '0');
    return (unsigned)((c | 0x20) - 'a') + 10;
}

/* Windows Vista and Server 2008 give the 100-nanosecond ticks since 1601, in hex. */
static struct prereq_time read_filetime(const char *text)
{
    const int64_t epoch = 11644473600; /* seconds from 1601 to 1970 */
    uint64_t ticks = 0;
    size_t len = strspn(text, "0123456789abcdefABCDEF");
    struct prereq_time time, from = prereq_time_from_date(FIRST_YEAR, 1, 1);

    if (len < 15 || len > 16 || text[len])
        return (struct prereq_time){0};
    for (size_t i = 0; i < len; i++)
        ticks = ticks << 4 | hex_digit(text[i]);
    time = prereq_time_from_seconds((int64_t)(ticks / 10000000) - epoch);
    if (time.seconds < from.seconds ||
        time.seconds >= prereq_time_from_date(LAST_YEAR, 12, 31).seconds)
        return (struct prereq_time){0};
    return time;
}

/* 20090423, as the installers of Windows XP wrote it. */
static struct prereq_time read_eight_digits(const char *text)
{
    int number = 0;

    if (strspn(text, "0123456789") != 8 || text[8])
        return (struct prereq_time){0};
    for (size_t i = 0; i < 8; i++)
        number = number * 10 + (text[i] - '0');
    return from_date(number / 10000, number / 100 % 100, number % 100);
}

struct prereq_time prereq_import_date(const char *text)
{
    struct numbers numbers;
    struct prereq_time time;

    text = prereq_import_skip_blanks(text);
    time = read_filetime(text);
    if (!time.known)
        time = read_eight_digits(text);
    if (!time.known && read_numbers(text, &numbers))
        time = read_orders(&numbers, PREREQ_ORDER_UNKNOWN);
    return time;
}

bool prereq_import_is_date(const char *text)
{
    struct numbers numbers;

    return read_numbers(text, &numbers) && (numbers.digits[0] == 4 || numbers.digits[2] == 4);
}

enum prereq_import_order prereq_import_date_order(const char *text)
{
    struct numbers numbers;

    if (!read_numbers(text, &numbers) || numbers.digits[2] != 4 || numbers.digits[0] > 2 ||
        !read_orders(&numbers, PREREQ_ORDER_UNKNOWN).known || numbers.value[0] == numbers.value[1])
        return PREREQ_ORDER_UNKNOWN;
    return numbers.value[0] > 12 ? PREREQ_ORDER_DAY_FIRST : PREREQ_ORDER_MONTH_FIRST;
}

/* "PM", "p.m.", "P. M." */
static bool has_marker(const char *text, char letter)
{
    for (; *text; text++) {
        const char *after = text + 1;

        if ((*text | 0x20) != letter)
            continue;
        after += *after == '.';
        after = prereq_import_skip_blanks(after);
        if ((*after | 0x20) == 'm')
            return true;
    }
    return false;
}

static bool has_letters(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80 || (*text >= 'A' && *text <= 'Z') ||
            (*text >= 'a' && *text <= 'z'))
            return true;
    }
    return false;
}

/* ", 2:43:51 PM".  Words for the half of the day are read in English only; with another word (which
 * may stand in front) it can be either half. */
static bool read_clock(const char *rest, struct clock *clock)
{
    const char *text = rest;
    int n[3] = {0, 0, 0}, digits;
    int64_t seconds;

    text += strcspn(text, "0123456789");
    for (size_t i = 0; i < 3; i++) {
        text = read_number(text, &n[i], &digits);
        if (digits < 1 || digits > 2 || (i > 0 && n[i] > 59))
            return false;
        if (i < 2 && (*text != ':' && *text != '.'))
            return false;
        text += i < 2;
    }
    if (n[0] > 23)
        return false;
    seconds = n[0] * HOUR + n[1] * 60 + n[2];
    clock->from = clock->to = seconds;
    if (n[0] > 12 || !has_letters(rest))
        return true;
    clock->from = seconds % (DAY / 2);
    clock->to = clock->from + DAY / 2;
    if (has_marker(rest, 'a'))
        clock->to = clock->from;
    else if (has_marker(rest, 'p'))
        clock->from = clock->to;
    return true;
}

static int64_t day_of(int64_t seconds)
{
    return prereq_time_day(prereq_time_from_seconds(seconds));
}

struct prereq_time prereq_import_local_day(const char *text, enum prereq_import_order order,
                                           int offset)
{
    struct prereq_time none = {0}, date;
    struct numbers numbers;
    struct clock clock;

    if (!read_numbers(text, &numbers) || (numbers.digits[0] != 4 && numbers.digits[2] != 4))
        return none;
    date = read_orders(&numbers, order);
    if (!date.known || !read_clock(numbers.rest, &clock))
        return none;
    /* Summer time moves the clock by an hour, in either direction, and the text does not say. */
    clock.from += date.seconds - offset - HOUR;
    clock.to += date.seconds - offset + HOUR;
    if (day_of(clock.from) != prereq_time_day(date) || day_of(clock.to) != prereq_time_day(date))
        return none;
    return date;
}
