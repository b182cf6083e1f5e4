/* SPDX-License-Identifier: MIT */
/* test_import_hostile.c - broken, truncated and oversized texts, and want of memory. */
#include "imports.h"

static struct input {
    const char *name; /* of the file */
} inputs[] = {
    {"server-2019.txt"},     {"server-2016.csv"},
    {"german-utf16.txt"},    {"japanese-oem.txt"},
    {"xp-cut-off.txt"},      {"qfe-table.txt"},
    {"qfe-list.txt"},        {"qfe.csv"},
    {"qfe-filetime.txt"},    {"get-hotfix.txt"},
    {"qfe-chinese-oem.txt"}, {"hungarian-utf16be.txt"},
    {"refused-other.txt"},   {"refused-offered.txt"},
};

/* Every start of the text, in memory of exactly its size: facts or a reason. */
static void check_truncated(void **state)
{
    const struct input *input = *state;
    struct prereq_import_options options = options_for(input->name, NULL);
    size_t len;
    char *bytes = read_input(input->name, &len);

    for (size_t cut = 0; cut < len; cut += 5) {
        char *start = malloc(cut ? cut : 1);
        struct run run;

        assert_non_null(start);
        memcpy(start, bytes, cut);
        run_start(&run, start, cut, &options, NO_LIMIT);
        if (run.status)
            assert_int_equal(run.status, PREREQ_BAD_INPUT);
        else
            free(document(run.facts));
        run_end(&run);
        free(start);
    }
    free(bytes);
}

/* One byte in each place turned over. */
static void check_flipped(void **state)
{
    const struct input *input = *state;
    struct prereq_import_options options = options_for(input->name, NULL);
    size_t len;
    char *bytes = read_input(input->name, &len);

    for (size_t i = 0; i < len; i += 5) {
        char old = bytes[i];
        struct run run;

        bytes[i] = (char)(old ^ (1 << (i / 5 % 8)));
        run_start(&run, bytes, len, &options, NO_LIMIT);
        if (run.status)
            assert_int_equal(run.status, PREREQ_BAD_INPUT);
        else
            free(document(run.facts));
        run_end(&run);
        bytes[i] = old;
    }
    free(bytes);
}

/* The arena's limit is raised until the import works as it does without one. */
static void check_memory(void **state)
{
    const struct input *input = *state;
    struct prereq_import_options options = options_for(input->name, NULL);
    enum prereq_status expected;
    size_t len, limit = 0;
    char *bytes = read_input(input->name, &len);
    struct run run;

    run_start(&run, bytes, len, &options, NO_LIMIT);
    expected = run.status;
    run_end(&run);
    for (;; limit += limit < 4096 ? 16 : 128) {
        run_start(&run, bytes, len, &options, limit);
        run_end(&run);
        if (run.status != PREREQ_NO_MEMORY)
            break;
    }
    assert_int_equal(run.status, expected);
    assert_true(limit > len); /* it does hold a copy of the text */
    free(bytes);
}

/* A text of `count` times the pattern; "%05u" in it becomes the number. */
static char *repeat(const char *head, const char *pattern, unsigned count, size_t *len)
{
    struct prereq_buffer text = {0};
    const char *number = strchr(pattern, '#');

    prereq_buffer_add(&text, head);
    for (unsigned i = 0; i < count; i++) {
        if (!number) {
            prereq_buffer_add(&text, pattern);
            continue;
        }
        prereq_buffer_add_bytes(&text, pattern, (size_t)(number - pattern));
        prereq_buffer_addf(&text, "%u%s", 100000 + i, number + 1);
    }
    assert_false(text.failed);
    *len = text.len;
    return text.text;
}

#define HEAD "Host Name:  H1\nOS Name:  Windows\nOS Version:  6.1.7601 N/A Build 7601\n"

static struct large {
    const char *name;
    const char *head, *pattern;
    unsigned count;
    const char *reason; /* NULL: it is read */
    size_t updates;
} larges[] = {
    {"as many updates as may be", "CSName=H\n", "HotFixID=KB#\n", PREREQ_MAX_IMPORT_UPDATES, NULL,
     PREREQ_MAX_IMPORT_UPDATES},
    {"one update more", "CSName=H\n", "HotFixID=KB#\n", PREREQ_MAX_IMPORT_UPDATES + 1,
     "more than 65536 updates", 0},
    {"one update, often", "CSName=H\n", "HotFixID=KB123456\n", 20000, NULL, 1},
    {"many lines that are no ids", HEAD "Hotfix(s):  1\n", " [1]: {#}\n [1]: KB123456\n", 5000,
     NULL, 1},
    {"a long line", HEAD, "0123456789abcdef", 5000, "line 4: longer than 65536 bytes", 0},
    {"many lines", HEAD, "\n", PREREQ_MAX_ITEMS, "more than 1000000 lines", 0},
    {"many empty labels", HEAD, "a:\n", 300000, NULL, 0},
    {"many cells", "\"a\",\"b\",\"6.1.7601 x Build 7601\"", ",\"[01]: KB#\"", 3000, NULL, 0},
    {"a large text", "", "0123456789abcde\n", (16U << 20) / 16 + 1, "larger than 16777216 bytes",
     0},
};

static void check_large(void **state)
{
    const struct large *large = *state;
    struct prereq_import_options options = options_for("large", NULL);
    size_t len;
    char *text = repeat(large->head, large->pattern, large->count, &len);
    struct run run;

    run_start(&run, text, len, &options, (size_t)512 << 20);
    assert_int_equal(run.status, large->reason ? PREREQ_BAD_INPUT : PREREQ_OK);
    if (large->reason && !strstr(run.err.text, large->reason))
        fail_msg("\"%s\" does not say \"%s\"", run.err.text, large->reason);
    if (!large->reason) {
        assert_int_equal(run.facts->update_count, large->updates);
        assert_true(run.facts->error_count <= 102);
        free(document(run.facts));
    }
    run_end(&run);
    free(text);
}

static void check_options(void **state)
{
    struct prereq_import_options no_time = options_for("x", NULL);
    struct prereq_import_options bad_id = options_for("x", "a b");
    struct run run;

    (void)state;
    no_time.facts_time = (struct prereq_time){0};
    run_start(&run, HEAD, strlen(HEAD), &no_time, NO_LIMIT);
    assert_int_equal(run.status, PREREQ_BAD_INPUT);
    assert_non_null(strstr(run.err.text, "--facts-time"));
    run_end(&run);
    run_start(&run, HEAD, strlen(HEAD), &bad_id, NO_LIMIT);
    assert_int_equal(run.status, PREREQ_BAD_INPUT);
    assert_non_null(strstr(run.err.text, "host id"));
    run_end(&run);
}

int main(void)
{
    const struct CMUnitTest others[] = {cmocka_unit_test(check_options)};
    int failed = RUN_TABLE(inputs, check_truncated);

    failed |= RUN_TABLE(inputs, check_flipped);
    failed |= RUN_TABLE(inputs, check_memory);
    failed |= RUN_TABLE(larges, check_large);
    failed |= RUN_TESTS(others);
    return failed;
}
