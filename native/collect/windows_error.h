/* SPDX-License-Identifier: MIT */
/* windows_error.h - error numbers of Windows as answers of a source. */
#ifndef PREREQ_WINDOWS_ERROR_H
#define PREREQ_WINDOWS_ERROR_H

#include "collect/source.h"

/* What a Win32 error says when `what` ("The key HKLM\X") was looked at: FOUND for 0, ABSENT for the
 * numbers that mean "there is no such thing", else UNAVAILABLE with *why filled. */
enum prereq_look prereq_look_of_error(uint32_t number, const char *what,
                                      struct prereq_refusal *why);
/* The same for a number of which none means "not there": UNAVAILABLE always. */
enum prereq_look prereq_refuse_error(uint32_t number, const char *what, struct prereq_refusal *why);
/* NTSTATUS and HRESULT, written as 0xC0000022. */
enum prereq_look prereq_refuse_status(uint32_t number, const char *what,
                                      struct prereq_refusal *why);
enum prereq_look prereq_refuse_memory(struct prereq_refusal *why);

#endif
