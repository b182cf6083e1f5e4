/* SPDX-License-Identifier: MIT */
/* plan_generator.h - small catalogs and hosts made from a seed, for property tests. */
#ifndef PREREQ_TESTS_PLAN_GENERATOR_H
#define PREREQ_TESTS_PLAN_GENERATOR_H

#include "base/base.h"

#define MADE_PATCHES 7
#define MADE_FILES 6
#define MADE_SETTINGS 2

struct made { /* lists of JSON objects, with ' for "; one by one, so that tests can shuffle them */
    char *patches[MADE_PATCHES], *files[MADE_FILES], *updates[MADE_PATCHES];
    size_t patch_count, file_count, update_count;
    char *rest; /* other members of the facts */
    const char *ids[MADE_PATCHES];
    bool stuck;      /* some patch cannot come off nor go on again */
    unsigned hidden; /* of a file that was not collected: its number + 1 */
};

/* A generator of its own, so that a seed gives the same case everywhere. */
uint32_t made_random(uint64_t *state, uint32_t below);
void make_case(struct made *made, uint64_t seed);
/* Hotfixes that all share one file, come off last in, first out, and supersede each other without
 * listing each other's files. */
void make_shared_case(struct made *made, uint64_t seed);
void free_case(struct made *made);
/* The objects with commas between them, from `turn` on and around. */
char *join_made(char *const *list, size_t count, size_t turn);

#endif
