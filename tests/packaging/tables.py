#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""tables.py PRINT_PIECES SCRATCH - the tables of the installer against what the program itself uses.

The installer is made of a folder of small files, so that this needs no build for Windows."""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
failures = []


def expect(what, truth, more=""):
    if not truth:
        failures.append(what)
        print(f"FAILED: {what} {more}")


def export(msi, table):
    """Rows as lists; the first three lines are names, types and keys."""
    text = subprocess.run(["msiinfo", "export", msi, table], check=True, capture_output=True, text=True).stdout
    return [line.split("\t") for line in text.replace("\r", "").splitlines()[3:]]


def make(stage, work, version, program):
    values = work / "pieces.tsv"
    values.write_bytes(subprocess.run([program], check=True, capture_output=True).stdout)
    msi = work / "x.msi"
    done = subprocess.run([ROOT / "packaging/pack_msi", stage, values, version, msi],
                          capture_output=True, text=True, check=False)
    expect("the installer is made", done.returncode == 0, done.stderr)
    return msi, [line.split("\t") for line in values.read_text().splitlines()]


def fill(stage):
    stage.mkdir(parents=True)
    for name in ("patchprereq.exe", "PatchPrereq.dll", "patchprereq.mof", "patchprereq-uninstall.mof",
                 "refresh-task.xml"):
        (stage / name).write_text(name)
    for name in ("catalog/catalog.json", "catalog/a/x & y.json", "docs/install.md"):
        (stage / name).parent.mkdir(parents=True, exist_ok=True)
        (stage / name).write_text(name)


def check_registry(msi, values):
    wanted = set()
    for _, _, key, name, kind, data in (row for row in values if row[0] == "value"):
        wanted.add((key, name, "#" + data if kind == "integer" else data.replace("%s\\", "[INSTALLFOLDER]")))
    rows = export(msi, "Registry")
    expect("registry values are those of the program", {(r[2], r[3], r[4]) for r in rows} == wanted, rows)
    expect("all below HKEY_LOCAL_MACHINE", {r[1] for r in rows} == {"2"}, rows)
    expect("no key ends with a backslash", not any(r[2].endswith("\\") for r in rows), rows)
    clsid = next(row[2] for row in values if row[:2] == ["name", "CLSID"])
    header = (ROOT / "native/wmi/wmi.h").read_text()
    expect("the class id is that of wmi.h", f'"{clsid}"' in header)
    expect("the DLL is at that class id", any(
        r[2] == rf"SOFTWARE\Classes\CLSID\{clsid}\InprocServer32" and r[3] == ""
        and r[4] == "[INSTALLFOLDER]PatchPrereq.dll" for r in rows), rows)


def check_components(msi):
    rows = export(msi, "Component")
    expect("64-bit components", all(int(r[3]) & 256 for r in rows), rows)
    expect("one id each", len({r[1] for r in rows}) == len(rows), rows)
    names = {r[2].split("|")[-1] for r in export(msi, "File")}
    expect("all files are in it", {"patchprereq.exe", "PatchPrereq.dll", "patchprereq.mof", "x & y.json",
                                   "patchprereq-uninstall.mof", "refresh-task.xml", "install.md"} <= names, names)
    folders = {r[0]: r for r in export(msi, "Directory")}
    expect("below the 64-bit program files", folders["INSTALLFOLDER"][1:] ==
           ["ProgramFiles64Folder", "PatchPrereq"], folders)


def check_files(msi, version):
    """What has a version is replaced by it, everything else by its hash."""
    hashed = {r[0] for r in export(msi, "MsiFileHash")}
    for row in export(msi, "File"):
        binary = row[2].split("|")[-1] in ("patchprereq.exe", "PatchPrereq.dll")
        expect(f"{row[2]}: version", row[4] == (version if binary else ""), row)
        expect(f"{row[2]}: hash", (row[0] in hashed) != binary, row)


ROLLBACK, DEFERRED, NO_IMPERSONATION, IGNORE = 0x100, 0x400, 0x800, 0x40
ACTIONS = {  # program, its words, rollback, result ignored
    "RollBackClasses": ("MofcompPath", '"[INSTALLFOLDER]patchprereq-uninstall.mof"', True, True),
    "AddClasses": ("MofcompPath", '"[INSTALLFOLDER]patchprereq.mof"', False, False),
    "RollBackTask": ("SchtasksPath", r'/delete /f /tn "\PatchPrereq\Refresh"', True, True),
    "AddTask": ("SchtasksPath",
                r'/create /f /tn "\PatchPrereq\Refresh" /xml "[INSTALLFOLDER]refresh-task.xml"', False, False),
    "AddRest": (None, "provider repair --quiet", False, False),
    "FirstRefresh": (None, "refresh --quiet --timeout 300", False, True),
    "RollBackRemoval": (None, "provider register --quiet", True, True),
    "RemovePieces": (None, "provider unregister --quiet", False, True),
}
ORDER = ["CostFinalize", "SetMofcompPath", "SetSchtasksPath", "InstallInitialize", "RemoveExistingProducts",
         "RollBackRemoval", "RemovePieces", "RemoveRegistryValues", "RemoveFiles", "InstallFiles",
         "WriteRegistryValues", "RollBackClasses", "AddClasses", "RollBackTask", "AddTask", "AddRest",
         "FirstRefresh", "InstallFinalize"]


def check_actions(msi):
    rows = {r[0]: r for r in export(msi, "CustomAction")}
    program = next(r[0] for r in export(msi, "File") if r[2].split("|")[-1] == "patchprereq.exe")
    for name, (source, words, rollback, ignored) in ACTIONS.items():
        row = rows.get(name, ["", "0", "", ""])
        kind = int(row[1])
        expect(f"{name}: what it runs", (row[2], row[3]) == (source or program, words), row)
        expect(f"{name}: deferred, as SYSTEM", kind & DEFERRED and kind & NO_IMPERSONATION, row)
        expect(f"{name}: rollback {rollback}", bool(kind & ROLLBACK) == rollback, row)
        expect(f"{name}: its result", bool(kind & IGNORE) == ignored, row)
    expect("programs of Windows by their full path", rows["SetMofcompPath"][2:4] ==
           ["MofcompPath", r"[System64Folder]wbem\mofcomp.exe"] and rows["SetSchtasksPath"][2:4] ==
           ["SchtasksPath", "[System64Folder]schtasks.exe"], rows)
    sequence = {r[0]: (int(r[2]), r[1]) for r in export(msi, "InstallExecuteSequence")}
    numbers = [sequence.get(name, (0, ""))[0] for name in ORDER]
    expect("the order of actions", numbers == sorted(set(numbers)), dict(zip(ORDER, numbers)))
    for name in ACTIONS:
        wanted = 'REMOVE~="ALL"' if "Remov" in name else "NOT REMOVE"
        expect(f"{name}: when", sequence.get(name, (0, ""))[1] == wanted, sequence.get(name))


def check_product(msi, version):
    rows = {r[0]: r[1] for r in export(msi, "Property")}
    expect("the version", rows["ProductVersion"] == version, rows)
    expect("for the machine", rows["ALLUSERS"] == "1", rows)
    expect("older ones are replaced, newer ones are not",
           sorted((r[1], r[2]) for r in export(msi, "Upgrade")) == [("", version), (version, "")])
    conditions = [r[0] for r in export(msi, "LaunchCondition")]
    expect("64-bit Windows 7 and later", "VersionNT64 AND VersionNT >= 601" in conditions, conditions)
    return rows["ProductCode"], rows["UpgradeCode"]


def check_versions(values):
    """The version stands in three places."""
    product = next(row[2] for row in values if row[:2] == ["name", "PRODUCT_VERSION"])
    cmake = re.search(r"project\(PatchPrereq VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())
    expect("CMakeLists.txt and patchprereq.h agree on the version", cmake[1] == product, (cmake[1], product))
    return product


def everything(msi):
    """All tables, the cabinet, and the package's number; times of making differ."""
    names = subprocess.run(["msiinfo", "tables", msi], check=True, capture_output=True, text=True).stdout
    found = {name: export(msi, name) for name in names.split() if name != "_SummaryInformation"}
    found["cabinet"] = subprocess.run(["msiinfo", "extract", msi, "files.cab"], check=True,
                                      capture_output=True).stdout
    summary = subprocess.run(["msiinfo", "suminfo", msi], check=True, capture_output=True, text=True).stdout
    found["summary"] = [line for line in summary.splitlines() if not line.startswith(("Created", "Last saved"))]
    return found


def main():
    program, work = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if not shutil.which("wixl") or not shutil.which("msiinfo"):
        print("wixl and msitools are not installed")
        sys.exit(77)
    shutil.rmtree(work, ignore_errors=True)
    stage = work / "stage"
    fill(stage)
    msi, values = make(stage, work, "0.1.0", program)
    version = check_versions(values)
    check_registry(msi, values)
    check_components(msi)
    check_actions(msi)
    codes = check_product(msi, "0.1.0")
    tables = everything(msi)
    msi, _ = make(stage, work, "0.1.0", program)
    expect("the same again", tables == everything(msi))
    msi, _ = make(stage, work, "9.0.0", program)
    check_files(msi, "9.0.0.0")
    later = check_product(msi, "9.0.0")
    expect("an upgrade is another product of the same family", later[0] != codes[0] and later[1] == codes[1])
    expect("components keep their ids", [r[:2] for r in tables["Component"]] ==
           [r[:2] for r in export(msi, "Component")])
    shutil.rmtree(work)
    print(f"version {version}")
    sys.exit(f"{len(failures)} failed" if failures else 0)


main()
