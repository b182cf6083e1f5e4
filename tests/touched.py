#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""touched.py BUILD - the tests of a build folder, those first that a change touches.

touched.py BUILD            one line "touched|same TAB name" for each test
touched.py BUILD RESULTS... remember as passed what the JUnit files of ctest say has passed

A test is touched when its programs, its scripts or what they read differ from when it last passed.  All
programs are linked with static libraries, so a change of a source reaches those alone that hold it."""
import concurrent.futures
import hashlib
import json
import pathlib
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
READ = ("catalog", "docs", "packaging", "tests/data", "tests/fuzz/corpus", "wmi-provider")
SOURCES = ("native", "reports", "wmi-provider", "tests")  # of the test that reads them all


def hash_of(path):
    with open(path, "rb") as file:
        return hashlib.blake2b(file.read()).hexdigest()


def hash_of_folders(folders, pattern):
    """Of names, sizes and times."""
    lines = sorted(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
                   for folder in folders for path in (ROOT / folder).rglob(pattern) if path.is_file())
    return hashlib.blake2b("\n".join(lines).encode()).hexdigest()


def value_of(test, name):
    return next((item["value"] for item in test.get("properties", ()) if item["name"] == name), [])


def commands(build):
    """The words of each test's command, and of those that have to run before it."""
    shown = subprocess.run(["ctest", "--test-dir", build, "--show-only=json-v1"], check=True,
                           capture_output=True, text=True)
    tests = json.loads(shown.stdout)["tests"]
    return {test["name"]: [word for other in tests
                           if other is test or set(value_of(test, "FIXTURES_REQUIRED"))
                           & set(value_of(other, "FIXTURES_SETUP"))
                           for word in other.get("command", ())] for test in tests}


def marks(build):
    """What each test rests on, as one hash."""
    tests = commands(build)
    data = hash_of_folders(READ, "*") + hash_of_folders(["tests"], "*.py")
    sources = hash_of_folders(SOURCES, "*.[ch]")
    paths = {word for words in tests.values() for word in words
             if word.startswith("/") and pathlib.Path(word).is_file()}
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        hashes = dict(zip(paths, pool.map(hash_of, paths)))
    made = {}
    for name, words in tests.items():
        parts = [data, *(f"{word} {hashes.get(word, '')}" for word in words)]
        if any(word.startswith("SOURCE=") for word in words):
            parts.append(sources)
        made[name] = hashlib.blake2b("\n".join(parts).encode()).hexdigest()
    return made


def results_in(paths):
    return {case.get("name"): case.get("status") == "run" for path in paths
            for case in xml.etree.ElementTree.parse(path).getroot().iter("testcase")}


def main(build, results):
    kept = pathlib.Path(build) / "passed.json"
    known = json.loads(kept.read_text()) if kept.exists() else {}
    now = marks(build)
    if not results:
        for name, mark in now.items():
            print(f"{'same' if known.get(name) == mark else 'touched'}\t{name}")
        return
    ran = results_in(results)
    known = {name: mark for name, mark in known.items() if name in now and name not in ran}
    kept.write_text(json.dumps(known | {name: now[name] for name, good in ran.items() if good}))


main(sys.argv[1], sys.argv[2:])
