#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_explain.py PROGRAM FOLDER [CHECK...] - explain, catalog search and graph, as people use them."""
import json
import sys

from cli_fixture import CATALOG, check, expect, main, put, run


def with_errors():
    """The small catalog with an error code and a second alternative, by a rule."""
    patch = json.loads(json.dumps(CATALOG["patches"][1]))
    patch["prerequisites"][0]["errors"] = ["0x80070bc9", "Setup stops"]
    patch["prerequisites"][0]["anyOf"].append(
        {"rule": {"registry": {"key": r"HKLM\SOFTWARE\Test", "name": "Allow",
                               "number": {"equals": [1]}}}, "title": "Allow is 1"})
    patch["cautions"] = [{"text": "Back up first."}]
    put("catalog/test/entries.json",
        dict(CATALOG, patches=[CATALOG["patches"][0], patch]))


@check
def tree_is_told_without_a_host():
    with_errors()
    text = run("explain", "MS99-001").ends(0).text
    for words in ("Q1  A patch for part.dll", "needs NT4-SP6 or later or Allow is 1",
                  "because: The package checks for Service Pack 6.", "else:    0x80070bc9",
                  "NT4-SP6  Service Pack 6", "caution: Back up first."):
        expect(words in text, f"{words!r} is not in\n{text}")
    expect("[x]" not in text and "(Unknown)" not in text, text)


@check
def tree_is_marked_for_a_host():
    with_errors()
    text = run("explain", "Q1", "blocked.json").ends(0).text
    for words in ("On OLD01, host:", "(Unknown)", "[?] needs NT4-SP6", "[ ] NT4-SP6",
                  "[?] Allow is 1", "found:   service pack 5", "found:   not collected"):
        expect(words in text, f"{words!r} is not in\n{text}")
    text = run("explain", "Q1", "good.json").ends(0).text
    expect("[x] needs" in text and "[x] NT4-SP6" in text and "(Compliant)" in text, text)


@check
def tree_is_a_document_too():
    document = json.loads(run("explain", "Q1", "blocked.json", "--format", "json").ends(0).text)
    expect(document["format"] == "patchprereq-explain/1.0" and document["hostName"] == "OLD01",
           document)
    kinds = [row["kind"] for row in document["rows"]]
    expect(kinds == ["patch", "needs", "patch"], kinds)
    expect(document["rows"][1]["holds"] == "No" and document["rows"][0]["state"] == "Blocked",
           document["rows"])


@check
def what_cannot_be_explained_is_told():
    run("explain", "Q9").ends(2, "Q9 is no patch of the catalog")
    run("explain", "Q1", "nowhere.json").ends(2, "nowhere.json")
    assessed = run("assess", "good.json", "--format", "json").text
    put("assessed.json", assessed)
    run("explain", "Q1", "assessed.json")
    run("explain").ends(2)


@check
def search_finds_what_people_have_in_hand():
    with_errors()
    for part in ("q1", "ms99", "PART.DLL", "windows nt", "0x80070BC9", "back up", "service pack 6"):
        text = run("catalog", "search", part).ends(0).text
        expect("Q1 " in text or part == "windows nt", f"{part}: {text}")
    text = run("catalog", "search", "0x80070bc9").text
    expect("fails with: 0x80070bc9" in text and "because: The package checks" in text, text)
    expect("NT4-SP6 " not in text, text)
    expect(run("catalog", "search", "part.dll", "--format", "ids").text == "Q1\n", "ids")
    found = json.loads(run("catalog", "search", "0x8007", "--format", "json").text)["matches"]
    expect([hit["id"] for hit in found] == ["Q1"] and found[0]["where"] == "fails with", found)


@check
def search_looks_into_all_that_an_entry_says():
    patch = json.loads(json.dumps(CATALOG["patches"][1]))
    patch["sources"][0].update(title="Q281402", says="Dr. Watson after the patch")
    patch["commands"] = {"install": {"program": "prmcan4i.exe", "arguments": ["-m"]}}
    patch["prerequisites"][0].update(errors=["logon problems"])
    patch["prerequisites"][0]["anyOf"].append(
        {"rule": {"any": [{"registry": {"key": r"HKLM\SOFTWARE\Test", "name": "QualityCompat"}}]}, "title": "t",
         "remedy": {"action": "manual", "text": "Run tool7.exe.", "verify": "It says done."}})
    put("catalog/test/entries.json", dict(CATALOG, patches=[CATALOG["patches"][0], patch]))
    for part, where in (("KB281402", "source"), ("q281402", "source"), ("Q281402", "source"),
                        ("dr. watson", "sources says"), ("prmcan4i", "commands install program"),
                        ("logon", "fails with"), ("qualitycompat", "prerequisites anyOf rule any registry name"),
                        ("tool7", "prerequisites anyOf remedy text")):
        found = json.loads(run("catalog", "search", part, "--format", "json").ends(0).text)["matches"]
        expect([(hit["id"], hit["where"]) for hit in found] == [("Q1", where)], (part, found))
    expect(run("catalog", "search", "KB281403", "--format", "ids").text == "", "another number")


@check
def search_that_finds_nothing_says_so():
    result = run("catalog", "search", "no such thing").ends(0, "nothing in the catalog holds")
    expect(result.text == "", result.text)


@check
def graph_has_its_shapes():
    with_errors()
    text = run("catalog", "graph").ends(0).text
    for words in ('digraph catalog {', '"NT4-SP6" [shape=folder', '"Q1" [shape=box',
                  '"Q1/1" [shape=diamond, label="or"]', '"Q1" -> "Q1/1" [label="always"]',
                  '"Q1/1" -> "NT4-SP6" [style=dashed]'):
        expect(words in text, f"{words!r} is not in\n{text}")


@check
def graph_of_one_entry_is_what_it_reaches():
    lone = dict(CATALOG["patches"][1], id="Q2", aliases=[], prerequisites=[], recordIds=["Q2"])
    put("catalog/test/entries.json", dict(CATALOG, patches=CATALOG["patches"] + [lone]))
    text = run("catalog", "graph", "NT4-SP6").ends(0).text
    expect('"Q1" -> "NT4-SP6"' in text and '"Q2"' not in text, text)
    run("catalog", "graph", "Q9").ends(2, "Q9 is no id or alias")


if __name__ == "__main__":
    main(sys.argv)
