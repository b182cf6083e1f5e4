/* SPDX-License-Identifier: MIT */
/* progress.h - one line on the terminal that says how far long work has come. */
#ifndef REPORTS_PROGRESS_H
#define REPORTS_PROGRESS_H

#include "base/base.h"

/* Shown only when standard error is a terminal and `quiet` is false. */
void progress_start(bool quiet);
/* `total` 0: not known.  Shown a few times a second at most, and not before half a second of work.
 */
void progress_show(const char *what, size_t done, size_t total);
/* Take the line away, before other text or at the end. */
void progress_clear(void);

#endif
