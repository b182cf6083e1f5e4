/* SPDX-License-Identifier: MIT */
/* renames.c - PendingFileRenameOperations, and what they do to one file. */
#include "collect/renames.h"

#include <string.h>

#define SESSION_MANAGER "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager"

static const char *const values[] = {"PendingFileRenameOperations", "PendingFileRenameOperations2"};

/* "*1" before a path, as Windows 10 writes it, says how it was asked for, and nothing else. */
static const char *without_star(const char *path)
{
    if (path[0] != '*')
        return path;
    path++;
    return path + strspn(path, "0123456789");
}

static const char *plain(struct prereq_gather *gather, const char *path)
{
    path = without_star(path);
    if (prereq_starts_nocase(path, "\\SystemRoot\\"))
        return prereq_gather_printf(gather, "%s%s", gather->source->system_root, path + 11);
    return prereq_starts_nocase(path, "\\??\\") ? path + 4 : path;
}

static void add_pair(struct prereq_gather *gather, struct prereq_renames *renames, const char *from,
                     const char *to)
{
    struct prereq_rename *pair;

    if (!from[0])
        return;
    pair = &renames->pairs[renames->count++];
    pair->from = plain(gather, from);
    pair->from_hash = prereq_hash_nocase(pair->from);
    to = without_star(to);
    pair->replaces = to[0] == '!';
    to += pair->replaces;
    if (!to[0])
        return;
    pair->to = plain(gather, to);
    pair->to_hash = prereq_hash_nocase(pair->to);
}

/* The texts of both values behind one another. */
static void add_texts(struct prereq_gather *gather, struct prereq_renames *renames,
                      const struct prereq_names *texts)
{
    struct prereq_rename *pairs = PREREQ_NEW_ARRAY(
        gather->arena, renames->count + texts->count / 2 + 1, struct prereq_rename);

    if (!pairs) {
        gather->no_memory = true;
        return;
    }
    if (renames->count)
        memcpy(pairs, renames->pairs, renames->count * sizeof(*pairs));
    renames->pairs = pairs;
    /* The end of the value takes the empty texts of a last deletion with it. */
    for (size_t i = 0; i < texts->count; i += 2)
        add_pair(gather, renames, texts->name[i], i + 1 < texts->count ? texts->name[i + 1] : "");
}

enum prereq_look prereq_pending_renames(struct prereq_gather *gather,
                                        struct prereq_renames *renames, struct prereq_refusal *why)
{
    struct prereq_renames made = {NULL, 0};
    bool whole = true;

    for (size_t i = 0; i < PREREQ_COUNT(values); i++) {
        struct prereq_reg_value value;
        struct prereq_names texts;
        enum prereq_look look =
            prereq_read_value(gather, SESSION_MANAGER, PREREQ_VIEW_64, values[i], &value, why);

        whole &= look == PREREQ_LOOK_FOUND || look == PREREQ_LOOK_ABSENT;
        if (look != PREREQ_LOOK_FOUND && look != PREREQ_LOOK_STALE)
            continue;
        texts = prereq_value_texts(gather, &value);
        add_texts(gather, &made, &texts);
    }
    if (!whole && made.count == 0)
        return PREREQ_LOOK_UNAVAILABLE;
    *renames = made;
    if (!whole)
        return PREREQ_LOOK_STALE;
    return made.count ? PREREQ_LOOK_FOUND : PREREQ_LOOK_ABSENT;
}

static bool is_path(const char *path, uint64_t hash, const char *other, uint64_t other_hash)
{
    return other && hash == other_hash && prereq_equal_nocase(path, other);
}

/* Whether one of the first `count` pairs takes the file away. */
static bool is_taken(const struct prereq_renames *renames, size_t count, const char *path,
                     uint64_t hash)
{
    for (size_t i = count; i > 0; i--) {
        const struct prereq_rename *pair = &renames->pairs[i - 1];

        if (is_path(path, hash, pair->to, pair->to_hash))
            return false;
        if (is_path(path, hash, pair->from, pair->from_hash))
            return true;
    }
    return false;
}

/* From the last pair to the first: where what will be at `path` comes from.  Of the files that are
 * moved on the way it is not known whether they are there. */
enum prereq_rename_effect prereq_rename_effect(const struct prereq_renames *renames,
                                               const char *path, bool is_there, const char **from)
{
    enum prereq_rename_effect effect = PREREQ_RENAME_NONE;
    uint64_t hash = prereq_hash_nocase(path);

    for (size_t i = renames->count; i > 0; i--) {
        const struct prereq_rename *pair = &renames->pairs[i - 1];

        if (is_path(path, hash, pair->to, pair->to_hash)) {
            if (is_there && !pair->replaces && !is_taken(renames, i - 1, path, hash))
                return PREREQ_RENAME_UNCERTAIN;
            path = *from = pair->from;
            hash = pair->from_hash;
            effect = PREREQ_RENAME_REPLACED;
            is_there = true;
        } else if (is_path(path, hash, pair->from, pair->from_hash)) {
            return is_there ? PREREQ_RENAME_REMOVED : PREREQ_RENAME_NONE;
        }
    }
    return effect;
}
