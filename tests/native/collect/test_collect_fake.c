/* SPDX-License-Identifier: MIT */
/* test_collect_fake.c - the installation in memory that the tests of collectors read. */
#include "fake_source.h"

#include <string.h>

#include "collect/gather.h"
#include "table.h"

static const char host[] = "[HKLM\\SOFTWARE\\A]\n"
                           "time 2000-10-21T11:00:00Z\n"
                           "\"Text\"=\"one \"two\" \303\244\342\202\254\"\n"
                           "\"\"=\"default\"\n"
                           "\"List\"=multi:a||b\n"
                           "\"Number\"=dword:0000005a\n"
                           "\"Long\"=qword:1ffffffff\n"
                           "\"Bytes\"=hex:01,fe\n"
                           "\"Odd\"=hex(2):43,00\n"
                           "\"Secret\"=refuse:access_denied\n"
                           "[HKLM\\SOFTWARE\\A\\Below]\n"
                           "[32:HKLM\\SOFTWARE\\A]\n"
                           "\"Text\"=\"narrow\"\n"
                           "[HKLM\\SYSTEM\\Old]\n"
                           "\"Text\"=\"old\"\n"
                           "\"Number\"=dword:1\n"
                           "[HKLM\\SECURITY\\Closed]\n"
                           "refuse HKLM\\SECURITY\\* access_denied 5\n"
                           "stale HKLM\\SYSTEM*\n";

static struct text {
    const char *name, *key;
    enum prereq_view view;
    const char *value, *text;
    enum prereq_look look;
    const char *code;
} texts[] = {
    {"text", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "Text", "one \"two\" \303\244\342\202\254",
     PREREQ_LOOK_FOUND, NULL},
    {"no case", "hklm\\software\\a", PREREQ_VIEW_64, "TEXT", "one \"two\" \303\244\342\202\254",
     PREREQ_LOOK_FOUND, NULL},
    {"default", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "", "default", PREREQ_LOOK_FOUND, NULL},
    {"32-bit view", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_32, "Text", "narrow", PREREQ_LOOK_FOUND, NULL},
    {"type by number", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "Odd", "C", PREREQ_LOOK_FOUND, NULL},
    {"a number is no text", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "Number", NULL, PREREQ_LOOK_ABSENT,
     NULL},
    {"no value", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "None", NULL, PREREQ_LOOK_ABSENT, NULL},
    {"no key", "HKLM\\SOFTWARE\\B", PREREQ_VIEW_64, "Text", NULL, PREREQ_LOOK_ABSENT, NULL},
    {"refused value", "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64, "Secret", NULL, PREREQ_LOOK_UNAVAILABLE,
     "access_denied"},
    {"refused key", "HKLM\\SECURITY\\Closed", PREREQ_VIEW_64, "x", NULL, PREREQ_LOOK_UNAVAILABLE,
     "access_denied"},
    {"stale", "HKLM\\SYSTEM\\Old", PREREQ_VIEW_64, "Text", "old", PREREQ_LOOK_STALE, "hive_dirty"},
    {"not in a stale hive", "HKLM\\SYSTEM\\Old", PREREQ_VIEW_64, "None", NULL,
     PREREQ_LOOK_UNAVAILABLE, "hive_dirty"},
    {"another type in a stale hive", "HKLM\\SYSTEM\\Old", PREREQ_VIEW_64, "Number", NULL,
     PREREQ_LOOK_UNAVAILABLE, "hive_dirty"},
    {"no key in a stale hive", "HKLM\\SYSTEM\\None", PREREQ_VIEW_64, "None", NULL,
     PREREQ_LOOK_UNAVAILABLE, "hive_dirty"},
};

static void check_text(void **state)
{
    const struct text *row = *state;
    struct prereq_arena *arena = prereq_arena_new(65536);
    struct fake_source *fake = fake_new("C:\\WINNT", true);
    struct prereq_gather gather = {.arena = arena, .source = &fake->base};
    struct prereq_refusal why = {0};
    const char *text = NULL;

    fake_fill(fake, host);
    assert_int_equal(prereq_read_text(&gather, row->key, row->view, row->value, &text, &why),
                     row->look);
    if (row->text)
        assert_string_equal(text, row->text);
    if (row->code)
        assert_string_equal(why.code, row->code);
    fake_free(fake);
    prereq_arena_free(arena);
}

static void reads_other_kinds(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(65536);
    struct fake_source *fake = fake_new("C:\\WINNT", true);
    struct prereq_gather gather = {.arena = arena, .source = &fake->base};
    struct prereq_reg_value value;
    struct prereq_names names;
    struct prereq_time time;
    uint64_t number;

    (void)state;
    fake_fill(fake, host);
#define A &gather, "HKLM\\SOFTWARE\\A", PREREQ_VIEW_64
    assert_int_equal(prereq_read_number(A, "Number", &number, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(number, 0x5a);
    assert_int_equal(prereq_read_number(A, "Long", &number, NULL), PREREQ_LOOK_FOUND);
    assert_true(number == UINT64_C(0x1ffffffff));
    assert_int_equal(prereq_read_value(A, "Bytes", &value, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(value.type, PREREQ_REG_BINARY);
    assert_int_equal(value.len, 2);
    assert_int_equal(value.bytes[1], 0xfe);
    assert_int_equal(prereq_read_value(A, "List", &value, NULL), PREREQ_LOOK_FOUND);
    names = prereq_value_texts(&gather, &value);
    assert_int_equal(names.count, 3);
    assert_string_equal(names.name[1], "");
    assert_string_equal(names.name[2], "b");
    assert_int_equal(prereq_read_key_names(A, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.name[0], "Below");
    assert_int_equal(prereq_read_value_names(A, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 8);
    assert_int_equal(prereq_read_key_time(A, &time, NULL), PREREQ_LOOK_FOUND);
    assert_true(time.seconds == 972126000);
#undef A
    fake_free(fake);
    prereq_arena_free(arena);
}

static void reads_files(void **state)
{
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_source *source = &fake->base;
    struct prereq_arena *arena = prereq_arena_new(65536);
    struct prereq_refusal why;
    struct prereq_file file;
    struct prereq_names names;
    char bytes[8];
    size_t got;
    bool running;

    (void)state;
    fake_fill(fake, "file C:\\WINNT\\a b\\x.dll 2000-01-01T00:00:00Z content\n"
                    "file C:\\WINNT\\closed.dll 2000-01-01T00:00:00Z\n"
                    "file C:\\WINNT\\broken.dll 2000-01-01T00:00:00Z x\n"
                    "refuse C:\\WINNT\\closed.dll access_denied 5\n"
                    "no-read C:\\WINNT\\broken.dll error\n"
                    "live\n"
                    "running W3SVC\n");
    assert_int_equal(source->ops->file_open(source, "c:\\winnt\\A B\\X.dll", &file, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(file.size, 7);
    assert_int_equal(source->ops->file_read(source, file.handle, 3, bytes, 8, &got, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(got, 4);
    assert_memory_equal(bytes, "tent", 4);
    source->ops->file_close(source, file.handle);
    assert_int_equal(source->ops->file_open(source, "C:\\WINNT\\a b", &file, &why),
                     PREREQ_LOOK_FOUND);
    assert_true(file.is_folder);
    assert_int_equal(source->ops->file_open(source, "C:\\WINNT\\none", &file, &why),
                     PREREQ_LOOK_ABSENT);
    assert_int_equal(source->ops->file_open(source, "C:\\WINNT\\closed.dll", &file, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.number, "5");
    assert_int_equal(source->ops->file_open(source, "C:\\WINNT\\broken.dll", &file, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(source->ops->file_read(source, file.handle, 0, bytes, 8, &got, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    source->ops->file_close(source, file.handle);
    assert_int_equal(source->ops->folder_names(source, "C:\\WINNT", arena, &names, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 3);
    assert_int_equal(source->ops->service_running(source, "w3svc", &running, &why),
                     PREREQ_LOOK_FOUND);
    assert_true(running);
    prereq_arena_free(arena);
    source->ops->close(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_other_kinds),
        cmocka_unit_test(reads_files),
    };

    return RUN_TABLE(texts, check_text) + RUN_TESTS(tests);
}
