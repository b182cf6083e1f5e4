#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""fold_table.py [--renew] - native/base/utf8_fold_table.h from the Unicode data that Python carries.

Simple case folding (status C and S of the Unicode standard's CaseFolding.txt): one character for one
character.  str.casefold() folds fully; where that gives several characters, the simple folding is the
lower case if that is one character, else the character itself.  Without --renew a difference is a
failure; a Python with the data of another version of Unicode cannot tell and skips (exit 77).
"""
import pathlib
import re
import sys
import unicodedata

PATH = pathlib.Path(__file__).resolve().parent.parent / "native" / "base" / "utf8_fold_table.h"
HEAD = """/* SPDX-License-Identifier: MIT */
/* utf8_fold_table.h - simple case folding of the characters above U+007F.
 *
 * Made by tests/fold_table.py; source: the Unicode Character Database, version {version}
 * (https://www.unicode.org/Public/UCD/), as Python's unicodedata and str.casefold() carry it. */
#ifndef PREREQ_UTF8_FOLD_TABLE_H
#define PREREQ_UTF8_FOLD_TABLE_H

#include <stdint.h>

/* Every `step`th character from first to last folds to itself plus `delta`. */
static const struct fold_range {{
    uint32_t first, last;
    uint8_t step;
    int32_t delta;
}} fold_ranges[] = {{
"""


def simple(code):
    char = chr(code)
    for folded in (char.casefold(), char.lower()):
        if len(folded) == 1:
            return ord(folded)
    return code


def ranges():
    """[first, last, step, delta], ascending; no two overlap but in letters that they leave out."""
    found = []
    for code in range(0x80, 0x110000):
        if 0xD800 <= code <= 0xDFFF or simple(code) == code:
            continue
        delta = simple(code) - code
        last = found[-1] if found else None
        gap = code - last[1] if last else 0
        if last and last[3] == delta and gap <= 2 and last[2] in (0, gap):
            last[1], last[2] = code, gap
        else:
            found.append([code, code, 0, delta])
    return found


def text():
    lines = [f"    {{0x{a:04X}, 0x{b:04X}, {step or 1}, {delta}}},\n" for a, b, step, delta in ranges()]
    return HEAD.format(version=unicodedata.unidata_version) + "".join(lines) + "};\n\n#endif\n"


def main():
    if sys.argv[1:] == ["--renew"]:
        PATH.write_text(text(), encoding="utf-8")
        return 0
    old = PATH.read_text(encoding="utf-8")
    version = re.search(r"version ([0-9.]+)\n", old)
    if not version:
        print(f"{PATH.name} names no version of Unicode")
        return 1
    if version[1] != unicodedata.unidata_version:
        print(f"skipped: the table is of Unicode {version[1]}, this Python of {unicodedata.unidata_version}")
        return 77
    # The layout is clang-format's.
    if old.split() != text().split():
        print(f"{PATH.name} is not what the Unicode data say; tests/fold_table.py --renew writes it")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
