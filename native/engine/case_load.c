/* SPDX-License-Identifier: MIT */
/* case_load.c - a host's facts into the slots of a catalog, in one pass over the facts. */
#include "engine/world.h"

#include <string.h>

enum prereq_reason prereq_reason_from_code(const char *code)
{
    static const enum prereq_reason reasons[] = {
        PREREQ_REASON_ACCESS_DENIED, PREREQ_REASON_HIVE_DIRTY, PREREQ_REASON_BAD_VERSION,
        PREREQ_REASON_NO_VERSION_RESOURCE, PREREQ_REASON_NOT_COLLECTED};

    for (size_t i = 0; code && i < PREREQ_COUNT(reasons); i++) {
        if (prereq_equal_nocase(prereq_reason_info(reasons[i])->code, code))
            return reasons[i];
    }
    return PREREQ_REASON_ERROR;
}

static void clear(struct prereq_case *host)
{
    for (size_t i = 0; i < host->value_count; i++)
        host->now.values[i].status = PREREQ_FACT_NOT_COLLECTED;
    for (size_t i = 0; i < host->pair_count; i++)
        host->now.records[i].value = PREREQ_UNKNOWN;
}

/* A value with the status that its item has; `known` is the default. */
static struct prereq_fact start(int status, const char *code, const void *fact)
{
    struct prereq_fact value = {
        .status = status ? (enum prereq_fact_status)status : PREREQ_FACT_KNOWN, .fact = fact};

    if (value.status == PREREQ_FACT_UNAVAILABLE)
        value.reason = prereq_reason_from_code(code);
    return value;
}

/* ---- the operating system: members of one object, unavailable ones named in `errors` ---- */

static void set_number(struct prereq_fact *value, struct prereq_number number)
{
    if (!number.known)
        return;
    value->status = PREREQ_FACT_KNOWN;
    value->number = number;
}

static void set_text(struct prereq_fact *value, const char *text)
{
    if (!text)
        return;
    value->status = PREREQ_FACT_KNOWN;
    value->text = text;
}

static void set_code(struct prereq_fact *value, int code)
{
    if (!code)
        return;
    value->status = PREREQ_FACT_KNOWN;
    value->code = code;
}

static void load_os(struct prereq_case *host)
{
    const struct prereq_os *os = host->facts->os;
    struct prereq_fact *values = host->now.values;

    if (!os)
        return;
    if (os->version.parts) {
        values[PREREQ_SLOT_OS_VERSION].status = PREREQ_FACT_KNOWN;
        values[PREREQ_SLOT_OS_VERSION].version = os->version;
    }
    set_number(&values[PREREQ_SLOT_OS_BUILD], os->build);
    set_number(&values[PREREQ_SLOT_OS_UBR], os->ubr);
    set_number(&values[PREREQ_SLOT_OS_SERVICE_PACK], os->service_pack);
    set_text(&values[PREREQ_SLOT_OS_EDITION], os->edition);
    set_text(&values[PREREQ_SLOT_OS_LANGUAGE], os->language);
    set_text(&values[PREREQ_SLOT_OS_INSTALL_TYPE], os->install_type);
    set_code(&values[PREREQ_SLOT_OS_PRODUCT_TYPE], os->product_type);
    set_code(&values[PREREQ_SLOT_OS_ARCHITECTURE], os->architecture);
}

static const struct {
    const char *fact;
    enum prereq_slot_kind slot;
} named_errors[] = {
    {"os.version", PREREQ_SLOT_OS_VERSION},
    {"os.build", PREREQ_SLOT_OS_BUILD},
    {"os.ubr", PREREQ_SLOT_OS_UBR},
    {"os.servicePack", PREREQ_SLOT_OS_SERVICE_PACK},
    {"os.edition", PREREQ_SLOT_OS_EDITION},
    {"os.language", PREREQ_SLOT_OS_LANGUAGE},
    {"os.installType", PREREQ_SLOT_OS_INSTALL_TYPE},
    {"os.productType", PREREQ_SLOT_OS_PRODUCT_TYPE},
    {"os.architecture", PREREQ_SLOT_OS_ARCHITECTURE},
    {"servicingStack", PREREQ_SLOT_STACK},
};

static void load_errors(struct prereq_case *host)
{
    const struct prereq_facts *facts = host->facts;

    for (size_t i = 0; i < facts->error_count; i++) {
        for (size_t k = 0; k < PREREQ_COUNT(named_errors); k++) {
            struct prereq_fact *value = &host->now.values[named_errors[k].slot];

            if (prereq_equal_nocase(facts->errors[i].fact, named_errors[k].fact) &&
                value->status == PREREQ_FACT_NOT_COLLECTED)
                *value = start(PREREQ_FACT_UNAVAILABLE, facts->errors[i].code, NULL);
        }
    }
}

/* ---- named things ---- */

/* Where the value of a slot goes; NULL: no rule reads it. */
static struct prereq_fact *find(struct prereq_case *host, enum prereq_slot_kind kind,
                                const char *name, const char *value, int variant)
{
    uint32_t slot = prereq_slot_find(host->catalog, kind, name, value, variant);

    return slot == PREREQ_NONE ? NULL : &host->now.values[slot];
}

static struct prereq_fact file_value(const struct prereq_case *host,
                                     const struct prereq_file_fact *fact)
{
    struct prereq_fact value = start(fact->status, fact->code, fact);

    value.version = fact->version;
    value.no_version = fact->no_version == PREREQ_FLAG_TRUE;
    value.bad_version = fact->version_text && !fact->version.parts;
    value.number = fact->size;
    value.time = prereq_usable_time(host, fact->modified);
    return value;
}

/* A file below an instance's folder is also the file %Instance%\... of that instance. */
static void load_instance_file(struct prereq_case *host, const struct prereq_file_fact *fact)
{
    for (uint32_t t = 1; t < host->target_count; t++) {
        const char *folder = prereq_target_instance(host, t)->path;
        const char *path;
        uint32_t slot;

        if (!folder || !prereq_starts_nocase(fact->path, folder) ||
            fact->path[strlen(folder)] != '\\')
            continue;
        path = prereq_printf(host->arena, "%%Instance%%%s", fact->path + strlen(folder));
        slot =
            path ? prereq_slot_find(host->catalog, PREREQ_SLOT_FILE, path, NULL, 0) : PREREQ_NONE;
        if (slot != PREREQ_NONE)
            host->now.values[prereq_value_at(host, slot, t)] = file_value(host, fact);
    }
}

static void load_files(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->file_count; i++) {
        const struct prereq_file_fact *fact = &host->facts->files[i];
        struct prereq_fact *value = find(host, PREREQ_SLOT_FILE, fact->path, NULL, 0);

        if (value)
            *value = file_value(host, fact);
        if (host->per_target_count > 0)
            load_instance_file(host, fact);
    }
}

static void load_registry(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->registry_count; i++) {
        const struct prereq_registry_fact *fact = &host->facts->registry[i];
        int view = fact->view ? fact->view : PREREQ_VIEW_64;
        struct prereq_fact *value = find(host, PREREQ_SLOT_REGISTRY, fact->key, fact->name, view);

        if (!value)
            continue;
        *value = start(fact->status, fact->code, fact);
        value->text = fact->value;
        value->number = fact->number;
    }
}

static void load_services(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->service_count; i++) {
        const struct prereq_service_fact *fact = &host->facts->services[i];
        struct prereq_fact *value = find(host, PREREQ_SLOT_SERVICE, fact->name, NULL, 0);

        if (!value)
            continue;
        *value = start(fact->status, fact->code, fact);
        value->code = fact->start;
    }
}

static void load_features(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->feature_count; i++) {
        const struct prereq_feature_fact *fact = &host->facts->features[i];
        struct prereq_fact *value = find(host, PREREQ_SLOT_FEATURE, fact->name, NULL, 0);

        if (!value)
            continue;
        *value = start(fact->status, fact->code, fact);
        value->code = fact->state ? fact->state : PREREQ_FEATURE_INSTALLED;
        value->version = fact->version;
        value->time = prereq_usable_time(host, fact->installed_on);
        if (value->status == PREREQ_FACT_KNOWN && value->code == PREREQ_FEATURE_NOT_INSTALLED)
            value->status = PREREQ_FACT_ABSENT;
    }
}

static void load_settings(struct prereq_case *host)
{
    for (size_t i = 0; i < host->facts->setting_count; i++) {
        const struct prereq_setting *fact = &host->facts->settings[i];
        struct prereq_fact *value = find(host, PREREQ_SLOT_SETTING, fact->name, NULL, fact->kind);

        if (!value)
            continue;
        *value = start(fact->status, fact->code, fact);
        value->text = fact->value;
        value->number = fact->number;
    }
}

static void load_msi(struct prereq_case *host)
{
    const struct prereq_facts *facts = host->facts;

    for (size_t i = 0; i < facts->msi_product_count; i++) {
        struct prereq_fact *value =
            find(host, PREREQ_SLOT_MSI_PRODUCT, facts->msi_products[i].product_code, NULL, 0);

        if (!value)
            continue;
        *value = start(PREREQ_FACT_KNOWN, NULL, &facts->msi_products[i]);
        value->version = facts->msi_products[i].version;
    }
    for (size_t i = 0; i < facts->msi_patch_count; i++) {
        struct prereq_fact *value =
            find(host, PREREQ_SLOT_MSI_PATCH, facts->msi_patches[i].patch_code, NULL, 0);
        struct prereq_time time = prereq_usable_time(host, facts->msi_patches[i].installed_on);

        /* One patch may be on several products: the latest time is the patch's. */
        if (!value || (value->status == PREREQ_FACT_KNOWN &&
                       (!time.known || (value->time.known && time.seconds <= value->time.seconds))))
            continue;
        *value = start(PREREQ_FACT_KNOWN, NULL, &facts->msi_patches[i]);
        value->time = time;
    }
}

/* ---- instances, stack, volumes, restarts ---- */

static void load_instances(struct prereq_case *host)
{
    for (uint32_t i = 0; i < host->instance_count; i++) {
        const struct prereq_instance *fact = &host->facts->instances[i];
        struct prereq_instance_value *instance = &host->now.instances[i];
        struct prereq_fact status = start(fact->status, fact->code, fact);

        *instance = (struct prereq_instance_value){.fact = fact,
                                                   .product = fact->product,
                                                   .status = status.status,
                                                   .reason = status.reason,
                                                   .version = fact->version,
                                                   .level = fact->level,
                                                   .branch = fact->branch,
                                                   .edition = fact->edition,
                                                   .installed_on =
                                                       prereq_usable_time(host, fact->installed_on),
                                                   .target = PREREQ_NONE};
    }
    for (uint32_t t = 1; t < host->target_count; t++)
        host->now.instances[host->targets[t].instance].target = t;
}

/* Of several volumes with one role the one with the least space decides, and one that could not be
 * read before any that could. */
static bool is_tighter(const struct prereq_fact *before, const struct prereq_volume *volume)
{
    if (before->status == PREREQ_FACT_NOT_COLLECTED || before->status == PREREQ_FACT_ABSENT)
        return true;
    if (before->status == PREREQ_FACT_UNAVAILABLE || volume->status == PREREQ_FACT_ABSENT)
        return false;
    if (volume->status == PREREQ_FACT_UNAVAILABLE || !volume->free_bytes.known)
        return true;
    return before->number.known && volume->free_bytes.value < before->number.value;
}

static void load_fixed(struct prereq_case *host)
{
    const struct prereq_facts *facts = host->facts;
    struct prereq_fact *values = host->now.values;

    if (facts->servicing_stack) {
        struct prereq_fact *stack = &values[PREREQ_SLOT_STACK];

        *stack = start(facts->servicing_stack->status, facts->servicing_stack->code,
                       facts->servicing_stack);
        stack->version = facts->servicing_stack->version;
    }
    for (size_t i = 0; i < facts->volume_count; i++) {
        struct prereq_fact *volume = &values[PREREQ_SLOT_VOLUME + facts->volumes[i].role];

        if (!is_tighter(volume, &facts->volumes[i]))
            continue;
        *volume = start(facts->volumes[i].status, facts->volumes[i].code, &facts->volumes[i]);
        volume->number = facts->volumes[i].free_bytes;
    }
    for (size_t i = 0; i < facts->pending_restart_count; i++) {
        const struct prereq_pending_fact *fact = &facts->pending_restarts[i];
        struct prereq_fact *pending = &values[PREREQ_SLOT_PENDING + fact->source];

        *pending = start(PREREQ_FACT_KNOWN, NULL, fact);
        pending->code = fact->pending;
        pending->time = fact->since;
        if (fact->pending == PREREQ_ANSWER_UNKNOWN)
            *pending = start(PREREQ_FACT_UNAVAILABLE, fact->code, fact);
    }
}

/* What is not in a list that was read whole is absent. */
static void load_coverage(struct prereq_case *host)
{
    static const struct {
        enum prereq_list_kind list;
        enum prereq_slot_kind slot;
    } lists[] = {{PREREQ_LIST_SERVICES, PREREQ_SLOT_SERVICE},
                 {PREREQ_LIST_FEATURES, PREREQ_SLOT_FEATURE},
                 {PREREQ_LIST_CBS_PACKAGES, PREREQ_SLOT_PACKAGE},
                 {PREREQ_LIST_MSI_PRODUCTS, PREREQ_SLOT_MSI_PRODUCT},
                 {PREREQ_LIST_MSI_PATCHES, PREREQ_SLOT_MSI_PATCH}};

    const char *codes[PREREQ_LIST_HISTORY + 1] = {NULL};

    for (size_t i = 0; i < host->facts->coverage_count; i++) {
        const struct prereq_coverage *coverage = &host->facts->coverage[i];

        if (coverage->state == PREREQ_LIST_COMPLETE)
            host->complete |= 1U << coverage->list;
        if (coverage->state != PREREQ_LIST_UNAVAILABLE)
            continue;
        host->unavailable_lists |= 1U << coverage->list;
        codes[coverage->list] = coverage->code;
    }
    for (uint32_t slot = PREREQ_SLOT_FIXED; slot < host->catalog->slot_count; slot++) {
        struct prereq_fact *value = &host->now.values[slot];

        for (size_t i = 0; i < PREREQ_COUNT(lists); i++) {
            if (host->catalog->slots[slot].kind != lists[i].slot ||
                value->status != PREREQ_FACT_NOT_COLLECTED)
                continue;
            if (host->complete >> lists[i].list & 1)
                value->status = PREREQ_FACT_ABSENT;
            else if (host->unavailable_lists >> lists[i].list & 1)
                *value = start(PREREQ_FACT_UNAVAILABLE, codes[lists[i].list], NULL);
        }
    }
}

enum prereq_status prereq_case_load(struct prereq_case *host, struct prereq_error *err)
{
    clear(host);
    load_os(host);
    load_errors(host);
    load_files(host);
    load_registry(host);
    load_services(host);
    load_features(host);
    load_settings(host);
    load_msi(host);
    load_instances(host);
    load_fixed(host);
    if (!prereq_case_load_packages(host))
        return prereq_fail(err, PREREQ_NO_MEMORY,
                           "the host's facts are larger than the memory for them");
    load_coverage(host);
    return PREREQ_OK;
}
