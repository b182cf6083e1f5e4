/* SPDX-License-Identifier: MIT */
/* watch_events.c - a subscriber: prints "status old new" for each event it gets.
 *
 *     watch_events DLL MOF FOLDER
 *
 * It makes FOLDER/ready once it listens, and ends when FOLDER/stop is there. */
#include <stdio.h>

#include "harness.h"
#include "wmi/wmi.h"

#define PATIENCE 3600000 /* milliseconds, of a test that was ended */
#define LOOK 50

static const WCHAR query[] = L"SELECT * FROM PatchPrereq_StateChangeEvent";

static void place(WCHAR path[MAX_PATH], const WCHAR *folder, const WCHAR *name)
{
    (void)swprintf(path, MAX_PATH, L"%ls\\%ls", folder, name);
}

static bool make_file(const WCHAR *folder, const WCHAR *name)
{
    WCHAR path[MAX_PATH];
    HANDLE file;

    place(path, folder, name);
    file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_NEW, 0, NULL);
    return file != INVALID_HANDLE_VALUE && CloseHandle(file);
}

static void print_event(const struct tom_object *event)
{
    printf("%s ", harness_text(event, L"PatchStatusId"));
    printf("%s ", harness_text(event, L"OldState"));
    printf("%s\n", harness_text(event, L"NewState"));
    (void)fflush(stdout);
}

static void print_until_stop(const WCHAR *folder)
{
    struct tom_sink *sink = harness.host.event_sink;
    WCHAR stop[MAX_PATH];
    size_t printed = 0;

    place(stop, folder, L"stop");
    for (int waited = 0; waited < PATIENCE; waited += LOOK) {
        bool last = GetFileAttributesW(stop) != INVALID_FILE_ATTRIBUTES;

        EnterCriticalSection(&sink->lock);
        for (; printed < sink->row_count; printed++)
            print_event(sink->rows[printed]);
        LeaveCriticalSection(&sink->lock);
        if (last)
            return;
        Sleep(LOOK);
    }
}

int wmain(int argc, WCHAR **argv);

int wmain(int argc, WCHAR **argv)
{
    struct prereq_error err = {0};
    HRESULT hr;

    if (argc != 4)
        return 2;
    (void)CoInitializeEx(NULL, COINIT_MULTITHREADED);
    harness_reset();
    if (!harness_open(argv[1], PREREQ_WMI_CLSID, PREREQ_WMI_PROVIDER, argv[2], &err)) {
        printf("%s\n", err.text);
        return 1;
    }
    hr = tom_host_events(&harness.host, 1, query);
    if (FAILED(hr) || !make_file(argv[3], L"ready"))
        printf("no events: 0x%08lx\n", (unsigned long)hr);
    else
        print_until_stop(argv[3]);
    harness_close();
    CoUninitialize();
    if (tom_violation_total())
        printf("%s\n", tom_violation_text());
    return FAILED(hr) || tom_violation_total() > 0;
}
