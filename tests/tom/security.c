/* SPDX-License-Identifier: MIT */
/* security.c - the client behind CoImpersonateClient: administrator, user, identify level, nobody.
 */
#include "tom.h"

static struct tom_request *impl(IServerSecurity *iface)
{
    return CONTAINING_RECORD(iface, struct tom_request, security);
}

static HRESULT WINAPI security_QueryInterface(IServerSecurity *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IServerSecurity))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

/* It lives as long as the request, which is longer than the call. */
static ULONG WINAPI security_AddRef(IServerSecurity *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI security_Release(IServerSecurity *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI security_QueryBlanket(IServerSecurity *iface, DWORD *authn, DWORD *authz,
                                            OLECHAR **principal, DWORD *level, DWORD *imp,
                                            void **privileges, DWORD *capabilities)
{
    (void)iface;
    (void)authn;
    (void)authz;
    (void)principal;
    (void)level;
    (void)imp;
    (void)privileges;
    (void)capabilities;
    return E_NOTIMPL;
}

/* The process's own token; for a user without Administrators. */
static HANDLE client_token(void)
{
    SECURITY_IMPERSONATION_LEVEL level =
        tom.client == TOM_IDENTIFY ? SecurityIdentification : SecurityImpersonation;
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    SID_AND_ATTRIBUTES administrators = {.Sid = sid};
    HANDLE process, restricted, token = NULL;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_ALL_ACCESS, &process))
        return NULL;
    if (tom.client == TOM_USER &&
        CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
        CreateRestrictedToken(process, 0, 1, &administrators, 0, NULL, 0, NULL, &restricted)) {
        CloseHandle(process);
        process = restricted;
    }
    DuplicateTokenEx(process, TOKEN_ALL_ACCESS, NULL, level, TokenImpersonation, &token);
    CloseHandle(process);
    return token;
}

static HRESULT WINAPI security_ImpersonateClient(IServerSecurity *iface)
{
    struct tom_request *request = impl(iface);
    HANDLE token;

    if (tom.client == TOM_NOBODY)
        return E_ACCESSDENIED;
    token = client_token();
    if (!token || !SetThreadToken(NULL, token)) {
        if (token)
            CloseHandle(token);
        return E_FAIL;
    }
    CloseHandle(token);
    request->impersonating++;
    request->impersonations++;
    return S_OK;
}

static HRESULT WINAPI security_RevertToSelf(IServerSecurity *iface)
{
    struct tom_request *request = impl(iface);

    request->impersonating = 0; /* one call undoes all */
    SetThreadToken(NULL, NULL);
    return S_OK;
}

static WINBOOL WINAPI security_IsImpersonating(IServerSecurity *iface)
{
    return impl(iface)->impersonating > 0;
}

static IServerSecurityVtbl vtbl = {
    .QueryInterface = security_QueryInterface,
    .AddRef = security_AddRef,
    .Release = security_Release,
    .QueryBlanket = security_QueryBlanket,
    .ImpersonateClient = security_ImpersonateClient,
    .RevertToSelf = security_RevertToSelf,
    .IsImpersonating = security_IsImpersonating,
};

void tom_security_enter(struct tom_request *request, IUnknown **old)
{
    request->security.lpVtbl = &vtbl;
    *old = NULL;
    CoSwitchCallContext((IUnknown *)&request->security, old);
}

void tom_security_leave(struct tom_request *request, IUnknown *old)
{
    IUnknown *mine = NULL;
    HANDLE token;

    CoSwitchCallContext(old, &mine);
    if (OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token)) {
        CloseHandle(token);
        tom_violate(TOM_NOT_REVERTED, "%s", request->what);
        SetThreadToken(NULL, NULL);
    } else if (request->impersonating > 0) {
        tom_violate(TOM_NOT_REVERTED, "%s, not through COM", request->what);
    }
}
