/* SPDX-License-Identifier: MIT */
/* version.c - version numbers as Windows files and OVAL write them. */
#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/base.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Leading zeros carry no weight: 5.00 is 5.0.  False when it does not fit 32 bits. */
static bool read_number(const char **text, uint32_t *number)
{
    uint64_t value = 0;

    if (!is_digit(**text))
        return false;
    for (; is_digit(**text); (*text)++) {
        value = value * 10 + (uint64_t)(**text - '0');
        if (value > UINT32_MAX)
            return false;
    }
    *number = (uint32_t)value;
    return true;
}

/* One ASCII sign that is neither letter nor digit; resources write "4, 2, 751, 1" as well. */
static bool skip_separator(const char **text)
{
    unsigned char c = (unsigned char)**text;
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

    if (c <= ' ' || c >= 0x7F || letter)
        return false;
    (*text)++;
    if (c == ',') {
        while (**text == ' ')
            (*text)++;
    }
    return true;
}

bool prereq_version_parse(const char *text, struct prereq_version *version)
{
    struct prereq_version result = {{0}, 0};

    if (!read_number(&text, &result.part[result.parts++]))
        return false;
    while (*text && *text != ' ') {
        if (result.parts == PREREQ_COUNT(result.part) || !skip_separator(&text) ||
            !read_number(&text, &result.part[result.parts]))
            return false;
        result.parts++;
    }
    *version = result;
    return true;
}

int prereq_version_compare(struct prereq_version a, struct prereq_version b)
{
    for (size_t i = 0; i < PREREQ_COUNT(a.part); i++) {
        if (a.part[i] != b.part[i])
            return a.part[i] < b.part[i] ? -1 : 1;
    }
    return 0;
}

void prereq_version_format(struct prereq_version version, char out[48])
{
    const uint32_t *part = version.part;

    assert(version.parts <= PREREQ_COUNT(version.part));
    if (version.parts == 0)
        out[0] = '\0';
    else if (version.parts <= 2)
        (void)snprintf(out, 48, "%" PRIu32 ".%" PRIu32, part[0], part[1]);
    else if (version.parts == 3)
        (void)snprintf(out, 48, "%" PRIu32 ".%" PRIu32 ".%" PRIu32, part[0], part[1], part[2]);
    else
        (void)snprintf(out, 48, "%" PRIu32 ".%" PRIu32 ".%" PRIu32 ".%" PRIu32, part[0], part[1],
                       part[2], part[3]);
}
