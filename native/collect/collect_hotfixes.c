/* SPDX-License-Identifier: MIT */
/* collect_hotfixes.c - updates that the installers of NT 4.0 to 2003, and of .NET, recorded.
 *
 * A key is a record and no proof: it survives the service pack that puts old files back. */
#include <string.h>

#include "collect/collect.h"
#include "collect/system.h"
#include "engine/engine.h"
#include "import/import_parts.h"

#define HOTFIXES PREREQ_CURRENT_VERSION "\\HotFix"
#define UPDATES "HKLM\\SOFTWARE\\Microsoft\\Updates"

struct hotfixes {
    struct prereq_gather *gather;
    struct prereq_index backups; /* names of the folders $NtUninstall...$ */
    bool looked_for_backups, backups_known;
    bool partial;
    struct prereq_refusal why; /* the first that was refused */
};

/* Words of the keys; HotFix and Updates name the same things differently. */
struct words {
    const char *title, *installed_on, *installed_by;
};
static const struct words hotfix_words = {"Fix Description", "Installed On", "Installed By"};
static const struct words update_words = {"Description", "InstalledDate", "InstalledBy"};

static void note_refusal(struct hotfixes *work, const struct prereq_refusal *why)
{
    if (!work->partial)
        work->why = *why;
    work->partial = true;
}

/* ---- backups ---- */

static void look_for_backups(struct hotfixes *work)
{
    struct prereq_gather *gather = work->gather;
    struct prereq_refusal why = {0};
    struct prereq_names names;

    work->looked_for_backups = true;
    if (prereq_gather_folder(gather, gather->source->system_root, &names, &why) !=
        PREREQ_LOOK_FOUND)
        return;
    if (!prereq_index_init(gather->arena, &work->backups, 64)) {
        gather->no_memory = true;
        return;
    }
    for (size_t i = 0; i < names.count; i++) {
        if (prereq_starts_nocase(names.name[i], "$NtUninstall") &&
            !prereq_index_add(gather->arena, &work->backups, names.name[i], 1)) {
            gather->no_memory = true;
            return;
        }
    }
    work->backups_known = true;
}

static enum prereq_flag has_backup(struct hotfixes *work, const char *id)
{
    const char *name = prereq_gather_printf(work->gather, "$NtUninstall%s$", id);

    if (!work->looked_for_backups)
        look_for_backups(work);
    if (!work->backups_known)
        return PREREQ_FLAG_UNSET;
    return prereq_index_find(&work->backups, name, NULL) == PREREQ_NONE ? PREREQ_FLAG_FALSE
                                                                        : PREREQ_FLAG_TRUE;
}

/* ---- one key ---- */

/* The installer wrote a day; the key knows the second.  The key counts where they agree, or where
 * the day cannot be read: it was written in an order of day and month that the text does not tell.
 */
static struct prereq_time install_time(const char *text, struct prereq_time key_time)
{
    struct prereq_time day = text ? prereq_import_date(text) : (struct prereq_time){0};
    int64_t apart = prereq_time_day(key_time) - prereq_time_day(day);

    if (!day.known || (key_time.known && apart >= -1 && apart <= 1))
        return key_time;
    return day;
}

static const char *text_in(struct hotfixes *work, struct prereq_key *open, const char *name)
{
    struct prereq_refusal why = {0};
    const char *text = NULL;
    enum prereq_look look = prereq_key_text(work->gather, open, name, &text, &why);

    if (look == PREREQ_LOOK_UNAVAILABLE)
        note_refusal(work, &why);
    return look == PREREQ_LOOK_FOUND && *text ? text : NULL;
}

static bool says_installed(struct hotfixes *work, struct prereq_key *open)
{
    struct prereq_reg_value value;
    struct prereq_refusal why = {0};
    uint64_t number;
    const char *text;

    if (prereq_key_value(work->gather, open, "Installed", &value, &why) != PREREQ_LOOK_FOUND) {
        if (why.code)
            note_refusal(work, &why);
        return false;
    }
    if (prereq_value_number(&value, &number))
        return number == 1;
    text = prereq_value_text(work->gather, &value);
    return text && !strcmp(text, "1");
}

static void add_update(struct hotfixes *work, struct prereq_key *open, const char *name,
                       const struct words *words, enum prereq_update_source source)
{
    struct prereq_gather *gather = work->gather;
    struct prereq_update_record *record = PREREQ_NEW(gather->arena, struct prereq_update_record);
    struct prereq_update_fact *update;
    struct prereq_time key_time = {0};
    struct prereq_refusal why = {0};
    char *id = prereq_strdup(gather->arena, name);

    if (!record || !id) {
        gather->no_memory = true;
        return;
    }
    if (prereq_import_kb_length(id) > 0)
        memcpy(id, prereq_starts_nocase(id, "Q") ? "Q" : "KB",
               prereq_starts_nocase(id, "Q") ? 1 : 2);
    if (gather->source->ops->key_time(gather->source, open, &key_time, &why) != PREREQ_LOOK_FOUND)
        key_time.known = false;
    record->source = (int)source;
    record->installed_on = install_time(text_in(work, open, words->installed_on), key_time);
    if (!gather->no_user_names)
        record->installed_by = text_in(work, open, words->installed_by);
    record->backup = has_backup(work, name);
    update = PREREQ_GATHER_ADD(gather, updates);
    update->id = id;
    update->title = text_in(work, open, words->title);
    update->sources = record;
    update->source_count = 1;
}

/* A name that cannot be an id: sub-keys called "File 1" are none, anything else is said. */
static bool is_id(struct hotfixes *work, const char *name)
{
    size_t len = strlen(name);
    struct prereq_refusal why;

    if (prereq_import_is_id(name, len))
        return true;
    if (prereq_import_is_sub_key(name, len))
        return false;
    prereq_refuse(&why, "error", NULL, "A record of a hotfix has a name that is no id: %s",
                  PREREQ_CLIP(name, 80));
    prereq_gather_error(work->gather, "updates", &why);
    return false;
}

static bool open_key(struct hotfixes *work, const char *key, enum prereq_view view,
                     struct prereq_key **open)
{
    struct prereq_refusal why = {0};
    enum prereq_look look = prereq_key_begin(work->gather, key, view, open, &why);

    if (look == PREREQ_LOOK_STALE)
        prereq_key_end(work->gather, *open);
    if (look == PREREQ_LOOK_STALE || look == PREREQ_LOOK_UNAVAILABLE)
        note_refusal(work, &why);
    return look == PREREQ_LOOK_FOUND;
}

static void read_hotfix(struct hotfixes *work, const char *name)
{
    struct prereq_key *open;

    if (!is_id(work, name) ||
        !open_key(work, prereq_gather_printf(work->gather, HOTFIXES "\\%s", name), PREREQ_VIEW_64,
                  &open))
        return;
    if (says_installed(work, open))
        add_update(work, open, name, &hotfix_words, PREREQ_SOURCE_HOTFIX_KEY);
    prereq_key_end(work->gather, open);
}

/* ---- Updates\<product>[\SP<n>]\<KB> ---- */

/* Of .NET: another version of the product has the update, this one has not. */
static bool is_of_other_version(struct hotfixes *work, struct prereq_key *open)
{
    const char *text = text_in(work, open, "ThisVersionInstalled");

    return text && !prereq_equal_nocase(text, "Y");
}

static void read_update(struct hotfixes *work, const char *key, enum prereq_view view,
                        const char *name, enum prereq_update_source source)
{
    struct prereq_key *open;

    if (!is_id(work, name) ||
        !open_key(work, prereq_gather_printf(work->gather, "%s\\%s", key, name), view, &open))
        return;
    if (!is_of_other_version(work, open))
        add_update(work, open, name, &update_words, source);
    prereq_key_end(work->gather, open);
}

static struct prereq_names names_in(struct hotfixes *work, const char *key, enum prereq_view view)
{
    struct prereq_names names = {NULL, 0};
    struct prereq_refusal why = {0};
    enum prereq_look look = prereq_read_key_names(work->gather, key, view, &names, &why);

    if (look == PREREQ_LOOK_STALE || look == PREREQ_LOOK_UNAVAILABLE)
        note_refusal(work, &why);
    if (look != PREREQ_LOOK_FOUND)
        names.count = 0;
    return names;
}

static void read_level(struct hotfixes *work, const char *key, enum prereq_view view,
                       enum prereq_update_source source)
{
    struct prereq_names names = names_in(work, key, view);

    for (size_t i = 0; i < names.count; i++) {
        if (prereq_import_kb_length(names.name[i]) > 0)
            read_update(work, key, view, names.name[i], source);
    }
}

static void read_product(struct hotfixes *work, enum prereq_view view, const char *product)
{
    const char *key = prereq_gather_printf(work->gather, UPDATES "\\%s", product);
    enum prereq_update_source source = prereq_starts_nocase(product, "Windows ")
                                           ? PREREQ_SOURCE_HOTFIX_KEY
                                           : PREREQ_SOURCE_PRODUCT;
    struct prereq_names names = names_in(work, key, view);

    for (size_t i = 0; i < names.count; i++) {
        if (prereq_import_kb_length(names.name[i]) > 0)
            read_update(work, key, view, names.name[i], source);
        else if (prereq_starts_nocase(names.name[i], "SP"))
            read_level(work, prereq_gather_printf(work->gather, "%s\\%s", key, names.name[i]), view,
                       source);
    }
}

static void read_updates(struct hotfixes *work, enum prereq_view view)
{
    struct prereq_names names = names_in(work, UPDATES, view);

    for (size_t i = 0; i < names.count && !prereq_gather_stopped(work->gather); i++)
        read_product(work, view, names.name[i]);
}

/* ---- the whole ---- */

/* From Vista on updates are packages of CBS, and these keys prove nothing by their absence. */
static bool is_where_updates_are_recorded(const struct prereq_gather *gather)
{
    return gather->os.version.parts > 0 && gather->os.version.part[0] < 6;
}

static void cover(struct hotfixes *work)
{
    struct prereq_gather *gather = work->gather;

    if (prereq_gather_stopped(gather))
        return;
    if (work->partial) {
        prereq_gather_cover(gather, PREREQ_LIST_HOTFIX_KEYS, PREREQ_LIST_PARTIAL, NULL, &work->why);
        prereq_gather_error(gather, "updates", &work->why);
    } else {
        prereq_gather_cover(gather, PREREQ_LIST_HOTFIX_KEYS,
                            is_where_updates_are_recorded(gather) ? PREREQ_LIST_COMPLETE
                                                                  : PREREQ_LIST_PARTIAL,
                            NULL, NULL);
    }
}

void prereq_collect_hotfixes(struct prereq_gather *gather)
{
    struct hotfixes work = {.gather = gather};
    struct prereq_refusal why = {0};
    struct prereq_names names = {NULL, 0};
    enum prereq_look look = prereq_read_key_names(gather, HOTFIXES, PREREQ_VIEW_64, &names, &why);

    if (look == PREREQ_LOOK_STALE || look == PREREQ_LOOK_UNAVAILABLE) {
        prereq_gather_cover(gather, PREREQ_LIST_HOTFIX_KEYS, PREREQ_LIST_UNAVAILABLE, NULL, &why);
        prereq_gather_error(gather, "updates", &why);
        return;
    }
    for (size_t i = 0; i < names.count && !prereq_gather_stopped(gather); i++)
        read_hotfix(&work, names.name[i]);
    read_updates(&work, PREREQ_VIEW_64);
    if (gather->source->has_32_bit_view)
        read_updates(&work, PREREQ_VIEW_32);
    cover(&work);
}
