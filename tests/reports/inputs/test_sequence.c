/* SPDX-License-Identifier: MIT */
/* test_sequence.c - one document is indented, several are lines. */
#include <string.h>

#include "inputs/sequence.h"
#include "table.h"

struct thing {
    const char *name;
};

static const struct prereq_member members[] = {PREREQ_M_TEXT("name", thing, name, "its name"),
                                               PREREQ_M_END};
static const struct prereq_shape shape = {"thing", "A thing.", sizeof(struct thing), members,
                                          false};
static const struct thing a = {"A"}, b = {"B"}, c = {"C"};

struct row {
    const char *name;
    const struct thing *things[3];
    bool lines;
    const char *text;
};

static struct row rows[] = {
    {"none", {NULL}, false, ""},
    {"one", {&a}, false, "{\n  \"name\": \"A\"\n}\n"},
    {"one as a line", {&a}, true, "{\"name\":\"A\"}\n"},
    {"two", {&a, &b}, false, "{\"name\":\"A\"}\n{\"name\":\"B\"}\n"},
    {"three", {&a, &b, &c}, false, "{\"name\":\"A\"}\n{\"name\":\"B\"}\n{\"name\":\"C\"}\n"},
    {"two as lines", {&a, &b}, true, "{\"name\":\"A\"}\n{\"name\":\"B\"}\n"},
};

static void check_row(void **state)
{
    const struct row *row = *state;
    struct sequence sequence = {.lines = row->lines};
    struct prereq_buffer out = {0};

    for (size_t i = 0; i < PREREQ_COUNT(row->things) && row->things[i]; i++)
        sequence_add(&sequence, &shape, row->things[i], &out);
    sequence_end(&sequence, &out);
    assert_false(out.failed);
    assert_string_equal(out.text ? out.text : "", row->text);
    prereq_buffer_free(&out);
}

int main(void)
{
    return RUN_TABLE(rows, check_row);
}
