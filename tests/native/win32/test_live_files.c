/* SPDX-License-Identifier: MIT */
/* test_live_files.c - files and folders of a running Windows, through the live source. */
#include "live_source.h"

#define FOLDER L"C:\\patchprereq-test"
#define PATH "C:\\patchprereq-test"

static int make_folder(void **state)
{
    (void)CreateDirectoryW(FOLDER, NULL);
    return open_source(state);
}

static HANDLE make_file(const wchar_t *path, const char *text, DWORD share)
{
    HANDLE file = CreateFileW(path, GENERIC_READ | GENERIC_WRITE | DELETE, share, NULL,
                              CREATE_ALWAYS, 0, NULL);
    DWORD got;

    assert_true(file != INVALID_HANDLE_VALUE);
    assert_true(WriteFile(file, text, (DWORD)strlen(text), &got, NULL));
    return file;
}

static enum prereq_look open_path(const char *path, struct prereq_file *file,
                                  struct prereq_refusal *why)
{
    *file = (struct prereq_file){0};
    return source->ops->file_open(source, path, file, why);
}

static void close_file(struct prereq_file *file)
{
    if (file->handle)
        source->ops->file_close(source, file->handle);
}

/* ---- what is there, what is not, what is not opened ---- */

static struct look {
    const char *name;
    const char *path;
    enum prereq_look look;
    bool is_folder;
} looks[] = {
    {"a file", "C:\\windows\\system32\\kernel32.dll", PREREQ_LOOK_FOUND, false},
    {"letter case", "c:\\WINDOWS\\SYSTEM32\\KERNEL32.DLL", PREREQ_LOOK_FOUND, false},
    {"a folder", "C:\\windows\\system32", PREREQ_LOOK_FOUND, true},
    {"the root", "C:\\", PREREQ_LOOK_FOUND, true},
    {"no such file", "C:\\windows\\system32\\none.dll", PREREQ_LOOK_ABSENT, false},
    {"no such folder", "C:\\windows\\none\\x\\none.dll", PREREQ_LOOK_ABSENT, false},
    {"a file as a folder", "C:\\windows\\system32\\kernel32.dll\\x", PREREQ_LOOK_ABSENT, false},
    {"no such drive", "Q:\\x.dll", PREREQ_LOOK_ABSENT, false},
    {"a pipe", "\\\\.\\pipe\\wineboot", PREREQ_LOOK_UNAVAILABLE, false},
    {"a device", "C:\\windows\\NUL", PREREQ_LOOK_UNAVAILABLE, false},
    {"another machine", "\\\\server\\share\\x.dll", PREREQ_LOOK_UNAVAILABLE, false},
    {"a stream", "C:\\windows\\system32\\kernel32.dll:x", PREREQ_LOOK_UNAVAILABLE, false},
};

static void check_look(void **state)
{
    const struct look *row = *state;
    struct prereq_refusal why = {0};
    struct prereq_file file;

    open_source(NULL);
    for (int again = 0; again < 2; again++) { /* the second time the folder is remembered */
        assert_int_equal(open_path(row->path, &file, &why), row->look);
        assert_int_equal(file.is_folder, row->is_folder);
        assert_int_equal(file.handle != NULL, row->look == PREREQ_LOOK_FOUND && !row->is_folder);
        if (row->look == PREREQ_LOOK_UNAVAILABLE)
            assert_string_equal(why.code, "error");
        close_file(&file);
    }
    close_source(NULL);
}

/* ---- single cases ---- */

static void bytes_are_read_at_any_place(void **state)
{
    HANDLE made = make_file(FOLDER L"\\bytes", "0123456789", 0);
    struct prereq_file file;
    char bytes[32] = "";
    size_t got = 99;

    (void)state;
    assert_true(CloseHandle(made));
    assert_int_equal(open_path(PATH "\\bytes", &file, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(file.size, 10);
    assert_true(file.modified.known && file.created.known);
    assert_int_equal(source->ops->file_read(source, file.handle, 3, bytes, 4, &got, NULL),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(got, 4);
    assert_memory_equal(bytes, "3456", 4);
    assert_int_equal(source->ops->file_read(source, file.handle, 8, bytes, 32, &got, NULL),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(got, 2);
    assert_int_equal(source->ops->file_read(source, file.handle, 10, bytes, 32, &got, NULL),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(got, 0);
    assert_int_equal(
        source->ops->file_read(source, file.handle, UINT64_C(1) << 40, bytes, 32, &got, NULL),
        PREREQ_LOOK_FOUND);
    assert_int_equal(got, 0);
    close_file(&file);
}

static void times_are_whole_seconds_of_utc(void **state)
{
    HANDLE made = make_file(FOLDER L"\\times", "x", 0);
    /* 2000-08-03T17:05:00.9Z */
    uint64_t ticks = (UINT64_C(965322300) + UINT64_C(11644473600)) * 10000000 + 9000000;
    FILETIME time = {(DWORD)(ticks & 0xFFFFFFFF), (DWORD)(ticks >> 32)};
    struct prereq_file file;
    char text[32];

    (void)state;
    assert_true(SetFileTime(made, NULL, NULL, &time));
    assert_true(CloseHandle(made));
    assert_int_equal(open_path(PATH "\\times", &file, NULL), PREREQ_LOOK_FOUND);
    prereq_time_format(file.modified, text);
    assert_string_equal(text, "2000-08-03T17:05:00Z");
    close_file(&file);
}

static void a_file_that_is_not_shared_is_unavailable(void **state)
{
    HANDLE made = make_file(FOLDER L"\\held", "x", 0);
    struct prereq_refusal why = {0};
    struct prereq_file file;

    (void)state;
    assert_int_equal(open_path(PATH "\\held", &file, &why), PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "error");
    assert_string_equal(why.number, "32");
    assert_true(CloseHandle(made));
    assert_int_equal(open_path(PATH "\\held", &file, &why), PREREQ_LOOK_FOUND);
    close_file(&file);
}

/* While we read, others write and delete as they like. */
static void nobody_is_kept_out(void **state)
{
    HANDLE writer;
    struct prereq_file file;

    (void)state;
    assert_true(CloseHandle(make_file(FOLDER L"\\shared", "x", 0)));
    assert_int_equal(open_path(PATH "\\shared", &file, NULL), PREREQ_LOOK_FOUND);
    writer = CreateFileW(FOLDER L"\\shared", GENERIC_WRITE | DELETE,
                         FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                         OPEN_EXISTING, 0, NULL);
    assert_true(writer != INVALID_HANDLE_VALUE);
    assert_true(CloseHandle(writer));
    assert_true(DeleteFileW(FOLDER L"\\shared"));
    close_file(&file);
}

static void long_and_foreign_names_are_read(void **state)
{
    wchar_t wide[600] = L"\\\\?\\" FOLDER;
    char path[1200] = PATH;
    struct prereq_refusal why = {0};
    struct prereq_names names;
    struct prereq_file file;
    HANDLE made;

    (void)state;
    /* "漢é" and 80 "n", five folders deep: beyond MAX_PATH. */
    for (int i = 0; i < 5; i++) {
        wcscat(wide, L"\\\x6F22\x00E9");
        strcat(path, "\\\xE6\xBC\xA2\xC3\xA9");
        for (int n = 0; n < 80; n++) {
            wcscat(wide, L"n");
            strcat(path, "n");
        }
        (void)CreateDirectoryW(wide, NULL);
    }
    wcscat(wide, L"\\x.dll");
    made = make_file(wide, "x", 0);
    assert_true(CloseHandle(made));
    assert_int_equal(source->ops->folder_names(source, path, arena, &names, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.name[0], "x.dll");
    strcat(path, "\\x.dll");
    assert_true(strlen(path) > MAX_PATH);
    assert_int_equal(open_path(path, &file, &why), PREREQ_LOOK_FOUND);
    assert_int_equal(file.size, 1);
    close_file(&file);
    assert_int_equal(source->ops->folder_names(source, PATH, arena, &names, &why),
                     PREREQ_LOOK_FOUND);
    assert_true(names.count > 0);
    assert_false(names_hold(&names, "."));
    assert_false(names_hold(&names, ".."));
    /* for the next run */
    assert_true(DeleteFileW(wide));
    for (int i = 0; i < 5; i++) {
        *wcsrchr(wide, L'\\') = L'\0';
        assert_true(RemoveDirectoryW(wide));
    }
}

static struct folder {
    const char *name;
    const char *path;
    enum prereq_look look;
} folders[] = {
    {"a folder", "C:\\windows", PREREQ_LOOK_FOUND},
    {"the root", "C:\\", PREREQ_LOOK_FOUND},
    {"empty", PATH "\\empty", PREREQ_LOOK_FOUND},
    {"not there", PATH "\\none", PREREQ_LOOK_ABSENT},
    {"below what is not there", PATH "\\none\\x", PREREQ_LOOK_ABSENT},
    {"a file", "C:\\windows\\system32\\kernel32.dll", PREREQ_LOOK_ABSENT},
    {"another machine", "\\\\server\\share", PREREQ_LOOK_UNAVAILABLE},
    {"a wildcard", "C:\\windows\\*", PREREQ_LOOK_UNAVAILABLE},
};

static void check_folder(void **state)
{
    const struct folder *row = *state;
    struct prereq_names names = {NULL, 99};
    struct prereq_refusal why = {0};

    make_folder(NULL);
    (void)CreateDirectoryW(FOLDER L"\\empty", NULL);
    assert_int_equal(source->ops->folder_names(source, row->path, arena, &names, &why), row->look);
    if (row->look != PREREQ_LOOK_FOUND)
        assert_int_equal(names.count, 99);
    else if (strcmp(row->name, "empty") == 0)
        assert_int_equal(names.count, 0);
    else
        assert_true(names.count > 1);
    close_source(NULL);
}

static void look_around(void)
{
    struct prereq_arena *own = prereq_arena_new(MEMORY);
    struct prereq_refusal why;
    struct prereq_names names;
    struct prereq_file file;

    assert_int_equal(open_path("C:\\windows\\system32\\kernel32.dll", &file, &why),
                     PREREQ_LOOK_FOUND);
    close_file(&file);
    assert_int_equal(open_path("C:\\windows\\system32", &file, &why), PREREQ_LOOK_FOUND);
    assert_int_equal(open_path("C:\\windows\\none", &file, &why), PREREQ_LOOK_ABSENT);
    assert_int_equal(source->ops->folder_names(source, PATH, own, &names, &why), PREREQ_LOOK_FOUND);
    prereq_arena_free(own);
}

static void no_handle_is_left(void **state)
{
    DWORD before, after;

    (void)state;
    look_around();
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &before));
    for (int i = 0; i < 1000; i++)
        look_around();
    assert_true(GetProcessHandleCount(GetCurrentProcess(), &after));
    assert_int_equal(before, after);
}

static DWORD WINAPI read_in_thread(void *context)
{
    (void)context;
    for (int i = 0; i < 200; i++) {
        struct prereq_file file = {0};
        char path[64];
        char bytes[64];
        size_t got;

        (void)snprintf(path, sizeof(path), "C:\\windows\\%s",
                       i % 2 ? "system32\\kernel32.dll" : "winsxs\\x\\none.dll");
        if (source->ops->file_open(source, path, &file, NULL) !=
            (i % 2 ? PREREQ_LOOK_FOUND : PREREQ_LOOK_ABSENT))
            return 1;
        if (!file.handle)
            continue;
        if (source->ops->file_read(source, file.handle, 0, bytes, 64, &got, NULL) !=
                PREREQ_LOOK_FOUND ||
            got != 64 || memcmp(bytes, "MZ", 2) != 0)
            return 1;
        source->ops->file_close(source, file.handle);
    }
    return 0;
}

static void several_threads_read_at_once(void **state)
{
    HANDLE threads[4];

    (void)state;
    for (size_t i = 0; i < 4; i++)
        threads[i] = CreateThread(NULL, 0, read_in_thread, NULL, 0, NULL);
    for (size_t i = 0; i < 4; i++) {
        DWORD code = 99;

        (void)WaitForSingleObject(threads[i], INFINITE);
        assert_true(GetExitCodeThread(threads[i], &code));
        assert_int_equal(code, 0);
        (void)CloseHandle(threads[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(bytes_are_read_at_any_place, make_folder, close_source),
        cmocka_unit_test_setup_teardown(times_are_whole_seconds_of_utc, make_folder, close_source),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_shared_is_unavailable, make_folder,
                                        close_source),
        cmocka_unit_test_setup_teardown(nobody_is_kept_out, make_folder, close_source),
        cmocka_unit_test_setup_teardown(long_and_foreign_names_are_read, make_folder, close_source),
        cmocka_unit_test_setup_teardown(no_handle_is_left, make_folder, close_source),
        cmocka_unit_test_setup_teardown(several_threads_read_at_once, make_folder, close_source),
    };

    return RUN_TABLE(looks, check_look) + RUN_TABLE(folders, check_folder) + RUN_TESTS(tests);
}
