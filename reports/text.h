/* SPDX-License-Identifier: MIT */
/* text.h - outputs for people to read on a screen. */
#ifndef REPORTS_TEXT_H
#define REPORTS_TEXT_H

#include "patchprereq.h"

/* States that matter with their reasons, the others as figures. */
void text_assess_write(const struct prereq_assessment *assessment, struct prereq_time now,
                       struct prereq_buffer *out);

/* Parts that several texts have in common. */

/* "web01.example.org" and, where it says more, " (id)". */
void text_host_name(const struct prereq_host_row *host, struct prereq_buffer *out);
/* "facts of 2026-11-20T10:00:00Z, judged at ... with catalog builtin 2026.11 (0123456789ab)". */
void text_judged(const struct prereq_assessment *assessment, struct prereq_buffer *out);
/* "3 steps", "1 step". */
void text_count(uint64_t count, const char *one, const char *many, struct prereq_buffer *out);
void text_time(struct prereq_time time, struct prereq_buffer *out); /* "not known" when it is not */

#endif
