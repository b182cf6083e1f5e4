/* SPDX-License-Identifier: MIT */
/* lint_rows.c - file rows that list nothing, or that speak against each other. */
#include "lint/lint.h"

#include <stdlib.h>
#include <string.h>

#include "documents/catalog_shape.h"
#include "engine/judge.h"

static bool same_version(struct prereq_version a, struct prereq_version b)
{
    return prereq_version_compare(a, b) == 0;
}

static bool same_time(struct prereq_time a, struct prereq_time b)
{
    return a.known == b.known && (!a.known || a.seconds == b.seconds);
}

static bool same_number(struct prereq_number a, struct prereq_number b)
{
    return a.known == b.known && (!a.known || a.value == b.value);
}

/* ---- one row ---- */

static bool in_own_branch(const struct prereq_file_row *row)
{
    struct prereq_version_test test = {.within = row->branch_range,
                                       .within_count = row->branch_range_count};

    return prereq_test_version(row->version, &test).verdict == PREREQ_TRUE;
}

static bool is_large(const struct prereq_file_row *row)
{
    for (size_t i = 0; i < row->branch_range_count; i++) {
        if (!prereq_lint_is_file_version(row->branch_range[i].from) ||
            !prereq_lint_is_file_version(row->branch_range[i].below))
            return true;
    }
    return !prereq_lint_is_file_version(row->version);
}

static void check_tie(struct prereq_lint *lint, const struct prereq_file_row *row,
                      const struct prereq_lint_place *place)
{
    if (!row->tie_date.known)
        return;
    if (!row->version.parts)
        prereq_lint_add(lint, PREREQ_LINT_TIE_DATE_WITHOUT_VERSION,
                        PREREQ_LINT_AT(place, "tieDate"), row->path);
    else if (row->date.known && row->date.seconds < row->tie_date.seconds)
        prereq_lint_add(lint, PREREQ_LINT_TIE_DATE_LATER, PREREQ_LINT_AT(place, "tieDate"),
                        row->path);
}

static void check_row(struct prereq_lint *lint, const struct prereq_file_row *row,
                      const struct prereq_lint_place *place)
{
    if (!row->version.parts && !row->date.known && !row->size.known)
        prereq_lint_add(lint, PREREQ_LINT_ROW_WITHOUT_TEST, place, row->path);
    check_tie(lint, row, place);
    if (is_large(row))
        prereq_lint_add(lint, PREREQ_LINT_BAD_FILE_VERSION, place, row->path);
    prereq_lint_version_ranges(lint, row->branch_range, row->branch_range_count, place,
                               "branchRange");
    if (row->branch_range_count > 0 && !row->branch)
        prereq_lint_add(lint, PREREQ_LINT_RANGE_WITHOUT_BRANCH,
                        PREREQ_LINT_AT(place, "branchRange"), row->path);
    if (row->branch_range_count > 0 && row->version.parts && !in_own_branch(row))
        prereq_lint_add(lint, PREREQ_LINT_ROW_OUTSIDE_BRANCH, PREREQ_LINT_AT(place, "branchRange"),
                        row->path);
    prereq_lint_rule(lint, row->when, PREREQ_LINT_AT(place, "when"), true);
}

/* ---- two rows of one path ---- */

static bool share_platform(const struct prereq_file_row *a, const struct prereq_file_row *b)
{
    if (a->architecture_count == 0 || b->architecture_count == 0)
        return true;
    for (size_t i = 0; i < a->architecture_count; i++) {
        for (size_t k = 0; k < b->architecture_count; k++) {
            if (a->architecture[i] == b->architecture[k])
                return true;
        }
    }
    return false;
}

static bool share_language(const struct prereq_file_row *a, const struct prereq_file_row *b)
{
    if (a->language_count == 0 || b->language_count == 0)
        return true;
    for (size_t i = 0; i < a->language_count; i++) {
        for (size_t k = 0; k < b->language_count; k++) {
            if (prereq_equal_nocase(a->language[i], b->language[k]))
                return true;
        }
    }
    return false;
}

static bool ranges_meet(const struct prereq_version_range *a, const struct prereq_version_range *b)
{
    bool a_first = !a->below.parts || prereq_version_compare(b->from, a->below) < 0;
    bool b_first = !b->below.parts || prereq_version_compare(a->from, b->below) < 0;

    return a_first && b_first;
}

/* Rows of one branch each speak of different files; without ranges both count on every host. */
static bool share_branch(const struct prereq_file_row *a, const struct prereq_file_row *b)
{
    if (a->branch_range_count == 0 || b->branch_range_count == 0)
        return true;
    for (size_t i = 0; i < a->branch_range_count; i++) {
        for (size_t k = 0; k < b->branch_range_count; k++) {
            if (ranges_meet(&a->branch_range[i], &b->branch_range[k]))
                return true;
        }
    }
    return false;
}

/* The same condition, member by member.  Rows with different ones may both be meant: a floor for
 * every host, and a higher one where something is installed. */
static bool same_when(struct prereq_lint *lint, const struct prereq_rule *a,
                      const struct prereq_rule *b)
{
    struct prereq_buffer left = {0}, right = {0};
    bool same;

    if (!a || !b)
        return !a && !b;
    prereq_shape_write(&prereq_rule_shape, a, PREREQ_JSON_CANONICAL, &left);
    prereq_shape_write(&prereq_rule_shape, b, PREREQ_JSON_CANONICAL, &right);
    lint->no_memory |= left.failed || right.failed;
    same = left.text && right.text && strcmp(left.text, right.text) == 0;
    prereq_buffer_free(&left);
    prereq_buffer_free(&right);
    return same;
}

static bool same_file(const struct prereq_file_row *a, const struct prereq_file_row *b)
{
    return same_version(a->version, b->version) && same_time(a->date, b->date) &&
           same_time(a->tie_date, b->tie_date) && same_number(a->size, b->size);
}

static void check_pair(struct prereq_lint *lint, const struct prereq_file_row *earlier,
                       const struct prereq_file_row *row, const struct prereq_lint_place *place)
{
    if (!share_platform(earlier, row) || !share_language(earlier, row) ||
        !share_branch(earlier, row) || !same_when(lint, earlier->when, row->when))
        return;
    prereq_lint_add(
        lint, same_file(earlier, row) ? PREREQ_LINT_DUPLICATE_ROW : PREREQ_LINT_CONFLICTING_ROWS,
        place, row->path);
}

/* One finding for a row, however many earlier ones it meets. */
static void check_earlier(struct prereq_lint *lint, const struct prereq_patch *patch,
                          struct prereq_index *paths, size_t number)
{
    const struct prereq_file_row *row = &patch->files[number];
    size_t before = lint->finding_count;
    uint32_t from = 0, other;

    while (lint->finding_count == before &&
           (other = prereq_index_find(paths, row->path, &from)) != PREREQ_NONE)
        check_pair(lint, &patch->files[other], row, PREREQ_LINT_ITEM(NULL, "files", number));
    lint->no_memory |= !prereq_index_add(lint->arena, paths, row->path, (uint32_t)number);
}

void prereq_lint_rows(struct prereq_lint *lint, const struct prereq_patch *patch)
{
    struct prereq_index paths;

    if (!prereq_index_init(lint->arena, &paths, patch->file_count)) {
        lint->no_memory = true;
        return;
    }
    for (size_t i = 0; i < patch->file_count && !lint->no_memory; i++) {
        check_row(lint, &patch->files[i], PREREQ_LINT_ITEM(NULL, "files", i));
        check_earlier(lint, patch, &paths, i);
    }
}
