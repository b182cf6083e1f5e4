/* SPDX-License-Identifier: MIT */
/* provider_fixture.h - the real DLL under the test object manager, with a document of its own. */
#ifndef PREREQ_TESTS_PROVIDER_FIXTURE_H
#define PREREQ_TESTS_PROVIDER_FIXTURE_H

#include "wmi_documents.h"

#include "tom/harness.h"

#include <aclapi.h>
#include <sddl.h>

#define WIDE(text) L"" text
#define SETTINGS L"SOFTWARE\\PatchPrereq"

static WCHAR data_folder[MAX_PATH]; /* %ProgramData%\PatchPrereq of this program */

static inline const WCHAR *data_path(const WCHAR *name)
{
    static WCHAR path[MAX_PATH + 64];

    (void)swprintf(path, MAX_PATH + 64, L"%ls\\%ls", data_folder, name);
    return path;
}

static inline void write_data(const WCHAR *name, const char *bytes, size_t len)
{
    WCHAR beside[MAX_PATH + 64];
    HANDLE file;
    DWORD written;

    wcscpy(beside, data_path(L"new.tmp"));
    file = CreateFileW(beside, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, bytes, (DWORD)len, &written, NULL));
    CloseHandle(file);
    /* While somebody has the old file open it cannot be replaced. */
    while (!MoveFileExW(beside, data_path(name), MOVEFILE_REPLACE_EXISTING)) {
        DWORD why = GetLastError();

        assert_true(why == ERROR_ACCESS_DENIED || why == ERROR_SHARING_VIOLATION);
        Sleep(5);
    }
}

static inline void write_assessment(const WCHAR *name, const struct prereq_assessment *assessment)
{
    struct prereq_buffer json = {0};

    prereq_assessment_write(assessment, PREREQ_JSON_COMPACT, &json);
    assert_false(json.failed);
    write_data(name, json.text, json.len);
    prereq_buffer_free(&json);
}

/* wmi_documents.h's host, with `more` statuses behind its own. */
static inline void write_host(size_t more)
{
    struct wmi_host host;
    struct prereq_status_row *statuses = calloc(4 + more, sizeof(*statuses));
    char(*ids)[16] = calloc(more + 1, sizeof(*ids));

    assert_true(statuses && ids);
    wmi_host_init(&host);
    memcpy(statuses, host.statuses, sizeof(host.statuses));
    for (size_t i = 0; i < more; i++) {
        (void)snprintf(ids[i], sizeof(ids[i]), "T%06u", (unsigned)i);
        statuses[4 + i] = wmi_status(ids[i], ids[i], "host", PREREQ_STATE_READY);
    }
    host.assessment.statuses = statuses;
    host.assessment.status_count = 4 + more;
    write_assessment(L"assessment.json", &host.assessment);
    free(ids);
    free(statuses);
}

static inline void forget_owners(void)
{
    (void)RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, SETTINGS, L"TrustedOwners");
}

/* Under Wine all files belong to one user. */
static inline void trust_owner_of_files(void)
{
    PSECURITY_DESCRIPTOR descriptor;
    PSID owner;
    WCHAR *sid;

    assert_int_equal(GetNamedSecurityInfoW(data_folder, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION,
                                           &owner, NULL, NULL, NULL, &descriptor),
                     0);
    assert_true(ConvertSidToStringSidW(owner, &sid));
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, SETTINGS, L"TrustedOwners", REG_SZ, sid,
                                     (DWORD)((wcslen(sid) + 1) * sizeof(*sid))),
                     0);
    LocalFree(sid);
    LocalFree(descriptor);
}

static inline int make_place(void **state)
{
    WCHAR above[MAX_PATH];

    (void)state;
    if (!GetTempPathW(MAX_PATH - 64, above))
        return -1;
    (void)swprintf(above + wcslen(above), 32, L"provider%lu", GetCurrentProcessId());
    (void)swprintf(data_folder, MAX_PATH, L"%ls\\PatchPrereq", above);
    /* A run that crashed may have left them. */
    (void)CreateDirectoryW(above, NULL);
    (void)CreateDirectoryW(data_folder, NULL);
    if (!SetEnvironmentVariableW(L"ProgramData", above))
        return -1;
    trust_owner_of_files();
    return FAILED(CoInitializeEx(NULL, COINIT_MULTITHREADED));
}

static inline void forget_data(void)
{
    static const WCHAR *const names[] = {L"assessment.json", L"assessment.previous.json",
                                         L"facts.json", L"new.tmp"};

    for (size_t i = 0; i < PREREQ_COUNT(names); i++)
        (void)DeleteFileW(data_path(names[i]));
}

static inline int remove_place(void **state)
{
    (void)state;
    forget_data();
    (void)RemoveDirectoryW(data_folder);
    *wcsrchr(data_folder, L'\\') = L'\0';
    (void)RemoveDirectoryW(data_folder);
    forget_owners();
    CoUninitialize();
    return 0;
}

/* ---- the provider ---- */

static inline void open_dll(const WCHAR *dll)
{
    struct prereq_error err = {0};

    harness_reset();
    if (!harness_open(dll, PREREQ_WMI_CLSID, PREREQ_WMI_PROVIDER, WIDE(TEST_MOF), &err))
        fail_msg("%s", err.text);
    tom.require_error_object = true;
    for (int id = 0; id < PREREQ_WMI_CLASSES; id++) {
        struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
        const struct prereq_wmi_class *of = prereq_wmi_class((enum prereq_wmi_class_id)id);
        size_t count = prereq_wmi_properties(of, list);

        for (size_t i = 0; i < count; i++) {
            if (list[i].never_null)
                assert_true(harness_never_null(of->name, list[i].name));
        }
    }
}

static inline int open_provider(void **state)
{
    (void)state;
    forget_data();
    trust_owner_of_files();
    open_dll(WIDE(TEST_DLL));
    return 0;
}

/* Every test ends here: what it left over is a violation, too. */
static inline int close_provider(void **state)
{
    (void)state;
    harness_close();
    if (tom_violation_total() == 0 && tom.live_objects == 0 && tom.live_sinks == 0)
        return 0;
    print_error("%s%d objects, %d sinks are left\n", tom_violation_text(), (int)tom.live_objects,
                (int)tom.live_sinks);
    return -1;
}

#define PROVIDER_TEST(f) cmocka_unit_test_setup_teardown(f, open_provider, close_provider)

static inline void check_enumeration(const WCHAR *class_name, HRESULT code, size_t rows)
{
    struct tom_result result;

    harness_enumerate(class_name, &result);
    if (result.status != code || result.row_count != rows)
        fail_msg("%ls: 0x%08x and %u rows; %ls", class_name, (unsigned)result.status,
                 (unsigned)result.row_count, result.error_text);
    tom_result_free(&result);
}

/* A property of the instance that a path names. */
static inline void check_value(const WCHAR *path, const WCHAR *name, const char *expected)
{
    struct tom_result result;

    harness_get(path, &result);
    assert_int_equal(result.status, S_OK);
    assert_int_equal(result.row_count, 1);
    if (strncmp(harness_text(result.rows[0], name), expected, strlen(expected)) != 0)
        fail_msg("%ls %ls is %s, not %s", path, name, harness_text(result.rows[0], name), expected);
    tom_result_free(&result);
}

#endif
