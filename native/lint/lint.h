/* SPDX-License-Identifier: MIT */
/* lint.h - inside lint: what is wrong with a catalog that can be read.
 *
 * The entries of all parts are gathered once; each check then looks at one entry, or at how entries
 * hang together.  A finding's text is the sentence of its code and what it is about. */
#ifndef PREREQ_LINT_H
#define PREREQ_LINT_H

#include "engine/engine.h"

/* Order of the table in lint_codes.c and docs/lint.md.  Codes are never renamed. */
enum prereq_lint_code {
    PREREQ_LINT_NO_SOURCE,
    PREREQ_LINT_BAD_URL,
    PREREQ_LINT_DANGLING_ID,
    PREREQ_LINT_AMBIGUOUS_ID,
    PREREQ_LINT_DUPLICATE_ID,
    PREREQ_LINT_ALIAS_IS_ID,
    PREREQ_LINT_RESERVED_ID,
    PREREQ_LINT_UNKNOWN_BRANCH,
    PREREQ_LINT_WITHDRAWN_BEFORE_RELEASE,
    PREREQ_LINT_WITHDRAWN_WITHOUT_WHY,
    PREREQ_LINT_SUPERSEDES_CYCLE,
    PREREQ_LINT_NEVER_MEETS,
    PREREQ_LINT_BRANCH_BACKWARDS,
    PREREQ_LINT_EDITION_IN_ANOTHER_PRODUCT,
    PREREQ_LINT_RELEASED_BEFORE_SUPERSEDED,
    PREREQ_LINT_ROWS_NOT_REPEATED,
    PREREQ_LINT_PREREQUISITE_CYCLE,
    PREREQ_LINT_EMPTY_GROUP,
    PREREQ_LINT_ALTERNATIVE_NOT_ONE,
    PREREQ_LINT_ORDERED_RULE,
    PREREQ_LINT_NO_WHY,
    PREREQ_LINT_REDUNDANT_ALTERNATIVE,
    PREREQ_LINT_BAD_REMEDY,
    PREREQ_LINT_REMEDY_DOES_NOT_PROVE_RULE,
    PREREQ_LINT_VOIDED_BY_NOT_ONE,
    PREREQ_LINT_IMPOSSIBLE_RULE,
    PREREQ_LINT_CONSTANT_RULE,
    PREREQ_LINT_EMPTY_RULE,
    PREREQ_LINT_TEST_OF_ABSENT,
    PREREQ_LINT_BAD_FILE_VERSION,
    PREREQ_LINT_MSI_NOT_ONE,
    PREREQ_LINT_UNSUPPORTED_KIND,
    PREREQ_LINT_PATCH_RULE_NOT_ALLOWED,
    PREREQ_LINT_ROW_WITHOUT_TEST,
    PREREQ_LINT_TIE_DATE_WITHOUT_VERSION,
    PREREQ_LINT_TIE_DATE_LATER,
    PREREQ_LINT_DUPLICATE_ROW,
    PREREQ_LINT_CONFLICTING_ROWS,
    PREREQ_LINT_RANGE_WITHOUT_BRANCH,
    PREREQ_LINT_ROW_OUTSIDE_BRANCH,
    PREREQ_LINT_BASELINE_WITHOUT_MARKER,
    PREREQ_LINT_MARKER_FACT_NOT_SET,
    PREREQ_LINT_SETS_DO_NOT_PROVE_EFFECT,
    PREREQ_LINT_NO_INSTALL,
    PREREQ_LINT_EXTRACT_MISSING,
    PREREQ_LINT_BAD_SHA256,
    PREREQ_LINT_REFUSES_WITHOUT_REMOVAL,
    PREREQ_LINT_REMOVABLE_CONTRADICTION,
    PREREQ_LINT_RESTART_CONTRADICTION,
    PREREQ_LINT_PACKAGE_BEFORE_RESTART,
    PREREQ_LINT_CODES,
};

struct prereq_lint_code_info {
    const char *code;
    bool warning;         /* odd, and may be meant so; else it is wrong */
    const char *sentence; /* how the text begins */
};

const struct prereq_lint_code_info *prereq_lint_code_info(enum prereq_lint_code code);

/* A place in an entry, printed only when something is wrong there.  It lives on the stack of the
 * check that walks: each level points to the one above. */
struct prereq_lint_place {
    const struct prereq_lint_place *in; /* NULL: the entry */
    const char *member;
    size_t index; /* in the list that the member is; PREREQ_LINT_WHOLE: it is none */
};

#define PREREQ_LINT_WHOLE SIZE_MAX
#define PREREQ_LINT_AT(in, member)                                                                 \
    (&(const struct prereq_lint_place){(in), (member), PREREQ_LINT_WHOLE})
#define PREREQ_LINT_ITEM(in, member, index)                                                        \
    (&(const struct prereq_lint_place){(in), (member), (index)})

struct prereq_lint_entry {
    const struct prereq_patch *patch;
    const struct prereq_product *product; /* NULL: it names none that there is */
    const char *part;
    bool doubled;            /* another entry stands for its id */
    const uint32_t *earlier; /* entries that it supersedes */
    size_t earlier_count;
};

struct prereq_lint_product {
    const struct prereq_product *product;
    const char *part;
};

struct prereq_lint {
    struct prereq_arena *arena;
    struct prereq_lint_entry *entries;
    size_t entry_count;
    struct prereq_lint_product *products;
    size_t product_count;
    struct prereq_index id_index; /* ids, then aliases */
    struct prereq_index product_index;
    uint32_t *stack, *marks; /* of a walk over entries; one stamp for each walk */
    uint32_t stamp;
    const char *part, *subject; /* what is looked at: its file and id */
    struct prereq_lint_finding *findings;
    size_t finding_count, finding_capacity;
    bool no_memory; /* findings are missing */
};

/* ---- lint.c ---- */

/* A finding about the subject.  `detail` goes behind the sentence: "" for none, NULL (a
 * prereq_printf() that failed) for want of memory. */
void prereq_lint_add(struct prereq_lint *lint, enum prereq_lint_code code,
                     const struct prereq_lint_place *place, const char *detail);
void prereq_lint_look_at(struct prereq_lint *lint, const struct prereq_lint_entry *entry);
/* The entry for an id or alias, PREREQ_NONE: there is none. */
uint32_t prereq_lint_find(const struct prereq_lint *lint, const char *id);
/* The same; that there is none is a finding. */
uint32_t prereq_lint_resolve(struct prereq_lint *lint, const char *id,
                             const struct prereq_lint_place *place);

/* ---- lint_gather.c: entries, ids, aliases, supersedence ---- */
void prereq_lint_gather(struct prereq_lint *lint, const struct prereq_catalog_part *parts,
                        size_t part_count);

/* ---- checks of one entry ---- */

/* lint_rule.c, lint_test.c.  `facts_only`: the rule decides what a patch is or whether it is on,
 * and must not ask for other patches.  NULL is allowed. */
void prereq_lint_rule(struct prereq_lint *lint, const struct prereq_rule *rule,
                      const struct prereq_lint_place *place, bool facts_only);
void prereq_lint_number_test(struct prereq_lint *lint, const struct prereq_number_test *test,
                             const struct prereq_lint_place *place);
void prereq_lint_version_test(struct prereq_lint *lint, const struct prereq_version_test *test,
                              const struct prereq_lint_place *place);
void prereq_lint_text_test(struct prereq_lint *lint, const struct prereq_text_test *test,
                           const struct prereq_lint_place *place);
void prereq_lint_version_ranges(struct prereq_lint *lint, const struct prereq_version_range *ranges,
                                size_t count, const struct prereq_lint_place *in,
                                const char *member);
bool prereq_lint_is_file_version(struct prereq_version version);
/* lint_rows.c */
void prereq_lint_rows(struct prereq_lint *lint, const struct prereq_patch *patch);
/* lint_groups.c: prerequisites, invalidations, cautions and their remedies. */
void prereq_lint_groups(struct prereq_lint *lint, const struct prereq_lint_entry *entry);
/* lint_commands.c: how it goes on and off, and its restarts. */
void prereq_lint_commands(struct prereq_lint *lint, const struct prereq_patch *patch);

/* lint_product.c: a product whose hosts are hosts of another product, too.  The subject is set. */
void prereq_lint_products(struct prereq_lint *lint, const struct prereq_product *narrow);

/* ---- checks of all entries ---- */

/* lint_cycle.c */
void prereq_lint_cycles(struct prereq_lint *lint);
/* lint_order.c: an entry and what it supersedes. */
void prereq_lint_order(struct prereq_lint *lint, const struct prereq_lint_entry *entry);
/* Entry `later` is `earlier`, or supersedes it through any number of steps. */
bool prereq_lint_supersedes(struct prereq_lint *lint, uint32_t later, uint32_t earlier);
/* No host can satisfy the rules of both; an entry and itself: those of entry and product. */
bool prereq_lint_never_meet(const struct prereq_lint_entry *a, const struct prereq_lint_entry *b);
/* lint_effect.c: what an entry sets makes its marker true; what a remedy sets, its rule. */
enum prereq_status prereq_lint_effects(struct prereq_lint *lint, struct prereq_error *err);

#endif
