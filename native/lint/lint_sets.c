/* SPDX-License-Identifier: MIT */
/* lint_sets.c - a fact after a step, as far as the step sets it. */
#include "lint/lint_sets.h"

#include "engine/settable.h"

/* The files that a step brings; of several rows of one file each adds what it says. */
static void raise_file(struct prereq_fact *value, const struct prereq_file_row *row)
{
    value->status = PREREQ_FACT_KNOWN;
    if (row->version.parts && prereq_version_compare(row->version, value->version) >= 0)
        value->version = row->version;
    if (row->date.known && (!value->time.known || row->date.seconds > value->time.seconds))
        value->time = row->date;
    if (row->size.known)
        value->number = row->size;
}

static bool set_rows(const struct prereq_lint_step *step, const struct prereq_slot *slot,
                     struct prereq_fact *value)
{
    bool set = false;

    for (size_t i = 0; slot->kind == PREREQ_SLOT_FILE && i < step->row_count; i++) {
        if (!prereq_equal_nocase(step->rows[i].path, slot->name))
            continue;
        raise_file(value, &step->rows[i]);
        set = true;
    }
    return set;
}

bool prereq_lint_step_sets(struct prereq_lint *lint, const struct prereq_lint_step *step,
                           const struct prereq_slot *slot, struct prereq_fact *value)
{
    bool named = slot->kind >= PREREQ_SLOT_FIXED;
    bool set = false;

    *value = (struct prereq_fact){.status = named ? PREREQ_FACT_ABSENT : PREREQ_FACT_NOT_COLLECTED};
    set = set_rows(step, slot, value);
    for (size_t i = 0; i < step->set_count; i++) {
        if (!prereq_set_value(lint->arena, &step->sets[i], slot, value, &set))
            lint->no_memory = true;
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
    for (size_t i = 0; i < step->set_count; i++)
        prereq_set_instance(&step->sets[i], instance, &found);
    return found;
}
