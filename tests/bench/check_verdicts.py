#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""check_verdicts.py - rules at random, judged by the program and by an evaluator of a few lines.

usage: check_verdicts.py PROGRAM SCRATCH          sets made here, in the form that from_oval.py reads
       check_verdicts.py PROGRAM SCRATCH SET      a set that is there; skipped where it is not (exit 77)
"""
import json
import os
import random
import subprocess
import sys

import from_oval

PATCHES, HOSTS, SEEDS = 120, 4, 3
FILES = [f"C:\\Windows\\System32\\file{i}.dll" for i in range(30)]
VALUES = [(f"HKLM\\SOFTWARE\\Part{i}", "Value", kind) for i, kind in enumerate("dsd" * 6)]


def version(numbers):
    return f"{numbers.choice((6, 10))}.{numbers.randrange(3)}.{numbers.randrange(3)}.{numbers.randrange(9)}"


def random_test(numbers):
    kind = numbers.randrange(6)
    if kind < 3:
        return {"file": numbers.choice(FILES), "op": numbers.choice(("ge", "eq")),
                "version": version(numbers)}
    if kind == 3:
        name = numbers.choice(("build", "sp"))
        return {"os": name, "op": numbers.choice(("ge", "eq")), "int": numbers.randrange(3)}
    key, name, type_ = numbers.choice(VALUES)
    made = {"registry": key, "name": name, "op": numbers.choice(("ge", "eq", "exists"))}
    if made["op"] != "exists":
        made |= {"int": numbers.randrange(4)} if type_ == "d" else {"version": version(numbers)}
    return made


def random_rule(numbers, number, depth=0):
    kind = numbers.randrange(8)
    if depth < 4 and kind < 4:
        return {("all", "any")[kind % 2]: [random_rule(numbers, number, depth + 1)
                                           for _ in range(numbers.randrange(1, 4))]}
    if kind == 4:
        return {"not": random_rule(numbers, number, depth + 1)}
    if kind == 5 and number:
        return {"ref": f"P{numbers.randrange(number)}"}
    return random_test(numbers)


def random_host(numbers, number):
    files, values, unknown = [], [], {"files": [], "registry": []}
    for path in FILES:
        chance = numbers.randrange(10)
        if chance == 0:
            unknown["files"].append(path)
        elif chance < 8:
            files.append({"path": path, "version": version(numbers)})
    for key, name, type_ in VALUES:
        chance = numbers.randrange(10)
        if chance == 0:
            unknown["registry"].append({"key": key, "name": name})
        elif chance < 8:
            value = numbers.randrange(4) if type_ == "d" else version(numbers)
            values.append({"key": key, "name": name, "type": "dword" if type_ == "d" else "sz",
                           "value": value})
    return {"host": f"host-{number}", "files": files, "registry": values, "not_collected": unknown,
            "os": {"version": "10.0", "build": numbers.randrange(3), "sp": numbers.randrange(3)}}


# ---- the evaluator: None is unknown ----


def parts(text):
    return [int(part) for part in text.split(".")]


def value_of(host, test):
    """(known, value): a value of None is one that is not there."""
    if "os" in test:
        return True, host["os"][test["os"]]
    if "file" in test:
        if test["file"] in host["not_collected"]["files"]:
            return False, None
        found = [one["version"] for one in host["files"] if one["path"] == test["file"]]
    else:
        if {"key": test["registry"], "name": test["name"]} in host["not_collected"]["registry"]:
            return False, None
        found = [one["value"] for one in host["registry"] if one["key"] == test["registry"]]
    return True, found[0] if found else None


def evaluate_test(host, test):
    known, value = value_of(host, test)
    if not known:
        return None
    if value is None or test["op"] == "exists":
        return value is not None
    wanted = test["int"] if "int" in test else parts(test["version"])
    value = value if "int" in test else parts(value)
    return value >= wanted if test["op"] == "ge" else value == wanted


def evaluate(host, rules, rule):
    if "all" in rule or "any" in rule:
        word = "all" if "all" in rule else "any"
        found = [evaluate(host, rules, one) for one in rule[word]]
        decides = word == "any"
        return decides if decides in found else None if None in found else not decides
    if "not" in rule:
        found = evaluate(host, rules, rule["not"])
        return None if found is None else not found
    if "ref" in rule:
        return evaluate(host, rules, rules[rule["ref"]])
    return evaluate_test(host, rule)


# ---- a set, and the program over it ----


def write_set(folder, seed):
    numbers = random.Random(seed)
    patches = [{"id": f"P{i}", "title": f"Definition {i}", "rule": random_rule(numbers, i)}
               for i in range(PATCHES)]
    rules = {one["id"]: one["rule"] for one in patches}
    hosts = [random_host(numbers, i) for i in range(HOSTS)]
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "catalog.json"), "w", encoding="utf-8") as file:
        json.dump({"schema": "pgbench/1", "platforms": [], "patches": patches}, file)
    with open(os.path.join(folder, "fleet.ndjson"), "w", encoding="utf-8") as file:
        file.writelines(json.dumps(host) + "\n" for host in hosts)
    words = {True: "true", False: "false", None: "unknown"}
    with open(os.path.join(folder, "expected.tsv"), "w", encoding="utf-8") as file:
        for host in hosts:
            for name, rule in rules.items():
                file.write(f"{host['host']}\t{name}\t{words[evaluate(host, rules, rule)]}\n")


def check_set(program, folder, out):
    from_oval.convert(folder, out)
    assessed = os.path.join(out, "assessed.ndjson")
    done = subprocess.run(
        [program, "assess", os.path.join(out, "fleet.ndjson"), "--no-builtin", "--catalog",
         os.path.join(out, "catalog"), "--format", "ndjson", "-o", assessed, "-q", "--now",
         "2026-11-22T08:00:00Z"], capture_output=True)
    if done.returncode not in (0, 1) or done.stderr:
        print(f"exit code {done.returncode}: {done.stderr.decode(errors='replace')[:2000]}")
        return 1
    return from_oval.compare(folder, assessed)


def main(words):
    program, scratch = os.path.abspath(words[0]), words[1]
    if len(words) == 3:
        if not os.path.isdir(words[2]):
            print(f"skipped: {words[2]} is not there")
            return 77
        return check_set(program, words[2], scratch)
    failed = 0
    for seed in range(SEEDS):
        folder = os.path.join(scratch, f"set-{seed}")
        write_set(folder, seed)
        failed |= check_set(program, folder, os.path.join(folder, "ours"))
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
