/* SPDX-License-Identifier: MIT */
/* test_scope.c - scope.csv: its columns in any order, periods, and which row speaks for a host. */
#include "documents/policy.h"

#include "documents.h"

static enum prereq_status read_scope(struct prereq_arena *arena, const char *text, size_t len,
                                     const void **object, struct prereq_error *err)
{
    const struct prereq_scope *scope;
    enum prereq_status status = prereq_scope_read(arena, text, len, &scope, err);

    if (!status)
        *object = scope;
    return status;
}

/* ---- reading ---- */

static struct good {
    const char *name;
    const char *text;
    const char *rows; /* line:host/group/site/owner/from/to, - for nothing */
} good[] = {
    {"the usual order",
     "host,group,site,owner,from,to\nweb01,dmz,Bonn,web team,2026-01-01,2026-06-30\n",
     "2:web01/dmz/Bonn/web team/2026-01-01/2026-06-30 "},
    {"any order, any case, with a mark and CRLF",
     "\xef\xbb\xbfTO,Owner,HOST,from,Site,Group\r\n2026-06-30,web "
     "team,web01,2026-01-01,Bonn,dmz\r\n",
     "2:web01/dmz/Bonn/web team/2026-01-01/2026-06-30 "},
    {"open periods and empty fields", "host,group,site,owner,from,to\nweb01,,,,,\n",
     "2:web01/-/-/-/-/- "},
    {"the host alone", "host\nweb01\nweb02\n", "2:web01/-/-/-/-/- 3:web02/-/-/-/-/- "},
    {"no rows", "host,group\n", ""},
    {"quotes", "host,owner\n\"web01\",\"a, \"\"b\"\"\"\n", "2:web01/-/-/a, \"b\"/-/- "},
    {"one day", "host,from,to\nweb01,2026-02-28,2026-02-28\n",
     "2:web01/-/-/-/2026-02-28/2026-02-28 "},
};

static void add_text(struct prereq_buffer *out, const char *text, const char *end)
{
    prereq_buffer_addf(out, "%s%s", text ? text : "-", end);
}

static void add_day(struct prereq_buffer *out, struct prereq_time day, const char *end)
{
    char text[32];

    prereq_time_format(day, text);
    add_text(out, day.known ? text : NULL, end);
}

static void check_good(void **state)
{
    const struct good *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_scope *scope = must_read(arena, read_scope, row->text);
    struct prereq_buffer out = {0};

    prereq_buffer_add(&out, "");
    for (size_t i = 0; i < scope->row_count; i++) {
        const struct prereq_scope_row *found = &scope->rows[i];

        prereq_buffer_addf(&out, "%zu:", found->line);
        add_text(&out, found->host, "/");
        add_text(&out, found->group, "/");
        add_text(&out, found->site, "/");
        add_text(&out, found->owner, "/");
        add_day(&out, found->from, "/");
        add_day(&out, found->to, " ");
    }
    assert_string_equal(out.text, row->rows);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

/* ---- finding ---- */

static const char fleet[] = "host,group,from,to\n"
                            "web01,spring,2026-03-01,2026-05-31\n"
                            "db01,data,,\n"
                            "WEB01,summer,2026-06-01,2026-08-31\n"
                            "web01.example.test,full name,2026-10-01,\n"
                            "web01,autumn,2026-08-15,2026-10-15\n"
                            "7f0c-guid,by id,2027-01-01,2027-01-31\n"
                            "old01,gone,,2026-01-31\n"
                            "a,first,,\n"
                            "B\xC3\x9CRO-PC,umlaut,,\n"
                            "\xD1\x81\xD0\xB5\xD1\x80,Cyrillic,,\n"
                            "same01,b,2026-01-01,2026-12-31\n"
                            "same01,narrow,2026-01-01,2026-06-30\n"
                            "same01,c,2026-01-01,2026-12-31\n"
                            "zz,last,,\n";

static struct find {
    const char *name;
    const char *host_id, *fqdn, *host_name;
    const char *now;
    const char *group; /* of the row; NULL: not in scope */
} finds[] = {
    {"inside", "7f0c-guid", NULL, "web01", "2026-04-15T12:00:00Z", "spring"},
    {"first second", "7f0c-guid", NULL, "web01", "2026-03-01T00:00:00Z", "spring"},
    {"a second before", "7f0c-guid", NULL, "web01", "2026-02-28T23:59:59Z", NULL},
    {"last second", "7f0c-guid", NULL, "web01", "2026-05-31T23:59:59Z", "spring"},
    {"the next period, another case", "7f0c-guid", NULL, "web01", "2026-06-01T00:00:00Z", "summer"},
    {"of two the one that begins later", "7f0c-guid", NULL, "web01", "2026-08-20T00:00:00Z",
     "autumn"},
    {"of two that begin together the one that ends first", "x", NULL, "same01",
     "2026-04-15T12:00:00Z", "narrow"},
    {"of two of one period the greater text", "x", NULL, "same01", "2026-08-15T12:00:00Z", "c"},
    {"by full name", "7f0c-guid", "WEB01.example.test", "web01", "2026-12-01T00:00:00Z",
     "full name"},
    {"of two names the one that begins later", "7f0c-guid", "web01.example.test", "web01",
     "2026-10-10T00:00:00Z", "full name"},
    {"by id", "7f0c-guid", NULL, "other", "2027-01-15T00:00:00Z", "by id"},
    {"after its last day", "x", NULL, "old01", "2026-02-01T00:00:00Z", NULL},
    {"open period", "x", NULL, "db01", "2040-01-01T00:00:00Z", "data"},
    {"a longer name is another host", "x", NULL, "web011", "2026-04-15T12:00:00Z", NULL},
    {"a shorter name too", "x", NULL, "web0", "2026-04-15T12:00:00Z", NULL},
    {"first of all", "x", NULL, "A", "2026-04-15T12:00:00Z", "first"},
    {"an umlaut in another case", "x", NULL, "b\xC3\xBCro-pc", "2026-04-15T12:00:00Z", "umlaut"},
    {"another script in another case", "x", NULL, "\xD0\xA1\xD0\x95\xD0\xA0",
     "2026-04-15T12:00:00Z", "Cyrillic"},
    {"last of all", "x", NULL, "ZZ", "2026-04-15T12:00:00Z", "last"},
    {"no name at all", NULL, NULL, NULL, "2026-04-15T12:00:00Z", NULL},
};

static void check_find(void **state)
{
    const struct find *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_scope *scope = must_read(arena, read_scope, fleet);
    const struct prereq_scope_row *found;
    struct prereq_time now;

    assert_true(prereq_time_parse(row->now, &now));
    found = prereq_scope_find(scope, row->host_id, row->fqdn, row->host_name, now);
    if (row->group) {
        assert_non_null(found);
        assert_string_equal(found->group, row->group);
    } else {
        assert_null(found);
    }
    prereq_arena_free(arena);
}

static void an_empty_scope_has_no_host(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_scope *scope = must_read(arena, read_scope, "host\n");

    (void)state;
    assert_null(prereq_scope_find(scope, "a", "b", "c", prereq_time_from_seconds(0)));
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_scope, fleet);
}

/* ---- refusing ---- */

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"empty", "", "is empty; the first line names the columns: host,group,site,owner,from,to"},
    {"empty lines only", "\n\r\n",
     "is empty; the first line names the columns: host,group,site,owner,from,to"},
    {"no column host", "group,site\na,b\n", "line 1: there is no column \"host\""},
    {"unknown column", "host,team\na,b\n",
     "line 1: not one of host, group, site, owner, from, to: \"team\""},
    {"a column without name", "host,\na,b\n",
     "line 1: not one of host, group, site, owner, from, to: \"\""},
    {"a column twice", "host,Group,group\na,b,c\n", "line 1: this column stands twice: \"group\""},
    {"semicolons", "host;group;site\na;b;c\n",
     "line 1: fields are separated by commas, not by semicolons: \"host;group;site\""},
    {"a field too many", "host,group\na,b\n\nc,d,e\n", "line 4: has 3 fields, the header has 2"},
    {"a field too few", "host,group\na\n", "line 2: has 1 fields, the header has 2"},
    {"no host", "host,group\n,b\n", "line 2: names no host"},
    {"a pattern", "host\nweb*\n", "line 2: a host is named in full, without * and ?: \"web*\""},
    {"another form of date", "host,from\na,01/02/2026\n",
     "line 2: \"from\" must be a date as 2026-11-22: \"01/02/2026\""},
    {"a time", "host,to\na,2026-01-01T00:00:00Z\n",
     "line 2: \"to\" must be a date as 2026-11-22: \"2026-01-01T00:00:00Z\""},
    {"no such day", "host,to\na,2026-02-30\n",
     "line 2: \"to\" must be a date as 2026-11-22: \"2026-02-30\""},
    {"a period that ends before it begins", "host,from,to\na,2026-02-02,2026-02-01\n",
     "line 2: \"from\" is later than \"to\""},
    {"a line over two lines counts from its first", "host,owner,from\na,\"x\ny\",\nb,\"x\ny\",z\n",
     "line 4: \"from\" must be a date as 2026-11-22: \"z\""},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_scope, row->text, strlen(row->text), row->message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_empty_scope_has_no_host),
                                       cmocka_unit_test(survives_any_memory_limit)};
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(good, check_good);
    failed |= RUN_TABLE(finds, check_find);
    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
