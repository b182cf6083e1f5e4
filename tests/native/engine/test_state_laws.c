/* SPDX-License-Identifier: MIT */
/* test_state_laws.c - what holds for every host: doubt never hides a proven fault and never becomes
 * Compliant, and what does not concern a patch does not change its state.
 *
 * Six things are looked at; every combination of what can be known of them is one host. */
#include "judging.h"

#define CATALOG                                                                                    \
    IIS_PATCH("X")                                                                                 \
    FILES("x.dll", "2.0")                                                                          \
    ",'prerequisites':[{'anyOf':[{'rule':{'file':{'path':'g.dll','version':"                       \
    "{'atLeast':'2.0'}}}}],"                                                                       \
    "'why':'g'},{'anyOf':[{'rule':{'freeSpace':{'volume':'system','atLeast'"                       \
    ":100}}}],'why':'s'}],"                                                                        \
    "'voidedBy':[{'feature':'LATE','why':'v','unless':{'file':{'path':'u."                         \
    "dll'}}}]}," PATCH("L") FILES("l.dll", "2.0") ",'supersedes':['X']}"

enum item {
    OWN,       /* its file */
    GROUP,     /* the file that it needs */
    LATER,     /* the file of a later patch */
    PRODUCT,   /* is the product there? */
    EVENT,     /* something added later, and the file that proves it harmless */
    RECORD_OF, /* is it recorded? */
    ITEMS,
};

/* The first `known` of the values are known ones. */
static const struct {
    const char *name;
    size_t known, count;
    const char *values[5];
} items[ITEMS] = {
    [OWN] = {"its file",
             3,
             5,
             {"{'path':'x.dll','version':'2.0'},", "{'path':'x.dll','version':'1.0'},",
              "{'path':'x.dll','status':'absent'},",
              "{'path':'x.dll','status':'unavailable','code':'access_denied'},", ""}},
    [GROUP] = {"what it needs",
               3,
               5,
               {"{'path':'g.dll','version':'2.0'},", "{'path':'g.dll','version':'1.0'},",
                "{'path':'g.dll','status':'absent'},", "{'path':'g.dll','status':'unavailable'},",
                ""}},
    [LATER] = {"a later patch",
               2,
               4,
               {"{'path':'l.dll','version':'2.0'},", "{'path':'l.dll','version':'1.0'},",
                "{'path':'l.dll','noVersion':true},", ""}},
    [PRODUCT] = {"the product",
                 2,
                 4,
                 {"{'name':'IIS'},", "{'name':'IIS','status':'absent'},",
                  "{'name':'IIS','status':'unavailable'},", ""}},
    [EVENT] = {"an event",
               3,
               5,
               {"{'path':'u.dll'}],'features':[{'name':'LATE','installedOn':'2021-01-01'},",
                "{'path':'u.dll','status':'absent'}],'features':[{'name':'LATE',"
                "'installedOn':'2021-01-01'},",
                "{'path':'n.dll'}],'features':[{'name':'NONE'},",
                "{'path':'u.dll','status':'unavailable'}],'features':[{'name':'LATE',"
                "'installedOn':'2021-01-01'},",
                "{'path':'n.dll'}],'features':[{'name':'LATE','installedOn':'2021-01-01'},"}},
    [RECORD_OF] = {"its record",
                   2,
                   3,
                   {"'updates':[" RECORD("X", "2020-01-01") "],", ALL_LISTS ",", ""}},
};

#define HOSTS ((size_t)5 * 5 * 4 * 4 * 5 * 3)

static int states[HOSTS]; /* of X */

static size_t place_of(size_t item)
{
    size_t place = 1;

    for (size_t i = 0; i < item; i++)
        place *= items[i].count;
    return place;
}

static size_t value_of(size_t host, size_t item)
{
    return host / place_of(item) % items[item].count;
}

/* The same host with another value of one thing. */
static size_t with_value(size_t host, size_t item, size_t value)
{
    return host + (value - value_of(host, item)) * place_of(item);
}

static bool is_known(size_t host, size_t item)
{
    return value_of(host, item) < items[item].known;
}

static char *facts_text(char text[2048], size_t host, const char *space)
{
    const char *v[ITEMS];

    for (size_t i = 0; i < ITEMS; i++)
        v[i] = items[i].values[value_of(host, i)];
    (void)snprintf(text, 2048,
                   "'files':[%s%s%s%s%s{'name':'DNS'}],%s'volumes':[{'role':'system',"
                   "'freeBytes':%s}]",
                   v[OWN], v[GROUP], v[LATER], v[EVENT], v[PRODUCT], v[RECORD_OF], space);
    return text;
}

static int judge_host(struct judging *judging, size_t host, const char *space)
{
    char text[2048];

    judging_run(judging, facts_text(text, host, space));
    return judging_state(judging, "X");
}

static int judge_all(void **state)
{
    (void)state;
    for (size_t host = 0; host < HOSTS; host++) {
        struct judging judging;

        judging_open(&judging, CATALOG, NULL);
        states[host] = judge_host(&judging, host, "100");
        judging_close(&judging);
    }
    return 0;
}

static bool is_fault(int state)
{
    return state == PREREQ_STATE_OUT_OF_ORDER || state == PREREQ_STATE_REGRESSED ||
           state == PREREQ_STATE_BLOCKED;
}

static void refuse(size_t host, size_t item, size_t other)
{
    char text[2048];

    fail_msg("%s: %s instead of %s, for %s", items[item].name, prereq_state_names[states[other]],
             prereq_state_names[states[host]], facts_text(text, host, "100"));
}

/* Where every known value of a thing gives a fault, the thing is not what proves it: not knowing it
 * must not hide the fault. */
static void test_doubt_hides_no_fault(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t host = 0; host < HOSTS; host++) {
        for (size_t item = 0; item < ITEMS; item++) {
            bool proven = !is_known(host, item);

            for (size_t v = 0; v < items[item].known; v++)
                proven = proven && is_fault(states[with_value(host, item, v)]);
            if (!proven)
                continue;
            tried++;
            if (!is_fault(states[host]))
                refuse(with_value(host, item, 0), item, host);
        }
    }
    assert_true(tried > 100);
}

/* What is proven while a thing is not known is not Unknown once it is known.  A missing patch is no
 * such proof while its record is not known: in effect without a known record is doubt.  Nor is an
 * event that nobody looked whether it is cleared: it stands until it is known to be. */
static void test_learning_hides_no_fault(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t host = 0; host < HOSTS; host++) {
        if (!is_fault(states[host]) ||
            (states[host] == PREREQ_STATE_BLOCKED && !is_known(host, RECORD_OF)))
            continue;
        for (size_t item = 0; item < ITEMS; item++) {
            for (size_t v = 0; item != EVENT && !is_known(host, item) && v < items[item].known;
                 v++) {
                size_t learned = with_value(host, item, v);

                tried++;
                if (states[learned] == PREREQ_STATE_UNKNOWN)
                    refuse(host, item, learned);
            }
        }
    }
    assert_true(tried > 100);
}

/* A host that is in doubt does not become good because something more is not known.  Its record is
 * left out: order and invalidation are judged of recorded patches only. */
static void test_doubt_is_never_good(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t host = 0; host < HOSTS; host++) {
        if (states[host] != PREREQ_STATE_UNKNOWN)
            continue;
        for (size_t item = 0; item < RECORD_OF; item++) {
            for (size_t v = items[item].known; is_known(host, item) && v < items[item].count; v++) {
                size_t doubted = with_value(host, item, v);

                tried++;
                if (states[doubted] == PREREQ_STATE_COMPLIANT ||
                    states[doubted] == PREREQ_STATE_SUPERSEDED)
                    refuse(host, item, doubted);
            }
        }
    }
    assert_true(tried > 100);
}

/* Compliant with a thing not known means good whatever it is. */
static void test_good_in_doubt_is_good(void **state)
{
    size_t tried = 0;

    (void)state;
    for (size_t host = 0; host < HOSTS; host++) {
        for (size_t item = 0; states[host] == PREREQ_STATE_COMPLIANT && item < RECORD_OF; item++) {
            for (size_t v = 0; !is_known(host, item) && v < items[item].known; v++) {
                int learned = states[with_value(host, item, v)];

                tried++;
                if (learned != PREREQ_STATE_COMPLIANT && learned != PREREQ_STATE_SUPERSEDED &&
                    learned != PREREQ_STATE_NOT_APPLICABLE)
                    refuse(host, item, with_value(host, item, v));
            }
        }
    }
    assert_true(tried > 100);
}

/* Every state but the one of a restart occurs, so that none of the laws is empty. */
static void test_states_occur(void **state)
{
    size_t count[PREREQ_STATES] = {0};

    (void)state;
    for (size_t host = 0; host < HOSTS; host++)
        count[states[host]]++;
    for (int i = 0; i < PREREQ_STATES; i++)
        assert_int_equal(count[i] > 0, i != PREREQ_STATE_PENDING_RESTART);
}

/* ---- what does not concern it ---- */

#define WAIVER                                                                                     \
    "{\"format\":\"patchprereq-waivers/1.0\",\"waivers\":[{\"id\":\"W\",\"reason\":\"r\","         \
    "\"approver\":\"a\",\"approvedOn\":\"2020-01-01\",\"expires\":\"2030-01-01\"}]}"

static struct aside {
    const char *name, *patches, *now, *space, *waivers;
} asides[] = {
    {"an unrelated patch before it", PATCH("A") FILES("a.dll", "9.0") "}," CATALOG, FACTS_TIME,
     "100", NULL},
    {"an unrelated patch that lists the same file",
     CATALOG "," PATCH("Z") FILES("x.dll", "9.0") "}", FACTS_TIME, "100", NULL},
    {"an unrelated patch that needs it", CATALOG "," PATCH("Z") NEEDS("{'patch':'X'}", "") "}",
     FACTS_TIME, "100", NULL},
    {"a later clock", CATALOG, "2036-01-01T00:00:00Z", "100", NULL},
    {"an earlier clock", CATALOG, "1999-01-01T00:00:00Z", "100", NULL},
    {"more free space", CATALOG, FACTS_TIME, "9007199254740991", NULL},
    {"a waiver", CATALOG, FACTS_TIME, "100", WAIVER},
};

/* Every seventh host: seven shares no factor with the numbers of values. */
static void check_aside(void **state)
{
    const struct aside *row = *state;

    for (size_t host = 0; host < HOSTS; host += 7) {
        struct prereq_error err = {0};
        struct judging judging;

        judging_open(&judging, row->patches, NULL);
        judging.now = row->now;
        if (row->waivers && prereq_waivers_read(judging.arena, row->waivers, strlen(row->waivers),
                                                &judging.waivers, &err))
            fail_msg("%s", err.text);
        assert_int_equal(judge_host(&judging, host, row->space), states[host]);
        judging_close(&judging);
    }
}

int main(void)
{
    const struct CMUnitTest laws[] = {
        cmocka_unit_test(test_doubt_hides_no_fault), cmocka_unit_test(test_learning_hides_no_fault),
        cmocka_unit_test(test_doubt_is_never_good),  cmocka_unit_test(test_good_in_doubt_is_good),
        cmocka_unit_test(test_states_occur),
    };
    int failed = cmocka_run_group_tests_name("laws", laws, judge_all, NULL) != 0;

    failed |= RUN_TABLE(asides, check_aside);
    return failed;
}
