/* SPDX-License-Identifier: MIT */
/* provider.c - the object that WMI holds: its interfaces, its count, its start. */
#include "provider.h"

#include <stdlib.h>

static LONG objects; /* when there is none, the document is not needed */

HRESULT provider_query(struct provider *provider, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (IsEqualGUID(riid, &IID_IUnknown) || IsEqualGUID(riid, &IID_IWbemServices))
        *out = &provider->IWbemServices_iface;
    else if (IsEqualGUID(riid, &IID_IWbemProviderInit))
        *out = &provider->IWbemProviderInit_iface;
    else if (IsEqualGUID(riid, &IID_IWbemEventProvider))
        *out = &provider->IWbemEventProvider_iface;
    else if (IsEqualGUID(riid, &IID_IWbemEventProviderQuerySink))
        *out = &provider->IWbemEventProviderQuerySink_iface;
    else
        return E_NOINTERFACE;
    (void)provider_hold(provider);
    return S_OK;
}

ULONG provider_hold(struct provider *provider)
{
    return (ULONG)InterlockedIncrement(&provider->refs);
}

/* With the last reference everything of WMI is given back (Pure=TRUE). */
ULONG provider_drop(struct provider *provider)
{
    LONG refs = InterlockedDecrement(&provider->refs);

    if (refs > 0)
        return (ULONG)refs;
    events_end(provider);
    if (provider->name_space)
        IWbemServices_Release(provider->name_space);
    free(provider);
    if (InterlockedDecrement(&objects) == 0)
        document_forget();
    module_drop();
    return 0;
}

/* ---- IWbemProviderInit ---- */

PROVIDER_UNKNOWN(init, IWbemProviderInit)

/* Everything else waits for the first request. */
static HRESULT WINAPI init_Initialize(IWbemProviderInit *iface, LPWSTR user, LONG flags,
                                      LPWSTR place, LPWSTR locale, IWbemServices *name_space,
                                      IWbemContext *context, IWbemProviderInitSink *sink)
{
    struct provider *provider = init_of(iface);

    (void)user;
    (void)flags;
    (void)place; /* whoever may write to a namespace may name us there: it proves nothing */
    (void)locale;
    (void)context;
    if (!sink)
        return RESULT(E_INVALID_PARAMETER);
    if (!name_space || provider->name_space) {
        (void)IWbemProviderInitSink_SetStatus(sink, (LONG)RESULT(E_FAILED), 0);
        return RESULT(S_NO_ERROR);
    }
    IWbemServices_AddRef(name_space);
    provider->name_space = name_space;
    (void)IWbemProviderInitSink_SetStatus(sink, WBEM_S_INITIALIZED, 0);
    return RESULT(S_NO_ERROR);
}

static IWbemProviderInitVtbl init_vtbl = {
    .QueryInterface = init_QueryInterface,
    .AddRef = init_AddRef,
    .Release = init_Release,
    .Initialize = init_Initialize,
};

HRESULT provider_new(REFIID riid, void **out)
{
    struct provider *provider = calloc(1, sizeof(*provider));
    HRESULT hr;

    if (!provider)
        return E_OUTOFMEMORY;
    provider->IWbemServices_iface.lpVtbl = &services_vtbl;
    provider->IWbemProviderInit_iface.lpVtbl = &init_vtbl;
    provider->IWbemEventProvider_iface.lpVtbl = &events_vtbl;
    provider->IWbemEventProviderQuerySink_iface.lpVtbl = &queries_vtbl;
    provider->refs = 1;
    InitializeSRWLock(&provider->lock);
    module_hold();
    InterlockedIncrement(&objects);
    hr = provider_query(provider, riid, out);
    (void)provider_drop(provider);
    return hr;
}
