/* SPDX-License-Identifier: MIT */
/* collecting.c - what commands that collect have in common. */
#include "inputs/collecting.h"

#include <stdlib.h>
#include <string.h>

#include "inputs/load.h"
#include "program/progress.h"
#include "program/system.h"

#define MAX_TIMEOUT 86400 /* seconds */

static struct prereq_time clock_of(void *context)
{
    const struct collecting *collecting = context;

    return collecting->now.known ? collecting->now : system_now();
}

static bool time_is_up(void *context)
{
    const struct collecting *collecting = context;

    return collecting->end && system_milliseconds() >= collecting->end;
}

static void show(void *context, const char *what, size_t done, size_t total)
{
    (void)context;
    progress_show(what, done, total);
}

enum prereq_status collecting_number(const char *option, const char *text, unsigned low,
                                     unsigned high, unsigned *number, struct prereq_error *err)
{
    unsigned long read = 0;
    size_t len = strspn(text, "0123456789");

    if (len > 0 && len < 10 && !text[len])
        read = strtoul(text, NULL, 10);
    if (read < low || read > high || len == 0 || len >= 10 || text[len])
        return prereq_fail(err, PREREQ_BAD_INPUT, "--%s %s is not a number from %u to %u", option,
                           text, low, high);
    *number = (unsigned)read;
    return PREREQ_OK;
}

enum prereq_status collecting_begin(const struct options *options, struct collecting *collecting,
                                    struct prereq_collect_options *wanted, struct prereq_error *err)
{
    const char *timeout = option_text(options, OPTION_TIMEOUT);
    enum prereq_status status = PREREQ_OK;
    unsigned seconds = 0;

    *collecting = (struct collecting){0};
    if (timeout)
        status = collecting_number("timeout", timeout, 1, MAX_TIMEOUT, &seconds, err);
    if (status == PREREQ_OK)
        status = load_host_id(options, err);
    if (status == PREREQ_OK && option_given(options, OPTION_NOW))
        status = load_now(options, &collecting->now, err);
    if (status != PREREQ_OK)
        return status;
    if (seconds)
        collecting->end = system_milliseconds() + (uint64_t)seconds * 1000;
    *wanted = (struct prereq_collect_options){
        .host_id = option_text(options, OPTION_HOST_ID),
        .no_user_names = option_given(options, OPTION_NO_USER_NAMES),
        .clock = clock_of,
        .stop = time_is_up,
        .progress = show,
        .context = collecting,
    };
    return PREREQ_OK;
}
