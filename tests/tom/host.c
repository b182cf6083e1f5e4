/* SPDX-License-Identifier: MIT */
/* host.c - loading a provider, and each call into it with everything watched. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

/* ---- start ---- */

struct init_sink {
    IWbemProviderInitSink IWbemProviderInitSink_iface;
    LONG refs;
    LONG initialized; /* how often */
    LONG failed;
    HANDLE done;
};

static struct init_sink *impl(IWbemProviderInitSink *iface)
{
    return CONTAINING_RECORD(iface, struct init_sink, IWbemProviderInitSink_iface);
}

static HRESULT WINAPI init_QueryInterface(IWbemProviderInitSink *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemProviderInitSink))
        return E_NOINTERFACE;
    *out = iface;
    IWbemProviderInitSink_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI init_AddRef(IWbemProviderInitSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static ULONG WINAPI init_Release(IWbemProviderInitSink *iface)
{
    return (ULONG)InterlockedDecrement(&impl(iface)->refs);
}

static HRESULT WINAPI init_SetStatus(IWbemProviderInitSink *iface, LONG status, LONG flags)
{
    struct init_sink *sink = impl(iface);

    (void)flags;
    if (status == WBEM_S_INITIALIZED)
        InterlockedIncrement(&sink->initialized);
    else if (FAILED(status))
        InterlockedIncrement(&sink->failed);
    SetEvent(sink->done);
    return S_OK;
}

static IWbemProviderInitSinkVtbl init_vtbl = {
    .QueryInterface = init_QueryInterface,
    .AddRef = init_AddRef,
    .Release = init_Release,
    .SetStatus = init_SetStatus,
};

HRESULT tom_host_initialize(IWbemProviderInit *init, IWbemServices *name_space, const WCHAR *place)
{
    /* It may be kept by a provider that is wrong: so it is never freed. */
    struct init_sink *sink = calloc(1, sizeof(*sink));
    struct tom_request request = {.what = "Initialize", .initializing = true};
    WCHAR copy[256];
    IUnknown *old;
    HRESULT hr;

    if (!sink)
        abort();
    sink->IWbemProviderInitSink_iface.lpVtbl = &init_vtbl;
    sink->refs = 1;
    sink->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    lstrcpynW(copy, place, 256);
    tom_set_current(&request);
    tom_security_enter(&request, &old);
    hr = IWbemProviderInit_Initialize(init, NULL, 0, copy, NULL, name_space, NULL,
                                      &sink->IWbemProviderInitSink_iface);
    tom_security_leave(&request, old);
    tom_set_current(NULL);
    tom_request_end(&request);
    if (SUCCEEDED(hr) && !sink->initialized && !sink->failed)
        WaitForSingleObject(sink->done, tom.patience);
    if (SUCCEEDED(hr) && sink->failed == 0 && sink->initialized != 1)
        tom_violate(TOM_NOT_INITIALIZED, "%d times", (int)sink->initialized);
    if (sink->refs != 1)
        tom_violate(TOM_LEAKED_SINK, "Initialize, %d references", (int)sink->refs - 1);
    if (FAILED(hr))
        return hr;
    return sink->initialized == 1 && !sink->failed ? S_OK : CODE(E_INITIALIZATION_FAILURE);
}

static HRESULT by_clsid(const char *provider, IClassFactory **factory)
{
    for (const struct mof_item *item = tom.schema.items; item; item = item->next) {
        const struct mof_value *name, *clsid;
        struct prereq_arena *arena;
        GUID guid;
        HRESULT hr;

        if (item->kind != MOF_INSTANCE ||
            !prereq_equal_nocase(item->instance.class_name, "__Win32Provider"))
            continue;
        name = mof_find_assignment(&item->instance, "Name");
        clsid = mof_find_assignment(&item->instance, "CLSID");
        if (!name || !clsid || !prereq_equal_nocase(name->text, provider))
            continue;
        arena = prereq_arena_new(4096);
        hr = CLSIDFromString(tom_wide(arena, clsid->text), &guid);
        prereq_arena_free(arena);
        if (FAILED(hr))
            return CODE(E_INVALID_PROVIDER_REGISTRATION);
        hr = CoGetClassObject(&guid, CLSCTX_INPROC_SERVER, NULL, &IID_IClassFactory,
                              (void **)factory);
        return FAILED(hr) ? CODE(E_PROVIDER_LOAD_FAILURE) : S_OK;
    }
    return CODE(E_PROVIDER_NOT_FOUND);
}

static HRESULT make_and_initialize(struct tom_host *host, IClassFactory *factory)
{
    struct prereq_arena *arena = prereq_arena_new(4096);
    IWbemProviderInit *init = NULL;
    HRESULT hr =
        IClassFactory_CreateInstance(factory, NULL, &IID_IWbemProviderInit, (void **)&init);

    if (SUCCEEDED(hr)) {
        hr = tom_host_initialize(
            init, host->name_space,
            tom_wide(arena, tom.schema.name_space + strspn(tom.schema.name_space, "\\.")));
        if (SUCCEEDED(hr))
            hr = IWbemProviderInit_QueryInterface(init, &IID_IWbemServices,
                                                  (void **)&host->services);
        if (SUCCEEDED(hr))
            IWbemProviderInit_QueryInterface(init, &IID_IUnknown, (void **)&host->object);
        IWbemProviderInit_Release(init);
    } else {
        hr = CODE(E_PROVIDER_LOAD_FAILURE);
    }
    prereq_arena_free(arena);
    return hr;
}

HRESULT tom_host_start(struct tom_host *host, const char *provider, IClassFactory *factory)
{
    IClassFactory *own = NULL;

    *host = (struct tom_host){.provider = provider};
    host->started = S_OK;
    if (!factory)
        host->started = by_clsid(provider, &own);
    if (FAILED(host->started))
        return host->started;
    host->name_space = tom_namespace_new(host);
    host->started = make_and_initialize(host, factory ? factory : own);
    if (own)
        IClassFactory_Release(own);
    return host->started;
}

void tom_host_stop(struct tom_host *host)
{
    struct tom_sink *events = host->event_sink;

    if (host->events)
        IWbemEventProvider_Release(host->events);
    if (host->services)
        IWbemServices_Release(host->services);
    if (host->object && IUnknown_Release(host->object) != 0)
        tom_violate(TOM_LEAKED_NAMESPACE, "the provider object has references left");
    if (host->name_space && tom_namespace_refs(host->name_space) != 1)
        tom_violate(TOM_LEAKED_NAMESPACE, "%d references",
                    (int)tom_namespace_refs(host->name_space) - 1);
    else if (host->name_space)
        IWbemServices_Release(host->name_space);
    tom_loose_end();
    if (events) {
        if (events->refs != 1)
            tom_violate(TOM_LEAKED_SINK, "events, %d references", (int)events->refs - 1);
        IWbemObjectSink_Release(&events->IWbemObjectSink_iface);
    }
    *host = (struct tom_host){.started = CODE(E_SHUTTING_DOWN)};
}

HRESULT tom_host_of(const struct tom_class *class, struct tom_host **out)
{
    static SRWLOCK lock = SRWLOCK_INIT;
    struct tom_host *host;

    AcquireSRWLockExclusive(&lock);
    for (host = tom.hosts; host; host = host->next) {
        if (prereq_equal_nocase(host->provider, class->provider))
            break;
    }
    if (!host) {
        host = calloc(1, sizeof(*host));
        if (!host)
            abort();
        tom_host_start(host, class->provider, NULL);
        host->next = tom.hosts;
        tom.hosts = host;
    }
    ReleaseSRWLockExclusive(&lock);
    *out = host;
    return host->started;
}

/* ---- events ---- */

HRESULT tom_host_events(struct tom_host *host, ULONG id, const WCHAR *query)
{
    struct tom_request request = {.what = "ProvideEvents", .initializing = true};
    IWbemEventProviderQuerySink *queries = NULL;
    struct tom_sink *old = host->event_sink;
    WCHAR text[512];
    WCHAR language[] = L"WQL";
    IUnknown *context;
    HRESULT hr = S_OK;

    if (!host->events)
        hr = IUnknown_QueryInterface(host->object, &IID_IWbemEventProvider, (void **)&host->events);
    if (FAILED(hr))
        return hr;
    if (SUCCEEDED(IUnknown_QueryInterface(host->object, &IID_IWbemEventProviderQuerySink,
                                          (void **)&queries))) {
        lstrcpynW(text, query, 512);
        IWbemEventProviderQuerySink_NewQuery(queries, id, language, text);
        IWbemEventProviderQuerySink_Release(queries);
    }
    host->event_sink = tom_sink_new(NULL);
    host->event_sink->events = true;
    tom_set_current(&request);
    tom_security_enter(&request, &context);
    hr =
        IWbemEventProvider_ProvideEvents(host->events, &host->event_sink->IWbemObjectSink_iface, 0);
    tom_security_leave(&request, context);
    tom_set_current(NULL);
    tom_request_end(&request);
    if (old) {
        if (old->refs != 1)
            tom_violate(TOM_LEAKED_SINK, "the events' former sink");
        IWbemObjectSink_Release(&old->IWbemObjectSink_iface);
    }
    return hr;
}
