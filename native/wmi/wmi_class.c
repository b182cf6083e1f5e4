/* SPDX-License-Identifier: MIT */
/* wmi_class.c - the classes of the WMI provider: one table, from which rows, MOF and docs come. */
#include "documents/assess_shape.h"
#include "wmi/wmi.h"

#include <string.h>

/* ---- rows that only WMI has ---- */

#define R prereq_wmi_link
static const struct prereq_member link_members[] = {
    PREREQ_COL_REQ("patch", PREREQ_TEXT, R, patch, NULL, "Patch", 24, PREREQ_IN_WMI,
                   "the status of the patch that needs it"),
    PREREQ_COL_REQ("prerequisite", PREREQ_TEXT, R, prerequisite, NULL, "Prerequisite", 30,
                   PREREQ_IN_WMI, "what it needs"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape link_shape = {"patchPrerequisite",
                                               "Which prerequisites a patch on a target has.",
                                               sizeof(struct prereq_wmi_link), link_members, false};

#define R prereq_wmi_event
static const struct prereq_member event_members[] = {
    PREREQ_COL("hostName", PREREQ_TEXT, R, host_name, NULL, "Host", 20, PREREQ_IN_WMI,
               "the computer's name"),
    PREREQ_COL_REQ("patchStatusId", PREREQ_TEXT, R, patch_status_id, NULL, "Status", 24,
                   PREREQ_IN_WMI, "the status that changed: Id of PatchPrereq_PatchStatus"),
    PREREQ_COL_REQ("patchId", PREREQ_TEXT, R, patch_id, NULL, "Patch", 16, PREREQ_IN_WMI,
                   "id of the patch"),
    PREREQ_COL_REQ("oldState", PREREQ_STATE, R, old_state, prereq_state_names, "Old state", 15,
                   PREREQ_IN_WMI, "the verdict of the assessment before"),
    PREREQ_COL_REQ("newState", PREREQ_STATE, R, new_state, prereq_state_names, "New state", 15,
                   PREREQ_IN_WMI, "the verdict of the newest assessment"),
    PREREQ_COL("reasonCode", PREREQ_TEXT, R, reason_code, NULL, "Reason code", 22, PREREQ_IN_WMI,
               "of the new state, one of docs/reasons.md"),
    PREREQ_COL("reason", PREREQ_TEXT, R, reason, NULL, "Reason", 60, PREREQ_IN_WMI,
               "the new state in one sentence"),
    PREREQ_COL("time", PREREQ_TIME, R, time, NULL, "Time", 18, PREREQ_IN_WMI,
               "when the newest assessment was judged"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape event_shape = {
    "stateChangeEvent", "The state of one patch on one target became another one.",
    sizeof(struct prereq_wmi_event), event_members, false};

/* ---- methods ---- */

static const struct prereq_wmi_parameter refresh_parameters[] = {
    {"WaitSeconds", PREREQ_WMI_UINT32, false,
     "how long to wait for the new assessment; above 60 is 60, NULL is 0"},
    {"LastEvaluated", PREREQ_WMI_DATETIME, true,
     "of the assessment that is there when the call returns; NULL without one"},
};
static const struct prereq_wmi_return refresh_returns[] = {
    {PREREQ_WMI_REFRESH_DONE, "Done or started"},
    {PREREQ_WMI_REFRESH_NOT_SUPPORTED, "Not supported"},
    {PREREQ_WMI_REFRESH_TASK_MISSING, "Task missing"},
    {PREREQ_WMI_REFRESH_FAILED, "Failed"},
};

static const struct prereq_wmi_parameter facts_parameters[] = {
    {"Offset", PREREQ_WMI_UINT32, false,
     "where to go on: 0, then NextOffset of the call before; NULL is 0"},
    {"Json", PREREQ_WMI_STRING, true, "at most 100000 UTF-16 units of the facts document"},
    {"NextOffset", PREREQ_WMI_UINT32, true, "Offset of the next call; TotalChars after the last"},
    {"TotalChars", PREREQ_WMI_UINT32, true, "UTF-16 units of the whole document"},
    {"Sha256", PREREQ_WMI_STRING, true,
     "SHA-256 of the file; another one than before means that it was replaced: begin anew"},
};
static const struct prereq_wmi_return facts_returns[] = {
    {PREREQ_WMI_FACTS_DONE, "Done"},
    {PREREQ_WMI_FACTS_MISSING, "No facts document"},
    {PREREQ_WMI_FACTS_UNREADABLE, "Facts document unreadable"},
};

static const struct prereq_wmi_parameter plan_parameters[] = {
    {"PlanHash", PREREQ_WMI_STRING, true, "hash of the plan; equal hosts share it"},
    {"Steps", PREREQ_WMI_UINT32, true, "how many steps it has"},
    {"Restarts", PREREQ_WMI_UINT32, true, "how many of them are restarts"},
    {"Text", PREREQ_WMI_STRING, true, "the plan for reading, or why there is none"},
    {"Json", PREREQ_WMI_STRING, true, "the plan as a document, format patchprereq-plan"},
};
static const struct prereq_wmi_return plan_returns[] = {
    {PREREQ_WMI_PLAN_MADE, "Planned or nothing to do"},
    {PREREQ_WMI_PLAN_REFUSED, "Refused, facts are needed"},
    {PREREQ_WMI_PLAN_CYCLE, "Prerequisites form a cycle"},
    {PREREQ_WMI_PLAN_NOT_HELD, "No plan in the assessment"},
};

#define PARAMETERS(name) name##_parameters, PREREQ_COUNT(name##_parameters)
#define RETURNS(name) name##_returns, PREREQ_COUNT(name##_returns)

static const struct prereq_wmi_method summary_methods[] = {
    {"Refresh",
     "Asks the task scheduler to collect and assess this host now, through the task "
     "\\PatchPrereq\\Refresh. Needs Administrators.",
     true, true, PARAMETERS(refresh), RETURNS(refresh)},
    {"GetFacts",
     "Gives the facts document of this host, piece by piece. Needs Administrators, because facts "
     "can hold user names.",
     true, true, PARAMETERS(facts), RETURNS(facts)},
};
static const struct prereq_wmi_method status_methods[] = {
    {"GetPlan", "Gives the steps that make this status sound, as the assessment holds them.", false,
     false, PARAMETERS(plan), RETURNS(plan)},
};

/* ---- classes ---- */

#define METHODS(list) list, PREREQ_COUNT(list)
#define NO_METHODS NULL, 0

static const struct prereq_wmi_class classes[PREREQ_WMI_CLASSES] = {
    {PREREQ_WMI_SUMMARY,
     PREREQ_WMI_SINGLETON,
     "PatchPrereq_Summary",
     "Figures of this host; answers even where there is no usable assessment, and says why.",
     &prereq_summary_shape,
     {NULL, NULL},
     0,
     METHODS(summary_methods)},
    {PREREQ_WMI_PATCH_STATUS,
     PREREQ_WMI_KEYED,
     "PatchPrereq_PatchStatus",
     "One patch on one target: its state, why, and since when. Every patch of the catalog is "
     "listed, in every state.",
     &prereq_status_shape,
     {"Id", NULL},
     1,
     METHODS(status_methods)},
    {PREREQ_WMI_PREREQUISITE_STATUS,
     PREREQ_WMI_KEYED,
     "PatchPrereq_PrerequisiteStatus",
     "One alternative of one prerequisite group of a patch on a target.",
     &prereq_prerequisite_shape,
     {"Id", NULL},
     1,
     NO_METHODS},
    {PREREQ_WMI_COMPONENT_STATUS,
     PREREQ_WMI_KEYED,
     "PatchPrereq_ComponentStatus",
     "One file of a patch, or of a baseline that it needs, on a target.",
     &prereq_component_shape,
     {"Id", NULL},
     1,
     NO_METHODS},
    {PREREQ_WMI_PENDING_RESTART,
     PREREQ_WMI_KEYED,
     "PatchPrereq_PendingRestart",
     "One source of pending restarts; every known source has a row.",
     &prereq_restart_shape,
     {"Source", NULL},
     1,
     NO_METHODS},
    {PREREQ_WMI_PLAN_STEP,
     PREREQ_WMI_KEYED,
     "PatchPrereq_PlanStep",
     "One step of a plan that the assessment holds.",
     &prereq_step_shape,
     {"Id", NULL},
     1,
     NO_METHODS},
    {PREREQ_WMI_PATCH_PREREQUISITE,
     PREREQ_WMI_ASSOCIATION,
     "PatchPrereq_PatchPrerequisite",
     "Which prerequisites a patch on a target has.",
     &link_shape,
     {"Patch", "Prerequisite"},
     2,
     NO_METHODS},
    {PREREQ_WMI_STATE_CHANGE_EVENT,
     PREREQ_WMI_EVENT,
     "PatchPrereq_StateChangeEvent",
     "The state of one patch on one target became another one.",
     &event_shape,
     {NULL, NULL},
     0,
     NO_METHODS},
};

const struct prereq_wmi_class *prereq_wmi_class(enum prereq_wmi_class_id id)
{
    return &classes[id];
}

const struct prereq_wmi_class *prereq_wmi_class_find(const char *name)
{
    for (size_t i = 0; i < PREREQ_WMI_CLASSES; i++) {
        if (prereq_equal_nocase(classes[i].name, name))
            return &classes[i];
    }
    return NULL;
}

const struct prereq_wmi_method *prereq_wmi_method_find(const struct prereq_wmi_class *wmi_class,
                                                       const char *name)
{
    for (size_t i = 0; i < wmi_class->method_count; i++) {
        if (prereq_equal_nocase(wmi_class->methods[i].name, name))
            return &wmi_class->methods[i];
    }
    return NULL;
}

/* ---- properties ---- */

const char *prereq_wmi_type_name(enum prereq_wmi_type type)
{
    static const char *const names[] = {"",       "string",   "boolean", "uint32",
                                        "real64", "datetime", "ref"};

    return names[type];
}

static enum prereq_wmi_type type_of(struct prereq_field field)
{
    const struct prereq_member *member = field.member;

    switch (member->type) {
    case PREREQ_FLAG:
        return PREREQ_WMI_BOOLEAN;
    case PREREQ_UINT:
        return member->rule == PREREQ_TENTHS ? PREREQ_WMI_REAL64 : PREREQ_WMI_UINT32;
    case PREREQ_TIME:
    case PREREQ_DATE:
        return PREREQ_WMI_DATETIME;
    case PREREQ_STATE:
        return field.word ? PREREQ_WMI_STRING : PREREQ_WMI_UINT32;
    case PREREQ_TEXT:
    case PREREQ_VERSION:
    case PREREQ_ENUM:
    case PREREQ_TEXTS:
    case PREREQ_ENUMS:
    case PREREQ_UINTS:
    case PREREQ_VERSIONS:
    case PREREQ_OBJECT:
    case PREREQ_OBJECTS:
    case PREREQ_TABLE:
        break; /* no arrays: what has several values is one text */
    }
    return PREREQ_WMI_STRING;
}

static void describe(const struct prereq_wmi_class *wmi_class, struct prereq_field field,
                     struct prereq_wmi_property *property)
{
    static const enum prereq_wmi_class_id ends[] = {PREREQ_WMI_PATCH_STATUS,
                                                    PREREQ_WMI_PREREQUISITE_STATUS};

    *property = (struct prereq_wmi_property){
        .type = type_of(field), .never_null = field.member->required, .field = field};
    prereq_field_name(field, property->name);
    for (size_t i = 0; i < wmi_class->key_count; i++) {
        if (strcmp(property->name, wmi_class->keys[i]) != 0)
            continue;
        property->key = true;
        if (wmi_class->kind != PREREQ_WMI_ASSOCIATION)
            continue;
        property->type = PREREQ_WMI_REF;
        property->refers = prereq_wmi_class(ends[i]);
    }
}

size_t prereq_wmi_properties(const struct prereq_wmi_class *wmi_class,
                             struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES])
{
    struct prereq_field fields[PREREQ_WMI_MAX_PROPERTIES] = {{NULL, false}};
    size_t count =
        prereq_fields(wmi_class->shape, PREREQ_IN_WMI, fields, PREREQ_WMI_MAX_PROPERTIES);

    if (count > PREREQ_WMI_MAX_PROPERTIES)
        count = PREREQ_WMI_MAX_PROPERTIES; /* a test has every property, so this cannot be */
    for (size_t i = 0; i < count; i++)
        describe(wmi_class, fields[i], &list[i]);
    return count;
}

/* ---- results ---- */

const struct prereq_wmi_result_info *prereq_wmi_result_info(enum prereq_wmi_result result)
{
    static const struct prereq_wmi_result_info infos[PREREQ_WMI_RESULTS] = {
        [PREREQ_WMI_OK] = {0, "WBEM_S_NO_ERROR", "done"},
        [PREREQ_WMI_NOT_FOUND] = {0x80041002, "WBEM_E_NOT_FOUND",
                                  "the path is right, and no row has this key"},
        [PREREQ_WMI_INVALID_CLASS] = {0x80041010, "WBEM_E_INVALID_CLASS",
                                      "the class is not one of these, or has no instances"},
        [PREREQ_WMI_INVALID_PATH] = {0x8004103A, "WBEM_E_INVALID_OBJECT_PATH",
                                     "the path is malformed, or does not name an instance by the "
                                     "keys of its class"},
        [PREREQ_WMI_INVALID_METHOD] = {0x8004102E, "WBEM_E_INVALID_METHOD",
                                       "the class has no such method"},
        [PREREQ_WMI_INVALID_PARAMETERS] = {0x8004102F, "WBEM_E_INVALID_METHOD_PARAMETERS",
                                           "a parameter has a wrong type or value"},
        [PREREQ_WMI_ACCESS_DENIED] = {0x80041003, "WBEM_E_ACCESS_DENIED",
                                      "the method needs Administrators"},
        [PREREQ_WMI_NOT_EVALUATED] = {0x80041009, "WBEM_E_NOT_AVAILABLE",
                                      "there is no usable assessment; the text names the remedy"},
        [PREREQ_WMI_NO_MEMORY] = {0x80041006, "WBEM_E_OUT_OF_MEMORY", "not enough memory"},
        [PREREQ_WMI_FAILED] = {0x80041001, "WBEM_E_FAILED", "anything else; the text says what"},
    };

    return &infos[result];
}
