/* SPDX-License-Identifier: MIT */
/* lint_catalog.h - for tests of lint: a sound catalog, entries to put behind it, and what is found.
 */
#ifndef PREREQ_TESTS_LINT_CATALOG_H
#define PREREQ_TESTS_LINT_CATALOG_H

#include "documents.h"
#include "lint/lint.h"

#define SOURCE "\"sources\": [{\"url\": \"https://example.org/article\"}]"
#define OPEN_ENTRY(id)                                                                             \
    "{\"id\": \"" id "\", \"title\": \"t\", \"product\": \"P\", \"classification\": \"security\""
#define BY_HAND "\"installNote\": \"By hand.\""
/* A whole entry; `more` begins with a comma. */
#define ENTRY(id, more) OPEN_ENTRY(id) ", " SOURCE ", " BY_HAND more "}"
#define BASELINE(id, more) ENTRY(id, ", \"kind\": \"baseline\"" more)
#define LEVEL(number)                                                                              \
    ", \"marker\": {\"os\": {\"servicePack\": {\"equals\": [" number "]}}}, "                      \
    "\"sets\": [{\"os\": {\"servicePack\": " number "}}]"
#define NEEDS(alternatives)                                                                        \
    ", \"prerequisites\": [{\"anyOf\": [" alternatives "], \"why\": \"It does.\"}]"
#define NEEDS_RULE(rule) NEEDS("{\"rule\": " rule "}")
#define APPLIES(rule) ", \"applies\": " rule
#define MARKER(rule) ", \"marker\": " rule
#define SETS(sets) ", \"sets\": [" sets "]"
#define ROWS(rows) ", \"files\": [" rows "]"
#define COMMANDS(commands) ", \"commands\": {" commands "}"
#define PROGRAM "\"program\": \"x.exe\""
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF"

/* Three levels, a patch on top of them, and an instance product with two branches. */
#define PRODUCTS                                                                                   \
    "{\"id\": \"P\", \"title\": \"t\", \"applies\": {\"os\": {\"version\": {\"equals\": "          \
    "[\"4.0\"]}}}, " SOURCE "},"                                                                   \
    "{\"id\": \"P5\", \"title\": \"t\", \"applies\": {\"all\": [{\"os\": {\"version\": "           \
    "{\"equals\": [\"5.0\"]}}}]}, " SOURCE "},"                                                    \
    "{\"id\": \"DB\", \"title\": \"t\", \"instanceProduct\": \"DB\", \"applies\": {\"product\": "  \
    "{\"product\": \"DB\"}}, \"branches\": [\"GDR\", \"CU\"]}"
#define SOUND                                                                                                                                                                                                                                                           \
    BASELINE("L1", LEVEL("1") ROWS("{\"path\": \"a.dll\", \"version\": \"1.0\"}"))                                                                                                                                                                                      \
    "," BASELINE(                                                                                                                                                                                                                                                       \
        "L2",                                                                                                                                                                                                                                                           \
        LEVEL("2") ROWS(                                                                                                                                                                                                                                                \
            "{\"path\": \"A.dll\", \"version\": \"1.0\"}, "                                                                                                                                                                                                             \
            "{\"path\": \"b.dll\", \"date\": \"2000-01-01\"}") ", \"supersedes\": "                                                                                                                                                                                     \
                                                               "[\"L1\"]") "," BASELINE("L3",                                                                                                                                                                           \
                                                                                        LEVEL("3") ROWS(                                                                                                                                                                \
                                                                                            "{\"p"                                                                                                                                                                      \
                                                                                            "ath"                                                                                                                                                                       \
                                                                                            "\": "                                                                                                                                                                      \
                                                                                            "\"a."                                                                                                                                                                      \
                                                                                            "dll"                                                                                                                                                                       \
                                                                                            "\", "                                                                                                                                                                      \
                                                                                            "\"ve"                                                                                                                                                                      \
                                                                                            "rsio"                                                                                                                                                                      \
                                                                                            "n\":"                                                                                                                                                                      \
                                                                                            " \"1"                                                                                                                                                                      \
                                                                                            ".5\""                                                                                                                                                                      \
                                                                                            "}, "                                                                                                                                                                       \
                                                                                            "{\"p"                                                                                                                                                                      \
                                                                                            "ath"                                                                                                                                                                       \
                                                                                            "\": "                                                                                                                                                                      \
                                                                                            "\"b."                                                                                                                                                                      \
                                                                                            "dll"                                                                                                                                                                       \
                                                                                            "\", "                                                                                                                                                                      \
                                                                                            "\"ve"                                                                                                                                                                      \
                                                                                            "rsio"                                                                                                                                                                      \
                                                                                            "n\":"                                                                                                                                                                      \
                                                                                            " \"2"                                                                                                                                                                      \
                                                                                            ".0\""                                                                                                                                                                      \
                                                                                            "}") ", \"supersedes\": [\"L2\"]") "," ENTRY("Q1",                                                                                                                          \
                                                                                                                                         ", \"aliases\": [\"KB1\", \"MS1\"], \"released\": \"2001-01-01\"" NEEDS(                                                       \
                                                                                                                                             "{\"patch\": \"L1\"}, {\"patch\": \"L3\"}")) "," ENTRY("Q2",                                                               \
                                                                                                                                                                                                    ", \"aliases\": [\"KB2\", \"MS1\"], \"released\": \"2002-01-01\", " \
                                                                                                                                                                                                    "\"supersedes\": [\"kb1\"]" NEEDS(                                  \
                                                                                                                                                                                                        "{\"patch\": \"l3\", \"exact\": true}"))

#define DOCUMENT(products, patches)                                                                \
    "{\"format\": \"patchprereq-catalog/1.0\", \"products\": [" products                           \
    "], \"patches\": [" patches "]}"

static inline const struct prereq_catalog_file *read_file(struct prereq_arena *arena,
                                                          const char *json)
{
    const struct prereq_catalog_file *file = NULL;
    struct prereq_error err = {0};

    if (prereq_catalog_file_read(arena, json, strlen(json), &file, &err))
        fail_msg("%s\n%s", err.text, json);
    return file;
}

struct findings {
    const struct prereq_lint_finding *list;
    size_t count;
};

static struct findings lint(struct prereq_arena *arena, const struct prereq_catalog_part *parts,
                            size_t count)
{
    struct findings found = {NULL, 99};
    struct prereq_error err = {0};

    if (prereq_catalog_lint(arena, parts, count, &found.list, &found.count, &err))
        fail_msg("%s", err.text);
    return found;
}

static void tell(struct findings found)
{
    for (size_t i = 0; i < found.count; i++)
        print_message("%s: %s: %s [%s]\n", found.list[i].part, found.list[i].where,
                      found.list[i].text, found.list[i].code);
}

static void assert_none(struct findings found)
{
    tell(found);
    assert_int_equal(found.count, 0);
}

/* The sound catalog with `more` entries behind it. */
static struct findings lint_more(struct prereq_arena *arena, const char *products, const char *more)
{
    char *json = prereq_printf(arena, DOCUMENT(PRODUCTS "%s%s", SOUND "%s%s"), *products ? "," : "",
                               products, *more ? "," : "", more);
    struct prereq_catalog_part part = {"a.json", NULL, false};

    assert_non_null(json);
    /* A rule of a newer kind stands in a catalog of a newer minor version. */
    if (strstr(more, "newerKind"))
        memcpy(strstr(json, "1.0"), "1.9", 3);
    part.file = read_file(arena, json);
    return lint(arena, &part, 1);
}

/* ---- one fault each ---- */

struct fault {
    const char *name, *more; /* entries behind the sound ones */
    const char *code, *where;
    const char *detail; /* behind the sentence; "": there is none */
};

static void assert_text(const struct prereq_lint_finding *found, const char *detail)
{
    const char *sentence = NULL;

    for (int i = 0; i < PREREQ_LINT_CODES; i++) {
        const struct prereq_lint_code_info *info = prereq_lint_code_info((enum prereq_lint_code)i);

        if (strcmp(info->code, found->code) == 0)
            sentence = info->sentence;
    }
    assert_non_null(sentence);
    assert_memory_equal(found->text, sentence, strlen(sentence));
    if (!*detail) {
        assert_string_equal(found->text, sentence);
        return;
    }
    assert_memory_equal(found->text + strlen(sentence), ": ", 2);
    assert_string_equal(found->text + strlen(sentence) + 2, detail);
}

static void assert_only(struct findings found, const struct fault *fault)
{
    if (found.count != 1)
        tell(found);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.list[0].code, fault->code);
    assert_string_equal(found.list[0].part, "a.json");
    assert_string_equal(found.list[0].where, fault->where);
    assert_text(&found.list[0], fault->detail);
}

/* The planted fault is found, and nothing else. */
static void check_fault(void **state)
{
    const struct fault *fault = *state;
    struct prereq_arena *arena = new_arena();

    assert_only(lint_more(arena, "", fault->more), fault);
    prereq_arena_free(arena);
}

#endif
