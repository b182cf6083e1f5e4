/* SPDX-License-Identifier: MIT */
/* plan_tell.c - what a step tells besides its command: where its package is, how to see that it is
 * done, how to go back, which findings it clears. */
#include <string.h>

#include "documents/state_meaning.h"
#include "plan/plan_rows.h"

static bool is_put_on(const struct prereq_planner *planner, uint32_t pair)
{
    return prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, pair) != PREREQ_NONE;
}

static bool puts_on(const struct prereq_planner *planner, const struct prereq_emit *one)
{
    return one->act != PREREQ_NONE && planner->acts[one->act].kind == PREREQ_ACT_INSTALL;
}

/* ---- where to get it ---- */

static bool is_kb(const char *id)
{
    return prereq_starts_nocase(id, "KB") && id[2] &&
           strspn(id + 2, "0123456789") == strlen(id + 2);
}

/* The site of the address knows packages by KB number, and none of the years of the Q numbers: an
 * entry's own number, or its only other one where the entry is known to be from 2005 or later. */
static const char *kb_of(const struct prereq_patch *patch)
{
    const char *found = NULL;

    if (is_kb(patch->id))
        return patch->id;
    if (!patch->released.known ||
        prereq_time_day(patch->released) < prereq_time_day(prereq_time_from_date(2005, 1, 1)))
        return NULL;
    for (size_t i = 0; i < patch->alias_count; i++) {
        if (!is_kb(patch->aliases[i]))
            continue;
        if (found)
            return NULL;
        found = patch->aliases[i];
    }
    return found;
}

static bool tell_download(const struct prereq_rows *rows, const struct prereq_emit *one,
                          struct prereq_step_row *row)
{
    const char *number = kb_of(prereq_plan_patch(rows->planner, one->pair));

    if (!number)
        return true;
    row->download =
        prereq_printf(rows->planner->trial->arena,
                      "https://www.catalog.update.microsoft.com/Search.aspx?q=%s", number);
    return row->download != NULL;
}

/* ---- how to see that it is done ---- */

/* The first of its own files that counts here, with the version that it brings. */
static bool tell_version(const struct prereq_rows *rows, const struct prereq_emit *one,
                         struct prereq_step_row *row)
{
    const struct prereq_planner *planner = rows->planner;
    const struct prereq_catalog *catalog = planner->host->catalog;
    const struct prereq_pair *about = &planner->host->pairs[one->pair];
    const struct prereq_cpatch *entry = &catalog->patches[about->patch];

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        const struct prereq_file_row *file = catalog->rows[i].row;
        char version[48];

        if (!file->version.parts || file->if_present == PREREQ_FLAG_TRUE ||
            prereq_row_counts(planner->start, i, about->target) != PREREQ_TRUE)
            continue;
        prereq_version_format(file->version, version);
        row->verify =
            prereq_printf(planner->trial->arena, "%s%s is %s or later",
                          entry->patch->at_restart == PREREQ_FLAG_TRUE ? "after the restart " : "",
                          file->path, version);
        return row->verify != NULL;
    }
    return true;
}

/* A refresh needs %ProgramData%, which Windows has from 6.0 on; elsewhere facts are collected as
 * they were before. */
static const char *assess_again(const struct prereq_planner *planner)
{
    const struct prereq_os *os = planner->trial->facts->os;

    if (os && os->version.parts && os->version.part[0] >= 6)
        return "patchprereq refresh && patchprereq assess "
               "\"%ProgramData%\\PatchPrereq\\assessment.json\"";
    return "patchprereq assess facts.json";
}

/* ---- how to go back ---- */

static bool tell_undo(const struct prereq_rows *rows, const struct prereq_emit *one,
                      struct prereq_step_row *row)
{
    const struct prereq_patch *patch = prereq_plan_patch(rows->planner, one->pair);
    const struct prereq_command *command = patch->commands ? patch->commands->uninstall : NULL;
    struct prereq_step_row back = {.action = PREREQ_STEP_UNINSTALL};

    if (!command || row->reversible != PREREQ_FLAG_TRUE)
        return true;
    if (!prereq_plan_fill_command(rows, one, command, &back))
        return false;
    row->undo = back.unpacked == PREREQ_FLAG_TRUE
                    ? prereq_printf(rows->planner->trial->arena,
                                    "%s (in the folder of the unpacked package)", back.command)
                    : back.command;
    return row->undo != NULL;
}

/* ---- what it clears ---- */

/* A patch that this plan puts on and that supersedes the pair; PREREQ_NONE: there is none. */
static uint32_t stand_in(const struct prereq_planner *planner, uint32_t pair)
{
    const struct prereq_case *host = planner->host;
    const struct prereq_pair *about = &host->pairs[pair];

    for (uint32_t later = 0; later < host->pair_count; later++) {
        if (host->pairs[later].target == about->target && is_put_on(planner, later) &&
            prereq_catalog_supersedes(host->catalog, host->pairs[later].patch, about->patch))
            return later;
    }
    return PREREQ_NONE;
}

/* The superseder that counts for it at the end; PREREQ_NONE where none does. */
static uint32_t covered_by(struct prereq_planner *planner, uint32_t pair)
{
    if (prereq_base_state(&planner->sim.now_sitting, pair) != PREREQ_STATE_SUPERSEDED)
        return PREREQ_NONE;
    return prereq_counting_superseder(&planner->sim.now_sitting, pair);
}

/* A patch that goes on is cleared by its own step, another one by the step of what covers it, one
 * that only waits by the first restart. */
static bool clears(struct prereq_planner *planner, const struct prereq_emit *one,
                   bool first_restart, uint32_t pair)
{
    enum prereq_reason reason;
    bool fault = false;
    int before = prereq_state(&planner->trial->now, pair, &reason, &fault);
    int after = prereq_base_state(&planner->sim.now_sitting, pair);
    uint32_t cover;

    if (!prereq_state_is_proven_open(before) || !prereq_state_is_sound(after))
        return false;
    if (is_put_on(planner, pair))
        return puts_on(planner, one) && one->pair == pair;
    cover = covered_by(planner, pair);
    if (cover == PREREQ_NONE || !is_put_on(planner, cover))
        cover = stand_in(planner, pair);
    if (cover != PREREQ_NONE)
        return puts_on(planner, one) && one->pair == cover;
    return first_restart && before == PREREQ_STATE_PENDING_RESTART;
}

static bool tell_clears(const struct prereq_rows *rows, const struct prereq_emit *one,
                        struct prereq_step_row *row)
{
    struct prereq_planner *planner = rows->planner;
    bool first_restart = one->action == PREREQ_STEP_RESTART && one->pair == PREREQ_NONE;
    const char **ids;

    for (const struct prereq_emit *i = rows->list; first_restart && i < one; i++)
        first_restart = i->action != PREREQ_STEP_RESTART;
    if (!first_restart && !puts_on(planner, one))
        return true;
    ids = PREREQ_NEW_ARRAY(planner->trial->arena, planner->host->pair_count, const char *);
    for (uint32_t pair = 0; ids && pair < planner->host->pair_count; pair++) {
        if (clears(planner, one, first_restart, pair))
            ids[row->clears_count++] = prereq_plan_pair_id(planner, pair);
    }
    row->clears = ids;
    return ids != NULL;
}

/* ---- what else a person should know ---- */

static bool tell_note(const struct prereq_rows *rows, const struct prereq_emit *one,
                      const size_t *number_of_act, struct prereq_step_row *row)
{
    struct prereq_planner *planner = rows->planner;
    const char *by_hand = row->program ? NULL : prereq_plan_patch(planner, one->pair)->install_note;
    uint32_t cover = covered_by(planner, one->pair);
    uint32_t act = cover == PREREQ_NONE ? PREREQ_NONE
                                        : prereq_plan_find_act(planner, PREREQ_ACT_INSTALL, cover);

    row->note = by_hand;
    if (act == PREREQ_NONE || !number_of_act[act])
        return true;
    row->note = prereq_printf(planner->trial->arena, "%s%sstep %zu puts on %s, which covers it",
                              by_hand ? by_hand : "", by_hand ? " " : "", number_of_act[act],
                              prereq_plan_pair_id(planner, cover));
    return row->note != NULL;
}

bool prereq_plan_tell(const struct prereq_rows *rows, const struct prereq_emit *one,
                      const size_t *number_of_act, struct prereq_step_row *row)
{
    bool told = tell_clears(rows, one, row);

    if (one->action == PREREQ_STEP_VERIFY && !one->remedy)
        row->verify_command = assess_again(rows->planner);
    if (!puts_on(rows->planner, one))
        return told;
    return told && tell_download(rows, one, row) && tell_version(rows, one, row) &&
           tell_undo(rows, one, row) && tell_note(rows, one, number_of_act, row);
}
