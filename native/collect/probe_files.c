/* SPDX-License-Identifier: MIT */
/* probe_files.c - files that the catalog names: what is there, and what comes at the restart. */
#include <stdlib.h>
#include <string.h>

#include "collect/probe_parts.h"
#include "collect/renames.h"
#include "collect/seen_file.h"

#define INSTANCE "%Instance%"

struct place {            /* one file to look at */
    const char *path;     /* as the fact is written */
    const char *absolute; /* where it is; NULL: `look` says why there is no such place */
    enum prereq_look look;
    struct prereq_refusal *why; /* of a look that was not FOUND */
};

/* Files that are looked at together; results are taken in order, so that the document is the same
 * however many readers there were. */
#define WINDOW 64

struct sight { /* what was seen of one place */
    enum prereq_look look;
    struct prereq_refusal why;
    struct prereq_seen_file seen;
};

struct run {
    struct prereq_gather *gather;
    PREREQ_LIST_OF(struct place) places;
    struct prereq_renames renames;
    bool renames_are_stale;
};

/* ---- which files, and where ---- */

static void add_place(struct run *run, const char *path, const char *in_folder)
{
    struct prereq_gather *gather = run->gather;
    struct place place = {.path = path};
    struct prereq_refusal why;

    place.look = prereq_path_look(gather, in_folder, &place.absolute, &why);
    if (place.look != PREREQ_LOOK_FOUND && place.look != PREREQ_LOOK_ABSENT) {
        place.why = PREREQ_NEW(gather->arena, struct prereq_refusal);
        if (!place.why) {
            gather->no_memory = true;
            return;
        }
        *place.why = why;
    }
    run->places.items = prereq_gather_room(gather, run->places.items, &run->places.count,
                                           &run->places.capacity, sizeof(place));
    run->places.items[run->places.count++] = place;
}

/* A fact of an instance's file begins with the instance's folder as it is written in the instance,
 * so that whoever judges can find the one by the other. */
static void add_instances(struct run *run, const char *path)
{
    struct prereq_gather *gather = run->gather;
    const char *rest = path + strlen(INSTANCE);

    for (size_t i = 0; i < gather->instances.count; i++) {
        const char *folder = gather->instances.items[i].path;
        size_t len = folder ? strlen(folder) : 0;

        if (len == 0)
            continue;
        while (len > 0 && folder[len - 1] == '\\')
            len--;
        add_place(run, prereq_gather_printf(gather, "%s%s", folder, rest),
                  prereq_gather_printf(gather, "%.*s%s", (int)len, folder, rest));
    }
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    return prereq_compare_nocase(a->path, b->path);
}

/* Two instances may have one folder. */
static void sort_places(struct run *run)
{
    struct place *places = run->places.items;
    size_t kept = 0;

    if (run->places.count > 1)
        qsort(places, run->places.count, sizeof(*places), compare_places);
    for (size_t i = 0; i < run->places.count; i++)
        if (kept == 0 || compare_places(&places[kept - 1], &places[i]) != 0)
            places[kept++] = places[i];
    run->places.count = kept;
}

static void find_places(struct run *run, const struct prereq_probe *probes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (probes[i].kind != PREREQ_PROBE_FILE)
            continue;
        if (prereq_starts_nocase(probes[i].name, INSTANCE "\\"))
            add_instances(run, probes[i].name);
        else
            add_place(run, probes[i].name, probes[i].name);
    }
    sort_places(run);
}

static void read_renames(struct run *run)
{
    struct prereq_refusal why;
    enum prereq_look look = prereq_pending_renames(run->gather, &run->renames, &why);

    run->renames_are_stale = look == PREREQ_LOOK_STALE;
}

/* An image takes all of them out in one pass, so it has to know them first. */
static void prepare(struct run *run)
{
    struct prereq_gather *gather = run->gather;
    struct prereq_source *source = gather->source;
    const char **paths;
    size_t count = 0;
    struct prereq_refusal why;

    if (!source->ops->prepare || run->places.count == 0)
        return;
    paths = PREREQ_NEW_ARRAY(gather->arena, run->places.count * 2, const char *);
    if (!paths) {
        gather->no_memory = true;
        return;
    }
    for (size_t i = 0; i < run->places.count; i++) {
        const char *absolute = run->places.items[i].absolute, *from = NULL;

        if (!absolute)
            continue;
        paths[count++] = absolute;
        (void)prereq_rename_effect(&run->renames, absolute, false, &from);
        if (from)
            paths[count++] = from;
    }
    if (prereq_gather_look(gather, source->ops->prepare(source, paths, count, &why), &why) ==
        PREREQ_LOOK_UNAVAILABLE)
        prereq_gather_error(gather, "files", &why);
}

/* ---- one file ---- */

static const char *text_or_null(struct prereq_gather *gather, const char *text)
{
    return text[0] ? prereq_gather_text(gather, text) : NULL;
}

static void set_version(struct prereq_gather *gather, const struct prereq_seen_file *seen,
                        struct prereq_file_fact *fact)
{
    struct prereq_refusal why;

    switch (seen->answer) {
    case PREREQ_PE_VERSION:
        fact->version = seen->pe.version;
        fact->company = text_or_null(gather, seen->pe.company);
        fact->original_name = text_or_null(gather, seen->pe.original_name);
        break;
    case PREREQ_PE_NO_VERSION:
        fact->no_version = PREREQ_FLAG_TRUE;
        break;
    case PREREQ_PE_DAMAGED:
        prereq_refuse(&why, "bad_version", NULL, "The version cannot be read: %s.", seen->why);
        PREREQ_GATHER_STATUS(gather, fact, PREREQ_LOOK_UNAVAILABLE, &why);
        break;
    case PREREQ_PE_UNREADABLE: /* its look says so */
        break;
    }
}

static void set_seen(struct prereq_gather *gather, enum prereq_look look,
                     const struct prereq_seen_file *seen, struct prereq_file_fact *fact)
{
    if (look == PREREQ_LOOK_STALE) {
        fact->last_known = seen->pe.version;
        return;
    }
    if (!seen->file.is_folder && seen->file.size <= PREREQ_MAX_NUMBER)
        fact->size = (struct prereq_number){seen->file.size, true};
    fact->modified = seen->file.modified;
    fact->created = seen->file.created;
    set_version(gather, seen, fact);
}

/* What will be there.  A file that is not where it is to be moved from leaves the other in place.
 */
static void set_replaced(struct run *run, const char *from, struct prereq_file_fact *fact)
{
    struct prereq_gather *gather = run->gather;
    struct prereq_file_pending *pending;
    struct prereq_seen_file seen;
    struct prereq_refusal why;
    enum prereq_look look = PREREQ_LOOK_UNAVAILABLE;

    if (from && !run->renames_are_stale)
        look = prereq_gather_look(gather, prereq_see_file(gather, from, &seen, &why), &why);
    if (look == PREREQ_LOOK_ABSENT)
        return;
    pending = PREREQ_NEW(gather->arena, struct prereq_file_pending);
    if (!pending) {
        gather->no_memory = true;
        return;
    }
    fact->pending = pending;
    if (look != PREREQ_LOOK_FOUND || seen.answer == PREREQ_PE_DAMAGED)
        return; /* what it will be is not known */
    pending->version = seen.pe.version;
    pending->modified = seen.file.modified;
    if (seen.file.size <= PREREQ_MAX_NUMBER)
        pending->size = (struct prereq_number){seen.file.size, !seen.file.is_folder};
}

static void set_removed(struct prereq_gather *gather, struct prereq_file_fact *fact)
{
    struct prereq_file_pending *pending = PREREQ_NEW(gather->arena, struct prereq_file_pending);

    if (pending)
        pending->removed = PREREQ_FLAG_TRUE;
    else
        gather->no_memory = true;
    fact->pending = pending;
}

static void set_pending(struct run *run, const struct place *place, enum prereq_look look,
                        struct prereq_file_fact *fact)
{
    const char *from = NULL;

    switch (
        prereq_rename_effect(&run->renames, place->absolute, look != PREREQ_LOOK_ABSENT, &from)) {
    case PREREQ_RENAME_NONE:
        break;
    case PREREQ_RENAME_REPLACED:
        set_replaced(run, from, fact);
        break;
    case PREREQ_RENAME_REMOVED:
        if (run->renames_are_stale)
            set_replaced(run, NULL, fact);
        else
            set_removed(run->gather, fact);
        break;
    case PREREQ_RENAME_UNCERTAIN:
        set_replaced(run, NULL, fact);
        break;
    }
}

struct window {
    struct prereq_gather *gather;
    const struct place *places;
    struct sight *sights;
};

/* Nothing of `gather` is written here: other threads do the same. */
static void look_at(void *context, size_t index)
{
    const struct window *window = context;
    struct sight *sight = &window->sights[index];

    if (window->places[index].absolute)
        sight->look = prereq_see_file(window->gather, window->places[index].absolute, &sight->seen,
                                      &sight->why);
}

static enum prereq_look judge(struct prereq_gather *gather, const struct place *place,
                              struct sight *sight)
{
    enum prereq_look look = prereq_gather_look(gather, sight->look, &sight->why);

    if (look != PREREQ_LOOK_ABSENT || place->look != PREREQ_LOOK_STALE)
        return look;
    prereq_refuse(&sight->why, "hive_dirty", NULL,
                  "It is not in %s, a folder that a dirty registry hive names.",
                  PREREQ_CLIP(place->absolute, 150));
    return PREREQ_LOOK_UNAVAILABLE;
}

static void probe_one(struct run *run, const struct place *place, struct sight *sight)
{
    struct prereq_gather *gather = run->gather;
    struct prereq_file_fact *fact = PREREQ_GATHER_ADD(gather, files);
    enum prereq_look look;

    fact->path = place->path;
    if (!place->absolute) {
        PREREQ_GATHER_STATUS(gather, fact, place->look, place->why);
        return;
    }
    look = judge(gather, place, sight);
    PREREQ_GATHER_STATUS(gather, fact, look == PREREQ_LOOK_STALE ? PREREQ_LOOK_UNAVAILABLE : look,
                         &sight->why);
    if (look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_STALE ||
        sight->seen.answer == PREREQ_PE_UNREADABLE)
        set_seen(gather, look, &sight->seen, fact);
    set_pending(run, place, look, fact);
}

static void look_at_all(struct window *window, size_t count)
{
    struct prereq_source *source = window->gather->source;

    if (source->ops->each && count > 1) {
        source->ops->each(source, look_at, window, count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        look_at(window, i);
}

static void probe_places(struct run *run)
{
    struct prereq_gather *gather = run->gather;
    struct window window = {gather, NULL, PREREQ_NEW_ARRAY(gather->arena, WINDOW, struct sight)};
    size_t count;

    if (!window.sights) {
        gather->no_memory = true;
        return;
    }
    for (size_t at = 0; at < run->places.count; at += count) {
        count = run->places.count - at < WINDOW ? run->places.count - at : WINDOW;
        window.places = &run->places.items[at];
        prereq_gather_progress(gather, "files", at, run->places.count);
        if (prereq_gather_stopped(gather))
            return;
        look_at_all(&window, count);
        for (size_t i = 0; i < count && !gather->no_memory; i++)
            probe_one(run, &window.places[i], &window.sights[i]);
    }
}

void prereq_probe_files(struct prereq_gather *gather, const struct prereq_probe *probes,
                        size_t count)
{
    struct run run = {.gather = gather};

    find_places(&run, probes, count);
    read_renames(&run);
    if (gather->no_memory)
        return;
    prepare(&run);
    probe_places(&run);
}
