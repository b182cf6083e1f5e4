/* SPDX-License-Identifier: MIT */
/* test_waivers.c - exceptions: whom they cover, until when, and what is refused. */
#include "documents/policy.h"

#include "documents.h"

static enum prereq_status read_waivers(struct prereq_arena *arena, const char *text, size_t len,
                                       const void **object, struct prereq_error *err)
{
    const struct prereq_waivers *waivers;
    enum prereq_status status = prereq_waivers_read(arena, text, len, &waivers, err);

    if (!status)
        *object = waivers;
    return status;
}

#define HEAD "{\"format\": \"patchprereq-waivers/1.0\", \"waivers\": ["
#define MUST "\"reason\": \"r\", \"approver\": \"a\", \"expires\": \"2026-12-31\""
#define ONE(members) HEAD "{\"id\": \"W-1\", " members MUST "}]}"

/* ---- matching ---- */

static const char *const numbers[] = {"KB269862", "MS00-057"};
static const struct prereq_waiver_subject full = {
    "7f0c-guid", "web01.example.test", "WEB01", "dmz", "Q269862", "host", NULL, 0};
static const struct prereq_waiver_subject umlaut = {"b:C3:BCro-pc.stra:C3:9Fe",
                                                    "B\xC3\x9CRO-PC.stra\xC3\x9F\x65",
                                                    "B\xC3\x9CRO-PC",
                                                    NULL,
                                                    "KB1",
                                                    "host",
                                                    NULL,
                                                    0};
static const struct prereq_waiver_subject bare = {"7f0c-guid", NULL,          "WEB01", NULL,
                                                  "Q269862",   "MSSQL/PROD1", NULL,    0};
static const struct prereq_waiver_subject numbered = {
    "7f0c-guid", NULL, "WEB01", NULL, "Q269862", "host", numbers, PREREQ_COUNT(numbers)};

static struct match {
    const char *name;
    const char *lists; /* of the waiver */
    const struct prereq_waiver_subject *subject;
    bool matches;
} matches[] = {
    {"no list: everything", "", &full, true},
    {"no list: everything, known or not", "", &bare, true},
    {"host by id", "\"hosts\": [\"7F0C-GUID\"], ", &full, true},
    {"host by full name", "\"hosts\": [\"WEB01.example.*\"], ", &full, true},
    {"host by name, another case", "\"hosts\": [\"web01\"], ", &full, true},
    {"host by pattern", "\"hosts\": [\"other\", \"web??\"], ", &full, true},
    {"a name is not a prefix", "\"hosts\": [\"web\"], ", &full, false},
    {"no full name to match", "\"hosts\": [\"*.example.test\"], ", &bare, false},
    {"group", "\"groups\": [\"DMZ\"], ", &full, true},
    {"another group", "\"groups\": [\"office\"], ", &full, false},
    {"a host without group is in no group", "\"groups\": [\"*\"], ", &bare, false},
    {"patch", "\"patches\": [\"q269862\"], ", &full, true},
    {"another patch", "\"patches\": [\"Q26986\"], ", &full, false},
    {"patch by another number", "\"patches\": [\"ms00-057\"], ", &numbered, true},
    {"patch by a pattern of its numbers", "\"patches\": [\"KB26*\"], ", &numbered, true},
    {"a number of another patch", "\"patches\": [\"MS00-058\"], ", &numbered, false},
    {"target", "\"targets\": [\"MSSQL/*\"], ", &bare, true},
    {"another target", "\"targets\": [\"MSSQL/*\"], ", &full, false},
    {"every list must match", "\"hosts\": [\"web*\"], \"patches\": [\"KB1\"], ", &full, false},
    {"name with an umlaut, another case", "\"hosts\": [\"b\xC3\xBCro-pc\"], ", &umlaut, true},
    {"full name with an umlaut, by pattern",
     "\"hosts\": [\"B\xC3\xBCro-*.STRA\xE1\xBA\x9E\x45\"], ", &umlaut, true},
    {"the id made of it", "\"hosts\": [\"b:C3:BCro-pc.stra:C3:9Fe\"], ", &umlaut, true},
    {"another umlaut", "\"hosts\": [\"b\xC3\xB6ro-pc\"], ", &umlaut, false},
    {"all of them do",
     "\"hosts\": [\"web*\"], \"groups\": [\"d*\"], \"patches\": [\"Q*\"], \"targets\": "
     "[\"host\"], ",
     &full, true},
};

static void check_match(void **state)
{
    const struct match *row = *state;
    struct prereq_arena *arena = new_arena();
    char text[1024];
    const struct prereq_waivers *waivers;

    snprintf(text, sizeof(text), HEAD "{\"id\": \"W-1\", %s" MUST "}]}", row->lists);
    waivers = must_read(arena, read_waivers, text);
    assert_int_equal(waivers->waiver_count, 1);
    assert_int_equal(prereq_waiver_matches(&waivers->waivers[0], row->subject), row->matches);
    prereq_arena_free(arena);
}

/* ---- expiry ---- */

static struct expiry {
    const char *name;
    const char *now;
    bool expired;
} expiries[] = {
    {"long before", "2025-01-01T00:00:00Z", false},
    {"on the morning of the last day", "2026-12-31T00:00:00Z", false},
    {"in its last second", "2026-12-31T23:59:59Z", false},
    {"in the last second elsewhere", "2027-01-01T00:59:59+01:00", false},
    {"a second later", "2027-01-01T00:00:00Z", true},
    {"the day known only", "2026-12-31", false},
};

static void check_expiry(void **state)
{
    const struct expiry *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_waivers *waivers = must_read(arena, read_waivers, ONE(""));
    struct prereq_time now;

    assert_true(prereq_time_parse(row->now, &now));
    assert_int_equal(prereq_waiver_expired(&waivers->waivers[0], now), row->expired);
    prereq_arena_free(arena);
}

/* ---- reading ---- */

static void every_member_is_kept(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_waivers *waivers =
        must_read(arena, read_waivers,
                  ONE("\"compensatingControl\": \"filtered\", \"residualRisk\": \"low\", "
                      "\"approvedOn\": \"2026-12-31\", "));
    const struct prereq_waiver *waiver = &waivers->waivers[0];
    char day[32];

    (void)state;
    assert_string_equal(waiver->id, "W-1");
    assert_string_equal(waiver->reason, "r");
    assert_string_equal(waiver->approver, "a");
    assert_string_equal(waiver->compensating_control, "filtered");
    assert_string_equal(waiver->residual_risk, "low");
    prereq_time_format(waiver->approved_on, day);
    assert_string_equal(day, "2026-12-31");
    prereq_time_format(waiver->expires, day);
    assert_string_equal(day, "2026-12-31");
    prereq_arena_free(arena);
}

static void a_file_may_hold_none(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_waivers *waivers = must_read(arena, read_waivers, HEAD "]}");

    (void)state;
    assert_int_equal(waivers->waiver_count, 0);
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_waivers, ONE("\"hosts\": [\"a\", \"b\"], \"patches\": [\"c\"], "));
}

static struct bad {
    const char *name;
    const char *text;
    const char *message;
} bad[] = {
    {"no id", HEAD "{" MUST "}]}", "/waivers/0: lacks the member \"id\""},
    {"no reason", HEAD "{\"id\": \"W\", \"approver\": \"a\", \"expires\": \"2026-12-31\"}]}",
     "/waivers/0: lacks the member \"reason\""},
    {"an empty reason",
     HEAD "{\"id\": \"W\", \"reason\": \"\", \"approver\": \"a\", \"expires\": \"2026-12-31\"}]}",
     "/waivers/0/reason: must not be empty"},
    {"no approver", HEAD "{\"id\": \"W\", \"reason\": \"r\", \"expires\": \"2026-12-31\"}]}",
     "/waivers/0: lacks the member \"approver\""},
    {"an empty approver",
     HEAD "{\"id\": \"W\", \"reason\": \"r\", \"approver\": \"\", \"expires\": \"2026-12-31\"}]}",
     "/waivers/0/approver: must not be empty"},
    {"no expiry", HEAD "{\"id\": \"W\", \"reason\": \"r\", \"approver\": \"a\"}]}",
     "/waivers/0: lacks the member \"expires\""},
    {"expiry with a time",
     HEAD "{\"id\": \"W\", \"reason\": \"r\", \"approver\": \"a\", \"expires\": "
          "\"2026-12-31T12:00:00Z\"}]}",
     "/waivers/0/expires: must be a date as 2026-11-22: \"2026-12-31T12:00:00Z\""},
    {"no such day",
     HEAD "{\"id\": \"W\", \"reason\": \"r\", \"approver\": \"a\", \"expires\": \"2026-02-29\"}]}",
     "/waivers/0/expires: must be a time as 2026-11-22T08:15:00Z or a date \"2026-02-29\""},
    {"expired before it was approved", ONE("\"approvedOn\": \"2027-01-01\", "),
     "/waivers/0/expires: lies before the day it was approved on"},
    {"an empty list", ONE("\"patches\": [], "),
     "/waivers/0/patches: the list is empty; leave it out to mean all"},
    {"two of one id", HEAD "{\"id\": \"W-1\", " MUST "}, {\"id\": \"w-1\", " MUST "}]}",
     "/waivers/1/id: the same id as /waivers/0: \"w-1\""},
    {"an id with a blank", HEAD "{\"id\": \"W 1\", " MUST "}]}",
     "/waivers/0/id: an id uses A-Z a-z 0-9 . _ - @ / : only: \"W 1\""},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_waivers, row->text, strlen(row->text), row->message);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_member_is_kept),
        cmocka_unit_test(a_file_may_hold_none),
        cmocka_unit_test(survives_any_memory_limit),
    };
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(matches, check_match);
    failed |= RUN_TABLE(expiries, check_expiry);
    failed |= RUN_TABLE(bad, check_bad);
    return failed;
}
