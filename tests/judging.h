/* SPDX-License-Identifier: MIT */
/* judging.h - for tests: from a few lines of catalog and facts to states, in one call each.
 *
 * The texts are JSON with ' for ", so that they can be read in C.  A catalog is a list of patches
 * (the products are those below), facts are the members beside host and collection. */
#ifndef PREREQ_TESTS_JUDGING_H
#define PREREQ_TESTS_JUDGING_H

#include <string.h>

#include "assess/assess.h"
#include "table.h"

/* The moment that the facts speak of, and the clock of the judge where a test says nothing else. */
#define FACTS_TIME "2026-11-20T12:00:00Z"

/* The beginnings of entries; the brace stays open for more members. */
#define ENTRY(id, product, class)                                                                  \
    "{'id':'" id "','title':'" id "','product':'" product "','classification':'" class "'"
#define PATCH(id) ENTRY(id, "P", "security")
#define LEVEL(id) ENTRY(id, "P", "level") ",'kind':'baseline'"
/* Of the product that is there only where the feature IIS is. */
#define IIS_PATCH(id) ENTRY(id, "IIS", "security")
/* Of the product whose own rule is not applicable where opt.dll is not there. */
#define OPT_PATCH(id) ENTRY(id, "OPT", "security")
/* Of the instances of MSSQL. */
#define SQL_PATCH(id) ENTRY(id, "SQL", "security")
#define SQL_LEVEL(id) ENTRY(id, "SQL", "level") ",'kind':'baseline'"

#define FILE_ROW(path, version) "{'path':'" path "','version':'" version "'}"
#define FILES(path, version) ",'files':[" FILE_ROW(path, version) "]"
/* One prerequisite with one alternative; `more` are members of the group. */
#define NEEDS(alternative, more)                                                                   \
    ",'prerequisites':[{'anyOf':[" alternative "],'why':'because'" more "}]"

/* Every source of records was read whole. */
#define ALL_LISTS                                                                                  \
    "'coverage':[{'list':'hotfixKeys','state':'complete'},"                                        \
    "{'list':'cbsPackages','state':'complete'},{'list':'msiPatches','state':'complete'}]"
#define RECORD(id, time)                                                                           \
    "{'id':'" id "','sources':[{'source':'hotfix-key','installedOn':'" time "'}]}"

struct judging {
    struct prereq_arena *arena;
    const struct prereq_catalog *catalog;
    const struct prereq_policy *policy;
    const struct prereq_waivers *waivers;
    const struct prereq_scope *scope;
    const struct prereq_assessment *previous;
    const char *now;
    bool plans;
    const struct prereq_assessment *made;
};

static inline char *judging_text(const struct judging *judging, const char *head, const char *body,
                                 const char *tail)
{
    char *text = prereq_printf(judging->arena, "%s%s%s", head, body, tail);

    assert_non_null(text);
    for (char *c = text; *c; c++) {
        if (*c == '\'')
            *c = '"';
    }
    return text;
}

static inline const struct prereq_catalog *judging_compile(const struct judging *judging,
                                                           const char *patches)
{
    /* Where a rule is of a 'newer' kind, the catalog is of a newer minor version. */
    const char *format = strstr(patches, "'newer'") ? "1.9" : "1.0";
    static const char head[] =
        "','products':["
        "{'id':'P','title':'P','applies':{'always':true}},"
        "{'id':'IIS','title':'IIS','applies':{'feature':{'name':'IIS'}}},"
        "{'id':'OPT','title':'OPT','applies':"
        "{'file':{'path':'opt.dll','ifPresent':true,'version':{'atLeast':'1.0'}}}},"
        "{'id':'SQL','title':'SQL','instanceProduct':'MSSQL','branches':['GDR','CU'],"
        "'applies':{'product':{'product':'MSSQL'}}}],'patches':[";
    struct prereq_catalog_part part = {.name = "test"};
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};
    char *text = judging_text(
        judging, prereq_printf(judging->arena, "{'format':'patchprereq-catalog/%s%s", format, head),
        patches, "]}");

    if (prereq_catalog_file_read(judging->arena, text, strlen(text), &part.file, &err) ||
        prereq_catalog_compile(judging->arena, &part, 1, NULL, 0, &catalog, &err))
        fail_msg("%s", err.text);
    return catalog;
}

/* `policy` are members of a policy, NULL for the default one. */
static inline void judging_open(struct judging *judging, const char *patches, const char *policy)
{
    struct prereq_error err = {0};

    *judging = (struct judging){.arena = prereq_arena_new((size_t)64 << 20), .now = FACTS_TIME};
    assert_non_null(judging->arena);
    judging->catalog = judging_compile(judging, patches);
    judging->policy = prereq_policy_default();
    if (policy) {
        char *text = judging_text(
            judging, "{'format':'patchprereq-policy/1.0','id':'test','version':'1',", policy, "}");

        if (prereq_policy_read(judging->arena, text, strlen(text), &judging->policy, &err))
            fail_msg("%s", err.text);
    }
}

static inline void judging_close(struct judging *judging)
{
    prereq_arena_free(judging->arena);
}

/* Facts with a host and time of their own.  Where the HotFix keys are spoken of, the system is one
 * that writes them (NT 4.0 to Server 2003), unless the members say what it is. */
static inline const struct prereq_facts *judging_facts_of(const struct judging *judging,
                                                          const char *host, const char *time,
                                                          const char *members)
{
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    bool classic = strstr(members, "'hotfixKeys'") && !strstr(members, "'os':{");
    const char *head =
        prereq_printf(judging->arena,
                      "{'format':'patchprereq-facts/1.0','host':{'hostName':'%s'},"
                      "'collection':{'method':'live','finished':'%s'}%s%s",
                      host, time, classic ? ",'os':{'version':'5.2'}" : "", *members ? "," : "");
    char *text = judging_text(judging, head, members, "}");

    if (prereq_facts_read(judging->arena, text, strlen(text), &facts, NULL, &err))
        fail_msg("%s", err.text);
    return facts;
}

static inline const struct prereq_facts *judging_facts(const struct judging *judging,
                                                       const char *members)
{
    return judging_facts_of(judging, "WEB01", FACTS_TIME, members);
}

static inline enum prereq_status
judging_try(struct judging *judging, const struct prereq_facts *facts, struct prereq_error *err)
{
    struct prereq_judge judge = {.catalog = judging->catalog,
                                 .policy = judging->policy,
                                 .waivers = judging->waivers,
                                 .scope = judging->scope,
                                 .product_version = "test",
                                 .plans = judging->plans};

    assert_true(prereq_time_parse(judging->now, &judge.now));
    return prereq_assess(judging->arena, &judge, facts, judging->previous, &judging->made, err);
}

/* A reason that the table of reasons does not allow for the state is wrong wherever it comes from,
 * and so is one that says "recorded" of what no source records (a level's marker is its record). */
static inline void judging_check_reason(const struct prereq_status_row *row)
{
    if (strcmp(row->reason_code, "record_only") == 0 && row->kind != PREREQ_KIND_BASELINE &&
        row->recorded_by_count == 0)
        fail_msg("%s is told as recorded, and no source records it", row->id);
    for (int i = 1; i < PREREQ_REASONS; i++) {
        const struct prereq_reason_info *info = prereq_reason_info((enum prereq_reason)i);

        if (strcmp(info->code, row->reason_code) == 0 && info->states >> row->state & 1)
            return;
    }
    fail_msg("%s is %s with the reason \"%s\"", row->id, prereq_state_names[row->state],
             row->reason_code);
}

static inline void judging_run_on(struct judging *judging, const struct prereq_facts *facts)
{
    struct prereq_error err = {0};

    judging->made = NULL;
    if (judging_try(judging, facts, &err))
        fail_msg("%s", err.text);
    for (size_t i = 0; i < judging->made->status_count; i++)
        judging_check_reason(&judging->made->statuses[i]);
}

static inline void judging_run(struct judging *judging, const char *facts)
{
    judging_run_on(judging, judging_facts(judging, facts));
}

static inline const struct prereq_status_row *judging_find(const struct judging *judging,
                                                           const char *id)
{
    for (size_t i = 0; judging->made && i < judging->made->status_count; i++) {
        if (strcmp(judging->made->statuses[i].id, id) == 0)
            return &judging->made->statuses[i];
    }
    return NULL;
}

static inline const struct prereq_status_row *judging_status(const struct judging *judging,
                                                             const char *id)
{
    const struct prereq_status_row *row = judging_find(judging, id);

    if (!row)
        fail_msg("there is no status %s", id);
    return row;
}

static inline int judging_state(const struct judging *judging, const char *id)
{
    return judging_status(judging, id)->state;
}

/* `word` is "A=Compliant", "A@MSSQL/X=Compliant:sound" or "A=Compliant:sound/files". */
static inline void judging_expect_one(const struct judging *judging, char *word)
{
    const struct prereq_status_row *row;
    char *state = strchr(word, '='), *reason, *evidence;

    assert_non_null(state);
    *state++ = '\0';
    evidence = strchr(state, '/');
    if (evidence)
        *evidence++ = '\0';
    reason = strchr(state, ':');
    if (reason)
        *reason++ = '\0';
    row = judging_status(judging, word);
    if (strcmp(prereq_state_names[row->state], state) != 0 ||
        (reason && strcmp(row->reason_code, reason) != 0))
        fail_msg("%s is %s:%s, expected is %s:%s", word, prereq_state_names[row->state],
                 row->reason_code, state, reason ? reason : "any");
    if (evidence)
        assert_string_equal(prereq_enum_name(prereq_evidence_names, row->evidence), evidence);
}

/* Words as above with spaces between them. */
static inline void judging_expect(const struct judging *judging, const char *expected)
{
    char text[512], *word;

    assert_true(strlen(expected) < sizeof(text));
    strcpy(text, expected);
    for (char *at = text; (word = at) && *word;) {
        at = strchr(word, ' ');
        if (at)
            *at++ = '\0';
        judging_expect_one(judging, word);
    }
}

static inline bool judging_warns(const struct prereq_status_row *row, const char *part)
{
    for (size_t i = 0; i < row->warning_count; i++) {
        if (strstr(row->warnings[i], part))
            return true;
    }
    return false;
}

/* The row of most tables here: a name, catalog, facts, policy, and what comes out. */
struct judged {
    const char *name, *patches, *facts, *expected, *policy;
};

static inline void check_judged(void **state)
{
    const struct judged *row = *state;
    struct judging judging;

    judging_open(&judging, row->patches, row->policy);
    judging_run(&judging, row->facts);
    judging_expect(&judging, row->expected);
    judging_close(&judging);
}

#endif
