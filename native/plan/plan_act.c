/* SPDX-License-Identifier: MIT */
/* plan_act.c - acts, and what all parts of the planner ask of a pair. */
#include "plan/plan.h"

void prereq_plan_refuse(struct prereq_planner *planner, int result, const char *reason)
{
    if (planner->result)
        return;
    planner->result = result;
    planner->reason = reason;
    if (!reason)
        planner->no_memory = true;
}

bool prereq_plan_is_good(int state)
{
    return prereq_state_is_settled(state);
}

const struct prereq_patch *prereq_plan_patch(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->catalog->patches[planner->host->pairs[pair].patch].patch;
}

const char *prereq_plan_pair_id(const struct prereq_planner *planner, uint32_t pair)
{
    return planner->host->pairs[pair].id;
}

static bool is_said(const char *text)
{
    return text && *text;
}

const struct prereq_remedy *prereq_plan_remedy(const struct prereq_alternative *alternative)
{
    const struct prereq_remedy *remedy = alternative->remedy;

    if (remedy && remedy->action == PREREQ_STEP_MANUAL &&
        (!is_said(remedy->text) || !is_said(remedy->verify)))
        return NULL;
    return remedy;
}

uint32_t prereq_plan_find_act(const struct prereq_planner *planner, enum prereq_act_kind kind,
                              uint32_t pair)
{
    for (uint32_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == kind && planner->acts[i].pair == pair)
            return i;
    }
    return PREREQ_NONE;
}

/* When it went on; of one that an unfinished plan took off, as the assessment before has it. */
static struct prereq_time old_time(const struct prereq_planner *planner, uint32_t pair)
{
    struct prereq_time time = planner->host->now.records[pair].last;
    const struct prereq_status_row *before;

    for (size_t i = 0; !time.known && i < planner->trial->restore_count; i++) {
        if (planner->trial->restore[i] != pair)
            continue;
        before = prereq_previous_status(planner->trial, prereq_plan_pair_id(planner, pair));
        return before ? before->installed_on : time;
    }
    return time;
}

uint32_t prereq_plan_add_act(struct prereq_planner *planner, enum prereq_act_kind kind,
                             uint32_t pair, const struct prereq_alternative *alt,
                             const char *reason)
{
    void *acts = planner->acts;

    for (uint32_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == kind && planner->acts[i].alt == alt &&
            (alt || planner->acts[i].pair == pair))
            return i;
    }
    if (!prereq_grow(planner->trial->arena, &acts, planner->act_count, &planner->act_capacity,
                     sizeof(*planner->acts))) {
        prereq_plan_refuse(planner, PREREQ_PLAN_REFUSED, NULL);
        return PREREQ_NONE;
    }
    planner->acts = acts;
    planner->acts[planner->act_count] =
        (struct prereq_act){kind, pair, alt, old_time(planner, pair), 0, reason};
    return (uint32_t)planner->act_count++;
}

void prereq_plan_drop_needless(struct prereq_planner *planner)
{
    size_t kept = 0;

    for (size_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind != PREREQ_ACT_REMOVE_RECORD ||
            !planner->off[planner->acts[i].pair])
            planner->acts[kept++] = planner->acts[i];
    }
    planner->act_count = kept;
}

static void need_alternative(struct prereq_planner *planner, uint32_t pair,
                             const struct prereq_calt *alt)
{
    uint32_t target = planner->host->pairs[pair].target;
    uint32_t named = alt->patch == PREREQ_NONE
                         ? PREREQ_NONE
                         : prereq_pair_find(planner->host, alt->patch, target);

    prereq_describe_needs(planner->start, alt->rule, target, &planner->needs);
    if (named != PREREQ_NONE && named != pair && !planner->planning[named]) {
        planner->planning[named] = true;
        prereq_plan_needs(planner, named);
        planner->planning[named] = false;
    }
}

bool prereq_plan_branch_allowed(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    uint32_t instance = host->targets[host->pairs[pair].target].instance;
    const char *branch = prereq_plan_patch(planner, pair)->branch;

    if (!branch || instance == PREREQ_NONE || !host->now.instances[instance].branch ||
        prereq_equal_nocase(branch, host->now.instances[instance].branch))
        return true;
    return prereq_requirement_of(planner->trial, pair)->allow_branch_change == PREREQ_FLAG_TRUE;
}

void prereq_plan_needs(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_pair *about = &planner->host->pairs[pair];
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];
    struct prereq_sitting *start = planner->start;

    prereq_describe_needs(start, catalog->products[entry->product].applies, about->target,
                          &planner->needs);
    prereq_describe_needs(start, entry->applies, about->target, &planner->needs);
    prereq_describe_needs(start, entry->marker, about->target, &planner->needs);
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        enum prereq_verdict verdict = prereq_row_judge(start, i, about->target).verdict;

        if (verdict != PREREQ_TRUE && verdict != PREREQ_FALSE && verdict != PREREQ_NOT_APPLICABLE)
            prereq_buffer_addf(&planner->needs, "file %s\n", catalog->rows[i].row->path);
    }
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        enum prereq_verdict verdict = prereq_group_judge(start, g, pair).verdict;

        if (verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE)
            continue;
        prereq_describe_needs(start, catalog->groups[g].when, about->target, &planner->needs);
        for (uint32_t a = catalog->groups[g].first;
             a < catalog->groups[g].first + catalog->groups[g].count; a++)
            need_alternative(planner, pair, &catalog->alternatives[a]);
    }
}
