/* SPDX-License-Identifier: MIT */
/* factory.c - the class factory: one for the life of the DLL. */
#include "provider.h"

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *out = iface;
    IClassFactory_AddRef(iface);
    return S_OK;
}

/* A factory alone keeps the DLL loaded, too. */
static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    module_hold();
    return 2;
}

static ULONG WINAPI factory_Release(IClassFactory *iface)
{
    (void)iface;
    module_drop();
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID riid,
                                             void **out)
{
    (void)iface;
    if (!out)
        return E_POINTER;
    *out = NULL;
    return outer ? CLASS_E_NOAGGREGATION : provider_new(riid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, WINBOOL lock)
{
    (void)iface;
    if (lock)
        module_hold();
    else
        module_drop();
    return S_OK;
}

static IClassFactoryVtbl vtbl = {
    .QueryInterface = factory_QueryInterface,
    .AddRef = factory_AddRef,
    .Release = factory_Release,
    .CreateInstance = factory_CreateInstance,
    .LockServer = factory_LockServer,
};

IClassFactory class_factory = {&vtbl};
