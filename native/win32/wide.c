/* SPDX-License-Identifier: MIT */
/* wide.c - UTF-8 to UTF-16 and back, never through a code page of the machine. */
#include "win32/wide.h"

#include <errno.h>
#include <stdlib.h>
#include <windows.h>

wchar_t *prereq_wide_from_utf8(const char *text)
{
    int count = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide;

    if (count <= 0) {
        errno = EINVAL;
        return NULL;
    }
    wide = malloc((size_t)count * sizeof(*wide));
    if (wide)
        (void)MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, wide, count);
    else
        errno = ENOMEM;
    return wide;
}

char *prereq_utf8_from_wide(const wchar_t *wide)
{
    int count = WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide, -1, NULL, 0, NULL, NULL);
    char *text;

    if (count <= 0) {
        errno = EILSEQ;
        return NULL;
    }
    text = malloc((size_t)count);
    if (text)
        (void)WideCharToMultiByte(CP_UTF8, WC_ERR_INVALID_CHARS, wide, -1, text, count, NULL, NULL);
    else
        errno = ENOMEM;
    return text;
}

const char *prereq_name_from_wide(struct prereq_arena *arena, const wchar_t *wide, size_t units)
{
    char *text = prereq_alloc_unset(arena, units * 3 + 1);
    size_t len = 0;

    if (!text)
        return NULL;
    for (size_t at = 0; at < units * 2;) {
        uint32_t c = prereq_utf16_next((const unsigned char *)wide, units * 2, &at, false);

        len += prereq_utf8_put(c ? c : 0xFFFD, text + len);
    }
    text[len] = '\0';
    return text;
}
