/* SPDX-License-Identifier: MIT */
/* progress.c - one line on the terminal that says how far long work has come. */
#include <stdio.h>

#include "program/progress.h"
#include "program/system.h"

#define FIRST_AFTER_MS 500
#define NEXT_AFTER_MS 200

static bool active;
static bool line_shown;
static uint64_t next_at;

void progress_start(bool quiet)
{
    active = !quiet && system_messages_on_terminal();
    next_at = system_milliseconds() + FIRST_AFTER_MS;
}

void progress_show(const char *what, size_t done, size_t total)
{
    uint64_t now;

    if (!active)
        return;
    now = system_milliseconds();
    if (now < next_at)
        return;
    next_at = now + NEXT_AFTER_MS;
    line_shown = true;
    if (total)
        (void)fprintf(stderr, "\r%s: %zu of %zu\033[K", what, done, total);
    else
        (void)fprintf(stderr, "\r%s: %zu\033[K", what, done);
    (void)fflush(stderr);
}

void progress_clear(void)
{
    if (!line_shown)
        return;
    (void)fputs("\r\033[K", stderr);
    (void)fflush(stderr);
    line_shown = false;
}
