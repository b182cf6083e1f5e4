/* SPDX-License-Identifier: MIT */
/* refresh.c - the method Refresh: ask the task scheduler for the task \PatchPrereq\Refresh. */
#include <initguid.h>

#include "provider.h"

#include <taskschd.h>

#define LOOK_EACH 250 /* milliseconds */

struct scheduler {
    IRegisteredTask *task;
    IRunningTask *running;
};

static void release_scheduler(struct scheduler *scheduler)
{
    if (scheduler->running)
        IRunningTask_Release(scheduler->running);
    if (scheduler->task)
        IRegisteredTask_Release(scheduler->task);
    *scheduler = (struct scheduler){NULL, NULL};
}

/* What a failure of the scheduler means to the caller of Refresh. */
static uint32_t result_of(HRESULT hr)
{
    if (SUCCEEDED(hr))
        return PREREQ_WMI_REFRESH_DONE;
    if (hr == REGDB_E_CLASSNOTREG || hr == E_NOTIMPL || hr == CO_E_SERVER_EXEC_FAILURE)
        return PREREQ_WMI_REFRESH_NOT_SUPPORTED;
    if (hr == HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND) ||
        hr == HRESULT_FROM_WIN32(ERROR_PATH_NOT_FOUND))
        return PREREQ_WMI_REFRESH_TASK_MISSING;
    return PREREQ_WMI_REFRESH_FAILED;
}

static HRESULT find_task(ITaskService *service, IRegisteredTask **task)
{
    ITaskFolder *folder = NULL;
    BSTR place = SysAllocString(L"\\PatchPrereq");
    BSTR name = SysAllocString(L"Refresh");
    VARIANT none;
    HRESULT hr = E_OUTOFMEMORY;

    VariantInit(&none);
    if (!place || !name)
        goto done;
    hr = ITaskService_Connect(service, none, none, none, none);
    if (SUCCEEDED(hr))
        hr = ITaskService_GetFolder(service, place, &folder);
    if (FAILED(hr))
        goto done;
    hr = ITaskFolder_GetTask(folder, name, task);
    ITaskFolder_Release(folder);
done:
    SysFreeString(name);
    SysFreeString(place);
    return hr;
}

static HRESULT start_task(struct scheduler *scheduler)
{
    ITaskService *service = NULL;
    VARIANT none;
    HRESULT hr = CoCreateInstance(&CLSID_TaskScheduler, NULL, CLSCTX_INPROC_SERVER,
                                  &IID_ITaskService, (void **)&service);

    if (FAILED(hr))
        return hr;
    hr = find_task(service, &scheduler->task);
    ITaskService_Release(service);
    VariantInit(&none);
    if (SUCCEEDED(hr))
        hr = IRegisteredTask_Run(scheduler->task, none, &scheduler->running);
    if (FAILED(hr))
        release_scheduler(scheduler);
    return hr;
}

/* The scheduler's objects ask as the client every time, so each look is made as the client. */
static bool has_ended(const struct scheduler *scheduler)
{
    struct prereq_error unused;
    TASK_STATE state = TASK_STATE_RUNNING;

    if (FAILED(client_enter(&unused)))
        return false;
    if (FAILED(IRegisteredTask_get_State(scheduler->task, &state)))
        state = TASK_STATE_RUNNING;
    client_leave();
    return state != TASK_STATE_RUNNING && state != TASK_STATE_QUEUED;
}

/* True: there is a usable document, another one than when the call began. */
static bool is_new(struct call *call)
{
    struct prereq_wmi_snapshot *now = NULL;
    struct prereq_error unused;
    bool is_another;

    if (document_now(&now, &unused))
        return false;
    is_another = now != call->snapshot && !prereq_wmi_snapshot_why(now);
    prereq_wmi_snapshot_drop(now);
    return is_another;
}

static uint32_t wait_for(struct call *call, const struct scheduler *scheduler, uint32_t seconds)
{
    ULONGLONG end = GetTickCount64() + seconds * 1000ULL;

    while (GetTickCount64() < end) {
        bool ended = has_ended(scheduler);

        /* In this order: what it wrote at its end is seen. */
        if (is_new(call))
            return PREREQ_WMI_REFRESH_DONE;
        if (ended)
            return PREREQ_WMI_REFRESH_FAILED;
        Sleep(LOOK_EACH);
    }
    return PREREQ_WMI_REFRESH_DONE; /* it goes on running */
}

static HRESULT put_evaluated(struct call *call)
{
    struct prereq_wmi_snapshot *now = NULL;
    const struct prereq_assessment *assessment;
    char text[26];
    HRESULT hr = S_OK;

    if (document_now(&now, call->err))
        return RESULT(E_OUT_OF_MEMORY);
    assessment = prereq_wmi_snapshot_assessment(now);
    if (assessment && prereq_wmi_datetime(assessment->evaluated, text))
        hr = put_text(call->out, L"LastEvaluated", text);
    prereq_wmi_snapshot_drop(now);
    return hr;
}

HRESULT method_refresh(struct call *call)
{
    struct scheduler scheduler = {NULL, NULL};
    struct prereq_number seconds;
    uint32_t result;
    HRESULT started, hr = call_number(call, L"WaitSeconds", &seconds);

    if (SUCCEEDED(hr))
        hr = client_enter(call->err);
    if (FAILED(hr))
        return hr;
    started = start_task(&scheduler);
    client_leave();
    if (started == E_OUTOFMEMORY)
        return RESULT(E_OUT_OF_MEMORY);
    result = result_of(started);
    if (SUCCEEDED(started))
        result = wait_for(call, &scheduler, prereq_wmi_refresh_wait(seconds));
    release_scheduler(&scheduler);
    hr = put_evaluated(call);
    return SUCCEEDED(hr) ? put_number(call->out, L"ReturnValue", result) : hr;
}
