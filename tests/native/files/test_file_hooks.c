/* SPDX-License-Identifier: MIT */
/* test_file_hooks.c - the stdio calls of libxlsxwriter notice what it does not. */
#include "files.h"
#include "files/file_hooks.h"

static void good_files_leave_no_mark(void **state)
{
    FILE *file;

    (void)state;
    prereq_lxw_begin();
    file = prereq_lxw_fopen("hooked\xC3\xA4", "wb");
    assert_non_null(file);
    assert_int_equal(fputs("text", file) < 0, 0);
    prereq_lxw_rewind(file);
    assert_int_equal(prereq_lxw_fclose(file), 0);
    assert_false(prereq_lxw_failed());
    assert_file("hooked\xC3\xA4", "text");
}

static void temporary_file_reads_back(void **state)
{
    char text[8] = "";
    FILE *file;

    (void)state;
    prereq_lxw_begin();
    file = prereq_lxw_tmpfile();
    assert_non_null(file);
    assert_int_equal(fwrite("text", 1, 5, file), 5);
    prereq_lxw_rewind(file);
    assert_int_equal(fread(text, 1, sizeof(text), file), 5);
    assert_string_equal(text, "text");
    assert_int_equal(prereq_lxw_fclose(file), 0);
    assert_false(prereq_lxw_failed());
}

static FILE *open_full(void)
{
    if (!prereq_file_time("/dev/full").known)
        skip();
    prereq_lxw_begin();
    return prereq_lxw_fopen("/dev/full", "wb");
}

/* rewind() alone would clear the error and close would then succeed. */
static void rewind_remembers(void **state)
{
    FILE *file = open_full();

    (void)state;
    assert_int_equal(fwrite("x", 1, 1, file), 1);
    prereq_lxw_rewind(file);
    assert_true(prereq_lxw_failed());
    (void)prereq_lxw_fclose(file);
    assert_true(prereq_lxw_failed());
    prereq_lxw_begin();
    assert_false(prereq_lxw_failed());
}

static void close_remembers(void **state)
{
    FILE *file = open_full();

    (void)state;
    assert_int_equal(fwrite("x", 1, 1, file), 1);
    assert_int_not_equal(prereq_lxw_fclose(file), 0);
    assert_true(prereq_lxw_failed());
}

/* The error was seen by a flush before; fclose() itself then says that all is well. */
static void earlier_error_is_remembered(void **state)
{
    FILE *file = open_full();

    (void)state;
    assert_int_equal(fwrite("x", 1, 1, file), 1);
    assert_int_not_equal(fflush(file), 0);
    (void)prereq_lxw_fclose(file);
    assert_true(prereq_lxw_failed());
}

int main(void)
{
    const struct CMUnitTest hooks[] = {
        cmocka_unit_test(good_files_leave_no_mark),
        cmocka_unit_test(temporary_file_reads_back),
        cmocka_unit_test(rewind_remembers),
        cmocka_unit_test(close_remembers),
        cmocka_unit_test(earlier_error_is_remembered),
    };

    return RUN_TESTS(hooks);
}
