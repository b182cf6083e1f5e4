/* SPDX-License-Identifier: MIT */
/* assess_words.c - what a reason is about, where the state alone does not say it: the fact that is
 * not known, the file that waits, the restart that is due. */
#include "assess/assess_parts.h"

#include <string.h>

/* One thing that a reason may be about. */
struct cause {
    uint32_t row, rule; /* a file row, or a rule; PREREQ_NONE: not that */
    uint32_t group;     /* or a group, none of whose patches is known to be on */
    uint32_t target;
};

static const struct cause none = {PREREQ_NONE, PREREQ_NONE, PREREQ_NONE, 0};

static bool is_sure(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE;
}

/* ---- which fact is not known ---- */

/* The child that a rule is not known for, down to the test itself; with the reason where there is
 * one. */
static uint32_t unsure_leaf(struct prereq_trial *trial, uint32_t rule, uint32_t target,
                            enum prereq_reason reason)
{
    const struct prereq_catalog *catalog = trial->host->catalog;
    uint32_t found = rule;

    while (found != PREREQ_NONE) {
        const struct prereq_node *node = &catalog->nodes[found];
        uint32_t child = PREREQ_NONE;

        for (uint32_t i = 0; i < node->count; i++) {
            uint32_t one = catalog->numbers[node->first + i];
            struct prereq_finding finding = prereq_rule_judge(&trial->now, one, target);

            if (is_sure(finding.verdict))
                continue;
            if (finding.reason == reason) {
                child = one;
                break;
            }
            child = child == PREREQ_NONE ? one : child;
        }
        if (child == PREREQ_NONE)
            return found;
        found = child;
    }
    return found;
}

static bool rule_is_cause(struct prereq_trial *trial, uint32_t rule, uint32_t target,
                          enum prereq_reason reason, bool exact, struct cause *cause)
{
    struct prereq_finding finding;

    if (rule == PREREQ_NONE)
        return false;
    finding = prereq_rule_judge(&trial->now, rule, target);
    if (is_sure(finding.verdict) || (exact && finding.reason != reason))
        return false;
    cause->rule = unsure_leaf(trial, rule, target, reason);
    cause->target = target;
    return true;
}

/* Files and marker of a patch. */
static bool effect_is_cause(struct prereq_trial *trial, uint32_t patch, uint32_t target,
                            enum prereq_reason reason, bool exact, struct cause *cause)
{
    const struct prereq_cpatch *entry = &trial->host->catalog->patches[patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        struct prereq_row_finding row = prereq_row_judge(&trial->now, i, target);
        /* A row of a branch by itself only says that the file is not on that branch. */
        bool of_branch = reason == PREREQ_REASON_BRANCH_UNKNOWN &&
                         trial->host->catalog->rows[i].row->branch && row.verdict != PREREQ_TRUE;

        if (!of_branch && (is_sure(row.verdict) || (exact && row.reason != reason)))
            continue;
        cause->row = i;
        cause->target = target;
        return true;
    }
    return rule_is_cause(trial, entry->marker, target, reason, exact, cause);
}

static bool group_is_cause(struct prereq_trial *trial, uint32_t number, uint32_t pair,
                           enum prereq_reason reason, bool exact, struct cause *cause)
{
    const struct prereq_cgroup *group = &trial->host->catalog->groups[number];
    uint32_t target = trial->host->pairs[pair].target;
    struct prereq_finding finding = prereq_group_judge(&trial->now, number, pair);

    if (is_sure(finding.verdict) || (exact && finding.reason != reason))
        return false;
    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        const struct prereq_calt *alt = &trial->host->catalog->alternatives[i];
        uint32_t named;

        if (alt->patch == PREREQ_NONE) {
            if (rule_is_cause(trial, alt->rule, target, reason, exact, cause))
                return true;
            continue;
        }
        named = prereq_pair_find(trial->host, alt->patch, target);
        if (named != PREREQ_NONE &&
            effect_is_cause(trial, alt->patch, trial->host->pairs[named].target, reason, exact,
                            cause))
            return true;
    }
    cause->group = number;
    cause->target = target;
    return true;
}

/* In the order in which the state is judged; with `exact` only what has this very reason. */
static bool find_cause(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                       bool exact, struct cause *cause)
{
    const struct prereq_catalog *catalog = trial->host->catalog;
    const struct prereq_pair *about = &trial->host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];

    *cause = none;
    if (prereq_applies(&trial->now, pair) != PREREQ_TRUE &&
        (rule_is_cause(trial, catalog->products[entry->product].applies, about->target, reason,
                       exact, cause) ||
         rule_is_cause(trial, entry->applies, about->target, reason, exact, cause)))
        return true;
    if (effect_is_cause(trial, about->patch, about->target, reason, exact, cause))
        return true;
    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        if (group_is_cause(trial, i, pair, reason, exact, cause))
            return true;
    }
    return false;
}

/* ---- in words ---- */

static bool row_words(struct prereq_trial *trial, uint32_t row, uint32_t target,
                      struct prereq_status_row *status)
{
    const char *path = trial->host->catalog->rows[row].row->path;
    const char *expected = prereq_describe_row(&trial->now, row);
    const char *found = prereq_describe_row_found(&trial->now, row, target);

    if (!expected || !found)
        return false;
    status->expected = prereq_printf(trial->arena, "%s: %s", path, expected);
    status->found = prereq_printf(trial->arena, "%s: %s", path, found);
    return status->expected && status->found;
}

static bool cause_words(struct prereq_trial *trial, const struct cause *cause,
                        struct prereq_status_row *row, const char **what)
{
    if (cause->row != PREREQ_NONE) {
        *what = trial->host->catalog->rows[cause->row].row->path;
        return row_words(trial, cause->row, cause->target, row);
    }
    if (cause->rule != PREREQ_NONE) {
        row->expected = *what = prereq_describe_rule(&trial->now, cause->rule);
        row->found = prereq_describe_found(&trial->now, cause->rule, cause->target);
    } else {
        row->expected = *what = prereq_describe_group(&trial->now, cause->group);
        row->found = "it is not known whether it is on";
    }
    if (row->found && !*row->found)
        row->found = "this version does not evaluate it";
    return row->expected && row->found;
}

/* Unknown: what is shown is what is not known. */
static bool unknown_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                          struct prereq_status_row *row, const char **detail)
{
    const char *what = NULL;
    struct cause cause;

    row->expected = row->found = NULL;
    if (reason == PREREQ_REASON_CONFLICT)
        return true;
    if (find_cause(trial, pair, reason, true, &cause) ||
        find_cause(trial, pair, reason, false, &cause)) {
        if (!cause_words(trial, &cause, row, &what))
            return false;
    } else {
        row->expected = reason == PREREQ_REASON_RECORD_ONLY ? "what proves it" : "a record of it";
        row->found = "not collected";
    }
    if (reason == PREREQ_REASON_RECORD_ONLY || reason == PREREQ_REASON_NOT_COLLECTED)
        return true;
    *detail = what ? what : "whether it is recorded";
    return true;
}

/* The first file of its own that is not sound now and is after the restart. */
static bool pending_words(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row,
                          const char **detail)
{
    const struct prereq_pair *about = &trial->host->pairs[pair];
    const struct prereq_cpatch *entry = &trial->host->catalog->patches[about->patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (prereq_row_judge(&trial->now, i, about->target).verdict == PREREQ_TRUE ||
            prereq_row_judge(trial->now.later, i, about->target).verdict != PREREQ_TRUE)
            continue;
        *detail = trial->host->catalog->rows[i].row->path;
        return row_words(trial, i, about->target, row);
    }
    return true;
}

/* It is on since the last start-up: when it went on, and when that was. */
static bool restart_words(struct prereq_trial *trial, struct prereq_status_row *row,
                          const char **detail)
{
    char start_up[32], installed[32];

    if (!trial->facts->last_start_up.known || !row->installed_on.known)
        return true;
    prereq_time_format(trial->facts->last_start_up, start_up);
    prereq_time_format(row->installed_on, installed);
    row->expected = prereq_printf(trial->arena, "a restart after %s", installed);
    row->found = prereq_printf(trial->arena, "last start-up %s", start_up);
    *detail = prereq_printf(trial->arena, "installed %s, and the last start-up was %s", installed,
                            start_up);
    return row->expected && row->found && *detail;
}

static bool withdrawn_words(struct prereq_trial *trial, const struct prereq_patch *patch,
                            const char **detail)
{
    char day[32];

    prereq_time_format(patch->withdrawn, day);
    *detail = prereq_printf(trial->arena, "%s%s%s", day, patch->withdrawn_why ? ": " : "",
                            patch->withdrawn_why ? patch->withdrawn_why : "");
    return *detail != NULL;
}

/* What packages alone prove has neither file nor marker to show. */
static void package_words(const struct prereq_patch *patch, struct prereq_status_row *row)
{
    row->expected = patch->package_count     ? patch->packages[0]
                    : patch->msi_patch_count ? patch->msi_patches[0]
                                             : NULL;
    row->found = row->expected ? "not installed" : NULL;
}

/* Which instances are on its branch says the entry's own rule. */
static bool branch_words(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row,
                         const char **detail)
{
    const struct prereq_pair *about = &trial->host->pairs[pair];
    uint32_t rule = trial->host->catalog->patches[about->patch].applies;

    row->expected = *detail = prereq_describe_rule(&trial->now, rule);
    row->found = prereq_describe_found(&trial->now, rule, about->target);
    return row->expected && row->found;
}

bool prereq_fill_cause_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                             struct prereq_status_row *row, const char **detail)
{
    const struct prereq_patch *patch =
        trial->host->catalog->patches[trial->host->pairs[pair].patch].patch;

    if (row->state == PREREQ_STATE_UNKNOWN)
        return unknown_words(trial, pair, reason, row, detail);
    if (reason == PREREQ_REASON_FILES_PENDING)
        return pending_words(trial, pair, row, detail);
    if (reason == PREREQ_REASON_RESTART_DUE)
        return restart_words(trial, row, detail);
    if (reason == PREREQ_REASON_OTHER_BRANCH)
        return branch_words(trial, pair, row, detail);
    if (reason == PREREQ_REASON_WITHDRAWN)
        return withdrawn_words(trial, patch, detail);
    if (reason == PREREQ_REASON_MARKER_UNMET && !row->expected)
        package_words(patch, row);
    return true;
}
