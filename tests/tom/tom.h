/* SPDX-License-Identifier: MIT */
/* tom.h - the strict test object manager: its parts, for its own files and the harness.
 *
 * It stands between a provider and its clients as WMI does, and notes each move of the provider
 * that the contract forbids.  What a provider gets (namespace, classes, instances, sinks, texts,
 * context) is made for the one request and is strict; what clients get are copies, and lenient. */
#ifndef PREREQ_TESTS_TOM_H
#define PREREQ_TESTS_TOM_H

#define COBJMACROS
#include <windows.h>

#include <objbase.h>
#include <oleauto.h>
#include <wbemidl.h>

#include "mof/mof_parse.h"
#include "path.h"
#include "violations.h"
#include "wql.h"

/* mingw's codes are unsigned enumerators. */
#define CODE(name) ((HRESULT)WBEM_##name)

/* ---- schema ---- */

struct tom_property {
    const WCHAR *name;
    const char *utf8;
    enum mof_type type;
    bool is_array;
    bool key;
    bool never_null; /* set by tests */
    VARIANT initial;
};

struct tom_method {
    const WCHAR *name;
    bool is_static;
    bool implemented;
    bool bypass;                 /* Bypass_GetObject */
    const struct tom_class *in;  /* NULL: no inputs */
    const struct tom_class *out; /* NULL: void without outputs */
};

struct tom_class {
    struct tom_class *next;
    const WCHAR *name;
    const char *utf8;
    const struct tom_class *super;
    const char *provider; /* NULL: none */
    bool singleton;
    bool association;
    bool system; /* its own, not of the text */
    size_t property_count;
    struct tom_property *properties;
    size_t method_count;
    struct tom_method *methods;
};

struct tom_schema {
    struct prereq_arena *arena;
    const struct mof_item *items;
    struct tom_class *classes;
    const char *name_space; /* "root\Name", of the provider's instance */
};

enum prereq_status tom_schema_load(struct tom_schema *schema, const WCHAR *path,
                                   struct prereq_error *err);
void tom_schema_free(struct tom_schema *schema);
struct tom_class *tom_class_find(const struct tom_schema *schema, const WCHAR *name);
struct tom_class *tom_class_find_utf8(const struct tom_schema *schema, const char *name);
bool tom_class_isa(const struct tom_class *class, const char *ancestor);
struct tom_property *tom_class_property(const struct tom_class *class, const WCHAR *name);
const struct tom_method *tom_class_method(const struct tom_class *class, const WCHAR *name);
/* Whether the registration instances give this provider that switch ("SupportsGet"). */
bool tom_schema_supports(const struct tom_schema *schema, const char *registration,
                         const char *provider, const char *property);
/* The text without "\\.\" and with single separators of one kind. */
bool tom_same_namespace(const char *a, const char *b);

/* ---- texts and values ---- */

WCHAR *tom_wide(struct prereq_arena *arena, const char *utf8);
char *tom_utf8(struct prereq_arena *arena, const WCHAR *wide);
VARTYPE tom_vartype(enum mof_type type, bool is_array);
/* Note what is wrong with a value that a provider puts. */
void tom_value_check(const struct tom_class *class, const struct tom_property *property,
                     const VARIANT *value);
struct wql_value tom_value_wql(struct prereq_arena *arena, const VARIANT *value,
                               enum mof_type type);
/* As in "name = value" of MOF. */
void tom_value_print(struct prereq_buffer *out, const VARIANT *value, enum mof_type type);

/* ---- objects ---- */

struct tom_request;

struct tom_object {
    IWbemClassObject IWbemClassObject_iface;
    LONG refs;
    const struct tom_class *class;
    bool instance;
    bool strict;
    struct tom_object *next; /* in the request that made it */
    VARIANT *values;         /* of an instance */
    bool *shown;             /* of a SELECT with names; NULL: all */
    LONG enumeration;        /* flags, or -1: none begun */
    size_t at;
    size_t method_at;
};

extern IWbemClassObjectVtbl tom_object_vtbl;

/* One reference for the caller; a strict one has a second for the request.  NULL: no memory. */
struct tom_object *tom_object_new(const struct tom_class *class, bool instance, bool strict);
struct tom_object *tom_object_from(IWbemClassObject *iface); /* NULL: not one of ours */
/* A lenient copy of an instance. */
struct tom_object *tom_object_copy(const struct tom_object *object);
const VARIANT *tom_object_value(const struct tom_object *object, const WCHAR *name);
/* "Class.Key=value"; NULL when a key is missing. */
char *tom_object_relpath(struct prereq_arena *arena, const struct tom_object *object);
void tom_object_select(struct tom_object *object, const struct wql_name *names);
struct wql_object tom_object_wql(struct tom_object *object);
/* The parts of the vtable that object_enum.c has. */
HRESULT WINAPI tom_object_BeginEnumeration(IWbemClassObject *iface, LONG flags);
HRESULT WINAPI tom_object_Next(IWbemClassObject *iface, LONG flags, BSTR *name, VARIANT *value,
                               CIMTYPE *type, LONG *flavor);
HRESULT WINAPI tom_object_EndEnumeration(IWbemClassObject *iface);
HRESULT WINAPI tom_object_GetMethod(IWbemClassObject *iface, LPCWSTR name, LONG flags,
                                    IWbemClassObject **in, IWbemClassObject **out);
HRESULT WINAPI tom_object_BeginMethodEnumeration(IWbemClassObject *iface, LONG flags);
HRESULT WINAPI tom_object_NextMethod(IWbemClassObject *iface, LONG flags, BSTR *name,
                                     IWbemClassObject **in, IWbemClassObject **out);
HRESULT WINAPI tom_object_EndMethodEnumeration(IWbemClassObject *iface);
HRESULT WINAPI tom_object_GetObjectText(IWbemClassObject *iface, LONG flags, BSTR *text);
HRESULT WINAPI tom_object_GetNames(IWbemClassObject *iface, LPCWSTR qualifier, LONG flags,
                                   VARIANT *value, SAFEARRAY **names);
HRESULT tom_system_property(const struct tom_object *object, const WCHAR *name, VARIANT *value,
                            CIMTYPE *type);

/* ---- one request to a provider ---- */

enum tom_client { TOM_ADMINISTRATOR, TOM_USER, TOM_IDENTIFY, TOM_NOBODY };

struct tom_request {
    const char *what;
    IWbemContext *context; /* what the provider was given; NULL is allowed */
    struct tom_object *objects;
    struct tom_sink *sink;
    LONG fetches; /* GetObject calls of the provider */
    const struct tom_class *fetched[8];
    bool initializing;
    bool returned; /* the provider's method is back */
    LONG impersonating;
    LONG impersonations; /* how often in all */
    IServerSecurity security;
};

struct tom_request *tom_current(void);
void tom_set_current(struct tom_request *request);
/* Add a strict object to the request on this thread, or to what has none. */
void tom_adopt(struct tom_object *object);
/* What is left of a request's objects is leaked; forget them. */
void tom_request_end(struct tom_request *request);
/* The same for objects made outside of any request (events). */
void tom_loose_end(void);

struct tom_sink {
    IWbemObjectSink IWbemObjectSink_iface;
    LONG refs;
    struct tom_request *request; /* NULL: over; of events: always */
    bool events;
    const struct tom_class *class; /* what the rows must be; NULL: anything */
    HANDLE done;
    LONG statuses;
    HRESULT status;
    LONG indicates;
    HRESULT refused;   /* what Indicate answered when it failed */
    LONG cancel_at;    /* fail the n-th Indicate, from 1; 0: none */
    WCHAR *error_text; /* Description of the error object */
    struct tom_object **rows;
    size_t row_count;
    CRITICAL_SECTION lock;
};

struct tom_sink *tom_sink_new(struct tom_request *request);

/* Strings on pages of their own: reading on, writing and freeing are noted. */
BSTR tom_guard_new(const WCHAR *text);
void tom_guard_free(BSTR text, const char *what);

/* The client whose call it is, behind CoImpersonateClient. */
void tom_security_enter(struct tom_request *request, IUnknown **old);
void tom_security_leave(struct tom_request *request, IUnknown *old);

/* ---- provider host ---- */

struct tom_host {
    struct tom_host *next;
    const char *provider;
    IUnknown *object;
    IWbemServices *services;
    IWbemEventProvider *events;
    struct tom_sink *event_sink;
    IWbemServices *name_space; /* what the provider was given */
    HRESULT started;
};

IWbemServices *tom_namespace_new(struct tom_host *host);
LONG tom_namespace_refs(IWbemServices *name_space);

struct tom_result {
    HRESULT returned; /* by the method */
    HRESULT status;   /* what a client sees */
    struct tom_object **rows;
    size_t row_count;
    LONG indicates;
    LONG fetches;
    LONG impersonations;
    WCHAR error_text[512];
};

enum tom_call { TOM_ENUMERATE, TOM_GET, TOM_METHOD, TOM_QUERY };

/* `factory` NULL: by the CLSID of the provider's instance. */
HRESULT tom_host_start(struct tom_host *host, const char *provider, IClassFactory *factory);
void tom_host_stop(struct tom_host *host);
/* The host of a class's provider, started on first use. */
HRESULT tom_host_of(const struct tom_class *class, struct tom_host **out);
/* `text` is a class, a path or a query. */
void tom_host_call(struct tom_host *host, enum tom_call kind, const WCHAR *text,
                   const WCHAR *method, struct tom_object *in, struct tom_result *result);
HRESULT tom_host_events(struct tom_host *host, ULONG id, const WCHAR *query);
void tom_result_free(struct tom_result *result);

/* ---- clients ---- */

IWbemServices *tom_services_new(void);
/* Takes the references of the rows over. */
IEnumWbemClassObject *tom_enumerator_new(struct tom_object **rows, size_t count);
HRESULT tom_query(const WCHAR *text, struct tom_result *result);
HRESULT tom_get(const WCHAR *path, struct tom_object **object);
HRESULT tom_enumerate(const struct tom_class *class, struct tom_result *result);
HRESULT tom_exec_method(const WCHAR *path, const WCHAR *method, IWbemClassObject *in,
                        IWbemClassObject **out);

/* ---- the whole ---- */

/* Nothing but a fault takes so long, whatever else the machine does. */
#define TOM_PATIENCE 600000 /* milliseconds */

struct tom {
    struct tom_schema schema;
    struct tom_host *hosts;
    LONG cancel_at;         /* of the next requests */
    enum tom_client client; /* who calls */
    bool null_context;      /* call with pCtx NULL */
    bool require_error_object;
    LONG fail_call_at; /* the n-th back call has no memory, from 1; 0: none */
    LONG back_calls;   /* since it was set */
    DWORD patience;    /* milliseconds to wait for a status, or for the last thread to go */
    LONG live_objects;
    LONG live_sinks;
    bool started;
};

extern struct tom tom;

/* Read the MOF (NULL: from the variable TOM_MOF).  Once; later calls do nothing. */
enum prereq_status tom_start(const WCHAR *mof, struct prereq_error *err);
void tom_stop(void);
/* Whether this back call is the one that has no memory. */
bool tom_fails_now(void);

#endif
