#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_numbers.py PROGRAM FOLDER [CHECK...] - one number that several entries have: the host decides, or the person."""
import json
import sys

from cli_fixture import CATALOG, SOURCE, check, expect, host, main, put, run

DLL = r"%SystemRoot%\System32\inetsrv\part.dll"


def package(name, service_pack, **more):
    """A package of the update KB7 that is built for one service pack."""
    return dict({"id": name, "aliases": ["KB7"], "title": f"Update 7, package {name}", "product": "NT4",
                 "classification": "security", "severity": "Critical", "released": "2000-08-10",
                 "sources": SOURCE, "recordIds": [name],
                 "files": [{"path": DLL, "version": "4.2.790.1"}],
                 "prerequisites": [{"anyOf": [{"rule": {"os": {"servicePack": {"equals": [service_pack]}}},
                                               "title": f"Service Pack {service_pack}"}],
                                    "why": "The package is built for one service pack."}],
                 "commands": {"install": {"program": f"{name}.exe"}}}, **more)


def with_packages(*packages):
    put("catalog/test/entries.json",
        dict(CATALOG, patches=CATALOG["patches"] + list(packages or (package("A5", 5), package("B6", 6)))))
    put("five.json", host("FIVE", level=5, version="4.2.700.1", recorded=False))
    put("six.json", host("SIX", level=6, version="4.2.700.1", recorded=False))
    put("four.json", host("FOUR", level=4, version="4.2.700.1", recorded=False))


@check
def the_entry_that_fits_the_host_is_planned():
    with_packages()
    for facts, fits in (("five.json", "A5"), ("six.json", "B6")):
        text = run("plan", facts, "--goal", "kb7").ends(0).text
        expect(f"goal {fits}" in text and f"install {fits}" in text, text)
        text = run("plan", facts, "--goal", "KB7@host").ends(0).text
        expect(f"goal {fits}" in text, text)
        text = run("explain", "KB7", facts).ends(0).text
        expect(f"{fits}  Update 7" in text and "(Ready)" in text, text)


@check
def where_none_fits_the_person_is_asked():
    with_packages()
    for words in (("plan", "four.json", "--goal", "KB7"), ("explain", "KB7", "four.json"), ("explain", "KB7")):
        result = run(*words).ends(2, "KB7 stands in several entries")
        expect("A5" in result.says and "B6" in result.says and not result.out, result.says)


@check
def an_entry_for_another_system_is_not_meant():
    other = {"os": {"version": {"equals": ["5.0"]}}}
    with_packages(package("A6", 6, applies=other), package("B6", 6))
    text = run("plan", "six.json", "--goal", "KB7").ends(0).text
    expect("goal B6" in text, text)
    text = run("plan", "five.json", "--goal", "KB7").text
    expect("goal B6" in text, text)


@check
def what_is_recorded_is_meant_though_its_level_went():
    with_packages()
    put("lowered.json", host("LOW", level=4, version="4.2.790.1", recorded=False, updates=[
        {"id": "A5", "sources": [{"source": "hotfix-key", "installedOn": "2026-10-01T10:00:00Z"}]}]))
    text = run("explain", "KB7", "lowered.json").ends(0).text
    expect("A5  Update 7" in text and "(OutOfOrder)" in text, text)


@check
def without_a_host_the_catalog_lists_them():
    with_packages()
    for words in (("catalog", "show", "KB7"), ("catalog", "graph", "KB7")):
        result = run(*words).ends(2, "KB7 stands in several entries; give the id of one: A5 B6")
        expect(not result.out, result.text)
    run("catalog", "show", "b6").ends(0)


@check
def a_long_list_has_an_end():
    with_packages(*[package(f"P{i:03}-" + "x" * 40, 4) for i in range(40)])
    result = run("plan", "six.json", "--goal", "KB7").ends(2, " more")
    expect("P000-" in result.says, result.says)
    run("catalog", "show", "KB7").ends(2, " more")


@check
def a_waiver_for_the_number_covers_all_of_them():
    with_packages()
    put("waivers.json", {"format": "patchprereq-waivers/1.0", "waivers": [
        {"id": "W-7", "patches": ["KB7"], "reason": "r", "approver": "a", "expires": "2026-12-31"}]})
    for facts in ("five.json", "six.json"):
        made = json.loads(run("assess", facts, "--waivers", "waivers.json", "--format", "json").text)
        waived = {row["patchId"] for row in made["statuses"] if row.get("waived")}
        expect(waived == {"A5", "B6"}, waived)
        expect([waiver["id"] for waiver in made["waivers"]] == ["W-7"], made["waivers"])


@check
def a_policy_for_the_number_requires_all_of_them():
    def level(name, pack):
        return {"id": name, "aliases": ["PACK"], "kind": "baseline", "title": name, "product": "NT4",
                "classification": "level", "sources": SOURCE, "marker": {"os": {"servicePack": {"equals": [pack]}}},
                "sets": [{"os": {"servicePack": pack}}], "installNote": "By hand."}
    with_packages(level("L7", 7), level("L8", 8))
    put("policy.json", {"format": "patchprereq-policy/1.0", "id": "p", "version": "1",
                        "require": [{"level": "PACK", "updates": "none"}]})
    made = json.loads(run("assess", "six.json", "--policy", "policy.json", "--format", "json").text)
    required = {row["patchId"] for row in made["statuses"] if row.get("required")}
    expect(required == {"L7", "L8"}, required)
    with_packages()
    put("policy.json", {"format": "patchprereq-policy/1.0", "id": "p", "version": "1",
                        "require": [{"level": "KB7"}]})
    run("assess", "six.json", "--policy", "policy.json").ends(2, "KB7 is no level but a patch")


@check
def a_plan_made_for_a_number_can_be_verified():
    with_packages()
    put("plan.json", run("plan", "six.json", "--goal", "KB7", "--format", "json").ends(0).out)
    run("plan", "six.json", "--verify", "plan.json").ends(0)


@check
def entries_that_name_the_number_are_refused():
    with_packages(package("A5", 5), package("B6", 6), package("C6", 6, aliases=[], supersedes=["KB7"]))
    run("catalog", "list").ends(2, 'C6: supersedes names "KB7", which stands in several entries')
    expect("[ambiguous_id]" in run("catalog", "lint", now=None).ends(1).text, "lint")


if __name__ == "__main__":
    main(sys.argv)
