/* SPDX-License-Identifier: MIT */
/* fuzz_own.c - the program's own documents: what a reader takes is written, and read and written
 * again as the same bytes; and what is made of facts (assessment, plans, explanations) is taken by
 * the readers of those.
 *
 * The text says by its format what it is; a pack begins with its manifest. */
#include <stdio.h>

#include "fuzz.h"

#include "assess/explain.h"
#include "documents/pack.h"

#define ROOM ((size_t)64 << 20)

typedef enum prereq_status read_any(struct prereq_arena *arena, const char *text, size_t len,
                                    const void **object, struct prereq_error *err);

static enum prereq_status read_facts(struct prereq_arena *arena, const char *text, size_t len,
                                     const void **object, struct prereq_error *err)
{
    const struct prereq_facts *facts = NULL;
    size_t ignored = 0;
    enum prereq_status status = prereq_facts_read(arena, text, len, &facts, &ignored, err);

    /* Of a later minor version not everything is kept. */
    *object = ignored ? NULL : facts;
    return status;
}

static enum prereq_status read_assessment(struct prereq_arena *arena, const char *text, size_t len,
                                          const void **object, struct prereq_error *err)
{
    const struct prereq_assessment *assessment = NULL;
    size_t ignored = 0;
    enum prereq_status status =
        prereq_assessment_read(arena, text, len, &assessment, &ignored, err);

    *object = ignored ? NULL : assessment;
    return status;
}

static enum prereq_status read_plan(struct prereq_arena *arena, const char *text, size_t len,
                                    const void **object, struct prereq_error *err)
{
    const struct prereq_plan_file *plan = NULL;
    size_t ignored = 0;
    enum prereq_status status = prereq_plan_read(arena, text, len, &plan, &ignored, err);

    *object = ignored ? NULL : plan;
    return status;
}

static enum prereq_status read_explanation(struct prereq_arena *arena, const char *text, size_t len,
                                           const void **object, struct prereq_error *err)
{
    size_t ignored = 0;
    const void *read = NULL;
    enum prereq_status status =
        prereq_shape_read(arena, &prereq_explain_document, text, len, &read, &ignored, err);

    *object = ignored ? NULL : read;
    return status;
}

static const struct kind {
    const struct prereq_document *document;
    read_any *read;
} kinds[] = {
    {&prereq_facts_document, read_facts},
    {&prereq_assessment_document, read_assessment},
    {&prereq_plan_document, read_plan},
    {&prereq_explain_document, read_explanation},
};

/* Written, read and written again: the same bytes in each of the three styles. */
static void check_object(const struct kind *kind, const void *object)
{
    for (int style = PREREQ_JSON_CANONICAL; style <= PREREQ_JSON_READABLE; style++) {
        struct prereq_arena *arena = prereq_arena_new(ROOM);
        struct prereq_buffer first = {0}, second = {0};
        struct prereq_error err = {0};
        const void *again = NULL;

        assert(arena);
        prereq_shape_write(kind->document->shape, object, (enum prereq_json_style)style, &first);
        assert(!first.failed);
        if (kind->read(arena, first.text, first.len, &again, &err) != PREREQ_OK) {
            (void)fprintf(stderr, "its own document is refused: %s\n", err.text);
            abort();
        }
        assert(again);
        prereq_shape_write(kind->document->shape, again, (enum prereq_json_style)style, &second);
        assert(first.len == second.len && !memcmp(first.text, second.text, first.len));
        prereq_buffer_free(&second);
        prereq_buffer_free(&first);
        prereq_arena_free(arena);
    }
}

/* ---- what is made of facts ---- */

/* A patch of a host and one of instances, with rules that show what was found; ' stands for ". */
static const char catalog_text[] =
    "{'format':'patchprereq-catalog/1.0','products':["
    "{'id':'P','title':'P','applies':{'always':true}},"
    "{'id':'SQL','title':'SQL','instanceProduct':'MSSQL','branches':['GDR','CU'],"
    "'applies':{'product':{'product':'MSSQL'}}}],'patches':["
    "{'id':'SP1','title':'SP1','product':'P','classification':'level','kind':'baseline',"
    "'files':[{'path':'a.dll','version':'1.0'}]},"
    "{'id':'KB1','title':'KB1','product':'P','classification':'security','severity':'Critical',"
    "'released':'2020-01-01','files':[{'path':'x.dll','version':'2.0'}],"
    "'commands':{'install':{'program':'x.exe','arguments':['%InstanceName%']}},"
    "'prerequisites':[{'anyOf':[{'patch':'SP1'}],'why':'because'},"
    "{'anyOf':[{'rule':{'registry':{'key':'K1','name':'n','text':{'equals':['y']}}}},"
    "{'rule':{'package':{'name':'Pkg*','version':{'atLeast':'9'}}}}],'why':'because'}]},"
    "{'id':'KB2','title':'KB2','product':'SQL','classification':'security',"
    "'marker':{'product':{'product':'MSSQL','version':{'atLeast':'15'}}},"
    "'commands':{'install':{'program':'s.exe','arguments':['/i=%InstanceName%']}},"
    "'prerequisites':[{'anyOf':[{'rule':{'freeSpace':{'volume':'system','atLeast':100}}}],"
    "'why':'because'},{'anyOf':[{'rule':{'product':{'product':'MSSQL'}}}],'why':'because'}]}]}";

static const struct prereq_catalog *compiled(struct prereq_arena *arena)
{
    struct prereq_catalog_part part = {.name = "own"};
    const struct prereq_catalog *catalog = NULL;
    struct prereq_error err = {0};
    char *text = prereq_strdup(arena, catalog_text);

    assert(text);
    for (char *c = text; *c; c++)
        *c = *c == '\'' ? '"' : *c;
    if (prereq_catalog_file_read(arena, text, strlen(text), &part.file, &err) ||
        prereq_catalog_compile(arena, &part, 1, NULL, 0, &catalog, &err)) {
        (void)fprintf(stderr, "%s\n", err.text);
        abort();
    }
    return catalog;
}

static void check_plan(const struct prereq_assessment *assessment, const struct prereq_plan *plan)
{
    const struct prereq_plan_file file = prereq_plan_file_of(assessment, plan);

    check_object(&kinds[2], &file);
}

static void check_explanations(struct prereq_arena *arena, const struct prereq_judge *judge,
                               const struct prereq_facts *facts)
{
    for (size_t i = 0; i < prereq_catalog_patch_count(judge->catalog); i++) {
        const struct prereq_explanation *explanation = NULL;
        struct prereq_error err = {0};
        const char *id = prereq_catalog_patch(judge->catalog, i)->id;

        if (prereq_explain(arena, judge, facts, id, &explanation, &err) == PREREQ_OK)
            check_object(&kinds[3], explanation);
        else
            fuzz_check_refusal(err.status, &err);
    }
}

static void check_made(const struct prereq_facts *facts)
{
    static const char *const goals[] = {"host"};
    struct prereq_arena *arena = prereq_arena_new(ROOM);
    const struct prereq_assessment *assessment = NULL;
    const struct prereq_plan *plan = NULL;
    struct prereq_judge judge = {.policy = prereq_policy_default(),
                                 .product_version = "test",
                                 .now = prereq_time_from_date(2026, 11, 22),
                                 .plans = true};
    struct prereq_error err = {0};

    assert(arena);
    judge.catalog = compiled(arena);
    if (prereq_assess(arena, &judge, facts, NULL, &assessment, &err) == PREREQ_OK) {
        check_object(&kinds[1], assessment);
        for (size_t i = 0; i < assessment->plan_count; i++)
            check_plan(assessment, &assessment->plans[i]);
        if (prereq_plan_make(arena, &judge, facts, NULL, goals, 1, &plan, &err) == PREREQ_OK)
            check_plan(assessment, plan);
        check_explanations(arena, &judge, facts);
    } else {
        fuzz_check_refusal(err.status, &err);
    }
    prereq_arena_free(arena);
}

/* ---- packs ---- */

static void check_pack(struct prereq_arena *arena, const char *text, size_t len)
{
    struct prereq_arena *room = prereq_arena_new(ROOM);
    const struct prereq_pack *pack = NULL, *again = NULL;
    struct prereq_buffer first = {0}, second = {0};
    struct prereq_error err = {0};
    struct prereq_pack copy;
    enum prereq_status status = prereq_pack_read(arena, text, len, &pack, &err);

    assert(room);
    if (status != PREREQ_OK) {
        fuzz_check_refusal(status, &err);
        goto done;
    }
    copy = *pack;
    if (prereq_pack_write(&copy, room, &first, &err) != PREREQ_OK ||
        prereq_pack_read(room, first.text, first.len, &again, &err) != PREREQ_OK) {
        (void)fprintf(stderr, "its own pack is refused: %s\n", err.text);
        abort();
    }
    copy = *again;
    assert(prereq_pack_write(&copy, room, &second, &err) == PREREQ_OK);
    assert(first.len == second.len && !memcmp(first.text, second.text, first.len));
done:
    prereq_buffer_free(&second);
    prereq_buffer_free(&first);
    prereq_arena_free(room);
}

static void check_document(struct prereq_arena *arena, const struct kind *kind, const char *text,
                           size_t len)
{
    struct prereq_error err = {0};
    const void *object = NULL;
    enum prereq_status status = kind->read(arena, text, len, &object, &err);

    if (status != PREREQ_OK) {
        fuzz_check_refusal(status, &err);
    } else if (object) {
        check_object(kind, object);
        if (kind->document == &prereq_facts_document)
            check_made(object);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct prereq_arena *arena;
    struct prereq_error err = {0};
    char format[64] = "", *text;

    if (size < FUZZ_LIMIT_BYTES)
        return 0;
    arena = fuzz_arena(data);
    size -= FUZZ_LIMIT_BYTES;
    text = fuzz_text(data + FUZZ_LIMIT_BYTES, size);
    (void)prereq_format_peek(text, size, format, &err);
    if (prereq_starts_nocase(format, "patchprereq-pack/"))
        check_pack(arena, text, size);
    for (size_t i = 0; i < PREREQ_COUNT(kinds); i++) {
        if (prereq_starts_nocase(format, kinds[i].document->format))
            check_document(arena, &kinds[i], text, size);
    }
    free(text);
    prereq_arena_free(arena);
    return 0;
}
