/* SPDX-License-Identifier: MIT */
/* object.c - IWbemClassObject: life, values, paths.  object_enum.c has the rest. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static struct tom_object *impl(IWbemClassObject *iface)
{
    return CONTAINING_RECORD(iface, struct tom_object, IWbemClassObject_iface);
}

struct tom_object *tom_object_from(IWbemClassObject *iface)
{
    return iface && iface->lpVtbl == &tom_object_vtbl ? impl(iface) : NULL;
}

/* ---- life ---- */

static HRESULT WINAPI object_QueryInterface(IWbemClassObject *iface, REFIID riid, void **out)
{
    *out = NULL;
    if (!IsEqualGUID(riid, &IID_IUnknown) && !IsEqualGUID(riid, &IID_IWbemClassObject))
        return E_NOINTERFACE;
    *out = iface;
    IWbemClassObject_AddRef(iface);
    return S_OK;
}

static ULONG WINAPI object_AddRef(IWbemClassObject *iface)
{
    return (ULONG)InterlockedIncrement(&impl(iface)->refs);
}

static void free_object(struct tom_object *object)
{
    for (size_t i = 0; object->values && i < object->class->property_count; i++)
        VariantClear(&object->values[i]);
    free(object->values);
    free(object->shown);
    free(object);
    InterlockedDecrement(&tom.live_objects);
}

static ULONG WINAPI object_Release(IWbemClassObject *iface)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    LONG refs = InterlockedDecrement(&object->refs);

    if (object->strict && refs < 1) { /* the last one is the request's */
        tom_violate(TOM_OVER_RELEASED, "an object of %s", object->class->utf8);
        InterlockedIncrement(&object->refs);
        return 0;
    }
    if (refs == 0)
        free_object(object);
    return (ULONG)refs;
}

struct tom_object *tom_object_new(const struct tom_class *class, bool instance, bool strict)
{
    struct tom_object *object = calloc(1, sizeof(*object));

    if (!object)
        return NULL;
    object->IWbemClassObject_iface.lpVtbl = &tom_object_vtbl;
    object->refs = 1;
    object->class = class;
    object->instance = instance;
    object->enumeration = -1;
    object->values = calloc(class->property_count + 1, sizeof(*object->values));
    for (size_t i = 0; object->values && i < class->property_count; i++)
        VariantCopy(&object->values[i], &class->properties[i].initial);
    InterlockedIncrement(&tom.live_objects);
    if (strict) {
        object->strict = true;
        object->refs++;
        tom_adopt(object);
    }
    return object;
}

struct tom_object *tom_object_copy(const struct tom_object *object)
{
    struct tom_object *copy = tom_object_new(object->class, object->instance, false);

    for (size_t i = 0; copy && i < object->class->property_count; i++)
        VariantCopy(&copy->values[i], &object->values[i]);
    return copy;
}

/* Free what a request leaves; after that strict objects are as others. */
void tom_request_end(struct tom_request *request)
{
    while (request->objects) {
        struct tom_object *object = request->objects;

        request->objects = object->next;
        if (object->refs > 1)
            tom_violate(object->instance ? TOM_LEAKED_ROW : TOM_LEAKED_CLASS,
                        "%s of %s after %s, %d references", object->instance ? "instance" : "class",
                        object->class->utf8, request->what, (int)object->refs - 1);
        object->strict = false;
        IWbemClassObject_Release(&object->IWbemClassObject_iface);
    }
}

/* ---- values ---- */

const VARIANT *tom_object_value(const struct tom_object *object, const WCHAR *name)
{
    const struct tom_property *property = tom_class_property(object->class, name);

    return property ? &object->values[property - object->class->properties] : NULL;
}

static HRESULT WINAPI object_Get(IWbemClassObject *iface, LPCWSTR name, LONG flags, VARIANT *value,
                                 CIMTYPE *type, LONG *flavor)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    const struct tom_property *property;

    (void)flags;
    if (!name)
        return CODE(E_INVALID_PARAMETER);
    if (!object->strict && wcscmp(name, L"*") == 0) /* wmic asks it */
        return S_OK;
    if (flavor)
        *flavor = name[0] == '_' ? WBEM_FLAVOR_ORIGIN_SYSTEM : 0;
    if (name[0] == '_' && name[1] == '_')
        return tom_system_property(object, name, value, type);
    property = tom_class_property(object->class, name);
    if (!property)
        return CODE(E_NOT_FOUND);
    if (type)
        *type = (CIMTYPE)((int)property->type | (property->is_array ? CIM_FLAG_ARRAY : 0));
    if (!value)
        return S_OK;
    VariantInit(value); /* WMI overwrites without clearing, too */
    return VariantCopy(value, &object->values[property - object->class->properties]);
}

static HRESULT store(struct tom_object *object, const struct tom_property *property, VARIANT *value)
{
    VARIANT *slot = &object->values[property - object->class->properties];
    VARTYPE wanted = tom_vartype(property->type, property->is_array);
    VARIANT changed;
    HRESULT hr;

    if (!value || V_VT(value) == VT_NULL || V_VT(value) == VT_EMPTY) {
        VariantClear(slot);
        V_VT(slot) = VT_NULL;
        return S_OK;
    }
    VariantInit(&changed);
    hr = V_VT(value) == wanted ? VariantCopy(&changed, value)
                               : VariantChangeTypeEx(&changed, value, LOCALE_INVARIANT, 0, wanted);
    if (FAILED(hr))
        return CODE(E_TYPE_MISMATCH);
    VariantClear(slot);
    *slot = changed;
    return S_OK;
}

static HRESULT WINAPI object_Put(IWbemClassObject *iface, LPCWSTR name, LONG flags, VARIANT *value,
                                 CIMTYPE type)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    const struct tom_property *property;

    if (!name || flags)
        return CODE(E_INVALID_PARAMETER);
    property = tom_class_property(object->class, name);
    if (object->strict) {
        if (tom_fails_now())
            return CODE(E_OUT_OF_MEMORY);
        if (type != 0 && object->instance)
            tom_violate(TOM_TYPE_ARGUMENT, "%s.%ls", object->class->utf8, name);
        if (name[0] == '_' && name[1] == '_')
            tom_violate(TOM_SYSTEM_PROPERTY, "%ls", name);
        else if (!property)
            tom_violate(TOM_UNDECLARED_PROPERTY, "%s.%ls", object->class->utf8, name);
        else
            tom_value_check(object->class, property, value);
    }
    return property ? store(object, property, value) : CODE(E_NOT_FOUND);
}

static HRESULT WINAPI object_SpawnInstance(IWbemClassObject *iface, LONG flags,
                                           IWbemClassObject **out)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    struct tom_object *made;

    if (!out || flags)
        return CODE(E_INVALID_PARAMETER);
    if (object->instance && object->strict)
        tom_violate(TOM_UNEXPECTED_CALL, "SpawnInstance on an instance of %s", object->class->utf8);
    if (object->instance)
        return CODE(E_INVALID_OPERATION);
    if (object->strict && tom_fails_now())
        return CODE(E_OUT_OF_MEMORY);
    made = tom_object_new(object->class, true, object->strict);
    if (!made)
        return CODE(E_OUT_OF_MEMORY);
    *out = &made->IWbemClassObject_iface;
    return S_OK;
}

static HRESULT WINAPI object_Clone(IWbemClassObject *iface, IWbemClassObject **out)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    struct tom_object *copy = tom_object_new(object->class, object->instance, object->strict);

    for (size_t i = 0; copy && i < object->class->property_count; i++)
        VariantCopy(&copy->values[i], &object->values[i]);
    if (!copy)
        return CODE(E_OUT_OF_MEMORY);
    *out = &copy->IWbemClassObject_iface;
    return S_OK;
}

static HRESULT WINAPI object_InheritsFrom(IWbemClassObject *iface, LPCWSTR ancestor)
{
    const struct tom_class *class = impl(iface)->class;

    while (class && _wcsicmp(class->name, ancestor) != 0)
        class = class->super;
    return class ? S_OK : WBEM_S_FALSE;
}

/* ---- what WMI has and nobody here needs ---- */

static HRESULT missing(IWbemClassObject *iface, const char *what)
{
    if (impl(iface)->strict)
        tom_violate(TOM_UNEXPECTED_CALL, "%s on an object of %s", what, impl(iface)->class->utf8);
    return E_NOTIMPL;
}

static HRESULT WINAPI object_GetQualifierSet(IWbemClassObject *iface, IWbemQualifierSet **set)
{
    (void)set;
    return missing(iface, "GetQualifierSet");
}

static HRESULT WINAPI object_Delete(IWbemClassObject *iface, LPCWSTR name)
{
    (void)name;
    return missing(iface, "Delete");
}

static HRESULT WINAPI object_GetPropertyQualifierSet(IWbemClassObject *iface, LPCWSTR name,
                                                     IWbemQualifierSet **set)
{
    (void)name;
    (void)set;
    return missing(iface, "GetPropertyQualifierSet");
}

static HRESULT WINAPI object_SpawnDerivedClass(IWbemClassObject *iface, LONG flags,
                                               IWbemClassObject **out)
{
    (void)flags;
    (void)out;
    return missing(iface, "SpawnDerivedClass");
}

static HRESULT WINAPI object_CompareTo(IWbemClassObject *iface, LONG flags, IWbemClassObject *other)
{
    (void)flags;
    (void)other;
    return missing(iface, "CompareTo");
}

static HRESULT WINAPI object_GetPropertyOrigin(IWbemClassObject *iface, LPCWSTR name, BSTR *origin)
{
    (void)name;
    (void)origin;
    return missing(iface, "GetPropertyOrigin");
}

static HRESULT WINAPI object_PutMethod(IWbemClassObject *iface, LPCWSTR name, LONG flags,
                                       IWbemClassObject *in, IWbemClassObject *out)
{
    (void)name;
    (void)flags;
    (void)in;
    (void)out;
    return missing(iface, "PutMethod");
}

static HRESULT WINAPI object_DeleteMethod(IWbemClassObject *iface, LPCWSTR name)
{
    (void)name;
    return missing(iface, "DeleteMethod");
}

static HRESULT WINAPI object_GetMethodQualifierSet(IWbemClassObject *iface, LPCWSTR name,
                                                   IWbemQualifierSet **set)
{
    (void)name;
    (void)set;
    return missing(iface, "GetMethodQualifierSet");
}

static HRESULT WINAPI object_GetMethodOrigin(IWbemClassObject *iface, LPCWSTR name, BSTR *origin)
{
    (void)name;
    (void)origin;
    return missing(iface, "GetMethodOrigin");
}

IWbemClassObjectVtbl tom_object_vtbl = {
    .QueryInterface = object_QueryInterface,
    .AddRef = object_AddRef,
    .Release = object_Release,
    .GetQualifierSet = object_GetQualifierSet,
    .Get = object_Get,
    .Put = object_Put,
    .Delete = object_Delete,
    .GetNames = tom_object_GetNames,
    .BeginEnumeration = tom_object_BeginEnumeration,
    .Next = tom_object_Next,
    .EndEnumeration = tom_object_EndEnumeration,
    .GetPropertyQualifierSet = object_GetPropertyQualifierSet,
    .Clone = object_Clone,
    .GetObjectText = tom_object_GetObjectText,
    .SpawnDerivedClass = object_SpawnDerivedClass,
    .SpawnInstance = object_SpawnInstance,
    .CompareTo = object_CompareTo,
    .GetPropertyOrigin = object_GetPropertyOrigin,
    .InheritsFrom = object_InheritsFrom,
    .GetMethod = tom_object_GetMethod,
    .PutMethod = object_PutMethod,
    .DeleteMethod = object_DeleteMethod,
    .BeginMethodEnumeration = tom_object_BeginMethodEnumeration,
    .NextMethod = tom_object_NextMethod,
    .EndMethodEnumeration = tom_object_EndMethodEnumeration,
    .GetMethodQualifierSet = object_GetMethodQualifierSet,
    .GetMethodOrigin = object_GetMethodOrigin,
};
