/* SPDX-License-Identifier: MIT */
/* test_pieces.c - the table of pieces, and every sentence that `provider status` can say. */
#include <string.h>

#include "patchprereq.h"
#include "table.h"

#define HOME "C:\\Program Files\\PatchPrereq"
#define SYSTEM "S-1-5-18"
#define ADMINISTRATORS "S-1-5-32-544"
#define LOCAL_SERVICE "S-1-5-19"
#define USER "S-1-5-21-1-2-3-1001"

/* ---- rights of the data folder ---- */

static struct rights_case {
    const char *name;
    const char *owner;
    bool no_list, not_protected;
    struct prereq_piece_right allowed[4];
    size_t count;
    const char *trusted;
    enum prereq_piece_verdict verdict;
    const char *says;
} rights_cases[] = {
#define FULL(sid)                                                                                  \
    {                                                                                              \
        sid, 0x1F01FF, true, false                                                                 \
    }
#define LISTS                                                                                      \
    {                                                                                              \
        LOCAL_SERVICE, 0x1200A9, false, false                                                      \
    }
    {"as it should be",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS},
     3,
     NULL,
     PREREQ_PIECE_GOOD,
     "data"},
    {"owner SYSTEM",
     SYSTEM,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS},
     3,
     NULL,
     PREREQ_PIECE_GOOD,
     "data"},
    {"an ordinary user is its owner",
     USER,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS},
     3,
     NULL,
     PREREQ_PIECE_WRONG,
     "is owned by " USER},
    {"an owner by the settings",
     USER,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS, FULL(USER)},
     4,
     USER,
     PREREQ_PIECE_GOOD,
     "data"},
    {"no owner", NULL, false, false, {FULL(SYSTEM)}, 1, NULL, PREREQ_PIECE_WRONG, "nobody"},
    {"no list",
     ADMINISTRATORS,
     true,
     false,
     {FULL(SYSTEM)},
     0,
     NULL,
     PREREQ_PIECE_WRONG,
     "everybody"},
    {"a user may read",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS, {USER, 1, false, false}},
     4,
     NULL,
     PREREQ_PIECE_WRONG,
     "gives " USER " rights 0x1,"},
    {"LocalService may write",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), {LOCAL_SERVICE, 0x1201AB, false, false}},
     3,
     NULL,
     PREREQ_PIECE_WRONG,
     "gives " LOCAL_SERVICE},
    {"LocalService may read what is below",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), {LOCAL_SERVICE, 0x1200A9, true, false}},
     3,
     NULL,
     PREREQ_PIECE_WRONG,
     "gives " LOCAL_SERVICE},
    {"LocalService may not list",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), FULL(ADMINISTRATORS)},
     2,
     NULL,
     PREREQ_PIECE_WRONG,
     "may not list"},
    {"rights from above",
     ADMINISTRATORS,
     false,
     true,
     {FULL(SYSTEM), FULL(ADMINISTRATORS), LISTS},
     3,
     NULL,
     PREREQ_PIECE_WRONG,
     "from the folder above"},
    {"SYSTEM is not there",
     ADMINISTRATORS,
     false,
     false,
     {FULL(ADMINISTRATORS), LISTS},
     2,
     NULL,
     PREREQ_PIECE_WRONG,
     "SYSTEM and Administrators"},
    {"Administrators only read",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM), {ADMINISTRATORS, 0x1200A9, true, false}, LISTS},
     3,
     NULL,
     PREREQ_PIECE_WRONG,
     "SYSTEM and Administrators"},
    {"all rights in two entries, one for what is below",
     ADMINISTRATORS,
     false,
     false,
     {FULL(SYSTEM),
      {ADMINISTRATORS, 0x1F01FF, false, false},
      {ADMINISTRATORS, 0x10000000, true, true},
      LISTS},
     4,
     NULL,
     PREREQ_PIECE_GOOD,
     "data"},
};

static void check_rights(void **state)
{
    const struct rights_case *row = *state;
    struct prereq_piece_rights rights = {
        .owner = row->owner,
        .has_list = !row->no_list,
        .is_protected = !row->not_protected,
        .allowed = row->allowed,
        .allowed_count = row->count,
        .trusted = &row->trusted,
        .trusted_count = row->trusted ? 1 : 0,
    };
    struct prereq_piece_result result = {0};

    prereq_piece_check_rights("C:\\data", &rights, &result);
    assert_int_equal(result.verdict, row->verdict);
    assert_non_null(strstr(result.text, row->says));
}

/* ---- the task ---- */

#define TASK(user, command)                                                                        \
    "<Task><Principals><Principal><UserId>" user "</UserId></Principal></Principals><Actions>"     \
    "<Exec><Command>" command "</Command></Exec></Actions></Task>"

static struct task_case {
    const char *name;
    bool enabled;
    const char *xml;
    enum prereq_piece_verdict verdict;
    const char *says;
} task_cases[] = {
    {"as it should be", true, TASK("S-1-5-18", "%ProgramFiles%\\PatchPrereq\\patchprereq.exe"),
     PREREQ_PIECE_GOOD, "\\PatchPrereq\\Refresh"},
    {"in quotes", true, TASK("S-1-5-18", "\"%ProgramFiles%\\PatchPrereq\\patchprereq.exe\""),
     PREREQ_PIECE_GOOD, "\\PatchPrereq\\Refresh"},
    {"one quote", true, TASK("S-1-5-18", "\""), PREREQ_PIECE_WRONG, "starts \"\"\""},
    {"with the whole path", true, TASK("SYSTEM", "c:\\program files\\patchprereq\\PATCHPREREQ.EXE"),
     PREREQ_PIECE_GOOD, "\\PatchPrereq\\Refresh"},
    {"another program", true, TASK("S-1-5-18", "C:\\Temp\\patchprereq.exe"), PREREQ_PIECE_WRONG,
     "starts \"C:\\Temp\\patchprereq.exe\""},
    {"no program", true, "<Task><UserId>S-1-5-18</UserId><Actions/></Task>", PREREQ_PIECE_WRONG,
     "starts \"\""},
    {"another user", true, TASK(USER, HOME "\\patchprereq.exe"), PREREQ_PIECE_WRONG,
     "runs as \"" USER},
    {"no user", true, "<Task><Command>" HOME "\\patchprereq.exe</Command></Task>",
     PREREQ_PIECE_WRONG, "runs as \"\""},
    {"disabled", false, TASK("S-1-5-18", HOME "\\patchprereq.exe"), PREREQ_PIECE_WRONG, "disabled"},
    {"cut off", true, "<Task><Command>" HOME, PREREQ_PIECE_WRONG, "starts \"\""},
};

static void check_task(void **state)
{
    const struct task_case *row = *state;
    const struct prereq_piece_task task = {row->enabled, row->xml};
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_piece_result result = {0};

    prereq_piece_check_task(arena, &task, "C:\\Program Files", HOME "\\patchprereq.exe", &result);
    assert_int_equal(result.verdict, row->verdict);
    assert_non_null(strstr(result.text, row->says));
    prereq_arena_free(arena);
}

/* ---- versions, age, loaded DLLs ---- */

static struct version_case {
    const char *name, *found, *expected;
    enum prereq_piece_verdict verdict;
} version_cases[] = {
    {"the same", "0.1.0.0", "0.1.0", PREREQ_PIECE_GOOD},
    {"older", "0.0.9.0", "0.1.0", PREREQ_PIECE_WRONG},
    {"newer", "0.1.0.1", "0.1.0", PREREQ_PIECE_WRONG},
    {"none", NULL, "0.1.0", PREREQ_PIECE_WRONG},
    {"nonsense", "x", "0.1.0", PREREQ_PIECE_WRONG},
};

static void check_version(void **state)
{
    const struct version_case *row = *state;
    struct prereq_piece_result result = {0};

    prereq_piece_check_version("x.dll", row->found, row->expected, &result);
    assert_int_equal(result.verdict, row->verdict);
}

static void test_age(void **state)
{
    const struct prereq_time made = prereq_time_from_seconds(1000000);
    struct prereq_piece_result result = {0};

    (void)state;
    prereq_piece_check_age(made, prereq_time_from_seconds(1000000 + 48 * 3600), 48, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_GOOD);
    prereq_piece_check_age(made, prereq_time_from_seconds(1000001 + 48 * 3600), 48, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_WRONG);
    assert_non_null(strstr(result.text, "48 hours old"));
    /* A clock that was set back makes nothing old. */
    prereq_piece_check_age(made, prereq_time_from_seconds(0), 48, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_GOOD);
    prereq_piece_check_age((struct prereq_time){0}, made, 48, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_WRONG);
}

static void test_loaded(void **state)
{
    const struct prereq_time early = prereq_time_from_seconds(100);
    const struct prereq_time late = prereq_time_from_seconds(200);
    struct prereq_piece_result result = {0};

    (void)state;
    prereq_piece_check_loaded(early, late, 77, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_WRONG);
    assert_non_null(strstr(result.text, "process 77"));
    prereq_piece_check_loaded(late, early, 77, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_GOOD);
    prereq_piece_check_loaded((struct prereq_time){0}, late, 77, &result);
    assert_int_equal(result.verdict, PREREQ_PIECE_GOOD);
}

/* ---- registry values ---- */

struct answers {
    const char *name, *text; /* the value that is answered otherwise; text NULL: not there */
    bool fails;
    struct prereq_arena *arena;
};

static enum prereq_status answer(void *context, const struct prereq_piece_value *value,
                                 const char **text, struct prereq_error *err)
{
    struct answers *answers = context;

    if (answers->name && !strcmp(answers->name, value->name ? value->name : "")) {
        if (answers->fails)
            return prereq_fail(err, PREREQ_IO, "access denied");
        *text = answers->text;
        return PREREQ_OK;
    }
    *text = prereq_piece_text(answers->arena, value, HOME);
    return PREREQ_OK;
}

static struct value_case {
    const char *name;
    enum prereq_piece piece;
    struct answers answers;
    enum prereq_piece_verdict verdict;
    const char *says;
} value_cases[] = {
    {"class id", PREREQ_PIECE_CLASS_ID, {0}, PREREQ_PIECE_GOOD, "as it should be"},
    {"event source", PREREQ_PIECE_EVENTS, {0}, PREREQ_PIECE_GOOD, "as it should be"},
    {"another threading model",
     PREREQ_PIECE_CLASS_ID,
     {"ThreadingModel", "Apartment", false, NULL},
     PREREQ_PIECE_WRONG,
     "ThreadingModel is \"Apartment\", not \"Both\""},
    {"no threading model",
     PREREQ_PIECE_CLASS_ID,
     {"ThreadingModel", NULL, false, NULL},
     PREREQ_PIECE_WRONG,
     "has no value ThreadingModel"},
    {"no key",
     PREREQ_PIECE_CLASS_ID,
     {"", NULL, false, NULL},
     PREREQ_PIECE_WRONG,
     "has no value (default)"},
    {"denied",
     PREREQ_PIECE_CLASS_ID,
     {"", NULL, true, NULL},
     PREREQ_PIECE_UNKNOWN,
     "access denied"},
    {"message file elsewhere",
     PREREQ_PIECE_EVENTS,
     {"EventMessageFile", "C:\\x.exe", false, NULL},
     PREREQ_PIECE_WRONG,
     "C:\\x.exe"},
    {"not all kinds of events",
     PREREQ_PIECE_EVENTS,
     {"TypesSupported", "1", false, NULL},
     PREREQ_PIECE_WRONG,
     "TypesSupported is \"1\", not \"7\""},
};

static void check_values(void **state)
{
    struct value_case *row = *state;
    struct prereq_piece_result result = {0};

    row->answers.arena = prereq_arena_new(1 << 16);
    prereq_piece_check_values(row->answers.arena, row->piece, HOME, answer, &row->answers, &result);
    assert_int_equal(result.verdict, row->verdict);
    assert_non_null(strstr(result.text, row->says));
    prereq_arena_free(row->answers.arena);
}

/* What is registered is what the provider is: the class id, the DLL, the threading model that event
 * providers need. */
static void test_table(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    bool dll = false;

    (void)state;
    for (const struct prereq_piece_value *value = prereq_piece_values; value->key; value++) {
        const char *text = prereq_piece_text(arena, value, HOME);
        bool below = false;

        assert_non_null(text);
        assert_null(strstr(text, "%s"));
        assert_int_not_equal(value->key[strlen(value->key) - 1], '\\');
        for (const char *const *key = prereq_piece_keys; *key; key++)
            below = below || prereq_starts_nocase(value->key, *key);
        assert_true(below); /* else it would stay for ever */
        dll = dll || (strstr(value->key, PREREQ_WMI_CLSID "\\InprocServer32") && !value->name &&
                      !strcmp(text, HOME "\\PatchPrereq.dll"));
    }
    assert_true(dll);
    for (size_t i = 0; i < PREREQ_PIECES; i++) {
        assert_non_null(prereq_piece_table[i].name);
        assert_true(strlen(prereq_piece_table[i].name) <= 13);
        assert_non_null(prereq_piece_table[i].what);
        assert_non_null(prereq_piece_table[i].removal);
    }
    prereq_arena_free(arena);
}

static void test_list(void **state)
{
    const char *texts[] = {"C:\\a.mof", "C:\\b.mof", "c:\\A.MOF", "C:\\c.mof"};
    struct prereq_piece_list list = {texts, PREREQ_COUNT(texts)};

    (void)state;
    assert_true(prereq_piece_list_has(&list, "C:\\B.mof"));
    assert_false(prereq_piece_list_has(&list, "C:\\b"));
    assert_true(prereq_piece_list_remove(&list, "C:\\A.mof"));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.texts[0], "C:\\b.mof");
    assert_string_equal(list.texts[1], "C:\\c.mof");
    assert_false(prereq_piece_list_remove(&list, "C:\\A.mof"));
    assert_int_equal(list.count, 2);
}

static void test_line(void **state)
{
    struct prereq_piece_result result = {0};
    struct prereq_buffer out = {0};

    (void)state;
    prereq_piece_say(&result, PREREQ_PIECE_WRONG, "is\nnot there");
    prereq_piece_write(PREREQ_PIECE_TASK, &result, &out);
    assert_string_equal(out.text, "wrong    task          is\\nnot there\n");
    prereq_buffer_free(&out);
}

static int run_others(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_age),  cmocka_unit_test(test_loaded), cmocka_unit_test(test_table),
        cmocka_unit_test(test_list), cmocka_unit_test(test_line),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

int main(void)
{
    int failed = RUN_TABLE(rights_cases, check_rights);

    failed += RUN_TABLE(task_cases, check_task);
    failed += RUN_TABLE(version_cases, check_version);
    failed += RUN_TABLE(value_cases, check_values);
    failed += run_others();
    return failed != 0;
}
