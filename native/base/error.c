/* SPDX-License-Identifier: MIT */
/* error.c - filling in why a call failed. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"

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
        prereq_utf8_mend(err->text); /* it goes into JSON and cells */
    return status;
}

enum prereq_status prereq_fail_prefix(struct prereq_error *err, const char *prefix)
{
    char old[sizeof(err->text)];

    memcpy(old, err->text, sizeof(old));
    return prereq_fail(err, err->status, "%s: %s", prefix, old);
}
