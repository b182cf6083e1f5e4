/* SPDX-License-Identifier: MIT */
/* test_error.c - the sentence that says why a call failed. */
#include <string.h>

#include "base/base.h"
#include "table.h"

static void fills_in_status_and_text(void **state)
{
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_fail(&err, PREREQ_IO, "%s: %d", "a.json", 7), PREREQ_IO);
    assert_int_equal(err.status, PREREQ_IO);
    assert_string_equal(err.text, "a.json: 7");
}

static void needs_no_error(void **state)
{
    (void)state;
    assert_int_equal(prereq_fail(NULL, PREREQ_NO_MEMORY, "x"), PREREQ_NO_MEMORY);
}

static void prefix_comes_first(void **state)
{
    struct prereq_error err = {0};

    (void)state;
    prereq_fail(&err, PREREQ_BAD_INPUT, "line 3: 100%% wrong");
    assert_int_equal(prereq_fail_prefix(&err, "hosts/a.json"), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "hosts/a.json: line 3: 100% wrong");
}

/* Whatever the position of the cut, no character is split and nothing is lost before it. */
static void long_text_ends_in_a_whole_character(void **state)
{
    (void)state;
    for (size_t shift = 0; shift < 4; shift++) {
        struct prereq_error err = {0};
        char text[2048];
        size_t bad = 0;

        memset(text, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof(text); i += 4)
            memcpy(text + i, "\xF0\x9F\x98\x80", 5);
        prereq_fail(&err, PREREQ_IO, "%s", text);
        assert_true(prereq_utf8_valid(err.text, strlen(err.text), &bad));
        assert_in_range(strlen(err.text), sizeof(err.text) - 4, sizeof(err.text) - 1);
        assert_memory_equal(err.text, text, strlen(err.text));
    }
}

/* A caller's own bytes that are not UTF-8 do not make the rest disappear. */
static void wrong_bytes_do_not_cut_the_text(void **state)
{
    struct prereq_error err = {0};
    char text[2048];

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[0] = '\xFF';
    text[sizeof(text) - 1] = '\0';
    prereq_fail(&err, PREREQ_IO, "%s", text);
    assert_int_equal(strlen(err.text), sizeof(err.text) - 1);
}

int main(void)
{
    const struct CMUnitTest error[] = {
        cmocka_unit_test(fills_in_status_and_text),
        cmocka_unit_test(needs_no_error),
        cmocka_unit_test(prefix_comes_first),
        cmocka_unit_test(long_text_ends_in_a_whole_character),
        cmocka_unit_test(wrong_bytes_do_not_cut_the_text),
    };

    return RUN_TESTS(error);
}
