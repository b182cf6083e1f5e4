#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_plan.py PROGRAM FOLDER [CHECK...] - plan and report, as people use them."""
import json
import os
import sys

from cli_fixture import (BLOCKED, CATALOG, COMPLIANT, DAMAGED, NOW, SOURCE, check, expect, get, host,
                         lines, main, plain, put, run)

# ---- plan ----

def database_catalog():
    def update(number, branch, version):
        return {"id": number, "title": number, "product": "DB", "branch": branch,
                "classification": "security", "sources": SOURCE,
                "applies": {"product": {"product": "MSSQL", "branch": {"equals": [branch]}}},
                "marker": {"product": {"product": "MSSQL", "version": {"atLeast": version}}},
                "sets": [{"product": {"product": "MSSQL", "version": version}}],
                "commands": {"install": {"program": number + ".exe", "package": number + ".exe",
                                         "arguments": ["/instancename=%InstanceName%"]}}}
    return {"format": "patchprereq-catalog/1.0",
            "products": [{"id": "DB", "title": "A database", "instanceProduct": "MSSQL", "sources": SOURCE,
                          "applies": {"product": {"product": "MSSQL"}}}],
            "patches": [update("KB9001", "CU", "15.0.4430.9"), update("KB9002", "GDR", "15.0.2130.9")]}


@check
def each_instance_gets_its_own_package_however_they_are_listed():
    instances = [{"product": "MSSQL", "name": "PROD1", "version": "15.0.4430.1", "branch": "CU"},
                 {"product": "MSSQL", "name": "SHOP", "version": "15.0.2130.3", "branch": "GDR"}]
    put("catalog/test/database.json", database_catalog())
    system = {"version": "10.0", "build": 20348, "productType": "server"}
    put("sorted.json", host("SQL01", os=system, instances=instances))
    put("turned.json", host("SQL01", os=system, instances=instances[::-1]))
    for form in ("text", "json", "markdown", "powershell", "cmd"):
        one = run("plan", "sorted.json", "--format", form).ends(0).text
        other = run("plan", "turned.json", "--format", form).ends(0).text
        expect(one == other, f"--format {form} depends on the order of the instances:\n{other}")
    text = run("plan", "turned.json").text
    for words in ("KB9001.exe /instancename=PROD1", "KB9002.exe /instancename=SHOP"):
        expect(words in text, f"{words!r} is not in\n{text}")


@check
def plan_as_text():
    result = run("plan", "blocked.json").ends(0)
    for words in ("Plan for OLD01.example.org, goal host", " 1. ", "apply-baseline NT4-SP6",
                  "update.exe -u -z", "install Q1", "==== restart ====", "hash "):
        expect(words in result.text, f"{words!r} is not in\n{result.text}")


@check
def a_plan_that_failed_its_proof_is_told_and_the_host_stays():
    document = json.loads(run("assess", "blocked.json", "--format", "json").ends(1).text)
    for plan in document["plans"]:
        if plan["goal"] == "host":
            plan.update(result="refused", reason="failed_proof: step 2: Q1 would go on twice",
                        steps=[], restarts=0, restore=[])
    put("unproven.json", document)
    for command in ["assess"], ["report", "--csv", "unproven"]:
        result = run(*command, "unproven.json", now=None, catalog=False).ends(3, "a fault of the program")
        expect("goal host" in result.says and "would go on twice" in result.says, result.says)
    result = run("plan", "unproven.json", now=None, catalog=False).ends(3, "a fault of the program")
    expect("would go on twice" in result.text, result.text)
    put("sound.json", run("assess", "good.json", "--format", "json").ends(0).text)
    result = run("assess", "unproven.json", "sound.json", catalog=False).ends(3)
    expect("OLD01" in result.text and "GOOD01" in result.text, "a host is lost")


@check
def what_is_unknown_is_left_out_and_the_rest_is_planned():
    unknown = json.loads(json.dumps(CATALOG))
    unknown["patches"].append(
        {"id": "Q2", "title": "Another", "product": "NT4", "classification": "security",
         "sources": unknown["patches"][1]["sources"],
         "files": [{"path": r"%SystemRoot%\System32\other.dll", "version": "2.0"}]})
    put("unknown/catalog.json", get("catalog/catalog.json"))
    put("unknown/test/entries.json", unknown)
    words = ["plan", "blocked.json", "--no-builtin", "--catalog", "unknown"]
    for form in "text", "markdown", "cmd":
        text = run(*words, "--format", form, catalog=False).ends(3).text.replace("\\", "")
        for said in "Q2", "other.dll", "patchprereq collect --root FOLDER", "install Q1":
            expect(said in text, f"{form}: {said!r} is not in\n{text}")
    plan = json.loads(run(*words, "--format", "json", catalog=False).ends(3).text)["plan"]
    expect(plan["result"] == "planned" and plan["goals"] == ["NT4-SP6", "Q1"], plan["goals"])
    expect([one["id"] for one in plan["leftOut"]] == ["Q2"], plan["leftOut"])
    run(*words, "--goal", "Q2", catalog=False).ends(3)
    run("report", "blocked.json", "--no-builtin", "--catalog", "unknown", "--csv", "rest",
        catalog=False).ends(0)
    expect("Left out: Q2" in get("rest/plan.csv").decode(), get("rest/plan.csv"))
    put("sound.json", host("NEAR01"))
    plan = json.loads(run("plan", "sound.json", "--no-builtin", "--catalog", "unknown", "--format",
                          "json", catalog=False).ends(3).text)["plan"]
    expect(plan["result"] == "refused" and len(plan["leftOut"]) == 1, plan)


@check
def plan_as_json():
    result = run("plan", "blocked.json", "--format", "json").ends(0)
    document = json.loads(result.text)
    expect(document["format"] == "patchprereq-plan/1.0", document["format"])
    expect(document["host"]["hostName"] == "OLD01", document["host"])
    actions = [step["action"] for step in document["plan"]["steps"]]
    expect("apply-baseline" in actions and "install" in actions, actions)
    expect(actions.index("apply-baseline") < actions.index("install"), actions)
    expect(document["evaluated"] == NOW, document["evaluated"])


@check
def plan_as_markdown_lets_no_markup_through():
    name = "X<script>alert(1)</script>[a](http://x.example)`*_|"
    put("steer.json", host(name, level=5, version="4.2.700.1", recorded=False))
    result = run("plan", "steer.json", "--format", "markdown").ends(0)
    expect("# Plan for X\\<script\\>" in result.text, result.text[:200])
    expect("<script" not in result.text.replace("\\<script", ""), "HTML came through")
    expect("\\[a\\](http\\://x.example)" in result.text, result.text[:200])
    expect("http://" not in result.text, "a link came through")


@check
def plan_as_a_batch_file():
    result = run("plan", "blocked.json", "--format", "cmd").ends(0)
    expect(result.text.count("\r\n") == result.text.count("\n"), "lines do not end with CR LF")
    for words in ("@echo off", "rem Plan for OLD01.example.org, goal host", '"%COMPUTERNAME%"=="OLD01"',
                  ":step1", "echo Step 1 of ", " -u -z", "echo   %0 "):
        expect(words in result.text, f"{words!r} is not in\n{result.text}")


@check
def a_batch_file_takes_no_percent_sign_for_a_variable():
    """cmd.exe replaces %NAME% and %1 everywhere, inside of quotes too; only %% is a percent sign."""
    odd = ["50%", "%PATH%", "%%", "a %1 b", "c%2&d", 'say "%PATH%"']
    where = on_windows_10("W10", odd)
    entries = json.loads(get("catalog/test/entries.json"))
    entries["patches"][1]["commands"]["install"].update(program="q1 %PATH%.exe", package="p%1\\q1 %PATH%.exe")
    put("catalog/test/entries.json", entries)
    text = run("plan", where, "--goal", "Q1", "--format", "cmd").ends(0).text
    for words in (' 50%% %%PATH%% %%%% "a %%1 b" "c%%2&d" ^"say \\^"%%PATH%%\\^"^"', '"p%%1\\q1 %%PATH%%.exe" 50',
                  'if not exist "p%%1\\q1 %%PATH%%.exe" goto stopped',
                  "The package is missing: p%%1\\q1 %%PATH%%.exe"):
        expect(words in text, f"{words!r} is not in\n{text}")
    single = text.replace("%%", "")
    for name in ("PREREQ_RC", "PREREQ_STEP", "PREREQ_NEXT", "PREREQ_WORK", "PREREQ_ANY_HOST", "ERRORLEVEL",
                 "SystemRoot", "COMPUTERNAME", "COMSPEC"):
        single = single.replace(f"%{name}%", "")
    left = [line for line in single.split("\r\n")
            if "%" in line.replace('"%1"', "").replace("echo   %0", "")]
    expect(not left, left)


@check
def a_sound_host_gives_scripts_that_do_nothing():
    good = run("plan", "good.json", "--format", "cmd").ends(0).text
    expect("/c exit 0" in good and ":step" not in good, good)
    put("new.json", host("NEW01", os={"version": "10.0", "build": 17763}))
    good = run("plan", "new.json", "--format", "powershell").ends(0).text
    expect("exit 0" in good and "Invoke-Step" not in good, good)


def on_windows_10(name, arguments=("-m",), **more):
    """A host with PowerShell, and a patch of its own."""
    entry = dict(CATALOG["patches"][1], product="W10", prerequisites=[],
                 commands={"install": {"program": "q1.exe", "arguments": list(arguments),
                                       "package": "q1.exe", "sha256": "ab" * 32}})
    product = {"id": "W10", "title": "Windows 10", "applies": {"os": {"version": {"equals": ["10.0"]}}}}
    put("catalog/test/entries.json", dict(CATALOG, products=CATALOG["products"] + [product],
                                          patches=[CATALOG["patches"][0], entry]))
    return put("w10.json", host(name, version="4.2.700.1", recorded=False,
                                os={"version": "10.0", "build": 17763}, **more))


@check
def plan_as_a_powershell_script():
    result = run("plan", on_windows_10("W10-01"), "--goal", "Q1", "--format", "powershell").ends(0)
    expect(result.out.startswith(b"\xef\xbb\xbf#requires"), result.out[:20])
    for words in ("SupportsShouldProcess", "$HostName = 'W10-01'", "Test-Package (Get-FullPath 'q1.exe') 'abab",
                  "Invoke-Step 1 (Get-FullPath 'q1.exe') '-m'", "@(0, 3010, 1641)", "Stop-ForRestart 2"):
        expect(words in result.text, f"{words!r} is not in\n{result.text}")


@check
def quotes_of_every_kind_stay_inside_powershell_texts():
    odd = ["it's", "\u2018; owned \u2019", "$(owned)", '"; owned']
    result = run("plan", on_windows_10("W10", odd), "--goal", "Q1", "--format", "powershell").ends(0)
    want = "'it''s \"\u2018\u2018; owned \u2019\u2019\" $(owned) \"\\\"; owned\"'"
    expect(want in result.text, [line for line in result.text.split("\r\n") if "Invoke-Step 1" in line])


@check
def hosts_that_never_had_powershell_get_a_pointer():
    for version, pack, code in (("4.0", 6, 2), ("5.0", 4, 2), ("5.1", 1, 2), ("5.1", 2, 0), ("5.2", 0, 2),
                                ("5.2", 1, 0), ("6.1", 0, 0)):
        put("old.json", host("OLD", os={"version": version, "servicePack": pack,
                                        "servicePackText": f"Service Pack {pack}"}))
        says = "--format cmd" if code else None
        run("plan", "old.json", "--format", "powershell").ends(code, says)


@check
def a_batch_file_refuses_what_it_cannot_hold():
    where = on_windows_10("W10", ["\u017elu\u0165"])
    run("plan", where, "--goal", "Q1", "--format", "cmd").ends(2, "step 1 has characters")
    run("plan", where, "--goal", "Q1", "--format", "powershell").ends(0)


@check
def a_script_is_for_one_host():
    put("two.ndjson", lines(host("ONE"), host("TWO")))
    run("plan", "two.ndjson", "--format", "cmd").ends(3, "a script is for one")


@check
def sound_host_has_nothing_to_do():
    result = run("plan", "good.json").ends(0)
    expect("nothing to do" in result.text, result.text)


@check
def goal_may_be_an_alias():
    result = run("plan", "damaged.json", "--goal", "MS99-001").ends(0)
    expect("goal Q1" in result.text and "install Q1" in result.text, result.text)


@check
def unknown_goal_is_unusable():
    result = run("plan", "damaged.json", "--goal", "Q999").ends(2, "Q999")
    expect(not result.out, result.text)


@check
def plan_without_the_facts_ends_with_3():
    facts = host("DARK01", version=None, recorded=False)
    del facts["files"], facts["coverage"]
    put("dark.json", facts)
    result = run("plan", "dark.json", "--goal", "Q1").ends(3)
    expect("Facts to collect first:" in result.text and "part.dll" in result.text, result.text)


@check
def verify_says_whether_a_plan_still_fits():
    put("plan.json", run("plan", "blocked.json", "--format", "json").out)
    result = run("plan", "blocked.json", "--verify", "plan.json").ends(0)
    expect("still fits" in result.text, result.text)
    put("after.json", host("OLD01", level=6, version="4.2.700.1", recorded=False))
    result = run("plan", "after.json", "--verify", "plan.json").ends(1)
    expect("no longer fits" in result.text, result.text)


@check
def verify_needs_facts_a_plan_and_no_goal():
    put("plan.json", run("plan", "blocked.json", "--format", "json").out)
    put("assessed.json", run("assess", "blocked.json", "--format", "json").out)
    plain("plan", "assessed.json", "--verify", "plan.json").ends(2, "needs facts")
    run("plan", "blocked.json", "--verify", "plan.json", "--goal", "Q1").ends(2, "--goal")
    run("plan", "blocked.json", "--verify", "good.json").ends(2, "good.json")
    run("plan", "blocked.json", "--verify", "nowhere.json").ends(2, "nowhere.json")


@check
def assessment_gives_the_plans_it_holds():
    put("assessed.json", run("assess", "blocked.json", "--format", "json").out)
    whole = plain("plan", "assessed.json").ends(0)
    said = "  Its commands are those of the assessment that was given; they were not looked up in a catalog here.\n"
    expect(whole.out == run("plan", "blocked.json").out + said.encode(), "the plan differs")
    for form in "markdown", "cmd":
        expect(b"commands are those of the assessment" in plain("plan", "assessed.json", "--format", form).out, form)
        expect(b"commands are those of the assessment" not in run("plan", "blocked.json", "--format", form).out, form)
    held = plain("plan", "assessed.json", "--goal", "q1").ends(0)
    expect("goal Q1" in held.text, held.text)
    plain("plan", "assessed.json", "--goal", "Q999").ends(2, "needs facts")
    plain("plan", "assessed.json", "--goal", "Q1", "--goal", "NT4-SP6").ends(2, "needs facts")


# ---- report ----

@check
def report_needs_something_to_write():
    run("report", "good.json").ends(2, "-o FILE.xlsx")
    run("report", "good.json", "-o", "-").ends(2, "standard output")


@check
def report_writes_workbook_tables_and_plans():
    put("fleet.ndjson", lines(COMPLIANT, BLOCKED, DAMAGED))
    run("report", "fleet.ndjson", "-o", "out.xlsx", "--csv", "csv", "--plans", "plans").ends(0)
    expect(get("out.xlsx").startswith(b"PK"), "no workbook")
    expect(any(name.endswith(".csv") for name in os.listdir("csv")), os.listdir("csv"))
    expect("index.csv" in os.listdir("plans") and "OLD01.md" in os.listdir("plans"),
           os.listdir("plans"))


@check
def report_leaves_bad_hosts_out():
    put("fleet.ndjson", lines(COMPLIANT) + "{\n" + lines(BLOCKED))
    run("report", "fleet.ndjson", "-o", "out.xlsx").ends(3, "fleet.ndjson:2: ")
    expect(get("out.xlsx").startswith(b"PK"), "no workbook")


@check
def report_leaves_a_second_document_of_a_host_out():
    put("again.json", COMPLIANT)
    run("report", "good.json", "again.json", "-o", "out.xlsx").ends(3, "again.json: ")


@check
def report_writes_nothing_of_nothing():
    put("broken.json", "{")
    put("out.xlsx", "old")
    run("report", "broken.json", "-o", "out.xlsx").ends(2, "broken.json")
    expect(get("out.xlsx") == b"old", "the old file is gone")


main(sys.argv)
