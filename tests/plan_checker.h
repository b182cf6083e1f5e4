/* SPDX-License-Identifier: MIT */
/* plan_checker.h - a second reading of what steps do, for tests: it shares no code with the
 * planner.
 *
 * It works on the documents as they are read (catalog.h, facts.h) and knows what the tests'
 * catalogs use: file rows by version, the service pack as marker, settings, prerequisites of every
 * kind with order, baselines that raise or replace, backups, chains and restarts. */
#ifndef PREREQ_TESTS_PLAN_CHECKER_H
#define PREREQ_TESTS_PLAN_CHECKER_H

#include "assess/assess.h"

#define CHECK_PATCHES 24
#define CHECK_FILES 48
#define CHECK_SETTINGS 8

enum check_answer { /* weaker ones come later: of "all", the largest decides but NO beats all */
                    CHECK_YES,
                    CHECK_NO,
                    CHECK_UNSURE,
                    CHECK_NOT_THERE, /* the question does not apply */
};

struct check_file {
    const char *path;
    bool unknown, gone, lost; /* lost: taken away by a step, every test on it fails */
    struct prereq_version version;
    struct prereq_version before; /* before it was lost */
};

struct check_setting {
    const char *name;
    bool unknown, gone;
    uint64_t number;
};

struct check_world {
    struct check_file files[CHECK_FILES];
    struct check_setting settings[CHECK_SETTINGS];
    uint64_t level;
    bool pending[PREREQ_RESTART_SOURCES + 1]; /* [0]: something that a step left */
};

struct check_record {
    bool on, backup, time_known, day_only;
    int64_t first, last;
};

struct checker {
    const struct prereq_catalog_file *catalog;
    struct check_world now, later;
    size_t file_count, setting_count;
    struct check_record records[CHECK_PATCHES], old[CHECK_PATCHES];
    bool in_restore[CHECK_PATCHES];
    int64_t clock, start_up;
    bool due;              /* a step asks for a restart */
    bool old_order_yields; /* no order of the steps keeps to it */
    size_t restarts;
    bool since[CHECK_PATCHES],
        left[CHECK_PATCHES]; /* since the last restart: went on; left something */
    bool extracted[CHECK_PATCHES], came_off[CHECK_PATCHES], put_on[CHECK_PATCHES];
    bool was_on[CHECK_PATCHES];
    bool falls[CHECK_PATCHES]; /* behind the restart that was due before the plan */
    int state_before[CHECK_PATCHES];
};

/* Both return NULL where all is well, else what is wrong; the text lives until the next call. */
const char *checker_start(struct checker *checker, const struct prereq_catalog_file *catalog,
                          const struct prereq_facts *facts, const char *const *restore,
                          size_t restore_count);
const char *checker_step(struct checker *checker, const struct prereq_step_row *step);
/* Put on again in their old order, and nothing taken off later than what set its file: of the acts
 * that are still to come, none may have had to come before this one. */
const char *checker_order(const struct checker *checker, const struct prereq_step_row *step,
                          const struct prereq_step_row *const *rest, size_t rest_count);
const char *checker_end(struct checker *checker, const char *const *goals, size_t goal_count);

size_t checker_find(const struct checker *checker, const char *id);
/* State by the table and with superseders, of the world before or behind the restart. */
int checker_state(const struct checker *checker, const struct check_world *world, size_t patch);
enum check_answer checker_effect(const struct checker *checker, const struct check_world *world,
                                 size_t patch);
enum check_answer checker_group(const struct checker *checker, const struct check_world *world,
                                size_t patch, const struct prereq_group *group);
bool checker_recorded(const struct checker *checker, const struct check_world *world, size_t patch);
bool checker_below_recorded(const struct checker *checker, const struct check_world *world,
                            size_t patch);
bool checker_supersedes(const struct checker *checker, size_t later, size_t earlier);
bool checker_share(const struct checker *checker, size_t a, size_t b);
struct check_file *checker_file(const struct checker *checker, struct check_world *world,
                                const char *path);

/* plan_checker_world.c */
void checker_apply_sets(struct checker *checker, struct check_world *world,
                        const struct prereq_set *sets, size_t count);
void checker_put_on(struct checker *checker, struct check_world *world, size_t patch);
void checker_take_off(struct checker *checker, struct check_world *world, size_t patch);

/* The host as it is now, as members of a facts document.  `guise` picks what is found of lost
 * files: nothing, an older file, or the one from before. */
void checker_facts(const struct checker *checker, unsigned guise, struct prereq_buffer *out);

#endif
