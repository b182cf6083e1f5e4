/* SPDX-License-Identifier: MIT */
/* plan_script.h - plans as scripts that an administrator can read, and a host can run.
 *
 * A script runs the commands of the catalog one by one, looks at their exit codes, and stops at
 * each restart and at each step that a person has to do, saying how to go on.  Whatever an
 * inventory holds (names of hosts and instances) stands in it as data only. */
#ifndef REPORTS_PLAN_SCRIPT_H
#define REPORTS_PLAN_SCRIPT_H

#include "patchprereq.h"

/* A batch file for cmd.exe of Windows NT 4.0 and later, ASCII with CR LF.  PREREQ_BAD_INPUT: a
 * command holds what no batch file can say. */
enum prereq_status plan_cmd_write(const struct prereq_assessment *assessment,
                                  const struct prereq_plan *plan, struct prereq_buffer *out,
                                  struct prereq_error *err);
/* For PowerShell 2.0 and later, UTF-8 with byte order mark and CR LF; -WhatIf shows what would be
 * done.  PREREQ_BAD_INPUT: the host never had PowerShell. */
enum prereq_status plan_powershell_write(const struct prereq_assessment *assessment,
                                         const struct prereq_plan *plan, struct prereq_buffer *out,
                                         struct prereq_error *err);

/* Exit codes of both scripts, beside those of the programs that they run. */
#define SCRIPT_REFUSED 2       /* wrong host, a missing package, a wrong step: nothing was run */
#define SCRIPT_PERSON 10       /* a person has to do the step, then goes on behind it */
#define SCRIPT_RESTART 3010    /* a restart is due, then it goes on behind it */
#define SCRIPT_RESTARTING 1641 /* of a program: it restarts the computer by itself */

/* What the two have in common: plan_script.c. */

/* The step has a command that the script runs. */
bool script_runs(const struct prereq_step_row *step);
/* A program of the system itself: its name alone, and not from a package. */
bool script_is_system(const struct prereq_step_row *step);
/* The folder of the unpacked package: the patch's id, safe as a file name. */
void script_folder(const struct prereq_step_row *step, struct prereq_buffer *out);
/* Sentences for people, one call a line: what the step is, why, and how to see that it is done. */
typedef void script_line(struct prereq_buffer *out, const char *text);
void script_head(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                 script_line *line, struct prereq_buffer *out);
void script_person(const struct prereq_step_row *step, script_line *line,
                   struct prereq_buffer *out);
/* Its name as %COMPUTERNAME% shows it: the first label of the host's name, 15 characters at most.
 * Nothing is added where the document has no name of the host: then no computer is known to be it.
 */
void script_host(const struct prereq_assessment *assessment, struct prereq_buffer *out);

#endif
