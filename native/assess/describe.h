/* SPDX-License-Identifier: MIT */
/* describe.h - inside the judgement: rules, rows and what was found, in words for people. */
#ifndef PREREQ_DESCRIBE_H
#define PREREQ_DESCRIBE_H

#include "engine/judge.h"

/* All of these return text in the case's arena; NULL only for want of memory, "" where there is
 * nothing to say. */

/* "file %SystemRoot%\x.dll at 4.2.1.0 or later"; several joined by " and ", " or ". */
const char *prereq_describe_rule(struct prereq_sitting *sitting, uint32_t node);
/* What the facts that the rule reads look like: "4.2.0.9", "service pack 4", "not collected". */
const char *prereq_describe_found(struct prereq_sitting *sitting, uint32_t node, uint32_t target);
/* "NT4-SP6a or later", or the rule's title, or the rule. */
const char *prereq_describe_alternative(struct prereq_sitting *sitting, uint32_t alternative);
/* The alternatives of a group joined by " or ". */
const char *prereq_describe_group(struct prereq_sitting *sitting, uint32_t number);
/* "version 4.2.749.1 or later, dated 2000-08-03 or later where it has not been read", "dated
 * 2000-08-03 or later", "228496 bytes". */
const char *prereq_describe_row(struct prereq_sitting *sitting, uint32_t number);
/* "version 4.2.739.1, 1999-11-04", "missing", "unavailable (access_denied)", "not collected". */
const char *prereq_describe_row_found(struct prereq_sitting *sitting, uint32_t row,
                                      uint32_t target);
/* One word for the kind of a rule: os, file, registry, patch … */
const char *prereq_rule_kind(const struct prereq_catalog *catalog, uint32_t node);
/* Names of the facts under a rule that are not known, added to a list: what to collect. */
void prereq_describe_needs(struct prereq_sitting *sitting, uint32_t number, uint32_t target,
                           struct prereq_buffer *out);
/* describe_needs.c: the same for all that the state of a pair rests on, one line each: what would
 * tell whether it applies, is on, and has what it needs. */
void prereq_describe_pair_needs(struct prereq_sitting *sitting, uint32_t pair,
                                struct prereq_buffer *out);

#endif
