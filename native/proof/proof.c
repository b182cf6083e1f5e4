/* SPDX-License-Identifier: MIT */
/* proof.c - the walk over a finished plan, and the words for what it finds. */
#include "proof/proof_parts.h"

static const struct {
    const char *code, *words;
} faults[PREREQ_PROOF_FAULTS] = {
    [PREREQ_PROOF_HOLDS] = {"holds", "holds"},
    [PREREQ_PROOF_TWICE] = {"twice", "would go on twice"},
    [PREREQ_PROOF_WITHDRAWN] = {"withdrawn", "was withdrawn and would go on"},
    [PREREQ_PROOF_PERMANENT] = {"permanent", "is permanent and would come off or go on again"},
    [PREREQ_PROOF_RECORD_STANDS] = {"record_stands", "would go on while its record stands"},
    [PREREQ_PROOF_NOT_HERE] = {"not_here", "would go on where it does not apply"},
    [PREREQ_PROOF_OTHER_BRANCH] = {"other_branch", "belongs to another branch and would go on"},
    [PREREQ_PROOF_LOWER_LEVEL] = {"lower_level", "would go on below a recorded level"},
    [PREREQ_PROOF_NEEDS_UNMET] = {"needs_unmet", "would go on before what it needs"},
    [PREREQ_PROOF_NO_RESTART_BETWEEN] = {"no_restart_between",
                                         "would go on without a restart behind what it needs"},
    [PREREQ_PROOF_CHAINED] = {"chained", "may not go on before the restart that is due"},
    [PREREQ_PROOF_TOO_SOON] = {"too_soon", "would go on too few days behind what it needs"},
    [PREREQ_PROOF_NOT_UNPACKED] = {"not_unpacked", "would run from a package that is not unpacked"},
    [PREREQ_PROOF_NOT_RECORDED] = {"not_recorded", "would come off and is not recorded"},
    [PREREQ_PROOF_CANNOT_COME_OFF] = {"cannot_come_off", "would come off and cannot be removed"},
    [PREREQ_PROOF_OUT_OF_TURN] = {"out_of_turn", "would come off before one that went on later"},
    [PREREQ_PROOF_TAKES_BACK] = {"takes_back", "would come off behind what sets its file"},
    [PREREQ_PROOF_NO_REMEDY] = {"no_remedy", "needs a step of which nobody says what it is"},
    [PREREQ_PROOF_RESTART_MISSING] = {"restart_missing",
                                      "the restart that is due at the end is missing"},
    [PREREQ_PROOF_GOAL_OPEN] = {"goal_open", "is a goal and would not be sound at the end"},
    [PREREQ_PROOF_GOAL_GONE] = {"goal_gone", "is a goal and would only cease to apply"},
    [PREREQ_PROOF_FORGOTTEN] = {"forgotten", "comes off and would not be sound at the end"},
    [PREREQ_PROOF_NOT_LISTED] = {"not_listed", "comes off and is not in the list of what does"},
    [PREREQ_PROOF_PUT_ON_UNSOUND] = {"put_on_unsound",
                                     "is put on and would not be sound at the end"},
    [PREREQ_PROOF_LOST] = {"lost", "would be worse at the end than it was"},
};

const char *prereq_proof_code(enum prereq_proof_fault fault)
{
    return faults[fault].code;
}

const char *prereq_proof_words(enum prereq_proof_fault fault)
{
    return faults[fault].words;
}

enum prereq_status prereq_prove(struct prereq_trial *trial, const struct prereq_claim *claim,
                                struct prereq_proof *proof)
{
    struct prereq_walk walk;

    *proof = (struct prereq_proof){PREREQ_PROOF_HOLDS, 0, PREREQ_NONE};
    if (!prereq_walk_open(&walk, trial, claim))
        return PREREQ_NO_MEMORY;
    for (size_t i = 0; i < claim->step_count && !walk.no_memory; i++) {
        enum prereq_proof_fault fault = prereq_proof_step(&walk, &claim->steps[i]);

        if (fault != PREREQ_PROOF_HOLDS) {
            *proof = (struct prereq_proof){fault, i, claim->steps[i].pair};
            return PREREQ_OK;
        }
        prereq_walk_do(&walk, &claim->steps[i]);
    }
    if (walk.no_memory)
        return PREREQ_NO_MEMORY;
    *proof = prereq_proof_end(&walk);
    proof->step = claim->step_count;
    return walk.no_memory ? PREREQ_NO_MEMORY : PREREQ_OK;
}
