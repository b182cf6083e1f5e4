/* SPDX-License-Identifier: MIT */
/* sim_file.c - what steps do to files: raised, replaced, given back, lost. */
#include "plan/sim.h"

static struct prereq_time row_date(const struct prereq_file_row *row)
{
    return row->tie_date.known ? row->tie_date : row->date;
}

static void set_file(struct prereq_fact *file, const struct prereq_file_row *row)
{
    const void *fact = file->fact;

    *file = (struct prereq_fact){.status = PREREQ_FACT_KNOWN,
                                 .fact = fact,
                                 .version = row->version,
                                 .time = row_date(row),
                                 .number = row->size};
}

/* The version was not read, and the date says that the file is at the row or above it. */
static bool is_above_by_date(const struct prereq_fact *file, const struct prereq_file_row *row)
{
    return row->version.parts && row->date.known && !file->version.parts && !file->bad_version &&
           file->time.known && prereq_time_day(file->time) >= prereq_time_day(row->date);
}

/* Raising never lowers: what the row does not say of a newer file stays as a floor. */
static void raise_file(struct prereq_fact *file, const struct prereq_file_row *row)
{
    struct prereq_time date = row_date(row);
    int order;

    if (file->lost || file->status != PREREQ_FACT_KNOWN) {
        set_file(file, row);
        return;
    }
    if (is_above_by_date(file, row))
        return;
    order = row->version.parts ? prereq_version_compare(row->version, file->version) : 0;
    if (row->version.parts && (!file->version.parts || order > 0)) {
        file->version = row->version;
        file->no_version = file->bad_version = false;
        file->number = row->size;
        order = 1;
    }
    if (order >= 0 && date.known &&
        (!file->time.known || prereq_time_day(date) > prereq_time_day(file->time))) {
        file->time = date;
        file->number = row->size;
    }
    if (!row->version.parts && !date.known && row->size.known)
        file->number = row->size;
}

/* An optional file that is not there stays away. */
static bool is_skipped(const struct prereq_fact *file, const struct prereq_file_row *row)
{
    return row->if_present == PREREQ_FLAG_TRUE && file->status == PREREQ_FACT_ABSENT && !file->lost;
}

static struct prereq_fact *file_of(struct prereq_sim *sim, struct prereq_world *world, uint32_t row,
                                   uint32_t target)
{
    return &world->values[prereq_value_at(sim->host, sim->host->catalog->rows[row].slot, target)];
}

void prereq_sim_put_files(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_pair *about = &sim->host->pairs[pair];
    const struct prereq_cpatch *entry = &sim->host->catalog->patches[about->patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        const struct prereq_file_row *row = sim->host->catalog->rows[i].row;
        struct prereq_fact *file = file_of(sim, world, i, about->target);

        if (prereq_row_counts(&sim->now_sitting, i, about->target) == PREREQ_FALSE ||
            is_skipped(file, row))
            continue;
        if (entry->patch->file_mode == PREREQ_FILES_REPLACED)
            set_file(file, row);
        else
            raise_file(file, row);
    }
}

static void lose(struct prereq_fact *file)
{
    *file = (struct prereq_fact){.status = PREREQ_FACT_ABSENT, .fact = file->fact, .lost = true};
}

/* The row of the highest recorded baseline for a slot: what a kept backup brings back at least. */
static const struct prereq_file_row *baseline_row(struct prereq_sim *sim, uint32_t slot,
                                                  uint32_t target)
{
    const struct prereq_catalog *catalog = sim->host->catalog;

    for (uint32_t pair = 0; pair < sim->host->pair_count; pair++) {
        const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[pair].patch];

        if (entry->patch->kind != PREREQ_KIND_BASELINE || sim->host->pairs[pair].target != target ||
            prereq_recorded(&sim->now_sitting, pair) != PREREQ_TRUE ||
            prereq_is_below_recorded(&sim->now_sitting, pair))
            continue;
        for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
            if (catalog->rows[i].slot == slot &&
                prereq_row_counts(&sim->now_sitting, i, target) != PREREQ_FALSE)
                return catalog->rows[i].row;
        }
    }
    return NULL;
}

void prereq_sim_take_files(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair,
                           bool backup)
{
    const struct prereq_pair *about = &sim->host->pairs[pair];
    const struct prereq_cpatch *entry = &sim->host->catalog->patches[about->patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        struct prereq_fact *file = file_of(sim, world, i, about->target);
        const struct prereq_file_row *level;

        if (prereq_row_counts(&sim->now_sitting, i, about->target) == PREREQ_FALSE ||
            is_skipped(file, sim->host->catalog->rows[i].row))
            continue;
        level = backup ? baseline_row(sim, sim->host->catalog->rows[i].slot, about->target) : NULL;
        if (level)
            set_file(file, level);
        else
            lose(file);
    }
}

static bool lists_slot(const struct prereq_catalog *catalog, const struct prereq_cpatch *entry,
                       uint32_t slot)
{
    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (catalog->rows[i].slot == slot)
            return true;
    }
    return false;
}

/* A baseline that replaces files and whose list is not whole: what it does to files that it does
 * not list, of patches of the products that it carries, cannot be known. */
void prereq_sim_lose_others(struct prereq_sim *sim, struct prereq_world *world, uint32_t pair)
{
    const struct prereq_catalog *catalog = sim->host->catalog;
    const struct prereq_pair *about = &sim->host->pairs[pair];
    const struct prereq_cpatch *baseline = &catalog->patches[about->patch];

    for (uint32_t other = 0; other < sim->host->pair_count; other++) {
        const struct prereq_cpatch *entry = &catalog->patches[sim->host->pairs[other].patch];

        if (other == pair || !baseline->carries[entry->product] ||
            sim->host->pairs[other].target != about->target ||
            entry->patch->kind == PREREQ_KIND_BASELINE ||
            world->records[other].value != PREREQ_TRUE)
            continue;
        for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
            struct prereq_fact *file = file_of(sim, world, i, about->target);

            if (!lists_slot(catalog, baseline, catalog->rows[i].slot) &&
                prereq_row_counts(&sim->now_sitting, i, about->target) != PREREQ_FALSE &&
                !is_skipped(file, catalog->rows[i].row))
                lose(file);
        }
    }
}
