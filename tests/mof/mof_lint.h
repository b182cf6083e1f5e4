/* SPDX-License-Identifier: MIT */
/* mof_lint.h - what mofcomp would not tell us, or would tell a user too late, of our MOF files. */
#ifndef PREREQ_TESTS_MOF_LINT_H
#define PREREQ_TESTS_MOF_LINT_H

#include "mof_parse.h"

/* Findings go into `out`, one a line; nothing: the text is sound.  A text that cannot be parsed is
 * a finding. */
void mof_lint_install(const char *text, size_t len, struct prereq_buffer *out);
void mof_lint_uninstall(const char *text, size_t len, struct prereq_buffer *out);

/* mof_lint_class.c: classes against the tables of the core. */
void mof_lint_classes(const struct mof_item *items, struct prereq_buffer *out);

#endif
