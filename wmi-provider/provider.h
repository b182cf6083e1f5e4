/* SPDX-License-Identifier: MIT */
/* provider.h - the DLL's parts.
 *
 * The DLL is the thin edge: what a class, a row, a value, a path or a method is, native/wmi/wmi.h
 * says. Here are COM, the document's file, impersonation and the watching thread. */
#ifndef PREREQ_PROVIDER_H
#define PREREQ_PROVIDER_H

#define COBJMACROS
#include <windows.h>

#include <objbase.h>
#include <oleauto.h>
#include <wbemidl.h>

#include "seeded.h"
#include "wmi/wmi.h"

/* mingw's codes are unsigned enumerators. */
#define RESULT(name) ((HRESULT)WBEM_##name)

/* ---- main.c: what keeps the DLL loaded ---- */

extern const GUID provider_clsid;
void module_hold(void); /* an object, a lock of the factory, a thread */
void module_drop(void);

/* ---- provider.c: one object, four interfaces, one count ---- */

struct watcher;

struct provider {
    IWbemServices IWbemServices_iface;
    IWbemProviderInit IWbemProviderInit_iface;
    IWbemEventProvider IWbemEventProvider_iface;
    IWbemEventProviderQuerySink IWbemEventProviderQuerySink_iface;
    LONG refs;
    IWbemServices *name_space; /* from Initialize on, never changed */
    SRWLOCK lock;              /* of all below */
    IWbemObjectSink *events;
    ULONG *queries; /* that wait for events; a set */
    size_t query_count;
    struct watcher *watcher; /* NULL: nothing is watched */
};

HRESULT provider_new(REFIID riid, void **out);
HRESULT provider_query(struct provider *provider, REFIID riid, void **out);
ULONG provider_hold(struct provider *provider);
ULONG provider_drop(struct provider *provider);

extern IWbemServicesVtbl services_vtbl;    /* services.c */
extern IWbemEventProviderVtbl events_vtbl; /* events.c */
extern IWbemEventProviderQuerySinkVtbl queries_vtbl;
void events_end(struct provider *provider); /* nothing is watched or held any more */
extern IClassFactory class_factory;         /* factory.c */

/* The three members of every interface of the object. */
#define PROVIDER_UNKNOWN(prefix, interface)                                                        \
    static struct provider *prefix##_of(interface *iface)                                          \
    {                                                                                              \
        return CONTAINING_RECORD(iface, struct provider, interface##_iface);                       \
    }                                                                                              \
    static HRESULT WINAPI prefix##_QueryInterface(interface *iface, REFIID riid, void **out)       \
    {                                                                                              \
        return provider_query(prefix##_of(iface), riid, out);                                      \
    }                                                                                              \
    static ULONG WINAPI prefix##_AddRef(interface *iface)                                          \
    {                                                                                              \
        return provider_hold(prefix##_of(iface));                                                  \
    }                                                                                              \
    static ULONG WINAPI prefix##_Release(interface *iface)                                         \
    {                                                                                              \
        return provider_drop(prefix##_of(iface));                                                  \
    }

/* ---- request.c: a call of WMI while it is served ---- */

struct request {
    IWbemServices *name_space;
    IWbemContext *context; /* goes into every call back; NULL stays NULL */
    IWbemObjectSink *sink;
};

HRESULT request_code(enum prereq_wmi_result result);
/* The class, fetched once a request. */
HRESULT request_class(const struct request *request, const char *name, IWbemClassObject **out);
/* The one COMPLETE status, with `why` in an __ExtendedStatus where hr is a failure.  Returns what
 * the method returns. */
HRESULT request_end(const struct request *request, HRESULT hr, const char *why);

/* The requests themselves; they end through request_end(). */
HRESULT request_enumerate(const struct request *request, const WCHAR *class_name);
HRESULT request_get(const struct request *request, const WCHAR *path);
HRESULT request_method(const struct request *request, const WCHAR *path, const WCHAR *method,
                       IWbemClassObject *in);

/* ---- instance.c: a row as an object of WMI ---- */

struct maker { /* of instances of one class */
    IWbemClassObject *wmi_class;
    struct prereq_buffer scratch;
    size_t count;
    struct prereq_wmi_property properties[PREREQ_WMI_MAX_PROPERTIES];
    WCHAR names[PREREQ_WMI_MAX_PROPERTIES][PREREQ_FIELD_NAME];
};

/* On failure *maker is left alone. */
HRESULT maker_new(const struct request *request, const struct prereq_wmi_class *wmi_class,
                  struct maker **maker);
void maker_free(struct maker *maker); /* NULL is allowed */
HRESULT maker_make(struct maker *maker, const struct prereq_wmi_row *row, IWbemClassObject **out);

/* ---- text.c: values ---- */

struct prereq_time clock_now(void);
/* Of UTF-8; NULL: no memory. */
BSTR text_bstr(const char *text, size_t len);
HRESULT put_text(IWbemClassObject *object, const WCHAR *name, const char *text);
HRESULT put_bytes(IWbemClassObject *object, const WCHAR *name, const char *text, size_t len);
HRESULT put_number(IWbemClassObject *object, const WCHAR *name, uint32_t number);

/* ---- document.c: the newest usable document ---- */

#define PLACE_UNITS 1024

/* A file below %ProgramData%\PatchPrereq; "" is the folder.  False: there is no such place. */
bool place_of(const WCHAR *name, WCHAR path[PLACE_UNITS]);
/* Looks whether the file changed, reads it if so.  The caller drops the snapshot.  Fails for want
 * of memory alone: an unusable document is an answer. */
enum prereq_status document_now(struct prereq_wmi_snapshot **snapshot, struct prereq_error *err);
/* Nobody needs it for now. */
void document_forget(void);
/* Event 1201 in the Application log. */
void document_log_refused(const char *why);

/* ---- methods ---- */

struct call {
    const struct request *request;
    struct prereq_wmi_snapshot *snapshot;
    const struct prereq_wmi_row *row; /* NULL: of the class */
    IWbemClassObject *in;             /* may be NULL */
    IWbemClassObject *out;
    struct prereq_error *err;
};

HRESULT method_refresh(struct call *call);   /* refresh.c */
HRESULT method_get_facts(struct call *call); /* get_facts.c */
/* An in parameter; NULL, and no parameters at all, are "not known". */
HRESULT call_number(struct call *call, const WCHAR *name, struct prereq_number *number);
HRESULT call_fail(struct call *call, enum prereq_wmi_result result, const char *why);

/* ---- client.c: who calls ---- */

/* Act as the client, who is an administrator: on success client_leave() must follow.  On failure
 * nothing is to be undone. */
HRESULT client_enter(struct prereq_error *err);
void client_leave(void);

#endif
