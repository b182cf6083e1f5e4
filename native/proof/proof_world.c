/* SPDX-License-Identifier: MIT */
/* proof_world.c - what steps do to the facts, for the proof alone. */
#include <string.h>

#include "engine/settable.h"
#include "proof/proof_parts.h"

static void look_again(struct prereq_walk *walk)
{
    struct prereq_sitting *both[] = {&walk->now_sitting, &walk->later_sitting};

    for (size_t i = 0; i < PREREQ_COUNT(both); i++) {
        both[i]->restore = walk->remembered;
        both[i]->restore_count = walk->remembered_count;
        both[i]->assumed = walk->seen_to;
        both[i]->assumed_count = walk->seen_to_count;
        prereq_sitting_reset(both[i]);
    }
}

/* What went on after the last start-up, and certainly left something for the next one. */
static void find_pending(struct prereq_walk *walk)
{
    struct prereq_time start = walk->host->facts->last_start_up;

    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        const struct prereq_pair *about = &walk->host->pairs[pair];
        struct prereq_time on = walk->now.records[pair].last;

        if (walk->now.records[pair].value != PREREQ_TRUE || !on.known || !start.known ||
            on.seconds <= start.seconds)
            continue;
        walk->walked[pair].fresh = true;
        walk->walked[pair].pending =
            prereq_walk_entry(walk, pair)->patch->at_restart == PREREQ_FLAG_TRUE ||
            prereq_restart_need(&walk->now_sitting, about->patch, about->target) ==
                PREREQ_RESTART_REQUIRED;
    }
}

bool prereq_walk_open(struct prereq_walk *walk, struct prereq_trial *trial,
                      const struct prereq_claim *claim)
{
    struct prereq_case *host = trial->host;
    struct prereq_arena *arena = trial->arena;

    memset(walk, 0, sizeof(*walk));
    walk->trial = trial;
    walk->claim = claim;
    walk->host = host;
    walk->walked = PREREQ_NEW_ARRAY(arena, host->pair_count, struct prereq_walked);
    walk->remembered = PREREQ_NEW_ARRAY(arena, trial->restore_count + claim->step_count, uint32_t);
    walk->seen_to = PREREQ_NEW_ARRAY(arena, claim->step_count, const struct prereq_alternative *);
    if (!walk->walked || !walk->remembered || !walk->seen_to ||
        !prereq_world_copy(host, &host->now, &walk->now) ||
        !prereq_world_copy(host, &host->later, &walk->later) ||
        !prereq_sitting_make(host, &walk->now, &walk->now_sitting) ||
        !prereq_sitting_make(host, &walk->later, &walk->later_sitting))
        return false;
    walk->now_sitting.later = &walk->later_sitting;
    for (size_t i = 0; i < trial->restore_count; i++)
        walk->remembered[walk->remembered_count++] = trial->restore[i];
    look_again(walk);
    find_pending(walk);
    return true;
}

bool prereq_walk_leaves_pending(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_pair *about = &walk->host->pairs[pair];

    return prereq_walk_entry(walk, pair)->patch->at_restart == PREREQ_FLAG_TRUE ||
           prereq_restart_need(&walk->now_sitting, about->patch, about->target) !=
               PREREQ_RESTART_NO;
}

/* ---- files ---- */

/* The rows of an entry that count on the host, one after the other; PREREQ_NONE: no more. */
static uint32_t next_row(struct prereq_walk *walk, uint32_t pair, uint32_t from)
{
    const struct prereq_cpatch *entry = prereq_walk_entry(walk, pair);

    for (uint32_t row = from; row < entry->row_first + entry->row_count; row++) {
        if (prereq_row_counts(&walk->now_sitting, row, walk->host->pairs[pair].target) !=
            PREREQ_FALSE)
            return row;
    }
    return PREREQ_NONE;
}

static uint32_t first_row(struct prereq_walk *walk, uint32_t pair)
{
    return next_row(walk, pair, prereq_walk_entry(walk, pair)->row_first);
}

static size_t place_of(const struct prereq_walk *walk, uint32_t row, uint32_t pair)
{
    return prereq_value_at(walk->host, walk->host->catalog->rows[row].slot,
                           walk->host->pairs[pair].target);
}

bool prereq_walk_share(struct prereq_walk *walk, uint32_t a, uint32_t b)
{
    for (uint32_t i = first_row(walk, a); i != PREREQ_NONE; i = next_row(walk, a, i + 1)) {
        for (uint32_t k = first_row(walk, b); k != PREREQ_NONE; k = next_row(walk, b, k + 1)) {
            if (place_of(walk, i, a) == place_of(walk, k, b))
                return true;
        }
    }
    return false;
}

static bool stays_away(const struct prereq_fact *file, const struct prereq_file_row *row)
{
    return row->if_present == PREREQ_FLAG_TRUE && file->status == PREREQ_FACT_ABSENT && !file->lost;
}

static void take_away(struct prereq_fact *file)
{
    const void *fact = file->fact;

    memset(file, 0, sizeof(*file));
    file->status = PREREQ_FACT_ABSENT;
    file->fact = fact;
    file->lost = true;
}

static void put_exactly(struct prereq_fact *file, const struct prereq_file_row *row)
{
    const void *fact = file->fact;

    memset(file, 0, sizeof(*file));
    file->status = PREREQ_FACT_KNOWN;
    file->fact = fact;
    file->version = row->version;
    file->time = row->tie_date.known ? row->tie_date : row->date;
    file->number = row->size;
}

/* What stands there is kept as far as it is newer than the row, version and date each by itself. */
static void put_at_least(struct prereq_fact *file, const struct prereq_file_row *row)
{
    struct prereq_time date = row->tie_date.known ? row->tie_date : row->date;
    struct prereq_fact before = *file;
    bool by_version = row->version.parts > 0;
    bool higher = by_version && (before.version.parts == 0 ||
                                 prereq_version_compare(row->version, before.version) > 0);
    bool lower = by_version && before.version.parts > 0 &&
                 prereq_version_compare(row->version, before.version) < 0;

    if (before.status != PREREQ_FACT_KNOWN || before.lost) {
        put_exactly(file, row);
        return;
    }
    /* Whose version was not read is known by its date: one as late as the row's is not below it. */
    if (by_version && row->date.known && before.version.parts == 0 && !before.bad_version &&
        before.time.known && prereq_time_day(before.time) >= prereq_time_day(row->date))
        return;
    if (lower)
        return;
    if (higher) {
        file->version = row->version;
        file->no_version = file->bad_version = false;
        file->number = row->size;
    }
    if (date.known &&
        (!before.time.known || prereq_time_day(date) > prereq_time_day(before.time))) {
        file->time = date;
        file->number = row->size;
    }
    if (!by_version && !date.known && row->size.known)
        file->number = row->size;
}

static void put_files(struct prereq_walk *walk, struct prereq_world *world, uint32_t pair)
{
    bool exactly = prereq_walk_entry(walk, pair)->patch->file_mode == PREREQ_FILES_REPLACED;

    for (uint32_t i = first_row(walk, pair); i != PREREQ_NONE; i = next_row(walk, pair, i + 1)) {
        struct prereq_fact *file = &world->values[place_of(walk, i, pair)];
        const struct prereq_file_row *row = walk->host->catalog->rows[i].row;

        if (stays_away(file, row))
            continue;
        if (exactly)
            put_exactly(file, row);
        else
            put_at_least(file, row);
    }
}

/* What a kept backup brings back at least: the row of the level that is recorded. */
static const struct prereq_file_row *level_row(struct prereq_walk *walk, size_t place,
                                               uint32_t target)
{
    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        if (prereq_walk_entry(walk, pair)->patch->kind != PREREQ_KIND_BASELINE ||
            walk->host->pairs[pair].target != target ||
            prereq_recorded(&walk->now_sitting, pair) != PREREQ_TRUE ||
            prereq_is_below_recorded(&walk->now_sitting, pair))
            continue;
        for (uint32_t i = first_row(walk, pair); i != PREREQ_NONE;
             i = next_row(walk, pair, i + 1)) {
            if (place_of(walk, i, pair) == place)
                return walk->host->catalog->rows[i].row;
        }
    }
    return NULL;
}

static void give_back_files(struct prereq_walk *walk, struct prereq_world *world, uint32_t pair,
                            bool backup)
{
    for (uint32_t i = first_row(walk, pair); i != PREREQ_NONE; i = next_row(walk, pair, i + 1)) {
        size_t place = place_of(walk, i, pair);
        const struct prereq_file_row *level =
            backup ? level_row(walk, place, walk->host->pairs[pair].target) : NULL;

        if (stays_away(&world->values[place], walk->host->catalog->rows[i].row))
            continue;
        if (level)
            put_exactly(&world->values[place], level);
        else
            take_away(&world->values[place]);
    }
}

static bool lists_place(const struct prereq_walk *walk, uint32_t pair, size_t place)
{
    const struct prereq_cpatch *entry = prereq_walk_entry(walk, pair);

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (place_of(walk, i, pair) == place)
            return true;
    }
    return false;
}

/* A level that replaces what it brings, and of which not every file is known. */
static void lose_unlisted(struct prereq_walk *walk, struct prereq_world *world, uint32_t level)
{
    const struct prereq_cpatch *above = prereq_walk_entry(walk, level);

    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        const struct prereq_cpatch *entry = prereq_walk_entry(walk, pair);

        if (entry->patch->kind == PREREQ_KIND_BASELINE || !above->carries[entry->product] ||
            walk->host->pairs[pair].target != walk->host->pairs[level].target ||
            world->records[pair].value != PREREQ_TRUE)
            continue;
        for (uint32_t i = first_row(walk, pair); i != PREREQ_NONE;
             i = next_row(walk, pair, i + 1)) {
            struct prereq_fact *file = &world->values[place_of(walk, i, pair)];

            if (!lists_place(walk, level, place_of(walk, i, pair)) &&
                !stays_away(file, walk->host->catalog->rows[i].row))
                take_away(file);
        }
    }
}

/* ---- records ---- */

static void record(struct prereq_walk *walk, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;
    enum prereq_update_source source = patch->package_count > 0     ? PREREQ_SOURCE_CBS
                                       : patch->msi_patch_count > 0 ? PREREQ_SOURCE_MSI
                                                                    : PREREQ_SOURCE_HOTFIX_KEY;
    struct prereq_time when =
        prereq_time_from_seconds(walk->host->facts->collection->finished.seconds + walk->clock);

    world->records[pair] = (struct prereq_record_value){
        .value = PREREQ_TRUE, .first = when, .last = when, .sources = 1U << source};
}

static void forget_record(struct prereq_walk *walk, uint32_t pair)
{
    walk->now.records[pair] = walk->later.records[pair] =
        (struct prereq_record_value){.value = PREREQ_FALSE};
    walk->walked[pair].came_off = true;
    walk->remembered[walk->remembered_count++] = pair;
}

/* ---- steps ---- */

static void set_all(struct prereq_walk *walk, struct prereq_world *world,
                    const struct prereq_set *sets, size_t count, uint32_t target)
{
    for (size_t i = 0; i < count; i++)
        walk->no_memory |= !prereq_set_world(walk->host, world, &sets[i], target);
}

static void install_in(struct prereq_walk *walk, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;
    uint32_t target = walk->host->pairs[pair].target;

    if (prereq_walk_entry(walk, pair)->carries)
        lose_unlisted(walk, world, pair);
    for (size_t i = 0; i < patch->regresses_count; i++) {
        size_t id = prereq_catalog_find(walk->host->catalog, patch->regresses[i]);
        uint32_t other =
            id == SIZE_MAX ? PREREQ_NONE : prereq_pair_find(walk->host, (uint32_t)id, target);

        if (other != PREREQ_NONE)
            give_back_files(walk, world, other, false);
    }
    put_files(walk, world, pair);
    set_all(walk, world, patch->sets, patch->set_count, target);
}

/* Proven by its package alone: there is no record of it before it is in effect. */
static bool is_its_record(const struct prereq_patch *patch)
{
    return patch->file_count == 0 && !patch->marker &&
           patch->package_count + patch->msi_patch_count > 0;
}

static void install(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;
    bool at_restart = patch->at_restart == PREREQ_FLAG_TRUE;
    bool pending = prereq_walk_leaves_pending(walk, pair);

    install_in(walk, &walk->later, pair);
    if (!at_restart)
        install_in(walk, &walk->now, pair);
    if (patch->no_record != PREREQ_FLAG_TRUE) {
        record(walk, &walk->later, pair);
        if (!at_restart || !is_its_record(patch))
            record(walk, &walk->now, pair);
    }
    walk->walked[pair].put_on = walk->walked[pair].fresh = true;
    walk->walked[pair].pending = pending;
    walk->walked[pair].put_on_at = walk->clock;
    walk->due |= pending;
    walk->now.plan_pending |= pending;
}

static void uninstall(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_patch *patch = prereq_walk_entry(walk, pair)->patch;
    struct prereq_world *worlds[] = {&walk->later, &walk->now};

    for (size_t i = 0; i < PREREQ_COUNT(worlds); i++) {
        give_back_files(walk, worlds[i], pair,
                        worlds[i]->records[pair].backup &&
                            patch->keeps_backup != PREREQ_FLAG_FALSE);
        for (size_t k = 0; k < patch->set_count; k++)
            prereq_unset_world(walk->host, worlds[i], &patch->sets[k],
                               walk->host->pairs[pair].target);
    }
    forget_record(walk, pair);
}

static void restart(struct prereq_walk *walk)
{
    walk->later.plan_pending = false;
    prereq_world_assign(walk->host, &walk->later, &walk->now);
    walk->due = false;
    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++)
        walk->walked[pair].fresh = walk->walked[pair].pending = false;
}

static void remedy(struct prereq_walk *walk, const struct prereq_proof_step *step)
{
    const struct prereq_remedy *what = step->alternative->remedy;
    uint32_t target = walk->host->pairs[step->pair].target;
    bool at_restart = what->at_restart == PREREQ_FLAG_TRUE;

    set_all(walk, &walk->later, what->sets, what->set_count, target);
    if (!at_restart)
        set_all(walk, &walk->now, what->sets, what->set_count, target);
    walk->due |= at_restart;
    walk->now.plan_pending |= at_restart;
    if (what->action == PREREQ_STEP_RESTART)
        restart(walk);
    if (what->set_count == 0)
        walk->seen_to[walk->seen_to_count++] = step->alternative;
}

void prereq_walk_do(struct prereq_walk *walk, const struct prereq_proof_step *step)
{
    walk->clock++;
    switch (step->action) {
    case PREREQ_PROOF_RESTART:
        restart(walk);
        break;
    case PREREQ_PROOF_EXTRACT:
        walk->walked[step->pair].unpacked = true;
        break;
    case PREREQ_PROOF_UNINSTALL:
        uninstall(walk, step->pair);
        break;
    case PREREQ_PROOF_REMOVE_RECORD:
        forget_record(walk, step->pair);
        break;
    case PREREQ_PROOF_INSTALL:
        install(walk, step->pair);
        break;
    case PREREQ_PROOF_REMEDY:
        remedy(walk, step);
        break;
    case PREREQ_PROOF_WAIT:
        walk->clock += step->days * (int64_t)86400;
        break;
    }
    look_again(walk);
}
