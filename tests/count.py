#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""count.py RESULTS.xml - one line "passed|failed|skipped TAB name" for each test that ctest ran.

A cmocka program counts as its tests; any other program as one.  A failing test's output goes to
standard error.
"""
import re
import sys
import xml.etree.ElementTree

MARK = re.compile(r"^\[ +(OK|FAILED|SKIPPED) +\] (.+)$")
RUN = re.compile(r"^\[ RUN +\] (.+)$")
WORDS = {"OK": "passed", "FAILED": "failed", "SKIPPED": "skipped"}


def cmocka_results(output):
    """(result, name) of each test, the one that was running when the program died included."""
    results, running = [], None
    for line in output.splitlines():
        started, ended = RUN.match(line), MARK.match(line)
        if started:
            running = started[1]
        # The summary repeats the names of failed and skipped tests; only what runs can end.
        elif ended and ended[2] == running:
            results.append((WORDS[ended[1]], running))
            running = None
    if running is not None:
        results.append(("failed", running))
    return results


def results_of(case):
    name = case.get("name")
    output = case.findtext("system-out") or ""
    status = case.get("status")
    failed = status == "fail" or case.find("failure") is not None
    if failed:
        sys.stderr.write(f"---- {name}\n{output[-8000:]}\n")
    results = [(result, f"{name}: {test}") for result, test in cmocka_results(output)]
    if failed and not any(result == "failed" for result, _ in results):
        results.append(("failed", name))
    if not results:
        # A test whose program is missing has "not run" as well; only some said they skip.
        skip = case.find("skipped")
        asked = skip is not None and "SKIP_RETURN_CODE" in (skip.get("message") or "")
        results.append(("passed" if status == "run" else "skipped" if asked else "failed", name))
    return results


def main():
    cases = list(xml.etree.ElementTree.parse(sys.argv[1]).getroot().iter("testcase"))
    if not cases:
        sys.exit(f"{sys.argv[1]}: no tests")
    for case in cases:
        for result, name in results_of(case):
            print(f"{result}\t{name}")


main()
