/* SPDX-License-Identifier: MIT */
/* test_live_extra.c - what only a running Windows can say, as far as Wine can.
 *
 * The table is the list of what stays unavailable or absent under Wine and why: a row that fails on
 * a newer Wine is a look that has become possible there. */
#include "live_source.h"

static struct prereq_gather *gather;

static int open_gather(void **state)
{
    if (open_source(state))
        return -1;
    gather = PREREQ_NEW(arena, struct prereq_gather);
    assert_non_null(gather);
    gather->arena = arena;
    gather->source = source;
    return 0;
}

static const struct prereq_setting *setting_of(const char *name)
{
    const struct prereq_setting *found = NULL;

    for (size_t i = 0; i < gather->settings.count; i++) {
        if (strcmp(gather->settings.items[i].name, name) != 0)
            continue;
        assert_null(found); /* never twice */
        found = &gather->settings.items[i];
    }
    return found;
}

static const struct prereq_volume *volume_of(int role)
{
    for (size_t i = 0; i < gather->volumes.count; i++) {
        if (gather->volumes.items[i].role == role)
            return &gather->volumes.items[i];
    }
    return NULL;
}

static const struct prereq_collector_error *error_of(const char *fact)
{
    for (size_t i = 0; i < gather->errors.count; i++) {
        if (strcmp(gather->errors.items[i].fact, fact) == 0)
            return &gather->errors.items[i];
    }
    return NULL;
}

/* The build that programs of this prefix are told; Wine's default differs by version. */
static DWORD build(void)
{
    typedef LONG(WINAPI * get_version)(OSVERSIONINFOW *);
    void (*function)(void) =
        (void (*)(void))GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "RtlGetVersion");
    OSVERSIONINFOW version = {.dwOSVersionInfoSize = sizeof(version)};

    assert_int_equal(((get_version)function)(&version), 0);
    return version.dwBuildNumber;
}

/* ---- settings ---- */

static struct setting {
    const char *name;
    int since; /* builds before it say "absent" */
    int status;
    const char *reason; /* why Wine cannot say more */
} settings[] = {
    {"winre", 0, PREREQ_FACT_ABSENT, "no ReAgent.xml"},
    {"secureBoot", 0, PREREQ_FACT_ABSENT, "no firmware"},
    {"dbContainsCa2023", 0, PREREQ_FACT_ABSENT, "no firmware"},
    {"dbxRevokesPca2011", 0, PREREQ_FACT_ABSENT, "no firmware"},
    {"vbs", 10240, PREREQ_FACT_UNAVAILABLE, "the kernel does not know the question"},
    {"tpmVersion", 0, PREREQ_FACT_ABSENT, "no TPM"},
};

static void check_setting(void **state)
{
    const struct setting *row = *state;
    const struct prereq_setting *setting;
    char fact[64];

    open_gather(NULL);
    prereq_live_extra(gather);
    setting = setting_of(row->name);
    assert_non_null(setting);
    assert_int_equal(setting->kind, PREREQ_SETTING_BOOT);
    assert_null(setting->value);
    if ((DWORD)row->since > build()) {
        assert_int_equal(setting->status, PREREQ_FACT_ABSENT);
    } else {
        assert_int_equal(setting->status, row->status);
        assert_int_equal(setting->code != NULL, row->status == PREREQ_FACT_UNAVAILABLE);
        (void)snprintf(fact, sizeof(fact), "settings.%s", row->name);
        assert_int_equal(error_of(fact) != NULL, row->status == PREREQ_FACT_UNAVAILABLE);
    }
    close_source(NULL);
}

/* ---- the rest ---- */

static void the_volume_of_windows_has_space(void **state)
{
    const struct prereq_volume *volume;

    (void)state;
    prereq_live_extra(gather);
    volume = volume_of(PREREQ_VOLUME_SYSTEM);
    assert_non_null(volume);
    assert_string_equal(volume->name, "C:");
    assert_true(volume->free_bytes.known && volume->size_bytes.known);
    assert_true(volume->free_bytes.value > 0);
    assert_true(volume->free_bytes.value <= volume->size_bytes.value);
}

/* Wine does not say what partition a volume is; the number is that of the refusal. */
static void what_cannot_be_told_of_partitions_is_unavailable(void **state)
{
    const struct prereq_volume *boot;

    (void)state;
    prereq_live_extra(gather);
    boot = volume_of(PREREQ_VOLUME_BOOT);
    assert_non_null(boot);
    assert_int_equal(boot->status, PREREQ_FACT_UNAVAILABLE);
    assert_string_equal(boot->code, "error");
    assert_false(boot->free_bytes.known);
    assert_string_equal(error_of("volumes.boot")->number, "50");
    assert_int_equal(volume_of(PREREQ_VOLUME_RECOVERY)->status, PREREQ_FACT_ABSENT);
}

static void write_reagent(const char *text)
{
    HANDLE file;
    DWORD got;

    (void)CreateDirectoryW(L"C:\\windows\\system32\\Recovery", NULL);
    file = CreateFileW(L"C:\\windows\\system32\\Recovery\\ReAgent.xml", GENERIC_WRITE, 0, NULL,
                       CREATE_ALWAYS, 0, NULL);
    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &got, NULL));
    assert_true(CloseHandle(file));
}

static int remove_reagent(void **state)
{
    (void)DeleteFileW(L"C:\\windows\\system32\\Recovery\\ReAgent.xml");
    return close_source(state);
}

static void the_recovery_environment_is_read_from_its_file(void **state)
{
    const struct prereq_volume *recovery;

    (void)state;
    write_reagent("<WindowsRE version=\"2.0\"><WinreLocation path=\"\\Recovery\" offset=\"1\"/>"
                  "<InstallState state=\"1\"/></WindowsRE>");
    prereq_live_extra(gather);
    assert_string_equal(setting_of("winre")->value, "enabled");
    recovery = volume_of(PREREQ_VOLUME_RECOVERY);
    assert_int_equal(recovery->status, PREREQ_FACT_UNAVAILABLE);
    assert_non_null(recovery->text);
}

static void a_broken_file_makes_it_unavailable(void **state)
{
    (void)state;
    write_reagent("<WindowsRE");
    prereq_live_extra(gather);
    assert_int_equal(setting_of("winre")->status, PREREQ_FACT_UNAVAILABLE);
    assert_int_equal(volume_of(PREREQ_VOLUME_RECOVERY)->status, PREREQ_FACT_UNAVAILABLE);
}

/* What other collectors found stays; what they could not see is completed; nothing is doubled. */
static void settings_are_completed(void **state)
{
    struct prereq_setting *item;

    (void)state;
    item = PREREQ_GATHER_ADD(gather, settings);
    *item =
        (struct prereq_setting){.kind = PREREQ_SETTING_BOOT, .name = "secureBoot", .value = "on"};
    item = PREREQ_GATHER_ADD(gather, settings);
    *item = (struct prereq_setting){.kind = PREREQ_SETTING_BOOT,
                                    .name = "winre",
                                    .status = PREREQ_FACT_UNAVAILABLE,
                                    .code = "access_denied"};
    write_reagent("<WindowsRE version=\"2.0\"><WinreLocation path=\"\" offset=\"0\"/>"
                  "<InstallState state=\"0\"/></WindowsRE>");
    prereq_live_extra(gather);
    assert_string_equal(setting_of("secureBoot")->value, "on");
    assert_int_equal(setting_of("secureBoot")->status, 0);
    assert_string_equal(setting_of("winre")->value, "disabled");
    assert_int_equal(setting_of("winre")->status, 0);
    assert_null(setting_of("winre")->code);
}

static void the_last_start_is_a_whole_second_in_the_past(void **state)
{
    FILETIME now;
    int64_t seconds;

    (void)state;
    prereq_live_extra(gather);
    GetSystemTimeAsFileTime(&now);
    seconds = (int64_t)(((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) / 10000000) -
              INT64_C(11644473600);
    assert_true(gather->last_start_up.known);
    assert_true(gather->last_start_up.seconds <= seconds);
    assert_true(gather->last_start_up.seconds > seconds - INT64_C(365) * 86400);
}

static void put_build(HKEY key, const wchar_t *text)
{
    assert_int_equal(RegSetValueExW(key, L"CurrentBuildNumber", 0, REG_SZ, (const BYTE *)text,
                                    (DWORD)((wcslen(text) + 1) * sizeof(*text))),
                     0);
}

static void another_build_in_the_registry_is_told(void **state)
{
    HKEY key;
    wchar_t before[32] = L"", same[32];
    DWORD len = sizeof(before);

    (void)state;
    assert_int_equal(RegOpenKeyExW(HKEY_LOCAL_MACHINE,
                                   L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion", 0,
                                   KEY_READ | KEY_WRITE | KEY_WOW64_64KEY, &key),
                     0);
    assert_int_equal(RegQueryValueExW(key, L"CurrentBuildNumber", NULL, NULL, (BYTE *)before, &len),
                     0);
    (void)swprintf(same, 32, L"%lu", build());
    put_build(key, same);
    prereq_live_extra(gather);
    assert_null(error_of("RtlGetVersion"));
    put_build(key, L"1381");
    prereq_live_extra(gather);
    put_build(key, before);
    assert_int_equal(RegCloseKey(key), 0);
    assert_non_null(error_of("RtlGetVersion"));
    assert_non_null(strstr(error_of("RtlGetVersion")->text, "1381"));
}

static void an_installation_at_work_is_pending(void **state)
{
    HANDLE mutex;
    struct prereq_pending_fact *item;

    (void)state;
    prereq_live_extra(gather);
    assert_int_equal(gather->pending_restarts.count, 0);
    mutex = CreateMutexW(NULL, FALSE, L"Global\\_MSIExecute");
    assert_non_null(mutex);
    item = PREREQ_GATHER_ADD(gather, pending_restarts);
    item->source = PREREQ_RESTART_MSI;
    item->pending = PREREQ_ANSWER_NO;
    prereq_live_extra(gather);
    assert_int_equal(gather->pending_restarts.count, 1);
    assert_int_equal(gather->pending_restarts.items[0].pending, PREREQ_ANSWER_YES);
    assert_true(CloseHandle(mutex));
}

#define SQUASHED                                                                                   \
    L"87654321432143212143"                                                                        \
    L"21436587A9CB"
#define PROPERTIES                                                                                 \
    L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\S-1-5-"                   \
    L"18\\Products\\" SQUASHED

static void put_text(const wchar_t *path, const wchar_t *name, const wchar_t *text)
{
    HKEY key;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0,
                                     KEY_WRITE | KEY_WOW64_64KEY, NULL, &key, NULL),
                     0);
    assert_int_equal(RegSetValueExW(key, name, 0, REG_SZ, (const BYTE *)text,
                                    (DWORD)((wcslen(text) + 1) * sizeof(*text))),
                     0);
    assert_int_equal(RegCloseKey(key), 0);
}

static int remove_product(void **state)
{
    (void)RegDeleteTreeW(HKEY_LOCAL_MACHINE, PROPERTIES);
    (void)RegDeleteTreeW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Classes\\Installer\\Products\\" SQUASHED);
    return close_source(state);
}

static void products_that_are_not_in_the_list_are_added(void **state)
{
    (void)state;
    put_text(L"SOFTWARE\\Classes\\Installer\\Products\\" SQUASHED, L"ProductName", L"Probe");
    put_text(PROPERTIES L"\\InstallProperties", L"DisplayName", L"Probe");
    put_text(PROPERTIES L"\\InstallProperties", L"DisplayVersion", L"4.71.1015");
    put_text(PROPERTIES L"\\InstallProperties", L"LocalPackage", L"C:\\probe.msi");
    prereq_live_extra(gather);
    assert_int_equal(gather->msi_products.count, 1);
    assert_string_equal(gather->msi_products.items[0].product_code,
                        "{12345678-1234-1234-1234-123456789ABC}");
    assert_non_null(gather->msi_products.items[0].name);
    assert_string_equal(gather->msi_products.items[0].name, "Probe");
    assert_int_equal(gather->msi_products.items[0].version.part[1], 71);
    assert_non_null(error_of("msiProducts"));
    /* The second time it is in the list. */
    gather->errors.count = 0;
    prereq_live_extra(gather);
    assert_int_equal(gather->msi_products.count, 1);
    assert_null(error_of("msiProducts"));
    assert_null(error_of("msiPatches"));
}

static void no_handle_is_left(void **state)
{
    DWORD before, after;

    (void)state;
    prereq_live_extra(gather);
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &before));
    for (int i = 0; i < 50; i++) {
        memset(gather, 0, sizeof(*gather));
        gather->arena = arena;
        gather->source = source;
        prereq_live_extra(gather);
    }
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &after));
    assert_int_equal(before, after);
}

/* Each limit of memory is survived, and told. */
static void want_of_memory_is_found(void **state)
{
    (void)state;
    for (size_t limit = 64; limit < 400000; limit += limit / 3) {
        struct prereq_arena *small = prereq_arena_new(limit);

        memset(gather, 0, sizeof(*gather));
        gather->arena = small;
        gather->source = source;
        prereq_live_extra(gather);
        if (limit < 512)
            assert_true(gather->no_memory);
        prereq_arena_free(small);
    }
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, open_gather, close_source)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(the_volume_of_windows_has_space),
        ONE(what_cannot_be_told_of_partitions_is_unavailable),
        cmocka_unit_test_setup_teardown(the_recovery_environment_is_read_from_its_file, open_gather,
                                        remove_reagent),
        cmocka_unit_test_setup_teardown(a_broken_file_makes_it_unavailable, open_gather,
                                        remove_reagent),
        cmocka_unit_test_setup_teardown(settings_are_completed, open_gather, remove_reagent),
        ONE(the_last_start_is_a_whole_second_in_the_past),
        ONE(another_build_in_the_registry_is_told),
        ONE(an_installation_at_work_is_pending),
        cmocka_unit_test_setup_teardown(products_that_are_not_in_the_list_are_added, open_gather,
                                        remove_product),
        ONE(no_handle_is_left),
        ONE(want_of_memory_is_found),
    };

    return RUN_TABLE(settings, check_setting) + RUN_TESTS(tests);
}
