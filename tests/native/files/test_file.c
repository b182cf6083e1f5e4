/* SPDX-License-Identifier: MIT */
/* test_file.c - bounded reads and folders. */
#include "files.h"

static struct size {
    const char *name;
    size_t len, limit;
    enum prereq_status status;
} sizes[] = {
    {"empty", 0, 0, PREREQ_OK},
    {"empty, with room", 0, 100, PREREQ_OK},
    {"one byte of none", 1, 0, PREREQ_BAD_INPUT},
    {"exactly the limit", 100, 100, PREREQ_OK},
    {"one more than the limit", 101, 100, PREREQ_BAD_INPUT},
    {"one buffer less one", 65535, 1 << 20, PREREQ_OK},
    {"one buffer", 65536, 1 << 20, PREREQ_OK},
    {"several buffers", 300000, 1 << 20, PREREQ_OK},
    {"several buffers at the limit", 300000, 300000, PREREQ_OK},
    {"several buffers above the limit", 300001, 300000, PREREQ_BAD_INPUT},
    {"no limit", 300000, SIZE_MAX, PREREQ_OK},
};

static void check_size(void **state)
{
    const struct size *size = *state;
    char *content = malloc(size->len + 1);
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    assert_non_null(content);
    for (size_t i = 0; i < size->len; i++)
        content[i] = (char)(i * 31 % 256);
    put_file("size.bin", content, size->len);
    assert_int_equal(prereq_file_read("size.bin", size->limit, &bytes, &len, &err), size->status);
    if (size->status == PREREQ_OK) {
        assert_int_equal(len, size->len);
        assert_memory_equal(bytes, content, len);
        assert_int_equal(bytes[len], 0);
    } else {
        assert_null(bytes);
        assert_non_null(strstr(err.text, "size.bin: larger than the limit"));
    }
    free(bytes);
    free(content);
}

static void missing_file_is_named(void **state)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(prereq_file_read("no/such.json", 10, &bytes, &len, &err), PREREQ_IO);
    assert_string_equal(err.text, "no/such.json: cannot be opened: no such file or folder");
    assert_false(prereq_file_time("no/such.json").known);
}

static void folder_is_not_a_file(void **state)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    (void)state;
    assert_int_equal(prereq_file_read(".", 10, &bytes, &len, &err), PREREQ_IO);
    assert_null(bytes);
    assert_true(prereq_is_folder("."));
    assert_false(prereq_is_file("."));
}

static void names_come_sorted(void **state)
{
    static const char *const expected[] = {"A", "B.json", "a.json", "z\xC3\xA4\xE4\xB8\xAD.json"};
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(prereq_folder_make("listed", &err), PREREQ_OK);
    put_text("listed/z\xC3\xA4\xE4\xB8\xAD.json", "");
    put_text("listed/B.json", "");
    put_text("listed/a.json", "");
    assert_int_equal(prereq_folder_make("listed/A", &err), PREREQ_OK);
    assert_int_equal(prereq_folder_list(arena, "listed", &names, &count, &err), PREREQ_OK);
    assert_int_equal(count, PREREQ_COUNT(expected));
    for (size_t i = 0; i < count; i++)
        assert_string_equal(names[i], expected[i]);
    assert_true(prereq_is_file("listed/a.json"));
    prereq_arena_free(arena);
}

/* Each folder is longer by 51 bytes; Windows takes 259 units without further ado. */
static void paths_may_be_long(void **state)
{
    static const char step[] = "/a name that is as long as fifty letters together";
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_output *output = NULL;
    struct prereq_error err = {0};
    const char **names = NULL;
    char path[1000] = "long", file[1010];
    size_t count = 0;

    (void)state;
    assert_int_equal(prereq_folder_make(path, &err), PREREQ_OK);
    for (int i = 0; i < 8; i++) {
        memcpy(path + strlen(path), step, sizeof(step));
        assert_int_equal(prereq_folder_make(path, &err), PREREQ_OK);
    }
    (void)snprintf(file, sizeof(file), "%s/file", path);
    assert_int_equal(prereq_output_open(file, &output, &err), PREREQ_OK);
    assert_int_equal(prereq_output_write(output, "deep", 4, &err), PREREQ_OK);
    assert_int_equal(prereq_output_commit(output, &err), PREREQ_OK);
    assert_file(file, "deep");
    assert_true(prereq_is_file(file));
    assert_int_equal(prereq_folder_list(arena, path, &names, &count, &err), PREREQ_OK);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "file");
    prereq_file_remove(file);
    assert_false(prereq_is_file(file));
    prereq_arena_free(arena);
}

static void many_names(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(prereq_folder_make("many", &err), PREREQ_OK);
    for (int i = 0; i < 300; i++) {
        char path[32];

        (void)snprintf(path, sizeof(path), "many/%03d", i);
        put_text(path, "");
    }
    assert_int_equal(prereq_folder_list(arena, "many", &names, &count, &err), PREREQ_OK);
    assert_int_equal(count, 300);
    assert_string_equal(names[299], "299");
    prereq_arena_free(arena);
}

static void empty_folder_has_no_names(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(64);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 1;

    (void)state;
    assert_int_equal(prereq_folder_make("empty", &err), PREREQ_OK);
    assert_int_equal(prereq_folder_list(arena, "empty", &names, &count, &err), PREREQ_OK);
    assert_int_equal(count, 0);
    prereq_arena_free(arena);
}

/* Every arena limit up to the one that is enough says "no memory" and nothing worse. */
static void listing_runs_out_of_memory(void **state)
{
    enum prereq_status status = PREREQ_NO_MEMORY;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; status != PREREQ_OK; limit += 16) {
        struct prereq_arena *arena = prereq_arena_new(limit);
        struct prereq_error err = {0};
        const char **names = NULL;
        size_t count = 0;

        status = prereq_folder_list(arena, "listed", &names, &count, &err);
        assert_true(status == PREREQ_OK || status == PREREQ_NO_MEMORY);
        refused += status == PREREQ_NO_MEMORY;
        prereq_arena_free(arena);
    }
    assert_true(refused >= 5);
}

static void unlistable_folder_is_named(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1024);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(prereq_folder_list(arena, "nowhere", &names, &count, &err), PREREQ_IO);
    assert_string_equal(err.text, "nowhere: cannot be listed: no such file or folder");
    prereq_arena_free(arena);
}

static void making_a_folder(void **state)
{
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_folder_make("made", &err), PREREQ_OK);
    assert_int_equal(prereq_folder_make("made", &err), PREREQ_OK);
    assert_int_equal(prereq_folder_make("not/there/yet", &err), PREREQ_IO);
    assert_string_equal(err.text,
                        "not/there/yet: the folder cannot be made: no such file or folder");
    put_text("taken", "");
    assert_int_equal(prereq_folder_make("taken", &err), PREREQ_IO);
    assert_string_equal(err.text, "taken: the folder cannot be made: it exists already");
}

static void time_of_a_new_file(void **state)
{
    struct prereq_time time;

    (void)state;
    put_text("new", "");
    time = prereq_file_time("new");
    assert_true(time.known);
    assert_false(time.day_only);
    /* After this test was written; a wrong epoch is 369 years away. */
    assert_true(time.seconds > prereq_time_from_date(2024, 1, 1).seconds);
    assert_true(time.seconds < prereq_time_from_date(2200, 1, 1).seconds);
}

int main(void)
{
    const struct CMUnitTest file[] = {
        cmocka_unit_test(missing_file_is_named),
        cmocka_unit_test(folder_is_not_a_file),
        cmocka_unit_test(names_come_sorted),
        cmocka_unit_test(paths_may_be_long),
        cmocka_unit_test(many_names),
        cmocka_unit_test(empty_folder_has_no_names),
        cmocka_unit_test(listing_runs_out_of_memory),
        cmocka_unit_test(unlistable_folder_is_named),
        cmocka_unit_test(making_a_folder),
        cmocka_unit_test(time_of_a_new_file),
    };
    int failed = RUN_TESTS(file);

    failed |= RUN_TABLE(sizes, check_size);
    return failed;
}
