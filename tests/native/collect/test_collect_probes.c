/* SPDX-License-Identifier: MIT */
/* test_collect_probes.c - what a catalog names, as facts: each line of the result is a fact. */
#include "collect/collect.h"
#include "collect/probe_parts.h"

#include "fake_source.h"
#include "judging.h"
#include "pe_bytes.h"

#define SESSION                                                                                    \
    "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager]\n"                                \
    "\"PendingFileRenameOperations\"=multi:"
#define FOLDERS                                                                                    \
    "[HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion]\n"                                       \
    "\"ProgramFilesDir\"=\"C:\\Program Files\"\n"
#define FILE_RULE(path) NEEDS("{'rule':{'file':{'path':'" path "','exists':true}}}", "")
#define KEY_RULE(members)                                                                          \
    NEEDS("{'rule':{'registry':{'key':'HKLM\\\\SOFTWARE\\\\K'" members "}}}", "")
#define DLL "%SystemRoot%\\\\System32\\\\a.dll"

struct row {
    const char *name;
    const char *patch; /* the rest of its entry */
    const char *host;
    const char *facts; /* the lists of files and of the registry, with ' for " */
    bool wide;
};

/* Sizes L are those of the files that pe_bytes.h makes.  a.dll is 4.2.749.1, b.dll is 9.9.9.9;
 * bad.dll is damaged. */
static struct row rows[] = {
    {"a file with a version", FILES(DLL, "1.0"), "",
     "[{'path':'%SystemRoot%\\\\System32\\\\a.dll','version':'4.2.749.1','size':L,"
     "'modified':'2000-08-03T17:05:00Z','company':'Microsoft Corporation',"
     "'originalName':'part.dll'}][]",
     false},
    {"a file without", FILES("%SystemRoot%\\\\a.txt", "1.0"),
     "file C:\\WINNT\\a.txt 2000-01-01T00:00:00Z some text\n",
     "[{'path':'%SystemRoot%\\\\a.txt','noVersion':true,'size':9,"
     "'modified':'2000-01-01T00:00:00Z'}][]",
     false},
    {"a file that is not there", FILES("%SystemRoot%\\\\none.dll", "1.0"), "",
     "[{'path':'%SystemRoot%\\\\none.dll','status':'absent'}][]", false},
    {"a damaged file", FILES("%SystemRoot%\\\\bad.dll", "1.0"), "",
     "[{'path':'%SystemRoot%\\\\bad.dll','status':'unavailable','code':'bad_version',"
     "'text':'The version cannot be read: its resources are in no section.','size':L,"
     "'modified':'2001-01-01T00:00:00Z'}][]",
     false},
    {"a folder", FILE_RULE("%SystemRoot%\\\\System32"), "",
     "[{'path':'%SystemRoot%\\\\System32','noVersion':true,"
     "'modified':'2020-01-01T00:00:00Z'}][]",
     false},
    {"a file that is closed", FILES(DLL, "1.0"), "refuse C:\\WINNT\\* access_denied 5\n",
     "[{'path':'%SystemRoot%\\\\System32\\\\a.dll','status':'unavailable',"
     "'code':'access_denied'}][]",
     false},
    {"a file that cannot be read", FILES(DLL, "1.0"),
     "no-read C:\\WINNT\\System32\\a.dll access_denied\n",
     "[{'path':'%SystemRoot%\\\\System32\\\\a.dll','status':'unavailable','code':'access_denied',"
     "'size':L,'modified':'2000-08-03T17:05:00Z'}][]",
     false},
    {"each path once, sorted",
     FILES("%SystemRoot%\\\\z", "1.0")
         FILE_RULE("%SystemRoot%\\\\Y") "},"
                                        "{'id':'Q2','title':'Q2','product':'P','classification':'"
                                        "security'" FILES("%systemroot%\\\\y", "1.0"),
     "",
     "[{'path':'%SystemRoot%\\\\Y','status':'absent'},"
     "{'path':'%SystemRoot%\\\\z','status':'absent'}][]",
     false},
    {"a folder of the registry", FILE_RULE("%ProgramFiles%\\\\x"),
     FOLDERS "file C:\\Program Files\\x 2000-01-01T00:00:00Z x\n",
     "[{'path':'%ProgramFiles%\\\\x','noVersion':true,'size':1,"
     "'modified':'2000-01-01T00:00:00Z'}][]",
     false},
    {"a folder that is written nowhere", FILE_RULE("%ProgramFiles%\\\\x"), "",
     "[{'path':'%ProgramFiles%\\\\x','status':'unavailable','code':'error',"
     "'text':'The installation does not say where %ProgramFiles% is.'}][]",
     false},
    {"a folder of a dirty hive", FILE_RULE("%ProgramFiles%\\\\x"),
     FOLDERS "stale HKLM\\SOFTWARE*\n",
     "[{'path':'%ProgramFiles%\\\\x','status':'unavailable','code':'hive_dirty'}][]", false},
    {"the 32-bit folder of a 32-bit installation", FILE_RULE("%ProgramFiles(x86)%\\\\x"), "",
     "[{'path':'%ProgramFiles(x86)%\\\\x','status':'absent'}][]", false},

    {"replaced at the restart", FILES(DLL, "1.0"),
     SESSION "\\??\\C:\\WINNT\\b.dll|!\\??\\C:\\WINNT\\System32\\a.dll\n",
     "[{'path':'%SystemRoot%\\\\System32\\\\a.dll','version':'4.2.749.1','size':L,"
     "'modified':'2000-08-03T17:05:00Z','company':'Microsoft Corporation',"
     "'originalName':'part.dll','pending':{'version':'9.9.9.9',"
     "'modified':'2002-01-01T00:00:00Z','size':L}}][]",
     false},
    {"removed at the restart", FILES("%SystemRoot%\\\\a.txt", "1.0"),
     SESSION "\\??\\C:\\WINNT\\a.txt|\nfile C:\\WINNT\\a.txt 2000-01-01T00:00:00Z x\n",
     "[{'path':'%SystemRoot%\\\\a.txt','noVersion':true,'size':1,"
     "'modified':'2000-01-01T00:00:00Z','pending':{'removed':true}}][]",
     false},
    {"by a file that is not there", FILES("%SystemRoot%\\\\none.dll", "1.0"),
     SESSION "\\??\\C:\\T\\1|!\\??\\C:\\WINNT\\none.dll\n",
     "[{'path':'%SystemRoot%\\\\none.dll','status':'absent'}][]", false},
    {"new at the restart", FILES("%SystemRoot%\\\\none.dll", "1.0"),
     SESSION "\\??\\C:\\WINNT\\b.dll|\\??\\C:\\WINNT\\none.dll\n",
     "[{'path':'%SystemRoot%\\\\none.dll','status':'absent','pending':{'version':'9.9.9.9',"
     "'modified':'2002-01-01T00:00:00Z','size':L}}][]",
     false},
    {"by a damaged file", FILES("%SystemRoot%\\\\none.dll", "1.0"),
     SESSION "\\??\\C:\\WINNT\\bad.dll|!\\??\\C:\\WINNT\\none.dll\n",
     "[{'path':'%SystemRoot%\\\\none.dll','status':'absent','pending':{}}][]", false},
    {"as a dirty hive says", FILES("%SystemRoot%\\\\none.dll", "1.0"),
     SESSION "\\??\\C:\\WINNT\\b.dll|!\\??\\C:\\WINNT\\none.dll\nstale HKLM\\SYSTEM*\n",
     "[{'path':'%SystemRoot%\\\\none.dll','status':'absent','pending':{}}][]", false},
    {"a move that may not overwrite", FILES("%SystemRoot%\\\\bad.dll", "1.0"),
     SESSION "\\??\\C:\\WINNT\\b.dll|\\??\\C:\\WINNT\\bad.dll\n",
     "[{'path':'%SystemRoot%\\\\bad.dll','status':'unavailable','code':'bad_version',"
     "'text':'The version cannot be read: its resources are in no section.','size':L,"
     "'modified':'2001-01-01T00:00:00Z','pending':{}}][]",
     false},

    {"a key", KEY_RULE(",'exists':true"), "[HKLM\\SOFTWARE\\K]\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K'}]", false},
    {"a key that is not there", KEY_RULE(",'exists':true"), "",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','status':'absent'}]", false},
    {"a value of a key that is not there", KEY_RULE(",'name':'V','exists':true"), "",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','status':'absent'}]", false},
    {"a text", KEY_RULE(",'name':'V','exists':true"), "[HKLM\\SOFTWARE\\K]\n\"V\"=\"x\"\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_SZ','value':'x'}]", false},
    {"not expanded", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=expand:%x%\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_EXPAND_SZ','value':'%x%'}]", false},
    {"the default value", KEY_RULE(",'name':'','exists':true"), "[HKLM\\SOFTWARE\\K]\n\"\"=\"x\"\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'','type':'REG_SZ','value':'x'}]", false},
    {"a number", KEY_RULE(",'name':'V','exists':true"), "[HKLM\\SOFTWARE\\K]\n\"V\"=dword:5a\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_DWORD','number':90}]", false},
    {"a number that no document holds", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=qword:ffffffffffffffff\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_QWORD',"
     "'bytes':'ffffffffffffffff'}]",
     false},
    {"a number of three bytes", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=hex(4):01,02,03\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_DWORD','bytes':'010203'}]", false},
    {"a list", KEY_RULE(",'name':'V','exists':true"), "[HKLM\\SOFTWARE\\K]\n\"V\"=multi:a||b\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_MULTI_SZ','values':['a','','b']}]",
     false},
    {"bytes", KEY_RULE(",'name':'V','exists':true"), "[HKLM\\SOFTWARE\\K]\n\"V\"=hex:01,fe\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_BINARY','bytes':'01fe'}]", false},
    {"a type without name", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=hex(77):01\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'119','bytes':'01'}]", false},
    {"a value that is closed", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=refuse:access_denied\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','status':'unavailable',"
     "'code':'access_denied'}]",
     false},
    {"a key that is closed", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\nrefuse HKLM\\SOFTWARE\\K access_denied 5\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','status':'unavailable',"
     "'code':'access_denied'}]",
     false},
    {"a value of a dirty hive", KEY_RULE(",'name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=\"x\"\nstale HKLM\\SOFTWARE*\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','status':'unavailable','code':'hive_dirty'}]",
     false},
    {"a key of a dirty hive", KEY_RULE(",'exists':true"),
     "[HKLM\\SOFTWARE\\K]\nstale HKLM\\SOFTWARE*\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','status':'unavailable','code':'hive_dirty'}]", false},
    {"both views", KEY_RULE(",'view':'both','name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=\"x\"\n[32:HKLM\\SOFTWARE\\K]\n\"V\"=\"y\"\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_SZ','value':'x'},"
     "{'key':'HKLM\\\\SOFTWARE\\\\K','view':'32','name':'V','type':'REG_SZ','value':'y'}]",
     true},
    {"one view for both", KEY_RULE(",'view':'both','name':'V','exists':true"),
     "[HKLM\\SOFTWARE\\K]\n\"V\"=\"x\"\n",
     "[][{'key':'HKLM\\\\SOFTWARE\\\\K','name':'V','type':'REG_SZ','value':'x'},"
     "{'key':'HKLM\\\\SOFTWARE\\\\K','view':'32','name':'V','type':'REG_SZ','value':'x'}]",
     false},
};

static size_t whole_len;

static void put_files(struct fake_source *fake)
{
    struct pe_bytes made = pe_bytes_version("4.2.749.1");

    whole_len = made.len;
    fake_file(fake, "C:\\WINNT\\System32\\a.dll", "2000-08-03T17:05:00Z", made.bytes, made.len);
    free(made.bytes);
    made = pe_bytes_version("9.9.9.9");
    fake_file(fake, "C:\\WINNT\\b.dll", "2002-01-01T00:00:00Z", made.bytes, made.len);
    pe_bytes_put16(&made, PE_HEADER + 6, 0); /* no sections */
    fake_file(fake, "C:\\WINNT\\bad.dll", "2001-01-01T00:00:00Z", made.bytes, made.len);
    free(made.bytes);
}

static struct prereq_gather *gather_for(struct judging *judging, const char *patch,
                                        const char *host, bool is_wide)
{
    struct prereq_buffer entry = {0};
    struct prereq_gather *gather;
    struct fake_source *fake = fake_new("C:\\WINNT", is_wide);

    prereq_buffer_addf(&entry, PATCH("Q1") "%s}", patch);
    judging_open(judging, entry.text, NULL);
    prereq_buffer_free(&entry);
    gather = PREREQ_NEW(judging->arena, struct prereq_gather);
    assert_non_null(gather);
    put_files(fake);
    fake_fill(fake, host);
    gather->arena = judging->arena;
    gather->source = &fake->base;
    return gather;
}

static void done(struct judging *judging, struct prereq_gather *gather)
{
    fake_free((struct fake_source *)gather->source);
    judging_close(judging);
}

static struct prereq_facts facts_of(struct prereq_gather *gather)
{
    return (struct prereq_facts){.format = "patchprereq-facts/1.0",
                                 .files = gather->files.items,
                                 .file_count = gather->files.count,
                                 .registry = gather->registry.items,
                                 .registry_count = gather->registry.count};
}

/* The list `member`, or an empty one. */
static void add_list(struct prereq_buffer *out, const char *json, const char *member)
{
    const char *at = strstr(json, member), *end = at ? strstr(at, "}]") : NULL;

    if (end)
        prereq_buffer_add_bytes(out, at + strlen(member), (size_t)(end + 2 - at) - strlen(member));
    else
        prereq_buffer_add(out, "[]");
}

static void check_same(struct prereq_gather *gather, const char *want)
{
    struct prereq_facts facts = facts_of(gather);
    struct prereq_buffer json = {0}, got = {0}, expected = {0};

    assert_false(gather->no_memory);
    prereq_facts_write(&facts, PREREQ_JSON_COMPACT, &json);
    add_list(&got, json.text, "\"files\":");
    add_list(&got, json.text, "\"registry\":");
    for (const char *c = want; *c; c++) {
        if (*c == 'L' && c[-1] == ':')
            prereq_buffer_addf(&expected, "%zu", whole_len);
        else
            prereq_buffer_addf(&expected, "%c", *c == '\'' ? '"' : *c);
    }
    assert_string_equal(got.text, expected.text);
    prereq_buffer_free(&json);
    prereq_buffer_free(&got);
    prereq_buffer_free(&expected);
}

/* The sentences of the source are its own matter; ours begin with a capital letter. */
static void drop_texts(struct prereq_gather *gather)
{
    for (size_t i = 0; i < gather->files.count; i++) {
        const char **text = &gather->files.items[i].text;

        *text = *text && !strncmp(*text, "The ", 4) ? *text : NULL;
    }
    for (size_t i = 0; i < gather->registry.count; i++)
        gather->registry.items[i].text = NULL;
}

static void check(void **state)
{
    const struct row *row = *state;
    struct judging judging;
    struct prereq_gather *gather = gather_for(&judging, row->patch, row->host, row->wide);

    prereq_collect_probes(gather, judging.catalog);
    drop_texts(gather);
    for (size_t i = 0; i < gather->files.count; i++)
        if (!strcmp(gather->files.items[i].path, "opt.dll")) /* of a product of judging.h */
            gather->files.items[i] = gather->files.items[--gather->files.count];
    check_same(gather, row->facts);
    done(&judging, gather);
}

/* Of each instance that was found, below the folder as it is written there; one folder once. */
static void instances_have_files_of_their_own(void **state)
{
    static const char *const folders[] = {"C:\\WINNT\\System32", "%SystemRoot%\\System32", NULL,
                                          "c:\\winnt\\SYSTEM32"};
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging, FILES("%Instance%\\\\a.dll", "1.0"), "", false);
    size_t found = 0;

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(folders); i++) {
        struct prereq_instance *instance = PREREQ_GATHER_ADD(gather, instances);

        instance->product = "MSSQL";
        instance->path = folders[i];
    }
    prereq_collect_probes(gather, judging.catalog);
    for (size_t i = 0; i < gather->files.count; i++) {
        const struct prereq_file_fact *fact = &gather->files.items[i];

        if (!strcmp(fact->path, "opt.dll"))
            continue;
        assert_int_equal(fact->version.part[2], 749);
        found++;
    }
    assert_int_equal(found, 2);
    done(&judging, gather);
}

/* What is collected can be read as facts, whatever the registry holds. */
static void long_values_are_unavailable(void **state)
{
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging, KEY_RULE(",'name':'V','exists':true"), "[HKLM\\SOFTWARE\\K]\n", false);
    struct fake_source *fake = (struct fake_source *)gather->source;
    static unsigned char bytes[40000];

    (void)state;
    (void)fake_value(fake, "HKLM\\SOFTWARE\\K", "V", PREREQ_REG_BINARY, bytes, sizeof(bytes));
    prereq_collect_probes(gather, judging.catalog);
    assert_int_equal(gather->registry.count, 1);
    assert_int_equal(gather->registry.items[0].status, PREREQ_FACT_UNAVAILABLE);
    assert_string_equal(gather->registry.items[0].code, "error");
    assert_null(gather->registry.items[0].bytes);
    done(&judging, gather);
}

static void every_file_is_prepared_before(void **state)
{
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging, FILES(DLL, "1.0"),
                   SESSION "\\??\\C:\\WINNT\\b.dll|!\\??\\C:\\WINNT\\System32\\a.dll\n", false);

    (void)state;
    prereq_collect_probes(gather, judging.catalog);
    /* a.dll, and what waits for it. */
    assert_int_equal(((struct fake_source *)gather->source)->prepared, 2);
    done(&judging, gather);
}

static bool stop_at_once(void *context)
{
    (void)context;
    return true;
}

static void a_stop_leaves_the_rest_uncollected(void **state)
{
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging, FILES(DLL, "1.0") KEY_RULE(",'name':'V','exists':true"), "", false);

    (void)state;
    gather->stop = stop_at_once;
    prereq_collect_probes(gather, judging.catalog);
    assert_int_equal(gather->files.count + gather->registry.count, 0);
    done(&judging, gather);
}

/* Several values of a key open it once. */
static void a_key_is_opened_once(void **state)
{
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging,
                   KEY_RULE(",'name':'V','exists':true") "},{'id':'Q2','title':'Q2','product':'P',"
                                                         "'classification':'security'" KEY_RULE(
                                                             ",'name':'W','exists':true"),
                   "[HKLM\\SOFTWARE\\K]\n\"V\"=\"x\"\n\"W\"=\"y\"\n", false);
    struct fake_source *fake = (struct fake_source *)gather->source;
    const struct prereq_probe *probes = NULL;
    size_t count = 0, before = fake->looks;

    (void)state;
    assert_int_equal(prereq_catalog_probes(judging.arena, judging.catalog, &probes, &count, NULL),
                     PREREQ_OK);
    prereq_probe_registry(gather, probes, count);
    assert_int_equal(gather->registry.count, 2);
    assert_int_equal(fake->looks - before, 3);
    done(&judging, gather);
}

/* Every way of running out of memory ends the collection, and leaves nothing open. */
static void memory_may_run_out(void **state)
{
    struct judging judging;
    struct prereq_gather *gather =
        gather_for(&judging, FILES(DLL, "1.0") KEY_RULE(",'name':'V','exists':true"),
                   SESSION "\\??\\C:\\WINNT\\b.dll|!\\??\\C:\\WINNT\\System32\\a.dll\n"
                           "[HKLM\\SOFTWARE\\K]\n\"V\"=multi:a|b\n",
                   false);
    bool whole = false;

    (void)state;
    for (size_t limit = 0; !whole; limit += limit < 4096 ? 16 : 256) {
        struct prereq_gather trial = {.source = gather->source, .arena = prereq_arena_new(limit)};

        assert_non_null(trial.arena);
        prereq_collect_probes(&trial, judging.catalog);
        whole = !trial.no_memory;
        assert_int_equal(((struct fake_source *)gather->source)->open_keys, 0);
        if (whole)
            assert_int_equal(trial.files.count, 2);
        prereq_arena_free(trial.arena);
    }
    done(&judging, gather);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(instances_have_files_of_their_own),
    cmocka_unit_test(long_values_are_unavailable),
    cmocka_unit_test(every_file_is_prepared_before),
    cmocka_unit_test(a_stop_leaves_the_rest_uncollected),
    cmocka_unit_test(a_key_is_opened_once),
    cmocka_unit_test(memory_may_run_out),
};

int main(void)
{
    return RUN_TABLE(rows, check) | RUN_TESTS(tests);
}
