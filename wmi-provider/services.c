/* SPDX-License-Identifier: MIT */
/* services.c - IWbemServices: the three members that we registered for, and twenty that we did not.
 */
#include "provider.h"

PROVIDER_UNKNOWN(services, IWbemServices)

static HRESULT WINAPI services_CreateInstanceEnumAsync(IWbemServices *iface, const BSTR class_name,
                                                       LONG flags, IWbemContext *context,
                                                       IWbemObjectSink *sink)
{
    const struct request request = {services_of(iface)->name_space, context, sink};

    (void)flags; /* of those that may come none concerns us */
    if (!class_name || !sink || !request.name_space)
        return RESULT(E_INVALID_PARAMETER);
    return request_enumerate(&request, class_name);
}

static HRESULT WINAPI services_GetObjectAsync(IWbemServices *iface, const BSTR path, LONG flags,
                                              IWbemContext *context, IWbemObjectSink *sink)
{
    const struct request request = {services_of(iface)->name_space, context, sink};

    (void)flags;
    if (!path || !sink || !request.name_space)
        return RESULT(E_INVALID_PARAMETER);
    return request_get(&request, path);
}

static HRESULT WINAPI services_ExecMethodAsync(IWbemServices *iface, const BSTR path,
                                               const BSTR method, LONG flags, IWbemContext *context,
                                               IWbemClassObject *in, IWbemObjectSink *sink)
{
    const struct request request = {services_of(iface)->name_space, context, sink};

    (void)flags;
    if (!path || !method || !sink || !request.name_space)
        return RESULT(E_INVALID_PARAMETER);
    return request_method(&request, path, method, in);
}

/* ---- not registered ---- */

/* Each has its own list of arguments, and none is looked at. */
#define REFUSE(name, ...)                                                                          \
    static HRESULT WINAPI services_##name(IWbemServices *iface, __VA_ARGS__)                       \
    {                                                                                              \
        (void)iface;                                                                               \
        return RESULT(E_PROVIDER_NOT_CAPABLE);                                                     \
    }

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-parameter"
REFUSE(OpenNamespace, const BSTR a, LONG b, IWbemContext *c, IWbemServices **d, IWbemCallResult **e)
REFUSE(CancelAsyncCall, IWbemObjectSink *a)
REFUSE(QueryObjectSink, LONG a, IWbemObjectSink **b)
REFUSE(GetObject, const BSTR a, LONG b, IWbemContext *c, IWbemClassObject **d, IWbemCallResult **e)
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
REFUSE(CreateInstanceEnum, const BSTR a, LONG b, IWbemContext *c, IEnumWbemClassObject **d)
REFUSE(ExecQuery, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IEnumWbemClassObject **e)
REFUSE(ExecQueryAsync, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IWbemObjectSink *e)
REFUSE(ExecNotificationQuery, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IEnumWbemClassObject **e)
REFUSE(ExecNotificationQueryAsync, const BSTR a, const BSTR b, LONG c, IWbemContext *d,
       IWbemObjectSink *e)
REFUSE(ExecMethod, const BSTR a, const BSTR b, LONG c, IWbemContext *d, IWbemClassObject *e,
       IWbemClassObject **f, IWbemCallResult **g)
#pragma GCC diagnostic pop

IWbemServicesVtbl services_vtbl = {
    .QueryInterface = services_QueryInterface,
    .AddRef = services_AddRef,
    .Release = services_Release,
    .OpenNamespace = services_OpenNamespace,
    .CancelAsyncCall = services_CancelAsyncCall,
    .QueryObjectSink = services_QueryObjectSink,
    .GetObject = services_GetObject,
    .GetObjectAsync = services_GetObjectAsync,
    .PutClass = services_PutClass,
    .PutClassAsync = services_PutClassAsync,
    .DeleteClass = services_DeleteClass,
    .DeleteClassAsync = services_DeleteClassAsync,
    .CreateClassEnum = services_CreateClassEnum,
    .CreateClassEnumAsync = services_CreateClassEnumAsync,
    .PutInstance = services_PutInstance,
    .PutInstanceAsync = services_PutInstanceAsync,
    .DeleteInstance = services_DeleteInstance,
    .DeleteInstanceAsync = services_DeleteInstanceAsync,
    .CreateInstanceEnum = services_CreateInstanceEnum,
    .CreateInstanceEnumAsync = services_CreateInstanceEnumAsync,
    .ExecQuery = services_ExecQuery,
    .ExecQueryAsync = services_ExecQueryAsync,
    .ExecNotificationQuery = services_ExecNotificationQuery,
    .ExecNotificationQueryAsync = services_ExecNotificationQueryAsync,
    .ExecMethod = services_ExecMethod,
    .ExecMethodAsync = services_ExecMethodAsync,
};
