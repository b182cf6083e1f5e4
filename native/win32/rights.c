/* SPDX-License-Identifier: MIT */
/* rights.c - files and folders that have their rights from their first moment. */
#include "win32/rights.h"

#include <sddl.h>

#define FULL L"(A;;FA;;;SY)(A;;FA;;;BA)"
#define FULL_INHERITED L"(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
/* LocalService, in which the provider runs, NetworkService, Performance Monitor Users; Wine does
 * not know the two letters of the last. */
#define SERVICES_READ L"(A;;FR;;;S-1-5-19)(A;;FR;;;S-1-5-20)(A;;FR;;;S-1-5-32-558)"

struct texts {
    const wchar_t *file, *folder; /* P: nothing is inherited from above */
};

static const struct texts table[] = {
    [PREREQ_RIGHTS_INHERITED] = {NULL, NULL},
    [PREREQ_RIGHTS_ADMINISTRATORS] = {L"D:P" FULL, L"D:P" FULL_INHERITED},
    [PREREQ_RIGHTS_SERVICES] = {L"D:P" FULL SERVICES_READ, L"D:P" FULL_INHERITED SERVICES_READ},
};

/* What is made belongs to Administrators, whoever of them it was.  An account that is none of them
 * may not say so; what it makes is its own, and not trusted later. */
#define OWNER L"O:BA"

typedef bool make_function(const wchar_t *path, SECURITY_ATTRIBUTES *attributes, HANDLE *made);

static bool make_file(const wchar_t *path, SECURITY_ATTRIBUTES *attributes, HANDLE *made)
{
    *made = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, attributes,
                        CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
    return *made != INVALID_HANDLE_VALUE;
}

static bool make_folder(const wchar_t *path, SECURITY_ATTRIBUTES *attributes, HANDLE *made)
{
    (void)made;
    return CreateDirectoryW(path, attributes) != 0;
}

static bool make_with(make_function *make, const wchar_t *path, const wchar_t *owner,
                      const wchar_t *list, HANDLE *made)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    wchar_t text[256];
    DWORD code;
    bool good;

    (void)lstrcpynW(text, owner, PREREQ_COUNT(text));
    (void)lstrcatW(text, list); /* both are texts of this file */
    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(
            text, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL))
        return false;
    good = make(path, &attributes, made);
    code = GetLastError();
    (void)LocalFree(attributes.lpSecurityDescriptor);
    SetLastError(code);
    return good;
}

static bool make_any(make_function *make, const wchar_t *path, const wchar_t *list, HANDLE *made)
{
    if (!list)
        return make(path, NULL, made);
    if (make_with(make, path, OWNER, list, made))
        return true;
    if (GetLastError() != ERROR_INVALID_OWNER)
        return false;
    return make_with(make, path, L"", list, made);
}

HANDLE prereq_rights_create_file(const wchar_t *path, enum prereq_rights rights)
{
    HANDLE made = INVALID_HANDLE_VALUE;

    return make_any(make_file, path, table[rights].file, &made) ? made : INVALID_HANDLE_VALUE;
}

bool prereq_rights_make_folder(const wchar_t *path, enum prereq_rights rights)
{
    HANDLE none = NULL;

    return make_any(make_folder, path, table[rights].folder, &none);
}
