#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""examples.py - classes, properties and methods in the examples of docs/wmi.md are those of the MOF, and
the tests that they name are there."""
import pathlib
import re
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = ROOT / "tests" / "wmi-provider"
faults = []


def read_mof():
    """Class to the names in it."""
    classes = {}
    for line in (ROOT / "wmi-provider" / "patchprereq.mof").read_text(encoding="ascii").splitlines():
        if match := re.match(r"class (\w+)", line):
            members = classes.setdefault(match[1], set())
        elif match := re.match(r" +[\w ]+ (\w+)(;|\()", line):
            members.add(match[1])
    return classes


def expect_members(classes, name, members, where):
    if name not in classes:
        faults.append(f"{where}: no class {name}")
        return
    faults.extend(f"{where}: {name} has no {member}"
                  for member in members if member != "*" and member not in classes[name])


def conditions(text):
    return re.findall(r"(\w+) *(?:=|<>|>|<|LIKE)", text)


def check_block(classes, kind, text):
    if kind == "toml":
        for query in tomllib.loads(text)["inputs"]["win_wmi"][0]["query"]:
            names = query["properties"] + query["tag_properties"] + conditions(query.get("filter", ""))
            expect_members(classes, query["class_name"], names, "Telegraf")
    for name in re.findall(r"PatchPrereq_\w+", text):
        expect_members(classes, name, [], text[:40])
    for names, name, where in re.findall(r"SELECT ([\w,* ]+) FROM (\w+)(?: WHERE ([^\"'\n]*))?", text):
        expect_members(classes, name, re.split(", ?", names) + conditions(where), f"SELECT {names}")
    for name, names in re.findall(r"path (\w+).* get ([\w,]+)", text):
        expect_members(classes, name, names.split(","), "wmic")
    for name, method in re.findall(r"ExecMethod\(\"(\w+)[^,]*, \"(\w+)\"", text):
        expect_members(classes, name, [method], "ExecMethod")


def main():
    classes = read_mof()
    page = (ROOT / "docs" / "wmi.md").read_text(encoding="utf-8")
    section = re.search(r"\n## Asking\n(.*?)\n## ", page, re.DOTALL)[1]
    blocks = re.findall(r"```(\w*)\n(.*?)```", section, re.DOTALL)
    for kind, text in blocks:
        check_block(classes, kind, text)
    clients = re.findall(r"`(clients/[\w/]+\.\w+)`", section)
    faults.extend(f"no {client}" for client in clients if not (HERE / client).exists())
    if len(blocks) < 8 or len(clients) < 5:
        faults.append(f"{len(blocks)} examples, {len(clients)} clients")
    for fault in faults:
        print(f"FAILED: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
