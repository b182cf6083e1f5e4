/* SPDX-License-Identifier: MIT */
/* schema.c - the shipped MOF as classes, on top of the few system classes that it needs. */
#include <stdio.h>
#include <string.h>

#include "tom.h"

static const char system_classes[] =
    "class __Event { uint8 SECURITY_DESCRIPTOR[]; uint64 TIME_CREATED; };"
    "class __ExtrinsicEvent : __Event { };"
    "class __NotifyStatus { uint32 StatusCode; };"
    "class __ExtendedStatus : __NotifyStatus { string Description; string Operation;"
    " string ParameterInfo; string ProviderName; };"
    "class __Namespace { [key] string Name; };"
    "class __Win32Provider { [key] string Name; string CLSID; string HostingModel;"
    " sint32 ImpersonationLevel; boolean PerUserInitialization; boolean Pure;"
    " sint32 InitializationReentrancy; datetime UnloadTimeout; };"
    "class __InstanceProviderRegistration { [key] __Win32Provider ref provider;"
    " boolean SupportsGet; boolean SupportsEnumeration; boolean SupportsPut;"
    " boolean SupportsDelete; string QuerySupportLevels[]; };"
    "class __MethodProviderRegistration { [key] __Win32Provider ref provider; };"
    "class __EventProviderRegistration { [key] __Win32Provider ref provider;"
    " string EventQueryList[]; };";

/* ---- finding ---- */

struct tom_class *tom_class_find_utf8(const struct tom_schema *schema, const char *name)
{
    struct tom_class *class = schema->classes;

    while (class && !prereq_equal_nocase(class->utf8, name))
        class = class->next;
    return class;
}

struct tom_class *tom_class_find(const struct tom_schema *schema, const WCHAR *name)
{
    struct tom_class *class = schema->classes;

    while (class && _wcsicmp(class->name, name) != 0)
        class = class->next;
    return class;
}

bool tom_class_isa(const struct tom_class *class, const char *ancestor)
{
    while (class && !prereq_equal_nocase(class->utf8, ancestor))
        class = class->super;
    return class != NULL;
}

struct tom_property *tom_class_property(const struct tom_class *class, const WCHAR *name)
{
    for (size_t i = 0; i < class->property_count; i++) {
        if (_wcsicmp(class->properties[i].name, name) == 0)
            return &class->properties[i];
    }
    return NULL;
}

const struct tom_method *tom_class_method(const struct tom_class *class, const WCHAR *name)
{
    for (size_t i = 0; i < class->method_count; i++) {
        if (_wcsicmp(class->methods[i].name, name) == 0)
            return &class->methods[i];
    }
    return NULL;
}

/* ---- making classes ---- */

static void set_initial(VARIANT *out, const struct mof_value *value, struct prereq_arena *arena)
{
    VariantInit(out);
    V_VT(out) = VT_NULL;
    if (!value)
        return;
    if (value->kind == MOF_BOOLEAN_VALUE) {
        V_VT(out) = VT_BOOL;
        V_BOOL(out) = value->truth ? VARIANT_TRUE : VARIANT_FALSE;
    } else if (value->kind == MOF_INTEGER_VALUE) {
        V_VT(out) = VT_I4;
        V_I4(out) = (LONG)(value->negative ? 0 - value->magnitude : value->magnitude);
    } else if (value->kind == MOF_STRING_VALUE) {
        V_VT(out) = VT_BSTR;
        V_BSTR(out) = SysAllocString(tom_wide(arena, value->text));
    }
}

static bool add_property(struct tom_schema *schema, struct tom_class *class,
                         const struct mof_property *from)
{
    struct tom_property *to = &class->properties[class->property_count++];

    to->name = tom_wide(schema->arena, from->name);
    to->utf8 = from->name;
    to->type = from->type;
    to->is_array = from->is_array;
    to->key = mof_is_set(from->qualifiers, "key");
    set_initial(&to->initial, from->initial, schema->arena);
    return to->name != NULL;
}

static struct tom_class *new_class(struct tom_schema *schema, const char *name, size_t properties,
                                   size_t methods)
{
    struct tom_class *class = PREREQ_NEW(schema->arena, struct tom_class);

    if (!class)
        return NULL;
    class->utf8 = name;
    class->name = tom_wide(schema->arena, name);
    class->properties = PREREQ_NEW_ARRAY(schema->arena, properties, struct tom_property);
    class->methods = PREREQ_NEW_ARRAY(schema->arena, methods, struct tom_method);
    return class->name && class->properties && class->methods ? class : NULL;
}

static size_t parameter_count(const struct mof_method *method, const char *direction)
{
    size_t count = 0;

    for (const struct mof_property *p = method->parameters; p; p = p->next)
        count += mof_is_set(p->qualifiers, direction);
    return count;
}

/* The parameters of one direction as a class, as WMI has them; NULL in *out for none. */
static bool add_signature(struct tom_schema *schema, const struct mof_method *method,
                          const char *direction, const struct tom_class **out)
{
    static const struct mof_property result = {.name = "ReturnValue"};
    bool returns = method->type != MOF_VOID && strcmp(direction, "out") == 0;
    size_t count = parameter_count(method, direction) + returns;
    struct tom_class *class;

    if (count == 0)
        return true;
    class = new_class(schema, "__PARAMETERS", count, 0);
    if (!class)
        return false;
    for (const struct mof_property *p = method->parameters; p; p = p->next) {
        if (mof_is_set(p->qualifiers, direction) && !add_property(schema, class, p))
            return false;
    }
    if (returns) {
        struct mof_property value = result;

        value.type = method->type;
        if (!add_property(schema, class, &value))
            return false;
    }
    *out = class;
    return true;
}

static bool add_method(struct tom_schema *schema, struct tom_class *class,
                       const struct mof_method *from)
{
    struct tom_method *to = &class->methods[class->method_count++];

    to->name = tom_wide(schema->arena, from->name);
    to->is_static = mof_is_set(from->qualifiers, "static");
    to->implemented = mof_is_set(from->qualifiers, "implemented");
    to->bypass = mof_is_set(from->qualifiers, "Bypass_GetObject");
    return to->name && add_signature(schema, from, "in", &to->in) &&
           add_signature(schema, from, "out", &to->out);
}

static const char *qualifier_text(const struct mof_qualifier *list, const char *name)
{
    const struct mof_qualifier *found = mof_find_qualifier(list, name);

    return found && found->value && found->value->kind == MOF_STRING_VALUE ? found->value->text
                                                                           : NULL;
}

static size_t inherited(const struct tom_class *super, size_t (*count)(const struct tom_class *))
{
    return super ? count(super) : 0;
}

static size_t properties_of(const struct tom_class *class)
{
    return class->property_count;
}

static size_t methods_of(const struct tom_class *class)
{
    return class->method_count;
}

static struct tom_class *make_class(struct tom_schema *schema, const struct mof_class *from,
                                    const struct tom_class *super)
{
    size_t properties = inherited(super, properties_of);
    size_t methods = inherited(super, methods_of);
    struct tom_class *class;

    for (const struct mof_property *p = from->properties; p; p = p->next)
        properties++;
    for (const struct mof_method *m = from->methods; m; m = m->next)
        methods++;
    class = new_class(schema, from->name, properties, methods);
    if (!class)
        return NULL;
    class->super = super;
    if (super) {
        memcpy(class->properties, super->properties,
               super->property_count * sizeof(*class->properties));
        memcpy(class->methods, super->methods, super->method_count * sizeof(*class->methods));
        class->property_count = super->property_count;
        class->method_count = super->method_count;
    }
    class->provider = qualifier_text(from->qualifiers, "provider");
    class->singleton = mof_is_set(from->qualifiers, "singleton");
    class->association = mof_is_set(from->qualifiers, "association");
    return class;
}

static enum prereq_status add_class(struct tom_schema *schema, const struct mof_class *from,
                                    bool system, struct prereq_error *err)
{
    const struct tom_class *super = NULL;
    struct tom_class *class;
    struct tom_class **end = &schema->classes;
    bool done = true;

    if (from->superclass && !(super = tom_class_find_utf8(schema, from->superclass)))
        return prereq_fail(err, PREREQ_BAD_INPUT, "class %s derives from %s, which is not there",
                           from->name, from->superclass);
    class = make_class(schema, from, super);
    if (!class)
        return prereq_fail(err, PREREQ_NO_MEMORY, "too little memory for classes");
    class->system = system;
    for (const struct mof_property *p = from->properties; p; p = p->next)
        done = done && add_property(schema, class, p);
    for (const struct mof_method *m = from->methods; m; m = m->next)
        done = done && add_method(schema, class, m);
    while (*end)
        end = &(*end)->next;
    *end = class;
    return done ? PREREQ_OK : prereq_fail(err, PREREQ_NO_MEMORY, "too little memory for classes");
}

static enum prereq_status add_text(struct tom_schema *schema, const char *text, size_t len,
                                   bool system, struct prereq_error *err)
{
    const struct mof_item *items = NULL;
    enum prereq_status status = mof_parse(schema->arena, text, len, &items, err);

    schema->items = items;
    for (; !status && items; items = items->next) {
        if (items->kind == MOF_CLASS)
            status = add_class(schema, &items->class, system, err);
        else if (items->kind == MOF_INSTANCE && !system &&
                 prereq_equal_nocase(items->instance.class_name, "__Win32Provider"))
            schema->name_space = items->name_space;
    }
    return status;
}

/* ---- registrations ---- */

static bool names_provider(const struct mof_value *value, const char *provider)
{
    const struct mof_value *name = NULL;

    if (value && value->kind == MOF_ALIAS_VALUE)
        name = mof_find_assignment(value->alias, "Name");
    return name && name->kind == MOF_STRING_VALUE && prereq_equal_nocase(name->text, provider);
}

bool tom_schema_supports(const struct tom_schema *schema, const char *registration,
                         const char *provider, const char *property)
{
    for (const struct mof_item *item = schema->items; item; item = item->next) {
        const struct mof_value *value;

        if (item->kind != MOF_INSTANCE ||
            !prereq_equal_nocase(item->instance.class_name, registration) ||
            !names_provider(mof_find_assignment(&item->instance, "provider"), provider))
            continue;
        value = property ? mof_find_assignment(&item->instance, property) : NULL;
        return !property || (value && value->kind == MOF_BOOLEAN_VALUE && value->truth);
    }
    return false;
}

static const char *skip_server(const char *text)
{
    size_t server;

    if (strspn(text, "\\/") < 2)
        return text;
    text += 2;
    server = strcspn(text, "\\/");
    return text[server] ? text + server + 1 : text + server;
}

bool tom_same_namespace(const char *a, const char *b)
{
    a = skip_server(a);
    b = skip_server(b);
    for (; *a && *b; a++, b++) {
        const char x[] = {*a == '/' ? '\\' : *a, '\0'};
        const char y[] = {*b == '/' ? '\\' : *b, '\0'};

        if (!prereq_equal_nocase(x, y))
            return false;
    }
    return *a == *b;
}

/* ---- loading ---- */

static char *read_file(const WCHAR *path, DWORD *len)
{
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    char *text = NULL;

    if (file == INVALID_HANDLE_VALUE)
        return NULL;
    *len = GetFileSize(file, NULL);
    if (*len <= MOF_MAX_BYTES)
        text = malloc(*len + 1);
    if (text && !ReadFile(file, text, *len, len, NULL)) {
        free(text);
        text = NULL;
    }
    CloseHandle(file);
    return text;
}

enum prereq_status tom_schema_load(struct tom_schema *schema, const WCHAR *path,
                                   struct prereq_error *err)
{
    DWORD len = 0;
    char *text = read_file(path, &len);
    enum prereq_status status;

    if (!text)
        return prereq_fail(err, PREREQ_IO, "%ls cannot be read", path);
    schema->arena = prereq_arena_new((size_t)64 << 20);
    status = add_text(schema, system_classes, sizeof(system_classes) - 1, true, err);
    if (!status)
        status = add_text(schema, text, len, false, err);
    free(text);
    if (!status && !schema->name_space)
        status = prereq_fail(err, PREREQ_BAD_INPUT, "%ls has no provider in a namespace", path);
    return status;
}

void tom_schema_free(struct tom_schema *schema)
{
    for (struct tom_class *class = schema->classes; class; class = class->next) {
        for (size_t i = class->super ? class->super->property_count : 0; i < class->property_count;
             i++)
            VariantClear(&class->properties[i].initial);
    }
    prereq_arena_free(schema->arena);
    *schema = (struct tom_schema){0};
}
