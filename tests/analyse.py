#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""analyse.py TOOL BUILD... - clang-tidy, cppcheck or gcc's analyzer on each of our files that changed since it
last passed.

gcc's analyzer passes tests over: it does not know that cmocka's asserts end a test, and sees nothing but that.
The folders say how a file is compiled; one that several compile is looked at as the first does.  What a file
means is its preprocessed text (comments kept: they hold what is silenced) and the settings; a file that passed
leaves a stamp named by the hash of all.  tests/analyse.txt names findings that are none, with the reason."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SILENCED = ROOT / "tests" / "analyse.txt"
# Types of COM are pointers by name, and its calls are as they are: these checks find nothing else there.
COM = ("-misc-misplaced-const,-misc-unused-parameters,-readability-non-const-parameter,"
       "-readability-uppercase-literal-suffix,-cert-dcl16-c")
MINGW = ["--target=x86_64-w64-windows-gnu", "-isystem", "/usr/share/mingw-w64/include"]
OF_GCC = ("-Wjump-misses-init", "-Wlogical-op", "-Wduplicated-cond", "-Wduplicated-branches",
          "-Wno-dangling-pointer")


class Command:
    def __init__(self, entry):
        self.file, self.folder = entry["file"], entry["directory"]
        self.words = shlex.split(entry["command"])
        if os.path.basename(self.words[0]) in ("ccache",):
            del self.words[0]
        at = self.words.index("-o")
        del self.words[at:at + 2]
        self.words.remove("-c")
        self.words.remove(self.file)
        self.windows = "mingw32" in self.words[0]

    @property
    def name(self):
        return os.path.relpath(self.file, ROOT)

    def run(self, words):
        return subprocess.run(words, cwd=self.folder, capture_output=True, text=True, errors="replace")

    def preprocessed(self):
        done = self.run([*self.words, "-E", "-C", self.file])
        if done.returncode:
            raise RuntimeError(f"{self.name}: cannot be preprocessed\n{done.stderr}")
        return done.stdout


# ---- the tools: what they are told, and the lines of what they found ----

def clang_tidy(command):
    words = [word for word in command.words[1:] if word not in OF_GCC]
    checks = [f"--checks={COM}"] if command.windows else []
    done = command.run(["clang-tidy-14", "--quiet", "--warnings-as-errors=*", *checks, command.file, "--",
                        *words, *(MINGW if command.windows else [])])
    return done.stdout if done.returncode else ""


def cppcheck(command):
    words = [word for word in command.words[1:] if word.startswith(("-I", "-D", "-U"))]
    done = command.run(["cppcheck", "--quiet", "--std=c11", "--inline-suppr", "--error-exitcode=1",
                        "--enable=warning,performance,portability", "--suppress=missingIncludeSystem",
                        f"--platform={'win64' if command.windows else 'unix64'}",
                        "--template={file}:{line}: {message} [{id}]", *words, command.file])
    return done.stderr if done.returncode else ""


def gcc(command):
    words = [word for word in command.words if word != "-Werror"]
    done = command.run([*words, "-fanalyzer", "-fdiagnostics-plain-output", "-c", "-o", "/dev/null",
                        command.file])
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stderr if "[-Wanalyzer" in done.stderr or "[CWE" in done.stderr else ""


TOOLS = {"clang-tidy": (clang_tidy, ["clang-tidy-14", "--version"]),
         "cppcheck": (cppcheck, ["cppcheck", "--version"]),
         "gcc": (gcc, ["gcc", "--version"])}


# ---- findings that are none ----

def silenced():
    """tool, file by its name, what is in the line; each with a reason behind."""
    rows = []
    for number, line in enumerate(SILENCED.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 4 or not all(parts):
                sys.exit(f"{SILENCED.name}:{number}: not tool | file | text | reason")
            rows.append(tuple(parts))
    return rows


def without_silenced(tool, text, rows):
    """The text without the findings that are named: each begins with a line "file:line: ...[id]"."""
    kept, used = [], set()
    skipping = False
    for line in text.splitlines():
        found = re.match(r"(?:.*/)?([^/:]+):\d+:(?:\d+:)? (?:warning|error|.*\[\w+\]$)", line)
        if found:
            row = next((row for row in rows if row[0] == tool and row[1] == found[1] and row[2] in line), None)
            skipping = row is not None
            used.add(row)
        if not skipping:
            kept.append(line)
    text = "\n".join(kept)
    return (text if re.search(r":\d+:(\d+:)? (warning|error|.*\[\w+\]$)", text, re.MULTILINE) else ""), used


# ---- the whole ----

def settings():
    paths = sorted(ROOT.glob(".clang-tidy")) + sorted(ROOT.glob("*/.clang-tidy")) + [pathlib.Path(__file__)]
    return b"".join(path.read_bytes() for path in paths)


def commands(builds):
    seen, listed = set(), []
    for build in builds:
        for entry in json.loads((pathlib.Path(build) / "compile_commands.json").read_text()):
            if entry["file"].endswith(".c") and entry["file"] not in seen:
                listed.append(Command(entry))
                seen.add(entry["file"])
    return listed


def main(tool, builds):
    look, version = TOOLS[tool]
    stamps = ROOT / "build" / "analyse" / tool
    stamps.mkdir(parents=True, exist_ok=True)
    rows = silenced()
    own = [row for row in rows if row[0] == tool]
    base = settings() + subprocess.run(version, check=True, capture_output=True).stdout

    def check(command):
        try:
            rules = repr([row for row in own if row[1] == command.name.rsplit("/", 1)[-1]]).encode()
            text = f"{command.words}\n{command.preprocessed()}".encode(errors="replace")
            stamp = stamps / hashlib.sha256(base + rules + text).hexdigest()
            if stamp.exists():
                return ""
            found, _ = without_silenced(tool, look(command), own)
        except RuntimeError as error:
            return str(error)
        if not found:
            stamp.touch()
        return found

    listed = [command for command in commands(builds)
              if tool != "gcc" or not command.name.startswith("tests/")]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(check, listed))
    for text in results:
        if text:
            print(text)
    failed = sum(bool(text) for text in results)
    print(f"{len(results)} files, {failed} with findings")
    sys.exit(failed != 0 or not results)


main(sys.argv[1], sys.argv[2:])
