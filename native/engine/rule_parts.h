/* SPDX-License-Identifier: MIT */
/* rule_parts.h - inside the judgement: what the evaluation of rules shares between its files. */
#ifndef PREREQ_RULE_PARTS_H
#define PREREQ_RULE_PARTS_H

#include "engine/judge.h"

/* Verdicts being combined, with the reason for each value that stands first in the table of
 * reasons: in which order they were added says nothing. */
struct prereq_tally {
    struct prereq_verdict_counts counts;
    enum prereq_reason reason[6];
};

void prereq_tally_add(struct prereq_tally *tally, struct prereq_finding one);
/* `verdict` with the reason that came with it. */
struct prereq_finding prereq_tally_result(const struct prereq_tally *tally,
                                          enum prereq_verdict verdict);
struct prereq_finding prereq_yes_or_no(bool holds);
struct prereq_finding prereq_not_collected(void);
/* The answer for a thing that is neither known nor absent. */
struct prereq_finding prereq_doubt(const struct prereq_fact *value);
/* NULL was not collected. */
struct prereq_finding prereq_test_text(const char *text, const struct prereq_text_test *test);

/* rule_facts.c: a node that reads facts and nothing else; NOT EVALUATED for any other kind. `value`
 * is what stands in the node's slot. */
struct prereq_finding prereq_fact_rule_judge(const struct prereq_world *world,
                                             const struct prereq_node *node,
                                             const struct prereq_fact *value);

#endif
