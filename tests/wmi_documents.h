/* SPDX-License-Identifier: MIT */
/* wmi_documents.h - for tests of the WMI core: a host with every kind of row, and its snapshot. */
#ifndef PREREQ_TESTS_WMI_DOCUMENTS_H
#define PREREQ_TESTS_WMI_DOCUMENTS_H

#include <string.h>

#include "table.h"
#include "wmi/wmi.h"

static inline struct prereq_time wmi_at(const char *text)
{
    struct prereq_time time;

    assert_true(prereq_time_parse(text, &time));
    return time;
}

/* A document whose rows a test may change before it makes a snapshot of it. */
struct wmi_host {
    struct prereq_host_row host;
    struct prereq_collection collection;
    struct prereq_catalog_ref catalog;
    struct prereq_prerequisite_row prerequisites[2];
    struct prereq_component_row components[2];
    struct prereq_status_row statuses[4];
    struct prereq_restart_row restarts[3];
    struct prereq_step_row steps[3];
    struct prereq_plan plans[4];
    struct prereq_assessment assessment;
};

static inline struct prereq_status_row wmi_status(const char *id, const char *patch_id,
                                                  const char *target, int state)
{
    return (struct prereq_status_row){.id = id,
                                      .patch_id = patch_id,
                                      .target = target,
                                      .state = state,
                                      .required = PREREQ_FLAG_TRUE,
                                      .counts = PREREQ_FLAG_TRUE,
                                      .waived = PREREQ_FLAG_FALSE,
                                      .age_days = {0, true}};
}

static inline struct prereq_step_row wmi_step(const char *id, const char *goal, uint64_t number)
{
    return (struct prereq_step_row){.id = id,
                                    .goal = goal,
                                    .step_no = {number, true},
                                    .action = PREREQ_STEP_RESTART,
                                    .target = "host"};
}

static inline void wmi_host_plans(struct wmi_host *host)
{
    static const char *const facts_needed[] = {"file C:\\x.dll"};

    host->steps[0] = wmi_step("host/01", "host", 1);
    host->steps[1] = wmi_step("host/02", "host", 2);
    host->steps[2] = wmi_step("Q269862/01", "Q269862", 1);
    host->plans[0] = (struct prereq_plan){.goal = "host",
                                          .result = PREREQ_PLAN_PLANNED,
                                          .steps = host->steps,
                                          .step_count = 2,
                                          .restarts = {2, true},
                                          .hash = "hash of host"};
    host->plans[1] = (struct prereq_plan){.goal = "Q269862",
                                          .result = PREREQ_PLAN_PLANNED,
                                          .steps = host->steps + 2,
                                          .step_count = 1,
                                          .restarts = {1, true},
                                          .hash = "hash of Q269862"};
    host->plans[2] = (struct prereq_plan){.goal = "Q300", .result = PREREQ_PLAN_CYCLE};
    host->plans[3] = (struct prereq_plan){.goal = "KB2@MSSQL/PROD:241",
                                          .result = PREREQ_PLAN_REFUSED,
                                          .reason = "a fact is needed",
                                          .facts_needed = facts_needed,
                                          .facts_needed_count = 1};
}

static inline void wmi_host_rows(struct wmi_host *host)
{
    host->statuses[0] =
        wmi_status("KB2@MSSQL/PROD:241", "KB2", "MSSQL/PROD:241", PREREQ_STATE_UNKNOWN);
    host->statuses[1] = wmi_status("KB9", "KB9", "host", PREREQ_STATE_COMPLIANT);
    host->statuses[2] = wmi_status("Q269862", "Q269862", "host", PREREQ_STATE_OUT_OF_ORDER);
    host->statuses[2].reason_code = "level_unmet";
    host->statuses[2].reason = "SP6a is not reached";
    host->statuses[2].prerequisites = host->prerequisites;
    host->statuses[2].prerequisite_count = 2;
    host->statuses[2].components = host->components;
    host->statuses[2].component_count = 2;
    host->statuses[3] = wmi_status("Q300", "Q300", "host", PREREQ_STATE_READY);
    for (size_t i = 0; i < 2; i++) {
        host->prerequisites[i] =
            (struct prereq_prerequisite_row){.id = i ? "Q269862/1.2" : "Q269862/1.1",
                                             .patch_status_id = "Q269862",
                                             .patch_id = "Q269862",
                                             .target = "host",
                                             .group_no = {1, true},
                                             .alternative_no = {i + 1, true},
                                             .requires = i ? "SP \"6a\" \\ later" : NULL,
                                             .satisfied = PREREQ_SATISFIED_NO,
                                             .group_satisfied = PREREQ_SATISFIED_NO};
        host->components[i] =
            (struct prereq_component_row){.id = i ? "Q269862/c2" : "Q269862/c1",
                                          .patch_status_id = "Q269862",
                                          .patch_id = "Q269862",
                                          .target = "host",
                                          .role = PREREQ_ROLE_BASELINE,
                                          .path = "C:\\winnt\\system32\\w3svc.dll",
                                          .result = PREREQ_RESULT_OLDER};
    }
    host->restarts[0] = (struct prereq_restart_row){.source = "cbs", .pending = 0};
    host->restarts[1] = (struct prereq_restart_row){.source = "file-rename",
                                                    .pending = 1,
                                                    .since = wmi_at("2026-11-20T00:00:00Z"),
                                                    .age_seconds = {1, true}};
    host->restarts[2] = (struct prereq_restart_row){.source = "msi", .pending = 2};
    wmi_host_plans(host);
}

static inline void wmi_host_init(struct wmi_host *host)
{
    memset(host, 0, sizeof(*host));
    host->host = (struct prereq_host_row){.host_id = "id-1", .host_name = "WEB01"};
    host->collection.method = PREREQ_METHOD_LIVE;
    host->collection.finished = wmi_at("2026-11-22T11:00:00Z");
    host->collection.started = host->collection.finished;
    host->catalog = (struct prereq_catalog_ref){.id = "builtin", .version = "2026.11"};
    wmi_host_rows(host);
    host->assessment = (struct prereq_assessment){.format = "patchprereq-assessment/1.0",
                                                  .product_version = "1.2.3",
                                                  .evaluated = wmi_at("2026-11-22T12:00:00Z"),
                                                  .host = &host->host,
                                                  .collection = &host->collection,
                                                  .pending_restarts = host->restarts,
                                                  .pending_restart_count = 3,
                                                  .statuses = host->statuses,
                                                  .status_count = 4,
                                                  .plans = host->plans,
                                                  .plan_count = 4,
                                                  .catalogs = &host->catalog,
                                                  .catalog_count = 1};
}

static inline struct prereq_wmi_snapshot *
wmi_snapshot_of(const struct prereq_assessment *assessment)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_buffer json = {0};
    struct prereq_error err = {0};

    prereq_assessment_write(assessment, PREREQ_JSON_COMPACT, &json);
    assert_false(json.failed);
    if (prereq_wmi_snapshot_read(json.text, json.len, PREREQ_WMI_MEMORY, &snapshot, &err))
        fail_msg("%s", err.text);
    prereq_buffer_free(&json);
    return snapshot;
}

static inline struct prereq_wmi_snapshot *wmi_snapshot(void)
{
    struct wmi_host host;

    wmi_host_init(&host);
    return wmi_snapshot_of(&host.assessment);
}

static inline struct prereq_wmi_snapshot *wmi_none(const char *why)
{
    struct prereq_wmi_snapshot *snapshot = NULL;
    struct prereq_error err = {0};

    assert_int_equal(prereq_wmi_snapshot_none(why, &snapshot, &err), PREREQ_OK);
    return snapshot;
}

/* A property of a row as text: NULL, TRUE, 7, 99.5, "text". */
static inline void wmi_show(const struct prereq_wmi_row *row, const char *name, char *out,
                            size_t size)
{
    struct prereq_wmi_property list[PREREQ_WMI_MAX_PROPERTIES];
    size_t count = prereq_wmi_properties(row->wmi_class, list);
    struct prereq_buffer scratch = {0};
    struct prereq_wmi_value value = {PREREQ_WMI_NULL, NULL, 0, 0};
    bool found = false;

    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) != 0)
            continue;
        found = true;
        assert_true(prereq_wmi_value(&list[i], row, &scratch, &value));
        if (value.type != PREREQ_WMI_NULL)
            assert_int_equal(value.type, list[i].type);
    }
    if (!found)
        fail_msg("%s has no property %s", row->wmi_class->name, name);
    switch (value.type) {
    case PREREQ_WMI_NULL:
        (void)snprintf(out, size, "NULL");
        break;
    case PREREQ_WMI_BOOLEAN:
        (void)snprintf(out, size, "%s", value.number ? "TRUE" : "FALSE");
        break;
    case PREREQ_WMI_UINT32:
        (void)snprintf(out, size, "%u", (unsigned)value.number);
        break;
    case PREREQ_WMI_REAL64:
        (void)snprintf(out, size, "%.17g", value.real);
        break;
    case PREREQ_WMI_STRING:
    case PREREQ_WMI_DATETIME:
    case PREREQ_WMI_REF:
        (void)snprintf(out, size, "\"%s\"", value.text);
        break;
    }
    prereq_buffer_free(&scratch);
}

static inline void wmi_expect(const struct prereq_wmi_row *row, const char *name,
                              const char *expected)
{
    char text[2048];

    wmi_show(row, name, text, sizeof(text));
    assert_string_equal(text, expected);
}

#endif
