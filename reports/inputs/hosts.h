/* SPDX-License-Identifier: MIT */
/* hosts.h - the hosts of DOC... one by one: facts are judged, assessments come as they are.
 *
 * A host that cannot be used is told on standard error and counted; the others still come. */
#ifndef REPORTS_HOSTS_H
#define REPORTS_HOSTS_H

#include "inputs/inputs.h"
#include "program/options.h"

struct host {
    const char *name;                 /* of its document */
    const struct prereq_facts *facts; /* NULL: an assessment came in */
    const struct prereq_assessment *assessment;
    const struct prereq_assessment *previous;
    const char *same_as; /* the document that spoke of this host first; NULL: none did */
};

enum host_result {
    HOST_END,
    HOST_NEXT,
    HOST_BAD, /* left out, and told: *err says why */
};

struct hosts;

/* `plans`: the assessments shall hold plans.  What the options name is loaded now, the built-in
 * catalog alone when the first facts come. */
enum prereq_status hosts_open(const struct options *options, bool plans, struct hosts **hosts,
                              struct prereq_error *err);
/* The host and all in it live until the next call. */
enum host_result hosts_next(struct hosts *hosts, struct host *host, struct prereq_error *err);
/* The host of the last call cannot be shown after all: tell it and count it as left out. */
void hosts_leave_out(struct hosts *hosts, const struct host *host, struct prereq_error *err);
/* What facts were judged with last; only while a host with facts is current. */
const struct prereq_judge *hosts_judge(const struct hosts *hosts);
/* What the options load, for all hosts; its scope is there from hosts_open() on. */
const struct prereq_judge *hosts_run_judge(const struct hosts *hosts);
struct prereq_arena *hosts_arena(struct hosts *hosts); /* of the current host */
struct prereq_time hosts_now(const struct hosts *hosts);
/* Done, unusable (nothing came), partly, or I/O: of what came so far. */
enum outcome hosts_outcome(const struct hosts *hosts);
void hosts_close(struct hosts *hosts); /* NULL is allowed */

#endif
