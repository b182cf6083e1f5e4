/* SPDX-License-Identifier: MIT */
/* setting_table.c - the settings of a machine, checked. */
#include "machine/setting_table.h"

#include <string.h>

#define MOST_HOURS 876000 /* as in a policy */

#define PATH_ROW(name, field, default_text, about)                                                 \
    {                                                                                              \
        name, PREREQ_SETTING_TYPE_PATH, offsetof(struct prereq_settings, field), 0, 0, 0,          \
            "REG_SZ", default_text, about                                                          \
    }

const struct prereq_setting_info prereq_setting_table[] = {
    PATH_ROW("CatalogPath", catalog_path, "`%ProgramData%\\PatchPrereq\\catalog`",
             "Folder of a catalog that is added to the built-in one."),
    PATH_ROW("PolicyFile", policy_file, "`%ProgramData%\\PatchPrereq\\policy.json`",
             "What is required, and by when."),
    PATH_ROW("WaiversFile", waivers_file, "`%ProgramData%\\PatchPrereq\\waivers.json`",
             "Exceptions with their expiry."),
    PATH_ROW("ScopeFile", scope_file, "`%ProgramData%\\PatchPrereq\\scope.csv`",
             "Hosts with group, site, owner and period."),
    {"StaleAfterHours", PREREQ_SETTING_TYPE_NUMBER,
     offsetof(struct prereq_settings, stale_after_hours), 0, 1, MOST_HOURS, "REG_DWORD",
     "that of the policy, else 48", "Facts older than this are stale; goes before the policy."},
    {"TrustedOwners", PREREQ_SETTING_TYPE_SIDS, offsetof(struct prereq_settings, trusted_owners),
     offsetof(struct prereq_settings, trusted_owner_count), 0, 0, "REG_MULTI_SZ", "none",
     "SIDs of accounts that may own and change what is trusted, beside SYSTEM, Administrators and "
     "TrustedInstaller."},
    {NULL, PREREQ_SETTING_TYPE_PATH, 0, 0, 0, 0, NULL, NULL, NULL},
};

struct texts {
    const char *const *text;
    size_t count;
};

static bool is_path(const char *text)
{
    bool letter = (text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z');

    return letter && text[1] == ':' && (text[2] == '\\' || text[2] == '/');
}

static enum prereq_status read_path(const struct texts *texts, const char **path,
                                    struct prereq_error *err)
{
    if (texts->count != 1 || !is_path(texts->text[0]))
        return prereq_fail(err, PREREQ_BAD_INPUT, "is not one path that begins with a drive");
    *path = texts->text[0];
    return PREREQ_OK;
}

static enum prereq_status read_number(const struct prereq_setting_info *info,
                                      const struct texts *texts, struct prereq_number *number,
                                      struct prereq_error *err)
{
    const char *text = texts->text[0];
    uint64_t value = 0;
    size_t len = strspn(text, "0123456789");

    for (size_t i = 0; i < len && value <= info->high; i++)
        value = value * 10 + (uint64_t)(text[i] - '0');
    if (texts->count != 1 || len == 0 || text[len] || value < info->low || value > info->high)
        return prereq_fail(err, PREREQ_BAD_INPUT, "is not a number from %llu to %llu",
                           (unsigned long long)info->low, (unsigned long long)info->high);
    *number = (struct prereq_number){value, true};
    return PREREQ_OK;
}

/* S-1-<authority>-<number>...: what can be compared with the owner of a file. */
static bool is_sid(const char *text)
{
    size_t numbers = 0;

    if (!prereq_starts_nocase(text, "S-1"))
        return false;
    for (text += 3; *text == '-'; numbers++) {
        size_t len = strspn(text + 1, "0123456789");

        if (len == 0)
            return false;
        text += 1 + len;
    }
    return !*text && numbers >= 2;
}

static enum prereq_status check_sids(const struct texts *texts, struct prereq_error *err)
{
    for (size_t i = 0; i < texts->count; i++) {
        if (!is_sid(texts->text[i]))
            return prereq_fail(err, PREREQ_BAD_INPUT, "\"%s\" is not a SID like S-1-5-21-1-2-3-4",
                               PREREQ_CLIP(texts->text[i], 100));
    }
    return PREREQ_OK;
}

static enum prereq_status read_one(const struct prereq_setting_info *info,
                                   const struct texts *texts, struct prereq_settings *settings,
                                   struct prereq_error *err)
{
    char *to = (char *)settings;
    enum prereq_status status;

    if (info->kind == PREREQ_SETTING_TYPE_PATH)
        return read_path(texts, (const char **)(void *)(to + info->offset), err);
    if (info->kind == PREREQ_SETTING_TYPE_NUMBER)
        return read_number(info, texts, (struct prereq_number *)(void *)(to + info->offset), err);
    status = check_sids(texts, err);
    if (status != PREREQ_OK)
        return status;
    *(const char *const **)(void *)(to + info->offset) = texts->text;
    *(size_t *)(void *)(to + info->count_offset) = texts->count;
    return PREREQ_OK;
}

enum prereq_status prereq_settings_read(struct prereq_arena *arena, prereq_setting_ask *ask,
                                        void *context, struct prereq_settings *settings,
                                        struct prereq_error *err)
{
    struct prereq_settings read = {0};

    for (const struct prereq_setting_info *info = prereq_setting_table; info->name; info++) {
        struct texts texts = {NULL, 0};
        enum prereq_status status = ask(context, arena, info->name, &texts.text, &texts.count, err);

        if (status == PREREQ_OK && texts.count > 0) {
            status = read_one(info, &texts, &read, err);
            if (status != PREREQ_OK)
                (void)prereq_fail_prefix(err, prereq_printf(arena, "the setting %s", info->name));
        }
        if (status != PREREQ_OK)
            return status;
    }
    *settings = read;
    return PREREQ_OK;
}
