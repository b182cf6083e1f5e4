/* SPDX-License-Identifier: MIT */
/* proof_end.c - what has to hold when all steps are done: goals, what came off, what was put on,
 * and everything that was sound before. */
#include "proof/proof_parts.h"

static bool is_on(int state) /* Compliant, or covered by what is */
{
    return prereq_state_is_sound(state);
}

static bool is_goal(const struct prereq_walk *walk, uint32_t pair)
{
    for (size_t i = 0; i < walk->claim->goal_count; i++) {
        if (walk->claim->goals[i] == pair)
            return true;
    }
    return false;
}

static bool is_listed(const struct prereq_walk *walk, uint32_t pair)
{
    for (size_t i = 0; i < walk->claim->restore_count; i++) {
        if (walk->claim->restore[i] == pair)
            return true;
    }
    return false;
}

static bool is_fault(int state)
{
    return prereq_state_is_fault(state);
}

/* A step is about it, about one of its files, or about what it needs. */
static bool is_touched(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_catalog *catalog = walk->host->catalog;
    const struct prereq_cpatch *entry = prereq_walk_entry(walk, pair);

    for (uint32_t by = 0; by < walk->host->pair_count; by++) {
        if (!walk->walked[by].put_on && !walk->walked[by].came_off)
            continue;
        if (by == pair || prereq_walk_share(walk, by, pair))
            return true;
        for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++) {
            const struct prereq_cgroup *group = &catalog->groups[g];

            for (uint32_t a = group->first; a < group->first + group->count; a++) {
                if (catalog->alternatives[a].patch != PREREQ_NONE &&
                    prereq_catalog_supersedes(catalog, walk->host->pairs[by].patch,
                                              catalog->alternatives[a].patch))
                    return true;
            }
        }
    }
    return false;
}

/* Neither goal nor step: was it in effect, or covered, and is it as good as it was? */
static bool is_worse(struct prereq_walk *walk, uint32_t pair, int after)
{
    struct prereq_sitting *found = &walk->trial->now;
    int before = prereq_base_state(found, pair);
    bool was_on =
        prereq_effect(found, pair).verdict == PREREQ_TRUE || before == PREREQ_STATE_SUPERSEDED;
    bool at_fault = is_fault(before) ||
                    (walk->host->differs && is_fault(prereq_base_state(&walk->trial->later, pair)));

    if (!was_on || (walk->claim->excused && walk->claim->excused[pair]))
        return false;
    if (before == PREREQ_STATE_UNKNOWN)
        return after != PREREQ_STATE_UNKNOWN;
    return !at_fault || after != before || is_touched(walk, pair);
}

/* A later one that holds it is on: the way there may have led over what applies no longer. */
static bool is_covered(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_pair *about = &walk->host->pairs[pair];

    return prereq_satisfied(&walk->now_sitting, about->patch, about->target, false).verdict ==
           PREREQ_TRUE;
}

static enum prereq_proof_fault check_pair(struct prereq_walk *walk, uint32_t pair)
{
    const struct prereq_walked *walked = &walk->walked[pair];
    int after = prereq_base_state(&walk->now_sitting, pair);
    bool applied = prereq_base_state(&walk->trial->now, pair) != PREREQ_STATE_NOT_APPLICABLE;
    bool gone = after == PREREQ_STATE_NOT_APPLICABLE;
    bool on = is_on(after) || (gone && is_covered(walk, pair));

    if (is_goal(walk, pair) && (applied || !gone) && !on)
        return gone ? PREREQ_PROOF_GOAL_GONE : PREREQ_PROOF_GOAL_OPEN;
    if (walked->came_off && !is_listed(walk, pair))
        return PREREQ_PROOF_NOT_LISTED;
    if (walked->came_off && !is_on(after) && !gone)
        return PREREQ_PROOF_FORGOTTEN;
    if (walked->put_on && !on)
        return PREREQ_PROOF_PUT_ON_UNSOUND;
    return is_on(after) || gone || !is_worse(walk, pair, after) ? PREREQ_PROOF_HOLDS
                                                                : PREREQ_PROOF_LOST;
}

struct prereq_proof prereq_proof_end(struct prereq_walk *walk)
{
    struct prereq_proof proof = {PREREQ_PROOF_HOLDS, 0, PREREQ_NONE};

    if (walk->due)
        return (struct prereq_proof){PREREQ_PROOF_RESTART_MISSING, 0, PREREQ_NONE};
    for (uint32_t pair = 0; pair < walk->host->pair_count; pair++) {
        proof.fault = check_pair(walk, pair);
        proof.pair = pair;
        if (proof.fault != PREREQ_PROOF_HOLDS)
            return proof;
    }
    proof.pair = PREREQ_NONE;
    return proof;
}
