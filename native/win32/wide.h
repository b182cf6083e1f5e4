/* SPDX-License-Identifier: MIT */
/* wide.h - UTF-8 and UTF-16, strictly: the one place where texts go to and come from Windows. */
#ifndef PREREQ_WIDE_H
#define PREREQ_WIDE_H

#include <wchar.h>

#include "base/base.h"

/* malloc()ed, with its NUL; NULL with errno EINVAL (not UTF-8) or ENOMEM. */
wchar_t *prereq_wide_from_utf8(const char *text);
/* malloc()ed; NULL with errno EILSEQ (a lone surrogate) or ENOMEM. */
char *prereq_utf8_from_wide(const wchar_t *wide);
/* `units` units as they come, NULs included: what is no text becomes U+FFFD.  NULL: no memory. */
const char *prereq_name_from_wide(struct prereq_arena *arena, const wchar_t *wide, size_t units);

#endif
