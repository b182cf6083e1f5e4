/* SPDX-License-Identifier: MIT */
/* assess_policy.c - what should be on a target, by when, and what is excused. */
#include "assess/assess_parts.h"

static const struct prereq_cpatch *entry_of(const struct prereq_trial *trial, uint32_t pair)
{
    return &trial->host->catalog->patches[trial->host->pairs[pair].patch];
}

static const char *target_branch(const struct prereq_trial *trial, uint32_t pair)
{
    uint32_t instance = trial->host->targets[trial->host->pairs[pair].target].instance;

    return instance == PREREQ_NONE ? NULL : trial->host->now.instances[instance].branch;
}

const struct prereq_requirement *prereq_requirement_of(const struct prereq_trial *trial,
                                                       uint32_t pair)
{
    const struct prereq_product *product =
        trial->host->catalog->products[entry_of(trial, pair)->product].product;

    return prereq_find_requirement(trial->judge->policy, product->id, target_branch(trial, pair),
                                   trial->identity->group);
}

/* What the policy says of a pair, before it is asked what supersedes it. */
enum wish {
    NOT_WANTED,
    WANTED,       /* unless a later one is wanted as well */
    WANTED_BY_ID, /* whatever supersedes it */
};

/* A number that several entries have means all of them: which one fits is said by the host. */
static bool is_called(const struct prereq_patch *patch, const char *name)
{
    bool called = prereq_equal_nocase(patch->id, name);

    for (size_t i = 0; i < patch->alias_count; i++)
        called |= prereq_equal_nocase(patch->aliases[i], name);
    return called;
}

static enum wish level_wish(const struct prereq_trial *trial, uint32_t pair, const char *level)
{
    if (!level || prereq_equal_nocase(level, "newest"))
        return WANTED;
    if (prereq_equal_nocase(level, "none"))
        return NOT_WANTED;
    return is_called(entry_of(trial, pair)->patch, level) ? WANTED_BY_ID : NOT_WANTED;
}

static enum wish update_wish(const struct prereq_trial *trial, uint32_t pair, int updates)
{
    int classification = entry_of(trial, pair)->patch->classification;

    if (updates == PREREQ_UPDATES_NONE)
        return NOT_WANTED;
    return classification == PREREQ_SECURITY ||
                   (classification == PREREQ_UPDATE && updates == PREREQ_UPDATES_ALL)
               ? WANTED
               : NOT_WANTED;
}

/* The policy names a level of a later branch for this target: what is for the branch that it leaves
 * would be gone with it. */
static bool moves_on(struct prereq_trial *trial, uint32_t pair,
                     const struct prereq_requirement *rule)
{
    uint32_t target = trial->host->pairs[pair].target, from = 0;
    size_t named;

    if (!rule->level || prereq_leaves_branch(&trial->now, pair))
        return false;
    while ((named = prereq_catalog_next(trial->host->catalog, rule->level, &from)) != SIZE_MAX) {
        uint32_t level = prereq_pair_find(trial->host, (uint32_t)named, target);

        if (level != PREREQ_NONE && prereq_leaves_branch(&trial->now, level))
            return true;
    }
    return false;
}

static enum wish wish_for(struct prereq_trial *trial, uint32_t pair)
{
    const struct prereq_patch *patch = entry_of(trial, pair)->patch;
    const char *branch = target_branch(trial, pair);
    const struct prereq_requirement *rule;

    if (prereq_applies(&trial->now, pair) != PREREQ_TRUE || patch->withdrawn.known)
        return NOT_WANTED;
    rule = prereq_requirement_of(trial, pair);
    if (patch->branch && moves_on(trial, pair, rule))
        return NOT_WANTED;
    /* That a branch may be left makes nothing of the other one required but what is named. */
    if (prereq_leaves_branch(&trial->now, pair))
        return rule->level && is_called(patch, rule->level) ? WANTED_BY_ID : NOT_WANTED;
    if (patch->branch && branch && !prereq_equal_nocase(patch->branch, branch) &&
        rule->allow_branch_change != PREREQ_FLAG_TRUE)
        return NOT_WANTED;
    if (patch->kind == PREREQ_KIND_BASELINE || patch->classification == PREREQ_LEVEL)
        return level_wish(trial, pair, rule->level);
    return update_wish(trial, pair, rule->updates ? rule->updates : PREREQ_UPDATES_SECURITY);
}

static bool is_wanted(void *context, uint32_t pair)
{
    return wish_for(context, pair) != NOT_WANTED;
}

static uint32_t *required_memo(void *context, uint32_t pair)
{
    struct prereq_trial *trial = context;

    return &prereq_memo_of(&trial->now, pair)->required_later;
}

/* Where any later one is wanted, the latest of them is required: it takes the place of this one.
 * One that is not wanted may make this one good, and lifts nothing. */
static bool has_required_later(struct prereq_trial *trial, uint32_t pair)
{
    const struct prereq_later_question question = {is_wanted, required_memo, trial, false};

    return prereq_later_find(trial->host, pair, &question) != PREREQ_NONE;
}

bool prereq_is_required(struct prereq_trial *trial, uint32_t pair)
{
    enum wish wish = wish_for(trial, pair);

    return wish == WANTED_BY_ID || (wish == WANTED && !has_required_later(trial, pair));
}

bool prereq_is_replaced(struct prereq_trial *trial, uint32_t pair)
{
    return wish_for(trial, pair) != WANTED_BY_ID && has_required_later(trial, pair);
}

struct prereq_waiver_subject prereq_waiver_subject_of(const struct prereq_trial *trial,
                                                      uint32_t pair)
{
    const struct prereq_patch *patch = entry_of(trial, pair)->patch;

    return (struct prereq_waiver_subject){
        .host_id = trial->identity->host_id,
        .fqdn = trial->fqdn,
        .host_name = trial->identity->host_name,
        .group = trial->identity->group,
        .patch_id = patch->id,
        .target = trial->host->targets[trial->host->pairs[pair].target].id,
        .aliases = patch->aliases,
        .alias_count = patch->alias_count,
    };
}

const struct prereq_waiver *prereq_find_waiver(struct prereq_trial *trial, uint32_t pair,
                                               bool expired)
{
    const struct prereq_waivers *all = trial->judge->waivers;
    struct prereq_waiver_subject subject = prereq_waiver_subject_of(trial, pair);

    for (size_t i = 0; all && i < all->waiver_count; i++) {
        if (prereq_waiver_expired(&all->waivers[i], trial->judge->now) == expired &&
            prereq_waiver_matches(&all->waivers[i], &subject))
            return &all->waivers[i];
    }
    return NULL;
}

/* ---- when it is due ---- */

static struct prereq_time later_of(struct prereq_time a, struct prereq_time b)
{
    if (!a.known || !b.known)
        return a.known ? a : b;
    return a.seconds >= b.seconds ? a : b;
}

void prereq_fill_sla(struct prereq_trial *trial, uint32_t pair, struct prereq_status_row *row)
{
    const struct prereq_patch *patch = entry_of(trial, pair)->patch;
    struct prereq_time start = {0, false, false};
    int64_t late;

    row->sla_days =
        (struct prereq_number){prereq_policy_sla(trial->judge->policy, row->severity), true};
    if (prereq_state_is_missing(row->state))
        start = later_of(patch->released, trial->scope_row ? trial->scope_row->from
                                                           : (struct prereq_time){0, false, false});
    else if (prereq_state_is_fault(row->state))
        start = row->open_since;
    if (!start.known || row->counts != PREREQ_FLAG_TRUE)
        return;
    row->due_date.seconds = (prereq_time_day(start) + (int64_t)row->sla_days.value) * 86400;
    row->due_date.known = row->due_date.day_only = true;
    late = prereq_time_day(trial->judge->now) - prereq_time_day(row->due_date);
    row->overdue_days = (struct prereq_number){late > 0 ? (uint64_t)late : 0, true};
}

/* ---- branches ---- */

/* Its number in the product's order, later ones higher; SIZE_MAX: it has none. */
static size_t branch_number(const struct prereq_product *product, const char *branch)
{
    for (size_t i = 0; branch && i < product->branch_count; i++) {
        if (prereq_equal_nocase(product->branches[i], branch))
            return i;
    }
    return SIZE_MAX;
}

/* A later branch is never left for an earlier one, whatever the policy says. */
static bool is_way_on(const struct prereq_trial *trial, uint32_t pair)
{
    const struct prereq_cpatch *entry = entry_of(trial, pair);
    const struct prereq_product *product = trial->host->catalog->products[entry->product].product;
    size_t to = branch_number(product, entry->patch->branch);
    size_t from = branch_number(product, target_branch(trial, pair));

    return to != SIZE_MAX && to > 0 && (from == SIZE_MAX || from < to);
}

bool prereq_fill_branches(struct prereq_trial *trial)
{
    bool *may = PREREQ_NEW_ARRAY(trial->arena, trial->host->pair_count, bool);

    if (!may)
        return false;
    for (uint32_t i = 0; i < trial->host->pair_count; i++)
        may[i] = is_way_on(trial, i) &&
                 prereq_requirement_of(trial, i)->allow_branch_change == PREREQ_FLAG_TRUE;
    trial->host->may_leave = may;
    return true;
}
