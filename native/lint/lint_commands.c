/* SPDX-License-Identifier: MIT */
/* lint_commands.c - how a patch goes on and off: commands that are missing, and contradictions. */
#include "lint/lint.h"

#include <string.h>

static bool is_sha256(const char *text)
{
    return strlen(text) == 64 && strspn(text, "0123456789abcdefABCDEF") == 64;
}

static void check_command(struct prereq_lint *lint, const struct prereq_command *command,
                          const char *name, bool extracted)
{
    const struct prereq_lint_place *place = PREREQ_LINT_AT(PREREQ_LINT_AT(NULL, "commands"), name);

    if (!command)
        return;
    if (command->sha256 && !is_sha256(command->sha256))
        prereq_lint_add(lint, PREREQ_LINT_BAD_SHA256, PREREQ_LINT_AT(place, "sha256"),
                        command->sha256);
    if (command->needs_extract == PREREQ_FLAG_TRUE && !extracted)
        prereq_lint_add(lint, PREREQ_LINT_EXTRACT_MISSING, PREREQ_LINT_AT(place, "needsExtract"),
                        "");
}

static void check_all(struct prereq_lint *lint, const struct prereq_commands *commands)
{
    check_command(lint, commands->install, "install", commands->extract);
    check_command(lint, commands->extract, "extract", false);
    check_command(lint, commands->uninstall, "uninstall", commands->extract);
    check_command(lint, commands->repair, "repair", commands->extract);
    check_command(lint, commands->remove_record, "removeRecord", commands->extract);
}

static void check_removal(struct prereq_lint *lint, const struct prereq_patch *patch,
                          const struct prereq_commands *commands)
{
    bool removable = patch->removable == PREREQ_FLAG_TRUE;

    if (patch->refuses_while_recorded == PREREQ_FLAG_TRUE && !commands->uninstall &&
        !commands->remove_record)
        prereq_lint_add(lint, PREREQ_LINT_REFUSES_WITHOUT_REMOVAL,
                        PREREQ_LINT_AT(NULL, "refusesWhileRecorded"), "");
    if (patch->permanent == PREREQ_FLAG_TRUE && (removable || commands->uninstall))
        prereq_lint_add(lint, PREREQ_LINT_REMOVABLE_CONTRADICTION,
                        PREREQ_LINT_AT(NULL, "permanent"), "it is permanent and can be taken off");
    else if (removable && !commands->uninstall)
        prereq_lint_add(lint, PREREQ_LINT_REMOVABLE_CONTRADICTION,
                        PREREQ_LINT_AT(NULL, "removable"), "no command takes it off");
    else if (patch->removable == PREREQ_FLAG_FALSE && commands->uninstall)
        prereq_lint_add(lint, PREREQ_LINT_REMOVABLE_CONTRADICTION,
                        PREREQ_LINT_AT(NULL, "removable"), "there is a command that takes it off");
}

/* ---- restarts ---- */

static void check_group_restarts(struct prereq_lint *lint, const struct prereq_patch *patch,
                                 const struct prereq_group *group,
                                 const struct prereq_lint_place *place)
{
    if (group->restart_before != PREREQ_FLAG_TRUE)
        return;
    place = PREREQ_LINT_AT(place, "restartBefore");
    if (patch->no_restart_between == PREREQ_FLAG_TRUE)
        prereq_lint_add(lint, PREREQ_LINT_RESTART_CONTRADICTION, place,
                        "noRestartBetween forbids the restart");
    for (size_t i = 0; i < group->any_of_count; i++) {
        if (group->any_of[i].pending_is_enough == PREREQ_FLAG_TRUE)
            prereq_lint_add(lint, PREREQ_LINT_RESTART_CONTRADICTION, place,
                            "an alternative may still wait for its restart");
    }
}

static bool never_restarts(const struct prereq_patch *patch)
{
    for (size_t i = 0; i < patch->restart_when_count; i++) {
        if (patch->restart_when[i].restart != PREREQ_RESTART_NO)
            return false;
    }
    return patch->restart == PREREQ_RESTART_NO;
}

/* A package that goes on at once where the restart is possible or never comes is left alone. */
static bool stages_package(const struct prereq_patch *patch)
{
    bool package = false;

    for (size_t i = 0; i < patch->set_count; i++)
        package |= patch->sets[i].package != NULL;
    return package && patch->restart_when_count == 0 &&
           (!patch->restart || patch->restart == PREREQ_RESTART_REQUIRED);
}

static void check_restarts(struct prereq_lint *lint, const struct prereq_patch *patch)
{
    for (size_t i = 0; i < patch->prerequisite_count; i++)
        check_group_restarts(lint, patch, &patch->prerequisites[i],
                             PREREQ_LINT_ITEM(NULL, "prerequisites", i));
    if (patch->no_restart_between == PREREQ_FLAG_TRUE && patch->chain == PREREQ_CHAIN_NEVER)
        prereq_lint_add(lint, PREREQ_LINT_RESTART_CONTRADICTION,
                        PREREQ_LINT_AT(NULL, "noRestartBetween"),
                        "chain \"never\" asks for the restart");
    if (patch->at_restart == PREREQ_FLAG_TRUE && never_restarts(patch))
        prereq_lint_add(lint, PREREQ_LINT_RESTART_CONTRADICTION, PREREQ_LINT_AT(NULL, "atRestart"),
                        "it never needs a restart");
    if (patch->at_restart != PREREQ_FLAG_TRUE && stages_package(patch))
        prereq_lint_add(lint, PREREQ_LINT_PACKAGE_BEFORE_RESTART, PREREQ_LINT_AT(NULL, "sets"), "");
    for (size_t i = 0; i < patch->restart_when_count; i++)
        prereq_lint_rule(lint, patch->restart_when[i].when,
                         PREREQ_LINT_AT(PREREQ_LINT_ITEM(NULL, "restartWhen", i), "when"), false);
}

void prereq_lint_commands(struct prereq_lint *lint, const struct prereq_patch *patch)
{
    static const struct prereq_commands none;
    const struct prereq_commands *commands = patch->commands ? patch->commands : &none;

    if (!commands->install && !patch->install_note)
        prereq_lint_add(lint, PREREQ_LINT_NO_INSTALL, PREREQ_LINT_AT(NULL, "commands"), "");
    check_all(lint, commands);
    check_removal(lint, patch, commands);
    check_restarts(lint, patch);
}
