/* SPDX-License-Identifier: MIT */
/* try_sample.c - the sample provider obeys, and each bug that it can have is caught by name.
 *
 * try_sample SAMPLE.dll SAMPLE.mof; needs OANOCACHE=1 for the memory of strings. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "sample_bugs.h"

static const WCHAR thing[] = L"Sample_Thing";
static int failures;

static void check(bool good, const char *what, const char *more)
{
    if (good)
        return;
    failures++;
    printf("FAILED: %s %s\n", what, more);
}

/* ---- everything a provider is asked ---- */

static void methods(void)
{
    struct tom_object *in = harness_parameters(thing, L"Repeat");
    struct tom_result result;

    harness_exec(L"Sample_Thing", L"Count", NULL, &result);
    check(result.status == S_OK && result.row_count == 1, "Count", "");
    tom_result_free(&result);
    harness_set_text(in, L"Text", L"ab");
    harness_set_number(in, L"Times", 3);
    harness_exec(L"Sample_Thing.Id=\"plain\"", L"repeat", in, &result);
    check(result.status == S_OK && result.row_count == 1 &&
              strcmp(harness_text(result.rows[0], L"Result"), "\"ababab\"") == 0,
          "Repeat", "");
    tom_result_free(&result);
    harness_set_number(in, L"Times", 1000);
    harness_exec(L"Sample_Thing.Id=\"plain\"", L"Repeat", in, &result);
    check(result.row_count == 1 && strcmp(harness_text(result.rows[0], L"ReturnValue"), "1") == 0,
          "Repeat 1000 times", "");
    tom_result_free(&result);
    IWbemClassObject_Release(&in->IWbemClassObject_iface);
    harness_exec(L"Sample_Thing.Id=\"plain\"", L"Repeat", NULL, &result);
    check(result.status == CODE(E_INVALID_METHOD_PARAMETERS), "Repeat without parameters", "");
    tom_result_free(&result);
    harness_exec(L"Sample_Thing", L"Repeat", NULL, &result);
    check(result.status == CODE(E_INVALID_OBJECT_PATH), "Repeat of the class", "");
    tom_result_free(&result);
    harness_exec(L"Sample_Thing", L"Unknown", NULL, &result);
    check(result.status == CODE(E_INVALID_METHOD), "Unknown", "");
    tom_result_free(&result);
}

static void secret(enum tom_client client, HRESULT wanted, const char *who)
{
    struct tom_result result;

    tom.client = client;
    harness_exec(L"Sample_Thing", L"Secret", NULL, &result);
    if (result.status != wanted)
        tom_violate(TOM_WRONG_CODE, "Secret for %s: 0x%08x", who, (unsigned)result.status);
    if (FAILED(wanted) && result.row_count > 0)
        tom_violate(TOM_WRONG_CODE, "Secret tells %s", who);
    tom_result_free(&result);
    tom.client = TOM_ADMINISTRATOR;
}

static void memory(void)
{
    struct tom_result result;
    LONG before = spy_live();

    for (int i = 0; i < 20; i++) {
        harness_enumerate(thing, &result);
        tom_result_free(&result);
    }
    if (spy_live() != before)
        tom_violate(TOM_LEAKED_MEMORY, "%d blocks after 20 enumerations",
                    (int)(spy_live() - before));
}

static void events(void)
{
    check(tom_host_events(&harness.host, 1, L"SELECT * FROM Sample_Event") == S_OK, "events", "");
    check(tom_host_events(&harness.host, 1, L"SELECT * FROM Sample_Event") == S_OK, "events", "");
}

static void ask_everything(void)
{
    tom.require_error_object = true;
    harness_never_null("Sample_Thing", "State");
    harness_check_com();
    harness_check_class(thing);
    harness_check_class(L"Sample_Link");
    harness_check_paths(thing);
    methods();
    secret(TOM_ADMINISTRATOR, S_OK, "an administrator");
    secret(TOM_USER, CODE(E_ACCESS_DENIED), "a user");
    secret(TOM_IDENTIFY, CODE(E_ACCESS_DENIED), "identify level");
    secret(TOM_NOBODY, CODE(E_ACCESS_DENIED), "nobody");
    memory();
    events();
}

/* ---- bugs ---- */

static const struct {
    enum sample_bug bug;
    enum tom_violation violation; /* that must be among those noted */
} bites[] = {
    {WRONG_VARTYPE_BUG, TOM_WRONG_VARTYPE},
    {TYPE_ARGUMENT_BUG, TOM_TYPE_ARGUMENT},
    {UNDECLARED_BUG, TOM_UNDECLARED_PROPERTY},
    {BAD_BOOLEAN_BUG, TOM_BAD_BOOLEAN},
    {BAD_DATETIME_BUG, TOM_BAD_DATETIME},
    {NULL_BUG, TOM_NULL_IN_NEVER_NULL},
    {NO_REVERT_BUG, TOM_NOT_REVERTED},
    {LATE_REVERT_BUG, TOM_STATUS_WHILE_IMPERSONATING},
    {DOUBLE_STATUS_BUG, TOM_DOUBLE_STATUS},
    {NO_STATUS_BUG, TOM_NO_STATUS},
    {STATUS_AND_FAILURE_BUG, TOM_STATUS_AFTER_FAILURE},
    {LEAKED_ROW_BUG, TOM_LEAKED_ROW},
    {LEAKED_CLASS_BUG, TOM_LEAKED_CLASS},
    {OVER_RELEASE_BUG, TOM_OVER_RELEASED},
    {INDICATE_AFTER_COMPLETE_BUG, TOM_INDICATE_AFTER_COMPLETE},
    {IGNORED_REFUSAL_BUG, TOM_INDICATE_AFTER_REFUSAL},
    {LOST_REFUSAL_BUG, TOM_LOST_REFUSAL},
    {PREFIX_CLASS_BUG, TOM_WRONG_CODE},
    {CASE_CLASS_BUG, TOM_WRONG_CODE},
    {WRONG_NOT_FOUND_BUG, TOM_WRONG_CODE},
    {WRONG_INSTANCE_BUG, TOM_WRONG_INSTANCE},
    {SINK_BUG, TOM_LEAKED_SINK},
    {CONTEXT_BUG, TOM_WRONG_CONTEXT},
    {CONTEXT_LEAK_BUG, TOM_LEAKED_CONTEXT},
    {FETCH_EACH_ROW_BUG, TOM_CLASS_FETCHED_TWICE},
    {FREED_TEXT_BUG, TOM_TEXT_FREED},
    {CHANGED_TEXT_BUG, TOM_TEXT_CHANGED},
    {METHOD_ON_INSTANCE_BUG, TOM_METHOD_ON_INSTANCE},
    {BAD_ERROR_OBJECT_BUG, TOM_BAD_ERROR_OBJECT},
    {INITIALIZE_CALLS_BUG, TOM_CALL_IN_INITIALIZE},
    {NAMESPACE_LEAK_BUG, TOM_LEAKED_NAMESPACE},
    {EVENT_STATUS_BUG, TOM_STATUS_ON_EVENTS},
    {BSTR_LEAK_BUG, TOM_LEAKED_MEMORY},
    {DUPLICATE_KEY_BUG, TOM_DUPLICATE_KEY},
    {WRITE_BUG, TOM_WRITE_CALL},
    {ACCESS_BUG, TOM_WRONG_CODE},
};

static bool open_sample(const WCHAR *dll, const WCHAR *mof)
{
    struct prereq_error err;

    harness_reset();
    if (harness_open(dll, "{3C4B2E0A-6B0F-4C0E-9C39-2F1D5A7E9B11}", "TomSample", mof, &err))
        return true;
    printf("FAILED: %s\n", err.text);
    return false;
}

/* Of a bug only what it takes to see it: waiting for a status that never comes is slow. */
static void ask_for_bug(void)
{
    struct tom_result result;

    tom.patience = 100;
    tom.require_error_object = true;
    harness_never_null("Sample_Thing", "State");
    harness_enumerate(thing, &result);
    tom_result_free(&result);
    harness_enumerate(L"Sample_ThingX", &result);
    if (result.status != CODE(E_INVALID_CLASS))
        tom_violate(TOM_WRONG_CODE, "Sample_ThingX: 0x%08x", (unsigned)result.status);
    tom_result_free(&result);
    harness_enumerate(L"SAMPLE_THING", &result);
    if (result.status != S_OK)
        tom_violate(TOM_WRONG_CODE, "SAMPLE_THING: 0x%08x", (unsigned)result.status);
    tom_result_free(&result);
    harness_get(L"Sample_Thing.Id=\"none\"", &result);
    if (result.status != CODE(E_NOT_FOUND))
        tom_violate(TOM_WRONG_CODE, "none: 0x%08x", (unsigned)result.status);
    tom_result_free(&result);
    secret(TOM_ADMINISTRATOR, S_OK, "an administrator");
    secret(TOM_USER, CODE(E_ACCESS_DENIED), "a user");
}

static void try_bug(const WCHAR *dll, const WCHAR *mof, size_t i, const char *name)
{
    const char *wanted = tom_violation_name(bites[i].violation);
    WCHAR wide[64];

    swprintf(wide, 64, L"%hs", name);
    SetEnvironmentVariableW(L"TOM_BUG", wide);
    if (open_sample(dll, mof)) {
        ask_for_bug();
        if (bites[i].violation == TOM_WRONG_INSTANCE)
            harness_check_class(L"Sample_Thing");
        if (bites[i].bug == IGNORED_REFUSAL_BUG || bites[i].bug == LOST_REFUSAL_BUG)
            harness_check_refusals(thing);
        if (bites[i].bug == BSTR_LEAK_BUG)
            memory();
        if (bites[i].bug == EVENT_STATUS_BUG)
            events();
    }
    harness_close();
    SetEnvironmentVariableW(L"TOM_BUG", NULL);
    check(tom_violation_count(bites[i].violation) > 0, name, wanted);
    printf("%-28s %s (%u in all)\n", name, wanted, (unsigned)tom_violation_total());
    fflush(stdout);
}

int wmain(int argc, WCHAR **argv);
int wmain(int argc, WCHAR **argv)
{
    static const char *const names[] = {
#define X(name) #name,
        SAMPLE_BUGS(X)
#undef X
    };

    if (argc != 3)
        return 2;
    CoInitializeEx(NULL, COINIT_MULTITHREADED);
    spy_start();
    if (open_sample(argv[1], argv[2])) {
        ask_everything();
        harness_check_refusals(thing);
        spy_hook(harness.dll);
        harness_check_memory(thing);
    }
    harness_close();
    check(tom_violation_total() == 0, "the sample without bugs:\n", tom_violation_text());
    check(tom.live_objects == 0 && tom.live_sinks == 0, "objects or sinks are left", "");
    check(sizeof(bites) / sizeof(bites[0]) == SAMPLE_BUG_COUNT - 1, "a bug is not tried", "");
    for (size_t i = 0; i < sizeof(bites) / sizeof(bites[0]); i++)
        try_bug(argv[1], argv[2], i, names[bites[i].bug]);
    spy_stop();
    CoUninitialize();
    printf("%d failures\n", failures);
    return failures != 0;
}
