/* SPDX-License-Identifier: MIT */
/* settings.h - HKLM\SOFTWARE\Policies\PatchPrereq before HKLM\SOFTWARE\PatchPrereq, value by value.
 */
#ifndef PREREQ_SETTINGS_H
#define PREREQ_SETTINGS_H

#include "base/base.h"

#define PREREQ_SETTING_TRUSTED_OWNERS "TrustedOwners"

/* The texts of a setting, in `arena`: of a REG_MULTI_SZ its own, of a REG_SZ those between its
 * semicolons, without blanks around and without empty ones; of a REG_DWORD its number.  None where
 * it is not set.
 * PREREQ_BAD_INPUT: it has another type. */
enum prereq_status prereq_setting_texts(struct prereq_arena *arena, const char *name,
                                        const char *const **texts, size_t *count,
                                        struct prereq_error *err);

#endif
