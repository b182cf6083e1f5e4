#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""same_bytes.py LINUX WINDOWS FOLDER - the Linux and the Windows program write the same bytes: of
assessments, plans, scripts, CSV files and workbooks (unzipped, without the time in core.xml)."""
import os
import pathlib
import shutil
import subprocess
import sys
import zipfile

from reports import cli_fixture as fixture

HERE = pathlib.Path(__file__).resolve().parent
BASE = ["--no-builtin", "--catalog", "catalog", "--now", fixture.NOW]
HOSTS = ["good.json", "blocked.json", "damaged.json", "k\u00f6ln.json"]
RUNS = [
    ["assess", *HOSTS, "--format", "json", "-o", "out/assess.json"],
    ["assess", *HOSTS, "--format", "csv", "-o", "out/assess.csv"],
    ["assess", *HOSTS],
    ["plan", "blocked.json", "--goal", "Q1", "--format", "json", "-o", "out/plan.json"],
    ["plan", "blocked.json", "--goal", "Q1", "--format", "cmd", "-o", "out/plan.cmd"],
    ["plan", "blocked.json", "--goal", "Q1"],
    ["report", *HOSTS, "-o", "out/report.xlsx", "--csv", "out/csv", "--plans", "out/plans"],
]


def put_hosts():
    fixture.fresh()
    fixture.put("k\u00f6ln.json", fixture.host("K\u00d6LN", level=5, version="4.2.700.1"))


def contents(folder):
    """Path to bytes; a workbook is its parts."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found.update({f"{name}/{part}": book.read(part) for part in book.namelist()
                              if part != "docProps/core.xml"})
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def outputs(command, folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder / "out")
    os.chdir(folder)
    put_hosts()
    os.makedirs("out")
    said = {}
    for number, words in enumerate(RUNS):
        done = subprocess.run([*command, *BASE, *words], stdin=subprocess.DEVNULL,
                              capture_output=True)
        said[f"run {number}: {words[0]}"] = done.stdout
        said[f"run {number}: exit code"] = str(done.returncode).encode()
        if done.returncode not in (0, 1):
            sys.exit(f"FAILED: {words}: {done.stderr.decode()}")
    return {**said, **contents("out")}


def main(linux, windows, folder):
    folder = pathlib.Path(folder).resolve()
    linux, windows = os.path.abspath(linux), os.path.abspath(windows)
    one = outputs([linux], folder / "linux")
    other = outputs([HERE / "wine", windows, "--untrusted"], folder / "windows")
    differ = [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)]
    for name in differ:
        print(f"differs: {name}: {len(one.get(name, b''))} and {len(other.get(name, b''))} bytes")
    print(f"{len(one)} outputs compared, {len(differ)} differ")
    sys.exit(1 if differ or len(one) < 30 else 0)


main(*sys.argv[1:])
