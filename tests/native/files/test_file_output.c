/* SPDX-License-Identifier: MIT */
/* test_file_output.c - output that appears whole or not at all. */
#include "files.h"

static struct prereq_output *open_output(const char *path)
{
    struct prereq_output *output = NULL;
    struct prereq_error err = {0};

    if (prereq_output_open(path, &output, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return output;
}

static void assert_names(const char *folder, const char *only)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;

    assert_int_equal(prereq_folder_list(arena, folder, &names, &count, &err), PREREQ_OK);
    assert_int_equal(count, only ? 1 : 0);
    if (only)
        assert_string_equal(names[0], only);
    prereq_arena_free(arena);
}

static int make_folder(void **state)
{
    struct prereq_error err = {0};

    (void)state;
    (void)remove("out/file");
    return prereq_folder_make("out", &err) != PREREQ_OK;
}

static void appears_on_commit(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    output = open_output("out/file");
    assert_int_equal(prereq_output_write(output, "new", 3, &err), PREREQ_OK);
    assert_false(prereq_is_file("out/file"));
    assert_true(prereq_is_file(prereq_output_path(output)));
    assert_int_equal(prereq_output_write(output, "er", 2, &err), PREREQ_OK);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
    assert_file("out/file", "newer");
    assert_names("out", "file");
}

static void replaces_on_commit(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    put_text("out/file", "old and longer");
    output = open_output("out/file");
    assert_int_equal(prereq_output_write(output, "new", 3, &err), PREREQ_OK);
    assert_file("out/file", "old and longer");
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
    assert_file("out/file", "new");
    assert_names("out", "file");
}

static void old_file_stays_on_discard(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    put_text("out/file", "old");
    output = open_output("out/file");
    assert_int_equal(prereq_output_write(output, "new", 3, &err), PREREQ_OK);
    prereq_output_discard(output);
    assert_file("out/file", "old");
    assert_names("out", "file");
    prereq_output_discard(NULL);
}

static void libraries_may_write_by_name(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    output = open_output("out/file");
    put_text(prereq_output_path(output), "by a library");
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
    assert_file("out/file", "by a library");
    assert_names("out", "file");
}

static void two_outputs_at_once(void **state)
{
    struct prereq_output *first, *second;
    struct prereq_error err = {0};

    (void)state;
    first = open_output("out/file");
    second = open_output("out/file");
    assert_int_equal(prereq_output_write(first, "first", 5, &err), PREREQ_OK);
    assert_int_equal(prereq_output_write(second, "second", 6, &err), PREREQ_OK);
    assert_int_equal(prereq_output_commit(second, &err), PREREQ_OK);
    assert_file("out/file", "second");
    assert_int_equal(prereq_output_commit(first, &err), PREREQ_OK);
    assert_file("out/file", "first");
    assert_names("out", "file");
}

static void new_file_is_never_put_over_another(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    output = open_output("out/file");
    assert_int_equal(prereq_output_write(output, "new", 3, &err), PREREQ_OK);
    put_text("out/file", "there first");
    assert_int_equal(prereq_output_commit_new(output, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "out/file: cannot be written: it exists already");
    assert_file("out/file", "there first");
    assert_names("out", "file");
    assert_int_equal(remove("out/file"), 0);
    output = open_output("out/file");
    assert_int_equal(prereq_output_write(output, "new", 3, &err), PREREQ_OK);
    assert_int_equal(prereq_output_commit_new(output, &err), PREREQ_OK);
    assert_file("out/file", "new");
    assert_names("out", "file");
}

#ifndef _WIN32 /* where what is open goes when it is closed */
/* As a signal does it; the outputs themselves are not used any more, and stay behind in memory. */
static void abandoned_outputs_are_gone(void **state)
{
    static struct prereq_output *outputs[3]; /* still reached at the end: no leak */

    (void)state;
    put_text("out/file", "old");
    for (size_t i = 0; i < PREREQ_COUNT(outputs); i++) {
        outputs[i] = open_output("out/file");
        assert_true(prereq_is_file(prereq_output_path(outputs[i])));
    }
    prereq_output_discard(outputs[1]);
    prereq_outputs_abandon();
    assert_file("out/file", "old");
    assert_names("out", "file");
}
#endif

static const struct {
    const char *name;
    bool temporary;
} names[] = {
    {"facts.json.patchprereq-1-0.tmp", true},
    {"a.patchprereq-18446744073709551615-999.tmp", true},
    {"a.patchprereq-x.patchprereq-1-0.tmp", true},
    {".patchprereq-1-0.tmp", false},
    {"facts.json.1-0.tmp", false},
    {"a.patchprereq-1-0.tmp.txt", false},
    {"a.patchprereq-1-0", false},
    {"a.patchprereq--0.tmp", false},
    {"a.patchprereq-1-.tmp", false},
    {"a.patchprereq-1.tmp", false},
    {"a.patchprereq-1-0x.tmp", false},
    {"", false},
};

static void names_of_temporary_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(names); i++) {
        if (prereq_output_is_temporary(names[i].name) != names[i].temporary)
            fail_msg("%s", names[i].name);
    }
}

static void missing_folder_is_named(void **state)
{
    struct prereq_output *output = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_output_open("nowhere/file", &output, &err), PREREQ_IO);
    assert_string_equal(err.text, "nowhere/file: cannot be written: no such file or folder");
    assert_null(output);
}

static void folder_is_not_replaced(void **state)
{
    struct prereq_output *output = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_output_open("out", &output, &err), PREREQ_IO);
    assert_string_equal(err.text, "out: cannot be written: it is a folder");
}

/* The folder goes away under the program: commit says so. */
static void vanished_target_fails_on_commit(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
#ifdef _WIN32
    print_message("skipped: Windows keeps a file that is open from being removed\n");
    skip();
#endif
    output = open_output("out/file");
    assert_int_equal(remove(prereq_output_path(output)), 0);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_IO);
    assert_non_null(strstr(err.text, "out/file: cannot be written: "));
    assert_names("out", NULL);
}

/* Linux's /dev/full takes nothing and is a device: it must be there afterwards, and the error seen.
 */
static void full_device(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    if (prereq_is_file("/dev/full") || !prereq_file_time("/dev/full").known)
        skip();
    output = open_output("/dev/full");
    (void)prereq_output_write(output, "x", 1, &err);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_IO);
    assert_non_null(strstr(err.text, "cannot be written: no space is left"));
    assert_true(prereq_file_time("/dev/full").known);
    assert_false(prereq_is_file("/dev/full"));
}

static void write_errors_are_kept_until_commit(void **state)
{
    static char large[1 << 20];
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    if (prereq_is_file("/dev/full") || !prereq_file_time("/dev/full").known)
        skip();
    output = open_output("/dev/full");
    assert_int_equal(prereq_output_write(output, large, sizeof(large), &err), PREREQ_IO);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_IO);
}

static void standard_output_has_no_path(void **state)
{
    struct prereq_output *output;
    struct prereq_error err = {0};

    (void)state;
    output = open_output("-");
    assert_null(prereq_output_path(output));
    assert_int_equal(prereq_output_write(output, "\n", 1, &err), PREREQ_OK);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
    assert_int_equal(printf("still open\n"), 11);
}

int main(void)
{
    const struct CMUnitTest output[] = {
        cmocka_unit_test_setup(appears_on_commit, make_folder),
        cmocka_unit_test_setup(replaces_on_commit, make_folder),
        cmocka_unit_test_setup(old_file_stays_on_discard, make_folder),
        cmocka_unit_test_setup(libraries_may_write_by_name, make_folder),
        cmocka_unit_test_setup(two_outputs_at_once, make_folder),
        cmocka_unit_test_setup(new_file_is_never_put_over_another, make_folder),
        cmocka_unit_test(names_of_temporary_files),
        cmocka_unit_test_setup(missing_folder_is_named, make_folder),
        cmocka_unit_test_setup(folder_is_not_replaced, make_folder),
        cmocka_unit_test_setup(vanished_target_fails_on_commit, make_folder),
        cmocka_unit_test_setup(full_device, make_folder),
        cmocka_unit_test_setup(write_errors_are_kept_until_commit, make_folder),
        cmocka_unit_test_setup(standard_output_has_no_path, make_folder),
#ifndef _WIN32
        cmocka_unit_test_setup(abandoned_outputs_are_gone, make_folder),
#endif
    };

    return RUN_TESTS(output);
}
