/* SPDX-License-Identifier: MIT */
/* test_windows_error.c - which numbers mean absent, which denied, and what people read. */
#include <string.h>

#include "collect/windows_error.h"

#include "table.h"

static struct error {
    const char *name;
    uint32_t number;
    enum prereq_look look;
    const char *code, *written, *text;
} errors[] = {
    {"success", 0, PREREQ_LOOK_FOUND, NULL, NULL, NULL},
    {"file not found", 2, PREREQ_LOOK_ABSENT, NULL, NULL, NULL},
    {"path not found", 3, PREREQ_LOOK_ABSENT, NULL, NULL, NULL},
    {"drive not there", 15, PREREQ_LOOK_ABSENT, NULL, NULL, NULL},
    {"no such service", 1060, PREREQ_LOOK_ABSENT, NULL, NULL, NULL},
    {"access denied", 5, PREREQ_LOOK_UNAVAILABLE, "access_denied", "5",
     "X may not be read: access is denied."},
    {"privilege not held", 1314, PREREQ_LOOK_UNAVAILABLE, "access_denied", "1314",
     "X may not be read: the account does not hold the privilege."},
    {"sharing violation", 32, PREREQ_LOOK_UNAVAILABLE, "error", "32",
     "X is held open by another program that does not share it."},
    {"key marked for deletion", 1018, PREREQ_LOOK_UNAVAILABLE, "error", "1018",
     "X is marked for deletion and goes when its last user closes it."},
    {"unknown", 4294967295u, PREREQ_LOOK_UNAVAILABLE, "error", "4294967295",
     "X could not be read."},
};

static void check_error(void **state)
{
    const struct error *row = *state;
    struct prereq_refusal why = {0};

    assert_int_equal(prereq_look_of_error(row->number, "X", &why), row->look);
    if (!row->code)
        return;
    assert_string_equal(why.code, row->code);
    assert_string_equal(why.number, row->written);
    assert_string_equal(why.text, row->text);
}

/* Where nothing can be absent, "not found" is a failure like another. */
static void what_must_be_there_is_never_absent(void **state)
{
    struct prereq_refusal why = {0};

    (void)state;
    assert_int_equal(prereq_refuse_error(2, "X", &why), PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "error");
    assert_string_equal(why.number, "2");
    assert_int_equal(prereq_refuse_error(0, "X", &why), PREREQ_LOOK_UNAVAILABLE);
}

static void a_status_is_written_in_hex(void **state)
{
    struct prereq_refusal why = {0};

    (void)state;
    assert_int_equal(prereq_refuse_status(0xC0000022u, "X", &why), PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "access_denied");
    assert_string_equal(why.number, "0xC0000022");
    (void)prereq_refuse_status(0xC0000003u, "X", &why);
    assert_string_equal(why.code, "error");
}

/* Names of files go into documents; wherever they are cut, the sentence is UTF-8. */
static void a_long_name_is_cut_between_characters(void **state)
{
    char name[600];

    (void)state;
    for (size_t shift = 0; shift < 3; shift++) {
        struct prereq_refusal why = {0};
        size_t bad;

        memset(name, 'x', shift);
        for (size_t i = shift; i + 3 < sizeof(name); i += 3)
            memcpy(name + i, "\xE2\x82\xAC", 4);
        (void)prereq_refuse_error(2, name, &why);
        assert_true(prereq_utf8_valid(why.text, strlen(why.text), &bad));
        assert_non_null(strstr(why.text, "... "));
        prereq_refuse(&why, "error", NULL, "%s", name);
        assert_true(strlen(why.text) > sizeof(why.text) - 5);
        assert_true(prereq_utf8_valid(why.text, strlen(why.text), &bad));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_must_be_there_is_never_absent),
                                       cmocka_unit_test(a_status_is_written_in_hex),
                                       cmocka_unit_test(a_long_name_is_cut_between_characters)};

    return RUN_TABLE(errors, check_error) + RUN_TESTS(tests);
}
