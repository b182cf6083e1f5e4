/* SPDX-License-Identifier: MIT */
/* instance.c - a row as an instance of its class. */
#include "provider.h"

#include <stdlib.h>
#include <string.h>

HRESULT maker_new(const struct request *request, const struct prereq_wmi_class *wmi_class,
                  struct maker **maker)
{
    struct maker *made = calloc(1, sizeof(*made));
    HRESULT hr;

    if (!made)
        return RESULT(E_OUT_OF_MEMORY);
    hr = request_class(request, wmi_class->name, &made->wmi_class);
    if (FAILED(hr)) {
        free(made);
        return hr;
    }
    made->count = prereq_wmi_properties(wmi_class, made->properties);
    for (size_t i = 0; i < made->count; i++) {
        /* Names are ASCII, and shorter than the array. */
        for (size_t c = 0; made->properties[i].name[c]; c++)
            made->names[i][c] = (WCHAR)made->properties[i].name[c];
    }
    *maker = made;
    return S_OK;
}

void maker_free(struct maker *maker)
{
    if (!maker)
        return;
    if (!SEEDED(BUG_LEAKED_CLASS))
        IWbemClassObject_Release(maker->wmi_class);
    prereq_buffer_free(&maker->scratch);
    free(maker);
}

/* The one place where a type becomes a VARTYPE.  A number goes as VT_I4, a datetime and a reference
 * as text. */
static HRESULT set_value(VARIANT *variant, const struct prereq_wmi_value *value)
{
    switch (value->type) {
    case PREREQ_WMI_STRING:
    case PREREQ_WMI_DATETIME:
    case PREREQ_WMI_REF:
        V_BSTR(variant) = text_bstr(value->text, strlen(value->text));
        if (!V_BSTR(variant))
            return RESULT(E_OUT_OF_MEMORY);
        V_VT(variant) = VT_BSTR;
        break;
    case PREREQ_WMI_BOOLEAN:
        V_VT(variant) = VT_BOOL;
        V_BOOL(variant) = value->number ? VARIANT_TRUE : VARIANT_FALSE;
        break;
    case PREREQ_WMI_UINT32:
        V_VT(variant) = SEEDED(BUG_WRONG_VARTYPE) ? VT_UI4 : VT_I4;
        V_I4(variant) = (LONG)value->number;
        break;
    case PREREQ_WMI_REAL64:
        V_VT(variant) = VT_R8;
        V_R8(variant) = value->real;
        break;
    case PREREQ_WMI_NULL:
        V_VT(variant) = VT_NULL;
        break;
    }
    return S_OK;
}

static HRESULT put_property(struct maker *maker, size_t i, const struct prereq_wmi_row *row,
                            IWbemClassObject *instance)
{
    struct prereq_wmi_value value;
    VARIANT variant;
    HRESULT hr;

    if (!prereq_wmi_value(&maker->properties[i], row, &maker->scratch, &value))
        return RESULT(E_OUT_OF_MEMORY);
    if (value.type == PREREQ_WMI_NULL) /* as the new instance has it */
        return S_OK;
    VariantInit(&variant);
    hr = set_value(&variant, &value);
    if (SUCCEEDED(hr))
        hr = IWbemClassObject_Put(instance, maker->names[i], 0, &variant,
                                  SEEDED(BUG_TYPE_ARGUMENT) ? CIM_STRING : 0);
    if (!SEEDED(BUG_LEAKED_STRING))
        (void)VariantClear(&variant);
    return hr;
}

HRESULT maker_make(struct maker *maker, const struct prereq_wmi_row *row, IWbemClassObject **out)
{
    IWbemClassObject *instance = NULL;
    HRESULT hr = IWbemClassObject_SpawnInstance(maker->wmi_class, 0, &instance);

    if (FAILED(hr))
        return hr;
    for (size_t i = 0; i < maker->count && SUCCEEDED(hr); i++)
        hr = put_property(maker, i, row, instance);
    if (FAILED(hr)) {
        IWbemClassObject_Release(instance);
        return hr;
    }
    *out = instance;
    return S_OK;
}
