/* SPDX-License-Identifier: MIT */
/* wmi_rows.c - the instances of a class: one after the other, or by an object path. */
#include "wmi/wmi_parts.h"

/* What a row shows of the document: itself, or something made of it at `now`. */
static void fill(const struct prereq_wmi_class *wmi_class, const void *stored,
                 struct prereq_time now, struct prereq_wmi_row *row)
{
    const struct prereq_prerequisite_row *prerequisite = stored;

    row->wmi_class = wmi_class;
    row->data = stored;
    if (wmi_class->id == PREREQ_WMI_PENDING_RESTART) {
        row->made.restart = prereq_restart_at(stored, now);
        row->data = &row->made.restart;
    } else if (wmi_class->id == PREREQ_WMI_PATCH_PREREQUISITE) {
        row->made.link.patch = prerequisite->patch_status_id;
        row->made.link.prerequisite = prerequisite->id;
        row->data = &row->made.link;
    }
}

static void fill_summary(const struct prereq_wmi_snapshot *snapshot, struct prereq_time now,
                         struct prereq_wmi_row *row)
{
    row->wmi_class = prereq_wmi_class(PREREQ_WMI_SUMMARY);
    prereq_wmi_snapshot_summary(snapshot, now, &row->made.summary);
    row->data = &row->made.summary;
}

/* An association has a row for each prerequisite. */
static enum prereq_wmi_class_id stored_as(const struct prereq_wmi_class *wmi_class)
{
    return wmi_class->id == PREREQ_WMI_PATCH_PREREQUISITE ? PREREQ_WMI_PREREQUISITE_STATUS
                                                          : wmi_class->id;
}

static enum prereq_wmi_result check_class(const struct prereq_wmi_snapshot *snapshot,
                                          const struct prereq_wmi_class *wmi_class,
                                          struct prereq_error *err)
{
    if (wmi_class->kind == PREREQ_WMI_EVENT)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_CLASS,
                               "%s is a class of events: subscribe to it, it has no instances.",
                               wmi_class->name);
    if (wmi_class->kind != PREREQ_WMI_SINGLETON && !snapshot->document)
        return prereq_wmi_fail(err, PREREQ_WMI_NOT_EVALUATED, "%s", snapshot->why);
    return PREREQ_WMI_OK;
}

/* ---- one after the other ---- */

enum prereq_wmi_result prereq_wmi_walk_begin(const struct prereq_wmi_snapshot *snapshot,
                                             const struct prereq_wmi_class *wmi_class,
                                             struct prereq_time now, struct prereq_wmi_walk *walk,
                                             struct prereq_error *err)
{
    enum prereq_wmi_result result = check_class(snapshot, wmi_class, err);

    if (result == PREREQ_WMI_OK)
        *walk = (struct prereq_wmi_walk){snapshot, wmi_class, now, 0};
    return result;
}

bool prereq_wmi_walk_next(struct prereq_wmi_walk *walk, struct prereq_wmi_row *row)
{
    const struct prereq_wmi_rows *rows;

    if (walk->wmi_class->kind == PREREQ_WMI_SINGLETON) {
        if (walk->next++ > 0)
            return false;
        fill_summary(walk->snapshot, walk->now, row);
        return true;
    }
    rows = &walk->snapshot->document->rows[stored_as(walk->wmi_class)];
    if (walk->next >= rows->count)
        return false;
    fill(walk->wmi_class, rows->list[walk->next++], walk->now, row);
    return true;
}

/* ---- by path ---- */

enum prereq_wmi_result prereq_wmi_read_path(struct prereq_arena *arena, const char *text,
                                            struct prereq_wmi_path *path, struct prereq_error *err)
{
    switch (prereq_wmi_path_read(arena, text, path, err)) {
    case PREREQ_OK:
        return PREREQ_WMI_OK;
    case PREREQ_NO_MEMORY:
        return PREREQ_WMI_NO_MEMORY;
    case PREREQ_BAD_INPUT:
    case PREREQ_IO:
    case PREREQ_INTERNAL:
        break;
    }
    return PREREQ_WMI_INVALID_PATH;
}

/* The key `name` of a path: its text, or NULL where it is not there or is no text. */
static const char *key_text(const struct prereq_wmi_path *path, const char *name)
{
    for (size_t i = 0; i < path->key_count; i++) {
        const struct prereq_wmi_key *key = &path->keys[i];

        if (!key->name || prereq_equal_nocase(key->name, name))
            return key->type == PREREQ_WMI_KEY_TEXT ? key->text : NULL;
    }
    return NULL;
}

bool prereq_wmi_has_keys(const struct prereq_wmi_class *wmi_class,
                         const struct prereq_wmi_path *path)
{
    if (wmi_class->kind == PREREQ_WMI_SINGLETON)
        return path->singleton;
    if (path->singleton || path->key_count != wmi_class->key_count)
        return false;
    for (size_t i = 0; i < wmi_class->key_count; i++) {
        if ((path->key_count > 1 && !path->keys[i].name) || !key_text(path, wmi_class->keys[i]))
            return false;
    }
    return true;
}

static enum prereq_wmi_result wrong_keys(const struct prereq_wmi_class *wmi_class,
                                         struct prereq_error *err)
{
    if (wmi_class->kind == PREREQ_WMI_SINGLETON)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PATH,
                               "The path of the one instance is %s=@.", wmi_class->name);
    if (wmi_class->kind == PREREQ_WMI_ASSOCIATION)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PATH,
                               "An instance is named by two references: %s.%s=\"...\",%s=\"...\".",
                               wmi_class->name, wmi_class->keys[0], wmi_class->keys[1]);
    return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PATH,
                           "An instance is named by one text: %s.%s=\"...\".", wmi_class->name,
                           wmi_class->keys[0]);
}

/* The id that a reference to an instance of `wmi_class` holds. */
static enum prereq_wmi_result read_reference(struct prereq_arena *arena, const char *text,
                                             enum prereq_wmi_class_id id, const char **key,
                                             struct prereq_error *err)
{
    const struct prereq_wmi_class *wmi_class = prereq_wmi_class(id);
    struct prereq_wmi_path path;
    enum prereq_wmi_result result = prereq_wmi_read_path(arena, text, &path, err);

    if (result != PREREQ_WMI_OK)
        return result;
    if (!prereq_equal_nocase(path.class_name, wmi_class->name) ||
        !prereq_wmi_has_keys(wmi_class, &path))
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_PATH,
                               "A reference has to name an instance of %s.", wmi_class->name);
    *key = key_text(&path, wmi_class->keys[0]);
    return PREREQ_WMI_OK;
}

static enum prereq_wmi_result find_link(struct prereq_arena *arena,
                                        const struct prereq_wmi_document *document,
                                        const struct prereq_wmi_path *path, const void **stored,
                                        struct prereq_error *err)
{
    const struct prereq_wmi_class *link = prereq_wmi_class(PREREQ_WMI_PATCH_PREREQUISITE);
    const struct prereq_prerequisite_row *row;
    const char *patch, *prerequisite;
    enum prereq_wmi_result result;

    result =
        read_reference(arena, key_text(path, link->keys[0]), PREREQ_WMI_PATCH_STATUS, &patch, err);
    if (result == PREREQ_WMI_OK)
        result = read_reference(arena, key_text(path, link->keys[1]),
                                PREREQ_WMI_PREREQUISITE_STATUS, &prerequisite, err);
    if (result != PREREQ_WMI_OK)
        return result;
    row = prereq_wmi_row_find(document, PREREQ_WMI_PREREQUISITE_STATUS, prerequisite);
    if (row && prereq_equal_nocase(row->patch_status_id, patch))
        *stored = row;
    return PREREQ_WMI_OK;
}

static enum prereq_wmi_result find(struct prereq_arena *arena,
                                   const struct prereq_wmi_snapshot *snapshot, const char *text,
                                   struct prereq_time now, struct prereq_wmi_row *row,
                                   struct prereq_error *err)
{
    const struct prereq_wmi_class *wmi_class;
    const void *stored = NULL;
    struct prereq_wmi_path path;
    enum prereq_wmi_result result = prereq_wmi_read_path(arena, text, &path, err);

    if (result != PREREQ_WMI_OK)
        return result;
    wmi_class = prereq_wmi_class_find(path.class_name);
    if (!wmi_class)
        return prereq_wmi_fail(err, PREREQ_WMI_INVALID_CLASS, "There is no class %s here.",
                               PREREQ_CLIP(path.class_name, 200));
    if (wmi_class->kind != PREREQ_WMI_EVENT && !prereq_wmi_has_keys(wmi_class, &path))
        return wrong_keys(wmi_class, err);
    result = check_class(snapshot, wmi_class, err);
    if (result != PREREQ_WMI_OK)
        return result;
    if (wmi_class->kind == PREREQ_WMI_SINGLETON) {
        fill_summary(snapshot, now, row);
        return PREREQ_WMI_OK;
    }
    if (wmi_class->kind == PREREQ_WMI_ASSOCIATION)
        result = find_link(arena, snapshot->document, &path, &stored, err);
    else
        stored = prereq_wmi_row_find(snapshot->document, wmi_class->id,
                                     key_text(&path, wmi_class->keys[0]));
    if (result != PREREQ_WMI_OK)
        return result;
    if (!stored)
        return prereq_wmi_fail(err, PREREQ_WMI_NOT_FOUND, "No instance has the path %s.",
                               PREREQ_CLIP(text, 800));
    fill(wmi_class, stored, now, row);
    return PREREQ_WMI_OK;
}

enum prereq_wmi_result prereq_wmi_get(const struct prereq_wmi_snapshot *snapshot, const char *path,
                                      struct prereq_time now, struct prereq_wmi_row *row,
                                      struct prereq_error *err)
{
    struct prereq_arena *arena = prereq_arena_new(4 * PREREQ_WMI_MAX_PATH);
    enum prereq_wmi_result result = PREREQ_WMI_NO_MEMORY;

    if (arena)
        result = find(arena, snapshot, path, now, row, err);
    else
        (void)prereq_fail(err, PREREQ_NO_MEMORY, "not enough memory for an object path");
    prereq_arena_free(arena);
    return result;
}
