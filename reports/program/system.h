/* SPDX-License-Identifier: MIT */
/* system.h - what the program asks its surroundings: the clock, the terminal, its own place. */
#ifndef REPORTS_SYSTEM_H
#define REPORTS_SYSTEM_H

#include "base/base.h"

/* The clock, in whole seconds. */
struct prereq_time system_now(void);
/* Milliseconds of a clock that never goes back; only differences mean something. */
uint64_t system_milliseconds(void);
void system_sleep(unsigned milliseconds);
bool system_messages_on_terminal(void);
/* The folder that the running program lies in, without a final separator.  NULL: cannot be told. */
const char *system_program_folder(struct prereq_arena *arena);

#endif
