/* SPDX-License-Identifier: MIT */
/* test_plan_output.c - plans for people: all of a step is there, and no data becomes markup. */
#include <string.h>

#include "plans/plan_output.h"
#include "plans/plan_script.h"
#include "table.h"

struct row {
    const char *name;
    const char *text, *markdown;
};

/* Direction marks are what is tested.  NOLINTBEGIN(misc-misleading-bidirectional) */
static struct row rows[] = {
    {"plain text", "Q269862 on web01", "Q269862 on web01"},
    {"HTML", "<b onclick=x>", "\\<b onclick=x\\>"},
    {"entity", "&lt;", "\\&lt;"},
    {"emphasis", "*a* _b_ ~~c~~", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~"},
    {"code", "`a`", "\\`a\\`"},
    {"link", "[a](b)", "\\[a\\](b)"},
    {"address that becomes a link by itself", "http://x.example", "http\\://x.example"},
    {"address without scheme", "www.x.example", "www\\.x.example"},
    {"address without scheme, other case", "WWW.x.example", "WWW\\.x.example"},
    {"mail address, mention", "a@b.example", "a\\@b.example"},
    {"table", "a|b", "a\\|b"},
    {"formula", "$x$", "\\$x\\$"},
    {"heading at the beginning", "# a", "\\# a"},
    {"list at the beginning", "- a - b", "\\- a - b"},
    {"another list at the beginning", "+ a", "\\+ a"},
    {"numbered list at the beginning", "12. a", "12\\. a"},
    {"numbered list with a bracket", "1) a", "1\\) a"},
    {"version at the beginning", "10.0.17763", "10\\.0.17763"},
    {"heading made by an underline", "=====", "\\====="},
    {"backslash", "C:\\x", "C:\\\\x"},
    {"new line", "a\n# b", "a\\\\n\\# b"},
    {"escape character", "\x1b[2J", "\\\\x1b\\[2J"},
    {"direction override",
     "a\xe2\x80\xae"
     "b",
     "a\\\\xe2\\\\x80\\\\xaeb"},
    {"bytes that are not UTF-8", "a\xff", "a\\\\xff"},
    {"other scripts stay", "\xd0\x96\xe6\xbc\xa2", "\xd0\x96\xe6\xbc\xa2"},
    {"nothing", "", NULL},
};
/* NOLINTEND(misc-misleading-bidirectional) */

static void check_row(void **state)
{
    const struct row *row = *state;
    struct prereq_buffer out = {0};

    markdown_add(&out, row->text);
    if (row->markdown)
        assert_string_equal(out.text, row->markdown);
    else
        assert_int_equal(out.len, 0);
    prereq_buffer_free(&out);
}

/* ---- whole plans ---- */

static const uint64_t done[] = {0}, done_restart[] = {3010, 1641}, nothing[] = {2359302};
static const char *const facts_needed[] = {"file part.dll"};
static const char *const warnings[] = {"<stop> the service first"};

static const struct prereq_step_row steps[] = {
    {.id = "host/01",
     .goal = "host",
     .step_no = {1, true},
     .action = PREREQ_STEP_APPLY_BASELINE,
     .patch_id = "NT4-SP6a",
     .target = "host",
     .reason = "A file is older.",
     .command = "update.exe -u ```",
     .working_directory = "C:\\packages",
     .package = "sp6a.exe",
     .needs = "2 hours",
     .reversible = PREREQ_FLAG_FALSE,
     .verify = "Look.",
     .done = done,
     .done_count = 1,
     .done_restart = done_restart,
     .done_restart_count = 2,
     .nothing_to_do = nothing,
     .nothing_to_do_count = 1},
    {.id = "host/02",
     .goal = "host",
     .step_no = {2, true},
     .action = PREREQ_STEP_RESTART,
     .target = "host",
     .reason = "It is due."},
    {.id = "host/03",
     .goal = "host",
     .step_no = {3, true},
     .action = PREREQ_STEP_INSTALL,
     .patch_id = "KB1",
     .target = "MSSQL/PROD1",
     .reason = "It is missing."},
};
static const struct prereq_plan planned = {.goal = "host",
                                           .result = PREREQ_PLAN_PLANNED,
                                           .steps = steps,
                                           .step_count = 3,
                                           .restarts = {1, true},
                                           .hash = "abc",
                                           .warnings = warnings,
                                           .warning_count = 1};
static const struct prereq_plan refused = {.goal = "Q1",
                                           .result = PREREQ_PLAN_REFUSED,
                                           .reason = "Facts are missing.",
                                           .facts_needed = facts_needed,
                                           .facts_needed_count = 1};

static const struct prereq_host_row host = {
    .host_id = "web01.example.org", .host_name = "WEB01", .domain = "example.org"};

static void check_words(void (*write)(const struct prereq_assessment *, const struct prereq_plan *,
                                      struct prereq_buffer *),
                        const struct prereq_plan *plan, const char *const *words)
{
    const struct prereq_assessment assessment = {.host = &host};
    struct prereq_buffer out = {0};
    const char *at;

    write(&assessment, plan, &out);
    assert_false(out.failed);
    assert_non_null(out.text);
    at = out.text ? out.text : "";
    for (size_t i = 0; words[i]; i++) {
        const char *found = strstr(at, words[i]);

        if (!found)
            fail_msg("\"%s\" is not in, or not in its place:\n%s", words[i], out.text);
        at = found ? found + strlen(words[i]) : "";
    }
    prereq_buffer_free(&out);
}

static void text_shows_all_of_a_plan(void **state)
{
    static const char *const words[] = {"Plan for WEB01.example.org, goal host: 3 steps, 1 restart",
                                        "hash abc",
                                        "<stop> the service first",
                                        " 1. apply-baseline NT4-SP6a\n",
                                        "A file is older.",
                                        "2 hours",
                                        "sp6a.exe",
                                        "C:\\packages",
                                        "update.exe -u",
                                        "0 done; 3010, 1641 done, a restart is due; 2359302 "
                                        "nothing to do",
                                        "Look.",
                                        "cannot be undone",
                                        " 2. ==== restart ====",
                                        " 3. install KB1 on MSSQL/PROD1\n",
                                        "It is missing.",
                                        NULL};

    (void)state;
    check_words(prereq_plan_text, &planned, words);
}

static void markdown_shows_all_of_a_plan(void **state)
{
    static const char *const words[] = {"# Plan for WEB01.example.org\n",
                                        "- Goal: host\n",
                                        "- Result: 3 steps, 1 restart\n",
                                        "- Hash: `abc`\n",
                                        "## Warnings\n\n- \\<stop\\> the service first\n",
                                        "1. **apply-baseline NT4-SP6a**\n",
                                        "\n    ````text\n    update.exe -u ```\n    ````\n",
                                        "    - Why: A file is older.\n",
                                        "    - Needs: 2 hours\n",
                                        "    - Package: sp6a.exe\n",
                                        "    - Folder: C:\\\\packages\n",
                                        "    - Exit codes: 0 done; 3010, 1641 done",
                                        "    - Check: Look.\n",
                                        "2. **restart** (nothing after this before",
                                        "\n---\n",
                                        "3. **install KB1 on MSSQL/PROD1**\n",
                                        NULL};

    (void)state;
    check_words(plan_markdown_write, &planned, words);
}

static void refused_plans_name_the_facts(void **state)
{
    static const char *const in_text[] = {"goal Q1: no plan can be given", "Facts are missing.",
                                          "Facts to collect first:\n    - file part.dll\n", NULL};
    static const char *const in_markdown[] = {
        "- Result: no plan can be given\n", "- Reason: Facts are missing.",
        "## Facts to collect first\n\n- file part.dll\n", NULL};

    (void)state;
    check_words(prereq_plan_text, &refused, in_text);
    check_words(plan_markdown_write, &refused, in_markdown);
}

/* ---- scripts ---- */

static struct guard {
    const char *name;
    const char *host_name;
    const char *in_cmd, *not_in_cmd; /* of the batch file; NULL: not asked */
    const char *in_powershell;
} guards[] = {
    {"a plain name", "WEB01",
     "if /i \"%COMPUTERNAME%\"==\"WEB01\" goto dispatch\r\ngoto wrong_host\r\n", NULL,
     "$HostName = 'WEB01'"},
    {"a name with dots: its first label", "web01.example.org",
     "\"%COMPUTERNAME%\"==\"web01\" goto dispatch\r\ngoto wrong_host\r\n", NULL,
     "$HostName = 'web01'"},
    {"as much of it as Windows keeps", "A2345678901234567",
     "\"%COMPUTERNAME%\"==\"A23456789012345\" goto dispatch", NULL,
     "$HostName = 'A23456789012345'"},
    {"a blank", "WEB 01", "\"%COMPUTERNAME%\"==\"WEB 01\" goto dispatch\r\ngoto wrong_host\r\n",
     NULL, "$HostName = 'WEB 01'"},
    {"dollar and percent", "W$%1",
     "\"%COMPUTERNAME%\"==\"W$%%1\" goto dispatch\r\ngoto wrong_host\r\n", NULL,
     "$HostName = 'W$%1'"},
    {"what no batch file can compare", "B\xc3\x9cRO-PC", "goto dispatch\r\ngoto wrong_host\r\n",
     "COMPUTERNAME", "$HostName = 'B\xc3\x9cRO-PC'"},
    {"a quote", "A\"B", "goto dispatch\r\ngoto wrong_host\r\n", "COMPUTERNAME",
     "$HostName = 'A\"B'"},
    {"no name at all", NULL, "goto dispatch\r\ngoto wrong_host\r\n", "COMPUTERNAME",
     "$HostName = ''"},
};

/* A script never loses its guard: whatever the name, another computer is refused. */
static void check_guard(void **state)
{
    const struct guard *guard = *state;
    const struct prereq_host_row named = {
        .host_id = "id-1", .host_name = guard->host_name, .os_version = "10.0.20348"};
    const struct prereq_assessment assessment = {.host = &named};
    struct prereq_buffer batch = {0}, powershell = {0};

    assert_int_equal(plan_cmd_write(&assessment, &planned, &batch, NULL), PREREQ_OK);
    assert_non_null(strstr(batch.text, guard->in_cmd));
    assert_true(!guard->not_in_cmd || !strstr(batch.text, guard->not_in_cmd));
    assert_int_equal(plan_powershell_write(&assessment, &planned, &powershell, NULL), PREREQ_OK);
    assert_non_null(strstr(powershell.text, guard->in_powershell));
    assert_non_null(strstr(powershell.text, "if (-not $HostName -and"));
    prereq_buffer_free(&batch);
    prereq_buffer_free(&powershell);
}

/* Behind the last step there is nothing to go on with. */
static void scripts_end_with_the_last_step(void **state)
{
    static const struct prereq_step_row last[] = {
        {.id = "host/01",
         .goal = "host",
         .step_no = {1, true},
         .action = PREREQ_STEP_MANUAL,
         .target = "host",
         .reason = "Do it."},
        {.id = "host/02",
         .goal = "host",
         .step_no = {2, true},
         .action = PREREQ_STEP_RESTART,
         .target = "host",
         .reason = "It is due."},
    };
    static const struct prereq_plan plan = {
        .goal = "host", .result = PREREQ_PLAN_PLANNED, .steps = last, .step_count = 2};
    const struct prereq_assessment assessment = {.host = &host};
    struct prereq_buffer batch = {0};

    (void)state;
    assert_int_equal(plan_cmd_write(&assessment, &plan, &batch, NULL), PREREQ_OK);
    assert_non_null(strstr(batch.text, "A person does this step, then go on with:\r\necho   %0 2"));
    assert_non_null(strstr(batch.text, "Restart this computer now. This is the last step.\r\n"));
    assert_null(strstr(batch.text, "%0 3"));
    prereq_buffer_free(&batch);
}

/* What is at fault is told before the steps, in every form. */
static void repairs_come_first(void **state)
{
    static const struct prereq_status_row status = {.id = "NT4-SP6a",
                                                    .patch_id = "NT4-SP6a",
                                                    .target = "host",
                                                    .state = PREREQ_STATE_REGRESSED};
    static const struct prereq_host_row windows = {
        .host_id = "id-1", .host_name = "WEB01", .os_version = "10.0.20348"};
    const struct prereq_assessment assessment = {
        .host = &windows, .statuses = &status, .status_count = 1};
    struct prereq_buffer markdown = {0}, batch = {0}, powershell = {0}, text = {0};
    const char *const line = "Repair of NT4-SP6a (Regressed): steps 1, 2; package sp6a.exe";

    (void)state;
    plan_markdown_write(&assessment, &planned, &markdown);
    prereq_plan_text(&assessment, &planned, &text);
    assert_int_equal(plan_cmd_write(&assessment, &planned, &batch, NULL), PREREQ_OK);
    assert_int_equal(plan_powershell_write(&assessment, &planned, &powershell, NULL), PREREQ_OK);
    assert_non_null(
        strstr(markdown.text, "## What it repairs\n\n- Repair of NT4-SP6a (Regressed)"));
    assert_true(strstr(markdown.text, "## What it repairs") < strstr(markdown.text, "## Steps"));
    assert_non_null(strstr(text.text, line));
    assert_non_null(strstr(batch.text, "Repair of NT4-SP6a"));
    assert_non_null(strstr(powershell.text, line));
    prereq_buffer_free(&markdown);
    prereq_buffer_free(&batch);
    prereq_buffer_free(&powershell);
    prereq_buffer_free(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_shows_all_of_a_plan),
        cmocka_unit_test(markdown_shows_all_of_a_plan),
        cmocka_unit_test(refused_plans_name_the_facts),
        cmocka_unit_test(scripts_end_with_the_last_step),
        cmocka_unit_test(repairs_come_first),
    };

    return RUN_TABLE(rows, check_row) | RUN_TABLE(guards, check_guard) | RUN_TESTS(tests);
}
