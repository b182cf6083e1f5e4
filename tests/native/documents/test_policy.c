/* SPDX-License-Identifier: MIT */
/* test_policy.c - the policy file: what it says, what holds without it, what is refused. */
#include "documents/policy.h"

#include "documents.h"

static enum prereq_status read_policy(struct prereq_arena *arena, const char *text, size_t len,
                                      const void **object, struct prereq_error *err)
{
    const struct prereq_policy *policy;
    enum prereq_status status = prereq_policy_read(arena, text, len, &policy, err);

    if (!status)
        *object = policy;
    return status;
}

#define HEAD "{\"format\": \"patchprereq-policy/1.0\", \"id\": \"site\", \"version\": \"3\""

static void assert_default_requirement(const struct prereq_requirement *last)
{
    assert_null(last->product);
    assert_null(last->branch);
    assert_int_equal(last->group_count, 0);
    assert_string_equal(last->level, "newest");
    assert_int_equal(last->updates, PREREQ_UPDATES_SECURITY);
    assert_int_equal(last->allow_branch_change, PREREQ_FLAG_FALSE);
}

static void default_policy_is_the_documented_one(void **state)
{
    static const struct {
        int severity;
        uint64_t days;
    } sla[] = {{PREREQ_CRITICAL, 14}, {PREREQ_IMPORTANT, 30}, {PREREQ_MODERATE, 60},
               {PREREQ_LOW, 90},      {PREREQ_UNRATED, 30},   {0, 30}};
    const struct prereq_policy *policy = prereq_policy_default();

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(sla); i++)
        assert_int_equal(prereq_policy_sla(policy, sla[i].severity), sla[i].days);
    assert_true(policy->stale_after_hours.known);
    assert_int_equal(policy->stale_after_hours.value, 48);
    assert_int_equal(policy->trust_records, PREREQ_FLAG_FALSE);
    assert_int_equal(policy->require_count, 1);
    assert_default_requirement(&policy->require[0]);
    assert_null(policy->package_root);
}

static void nothing_but_a_head_is_the_default(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_policy *read = must_read(arena, read_policy, HEAD "}");
    const struct prereq_policy *standard = prereq_policy_default();

    (void)state;
    assert_string_equal(read->id, "site");
    assert_string_equal(read->version, "3");
    for (int severity = 1; severity <= PREREQ_SEVERITIES; severity++)
        assert_int_equal(prereq_policy_sla(read, severity), prereq_policy_sla(standard, severity));
    assert_int_equal(read->stale_after_hours.value, standard->stale_after_hours.value);
    assert_int_equal(read->restart_grace_days.value, standard->restart_grace_days.value);
    assert_int_equal(read->trust_records, standard->trust_records);
    assert_int_equal(read->require_count, 1);
    assert_default_requirement(&read->require[0]);
    prereq_arena_free(arena);
}

static void everything_that_is_said_is_kept(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_policy *read = must_read(
        arena, read_policy,
        HEAD
        ", \"require\": [{\"product\": \"MSSQL*\", \"branch\": \"GDR\", \"groups\": [\"dmz\", "
        "\"test-*\"], \"level\": \"SQL2019-CU27\", \"updates\": \"all\", "
        "\"allowBranchChange\": true}, {\"level\": \"none\", \"updates\": \"none\"}], "
        "\"slaDays\": {\"critical\": 0, \"low\": 120}, \"staleAfterHours\": 24, "
        "\"restartGraceDays\": 2, \"trustRecords\": true, \"packageRoot\": \"D:\\\\packages\"}");

    (void)state;
    assert_int_equal(read->require_count, 3);
    assert_string_equal(read->require[0].product, "MSSQL*");
    assert_string_equal(read->require[0].branch, "GDR");
    assert_int_equal(read->require[0].group_count, 2);
    assert_string_equal(read->require[0].groups[1], "test-*");
    assert_string_equal(read->require[0].level, "SQL2019-CU27");
    assert_int_equal(read->require[0].updates, PREREQ_UPDATES_ALL);
    assert_int_equal(read->require[0].allow_branch_change, PREREQ_FLAG_TRUE);
    assert_string_equal(read->require[1].level, "none");
    assert_int_equal(read->require[1].updates, PREREQ_UPDATES_NONE);
    assert_int_equal(read->require[1].allow_branch_change, PREREQ_FLAG_FALSE);
    assert_default_requirement(&read->require[2]);
    assert_int_equal(prereq_policy_sla(read, PREREQ_CRITICAL), 0);
    assert_int_equal(prereq_policy_sla(read, PREREQ_LOW), 120);
    assert_int_equal(prereq_policy_sla(read, PREREQ_MODERATE), 60);
    assert_int_equal(read->stale_after_hours.value, 24);
    assert_int_equal(read->restart_grace_days.value, 2);
    assert_int_equal(read->trust_records, PREREQ_FLAG_TRUE);
    assert_string_equal(read->package_root, "D:\\packages");
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_policy,
                        HEAD ", \"require\": [{\"groups\": [\"a\", \"b\"]}], "
                             "\"slaDays\": {\"low\": 1}, \"packageRoot\": \"D:\\\\p\"}");
}

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"no id", "{\"format\": \"patchprereq-policy/1.0\", \"version\": \"1\"}",
     "/: lacks the member \"id\""},
    {"no version", "{\"format\": \"patchprereq-policy/1.0\", \"id\": \"a\"}",
     "/: lacks the member \"version\""},
    {"another kind of document", "{\"format\": \"patchprereq-waivers/1.0\"}",
     "its format is \"patchprereq-waivers/1.0\", not patchprereq-policy"},
    {"unknown member", HEAD ", \"sla\": 3}", "/sla: unknown member"},
    {"a misspelt word", HEAD ", \"require\": [{\"updates\": \"everything\"}]}",
     "/require/0/updates: not one of: security, all, none: \"everything\""},
    {"a level that is no id", HEAD ", \"require\": [{}, {\"level\": \"SP 6a\"}]}",
     "/require/1/level: an id uses A-Z a-z 0-9 . _ - @ / : only: \"SP 6a\""},
    {"an empty list of groups", HEAD ", \"require\": [{\"groups\": []}]}",
     "/require/0/groups: the list is empty; leave it out to mean all"},
    {"stale at once", HEAD ", \"staleAfterHours\": 0}",
     "/staleAfterHours: must be from 1 to 876000"},
    {"never stale", HEAD ", \"staleAfterHours\": 876001}",
     "/staleAfterHours: must be from 1 to 876000"},
    {"days beyond any sum", HEAD ", \"slaDays\": {\"moderate\": 9007199254740991}}",
     "/slaDays/moderate: must be from 0 to 36500"},
    {"grace beyond any sum", HEAD ", \"restartGraceDays\": 36501}",
     "/restartGraceDays: must be from 0 to 36500"},
    {"days with a fraction", HEAD ",\n\"slaDays\": {\"low\": 1.5}}",
     "line 2: a number is not a whole number from 0 to 9007199254740991"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_policy, row->text, strlen(row->text), row->message);
}

static struct found {
    const char *name, *product, *branch, *group, *level;
} found[] = {
    {"the first of two that match decides", "SQL", "CU", "web1", "first"},
    {"without regard to case", "sql", "cu", "WEB1", "first"},
    {"another group", "SQL", "CU", "db", "second"},
    {"no group is no group of the list", "SQL", "CU", NULL, "second"},
    {"another branch", "SQL", "GDR", "web1", "third"},
    {"no branch is none that is named", "SQL", NULL, "web1", "third"},
    {"nothing matches: the implied one", "IIS", NULL, NULL, "newest"},
};

static void check_found(void **state)
{
    static const char *const groups[] = {"web*"};
    static const struct prereq_requirement list[] = {
        {.product = "SQL", .branch = "CU", .groups = groups, .group_count = 1, .level = "first"},
        {.product = "S*", .branch = "C*", .level = "second"},
        {.product = "SQL", .level = "third"}};
    const struct prereq_policy policy = {.require = list, .require_count = PREREQ_COUNT(list)};
    const struct found *row = *state;
    const struct prereq_requirement *one =
        prereq_find_requirement(&policy, row->product, row->branch, row->group);

    assert_string_equal(one->level, row->level);
    if (strcmp(row->level, "newest") == 0)
        assert_default_requirement(one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_policy_is_the_documented_one),
        cmocka_unit_test(nothing_but_a_head_is_the_default),
        cmocka_unit_test(everything_that_is_said_is_kept),
        cmocka_unit_test(survives_any_memory_limit),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(bad, check_bad);
    failed |= RUN_TABLE(found, check_found);
    return failed;
}
