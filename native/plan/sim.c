/* SPDX-License-Identifier: MIT */
/* sim.c - steps carried out on paper: each changes the projected facts as its entry says. */
#include "plan/sim.h"

#include <assert.h>
#include <string.h>

#include "engine/settable.h"

static void wire(struct prereq_sim *sim)
{
    sim->now_sitting.world = &sim->now;
    sim->later_sitting.world = &sim->later;
    sim->now_sitting.later = &sim->later_sitting;
    sim->now_sitting.restore = sim->later_sitting.restore = sim->restore;
    sim->now_sitting.restore_count = sim->later_sitting.restore_count = sim->restore_count;
    sim->now_sitting.assumed = sim->later_sitting.assumed = sim->assumed;
    sim->now_sitting.assumed_count = sim->later_sitting.assumed_count = sim->assumed_count;
    prereq_sitting_reset(&sim->now_sitting);
    prereq_sitting_reset(&sim->later_sitting);
}

/* Put on after the last start-up for certain: as good as a step of this plan.  A package that asks
 * for a restart now and then only is not known to wait for one. */
static void find_since(struct prereq_sim *sim)
{
    struct prereq_sitting *now = &sim->trial->now;
    struct prereq_time start = sim->host->facts->last_start_up;

    for (uint32_t i = 0; i < sim->host->pair_count; i++) {
        const struct prereq_pair *about = &sim->host->pairs[i];
        const struct prereq_record_value *record = &sim->host->now.records[i];

        if (record->value != PREREQ_TRUE || !record->last.known || !start.known ||
            record->last.seconds <= start.seconds)
            continue;
        sim->found[sim->found_count] = (struct prereq_since){
            i, prereq_restart_need(now, about->patch, about->target) == PREREQ_RESTART_REQUIRED ||
                   sim->host->catalog->patches[about->patch].patch->at_restart == PREREQ_FLAG_TRUE};
        sim->found_pending |= sim->found[sim->found_count++].pending;
    }
    sim->found_pending |= sim->host->differs;
    for (size_t i = 0; i < sim->host->facts->pending_restart_count; i++)
        sim->found_pending |= sim->host->facts->pending_restarts[i].pending == PREREQ_ANSWER_YES;
}

static void start_over(struct prereq_sim *sim)
{
    sim->clock = 0;
    sim->restart_due = false;
    sim->restart_helps = sim->found_pending;
    sim->since_count = sim->found_count;
    if (sim->found_count > 0)
        memcpy(sim->since, sim->found, sim->found_count * sizeof(*sim->since));
    sim->assumed_count = 0;
    sim->restore_count = sim->trial->restore_count;
    wire(sim);
}

/* What a plan takes off is not to be forgotten from this step on, as if a plan before had done it.
 */
static void remember(struct prereq_sim *sim, uint32_t pair)
{
    for (size_t i = 0; i < sim->restore_count; i++) {
        if (sim->restore[i] == pair)
            return;
    }
    sim->restore[sim->restore_count++] = pair;
}

bool prereq_sim_make(struct prereq_trial *trial, struct prereq_sim *sim)
{
    struct prereq_case *host = trial->host;

    memset(sim, 0, sizeof(*sim));
    sim->trial = trial;
    sim->host = host;
    sim->since = PREREQ_NEW_ARRAY(trial->arena, host->pair_count * 2, struct prereq_since);
    sim->found = PREREQ_NEW_ARRAY(trial->arena, host->pair_count, struct prereq_since);
    sim->restore =
        PREREQ_NEW_ARRAY(trial->arena, host->pair_count + trial->restore_count, uint32_t);
    sim->assumed_capacity = host->catalog->alternative_count;
    sim->assumed =
        PREREQ_NEW_ARRAY(trial->arena, sim->assumed_capacity, const struct prereq_alternative *);
    if (!sim->since || !sim->found || !sim->assumed || !sim->restore ||
        !prereq_world_copy(host, &host->now, &sim->now) ||
        !prereq_world_copy(host, &host->later, &sim->later) ||
        !prereq_sitting_make(host, &sim->now, &sim->now_sitting) ||
        !prereq_sitting_make(host, &sim->later, &sim->later_sitting))
        return false;
    for (size_t i = 0; i < trial->restore_count; i++)
        sim->restore[i] = trial->restore[i];
    find_since(sim);
    start_over(sim);
    return true;
}

void prereq_sim_reset(struct prereq_sim *sim)
{
    prereq_world_assign(sim->host, &sim->host->now, &sim->now);
    prereq_world_assign(sim->host, &sim->host->later, &sim->later);
    start_over(sim);
}

static const struct prereq_patch *patch_of(const struct prereq_sim *sim, uint32_t pair)
{
    return sim->host->catalog->patches[sim->host->pairs[pair].patch].patch;
}

bool prereq_leaves_pending(struct prereq_sitting *sitting, uint32_t pair)
{
    const struct prereq_pair *about = &sitting->host->pairs[pair];

    return sitting->catalog->patches[about->patch].patch->at_restart == PREREQ_FLAG_TRUE ||
           prereq_restart_need(sitting, about->patch, about->target) != PREREQ_RESTART_NO;
}

bool prereq_share_file(struct prereq_sitting *sitting, uint32_t a, uint32_t b)
{
    const struct prereq_case *host = sitting->host;
    const struct prereq_cpatch *one = &host->catalog->patches[host->pairs[a].patch];
    const struct prereq_cpatch *other = &host->catalog->patches[host->pairs[b].patch];

    for (uint32_t i = one->row_first; i < one->row_first + one->row_count; i++) {
        size_t at = prereq_value_at(host, host->catalog->rows[i].slot, host->pairs[a].target);

        if (prereq_row_counts(sitting, i, host->pairs[a].target) == PREREQ_FALSE)
            continue;
        for (uint32_t k = other->row_first; k < other->row_first + other->row_count; k++) {
            if (prereq_value_at(host, host->catalog->rows[k].slot, host->pairs[b].target) == at &&
                prereq_row_counts(sitting, k, host->pairs[b].target) != PREREQ_FALSE)
                return true;
        }
    }
    return false;
}

/* ---- what each kind does ---- */

static void set_record(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair)
{
    struct prereq_record_value *record = &world->records[pair];
    struct prereq_time facts_time = sim->host->facts->collection->finished;
    const struct prereq_patch *patch = patch_of(sim, pair);

    record->value = PREREQ_TRUE;
    record->first = record->last = prereq_time_from_seconds(facts_time.seconds + sim->clock);
    record->backup = record->unlisted = false;
    record->sources = 1U << PREREQ_SOURCE_HOTFIX_KEY;
    if (patch->package_count > 0)
        record->sources = 1U << PREREQ_SOURCE_CBS;
    else if (patch->msi_patch_count > 0)
        record->sources = 1U << PREREQ_SOURCE_MSI;
}

/* An entry that only its package state proves is recorded when it is in effect, not before. */
static bool record_is_effect(const struct prereq_patch *patch)
{
    return patch->file_count == 0 && !patch->marker &&
           (patch->package_count > 0 || patch->msi_patch_count > 0);
}

static void install_in(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_patch *patch = patch_of(sim, pair);

    if (sim->host->catalog->patches[sim->host->pairs[pair].patch].carries)
        prereq_sim_lose_others(sim, world, pair);
    for (size_t i = 0; i < patch->regresses_count; i++) {
        uint32_t from = 0;
        size_t other;

        while ((other = prereq_catalog_next(sim->host->catalog, patch->regresses[i], &from)) !=
               SIZE_MAX) {
            uint32_t at =
                prereq_pair_find(sim->host, (uint32_t)other, sim->host->pairs[pair].target);

            if (at != PREREQ_NONE)
                prereq_sim_take_files(sim, world, at, false);
        }
    }
    prereq_sim_put_files(sim, world, pair);
    for (size_t i = 0; i < patch->set_count; i++)
        sim->no_memory |=
            !prereq_set_world(sim->host, world, &patch->sets[i], sim->host->pairs[pair].target);
}

static void do_install(struct prereq_sim *sim, uint32_t pair)
{
    const struct prereq_patch *patch = patch_of(sim, pair);
    bool at_restart = patch->at_restart == PREREQ_FLAG_TRUE;
    bool pending = prereq_leaves_pending(&sim->now_sitting, pair);

    install_in(sim, &sim->later, pair);
    if (!at_restart)
        install_in(sim, &sim->now, pair);
    if (patch->no_record != PREREQ_FLAG_TRUE) {
        set_record(sim, &sim->later, pair);
        if (!at_restart || !record_is_effect(patch))
            set_record(sim, &sim->now, pair);
    }
    assert(sim->since_count < sim->host->pair_count * 2); /* each is found once, and goes on once */
    sim->since[sim->since_count++] = (struct prereq_since){pair, pending};
    if (!pending)
        return;
    sim->restart_due = true;
    sim->now.plan_pending = true;
}

static void uninstall_in(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_patch *patch = patch_of(sim, pair);
    bool backup = world->records[pair].backup && patch->keeps_backup != PREREQ_FLAG_FALSE;

    prereq_sim_take_files(sim, world, pair, backup);
    for (size_t i = 0; i < patch->set_count; i++)
        prereq_unset_world(sim->host, world, &patch->sets[i], sim->host->pairs[pair].target);
    world->records[pair] = (struct prereq_record_value){.value = PREREQ_FALSE};
}

static void do_remedy(struct prereq_sim *sim, const struct prereq_act *act)
{
    const struct prereq_remedy *remedy = act->alt->remedy;
    uint32_t target = sim->host->pairs[act->pair].target;

    for (size_t i = 0; remedy && i < remedy->set_count; i++) {
        sim->no_memory |= !prereq_set_world(sim->host, &sim->later, &remedy->sets[i], target);
        if (remedy->at_restart != PREREQ_FLAG_TRUE)
            sim->no_memory |= !prereq_set_world(sim->host, &sim->now, &remedy->sets[i], target);
    }
    if (remedy && remedy->at_restart == PREREQ_FLAG_TRUE) {
        sim->restart_due = true;
        sim->now.plan_pending = true;
    }
    if (remedy && remedy->action == PREREQ_STEP_RESTART)
        prereq_sim_restart(sim);
    if (remedy && remedy->set_count > 0)
        return;
    assert(sim->assumed_count < sim->assumed_capacity); /* one act an alternative */
    sim->assumed[sim->assumed_count++] = act->alt;
}

void prereq_sim_act(struct prereq_sim *sim, const struct prereq_act *act)
{
    sim->clock++;
    switch (act->kind) {
    case PREREQ_ACT_EXTRACT:
        break;
    case PREREQ_ACT_UNINSTALL:
        uninstall_in(sim, &sim->later, act->pair);
        uninstall_in(sim, &sim->now, act->pair);
        remember(sim, act->pair);
        break;
    case PREREQ_ACT_REMOVE_RECORD:
        sim->now.records[act->pair] = (struct prereq_record_value){.value = PREREQ_FALSE};
        sim->later.records[act->pair] = (struct prereq_record_value){.value = PREREQ_FALSE};
        remember(sim, act->pair);
        break;
    case PREREQ_ACT_INSTALL:
        do_install(sim, act->pair);
        break;
    case PREREQ_ACT_REMEDY:
        do_remedy(sim, act);
        break;
    case PREREQ_ACT_WAIT:
        sim->clock += act->days * (int64_t)86400;
        break;
    }
    wire(sim);
}

void prereq_sim_restart(struct prereq_sim *sim)
{
    sim->clock++;
    sim->later.plan_pending = false;
    prereq_world_assign(sim->host, &sim->later, &sim->now);
    sim->restart_due = sim->restart_helps = false;
    sim->since_count = 0;
    wire(sim);
}
