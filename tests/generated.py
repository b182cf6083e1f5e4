#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""generated.py PRINT_FORMATS [--renew] - the tables in docs/ that the code knows better.

Between the marks `<!-- generated: NAME -->` and `<!-- end -->` of a page stands what the program
PRINT_FORMATS prints for NAME.  Without --renew a difference is a failure.
"""
import difflib
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGES = {"formats.md": ["members"], "reasons.md": ["reasons"], "wmi.md": ["classes", "results"],
         "windows.md": ["settings", "events"], "install.md": ["pieces"]}
MARKED = re.compile(r"(<!-- generated: (\w+) -->\n\n)(.*?)(\n<!-- end -->\n)", re.DOTALL)


def renewed(page, text, program):
    found = []

    def table(match):
        found.append(match[2])
        run = subprocess.run([program, match[2]], check=True, capture_output=True)
        return match[1] + run.stdout.decode() + match[4]

    text = MARKED.sub(table, text)
    if found != PAGES[page]:
        sys.exit(f"docs/{page}: has the generated parts {found} instead of {PAGES[page]}")
    return text


def main():
    program, renew = sys.argv[1], sys.argv[2:] == ["--renew"]
    stale = False
    for page in PAGES:
        path = ROOT / "docs" / page
        old = path.read_text(encoding="utf-8")
        new = renewed(page, old, program)
        if old == new:
            continue
        if renew:
            path.write_text(new, encoding="utf-8", newline="\n")
            print(f"docs/{page} renewed")
            continue
        stale = True
        sys.stdout.writelines(difflib.unified_diff(
            old.splitlines(True), new.splitlines(True), f"docs/{page}", "what the code says"))
    if stale:
        sys.exit(f"docs/ is behind the code; renew it: tests/generated.py {program} --renew")


main()
