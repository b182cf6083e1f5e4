/* SPDX-License-Identifier: MIT */
/* object_enum.c - IWbemClassObject: enumeration, system properties, methods, text, conditions. */
#include <stdlib.h>
#include <string.h>

#include "host.h"

static struct tom_object *impl(IWbemClassObject *iface)
{
    return CONTAINING_RECORD(iface, struct tom_object, IWbemClassObject_iface);
}

static bool is_shown(const struct tom_object *object, size_t i)
{
    return !object->shown || object->shown[i];
}

/* ---- system properties ---- */

static void add_place(struct prereq_buffer *out)
{
    prereq_buffer_addf(
        out, "\\\\TOM\\%s:", tom.schema.name_space + strspn(tom.schema.name_space, "\\."));
}

char *tom_object_relpath(struct prereq_arena *arena, const struct tom_object *object)
{
    struct prereq_buffer out = {0};
    const char *before = ".";
    char *path;

    prereq_buffer_add(&out, object->class->utf8);
    if (object->instance && object->class->singleton)
        prereq_buffer_add(&out, "=@");
    for (size_t i = 0; object->instance && i < object->class->property_count; i++) {
        const struct tom_property *property = &object->class->properties[i];

        if (!property->key || V_VT(&object->values[i]) == VT_NULL)
            continue;
        prereq_buffer_addf(&out, "%s%s=", before, property->utf8);
        tom_value_print(&out, &object->values[i], property->type);
        before = ",";
    }
    path = prereq_strdup(arena, out.text);
    if (object->instance && !object->class->singleton && *before == '.')
        path = NULL;
    prereq_buffer_free(&out);
    return path;
}

static HRESULT give_text(VARIANT *value, CIMTYPE *type, const char *utf8)
{
    struct prereq_arena *arena;

    if (type)
        *type = CIM_STRING;
    if (!value)
        return S_OK;
    VariantInit(value);
    V_VT(value) = VT_NULL;
    if (!utf8)
        return S_OK;
    arena = prereq_arena_new((size_t)1 << 20);
    V_VT(value) = VT_BSTR;
    V_BSTR(value) = SysAllocString(tom_wide(arena, utf8));
    prereq_arena_free(arena);
    return S_OK;
}

static HRESULT give_number(VARIANT *value, CIMTYPE *type, LONG number)
{
    if (type)
        *type = CIM_SINT32;
    if (value) {
        VariantInit(value);
        V_VT(value) = VT_I4;
        V_I4(value) = number;
    }
    return S_OK;
}

static HRESULT give_path(const struct tom_object *object, VARIANT *value, CIMTYPE *type, bool full)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_buffer out = {0};
    const char *relative = tom_object_relpath(arena, object);
    HRESULT hr;

    if (full)
        add_place(&out);
    prereq_buffer_add(&out, relative ? relative : "");
    hr = give_text(value, type, relative ? out.text : NULL);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
    return hr;
}

HRESULT tom_system_property(const struct tom_object *object, const WCHAR *name, VARIANT *value,
                            CIMTYPE *type)
{
    const struct tom_class *class = object->class;

    if (_wcsicmp(name, L"__CLASS") == 0)
        return give_text(value, type, class->utf8);
    if (_wcsicmp(name, L"__SUPERCLASS") == 0)
        return give_text(value, type, class->super ? class->super->utf8 : NULL);
    if (_wcsicmp(name, L"__RELPATH") == 0 || _wcsicmp(name, L"__PATH") == 0)
        return give_path(object, value, type, _wcsicmp(name, L"__PATH") == 0);
    if (_wcsicmp(name, L"__NAMESPACE") == 0)
        return give_text(value, type, tom.schema.name_space + strspn(tom.schema.name_space, "\\."));
    if (_wcsicmp(name, L"__SERVER") == 0)
        return give_text(value, type, "TOM");
    if (_wcsicmp(name, L"__GENUS") == 0)
        return give_number(value, type, object->instance ? WBEM_GENUS_INSTANCE : WBEM_GENUS_CLASS);
    if (_wcsicmp(name, L"__PROPERTY_COUNT") == 0)
        return give_number(value, type, (LONG) class->property_count);
    return CODE(E_NOT_FOUND);
}

/* ---- properties one after the other ---- */

HRESULT WINAPI tom_object_BeginEnumeration(IWbemClassObject *iface, LONG flags)
{
    impl(iface)->enumeration = flags;
    impl(iface)->at = 0;
    return S_OK;
}

static const WCHAR *const system_names[] = {L"__CLASS",   L"__GENUS",     L"__PROPERTY_COUNT",
                                            L"__RELPATH", L"__NAMESPACE", L"__SERVER",
                                            L"__PATH"};

static bool wants(const struct tom_object *object, const struct tom_property *property)
{
    LONG flags = object->enumeration;

    if ((flags & WBEM_MASK_CONDITION_ORIGIN) == WBEM_FLAG_SYSTEM_ONLY)
        return false;
    if ((flags & WBEM_FLAG_KEYS_ONLY) && !property->key)
        return false;
    return !(flags & WBEM_FLAG_REFS_ONLY) || property->type == MOF_REFERENCE;
}

/* A client's flag 0 means all but system properties: that is what wmic prints. */
static bool wants_system(const struct tom_object *object)
{
    return (object->enumeration & WBEM_MASK_CONDITION_ORIGIN) == WBEM_FLAG_SYSTEM_ONLY;
}

HRESULT WINAPI tom_object_Next(IWbemClassObject *iface, LONG flags, BSTR *name, VARIANT *value,
                               CIMTYPE *type, LONG *flavor)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    size_t count = object->class->property_count;
    const WCHAR *found = NULL;

    if (flags)
        return CODE(E_INVALID_PARAMETER);
    if (object->enumeration == -1)
        return CODE(E_UNEXPECTED);
    while (object->at < count && (!is_shown(object, object->at) ||
                                  !wants(object, &object->class->properties[object->at])))
        object->at++;
    if (object->at < count)
        found = object->class->properties[object->at].name;
    else if (wants_system(object) && object->at - count < PREREQ_COUNT(system_names))
        found = system_names[object->at - count];
    if (!found)
        return WBEM_S_NO_MORE_DATA;
    object->at++;
    if (name)
        *name = SysAllocString(found);
    return IWbemClassObject_Get(iface, found, 0, value, type, flavor);
}

HRESULT WINAPI tom_object_EndEnumeration(IWbemClassObject *iface)
{
    impl(iface)->enumeration = -1;
    return S_OK;
}

HRESULT WINAPI tom_object_GetNames(IWbemClassObject *iface, LPCWSTR qualifier, LONG flags,
                                   VARIANT *value, SAFEARRAY **names)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    LONG at = 0;

    (void)flags;
    (void)value;
    if (qualifier)
        return E_NOTIMPL;
    *names = SafeArrayCreateVector(VT_BSTR, 0, (ULONG)object->class->property_count);
    for (; *names && at < (LONG)object->class->property_count; at++) {
        BSTR name = SysAllocString(object->class->properties[at].name);

        SafeArrayPutElement(*names, &at, name);
        SysFreeString(name);
    }
    return *names ? S_OK : CODE(E_OUT_OF_MEMORY);
}

/* ---- methods ---- */

static HRESULT give_signature(const struct tom_object *object, const struct tom_class *class,
                              IWbemClassObject **out)
{
    struct tom_object *made;

    if (!out)
        return S_OK;
    *out = NULL;
    if (!class)
        return S_OK;
    made = tom_object_new(class, false, object->strict);
    if (!made)
        return CODE(E_OUT_OF_MEMORY);
    *out = &made->IWbemClassObject_iface;
    return S_OK;
}

HRESULT WINAPI tom_object_GetMethod(IWbemClassObject *iface, LPCWSTR name, LONG flags,
                                    IWbemClassObject **in, IWbemClassObject **out)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    const struct tom_method *method;

    if (!name || flags)
        return CODE(E_INVALID_PARAMETER);
    if (object->strict && object->instance) {
        tom_violate(TOM_METHOD_ON_INSTANCE, "%s.%ls", object->class->utf8, name);
        return CODE(E_ILLEGAL_OPERATION);
    }
    if (object->strict && tom_fails_now())
        return CODE(E_OUT_OF_MEMORY);
    method = tom_class_method(object->class, name);
    if (!method)
        return CODE(E_NOT_FOUND);
    if (FAILED(give_signature(object, method->in, in)))
        return CODE(E_OUT_OF_MEMORY);
    return give_signature(object, method->out, out);
}

HRESULT WINAPI tom_object_BeginMethodEnumeration(IWbemClassObject *iface, LONG flags)
{
    (void)flags;
    impl(iface)->method_at = 0;
    return S_OK;
}

HRESULT WINAPI tom_object_NextMethod(IWbemClassObject *iface, LONG flags, BSTR *name,
                                     IWbemClassObject **in, IWbemClassObject **out)
{
    struct tom_object *object = impl(iface);
    const struct tom_method *method;

    (void)flags;
    if (object->method_at >= object->class->method_count)
        return WBEM_S_NO_MORE_DATA;
    method = &object->class->methods[object->method_at++];
    *name = SysAllocString(method->name);
    give_signature(object, method->in, in);
    return give_signature(object, method->out, out);
}

HRESULT WINAPI tom_object_EndMethodEnumeration(IWbemClassObject *iface)
{
    (void)iface;
    return S_OK;
}

/* ---- text ---- */

HRESULT WINAPI tom_object_GetObjectText(IWbemClassObject *iface, LONG flags, BSTR *text)
{
    TOM_INSIDE;
    struct tom_object *object = impl(iface);
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    struct prereq_buffer out = {0};

    (void)flags;
    prereq_buffer_addf(&out, "\n%s %s\n{\n", object->instance ? "instance of" : "class",
                       object->class->utf8);
    for (size_t i = 0; i < object->class->property_count; i++) {
        const struct tom_property *property = &object->class->properties[i];

        if (!is_shown(object, i) || (object->instance && V_VT(&object->values[i]) == VT_NULL))
            continue;
        if (object->instance)
            prereq_buffer_addf(&out, "\t%s = ", property->utf8);
        else
            prereq_buffer_addf(&out, "\t%s %s", mof_type_name(property->type), property->utf8);
        if (object->instance)
            tom_value_print(&out, &object->values[i], property->type);
        prereq_buffer_add(&out, ";\n");
    }
    prereq_buffer_add(&out, "};\n");
    *text = SysAllocString(tom_wide(arena, out.text));
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
    return *text ? S_OK : CODE(E_OUT_OF_MEMORY);
}

/* ---- queries ---- */

void tom_object_select(struct tom_object *object, const struct wql_name *names)
{
    if (!names)
        return;
    object->shown = calloc(object->class->property_count + 1, sizeof(*object->shown));
    for (; object->shown && names; names = names->next) {
        for (size_t i = 0; i < object->class->property_count; i++) {
            if (prereq_equal_nocase(object->class->properties[i].utf8, names->name))
                object->shown[i] = true;
        }
    }
}

/* One condition is asked at a time: its texts live until the next. */
static struct wql_value wql_get(void *context, const char *name)
{
    static __thread struct prereq_arena *arena;
    struct tom_object *object = context;
    struct wql_value nothing = {.kind = WQL_NULL};

    if (!arena)
        arena = prereq_arena_new((size_t)64 << 20);
    else if (prereq_arena_used(arena) > (size_t)1 << 20)
        prereq_arena_reset(arena);
    if (prereq_equal_nocase(name, "__CLASS"))
        return (struct wql_value){.kind = WQL_STRING, .text = object->class->utf8};
    if (prereq_equal_nocase(name, "__RELPATH"))
        return (struct wql_value){.kind = WQL_STRING, .text = tom_object_relpath(arena, object)};
    for (size_t i = 0; i < object->class->property_count; i++) {
        const struct tom_property *property = &object->class->properties[i];

        if (prereq_equal_nocase(property->utf8, name))
            return tom_value_wql(arena, &object->values[i], property->type);
    }
    return nothing;
}

static bool wql_isa(void *context, const char *property, const char *class_name)
{
    struct tom_object *object = context;

    (void)property;
    return tom_class_isa(object->class, class_name);
}

struct wql_object tom_object_wql(struct tom_object *object)
{
    return (struct wql_object){object, wql_get, wql_isa};
}
