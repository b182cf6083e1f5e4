/* SPDX-License-Identifier: MIT */
/* test_wmi_method.c - methods: which call is one, plans that are held, facts in pieces. */
#include "formats/hash.h"
#include "text/plan_text.h"
#include "wmi_documents.h"

/* ---- calls ---- */

static struct call {
    const char *name; /* the method */
    const char *path;
    enum prereq_wmi_result result;
} calls[] = {
    {"Refresh", "PatchPrereq_Summary", PREREQ_WMI_OK},
    {"refresh", "patchprereq_summary", PREREQ_WMI_OK},
    {"GetFacts", "PatchPrereq_Summary=@", PREREQ_WMI_OK},
    {"GetFacts", "\\\\.\\root\\PatchPrereq:PatchPrereq_Summary", PREREQ_WMI_OK},
    {"GetPlan", "PatchPrereq_PatchStatus.Id=\"Q1\"", PREREQ_WMI_OK},
    {"GetPlan", "PatchPrereq_PatchStatus", PREREQ_WMI_INVALID_PATH},
    {"GetPlan", "PatchPrereq_PatchStatus=@", PREREQ_WMI_INVALID_PATH},
    {"GetPlan", "PatchPrereq_PatchStatus.Name=\"Q1\"", PREREQ_WMI_INVALID_PATH},
    {"Refresh", "PatchPrereq_Summary.Id=\"x\"", PREREQ_WMI_INVALID_PATH},
    {"Refresh", "Patch Prereq", PREREQ_WMI_INVALID_PATH},
    {"Refresh", "PatchPrereq_Summar", PREREQ_WMI_INVALID_CLASS},
    {"Refresh", "PatchPrereq_PatchStatus", PREREQ_WMI_INVALID_METHOD},
    {"GetPlan", "PatchPrereq_PlanStep.Id=\"host/01\"", PREREQ_WMI_INVALID_METHOD},
    {"GetPlans", "PatchPrereq_PatchStatus.Id=\"Q1\"", PREREQ_WMI_INVALID_METHOD},
    {"", "PatchPrereq_Summary", PREREQ_WMI_INVALID_METHOD},
};

static void check_call(void **state)
{
    const struct call *call = *state;
    const struct prereq_wmi_class *wmi_class = NULL;
    const struct prereq_wmi_method *method = NULL;
    struct prereq_error err = {0};

    assert_int_equal(prereq_wmi_call(call->path, call->name, &wmi_class, &method, &err),
                     call->result);
    if (call->result == PREREQ_WMI_OK) {
        assert_true(prereq_equal_nocase(method->name, call->name));
        assert_non_null(wmi_class);
    } else {
        assert_null(wmi_class);
        assert_null(method);
        assert_true(strlen(err.text) > 10);
    }
}

/* ---- GetPlan ---- */

static struct held {
    const char *name; /* the status */
    uint32_t return_value;
    const char *hash; /* NULL: the numbers are NULL, too */
    const char *says;
} plans[] = {
    {"Q269862", 0, "hash of Q269862", "1 step, 1 restart"},
    {"Q300", 2, NULL, "cycle"},
    {"KB2@MSSQL/PROD:241", 1, NULL, "file C:\\x.dll"},
    {"KB9", 3, NULL, "patchprereq plan --goal KB9"},
};

static void check_plan(void **state)
{
    const struct held *held = *state;
    struct prereq_wmi_snapshot *snapshot = wmi_snapshot();
    struct prereq_buffer expected = {0};
    struct prereq_wmi_plan plan = {0};
    struct prereq_error err = {0};
    struct prereq_wmi_row row;
    char path[128];

    (void)snprintf(path, sizeof(path), "PatchPrereq_PatchStatus=\"%s\"", held->name);
    assert_int_equal(prereq_wmi_get(snapshot, path, wmi_at("2026-11-22T12:00:10Z"), &row, &err),
                     PREREQ_WMI_OK);
    assert_int_equal(prereq_wmi_get_plan(snapshot, &row, &plan, &err), PREREQ_WMI_OK);
    assert_int_equal(plan.return_value, held->return_value);
    assert_int_equal(plan.steps.known, held->hash != NULL);
    assert_int_equal(plan.restarts.known, held->hash != NULL);
    if (held->hash)
        assert_string_equal(plan.hash, held->hash);
    else
        assert_null(plan.hash);
    if (!strstr(plan.text.text, held->says))
        fail_msg("\"%s\" does not say \"%s\"", plan.text.text, held->says);
    assert_int_equal(plan.json.len > 0, held->return_value != 3);
    if (plan.json.len) {
        struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
        const struct prereq_plan_file *file = NULL;

        assert_int_equal(prereq_plan_read(arena, plan.json.text, plan.json.len, &file, NULL, &err),
                         PREREQ_OK);
        assert_string_equal(file->plan->goal, held->name);
        prereq_plan_text(
            prereq_wmi_snapshot_assessment(snapshot),
            prereq_assessment_plan(prereq_wmi_snapshot_assessment(snapshot), held->name),
            &expected);
        assert_string_equal(plan.text.text, expected.text);
        prereq_arena_free(arena);
    }
    prereq_buffer_free(&expected);
    prereq_buffer_free(&plan.text);
    prereq_buffer_free(&plan.json);
    prereq_wmi_snapshot_drop(snapshot);
}

/* ---- GetFacts ---- */

#define EMOJI "\360\237\230\200" /* two UTF-16 units */

/* Texts whose pieces, put together, have to be the text. */
static struct facts {
    const char *name;
    size_t before;    /* letters of one byte */
    const char *unit; /* then this, again and again */
    size_t repeats;
    uint32_t total;
    size_t calls;
} facts[] = {
    {"nothing", 0, "", 0, 0, 1},
    {"one letter", 1, "", 0, 1, 1},
    {"one piece to the last", 100000, "", 0, 100000, 1},
    {"one more", 100001, "", 0, 100001, 2},
    {"two bytes, one unit", 0, "\303\251", 250000, 250000, 3},
    {"three bytes, one unit", 1, "\342\202\254", 100000, 100001, 2},
    {"pairs that fit", 0, EMOJI, 100000, 200000, 2},
    {"pairs that would be cut", 1, EMOJI, 100000, 200001, 3},
};

static void check_facts(void **state)
{
    const struct facts *row = *state;
    size_t unit = strlen(row->unit), len = row->before + unit * row->repeats, pieces = 0;
    char *file = malloc(len + 1), hash[65];
    struct prereq_buffer whole = {0};
    struct prereq_number offset = {0, false};
    struct prereq_wmi_piece piece;

    assert_non_null(file);
    memset(file, 'x', row->before);
    for (size_t i = 0; i < row->repeats; i++)
        memcpy(file + row->before + i * unit, row->unit, unit);
    prereq_sha256_hex(file, len, hash);
    prereq_buffer_add(&whole, "");
    do {
        struct prereq_error err = {0};

        if (prereq_wmi_get_facts(file, len, offset, &piece, &err))
            fail_msg("%s", err.text);
        assert_int_equal(piece.total_chars, row->total);
        assert_string_equal(piece.sha256, hash);
        assert_true(piece.next_offset - offset.value <= PREREQ_WMI_FACTS_UNITS);
        prereq_buffer_add_bytes(&whole, piece.text, piece.len);
        offset = (struct prereq_number){piece.next_offset, true};
        pieces++;
    } while (piece.next_offset < piece.total_chars);
    assert_int_equal(pieces, row->calls);
    assert_int_equal(whole.len, len);
    assert_memory_equal(whole.text, file, len);
    prereq_buffer_free(&whole);
    free(file);
}

static struct bad_facts {
    const char *name;
    const char *file;
    uint64_t offset;
    enum prereq_wmi_result result;
} bad_facts[] = {
    {"the end is no error", "abc", 3, PREREQ_WMI_OK},
    {"beyond the end", "abc", 4, PREREQ_WMI_INVALID_PARAMETERS},
    {"far beyond", "abc", UINT32_MAX, PREREQ_WMI_INVALID_PARAMETERS},
    {"before a pair", "a" EMOJI, 1, PREREQ_WMI_OK},
    {"in a pair", "a" EMOJI, 2, PREREQ_WMI_INVALID_PARAMETERS},
    {"behind a pair", "a" EMOJI, 3, PREREQ_WMI_OK},
    {"not UTF-8", "a\377", 0, PREREQ_WMI_FAILED},
    {"cut UTF-8", "a\360\237\230", 0, PREREQ_WMI_FAILED},
};

static void check_bad_facts(void **state)
{
    const struct bad_facts *row = *state;
    struct prereq_wmi_piece piece = {.text = "untouched"};
    struct prereq_error err = {0};

    assert_int_equal(prereq_wmi_get_facts(row->file, strlen(row->file),
                                          (struct prereq_number){row->offset, true}, &piece, &err),
                     row->result);
    if (row->result != PREREQ_WMI_OK)
        assert_string_equal(piece.text, "untouched");
}

/* ---- Refresh ---- */

static void the_wait_is_bounded(void **state)
{
    static const uint32_t waits[][2] = {{0, 0},   {1, 1},   {59, 59},
                                        {60, 60}, {61, 60}, {4294967295U, 60}};

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(waits); i++)
        assert_int_equal(prereq_wmi_refresh_wait((struct prereq_number){waits[i][0], true}),
                         waits[i][1]);
    assert_int_equal(prereq_wmi_refresh_wait((struct prereq_number){7, false}), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_wait_is_bounded)};
    int failed = RUN_TABLE(calls, check_call);

    failed |= RUN_TABLE(plans, check_plan);
    failed |= RUN_TABLE(facts, check_facts);
    failed |= RUN_TABLE(bad_facts, check_bad_facts);
    failed |= RUN_TESTS(tests);
    return failed;
}
