/* SPDX-License-Identifier: MIT */
/* plans.h - small catalogs and hosts for tests of the planner, written in C strings.
 *
 * In these strings ' stands for ".  A table row names patches, facts, goals and the plan that must
 * come out, in one line: "extract A, uninstall A, apply-baseline SP, restart, install A, restart,
 * verify A". */
#ifndef PREREQ_TESTS_PLANS_H
#define PREREQ_TESTS_PLANS_H

#include <string.h>

#include "assess/assess.h"
#include "documents.h"
#include "documents/facts.h"
#include "text/plan_text.h"

/* An entry: id, then its other members. */
#define PATCH(id, more)                                                                            \
    "{'id':'" id "','title':'t','product':'P','classification':'security',"                        \
    "'sources':[{'url':'https://example.org/a'}]" more "}"
/* The same with an installer, as nearly all have it. */
#define FIX(id, more)                                                                              \
    PATCH(id, ",'commands':{'install':{'program':'" id ".exe'},'uninstall':{'program':'" id        \
              ".exe','arguments':['-u']}}" more)
/* A package of the founding family: unpacked first, refuses while it is recorded. */
#define CLASSIC(id, more)                                                                          \
    PATCH(id, ",'atRestart':true,'refusesWhileRecorded':true,'commands':{"                         \
              "'install':{'program':'" id ".exe','arguments':['-m']},"                             \
              "'extract':{'program':'" id ".exe','arguments':['-x']},"                             \
              "'uninstall':{'program':'hotfix.exe','needsExtract':true}}" more)
/* A service pack: level `n` of the operating system. */
#define LEVEL(id, n, more)                                                                         \
    "{'id':'" id "','kind':'baseline','title':'t','product':'P','classification':'level',"         \
    "'sources':[{'url':'https://example.org/a'}],"                                                 \
    "'marker':{'os':{'servicePack':{'atLeast':" n "}}},'sets':[{'os':{'servicePack':" n "}}],"     \
    "'commands':{'install':{'program':'" id ".exe'}}" more "}"
#define ROW(path, version) "{'path':'" path "','version':'" version "'}"
#define FILES(rows) ",'files':[" rows "]"
#define NEEDS(alternatives) ",'prerequisites':[{'why':'it has to.','anyOf':[" alternatives "]}]"
#define NEEDS_ORDERED(alternatives)                                                                \
    ",'prerequisites':[{'why':'it has to.','ordered':true,'anyOf':[" alternatives "]}]"
#define ALT(id) "{'patch':'" id "'}"
#define NO_RESTART ",'restart':'no'"
#define CHAIN(word) ",'chain':'" word "'"

/* Facts. */
#define SP(n) "'os':{'version':'4.0','servicePack':" n "}"
#define FILE_IS(path, version) "{'path':'" path "','version':'" version "'}"
#define FILE_GONE(path) "{'path':'" path "','status':'absent'}"
#define ON(id, day) "{'id':'" id "','sources':[{'source':'hotfix-key','installedOn':'" day "'}]}"
#define ON_KEPT(id, day)                                                                           \
    "{'id':'" id "','sources':[{'source':'hotfix-key','installedOn':'" day "','backup':true}]}"
#define ON_SOME_DAY(id) "{'id':'" id "','sources':[{'source':'hotfix-key'}]}"
#define HAS(files, updates) ",'files':[" files "],'updates':[" updates "]"

struct plan_row {
    const char *name;
    const char *patches, *facts, *goals; /* goals: ids with blanks between */
    const char *plan;                    /* steps, or the word of the result */
    const char *says; /* is in the reason, the facts needed or the warnings; NULL: not asked */
    const char *policy;
};

/* The string with its quotes. */
static inline char *quoted(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    size_t i;

    assert_non_null(copy);
    for (i = 0; text[i]; i++)
        copy[i] = text[i] == '\'' ? '"' : text[i];
    copy[i] = '\0';
    return copy;
}

static inline const struct prereq_catalog *compile_file(struct prereq_arena *arena,
                                                        const struct prereq_catalog_file *file)
{
    static const struct prereq_catalog_info info = {
        .format = "patchprereq-catalog-info/1.0", .id = "test", .version = "1"};
    struct prereq_catalog_part part = {"test.json", file, false};
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};

    if (prereq_catalog_compile(arena, &part, 1, &info, 1, &catalog, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return catalog;
}

static inline const struct prereq_catalog_file *read_patches(struct prereq_arena *arena,
                                                             const char *patches)
{
    const struct prereq_catalog_file *file = NULL;
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};
    char *list = quoted(patches);

    prereq_buffer_addf(
        &text,
        "{\"format\":\"patchprereq-catalog/1.0\",\"products\":[{\"id\":\"P\","
        "\"title\":\"p\",\"applies\":{\"always\":true}},{\"id\":\"W\",\"title\":\"w\",\"applies\":"
        "{\"always\":true}},{\"id\":\"SQL\",\"title\":\"s\","
        "\"instanceProduct\":\"MSSQL\",\"applies\":{\"product\":{\"product\":"
        "\"MSSQL\"}}}],\"patches\":[%s]}",
        list);
    assert_false(text.failed);
    if (prereq_catalog_file_read(arena, text.text, text.len, &file, &err) != PREREQ_OK)
        fail_msg("%s\n%s", err.text, text.text);
    prereq_buffer_free(&text);
    free(list);
    return file;
}

static inline const struct prereq_catalog *read_catalog(struct prereq_arena *arena,
                                                        const char *patches)
{
    return compile_file(arena, read_patches(arena, patches));
}

/* A host of which the hotfix keys were read whole; `members` may say more. */
static inline const struct prereq_facts *read_facts_at(struct prereq_arena *arena,
                                                       const char *members, const char *finished)
{
    const struct prereq_facts *facts = NULL;
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};
    char *rest = quoted(members);

    prereq_buffer_addf(&text,
                       "{\"format\":\"patchprereq-facts/1.0\",\"host\":{\"hostName\":\"H\"},");
    prereq_buffer_addf(&text,
                       "\"collection\":{\"collector\":\"t\",\"collectorVersion\":\"1\","
                       "\"method\":\"offline\",\"started\":\"%s\",\"finished\":\"%s\"},",
                       finished, finished);
    if (!strstr(rest, "\"lastStartUp\""))
        prereq_buffer_add(&text, "\"lastStartUp\":\"2026-11-01T00:00:00Z\",");
    if (!strstr(rest, "\"coverage\""))
        prereq_buffer_add(&text,
                          "\"coverage\":[{\"list\":\"hotfixKeys\",\"state\":\"complete\"}],");
    prereq_buffer_addf(&text, "%s}", rest);
    assert_false(text.failed);
    if (prereq_facts_read(arena, text.text, text.len, &facts, NULL, &err) != PREREQ_OK)
        fail_msg("%s\n%s", err.text, text.text);
    prereq_buffer_free(&text);
    free(rest);
    return facts;
}

static inline const struct prereq_facts *read_facts(struct prereq_arena *arena, const char *members)
{
    return read_facts_at(arena, members, "2026-11-20T02:10:00Z");
}

static inline struct prereq_judge judge_of(const struct prereq_catalog *catalog)
{
    struct prereq_judge judge = {
        .catalog = catalog, .policy = prereq_policy_default(), .product_version = "0"};

    assert_true(prereq_time_parse("2026-11-20T03:00:00Z", &judge.now));
    return judge;
}

static inline const struct prereq_policy *read_policy(struct prereq_arena *arena,
                                                      const char *members)
{
    const struct prereq_policy *policy = NULL;
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};
    char *rest = quoted(members);

    prereq_buffer_addf(
        &text, "{\"format\":\"patchprereq-policy/1.0\",\"id\":\"p\",\"version\":\"1\",%s}", rest);
    if (prereq_policy_read(arena, text.text, text.len, &policy, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    prereq_buffer_free(&text);
    free(rest);
    return policy;
}

/* The plan for goals with blanks between them; an internal error fails the test. */
static inline const struct prereq_plan *make_plan(struct prereq_arena *arena,
                                                  const struct prereq_judge *judge,
                                                  const struct prereq_facts *facts,
                                                  const struct prereq_assessment *previous,
                                                  const char *goals)
{
    const char *list[64];
    const struct prereq_plan *plan = NULL;
    struct prereq_error err = {0};
    char *copy = prereq_strdup(arena, goals);
    size_t count = 0;

    for (char *at = strtok(copy, " "); at; at = strtok(NULL, " "))
        list[count++] = at;
    if (prereq_plan_make(arena, judge, facts, previous, list, count, &plan, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return plan;
}

static inline const struct prereq_assessment *assess(struct prereq_arena *arena,
                                                     const struct prereq_judge *judge,
                                                     const struct prereq_facts *facts,
                                                     const struct prereq_assessment *previous)
{
    const struct prereq_assessment *made = NULL;
    struct prereq_error err = {0};

    if (prereq_assess(arena, judge, facts, previous, &made, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return made;
}

static inline int state_of(const struct prereq_assessment *made, const char *id)
{
    for (size_t i = 0; i < made->status_count; i++) {
        if (strcmp(made->statuses[i].id, id) == 0)
            return made->statuses[i].state;
    }
    fail_msg("no status %s", id);
    return -1;
}

/* "extract A, restart, verify A", or the word of the result where there are no steps. */
static inline const char *steps_text(struct prereq_arena *arena, const struct prereq_plan *plan,
                                     size_t from)
{
    struct prereq_buffer text = {0};
    const char *kept;

    if (plan->result != PREREQ_PLAN_PLANNED)
        return prereq_enum_name(prereq_plan_result_names, plan->result);
    for (size_t i = from; i < plan->step_count; i++)
        prereq_buffer_addf(&text, "%s%s%s%s", text.len ? ", " : "",
                           prereq_enum_name(prereq_action_names, plan->steps[i].action),
                           plan->steps[i].patch_id ? " " : "",
                           plan->steps[i].patch_id ? plan->steps[i].patch_id : "");
    kept = prereq_strdup(arena, text.text ? text.text : "");
    prereq_buffer_free(&text);
    return kept;
}

static inline bool plan_says(const struct prereq_plan *plan, const char *words)
{
    if (plan->reason && strstr(plan->reason, words))
        return true;
    for (size_t i = 0; i < plan->facts_needed_count; i++) {
        if (strstr(plan->facts_needed[i], words))
            return true;
    }
    for (size_t i = 0; i < plan->warning_count; i++) {
        if (strstr(plan->warnings[i], words))
            return true;
    }
    for (size_t i = 0; i < plan->left_out_count; i++) {
        struct prereq_buffer line = {0};
        bool said;

        prereq_plan_left_out(&plan->left_out[i], &line);
        said = strstr(line.text, words) != NULL;
        prereq_buffer_free(&line);
        if (said)
            return true;
    }
    return false;
}

static inline void check_plan_row(void **state)
{
    const struct plan_row *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_judge judge = judge_of(read_catalog(arena, row->patches));
    const struct prereq_plan *plan;
    const char *steps;

    if (row->policy)
        judge.policy = read_policy(arena, row->policy);
    plan = make_plan(arena, &judge, read_facts(arena, row->facts), NULL, row->goals);
    steps = steps_text(arena, plan, 0);
    if (strcmp(steps, row->plan) != 0)
        fail_msg("the plan is\n  %s (%s)\nand should be\n  %s", steps,
                 plan->reason ? plan->reason : "", row->plan);
    if (row->says && !plan_says(plan, row->says))
        fail_msg("\"%s\" is not said; the reason is: %s", row->says,
                 plan->reason ? plan->reason : "");
    prereq_arena_free(arena);
}

#endif
