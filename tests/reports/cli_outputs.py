#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_outputs.py PROGRAM FOLDER [CHECK...] - what the program writes: whole, in the right place, with the
rights it should have, and nothing else touched; and no failure in silence."""
import itertools
import os
import signal
import stat
import subprocess
import sys
import time

import cli_fixture
from cli_fixture import (BLOCKED, COMPLIANT, NOW, Skip, check, expect, get, host, leftovers, lines, main,
                         plain, put, run)


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def with_mask(mask, *words, **more):
    return plain(*words, preexec_fn=lambda: os.umask(mask), **more)


# ---- standard files that are closed ----

def start_without(closed, *words, stdin=None):
    """A run with some of the files 0 to 2 closed; its exit code and what it said where it could."""
    def close():
        for number in closed:
            os.close(number)
    with open("said", "wb") as said, open("printed", "wb") as printed:
        done = subprocess.run([cli_fixture.PROGRAM, *words], preexec_fn=close, timeout=100,
                              stdin=subprocess.DEVNULL, stdout=printed, stderr=said, check=False)
    return done.returncode


def prepare():
    put("two.json", lines(COMPLIANT) + "{\n" + lines(BLOCKED))  # one host is left out, with a message
    put("catalog/catalog.json", dict(cli_fixture.CATALOG_INFO))
    plain("catalog", "keygen", "-o", "site.key").ends(0)
    plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "site.pack").ends(0)
    os.mkdir("out")


JUDGED = ("two.json", "--no-builtin", "--catalog", "catalog", "--now", NOW)
COMMANDS = {
    "assess": (("assess", *JUDGED, "--format", "json", "-o", "out/file"), 3),
    "plan": (("plan", *JUDGED, "-o", "out/file"), 3),
    "report": (("report", *JUDGED, "--csv", "out/file", "--plans", "out/plans"), 3),
    "explain": (("explain", "Q1", *JUDGED, "-o", "out/file"), 3),
    "list": (("catalog", "list", "--no-builtin", "--catalog", "catalog", "-o", "out/file"), 0),
    "help": (("plan", "--help", "-o", "out/file"), 0),
    "pack": (("catalog", "pack", "catalog", "--key", "site.key", "-o", "out/file"), 0),
    "install": (("catalog", "install", "site.pack", "--key", "site.key.pub", "-o", "out/file"), 0),
}


def written():
    found = {}
    for base, _, names in os.walk("out"):
        for name in names:
            if not name.endswith(".xlsx"):  # with the time of the run in it
                found[os.path.join(base, name)] = get(os.path.join(base, name))
    return found


def closed_check(name, words, code):
    def run_it():
        prepare()
        expect(start_without((), *words) == code, get("said"))
        wanted = written()
        expect(wanted, "nothing was written")
        for count in (1, 2, 3):
            for closed in itertools.combinations((0, 1, 2), count):
                subprocess.run(["rm", "-r", "out"], check=True)
                os.mkdir("out")
                expect(start_without(closed, *words) == code, f"{closed} closed: {get('said')}")
                expect(written() == wanted, f"{closed} closed: another output")
    run_it.__name__ = "closed_files_" + name
    check(run_it)


for command_name, (command_words, command_code) in COMMANDS.items():
    closed_check(command_name, command_words, command_code)


@check
def nothing_is_lost_into_a_closed_output():
    prepare()
    expect(start_without((1,), "catalog", "list", "--no-builtin", "--catalog", "catalog") == 4, "lost")
    expect(b"standard output: cannot be written: it is not open" in get("said"), get("said"))
    expect(start_without((0,), "assess", "-") == 4, get("said"))
    expect(b"standard input: cannot be read" in get("said"), get("said"))


# ---- rights ----

@check
def what_is_replaced_keeps_its_mode():
    for wanted in (0o600, 0o640, 0o644, 0o664, 0o666, 0o400):
        put("kept.json", "old")
        os.chmod("kept.json", wanted)
        run("assess", "good.json", "-o", "kept.json").ends(0)
        expect(get("kept.json") != b"old" and mode("kept.json") == wanted, oct(mode("kept.json")))
        os.remove("kept.json")


@check
def links_lead_to_what_is_replaced():
    put("real.json", "old")
    os.chmod("real.json", 0o600)
    os.symlink("real.json", "link.json")
    run("assess", "good.json", "-o", "link.json").ends(0)
    expect(os.path.islink("link.json") and get("real.json") != b"old", "the link was replaced")
    expect(mode("real.json") == 0o600, oct(mode("real.json")))


@check
def every_output_keeps_its_mode():
    put("fleet.ndjson", lines(COMPLIANT, BLOCKED))
    words = ("report", "fleet.ndjson", "-o", "out.xlsx", "--csv", "csv", "--plans", "plans")
    run(*words).ends(0)
    outputs = ["out.xlsx"] + [os.path.join(folder, name) for folder in ("csv", "plans")
                              for name in os.listdir(folder)]
    for path in outputs:
        os.chmod(path, 0o600)
    run(*words).ends(0)
    for path in outputs:
        expect(mode(path) == 0o600, f"{path}: {oct(mode(path))}")


@check
def what_is_new_obeys_the_mask():
    for mask in (0o022, 0o077, 0o002):
        with_mask(mask, "catalog", "list", "--no-builtin", "--catalog", "catalog", "-o", "new").ends(0)
        expect(mode("new") == 0o666 & ~mask, oct(mode("new")))
        os.remove("new")


@check
def owner_and_group_stay():
    if os.geteuid() != 0:
        raise Skip("only root may give files away")
    put("theirs.json", "old")
    os.chown("theirs.json", 12345, 23456)
    os.chmod("theirs.json", 0o640)
    run("assess", "good.json", "-o", "theirs.json").ends(0)
    found = os.stat("theirs.json")
    expect((found.st_uid, found.st_gid, mode("theirs.json")) == (12345, 23456, 0o640), found)


@check
def rights_of_a_group_that_cannot_stay_go():
    if os.geteuid() != 0:
        raise Skip("needs a group that we may leave")
    os.mkdir("shared")
    os.chmod("shared", 0o777)
    put("shared/file", "old")
    os.chown("shared/file", 12345, 23456)
    os.chmod("shared/file", 0o664)
    for folder in ("..", "."):  # the way to them is open to another user
        os.chmod(folder, 0o755)
    def become():
        os.setgroups([])
        os.setgid(34567)
        os.setuid(12346)
    try:
        done = plain("catalog", "list", "--no-builtin", "--catalog", "catalog", "-o", "shared/file",
                     preexec_fn=become)
    except (PermissionError, subprocess.SubprocessError) as error:
        raise Skip("another user may not start the program") from error
    if done.code == 2 and "catalog" in done.says:
        raise Skip("another user may not read here")
    done.ends(0)
    found = os.stat("shared/file")
    expect(found.st_gid == 34567 and mode("shared/file") == 0o644, (found.st_gid, oct(mode("shared/file"))))


@check
def secret_keys_are_secret():
    with_mask(0, "catalog", "keygen", "-o", "site.key").ends(0)
    expect(mode("site.key") == 0o600 and mode("site.key.pub") == 0o666, oct(mode("site.key")))
    for wanted in (0o640, 0o604, 0o620, 0o601):
        os.chmod("site.key", wanted)
        plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "x.pack").ends(
            2, f"site.key: is no secret: others may use it (mode {wanted:04o})")
        expect(not os.path.exists("x.pack"), "written all the same")
    for wanted in (0o600, 0o400):
        os.chmod("site.key", wanted)
        plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "x.pack").ends(0)
    before = get("site.key")
    plain("catalog", "pack", "catalog", "--key", "site.key", "-o", "site.key").ends(2, "is the key")
    expect(get("site.key") == before, "the key is gone")


@check
def keys_come_in_pairs_or_not_at_all():
    put("taken.key.pub", "of a person")
    plain("catalog", "keygen", "-o", "taken.key").ends(2, "taken.key.pub is there already")
    os.symlink("nowhere", "dangling.key")
    plain("catalog", "keygen", "-o", "dangling.key").ends(2, "dangling.key is there already")
    expect(get("taken.key.pub") == b"of a person" and not os.path.exists("taken.key"), "written")


@check
def two_makers_of_one_key_make_one():
    makers = [subprocess.Popen([cli_fixture.PROGRAM, "catalog", "keygen", "-o", "same.key"],
                               stderr=subprocess.PIPE) for _ in range(8)]
    said = [maker.communicate(timeout=100)[1] for maker in makers]
    codes = sorted(maker.returncode for maker in makers)
    expect(codes == [0] + [2] * 7, (codes, said))
    plain("catalog", "pack", "catalog", "--key", "same.key", "-o", "x.pack").ends(0)
    plain("catalog", "verify", "x.pack", "--key", "same.key.pub").ends(0)  # they belong together
    expect(not leftovers(), leftovers())


# ---- folders ----

REPORT = ("report", "good.json", "--no-builtin", "--catalog", "catalog")  # at the time of plain()


def everything(folder):
    return {os.path.join(base, name): get(os.path.join(base, name))
            for base, _, names in os.walk(folder) for name in names}


@check
def reports_go_into_folders_of_reports():
    for option in ("--csv", "--plans"):
        for name, content in (("letter.txt", "dear"), ("hosts.csv", "Name,Phone\r\nAnna,1\r\n"),
                              ("index.csv", "Page,Title\r\n"), ("GOOD01.md", "# My notes\n")):
            put("theirs/" + name, content)
            before = everything("theirs")
            plain(*REPORT, option, "theirs").ends(2, f"theirs is not empty ({name})")
            expect(everything("theirs") == before, "something changed")
            os.remove("theirs/" + name)
        plain(*REPORT, option, "theirs").ends(0)  # it is empty now
        put("theirs/letter.txt", "dear")
        plain(*REPORT, option, "theirs").ends(0)
        expect(get("theirs/letter.txt") == b"dear", "a letter is gone")
        subprocess.run(["rm", "-r", "theirs"], check=True)


@check
def one_folder_may_take_all_of_a_report():
    os.mkdir("all")
    for _ in range(2):
        plain(*REPORT, "-o", "all/report.xlsx", "--csv", "all", "--plans", "all").ends(0)
    expect({"report.xlsx", "hosts.csv", "index.csv", "GOOD01.md"} <= set(os.listdir("all")),
           os.listdir("all"))


@check
def a_report_that_was_killed_can_be_made_again():
    for _ in range(2):
        process = subprocess.Popen([cli_fixture.PROGRAM, "report", "-", *REPORT[2:], "--now", NOW,
                                    "--plans", "plans"],
                                   stdin=subprocess.PIPE)
        many = (COMPLIANT, *(host(f"H{number}") for number in range(300)))
        process.stdin.write(lines(*many).encode())  # more than is read ahead
        process.stdin.flush()
        while process.poll() is None and not os.path.exists("plans/GOOD01.xlsx"):
            time.sleep(0.01)
        process.terminate()
        process.stdin.close()
        process.wait(timeout=100)
        expect(process.returncode == -signal.SIGTERM, process.returncode)
        expect("index.csv" in os.listdir("plans"), "the folder does not say whose it is")
        left = [name for name in os.listdir("plans") if name.endswith(".tmp")]
        expect(not left, left)
    plain(*REPORT, "--plans", "plans").ends(0)


# ---- what is left behind ----

def writing(*words, folder="."):
    """A run that has its output open and waits for more input."""
    before = set(os.listdir(folder))
    process = subprocess.Popen([cli_fixture.PROGRAM, "assess", "-", "--no-builtin", "--catalog",
                                "catalog", "--now", NOW, "--format", "ndjson", *words],
                               stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdin.write(lines(COMPLIANT).encode())
    process.stdin.flush()
    while process.poll() is None and set(os.listdir(folder)) == before:
        time.sleep(0.01)
    expect(process.poll() is None, "it ended")
    return process


@check
def a_signal_takes_the_temporary_file_away():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        put("out.json", "old")
        process = writing("-o", "out.json")
        expect(len(leftovers()) == 1, os.listdir("."))
        process.send_signal(number)
        process.communicate(timeout=100)
        expect(process.returncode == -number, process.returncode)
        expect(not leftovers() and get("out.json") == b"old", os.listdir("."))


@check
def an_ignored_signal_stays_ignored():
    def ignore():
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    process = subprocess.Popen([cli_fixture.PROGRAM, "assess", "-", "--no-builtin", "--catalog",
                                "catalog", "--now", NOW, "-o", "out.json"],
                               stdin=subprocess.PIPE, preexec_fn=ignore)
    while process.poll() is None and not leftovers():
        time.sleep(0.01)
    process.send_signal(signal.SIGHUP)
    process.communicate(lines(COMPLIANT).encode(), timeout=100)
    expect(process.returncode == 0 and os.path.exists("out.json"), process.returncode)


@check
def what_a_kill_left_goes_with_the_next_write():
    process = writing("-o", "out.json")
    process.kill()
    process.communicate(timeout=100)
    expect(len(leftovers()) == 1, os.listdir("."))
    left = leftovers()[0]
    expect(left.startswith("out.json.patchprereq-"), left)
    run("assess", "good.json", "-o", "other.json").ends(0)
    expect(not leftovers(), os.listdir("."))


@check
def what_is_being_written_stays():
    process = writing("-o", "out.json")
    held = leftovers()
    run("assess", "good.json", "-o", "out.json").ends(0)
    expect(leftovers() == held, os.listdir("."))
    process.communicate(lines(BLOCKED).encode(), timeout=100)
    expect(process.returncode == 1 and get("out.json").count(b"\n") == 2, get("out.json"))
    expect(not leftovers(), leftovers())


@check
def files_of_people_stay():
    kept = ["notes.tmp", "facts.json.123-0.tmp", ".patchprereq-1-1.tmp", "a.patchprereq-1-.tmp",
            "a.patchprereq-1-1.tmp.bak", "a.patchprereq-x-1.tmp", "a.patchprereq-1-1.TMP"]
    for name in kept:
        put(name, "of a person")
    put("precious", "kept")
    os.symlink("precious", "link.patchprereq-1-0.tmp")
    os.mkdir("folder.patchprereq-1-0.tmp")
    os.mkfifo("pipe.patchprereq-1-0.tmp")
    put("gone.patchprereq-1-0.tmp", "left")
    run("assess", "good.json", "-o", "out.json").ends(0)
    names = os.listdir(".")
    for name in kept + ["precious", "link.patchprereq-1-0.tmp", "folder.patchprereq-1-0.tmp",
                        "pipe.patchprereq-1-0.tmp"]:
        expect(name in names, f"{name} is gone")
    expect("gone.patchprereq-1-0.tmp" not in names, "what was left is still there")


@check
def a_name_may_be_as_long_as_names_may_be():
    for name in ("n" * 255, "\u00fc" * 127):
        run("assess", "good.json", "-o", name).ends(0)
        expect(name in os.listdir("."), "not written")
    expect(not leftovers(), leftovers())


# ---- no failure in silence ----

@check
def every_failure_has_a_message():
    facts = host("DARK01", version=None, recorded=False)
    del facts["files"], facts["coverage"]
    put("dark.json", facts)
    run("plan", "dark.json", "--goal", "Q1", "-o", "plan.txt").ends(3, "there is no plan for goal Q1")
    run("plan", "dark.json", "--goal", "Q1", "-q", "-o", "plan.txt").ends(3, "there is no plan")
    run("assess", "blocked.json", "-o", "out.txt").ends(1, "exit code 1: findings are open")
    expect(not run("assess", "blocked.json").ends(1).says, "the findings are in the output")


if __name__ == "__main__":
    main(sys.argv)
