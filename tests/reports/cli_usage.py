#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_usage.py PROGRAM FOLDER [CHECK...] - usage, outputs and pipes, as people use them."""
import json
import os
import pty
import resource
import select
import signal
import subprocess
import sys
import time

import cli_fixture
from cli_fixture import (BLOCKED, COMPLIANT, DAMAGED, NOW, Skip, check, expect, get, host,
                         leftovers, lines, main, needs_linux, plain, put, run)

COMMANDS = ["import", "assess", "plan", "report", "catalog list", "catalog show", "catalog lint",
            "catalog test"]


# ---- inputs without an end ----

def says(words, stdin):
    done = subprocess.run([cli_fixture.PROGRAM, *words, "--now", NOW], stdin=stdin,
                          capture_output=True, timeout=100)
    expect(done.returncode == 2, f"{words}: exit code {done.returncode}: {done.stderr[:300]}")
    return done.stderr.decode()


@check
def a_device_without_end_is_refused_wherever_it_is_read():
    needs_linux("/dev/zero is none of its devices")
    small = ("--no-builtin", "--catalog", "catalog")
    for words in (("assess",), ("plan",), ("report", "--csv", "csv"), ("explain", "Q1"),
                  ("assess", "good.json", "--previous"), ("assess", "good.json", "--policy"),
                  ("assess", "good.json", "--waivers"), ("assess", "good.json", "--scope"),
                  ("plan", "good.json", "--verify")):
        told = says((*words, "/dev/zero", *small), subprocess.DEVNULL)
        expect("/dev/zero: l" in told, f"{words}: {told}")  # is longer, or larger, than
    expect("/dev/zero: larger" in says(("import", "/dev/zero"), subprocess.DEVNULL), "import")


@check
def a_pipe_without_end_is_refused():
    needs_linux("/dev/zero is none of its devices")
    for words in (("assess", "-"), ("plan", "-"), ("import", "-")):
        with subprocess.Popen(["cat", "/dev/zero"], stdout=subprocess.PIPE) as endless:
            told = says(words, endless.stdout)
            endless.stdout.close()
            endless.wait()
        expect("standard input: l" in told, f"{words}: {told}")


@check
def blank_lines_without_end_are_refused():
    needs_linux("yes is none of its programs")
    with subprocess.Popen(["yes", " " * 60000], stdout=subprocess.PIPE) as endless:
        told = says(("assess", "-"), endless.stdout)
        endless.stdout.close()
        endless.wait()
    expect("standard input: holds " in told and "of blank lines" in told, told)


# ---- usage ----

@check
def version_is_told():
    result = plain("-V").ends(0)
    expect(result.text.startswith("patchprereq "), result.text)


@check
def help_of_the_program_names_every_command():
    result = plain("--help").ends(0)
    for command in COMMANDS:
        expect(f"\n  {command} " in result.text, command)
    expect(not result.err, result.says)


@check
def help_of_every_command():
    for command in COMMANDS:
        result = plain(*command.split(), "--help").ends(0)
        expect(result.text.startswith(f"Usage: patchprereq {command}"), result.text[:80])
        expect("\nExit codes" in result.text, command)
        expect(not result.err, result.says)


@check
def help_of_a_group():
    result = plain("catalog", "-h").ends(0)
    expect("catalog lint" in result.text and "\n  assess" not in result.text, result.text)


@check
def nothing_typed_is_wrong_usage():
    result = plain(now=None).ends(2, "no command is given")
    expect("--help" in result.says and not result.out, result.says)


@check
def wrong_options_are_told():
    plain("assess", "good.json", "--nwo", "x").ends(2, "unknown option --nwo")
    plain("assess", "good.json", "--format", "xml").ends(2, "--format xml is not offered by assess")
    plain("assess", "good.json", "--goal", "Q1").ends(2, "--goal is not an option of assess")
    plain("assess").ends(2, "assess needs DOC...")


@check
def provider_is_for_windows():
    needs_linux("there it works")
    for word in ("register", "unregister", "repair", "status"):
        result = plain("provider", word).ends(2, "works on Windows only")
        expect(not result.text, result.text)
        plain("provider", word, "too-much").ends(2)


@check
def now_must_be_a_time():
    run("assess", "good.json", now="yesterday").ends(2, "--now yesterday is not a time")
    run("assess", "good.json", now="2026-11-22").ends(2, "--now 2026-11-22 is not a time")


# ---- outputs ----

@check
def output_file_is_written_whole():
    run("assess", "good.json", "-o", "out.txt").ends(0)
    expect(get("out.txt") == run("assess", "good.json").out, "file and standard output differ")
    expect(not leftovers(), leftovers())


@check
def old_file_stays_when_nothing_can_be_shown():
    put("out.txt", "old")
    put("broken.json", "{")
    run("assess", "broken.json", "-o", "out.txt").ends(2)
    expect(get("out.txt") == b"old", get("out.txt"))
    expect(not leftovers(), leftovers())


@check
def output_is_written_when_hosts_are_left_out():
    put("out.txt", "old")
    put("broken.json", "{")
    run("assess", "broken.json", "good.json", "-o", "out.txt").ends(3)
    expect(b"GOOD01" in get("out.txt"), get("out.txt"))


@check
def folder_of_the_output_must_be_there():
    run("assess", "good.json", "-o", "nowhere/out.txt").ends(4, "nowhere/out.txt")


@check
def full_disk_at_standard_output():
    needs_linux("/dev/full is none of its devices")
    for words in (["assess", "good.json"], ["plan", "blocked.json"], ["catalog", "list"]):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([cli_fixture.PROGRAM, *words, "--no-builtin", "--catalog",
                                   "catalog"], stdout=full, stderr=subprocess.PIPE)
        expect(done.returncode == 4, f"{words}: {done.returncode}")
        expect(b"standard output" in done.stderr, done.stderr)


def no_large_files():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@check
def full_disk_keeps_the_old_file():
    needs_linux("limits are of the process")
    put("fleet.ndjson", lines(*(host(f"H{i}") for i in range(40))))
    put("out.ndjson", "old")
    run("assess", "fleet.ndjson", "--format", "ndjson", "-o", "out.ndjson",
        preexec_fn=no_large_files).ends(4, "out.ndjson")
    expect(get("out.ndjson") == b"old", "the old file is gone")
    expect(not leftovers(), leftovers())


@check
def kill_keeps_the_old_file():
    needs_linux("the process that is killed is Wine's")
    put("out.ndjson", "old")
    process = subprocess.Popen([cli_fixture.PROGRAM, "assess", "-", "--format", "ndjson", "-o",
                                "out.ndjson", "--no-builtin", "--catalog", "catalog"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.stdin.write(lines(COMPLIANT, BLOCKED, DAMAGED).encode())
    process.stdin.flush()
    while not leftovers() and process.poll() is None:
        time.sleep(0.01)
    expect(leftovers(), "it never began to write")
    process.kill()
    process.wait()
    process.stdin.close()
    expect(get("out.ndjson") == b"old", "the old file is gone")


@check
def output_may_replace_its_input():
    put("doc.json", json.dumps(BLOCKED))
    run("assess", "doc.json", "--format", "json", "-o", "doc.json").ends(1)
    expect(json.loads(get("doc.json"))["format"] == "patchprereq-assessment/1.0", "not replaced")


# ---- pipes ----

@check
def standard_input_holds_one_document_or_lines():
    pretty = json.dumps(COMPLIANT, indent=2).encode()
    run("assess", "-", stdin=pretty).ends(0)
    result = run("assess", "-", "--format", "ndjson", stdin=lines(COMPLIANT, BLOCKED).encode()).ends(1)
    expect(len(result.text.splitlines()) == 2, result.text)
    run("assess", "-", stdin=b"").ends(2, "standard input: is empty")
    run("assess", "-", stdin=pretty[:-20]).ends(2, "standard input: ")


@check
def programs_can_be_chained():
    assessed = run("assess", "damaged.json", "--format", "ndjson").ends(1)
    shown = plain("plan", "-", stdin=assessed.out)
    expect(shown.code == 0 and b"BAD01" in shown.out, shown.says)


@check
def closed_pipe_ends_the_program():
    needs_linux("the process is Wine's")
    put("fleet.ndjson", lines(*(host(f"H{i}") for i in range(300))))
    process = subprocess.Popen([cli_fixture.PROGRAM, "assess", "fleet.ndjson", "--format", "ndjson",
                                "--no-builtin", "--catalog", "catalog"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    expect(process.wait() != 0, "it went on as if all was well")
    expect(b"Sanitizer" not in said, said)


@check
def memory_does_not_grow_with_hosts():
    needs_linux("the memory is Wine's")
    def peak(count):
        put("fleet.ndjson", lines(*(host(f"H{i}") for i in range(count))))
        code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], "
                "stdout=subprocess.DEVNULL); "
                "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
        done = subprocess.run([sys.executable, "-c", code, cli_fixture.PROGRAM, "assess",
                               "fleet.ndjson", "--format", "ndjson", "--now", NOW, "--no-builtin",
                               "--catalog", "catalog"], capture_output=True, check=True)
        return int(done.stdout)
    if any(word in get(cli_fixture.PROGRAM) for word in (b"__asan_init", b"__tsan_init")):
        raise Skip("a sanitizer keeps freed memory")
    few = peak(20)
    many = peak(2000)
    expect(many < few + 4096, f"{few} KiB for 20 hosts, {many} KiB for 2000")


PART = 200


def said_on_a_terminal(hosts, *words):
    """How many hosts it took until the program says something on a terminal, at most so many, and all
    that it says.  They come slowly, and in parts that are larger than what a program reads ahead."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([cli_fixture.PROGRAM, "assess", "-", "--format", "ndjson",
                                "--no-builtin", "--catalog", "catalog", *words],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    sent = 0
    while sent < hosts and process.poll() is None and not select.select([ours], [], [], 0.3)[0]:
        process.stdin.write(lines(*(host(f"H{sent + i}") for i in range(PART))).encode())
        process.stdin.flush()
        sent += PART
    process.stdin.close()
    said = b""
    try:
        while more := os.read(ours, 4096):
            said += more
    except OSError:
        pass  # so a terminal says that the other end is closed
    process.wait()
    os.close(ours)
    return sent, said


@check
def progress_line_on_a_terminal():
    needs_linux("the terminal is a console there")
    # A machine that is busy may take long to start the program; it hears of one in the end.
    sent, said = said_on_a_terminal(1000 * PART)
    expect(b"\rhosts: " in said, said)
    expect(said.endswith(b"\r\x1b[K"), "the line stays behind")
    expect(not said_on_a_terminal(sent, "--quiet")[1], "--quiet is not quiet")


@check
def no_progress_line_without_a_terminal():
    put("fleet.ndjson", lines(*(host(f"H{i}") for i in range(300))))
    result = run("assess", "fleet.ndjson", "--format", "ndjson").ends(0)
    expect(not result.err, result.err[:200])


main(sys.argv)
