/* SPDX-License-Identifier: MIT */
/* test_provider_methods.c - GetPlan, GetFacts and Refresh of the real DLL, and who may call them.
 */
#include <initguid.h>

#include "provider_fixture.h"

#include <taskschd.h>

static const WCHAR summary[] = L"PatchPrereq_Summary";

/* Call, and expect a status; the rows are the caller's to free. */
static void call(const WCHAR *path, const WCHAR *method, struct tom_object *in, HRESULT code,
                 struct tom_result *result)
{
    harness_exec(path, method, in, result);
    if (result->status != code)
        fail_msg("%ls: 0x%08x, %ls", method, (unsigned)result->status, result->error_text);
    assert_int_equal(result->row_count, SUCCEEDED(code) ? 1 : 0);
}

static void refused(const WCHAR *path, const WCHAR *method, struct tom_object *in, HRESULT code)
{
    struct tom_result result;

    call(path, method, in, code, &result);
    assert_true(result.error_text[0]);
    tom_result_free(&result);
}

static const char *out(const struct tom_result *result, const WCHAR *name)
{
    return harness_text(result->rows[0], name);
}

static void drop(struct tom_object *in)
{
    IWbemClassObject_Release(&in->IWbemClassObject_iface);
}

/* ---- GetPlan ---- */

static void plans_are_given(void **state)
{
    struct tom_result result;

    (void)state;
    write_host(0);
    call(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", L"getplan", NULL, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), "0");
    assert_string_equal(out(&result, L"PlanHash"), "\"hash of Q269862\"");
    assert_string_equal(out(&result, L"Steps"), "1");
    tom_result_free(&result);
    call(L"PatchPrereq_PatchStatus.Id=\"KB9\"", L"GetPlan", NULL, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), "3");
    assert_string_equal(out(&result, L"PlanHash"), "NULL");
    tom_result_free(&result);
    refused(L"PatchPrereq_PatchStatus.Id=\"none\"", L"GetPlan", NULL, CODE(E_NOT_FOUND));
    refused(L"PatchPrereq_PatchStatus", L"GetPlan", NULL, CODE(E_INVALID_OBJECT_PATH));
    refused(L"PatchPrereq_PatchStatus.Id=\"KB9\"", L"GetPlans", NULL, CODE(E_INVALID_METHOD));
    refused(L"PatchPrereq_PlanStep", L"GetPlan", NULL, CODE(E_INVALID_METHOD));
    refused(L"PatchPrereq_Other", L"GetPlan", NULL, CODE(E_INVALID_CLASS));
}

/* ---- GetFacts ---- */

static void facts_come_in_pieces(void **state)
{
    struct tom_object *in = harness_parameters(summary, L"GetFacts");
    struct tom_result result;
    char *facts = calloc(1, 150000);

    (void)state;
    assert_non_null(facts);
    memset(facts, 'a', 149999);
    call(summary, L"GetFacts", NULL, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), "1"); /* there are none */
    tom_result_free(&result);
    write_data(L"facts.json", facts, 149999);
    call(L"PatchPrereq_Summary=@", L"GetFacts", NULL, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), "0");
    assert_string_equal(out(&result, L"NextOffset"), "100000");
    assert_string_equal(out(&result, L"TotalChars"), "149999");
    tom_result_free(&result);
    harness_set_number(in, L"Offset", 100000);
    call(summary, L"GetFacts", in, S_OK, &result);
    assert_string_equal(out(&result, L"NextOffset"), "149999");
    assert_int_equal(strlen(out(&result, L"Json")), 49999 + 2);
    tom_result_free(&result);
    harness_set_number(in, L"Offset", 150000);
    refused(summary, L"GetFacts", in, CODE(E_INVALID_METHOD_PARAMETERS));
    write_data(L"facts.json", "\xff\xfe", 2);
    call(summary, L"GetFacts", NULL, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), "2");
    tom_result_free(&result);
    drop(in);
    free(facts);
}

static void only_administrators_get_facts_and_refresh(void **state)
{
    static const enum tom_client others[] = {TOM_USER, TOM_IDENTIFY, TOM_NOBODY};

    (void)state;
    write_host(0);
    write_data(L"facts.json", "{}", 2);
    for (size_t i = 0; i < PREREQ_COUNT(others); i++) {
        tom.client = others[i];
        refused(summary, L"GetFacts", NULL, CODE(E_ACCESS_DENIED));
        refused(summary, L"Refresh", NULL, CODE(E_ACCESS_DENIED));
    }
    tom.client = TOM_ADMINISTRATOR;
}

static void memory_may_run_out_in_methods(void **state)
{
    static const WCHAR *const names[] = {L"GetPlan", L"GetFacts"};
    LONG asked;

    (void)state;
    write_host(0);
    write_data(L"facts.json", "{}", 2);
    check_enumeration(L"PatchPrereq_PlanStep", S_OK, 3);
    assert_true(spy_hook(harness.dll));
    for (size_t m = 0; m < PREREQ_COUNT(names); m++) {
        asked = 1;
        for (LONG k = 1; asked >= k; k++) {
            struct tom_result result;

            (void)spy_fail_at(k);
            harness_exec(m ? summary : L"PatchPrereq_PatchStatus.Id=\"Q269862\"", names[m], NULL,
                         &result);
            asked = spy_fail_at(0);
            if (asked >= k && result.status != CODE(E_OUT_OF_MEMORY))
                fail_msg("%ls, allocation %d: 0x%08x", names[m], (int)k, (unsigned)result.status);
            tom_result_free(&result);
        }
    }
}

/* ---- Refresh: a scheduler of one task ---- */

static struct {
    HRESULT folder, run;
    TASK_STATE state;
    bool writes; /* the task leaves a new document */
    LONG runs, as_client, looks;
} scheduler;

static HRESULT WINAPI any_QueryInterface(void *iface, REFIID riid, void **found)
{
    (void)riid;
    *found = iface;
    return S_OK;
}

static ULONG WINAPI any_AddRef(void *iface)
{
    (void)iface;
    return 2;
}

#define ANY(interface)                                                                             \
    .QueryInterface = (HRESULT(WINAPI *)(interface *, REFIID, void **))any_QueryInterface,         \
    .AddRef = (ULONG(WINAPI *)(interface *))any_AddRef,                                            \
    .Release = (ULONG(WINAPI *)(interface *))any_AddRef

static HRESULT WINAPI task_get_State(IRegisteredTask *iface, TASK_STATE *state)
{
    (void)iface;
    scheduler.looks++;
    *state = scheduler.state;
    return S_OK;
}

static IRunningTaskVtbl running_vtbl = {ANY(IRunningTask)};
static IRunningTask running = {&running_vtbl};

static HRESULT WINAPI task_Run(IRegisteredTask *iface, VARIANT parameters, IRunningTask **started)
{
    HANDLE token;

    (void)iface;
    (void)parameters;
    if (FAILED(scheduler.run))
        return scheduler.run;
    scheduler.runs++;
    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        scheduler.as_client++;
        CloseHandle(token);
    }
    if (scheduler.writes)
        write_host(1);
    *started = &running;
    return S_OK;
}

static IRegisteredTaskVtbl task_vtbl = {ANY(IRegisteredTask), .get_State = task_get_State,
                                        .Run = task_Run};
static IRegisteredTask task = {&task_vtbl};

static HRESULT WINAPI folder_GetTask(ITaskFolder *iface, BSTR name, IRegisteredTask **found)
{
    (void)iface;
    assert_int_equal(wcscmp(name, L"Refresh"), 0);
    *found = &task;
    return S_OK;
}

static ITaskFolderVtbl folder_vtbl = {ANY(ITaskFolder), .GetTask = folder_GetTask};
static ITaskFolder folder = {&folder_vtbl};

static HRESULT WINAPI service_Connect(ITaskService *iface, VARIANT server, VARIANT user,
                                      VARIANT domain, VARIANT password)
{
    (void)iface;
    (void)server;
    (void)user;
    (void)domain;
    (void)password;
    return S_OK;
}

static HRESULT WINAPI service_GetFolder(ITaskService *iface, BSTR path, ITaskFolder **found)
{
    (void)iface;
    assert_int_equal(wcscmp(path, L"\\PatchPrereq"), 0);
    *found = &folder;
    return scheduler.folder;
}

static ITaskServiceVtbl service_vtbl = {ANY(ITaskService), .GetFolder = service_GetFolder,
                                        .Connect = service_Connect};
static ITaskService service = {&service_vtbl};

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID riid,
                                             void **made)
{
    (void)iface;
    (void)outer;
    (void)riid;
    *made = &service;
    return S_OK;
}

static IClassFactoryVtbl factory_vtbl = {ANY(IClassFactory),
                                         .CreateInstance = factory_CreateInstance};
static IClassFactory factory = {&factory_vtbl};

static void check_refresh(LONG wait, const char *returned, const char *evaluated)
{
    struct tom_object *in = harness_parameters(summary, L"Refresh");
    struct tom_result result;

    if (wait >= 0)
        harness_set_number(in, L"WaitSeconds", wait);
    call(summary, L"Refresh", in, S_OK, &result);
    assert_string_equal(out(&result, L"ReturnValue"), returned);
    assert_string_equal(out(&result, L"LastEvaluated"), evaluated);
    tom_result_free(&result);
    drop(in);
}

/* Wine's own scheduler has no such folder, or cannot run a task. */
static void a_scheduler_without_the_task_is_said(void **state)
{
    struct tom_result result;

    (void)state;
    write_host(0);
    call(summary, L"Refresh", NULL, S_OK, &result);
    assert_string_not_equal(out(&result, L"ReturnValue"), "0");
    assert_string_equal(out(&result, L"LastEvaluated"), "\"20261122120000.000000+000\"");
    tom_result_free(&result);
}

static void the_task_is_started_as_the_client(void **state)
{
    DWORD cookie;

    (void)state;
    assert_int_equal(CoRegisterClassObject(&CLSID_TaskScheduler, (IUnknown *)&factory,
                                           CLSCTX_INPROC_SERVER, REGCLS_MULTIPLEUSE, &cookie),
                     S_OK);
    write_host(0);
    memset(&scheduler, 0, sizeof(scheduler));
    scheduler.state = TASK_STATE_RUNNING;
    check_refresh(-1, "0", "\"20261122120000.000000+000\""); /* started, not waited for */
    assert_int_equal(scheduler.runs, 1);
    assert_int_equal(scheduler.as_client, 1);
    assert_int_equal(scheduler.looks, 0);
    check_refresh(1, "0", "\"20261122120000.000000+000\""); /* it goes on running */
    assert_true(scheduler.looks > 0);
    scheduler.writes = true;
    scheduler.looks = 0;
    check_refresh(60, "0", "\"20261122120000.000000+000\""); /* the new document is seen */
    assert_int_equal(scheduler.looks, 1);                    /* at once */
    scheduler.writes = false;
    scheduler.state = TASK_STATE_READY;
    check_refresh(50, "3", "\"20261122120000.000000+000\""); /* ended without a document */
    scheduler.run = E_ACCESSDENIED;
    check_refresh(5, "3", "\"20261122120000.000000+000\"");
    scheduler.run = E_NOTIMPL;
    check_refresh(5, "1", "\"20261122120000.000000+000\"");
    scheduler.folder = HRESULT_FROM_WIN32(ERROR_FILE_NOT_FOUND);
    check_refresh(5, "2", "\"20261122120000.000000+000\"");
    CoRevokeClassObject(cookie);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROVIDER_TEST(plans_are_given),
        PROVIDER_TEST(facts_come_in_pieces),
        PROVIDER_TEST(only_administrators_get_facts_and_refresh),
        PROVIDER_TEST(memory_may_run_out_in_methods),
        PROVIDER_TEST(a_scheduler_without_the_task_is_said),
        PROVIDER_TEST(the_task_is_started_as_the_client),
    };
    int failed;

    spy_start();
    failed = cmocka_run_group_tests(tests, make_place, remove_place) != 0;
    spy_stop();
    return failed;
}
