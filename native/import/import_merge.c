/* SPDX-License-Identifier: MIT */
/* import_merge.c - several imported texts of one host become one document. */
#include <string.h>

#include "import/import_parts.h"

struct merge {
    struct prereq_arena *arena;
    const struct prereq_facts *const *parts;
    size_t count;
    struct prereq_facts *facts;
    struct prereq_identity *host;
    struct prereq_collection *collection;
    struct prereq_os *os;
    struct prereq_collector_error *errors;
};

static const char *name_of(const struct prereq_facts *part, char clip[PREREQ_IMPORT_CLIP])
{
    return part->collection->source ? prereq_import_clip(part->collection->source, clip) : "a part";
}

/* The text that is known, or a refusal when two differ.  Of two names of one host the longer is
 * whole. */
static enum prereq_status merge_name(const char **known, const char *name,
                                     const struct prereq_facts *part, struct prereq_error *err)
{
    char clip[PREREQ_IMPORT_CLIP];

    if (!name)
        return PREREQ_OK;
    if (*known && !prereq_import_same_host(*known, name))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "%s: is of the host \"%s\", the parts before it are of "
                           "\"%s\"",
                           name_of(part, clip), name, *known);
    if (!*known || strlen(*known) < strlen(name))
        *known = name;
    return PREREQ_OK;
}

static enum prereq_status merge_identity(struct merge *merge, struct prereq_error *err)
{
    struct prereq_identity *host = merge->host;
    char clip[PREREQ_IMPORT_CLIP];
    enum prereq_status status = PREREQ_OK;

    for (size_t i = 0; !status && i < merge->count; i++) {
        const struct prereq_identity *part = merge->parts[i]->host;

        if (host->host_id && part->host_id && !prereq_equal_nocase(host->host_id, part->host_id))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: has another host id than the parts "
                               "before it",
                               name_of(merge->parts[i], clip));
        if (!host->host_id)
            host->host_id = part->host_id;
        status = merge_name(&host->host_name, part->host_name, merge->parts[i], err);
        if (!host->domain)
            host->domain = part->domain;
    }
    if (status)
        return status;
    if (!host->host_name)
        host->host_name = host->host_id;
    if (!host->host_name)
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "none of the texts names its host; give --host-id");
    return PREREQ_OK;
}

static enum prereq_status merge_collection(struct merge *merge, struct prereq_error *err)
{
    struct prereq_collection *all = merge->collection;

    *all = *merge->parts[0]->collection;
    all->started = all->finished;
    for (size_t i = 1; i < merge->count; i++) {
        const struct prereq_collection *part = merge->parts[i]->collection;

        if (part->finished.seconds < all->started.seconds)
            all->started = part->finished;
        if (part->finished.seconds > all->finished.seconds)
            all->finished = part->finished;
        if (!part->source)
            continue;
        all->source = all->source ? prereq_printf(merge->arena, "%s; %s", all->source, part->source)
                                  : part->source;
        if (!all->source)
            return prereq_import_no_memory(err);
    }
    if (all->started.seconds == all->finished.seconds)
        all->started = (struct prereq_time){0};
    return PREREQ_OK;
}

static bool differs(struct prereq_number a, struct prereq_number b)
{
    return a.known && b.known && a.value != b.value;
}

static void fill_number(struct prereq_number *known, struct prereq_number other)
{
    if (!known->known)
        *known = other;
}

static void fill_text(const char **known, const char *other)
{
    if (!*known)
        *known = other;
}

static void fill_os(struct prereq_os *os, const struct prereq_os *part)
{
    fill_text(&os->product, part->product);
    fill_text(&os->service_pack_text, part->service_pack_text);
    fill_text(&os->language, part->language);
    fill_number(&os->build, part->build);
    fill_number(&os->service_pack, part->service_pack);
    fill_number(&os->ubr, part->ubr);
    fill_text(&os->edition, part->edition);
    fill_text(&os->install_type, part->install_type);
    if (!os->version.parts)
        os->version = part->version;
    if (!os->product_type)
        os->product_type = part->product_type;
    if (!os->architecture)
        os->architecture = part->architecture;
    if (!os->installed_on.known)
        os->installed_on = part->installed_on;
}

static enum prereq_status merge_os(struct merge *merge, struct prereq_error *err)
{
    char clip[PREREQ_IMPORT_CLIP];

    for (size_t i = 0; i < merge->count; i++) {
        const struct prereq_os *part = merge->parts[i]->os;

        if (!part)
            continue;
        if (prereq_version_compare(part->version, merge->os->version) != 0 && merge->facts->os)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: names another version of Windows than the parts before it",
                               name_of(merge->parts[i], clip));
        if (differs(part->build, merge->os->build) ||
            differs(part->service_pack, merge->os->service_pack))
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: names another build or service pack than the parts before "
                               "it: they were not made at one time",
                               name_of(merge->parts[i], clip));
        fill_os(merge->os, part);
        merge->facts->os = merge->os;
    }
    return PREREQ_OK;
}

/* The later text knows the later start. */
static void merge_start_up(struct merge *merge)
{
    const struct prereq_facts *latest = NULL;

    for (size_t i = 0; i < merge->count; i++) {
        const struct prereq_facts *part = merge->parts[i];

        if (!part->last_start_up.known)
            continue;
        if (!latest || part->collection->finished.seconds >= latest->collection->finished.seconds)
            latest = part;
    }
    if (latest)
        merge->facts->last_start_up = latest->last_start_up;
}

/* A list of two parts was read as far as the better of them shows. */
static void add_coverage(struct prereq_coverage *coverage, size_t *count,
                         const struct prereq_coverage *part)
{
    size_t at = 0;

    while (at < *count && coverage[at].list != part->list)
        at++;
    if (at == *count)
        coverage[(*count)++] = *part;
    else if (part->state < coverage[at].state)
        coverage[at] = *part;
}

static enum prereq_status merge_lists(struct merge *merge, struct prereq_error *err)
{
    struct prereq_facts *facts = merge->facts;
    size_t coverage_count = 0, error_count = 1; /* one for conflicts */
    struct prereq_coverage *coverage;

    for (size_t i = 0; i < merge->count; i++) {
        coverage_count += merge->parts[i]->coverage_count;
        error_count += merge->parts[i]->error_count;
    }
    coverage = PREREQ_NEW_ARRAY(merge->arena, coverage_count, struct prereq_coverage);
    merge->errors = PREREQ_NEW_ARRAY(merge->arena, error_count, struct prereq_collector_error);
    if (!coverage || !merge->errors)
        return prereq_import_no_memory(err);
    for (size_t i = 0; i < merge->count; i++) {
        const struct prereq_facts *part = merge->parts[i];

        for (size_t j = 0; j < part->coverage_count; j++)
            add_coverage(coverage, &facts->coverage_count, &part->coverage[j]);
        for (size_t j = 0; j < part->error_count; j++)
            merge->errors[facts->error_count++] = part->errors[j];
    }
    facts->coverage = coverage;
    facts->errors = merge->errors;
    return PREREQ_OK;
}

/* Each package and each feature once; of two that say different things the later text counts. */
static enum prereq_status merge_packages(struct merge *merge, struct prereq_error *err)
{
    struct prereq_package_fact *packages;
    struct prereq_feature_fact *features;
    size_t package_room = 0, feature_room = 0, packages_made = 0, features_made = 0;

    for (size_t i = 0; i < merge->count; i++) {
        package_room += merge->parts[i]->package_count;
        feature_room += merge->parts[i]->feature_count;
    }
    packages = PREREQ_NEW_ARRAY(merge->arena, package_room, struct prereq_package_fact);
    features = PREREQ_NEW_ARRAY(merge->arena, feature_room, struct prereq_feature_fact);
    if (!packages || !features)
        return prereq_import_no_memory(err);
    for (size_t i = 0; i < merge->count; i++) {
        const struct prereq_facts *part = merge->parts[i];

        for (size_t j = 0; j < part->package_count; j++)
            packages[packages_made++] = part->packages[j];
        for (size_t j = 0; j < part->feature_count; j++)
            features[features_made++] = part->features[j];
    }
    merge->facts->packages = packages;
    merge->facts->package_count = packages_made;
    merge->facts->features = features;
    merge->facts->feature_count = features_made;
    if (!prereq_import_unique_packages(merge->arena, &merge->facts->packages,
                                       &merge->facts->package_count) ||
        !prereq_import_unique_features(merge->arena, &merge->facts->features,
                                       &merge->facts->feature_count))
        return prereq_import_no_memory(err);
    return PREREQ_OK;
}

static size_t count_records(const struct merge *merge)
{
    size_t count = 0;

    for (size_t i = 0; i < merge->count; i++) {
        for (size_t j = 0; j < merge->parts[i]->update_count; j++)
            count += merge->parts[i]->updates[j].source_count;
    }
    return count;
}

static void list_records(const struct prereq_update_fact *update,
                         struct prereq_import_record *records, size_t *count)
{
    for (size_t i = 0; i < update->source_count; i++) {
        records[*count] = (struct prereq_import_record){update->id, update->sources[i], *count};
        *count += 1;
    }
}

static enum prereq_status merge_updates(struct merge *merge, struct prereq_error *err)
{
    size_t count = 0, conflicts = 0;
    struct prereq_facts *facts = merge->facts;
    struct prereq_update_fact *updates;
    struct prereq_import_record *records;
    enum prereq_status status;
    const char *text;

    records = PREREQ_NEW_ARRAY(merge->arena, count_records(merge), struct prereq_import_record);
    if (!records)
        return prereq_import_no_memory(err);
    for (size_t i = 0; i < merge->count; i++) {
        for (size_t j = 0; j < merge->parts[i]->update_count; j++)
            list_records(&merge->parts[i]->updates[j], records, &count);
    }
    status = prereq_import_group(merge->arena, records, count, &updates, &facts->update_count,
                                 &conflicts, err);
    if (status)
        return status;
    facts->updates = updates;
    if (conflicts == 0)
        return PREREQ_OK;
    text = prereq_printf(merge->arena,
                         "updates that the texts list with different install dates: %zu; the dates "
                         "are not known",
                         conflicts);
    if (!text)
        return prereq_import_no_memory(err);
    merge->errors[facts->error_count++] =
        (struct prereq_collector_error){.fact = "updates", .code = "conflict", .text = text};
    return PREREQ_OK;
}

/* By time, and texts of one time by what they say: not by the order in which they were named. */
static bool in_order(const struct prereq_facts *a, const struct prereq_facts *b)
{
    int64_t first = a->collection->finished.seconds, second = b->collection->finished.seconds;

    if (first != second)
        return first < second;
    return prereq_shape_compare(prereq_facts_document.shape, a, b) <= 0;
}

/* Few: people name them one by one. */
static const struct prereq_facts *const *
sort_parts(struct prereq_arena *arena, const struct prereq_facts *const *parts, size_t count)
{
    const struct prereq_facts **sorted =
        PREREQ_NEW_ARRAY(arena, count, const struct prereq_facts *);

    for (size_t i = 0; sorted && i < count; i++) {
        size_t at = i;

        for (; at > 0 && !in_order(sorted[at - 1], parts[i]); at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = parts[i];
    }
    return sorted;
}

enum prereq_status prereq_import_merge(struct prereq_arena *arena,
                                       const struct prereq_facts *const *parts, size_t count,
                                       struct prereq_facts **merged, struct prereq_error *err)
{
    struct merge merge = {.arena = arena, .count = count};
    enum prereq_status status;

    if (count == 0)
        return prereq_fail(err, PREREQ_BAD_INPUT, "there is no text to merge");
    merge.parts = sort_parts(arena, parts, count);
    if (!merge.parts)
        return prereq_import_no_memory(err);
    merge.facts = PREREQ_NEW(arena, struct prereq_facts);
    merge.host = PREREQ_NEW(arena, struct prereq_identity);
    merge.collection = PREREQ_NEW(arena, struct prereq_collection);
    merge.os = PREREQ_NEW(arena, struct prereq_os);
    if (!merge.facts || !merge.host || !merge.collection || !merge.os)
        return prereq_import_no_memory(err);
    merge.facts->format = parts[0]->format;
    merge.facts->host = merge.host;
    merge.facts->collection = merge.collection;
    status = merge_identity(&merge, err);
    if (!status)
        status = merge_collection(&merge, err);
    if (!status)
        status = merge_os(&merge, err);
    if (!status)
        status = merge_lists(&merge, err);
    if (!status)
        status = merge_packages(&merge, err);
    if (!status)
        status = merge_updates(&merge, err);
    if (status)
        return status;
    merge_start_up(&merge);
    *merged = merge.facts;
    return PREREQ_OK;
}
