#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_plan.py PROGRAM FOLDER [CHECK...] - plan and report, as people use them."""
import json
import os
import sys

from cli_fixture import (BLOCKED, COMPLIANT, DAMAGED, NOW, check, expect, get, host, lines, main,
                         plain, put, run)

# ---- plan ----

@check
def plan_as_text():
    result = run("plan", "blocked.json").ends(0)
    for words in ("Plan for OLD01.example.org, goal host", " 1. ", "apply-baseline NT4-SP6",
                  "update.exe -u -z", "install Q1", "==== restart ====", "hash "):
        expect(words in result.text, f"{words!r} is not in\n{result.text}")


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
    expect(whole.out == run("plan", "blocked.json").out, "the plan differs")
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
