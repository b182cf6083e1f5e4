/* SPDX-License-Identifier: MIT */
/* harness.c - a provider loaded from its file and called as WMI would. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

#include "host.h"

struct harness harness;

typedef HRESULT WINAPI get_class_object(REFCLSID clsid, REFIID riid, void **out);
typedef HRESULT WINAPI can_unload_now(void);

static FARPROC export_of(const char *name)
{
    return GetProcAddress(harness.dll, name);
}

static HRESULT open_dll(const WCHAR *dll, const char *clsid)
{
    get_class_object *get;
    WCHAR wide[64];

    if (!MultiByteToWideChar(CP_UTF8, 0, clsid, -1, wide, 64) ||
        FAILED(CLSIDFromString(wide, &harness.clsid)))
        return CO_E_CLASSSTRING;
    harness.dll = LoadLibraryW(dll);
    if (!harness.dll)
        return HRESULT_FROM_WIN32(GetLastError());
    get = (get_class_object *)(void (*)(void))export_of("DllGetClassObject");
    return get ? get(&harness.clsid, &IID_IClassFactory, (void **)&harness.factory)
               : HRESULT_FROM_WIN32(ERROR_PROC_NOT_FOUND);
}

bool harness_open(const WCHAR *dll, const char *clsid, const char *provider, const WCHAR *mof,
                  struct prereq_error *err)
{
    HRESULT hr;

    if (tom_start(mof, err) != PREREQ_OK)
        return false;
    hr = open_dll(dll, clsid);
    if (SUCCEEDED(hr))
        hr = tom_host_start(&harness.host, provider, harness.factory);
    if (FAILED(hr))
        prereq_fail(err, PREREQ_INTERNAL, "%ls: 0x%08x", dll, (unsigned)hr);
    return SUCCEEDED(hr);
}

void harness_close(void)
{
    can_unload_now *may;

    if (harness.dll) {
        may = (can_unload_now *)(void (*)(void))export_of("DllCanUnloadNow");
        if (harness.host.services && may && may() != S_FALSE)
            tom_violate(TOM_WRONG_CODE, "DllCanUnloadNow agrees while an object lives");
        tom_host_stop(&harness.host);
        if (harness.factory)
            IClassFactory_Release(harness.factory);
        for (DWORD waited = 0; may && may() != S_OK && waited < tom.patience; waited += 10)
            Sleep(10);
        if (!may || may() != S_OK)
            tom_violate(TOM_WRONG_CODE, "DllCanUnloadNow refuses after the last Release");
        else
            FreeLibrary(harness.dll);
    }
    harness = (struct harness){0};
    tom_stop();
}

void harness_reset(void)
{
    tom.cancel_at = 0;
    tom.client = TOM_ADMINISTRATOR;
    tom.null_context = false;
    tom.require_error_object = false;
    tom.fail_call_at = 0;
    tom.back_calls = 0;
    tom.patience = TOM_PATIENCE;
    tom_violations_forget();
}

/* ---- calls ---- */

void harness_enumerate(const WCHAR *class_name, struct tom_result *result)
{
    tom_host_call(&harness.host, TOM_ENUMERATE, class_name, NULL, NULL, result);
}

void harness_get(const WCHAR *path, struct tom_result *result)
{
    tom_host_call(&harness.host, TOM_GET, path, NULL, NULL, result);
}

void harness_exec(const WCHAR *path, const WCHAR *method, struct tom_object *in,
                  struct tom_result *result)
{
    tom_host_call(&harness.host, TOM_METHOD, path, method, in, result);
}

struct tom_object *harness_parameters(const WCHAR *class_name, const WCHAR *method)
{
    const struct tom_class *class = tom_class_find(&tom.schema, class_name);
    const struct tom_method *found = class ? tom_class_method(class, method) : NULL;

    return found && found->in ? tom_object_new(found->in, true, false) : NULL;
}

static void set(struct tom_object *object, const WCHAR *name, VARIANT *value)
{
    IWbemClassObject_Put(&object->IWbemClassObject_iface, name, 0, value, 0);
    VariantClear(value);
}

void harness_set_text(struct tom_object *object, const WCHAR *name, const WCHAR *text)
{
    VARIANT value;

    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(text);
    set(object, name, &value);
}

void harness_set_number(struct tom_object *object, const WCHAR *name, LONG number)
{
    VARIANT value;

    V_VT(&value) = VT_I4;
    V_I4(&value) = number;
    set(object, name, &value);
}

const char *harness_text(const struct tom_object *object, const WCHAR *name)
{
    static char text[65536];
    const struct tom_property *property = tom_class_property(object->class, name);
    struct prereq_buffer out = {0};

    if (!property)
        return "(no such property)";
    tom_value_print(&out, &object->values[property - object->class->properties], property->type);
    lstrcpynA(text, out.text, sizeof(text));
    prereq_buffer_free(&out);
    return text;
}

bool harness_never_null(const char *class_name, const char *property)
{
    struct tom_class *class = tom_class_find_utf8(&tom.schema, class_name);

    for (size_t i = 0; class && i < class->property_count; i++) {
        if (prereq_equal_nocase(class->properties[i].utf8, property)) {
            class->properties[i].never_null = true;
            return true;
        }
    }
    return false;
}
