#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""build.py [--check] - the release lines of Windows from the tables beside this file.

releases.csv, cves.csv, proof.csv, exploited.csv and lines.json hold what is known, one fact a row; the
three files one folder up are made from them (docs/releases.md says what they mean).  --check writes
nothing and fails where a file is not what the tables say."""
import csv
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["level", "kb", "day", "cadence", "security", "severity", "baseline", "cves", "levels"]
SERVER = ["server", "domainController"]
MSRC = "https://msrc.microsoft.com/update-guide"
LIFECYCLE = "https://learn.microsoft.com/lifecycle/products/"
KNOWN_EXPLOITED = "https://www.cisa.gov/known-exploited-vulnerabilities-catalog"
# The last Patch Tuesdays that the tables reach, newest first, and the day until which they are whole.
REACHED = (("2026-09-08", "2026-09-30"), ("2026-08-11", "2026-08-31"))


def table(name):
    with open(os.path.join(HERE, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def cve_key(cve):
    return tuple(int(part) for part in cve.split("-")[-2:])


def ends_of(line, editions):
    ends = []
    for who, kind, build, day in line["ends"]:
        end = {}
        if build:
            end["builds"] = [build]
        if who == "server":
            end["productTypes"] = SERVER
        elif who:
            end["editions"] = editions[who]
        end["kind"] = kind[:3] if kind.startswith("esu") else kind
        if kind.startswith("esu"):
            end["year"] = int(kind[3:])
        end["day"] = day
        ends.append(end)
    return ends


def applies_of(line):
    rule = {"build": {"equals": line["builds"]}}
    if "productType" in line:
        rule["productType"] = SERVER if line["productType"] == "server" else [line["productType"]]
    return {"os": rule}


def data_through(line, rows):
    """The day up to which the line's table is whole: of a line that has ended, the last day of service or,
    where some releases came later, the last of them."""
    days = {row["day"] for row in rows}
    last_end = max(end[3] for end in line["ends"])
    for tuesday, whole in REACHED:
        if tuesday in days:
            return whole
    return max(last_end, max(days)) if last_end < REACHED[-1][0] else max(days)


def releases_of(rows, positions, cves):
    """A row per KB; one that was released again has several levels."""
    levels = {}
    for row in rows:
        levels.setdefault(row["kb"], []).append(int(row["level"]))
    made = []
    for row in rows:
        known = levels[row["kb"]]
        if int(row["level"]) != min(known):
            continue
        cells = [min(known), row["kb"], row["day"] or None, row["cadence"],
                 row["security"] == "yes", row["severity"] or None,
                 int(row["baseline"]) if row["baseline"] else None,
                 [positions[cve] for cve in cves.get((row["line"], row["kb"]), [])] or None,
                 sorted(known) if len(known) > 1 else None]
        while cells and cells[-1] is None:
            cells.pop()
        made.append(cells)
    return made


def proofs_of(rows):
    proofs = {}
    for row in rows:
        key = (row["file"], row["architecture"], int(row["family"]))
        proofs.setdefault(key, set()).add((int(row["level"]), int(row["revision"])))
    return [{"file": "%SystemRoot%\\System32\\" + name, "architecture": architecture, "family": family,
             "levels": [level for level, _ in sorted(pairs)],
             "revisions": [revision for _, revision in sorted(pairs)]}
            for (name, architecture, family), pairs in sorted(proofs.items())]


def write_value(value):
    return json.dumps(value, ensure_ascii=False)


def write_line(line):
    """Rows one a line, so that a month is a few lines of a diff."""
    parts = ["      " + write_value(name) + ": " + write_value(value)
             for name, value in line.items() if name not in ("rows", "proof")]
    if line.get("proof"):
        proofs = ",\n".join("        " + write_value(proof) for proof in line["proof"])
        parts.append("      \"proof\": [\n" + proofs + "\n      ]")
    rows = ",\n".join("        " + write_value(row) for row in line["rows"])
    parts.append("      \"rows\": [\n" + rows + "\n      ]")
    return "    {\n" + ",\n".join(parts) + "\n    }"


def write_file(top, lines):
    parts = ["  " + write_value(name) + ": " + write_value(value) for name, value in top.items()]
    parts.append("  \"lines\": [\n" + ",\n".join(write_line(line) for line in lines) + "\n  ]")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def build():
    with open(os.path.join(HERE, "lines.json"), encoding="utf-8") as file:
        given = json.load(file)
    releases, proof = table("releases.csv"), table("proof.csv")
    cves = {(row["line"], row["kb"]): ["CVE-" + cve for cve in row["cves"].split()] for row in table("cves.csv")}
    exploited = {row["cve"]: row for row in table("exploited.csv")}
    for name, about in given["files"].items():
        ids = {line["id"] for line in about["lines"]}
        known = sorted({cve for (line, _), of in cves.items() if line in ids for cve in of}, key=cve_key)
        positions = {cve: number for number, cve in enumerate(known)}
        lines = []
        for line in about["lines"]:
            rows = [row for row in releases if row["line"] == line["id"]]
            made = {"id": line["id"], "title": line["title"], "applies": applies_of(line),
                    "level": {"os": "ubr"}, "package": "Package_for_RollupFix*",
                    "dataThrough": data_through(line, rows), "ends": ends_of(line, given["client"])}
            if "checkpoints" in line:
                made["checkpoints"] = line["checkpoints"]
            files = proofs_of([row for row in proof if row["line"] == line["id"]])
            if files:
                made["proof"] = files
            made["columns"] = COLUMNS
            made["rows"] = releases_of(rows, positions, cves)
            lines.append(made)
        top = {"format": "patchprereq-releases/1.0", "family": "windows-releases",
               "dataThrough": max(line["dataThrough"] for line in lines),
               "sources": [{"url": about["source"]}, {"url": MSRC}, {"url": LIFECYCLE}, {"url": KNOWN_EXPLOITED}],
               "cves": known,
               "exploited": [{"cve": cve, "added": exploited[cve]["added"],
                              "ransomware": exploited[cve]["ransomware"] == "yes"}
                             for cve in known if cve in exploited]}
        yield os.path.join(os.path.dirname(HERE), name + ".json"), write_file(top, lines)


def main():
    check = sys.argv[1:] == ["--check"]
    stale = []
    for path, text in build():
        if not check:
            with open(path, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            continue
        try:
            with open(path, encoding="utf-8", newline="") as file:
                if file.read() != text:
                    stale.append(path)
        except OSError as error:
            stale.append(str(error))
    for path in stale:
        print(os.path.basename(path) + " is not what the tables say: run build.py")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
