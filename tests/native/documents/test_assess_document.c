/* SPDX-License-Identifier: MIT */
/* test_assess_document.c - assessment and plan documents: what their shape alone cannot check. */
#include "documents/assessment.h"

#include "documents.h"

static enum prereq_status read_assessment(struct prereq_arena *arena, const char *text, size_t len,
                                          const void **object, struct prereq_error *err)
{
    const struct prereq_assessment *assessment;
    enum prereq_status status = prereq_assessment_read(arena, text, len, &assessment, NULL, err);

    if (!status)
        *object = assessment;
    return status;
}

static enum prereq_status read_plan(struct prereq_arena *arena, const char *text, size_t len,
                                    const void **object, struct prereq_error *err)
{
    const struct prereq_plan_file *file;
    enum prereq_status status = prereq_plan_read(arena, text, len, &file, NULL, err);

    if (!status)
        *object = file;
    return status;
}

#define HOST "\"host\": {\"hostId\": \"id-1\", \"hostName\": \"WEB01\"}"
#define EVALUATED "\"evaluated\": \"2026-11-22T12:00:00Z\""
#define TOP                                                                                        \
    "{\"format\": \"patchprereq-assessment/1.0\", " HOST ", " EVALUATED                            \
    ", \"collection\": {\"method\": \"live\", \"finished\": \"2026-11-22T11:00:00Z\"}"
#define STATUS(id, state)                                                                          \
    "{\"id\": \"" id "\", \"patchId\": \"Q1\", \"target\": \"host\", \"required\": true, "         \
    "\"counts\": true, \"state\": \"" state "\", \"ageDays\": 0, \"waived\": false}"
#define STATUSES(list) TOP ", \"statuses\": [" list "]}"
#define PLAN "{\"goal\": \"host\", \"result\": \"nothing-to-do\"}"
#define PLAN_FILE                                                                                  \
    "{\"format\": \"patchprereq-plan/1.0\", " HOST ", " EVALUATED ", \"plan\": " PLAN "}"

#define STEP(command)                                                                              \
    "{\"goal\": \"host\", \"result\": \"planned\", \"steps\": [{\"id\": \"host/01\", \"goal\": "   \
    "\"host\", \"stepNo\": 1, \"action\": \"install\", \"target\": \"host\", \"command\": "        \
    "\"" command "\", \"program\": \"a.exe\", \"arguments\": [\"-x\", \"b c\"]}]}"

/* ---- read ---- */

static void states_are_numbers_inside_and_words_outside(void **state)
{
    struct prereq_arena *arena = new_arena();

    (void)state;
    for (int i = 0; i < PREREQ_STATES; i++) {
        const struct prereq_assessment *assessment;
        struct prereq_buffer out = {0};
        char text[1024], word[64];

        snprintf(text, sizeof(text), STATUSES(STATUS("Q1", "%s")), prereq_state_names[i]);
        assessment = must_read(arena, read_assessment, text);
        assert_int_equal(assessment->statuses[0].state, i);
        prereq_assessment_write(assessment, PREREQ_JSON_COMPACT, &out);
        snprintf(word, sizeof(word), "\"state\":\"%s\"", prereq_state_names[i]);
        assert_non_null(strstr(out.text, word));
        prereq_buffer_free(&out);
    }
    prereq_arena_free(arena);
}

/* The numbers are what monitors compare. */
static void numbers_never_change(void **state)
{
    static const struct {
        const char *const *names;
        const char *words;
    } promised[] = {
        {prereq_state_names, "NotApplicable Unknown PendingRestart OutOfOrder Regressed Superseded "
                             "Compliant Blocked Ready "},
        {prereq_satisfied_names, "No Yes Unknown NotApplicable "},
        {prereq_component_result_names,
         "Unknown AtLevel Newer Older Missing Different NotRequired "},
        {prereq_pending_names, "No Yes Unknown "},
        {prereq_evidence_names, "none files build package record date "},
        {prereq_role_names, "baseline patch "},
        {prereq_need_names, "No Possible Required "},
        {prereq_plan_result_names, "planned nothing-to-do refused cycle "},
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(promised); i++) {
        struct prereq_buffer words = {0};

        for (int j = 0; promised[i].names[j]; j++)
            prereq_buffer_addf(&words, "%s ", promised[i].names[j]);
        assert_string_equal(words.text, promised[i].words);
        prereq_buffer_free(&words);
    }
}

static void a_plan_comes_back_as_it_was(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_plan_file *file = must_read(arena, read_plan, PLAN_FILE);
    struct prereq_buffer out = {0};

    (void)state;
    assert_int_equal(file->plan->result, PREREQ_PLAN_NOTHING_TO_DO);
    assert_string_equal(file->host->host_name, "WEB01");
    prereq_plan_write(file, PREREQ_JSON_COMPACT, &out);
    assert_string_equal(out.text,
                        "{\"format\":\"patchprereq-plan/1.0\",\"host\":{\"hostId\":\"id-1\","
                        "\"hostName\":\"WEB01\"},\"evaluated\":\"2026-11-22T12:00:00Z\",\"plan\":{"
                        "\"goal\":\"host\",\"result\":\"nothing-to-do\"}}");
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

static void a_command_is_its_program_and_arguments(void **state)
{
    static const char text[] = "{\"format\": \"patchprereq-plan/1.0\", " HOST ", " EVALUATED
                               ", \"plan\": " STEP("a.exe -x \\\"b c\\\"") "}";
    struct prereq_arena *arena = new_arena();
    const struct prereq_plan_file *file = must_read(arena, read_plan, text);

    (void)state;
    assert_string_equal(file->plan->steps[0].command, "a.exe -x \"b c\"");
    prereq_arena_free(arena);
}

static void newer_members_are_counted(void **state)
{
    static const char assessment_text[] =
        "{\"format\": \"patchprereq-assessment/1.7\", \"new\": 1, " HOST ", " EVALUATED
        ", \"collection\": {\"method\": \"live\", \"finished\": \"2026-11-22\", \"new\": []}}";
    static const char plan_text[] = "{\"format\": \"patchprereq-plan/1.1\", \"new\": 1, " HOST
                                    ", " EVALUATED ", \"plan\": " PLAN "}";
    struct prereq_arena *arena = new_arena();
    const struct prereq_assessment *assessment;
    const struct prereq_plan_file *file;
    struct prereq_error err = {0};
    size_t ignored = 0;

    (void)state;
    assert_int_equal(prereq_assessment_read(arena, assessment_text, strlen(assessment_text),
                                            &assessment, &ignored, &err),
                     PREREQ_OK);
    assert_int_equal(ignored, 2);
    assert_int_equal(prereq_plan_read(arena, plan_text, strlen(plan_text), &file, &ignored, &err),
                     PREREQ_OK);
    assert_int_equal(ignored, 1);
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_assessment,
                        STATUSES(STATUS("Q1", "Ready") ", " STATUS("Q2", "Blocked")));
    must_survive_limits(read_plan, PLAN_FILE);
}

/* ---- refused ---- */

static struct bad {
    const char *name;
    read_document *read;
    const char *text;
    const char *message;
} bad[] = {
    {"no host", read_assessment, "{\"format\": \"patchprereq-assessment/1.0\", " EVALUATED "}",
     "/: lacks the member \"host\""},
    {"no evaluation", read_assessment, "{\"format\": \"patchprereq-assessment/1.0\", " HOST "}",
     "/: lacks the member \"evaluated\""},
    {"no collection", read_assessment,
     "{\"format\": \"patchprereq-assessment/1.0\", " HOST ", " EVALUATED "}",
     "/: lacks the member \"collection\""},
    {"a host without id", read_assessment,
     "{\"format\": \"patchprereq-assessment/1.0\", \"host\": {\"hostName\": \"A\"}}",
     "/host: lacks the member \"hostId\""},
    {"a status without state", read_assessment,
     STATUSES("{\"id\": \"Q1\", \"patchId\": \"Q1\", \"target\": \"host\", \"required\": true, "
              "\"counts\": true, \"ageDays\": 0, \"waived\": false}"),
     "/statuses/0: lacks the member \"state\""},
    {"a status without target", read_assessment, STATUSES("{\"id\": \"Q1\", \"patchId\": \"Q1\"}"),
     "/statuses/0: lacks the member \"target\""},
    {"a state by number", read_assessment, STATUSES(STATUS("Q1", "8")),
     "/statuses/0/state: not one of: NotApplicable, Unknown, PendingRestart, OutOfOrder, "
     "Regressed, "
     "Superseded, Compliant, Blocked, Ready: \"8\""},
    {"statuses out of order", read_assessment,
     STATUSES(STATUS("Q1", "Ready") ", " STATUS("Q3", "Ready") ", " STATUS("Q2", "Ready")),
     "/statuses/2/id: \"Q2\" does not come after \"Q3\""},
    {"a status twice", read_assessment, STATUSES(STATUS("Q1", "Ready") ", " STATUS("Q1", "Ready")),
     "/statuses/1/id: \"Q1\" does not come after \"Q1\""},
    {"facts in place of an assessment", read_assessment, "{\"format\": \"patchprereq-facts/1.0\"}",
     "its format is \"patchprereq-facts/1.0\", not patchprereq-assessment"},
    {"a plan file without plan", read_plan,
     "{\"format\": \"patchprereq-plan/1.0\", " HOST ", " EVALUATED "}",
     "/: lacks the member \"plan\""},
    {"a plan without result", read_plan,
     "{\"format\": \"patchprereq-plan/1.0\", " HOST ", " EVALUATED
     ", \"plan\": {\"goal\": \"host\"}}",
     "/plan: lacks the member \"result\""},
    {"a command that shows something else than what is run", read_assessment,
     TOP ", \"plans\": [" PLAN ", " STEP("a.exe -y") "]}",
     "/plans/1/steps/0/command: it is not the program with its arguments"},
    {"the same in a plan on its own", read_plan,
     "{\"format\": \"patchprereq-plan/1.0\", " HOST ", " EVALUATED
     ", \"plan\": " STEP("a.exe -x b c") "}",
     "/plan/steps/0/command: it is not the program with its arguments"},
    {"an assessment in place of a plan", read_plan, TOP "}",
     "its format is \"patchprereq-assessment/1.0\", not patchprereq-plan"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(row->read, row->text, strlen(row->text), row->message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(states_are_numbers_inside_and_words_outside),
        cmocka_unit_test(numbers_never_change),
        cmocka_unit_test(a_plan_comes_back_as_it_was),
        cmocka_unit_test(a_command_is_its_program_and_arguments),
        cmocka_unit_test(newer_members_are_counted),
        cmocka_unit_test(survives_any_memory_limit),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
