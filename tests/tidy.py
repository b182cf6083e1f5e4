#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tidy.py BUILD - clang-tidy on each of our files that changed since it last passed.

What a file means is its preprocessed text (comments kept: they hold NOLINT) and .clang-tidy; a file
that passed leaves a stamp named by the hash of both.
"""
import concurrent.futures
import hashlib
import json
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
STAMPS = ROOT / "build" / "tidy"
TIDY = "clang-tidy-14"


def stamp_of(command, settings):
    words = shlex.split(command["command"])
    output = words.index("-o")
    words[output : output + 2] = []
    words[words.index("-c")] = "-E"
    text = subprocess.run(words + ["-C"], cwd=command["directory"], check=True, capture_output=True)
    return STAMPS / hashlib.sha256(settings + text.stdout).hexdigest()


def check(build, command, settings):
    name = command["file"]
    try:
        stamp = stamp_of(command, settings)
        if stamp.exists():
            return True, ""
        run = subprocess.run([TIDY, "-p", build, "--quiet", "--warnings-as-errors=*", name],
                             check=False, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        return False, f"{name}: cannot be preprocessed\n{error.stderr.decode()}"
    if run.returncode == 0:
        stamp.touch()
        return True, ""
    return False, run.stdout + run.stderr


def main():
    build = sys.argv[1]
    STAMPS.mkdir(parents=True, exist_ok=True)
    settings = b"".join(path.read_bytes() for path in (ROOT / ".clang-tidy", ROOT / "tests/.clang-tidy"))
    commands = json.loads((pathlib.Path(build) / "compile_commands.json").read_text())
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda command: check(build, command, settings), commands))
    for good, text in results:
        if not good:
            print(text)
    failed = sum(not good for good, _ in results)
    print(f"{len(results)} files, {failed} with findings")
    sys.exit(failed != 0 or not results)


main()
