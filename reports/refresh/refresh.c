/* SPDX-License-Identifier: MIT */
/* refresh.c - collect, assess, plan, and put the documents of a machine in place. */
#include "refresh/refresh.h"

#include <string.h>

#include "catalog/pack_place.h"
#include "inputs/load.h"
#include "program/messages.h"
#include "refresh/refresh_parts.h"

#define DOCUMENT_BYTES ((size_t)3 << 30) /* facts, both assessments, and what judging needs */

/* ---- what to judge with ---- */

/* The command line as if a person had named the files of the machine. */
static enum prereq_status name_file(struct refresh *refresh, struct options *options,
                                    enum option option, const char *path, bool named,
                                    struct prereq_error *err)
{
    bool there = option == OPTION_CATALOG ? prereq_is_folder(path) : prereq_is_file(path);
    const char **text;

    if (!there && named)
        return prereq_fail(err, PREREQ_BAD_INPUT, "%s: the settings name it, and it is not there",
                           path);
    if (!there && option == OPTION_CATALOG) {
        const char *unfinished = pack_place_unfinished(refresh->arena, path);

        /* Not to be judged without it as if it had never been. */
        if (unfinished)
            return prereq_fail(err, PREREQ_BAD_INPUT,
                               "%s: %s is there, so that an install is going on or was ended; "
                               "catalog install or catalog install --previous finishes it",
                               path, unfinished);
    }
    if (!there)
        return PREREQ_OK;
    text = PREREQ_NEW(refresh->arena, const char *);
    if (!text)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the places");
    *text = path;
    options->values[option] = (struct option_values){text, 1};
    return PREREQ_OK;
}

static enum prereq_status name_files(struct refresh *refresh, struct prereq_error *err)
{
    const struct prereq_places *places = refresh->places;
    const struct {
        enum option option;
        const char *path;
        bool named;
    } files[] = {{OPTION_CATALOG, places->catalog, places->catalog_named},
                 {OPTION_POLICY, places->policy, places->policy_named},
                 {OPTION_WAIVERS, places->waivers, places->waivers_named},
                 {OPTION_SCOPE, places->scope, places->scope_named}};
    struct options *options = PREREQ_NEW(refresh->arena, struct options);
    enum prereq_status status = PREREQ_OK;

    if (!options)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the places");
    *options = *refresh->options;
    options->arena = refresh->arena;
    for (size_t i = 0; i < PREREQ_COUNT(files) && status == PREREQ_OK; i++)
        status = name_file(refresh, options, files[i].option, files[i].path, files[i].named, err);
    refresh->options = options;
    return status;
}

/* The setting goes before the policy: it is nearer to the host. */
static enum prereq_status set_stale(struct refresh *refresh, struct prereq_error *err)
{
    struct prereq_policy *policy;

    if (!refresh->settings->stale_after_hours.known)
        return PREREQ_OK;
    policy = PREREQ_NEW(refresh->arena, struct prereq_policy);
    if (!policy)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the policy");
    *policy = *refresh->judge.policy;
    policy->stale_after_hours = refresh->settings->stale_after_hours;
    refresh->judge.policy = policy;
    return PREREQ_OK;
}

static enum prereq_status load(struct refresh *refresh, struct prereq_error *err)
{
    enum prereq_status status = name_files(refresh, err);

    if (status == PREREQ_OK)
        status = load_judge(refresh->options, &refresh->judge, err);
    if (status == PREREQ_OK)
        status = set_stale(refresh, err);
    return status;
}

/* ---- facts and verdict ---- */

static enum prereq_status no_text(struct prereq_error *err)
{
    return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the documents");
}

/* The facts as they will be read again: what cannot be read must not be put in place. */
static enum prereq_status collect(struct refresh *refresh, struct prereq_error *err)
{
    const struct refresh_machine *machine = refresh->machine;
    const struct prereq_facts *facts = NULL;
    enum prereq_status status =
        machine->collect(machine->context, refresh->judge.catalog, refresh->arena, &facts, err);

    if (status != PREREQ_OK)
        return status;
    prereq_shape_write(prereq_facts_document.shape, facts, PREREQ_JSON_READABLE,
                       &refresh->facts_text);
    prereq_buffer_add(&refresh->facts_text, "\n");
    if (refresh->facts_text.failed)
        return no_text(err);
    status = prereq_facts_read(refresh->arena, refresh->facts_text.text, refresh->facts_text.len,
                               &refresh->facts, NULL, err);
    return status == PREREQ_OK ? status : prereq_fail_prefix(err, "the facts that were collected");
}

/* facts.json is the first input, as in assess. */
static enum prereq_status add_input(struct refresh *refresh, struct prereq_error *err)
{
    struct prereq_judge *judge = &refresh->judge;
    struct prereq_input_ref *inputs =
        PREREQ_NEW_ARRAY(refresh->arena, judge->input_count + 1, struct prereq_input_ref);
    char *hex = PREREQ_NEW_ARRAY(refresh->arena, 65, char);

    if (!inputs || !hex)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the inputs");
    prereq_sha256_hex(refresh->facts_text.text, refresh->facts_text.len, hex);
    inputs[0] = (struct prereq_input_ref){refresh->places->facts, hex};
    if (judge->input_count > 0)
        memcpy(inputs + 1, judge->inputs, judge->input_count * sizeof(*inputs));
    judge->inputs = inputs;
    judge->input_count++;
    return PREREQ_OK;
}

static enum prereq_status assess(struct refresh *refresh, struct prereq_error *err)
{
    const struct prereq_assessment *read = NULL;
    enum prereq_status status = add_input(refresh, err);

    refresh->judge.plans = true;
    if (!option_given(refresh->options, OPTION_NOW))
        refresh->judge.now = refresh->machine->clock(refresh->machine->context);
    refresh->previous = refresh_history(refresh, refresh->facts);
    if (status == PREREQ_OK)
        status = prereq_assess(refresh->arena, &refresh->judge, refresh->facts, refresh->previous,
                               &refresh->assessment, err);
    if (status != PREREQ_OK)
        return status;
    prereq_assessment_write(refresh->assessment, PREREQ_JSON_READABLE, &refresh->assessment_text);
    prereq_buffer_add(&refresh->assessment_text, "\n");
    if (refresh->assessment_text.failed)
        return no_text(err);
    return prereq_assessment_read(refresh->arena, refresh->assessment_text.text,
                                  refresh->assessment_text.len, &read, NULL, err);
}

/* ---- events ---- */

static void raise_event(struct refresh *refresh, enum prereq_event event,
                        const char *const words[PREREQ_EVENT_WORDS])
{
    struct prereq_buffer sentence = {0};

    refresh->machine->event(refresh->machine->context, event, words);
    prereq_event_write(event, words, &sentence);
    refresh_log_line(refresh, "event %u: %s", prereq_event_info(event)->id,
                     sentence.text ? sentence.text : "");
    prereq_buffer_free(&sentence);
}

static void raise_one(struct refresh *refresh, enum prereq_event event, const char *word)
{
    const char *const words[PREREQ_EVENT_WORDS] = {word, NULL, NULL};

    raise_event(refresh, event, words);
}

static void raise_changes(struct refresh *refresh)
{
    struct prereq_event_changes changes;
    struct prereq_event_change change;

    prereq_event_changes_begin(refresh->previous, refresh->assessment, &changes);
    while (prereq_event_changes_next(&changes, &change))
        raise_event(refresh, change.event, change.words);
}

/* ---- the run ---- */

/* *loaded: what to judge with could be used, so a failure is one of the refresh itself. */
static enum prereq_status replace_all(struct refresh *refresh, bool *loaded,
                                      struct prereq_error *err)
{
    enum prereq_status status = load(refresh, err);

    *loaded = status == PREREQ_OK;
    if (status == PREREQ_OK)
        status = refresh_read_previous(refresh, err);
    if (status == PREREQ_OK) {
        refresh_wait_for_later(refresh);
        status = collect(refresh, err);
    }
    if (status == PREREQ_OK)
        status = assess(refresh, err);
    if (status == PREREQ_OK)
        status = refresh_store(refresh, err);
    return status;
}

/* Plans that failed their own proof: a fault of the program, told in the log and by the exit code;
 * the documents are whole without them. */
static enum outcome tell_failed_proofs(struct refresh *refresh)
{
    enum outcome outcome = OUTCOME_DONE;

    for (size_t i = 0; i < refresh->assessment->plan_count; i++) {
        const struct prereq_plan *plan = &refresh->assessment->plans[i];

        if (!prereq_plan_failed_proof(plan))
            continue;
        refresh_log_line(refresh, "internal error: the plan for goal %s is not shown: %s",
                         plan->goal, plan->reason);
        message_error("the plan for goal %s is not shown: %s; this is a fault of the program",
                      plan->goal, plan->reason);
        outcome = OUTCOME_PARTLY;
    }
    return outcome;
}

static enum outcome finish(struct refresh *refresh)
{
    enum outcome outcome = tell_failed_proofs(refresh);

    refresh_log_result(refresh);
    raise_changes(refresh);
    if (refresh->facts->collection->cut_short != PREREQ_FLAG_TRUE)
        return outcome;
    raise_one(refresh, PREREQ_EVENT_REFRESH_INCOMPLETE,
              "the time was up before all was read, and the documents say so");
    message_note("the time was up before all was read; the documents say so");
    return OUTCOME_PARTLY;
}

static enum outcome fail(struct refresh *refresh, bool loaded, const struct prereq_error *err)
{
    bool refused = !loaded && err->status == PREREQ_BAD_INPUT;

    message_error("%s", err->text);
    raise_one(refresh, refused ? PREREQ_EVENT_INPUT_REFUSED : PREREQ_EVENT_REFRESH_FAILED,
              err->text);
    return refused ? OUTCOME_UNUSABLE : OUTCOME_IO;
}

static enum outcome run_locked(struct refresh *refresh)
{
    struct prereq_error err = {0};
    enum outcome outcome;
    bool loaded = false;

    refresh_log_line(refresh, "refresh by patchprereq %s", PREREQ_PRODUCT_VERSION);
    refresh_clean(refresh);
    if (replace_all(refresh, &loaded, &err) == PREREQ_OK)
        outcome = finish(refresh);
    else
        outcome = fail(refresh, loaded, &err);
    refresh_log_line(refresh, "done, exit code %d", (int)outcome);
    if (refresh_store_log(refresh, &err) != PREREQ_OK) {
        message_error("%s", err.text);
        outcome = outcome_worse(outcome, OUTCOME_IO);
    }
    return outcome;
}

enum outcome refresh_run(const struct options *options, const struct prereq_places *places,
                         const struct prereq_settings *settings,
                         const struct refresh_machine *machine)
{
    struct refresh refresh = {
        .options = options, .places = places, .settings = settings, .machine = machine};
    struct prereq_lock *lock = NULL;
    struct prereq_error err = {0};
    enum prereq_status status;
    enum outcome outcome;

    refresh.arena = prereq_arena_new(DOCUMENT_BYTES);
    if (refresh.arena)
        status = machine->folder(machine->context, places->data, &err);
    else
        status = prereq_fail(&err, PREREQ_NO_MEMORY, "no memory to refresh");
    if (status == PREREQ_OK)
        status = prereq_lock_take(places->lock, machine->lock_seconds, &lock, &err);
    outcome = status == PREREQ_OK ? run_locked(&refresh) : fail(&refresh, true, &err);
    prereq_lock_release(lock);
    prereq_buffer_free(&refresh.log);
    prereq_buffer_free(&refresh.facts_text);
    prereq_buffer_free(&refresh.assessment_text);
    prereq_arena_free(refresh.arena);
    return outcome;
}
