/* SPDX-License-Identifier: MIT */
/* assess_document.c - assessment and plan documents as a whole: their top members, reading,
 * writing. */
#include "documents/assess_shape.h"

#include <string.h>

/* ---- the host ---- */

#define R prereq_host_row
static const struct prereq_member host_members[] = {
    PREREQ_COL_ID("hostId", R, host_id, true, "Host id", 24, PREREQ_IN_DATA,
                  "given by the site, else machine GUID, else name with domain, else name"),
    PREREQ_COL_REQ("hostName", PREREQ_TEXT, R, host_name, NULL, "Host", 20, PREREQ_IN_ALL,
                   "the computer's name"),
    PREREQ_COL("domain", PREREQ_TEXT, R, domain, NULL, "Domain", 20, PREREQ_IN_CSV,
               "its DNS domain, else domain or workgroup"),
    PREREQ_COL("group", PREREQ_TEXT, R, group, NULL, "Group", 16, PREREQ_IN_TABLES,
               "from the scope file; policy and waivers go by it"),
    PREREQ_COL("site", PREREQ_TEXT, R, site, NULL, "Site", 14, PREREQ_IN_TABLES,
               "from the scope file"),
    PREREQ_COL("owner", PREREQ_TEXT, R, owner, NULL, "Owner", 16, PREREQ_IN_TABLES,
               "from the scope file"),
    PREREQ_COL("reportedGroup", PREREQ_TEXT, R, reported_group, NULL, "Reported group", 16,
               PREREQ_IN_CSV, "as the host says; never judged by"),
    PREREQ_COL("reportedSite", PREREQ_TEXT, R, reported_site, NULL, "Reported site", 14,
               PREREQ_IN_CSV, "as the host says; never judged by"),
    PREREQ_COL("reportedOwner", PREREQ_TEXT, R, reported_owner, NULL, "Reported owner", 16,
               PREREQ_IN_CSV, "as the host says; never judged by"),
    PREREQ_COL("inScope", PREREQ_FLAG, R, in_scope, NULL, "In scope", 9, PREREQ_IN_TABLES,
               "whether the scope file has it on the day of the evaluation; left out without one"),
    PREREQ_COL("scopeFrom", PREREQ_DATE, R, scope_from, NULL, "In scope from", 12, PREREQ_IN_CSV,
               "first day of that period"),
    PREREQ_COL("os", PREREQ_TEXT, R, os, NULL, "Operating system", 32, PREREQ_IN_TABLES,
               "product name"),
    PREREQ_COL("osVersion", PREREQ_TEXT, R, os_version, NULL, "Version", 16, PREREQ_IN_TABLES,
               "version, build and revision"),
    PREREQ_COL("servicePack", PREREQ_TEXT, R, service_pack, NULL, "Service pack", 14,
               PREREQ_IN_TABLES, "as found"),
    PREREQ_COL("edition", PREREQ_TEXT, R, edition, NULL, "Edition", 18, PREREQ_IN_CSV, "EditionID"),
    PREREQ_COL("productType", PREREQ_TEXT, R, product_type, NULL, "Product type", 14, PREREQ_IN_CSV,
               "workstation, domainController or server"),
    PREREQ_COL("architecture", PREREQ_TEXT, R, architecture, NULL, "Architecture", 10,
               PREREQ_IN_CSV, "of the system"),
    PREREQ_COL("language", PREREQ_TEXT, R, language, NULL, "Language", 9, PREREQ_IN_CSV,
               "ISO: en-US"),
    PREREQ_COL("installType", PREREQ_TEXT, R, install_type, NULL, "Install type", 12, PREREQ_IN_CSV,
               "Client, Server, Server Core"),
    PREREQ_COL("lastStartUp", PREREQ_TIME, R, last_start_up, NULL, "Last start-up", 18,
               PREREQ_IN_TABLES, "of Windows"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_host_shape = {"host", "Which host, and where it belongs.",
                                               sizeof(struct prereq_host_row), host_members, false};

/* ---- pending restarts and collector errors ---- */

#define R prereq_restart_row
static const struct prereq_member restart_members[] = {
    PREREQ_COL_REQ("source", PREREQ_TEXT, R, source, NULL, "Source", 18, PREREQ_IN_ALL,
                   "who asks for it: cbs, windows-update, file-rename ..."),
    PREREQ_COL_REQ("pending", PREREQ_STATE, R, pending, prereq_pending_names, "Pending", 10,
                   PREREQ_IN_ALL, "whether it waits for a restart"),
    PREREQ_COL("since", PREREQ_TIME, R, since, NULL, "Since", 18, PREREQ_IN_ALL,
               "since when a restart is waited for"),
    PREREQ_COL(
        "ageSeconds", PREREQ_UINT, R, age_seconds, NULL, "Age (s)", 12, PREREQ_IN_DATA,
        "seconds from then on to the evaluation; outputs that move with the clock count to now"),
    PREREQ_COL("detail", PREREQ_TEXT, R, detail, NULL, "Detail", 50, PREREQ_IN_ALL,
               "what was found, or why it cannot be told"),
    PREREQ_COL("blocking", PREREQ_FLAG, R, blocking, NULL, "Blocking", 9, PREREQ_IN_ALL,
               "a plan has to begin with a restart because of it"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_restart_shape = {
    "pendingRestart", "One source of pending restarts; every known source has a row.",
    sizeof(struct prereq_restart_row), restart_members, false};

#define R prereq_error_row
static const struct prereq_member error_members[] = {
    PREREQ_COL_REQ("fact", PREREQ_TEXT, R, fact, NULL, "Fact", 40, PREREQ_IN_ALL,
                   "what could not be looked at"),
    PREREQ_COL("status", PREREQ_TEXT, R, status, NULL, "Status", 14, PREREQ_IN_TABLES,
               "unavailable, or cut short"),
    PREREQ_COL("code", PREREQ_TEXT, R, code, NULL, "Code", 18, PREREQ_IN_TABLES,
               "access_denied, hive_dirty, error ..."),
    PREREQ_COL("number", PREREQ_TEXT, R, number, NULL, "Number", 14, PREREQ_IN_TABLES,
               "Win32 error or HRESULT"),
    PREREQ_COL("text", PREREQ_TEXT, R, text, NULL, "Text", 60, PREREQ_IN_ALL, "in words"),
    PREREQ_M_END};
#undef R
const struct prereq_shape prereq_error_shape = {
    "collectionError", "One thing that the collector could not look at.",
    sizeof(struct prereq_error_row), error_members, false};

/* ---- what it was judged with ---- */

#define R prereq_catalog_ref
static const struct prereq_member catalog_members[] = {
    PREREQ_M_ID("id", R, id, true, "of the catalog"),
    PREREQ_M_TEXT("version", R, version, "its version, and +n with n overlays"),
    PREREQ_M_DATE("released", R, released, "its day of release"),
    PREREQ_M_TEXT("sha256", R, sha256, "over all its files in load order"), PREREQ_M_END};
#undef R
static const struct prereq_shape catalog_shape = {"catalogRef", "A catalog that was judged with.",
                                                  sizeof(struct prereq_catalog_ref),
                                                  catalog_members, false};

#define R prereq_policy_ref
static const struct prereq_member policy_members[] = {
    PREREQ_M_TEXT("id", R, id, "of the policy"),
    PREREQ_M_TEXT("version", R, version, "its version"),
    PREREQ_M_TEXT("sha256", R, sha256, "of its file; left out for the built-in one"),
    PREREQ_M_OBJECT("slaDays", R, sla_days, false, &prereq_sla_days_shape, "days by severity"),
    PREREQ_M_UINT("staleAfterHours", R, stale_after_hours, "facts older than this are stale"),
    PREREQ_M_UINT("restartGraceDays", R, restart_grace_days, "a restart may be due this long"),
    PREREQ_M_FLAG("trustRecords", R, trust_records, "records stood in where no effect is known"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape policy_shape = {"policyRef", "The policy that was judged with.",
                                                 sizeof(struct prereq_policy_ref), policy_members,
                                                 false};

static const struct prereq_member input_members[] = {
    PREREQ_M_TEXT_REQ("name", prereq_input_ref, name, "as it was given"),
    PREREQ_M_TEXT("sha256", prereq_input_ref, sha256, "of its bytes"), PREREQ_M_END};
static const struct prereq_shape input_shape = {
    "inputRef", "A file that went into it.", sizeof(struct prereq_input_ref), input_members, false};

static const struct prereq_member previous_members[] = {
    {"evaluated", PREREQ_TIME, offsetof(struct prereq_previous_ref, evaluated), 0, true,
     PREREQ_ANY_TEXT, NULL, NULL, "when it was made", NULL, 0, 0},
    PREREQ_M_TEXT("sha256", prereq_previous_ref, sha256, "of its canonical form"),
    PREREQ_M_END};
static const struct prereq_shape previous_shape = {
    "previousRef", "The assessment that this one goes on from.", sizeof(struct prereq_previous_ref),
    previous_members, false};

/* ---- documents ---- */

#define EVALUATED(S)                                                                               \
    {                                                                                              \
        "evaluated", PREREQ_TIME, offsetof(struct S, evaluated), 0, true, PREREQ_ANY_TEXT, NULL,   \
            NULL, "the time that it was judged at", NULL, 0, 0                                     \
    }

#define R prereq_assessment
static const struct prereq_member assessment_members[] = {
    PREREQ_M_TEXT_REQ("format", R, format, "patchprereq-assessment/1.0"),
    PREREQ_M_TEXT("productVersion", R, product_version, "of the program that judged"),
    EVALUATED(R),
    PREREQ_M_OBJECT("host", R, host, true, &prereq_host_shape, "which host"),
    PREREQ_M_OBJECT("collection", R, collection, true, &prereq_collection_shape,
                    "how and when its facts were collected"),
    PREREQ_M_OBJECTS("collectorErrors", R, collector_errors, collector_error_count,
                     &prereq_error_shape, "what could not be looked at"),
    PREREQ_M_OBJECTS("pendingRestarts", R, pending_restarts, pending_restart_count,
                     &prereq_restart_shape, "one per known source"),
    PREREQ_M_OBJECTS("statuses", R, statuses, status_count, &prereq_status_shape,
                     "every patch of the catalog on every target, in byte order of ids"),
    PREREQ_M_IDS("restore", R, restore, restore_count,
                 "ids of statuses that an unfinished plan took off, in old order"),
    PREREQ_M_OBJECTS("plans", R, plans, plan_count, &prereq_plan_shape,
                     "for the goal host, and for each status that is open"),
    PREREQ_M_OBJECTS("waivers", R, waivers, waiver_count, &prereq_waiver_shape,
                     "exceptions that matched, whole, expired ones too"),
    PREREQ_M_OBJECT("policy", R, policy, false, &policy_shape, "what was required by"),
    PREREQ_M_OBJECTS("catalogs", R, catalogs, catalog_count, &catalog_shape,
                     "the built-in one first"),
    PREREQ_M_OBJECTS("inputs", R, inputs, input_count, &input_shape, "files that went into it"),
    PREREQ_M_OBJECT("previous", R, previous, false, &previous_shape, "what it goes on from"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape assessment_shape = {
    "assessment", "The verdict on one host. Every output can be made from it alone.",
    sizeof(struct prereq_assessment), assessment_members, false};

const struct prereq_document prereq_assessment_document = {
    "patchprereq-assessment", 1, 0, &assessment_shape, PREREQ_MAX_FACTS_BYTES};

#define R prereq_plan_file
static const struct prereq_member plan_file_members[] = {
    PREREQ_M_TEXT_REQ("format", R, format, "patchprereq-plan/1.0"),
    PREREQ_M_OBJECT("host", R, host, true, &prereq_host_shape, "which host it is for"),
    EVALUATED(R),
    PREREQ_M_OBJECTS("catalogs", R, catalogs, catalog_count, &catalog_shape,
                     "the built-in one first"),
    PREREQ_M_OBJECT("plan", R, plan, true, &prereq_plan_shape, "the plan"),
    PREREQ_M_END};
#undef R
static const struct prereq_shape plan_file_shape = {"planFile", "One plan for one host.",
                                                    sizeof(struct prereq_plan_file),
                                                    plan_file_members, false};

const struct prereq_document prereq_plan_document = {"patchprereq-plan", 1, 0, &plan_file_shape,
                                                     PREREQ_MAX_FACTS_BYTES};

/* Ids in order are found fast and cannot stand twice; outputs and a next assessment need both. */
static enum prereq_status check_statuses(const struct prereq_assessment *assessment,
                                         struct prereq_error *err)
{
    for (size_t i = 1; i < assessment->status_count; i++) {
        const char *before = assessment->statuses[i - 1].id, *id = assessment->statuses[i].id;

        if (strcmp(before, id) >= 0)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "/statuses/%zu/id: \"%s\" does not come after \"%s\"", i,
                               PREREQ_CLIP(id, 200), PREREQ_CLIP(before, 200));
    }
    return PREREQ_OK;
}

enum prereq_status prereq_assessment_read(struct prereq_arena *arena, const char *json, size_t len,
                                          const struct prereq_assessment **assessment,
                                          size_t *ignored, struct prereq_error *err)
{
    struct prereq_assessment *made = PREREQ_NEW(arena, struct prereq_assessment);
    const struct prereq_assessment *read;
    const void *object = NULL;
    size_t passed_over = 0;
    enum prereq_status status;

    status = prereq_shape_read(arena, &prereq_assessment_document, json, len, &object, &passed_over,
                               err);
    if (!status)
        status = check_statuses(object, err);
    read = object;
    if (!status)
        status = prereq_step_commands_check(read->plans, read->plan_count, true, err);
    if (!status && !made)
        status =
            prereq_fail(err, PREREQ_NO_MEMORY, "the document is larger than the memory for it");
    if (status || !made)
        return status;
    *made = *read;
    made->received = true;
    *assessment = made;
    if (ignored)
        *ignored = passed_over;
    return PREREQ_OK;
}

void prereq_assessment_write(const struct prereq_assessment *assessment,
                             enum prereq_json_style style, struct prereq_buffer *out)
{
    prereq_shape_write(&assessment_shape, assessment, style, out);
}

enum prereq_status prereq_plan_read(struct prereq_arena *arena, const char *json, size_t len,
                                    const struct prereq_plan_file **file, size_t *ignored,
                                    struct prereq_error *err)
{
    const struct prereq_plan_file *read;
    size_t passed_over = 0;
    const void *object;
    enum prereq_status status =
        prereq_shape_read(arena, &prereq_plan_document, json, len, &object, &passed_over, err);

    if (status)
        return status;
    read = object;
    status = prereq_step_commands_check(read->plan, 1, false, err);
    if (status)
        return status;
    *file = read;
    if (ignored)
        *ignored = passed_over;
    return PREREQ_OK;
}

void prereq_plan_write(const struct prereq_plan_file *file, enum prereq_json_style style,
                       struct prereq_buffer *out)
{
    prereq_shape_write(&plan_file_shape, file, style, out);
}
