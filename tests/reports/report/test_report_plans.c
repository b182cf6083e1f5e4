/* SPDX-License-Identifier: MIT */
/* test_report_plans.c - the names of hand-outs: safe on every system, one per host. */
#include "files.h"
#include "report/report.h"
#include "report/report_plans.h"
#include "sample_fleet.h"

static struct plan_name {
    const char *name, *host, *file;
    bool reserved;
} plan_names[] = {
    {"a plain name", "WEB01", "WEB01", false},
    {"a path becomes a name", "..\\..\\boot.ini", ".._.._boot.ini", true},
    {"a Unix path", "/etc/passwd", "_etc_passwd", false},
    {"blanks and quotes", "a \"b\" 'c'", "a__b___c_", false},
    {"Cyrillic", "\xd0\x9f\xd0\x9a", "____", false},
    {"control characters", "a\nb\x1b", "a_b_", false},
    {"a device", "CON", "CON", true},
    {"in lower case", "nul", "nul", true},
    {"with an ending", "aux.txt", "aux.txt", true},
    {"a port", "COM1", "COM1", true},
    {"another", "lpt9", "lpt9", true},
    {"no port", "COM0", "COM0", false},
    {"only begins like one", "CONTOSO", "CONTOSO", false},
    {"longer than one", "COM10", "COM10", false},
    {"empty", "", "", true},
    {"hidden", ".profile", ".profile", true},
    {"a dot at the end", "srv.", "srv.", true},
};

static void check_name(void **state)
{
    const struct plan_name *row = *state;
    struct prereq_buffer name = {0};

    prereq_buffer_add(&name, "");
    report_plan_name(row->host, "id", false, &name);
    assert_string_equal(name.text, row->file);
    assert_int_equal(report_plan_name_reserved(name.text), row->reserved);
    report_plan_name("", "id", true, &name);
    /* the SHA-256 of "id" begins so */
    assert_string_equal(name.text + strlen(row->file), "~a5614527");
    prereq_buffer_free(&name);
}

static void must(enum prereq_status status, const struct prereq_error *err)
{
    if (status != PREREQ_OK)
        fail_msg("%s", err->text);
}

static void add_named(struct report *report, const char *host_name, const char *host_id)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_assessment *assessment = sample_assessment(arena, 1);
    struct prereq_host_row host = *assessment->host;
    struct prereq_error err = {0};

    host.host_name = host_name;
    host.host_id = host_id;
    assessment->host = &host;
    must(report_add(report, assessment, &err), &err);
    prereq_arena_free(arena);
}

static char *read_all(const char *path)
{
    struct prereq_error err = {0};
    char *bytes = NULL;
    size_t len;

    must(prereq_file_read(path, (size_t)1 << 20, &bytes, &len, &err), &err);
    return bytes;
}

/* By its exact name, also where names are looked up whatever their case. */
static bool is_listed(const char *folder, const char *name)
{
    struct prereq_arena *arena = prereq_arena_new(1 << 16);
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;
    bool found = false;

    must(prereq_folder_list(arena, folder, &names, &count, &err), &err);
    for (size_t i = 0; i < count && !found; i++)
        found = strcmp(names[i], name) == 0;
    prereq_arena_free(arena);
    return found;
}

static void names_that_fall_together(void **state)
{
    const struct report_options options = {.plans_dir = "together",
                                           .now = prereq_time_from_seconds(SAMPLE_NOW)};
    struct prereq_error err = {0};
    struct report *report;
    char *index, *markdown;

    (void)state;
    must(report_open(&options, &report, &err), &err);
    add_named(report, "WEB01", "first");
    add_named(report, "web01", "second"); /* one file on Windows */
    add_named(report, "NUL", "third");
    add_named(report, "=cmd", "fourth");
    must(report_close(report, &err), &err);
    assert_true(is_listed("together", "WEB01.xlsx"));
    assert_true(is_listed("together", "WEB01.md"));
    assert_true(is_listed("together", "web01~16367aac.xlsx"));
    assert_true(is_listed("together", "web01~16367aac.md"));
    assert_false(is_listed("together", "web01.md"));
    assert_true(is_listed("together", "WEB01.cmd"));
    assert_false(is_listed("together", "WEB01.ps1")); /* Windows NT 4.0 never had PowerShell */
    assert_true(is_listed("together", "NUL~b1e99324.xlsx"));
    assert_false(is_listed("together", "NUL.xlsx"));
    assert_true(is_listed("together", "_cmd.xlsx"));
    index = read_all("together/index.csv");
    assert_non_null(strstr(index, "\r\nWEB01,first,WEB01.xlsx,WEB01.md,,WEB01.cmd,planned,7,2,"));
    assert_non_null(strstr(index, "\r\nweb01,second,web01~16367aac.xlsx,"));
    assert_non_null(strstr(index, "\r\n\"'=cmd\",fourth,_cmd.xlsx,"));
    markdown = read_all("together/WEB01.md");
    assert_non_null(strstr(markdown, "Q269862"));
    free(index);
    free(markdown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_fall_together),
    };
    int failed = RUN_TABLE(plan_names, check_name);

    return RUN_TESTS(tests) || failed;
}
