/* SPDX-License-Identifier: MIT */
/* report_emit_waivers.c - findings with a waiver, and waivers without a finding. */
#include <string.h>

#include "report/report_emit.h"

static void add_list(struct prereq_buffer *out, const char *name, const char *const *items,
                     size_t count)
{
    if (!count)
        return;
    prereq_buffer_addf(out, "%s%s ", out->len ? "; " : "", name);
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(out, i ? ", " : "");
        prereq_buffer_add(out, items[i]);
    }
}

/* "hosts WEB*, DB1; patches Q269862"; a list that is not given means all. */
static const char *scope_text(struct prereq_arena *arena, const struct prereq_waiver *waiver)
{
    struct prereq_buffer text = {0};
    const char *copy = NULL;

    add_list(&text, "hosts", waiver->hosts, waiver->host_count);
    add_list(&text, "groups", waiver->groups, waiver->group_count);
    add_list(&text, "patches", waiver->patches, waiver->patch_count);
    add_list(&text, "targets", waiver->targets, waiver->target_count);
    if (!text.len)
        prereq_buffer_add(&text, "everything");
    if (!text.failed)
        copy = prereq_strdup(arena, text.text);
    prereq_buffer_free(&text);
    return copy;
}

struct match {
    const struct prereq_assessment *assessment;
    const char *fqdn;
};

/* The waiver that the assessment applied; or one that has expired and would match. */
static bool stands_for(const struct match *match, const struct prereq_waiver *waiver,
                       const struct prereq_status_row *row, struct prereq_time now)
{
    const struct prereq_host_row *host = match->assessment->host;
    const struct prereq_waiver_subject subject = {
        .host_id = host->host_id,
        .fqdn = match->fqdn,
        .host_name = host->host_name,
        .group = host->group,
        .patch_id = row->patch_id,
        .target = row->target,
    };

    if (!prereq_status_finding(row))
        return false;
    if (row->waived == PREREQ_FLAG_TRUE)
        return row->waiver_id && strcmp(row->waiver_id, waiver->id) == 0;
    return prereq_waiver_expired(waiver, now) && prereq_waiver_matches(waiver, &subject);
}

static enum prereq_status emit_exception(struct emit *emit, const struct row_ref *ref,
                                         const struct prereq_waiver *waiver, const char *scope,
                                         const struct prereq_status_row *row,
                                         struct prereq_error *err)
{
    struct row_exception exception = {
        .scope = scope,
        .patch_id = row->patch_id,
        .target = row->target,
        .state_name = prereq_state_names[row->state],
    };
    const void *parts[] = {ref, &exception};

    figures_exception(emit->figures, waiver, &exception);
    figures_count_exception(emit->figures, &exception);
    return emit_row(emit, REPORT_EXCEPTIONS, parts, err);
}

static enum prereq_status emit_waiver(struct emit *emit, const struct match *match,
                                      const struct row_ref *ref, const struct prereq_waiver *waiver,
                                      struct prereq_error *err)
{
    const struct prereq_assessment *assessment = match->assessment;
    const char *scope = scope_text(emit->arena, waiver);
    enum prereq_status status = PREREQ_OK;
    bool used = false;

    if (!scope)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for a waiver");
    for (size_t i = 0; status == PREREQ_OK && i < assessment->status_count; i++) {
        const struct prereq_status_row *row = &assessment->statuses[i];

        if (!stands_for(match, waiver, row, emit->figures->now))
            continue;
        used = true;
        status = emit_exception(emit, ref, waiver, scope, row, err);
    }
    if (status == PREREQ_OK)
        status = figures_keep_waiver(emit->figures, waiver, scope, used, err);
    return status;
}

enum prereq_status emit_exceptions(struct emit *emit, const struct prereq_assessment *assessment,
                                   const struct row_ref *ref, struct prereq_error *err)
{
    const struct prereq_host_row *host = assessment->host;
    struct match match = {assessment, NULL};
    enum prereq_status status = PREREQ_OK;

    if (host->domain && host->host_name)
        match.fqdn = prereq_printf(emit->arena, "%s.%s", host->host_name, host->domain);
    for (size_t i = 0; status == PREREQ_OK && i < assessment->waiver_count; i++)
        status = emit_waiver(emit, &match, ref, &assessment->waivers[i], err);
    return status;
}

enum prereq_status emit_idle_waivers(struct emit *emit, struct prereq_error *err)
{
    static const struct row_ref nowhere = {NULL, NULL, NULL};
    void **waivers = keyed_sorted(&emit->figures->waivers, emit->arena);
    enum prereq_status status = PREREQ_OK;

    if (!waivers)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the waivers");
    for (size_t i = 0; status == PREREQ_OK && i < emit->figures->waivers.count; i++) {
        const struct waiver_figures *kept = waivers[i];
        struct row_exception row = {.scope = kept->scope};
        const void *parts[] = {&nowhere, &row};

        if (kept->used)
            continue;
        figures_exception(emit->figures, &kept->waiver, &row);
        row.status = "not needed";
        status = emit_row(emit, REPORT_EXCEPTIONS, parts, err);
    }
    return status;
}
