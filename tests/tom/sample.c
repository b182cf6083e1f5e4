/* SPDX-License-Identifier: MIT */
/* sample.c - a provider of one class that obeys the contract; variable TOM_BUG makes it break one
 * rule.  It proves that the test object manager bites, and shows the shape of a provider. */
#include "sample.h"

#include <stdlib.h>
#include <string.h>

LONG sample_objects;

static struct provider *from_services(IWbemServices *iface)
{
    return CONTAINING_RECORD(iface, struct provider, IWbemServices_iface);
}

/* ---- reading ---- */

static HRESULT WINAPI svc_CreateInstanceEnumAsync(IWbemServices *iface, const BSTR name, LONG flags,
                                                  IWbemContext *context, IWbemObjectSink *sink)
{
    struct provider *p = from_services(iface);
    HRESULT hr;

    (void)flags;
    if (!name || !sink)
        return CODE(E_INVALID_PARAMETER);
    hr = sample_enumerate(p, name, context, sink);
    if (sample_has(WRITE_BUG))
        IWbemServices_DeleteInstance(p->name_space, name, 0, context, NULL);
    if (sample_has(NO_REVERT_BUG))
        CoImpersonateClient();
    sample_abuse_text(name);
    return sample_has(INDICATE_AFTER_COMPLETE_BUG) ? S_OK : sample_finish(p, context, sink, hr);
}

static HRESULT WINAPI svc_GetObjectAsync(IWbemServices *iface, const BSTR path, LONG flags,
                                         IWbemContext *context, IWbemObjectSink *sink)
{
    struct provider *p = from_services(iface);

    (void)flags;
    if (!path || !sink)
        return CODE(E_INVALID_PARAMETER);
    return sample_finish(p, context, sink, sample_get_thing(p, path, context, sink));
}

/* ---- methods ---- */

/* Text, Times -> Result, ReturnValue (1: too long a result). */
static HRESULT repeat(IWbemClassObject *in, IWbemClassObject *out)
{
    WCHAR result[256] = L"";
    VARIANT text, times;
    HRESULT hr;

    VariantInit(&text);
    VariantInit(&times);
    if (!in)
        return CODE(E_INVALID_METHOD_PARAMETERS);
    hr = IWbemClassObject_Get(in, L"Text", 0, &text, NULL, NULL);
    if (SUCCEEDED(hr))
        hr = IWbemClassObject_Get(in, L"Times", 0, &times, NULL, NULL);
    if (FAILED(hr) || V_VT(&text) != VT_BSTR || V_VT(&times) != VT_I4) {
        VariantClear(&text);
        return FAILED(hr) && hr != CODE(E_NOT_FOUND) ? hr : CODE(E_INVALID_METHOD_PARAMETERS);
    }
    if (V_I4(&times) < 0 || (size_t)V_I4(&times) * wcslen(V_BSTR(&text)) > 255) {
        VariantClear(&text);
        return sample_put_number(out, L"ReturnValue", 1);
    }
    for (LONG i = 0; i < V_I4(&times); i++)
        wcscat(result, V_BSTR(&text));
    VariantClear(&text);
    hr = sample_put_text(out, L"Result", result);
    return SUCCEEDED(hr) ? sample_put_number(out, L"ReturnValue", 0) : hr;
}

static HRESULT is_administrator(void)
{
    SECURITY_IMPERSONATION_LEVEL level = SecurityAnonymous;
    BYTE sid[SECURITY_MAX_SID_SIZE];
    DWORD size = sizeof(sid);
    BOOL member = FALSE;
    HANDLE token;

    if (!OpenThreadToken(GetCurrentThread(), TOKEN_QUERY, TRUE, &token))
        return CODE(E_ACCESS_DENIED);
    if (GetTokenInformation(token, TokenImpersonationLevel, &level, sizeof(level), &size) &&
        level >= SecurityImpersonation) {
        size = sizeof(sid);
        if (CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid, &size) &&
            !CheckTokenMembership(token, sid, &member))
            member = FALSE;
    }
    CloseHandle(token);
    return member ? S_OK : CODE(E_ACCESS_DENIED);
}

static HRESULT secret(IWbemClassObject *out)
{
    HRESULT hr;

    if (FAILED(CoImpersonateClient()))
        return sample_has(ACCESS_BUG) ? S_OK : CODE(E_ACCESS_DENIED);
    hr = sample_has(ACCESS_BUG) ? S_OK : is_administrator();
    if (!sample_has(LATE_REVERT_BUG))
        CoRevertToSelf();
    if (SUCCEEDED(hr))
        hr = sample_put_text(out, L"Result", L"the secret");
    return SUCCEEDED(hr) ? sample_put_number(out, L"ReturnValue", 0) : hr;
}

static HRESULT run(const WCHAR *method, IWbemClassObject *in, IWbemClassObject *out)
{
    if (_wcsicmp(method, L"Repeat") == 0)
        return repeat(in, out);
    if (_wcsicmp(method, L"Secret") == 0)
        return secret(out);
    if (FAILED(sample_put_number(out, L"Things", THINGS)))
        return CODE(E_OUT_OF_MEMORY);
    return sample_put_number(out, L"ReturnValue", 0);
}

static HRESULT check_target(const WCHAR *path, const WCHAR *method)
{
    int is_static = _wcsicmp(method, L"Count") == 0 || _wcsicmp(method, L"Secret") == 0;
    WCHAR id[64];
    HRESULT hr;

    if (!is_static && _wcsicmp(method, L"Repeat") != 0)
        return CODE(E_INVALID_METHOD);
    if (is_static && _wcsicmp(path, L"Sample_Thing") == 0)
        return S_OK;
    hr = sample_parse(path, id);
    return SUCCEEDED(hr) && sample_find(id) < 0 ? CODE(E_NOT_FOUND) : hr;
}

static HRESULT call_method(struct provider *p, const WCHAR *path, const WCHAR *method,
                           IWbemContext *context, IWbemClassObject *in, IWbemObjectSink *sink)
{
    IWbemClassObject *class, *signature = NULL, *out = NULL;
    HRESULT hr = check_target(path, method);

    if (FAILED(hr))
        return hr;
    hr = sample_get_class(p, L"Sample_Thing", context, &class);
    if (FAILED(hr))
        return hr;
    hr = IWbemClassObject_GetMethod(class, method, 0, NULL, &signature);
    IWbemClassObject_Release(class);
    if (FAILED(hr) || !signature)
        return FAILED(hr) ? hr : CODE(E_FAILED);
    hr = IWbemClassObject_SpawnInstance(signature, 0, &out);
    IWbemClassObject_Release(signature);
    if (FAILED(hr))
        return hr;
    hr = run(method, in, out);
    if (SUCCEEDED(hr))
        hr = IWbemObjectSink_Indicate(sink, 1, &out);
    IWbemClassObject_Release(out);
    return hr;
}

static HRESULT WINAPI svc_ExecMethodAsync(IWbemServices *iface, const BSTR path, const BSTR method,
                                          LONG flags, IWbemContext *context, IWbemClassObject *in,
                                          IWbemObjectSink *sink)
{
    struct provider *p = from_services(iface);
    HRESULT hr;

    (void)flags;
    if (!path || !method || !sink)
        return CODE(E_INVALID_PARAMETER);
    hr = sample_finish(p, context, sink, call_method(p, path, method, context, in, sink));
    if (sample_has(LATE_REVERT_BUG))
        CoRevertToSelf();
    return hr;
}

static HRESULT WINAPI svc_ExecQueryAsync(IWbemServices *iface, const BSTR language,
                                         const BSTR query, LONG flags, IWbemContext *context,
                                         IWbemObjectSink *sink)
{
    (void)iface;
    (void)language;
    (void)query;
    (void)flags;
    (void)context;
    (void)sink;
    return CODE(E_PROVIDER_NOT_CAPABLE);
}

/* ---- one object of four interfaces ---- */

static HRESULT query(struct provider *p, REFIID riid, void **out)
{
    *out = NULL;
    if (IsEqualGUID(riid, &IID_IUnknown) || IsEqualGUID(riid, &IID_IWbemServices))
        *out = &p->IWbemServices_iface;
    else if (IsEqualGUID(riid, &IID_IWbemProviderInit))
        *out = &p->IWbemProviderInit_iface;
    else if (IsEqualGUID(riid, &IID_IWbemEventProvider))
        *out = &p->IWbemEventProvider_iface;
    else if (IsEqualGUID(riid, &IID_IWbemEventProviderQuerySink))
        *out = &p->IWbemEventProviderQuerySink_iface;
    else
        return E_NOINTERFACE;
    InterlockedIncrement(&p->refs);
    return S_OK;
}

static ULONG drop(struct provider *p)
{
    LONG refs = InterlockedDecrement(&p->refs);

    if (refs > 0)
        return (ULONG)refs;
    if (p->name_space && !sample_has(NAMESPACE_LEAK_BUG))
        IWbemServices_Release(p->name_space);
    if (p->events)
        IWbemObjectSink_Release(p->events);
    free(p);
    InterlockedDecrement(&sample_objects);
    return 0;
}

#define UNKNOWN(prefix, interface)                                                                 \
    static struct provider *prefix##_impl(interface *iface)                                        \
    {                                                                                              \
        return CONTAINING_RECORD(iface, struct provider, interface##_iface);                       \
    }                                                                                              \
    static HRESULT WINAPI prefix##_QueryInterface(interface *iface, REFIID riid, void **out)       \
    {                                                                                              \
        return query(prefix##_impl(iface), riid, out);                                             \
    }                                                                                              \
    static ULONG WINAPI prefix##_AddRef(interface *iface)                                          \
    {                                                                                              \
        return (ULONG)InterlockedIncrement(&prefix##_impl(iface)->refs);                           \
    }                                                                                              \
    static ULONG WINAPI prefix##_Release(interface *iface)                                         \
    {                                                                                              \
        return drop(prefix##_impl(iface));                                                         \
    }

UNKNOWN(svc, IWbemServices)
UNKNOWN(init, IWbemProviderInit)
UNKNOWN(events, IWbemEventProvider)
UNKNOWN(queries, IWbemEventProviderQuerySink)

static HRESULT WINAPI init_Initialize(IWbemProviderInit *iface, LPWSTR user, LONG flags,
                                      LPWSTR place, LPWSTR locale, IWbemServices *name_space,
                                      IWbemContext *context, IWbemProviderInitSink *sink)
{
    struct provider *p = init_impl(iface);
    IWbemClassObject *class;

    (void)user;
    (void)flags;
    (void)place;
    (void)locale;
    p->name_space = name_space;
    if (name_space)
        IWbemServices_AddRef(name_space);
    if (sample_has(INITIALIZE_CALLS_BUG) &&
        SUCCEEDED(sample_get_class(p, L"Sample_Thing", context, &class)))
        IWbemClassObject_Release(class);
    IWbemProviderInitSink_SetStatus(sink, name_space ? (LONG)WBEM_S_INITIALIZED : CODE(E_FAILED),
                                    0);
    return S_OK;
}

static HRESULT WINAPI events_ProvideEvents(IWbemEventProvider *iface, IWbemObjectSink *sink,
                                           LONG flags)
{
    struct provider *p = events_impl(iface);
    IWbemObjectSink *old = p->events;

    (void)flags;
    IWbemObjectSink_AddRef(sink);
    p->events = sink;
    if (old)
        IWbemObjectSink_Release(old);
    if (sample_has(EVENT_STATUS_BUG))
        IWbemObjectSink_SetStatus(sink, WBEM_STATUS_COMPLETE, S_OK, NULL, NULL);
    return S_OK;
}

static HRESULT WINAPI queries_NewQuery(IWbemEventProviderQuerySink *iface, ULONG id,
                                       WBEM_WSTR language, WBEM_WSTR text)
{
    (void)iface;
    (void)id;
    (void)language;
    (void)text;
    return S_OK;
}

static HRESULT WINAPI queries_CancelQuery(IWbemEventProviderQuerySink *iface, ULONG id)
{
    (void)iface;
    (void)id;
    return S_OK;
}

/* Members that stay NULL are those that WMI never calls for our registrations. */
static IWbemServicesVtbl services_vtbl = {
    .QueryInterface = svc_QueryInterface,
    .AddRef = svc_AddRef,
    .Release = svc_Release,
    .CreateInstanceEnumAsync = svc_CreateInstanceEnumAsync,
    .GetObjectAsync = svc_GetObjectAsync,
    .ExecMethodAsync = svc_ExecMethodAsync,
    .ExecQueryAsync = svc_ExecQueryAsync,
};
static IWbemProviderInitVtbl init_vtbl = {init_QueryInterface, init_AddRef, init_Release,
                                          init_Initialize};
static IWbemEventProviderVtbl events_vtbl = {events_QueryInterface, events_AddRef, events_Release,
                                             events_ProvideEvents};
static IWbemEventProviderQuerySinkVtbl queries_vtbl = {
    queries_QueryInterface, queries_AddRef, queries_Release, queries_NewQuery, queries_CancelQuery};

HRESULT sample_create(REFIID riid, void **out)
{
    struct provider *p = calloc(1, sizeof(*p));
    HRESULT hr;

    if (!p)
        return E_OUTOFMEMORY;
    p->IWbemServices_iface.lpVtbl = &services_vtbl;
    p->IWbemProviderInit_iface.lpVtbl = &init_vtbl;
    p->IWbemEventProvider_iface.lpVtbl = &events_vtbl;
    p->IWbemEventProviderQuerySink_iface.lpVtbl = &queries_vtbl;
    p->refs = 1;
    InterlockedIncrement(&sample_objects);
    hr = query(p, riid, out);
    drop(p);
    return hr;
}
