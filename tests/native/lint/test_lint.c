/* SPDX-License-Identifier: MIT */
/* test_lint.c - lint: every planted fault is found, as itself and nothing else; sound entries are
 * not blamed; what a code means stands in docs/lint.md. */
#include "lint/lint.h"

#include "files/file.h"

#include "lint_faults.h"
#include "lint_proof_faults.h"
#include "lint_rule_faults.h"
#include "lint_sound.h"

/* ---- what must not be blamed ---- */

static void check_sound(void **state)
{
    const struct sound *sound = *state;
    struct prereq_arena *arena = new_arena();

    assert_none(lint_more(arena, "", sound->more));
    prereq_arena_free(arena);
}

/* ---- several parts, several findings ---- */

static void add_part(struct prereq_arena *arena, struct prereq_catalog_part *parts, size_t number,
                     const char *json, bool overlay)
{
    static const char *const names[] = {"b.json", "a.json", "c.json"};

    parts[number] = (struct prereq_catalog_part){names[number], read_file(arena, json), overlay};
}

static void overlays_replace_entries(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_catalog_part parts[2];

    (void)state;
    add_part(arena, parts, 0, DOCUMENT(PRODUCTS, SOUND "," ENTRY("X", ", \"branch\": \"none\"")),
             false);
    add_part(arena, parts, 1, DOCUMENT(PRODUCTS, ENTRY("x", NEEDS("{\"patch\": \"Q1\"}"))), true);
    assert_none(lint(arena, parts, 2));
    parts[1].overlay = false;
    assert_int_equal(lint(arena, parts, 2).count, 5); /* X, three products, and X's own fault */
    prereq_arena_free(arena);
}

static void an_overlay_may_not_repeat_itself(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_catalog_part parts[2];
    struct findings found;

    (void)state;
    add_part(arena, parts, 0, DOCUMENT(PRODUCTS, SOUND), false);
    add_part(arena, parts, 1,
             DOCUMENT("", ENTRY("Q1", ", \"aliases\": [\"KB1\"]") "," ENTRY("q1", "")), true);
    found = lint(arena, parts, 2);
    assert_only(found, &(struct fault){.code = "duplicate_id",
                                       .where = "q1: id",
                                       .detail = "Q1 stands in a.json"});
    prereq_arena_free(arena);
}

static void a_product_may_not_stand_twice(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct findings found =
        lint_more(arena, "{\"id\": \"p\", \"title\": \"t\", \"applies\": {\"always\": true}}", "");

    (void)state;
    assert_only(found, &(struct fault){.code = "duplicate_id",
                                       .where = "product p: id",
                                       .detail = "P stands in a.json"});
    prereq_arena_free(arena);
}

static void products_are_looked_at(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct findings found = lint_more(arena,
                                      "{\"id\": \"PX\", \"title\": \"t\", \"applies\": {\"patch\": "
                                      "{\"id\": \"Q1\"}}, \"sources\": [{\"url\": \"page\"}]}",
                                      "");

    (void)state;
    assert_int_equal(found.count, 2);
    assert_string_equal(found.list[0].where, "product PX: applies/patch");
    assert_string_equal(found.list[0].code, "patch_rule_not_allowed");
    assert_string_equal(found.list[1].where, "product PX: sources/0/url");
    assert_string_equal(found.list[1].code, "bad_url");
    prereq_arena_free(arena);
}

/* By file, place and code, whatever the order of parts and entries. */
static void findings_are_sorted(void **state)
{
    static const char *const want[] = {
        "a.json Y: sources no_source", "b.json A: branch unknown_branch",
        "b.json A: sources no_source", "b.json X: sources no_source"};
    struct prereq_arena *arena = new_arena();
    struct prereq_catalog_part parts[2];
    struct findings found;

    (void)state;
    add_part(arena, parts, 0,
             DOCUMENT(PRODUCTS, OPEN_ENTRY("X") ", " BY_HAND "}," OPEN_ENTRY(
                                    "A") ", \"branch\": \"B\", " BY_HAND "}"),
             false);
    add_part(arena, parts, 1, DOCUMENT("", OPEN_ENTRY("Y") ", " BY_HAND "}"), false);
    found = lint(arena, parts, 2);
    assert_int_equal(found.count, PREREQ_COUNT(want));
    for (size_t i = 0; i < found.count; i++)
        assert_string_equal(prereq_printf(arena, "%s %s %s", found.list[i].part,
                                          found.list[i].where, found.list[i].code),
                            want[i]);
    prereq_arena_free(arena);
}

/* X3 waits for itself, X1 and X2 for each other; X0 only waits for them. */
static void each_circle_is_named_once(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct findings found = lint_more(
        arena, "",
        ENTRY("X2", NEEDS("{\"patch\": \"X1\"}")) "," ENTRY(
            "X0",
            NEEDS("{\"patch\": \"X2\"}")) "," ENTRY("X1",
                                                    NEEDS("{\"patch\": \"X3\"}, {\"patch\": "
                                                          "\"X2\"}")) "," ENTRY("X3",
                                                                                NEEDS("{\"patch\": "
                                                                                      "\"X3\"}")));

    (void)state;
    assert_int_equal(found.count, 2);
    assert_string_equal(found.list[0].where, "X1: prerequisites");
    assert_text(&found.list[0], "X1 > X2 > X1");
    assert_string_equal(found.list[1].where, "X3: prerequisites");
    assert_text(&found.list[1], "X3 > X3");
    prereq_arena_free(arena);
}

/* What the compiler refuses, lint can still tell, all of it at once. */
static void lint_goes_on_where_the_compiler_stops(void **state)
{
    struct prereq_arena *arena = new_arena();
    struct findings found = lint_more(arena, "",
                                      ENTRY("X", ", \"supersedes\": [\"Q9\", \"X\"]" NEEDS(
                                                     "{\"title\": \"t\"}")) "," ENTRY("x", ""));

    (void)state;
    assert_int_equal(found.count, 4);
    assert_string_equal(found.list[0].code, "alternative_not_one");
    assert_string_equal(found.list[1].code, "supersedes_cycle");
    assert_string_equal(found.list[2].code, "dangling_id");
    assert_string_equal(found.list[3].code, "duplicate_id");
    prereq_arena_free(arena);
}

/* Chains as long as the catalog need no deep stack. */
static void long_chains_are_walked(void **state)
{
    enum { LENGTH = 20000 };
    struct prereq_arena *arena = new_arena();
    struct prereq_buffer json = {0};
    struct prereq_catalog_part part = {"a.json", NULL, false};

    (void)state;
    prereq_buffer_add(&json, "{\"format\": \"patchprereq-catalog/1.0\", \"products\": [" PRODUCTS
                             "], \"patches\": [" ENTRY("X0", ""));
    for (int i = 1; i < LENGTH; i++)
        prereq_buffer_addf(&json,
                           ",{\"id\": \"X%d\", \"title\": \"t\", \"product\": \"P\", "
                           "\"classification\": \"security\", " SOURCE ", " BY_HAND
                           ", \"supersedes\": [\"X%d\"]" NEEDS("{\"patch\": \"X%d\"}") "}",
                           i, i - 1, i - 1);
    prereq_buffer_add(&json, "]}");
    part.file = read_file(arena, json.text);
    prereq_buffer_free(&json);
    assert_none(lint(arena, &part, 1));
    prereq_arena_free(arena);
}

/* With too little memory nothing comes back, least of all a part of the findings. */
static void memory_may_run_out_anywhere(void **state)
{
    static const char untouched[] = "untouched";
    struct prereq_arena *arena = new_arena();
    struct prereq_catalog_part part = {"a.json", NULL, false};
    enum prereq_status status = PREREQ_NO_MEMORY;

    (void)state;
    part.file = read_file(
        arena, DOCUMENT(PRODUCTS, SOUND "," ENTRY("X", ", \"supersedes\": [\"X\"]" MARKER(
                                                           "{\"product\": {\"product\": \"DB\"}}")
                                                           NEEDS("{\"patch\": \"X\"}"))));
    for (size_t limit = 0; status != PREREQ_OK; limit += limit < 4096 ? 16 : 112) {
        struct prereq_arena *small = prereq_arena_new(limit);
        const struct prereq_lint_finding *findings = (const void *)untouched;
        struct prereq_error err = {0};
        size_t count = 99;

        assert_non_null(small);
        assert_true(limit < (size_t)1 << 20);
        status = prereq_catalog_lint(small, &part, 1, &findings, &count, &err);
        assert_int_equal(err.status, status);
        assert_true(status == PREREQ_OK ? count == 3 : status == PREREQ_NO_MEMORY);
        assert_true(status == PREREQ_OK || (count == 99 && findings == (const void *)untouched));
        prereq_arena_free(small);
    }
    prereq_arena_free(arena);
}

/* ---- the codes ---- */

static bool table_has(const struct fault *table, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(table[i].code, code) == 0)
            return true;
    }
    return false;
}

static void every_code_has_a_fault(void **state)
{
    (void)state;
    for (int i = 0; i < PREREQ_LINT_CODES; i++) {
        const char *code = prereq_lint_code_info((enum prereq_lint_code)i)->code;

        if (!table_has(faults, PREREQ_COUNT(faults), code) &&
            !table_has(proof_faults, PREREQ_COUNT(proof_faults), code) &&
            !table_has(product_faults, PREREQ_COUNT(product_faults), code) &&
            !table_has(rule_faults, PREREQ_COUNT(rule_faults), code))
            fail_msg("%s is planted in no test", code);
    }
}

/* Products stand where the sound ones do, and sound ones of their kind are left alone. */
static void check_product_fault(void **state)
{
    const struct fault *row = *state;
    struct prereq_arena *arena = new_arena();

    assert_only(lint_more(arena, row->more, ""), row);
    prereq_arena_free(arena);
}

static void editions_that_are_left_out_are_fine(void **state)
{
    static const char *const sound[] = {
        /* another Windows; the other one leaves it out; instances */
        PRODUCT_OF("E", "{\"os\": {\"version\": {\"equals\": [\"3.51\"]}, " OF_EDITION "}}"),
        PRODUCT_OF("E", "{\"os\": {\"version\": {\"equals\": [\"6.0\"]}, " OF_EDITION
                        "}}") "," PRODUCT_OF("F", "{\"all\": [{\"os\": {\"version\": {\"equals\": "
                                                  "[\"6.0\"]}}}, {\"not\": "
                                                  "{\"os\": {" OF_EDITION "}}}]}"),
        PRODUCT_OF("E", "{\"not\": {\"os\": {" OF_EDITION "}}}"),
        "{\"id\": \"E\", \"title\": \"t\", \"instanceProduct\": \"DB\", \"applies\": {\"os\": "
        "{" OF_EDITION "}}, " SOURCE "}",
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(sound); i++) {
        struct prereq_arena *arena = new_arena();

        assert_none(lint_more(arena, sound[i], ""));
        prereq_arena_free(arena);
    }
}

/* The table of docs/lint.md is the table of the code, line by line. */
static void codes_are_documented(void **state)
{
    static const char head[] = "| code | kind | sentence |\n| --- | --- | --- |\n";
    struct prereq_arena *arena = new_arena();
    struct prereq_error err = {0};
    char *page = NULL;
    const char *at;
    size_t len = 0;

    (void)state;
    if (prereq_file_read(TEST_DATA "/../../docs/lint.md", (size_t)1 << 20, &page, &len, &err))
        fail_msg("%s", err.text);
    at = strstr(page, head);
    assert_non_null(at);
    at += strlen(head);
    for (int i = 0; i < PREREQ_LINT_CODES; i++) {
        const struct prereq_lint_code_info *info = prereq_lint_code_info((enum prereq_lint_code)i);
        const char *row = prereq_printf(arena, "| `%s` | %s | %s |\n", info->code,
                                        info->warning ? "odd" : "wrong", info->sentence);

        if (strncmp(at, row, strlen(row)) != 0)
            fail_msg("docs/lint.md has to say: %s", row);
        at += strlen(row);
    }
    assert_int_equal(*at, '\n');
    free(page);
    prereq_arena_free(arena);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlays_replace_entries),
        cmocka_unit_test(an_overlay_may_not_repeat_itself),
        cmocka_unit_test(a_product_may_not_stand_twice),
        cmocka_unit_test(products_are_looked_at),
        cmocka_unit_test(findings_are_sorted),
        cmocka_unit_test(each_circle_is_named_once),
        cmocka_unit_test(lint_goes_on_where_the_compiler_stops),
        cmocka_unit_test(long_chains_are_walked),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(every_code_has_a_fault),
        cmocka_unit_test(codes_are_documented),
        cmocka_unit_test(editions_that_are_left_out_are_fine),
    };
    int failed = RUN_TABLE(sounds, check_sound);

    failed |= RUN_TABLE(faults, check_fault);
    failed |= RUN_TABLE(product_faults, check_product_fault);
    failed |= RUN_TABLE(proof_faults, check_fault);
    failed |= RUN_TABLE(rule_faults, check_fault);
    return failed | RUN_TESTS(tests);
}
