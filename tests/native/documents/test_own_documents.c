/* SPDX-License-Identifier: MIT */
/* test_own_documents.c - whatever a host is called, every document about it is read again and
 * written as the same bytes: facts, assessment, the next assessment, plans and explanations. */
#include <string.h>

#include "assess/explain.h"
#include "judging.h"
#include "wmi/wmi_path.h"

#define HOSTS 1000
#define LATER "2026-11-21T12:00:00Z"

/* ---- names ---- */

/* The first letters of ten scripts, half of which have cases, and how many there are. */
static const struct script {
    uint32_t first, count;
} scripts[] = {
    {0x41, 26},  {0xC0, 23},  {0x391, 17}, {0x410, 64},   {0x531, 38},
    {0x5D0, 27}, {0x621, 26}, {0x905, 53}, {0x4E00, 500}, {0x10400, 40},
};

static const char *const signs[] = {
    " ", "#", "$", ".", "-", "_", "'", "\"", "\\",           "/",
    "@", ":", "%", "*", "?", "<", "|", "\t", "\xE2\x80\x8B", "\xF3\xA0\x80\xA1"};

struct random {
    uint64_t state;
};

static uint32_t below(struct random *random, uint32_t limit)
{
    random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(random->state >> 33) % limit;
}

/* One to twenty characters, now and then 255; mostly letters of one script. */
static void make_name(struct random *random, struct prereq_buffer *name)
{
    const struct script *script = &scripts[below(random, (uint32_t)PREREQ_COUNT(scripts))];
    uint32_t count = below(random, 20) == 0 ? 255 : 1 + below(random, 20);

    name->len = 0;
    for (uint32_t i = 0; i < count; i++) {
        char letter[4];

        if (below(random, 5) == 0)
            prereq_buffer_add(name, signs[below(random, (uint32_t)PREREQ_COUNT(signs))]);
        else
            prereq_buffer_add_bytes(
                name, letter,
                prereq_utf8_put(script->first + below(random, script->count), letter));
    }
}

/* The same name with the case of each letter as it is folded. */
static void change_case(const char *name, struct prereq_buffer *other)
{
    other->len = 0;
    prereq_fold_add(other, name);
}

/* ---- facts ---- */

static void add_member(struct prereq_buffer *out, const char *before, const char *text)
{
    prereq_buffer_add(out, before);
    prereq_json_quote(out, text);
}

static const struct prereq_facts *make_facts(struct judging *judging, struct random *random,
                                             const char *name, const char *domain, const char *time)
{
    struct prereq_buffer json = {0}, text = {0};
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};

    add_member(&json, "{\"format\":\"patchprereq-facts/1.0\",\"host\":{\"hostName\":", name);
    if (domain)
        add_member(&json, ",\"domain\":", domain);
    add_member(&json, "},\"collection\":{\"method\":\"live\",\"finished\":", time);
    make_name(random, &text);
    add_member(&json,
               "},\"instances\":[{\"product\":\"MSSQL\",\"version\":\"14.0\",\"name\":", text.text);
    prereq_buffer_add(&json, "}],\"files\":[{\"path\":\"x.dll\",\"version\":\"1.0\"}]");
    /* What was found is shown in part: its cut comes anywhere in a character. */
    while (text.len < 400)
        prereq_buffer_add(&text, below(random, 2) ? "x" : "\xF0\x9F\x98\x80");
    add_member(&json, ",\"registry\":[{\"key\":\"K1\",\"name\":\"n\",\"value\":", text.text);
    make_name(random, &text);
    add_member(&json,
               "}],\"errors\":[{\"fact\":\"os.ubr\",\"code\":\"error\",\"text\":", text.text);
    prereq_buffer_add(&json, "}]}");
    if (prereq_facts_read(judging->arena, json.text, json.len, &facts, NULL, &err))
        fail_msg("%s", err.text);
    prereq_buffer_free(&json);
    prereq_buffer_free(&text);
    return facts;
}

/* ---- documents ---- */

/* Written, read and written again; what was read last. */
static const void *again(struct judging *judging, const struct prereq_document *document,
                         const void *object)
{
    const void *read = NULL;

    for (int style = PREREQ_JSON_CANONICAL; style <= PREREQ_JSON_READABLE; style++) {
        struct prereq_buffer first = {0}, second = {0};
        struct prereq_error err = {0};

        prereq_shape_write(document->shape, object, (enum prereq_json_style)style, &first);
        /* None of the names holds it: the writer had to mend a text that was cut. */
        assert_null(strstr(first.text, "\xEF\xBF\xBD"));
        if (prereq_shape_read(judging->arena, document, first.text, first.len, &read, NULL, &err))
            fail_msg("%s\n%s", err.text, first.text);
        prereq_shape_write(document->shape, read, (enum prereq_json_style)style, &second);
        assert_string_equal(first.text, second.text);
        prereq_buffer_free(&first);
        prereq_buffer_free(&second);
    }
    return read;
}

static void check_plan(struct judging *judging, const struct prereq_plan *plan)
{
    const struct prereq_plan_file file = prereq_plan_file_of(judging->made, plan);

    (void)again(judging, &prereq_plan_document, &file);
}

static void check_explanations(struct judging *judging, const struct prereq_facts *facts)
{
    struct prereq_judge judge = {
        .catalog = judging->catalog, .policy = judging->policy, .product_version = "test"};

    assert_true(prereq_time_parse(judging->now, &judge.now));
    for (size_t i = 0; i < judging->made->status_count; i++) {
        const struct prereq_explanation *explanation = NULL;
        struct prereq_error err = {0};

        if (prereq_explain(judging->arena, &judge, facts, judging->made->statuses[i].id,
                           &explanation, &err))
            fail_msg("%s", err.text);
        (void)again(judging, &prereq_explain_document, explanation);
    }
}

/* The status is found by its path in WMI, too. */
static void check_path(struct judging *judging, const char *id)
{
    struct prereq_wmi_path path = {.class_name = "PatchPrereq_PatchStatus", .key_count = 1}, read;
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};

    path.keys[0] = (struct prereq_wmi_key){"Id", PREREQ_WMI_KEY_TEXT, id, 0};
    prereq_wmi_path_write(&path, &text);
    if (prereq_wmi_path_read(judging->arena, text.text, &read, &err))
        fail_msg("%s", err.text);
    assert_string_equal(read.keys[0].text, id);
    prereq_buffer_free(&text);
}

static const struct prereq_assessment *check_assessment(struct judging *judging,
                                                        const struct prereq_facts *facts)
{
    const struct prereq_assessment *made;

    judging_run_on(judging, again(judging, &prereq_facts_document, facts));
    made = judging->made;
    assert_true(prereq_is_id(made->host->host_id));
    assert_true(made->plan_count > 0);
    for (size_t i = 0; i < made->plan_count; i++)
        check_plan(judging, &made->plans[i]);
    for (size_t i = 0; i < made->status_count; i++)
        check_path(judging, made->statuses[i].id);
    check_explanations(judging, facts);
    return again(judging, &prereq_assessment_document, made);
}

/* A goal that waits for what a rule and a level say, and a patch of an instance. */
#define CATALOG                                                                                    \
    PATCH("KB1")                                                                                   \
    FILES("x.dll", "2.0")                                                                          \
    ",'commands':{'install':{'program':'x.exe'}},'prerequisites':[{'anyOf':[{'rule':{'registry':"  \
    "{'key':'K1','name':'n','text':{'equals':['y']}}}}],'why':'because'}]}," SQL_PATCH(            \
        "KB2") ",'marker':{'product':{'product':'MSSQL','version':{'atLeast':'15'}}},"             \
               "'commands':{'install':{'program':'s.exe','arguments':['/i=%InstanceName%']}},"     \
               "'prerequisites':[{'anyOf':[{'rule':{'product':{'product':'MSSQL'}}}],'why':'"      \
               "because'}]}"

static void documents_of_a_thousand_hosts(void **state)
{
    struct random random = {20261122};
    struct prereq_buffer name = {0}, domain = {0}, other = {0};
    size_t encoded = 0, folded = 0, longest = 0;

    (void)state;
    for (size_t i = 0; i < HOSTS; i++) {
        const struct prereq_assessment *before;
        struct judging judging;
        bool has_domain;

        make_name(&random, &name);
        make_name(&random, &domain);
        has_domain = below(&random, 2) == 0;
        change_case(name.text, &other);
        judging_open(&judging, CATALOG, NULL);
        judging.plans = true;
        before =
            check_assessment(&judging, make_facts(&judging, &random, name.text,
                                                  has_domain ? domain.text : NULL, FACTS_TIME));
        encoded += strchr(before->host->host_id, ':') != NULL;
        folded += strcmp(name.text, other.text) != 0;
        longest = strlen(before->host->host_id) > longest ? strlen(before->host->host_id) : longest;
        /* A host that spells its name in another case is the same host, with the same history. */
        judging.previous = before;
        judging.now = LATER;
        before = check_assessment(&judging, make_facts(&judging, &random, other.text,
                                                       has_domain ? domain.text : NULL, LATER));
        assert_string_equal(before->host->host_id, judging.previous->host->host_id);
        assert_non_null(before->previous);
        judging_close(&judging);
    }
    /* The generator makes what the test is about. */
    assert_true(encoded > HOSTS / 2 && folded > HOSTS / 4 && longest > 2000);
    prereq_buffer_free(&other);
    prereq_buffer_free(&domain);
    prereq_buffer_free(&name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_of_a_thousand_hosts),
    };

    return RUN_TESTS(tests);
}
