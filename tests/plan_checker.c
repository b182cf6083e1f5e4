/* SPDX-License-Identifier: MIT */
/* plan_checker.c - what steps do, read a second time, and what they are allowed. */
#include "plan_checker.h"

#include <stdio.h>
#include <string.h>

static char message[300];

static const char *wrong(const char *patch, const char *what)
{
    (void)snprintf(message, sizeof(message), "%s %s", patch ? patch : "", what);
    return message;
}

static bool is_good(int state)
{
    return state == PREREQ_STATE_NOT_APPLICABLE || state == PREREQ_STATE_SUPERSEDED ||
           state == PREREQ_STATE_COMPLIANT;
}

static bool is_package_step(const struct prereq_step_row *step)
{
    return step->action == PREREQ_STEP_INSTALL || step->action == PREREQ_STEP_APPLY_BASELINE;
}

/* ---- what is allowed ---- */

static int chain_of(const struct checker *checker, size_t p)
{
    return checker->catalog->patches[p].chain ? checker->catalog->patches[p].chain
                                              : PREREQ_CHAIN_NO_SHARED_FILE;
}

static bool may_chain(const struct checker *checker, size_t a, size_t b)
{
    if (chain_of(checker, a) == PREREQ_CHAIN_NEVER || chain_of(checker, b) == PREREQ_CHAIN_NEVER)
        return false;
    return (chain_of(checker, a) == PREREQ_CHAIN_ALWAYS &&
            chain_of(checker, b) == PREREQ_CHAIN_ALWAYS) ||
           !checker_share(checker, a, b);
}

static const char *may_install_now(const struct checker *checker, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    for (size_t g = 0; g < patch->prerequisite_count; g++) {
        const struct prereq_group *group = &patch->prerequisites[g];
        enum check_answer answer = checker_group(checker, &checker->now, p, group);

        if (answer != CHECK_YES && answer != CHECK_NOT_THERE)
            return wrong(patch->id, "goes on before what it needs");
        for (size_t i = 0; group->restart_before == PREREQ_FLAG_TRUE && i < group->any_of_count;
             i++) {
            for (size_t k = 0; k < checker->catalog->patch_count; k++) {
                if (checker->since[k] && group->any_of[i].patch &&
                    checker_supersedes(checker, k, checker_find(checker, group->any_of[i].patch)))
                    return wrong(patch->id, "goes on without a restart behind what it needs");
            }
        }
    }
    for (size_t k = 0; k < checker->catalog->patch_count; k++) {
        if (checker->left[k] && !may_chain(checker, k, p))
            return wrong(patch->id, "may not be chained with what is pending");
    }
    return NULL;
}

static const char *may_install(const struct checker *checker, size_t p,
                               const struct prereq_step_row *step)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    if ((patch->kind == PREREQ_KIND_BASELINE) != (step->action == PREREQ_STEP_APPLY_BASELINE))
        return wrong(patch->id, "has the wrong kind of step");
    if (checker->put_on[p])
        return wrong(patch->id, "goes on twice");
    if (patch->withdrawn.known)
        return wrong(patch->id, "was withdrawn");
    if (checker->records[p].on &&
        (patch->refuses_while_recorded == PREREQ_FLAG_TRUE || patch->permanent == PREREQ_FLAG_TRUE))
        return wrong(patch->id, "refuses to go on while it is recorded");
    if (checker_below_recorded(checker, &checker->now, p))
        return wrong(patch->id, "is below the recorded level");
    if (patch->commands && patch->commands->install &&
        patch->commands->install->needs_extract == PREREQ_FLAG_TRUE && !checker->extracted[p])
        return wrong(patch->id, "was not unpacked");
    return may_install_now(checker, p);
}

static const char *may_uninstall(const struct checker *checker, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    if (!checker->records[p].on || patch->permanent == PREREQ_FLAG_TRUE || !patch->commands ||
        !patch->commands->uninstall)
        return wrong(patch->id, "cannot come off");
    if (patch->commands->uninstall->needs_extract == PREREQ_FLAG_TRUE && !checker->extracted[p])
        return wrong(patch->id, "was not unpacked");
    for (size_t k = 0; k < checker->catalog->patch_count; k++) {
        const struct check_record *one = &checker->records[p], *other = &checker->records[k];

        if (k == p || !other->on || checker->catalog->patches[k].kind == PREREQ_KIND_BASELINE ||
            !checker_share(checker, p, k))
            continue;
        if (checker->put_on[k])
            return wrong(patch->id, "comes off behind what set its file");
        if (!one->time_known || !other->time_known)
            return wrong(patch->id, "comes off in an order that is not known");
        if (one->day_only || other->day_only ? other->last / 86400 >= one->last / 86400
                                             : other->last >= one->last)
            return wrong(patch->id, "comes off before one that went on later");
    }
    return NULL;
}

/* ---- steps ---- */

static void install(struct checker *checker, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];
    bool at_restart = patch->at_restart == PREREQ_FLAG_TRUE;

    checker_put_on(checker, &checker->later, p);
    if (!at_restart)
        checker_put_on(checker, &checker->now, p);
    checker->records[p] = (struct check_record){
        .on = true, .time_known = true, .first = checker->clock, .last = checker->clock};
    checker->since[p] = checker->put_on[p] = true;
    checker->left[p] = at_restart || patch->restart != PREREQ_RESTART_NO;
    checker->due |= checker->left[p];
    checker->now.pending[0] |= checker->left[p];
}

static void restart(struct checker *checker)
{
    memset(checker->later.pending, 0, sizeof(checker->later.pending));
    checker->now = checker->later;
    memset(checker->since, 0, sizeof(checker->since));
    memset(checker->left, 0, sizeof(checker->left));
    checker->due = false;
    checker->start_up = checker->clock;
    checker->restarts++;
}

/* A person makes the rule hold. */
static void see_to(struct checker *checker, struct check_world *world,
                   const struct prereq_rule *rule)
{
    for (size_t i = 0; rule->setting && i < checker->setting_count; i++) {
        if (strcmp(world->settings[i].name, rule->setting->name) == 0) {
            world->settings[i].number = rule->setting->number->equals[0];
            world->settings[i].gone = false;
        }
    }
}

/* Configure and manual steps: the record goes, or a remedy is done, or a person waits. */
static const char *other_step(struct checker *checker, size_t p, const struct prereq_step_row *step)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    if (patch->commands && patch->commands->remove_record && step->program &&
        strcmp(step->program, patch->commands->remove_record->program) == 0) {
        checker->records[p] = (struct check_record){.on = false};
        checker->in_restore[p] = true;
        return NULL;
    }
    for (size_t g = 0; g < patch->prerequisite_count; g++) {
        for (size_t i = 0; i < patch->prerequisites[g].any_of_count; i++) {
            const struct prereq_alternative *one = &patch->prerequisites[g].any_of[i];
            const char *text = one->remedy ? one->remedy->text : patch->prerequisites[g].why;

            if (one->patch || strcmp(text, step->reason) != 0)
                continue;
            if (!one->remedy || one->remedy->set_count == 0) {
                see_to(checker, &checker->now, one->rule);
                see_to(checker, &checker->later, one->rule);
                return NULL;
            }
            checker_apply_sets(checker, &checker->later, one->remedy->sets, one->remedy->set_count);
            if (one->remedy->at_restart != PREREQ_FLAG_TRUE)
                checker_apply_sets(checker, &checker->now, one->remedy->sets,
                                   one->remedy->set_count);
            else
                checker->due = checker->now.pending[0] = true;
            return NULL;
        }
    }
    return wrong(patch->id, "has a step that belongs to nothing");
}

static const char *patch_step(struct checker *checker, size_t p, const struct prereq_step_row *step)
{
    const char *refused = NULL;

    if (is_package_step(step)) {
        refused = may_install(checker, p, step);
        if (!refused)
            install(checker, p);
        return refused;
    }
    if (step->action == PREREQ_STEP_EXTRACT) {
        checker->extracted[p] = true;
        return NULL;
    }
    if (step->action != PREREQ_STEP_UNINSTALL)
        return other_step(checker, p, step);
    refused = may_uninstall(checker, p);
    if (refused)
        return refused;
    checker_take_off(checker, &checker->now, p);
    checker_take_off(checker, &checker->later, p);
    checker->records[p] = (struct check_record){.on = false};
    checker->came_off[p] = checker->in_restore[p] = true;
    return NULL;
}

const char *checker_step(struct checker *checker, const struct prereq_step_row *step)
{
    size_t patch;

    checker->clock += 60;
    if (step->action == PREREQ_STEP_RESTART) {
        restart(checker);
        return NULL;
    }
    if (step->action == PREREQ_STEP_VERIFY)
        return NULL;
    patch = step->patch_id ? checker_find(checker, step->patch_id) : SIZE_MAX;
    if (patch == SIZE_MAX)
        return wrong(step->patch_id, "is no patch");
    return patch_step(checker, patch, step);
}

static bool goes_on(const struct checker *checker, size_t p,
                    const struct prereq_step_row *const *rest, size_t rest_count)
{
    bool on = checker->put_on[p];

    for (size_t i = 0; i < rest_count; i++)
        on |= is_package_step(rest[i]) && checker_find(checker, rest[i]->patch_id) == p;
    return on;
}

/* `first` is named in an ordered group of `p`, and nothing else of the group was on all the time.
 */
static bool ordered_before(const struct checker *checker, size_t first, size_t p,
                           const struct prereq_step_row *const *rest, size_t rest_count)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    for (size_t g = 0; g < patch->prerequisite_count; g++) {
        const struct prereq_group *group = &patch->prerequisites[g];
        bool named = false, another = false;

        for (size_t i = 0; group->ordered == PREREQ_FLAG_TRUE && i < group->any_of_count; i++) {
            size_t alternative = checker_find(checker, group->any_of[i].patch);

            named |= alternative == first;
            for (size_t k = 0; k < checker->catalog->patch_count; k++)
                another |= k != first && checker->was_on[k] &&
                           checker_supersedes(checker, k, alternative) &&
                           !goes_on(checker, k, rest, rest_count);
        }
        if (named && !another)
            return true;
    }
    return false;
}

static bool in_old_order(const struct checker *checker, size_t first, size_t second)
{
    return !checker->old[first].time_known || !checker->old[second].time_known ||
           checker->old[first].last <= checker->old[second].last;
}

static bool has_old_order(const struct checker *checker, size_t first, size_t second)
{
    bool replaces = checker->catalog->patches[first].file_mode == PREREQ_FILES_REPLACED ||
                    checker->catalog->patches[second].file_mode == PREREQ_FILES_REPLACED;

    return !replaces && (checker->came_off[first] || checker->came_off[second]) &&
           checker_share(checker, first, second) && !in_old_order(checker, second, first);
}

const char *checker_order(const struct checker *checker, const struct prereq_step_row *step,
                          const struct prereq_step_row *const *rest, size_t rest_count)
{
    size_t p = is_package_step(step) ? checker_find(checker, step->patch_id) : SIZE_MAX;

    for (size_t i = 0; p != SIZE_MAX && i < rest_count; i++) {
        size_t other = rest[i]->patch_id ? checker_find(checker, rest[i]->patch_id) : SIZE_MAX;

        if (other == p || other == SIZE_MAX)
            continue;
        if (rest[i]->action == PREREQ_STEP_UNINSTALL && checker_share(checker, p, other))
            return wrong(step->patch_id, "sets a file that is given back later");
        if (!is_package_step(rest[i]))
            continue;
        if (ordered_before(checker, other, p, rest, rest_count))
            return wrong(step->patch_id, "goes on before what must have been on earlier");
        if (has_old_order(checker, other, p) && !checker->old_order_yields)
            return wrong(step->patch_id, "goes on again out of its old order");
    }
    return NULL;
}

/* The founding fault, made by the tool itself: what was sound came off, and a file of it is older
 * than it brought, in the list of no later one that is on. */
static bool has_lost_a_file(struct checker *checker, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];

    for (size_t i = 0; i < patch->file_count; i++) {
        const struct check_file *file = checker_file(checker, &checker->now, patch->files[i].path);
        bool listed = false;

        for (size_t k = 0; k < checker->catalog->patch_count; k++) {
            const struct prereq_patch *later = &checker->catalog->patches[k];

            for (size_t f = 0; k != p && f < later->file_count; f++)
                listed |= checker_recorded(checker, &checker->now, k) &&
                          checker_supersedes(checker, k, p) &&
                          strcmp(later->files[f].path, patch->files[i].path) == 0;
        }
        if (!listed && (file->lost || file->gone ||
                        prereq_version_compare(file->version, patch->files[i].version) < 0))
            return true;
    }
    return false;
}

const char *checker_end(struct checker *checker, const char *const *goals, size_t goal_count)
{
    if (checker->due)
        return wrong(NULL, "a restart is missing at the end");
    for (size_t i = 0; i < goal_count; i++) {
        if (!is_good(checker_state(checker, &checker->now, checker_find(checker, goals[i]))))
            return wrong(goals[i], "is a goal and not reached");
    }
    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        int before = checker->state_before[p], after = checker_state(checker, &checker->now, p);

        if (checker->came_off[p] && checker->was_on[p] && has_lost_a_file(checker, p))
            return wrong(checker->catalog->patches[p].id, "came off, and a file of it is lost");
        if (is_good(after))
            continue;
        if (checker->came_off[p])
            return wrong(checker->catalog->patches[p].id, "came off and is forgotten");
        if (checker->was_on[p] && is_good(before) && !checker->falls[p])
            return wrong(checker->catalog->patches[p].id, "was sound and is not any more");
        if (checker->was_on[p] && before == PREREQ_STATE_OUT_OF_ORDER &&
            after == PREREQ_STATE_UNKNOWN)
            return wrong(checker->catalog->patches[p].id, "was a proven fault and is unknown");
    }
    return NULL;
}
