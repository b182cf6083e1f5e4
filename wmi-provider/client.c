/* SPDX-License-Identifier: MIT */
/* client.c - acting as the client, who must be an administrator. */
#include "provider.h"

/* At the level "identify" everything afterwards would fail; then it is better said at once. */
static bool may_act(HANDLE token)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    DWORD size = 0;

    return GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size) &&
           level >= SecurityImpersonation;
}

static bool is_administrator(HANDLE token)
{
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    BOOL member = FALSE;

    if (SEEDED(BUG_NO_ACCESS_CHECK))
        return true;
    return CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
           CheckTokenMembership(token, sid, &member) && member;
}

static HRESULT check_client(struct prereq_error *err)
{
    HRESULT hr = RESULT(E_ACCESS_DENIED);
    HANDLE token = NULL;

    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        (void)prereq_fail(err, PREREQ_BAD_INPUT, "The caller is not known to the provider.");
        return hr;
    }
    if (!may_act(token))
        (void)prereq_fail(err, PREREQ_BAD_INPUT,
                          "The client has to allow impersonation (level \"impersonate\").");
    else if (!is_administrator(token))
        (void)prereq_fail(err, PREREQ_BAD_INPUT,
                          "This needs an administrator of the host, and an elevated client.");
    else
        hr = S_OK;
    CloseHandle(token);
    return hr;
}

HRESULT client_enter(struct prereq_error *err)
{
    HRESULT hr;

    if (FAILED(CoImpersonateClient())) {
        (void)prereq_fail(err, PREREQ_BAD_INPUT, "The caller is not known to the provider.");
        return RESULT(E_ACCESS_DENIED);
    }
    hr = check_client(err);
    if (FAILED(hr))
        client_leave();
    return hr;
}

void client_leave(void)
{
    if (!SEEDED(BUG_NO_REVERT))
        (void)CoRevertToSelf();
}
