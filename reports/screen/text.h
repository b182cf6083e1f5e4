/* SPDX-License-Identifier: MIT */
/* text.h - outputs for people to read on a screen. */
#ifndef REPORTS_TEXT_H
#define REPORTS_TEXT_H

#include "patchprereq.h"

/* States that matter with their reasons, the others as figures. */
void text_assess_write(const struct prereq_assessment *assessment, struct prereq_time now,
                       struct prereq_buffer *out);

#endif
