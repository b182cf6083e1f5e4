/* SPDX-License-Identifier: MIT */
/* source.c - why something could not be seen. */
#include "collect/source.h"

#include <stdio.h>
#include <string.h>

void prereq_refuse(struct prereq_refusal *why, const char *code, const char *number,
                   const char *fmt, ...)
{
    va_list args;
    int len;

    if (!why)
        return;
    *why = (struct prereq_refusal){.code = code};
    if (number)
        (void)snprintf(why->number, sizeof(why->number), "%s", number);
    va_start(args, fmt);
    len = vsnprintf(why->text, sizeof(why->text), fmt, args);
    va_end(args);
    if (len >= (int)sizeof(why->text))
        prereq_utf8_mend(why->text);
}
