/* SPDX-License-Identifier: MIT */
/* load.h - what a run judges with, from files: catalog folders, policy, waivers, scope. */
#ifndef REPORTS_LOAD_H
#define REPORTS_LOAD_H

#include "patchprereq.h"
#include "program/options.h"

/* The files of all catalog folders in load order: the built-in one, then each --catalog in the
 * order given.  In a folder: catalog.json, then <family>/<name>.json sorted by bytes. */
struct load_parts {
    const struct prereq_catalog_part *parts;
    size_t part_count;
    const struct prereq_catalog_info *infos; /* one per folder */
    const char *const *folders;
    size_t info_count;
    const struct prereq_lint_finding *unreadable; /* files passed over; only for load_all_parts() */
    size_t unreadable_count;
};

/* Stops at the first file that cannot be used. */
enum prereq_status load_parts(const struct options *options, struct load_parts *parts,
                              struct prereq_error *err);
/* For lint: a file whose content is wrong becomes a finding.  `more` are folders after those of the
 * options; *first_of_more is the number of the first part in them. */
enum prereq_status load_all_parts(const struct options *options, const char *const *more,
                                  size_t more_count, struct load_parts *parts,
                                  size_t *first_of_more, struct prereq_error *err);
enum prereq_status load_catalog(const struct options *options,
                                const struct prereq_catalog **catalog, struct prereq_error *err);
/* An entry by what the command line says.  A number that several entries have is refused with a
 * list of them: without a host nothing says which is meant. */
enum prereq_status load_entry(const struct prereq_catalog *catalog, const char *id, size_t *index,
                              struct prereq_error *err);
/* Catalog, policy, waivers and scope into `judge`, with the hash of each file among its inputs. */
enum prereq_status load_judge(const struct options *options, struct prereq_judge *judge,
                              struct prereq_error *err);
/* Whether any option of the command line says what to judge with; they cannot be had with
 * assessments.  NULL or the name of such an option. */
const char *load_judge_option(const struct options *options);
/* --now, or the clock. */
enum prereq_status load_now(const struct options *options, struct prereq_time *now,
                            struct prereq_error *err);
/* Whether --host-id, where given, is an id. */
enum prereq_status load_host_id(const struct options *options, struct prereq_error *err);
/* The folder of the built-in catalog; NULL for want of memory. */
const char *load_builtin_folder(struct prereq_arena *arena);

#endif
