/* SPDX-License-Identifier: MIT */
/* test_any_order.c - every list of every document of the fleet and of the golden cases in another
 * order: the same assessment, plans and hashes, byte for byte.
 *
 * The catalog, the policy, the waivers and the assessment before are shuffled along with the facts.
 * ANY_ORDER_ROUNDS in the environment asks for more rounds than one, each with seeds of its own. */
#include "catalog/catalog_case.h"
#include "golden_cases.h"
#include "shuffle.h"

#define NOW "2026-11-22T08:00:00Z"
#define MOST_ROUNDS 1000

struct host { /* what is judged, and by what */
    struct catalog_case_inputs inputs;
    struct prereq_judge judge;
    size_t set;
};

static struct prereq_arena *documents;
static size_t rounds = 1;
/* Per set: as the files are, then shuffled once a round. */
static const struct prereq_catalog *compiled[MOST_SETS][MOST_ROUNDS + 1];
static const struct prereq_catalog *renumbered[MOST_SETS]; /* lists that number ids as well */
static const struct prereq_policy *fleet_policy;
static const struct prereq_waivers *fleet_waivers[MOST_ROUNDS + 1];
static const struct prereq_scope *fleet_scopes[MOST_ROUNDS + 1];

/* ---- documents ---- */

static struct prereq_arena *new_arena(void)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 30);

    assert_non_null(arena);
    return arena;
}

static char *read_bytes(const char *path, size_t *len)
{
    struct prereq_error err = {0};
    char *bytes = NULL;

    if (prereq_file_read(path, PREREQ_MAX_FACTS_BYTES, &bytes, len, &err))
        stop(err.text);
    return bytes;
}

static const struct prereq_catalog *compile_shuffled(size_t set, size_t round, bool numbers)
{
    struct prereq_catalog_part *parts =
        PREREQ_NEW_ARRAY(documents, sets[set].part_count, struct prereq_catalog_part);
    struct shuffler shuffler = {.seed = round * 1000 + set, .numbers = numbers};

    if (!parts)
        stop("no memory for the catalogs");
    for (size_t i = 0; i < sets[set].part_count; i++) {
        parts[i] = sets[set].parts[i];
        parts[i].file =
            shuffled(&shuffler, documents, prereq_catalog_document.shape, parts[i].file);
    }
    if (set == 0 && shuffler.moved < 500)
        stop("the built-in catalog was not shuffled");
    return compile_parts(documents, parts, sets[set].part_count);
}

static void compile_all(void)
{
    for (size_t set = 0; set < set_count; set++) {
        compiled[set][0] = compile_parts(documents, sets[set].parts, sets[set].part_count);
        for (size_t round = 1; round <= rounds; round++)
            compiled[set][round] = compile_shuffled(set, round, false);
        renumbered[set] = compile_shuffled(set, 1, true);
    }
}

/* Waivers are put in order where they are read: shuffled, they are written and read again. */
static const struct prereq_waivers *read_waivers(size_t round)
{
    struct shuffler shuffler = {.seed = round};
    size_t len = 0;
    char *bytes = read_bytes(TEST_DATA "/fleet-files/waivers.json", &len);
    const struct prereq_waivers *waivers = NULL;
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};

    if (prereq_waivers_read(documents, bytes, len, &waivers, &err))
        stop(err.text);
    free(bytes);
    if (round == 0)
        return waivers;
    waivers = shuffled(&shuffler, documents, prereq_waivers_document.shape, waivers);
    prereq_shape_write(prereq_waivers_document.shape, waivers, PREREQ_JSON_COMPACT, &text);
    if (shuffler.moved == 0 || text.failed ||
        prereq_waivers_read(documents, text.text, text.len, &waivers, &err))
        stop(shuffler.moved ? err.text : "the waivers were not shuffled");
    prereq_buffer_free(&text);
    return waivers;
}

#define MOST_LINES 200

/* The rows of the scope behind the header in another order. */
static const struct prereq_scope *read_scope(size_t round)
{
    const struct prereq_scope *scope = NULL;
    const char *lines[MOST_LINES];
    struct prereq_buffer text = {0};
    struct prereq_error err = {0};
    struct shuffler shuffler = {.seed = round};
    size_t len = 0, count = 0;
    char *bytes = read_bytes(TEST_DATA "/fleet-files/scope.csv", &len);

    for (char *line = strtok(bytes, "\r\n"); line; line = strtok(NULL, "\r\n")) {
        if (count == MOST_LINES)
            stop("more lines of scope than this program has room for");
        lines[count++] = line;
    }
    for (size_t i = count - 1; round > 0 && i > 1; i--) {
        size_t k = 1 + next_random(&shuffler) % i;
        const char *kept = lines[i];

        lines[i] = lines[k];
        lines[k] = kept;
    }
    for (size_t i = 0; i < count; i++)
        prereq_buffer_addf(&text, "%s\n", lines[i]);
    if (text.failed || prereq_scope_read(documents, text.text, text.len, &scope, &err))
        stop(err.text);
    prereq_buffer_free(&text);
    free(bytes);
    return scope;
}

static void read_fleet_files(void)
{
    struct prereq_error err = {0};
    size_t len = 0;
    char *bytes = read_bytes(TEST_DATA "/fleet-files/policy.json", &len);

    if (prereq_policy_read(documents, bytes, len, &fleet_policy, &err))
        stop(err.text);
    free(bytes);
    for (size_t round = 0; round <= rounds; round++) {
        fleet_waivers[round] = read_waivers(round);
        fleet_scopes[round] = read_scope(round);
    }
}

/* ---- judging ---- */

static const struct prereq_assessment *assessed(struct prereq_arena *arena, const struct host *host)
{
    const struct prereq_assessment *made = NULL;
    struct prereq_error err = {0};

    if (prereq_assess(arena, &host->judge, host->inputs.facts, host->inputs.previous, &made, &err))
        fail_msg("%s", err.text);
    return made;
}

/* The documents of a host anew, with the lists of all in another order. */
static void shuffle_host(struct prereq_arena *arena, struct host *host, size_t round)
{
    struct shuffler shuffler = {.seed = round};

    host->inputs.facts =
        shuffled(&shuffler, arena, prereq_facts_document.shape, host->inputs.facts);
    host->judge.policy =
        shuffled(&shuffler, arena, prereq_policy_document.shape, host->judge.policy);
    if (host->inputs.previous)
        host->inputs.previous =
            shuffled(&shuffler, arena, prereq_assessment_document.shape, host->inputs.previous);
    host->judge.catalog = compiled[host->set][round];
}

static const char *text_of(const struct prereq_shape *shape, const void *object)
{
    static struct prereq_buffer out[2];
    static size_t next;
    struct prereq_buffer *one = &out[next++ % 2];

    prereq_buffer_free(one);
    prereq_shape_write(shape, object, PREREQ_JSON_READABLE, one);
    return one->text;
}

/* The first line in which two assessments part. */
static void fail_where_they_part(const struct prereq_assessment *first,
                                 const struct prereq_assessment *other, size_t round)
{
    const char *a = text_of(prereq_assessment_document.shape, first);
    const char *b = text_of(prereq_assessment_document.shape, other);
    size_t line = 0;

    for (size_t i = 0; a[i] && a[i] == b[i]; i++) {
        if (a[i] == '\n')
            line = i + 1;
    }
    fail_msg("round %zu:\n%.*s\nbecomes\n%.*s", round, (int)strcspn(a + line, "\n"), a + line,
             (int)strcspn(b + line, "\n"), b + line);
}

static void must_not_change(const struct host *host, const struct prereq_waivers *const *waivers,
                            const struct prereq_scope *const *scopes)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_assessment *first = assessed(arena, host);

    for (size_t round = 1; round <= rounds; round++) {
        const struct prereq_assessment *made;
        struct host other = *host;

        shuffle_host(arena, &other, round);
        other.judge.waivers = waivers ? waivers[round] : NULL;
        other.judge.scope = scopes ? scopes[round] : NULL;
        made = assessed(arena, &other);
        if (part_at(prereq_assessment_document.shape, first, made))
            fail_where_they_part(first, made, round);
    }
    prereq_arena_free(arena);
}

/* Ids of prerequisites and components are numbered in the order of the lists that they come from;
 * all else is the same in any order of these too. */
static void must_only_renumber(const struct host *host)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_assessment *first = assessed(arena, host), *other;
    struct host turned = *host;

    turned.judge.catalog = renumbered[host->set];
    other = assessed(arena, &turned);
    assert_int_equal(first->status_count, other->status_count);
    for (size_t i = 0; i < first->status_count; i++) {
        const struct prereq_status_row *a = &first->statuses[i], *b = &other->statuses[i];

        if (strcmp(a->id, b->id) != 0 || a->state != b->state || a->required != b->required ||
            a->evidence != b->evidence || !same_text(a->reason_code, b->reason_code))
            fail_msg("%s: %s, %s becomes %s, %s", a->id, prereq_state_names[a->state],
                     a->reason_code, prereq_state_names[b->state], b->reason_code);
    }
    assert_int_equal(first->plan_count, other->plan_count);
    for (size_t i = 0; i < first->plan_count; i++) {
        const struct prereq_plan *a = &first->plans[i], *b = &other->plans[i];

        assert_int_equal(a->result, b->result);
        assert_int_equal(a->step_count, b->step_count);
        for (size_t k = 0; k < a->step_count; k++) {
            if (a->steps[k].action != b->steps[k].action ||
                !same_text(a->steps[k].patch_id, b->steps[k].patch_id) ||
                !same_text(a->steps[k].target, b->steps[k].target) ||
                !same_text(a->steps[k].command, b->steps[k].command))
                fail_msg("%s: step %zu about %s becomes one about %s", a->goal, k + 1,
                         a->steps[k].patch_id, b->steps[k].patch_id);
        }
    }
    prereq_arena_free(arena);
}

static void check_case(void **state)
{
    const struct golden *row = *state;
    struct prereq_arena *arena = new_arena();
    struct host host = {.set = row->set};
    struct prereq_error err = {0};

    if (catalog_case_read(arena, row->folder, &host.inputs, &err))
        fail_msg("%s", err.text);
    host.judge.policy = host.inputs.policy;
    host.judge.now = host.inputs.facts->collection->finished;
    host.judge.catalog = compiled[row->set][0];
    host.judge.product_version = "0";
    host.judge.plans = true;
    must_not_change(&host, NULL, NULL);
    host.judge.plans = false; /* those of the fleet are enough here */
    must_only_renumber(&host);
    prereq_arena_free(arena);
}

/* ---- the fleet ---- */

struct member {
    const char *name, *path;
};

static struct member members[MOST_CASES];
static size_t member_count;

static void find_fleet(void)
{
    size_t count;
    const char **names = names_in(documents, TEST_DATA "/fleet", &count);

    for (size_t i = 0; i < count; i++) {
        if (strcmp(names[i], "PC04-broken.json") == 0)
            continue; /* no document */
        members[member_count++] =
            (struct member){names[i], joined(documents, TEST_DATA "/fleet", names[i])};
    }
}

static void check_fleet(void **state)
{
    const struct member *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_error err = {0};
    struct host host = {.set = 0};
    size_t len = 0;
    char *bytes = read_bytes(row->path, &len);

    if (prereq_facts_read(arena, bytes, len, &host.inputs.facts, NULL, &err))
        fail_msg("%s", err.text);
    free(bytes);
    assert_true(prereq_time_parse(NOW, &host.judge.now));
    host.judge.policy = fleet_policy;
    host.judge.waivers = fleet_waivers[0];
    host.judge.scope = fleet_scopes[0];
    host.judge.catalog = compiled[0][0];
    host.judge.product_version = "0";
    host.judge.plans = true;
    must_not_change(&host, fleet_waivers, fleet_scopes);
    must_only_renumber(&host);
    prereq_arena_free(arena);
}

/* ---- the product's own mark ---- */

static size_t marks_below(const struct prereq_shape *shape, unsigned depth)
{
    struct shuffler shuffler = {0};
    size_t marks = 0;

    for (const struct prereq_member *m = shape->members; m->name; m++) {
        bool marked = m->rule == PREREQ_IN_ORDER;

        if (m->count_offset && marked != stays(&shuffler, shape, m))
            fail_msg("%s/%s is %s", shape->title, m->name,
                     marked ? "in order, and no test knows why" : "not marked as in order");
        marks += marked;
        if (m->shape && depth < 6)
            marks += marks_below(m->shape, depth + 1);
    }
    return marks;
}

/* Every list of an input is either put in order, or stands in the table above with its reason. */
static void no_list_is_in_order_without_a_reason(void **state)
{
    (void)state;
    assert_true(marks_below(prereq_facts_document.shape, 0) > 0);
    assert_true(marks_below(prereq_catalog_document.shape, 0) > 0);
    assert_true(marks_below(prereq_policy_document.shape, 0) > 0);
    assert_int_equal(marks_below(prereq_waivers_document.shape, 0), 0);
}

int main(void)
{
    const struct CMUnitTest marks[] = {cmocka_unit_test(no_list_is_in_order_without_a_reason)};
    const char *more = getenv("ANY_ORDER_ROUNDS");
    int failed;

    if (more && atoi(more) > 0 && atoi(more) <= MOST_ROUNDS)
        rounds = (size_t)atoi(more);
    documents = find_golden_cases();
    compile_all();
    read_fleet_files();
    find_fleet();
    failed = run_table("fleet", members, member_count, sizeof(members[0]), check_fleet);
    failed |= RUN_TESTS(marks);
    failed |= run_table("cases", cases, case_count, sizeof(cases[0]), check_case);
    prereq_arena_free(documents);
    return failed;
}
