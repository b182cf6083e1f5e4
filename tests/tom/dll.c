/* SPDX-License-Identifier: MIT */
/* dll.c - the test object manager in the place of CLSID_WbemLocator, for wmic and scripts. */
#include "tom.h"

#include <olectl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static HINSTANCE instance;
static LONG locks;

/* ---- locator ---- */

static HRESULT WINAPI locator_QueryInterface(IWbemLocator *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemLocator))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

/* One for all: it has no state. */
static ULONG WINAPI locator_AddRef(IWbemLocator *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI locator_Release(IWbemLocator *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI locator_ConnectServer(IWbemLocator *iface, const BSTR resource,
                                            const BSTR user, const BSTR password, const BSTR locale,
                                            LONG flags, const BSTR authority, IWbemContext *context,
                                            IWbemServices **out)
{
    struct prereq_error err;
    char place[256];

    (void)iface;
    (void)user;
    (void)password;
    (void)locale;
    (void)flags;
    (void)authority;
    (void)context;
    *out = NULL;
    if (tom_start(NULL, &err) != PREREQ_OK) {
        fprintf(stderr, "tom: %s\n", err.text);
        return CODE(E_TRANSPORT_FAILURE);
    }
    if (!resource ||
        !WideCharToMultiByte(CP_UTF8, 0, resource, -1, place, sizeof(place), NULL, NULL))
        return CODE(E_INVALID_NAMESPACE);
    /* wmic knows no other namespace than this, whatever it is told. */
    if (!tom_same_namespace(place, "root\\cimv2") &&
        !tom_same_namespace(place, tom.schema.name_space))
        return CODE(E_INVALID_NAMESPACE);
    *out = tom_services_new();
    return S_OK;
}

static IWbemLocatorVtbl locator_vtbl = {
    .QueryInterface = locator_QueryInterface,
    .AddRef = locator_AddRef,
    .Release = locator_Release,
    .ConnectServer = locator_ConnectServer,
};
static IWbemLocator locator = {&locator_vtbl};

/* ---- factory ---- */

static HRESULT WINAPI factory_QueryInterface(IClassFactory *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IClassFactory))
        return E_NOINTERFACE;
    *out = iface;
    return S_OK;
}

static ULONG WINAPI factory_AddRef(IClassFactory *iface)
{
    (void)iface;
    return 2;
}

static ULONG WINAPI factory_Release(IClassFactory *iface)
{
    (void)iface;
    return 1;
}

static HRESULT WINAPI factory_CreateInstance(IClassFactory *iface, IUnknown *outer, REFIID riid,
                                             void **out)
{
    (void)iface;
    *out = NULL;
    return outer ? CLASS_E_NOAGGREGATION : IWbemLocator_QueryInterface(&locator, riid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, WINBOOL lock)
{
    (void)iface;
    if (lock)
        InterlockedIncrement(&locks);
    else
        InterlockedDecrement(&locks);
    return S_OK;
}

static IClassFactoryVtbl factory_vtbl = {
    .QueryInterface = factory_QueryInterface,
    .AddRef = factory_AddRef,
    .Release = factory_Release,
    .CreateInstance = factory_CreateInstance,
    .LockServer = factory_LockServer,
};
static IClassFactory factory = {&factory_vtbl};

/* ---- exports ---- */

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(clsid, &CLSID_WbemLocator))
        return CLASS_E_CLASSNOTAVAILABLE;
    return IClassFactory_QueryInterface(&factory, riid, out);
}

/* It keeps providers loaded for the life of the process, as clients here are short. */
HRESULT WINAPI DllCanUnloadNow(void)
{
    return S_FALSE;
}

static const WCHAR key_path[] =
    L"Software\\Classes\\CLSID\\{4590F811-1D3A-11D0-891F-00AA004B2E24}\\InprocServer32";

HRESULT WINAPI DllRegisterServer(void)
{
    WCHAR path[MAX_PATH];
    DWORD len = GetModuleFileNameW(instance, path, MAX_PATH);
    static const WCHAR model[] = L"Both";
    HKEY key;
    LSTATUS status;

    if (len == 0 || len >= MAX_PATH)
        return SELFREG_E_CLASS;
    status = RegCreateKeyExW(HKEY_LOCAL_MACHINE, key_path, 0, NULL, 0, KEY_WRITE, NULL, &key, NULL);
    if (status)
        return SELFREG_E_CLASS;
    status =
        RegSetValueExW(key, NULL, 0, REG_SZ, (const BYTE *)path, (len + 1) * (DWORD)sizeof(WCHAR));
    if (!status)
        status =
            RegSetValueExW(key, L"ThreadingModel", 0, REG_SZ, (const BYTE *)model, sizeof(model));
    RegCloseKey(key);
    return status ? SELFREG_E_CLASS : S_OK;
}

HRESULT WINAPI DllUnregisterServer(void)
{
    LSTATUS status = RegDeleteTreeW(HKEY_LOCAL_MACHINE, key_path);

    return status && status != ERROR_FILE_NOT_FOUND ? SELFREG_E_CLASS : S_OK;
}

BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, void *reserved);
BOOL WINAPI DllMain(HINSTANCE dll, DWORD reason, void *reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        instance = dll;
        DisableThreadLibraryCalls(dll);
    }
    return TRUE;
}
