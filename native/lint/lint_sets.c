/* SPDX-License-Identifier: MIT */
/* lint_sets.c - a fact after a step, as far as the step sets it. */
#include "lint/lint_sets.h"

#include <string.h>

/* Of several sets of one thing each adds what it says. */

static struct prereq_fact present(void)
{
    return (struct prereq_fact){.status = PREREQ_FACT_KNOWN};
}

static bool set_number(struct prereq_fact *value, struct prereq_number number)
{
    if (!number.known)
        return false;
    value->status = PREREQ_FACT_KNOWN;
    value->number = number;
    return true;
}

static bool set_os(const struct prereq_set_os *set, enum prereq_slot_kind kind,
                   struct prereq_fact *value)
{
    if (kind == PREREQ_SLOT_OS_BUILD)
        return set_number(value, set->build);
    if (kind == PREREQ_SLOT_OS_UBR)
        return set_number(value, set->ubr);
    if (kind == PREREQ_SLOT_OS_SERVICE_PACK)
        return set_number(value, set->service_pack);
    if (kind != PREREQ_SLOT_OS_EDITION || !set->edition)
        return false;
    value->status = PREREQ_FACT_KNOWN;
    value->text = set->edition;
    return true;
}

static bool set_stack(struct prereq_version version, enum prereq_slot_kind kind,
                      struct prereq_fact *value)
{
    if (kind != PREREQ_SLOT_STACK || !version.parts)
        return false;
    value->status = PREREQ_FACT_KNOWN;
    value->version = version;
    return true;
}

/* ---- files ---- */

static void raise_file(struct prereq_fact *value, struct prereq_version version,
                       struct prereq_time time, struct prereq_number size)
{
    value->status = PREREQ_FACT_KNOWN;
    if (version.parts && prereq_version_compare(version, value->version) >= 0)
        value->version = version;
    if (time.known && (!value->time.known || time.seconds > value->time.seconds))
        value->time = time;
    if (size.known)
        value->number = size;
}

static bool set_file(const struct prereq_set_file *set, const struct prereq_slot *slot,
                     struct prereq_fact *value)
{
    if (slot->kind != PREREQ_SLOT_FILE || !prereq_equal_nocase(set->path, slot->name))
        return false;
    if (set->removed == PREREQ_FLAG_TRUE)
        *value = (struct prereq_fact){.status = PREREQ_FACT_ABSENT};
    else
        raise_file(value, set->version, set->date, set->size);
    return true;
}

static bool set_rows(const struct prereq_lint_step *step, const struct prereq_slot *slot,
                     struct prereq_fact *value)
{
    bool set = false;

    for (size_t i = 0; slot->kind == PREREQ_SLOT_FILE && i < step->row_count; i++) {
        const struct prereq_file_row *row = &step->rows[i];

        if (!prereq_equal_nocase(row->path, slot->name))
            continue;
        raise_file(value, row->version, row->date, row->size);
        set = true;
    }
    return set;
}

/* ---- registry ---- */

static bool same_value(const struct prereq_set_registry *set, const struct prereq_slot *slot)
{
    if (!set->name || !slot->value)
        return !set->name && !slot->value;
    return prereq_equal_nocase(set->name, slot->value);
}

/* A value that is written makes its key exist. */
static bool makes_key(const struct prereq_set_registry *set, const struct prereq_slot *slot)
{
    return !slot->value && set->removed != PREREQ_FLAG_TRUE;
}

static bool set_registry(struct prereq_lint *lint, const struct prereq_set_registry *set,
                         const struct prereq_slot *slot, struct prereq_fact *value)
{
    int view = set->view ? set->view : PREREQ_VIEW_64;
    struct prereq_registry_fact *fact;

    if (slot->kind != PREREQ_SLOT_REGISTRY || view != slot->variant ||
        !prereq_equal_nocase(set->key, slot->name))
        return false;
    if (!same_value(set, slot)) {
        if (!makes_key(set, slot))
            return false;
        *value = present();
        return true;
    }
    if (set->removed == PREREQ_FLAG_TRUE) {
        *value = (struct prereq_fact){.status = PREREQ_FACT_ABSENT};
        return true;
    }
    fact = PREREQ_NEW(lint->arena, struct prereq_registry_fact);
    if (!fact) {
        lint->no_memory = true;
        return false;
    }
    *fact = (struct prereq_registry_fact){
        .key = set->key, .name = set->name, .type = set->type, .value = set->value};
    *value = present();
    value->text = set->value;
    value->number = set->number;
    value->fact = fact;
    return true;
}

/* ---- services, features, settings, packages ---- */

static bool set_service(const struct prereq_set_service *set, const struct prereq_slot *slot,
                        struct prereq_fact *value)
{
    if (slot->kind != PREREQ_SLOT_SERVICE || !prereq_equal_nocase(set->name, slot->name))
        return false;
    *value = present();
    value->code = set->start;
    return true;
}

static bool set_feature(const struct prereq_set_feature *set, const struct prereq_slot *slot,
                        struct prereq_fact *value)
{
    if (slot->kind != PREREQ_SLOT_FEATURE || !prereq_equal_nocase(set->name, slot->name))
        return false;
    *value = present();
    value->code = set->state ? set->state : PREREQ_FEATURE_INSTALLED;
    value->version = set->version;
    if (value->code == PREREQ_FEATURE_NOT_INSTALLED)
        value->status = PREREQ_FACT_ABSENT;
    return true;
}

static bool set_setting(const struct prereq_set_setting *set, const struct prereq_slot *slot,
                        struct prereq_fact *value)
{
    if (slot->kind != PREREQ_SLOT_SETTING || set->kind != slot->variant ||
        !prereq_equal_nocase(set->name, slot->name))
        return false;
    *value = present();
    value->text = set->value;
    value->number = set->number;
    return true;
}

/* Several packages may match one rule. */
static bool set_package(struct prereq_lint *lint, const struct prereq_set_package *set,
                        const struct prereq_slot *slot, struct prereq_fact *value)
{
    struct prereq_package_value *packages;

    if (slot->kind != PREREQ_SLOT_PACKAGE || !prereq_glob(slot->name, set->name))
        return false;
    packages = PREREQ_NEW_ARRAY(lint->arena, value->package_count + 1, struct prereq_package_value);
    if (!packages) {
        lint->no_memory = true;
        return false;
    }
    if (value->package_count > 0)
        memcpy(packages, value->packages, value->package_count * sizeof(*packages));
    packages[value->package_count] = (struct prereq_package_value){
        set->state.known ? set->state.value : 0x70, set->version, set->name};
    value->status = PREREQ_FACT_KNOWN;
    value->packages = packages;
    value->package_count++;
    return true;
}

static bool set_named(struct prereq_lint *lint, const struct prereq_set *set,
                      const struct prereq_slot *slot, struct prereq_fact *value)
{
    if (set->registry)
        return set_registry(lint, set->registry, slot, value);
    if (set->package)
        return set_package(lint, set->package, slot, value);
    if (set->setting)
        return set_setting(set->setting, slot, value);
    if (set->service)
        return set_service(set->service, slot, value);
    if (set->feature)
        return set_feature(set->feature, slot, value);
    return set->file && set_file(set->file, slot, value);
}

bool prereq_lint_step_sets(struct prereq_lint *lint, const struct prereq_lint_step *step,
                           const struct prereq_slot *slot, struct prereq_fact *value)
{
    bool named = slot->kind >= PREREQ_SLOT_FIXED;
    bool set = false;

    *value = (struct prereq_fact){.status = named ? PREREQ_FACT_ABSENT : PREREQ_FACT_NOT_COLLECTED};
    set = set_rows(step, slot, value);
    for (size_t i = 0; i < step->set_count; i++) {
        const struct prereq_set *one = &step->sets[i];

        if (one->os)
            set |= set_os(one->os, slot->kind, value);
        else if (one->servicing_stack.parts)
            set |= set_stack(one->servicing_stack, slot->kind, value);
        else
            set |= set_named(lint, one, slot, value);
    }
    return set;
}

bool prereq_lint_step_sets_product(const struct prereq_lint_step *step,
                                   struct prereq_instance_value *instance)
{
    bool found = false;

    instance->status = PREREQ_FACT_ABSENT;
    instance->version.parts = 0;
    instance->level = instance->branch = NULL;
    for (size_t i = 0; i < step->set_count; i++) {
        const struct prereq_set_product *set = step->sets[i].product;

        if (!set || !prereq_equal_nocase(set->product, instance->product))
            continue;
        found = true;
        instance->status = PREREQ_FACT_KNOWN;
        if (set->version.parts)
            instance->version = set->version;
        instance->level = set->level ? set->level : instance->level;
        instance->branch = set->branch ? set->branch : instance->branch;
    }
    return found;
}
