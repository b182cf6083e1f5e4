/* SPDX-License-Identifier: MIT */
/* plan_cmd.c - a plan as a batch file.
 *
 * It keeps to what cmd.exe of Windows NT 4.0 understands: no "exit /b", no delayed expansion, no
 * blocks.  Quoting: outside of quotes a caret takes the meaning from a character, inside of them
 * only % has one, and %% is a percent sign in either place. */
#include <inttypes.h>
#include <string.h>

#include "plans/plan_output.h"
#include "plans/plan_script.h"
#include "program/messages.h"

#define NL "\r\n"

static bool is_special(char c)
{
    return strchr("^&|<>()\"!@", c) != NULL;
}

/* Text that cmd.exe shows as it is; what it could not show in every code page becomes "?". */
static void add_shown(struct prereq_buffer *out, const char *text)
{
    struct prereq_buffer plain = {0};

    printable_add(&plain, text);
    for (const char *at = plain.text ? plain.text : ""; *at; at++) {
        if ((unsigned char)*at >= 0x80) {
            prereq_buffer_add(out, ((unsigned char)*at & 0xC0) == 0x80 ? "" : "?");
            continue;
        }
        if (*at == '%' || is_special(*at))
            prereq_buffer_add(out, *at == '%' ? "%" : "^");
        prereq_buffer_add_bytes(out, at, 1);
    }
    out->failed = out->failed || plain.failed;
    prereq_buffer_free(&plain);
}

static void echo_line(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, *text ? "echo " : "echo.");
    add_shown(out, text);
    prereq_buffer_add(out, NL);
}

static void rem_line(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "rem ");
    add_shown(out, text);
    /* A caret at its end would join the next line. */
    prereq_buffer_add(out, *text && text[strlen(text) - 1] == '^' ? " ." NL : NL);
}

/* Bytes that a batch file keeps whatever the code page is. */
static bool can_be_said(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7E)
            return false;
    }
    return true;
}

/* A name that can stand in a comparison, whatever the code page. */
static bool can_be_compared(const struct prereq_buffer *name)
{
    return name->len && !name->failed && can_be_said(name->text) && !strchr(name->text, '"');
}

/* Inside of quotes. */
static void add_quoted(struct prereq_buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '%')
            prereq_buffer_add(out, "%");
        prereq_buffer_add_bytes(out, text, 1);
    }
}

/* An argument with a quote of its own would end cmd.exe's quoting: then every special character
 * gets a caret, the quotes too, and only the program sees quotes. */
static void add_argument(struct prereq_buffer *out, const char *text)
{
    struct prereq_buffer plain = {0};
    bool carets = strchr(text, '"') != NULL;

    prereq_command_quote(&plain, text);
    prereq_buffer_add(out, " ");
    if (!carets && plain.text && plain.text[0] != '"' && strpbrk(text, "^&|<>()!@,;=")) {
        prereq_buffer_add(out, "\"");
        add_quoted(out, plain.text);
        /* Backslashes before the closing quote would take its meaning away. */
        for (size_t at = strlen(text); at > 0 && text[at - 1] == '\\'; at--)
            prereq_buffer_add(out, "\\");
        prereq_buffer_add(out, "\"");
    } else if (plain.text && carets) {
        for (const char *at = plain.text; *at; at++) {
            prereq_buffer_add(out, *at == '%' ? "%" : (is_special(*at) ? "^" : ""));
            prereq_buffer_add_bytes(out, at, 1);
        }
    } else if (plain.text) {
        add_quoted(out, plain.text);
    }
    out->failed = out->failed || plain.failed;
    prereq_buffer_free(&plain);
}

static enum prereq_status check_step(const struct prereq_step_row *step, struct prereq_error *err)
{
    bool good = can_be_said(step->program) && !strchr(step->program, '"') &&
                (!step->package || (can_be_said(step->package) && !strchr(step->package, '"')));

    for (size_t i = 0; i < step->argument_count; i++)
        good = good && can_be_said(step->arguments[i]);
    if (good)
        return PREREQ_OK;
    return prereq_fail(err, PREREQ_BAD_INPUT,
                       "step %" PRIu64 " has characters in its command that a batch file cannot "
                       "hold; --format powershell can",
                       step->step_no.value);
}

static void add_missing_check(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    if (!step->package)
        return;
    prereq_buffer_add(out, "if not exist \"");
    add_quoted(out, step->package);
    prereq_buffer_add(out, "\" echo The package is missing: ");
    add_shown(out, step->package);
    prereq_buffer_add(out, NL "if not exist \"");
    add_quoted(out, step->package);
    prereq_buffer_add(out, "\" goto stopped" NL);
}

static void add_folder_of(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    prereq_buffer_add(out, "\"%PREREQ_WORK%\\");
    script_folder(step, out);
}

/* Where the package was, or will be, unpacked. */
static void add_unpacked(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    if (step->action == PREREQ_STEP_EXTRACT) {
        prereq_buffer_add(out, "if not exist ");
        add_folder_of(step, out);
        prereq_buffer_add(out, "\\.\" mkdir ");
        add_folder_of(step, out);
        prereq_buffer_add(out, "\"" NL "echo   folder: ");
        add_folder_of(step, out);
        prereq_buffer_add(out, "\"" NL);
    }
    if (step->unpacked != PREREQ_FLAG_TRUE)
        return;
    prereq_buffer_add(out, "if not exist ");
    add_folder_of(step, out);
    prereq_buffer_add(out, "\\.\" echo The package was not unpacked into ");
    add_folder_of(step, out);
    prereq_buffer_add(out, "\"" NL "if not exist ");
    add_folder_of(step, out);
    prereq_buffer_add(out, "\\.\" goto stopped" NL "pushd ");
    add_folder_of(step, out);
    prereq_buffer_add(out, "\"" NL);
}

static void add_program(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    size_t len = strlen(step->program);

    if (len > 4 && (prereq_equal_nocase(step->program + len - 4, ".cmd") ||
                    prereq_equal_nocase(step->program + len - 4, ".bat")))
        prereq_buffer_add(out, "call ");
    prereq_buffer_add(out, "\"");
    if (script_is_system(step))
        prereq_buffer_add(out, "%SystemRoot%\\System32\\");
    else if (step->unpacked == PREREQ_FLAG_TRUE)
        prereq_buffer_add(out, ".\\");
    add_quoted(out, step->program);
    prereq_buffer_add(out, "\"");
    for (size_t i = 0; i < step->argument_count; i++)
        add_argument(out, step->arguments[i]);
    prereq_buffer_add(out, NL);
}

static void add_codes(const uint64_t *codes, size_t count, uint64_t step, struct prereq_buffer *out)
{
    for (size_t i = 0; i < count; i++) {
        prereq_buffer_addf(out, "if \"%%PREREQ_RC%%\"==\"%" PRIu64 "\" goto ", codes[i]);
        if (codes[i] == SCRIPT_RESTARTING)
            prereq_buffer_add(out, "restarting" NL);
        else
            prereq_buffer_addf(out, "done%" PRIu64 NL, step);
    }
}

static void add_run(const struct prereq_plan *plan, const struct prereq_step_row *step,
                    struct prereq_buffer *out)
{
    uint64_t number = step->step_no.value;

    prereq_buffer_addf(out, "set PREREQ_STEP=%" PRIu64 NL "set PREREQ_NEXT=", number);
    if (number < plan->step_count)
        prereq_buffer_addf(out, "%" PRIu64, number + 1);
    prereq_buffer_add(out, NL);
    add_missing_check(step, out);
    add_unpacked(step, out);
    add_program(step, out);
    prereq_buffer_add(out, "set PREREQ_RC=%ERRORLEVEL%" NL);
    if (step->unpacked == PREREQ_FLAG_TRUE)
        prereq_buffer_add(out, "popd" NL);
    add_codes(step->done, step->done_count, number, out);
    add_codes(step->done_restart, step->done_restart_count, number, out);
    add_codes(step->nothing_to_do, step->nothing_to_do_count, number, out);
    prereq_buffer_addf(out, "goto failed" NL ":done%" PRIu64 NL, number);
}

/* The script ends here, and goes on behind the step if there is anything. */
static void add_barrier(const char *text, int code, const struct prereq_plan *plan, uint64_t number,
                        struct prereq_buffer *out)
{
    prereq_buffer_addf(out, "echo %s", text);
    if (number < plan->step_count)
        prereq_buffer_addf(out, ", then go on with:" NL "echo   %%0 %" PRIu64 NL, number + 1);
    else
        prereq_buffer_add(out, ". This is the last step." NL);
    prereq_buffer_addf(out, "set PREREQ_RC=%d" NL "goto end" NL, code);
}

static void add_step(const struct prereq_plan *plan, const struct prereq_step_row *step,
                     struct prereq_buffer *out)
{
    struct prereq_buffer title = {0};
    uint64_t number = step->step_no.value;

    prereq_plan_step_title(step, &title);
    prereq_buffer_addf(out,
                       NL ":step%" PRIu64 NL "echo." NL "echo Step %" PRIu64 " of %zu: ", number,
                       number, plan->step_count);
    add_shown(out, title.text ? title.text : "");
    prereq_buffer_add(out, NL);
    script_person(step, echo_line, out);
    if (step->action == PREREQ_STEP_RESTART)
        add_barrier("Restart this computer now", SCRIPT_RESTART, plan, number, out);
    else if (script_runs(step))
        add_run(plan, step, out);
    else if (step->action != PREREQ_STEP_VERIFY)
        add_barrier("A person does this step", SCRIPT_PERSON, plan, number, out);
    prereq_buffer_free(&title);
}

static void add_start(const struct prereq_assessment *assessment, const struct prereq_plan *plan,
                      struct prereq_buffer *out)
{
    struct prereq_buffer host = {0};

    script_host(assessment, &host);
    prereq_buffer_add(out, "@echo off" NL);
    script_head(assessment, plan, rem_line, out);
    rem_line(out, "Run it as an administrator, in the folder that holds the packages. It stops "
                  "where a restart is due or a person has to do something, and says how to go on");
    prereq_buffer_add(out, "setlocal" NL "set ERRORLEVEL=" NL "set PREREQ_RC=0" NL
                           "if \"%PREREQ_WORK%\"==\"\" set "
                           "PREREQ_WORK=%SystemRoot%\\PatchPrereq-work" NL);
    prereq_buffer_add(out, "if \"%PREREQ_ANY_HOST%\"==\"1\" goto dispatch" NL);
    if (can_be_compared(&host)) {
        prereq_buffer_add(out, "if /i \"%COMPUTERNAME%\"==\"");
        add_quoted(out, host.text);
        prereq_buffer_add(out, "\" goto dispatch" NL);
    }
    prereq_buffer_add(out, "goto wrong_host" NL ":dispatch" NL "if \"%1\"==\"\" goto step1" NL);
    for (size_t i = 0; i < plan->step_count; i++)
        prereq_buffer_addf(out, "if \"%%1\"==\"%zu\" goto step%zu" NL, i + 1, i + 1);
    prereq_buffer_addf(
        out, "echo Which step? A number from 1 to %zu, or nothing for all." NL "goto stopped" NL,
        plan->step_count);
    out->failed = out->failed || host.failed;
    prereq_buffer_free(&host);
}

static void add_wrong_host(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    struct prereq_buffer host = {0};

    script_host(assessment, &host);
    prereq_buffer_add(out, ":wrong_host" NL);
    if (host.len) {
        prereq_buffer_add(out, "echo This plan is for the computer ");
        add_shown(out, host.text);
        prereq_buffer_add(out, "." NL);
    } else {
        prereq_buffer_add(out, "echo This plan does not say which computer it is for." NL);
    }
    if (host.len && !can_be_compared(&host))
        prereq_buffer_add(out, "echo A batch file cannot compare a name with such characters: see "
                               "whether this is it." NL);
    prereq_buffer_add(out, "echo Set PREREQ_ANY_HOST=1 to run it here all the same." NL);
    out->failed = out->failed || host.failed;
    prereq_buffer_free(&host);
}

static void add_end(const struct prereq_assessment *assessment, struct prereq_buffer *out)
{
    prereq_buffer_add(
        out,
        "set PREREQ_RC=0" NL "echo." NL "echo All steps are done." NL "goto end" NL NL ":failed" NL
        "echo Step %PREREQ_STEP% ended with code %PREREQ_RC%. Nothing behind it was done." NL
        "echo When the cause is removed go on with:" NL "echo   %0 %PREREQ_STEP%" NL
        "if \"%PREREQ_RC%\"==\"\" set PREREQ_RC=1" NL "goto end" NL NL ":restarting" NL
        "echo The package restarts this computer by itself." NL
        "if \"%PREREQ_NEXT%\"==\"\" echo This is the last step." NL
        "if \"%PREREQ_NEXT%\"==\"\" goto end" NL "echo Then go on with:" NL
        "echo   %0 %PREREQ_NEXT%" NL "goto end" NL NL);
    add_wrong_host(assessment, out);
    prereq_buffer_add(out, ":stopped" NL);
    prereq_buffer_addf(out, "set PREREQ_RC=%d" NL, SCRIPT_REFUSED);
    /* The last command's code is the batch file's. */
    prereq_buffer_add(out, ":end" NL "\"%COMSPEC%\" /c exit %PREREQ_RC%" NL);
}

enum prereq_status plan_cmd_write(const struct prereq_assessment *assessment,
                                  const struct prereq_plan *plan, struct prereq_buffer *out,
                                  struct prereq_error *err)
{
    for (size_t i = 0; i < plan->step_count; i++) {
        enum prereq_status status =
            script_runs(&plan->steps[i]) ? check_step(&plan->steps[i], err) : PREREQ_OK;

        if (status != PREREQ_OK)
            return status;
    }
    if (plan->step_count == 0) {
        prereq_buffer_add(out, "@echo off" NL);
        script_head(assessment, plan, echo_line, out);
        prereq_buffer_addf(out, "\"%%COMSPEC%%\" /c exit %d" NL,
                           plan->result == PREREQ_PLAN_NOTHING_TO_DO ? 0 : SCRIPT_REFUSED);
        return PREREQ_OK;
    }
    add_start(assessment, plan, out);
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(plan, &plan->steps[i], out);
    add_end(assessment, out);
    return PREREQ_OK;
}
