/* SPDX-License-Identifier: MIT */
/* row_eval.c - file rows: is the file that a host has at or above the listed one?
 *
 * At or above by version; without a version by UTC date; without both by size alone.  One version
 * may have been built twice (idq.dll 5.0.1781.3): then the row's tie date tells.  A row that lists
 * both goes by its date where the file's version was not read: a directory listing shows no other.
 */
#include "engine/rule_parts.h"

#include <string.h>

static struct prereq_row_finding row_finding(enum prereq_verdict verdict, enum prereq_reason reason,
                                             enum prereq_component_result result)
{
    return (struct prereq_row_finding){verdict, reason, result, false};
}

static const struct prereq_fact *value_of(const struct prereq_sitting *sitting, uint32_t row,
                                          uint32_t target)
{
    uint32_t slot = sitting->catalog->rows[row].slot;

    return &sitting->world->values[prereq_value_at(sitting->host, slot, target)];
}

/* Host clocks and time zones: one day earlier may still be the same build. */
static struct prereq_row_finding by_date(struct prereq_time found, struct prereq_time listed)
{
    int64_t days;

    if (!found.known)
        return row_finding(PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED, PREREQ_RESULT_UNKNOWN);
    days = prereq_time_day(found) - prereq_time_day(listed);
    if (days >= 0)
        return row_finding(PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_RESULT_AT_LEVEL);
    if (days == -1)
        return row_finding(PREREQ_UNKNOWN, PREREQ_REASON_DATE_UNCERTAIN, PREREQ_RESULT_UNKNOWN);
    return row_finding(PREREQ_FALSE, PREREQ_REASON_FILES_OLDER, PREREQ_RESULT_OLDER);
}

/* The version was not read.  Which branch the file is of is not known then either: one older than a
 * branch's row may be sound on another. */
static struct prereq_row_finding by_date_instead(const struct prereq_fact *value,
                                                 const struct prereq_file_row *row,
                                                 struct prereq_row_finding unread)
{
    struct prereq_row_finding found;

    if (!row->date.known || !value->time.known)
        return unread;
    found = by_date(value->time, row->date);
    if (found.verdict == PREREQ_FALSE && row->branch_range_count > 0)
        found = row_finding(PREREQ_UNKNOWN, PREREQ_REASON_BRANCH_UNKNOWN, PREREQ_RESULT_UNKNOWN);
    found.by_date = true;
    return found;
}

static struct prereq_row_finding by_size(struct prereq_number found, struct prereq_number listed)
{
    if (!found.known)
        return row_finding(PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED, PREREQ_RESULT_UNKNOWN);
    if (found.value == listed.value)
        return row_finding(PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_RESULT_AT_LEVEL);
    return row_finding(PREREQ_UNKNOWN, PREREQ_REASON_DATE_UNCERTAIN, PREREQ_RESULT_DIFFERENT);
}

static struct prereq_row_finding by_version(const struct prereq_fact *value,
                                            const struct prereq_file_row *row,
                                            struct prereq_version highest)
{
    int order;

    if (value->no_version)
        return by_date_instead(
            value, row,
            row_finding(PREREQ_UNKNOWN, PREREQ_REASON_NO_VERSION_RESOURCE, PREREQ_RESULT_UNKNOWN));
    if (value->bad_version)
        return row_finding(PREREQ_UNKNOWN, PREREQ_REASON_BAD_VERSION, PREREQ_RESULT_UNKNOWN);
    if (!value->version.parts)
        return by_date_instead(
            value, row,
            row_finding(PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED, PREREQ_RESULT_UNKNOWN));
    order = prereq_version_compare(value->version, row->version);
    if (order < 0)
        return row_finding(PREREQ_FALSE, PREREQ_REASON_FILES_OLDER, PREREQ_RESULT_OLDER);
    if (order == 0 && row->tie_date.known)
        return by_date(value->time, row->tie_date);
    if (prereq_version_compare(value->version, highest) > 0)
        return row_finding(PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_RESULT_NEWER);
    return row_finding(PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_RESULT_AT_LEVEL);
}

/* Existence alone, for a row that lists neither version, date nor size. */
static struct prereq_row_finding known_file(const struct prereq_sitting *sitting, uint32_t row,
                                            const struct prereq_fact *value)
{
    const struct prereq_file_row *listed = sitting->catalog->rows[row].row;

    if (listed->version.parts)
        return by_version(value, listed,
                          sitting->catalog->slots[sitting->catalog->rows[row].slot].highest);
    if (listed->date.known)
        return by_date(value->time, listed->date);
    if (listed->size.known)
        return by_size(value->number, listed->size);
    return row_finding(PREREQ_TRUE, PREREQ_REASON_NONE, PREREQ_RESULT_AT_LEVEL);
}

static bool in_ranges(struct prereq_version version, const struct prereq_file_row *row)
{
    struct prereq_version_test test = {.within = row->branch_range,
                                       .within_count = row->branch_range_count};

    return prereq_test_version(version, &test).verdict == PREREQ_TRUE;
}

static struct prereq_finding counts_if(bool yes)
{
    return (struct prereq_finding){yes ? PREREQ_TRUE : PREREQ_FALSE, PREREQ_REASON_NONE};
}

static struct prereq_finding doubt_of(const struct prereq_fact *value)
{
    return (struct prereq_finding){PREREQ_UNKNOWN, value->status == PREREQ_FACT_UNAVAILABLE
                                                       ? value->reason
                                                       : PREREQ_REASON_NOT_COLLECTED};
}

static struct prereq_finding platform_counts(const struct prereq_sitting *sitting,
                                             const struct prereq_file_row *row)
{
    const struct prereq_fact *architecture = &sitting->world->values[PREREQ_SLOT_OS_ARCHITECTURE];
    const struct prereq_fact *language = &sitting->world->values[PREREQ_SLOT_OS_LANGUAGE];
    bool fits = row->architecture_count == 0, speaks = row->language_count == 0;

    if (!fits && architecture->status == PREREQ_FACT_KNOWN) {
        for (size_t i = 0; i < row->architecture_count; i++)
            fits |= row->architecture[i] == architecture->code;
        if (!fits)
            return counts_if(false);
    }
    if (!speaks && language->status == PREREQ_FACT_KNOWN && language->text) {
        for (size_t i = 0; i < row->language_count; i++)
            speaks |= prereq_equal_nocase(row->language[i], language->text);
        if (!speaks)
            return counts_if(false);
    }
    if (!fits)
        return doubt_of(architecture);
    return speaks ? counts_if(true) : doubt_of(language);
}

/* Platform, language and `when`, with the reason where one of them is not known. */
static struct prereq_finding host_counts(struct prereq_sitting *sitting, uint32_t row,
                                         uint32_t target)
{
    struct prereq_finding counts = platform_counts(sitting, sitting->catalog->rows[row].row), when;

    if (counts.verdict == PREREQ_FALSE)
        return counts;
    when = prereq_rule_judge(sitting, sitting->catalog->rows[row].when, target);
    if (when.verdict == PREREQ_FALSE || when.verdict == PREREQ_NOT_APPLICABLE)
        return counts_if(false);
    return counts.verdict == PREREQ_TRUE ? when : counts;
}

/* A row of one branch counts where the found version belongs to the branch; where nothing readable
 * is found it counts too, so that a missing file is missing. */
static bool other_branch(const struct prereq_sitting *sitting, uint32_t row, uint32_t target)
{
    const struct prereq_fact *value = value_of(sitting, row, target);
    const struct prereq_file_row *listed = sitting->catalog->rows[row].row;

    return listed->branch_range_count > 0 && value->status == PREREQ_FACT_KNOWN && !value->lost &&
           value->version.parts && !in_ranges(value->version, listed);
}

enum prereq_verdict prereq_row_counts(struct prereq_sitting *sitting, uint32_t row, uint32_t target)
{
    return other_branch(sitting, row, target) ? PREREQ_FALSE
                                              : host_counts(sitting, row, target).verdict;
}

struct prereq_row_finding prereq_row_judge(struct prereq_sitting *sitting, uint32_t row,
                                           uint32_t target)
{
    const struct prereq_fact *value = value_of(sitting, row, target);
    enum prereq_verdict counts = prereq_row_counts(sitting, row, target);
    struct prereq_row_finding found;

    if (counts == PREREQ_FALSE)
        return row_finding(PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE, PREREQ_RESULT_NOT_REQUIRED);
    if (value->lost || value->status == PREREQ_FACT_ABSENT) {
        if (sitting->catalog->rows[row].row->if_present == PREREQ_FLAG_TRUE && !value->lost)
            return row_finding(PREREQ_NOT_APPLICABLE, PREREQ_REASON_NONE,
                               PREREQ_RESULT_NOT_REQUIRED);
        found = row_finding(PREREQ_FALSE, PREREQ_REASON_FILES_MISSING, PREREQ_RESULT_MISSING);
    } else if (value->status == PREREQ_FACT_KNOWN) {
        found = known_file(sitting, row, value);
    } else if (value->status == PREREQ_FACT_UNAVAILABLE) {
        found = row_finding(PREREQ_ERROR, value->reason, PREREQ_RESULT_UNKNOWN);
    } else {
        found = row_finding(PREREQ_UNKNOWN, PREREQ_REASON_NOT_COLLECTED, PREREQ_RESULT_UNKNOWN);
    }
    /* Whether the row counts at all is in doubt: if the file is good that does not matter. */
    if (counts != PREREQ_TRUE && found.verdict != PREREQ_TRUE)
        return row_finding(counts, host_counts(sitting, row, target).reason, found.result);
    return found;
}

/* Several branches are listed for the file and what is found belongs to none of them. */
static bool branch_is_unknown(struct prereq_sitting *sitting, uint32_t patch, uint32_t row,
                              uint32_t target)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];
    uint32_t slot = sitting->catalog->rows[row].slot;

    if (!other_branch(sitting, row, target))
        return false;
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (sitting->catalog->rows[i].slot == slot &&
            prereq_row_counts(sitting, i, target) != PREREQ_FALSE)
            return false;
    }
    return host_counts(sitting, row, target).verdict != PREREQ_FALSE;
}

struct prereq_finding prereq_rows_judge(struct prereq_sitting *sitting, uint32_t patch,
                                        uint32_t target, struct prereq_rows_seen *seen)
{
    const struct prereq_cpatch *entry = &sitting->catalog->patches[patch];
    struct prereq_tally tally = {0};
    unsigned by_date[6] = {0};
    enum prereq_verdict verdict;

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        struct prereq_row_finding found = prereq_row_judge(sitting, i, target);

        if (found.verdict == PREREQ_NOT_APPLICABLE && branch_is_unknown(sitting, patch, i, target))
            found =
                row_finding(PREREQ_UNKNOWN, PREREQ_REASON_BRANCH_UNKNOWN, PREREQ_RESULT_UNKNOWN);
        prereq_tally_add(&tally, (struct prereq_finding){found.verdict, found.reason});
        by_date[found.verdict] += found.by_date;
        seen->newer |= found.result == PREREQ_RESULT_NEWER;
    }
    verdict = prereq_verdict_all(&tally.counts);
    /* A proof is as good as its weakest row; one row is enough against it. */
    seen->by_date = by_date[verdict] > 0 &&
                    (verdict == PREREQ_TRUE || by_date[verdict] == tally.counts.of[verdict]);
    return prereq_tally_result(&tally, verdict);
}
