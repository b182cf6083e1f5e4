/* SPDX-License-Identifier: MIT */
/* plan_checker.c - what steps do, read a second time, and what they are allowed. */
#include "plan_checker.h"

#include <inttypes.h>
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

/* ---- the host as the facts have it ---- */

static void load_files(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->file_count && i < CHECK_FILES; i++) {
        const struct prereq_file_fact *fact = &facts->files[i];
        struct check_file *now = &checker->now.files[i], *later = &checker->later.files[i];

        *now = (struct check_file){.path = fact->path,
                                   .gone = fact->status == PREREQ_FACT_ABSENT,
                                   .version = fact->version};
        now->unknown = !now->gone && !fact->version.parts;
        *later = *now;
        if (!fact->pending)
            continue;
        later->gone = fact->pending->removed == PREREQ_FLAG_TRUE;
        later->version = fact->pending->version;
        later->unknown = !later->gone && !later->version.parts;
    }
    checker->file_count = facts->file_count;
}

static void load_settings(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->setting_count && i < CHECK_SETTINGS; i++) {
        checker->now.settings[i] =
            (struct check_setting){.name = facts->settings[i].name,
                                   .gone = facts->settings[i].status == PREREQ_FACT_ABSENT,
                                   .number = facts->settings[i].number.value};
        checker->later.settings[i] = checker->now.settings[i];
    }
    checker->setting_count = facts->setting_count;
}

static void load_records(struct checker *checker, const struct prereq_facts *facts)
{
    for (size_t i = 0; i < facts->update_count; i++) {
        size_t patch = checker_find(checker, facts->updates[i].id);
        const struct prereq_update_record *source = &facts->updates[i].sources[0];

        if (patch == SIZE_MAX)
            continue;
        checker->records[patch] = (struct check_record){
            .on = true,
            .backup = source->backup == PREREQ_FLAG_TRUE,
            .time_known = source->installed_on.known,
            .day_only = source->installed_on.day_only,
            .first = source->installed_on.seconds,
            .last = source->installed_on.seconds};
        checker->since[patch] = source->installed_on.known &&
                                source->installed_on.seconds > checker->start_up;
        checker->left[patch] = checker->since[patch] &&
                               (!checker->catalog->patches[patch].restart ||
                                checker->catalog->patches[patch].restart == PREREQ_RESTART_REQUIRED ||
                                checker->catalog->patches[patch].at_restart == PREREQ_FLAG_TRUE);
    }
}

const char *checker_start(struct checker *checker, const struct prereq_catalog_file *catalog,
                          const struct prereq_facts *facts, const char *const *restore,
                          size_t restore_count)
{
    memset(checker, 0, sizeof(*checker));
    if (catalog->patch_count > CHECK_PATCHES || facts->file_count > CHECK_FILES ||
        facts->setting_count > CHECK_SETTINGS)
        return wrong(NULL, "too large for the checker");
    checker->catalog = catalog;
    checker->clock = facts->collection->finished.seconds;
    checker->start_up = facts->last_start_up.seconds;
    checker->now.level = checker->later.level = facts->os->service_pack.value;
    if (facts->os->pending && facts->os->pending->service_pack.known)
        checker->later.level = facts->os->pending->service_pack.value;
    load_files(checker, facts);
    load_settings(checker, facts);
    load_records(checker, facts);
    for (size_t i = 0; i < facts->pending_restart_count; i++)
        checker->now.pending[facts->pending_restarts[i].source] =
            facts->pending_restarts[i].pending == PREREQ_ANSWER_YES;
    for (size_t i = 0; i < restore_count; i++)
        checker->in_restore[checker_find(checker, restore[i])] = true;
    memcpy(checker->old, checker->records, sizeof(checker->old));
    for (size_t p = 0; p < catalog->patch_count; p++) {
        checker->was_on[p] = checker_effect(checker, &checker->now, p) == CHECK_YES;
        checker->state_before[p] = checker_state(checker, &checker->now, p);
        checker->falls[p] = !is_good(checker_state(checker, &checker->later, p));
    }
    return NULL;
}

/* ---- what steps do to files, settings and the level ---- */

static void lose(struct check_file *file)
{
    if (!file->lost)
        file->before = file->version;
    file->lost = true;
    file->gone = file->unknown = false;
}

static void put_row(struct check_file *file, const struct prereq_file_row *row, bool replaces)
{
    if (!replaces && !file->lost && !file->gone && !file->unknown &&
        prereq_version_compare(file->version, row->version) >= 0)
        return;
    file->version = row->version;
    file->lost = file->gone = file->unknown = false;
}

/* A partial list of a baseline that replaces: what it does to other files of recorded patches is open. */
static void lose_unlisted(struct checker *checker, struct check_world *world, size_t baseline)
{
    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        const struct prereq_patch *patch = &checker->catalog->patches[p];

        for (size_t i = 0; i < patch->file_count; i++) {
            bool listed = false;

            for (size_t k = 0; k < checker->catalog->patches[baseline].file_count; k++)
                listed |= strcmp(checker->catalog->patches[baseline].files[k].path,
                                 patch->files[i].path) == 0;
            if (!listed && p != baseline && checker->records[p].on &&
                patch->kind != PREREQ_KIND_BASELINE)
                lose(checker_file(checker, world, patch->files[i].path));
        }
    }
}

static void apply_sets(struct checker *checker, struct check_world *world,
                       const struct prereq_set *sets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sets[i].os)
            world->level = sets[i].os->service_pack.value;
        for (size_t k = 0; sets[i].setting && k < checker->setting_count; k++) {
            if (strcmp(world->settings[k].name, sets[i].setting->name) == 0) {
                world->settings[k].number = sets[i].setting->number.value;
                world->settings[k].gone = false;
            }
        }
    }
}

static void put_on(struct checker *checker, struct check_world *world, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];
    bool replaces = patch->file_mode == PREREQ_FILES_REPLACED;

    if (patch->kind == PREREQ_KIND_BASELINE && replaces &&
        patch->file_list != PREREQ_FILE_LIST_COMPLETE)
        lose_unlisted(checker, world, p);
    for (size_t i = 0; i < patch->file_count; i++)
        put_row(checker_file(checker, world, patch->files[i].path), &patch->files[i], replaces);
    apply_sets(checker, world, patch->sets, patch->set_count);
}

static const struct prereq_file_row *level_row(const struct checker *checker,
                                               const struct check_world *world, const char *path)
{
    const struct prereq_file_row *found = NULL;

    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        const struct prereq_patch *patch = &checker->catalog->patches[p];

        if (patch->kind != PREREQ_KIND_BASELINE || !checker_recorded(checker, world, p) ||
            checker_below_recorded(checker, world, p))
            continue;
        for (size_t i = 0; i < patch->file_count; i++) {
            if (strcmp(patch->files[i].path, path) == 0)
                found = &patch->files[i];
        }
    }
    return found;
}

static void take_off(struct checker *checker, struct check_world *world, size_t p)
{
    const struct prereq_patch *patch = &checker->catalog->patches[p];
    bool backup = checker->old[p].backup && patch->keeps_backup != PREREQ_FLAG_FALSE &&
                  !checker->put_on[p];

    for (size_t i = 0; i < patch->file_count; i++) {
        struct check_file *file = checker_file(checker, world, patch->files[i].path);
        const struct prereq_file_row *row =
            backup ? level_row(checker, &checker->now, patch->files[i].path) : NULL;

        if (row)
            put_row(file, row, true);
        else
            lose(file);
    }
    for (size_t i = 0; i < patch->set_count; i++) {
        for (size_t k = 0; patch->sets[i].setting && k < checker->setting_count; k++) {
            if (strcmp(world->settings[k].name, patch->sets[i].setting->name) == 0)
                world->settings[k].gone = true;
        }
    }
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
        for (size_t i = 0; group->restart_before == PREREQ_FLAG_TRUE && i < group->any_of_count; i++) {
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
    if (checker->records[p].on && (patch->refuses_while_recorded == PREREQ_FLAG_TRUE ||
                                   patch->permanent == PREREQ_FLAG_TRUE))
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

    put_on(checker, &checker->later, p);
    if (!at_restart)
        put_on(checker, &checker->now, p);
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
static void see_to(struct checker *checker, struct check_world *world, const struct prereq_rule *rule)
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
            apply_sets(checker, &checker->later, one->remedy->sets, one->remedy->set_count);
            if (one->remedy->at_restart != PREREQ_FLAG_TRUE)
                apply_sets(checker, &checker->now, one->remedy->sets, one->remedy->set_count);
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
    take_off(checker, &checker->now, p);
    take_off(checker, &checker->later, p);
    checker->records[p] = (struct check_record){.on = false};
    checker->came_off[p] = true;
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

/* `first` is named in an ordered group of `p`, and nothing else of the group was on all the time. */
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

const char *checker_order(const struct checker *checker, const struct prereq_step_row *step,
                          const struct prereq_step_row *const *rest, size_t rest_count)
{
    size_t p = is_package_step(step) ? checker_find(checker, step->patch_id) : SIZE_MAX;

    for (size_t i = 0; p != SIZE_MAX && i < rest_count; i++) {
        size_t other = rest[i]->patch_id ? checker_find(checker, rest[i]->patch_id) : SIZE_MAX;
        bool replaces;

        if (other == p || other == SIZE_MAX)
            continue;
        replaces = checker->catalog->patches[other].file_mode == PREREQ_FILES_REPLACED ||
                   checker->catalog->patches[p].file_mode == PREREQ_FILES_REPLACED;
        if (rest[i]->action == PREREQ_STEP_UNINSTALL && checker_share(checker, p, other))
            return wrong(step->patch_id, "sets a file that is given back later");
        if (!is_package_step(rest[i]))
            continue;
        if (ordered_before(checker, other, p, rest, rest_count))
            return wrong(step->patch_id, "goes on before what must have been on earlier");
        if (!replaces && (checker->came_off[p] || checker->came_off[other]) &&
            checker_share(checker, p, other) && !in_old_order(checker, p, other))
            return wrong(step->patch_id, "goes on again out of its old order");
    }
    return NULL;
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

/* ---- the host as facts ---- */

static void add_version(struct prereq_buffer *out, struct prereq_version version)
{
    char text[48];

    prereq_version_format(version, text);
    prereq_buffer_addf(out, "'version':'%s'", text);
}

static void add_file(const struct check_file *now, const struct check_file *later, unsigned guise,
                     struct prereq_buffer *out)
{
    bool gone = now->gone || (now->lost && guise % 3 == 0);

    prereq_buffer_addf(out, "{'path':'%s',", now->path);
    if (gone)
        prereq_buffer_add(out, "'status':'absent'");
    else if (now->lost && (guise % 3 == 1 || !now->before.parts))
        prereq_buffer_add(out, "'version':'0.1'");
    else if (now->lost)
        add_version(out, now->before);
    else if (now->unknown)
        prereq_buffer_add(out, "'status':'unavailable','code':'error'");
    else
        add_version(out, now->version);
    if (!later->lost && !later->gone && !later->unknown &&
        (now->lost || now->gone || now->unknown ||
         prereq_version_compare(now->version, later->version) != 0)) {
        prereq_buffer_add(out, ",'pending':{");
        add_version(out, later->version);
        prereq_buffer_add(out, "}");
    } else if (later->gone && !now->gone) {
        prereq_buffer_add(out, ",'pending':{'removed':true}");
    }
    prereq_buffer_add(out, "}");
}

static void add_record(const struct checker *checker, size_t patch, struct prereq_buffer *out)
{
    const struct check_record *record = &checker->records[patch];
    struct prereq_time time = {record->last, record->time_known, record->day_only};
    char text[32];

    prereq_buffer_addf(out, "{'id':'%s','sources':[{'source':'hotfix-key'",
                       checker->catalog->patches[patch].id);
    prereq_time_format(time, text);
    if (time.known)
        prereq_buffer_addf(out, ",'installedOn':'%s'", text);
    prereq_buffer_addf(out, "%s}]}", record->backup ? ",'backup':true" : "");
}

static void add_pending(const struct checker *checker, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "],'pendingRestarts':[");
    for (int source = 1; source <= PREREQ_RESTART_SOURCES; source++) {
        bool yes = checker->now.pending[source] ||
                   (source == PREREQ_RESTART_UPDATE_EXE && checker->now.pending[0]);

        prereq_buffer_addf(out, "%s{'source':'%s','pending':'%s'}", source > 1 ? "," : "",
                           prereq_enum_name(prereq_restart_source_names, source), yes ? "yes" : "no");
    }
    prereq_buffer_add(out, "]");
}

void checker_facts(const struct checker *checker, unsigned guise, struct prereq_buffer *out)
{
    char text[32];
    bool first = true;

    prereq_time_format(prereq_time_from_seconds(checker->start_up), text);
    prereq_buffer_addf(out, "'lastStartUp':'%s','os':{'version':'4.0','servicePack':%" PRIu64, text,
                       checker->now.level);
    if (checker->later.level != checker->now.level)
        prereq_buffer_addf(out, ",'pending':{'servicePack':%" PRIu64 "}", checker->later.level);
    prereq_buffer_add(out, "},'files':[");
    for (size_t i = 0; i < checker->file_count; i++) {
        prereq_buffer_add(out, i ? "," : "");
        add_file(&checker->now.files[i], &checker->later.files[i], guise + (unsigned)i, out);
    }
    prereq_buffer_add(out, "],'settings':[");
    for (size_t i = 0; i < checker->setting_count; i++)
        prereq_buffer_addf(out, "%s{'kind':'variant','name':'%s',%s%" PRIu64 "}", i ? "," : "",
                           checker->now.settings[i].name,
                           checker->now.settings[i].gone ? "'status':'absent','number':" : "'number':",
                           checker->now.settings[i].number);
    prereq_buffer_add(out, "],'updates':[");
    for (size_t p = 0; p < checker->catalog->patch_count; p++) {
        if (!checker->records[p].on)
            continue;
        prereq_buffer_add(out, first ? "" : ",");
        add_record(checker, p, out);
        first = false;
    }
    add_pending(checker, out);
}
