# SPDX-License-Identifier: MIT
"""cli_trees.py - Windows trees for tests of the program, and their facts."""
import json
import os
import sys

from cli_fixture import plain

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "trees"))
import make_tree  # noqa: E402

SHAPES = ("nt4-iis4", "windows-2000", "server-2012r2", "windows-11-24h2")


def tree(name, out="tree"):
    make_tree.make(os.path.join(HERE, "..", "data", "trees", name), out)
    return out


def collect(*words, **more):
    return json.loads(plain("collect", *words, **more).ends(0).text)


def file_named(facts, end):
    return next(item for item in facts["files"] if item["path"].lower().endswith(end.lower()))
