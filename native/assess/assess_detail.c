/* SPDX-License-Identifier: MIT */
/* assess_detail.c - the rows below a status: its prerequisites, and the files it rests on. */
#include "assess/assess_parts.h"

#include <assert.h>

static int satisfied_of(enum prereq_verdict verdict)
{
    if (verdict == PREREQ_TRUE)
        return PREREQ_SATISFIED_YES;
    if (verdict == PREREQ_FALSE)
        return PREREQ_SATISFIED_NO;
    return verdict == PREREQ_NOT_APPLICABLE ? PREREQ_SATISFIED_NOT_APPLICABLE
                                            : PREREQ_SATISFIED_UNKNOWN;
}

static const char *found_of(struct prereq_trial *trial, const struct prereq_calt *alt,
                            uint32_t target)
{
    uint32_t pair;

    if (alt->patch == PREREQ_NONE)
        return prereq_describe_found(&trial->now, alt->rule, target);
    pair = prereq_pair_find(trial->host, alt->patch, target);
    if (pair == PREREQ_NONE)
        return "not there";
    return prereq_state_names[prereq_base_state(&trial->now, pair)];
}

static bool fill_alternative(struct prereq_trial *trial, uint32_t pair, uint32_t group_no,
                             uint32_t number, const struct prereq_status_row *status,
                             struct prereq_prerequisite_row *row)
{
    const struct prereq_catalog *catalog = trial->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[trial->host->pairs[pair].patch];
    const struct prereq_cgroup *group = &catalog->groups[entry->group_first + group_no];
    const struct prereq_calt *alt = &catalog->alternatives[group->first + number];
    struct prereq_finding whole =
        prereq_group_judge(&trial->now, entry->group_first + group_no, pair);
    struct prereq_finding one =
        whole.verdict == PREREQ_NOT_APPLICABLE
            ? whole
            : prereq_alternative_judge(&trial->now, group->first + number, pair);

    row->id = prereq_printf(trial->arena, "%s/%u.%u", status->id, group_no + 1, number + 1);
    row->patch_status_id = status->id;
    row->patch_id = status->patch_id;
    row->target = status->target;
    row->group_no = (struct prereq_number){group_no + 1, true};
    row->alternative_no = (struct prereq_number){number + 1, true};
    row->requires = prereq_describe_alternative(&trial->now, group->first + number);
    row->kind = alt->patch != PREREQ_NONE ? "patch" : prereq_rule_kind(catalog, alt->rule);
    row->holds = group->before ? PREREQ_HOLDS_BEFORE : PREREQ_HOLDS_ALWAYS;
    row->satisfied = satisfied_of(one.verdict);
    row->group_satisfied = satisfied_of(whole.verdict);
    row->expected = row->requires;
    row->found = found_of(trial, alt, trial->host->pairs[pair].target);
    row->reason = group->group->why;
    row->source = group->group->source ? group->group->source : status->source;
    return row->id && row->requires && row->found;
}

bool prereq_fill_prerequisites(struct prereq_trial *trial, uint32_t pair,
                               struct prereq_status_row *row)
{
    const struct prereq_catalog *catalog = trial->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[trial->host->pairs[pair].patch];
    struct prereq_prerequisite_row *rows;
    size_t most = 0;

    if (row->state == PREREQ_STATE_NOT_APPLICABLE)
        return true;
    for (uint32_t i = 0; i < entry->group_count; i++)
        most += catalog->groups[entry->group_first + i].count;
    rows = PREREQ_NEW_ARRAY(trial->arena, most, struct prereq_prerequisite_row);
    if (!rows)
        return false;
    row->prerequisites = rows;
    for (uint32_t i = 0; i < entry->group_count; i++) {
        for (uint32_t k = 0; k < catalog->groups[entry->group_first + i].count; k++) {
            if (!fill_alternative(trial, pair, i, k, row, &rows[row->prerequisite_count++]))
                return false;
        }
    }
    return true;
}

/* ---- components ---- */

static const char *version_text(struct prereq_trial *trial, struct prereq_version version)
{
    char text[48];

    if (!version.parts)
        return NULL;
    prereq_version_format(version, text);
    return prereq_strdup(trial->arena, text);
}

static void fill_from_fact(struct prereq_trial *trial, const struct prereq_fact *value,
                           struct prereq_component_row *row)
{
    const struct prereq_file_fact *fact = value->fact;

    row->found_version = version_text(trial, value->version);
    row->last_write = value->time;
    if (!fact)
        return;
    row->company = fact->company;
    row->original_filename = fact->original_name;
    row->pending_replace = fact->pending ? PREREQ_FLAG_TRUE : PREREQ_FLAG_UNSET;
}

static bool fill_component(struct prereq_trial *trial, uint32_t number, uint32_t target,
                           const struct prereq_patch *baseline,
                           const struct prereq_status_row *status, struct prereq_component_row *row)
{
    const struct prereq_crow *listed = &trial->host->catalog->rows[number];
    struct prereq_row_finding found = prereq_row_judge(&trial->now, number, target);

    row->id = prereq_printf(trial->arena, "%s/c%zu", status->id, status->component_count + 1);
    row->patch_status_id = status->id;
    row->patch_id = status->patch_id;
    row->target = status->target;
    row->role = baseline ? PREREQ_ROLE_BASELINE : PREREQ_ROLE_PATCH;
    row->baseline_id = baseline ? baseline->id : NULL;
    row->path = listed->row->path;
    row->expected = prereq_describe_row(&trial->now, number);
    row->expected_version = version_text(trial, listed->row->version);
    row->found = prereq_describe_row_found(&trial->now, number, target);
    row->result = (int)found.result;
    fill_from_fact(
        trial, &trial->host->now.values[prereq_value_at(trial->host, listed->slot, target)], row);
    return row->id && row->expected && row->found;
}

/* The rows of a patch's list that count here. */
static bool add_components(struct prereq_trial *trial, uint32_t patch, uint32_t target,
                           const struct prereq_patch *baseline, struct prereq_status_row *status,
                           struct prereq_component_row *rows)
{
    const struct prereq_cpatch *entry = &trial->host->catalog->patches[patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (prereq_row_counts(&trial->now, i, target) == PREREQ_FALSE)
            continue;
        if (!fill_component(trial, i, target, baseline, status, &rows[status->component_count]))
            return false;
        status->component_count++;
    }
    return true;
}

/* Baselines that a group names and that are recorded, or, where only lower ones are named, the
 * recorded one. */
static uint32_t deciding_baseline(struct prereq_trial *trial, uint32_t alternative, uint32_t pair)
{
    const struct prereq_calt *alt = &trial->host->catalog->alternatives[alternative];
    uint32_t above, named;

    if (alt->patch == PREREQ_NONE ||
        trial->host->catalog->patches[alt->patch].patch->kind != PREREQ_KIND_BASELINE)
        return PREREQ_NONE;
    above = prereq_recorded_above(&trial->now, alternative, pair);
    if (above != PREREQ_NONE)
        return above;
    named = prereq_pair_find(trial->host, alt->patch, trial->host->pairs[pair].target);
    if (named == PREREQ_NONE || prereq_recorded(&trial->now, named) != PREREQ_TRUE)
        return PREREQ_NONE;
    return alt->patch;
}

static bool already(const uint32_t *list, size_t count, uint32_t patch)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == patch)
            return true;
    }
    return false;
}

bool prereq_fill_components(struct prereq_trial *trial, uint32_t pair,
                            struct prereq_status_row *row)
{
    const struct prereq_catalog *catalog = trial->host->catalog;
    const struct prereq_pair *about = &trial->host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];
    size_t most = entry->row_count, baselines = 0, alternatives = 0;
    struct prereq_component_row *rows;
    uint32_t *used;

    if (row->state == PREREQ_STATE_NOT_APPLICABLE)
        return true;
    for (uint32_t i = 0; i < entry->group_count; i++)
        alternatives += catalog->groups[entry->group_first + i].count;
    used = PREREQ_NEW_ARRAY(trial->arena, alternatives, uint32_t);
    if (!used)
        return false;
    for (uint32_t i = 0; i < alternatives; i++) {
        uint32_t first = catalog->groups[entry->group_first].first;
        uint32_t level = deciding_baseline(trial, first + i, pair);

        if (level == PREREQ_NONE || already(used, baselines, level))
            continue;
        used[baselines++] = level;
        most += catalog->patches[level].row_count;
    }
    rows = PREREQ_NEW_ARRAY(trial->arena, most, struct prereq_component_row);
    if (!rows || !add_components(trial, about->patch, about->target, NULL, row, rows))
        return false;
    for (size_t i = 0; i < baselines; i++) {
        if (!add_components(trial, used[i], about->target, catalog->patches[used[i]].patch, row,
                            rows))
            return false;
    }
    assert(row->component_count <= most);
    row->components = rows;
    return true;
}
