#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_catalog.py PROGRAM FOLDER [CHECK...] - catalog and import, as people use them."""
import hashlib
import json
import os
import sys

from cli_fixture import (BLOCKED, CATALOG, CATALOG_INFO, COLLECTED, check, expect, get, host, main,
                         plain, put, run)

# ---- catalog ----

@check
def catalog_is_listed():
    text = run("catalog", "list", now=None).ends(0).text
    expect("Catalog test 1 of 2026-11-01, SHA-256 " in text and "Q1 " in text, text)
    expect(run("catalog", "list", "--format", "ids").text == "NT4-SP6\nQ1\n", "ids")
    ids = [p["id"] for p in json.loads(run("catalog", "list", "--format", "json").text)["patches"]]
    expect(ids == ["NT4-SP6", "Q1"], ids)


@check
def probes_are_listed():
    text = run("catalog", "probes", now=None).ends(0).text
    expect("Files (" in text and "part.dll\n" in text, text)
    path = r"%SystemRoot%\System32\inetsrv\part.dll"
    probes = json.loads(run("catalog", "probes", "--format", "json").text)["probes"]
    expect({"kind": "file", "path": path} in probes, probes)
    ids = run("catalog", "probes", "--format", "ids").text.splitlines()
    expect(len(ids) == len(probes) == len(set(ids)) and f"file\t{path}" in ids, ids)
    run("catalog", "probes", "Q1").ends(2, "one operand too many")


@check
def catalog_hash_can_be_made_by_hand():
    want = hashlib.sha256(get("catalog/catalog.json") + get("catalog/test/entries.json")).hexdigest()
    expect(want in run("catalog", "list").text, want)
    document = json.loads(run("assess", "good.json", "--format", "json").text)
    expect(document["catalogs"][0]["sha256"] == want, document["catalogs"])


@check
def entries_are_shown_by_any_number():
    for number in ("Q1", "q1", "KB1", "MS99-001"):
        text = run("catalog", "show", number).ends(0).text
        expect("A patch for part.dll" in text and "NT4-SP6 or a later one" in text, text)
    document = json.loads(run("catalog", "show", "KB1", "--format", "json").text)
    expect(document["id"] == "Q1" and document["severity"] == "Critical", document)
    expect(run("catalog", "show", "KB1", "--format", "ids").text == "Q1\n", "ids")
    run("catalog", "show", "KB2").ends(2, "KB2 is no id or alias")


@check
def overlay_replaces_entries_and_is_told():
    entry = dict(CATALOG["patches"][1], title="Another title")
    put("site/catalog.json", dict(CATALOG_INFO, id="site"))
    put("site/own/q1.json", dict(CATALOG, family="own", products=[], patches=[entry]))
    result = run("catalog", "show", "Q1", "--catalog", "site").ends(0, "Q1")
    expect("Another title" in result.text, result.text)


@check
def catalog_folder_must_be_one():
    plain("catalog", "list", "--no-builtin").ends(2, "--no-builtin leaves no catalog")
    plain("catalog", "list", "--no-builtin", "--catalog", "nowhere").ends(2, "no such folder")
    os.mkdir("none")
    plain("catalog", "list", "--no-builtin", "--catalog", "none").ends(2, "no catalog.json")
    put("catalog/stray.json", CATALOG)
    run("catalog", "list").ends(2, "catalog/stray.json")


@check
def broken_catalog_file_is_told():
    put("catalog/test/broken.json", dict(CATALOG, patches=[{"id": 5}]))
    run("catalog", "list").ends(2, "catalog/test/broken.json: /patches/0/id")
    result = run("catalog", "lint").ends(1)
    expect("catalog/test/broken.json" in result.text and "[unreadable]" in result.text, result.text)


@check
def files_that_nobody_reads_are_told():
    put("catalog/test/SHOUT.JSON", CATALOG)
    put("catalog/test/inner/entries.json", CATALOG)
    put("catalog/test/inner/more/deep.json", CATALOG)
    put("catalog/Beside.Json", CATALOG)
    for quiet in ("catalog/test/cases/one/facts.json", "catalog/test/tools/table.json", "catalog/test/.hidden.json",
                  "catalog/test/.git/x.json", "catalog/test/notes.txt", "catalog/.git/x/y.json"):
        put(quiet, {})
    paths = ["catalog/Beside.Json", "catalog/test/SHOUT.JSON", "catalog/test/inner/entries.json",
             "catalog/test/inner/more/deep.json"]
    says = run("catalog", "list").ends(0).says
    expect([line.split(": ")[2] for line in says.splitlines()] == paths, says)
    expect("is not read" in run("assess", "good.json").ends(0).says, "assess")
    result = json.loads(run("catalog", "lint", "--format", "json").ends(1).text)["findings"]
    expect([(finding["code"], finding["file"]) for finding in result] == [("not_read", path) for path in paths], result)


@check
def lint_finds_nothing_in_a_sound_catalog():
    result = run("catalog", "lint").ends(0)
    expect("nothing found" in result.text, result.text)
    expect(json.loads(run("catalog", "lint", "--format", "json").text) == {"findings": []}, "json")


@check
def lint_names_what_dangles():
    entry = dict(CATALOG["patches"][1], id="Q2", aliases=[], supersedes=["Q77"])
    put("site/catalog.json", dict(CATALOG_INFO, id="site"))
    put("site/own/q2.json", dict(CATALOG, family="own", products=[], patches=[entry]))
    result = run("catalog", "lint", "site").ends(1)
    expect("site/own/q2.json" in result.text and "Q77" in result.text, result.text)
    found = json.loads(run("catalog", "lint", "site", "--format", "json").ends(1).text)["findings"]
    expect(any("Q77" in finding["text"] + finding["where"] for finding in found), found)


@check
def cases_beside_the_entries_are_run():
    run("catalog", "test").ends(2, "there is no case")
    expected = {"format": "patchprereq-expected/1.0",
                "statuses": [{"id": "Q1", "state": "Blocked", "reasonCode": "level_unmet"}],
                "plans": [{"goal": "Q1", "result": "planned"}]}
    put("catalog/test/cases/level/facts.json", BLOCKED)
    put("catalog/test/cases/level/expected.json", expected)
    result = run("catalog", "test").ends(0)
    expect(result.text == "1 cases, 0 failed\n", result.text)


@check
def cases_that_come_out_wrong_are_told():
    expected = {"format": "patchprereq-expected/1.0",
                "statuses": [{"id": "Q1", "state": "Ready"}, {"id": "Q7", "state": "Ready"}]}
    put("catalog/test/cases/level/facts.json", BLOCKED)
    put("catalog/test/cases/level/expected.json", expected)
    put("catalog/test/cases/torn/facts.json", "{")
    put("catalog/test/cases/torn/expected.json", expected)
    result = run("catalog", "test").ends(1)
    for words in ("cases/level: Q1: state is Blocked, expected is Ready",
                  "cases/level: Q7: there is no such status", "cases/torn/facts.json: line 1",
                  "2 cases, 2 failed"):
        expect(words in result.text, f"{words!r} is not in\n{result.text}")
    found = json.loads(run("catalog", "test", "--format", "json").ends(1).text)
    expect(found["cases"] == 2 and found["failed"] == 2 and len(found["findings"]) == 3, found)


# ---- import ----

SYSTEMINFO = """
Host Name:                 {name}
OS Name:                   Microsoft Windows Server 2019 Standard
OS Version:                10.0.17763 N/A Build 17763
OS Manufacturer:           Microsoft Corporation
OS Configuration:          Standalone Server
OS Build Type:             Multiprocessor Free
Product ID:                00429-00000-00001-AA000
Original Install Date:     01/02/2020, 10:00:00
System Boot Time:          11/20/2026, 6:00:00
System Type:               x64-based PC
Windows Directory:         C:\\Windows
System Locale:             en-us;English (United States)
Domain:                    example.org
Hotfix(s):                 2 Hotfix(s) Installed.
                           [01]: KB4514366
                           [02]: KB4512577
Network Card(s):           1 NIC(s) Installed.
"""


@check
def import_makes_facts():
    put("a.txt", SYSTEMINFO.format(name="SRV01"))
    result = plain("import", "a.txt", "--facts-time", COLLECTED).ends(0)
    facts = json.loads(result.text)
    expect(facts["format"] == "patchprereq-facts/1.0", facts["format"])
    expect(facts["host"]["hostName"] == "SRV01", facts["host"])
    expect(facts["collection"]["finished"] == COLLECTED, facts["collection"])
    expect({update["id"] for update in facts["updates"]} == {"KB4514366", "KB4512577"},
           facts["updates"])


@check
def import_takes_the_time_of_the_file():
    put("a.txt", SYSTEMINFO.format(name="SRV01"))
    os.utime("a.txt", (1_700_000_000, 1_700_000_000))
    facts = json.loads(plain("import", "a.txt").ends(0).text)
    expect(facts["collection"]["finished"] == "2023-11-14T22:13:20Z", facts["collection"])


@check
def import_of_several_hosts_gives_lines():
    put("a.txt", SYSTEMINFO.format(name="SRV01"))
    put("b.txt", SYSTEMINFO.format(name="SRV02").encode("utf-16"))
    put("c.txt", "nothing of that kind\n")
    result = plain("import", "a.txt", "b.txt", "c.txt", "--facts-time", COLLECTED).ends(3, "c.txt: ")
    names = [json.loads(line)["host"]["hostName"] for line in result.text.splitlines()]
    expect(names == ["SRV01", "SRV02"], names)
    chained = run("assess", "-", "--format", "ndjson", stdin=result.out)
    expect(len(chained.text.splitlines()) == 2, chained.says)


@check
def import_merges_files_of_one_host():
    put("a.txt", SYSTEMINFO.format(name="SRV01"))
    put("b.txt", "HotFixID   InstalledOn\nKB5000001  11/1/2026\nKB4512577  2/3/2020\n")
    result = plain("import", "a.txt", "b.txt", "--merge", "--facts-time", COLLECTED).ends(0)
    ids = {update["id"] for update in json.loads(result.text)["updates"]}
    expect(ids == {"KB4514366", "KB4512577", "KB5000001"}, ids)


@check
def import_refuses_what_it_cannot_read():
    put("c.txt", "nothing of that kind\n")
    put("d.txt", SYSTEMINFO.format(name="SRV01"))
    result = plain("import", "c.txt").ends(2, "c.txt: ")
    expect(not result.out, result.text)
    plain("import", "nowhere.txt").ends(2, "nowhere.txt")
    plain("import", "catalog").ends(2, "is a folder")
    plain("import", "c.txt", "d.txt", "--host-id", "x").ends(2, "--host-id is of one host")
    for wrong in (" ", "BÜRO-PC", "a" * 256):
        result = plain("import", "d.txt", "--host-id", wrong).ends(2, f'--host-id "{wrong}" is no id')
        expect(not result.out, result.text)
    plain("import", "d.txt", "--host-id", "a" * 255).ends(0)
    plain("import", "d.txt", "--facts-time", "soon").ends(2, "--facts-time soon is not a time")


main(sys.argv)
