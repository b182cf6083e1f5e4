/* SPDX-License-Identifier: MIT */
/* test_trusted_file.c - files of this system judged by their open handles, and settings read. */
#include "win32/trusted_file.h"

#include <aclapi.h>
#include <sddl.h>
#include <string.h>

#include "table.h"
#include "win32/settings.h"
#include "win32/wide.h"

static wchar_t folder[MAX_PATH], file_path[MAX_PATH];

static void write_file(const char *text)
{
    HANDLE file = CreateFileW(file_path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    DWORD written;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &written, NULL));
    CloseHandle(file);
}

/* Rights in Windows' own language of them. */
static void set_rights(const wchar_t *sddl)
{
    PSECURITY_DESCRIPTOR descriptor;

    assert_true(ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1,
                                                                     &descriptor, NULL));
    assert_true(SetFileSecurityW(file_path, DACL_SECURITY_INFORMATION, descriptor));
    LocalFree(descriptor);
}

/* Who owns files here, as text. */
static char *owner_of_files(void)
{
    PSECURITY_DESCRIPTOR descriptor;
    PSID owner;
    wchar_t *wide;
    char *text;

    assert_int_equal(GetNamedSecurityInfoW(file_path, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION,
                                           &owner, NULL, NULL, NULL, &descriptor),
                     0);
    assert_true(ConvertSidToStringSidW(owner, &wide));
    text = prereq_utf8_from_wide(wide);
    LocalFree(wide);
    LocalFree(descriptor);
    assert_non_null(text);
    return text;
}

static enum prereq_status judge(const wchar_t *path, const char *owner, struct prereq_error *err)
{
    const char *const sids[] = {owner};
    const struct prereq_trust_owners owners = {sids, owner ? 1 : 0};
    HANDLE file = prereq_trusted_open(path);
    enum prereq_status status;

    assert_true(file != INVALID_HANDLE_VALUE);
    status = prereq_trusted_judge(file, path, &owners, err);
    CloseHandle(file);
    return status;
}

static void only_named_owners_are_believed(void **state)
{
    struct prereq_error err = {0};
    char *owner;

    (void)state;
    write_file("text");
    set_rights(L"D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;WD)");
    owner = owner_of_files();
    if (!prereq_trust_owner(&(struct prereq_trust_owners){NULL, 0}, owner)) {
        assert_int_equal(judge(file_path, NULL, &err), PREREQ_BAD_INPUT);
        assert_non_null(strstr(err.text, "is owned by S-1-5-"));
        assert_non_null(strstr(err.text, owner));
    }
    assert_int_equal(judge(file_path, owner, &err), PREREQ_OK);
    free(owner);
}

static void others_may_not_write(void **state)
{
    struct prereq_error err = {0};
    char *owner;

    (void)state;
    write_file("text");
    owner = owner_of_files();
    set_rights(L"D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;WD)");
    assert_int_equal(judge(file_path, owner, &err), PREREQ_BAD_INPUT);
    assert_non_null(strstr(err.text, "can be changed by S-1-1-0"));
    set_rights(L"D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;WD)");
    assert_int_equal(judge(file_path, owner, &err), PREREQ_OK);
    free(owner);
}

static void another_spelling_is_the_same_place(void **state)
{
    struct prereq_error err = {0};
    wchar_t other[MAX_PATH + 8];
    char *owner;

    (void)state;
    write_file("text");
    set_rights(L"D:P(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;WD)");
    owner = owner_of_files();
    (void)swprintf(other, MAX_PATH + 8, L"%ls\\.\\FILE.json", folder);
    assert_int_equal(judge(other, owner, &err), PREREQ_OK);
    free(owner);
}

static void a_folder_is_no_file(void **state)
{
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(judge(folder, NULL, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "is not a file");
}

static enum prereq_status judge_folder(const wchar_t *path, const char *owner,
                                       struct prereq_error *err)
{
    const char *const sids[] = {owner};
    const struct prereq_trust_owners owners = {sids, 1};
    HANDLE opened = prereq_trusted_open(path);
    enum prereq_status status;

    assert_true(opened != INVALID_HANDLE_VALUE);
    status = prereq_trusted_judge_folder(opened, path, &owners, err);
    CloseHandle(opened);
    return status;
}

static void a_folder_is_judged_as_one(void **state)
{
    struct prereq_error err = {0};
    wchar_t other[MAX_PATH + 8];
    char *owner;

    (void)state;
    write_file("text");
    owner = owner_of_files();
    assert_int_equal(judge_folder(file_path, owner, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "is not a folder");
    (void)swprintf(other, MAX_PATH + 8, L"%ls\\", folder);
    /* Whatever its rights are here, one spelling is judged as the other. */
    assert_int_equal(judge_folder(folder, owner, &err), judge_folder(other, owner, &err));
    assert_null(strstr(err.text, "reparse point"));
    free(owner);
}

static void files_are_read_whole_or_not(void **state)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;
    HANDLE file;

    (void)state;
    write_file("four");
    file = prereq_trusted_open(file_path);
    assert_int_equal(prereq_trusted_read(file, 3, &bytes, &len, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "is larger than 3 bytes");
    assert_null(bytes);
    assert_int_equal(prereq_trusted_read(file, 4, &bytes, &len, &err), PREREQ_OK);
    assert_int_equal(len, 4);
    assert_string_equal(bytes, "four");
    free(bytes);
    CloseHandle(file);
}

/* ---- settings ---- */

static void set_value(const wchar_t *key, DWORD type, const wchar_t *text, size_t units)
{
    assert_int_equal(RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, L"TrustedOwners", type, text,
                                     (DWORD)(units * sizeof(*text))),
                     0);
}

static void forget_values(void)
{
    (void)RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\PatchPrereq", L"TrustedOwners");
    (void)RegDeleteKeyValueW(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\PatchPrereq",
                             L"TrustedOwners");
}

static void check_owners(const char *joined)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 16);
    struct prereq_trust_owners owners;
    struct prereq_buffer found = {0};
    struct prereq_error err;

    assert_int_equal(prereq_trusted_owners(arena, &owners, &err), PREREQ_OK);
    for (size_t i = 0; i < owners.count; i++)
        prereq_buffer_addf(&found, "%s,", owners.sids[i]);
    assert_string_equal(found.text ? found.text : "", joined);
    prereq_buffer_free(&found);
    prereq_arena_free(arena);
}

static void policies_come_first(void **state)
{
    static const wchar_t two[] = L"S-1-5-21-1\0 S-1-5-21-2\0";
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 16);
    struct prereq_trust_owners owners;
    struct prereq_error err;

    (void)state;
    forget_values();
    check_owners("");
    set_value(L"SOFTWARE\\PatchPrereq", REG_MULTI_SZ, two, PREREQ_COUNT(two));
    check_owners("S-1-5-21-1,S-1-5-21-2,");
    set_value(L"SOFTWARE\\Policies\\PatchPrereq", REG_SZ, L" S-1-5-21-3;; S-1-5-21-4 ", 26);
    check_owners("S-1-5-21-3,S-1-5-21-4,");
    set_value(L"SOFTWARE\\Policies\\PatchPrereq", REG_BINARY, two, 2);
    assert_int_equal(prereq_trusted_owners(arena, &owners, &err), PREREQ_BAD_INPUT);
    assert_non_null(strstr(err.text, "TrustedOwners"));
    forget_values();
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_named_owners_are_believed),
        cmocka_unit_test(others_may_not_write),
        cmocka_unit_test(another_spelling_is_the_same_place),
        cmocka_unit_test(a_folder_is_no_file),
        cmocka_unit_test(a_folder_is_judged_as_one),
        cmocka_unit_test(files_are_read_whole_or_not),
        cmocka_unit_test(policies_come_first),
    };
    int failed;

    if (!GetTempPathW(MAX_PATH - 40, folder))
        return 2;
    (void)swprintf(folder + wcslen(folder), 32, L"trust%lu", GetCurrentProcessId());
    (void)swprintf(file_path, MAX_PATH, L"%ls\\file.json", folder);
    if (!CreateDirectoryW(folder, NULL))
        return 2;
    failed = RUN_TESTS(tests);
    (void)DeleteFileW(file_path);
    (void)RemoveDirectoryW(folder);
    return failed;
}
