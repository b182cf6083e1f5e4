/* SPDX-License-Identifier: MIT */
/* test_provider_seeded.c - each fault that is put into the DLL on purpose is caught by name. */
#include "provider_fixture.h"

#include "../../wmi-provider/seeded.h"

static struct fault {
    const char *name;
    enum seeded_bug bug;
    enum tom_violation violation;
} faults[] = {
    {"no fault", BUG_NONE, TOM_VIOLATION_COUNT},
    {"wrong VARTYPE", BUG_WRONG_VARTYPE, TOM_WRONG_VARTYPE},
    {"type argument", BUG_TYPE_ARGUMENT, TOM_TYPE_ARGUMENT},
    {"no revert", BUG_NO_REVERT, TOM_NOT_REVERTED},
    {"double status", BUG_DOUBLE_STATUS, TOM_DOUBLE_STATUS},
    {"no status", BUG_NO_STATUS, TOM_NO_STATUS},
    {"leaked row", BUG_LEAKED_ROW, TOM_LEAKED_ROW},
    {"leaked class", BUG_LEAKED_CLASS, TOM_LEAKED_CLASS},
    {"Indicate after complete", BUG_INDICATE_AFTER_COMPLETE, TOM_INDICATE_AFTER_COMPLETE},
    {"class by its beginning", BUG_PREFIX_CLASS, TOM_WRONG_CODE},
    {"wrong code for a missing key", BUG_WRONG_NOT_FOUND, TOM_WRONG_CODE},
    {"unbalanced sink", BUG_UNBALANCED_SINK, TOM_LEAKED_SINK},
    {"context lost", BUG_LOST_CONTEXT, TOM_WRONG_CONTEXT},
    {"refusal lost", BUG_LOST_REFUSAL, TOM_LOST_REFUSAL},
    {"leaked string", BUG_LEAKED_STRING, TOM_LEAKED_MEMORY},
    {"no access check", BUG_NO_ACCESS_CHECK, TOM_WRONG_CODE},
    {"empty without a document", BUG_EMPTY_WITHOUT_DOCUMENT, TOM_WRONG_CODE},
    {"status on events", BUG_STATUS_ON_EVENTS, TOM_STATUS_ON_EVENTS},
    {"no trust", BUG_NO_TRUST, TOM_WRONG_CODE},
};

static void expect(const char *what, HRESULT wanted, struct tom_result *result)
{
    if (result->status != wanted)
        tom_violate(TOM_WRONG_CODE, "%s: 0x%08x", what, (unsigned)result->status);
    tom_result_free(result);
}

static void ask_without_document(void)
{
    struct tom_result result;

    harness_enumerate(L"PatchPrereq_PatchStatus", &result);
    expect("without a document", CODE(E_NOT_AVAILABLE), &result);
    forget_owners();
    write_host(0);
    harness_enumerate(L"PatchPrereq_PatchStatus", &result);
    expect("an untrusted document", CODE(E_NOT_AVAILABLE), &result);
    trust_owner_of_files();
}

static void ask_everything(void)
{
    struct tom_result result;
    LONG before;

    harness_enumerate(L"PatchPrereq_PatchStatus", &result);
    expect("enumeration", S_OK, &result);
    before = spy_live();
    harness_enumerate(L"PatchPrereq_PatchStatus", &result);
    expect("enumeration", S_OK, &result);
    if (spy_live() != before)
        tom_violate(TOM_LEAKED_MEMORY, "%d blocks", (int)(spy_live() - before));
    harness_enumerate(L"PatchPrereq_PatchStatusX", &result);
    expect("another class", CODE(E_INVALID_CLASS), &result);
    harness_get(L"PatchPrereq_PatchStatus.Id=\"none\"", &result);
    expect("another key", CODE(E_NOT_FOUND), &result);
    harness_exec(L"PatchPrereq_Summary", L"GetFacts", NULL, &result);
    expect("GetFacts", S_OK, &result);
    tom.client = TOM_USER;
    harness_exec(L"PatchPrereq_Summary", L"GetFacts", NULL, &result);
    expect("GetFacts of a user", CODE(E_ACCESS_DENIED), &result);
    tom.client = TOM_ADMINISTRATOR;
    tom.cancel_at = 1;
    harness_enumerate(L"PatchPrereq_PatchStatus", &result);
    expect("a refused batch", CODE(E_CALL_CANCELLED), &result);
    tom.cancel_at = 0;
}

static void ask_for_events(void)
{
    struct wmi_host host;

    (void)tom_host_events(&harness.host, 1, L"SELECT * FROM PatchPrereq_StateChangeEvent");
    wmi_host_init(&host);
    host.statuses[2].state = PREREQ_STATE_COMPLIANT;
    write_assessment(L"assessment.json", &host.assessment);
    while (harness.host.event_sink->row_count == 0)
        Sleep(10);
    Sleep(100);
}

static void check_fault(void **state)
{
    const struct fault *fault = *state;
    bool asks = fault->bug == BUG_STATUS_ON_EVENTS || fault->bug == BUG_NONE;
    WCHAR number[8];

    (void)swprintf(number, 8, L"%d", (int)fault->bug);
    SetEnvironmentVariableW(L"PREREQ_BUG", number);
    forget_data();
    trust_owner_of_files();
    open_dll(WIDE(TEST_SEEDED_DLL));
    if (!asks)
        tom.patience = 50; /* waiting for what never comes is slow */
    ask_without_document();
    write_host(0);
    write_data(L"facts.json", "{}", 2);
    ask_everything();
    if (asks)
        ask_for_events();
    harness_close();
    SetEnvironmentVariableW(L"PREREQ_BUG", NULL);
    if (fault->bug == BUG_NONE && tom_violation_total() > 0)
        fail_msg("%s", tom_violation_text());
    if (fault->bug != BUG_NONE && tom_violation_count(fault->violation) == 0)
        fail_msg("%s was not noted, but:\n%s", tom_violation_name(fault->violation),
                 tom_violation_text());
}

int main(void)
{
    int failed;

    _Static_assert(PREREQ_COUNT(faults) == BUGS, "a fault is not tried");
    if (make_place(NULL))
        return 2;
    spy_start();
    failed = RUN_TABLE(faults, check_fault);
    spy_stop();
    (void)remove_place(NULL);
    return failed;
}
