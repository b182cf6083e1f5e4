/* SPDX-License-Identifier: MIT */
/* test_facts.c - facts documents: what their shape alone cannot check, and who a host is. */
#include "documents/facts.h"

#include "documents.h"

static enum prereq_status read_facts(struct prereq_arena *arena, const char *text, size_t len,
                                     const void **object, struct prereq_error *err)
{
    const struct prereq_facts *facts;
    enum prereq_status status = prereq_facts_read(arena, text, len, &facts, NULL, err);

    if (!status)
        *object = facts;
    return status;
}

#define DOCUMENT(host, members)                                                                    \
    "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": \"WEB01\"" host              \
    "}, \"collection\": {\"method\": \"live\", \"finished\": \"2026-11-22T08:00:00Z\"}" members    \
    "}"
#define FACTS(members) DOCUMENT("", ", " members)
#define RECORD "\"sources\": [{\"source\": \"qfe\"}]"

/* ---- who a host is ---- */

#define NAMED(name, members)                                                                       \
    "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": \"" name "\"" members        \
    "}, \"collection\": {\"method\": \"live\", \"finished\": \"2026-11-22T08:00:00Z\"}}"

static struct identity {
    const char *name;
    const char *text;
    const char *host_id;
} identities[] = {
    {"given", DOCUMENT(", \"hostId\": \"A-1\", \"machineGuid\": \"7f0c\", \"domain\": \"d\"", ""),
     "A-1"},
    {"machine GUID", DOCUMENT(", \"machineGuid\": \"7F0C\", \"domain\": \"d\"", ""), "7F0C"},
    {"name with domain", DOCUMENT(", \"domain\": \"Example.TEST\"", ""), "web01.example.test"},
    {"name alone", DOCUMENT("", ""), "web01"},
    {"an empty GUID is none", DOCUMENT(", \"machineGuid\": \"\"", ""), "web01"},
    {"a GUID that is none", DOCUMENT(", \"machineGuid\": \"{7F0C}\"", ""), ":7B7F0C:7D"},
    {"umlaut", NAMED("B\xC3\x9CRO-PC", ""), "b:C3:BCro-pc"},
    {"the same in another case", NAMED("b\xC3\xBCro-Pc", ""), "b:C3:BCro-pc"},
    {"blank", NAMED("WEB 01", ""), "web:2001"},
    {"number sign", NAMED("PC#1", ""), "pc:231"},
    {"dollar sign", NAMED("WEB01$", ""), "web01:24"},
    {"escapes and controls", NAMED("a\\\\b\\u0001", ""), "a:5Cb:01"},
    {"what an id may hold stays", NAMED("A_b-c.d@e/f:g", ""), "a_b-c.d@e/f:g"},
    {"a domain in another script", NAMED("WEB01", ", \"domain\": \"\xD0\xA0\xD0\xA4\""),
     "web01.:D1:80:D1:84"},
    {"an empty domain is none", DOCUMENT(", \"domain\": \"\"", ""), "web01"},
};

static void check_identity(void **state)
{
    const struct identity *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_facts *facts = must_read(arena, read_facts, row->text);

    assert_string_equal(prereq_facts_host_id(arena, facts), row->host_id);
    prereq_arena_free(arena);
}

/* A name without end gives an id that ends, and another name another id. */
static void a_name_without_end(void **state)
{
    struct prereq_arena *arena = new_arena();
    char *name = prereq_alloc(arena, 60001, 1);
    struct prereq_identity host = {.host_name = name};
    struct prereq_facts facts = {.host = &host};
    const char *one, *other;

    (void)state;
    memset(name, '#', 60000);
    one = prereq_facts_host_id(arena, &facts);
    name[59999] = '$';
    other = prereq_facts_host_id(arena, &facts);
    assert_non_null(one);
    assert_non_null(other);
    assert_true(strlen(one) < 2000);
    assert_string_not_equal(one, other);
    name[255] = '\0';
    assert_int_equal(strlen(prereq_facts_host_id(arena, &facts)), 255 * 3);
    assert_string_equal(prereq_id_part(arena, "A$ b/\xC3\xBC"), "A:24:20b:2F:C3:BC");
    prereq_arena_free(arena);
}

/* ---- the four answers are kept apart ---- */

static void known_absent_unavailable_and_not_collected_differ(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_facts *facts = must_read(
        arena, read_facts,
        FACTS("\"files\": [{\"path\": \"a\", \"size\": 0}, {\"path\": \"b\", \"status\": "
              "\"absent\"}, "
              "{\"path\": \"c\", \"status\": \"unavailable\", \"code\": \"access_denied\"}]"));

    (void)state;
    assert_int_equal(facts->file_count, 3);
    assert_int_equal(facts->files[0].status, 0); /* left out: known */
    assert_true(facts->files[0].size.known);
    assert_int_equal(facts->files[1].status, PREREQ_FACT_ABSENT);
    assert_int_equal(facts->files[2].status, PREREQ_FACT_UNAVAILABLE);
    assert_string_equal(facts->files[2].code, "access_denied");
    assert_false(facts->files[2].size.known);
    assert_null(facts->servicing_stack);
    prereq_arena_free(arena);
}

/* ---- things that look alike and are not the same ---- */

static struct apart {
    const char *name;
    const char *text;
} apart[] = {
    {"two views of a key",
     FACTS("\"registry\": [{\"key\": \"HKLM\\\\A\"}, {\"key\": \"HKLM\\\\A\", "
           "\"view\": \"32\"}]")},
    {"a key and its default value",
     FACTS("\"registry\": [{\"key\": \"HKLM\\\\A\"}, {\"key\": \"HKLM\\\\A\", \"name\": \"\"}]")},
    {"one update on the host and on an instance",
     FACTS("\"updates\": [{\"id\": \"KB1\", " RECORD "}, {\"id\": \"KB1\", \"target\": "
           "\"MSSQL/A\", " RECORD "}]")},
    {"two instances",
     FACTS("\"instances\": [{\"product\": \"MSSQL\", \"name\": \"A\"}, {\"product\": \"MSSQL\", "
           "\"name\": \"B\"}]")},
    {"two data volumes", FACTS("\"volumes\": [{\"role\": \"data\"}, {\"role\": \"data\"}]")},
    {"instances of two products",
     FACTS("\"coverage\": [{\"list\": \"instances\", \"state\": \"complete\", \"product\": \"A\"}, "
           "{\"list\": \"instances\", \"state\": \"partial\", \"product\": \"B\"}]")},
    {"one name in two kinds of settings",
     FACTS("\"settings\": [{\"kind\": \"boot\", \"name\": \"a\"}, {\"kind\": \"cpu\", \"name\": "
           "\"a\"}]")},
    {"two restart sources",
     FACTS("\"pendingRestarts\": [{\"source\": \"cbs\", \"pending\": \"no\"}, {\"source\": "
           "\"update-exe\", \"pending\": \"no\"}]")},
};

static void check_apart(void **state)
{
    const struct apart *row = *state;
    struct prereq_arena *arena = new_arena();

    must_read(arena, read_facts, row->text);
    prereq_arena_free(arena);
}

/* ---- refused ---- */

#define TWICE(list, at, what)                                                                      \
    "/" list "/" at ": speaks of the same thing as /" list "/0: \"" what "\""

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"no host", "{\"format\": \"patchprereq-facts/1.0\"}", "/: lacks the member \"host\""},
    {"no name", "{\"format\": \"patchprereq-facts/1.0\", \"host\": {}}",
     "/host: lacks the member \"hostName\""},
    {"no time",
     "{\"format\": \"patchprereq-facts/1.0\", \"host\": {\"hostName\": \"A\"}, \"collection\": "
     "{\"method\": \"live\"}}",
     "/collection: lacks the member \"finished\""},
    {"a file twice",
     FACTS("\"files\": [{\"path\": \"%SystemRoot%\\\\a.dll\"}, {\"path\": \"b\"}, "
           "{\"path\": \"%systemroot%\\\\A.DLL\"}]"),
     TWICE("files", "2", "%systemroot%\\A.DLL")},
    {"a registry value twice, the default view named once",
     FACTS("\"registry\": [{\"key\": \"HKLM\\\\A\", \"name\": \"v\"}, {\"key\": \"hklm\\\\a\", "
           "\"name\": \"V\", \"view\": \"64\"}]"),
     TWICE("registry", "1", "hklm\\a")},
    {"a service twice", FACTS("\"services\": [{\"name\": \"W3SVC\"}, {\"name\": \"w3svc\"}]"),
     TWICE("services", "1", "w3svc")},
    {"an MSI product twice",
     FACTS("\"msiProducts\": [{\"productCode\": \"{A}\"}, {\"productCode\": \"{a}\"}]"),
     TWICE("msiProducts", "1", "{a}")},
    {"an MSI patch twice on a product",
     FACTS("\"msiPatches\": [{\"patchCode\": \"{A}\"}, {\"patchCode\": \"{A}\"}]"),
     TWICE("msiPatches", "1", "{A}")},
    {"two system volumes", FACTS("\"volumes\": [{\"role\": \"system\"}, {\"role\": \"system\"}]"),
     "/volumes/1: this role stands twice"},
    {"a list whole and unavailable",
     FACTS("\"coverage\": [{\"list\": \"services\", \"state\": \"complete\"}, {\"list\": "
           "\"services\", \"state\": \"unavailable\"}]"),
     "/coverage/1: speaks of the same list as /coverage/0"},
    {"a feature twice", FACTS("\"features\": [{\"name\": \"a\"}, {\"name\": \"A\"}]"),
     TWICE("features", "1", "A")},
    {"an update twice",
     FACTS("\"updates\": [{\"id\": \"KB1\", " RECORD "}, {\"id\": \"kb1\", " RECORD "}]"),
     TWICE("updates", "1", "kb1")},
    {"a package twice", FACTS("\"packages\": [{\"identity\": \"a~~b\"}, {\"identity\": \"A~~b\"}]"),
     TWICE("packages", "1", "A~~b")},
    {"an instance without a name and one with an empty one",
     FACTS("\"instances\": [{\"product\": \"MSSQL\"}, {\"product\": \"MSSQL\", \"name\": \"\"}]"),
     TWICE("instances", "1", "MSSQL")},
    {"an instance twice",
     FACTS("\"instances\": [{\"product\": \"MSSQL\", \"name\": \"A\"}, {\"product\": \"mssql\", "
           "\"name\": \"a\"}]"),
     TWICE("instances", "1", "mssql")},
    {"a setting twice",
     FACTS("\"settings\": [{\"kind\": \"boot\", \"name\": \"a\"}, {\"kind\": \"boot\", \"name\": "
           "\"A\"}]"),
     TWICE("settings", "1", "A")},
    {"an update that nobody recorded", FACTS("\"updates\": [{\"id\": \"KB1\"}]"),
     "/updates/0: names no source"},
    {"a restart source twice",
     FACTS(
         "\"pendingRestarts\": [{\"source\": \"cbs\", \"pending\": \"no\"}, {\"source\": \"cbs\", "
         "\"pending\": \"yes\"}]"),
     "/pendingRestarts/1: this source stands twice"},
    {"a restart source that nobody knows",
     FACTS("\"pendingRestarts\": [{\"source\": \"full-moon\", \"pending\": \"no\"}]"),
     "/pendingRestarts/0/source: not one of: cbs, windows-update, file-rename, computer-rename, "
     "domain-join, pending-xml, setup, msi, update-exe: \"full-moon\""},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_facts, row->text, strlen(row->text), row->message);
}

/* With a newer minor version a source may have a word that is not known: it has no number. */
static void newer_restart_sources_are_passed_over(void **state)
{
    static const char text[] =
        "{\"format\": \"patchprereq-facts/1.1\", \"host\": {\"hostName\": \"A\"}, \"collection\": "
        "{\"method\": \"live\", \"finished\": \"2026-11-22\"}, \"pendingRestarts\": "
        "[{\"source\": \"new-one\", \"pending\": \"no\"}, {\"source\": \"newer-one\", \"pending\": "
        "\"no\"}, {\"source\": \"cbs\", \"pending\": \"yes\"}]}";
    struct prereq_arena *arena = new_arena();
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};
    size_t ignored = 0;

    (void)state;
    if (prereq_facts_read(arena, text, strlen(text), &facts, &ignored, &err))
        fail_msg("%s", err.text);
    assert_int_equal(ignored, 2);
    assert_int_equal(facts->pending_restart_count, 3);
    assert_int_equal(facts->pending_restarts[2].source, PREREQ_RESTART_CBS);
    prereq_arena_free(arena);
}

static void the_members_of_a_message_are_cut(void **state)
{
    struct prereq_buffer text = {0};
    struct prereq_arena *arena = new_arena();
    const struct prereq_facts *facts = NULL;
    struct prereq_error err = {0};

    (void)state;
    prereq_buffer_add(&text, "{\"format\": \"patchprereq-facts/1.0\", \"");
    for (int i = 0; i < 60000; i++)
        prereq_buffer_add(&text, "x");
    prereq_buffer_add(&text, "\": 1}");
    assert_int_equal(prereq_facts_read(arena, text.text, text.len, &facts, NULL, &err),
                     PREREQ_BAD_INPUT);
    assert_null(facts);
    assert_true(strlen(err.text) < 500);
    assert_non_null(strstr(err.text, "unknown member"));
    prereq_buffer_free(&text);
    prereq_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_without_end),
        cmocka_unit_test(known_absent_unavailable_and_not_collected_differ),
        cmocka_unit_test(newer_restart_sources_are_passed_over),
        cmocka_unit_test(the_members_of_a_message_are_cut),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(identities, check_identity);
    failed |= RUN_TABLE(apart, check_apart);
    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
