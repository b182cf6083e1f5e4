/* SPDX-License-Identifier: MIT */
/* test_probes.c - what a catalog asks of a host: everything, once, always in the same order. */
#include "engine/probes.h"

#include "judging.h"

struct row {
    const char *name;
    const char *patch; /* the rest of its entry */
    const char *probes;
};

#define RULE(rule) NEEDS("{'rule':" rule "}", "")

/* What judging.h's products ask for is taken out: opt.dll, IIS, MSSQL. */
static struct row rows[] = {
    {"nothing", "", ""},
    {"files of lists and of rules", FILES("%SystemRoot%\\\\b", "1") RULE("{'file':{'path':'a'}}"),
     "file %SystemRoot%\\b\nfile a\n"},
    {"a file of a condition", ",'files':[{'path':'b','version':'1','when':{'file':{'path':'a'}}}]",
     "file a\nfile b\n"},
    {"one file in two cases", FILES("x", "1") RULE("{'file':{'path':'X'}}"), "file x\n"},
    {"a key and its values are different things",
     RULE("{'all':[{'registry':{'key':'K','name':'v'}},{'registry':{'key':'k','name':''}},"
          "{'registry':{'key':'K','exists':true}}]}"),
     "registry K 64\nregistry k 64 \nregistry K 64 v\n"},
    {"both views", RULE("{'registry':{'key':'K','name':'v','view':'both'}}"),
     "registry K 64 v\nregistry K 32 v\n"},
    {"one view", RULE("{'registry':{'key':'K','view':'32','exists':true}}"), "registry K 32\n"},
    {"inside of not", RULE("{'not':{'service':{'name':'W3SVC','exists':true}}}"),
     "service W3SVC\n"},
    {"packages of rules and of records", ",'packages':['B*']" RULE("{'package':{'name':'A'}}"),
     "package A\npackage B*\n"},
    {"Windows Installer", ",'msiPatches':['{2}']" RULE("{'msi':{'productCode':'{1}'}}"),
     "msiProduct {1}\nmsiPatch {2}\n"},
    {"products of rules", RULE("{'product':{'product':'NETFX'}}"), "product NETFX\n"},
    {"a product that voids", ",'voidedBy':[{'product':'EXCHANGE','why':'because'}]",
     "product EXCHANGE\n"},
    {"a feature that voids", ",'voidedBy':[{'feature':'DNS','why':'because'}]", "feature DNS\n"},
    {"settings of two kinds",
     RULE("{'any':[{'setting':{'kind':'boot','name':'x','text':{'equals':['on']}}},"
          "{'setting':{'kind':'license','name':'x','exists':true}}]}"),
     "setting x boot\nsetting x license\n"},
    {"free space", RULE("{'freeSpace':{'volume':'recovery','atLeast':1}}"), "volume recovery\n"},
};

static bool is_of_judging(const struct prereq_probe *probe)
{
    static const char *const names[] = {"opt.dll", "IIS", "MSSQL"};

    for (size_t i = 0; i < PREREQ_COUNT(names); i++)
        if (!strcmp(names[i], probe->name))
            return true;
    return false;
}

static void add(struct prereq_buffer *out, const struct prereq_probe *probe)
{
    prereq_buffer_addf(out, "%s %s", prereq_enum_name(prereq_probe_kind_names, (int)probe->kind),
                       probe->name);
    if (probe->kind == PREREQ_PROBE_REGISTRY)
        prereq_buffer_addf(out, " %s", prereq_enum_name(prereq_view_names, probe->variant));
    if (probe->kind == PREREQ_PROBE_SETTING)
        prereq_buffer_addf(out, " %s", prereq_enum_name(prereq_setting_kind_names, probe->variant));
    if (probe->value)
        prereq_buffer_addf(out, " %s", probe->value);
    prereq_buffer_add(out, "\n");
}

static void check(void **state)
{
    const struct row *row = *state;
    struct prereq_buffer entry = {0}, got = {0};
    struct judging judging;
    const struct prereq_probe *probes = NULL;
    struct prereq_error err = {0};
    size_t count = 0;

    prereq_buffer_addf(&entry, PATCH("Q1") "%s}", row->patch);
    judging_open(&judging, entry.text, NULL);
    assert_int_equal(prereq_catalog_probes(judging.arena, judging.catalog, &probes, &count, &err),
                     PREREQ_OK);
    prereq_buffer_add(&got, "");
    for (size_t i = 0; i < count; i++)
        if (!is_of_judging(&probes[i]))
            add(&got, &probes[i]);
    assert_string_equal(got.text ? got.text : "", row->probes);
    prereq_buffer_free(&entry);
    prereq_buffer_free(&got);
    judging_close(&judging);
}

static void no_memory_is_said(void **state)
{
    struct prereq_arena *small = prereq_arena_new(16);
    struct judging judging;
    const struct prereq_probe *probes = NULL;
    struct prereq_error err = {0};
    size_t count = 7;

    (void)state;
    assert_non_null(small);
    judging_open(&judging, PATCH("Q1") "}", NULL);
    assert_int_equal(prereq_catalog_probes(small, judging.catalog, &probes, &count, &err),
                     PREREQ_NO_MEMORY);
    assert_null(probes);
    assert_int_equal(count, 7);
    prereq_arena_free(small);
    judging_close(&judging);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(no_memory_is_said)};

int main(void)
{
    return RUN_TABLE(rows, check) | RUN_TESTS(tests);
}
