/* SPDX-License-Identifier: MIT */
/* test_version.c - version numbers: reading, comparing, writing. */
#include "base/base.h"
#include "table.h"

static struct good {
    const char *name;
    const char *text;
    uint32_t part[4];
    int parts;
    const char *formatted;
} good[] = {
    {"four parts", "5.00.2195.7006", {5, 0, 2195, 7006}, 4, "5.0.2195.7006"},
    {"commas", "4,2,751,1", {4, 2, 751, 1}, 4, "4.2.751.1"},
    {"commas and spaces", "4, 2, 751, 1", {4, 2, 751, 1}, 4, "4.2.751.1"},
    {"one part", "39", {39, 0, 0, 0}, 1, "39.0"},
    {"two parts", "6.1", {6, 1, 0, 0}, 2, "6.1"},
    {"three parts", "10.0.26100", {10, 0, 26100, 0}, 3, "10.0.26100"},
    {"leading zeros", "15.02.1748.039", {15, 2, 1748, 39}, 4, "15.2.1748.39"},
    {"branch behind it", "6.1.7601.17514 (win7sp1_rtm)", {6, 1, 7601, 17514}, 4, "6.1.7601.17514"},
    {"space behind it", "5.0 ", {5, 0, 0, 0}, 2, "5.0"},
    {"any sign separates", "5-0_2195:7006", {5, 0, 2195, 7006}, 4, "5.0.2195.7006"},
    {"largest part", "4294967295.0", {4294967295U, 0, 0, 0}, 2, "4294967295.0"},
    {"largest of all",
     "4294967295.4294967295.4294967295.4294967295",
     {4294967295U, 4294967295U, 4294967295U, 4294967295U},
     4,
     "4294967295.4294967295.4294967295.4294967295"},
};

static void check_good(void **state)
{
    const struct good *row = *state;
    struct prereq_version version = {{9, 9, 9, 9}, 9};
    char text[48];

    assert_true(prereq_version_parse(row->text, &version));
    assert_memory_equal(version.part, row->part, sizeof(row->part));
    assert_int_equal(version.parts, row->parts);
    prereq_version_format(version, text);
    assert_string_equal(text, row->formatted);
}

static struct bad {
    const char *name;
    const char *text;
} bad[] = {
    {"empty", ""},
    {"space", " 5.0"},
    {"letter first", "v5.0"},
    {"letter in it", "6.1a"},
    {"letter between", "6x1"},
    {"separator first", ".5"},
    {"separator last", "5.0."},
    {"two separators", "5..0"},
    {"comma and nothing", "5, "},
    {"five parts", "1.2.3.4.5"},
    {"part too large", "4294967296"},
    {"part far too large", "5.99999999999999999999999"},
    {"words", "not a version"},
    {"not ASCII", "5\xC2\xB7"
                  "0"},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;
    struct prereq_version version = {{1, 2, 3, 4}, 4};

    assert_false(prereq_version_parse(row->text, &version));
    assert_int_equal(version.part[0], 1);
    assert_int_equal(version.parts, 4);
}

static struct order {
    const char *name;
    const char *a, *b;
    int order;
} orders[] = {
    {"equal", "5.0.2195.7006", "5.00.2195.7006", 0},
    {"shorter is padded with zeros", "6.1", "6.1.0.0", 0},
    {"shorter is less", "6.1", "6.1.0.1", -1},
    {"numbers, not digits", "5.9", "5.10", -1},
    {"left decides", "6.0.0.0", "5.99.99.99", 1},
    {"third part", "5.0.2195.7006", "5.0.2194.9999", 1},
    {"above 2^31", "4294967295", "1", 1},
};

static void check_order(void **state)
{
    const struct order *row = *state;
    struct prereq_version a, b;

    assert_true(prereq_version_parse(row->a, &a));
    assert_true(prereq_version_parse(row->b, &b));
    assert_int_equal(prereq_version_compare(a, b), row->order);
    assert_int_equal(prereq_version_compare(b, a), -row->order);
}

static void no_version_is_empty(void **state)
{
    char text[48] = "x";

    (void)state;
    prereq_version_format((struct prereq_version){{0}, 0}, text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest version[] = {cmocka_unit_test(no_version_is_empty)};
    int failed = RUN_TESTS(version);

    failed |= RUN_TABLE(good, check_good);
    failed |= RUN_TABLE(bad, check_bad);
    failed |= RUN_TABLE(orders, check_order);
    return failed;
}
