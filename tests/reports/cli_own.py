#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_own.py PROGRAM FOLDER [CHECK...] - what the program writes it reads again, whatever hosts are called."""
import csv
import io
import json
import os
import random
import sys

from cli_fixture import BLOCKED, check, expect, get, host, lines, main, put, run

HOSTS = 1000
LATER = "2026-11-25T20:00:00Z"
# The first letter of ten scripts and how many there are.
SCRIPTS = [(0x41, 26), (0xC0, 23), (0x391, 17), (0x410, 64), (0x531, 38), (0x5D0, 27), (0x621, 26), (0x905, 53),
           (0x4E00, 500), (0x10400, 40)]
SIGNS = " #$.-_'\"\\/@:%*?<|=+"


def names():
    """Names that are different hosts: no two are the same without regard to case."""
    source = random.Random(20261122)
    found, seen = ["BÜRO-PC", "WEB 01", "PC#1", "WEB01$", "CON", "nul.txt", ".", "=1+1", "index", "ẞ"], set()
    seen.update(name.lower() for name in found)
    while len(found) < HOSTS:
        first, count = source.choice(SCRIPTS)
        size = 255 if source.randrange(20) == 0 else source.randint(1, 20)
        name = "".join(source.choice(SIGNS) if source.randrange(5) == 0 else chr(first + source.randrange(count))
                       for _ in range(size))
        if name.lower() not in seen:
            seen.add(name.lower())
            found.append(name)
    return found


def hosts(**more):
    made = []
    for number, name in enumerate(names()):
        facts = host(name, level=5 + number % 2, version="4.2.700.1", recorded=number % 3 > 0)
        facts["host"] = {"hostName": name}
        made.append(dict(facts, **more))
    return made


def rows(text):
    return [json.loads(line) for line in text.splitlines()]


@check
def assessments_of_a_thousand_hosts_are_read_again():
    put("facts.ndjson", lines(*hosts()))
    first = run("assess", "facts.ndjson", "--format", "ndjson").ends(1)
    expect(not first.err, first.says[:500])
    put("before.ndjson", first.out)
    expect(len({row["host"]["hostId"] for row in rows(first.text)}) == HOSTS, "ids fall together")
    again = run("assess", "before.ndjson", "--format", "ndjson", catalog=False).ends(1)
    expect(again.out == first.out and not again.err, again.says[:500])
    put("later.ndjson", lines(*hosts(collection={"method": "manual", "finished": LATER})))
    later = run("assess", "later.ndjson", "--previous", "before.ndjson", "--format", "ndjson",
                now="2026-11-26T08:00:00Z").ends(1)
    expect(not later.err, later.says[:500])
    for row in rows(later.text):
        expect("previous" in row, f"no history: {row['host']}")
        for status in row["statuses"]:
            expect("openSince" not in status or status["openSince"] == "2026-11-21T20:00:00Z", status)


@check
def reports_and_hand_outs_of_a_thousand_hosts():
    put("facts.ndjson", lines(*hosts()))
    put("a.ndjson", run("assess", "facts.ndjson", "--format", "ndjson").ends(1).out)
    result = run("report", "a.ndjson", "--csv", "csv", "--plans", "plans", "-o", "r.xlsx", catalog=False).ends(0)
    expect(not result.err, result.says[:500])
    index = list(csv.DictReader(io.StringIO(get("plans/index.csv").decode("utf-8-sig"))))
    expect(len(index) == HOSTS, len(index))
    # An apostrophe stands before what a spreadsheet would take for a formula.
    files = [row[column].removeprefix("'") for row in index for column in ("Workbook", "Markdown")
             if row[column]]
    expect(len({name.lower() for name in files}) == len(files), "two hosts have one file")
    for name in files:
        expect(os.path.isfile(f"plans/{name}"), name)
        expect(all(c.isascii() and (c.isalnum() or c in "._-~") for c in name), name)


@check
def plans_and_explanations_of_a_thousand_hosts():
    put("facts.ndjson", lines(*hosts()))
    put("a.ndjson", run("assess", "facts.ndjson", "--format", "ndjson").ends(1).out)
    made = run("plan", "facts.ndjson", "--format", "json").ends(0)
    expect(not made.err, made.says[:500])
    held = run("plan", "a.ndjson", "--format", "json", catalog=False).ends(0)
    plans = rows(made.text)
    expect([row["plan"]["hash"] for row in plans] == [row["plan"]["hash"] for row in rows(held.text)], "hashes")
    told = run("explain", "Q1", "facts.ndjson", "--format", "json").ends(0)
    expect(len(rows(told.text)) == HOSTS and not told.err, told.says[:500])
    for number in range(0, HOSTS, 50):
        put("one.json", hosts()[number])
        put("plan.json", plans[number])
        run("plan", "one.json", "--verify", "plan.json").ends(0)


@check
def a_name_in_another_case_is_the_same_host():
    upper, lower = dict(BLOCKED, host={"hostName": "BÜRO-ΣΕΡΒΕΡ"}), dict(BLOCKED, host={"hostName": "büro-σερβερ"})
    lower["collection"] = {"method": "manual", "finished": LATER}
    put("upper.json", upper)
    put("lower.json", lower)
    put("before.json", run("assess", "upper.json", "--format", "json").ends(1).out)
    put("waivers.json", {"format": "patchprereq-waivers/1.0", "waivers": [
        {"id": "W1", "hosts": ["Büro-*"], "reason": "r", "approver": "a", "expires": "2027-01-01"}]})
    put("scope.csv", "host,group\nbÜRO-σερΒΕΡ,dmz\n")
    document = json.loads(run("assess", "lower.json", "--previous", "before.json", "--waivers", "waivers.json",
                              "--scope", "scope.csv", "--format", "json", now="2026-11-26T08:00:00Z").text)
    expect(document["host"]["hostId"] == "b:C3:BCro-:CF:83:CE:B5:CF:81:CE:B2:CE:B5:CF:81", document["host"])
    expect(document["host"]["group"] == "dmz" and "previous" in document, document["host"])
    expect(all(row["waived"] for row in document["statuses"] if row["state"] in ("Blocked", "Ready")), "waived")
    run("assess", "upper.json", "lower.json").ends(1, "b:C3:BCro-")  # told: one host twice


main(sys.argv)
