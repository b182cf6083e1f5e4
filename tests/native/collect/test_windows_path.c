/* SPDX-License-Identifier: MIT */
/* test_windows_path.c - which paths are opened, and where links lead. */
#include <string.h>

#include "collect/windows_path.h"

#include "table.h"

static struct prereq_arena *new_arena(void)
{
    struct prereq_arena *arena = prereq_arena_new(1024 * 1024);

    assert_non_null(arena);
    return arena;
}

static struct path {
    const char *name;
    const char *path;
    const char *exact; /* NULL: refused */
} paths[] = {
    {"a file", "C:\\Windows\\System32\\x.dll", "\\\\?\\C:\\Windows\\System32\\x.dll"},
    {"slashes", "c:/WINNT//x.dll", "\\\\?\\c:\\WINNT\\x.dll"},
    {"a folder with a final backslash", "C:\\a\\", "\\\\?\\C:\\a"},
    {"the root", "C:\\", "\\\\?\\C:\\"},
    {"not ASCII", "C:\\\xC3\x84\xE2\x82\xAC.dll", "\\\\?\\C:\\\xC3\x84\xE2\x82\xAC.dll"},
    {"a name that begins like a device", "C:\\console\\com10.txt", "\\\\?\\C:\\console\\com10.txt"},
    {"a blank inside", "C:\\Program Files\\a b", "\\\\?\\C:\\Program Files\\a b"},
    {"a dot in front", "C:\\.a", "\\\\?\\C:\\.a"},
    {"empty", "", NULL},
    {"relative", "Windows\\x.dll", NULL},
    {"relative to a drive", "C:x.dll", NULL},
    {"a drive alone", "C:", NULL},
    {"another machine", "\\\\server\\share\\x.dll", NULL},
    {"another machine, slashes", "//server/share/x.dll", NULL},
    {"a device name space", "\\\\.\\PhysicalDrive0", NULL},
    {"a pipe", "\\\\.\\pipe\\x", NULL},
    {"an exact path", "\\\\?\\C:\\x", NULL},
    {"a native path", "\\??\\C:\\x", NULL},
    {"up", "C:\\a\\..\\b", NULL},
    {"here", "C:\\a\\.\\b", NULL},
    {"a final dot", "C:\\a\\x.dll.", NULL},
    {"a final blank", "C:\\a \\x.dll", NULL},
    {"a stream", "C:\\a\\x.dll:y", NULL},
    {"a wildcard", "C:\\a\\*.dll", NULL},
    {"a question mark", "C:\\a\\?.dll", NULL},
    {"a control character", "C:\\a\\\tx", NULL},
    {"a device", "C:\\a\\NUL", NULL},
    {"a device with an extension", "C:\\a\\con.txt", NULL},
    {"a device, then a blank", "C:\\a\\aux .txt", NULL},
    {"a serial port as a folder", "C:\\COM1\\x", NULL},
    {"not UTF-8", "C:\\\xFF", NULL},
};

static void check_path(void **state)
{
    const struct path *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_refusal why = {0};
    const char *exact = NULL;
    enum prereq_look look = prereq_windows_path(arena, row->path, &exact, &why);

    if (row->exact) {
        assert_int_equal(look, PREREQ_LOOK_FOUND);
        assert_string_equal(exact, row->exact);
    } else {
        assert_int_equal(look, PREREQ_LOOK_UNAVAILABLE);
        assert_string_equal(why.code, "error");
        assert_true(why.text[0] != '\0');
        assert_null(exact);
    }
    prereq_arena_free(arena);
}

static struct root {
    const char *name;
    const char *exact;
    size_t len;
} roots[] = {
    {"drive", "\\\\?\\C:\\a", 7},
    {"volume", "\\\\?\\Volume{0-1}\\a", 16},
    {"volume without its end", "\\\\?\\Volume{0-1}", 0},
    {"volume of another shape", "\\\\?\\Volume{0-1\\a", 0},
    {"another machine", "\\\\?\\UNC\\server\\share", 0},
    {"a device", "\\\\?\\GLOBALROOT\\Device\\x", 0},
    {"not exact", "C:\\a", 0},
};

static void check_root(void **state)
{
    const struct root *row = *state;

    assert_int_equal(prereq_windows_root(row->exact), row->len);
}

#define JUNCTION 0xA0000003u
#define SYMLINK 0xA000000Cu
#define LINK "\\\\?\\C:\\a\\link"

static struct follow {
    const char *name;
    const char *rest; /* behind LINK */
    uint32_t tag;
    const char *target;
    bool relative;
    const char *next; /* NULL: refused */
} follows[] = {
    {"junction", "\\x.dll", JUNCTION, "\\??\\D:\\b", false, "\\\\?\\D:\\b\\x.dll"},
    {"junction to a root", "\\x.dll", JUNCTION, "\\??\\D:\\", false, "\\\\?\\D:\\x.dll"},
    {"mounted volume", "\\x.dll", JUNCTION, "\\??\\Volume{0-1}\\", false,
     "\\\\?\\Volume{0-1}\\x.dll"},
    {"symbolic link", "", SYMLINK, "\\??\\C:\\b\\y.dll", false, "\\\\?\\C:\\b\\y.dll"},
    {"relative", "", SYMLINK, "y.dll", true, "\\\\?\\C:\\a\\y.dll"},
    {"relative, up", "\\x.dll", SYMLINK, "..\\b", true, "\\\\?\\C:\\b\\x.dll"},
    {"relative, not above the root", "", SYMLINK, "..\\..\\..\\b", true, "\\\\?\\C:\\b"},
    {"relative to the root", "", SYMLINK, "\\b", true, "\\\\?\\C:\\b"},
    {"to another machine", "", SYMLINK, "\\??\\UNC\\server\\share\\x", false, NULL},
    {"to another machine, written as a name", "", SYMLINK, "\\\\server\\share", false, NULL},
    {"to a device", "", SYMLINK, "\\??\\GLOBALROOT\\Device\\x", false, NULL},
    {"to a native path", "", SYMLINK, "\\Device\\HarddiskVolume1\\x", false, NULL},
    {"to a stream", "", SYMLINK, "y.dll:z", true, NULL},
    {"to a drive without a folder", "", JUNCTION, "\\??\\D:", false, NULL},
    {"nothing said", "", SYMLINK, NULL, false, NULL},
    {"in the cloud", "", 0x9000001Au, "\\??\\C:\\b", false, NULL},
};

static void check_follow(void **state)
{
    const struct follow *row = *state;
    struct prereq_arena *arena = new_arena();
    struct prereq_link link = {row->tag, row->target, row->relative};
    const char *exact = prereq_printf(arena, LINK "%s", row->rest), *next = NULL;
    struct prereq_refusal why = {0};
    enum prereq_look look = prereq_link_follow(arena, exact, strlen(LINK), &link, &next, &why);

    if (row->next) {
        assert_int_equal(look, PREREQ_LOOK_FOUND);
        assert_string_equal(next, row->next);
    } else {
        assert_int_equal(look, PREREQ_LOOK_UNAVAILABLE);
        assert_null(next);
    }
    prereq_arena_free(arena);
}

static struct reparse {
    const char *name;
    const char *bytes;
    size_t len;
    const char *target; /* NULL: refused, or not a link */
    bool relative, refused;
} reparses[] = {
    {"symbolic link", "\x0C\0\0\xA0\x10\0\0\0\0\0\x04\0\0\0\0\0\x01\0\0\0y\0z\0", 24, "yz", true,
     false},
    {"junction", "\x03\0\0\xA0\x0C\0\0\0\0\0\x04\0\x04\0\0\0\\\0?\0", 20, "\\?", false, false},
    {"deduplicated", "\x13\0\0\x80\0\0\0\0", 8, NULL, false, false},
    {"cut short", "\x0C\0\0\xA0\x10\0\0", 7, NULL, false, true},
    {"a header and no more", "\x0C\0\0\xA0\x10\0\0\0\0\0\x04\0", 12, NULL, false, true},
    {"a name behind the end", "\x0C\0\0\xA0\x10\0\0\0\0\0\x06\0\0\0\0\0\x01\0\0\0y\0z\0", 24, NULL,
     false, true},
    {"a name of half units", "\x0C\0\0\xA0\x10\0\0\0\0\0\x03\0\0\0\0\0\x01\0\0\0y\0z\0", 24, NULL,
     false, true},
};

static void check_reparse(void **state)
{
    const struct reparse *row = *state;
    struct prereq_arena *arena = new_arena();
    unsigned char *bytes = prereq_alloc(arena, 1, row->len);
    struct prereq_link link = {0};
    enum prereq_look look;

    memcpy(bytes, row->bytes, row->len);
    look = prereq_link_read(arena, bytes, row->len, &link, NULL);
    assert_int_equal(look, row->refused ? PREREQ_LOOK_UNAVAILABLE : PREREQ_LOOK_FOUND);
    if (row->target) {
        assert_string_equal(link.target, row->target);
        assert_int_equal(link.relative, row->relative);
    } else {
        assert_null(link.target);
    }
    prereq_arena_free(arena);
}

static void what_is_read_in_place_is_no_link(void **state)
{
    (void)state;
    assert_true(prereq_reparse_in_place(0x80000013u));
    assert_true(prereq_reparse_in_place(0x80000017u));
    assert_false(prereq_reparse_in_place(SYMLINK));
    assert_false(prereq_reparse_in_place(0x9000001Au));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_read_in_place_is_no_link)};

    return RUN_TABLE(paths, check_path) + RUN_TABLE(roots, check_root) +
           RUN_TABLE(follows, check_follow) + RUN_TABLE(reparses, check_reparse) + RUN_TESTS(tests);
}
