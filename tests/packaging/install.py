#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""install.py BUILD SCRATCH WAY - install, repair, upgrade and remove PatchPrereq under Wine, by the MSI
or by `provider register`, and compare files and registry before and after.  WAY is msi or program."""
import pathlib
import re
import shutil
import subprocess
import sys
import time

from prefix import ROOT, Prefix

GOOD = ["program", "provider DLL", "class id", "event source", "WMI recovery"]
CLASS = "{34ED5D6C-9912-421B-B383-D2C2CEB6962F}"
failures = []


def expect(what, truth, more=""):
    if not truth:
        failures.append(what)
        print(f"FAILED: {what} {more}")


def make_dll(folder, version):
    """A DLL in the place of the provider's, where there is none yet."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = version.replace(".", ",") + ",0"
    (folder / "v.rc").write_text(f"#include <windows.h>\n1 VERSIONINFO\nFILEVERSION {parts}\n"
                                 f"PRODUCTVERSION {parts}\nFILETYPE VFT_DLL\nBEGIN\nEND\n")
    subprocess.run(["x86_64-w64-mingw32-windres", folder / "v.rc", folder / "v.o"], check=True)
    subprocess.run(["x86_64-w64-mingw32-gcc-win32", "-shared", "-o", folder / "PatchPrereq.dll",
                    ROOT / "tests" / "packaging" / "standin.c", folder / "v.o"], check=True)
    return folder / "PatchPrereq.dll"


def status(prefix, program="C:\\Program Files\\PatchPrereq\\patchprereq.exe", *more):
    code, text = prefix.run(program, "provider", "status", *more)
    lines = {}
    for line in text.splitlines():
        match = re.match(r"(ok|wrong|unknown) +(.*?)  +(.*)", line)
        if not match:
            match = re.match(r"(ok|wrong|unknown) +(\S+ \S+) +(.*)", line)
        if match:
            lines[match[2]] = (match[1], match[3])
    return code, lines


def check_installed(prefix, when, version):
    code, lines = status(prefix)
    expect(f"{when}: status ends with 1, for WMI cannot be asked", code == 1, code)
    for name in GOOD:
        if name == "provider DLL" and version != "0.1.0":
            continue  # the program of the build says 0.1.0, the package another version
        expect(f"{when}: {name}", lines.get(name, ("",))[0] == "ok", lines)
    expect(f"{when}: WMI says nothing", lines.get("WMI classes") ==
           ("unknown", "WMI could not be asked (0x80041010)"), lines)
    # Wine's task scheduler keeps a task without what it is to do.
    expect(f"{when}: the task is there", "starts \"\"" in lines.get("task", ("", ""))[1], lines)
    expect(f"{when}: the data folder", (prefix.drive / "ProgramData/PatchPrereq").is_dir())
    expect(f"{when}: who owns it", "is owned by" not in lines.get("data folder", ("", ""))[1], lines)
    return lines


def difference(before, after, what, documented):
    """What is more and less, but for what docs/install.md names."""
    more = sorted(x for x in after - before - {KEY_CIMOM} if not any(d in x for d in documented))
    less = sorted(before - after)
    expect(f"{what}: nothing is left", not more, "\n  ".join(more[:20]))
    expect(f"{what}: nothing is missing", not less, "\n  ".join(less[:20]))


# What stays: the documents' folder and the settings; what Windows Installer notes by itself; and a key
# that every Windows has, but not Wine.
STAYS = ["ProgramData/PatchPrereq", r"SOFTWARE\PatchPrereq"]
WINE = [r"CurrentVersion\Installer", r"Classes\Installer", "windows/Installer"]
KEY_CIMOM = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\WBEM\CIMOM"


def by_msi(prefix, build, scratch):
    dll = make_dll(scratch / "dll", "0.1.0")
    first = make_msi(build, dll, "0.1.0", scratch)
    second = make_msi(build, make_dll(scratch / "dll2", "0.2.0"), "0.2.0", scratch)
    before = prefix.files(), prefix.registry()

    expect("install", prefix.run("msiexec", "/i", first, "/qn")[0] == 0)
    check_installed(prefix, "installed", "0.1.0")
    document = prefix.drive / "ProgramData/PatchPrereq/policy.json"
    document.write_text("{}")

    # Repair: a file, a value and the task are gone.
    (prefix.drive / "Program Files/PatchPrereq/patchprereq.mof").unlink()
    prefix.reg("delete", rf"HKLM\SOFTWARE\Classes\CLSID\{CLASS}\InprocServer32", "/v",
               "ThreadingModel", "/f")
    shutil.rmtree(prefix.drive / "windows/system32/tasks/PatchPrereq")
    code, lines = status(prefix)
    expect("damage is seen", lines["class id"][0] == "wrong" and lines["program"][0] == "wrong"
           and "there is no task" in lines["task"][1], lines)
    expect("repair", prefix.run("msiexec", "/i", first, "REINSTALL=ALL",
                                "REINSTALLMODE=omus", "/qn")[0] == 0)
    check_installed(prefix, "repaired", "0.1.0")

    expect("upgrade", prefix.run("msiexec", "/i", second, "/qn")[0] == 0)
    lines = check_installed(prefix, "upgraded", "0.2.0")
    expect("upgraded: the new DLL", "0.2.0" in lines["provider DLL"][1], lines)
    products = [line for line in prefix.registry()
                if "Uninstall" in line and '"DisplayName"="PatchPrereq"' in line]
    expect("upgraded: one product", len(products) == 1, products)
    expect("an older one is refused", prefix.run("msiexec", "/i", first, "/qn")[0] != 0)

    expect("remove", prefix.run("msiexec", "/x", second, "/qn")[0] == 0)
    difference(before[0], prefix.files(), "files after removal", STAYS + WINE)
    difference(before[1], prefix.registry(), "registry after removal", STAYS + WINE)
    expect("documents stay", document.exists())


def make_msi(build, dll, version, scratch):
    env = dict(__import__("os").environ)
    if not (build / "wmi-provider" / "PatchPrereq.dll").exists() or version != "0.1.0":
        env["PREREQ_STANDIN_DLL"] = str(dll)
    done = subprocess.run([ROOT / "packaging" / "make_msi", build, version], env=env, check=True,
                          capture_output=True, text=True)
    target = scratch / f"{version}.msi"
    shutil.copy(done.stdout.strip(), target)
    return f"Z:{target}".replace("/", "\\")


def by_program(prefix, build, scratch):
    make_msi(build, make_dll(scratch / "dll", "0.1.0"), "0.1.0", scratch)
    unpacked = prefix.drive / "unpacked"
    shutil.copytree(build / "installer" / "stage", unpacked)
    program = "C:\\unpacked\\patchprereq.exe"
    before = prefix.files(), prefix.registry()

    code, lines = status(prefix, program)
    expect("nothing is there", code == 1 and all(lines[name][0] == "wrong" for name in GOOD), lines)
    (unpacked / "refresh-task.xml").rename(unpacked / "x.xml")
    code, text = prefix.run(program, "provider", "register")
    expect("a missing file is named, and nothing is done", code == 2 and
           "refresh-task.xml is not there" in text and prefix.files() == before[0], text)
    (unpacked / "x.xml").rename(unpacked / "refresh-task.xml")

    occupied(prefix, program)
    for when in ("registered", "registered twice"):
        code, text = prefix.run(program, "provider", "register")
        expect(when, code == 0, text)
        check_installed(prefix, when, "0.1.0")
    expect("the catalog without cases", (prefix.drive / "Program Files/PatchPrereq/catalog/catalog.json")
           .exists())

    prefix.reg("delete", r"HKLM\SYSTEM\CurrentControlSet\Services\EventLog\Application\PatchPrereq", "/f")
    shutil.rmtree(prefix.drive / "windows/system32/tasks/PatchPrereq")
    code, lines = status(prefix)
    expect("damage is seen", lines["event source"][0] == "wrong", lines)
    code, text = prefix.run(program, "provider", "repair")
    expect("repair", code == 0, text)
    check_installed(prefix, "repaired", "0.1.0")

    # A document of two days and one hour ago.
    code, text = prefix.run(program, "assess", "Z:" + str(ROOT / "tests/data/fleet/WEB01.json"),
                            "--format", "json", "-o", "C:\\ProgramData\\PatchPrereq\\assessment.json",
                            "--now", "2026-11-22T08:00:00Z")
    _, lines = status(prefix, program, "--now", "2026-11-24T08:00:00Z")
    expect("a document in time", lines["assessment"] == ("ok", "of 2026-11-22T08:00:00Z"), (text, lines))
    _, lines = status(prefix, program, "--now", "2026-11-24T09:00:00Z")
    expect("a document too old", lines["assessment"][0] == "wrong" and "49 hours old" in
           lines["assessment"][1], lines)
    (prefix.drive / "ProgramData/PatchPrereq/assessment.json").write_text("{")
    _, lines = status(prefix, program)
    expect("a broken document", lines["assessment"][0] == "wrong", lines)

    upgrade_loaded(prefix, program, unpacked, scratch)

    code, text = prefix.run(program, "provider", "unregister")
    expect("unregister", code == 0 and "stay" in text, text)
    code, text = prefix.run(program, "provider", "unregister")
    expect("unregister twice", code == 0, text)
    # The files of the program stay, as its text says.
    difference(before[0], prefix.files(), "files", STAYS + ["Program Files/PatchPrereq"])
    difference(before[1], prefix.registry(), "registry", STAYS + ["PendingFileRenameOperations"])


def occupied(prefix, program):
    """Somebody who is no administrator made the data folder beforehand."""
    planted = prefix.drive / "ProgramData/PatchPrereq/policy.json"
    planted.parent.mkdir()
    planted.write_text("{}")
    prefix.reg("delete", r"HKLM\SOFTWARE\PatchPrereq", "/v", "TrustedOwners", "/f")
    code, text = prefix.run(program, "provider", "register")
    aside = list(planted.parent.parent.glob("PatchPrereq.not-trusted-*"))
    expect("the folder is moved aside", code == 0 and "moved to" in text and len(aside) == 1
           and (aside[0] / "policy.json").exists() and not planted.exists(), (text, aside))
    prefix.trust_user()


def upgrade_loaded(prefix, program, unpacked, scratch):
    """A DLL that a process has loaded is renamed aside; the new one takes its place."""
    home = prefix.drive / "Program Files/PatchPrereq"
    holder = scratch / "hold.exe"
    subprocess.run(["x86_64-w64-mingw32-gcc-win32", "-o", holder,
                    ROOT / "tests" / "packaging" / "hold.c"], check=True)
    mark = prefix.drive / "held"
    held = subprocess.Popen([ROOT / "tests" / "wine", holder,
                             "C:\\Program Files\\PatchPrereq\\PatchPrereq.dll", "C:\\held"],
                            env=prefix.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    while not mark.exists() and held.poll() is None:
        time.sleep(0.1)
    expect("the DLL is loaded", mark.exists())
    shutil.copy(make_dll(scratch / "dll3", "0.3.0"), unpacked / "PatchPrereq.dll")
    code, text = prefix.run(program, "provider", "register")
    expect("upgrade while it is loaded", code == 0, text)
    _, lines = status(prefix, program)
    expect("the new DLL is there", "0.3.0" in lines["provider DLL"][1], lines)
    expect("the old one is told", "is still in use" in lines["older DLL"][1], lines)
    expect("and goes at the restart", any("PendingFileRenameOperations" in line
                                          for line in prefix.registry()))
    mark.unlink()
    expect("the holder ends", held.wait() == 0)
    _, lines = status(prefix, program)
    expect("none is loaded any more", lines["older DLL"][0] == "ok", lines)
    code, text = prefix.run(program, "provider", "register")
    expect("the next one takes the old file away", code == 0, text)
    expect("one file aside at most", len(list(home.glob("PatchPrereq.dll.old-*"))) <= 1)


def main():
    build, scratch, way = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]), sys.argv[3]
    scratch = scratch.resolve()
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    if not shutil.which("wixl") or not shutil.which("msibuild"):
        print("wixl and msitools are not installed")
        sys.exit(77)
    with Prefix(scratch) as prefix:
        prefix.trust_user()
        (by_msi if way == "msi" else by_program)(prefix, build, scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    sys.exit(f"{len(failures)} failed" if failures else 0)


main()
