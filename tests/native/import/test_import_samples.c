/* SPDX-License-Identifier: MIT */
/* test_import_samples.c - real texts, where PATCHPREREQ_SAMPLES names a folder that has them.
 *
 * What a text holds is found a second time here, by a scan that knows nothing of its form. */
#include "imports.h"

struct sample {
    const char *name;
    const char *folder;
};

static size_t count_digits(const char *text)
{
    return strspn(text, "0123456789");
}

/* The bytes without NUL, which makes UTF-16 readable enough for ASCII. */
static char *squeeze(const char *bytes, size_t len)
{
    char *text = malloc(len + 1);
    size_t out = 0;

    assert_non_null(text);
    for (size_t i = 0; i < len; i++) {
        if (bytes[i])
            text[out++] = bytes[i];
    }
    text[out] = '\0';
    return text;
}

/* The first "10.0.17763": its last number; 0: there is none. */
static unsigned long find_build(const char *text)
{
    for (; *text; text++) {
        const char *c = text;
        size_t major = count_digits(c), minor, build;

        if (major == 0 || major > 2 || c[major] != '.')
            continue;
        c += major + 1;
        minor = count_digits(c);
        if (minor != 1 || c[minor] != '.')
            continue;
        c += minor + 1;
        build = count_digits(c);
        if (build == 4 || build == 5)
            return strtoul(c, NULL, 10);
    }
    return 0;
}

static int compare_numbers(const void *left, const void *right)
{
    unsigned long a = *(const unsigned long *)left, b = *(const unsigned long *)right;

    return (a > b) - (a < b);
}

/* How many different numbers stand behind "KB". */
static size_t count_kbs(const char *text)
{
    unsigned long *numbers = calloc(strlen(text) / 2 + 1, sizeof(*numbers));
    size_t count = 0, different = 0;

    assert_non_null(numbers);
    for (const char *c = strstr(text, "KB"); c; c = strstr(c + 2, "KB")) {
        if (count_digits(c + 2) >= 6)
            numbers[count++] = strtoul(c + 2, NULL, 10);
    }
    if (count)
        qsort(numbers, count, sizeof(*numbers), compare_numbers);
    for (size_t i = 0; i < count; i++)
        different += i == 0 || numbers[i] != numbers[i - 1];
    free(numbers);
    return different;
}

static void check_systeminfo(const struct prereq_facts *facts, const char *text)
{
    assert_non_null(facts->os);
    assert_true(facts->os->version.parts >= 2);
    assert_true(facts->os->build.known);
    assert_int_equal(facts->os->build.value, find_build(text));
    assert_true(facts->os->service_pack.known);
    assert_true(facts->os->architecture != 0);
    assert_non_null(facts->os->language);
    assert_non_null(facts->host->domain);
    assert_true(facts->update_count > 0);
}

static void check_sample(void **state)
{
    const struct sample *sample = *state;
    bool offered = strstr(sample->name, "_updates") != NULL;
    bool systeminfo = strstr(sample->name, "systeminfo") != NULL;
    struct prereq_import_options options = options_for(sample->name, systeminfo ? NULL : "sample");
    struct prereq_error err = {0};
    size_t len;
    char path[1024], *bytes = NULL, *text;
    struct run run;

    assert_true(snprintf(path, sizeof(path), "%s/%s", sample->folder, sample->name) <
                (int)sizeof(path));
    if (prereq_file_read(path, NO_LIMIT, &bytes, &len, &err))
        fail_msg("%s", err.text);
    text = squeeze(bytes, len);
    run_start(&run, bytes, len, &options, NO_LIMIT);
    assert_int_equal(run.status, offered ? PREREQ_BAD_INPUT : PREREQ_OK);
    if (offered) {
        assert_non_null(strstr(run.err.text, "offered"));
    } else {
        assert_true(run.facts->update_count >= count_kbs(text));
        free(document(run.facts));
    }
    if (systeminfo)
        check_systeminfo(run.facts, text);
    run_end(&run);
    free(text);
    free(bytes);
}

static void skip_samples(void **state)
{
    (void)state;
    skip();
}

static int run_samples(const char *folder)
{
    struct prereq_arena *arena = prereq_arena_new(NO_LIMIT);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;
    struct sample *samples;
    int failed;

    if (!arena || prereq_folder_list(arena, folder, &names, &count, &err) || count == 0) {
        (void)fprintf(stderr, "%s: %s\n", folder, err.text[0] ? err.text : "empty");
        prereq_arena_free(arena);
        return 1;
    }
    samples = PREREQ_NEW_ARRAY(arena, count, struct sample);
    if (!samples)
        abort();
    for (size_t i = 0; i < count; i++)
        samples[i] = (struct sample){names[i], folder};
    failed = run_table("samples", samples, count, sizeof(*samples), check_sample);
    prereq_arena_free(arena);
    return failed;
}

int main(void)
{
    const struct CMUnitTest skipped[] = {
        {"systeminfo texts: PATCHPREREQ_SAMPLES is not set", skip_samples, NULL, NULL, NULL}};
    const char *root = getenv("PATCHPREREQ_SAMPLES");
    char folder[1024];

    if (!root)
        return RUN_TESTS(skipped);
    if (snprintf(folder, sizeof(folder), "%s/systeminfo", root) >= (int)sizeof(folder))
        return 1;
    return run_samples(folder);
}
