/* SPDX-License-Identifier: MIT */
/* query.c - what clients ask, answered by asking providers: get, enumerate, select, follow. */
#include <stdlib.h>
#include <string.h>

#include "tom.h"

static HRESULT host_for(const struct tom_class *class, const char *registration,
                        const char *property, struct tom_host **host)
{
    if (!class->provider)
        return CODE(E_PROVIDER_NOT_CAPABLE);
    if (!tom_schema_supports(&tom.schema, registration, class->provider, NULL))
        return CODE(E_PROVIDER_NOT_FOUND);
    if (!tom_schema_supports(&tom.schema, registration, class->provider, property))
        return CODE(E_PROVIDER_NOT_CAPABLE);
    return tom_host_of(class, host);
}

HRESULT tom_enumerate(const struct tom_class *class, struct tom_result *result)
{
    struct tom_host *host;
    HRESULT hr = host_for(class, "__InstanceProviderRegistration", "SupportsEnumeration", &host);

    *result = (struct tom_result){0};
    if (FAILED(hr))
        return result->status = hr;
    tom_host_call(host, TOM_ENUMERATE, class->name, NULL, NULL, result);
    return result->status;
}

/* ---- one object ---- */

static HRESULT get_instance(const struct tom_class *class, const WCHAR *path,
                            struct tom_object **object)
{
    struct tom_result result;
    struct tom_host *host;
    HRESULT hr = host_for(class, "__InstanceProviderRegistration", "SupportsGet", &host);

    if (FAILED(hr))
        return hr;
    tom_host_call(host, TOM_GET, path, NULL, NULL, &result);
    if (SUCCEEDED(result.status) && result.row_count > 0) {
        *object = result.rows[0];
        IWbemClassObject_AddRef(&result.rows[0]->IWbemClassObject_iface);
    }
    hr = FAILED(result.status) ? result.status : result.row_count ? S_OK : CODE(E_NOT_FOUND);
    tom_result_free(&result);
    return hr;
}

/* The part behind the namespace: what WMI passes on. */
static const WCHAR *relative(struct prereq_arena *arena, const WCHAR *path,
                             const struct tom_path *parsed)
{
    const WCHAR *colon = parsed->name_space ? wcschr(path, L':') : NULL;

    (void)arena;
    return colon ? colon + 1 : path;
}

HRESULT tom_get(const WCHAR *path, struct tom_object **object)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct tom_path parsed;
    const struct tom_class *class;
    char *utf8 = tom_utf8(arena, path);
    HRESULT hr = S_OK;

    if (!utf8 || !tom_path_parse(arena, utf8, &parsed)) {
        hr = CODE(E_INVALID_OBJECT_PATH);
    } else if (parsed.name_space && !tom_same_namespace(parsed.name_space, tom.schema.name_space)) {
        hr = CODE(E_INVALID_NAMESPACE);
    } else if (!(class = tom_class_find_utf8(&tom.schema, parsed.class_name))) {
        hr = CODE(E_NOT_FOUND);
    } else if (parsed.singleton || parsed.key_count > 0) {
        hr = get_instance(class, relative(arena, path, &parsed), object);
    } else {
        *object = tom_object_new(class, false, false);
        hr = *object ? S_OK : CODE(E_OUT_OF_MEMORY);
    }
    prereq_arena_free(arena);
    return hr;
}

/* ---- SELECT ---- */

struct names {
    const struct tom_class *class;
    bool unknown;
};

static void see_name(void *context, const char *name)
{
    struct names *names = context;
    bool known = strncmp(name, "__", 2) == 0;

    for (size_t i = 0; i < names->class->property_count; i++)
        known = known || prereq_equal_nocase(names->class->properties[i].utf8, name);
    names->unknown = names->unknown || !known;
}

static HRESULT add_rows(struct tom_result *result, struct tom_result *more)
{
    struct tom_object **rows;
    size_t count = result->row_count + more->row_count;

    rows = realloc(result->rows, (count + 1) * sizeof(struct tom_object *));
    if (!rows)
        return CODE(E_OUT_OF_MEMORY);
    for (size_t i = 0; i < more->row_count; i++)
        rows[result->row_count + i] = more->rows[i];
    result->rows = rows;
    result->row_count = count;
    more->row_count = 0;
    return S_OK;
}

static void filter(struct tom_result *result, const struct wql_query *query)
{
    size_t kept = 0;

    for (size_t i = 0; i < result->row_count; i++) {
        struct tom_object *row = result->rows[i];
        struct wql_object object = tom_object_wql(row);

        if (!wql_matches(query->where, &object)) {
            IWbemClassObject_Release(&row->IWbemClassObject_iface);
            continue;
        }
        tom_object_select(row, query->names);
        result->rows[kept++] = row;
    }
    result->row_count = kept;
}

/* Derived classes answer for themselves, as in WMI. */
static HRESULT select_objects(const struct wql_query *query, struct tom_result *result)
{
    const struct tom_class *asked = tom_class_find_utf8(&tom.schema, query->class_name);
    struct names names = {asked, false};
    HRESULT hr = S_OK;

    if (!asked)
        return CODE(E_INVALID_CLASS);
    for (const struct wql_name *name = query->names; name; name = name->next)
        see_name(&names, name->name);
    wql_each_property(query->where, see_name, &names);
    if (names.unknown)
        return CODE(E_INVALID_QUERY);
    for (struct tom_class *class = tom.schema.classes; class; class = class->next) {
        struct tom_result rows;

        if (!class->provider || !tom_class_isa(class, asked->utf8))
            continue;
        hr = tom_enumerate(class, &rows);
        if (SUCCEEDED(hr))
            hr = add_rows(result, &rows);
        if (FAILED(hr))
            lstrcpynW(result->error_text, rows.error_text, 512);
        tom_result_free(&rows);
        if (FAILED(hr))
            return hr;
    }
    filter(result, query);
    return S_OK;
}

/* ---- ASSOCIATORS OF, REFERENCES OF ---- */

/* Paths of the same object are equal without regard to case. */
static const char *canonical(struct prereq_arena *arena, const char *text)
{
    struct tom_path path;
    const struct tom_class *class;
    struct prereq_buffer out = {0};
    const char *made;

    if (!text || !tom_path_parse(arena, text, &path) ||
        !(class = tom_class_find_utf8(&tom.schema, path.class_name)))
        return NULL;
    prereq_buffer_add(&out, class->utf8);
    for (size_t i = 0; i < class->property_count; i++) {
        const struct tom_property *property = &class->properties[i];

        for (size_t k = 0; property->key && k < path.key_count; k++) {
            const struct tom_key *key = &path.keys[k];

            if (key->name && !prereq_equal_nocase(key->name, property->utf8))
                continue;
            prereq_buffer_addf(&out, ".%s=", property->utf8);
            if (key->text)
                tom_path_add_quoted(&out, key->text);
            else
                prereq_buffer_addf(&out, "%lld", (long long)key->number);
        }
    }
    made = prereq_strdup(arena, out.text);
    prereq_buffer_free(&out);
    return made;
}

struct follow {
    struct prereq_arena *arena;
    const struct wql_query *query;
    const char *from; /* canonical */
    struct tom_result *result;
};

static const char *reference_at(struct follow *f, const struct tom_object *link, size_t i)
{
    const VARIANT *value = &link->values[i];

    if (link->class->properties[i].type != MOF_REFERENCE || V_VT(value) != VT_BSTR)
        return NULL;
    return tom_utf8(f->arena, V_BSTR(value));
}

static HRESULT add_far_end(struct follow *f, const char *path)
{
    struct tom_result one = {0};
    struct tom_object *object = NULL;
    HRESULT hr = tom_get(tom_wide(f->arena, path), &object);

    if (FAILED(hr))
        return hr == CODE(E_NOT_FOUND) ? S_OK : hr; /* a dangling reference shows nothing */
    if (f->query->result_class && !tom_class_isa(object->class, f->query->result_class)) {
        IWbemClassObject_Release(&object->IWbemClassObject_iface);
        return S_OK;
    }
    one.rows = &object;
    one.row_count = 1;
    return add_rows(f->result, &one);
}

static bool role_is(const char *role, const struct tom_property *property)
{
    return !role || prereq_equal_nocase(role, property->utf8);
}

static HRESULT follow_link(struct follow *f, struct tom_object *link)
{
    const struct tom_class *class = link->class;
    HRESULT hr = S_OK;
    size_t here;

    for (here = 0; here < class->property_count; here++) {
        const char *path = canonical(f->arena, reference_at(f, link, here));

        if (path && prereq_equal_nocase(path, f->from) &&
            role_is(f->query->role, &class->properties[here]))
            break;
    }
    if (here == class->property_count)
        return S_OK;
    if (f->query->statement == WQL_REFERENCES) {
        struct tom_result one = {.rows = &link, .row_count = 1};

        IWbemClassObject_AddRef(&link->IWbemClassObject_iface);
        return add_rows(f->result, &one);
    }
    for (size_t there = 0; SUCCEEDED(hr) && there < class->property_count; there++) {
        const char *path = there == here ? NULL : reference_at(f, link, there);

        if (path && role_is(f->query->result_role, &class->properties[there]))
            hr = add_far_end(f, path);
    }
    return hr;
}

static HRESULT follow_class(struct follow *f, const struct tom_class *class)
{
    const char *wanted =
        f->query->statement == WQL_REFERENCES ? f->query->result_class : f->query->assoc_class;
    struct tom_result links;
    HRESULT hr;

    if (!class->association || !class->provider || (wanted && !tom_class_isa(class, wanted)))
        return S_OK;
    hr = tom_enumerate(class, &links);
    for (size_t i = 0; SUCCEEDED(hr) && i < links.row_count; i++)
        hr = follow_link(f, links.rows[i]);
    tom_result_free(&links);
    return hr;
}

static HRESULT follow(struct prereq_arena *arena, const struct wql_query *query,
                      struct tom_result *result)
{
    struct follow f = {arena, query, NULL, result};
    struct tom_object *start = NULL;
    HRESULT hr = tom_get(tom_wide(arena, query->path), &start);

    if (FAILED(hr))
        return hr;
    f.from = canonical(arena, tom_object_relpath(arena, start));
    IWbemClassObject_Release(&start->IWbemClassObject_iface);
    if (!f.from)
        return CODE(E_INVALID_QUERY);
    for (struct tom_class *class = tom.schema.classes; class && SUCCEEDED(hr); class = class->next)
        hr = follow_class(&f, class);
    return hr;
}

HRESULT tom_query(const WCHAR *text, struct tom_result *result)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    const struct wql_query *query;
    char *utf8 = tom_utf8(arena, text);
    HRESULT hr = CODE(E_INVALID_QUERY);

    *result = (struct tom_result){0};
    if (utf8 && wql_parse(arena, utf8, &query, NULL) == PREREQ_OK)
        hr = query->statement == WQL_SELECT ? select_objects(query, result)
                                            : follow(arena, query, result);
    if (FAILED(hr))
        tom_result_free(result);
    result->status = hr;
    prereq_arena_free(arena);
    return hr;
}

/* ---- methods ---- */

/* WMI looks whether the instance is there before it calls a method of it. */
static HRESULT check_target(const struct tom_class *class, const struct tom_method *method,
                            const WCHAR *path, bool is_class)
{
    struct tom_object *object = NULL;
    HRESULT hr;

    (void)class;
    if (!method)
        return CODE(E_INVALID_METHOD);
    if (!method->implemented)
        return CODE(E_METHOD_NOT_IMPLEMENTED);
    if (is_class)
        return method->is_static ? S_OK : CODE(E_INVALID_OBJECT_PATH);
    if (method->is_static || method->bypass)
        return S_OK;
    hr = tom_get(path, &object);
    if (object)
        IWbemClassObject_Release(&object->IWbemClassObject_iface);
    return hr;
}

static HRESULT run_method(const struct tom_class *class, const WCHAR *path, const WCHAR *method,
                          IWbemClassObject *in, IWbemClassObject **out)
{
    struct tom_result result;
    struct tom_host *host;
    HRESULT hr = host_for(class, "__MethodProviderRegistration", NULL, &host);

    if (FAILED(hr))
        return hr;
    tom_host_call(host, TOM_METHOD, path, method, tom_object_from(in), &result);
    hr = result.status;
    if (SUCCEEDED(hr) && out && result.row_count > 0) {
        *out = &result.rows[0]->IWbemClassObject_iface;
        IWbemClassObject_AddRef(*out);
    }
    tom_result_free(&result);
    return hr;
}

HRESULT tom_exec_method(const WCHAR *path, const WCHAR *method, IWbemClassObject *in,
                        IWbemClassObject **out)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct tom_path parsed;
    const struct tom_class *class = NULL;
    char *utf8 = tom_utf8(arena, path);
    HRESULT hr = CODE(E_INVALID_OBJECT_PATH);

    if (utf8 && tom_path_parse(arena, utf8, &parsed)) {
        class = tom_class_find_utf8(&tom.schema, parsed.class_name);
        hr = class ? check_target(class, tom_class_method(class, method), path,
                                  parsed.key_count == 0 && !parsed.singleton)
                   : CODE(E_INVALID_CLASS);
    }
    if (SUCCEEDED(hr))
        hr = run_method(class, relative(arena, path, &parsed), method, in, out);
    prereq_arena_free(arena);
    return hr;
}
