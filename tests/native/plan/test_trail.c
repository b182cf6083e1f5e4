/* SPDX-License-Identifier: MIT */
/* test_trail.c - large and tangled catalogs: what is looked at grows with the edges, never with the
 * ways along them, and no line is too long. */
#include "judging.h"
#include "plan/plan.h"

/* Entry i of a shape leads to `count` earlier ones. */
struct shape {
    const char *name;
    size_t entries;
    size_t (*earlier)(size_t entry, size_t *list);
    size_t planned; /* entries where the shape is one of prerequisites and a plan puts them on */
};

#define MOST_EARLIER 64

static size_t ladder(size_t entry, size_t *list)
{
    size_t count = entry < 2 ? entry : 2;

    for (size_t i = 0; i < count; i++)
        list[i] = entry - 1 - i;
    return count;
}

static size_t layers(size_t entry, size_t *list)
{
    size_t layer = entry / 3;

    for (size_t i = 0; layer > 0 && i < 3; i++)
        list[i] = (layer - 1) * 3 + i;
    return layer > 0 ? 3 : 0;
}

static size_t all_earlier(size_t entry, size_t *list)
{
    for (size_t i = 0; i < entry; i++)
        list[i] = i;
    return entry;
}

static size_t chain(size_t entry, size_t *list)
{
    list[0] = entry - 1;
    return entry > 0 ? 1 : 0;
}

static struct shape shapes[] = {
    {"two ways up at each of 5,000", 5000, ladder, 400},
    {"40 layers of 3", 120, layers, 120},
    {"26 that list all earlier ones", 26, all_earlier, 26},
    {"a chain of 60,000", 60000, chain, 400},
};

enum by {
    BY_SUPERSEDENCE,
    BY_PREREQUISITES,
    BY_MARKERS, /* an entry is in effect where the ones that it leads to are */
};

struct made { /* a catalog of a shape, and KB-TOP beside it, which needs the lowest or the highest
               */
    struct judging judging;
    struct prereq_trial trial;
    struct prereq_judge judge;
    struct prereq_error err;
    size_t entries, edges;
};

static const char *id_of(struct made *made, size_t entry)
{
    return prereq_printf(made->judging.arena, "KB%06zu", entry);
}

static void list_ids(struct made *made, struct prereq_buffer *text, enum by by, const size_t *list,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_add(text, i ? "," : "");
        if (by == BY_SUPERSEDENCE)
            prereq_buffer_addf(text, "'KB%06zu'", list[i]);
        else if (by == BY_MARKERS)
            prereq_buffer_addf(text, "{'patch':{'id':'KB%06zu'}}", list[i]);
        else
            prereq_buffer_addf(text, "{'patch':'KB%06zu'}", list[i]);
    }
    made->edges += count;
}

/* Proven by its package, which is either in a list that was read whole or is not. */
static void add_entry(struct made *made, struct prereq_buffer *text, const struct shape *shape,
                      enum by by, size_t entry)
{
    size_t list[MOST_EARLIER], count = shape->earlier(entry, list);
    const char *id = id_of(made, entry);
    const char *begin = "'supersedes':[", *end = "]";

    prereq_buffer_addf(text, ENTRY("%s", "P", "security") ",", id, id);
    if (by != BY_MARKERS || count == 0)
        prereq_buffer_addf(text, "'packages':['Pkg_%s'],", id);
    if (by == BY_PREREQUISITES && count > 0) {
        begin = "'prerequisites':[{'why':'w','anyOf':[";
        end = "]}]";
    } else if (by == BY_MARKERS && count > 0) {
        begin = "'marker':{'all':[";
        end = "]}";
    }
    prereq_buffer_add(text, begin);
    list_ids(made, text, by, list, count);
    prereq_buffer_addf(text, "%s,'commands':{'install':{'program':'%s.exe'}},'restart':'no'},", end,
                       id);
}

static void compile_shape(struct made *made, const struct shape *shape, enum by by, size_t entries)
{
    struct prereq_buffer text = {0};
    size_t named = by == BY_SUPERSEDENCE ? 0 : entries - 1;

    memset(made, 0, sizeof(*made));
    made->entries = entries;
    made->judging = (struct judging){.arena = prereq_arena_new((size_t)3 << 30)};
    assert_non_null(made->judging.arena);
    for (size_t i = 0; i < entries; i++)
        add_entry(made, &text, shape, by, i);
    prereq_buffer_addf(&text,
                       PATCH("KB-TOP") ",'packages':['Pkg_TOP'],'restart':'no',"
                                       "'commands':{'install':{'program':'t.exe'}}" NEEDS(
                                           "{'patch':'KB%06zu'}", "") "}",
                       named);
    made->edges++;
    assert_false(text.failed);
    made->judging.catalog = judging_compile(&made->judging, text.text);
    made->judging.policy = prereq_policy_default();
    prereq_buffer_free(&text);
}

static void open_trial(struct made *made, const char *packages)
{
    const char *facts = prereq_printf(
        made->judging.arena,
        "'coverage':[{'list':'cbsPackages','state':'complete'}],'packages':[%s]", packages);

    made->judge = (struct prereq_judge){.catalog = made->judging.catalog,
                                        .policy = made->judging.policy,
                                        .product_version = "test"};
    assert_true(prereq_time_parse(FACTS_TIME, &made->judge.now));
    made->trial = (struct prereq_trial){.arena = made->judging.arena,
                                        .judge = &made->judge,
                                        .facts = judging_facts(&made->judging, facts),
                                        .err = &made->err};
    if (prereq_trial_open(&made->trial))
        fail_msg("%s", made->err.text);
}

static void close_made(struct made *made)
{
    prereq_arena_free(made->judging.arena);
}

static uint32_t pair_of(const struct made *made, const char *id)
{
    uint32_t pair = prereq_pair_named(&made->trial, id);

    assert_int_not_equal(pair, PREREQ_NONE);
    return pair;
}

static void expect_edges(const struct made *made, size_t most)
{
    uint64_t looked_at = made->trial.host->trails->edges;

    assert_false(made->trial.host->trails->no_memory);
    assert_true(looked_at > 0);
    if (looked_at > most)
        fail_msg("%zu edges were looked at for %zu that there are; %zu would be enough",
                 (size_t)looked_at, made->edges, most);
}

static void fill_all(struct made *made)
{
    struct prereq_status_row *rows = PREREQ_NEW_ARRAY(
        made->judging.arena, made->trial.host->pair_count, struct prereq_status_row);

    assert_non_null(rows);
    for (uint32_t i = 0; i < made->trial.host->pair_count; i++)
        assert_true(prereq_fill_status(&made->trial, i, &rows[i]));
}

/* Every status of a host on which nothing of it is, or only the latest.  The walks are: satisfied,
 * sound, applicable and required later ones, each once over all entries. */
static void check_assess(void **state)
{
    const struct shape *shape = *state;

    for (int latest_is_on = 0; latest_is_on < 2; latest_is_on++) {
        struct made made;
        const char *id;

        compile_shape(&made, shape, BY_SUPERSEDENCE, shape->entries);
        id = id_of(&made, shape->entries - 1);
        open_trial(&made, latest_is_on ? prereq_printf(made.judging.arena,
                                                       "{'identity':'Pkg_%s~1~amd64~~1.0',"
                                                       "'state':112}",
                                                       id)
                                       : "");
        fill_all(&made);
        assert_int_equal(prereq_base_state(&made.trial.now, pair_of(&made, "KB000000")),
                         latest_is_on ? PREREQ_STATE_SUPERSEDED : PREREQ_STATE_READY);
        assert_int_equal(prereq_base_state(&made.trial.now, pair_of(&made, "KB-TOP")),
                         latest_is_on ? PREREQ_STATE_READY : PREREQ_STATE_BLOCKED);
        expect_edges(&made, made.edges * 6);
        close_made(&made);
    }
}

static void plan_for(struct made *made, const char *id, struct prereq_plan *plan)
{
    uint32_t goal = pair_of(made, id);

    *plan = (struct prereq_plan){0};
    if (prereq_plan_build(&made->trial, &goal, 1, id, plan))
        fail_msg("%s", made->err.text);
}

/* What a patch needs may be had by any of the entries above the named one: each is looked at a
 * fixed number of times for each way that is tried, whatever the ways between them. */
static void check_plan_over_later(void **state)
{
    const struct shape *shape = *state;
    struct prereq_plan plan;
    struct made made;

    compile_shape(&made, shape, BY_SUPERSEDENCE, shape->entries);
    open_trial(&made, "");
    plan_for(&made, "KB-TOP", &plan);
    assert_int_equal(plan.result, PREREQ_PLAN_PLANNED);
    assert_string_equal(plan.steps[0].patch_id, "KB000000");
    expect_edges(&made, made.edges * 48 * 8);
    close_made(&made);
}

/* As prerequisites: the cheapest way down, whatever their depth. */
static void check_plan_of_prerequisites(void **state)
{
    const struct shape *shape = *state;
    struct prereq_plan plan;
    struct made made;

    compile_shape(&made, shape, BY_PREREQUISITES, shape->planned);
    open_trial(&made, "");
    fill_all(&made);
    plan_for(&made, "KB-TOP", &plan);
    assert_int_equal(plan.result, PREREQ_PLAN_PLANNED);
    assert_string_equal(plan.steps[plan.step_count - 2].patch_id, "KB-TOP");
    close_made(&made);
}

/* ---- prices ---- */

/* A search for prices comes by each edge once. */
static void check_prices(void **state)
{
    const struct shape *shape = *state;
    unsigned restarts = 0, steps = 0;
    struct prereq_planner planner;
    struct made made;

    compile_shape(&made, shape, BY_PREREQUISITES, shape->entries);
    open_trial(&made, "");
    memset(&planner, 0, sizeof(planner));
    planner.trial = &made.trial;
    planner.host = made.trial.host;
    planner.start = &made.trial.now;
    planner.searches = 1;
    planner.prices = PREREQ_NEW_ARRAY(made.judging.arena, shape->entries + 1, struct prereq_price);
    planner.planning = PREREQ_NEW_ARRAY(made.judging.arena, shape->entries + 1, bool);
    planner.closed = PREREQ_NEW_ARRAY(made.judging.arena, shape->entries + 1, bool);
    planner.installs = PREREQ_NEW_ARRAY(made.judging.arena, shape->entries + 1, uint32_t);
    assert_true(planner.prices && planner.planning && planner.closed && planner.installs);
    assert_true(prereq_plan_price(&planner, pair_of(&made, "KB-TOP"), &restarts, &steps));
    assert_true(steps > 2);
    expect_edges(&made, made.edges);
    close_made(&made);
}

/* ---- entries whose rules name entries ---- */

/* The latest is asked about first, with all below it still to be judged. */
static void check_markers(void **state)
{
    const struct shape *shape = *state;
    struct made made;

    compile_shape(&made, shape, BY_MARKERS, shape->entries);
    open_trial(&made, "{'identity':'Pkg_KB000000~1~amd64~~1.0','state':112},"
                      "{'identity':'Pkg_KB000001~1~amd64~~1.0','state':112},"
                      "{'identity':'Pkg_KB000002~1~amd64~~1.0','state':112}");
    assert_int_equal(
        prereq_base_state(&made.trial.now, pair_of(&made, id_of(&made, shape->entries - 1))),
        PREREQ_STATE_COMPLIANT);
    fill_all(&made);
    assert_int_equal(prereq_base_state(&made.trial.now, pair_of(&made, "KB-TOP")),
                     PREREQ_STATE_READY);
    expect_edges(&made, made.edges * 6 + made.entries * 6);
    close_made(&made);
}

/* ---- circles ---- */

#define CIRCLE 1000

static size_t circle(size_t entry, size_t *list)
{
    list[0] = (entry + 1) % CIRCLE;
    return 1;
}

static void a_circle_of_1000_is_named(void **state)
{
    const struct shape shape = {"circle", CIRCLE, circle, 0};
    struct prereq_plan plan;
    struct made made;

    (void)state;
    compile_shape(&made, &shape, BY_PREREQUISITES, CIRCLE);
    open_trial(&made, "");
    fill_all(&made);
    assert_int_equal(prereq_base_state(&made.trial.now, pair_of(&made, "KB000000")),
                     PREREQ_STATE_BLOCKED);
    plan_for(&made, "KB000000", &plan);
    assert_int_equal(plan.result, PREREQ_PLAN_CYCLE);
    assert_non_null(strstr(plan.reason, "which leads back to KB000000"));
    expect_edges(&made, made.edges * 48 * 8);
    close_made(&made);
}

static void a_circle_of_rules_is_not_known(void **state)
{
    const struct shape shape = {"circle", CIRCLE, circle, 0};
    struct made made;

    (void)state;
    compile_shape(&made, &shape, BY_MARKERS, CIRCLE);
    open_trial(&made, "");
    fill_all(&made);
    for (size_t i = 0; i < CIRCLE; i++)
        assert_int_equal(prereq_base_state(&made.trial.now, pair_of(&made, id_of(&made, i))),
                         PREREQ_STATE_UNKNOWN);
    close_made(&made);
}

/* 1,000 one below the other are no circle: what stops the plan is at the bottom. */
static void a_deep_line_is_no_circle(void **state)
{
    const struct shape shape = {"line", 1000, chain, 0};
    struct prereq_plan plan;
    struct made made;

    (void)state;
    compile_shape(&made, &shape, BY_PREREQUISITES, 1000);
    open_trial(&made, "");
    plan_for(&made, "KB-TOP", &plan);
    assert_int_equal(plan.result, PREREQ_PLAN_PLANNED);
    assert_string_equal(plan.steps[0].patch_id, "KB000000");
    close_made(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_circle_of_1000_is_named),
                                       cmocka_unit_test(a_circle_of_rules_is_not_known),
                                       cmocka_unit_test(a_deep_line_is_no_circle)};
    int failed = RUN_TESTS(tests);

    failed |= RUN_TABLE(shapes, check_assess);
    failed |= RUN_TABLE(shapes, check_plan_over_later);
    failed |= RUN_TABLE(shapes, check_plan_of_prerequisites);
    failed |= RUN_TABLE(shapes, check_prices);
    failed |= RUN_TABLE(shapes, check_markers);
    return failed;
}
