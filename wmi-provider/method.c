/* SPDX-License-Identifier: MIT */
/* method.c - ExecMethod: which method, on what, and what comes out. */
#include "provider.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "win32/wide.h"

HRESULT call_fail(struct call *call, enum prereq_wmi_result result, const char *why)
{
    (void)prereq_fail(call->err, PREREQ_BAD_INPUT, "%s", why);
    return request_code(result);
}

HRESULT call_number(struct call *call, const WCHAR *name, struct prereq_number *number)
{
    VARIANT value;
    HRESULT hr;

    *number = (struct prereq_number){0, false};
    if (!call->in)
        return S_OK;
    VariantInit(&value);
    hr = IWbemClassObject_Get(call->in, name, 0, &value, NULL, NULL);
    if (hr == RESULT(E_NOT_FOUND))
        return call_fail(call, PREREQ_WMI_INVALID_PARAMETERS, "A parameter is missing.");
    if (FAILED(hr))
        return hr;
    if (V_VT(&value) == VT_I4)
        *number = (struct prereq_number){(ULONG)V_I4(&value), true};
    else if (V_VT(&value) != VT_NULL)
        hr = call_fail(call, PREREQ_WMI_INVALID_PARAMETERS, "A parameter has to be a number.");
    (void)VariantClear(&value);
    return hr;
}

/* ---- GetPlan ---- */

static HRESULT put_plan(IWbemClassObject *out, const struct prereq_wmi_plan *plan)
{
    HRESULT hr = put_bytes(out, L"Text", plan->text.text ? plan->text.text : "", plan->text.len);

    if (SUCCEEDED(hr) && plan->json.len)
        hr = put_bytes(out, L"Json", plan->json.text, plan->json.len);
    if (SUCCEEDED(hr) && plan->hash)
        hr = put_text(out, L"PlanHash", plan->hash);
    if (SUCCEEDED(hr) && plan->steps.known)
        hr = put_number(out, L"Steps", (uint32_t)plan->steps.value);
    if (SUCCEEDED(hr) && plan->restarts.known)
        hr = put_number(out, L"Restarts", (uint32_t)plan->restarts.value);
    return SUCCEEDED(hr) ? put_number(out, L"ReturnValue", plan->return_value) : hr;
}

static HRESULT method_get_plan(struct call *call)
{
    struct prereq_wmi_plan plan;
    HRESULT hr = request_code(prereq_wmi_get_plan(call->snapshot, call->row, &plan, call->err));

    if (FAILED(hr))
        return hr;
    hr = put_plan(call->out, &plan);
    prereq_buffer_free(&plan.text);
    prereq_buffer_free(&plan.json);
    return hr;
}

/* ---- the call ---- */

static const struct {
    const char *name; /* of all methods, only these */
    HRESULT (*run)(struct call *call);
} methods[] = {
    {"Refresh", method_refresh},
    {"GetFacts", method_get_facts},
    {"GetPlan", method_get_plan},
};

static HRESULT run(struct call *call, const struct prereq_wmi_method *method)
{
    for (size_t i = 0; i < PREREQ_COUNT(methods); i++) {
        if (strcmp(methods[i].name, method->name) == 0)
            return methods[i].run(call);
    }
    return RESULT(E_METHOD_NOT_IMPLEMENTED);
}

/* The out parameters, empty.  Only a class has signatures, an instance has not. */
static HRESULT new_out(const struct request *request, const struct prereq_wmi_class *wmi_class,
                       const WCHAR *method, IWbemClassObject **out)
{
    IWbemClassObject *owner = NULL, *signature = NULL, *made = NULL;
    HRESULT hr = request_class(request, wmi_class->name, &owner);

    if (FAILED(hr))
        return hr;
    hr = IWbemClassObject_GetMethod(owner, method, 0, NULL, &signature);
    IWbemClassObject_Release(owner);
    if (FAILED(hr))
        return hr;
    if (!signature)
        return RESULT(E_FAILED);
    hr = IWbemClassObject_SpawnInstance(signature, 0, &made);
    IWbemClassObject_Release(signature);
    if (SUCCEEDED(hr))
        *out = made;
    return hr;
}

static HRESULT answer(struct call *call, const struct prereq_wmi_class *wmi_class,
                      const struct prereq_wmi_method *method, const WCHAR *name)
{
    HRESULT hr = new_out(call->request, wmi_class, name, &call->out);

    if (FAILED(hr))
        return hr;
    hr = run(call, method);
    if (SUCCEEDED(hr))
        hr = IWbemObjectSink_Indicate(call->request->sink, 1, &call->out);
    IWbemClassObject_Release(call->out);
    return hr;
}

static HRESULT call_method(struct call *call, const char *path, const char *name,
                           const WCHAR *wide_name)
{
    const struct prereq_wmi_class *wmi_class;
    const struct prereq_wmi_method *method;
    struct prereq_wmi_row row;
    HRESULT hr = request_code(prereq_wmi_call(path, name, &wmi_class, &method, call->err));

    if (FAILED(hr))
        return hr;
    if (document_now(&call->snapshot, call->err))
        return RESULT(E_OUT_OF_MEMORY);
    if (!method->is_static) {
        hr = request_code(prereq_wmi_get(call->snapshot, path, clock_now(), &row, call->err));
        call->row = &row;
    }
    if (SUCCEEDED(hr))
        hr = answer(call, wmi_class, method, wide_name);
    call->row = NULL;
    prereq_wmi_snapshot_drop(call->snapshot);
    return hr;
}

HRESULT request_method(const struct request *request, const WCHAR *path, const WCHAR *method,
                       IWbemClassObject *in)
{
    struct prereq_error err = {0};
    struct call call = {.request = request, .in = in, .err = &err};
    char *path_text = prereq_utf8_from_wide(path);
    bool no_memory = !path_text && errno == ENOMEM;
    char *name = prereq_utf8_from_wide(method);
    HRESULT hr;

    if (no_memory || (!name && errno == ENOMEM))
        hr = RESULT(E_OUT_OF_MEMORY);
    else if (!path_text)
        hr = call_fail(&call, PREREQ_WMI_INVALID_PATH, "The path is not well-formed UTF-16.");
    else if (!name)
        hr = call_fail(&call, PREREQ_WMI_INVALID_METHOD, "The name is not well-formed UTF-16.");
    else
        hr = call_method(&call, path_text, name, method);
    free(name);
    free(path_text);
    return request_end(request, hr, err.text);
}
