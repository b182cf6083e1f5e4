/* SPDX-License-Identifier: MIT */
/* plan_cases.h - a made case, read: catalog, facts, goal. */
#ifndef PREREQ_TESTS_PLAN_CASES_H
#define PREREQ_TESTS_PLAN_CASES_H

#include <inttypes.h>

#include "plan_generator.h"
#include "plans.h"

struct trial_case { /* one made case, read */
    struct prereq_arena *arena;
    struct made made;
    const struct prereq_catalog_file *file;
    struct prereq_judge judge;
    const struct prereq_facts *facts;
    uint64_t seed;
    const char *goals;
    bool by_id;
};

static inline const char *facts_text(struct trial_case *one, size_t turn, bool hide)
{
    struct prereq_buffer text = {0};
    char *updates = join_made(one->made.updates, one->made.update_count, turn);
    const char *kept;

    prereq_buffer_add(&text, "'files':[");
    for (size_t i = 0; i < one->made.file_count; i++) {
        size_t at = (i + turn) % one->made.file_count;

        if (hide && at + 1 == one->made.hidden)
            prereq_buffer_addf(&text, "%s{'path':'%c','status':'unavailable','code':'error'}",
                               i ? "," : "", (int)('a' + (int)at));
        else
            prereq_buffer_addf(&text, "%s%s", i ? "," : "", one->made.files[at]);
    }
    prereq_buffer_addf(&text, "],'updates':[%s],%s", updates, one->made.rest);
    kept = prereq_strdup(one->arena, text.text);
    prereq_buffer_free(&text);
    free(updates);
    return kept;
}

static inline const struct prereq_catalog_file *read_made(struct trial_case *one, size_t turn)
{
    char *patches = join_made(one->made.patches, one->made.patch_count, turn);
    const struct prereq_catalog_file *file = read_patches(one->arena, patches);

    free(patches);
    return file;
}

static inline void open_made(struct trial_case *one, uint64_t seed,
                             void (*make)(struct made *made, uint64_t seed))
{
    static const char *const goals[] = {"host", "repair"};

    one->arena = prereq_arena_new((size_t)256 << 20);
    one->seed = seed;
    make(&one->made, seed);
    one->file = read_made(one, 0);
    one->judge = judge_of(compile_file(one->arena, one->file));
    one->facts = read_facts(one->arena, facts_text(one, 0, true));
    one->by_id = seed % 4 >= 2;
    one->goals = !one->by_id ? goals[seed % 4] : one->made.ids[seed / 4 % one->made.patch_count];
}

static inline void open_case(struct trial_case *one, uint64_t seed)
{
    open_made(one, seed, make_case);
}

static inline void close_case(struct trial_case *one)
{
    free_case(&one->made);
    prereq_arena_free(one->arena);
}

static inline void show(struct trial_case *one, const struct prereq_plan *plan)
{
    print_error("seed %" PRIu64 ", goal %s\n", one->seed, one->goals);
    for (size_t i = 0; i < one->made.patch_count; i++)
        print_error("  %s\n", one->made.patches[i]);
    print_error("  %s\n", facts_text(one, 0, true));
    if (plan)
        print_error("  plan: %s %s\n", steps_text(one->arena, plan, 0),
                    plan->reason ? plan->reason : "");
}

#endif
