/* SPDX-License-Identifier: MIT */
/* harness.h - for test programs: load a provider, call it as WMI would, count what it did wrong.
 *
 *     harness_open(L"provider.dll", "{CLSID}", "ProviderName", L"schema.mof");
 *     harness_enumerate(L"Some_Class", &result);
 *     ... result.status, result.rows, harness_text(result.rows[0], L"Id") ...
 *     tom_result_free(&result);
 *     harness_close();
 *     if (tom_violation_total()) puts(tom_violation_text());
 *
 * Knobs are fields of `tom` (tom.h): cancel_at, client, null_context, require_error_object,
 * fail_call_at, patience. */
#ifndef PREREQ_TESTS_TOM_HARNESS_H
#define PREREQ_TESTS_TOM_HARNESS_H

#include "tom.h"

struct harness {
    HMODULE dll;
    GUID clsid;
    IClassFactory *factory;
    struct tom_host host;
};

extern struct harness harness;

/* Load and initialise.  False: why is in `err`. */
bool harness_open(const WCHAR *dll, const char *clsid, const char *provider, const WCHAR *mof,
                  struct prereq_error *err);
/* Release everything, see that the DLL may be unloaded (DllCanUnloadNow), unload it. */
void harness_close(void);

void harness_enumerate(const WCHAR *class_name, struct tom_result *result);
void harness_get(const WCHAR *path, struct tom_result *result);
/* `in` NULL: no parameters. */
void harness_exec(const WCHAR *path, const WCHAR *method, struct tom_object *in,
                  struct tom_result *result);
/* The input parameters of a method, to be filled; NULL: it has none. */
struct tom_object *harness_parameters(const WCHAR *class_name, const WCHAR *method);
void harness_set_text(struct tom_object *object, const WCHAR *name, const WCHAR *text);
void harness_set_number(struct tom_object *object, const WCHAR *name, LONG number);
/* What a property prints as ("NULL" for no value); good until the next call. */
const char *harness_text(const struct tom_object *object, const WCHAR *name);
/* A property that must not be NULL.  False: there is none of that name. */
bool harness_never_null(const char *class_name, const char *property);

/* Start over: knobs as at first, violations forgotten. */
void harness_reset(void);

/* ---- rules that every provider of instances keeps; each breach is a violation ---- */

/* QueryInterface, aggregation, unknown CLSID, Initialize without namespace. */
void harness_check_com(void);
/* Unknown classes, other case, longer and shorter names; enumeration and each row by its path. */
void harness_check_class(const WCHAR *class_name);
/* Malformed paths, unknown keys, and a key that is not there (made from the first row's). */
void harness_check_paths(const WCHAR *class_name);
/* Refuse Indicate at each k; fail each back call in turn. */
void harness_check_refusals(const WCHAR *class_name);
void harness_check_memory(const WCHAR *class_name);

/* ---- COM memory (needs the variable OANOCACHE=1) ---- */

/* Watch CoTaskMem, BSTR and SAFEARRAY memory; writes to freed texts of WMI are noted. */
void spy_start(void);
void spy_stop(void);
LONG spy_live(void); /* blocks that are not freed, since the start */
/* The n-th allocation of a provider from now has no memory; 0: none.  Returns how many there were
 * since the last call. */
LONG spy_fail_at(LONG n);
/* The same for malloc(), calloc(), realloc() and HeapAlloc() that the DLL imports. */
bool spy_hook(HMODULE dll);

#endif
