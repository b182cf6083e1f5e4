/* SPDX-License-Identifier: MIT */
/* pieces_registry.c - values of HKEY_LOCAL_MACHINE, in the 64-bit view. */
#include <stdlib.h>
#include <string.h>

#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define VIEW KEY_WOW64_64KEY
#define MOST_BYTES (1U << 20) /* of one value */

enum prereq_status prereq_piece_failed(struct prereq_error *err, const char *what, DWORD code)
{
    wchar_t wide[400] = L"";
    char *text;
    DWORD len = FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                               code, MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US), wide,
                               PREREQ_COUNT(wide), NULL);

    while (len > 0 && (wide[len - 1] == L'\n' || wide[len - 1] == L'\r' || wide[len - 1] == L' ' ||
                       wide[len - 1] == L'.'))
        wide[--len] = 0;
    text = len ? prereq_utf8_from_wide(wide) : NULL;
    (void)prereq_fail(err, PREREQ_IO, "%s: %s%s%lu)", what, text ? text : "",
                      text ? " (" : "error (", (unsigned long)code);
    free(text);
    return PREREQ_IO;
}

static LSTATUS open_key(const char *key, REGSAM access, HKEY *handle)
{
    wchar_t *wide = prereq_wide_from_utf8(key);
    LSTATUS status = wide ? RegOpenKeyExW(HKEY_LOCAL_MACHINE, wide, 0, access | VIEW, handle)
                          : ERROR_OUTOFMEMORY;

    free(wide);
    return status;
}

static LSTATUS create_key(const char *key, HKEY *handle)
{
    wchar_t *wide = prereq_wide_from_utf8(key);
    LSTATUS status = wide ? RegCreateKeyExW(HKEY_LOCAL_MACHINE, wide, 0, NULL, 0,
                                            KEY_SET_VALUE | VIEW, NULL, handle, NULL)
                          : ERROR_OUTOFMEMORY;

    free(wide);
    return status;
}

struct raw {
    DWORD type, bytes;
    unsigned char *data; /* malloc()ed, with two NUL units behind its end */
};

static LSTATUS query(HKEY key, const wchar_t *name, struct raw *raw)
{
    LSTATUS status = RegQueryValueExW(key, name, NULL, &raw->type, NULL, &raw->bytes);

    if (status != ERROR_SUCCESS)
        return status;
    if (raw->bytes > MOST_BYTES)
        return ERROR_MORE_DATA;
    raw->data = calloc(1, raw->bytes + 2 * sizeof(wchar_t));
    if (!raw->data)
        return ERROR_OUTOFMEMORY;
    return RegQueryValueExW(key, name, NULL, &raw->type, raw->data, &raw->bytes);
}

/* ERROR_FILE_NOT_FOUND: there is no such key or value.  `raw->data` is the caller's to free. */
static LSTATUS read_raw(const char *key, const char *name, struct raw *raw)
{
    wchar_t *wide = name ? prereq_wide_from_utf8(name) : NULL;
    HKEY handle = NULL;
    LSTATUS status = name && !wide ? ERROR_OUTOFMEMORY : open_key(key, KEY_QUERY_VALUE, &handle);

    *raw = (struct raw){0};
    if (status == ERROR_SUCCESS)
        status = query(handle, wide, raw);
    if (handle)
        (void)RegCloseKey(handle);
    free(wide);
    return status == ERROR_PATH_NOT_FOUND ? ERROR_FILE_NOT_FOUND : status;
}

static const char *raw_text(struct prereq_arena *arena, const struct raw *raw)
{
    DWORD number;

    if (raw->type == REG_SZ || raw->type == REG_EXPAND_SZ)
        return prereq_name_from_wide(arena, (const wchar_t *)(const void *)raw->data,
                                     wcslen((const wchar_t *)(const void *)raw->data));
    if (raw->type != REG_DWORD || raw->bytes != sizeof(number))
        return "a value of another type";
    memcpy(&number, raw->data, sizeof(number));
    return prereq_printf(arena, "%lu", (unsigned long)number);
}

enum prereq_status prereq_installation_value(void *context, const struct prereq_piece_value *value,
                                             const char **text, struct prereq_error *err)
{
    struct prereq_installation *machine = context;
    struct raw raw;
    LSTATUS code = read_raw(value->key, value->name, &raw);
    enum prereq_status status = PREREQ_OK;

    if (code == ERROR_SUCCESS)
        *text = raw_text(machine->arena, &raw);
    else if (code == ERROR_FILE_NOT_FOUND)
        *text = NULL;
    else
        status = prereq_piece_failed(err, "cannot be read", (DWORD)code);
    free(raw.data);
    return status;
}

static LSTATUS set_value(HKEY key, const struct prereq_piece_value *value, const char *text)
{
    wchar_t *name = value->name ? prereq_wide_from_utf8(value->name) : NULL;
    wchar_t *wide = prereq_wide_from_utf8(text);
    LSTATUS status = ERROR_OUTOFMEMORY;

    if (wide && (name || !value->name)) {
        if (value->text)
            status = RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)wide,
                                    (DWORD)((wcslen(wide) + 1) * sizeof(wchar_t)));
        else
            status = RegSetValueExW(key, name, 0, REG_DWORD, (const BYTE *)&value->number,
                                    sizeof(value->number));
    }
    free(wide);
    free(name);
    return status;
}

enum prereq_status prereq_installation_set_values(struct prereq_installation *machine,
                                                  enum prereq_piece piece, struct prereq_error *err)
{
    for (const struct prereq_piece_value *value = prereq_piece_values; value->key; value++) {
        const char *text;
        HKEY key = NULL;
        LSTATUS status;

        if (value->piece != piece)
            continue;
        text = prereq_piece_text(machine->arena, value, machine->home);
        if (!text)
            return prereq_fail(err, PREREQ_NO_MEMORY, "no memory");
        status = create_key(value->key, &key);
        if (status == ERROR_SUCCESS)
            status = set_value(key, value, text);
        if (key)
            (void)RegCloseKey(key);
        if (status != ERROR_SUCCESS)
            return prereq_piece_failed(err, value->key, (DWORD)status);
    }
    return PREREQ_OK;
}

enum prereq_status prereq_installation_delete_key(const char *key, struct prereq_error *err)
{
    HKEY handle = NULL;
    const char *last = strrchr(key, '\\');
    wchar_t *name = prereq_wide_from_utf8(last + 1);
    char parent[256] = "";
    LSTATUS status;

    if (name && (size_t)(last - key) < sizeof(parent)) {
        memcpy(parent, key, (size_t)(last - key));
        status = open_key(parent, DELETE | KEY_ENUMERATE_SUB_KEYS | KEY_QUERY_VALUE | KEY_SET_VALUE,
                          &handle);
        if (status == ERROR_SUCCESS)
            status = RegDeleteTreeW(handle, name);
    } else {
        status = ERROR_OUTOFMEMORY;
    }
    if (handle)
        (void)RegCloseKey(handle);
    free(name);
    if (status != ERROR_SUCCESS && status != ERROR_FILE_NOT_FOUND)
        return prereq_piece_failed(err, key, (DWORD)status);
    return PREREQ_OK;
}

static bool split(struct prereq_arena *arena, const wchar_t *units, size_t count,
                  struct prereq_piece_list *list)
{
    for (size_t at = 0; at < count;) {
        size_t len = wcsnlen(units + at, count - at);

        if (len > 0) {
            list->texts[list->count] = prereq_name_from_wide(arena, units + at, len);
            if (!list->texts[list->count++])
                return false;
        }
        at += len + 1;
    }
    return true;
}

enum prereq_status prereq_installation_list(struct prereq_installation *machine, const char *key,
                                            const char *name, struct prereq_piece_list *list,
                                            struct prereq_error *err)
{
    struct raw raw;
    LSTATUS code = read_raw(key, name, &raw);
    size_t units = raw.bytes / sizeof(wchar_t);
    struct prereq_piece_list read = {0};
    enum prereq_status status = PREREQ_OK;

    if (code == ERROR_SUCCESS && (raw.type == REG_MULTI_SZ || raw.type == REG_SZ)) {
        /* One more than there can be, for prereq_installation_set_list(). */
        read.texts = PREREQ_NEW_ARRAY(machine->arena, units + 2, const char *);
        if (!read.texts ||
            !split(machine->arena, (const wchar_t *)(const void *)raw.data, units, &read))
            status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a registry value");
    } else if (code != ERROR_SUCCESS && code != ERROR_FILE_NOT_FOUND) {
        status = prereq_piece_failed(err, key, (DWORD)code);
    } else {
        read.texts = PREREQ_NEW_ARRAY(machine->arena, 2, const char *);
        if (!read.texts)
            status = prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a registry value");
    }
    if (status == PREREQ_OK)
        *list = read;
    free(raw.data);
    return status;
}

/* All texts behind each other; malloc()ed. */
static wchar_t *join(const struct prereq_piece_list *list, size_t *units)
{
    wchar_t *all = NULL;
    size_t used = 0;

    for (size_t i = 0; i <= list->count; i++) {
        wchar_t *wide = prereq_wide_from_utf8(i < list->count ? list->texts[i] : "");
        size_t len = wide ? wcslen(wide) + 1 : 0;
        wchar_t *more = wide ? realloc(all, (used + len) * sizeof(wchar_t)) : NULL;

        if (!more) {
            free(wide);
            free(all);
            return NULL;
        }
        all = more;
        memcpy(all + used, wide, len * sizeof(wchar_t));
        used += len;
        free(wide);
    }
    *units = used;
    return all;
}

enum prereq_status prereq_installation_set_list(const char *key, const char *name,
                                                const struct prereq_piece_list *list,
                                                struct prereq_error *err)
{
    size_t units = 0;
    wchar_t *data = join(list, &units), *wide = prereq_wide_from_utf8(name);
    HKEY handle = NULL;
    LSTATUS status = data && wide ? create_key(key, &handle) : ERROR_OUTOFMEMORY;

    if (status == ERROR_SUCCESS && list->count == 0)
        status = RegDeleteValueW(handle, wide);
    else if (status == ERROR_SUCCESS)
        status = RegSetValueExW(handle, wide, 0, REG_MULTI_SZ, (const BYTE *)data,
                                (DWORD)(units * sizeof(wchar_t)));
    if (handle)
        (void)RegCloseKey(handle);
    free(wide);
    free(data);
    if (status != ERROR_SUCCESS)
        return prereq_piece_failed(err, key, (DWORD)status);
    return PREREQ_OK;
}
