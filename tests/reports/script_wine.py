#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""script_wine.py PROGRAM FOLDER STANDIN - plans as batch files, carried out under Wine with stand-ins
for the packages: through restarts and on, and with arguments that cmd.exe would like to take apart.

They run through tests/wine, whose server is kept between them; one that was running stays."""
import os
import shutil
import subprocess
import sys

import cli_fixture
from cli_fixture import CATALOG, SOURCE, check, expect, get, host, main, put, run

STANDIN = sys.argv.pop(3)
WINE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "wine")
HOST = "OLD01"

if not shutil.which("wine") or not os.path.exists(STANDIN):
    print("skipped: no wine, or no stand-in program (it needs the compiler for Windows)")
    sys.exit(77)


def environment():
    return dict(os.environ, STANDIN_LOG=windows("log.txt"), STANDIN_CODES=windows("codes.txt"),
                PREREQ_WORK=windows("work"), PREREQ_ANY_HOST="1")


def windows(path):
    return "Z:" + os.path.abspath(path).replace("/", "\\")


def batch(*words, **more):
    """Run plan.cmd; its exit code, what it said, and how the stand-ins were called."""
    put("log.txt", "")
    done = subprocess.run([WINE, "cmd", "/c", "plan.cmd", *words], env=dict(environment(), **more),
                          stdin=subprocess.DEVNULL, capture_output=True)
    return done.returncode, done.stdout.decode(errors="replace"), get("log.txt").decode().splitlines()


def stand_ins(*paths):
    for path in paths:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        shutil.copy(STANDIN, path)


def founding_like():
    """SP and hotfix are unmet and recorded: it comes off, the level, a restart, on again, a restart."""
    sp, patch = (dict(entry) for entry in CATALOG["patches"])
    sp["commands"] = {"install": {"program": "update.exe", "arguments": ["-u", "-z"],
                                  "package": "SP6\\update.exe"}}
    patch["refusesWhileRecorded"] = True
    patch["atRestart"] = True
    patch["commands"] = {
        "extract": {"program": "q1i.exe", "arguments": ["-x"], "package": "q1i.exe"},
        "install": {"program": "q1i.exe", "arguments": ["-m", "-z"], "package": "q1i.exe",
                    "nothingToDo": [7]},
        "uninstall": {"program": "hotfix.exe", "arguments": ["-y", "-m"], "needsExtract": True}}
    put("catalog/test/entries.json", dict(CATALOG, patches=[sp, patch]))
    put("broken.json", host(HOST, level=5, version="4.2.700.1"))
    put("codes.txt", "")
    run("plan", "broken.json", "--goal", "Q1", "--format", "cmd", "-o", "plan.cmd").ends(0)
    stand_ins("q1i.exe", "SP6/update.exe", "work/Q1/hotfix.exe")


@check
def through_restarts_and_on():
    founding_like()
    code, said, calls = batch()
    expect(code == 3010 & 0xFF or code == 3010, (code, said))
    expect(calls == ["q1i.exe [-x]", "hotfix.exe [-y] [-m]", "update.exe [-u] [-z]"], (code, said, calls))
    expect("Restart this computer now" in said and "plan.cmd 5" in said, said)
    code, said, calls = batch("5")
    expect(calls == ["q1i.exe [-m] [-z]"], calls)
    expect("plan.cmd 7" in said, said)
    code, said, calls = batch("7")
    expect((code, calls) == (0, []), (code, calls))
    expect("All steps are done." in said, said)


@check
def a_failing_step_stops_the_rest():
    founding_like()
    put("codes.txt", "hotfix.exe 5\n")
    code, said, calls = batch()
    expect((code, calls) == (5, ["q1i.exe [-x]", "hotfix.exe [-y] [-m]"]), (code, said, calls))
    expect("Step 2 ended with code 5" in said and "plan.cmd 2" in said, said)
    put("codes.txt", "")
    code, said, calls = batch("2")
    expect(calls == ["hotfix.exe [-y] [-m]", "update.exe [-u] [-z]"], (code, said, calls))


@check
def nothing_to_do_is_done():
    founding_like()
    put("codes.txt", "q1i.exe 7\n")
    _, said, calls = batch("5")
    expect("Restart this computer now" in said, said)


@check
def a_package_that_restarts_by_itself_ends_the_script():
    founding_like()
    put("codes.txt", "update.exe 1641\n")
    _, said, calls = batch("3")
    expect("restarts this computer by itself" in said and "plan.cmd 4" in said, said)


@check
def missing_packages_are_named_and_nothing_is_run():
    founding_like()
    os.remove("q1i.exe")
    code, said, calls = batch()
    expect((code, calls) == (2, []), (code, calls))
    expect("The package is missing: q1i.exe" in said, said)


@check
def another_host_is_refused():
    founding_like()
    code, said, calls = batch(PREREQ_ANY_HOST="")
    expect((code, calls) == (2, []), (code, calls))
    expect("for the computer OLD01" in said, said)


@check
def a_wrong_step_is_refused():
    founding_like()
    for word in ("8", "x", "1&echo owned"):
        code, said, calls = batch(word)
        expect((code, calls) == (2, []), (word, code, calls))


@check
def arguments_arrive_as_they_are():
    hostile = ["a b", "a&echo owned", "50%", "%PATH%", "%%", 'say "hi"', 'x"&echo owned"', "x^y", "(z)",
               "C:\\a b\\", "C:\\a&b\\", "!PATH!", "a|b>c<d", "^&", "a;b,c=d", "'q'", "`t`", "~", "@x", "\\\\s\\d",
               '\\"', "*", "?"]
    entry = {"id": "Q2", "title": "Odd arguments", "product": "NT4", "classification": "update",
             "released": "2000-01-01", "sources": SOURCE, "restart": "no",
             "files": [{"path": r"%SystemRoot%\odd.dll", "version": "1.0.0.0"}],
             "commands": {"install": {"program": "Odd & name\\q2 (x).exe", "arguments": hostile,
                                      "package": "Odd & name\\q2 (x).exe"}}}
    put("catalog/test/entries.json", dict(CATALOG, patches=[entry]))
    put("odd.json", host(HOST, files=[{"path": r"%SystemRoot%\odd.dll", "status": "absent"}], updates=[]))
    put("codes.txt", "")
    run("plan", "odd.json", "--goal", "Q2", "--format", "cmd", "-o", "plan.cmd").ends(0)
    stand_ins("Odd & name/q2 (x).exe")
    code, said, calls = batch()
    expect(code == 0, (code, said, get("plan.cmd").decode()))
    want = "q2 (x).exe" + "".join(f" [{word}]" for word in hostile)
    expect(calls == [want], f"\n{calls}\n{want}")
    expect("owned" not in said, said)


if __name__ == "__main__":
    subprocess.run([WINE, "--start"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    main(sys.argv)
