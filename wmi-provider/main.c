/* SPDX-License-Identifier: MIT */
/* main.c - the DLL's exports: its class, its end, its registration. */
#include "provider.h"

#include <olectl.h>
#include <stdlib.h>

#define GUID_OF(a, b, c, ...)                                                                      \
    {                                                                                              \
        a, b, c,                                                                                   \
        {                                                                                          \
            __VA_ARGS__                                                                            \
        }                                                                                          \
    }
#define GUID_FROM(fields) GUID_OF(fields)
const GUID provider_clsid = GUID_FROM(PREREQ_WMI_CLSID_FIELDS);

static HINSTANCE module;
static LONG holders;

void module_hold(void)
{
    InterlockedIncrement(&holders);
}

void module_drop(void)
{
    InterlockedDecrement(&holders);
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved);
BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved)
{
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        module = instance;
        DisableThreadLibraryCalls(instance);
    }
    return TRUE;
}

HRESULT WINAPI DllGetClassObject(REFCLSID clsid, REFIID riid, void **out)
{
    if (!out)
        return E_POINTER;
    *out = NULL;
    if (!IsEqualGUID(clsid, &provider_clsid))
        return CLASS_E_CLASSNOTAVAILABLE;
    return IClassFactory_QueryInterface(&class_factory, riid, out);
}

HRESULT WINAPI DllCanUnloadNow(void)
{
    return InterlockedCompareExchange(&holders, 0, 0) == 0 ? S_OK : S_FALSE;
}

/* ---- registration, for whom no installer does it ---- */

#define CLSID_KEY L"Software\\Classes\\CLSID\\"

/* HKLM\...\CLSID\{...}, or what is below it. */
static LSTATUS set_value(const WCHAR *below, const WCHAR *name, const WCHAR *text)
{
    WCHAR key[160] = CLSID_KEY;
    WCHAR clsid[40];

    if (!StringFromGUID2(&provider_clsid, clsid, 40))
        return ERROR_INVALID_DATA;
    lstrcatW(key, clsid);
    lstrcatW(key, below);
    return RegSetKeyValueW(HKEY_LOCAL_MACHINE, key, name, REG_SZ, text,
                           (DWORD)((size_t)(lstrlenW(text) + 1) * sizeof(*text)));
}

HRESULT WINAPI DllUnregisterServer(void)
{
    WCHAR clsid[40];
    HKEY key;
    LSTATUS status =
        RegOpenKeyExW(HKEY_LOCAL_MACHINE, CLSID_KEY, 0,
                      DELETE | KEY_ENUMERATE_SUB_KEYS | KEY_QUERY_VALUE | KEY_SET_VALUE, &key);

    if (status == ERROR_FILE_NOT_FOUND)
        return S_OK;
    if (status || !StringFromGUID2(&provider_clsid, clsid, 40))
        return SELFREG_E_CLASS;
    status = RegDeleteTreeW(key, clsid);
    RegCloseKey(key);
    return status && status != ERROR_FILE_NOT_FOUND ? SELFREG_E_CLASS : S_OK;
}

HRESULT WINAPI DllRegisterServer(void)
{
    static const DWORD units = 32768; /* the longest path there can be */
    WCHAR *path = malloc(units * sizeof(*path));
    LSTATUS status = ERROR_NOT_ENOUGH_MEMORY;
    DWORD len;

    if (!path)
        goto done;
    status = ERROR_INVALID_NAME;
    len = GetModuleFileNameW(module, path, units);
    if (len == 0 || len >= units)
        goto done;
    status = set_value(L"", NULL, L"PatchPrereq WMI provider");
    if (!status)
        status = set_value(L"\\InprocServer32", NULL, path);
    if (!status)
        status = set_value(L"\\InprocServer32", L"ThreadingModel", L"Both");
    if (status)
        (void)DllUnregisterServer();
done:
    free(path);
    return status ? SELFREG_E_CLASS : S_OK;
}
