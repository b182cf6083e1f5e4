/* SPDX-License-Identifier: MIT */
/* error.c - filling in why a call failed. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

/* A sentence that did not fit must not end in half a character: it goes into JSON and cells. */
static void cut_to_whole_characters(char *text)
{
    size_t len = strlen(text);
    size_t bad;

    if (!prereq_utf8_valid(text, len, &bad) && len - bad < 4)
        text[bad] = '\0';
}

/* In parentheses, because base.h makes it a macro for the static analyzer. */
enum prereq_status(prereq_fail)(struct prereq_error *err, enum prereq_status status,
                                const char *fmt, ...)
{
    va_list args;
    int len;

    assert(status != PREREQ_OK);
    if (!err)
        return status;
    err->status = status;
    va_start(args, fmt);
    len = vsnprintf(err->text, sizeof(err->text), fmt, args);
    va_end(args);
    if (len < 0)
        err->text[0] = '\0';
    else if ((size_t)len >= sizeof(err->text))
        cut_to_whole_characters(err->text);
    return status;
}

enum prereq_status prereq_fail_prefix(struct prereq_error *err, const char *prefix)
{
    char old[sizeof(err->text)];

    memcpy(old, err->text, sizeof(old));
    return prereq_fail(err, err->status, "%s: %s", prefix, old);
}
