/* SPDX-License-Identifier: MIT */
/* import_shapes.c - values of systeminfo that their shape tells, in every language. */
#include <string.h>

#include "import/import_parts.h"

#define SMALLEST_BUILD 1000

bool prereq_import_number(const char **text, uint32_t *number)
{
    size_t len = strspn(*text, "0123456789");

    if (len == 0 || len > 9)
        return false;
    *number = 0;
    for (size_t i = 0; i < len; i++)
        *number = *number * 10 + (uint32_t)((*text)[i] - '0');
    *text += len;
    return true;
}

/* The next number in *text, which moves behind it. */
static bool next_number(const char **text, uint32_t *number)
{
    for (;;) {
        *text += strcspn(*text, "0123456789");
        if (!**text)
            return false;
        if (prereq_import_number(text, number))
            return true;
        *text += strspn(*text, "0123456789");
    }
}

bool prereq_import_find_number(const char *text, uint32_t except, uint32_t *number,
                               const char **end)
{
    while (next_number(&text, number)) {
        if (*number == except)
            continue;
        *end = text;
        return true;
    }
    return false;
}

bool prereq_import_version(const char *value, uint32_t version[3], const char **rest)
{
    const char *text = value;
    uint32_t number;

    for (size_t i = 0; i < 3; i++) {
        if (i > 0 && *text++ != '.')
            return false;
        if (!prereq_import_number(&text, &version[i]))
            return false;
    }
    if (*text != ' ' || version[2] < SMALLEST_BUILD)
        return false;
    *rest = text;
    while (next_number(&text, &number)) {
        if (number == version[2])
            return true;
    }
    return false;
}

int prereq_import_architecture(const char *value)
{
    static const struct {
        const char *begins;
        enum prereq_architecture architecture;
    } kinds[] = {
        {"x64-based", PREREQ_X64}, {"x86-based", PREREQ_X86},   {"ARM64-based", PREREQ_ARM64},
        {"ARM-based", PREREQ_ARM}, {"ia64-based", PREREQ_IA64}, {"Itanium-based", PREREQ_IA64},
    };

    for (size_t i = 0; i < PREREQ_COUNT(kinds); i++) {
        if (prereq_starts_nocase(value, kinds[i].begins))
            return (int)kinds[i].architecture;
    }
    return 0;
}

static void lower(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] = (char)(text[i] - 'A' + 'a');
    }
}

static void upper(char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)(text[i] - 'a' + 'A');
    }
}

bool prereq_import_language(const char *value, char language[16])
{
    size_t len = strcspn(value, ";"), at = strcspn(value, "-;");

    if (value[len] != ';' || len > 15 || at < 2 || at > 3 || !prereq_import_is_id(value, len) ||
        strcspn(value, "0123456789._") < len)
        return false;
    memcpy(language, value, len);
    language[len] = '\0';
    lower(language, len);
    /* Regions have two letters, scripts four. */
    while (at < len) {
        size_t part = strcspn(language + at + 1, "-");

        if (part == 2)
            upper(language + at + 1, 2);
        else if (part == 4)
            upper(language + at + 1, 1);
        at += part + 1;
    }
    return true;
}

static bool two_digits(const char *text, int *number)
{
    if (strspn(text, "0123456789") != 2)
        return false;
    *number = (text[0] - '0') * 10 + (text[1] - '0');
    return true;
}

bool prereq_import_zone(const char *value, int *offset)
{
    int sign, hours, minutes;

    if (!prereq_starts_nocase(value, "(UTC") && !prereq_starts_nocase(value, "(GMT"))
        return false;
    value += 4;
    *offset = 0;
    if (*value == ')')
        return true;
    if (*value != '+' && *value != '-')
        return false;
    sign = *value == '-' ? -1 : 1;
    if (!two_digits(value + 1, &hours) || value[3] != ':' || !two_digits(value + 4, &minutes) ||
        value[6] != ')')
        return false;
    *offset = sign * (hours * 3600 + minutes * 60);
    return true;
}

const char *prereq_import_entry(const char *line)
{
    size_t digits;

    line = prereq_import_skip_blanks(line);
    if (*line++ != '[')
        return NULL;
    digits = strspn(line, "0123456789");
    if (digits == 0 || line[digits] != ']')
        return NULL;
    line = prereq_import_skip_blanks(line + digits + 1);
    return *line == ':' ? prereq_import_skip_blanks(line + 1) : NULL;
}
