/* SPDX-License-Identifier: MIT */
/* report_folder.h - whether a report may write into a folder. */
#ifndef REPORTS_REPORT_FOLDER_H
#define REPORTS_REPORT_FOLDER_H

#include "patchprereq.h"

/* PREREQ_BAD_INPUT: the folder is not empty and nothing in it says that a report wrote there, so
 * that what has our names may be other people's.  One that is not there is fine. */
enum prereq_status report_folder_check(const char *folder, struct prereq_error *err);

#endif
