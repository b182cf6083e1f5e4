/* SPDX-License-Identifier: MIT */
/* report_figures_sources.c - what the assessments were made with: policies, catalogs, waivers. */
#include <string.h>

#include "figures/report_figures.h"

/* The words of a patch come from the first host that has them. */
bool figures_keep_text(struct prereq_arena *arena, const char **kept, const char *text)
{
    if (!*kept && text)
        *kept = prereq_strdup(arena, text);
    return *kept || !text;
}

static struct policy_figures *keep_source(struct keyed *keyed, const char *id, const char *version,
                                          const char *sha256)
{
    struct prereq_buffer key = {0};
    struct policy_figures *source = NULL;

    prereq_buffer_addf(&key, "%s %s %s", id ? id : "", version ? version : "",
                       sha256 ? sha256 : "");
    if (!key.failed)
        source = keyed_get(keyed, key.text);
    prereq_buffer_free(&key);
    if (!source || !figures_keep_text(keyed->arena, &source->id, id) ||
        !figures_keep_text(keyed->arena, &source->version, version) ||
        !figures_keep_text(keyed->arena, &source->sha256, sha256))
        return NULL;
    source->hosts++;
    return source;
}

static enum prereq_status count_policy(struct figures *figures,
                                       const struct prereq_policy_ref *policy,
                                       struct prereq_error *err)
{
    struct policy_figures *kept =
        keep_source(&figures->policies, policy->id, policy->version, policy->sha256);
    const struct prereq_sla_days *sla = policy->sla_days;

    if (!kept)
        return figures_no_memory(err);
    kept->stale_after_hours = policy->stale_after_hours;
    kept->restart_grace_days = policy->restart_grace_days;
    kept->trust_records = policy->trust_records;
    if (sla) {
        const uint64_t days[FIGURES_SEVERITIES] = {sla->critical.value, sla->important.value,
                                                   sla->moderate.value, sla->low.value,
                                                   sla->unrated.value};

        memcpy(kept->sla_days, days, sizeof(days));
        kept->sla_known = true;
    }
    return PREREQ_OK;
}

enum prereq_status figures_count_sources(struct figures *figures,
                                         const struct prereq_assessment *assessment,
                                         struct prereq_error *err)
{
    for (size_t i = 0; i < assessment->catalog_count; i++) {
        const struct prereq_catalog_ref *catalog = &assessment->catalogs[i];
        struct policy_figures *kept =
            keep_source(&figures->catalogs, catalog->id, catalog->version, catalog->sha256);

        if (!kept)
            return figures_no_memory(err);
        kept->released = catalog->released;
    }
    if (!figures_keep_text(figures->arena, &figures->product_version, assessment->product_version))
        return figures_no_memory(err);
    return assessment->policy ? count_policy(figures, assessment->policy, err) : PREREQ_OK;
}

/* ---- waivers ---- */

void figures_exception(const struct figures *figures, const struct prereq_waiver *waiver,
                       struct row_exception *row)
{
    int64_t left = prereq_time_day(waiver->expires) - prereq_time_day(figures->now);

    row->waiver_id = waiver->id;
    row->reason = waiver->reason;
    row->compensating_control = waiver->compensating_control;
    row->residual_risk = waiver->residual_risk;
    row->approver = waiver->approver;
    row->approved_on = waiver->approved_on;
    row->expires = waiver->expires;
    row->days_left = (struct prereq_number){left >= 0 ? (uint64_t)left : 0, left >= 0};
    if (left < 0)
        row->status = "expired";
    else
        row->status = left <= FIGURES_EXPIRING_DAYS ? "expiring" : "active";
}

void figures_count_exception(struct figures *figures, const struct row_exception *row)
{
    if (!row->days_left.known)
        figures->waiver_expired++;
    else if (row->days_left.value <= FIGURES_EXPIRING_DAYS)
        figures->waiver_expiring++;
    else
        figures->waiver_active++;
}

enum prereq_status figures_keep_waiver(struct figures *figures, const struct prereq_waiver *waiver,
                                       const char *scope, bool used, struct prereq_error *err)
{
    struct waiver_figures *kept = keyed_get(&figures->waivers, waiver->id);
    struct prereq_arena *arena = figures->arena;

    if (!kept)
        return figures_no_memory(err);
    kept->used = kept->used || used;
    if (kept->scope)
        return PREREQ_OK;
    kept->waiver.id = kept->key;
    kept->waiver.approved_on = waiver->approved_on;
    kept->waiver.expires = waiver->expires;
    if (!figures_keep_text(arena, &kept->scope, scope) ||
        !figures_keep_text(arena, &kept->waiver.reason, waiver->reason) ||
        !figures_keep_text(arena, &kept->waiver.compensating_control,
                           waiver->compensating_control) ||
        !figures_keep_text(arena, &kept->waiver.residual_risk, waiver->residual_risk) ||
        !figures_keep_text(arena, &kept->waiver.approver, waiver->approver))
        return figures_no_memory(err);
    return PREREQ_OK;
}
