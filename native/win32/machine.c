/* SPDX-License-Identifier: MIT */
/* machine.c - what `refresh` asks of the Windows that it runs on: places, settings, trust, events.
 */
#include <windows.h>

#include <knownfolders.h>
#include <shlobj.h>
#include <stdlib.h>

#include "win32/machine.h"
#include "win32/settings.h"
#include "win32/trusted_file.h"
#include "win32/wide.h"

#define MEMORY ((size_t)4 << 20) /* of the settings that trust asks for */

enum prereq_status prereq_machine_folder(struct prereq_arena *arena, const char **folder,
                                         struct prereq_error *err)
{
    wchar_t *wide = NULL;
    HRESULT result = SHGetKnownFolderPath(&FOLDERID_ProgramData, 0, NULL, &wide);
    char *above = SUCCEEDED(result) ? prereq_utf8_from_wide(wide) : NULL;
    const char *path = above ? prereq_printf(arena, "%s\\PatchPrereq", above) : NULL;

    CoTaskMemFree(wide);
    free(above);
    if (FAILED(result))
        return prereq_fail(err, PREREQ_IO, "Windows does not say where ProgramData is (0x%08lx)",
                           (unsigned long)result);
    if (!path)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the places");
    *folder = path;
    return PREREQ_OK;
}

static enum prereq_status ask_registry(void *context, struct prereq_arena *arena, const char *name,
                                       const char *const **texts, size_t *count,
                                       struct prereq_error *err)
{
    (void)context;
    return prereq_setting_texts(arena, name, texts, count, err);
}

enum prereq_status prereq_machine_settings(struct prereq_arena *arena,
                                           struct prereq_settings *settings,
                                           struct prereq_error *err)
{
    return prereq_settings_read(arena, ask_registry, NULL, settings, err);
}

bool prereq_machine_elevated(void)
{
    TOKEN_ELEVATION elevation = {0};
    HANDLE token = NULL;
    DWORD size = 0;
    bool elevated = true; /* what cannot be told is judged as if it were */

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token))
        return true;
    if (GetTokenInformation(token, TokenElevation, &elevation, sizeof(elevation), &size))
        elevated = elevation.TokenIsElevated != 0;
    (void)CloseHandle(token);
    return elevated;
}

/* Nobody may put something else in the place of what is judged, so there is one handle for all. */
static enum prereq_status open_judged(const char *path, bool folder, HANDLE *opened,
                                      struct prereq_error *err)
{
    wchar_t *wide = prereq_wide_from_utf8(path);
    HANDLE file = wide ? prereq_trusted_open(wide) : INVALID_HANDLE_VALUE;
    struct prereq_arena *arena = prereq_arena_new(MEMORY);
    struct prereq_trust_owners owners = {0};
    enum prereq_status status;

    if (file == INVALID_HANDLE_VALUE || !arena)
        status = prereq_fail(err, PREREQ_IO, "cannot be opened (error %lu)",
                             (unsigned long)GetLastError());
    else
        status = prereq_trusted_owners(arena, &owners, err);
    if (status == PREREQ_OK)
        status = folder ? prereq_trusted_judge_folder(file, wide, &owners, err)
                        : prereq_trusted_judge(file, wide, &owners, err);
    prereq_arena_free(arena);
    free(wide);
    if (status == PREREQ_OK)
        *opened = file;
    else if (file != INVALID_HANDLE_VALUE)
        (void)CloseHandle(file);
    return status;
}

enum prereq_status prereq_machine_read(const char *path, size_t limit, char **bytes, size_t *len,
                                       struct prereq_error *err)
{
    HANDLE file = NULL;
    enum prereq_status status = open_judged(path, false, &file, err);

    if (status == PREREQ_OK) {
        status = prereq_trusted_read(file, limit, bytes, len, err);
        (void)CloseHandle(file);
    }
    return status == PREREQ_OK ? status : prereq_fail_prefix(err, path);
}

enum prereq_status prereq_machine_folder_trusted(const char *path, struct prereq_error *err)
{
    HANDLE file = NULL;
    enum prereq_status status = open_judged(path, true, &file, err);

    if (status != PREREQ_OK)
        return prereq_fail_prefix(err, path);
    (void)CloseHandle(file);
    return PREREQ_OK;
}

/* ---- events ---- */

#define MOST_UNITS 31839 /* of one word; ReportEvent takes no more */

static WORD type_of(int severity)
{
    if (severity == PREREQ_EVENT_ERROR)
        return EVENTLOG_ERROR_TYPE;
    return severity == PREREQ_EVENT_WARNING ? EVENTLOG_WARNING_TYPE : EVENTLOG_INFORMATION_TYPE;
}

void prereq_machine_event(enum prereq_event event, const char *const words[PREREQ_EVENT_WORDS])
{
    const struct prereq_event_info *info = prereq_event_info(event);
    wchar_t *wide[PREREQ_EVENT_WORDS] = {NULL};
    const wchar_t *given[PREREQ_EVENT_WORDS];
    HANDLE log = RegisterEventSourceW(NULL, L"" PREREQ_EVENT_SOURCE);

    for (size_t i = 0; i < info->words; i++) {
        wide[i] = prereq_wide_from_utf8(words[i] ? words[i] : "");
        if (wide[i] && wcslen(wide[i]) > MOST_UNITS)
            wide[i][MOST_UNITS] = L'\0';
        given[i] = wide[i] ? wide[i] : L"";
    }
    if (log) {
        (void)ReportEventW(log, type_of(info->severity), 0, info->id, NULL, (WORD)info->words, 0,
                           given, NULL);
        (void)DeregisterEventSource(log);
    }
    for (size_t i = 0; i < info->words; i++)
        free(wide[i]);
}
