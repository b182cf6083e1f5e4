#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""coverage.py PROGRAM - docs/coverage.tsv: every fact that was collected for the catalog is an entry, or
a line that says why not.

A line has the fact's id, the ids of entries that carry it (or -), and how it is carried or why it is
left out.  Every id has to be in the catalog, every line without one has to have a reason.  With
PATCHPREREQ_FACTS naming the list of facts, each of them has to have its line.
"""
import json
import os
import pathlib
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "coverage.tsv"


def main():
    listed = subprocess.run([sys.argv[1], "catalog", "list", "--format", "ids"], check=True,
                            capture_output=True).stdout.decode().split()
    ids, seen, wrong = set(listed), {}, []
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    if lines[0] != "fact\tentries\thow":
        wrong.append("the first line names the columns: fact, entries, how")
    for number, line in enumerate(lines[1:], 2):
        parts = line.split("\t")
        if len(parts) != 3:
            wrong.append(f"line {number}: has {len(parts)} columns")
            continue
        fact, entries, how = parts
        if fact in seen:
            wrong.append(f"line {number}: {fact} stands in line {seen[fact]} already")
        seen[fact] = number
        missing = [name for name in entries.split() if name != "-" and name not in ids]
        if missing:
            wrong.append(f"line {number}: {fact}: not in the catalog: {', '.join(missing)}")
        if entries == "-" and not how:
            wrong.append(f"line {number}: {fact}: left out without a reason")
    facts = os.environ.get("PATCHPREREQ_FACTS")
    if facts:
        with open(facts, encoding="utf-8") as file:
            wrong += [f"{fact['id']} has no line" for fact in json.load(file)
                      if fact["id"] not in seen]
    for text in wrong:
        print(f"docs/coverage.tsv: {text}")
    print(f"{len(seen)} lines, {len(ids)} entries, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


main()
