/* SPDX-License-Identifier: MIT */
/* explain.c - why a patch may or may not go on: its prerequisites, and theirs, line by line. */
#include "assess/explain.h"

#include "assess/assess_parts.h"

struct teller {
    struct prereq_trial *trial;
    const struct prereq_catalog *catalog;
    bool with_host;
    bool *told; /* per patch */
    struct prereq_explain_row *rows;
    size_t count, capacity;
    bool no_memory;
};

static struct prereq_explain_row *add_row(struct teller *teller, unsigned depth, int kind)
{
    static struct prereq_explain_row none;
    void *rows = teller->rows;

    if (!prereq_grow(teller->trial->arena, &rows, teller->count, &teller->capacity,
                     sizeof(*teller->rows))) {
        teller->no_memory = true;
        return &none;
    }
    teller->rows = rows;
    teller->rows[teller->count] = (struct prereq_explain_row){.depth = {depth, true}, .kind = kind};
    return &teller->rows[teller->count++];
}

static const char *word_of(const struct teller *teller, enum prereq_verdict verdict)
{
    static const char *const words[] = {"NotApplicable", "Yes",     "No",
                                        "Unknown",       "Unknown", "Unknown"};

    return teller->with_host ? words[verdict] : NULL;
}

static void tell_patch(struct teller *teller, uint32_t patch, uint32_t target, unsigned depth,
                       const char *holds);

static void tell_rule(struct teller *teller, uint32_t number, uint32_t pair, unsigned depth)
{
    const struct prereq_calt *alt = &teller->catalog->alternatives[number];
    struct prereq_sitting *now = &teller->trial->now;
    struct prereq_explain_row *row = add_row(teller, depth, PREREQ_EXPLAIN_RULE);

    row->text = prereq_describe_alternative(now, number);
    row->holds = word_of(teller, prereq_alternative_judge(now, number, pair).verdict);
    if (teller->with_host)
        row->found = prereq_describe_found(now, alt->rule, teller->trial->host->pairs[pair].target);
}

static void tell_group(struct teller *teller, uint32_t number, uint32_t pair, unsigned depth)
{
    const struct prereq_cgroup *group = &teller->catalog->groups[number];
    uint32_t target = teller->trial->host->pairs[pair].target;
    struct prereq_sitting *now = &teller->trial->now;
    struct prereq_explain_row *row = add_row(teller, depth, PREREQ_EXPLAIN_NEEDS);

    row->text = prereq_describe_group(now, number);
    row->holds = word_of(teller, prereq_group_judge(now, number, pair).verdict);
    row->why = group->group->why;
    row->errors = group->group->errors;
    row->error_count = group->group->error_count;
    row->source = group->group->source;
    for (uint32_t i = group->first; i < group->first + group->count; i++) {
        uint32_t patch = teller->catalog->alternatives[i].patch;

        if (patch == PREREQ_NONE)
            tell_rule(teller, i, pair, depth + 1);
        else
            tell_patch(teller, patch, target, depth + 1,
                       word_of(teller, prereq_alternative_judge(now, i, pair).verdict));
    }
}

static void tell_sides(struct teller *teller, const struct prereq_cpatch *entry, unsigned depth)
{
    for (size_t i = 0; i < entry->patch->voided_by_count; i++) {
        const struct prereq_invalidation *voided = &entry->patch->voided_by[i];
        struct prereq_explain_row *row = add_row(teller, depth, PREREQ_EXPLAIN_VOIDED_BY);

        row->text = voided->feature ? voided->feature
                    : voided->patch ? voided->patch
                                    : voided->product;
        row->why = voided->why;
        row->source = voided->source;
    }
    for (size_t i = 0; i < entry->patch->caution_count; i++) {
        struct prereq_explain_row *row = add_row(teller, depth, PREREQ_EXPLAIN_CAUTION);

        row->text = entry->patch->cautions[i].text;
        row->source = entry->patch->cautions[i].source;
    }
}

/* Which file speaks against a patch, or what its marker found. */
static const char *found_of(struct teller *teller, uint32_t patch, uint32_t target)
{
    const struct prereq_cpatch *entry = &teller->catalog->patches[patch];
    struct prereq_sitting *now = &teller->trial->now;

    for (uint32_t i = entry->row_first; i < entry->row_first + entry->row_count; i++) {
        if (prereq_row_judge(now, i, target).verdict == PREREQ_FALSE)
            return prereq_printf(
                teller->trial->arena, "%s: %s; %s is needed", teller->catalog->rows[i].row->path,
                prereq_describe_row_found(now, i, target), prereq_describe_row(now, i));
    }
    return entry->marker == PREREQ_NONE ? NULL : prereq_describe_found(now, entry->marker, target);
}

static void tell_patch(struct teller *teller, uint32_t patch, uint32_t target, unsigned depth,
                       const char *holds)
{
    const struct prereq_cpatch *entry = &teller->catalog->patches[patch];
    uint32_t pair = prereq_pair_find(teller->trial->host, patch, target);
    struct prereq_explain_row *row = add_row(teller, depth, PREREQ_EXPLAIN_PATCH);
    enum prereq_reason reason;
    bool fault, again = teller->told[patch];

    row->id = entry->patch->id;
    row->text = entry->patch->title;
    row->holds = holds;
    row->source = entry->patch->source_count ? entry->patch->sources[0].url : NULL;
    if (teller->with_host && pair != PREREQ_NONE) {
        row->state = prereq_state_names[prereq_state(&teller->trial->now, pair, &reason, &fault)];
        if (prereq_effect(&teller->trial->now, pair).verdict == PREREQ_FALSE)
            row->found = found_of(teller, patch, teller->trial->host->pairs[pair].target);
    }
    if (again && entry->group_count > 0)
        row->seen_above = PREREQ_FLAG_TRUE;
    if (again || pair == PREREQ_NONE || depth > PREREQ_MAX_DEPTH)
        return;
    teller->told[patch] = true;
    for (uint32_t g = entry->group_first; g < entry->group_first + entry->group_count; g++)
        tell_group(teller, g, pair, depth + 1);
    if (depth == 0)
        tell_sides(teller, entry, depth + 1);
}

static const char *const *ids_of(struct teller *teller, uint32_t first, uint32_t count)
{
    const char **ids = PREREQ_NEW_ARRAY(teller->trial->arena, count, const char *);

    for (uint32_t i = 0; ids && i < count; i++)
        ids[i] = teller->catalog->patches[teller->catalog->numbers[first + i]].patch->id;
    teller->no_memory |= !ids;
    return ids;
}

/* A host of which nothing is known, so that a tree can be told without one. */
static const struct prereq_facts *no_facts(void)
{
    static const struct prereq_identity host = {.host_name = "-"};
    static const struct prereq_collection collection = {.method = PREREQ_METHOD_MANUAL};
    static const struct prereq_facts facts = {
        .format = "patchprereq-facts/1.0", .host = &host, .collection = &collection};

    return &facts;
}

enum prereq_status prereq_explain(struct prereq_arena *arena, const struct prereq_judge *judge,
                                  const struct prereq_facts *facts, const char *id,
                                  const struct prereq_explanation **explanation,
                                  struct prereq_error *err)
{
    struct prereq_explanation *made = PREREQ_NEW(arena, struct prereq_explanation);
    struct prereq_trial trial = {.arena = arena, .judge = judge, .err = err};
    struct teller teller = {.trial = &trial, .catalog = judge->catalog, .with_host = facts != NULL};
    const struct prereq_cpatch *entry;
    enum prereq_status status;
    uint32_t pair;

    trial.facts = facts ? facts : no_facts();
    teller.told = PREREQ_NEW_ARRAY(arena, judge->catalog->patch_count, bool);
    if (!made || !teller.told)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the explanation");
    status = prereq_trial_open(&trial);
    if (!status)
        status = prereq_choose_entry(&trial.now, id, &pair, err);
    if (status)
        return status;
    entry = &judge->catalog->patches[trial.host->pairs[pair].patch];
    tell_patch(&teller, trial.host->pairs[pair].patch, trial.host->pairs[pair].target, 0, NULL);
    made->format = "patchprereq-explain/1.0";
    made->id = entry->patch->id;
    made->target = trial.host->targets[trial.host->pairs[pair].target].id;
    made->host_name = facts ? facts->host->host_name : NULL;
    made->title = entry->patch->title;
    made->rows = teller.rows;
    made->row_count = teller.count;
    made->supersedes = ids_of(&teller, entry->earlier_first, entry->earlier_count);
    made->supersedes_count = entry->earlier_count;
    made->superseded_by = ids_of(&teller, entry->later_first, entry->later_count);
    made->superseded_by_count = entry->later_count;
    if (teller.no_memory || trial.host->trails->no_memory)
        return prereq_fail(err, PREREQ_NO_MEMORY, "no memory for the explanation");
    *explanation = made;
    return PREREQ_OK;
}
