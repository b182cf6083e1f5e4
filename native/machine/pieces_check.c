/* SPDX-License-Identifier: MIT */
/* pieces_check.c - what was found of a piece against what it should be. */
#include <string.h>

#include "machine/pieces.h"

#define SID_SYSTEM "S-1-5-18"
#define SID_ADMINISTRATORS "S-1-5-32-544"
#define SID_LOCAL_SERVICE "S-1-5-19"
#define SID_TRUSTED_INSTALLER "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
#define RIGHTS_ALL 0x1F01FFU  /* FILE_ALL_ACCESS */
#define RIGHTS_LIST 0x1200A9U /* FILE_GENERIC_READ and FILE_GENERIC_EXECUTE */
#define GENERIC_ALL_RIGHTS 0x10000000U

void prereq_piece_check_values(struct prereq_arena *arena, enum prereq_piece piece,
                               const char *folder, prereq_piece_ask *ask, void *context,
                               struct prereq_piece_result *result)
{
    prereq_piece_say(result, PREREQ_PIECE_GOOD, "as it should be");
    for (const struct prereq_piece_value *value = prereq_piece_values; value->key; value++) {
        const char *name = value->name ? value->name : "(default)";
        const char *expected, *found = NULL;
        struct prereq_error err = {0};

        if (value->piece != piece)
            continue;
        expected = prereq_piece_text(arena, value, folder);
        if (!expected || ask(context, value, &found, &err) != PREREQ_OK) {
            prereq_piece_say(result, PREREQ_PIECE_UNKNOWN, "HKLM\\%s, %s: %s", value->key, name,
                             expected ? err.text : "no memory");
            return;
        }
        if (!found) {
            prereq_piece_say(result, PREREQ_PIECE_WRONG, "HKLM\\%s has no value %s", value->key,
                             name);
            return;
        }
        if (!prereq_equal_nocase(found, expected)) {
            prereq_piece_say(result, PREREQ_PIECE_WRONG, "HKLM\\%s, %s is \"%s\", not \"%s\"",
                             value->key, name, PREREQ_CLIP(found, 200), expected);
            return;
        }
    }
}

void prereq_piece_check_version(const char *file, const char *found, const char *expected,
                                struct prereq_piece_result *result)
{
    struct prereq_version is = {0}, should = {0};

    if (!found)
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "%s has no version; it is not the one of this program", file);
    else if (!prereq_version_parse(found, &is) || !prereq_version_parse(expected, &should) ||
             prereq_version_compare(is, should) != 0)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is version %s, and the program is %s",
                         file, PREREQ_CLIP(found, 60), expected);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s, version %s", file, expected);
}

static bool is_trusted(const struct prereq_piece_rights *rights, const char *sid)
{
    static const char *const always[] = {SID_SYSTEM, SID_ADMINISTRATORS, SID_TRUSTED_INSTALLER};

    for (size_t i = 0; i < PREREQ_COUNT(always); i++) {
        if (prereq_equal_nocase(sid, always[i]))
            return true;
    }
    for (size_t i = 0; i < rights->trusted_count; i++) {
        if (prereq_equal_nocase(sid, rights->trusted[i]))
            return true;
    }
    return false;
}

/* Others may have no more than the one thing that LocalService has: to list the folder itself. */
static bool is_too_much(const struct prereq_piece_rights *rights,
                        const struct prereq_piece_right *right)
{
    if (is_trusted(rights, right->sid) || right->rights == 0)
        return false;
    if (!prereq_equal_nocase(right->sid, SID_LOCAL_SERVICE))
        return true;
    return (right->rights & ~RIGHTS_LIST) != 0 || right->inherited_below;
}

static bool may_do_all(const struct prereq_piece_rights *rights, const char *sid)
{
    bool here = false, below = false;

    for (size_t i = 0; i < rights->allowed_count; i++) {
        const struct prereq_piece_right *right = &rights->allowed[i];
        bool all =
            (right->rights & RIGHTS_ALL) == RIGHTS_ALL || (right->rights & GENERIC_ALL_RIGHTS);

        if (!all || !prereq_equal_nocase(right->sid, sid))
            continue;
        here = here || !right->only_below;
        below = below || right->inherited_below;
    }
    return here && below;
}

static bool may_list(const struct prereq_piece_rights *rights)
{
    for (size_t i = 0; i < rights->allowed_count; i++) {
        const struct prereq_piece_right *right = &rights->allowed[i];

        if (prereq_equal_nocase(right->sid, SID_LOCAL_SERVICE) && !right->only_below &&
            (right->rights & RIGHTS_LIST) == RIGHTS_LIST)
            return true;
    }
    return false;
}

void prereq_piece_check_rights(const char *folder, const struct prereq_piece_rights *rights,
                               struct prereq_piece_result *result)
{
    if (!rights->owner || !is_trusted(rights, rights->owner)) {
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is owned by %s, who is no administrator",
                         folder, rights->owner ? rights->owner : "nobody");
        return;
    }
    if (!rights->has_list) {
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "%s has no list of rights: everybody may do everything", folder);
        return;
    }
    for (size_t i = 0; i < rights->allowed_count; i++) {
        const struct prereq_piece_right *right = &rights->allowed[i];

        if (is_too_much(rights, right)) {
            prereq_piece_say(result, PREREQ_PIECE_WRONG,
                             "%s gives %s rights 0x%lX, which are more than it should have", folder,
                             right->sid, (unsigned long)right->rights);
            return;
        }
    }
    if (!rights->is_protected)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s takes over rights from the folder above",
                         folder);
    else if (!may_do_all(rights, SID_SYSTEM) || !may_do_all(rights, SID_ADMINISTRATORS))
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "%s does not give SYSTEM and Administrators all rights", folder);
    else if (!may_list(rights))
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "LocalService may not list %s, so the provider would not see a new "
                         "document",
                         folder);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s", folder);
}

/* What stands in an element of the task's XML, in the arena. */
static const char *element(struct prereq_arena *arena, const char *xml, const char *name)
{
    const char *open = prereq_printf(arena, "<%s>", name);
    const char *at = open ? strstr(xml, open) : NULL;
    const char *end = at ? strchr(at + strlen(open), '<') : NULL;

    return end ? prereq_strndup(arena, at + strlen(open), (size_t)(end - at) - strlen(open)) : NULL;
}

/* Without the quotes around it, and with the folder in the place of its variable. */
static const char *expand(struct prereq_arena *arena, const char *command,
                          const char *program_files)
{
    static const char variable[] = "%ProgramFiles%";
    size_t len = strlen(command);

    if (len >= 2 && command[0] == '"' && command[len - 1] == '"')
        command = prereq_strndup(arena, command + 1, len - 2);
    if (!command)
        return NULL;
    if (!prereq_starts_nocase(command, variable))
        return command;
    return prereq_printf(arena, "%s%s", program_files, command + sizeof(variable) - 1);
}

void prereq_piece_check_task(struct prereq_arena *arena, const struct prereq_piece_task *task,
                             const char *program_files, const char *program,
                             struct prereq_piece_result *result)
{
    const char *command = element(arena, task->xml, "Command");
    const char *user = element(arena, task->xml, "UserId");

    command = command ? expand(arena, command, program_files) : NULL;
    if (!command || !prereq_equal_nocase(command, program))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s starts \"%s\", not \"%s\"",
                         PREREQ_PIECE_TASK_PATH, PREREQ_CLIP(command ? command : "", 200), program);
    else if (!user ||
             (!prereq_equal_nocase(user, SID_SYSTEM) && !prereq_equal_nocase(user, "SYSTEM") &&
              !prereq_equal_nocase(user, "NT AUTHORITY\\SYSTEM")))
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s runs as \"%s\", not as SYSTEM",
                         PREREQ_PIECE_TASK_PATH, PREREQ_CLIP(user ? user : "", 100));
    else if (!task->enabled)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "%s is disabled", PREREQ_PIECE_TASK_PATH);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "%s", PREREQ_PIECE_TASK_PATH);
}

void prereq_piece_check_age(struct prereq_time evaluated, struct prereq_time now,
                            uint64_t stale_after_hours, struct prereq_piece_result *result)
{
    char when[32];
    int64_t age = now.seconds - evaluated.seconds;

    prereq_time_format(evaluated, when);
    if (!evaluated.known)
        prereq_piece_say(result, PREREQ_PIECE_WRONG, "does not say when it was made");
    else if (age > 0 && (uint64_t)age > stale_after_hours * 3600)
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "of %s, %lld hours old, and %llu are the limit; patchprereq refresh makes "
                         "a new one",
                         when, (long long)(age / 3600), (unsigned long long)stale_after_hours);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "of %s", when);
}

void prereq_piece_check_loaded(struct prereq_time started, struct prereq_time written,
                               unsigned long process, struct prereq_piece_result *result)
{
    if (started.known && written.known && started.seconds < written.seconds)
        prereq_piece_say(result, PREREQ_PIECE_WRONG,
                         "process %lu serves the DLL from before the upgrade, until WMI drops it "
                         "after some idle minutes, or until a restart",
                         process);
    else
        prereq_piece_say(result, PREREQ_PIECE_GOOD, "none is loaded");
}
