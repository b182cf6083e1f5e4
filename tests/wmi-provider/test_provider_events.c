/* SPDX-License-Identifier: MIT */
/* test_provider_events.c - events of a replaced document, and many threads at once. */
#include "provider_fixture.h"

static const WCHAR query[] = L"SELECT * FROM PatchPrereq_StateChangeEvent";

static size_t event_count(void)
{
    struct tom_sink *sink = harness.host.event_sink;
    size_t count;

    EnterCriticalSection(&sink->lock);
    count = sink->row_count;
    LeaveCriticalSection(&sink->lock);
    return count;
}

/* Of `wanted` events none may be missing (ctest ends what hangs), and none may follow. */
static void wait_for_events(size_t wanted)
{
    while (event_count() < wanted)
        Sleep(10);
    Sleep(300);
    assert_int_equal(event_count(), wanted);
}

/* Q269862 is repaired, Q300 blocked; the others stay. */
static void write_repaired(void)
{
    struct wmi_host host;

    wmi_host_init(&host);
    host.statuses[2].state = PREREQ_STATE_COMPLIANT;
    host.statuses[3].state = PREREQ_STATE_BLOCKED;
    write_assessment(L"assessment.json", &host.assessment);
}

static IWbemEventProviderQuerySink *queries_of_provider(void)
{
    IWbemEventProviderQuerySink *queries = NULL;

    assert_int_equal(IUnknown_QueryInterface(harness.host.object, &IID_IWbemEventProviderQuerySink,
                                             (void **)&queries),
                     S_OK);
    return queries;
}

static void a_replaced_document_raises_one_event_a_change(void **state)
{
    struct tom_object *event;

    (void)state;
    write_host(0);
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    write_host(0); /* another file, the same states */
    Sleep(500);
    assert_int_equal(event_count(), 0);
    write_repaired();
    wait_for_events(2);
    event = harness.host.event_sink->rows[0];
    assert_string_equal(harness_text(event, L"PatchStatusId"), "\"Q269862\"");
    assert_string_equal(harness_text(event, L"OldState"), "3");
    assert_string_equal(harness_text(event, L"NewState"), "6");
    assert_string_equal(harness_text(event, L"HostName"), "\"WEB01\"");
    write_data(L"assessment.json", "{}", 2); /* refused: nothing changed */
    wait_for_events(2);
    write_host(0);
    wait_for_events(4);
}

static void a_second_sink_takes_over(void **state)
{
    (void)state;
    write_host(0);
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    write_repaired();
    wait_for_events(2);
}

static void without_queries_nothing_is_raised(void **state)
{
    IWbemEventProviderQuerySink *queries = queries_of_provider();

    (void)state;
    write_host(0);
    IWbemEventProviderQuerySink_CancelQuery(queries, 77); /* nobody's */
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    IWbemEventProviderQuerySink_CancelQuery(queries, 1);
    IWbemEventProviderQuerySink_Release(queries);
    write_repaired();
    wait_for_events(0);
}

static void the_thread_is_gone_before_the_dll(void **state)
{
    (void)state;
    write_host(0);
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    Sleep(100);
    harness_close();
    while (GetModuleHandleW(L"PatchPrereq.dll"))
        Sleep(10);
}

/* ---- many threads ---- */

static LONG running;

static void ask(int i)
{
    struct tom_result result;

    switch (i % 4) {
    case 0:
        harness_enumerate(L"PatchPrereq_PatchStatus", &result);
        break;
    case 1:
        harness_get(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", &result);
        break;
    case 2:
        harness_exec(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", L"GetPlan", NULL, &result);
        break;
    default:
        harness_enumerate(L"PatchPrereq_PatchPrerequisite", &result);
        break;
    }
    if (result.status != S_OK || result.row_count == 0)
        tom_violate(TOM_WRONG_CODE, "request %d: 0x%08x", i % 4, (unsigned)result.status);
    tom_result_free(&result);
}

static DWORD WINAPI ask_on(void *context)
{
    (void)context;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    for (int i = 0; i < 60; i++)
        ask(i);
    CoUninitialize();
    InterlockedDecrement(&running);
    return 0;
}

static void eight_threads_ask_while_the_document_changes(void **state)
{
    HANDLE threads[8];

    (void)state;
    write_host(0);
    assert_int_equal(tom_host_events(&harness.host, 1, query), S_OK);
    running = PREREQ_COUNT(threads);
    for (size_t i = 0; i < PREREQ_COUNT(threads); i++)
        threads[i] = CreateThread(NULL, 0, ask_on, NULL, 0, NULL);
    for (size_t i = 0; running > 0; i++) {
        write_host(i % 2 ? 0 : 30);
        Sleep(20);
    }
    WaitForMultipleObjects(PREREQ_COUNT(threads), threads, TRUE, INFINITE);
    for (size_t i = 0; i < PREREQ_COUNT(threads); i++)
        CloseHandle(threads[i]);
    Sleep(300);
    assert_int_equal(event_count(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROVIDER_TEST(a_replaced_document_raises_one_event_a_change),
        PROVIDER_TEST(a_second_sink_takes_over),
        PROVIDER_TEST(without_queries_nothing_is_raised),
        PROVIDER_TEST(the_thread_is_gone_before_the_dll),
        PROVIDER_TEST(eight_threads_ask_while_the_document_changes),
    };

    return cmocka_run_group_tests(tests, make_place, remove_place) != 0;
}
