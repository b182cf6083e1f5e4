/* SPDX-License-Identifier: MIT */
/* sample_dll.c - the sample provider's factory, registration, exports. */
#include "sample.h"

#include <olectl.h>

static const GUID clsid = {
    0x3c4b2e0a, 0x6b0f, 0x4c0e, {0x9c, 0x39, 0x2f, 0x1d, 0x5a, 0x7e, 0x9b, 0x11}};
static HINSTANCE instance;

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
    return outer ? CLASS_E_NOAGGREGATION : sample_create(riid, out);
}

static HRESULT WINAPI factory_LockServer(IClassFactory *iface, WINBOOL lock)
{
    (void)iface;
    if (lock)
        InterlockedIncrement(&sample_objects);
    else
        InterlockedDecrement(&sample_objects);
    return S_OK;
}

static IClassFactoryVtbl factory_vtbl = {factory_QueryInterface, factory_AddRef, factory_Release,
                                         factory_CreateInstance, factory_LockServer};
static IClassFactory factory = {&factory_vtbl};

HRESULT WINAPI DllGetClassObject(REFCLSID id, REFIID riid, void **out)
{
    *out = NULL;
    return IsEqualGUID(id, &clsid) ? IClassFactory_QueryInterface(&factory, riid, out)
                                   : CLASS_E_CLASSNOTAVAILABLE;
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return sample_objects == 0 ? S_OK : S_FALSE;
}

static const WCHAR key_path[] = L"Software\\Classes\\CLSID\\{3C4B2E0A-6B0F-4C0E-9C39-2F1D5A7E9B11}";

HRESULT WINAPI DllRegisterServer(void)
{
    static const WCHAR model[] = L"Both";
    WCHAR path[MAX_PATH];
    DWORD len = GetModuleFileNameW(instance, path, MAX_PATH);
    HKEY key;
    LSTATUS status = ERROR_INVALID_NAME;

    if (len > 0 && len < MAX_PATH)
        status = RegSetKeyValueW(HKEY_LOCAL_MACHINE, key_path, NULL, REG_SZ, L"TomSample",
                                 (DWORD)sizeof(L"TomSample"));
    if (!status)
        status = RegCreateKeyW(HKEY_LOCAL_MACHINE, key_path, &key);
    if (status)
        return SELFREG_E_CLASS;
    status = RegSetKeyValueW(key, L"InprocServer32", NULL, REG_SZ, path,
                             (len + 1) * (DWORD)sizeof(WCHAR));
    if (!status)
        status = RegSetKeyValueW(key, L"InprocServer32", L"ThreadingModel", REG_SZ, model,
                                 (DWORD)sizeof(model));
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
