/* SPDX-License-Identifier: MIT */
/* test_buffer.c - text that grows. */
#include <string.h>

#include "base/base.h"
#include "table.h"

static void adds_piece_by_piece(void **state)
{
    struct prereq_buffer buffer = {0};

    (void)state;
    prereq_buffer_add(&buffer, "a");
    prereq_buffer_add(&buffer, "");
    prereq_buffer_add_bytes(&buffer, "bcd", 2);
    prereq_buffer_addf(&buffer, "-%03d-%s", 7, "end");
    assert_string_equal(buffer.text, "abc-007-end");
    assert_int_equal(buffer.len, 11);
    assert_false(buffer.failed);
    prereq_buffer_free(&buffer);
    assert_null(buffer.text);
    assert_int_equal(buffer.len, 0);
}

/* Every length around the points where it grows. */
static void grows_without_loss(void **state)
{
    struct prereq_buffer buffer = {0};

    (void)state;
    for (size_t i = 0; i < 5000; i++) {
        prereq_buffer_addf(&buffer, "%zu,", i % 10);
        assert_int_equal(buffer.len, 2 * (i + 1));
        assert_int_equal(strlen(buffer.text), buffer.len);
    }
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(buffer.text[2 * i], '0' + i % 10);
    prereq_buffer_free(&buffer);
}

static void keeps_nul_bytes(void **state)
{
    struct prereq_buffer buffer = {0};

    (void)state;
    prereq_buffer_add_bytes(&buffer, "a\0b", 3);
    assert_int_equal(buffer.len, 3);
    assert_memory_equal(buffer.text, "a\0b", 4);
    prereq_buffer_free(&buffer);
}

/* A text with a hole in it would look whole: after a failure nothing is added. */
static void stays_failed(void **state)
{
    struct prereq_buffer buffer = {0};

    (void)state;
    prereq_buffer_add(&buffer, "start");
    prereq_buffer_add_bytes(&buffer, "x", SIZE_MAX - 3);
    assert_true(buffer.failed);
    prereq_buffer_add(&buffer, "end");
    prereq_buffer_addf(&buffer, "%d", 1);
    assert_string_equal(buffer.text, "start");
    prereq_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest buffer[] = {
        cmocka_unit_test(adds_piece_by_piece),
        cmocka_unit_test(grows_without_loss),
        cmocka_unit_test(keeps_nul_bytes),
        cmocka_unit_test(stays_failed),
    };

    return RUN_TESTS(buffer);
}
