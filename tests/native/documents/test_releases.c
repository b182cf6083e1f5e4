/* SPDX-License-Identifier: MIT */
/* test_releases.c - release lines: what is read, what is refused with which place, and the tables
 * that ship. */
#include "documents/releases.h"

#include <stdlib.h>

#include "documents.h"
#include "files/file.h"

static enum prereq_status read_releases(struct prereq_arena *arena, const char *text, size_t len,
                                        const void **object, struct prereq_error *err)
{
    const struct prereq_releases_file *file;
    enum prereq_status status = prereq_releases_read(arena, text, len, &file, err);

    if (!status)
        *object = file;
    return status;
}

#define FILE_WITH(lists, columns, rows)                                                            \
    "{\"format\": \"patchprereq-releases/1.0\", \"family\": \"f\", " lists                         \
    "\"lines\": [{\"id\": \"L\", \"title\": \"T\", \"applies\": {\"os\": {}}, \"level\": "         \
    "{\"os\": "                                                                                    \
    "\"ubr\"}, \"columns\": [" columns "], \"rows\": [" rows "]}]}"
#define COLUMNS "\"level\", \"kb\", \"day\", \"cadence\", \"security\", \"cves\", \"levels\""
#define CVES "\"cves\": [\"CVE-2024-9999\", \"CVE-2024-10000\"], "

static void rows_come_in_the_order_of_the_columns(void **state)
{
    struct prereq_arena *arena = new_arena();
    const struct prereq_releases_file *file =
        must_read(arena, read_releases,
                  FILE_WITH(CVES, COLUMNS,
                            "[1, \"KB1\", null, \"B\"], [2, \"KB2\", \"2024-02-13\", \"hotpatch\", "
                            "true, [1, 0], [2, 4]]"));
    const struct prereq_release *rows = file->lines[0].rows;

    (void)state;
    assert_int_equal(file->lines[0].row_count, 2);
    assert_int_equal(rows[0].level.value, 1);
    assert_false(rows[0].day.known);
    assert_int_equal(rows[0].cadence, PREREQ_CADENCE_B);
    assert_int_equal(rows[0].security, PREREQ_FLAG_UNSET);
    assert_string_equal(rows[1].kb, "KB2");
    assert_true(rows[1].day.known);
    assert_int_equal(rows[1].security, PREREQ_FLAG_TRUE);
    assert_int_equal(rows[1].cve_count, 2);
    assert_int_equal(rows[1].levels[1], 4);
    prereq_arena_free(arena);
}

static struct bad {
    const char *name;
    const char *text, *message;
} bads[] = {
    {"rows without columns",
     "{\"format\": \"patchprereq-releases/1.0\", \"family\": \"f\", \"lines\": [{\"rows\": [], "
     "\"columns\": [\"kb\"]}]}",
     "/lines/0/rows: the columns have to stand before it"},
    {"a column that is none", FILE_WITH("", "\"kb\", \"colour\"", ""),
     "/lines/0/rows: unknown column \"colour\""},
    {"a column twice", FILE_WITH("", "\"kb\", \"kb\"", ""),
     "/lines/0/rows: a column stands twice: \"kb\""},
    {"more cells than columns",
     FILE_WITH("", COLUMNS, "[1, \"KB1\", null, \"B\", true, null, null, 3]"),
     "/lines/0/rows/0/7: there are fewer columns"},
    {"a shifted column", FILE_WITH("", COLUMNS, "[\"KB1\", 1, null, \"B\"]"),
     "/lines/0/rows/0/0: must be a whole number from 0 to 9007199254740991"},
    {"no key", FILE_WITH("", COLUMNS, "[1, null, null, \"B\"]"),
     "/lines/0/rows/0: lacks the column \"kb\""},
    {"no level", FILE_WITH("", COLUMNS, "[null, \"KB1\", null, \"B\"]"),
     "/lines/0/rows/0: a row has a level or a version, not both: \"KB1\""},
    {"rows out of order",
     FILE_WITH("", COLUMNS, "[2, \"KB2\", null, \"B\"], [1, \"KB1\", null, \"B\"]"),
     "/lines/0/rows/1: rows stand by level, the lowest first: \"KB1\""},
    {"levels that do not begin with the level",
     FILE_WITH("", COLUMNS, "[2, \"KB2\", null, \"B\", null, null, [3, 4]]"),
     "/lines/0/rows/0: level is the first of its levels: \"KB2\""},
    {"levels that fall", FILE_WITH("", COLUMNS, "[2, \"KB2\", null, \"B\", null, null, [2, 2]]"),
     "/lines/0/rows/0: levels rise, and level is the lowest of them: \"KB2\""},
    {"a CVE that is not there", FILE_WITH(CVES, COLUMNS, "[2, \"KB2\", null, \"B\", null, [2]]"),
     "/lines/0/rows/0: a CVE's position is beyond the file's list: \"KB2\""},
    {"CVEs out of order",
     FILE_WITH("\"cves\": [\"CVE-2024-10000\", \"CVE-2024-9999\"], ", COLUMNS, ""),
     "/cves/1: \"CVE-2024-9999\" does not come after \"CVE-2024-10000\""},
    {"what is no CVE", FILE_WITH("\"cves\": [\"ADV200001\"], ", COLUMNS, ""),
     "/cves/0: no CVE: \"ADV200001\""},
    {"a cadence that is none", FILE_WITH("", COLUMNS, "[1, \"KB1\", null, \"weekly\"]"),
     "/lines/0/rows/0/3: not one of: B, preview, out-of-band, hotpatch, level, other: \"weekly\""},
};

static void check_bad(void **state)
{
    const struct bad *row = *state;

    must_refuse(read_releases, row->text, strlen(row->text), row->message);
}

static struct shipped {
    const char *name;
    const char *path;
} shipped[] = {
    {"Windows 10", TEST_CATALOG "/windows-releases/windows-10.json"},
    {"Windows 11", TEST_CATALOG "/windows-releases/windows-11.json"},
    {"Windows Server", TEST_CATALOG "/windows-releases/windows-server.json"},
};

/* What ships is read, and written and read again it is the same. */
static void check_shipped(void **state)
{
    const struct shipped *row = *state;
    struct prereq_arena *arena = new_arena();
    const struct prereq_releases_file *file = NULL, *again = NULL;
    struct prereq_buffer first = {0}, second = {0};
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len = 0;

    assert_int_equal(prereq_file_read(row->path, PREREQ_MAX_CATALOG_BYTES, &bytes, &len, &err),
                     PREREQ_OK);
    if (prereq_releases_read(arena, bytes, len, &file, &err) != PREREQ_OK)
        fail_msg("%s", err.text);
    prereq_shape_write(prereq_releases_document.shape, file, PREREQ_JSON_READABLE, &first);
    assert_int_equal(prereq_releases_read(arena, first.text, first.len, &again, &err), PREREQ_OK);
    prereq_shape_write(prereq_releases_document.shape, again, PREREQ_JSON_READABLE, &second);
    assert_string_equal(first.text, second.text);
    for (size_t i = 0; i < file->line_count; i++) {
        assert_true(file->lines[i].row_count > 0);
        assert_true(file->lines[i].end_count > 0);
        assert_true(file->lines[i].data_through.known);
    }
    free(bytes);
    prereq_buffer_free(&first);
    prereq_buffer_free(&second);
    prereq_arena_free(arena);
}

static void survives_any_memory_limit(void **state)
{
    (void)state;
    must_survive_limits(read_releases,
                        FILE_WITH(CVES, COLUMNS, "[1, \"KB1\", null, \"B\", true, [0], [1, 2]]"));
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_in_the_order_of_the_columns),
        cmocka_unit_test(survives_any_memory_limit),
    };

    return RUN_TABLE(bads, check_bad) | RUN_TABLE(shipped, check_shipped) | RUN_TESTS(tests);
}
