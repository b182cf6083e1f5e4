/* SPDX-License-Identifier: MIT */
/* R.h - keeps libxlsxwriter silent: with USE_R_LANG it reports through REprintf instead of stderr.
 * The callers of libxlsxwriter look at its status and print what is to be said themselves. */
#ifndef PREREQ_SILENT_R_H
#define PREREQ_SILENT_R_H

#define REprintf(...) ((void)0)

#endif
