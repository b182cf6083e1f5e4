/* SPDX-License-Identifier: MIT */
/* test_renames.c - files that wait to be moved, and what that does to one of them. */
#include "collect/renames.h"

#include <string.h>

#include "fake_source.h"
#include "table.h"

#define KEY "[HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager]\n"
#define FIRST "\"PendingFileRenameOperations\"=multi:"
#define NEXT "\"PendingFileRenameOperations2\"=multi:"
#define T "\\??\\C:\\T\\"
#define S "\\??\\C:\\WINNT\\"

struct row {
    const char *name, *host;
    const char *path; /* in C:\WINNT */
    bool is_there;
    enum prereq_rename_effect effect;
    const char *from; /* in C:\T */
    enum prereq_look look;
    size_t pairs;
};

static struct row rows[] = {
    {"nothing", "", "a", true, PREREQ_RENAME_NONE, NULL, PREREQ_LOOK_ABSENT, 0},
    {"an empty list", KEY FIRST "\n", "a", true, PREREQ_RENAME_NONE, NULL, PREREQ_LOOK_ABSENT, 0},
    {"replaced", KEY FIRST T "1|!" S "a\n", "A", true, PREREQ_RENAME_REPLACED, "1",
     PREREQ_LOOK_FOUND, 1},
    {"another file", KEY FIRST T "1|!" S "a\n", "b", true, PREREQ_RENAME_NONE, NULL,
     PREREQ_LOOK_FOUND, 1},
    {"may not overwrite", KEY FIRST T "1|" S "a\n", "a", true, PREREQ_RENAME_UNCERTAIN, NULL,
     PREREQ_LOOK_FOUND, 1},
    {"nothing to overwrite", KEY FIRST T "1|" S "a\n", "a", false, PREREQ_RENAME_REPLACED, "1",
     PREREQ_LOOK_FOUND, 1},
    {"deleted before", KEY FIRST S "a||" T "1|" S "a\n", "a", true, PREREQ_RENAME_REPLACED, "1",
     PREREQ_LOOK_FOUND, 2},
    {"moved away before", KEY FIRST S "a|" T "old|" T "1|" S "a\n", "a", true,
     PREREQ_RENAME_REPLACED, "1", PREREQ_LOOK_FOUND, 2},
    {"deleted", KEY FIRST S "a|\n", "a", true, PREREQ_RENAME_REMOVED, NULL, PREREQ_LOOK_FOUND, 1},
    {"deleted, and not there", KEY FIRST S "a|\n", "a", false, PREREQ_RENAME_NONE, NULL,
     PREREQ_LOOK_FOUND, 1},
    {"the last deletion of several", KEY FIRST T "1|!" S "b|" S "a|\n", "a", true,
     PREREQ_RENAME_REMOVED, NULL, PREREQ_LOOK_FOUND, 2},
    {"replaced and then deleted", KEY FIRST T "1|!" S "a|" S "a|\n", "a", true,
     PREREQ_RENAME_REMOVED, NULL, PREREQ_LOOK_FOUND, 2},
    {"replaced twice", KEY FIRST T "1|!" S "a|" T "2|!" S "a\n", "a", true, PREREQ_RENAME_REPLACED,
     "2", PREREQ_LOOK_FOUND, 2},
    {"by a file that is replaced itself", KEY FIRST T "1|!" T "2|" T "2|!" S "a\n", "a", true,
     PREREQ_RENAME_REPLACED, "1", PREREQ_LOOK_FOUND, 2},
    {"by a file that is deleted before", KEY FIRST T "1||" T "1|!" S "a\n", "a", true,
     PREREQ_RENAME_REMOVED, NULL, PREREQ_LOOK_FOUND, 2},
    {"in the second value", KEY FIRST T "1|!" S "b\n" NEXT T "2|!" S "a\n", "a", true,
     PREREQ_RENAME_REPLACED, "2", PREREQ_LOOK_FOUND, 2},
    {"the second value alone", KEY NEXT T "2|!" S "a\n", "a", true, PREREQ_RENAME_REPLACED, "2",
     PREREQ_LOOK_FOUND, 1},
    {"a star and a number", KEY FIRST "*1" T "1|*1!" S "a\n", "a", true, PREREQ_RENAME_REPLACED,
     "1", PREREQ_LOOK_FOUND, 1},
    {"as the kernel calls the folder", KEY FIRST T "1|!\\SystemRoot\\a\n", "a", true,
     PREREQ_RENAME_REPLACED, "1", PREREQ_LOOK_FOUND, 1},
    {"of another type", KEY "\"PendingFileRenameOperations\"=\"x\"\n", "a", true,
     PREREQ_RENAME_NONE, NULL, PREREQ_LOOK_ABSENT, 0},
    {"dirty", KEY FIRST T "1|!" S "a\nstale HKLM\\SYSTEM*\n", "a", true, PREREQ_RENAME_REPLACED,
     "1", PREREQ_LOOK_STALE, 1},
    {"dirty, and none seen", KEY "stale HKLM\\SYSTEM*\n", "a", true, PREREQ_RENAME_NONE, NULL,
     PREREQ_LOOK_UNAVAILABLE, 0},
    {"one of the values is closed",
     KEY "\"PendingFileRenameOperations\"=refuse:access_denied\n" NEXT T "2|!" S "a\n", "a", true,
     PREREQ_RENAME_REPLACED, "2", PREREQ_LOOK_STALE, 1},
    {"closed", KEY "refuse HKLM\\SYSTEM* access_denied 5\n", "a", true, PREREQ_RENAME_NONE, NULL,
     PREREQ_LOOK_UNAVAILABLE, 0},
};

static void check(void **state)
{
    const struct row *row = *state;
    struct prereq_gather gather = {.arena = prereq_arena_new((size_t)1 << 20)};
    struct fake_source *fake = fake_new("C:\\WINNT", false);
    struct prereq_renames renames = {NULL, 0};
    struct prereq_refusal why;
    const char *from = NULL;
    char path[64];

    assert_non_null(gather.arena);
    gather.source = &fake->base;
    fake_fill(fake, row->host);
    assert_int_equal(prereq_pending_renames(&gather, &renames, &why), row->look);
    assert_int_equal(renames.count, row->pairs);
    if (row->look != PREREQ_LOOK_UNAVAILABLE) {
        (void)snprintf(path, sizeof(path), "C:\\WINNT\\%s", row->path);
        assert_int_equal(prereq_rename_effect(&renames, path, row->is_there, &from), row->effect);
    }
    if (row->from) {
        (void)snprintf(path, sizeof(path), "C:\\T\\%s", row->from);
        assert_string_equal(from, path);
    }
    assert_false(gather.no_memory);
    fake_free(fake);
    prereq_arena_free(gather.arena);
}

int main(void)
{
    return RUN_TABLE(rows, check);
}
