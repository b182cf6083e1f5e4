/* SPDX-License-Identifier: MIT */
/* test_hive.c - registry files: views, control sets, dirty ones, and bytes that are wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "files/file.h"
#include "offline/hive.h"
#include "offline/offline.h"

#define CURRENT "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"

static struct prereq_source *open_tree(const char *name, bool accept_dirty)
{
    const struct prereq_offline_options options = {.accept_dirty = accept_dirty};
    struct prereq_source *source = NULL;
    struct prereq_error err = {0};

    if (prereq_offline_open_root(name, &options, &source, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return source;
}

/* The text of a value in ASCII, a number as such. */
static enum prereq_look get(struct prereq_source *source, const char *path, enum prereq_view view,
                            const char *name, char out[64], struct prereq_refusal *why)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_reg_value value = {0};
    struct prereq_key *key = NULL;
    enum prereq_look look = source->ops->key_open(source, path, view, &key, why);
    size_t len = 0;

    out[0] = '\0';
    if (key) {
        look = source->ops->value(source, key, name, arena, &value, why);
        source->ops->key_close(source, key);
    }
    if (value.type == PREREQ_REG_DWORD && value.len == 4)
        (void)snprintf(out, 64, "%u", value.bytes[0] + 256U * value.bytes[1]);
    if (value.type == PREREQ_REG_SZ) {
        for (size_t at = 0; at + 1 < value.len && len < 63; at += 2)
            out[len++] = (char)value.bytes[at];
        out[len] = '\0';
    }
    prereq_arena_free(arena);
    return look;
}

struct row {
    const char *tree, *path;
    enum prereq_view view;
    const char *name, *text; /* text NULL: absent */
};

static void reads_values(void **state)
{
    static const struct row rows[] = {
        {"nt4-iis4", CURRENT, PREREQ_VIEW_64, "csdversion", "Service Pack 6"},
        {"nt4-iis4", CURRENT "\\HOTFIX\\q246009", PREREQ_VIEW_64, "INSTALLED", "1"},
        {"nt4-iis4", CURRENT "\\HotFix\\Q246009", PREREQ_VIEW_32, "Installed", "1"},
        {"nt4-iis4", CURRENT "\\HotFix\\Q1", PREREQ_VIEW_64, "Installed", NULL},
        {"nt4-iis4", CURRENT, PREREQ_VIEW_64, "gone", NULL},
        {"nt4-iis4", CURRENT, PREREQ_VIEW_64, "", NULL},
        {"nt4-iis4", "HKLM\\system\\currentcontrolset\\services\\w3svc", PREREQ_VIEW_64, "Start",
         "2"},
        {"nt4-iis4", "HKLM\\SYSTEM\\CurrentControlSet\\Services\\OLD", PREREQ_VIEW_64, "Start",
         NULL},
        {"nt4-iis4", "HKLM\\SYSTEM\\ControlSet002\\Services\\OLD", PREREQ_VIEW_64, "Start", "2"},
        {"server-2012r2", "HKLM\\SOFTWARE\\Microsoft\\Only32", PREREQ_VIEW_64, "Name", NULL},
        {"server-2012r2", "HKLM\\SOFTWARE\\Microsoft\\Only32", PREREQ_VIEW_32, "Name", "32"},
        {"server-2012r2", "HKLM\\SOFTWARE\\WOW6432Node\\Microsoft\\Only32", PREREQ_VIEW_64, "Name",
         "32"},
        {"server-2012r2", CURRENT, PREREQ_VIEW_32, "EditionID", NULL},
        {"server-2012r2", CURRENT, PREREQ_VIEW_64, "EditionID", "ServerStandard"},
        {"windows-11-24h2", CURRENT, PREREQ_VIEW_64, "UBR", "1742"},
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(rows); i++) {
        struct prereq_source *source;
        struct prereq_refusal why = {0};
        char path[512], text[64];
        enum prereq_look look;

        (void)snprintf(path, sizeof(path), "%s/%s", TEST_TREES, rows[i].tree);
        source = open_tree(path, false);
        look = get(source, rows[i].path, rows[i].view, rows[i].name, text, &why);
        if (look != (rows[i].text ? PREREQ_LOOK_FOUND : PREREQ_LOOK_ABSENT))
            fail_msg("%s %s: %d %s", rows[i].path, rows[i].name, (int)look, why.text);
        if (rows[i].text)
            assert_string_equal(text, rows[i].text);
        source->ops->close(source);
    }
}

static void knows_the_installation(void **state)
{
    struct prereq_source *source = open_tree(TEST_TREES "/nt4-iis4", false);

    (void)state;
    assert_string_equal(source->system_root, "C:\\WINNT");
    assert_false(source->has_32_bit_view);
    source->ops->close(source);
    source = open_tree(TEST_TREES "/server-2012r2/Windows", false);
    assert_string_equal(source->system_root, "C:\\Windows");
    assert_true(source->has_32_bit_view);
    source->ops->close(source);
}

static void lists_keys_with_their_times(void **state)
{
    struct prereq_source *source = open_tree(TEST_TREES "/nt4-iis4", false);
    struct prereq_arena *arena = prereq_arena_new(1 << 20);
    struct prereq_names names = {0};
    struct prereq_key *key = NULL;
    struct prereq_time time = {0};
    char text[32];

    (void)state;
    assert_int_equal(source->ops->key_open(source, CURRENT "\\Hotfix", PREREQ_VIEW_64, &key, NULL),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(source->ops->key_names(source, key, arena, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 2);
    assert_string_equal(names.name[1], "Q269862");
    source->ops->key_close(source, key);
    assert_int_equal(
        source->ops->key_open(source, CURRENT "\\Hotfix\\Q269862", PREREQ_VIEW_64, &key, NULL),
        PREREQ_LOOK_FOUND);
    assert_int_equal(source->ops->key_time(source, key, &time, NULL), PREREQ_LOOK_FOUND);
    prereq_time_format(time, text);
    assert_string_equal(text, "2000-10-21T11:00:00Z");
    assert_int_equal(source->ops->value_names(source, key, arena, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 2);
    assert_string_equal(names.name[0], "Installed");
    source->ops->key_close(source, key);
    prereq_arena_free(arena);
    source->ops->close(source);
}

/* ---- bytes ---- */

static unsigned char *bytes_of(const char *path, size_t *len)
{
    struct prereq_error err = {0};
    char *bytes = NULL;

    if (prereq_file_read(path, (size_t)64 << 20, &bytes, len, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    return (unsigned char *)bytes;
}

static void put(const char *path, const unsigned char *bytes, size_t len)
{
    FILE *out = fopen(path, "wb");

    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
}

static void set_sequence(unsigned char *bytes, unsigned char first, unsigned char second)
{
    uint32_t sum = 0;

    bytes[4] = first;
    bytes[8] = second;
    for (size_t at = 0; at < 508; at += 4)
        sum ^= (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
               (uint32_t)bytes[at + 3] << 24;
    for (int i = 0; i < 4; i++)
        bytes[508 + i] = (unsigned char)(sum >> 8 * i);
}

#define CONFIG "dirty/WINNT/System32/config/"

static void expect_dirty(bool dirty)
{
    struct prereq_source *source = open_tree("dirty", false);
    struct prereq_refusal why = {0};
    char text[64];

    assert_int_equal(get(source, CURRENT, PREREQ_VIEW_64, "CurrentVersion", text, &why),
                     dirty ? PREREQ_LOOK_STALE : PREREQ_LOOK_FOUND);
    assert_string_equal(text, "4.0");
    if (dirty)
        assert_string_equal(why.code, "hive_dirty");
    assert_int_equal(get(source, CURRENT, PREREQ_VIEW_64, "gone", text, &why),
                     dirty ? PREREQ_LOOK_UNAVAILABLE : PREREQ_LOOK_ABSENT);
    /* The other hive is whole. */
    assert_int_equal(get(source, "HKLM\\SYSTEM\\Select", PREREQ_VIEW_64, "Current", text, &why),
                     PREREQ_LOOK_FOUND);
    source->ops->close(source);
    source = open_tree("dirty", true);
    assert_int_equal(get(source, CURRENT, PREREQ_VIEW_64, "CurrentVersion", text, &why),
                     PREREQ_LOOK_FOUND);
    assert_int_equal(get(source, CURRENT, PREREQ_VIEW_64, "gone", text, &why), PREREQ_LOOK_ABSENT);
    source->ops->close(source);
}

static void a_dirty_hive_is_stale(void **state)
{
    unsigned char *bytes;
    size_t len = 0;

    (void)state;
    assert_int_equal(system("rm -rf dirty; cp -r " TEST_TREES "/nt4-iis4 dirty"), 0);
    bytes = bytes_of(CONFIG "SOFTWARE", &len);
    expect_dirty(false);
    set_sequence(bytes, 2, 1);
    put(CONFIG "SOFTWARE", bytes, len);
    expect_dirty(true);
    /* Written in full, and a log that is older, as old, newer, damaged, empty. */
    set_sequence(bytes, 5, 5);
    put(CONFIG "SOFTWARE", bytes, len);
    set_sequence(bytes, 4, 4);
    put(CONFIG "software.LOG1", bytes, 512);
    expect_dirty(false);
    set_sequence(bytes, 5, 5);
    put(CONFIG "software.LOG1", bytes, 512);
    expect_dirty(false);
    set_sequence(bytes, 6, 6);
    put(CONFIG "software.LOG1", bytes, 512);
    expect_dirty(true);
    bytes[20]++;
    put(CONFIG "software.LOG1", bytes, 512);
    expect_dirty(false);
    put(CONFIG "software.LOG1", bytes, 0);
    expect_dirty(false);
    free(bytes);
}

/* All that can be asked, to the end or to a limit; whatever comes out is fine. */
static void walk(struct prereq_hive *hive, hive_node_h node, unsigned depth, unsigned *left)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)64 << 20);
    struct prereq_names names = {0};
    struct prereq_time time;

    (void)prereq_hive_time(hive, node, &time, NULL);
    if (prereq_hive_value_names(hive, node, arena, &names, NULL) == PREREQ_LOOK_FOUND) {
        for (size_t i = 0; i < names.count; i++) {
            struct prereq_reg_value value = {0};

            (void)prereq_hive_value(hive, node, names.name[i], arena, &value, NULL);
        }
    }
    if (depth < 64 && prereq_hive_key_names(hive, node, arena, &names, NULL) == PREREQ_LOOK_FOUND) {
        for (size_t i = 0; i<names.count && * left> 0; i++, (*left)--) {
            hive_node_h child = 0;
            char path[1100];

            (void)snprintf(path, sizeof(path), "%.1000s", names.name[i]);
            if (prereq_hive_child(hive, node, path, &child, NULL) == PREREQ_LOOK_FOUND)
                walk(hive, child, depth + 1, left);
        }
    }
    prereq_arena_free(arena);
}

static bool read_whole(const unsigned char *bytes, size_t len, bool *dirty)
{
    struct prereq_hive_input input = {.name = "TEST", .bytes = bytes, .len = len};
    struct prereq_hive *hive = NULL;
    struct prereq_refusal why = {0};
    hive_node_h root = 0;
    unsigned left = 20000;

    if (prereq_hive_open(&input, &hive, &why) != PREREQ_LOOK_FOUND) {
        assert_non_null(why.code);
        assert_null(hive);
        return false;
    }
    if (dirty)
        *dirty = prereq_hive_is_dirty(hive);
    if (prereq_hive_find(hive, "", &root, &why) == PREREQ_LOOK_FOUND)
        walk(hive, root, 0, &left);
    prereq_hive_close(hive);
    return true;
}

static void any_byte_may_be_wrong(void **state)
{
    size_t len = 0;
    unsigned char *bytes = bytes_of(TEST_TREES "/nt4-iis4/WINNT/System32/config/SOFTWARE", &len);

    (void)state;
    for (size_t cut = 0; cut < len; cut += 61)
        assert_false(read_whole(bytes, cut, NULL));
    for (size_t at = 4096; at < len; at += 3) {
        unsigned char old = bytes[at];

        bytes[at] = (unsigned char)(old + 0x7F + at);
        (void)read_whole(bytes, len, NULL);
        bytes[at] = old;
    }
    /* More than the header says. */
    assert_true(read_whole(bytes, len, NULL));
    bytes = realloc(bytes, len + 100);
    assert_non_null(bytes);
    memset(bytes + len, 'x', 100);
    assert_true(read_whole(bytes, len + 100, NULL));
    free(bytes);
}

/* Real ones: samples/hives, unpacked by the build. */
static void real_hives(void **state)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 24);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0, opened = 0, dirty_ones = 0;

    (void)state;
    if (prereq_folder_list(arena, TEST_HIVES, &names, &count, &err) != PREREQ_OK || count == 0) {
        prereq_arena_free(arena);
        skip();
    }
    for (size_t i = 0; i < count; i++) {
        char path[1024];
        size_t len = 0;
        unsigned char *bytes;
        bool dirty = false;

        (void)snprintf(path, sizeof(path), "%s/%s", TEST_HIVES, names[i]);
        bytes = bytes_of(path, &len);
        if (read_whole(bytes, len, &dirty))
            opened++;
        dirty_ones += dirty;
        free(bytes);
    }
    printf("%zu files, %zu opened, %zu dirty\n", count, opened, dirty_ones);
    assert_true(opened > 0 && dirty_ones > 0 && opened < count);
    prereq_arena_free(arena);
}

/* ---- what 32-bit programs see ---- */

static void wow64_places(void **state)
{
    static const struct {
        const char *path;
        bool since_7;
        const char *place;
    } rows[] = {
        {"", true, "WOW6432Node"},
        {"Microsoft\\X", true, "WOW6432Node\\Microsoft\\X"},
        {"wow6432node\\X", true, "wow6432node\\X"},
        {"Classes", true, "Classes"},
        {"Classes\\Installer", true, "Classes\\Installer"},
        {"classes\\clsid\\{1}", true, "Classes\\WOW6432Node\\clsid\\{1}"},
        {"Classes\\CLSIDs", true, "Classes\\CLSIDs"},
        {"Classes\\CLSID", false, "WOW6432Node\\Classes\\CLSID"},
        {"Policies\\X", false, "Policies\\X"},
        {"Policies2", true, "WOW6432Node\\Policies2"},
        {"Microsoft\\RPC", true, "Microsoft\\RPC"},
        {"Microsoft\\RPC", false, "WOW6432Node\\Microsoft\\RPC"},
    };

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(rows); i++) {
        char out[64];

        assert_true(prereq_wow64_path(rows[i].path, rows[i].since_7, out, sizeof(out)));
        assert_string_equal(out, rows[i].place);
    }
    assert_false(prereq_wow64_path("Microsoft", true, (char[8]){0}, 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values),
        cmocka_unit_test(knows_the_installation),
        cmocka_unit_test(lists_keys_with_their_times),
        cmocka_unit_test(a_dirty_hive_is_stale),
        cmocka_unit_test(any_byte_may_be_wrong),
        cmocka_unit_test(real_hives),
        cmocka_unit_test(wow64_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
