/* SPDX-License-Identifier: MIT */
/* plan_close.c - from a pair to acts: what has to go on, what has to come off first, what both
 * need. */
#include "plan/plan.h"

static void refuse_about(struct prereq_planner *planner, uint32_t pair, const char *why)
{
    prereq_plan_refuse(
        planner, PREREQ_PLAN_REFUSED,
        prereq_printf(planner->trial->arena, "%s: %s", prereq_plan_pair_id(planner, pair), why));
}

/* ---- coming off ---- */

void prereq_plan_add_restore(struct prereq_planner *planner, uint32_t pair)
{
    for (size_t i = 0; i < planner->restore_count; i++) {
        if (planner->restore[i] == pair)
            return;
    }
    planner->restore[planner->restore_count++] = pair;
}

static bool can_be_removed(const struct prereq_patch *patch)
{
    return patch->permanent != PREREQ_FLAG_TRUE && patch->removable != PREREQ_FLAG_FALSE &&
           ((patch->commands && patch->commands->uninstall) ||
            patch->removable == PREREQ_FLAG_TRUE);
}

static void come_off(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);

    planner->off[pair] = true;
    if (!can_be_removed(patch)) {
        refuse_about(planner, pair,
                     "it has to come off first, and cannot be removed "
                     "(permanent_package)");
        return;
    }
    prereq_plan_add_restore(planner, pair);
    if (patch->commands && patch->commands->uninstall &&
        patch->commands->uninstall->needs_extract == PREREQ_FLAG_TRUE)
        prereq_plan_add_act(planner, PREREQ_ACT_EXTRACT, pair, NULL,
                            "unpack the package, for its uninstaller");
    prereq_plan_add_act(planner, PREREQ_ACT_UNINSTALL, pair, NULL,
                        "it does not go on again while it is recorded, or shares a file with one "
                        "that comes off");
}

static void refuse_order(struct prereq_planner *planner, uint32_t pair, uint32_t other)
{
    prereq_buffer_addf(&planner->needs, "installed on: %s\ninstalled on: %s\n",
                       prereq_plan_pair_id(planner, pair), prereq_plan_pair_id(planner, other));
    prereq_plan_refuse(
        planner, PREREQ_PLAN_REFUSED,
        prereq_printf(planner->trial->arena,
                      "%s and %s share a file, and which of them went on later is not known: "
                      "the order in which they come off cannot be told",
                      prereq_plan_pair_id(planner, pair), prereq_plan_pair_id(planner, other)));
}

/* Patches that share a file and went on later come off first.  The next such one, from *other on;
 * PREREQ_NONE: no more, or a refusal. */
static uint32_t next_later(struct prereq_planner *planner, uint32_t pair, uint32_t *other)
{
    const struct prereq_record_value *records = planner->host->now.records;

    for (; *other < planner->host->pair_count && !planner->result; (*other)++) {
        if (*other == pair || planner->off[*other] || records[*other].value != PREREQ_TRUE ||
            prereq_plan_patch(planner, *other)->kind == PREREQ_KIND_BASELINE ||
            !prereq_may_apply(planner->start, *other) ||
            !prereq_share_file(planner->start, pair, *other))
            continue;
        if (prereq_time_is_later(records[*other].last, records[pair].last))
            return (*other)++;
        if (!prereq_time_is_later(records[pair].last, records[*other].last))
            refuse_order(planner, pair, *other);
    }
    return PREREQ_NONE;
}

/* Last in, first out, on a stack of its own.  Behind what was gone into, the others are looked at
 * from the beginning: those that are off by then are passed over. */
static void take_off(struct prereq_planner *planner, uint32_t pair)
{
    size_t depth = 0;
    uint32_t other = 0;

    come_off(planner, pair);
    planner->coming_off[depth++] = pair;
    while (depth > 0 && !planner->result) {
        uint32_t next = next_later(planner, planner->coming_off[depth - 1], &other);

        other = 0;
        if (next == PREREQ_NONE) {
            depth--;
        } else {
            come_off(planner, next);
            planner->coming_off[depth++] = next;
        }
    }
}

/* ---- going on ---- */

/* It does not hold yet, and not behind the restart that already waits either. */
static bool has_to_be_met(struct prereq_planner *planner, uint32_t group, uint32_t pair)
{
    enum prereq_verdict now = prereq_group_judge(planner->start, group, pair).verdict;

    if (planner->forced_group[group])
        return now != PREREQ_NOT_APPLICABLE;
    if (now == PREREQ_TRUE || now == PREREQ_NOT_APPLICABLE)
        return false;
    if (planner->start->later) {
        enum prereq_verdict later = prereq_group_judge(planner->start->later, group, pair).verdict;

        return later != PREREQ_TRUE && later != PREREQ_NOT_APPLICABLE;
    }
    return true;
}

/* ---- days between what is needed and what needs it ---- */

/* Days that a satisfier has been on for certain; the longest of all. */
static int64_t days_on(struct prereq_planner *planner, const struct prereq_cgroup *group,
                       uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    struct prereq_time now = host->facts->collection->finished;
    int64_t longest = 0;

    for (uint32_t other = 0; other < host->pair_count; other++) {
        const struct prereq_record_value *record = &host->now.records[other];
        bool named = false;

        for (uint32_t i = group->first; i < group->first + group->count; i++)
            named |= host->catalog->alternatives[i].patch != PREREQ_NONE &&
                     prereq_catalog_supersedes(host->catalog, host->pairs[other].patch,
                                               host->catalog->alternatives[i].patch);
        if (named && host->pairs[other].target == host->pairs[pair].target &&
            record->value == PREREQ_TRUE && record->first.known && now.known &&
            prereq_own(planner->start, other).verdict == PREREQ_TRUE &&
            (now.seconds - record->first.seconds) / 86400 > longest)
            longest = (now.seconds - record->first.seconds) / 86400;
    }
    return longest;
}

static void add_waits(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[pair].patch];

    for (uint32_t g = entry->group_first;
         g < entry->group_first + entry->group_count && !planner->result; g++) {
        const struct prereq_group *group = catalog->groups[g].group;
        int64_t days, left;
        uint32_t act;

        if (!group->soak_days.known ||
            prereq_group_judge(planner->start, g, pair).verdict == PREREQ_NOT_APPLICABLE)
            continue;
        days = (int64_t)group->soak_days.value;
        left = days - days_on(planner, &catalog->groups[g], pair);
        if (left <= 0)
            continue;
        act = prereq_plan_add_act(planner, PREREQ_ACT_WAIT, pair, NULL,
                                  prereq_printf(planner->trial->arena,
                                                "wait: %d whole days have to lie between: %s",
                                                (int)days, group->why));
        if (act != PREREQ_NONE && planner->acts[act].days < left)
            planner->acts[act].days = left;
    }
}

/* A recorded one has to lose its record, by deletion or by coming off, before its package goes on.
 */
static void clear_record(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);

    if (patch->refuses_while_recorded != PREREQ_FLAG_TRUE || planner->off[pair])
        return;
    if (patch->commands && patch->commands->remove_record) {
        prereq_plan_add_restore(planner, pair);
        prereq_plan_add_act(planner, PREREQ_ACT_REMOVE_RECORD, pair, NULL,
                            "its package does not go on while the record stands");
    } else {
        take_off(planner, pair);
    }
}

static void put_on(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    bool recorded = planner->host->now.records[pair].value == PREREQ_TRUE;

    if (recorded && patch->permanent == PREREQ_FLAG_TRUE) {
        refuse_about(planner, pair, "it can neither come off nor go on again (permanent_package)");
        return;
    }
    if (patch->withdrawn.known) {
        refuse_about(planner, pair, "it was withdrawn");
        return;
    }
    if (prereq_is_below_recorded(planner->start, pair)) {
        refuse_about(planner, pair,
                     "a later level is recorded, and a plan never applies a lower one");
        return;
    }
    if (!prereq_plan_branch_allowed(planner, pair)) {
        refuse_about(planner, pair,
                     "it belongs to another branch than the target is on, and the policy "
                     "does not allow to change it");
        return;
    }
    if (recorded)
        clear_record(planner, pair);
    if (planner->result)
        return;
    prereq_plan_add_act(planner, PREREQ_ACT_INSTALL, pair, NULL, NULL);
    if (patch->commands && patch->commands->install &&
        patch->commands->install->needs_extract == PREREQ_FLAG_TRUE)
        prereq_plan_add_act(planner, PREREQ_ACT_EXTRACT, pair, NULL,
                            "unpack the package, for its installer");
}

static void refuse_unknown(struct prereq_planner *planner, uint32_t pair)
{
    prereq_plan_needs(planner, pair);
    refuse_about(planner, pair, "its state is unknown; facts have to be collected first");
}

bool prereq_plan_cannot_go_on(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_plan_patch(planner, pair);
    bool recorded = planner->host->now.records[pair].value == PREREQ_TRUE;

    bool refused = recorded && patch->refuses_while_recorded == PREREQ_FLAG_TRUE &&
                   !can_be_removed(patch) && !(patch->commands && patch->commands->remove_record);

    return patch->withdrawn.known || refused || (recorded && patch->permanent == PREREQ_FLAG_TRUE);
}

/* On, and only what it needs is missing: tried first where the entry says so, and the only way
 * where it cannot go on again.  What that leaves damaged is forced on in the next round. */
static bool heals_by_prerequisite(const struct prereq_planner *planner, uint32_t pair, int state)
{
    return !planner->off[pair] && !planner->damaged[pair] && state == PREREQ_STATE_OUT_OF_ORDER &&
           (prereq_plan_patch(planner, pair)->repair == PREREQ_REPAIR_PREREQUISITE ||
            prereq_plan_cannot_go_on(planner, pair)) &&
           prereq_recorded(planner->start, pair) == PREREQ_TRUE &&
           prereq_groups(planner->start, pair, true).verdict == PREREQ_FALSE;
}

bool prereq_plan_is_sound(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_is_good(prereq_base_state(planner->start, pair)) ||
           (planner->start->later &&
            prereq_plan_is_good(prereq_base_state(planner->start->later, pair)));
}

/* The pair itself; its groups are left to the stack. */
static void open_pair(struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    bool puts_on;
    int state;

    if (planner->closed[pair] || planner->result)
        return;
    planner->closed[pair] = true;
    state = prereq_base_state(planner->start, pair);
    if (!planner->forced[pair] && !planner->off[pair]) {
        if (prereq_plan_is_sound(planner, pair))
            return; /* PendingRestart: the restart does it */
        if (state == PREREQ_STATE_UNKNOWN) {
            refuse_unknown(planner, pair);
            return;
        }
    }
    puts_on = !heals_by_prerequisite(planner, pair, state);
    if (puts_on)
        put_on(planner, pair);
    if (planner->result)
        return;
    planner->planning[pair] = true;
    planner->closing[planner->closing_count++] = (struct prereq_closing){
        pair, catalog->patches[planner->host->pairs[pair].patch].group_first, false, puts_on};
}

/* What is to be closed next for a pair's groups; PREREQ_NONE: nothing more.  Groups with one
 * candidate are settled first. */
static uint32_t next_needed(struct prereq_planner *planner, struct prereq_closing *at)
{
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_cpatch *entry = &catalog->patches[planner->host->pairs[at->pair].patch];

    while (!planner->result) {
        uint32_t group = at->group, found = PREREQ_NONE;

        if (group == entry->group_first + entry->group_count) {
            if (at->contested)
                break;
            at->contested = true;
            at->group = entry->group_first;
            continue;
        }
        at->group++;
        if (has_to_be_met(planner, group, at->pair) &&
            prereq_plan_is_contested(planner, group, at->pair) == at->contested)
            found = prereq_plan_choose(planner, group, at->pair);
        if (found != PREREQ_NONE)
            return found;
    }
    return PREREQ_NONE;
}

void prereq_plan_close_pair(struct prereq_planner *planner, uint32_t pair)
{
    open_pair(planner, pair);
    while (planner->closing_count > 0) {
        struct prereq_closing *at = &planner->closing[planner->closing_count - 1];
        uint32_t needed = next_needed(planner, at);

        if (needed != PREREQ_NONE) {
            open_pair(planner, needed);
            continue;
        }
        if (at->puts_on)
            add_waits(planner, at->pair);
        planner->planning[at->pair] = false;
        planner->closing_count--;
    }
}
