/* SPDX-License-Identifier: MIT */
/* test_wmi_path.c - object paths: every accepted form, every refusal, one spelling. */
#include <string.h>

#include "table.h"
#include "wmi/wmi_path.h"

static struct form {
    const char *name; /* the path */
    const char *spelt;
} forms[] = {
    {"C", "C"},
    {"C=@", "C=@"},
    {"C.K=\"v\"", "C.K=\"v\""},
    {"C.K='v'", "C.K=\"v\""},
    {"C=\"v\"", "C=\"v\""},
    {"C='it\\'s'", "C=\"it's\""},
    {"C='a\"b'", "C=\"a\\\"b\""},
    {"C.K=\"a\\\\b\\\"c\"", "C.K=\"a\\\\b\\\"c\""},
    {"C.K=\"a.b,c:d=e f/g\"", "C.K=\"a.b,c:d=e f/g\""},
    {"C.K=\"\"", "C.K=\"\""},
    {"C.K=\"\303\251\"", "C.K=\"\303\251\""},
    {"C.B=\"2\",A=\"1\"", "C.B=\"2\",A=\"1\""},
    {"C.K=7", "C.K=7"},
    {"C.K=-7", "C.K=-7"},
    {"C.K=+7", "C.K=7"},
    {"C.K=0x1F", "C.K=31"},
    {"C.K=9223372036854775807", "C.K=9223372036854775807"},
    {"C.K=true", "C.K=TRUE"},
    {"C.K=False,L=TRUE", "C.K=FALSE,L=TRUE"},
    {"root\\PatchPrereq:C=@", "root\\PatchPrereq:C=@"},
    {"root/PatchPrereq:C", "root\\PatchPrereq:C"},
    {"root:C", "root:C"},
    {"\\\\.\\root\\PatchPrereq:C.K=\"a:b\"", "\\\\.\\root\\PatchPrereq:C.K=\"a:b\""},
    {"//web-01.example.org/root/PatchPrereq:C", "\\\\web-01.example.org\\root\\PatchPrereq:C"},
    {"C.K=\"D.L=\\\"x\\\"\",M='D.L=\"y\"'", "C.K=\"D.L=\\\"x\\\"\",M=\"D.L=\\\"y\\\"\""},
    {"_C_1.K_2=\"v\"", "_C_1.K_2=\"v\""},
};

static void check_form(void **state)
{
    const struct form *form = *state;
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_buffer out = {0}, again = {0};
    struct prereq_error err = {0};
    struct prereq_wmi_path path;

    if (prereq_wmi_path_read(arena, form->name, &path, &err))
        fail_msg("%s", err.text);
    prereq_wmi_path_write(&path, &out);
    assert_string_equal(out.text, form->spelt);
    assert_int_equal(prereq_wmi_path_read(arena, out.text, &path, &err), PREREQ_OK);
    prereq_wmi_path_write(&path, &again);
    assert_string_equal(again.text, form->spelt);
    prereq_buffer_free(&again);
    prereq_buffer_free(&out);
    prereq_arena_free(arena);
}

static struct refusal {
    const char *name; /* the path */
    const char *why;  /* part of the sentence */
} refusals[] = {
    {"", "the class is missing"},
    {" C", "the class is missing"},
    {"C ", "behind its end"},
    {".K=\"v\"", "the class is missing"},
    {"=\"v\"", "the class is missing"},
    {"C.", "name of a key"},
    {"C.=\"v\"", "name of a key"},
    {"C.K", "= is expected"},
    {"C.K \"v\"", "= is expected"},
    {"C.K=", "neither"},
    {"C.K=v", "neither"},
    {"C.K=NULL", "neither"},
    {"C.K=1.5", "behind its end"},
    {"C.K=7x", "neither"},
    {"C.K=0x", "neither"},
    {"C.K=--7", "neither"},
    {"C.K=TRUEX", "neither"},
    {"C.K=9223372036854775808", "too large"},
    {"C.K=0x8000000000000000", "too large"},
    {"C.K=\"v", "not closed"},
    {"C.K=\"v\\", "a backslash"},
    {"C.K=\"v\\\"", "not closed"},
    {"C.K=\"a\\b\"", "a backslash"},
    {"C.K='v\"", "not closed"},
    {"C.K=\"a\tb\"", "control character"},
    {"C.K=\"v\"x", "behind its end"},
    {"C.K=\"v\",", "name of a key"},
    {"C.K=\"v\",L", "= is expected"},
    {"C.K=\"v\" ,L=\"w\"", "behind its end"},
    {"C.K=\"v\",k=\"w\"", "stands twice"},
    {"C.A=1,B=1,D=1,E=1,F=1,G=1,H=1,I=1,J=1", "too many keys"},
    {"C=@x", "behind its end"},
    {"C=\"v\",L=\"w\"", "behind its end"},
    {":C", "the namespace is missing"},
    {"\\root:C", "malformed"},
    {"root\\:C", "malformed"},
    {"root\\\\x:C", "malformed"},
    {"ro ot:C", "malformed"},
    {"\\\\server:C", "server and namespace"},
    {"\\\\\\root:C", "server and namespace"},
    {"\\\\server\\root", "the class is missing"},
    {"a:b:C", "behind its end"},
    {"C.K=\"\377\"", "not UTF-8"},
};

static void check_refusal(void **state)
{
    const struct refusal *refusal = *state;
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_wmi_path path = {.server = "untouched"};
    struct prereq_error err = {0};

    assert_int_equal(prereq_wmi_path_read(arena, refusal->name, &path, &err), PREREQ_BAD_INPUT);
    if (!strstr(err.text, refusal->why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, refusal->why);
    assert_string_equal(path.server, "untouched");
    prereq_arena_free(arena);
}

static void long_values_are_whole(void **state)
{
    char *text = calloc(1, PREREQ_WMI_MAX_PATH + 2);
    struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
    struct prereq_error err = {0};
    struct prereq_wmi_path path;

    (void)state;
    assert_non_null(text);
    memset(text, 'v', PREREQ_WMI_MAX_PATH);
    memcpy(text, "C=\"", 3);
    text[4096] = '"';
    text[4097] = '\0';
    assert_int_equal(prereq_wmi_path_read(arena, text, &path, &err), PREREQ_OK);
    assert_int_equal(strlen(path.keys[0].text), 4093);
    text[4096] = text[4097] = 'v';
    text[PREREQ_WMI_MAX_PATH - 1] = '"';
    assert_int_equal(prereq_wmi_path_read(arena, text, &path, &err), PREREQ_OK);
    text[PREREQ_WMI_MAX_PATH - 1] = 'v';
    text[PREREQ_WMI_MAX_PATH] = '"';
    assert_int_equal(prereq_wmi_path_read(arena, text, &path, &err), PREREQ_BAD_INPUT);
    assert_non_null(strstr(err.text, "too long"));
    prereq_arena_free(arena);
    free(text);
}

static void every_want_of_memory_is_said(void **state)
{
    const char *text = "\\\\server\\root\\PatchPrereq:Class.First=\"a\\\\b\",Second='c'";
    enum prereq_status status = PREREQ_NO_MEMORY;
    unsigned refused = 0;

    (void)state;
    for (size_t limit = 0; status != PREREQ_OK; limit += 8) {
        struct prereq_arena *arena = prereq_arena_new(limit);
        struct prereq_error err = {0};
        struct prereq_wmi_path path;

        status = prereq_wmi_path_read(arena, text, &path, &err);
        if (status != PREREQ_OK)
            assert_int_equal(status, PREREQ_NO_MEMORY);
        refused += status != PREREQ_OK;
        prereq_arena_free(arena);
        assert_true(limit < 4096);
    }
    assert_true(refused >= 5);
}

/* Values of every length up to some, of the characters that a path gives a meaning to. */
static void what_is_written_reads_back(void **state)
{
    static const char letters[] = "a\\\"'.,:=@/ ";
    struct prereq_error err = {0};
    uint32_t seed = 1;

    (void)state;
    for (unsigned round = 0; round < 20000; round++) {
        struct prereq_arena *arena = prereq_arena_new((size_t)1 << 20);
        struct prereq_wmi_path path = {.class_name = "Class", .key_count = 2}, read;
        struct prereq_buffer out = {0};
        char value[2][12];

        for (size_t k = 0; k < 2; k++) {
            size_t len = round % 11;

            for (size_t i = 0; i < len; i++) {
                seed = seed * 1664525 + 1013904223;
                value[k][i] = letters[(seed >> 16) % (sizeof(letters) - 1)];
            }
            value[k][len] = '\0';
            path.keys[k] = (struct prereq_wmi_key){k ? "B" : "A", PREREQ_WMI_KEY_TEXT, value[k], 0};
        }
        prereq_wmi_path_write(&path, &out);
        if (prereq_wmi_path_read(arena, out.text, &read, &err))
            fail_msg("%s: %s", out.text, err.text);
        assert_int_equal(read.key_count, 2);
        assert_string_equal(read.keys[0].text, value[0]);
        assert_string_equal(read.keys[1].text, value[1]);
        prereq_buffer_free(&out);
        prereq_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_values_are_whole),
        cmocka_unit_test(every_want_of_memory_is_said),
        cmocka_unit_test(what_is_written_reads_back),
    };
    int failed = RUN_TABLE(forms, check_form);

    failed |= RUN_TABLE(refusals, check_refusal);
    failed |= RUN_TESTS(tests);
    return failed;
}
