#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_collect_limits.py PROGRAM FOLDER WITHOUT [CHECK...] - trees and images that are hostile, broken or slow.

WITHOUT is the program built without hivex and libwim."""
import glob
import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time

import cli_fixture
import stopped
from cli_fixture import NOW, Skip, check, expect, main, plain, put
from cli_trees import collect, file_named, tree

FOLDER = "tree/WINNT/System32/inetsrv"
WITHOUT = None


def catalog(*paths):
    """A catalog of its own that asks for these files alone."""
    entry = {"id": "Q1", "title": "A patch", "product": "NT4", "classification": "security",
             "released": "2000-08-10", "sources": cli_fixture.SOURCE,
             "files": [{"path": path, "version": "4.2.780.1"} for path in paths]}
    entries = dict(cli_fixture.CATALOG, patches=[entry])
    put("catalog/test/entries.json", entries)
    return ("--no-builtin", "--catalog", "catalog")


def assess(facts, words=()):
    """Whatever was collected is a document that can be judged."""
    result = plain("assess", "-", *words, stdin=json.dumps(facts).encode())
    expect(result.code in (0, 1), f"exit code {result.code}: {result.says}")


def many(count):
    """A catalog that asks for so many files of one folder, and the folder."""
    folder = os.path.abspath(os.path.join(tree("nt4-iis4"), "WINNT/System32/many"))
    os.mkdir(folder)
    shutil.copy(f"{FOLDER}/asp.dll", os.path.join(folder, "f0.dll"))
    return catalog(*(rf"%SystemRoot%\System32\many\f{n}.dll" for n in range(count))), folder


def stopped_at(folder, *words, **more):
    """A run that is stopped when it has the folder open, or none when it ended before."""
    run = stopped.start([cli_fixture.PROGRAM, *words, "--now", NOW], stdout=subprocess.PIPE, **more)
    if stopped.stop_when(run, lambda: stopped.reads_below(run, folder)):
        return run
    out, says = run.communicate()
    print(f"ended with {run.returncode}: {(says or b'').decode()}{out[:200].decode()}")
    return None


def after(seconds, run):
    time.sleep(seconds)
    run.send_signal(signal.SIGCONT)
    return run


@check
def a_collection_that_is_cut_short_says_so():
    words, folder = many(9000)
    # A machine that is busy may need the first second to come as far as the files.
    for limit in (1, 10, 100):
        run = stopped_at(folder, "collect", "--root", "tree", "--timeout", str(limit), *words,
                         stderr=subprocess.PIPE)
        if run:
            break
    expect(run, "it never came to the files")
    out, says = after(limit + 0.1, run).communicate()
    expect(run.returncode == 3, f"exit code {run.returncode}: {says}")
    expect(b"the time was up" in says, says)
    facts = json.loads(out)
    expect(facts["collection"]["cutShort"] is True, facts["collection"])
    expect(facts["host"]["hostName"], facts["host"])
    covered = {item["list"]: item["state"] for item in facts.get("coverage", ())}
    # What comes before the files may be whole; what comes behind them was not looked at.
    behind = {name for name in ("hotfixKeys", "cbsPackages", "services", "features") if name in covered}
    expect("complete" not in {covered[name] for name in behind}, covered)
    assess(facts, words)


@check
def what_may_not_be_read_is_unavailable():
    """Root may read all, so these rights are taken from it."""
    if not shutil.which("setpriv"):
        raise Skip("setpriv is not installed")
    tree("nt4-iis4")
    os.chmod(f"{FOLDER}/asp.dll", 0)
    os.makedirs("tree/WINNT/closed")
    os.chmod("tree/WINNT/closed", 0)
    words = catalog(r"%SystemRoot%\System32\inetsrv\asp.dll", r"%SystemRoot%\closed\x.dll",
                    r"%SystemRoot%\System32\inetsrv\w3svc.dll")
    line = ["setpriv"]
    if os.getuid() == 0:
        line += ["--bounding-set=-dac_override,-dac_read_search"]
    done = subprocess.run(line + [cli_fixture.PROGRAM, "collect", "--root", "tree", *words],
                          capture_output=True, check=True)
    os.chmod("tree/WINNT/closed", 0o700)
    facts = json.loads(done.stdout)
    for end in ("asp.dll", "x.dll"):
        fact = file_named(facts, end)
        expect((fact["status"], fact["code"]) == ("unavailable", "access_denied"), fact)
    expect(file_named(facts, "w3svc.dll")["version"] == "4.2.749.1", facts["files"])


@check
def pipes_devices_and_folders_are_never_read():
    tree("nt4-iis4")
    names = ["pipe", "folder", "socket"]
    os.mkfifo(f"{FOLDER}/pipe")
    os.mkdir(f"{FOLDER}/folder")
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(FOLDER)
        made.bind("socket")
        os.chdir(here)
    try:
        os.mknod(f"{FOLDER}/zero", 0o666 | 0o020000, os.makedev(1, 5))
        names.append("zero")
    except PermissionError:
        print("not root: no device is made")
    words = catalog(*(rf"%SystemRoot%\System32\inetsrv\{name}" for name in names))
    facts = collect("--root", "tree", *words)
    for name in names:
        fact = file_named(facts, "\\" + name)
        if name == "folder":
            expect(fact["noVersion"] is True and "size" not in fact, fact)
        else:
            expect((fact["status"], fact["code"]) == ("unavailable", "error"), fact)


@check
def another_disk_in_the_tree_is_no_part_of_it():
    tree("nt4-iis4")
    os.makedirs("tree/WINNT/disk")
    shutil.copy(f"{FOLDER}/asp.dll", "other.dll")
    words = catalog(r"%SystemRoot%\disk\x.dll", r"%SystemRoot%\System32\inetsrv\asp.dll",
                    r"%SystemRoot%\System32\inetsrv\w3svc.dll")
    script = ("mount -t tmpfs none tree/WINNT/disk && cp other.dll tree/WINNT/disk/x.dll && "
              f"mount --bind other.dll {FOLDER}/asp.dll || exit 77; exec \"$@\"")
    done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", cli_fixture.PROGRAM, "collect",
                           "--root", "tree", *words], capture_output=True)
    if done.returncode in (1, 77):
        raise Skip("only root may mount")
    facts = json.loads(done.stdout)
    for end in (r"disk\x.dll", "asp.dll"):
        fact = file_named(facts, end)
        expect((fact["status"], fact["code"]) == ("unavailable", "error"), fact)
    expect(file_named(facts, "w3svc.dll")["version"] == "4.2.749.1", facts["files"])


@check
def a_huge_file_with_holes_takes_no_time():
    tree("nt4-iis4")
    with open(f"{FOLDER}/asp.dll", "r+b") as file:
        try:
            file.truncate(1 << 40)
        except OSError as reason:
            raise Skip(f"no file of 1 TiB: {reason}") from reason
    with open(f"{FOLDER}/w3svc.dll", "wb") as file:
        file.truncate(1 << 40)
    facts = collect("--root", "tree")
    whole, empty = file_named(facts, "asp.dll"), file_named(facts, "w3svc.dll")
    expect((whole["version"], whole["size"]) == ("4.2.749.1", 1 << 40), whole)
    expect((empty["noVersion"], empty["size"]) == (True, 1 << 40), empty)
    os.truncate("tree/WINNT/System32/config/SOFTWARE", 1 << 40)
    facts = collect("--root", "tree")
    expect(any("too large" in error["text"] for error in facts["errors"]), facts["errors"])


@check
def a_path_longer_than_the_system_takes():
    tree("nt4-iis4")
    here, name = os.getcwd(), "long" * 40
    shutil.copy(f"{FOLDER}/asp.dll", "x.dll")
    end = os.open("tree/WINNT", os.O_RDONLY)
    for _ in range(30):
        os.mkdir(name, dir_fd=end)
        below = os.open(name, os.O_RDONLY, dir_fd=end)
        os.close(end)
        end = below
    with open("x.dll", "rb") as old, open(os.open("x.dll", os.O_WRONLY | os.O_CREAT, 0o600,
                                                  dir_fd=end), "wb") as new:
        new.write(old.read())
    os.close(end)
    os.chdir(here)
    expect(30 * len(name) > 4096, "the path is short")
    link = "\\".join([name] * 25)
    os.symlink(f"{name}/" * 20, "tree/WINNT/half")
    try:
        facts = collect("--root", "tree",
                        *catalog("%SystemRoot%\\half\\" + "\\".join([name] * 10) + "\\x.dll"))
        expect(facts["files"][0]["version"] == "4.2.749.1", facts["files"][0])
        words = catalog("%SystemRoot%\\" + link + "\\" + "\\".join([name] * 5) + "\\x.dll")
        result = plain("collect", "--root", "tree", *words)
        expect(result.code in (0, 2), result.says)
        if result.code == 0:
            fact = json.loads(result.text)["files"][0]
            expect(fact["version"] == "4.2.749.1", fact)
    finally:
        subprocess.run(["rm", "-rf", "tree"], check=True)


@check
def hives_that_hold_nothing():
    for name in ("SOFTWARE", "SYSTEM"):
        for content in (b"", b"regf", b"regf" + bytes(508), b"\xff" * 4096, b"regf" + b"\xff" * 8188):
            path = os.path.join(tree("nt4-iis4"), "WINNT/System32/config", name)
            put(path, content)
            facts = collect("--root", "tree")
            expect(facts["errors"], f"{name}: nothing is wrong")
            expect({error["code"] for error in facts["errors"]} == {"error"}, facts["errors"])
            assess(facts)


def capture(name, *words):
    if not shutil.which("wimcapture"):
        raise Skip("wimcapture is not installed")
    subprocess.run(["wimcapture", tree(name), "image.wim", "Windows", *words], check=True,
                   capture_output=True)


def private():
    """A folder for what is taken out of images, and what stayed in it."""
    os.makedirs("private", exist_ok=True)
    return dict(os.environ, TMPDIR=os.path.abspath("private"))


@check
def an_image_that_is_solid():
    for name in ("nt4-iis4", "windows-11-24h2"):
        capture(name, "--solid")
        one = collect("--root", "tree")
        other = collect("--wim", "image.wim", "--index", "1", env=private())
        one["collection"].pop("source")
        other["collection"].pop("source")
        expect(one == other, f"{name}: the facts differ")
        expect(os.listdir("private") == [], os.listdir("private"))
        os.remove("image.wim")


@check
def an_image_without_this_index():
    capture("nt4-iis4")
    for index in ("2", "65535"):
        result = plain("collect", "--wim", "image.wim", "--index", index, env=private())
        result.ends(2, "has 1 images")
        expect(result.out == b"", result.text)
    expect(os.listdir("private") == [], os.listdir("private"))


@check
def an_image_that_is_cut_off():
    capture("nt4-iis4")
    with open("image.wim", "rb") as file:
        whole = file.read()
    # A catalog of its own that asks for every file of the tree: it is read 25 times.
    words = catalog(*("%SystemRoot%" + path[len("tree/WINNT"):].replace("/", "\\")
                      for path in glob.glob("tree/WINNT/**", recursive=True) if os.path.isfile(path)))
    for part in range(0, 10, 2):
        put("cut.wim", whole[:len(whole) * part // 10])
        plain("collect", "--wim", "cut.wim", "--index", "1", *words, env=private()).ends(2, "cut.wim")
    for at in range(208, len(whole), len(whole) // 20):
        put("cut.wim", whole[:at] + bytes(byte ^ 0x55 for byte in whole[at:at + 64]) + whole[at + 64:])
        result = plain("collect", "--wim", "cut.wim", "--index", "1", *words, env=private())
        expect(result.code in (0, 2), f"at {at}: exit code {result.code}: {result.err}")
        expect(result.says.count("\n") == (result.code == 2), f"at {at}: {result.says}")
        if result.code == 0:
            assess(json.loads(result.text), words)
    expect(os.listdir("private") == [], os.listdir("private"))


@check
def nothing_stays_when_it_is_ended_while_it_reads():
    """Files are taken out of the image more than once; what was taken out has lost its name, and is open."""
    capture("nt4-iis4")
    folder = private()["TMPDIR"]
    for times in (1, 2):
        seen = [False]  # whether something lay there, each time that it changed

        def reached():
            if bool(os.listdir(folder)) != seen[-1]:
                seen.append(not seen[-1])
            return len(seen) == 2 * times + 1 and stopped.reads_below(run, folder)

        run = stopped.start([cli_fixture.PROGRAM, "collect", "--wim", "image.wim", "--index", "1",
                             "--now", NOW], env=private(), stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)
        expect(stopped.stop_when(run, reached), "it took nothing out of the image")
        run.kill()
        expect(run.wait() == -signal.SIGKILL, run.returncode)
        expect(os.listdir(folder) == [], os.listdir(folder))


@check
def a_program_without_the_libraries_says_so():
    for words in (("--root", tree("nt4-iis4")), ("--wim", "x", "--index", "1")):
        done = subprocess.run([WITHOUT, "collect", *catalog(), *words], capture_output=True)
        expect(done.returncode == 2, done.returncode)
        expect(b"built without hivex and libwim" in done.stderr, done.stderr)
        expect(done.stdout == b"", done.stdout)


def slow_run(stderr, *more):
    """A run that is stopped for longer than a terminal waits for a sign, with files left to read."""
    words, folder = many(9000)
    run = stopped_at(folder, "collect", "--root", "tree", *more, *words, stderr=stderr)
    expect(run, "it never came to the files")
    return after(0.7, run)


def on_terminal(*more):
    ours, theirs = pty.openpty()
    run = slow_run(theirs, *more)
    os.close(theirs)
    run.communicate()
    said = b""
    try:
        while True:
            part = os.read(ours, 65536)
            if not part:
                break
            said += part
    except OSError:
        pass
    os.close(ours)
    expect(run.returncode == 0, run.returncode)
    return said


@check
def progress_on_a_terminal_alone():
    said = on_terminal()
    expect(b" of " in said, said)
    expect(said.endswith(b"\r\x1b[K"), said[-40:])
    expect(on_terminal("--quiet") == b"", "it talks though it was asked not to")
    run = slow_run(subprocess.PIPE)
    _, says = run.communicate()
    expect((run.returncode, says) == (0, b""), says)


@check
def a_disk_that_is_full():
    folder = tree("nt4-iis4")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([cli_fixture.PROGRAM, "collect", "--root", folder], stdout=full,
                              stderr=subprocess.PIPE)
    expect(done.returncode == 4, f"exit code {done.returncode}: {done.stderr}")
    os.makedirs("disk")
    script = "mount -t tmpfs -o size=4k none disk || exit 77; \"$@\"; code=$?; ls -A disk; exit $code"
    done = subprocess.run(["unshare", "-m", "sh", "-c", script, "sh", cli_fixture.PROGRAM, "collect",
                           "--root", folder, "-o", "disk/facts.json"], capture_output=True)
    if done.returncode in (1, 77):
        raise Skip("only root may mount")
    expect(done.returncode == 4, f"exit code {done.returncode}: {done.stderr}")
    expect(done.stdout == b"", f"left there: {done.stdout}")


if __name__ == "__main__":
    WITHOUT = os.path.abspath(sys.argv.pop(3))
    main(sys.argv)
