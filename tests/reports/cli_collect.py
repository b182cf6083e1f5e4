#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_collect.py PROGRAM FOLDER [CHECK...] - collect from trees and images, and what comes of it."""
import json
import os
import shutil
import subprocess
import sys

from cli_fixture import NOW, Skip, check, expect, main, plain, put

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "trees"))
import make_tree  # noqa: E402

SHAPES = ("nt4-iis4", "windows-2000", "server-2012r2", "windows-11-24h2")


def tree(name, out="tree"):
    make_tree.make(os.path.join(HERE, "..", "data", "trees", name), out)
    return out


def collect(*words):
    return json.loads(plain("collect", *words).ends(0).text)


def file_named(facts, end):
    return next(item for item in facts["files"] if item["path"].lower().endswith(end.lower()))


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
        other = json.loads(plain("collect", "--wim", "image.wim", "--index", "1",
                                 env=there).ends(0).text)
        expect(other["collection"].pop("source") == "image.wim, image 1", other["collection"])
        one["collection"].pop("source")
        expect(one == other, f"{name}: the facts differ")
        expect(os.listdir("private") == [], os.listdir("private"))
        os.remove("image.wim")


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


@check
def wrong_words():
    tree("nt4-iis4")
    for words, says in (((), "say what to read"),
                        (("--root", "tree", "--wim", "x", "--index", "1"), "not both"),
                        (("--wim", "x"), "belong together"),
                        (("--wim", "x", "--index", "0"), "is not a number from 1"),
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
