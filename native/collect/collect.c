/* SPDX-License-Identifier: MIT */
/* collect.c - all collectors one after the other, and their facts as one document. */
#include "collect/collect.h"

#include "collect/unique.h"
#include "patchprereq.h"

struct collector {
    const char *name; /* for progress */
    void (*run)(struct prereq_gather *gather);
};

static void run_extra(struct prereq_gather *gather, const struct prereq_collect_options *options)
{
    if (options->extra && !prereq_gather_stopped(gather))
        options->extra(gather);
}

static void run_some(struct prereq_gather *gather, const struct collector *collectors, size_t count,
                     size_t done, size_t total)
{
    for (size_t i = 0; i < count && !prereq_gather_stopped(gather); i++) {
        prereq_gather_progress(gather, collectors[i].name, done + i, total);
        collectors[i].run(gather);
    }
}

/* What is not looked at before the time is up stays not collected. */
static void run_all(struct prereq_gather *gather, const struct prereq_collect_options *options)
{
    static const struct collector before[] = {
        {"msi", prereq_collect_msi},
        {"products", prereq_collect_products},
    };
    static const struct collector after[] = {
        {"hotfixes", prereq_collect_hotfixes}, {"packages", prereq_collect_cbs},
        {"services", prereq_collect_services}, {"features", prereq_collect_features},
        {"restarts", prereq_collect_restarts}, {"settings", prereq_collect_settings},
    };
    size_t total = PREREQ_COUNT(before) + PREREQ_COUNT(after) + 2;

    prereq_gather_progress(gather, "system", 0, total);
    prereq_collect_system(gather); /* always: without it nobody knows whose facts these are */
    /* Products first: files are looked for in the folders of their instances. */
    run_some(gather, before, PREREQ_COUNT(before), 1, total);
    if (!prereq_gather_stopped(gather)) {
        prereq_gather_progress(gather, "files and registry", PREREQ_COUNT(before) + 1, total);
        prereq_collect_probes(gather, options->catalog);
    }
    run_some(gather, after, PREREQ_COUNT(after), PREREQ_COUNT(before) + 2, total);
    run_extra(gather, options);
    prereq_gather_progress(gather, "done", total, total);
}

/* ---- the document ---- */

#define LIST(facts, gather, list, count_)                                                          \
    ((facts)->list = (gather)->list.items, (facts)->count_ = (gather)->list.count)

static void set_lists(struct prereq_facts *facts, const struct prereq_gather *gather)
{
    LIST(facts, gather, files, file_count);
    LIST(facts, gather, registry, registry_count);
    LIST(facts, gather, services, service_count);
    LIST(facts, gather, features, feature_count);
    LIST(facts, gather, updates, update_count);
    LIST(facts, gather, packages, package_count);
    LIST(facts, gather, msi_products, msi_product_count);
    LIST(facts, gather, msi_patches, msi_patch_count);
    LIST(facts, gather, instances, instance_count);
    LIST(facts, gather, volumes, volume_count);
    LIST(facts, gather, settings, setting_count);
    LIST(facts, gather, pending_restarts, pending_restart_count);
    LIST(facts, gather, coverage, coverage_count);
    LIST(facts, gather, errors, error_count);
}

/* What stays of a gather, which itself is on the stack. */
struct whole {
    struct prereq_facts facts;
    struct prereq_identity host;
    struct prereq_os os;
    struct prereq_servicing_stack stack;
    struct prereq_collection collection;
};

static const struct prereq_facts *make_facts(struct prereq_gather *gather,
                                             const struct prereq_collection *collection)
{
    struct whole *whole = PREREQ_NEW(gather->arena, struct whole);

    if (!whole) {
        gather->no_memory = true;
        return NULL;
    }
    whole->host = gather->host;
    whole->os = gather->os;
    whole->stack = gather->stack;
    whole->collection = *collection;
    whole->facts.format = "patchprereq-facts/1.0";
    whole->facts.host = &whole->host;
    whole->facts.os = &whole->os;
    whole->facts.collection = &whole->collection;
    whole->facts.last_start_up = gather->last_start_up;
    if (gather->has_stack)
        whole->facts.servicing_stack = &whole->stack;
    set_lists(&whole->facts, gather);
    return &whole->facts;
}

enum prereq_status prereq_collect(struct prereq_source *source,
                                  const struct prereq_collect_options *options,
                                  struct prereq_arena *arena, const struct prereq_facts **facts,
                                  struct prereq_error *err)
{
    struct prereq_gather gather = {
        .arena = arena,
        .source = source,
        .no_user_names = options->no_user_names,
        .stop = options->stop,
        .progress = options->progress,
        .context = options->context,
    };
    struct prereq_collection collection = {
        .collector = "patchprereq",
        .collector_version = PREREQ_PRODUCT_VERSION,
        .method = (int)source->ops->method,
        .started = options->clock(options->context),
    };
    const struct prereq_facts *made = NULL;

    if (source->name)
        collection.source = prereq_gather_text(&gather, source->name);
    run_all(&gather, options);
    if (options->host_id)
        gather.host.host_id = prereq_gather_text(&gather, options->host_id);
    if (gather.stopped)
        collection.cut_short = PREREQ_FLAG_TRUE;
    collection.finished = options->clock(options->context);
    if (!gather.no_memory)
        prereq_gather_unique(&gather);
    if (!gather.no_memory)
        made = make_facts(&gather, &collection);
    if (!made || gather.no_memory)
        return prereq_fail(err, PREREQ_NO_MEMORY,
                           "the host's facts are larger than the memory for them");
    *facts = made;
    return PREREQ_OK;
}
