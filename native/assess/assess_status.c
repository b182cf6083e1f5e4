/* SPDX-License-Identifier: MIT */
/* assess_status.c - one status row: state, reason, what was expected and found, what stands beside
 * it. */
#include "assess/assess_parts.h"

#include <assert.h>
#include <string.h>

static const struct prereq_cpatch *entry_of(const struct prereq_trial *trial, uint32_t pair)
{
    return &trial->host->catalog->patches[trial->host->pairs[pair].patch];
}

static void fill_entry(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    const struct prereq_cpatch *entry = entry_of(trial, pair);
    const struct prereq_patch *patch = entry->patch;
    const struct prereq_product *product = trial->host->catalog->products[entry->product].product;

    row->id = trial->host->pairs[pair].id;
    row->patch_id = patch->id;
    row->target = trial->host->targets[trial->host->pairs[pair].target].id;
    row->title = patch->title;
    row->product_id = product->id;
    row->product = product->title;
    row->kind = patch->kind ? patch->kind : PREREQ_KIND_PATCH;
    row->severity = patch->severity ? patch->severity : PREREQ_UNRATED;
    row->classification = patch->classification;
    row->released = patch->released;
    row->source = patch->source_count ? patch->sources[0].url : NULL;
    row->restart_required = prereq_restart_need(&trial->now, trial->host->pairs[pair].patch,
                                                trial->host->pairs[pair].target);
}

static bool fill_record(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    const struct prereq_record_value *record = &trial->host->now.records[pair];
    const char **names = PREREQ_NEW_ARRAY(trial->arena, PREREQ_SOURCE_MANUAL + 1, const char *);

    if (!names)
        return false;
    for (int source = 1; source <= PREREQ_SOURCE_MANUAL; source++) {
        if (record->sources >> source & 1)
            names[row->recorded_by_count++] = prereq_enum_name(prereq_update_source_names, source);
    }
    row->recorded_by = names;
    row->installed_on = record->last;
    return true;
}

static bool is_compliant(void *context, uint32_t pair)
{
    struct prereq_trial *trial = context;

    return prereq_table_state(&trial->now, pair) == PREREQ_STATE_COMPLIANT;
}

static bool applies(void *context, uint32_t pair)
{
    struct prereq_trial *trial = context;

    return prereq_applies(&trial->now, pair) == PREREQ_TRUE;
}

static uint32_t *compliant_memo(void *context, uint32_t pair)
{
    return &((struct prereq_trial *)context)->nearest[1][pair];
}

static uint32_t *applicable_memo(void *context, uint32_t pair)
{
    return &((struct prereq_trial *)context)->nearest[0][pair];
}

/* The recorded level that stands above it, the later one that waits with it for the restart, the
 * nearest later one that is Compliant, or the nearest that applies. */
static const char *superseded_by(struct prereq_trial *trial, uint32_t pair, int state,
                                 enum prereq_reason reason)
{
    bool compliant = state == PREREQ_STATE_SUPERSEDED;
    const struct prereq_later_question question = {compliant ? is_compliant : applies,
                                                   compliant ? compliant_memo : applicable_memo,
                                                   trial, false};
    uint32_t later;

    if (reason == PREREQ_REASON_BELOW_RECORDED_LEVEL)
        later = prereq_level_above(&trial->now, pair);
    else if (compliant && prereq_waits(&trial->now, pair))
        later = prereq_waiting_later(&trial->now, pair);
    else
        later = prereq_later_find(trial->host, pair, &question);

    return later == PREREQ_NONE ? NULL : trial->host->pairs[later].id;
}

static void fill_flags(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    bool required = trial->required[pair];
    const struct prereq_waiver *waiver = prereq_find_waiver(trial, pair, false);

    row->required = required ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    row->counts =
        required || prereq_state_always_counts(row->state) ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    row->actionable = PREREQ_FLAG_TRUE;
    /* What is required is to be done, whatever else there is that nobody requires. */
    if (!required && prereq_state_is_missing(row->state) &&
        (prereq_is_replaced(trial, pair) || entry_of(trial, pair)->patch->withdrawn.known))
        row->actionable = PREREQ_FLAG_FALSE;
    row->waived = waiver ? PREREQ_FLAG_TRUE : PREREQ_FLAG_FALSE;
    if (!waiver)
        return;
    row->waiver_id = waiver->id;
    row->waiver_expires = waiver->expires;
}

/* The first group that does not hold, PREREQ_NONE: none. */
static uint32_t first_unmet(struct prereq_trial *trial, uint32_t pair, bool always_only)
{
    const struct prereq_cpatch *entry = entry_of(trial, pair);

    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        if (always_only && trial->host->catalog->groups[i].before)
            continue;
        if (prereq_group_judge(&trial->now, i, pair).verdict == PREREQ_FALSE)
            return i;
    }
    return PREREQ_NONE;
}

/* The first row of a patch that is false, one with the status's own reason before others;
 * PREREQ_NONE: none. */
static uint32_t first_bad_row(struct prereq_trial *trial, uint32_t patch, uint32_t target,
                              enum prereq_reason reason)
{
    const struct prereq_cpatch *entry = &trial->host->catalog->patches[patch];
    uint32_t bad = PREREQ_NONE;

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        struct prereq_row_finding row = prereq_row_judge(&trial->now, i, target);

        if (row.verdict != PREREQ_FALSE)
            continue;
        if (row.reason == reason)
            return i;
        bad = bad == PREREQ_NONE ? i : bad;
    }
    return bad;
}

static const char *row_text(struct prereq_trial *trial, uint32_t row, const char *what)
{
    return prereq_printf(trial->arena, "%s: %s", trial->host->catalog->rows[row].row->path,
                         what ? what : "");
}

/* Which file, or which marker, speaks against a patch. */
static void fill_effect_words(struct prereq_trial *trial, uint32_t patch, uint32_t target,
                              enum prereq_reason reason, struct prereq_status_row *row)
{
    uint32_t marker = trial->host->catalog->patches[patch].marker;
    uint32_t bad = first_bad_row(trial, patch, target, reason);

    if (reason == PREREQ_REASON_MARKER_UNMET && marker != PREREQ_NONE)
        bad = PREREQ_NONE;
    if (bad != PREREQ_NONE) {
        row->expected = row_text(trial, bad, prereq_describe_row(&trial->now, bad));
        row->found = row_text(trial, bad, prereq_describe_row_found(&trial->now, bad, target));
    } else if (marker != PREREQ_NONE) {
        row->expected = prereq_describe_rule(&trial->now, marker);
        row->found = prereq_describe_found(&trial->now, marker, target);
    }
}

/* The level's own files or marker speak against it: else it is something else that is unmet. */
static bool is_disproved(struct prereq_trial *trial, uint32_t patch, uint32_t target)
{
    uint32_t marker = trial->host->catalog->patches[patch].marker;

    return first_bad_row(trial, patch, target, PREREQ_REASON_NONE) != PREREQ_NONE ||
           (marker != PREREQ_NONE &&
            prereq_rule_judge(&trial->now, marker, target).verdict == PREREQ_FALSE);
}

/* What is found of an alternative: of a patch the level that speaks against it, else its state. */
static const char *alternative_found(struct prereq_trial *trial, const struct prereq_calt *alt,
                                     uint32_t target)
{
    uint32_t pair, marker;

    if (alt->patch == PREREQ_NONE)
        return prereq_describe_found(&trial->now, alt->rule, target);
    marker = trial->host->catalog->patches[alt->patch].marker;
    if (marker != PREREQ_NONE &&
        prereq_rule_judge(&trial->now, marker, target).verdict == PREREQ_FALSE)
        return prereq_describe_found(&trial->now, marker, target);
    pair = prereq_pair_find(trial->host, alt->patch, target);
    return prereq_printf(
        trial->arena, "%s is %s", trial->host->catalog->patches[alt->patch].patch->id,
        pair == PREREQ_NONE ? "not there"
                            : prereq_state_names[prereq_base_state(&trial->now, pair)]);
}

/* An unmet group: what it asks for, and, for a level, which of its files speaks against it. */
static void fill_group_words(struct prereq_trial *trial, uint32_t pair, uint32_t group,
                             struct prereq_status_row *row)
{
    const struct prereq_cgroup *about = &trial->host->catalog->groups[group];
    uint32_t target = trial->host->pairs[pair].target;

    for (uint32_t i = about->first; i < about->first + about->count; i++) {
        uint32_t patch = trial->host->catalog->alternatives[i].patch;
        uint32_t level =
            patch == PREREQ_NONE ? PREREQ_NONE : prereq_pair_find(trial->host, patch, target);

        if (level == PREREQ_NONE || prereq_recorded_above(&trial->now, i, pair) != PREREQ_NONE ||
            prereq_recorded(&trial->now, level) != PREREQ_TRUE ||
            !is_disproved(trial, patch, trial->host->pairs[level].target))
            continue;
        fill_effect_words(trial, patch, trial->host->pairs[level].target, PREREQ_REASON_NONE, row);
        if (row->expected)
            row->expected =
                prereq_printf(trial->arena, "%s: %s",
                              trial->host->catalog->patches[patch].patch->id, row->expected);
        return;
    }
    row->expected = prereq_describe_group(&trial->now, group);
    row->found = NULL;
    for (uint32_t i = about->first; i < about->first + about->count && !row->found; i++)
        row->found = alternative_found(trial, &trial->host->catalog->alternatives[i], target);
}

/* What is in effect, or not there to be, has no file that speaks against it. */
static bool speaks_of_effect(int state)
{
    return state == PREREQ_STATE_SUPERSEDED ||
           (!prereq_state_is_settled(state) && state != PREREQ_STATE_READY);
}

static bool fill_words(struct prereq_trial *trial, uint32_t pair, enum prereq_reason reason,
                       struct prereq_status_row *row)
{
    bool on = row->state == PREREQ_STATE_OUT_OF_ORDER;
    uint32_t unmet = PREREQ_NONE;
    const char *detail = "";

    if (reason == PREREQ_REASON_LEVEL_UNMET || reason == PREREQ_REASON_PREREQUISITE_UNMET)
        unmet = first_unmet(trial, pair, on);
    if (unmet != PREREQ_NONE) {
        fill_group_words(trial, pair, unmet, row);
        detail = trial->host->catalog->groups[unmet].group->why;
    } else if (speaks_of_effect(row->state)) {
        fill_effect_words(trial, trial->host->pairs[pair].patch, trial->host->pairs[pair].target,
                          reason, row);
    }
    if (!prereq_fill_cause_words(trial, pair, reason, row, &detail) ||
        !prereq_fill_break_words(trial, pair, reason, row, &detail) ||
        !prereq_fill_missing_words(trial, pair, reason, &detail))
        return false;
    if (reason == PREREQ_REASON_CONFLICT && entry_of(trial, pair)->patch->conflict)
        detail = entry_of(trial, pair)->patch->conflict;
    if (row->state == PREREQ_STATE_SUPERSEDED && row->superseded_by)
        detail = row->superseded_by;
    if (row->state == PREREQ_STATE_SUPERSEDED && prereq_waits(&trial->now, pair))
        detail = prereq_printf(trial->arena, "%s, after the restart that is due", detail);
    if (!detail)
        return false;
    row->reason_code = prereq_reason_info(reason)->code;
    row->reason = prereq_printf(trial->arena, "%s%s%s", prereq_reason_info(reason)->sentence,
                                *detail ? ": " : ".", detail);
    return row->reason != NULL;
}

static bool fill_blocked_by(struct prereq_trial *trial, uint32_t pair,
                            struct prereq_status_row *row)
{
    const struct prereq_cpatch *entry = entry_of(trial, pair);
    const char **names = PREREQ_NEW_ARRAY(trial->arena, entry->group_count, const char *);
    bool on = row->state == PREREQ_STATE_OUT_OF_ORDER;

    if (!names)
        return false;
    row->blocked_by = names;
    if (row->state != PREREQ_STATE_BLOCKED && !on)
        return true;
    for (uint32_t i = entry->group_first; i < entry->group_first + entry->group_count; i++) {
        if (on && trial->host->catalog->groups[i].before)
            continue;
        if (prereq_group_judge(&trial->now, i, pair).verdict != PREREQ_FALSE)
            continue;
        names[row->blocked_by_count] = prereq_describe_group(&trial->now, i);
        if (!names[row->blocked_by_count++])
            return false;
    }
    return true;
}

/* ---- warnings ---- */

static bool warn(struct prereq_status_row *row, const char **list, const char *text)
{
    list[row->warning_count++] = text;
    return text != NULL;
}

static bool fill_warnings(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    const struct prereq_cpatch *entry = entry_of(trial, pair);
    size_t most = entry->group_count + entry->patch->caution_count + 5;
    const char **list = PREREQ_NEW_ARRAY(trial->arena, most, const char *);
    const char *doubt = NULL;
    bool ok = list != NULL;

    row->warnings = list;
    if (!ok || row->state == PREREQ_STATE_NOT_APPLICABLE)
        return ok;
    for (uint32_t i = entry->group_first;
         row->state == PREREQ_STATE_COMPLIANT && i < entry->group_first + entry->group_count; i++) {
        if (!trial->host->catalog->groups[i].before &&
            prereq_group_judge(&trial->now, i, pair).verdict == PREREQ_FALSE)
            ok &= warn(row, list,
                       prereq_printf(trial->arena, "in effect, though it needs %s",
                                     prereq_describe_group(&trial->now, i)));
    }
    /* A caution is about putting it on: of one that is on it says nothing. */
    for (size_t i = 0; !prereq_state_is_sound(row->state) && i < entry->patch->caution_count; i++) {
        uint32_t when = trial->host->catalog->numbers[entry->caution_first + i];
        enum prereq_verdict verdict =
            prereq_rule_judge(&trial->now, when, trial->host->pairs[pair].target).verdict;

        if (verdict != PREREQ_FALSE && verdict != PREREQ_NOT_APPLICABLE)
            ok &= warn(row, list, entry->patch->cautions[i].text);
    }
    ok &= prereq_break_warning(trial, pair, &doubt);
    if (doubt)
        ok &= warn(row, list, doubt);
    if (prereq_effect(&trial->now, pair).newer)
        ok &= warn(row, list, "a file is newer than any version that the catalog knows");
    if (row->fault_at_restart == PREREQ_FLAG_TRUE)
        ok &= warn(row, list,
                   "sound now, at fault after the restart that is due "
                   "(fault_at_restart)");
    assert(row->warning_count <= most);
    return ok;
}

bool prereq_fill_status(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    const struct prereq_status_row *before;
    enum prereq_reason reason;
    bool fault;

    fill_entry(trial, pair, row);
    row->state = prereq_state(&trial->now, pair, &reason, &fault);
    row->fault_at_restart = fault ? PREREQ_FLAG_TRUE : PREREQ_FLAG_UNSET;
    row->evidence = PREREQ_EVIDENCE_NONE;
    if (row->state != PREREQ_STATE_NOT_APPLICABLE)
        row->evidence = (int)prereq_effect(&trial->now, pair).evidence;
    if (row->state == PREREQ_STATE_NOT_APPLICABLE)
        row->advice = entry_of(trial, pair)->patch->advice;
    fill_flags(trial, pair, row);
    before = prereq_previous_status(trial, row->id);
    if (row->state == PREREQ_STATE_REGRESSED && before && before->ever_good != PREREQ_FLAG_TRUE)
        reason = PREREQ_REASON_NEVER_EFFECTIVE;
    if (row->state != PREREQ_STATE_NOT_APPLICABLE)
        row->superseded_by = superseded_by(trial, pair, row->state, reason);
    prereq_carry_over(trial, row);
    prereq_fill_sla(trial, pair, row);
    return fill_record(trial, pair, row) && fill_words(trial, pair, reason, row) &&
           fill_blocked_by(trial, pair, row) && fill_warnings(trial, pair, row) &&
           prereq_fill_prerequisites(trial, pair, row) && prereq_fill_components(trial, pair, row);
}
