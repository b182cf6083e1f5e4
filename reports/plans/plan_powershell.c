/* SPDX-License-Identifier: MIT */
/* plan_powershell.c - a plan as a PowerShell script.
 *
 * It keeps to what PowerShell 2.0 understands.  Texts stand between single quotes, in which only
 * the quote itself has a meaning; PowerShell takes the typographic ones for quotes, too. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plans/plan_output.h"
#include "plans/plan_script.h"
#include "program/messages.h"

#define NL "\r\n"

/* U+2018 to U+201B, three bytes each. */
static bool is_typographic_quote(const char *at)
{
    return !strncmp(at, "\xe2\x80", 2) && (unsigned char)at[2] >= 0x98 &&
           (unsigned char)at[2] <= 0x9B;
}

static void add_text(struct prereq_buffer *out, const char *text)
{
    struct prereq_buffer plain = {0};

    printable_add(&plain, text);
    prereq_buffer_add(out, "'");
    for (const char *at = plain.text ? plain.text : ""; *at; at++) {
        if (is_typographic_quote(at)) {
            prereq_buffer_add_bytes(out, at, 3);
            prereq_buffer_add_bytes(out, at, 3);
            at += 2;
            continue;
        }
        prereq_buffer_add_bytes(out, at, 1);
        if (*at == '\'')
            prereq_buffer_add(out, "'");
    }
    prereq_buffer_add(out, "'");
    out->failed = out->failed || plain.failed;
    prereq_buffer_free(&plain);
}

static void comment_line(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "# ");
    printable_add(out, text);
    prereq_buffer_add(out, NL);
}

static void said_line(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "    Write-Host ");
    add_text(out, text);
    prereq_buffer_add(out, NL);
}

static void warned_line(struct prereq_buffer *out, const char *text)
{
    prereq_buffer_add(out, "Write-Warning ");
    add_text(out, text);
    prereq_buffer_add(out, NL);
}

/* ---- hosts that never had it: PowerShell 1.0 needs XP SP2 or Server 2003 SP1 ---- */

static long number_in(const char *text)
{
    text = text ? strpbrk(text, "0123456789") : NULL;
    return text ? strtol(text, NULL, 10) : 0;
}

static bool never_had_it(const struct prereq_host_row *host)
{
    const char *version = host->os_version;
    long pack = number_in(host->service_pack);

    if (!version || !strchr(version, '.'))
        return false;
    if (!strncmp(version, "5.1", 3))
        return pack < 2;
    if (!strncmp(version, "5.2", 3))
        return pack < 1;
    return strtol(version, NULL, 10) < 5 || !strncmp(version, "5.0", 3);
}

/* ---- the fixed parts: nothing of a host is in them ---- */

static const char parameters[] =
    "[CmdletBinding(SupportsShouldProcess = $true)]" NL "param(" NL
    "    # Go on with this step, after a restart or after a step that a person did." NL
    "    [int] $FromStep = 1," NL "    # The folder that holds the packages." NL
    "    [string] $PackageFolder = (Get-Location).ProviderPath," NL
    "    # Packages are unpacked below it; only administrators may write to it." NL
    "    [string] $WorkFolder = (Join-Path $env:SystemRoot 'PatchPrereq-work')," NL
    "    # Run on another computer, without administrator's rights, or without the restart." NL
    "    [switch] $Force" NL ")" NL "Set-StrictMode -Version 2" NL
    "$ErrorActionPreference = 'Stop'" NL "$caller = $PSCmdlet" NL
    "$script:Self = $MyInvocation.MyCommand.Path" NL NL;

static const char functions[] =
    "function Stop-Plan([string] $Message, [int] $Code) {" NL "    Write-Warning $Message" NL
    "    exit $Code" NL "}" NL NL "function Get-StartUp {" NL
    "    if (Get-Command Get-CimInstance -ErrorAction SilentlyContinue) {" NL
    "        $time = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime" NL
    "        return $time.ToUniversalTime().ToString('yyyyMMddHHmmss')" NL "    }" NL
    "    return (Get-WmiObject Win32_OperatingSystem).LastBootUpTime.Substring(0, 14)" NL "}" NL NL
    "function Get-NextCommand([int] $Step) {" NL
    "    return \"& '$($script:Self -replace \"'\", \"''\")' -FromStep $Step\"" NL "}" NL NL
    "# How it goes on behind a step." NL "function Get-Rest([int] $Number) {" NL
    "    if ($Number -ge $StepCount) { return '. This is the last step.' }" NL
    "    return \", then go on with: $(Get-NextCommand ($Number + 1))\"" NL "}" NL NL
    "function Show-Step([int] $Number, [string] $Title) {" NL "    Write-Host ''" NL
    "    Write-Host \"Step $Number of ${StepCount}: $Title\"" NL "}" NL NL
    "# Nothing behind a restart is done before the computer was started anew." NL
    "function Stop-ForRestart([int] $Number) {" NL "    if ($WhatIfPreference) { return }" NL
    "    New-Item -ItemType Directory -Path $WorkFolder -Force | Out-Null" NL
    "    Set-Content -LiteralPath $Marker -Value (Get-StartUp) -Encoding ASCII" NL
    "    Stop-Plan \"Restart this computer now$(Get-Rest $Number)\" 3010" NL "}" NL NL
    "function Stop-ForPerson([int] $Number) {" NL "    if ($WhatIfPreference) { return }" NL
    "    Stop-Plan \"A person does this step$(Get-Rest $Number)\" 10" NL "}" NL NL
    "function Test-Package([string] $Path, [string] $Sha256) {" NL
    "    if ($WhatIfPreference) { return }" NL
    "    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) {" NL
    "        Stop-Plan \"The package is missing: $Path\" 2" NL "    }" NL
    "    if (-not $Sha256) { return }" NL "    $stream = [System.IO.File]::OpenRead($Path)" NL
    "    try {" NL
    "        $hash = [System.Security.Cryptography.SHA256]::Create().ComputeHash($stream)" NL
    "    } finally {" NL "        $stream.Close()" NL "    }" NL
    "    if (([System.BitConverter]::ToString($hash) -replace '-', '') -ne $Sha256) {" NL
    "        Stop-Plan \"The package is not the one that the plan was made for: $Path\" 2" NL
    "    }" NL "}" NL NL "function Get-FullPath([string] $Path) {" NL
    "    if ([System.IO.Path]::IsPathRooted($Path)) { return $Path }" NL
    "    return Join-Path $PackageFolder $Path" NL "}" NL NL
    "function Invoke-Step([int] $Number, [string] $Program, [string] $Arguments, [string] $Folder, "
    "[int[]] $Done) {" NL "    if (-not $caller.ShouldProcess(\"$Program $Arguments\", \"Run step "
    "$Number\")) { return }" NL "    $start = New-Object System.Diagnostics.ProcessStartInfo" NL
    "    $start.FileName = $Program" NL "    $start.Arguments = $Arguments" NL
    "    $start.WorkingDirectory = $Folder" NL "    $start.UseShellExecute = $false" NL
    "    try {" NL "        $process = [System.Diagnostics.Process]::Start($start)" NL
    "    } catch {" NL "        Stop-Plan \"Step $Number could not be started: $_\" 2" NL "    }" NL
    "    $process.WaitForExit()" NL "    $code = $process.ExitCode" NL
    "    if ($code -eq 1641 -and $Done -contains $code) {" NL
    "        Stop-Plan \"The package restarts this computer by itself$(Get-Rest $Number)\" 1641" NL
    "    }" NL "    if ($Done -contains $code) { return }" NL
    "    Stop-Plan \"Step $Number ended with code $code. Nothing behind it was done. When the "
    "cause is "
    "removed go on with: $(Get-NextCommand $Number)\" $code" NL "}" NL NL;

static const char checks[] =
    "if ($FromStep -lt 1 -or $FromStep -gt $StepCount) {" NL
    "    Stop-Plan \"Which step? -FromStep takes 1 to $StepCount.\" 2" NL "}" NL
    "if ([System.IntPtr]::Size -eq 4 -and $env:PROCESSOR_ARCHITEW6432) {" NL
    "    Stop-Plan 'Run this in the 64-bit PowerShell: the 32-bit one is shown other files.' 2" NL
    "}" NL "$role = [System.Security.Principal.WindowsBuiltInRole]::Administrator" NL
    "$user = New-Object System.Security.Principal.WindowsPrincipal "
    "([System.Security.Principal.WindowsIdentity]::GetCurrent())" NL
    "if (-not $user.IsInRole($role) -and -not $WhatIfPreference -and -not $Force) {" NL
    "    Stop-Plan 'Run this as an administrator.' 2" NL "}" NL
    "if (-not $HostName -and -not $WhatIfPreference -and -not $Force) {" NL
    "    Stop-Plan 'This plan does not say which computer it is for. -Force runs it here.' 2" NL
    "}" NL "# A name that code pages write differently is known by its DNS name." NL
    "$dns = [System.Net.Dns]::GetHostName().Split('.')[0]" NL
    "$names = @($env:COMPUTERNAME, $dns.Substring(0, [Math]::Min(15, $dns.Length)))" NL
    "if (-not ($names -contains $HostName) -and -not $WhatIfPreference -and -not $Force) {" NL
    "    Stop-Plan \"This plan is for $HostName. -Force runs it all the same.\" 2" NL "}" NL
    "if ($FromStep -gt 1 -and (Test-Path -LiteralPath $Marker) -and -not $WhatIfPreference "
    "-and -not "
    "$Force) {" NL
    "    if ((Get-Content -LiteralPath $Marker | Select-Object -First 1) -eq (Get-StartUp)) {" NL
    "        Stop-Plan 'This computer was not restarted yet. -Force goes on all the same.' 2" NL
    "    }" NL "    Remove-Item -LiteralPath $Marker" NL "}" NL;

/* ---- steps ---- */

static void add_program(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    if (script_is_system(step)) {
        prereq_buffer_add(out, "(Join-Path $env:SystemRoot ");
        prereq_buffer_add(out, "(Join-Path 'System32' ");
        add_text(out, step->program);
        prereq_buffer_add(out, "))");
    } else if (step->unpacked == PREREQ_FLAG_TRUE) {
        prereq_buffer_add(out, "(Join-Path $folder ");
        add_text(out, step->program);
        prereq_buffer_add(out, ")");
    } else {
        prereq_buffer_add(out, "(Get-FullPath ");
        add_text(out, step->program);
        prereq_buffer_add(out, ")");
    }
}

static void add_arguments(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    struct prereq_buffer line = {0};

    for (size_t i = 0; i < step->argument_count; i++) {
        prereq_buffer_add(&line, i ? " " : "");
        prereq_command_quote(&line, step->arguments[i]);
    }
    add_text(out, line.text ? line.text : "");
    out->failed = out->failed || line.failed;
    prereq_buffer_free(&line);
}

static void add_codes(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    const char *comma = "";

    prereq_buffer_add(out, " @(");
    for (size_t i = 0; i < step->done_count; i++, comma = ", ")
        prereq_buffer_addf(out, "%s%" PRId32, comma, (int32_t)(uint32_t)step->done[i]);
    for (size_t i = 0; i < step->done_restart_count; i++, comma = ", ")
        prereq_buffer_addf(out, "%s%" PRId32, comma, (int32_t)(uint32_t)step->done_restart[i]);
    for (size_t i = 0; i < step->nothing_to_do_count; i++, comma = ", ")
        prereq_buffer_addf(out, "%s%" PRId32, comma, (int32_t)(uint32_t)step->nothing_to_do[i]);
    prereq_buffer_add(out, ")");
}

static void add_run(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    bool unpacked = step->unpacked == PREREQ_FLAG_TRUE;

    if (step->package) {
        prereq_buffer_add(out, "    Test-Package (Get-FullPath ");
        add_text(out, step->package);
        prereq_buffer_add(out, ") ");
        add_text(out, step->sha256 ? step->sha256 : "");
        prereq_buffer_add(out, NL);
    }
    if (unpacked || step->action == PREREQ_STEP_EXTRACT) {
        prereq_buffer_add(out, "    $folder = Join-Path $WorkFolder '");
        script_folder(step, out);
        prereq_buffer_add(out, "'" NL);
    }
    if (step->action == PREREQ_STEP_EXTRACT)
        prereq_buffer_add(out,
                          "    Write-Host \"  folder: $folder\"" NL
                          "    New-Item -ItemType Directory -Path $folder -Force | Out-Null" NL);
    prereq_buffer_addf(out, "    Invoke-Step %" PRIu64 " ", step->step_no.value);
    add_program(step, out);
    prereq_buffer_add(out, " ");
    add_arguments(step, out);
    prereq_buffer_add(out, unpacked ? " $folder" : " $PackageFolder");
    add_codes(step, out);
    prereq_buffer_add(out, NL);
}

static void add_step(const struct prereq_step_row *step, struct prereq_buffer *out)
{
    struct prereq_buffer title = {0};
    uint64_t number = step->step_no.value;

    prereq_plan_step_title(step, &title);
    prereq_buffer_addf(out, NL "if ($FromStep -le %" PRIu64 ") {" NL "    Show-Step %" PRIu64 " ",
                       number, number);
    add_text(out, title.text ? title.text : "");
    prereq_buffer_add(out, NL);
    script_person(step, said_line, out);
    if (step->action == PREREQ_STEP_RESTART)
        prereq_buffer_addf(out, "    Stop-ForRestart %" PRIu64 NL, number);
    else if (script_runs(step))
        add_run(step, out);
    else if (step->action != PREREQ_STEP_VERIFY)
        prereq_buffer_addf(out, "    Stop-ForPerson %" PRIu64 NL, number);
    prereq_buffer_add(out, "}" NL);
    prereq_buffer_free(&title);
}

enum prereq_status plan_powershell_write(const struct prereq_assessment *assessment,
                                         const struct prereq_plan *plan, struct prereq_buffer *out,
                                         struct prereq_error *err)
{
    struct prereq_buffer host = {0};

    if (never_had_it(assessment->host))
        return prereq_fail(err, PREREQ_BAD_INPUT,
                           "never had PowerShell, which begins with Windows XP SP2 and Server 2003 "
                           "SP1; --format cmd makes a batch file");
    prereq_buffer_add(out, "\xEF\xBB\xBF#requires -Version 2.0" NL);
    script_head(assessment, plan, comment_line, out);
    if (plan->step_count == 0) {
        script_head(assessment, plan, warned_line, out);
        prereq_buffer_addf(out, "exit %d" NL,
                           plan->result == PREREQ_PLAN_NOTHING_TO_DO ? 0 : SCRIPT_REFUSED);
        return PREREQ_OK;
    }
    comment_line(out,
                 "It stops where a restart is due or a person has to do something, and says how "
                 "to go on; -WhatIf shows all steps and does none.");
    prereq_buffer_add(out, parameters);
    script_host(assessment, &host);
    prereq_buffer_addf(out, "$StepCount = %zu" NL "$HostName = ", plan->step_count);
    add_text(out, host.text ? host.text : "");
    prereq_buffer_add(out, NL);
    out->failed = out->failed || host.failed;
    prereq_buffer_free(&host);
    prereq_buffer_addf(out, "$Marker = Join-Path $WorkFolder '%.12s.restart'" NL NL,
                       plan->hash ? plan->hash : "plan");
    prereq_buffer_add(out, functions);
    prereq_buffer_add(out, checks);
    for (size_t i = 0; i < plan->step_count; i++)
        add_step(&plan->steps[i], out);
    prereq_buffer_add(out, NL "Write-Host ''" NL "Write-Host 'All steps are done.'" NL "exit 0" NL);
    return PREREQ_OK;
}
