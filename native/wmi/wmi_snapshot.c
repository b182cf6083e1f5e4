/* SPDX-License-Identifier: MIT */
/* wmi_snapshot.c - a document in memory with an index of its rows, and what stands in for it. */
#include "wmi/wmi_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- documents ---- */

static void drop_document(struct prereq_wmi_document *document)
{
    if (!document || !prereq_refcount_drop(&document->holders))
        return;
    prereq_arena_free(document->arena);
    free(document);
}

/* The text that a row of a class is known by. */
static const char *key_of(enum prereq_wmi_class_id id, const void *row)
{
    switch (id) {
    case PREREQ_WMI_PATCH_STATUS:
        return ((const struct prereq_status_row *)row)->id;
    case PREREQ_WMI_PREREQUISITE_STATUS:
        return ((const struct prereq_prerequisite_row *)row)->id;
    case PREREQ_WMI_COMPONENT_STATUS:
        return ((const struct prereq_component_row *)row)->id;
    case PREREQ_WMI_PENDING_RESTART:
        return ((const struct prereq_restart_row *)row)->source;
    case PREREQ_WMI_PLAN_STEP:
        return ((const struct prereq_step_row *)row)->id;
    case PREREQ_WMI_SUMMARY:
    case PREREQ_WMI_PATCH_PREREQUISITE:
    case PREREQ_WMI_STATE_CHANGE_EVENT:
    case PREREQ_WMI_CLASSES:
        break;
    }
    return "";
}

static void count_rows(struct prereq_wmi_document *document)
{
    const struct prereq_assessment *assessment = document->assessment;
    struct prereq_wmi_rows *rows = document->rows;

    rows[PREREQ_WMI_PATCH_STATUS].count = assessment->status_count;
    rows[PREREQ_WMI_PENDING_RESTART].count = assessment->pending_restart_count;
    for (size_t i = 0; i < assessment->status_count; i++) {
        rows[PREREQ_WMI_PREREQUISITE_STATUS].count += assessment->statuses[i].prerequisite_count;
        rows[PREREQ_WMI_COMPONENT_STATUS].count += assessment->statuses[i].component_count;
    }
    for (size_t i = 0; i < assessment->plan_count; i++)
        rows[PREREQ_WMI_PLAN_STEP].count += assessment->plans[i].step_count;
}

static enum prereq_status start_rows(struct prereq_wmi_document *document, struct prereq_error *err)
{
    for (size_t i = 0; i < PREREQ_WMI_CLASSES; i++) {
        struct prereq_wmi_rows *rows = &document->rows[i];

        rows->list = PREREQ_NEW_ARRAY(document->arena, rows->count, const void *);
        if (!rows->list || !prereq_index_init(document->arena, &rows->keys, rows->count))
            return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for its rows");
        rows->count = 0;
    }
    return PREREQ_OK;
}

/* `count` rows of `size` bytes each, behind those that are there. */
static enum prereq_status add_rows(struct prereq_wmi_document *document,
                                   enum prereq_wmi_class_id id, const void *first, size_t count,
                                   size_t size, struct prereq_error *err)
{
    struct prereq_wmi_rows *rows = &document->rows[id];

    for (size_t i = 0; i < count; i++) {
        const void *row = (const char *)first + i * size;
        const char *key = key_of(id, row);

        if (prereq_wmi_row_find(document, id, key))
            return prereq_fail(err, PREREQ_BAD_INPUT, "%s: \"%s\" stands twice",
                               prereq_wmi_class(id)->name, PREREQ_CLIP(key, 200));
        if (!prereq_index_add(document->arena, &rows->keys, key, (uint32_t)rows->count))
            return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for its keys");
        rows->list[rows->count++] = row;
    }
    return PREREQ_OK;
}

static enum prereq_status add_status_rows(struct prereq_wmi_document *document,
                                          struct prereq_error *err)
{
    const struct prereq_assessment *assessment = document->assessment;
    enum prereq_status status =
        add_rows(document, PREREQ_WMI_PATCH_STATUS, assessment->statuses, assessment->status_count,
                 sizeof(assessment->statuses[0]), err);

    for (size_t i = 0; i < assessment->status_count && !status; i++) {
        const struct prereq_status_row *of = &assessment->statuses[i];

        status = add_rows(document, PREREQ_WMI_PREREQUISITE_STATUS, of->prerequisites,
                          of->prerequisite_count, sizeof(of->prerequisites[0]), err);
        if (!status)
            status = add_rows(document, PREREQ_WMI_COMPONENT_STATUS, of->components,
                              of->component_count, sizeof(of->components[0]), err);
    }
    return status;
}

static enum prereq_status index_rows(struct prereq_wmi_document *document, struct prereq_error *err)
{
    const struct prereq_assessment *assessment = document->assessment;
    enum prereq_status status;

    count_rows(document);
    status = start_rows(document, err);
    if (!status)
        status = add_status_rows(document, err);
    if (!status)
        status = add_rows(document, PREREQ_WMI_PENDING_RESTART, assessment->pending_restarts,
                          assessment->pending_restart_count,
                          sizeof(assessment->pending_restarts[0]), err);
    for (size_t i = 0; i < assessment->plan_count && !status; i++) {
        const struct prereq_plan *plan = &assessment->plans[i];

        status = add_rows(document, PREREQ_WMI_PLAN_STEP, plan->steps, plan->step_count,
                          sizeof(plan->steps[0]), err);
    }
    return status;
}

const void *prereq_wmi_row_find(const struct prereq_wmi_document *document,
                                enum prereq_wmi_class_id id, const char *key)
{
    const struct prereq_wmi_rows *rows = &document->rows[id];
    uint32_t from = 0, number = prereq_index_find(&rows->keys, key, &from);

    return number == PREREQ_NONE ? NULL : rows->list[number];
}

/* ---- snapshots ---- */

/* Takes over the document, and a copy of `why`. */
static enum prereq_status new_snapshot(struct prereq_wmi_document *document, const char *why,
                                       struct prereq_wmi_snapshot **snapshot,
                                       struct prereq_error *err)
{
    size_t size = why ? strlen(why) + 1 : 0;
    struct prereq_wmi_snapshot *made = malloc(sizeof(*made) + size);

    if (!made)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory");
    prereq_refcount_init(&made->holders);
    made->document = document;
    made->why = why ? (char *)(made + 1) : NULL;
    if (why)
        memcpy(made->why, why, size);
    *snapshot = made;
    return PREREQ_OK;
}

enum prereq_status prereq_wmi_snapshot_read(const char *json, size_t len, size_t limit,
                                            struct prereq_wmi_snapshot **snapshot,
                                            struct prereq_error *err)
{
    struct prereq_wmi_document *document = calloc(1, sizeof(*document));
    enum prereq_status status;

    if (!document)
        return prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory");
    prereq_refcount_init(&document->holders);
    document->arena = prereq_arena_new(limit);
    if (document->arena)
        status =
            prereq_assessment_read(document->arena, json, len, &document->assessment, NULL, err);
    else
        status = prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory");
    if (!status)
        status = index_rows(document, err);
    if (!status)
        status = new_snapshot(document, NULL, snapshot, err);
    if (status)
        drop_document(document);
    return status;
}

enum prereq_status prereq_wmi_snapshot_none(const char *why, struct prereq_wmi_snapshot **snapshot,
                                            struct prereq_error *err)
{
    struct prereq_buffer text = {0};
    enum prereq_status status;

    prereq_buffer_addf(
        &text,
        "%s: %s. Run \"patchprereq refresh\" as an administrator, or the task "
        "\\PatchPrereq\\Refresh, and ask again; \"patchprereq provider status\" says "
        "what is wrong.",
        prereq_reason_info(PREREQ_REASON_NOT_EVALUATED)->sentence, why);
    if (text.failed)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory");
    else
        status = new_snapshot(NULL, text.text, snapshot, err);
    prereq_buffer_free(&text);
    return status;
}

enum prereq_status prereq_wmi_snapshot_last_good(struct prereq_wmi_snapshot *good, const char *why,
                                                 struct prereq_wmi_snapshot **snapshot,
                                                 struct prereq_error *err)
{
    struct prereq_buffer text = {0};
    enum prereq_status status;
    char time[32];

    if (!good->document)
        return prereq_wmi_snapshot_none(why, snapshot, err);
    prereq_time_format(good->document->assessment->evaluated, time);
    prereq_buffer_addf(&text, "%s: %s. Shown is the last usable one, of %s.",
                       prereq_reason_info(PREREQ_REASON_DOCUMENT_REFUSED)->sentence, why, time);
    if (text.failed)
        status = prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory");
    else
        status = new_snapshot(good->document, text.text, snapshot, err);
    if (!status)
        prereq_refcount_hold(&good->document->holders);
    prereq_buffer_free(&text);
    return status;
}

struct prereq_wmi_snapshot *prereq_wmi_snapshot_hold(struct prereq_wmi_snapshot *snapshot)
{
    prereq_refcount_hold(&snapshot->holders);
    return snapshot;
}

void prereq_wmi_snapshot_drop(struct prereq_wmi_snapshot *snapshot)
{
    if (!snapshot || !prereq_refcount_drop(&snapshot->holders))
        return;
    drop_document(snapshot->document);
    free(snapshot);
}

const struct prereq_assessment *
prereq_wmi_snapshot_assessment(const struct prereq_wmi_snapshot *snapshot)
{
    return snapshot->document ? snapshot->document->assessment : NULL;
}

const char *prereq_wmi_snapshot_why(const struct prereq_wmi_snapshot *snapshot)
{
    return snapshot->why;
}

void prereq_wmi_snapshot_summary(const struct prereq_wmi_snapshot *snapshot, struct prereq_time now,
                                 struct prereq_summary *summary)
{
    prereq_summarize(prereq_wmi_snapshot_assessment(snapshot), now, summary);
    if (!snapshot->why)
        return;
    summary->reason = snapshot->why;
    if (!snapshot->document)
        return;
    summary->stale = PREREQ_FLAG_TRUE;
    summary->reason_code = prereq_reason_info(PREREQ_REASON_DOCUMENT_REFUSED)->code;
}
