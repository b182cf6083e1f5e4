/* SPDX-License-Identifier: MIT */
/* sample.h - the sample provider's parts, and the bugs that it can have: variable TOM_BUG names
 * one. */
#ifndef PREREQ_TESTS_TOM_SAMPLE_H
#define PREREQ_TESTS_TOM_SAMPLE_H

#define COBJMACROS
#include <windows.h>

#include <wbemidl.h>

#include "sample_bugs.h"

#define CODE(name) ((HRESULT)WBEM_##name)
#define THINGS 40

struct provider {
    IWbemServices IWbemServices_iface;
    IWbemProviderInit IWbemProviderInit_iface;
    IWbemEventProvider IWbemEventProvider_iface;
    IWbemEventProviderQuerySink IWbemEventProviderQuerySink_iface;
    LONG refs;
    IWbemServices *name_space;
    IWbemObjectSink *events;
};

extern LONG sample_objects; /* and locks of the server */
HRESULT sample_create(REFIID riid, void **out);

int sample_has(enum sample_bug bug);
HRESULT sample_put_text(IWbemClassObject *object, const WCHAR *name, const WCHAR *text);
HRESULT sample_put_number(IWbemClassObject *object, const WCHAR *name, LONG number);
HRESULT sample_get_class(struct provider *p, const WCHAR *name, IWbemContext *context,
                         IWbemClassObject **out);
/* The one COMPLETE status; what the method returns. */
HRESULT sample_finish(struct provider *p, IWbemContext *context, IWbemObjectSink *sink, HRESULT hr);
HRESULT sample_enumerate(struct provider *p, const WCHAR *name, IWbemContext *context,
                         IWbemObjectSink *sink);
HRESULT sample_get_thing(struct provider *p, const WCHAR *path, IWbemContext *context,
                         IWbemObjectSink *sink);
/* The key of a path; and the number of the thing that has it, or -1. */
HRESULT sample_parse(const WCHAR *path, WCHAR value[64]);
int sample_find(const WCHAR *id);
void sample_abuse_text(BSTR text);

#endif
