/* SPDX-License-Identifier: MIT */
/* test_gather_path.c - variables of paths, as an installation of each time has them. */
#include <string.h>

#include "collect/gather.h"
#include "fake_source.h"
#include "table.h"

#define KEY "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"

static const char nt4[] = "[" KEY "]\n"
                          "\"ProgramFilesDir\"=\"C:\\Program Files\"\n"
                          "\"CommonFilesDir\"=\"C:\\Program Files\\Common Files\"\n";
static const char wide[] = "[" KEY "]\n"
                           "\"ProgramFilesDir\"=\"D:\\Programme\\\"\n"
                           "\"CommonFilesDir\"=\"D:\\Programme\\Common Files\"\n"
                           "[32:" KEY "]\n"
                           "\"ProgramFilesDir\"=\"D:\\Programme (x86)\"\n"
                           "\"CommonFilesDir\"=\"D:\\Programme (x86)\\Common Files\"\n";
static const char stale[] = "[" KEY "]\n"
                            "\"ProgramFilesDir\"=\"C:\\Program Files\"\n"
                            "stale HKLM\\SOFTWARE*\n";
static const char closed[] = "[" KEY "]\nrefuse HKLM\\SOFTWARE* access_denied 5\n";
static const char bare[] = "[" KEY "]\n\"ProgramFilesDir\"=\"\"\n";

static struct prereq_gather *gather_for(const char *text, bool has_32_bit_view)
{
    struct prereq_arena *arena = prereq_arena_new((size_t)4 << 20);
    struct prereq_gather *gather = arena ? PREREQ_NEW(arena, struct prereq_gather) : NULL;
    struct fake_source *fake =
        fake_new(has_32_bit_view ? "C:\\Windows" : "C:\\WINNT", has_32_bit_view);

    assert_non_null(gather);
    fake_fill(fake, text);
    gather->arena = arena;
    gather->source = &fake->base;
    return gather;
}

static void done(struct prereq_gather *gather)
{
    assert_false(gather->no_memory);
    fake_free((struct fake_source *)gather->source);
    prereq_arena_free(gather->arena);
}

struct forth {
    const char *name, *host;
    bool wide;
    const char *path, *absolute; /* NULL: none */
    enum prereq_look look;
    const char *code;
};

static struct forth forths[] = {
    {"system root", nt4, false, "%SystemRoot%\\System32\\x.dll", "C:\\WINNT\\System32\\x.dll",
     PREREQ_LOOK_FOUND, NULL},
    {"no case", nt4, false, "%systemroot%\\x", "C:\\WINNT\\x", PREREQ_LOOK_FOUND, NULL},
    {"alone", nt4, false, "%SystemRoot%", "C:\\WINNT", PREREQ_LOOK_FOUND, NULL},
    {"drive", nt4, false, "%SystemDrive%\\boot.ini", "C:\\boot.ini", PREREQ_LOOK_FOUND, NULL},
    {"program files", nt4, false, "%ProgramFiles%\\x", "C:\\Program Files\\x", PREREQ_LOOK_FOUND,
     NULL},
    {"common files", nt4, false, "%CommonProgramFiles%\\x", "C:\\Program Files\\Common Files\\x",
     PREREQ_LOOK_FOUND, NULL},
    {"no 32-bit folder on a 32-bit installation", nt4, false, "%ProgramFiles(x86)%\\x", NULL,
     PREREQ_LOOK_ABSENT, NULL},
    {"another drive, a backslash at its end", wide, true, "%ProgramFiles%\\x", "D:\\Programme\\x",
     PREREQ_LOOK_FOUND, NULL},
    {"32-bit folder", wide, true, "%ProgramFiles(x86)%\\x", "D:\\Programme (x86)\\x",
     PREREQ_LOOK_FOUND, NULL},
    {"absolute already", wide, true, "E:\\x", "E:\\x", PREREQ_LOOK_FOUND, NULL},
    {"a share", wide, true, "\\\\server\\x", "\\\\server\\x", PREREQ_LOOK_FOUND, NULL},
    {"a name alone", nt4, false, "x.dll", NULL, PREREQ_LOOK_UNAVAILABLE, "error"},
    {"nothing", nt4, false, "", NULL, PREREQ_LOOK_UNAVAILABLE, "error"},
    {"a name that begins alike", nt4, false, "%SystemRoot%x", NULL, PREREQ_LOOK_UNAVAILABLE,
     "error"},
    {"a variable of nobody", nt4, false, "%TEMP%\\x", NULL, PREREQ_LOOK_UNAVAILABLE, "error"},
    {"dirty hive", stale, false, "%ProgramFiles%\\x", "C:\\Program Files\\x", PREREQ_LOOK_STALE,
     "hive_dirty"},
    {"not in a dirty hive", stale, false, "%CommonProgramFiles%\\x", NULL, PREREQ_LOOK_UNAVAILABLE,
     "hive_dirty"},
    {"closed hive", closed, false, "%ProgramFiles%\\x", NULL, PREREQ_LOOK_UNAVAILABLE,
     "access_denied"},
    {"closed hive, known without", closed, false, "%SystemRoot%\\x", "C:\\WINNT\\x",
     PREREQ_LOOK_FOUND, NULL},
    {"nothing written down", bare, false, "%CommonProgramFiles%\\x", NULL, PREREQ_LOOK_UNAVAILABLE,
     "error"},
    {"nothing in it", bare, false, "%ProgramFiles%\\x", NULL, PREREQ_LOOK_UNAVAILABLE, "error"},
};

static void check_forth(void **state)
{
    const struct forth *row = *state;
    struct prereq_gather *gather = gather_for(row->host, row->wide);
    const char *absolute = NULL;
    struct prereq_refusal why = {0};

    assert_int_equal(prereq_path_look(gather, row->path, &absolute, &why), row->look);
    if (row->absolute)
        assert_string_equal(absolute, row->absolute);
    else
        assert_null(absolute);
    if (row->code)
        assert_string_equal(why.code, row->code);
    absolute = prereq_path_absolute(gather, row->path);
    assert_int_equal(absolute != NULL, row->absolute != NULL);
    done(gather);
}

struct back {
    const char *name, *host;
    bool wide;
    const char *path, *fact;
};

static struct back backs[] = {
    {"system root", nt4, false, "c:\\winnt\\System32\\x.dll", "%SystemRoot%\\System32\\x.dll"},
    {"drive", nt4, false, "C:\\boot.ini", "%SystemDrive%\\boot.ini"},
    {"a folder that begins alike", nt4, false, "C:\\WINNT.old\\x", "%SystemDrive%\\WINNT.old\\x"},
    {"the longest", nt4, false, "C:\\Program Files\\Common Files\\x", "%CommonProgramFiles%\\x"},
    {"the folder itself", nt4, false, "C:\\Program Files", "%ProgramFiles%"},
    {"program folders of two widths", wide, true, "D:\\Programme (x86)\\x",
     "%ProgramFiles(x86)%\\x"},
    {"native program folder", wide, true, "D:\\PROGRAMME\\x", "%ProgramFiles%\\x"},
    {"outside", wide, true, "E:\\x", "E:\\x"},
    {"as the kernel writes it", nt4, false, "\\??\\C:\\WINNT\\x", "%SystemRoot%\\x"},
    {"the long form", nt4, false, "\\\\?\\C:\\WINNT\\x", "%SystemRoot%\\x"},
    {"a share", nt4, false, "\\??\\UNC\\server\\share\\x", "\\\\server\\share\\x"},
    {"as drivers are written", nt4, false, "\\SystemRoot\\System32\\x.sys",
     "%SystemRoot%\\System32\\x.sys"},
    {"a folder that is not known", closed, false, "C:\\Program Files\\x",
     "%SystemDrive%\\Program Files\\x"},
};

static void check_back(void **state)
{
    const struct back *row = *state;
    struct prereq_gather *gather = gather_for(row->host, row->wide);

    assert_string_equal(prereq_path_with_variable(gather, row->path), row->fact);
    done(gather);
}

static void the_registry_is_read_once(void **state)
{
    struct prereq_gather *gather = gather_for(wide, true);
    struct fake_source *fake = (struct fake_source *)gather->source;
    size_t looks;

    (void)state;
    (void)prereq_path_absolute(gather, "%ProgramFiles%\\x");
    looks = fake->looks;
    for (int i = 0; i < 100; i++)
        (void)prereq_path_with_variable(gather, prereq_path_absolute(gather, "%ProgramFiles%\\x"));
    assert_int_equal(fake->looks, looks);
    done(gather);
}

static const struct CMUnitTest tests[] = {cmocka_unit_test(the_registry_is_read_once)};

int main(void)
{
    return RUN_TABLE(forths, check_forth) | RUN_TABLE(backs, check_back) | RUN_TESTS(tests);
}
