/* SPDX-License-Identifier: MIT */
/* rights.c - files and folders that have their rights from their first moment. */
#include "win32/rights.h"

#include <aclapi.h>
#include <sddl.h>

#define FULL L"(A;;FA;;;SY)(A;;FA;;;BA)"
#define OWNER_FULL L"(A;;FA;;;S-1-3-4)" /* whoever owns it */
#define OWNER_FULL_INHERITED L"(A;OICI;FA;;;S-1-3-4)"
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
    [PREREQ_RIGHTS_OWNER] = {L"D:P" FULL OWNER_FULL, L"D:P" FULL_INHERITED OWNER_FULL_INHERITED},
    [PREREQ_RIGHTS_SERVICES] = {L"D:P" FULL SERVICES_READ, L"D:P" FULL_INHERITED SERVICES_READ},
};

/* What is made belongs to Administrators, whoever of them it was.  An account that is none of them
 * may not say so; what it makes is its own, and not trusted later. */
#define OWNER L"O:BA"

typedef bool make_function(const wchar_t *path, SECURITY_ATTRIBUTES *attributes, HANDLE *made);

static bool make_file(const wchar_t *path, SECURITY_ATTRIBUTES *attributes, HANDLE *made)
{
    /* It may be deleted while it is open: by the program itself, when it is told to end. */
    *made = CreateFileW(path, GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                        attributes, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, NULL);
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

/* Whether a file has more than its folder gave it: a list that takes nothing from above, or an
 * entry that does not come from there. */
static bool has_own(PSECURITY_DESCRIPTOR descriptor, PACL list)
{
    SECURITY_DESCRIPTOR_CONTROL control = 0;
    DWORD revision = 0;

    if (!GetSecurityDescriptorControl(descriptor, &control, &revision))
        return false;
    if (control & SE_DACL_PROTECTED)
        return true;
    for (DWORD i = 0; list && i < list->AceCount; i++) {
        void *entry = NULL;

        if (GetAce(list, i, &entry) && !(((ACE_HEADER *)entry)->AceFlags & INHERITED_ACE))
            return true;
    }
    return false;
}

HANDLE prereq_rights_create_like(const wchar_t *path, const wchar_t *like)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes)};
    PSECURITY_DESCRIPTOR descriptor = NULL;
    HANDLE made = INVALID_HANDLE_VALUE;
    PACL list = NULL;
    DWORD code;

    if (GetNamedSecurityInfoW((wchar_t *)(uintptr_t)like, SE_FILE_OBJECT, DACL_SECURITY_INFORMATION,
                              NULL, NULL, &list, NULL, &descriptor) == ERROR_SUCCESS &&
        has_own(descriptor, list))
        attributes.lpSecurityDescriptor = descriptor;
    (void)make_file(path, attributes.lpSecurityDescriptor ? &attributes : NULL, &made);
    code = GetLastError();
    if (descriptor)
        (void)LocalFree(descriptor);
    SetLastError(code);
    return made;
}

bool prereq_rights_make_folder(const wchar_t *path, enum prereq_rights rights)
{
    HANDLE none = NULL;

    return make_any(make_folder, path, table[rights].folder, &none);
}
