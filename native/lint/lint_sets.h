/* SPDX-License-Identifier: MIT */
/* lint_sets.h - inside lint: a fact after a step, as far as the step sets it. */
#ifndef PREREQ_LINT_SETS_H
#define PREREQ_LINT_SETS_H

#include "engine/world.h"
#include "lint/lint.h"

struct prereq_lint_step {
    const struct prereq_set *sets;
    size_t set_count;
    const struct prereq_file_row *rows; /* files it brings */
    size_t row_count;
};

/* *value is what the slot holds after the step.  False: the step does not set it, and *value is
 * that of a host on which no named thing is there, and of whose system nothing is known. */
bool prereq_lint_step_sets(struct prereq_lint *lint, const struct prereq_lint_step *step,
                           const struct prereq_slot *slot, struct prereq_fact *value);
/* The same for an instance; false: it is not there. */
bool prereq_lint_step_sets_product(const struct prereq_lint_step *step,
                                   struct prereq_instance_value *instance);

#endif
