#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""cli_stops.py PROGRAM FOLDER STOP_AFTER [CHECK...] - the program ended behind each of its changes to the
file system in turn (tools/stop_after.c), and several of it at once."""
import os
import shutil
import stat
import subprocess
import sys

import cli_fixture
from cli_fixture import (BLOCKED, CATALOG_INFO, COMPLIANT, NOW, check, expect, get, leftovers, lines, main,
                         plain, put, run)

STOP_AFTER = None
STOPPED, NOT_HERE = 99, 77


def stopped_after(number, *words, mask=0o022):
    """A run that is killed behind its change `number`; false when it made fewer."""
    done = subprocess.run([STOP_AFTER, str(number), cli_fixture.PROGRAM, *words], capture_output=True,
                          timeout=100, check=False, preexec_fn=lambda: os.umask(mask),
                          env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    if done.returncode == NOT_HERE:
        # A run of this system's own and not of one check: what cannot be asked is not passed.
        print("programs may not be traced here")
        sys.exit(NOT_HERE)
    expect(b"Sanitizer" not in done.stderr, done.stderr)
    expect(done.returncode in (STOPPED, 0), f"exit code {done.returncode}: {done.stderr}")
    return done.returncode == STOPPED


def tree(folder):
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            found[os.path.relpath(path, folder)] = get(path)
    return found


# ---- catalog install ----

PLACE = ("--key", "site.key.pub", "-o", "var/catalog")
WHOLE = {}  # version: the files of a catalog


def packs(*versions):
    plain("catalog", "keygen", "-o", "site.key").ends(0)
    for version in versions:
        put("catalog/catalog.json", dict(CATALOG_INFO, version=version, released=f"2026-11-1{version}"))
        plain("catalog", "pack", "catalog", "--key", "site.key", "-o", version + ".pack").ends(0)
        WHOLE[version] = tree("catalog")


def install(version, *more):
    return plain("catalog", "install", version + ".pack", *PLACE, *more)


def go_back():
    return plain("catalog", "install", "--previous", "-o", "var/catalog")


def version_in(folder):
    """Of a catalog that is whole; None where there is none."""
    if not os.path.lexists(folder):
        return None
    for version, files in WHOLE.items():
        if tree(folder) == files:
            return version
    raise AssertionError(f"{folder} is not whole: {sorted(tree(folder))}")


def there():
    """The versions in their two places, with nothing beside them."""
    names = set(os.listdir("var"))
    expect(names <= {"catalog", "catalog.previous"}, names)
    return version_in("var/catalog"), version_in("var/catalog.previous")


def restore(saved):
    shutil.rmtree("var", ignore_errors=True)
    shutil.copytree(saved, "var", symlinks=True)


def walk(before, words, old, new):
    """Stop at every change from the state that `before` makes; from each of them recover in every way."""
    os.mkdir("var")
    for version in before:
        install(version).ends(0)
    shutil.copytree("var", "start")
    number = 1
    while True:
        restore("start")
        if not stopped_after(number, "catalog", "install", *words):
            break
        shutil.rmtree("stop", ignore_errors=True)
        shutil.copytree("var", "stop", symlinks=True)
        # Another install: the newest pack there is.
        install("4").ends(0)
        now, previous = there()
        expect(now == "4" and previous in (old, new), f"stop {number}, install: {now}, {previous}")
        # The way back: nothing that was in its place before is lost, and twice is once.
        restore("stop")
        result = go_back()
        expect(result.code == 0 or not before or before == ("1",), f"stop {number}: {result.says}")
        pair = there()
        expect(old in pair or (old is None and set(pair) <= {None, new}),
               f"stop {number}, --previous: {pair}")
        expect(None not in pair or pair[0] is not None or old is None, f"stop {number}: {pair}")
        if result.code == 0:
            go_back().ends(0)
            expect(there() == pair[::-1], f"stop {number}, --previous twice: {there()}")
        # One that is refused recovers all the same.
        restore("stop")
        if old:
            plain("catalog", "install", "0.pack", *PLACE).ends(2, "older than what is there")
            expect(there()[0] in (old, new), f"stop {number}, refused: {there()}")
        number += 1
    expect(there()[0] == new, there())
    print(f"{number - 1} stops", flush=True)
    return number - 1


@check
def first_install():
    packs("0", "1", "4")
    expect(walk((), ("1.pack", *PLACE), None, "1") > 10, "too few stops")


@check
def second_install():
    packs("0", "1", "2", "4")
    expect(walk(("1",), ("2.pack", *PLACE), "1", "2") > 10, "too few stops")


@check
def third_install():
    packs("0", "1", "2", "3", "4")
    expect(walk(("1", "2"), ("3.pack", *PLACE), "2", "3") > 15, "too few stops")


@check
def going_back():
    packs("0", "1", "2", "4")
    # The lock, three names, and the lock gone.
    expect(walk(("1", "2"), ("--previous", "-o", "var/catalog"), "2", "1") == 5, "other stops")


@check
def several_at_once():
    packs("1", "2", "3", "4")
    for _ in range(3):
        shutil.rmtree("var", ignore_errors=True)
        os.mkdir("var")
        words = [("1.pack",), ("2.pack",), ("3.pack",), ("4.pack",), ("1.pack", "--allow-older"),
                 ("2.pack", "--allow-older"), ("3.pack", "--allow-older"), ("4.pack",)]
        running = [subprocess.Popen([cli_fixture.PROGRAM, "catalog", "install", *word, *PLACE],
                                    stderr=subprocess.PIPE) for word in words]
        said = [process.communicate(timeout=300)[1] for process in running]
        codes = [process.returncode for process in running]
        for code, text in zip(codes, said):
            expect(code == 0 or (code == 2 and b"older than what is there" in text), (code, text))
        expect(codes.count(0) >= 4, codes)  # --allow-older, and one without at least
        now, previous = there()
        expect(now and previous, (now, previous))


# ---- folders that are not ours ----

def refused(folder, says):
    before = tree("var")
    place = ("--key", "site.key.pub", "-o", folder)
    plain("catalog", "install", "2.pack", *place).ends(2, says)
    plain("catalog", "install", "--previous", "-o", folder).ends(2)
    expect(tree("var") == before, set(tree("var")) ^ set(before))


@check
def folders_of_people_are_never_replaced():
    packs("1", "2")
    put("var/letters/to-anna.txt", "dear")
    refused("var/letters", "var/letters is not empty and holds no catalog (to-anna.txt)")
    put("var/data/facts.json", "{}")
    refused("var/data", "holds no catalog (facts.json)")
    put("var/file", "text")
    refused("var/file", "var/file is there and is no folder")
    for name in ("notes.txt", "test/notes.txt", "test/cases/one.json", ".git/config", "test/.hidden.json"):
        folder = "var/kept"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree("catalog", folder)
        put(os.path.join(folder, name), "of a person")
        refused(folder, "which this program did not install there")
    shutil.rmtree("var/kept")
    shutil.copytree("catalog", "var/kept")
    os.symlink("../letters", "var/kept/other")
    refused("var/kept", "holds other, which this program did not install there")


@check
def folders_beside_are_never_replaced():
    packs("1", "2")
    os.mkdir("var")
    install("1").ends(0)
    for ending in ("previous", "new", "aside", "unpack"):
        put(f"var/catalog.{ending}/letter.txt", "dear")
        refused("var/catalog", "letter.txt")
        shutil.rmtree(f"var/catalog.{ending}")
    install("2").ends(0)


@check
def empty_folders_are_filled():
    packs("1", "2")
    os.makedirs("var/catalog")
    install("1").ends(0)
    expect(there() == ("1", None), there())


@check
def a_separator_at_the_end_changes_nothing():
    packs("1", "2")
    os.mkdir("var")
    for version in ("1", "2"):
        plain("catalog", "install", version + ".pack", "--key", "site.key.pub", "-o", "var/catalog/").ends(0)
    expect(there() == ("2", "1"), there())


# ---- outputs and keys ----

@check
def an_output_is_old_or_new():
    put("fleet.ndjson", lines(COMPLIANT, BLOCKED))
    words = ("assess", "fleet.ndjson", "--no-builtin", "--catalog", "catalog", "--now", NOW, "-o", "out")
    run(*words[:2], "-o", "wanted").ends(1)
    for number in range(1, 100):
        put("out", "old")
        os.chmod("out", 0o600)
        if not stopped_after_any(number, *words):
            break
        expect(get("out") in (b"old", get("wanted")), f"stop {number}")
        expect(stat.S_IMODE(os.stat("out").st_mode) == 0o600, f"stop {number}: mode")
        for name in leftovers():
            expect(stat.S_IMODE(os.stat(name).st_mode) == 0o600, f"stop {number}: {name} is open to others")
        run("assess", "good.json", "-o", "other").ends(0)
        expect(not leftovers(), f"stop {number}: {leftovers()}")
    expect(number > 3 and get("out") == get("wanted"), number)


def stopped_after_any(number, *words):
    done = subprocess.run([STOP_AFTER, str(number), cli_fixture.PROGRAM, *words], capture_output=True,
                          timeout=100, check=False,
                          env=dict(os.environ, ASAN_OPTIONS="detect_leaks=0"))
    expect(done.returncode in (STOPPED, 1), done.stderr)
    return done.returncode == STOPPED


@check
def a_secret_key_is_never_open_to_others():
    for number in range(1, 100):
        for name in [name for name in os.listdir(".") if name.startswith("site.key")]:
            os.remove(name)
        stopped = stopped_after(number, "catalog", "keygen", "-o", "site.key", mask=0)
        for name in [name for name in os.listdir(".") if name.startswith("site.key")]:
            if len(get(name)) != 45:  # a public key is text
                expect(stat.S_IMODE(os.stat(name).st_mode) == 0o600 or ".pub" in name,
                       f"stop {number}: {name}")
        if not stopped:
            break
    expect(number > 5, number)


if __name__ == "__main__":
    STOP_AFTER = os.path.abspath(sys.argv.pop(3))
    main(sys.argv)
