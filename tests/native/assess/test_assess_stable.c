/* SPDX-License-Identifier: MIT */
/* test_assess_stable.c - the order of items in a facts document leaves no trace in the assessment.
 */
#include "judging.h"

#define CATALOG                                                                                    \
    PATCH("X")                                                                                     \
    ",'files':[" FILE_ROW("x.dll", "2.0") "," FILE_ROW(                                            \
        "y.dll",                                                                                   \
        "2.0") "],'prerequisites':[{'anyOf':[{'rule':{'registry':{'key':'K1'}"                     \
               "}},{'patch':'A'}],'why':'w'},"                                                     \
               "{'anyOf':[{'rule':{'product':{'product':'MSSQL','version':{'"                      \
               "atLeast':'15'}}}}],'why':'p'},"                                                    \
               "{'anyOf':[{'rule':{'package':{'name':'Pkg*','version':{'"                          \
               "atLeast':'9'}}}}],'why':'q'},"                                                     \
               "{'anyOf':[{'rule':{'freeSpace':{'volume':'data','atLeast':"                        \
               "100}}}],'why':'v'}]}," PATCH("A")                                                  \
                   FILES("a.dll", "2.0") ",'aliases':['KB1','KB2']}," PATCH(                       \
                       "C") ",'packages':['Pkg*'],'msiPatches':['{P}']}"                           \
                            "," IIS_PATCH(                                                         \
                                "F") ",'marker':{'service':{'name':"                               \
                                     "'W'}},'voidedBy':[{'feature':"                               \
                                     "'IIS','why':'v'},"                                           \
                                     "{'product':'MSSQL','why':'i'}"                               \
                                     "]}," SQL_PATCH(                                              \
                                         "S") ",'"                                                 \
                                              "marker':"                                           \
                                              "{'"                                                 \
                                              "product'"                                           \
                                              ":{'"                                                \
                                              "product'"                                           \
                                              ":'MSSQL'"                                           \
                                              ",'"                                                 \
                                              "version'"                                           \
                                              ":{'"                                                \
                                              "atLeast'"                                           \
                                              ":'15'}}}"                                           \
                                              "}"                                                  \
                                              "," PATCH("M") ",'marker':{'all':[{'setting':{'"     \
                                                             "kind':'boot','name':'b'}},"          \
                                                             "{'msi':{'productCode':'{Q}'}}]}}"

#define HIDDEN "'status':'unavailable','code':'access_denied'"
#define FACTS                                                                                      \
    "'files':[{'path':'x.dll'," HIDDEN                                                             \
    "},{'path':'y.dll','version':'1.0'},{'path':'z.dll'," HIDDEN                                   \
    ",'text':'no'},{'path':'a.dll','version':'1.0','pending':{'version':'2.0'}}],"                 \
    "'registry':[{'key':'K1'," HIDDEN "},{'key':'K2'," HIDDEN "},{'key':'K1','name':'n',"          \
    "'number':1}],'services':[{'name':'W'},{'name':'V'," HIDDEN "},{'name':'U'," HIDDEN "}],"      \
    "'features':[{'name':'IIS','installedOn':'2020-05-01'},{'name':'DNS'," HIDDEN "}],"            \
    "'updates':[{'id':'KB2','sources':[{'source':'qfe','installedOn':'2020-01-02'},"               \
    "{'source':'hotfix-key','installedOn':'2020-01-01T10:00:00Z'}]},"                              \
    "{'id':'KB1','sources':[{'source':'systeminfo'}]},"                                            \
    "{'id':'F','sources':[{'source':'qfe','installedOn':'2020-02-02'}]},"                          \
    "{'id':'S','target':'MSSQL/B','sources':[{'source':'product','installedOn':'2020-01-02'}]}],"  \
    "'packages':[{'identity':'Pkg_2~t~x~~2.0','state':112,'installedOn':'2020-01-03'},"            \
    "{'identity':'Pkg_1~t~x~~1.0','state':80},{'identity':'Pkg_3~t~x~~1.0'," HIDDEN "}],"          \
    "'msiProducts':[{'productCode':'{Q}','version':'1.0'},{'productCode':'{R}'}],"                 \
    "'msiPatches':[{'patchCode':'{P}','productCode':'{Q}','installedOn':'2020-01-05'},"            \
    "{'patchCode':'{P}','productCode':'{R}','installedOn':'2020-01-04'}],"                         \
    "'instances':[{'product':'MSSQL','name':'B','version':'14.0','installedOn':'2020-03-01'},"     \
    "{'product':'MSSQL','name':'A','version':'15.0'},{'product':'EXCHANGE'," HIDDEN "}],"          \
    "'volumes':[{'role':'data','name':'E','freeBytes':5},{'role':'data','name':'F',"               \
    "'freeBytes':500},{'role':'system','freeBytes':9}],"                                           \
    "'settings':[{'kind':'boot','name':'b'," HIDDEN "},{'kind':'cpu','name':'b'}],"                \
    "'pendingRestarts':[{'source':'cbs','pending':'yes'},"                                         \
    "{'source':'file-rename','pending':'yes','targets':['y.dll','x.dll']}],"                       \
    "'coverage':[{'list':'hotfixKeys','state':'complete'},{'list':'services',"                     \
    "'state':'unavailable'},{'list':'msiPatches','state':'unavailable','code':'hive_dirty'}],"     \
    "'errors':[{'fact':'os.ubr','code':'access_denied'},{'fact':'files','code':'error',"           \
    "'number':'5'}]"

/* A copy of a list with item i where the n items before it put it: rotated by `by`, then turned
 * round when `back`. */
static const void *reordered(const struct judging *judging, const void *list, size_t count,
                             size_t size, size_t by, bool back)
{
    char *copy = prereq_alloc(judging->arena, count, size);

    assert_non_null(copy);
    for (size_t i = 0; i < count; i++) {
        size_t to = (i + by) % count;

        memcpy(copy + (back ? count - 1 - to : to) * size, (const char *)list + i * size, size);
    }
    return copy;
}

#define REORDER(list, n)                                                                           \
    facts->list = reordered(judging, facts->list, facts->n, sizeof(*facts->list), by, back)

static void reorder(const struct judging *judging, struct prereq_facts *facts, size_t by, bool back)
{
    struct prereq_update_fact *updates;

    REORDER(files, file_count);
    REORDER(registry, registry_count);
    REORDER(services, service_count);
    REORDER(features, feature_count);
    REORDER(updates, update_count);
    REORDER(packages, package_count);
    REORDER(msi_products, msi_product_count);
    REORDER(msi_patches, msi_patch_count);
    REORDER(instances, instance_count);
    REORDER(volumes, volume_count);
    REORDER(settings, setting_count);
    REORDER(pending_restarts, pending_restart_count);
    REORDER(coverage, coverage_count);
    REORDER(errors, error_count);
    updates = prereq_alloc(judging->arena, facts->update_count, sizeof(*updates));
    assert_non_null(updates);
    memcpy(updates, facts->updates, facts->update_count * sizeof(*updates));
    for (size_t i = 0; i < facts->update_count; i++)
        updates[i].sources = reordered(judging, updates[i].sources, updates[i].source_count,
                                       sizeof(*updates[i].sources), by, back);
    facts->updates = updates;
}

static struct prereq_buffer text_of(struct judging *judging, const struct prereq_facts *facts)
{
    struct prereq_buffer text = {0};

    judging_run_on(judging, facts);
    prereq_assessment_write(judging->made, PREREQ_JSON_READABLE, &text);
    assert_false(text.failed);
    return text;
}

static void test_any_order(void **state)
{
    const struct prereq_facts *facts;
    struct judging judging;
    struct prereq_buffer first;

    (void)state;
    judging_open(&judging, CATALOG, NULL);
    facts = judging_facts(&judging, FACTS);
    first = text_of(&judging, facts);
    assert_true(judging.made->collector_error_count > 8);
    for (size_t by = 0; by < 4; by++) {
        for (int back = 0; back < 2; back++) {
            struct prereq_facts other = *facts;
            struct prereq_buffer text;

            reorder(&judging, &other, by, back != 0);
            text = text_of(&judging, &other);
            assert_string_equal(text.text, first.text);
            prereq_buffer_free(&text);
        }
    }
    prereq_buffer_free(&first);
    judging_close(&judging);
}

/* What was written is read back and written the same. */
static void test_round_trip(void **state)
{
    const struct prereq_assessment *again = NULL;
    struct prereq_error err = {0};
    struct prereq_buffer first, second = {0};
    struct judging judging;

    (void)state;
    judging_open(&judging, CATALOG, NULL);
    first = text_of(&judging, judging_facts(&judging, FACTS));
    if (prereq_assessment_read(judging.arena, first.text, first.len, &again, NULL, &err))
        fail_msg("%s", err.text);
    prereq_assessment_write(again, PREREQ_JSON_READABLE, &second);
    assert_string_equal(second.text, first.text);
    prereq_buffer_free(&first);
    prereq_buffer_free(&second);
    judging_close(&judging);
}

/* With too little memory there is no assessment and no other failure; with enough there is. */
static void test_memory(void **state)
{
    struct judging judging;
    struct prereq_judge judge = {.product_version = "test"};
    const struct prereq_facts *facts;
    enum prereq_status status = PREREQ_NO_MEMORY;
    size_t failures = 0;

    (void)state;
    judging_open(&judging, CATALOG, NULL);
    facts = judging_facts(&judging, FACTS);
    judge.catalog = judging.catalog;
    judge.policy = judging.policy;
    judge.now = facts->collection->finished;
    for (size_t limit = 0; status; limit += limit < 4096 ? 16 : limit / 256 / 16 * 16 + 16) {
        struct prereq_arena *arena = prereq_arena_new(limit);
        const struct prereq_assessment *made = NULL;
        struct prereq_error err = {0};

        assert_non_null(arena);
        status = prereq_assess(arena, &judge, facts, NULL, &made, &err);
        assert_true(status == PREREQ_OK || status == PREREQ_NO_MEMORY);
        assert_int_equal(made != NULL, status == PREREQ_OK);
        failures += status != PREREQ_OK;
        prereq_arena_free(arena);
    }
    assert_true(failures > 100);
    judging_close(&judging);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_order),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_memory),
    };

    return RUN_TESTS(tests);
}
