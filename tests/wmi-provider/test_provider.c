/* SPDX-License-Identifier: MIT */
/* test_provider.c - the DLL answers: classes, paths, codes, sinks, memory, unloading. */
#include "provider_fixture.h"

static const WCHAR status_class[] = L"PatchPrereq_PatchStatus";

/* ---- classes and paths ---- */

static void every_class_is_enumerated(void **state)
{
    static const struct {
        const WCHAR *name;
        size_t rows;
    } classes[] = {
        {L"PatchPrereq_Summary", 1},
        {L"PatchPrereq_PatchStatus", 4},
        {L"PatchPrereq_PrerequisiteStatus", 2},
        {L"PatchPrereq_ComponentStatus", 2},
        {L"PatchPrereq_PendingRestart", 3},
        {L"PatchPrereq_PlanStep", 3},
        {L"PatchPrereq_PatchPrerequisite", 2},
    };

    (void)state;
    write_host(0);
    for (size_t i = 0; i < PREREQ_COUNT(classes); i++) {
        check_enumeration(classes[i].name, S_OK, classes[i].rows);
        harness_check_class(classes[i].name);
    }
    check_value(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", L"State", "3");
    check_value(L"PatchPrereq_PatchStatus=\"kb2@mssql/prod:241\"", L"Id", "\"KB2@MSSQL/PROD:241\"");
    check_value(L"PatchPrereq_PrerequisiteStatus.Id=\"Q269862/1.2\"", L"Requires",
                "\"SP \\\"6a\\\" \\\\ later\"");
    check_value(L"PatchPrereq_Summary=@", L"Evaluated", "TRUE");
    check_value(L"PatchPrereq_PendingRestart.Source=\"file-rename\"", L"Since",
                "\"20261120000000.000000+000\"");
}

static void no_rows_are_a_success(void **state)
{
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    host.assessment.plan_count = 0;
    write_assessment(L"assessment.json", &host.assessment);
    check_enumeration(L"PatchPrereq_PlanStep", S_OK, 0);
}

static void paths_are_read_strictly(void **state)
{
    static const WCHAR *const classes[] = {
        L"PatchPrereq_PatchStatus", L"PatchPrereq_PrerequisiteStatus",
        L"PatchPrereq_ComponentStatus", L"PatchPrereq_PendingRestart", L"PatchPrereq_PlanStep"};
    struct tom_result result;

    (void)state;
    write_host(0);
    for (size_t i = 0; i < PREREQ_COUNT(classes); i++)
        harness_check_paths(classes[i]);
    harness_get(L"PatchPrereq_Summary", &result);
    assert_int_equal(result.status, CODE(E_INVALID_OBJECT_PATH));
    tom_result_free(&result);
    /* The two keys of an association in either order. */
    harness_get(L"PatchPrereq_PatchPrerequisite."
                L"Prerequisite=\"PatchPrereq_PrerequisiteStatus.Id=\\\"Q269862/1.1\\\"\","
                L"Patch=\"PatchPrereq_PatchStatus.Id=\\\"Q269862\\\"\"",
                &result);
    assert_int_equal(result.status, S_OK);
    tom_result_free(&result);
}

static void com_manners(void **state)
{
    struct tom_result result;

    (void)state;
    write_host(0);
    harness_check_com();
    check_enumeration(L"PatchPrereq_StateChangeEvent", CODE(E_INVALID_CLASS), 0);
    tom_host_call(&harness.host, TOM_QUERY, L"SELECT * FROM PatchPrereq_PatchStatus", NULL, NULL,
                  &result);
    assert_int_equal(result.status, CODE(E_PROVIDER_NOT_CAPABLE));
    tom_result_free(&result);
}

/* ---- the document ---- */

static void without_a_document_only_the_summary_answers(void **state)
{
    struct tom_result result;

    (void)state;
    check_value(L"PatchPrereq_Summary=@", L"Evaluated", "FALSE");
    check_value(L"PatchPrereq_Summary=@", L"ReasonCode", "\"not_evaluated\"");
    harness_enumerate(status_class, &result);
    assert_int_equal(result.status, CODE(E_NOT_AVAILABLE));
    assert_non_null(wcsstr(result.error_text, L"assessment.json is not there"));
    assert_non_null(wcsstr(result.error_text, L"patchprereq refresh"));
    tom_result_free(&result);
    harness_get(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", &result);
    assert_int_equal(result.status, CODE(E_NOT_AVAILABLE));
    tom_result_free(&result);
    write_host(0);
    check_enumeration(status_class, S_OK, 4);
}

static void an_untrusted_document_is_refused(void **state)
{
    struct tom_result result;

    (void)state;
    forget_owners();
    write_host(0);
    harness_enumerate(status_class, &result);
    assert_int_equal(result.status, CODE(E_NOT_AVAILABLE));
    assert_non_null(wcsstr(result.error_text, L"assessment.json is owned by S-1-5-"));
    tom_result_free(&result);
    trust_owner_of_files();
    write_host(0);
    check_enumeration(status_class, S_OK, 4);
}

static void what_others_may_write_is_refused(void **state)
{
    PSECURITY_DESCRIPTOR descriptor;
    struct tom_result result;

    (void)state;
    write_host(0);
    assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        L"D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;WD)", SDDL_REVISION_1, &descriptor, NULL));
    assert_true(
        SetFileSecurityW(data_path(L"assessment.json"), DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
    harness_enumerate(status_class, &result);
    assert_int_equal(result.status, CODE(E_NOT_AVAILABLE));
    assert_non_null(wcsstr(result.error_text, L"assessment.json can be changed by S-1-1-0"));
    tom_result_free(&result);
}

static void a_broken_document_leaves_the_last_good_one(void **state)
{
    (void)state;
    write_host(0);
    check_enumeration(status_class, S_OK, 4);
    check_value(L"PatchPrereq_Summary=@", L"ReasonCode", "\"level_unmet\"");
    write_data(L"assessment.json", "{}", 2);
    check_enumeration(status_class, S_OK, 4);
    check_value(L"PatchPrereq_Summary=@", L"Stale", "TRUE");
    check_value(L"PatchPrereq_Summary=@", L"ReasonCode", "\"document_refused\"");
    (void)DeleteFileW(data_path(L"assessment.json"));
    check_enumeration(status_class, S_OK, 4);
    check_value(L"PatchPrereq_Summary=@", L"Stale", "TRUE");
    write_host(3);
    check_enumeration(status_class, S_OK, 7);
    check_value(L"PatchPrereq_Summary=@", L"ReasonCode", "\"level_unmet\"");
}

static void the_kept_document_stands_in_after_a_start(void **state)
{
    struct wmi_host host;

    (void)state;
    wmi_host_init(&host);
    write_assessment(L"assessment.previous.json", &host.assessment);
    write_data(L"assessment.json", "{}", 2);
    check_enumeration(status_class, S_OK, 4);
    check_value(L"PatchPrereq_Summary=@", L"Stale", "TRUE");
    check_value(L"PatchPrereq_Summary=@", L"ReasonCode", "\"document_refused\"");
}

/* ---- sinks and memory ---- */

static void a_refused_batch_ends_the_request(void **state)
{
    struct tom_result result;

    (void)state;
    write_host(200);
    harness_enumerate(status_class, &result);
    assert_int_equal(result.row_count, 204);
    assert_in_range(result.indicates, 4, 13); /* batches of 16 to 64 */
    tom_result_free(&result);
    harness_check_refusals(status_class);
}

static void memory_may_run_out_anywhere(void **state)
{
    (void)state;
    write_host(0);
    check_enumeration(status_class, S_OK, 4); /* the document is read */
    assert_true(spy_hook(harness.dll));
    harness_check_memory(status_class);
    harness_check_memory(L"PatchPrereq_Summary");
    harness_check_memory(L"PatchPrereq_PatchPrerequisite");
}

/* Reading the document, too: each allocation fails once, and the next request is whole. */
static void memory_may_run_out_while_reading(void **state)
{
    LONG asked = 1;

    (void)state;
    write_host(0);
    assert_true(spy_hook(harness.dll));
    for (LONG k = 1; asked >= k; k++) {
        struct tom_result result;

        write_host(k % 2 ? 1 : 0); /* another document each time */
        (void)spy_fail_at(k);
        harness_enumerate(status_class, &result);
        asked = spy_fail_at(0);
        if (asked >= k && result.status != CODE(E_OUT_OF_MEMORY))
            fail_msg("allocation %d: 0x%08x", (int)k, (unsigned)result.status);
        tom_result_free(&result);
        check_enumeration(status_class, S_OK, k % 2 ? 5 : 4);
    }
}

static void a_thousand_requests_leave_nothing(void **state)
{
    LONG before;

    (void)state;
    write_host(0);
    check_enumeration(status_class, S_OK, 4);
    before = spy_live();
    for (int i = 0; i < 1000; i++) {
        check_value(L"PatchPrereq_PatchStatus.Id=\"Q269862\"", L"State", "3");
        if (i % 10 == 0)
            check_enumeration(status_class, S_OK, 4);
    }
    assert_int_equal(spy_live(), before);
}

/* ---- life ---- */

static DWORD WINAPI count_up_and_down(void *object)
{
    for (int i = 0; i < 20000; i++) {
        IUnknown_AddRef((IUnknown *)object);
        IUnknown_Release((IUnknown *)object);
    }
    return 0;
}

static void references_are_counted_from_any_thread(void **state)
{
    HANDLE threads[4];
    ULONG before, after;

    (void)state;
    IUnknown_AddRef(harness.host.object);
    before = IUnknown_Release(harness.host.object);
    for (size_t i = 0; i < PREREQ_COUNT(threads); i++)
        threads[i] = CreateThread(NULL, 0, count_up_and_down, harness.host.object, 0, NULL);
    WaitForMultipleObjects(PREREQ_COUNT(threads), threads, TRUE, INFINITE);
    for (size_t i = 0; i < PREREQ_COUNT(threads); i++)
        CloseHandle(threads[i]);
    IUnknown_AddRef(harness.host.object);
    after = IUnknown_Release(harness.host.object);
    assert_int_equal(after, before);
}

static void the_dll_leaves_the_process(void **state)
{
    (void)state;
    write_host(0);
    check_enumeration(status_class, S_OK, 4);
    assert_non_null(GetModuleHandleW(L"PatchPrereq.dll"));
    harness_close();
    assert_null(GetModuleHandleW(L"PatchPrereq.dll"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PROVIDER_TEST(every_class_is_enumerated),
        PROVIDER_TEST(no_rows_are_a_success),
        PROVIDER_TEST(paths_are_read_strictly),
        PROVIDER_TEST(com_manners),
        PROVIDER_TEST(without_a_document_only_the_summary_answers),
        PROVIDER_TEST(an_untrusted_document_is_refused),
        PROVIDER_TEST(what_others_may_write_is_refused),
        PROVIDER_TEST(a_broken_document_leaves_the_last_good_one),
        PROVIDER_TEST(the_kept_document_stands_in_after_a_start),
        PROVIDER_TEST(a_refused_batch_ends_the_request),
        PROVIDER_TEST(memory_may_run_out_anywhere),
        PROVIDER_TEST(memory_may_run_out_while_reading),
        PROVIDER_TEST(a_thousand_requests_leave_nothing),
        PROVIDER_TEST(references_are_counted_from_any_thread),
        PROVIDER_TEST(the_dll_leaves_the_process),
    };
    int failed;

    spy_start();
    failed = cmocka_run_group_tests(tests, make_place, remove_place) != 0;
    spy_stop();
    return failed;
}
