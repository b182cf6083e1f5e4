/* SPDX-License-Identifier: MIT */
/* table.h - each row of a table runs as a cmocka test of its own, under the row's name.
 *
 * A row is a struct whose first member is `const char *name`; the check gets its row by *state. */
#ifndef PREREQ_TESTS_TABLE_H
#define PREREQ_TESTS_TABLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static inline int run_table(const char *table, void *rows, size_t count, size_t size,
                            CMUnitTestFunction check)
{
    struct CMUnitTest *tests = calloc(count, sizeof(*tests));
    int failed = 1;

    if (!tests)
        abort();
    for (size_t i = 0; i < count; i++) {
        void *row = (char *)rows + i * size;

        tests[i].name = *(const char **)row;
        tests[i].test_func = check;
        tests[i].initial_state = row;
    }
    failed = _cmocka_run_group_tests(table, tests, count, NULL, NULL) != 0;
    free(tests);
    return failed;
}

/* Rows are not const, because cmocka hands them on as void *. */
#define RUN_TABLE(rows, check)                                                                     \
    run_table(#rows, (rows), sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]), (check))

#define RUN_TESTS(tests) (cmocka_run_group_tests_name(#tests, (tests), NULL, NULL) != 0)

#endif
