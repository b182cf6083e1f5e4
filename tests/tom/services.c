/* SPDX-License-Identifier: MIT */
/* services.c - the IWbemServices of clients: wmic, scripts, the harness.  Lenient. */
#include <stdlib.h>

#include "tom.h"

struct services {
    IWbemServices IWbemServices_iface;
    LONG refs;
};

static struct services *impl(IWbemServices *iface)
{
    return CONTAINING_RECORD(iface, struct services, IWbemServices_iface);
}

static HRESULT WINAPI svc_QueryInterface(IWbemServices *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemServices))
        return E_NOINTERFACE;
    *out = iface;
    IWbemServices_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI svc_AddRef(IWbemServices *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static ULONG WINAPI svc_Release(IWbemServices *iface)
{
    LONG refs = InterlockedDecrement(&impl(iface)->refs);

    if (refs == 0)
        free(impl(iface));
    return (ULONG)refs;
}

static HRESULT WINAPI svc_GetObject(IWbemServices *iface, const BSTR path, LONG flags,
                                    IWbemContext *context, IWbemClassObject **out,
                                    IWbemCallResult **call)
{
    struct tom_object *object = NULL;
    HRESULT hr;

    (void)iface;
    (void)flags;
    (void)context;
    (void)call;
    if (!path || !out)
        return CODE(E_INVALID_PARAMETER);
    hr = tom_get(path, &object);
    *out = object ? &object->IWbemClassObject_iface : NULL;
    return hr;
}

static HRESULT give_rows(HRESULT hr, struct tom_result *result, IEnumWbemClassObject **out)
{
    *out = NULL;
    if (FAILED(hr))
        return hr;
    *out = tom_enumerator_new(result->rows, result->row_count);
    return S_OK;
}

static HRESULT WINAPI svc_CreateInstanceEnum(IWbemServices *iface, const BSTR name, LONG flags,
                                             IWbemContext *context, IEnumWbemClassObject **out)
{
    const struct tom_class *class = name ? tom_class_find(&tom.schema, name) : NULL;
    struct tom_result result = {0};

    (void)iface;
    (void)flags;
    (void)context;
    return give_rows(class ? tom_enumerate(class, &result) : CODE(E_INVALID_CLASS), &result, out);
}

static HRESULT WINAPI svc_ExecQuery(IWbemServices *iface, const BSTR language, const BSTR text,
                                    LONG flags, IWbemContext *context, IEnumWbemClassObject **out)
{
    struct tom_result result = {0};

    (void)iface;
    (void)flags;
    (void)context;
    if (!language || !text || !out)
        return CODE(E_INVALID_PARAMETER);
    if (_wcsicmp(language, L"WQL") != 0)
        return CODE(E_INVALID_QUERY_TYPE);
    return give_rows(tom_query(text, &result), &result, out);
}

static HRESULT WINAPI svc_ExecMethod(IWbemServices *iface, const BSTR path, const BSTR method,
                                     LONG flags, IWbemContext *context, IWbemClassObject *in,
                                     IWbemClassObject **out, IWbemCallResult **call)
{
    (void)iface;
    (void)flags;
    (void)context;
    (void)call;
    if (out)
        *out = NULL;
    return path && method ? tom_exec_method(path, method, in, out) : CODE(E_INVALID_PARAMETER);
}

/* The rest: no client that runs here calls it. */
#define REFUSE(name, ...)                                                                          \
    static HRESULT WINAPI svc_##name(IWbemServices *iface, ##__VA_ARGS__)                          \
    {                                                                                              \
        return CODE(E_NOT_SUPPORTED);                                                              \
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wpedantic"
REFUSE(OpenNamespace, const BSTR a, LONG b, IWbemContext *c, IWbemServices **d, IWbemCallResult **e)
REFUSE(CancelAsyncCall, IWbemObjectSink *a)
REFUSE(QueryObjectSink, LONG a, IWbemObjectSink **b)
REFUSE(GetObjectAsync, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(PutClass, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(PutClassAsync, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(DeleteClass, const BSTR a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(DeleteClassAsync, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(CreateClassEnum, const BSTR a, LONG b, IWbemContext *c, IEnumWbemClassObject **d)
REFUSE(CreateClassEnumAsync, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(PutInstance, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(PutInstanceAsync, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(DeleteInstance, const BSTR a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(DeleteInstanceAsync, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(CreateInstanceEnumAsync, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(ExecQueryAsync, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IWbemObjectSink *e)
REFUSE(ExecNotificationQuery, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IEnumWbemClassObject **e)
REFUSE(ExecNotificationQueryAsync, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IWbemObjectSink *e)
REFUSE(ExecMethodAsync, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IWbemClassObject *e,
       IWbemObjectSink *f)
#pragma GCC diagnostic pop

static IWbemServicesVtbl vtbl = {
    .QueryInterface = svc_QueryInterface,
    .AddRef = svc_AddRef,
    .Release = svc_Release,
    .OpenNamespace = svc_OpenNamespace,
    .CancelAsyncCall = svc_CancelAsyncCall,
    .QueryObjectSink = svc_QueryObjectSink,
    .GetObject = svc_GetObject,
    .GetObjectAsync = svc_GetObjectAsync,
    .PutClass = svc_PutClass,
    .PutClassAsync = svc_PutClassAsync,
    .DeleteClass = svc_DeleteClass,
    .DeleteClassAsync = svc_DeleteClassAsync,
    .CreateClassEnum = svc_CreateClassEnum,
    .CreateClassEnumAsync = svc_CreateClassEnumAsync,
    .PutInstance = svc_PutInstance,
    .PutInstanceAsync = svc_PutInstanceAsync,
    .DeleteInstance = svc_DeleteInstance,
    .DeleteInstanceAsync = svc_DeleteInstanceAsync,
    .CreateInstanceEnum = svc_CreateInstanceEnum,
    .CreateInstanceEnumAsync = svc_CreateInstanceEnumAsync,
    .ExecQuery = svc_ExecQuery,
    .ExecQueryAsync = svc_ExecQueryAsync,
    .ExecNotificationQuery = svc_ExecNotificationQuery,
    .ExecNotificationQueryAsync = svc_ExecNotificationQueryAsync,
    .ExecMethod = svc_ExecMethod,
    .ExecMethodAsync = svc_ExecMethodAsync,
};

IWbemServices *tom_services_new(void)
{
    struct services *services = calloc(1, sizeof(*services));

    if (!services)
        abort();
    services->IWbemServices_iface.lpVtbl = &vtbl;
    services->refs = 1;
    return &services->IWbemServices_iface;
}
