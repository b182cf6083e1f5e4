/* SPDX-License-Identifier: MIT */
/* sample_rows.c - the sample provider's things: as rows, by key, with their bugs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"

#define BATCH 16

static enum sample_bug bug_now(void)
{
    static const WCHAR *const names[] = {
#define X(name) L"" #name,
        SAMPLE_BUGS(X)
#undef X
    };
    WCHAR value[64];

    if (!GetEnvironmentVariableW(L"TOM_BUG", value, 64))
        return NO_BUG;
    for (int i = 0; i < SAMPLE_BUG_COUNT; i++) {
        if (wcscmp(names[i], value) == 0)
            return (enum sample_bug)i;
    }
    return NO_BUG;
}

int sample_has(enum sample_bug bug)
{
    return bug_now() == bug;
}

/* ---- rows ---- */

/* Keys as odd as keys get. */
static void thing_id(int i, WCHAR id[64])
{
    static const WCHAR *const odd[] = {L"plain",       L"quo\"te",     L"back\\slash",
                                       L"apo'strophe", L"a.b,c:d=e f", L"\x444\x4e2d"};

    if (i < 6)
        wcscpy(id, odd[i]);
    else
        swprintf(id, 64, L"thing %d", sample_has(DUPLICATE_KEY_BUG) && i == 7 ? 6 : i);
}

static HRESULT put(IWbemClassObject *object, const WCHAR *name, VARIANT *value)
{
    CIMTYPE type = sample_has(TYPE_ARGUMENT_BUG) ? CIM_STRING : 0;
    HRESULT hr = IWbemClassObject_Put(object, name, 0, value, type);

    if (!sample_has(BSTR_LEAK_BUG))
        VariantClear(value);
    return hr;
}

HRESULT sample_put_text(IWbemClassObject *object, const WCHAR *name, const WCHAR *text)
{
    VARIANT value;

    V_VT(&value) = VT_BSTR;
    V_BSTR(&value) = SysAllocString(text);
    return V_BSTR(&value) ? put(object, name, &value) : CODE(E_OUT_OF_MEMORY);
}

HRESULT sample_put_number(IWbemClassObject *object, const WCHAR *name, LONG number)
{
    VARIANT value;

    V_VT(&value) = VT_I4;
    V_I4(&value) = number;
    if (sample_has(WRONG_VARTYPE_BUG)) {
        V_VT(&value) = VT_UI4;
        V_UI4(&value) = (ULONG)number;
    }
    return put(object, name, &value);
}

static HRESULT put_plain(IWbemClassObject *object, int i)
{
    VARIANT value;
    HRESULT hr;

    V_VT(&value) = VT_BOOL;
    V_BOOL(&value) = i % 2 ? VARIANT_TRUE : VARIANT_FALSE;
    if (sample_has(BAD_BOOLEAN_BUG) && i % 2)
        V_BOOL(&value) = 1;
    hr = put(object, L"Good", &value);
    V_VT(&value) = VT_R8;
    V_R8(&value) = i / 4.0;
    if (SUCCEEDED(hr))
        hr = put(object, L"Share", &value);
    return hr;
}

static HRESULT fill(IWbemClassObject *object, int i)
{
    WCHAR id[64];
    HRESULT hr;

    thing_id(i, id);
    hr = sample_put_text(object, L"Id", id);
    if (SUCCEEDED(hr) && !(sample_has(NULL_BUG) && i == 3))
        hr = sample_put_number(object, L"State", i == 39 ? 0x7fffffff : i);
    if (SUCCEEDED(hr))
        hr = sample_put_number(object, L"Small", 65535 - i);
    if (SUCCEEDED(hr))
        hr = put_plain(object, i);
    if (SUCCEEDED(hr))
        hr = sample_put_text(object, L"Since",
                             sample_has(BAD_DATETIME_BUG) ? L"20240131120000.000000+060"
                                                          : L"20240131120000.000000+000");
    if (SUCCEEDED(hr) && sample_has(UNDECLARED_BUG))
        sample_put_text(object, L"Colour", L"red");
    return hr;
}

/* ---- answering ---- */

HRESULT sample_get_class(struct provider *p, const WCHAR *name, IWbemContext *context,
                         IWbemClassObject **out)
{
    BSTR text = SysAllocString(name);
    HRESULT hr;

    *out = NULL;
    if (!text)
        return CODE(E_OUT_OF_MEMORY);
    hr = IWbemServices_GetObject(p->name_space, text, 0, sample_has(CONTEXT_BUG) ? NULL : context,
                                 out, NULL);
    SysFreeString(text);
    return hr;
}

static IWbemClassObject *error_object(struct provider *p, IWbemContext *context, HRESULT code)
{
    IWbemClassObject *class, *made = NULL;
    HRESULT hr = sample_get_class(p, L"__ExtendedStatus", context, &class);

    if (FAILED(hr))
        return NULL;
    hr = IWbemClassObject_SpawnInstance(class, 0, &made);
    IWbemClassObject_Release(class);
    if (FAILED(hr))
        return NULL;
    hr = sample_put_number(made, L"StatusCode", sample_has(BAD_ERROR_OBJECT_BUG) ? 7 : code);
    if (SUCCEEDED(hr))
        hr = sample_put_text(made, L"Description", L"The sample cannot do this.");
    if (SUCCEEDED(hr))
        return made;
    IWbemClassObject_Release(made);
    return NULL;
}

HRESULT sample_finish(struct provider *p, IWbemContext *context, IWbemObjectSink *sink, HRESULT hr)
{
    IWbemClassObject *error = NULL;

    if (sample_has(NO_STATUS_BUG))
        return S_OK;
    if (FAILED(hr) && hr != CODE(E_CALL_CANCELLED) && hr != CODE(E_OUT_OF_MEMORY))
        error = error_object(p, context, hr);
    if (hr == CODE(E_CALL_CANCELLED) && sample_has(LOST_REFUSAL_BUG))
        hr = S_OK;
    IWbemObjectSink_SetStatus(sink, WBEM_STATUS_COMPLETE, hr, NULL, error);
    if (sample_has(DOUBLE_STATUS_BUG))
        IWbemObjectSink_SetStatus(sink, WBEM_STATUS_COMPLETE, hr, NULL, NULL);
    if (error)
        IWbemClassObject_Release(error);
    if (sample_has(SINK_BUG))
        IWbemObjectSink_AddRef(sink);
    if (sample_has(CONTEXT_LEAK_BUG) && context)
        IWbemContext_AddRef(context);
    return sample_has(STATUS_AND_FAILURE_BUG) ? CODE(E_FAILED) : S_OK;
}

static void release_all(IWbemClassObject **rows, LONG count)
{
    for (LONG i = 0; i < count; i++) {
        IWbemClassObject *row = rows[i];

        if (!(sample_has(LEAKED_ROW_BUG) && i == 2))
            IWbemClassObject_Release(row);
        if (sample_has(OVER_RELEASE_BUG) && i == 2)
            IWbemClassObject_Release(row);
    }
}

static HRESULT spawn(struct provider *p, IWbemContext *context, IWbemClassObject *class, int i,
                     IWbemClassObject **out)
{
    IWbemClassObject *again = NULL;
    HRESULT hr;

    *out = NULL;
    if (sample_has(FETCH_EACH_ROW_BUG) &&
        SUCCEEDED(sample_get_class(p, L"Sample_Thing", context, &again)))
        IWbemClassObject_Release(again);
    hr = IWbemClassObject_SpawnInstance(class, 0, out);
    if (SUCCEEDED(hr) && sample_has(METHOD_ON_INSTANCE_BUG))
        IWbemClassObject_GetMethod(*out, L"Count", 0, NULL, &again);
    if (SUCCEEDED(hr))
        hr = fill(*out, i);
    if (FAILED(hr) && *out) {
        IWbemClassObject_Release(*out);
        *out = NULL;
    }
    return hr;
}

/* From `i` on, at most BATCH. */
static HRESULT send_batch(struct provider *p, IWbemContext *context, IWbemClassObject *class,
                          int *i, IWbemObjectSink *sink)
{
    IWbemClassObject *rows[BATCH];
    LONG count = 0;
    HRESULT hr = S_OK;

    while (SUCCEEDED(hr) && count < BATCH && *i < THINGS) {
        hr = spawn(p, context, class, *i, &rows[count]);
        if (SUCCEEDED(hr)) {
            count++;
            (*i)++;
        }
    }
    if (SUCCEEDED(hr))
        hr = IWbemObjectSink_Indicate(sink, count, rows);
    release_all(rows, count);
    return sample_has(IGNORED_REFUSAL_BUG) ? S_OK : hr;
}

static HRESULT send_link(IWbemClassObject *class, IWbemObjectSink *sink)
{
    IWbemClassObject *link = NULL;
    HRESULT hr = IWbemClassObject_SpawnInstance(class, 0, &link);

    if (FAILED(hr))
        return hr;
    hr = sample_put_text(link, L"Upper", L"Sample_Thing.Id=\"plain\"");
    if (SUCCEEDED(hr))
        hr = sample_put_text(link, L"Lower", L"Sample_Thing.Id=\"quo\\\"te\"");
    if (SUCCEEDED(hr))
        hr = IWbemObjectSink_Indicate(sink, 1, &link);
    IWbemClassObject_Release(link);
    return hr;
}

static int is_class(const WCHAR *text, const WCHAR *name)
{
    if (sample_has(PREFIX_CLASS_BUG))
        return _wcsnicmp(text, name, wcslen(name)) == 0;
    if (sample_has(CASE_CLASS_BUG))
        return wcscmp(text, name) == 0;
    return _wcsicmp(text, name) == 0;
}

void sample_abuse_text(BSTR text)
{
    if (sample_has(FREED_TEXT_BUG))
        SysFreeString(text);
    if (sample_has(CHANGED_TEXT_BUG))
        text[0] = L'x';
}

HRESULT sample_enumerate(struct provider *p, const WCHAR *name, IWbemContext *context,
                         IWbemObjectSink *sink)
{
    IWbemClassObject *class;
    HRESULT hr = S_OK;
    int link = is_class(name, L"Sample_Link");
    int i = 0;

    if (!link && !is_class(name, L"Sample_Thing"))
        return CODE(E_INVALID_CLASS);
    hr = sample_get_class(p, link ? L"Sample_Link" : L"Sample_Thing", context, &class);
    if (FAILED(hr))
        return hr;
    if (link)
        hr = send_link(class, sink);
    while (!link && SUCCEEDED(hr) && i < THINGS)
        hr = send_batch(p, context, class, &i, sink);
    if (sample_has(INDICATE_AFTER_COMPLETE_BUG)) {
        IWbemClassObject *late = NULL;

        IWbemObjectSink_SetStatus(sink, WBEM_STATUS_COMPLETE, hr, NULL, NULL);
        if (SUCCEEDED(spawn(p, context, class, 0, &late))) {
            IWbemObjectSink_Indicate(sink, 1, &late);
            IWbemClassObject_Release(late);
        }
    }
    if (!sample_has(LEAKED_CLASS_BUG))
        IWbemClassObject_Release(class);
    return hr;
}

/* ---- one object ---- */

/* `Sample_Thing.Id="..."` or the short form; the value, unescaped. */
HRESULT sample_parse(const WCHAR *path, WCHAR value[64])
{
    const WCHAR *colon = wcschr(path, L':');
    const WCHAR *equal = wcschr(path, L'=');
    WCHAR class_name[64];
    size_t len, out = 0;
    WCHAR quote;

    if (colon && (!equal || colon < equal))
        path = colon + 1;
    len = wcscspn(path, L".=");
    if (len == 0 || len > 63 || !path[len])
        return CODE(E_INVALID_OBJECT_PATH);
    wcsncpy(class_name, path, len);
    class_name[len] = L'\0';
    if (!is_class(class_name, L"Sample_Thing"))
        return CODE(E_INVALID_CLASS);
    path += len;
    if (*path == L'.' && _wcsnicmp(path, L".Id=", 4) != 0)
        return CODE(E_INVALID_OBJECT_PATH);
    path += *path == L'.' ? 4 : 1;
    quote = *path++;
    if (quote != L'"' && quote != L'\'')
        return CODE(E_INVALID_OBJECT_PATH);
    while (*path && *path != quote && out < 63) {
        path += *path == L'\\' && path[1];
        value[out++] = *path++;
    }
    value[out] = L'\0';
    if (out == 63) /* longer than any key there is */
        return CODE(E_NOT_FOUND);
    return *path == quote && !path[1] ? S_OK : CODE(E_INVALID_OBJECT_PATH);
}

int sample_find(const WCHAR *id)
{
    WCHAR other[64];

    for (int i = 0; i < THINGS; i++) {
        thing_id(i, other);
        if (_wcsicmp(id, other) == 0)
            return sample_has(WRONG_INSTANCE_BUG) ? (i + 1) % THINGS : i;
    }
    return -1;
}

static const WCHAR *without_namespace(const WCHAR *path)
{
    const WCHAR *colon = wcschr(path, L':');
    const WCHAR *equal = wcschr(path, L'=');

    return colon && (!equal || colon < equal) ? colon + 1 : path;
}

static int is_link(const WCHAR *path)
{
    return _wcsicmp(without_namespace(path),
                    L"Sample_Link.Upper=\"Sample_Thing.Id=\\\"plain\\\"\","
                    L"Lower=\"Sample_Thing.Id=\\\"quo\\\\\\\"te\\\"\"") == 0;
}

static HRESULT get_link(struct provider *p, IWbemContext *context, IWbemObjectSink *sink)
{
    IWbemClassObject *class;
    HRESULT hr = sample_get_class(p, L"Sample_Link", context, &class);

    if (FAILED(hr))
        return hr;
    hr = send_link(class, sink);
    IWbemClassObject_Release(class);
    return hr;
}

HRESULT sample_get_thing(struct provider *p, const WCHAR *path, IWbemContext *context,
                         IWbemObjectSink *sink)
{
    IWbemClassObject *class, *thing;
    WCHAR id[64];
    HRESULT hr = sample_parse(path, id);
    int i;

    if (is_link(path))
        return get_link(p, context, sink);
    if (FAILED(hr))
        return hr;
    i = sample_find(id);
    if (i < 0)
        return sample_has(WRONG_NOT_FOUND_BUG) ? CODE(E_FAILED) : CODE(E_NOT_FOUND);
    hr = sample_get_class(p, L"Sample_Thing", context, &class);
    if (FAILED(hr))
        return hr;
    hr = spawn(p, context, class, i, &thing);
    if (SUCCEEDED(hr)) {
        hr = IWbemObjectSink_Indicate(sink, 1, &thing);
        IWbemClassObject_Release(thing);
    }
    IWbemClassObject_Release(class);
    return hr;
}
