/* SPDX-License-Identifier: MIT */
/* checks.c - what every provider of instances must answer, asked of the one that is loaded. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static void expect(const char *what, const WCHAR *text, HRESULT wanted, HRESULT got)
{
    if (wanted != got)
        tom_violate(TOM_WRONG_CODE, "%s of \"%.200ls\": 0x%08x instead of 0x%08x", what, text,
                    (unsigned)got, (unsigned)wanted);
}

/* ---- COM ---- */

static void check_interface(IUnknown *object, REFIID riid, bool wanted, const char *name)
{
    IUnknown *identity = NULL;
    void *out = &identity; /* anything but NULL */
    HRESULT hr = IUnknown_QueryInterface(object, riid, &out);

    if (FAILED(hr)) {
        if (out)
            tom_violate(TOM_WRONG_INTERFACE, "%s: the pointer is not NULL", name);
        if (wanted || hr != E_NOINTERFACE)
            tom_violate(TOM_WRONG_INTERFACE, "%s: 0x%08x", name, (unsigned)hr);
        return;
    }
    if (!wanted)
        tom_violate(TOM_WRONG_INTERFACE, "%s is there", name);
    IUnknown_QueryInterface((IUnknown *)out, &IID_IUnknown, (void **)&identity);
    if (identity != object)
        tom_violate(TOM_WRONG_INTERFACE, "%s: another identity", name);
    if (identity)
        IUnknown_Release(identity);
    IUnknown_Release((IUnknown *)out);
}

static void check_factory(void)
{
    static const GUID nobody = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};
    HRESULT(WINAPI * get)(REFCLSID, REFIID, void **);
    void *out = &out;
    HRESULT hr =
        IClassFactory_CreateInstance(harness.factory, harness.host.object, &IID_IUnknown, &out);

    if (hr != CLASS_E_NOAGGREGATION || out)
        tom_violate(TOM_WRONG_INTERFACE, "aggregation: 0x%08x", (unsigned)hr);
    get = (HRESULT(WINAPI *)(REFCLSID, REFIID, void **))(void (*)(void))GetProcAddress(
        harness.dll, "DllGetClassObject");
    out = &out;
    hr = get(&nobody, &IID_IClassFactory, &out);
    if (hr != CLASS_E_CLASSNOTAVAILABLE || out)
        tom_violate(TOM_WRONG_INTERFACE, "another CLSID: 0x%08x", (unsigned)hr);
}

static void check_initialize(void)
{
    IWbemProviderInit *init = NULL;
    HRESULT hr =
        IClassFactory_CreateInstance(harness.factory, NULL, &IID_IWbemProviderInit, (void **)&init);

    if (FAILED(hr)) {
        tom_violate(TOM_WRONG_INTERFACE, "a second object: 0x%08x", (unsigned)hr);
        return;
    }
    if (SUCCEEDED(tom_host_initialize(init, NULL, L"root\\Nowhere")))
        tom_violate(TOM_WRONG_CODE, "Initialize without a namespace succeeds");
    IWbemProviderInit_Release(init);
}

void harness_check_com(void)
{
    static const GUID nobody = {0x12345678, 0x1234, 0x1234, {1, 2, 3, 4, 5, 6, 7, 8}};
    IUnknown *object = harness.host.object;

    check_interface(object, &IID_IUnknown, true, "IUnknown");
    check_interface(object, &IID_IWbemServices, true, "IWbemServices");
    check_interface(object, &IID_IWbemProviderInit, true, "IWbemProviderInit");
    check_interface(object, &nobody, false, "an unknown interface");
    check_interface(object, &IID_IMarshal, false, "IMarshal");
    check_interface(object, &IID_IDispatch, false, "IDispatch");
    check_factory();
    check_initialize();
}

/* ---- classes ---- */

static void check_enumeration(const WCHAR *name, HRESULT wanted)
{
    struct tom_result result;

    harness_enumerate(name, &result);
    expect("enumeration", name, wanted, result.status);
    if (FAILED(wanted) && result.row_count > 0)
        tom_violate(TOM_WRONG_CODE, "enumeration of \"%ls\" has rows", name);
    tom_result_free(&result);
}

static const WCHAR *path_of(struct prereq_arena *arena, const struct tom_object *row)
{
    const char *path = tom_object_relpath(arena, row);

    return path ? tom_wide(arena, path) : NULL;
}

static void check_same(const WCHAR *path, const struct tom_object *row)
{
    struct tom_result result;
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    const WCHAR *other;

    harness_get(path, &result);
    expect("GetObject", path, S_OK, result.status);
    other = result.row_count ? path_of(arena, result.rows[0]) : NULL;
    if (SUCCEEDED(result.status) && (!other || result.rows[0]->class != row->class ||
                                     _wcsicmp(other, path_of(arena, row)) != 0))
        tom_violate(TOM_WRONG_INSTANCE, "\"%ls\" is answered with \"%ls\"", path,
                    other ? other : L"-");
    tom_result_free(&result);
    prereq_arena_free(arena);
}

/* Names and keys are equal without regard to the case of A to Z. */
static WCHAR *capitals(WCHAR *text)
{
    for (WCHAR *c = text; *c; c++) {
        if (*c >= L'a' && *c <= L'z')
            *c = (WCHAR)(*c - L'a' + L'A');
    }
    return text;
}

/* The path as it is, in capitals, and with the namespace in front. */
static void check_row(const struct tom_object *row)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    const WCHAR *path = path_of(arena, row);
    struct prereq_buffer full = {0};

    if (path) {
        WCHAR *loud = tom_wide(arena, tom_object_relpath(arena, row));

        check_same(path, row);
        check_same(capitals(loud), row);
        prereq_buffer_addf(&full, "%s:%s", tom.schema.name_space, tom_object_relpath(arena, row));
        check_same(tom_wide(arena, full.text), row);
    }
    prereq_buffer_free(&full);
    prereq_arena_free(arena);
}

void harness_check_class(const WCHAR *class_name)
{
    WCHAR other[300];
    struct tom_result result;

    check_enumeration(L"No_SuchClass", CODE(E_INVALID_CLASS));
    swprintf(other, 300, L"%lsX", class_name);
    check_enumeration(other, CODE(E_INVALID_CLASS));
    other[wcslen(class_name) - 1] = L'\0';
    check_enumeration(other, CODE(E_INVALID_CLASS));
    lstrcpynW(other, class_name, 300);
    check_enumeration(CharUpperW(other), S_OK);
    check_enumeration(CharLowerW(other), S_OK);
    tom.null_context = true;
    check_enumeration(class_name, S_OK);
    tom.null_context = false;
    harness_enumerate(class_name, &result);
    expect("enumeration", class_name, S_OK, result.status);
    for (size_t i = 0; i < result.row_count; i++)
        check_row(result.rows[i]);
    tom_result_free(&result);
}

/* ---- paths ---- */

static void check_path(HRESULT wanted, const WCHAR *fmt, const WCHAR *class_name, const WCHAR *key)
{
    WCHAR path[5000];
    struct tom_result result;

    swprintf(path, 5000, fmt, class_name, key);
    harness_get(path, &result);
    expect("GetObject", path, wanted, result.status);
    if (result.row_count > 0)
        tom_violate(TOM_WRONG_INSTANCE, "\"%.200ls\" has an answer", path);
    tom_result_free(&result);
}

static const WCHAR *first_key(const WCHAR *class_name)
{
    const struct tom_class *class = tom_class_find(&tom.schema, class_name);

    for (size_t i = 0; class && i < class->property_count; i++) {
        if (class->properties[i].key)
            return class->properties[i].name;
    }
    return NULL;
}

/* For a class with one key, which is a string. */
void harness_check_paths(const WCHAR *class_name)
{
    static WCHAR fmt[4200] = L"%ls.%ls=\"";
    const WCHAR *key = first_key(class_name);
    const HRESULT bad = CODE(E_INVALID_OBJECT_PATH);

    check_path(CODE(E_NOT_FOUND), L"%ls.%ls=\"no such thing\"", class_name, key);
    check_path(CODE(E_NOT_FOUND), L"%ls.%ls='no such thing'", class_name, key);
    check_path(CODE(E_NOT_FOUND), L"%ls.%ls=\"\"", class_name, key);
    check_path(CODE(E_NOT_FOUND), L"%ls.%ls=\"a\\\\b\\\"c.d,e:f=g\"", class_name, key);
    check_path(CODE(E_NOT_FOUND), L"%ls=\"no such thing\"", class_name, key);
    check_path(CODE(E_INVALID_CLASS), L"%lsX.%ls=\"a\"", class_name, key);
    check_path(bad, L"%ls", class_name, key);
    check_path(bad, L"%ls.", class_name, key);
    check_path(bad, L"%ls.%ls", class_name, key);
    check_path(bad, L"%ls.%ls=", class_name, key);
    check_path(bad, L"%ls.%ls=\"a", class_name, key);
    check_path(bad, L"%ls.%ls=\"a\\", class_name, key);
    check_path(bad, L"%ls.%ls=\"a\"x", class_name, key);
    check_path(bad, L"%ls.%lsX=\"a\"", class_name, key);
    check_path(bad, L"%ls.%ls=\"a\",B=\"c\"", class_name, key);
    check_path(bad, L"%ls.%ls=5", class_name, key);
    check_path(bad, L"%ls=@", class_name, key);
    check_path(bad, L"", class_name, key);
    for (size_t i = wcslen(fmt); i < 4100; i++)
        fmt[i] = L'a';
    wcscpy(fmt + 4100, L"\"");
    check_path(CODE(E_NOT_FOUND), fmt, class_name, key);
}

/* ---- refusals and memory ---- */

void harness_check_refusals(const WCHAR *class_name)
{
    struct tom_result result;
    LONG calls;

    harness_enumerate(class_name, &result);
    calls = result.indicates;
    tom_result_free(&result);
    for (LONG k = 1; k <= calls; k++) {
        tom.cancel_at = k;
        harness_enumerate(class_name, &result);
        expect("refused enumeration", class_name, CODE(E_CALL_CANCELLED), result.status);
        if (result.indicates != k)
            tom_violate(TOM_WRONG_CODE, "%d calls of Indicate although call %d was refused",
                        (int)result.indicates, (int)k);
        tom_result_free(&result);
    }
    tom.cancel_at = 0;
}

static bool memory_runs_out(const WCHAR *class_name, LONG k, bool back_call)
{
    struct tom_result result;
    LONG asked;

    tom.back_calls = 0;
    tom.fail_call_at = back_call ? k : 0;
    spy_fail_at(back_call ? 0 : k);
    harness_enumerate(class_name, &result);
    asked = back_call ? tom.back_calls : spy_fail_at(0);
    spy_fail_at(0);
    tom.fail_call_at = 0;
    if (asked >= k)
        expect(back_call ? "back call without memory, enumeration"
                         : "allocation without memory, enumeration",
               class_name, CODE(E_OUT_OF_MEMORY), result.status);
    tom_result_free(&result);
    return asked >= k;
}

void harness_check_memory(const WCHAR *class_name)
{
    for (LONG k = 1; memory_runs_out(class_name, k, true); k++)
        ;
    for (LONG k = 1; memory_runs_out(class_name, k, false); k++)
        ;
}
