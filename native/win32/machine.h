/* SPDX-License-Identifier: MIT */
/* machine.h - what `refresh` asks of the Windows that it runs on: places, settings, trust, events.
 */
#ifndef PREREQ_WIN32_MACHINE_H
#define PREREQ_WIN32_MACHINE_H

#include "machine/event_log.h"
#include "machine/places.h"

/* %ProgramData%\PatchPrereq, as Windows knows it; the environment is not asked. */
enum prereq_status prereq_machine_folder(struct prereq_arena *arena, const char **folder,
                                         struct prereq_error *err);
/* The settings of the registry. */
enum prereq_status prereq_machine_settings(struct prereq_arena *arena,
                                           struct prereq_settings *settings,
                                           struct prereq_error *err);
/* Runs as SYSTEM, or as an administrator who said yes. */
bool prereq_machine_elevated(void);
/* A whole file as prereq_file_read() gives it, of one that is trusted.  PREREQ_BAD_INPUT: it is
 * not, and the sentence says why. */
enum prereq_status prereq_machine_read(const char *path, size_t limit, char **bytes, size_t *len,
                                       struct prereq_error *err);
/* The same decision about a folder. */
enum prereq_status prereq_machine_folder_trusted(const char *path, struct prereq_error *err);
/* Into the event log.  A log that takes nothing is nothing that a refresh may fail of. */
void prereq_machine_event(enum prereq_event event, const char *const words[PREREQ_EVENT_WORDS]);

#endif
