/* SPDX-License-Identifier: MIT */
/* messages.h - what the program says on standard error: errors, notes, a progress line.
 *
 * Texts may hold data of hosts and names of files: control characters in them are shown and never
 * sent, so that no input can steer the terminal. */
#ifndef REPORTS_MESSAGES_H
#define REPORTS_MESSAGES_H

#include "base/base.h"

/* With `quiet` notes and progress stay away; errors are always said. */
void messages_start(bool quiet);
/* Whether an error was said since the start. */
bool messages_have_error(void);
/* "patchprereq: ...", one line. */
void message_error(const char *fmt, ...) PREREQ_PRINTF(1, 2);
void message_note(const char *fmt, ...) PREREQ_PRINTF(1, 2);

/* Add text as prereq_printable_add() does. */
void printable_add(struct prereq_buffer *out, const char *text);
/* A copy like that; NULL for want of memory. */
const char *printable(struct prereq_arena *arena, const char *text);

#endif
