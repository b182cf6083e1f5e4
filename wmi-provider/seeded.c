/* SPDX-License-Identifier: MIT */
/* seeded.c - which fault is on, in the build for tests. */
#include <windows.h>

#include "seeded.h"

int seeded_bug(void)
{
    WCHAR text[8];
    int number = 0;

    if (!GetEnvironmentVariableW(L"PREREQ_BUG", text, 8))
        return BUG_NONE;
    for (const WCHAR *c = text; *c >= L'0' && *c <= L'9'; c++)
        number = number * 10 + (*c - L'0');
    return number;
}
