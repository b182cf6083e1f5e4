/* SPDX-License-Identifier: MIT */
/* namespace.c - the IWbemServices that a provider is given: classes, with its request's context. */
#include <stdlib.h>

#include "host.h"

struct name_space {
    IWbemServices IWbemServices_iface;
    LONG refs;
    struct tom_host *host;
};

static struct name_space *impl(IWbemServices *iface)
{
    return CONTAINING_RECORD(iface, struct name_space, IWbemServices_iface);
}

static HRESULT WINAPI ns_QueryInterface(IWbemServices *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemServices))
        return E_NOINTERFACE;
    *out = iface;
    IWbemServices_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI ns_AddRef(IWbemServices *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static ULONG WINAPI ns_Release(IWbemServices *iface)
{
    LONG refs = InterlockedDecrement(&impl(iface)->refs);

    if (refs == 0)
        free(impl(iface));
    return (ULONG)refs;
}

/* ---- classes ---- */

static void check_request(struct tom_request *request, const struct name_space *ns,
                          const IWbemContext *context, const char *what)
{
    if (!request) { /* an own thread: for events it must fetch their class somewhere */
        if (!ns->host->event_sink)
            tom_violate(TOM_CALL_OUTSIDE_REQUEST, "%s", what);
        else if (context)
            tom_violate(TOM_WRONG_CONTEXT, "%s outside of a request has one", what);
        return;
    }
    if (request->initializing)
        tom_violate(TOM_CALL_IN_INITIALIZE, "%s", what);
    else if (context != request->context)
        tom_violate(TOM_WRONG_CONTEXT, "%s in %s", what, request->what);
}

static void count_fetch(struct tom_request *request, const struct tom_class *class)
{
    if (!request)
        return;
    request->fetches++;
    for (size_t i = 0; i < PREREQ_COUNT(request->fetched); i++) {
        if (request->fetched[i] == class) {
            tom_violate(TOM_CLASS_FETCHED_TWICE, "%s in %s", class->utf8, request->what);
            return;
        }
        if (!request->fetched[i]) {
            request->fetched[i] = class;
            return;
        }
    }
}

static HRESULT WINAPI ns_GetObject(IWbemServices *iface, const BSTR path, LONG flags,
                                   IWbemContext *context, IWbemClassObject **out,
                                   IWbemCallResult **call)
{
    TOM_INSIDE;
    struct tom_request *request = tom_current();
    const struct tom_class *class;
    struct tom_object *made;

    (void)flags;
    check_request(request, impl(iface), context, "GetObject");
    if (!path || (!out && !call))
        return CODE(E_INVALID_PARAMETER);
    if (tom_fails_now())
        return CODE(E_OUT_OF_MEMORY);
    class = tom_class_find(&tom.schema, path);
    if (!class) {
        if (wcspbrk(path, L".="))
            tom_violate(TOM_UNEXPECTED_CALL, "GetObject of the instance \"%ls\"", path);
        return CODE(E_NOT_FOUND);
    }
    count_fetch(request, class);
    if (!out)
        return CODE(E_INVALID_PARAMETER);
    made = tom_object_new(class, false, true);
    if (!made)
        return CODE(E_OUT_OF_MEMORY);
    *out = &made->IWbemClassObject_iface;
    return S_OK;
}

/* ---- what a provider of ours never calls ---- */

static HRESULT unexpected(IWbemServices *iface, const char *what)
{
    (void)iface;
    tom_violate(TOM_UNEXPECTED_CALL, "%s", what);
    return CODE(E_NOT_SUPPORTED);
}

static HRESULT writes(IWbemServices *iface, const char *what)
{
    (void)iface;
    tom_violate(TOM_WRITE_CALL, "%s", what);
    return CODE(E_ACCESS_DENIED);
}

/* Each has its own list of arguments, and none is looked at. */
#define REFUSE(name, how, ...)                                                                     \
    static HRESULT WINAPI ns_##name(IWbemServices *iface, ##__VA_ARGS__)                           \
    {                                                                                              \
        return how(iface, #name);                                                                  \
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic ignored "-Wpedantic"
REFUSE(OpenNamespace, unexpected, const BSTR a, LONG b, IWbemContext *c, IWbemServices **d,
       IWbemCallResult **e)
REFUSE(CancelAsyncCall, unexpected, IWbemObjectSink *a)
REFUSE(QueryObjectSink, unexpected, LONG a, IWbemObjectSink **b)
REFUSE(GetObjectAsync, unexpected, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(PutClass, writes, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(PutClassAsync, writes, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(DeleteClass, writes, const BSTR a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(DeleteClassAsync, writes, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(CreateClassEnum, unexpected, const BSTR a, LONG b, IWbemContext *c, IEnumWbemClassObject **d)
REFUSE(CreateClassEnumAsync, unexpected, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(PutInstance, writes, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(PutInstanceAsync, writes, IWbemClassObject *a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(DeleteInstance, writes, const BSTR a, LONG b, IWbemContext *c, IWbemCallResult **d)
REFUSE(DeleteInstanceAsync, writes, const BSTR a, LONG b, IWbemContext *c, IWbemObjectSink *d)
REFUSE(CreateInstanceEnum, unexpected, const BSTR a, LONG b, IWbemContext *c,
       IEnumWbemClassObject **d)
REFUSE(CreateInstanceEnumAsync, unexpected, const BSTR a, LONG b, IWbemContext *c,
       IWbemObjectSink *d)
REFUSE(ExecQuery, unexpected, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IEnumWbemClassObject **e)
REFUSE(ExecQueryAsync, unexpected, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IWbemObjectSink *e)
REFUSE(ExecNotificationQuery, unexpected, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IEnumWbemClassObject **e)
REFUSE(ExecNotificationQueryAsync, unexpected, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IWbemObjectSink *e)
REFUSE(ExecMethod, writes, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IWbemClassObject *e,
       IWbemClassObject **f, IWbemCallResult **g)
REFUSE(ExecMethodAsync, writes, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IWbemClassObject *e, IWbemObjectSink *f)
#pragma GCC diagnostic pop

static IWbemServicesVtbl vtbl = {
    .QueryInterface = ns_QueryInterface,
    .AddRef = ns_AddRef,
    .Release = ns_Release,
    .OpenNamespace = ns_OpenNamespace,
    .CancelAsyncCall = ns_CancelAsyncCall,
    .QueryObjectSink = ns_QueryObjectSink,
    .GetObject = ns_GetObject,
    .GetObjectAsync = ns_GetObjectAsync,
    .PutClass = ns_PutClass,
    .PutClassAsync = ns_PutClassAsync,
    .DeleteClass = ns_DeleteClass,
    .DeleteClassAsync = ns_DeleteClassAsync,
    .CreateClassEnum = ns_CreateClassEnum,
    .CreateClassEnumAsync = ns_CreateClassEnumAsync,
    .PutInstance = ns_PutInstance,
    .PutInstanceAsync = ns_PutInstanceAsync,
    .DeleteInstance = ns_DeleteInstance,
    .DeleteInstanceAsync = ns_DeleteInstanceAsync,
    .CreateInstanceEnum = ns_CreateInstanceEnum,
    .CreateInstanceEnumAsync = ns_CreateInstanceEnumAsync,
    .ExecQuery = ns_ExecQuery,
    .ExecQueryAsync = ns_ExecQueryAsync,
    .ExecNotificationQuery = ns_ExecNotificationQuery,
    .ExecNotificationQueryAsync = ns_ExecNotificationQueryAsync,
    .ExecMethod = ns_ExecMethod,
    .ExecMethodAsync = ns_ExecMethodAsync,
};

IWbemServices *tom_namespace_new(struct tom_host *host)
{
    struct name_space *ns = calloc(1, sizeof(*ns));

    if (!ns)
        abort();
    ns->IWbemServices_iface.lpVtbl = &vtbl;
    ns->refs = 1;
    ns->host = host;
    return &ns->IWbemServices_iface;
}

LONG tom_namespace_refs(IWbemServices *name_space)
{
    return impl(name_space)->refs;
}
