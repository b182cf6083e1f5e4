#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""documents.py PROGRAM OUT - what the program makes of hosts of the fleet, for clients of the provider.

OUT/NAME holds assessment.json and facts.json of one host, as they lie in ProgramData:
    founding    WEB01: NT 4.0 and IIS 4; Q269862 is recorded on files of an older level
    repaired    the same host after its plan
    instances   SQL01: two instances of SQL Server, and a third whose name needs a code in ids
    nothing     neither document"""
import json
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FLEET = HERE.parent / "data" / "fleet"
POLICY = HERE.parent / "data" / "fleet-files" / "policy.json"


def fleet(name):
    return json.loads((FLEET / f"{name}.json").read_text(encoding="utf-8"))


def repaired():
    """The file that came back in an old version is as the patch ships it."""
    facts = fleet("WEB01")
    for file in facts["files"]:
        if file["path"].endswith("infocomm.dll"):
            file["version"], file["modified"] = "4.2.749.1", "2000-08-03T12:00:00Z"
    finished = "2026-11-20T03:10:00Z"
    facts["collection"].update(started=finished, finished=finished)
    return facts


def instances():
    facts = fleet("SQL01")
    facts["instances"].append(dict(facts["instances"][0], name="OLD$1", path="%ProgramFiles%\\Old"))
    return facts


def write(program, folder, facts, previous=None):
    folder.mkdir(parents=True)
    # So much white space that GetFacts needs several pieces.
    facts_file = folder / "facts.json"
    facts_file.write_text(json.dumps(facts, ensure_ascii=False, indent=200), encoding="utf-8")
    words = [*program, "assess", facts_file, "--policy", POLICY, "--now", "2026-11-20T08:00:00Z",
             "--untrusted", "--format", "json", "-o", folder / "assessment.json"]
    done = subprocess.run(words + (["--previous", previous] if previous else []),
                          capture_output=True, text=True, errors="replace")
    if done.returncode not in (0, 1):
        sys.exit(f"FAILED: {folder.name}: exit code {done.returncode}: {done.stderr}")


def make(program, out):
    """Returns the folder."""
    shutil.rmtree(out, ignore_errors=True)
    if program[0].suffix == ".exe":
        program = [HERE.parent / "wine", *program]
    write(program, out / "founding", fleet("WEB01"))
    write(program, out / "repaired", repaired(), out / "founding" / "assessment.json")
    write(program, out / "instances", instances())
    (out / "nothing").mkdir()
    return out


if __name__ == "__main__":
    make([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]).resolve())
