/* SPDX-License-Identifier: MIT */
/* enumerator.c - IEnumWbemClassObject over rows that are all there. */
#include <stdlib.h>

#include "tom.h"

struct enumerator {
    IEnumWbemClassObject IEnumWbemClassObject_iface;
    LONG refs;
    struct tom_object **rows;
    size_t count;
    size_t at;
};

static struct enumerator *impl(IEnumWbemClassObject *iface)
{
    return CONTAINING_RECORD(iface, struct enumerator, IEnumWbemClassObject_iface);
}

static HRESULT WINAPI enum_QueryInterface(IEnumWbemClassObject *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IEnumWbemClassObject))
        return E_NOINTERFACE;
    *out = iface;
    IEnumWbemClassObject_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI enum_AddRef(IEnumWbemClassObject *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static ULONG WINAPI enum_Release(IEnumWbemClassObject *iface)
{
    struct enumerator *e = impl(iface);
    LONG refs = InterlockedDecrement(&e->refs);

    if (refs > 0)
        return (ULONG)refs;
    for (size_t i = 0; i < e->count; i++)
        IWbemClassObject_Release(&e->rows[i]->IWbemClassObject_iface);
    free(e->rows);
    free(e);
    return 0;
}

static HRESULT WINAPI enum_Reset(IEnumWbemClassObject *iface)
{
    impl(iface)->at = 0;
    return S_OK;
}

static HRESULT WINAPI enum_Next(IEnumWbemClassObject *iface, LONG timeout, ULONG count,
                                IWbemClassObject **objects, ULONG *returned)
{
    struct enumerator *e = impl(iface);
    ULONG given = 0;

    (void)timeout;
    while (given < count && e->at < e->count) {
        objects[given] = &e->rows[e->at++]->IWbemClassObject_iface;
        IWbemClassObject_AddRef(objects[given]);
        given++;
    }
    if (returned)
        *returned = given;
    return given == count ? S_OK : WBEM_S_FALSE;
}

static HRESULT WINAPI enum_NextAsync(IEnumWbemClassObject *iface, ULONG count,
                                     IWbemObjectSink *sink)
{
    (void)iface;
    (void)count;
    (void)sink;
    return E_NOTIMPL;
}

static HRESULT WINAPI enum_Clone(IEnumWbemClassObject *iface, IEnumWbemClassObject **out)
{
    struct enumerator *e = impl(iface);
    struct tom_object **rows = calloc(e->count + 1, sizeof(struct tom_object *));

    if (!rows)
        return CODE(E_OUT_OF_MEMORY);
    for (size_t i = 0; i < e->count; i++) {
        rows[i] = e->rows[i];
        IWbemClassObject_AddRef(&rows[i]->IWbemClassObject_iface);
    }
    *out = tom_enumerator_new(rows, e->count);
    impl(*out)->at = e->at;
    return S_OK;
}

static HRESULT WINAPI enum_Skip(IEnumWbemClassObject *iface, LONG timeout, ULONG count)
{
    struct enumerator *e = impl(iface);

    (void)timeout;
    if (count > e->count - e->at) {
        e->at = e->count;
        return WBEM_S_FALSE;
    }
    e->at += count;
    return S_OK;
}

static IEnumWbemClassObjectVtbl vtbl = {
    .QueryInterface = enum_QueryInterface,
    .AddRef = enum_AddRef,
    .Release = enum_Release,
    .Reset = enum_Reset,
    .Next = enum_Next,
    .NextAsync = enum_NextAsync,
    .Clone = enum_Clone,
    .Skip = enum_Skip,
};

IEnumWbemClassObject *tom_enumerator_new(struct tom_object **rows, size_t count)
{
    struct enumerator *e = calloc(1, sizeof(*e));

    if (!e)
        abort();
    e->IEnumWbemClassObject_iface.lpVtbl = &vtbl;
    e->refs = 1;
    e->rows = rows;
    e->count = count;
    return &e->IEnumWbemClassObject_iface;
}
