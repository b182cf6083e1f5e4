/* SPDX-License-Identifier: MIT */
/* sink.c - the response handler that a provider gets: every rule of its protocol is held. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static struct tom_sink *impl(IWbemObjectSink *iface)
{
    return CONTAINING_RECORD(iface, struct tom_sink, IWbemObjectSink_iface);
}

static HRESULT WINAPI sink_QueryInterface(IWbemObjectSink *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemObjectSink))
        return E_NOINTERFACE;
    *out = iface;
    IWbemObjectSink_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI sink_AddRef(IWbemObjectSink *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static ULONG WINAPI sink_Release(IWbemObjectSink *iface)
{
    TOM_INSIDE;
    struct tom_sink *sink = impl(iface);
    LONG refs = InterlockedDecrement(&sink->refs);

    if (refs > 0)
        return (ULONG)refs;
    for (size_t i = 0; i < sink->row_count; i++)
        IWbemClassObject_Release(&sink->rows[i]->IWbemClassObject_iface);
    free(sink->rows);
    free(sink->error_text);
    CloseHandle(sink->done);
    DeleteCriticalSection(&sink->lock);
    free(sink);
    InterlockedDecrement(&tom.live_sinks);
    return 0;
}

/* ---- objects ---- */

static void check_row(const struct tom_sink *sink, const struct tom_object *row)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);

    if (!row->instance || (sink->class && row->class != sink->class))
        tom_violate(TOM_WRONG_CLASS, "%s %s instead of an instance of %s",
                    row->instance ? "instance" : "class", row->class->utf8,
                    sink->class ? sink->class->utf8 : "an event");
    for (size_t i = 0; i < row->class->property_count; i++) {
        const struct tom_property *property = &row->class->properties[i];

        if (V_VT(&row->values[i]) != VT_NULL)
            continue;
        if (property->key)
            tom_violate(TOM_NULL_KEY, "%s.%s", row->class->utf8, property->utf8);
        else if (property->never_null)
            tom_violate(TOM_NULL_IN_NEVER_NULL, "%s.%s", row->class->utf8, property->utf8);
    }
    prereq_arena_free(arena);
}

static HRESULT keep(struct tom_sink *sink, IWbemClassObject *iface)
{
    struct tom_object *row = tom_object_from(iface);
    struct tom_object **rows;
    struct tom_object *copy;

    if (!row || !row->strict) {
        tom_violate(TOM_FOREIGN_OBJECT, "in Indicate");
        return CODE(E_INVALID_OBJECT);
    }
    check_row(sink, row);
    rows = realloc(sink->rows, (sink->row_count + 1) * sizeof(struct tom_object *));
    if (!rows)
        return CODE(E_OUT_OF_MEMORY);
    sink->rows = rows;
    copy = tom_object_copy(row);
    if (!copy)
        return CODE(E_OUT_OF_MEMORY);
    sink->rows[sink->row_count++] = copy;
    return S_OK;
}

static const char *what(const struct tom_sink *sink)
{
    return sink->events ? "ProvideEvents" : sink->request ? sink->request->what : "a past request";
}

/* False: this Indicate must not be. */
static bool may_indicate(struct tom_sink *sink)
{
    if (sink->statuses > 0 || (!sink->events && !sink->request)) {
        tom_violate(TOM_INDICATE_AFTER_COMPLETE, "%s", what(sink));
        return false;
    }
    if (FAILED(sink->refused))
        tom_violate(TOM_INDICATE_AFTER_REFUSAL, "%s, after 0x%08x", what(sink),
                    (unsigned)sink->refused);
    return true;
}

static HRESULT WINAPI sink_Indicate(IWbemObjectSink *iface, LONG count, IWbemClassObject **objects)
{
    TOM_INSIDE;
    struct tom_sink *sink = impl(iface);
    HRESULT hr = S_OK;

    EnterCriticalSection(&sink->lock);
    sink->indicates++;
    if (!may_indicate(sink)) {
        hr = CODE(E_UNEXPECTED);
    } else if (sink->cancel_at && sink->indicates >= sink->cancel_at) {
        hr = CODE(E_CALL_CANCELLED);
        sink->refused = hr;
    }
    if (count < 0 || (count > 0 && !objects))
        hr = CODE(E_INVALID_PARAMETER);
    for (LONG i = 0; SUCCEEDED(hr) && i < count; i++)
        hr = keep(sink, objects[i]);
    if (sink->events && SUCCEEDED(hr))
        SetEvent(sink->done);
    LeaveCriticalSection(&sink->lock);
    return hr;
}

/* ---- status ---- */

static void check_error_object(struct tom_sink *sink, HRESULT status, IWbemClassObject *iface)
{
    struct tom_object *object = tom_object_from(iface);
    const VARIANT *code;
    const VARIANT *text;

    if (!iface) {
        if (FAILED(status) && tom.require_error_object && status != CODE(E_OUT_OF_MEMORY) &&
            status != CODE(E_CALL_CANCELLED))
            tom_violate(TOM_NO_ERROR_OBJECT, "%s, 0x%08x", what(sink), (unsigned)status);
        return;
    }
    if (SUCCEEDED(status))
        tom_violate(TOM_BAD_ERROR_OBJECT, "with a success, %s", what(sink));
    if (!object || !object->instance || !tom_class_isa(object->class, "__ExtendedStatus")) {
        tom_violate(TOM_BAD_ERROR_OBJECT, "no instance of __ExtendedStatus, %s", what(sink));
        return;
    }
    code = tom_object_value(object, L"StatusCode");
    text = tom_object_value(object, L"Description");
    if (V_VT(code) != VT_I4 || V_I4(code) != status)
        tom_violate(TOM_BAD_ERROR_OBJECT, "StatusCode is not 0x%08x, %s", (unsigned)status,
                    what(sink));
    if (V_VT(text) != VT_BSTR || SysStringLen(V_BSTR(text)) == 0)
        tom_violate(TOM_BAD_ERROR_OBJECT, "no Description, %s", what(sink));
    else if (!sink->error_text)
        sink->error_text = _wcsdup(V_BSTR(text));
}

static void check_status(struct tom_sink *sink, HRESULT status, BSTR text)
{
    struct tom_request *request = tom_current();

    if (sink->statuses > 1 || (!sink->events && !sink->request))
        tom_violate(TOM_DOUBLE_STATUS, "%s", what(sink));
    if (FAILED(sink->refused) && status != sink->refused)
        tom_violate(TOM_LOST_REFUSAL, "%s, 0x%08x", what(sink), (unsigned)status);
    if (request && request == sink->request && request->impersonating > 0)
        tom_violate(TOM_STATUS_WHILE_IMPERSONATING, "%s", what(sink));
    if (text)
        tom_violate(TOM_UNEXPECTED_STATUS, "with a text, %s", what(sink));
}

static HRESULT WINAPI sink_SetStatus(IWbemObjectSink *iface, LONG flags, HRESULT status, BSTR text,
                                     IWbemClassObject *object)
{
    TOM_INSIDE;
    struct tom_sink *sink = impl(iface);

    EnterCriticalSection(&sink->lock);
    if (sink->events) {
        tom_violate(TOM_STATUS_ON_EVENTS, "0x%08x", (unsigned)status);
    } else if (flags != WBEM_STATUS_COMPLETE) {
        tom_violate(TOM_UNEXPECTED_STATUS, "flags 0x%x, %s", (unsigned)flags, what(sink));
    } else {
        sink->statuses++;
        check_status(sink, status, text);
        check_error_object(sink, status, object);
        if (sink->statuses == 1)
            sink->status = status;
        SetEvent(sink->done);
    }
    LeaveCriticalSection(&sink->lock);
    return S_OK;
}

static IWbemObjectSinkVtbl vtbl = {
    .QueryInterface = sink_QueryInterface,
    .AddRef = sink_AddRef,
    .Release = sink_Release,
    .Indicate = sink_Indicate,
    .SetStatus = sink_SetStatus,
};

struct tom_sink *tom_sink_new(struct tom_request *request)
{
    struct tom_sink *sink = calloc(1, sizeof(*sink));

    if (!sink)
        abort();
    sink->IWbemObjectSink_iface.lpVtbl = &vtbl;
    sink->refs = 1;
    sink->request = request;
    sink->done = CreateEventW(NULL, FALSE, FALSE, NULL);
    sink->cancel_at = tom.cancel_at;
    InitializeCriticalSection(&sink->lock);
    InterlockedIncrement(&tom.live_sinks);
    return sink;
}
