#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_collect.py PROGRAM FOLDER [CHECK...] - collect from trees and images, and what comes of it."""
import json
import lzma
import os
import shutil
import subprocess
import sys
import tarfile

import cli_fixture
from cli_fixture import NOW, Skip, check, expect, main, plain, put
from cli_trees import HERE, SHAPES, collect, file_named, tree


@check
def the_founding_case_from_files_and_hives_alone():
    facts = plain("collect", "--root", tree("nt4-iis4")).ends(0).out
    states = json.loads(plain("assess", "-", "--format", "json", stdin=facts).text)
    state = next(row for row in states["statuses"] if row["patchId"] == "Q269862")
    expect(state["state"] == "OutOfOrder", state)
    plan = json.loads(plain("plan", "-", "--goal", "Q269862", "--format", "json",
                            stdin=facts).ends(0).text)
    steps = [step["action"] for step in plan["plan"]["steps"]]
    expect(steps == ["extract", "uninstall", "apply-baseline", "restart", "install", "restart",
                     "verify"], steps)


@check
def every_shape_is_known():
    seen = {}
    for name in SHAPES:
        system = collect("--root", tree(name))["os"]
        seen[name] = (system["version"], system["build"], system["architecture"], system.get("ubr"))
    expect(seen == {"nt4-iis4": ("4.0", 1381, "x86", None),
                    "windows-2000": ("5.0", 2195, "x86", None),
                    "server-2012r2": ("6.3", 9600, "x64", None),
                    "windows-11-24h2": ("10.0", 26100, "x64", 1742)}, seen)


@check
def an_image_gives_the_same_facts():
    if not shutil.which("wimcapture"):
        raise Skip("wimcapture is not installed")
    for name in SHAPES:
        there = dict(os.environ, TMPDIR=os.path.abspath("private"))
        os.makedirs("private", exist_ok=True)
        subprocess.run(["wimcapture", tree(name), "image.wim", "Windows"], check=True,
                       capture_output=True)
        one = collect("--root", "tree")
        other = collect("--wim", "image.wim", "--index", "1", env=there)
        expect(other["collection"].pop("source") == "image.wim, image 1", other["collection"])
        one["collection"].pop("source")
        expect(one == other, f"{name}: the facts differ")
        expect(os.listdir("private") == [], os.listdir("private"))
        os.remove("image.wim")


@check
def files_of_an_instance_are_found_in_its_folder():
    """So the instances have to be known before the files are looked for."""
    made = tree("server-2012r2")
    path = put(f"{made}/Windows/Microsoft.NET/Framework64/v4.0.30319/x.dll", "no program")
    entry = {"id": "Q1", "title": "A patch", "product": "NET4", "classification": "security",
             "released": "2000-08-10", "sources": cli_fixture.SOURCE,
             "files": [{"path": r"%Instance%\x.dll", "version": "1.0"}]}
    product = {"id": "NET4", "title": ".NET Framework 4", "instanceProduct": "NETFX",
               "applies": {"product": {"product": "NETFX"}}, "sources": cli_fixture.SOURCE}
    put("catalog/test/entries.json", dict(cli_fixture.CATALOG, products=[product], patches=[entry]))
    facts = collect("--root", made, "--no-builtin", "--catalog", "catalog")
    found = [item for item in facts.get("files", ()) if item["path"].endswith("x.dll")]
    expect(len(found) == 1 and found[0].get("size") == os.path.getsize(path), found)


@check
def what_the_tree_hides_is_unavailable():
    inetsrv = os.path.join(tree("nt4-iis4"), "WINNT/System32/inetsrv")
    shutil.copy(f"{inetsrv}/w3svc.dll", f"{inetsrv}/W3SVC.DLL")
    os.remove(f"{inetsrv}/asp.dll")
    os.symlink("/etc/passwd", f"{inetsrv}/asp.dll")
    facts = collect("--root", "tree")
    twin, link = file_named(facts, r"inetsrv\w3svc.dll"), file_named(facts, r"inetsrv\asp.dll")
    expect((twin["status"], twin["code"]) == ("unavailable", "ambiguous_path"), twin)
    expect((link["status"], link["code"]) == ("unavailable", "error"), link)


@check
def a_dirty_hive_is_unavailable_unless_accepted():
    path = os.path.join(tree("nt4-iis4"), "WINNT/System32/config/SOFTWARE")
    with open(path, "r+b") as file:
        content = bytearray(file.read())
        content[4] ^= 2
        content[508] ^= 2  # the checksum is an exclusive or
        file.seek(0)
        file.write(content)
    facts = collect("--root", "tree")
    expect({error["code"] for error in facts["errors"]} == {"hive_dirty"}, facts["errors"])
    expect("version" not in facts["os"], facts["os"])
    facts = collect("--root", "tree", "--accept-dirty")
    expect(facts["os"]["version"] == "4.0" and not facts.get("errors"), facts.get("errors"))


@check
def damaged_hives_leave_a_document():
    for name in ("SOFTWARE", "SYSTEM"):
        path = os.path.join(tree("nt4-iis4"), "WINNT/System32/config", name)
        os.truncate(path, 5000)
        facts = collect("--root", "tree")
        expect(facts["errors"], f"{name}: nothing is wrong")


def golden_of(facts):
    """What a tree says; where it was read, by which version and how long it took aside."""
    for word in ("source", "collectorVersion", "started"):
        facts["collection"].pop(word)
    facts["collection"]["finished"] = NOW
    return facts


@check
def each_tree_has_the_facts_that_were_looked_at():
    """With PATCHPREREQ_WRITE_GOLDEN set they are written anew: look at the difference."""
    different = []
    for name in SHAPES:
        facts = golden_of(collect("--root", tree(name), "--no-builtin", "--catalog",
                                  os.path.join(HERE, "..", "data", "trees-catalog")))
        path = os.path.join(HERE, "..", "data", "trees", name, "facts.json")
        if os.environ.get("PATCHPREREQ_WRITE_GOLDEN"):
            put(path, json.dumps(facts, indent=1) + "\n")
        with open(path, encoding="utf-8") as file:
            if json.load(file) != facts:
                put(f"{name}.json", json.dumps(facts, indent=1) + "\n")
                subprocess.run(["diff", "-u", path, f"{name}.json"], check=False)
                different.append(name)
    expect(not different, different)


def real_hives():
    """Names and bytes of the registry files in the samples."""
    folder = os.environ.get("PATCHPREREQ_SAMPLES")
    if not folder or not os.path.isdir(f"{folder}/hives"):
        raise Skip("PATCHPREREQ_SAMPLES has no hives")
    for part in ("hives", "synthetic"):
        for name in sorted(os.listdir(f"{folder}/{part}")):
            path = f"{folder}/{part}/{name}"
            if name.endswith(".tar.xz"):
                with tarfile.open(path) as archive:
                    for member in archive:
                        if member.isfile():
                            yield f"{name}/{member.name}", archive.extractfile(member).read()
            elif name.endswith(".xz"):
                with lzma.open(path) as file:
                    yield name, file.read()
            elif not name.endswith((".json", ".reg", ".msu")):
                with open(path, "rb") as file:
                    yield name, file.read()


@check
def real_hives_end_in_documents_that_can_be_judged():
    small = ("--no-builtin", "--catalog", os.path.join(HERE, "..", "data", "trees-catalog"))
    documents, seen = b"", 0
    tree("server-2012r2")
    for name, content in real_hives():
        if content[:4] != b"regf" and "malformed" not in name:
            continue
        for hive in ("SYSTEM", "SOFTWARE"):
            put(os.path.join("tree/Windows/System32/config", hive), content)
        words = ("--accept-dirty",) if seen % 2 else ()
        facts = plain("collect", "--root", "tree", "--host-id", f"host-{seen}", *small, *words)
        documents += json.dumps(json.loads(facts.ends(0).text)).encode() + b"\n"
        seen += 1
    result = plain("assess", "-", *small, stdin=documents)
    expect(result.code in (0, 1), result.says)
    expect(seen > 5, f"{seen} hives")


@check
def wrong_words():
    tree("nt4-iis4")
    for words, says in (((), "say what to read"),
                        (("--root", "tree", "--wim", "x", "--index", "1"), "not both"),
                        (("--wim", "x"), "belong together"),
                        (("--wim", "x", "--index", "0"), "is not a number from 1"),
                        (("--root", "tree", "--host-id", " "), '--host-id " " is no id'),
                        (("--root", "tree", "--timeout", "x"), "is not a number from 1"),
                        (("--root", "gone"), "is no folder"),
                        (("--root", "catalog"), "holds no Windows"),
                        (("--wim", put("x.wim", "no image"), "--index", "1"), "x.wim")):
        result = plain("collect", *words).ends(2, says)
        expect(result.out == b"", result.text)


@check
def the_id_and_the_time_are_given():
    facts = collect("--root", tree("nt4-iis4"), "--host-id", "web-1")
    expect(facts["host"]["hostId"] == "web-1", facts["host"])
    expect(facts["collection"]["finished"] == NOW, facts["collection"])


if __name__ == "__main__":
    main(sys.argv)
