/* SPDX-License-Identifier: MIT */
/* lint_order.c - entries and what they supersede: what does not fit together. */
#include "lint/lint.h"

#include "engine/judge.h"

/* Each entry comes onto the stack once, so that circles end. */
bool prereq_lint_supersedes(struct prereq_lint *lint, uint32_t later, uint32_t earlier)
{
    uint32_t stamp = ++lint->stamp;
    size_t depth = 0;

    lint->stack[depth++] = later;
    lint->marks[later] = stamp;
    while (depth > 0) {
        uint32_t at = lint->stack[--depth];
        const struct prereq_lint_entry *entry = &lint->entries[at];

        if (at == earlier)
            return true;
        for (size_t i = 0; i < entry->earlier_count; i++) {
            if (lint->marks[entry->earlier[i]] == stamp)
                continue;
            lint->marks[entry->earlier[i]] = stamp;
            lint->stack[depth++] = entry->earlier[i];
        }
    }
    return false;
}

/* ---- rules that no host can satisfy both ---- */

#define MAX_TESTS 32

struct os_tests { /* those that must hold for the whole rule to hold */
    const struct prereq_os_rule *of[MAX_TESTS];
    size_t count;
};

static void collect(const struct prereq_rule *rule, struct os_tests *tests)
{
    if (!rule)
        return;
    if (rule->os && tests->count < MAX_TESTS)
        tests->of[tests->count++] = rule->os;
    for (size_t i = 0; i < rule->all_count; i++)
        collect(&rule->all[i], tests);
}

static bool lists_differ(const int *a, size_t a_count, const int *b, size_t b_count)
{
    for (size_t i = 0; i < a_count; i++) {
        for (size_t k = 0; k < b_count; k++) {
            if (a[i] == b[k])
                return false;
        }
    }
    return a_count > 0 && b_count > 0;
}

static bool equals_fail(const struct prereq_version_test *a, const struct prereq_version_test *b)
{
    for (size_t i = 0; i < a->equals_count; i++) {
        if (prereq_test_version(a->equals[i], b).verdict != PREREQ_FALSE)
            return false;
    }
    return a->equals_count > 0;
}

/* By what a host keeps for life; builds and service packs change. */
static bool excludes(const struct prereq_os_rule *a, const struct prereq_os_rule *b)
{
    if (lists_differ(a->architecture, a->architecture_count, b->architecture,
                     b->architecture_count) ||
        lists_differ(a->product_type, a->product_type_count, b->product_type,
                     b->product_type_count))
        return true;
    return a->version && b->version &&
           (equals_fail(a->version, b->version) || equals_fail(b->version, a->version));
}

static void collect_entry(const struct prereq_lint_entry *entry, struct os_tests *tests)
{
    collect(entry->patch->applies, tests);
    if (entry->product)
        collect(entry->product->applies, tests);
}

bool prereq_lint_never_meet(const struct prereq_lint_entry *a, const struct prereq_lint_entry *b)
{
    struct os_tests left = {.count = 0}, right = {.count = 0};

    collect_entry(a, &left);
    collect_entry(b, &right);
    for (size_t i = 0; i < left.count; i++) {
        for (size_t k = 0; k < right.count; k++) {
            if (excludes(left.of[i], right.of[k]))
                return true;
        }
    }
    return false;
}

/* ---- one entry and one that it supersedes ---- */

static bool other_targets(const struct prereq_product *a, const struct prereq_product *b)
{
    if (!a || !b || (!a->instance_product && !b->instance_product))
        return false;
    return !a->instance_product || !b->instance_product ||
           !prereq_equal_nocase(a->instance_product, b->instance_product);
}

static size_t branch_index(const struct prereq_lint_entry *entry)
{
    for (size_t i = 0; entry->patch->branch && entry->product && i < entry->product->branch_count;
         i++) {
        if (prereq_equal_nocase(entry->product->branches[i], entry->patch->branch))
            return i;
    }
    return SIZE_MAX;
}

/* A later branch is never left for an earlier one. */
static bool goes_back(const struct prereq_lint_entry *later,
                      const struct prereq_lint_entry *earlier)
{
    size_t to = branch_index(earlier);

    return later->product == earlier->product && to != SIZE_MAX && branch_index(later) < to;
}

/* The row is in the later list, and not lower there; `paths` are those of the later list. */
static void check_repeated(struct prereq_lint *lint, const struct prereq_patch *later,
                           const struct prereq_index *paths,
                           const struct prereq_lint_entry *earlier,
                           const struct prereq_file_row *row)
{
    bool listed = false;
    uint32_t from = 0, number;

    while ((number = prereq_index_find(paths, row->path, &from)) != PREREQ_NONE) {
        struct prereq_version version = later->files[number].version;

        if (!row->version.parts || !version.parts ||
            prereq_version_compare(version, row->version) >= 0)
            return;
        listed = true;
    }
    prereq_lint_add(lint, PREREQ_LINT_ROWS_NOT_REPEATED, PREREQ_LINT_AT(NULL, "files"),
                    prereq_printf(lint->arena, "%s of %s%s", row->path, earlier->patch->id,
                                  listed ? " is listed lower" : ""));
}

static void check_rows(struct prereq_lint *lint, const struct prereq_patch *later,
                       const struct prereq_lint_entry *earlier)
{
    struct prereq_index paths;

    if (later->kind != PREREQ_KIND_BASELINE || earlier->patch->kind != PREREQ_KIND_BASELINE)
        return;
    if (!prereq_index_init(lint->arena, &paths, later->file_count)) {
        lint->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < later->file_count; i++)
        lint->no_memory |= !prereq_index_add(lint->arena, &paths, later->files[i].path, i);
    for (size_t i = 0; i < earlier->patch->file_count && !lint->no_memory; i++)
        check_repeated(lint, later, &paths, earlier, &earlier->patch->files[i]);
}

static void check_superseded(struct prereq_lint *lint, const struct prereq_lint_entry *later,
                             const struct prereq_lint_entry *earlier)
{
    const struct prereq_lint_place *place = PREREQ_LINT_AT(NULL, "supersedes");
    const char *id = earlier->patch->id;

    if (later == earlier)
        return; /* a circle of one */
    if (other_targets(later->product, earlier->product) || prereq_lint_never_meet(later, earlier))
        prereq_lint_add(lint, PREREQ_LINT_NEVER_MEETS, place, id);
    if (goes_back(later, earlier))
        prereq_lint_add(lint, PREREQ_LINT_BRANCH_BACKWARDS, place, id);
    if (later->patch->released.known && earlier->patch->released.known &&
        later->patch->released.seconds < earlier->patch->released.seconds)
        prereq_lint_add(lint, PREREQ_LINT_RELEASED_BEFORE_SUPERSEDED, place, id);
    check_rows(lint, later->patch, earlier);
}

void prereq_lint_order(struct prereq_lint *lint, const struct prereq_lint_entry *entry)
{
    for (size_t i = 0; i < entry->earlier_count && !lint->no_memory; i++)
        check_superseded(lint, entry, &lint->entries[entry->earlier[i]]);
}
