#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_assess.py PROGRAM FOLDER [CHECK...] - states, formats, and what is said of bad input."""
import csv
import io
import json
import os
import sys
import time

from cli_fixture import (BLOCKED, COMPLIANT, DAMAGED, NOW, check, expect, host, lines, main,
                         plain, put, run)

# ---- assess ----

@check
def sound_host_ends_with_0():
    result = run("assess", "good.json").ends(0)
    expect("GOOD01.example.org" in result.text, result.text)


@check
def open_findings_end_with_1():
    result = run("assess", "blocked.json").ends(1)
    expect("Blocked (1)" in result.text and "Q1" in result.text, result.text)


@check
def every_format_says_the_time_of_judging():
    for form in ["text", "json", "ndjson", "csv"]:
        result = run("assess", "good.json", "--format", form).ends(0)
        expect(NOW in result.text, form)


@check
def clock_is_the_default():
    result = run("assess", "good.json", now=None)
    expect(time.strftime("judged at %Y-%m-%d", time.gmtime()) in result.text, result.text)


@check
def json_is_one_readable_document():
    result = run("assess", "blocked.json", "--format", "json").ends(1)
    document = json.loads(result.text)
    expect(document["format"] == "patchprereq-assessment/1.0", document["format"])
    expect(result.text.count("\n") > 20, "it is not indented")
    states = {row["id"]: row["state"] for row in document["statuses"]}
    expect(states["Q1"] == "Blocked", states)
    names = [entry["name"] for entry in document["inputs"]]
    expect("blocked.json" in names, names)


@check
def several_hosts_come_one_per_line():
    for form in ["json", "ndjson"]:
        result = run("assess", "good.json", "blocked.json", "--format", form).ends(1)
        documents = [json.loads(line) for line in result.text.splitlines()]
        expect([d["host"]["hostName"] for d in documents] == ["GOOD01", "OLD01"], form)


@check
def csv_has_one_row_per_status():
    put("all.ndjson", lines(COMPLIANT, BLOCKED, DAMAGED))
    result = run("assess", "all.ndjson", "--format", "csv").ends(1)
    expect(result.out.startswith(b"\xef\xbb\xbf"), "no byte order mark")
    rows = list(csv.DictReader(io.StringIO(result.out.decode("utf-8-sig"))))
    expect(len(rows) == 6, len(rows))
    found = {(row["HostName"], row["PatchId"]): row["StateName"] for row in rows}
    expect(found["GOOD01", "Q1"] == "Compliant", found)
    expect(found["OLD01", "Q1"] == "Blocked", found)
    expect(found["BAD01", "Q1"] == "Regressed", found)
    expect(all(row["LastEvaluated"] == NOW for row in rows), rows[0])


@check
def assessment_comes_through_as_it_is():
    first = run("assess", "blocked.json", "--format", "ndjson")
    put("assessed.ndjson", first.out)
    again = plain("assess", "assessed.ndjson", "--format", "ndjson").ends(1)
    expect(again.out == first.out, "it changed")
    text = plain("assess", "assessed.ndjson").ends(1)
    expect(text.out == run("assess", "blocked.json").out, "the text differs")


@check
def same_facts_give_the_same_bytes():
    a = run("assess", "damaged.json", "--format", "json").ends(1)
    b = run("assess", "damaged.json", "--format", "json").ends(1)
    expect(a.out == b.out, "two runs differ")


@check
def previous_carries_open_since():
    put("before.json", run("assess", "damaged.json", "--format", "json").out)
    later = dict(DAMAGED, collection=dict(DAMAGED["collection"], finished="2026-11-25T20:00:00Z"))
    put("later.json", later)
    result = run("assess", "later.json", "--previous", "before.json", "--format", "json",
                 now="2026-11-26T08:00:00Z").ends(1)
    row = next(r for r in json.loads(result.text)["statuses"] if r["id"] == "Q1")
    expect(row["openSince"] == "2026-11-21T20:00:00Z", row["openSince"])


@check
def previous_of_many_hosts_is_found_by_host():
    put("before.ndjson", run("assess", "blocked.json", "damaged.json", "--format", "ndjson").out)
    later = dict(DAMAGED, collection=dict(DAMAGED["collection"], finished="2026-11-25T20:00:00Z"))
    put("later.json", later)
    result = run("assess", "later.json", "--previous", "before.ndjson", "--format", "json",
                 now="2026-11-26T08:00:00Z").ends(1)
    row = next(r for r in json.loads(result.text)["statuses"] if r["id"] == "Q1")
    expect(row["openSince"] == "2026-11-21T20:00:00Z", row["openSince"])


@check
def previous_must_be_older():
    put("before.json", run("assess", "damaged.json", "--format", "json").out)
    run("assess", "damaged.json", "--previous", "before.json").ends(
        2, "damaged.json: --previous: before.json: the previous assessment rests on facts of ")
    put("before.ndjson", run("assess", "blocked.json", "damaged.json", "--format", "ndjson").out)
    run("assess", "damaged.json", "--previous", "before.ndjson").ends(
        2, "damaged.json: --previous: before.ndjson:2: the previous assessment rests on facts of ")


@check
def previous_must_be_an_assessment():
    result = run("assess", "damaged.json", "--previous", "good.json")
    result.ends(2, "--previous good.json: takes assessments, and these are facts")
    result.ends(2, "--previous good.json: holds no assessment that can be used")


@check
def a_previous_one_that_cannot_be_read_is_named():
    put("wrong.json", run("assess", "damaged.json", "--format", "json").text.replace('"bad01', '"bad 01'))
    result = run("assess", "damaged.json", "--previous", "wrong.json")
    result.ends(2, "--previous wrong.json: /host/hostId: an id uses ")
    result.ends(2, "--previous wrong.json: holds no assessment")


@check
def previous_with_one_bad_line_is_told_and_used():
    before = run("assess", "damaged.json", "--format", "ndjson").out
    put("before.ndjson", before + b"{\"format\":\n")
    later = dict(DAMAGED, collection=dict(DAMAGED["collection"], finished="2026-11-25T20:00:00Z"))
    put("later.json", later)
    run("assess", "later.json", "--previous", "before.ndjson",
        now="2026-11-26T08:00:00Z").ends(3, "before.ndjson:2: ")


@check
def judging_options_are_refused_with_assessments():
    put("assessed.json", run("assess", "good.json", "--format", "json").out)
    put("policy.json", {"format": "patchprereq-policy/1.0", "id": "p", "version": "1"})
    for words in (["--policy", "policy.json"], ["--no-builtin", "--catalog", "catalog"]):
        result = plain("assess", "assessed.json", *words).ends(2, "is an assessment")
        expect(not result.out, result.text)


@check
def same_host_twice_is_told():
    put("again.json", COMPLIANT)
    result = run("assess", "good.json", "again.json", "--format", "ndjson").ends(0, "good.json")
    expect("again.json" in result.says, result.says)
    expect(len(result.text.splitlines()) == 2, "both should come out")


@check
def quiet_says_no_notes():
    put("again.json", COMPLIANT)
    result = run("assess", "-q", "good.json", "again.json").ends(0)
    expect(not result.err, result.says)


@check
def untrusted_is_understood():
    run("assess", "good.json", "--untrusted").ends(0)


# ---- bad input ----

BROKEN = {
    "truncated": (json.dumps(COMPLIANT)[:200], ""),
    "not_json": ("Host Name: X\n", "patchprereq import"),
    "empty": ("", "is empty"),
    "wrong_type": (dict(COMPLIANT, os={"build": "1381"}), "/os/build"),
    "unknown_member": (dict(COMPLIANT, nonsense=1), "nonsense"),
    "repeated_member": ('{"format": "patchprereq-facts/1.0", "format": "patchprereq-facts/1.0"}',
                        "format"),
    "fraction": (dict(COMPLIANT, os={"build": 1.5}), "not a whole number"),
    "too_large_a_number": (dict(COMPLIANT, os={"build": 2 ** 53}), "/os/build"),
    "nul": (json.dumps(COMPLIANT).replace("GOOD01", "GO\\u0000D"), "NUL"),
    "not_utf8": (json.dumps(COMPLIANT).encode().replace(b"GOOD01", b"GO\xff"), "UTF-8"),
    "utf16": (json.dumps(COMPLIANT).encode("utf-16"), ""),
    "too_deep": ('{"format": "patchprereq-facts/1.0", "os": ' + "[" * 5000 + "]" * 5000 + "}", ""),
    "trailing_text": (json.dumps(COMPLIANT) + "}", ""),
    "policy": ({"format": "patchprereq-policy/1.0"}, "neither facts nor an assessment"),
    "other_major": (dict(COMPLIANT, format="patchprereq-facts/2.0"), "2.0"),
    "no_host": ({"format": "patchprereq-facts/1.0",
                 "collection": COMPLIANT["collection"]}, "host"),
}


def broken_check(kind, content, says):
    def one():
        put("broken.json", content)
        result = run("assess", "broken.json").ends(2, "broken.json")
        expect(says in result.says, f"{says!r} is not in {result.says!r}")
        expect(not result.out, result.text)
        put("fleet/a.json", COMPLIANT)
        put("fleet/b.json", content)
        put("fleet/c.json", BLOCKED)
        fleet = run("assess", "fleet", "--format", "ndjson").ends(3, "fleet/b.json")
        names = [json.loads(line)["host"]["hostName"] for line in fleet.text.splitlines()]
        expect(names == ["GOOD01", "OLD01"], names)
    one.__name__ = f"broken_input_{kind}"
    check(one)


for kind, (content, says) in BROKEN.items():
    broken_check(kind, content, says)


@check
def one_bad_line_costs_one_host():
    put("fleet.ndjson", lines(COMPLIANT) + '{"format": "patchp\n' + lines(BLOCKED))
    result = run("assess", "fleet.ndjson", "--format", "ndjson").ends(3, "fleet.ndjson:2: ")
    names = [json.loads(line)["host"]["hostName"] for line in result.text.splitlines()]
    expect(names == ["GOOD01", "OLD01"], names)


@check
def a_bad_first_line_costs_one_host():
    put("fleet.ndjson", '{"format": "patchp\n' + lines(COMPLIANT, BLOCKED))
    result = run("assess", "fleet.ndjson", "--format", "ndjson").ends(3, "fleet.ndjson:1: ")
    expect(len(result.text.splitlines()) == 2, result.text)


@check
def missing_file_is_unusable_input():
    run("assess", "nowhere.json").ends(2, "nowhere.json")
    run("assess", "nowhere.json", "good.json").ends(3, "nowhere.json")


@check
def file_that_cannot_be_read_is_an_io_error():
    # Opens, and gives an error at the first byte.
    result = run("assess", "/proc/self/mem", "good.json", "--format", "ndjson").ends(4, "/proc/self/mem")
    expect(len(result.text.splitlines()) == 1, "the other host should come out")


@check
def empty_folder_is_unusable():
    os.mkdir("none")
    run("assess", "none").ends(2, "none: holds no .json or .ndjson file")


@check
def control_characters_are_shown_not_sent():
    put("steer.json", host("A\x1b]0;x\x07B"))
    result = run("assess", "steer.json")
    expect(b"\x1b" not in result.out and b"\\x1b]0;x\\x07" in result.out, result.out)
    name = "b\x1b[31m.json"
    put(name, "{")
    result = run("assess", name).ends(2, "b\\x1b[31m.json")
    expect(b"\x1b" not in result.err, result.err)


@check
def broken_files_of_the_site_are_told():
    put("policy.json", {"format": "patchprereq-policy/1.0", "id": "p", "version": "1", "slaDays": 3})
    run("assess", "good.json", "--policy", "policy.json").ends(2, "policy.json: /slaDays")
    put("waivers.json", {"format": "patchprereq-waivers/1.0", "waivers": [{"id": "w"}]})
    run("assess", "good.json", "--waivers", "waivers.json").ends(2, "waivers.json: /waivers/0")
    put("scope.csv", "host,group\nGOOD01,web,extra\n")
    run("assess", "good.json", "--scope", "scope.csv").ends(2, "scope.csv: ")
    run("assess", "good.json", "--policy", "nowhere.json").ends(2, "nowhere.json")


@check
def files_of_the_site_are_among_the_inputs():
    put("policy.json", {"format": "patchprereq-policy/1.0", "id": "p", "version": "1"})
    put("scope.csv", "host,group\nGOOD01.example.org,web\n")
    result = run("assess", "good.json", "--policy", "policy.json", "--scope", "scope.csv",
                 "--format", "json").ends(0)
    document = json.loads(result.text)
    names = [entry["name"] for entry in document["inputs"]]
    expect(names == ["good.json", "policy.json", "scope.csv"], names)
    expect(all(len(entry["sha256"]) == 64 for entry in document["inputs"]), document["inputs"])
    expect(document["host"]["group"] == "web", document["host"])


@check
def policy_level_that_is_none_is_refused():
    policy = {"format": "patchprereq-policy/1.0", "id": "site", "version": "1",
              "require": [{"product": "NT4", "level": "NT4-SP9"}]}
    put("policy.json", policy)
    run("assess", "good.json", "--policy", "policy.json").ends(
        2, 'policy.json: /require/0/level: "NT4-SP9" is no entry of the catalog')
    policy["require"][0]["level"] = "Q1"
    put("policy.json", policy)
    run("assess", "good.json", "--policy", "policy.json").ends(2, "Q1 is no level but a patch")
    policy["require"] = [{"product": "NT5", "level": "none"}]
    put("policy.json", policy)
    result = run("assess", "good.json", "--policy", "policy.json")
    expect('no product of the catalog is called "NT5"' in result.says, result.says)


main(sys.argv)
