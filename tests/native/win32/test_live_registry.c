/* SPDX-License-Identifier: MIT */
/* test_live_registry.c - registry and services of a running Windows, through the live source. */
#include "live_source.h"

#define AREA L"SOFTWARE\\PatchPrereqTest"
#define KEY "HKLM\\SOFTWARE\\PatchPrereqTest"

/* The tests write what the source reads; the source itself never does. */
static HKEY make_key(const wchar_t *path, REGSAM view)
{
    HKEY key;

    assert_int_equal(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, NULL, 0, KEY_ALL_ACCESS | view,
                                     NULL, &key, NULL),
                     0);
    return key;
}

static void put(HKEY key, const wchar_t *name, DWORD type, const void *bytes, size_t len)
{
    assert_int_equal(RegSetValueExW(key, name, 0, type, bytes, (DWORD)len), 0);
}

static enum prereq_look look_at(struct prereq_key *key, const char *name,
                                struct prereq_reg_value *value, struct prereq_refusal *why)
{
    return source->ops->value(source, key, name, arena, value, why);
}

/* ---- every type, as raw bytes ---- */

static struct value {
    const char *name; /* of the value */
    uint32_t type;
    const char *bytes;
    size_t len;
} values[] = {
    {"", PREREQ_REG_SZ, "d\0e\0f\0\0\0", 8},
    {"none", PREREQ_REG_NONE, "x", 1},
    {"text", PREREQ_REG_SZ, "a\0b\0\0\0", 6},
    /* RegSetValueExW() adds a NUL that stands behind the bytes. */
    {"text without NUL", PREREQ_REG_SZ, "a\0b\0zz", 4},
    {"text of an odd length", PREREQ_REG_SZ, "a\0b", 3},
    {"expand", PREREQ_REG_EXPAND_SZ, "%\0P\0A\0T\0H\0%\0\0\0", 14},
    {"binary", PREREQ_REG_BINARY, "\0\1\2\377", 4},
    {"empty", PREREQ_REG_BINARY, "", 0},
    {"number", PREREQ_REG_DWORD, "\1\2\3\4", 4},
    {"number of a wrong size", PREREQ_REG_DWORD, "\1\2", 2},
    {"big endian", PREREQ_REG_DWORD_BIG_ENDIAN, "\1\2\3\4", 4},
    {"link", PREREQ_REG_LINK, "a\0", 2},
    {"texts", PREREQ_REG_MULTI_SZ, "a\0\0\0b\0\0\0\0\0", 10},
    {"long number", PREREQ_REG_QWORD, "\1\2\3\4\5\6\7\10", 8},
    {"a type of its own", 0x12345, "zz", 2},
    {"\xD0\x96\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x98\x80", PREREQ_REG_SZ, "x\0zz", 2},
};

static void check_value(void **state)
{
    const struct value *row = *state;
    HKEY made = make_key(AREA L"\\Values", KEY_WOW64_64KEY);
    wchar_t *name = prereq_wide_from_utf8(row->name);
    struct prereq_reg_value value;
    struct prereq_refusal why = {0};
    struct prereq_names names;
    struct prereq_key *key;

    put(made, name, row->type, row->bytes, row->len);
    assert_int_equal(RegCloseKey(made), 0);
    open_source(NULL);
    key = must_open(KEY "\\Values", PREREQ_VIEW_64);
    assert_int_equal(look_at(key, row->name, &value, &why), PREREQ_LOOK_FOUND);
    assert_int_equal(value.type, row->type);
    assert_int_equal(value.len, row->len);
    assert_memory_equal(value.bytes, row->bytes, row->len);
    assert_int_equal(source->ops->value_names(source, key, arena, &names, &why), PREREQ_LOOK_FOUND);
    assert_true(names_hold(&names, row->name));
    source->ops->key_close(source, key);
    close_source(NULL);
    free(name);
}

/* ---- what is there, what is not, what cannot be asked ---- */

static struct look {
    const char *name;
    const char *key;
    enum prereq_look look;
    const char *code, *number;
} looks[] = {
    {"there", KEY, PREREQ_LOOK_FOUND, NULL, NULL},
    {"letter case", "hklm\\software\\PATCHPREREQTEST", PREREQ_LOOK_FOUND, NULL, NULL},
    {"the root", "HKLM", PREREQ_LOOK_FOUND, NULL, NULL},
    {"CurrentControlSet", "HKLM\\SYSTEM\\CurrentControlSet\\Control", PREREQ_LOOK_FOUND, NULL,
     NULL},
    {"not there", KEY "\\Nothing", PREREQ_LOOK_ABSENT, NULL, NULL},
    {"below what is not there", KEY "\\Nothing\\x", PREREQ_LOOK_ABSENT, NULL, NULL},
    {"another root", "HKCU\\Software", PREREQ_LOOK_UNAVAILABLE, "error", ""},
    {"a root of a longer name", "HKLMX\\Software", PREREQ_LOOK_UNAVAILABLE, "error", ""},
    {"not UTF-8", "HKLM\\\xFF", PREREQ_LOOK_UNAVAILABLE, "error", ""},
};

static void check_look(void **state)
{
    const struct look *row = *state;
    struct prereq_refusal why = {0};
    struct prereq_key *key;

    assert_int_equal(RegCloseKey(make_key(AREA, KEY_WOW64_64KEY)), 0);
    open_source(NULL);
    assert_int_equal(source->ops->key_open(source, row->key, PREREQ_VIEW_64, &key, &why),
                     row->look);
    if (row->look == PREREQ_LOOK_FOUND)
        source->ops->key_close(source, key);
    if (row->code) {
        assert_string_equal(why.code, row->code);
        assert_string_equal(why.number, row->number);
    }
    close_source(NULL);
}

/* ---- single cases ---- */

static void the_views_are_kept_apart(void **state)
{
    HKEY wide = make_key(AREA L"\\View", KEY_WOW64_64KEY);
    HKEY narrow = make_key(AREA L"\\View", KEY_WOW64_32KEY);
    struct prereq_reg_value value;
    struct prereq_key *key;

    (void)state;
    put(wide, L"v", REG_BINARY, "64", 2);
    put(narrow, L"v", REG_BINARY, "32", 2);
    assert_int_equal(RegCloseKey(wide) + RegCloseKey(narrow), 0);
    assert_true(source->has_32_bit_view);
    key = must_open(KEY "\\View", PREREQ_VIEW_64);
    assert_int_equal(look_at(key, "v", &value, NULL), PREREQ_LOOK_FOUND);
    assert_memory_equal(value.bytes, "64", 2);
    source->ops->key_close(source, key);
    key = must_open(KEY "\\View", PREREQ_VIEW_32);
    assert_int_equal(look_at(key, "v", &value, NULL), PREREQ_LOOK_FOUND);
    assert_memory_equal(value.bytes, "32", 2);
    source->ops->key_close(source, key);
}

static void long_values_are_read_and_too_long_ones_refused(void **state)
{
    HKEY made = make_key(AREA L"\\Long", KEY_WOW64_64KEY);
    struct prereq_key *key = must_open(KEY "\\Long", PREREQ_VIEW_64);
    char *bytes = calloc(1, PREREQ_MAX_VALUE + 1);
    struct prereq_reg_value value;
    struct prereq_refusal why = {0};

    (void)state;
    bytes[PREREQ_MAX_VALUE - 1] = 7;
    put(made, L"long", REG_BINARY, bytes, PREREQ_MAX_VALUE);
    put(made, L"too long", REG_BINARY, bytes, PREREQ_MAX_VALUE + 1);
    assert_int_equal(look_at(key, "long", &value, &why), PREREQ_LOOK_FOUND);
    assert_int_equal(value.len, PREREQ_MAX_VALUE);
    assert_int_equal(value.bytes[PREREQ_MAX_VALUE - 1], 7);
    assert_int_equal(look_at(key, "too long", &value, &why), PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "error");
    assert_int_equal(look_at(key, "none", &value, &why), PREREQ_LOOK_ABSENT);
    source->ops->key_close(source, key);
    assert_int_equal(RegCloseKey(made), 0);
    free(bytes);
}

static volatile LONG stop_growing;

static DWORD WINAPI grow(void *context)
{
    HKEY key = context;
    static char bytes[60000];

    memset(bytes, 'g', sizeof(bytes));
    for (DWORD len = 1; !stop_growing; len = len < 59000 ? len + 500 : 1)
        (void)RegSetValueExW(key, L"grows", 0, REG_BINARY, (const BYTE *)bytes, len);
    return 0;
}

/* Whatever length comes, all bytes of it do. */
static void a_value_that_grows_between_calls_is_read_whole(void **state)
{
    HKEY made = make_key(AREA L"\\Grow", KEY_WOW64_64KEY);
    struct prereq_key *key = must_open(KEY "\\Grow", PREREQ_VIEW_64);
    HANDLE thread;

    (void)state;
    put(made, L"grows", REG_BINARY, "g", 1);
    thread = CreateThread(NULL, 0, grow, made, 0, NULL);
    assert_non_null(thread);
    for (int i = 0; i < 300; i++) {
        struct prereq_reg_value value;
        struct prereq_refusal why = {0};

        assert_int_equal(look_at(key, "grows", &value, &why), PREREQ_LOOK_FOUND);
        for (size_t at = 0; at < value.len; at++)
            assert_int_equal(value.bytes[at], 'g');
    }
    InterlockedExchange(&stop_growing, 1);
    (void)WaitForSingleObject(thread, INFINITE);
    (void)CloseHandle(thread);
    source->ops->key_close(source, key);
    assert_int_equal(RegCloseKey(made), 0);
}

static void names_are_listed_whole(void **state)
{
    wchar_t name[300] = AREA L"\\Names\\";
    size_t start = wcslen(name);
    struct prereq_key *key;
    struct prereq_names names;
    char longest[256];

    (void)state;
    for (wchar_t i = 0; i < 100; i++) {
        name[start] = (wchar_t)(0x4E00 + i);
        name[start + 1] = L'\0';
        assert_int_equal(RegCloseKey(make_key(name, KEY_WOW64_64KEY)), 0);
    }
    wmemset(name + start, L'n', 255);
    name[start + 255] = L'\0';
    assert_int_equal(RegCloseKey(make_key(name, KEY_WOW64_64KEY)), 0);
    memset(longest, 'n', 255);
    longest[255] = '\0';
    key = must_open(KEY "\\Names", PREREQ_VIEW_64);
    assert_int_equal(source->ops->key_names(source, key, arena, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 101);
    assert_true(names_hold(&names, longest));
    assert_true(names_hold(&names, "\xE4\xB8\x81"));
    source->ops->key_close(source, key);
}

static void an_empty_key_has_no_names(void **state)
{
    struct prereq_names names = {NULL, 7};
    struct prereq_key *key;

    (void)state;
    assert_int_equal(RegCloseKey(make_key(AREA L"\\Empty", KEY_WOW64_64KEY)), 0);
    key = must_open(KEY "\\Empty", PREREQ_VIEW_64);
    assert_int_equal(source->ops->key_names(source, key, arena, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 0);
    assert_int_equal(source->ops->value_names(source, key, arena, &names, NULL), PREREQ_LOOK_FOUND);
    assert_int_equal(names.count, 0);
    source->ops->key_close(source, key);
}

/* A key that goes while it is open: an error with its number, never "absent". */
static void a_deleted_key_is_an_error(void **state)
{
    struct prereq_reg_value value;
    struct prereq_refusal why = {0};
    struct prereq_names names;
    struct prereq_key *key;

    (void)state;
    assert_int_equal(RegCloseKey(make_key(AREA L"\\Gone", KEY_WOW64_64KEY)), 0);
    key = must_open(KEY "\\Gone", PREREQ_VIEW_64);
    assert_int_equal(RegDeleteKeyExW(HKEY_LOCAL_MACHINE, AREA L"\\Gone", KEY_WOW64_64KEY, 0), 0);
    assert_int_equal(look_at(key, "v", &value, &why), PREREQ_LOOK_UNAVAILABLE);
    assert_string_equal(why.code, "error");
    assert_string_equal(why.number, "1018");
    assert_int_equal(source->ops->key_names(source, key, arena, &names, &why),
                     PREREQ_LOOK_UNAVAILABLE);
    source->ops->key_close(source, key);
}

static void a_key_says_when_it_was_written(void **state)
{
    HKEY made = make_key(AREA L"\\Time", KEY_WOW64_64KEY);
    struct prereq_key *key = must_open(KEY "\\Time", PREREQ_VIEW_64);
    struct prereq_time time = {0};
    FILETIME now;
    int64_t seconds;

    (void)state;
    put(made, L"v", REG_BINARY, "x", 1);
    assert_int_equal(RegCloseKey(made), 0);
    GetSystemTimeAsFileTime(&now);
    seconds = (int64_t)(((uint64_t)now.dwHighDateTime << 32 | now.dwLowDateTime) / 10000000) -
              INT64_C(11644473600);
    assert_int_equal(source->ops->key_time(source, key, &time, NULL), PREREQ_LOOK_FOUND);
    assert_true(time.known);
    assert_in_range(time.seconds, seconds - 60, seconds + 1);
    source->ops->key_close(source, key);
}

static void services_say_whether_they_run(void **state)
{
    struct prereq_refusal why = {0};
    bool running = false;

    (void)state;
    assert_int_equal(source->ops->service_running(source, "PlugPlay", &running, &why),
                     PREREQ_LOOK_FOUND);
    assert_true(running);
    assert_int_equal(source->ops->service_running(source, "MSIServer", &running, &why),
                     PREREQ_LOOK_FOUND);
    assert_false(running);
    assert_int_equal(source->ops->service_running(source, "PatchPrereqNone", &running, &why),
                     PREREQ_LOOK_ABSENT);
}

static void look_around(void)
{
    struct prereq_arena *own = prereq_arena_new(MEMORY);
    struct prereq_refusal why;
    struct prereq_names names;
    struct prereq_key *key;
    bool running;

    if (source->ops->key_open(source, KEY "\\Nothing", PREREQ_VIEW_32, &key, &why) ==
        PREREQ_LOOK_FOUND)
        fail();
    key = must_open(KEY, PREREQ_VIEW_64);
    (void)source->ops->key_names(source, key, own, &names, &why);
    source->ops->key_close(source, key);
    (void)source->ops->service_running(source, "MSIServer", &running, &why);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_views_are_kept_apart, open_source, close_source),
        cmocka_unit_test_setup_teardown(long_values_are_read_and_too_long_ones_refused, open_source,
                                        close_source),
        cmocka_unit_test_setup_teardown(a_value_that_grows_between_calls_is_read_whole, open_source,
                                        close_source),
        cmocka_unit_test_setup_teardown(names_are_listed_whole, open_source, close_source),
        cmocka_unit_test_setup_teardown(an_empty_key_has_no_names, open_source, close_source),
        cmocka_unit_test_setup_teardown(a_deleted_key_is_an_error, open_source, close_source),
        cmocka_unit_test_setup_teardown(a_key_says_when_it_was_written, open_source, close_source),
        cmocka_unit_test_setup_teardown(services_say_whether_they_run, open_source, close_source),
        cmocka_unit_test_setup_teardown(no_handle_is_left, open_source, close_source),
    };
    int failed = RUN_TABLE(values, check_value) + RUN_TABLE(looks, check_look) + RUN_TESTS(tests);

    (void)RegDeleteTreeW(HKEY_LOCAL_MACHINE, AREA);
    return failed;
}
