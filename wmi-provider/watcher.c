/* SPDX-License-Identifier: MIT */
/* watcher.c - the thread that sees the document change. */
#include "watcher.h"

#include <stdlib.h>

#define PATIENCE 10000   /* milliseconds that stopping waits for a call into WMI */
#define LOOK_ALWAYS 5000 /* milliseconds; a notice may be lost, or the folder be new */
#define SETTLE 50        /* milliseconds; a replacement is several changes */

/* Held by whoever started it and by its thread. */
struct watcher {
    LONG refs;
    HANDLE stop, thread;
    DWORD thread_id;
    HMODULE module;
    IWbemServices *name_space;
    IWbemObjectSink *sink;
    struct prereq_wmi_snapshot *before; /* the last one with an assessment, or none */
};

static void drop(struct watcher *watcher)
{
    if (InterlockedDecrement(&watcher->refs) > 0)
        return;
    if (watcher->thread)
        CloseHandle(watcher->thread);
    if (watcher->stop)
        CloseHandle(watcher->stop);
    free(watcher);
}

/* What the thread holds, given back by the thread. */
static void give_back(struct watcher *watcher)
{
    prereq_wmi_snapshot_drop(watcher->before);
    IWbemObjectSink_Release(watcher->sink);
    IWbemServices_Release(watcher->name_space);
}

/* ---- events ---- */

static HRESULT raise_all(struct watcher *watcher, struct prereq_wmi_changes *changes,
                         struct maker *maker)
{
    struct prereq_wmi_row row;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && prereq_wmi_changes_next(changes, &row)) {
        IWbemClassObject *event = NULL;

        if (WaitForSingleObject(watcher->stop, 0) == WAIT_OBJECT_0)
            break;
        hr = maker_make(maker, &row, &event);
        if (FAILED(hr))
            break;
        hr = IWbemObjectSink_Indicate(watcher->sink, 1, &event);
        IWbemClassObject_Release(event);
    }
    return hr;
}

/* The class is fetched for each change: it may have been compiled anew since the last one. */
static void raise_changes(struct watcher *watcher, struct prereq_wmi_snapshot *after)
{
    const struct request request = {watcher->name_space, NULL, watcher->sink};
    struct prereq_wmi_changes changes, look;
    struct prereq_wmi_row row;
    struct maker *maker = NULL;

    prereq_wmi_changes_begin(watcher->before, after, &changes);
    look = changes;
    if (!prereq_wmi_changes_next(&look, &row))
        return;
    if (FAILED(maker_new(&request, prereq_wmi_class(PREREQ_WMI_STATE_CHANGE_EVENT), &maker)))
        return;
    (void)raise_all(watcher, &changes, maker);
    maker_free(maker);
    if (SEEDED(BUG_STATUS_ON_EVENTS))
        (void)IWbemObjectSink_SetStatus(watcher->sink, WBEM_STATUS_COMPLETE, S_OK, NULL, NULL);
}

static void look_for_change(struct watcher *watcher)
{
    struct prereq_wmi_snapshot *now = NULL;
    struct prereq_error err;

    if (document_now(&now, &err))
        return; /* no memory: the next look tries again */
    if (now == watcher->before || !prereq_wmi_snapshot_assessment(now)) {
        prereq_wmi_snapshot_drop(now);
        return;
    }
    raise_changes(watcher, now);
    prereq_wmi_snapshot_drop(watcher->before);
    watcher->before = now;
}

/* ---- the thread ---- */

static HANDLE watch_folder(void)
{
    WCHAR path[PLACE_UNITS];

    if (!place_of(L"", path))
        return INVALID_HANDLE_VALUE;
    path[lstrlenW(path) - 1] = L'\0';
    return FindFirstChangeNotificationW(path, FALSE,
                                        FILE_NOTIFY_CHANGE_FILE_NAME | FILE_NOTIFY_CHANGE_SIZE |
                                            FILE_NOTIFY_CHANGE_LAST_WRITE);
}

/* False: stop. */
static bool wait_for_change(struct watcher *watcher, HANDLE notice)
{
    const HANDLE handles[] = {watcher->stop, notice};
    DWORD count = notice == INVALID_HANDLE_VALUE ? 1 : 2;
    DWORD what = WaitForMultipleObjects(count, handles, FALSE, LOOK_ALWAYS);

    if (what == WAIT_OBJECT_0 + 1)
        what = WaitForSingleObject(watcher->stop, SETTLE);
    return what != WAIT_OBJECT_0;
}

static void watch(struct watcher *watcher)
{
    HANDLE notice = watch_folder();

    do {
        if (notice != INVALID_HANDLE_VALUE && !FindNextChangeNotification(notice)) {
            (void)FindCloseChangeNotification(notice);
            notice = INVALID_HANDLE_VALUE;
        }
        if (notice == INVALID_HANDLE_VALUE)
            notice = watch_folder();
        look_for_change(watcher);
    } while (wait_for_change(watcher, notice));
    if (notice != INVALID_HANDLE_VALUE)
        (void)FindCloseChangeNotification(notice);
}

static DWORD WINAPI run(void *context)
{
    struct watcher *watcher = context;
    HMODULE module = watcher->module;
    bool with_com = SUCCEEDED(CoInitializeEx(NULL, COINIT_MULTITHREADED));

    watch(watcher);
    give_back(watcher);
    if (with_com)
        CoUninitialize();
    drop(watcher);
    module_drop();
    FreeLibraryAndExitThread(module, 0);
}

static bool start_thread(struct watcher *watcher)
{
    struct prereq_error err;

    /* Now, not on the thread: what changes after this call has returned is a change. */
    if (document_now(&watcher->before, &err))
        return false;
    watcher->stop = CreateEventW(NULL, TRUE, FALSE, NULL);
    if (!watcher->stop ||
        !GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS,
                            (const WCHAR *)(void *)&class_factory, &watcher->module))
        return false;
    module_hold();
    watcher->refs++;
    watcher->thread = CreateThread(NULL, 0, run, watcher, CREATE_SUSPENDED, &watcher->thread_id);
    if (watcher->thread) {
        (void)ResumeThread(watcher->thread);
        return true;
    }
    watcher->refs--;
    module_drop();
    (void)FreeLibrary(watcher->module);
    return false;
}

struct watcher *watcher_start(IWbemServices *name_space, IWbemObjectSink *sink)
{
    struct watcher *watcher = calloc(1, sizeof(*watcher));

    if (!watcher)
        return NULL;
    watcher->refs = 1;
    watcher->name_space = name_space;
    watcher->sink = sink;
    IWbemServices_AddRef(name_space);
    IWbemObjectSink_AddRef(sink);
    if (start_thread(watcher))
        return watcher;
    give_back(watcher);
    drop(watcher);
    return NULL;
}

/* A call of Indicate may end in a call of ours that stops the thread which made it: that one cannot
 * be waited for. */
void watcher_stop(struct watcher *watcher)
{
    if (!watcher)
        return;
    (void)SetEvent(watcher->stop);
    if (GetCurrentThreadId() != watcher->thread_id)
        (void)WaitForSingleObject(watcher->thread, PATIENCE);
    drop(watcher);
}
