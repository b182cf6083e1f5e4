/* SPDX-License-Identifier: MIT */
/* test_wmi_class.c - the classes are a promise: names, order, types, keys, methods. */
#include <string.h>

#include "table.h"
#include "wmi/wmi.h"

/* s string, b boolean, u uint32, r real64, d datetime, & reference; * key; ! never NULL. */
static struct promise {
    const char *name;
    enum prereq_wmi_class_kind kind;
    const char *properties;
    const char *methods;
} promises[] = {
    {"PatchPrereq_Summary", PREREQ_WMI_SINGLETON,
     "HostId:s HostName:s Evaluated:b! ReasonCode:s Reason:s LastEvaluated:d "
     "EvaluationAgeSeconds:u Stale:b FactsTime:d CatalogId:s CatalogVersion:s CatalogReleased:d "
     "CatalogSha256:s ProductVersion:s WorstState:u WorstStateName:s CompliancePercent:r "
     "ComplianceOfKnown:r RequiredCount:u CompliantCount:u SupersededCount:u ReadyCount:u "
     "BlockedCount:u "
     "OutOfOrderCount:u RegressedCount:u PendingRestartCount:u UnknownCount:u RecordedOnlyCount:u "
     "NotApplicableCount:u WaivedCount:u OverdueCount:u WaiversExpired:u RestartPending:b "
     "RestartPendingSince:d RestartPendingAgeSeconds:u OldestOpenAgeDays:u PlanSteps:u "
     "PlanRestarts:u PlanHash:s CollectorErrors:u",
     "static Refresh(in WaitSeconds:u, out LastEvaluated:d) "
     "static GetFacts(in Offset:u, out Json:s, out NextOffset:u, out TotalChars:u, out Sha256:s)"},
    {"PatchPrereq_PatchStatus", PREREQ_WMI_KEYED,
     "Id:s*! PatchId:s! Target:s! Title:s ProductId:s Product:s Severity:s Released:d Required:b! "
     "Actionable:b State:u! StateName:s! ReasonCode:s Reason:s Expected:s Found:s Evidence:s "
     "RecordedBy:s InstalledOn:d SupersededBy:s BlockedBy:s Warnings:s RestartRequired:s "
     "OpenSince:d LastChanged:d AgeDays:u! SlaDays:u DueDate:d OverdueDays:u Waived:b! WaiverId:s "
     "WaiverExpires:d Source:s",
     "GetPlan(out PlanHash:s, out Steps:u, out Restarts:u, out Text:s, out Json:s)"},
    {"PatchPrereq_PrerequisiteStatus", PREREQ_WMI_KEYED,
     "Id:s*! PatchStatusId:s! PatchId:s! Target:s! GroupNo:u! AlternativeNo:u! Requires:s Kind:s "
     "Holds:s Satisfied:u! SatisfiedName:s! Expected:s Found:s Reason:s Source:s",
     ""},
    {"PatchPrereq_ComponentStatus", PREREQ_WMI_KEYED,
     "Id:s*! PatchStatusId:s! PatchId:s! Target:s! Role:s! BaselineId:s Path:s! Expected:s "
     "ExpectedVersion:s Found:s FoundVersion:s Result:u! ResultName:s! Company:s "
     "OriginalFilename:s LastWrite:d PendingReplace:b",
     ""},
    {"PatchPrereq_PendingRestart", PREREQ_WMI_KEYED,
     "Source:s*! Pending:u! PendingName:s! Since:d AgeSeconds:u Detail:s Blocking:b", ""},
    {"PatchPrereq_PlanStep", PREREQ_WMI_KEYED,
     "Id:s*! Goal:s! StepNo:u! Action:s! PatchId:s Target:s! Reason:s Command:s "
     "WorkingDirectory:s Needs:s Reversible:b PlanHash:s",
     ""},
    {"PatchPrereq_PatchPrerequisite", PREREQ_WMI_ASSOCIATION,
     "Patch:&PatchPrereq_PatchStatus*! Prerequisite:&PatchPrereq_PrerequisiteStatus*!", ""},
    {"PatchPrereq_StateChangeEvent", PREREQ_WMI_EVENT,
     "HostName:s PatchStatusId:s! PatchId:s! OldState:u! OldStateName:s! NewState:u! "
     "NewStateName:s! ReasonCode:s Reason:s Time:d",
     ""},
};

static char letter(enum prereq_wmi_type type)
{
    return " sburd&"[type];
}

static void add_properties(const struct prereq_wmi_class *wmi_class, struct prereq_buffer *out)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(wmi_class, list);

    assert_true(count <= PREREQ_WMI_MAX_PROPERTIES);
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(out, "%s%s:%c%s%s%s", i ? " " : "", list[i].name, letter(list[i].type),
                           list[i].refers ? list[i].refers->name : "", list[i].key ? "*" : "",
                           list[i].never_null ? "!" : "");
}

static void add_methods(const struct prereq_wmi_class *wmi_class, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "");
    for (size_t i = 0; i < wmi_class->method_count; i++) {
        const struct prereq_wmi_method *method = &wmi_class->methods[i];

        prereq_buffer_addf(out, "%s%s%s(", i ? " " : "", method->is_static ? "static " : "",
                           method->name);
        for (size_t k = 0; k < method->parameter_count; k++) {
            const struct prereq_wmi_parameter *parameter = &method->parameters[k];

            prereq_buffer_addf(out, "%s%s %s:%c", k ? ", " : "", parameter->out ? "out" : "in",
                               parameter->name, letter(parameter->type));
        }
        prereq_buffer_add(out, ")");
        for (size_t k = 0; k < method->return_count; k++)
            assert_int_equal(method->returns[k].value, k);
    }
}

static void check_promise(void **state)
{
    const struct promise *promise = *state;
    const struct prereq_wmi_class *wmi_class = prereq_wmi_class_find(promise->name);
    struct prereq_buffer text = {0};

    assert_non_null(wmi_class);
    assert_string_equal(wmi_class->name, promise->name);
    assert_int_equal(wmi_class->kind, promise->kind);
    assert_ptr_equal(wmi_class, prereq_wmi_class(wmi_class->id));
    add_properties(wmi_class, &text);
    assert_string_equal(text.text, promise->properties);
    text.len = 0;
    add_methods(wmi_class, &text);
    assert_string_equal(text.text, promise->methods);
    prereq_buffer_free(&text);
}

static void every_class_is_promised(void **state)
{
    (void)state;
    assert_int_equal(PREREQ_COUNT(promises), PREREQ_WMI_CLASSES);
}

static void names_are_compared_whole_and_without_case(void **state)
{
    (void)state;
    assert_non_null(prereq_wmi_class_find("patchprereq_SUMMARY"));
    assert_null(prereq_wmi_class_find("PatchPrereq_Summar"));
    assert_null(prereq_wmi_class_find("PatchPrereq_SummaryX"));
    assert_null(prereq_wmi_class_find(""));
    assert_non_null(prereq_wmi_method_find(prereq_wmi_class(PREREQ_WMI_PATCH_STATUS), "getPLAN"));
    assert_null(prereq_wmi_method_find(prereq_wmi_class(PREREQ_WMI_PATCH_STATUS), "Refresh"));
}

static void check_text(const char *text)
{
    assert_non_null(text);
    assert_true(strlen(text) > 1);
    for (; *text; text++)
        assert_true((unsigned char)*text >= 0x20 && (unsigned char)*text < 0x7f);
}

/* MOF is ASCII, and what has no description is not shipped. */
static void texts_are_there_and_ascii(void **state)
{
    (void)state;
    for (int id = 0; id < PREREQ_WMI_CLASSES; id++) {
        const struct prereq_wmi_class *wmi_class = prereq_wmi_class((enum prereq_wmi_class_id)id);
        struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
        size_t count = prereq_wmi_properties(wmi_class, list);

        check_text(wmi_class->about);
        for (size_t i = 0; i < count; i++)
            check_text(list[i].field.member->about);
        for (size_t i = 0; i < wmi_class->method_count; i++) {
            check_text(wmi_class->methods[i].about);
            for (size_t k = 0; k < wmi_class->methods[i].parameter_count; k++)
                check_text(wmi_class->methods[i].parameters[k].about);
        }
    }
}

static void results_have_their_codes(void **state)
{
    static const uint32_t codes[PREREQ_WMI_RESULTS] = {
        0,          0x80041002, 0x80041010, 0x8004103A, 0x8004102E,
        0x8004102F, 0x80041003, 0x80041009, 0x80041006, 0x80041001};

    (void)state;
    for (int i = 0; i < PREREQ_WMI_RESULTS; i++)
        assert_int_equal(prereq_wmi_result_info((enum prereq_wmi_result)i)->code, codes[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_is_promised),
        cmocka_unit_test(names_are_compared_whole_and_without_case),
        cmocka_unit_test(texts_are_there_and_ascii),
        cmocka_unit_test(results_have_their_codes),
    };
    int failed = RUN_TABLE(promises, check_promise);

    failed |= RUN_TESTS(tests);
    return failed;
}
