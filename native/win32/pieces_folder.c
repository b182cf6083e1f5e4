/* SPDX-License-Identifier: MIT */
/* pieces_folder.c - the data folder with its owner and rights, and the assessment in it. */
#include <stdlib.h>
#include <string.h>

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include "documents/assessment.h"
#include "files/file.h"
#include "win32/pieces_parts.h"
#include "win32/wide.h"

#define ASSESSMENT_BYTES ((size_t)64 << 20)

/* ---- looking ---- */

static const char *sid_text(struct prereq_arena *arena, PSID sid)
{
    wchar_t *wide = NULL;
    const char *text = NULL;

    if (sid && ConvertSidToStringSidW(sid, &wide)) {
        text = prereq_name_from_wide(arena, wide, wcslen(wide));
        (void)LocalFree(wide);
    }
    return text;
}

static bool read_entries(struct prereq_installation *machine, PACL list,
                         struct prereq_piece_rights *rights)
{
    struct prereq_piece_right *allowed =
        PREREQ_NEW_ARRAY(machine->arena, list->AceCount, struct prereq_piece_right);

    if (!allowed)
        return false;
    for (DWORD i = 0; i < list->AceCount; i++) {
        ACCESS_ALLOWED_ACE *entry = NULL;

        if (!GetAce(list, i, (void **)&entry))
            return false;
        if (entry->Header.AceType != ACCESS_ALLOWED_ACE_TYPE)
            continue; /* what takes rights away makes nothing worse */
        allowed[rights->allowed_count++] = (struct prereq_piece_right){
            .sid = sid_text(machine->arena, &entry->SidStart),
            .rights = entry->Mask,
            .inherited_below =
                (entry->Header.AceFlags & (OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE)) != 0,
            .only_below = (entry->Header.AceFlags & INHERIT_ONLY_ACE) != 0,
        };
        if (!allowed[rights->allowed_count - 1].sid)
            return false;
    }
    rights->allowed = allowed;
    return true;
}

static void look_at_rights(struct prereq_installation *machine, wchar_t *path,
                           struct prereq_piece_result *result)
{
    struct prereq_piece_rights rights = {.trusted = machine->trusted.texts,
                                         .trusted_count = machine->trusted.count};
    PSECURITY_DESCRIPTOR descriptor = NULL;
    SECURITY_DESCRIPTOR_CONTROL control = 0;
    PSID owner = NULL;
    PACL list = NULL;
    DWORD revision = 0;
    DWORD code = GetNamedSecurityInfoW(path, SE_FILE_OBJECT,
                                       OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION,
                                       &owner, NULL, &list, NULL, &descriptor);

    if (code != ERROR_SUCCESS) {
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "the rights of %s cannot be read (%lu)",
                         machine->data, (unsigned long)code);
        return;
    }
    rights.owner = sid_text(machine->arena, owner);
    rights.has_list = list != NULL;
    if (GetSecurityDescriptorControl(descriptor, &control, &revision))
        rights.is_protected = (control & SE_DACL_PROTECTED) != 0;
    if (list && !read_entries(machine, list, &rights))
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "the rights of %s cannot be understood",
                         machine->data);
    else
        prereq_piece_check_rights(machine->data, &rights, result);
    (void)LocalFree(descriptor);
}

void prereq_installation_look_data(struct prereq_installation *machine,
                                   struct prereq_piece_result *result)
{
    wchar_t *path = prereq_wide_from_utf8(machine->data);
    DWORD kind = path ? GetFileAttributesW(path) : INVALID_FILE_ATTRIBUTES;

    if (!path)
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "no memory");
    else if (kind == INVALID_FILE_ATTRIBUTES)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is not there", machine->data);
    else if (!(kind & FILE_ATTRIBUTE_DIRECTORY) || (kind & FILE_ATTRIBUTE_REPARSE_POINT))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is no folder, or leads elsewhere",
                         machine->data);
    else
        look_at_rights(machine, path, result);
    free(path);
}

/* ---- putting ---- */

/* Everybody may make a folder in %ProgramData%, and fill it beforehand: what an ordinary user put
 * there must not be believed afterwards.  So a folder that is not an administrator's is moved
 * aside, never taken over. */
static bool is_foreign(struct prereq_installation *machine)
{
    struct prereq_piece_result result = {0};

    prereq_installation_look_data(machine, &result);
    return result.verdict == PREREQ_PIECE_WRONG && strstr(result.text, "is owned by") != NULL;
}

static DWORD move_aside(struct prereq_installation *machine, const wchar_t *path)
{
    char when[32];
    char *aside;
    wchar_t *wide;
    DWORD code = ERROR_SUCCESS;

    prereq_time_format(machine->now, when);
    for (char *at = when; *at; at++) {
        if (*at == ':')
            *at = '-';
    }
    aside = prereq_printf(machine->arena, "%s.not-trusted-%s", machine->data, when);
    wide = aside ? prereq_wide_from_utf8(aside) : NULL;
    if (!wide)
        return ERROR_OUTOFMEMORY;
    if (MoveFileExW(path, wide, 0))
        machine->note =
            prereq_printf(machine->arena, "%s did not belong to administrators; it was moved to %s",
                          machine->data, aside);
    else
        code = GetLastError();
    free(wide);
    return code;
}

static DWORD set_rights(wchar_t *path, PSECURITY_DESCRIPTOR descriptor)
{
    BOOL present = FALSE, defaulted = FALSE;
    PACL list = NULL;
    PSID owner = NULL;
    DWORD code;

    if (!GetSecurityDescriptorDacl(descriptor, &present, &list, &defaulted) ||
        !GetSecurityDescriptorOwner(descriptor, &owner, &defaulted))
        return GetLastError();
    code = SetNamedSecurityInfoW(path, SE_FILE_OBJECT,
                                 DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                 NULL, NULL, list, NULL);
    /* A folder that an administrator made has the right owner already, by the policy of Windows or
     * by name; who may not give it away has no need to. */
    if (code == ERROR_SUCCESS)
        (void)SetNamedSecurityInfoW(path, SE_FILE_OBJECT, OWNER_SECURITY_INFORMATION, owner, NULL,
                                    NULL, NULL);
    return code;
}

static DWORD make_folder(struct prereq_installation *machine, wchar_t *path,
                         PSECURITY_DESCRIPTOR descriptor)
{
    SECURITY_ATTRIBUTES attributes = {sizeof(attributes), descriptor, FALSE};
    DWORD kind = GetFileAttributesW(path);
    bool exists = kind != INVALID_FILE_ATTRIBUTES;

    if (exists && ((kind & FILE_ATTRIBUTE_REPARSE_POINT) || is_foreign(machine))) {
        DWORD code = move_aside(machine, path);

        if (code != ERROR_SUCCESS)
            return code;
        exists = false;
    }
    /* One that somebody makes in this moment is not taken over either. */
    if (!exists && !CreateDirectoryW(path, &attributes))
        return GetLastError();
    return set_rights(path, descriptor);
}

enum prereq_status prereq_installation_put_data(struct prereq_installation *machine,
                                                struct prereq_error *err)
{
    wchar_t *path = prereq_wide_from_utf8(machine->data);
    wchar_t *sddl = prereq_wide_from_utf8(PREREQ_PIECE_DATA_SDDL);
    PSECURITY_DESCRIPTOR descriptor = NULL;
    DWORD code = ERROR_OUTOFMEMORY;

    if (path && sddl) {
        if (ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, SDDL_REVISION_1, &descriptor,
                                                                 NULL))
            code = make_folder(machine, path, descriptor);
        else
            code = GetLastError();
    }
    if (descriptor)
        (void)LocalFree(descriptor);
    free(sddl);
    free(path);
    return code == ERROR_SUCCESS ? PREREQ_OK : prereq_piece_failed(err, machine->data, code);
}

/* ---- the assessment ---- */

#define STALE_AFTER_HOURS 48

void prereq_installation_look_assessment(struct prereq_installation *machine,
                                         struct prereq_piece_result *result)
{
    const char *path = prereq_printf(machine->arena, "%s\\assessment.json", machine->data);
    const struct prereq_assessment *assessment = NULL;
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    if (!path || !prereq_is_file(path)) {
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "there is none yet; patchprereq refresh makes it");
        return;
    }
    if (prereq_file_read(path, ASSESSMENT_BYTES, &bytes, &len, &err) != PREREQ_OK)
        prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "%s", err.text);
    else if (prereq_assessment_read(machine->arena, bytes, len, &assessment, NULL, &err) !=
             PREREQ_OK)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s: %s", path, err.text);
    else
        prereq_piece_check_age(assessment->evaluated, machine->now,
                               assessment->policy && assessment->policy->stale_after_hours.known
                                   ? assessment->policy->stale_after_hours.value
                                   : STALE_AFTER_HOURS,
                               result);
    free(bytes);
}
