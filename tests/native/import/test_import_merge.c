/* SPDX-License-Identifier: MIT */
/* test_import_merge.c - several texts of one host as one document. */
#include "imports.h"

#define SYSTEMINFO(host, build)                                                                    \
    "Host Name:  " host "\nOS Name:  Windows\nOS Version:  6.1." build " N/A Build " build         \
    "\nHotfix(s):  2\n [01]: KB123456\n [02]: KB123457\n"
#define QFE(host, date)                                                                            \
    "CSName=" host "\nHotFixID=KB123456\nInstalledOn=" date "\n\n"                                 \
    "CSName=" host "\nHotFixID=KB123458\nInstalledOn=\n"
#define QFE_NO_NAME "HotFixID  InstalledOn\nKB123459  1/13/2020\n"

#define DISM(package, feature)                                                                     \
    "Package Identity : Package_for_KB5~t~amd64~~1.0\nState : " package "\n\n"                     \
    "Feature Name : NetFx3\nState : " feature "\n"

static struct merge {
    const char *name;
    const char *texts[3];
    const char *host_id;
    const char *contains[3]; /* of the document; or of the reason, when the first begins with '!' */
} merges[] = {
    {"both sources of an update are kept",
     {SYSTEMINFO("H1", "7601"), QFE("h1", "1/13/2020")},
     NULL,
     {"\"id\": \"KB123456\",\n      \"sources\": [\n        {\n          \"source\": "
      "\"systeminfo\"\n        },\n        {\n          \"source\": \"qfe\",\n          "
      "\"installedOn\": \"2020-01-13\"",
      "\"list\": \"systeminfo\"", "\"list\": \"qfe\""}},
    {"packages and features beside the rest, each once; the later text counts",
     {SYSTEMINFO("H1", "7601"), DISM("Staged", "Disabled"), DISM("Installed", "Enabled")},
     NULL,
     {"\"features\": [\n    {\n      \"name\": \"NetFx3\",\n      \"state\": \"installed\"\n    "
      "}\n  ]",
      "\"packages\": [\n    {\n      \"identity\": \"Package_for_KB5~t~amd64~~1.0\",\n      "
      "\"state\": 112\n    }\n  ]",
      "\"hostName\": \"H1\""}},
    {"what one text does not know, another does",
     {QFE("H1", "1/13/2020"), SYSTEMINFO("H1", "7601")},
     NULL,
     {"\"build\": 7601", "\"hostName\": \"H1\"", "\"id\": \"KB123457\""}},
    {"a text without the host's name",
     {QFE_NO_NAME, SYSTEMINFO("H1", "7601")},
     NULL,
     {"\"hostName\": \"H1\"", "\"id\": \"KB123459\"", "\"source\": \"part 0; part 1\""}},
    {"the host id given stands beside the name",
     {QFE_NO_NAME, SYSTEMINFO("H1", "7601")},
     "site-7",
     {"\"hostId\": \"site-7\"", "\"hostName\": \"H1\""}},
    {"the host id given stands for the name",
     {QFE_NO_NAME},
     "site-7",
     {"\"hostName\": \"site-7\""}},
    {"from the earliest text to the latest",
     {QFE("H1", ""), QFE("H1", ""), QFE("H1", "")},
     NULL,
     {"\"started\": \"2026-11-22T08:00:00Z\"", "\"finished\": \"2026-11-22T10:00:00Z\""}},
    {"one source with two dates: neither",
     {QFE("H1", "1/13/2020"), QFE("H1", "1/14/2020")},
     NULL,
     {"\"code\": \"conflict\"",
      "\"id\": \"KB123456\",\n      \"sources\": [\n        {\n          \"source\": \"qfe\"\n"}},
    {"one source with a date and without",
     {QFE("H1", ""), QFE("H1", "1/14/2020")},
     NULL,
     {"\"installedOn\": \"2020-01-14\""}},
    {"two hosts",
     {SYSTEMINFO("H1", "7601"), QFE("H2", "")},
     NULL,
     {"!part 1: is of the host \"H2\", the parts before it are of \"H1\""}},
    {"two builds",
     {SYSTEMINFO("H1", "7600"), SYSTEMINFO("H1", "7601")},
     NULL,
     {"!part 1: names another build"}},
    {"no name at all", {QFE_NO_NAME, QFE_NO_NAME}, NULL, {"!--host-id"}},
    {"nothing to merge", {NULL}, NULL, {"!no text"}},
};

static size_t import_parts(struct prereq_arena *arena, const struct merge *merge,
                           const struct prereq_facts *parts[3])
{
    static const char *const names[] = {"part 0", "part 1", "part 2"};
    size_t count = 0;

    while (count < 3 && merge->texts[count]) {
        struct prereq_import_options options = options_for(names[count], merge->host_id);
        struct prereq_facts *facts = NULL;
        struct prereq_error err = {0};

        options.facts_time.seconds += (int64_t)count * 3600;
        options.one_of_several = true;
        if (prereq_import_text(arena, merge->texts[count], strlen(merge->texts[count]), &options,
                               &facts, &err))
            fail_msg("%s", err.text);
        parts[count++] = facts;
    }
    return count;
}

/* In which order the texts are named says nothing. */
static void must_merge_the_same_the_other_way_round(struct prereq_arena *arena,
                                                    const struct prereq_facts *const *parts,
                                                    size_t count, const char *json)
{
    const struct prereq_facts *turned[3];
    struct prereq_facts *merged = NULL;
    struct prereq_error err = {0};
    char *other;

    for (size_t i = 0; i < count; i++)
        turned[i] = parts[count - 1 - i];
    if (prereq_import_merge(arena, turned, count, &merged, &err))
        fail_msg("%s", err.text);
    other = document(merged);
    assert_string_equal(other, json);
    free(other);
}

static void check_merge(void **state)
{
    const struct merge *merge = *state;
    struct prereq_arena *arena = prereq_arena_new(NO_LIMIT);
    const struct prereq_facts *parts[3];
    struct prereq_facts *merged = NULL;
    struct prereq_error err = {0};
    size_t count = import_parts(arena, merge, parts);
    enum prereq_status status = prereq_import_merge(arena, parts, count, &merged, &err);
    bool refused = merge->contains[0][0] == '!';
    char *json = refused ? NULL : document(merged);

    assert_int_equal(status, refused ? PREREQ_BAD_INPUT : PREREQ_OK);
    assert_int_equal(merged == NULL, refused);
    for (size_t i = 0; i < 3 && merge->contains[i]; i++) {
        if (!strstr(refused ? err.text : json, merge->contains[i] + refused))
            fail_msg("\"%s\" does not hold \"%s\"", refused ? err.text : json, merge->contains[i]);
    }
    if (!refused)
        must_merge_the_same_the_other_way_round(arena, parts, count, json);
    free(json);
    prereq_arena_free(arena);
}

static void check_start_up(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(NO_LIMIT);
    struct run first, second;
    struct prereq_facts *merged = NULL;
    struct prereq_error err = {0};
    size_t len;
    char *bytes = read_input("server-2019.txt", &len), *day;
    struct prereq_import_options options = options_for("a", NULL);

    (void)state;
    run_start(&first, bytes, len, &options, NO_LIMIT);
    options.facts_time.seconds -= 3600;
    day = strstr(bytes, "11/20/2026");
    assert_non_null(day);
    day[4] = '9'; /* the 19th, in the text made earlier */
    day[3] = '1';
    run_start(&second, bytes, len, &options, NO_LIMIT);
    assert_int_equal(prereq_import_merge(arena,
                                         (const struct prereq_facts *[]){first.facts, second.facts},
                                         2, &merged, &err),
                     PREREQ_OK);
    assert_int_equal(first.facts->last_start_up.seconds - second.facts->last_start_up.seconds,
                     86400);
    assert_int_equal(merged->last_start_up.seconds, first.facts->last_start_up.seconds);
    free(bytes);
    run_end(&first);
    run_end(&second);
    prereq_arena_free(arena);
}

/* Each way of running out of memory says so and makes nothing. */
static void check_memory(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(NO_LIMIT);
    const struct prereq_facts *parts[3];
    size_t count = import_parts(arena, &merges[0], parts), limit = 0;
    enum prereq_status status = PREREQ_NO_MEMORY;

    (void)state;
    for (; status == PREREQ_NO_MEMORY; limit += 16) {
        struct prereq_arena *small = prereq_arena_new(limit);
        struct prereq_facts *merged = NULL;
        struct prereq_error err = {0};

        assert_non_null(small);
        status = prereq_import_merge(small, parts, count, &merged, &err);
        assert_int_equal(merged == NULL, status != PREREQ_OK);
        prereq_arena_free(small);
    }
    assert_int_equal(status, PREREQ_OK);
    assert_true(limit > 256);
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest others[] = {
        cmocka_unit_test(check_start_up),
        cmocka_unit_test(check_memory),
    };
    int failed = RUN_TABLE(merges, check_merge);

    failed |= RUN_TESTS(others);
    return failed;
}
