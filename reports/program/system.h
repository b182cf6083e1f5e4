/* SPDX-License-Identifier: MIT */
/* system.h - what the program asks its surroundings: the clock, the terminal, its own place. */
#ifndef REPORTS_SYSTEM_H
#define REPORTS_SYSTEM_H

#include "base/base.h"

/* The first thing a program does: standard input, output and error that were closed by who started
 * it are opened as something that gives and takes nothing.  Else the next file would be one of
 * them, and messages or documents would go into it.  False: it cannot be done, and nothing may be
 * opened. */
bool system_keep_standard_files(void);
/* When the program is told to end (Ctrl+C, a closed terminal, a reader that went away) it takes
 * away what its outputs have written so far, and ends as it would have. */
void system_clean_when_ended(void);
/* The clock, in whole seconds. */
struct prereq_time system_now(void);
/* Milliseconds of a clock that never goes back; only differences mean something. */
uint64_t system_milliseconds(void);
void system_sleep(unsigned milliseconds);
bool system_messages_on_terminal(void);
/* The folder that the running program lies in, without a final separator.  NULL: cannot be told. */
const char *system_program_folder(struct prereq_arena *arena);

#endif
