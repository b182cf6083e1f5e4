/* SPDX-License-Identifier: MIT */
/* proofs.h - for tests: steps written as text before the proof. */
#ifndef PREREQ_TESTS_PROOFS_H
#define PREREQ_TESTS_PROOFS_H

#include "plans.h"
#include "proof/proof.h"

struct proof_case { /* a host before a catalog, without a planner */
    struct prereq_arena *arena;
    struct prereq_judge judge;
    struct prereq_trial trial;
    struct prereq_error err;
};

static inline void proof_open(struct proof_case *one, struct prereq_arena *arena,
                              const struct prereq_judge *judge, const struct prereq_facts *facts)
{
    *one = (struct proof_case){.arena = arena, .judge = *judge};
    one->trial.arena = arena;
    one->trial.judge = &one->judge;
    one->trial.facts = facts;
    one->trial.err = &one->err;
    if (prereq_trial_open(&one->trial))
        fail_msg("%s", one->err.text);
}

static inline uint32_t proof_pair(const struct proof_case *one, const char *id)
{
    const struct prereq_case *host = one->trial.host;

    for (uint32_t i = 0; i < host->pair_count; i++) {
        if (strcmp(host->pairs[i].id, id) == 0)
            return i;
    }
    fail_msg("no patch %s", id);
    return PREREQ_NONE;
}

/* The rule of a patch's prerequisites that has this text as its remedy; NULL: the first rule. */
static inline const struct prereq_alternative *proof_rule(const struct proof_case *one,
                                                          uint32_t pair, const char *text)
{
    const struct prereq_case *host = one->trial.host;
    const struct prereq_patch *patch = host->catalog->patches[host->pairs[pair].patch].patch;

    for (size_t g = 0; g < patch->prerequisite_count; g++) {
        for (size_t i = 0; i < patch->prerequisites[g].any_of_count; i++) {
            const struct prereq_alternative *alt = &patch->prerequisites[g].any_of[i];

            if (alt->rule && (!text || (alt->remedy && alt->remedy->text &&
                                        strcmp(alt->remedy->text, text) == 0)))
                return alt;
        }
    }
    fail_msg("%s has no such rule", patch->id);
    return NULL;
}

/* One word of a plan's text: "install A", "restart", "wait 3 A". */
static inline struct prereq_proof_step proof_step(const struct proof_case *one, const char *text)
{
    static const struct {
        const char *word;
        enum prereq_proof_action action;
    } words[] = {{"install", PREREQ_PROOF_INSTALL},
                 {"apply-baseline", PREREQ_PROOF_INSTALL},
                 {"uninstall", PREREQ_PROOF_UNINSTALL},
                 {"extract", PREREQ_PROOF_EXTRACT},
                 {"forget", PREREQ_PROOF_REMOVE_RECORD},
                 {"remedy", PREREQ_PROOF_REMEDY},
                 {"wait", PREREQ_PROOF_WAIT}};
    struct prereq_proof_step step = {.action = PREREQ_PROOF_RESTART, .pair = PREREQ_NONE};
    const char *last = strrchr(text, ' ');

    if (strcmp(text, "restart") == 0)
        return step;
    assert_non_null(last);
    for (size_t i = 0; i < PREREQ_COUNT(words); i++) {
        size_t length = strlen(words[i].word);

        if (strncmp(text, words[i].word, length) != 0 || text[length] != ' ')
            continue;
        step.action = words[i].action;
        step.pair = proof_pair(one, last + 1);
        if (step.action == PREREQ_PROOF_REMEDY)
            step.alternative = proof_rule(one, step.pair, NULL);
        if (step.action == PREREQ_PROOF_WAIT)
            step.days = strtol(text + length, NULL, 10);
        return step;
    }
    fail_msg("\"%s\" is no step", text);
    return step;
}

static inline size_t proof_ids(const struct proof_case *one, const char *text, uint32_t *pairs)
{
    char *copy = prereq_strdup(one->arena, text);
    size_t count = 0;

    for (char *at = strtok(copy, " "); at; at = strtok(NULL, " "))
        pairs[count++] = proof_pair(one, at);
    return count;
}

/* What is found of steps with commas between them.  `restore` NULL: what comes off. */
static inline struct prereq_proof proof_of(struct proof_case *one, const char *text,
                                           const char *goals, const char *restore)
{
    char *copy = prereq_strdup(one->arena, text);
    struct prereq_proof_step steps[32];
    uint32_t goal_pairs[16], restore_pairs[32];
    struct prereq_claim claim = {.steps = steps, .goals = goal_pairs, .restore = restore_pairs};
    struct prereq_proof proof;

    for (char *at = strtok(copy, ","); at; at = strtok(NULL, ",")) {
        steps[claim.step_count] = proof_step(one, at + strspn(at, " "));
        if (steps[claim.step_count].action == PREREQ_PROOF_UNINSTALL ||
            steps[claim.step_count].action == PREREQ_PROOF_REMOVE_RECORD)
            restore_pairs[claim.restore_count++] = steps[claim.step_count].pair;
        claim.step_count++;
    }
    claim.goal_count = proof_ids(one, goals, goal_pairs);
    if (restore)
        claim.restore_count = proof_ids(one, restore, restore_pairs);
    assert_int_equal(prereq_prove(&one->trial, &claim, &proof), PREREQ_OK);
    return proof;
}

#endif
