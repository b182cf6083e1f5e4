#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""releases.py tables - the release lines of Windows are what the tables beside them say.

releases.py world - where PATCHPREREQ_WORLD names a folder with windows-releases.csv, every release in it
stands in its line with the same level, KB and day, and nothing else does."""
import csv
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FAMILY = os.path.join(ROOT, "catalog", "windows-releases")
WORLD = os.environ.get("PATCHPREREQ_WORLD", "")


def lines():
    for name in sorted(os.listdir(FAMILY)):
        if name.endswith(".json"):
            with open(os.path.join(FAMILY, name), encoding="utf-8") as file:
                for line in json.load(file)["lines"]:
                    yield line


def is_on(line, build, kind):
    os_rule = line["applies"]["os"]
    types = os_rule.get("productType")
    if build not in os_rule["build"]["equals"]:
        return False
    if not types or kind == "both":
        return True
    return ("workstation" in types) == (kind == "client")


def main():
    if sys.argv[1:] == ["world"]:
        return world()
    made = subprocess.run([sys.executable, "-B", os.path.join(FAMILY, "tools", "build.py"), "--check"],
                          capture_output=True, text=True)
    print(made.stdout + made.stderr)
    return made.returncode


def world():
    table = os.path.join(WORLD, "windows-releases.csv") if WORLD else ""
    if not os.path.exists(table):
        print("skipped: PATCHPREREQ_WORLD names no world table")
        return 77
    failed = compare(table)
    for text in failed[:40]:
        print(text)
    return 1 if failed else 0


def compare(table):
    failed = []
    known = {line["id"]: line for line in lines()}
    expected = {identity: {} for identity in known}
    with open(table, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["sources"] == "vuls":
                continue # a checking table: alone it is no source
            on = [line for line in known.values() if is_on(line, int(row["build"]), row["line"])]
            if not on:
                failed.append("%s.%s: no line" % (row["build"], row["ubr"]))
            for line in on:
                days = expected[line["id"]].setdefault((int(row["ubr"]), row["kb"]), set())
                days.add(row["released"])
    for identity, line in known.items():
        columns = line["columns"]
        found = {}
        for cells in line["rows"]:
            row = dict(zip(columns, cells))
            for level in row.get("levels") or [row["level"]]:
                found[(level, row["kb"])] = row
        for key, days in expected[identity].items():
            if key not in found:
                failed.append("%s: %s %s is missing" % (identity, key[1], key[0]))
            elif days and min(days) and found[key].get("day") not in days and "levels" not in found[key]:
                failed.append("%s: %s of %s, not %s" % (identity, key[1], found[key].get("day"), days))
        for key, row in found.items():
            if key not in expected[identity] and row["cadence"] != "hotpatch":
                failed.append("%s: %s %s is in no table" % (identity, key[1], key[0]))
    return failed


if __name__ == "__main__":
    sys.exit(main())
