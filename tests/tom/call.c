/* SPDX-License-Identifier: MIT */
/* call.c - one request to a provider: what goes in is watched, what is left over is found. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

/* ---- which request a thread serves ---- */

static __thread struct tom_request *current;
static struct tom_request loose = {.what = "a thread of the provider"};
static SRWLOCK loose_lock = SRWLOCK_INIT;

struct tom_request *tom_current(void)
{
    return current;
}

void tom_set_current(struct tom_request *request)
{
    current = request;
}

static __thread int depth;

bool tom_inside(void)
{
    return depth > 0;
}

int tom_enter(void)
{
    return ++depth;
}

void tom_leave(const int *unused)
{
    (void)unused;
    depth--;
}

void tom_adopt(struct tom_object *object)
{
    struct tom_request *request = current ? current : &loose;

    AcquireSRWLockExclusive(&loose_lock);
    object->next = request->objects;
    request->objects = object;
    ReleaseSRWLockExclusive(&loose_lock);
}

void tom_loose_end(void)
{
    tom_request_end(&loose);
}

bool tom_fails_now(void)
{
    LONG at = tom.fail_call_at;

    return at > 0 && InterlockedIncrement(&tom.back_calls) == at;
}

/* ---- the call ---- */

struct call {
    enum tom_call kind;
    struct tom_host *host;
    struct tom_request request;
    BSTR text;
    BSTR second; /* the method, or the language of a query */
    IWbemClassObject *in;
};

static HRESULT invoke(struct call *c)
{
    IWbemServices *services = c->host->services;
    IWbemObjectSink *sink = &c->request.sink->IWbemObjectSink_iface;
    IWbemContext *context = c->request.context;

    switch (c->kind) {
    case TOM_ENUMERATE:
        return IWbemServices_CreateInstanceEnumAsync(services, c->text, 0, context, sink);
    case TOM_GET:
        return IWbemServices_GetObjectAsync(services, c->text, 0, context, sink);
    case TOM_METHOD:
        return IWbemServices_ExecMethodAsync(services, c->text, c->second, 0, context, c->in, sink);
    case TOM_QUERY:
        return IWbemServices_ExecQueryAsync(services, c->second, c->text, 0, context, sink);
    }
    return E_UNEXPECTED;
}

static IWbemContext *new_context(void)
{
    IWbemContext *context = NULL;

    if (!tom.null_context)
        CoCreateInstance(&CLSID_WbemContext, NULL, CLSCTX_INPROC_SERVER, &IID_IWbemContext,
                         (void **)&context);
    return context;
}

static LONG refs_of(IUnknown *object)
{
    LONG refs;

    if (!object)
        return 0;
    IUnknown_AddRef(object);
    refs = (LONG)IUnknown_Release(object);
    return refs;
}

/* A provider may answer on a thread of its own, and may hold the sink a moment longer. */
static void wait_for_status(struct call *c, HRESULT returned)
{
    struct tom_sink *sink = c->request.sink;

    if (FAILED(returned)) {
        if (sink->statuses > 0)
            tom_violate(TOM_STATUS_AFTER_FAILURE, "%s, 0x%08x", c->request.what,
                        (unsigned)returned);
        return;
    }
    if (returned != S_OK)
        tom_violate(TOM_UNEXPECTED_STATUS, "%s returned 0x%08x", c->request.what,
                    (unsigned)returned);
    if (sink->statuses == 0)
        WaitForSingleObject(sink->done, tom.patience);
    if (sink->statuses == 0)
        tom_violate(TOM_NO_STATUS, "%s", c->request.what);
    for (DWORD waited = 0; sink->refs > 1 && waited < tom.patience; waited += 10)
        Sleep(10);
}

static void check_rows(struct call *c)
{
    struct tom_sink *sink = c->request.sink;
    struct prereq_arena *arena = prereq_arena_new((size_t)256 << 20);
    const char **paths = PREREQ_NEW_ARRAY(arena, sink->row_count + 1, const char *);

    if (c->kind == TOM_GET && SUCCEEDED(sink->status) && sink->statuses && sink->row_count != 1)
        tom_violate(TOM_WRONG_INSTANCE, "%d objects for \"%ls\"", (int)sink->row_count, c->text);
    if (c->kind == TOM_ENUMERATE) {
        for (size_t i = 0; i < sink->row_count; i++)
            paths[i] = tom_object_relpath(arena, sink->rows[i]);
        tom_find_doubles(paths, sink->row_count);
    }
    prereq_arena_free(arena);
}

static const struct tom_class *expected_class(const struct call *c)
{
    if (c->kind == TOM_ENUMERATE)
        return tom_class_find(&tom.schema, c->text);
    return NULL;
}

static void take_result(struct call *c, HRESULT returned, struct tom_result *result)
{
    struct tom_sink *sink = c->request.sink;

    EnterCriticalSection(&sink->lock);
    result->returned = returned;
    result->status = FAILED(returned) ? returned
                     : sink->statuses ? sink->status
                                      : CODE(E_PROVIDER_FAILURE);
    result->rows = sink->rows;
    result->row_count = sink->row_count;
    result->indicates = sink->indicates;
    result->fetches = c->request.fetches;
    result->impersonations = c->request.impersonations;
    if (sink->error_text)
        lstrcpynW(result->error_text, sink->error_text, 512);
    sink->rows = NULL;
    sink->row_count = 0;
    sink->request = NULL; /* whatever comes now comes too late */
    LeaveCriticalSection(&sink->lock);
}

static void end_call(struct call *c)
{
    struct tom_sink *sink = c->request.sink;
    IWbemContext *context = c->request.context;

    if (sink->refs != 1)
        tom_violate(TOM_LEAKED_SINK, "%s, %d references", c->request.what, (int)sink->refs - 1);
    IWbemObjectSink_Release(&sink->IWbemObjectSink_iface);
    if (context && refs_of((IUnknown *)context) != 1)
        tom_violate(TOM_LEAKED_CONTEXT, "%s", c->request.what);
    if (context)
        IWbemContext_Release(context);
    if (c->in)
        IWbemClassObject_Release(c->in);
    tom_request_end(&c->request);
    tom_guard_free(c->text, c->request.what);
    tom_guard_free(c->second, c->request.what);
}

static IWbemClassObject *strict_copy(const struct tom_object *in)
{
    TOM_INSIDE;
    struct tom_object *copy = tom_object_new(in->class, true, true);

    if (!copy)
        abort();
    for (size_t i = 0; i < in->class->property_count; i++)
        VariantCopy(&copy->values[i], &in->values[i]);
    return &copy->IWbemClassObject_iface;
}

void tom_host_call(struct tom_host *host, enum tom_call kind, const WCHAR *text,
                   const WCHAR *method, struct tom_object *in, struct tom_result *result)
{
    static const char *const names[] = {"CreateInstanceEnumAsync", "GetObjectAsync",
                                        "ExecMethodAsync", "ExecQueryAsync"};
    struct call c = {.kind = kind, .host = host, .request = {.what = names[kind]}};
    IUnknown *old;
    HRESULT returned;

    *result = (struct tom_result){0};
    c.request.context = new_context();
    c.request.sink = tom_sink_new(&c.request);
    c.text = text ? tom_guard_new(text) : NULL;
    c.second = kind == TOM_QUERY ? tom_guard_new(L"WQL") : method ? tom_guard_new(method) : NULL;
    c.request.sink->class = expected_class(&c);
    tom_set_current(&c.request);
    if (in)
        c.in = strict_copy(in);
    tom_security_enter(&c.request, &old);
    returned = invoke(&c);
    c.request.returned = true;
    tom_security_leave(&c.request, old);
    tom_set_current(NULL);
    wait_for_status(&c, returned);
    check_rows(&c);
    take_result(&c, returned, result);
    end_call(&c);
}

void tom_result_free(struct tom_result *result)
{
    for (size_t i = 0; i < result->row_count; i++)
        IWbemClassObject_Release(&result->rows[i]->IWbemClassObject_iface);
    free(result->rows);
    result->rows = NULL;
    result->row_count = 0;
}

static int compare_paths(const void *a, const void *b)
{
    const char *x = *(const char *const *)a;
    const char *y = *(const char *const *)b;

    return prereq_compare_nocase(x ? x : "", y ? y : "");
}

void tom_find_doubles(const char **paths, size_t count)
{
    qsort(paths, count, sizeof(*paths), compare_paths);
    for (size_t i = 1; i < count; i++) {
        if (paths[i] && compare_paths(&paths[i - 1], &paths[i]) == 0)
            tom_violate(TOM_DUPLICATE_KEY, "%s", paths[i]);
    }
}
