/* SPDX-License-Identifier: MIT */
/* assess_host.c - who the host is, what it waits for, what could not be looked at, what judged it.
 */
#include "assess/assess_parts.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *os_version(struct prereq_trial *trial, const struct prereq_os *os)
{
    char version[48];

    if (!os->version.parts)
        return NULL;
    prereq_version_format(os->version, version);
    if (!os->build.known)
        return prereq_strdup(trial->arena, version);
    if (!os->ubr.known)
        return prereq_printf(trial->arena, "%s.%" PRIu64, version, os->build.value);
    return prereq_printf(trial->arena, "%s.%" PRIu64 ".%" PRIu64, version, os->build.value,
                         os->ubr.value);
}

/* NULL where there is nothing to say, so that the member is left out. */
static const char *word(const char *const *names, int value)
{
    return value ? prereq_enum_name(names, value) : NULL;
}

static void fill_os(struct prereq_trial *trial, struct prereq_host_row *row)
{
    const struct prereq_os *os = trial->facts->os;

    if (!os)
        return;
    row->os = os->product;
    row->os_version = os_version(trial, os);
    row->service_pack = os->service_pack_text;
    if (!row->service_pack && os->service_pack.known && os->service_pack.value > 0)
        row->service_pack =
            prereq_printf(trial->arena, "Service Pack %" PRIu64, os->service_pack.value);
    row->edition = os->edition;
    row->product_type = word(prereq_product_type_names, os->product_type);
    row->architecture = word(prereq_architecture_names, os->architecture);
    row->language = os->language;
    row->install_type = os->install_type;
}

static void fill_scope(struct prereq_trial *trial, struct prereq_host_row *row)
{
    const struct prereq_scope *scope = trial->judge->scope;

    if (!scope)
        return;
    trial->scope_row =
        prereq_scope_find(scope, row->host_id, trial->fqdn, row->host_name, trial->judge->now);
    row->in_scope = trial->scope_row ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    if (!trial->scope_row)
        return;
    row->group = trial->scope_row->group;
    row->site = trial->scope_row->site;
    row->owner = trial->scope_row->owner;
    row->scope_from = trial->scope_row->from;
}

bool prereq_fill_identity(struct prereq_trial *trial)
{
    const struct prereq_identity *host = trial->facts->host;
    struct prereq_host_row *row = PREREQ_NEW(trial->arena, struct prereq_host_row);

    if (!row)
        return false;
    trial->identity = row;
    row->host_id = prereq_facts_host_id(trial->arena, trial->facts);
    row->host_name = host->host_name;
    row->domain = host->domain;
    row->reported_group = host->group;
    row->reported_site = host->site;
    row->reported_owner = host->owner;
    row->last_start_up = trial->facts->last_start_up;
    trial->fqdn = host->host_name;
    if (host->domain && *host->domain)
        trial->fqdn = prereq_printf(trial->arena, "%s.%s", host->host_name, host->domain);
    fill_os(trial, row);
    if (!row->host_id || !trial->fqdn)
        return false;
    fill_scope(trial, row);
    return true;
}

/* ---- pending restarts ---- */

static bool is_listed_file(const struct prereq_trial *trial, const char *path)
{
    return prereq_slot_find(trial->judge->catalog, PREREQ_SLOT_FILE, path, NULL, 0) != PREREQ_NONE;
}

bool prereq_restart_blocks(const struct prereq_trial *trial, const struct prereq_pending_fact *fact)
{
    if (fact->pending != PREREQ_ANSWER_YES)
        return false;
    if (fact->source == PREREQ_RESTART_CBS || fact->source == PREREQ_RESTART_PENDING_XML ||
        fact->source == PREREQ_RESTART_WINDOWS_UPDATE)
        return true;
    if (fact->source != PREREQ_RESTART_FILE_RENAME)
        return false;
    for (size_t i = 0; i < fact->target_count; i++) {
        if (is_listed_file(trial, fact->targets[i]))
            return true;
    }
    return fact->target_count == 0;
}

static const struct prereq_pending_fact *pending_fact(const struct prereq_facts *facts, int source)
{
    for (size_t i = 0; i < facts->pending_restart_count; i++) {
        if (facts->pending_restarts[i].source == source)
            return &facts->pending_restarts[i];
    }
    return NULL;
}

static bool fill_restarts(struct prereq_trial *trial, struct prereq_assessment *out)
{
    struct prereq_restart_row *rows =
        PREREQ_NEW_ARRAY(trial->arena, PREREQ_RESTART_SOURCES, struct prereq_restart_row);

    if (!rows)
        return false;
    for (int source = 1; source <= PREREQ_RESTART_SOURCES; source++) {
        const struct prereq_pending_fact *fact = pending_fact(trial->facts, source);
        struct prereq_restart_row *row = &rows[source - 1];
        int64_t age;

        row->source = prereq_enum_name(prereq_restart_source_names, source);
        row->pending = 2; /* unknown: not collected */
        row->detail = fact ? fact->detail : "not collected";
        if (!fact)
            continue;
        if (fact->pending != PREREQ_ANSWER_UNKNOWN)
            row->pending = fact->pending == PREREQ_ANSWER_YES;
        row->blocking = prereq_restart_blocks(trial, fact) ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
        row->since = fact->since;
        age = trial->judge->now.seconds - fact->since.seconds;
        if (fact->since.known && trial->judge->now.known && age >= 0)
            row->age_seconds = (struct prereq_number){(uint64_t)age, true};
        if (!row->detail)
            row->detail = fact->code;
    }
    out->pending_restarts = rows;
    out->pending_restart_count = PREREQ_RESTART_SOURCES;
    return true;
}

/* ---- what could not be looked at: named errors, and every unavailable item ---- */

struct errors {
    struct prereq_error_row *rows;
    size_t count, most;
};

static void add_error(struct errors *errors, const char *fact, const char *code, const char *number,
                      const char *text)
{
    assert(errors->count < errors->most);
    errors->rows[errors->count++] =
        (struct prereq_error_row){fact, "unavailable", code ? code : "error", number, text};
}

static int compare_texts(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare_errors(const void *left, const void *right)
{
    const struct prereq_error_row *a = left, *b = right;
    int order = compare_texts(a->fact, b->fact);

    if (order == 0)
        order = compare_texts(a->code, b->code);
    if (order == 0)
        order = compare_texts(a->number, b->number);
    return order ? order : compare_texts(a->text, b->text);
}

static bool fill_errors(struct prereq_trial *trial, struct prereq_assessment *out)
{
    const struct prereq_facts *f = trial->facts;
    size_t most = f->error_count + f->file_count + f->registry_count + f->service_count +
                  f->feature_count + f->package_count + f->instance_count + f->volume_count +
                  f->setting_count + f->coverage_count + 2;
    struct errors errors = {PREREQ_NEW_ARRAY(trial->arena, most, struct prereq_error_row), 0, most};

    if (!errors.rows)
        return false;
    for (size_t i = 0; i < f->error_count; i++)
        add_error(&errors, f->errors[i].fact, f->errors[i].code, f->errors[i].number,
                  f->errors[i].text);
#define ADD(items, n, name)                                                                        \
    for (size_t i = 0; i < f->n; i++) {                                                            \
        if (f->items[i].status == PREREQ_FACT_UNAVAILABLE)                                         \
            add_error(&errors, name, f->items[i].code, NULL, f->items[i].text);                    \
    }
    ADD(files, file_count, f->files[i].path)
    ADD(registry, registry_count, f->registry[i].key)
    ADD(services, service_count, f->services[i].name)
    ADD(features, feature_count, f->features[i].name)
    ADD(packages, package_count, f->packages[i].identity)
    ADD(instances, instance_count, f->instances[i].product)
    ADD(volumes, volume_count, prereq_enum_name(prereq_volume_role_names, f->volumes[i].role))
    ADD(settings, setting_count, f->settings[i].name)
#undef ADD
    for (size_t i = 0; i < f->coverage_count; i++) {
        if (f->coverage[i].state == PREREQ_LIST_UNAVAILABLE)
            add_error(&errors, prereq_enum_name(prereq_list_kind_names, f->coverage[i].list),
                      f->coverage[i].code, NULL, f->coverage[i].text);
    }
    if (f->servicing_stack && f->servicing_stack->status == PREREQ_FACT_UNAVAILABLE)
        add_error(&errors, "servicingStack", f->servicing_stack->code, NULL,
                  f->servicing_stack->text);
    if (f->collection->cut_short == PREREQ_FLAG_TRUE)
        errors.rows[errors.count++] = (struct prereq_error_row){
            "collection", "cut short", "cut_short", NULL,
            "the collection ended before it was done; what is not there was not collected"};
    /* The order of the facts leaves no trace. */
    if (errors.count > 1)
        qsort(errors.rows, errors.count, sizeof(*errors.rows), compare_errors);
    out->collector_errors = errors.rows;
    out->collector_error_count = errors.count;
    return true;
}

/* ---- what judged it ---- */

static bool fill_catalogs(struct prereq_trial *trial, struct prereq_assessment *out)
{
    size_t count;
    const struct prereq_catalog_info *infos = prereq_catalog_infos(trial->judge->catalog, &count);
    struct prereq_catalog_ref *refs =
        PREREQ_NEW_ARRAY(trial->arena, count, struct prereq_catalog_ref);

    for (size_t i = 0; refs && i < count; i++)
        refs[i] = (struct prereq_catalog_ref){infos[i].id, infos[i].version, infos[i].released,
                                              infos[i].sha256};
    out->catalogs = refs;
    out->catalog_count = count;
    return refs != NULL;
}

static bool fill_policy(struct prereq_trial *trial, struct prereq_assessment *out)
{
    const struct prereq_policy *policy = trial->judge->policy;
    struct prereq_policy_ref *ref = PREREQ_NEW(trial->arena, struct prereq_policy_ref);

    if (!ref)
        return false;
    *ref = (struct prereq_policy_ref){
        policy->id,           policy->version,           policy->sha256,
        policy->sla_days,     policy->stale_after_hours, policy->restart_grace_days,
        policy->trust_records};
    out->policy = ref;
    return true;
}

static bool fill_previous(struct prereq_trial *trial, struct prereq_assessment *out)
{
    struct prereq_previous_ref *ref;

    if (!trial->previous)
        return true;
    ref = PREREQ_NEW(trial->arena, struct prereq_previous_ref);
    if (ref)
        ref->evaluated = trial->previous->evaluated;
    out->previous = ref;
    return ref != NULL;
}

bool prereq_fill_host(struct prereq_trial *trial, struct prereq_assessment *out)
{
    out->format = "patchprereq-assessment/1.0";
    out->product_version = trial->judge->product_version;
    out->evaluated = trial->judge->now;
    out->host = trial->identity;
    out->collection = trial->facts->collection;
    out->inputs = trial->judge->inputs;
    out->input_count = trial->judge->input_count;
    return fill_restarts(trial, out) && fill_errors(trial, out) && fill_catalogs(trial, out) &&
           fill_policy(trial, out) && fill_previous(trial, out);
}
