# SPDX-License-Identifier: MIT
"""cli_fixture.py - a small catalog, hosts and a runner for the tests of the program."""
import json
import os
import shutil
import subprocess
import sys

NOW = "2026-11-22T08:00:00Z"
COLLECTED = "2026-11-21T20:00:00Z"
PROGRAM = None
RUNNER = []  # what a program of another system is started by: tests/wine
checks = []


def check(function):
    """A check is a test of its own, under its name."""
    checks.append(function)
    return function


class Skip(Exception):
    pass


def needs_linux(why):
    """Wine stands between us and the program: no limits, signals or terminals of its own."""
    if RUNNER:
        raise Skip(f"not under Wine: {why}")


class Result:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    @property
    def text(self):
        return self.out.decode()

    @property
    def says(self):
        return self.err.decode()

    def ends(self, code, says=None):
        """Exit code, and what standard error has to say."""
        if self.code != code:
            raise AssertionError(f"exit code {self.code}, not {code}: {self.says or self.text[:500]}")
        if says is not None and says not in self.says:
            raise AssertionError(f"standard error does not say {says!r}: {self.says!r}")
        return self


def run(*words, stdin=b"", now=NOW, catalog=True, **more):
    """Run the program with the small catalog at a fixed time."""
    line = [*RUNNER, PROGRAM]
    if RUNNER and words:
        line.append("--untrusted")  # under Wine all programs are elevated, and all files a user's
    if catalog:
        line += ["--no-builtin", "--catalog", "catalog"]
    line += words
    if now:
        line += ["--now", now]
    done = subprocess.run(line, input=stdin, capture_output=True, **more)
    if b"Sanitizer" in done.stderr or b"runtime error" in done.stderr:
        raise AssertionError(done.stderr.decode(errors="replace")[:4000])
    return Result(done.returncode, done.stdout, done.stderr)


def plain(*words, **more):
    """Without the options for the catalog."""
    return run(*words, catalog=False, **more)


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def put(path, content):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    if not isinstance(content, (str, bytes)):
        content = json.dumps(content)
    with open(path, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
    return path


def get(path):
    with open(path, "rb") as file:
        return file.read()


def host(name, level=6, version="4.2.780.1", recorded=True, **more):
    """An NT 4.0 host; by default the patch Q1 is on and sound."""
    facts = {
        "format": "patchprereq-facts/1.0",
        "host": {"hostName": name, "domain": "example.org"},
        "collection": {"collector": "test", "method": "manual", "finished": COLLECTED},
        "lastStartUp": "2026-11-20T06:00:00Z",
        "os": {"product": "Microsoft Windows NT Server", "version": "4.0", "build": 1381,
               "servicePack": level, "productType": "server", "architecture": "x86",
               "language": "en-US"},
        "files": [],
        "updates": [],
        "pendingRestarts": [{"source": "file-rename", "pending": "no"}],
        "coverage": [{"list": "hotfixKeys", "state": "complete"}],
    }
    if version:
        facts["files"].append({"path": r"%SystemRoot%\System32\inetsrv\part.dll",
                               "version": version})
    if recorded:
        facts["updates"].append({"id": "Q1", "sources": [
            {"source": "hotfix-key", "installedOn": "2026-10-01T10:00:00Z", "backup": True}]})
    facts.update(more)
    return facts


COMPLIANT = host("GOOD01")
BLOCKED = host("OLD01", level=5, version="4.2.700.1", recorded=False)
DAMAGED = host("BAD01", level=6, version="4.2.700.1")

SOURCE = [{"url": "https://example.org/q1", "says": "all of it"}]
CATALOG = {
    "format": "patchprereq-catalog/1.0",
    "family": "test",
    "products": [{"id": "NT4", "title": "Windows NT 4.0",
                  "applies": {"os": {"version": {"equals": ["4.0"]}}}, "sources": SOURCE}],
    "patches": [
        {"id": "NT4-SP6", "kind": "baseline", "title": "Service Pack 6", "product": "NT4",
         "level": "SP6", "classification": "level", "released": "1999-11-22", "sources": SOURCE,
         "marker": {"os": {"servicePack": {"atLeast": 6}}},
         "sets": [{"os": {"servicePack": 6}}], "atRestart": True,
         "commands": {"install": {"program": "update.exe", "arguments": ["-u", "-z"]}}},
        {"id": "Q1", "aliases": ["KB1", "MS99-001"], "title": "A patch for part.dll",
         "product": "NT4", "classification": "security", "severity": "Critical",
         "released": "2000-08-10", "sources": SOURCE,
         "files": [{"path": r"%SystemRoot%\System32\inetsrv\part.dll", "version": "4.2.780.1"}],
         "prerequisites": [{"anyOf": [{"patch": "NT4-SP6"}],
                            "why": "The package checks for Service Pack 6."}],
         "commands": {"install": {"program": "hotfix.exe", "arguments": ["-m", "-z"]},
                      "uninstall": {"program": "hotfix.exe", "arguments": ["-y"]}}},
    ],
}
CATALOG_INFO = {"format": "patchprereq-catalog-info/1.0", "id": "test", "version": "1",
                "released": "2026-11-01", "title": "For tests"}


def lines(*documents):
    return "".join(json.dumps(document) + "\n" for document in documents)


def fresh():
    """Every check begins in an empty folder with the same files."""
    for name in os.listdir("."):
        if os.path.isdir(name):
            shutil.rmtree(name)
        else:
            os.remove(name)
    put("catalog/catalog.json", CATALOG_INFO)
    put("catalog/test/entries.json", CATALOG)
    put("good.json", json.dumps(COMPLIANT, indent=2))
    put("blocked.json", BLOCKED)
    put("damaged.json", DAMAGED)


def leftovers():
    """Temporary files that a run left beside its output."""
    return [name for name in os.listdir(".") if name.endswith(".tmp")]


def main(arguments):
    """All checks, told as cmocka tells them."""
    global PROGRAM
    PROGRAM = os.path.abspath(arguments[1])
    if PROGRAM.endswith(".exe"):
        RUNNER.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wine"))
    folder = os.path.abspath(arguments[2])
    wanted = arguments[3:]
    failed = 0
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    for function in checks:
        name = function.__name__
        if wanted and name not in wanted:
            continue
        print(f"[ RUN      ] {name}", flush=True)
        try:
            fresh()
            function()
            print(f"[       OK ] {name}", flush=True)
        except Skip as reason:
            print(f"{reason}\n[  SKIPPED ] {name}", flush=True)
        except Exception as error:  # whatever it is, the check did not pass
            print(f"{type(error).__name__}: {error}\n[  FAILED  ] {name}", flush=True)
            failed += 1
    print(f"{len(checks)} checks, {failed} failed")
    sys.exit(1 if failed else 0)
