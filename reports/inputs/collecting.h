/* SPDX-License-Identifier: MIT */
/* collecting.h - what commands that collect have in common: clock, end of the time, progress. */
#ifndef REPORTS_COLLECTING_H
#define REPORTS_COLLECTING_H

#include "collect/collect.h"
#include "program/options.h"

struct collecting {
    struct prereq_time now; /* --now; not known: the clock's */
    uint64_t end;           /* of system_milliseconds(); 0: never */
};

/* From --now, --timeout, --host-id and --no-user-names; the time begins to run.  `collecting` must
 * live as long as the collection. */
enum prereq_status collecting_begin(const struct options *options, struct collecting *collecting,
                                    struct prereq_collect_options *wanted,
                                    struct prereq_error *err);
/* A whole number from `low` to `high`. */
enum prereq_status collecting_number(const char *option, const char *text, unsigned low,
                                     unsigned high, unsigned *number, struct prereq_error *err);

#endif
