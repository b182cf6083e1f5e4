/* SPDX-License-Identifier: MIT */
/* test_tree.c - whatever a tree holds: case never counts, and nothing outside of it is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "offline/offline.h"

#define ROOT "root"

static void folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

static void file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");

    assert_non_null(out);
    assert_true(fputs(text, out) >= 0);
    assert_int_equal(fclose(out), 0);
}

static void link_to(const char *target, const char *path)
{
    assert_int_equal(symlink(target, path), 0);
}

/* The registry files are missing, which is no reason not to look at files. */
static int make(void **state)
{
    char here[4096], target[5000];

    (void)state;
    assert_int_equal(system("rm -rf " ROOT " outside"), 0);
    assert_non_null(getcwd(here, sizeof(here)));
    folder("outside");
    file("outside/secret.txt", "secret");
    folder(ROOT);
    folder(ROOT "/WINNT");
    folder(ROOT "/WINNT/system32");
    folder(ROOT "/WINNT/system32/Config");
    folder(ROOT "/Twins");
    folder(ROOT "/twins");
    file(ROOT "/WINNT/A.txt", "a");
    file(ROOT "/WINNT/b.TXT", "b");
    file(ROOT "/WINNT/c.txt", "c");
    file(ROOT "/WINNT/C.TXT", "C");
    file(ROOT "/WINNT/no:stream", "s");
    assert_int_equal(mkfifo(ROOT "/WINNT/pipe", 0600), 0);
    link_to("A.txt", ROOT "/WINNT/inside");
    link_to("../WINNT/./SYSTEM32/../a.TXT", ROOT "/WINNT/around");
    link_to("C:\\winnt\\B.txt", ROOT "/WINNT/drive");
    link_to("\\?\?\\C:\\winnt\\B.txt", ROOT "/WINNT/junction");
    link_to("D:\\x.txt", ROOT "/WINNT/other");
    link_to("../../outside/secret.txt", ROOT "/WINNT/above");
    link_to("../../outside", ROOT "/WINNT/folder");
    link_to("/etc/passwd", ROOT "/WINNT/absolute");
    link_to("/proc/self/root/etc/passwd", ROOT "/WINNT/magic");
    link_to("/proc/self/fd/0", ROOT "/WINNT/descriptor");
    link_to("loop2", ROOT "/WINNT/loop1");
    link_to("loop1", ROOT "/WINNT/loop2");
    link_to("gone.txt", ROOT "/WINNT/dangling");
    (void)snprintf(target, sizeof(target), "%s/" ROOT "/WINNT/A.txt", here);
    link_to(target, ROOT "/WINNT/mounted");
    (void)snprintf(target, sizeof(target), "%s/" ROOT "2/WINNT/A.txt", here);
    link_to(target, ROOT "/WINNT/beside");
    return 0;
}

static struct prereq_source *open_root(const char *path)
{
    struct prereq_source *source = NULL;
    struct prereq_error err = {0};

    if (prereq_offline_open_root(path, NULL, &source, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return source;
}

struct row {
    const char *path;
    enum prereq_look look;
    const char *holds; /* of a file; else the code, or NULL */
};

static const struct row rows[] = {
    {"C:\\WINNT\\a.txt", PREREQ_LOOK_FOUND, "a"},
    {"c:\\winnt\\\\B.txt", PREREQ_LOOK_FOUND, "b"},
    {"C:/WINNT/A.TXT", PREREQ_LOOK_FOUND, "a"},
    {"C:\\WINNT\\inside", PREREQ_LOOK_FOUND, "a"},
    {"C:\\WINNT\\around", PREREQ_LOOK_FOUND, "a"},
    {"C:\\WINNT\\drive", PREREQ_LOOK_FOUND, "b"},
    {"C:\\WINNT\\junction", PREREQ_LOOK_FOUND, "b"},
    {"C:\\WINNT\\mounted", PREREQ_LOOK_FOUND, "a"},
    {"C:\\WINNT\\SYSTEM32", PREREQ_LOOK_FOUND, NULL},
    {"C:\\", PREREQ_LOOK_FOUND, NULL},
    {"C:\\WINNT\\gone.txt", PREREQ_LOOK_ABSENT, NULL},
    {"C:\\WINNT\\dangling", PREREQ_LOOK_ABSENT, NULL},
    {"C:\\WINNT\\a.txt\\below", PREREQ_LOOK_ABSENT, NULL},
    {"C:\\nowhere\\a.txt", PREREQ_LOOK_ABSENT, NULL},
    {"C:\\WINNT\\C.txt", PREREQ_LOOK_UNAVAILABLE, "ambiguous_path"},
    {"C:\\Twins\\x", PREREQ_LOOK_UNAVAILABLE, "ambiguous_path"},
    {"C:\\WINNT\\other", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\above", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\folder\\secret.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\absolute", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\magic", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\descriptor", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\beside", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\loop1", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\pipe", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\no:stream", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\a.txt.", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\WINNT\\..\\WINNT\\a.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"C:\\..\\outside\\secret.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"D:\\x.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"\\\\host\\share\\x", PREREQ_LOOK_UNAVAILABLE, "error"},
    {"", PREREQ_LOOK_UNAVAILABLE, "error"},
};

static void check_row(struct prereq_source *source, const struct row *row)
{
    struct prereq_refusal why = {0};
    struct prereq_file found = {0};
    char text[16] = "";
    size_t got = 0;
    enum prereq_look look = source->ops->file_open(source, row->path, &found, &why);

    if (look != row->look)
        fail_msg("%s: %d, not %d (%s)", row->path, (int)look, (int)row->look, why.text);
    if (look == PREREQ_LOOK_UNAVAILABLE)
        assert_string_equal(why.code, row->holds);
    if (look != PREREQ_LOOK_FOUND)
        return;
    assert_int_equal(found.is_folder, row->holds == NULL);
    if (!row->holds)
        return;
    assert_int_equal(
        source->ops->file_read(source, found.handle, 0, text, sizeof(text), &got, &why),
        PREREQ_LOOK_FOUND);
    assert_int_equal(got, found.size);
    assert_string_equal(text, row->holds);
    source->ops->file_close(source, found.handle);
}

static void finds_files_and_never_leaves(void **state)
{
    struct prereq_source *source = open_root(ROOT);

    (void)state;
    assert_string_equal(source->system_root, "C:\\WINNT");
    /* Twice: what was scanned is kept. */
    for (size_t i = 0; i < 2 * PREREQ_COUNT(rows); i++)
        check_row(source, &rows[i % PREREQ_COUNT(rows)]);
    source->ops->close(source);
}

static void the_windows_folder_alone_is_a_tree(void **state)
{
    struct prereq_source *source = open_root(ROOT "/WINNT");
    static const struct row own[] = {
        {"C:\\Windows\\a.txt", PREREQ_LOOK_FOUND, "a"},
        {"C:\\Windows\\inside", PREREQ_LOOK_FOUND, "a"},
        {"C:\\Windows\\around", PREREQ_LOOK_UNAVAILABLE, "error"},
        {"C:\\Windows2\\a.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
        {"C:\\Program Files\\a.txt", PREREQ_LOOK_UNAVAILABLE, "error"},
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(own); i++)
        check_row(source, &own[i]);
    source->ops->close(source);
}

static void lists_names(void **state)
{
    struct prereq_source *source = open_root(ROOT);
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_names names = {0};
    struct prereq_refusal why = {0};

    (void)state;
    assert_int_equal(source->ops->folder_names(source, "C:\\Winnt\\System32", arena, &names, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 1);
    assert_string_equal(names.name[0], "Config");
    assert_int_equal(source->ops->folder_names(source, "C:\\WINNT\\a.txt", arena, &names, &why),
                     PREREQ_LOOK_ABSENT);
    assert_int_equal(source->ops->folder_names(source, "C:\\WINNT\\folder", arena, &names, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    prereq_arena_free(arena);
    source->ops->close(source);
}

static void keys_without_registry_are_unavailable(void **state)
{
    struct prereq_source *source = open_root(ROOT);
    struct prereq_refusal why = {0};
    struct prereq_key *key = NULL;

    (void)state;
    assert_int_equal(source->ops->key_open(source, "HKLM\\SOFTWARE\\X", PREREQ_VIEW_64, &key, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "error");
    assert_int_equal(source->ops->key_open(source, "HKCU\\X", PREREQ_VIEW_64, &key, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    source->ops->close(source);
}

static void refuses_what_is_no_windows(void **state)
{
    struct prereq_source *source = NULL;
    struct prereq_error err = {0};

    (void)state;
    assert_int_equal(prereq_offline_open_root("outside", NULL, &source, &err), PREREQ_BAD_INPUT);
    assert_int_equal(prereq_offline_open_root("gone", NULL, &source, &err), PREREQ_BAD_INPUT);
    assert_int_equal(prereq_offline_open_root(ROOT "/WINNT/A.txt", NULL, &source, &err),
                     PREREQ_BAD_INPUT);
    assert_int_equal(prereq_offline_open_wim(ROOT "/WINNT/A.txt", 1, NULL, &source, &err),
                     PREREQ_BAD_INPUT);
    assert_null(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_files_and_never_leaves),
        cmocka_unit_test(the_windows_folder_alone_is_a_tree),
        cmocka_unit_test(lists_names),
        cmocka_unit_test(keys_without_registry_are_unavailable),
        cmocka_unit_test(refuses_what_is_no_windows),
    };

    return cmocka_run_group_tests(tests, make, NULL);
}
