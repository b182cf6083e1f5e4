/* SPDX-License-Identifier: MIT */
/* test_report.c - a fleet becomes a workbook, CSV files and hand-outs; failures leave old files
 * whole.
 *
 * Workbooks written here are read again by check_workbook.py, which runs after this test. */
#if defined(__linux__)
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#endif

#include "files.h"
#include "report/report.h"
#include "sample_fleet.h"

#define HOSTS 26

static void must(enum prereq_status status, const struct prereq_error *err)
{
    if (status != PREREQ_OK)
        fail_msg("%s", err->text);
}

static struct report_options outputs(const char *xlsx, const char *csv, const char *plans)
{
    return (struct report_options){
        .xlsx = xlsx,
        .csv_dir = csv,
        .plans_dir = plans,
        .now = prereq_time_from_seconds(SAMPLE_NOW),
    };
}

static struct report *must_open(const struct report_options *options)
{
    struct prereq_error err = {0};
    struct report *report = NULL;

    must(report_open(options, &report, &err), &err);
    return report;
}

static void add_fleet(struct report *report, size_t hosts)
{
    struct prereq_error err = {0};

    for (size_t host = 0; host < hosts; host++) {
        struct prereq_arena *arena = new_arena();

        must(report_add(report, sample_assessment(arena, host), &err), &err);
        prereq_arena_free(arena);
    }
}

static void must_close(struct report *report)
{
    struct prereq_error err = {0};

    must(report_close(report, &err), &err);
}

static char *read_all(const char *path, size_t *len)
{
    struct prereq_error err = {0};
    char *bytes = NULL;

    must(prereq_file_read(path, (size_t)64 << 20, &bytes, len, &err), &err);
    return bytes;
}

static size_t count_of(const char *text, const char *part)
{
    size_t count = 0;

    for (text = strstr(text, part); text; text = strstr(text + 1, part))
        count++;
    return count;
}

/* ---- what comes out ---- */

static void writes_everything(void **state)
{
    struct report_options options = outputs("report.xlsx", "csv", "plans");
    struct prereq_error err = {0};
    struct report *report = must_open(&options);
    char *csv;
    size_t len;

    (void)state;
    add_fleet(report, HOSTS);
    must(report_left_out(report, "broken.json", "line 3: text follows the document", &err), &err);
    must_close(report);
    assert_true(prereq_is_file("report.xlsx"));
    assert_true(prereq_is_file("plans/SRV01.xlsx"));
    assert_true(prereq_is_file("plans/SRV01.md"));
    assert_true(prereq_is_file("plans/SRV00.xlsx")); /* nothing to do: an old plan must not stay */
    csv = read_all("csv/hosts.csv", &len);
    assert_int_equal(count_of(csv, "\r\n"), HOSTS + 1);
    free(csv);
    csv = read_all("csv/collector-errors.csv", &len);
    assert_non_null(strstr(csv, "\r\nbroken.json,,,document,left out,,,line 3: text follows"));
    free(csv);
    csv = read_all("csv/summary.csv", &len);
    assert_non_null(strstr(csv, "\r\nHostsInScope,Hosts in scope,,27,,hosts,,,"));
    assert_non_null(strstr(csv, "\r\nCoverage,Coverage,81.5,,,hosts,22,27,"));
    free(csv);
}

static void same_input_same_bytes(void **state)
{
    static const char *const names[] = {"same1.xlsx", "same2.xlsx"};
    char *bytes[2];
    size_t len[2];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct report_options options = outputs(names[i], NULL, NULL);
        struct report *report = must_open(&options);

        add_fleet(report, HOSTS);
        must_close(report);
        bytes[i] = read_all(names[i], &len[i]);
    }
    assert_int_equal(len[0], len[1]);
    /* A ZIP archive holds the time of writing; libxlsxwriter sets it to 1980-01-01. */
    assert_memory_equal(bytes[0], bytes[1], len[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void no_host_at_all(void **state)
{
    struct report_options options = outputs("empty.xlsx", "csv-empty", "plans-empty");

    (void)state;
    must_close(must_open(&options));
    assert_true(prereq_is_file("empty.xlsx"));
    assert_true(prereq_is_file("plans-empty/index.csv"));
}

static void long_tables_go_on_in_another_sheet(void **state)
{
    struct report_options options = outputs("split.xlsx", NULL, NULL);
    struct report *report;

    (void)state;
    options.max_rows = 10;
    report = must_open(&options);
    add_fleet(report, HOSTS);
    must_close(report);
    assert_true(prereq_is_file("split.xlsx")); /* check_workbook.py looks inside */
}

/* ---- hostile and unusual hosts ---- */

static void hostile_texts(void **state)
{
    static const char *const evil[] = {
        "=HYPERLINK(\"http://example.org\",\"x\")",
        "+1",
        "-1",
        "@x",
        "\t=1",
        "\r=1",
        "_x0041_",
        ("a\x01"
         "b"),
        "\xef\xbf\xbf",
        "<b>&amp;\"'",
        "http://example.org/",
        "{=1+1}",
        "&L&P",
        "internal:Summary!A1",
    };
    struct report_options options = outputs("hostile.xlsx", "csv-hostile", "plans-hostile");
    struct report *report = must_open(&options);
    struct prereq_error err = {0};
    char *csv;
    size_t len;

    (void)state;
    for (size_t i = 0; i < PREREQ_COUNT(evil); i++) {
        struct prereq_arena *arena = new_arena();
        struct prereq_assessment *assessment = sample_assessment(arena, 1);
        struct prereq_host_row host = *assessment->host;

        host.host_name = host.host_id = host.group = host.os = host.domain = evil[i];
        assessment->host = &host;
        must(report_add(report, assessment, &err), &err);
        prereq_arena_free(arena);
    }
    must(report_left_out(report, "=bad\xff.json", "=1", &err), &err);
    must_close(report);
    csv = read_all("csv-hostile/hosts.csv", &len);
    assert_non_null(strstr(csv, "\r\n\"'+1\",\"'+1\","));
    assert_null(strstr(csv, "\r\n="));
    assert_null(strstr(csv, ",="));
    free(csv);
}

static void long_text_is_cut(void **state)
{
    struct report_options options = outputs("long.xlsx", NULL, NULL);
    struct report *report = must_open(&options);
    struct prereq_arena *arena = new_arena();
    struct prereq_assessment *assessment = sample_assessment(arena, 1);
    struct prereq_host_row host = *assessment->host;
    struct prereq_error err = {0};
    char *text = prereq_alloc(arena, 1, 60001);

    (void)state;
    memset(text, 'x', 60000);
    host.os = text;
    assessment->host = &host;
    must(report_add(report, assessment, &err), &err);
    must_close(report);
    prereq_arena_free(arena);
}

static void second_document_of_a_host(void **state)
{
    struct report_options options = outputs(NULL, "csv-twice", NULL);
    struct report *report = must_open(&options);
    struct prereq_arena *arena = new_arena();
    struct prereq_error err = {0};
    char *csv;
    size_t len;

    (void)state;
    must(report_add(report, sample_assessment(arena, 3), &err), &err);
    assert_int_equal(report_add(report, sample_assessment(arena, 3), &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text,
                        "a second document of the host SRV03: the first one given is reported");
    must(report_left_out(report, "again.json", err.text, &err), &err);
    must(report_add(report, sample_assessment(arena, 4), &err), &err);
    must_close(report);
    csv = read_all("csv-twice/hosts.csv", &len);
    assert_int_equal(count_of(csv, "\r\n"), 3);
    free(csv);
    csv = read_all("csv-twice/summary.csv", &len);
    assert_non_null(strstr(csv, "\r\nHostsInScope,Hosts in scope,,2,")); /* not a third host */
    free(csv);
    prereq_arena_free(arena);
}

static void host_out_of_scope(void **state)
{
    struct report_options options = outputs(NULL, "csv-scope", NULL);
    struct report *report = must_open(&options);
    struct prereq_arena *arena = new_arena();
    struct prereq_assessment *assessment = sample_assessment(arena, 1);
    struct prereq_host_row host = *assessment->host;
    struct prereq_error err = {0};
    char *csv;
    size_t len;

    (void)state;
    host.in_scope = PREREQ_FLAG_FALSE;
    assessment->host = &host;
    must(report_add(report, assessment, &err), &err);
    must_close(report);
    csv = read_all("csv-scope/hosts.csv", &len);
    assert_int_equal(count_of(csv, "\r\n"), 2);
    free(csv);
    csv = read_all("csv-scope/findings.csv", &len);
    assert_int_equal(count_of(csv, "\r\n"), 1);
    free(csv);
    csv = read_all("csv-scope/summary.csv", &len);
    assert_non_null(strstr(csv, "\r\nHostsOutOfScope,Hosts out of scope,,1,"));
    assert_non_null(strstr(csv, "\r\nPatchCompliance,Patch compliance,,,,patches,0,0,"));
    free(csv);
    prereq_arena_free(arena);
}

/* ---- waivers ---- */

static void exceptions(void **state)
{
    static const char *const patches[] = {"Q269862"}, *const others[] = {"KB*"};
    struct prereq_waiver waivers[] = {
        {.id = "W-ACTIVE",
         .patches = patches,
         .patch_count = 1,
         .reason = "=because",
         .approver = "CISO",
         .approved_on = sample_days_ago(10),
         .expires = sample_days_ago(-90)},
        {.id = "W-OLD", .reason = "over", .approver = "CISO", .expires = sample_days_ago(5)},
        {.id = "W-IDLE",
         .patches = others,
         .patch_count = 1,
         .reason = "for others",
         .approver = "CISO",
         .expires = sample_days_ago(-10)},
    };
    struct report_options options = outputs("exceptions.xlsx", "csv-waived", NULL);
    struct report *report = must_open(&options);
    struct prereq_arena *arena = new_arena();
    struct prereq_assessment *assessment = sample_assessment(arena, 2);
    struct prereq_status_row *rows =
        PREREQ_NEW_ARRAY(arena, assessment->status_count, struct prereq_status_row);
    struct prereq_error err = {0};
    char *csv;
    size_t len;

    (void)state;
    memcpy(rows, assessment->statuses, assessment->status_count * sizeof(*rows));
    for (size_t i = 0; i < assessment->status_count; i++) {
        if (strcmp(rows[i].patch_id, "Q269862") == 0) {
            rows[i].waived = PREREQ_FLAG_TRUE;
            rows[i].waiver_id = "W-ACTIVE";
        }
    }
    assessment->statuses = rows;
    assessment->waivers = waivers;
    assessment->waiver_count = PREREQ_COUNT(waivers);
    must(report_add(report, assessment, &err), &err);
    must_close(report);
    csv = read_all("csv-waived/exceptions.csv", &len);
    assert_non_null(strstr(csv, ",W-ACTIVE,Q269862,host,Ready,active,2027-02-20"));
    assert_non_null(strstr(csv, ",\"'=because\","));
    assert_non_null(strstr(csv, ",W-OLD,Q295534,host,OutOfOrder,expired,2026-11-17"));
    assert_non_null(strstr(csv, "\r\n,,,W-IDLE,,,,not needed,2026-12-02"));
    free(csv);
    prereq_arena_free(arena);
}

/* ---- failures ---- */

static void standard_output_is_refused(void **state)
{
    struct report_options options = outputs("-", NULL, NULL);
    struct prereq_error err = {0};
    struct report *report = NULL;

    (void)state;
    assert_int_equal(report_open(&options, &report, &err), PREREQ_BAD_INPUT);
    assert_string_equal(err.text, "a workbook needs a file name: it cannot go to standard output");
    assert_null(report);
}

static void folder_that_is_a_file(void **state)
{
    struct report_options options = outputs("kept.xlsx", "occupied", NULL);
    struct prereq_error err = {0};
    struct report *report = NULL;

    (void)state;
    put_text("kept.xlsx", "old");
    put_text("occupied", "a file");
    assert_int_equal(report_open(&options, &report, &err), PREREQ_IO);
    assert_true(*err.text);
    assert_file("kept.xlsx", "old");
    assert_file("occupied", "a file");
}

static void discard_leaves_old_files(void **state)
{
    struct report_options options = outputs("kept.xlsx", "csv-kept", NULL);
    struct prereq_error err = {0};
    struct report *report;

    (void)state;
    must(prereq_folder_make("csv-kept", &err), &err);
    put_text("kept.xlsx", "old");
    put_text("csv-kept/hosts.csv", "old");
    report = must_open(&options);
    add_fleet(report, 3);
    report_discard(report);
    report_discard(NULL);
    assert_file("kept.xlsx", "old");
    assert_file("csv-kept/hosts.csv", "old");
}

#if defined(__linux__)
static size_t files_in(const char *folder)
{
    struct prereq_arena *arena = new_arena();
    struct prereq_error err = {0};
    const char **names = NULL;
    size_t count = 0;

    must(prereq_folder_list(arena, folder, &names, &count, &err), &err);
    prereq_arena_free(arena);
    return count;
}

/* A disk of 256 KiB at `folder`, in a name space of our own so that it goes with us. */
static void mount_small(const char *folder)
{
    struct prereq_error err = {0};

    must(prereq_folder_make(folder, &err), &err);
    if (unshare(CLONE_NEWNS) != 0 || mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", folder, "tmpfs", 0, "size=256k") != 0) {
        print_message("skipped: only root may mount a small disk\n");
        skip();
    }
}

static enum prereq_status run_until_failure(const struct report_options *options, size_t hosts,
                                            struct prereq_error *err)
{
    struct report *report = NULL;
    enum prereq_status status = report_open(options, &report, err);

    for (size_t host = 0; status == PREREQ_OK && host < hosts; host++) {
        struct prereq_arena *arena = new_arena();

        status = report_add(report, sample_assessment(arena, host), err);
        prereq_arena_free(arena);
    }
    if (status == PREREQ_OK)
        return report_close(report, err);
    report_discard(report);
    return status;
}

#define TOO_MANY 2500 /* hosts for 256 KiB */

static void output_disk_is_full(void **state)
{
    struct report_options options = outputs("small/report.xlsx", NULL, NULL);
    struct prereq_error err = {0};

    (void)state;
    mount_small("small");
    put_text("small/report.xlsx", "old");
    assert_int_equal(run_until_failure(&options, TOO_MANY, &err), PREREQ_IO);
    assert_non_null(strstr(err.text, "small/report.xlsx: the workbook could not be written"));
    assert_file("small/report.xlsx", "old");
    assert_int_equal(files_in("small"), 1);
    (void)umount("small");
}

static void temporary_disk_is_full(void **state)
{
    struct report_options options = outputs("temp-full.xlsx", NULL, NULL);
    struct prereq_error err = {0};
    const char *before = getenv("TMPDIR");

    (void)state;
    mount_small("small-temp");
    put_text("temp-full.xlsx", "old");
    assert_int_equal(setenv("TMPDIR", "small-temp", 1), 0);
    assert_int_equal(run_until_failure(&options, TOO_MANY, &err), PREREQ_IO);
    assert_non_null(strstr(err.text, "temp-full.xlsx: the workbook could not be written"));
    assert_non_null(strstr(err.text, "temporary"));
    assert_file("temp-full.xlsx", "old");
    assert_int_equal(files_in("small-temp"), 0);
    if (before)
        (void)setenv("TMPDIR", before, 1);
    else
        (void)unsetenv("TMPDIR");
    /* The failure is forgotten with the report. */
    must(run_until_failure(&options, 2, &err), &err);
    (void)umount("small-temp");
}

static void csv_disk_is_full(void **state)
{
    struct report_options options = outputs(NULL, "small-csv/csv", NULL);
    struct prereq_error err = {0};

    (void)state;
    mount_small("small-csv");
    must(prereq_folder_make("small-csv/csv", &err), &err);
    put_text("small-csv/csv/hosts.csv", "old");
    assert_int_equal(run_until_failure(&options, TOO_MANY, &err), PREREQ_IO);
    assert_file("small-csv/csv/hosts.csv", "old");
    assert_int_equal(files_in("small-csv/csv"), 1);
    (void)umount("small-csv");
}

static void plans_disk_is_full(void **state)
{
    struct report_options options = outputs(NULL, NULL, "small-plans/plans");
    struct prereq_error err = {0};
    char *bytes;
    size_t len;

    (void)state;
    mount_small("small-plans");
    assert_int_equal(run_until_failure(&options, 100, &err), PREREQ_IO);
    /* Those that were written are whole; the index names none, since it may miss some. */
    bytes = read_all("small-plans/plans/SRV01.xlsx", &len);
    assert_true(len > 4000 && memcmp(bytes, "PK", 2) == 0);
    free(bytes);
    bytes = read_all("small-plans/plans/index.csv", &len);
    assert_true(len > 2 && memchr(bytes, '\n', len) == bytes + len - 1); /* its header */
    free(bytes);
    (void)umount("small-plans");
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_everything),
        cmocka_unit_test(same_input_same_bytes),
        cmocka_unit_test(no_host_at_all),
        cmocka_unit_test(long_tables_go_on_in_another_sheet),
        cmocka_unit_test(hostile_texts),
        cmocka_unit_test(long_text_is_cut),
        cmocka_unit_test(second_document_of_a_host),
        cmocka_unit_test(host_out_of_scope),
        cmocka_unit_test(exceptions),
        cmocka_unit_test(standard_output_is_refused),
        cmocka_unit_test(folder_that_is_a_file),
        cmocka_unit_test(discard_leaves_old_files),
#if defined(__linux__)
        cmocka_unit_test(output_disk_is_full),
        cmocka_unit_test(temporary_disk_is_full),
        cmocka_unit_test(csv_disk_is_full),
        cmocka_unit_test(plans_disk_is_full),
#endif
    };

    return RUN_TESTS(tests);
}
