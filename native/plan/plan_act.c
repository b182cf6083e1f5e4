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
    uint32_t i = 0;

    if (kind == PREREQ_ACT_INSTALL) {
        i = planner->installs[pair]; /* of an earlier round, perhaps */
        return i < planner->act_count && planner->acts[i].kind == kind &&
                       planner->acts[i].pair == pair
                   ? i
                   : PREREQ_NONE;
    }
    for (; i < planner->act_count; i++) {
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
    if (kind == PREREQ_ACT_INSTALL)
        planner->installs[pair] = (uint32_t)planner->act_count;
    planner->acts[planner->act_count] =
        (struct prereq_act){kind, pair, alt, old_time(planner, pair), 0, reason};
    return (uint32_t)planner->act_count++;
}

void prereq_plan_drop_needless(struct prereq_planner *planner)
{
    size_t kept = 0;

    for (size_t i = 0; i < planner->act_count; i++) {
        if (planner->acts[i].kind == PREREQ_ACT_REMOVE_RECORD &&
            planner->off[planner->acts[i].pair])
            continue;
        if (planner->acts[i].kind == PREREQ_ACT_INSTALL)
            planner->installs[planner->acts[i].pair] = (uint32_t)kept;
        planner->acts[kept++] = planner->acts[i];
    }
    planner->act_count = kept;
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

static bool is_sure(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_FALSE || verdict == PREREQ_NOT_APPLICABLE;
}

/* Of the entry itself. */
static void need_own(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_pair *about = &planner->host->pairs[pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];
    struct prereq_sitting *start = planner->start;

    prereq_describe_needs(start, catalog->products[entry->product].applies, about->target,
                          &planner->needs);
    prereq_describe_needs(start, entry->applies, about->target, &planner->needs);
    prereq_describe_needs(start, entry->marker, about->target, &planner->needs);
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (!is_sure(prereq_row_judge(start, i, about->target).verdict))
            prereq_buffer_addf(&planner->needs, "file %s\n", catalog->rows[i].row->path);
    }
}

/* An alternative's rule; the pair that it names: PREREQ_NONE, it names none. */
static uint32_t need_alternative(struct prereq_planner *planner, uint32_t number, uint32_t target)
{
    const struct prereq_calt *alt = &planner->host->catalog->alternatives[number];

    prereq_describe_needs(planner->start, alt->rule, target, &planner->needs);
    return alt->patch == PREREQ_NONE ? PREREQ_NONE
                                     : prereq_pair_find(planner->host, alt->patch, target);
}

struct asking { /* pairs on the way, and each one's alternative that comes next */
    uint32_t pair, group, alternative;
};

/* The next pair that one of an open group names; PREREQ_NONE: all were looked at. */
static uint32_t next_named(struct prereq_planner *planner, struct asking *at)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_pair *about = &planner->host->pairs[at->pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];

    for (; at->group < entry->group_count; at->group++, at->alternative = 0) {
        const struct prereq_cgroup *group = &catalog->groups[entry->group_first + at->group];

        if (at->alternative == 0) {
            if (is_sure(prereq_group_judge(planner->start, entry->group_first + at->group, at->pair)
                            .verdict))
                continue;
            prereq_describe_needs(planner->start, group->when, about->target, &planner->needs);
        }
        while (at->alternative < group->count) {
            uint32_t named =
                need_alternative(planner, group->first + at->alternative++, about->target);

            planner->host->trails->edges++;
            if (named != PREREQ_NONE)
                return named;
        }
    }
    return PREREQ_NONE;
}

/* Depth first, each pair once, on a stack of its own: prerequisites may be as deep as the catalog.
 */
void prereq_plan_needs(struct prereq_planner *planner, uint32_t pair)
{
    size_t count = planner->host->pair_count, depth = 0;
    struct asking *stack = PREREQ_NEW_ARRAY(planner->trial->arena, count, struct asking);
    bool *asked = PREREQ_NEW_ARRAY(planner->trial->arena, count, bool);
    uint32_t named = pair;

    if (!stack || !asked) {
        planner->no_memory = true;
        return;
    }
    do {
        if (named == PREREQ_NONE) {
            depth--;
        } else if (!asked[named]) {
            asked[named] = true;
            need_own(planner, named);
            stack[depth++] = (struct asking){named, 0, 0};
        }
        named = depth > 0 ? next_named(planner, &stack[depth - 1]) : PREREQ_NONE;
    } while (depth > 0);
}
