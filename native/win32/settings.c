/* SPDX-License-Identifier: MIT */
/* settings.c - what the registry says of the product's settings. */
#include "win32/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

#include "win32/wide.h"

#define MAX_BYTES (1U << 20)

/* A number as a text, so that callers have one kind of value. */
static wchar_t *read_number(struct prereq_arena *arena, const wchar_t *key, const wchar_t *name,
                            DWORD *units, LSTATUS *code)
{
    wchar_t *text = PREREQ_NEW_ARRAY(arena, 16, wchar_t);
    DWORD number = 0, size = sizeof(number);
    char digits[16];

    *code = RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_DWORD, NULL, &number, &size);
    if (!text)
        *code = ERROR_NOT_ENOUGH_MEMORY;
    if (*code)
        return NULL;
    *units = (DWORD)snprintf(digits, sizeof(digits), "%lu", (unsigned long)number);
    for (DWORD i = 0; i < *units; i++)
        text[i] = (wchar_t)digits[i];
    return text;
}

/* The value's bytes in `arena`, with two NULs behind; NULL with *code. */
static wchar_t *read_value(struct prereq_arena *arena, const wchar_t *key, const wchar_t *name,
                           DWORD *units, LSTATUS *code)
{
    DWORD size = 0, type = REG_NONE;
    wchar_t *text = NULL;

    *code =
        RegGetValueW(HKEY_LOCAL_MACHINE, key, name,
                     RRF_RT_REG_DWORD | RRF_RT_REG_SZ | RRF_RT_REG_MULTI_SZ, &type, NULL, &size);
    if (!*code && type == REG_DWORD)
        return read_number(arena, key, name, units, code);
    /* It may grow between two looks; the last one decides. */
    for (int i = 0; i < 3 && !*code && size <= MAX_BYTES; i++) {
        text = prereq_alloc(arena, size / sizeof(*text) + 3, sizeof(*text));
        if (!text) {
            *code = ERROR_NOT_ENOUGH_MEMORY;
            return NULL;
        }
        *code = RegGetValueW(HKEY_LOCAL_MACHINE, key, name, RRF_RT_REG_SZ | RRF_RT_REG_MULTI_SZ,
                             NULL, text, &size);
        if (*code != ERROR_MORE_DATA)
            break;
        *code = ERROR_SUCCESS;
    }
    *units = size / (DWORD)sizeof(*text);
    return *code ? NULL : text;
}

/* "a; b" and "a\0b\0\0" alike: NULs and semicolons end a text. */
static enum prereq_status split(struct prereq_arena *arena, wchar_t *text, size_t units,
                                const char *const **texts, size_t *count, struct prereq_error *err)
{
    const char **list = PREREQ_NEW_ARRAY(arena, units / 2 + 1, const char *);
    size_t found = 0;

    if (!list)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for a setting");
    for (size_t i = 0; i < units; i++) {
        size_t start, end;

        while (i < units && text[i] == L' ')
            i++;
        start = i;
        while (i < units && text[i] != L';' && text[i] != L'\0')
            i++;
        for (end = i; end > start && text[end - 1] == L' '; end--)
            ;
        if (end == start)
            continue;
        list[found] = prereq_name_from_wide(arena, text + start, end - start);
        if (!list[found++])
            return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for a setting");
    }
    *texts = list;
    *count = found;
    return PREREQ_OK;
}

enum prereq_status prereq_setting_texts(struct prereq_arena *arena, const char *name,
                                        const char *const **texts, size_t *count,
                                        struct prereq_error *err)
{
    static const wchar_t *const keys[] = {L"SOFTWARE\\Policies\\PatchPrereq",
                                          L"SOFTWARE\\PatchPrereq"};
    wchar_t *wide = prereq_wide_from_utf8(name);
    wchar_t *text = NULL;
    LSTATUS code = ERROR_FILE_NOT_FOUND;
    DWORD units = 0;

    if (!wide)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for a setting");
    for (size_t i = 0; i < PREREQ_COUNT(keys) && code == ERROR_FILE_NOT_FOUND; i++)
        text = read_value(arena, keys[i], wide, &units, &code);
    free(wide);
    if (code == ERROR_NOT_ENOUGH_MEMORY)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for the setting %s", name);
    if (text)
        return split(arena, text, units, texts, count, err);
    if (code != ERROR_FILE_NOT_FOUND && code != ERROR_PATH_NOT_FOUND)
        return prereq_fail(err, PREREQ_BAD_INPUT, "the setting %s cannot be read (error %ld)", name,
                           (long)code);
    *texts = NULL;
    *count = 0;
    return PREREQ_OK;
}
