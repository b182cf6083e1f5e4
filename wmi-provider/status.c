/* SPDX-License-Identifier: MIT */
/* status.c - how a request ends: its one status, and the sentence with it. */
#include "provider.h"

#include <stdio.h>
#include <string.h>

HRESULT request_code(enum prereq_wmi_result result)
{
    return result == PREREQ_WMI_OK ? S_OK : (HRESULT)prereq_wmi_result_info(result)->code;
}

HRESULT request_class(const struct request *request, const char *name, IWbemClassObject **out)
{
    BSTR wide = text_bstr(name, strlen(name));
    IWbemClassObject *found = NULL;
    HRESULT hr;

    if (!wide)
        return RESULT(E_OUT_OF_MEMORY);
    hr = IWbemServices_GetObject(request->name_space, wide, 0,
                                 SEEDED(BUG_LOST_CONTEXT) ? NULL : request->context, &found, NULL);
    SysFreeString(wide);
    if (SUCCEEDED(hr) && !found)
        hr = RESULT(E_FAILED);
    if (SUCCEEDED(hr))
        *out = found;
    return hr;
}

/* NULL: it could not be made; the status goes without. */
static IWbemClassObject *error_object(const struct request *request, HRESULT hr, const char *why)
{
    IWbemClassObject *wmi_class = NULL, *made = NULL;
    char code[64];

    if (!why || !why[0]) {
        (void)snprintf(code, sizeof(code), "WMI refused a call of the provider (0x%08x).",
                       (unsigned)hr);
        why = code;
    }
    if (FAILED(request_class(request, "__ExtendedStatus", &wmi_class)))
        return NULL;
    if (FAILED(IWbemClassObject_SpawnInstance(wmi_class, 0, &made)))
        made = NULL;
    IWbemClassObject_Release(wmi_class);
    if (made && (FAILED(put_number(made, L"StatusCode", (uint32_t)hr)) ||
                 FAILED(put_text(made, L"Description", why)))) {
        IWbemClassObject_Release(made);
        made = NULL;
    }
    return made;
}

HRESULT request_end(const struct request *request, HRESULT hr, const char *why)
{
    IWbemClassObject *error = NULL;

    if (SEEDED(BUG_NO_STATUS))
        return RESULT(S_NO_ERROR);
    if (SEEDED(BUG_UNBALANCED_SINK))
        IWbemObjectSink_AddRef(request->sink);
    /* Nobody reads why a call was cancelled, and without memory the object would fail, too. */
    if (FAILED(hr) && hr != RESULT(E_CALL_CANCELLED) && hr != RESULT(E_OUT_OF_MEMORY))
        error = error_object(request, hr, why);
    (void)IWbemObjectSink_SetStatus(request->sink, WBEM_STATUS_COMPLETE, hr, NULL, error);
    if (SEEDED(BUG_DOUBLE_STATUS))
        (void)IWbemObjectSink_SetStatus(request->sink, WBEM_STATUS_COMPLETE, hr, NULL, NULL);
    if (error)
        IWbemClassObject_Release(error);
    return RESULT(S_NO_ERROR);
}
