/* SPDX-License-Identifier: MIT */
/* proof_step.c - what a step is allowed, on the facts as the steps before have left them. */
#include "proof/proof_parts.h"

static bool holds(enum prereq_verdict verdict)
{
    return verdict == PREREQ_TRUE || verdict == PREREQ_NOT_APPLICABLE;
}

/* ---- going on ---- */

/* The pair is what an alternative of the group names, or a later one of it. */
static bool satisfies(const struct prereq_walk *walk, uint32_t pair,
                      const struct prereq_cgroup *group)
{
    const struct prereq_catalog *catalog = walk->host->catalog;

    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        if (catalog->alternatives[i].patch != PREREQ_NONE &&
            prereq_catalog_supersedes(catalog, walk->host->pairs[pair].patch,
                                      catalog->alternatives[i].patch))
            return true;
    }
    return false;
}

static bool lacks_restart(const struct prereq_walk *walk, const struct prereq_cgroup *group)
{
    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        if (walk->walked[pair].fresh && satisfies(walk, pair, group))
            return true;
    }
    return false;
}

/* Whole days that a pair has been on, as far as that is certain. */
static int64_t days_on(const struct prereq_walk *walk, uint32_t pair)
{
    struct prereq_time since = walk->host->now.records[pair].first;
    struct prereq_time facts = walk->host->facts->collection->finished;

    if (walk->walked[pair].put_on)
        return (walk->clock - walk->walked[pair].put_on_at) / 86400;
    if (!since.known || !facts.known || walk->walked[pair].came_off)
        return 0;
    return (facts.seconds - since.seconds + walk->clock) / 86400;
}

static bool is_too_soon(struct prereq_walk *walk, const struct prereq_cgroup *group,
                        uint32_t target)
{
    bool any = false;

    if (!group->group->soak_days.known)
        return false;
    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        if (walk->host->pairs[pair].target != target ||
            walk->now.records[pair].value != PREREQ_TRUE || !satisfies(walk, pair, group) ||
            prereq_own(&walk->now_sitting, pair).verdict != PREREQ_TRUE)
            continue;
        any = true;
        if (days_on(walk, pair) >= (int64_t)group->group->soak_days.value)
            return false;
    }
    return any;
}

static enum prereq_proof_fault check_groups(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_cpatch *entry = prereq_walk_entry(walk, pair);

    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
        const struct prereq_cgroup *group = &walk->host->catalog->groups[g];
        enum prereq_verdict verdict = prereq_group_judge(&walk->now_sitting, g, pair).verdict;

        if (!holds(verdict))
            return PREREQ_PROOF_NEEDS_UNMET;
        if (group->group->restart_before == PREREQ_FLAG_TRUE && lacks_restart(walk, group))
            return PREREQ_PROOF_NO_RESTART_BETWEEN;
        if (verdict == PREREQ_TRUE && is_too_soon(walk, group, walk->host->pairs[pair].target))
            return PREREQ_PROOF_TOO_SOON;
    }
    return PREREQ_PROOF_HOLDS;
}

static bool is_chained(struct prereq_walk *walk, uint32_t pair)
{
    int own = prereq_walk_entry(walk, pair)->patch->chain;

    for (uint32_t other = 0; other < walk->host->pair_count; other++) {
        int chain = prereq_walk_entry(walk, other)->patch->chain;

        if (!walk->walked[other].fresh || !walk->walked[other].pending)
            continue;
        if (own == PREREQ_CHAIN_NEVER || chain == PREREQ_CHAIN_NEVER)
            return true;
        if (!(own == PREREQ_CHAIN_ALWAYS && chain == PREREQ_CHAIN_ALWAYS) &&
            prereq_walk_share(walk, other, pair))
            return true;
    }
    return false;
}

/* Of another branch than its instance, on hosts that no policy lets change it. */
static bool is_of_other_branch(const struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_policy *policy = walk->trial->judge->policy;
    const char *branch = prereq_walk_entry(walk, pair)->patch->branch;
    uint32_t instance = walk->host->targets[walk->host->pairs[pair].target].instance;

    for (size_t i = 0; i < policy->require_count; i++) {
        if (policy->require[i].allow_branch_change == PREREQ_FLAG_TRUE)
            return false;
    }
    return branch && instance != PREREQ_NONE && walk->host->now.instances[instance].branch &&
           !prereq_equal_nocase(branch, walk->host->now.instances[instance].branch);
}

static bool needs_unpacked(const struct prereq_command *command)
{
    return command && command->needs_extract == PREREQ_FLAG_TRUE;
}

/* What needs no look at what it asks for. */
static enum prereq_proof_fault check_itself(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;
    bool recorded = walk->now.records[pair].value == PREREQ_TRUE;
    enum prereq_verdict applies = prereq_applies(&walk->now_sitting, pair);

    if (walk->walked[pair].put_on)
        return PREREQ_PROOF_TWICE;
    if (patch->withdrawn.known)
        return PREREQ_PROOF_WITHDRAWN;
    if (recorded && patch->permanent == PREREQ_FLAG_TRUE)
        return PREREQ_PROOF_PERMANENT;
    if (recorded && patch->refuses_while_recorded == PREREQ_FLAG_TRUE)
        return PREREQ_PROOF_RECORD_STANDS;
    if (applies == PREREQ_FALSE || applies == PREREQ_NOT_APPLICABLE)
        return PREREQ_PROOF_NOT_HERE;
    if (is_of_other_branch(walk, pair))
        return PREREQ_PROOF_OTHER_BRANCH;
    if (prereq_is_below_recorded(&walk->now_sitting, pair))
        return PREREQ_PROOF_LOWER_LEVEL;
    if (patch->commands && needs_unpacked(patch->commands->install) && !walk->walked[pair].unpacked)
        return PREREQ_PROOF_NOT_UNPACKED;
    return PREREQ_PROOF_HOLDS;
}

static enum prereq_proof_fault check_install(struct prereq_walk *walk, uint32_t pair)
{
    enum prereq_proof_fault fault = check_itself(walk, pair);

    if (fault == PREREQ_PROOF_HOLDS)
        fault = check_groups(walk, pair);
    if (fault == PREREQ_PROOF_HOLDS && is_chained(walk, pair))
        fault = PREREQ_PROOF_CHAINED;
    return fault;
}

/* ---- coming off ---- */

static bool can_come_off(const struct prereq_patch *patch)
{
    return patch->removable != PREREQ_FLAG_FALSE &&
           ((patch->commands && patch->commands->uninstall) ||
            patch->removable == PREREQ_FLAG_TRUE);
}

static enum prereq_proof_fault check_sharers(struct prereq_walk *walk, uint32_t pair)
{
    for (uint32_t other = 0; other < walk->host->pair_count; other++) {
        const struct prereq_record_value *record = &walk->now.records[other];

        if (other == pair || record->value != PREREQ_TRUE ||
            prereq_walk_entry(walk, other)->patch->kind == PREREQ_KIND_BASELINE ||
            !prereq_may_apply(&walk->now_sitting, other) || !prereq_walk_share(walk, pair, other))
            continue;
        if (walk->walked[other].put_on)
            return PREREQ_PROOF_TAKES_BACK;
        if (prereq_time_is_later(record->last, walk->now.records[pair].last))
            return PREREQ_PROOF_OUT_OF_TURN;
    }
    return PREREQ_PROOF_HOLDS;
}

static enum prereq_proof_fault check_uninstall(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;

    if (walk->now.records[pair].value != PREREQ_TRUE)
        return PREREQ_PROOF_NOT_RECORDED;
    if (patch->permanent == PREREQ_FLAG_TRUE)
        return PREREQ_PROOF_PERMANENT;
    if (!can_come_off(patch))
        return PREREQ_PROOF_CANNOT_COME_OFF;
    if (patch->commands && needs_unpacked(patch->commands->uninstall) &&
        !walk->walked[pair].unpacked)
        return PREREQ_PROOF_NOT_UNPACKED;
    return check_sharers(walk, pair);
}

static enum prereq_proof_fault check_record(const struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;

    if (walk->now.records[pair].value != PREREQ_TRUE)
        return PREREQ_PROOF_NOT_RECORDED;
    return patch->commands && patch->commands->remove_record ? PREREQ_PROOF_HOLDS
                                                             : PREREQ_PROOF_CANNOT_COME_OFF;
}

/* ---- what a person or a setting does ---- */

static bool is_said(const char *text)
{
    return text && *text;
}

static enum prereq_proof_fault check_remedy(const struct prereq_alternative *alternative)
{
    const struct prereq_remedy *remedy = alternative ? alternative->remedy : NULL;

    if (!remedy || (remedy->action == PREREQ_STEP_MANUAL &&
                    (!is_said(remedy->text) || !is_said(remedy->verify))))
        return PREREQ_PROOF_NO_REMEDY;
    return PREREQ_PROOF_HOLDS;
}

enum prereq_proof_fault prereq_proof_step(struct prereq_walk *walk,
                                          const struct prereq_proof_step *step)
{
    switch (step->action) {
    case PREREQ_PROOF_UNINSTALL:
        return check_uninstall(walk, step->pair);
    case PREREQ_PROOF_REMOVE_RECORD:
        return check_record(walk, step->pair);
    case PREREQ_PROOF_INSTALL:
        return check_install(walk, step->pair);
    case PREREQ_PROOF_REMEDY:
        return check_remedy(step->alternative);
    case PREREQ_PROOF_RESTART:
    case PREREQ_PROOF_EXTRACT:
    case PREREQ_PROOF_WAIT:
        break;
    }
    return PREREQ_PROOF_HOLDS;
}
