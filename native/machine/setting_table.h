/* SPDX-License-Identifier: MIT */
/* setting_table.h - what an administrator can set for a machine: names, kinds, defaults.
 *
 * Values of HKLM\SOFTWARE\Policies\PatchPrereq, else of HKLM\SOFTWARE\PatchPrereq; how they are
 * reached is told by the caller (win32/settings.h). */
#ifndef PREREQ_SETTING_TABLE_H
#define PREREQ_SETTING_TABLE_H

#include "documents/facts.h"

struct prereq_settings {
    const char *catalog_path, *policy_file, *waivers_file, *scope_file; /* NULL: not set */
    struct prereq_number stale_after_hours;
    const char *const *trusted_owners;
    size_t trusted_owner_count;
};

enum prereq_setting_type {
    PREREQ_SETTING_TYPE_PATH,   /* of this machine, with its drive letter */
    PREREQ_SETTING_TYPE_NUMBER, /* within low and high */
    PREREQ_SETTING_TYPE_SIDS,
};

struct prereq_setting_info {
    const char *name;
    enum prereq_setting_type kind;
    size_t offset, count_offset; /* in struct prereq_settings; the latter of SIDS only */
    uint64_t low, high;
    const char *registry_type; /* of the registry */
    const char *default_text;  /* for docs */
    const char *about;
};

extern const struct prereq_setting_info prereq_setting_table[]; /* ends with a NULL name */

/* The texts of one setting, none where it is not set; in the form of prereq_setting_texts(). */
typedef enum prereq_status prereq_setting_ask(void *context, struct prereq_arena *arena,
                                              const char *name, const char *const **texts,
                                              size_t *count, struct prereq_error *err);

/* PREREQ_BAD_INPUT: one of them is not what it should be, and none of them is used. */
enum prereq_status prereq_settings_read(struct prereq_arena *arena, prereq_setting_ask *ask,
                                        void *context, struct prereq_settings *settings,
                                        struct prereq_error *err);

#endif
