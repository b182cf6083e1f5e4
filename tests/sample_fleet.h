/* SPDX-License-Identifier: MIT */
/* sample_fleet.h - assessments made up for tests of reports: known counts, hostile texts on demand.
 *
 * Host n of the fleet is always the same.  What a status says is not judged by anybody; only that
 * the report shows and counts it is tested. */
#ifndef PREREQ_TESTS_SAMPLE_FLEET_H
#define PREREQ_TESTS_SAMPLE_FLEET_H

#include <string.h>

#include "documents.h"
#include "patchprereq.h"

#define SAMPLE_NOW (INT64_C(1795334400)) /* 2026-11-22T08:00:00Z */
#define DAY ((int64_t)86400)

enum sample_os { SAMPLE_NT4, SAMPLE_W2K, SAMPLE_2019, SAMPLE_W11, SAMPLE_SQL };

struct sample_patch {
    const char *id, *target, *title, *product;
    unsigned oses; /* bits */
    int severity;
    int year, month, day;
};

static const struct sample_patch sample_patches[] = {
    {"NT4-SP6a", "host", "Windows NT 4.0 Service Pack 6a", "Windows NT 4.0", 1U << SAMPLE_NT4,
     PREREQ_IMPORTANT, 1999, 11, 30},
    {"Q269862", "host", "MS00-057: File permission canonicalization", "IIS 4.0",
     1U << SAMPLE_NT4 | 1U << SAMPLE_W2K, PREREQ_CRITICAL, 2000, 8, 10},
    {"Q295534", "host", "MS01-044: IIS cumulative patch", "IIS 4.0 and 5.0",
     1U << SAMPLE_NT4 | 1U << SAMPLE_W2K, PREREQ_CRITICAL, 2001, 8, 15},
    {"Q319733", "host", "MS02-018: IIS cumulative patch", "IIS 4.0 and 5.0",
     1U << SAMPLE_NT4 | 1U << SAMPLE_W2K, PREREQ_CRITICAL, 2002, 4, 10},
    {"W2K-SP4", "host", "Windows 2000 Service Pack 4", "Windows 2000", 1U << SAMPLE_W2K,
     PREREQ_IMPORTANT, 2003, 6, 26},
    {"KB4474419", "host", "SHA-2 code signing support", "Windows Server 2019", 1U << SAMPLE_2019,
     PREREQ_IMPORTANT, 2019, 9, 23},
    {"KB5043080", "host", "2024-09 checkpoint cumulative update", "Windows 11 24H2",
     1U << SAMPLE_W11, PREREQ_CRITICAL, 2024, 9, 10},
    {"KB5048667", "host", "2024-12 cumulative update", "Windows 11 24H2", 1U << SAMPLE_W11,
     PREREQ_CRITICAL, 2024, 12, 10},
    {"KB5046615", "host", "2024-11 cumulative update", "Windows Server 2019", 1U << SAMPLE_2019,
     PREREQ_CRITICAL, 2024, 11, 12},
    {"KB5046862", "MSSQL/PROD1", "GDR security update", "SQL Server 2019", 1U << SAMPLE_SQL,
     PREREQ_IMPORTANT, 2024, 11, 12},
    {"SQL2019-CU29", "MSSQL/PROD1", "Cumulative update 29", "SQL Server 2019", 1U << SAMPLE_SQL,
     PREREQ_MODERATE, 2024, 10, 31},
};
#define SAMPLE_PATCHES PREREQ_COUNT(sample_patches)

static inline struct prereq_time sample_days_ago(int64_t days)
{
    return prereq_time_from_seconds(SAMPLE_NOW - days * DAY);
}

static inline struct prereq_number sample_number(uint64_t value)
{
    return (struct prereq_number){value, true};
}

static inline const struct prereq_policy_ref *sample_policy(void)
{
    static const struct prereq_sla_days sla = {
        {14, true}, {30, true}, {60, true}, {90, true}, {30, true}};
    static const struct prereq_policy_ref policy = {.id = "default",
                                                    .version = "1",
                                                    .sla_days = &sla,
                                                    .stale_after_hours = {48, true},
                                                    .restart_grace_days = {3, true},
                                                    .trust_records = PREREQ_FLAG_FALSE};

    return &policy;
}

/* ---- statuses ---- */

static inline void sample_open(struct prereq_status_row *row, int64_t age, uint64_t sla)
{
    row->open_since = sample_days_ago(age);
    row->age_days = sample_number((uint64_t)age);
    row->sla_days = sample_number(sla);
    row->due_date = sample_days_ago(age - (int64_t)sla);
    row->overdue_days = sample_number((uint64_t)age > sla ? (uint64_t)age - sla : 0);
}

static inline void sample_reason(struct prereq_arena *arena, struct prereq_status_row *row)
{
    static const struct {
        int state;
        const char *code, *sentence, *expected, *found;
    } reasons[] = {
        {PREREQ_STATE_UNKNOWN, "record_only",
         "a record says that it is installed, and no file was "
         "looked at",
         "files at its level", "not collected"},
        {PREREQ_STATE_PENDING_RESTART, "restart_due", "its files are replaced at the next restart",
         "4.2.785.1", "4.2.764.1, pending 4.2.785.1"},
        {PREREQ_STATE_OUT_OF_ORDER, "level_unmet",
         "it is recorded as installed, and a component is "
         "below the level that it needs (NT4-SP6a)",
         "w3svc.dll 4.2.739.1 or later", "w3svc.dll 4.2.622.1"},
        {PREREQ_STATE_REGRESSED, "files_older",
         "it is recorded as installed, and its own files are "
         "older",
         "infocomm.dll 5.0.2195.3649", "infocomm.dll 5.0.2195.2966"},
        {PREREQ_STATE_SUPERSEDED, "superseded", "a later patch that is on covers it", NULL, NULL},
        {PREREQ_STATE_COMPLIANT, "sound", "its files prove it", NULL, NULL},
        {PREREQ_STATE_BLOCKED, "prerequisite_unmet", "it is missing, and a prerequisite is unmet",
         "KB5043080 or later", "build 26100.1000"},
        {PREREQ_STATE_READY, "may_be_installed", "it is missing, and may be installed now", NULL,
         NULL},
    };

    row->reason_code = "not_applicable";
    for (size_t i = 0; i < PREREQ_COUNT(reasons); i++) {
        if (reasons[i].state != row->state)
            continue;
        row->reason_code = reasons[i].code;
        row->reason = prereq_printf(arena, "%s: %s", row->patch_id, reasons[i].sentence);
        row->expected = reasons[i].expected;
        row->found = reasons[i].found;
    }
}

static inline void sample_components(struct prereq_arena *arena, struct prereq_status_row *row)
{
    struct prereq_component_row *rows = PREREQ_NEW_ARRAY(arena, 2, struct prereq_component_row);

    rows[0] = (struct prereq_component_row){
        .id = prereq_printf(arena, "%s/c1", row->id),
        .patch_status_id = row->id,
        .patch_id = row->patch_id,
        .target = row->target,
        .role = PREREQ_ROLE_BASELINE,
        .baseline_id = "NT4-SP6a",
        .path = "%SystemRoot%\\System32\\inetsrv\\w3svc.dll",
        .expected = "4.2.739.1 or later",
        .expected_version = "4.2.739.1",
        .found = "4.2.622.1",
        .found_version = "4.2.622.1",
        .result = PREREQ_RESULT_OLDER,
        .company = "Microsoft Corporation",
        .original_filename = "w3svc.dll",
        .last_write = sample_days_ago(400),
    };
    rows[1] = rows[0];
    rows[1].id = prereq_printf(arena, "%s/c2", row->id);
    rows[1].role = PREREQ_ROLE_PATCH;
    rows[1].baseline_id = NULL;
    rows[1].path = "%SystemRoot%\\System32\\inetsrv\\infocomm.dll";
    rows[1].result = PREREQ_RESULT_AT_LEVEL;
    row->components = rows;
    row->component_count = 2;
}

static inline void sample_prerequisites(struct prereq_arena *arena, struct prereq_status_row *row)
{
    struct prereq_prerequisite_row *rows =
        PREREQ_NEW_ARRAY(arena, 2, struct prereq_prerequisite_row);

    for (unsigned i = 0; i < 2; i++)
        rows[i] = (struct prereq_prerequisite_row){
            .id = prereq_printf(arena, "%s/1.%u", row->id, i + 1),
            .patch_status_id = row->id,
            .patch_id = row->patch_id,
            .target = row->target,
            .group_no = sample_number(1),
            .alternative_no = sample_number(i + 1),
            .requires = i ? "NT4-SP6a or a later one" : "NT4-SP5",
            .kind = "patch",
            .holds = PREREQ_HOLDS_ALWAYS,
            .satisfied = PREREQ_SATISFIED_NO,
            .group_satisfied = PREREQ_SATISFIED_NO,
            .expected = "service pack 6a and its files",
            .found = "service pack 6a, w3svc.dll 4.2.622.1",
            .reason = "the article asks for it",
            .source = "https://support.microsoft.com/kb/269862",
        };
    row->prerequisites = rows;
    row->prerequisite_count = 2;
}

static inline void sample_details(struct prereq_arena *arena, struct prereq_status_row *row)
{
    static const char *const blockers[] = {"KB5043080"};
    static const char *const warnings[] = {"restart within the maintenance window"};

    if (row->state == PREREQ_STATE_OUT_OF_ORDER || row->state == PREREQ_STATE_REGRESSED)
        sample_components(arena, row);
    if (row->state == PREREQ_STATE_OUT_OF_ORDER || row->state == PREREQ_STATE_BLOCKED)
        sample_prerequisites(arena, row);
    if (row->state == PREREQ_STATE_BLOCKED) {
        row->blocked_by = blockers;
        row->blocked_by_count = 1;
        row->warnings = warnings;
        row->warning_count = 1;
    }
}

static inline int sample_state(size_t host, size_t patch)
{
    static const int cycle[] = {
        PREREQ_STATE_COMPLIANT, PREREQ_STATE_SUPERSEDED,      PREREQ_STATE_COMPLIANT,
        PREREQ_STATE_READY,     PREREQ_STATE_COMPLIANT,       PREREQ_STATE_BLOCKED,
        PREREQ_STATE_COMPLIANT, PREREQ_STATE_OUT_OF_ORDER,    PREREQ_STATE_COMPLIANT,
        PREREQ_STATE_REGRESSED, PREREQ_STATE_SUPERSEDED,      PREREQ_STATE_UNKNOWN,
        PREREQ_STATE_COMPLIANT, PREREQ_STATE_PENDING_RESTART, PREREQ_STATE_COMPLIANT,
    };

    if (host % 5 == 0) /* every fifth host is in order */
        return PREREQ_STATE_COMPLIANT;
    return cycle[(host * 7 + patch * 4) % PREREQ_COUNT(cycle)];
}

static inline bool sample_is_open(int state)
{
    return state == PREREQ_STATE_PENDING_RESTART || state == PREREQ_STATE_OUT_OF_ORDER ||
           state == PREREQ_STATE_REGRESSED || state == PREREQ_STATE_BLOCKED ||
           state == PREREQ_STATE_READY;
}

static inline void sample_status(struct prereq_arena *arena, size_t host, size_t patch, unsigned os,
                                 struct prereq_status_row *row)
{
    const struct sample_patch *known = &sample_patches[patch];
    static const uint64_t sla[] = {14, 30, 60, 90, 30};
    bool applies = known->oses & (1U << os);

    *row = (struct prereq_status_row){
        .patch_id = known->id,
        .target = known->target,
        .title = known->title,
        .product_id = "P",
        .product = known->product,
        .kind = PREREQ_KIND_PATCH,
        .severity = known->severity,
        .classification = 1, /* security */
        .released = prereq_time_from_date(known->year, known->month, known->day),
        .required = applies ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE,
        .counts = applies ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE,
        .actionable = PREREQ_FLAG_TRUE,
        .state = applies ? sample_state(host, patch) : PREREQ_STATE_NOT_APPLICABLE,
        .evidence = PREREQ_EVIDENCE_FILES,
        .restart_required = 3,
        .age_days = {0, true},
        .waived = PREREQ_FLAG_FALSE,
        .source = "https://support.microsoft.com/",
    };
    row->id = strcmp(known->target, "host") == 0
                  ? known->id
                  : prereq_printf(arena, "%s@%s", known->id, known->target);
    if (sample_is_open(row->state))
        sample_open(row, (int64_t)(3 + (host * 13 + patch * 17) % 110), sla[known->severity - 1]);
    if (row->state == PREREQ_STATE_SUPERSEDED)
        row->superseded_by = "Q319733";
    if (row->state == PREREQ_STATE_UNKNOWN)
        row->evidence = PREREQ_EVIDENCE_NONE;
    sample_reason(arena, row);
    sample_details(arena, row);
}

/* ---- plans ---- */

static inline void sample_steps(struct prereq_arena *arena, struct prereq_plan *plan)
{
    static const struct {
        int action;
        const char *patch, *reason, *command, *verify;
    } steps[] = {
        {PREREQ_STEP_EXTRACT, "Q269862", "the package must be at hand when it goes on again",
         "prmcan4i.exe /x:C:\\Unpacked\\Q269862", "the folder holds hotfix.exe"},
        {PREREQ_STEP_UNINSTALL, "Q269862", "it went on before the level that it needs",
         "%SystemRoot%\\$NtUninstallQ269862$\\spuninst.exe -u -z", NULL},
        {PREREQ_STEP_APPLY_BASELINE, "NT4-SP6a", "brings every component to the level",
         "update.exe -u -z", "w3svc.dll is 4.2.739.1 or later"},
        {PREREQ_STEP_RESTART, NULL, "files of the service pack wait for it", NULL, NULL},
        {PREREQ_STEP_INSTALL, "Q269862", "on sound ground now", "hotfix.exe -m -z", NULL},
        {PREREQ_STEP_RESTART, NULL, "its files are in use until then", NULL, NULL},
        {PREREQ_STEP_VERIFY, "Q269862", "the plan ends with its proof", NULL,
         "infocomm.dll is 4.2.739.1 or later; the site answers"},
    };
    struct prereq_step_row *rows =
        PREREQ_NEW_ARRAY(arena, PREREQ_COUNT(steps), struct prereq_step_row);
    static const uint64_t done[] = {0}, restart[] = {3010};

    for (size_t i = 0; i < PREREQ_COUNT(steps); i++) {
        rows[i] = (struct prereq_step_row){
            .id = prereq_printf(arena, "%s/%02u", plan->goal, (unsigned)i + 1),
            .goal = plan->goal,
            .step_no = sample_number(i + 1),
            .action = steps[i].action,
            .patch_id = steps[i].patch,
            .target = "host",
            .reason = steps[i].reason,
            .command = steps[i].command,
            .working_directory = steps[i].command ? "C:\\Unpacked" : NULL,
            .needs = i == 4 ? "the package unpacked by step 1" : NULL,
            .reversible = PREREQ_FLAG_TRUE,
            .verify = steps[i].verify,
            .plan_hash = plan->hash,
        };
        if (steps[i].command) {
            rows[i].done = done;
            rows[i].done_restart = restart;
            rows[i].done_count = rows[i].done_restart_count = 1;
        }
    }
    plan->steps = rows;
    plan->step_count = PREREQ_COUNT(steps);
    plan->restarts = sample_number(2);
}

static inline void sample_plans(struct prereq_arena *arena, size_t host,
                                struct prereq_assessment *assessment)
{
    static const char *const facts[] = {
        "the version of %SystemRoot%\\System32\\inetsrv\\w3svc.dll"};
    static const char *const warnings[] = {"the site is down between steps 2 and 6"};
    static const char *const restore[] = {"Q269862"};
    struct prereq_plan *plans = PREREQ_NEW_ARRAY(arena, 2, struct prereq_plan);

    plans[0] = (struct prereq_plan){
        .goal = "host",
        .result = PREREQ_PLAN_PLANNED,
        .hash = "5f2b7c0e9d1a4f63b8c27e01d94ab36f5f2b7c0e9d1a4f63b8c27e01d94ab36f",
        .warnings = warnings,
        .warning_count = 1,
        .restore = restore,
        .restore_count = 1,
    };
    plans[1] = plans[0];
    plans[1].goal = "Q269862";
    if (host % 5 == 0) {
        plans[0] = (struct prereq_plan){.goal = "host",
                                        .result = PREREQ_PLAN_NOTHING_TO_DO,
                                        .reason = "everything required is in order"};
    } else if (host % 5 == 4) {
        plans[0] = (struct prereq_plan){.goal = "host",
                                        .result = PREREQ_PLAN_REFUSED,
                                        .reason = "a file that the plan has to know was not read",
                                        .facts_needed = facts,
                                        .facts_needed_count = 1};
    } else {
        sample_steps(arena, &plans[0]);
        sample_steps(arena, &plans[1]);
    }
    assessment->plans = plans;
    assessment->plan_count = host % 5 == 0 || host % 5 == 4 ? 1 : 2;
}

/* ---- the host ---- */

static inline void sample_restarts(struct prereq_arena *arena, size_t host,
                                   struct prereq_assessment *assessment)
{
    static const char *const sources[] = {"cbs", "windows-update", "file-rename", "computer-rename",
                                          "msi"};
    struct prereq_restart_row *rows =
        PREREQ_NEW_ARRAY(arena, PREREQ_COUNT(sources), struct prereq_restart_row);

    for (size_t i = 0; i < PREREQ_COUNT(sources); i++) {
        rows[i].source = sources[i];
        if (host % 3 == 1 && i == 2) {
            rows[i].pending = 1;
            rows[i].since = sample_days_ago((int64_t)host);
            rows[i].detail = "%SystemRoot%\\System32\\inetsrv\\w3svc.dll";
            rows[i].blocking = PREREQ_FLAG_TRUE;
        }
    }
    assessment->pending_restarts = rows;
    assessment->pending_restart_count = PREREQ_COUNT(sources);
}

static inline void sample_identity(struct prereq_arena *arena, size_t host, unsigned os,
                                   struct prereq_assessment *assessment)
{
    static const char *const groups[] = {"Web", "Web", "Branch", "Clients", "Database"};
    static const struct {
        const char *name, *version, *pack;
    } oses[] = {
        {"Microsoft Windows NT Server 4.0", "4.0.1381", "Service Pack 6"},
        {"Microsoft Windows 2000 Server", "5.0.2195", "Service Pack 4"},
        {"Microsoft Windows Server 2019 Standard", "10.0.17763.6532", NULL},
        {"Microsoft Windows 11 Enterprise", "10.0.26100.1000", NULL},
        {"Microsoft Windows Server 2022 Standard", "10.0.20348.2849", NULL},
    };
    struct prereq_host_row *row = PREREQ_NEW(arena, struct prereq_host_row);
    struct prereq_collection *collection = PREREQ_NEW(arena, struct prereq_collection);

    *row = (struct prereq_host_row){
        .host_id = prereq_printf(arena, "6b1f0c52-0000-4000-8000-%012zu", host),
        .host_name = prereq_printf(arena, "%s%02zu", os == SAMPLE_SQL ? "SQL" : "SRV", host),
        .domain = "corp.example",
        .group = groups[os],
        .site = "Main",
        .owner = "Operations",
        .in_scope = PREREQ_FLAG_TRUE,
        .os = oses[os].name,
        .os_version = oses[os].version,
        .service_pack = oses[os].pack,
    };
    collection->method = PREREQ_METHOD_LIVE;
    collection->finished = sample_days_ago(host % 7 == 3 ? 5 : 0);
    collection->finished.seconds -= 3600;
    assessment->host = row;
    assessment->collection = collection;
}

/* Host `host` of the fleet, from 0.  What the caller changes in the result changes nothing else. */
static inline struct prereq_assessment *sample_assessment(struct prereq_arena *arena, size_t host)
{
    struct prereq_assessment *made = PREREQ_NEW(arena, struct prereq_assessment);
    struct prereq_status_row *rows =
        PREREQ_NEW_ARRAY(arena, SAMPLE_PATCHES, struct prereq_status_row);
    static const struct prereq_catalog_ref catalog = {
        .id = "builtin",
        .version = "2026.11",
        .sha256 = "9a3f0c2b5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708"};
    struct prereq_catalog_ref *catalogs = PREREQ_NEW(arena, struct prereq_catalog_ref);
    struct prereq_input_ref *inputs = PREREQ_NEW(arena, struct prereq_input_ref);
    unsigned os = (unsigned)(host / 2 % 5);

    assert_non_null(made);
    *catalogs = catalog;
    catalogs->released = prereq_time_from_date(2026, 11, 10);
    inputs->name = prereq_printf(arena, "facts/host%02zu.json", host);
    inputs->sha256 = "00aa11bb22cc33dd44ee55ff66778899aabbccddeeff00112233445566778899";
    *made = (struct prereq_assessment){
        .format = "patchprereq-assessment/1.0",
        .product_version = PREREQ_PRODUCT_VERSION,
        .evaluated = prereq_time_from_seconds(SAMPLE_NOW),
        .statuses = rows,
        .status_count = SAMPLE_PATCHES,
        .policy = sample_policy(),
        .catalogs = catalogs,
        .catalog_count = 1,
        .inputs = inputs,
        .input_count = 1,
    };
    sample_identity(arena, host, os, made);
    for (size_t patch = 0; patch < SAMPLE_PATCHES; patch++)
        sample_status(arena, host, patch, os, &rows[patch]);
    sample_restarts(arena, host, made);
    sample_plans(arena, host, made);
    return made;
}

#endif
